"""What a country sells to the two powers and what it buys from them, side by side on one scale."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.bars import draw_bar, place_name, scale
from analysis.charts.canvas import MIDDLE, NAMES, Box, Canvas, measure
from analysis.charts.chart import Caption, Chart, make
from analysis.charts.drawings import drawn_once
from analysis.charts.formats import Format, dollars, power_names
from analysis.charts.wanted import TRADE, wants
from analysis.data.frames import as_rows
from analysis.page.language import say
from analysis.page.words import owner

FLOWS = {"exports": "Sold to", "imports": "Bought from"}

_BAR, _GAP, _HEAD, _AFTER = 17, 3, 24, 14
_TOP = 18  # room for the columns' heads
_TALL = _HEAD + 2 * (_BAR + _GAP) + _AFTER  # a block's height
_RECORDS = {
    "own": "By {owner} own record, {year}",
    "partner": "By China’s and Russia’s records, {year}",
}


@wants(
    "country",
    "record",
    "flow",
    "year",
    "china",
    "russia",
    only={"tie": TRADE, "unit": ("USD",)},
    one={"country": (), "concept": ("record", "flow")},
    key=("record", "flow", "year"),
    filled=True,
    like="ties in exports and imports, with the tie as flow",
)
@drawn_once
def sold_and_bought(frame: pd.DataFrame, caption: Caption, *, format: Format = dollars) -> Chart:
    """Sales in one column, purchases in another, a block a record, all bars on one scale.

    Args:
        frame: a row a record and flow, with columns ``country``, ``record`` ("own", "partner"),
            ``flow`` ("exports", "imports"), ``year``, ``china`` and ``russia`` (US dollars, empty
            where not recorded) and, if any, ``row_id``. The flows of a record are of one year.
        caption: what stands around it.
        format: how a value is written.

    Example:
        >>> frame = pd.DataFrame({"country": "KGZ", "record": "own", "year": 2023,
        ...     "flow": ["exports", "imports"], "china": [8e7, 5.4e9], "russia": [8e8, 2.2e9]})
        >>> sold_and_bought(frame, Caption("flows", "China sells more", "Goods, 2023")).id
        'flows'
    """
    country = place_name(frame["country"].iloc[0])
    blocks = [(record, rows) for record in _RECORDS if len(rows := _of(frame, record))]
    names = max(measure(name, bold=True) for name in power_names().values()) + 10

    def paint(width: int) -> Canvas:
        across, gap = (width - names - 16) / 2, 16
        canvas = Canvas(width, _TOP + _TALL * len(blocks) - _AFTER + 2)
        ends = [(value, format(value)) for p in NAMES for value in frame[p].dropna()]
        most, room = max(value for value, _ in ends), scale(ends, across)
        for place, (flow, head) in enumerate(FLOWS.items()):
            left = names + place * (across + gap)
            canvas.write(left, 13, say(head), ink="grey")
            axes = canvas.panel(
                Box(left, 0, room, canvas.height), (0, most or 1), (canvas.height, 0)
            )
            for number, (_, rows) in enumerate(blocks):
                top = _TOP + number * _TALL + _HEAD
                for row in as_rows(rows[rows["flow"] == flow]):
                    _pair(canvas, axes, row, top=top, left=left, flow=flow, format=format)
        for number, (record, rows) in enumerate(blocks):
            year = int(rows["year"].iloc[0])
            said = say(_RECORDS[record], owner=owner(country), country=country, year=year)
            _names(canvas, said, _TOP + number * _TALL)
        return canvas

    facts = [
        say(
            f"{FLOWS[row['flow']]} China {{china}}, Russia {{russia}}",
            china=format(row["china"]),
            russia=format(row["russia"]),
        )
        for _, rows in blocks
        for row in as_rows(rows)
        if pd.notna(row["china"]) and pd.notna(row["russia"])
    ]
    return make(frame, caption, "Bars", facts, paint)


def _of(frame: pd.DataFrame, record: str) -> pd.DataFrame:
    return frame[frame["record"] == record]


def _names(canvas: Canvas, record: str, top: float) -> None:
    """Say whose record a block is, and name its two rows."""
    canvas.write(0, top + 16, record, bold=True)
    for place, (power, name) in enumerate(power_names().items()):
        middle = top + _HEAD + _BAR / 2 + place * (_BAR + _GAP)
        canvas.write(0, middle + MIDDLE, name, ink=power)


def _pair(
    canvas: Canvas,
    axes: Axes,
    row: dict[str, Any],
    *,
    top: float,
    left: float,
    flow: str,
    format: Format,
) -> None:
    """Draw both powers' bars of one flow on one record."""
    height = 2 * (_BAR + _GAP)
    canvas.rule((left, top - 2), (left, top + height - 1), "ink")
    for place, power in enumerate(NAMES):
        middle = top + _BAR / 2 + place * (_BAR + _GAP)
        if pd.isna(row[power]):
            canvas.write(left + 6, middle + MIDDLE, say("not recorded"), ink="grey")
            continue
        told = f"{say(f'{FLOWS[flow]} {NAMES[power]}')}, {int(row['year'])}"
        draw_bar(
            canvas,
            axes,
            middle=middle,
            value=row[power],
            ink=power,
            words=format(row[power]),
            told=f"{told}: {format(row[power])}",
            row_id=row.get("row_id"),
            thick=_BAR,
        )
