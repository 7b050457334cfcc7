"""The rooms of the house: imports go one way, and no module does work when it is imported."""

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

import analysis

HOUSE = Path(analysis.__file__).parent
# A room may use those before it, and itself. The configuration is under all; the face and the
# command stand above all.
ORDER = ("data", "measures", "page", "charts", "publish")
MAY_USE = {room: set(ORDER[: number + 1]) for number, room in enumerate(ORDER)}
MAY_USE |= {"fetch": {"data", "fetch"}, "config": set()}
ABOVE = {"__init__", "__main__", "cli"}

MODULES = sorted(HOUSE.rglob("*.py"))
NAMES = ["/".join(path.relative_to(HOUSE).with_suffix("").parts) for path in MODULES]


def imported(path: Path) -> set[str]:
    """Full names of what a module imports, wherever in it that is done."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports by a relative name"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def room_of(name: str) -> str:
    """The room that a full name such as ``analysis.data.schema`` lies in."""
    return name.split(".")[1]


@pytest.mark.parametrize(("path", "name"), list(zip(MODULES, NAMES, strict=True)), ids=NAMES)
def test_a_room_uses_only_the_rooms_before_it(path, name):
    room = name.partition("/")[0]
    if room in ABOVE:
        return
    used = {room_of(found) for found in imported(path) if found.startswith("analysis.")}
    assert used - {"config"} <= MAY_USE[room], f"{name} reaches into {used - MAY_USE[room]}"


def test_every_room_is_known_and_none_stands_outside():
    rooms = {name.partition("/")[0] for name in NAMES}
    assert rooms == {*MAY_USE, *(ABOVE & rooms)}


def private_names(path: Path) -> set[str]:
    """Private names of other packages that a module imports, or takes from what it imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    foreign = {}
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            aliases = {
                alias.asname or alias.name.partition(".")[0]: alias.name for alias in node.names
            }
        elif isinstance(node, ast.ImportFrom) and node.module:
            aliases = {
                alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names
            }
        else:
            continue
        foreign |= {
            name: full for name, full in aliases.items() if not full.startswith(("analysis", "_"))
        }
        found |= {
            full
            for full in aliases.values()
            if not full.startswith("analysis") and any(map(is_private, full.split(".")))
        }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr):
            start = node.value
            while isinstance(start, ast.Attribute):
                start = start.value
            if isinstance(start, ast.Name) and start.id in foreign:
                found.add(ast.unparse(node))
    return found - {"__future__.annotations", "os._exit"}


def is_private(name: str) -> bool:
    return name.startswith("_") and not (name.startswith("__") and name.endswith("__"))


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_no_private_name_of_another_package_is_used(path):
    assert private_names(path) == set()


def test_a_private_name_would_be_seen(tmp_path):
    slip = tmp_path / "slip.py"
    slip.write_text(
        "import numpy as np\nfrom pandas._libs import lib\nx = np.core._dtype\ny = np.array\n"
    )
    assert private_names(slip) == {"pandas._libs.lib", "np.core._dtype"}


# pytask learns the steps by importing their module, which lists the files that they read; the
# server that forks a build's processes imports the other to have its work done once.
AT_WORK = ("publish/tasks", "publish/rehearsal", "publish/warm", "__main__")

IMPORTING = """
import builtins, importlib, io, os, pathlib, sys

# Every library that ours use may read what it likes: it is imported first.
import IPython, ipykernel, jupyter_client, matplotlib.figure, nbconvert, pandera.pandas, papermill
import pytask, seaborn, yaml, requests, distributed

project = pathlib.Path(sys.argv[1])
opened = []

def watched(file, *rest, **options):
    if isinstance(file, (str, bytes, os.PathLike)):
        path = pathlib.Path(os.fsdecode(file)).absolute()
        if path.is_relative_to(project) and path.suffix not in (".py", ".pyc"):
            opened.append(str(path.relative_to(project)))
    return original(file, *rest, **options)

original = builtins.open
builtins.open = io.open = watched
for name in sys.argv[2:]:
    importlib.import_module(name)
print("\\n".join(opened))
"""


def test_no_module_reads_a_file_of_the_project_when_it_is_imported():
    names = [
        "analysis" if name == "__init__" else "analysis." + name.replace("/", ".")
        for name in NAMES
        if name not in AT_WORK
    ]
    names = [name.removesuffix(".__init__") for name in names]
    assert all(importlib.util.find_spec(name) for name in names)
    project = str(HOUSE.parents[1])
    done = subprocess.run(
        [sys.executable, "-c", IMPORTING, project, *names],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == []
