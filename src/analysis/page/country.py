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
from analysis.data.frames import where as rows_where
from analysis.measures.leads import counted
from analysis.measures.sides import sides_of_trade
from analysis.measures.ties import pairs_of
from analysis.measures.verdicts import beside_gdp

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
)


@dataclass(frozen=True)
class Country:
    """A country's tables.

    Attributes:
        code: ISO 3166 alpha-3.
        name: as a sentence has it.
        tables: frames by name, of this country alone.
    """

    code: str
    name: str
    tables: Mapping[str, pd.DataFrame] = field(repr=False)

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
            _check_word(table, column, wanted)
        if table == "ties":
            usual = {} if "edition" in equal else {"in_use": "yes"}
            equal = usual | {"whole_year": "yes"} | equal
        return rows_where(frame, **equal).reset_index(drop=True)

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


def _check_word(table: str, column: str, wanted: Any) -> None:
    """Refuse a word that the column can never hold: a slip of typing is no empty answer."""
    rule = schema.TABLES[table].schema.columns.get(column)
    allowed = [str(word) for word in (rule.metadata or {}).get("allowed", [])] if rule else []
    words = [wanted] if isinstance(wanted, str) else wanted
    if not allowed or not isinstance(words, (list, tuple, set)):
        return
    for word in words:
        if str(word) not in allowed and word != "":
            near = difflib.get_close_matches(str(word), allowed, 1, 0.6)
            hint = f" (did you mean {near[0]!r}?)" if near else ""
            raise ValueError(f"{column} is never {word!r}{hint}; valid: {', '.join(allowed)}")


def load(country: str, processed: Path = PROCESSED, raw: Path = RAW) -> Country:
    """Load one country's tables.

    Args:
        country: ISO 3166 alpha-3 code: one of the five, or any other, of which there are
            ``ties`` in trade alone.
        processed: folder of the processed tables.
        raw: folder of the names of countries.

    Raises:
        ValueError: for a code that there is not, with the likely one.

    Example:
        >>> from analysis import load
        >>> load("TJK").name
        'Tajikistan'
    """
    name = countries.check_country(country, countries.names(raw))
    if country in COUNTRIES:
        tables = {table: schema.load_table(table, processed) for table in TABLES}
        own = {table: rows_where(rows, country=country) for table, rows in tables.items()}
        return Country(country, name, {t: r.reset_index(drop=True) for t, r in own.items()})
    trade = counted(schema.load_table("trade_world", processed), country)
    pairs = pairs_of(sides_of_trade(trade, countries=(country,)), {})
    indicators = schema.load_table("indicators", processed)
    return Country(country, countries.in_a_sentence(name), {"ties": beside_gdp(pairs, indicators)})
