"""Which files of the project a module or a notebook rests on, found by reading its imports.

Nothing is imported for it: the text is parsed, and each import of this project's modules is
followed, wherever in a module it stands. Two kinds of strings count as well: one that is the full
name of a module, as a lazy import has it, and one that names a file or folder beside the module,
such as a grammar or the templates. What a package itself imports lazily counts for those alone that
ask the package for a name, and not for whoever imports a module that lies in it.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from analysis.config import ROOT

PACKAGE = Path(__file__).parents[1]
# A module by its name, and whether it is asked for a name itself, or is a package on the way only.
_Need = tuple[str, bool]
_MEMORY = ROOT / ".pytask" / "imports.json"


def of_modules(names: Iterable[str], package: Path = PACKAGE) -> list[Path]:
    """The files behind modules and all that they import from the same package.

    Args:
        names: full names, such as ``analysis.data.schema``.
        package: folder of the package that the names begin with.

    Returns:
        Paths in the order of their names: modules, and the files that they name.

    Raises:
        SyntaxError: for a module that cannot be parsed.
    """
    return _files({(name, True) for name in names if _place(name, package)}, package)


def _files(needs: set[_Need], package: Path) -> list[Path]:
    found: set[Path] = set()
    left, seen = list(needs), set(needs)
    while left:
        name, asked = left.pop()
        place = _place(name, package)
        assert place
        found.add(place)
        more, beside = _rests_on(place, package, asked or place.name != "__init__.py")
        found |= beside
        left += more - seen
        seen |= more
    return sorted(found)


def of_notebook(notebook: Path, package: Path = PACKAGE) -> list[Path]:
    """The files behind what a notebook's code cells import; none where there is no notebook."""
    needs: set[_Need] = set()
    for source in code_cells(notebook):
        with suppress(SyntaxError):  # the cell itself will say so when it runs
            imported, words = _named(_without_magics(source).encode(), "", notebook.name)
            needs |= _needs(imported, words, package)
    return _files(needs, package)


def code_cells(notebook: Path) -> list[str]:
    """The sources of a notebook's code cells; none where it cannot be read."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _without_magics(source: str) -> str:
    lines = source.splitlines()
    return "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in lines)


@cache
def _place(name: str, package: Path) -> Path | None:
    """Where a module is, if it is one of the package."""
    first, *parts = name.split(".")
    if first != package.name or not all(part.isidentifier() for part in parts):
        return None
    folder = package.joinpath(*parts)
    if (folder / "__init__.py").is_file():
        return folder / "__init__.py"
    module = folder.with_suffix(".py")
    return module if parts and module.is_file() else None


@cache
def _rests_on(module: Path, package: Path, lazy: bool) -> tuple[frozenset[_Need], frozenset[Path]]:
    """What one module names: other modules of its package, and files beside it.

    Args:
        module: its file.
        package: folder of the package.
        lazy: whether the modules that are named in strings count.
    """
    name = ".".join(module.relative_to(package.parent).with_suffix("").parts)
    imported, words = _named(module.read_bytes(), name, str(module))
    beside = _beside(module.parent)
    files = {file for word in words & beside.keys() for file in beside[word]}
    return frozenset(_needs(imported, words if lazy else set(), package)), frozenset(files)


@cache
def _beside(folder: Path) -> dict[str, list[Path]]:
    """The files and folders in a folder that are no code, each with the files that it holds."""
    found = {}
    for place in folder.iterdir():
        if place.is_file() and place.suffix not in (".py", ".pyc"):
            found[place.name] = [place]
        elif place.is_dir() and not (
            place.name.startswith("_") or (place / "__init__.py").exists()
        ):
            found[place.name] = [file for file in sorted(place.rglob("*")) if file.is_file()]
    return found


# What was found in this process.
_found: dict[str, Any] = {}

# A string that may be the name of a module or of a file.
_NAME = re.compile(r"[\w-]+(\.[\w-]+)*")


def _named(source: bytes, name: str, file: str) -> tuple[set[str], set[str]]:
    """What a module of this name imports, by full names, and the strings in it that are names.

    Parsing takes longer than all else in a build with nothing to do, so what was found in a text
    once is remembered.
    """
    key = hashlib.sha256(source + name.encode()).hexdigest()
    if key in _remembered():
        _found[key] = _remembered()[key]
    if key in _found:
        return set(_found[key][0]), set(_found[key][1])
    imported, words = set(), set()
    for node in ast.walk(ast.parse(source, filename=file)):
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str) and _NAME.fullmatch(node.value):
                words.add(node.value)
        elif isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join([*name.split(".")[: -node.level], *filter(None, [base])])
            imported |= {base, *(f"{base}.{alias.name}" for alias in node.names)}
    _found[key] = [sorted(imported), sorted(words)]
    return imported, words


@cache
def _remembered() -> dict[str, Any]:
    """What was found in texts before, by their hashes; nothing where that cannot be read."""
    try:
        known = json.loads(_MEMORY.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def remember() -> None:
    """Keep what was found for the next build; a folder that may not be written keeps nothing."""
    if _found.keys() <= _remembered().keys():
        return
    with suppress(OSError):
        _MEMORY.parent.mkdir(exist_ok=True)
        _MEMORY.write_text(json.dumps(_found), encoding="utf-8")


def _needs(imported: set[str], words: set[str], package: Path) -> set[_Need]:
    """The modules of the package among names, and the packages that they are in."""
    ours = [name for name in imported | words if name.split(".")[0] == package.name]
    parts = [name.split(".") for name in ours]
    on_the_way = {".".join(part[:end]) for part in parts for end in range(1, len(part) + 1)}
    asked = {name for name in imported if _is_asked(name, imported, package)}
    return {(name, name in asked) for name in on_the_way if _place(name, package)}


def _is_asked(name: str, imported: set[str], package: Path) -> bool:
    """Whether a name of what is imported is more than the package that some module is in."""
    below = [one for one in imported if one.rpartition(".")[0] == name]
    return not below or not all(_place(one, package) for one in below)
