"""Nothing to do is told from what the system says of the files; whatever was touched is noticed."""

import os
import subprocess
import sys
import time

import pytest

from analysis.publish import build, unchanged
from conftest import code_of, copy_of

pytestmark = pytest.mark.thorough

FILES = (
    "data/raw/article.csv",
    "data/raw/vintages/current.yml",
    "data/processed/trade.csv",
    "notebooks/country.ipynb",
    "reports/index.html",
    "reports/figures/index-years.png",
    "reports/figures/index-years.csv",
    "src/analysis/cli.py",
    "pyproject.toml",
    "pytask.lock",
)
MOMENT = 0.05  # longer than a tick of the clock


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of a few words, all of which are older than what is done next."""
    for name in (*FILES, ".pytask/done"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("as it was")
    folders = ("data/raw", "data/processed", "notebooks", "reports", "src/analysis")
    monkeypatch.setattr(unchanged, "_FOLDERS", tuple(tmp_path / name for name in folders))
    monkeypatch.setattr(unchanged, "_FILES", tuple(tmp_path / name for name in FILES[-2:]))
    monkeypatch.setattr(unchanged, "_AS_RAN", {str(tmp_path / "reports" / "executed")})
    monkeypatch.setattr(unchanged, "_DONE", tmp_path / ".pytask" / "done")
    time.sleep(MOMENT)
    return tmp_path


def keep(pages=18):
    unchanged.begin()
    unchanged.keep(pages)


def test_without_a_change_the_pages_are_known(project):
    assert unchanged.pages() == 0
    keep()
    assert unchanged.pages() == 18


def test_a_build_from_nothing_is_known_as_well(project):
    """With neither a lock nor a folder of tables when it begins."""
    table, lock = project / "data/processed/trade.csv", project / "pytask.lock"
    table.unlink()
    table.parent.rmdir()
    lock.unlink()
    assert unchanged.pages() == 0
    unchanged.begin()
    table.parent.mkdir()
    table.write_text("made")
    unchanged.made([table])
    lock.write_text("written last")
    unchanged.keep(18)
    assert unchanged.pages() == 18


@pytest.mark.parametrize("name", FILES)
def test_a_touched_a_changed_and_a_removed_file_are_noticed(project, name):
    keep()
    (project / name).touch()
    assert unchanged.pages() == 0
    time.sleep(MOMENT)
    keep()
    assert unchanged.pages() == 18
    (project / name).write_text("otherwise")
    assert unchanged.pages() == 0
    time.sleep(MOMENT)
    keep()
    (project / name).unlink()
    assert unchanged.pages() == 0


@pytest.mark.parametrize("name", FILES)
def test_a_change_of_the_same_size_with_the_old_time_is_noticed(project, name):
    keep()
    path = project / name
    before = path.stat()
    time.sleep(MOMENT)
    path.write_text("As it was")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = path.stat()
    assert (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    assert unchanged.pages() == 0


@pytest.mark.parametrize(
    "name",
    ["data/raw/vintages/new.json", "reports/figures/index-new.svg", "src/analysis/charts/new.py"],
)
def test_a_new_file_is_noticed(project, name):
    keep()
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).write_text("new")
    assert unchanged.pages() == 0


@pytest.mark.parametrize("name", ["src/analysis/__pycache__/a.pyc", "reports/executed/a.ipynb"])
def test_what_no_step_reads_does_not_count(project, name):
    keep()
    (project / name).parent.mkdir()
    (project / name).write_text("new")
    assert unchanged.pages() == 18


def test_a_file_that_is_written_in_the_tick_in_which_a_build_begins_is_not_trusted(project):
    unchanged.begin()
    path = project / "data/raw/article.csv"
    began = unchanged._DONE.stat().st_mtime_ns
    os.utime(path, ns=(began, began))
    unchanged._before.update(unchanged._stamps())
    unchanged.keep(18)
    assert unchanged.pages() == 0


@pytest.mark.parametrize("name", ["data/raw/article.csv", "reports/index.html"])
def test_what_changes_during_a_build_by_another_hand_is_not_trusted(project, name):
    unchanged.begin()
    (project / name).write_text("otherwise")
    unchanged.keep(18)
    assert unchanged.pages() == 0


def test_what_a_step_makes_is_trusted_as_long_as_it_stays_what_it_made(project):
    page = project / "reports/index.html"
    new = project / "reports/figures/index-new.svg"
    for stays in (True, False):
        unchanged.begin()
        page.write_text("made anew")
        new.write_text("made anew")
        unchanged.made([page, new])
        (project / "pytask.lock").write_text("written last")
        if not stays:
            time.sleep(MOMENT)
            page.write_text("spoiled!!")
        unchanged.keep(18)
        assert unchanged.pages() == (18 if stays else 0)


@pytest.mark.parametrize("made", [True, False])
def test_what_is_removed_during_a_build_is_not_trusted(project, made):
    page = project / "reports/index.html"
    unchanged.begin()
    if made:
        unchanged.made([page])
    page.unlink()
    unchanged.keep(18)
    assert unchanged.pages() == 0


@pytest.mark.parametrize("words", ["", "{", "[]", "{}", '{"stamps": 1, "pages": 18}', "\0", "18"])
def test_what_was_kept_and_cannot_be_read_is_nothing(project, words):
    keep()
    unchanged._DONE.write_text(words)
    assert unchanged.pages() == 0
    unchanged._DONE.unlink()
    assert unchanged.pages() == 0


def test_a_folder_that_is_a_link_is_looked_at_the_usual_way(project):
    (project / "data/raw/around").symlink_to(project / "data")
    keep()
    assert unchanged.pages() == 0


def test_a_build_that_has_begun_has_nothing_kept(project):
    keep()
    unchanged.begin()
    assert unchanged.pages() == 0


@pytest.mark.parametrize("ends", ["failed", "stopped", "names", "others", "scheduler", "sound"])
def test_only_a_sound_build_of_everything_leaves_something(project, monkeypatch, ends):
    def run(*_):
        if ends == "stopped":
            raise KeyboardInterrupt
        return build.Outcome(left=["a step"] if ends == "failed" else [])

    for name, value in (("_run", run), ("_STATE", project / ".pytask")):
        monkeypatch.setattr(build, name, value)
    monkeypatch.setattr(build, "_remove_leftovers", lambda: None)
    monkeypatch.setattr(build.pool, "warm_up", lambda: None)
    unchanged._DONE.unlink()
    asked = {
        "names": ["task_report[KAZ]"] if ends == "names" else None,
        "jobs": None,
        "scheduler": "tcp://node:8786" if ends == "scheduler" else "",
        "others": ["MNG"] if ends == "others" else [],
    }
    try:
        build.run(**asked)
    except KeyboardInterrupt:
        assert ends == "stopped"
    kept = unchanged._DONE.exists() and unchanged._DONE.read_text() != ""
    assert kept is (ends == "sound")


ASKED = """
import sys
from analysis import cli
code = cli.main(["reports"])
sys.exit(code if not {"pandas", "papermill", "pytask"} & set(sys.modules) else 99)
"""


@pytest.mark.slow
def test_nothing_to_do_is_answered_without_pytask_in_the_same_words(tmp_path, built):
    project = copy_of(built, tmp_path / "copy")
    environment = code_of(project)

    def analysis():
        done = subprocess.run(
            [sys.executable, "-c", ASKED],
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == ""
        return done.returncode, done.stdout

    code, said = analysis()
    assert code == 99
    assert said.startswith("Nothing to do")
    assert analysis() == (0, said)
    picture = next((project / "reports" / "figures").glob("index-*.png"))
    picture.unlink()
    code, other = analysis()
    assert code == 99
    assert "1 built, 17 up to date" in other
    assert picture.exists()
    # A build that has made something leaves word too.
    assert analysis() == (0, said)


@pytest.mark.slow
def test_a_brief_is_made_again_where_it_is_gone(tmp_path, built):
    project = copy_of(built, tmp_path / "copy")
    brief = project / "reports" / "briefs" / "tajikistan.pdf"
    before = brief.read_bytes()
    brief.unlink()
    subprocess.run(
        [sys.executable, "-m", "analysis.cli", "reports"],
        cwd=project,
        env=code_of(project),
        capture_output=True,
        check=True,
    )
    assert brief.read_bytes() == before
