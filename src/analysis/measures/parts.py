"""What of a whole is China's, what Russia's: trade with all, public debt, gas sold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.data.frames import where
from analysis.measures.scale import SIDES

# Trade with everyone, and with services counted too where that is what a country publishes.
TRADE = ("turnover", "goods_services_turnover")


def parts_by_year(
    weights: pd.DataFrame, measures: Sequence[str], record: str, editions: Mapping[str, str]
) -> pd.DataFrame:
    """China's, Russia's and the others' parts of a whole, a row a country and year.

    Of two measures that one with more years tells a country, since years of two concepts make no
    line; of two editions of a year the newer.

    Args:
        weights: the table of that name.
        measures: of the column ``measure``, the one that comes first where years are equal.
        record: whose, of the column of that name.
        editions: date of each dataset, ISO 8601.

    Returns:
        Rows of ``weights``, sorted by country and year.
    """
    rows = where(weights, measure=list(measures), record=record).copy()
    rows = rows[rows["china"].notna() & rows["russia"].notna()]
    years = rows.drop_duplicates(["country", "measure", "year"]).groupby(["country", "measure"])
    rows["years"] = pd.MultiIndex.from_frame(rows[["country", "measure"]]).map(
        years.size().to_dict()
    )
    rows = rows[rows["years"] == rows.groupby("country")["years"].transform("max")]
    rows["place"] = rows["measure"].map(list(measures).index)
    rows["date"] = rows["dataset"].map(lambda name: editions.get(name, ""))
    rows = rows.sort_values(["country", "year", "place"], kind="stable")
    rows = rows[rows["place"] == rows.groupby("country")["place"].transform("min")]
    rows = rows.sort_values(["country", "year", "date"], kind="stable")
    newest = rows.drop_duplicates(["country", "year"], keep="last")
    return newest[list(weights.columns)].reset_index(drop=True)


def gas_parts(pairs: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """China's and Russia's parts of the gas that a country sells by pipeline, newest year.

    Args:
        pairs: rows of ``ties`` in use, of whole years.
        indicators: the table of that name.

    Returns:
        country, year, china and russia (0 to 1), total (cubic metres) and ``pair_id``; a country
        that the newest review does not list has no row.
    """
    gas = pairs[(pairs["tie"] == "gas") & (pairs["record"] == "stated")]
    gas = gas[gas["year"] == gas["year"].max()]
    total = where(indicators, indicator="gas_exports", counterpart="all")
    total = total[["country", "year", "source_id", "value"]].rename(
        columns={"value": "total", "source_id": "edition"}
    )
    joined = gas.merge(total, on=["country", "year", "edition"], validate="1:1")
    parts = {side: joined[side] / joined["total"] for side in SIDES}
    return joined.assign(**parts)[["country", "year", "china", "russia", "total", "pair_id"]]


def newest_parts(parts: pd.DataFrame) -> pd.DataFrame:
    """The newest year of each country.

    Args:
        parts: as ``parts_by_year`` gives them.
    """
    newest = parts.sort_values("year", kind="stable").groupby("country").tail(1)
    return newest.sort_values("country", ignore_index=True)


def extremes(parts: pd.DataFrame) -> dict[str, pd.Series]:
    """The rows with the least and the most of each power.

    Args:
        parts: with ``china`` and ``russia``, 0 to 1.

    Returns:
        By name: china_least, china_most, russia_least, russia_most.
    """
    rows = parts.reset_index(drop=True)
    return {
        f"{power}_{end}": rows.loc[place]
        for power in SIDES
        for end, place in (("least", rows[power].idxmin()), ("most", rows[power].idxmax()))
    }


# From so much on it is told that a record does not give all trade by partner.
_UNLISTED = 0.05


def unlisted(parts: pd.DataFrame) -> pd.DataFrame:
    """Countries whose records leave open whom a twentieth or more of all trade was with.

    Args:
        parts: rows of ``weights`` with both powers' parts, one a country.

    Returns:
        ``country``, ``year`` and ``part``, what is not given by partner (0 to 1).

    Example:
        >>> parts = pd.DataFrame({"country": ["UZB", "KAZ"], "listed": [0.75, 1.0]})
        >>> unlisted(parts.assign(year=2023)).values.tolist()
        [['UZB', 2023, 0.25]]
    """
    part = 1 - parts["listed"]
    return parts.assign(part=part)[["country", "year", "part"]][part >= _UNLISTED]
