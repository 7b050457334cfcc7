"""The pipeline side by side: notebooks on this machine, and a real Dask cluster on loopback."""

import json
import os
import pty
import re
import shutil
import signal
import socket
import subprocess
import sys
import termios
import threading
import time
from contextlib import contextmanager, suppress

import psutil
import pytest

from analysis.cli import main
from analysis.publish import workers
from conftest import code_of, copy_of

pytestmark = pytest.mark.slow

PAGES = {"KAZ": "kazakhstan", "TJK": "tajikistan"}

# Two pages and what they need, so many at a time or on a cluster.
TWO_PAGES = """
import sys
from analysis import cli

if __name__ == "__main__":
    names = ["task_report[KAZ]", "task_report[TJK]"]
    sys.exit(cli._build(names, int(sys.argv[1]), sys.argv[2]))
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory, built):
    """A copy of the project whose two pages have been built one after the other."""
    folder = copy_of(built, tmp_path_factory.mktemp("elsewhere") / "copy")
    (folder / "two_pages.py").write_text(TWO_PAGES)
    done = build(project := folder, "1")
    assert done.returncode == 0, done.stderr
    return project


def start(project, jobs, scheduler=""):
    environment = code_of(project)
    return subprocess.Popen(
        [sys.executable, "two_pages.py", jobs, scheduler],
        cwd=project,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process):
    stdout, stderr = process.communicate(timeout=300)
    return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)


def build(project, jobs, scheduler=""):
    return finish(start(project, jobs, scheduler))


@pytest.fixture
def without_pages(project, tmp_path):
    """The project without its two pages; the bytes that they had are yielded."""
    shutil.copytree(project, tmp_path / "before")
    had = pages(project)
    for name in had:
        (project / "reports" / f"{name}.html").unlink()
    yield had
    shutil.rmtree(project)
    (tmp_path / "before").rename(project)


def pages(project):
    return {name: (project / "reports" / f"{name}.html").read_bytes() for name in PAGES.values()}


def kill_one_of(workers_of, project, process):
    """End, as a crash would, a process that makes a report; say whether there was one."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        if list((project / "reports" / "executed").glob(".run-*")):
            for worker in workers_of():
                worker.send_signal(signal.SIGKILL)
                return True
        time.sleep(0.05)
    return False


def pages_of(process):
    """Processes that make pages: the children of the server that forks them."""
    servers = psutil.Process(process.pid).children()
    return [page for server in servers for page in server.children()]


def test_two_at_a_time_build_the_same_bytes_as_one(project, without_pages):
    done = build(project, "2")
    assert done.returncode == 0, done.stderr
    assert pages(project) == without_pages
    for name in ("Kazakhstan", "Tajikistan"):
        assert f"\n{name} " in f"\n{done.stdout}"
    assert done.stderr == ""


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_killed_process_costs_its_page_a_second_run_and_not_the_build(
    project, without_pages, jobs
):
    running = start(project, jobs)
    assert kill_one_of(lambda: pages_of(running), project, running)
    done = finish(running)
    assert (done.returncode, done.stderr) == (0, "")
    assert pages(project) == without_pages


def test_a_page_whose_process_always_dies_is_named_and_the_other_is_built(project, without_pages):
    notebook = project / "notebooks" / "country.ipynb"
    text = notebook.read_text(encoding="utf-8")
    dies = "this = load(country)"
    assert dies in text
    more = f'{dies}\\nimport os; country == \\"KAZ\\" and os._exit(3)'
    notebook.write_text(text.replace(dies, more), encoding="utf-8")
    done = build(project, "2")
    assert done.returncode == 1
    assert (
        "the page Kazakhstan failed: the process of Kazakhstan ended by itself, twice"
        in done.stderr
    )
    assert "TJK" not in done.stderr
    assert not (project / "reports" / "kazakhstan.html").exists()
    assert (project / "reports" / "tajikistan.html").exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("not_there", "NameError: name 'not_there' is not defined"),
        ("import os; os._exit(3)", "no process could be started for it"),
    ],
)
def test_a_module_that_cannot_be_imported_fails_the_pages_that_need_it(
    project, without_pages, line, said
):
    """As for whoever edits a chart: the server of the imports dies of it, or every page does."""
    module = project / "src" / "analysis" / "charts" / "bars.py"
    module.write_text(f"{module.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    done = build(project, "2")
    assert done.returncode == 1
    for name in ("Kazakhstan", "Tajikistan"):
        assert f"the page {name} failed" in done.stderr
    assert done.stderr.count(said) == 2
    assert "Nothing to do" not in done.stdout


def test_pages_wait_for_their_tables(project, without_pages):
    stated = project / "data" / "raw" / "elsewhere.csv"
    good = stated.read_text(encoding="utf-8")
    row = "kaz-trade-chn-2025-stated,page,$48.7 billion"
    stated.write_text(good.replace(row, row.replace("48.7", "48.8")), encoding="utf-8")
    done = build(project, "2")
    assert done.returncode == 0, done.stderr
    assert b"$48.8bn" in pages(project)["kazakhstan"]
    assert b"$48.8bn" not in without_pages["kazakhstan"]


def test_a_fault_of_the_raw_data_stops_the_build_before_its_pages(project, without_pages):
    article = project / "data" / "raw" / "article.csv"
    good = article.read_text(encoding="utf-8")
    sound = "$12.9 billion,source,2016,KAZ"
    assert sound in good
    article.write_text(good.replace(sound, "12;9 billion,source,2016,KAZ"))
    done = build(project, "2")
    assert done.returncode == 1
    assert "found 12;9 billion" in done.stderr
    assert not (project / "reports" / "kazakhstan.html").exists()


@contextmanager
def cluster(folder, count):
    """A Dask scheduler and so many workers, each a process, on this machine's loopback."""
    where = folder / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = code_of(folder)
    local = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(where)]
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", "0", *local]
    parts = [subprocess.Popen(command, cwd=folder, env=environment, **quiet)]
    try:
        deadline = time.monotonic() + 60
        # The scheduler opens its file before it has written it.
        while not _is_whole(where) and time.monotonic() < deadline:
            time.sleep(0.1)
        command = [sys.executable, "-m", "distributed.cli.dask_worker", "--nthreads", "1", *local]
        parts += [
            subprocess.Popen(command, cwd=folder, env=environment, **quiet) for _ in range(count)
        ]
        address = json.loads(where.read_text())["address"]
        if count:
            from distributed import Client

            with Client(address, timeout=30, set_as_default=False) as client:
                client.wait_for_workers(count, timeout=60)
        yield address, [psutil.Process(part.pid) for part in parts[1:]]
    finally:
        for part in reversed(parts):
            part.terminate()
        for part in parts:
            part.wait(timeout=30)
        where.unlink(missing_ok=True)


def _is_whole(file):
    return file.exists() and file.read_text().rstrip().endswith("}")


def workers_of(nannies):
    """The processes that the nannies look after, but for those that only help to start them."""
    helpers = ("resource_tracker", "forkserver")
    return [
        worker
        for nanny in nannies
        for worker in nanny.children()
        if not any(word in " ".join(worker.cmdline()) for word in helpers)
    ]


def test_a_dask_cluster_survives_a_killed_worker_and_builds_the_same_bytes(project, without_pages):
    with cluster(project, 2) as (address, nannies):
        running = start(project, "1", address)
        assert kill_one_of(lambda: workers_of(nannies), project, running)
        done = finish(running)
    assert done.returncode == 0, done.stderr
    assert pages(project) == without_pages


def test_a_scheduler_without_workers_is_said_to_have_none(project):
    with cluster(project, 0) as (address, _):
        done = build(project, "1", address)
    assert done.returncode == 1
    assert done.stderr == f"analysis: the Dask scheduler at {address} has no workers\n"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (
            "tcp://127.0.0.1:1",
            "no Dask scheduler answers at tcp://127.0.0.1:1 (Connection refused)",
        ),
        ("nonsense", "found 'nonsense' for a Dask scheduler; valid: as in tcp://node:8786"),
        ("tcp://node", "found 'tcp://node' for a Dask scheduler; valid: as in tcp://node:8786"),
        ("tcp://a:b", "found 'tcp://a:b' for a Dask scheduler; valid: as in tcp://node:8786"),
        ("tcp://[::1", "found 'tcp://[::1' for a Dask scheduler; valid: as in tcp://node:8786"),
    ],
)
def test_a_wrong_scheduler_is_told_at_once(project, address, said):
    done = build(project, "1", address)
    assert done.returncode == 1
    assert done.stderr == f"analysis: {said}\n"
    assert done.stdout == ""


@pytest.mark.parametrize("greeting", [b"", b"SSH-2.0-OpenSSH_9.6\r\n"])
def test_a_port_where_something_else_listens_is_told_after_a_short_wait(greeting, monkeypatch):
    long = 3 * workers._PATIENCE
    monkeypatch.setattr(workers, "_PATIENCE", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        threading.Thread(target=greet, args=(server, greeting), daemon=True).start()
        began = time.monotonic()
        said = f"something listens at {address}, but it does not speak as a Dask scheduler does"
        with pytest.raises(workers.SchedulerError, match=said):
            workers.build([], 1, address, paths="")
        assert time.monotonic() - began < long


def greet(server, greeting):
    """Take one connection, say something, and wait for what never comes."""
    line, _ = server.accept()
    with line:
        line.sendall(greeting)
        line.recv(1)


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "1.5", ""])
def test_a_wrong_number_of_processes_is_wrong_usage(jobs, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["reports", "--jobs", jobs])
    assert stopped.value.code == 2
    assert "a whole number from 1" in capsys.readouterr().err or jobs.startswith("-")


# Steps enough for a bar, and nothing in them.
MANY = """
from pytask import task

for number in range({steps}):

    @task(id=str(number))
    def task_one() -> None:
        pass
"""
BUILD_MANY = """
from pathlib import Path
from analysis.publish import workers

here = Path.cwd()
workers.build(
    None, 1, "", config=here / "pyproject.toml", paths=here / "task_many.py", capture="no",
    verbose=0,
)
"""


def shown_on(folder, steps, terminal):
    """What a build of so many steps writes to its errors, on a terminal or into a pipe."""
    (folder / "pyproject.toml").write_text("[tool.pytask.ini_options]\n")
    (folder / "task_many.py").write_text(MANY.format(steps=steps))
    read, write = pty.openpty() if terminal else os.pipe()
    if terminal:
        termios.tcsetwinsize(write, (24, 80))
    command = [sys.executable, "-c", BUILD_MANY]
    subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=write, check=True)
    os.set_blocking(read, False)
    said = b""
    with suppress(BlockingIOError):
        while part := os.read(read, 100_000):
            said += part
    os.close(write)
    os.close(read)
    return said.decode()


def test_a_long_build_shows_a_bar_with_the_time_left_on_a_terminal(tmp_path):
    said = shown_on(tmp_path, 12, terminal=True)
    assert re.search(r"\| [0-9]+/12 \[[0-9:]+<[0-9:?]+, +[0-9?]", said)


@pytest.mark.parametrize(("steps", "terminal"), [(12, False), (11, True)])
def test_no_bar_goes_into_a_pipe_or_stands_over_a_short_build(tmp_path, steps, terminal):
    assert f"/{steps} [" not in shown_on(tmp_path, steps, terminal)


# A step that is handed over, and one that is done here and becomes ready after it was begun.
ORDER = """
from pathlib import Path
from typing import Annotated

from pytask import Product, mark
from analysis.publish.workers import beside, here

ROOT = Path(__file__).parent


def task_first(made: Annotated[Path, Product] = ROOT / "first") -> None:
    here("first", made.write_text, "")


@mark.try_first
def task_handed(made: Annotated[Path, Product] = ROOT / "handed") -> None:
    beside("handed", "pathlib:Path.touch", made)


def task_second(first: Path = ROOT / "first", made: Annotated[Path, Product] = ROOT / "b") -> None:
    here("second", made.write_text, "")
"""


def test_what_can_be_done_here_comes_before_the_first_process_is_waited_for(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.pytask.ini_options]\n")
    (tmp_path / "task_many.py").write_text(ORDER)
    command = [sys.executable, "-c", BUILD_MANY.replace("None, 1,", "None, 2,")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    told = re.findall(r"^\.?(\w+) +[0-9.]+ s$", done.stdout, re.MULTILINE)
    assert told == ["first", "second", "handed"]
    assert (tmp_path / "handed").exists()
