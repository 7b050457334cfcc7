"""The ties of a country as pairs of figures: each of one record, one concept, one period.

A *side* is one power's figure on one record. Sides become *pairs*, pairs a *verdict* on a tie and
year. What is known of one power alone stays, as the known half.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby
from math import isnan, nan
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd

from analysis.config import POWERS
from analysis.data.frames import as_rows
from analysis.measures.judgement import (
    Confidence,
    Grade,
    Judged,
    Verdict,
    confidence,
    is_weighty,
    judge,
    leader_of,
)
from analysis.measures.scale import SIDES, difference, difference_interval

# The side of each power in every table.
SIDE_OF = dict(zip(POWERS, SIDES, strict=True))

# What names a side beside its power, and a pair.
KEY = ["country", "tie", "concept", "record", "start", "end"]
NUMBERS = ["value", "low", "high", "logical_low", "logical_high"]

# Whose two figures may stand together as the two records of a year. What a third party brought
# together, or a page prints without saying whose count it is, is shown and never leads.
RECORDS = ("own", "partner")

# From the most trusted grade to the least.
GRADES = tuple(Grade)
# From the firmest mark to the weakest; a pair carries the weaker of its two.
EVIDENCE = (
    "reported",
    "preliminary",
    "unflagged",
    "estimated",
    "modelled",
    "disputed",
    "imputed",
)


def pairs_of(sides: pd.DataFrame, editions: Mapping[str, str]) -> pd.DataFrame:
    """Set the powers' figures side by side, each pair of one record, concept and period.

    1. An edition of a table that has both powers gives a pair of its own.
    2. Where none has, the best figure of each power is taken: that of the newest edition of a
       table, else what authorities of that side state, else what was worked out; several
       statements of one grade span an interval.
    3. Where one power alone is known, its figure stays as the known half.

    Args:
        sides: one row a figure, with the columns of ``KEY``, ``power``, the five numbers of
            ``NUMBERS``, ``unit``, ``grade``, ``evidence``, ``edition`` and ``ids``.
        editions: date of each edition, ISO 8601, to tell which is the newest.

    Returns:
        One row a pair: ``pair_id``, ``KEY``, ``unit``, ``year`` (of the last day),
        ``whole_year``, for each power its five numbers and ids (``china``, ``china_low``, …,
        NaN where missing), ``grade``, ``evidence``, ``edition`` (two joined by a plus sign where
        the powers' differ),
        ``difference`` with its working and logical ends, ``leader`` and ``logical_leader``, and
        ``in_use``: whether the pair is the one that its record and period are told by.
    """
    if sides.empty:
        return pd.DataFrame(columns=_COLUMNS)
    ordered = as_rows(sides.sort_values([*KEY, "edition", "power"], kind="stable"))
    rows = [
        row
        for key, group in groupby(ordered, key=itemgetter(*KEY))
        for row in _pairs(key, list(group), editions)
    ]
    pairs = _choose(_judged(pd.DataFrame(rows)), editions)
    return pairs.assign(pair_id=pair_ids(pairs))[_COLUMNS]


def pair_ids(pairs: pd.DataFrame) -> pd.Series:
    """A name for each pair, the same for as long as its figures are told by the same edition.

    A pair that its record and period are not told by carries its edition in its name.

    Example:
        >>> row = dict(country="KGZ", concept="exports", record="own", in_use=True)
        >>> row |= dict(start="2016-01-01", end="2016-12-31", edition="imf-dots-2022")
        >>> list(pair_ids(pd.DataFrame([row, row | {"in_use": False}])))
        ['KGZ-exports-own-2016', 'KGZ-exports-own-2016-imf-dots-2022']
    """
    whole = pairs["end"].str[4:] == "-12-31"
    year = pairs["end"].str[:4]
    whole &= (
        (pairs["start"] == year + "-01-01")
        | pairs["start"].isin([""])
        | (pairs["start"] == pairs["end"])
    )
    days = (
        pairs["start"]
        .str.cat(pairs["end"], sep="-")
        .where(pairs["start"] != pairs["end"], pairs["end"])
    )
    period = year.where(whole, days.str.strip("-"))
    name = pairs["country"].str.cat([pairs["concept"], pairs["record"], period], sep="-")
    edition = "-" + pairs["edition"].str.replace(" + ", "-")
    return name + edition.where(~pairs["in_use"].astype(bool), "")


_MEASURES = ["difference", "low", "high", "logical_low", "logical_high"]
_COLUMNS = [
    "pair_id",
    *KEY,
    "unit",
    "year",
    "whole_year",
    *(f"{side}{end}" for side in SIDES for end in ("", *(f"_{name}" for name in NUMBERS[1:]))),
    *(f"{side}_ids" for side in SIDES),
    "grade",
    "evidence",
    "edition",
    *_MEASURES,
    "leader",
    "logical_leader",
    "in_use",
]


Side = dict[str, Any]


def _pairs(
    key: tuple[str, ...], group: list[Side], editions: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The pairs of one record and period."""
    tables = [side for side in group if side["grade"] == Grade.TABLE]
    powers: dict[str, set[str]] = {}
    for side in tables:
        powers.setdefault(side["edition"], set()).add(side["power"])
    whole = [edition for edition, named in powers.items() if set(POWERS) <= named]
    chosen = [
        {
            power: _best([s for s in tables if s["edition"] == edition], power, editions)
            for power in POWERS
        }
        for edition in whole
    ] or [{power: _best(group, power, editions) for power in POWERS}]
    named = dict(zip(KEY, key, strict=True))
    return [named | _pair(by_power) for by_power in chosen]


def _best(sides: list[Side], power: str, editions: Mapping[str, str]) -> Side | None:
    """One power's best figure: of the best grade that there is, spanning what it says.

    Of tables it is the newest edition's: an older one has the same record, and no other count.
    """
    for grade in GRADES:
        found = [side for side in sides if side["power"] == power and side["grade"] == grade]
        if found and grade == Grade.TABLE:
            newest = max(found, key=lambda side: _date(side["edition"], editions))["edition"]
            found = [side for side in found if side["edition"] == newest]
        if found:
            return _one(found)
    return None


def _one(found: list[Side]) -> Side:
    """Several figures of one power as one whose interval spans all that differ.

    It runs from the least number that was given to the greatest, as whoever reads them says it;
    what rounding may add at its ends is in the logical reading.
    """
    apart = [side for side in found if not _is_borne_out(side, found)]
    values = {side["value"] for side in apart if not isnan(side["value"])}
    agreed = len(values) == 1 and not any(isnan(side["value"]) for side in apart)
    ends = apart if agreed else [_as_given(side) for side in apart]
    return {
        "value": values.pop() if agreed else nan,
        "low": _end(ends, "low", min),
        "high": _end(ends, "high", max),
        "logical_low": _end(apart, "logical_low", min),
        "logical_high": _end(apart, "logical_high", max),
        "unit": found[0]["unit"],
        "grade": found[0]["grade"],
        "evidence": max((side["evidence"] for side in found), key=EVIDENCE.index),
        "edition": " + ".join(sorted({side["edition"] for side in found})),
        "ids": " ".join(side["ids"] for side in found),
    }


def _as_given(side: Side) -> Side:
    """A figure with the number that was given for both its ends, where one was."""
    value = side["value"]
    return side if isnan(value) else side | {"low": value, "high": value}


def _is_borne_out(side: Side, found: list[Side]) -> bool:
    """Whether a figure is a floor ("more than 11") that no number given for the same is below.

    It says less than they do; one that a rounding may put below it stands for it too.
    """
    numbers = [other for other in found if not isnan(other["value"])]
    floor = isnan(side["value"]) and isnan(side["logical_high"])
    return floor and bool(numbers) and all(n["value"] >= side["logical_low"] for n in numbers)


def _end(found: list[Side], name: str, widest: Callable[..., float]) -> float:
    """The widest of several ends; open where one of them is."""
    ends = [side[name] for side in found]
    return nan if any(map(isnan, ends)) else widest(ends)


def _pair(by_power: Mapping[str, Side | None]) -> dict[str, Any]:
    known = [side for side in by_power.values() if side is not None]
    row: dict[str, Any] = {
        "unit": known[0]["unit"],
        "grade": max((side["grade"] for side in known), key=GRADES.index),
        "evidence": max((side["evidence"] for side in known), key=EVIDENCE.index),
        "edition": " + ".join(dict.fromkeys(side["edition"] for side in known)),
    }
    for name, side in zip(SIDES, by_power.values(), strict=True):
        numbers = dict.fromkeys(NUMBERS, np.nan) if side is None else side
        row[name] = numbers["value"]
        row |= {f"{name}_{end}": numbers[end] for end in NUMBERS[1:]}
        row[f"{name}_ids"] = "" if side is None else side["ids"]
    return row


def _judged(table: pd.DataFrame) -> pd.DataFrame:
    """Add period, D with its intervals, and the leaders."""
    start, end = table["start"], table["end"]
    at_date = (start == "") | (start == end)
    full = (start.str[4:] == "-01-01") & (end.str[4:] == "-12-31") & (start.str[:4] == end.str[:4])
    year = end.str[:4].astype("int64")
    table = table.assign(
        year=year,
        # A stock counted as the year ends stands for the year.
        whole_year=full | (at_date & (end.str[4:] == "-12-31")),
        difference=difference(table["china"], table["russia"]),
    )
    for low, high, prefix in (("low", "high", ""), ("logical_low", "logical_high", "logical_")):
        ends = difference_interval(
            table[f"china_{low}"],
            _open(table, "china", low, high),
            table[f"russia_{low}"],
            _open(table, "russia", low, high),
        )
        table = table.assign(**dict(zip((low, high), ends, strict=True)))
        leaders = [leader_of(least, most) for least, most in zip(*ends, strict=True)]
        table = table.assign(**{f"{prefix}leader": [str(leader) for leader in leaders]})
    return table


def _open(table: pd.DataFrame, side: str, low: str, high: str) -> pd.Series:
    """A side's upper end: infinite where the words leave it open, missing with the side."""
    return table[f"{side}_{high}"].fillna(np.inf).where(table[f"{side}_{low}"].notna())


def _choose(table: pd.DataFrame, editions: Mapping[str, str]) -> pd.DataFrame:
    """Mark the pair that each record and period is told by.

    Both powers before one, then the concept that comes first among ``CONCEPTS``, then the best
    grade, then the newest edition.
    """
    ranked = table.assign(
        one_sided=(table["leader"] == ""),
        place=table["concept"].map(_place),
        step=table["grade"].map(GRADES.index),
        # A date as a whole number, the newest first.
        age=[-_date(edition, editions) for edition in table["edition"]],
    ).sort_values(["one_sided", "place", "step", "age"], kind="stable")
    first = ~ranked.duplicated(["country", "tie", "record", "start", "end"])
    return table.assign(in_use=first.reindex(table.index))


def _date(edition: str, editions: Mapping[str, str]) -> int:
    dates = [editions.get(part, "") for part in edition.split(" + ")]
    return max(int(date.replace("-", "").ljust(8, "0") or 0) for date in dates)


# Where one record has a tie on two concepts in a year, the first of these tells it.
CONCEPTS = ("trade_turnover", "goods_services_turnover")


def _place(concept: str) -> int:
    return CONCEPTS.index(concept) if concept in CONCEPTS else len(CONCEPTS)


def verdict_on(pairs: pd.DataFrame, gdp: float = np.nan, unnamed: float = 0.0) -> dict[str, Any]:
    """Judge one tie of one country in one year.

    Args:
        pairs: the rows of ``pairs_of`` for that tie and year that are in use: of its two
            records, or of whichever there are.
        gdp: the year's gross domestic product in dollars; NaN where it is not known.
        unnamed: part of the whole in hands that the source does not name.

    Returns:
        ``verdict``, ``leader``, ``confidence``, ``weighty``, ``records`` (those with a pair) and
        ``known`` (the power whose half alone is known, else empty).
    """
    both = pairs[pairs["leader"] != ""]
    records = both[both["record"].isin(RECORDS)]
    told = (records if len(records) else both).sort_values("record", kind="stable")
    judged = judge(dict(zip(told["record"], told["leader"], strict=True)))
    sure: str = Confidence.LOW
    if judged.verdict != Verdict.NONE:
        sure = confidence(
            list(told["grade"]), list(told["leader"]), list(told["logical_leader"]), unnamed
        )
    return {
        "verdict": str(judged.verdict),
        "leader": judged.leader,
        "confidence": str(sure) if judged.verdict != Verdict.NONE else "",
        "weighty": _weighty(pairs, gdp),
        "records": " ".join(told["record"]),
        "known": _known_half(pairs) if judged == Judged(Verdict.NONE) else "",
    }


def _weighty(pairs: pd.DataFrame, gdp: float) -> bool:
    upper = [pairs[f"{side}_high"].max() for side in SIDES]
    return is_weighty(upper[0], upper[1], gdp)


def _known_half(pairs: pd.DataFrame) -> str:
    for power, side in zip(POWERS, SIDES, strict=True):
        if pairs[f"{side}_low"].notna().any():
            return power
    return ""


def newest(pairs: pd.DataFrame) -> tuple[int | None, int | None]:
    """The newest years that a tie of one country can be told by.

    Args:
        pairs: the tie's rows of ``pairs_of``; only whole years count.

    Returns:
        The newest year in which both records have a pair, and the newest, if it is later, in
        which any record has one; None where there is none.
    """
    rows = pairs[(pairs["leader"] != "") & pairs["whole_year"]]
    told: dict[int, set[str]] = {}
    for year, record in zip(rows["year"], rows["record"], strict=True):
        told.setdefault(int(year), set()).add(record)
    both = max((year for year, records in told.items() if records >= {*RECORDS}), default=None)
    one = max(told, default=None)
    later = None if one is None or (both is not None and one <= both) else one
    return both, later
