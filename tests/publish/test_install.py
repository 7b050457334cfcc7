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
