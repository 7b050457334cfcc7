"""The files that a step rests on are found from imports, all of them and no others."""

import ast
import json
import subprocess
import sys

import pytest

from analysis.config import NOTEBOOKS, ROOT
from analysis.publish import closure
from analysis.publish.nodes import Cells, Charts, Code

pytestmark = pytest.mark.thorough

FILES = {
    "__init__.py": "",
    "a.py": "from pack import b",
    "b.py": "def f():\n    from .room.c import x\n    return x",
    "room/__init__.py": "import pack.room.inner",
    "room/c.py": "from ..d import y as z\nfrom . import e",
    "room/e.py": "GRAMMAR = 'words.lark'\nPROSE = 'text'\nOTHER = 'nothing'",
    "room/words.lark": "start: /x/",
    "room/text/one.md": "one",
    "room/text/deep/two.md": "two",
    "room/inner.py": "",
    "d.py": "LAZY = {'load': 'pack.lazy'}",
    "lazy.py": "import json, os.path\nimport packer",
    "unused.py": "from pack import a",
    "broken.py": "def (",
}
OF_A = [name for name in FILES if name not in ("unused.py", "broken.py")]


@pytest.fixture
def package(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / "pack" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "pack"


def names(files, package):
    return sorted(path.relative_to(package).as_posix() for path in files)


def test_every_kind_of_import_is_followed_and_every_named_file_is_found(package):
    assert names(closure.of_modules(["pack.a"], package), package) == sorted(OF_A)


def test_what_nothing_imports_is_left_out(package):
    found = names(closure.of_modules(["pack.lazy"], package), package)
    assert found == ["lazy.py"]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("from pack import load", ["__init__.py", "e.py", "home.py"]),
        ("import pack", ["__init__.py", "e.py", "home.py"]),
        ("from pack import other", ["__init__.py", "e.py", "other.py"]),
        ("import pack.other", ["__init__.py", "e.py", "other.py"]),
        ("from pack.other import x", ["__init__.py", "e.py", "other.py"]),
    ],
)
def test_what_a_package_imports_lazily_counts_for_who_asks_it_for_a_name(tmp_path, cell, found):
    package = tmp_path / "pack"
    package.mkdir()
    (package / "__init__.py").write_text("import pack.e\nHOMES = {'load': 'pack.home'}")
    for name in ("e", "home", "other"):
        (package / f"{name}.py").write_text("")
    (package / "asks.py").write_text(cell)
    assert names(closure.of_modules(["pack.asks"], package), package) == sorted([*found, "asks.py"])


def test_a_module_that_cannot_be_parsed_is_named(package):
    with pytest.raises(SyntaxError) as error:
        closure.of_modules(["pack.broken"], package)
    assert error.value.filename.endswith("broken.py")


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("from pack import lazy", ["__init__.py", "lazy.py"]),
        ("%matplotlib inline\nimport pack.lazy", ["__init__.py", "lazy.py"]),
        ("!ls\nif True:\n    from pack.room.e import GRAMMAR", None),
        ("from pack import (", []),
        ("import json", []),
    ],
)
def test_a_notebook_rests_on_what_its_cells_import(package, tmp_path, cell, found):
    notebook = tmp_path / "n.ipynb"
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "from pack import a"},
        {"cell_type": "code", "metadata": {}, "source": cell.splitlines(keepends=True)},
    ]
    notebook.write_text(json.dumps({"cells": cells}))
    if found is None:
        found = [name for name in FILES if name.startswith("room/") and name != "room/c.py"]
        found += ["__init__.py"]
    assert names(closure.of_notebook(notebook, package), package) == sorted(found)


@pytest.mark.parametrize("text", [None, "", "[]", '{"cells": [1]}', "no notebook"])
def test_no_notebook_rests_on_nothing(package, tmp_path, text):
    notebook = tmp_path / "n.ipynb"
    if text is not None:
        notebook.write_text(text)
    assert closure.of_notebook(notebook, package) == []


# What Python itself has loaded once a module of ours is imported, by file.
LOADED = """
import sys
from pathlib import Path
import analysis
__import__(sys.argv[1])
root = Path(analysis.__file__).parent
for module in list(sys.modules.values()):
    path = getattr(module, "__file__", None)
    if path and Path(path).is_relative_to(root):
        print(Path(path).relative_to(root).as_posix())
"""


@pytest.mark.parametrize(
    "module",
    ["analysis.data.clean", "analysis.page.claims", "analysis.publish.report", "analysis.cli"],
)
def test_all_that_python_loads_is_found(module):
    command = [sys.executable, "-c", LOADED, module]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = names(closure.of_modules([module]), closure.PACKAGE)
    assert set(done.stdout.split()) <= set(found)
    modules = [name for name in found if name.endswith(".py")]
    assert len(modules) < len(list(closure.PACKAGE.rglob("*.py"))) or module == "analysis.cli"


def test_no_name_of_another_package_begins_with_an_underscore():
    """Nothing here reaches into what another package keeps to itself."""
    found = []
    for path in sorted((ROOT / "src").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                imported = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                imported = [f"{node.module}.{alias.name}" for alias in node.names]
            else:
                continue
            for name in imported:
                ours = name.startswith(("analysis.", "__future__."))
                if not ours and any(part.startswith("_") for part in name.split(".")):
                    found.append(f"{path.name}: {name}")
    assert found == []


def write_notebook(path, *cells, **more):
    path.write_text(json.dumps({"cells": list(cells), **more}))


CELL = {"cell_type": "code", "source": ["1 + 1"], "metadata": {}, "outputs": [], "id": "a"}


@pytest.mark.parametrize(
    ("changed", "more"),
    [
        ({"outputs": [{"output_type": "stream", "name": "stdout", "text": "2"}]}, {}),
        ({"execution_count": 7}, {}),
        ({"metadata": {"scrolled": True, "trusted": False, "collapsed": True}}, {}),
        ({"source": "1 + 1"}, {}),
        ({"id": "b"}, {}),
        ({}, {"metadata": {"language_info": {"version": "3.99"}, "kernelspec": {}}}),
        ({}, {"nbformat_minor": 9}),
    ],
)
def test_what_jupyterlab_saves_by_itself_changes_no_notebook(tmp_path, changed, more):
    path = tmp_path / "n.ipynb"
    write_notebook(path, CELL)
    before = Cells(path).state()
    write_notebook(path, CELL | changed, **more)
    assert Cells(path).state() == before


@pytest.mark.parametrize(
    "changed",
    [
        {"source": ["1 + 2"]},
        {"cell_type": "markdown"},
        {"metadata": {"tags": ["parameters"]}},
    ],
)
def test_what_a_cell_says_and_is_changes_its_notebook(tmp_path, changed):
    path = tmp_path / "n.ipynb"
    write_notebook(path, CELL)
    before = Cells(path).state()
    write_notebook(path, CELL | changed)
    assert Cells(path).state() != before
    write_notebook(path, CELL, CELL)
    assert Cells(path).state() != before


@pytest.mark.parametrize("text", ["", "[]", "{", '{"cells": [1]}'])
def test_a_file_that_is_no_notebook_has_the_state_of_its_bytes(tmp_path, text):
    path = tmp_path / "n.ipynb"
    assert Cells(path).state() is None
    path.write_text(text)
    before = Cells(path).state()
    path.write_text(text + " ")
    assert before not in (None, Cells(path).state())


def test_charts_change_when_one_is_gone_new_or_another(tmp_path):
    charts = Charts("guinea", tmp_path)
    states = [charts.state()]
    for name, text in (("guinea-a.svg", "1"), ("guinea-b.csv", "2"), ("guinea-a.svg", "33")):
        (tmp_path / name).write_text(text)
        states.append(charts.state())
    (tmp_path / "guinea-b.csv").unlink()
    states.append(charts.state())
    assert len(set(states)) == 5
    (tmp_path / "guinea_bissau-a.svg").write_text("another page's")
    assert charts.state() == states[-1]


def test_code_changes_with_any_of_its_files_and_with_no_other(package, monkeypatch):
    monkeypatch.setattr(closure, "PACKAGE", package)
    monkeypatch.setattr(
        Code, "files", property(lambda self: closure.of_modules(self.modules, package))
    )
    before = Code("a", ["pack.a"]).state()
    for name in FILES:
        path = package / name
        text = path.read_text()
        path.write_text(text + "\n# changed\n")
        closure._rests_on.cache_clear()
        assert (Code("a", ["pack.a"]).state() != before) is (name in OF_A), name
        path.write_text(text)
    closure._rests_on.cache_clear()
    assert Code("a", ["pack.a"]).state() == before


def test_every_notebook_rests_on_code_of_the_project():
    for notebook in NOTEBOOKS.glob("*.ipynb"):
        found = names(closure.of_notebook(notebook), closure.PACKAGE)
        assert {"page/tell.py", "data/store.py"} <= set(found)
