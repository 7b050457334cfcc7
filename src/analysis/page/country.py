"""One country's tables, as plain frames: what a notebook begins with."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.config import COUNTRIES, POWERS, PROCESSED, RAW
from analysis.data import countries, schema
from analysis.data.frames import where as rows_where
from analysis.data.sources import load_sources, source_line
from analysis.data.vocabulary import AREAS
from analysis.measures.leads import counted
from analysis.measures.verdicts import verdicts, with_world_trade
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
                ``weights``, ``mirror``, ``crossings``, ``claims``.
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
            _check_word(table, frame, column, wanted)
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

        Args:
            rows: of one of the tables.
            column: where they name their sources, several joined by plus signs.
        """
        names = [part for cell in rows[column].dropna() for part in str(cell).split(" + ")]
        told = {
            name: source_line(self._source(name), self.register) for name in dict.fromkeys(names)
        }
        return "; ".join(dict.fromkeys(told.values()))

    def _source(self, name: str) -> str:
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
        rules = schema.TABLES[table].schema.columns
        return pd.DataFrame(
            [
                (name, rule.description, (rule.metadata or {}).get("unit", ""))
                for name, rule in rules.items()
            ],
            columns=["column", "description", "unit"],
        )


def _check_word(table: str, frame: pd.DataFrame, column: str, wanted: Any) -> None:
    """Refuse a word that the column can never hold: a slip of typing is no empty answer."""
    rule = schema.TABLES[table].schema.columns.get(column)
    allowed = [str(word) for word in (rule.metadata or {}).get("allowed", [])] if rule else []
    if rule and (rule.metadata or {}).get("others"):
        allowed += sorted({*frame[column]} - {*allowed})
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
        country: ISO 3166 alpha-3 code: one of the five, or any other; nothing for the five
            together. Of another there are ``ties`` in trade, from the world's table, and
            whatever else someone has added to the raw tables.
        processed: folder of the processed tables.
        raw: folder of the names of countries and of the sources.

    Raises:
        ValueError: for a code that there is not, with the likely one.

    Example:
        >>> from analysis import load
        >>> load("TJK").name
        'Tajikistan'
        >>> sorted(load().where(tie="trade", record="own", year=2023)["country"].unique())
        ['KAZ', 'KGZ', 'TJK', 'UZB']
    """
    register, _ = load_sources(raw / "sources.yml")
    if country:
        name = countries.check_country(country, countries.names(raw))
    tables = {table: schema.load_table(table, processed) for table in TABLES}
    records = [schema.load_table(table, processed) for table in _RECORDS]
    tables["records"] = pd.concat(records, ignore_index=True)
    if not country:
        five = {table: _of_the_five(rows) for table, rows in tables.items()}
        return Country("", "the five", five, register)
    own = {table: _of_country(rows, country) for table, rows in tables.items()}
    if country not in COUNTRIES:
        own |= _with_the_worlds(own, country, processed, tables["indicators"])
    return Country(country, countries.in_a_sentence(name), own, register)


def _with_the_worlds(
    own: Mapping[str, pd.DataFrame], country: str, processed: Path, indicators: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """A country's ties, their verdicts and records, with its trade of the world's table."""
    trade = counted(schema.load_table("trade_world", processed), country)
    pairs = with_world_trade(own["ties"], trade, country, indicators)
    records = pd.concat([own["records"], trade], ignore_index=True)
    return {
        "ties": pairs,
        "verdicts": verdicts(pairs, indicators),
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
