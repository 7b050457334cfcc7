"""Whatever is changed, a build of what is out of date leaves the bytes of a full one."""

import json
import os
import random
import re
import shutil
import subprocess
import sys

import pytest

from analysis.data.seals import renew_seals
from conftest import code_of

pytestmark = pytest.mark.slow

SOURCES = ("data/raw", "notebooks", "src", "pyproject.toml")
MADE = ("data/processed", "reports", "pytask.lock")
IGNORED = shutil.ignore_patterns("executed", "failed")

# Lines that change what is reckoned or said, and break nothing.
RULES = (
    ("measures/judgement.py", "LEVEL = 0.05", "LEVEL = 0.06"),
    ("measures/trade.py", "FREIGHT = 1.06", "FREIGHT = 1.07"),
    ("measures/scale.py", "BANDS = (0.05, 0.2,", "BANDS = (0.05, 0.21,"),
)


def copy(names, source, folder):
    for name in names:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if (source / name).is_dir():
            shutil.copytree(source / name, place, ignore=IGNORED)
        else:
            shutil.copy(source / name, place)


def build(project):
    environment = code_of(project)
    done = subprocess.run(
        [sys.executable, "-m", "analysis.cli", "reports"],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def made(project):
    """Every byte that a build makes but pictures, which depend on the machine that draws them."""
    files = [
        path
        for name in MADE
        for path in [project / name, *(project / name).rglob("*")]
        if path.is_file() and path.suffix != ".png" and "executed" not in path.parts
    ]
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in files}


def edit(path, chance, pattern, change):
    """Change one of the places in a text that a pattern fits."""
    text = path.read_text(encoding="utf-8")
    place = chance.choice(list(re.finditer(pattern, text, re.MULTILINE)))
    path.write_text(text[: place.start()] + change(place) + text[place.end() :], encoding="utf-8")


def figure(project, chance):
    """Another digit in what a page states of money."""
    table = chance.choice(["article", "elsewhere", "stated_trade", "stated_investment"])
    edit(
        project / f"data/raw/{table}.csv",
        chance,
        r"(?<=,\$)[1-9](?=[0-9.]* (?:million|billion),)",
        lambda place: str(int(place[0]) % 9 + 1),
    )


def statistic(project, chance):
    """A smaller sum of money sent home from one country, sealed as someone would who meant it.

    A larger one could pass what came from all countries, which is refused.
    """
    edit(
        project / "data/raw/remittances.csv",
        chance,
        r"^[A-Z]{3},(?!WLD)[A-Z]{3},[0-9]{4},[0-9]+\.[1-9]",
        lambda place: f"{place[0][:-1]}{int(place[0][-1]) - 1}",
    )
    totals = project / "data/raw/control_totals.csv"
    kept = re.sub("^remittances,.*\n", "", totals.read_text(encoding="utf-8"), flags=re.MULTILINE)
    totals.write_text(kept, encoding="utf-8")
    renew_seals(project / "data" / "raw")


def cell(project, chance):
    """A remark in one code cell of one notebook."""
    path = chance.choice(sorted((project / "notebooks").glob("*.ipynb")))
    notebook = json.loads(path.read_text(encoding="utf-8"))
    code = [
        one
        for one in notebook["cells"]
        if one["cell_type"] == "code" and "parameters" not in one["metadata"].get("tags", [])
    ]
    chosen = chance.choice(code)
    chosen["source"] = ["# a remark of the test\n", *"".join(chosen["source"]).splitlines(True)]
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def template(project, chance):
    """A remark in every style, that a reader of any page's source would see."""
    for path in (project / "src/analysis/publish/templates").rglob("*.css"):
        path.write_text(path.read_text(encoding="utf-8") + "/* a remark */\n", encoding="utf-8")


def harmless_line(project, chance):
    """A remark in a module."""
    path = chance.choice(sorted((project / "src/analysis").glob("[cdmp]*/*.py")))
    path.write_text(path.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")


def harmful_line(project, chance):
    """Another limit in a rule."""
    place, old, new = chance.choice(RULES)
    path = project / "src/analysis" / place
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# What most of a build rests on, and what little does.
FAR, NEAR = (template, harmless_line, harmful_line), (figure, statistic, cell)


@pytest.mark.parametrize("seed", [int(os.environ.get("SEED", "1"))])
def test_four_changes_one_after_the_other_leave_the_bytes_of_a_full_build(tmp_path, built, seed):
    """``SEED`` draws other changes; by itself, it is the style of all pages that is changed first.

    What reaches furthest comes first: a later build makes less anew, and so covers less of what an
    earlier one may have left behind.
    """
    chance = random.Random(seed)
    project, fresh = tmp_path / "project", tmp_path / "from-nothing"
    copy((*SOURCES, *MADE), built, project)
    before, done = made(project), []
    for change in [chance.choice(FAR), *chance.sample(NEAR, 3)]:
        change(project, chance)
        done.append(change.__name__)
        build(project)
    copy(SOURCES, project, fresh)
    build(fresh)
    one_by_one, at_once = made(project), made(fresh)
    assert sorted(one_by_one) == sorted(at_once), done
    assert [n for n in at_once if one_by_one[n] != at_once[n]] == [], done
    # The changes were none of nothing.
    assert one_by_one != before, done
