"""When the lead changed hands, in every tie of the five whose years make a series."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.data.frames import where
from analysis.measures.history import leads
from analysis.measures.judgement import changes_of_lead, leader_of

COLUMNS = [
    "country",
    "tie",
    "record",
    "concept",
    "edition",
    "year",
    "leader",
    "before",
    "preliminary",
    "lasting",
    "last_year",
    "row_id",
]
# Ties that one table has over the years, beside trade.
_SERIES = ("debt", "investment_held")
# The Energy Institute's region of the gas that the five sell: all of the former union but Russia.
GAS_REGION = "OCIS"


def changes(pairs: pd.DataFrame, countries: Iterable[str]) -> pd.DataFrame:
    """When the lead changed hands, by the rule of two years.

    Args:
        pairs: rows of ``ties``, in use or not.
        countries: their codes, in the order of the rows.

    Returns:
        A row a change, with ``COLUMNS``: trade on both records, debt and investment held.
    """
    tables = []
    for country in countries:
        theirs = pairs[pairs["country"] == country]
        trade = leads(theirs).rename(columns={"pair_id": "row_id"})
        tables.append(trade[trade["before"] != ""].assign(country=country, tie="trade"))
        tables += [_of_tie(theirs[theirs["tie"] == tie]) for tie in _SERIES]
    return pd.concat([table for table in tables if len(table)], ignore_index=True)[COLUMNS]


def _of_tie(pairs: pd.DataFrame) -> pd.DataFrame:
    """The changes of one tie of one country, on each record, concept and edition of tables."""
    rows = pairs[
        (pairs["grade"] == "table") & (pairs["whole_year"] == "yes") & (pairs["leader"] != "")
    ]
    found: list[dict[str, Any]] = []
    keys = ["country", "tie", "record", "concept", "edition"]
    for key, series in rows.groupby(keys, sort=False):
        ids = dict(zip(series["year"], series["pair_id"], strict=True))
        leaders = dict(zip(series["year"], series["leader"], strict=True))
        early = series.loc[series["evidence"] == "preliminary", "year"].tolist()
        named = dict(zip(keys, key, strict=True))
        found += _told(leaders, ids, early, named)
    return pd.DataFrame(found, columns=COLUMNS)


def gas_changes(indicators: pd.DataFrame) -> pd.DataFrame:
    """When the lead among the buyers of the region's gas changed hands, by the same rule.

    Args:
        indicators: the table of that name.

    Returns:
        Rows as ``changes`` gives them, with the region's code as the country and no ``row_id``.
    """
    rows = where(indicators, indicator="gas_exports", country=GAS_REGION)
    wide = rows.pivot(index="year", columns="counterpart", values="value")
    apart = (wide["CHN"] - wide["RUS"]) / (wide["CHN"] + wide["RUS"])
    leaders = {int(year): str(leader_of(value, value)) for year, value in apart.items()}
    edition = str(rows["source_id"].iloc[0])
    named = {
        "country": GAS_REGION,
        "tie": "gas",
        "record": "stated",
        "concept": "gas_exports",
        "edition": edition,
    }
    return pd.DataFrame(_told(leaders, {}, [], named), columns=COLUMNS)


def _told(
    leaders: dict[int, str], ids: dict[int, str], early: list[int], named: dict[str, Any]
) -> list[dict[str, Any]]:
    return [
        named
        | {
            "year": change.year,
            "leader": change.leader,
            "before": change.before,
            "preliminary": change.preliminary,
            "lasting": change.lasting,
            "last_year": max(leaders),
            "row_id": ids.get(change.year, ""),
        }
        for change in changes_of_lead(leaders, early)
        if change.before
    ]
