"""Printed figures worth another look: far from all that other pages say of the same thing.

A figure has witnesses: what another page prints of the same fact, the years beside it, a part of
its year taken for the whole of it, its two flows together, the whole without the other flow, the
other year and the rise from it, and the tables. Where all of them lie far off on the same side, the
more of them there are the less it takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import exp, inf, isnan, log
from typing import Any

import pandas as pd

from analysis.config import COUNTRIES
from analysis.data.another_look import Look, Records, by_key, records_of
from analysis.data.frames import as_rows

Row = dict[str, Any]
Witness = tuple[str, float, float]  # what it is, and from where to where it allows

# How many times above or below every witness, by how many of them there are.
_FAR = {1: 1.7, 2: 1.85, 3: 1.2, 4: 1.05}
# The same of what is only like it, however much of it there is.
_FAR_LIKE = 2.0
# What two figures of one thing have in common, but for when it was and who counted it.
_THING = ("country", "power", "counterpart", "indicator", "unit", "coverage", "nature")
_DONE = ("realised", "estimate", "outstanding")
_TURNOVER, _FLOWS = "trade_turnover", ("exports", "imports")
_CHANGES = {"trade_increase": 1, "trade_decrease": -1}
# A share, what it is a part of, and what is divided for it.
_SHARES = {
    "fdi_gross_share": "fdi_flow_gross",
    "fdi_share": "fdi_flow",
    "fdi_stock_share": "fdi_stock",
    "enterprises_share": "enterprises_registered",
    "investment_and_loans_share": "investment_and_loans_flow",
    "trade_share": "trade_turnover",
}
# Counts of nearly the same thing, which say how large it is where nothing else does.
_NEARLY = (
    ("trade_turnover", "goods_services_turnover"),
    ("remittances", "transfers_cbr", "transfers_sent", "transfers_received"),
    ("fdi_stock", "fdi_stock_edb", "fdi_stock_mofcom", "investment_cumulative"),
    ("enterprises_registered", "enterprises_operating"),
)
# What is done once says nothing of another year.
_ONCE = ("debt_written_off", "investment_cumulative", "students_leaving")
# How far away a year, or another day, says how large a thing is.
_YEARS, _DAYS = 2, 800
# A part of a year is taken for all of it only where it is long enough to be like it.
_LONG_ENOUGH = 0.2


def far_from_witnesses(
    figures: pd.DataFrame, trade: pd.DataFrame, indicators: pd.DataFrame
) -> list[Look]:
    """Figures that lie far from every witness of theirs.

    Args:
        figures: the processed table.
        trade: the processed table.
        indicators: the processed table.

    Returns:
        At most one entry a figure, in the order of the figures.
    """
    rows = [row for row in as_rows(figures) if _is_told(row)]
    flows = by_key(trade, ["reporter", "partner", "flow", "year"])
    known = by_key(indicators, ["country", "indicator", "year"])
    things: Records = {}
    for row in rows:
        things.setdefault(tuple(row[column] for column in _THING), []).append(row)
    found = []
    for row in rows:
        witnesses = [*_others(row, things), *_records(row, flows, known)]
        far = _FAR.get(len(witnesses), _FAR[max(_FAR)])
        if not witnesses:  # what is only like it is asked where nothing is of the same thing
            witnesses = [*_like(row, things), *_years(row, flows, known)]
            far = _FAR_LIKE
        if look := _above_its_whole(row, things) or _look(row, witnesses, far):
            found.append(look)
    return found


def _is_told(row: Row) -> bool:
    """Whether a figure is one number above nought, of something that was and at a known time."""
    dated = row["as_of"] or (row["period_start"] and row["period_end"])
    known = not isnan(row["low"]) and not isnan(row["high"]) and row["low"] > 0
    return row["state"] == "value" and row["status"] in _DONE and bool(dated) and known


def _others(row: Row, things: Records) -> list[Witness]:
    """What other figures say of the same thing."""
    alike = [one for one in _of(row, things) if one is not row]
    found = [*_same_time(row, alike), *_parts(row, alike), *_years_beside(row, alike)]
    found += [*_flows(row, things), *_regions(row, things), *_rises(row, things)]
    return [*found, *_shares(row, things)]


def _like(row: Row, things: Records) -> list[Witness]:
    """What other figures say of nearly the same thing."""
    found: list[Witness] = []
    for names in _NEARLY:
        for name in names if row["indicator"] in names else ():
            alike = [one for one in _of(row, things, indicator=name) if one is not row]
            found += [*_same_time(row, alike), *_parts(row, alike), *_years_beside(row, alike)]
    return found


def _records(row: Row, flows: Records, known: Records) -> list[Witness]:
    """The tables, of the same year."""
    records = [] if row["counterpart"] else records_of(row, flows, known)
    return [(what, value, value) for what, value in records]


def _years(row: Row, flows: Records, known: Records) -> list[Witness]:
    """The tables, of the year that a part is of, at its pace, or of a year beside it."""
    start, end = _days(row)
    if row["counterpart"] or row["as_of"] or start.year != end.year:
        return []
    found = []
    for year in (start.year, start.year - 1, start.year + 1):
        days = {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
        part = _length(row) / 365
        if part >= _LONG_ENOUGH:
            records = records_of(row | days, flows, known)
            found += [(what, value * part, value * part) for what, value in records]
    return found


def _of(row: Row, things: Records, **other: Any) -> list[Row]:
    return things.get(tuple((row | other)[column] for column in _THING), [])


def _days(row: Row) -> tuple[date, date]:
    end = row["as_of"] or row["period_end"]
    return date.fromisoformat(row["as_of"] or row["period_start"]), date.fromisoformat(end)


def _length(row: Row) -> int:
    start, end = _days(row)
    return (end - start).days + 1


def _counted_alike(row: Row, other: Row) -> bool:
    return row["reporter"] == other["reporter"]


def _same_time(row: Row, alike: list[Row]) -> Iterator[Witness]:
    for other in alike:
        if _days(other) == _days(row):
            yield f"as {other['figure_id']} has it", other["low"], other["high"]


def _parts(row: Row, alike: list[Row]) -> Iterator[Witness]:
    """A longer time that holds this one, or a shorter within it, at the same pace."""
    if row["nature"] != "flow":
        return
    start, end = _days(row)
    for other in alike:
        first, last = _days(other)
        within = (start <= first and last <= end) or (first <= start and end <= last)
        times = _length(row) / _length(other)
        near = min(times, 1 / times) >= _LONG_ENOUGH
        if within and times != 1 and near and _counted_alike(row, other):
            yield (
                f"at the pace of {other['figure_id']}",
                other["low"] * times,
                other["high"] * times,
            )


def _years_beside(row: Row, alike: list[Row]) -> Iterator[Witness]:
    """The same months of the nearest years; of what is held, the nearest days."""
    if row["indicator"] in _ONCE:
        return
    start, end = _days(row)
    away: dict[int, list[Row]] = {}
    for other in alike:
        first, last = _days(other)
        months = (first.month, last.month) == (start.month, end.month)
        years = last.year - end.year
        if row["nature"] != "flow" and 0 < abs((last - end).days) <= _DAYS:
            away.setdefault((last - end).days, []).append(other)
        elif months and first.year - start.year == years and 1 <= abs(years) <= _YEARS:
            away.setdefault(years, []).append(other)
    before = max((step for step in away if step < 0), default=0)
    after = min((step for step in away if step > 0), default=0)
    for other in [*away.get(before, []), *away.get(after, [])]:
        yield f"{other['figure_id']}, at another time", other["low"], other["high"]


def _at_once(row: Row, others: list[Row]) -> list[Row]:
    return [one for one in others if _days(one) == _days(row) and _counted_alike(row, one)]


def _flows(row: Row, things: Records) -> Iterator[Witness]:
    """The turnover of both flows, and a flow of the turnover and the other."""
    if row["indicator"] == _TURNOVER:
        sold, bought = (_at_once(row, _of(row, things, indicator=name)) for name in _FLOWS)
        for one, other in ((one, other) for one in sold for other in bought):
            names = f"{one['figure_id']} and {other['figure_id']} together"
            yield names, one["low"] + other["low"], one["high"] + other["high"]
    elif row["indicator"] in _FLOWS:
        (counter,) = (name for name in _FLOWS if name != row["indicator"])
        wholes = _at_once(row, _of(row, things, indicator=_TURNOVER))
        others = _at_once(row, _of(row, things, indicator=counter))
        for whole, other in ((whole, other) for whole in wholes for other in others):
            names = f"{whole['figure_id']} without {other['figure_id']}"
            yield from _above_nought(
                names, whole["low"] - other["high"], whole["high"] - other["low"]
            )


def _regions(row: Row, things: Records) -> Iterator[Witness]:
    """The region of the five together, and one of the five of the region and the others."""
    one = {"coverage": "bilateral"}
    five = {code: _at_once(row, _of(row, things, country=code, **one))[:1] for code in COUNTRIES}
    if row["country"] == "REGION" and all(five.values()):
        parts = [part for (part,) in five.values()]
        yield "the five together", sum(p["low"] for p in parts), sum(p["high"] for p in parts)
    others = [part for code, (part, *_) in _known(five) if code != row["country"]]
    if row["country"] in COUNTRIES and len(others) == len(COUNTRIES) - 1:
        for whole in _at_once(row, _of(row, things, country="REGION", coverage="regional")):
            low = whole["low"] - sum(part["high"] for part in others)
            high = whole["high"] - sum(part["low"] for part in others)
            yield from _above_nought(f"{whole['figure_id']} without the other four", low, high)


def _known(parts: dict[str, list[Row]]) -> list[tuple[str, list[Row]]]:
    return [(code, found) for code, found in parts.items() if found]


def _rises(row: Row, things: Records) -> Iterator[Witness]:
    """The rise from one year to the next, of the two years."""
    if row["indicator"] not in _CHANGES:
        return
    sign = _CHANGES[row["indicator"]]
    wholes = [one for one in _of(row, things, indicator=_TURNOVER) if _counted_alike(row, one)]
    year = _days(row)[0].year
    now = [one for one in wholes if _days(one) == _days(row)]
    before = [one for one in wholes if _days(one) == (date(year - 1, 1, 1), date(year - 1, 12, 31))]
    for one, other in ((one, other) for one in now for other in before):
        low, high = one["low"] - other["high"], one["high"] - other["low"]
        ends = (low, high) if sign > 0 else (-high, -low)
        yield from _above_nought(f"{one['figure_id']} against {other['figure_id']}", *ends)


def _shares(row: Row, things: Records) -> Iterator[Witness]:
    """A share of the part and the whole, and the part of its share and the whole."""
    whole_of = {"power": "", "counterpart": "all sources", "coverage": "all_sources"}
    for name, amount in _SHARES.items():
        if row["indicator"] not in (name, amount) or not row["power"]:
            continue
        other = amount if row["indicator"] == name else name
        money = [one for key, rows in things.items() if key[3] == amount for one in rows]
        wholes = [one for one in _at_once(row, money) if _is(one, row, whole_of)]
        pool = [one for key, rows in things.items() if key[3] == other for one in rows]
        for one in [one for one in _at_once(row, pool) if _is(one, row, {})]:
            for whole in wholes:
                names = f"by {one['figure_id']} and {whole['figure_id']}"
                if other == amount:
                    yield names, one["low"] / whole["high"], one["high"] / whole["low"]
                else:
                    yield names, one["low"] * whole["low"], one["high"] * whole["high"]


def _is(one: Row, row: Row, other: Row) -> bool:
    """Whether a figure is of the same country and side as a row, or of what stands for it."""
    wanted = {name: row[name] for name in ("country", "power")} | other
    return all(one[name] == value for name, value in wanted.items())


def _above_nought(what: str, low: float, high: float) -> Iterator[Witness]:
    """A difference that is rounded away says nothing."""
    if low > 0:
        yield what, low, high


def _above_its_whole(row: Row, things: Records) -> Look | None:
    """A part of a time in which more happened than in all of it, by the count of one office."""
    start, end = _days(row)
    for whole in _of(row, things) if row["nature"] == "flow" and row["reporter"] else ():
        first, last = _days(whole)
        longer = first <= start and end <= last and _length(whole) > _length(row)
        if longer and _counted_alike(row, whole) and row["low"] > whole["high"]:
            found = f"{row['printed']} ({row['indicator']}, {row['country']})"
            beside = f"{whole['printed']}, {whole['figure_id']}"
            return Look(
                row["figure_id"], found, beside, "more than in the longer time that holds it"
            )
    return None


def _look(row: Row, witnesses: list[Witness], far: float) -> Look | None:
    """A look at a figure that lies far off, on the same side of every witness."""
    if not witnesses:
        return None
    gaps = [_gap(row["low"], row["high"], low, high) for _, low, high in witnesses]
    near = min(range(len(gaps)), key=lambda place: abs(gaps[place]))
    alike = all(gap > 0 for gap in gaps) or all(gap < 0 for gap in gaps)
    apart = exp(abs(gaps[near]))
    if not alike or apart <= far:
        return None
    what, low, high = witnesses[near]
    found = f"{row['printed']} ({row['indicator']}, {row['country']})"
    beside = f"{(low + high) / 2:.4g}, {what}"
    way = "above" if gaps[near] > 0 else "below"
    why = f"{apart:.3g} times {way} it, and nothing else known of it is nearer"
    return Look(row["figure_id"], found, beside, why)


def _gap(low: float, high: float, from_: float, to: float) -> float:
    """How far a figure's ends lie above a witness's, as a logarithm: below nought if below."""
    if low > to > 0:
        return log(low / to)
    return -log(from_ / high) if 0 < high < from_ < inf else 0.0
