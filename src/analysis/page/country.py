"""One country's tables, as plain frames: what a notebook begins with."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.config import COUNTRIES, PROCESSED, RAW
from analysis.data import countries, schema
from analysis.data.faults import RawDataError
from analysis.data.frames import where as rows_where
from analysis.data.parties import parties
from analysis.data.raw_statistics import RAW_CAUSES
from analysis.data.read import read_csv_strictly
from analysis.data.sources import load_sources
from analysis.measures.leads import counted
from analysis.measures.lenders import lenders
from analysis.measures.sides import sides_of_trade
from analysis.measures.ties import pairs_of
from analysis.measures.verdicts import beside_gdp
from analysis.page import words
from analysis.page.evidence import evidence
from analysis.page.evidence_cards import EvidenceCards, Linking, evidence_cards

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
_RAW = {"causes": RAW_CAUSES}
# Publishers of pages that a line of sources names; of more it says how many.
_NAMED_PAGES = 4
# The trade records themselves, to which a number can be followed.
_RECORDS = ("trade", "trade_goods_and_services")


@dataclass(frozen=True)
class Country:
    """A country's tables.

    Attributes:
        code: ISO 3166 alpha-3; empty for all five.
        name: as a sentence has it.
        tables: frames by name, of this country alone.
        register: the sources, by id.
    """

    code: str
    name: str
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    register: Mapping[str, dict[str, Any]] = field(default_factory=dict, repr=False)

    def where(self, table: str = "ties", **equal: Any) -> pd.DataFrame:
        """Rows of a table whose columns hold these values, or, of several values, any of them.

        Of ``ties`` there is one row a record and whole year, that of the edition in use; others
        are had by asking for ``edition`` or ``in_use``, and parts of years by ``whole_year``.

        Args:
            table: one of ``ties``, ``verdicts``, ``figures``, ``comparisons``, ``indicators``,
                ``weights``, ``mirror``, ``crossings``, ``claims``, ``checks``, ``causes`` (reasons
                that were given for differing records) or ``lenders`` (of public debt abroad).
            equal: a column of the table and what it holds.

        Returns:
            A frame of its own, with ``codebook`` for what its columns mean.

        Raises:
            ValueError: for a table, a column or a word that there is not, with the valid ones.

        Example:
            >>> from analysis import load
            >>> trade = load("KGZ").where(tie="trade", record="own", year=2016)
            >>> trade[["record", "leader"]].values.tolist()
            [['own', 'CHN']]
        """
        if table not in self.tables:
            raise ValueError(f"no table {table!r}; valid: {', '.join(self.tables)}")
        frame = self.tables[table]
        for column, wanted in equal.items():
            _check_word(table, column, wanted)
        if table == "ties":
            usual = {} if "edition" in equal else {"in_use": "yes"}
            equal = usual | {"whole_year": "yes"} | equal
        return rows_where(frame, **equal).reset_index(drop=True)

    def sources(self, *shown: Linking, table_rows: frozenset[str] = frozenset()) -> EvidenceCards:
        """Where the numbers of a page come from, a card a row: its last cell.

        Args:
            shown: the texts, tables and charts of the page, in its order.
            table_rows: ids of the rows that a table of the page has too.

        Raises:
            ValueError: naming the rows that the tables do not have.
        """
        ids = [row_id for one in shown for row_id in one.rows]
        lines = evidence(self.tables, self.register, ids)
        return evidence_cards(lines, *shown, table_rows=table_rows)

    def source_line(self, rows: pd.DataFrame, column: str = "edition") -> str:
        """The sources of some rows in one line, each once, for what stands under a chart.

        Tables are named by publisher, title and date; pages that state single figures by who
        published them, or by their number where they are many.

        Args:
            rows: of one of the tables.
            column: where they name their sources, several joined by plus signs.
        """
        names = [part for cell in rows[column].dropna() for part in str(cell).split(" + ")]
        entries = [self.register[self.source_of(name)] for name in dict.fromkeys(names)]
        tables = [_table_line(entry) for entry in entries if "vintage" in entry]
        pages = [str(entry["publisher"]) for entry in entries if "vintage" not in entry]
        pages = list(dict.fromkeys(pages))
        stated = f"{len(pages)} publishers" if len(pages) > _NAMED_PAGES else words.listed(pages)
        more = [f"officials’ figures as carried by {stated}"] if pages else []
        return "; ".join(dict.fromkeys([*tables, *more]))

    def source_of(self, name: str) -> str:
        """The source of a dataset, which is a name of its own or that of its records."""
        if name in self.register:
            return name
        records = self.tables["records"]
        return str(records.loc[records["dataset"] == name, "source_id"].iloc[0])

    def codebook(self, table: str = "ties") -> pd.DataFrame:
        """What each column of a table means: column, description and unit.

        Example:
            >>> from analysis import load
            >>> load("KGZ").codebook("verdicts").iloc[0]["column"]
            'country'
        """
        if table not in self.tables:
            raise ValueError(f"no table {table!r}; valid: {', '.join(self.tables)}")
        if table not in _rules():
            raise ValueError(f"{table} has no codebook of its own; valid: {', '.join(_rules())}")
        rules = _rules()[table].schema.columns
        return pd.DataFrame(
            [
                (name, rule.description, (rule.metadata or {}).get("unit", ""))
                for name, rule in rules.items()
            ],
            columns=["column", "description", "unit"],
        )


def _table_line(entry: Mapping[str, Any]) -> str:
    """A table's publisher, title and date."""
    return ", ".join(str(entry[name]) for name in ("publisher", "title", "date") if name in entry)


def _rules() -> Mapping[str, Any]:
    """The rules of the columns of each table that has any."""
    return schema.TABLES | _RAW


def _check_word(table: str, column: str, wanted: Any) -> None:
    """Refuse a word that the column can never hold: a slip of typing is no empty answer."""
    rules = _rules()
    rule = rules[table].schema.columns.get(column) if table in rules else None
    allowed = [str(word) for word in (rule.metadata or {}).get("allowed", [])] if rule else []
    words = [wanted] if isinstance(wanted, str) else wanted
    if not allowed or not isinstance(words, (list, tuple, set)):
        return
    for word in words:
        if str(word) not in allowed and word != "":
            near = difflib.get_close_matches(str(word), allowed, 1, 0.6)
            hint = f" (did you mean {near[0]!r}?)" if near else ""
            raise ValueError(f"{column} is never {word!r}{hint}; valid: {', '.join(allowed)}")


def load(country: str = "", processed: Path = PROCESSED, raw: Path = RAW) -> Country:
    """Load one country's tables, or those of all five together.

    Args:
        country: ISO 3166 alpha-3 code: one of the five, or any other, of which there are
            ``ties`` in trade alone, and no row in any other table; nothing for the five together.
        processed: folder of the processed tables.
        raw: folder of the names of countries, of causes and lenders, and of the sources.

    Raises:
        RawDataError: where a raw table that is read here is damaged.
        ValueError: for a code that there is not, with the likely one.

    Example:
        >>> from analysis import load
        >>> load("TJK").name
        'Tajikistan'
        >>> sorted(load().where(tie="trade", record="own", year=2023)["country"].unique())
        ['KAZ', 'KGZ', 'TJK', 'UZB']
    """
    register, _ = load_sources(raw / "sources.yml")
    if not country:
        tables = {table: schema.load_table(table, processed) for table in TABLES}
        records = [schema.load_table(table, processed) for table in _RECORDS]
        tables["records"] = pd.concat(records, ignore_index=True)
        tables["causes"] = _causes(raw)
        tables["lenders"] = lenders(tables["indicators"], parties(raw))
        return Country("", "the five", tables, register)
    name = countries.check_country(country, countries.names(raw))
    if country in COUNTRIES:
        five = load(processed=processed, raw=raw)
        own = {table: _of_country(rows, country) for table, rows in five.tables.items()}
        return Country(country, name, own, register)
    trade = counted(schema.load_table("trade_world", processed), country)
    pairs = pairs_of(sides_of_trade(trade, countries=(country,)), {})
    indicators = schema.load_table("indicators", processed)
    own = {table: schema.empty_table(table) for table in TABLES}
    own |= {"ties": beside_gdp(pairs, indicators), "records": trade}
    own |= {"causes": _causes(raw).iloc[:0], "lenders": lenders(indicators, parties(raw)).iloc[:0]}
    return Country(country, countries.in_a_sentence(name), own, register)


def _causes(raw: Path) -> pd.DataFrame:
    """Reasons for differing records, with the years that they were given for."""
    rows, faults = read_csv_strictly(raw / "causes.csv", RAW_CAUSES)
    if rows is None or faults:
        raise RawDataError(faults)
    return rows.astype({"first_year": "int64", "last_year": "int64"}).reset_index(drop=True)


def _of_country(rows: pd.DataFrame, country: str) -> pd.DataFrame:
    """The rows of a table that are of one country; a trade record is of both its sides."""
    if "country" in rows:
        kept = rows["country"] == country
    elif "reporter" in rows:
        kept = (rows["reporter"] == country) | (rows["partner"] == country)
    else:  # checks name the figures that they are on
        kept = rows["subject"].str.contains(rf"\b{country.lower()}-", regex=True)
    return rows[kept].reset_index(drop=True)
