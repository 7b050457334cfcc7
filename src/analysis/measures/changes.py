"""When the lead changed hands in each tie: one record, one concept and one edition at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

import pandas as pd

from analysis.config import POWERS
from analysis.data import schema
from analysis.data.frames import where
from analysis.measures.judgement import Change, changes_of_lead, first_time_since, leader_of
from analysis.measures.ties import RECORDS

# The Energy Institute's region of the gas that the five sell: all of the former union but Russia.
GAS_REGION = "OCIS"
# Whose series are followed: the two sides' and what one source states of both; what a third party
# made of both records is neither's.
_RECORDS = (*RECORDS, "stated")
_SERIES = ["country", "tie", "record"]
_COLUMNS = [
    "country",
    "tie",
    "concept",
    "record",
    "edition",
    "year",
    "leader",
    "before",
    "preliminary",
    "lasting",
    "last_year",
]


# From this much on a figure is said to have fallen from the year before.
FALL = 0.2
_DIP = ["dip", "dip_before", "dip_after"]
_DIP_IDS = [f"{name}_id" for name in _DIP]


def crossings(pairs: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """When the lead changed hands, in every tie whose years make a series.

    Args:
        pairs: rows of ``ties``, in use or not.
        indicators: the table of that name, for the gas that the region sells together.

    Returns:
        ``crossings``, sorted by its key.
    """
    found = pd.concat([holders(pairs)[_COLUMNS], _gas_of_the_region(indicators)])
    taken = found[found["before"] != ""]
    return taken.sort_values(list(schema.CROSSINGS.key), ignore_index=True)


def holders(pairs: pd.DataFrame) -> pd.DataFrame:
    """Who took the lead in each tie on each record, and when, by its newest edition of tables.

    Args:
        pairs: rows of ``ties``, in use or not.

    Returns:
        One row a power that took it, with the columns of ``crossings`` and ``pair_id`` (the pair
        of the year): ``before`` is empty for the first holder, whose year is the first in which
        it leads, on an older edition too where that has the same holder all along; ``from_start``
        says whether no earlier year has both powers' figures, so that nobody knows who led.
        ``alone`` lists, of a power that takes its first lead from the other, the single years
        before in which it led.
        ``of_years`` counts the years from then to the next holder's, or to the last, that have
        both figures, ``ahead_in`` those in which the holder leads, and ``last_id`` names the pair
        of the last of them.
    """
    found: list[dict[str, Any]] = []
    for named, rows, used in _series(pairs):
        leaders = _by_year(rows, "leader")
        ids = _by_year(rows, "pair_id")
        early = rows.loc[rows["evidence"] == "preliminary", "year"].tolist()
        held = _by_year(used, "leader") | leaders
        turns = changes_of_lead(leaders, early)
        held_by: set[str] = set()
        for change, following in zip_longest(turns, turns[1:]):
            told = named | _told(change, max(leaders)) | {"pair_id": ids[change.year]}
            first = min(*leaders, *used["year"])
            told |= {"from_start": change.year == first}
            before = changes_of_lead(_by_year(used, "leader")) if not change.before else []
            if [one.leader for one in before] == [change.leader]:
                year = before[0].year
                told |= {"year": year, "pair_id": _by_year(used, "pair_id")[year]}
                told |= {"from_start": year == first}
            until = following.year if following else max(held) + 1
            years = [year for year in held if told["year"] <= year < until]
            told |= {"ahead_in": sum(held[year] == change.leader for year in years)}
            first_hold = bool(change.before) and change.leader not in held_by
            alone = [y for y in sorted(held) if y < told["year"] and held[y] == change.leader]
            told |= {"alone": alone if first_hold else []}
            held_by.add(change.leader)
            every = _by_year(used, "pair_id") | ids
            found.append(told | {"of_years": len(years), "last_id": every[max(years)]})
    counted = ["alone", "ahead_in", "of_years", "last_id"]
    return _as_table(found, [*_COLUMNS, "pair_id", "from_start", *counted])


def single_leads(pairs: pd.DataFrame) -> pd.DataFrame:
    """Series whose last year alone has another leader than the year before.

    Args:
        pairs: rows of ``ties``, in use or not.

    Returns:
        ``country``, ``tie``, ``concept``, ``record``, ``edition``, ``year``, ``leader``, ``since``
        (the last year before in which that power led, on whatever edition is in use), ``pair_id``
        and ``dip``, the other power's figure of that last year where it breaks its series, with
        ``dip_before`` and ``dip_after``, those of the years beside, and the ids of their pairs
        (``dip_id`` ...); ``since`` is missing where it never led, and ``dip`` where nothing breaks.
    """
    found = []
    for named, rows, used in _series(pairs):
        leaders = _by_year(rows, "leader")
        last = max(leaders)
        leader = leaders[last]
        if leader not in POWERS or leaders.get(last - 1) in (leader, None):
            continue
        if [change.leader for change in changes_of_lead(leaders)][-1:] == [leader]:
            continue
        told = {"year": last, "leader": leader, "pair_id": _by_year(rows, "pair_id")[last]}
        since = first_time_since(_by_year(used[used["year"] <= last], "leader"))
        other = "russia" if leader == "CHN" else "china"
        figures = {year: float(value) for year, value in _by_year(used, other).items()}
        broken = _dip(figures, since)
        found.append(named | told | {"since": since} | broken | _dip_ids(broken, used, since))
    columns = [*_COLUMNS[:5], "year", "leader", "since", "pair_id", *_DIP, *_DIP_IDS]
    return pd.DataFrame(found, columns=columns).astype({"year": "int64", "since": "Int64"})


def falls(pairs: pd.DataFrame) -> pd.DataFrame:
    """Powers whose figure of a series' last year is a fifth or more below that of the year before.

    Args:
        pairs: rows of ``ties``, in use or not.

    Returns:
        ``country``, ``tie``, ``concept``, ``record``, ``edition``, ``year`` (the last), ``power``,
        ``fall`` (1 less the figure over that of the year before), ``pair_id`` and ``before_id``
        (the pairs of both years), by power and then by record; a fall from or to what is no one
        number is not told.
    """
    found = []
    for named, rows, _ in _series(pairs):
        ids, last = _by_year(rows, "pair_id"), int(rows["year"].max())
        for side, power in (("china", "CHN"), ("russia", "RUS")):
            figures = {year: float(value) for year, value in _by_year(rows, side).items()}
            before = figures.get(last - 1, 0.0)
            if before > 0 and figures[last] <= before * (1 - FALL):
                told = {"year": last, "power": power, "fall": 1 - figures[last] / before}
                told |= {"pair_id": ids[last], "before_id": ids[last - 1]}
                found.append(named | told)
    columns = [*_COLUMNS[:5], "year", "power", "fall", "pair_id", "before_id"]
    order = ["power", "record"]
    return pd.DataFrame(found, columns=columns).sort_values(order, ignore_index=True)


def _dip(figures: Mapping[int, float], year: int | None) -> dict[str, float]:
    """A year's figure with its neighbours, where it is less than two thirds of either; else none.

    Example:
        >>> _dip({2009: 12.4, 2010: 7.8, 2011: 23.8}, 2010)
        {'dip': 7.8, 'dip_before': 12.4, 'dip_after': 23.8}
    """
    if year is None or not {year - 1, year, year + 1} <= {*figures}:
        return {}
    before, low, after = (float(figures[one]) for one in (year - 1, year, year + 1))
    return (
        dict(zip(_DIP, (low, before, after), strict=True))
        if low < 2 / 3 * min(before, after)
        else {}
    )


def _dip_ids(broken: Mapping[str, float], used: pd.DataFrame, year: int | None) -> dict[str, str]:
    """The pairs of a break and of the years beside it, as ``_dip`` names them."""
    if not broken or year is None:
        return {}
    ids = _by_year(used, "pair_id")
    return {name: ids[year + step] for name, step in zip(_DIP_IDS, (0, -1, 1), strict=True)}


def _series(
    pairs: pd.DataFrame,
) -> Iterator[tuple[dict[str, Any], pd.DataFrame, pd.DataFrame]]:
    """Each record's newest edition of tables: the one that it is told by in its latest year.

    Yields:
        What names the series, its pairs by year, and the pairs that tell the same record and
        concept by whatever edition is in use.
    """
    rows = pairs[
        (pairs["grade"] == "table")
        & (pairs["whole_year"] == "yes")
        & (pairs["leader"] != "")
        & pairs["record"].isin(_RECORDS)
    ].sort_values("year", kind="stable")
    for key, of_record in rows.groupby(_SERIES):
        used = of_record[of_record["in_use"] == "yes"]
        if used.empty:
            continue
        newest = used.iloc[-1]
        named = dict(zip(_SERIES, key, strict=True))
        named |= {"concept": newest["concept"], "edition": newest["edition"]}
        same = of_record[of_record["concept"] == named["concept"]]
        used = same[same["in_use"] == "yes"]
        yield named, same[same["edition"] == named["edition"]], used


def _by_year(rows: pd.DataFrame, column: str) -> dict[int, str]:
    return dict(zip(rows["year"].tolist(), rows[column].tolist(), strict=True))


def _told(change: Change, last_year: int) -> dict[str, Any]:
    return {
        "year": change.year,
        "leader": change.leader,
        "before": change.before,
        "preliminary": "yes" if change.preliminary else "no",
        "lasting": "yes" if change.lasting else "no",
        "last_year": last_year,
    }


def _as_table(rows: list[dict[str, Any]], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns).astype({"year": "int64", "last_year": "int64"})


def _gas_of_the_region(indicators: pd.DataFrame) -> pd.DataFrame:
    """Who took the lead among the buyers of the region's gas, as ``holders`` has it."""
    rows = where(indicators, indicator="gas_exports", country=GAS_REGION, counterpart=[*POWERS])
    if rows.empty:
        return _as_table([], _COLUMNS)
    wide = rows.pivot(index="year", columns="counterpart", values="value")
    china, russia = (wide[power] for power in POWERS)
    apart = (china - russia) / (china + russia)
    leaders = {int(year): str(leader_of(value, value)) for year, value in apart.items()}
    named = {
        "country": GAS_REGION,
        "tie": "gas",
        "concept": "gas_exports",
        "record": "stated",
        "edition": rows["source_id"].iloc[0],
    }
    found = [named | _told(change, max(leaders)) for change in changes_of_lead(leaders)]
    return _as_table(found, _COLUMNS)
