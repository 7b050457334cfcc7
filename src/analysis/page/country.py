"""One country's tables, as plain frames: what a notebook begins with."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.config import COUNTRIES, POWERS, PROCESSED, RAW
from analysis.data import countries, schema, store
from analysis.data.faults import RawDataError
from analysis.data.frames import where as rows_where
from analysis.data.parties import parties
from analysis.data.raw_statistics import RAW_CAUSES
from analysis.data.read import read_csv_strictly
from analysis.data.sources import load_sources
from analysis.data.unwritten import LENDERS, RECORDS
from analysis.data.vocabulary import AREAS
from analysis.measures.changes import crossings
from analysis.measures.leads import counted
from analysis.measures.lenders import lenders
from analysis.measures.verdicts import verdicts, with_world_trade
from analysis.page import words
from analysis.page.asked import as_held, check_asked, check_own
from analysis.page.evidence import evidence
from analysis.page.evidence_cards import EvidenceCards, Linking, evidence_cards
from analysis.page.language import ENGLISH, heard, say, spoken

# The tables that belong to one country, each with the column that says whose a row is.
TABLES = (
    "ties",
    "verdicts",
    "figures",
    "comparisons",
    "indicators",
    "weights",
    "mirror",
    "crossings",
    "claims",
    "checks",
)
# What the pages of a country know beside the processed tables, each with the rules of its columns.
_BESIDE = {"causes": RAW_CAUSES, "lenders": LENDERS, "records": RECORDS}
# Publishers of pages that a line of sources names; of more it says how many.
_NAMED_PAGES = 4
# The trade records themselves, to which a number can be followed.
_RECORDS = ("trade", "trade_goods_and_services")
# Where the rows of a table name their sources.
_OF_SOURCES = ("edition", "source_id", "dataset")
# The tables on every country of the world.
_OF_THE_WORLD = ("world", "world_crossings", "countries")


class Lazily(Mapping[str, pd.DataFrame]):
    """Frames by name, each read when it is first asked for: no page reads all tables."""

    def __init__(self, readers: Mapping[str, Callable[[], pd.DataFrame]]) -> None:
        self._readers = dict(readers)
        self._read: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Read a frame, or give it again."""
        if name not in self._read:
            self._read[name] = self._readers[name]()
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        """Whether there is such a frame; it is not read for that."""
        return name in self._readers

    def __iter__(self) -> Iterator[str]:
        """The names of the frames."""
        return iter(self._readers)

    def __len__(self) -> int:
        """How many frames there are."""
        return len(self._readers)


@dataclass(frozen=True)
class Country:
    """A country's tables.

    Attributes:
        code: ISO 3166 alpha-3; empty for all five.
        name: as a sentence has it.
        tables: frames by name, of this country alone; each is read when it is asked for.
        register: the sources, by id.
        whole: the tables with the rows of all countries, for the words that they hold.
    """

    code: str
    name: str
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    register: Mapping[str, dict[str, Any]] = field(default_factory=dict, repr=False)
    whole: Mapping[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    def where(self, table: str = "ties", **equal: Any) -> pd.DataFrame:
        """Rows of a table whose columns hold these values, or, of several values, any of them.

        Of ``ties`` there is one row a record and whole year, that of the edition in use; others
        are had by asking for ``edition`` or ``in_use``, and parts of years by ``whole_year``.

        Days are asked for as in ``start="2016-01-01"``, or as Python and pandas have them.

        Args:
            table: one of ``ties``, ``verdicts``, ``figures``, ``comparisons``, ``indicators``,
                ``weights``, ``mirror``, ``crossings``, ``claims``, ``checks``, ``causes`` (reasons
                that were given for differing records) or ``lenders`` (of public debt abroad).
            equal: a column of the table and what it holds.

        Returns:
            A frame of its own, with ``codebook`` for what its columns mean.

        Raises:
            ValueError: for a table, a column, a word or a year that there is not, with the valid
                ones. What there merely is no row of gives an empty frame.

        Example:
            >>> from analysis import load
            >>> trade = load("KGZ").where(tie="trade", record="own", year=2016)
            >>> trade[["record", "leader"]].values.tolist()
            [['own', 'CHN']]
        """
        if table not in self.tables:
            raise ValueError(f"no table {table!r}; valid: {', '.join(self.tables)}")
        frame = self.tables[table]
        columns = _rules()[table].schema.columns if table in _rules() else {}
        equal = {column: as_held(wanted) for column, wanted in equal.items()}
        for column, wanted in equal.items():
            whole = self.whole.get(table)
            check_asked(frame, column, wanted, columns.get(column), self.register, whole=whole)
        if self.code not in ("", countries.EVERY) and "country" in equal and "country" in frame:
            check_own(self.code, self.name, equal["country"])
        if table == "ties":
            usual = {} if "edition" in equal else {"in_use": "yes"}
            equal = usual | {"whole_year": "yes"} | equal
        return rows_where(frame, **equal).reset_index(drop=True)

    def __getattr__(self, name: str) -> Any:
        """Say of a table that it is asked for by ``where``; there are no other attributes.

        Raises:
            AttributeError: always.
        """
        tables = {} if name.startswith("_") else self.__dict__.get("tables", {})
        if name in tables:
            raise AttributeError(f"{name} is a table; ask for it by where({name!r})")
        told = "; tables are asked for by where, such as where('ties')" if tables else ""
        raise AttributeError(f"a country has no {name!r}{told}")

    def sources(self, *shown: Linking, table_rows: frozenset[str] = frozenset()) -> EvidenceCards:
        """Where the numbers of a page come from, a card a row: its last cell.

        Args:
            shown: the texts, tables and charts of the page, in its order.
            table_rows: ids of the rows that a table of the page has too.

        Returns:
            No card for a number that leads to the row of a table itself ("row-" and its id).

        Raises:
            ValueError: naming the rows that the tables do not have, or what is no part of a page.
        """
        for one in shown:
            if not hasattr(one, "rows"):
                raise ValueError(
                    f"found {type(one).__name__}, where sources takes what tell, table and chart "
                    "make; source_line(rows) names the sources of a frame's rows"
                )
        ids = [row_id for one in shown for row_id in one.rows]
        lines = evidence(self.tables, self.register, ids)
        return evidence_cards(lines, *shown, table_rows=table_rows)

    def source_line(self, rows: pd.DataFrame, column: str = "edition") -> str:
        """The sources of some rows in one line, each once, for what stands under a chart.

        Tables are named by publisher, title and date, and several editions of one work once, with
        their dates; pages that state single figures by who published them, or by their number
        where they are many.

        Args:
            rows: of one of the tables.
            column: where they name their sources, several joined by plus signs. Of ``dataset``
                it is the sources of its rows.

        Raises:
            ValueError: for rows without that column, with those that name sources.
        """
        if column not in rows:
            raise ValueError(_no_sources(rows, column))
        if column == "dataset" and "source_id" in rows:
            # The name of a dataset that several sources have editions of says not which.
            column = "source_id"
        names = [part for cell in rows[column].dropna() for part in str(cell).split(" + ")]
        entries = [self.register[self.source_of(name)] for name in dict.fromkeys(names)]
        tables = _table_lines([entry for entry in entries if "vintage" in entry])
        pages = [str(entry["publisher"]) for entry in entries if "vintage" not in entry]
        pages = list(dict.fromkeys(pages))
        if len(pages) > _NAMED_PAGES:
            stated = say("{count} publishers", count=len(pages))
        else:
            stated = words.listed([_carrier(page) for page in pages])
        more = [say("officials’ figures as carried by {stated}", stated=stated)] if pages else []
        return "; ".join([*tables, *more])

    @property
    def dates(self) -> dict[str, str]:
        """The date of each source as ISO has it, to tell which edition is the newest."""
        return {name: str(entry.get("date", "")) for name, entry in self.register.items()}

    def source_of(self, name: str) -> str:
        """The source of a dataset, which is a name of its own or that of its records.

        Raises:
            ValueError: for what is called so by neither, with the likely names.
        """
        if not isinstance(name, str):
            raise ValueError(
                f"found {type(name).__name__}, where source_of takes one name, such as "
                "'imf-dots-2022'; source_line(rows) names the sources of a frame's rows"
            )
        if name in self.register:
            return name
        records = self.tables["records"]
        found = records.loc[records["dataset"] == name, "source_id"]
        if found.empty:
            known = [*self.register, *records["dataset"].unique()]
            near = difflib.get_close_matches(name, known, 3)
            hint = f" (did you mean {' or '.join(map(repr, near))}?)" if near else ""
            raise ValueError(
                f"no source or dataset {name!r}{hint}; valid: what edition, source_id or dataset "
                "of a row has; `analysis explain` tells of a pair, a figure or a claim"
            )
        return str(found.iloc[0])

    def codebook(self, table: str = "ties") -> pd.DataFrame:
        """What each column of a table means: column, description, unit and allowed words.

        Raises:
            ValueError: for a table that there is not, with the valid ones.

        Example:
            >>> from analysis import load
            >>> load("KGZ").codebook("verdicts").iloc[0]["column"]
            'country'
        """
        if table not in self.tables:
            raise ValueError(f"no table {table!r}; valid: {', '.join(self.tables)}")
        rules = _rules()[table].schema.columns
        return pd.DataFrame(
            [
                (name, rule.description, told.get("unit", ""), _allowed(told))
                for name, rule, told in (
                    (name, rule, rule.metadata or {}) for name, rule in rules.items()
                )
            ],
            columns=["column", "description", "unit", "allowed"],
        )


def _no_sources(rows: pd.DataFrame, column: str) -> str:
    """What is said of rows that do not name their sources in a column."""
    named = [repr(name) for name in _OF_SOURCES if name in rows]
    valid = " or ".join(named) if named else "rows of ties, which those of verdicts rest on"
    return f"no column {column!r} in these rows; valid: {valid}"


def _allowed(told: Mapping[str, Any]) -> str:
    """The words that a column may hold, as the codebook of all tables has them."""
    others = told.get("others")
    return " | ".join([*told.get("allowed", []), *([others.words] if others else [])])


def _table_lines(entries: Sequence[Mapping[str, Any]]) -> list[str]:
    """Each table's publisher, title and date; dated editions of one work by its name and dates.

    Titles that are alike up to their first figure are of one work, whose name is what stands before
    the first comma.
    """
    works: dict[tuple[str, str, bool], list[tuple[str, str]]] = {}
    for entry in entries:
        title, date = heard(str(entry["title"]), "sources"), str(entry.get("date", ""))
        work = re.split("[0-9]", title, maxsplit=1)[0]
        key = (heard(str(entry["publisher"]), "names"), work if date else title, bool(date))
        works.setdefault(key, []).append((title, date))
    lines = []
    for (publisher, *_), found in works.items():
        title = found[0][0] if len(found) == 1 else found[0][0].partition(",")[0]
        dates = sorted({date for _, date in found if date})
        if spoken() != ENGLISH:
            dates = [words.edition(date) for date in dates]
        lines.append(", ".join([publisher, title, *([words.listed(dates)] if dates else [])]))
    return lines


def _carrier(publisher: str) -> str:
    """A publisher as "as carried by" takes it: in Russian in the genitive."""
    told = heard(publisher, "names")
    return str(getattr(told, "gen", told))


def _rules() -> Mapping[str, Any]:
    """The rules of the columns of each table that has any."""
    return schema.TABLES | _BESIDE


def load(country: str | None = None, processed: Path = PROCESSED, raw: Path = RAW) -> Country:
    """Load one country's tables, or those of all five together.

    Args:
        country: ISO 3166 alpha-3 code: one of the five, or any other; left out for the five
            together, ``WORLD`` for the ``world`` table of every country's trade with its
            ``world_crossings`` and ``countries``. Of a country beyond the five there are ``ties``
            in trade, from the world's table, and whatever someone has added to the raw tables.
        processed: folder of the processed tables.
        raw: folder of the names of countries, of causes and lenders, and of the sources.

    Raises:
        RawDataError: where a raw table that is read here is damaged.
        ValueError: for a code that there is not, with the likely one.
        TypeError: for several codes, or what is none.

    Example:
        >>> from analysis import load
        >>> load("TJK").name
        'Tajikistan'
        >>> sorted(load().where(tie="trade", record="own", year=2023)["country"].unique())
        ['KAZ', 'KGZ', 'TJK', 'UZB']
    """
    _check_one(country, processed)
    register, _ = load_sources(raw / "sources.yml")
    if country == countries.EVERY:
        every = {table: partial(store.load_table, table, processed) for table in _OF_THE_WORLD}
        return Country(country, "the world", Lazily(every), register)
    if country is None:
        tables = _tables(processed, raw)
        five = {table: partial(_cut, _of_the_five, tables, table) for table in tables}
        return Country("", "the five", Lazily(five), register, tables)
    if not country.strip():
        raise ValueError(
            "no country is named; valid: ISO 3166 codes such as KAZ, or nothing at all, load(), "
            "for the five together"
        )
    name = countries.check_country(country, countries.names(raw))
    tables = _tables(processed, raw)
    of_country = partial(_of_country, country=country)
    own = Lazily({table: partial(_cut, of_country, tables, table) for table in tables})
    if country not in COUNTRIES:
        world = _with_the_worlds(own, country, processed, tables["indicators"])
        readers = {table: partial(own.__getitem__, table) for table in own}
        readers |= {table: partial(world.__getitem__, table) for table in world}
        return Country(country, countries.in_a_sentence(name), Lazily(readers), register, tables)
    return Country(country, countries.in_a_sentence(name), own, register, tables)


def _check_one(country: object, more: object) -> None:
    """Refuse several codes, be it as a list or one after the other, and what is none."""
    told = (
        "where one code is wanted, such as load('KAZ'); load() has the five together, of which "
        "where(country=['KAZ', 'UZB']) takes some"
    )
    if country is not None and not isinstance(country, str):
        raise TypeError(f"found {country!r}, {told}")
    if isinstance(more, str):
        raise TypeError(f"found {more!r} after {country!r}, {told}")


def _cut(
    part: Callable[[pd.DataFrame], pd.DataFrame], tables: Mapping[str, pd.DataFrame], table: str
) -> pd.DataFrame:
    return part(tables[table])


def _tables(processed: Path, raw: Path) -> Lazily:
    """All that pages read of the five and of who was added to them."""
    tables: Lazily

    def records() -> pd.DataFrame:
        read = [store.load_table(table, processed) for table in _RECORDS]
        return pd.concat(read, ignore_index=True)

    tables = Lazily(
        {table: partial(store.load_table, table, processed) for table in TABLES}
        | {
            "records": records,
            "causes": lambda: _causes(raw),
            "lenders": lambda: lenders(tables["indicators"], parties(raw)),
        }
    )
    return tables


def _causes(raw: Path) -> pd.DataFrame:
    """Reasons for differing records, with the years that they were given for."""
    rows, faults = read_csv_strictly(raw / "causes.csv", RAW_CAUSES)
    if rows is None or faults:
        raise RawDataError(faults)
    return rows.astype({"first_year": "int64", "last_year": "int64"}).reset_index(drop=True)


def _with_the_worlds(
    own: Mapping[str, pd.DataFrame], country: str, processed: Path, indicators: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """A country's ties, their verdicts and records, with its trade of the world's table."""
    trade = counted(store.load_table("trade_world", processed), country)
    pairs = with_world_trade(own["ties"], trade, country, indicators)
    records = pd.concat([own["records"], trade])
    return {
        "ties": pairs,
        "verdicts": verdicts(pairs, indicators),
        "crossings": crossings(pairs, own["indicators"]),
        "records": records.drop_duplicates(list(schema.TRADE.key), ignore_index=True),
    }


def _of_the_five(rows: pd.DataFrame) -> pd.DataFrame:
    """A table without the rows of countries that were added to the five."""
    if "country" in rows:
        kept = rows["country"].isin([*AREAS, *POWERS, "OCIS"])
    elif "reporter" in rows:
        added = set(countries.studied(rows)) - {*COUNTRIES}
        ours = rows["reporter"].isin(COUNTRIES) | rows["partner"].isin(COUNTRIES)
        kept = ours | ~(rows["reporter"].isin(added) | rows["partner"].isin(added))
    else:
        named = rows["subject"].str.upper().str.findall(r"(?:^|[ ,;/])([A-Z]{3}|REGION)(?=[-/])")
        kept = named.map(lambda areas: not areas or bool({*areas} & {*AREAS}))
    return rows[kept].reset_index(drop=True)


def _of_country(rows: pd.DataFrame, country: str) -> pd.DataFrame:
    """The rows of a table that are of one country; a trade record is of both its sides."""
    if "country" in rows:
        kept = rows["country"] == country
    elif "reporter" in rows:
        kept = (rows["reporter"] == country) | (rows["partner"] == country)
    else:  # checks name the figures that they are on
        kept = rows["subject"].str.contains(rf"\b{country.lower()}-", regex=True)
    return rows[kept].reset_index(drop=True)
