"""Where the project is: found from the folder one stands in, or said to be nowhere."""

import shutil
import subprocess
import sys

import pytest

from analysis.config import project_folder
from conftest import code_of


def put(folder, *places):
    for place in places:
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).touch()
    return folder


@pytest.mark.parametrize(
    "places",
    [
        ("data/raw/article.csv", "notebooks/country.ipynb"),
        ("data/raw/article.csv",),
        ("notebooks/country.ipynb",),
    ],
)
def test_a_project_is_found_from_within_though_it_lacks_a_file(tmp_path, places):
    project = put(tmp_path / "p", *places)
    within = project / "a" / "b"
    within.mkdir(parents=True)
    assert project_folder(within, tmp_path) == project


def test_the_project_one_stands_in_goes_before_the_one_that_the_code_lies_in(tmp_path):
    here, there = (put(tmp_path / name, "data/raw/article.csv") for name in ("here", "there"))
    assert project_folder(here, there / "src") == here
    assert project_folder(tmp_path, there / "src") == there


@pytest.mark.parametrize("command", [["check"], ["reports"], ["reports", "-p", "country", "KAZ"]])
def test_where_there_is_no_project_that_is_all_the_command_says(tmp_path, compiled, command):
    shutil.copytree(compiled, tmp_path / "installed" / "src")
    here = tmp_path / "here"
    here.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "analysis.cli", *command],
        cwd=here,
        env=code_of(tmp_path / "installed"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"analysis: no project in {here} or in a folder above it; valid: a folder that holds "
        "data/raw/article.csv and notebooks/country.ipynb\n"
    )
    assert list(here.iterdir()) == []
