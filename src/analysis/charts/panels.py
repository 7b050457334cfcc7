"""What panels of years share: their years, their hairlines, their lines, their last values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.canvas import (
    CHINA,
    DASHES,
    MIDDLE,
    NARROW,
    RUSSIA,
    Canvas,
    colour,
    measure,
    spread,
)
from analysis.charts.formats import Format, power_names, rounded

_APART = 42  # pixels: from the middle of a year to that of the next
ONE_SIDE = "○ one side’s count"


class End(NamedTuple):
    """Words at the end of a line: their colour, the value they stand at, a line or two."""

    ink: str
    value: float
    lines: list[str]


def year_ticks(first: int, last: int, room: float) -> list[int]:
    """The years that are named under an axis: its ends, and round ones that have room.

    Example:
        >>> year_ticks(2000, 2025, 500), year_ticks(2000, 2025, 190)
        ([2000, 2005, 2010, 2015, 2020, 2025], [2000, 2010, 2025])
    """
    if first == last:
        return [first]
    step = next(s for s in (1, 5, 10, 20, 50, 100) if room / (last - first) * s >= _APART)
    apart = (_APART + 4) / room * (last - first) if step > 1 else 1
    between = [
        year
        for year in range(first + 1, last)
        if year % step == 0 and year - first >= apart and last - year >= apart
    ]
    return [first, *between, last]


def years_axis(canvas: Canvas, axes: Axes, y: float, first: int, last: int) -> None:
    """Name years under a panel whose zero line is at y."""
    left, base = canvas.place(axes, first, y)
    right, _ = canvas.place(axes, last, y)
    for year in year_ticks(first, last, max(right - left, 1)):
        half = measure(str(year)) / 2
        x = float(np.clip(canvas.place(axes, year, y)[0], half, canvas.width - half))
        canvas.write(x, base + 16, str(year), ink="grey", align="center")


def end_years(canvas: Canvas, axes: Axes, y: float, first: int, last: int) -> None:
    """Name only a small panel's first and last year, within its sides."""
    left, base = canvas.place(axes, first, y)
    right, _ = canvas.place(axes, last, y)
    canvas.write(left, base + 16, str(first), ink="grey")
    canvas.write(right, base + 16, str(last), ink="grey", align="right")


def value_grid(
    canvas: Canvas,
    axes: Axes,
    values: Sequence[float],
    *,
    format: Format,
    sides: tuple[float, float],
) -> None:
    """Draw hairlines at round values from side to side, the zero line dark, values above them."""
    for value in values:
        _, y = canvas.place(axes, 0, value)
        canvas.rule((sides[0], y), (sides[1], y), "line" if value else "ink")
        if value:
            canvas.write(sides[0], y - 4, rounded(format)(value), ink="grey")


def runs(years: Sequence[int], values: Sequence[float]) -> list[tuple[list[int], list[float]]]:
    """The stretches of consecutive years that have a value.

    Example:
        >>> runs([2000, 2001, 2003], [1.0, 2.0, 3.0])
        [([2000, 2001], [1.0, 2.0]), ([2003], [3.0])]
    """
    found: list[tuple[list[int], list[float]]] = []
    for year, value in zip(years, values, strict=True):
        if pd.isna(value):
            continue
        if found and found[-1][0][-1] == year - 1:
            found[-1][0].append(int(year))
            found[-1][1].append(float(value))
        else:
            found.append(([int(year)], [float(value)]))
    return found


def draw_line(axes: Axes, rows: pd.DataFrame, power: str, width: float = 2) -> None:
    """Draw a power's values: a line through consecutive years, a dot for a year alone, and last."""
    known = rows.dropna(subset=[power]).sort_values("year")
    for years, values in runs(known["year"].tolist(), known[power].tolist()):
        axes.plot(
            years,
            values,
            color=colour(power),
            linewidth=width,
            linestyle=DASHES[power],
            marker="o" if len(years) == 1 else "",
            markersize=5,
            markeredgewidth=0,
            clip_on=False,
            zorder=3,
        )
    end = known.iloc[-1:]
    axes.plot(
        end["year"],
        end[power],
        "o",
        color=colour(power),
        markersize=6,
        markeredgewidth=0,
        clip_on=False,
        zorder=4,
    )


def two_lines(axes: Axes, rows: pd.DataFrame, width: float = 2) -> None:
    """Draw both powers' lines where both are known, the surplus in the leader's tint.

    What only one side counts, in a year for which the other has nothing, is an open point.
    """
    both = rows.dropna(subset=["china", "russia"]).sort_values("year")
    _fill(axes, both)
    alone = rows[rows[["china", "russia"]].isna().any(axis=1)]
    for power in (RUSSIA, CHINA):
        draw_line(axes, both, power, width)
        counted = alone.dropna(subset=[power])
        axes.plot(
            counted["year"],
            counted[power],
            linestyle="none",
            marker="o",
            markersize=6,
            markerfacecolor=colour("paper"),
            markeredgecolor=colour(power),
            markeredgewidth=1.5,
            clip_on=False,
            zorder=4,
        )


def _fill(axes: Axes, both: pd.DataFrame) -> None:
    """Fill between the lines, in every run of years, in the tint of the power on top."""
    marked = both.assign(run=(both["year"].diff() != 1).cumsum())
    for _, run in marked.groupby("run"):
        if len(run) < 2:
            continue
        years, china, russia = (run[c].to_numpy(float) for c in ("year", "china", "russia"))
        for power, where in ((CHINA, china >= russia), (RUSSIA, russia >= china)):
            axes.fill_between(
                years,
                china,
                russia,
                where=where,
                interpolate=True,
                clip_on=False,
                color=colour(f"{power}-tint"),
                linewidth=0,
                zorder=1,
            )


def last_values(rows: pd.DataFrame, last: int, *, narrow: bool, format: Format) -> list[End]:
    """Each power's last value, with its year where that is not the panel's last.

    On a telephone the value stands below the name.
    """
    ends = []
    for power, name in power_names().items():
        known = rows.dropna(subset=[power]).sort_values("year")
        if known.empty:
            continue
        row = known.iloc[-1]
        dated = name if int(row["year"]) == last else f"{name} {int(row['year'])}"
        words = [dated, format(row[power])]
        ends.append(End(power, float(row[power]), words if narrow else [" ".join(words)]))
    return ends


def room_for(values: pd.DataFrame, *, narrow: bool, format: Format) -> float:
    """Pixels that the words at the ends of a panel's lines ask for, right of it."""
    records = values["record"] if "record" in values else pd.Series("", values.index)
    last = int(values["year"].max())
    ends = [
        end
        for record in records.unique()
        for end in last_values(values[records == record], last, narrow=narrow, format=format)
    ]
    longest = max((measure(line, n == 0) for end in ends for n, line in enumerate(end.lines)))
    return longest + 12


def end_labels(
    canvas: Canvas, axes: Axes, ends: list[End], x: float, limits: tuple[float, float]
) -> None:
    """Set words right of a panel, each beside its line's end, none over another."""
    tallest = max((len(end.lines) for end in ends), default=1)
    half = (tallest - 1) * 7.5
    wanted = [canvas.place(axes, 0, end.value)[1] for end in ends]
    places = spread(wanted, tallest * 15 + 2, limits[0] + half, limits[1] - half)
    for end, y in zip(ends, places, strict=True):
        for number, words in enumerate(end.lines):
            down = (number - (len(end.lines) - 1) / 2) * 15
            canvas.write(x, y + MIDDLE + down, words, ink=end.ink, bold=number == 0)


def year_hits(canvas: Canvas, axes: Axes, rows: pd.DataFrame, told: str, *, format: Format) -> None:
    """Let each year of a panel be pointed at, from its top to its foot: both powers' values."""
    for row in rows.itertuples():
        values = [
            f"{name} {format(value)}"
            for power, name in power_names().items()
            if pd.notna(value := getattr(row, power))
        ]
        words = f"{row.year}{told}: {', '.join(values)}"
        year_hit(canvas, axes, row.year, words, getattr(row, "row_id", None))


def year_hit(canvas: Canvas, axes: Axes, year: int, words: str, row_id: object) -> None:
    """Let one year of a panel be pointed at, from its top to its foot."""
    across = canvas.place(axes, year + 1, 0)[0] - canvas.place(axes, year, 0)[0]
    if canvas.width <= NARROW and across < 8:
        return  # too thin for a finger
    half = min(0.5, 12 / across)  # a year alone does not take the whole panel
    low, high = axes.get_ylim()
    canvas.hit(axes, (year - half, year + half), (low, high), words, row_id=row_id, least=0)
