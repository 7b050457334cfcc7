"""Printed figures worth another look: beside one another, and beside what a country has.

What ``another_look`` holds against the tables of statistics is held here against other printed
figures and against the country's output and people, since many a figure stands in no table.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf, isnan
from typing import Any

import pandas as pd

from analysis.config import COUNTRIES
from analysis.data.another_look import Look
from analysis.data.frames import as_rows

# Money in one figure may come to so many times a year's output: a package of many years does.
_OUTPUT = 2
# How many times above, or below, all other figures of its kind one may lie: of the same country,
# and of any where the country has none.
_FAR = {"here": 30, "anywhere": 60}
# A country may have so many more people working abroad and sending money, by a ratio to output.
_RATIO = 2

Row = dict[str, Any]


def odd_figures(figures: pd.DataFrame, indicators: pd.DataFrame) -> list[Look]:
    """Printed figures that are odd beside other figures, or beside output and people.

    Args:
        figures: the processed table.
        indicators: the processed table, of which the output and the people are taken.

    Returns:
        At most one entry a figure, in the order of the figures.
    """
    kinds: dict[str, list[Row]] = {}
    rows = as_rows(figures)
    for row in rows:
        kinds.setdefault(row["indicator"], []).append(row)
    wholes = {name: _newest(indicators, name) for name in ("gdp", "population")}
    found: list[Look] = []
    for row in rows:
        kind = kinds[row["indicator"]]
        looks = [*_other_currency(row, kind)]
        if row["state"] == "value":
            known = [other for other in kind if other["state"] == "value"]
            looks += [*_beyond_the_country(row, wholes), *_beyond_its_kind(row, known)]
        found += looks[:1]
    return found


def _newest(indicators: pd.DataFrame, name: str) -> dict[tuple[str, int], float]:
    """Values by country and year, of the newest edition that has it; the five's sum as REGION."""
    rows = indicators[indicators["indicator"] == name].sort_values("vintage", kind="stable")
    rows = rows.drop_duplicates(["country", "year"], keep="last")
    values = {
        (country, int(year)): float(value)
        for country, year, value in zip(rows["country"], rows["year"], rows["value"], strict=True)
    }
    five = rows[rows["country"].isin(COUNTRIES)].groupby("year")["value"].agg(["sum", "size"])
    whole = five[five["size"] == len(COUNTRIES)]["sum"]
    return values | {("REGION", int(year)): float(value) for year, value in whole.items()}


def _other_currency(row: Row, kind: list[Row]) -> Iterator[Look]:
    """Euros where every other figure of the kind is in dollars."""
    others = [other["unit"] for other in kind if other is not row]
    if row["unit"] == "EUR" and others and set(others) == {"USD"}:
        beside = f"dollars in all {len(others)} other figures of {row['indicator']}"
        yield _told(row, beside, "euros in this one alone (another currency?)")


def _beyond_the_country(
    row: Row, wholes: dict[str, dict[tuple[str, int], float]]
) -> Iterator[Look]:
    """More money than years of output, more people than there are, a ratio that is none."""
    if row["unit"] == "ratio" and row["low"] > _RATIO:
        yield _told(row, f"{_RATIO:.0%}", "above any ratio that was ever seen here")
    limits = {"USD": ("gdp", _OUTPUT), "EUR": ("gdp", _OUTPUT), "persons": ("population", 1)}
    if row["unit"] not in limits:
        return
    name, times = limits[row["unit"]]
    year, whole = _nearest(wholes[name], row)
    if row["low"] > times * whole:
        yield _told(row, f"{whole:.3g}, {name} of {year}", f"{row['low'] / whole:.3g} times it")


def _nearest(values: dict[tuple[str, int], float], row: Row) -> tuple[int, float]:
    """The year nearest to a figure's that is known, and its value; the newest if undated."""
    known = {year: value for (country, year), value in values.items() if country == row["country"]}
    if not known:
        return 0, inf
    dated = (row["as_of"] or row["period_end"])[:4]
    wanted = int(dated) if dated else max(known)
    year = min(known, key=lambda one: abs(one - wanted))
    return year, known[year]


def _beyond_its_kind(row: Row, kind: list[Row]) -> Iterator[Look]:
    """Far above, or far below, all other figures of the same kind."""
    others = [other for other in kind if other is not row and other["unit"] == row["unit"]]
    here = [other for other in others if other["country"] == row["country"]]
    where, beside = ("here", here) if here else ("anywhere", others)
    ends = [_ends(other) for other in beside]
    low, high = _ends(row)
    if not ends or high == 0:
        return
    most, least = max(end for _, end in ends), min(end for end, _ in ends)
    far = _FAR[where]
    if low > far * most > 0:  # beside nothing but nought there is no times
        yield _told(row, f"at most {most:.3g} in {len(ends)} others", f"{low / most:.3g} times it")
    elif high * far < least:
        yield _told(
            row, f"at least {least:.3g} in {len(ends)} others", f"1/{least / high:.3g} of it"
        )


def _ends(row: Row) -> tuple[float, float]:
    low = 0.0 if isnan(row["low"]) else row["low"]
    return low, inf if isnan(row["high"]) else row["high"]


def _told(row: Row, beside: str, why: str) -> Look:
    found = f"{row['printed']} ({row['indicator']}, {row['country']})"
    return Look(row["figure_id"], found, beside, why)
