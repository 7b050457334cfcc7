"""The pipeline: which files each step reads, which it writes, and one call that does it.

pytask runs a step only when the content of something that it reads has changed, and keeps what
it saw in ``pytask.lock``. Imports of the steps' own modules stand inside them, so that a run
with nothing to do stays quick.
"""

import csv
import hashlib
import os
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

from pytask import Product, mark, task

from analysis import COUNTRIES, NOTEBOOKS, PROCESSED, RAW, REPORTS
from analysis.countries import asked, names, page_name

_CODE = Path(__file__).parent


def _code(*modules: str) -> list[Path]:
    return [_CODE / f"{module}.py" for module in ("__init__", *modules)]


@dataclass
class Rows:
    """The rows of a table that a page rests on: it is out of date when they change, and only then.

    A node of pytask (its ``PNode`` protocol). It ties a page to its rows and not to the step that
    writes the table, or any change would reach every page; so pages are run last instead.
    """

    table: Path
    country: str
    attributes: dict[Any, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the lock file calls these rows; no path of a machine."""
        return f"{self.table.parent.name}/{self.table.name}, {self.country}"

    @property
    def signature(self) -> str:
        """What tells these rows from any other node."""
        return hashlib.sha256(self.name.encode()).hexdigest()

    def state(self) -> str | None:
        """Hash of the heading and of the rows of the country, the region and the world."""
        if not self.table.exists():
            return None
        stamp = self.table.stat()
        hashes = _hashes_by_area(self.table, stamp.st_mtime_ns, stamp.st_size)
        # A table without countries belongs to every page as a whole.
        kept = [hashes.get(area, "") for area in ("", self.country, "REGION", "WLD")]
        return hashlib.sha256(" ".join(kept).encode()).hexdigest()

    def load(self, is_product: bool = False) -> Path:
        """Where the rows are; a step reads the table itself."""
        return self.table

    def save(self, value: Any) -> None:
        """Refuse: rows are read, never written, through this node."""
        raise NotImplementedError


@lru_cache(maxsize=32)
def _hashes_by_area(table: Path, _changed: int, _size: int) -> dict[str, str]:
    """Hash of each country's rows, and under "" of the heading, or of all where there is none.

    A table is read once, however many pages rest on it.
    """
    with table.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        heading = next(rows, [])
        place = heading.index("country") if "country" in heading else None
        found = {"": hashlib.sha256(repr(heading).encode())}
        for row in rows:
            area = "" if place is None else row[place]
            found.setdefault(area, hashlib.sha256()).update(repr(row).encode())
    return {area: hashed.hexdigest() for area, hashed in found.items()}


def _say(what: str, started: float) -> None:
    print(f"{what:<14} {perf_counter() - started:5.1f} s", flush=True)


def _tables(*names: str) -> list[Path]:
    return [PROCESSED / f"{name}.csv" for name in names]


def task_clean(
    raw: list[Path] = [
        *sorted(RAW.glob("*.csv")),
        RAW / "sources.yml",
        RAW / "corrections.yml",
        *_code("parse", "schema", "clean", "sources"),
    ],
    produces: Annotated[list[Path], Product] = [
        *_tables("figures", "trade", "indicators", "trade_world", "countries", "codebook"),
        PROCESSED / "datapackage.json",
    ],
) -> None:
    """Printed words become typed quantities, published statistics tidy tables."""
    from analysis.clean import write_processed

    started = perf_counter()
    write_processed(RAW, PROCESSED)
    _say("tables", started)


def task_compare(
    inputs: list[Path] = [
        *_tables("figures", "trade", "indicators"),
        *_code("schema", "compare", "books"),
    ],
    produces: Annotated[list[Path], Product] = _tables(
        "comparisons", "crossings", "mirror", "weights"
    ),
) -> None:
    """Like is set beside like, or refused."""
    from analysis.compare import write_comparisons

    started = perf_counter()
    write_comparisons(PROCESSED)
    _say("comparisons", started)


def task_leads(
    inputs: list[Path] = [
        *_tables("trade_world"),
        *_code("schema", "compare", "books", "leads"),
    ],
    produces: Annotated[list[Path], Product] = _tables("world", "world_crossings"),
) -> None:
    """The same comparison of trade for every country of the world."""
    from analysis.leads import write_world

    started = perf_counter()
    write_world(PROCESSED)
    _say("world", started)


def task_check(
    inputs: list[Path] = [
        RAW / "claims.csv",
        *_tables("figures", "indicators", "comparisons", "weights"),
        *_code("schema", "compare", "findings", "claims"),
    ],
    produces: Annotated[list[Path], Product] = _tables("checks", "claims"),
) -> None:
    """The figures are held against each other, and the article's claims against the figures."""
    from analysis.claims import write_checks, write_claims

    started = perf_counter()
    write_checks(PROCESSED)
    write_claims(PROCESSED)
    _say("claims", started)


def _write_page(notebook: Path, parameters: dict[str, str], page: Path, name: str) -> None:
    from analysis.kernel import use_warm_kernels
    from analysis.report import write_report

    started = perf_counter()
    use_warm_kernels()
    write_report(notebook, parameters, page.stem, page.parent)
    _say(name, started)


_PAGE = [
    *_code("schema", "sources", "compare", "books", "leads", "findings", "verdict", "tables"),
    *_code("charts", "countries", "report", "kernel"),
    *sorted((_CODE / "report_template").iterdir()),
    RAW / "sources.yml",
]
_TABLES = _tables(
    "figures", "comparisons", "crossings", "mirror", "weights", "indicators", "checks", "claims"
)

for _country, _name in COUNTRIES.items():

    @task(id=_country)
    @mark.try_last
    def task_report(
        country: str = _country,
        notebook: Path = NOTEBOOKS / "country.ipynb",
        page: list[Path] = [*_PAGE, *_code("special")],
        tables: list[Rows] = [Rows(path, _country) for path in _TABLES],
        produces: Annotated[Path, Product] = REPORTS / f"{_name.lower()}.html",
    ) -> None:
        """One country's page, from the notebook that all five share."""
        _write_page(notebook, {"country": country}, produces, COUNTRIES[country])


for _name in ("index", "region", "claims", "method"):

    @task(id=_name)
    @mark.try_last
    def task_overview(
        notebook: Path = NOTEBOOKS / f"{_name}.ipynb",
        page: list[Path] = [*_PAGE, *_code("special", "overview", "claims_page", "method")],
        tables: list[Path] = _TABLES,
        produces: Annotated[Path, Product] = REPORTS / f"{_name}.html",
    ) -> None:
        """A page on all five countries."""
        _write_page(notebook, {}, produces, produces.stem.capitalize())


@mark.try_last
def task_world(
    notebook: Path = NOTEBOOKS / "world.ipynb",
    page: list[Path] = [*_PAGE, *_code("overview", "world"), RAW / "world.geojson"],
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
    @mark.try_last
    def task_country(
        country: str = _country,
        notebook: Path = NOTEBOOKS / "country.ipynb",
        page: list[Path] = [*_PAGE, RAW / "countries.csv"],
        # Not the files, or asking for one page would ask for the tables' steps too.
        tables: list[Rows] = [
            Rows(path, _country) for path in _tables("world", "world_crossings", "trade_world")
        ],
        produces: Annotated[Path, Product] = REPORTS / f"{page_name(_name)}.html",
    ) -> None:
        """The trade part of the page, for any country of the trade statistics."""
        _write_page(notebook, {"country": country}, produces, produces.stem)
