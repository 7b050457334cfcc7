"""The pipeline: which files each step reads, which it writes, and one call that does it.

pytask runs a step only when the content of something that it reads has changed, and keeps what
it saw in ``pytask.lock``. Imports of the steps' own modules stand inside them, so that a run
with nothing to do stays quick.
"""

import csv
import hashlib
import os
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

from pytask import Product, mark, task

from analysis.config import COUNTRIES, NOTEBOOKS, PROCESSED, RAW, REPORTS
from analysis.data.countries import asked, names, page_name
from analysis.publish.workers import say

_CODE = Path(__file__).parents[1]
_AREAS = (*COUNTRIES, "REGION", "WLD")

# The tables that a country's page reads, by the step that writes them.
_CLEANED = ("figures", "indicators")
_COMPARED = ("comparisons", "crossings", "mirror", "weights")
_CHECKED = ("checks", "claims")

# Which edition each table's headlines rest on.
_CURRENT = RAW / "vintages" / "current.yml"
# Read as plain words here, because the module that reads it strictly takes a second to import.
_IN_USE = set(_CURRENT.read_text("utf-8").split()) if _CURRENT.is_file() else set()
_FETCHED = sorted(
    path for ending in ("csv", "json") for path in _CURRENT.parent.glob(f"*.{ending}")
)


@dataclass
class Rows:
    """The rows of tables that a page rests on: it is out of date when they change, and only then.

    A node of pytask (its ``PNode`` protocol). The step that writes the tables produces it too, so
    that pages wait for their tables and yet only a change of their own rows reaches them.
    """

    tables: list[Path]
    country: str
    attributes: dict[Any, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the lock file calls these rows; no path of a machine."""
        return f"{self.country} in {', '.join(table.stem for table in self.tables)}"

    @property
    def signature(self) -> str:
        """What tells these rows from any other node."""
        return hashlib.sha256(self.name.encode()).hexdigest()

    def state(self) -> str | None:
        """Hash of the headings and of the rows of the country, the region and the world."""
        if not all(table.exists() for table in self.tables):
            return None
        hashes = [_hashes_by_area(*_stamped(table)) for table in self.tables]
        # A table without countries belongs to every page as a whole.
        areas = ("", self.country, "REGION", "WLD")
        kept = [found.get(area, "") for found in hashes for area in areas]
        return hashlib.sha256(" ".join(kept).encode()).hexdigest()

    def load(self, is_product: bool = False) -> list[Path]:
        """Where the rows are; a step reads the tables itself."""
        return self.tables

    def save(self, value: Any) -> None:
        """Refuse: rows are read, never written, through this node."""
        raise NotImplementedError


@dataclass
class Code:
    """The modules, and the template, of a step, which is out of date when any of them changes.

    A node of pytask, as ``Rows`` is. As nodes of their own they would be nearly all that there is
    to look at, over again for every page.
    """

    name: str
    files: list[Path]
    attributes: dict[Any, Any] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """What tells this code from any other node."""
        return hashlib.sha256(self.name.encode()).hexdigest()

    def state(self) -> str | None:
        """Hash of the files' names and contents."""
        if not all(path.exists() for path in self.files):
            return None
        hashes = [(path.name, _hash_of(*_stamped(path))) for path in self.files]
        return hashlib.sha256(repr(hashes).encode()).hexdigest()

    def load(self, is_product: bool = False) -> list[Path]:
        """Where the files are."""
        return self.files

    def save(self, value: Any) -> None:
        """Refuse: code is read, never written, through this node."""
        raise NotImplementedError


def _stamped(path: Path) -> tuple[Path, int, int]:
    """A file with what changes when it is written, so that it is read once as long as it stays."""
    stamp = path.stat()
    return path, stamp.st_mtime_ns, stamp.st_size


@lru_cache(maxsize=128)
def _hash_of(path: Path, _changed: int, _size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


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


def _areas_of(heading: list[str], row: list[str]) -> list[str]:
    """Which pages a row belongs to: its country's, or "" for all.

    A check has no country; the ids of the figures that it is on begin with theirs.
    """
    if "country" in heading:
        return [row[heading.index("country")]]
    if "subject" not in heading:
        return [""]
    named = {*re.split("[^A-Z]+", row[heading.index("subject")].upper())} & {*_AREAS}
    return sorted(named) or [""]


def _tables(*names: str) -> list[Path]:
    return [PROCESSED / f"{name}.csv" for name in names]


def _rows(names: tuple[str, ...]) -> list[Rows]:
    return [Rows(_tables(*names), country) for country in COUNTRIES]


def _code(what: str, *modules: str) -> Code:
    named = (Path(module) for module in ("config", *modules))
    files = [_CODE / (name if name.suffix else name.with_suffix(".py")) for name in named]
    return Code(f"code of {what}", files)


# What every step reads or writes tables by, and what reads and checks the raw ones.
# What reads printed words, and the grammars beside it.
_WORDS = (
    "data/quantities.lark",
    "data/periods.lark",
    "data/grammar",
    "data/intervals",
    "data/numerals",
    "data/amounts",
    "data/trees",
    "data/readings",
    "data/quantities",
    "data/periods",
)
_SCHEMA = ("data/vocabulary", "data/faults", "data/columns", "data/schema")
_RAW_DATA = (
    "data/raw_tables",
    "data/read",
    "data/editions",
    "data/sources",
    "data/corrections",
    "data/validate",
    "data/load",
    "data/codebook",
)


def task_clean(
    raw: list[Path] = [
        *sorted(RAW.glob("*.csv")),
        RAW / "sources.yml",
        RAW / "corrections.yml",
        _CURRENT,
        *(path for path in _FETCHED if path.stem in _IN_USE and path.suffix in (".csv", ".json")),
    ],
    code: Code = _code("clean", *_WORDS, "data/clean", *_SCHEMA, *_RAW_DATA),
    produces: Annotated[list[Path], Product] = [
        *_tables(*_CLEANED, "trade", "trade_world", "countries", "codebook"),
        PROCESSED / "datapackage.json",
    ],
    rows: Annotated[list[Rows], Product] = _rows(_CLEANED),
) -> None:
    """Printed words become typed quantities, published statistics tidy tables."""
    from analysis.publish.kernel import use_warm_kernels

    started = perf_counter()
    use_warm_kernels()
    from analysis.data.clean import write_processed

    write_processed(RAW, PROCESSED)
    say("tables", perf_counter() - started)


def task_compare(
    inputs: list[Path] = [*_tables("figures", "trade", "indicators"), _CURRENT],
    code: Code = _code("compare", *_SCHEMA, "measures/compare", "measures/books"),
    produces: Annotated[list[Path], Product] = _tables(*_COMPARED),
    rows: Annotated[list[Rows], Product] = _rows(_COMPARED),
) -> None:
    """Like is set beside like, or refused."""
    from analysis.measures.compare import write_comparisons
    from analysis.publish.kernel import run_beside

    started = perf_counter()
    run_beside(write_comparisons, PROCESSED)
    say("comparisons", perf_counter() - started)


def task_leads(
    inputs: list[Path] = _tables("trade_world"),
    code: Code = _code("leads", *_SCHEMA, "measures/compare", "measures/books", "measures/leads"),
    produces: Annotated[list[Path], Product] = _tables("world", "world_crossings"),
) -> None:
    """The same comparison of trade for every country of the world."""
    from analysis.measures.leads import write_world
    from analysis.publish.kernel import run_beside

    started = perf_counter()
    run_beside(write_world, PROCESSED)
    say("world", perf_counter() - started)


def task_check(
    inputs: list[Path] = [
        RAW / "claims.csv",
        _CURRENT,
        *_tables("figures", "indicators", "comparisons", "weights"),
    ],
    code: Code = _code("check", *_SCHEMA, "measures/compare", "page/findings", "measures/claims"),
    produces: Annotated[list[Path], Product] = _tables(*_CHECKED),
    rows: Annotated[list[Rows], Product] = _rows(_CHECKED),
) -> None:
    """The figures are held against each other, and the article's claims against the figures."""
    from analysis.measures.claims import write_checks, write_claims

    started = perf_counter()
    write_checks(PROCESSED)
    write_claims(PROCESSED)
    say("claims", perf_counter() - started)


def _write_page(notebook: Path, parameters: dict[str, str], page: Path, name: str) -> None:
    from analysis.publish.kernel import use_warm_kernels
    from analysis.publish.report import write_report

    started = perf_counter()
    use_warm_kernels()
    write_report(notebook, parameters, page.stem, page.parent)
    say(name, perf_counter() - started)


def _code_of(pages: str, *modules: str) -> Code:
    shared = (
        *_SCHEMA,
        "data/editions",
        "data/sources",
        "measures/compare",
        "measures/books",
        "measures/leads",
        "page/findings",
        "page/verdict",
        "page/tables",
    )
    code = _code(
        pages,
        *shared,
        "charts/marks",
        "data/countries",
        *modules,
        "publish/report",
        "publish/kernel",
    )
    return Code(code.name, [*code.files, *sorted((_CODE / "publish" / "templates").iterdir())])


_SOURCES = [RAW / "sources.yml", _CURRENT]
_TABLES = _tables(*_CLEANED, *_COMPARED, *_CHECKED)

for _country, _name in COUNTRIES.items():

    @task(id=_country)
    def task_report(
        *,
        country: str = _country,
        notebook: Path = NOTEBOOKS / "country.ipynb",
        code: Code = _code_of("a country's page", "charts/special"),
        sources: list[Path] = _SOURCES,
        tables: list[Rows] = [
            Rows(_tables(*names), _country) for names in (_CLEANED, _COMPARED, _CHECKED)
        ],
        produces: Annotated[Path, Product] = REPORTS / f"{_name.lower()}.html",
    ) -> None:
        """One country's page, from the notebook that all five share."""
        _write_page(notebook, {"country": country}, produces, COUNTRIES[country])


# Two pages take twice as long as the rest. Begun first, they leave none to be waited for alone.
for _name in ("index", "region", "claims", "method"):

    @task(id=_name)
    @mark.try_first
    def task_overview(
        notebook: Path = NOTEBOOKS / f"{_name}.ipynb",
        code: Code = _code_of(
            "the overviews", "charts/special", "charts/overview", "charts/claims", "charts/method"
        ),
        sources: list[Path] = _SOURCES,
        tables: list[Path] = _TABLES,
        produces: Annotated[Path, Product] = REPORTS / f"{_name}.html",
    ) -> None:
        """A page on all five countries."""
        _write_page(notebook, {}, produces, produces.stem.capitalize())


@mark.try_first
def task_world(
    notebook: Path = NOTEBOOKS / "world.ipynb",
    code: Code = _code_of("the world's page", "charts/overview", "charts/world"),
    raw: list[Path] = [*_SOURCES, RAW / "world.geojson"],
    tables: list[Path] = _tables("world", "world_crossings", "countries"),
    produces: Annotated[Path, Product] = REPORTS / "world.html",
) -> None:
    """The page on every country of the world."""
    _write_page(notebook, {}, produces, "World")


# The pages that were asked for beyond the five. They are built on demand, are not committed, and
# have a lock of their own (``workers.build``).
_WORDS = os.environ.get("COUNTRIES", "")
_ASKED = asked(_WORDS, names()) if _WORDS else {}

for _country, _name in _ASKED.items():
    if _country in COUNTRIES:
        continue

    @task(id=_country)
    def task_country(
        *,
        country: str = _country,
        notebook: Path = NOTEBOOKS / "country.ipynb",
        code: Code = _code_of("any country's page"),
        raw: list[Path] = [*_SOURCES, RAW / "countries.csv"],
        # Not the files, or asking for one page would ask for the tables' steps too.
        tables: Rows = Rows(_tables("world", "world_crossings", "trade_world"), _country),
        produces: Annotated[Path, Product] = REPORTS / f"{page_name(_name)}.html",
    ) -> None:
        """The trade part of the page, for any country of the trade statistics."""
        _write_page(notebook, {"country": country}, produces, produces.stem)


def task_revisions(
    *,
    notebook: Path = NOTEBOOKS / "revisions.ipynb",
    code: Code = _code_of("the page on editions", *_RAW_DATA, "data/clean", "charts/revisions"),
    sources: list[Path] = _SOURCES,
    editions: list[Path] = _FETCHED,
    tables: list[Path] = _tables("trade", "indicators", "comparisons"),
    produces: Annotated[Path, Product] = REPORTS / "revisions.html",
) -> None:
    """The page on what moves from one edition to the next."""
    _write_page(notebook, {}, produces, "Revisions")
