"""The pipeline: which files each step reads, which it writes, and one call that does it.

pytask runs a step only when the content of something that it reads has changed, and keeps what
it saw in ``pytask.lock``. Imports of the steps' own modules stand inside them, so that a run
with nothing to do stays quick.
"""

import os
from functools import cache
from pathlib import Path
from typing import Annotated

from pytask import Product, mark, task

from analysis.config import COUNTRIES, NOTEBOOKS, PROCESSED, RAW, REPORTS, ROOT
from analysis.data.countries import asked, names, page_name
from analysis.data.parts import MADE_OF, STATISTICAL
from analysis.publish.nodes import Cells, Charts, Code, OnTies, Passed, Rows
from analysis.publish.workers import beside, here

# The tables that steps write, several at once.
_RECORDS = ("trade", "trade_goods_and_services")
_WEIGHED = ("mirror", "weights")
_TIED = ("ties", "verdicts", "crossings")
_CHECKED = ("checks", "claims")
# Those that every page on the five or on one of them reads, to follow its numbers to their sources:
# these, and figures, of which two pages show none but those that are on a tie.
_FOLLOWED = ("indicators", *_RECORDS, *_WEIGHED, "ties")
_OF_TIES_ALONE = ("index", "region")
# Of the rest, a page reads what is named here, and no other; a test looks at what it opens.
_READ_BESIDE = {
    "index": (),
    "region": ("crossings",),
    "claims": ("claims", "checks", "comparisons"),
    "method": ("comparisons", "crossings", "verdicts"),
    "data": (
        *("claims", "checks", "comparisons", "crossings", "verdicts"),
        *("countries", "trade_world", "world", "world_crossings", "codebook"),
    ),
}
# The tables that a country's page reads, by the step that writes them.
_OF_COUNTRY = (
    ("figures",),
    ("indicators",),
    *((name,) for name in _RECORDS),
    _WEIGHED,
    ("ties", "crossings"),
    ("comparisons",),
    ("claims",),
)

# What a person writes down, one by one; all other raw tables are published statistics.
_WRITTEN = [
    RAW / f"{name}.csv"
    for name in ("article", "elsewhere", "stated_trade", "stated_investment", "claims")
]
_PUBLISHED = [path for path in sorted(RAW.glob("*.csv")) if path not in _WRITTEN]

_NAMES = RAW / "countries.csv"

# Which edition each table's headlines rest on.
_CURRENT = RAW / "vintages" / "current.yml"
# Read as plain words here, because the module that reads it strictly takes a second to import.
_IN_USE = set(_CURRENT.read_text("utf-8").split()) if _CURRENT.is_file() else set()
_FETCHED = sorted(
    path for ending in ("csv", "json") for path in _CURRENT.parent.glob(f"*.{ending}")
)
_ADOPTED = [path for path in _FETCHED if path.stem in _IN_USE]
_ADOPTED_TABLES = [path for path in _ADOPTED if path.suffix == ".csv"]
# Each edition in use is a source of its own, which its manifest describes.
_REGISTER = [
    RAW / "sources.yml",
    _CURRENT,
    *(path for path in _ADOPTED if path.suffix == ".json"),
]


# What earlier builds keep for later ones: what was read of printed words, what pages have drawn,
# and their texts as they were compiled. A build from nothing makes it all.
_MEMORY = ROOT / ".pytask"


def _tables(*names: str) -> list[Path]:
    return [PROCESSED / f"{name}.csv" for name in names]


_FIGURES_ON_TIES = OnTies(PROCESSED / "figures.csv")


def _followed(page: str) -> list[Path | OnTies]:
    """What a page on all five reads to follow its numbers, and what it reads beside."""
    figures = [_FIGURES_ON_TIES] if page in _OF_TIES_ALONE else _tables("figures")
    return [*figures, *_tables(*_FOLLOWED, *_READ_BESIDE[page])]


def _rows(names: tuple[str, ...]) -> list[Rows]:
    return [Rows(_tables(*names), country) for country in COUNTRIES]


# Said of the raw data by the step that looks at all of it; no table is cleaned before.
_SOUND = Passed("sound raw data")
_CLEANING = Code("cleaning", ["analysis.data.clean"])
# Which raw tables each table of statistics is made of, and which of them have fetched editions.
_STATISTICS = {table: MADE_OF[table] for table in STATISTICAL}
_WITH_EDITIONS = {"trade_pairs", "wdi", "debt_by_creditor"}


def _read_for(raw_tables: tuple[str, ...]) -> list[Path]:
    """The files of raw tables, with fetched editions of them where there can be any."""
    editions = [_CURRENT, *_ADOPTED_TABLES] if _WITH_EDITIONS & {*raw_tables} else []
    return [*(RAW / f"{name}.csv" for name in raw_tables), *editions]


def _rows_of(step: tuple[str, ...]) -> list[Rows]:
    """The rows of what a step writes that the pages of the five countries rest on."""
    return [rows for names in _OF_COUNTRY if {*names} <= {*step} for rows in _rows(names)]


def task_raw_data(
    raw: list[Path] = [*_PUBLISHED, *_REGISTER, *_ADOPTED_TABLES],
    code: Code = _CLEANING,
    sound: Annotated[Passed, Product] = _SOUND,
) -> None:
    """All raw data is looked at, each table and one beside the other, before any is cleaned.

    Printed figures are looked at too, so that nothing is written where they are at fault; when
    they alone change, their own step does that without the statistics.
    """
    from analysis.data.clean import check_raw
    from analysis.data.memory import READ, remembered

    with remembered(READ):
        here("raw data", check_raw, RAW)


for _table, _made_of in _STATISTICS.items():

    @task(id=_table)
    @mark.try_first
    def task_clean(
        *,
        table: str = _table,
        raw: list[Path] = _read_for(_made_of),
        sound: Passed = _SOUND,
        code: Code = _CLEANING,
        produces: Annotated[list[Path | Rows], Product] = [*_tables(_table), *_rows_of((_table,))],
    ) -> None:
        """Published statistics become a tidy table."""
        from analysis.data.clean import write_statistic
        from analysis.data.memory import READ, remembered

        with remembered(READ):
            here(table, write_statistic, table, RAW, PROCESSED)


def task_codebook(
    code: Code = Code("codebook", ["analysis.data.codebook"]),
    sound: Passed = _SOUND,
    produces: Annotated[list[Path], Product] = [
        *_tables("codebook"),
        PROCESSED / "datapackage.json",
    ],
) -> None:
    """What every column means, from the rules of the tables."""
    from analysis.data.clean import write_codebook

    here("codebook", write_codebook, PROCESSED)


def task_figures(
    raw: list[Path] = [*_WRITTEN, *_REGISTER, RAW / "corrections.yml", _NAMES],
    # Nothing is written where a statistic is at fault.
    sound: Passed = _SOUND,
    code: Code = _CLEANING,
    produces: Annotated[list[Path], Product] = _tables("figures"),
    rows: Annotated[list[Rows | OnTies], Product] = [*_rows_of(("figures",)), _FIGURES_ON_TIES],
) -> None:
    """Printed words become typed quantities; the statistics are not read anew for it."""
    from analysis.data.clean import write_figures
    from analysis.data.memory import READ, remembered

    with remembered(READ):
        here("figures", write_figures, RAW, PROCESSED)


@mark.try_first
def task_compare(
    inputs: list[Path] = [*_tables("figures", *_RECORDS, "indicators"), _CURRENT, _NAMES],
    code: Code = Code("compare", ["analysis.measures.compare"]),
    produces: Annotated[list[Path], Product] = _tables("comparisons"),
    rows: Annotated[list[Rows], Product] = _rows_of(("comparisons",)),
) -> None:
    """Like is set beside like, or refused."""
    beside("comparisons", "analysis.measures.compare:write_comparisons", PROCESSED)


@mark.try_first
def task_weigh(
    inputs: list[Path] = [*_tables(*_RECORDS, "indicators"), _NAMES],
    code: Code = Code("weigh", ["analysis.measures.weights"]),
    produces: Annotated[list[Path], Product] = _tables(*_WEIGHED),
    rows: Annotated[list[Rows], Product] = _rows_of(_WEIGHED),
) -> None:
    """The two records of a flow beside each other, and each power in the whole."""
    beside("weights", "analysis.measures.weights:write_weights", PROCESSED)


@mark.try_first
def task_tie(
    inputs: list[Path | OnTies] = [
        *_REGISTER,
        _FIGURES_ON_TIES,
        *_tables(*_RECORDS, "indicators"),
    ],
    code: Code = Code("tie", ["analysis.measures.verdicts"]),
    produces: Annotated[list[Path], Product] = _tables(*_TIED),
    rows: Annotated[list[Rows], Product] = _rows_of(_TIED),
) -> None:
    """Each tie, record by record, and who is ahead in it."""
    beside("ties", "analysis.measures.verdicts:write_ties", PROCESSED)


@mark.try_first
def task_leads(
    inputs: list[Path] = [*_tables("trade_world"), _CURRENT],
    code: Code = Code("leads", ["analysis.measures.leads"]),
    produces: Annotated[list[Path], Product] = _tables("world", "world_crossings"),
) -> None:
    """The same comparison of trade for every country of the world."""
    beside("world", "analysis.measures.leads:write_world", PROCESSED)


@mark.try_first
def task_check(
    inputs: list[Path] = [
        RAW / "claims.csv",
        *_REGISTER,
        _NAMES,
        *_tables("figures", "indicators", "ties", "weights"),
    ],
    code: Code = Code("check", ["analysis.page.checks", "analysis.page.claims"]),
    produces: Annotated[list[Path], Product] = _tables(*_CHECKED),
    rows: Annotated[list[Rows], Product] = _rows_of(_CHECKED),
) -> None:
    """The figures are held against each other, and the article's claims against the figures."""
    from analysis.page.checks import write_checks
    from analysis.page.claims import write_claims

    def write(processed: Path) -> None:
        write_checks(processed)
        write_claims(processed)

    here("claims", write, PROCESSED)


def _write_page(name: str, notebook: str, parameters: dict[str, str], page: Path) -> None:
    """Have a page made, with its charts, from a notebook."""
    source = NOTEBOOKS / f"{notebook}.ipynb"
    made = (source, parameters, page.stem, page.parent, _MEMORY)
    beside(name, "analysis.publish.report:write_report", *made)


@cache
def _code_of(notebook: str) -> Code:
    modules = ["analysis.publish.report"]
    return Code(f"{notebook}.ipynb", modules, NOTEBOOKS / f"{notebook}.ipynb")


def _charts(page: str, reports: Path = REPORTS) -> Charts:
    return Charts(page, reports / "figures", "" if reports == REPORTS else f" in {reports.name}")


# What a page knows beside the processed tables.
_BESIDE = [*_REGISTER, _NAMES, RAW / "causes.csv", RAW / "parties.csv"]

for _country, _name in COUNTRIES.items():

    @task(id=_country)
    def task_report(
        *,
        country: str = _country,
        notebook: Cells = Cells(NOTEBOOKS / "country.ipynb"),
        code: Code = _code_of("country"),
        raw: list[Path] = [path for path in _BESIDE if path != _NAMES],
        tables: list[Rows] = [
            Rows([_NAMES], _country),
            *(Rows(_tables(*names), _country) for names in _OF_COUNTRY),
        ],
        page: Annotated[Path, Product] = REPORTS / f"{_name.lower()}.html",
        charts: Annotated[Charts, Product] = _charts(_name.lower()),
        brief: Annotated[Path, Product] = REPORTS / "briefs" / f"{_name.lower()}.pdf",
    ) -> None:
        """One country's page with its brief, from the notebook that all five share."""
        _write_page(COUNTRIES[country], "country", {"country": country}, page)


# The pages that are told in Russian too, each from the notebook of the English one.
_RUSSIAN = REPORTS / "ru"

for _country, _name in COUNTRIES.items():

    @task(id=f"{_country}-ru")
    def task_report_in_russian(
        *,
        country: str = _country,
        notebook: Cells = Cells(NOTEBOOKS / "country.ipynb"),
        code: Code = _code_of("country"),
        raw: list[Path] = [path for path in _BESIDE if path != _NAMES],
        tables: list[Rows] = [
            Rows([_NAMES], _country),
            *(Rows(_tables(*names), _country) for names in _OF_COUNTRY),
        ],
        page: Annotated[Path, Product] = _RUSSIAN / f"{_name.lower()}.html",
        charts: Annotated[Charts, Product] = _charts(_name.lower(), _RUSSIAN),
    ) -> None:
        """One country's page in Russian."""
        name = f"{COUNTRIES[country]} in Russian"
        _write_page(name, "country", {"country": country, "language": "ru"}, page)


def task_overview_in_russian(
    *,
    notebook: Cells = Cells(NOTEBOOKS / "index.ipynb"),
    code: Code = _code_of("index"),
    raw: list[Path] = _BESIDE,
    tables: list[Path | OnTies] = _followed("index"),
    page: Annotated[Path, Product] = _RUSSIAN / "index.html",
    charts: Annotated[Charts, Product] = _charts("index", _RUSSIAN),
) -> None:
    """The start page in Russian."""
    _write_page("Index in Russian", "index", {"language": "ru"}, page)


# Two of them have charts of all five countries and take longest; the others take half as long as a
# country's page. Begun first and last, they leave none to be waited for alone.
for _name in _READ_BESIDE:

    @task(id=_name)
    @(mark.try_first if _name in _OF_TIES_ALONE else mark.try_last)
    def task_overview(
        *,
        notebook: Cells = Cells(NOTEBOOKS / f"{_name}.ipynb"),
        code: Code = _code_of(_name),
        # One list, since pytask takes all empty ones for the same, under the name of any step.
        raw: list[Path] = [*_BESIDE, *(_FETCHED if _name == "method" else [])],
        tables: list[Path | OnTies] = _followed(_name),
        page: Annotated[Path, Product] = REPORTS / f"{_name}.html",
        charts: Annotated[Charts, Product] = _charts(_name),
    ) -> None:
        """A page on all five countries."""
        _write_page(page.stem.capitalize(), page.stem, {}, page)


@mark.try_first
def task_explorer(
    *,
    notebook: Cells = Cells(NOTEBOOKS / "explorer.ipynb"),
    code: Code = _code_of("explorer"),
    raw: list[Path] = [*_REGISTER, _NAMES],
    tables: list[Path] = _tables("ties", "verdicts", "trade", "trade_world"),
    page: Annotated[Path, Product] = REPORTS / "explorer.html",
    charts: Annotated[Charts, Product] = _charts("explorer"),
) -> None:
    """The page on which a reader chooses country, year, flow and record."""
    _write_page("Explorer", "explorer", {}, page)


@mark.try_first
def task_world(
    *,
    notebook: Cells = Cells(NOTEBOOKS / "world.ipynb"),
    code: Code = _code_of("world"),
    raw: list[Path] = [*_REGISTER, RAW / "world.geojson"],
    tables: list[Path] = _tables("world", "world_crossings", "countries"),
    page: Annotated[Path, Product] = REPORTS / "world.html",
    charts: Annotated[Charts, Product] = _charts("world"),
) -> None:
    """The page on every country of the world."""
    _write_page("World", "world", {}, page)


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
        notebook: Cells = Cells(NOTEBOOKS / "country.ipynb"),
        code: Code = _code_of("country"),
        raw: list[Path] = _BESIDE,
        # Not the files, or asking for one page would ask for the tables' steps too.
        tables: list[Rows] = [
            Rows(_tables("trade_world"), _country),
            *(Rows(_tables(*names), _country) for names in _OF_COUNTRY),
        ],
        page: Annotated[Path, Product] = REPORTS / f"{page_name(_name)}.html",
        charts: Annotated[Charts, Product] = _charts(page_name(_name)),
    ) -> None:
        """A page for any country of the trade statistics, with every tie that the tables hold."""
        _write_page(page.stem, "country", {"country": country}, page)
