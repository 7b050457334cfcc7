"""Installed as a package, the command works on the project it is started in; old Pythons are told.

What it depends on is taken from the environment of the tests: no registry is asked.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from analysis.config import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The folder that ``pip install .`` fills, from a copy of the project."""
    folder = tmp_path_factory.mktemp("install")
    ignore = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "src", folder / "src", ignore=ignore)
    place = folder / "site"
    options = "--quiet --no-index --no-deps --no-build-isolation --disable-pip-version-check"
    done = subprocess.run(
        [sys.executable, "-m", "pip", "install", *options.split(), "--target", place, "."],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return place


def run(installed, folder, *arguments):
    """The command as it was installed."""
    rest = sysconfig.get_paths()["purelib"]
    return subprocess.run(
        [sys.executable, installed / "bin" / "analysis", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(installed), rest])},
        capture_output=True,
        text=True,
        check=False,
    )


def test_everything_that_the_code_reads_is_installed_with_it(installed):
    def files(folder):
        found = folder.rglob("*")
        return {
            path.relative_to(folder).as_posix()
            for path in found
            if path.is_file() and "__pycache__" not in path.parts
        }

    assert files(installed / "analysis") == files(ROOT / "src" / "analysis")


def test_the_command_works_on_the_project_that_it_is_started_in(installed, tmp_path):
    project = tmp_path / "project"
    shutil.copytree(ROOT / "data", project / "data")
    shutil.copytree(ROOT / "notebooks", project / "notebooks")
    done = run(installed, project / "notebooks", "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("The raw data is sound: ")


def test_the_command_says_that_it_is_in_no_project(installed, tmp_path):
    done = run(installed, tmp_path, "check")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"no project in {tmp_path} or in a folder above it; valid: a folder" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_python_that_is_too_old_is_told_in_one_sentence_before_anything_is_installed(tmp_path):
    old = tmp_path / "python-of-old"
    # The same question, answered as 3.9 would.
    old.write_text(
        f'#!/bin/sh\n[ "$1" = -c ] || exit 99\n'
        f'exec {sys.executable} -c "import sys; sys.version_info = (3, 9, 18); $2"\n'
    )
    old.chmod(0o755)
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    done = subprocess.run(
        ["make", "reports", f"PYTHON={old}"],
        cwd=tmp_path,
        # As someone types it, also where these tests are run by make.
        env={name: value for name, value in os.environ.items() if not name.startswith("MAKE")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    said = [line for line in done.stderr.splitlines() if not line.startswith("make: ")]
    assert said == [
        f"Python 3.11 or newer is needed; {old} is 3.9. Name another: make PYTHON=python3.12 ..."
    ]
    assert done.stdout == ""
    assert not Path(tmp_path / ".venv").exists()


# What stands in for Python and its environment: it notes what it is asked, and makes as much noise
# as it is let.
STAND_IN = """#!/bin/sh
[ "$1" = -c ] && exec {python} "$@"
echo "$*" >> {calls}
case "$*" in
"-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
*"{failing}"*) echo "ERROR: no such package" >&2; exit 1 ;;
*-qq*) ;;
*) echo "Collecting noise" ;;
esac
"""
UV = """#!/bin/sh
echo "uv $*" >> {calls}
[ "$1" = venv ] && mkdir -p .venv/bin
case "$*" in *--quiet*) ;; *) echo "Resolved noise" ;; esac
"""
SYSTEM = "/usr/bin:/bin"


def set_up(folder, *, uv=False, failing="nothing fails"):
    """What ``make`` says while it sets up its environment, and what it asks of pip or uv."""
    calls, tools = folder / "calls", folder / "tools"
    tools.mkdir()
    asked = {"python": sys.executable, "calls": calls, "failing": failing}
    for name, text in {"python": STAND_IN, **({"uv": UV} if uv else {})}.items():
        (tools / name).write_text(text.format(**asked))
        (tools / name).chmod(0o755)
    shutil.copy(ROOT / "Makefile", folder / "Makefile")
    (folder / "pyproject.toml").touch()
    (folder / "requirements.lock").write_text(
        "one==1 \\\n    --hash=sha256:0\ntwo==2 ; os == 'x' \\\n    --hash=sha256:0\n"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(
        ["make", ".venv/.ready", f"PYTHON={tools / 'python'}"],
        cwd=folder,
        env=kept | {"PATH": f"{tools}:{SYSTEM}"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done, calls.read_text().splitlines()


@pytest.mark.parametrize("uv", [True, False])
def test_the_set_up_tells_its_stages_and_nothing_of_pips(tmp_path, uv):
    if not uv and shutil.which("uv", path=SYSTEM):
        pytest.skip("uv stands where the system's own commands do")
    done, calls = set_up(tmp_path, uv=uv)
    assert (done.returncode, done.stderr) == (0, "")
    first, *stages = done.stdout.splitlines()
    version = ".".join(map(str, sys.version_info[:3]))
    assert first.startswith("Setting up the environment (once, about a minute) with Python ")
    assert f"Python {version}, /" in first
    assert stages == [
        "  making .venv with uv" if uv else "  making .venv with venv and pip",
        "  installing the 2 packages of requirements.lock",
        "  installing the project",
    ]
    assert len(calls) == 3
    assert all(call.startswith("uv ") for call in calls) == uv
    assert (tmp_path / ".venv" / ".ready").exists()


def test_a_set_up_that_fails_stops_at_its_stage_with_the_error(tmp_path):
    if shutil.which("uv", path=SYSTEM):
        pytest.skip("uv stands where the system's own commands do")
    done, _ = set_up(tmp_path, failing="--require-hashes")
    assert done.returncode != 0
    assert "ERROR: no such package" in done.stderr
    assert done.stdout.splitlines()[-1] == "  installing the 2 packages of requirements.lock"
    assert not (tmp_path / ".venv" / ".ready").exists()
