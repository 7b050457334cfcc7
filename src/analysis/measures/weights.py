"""China and Russia beside everyone else, in a country's trade and in its public debt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.config import POWERS
from analysis.data import schema, store, vocabulary
from analysis.measures.judgement import LEVEL
from analysis.measures.scale import difference
from analysis.measures.trade import (
    GOODS,
    GOODS_AND_SERVICES,
    exports_first,
    flows,
    mirror,
    with_powers_own,
)

# The European Union's members by the first whole year in which they were members; the United
# Kingdom left on 31 January 2020. Source: the Union's own list, european-union.europa.eu.
# fmt: off
_JOINED = {
    1995: ("AUT", "BEL", "DEU", "DNK", "ESP", "FIN", "FRA", "GBR", "GRC", "IRL", "ITA", "LUX",
           "NLD", "PRT", "SWE"),
    2005: ("CYP", "CZE", "EST", "HUN", "LTU", "LVA", "MLT", "POL", "SVK", "SVN"),
    2007: ("BGR", "ROU"),
    2014: ("HRV",),
}
# fmt: on
_LEFT = {"GBR": 2020}

_KEYS = ["country", "year", "dataset", "record"]


def concentration(parts: np.ndarray) -> tuple[float, float]:
    """Least and greatest Herfindahl-Hirschman index, the sum of squared shares.

    Where the listed shares leave a rest, it may lie with many (least) or with as few as can be
    (greatest): no unlisted partner is taken to be larger than the smallest listed one.

    Args:
        parts: listed shares of a whole, each above 0; of none, both are NaN.
    """
    if not len(parts):
        return np.nan, np.nan
    low = float((parts**2).sum())
    rest = max(0.0, 1 - float(parts.sum()))
    smallest = parts.min()
    # A rest of rounding errors is none.
    whole = np.floor(rest / smallest + 1e-9)
    high = low + whole * smallest**2 + max(0.0, rest - whole * smallest) ** 2
    return low, float(high)


def weights(
    trade: pd.DataFrame, indicators: pd.DataFrame, services: pd.DataFrame | None = None
) -> pd.DataFrame:
    """China and Russia beside everyone else, in trade and in public debt.

    The whole is what the recorder gives as its trade with the world; where it gives none, the
    listed partners together. Where a dataset lists no partner but a few neighbours for a year,
    the powers' parts are known only on a record that gives the whole, and the parts and places of
    everyone else are not known at all.

    Args:
        trade: the ``trade`` table.
        indicators: the ``indicators`` table.
        services: ``trade_goods_and_services``, whose rows are measures of their own.

    Returns:
        ``weights``, sorted by its key.
    """
    rows = _trade_weights(trade, {flow: flow for flow in GOODS})
    if services is not None:
        rows += _trade_weights(services, GOODS_AND_SERVICES)
    debt = indicators[indicators["indicator"] == "debt_owed"]
    who = debt["power"].where(debt["power"] != "", debt["counterpart"])
    debt = debt.assign(partner=who, measure="debt", record="stated", dataset=debt["source_id"])
    rows += [
        key | _weight(names, values, "all", key["year"])
        for key, names, values in _groups(debt)
        if "all" in set(names)
    ]
    # A whole of nought has no parts.
    table = pd.DataFrame(
        [row for row in rows if row["total"] > 0], columns=list(schema.WEIGHTS.schema.columns)
    )
    return table.sort_values(list(schema.WEIGHTS.key), ignore_index=True)


def _trade_weights(trade: pd.DataFrame, measures: dict[str, str]) -> list[dict[str, Any]]:
    records = flows(trade)
    chosen = exports_first(with_powers_own(records, POWERS))
    records = pd.concat([records, chosen], ignore_index=True)
    records = records[records["evidence"].isin(vocabulary.RECORDED)]
    records = pd.concat([records, _turnover(records)], ignore_index=True)
    return [
        key | _weight(partners, values, "WLD", key["year"])
        for key, partners, values in _groups(records.assign(measure=records["flow"].map(measures)))
        if set(POWERS) <= set(partners)
        and (
            _lists_all(partners, key["year"]) or (key["record"] == "own" and "WLD" in set(partners))
        )
    ]


def _turnover(records: pd.DataFrame) -> pd.DataFrame:
    """Both flows together, where a record has both with either power and, if at all, the world.

    Of another partner the flow that is not listed is none.
    """
    by_partner = records.groupby([*_KEYS, "partner"], as_index=False)
    both = by_partner.agg(value=("value", "sum"), flows=("flow", "nunique")).assign(flow="turnover")
    half = both[both["partner"].isin([*POWERS, "WLD"]) & (both["flows"] < 2)]
    whole = ~pd.MultiIndex.from_frame(both[_KEYS]).isin(pd.MultiIndex.from_frame(half[_KEYS]))
    return both[whole].drop(columns="flows")


def _groups(rows: pd.DataFrame) -> Iterator[tuple[dict[str, Any], np.ndarray, np.ndarray]]:
    """The key of each row of ``weights``, its partners, and their values in the same order."""
    columns = ["country", "measure", "year", "record", "dataset"]
    partners, values = rows["partner"].to_numpy(object), rows["value"].to_numpy(float)
    for key, places in rows.groupby(columns).indices.items():
        yield dict(zip(columns, key, strict=True)), partners[places], values[places]


# What a table of trade does not give by country: a part of the whole and nobody's.
NOT_BY_COUNTRY = "XXX"

_PLACES = (
    "china_rank",
    "china_rank_best",
    "china_rank_worst",
    "russia_rank",
    "china_rank_eu",
    "russia_rank_eu",
)


def european_union(year: int) -> set[str]:
    """The Union's members of a year, from 1995 on; of the year in which one came or left, without.

    Example:
        >>> len(european_union(2016)), "GBR" in european_union(2020)
        (28, False)
    """
    joined = {code for since, codes in _JOINED.items() if since <= year for code in codes}
    return {code for code in joined if year < _LEFT.get(code, year + 1)}


def _lists_all(partners: np.ndarray, year: int) -> bool:
    """Whether a list of partners reaches beyond the neighbours: to the Union's members."""
    return bool(set(partners) & european_union(year))


def _weight(names: np.ndarray, values: np.ndarray, whole: str, year: int) -> dict[str, float]:
    """One row of ``weights`` from values by partner; ``whole`` names the entry of the total."""
    listed = np.array([name not in (whole, NOT_BY_COUNTRY) for name in names]) & (values > 0)
    partners, sums = names[listed], values[listed]
    given = values[names == whole]
    # Partners' records can add up to more than a total that lacks some of them.
    total = max([sums.sum(), *given])
    shares = sums / total if total else sums
    members = european_union(year)
    inside = np.array([name in members for name in partners], dtype=bool)
    union = float(shares[inside].sum())
    alone = dict(zip(partners, shares, strict=True))
    as_one = dict(zip(partners[~inside], shares[~inside], strict=True)) | {"EU": union}
    china, russia = (float(alone.get(power, 0.0)) for power in POWERS)
    low, high = concentration(shares)
    best, worst = _rank_span(alone, "CHN")
    if whole == "WLD" and not _lists_all(partners, year):
        unknown = ["european_union", "rest", *_PLACES, "concentration_low", "concentration_high"]
        return {
            "total": float(total),
            "listed": min(1.0, float(shares.sum())),
            "china": china,
            "russia": russia,
            "both": china + russia,
        } | dict.fromkeys(unknown, np.nan)
    return {
        "total": float(total),
        "listed": min(1.0, float(shares.sum())),
        "china": china,
        "russia": russia,
        "both": china + russia,
        "european_union": union if whole == "WLD" else np.nan,
        "rest": max(0.0, 1 - china - russia - (union if whole == "WLD" else 0)),
        "china_rank": _rank(alone, "CHN"),
        "china_rank_best": best,
        "china_rank_worst": worst,
        "russia_rank": _rank(alone, "RUS"),
        "china_rank_eu": _rank(as_one, "CHN") if whole == "WLD" else np.nan,
        "russia_rank_eu": _rank(as_one, "RUS") if whole == "WLD" else np.nan,
        "concentration_low": low,
        "concentration_high": min(1.0, high),
    }


def _rank(shares: Mapping[str, float], power: str) -> float:
    """Place among partners, 1 the largest; NaN where there is nothing."""
    if power not in shares:
        return np.nan
    return 1.0 + sum(share > shares[power] for share in shares.values())


def _rank_span(shares: Mapping[str, float], power: str) -> tuple[float, float]:
    """The places that a power may have, were those level with it all below it or all above it.

    Level is what ``judgement`` calls so: |D| under ``LEVEL``.
    """
    if not shares.get(power):
        return np.nan, np.nan
    others = [difference(share, shares[power]) for name, share in shares.items() if name != power]
    clearly = sum(d >= LEVEL for d in others)
    return 1.0 + clearly, 1.0 + clearly + sum(abs(d) < LEVEL for d in others)


def write_weights(processed: Path) -> None:
    """Read the statistics and write ``mirror.csv`` and ``weights.csv``."""
    trade, services, indicators = (
        store.load_table(name, processed)
        for name in ("trade", "trade_goods_and_services", "indicators")
    )
    store.save_table("mirror", mirror(trade), processed)
    store.save_table("weights", weights(trade, indicators, services), processed)
