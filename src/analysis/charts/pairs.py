"""China's part of what the two powers have together: over the years, and from year to year."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.bars import in_order, place_name
from analysis.charts.canvas import (
    MIDDLE,
    NAMES,
    NARROW,
    Box,
    Canvas,
    colour,
    measure,
    spread,
    wrap,
)
from analysis.charts.chart import Caption, Chart, make
from analysis.charts.drawings import drawn_once
from analysis.charts.formats import Format, of_hundred
from analysis.charts.panels import end_years, runs, year_hit, years_axis
from analysis.charts.wanted import wants

# Draws a country's panel of a tie into a box.
_Cell = Callable[[Canvas, str, str, Box], Axes]
_BESIDE = 42  # pixels right of a small panel, up to the next


def leader_ink(part: float) -> str:
    """The colour of whoever has the larger part."""
    return "china" if part > 0.5 else "russia" if part < 0.5 else "ink"


@wants(
    "country",
    "tie",
    "year",
    "part",
    like="ties, with China's part of the two as part",
    key=("country", "tie", "year"),
)
@drawn_once
def part_of_pair_rows(
    frame: pd.DataFrame,
    caption: Caption,
    *,
    missing: str = "no pair known",
    format: Format = of_hundred,
) -> Chart:
    """China's part of the pair over the years, a row a tie: a line around the half, filled.

    With several countries a tie has a panel for each of them, on the same scale.

    Args:
        frame: a row a country, tie and year, with columns ``country``, ``tie`` (words), ``year``,
            ``part`` (China's share of China and Russia together, 0 to 1; a year without a pair is
            left out or empty, and is a gap in the line) and, if any, ``row_id``.
        caption: what stands around it.
        missing: what to say where a country has no pair in a tie.
        format: how a part is written.

    Example:
        >>> frame = pd.DataFrame({"country": "KGZ", "tie": "Debt", "year": [2023, 2024],
        ...     "part": [0.97, 0.98]})
        >>> part_of_pair_rows(frame, Caption("ties", "China leads", "Of every $100")).id
        'ties'
    """
    known = frame.dropna(subset=["part"]).sort_values("year")
    first = int(known["year"].min())
    years = (first, max(int(known["year"].max()), first + 1))
    ties, countries = list(dict.fromkeys(frame["tie"])), in_order(frame["country"])
    single = len(countries) == 1

    def cell(canvas: Canvas, tie: str, country: str, box: Box) -> Axes:
        rows = known[(known["tie"] == tie) & (known["country"] == country)]
        return _part_panel(canvas, rows, years, box, missing=missing, format=format)

    def paint(width: int) -> Canvas:
        form = _panels_listed if single or width <= NARROW else _panels_in_a_grid
        return form(width, ties, countries, years, cell)

    newest = known.groupby(["tie", "country"]).tail(1).set_index(["tie", "country"])
    facts = [
        " ".join(
            [
                tie if single else f"{place_name(country)}, {tie}",
                str(int(row["year"])),
                format(row["part"]),
            ]
        )
        for tie in ties
        for country in countries
        if (tie, country) in newest.index
        for row in [newest.loc[(tie, country)]]
    ]
    return make(frame, caption, "Filled lines", facts, paint)


def _panels_listed(
    width: int, ties: Sequence[str], countries: Sequence[str], years: tuple[int, int], cell: _Cell
) -> Canvas:
    """One panel a line: its name at the left, its last value at the right."""
    single = len(countries) == 1
    names, right, tall = (118 if width <= NARROW else 190), 84, 40
    step, head = (56, 0) if single else (50, 22)
    canvas = Canvas(width, 36 + len(ties) * (head + step * len(countries)))
    _say_sides(canvas, names)
    top = 24.0
    for tie in ties:
        if head:
            canvas.write(0, top + 13, tie, bold=True)
            top += head
        for country in countries:
            name = tie if single else place_name(country)
            _name_row(canvas, name, top + tall / 2, names - 12, bold=single)
            axes = cell(canvas, tie, country, Box(names, top, width - names - right, tall))
            top += step
    years_axis(canvas, axes, 0, *years)
    return canvas


def _panels_in_a_grid(
    width: int, ties: Sequence[str], countries: Sequence[str], years: tuple[int, int], cell: _Cell
) -> Canvas:
    """A tie a row, a country a column."""
    names, tall, step = 116, 44, 62
    each = (width - names) / len(countries)
    canvas = Canvas(width, 54 + step * len(ties))
    _say_sides(canvas, names)
    for place, tie in enumerate(ties):
        _name_row(canvas, tie, 52 + place * step + tall / 2, names - 12, bold=True)
        for number, country in enumerate(countries):
            box = Box(names + number * each, 52 + place * step, each - 46, tall)
            axes = cell(canvas, tie, country, box)
            if place == 0:
                canvas.write(box.left, 40, place_name(country), bold=True)
            if place == len(ties) - 1:
                end_years(canvas, axes, 0, *years)
    return canvas


def _name_row(canvas: Canvas, name: str, middle: float, room: float, *, bold: bool) -> None:
    lines = wrap(name, room, bold=bold)[:3]
    for number, line in enumerate(lines):
        y = middle + MIDDLE + (number - (len(lines) - 1) / 2) * 16
        canvas.write(0, y, line, bold=bold)


def _part_panel(
    canvas: Canvas,
    rows: pd.DataFrame,
    years: tuple[int, int],
    box: Box,
    *,
    missing: str,
    format: Format,
) -> Axes:
    """Draw one tie of one country, its last value at the right in its leader's colour."""
    axes = canvas.panel(box, years, (0, 1))
    for y in (box.top, box.foot):
        canvas.rule((box.left, y), (box.right, y))
    half = box.top + box.height / 2
    canvas.rule((box.left, half), (box.right, half), "ink")
    if rows.empty:
        words = missing if measure(missing) <= box.width else "none"
        canvas.write(box.left, half - 5, words, ink="grey")
        return axes
    draw_part(axes, rows)
    newest = rows.iloc[-1]
    words = format(newest["part"])
    dated = f"{words} {int(newest['year'])}"
    if int(newest["year"]) != years[1] and box.right + 5 + measure(dated, True) <= canvas.width:
        words = dated if box.width > 100 else words
    _, y = canvas.place(axes, years[1], newest["part"])
    ink = leader_ink(newest["part"])
    room = canvas.width - box.right - 5 if box.width > 100 else _BESIDE
    lines = wrap(words, room, bold=True)
    for number, line in enumerate(lines):
        # At a panel's foot lines are set upwards: below it stand the years.
        up = (len(lines) - 1 - number) * 14
        canvas.write(box.right + 5, y + MIDDLE - up, line, ink=ink, bold=True)
    for row in rows.itertuples():
        told = f"{row.year}: of $100 of the two, China has {format(row.part)}"
        year_hit(canvas, axes, row.year, told, getattr(row, "row_id", None))
    return axes


def _say_sides(canvas: Canvas, left: float) -> None:
    """Say what is above the half and what below."""
    words = "↑ China has more"
    canvas.write(left, 13, words, ink="china", bold=True)
    after = left + measure(words, bold=True) + 14
    below = "↓ Russia" if canvas.width <= NARROW else "↓ Russia has more"
    canvas.write(after, 13, below, ink="russia", bold=True)


def draw_part(axes: Axes, rows: pd.DataFrame) -> None:
    """Draw China's part around the half: China's tint above it, Russia's below."""
    for years, values in runs(rows["year"].tolist(), rows["part"].tolist()):
        across, part = np.array(years, float), np.array(values)
        if len(years) == 1:
            across = np.clip(across[0] + np.array([-0.4, 0.4]), *axes.get_xlim())
            part = np.repeat(part, 2)
        for power, where in zip(NAMES, (part >= 0.5, part <= 0.5), strict=True):
            axes.fill_between(
                across,
                part,
                0.5,
                where=where,
                interpolate=True,
                color=colour(f"{power}-tint"),
                linewidth=0,
                clip_on=False,
                zorder=1,
            )
        axes.plot(across, part, color=colour("ink"), linewidth=1.6, clip_on=False, zorder=3)


@wants(
    "country",
    "year",
    "part",
    like="ties of several countries, with China's part of the two as part",
)
@drawn_once
def slope(frame: pd.DataFrame, caption: Caption, *, format: Format = of_hundred) -> Chart:
    """China's part of the pair in a few years, a line a country, from year to year.

    Args:
        frame: a row a country and year, with columns ``country``, ``year``, ``part`` (0 to 1) and,
            if any, ``row_id`` and ``column``. The years are those that stand in it, evenly apart;
            with ``column`` the rows of one such word stand above one another ("newest").
        caption: what stands around it.
        format: how a part is written.

    Example:
        >>> frame = pd.DataFrame({"country": "KGZ", "year": [2000, 2020], "part": [0.4, 0.6]})
        >>> slope(frame, Caption("slope", "China gained everywhere", "Of every $100")).id
        'slope'
    """
    known = frame.dropna(subset=["part"]).sort_values("year")
    if "column" not in known:
        known = known.assign(column=known["year"].astype(str))
    columns = known.groupby("column")["year"].max().sort_values(kind="stable").index.tolist()
    by_country = {c: known[known["country"] == c] for c in in_order(known["country"])}

    def paint(width: int) -> Canvas:
        longest = max(measure(f"{place_name(c)} {format(1)}", True) for c in by_country)
        left, right = (44, longest + 14) if width <= NARROW else (longest + 14, longest + 14)
        canvas, box = Canvas(width, 330), Box(left, 24, width - left - right, 280)
        axes = canvas.panel(box, (0, max(len(columns) - 1, 1)), (0, 1))
        _say_sides(canvas, left)
        for place, column in enumerate(columns):
            x, _ = canvas.place(axes, place, 0)
            canvas.rule((x, box.top), (x, box.foot))
            canvas.write(x, box.foot + 18, column, ink="grey", align="center")
        half = box.top + box.height / 2
        canvas.rule((box.left, half), (box.right, half), "ink")
        for country, rows in by_country.items():
            _sloped(canvas, axes, rows, columns, told=place_name(country), format=format)
        _slope_ends(canvas, axes, by_country, columns, box, format=format)
        return canvas

    facts = [
        f"{place_name(c)} {', '.join(f'{r.year} {format(r.part)}' for r in rows.itertuples())}"
        for c, rows in by_country.items()
    ]
    return make(frame, caption, "Slopes", facts, paint)


def _sloped(
    canvas: Canvas, axes: Axes, rows: pd.DataFrame, columns: list[str], *, told: str, format: Format
) -> None:
    across = [columns.index(column) for column in rows["column"]]
    axes.plot(across, rows["part"], color=colour("grey"), linewidth=1.5, clip_on=False, zorder=2)
    for x, row in zip(across, rows.itertuples(), strict=True):
        axes.plot(
            x,
            row.part,
            "o",
            color=colour(leader_ink(row.part)),
            markersize=7,
            markeredgewidth=0,
            clip_on=False,
            zorder=3,
        )
        words = f"{told}, {row.year}: of $100 of the two, China has {format(row.part)}"
        canvas.hit(axes, x, row.part, words, row_id=getattr(row, "row_id", None))


def _slope_ends(
    canvas: Canvas,
    axes: Axes,
    by_country: dict[str, pd.DataFrame],
    columns: list[str],
    box: Box,
    *,
    format: Format,
) -> None:
    """Name each line at its right end, with its value, and give its value at the left."""
    narrow = canvas.width <= NARROW
    for column, row_of, side in ((columns[0], 0, "right"), (columns[-1], -1, "left")):
        ends = [(c, rows.iloc[row_of]) for c, rows in by_country.items()]
        ends = [(c, row["part"]) for c, row in ends if side == "left" or row["column"] == column]
        wanted = [canvas.place(axes, 0, part)[1] for _, part in ends]
        for (country, part), y in zip(ends, spread(wanted, 16, 30, box.foot - 4), strict=True):
            named = f"{place_name(country)} {format(part)}"
            if side == "left":
                canvas.write(box.right + 10, y + MIDDLE, named, bold=True)
            else:
                words = format(part) if narrow else named
                canvas.write(box.left - 10, y + MIDDLE, words, ink="grey", align="right")
