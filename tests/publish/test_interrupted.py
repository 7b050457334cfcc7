"""Builds that are killed, starved of disk, locked out or doubled: nothing half-written, then whole.

``make kills KILLS=60`` kills many more times than the tests do, and writes what it saw to
``benchmarks/KILLS.md``.
"""

import fcntl
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import termios
import time
from collections import Counter
from pathlib import Path

import pytest

from analysis.config import ROOT
from analysis.data.memory import READ
from conftest import MEMORY, WITHOUT_ROOTS_RIGHT, code_of, copy_of

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("KILLS", "5"))
SEED = int(os.environ.get("SEED", "2018"))
ONE_PAGE = ("reports", "-p", "country", "TKM")


# Pages of each kind, in both languages. What is said of a build that makes these is true of all.
SOME_PAGES = (
    *("index", "explorer", "claims", "kazakhstan", "turkmenistan"),
    *("ru/index", "ru/kazakhstan", "ru/turkmenistan"),
)
# The page that a step has made, as the lock has it.
MADE = re.compile(r'^"reports/([a-z_/]+)\.html" = ', re.MULTILINE)


def unbuild(project, pages=None):
    """Take away all that a build makes, or the tables and these pages with all that is known.

    Of what is remembered only printed words that were read stay, where pages do.
    """
    shutil.rmtree(project / "data" / "processed")
    memory = project / MEMORY
    words = READ.relative_to(ROOT)
    known = (project / words).read_bytes()
    shutil.rmtree(memory)
    if pages is not None:
        memory.mkdir()
        (project / words).write_bytes(known)
    lock = project / "pytask.lock"
    if pages is None:
        shutil.rmtree(project / "reports")
        lock.unlink()
        return
    for page in pages:
        place = project / "reports" / page
        charts = place.parent.glob(f"figures/{place.name}-*")
        briefs = place.parent.glob(f"briefs/{place.name}.pdf")
        for path in [place.with_suffix(".html"), *charts, *briefs]:
            path.unlink()
    head, *steps = lock.read_text(encoding="utf-8").split("[[task]]")
    kept = [step for step in steps if (made := MADE.search(step)) and made[1] not in pages]
    lock.write_text("[[task]]".join([head, *kept]), encoding="utf-8")


@pytest.fixture
def unbuilt(tmp_path, built):
    """The project without what a build makes."""
    folder = copy_of(built, tmp_path / "unbuilt")
    unbuild(folder)
    return folder


@pytest.fixture
def partly_built(tmp_path, built):
    """The project without its tables and some of its pages."""
    folder = copy_of(built, tmp_path / "unbuilt")
    unbuild(folder, SOME_PAGES)
    return folder


@pytest.fixture
def without_pages(tmp_path, built):
    """The project with its tables and without its pages."""
    folder = copy_of(built, tmp_path / "unbuilt")
    shutil.rmtree(folder / "reports")
    shutil.rmtree(folder / MEMORY)
    return folder


def start(project, *arguments, prefix=()):
    environment = code_of(project)
    return subprocess.Popen(
        [*prefix, sys.executable, "-m", "analysis.cli", *(arguments or ("reports",))],
        cwd=project,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finish(process):
    out, err = process.communicate(timeout=600)
    return process.returncode, out, err


def made(folder):
    """What a build makes, by its place: finished files only."""
    wanted = ("*.html", "figures/*", "ru/*.html", "ru/figures/*")
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for pattern in ("data/processed/*", *(f"reports/{one}" for one in wanted))
        for path in sorted(folder.glob(pattern))
        if not path.name.startswith(".")
    }


@pytest.fixture(scope="session")
def whole(built):
    """What a build that nobody disturbs makes."""
    return made(built)


def assert_nothing_half_written(project, whole):
    for name, content in made(project).items():
        assert content == whole[name], f"{name} is not whole"


def leftovers(project):
    folders = ("data/processed", "reports", "reports/figures", "reports/executed")
    return [
        path
        for folder in folders
        for pattern in (".*.part", ".run-*")
        for path in (project / folder).glob(pattern)
    ]


PAGES = [f"{count} pages" if count > 1 else "1 page" for count in range(1, 20)]
STAGES = ["nothing", "tables", "comparisons", "claims", *PAGES]


def stage_of(project):
    """The last thing that a killed build had finished."""
    pages = sorted(path.stem for path in (project / "reports").glob("*.html"))
    if pages:
        return PAGES[len(pages) - 1]
    tables = {path.stem for path in (project / "data" / "processed").glob("*.csv")}
    if "claims" in tables:
        return "claims"
    return "comparisons" if "comparisons" in tables else "tables" if tables else "nothing"


def test_a_build_killed_again_and_again_comes_out_whole(tmp_path, built, capsys, whole):
    """SIGKILL at moments drawn from a seed, each time until the build ends of itself.

    ``KILLS=60`` kills so often, in builds from nothing; without it, some pages are there already.
    """
    project = copy_of(built, tmp_path / "copy")
    pages = None if "KILLS" in os.environ else SOME_PAGES
    unbuild(project, pages)
    draw = random.Random(SEED)
    stages = Counter()
    while sum(stages.values()) < KILLS:
        process = start(project)
        try:
            _, err = process.communicate(timeout=draw.uniform(0.3, 7.0))
            # It came to its end before its turn: whole, so it starts from nothing again.
            assert (process.returncode, err) == (0, "")
            assert made(project) == whole
            unbuild(project, pages)
            continue
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        stages[stage_of(project)] += 1
        assert_nothing_half_written(project, whole)
    code, _, err = finish(start(project))
    assert (code, err) == (0, "")
    assert made(project) == whole
    assert leftovers(project) == []
    if "KILLS" in os.environ:
        (ROOT / "benchmarks" / "KILLS.md").write_text(report_of(stages), encoding="utf-8")
        with capsys.disabled():
            print(f"\n{report_of(stages)}")


def report_of(stages):
    """What was done to the build and how it ended, as Markdown."""
    rows = "\n".join(f"| {stage} | {stages[stage]} |" for stage in sorted(stages, key=STAGES.index))
    return (
        "# Killed builds\n\nWritten by `make kills`. A build from nothing was ended with SIGKILL, "
        f"{KILLS} times, at moments drawn from seed {SEED}; the next one went on from where it "
        "stood. No file was ever half-written, and the build that was let be ended with the same "
        "bytes as are committed.\n\n| finished by then | kills |\n| --- | ---: |\n" + rows + "\n"
    )


def test_what_a_killed_build_left_is_removed_by_the_next(tmp_path, built):
    project = copy_of(built, tmp_path / "copy")
    left = [
        project / "reports" / ".kazakhstan.html.abc.part",
        project / "data" / "processed" / ".figures.csv.abc.part",
    ]
    for path in left:
        path.write_text("half")
    (project / "reports" / "executed" / ".run-abc").mkdir(parents=True)
    assert finish(start(project))[0] == 0
    assert leftovers(project) == []


def test_two_builds_at_once_make_one(without_pages, whole):
    both = [start(without_pages, *ONE_PAGE) for _ in range(2)]
    ended = [finish(process) for process in both]
    assert [code for code, _, _ in ended] == [0, 0]
    assert [err for _, _, err in ended] == ["", ""]
    said = [out for _, out, _ in ended]
    waited = [out for out in said if "Another build is under way" in out]
    assert len(waited) == 1
    assert "Nothing to do" in waited[0]
    assert_nothing_half_written(without_pages, whole)
    assert "reports/turkmenistan.html" in made(without_pages)


@pytest.fixture
def small_disk(without_pages):
    """The project with its reports on a file system of two megabytes."""
    place = without_pages / "reports"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    yield without_pages
    subprocess.run(["umount", str(place)], check=False)


def test_a_full_disk_is_said_in_one_line_and_leaves_nothing_half_written(small_disk, whole):
    code, _, err = finish(start(small_disk, *ONE_PAGE))
    assert code == 1
    assert "No space left on device" in err
    assert "Traceback" not in err
    assert_nothing_half_written(small_disk, whole)
    assert leftovers(small_disk) == []
    subprocess.run(["umount", str(small_disk / "reports")], check=True)
    assert finish(start(small_disk, *ONE_PAGE))[0] == 0
    assert_nothing_half_written(small_disk, whole)


def test_a_folder_that_may_not_be_written_is_named(without_pages):
    reports = without_pages / "reports"
    reports.mkdir()
    reports.chmod(0o555)
    # Root may write anywhere, so the build is started without that right.
    prefix = [sys.executable, "-c", WITHOUT_ROOTS_RIGHT] if os.geteuid() == 0 else []
    try:
        code, _, err = finish(start(without_pages, *ONE_PAGE, prefix=prefix))
    finally:
        reports.chmod(0o755)
    if code == 77:
        pytest.skip("root writes everywhere, and cannot give up that right here")
    assert code == 1
    assert "Permission denied" in err
    assert "reports" in err
    assert "Traceback" not in err
    assert list(reports.iterdir()) == []


@pytest.mark.parametrize("end", [os.killpg, os.kill], ids=["with its group", "alone"])
def test_neither_forked_process_nor_server_outlives_a_killed_build(without_pages, end):
    process = start(without_pages, *ONE_PAGE)
    # Two: the server that waits to be forked, and what was forked for the page.
    wait_until(lambda: len(forked(without_pages)) == 2, process)
    end(process.pid, signal.SIGKILL)
    process.wait()  # and not for its output, which a process that lives on would hold open
    wait_until(lambda: not forked(without_pages))
    process.communicate()


def wait_until(what, process=None):
    until = time.monotonic() + 240
    while not what():
        assert time.monotonic() < until
        assert process is None or process.poll() is None, process.communicate()
        time.sleep(0.01)


def forked(project):
    """Processes whose working folder is the project, and that were forked for it or fork."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            here = (entry / "cwd").readlink() == project
            if here and b"multiprocessing.forkserver" in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


@pytest.fixture(autouse=True)
def terminal_heeded():
    """A build under nohup goes on without its terminal, and so it would if these tests ran so."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


CLAIMS = "data/processed/claims.csv"
# What is there when the build is asked to end, by what, whom that reaches, and what is said then.
STOPS = [
    (".pytask/build.lock", signal.SIGINT, os.kill, 130, "stopped by Ctrl-C. "),
    ("data/processed/figures.csv", signal.SIGTERM, os.kill, 143, "stopped by SIGTERM."),
    (
        CLAIMS,
        signal.SIGHUP,
        os.kill,
        129,
        "stopped as its terminal was closed. Finished and kept: ",
    ),
    # With the claims there, pages are all that is left; at one more of them, most are to come.
    ("one page more", signal.SIGINT, os.killpg, 130, "stopped by Ctrl-C. Finished and kept: "),
    ("one page more", signal.SIGTERM, os.killpg, 143, "stopped by SIGTERM."),
]


def test_a_build_that_is_stopped_says_so_keeps_what_is_finished_and_goes_on(partly_built, whole):
    """As by Ctrl-C, which reaches every process of the terminal, or by a signal to one alone."""
    begun = partly_built / ".pytask" / "build.lock"
    for place, number, send, expected, words in STOPS:
        begun.unlink(missing_ok=True)
        pages = len(pages_of(partly_built))
        process = start(partly_built, "reports", "--jobs", "2")
        wait_until(begun.exists, process)
        if place == "one page more":
            wait_until(lambda so_far=pages: len(pages_of(partly_built)) > so_far, process)
        else:
            wait_until((partly_built / place).exists, process)
        time.sleep(0.2)
        send(process.pid, number)
        code, out, err = finish(process)
        assert (code, err.count("\n")) == (expected, 1), err
        assert err.startswith(f"analysis: {words}"), err
        assert err.endswith(("nothing else counts as built.\n", "No step was finished.\n"))
        assert "Nothing to do" not in out
        assert "Open" not in out
        for line in out.splitlines():
            assert line[:14].strip() in err
        wait_until(lambda: not forked(partly_built))
        assert_nothing_half_written(partly_built, whole)
        assert leftovers(partly_built) == []
    done = steps_of(out)
    code, out, err = finish(start(partly_built))
    assert (code, err) == (0, "")
    assert made(partly_built) == whole
    assert done & steps_of(out) == set()


def pages_of(project):
    return [*project.glob("reports/*.html"), *project.glob("reports/ru/*.html")]


def steps_of(out):
    """Names of the steps that a build says it ran, each with its seconds."""
    return {found[1] for found in re.finditer(r"^(\S.*?) +\d+\.\d s$", out, re.MULTILINE)}


def test_a_closed_terminal_ends_the_build(without_pages, whole):
    terminal, end = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "analysis.cli", *ONE_PAGE],
        cwd=without_pages,
        env=code_of(without_pages),
        stdin=end,
        stdout=end,
        stderr=end,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509
    )
    os.close(end)
    wait_until(lambda: len(forked(without_pages)) == 2, process)
    os.close(terminal)
    assert process.wait(timeout=120) == 129
    wait_until(lambda: not forked(without_pages))
    assert_nothing_half_written(without_pages, whole)
    assert leftovers(without_pages) == []


def test_nohup_lets_the_build_outlive_its_terminal(unbuilt):
    code = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); "
    code += "from analysis.cli import main; import sys; sys.exit(main(sys.argv[1:]))"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "compare"],
        cwd=unbuilt,
        env=code_of(unbuilt),
        stdout=subprocess.DEVNULL,
    )
    wait_until((unbuilt / "data/processed/figures.csv").exists, process)
    process.send_signal(signal.SIGHUP)
    assert process.wait(timeout=240) == 0
