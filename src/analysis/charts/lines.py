"""Lines over years: the two powers' trade on two records, one country or five."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.bars import in_order, place_name
from analysis.charts.canvas import (
    LINE,
    NAMES,
    NARROW,
    Box,
    Canvas,
    colour,
    measure,
    spread,
    ticks,
)
from analysis.charts.chart import Caption, Chart, make
from analysis.charts.drawings import drawn_once
from analysis.charts.formats import Format, dollars, power_names
from analysis.charts.panels import (
    ONE_SIDE,
    end_labels,
    end_years,
    last_values,
    room_for,
    two_lines,
    value_grid,
    year_hits,
    years_axis,
)
from analysis.charts.wanted import wants_trade
from analysis.config import POWERS
from analysis.page.language import heard, say
from analysis.page.words import listed, owner

_TOLD = {"partner": ", partners’ records", "own": ", own record"}
# Draws a country's panel of a record into a box.
_Cell = Callable[[Canvas, str, str, Box], Axes]
_NONE = "no series known"


def crossing_point(rows: pd.DataFrame, year: int) -> tuple[float, float] | None:
    """Where the two lines meet on the way to a year; in that year where they do not meet."""
    known = rows.dropna(subset=["china", "russia"]).set_index("year").sort_index()
    if year not in known.index:
        return None
    after = known.loc[year]
    before = known.loc[year - 1] if year - 1 in known.index else after
    gap_before = before["china"] - before["russia"]
    gap_after = after["china"] - after["russia"]
    part = 1.0 if gap_before * gap_after >= 0 else gap_before / (gap_before - gap_after)
    meets = [before[power] + part * (after[power] - before[power]) for power in NAMES]
    return year - 1 + float(part), float(np.mean(meets))


def _crossings(
    canvas: Canvas, axes: Axes, rows: pd.DataFrame, changes: pd.DataFrame, box: Box
) -> None:
    """Mark each change of lead at the crossing, its year and the new leader above the panel."""
    points = [
        (point, int(row.year), POWERS[row.leader])
        for row in changes.sort_values("year").itertuples()
        if (point := crossing_point(rows, int(row.year)))
    ]
    if not points:
        return
    labels = [
        say("{power} ahead {year}", power=heard(name, "names"), year=year)
        for _, year, name in points
    ]
    gap = max(map(measure, labels)) + 10
    if gap * len(labels) > box.width:
        # Where not even the years have room, the last ones are named.
        gap = measure("2000") + 8
        points = points[-int(box.width // gap) :]
        labels = [str(year) for _, year, _ in points]
    places = [canvas.place(axes, *point) for point, _, _ in points]
    wanted = spread([x for x, _ in places], gap, box.left + gap / 2, box.right - gap / 2)
    top = box.top - 14
    for (x, y), at, words, (point, _, name) in zip(places, wanted, labels, points, strict=True):
        canvas.base.plot(
            [x, x, at],
            [y - 4, top + 12, top + 4],
            color=colour("grey"),
            linewidth=0.8,
            clip_on=False,
        )
        axes.plot(
            *point,
            "o",
            markersize=7,
            markerfacecolor=colour("paper"),
            markeredgecolor=colour("ink"),
            markeredgewidth=1.5,
            zorder=5,
            clip_on=False,
        )
        canvas.write(at, top, words, ink=name.lower(), align="center")


@wants_trade("record", "year")
@drawn_once
def lines_two_records(
    frame: pd.DataFrame,
    caption: Caption,
    *,
    crossings: pd.DataFrame | None = None,
    missing: Mapping[str, str] | None = None,
    format: Format = dollars,
) -> Chart:
    """One country's trade with both powers over the years: a panel a record, one scale.

    Args:
        frame: a row a record and year, with columns ``country``, ``record`` ("partner", "own"),
            ``year``, ``china`` and ``russia`` (US dollars, empty where not counted) and, if any,
            ``row_id``. A year in which one alone is known is drawn as an open point.
        caption: what stands around it.
        crossings: changes of lead, with columns ``record``, ``year`` and ``leader`` (CHN, RUS).
        missing: what to say where a record has nothing or starts late, by record.
        format: how a value is written.

    Example:
        >>> frame = pd.DataFrame({"country": "KGZ", "record": "own", "year": [2015, 2016],
        ...     "china": [1.0e9, 1.5e9], "russia": [1.1e9, 0.9e9]})
        >>> lines_two_records(frame, Caption("years", "China leads", "Trade")).id
        'years'
    """
    country = place_name(frame["country"].iloc[0])
    values = frame.dropna(subset=["china", "russia"], how="all").sort_values("year")
    heads = {
        "partner": say("By China’s and Russia’s records"),
        "own": say("By {owner} own record", owner=owner(country), country=country),
    }
    by_record = {record: values[values["record"] == record] for record in heads}
    changes = crossings if crossings is not None else pd.DataFrame(columns=["record", "year"])
    notes = dict(missing or {})

    def paint(width: int) -> Canvas:
        narrow = width <= NARROW
        above, tall, below = (52, 126, 24) if narrow else (46, 122, 24)
        heights = {r: above + tall + below if len(rows) else 40 for r, rows in by_record.items()}
        canvas = Canvas(width, sum(heights.values()) + 14)
        if values[list(NAMES)].isna().any(axis=None):
            canvas.write(width, 13, say(ONE_SIDE), ink="grey", align="right")
        top = 0.0
        for record, rows in by_record.items():
            canvas.write(0, top + 13, heads[record], bold=True)
            if rows.empty:
                told = notes.get(record)
                words = f"{country}: {told}" if told else f"{country}: {say(_NONE)}"
                canvas.write(0, top + 13 + LINE, words, ink="grey")
            else:
                left, right = (52.0, 96.0) if narrow else (56.0, 150.0)
                right = max(right, room_for(values, narrow=narrow, format=format))
                box = Box(left, top + above, width - left - right, tall)
                axes = _record_panel(canvas, values, rows, box, format=format)
                _crossings(canvas, axes, rows, changes[changes["record"] == record], box)
                year_hits(canvas, axes, rows, say(_TOLD[record]), format=format)
                if record in notes and rows["year"].min() > values["year"].min() + 2:
                    canvas.write(left, box.foot - 8, notes[record], ink="grey")
            top += heights[record]
        return canvas

    facts = [
        _last_told(heads[record], rows, notes.get(record), format=format)
        for record, rows in by_record.items()
    ]
    return make(frame, caption, "Lines", facts, paint)


def _last_told(head: str, rows: pd.DataFrame, note: str | None, *, format: Format) -> str:
    """What a panel says of the last year that has both powers, or in its place where none has."""
    both = rows.dropna(subset=list(NAMES)).tail(1)
    if both.empty:
        return f"{head}: {note or say('none')}"
    told = [f"{name} {format(both[power].iloc[0])}" for power, name in power_names().items()]
    return f"{head} {int(both['year'].iloc[0])}: {', '.join(told)}"


def _record_panel(
    canvas: Canvas, values: pd.DataFrame, rows: pd.DataFrame, box: Box, *, format: Format
) -> Axes:
    """Draw one record's lines, in the years and on the scale of all values."""
    first, last = int(values["year"].min()), int(values["year"].max())
    highest = float(values[list(NAMES)].max().max())
    axes = canvas.panel(box, (first, max(last, first + 1)), (0, highest or 1))
    value_grid(canvas, axes, ticks(highest), format=format, sides=(0, box.right + 4))
    years_axis(canvas, axes, 0, first, last)
    two_lines(axes, rows)
    ends = last_values(rows, last, narrow=canvas.width <= NARROW, format=format)
    end_labels(canvas, axes, ends, box.right + 10, (box.top, box.foot - 6))
    return axes


@wants_trade("country", "record", "year", several=True)
@drawn_once
def two_records_five(
    frame: pd.DataFrame,
    caption: Caption,
    *,
    missing: Mapping[tuple[str, str], str] | None = None,
    format: Format = dollars,
) -> Chart:
    """Several countries' trade with both powers on both records, a country on one scale.

    Args:
        frame: as for ``lines_two_records``, with several countries.
        caption: what stands around it.
        missing: what to say where nothing is known, by country and record.
        format: how a value is written.

    Example:
        >>> frame = pd.DataFrame({"country": "KGZ", "record": "own", "year": [2015, 2016],
        ...     "china": [1.0e9, 1.5e9], "russia": [1.1e9, 0.9e9]})
        >>> two_records_five(frame, Caption("five", "China leads", "Trade")).id
        'five'
    """
    values = frame.dropna(subset=list(NAMES), how="all").sort_values("year")
    countries = in_order(frame["country"])
    open_points = bool(values[list(NAMES)].isna().any(axis=None))

    def cell(canvas: Canvas, country: str, record: str, box: Box) -> Axes:
        words = (missing or {}).get((country, record)) or say(_NONE)
        return _small_panel(canvas, values, (country, record), box, words=words, format=format)

    def paint(width: int) -> Canvas:
        form = _five_narrow if width <= NARROW else _five_wide
        return form(width, countries, cell, open_points=open_points)

    facts = [f"{place_name(c)} {listed(_ahead(values, c))}" for c in countries]
    facts[0] = say(
        "Larger in the last year by partners’ and by own records: {first}", first=facts[0]
    )
    return make(frame, caption, "Small lines", facts, paint)


def _five_wide(width: int, countries: Sequence[str], cell: _Cell, *, open_points: bool) -> Canvas:
    """A record a row, a country a column."""
    gap, tall = 22, 94
    each = (width - gap * (len(countries) - 1)) / len(countries)
    canvas = Canvas(width, 2 * (tall + 54) + 22)
    _key(canvas, 33, open_points=open_points)
    for row, head in enumerate(("By China’s and Russia’s records", "By the country’s own record")):
        top = 20 + row * (tall + 54)
        canvas.write(0, top + 13, say(head), ink="grey")
        for number, country in enumerate(countries):
            left = number * (each + gap)
            axes = cell(canvas, country, list(_TOLD)[row], Box(left, top + 34, each - 4, tall))
            if row == 0:
                canvas.write(left, 13, place_name(country), bold=True)
            else:
                end_years(canvas, axes, 0, *map(int, axes.get_xlim()))
    return canvas


def _five_narrow(width: int, countries: Sequence[str], cell: _Cell, *, open_points: bool) -> Canvas:
    """A country a row, a record a column."""
    gap, tall, step = 24, 62, 102
    each = (width - gap) / 2
    canvas = Canvas(width, 42 + step * len(countries) + 16)
    _key(canvas, 13, open_points=open_points)
    for place, words in enumerate(("By partners’ records", "By its own record")):
        canvas.write(place * (each + gap), 36, say(words), ink="grey")
    for number, country in enumerate(countries):
        top = 42 + number * step
        canvas.write(0, top + 14, place_name(country), bold=True)
        for place, record in enumerate(_TOLD):
            axes = cell(
                canvas, country, record, Box(place * (each + gap), top + 34, each - 4, tall)
            )
            if number == len(countries) - 1:
                end_years(canvas, axes, 0, *map(int, axes.get_xlim()))
    return canvas


def _ahead(values: pd.DataFrame, country: str) -> list[str]:
    """Which power has more in the last common year, on each record."""
    found = []
    for record in _TOLD:
        rows = values[(values["country"] == country) & (values["record"] == record)]
        for row in rows.dropna(subset=list(NAMES)).tail(1).itertuples():
            found.append(heard("China" if row.china > row.russia else "Russia", "names"))
    return found


def _key(canvas: Canvas, y: float, *, open_points: bool) -> None:
    """Name the two lines once, at the right: the panels are too small for it."""
    back = canvas.width
    words = [(say("Russia, dashed"), "russia"), (say("China"), "china")] + [
        (say(ONE_SIDE), "grey")
    ] * open_points
    for label, ink in words:
        canvas.write(back, y, label, ink=ink, bold=ink != "grey", align="right")
        back -= measure(label, ink != "grey") + 12


def _small_panel(
    canvas: Canvas,
    values: pd.DataFrame,
    of: tuple[str, str],
    box: Box,
    *,
    words: str,
    format: Format,
) -> Axes:
    """Draw one country's lines on one record, on the scale of both its records."""
    country, record = of
    theirs = values[values["country"] == country]
    rows = theirs[theirs["record"] == record]
    high = float(theirs[list(NAMES)].max().max())
    first, last = int(values["year"].min()), int(values["year"].max())
    axes = canvas.panel(box, (first, max(last, first + 1)), (0, high if high > 0 else 1))
    if rows.empty:
        canvas.rule((box.left, box.foot), (box.right, box.foot), "ink")
        canvas.write(box.left, box.top + box.height / 2, words, ink="grey")
        return axes
    marks = [0.0, ticks(high, 2)[-1]] if high > 0 else [0.0]
    value_grid(canvas, axes, marks, format=format, sides=(box.left, box.right))
    two_lines(axes, rows, 1.6)
    year_hits(canvas, axes, rows, say(_TOLD[record]), format=format)
    return axes
