"""What a step reads and makes besides whole files: rows of a country, code, cells, charts.

Each is a node of pytask (its ``PNode`` protocol): something with a name and a state, and a step
is run again when the state of something that it reads, or has made, is no longer the one that
``pytask.lock`` holds. The states are hashes of contents, so that a file that was touched, or
checked out anew, counts as unchanged.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from analysis.config import POWERS
from analysis.data.vocabulary import TIES_OF_FIGURES
from analysis.publish import closure

# An area as it begins the name of a figure, or stands in that of a record.
_AREA = r"(?:^|[ ,;/])([A-Z]{3}|REGION)(?=[-/])"


@dataclass
class _Node:
    """What all nodes here have in common; a step looks at the files itself."""

    attributes: dict[Any, Any] = field(default_factory=dict, kw_only=True)

    @property
    def name(self) -> str:
        """What the lock file calls this node; each kind has a name of its own."""
        raise NotImplementedError

    @property
    def signature(self) -> str:
        """What tells this node from any other."""
        return hashlib.sha256(self.name.encode()).hexdigest()

    def load(self, is_product: bool = False) -> None:
        """Give the step nothing: it knows where to look."""

    def save(self, value: Any) -> None:
        """Refuse: no step returns what a node here stands for."""
        raise NotImplementedError


@dataclass
class Rows(_Node):
    """The rows of tables that a page rests on: it is out of date when they change, and only then.

    The step that writes the tables produces it too, so that pages wait for their tables and yet
    only a change of their own rows reaches them.
    """

    tables: list[Path]
    country: str

    @property
    def name(self) -> str:
        """What the lock file calls these rows; no path of a machine."""
        return f"{self.country} in {', '.join(table.stem for table in self.tables)}"

    def state(self) -> str | None:
        """Hash of the headings and of the rows of the country, the region and the world."""
        if not all(table.exists() for table in self.tables):
            return None
        hashes = [_hashes_by_area(*_stamped(table)) for table in self.tables]
        # A table without countries belongs to every page as a whole.
        areas = ("", self.country, "REGION", "WLD")
        kept = [found.get(area, "") for found in hashes for area in areas]
        return hashlib.sha256(" ".join(kept).encode()).hexdigest()


@dataclass
class OnTies(_Node):
    """The rows of a table of figures that are on a tie, by their indicator.

    Nothing else of the table reaches the pairs, nor a page that follows numbers of pairs alone.
    """

    table: Path

    @property
    def name(self) -> str:
        """What the lock file calls these rows."""
        return f"rows of {self.table.stem} on ties"

    @property
    def tables(self) -> list[Path]:
        """The file, by the name that other nodes of rows have for theirs."""
        return [self.table]

    def state(self) -> str | None:
        """Hash of the heading and of the rows."""
        return _hash_on_ties(*_stamped(self.table)) if self.table.exists() else None


@dataclass
class Passed(_Node):
    """That something was found sound. Steps that need it wait for the step that says so.

    It says no more than that, so that they do not run again for every change that was sound too.
    """

    what: str

    @property
    def name(self) -> str:
        """What the lock file calls it."""
        return self.what

    def state(self) -> str:
        """Always the same: a step that fails leaves what waits for it untried."""
        return "sound"


@dataclass
class Code(_Node):
    """Everything that is run to make something: modules, with all that they import, and templates.

    Of a notebook, that is what its cells import.
    """

    what: str
    modules: Sequence[str]
    notebook: Path | None = None

    @property
    def name(self) -> str:
        """What the lock file calls this code."""
        return f"code of {self.what}"

    @property
    def files(self) -> list[Path]:
        """The modules and templates."""
        found = closure.of_modules(self.modules)
        return found + (closure.of_notebook(self.notebook) if self.notebook else [])

    def state(self) -> str | None:
        """Hash of the files' places and contents, as they were when they were first looked at."""
        return self._hash

    @cached_property
    def _hash(self) -> str:
        # pytask asks for it up to five times a step, and many steps share their code.
        return _hash_of_files(closure.PACKAGE, self.files)


@dataclass
class Cells(_Node):
    """What of a notebook counts: its cells' kinds, sources and tags, in their order.

    JupyterLab also writes outputs, counts of executions and the state of its windows into the
    file, and none of it changes a page.
    """

    notebook: Path

    @property
    def name(self) -> str:
        """What the lock file calls the notebook."""
        return f"cells of {self.notebook.name}"

    def state(self) -> str | None:
        """Hash of the cells; of the whole file where it is no notebook, and None without one."""
        if not self.notebook.is_file():
            return None
        return _hash_of_cells(*_stamped(self.notebook))


@dataclass
class Charts(_Node):
    """The charts beside a page, with their data: all files whose names begin with the page's."""

    page: str
    folder: Path
    where: str = ""  # set behind the name, of a folder other than the first

    @property
    def name(self) -> str:
        """What the lock file calls the charts."""
        return f"charts of {self.page}{self.where}"

    @property
    def files(self) -> list[Path]:
        """The files that are there now."""
        return sorted(self.folder.glob(f"{self.page}-*"))

    def state(self) -> str | None:
        """Hash of the files' names and contents; a page may have none."""
        files = self.files
        drawn = [file.name for file in files if file.suffix == ".png"]
        kept = [file for file in files if file.suffix != ".png"]
        # A picture's bytes depend on the machine that makes it; that there is one does not.
        return _hash_of_files(self.folder, kept) + (f" and {len(drawn)} pictures" if drawn else "")


def files_of(node: Any) -> list[Path]:
    """The files that a step makes, by one of its nodes; rows are in files of other nodes."""
    if isinstance(node, Charts):
        return node.files
    path = getattr(node, "path", None)
    return [path] if path else []


def _stamped(path: Path) -> tuple[Path, int, int]:
    """A file with what changes when it is written, so that it is read once as long as it stays."""
    stamp = path.stat()
    return path, stamp.st_mtime_ns, stamp.st_size


def _hash_of_files(folder: Path, files: Iterable[Path]) -> str:
    hashes = [(file.relative_to(folder).as_posix(), _hash_of(*_stamped(file))) for file in files]
    return hashlib.sha256(repr(sorted(set(hashes))).encode()).hexdigest()


@lru_cache(maxsize=512)
def _hash_of(path: Path, _changed: int, _size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@lru_cache(maxsize=32)
def _hash_of_cells(notebook: Path, _changed: int, _size: int) -> str:
    content = notebook.read_bytes()
    try:
        kept: Any = [
            (cell["cell_type"], "".join(cell["source"]), cell["metadata"].get("tags", []))
            for cell in json.loads(content)["cells"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        kept = content
    return hashlib.sha256(repr(kept).encode()).hexdigest()


@lru_cache(maxsize=32)
def _hashes_by_area(table: Path, _changed: int, _size: int) -> dict[str, str]:
    """Hash of each country's rows, and under "" of the heading and of the rows that are everyone's.

    A table is read once, however many pages rest on it.
    """
    with table.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        heading = next(rows, [])
        found = {"": hashlib.sha256(repr(heading).encode())}
        for row in rows:
            for area in _areas_of(heading, row):
                found.setdefault(area, hashlib.sha256()).update(repr(row).encode())
    return {area: hashed.hexdigest() for area, hashed in found.items()}


@lru_cache(maxsize=4)
def _hash_on_ties(table: Path, _changed: int, _size: int) -> str:
    with table.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        heading = next(rows, [])
        hashed = hashlib.sha256(repr(heading).encode())
        place = heading.index("indicator")
        for row in rows:
            if row[place] in TIES_OF_FIGURES:
                hashed.update(repr(row).encode())
    return hashed.hexdigest()


def _areas_of(heading: list[str], row: list[str]) -> list[str]:
    """Which pages a row belongs to: its country's, or "" for all.

    A trade record is of both its sides, but no power has a page. A check has no country; the ids
    of the figures that it is on begin with theirs.
    """
    if "country" in heading:
        return [row[heading.index("country")]]
    if "reporter" in heading:
        sides = {row[heading.index("reporter")], row[heading.index("partner")]}
        return sorted(sides - {*POWERS, "WLD"}) or [""]
    if "subject" not in heading:
        return [""]
    return sorted({*re.findall(_AREA, row[heading.index("subject")].upper())}) or [""]
