"""Two neighbouring digits exchanged, where another record or the years beside show it.

A number that is off by some per cent may be right all the same. One that would agree once two of
its digits change places is worth another look: few numbers do so by chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from math import inf, isnan
from typing import Any

import pandas as pd

from analysis.data.another_look import Look, Records, Row, by_key, records_of, year_of
from analysis.data.frames import as_rows
from analysis.data.intervals import Refused
from analysis.data.quantities import read

# How far a printed figure lies outside a record, or outside the years beside it, before its
# digits are tried, and how near they must then bring it.
_OUTSIDE, _AGREES = 1.02, 1.005
_OUTSIDE_YEARS, _WITHIN_YEARS = 1.2, 1.1
# The same of two editions of one statistic, which agree more closely.
_APART, _ALIKE = 0.03, 0.001
# Exchanging digits behind these changes less than a page prints.
_TELLING = 5
_WHY = "two of its digits exchanged would agree: {} (were they?)"

# What two figures of one fact have in common, and two of one series of years.
_FACT = ("country", "power", "indicator", "unit", "coverage", "period_start", "period_end", "as_of")
_SERIES = (*_FACT[:5], "reporter")

_EDITIONS: dict[str, tuple[list[str], str]] = {
    "wdi": (["country", "indicator", "year"], "vintage"),
    "trade_pairs": (["reporter", "partner", "flow", "year"], "dataset"),
    "trade_national": (["reporter", "partner", "flow", "year"], "dataset"),
}
_OF_ALL = {"trade_pairs": ("trade_pairs", "trade_national")}
_OF_ALL["trade_national"] = _OF_ALL["trade_pairs"]
# Worked out from both sides' records, and so from neither alone.
_RECONCILED = "baci"


def swaps(text: str, first: int | None = None) -> Iterator[str]:
    """A text with each two neighbouring digits exchanged that differ, from the left.

    >>> list(swaps("$1,278 million", 3))
    ['$2,178 million', '$1,728 million']
    """
    places = [found.start() for found in re.finditer("[0-9]", text)][:first]
    for one, other in pairwise(places):
        if text[one] != text[other] and re.fullmatch("[,.]?", text[one + 1 : other]):
            letters = list(text)
            letters[one], letters[other] = text[other], text[one]
            yield "".join(letters)


def exchanged_in_figures(
    figures: pd.DataFrame, trade: pd.DataFrame, indicators: pd.DataFrame
) -> list[Look]:
    """Printed figures that would agree with a record, or with the years beside, once exchanged.

    Args:
        figures: the processed table.
        trade: the processed table.
        indicators: the processed table.
    """
    rows = [row for row in as_rows(figures) if row["state"] == "value"]
    flows = by_key(trade, ["reporter", "partner", "flow", "year"])
    known = by_key(indicators, ["country", "indicator", "year"])
    facts, series = _grouped(rows, _FACT), _grouped(rows, _SERIES)
    found = []
    for row in rows:
        records = [] if row["counterpart"] else records_of(row, flows, known)
        records += _fellows(row, facts)
        look = _against_records(row, records) or _against_years(row, series)
        if look:
            found.append(look)
    return found


def _grouped(rows: list[Row], columns: tuple[str, ...]) -> Records:
    groups: Records = {}
    for row in rows:
        groups.setdefault(tuple(row[column] for column in columns), []).append(row)
    return groups


def _fellows(row: Row, facts: Records) -> list[tuple[str, float]]:
    """What other pages print of the same fact of the same time."""
    if not (row["period_end"] or row["as_of"]):
        return []
    others = facts[tuple(row[column] for column in _FACT)]
    return [
        (f"as {other['figure_id']} has it", _middle(other))
        for other in others
        if other is not row and 0 < _middle(other) < inf
    ]


def _against_records(row: Row, records: list[tuple[str, float]]) -> Look | None:
    low, high = _ends(row)
    if not records or any(low / _OUTSIDE <= value <= high * _OUTSIDE for _, value in records):
        return None
    for words, one, other in _readings(row):
        for what, value in records:
            if one / _AGREES <= value <= other * _AGREES:
                return _told(row, f"{value:.4g} {what}", words)
    return None


def _against_years(row: Row, series: Records) -> Look | None:
    """The nearest years on both sides, at most two away, between which the digits bring it."""
    year = year_of(row)
    if not year:
        return None
    others = series[tuple(row[column] for column in _SERIES)]
    beside = {step: [_middle(o) for o in others if year_of(o) == year + step] for step in _STEPS}
    before, after = beside[-1] or beside[-2], beside[1] or beside[2]
    if not before or not after:
        return None
    least, most = min(before + after), max(before + after)
    low, high = _ends(row)
    if low <= most * _OUTSIDE_YEARS and high >= least / _OUTSIDE_YEARS:
        return None
    for words, one, other in _readings(row):
        if least / _WITHIN_YEARS <= one and other <= most * _WITHIN_YEARS:
            return _told(row, f"{least:.4g} to {most:.4g} in the years beside it", words)
    return None


_STEPS = (-2, -1, 1, 2)


def _readings(row: Row) -> Iterator[tuple[str, float, float]]:
    """The figure's words with two digits exchanged, and the ends of what they then say."""
    for words in swaps(row["printed"]):
        try:
            quantities = read(words, row["unit"])
        except Refused:
            continue
        for quantity in quantities:
            if quantity.low is not None and quantity.high is not None and quantity.high < inf:
                yield words, float(quantity.low), float(quantity.high)


def _ends(row: Row) -> tuple[float, float]:
    low = 0.0 if isnan(row["low"]) else row["low"]
    return low, inf if isnan(row["high"]) else row["high"]


def _middle(row: Row) -> float:
    return sum(_ends(row)) / 2


def _told(row: Row, beside: str, words: str) -> Look:
    found = f"{row['printed']} ({row['indicator']}, {row['country']})"
    return Look(row["figure_id"], found, beside, _WHY.format(words))


def exchanged_in_statistics(tables: dict[str, Any], changed: str = "") -> list[Look]:
    """Statistics that would agree with another edition of the same once two digits change places.

    Args:
        tables: the raw tables as text, sound.
        changed: a table, for the looks alone that may come of its rows.
    """
    found: list[Look] = []
    done: set[tuple[str, ...]] = set()
    for name, (key, edition) in _EDITIONS.items():
        names = _OF_ALL.get(name, (name,))
        if names not in done and changed in ("", *names):
            done.add(names)
            parts = [tables[one].assign(table=one, line=tables[one].index) for one in names]
            found += _between_editions(pd.concat(parts, ignore_index=True), key, edition)
    return found


def _between_editions(rows: pd.DataFrame, key: list[str], edition: str) -> list[Look]:
    rows = rows[rows[edition] != _RECONCILED]
    numbered = rows.assign(number=rows["value"].astype(float))
    both = numbered.merge(numbered, on=key, suffixes=("", "_other"))
    both = both[(both[edition] != both[f"{edition}_other"]) & (both["number_other"] != 0)]
    apart = both[(both["number"] / both["number_other"] - 1).abs() > _APART]
    looks: dict[tuple[str, int], Look] = {}
    for row in as_rows(apart):
        for words in swaps(row["value"].lower().partition("e")[0], _TELLING):
            exponent = row["value"].lower().partition("e")[1:]
            if abs(float(words + "".join(exponent)) / row["number_other"] - 1) < _ALIKE:
                place = (row["table"], row["line"])
                cells = " ".join([row[edition], *(row[column] for column in key)])
                looks[place] = Look(
                    f"{row['table']}.csv, row {row['line']}",
                    f"{row['value']} ({cells})",
                    f"{row['value_other']} in {row[f'{edition}_other']}",
                    _WHY.format(words),
                )
    return list(looks.values())
