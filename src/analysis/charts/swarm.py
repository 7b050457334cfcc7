"""Every country as a dot: on China's part of the pair, and in the year when China passed Russia."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from analysis.charts.canvas import NARROW, Box, Canvas, colour, measure
from analysis.charts.chart import Caption, Chart, make
from analysis.charts.drawings import drawn_once
from analysis.charts.formats import Format, of_hundred
from analysis.charts.panels import year_ticks
from analysis.charts.wanted import wants
from analysis.config import COUNTRIES, POWERS

_NEUTRAL = "shade-2"  # neither leads, or it depends on whose record
_LEVEL = 17  # pixels from one line of names to the next


class Flag(NamedTuple):
    """A name beside the line that leads to its dot, so many lines away from the dots."""

    place: str
    x: float
    left: float
    level: int


def flags(names: list[str], xs: list[float], width: float, bold: bool) -> list[Flag]:
    """Find each name a place left of its line; the first ones right of theirs where they must.

    No name lies on another or on another's line. The names come from left to right.
    """
    found: list[Flag] = []
    for turned in range(len(names) + 1):
        found = _flags(names, xs, turned, bold)
        inside = all(f.left >= 0 and f.left + measure(f.place, bold) <= width for f in found)
        apart = not any(
            _clash(one, other, bold)
            for number, one in enumerate(found)
            for other in found[number + 1 :]
        )
        if inside and apart:
            break
    return found


def _flags(names: list[str], xs: list[float], turned: int, bold: bool) -> list[Flag]:
    """Set so many of the first names right of their lines, the others left, each near its dot.

    A line is crossed by the names of those after it: right of the lines they begin with the last.
    """
    order = [*range(turned - 1, -1, -1), *range(turned, len(names))]
    found: dict[int, Flag] = {}
    for number in order:
        name, x = names[number], xs[number]
        left = x + 4 if number < turned else x - 4 - measure(name, bold)
        levels = (Flag(name, x, left, level) for level in range(len(names)))
        free = (f for f in levels if not any(_clash(f, g, bold) for g in found.values()))
        found[number] = next(free, Flag(name, x, left, len(names)))
    return [found[number] for number in range(len(names))]


def _clash(one: Flag, other: Flag, bold: bool) -> bool:
    """Whether of two names one lies on the other, or on the line that leads to the other."""
    (left, right), (start, end) = (
        (flag.left, flag.left + measure(flag.place, bold)) for flag in (one, other)
    )
    return (
        (one.level == other.level and left < end + 6 and start < right + 6)
        or (other.level >= one.level and left - 2 < other.x < right + 2)
        or (one.level >= other.level and start - 2 < one.x < end + 2)
    )


def _fly(
    canvas: Canvas, found: list[Flag], dots: list[float], y: float, *, way: int, bold: bool
) -> None:
    """Write names above (-1) or below (1) their dots, each beside its line."""
    for flag, dot in zip(found, dots, strict=True):
        at = y + way * _LEVEL * flag.level
        end = at - 10 if way < 0 else at
        canvas.base.plot(
            [flag.x, flag.x], [dot, end], color=colour("grey"), linewidth=0.7, clip_on=False
        )
        canvas.write(flag.left, at, flag.place, bold=bold, ink="ink" if bold else "grey")


def _swarmed(parts: list[float], across: float, size: float) -> list[float]:
    """How many pixels each dot stands below the middle line so that none lies on another."""
    other = Canvas(across, 100)
    # So high a category that its edge never stops a dot.
    axes = other.panel(Box(0, 0, across, 100), (0, 1), (0.01, -0.01))
    table = pd.DataFrame({"part": parts, "row": "all"})
    sns.swarmplot(table, x="part", y="row", size=size, ax=axes, warn_thresh=1)
    axes.set(xlim=(0, 1), ylim=(0.01, -0.01))
    other.figure.canvas.draw()
    offsets = np.asarray(axes.collections[0].get_offsets(), float)
    return [float(y) * 100 / 0.02 for y in offsets[:, 1]]


@wants(
    "country",
    "place",
    "part",
    "leader",
    "named",
    like='countries of load("WORLD"), with their names as place',
)
@drawn_once
def swarm(frame: pd.DataFrame, caption: Caption, *, format: Format = of_hundred) -> Chart:
    """Every country on China's part of the two powers together, the five and some others named.

    Args:
        frame: a row a country, with columns ``country`` (code), ``place`` (its name), ``part``
            (China's share of the two together, 0 to 1), ``leader`` (CHN, RUS, or empty where it
            depends), ``named`` (true where its name is to be written; the five always are) and,
            if any, ``row_id``.
        caption: what stands around it.
        format: how a part is written.

    Example:
        >>> frame = pd.DataFrame({"country": ["KGZ", "DEU"], "place": ["Kyrgyzstan", "Germany"],
        ...     "part": [0.63, 0.85], "leader": ["CHN", "CHN"], "named": [True, True]})
        >>> swarm(frame, Caption("world", "China leads almost everywhere", "Trade")).id
        'world'
    """
    known = frame.dropna(subset=["part"]).sort_values(["part", "country"])
    five = known["country"].isin(COUNTRIES)

    def paint(width: int) -> Canvas:
        size = 4.8 if width <= NARROW else 6.8
        across = width - 16
        rows = known.assign(x=8 + known["part"] * across)
        rows["y"] = _swarmed(known["part"].tolist(), across, size)
        half = float(rows["y"].abs().max()) + size
        upper, lower = rows[five], rows[known["named"].astype(bool) & ~five]
        up = flags(upper["place"].tolist(), upper["x"].tolist(), width, True)
        down = flags(lower["place"].tolist(), lower["x"].tolist(), width, False)
        levels = [max((flag.level for flag in found), default=0) for found in (up, down)]
        above = 46 + _LEVEL * levels[0]
        middle = above + half
        canvas = Canvas(width, middle + half + 48 + _LEVEL * levels[1])
        _part_axis(canvas, above - 6, middle + half, format=format)
        box = Box(8, above, across, 2 * half)
        axes = canvas.panel(box, (0, 1), (half, -half))
        _dots(canvas, axes, rows, size, format=format)
        for found, named, y, way in (
            (up, upper, above - 12, -1),
            (down, lower, middle + half + 38, 1),
        ):
            dots = (middle + named["y"]).tolist()
            _fly(canvas, found, dots, y, way=way, bold=way < 0)
        return canvas

    count = known["leader"].value_counts()
    told = [f"{name} has more in {count.get(code, 0)}" for code, name in POWERS.items()]
    facts = [f"{' and '.join(told)} of {len(known)} countries"]
    facts += [f"{row.place} {format(row.part)}" for row in known[five].itertuples()]
    return make(frame, caption, "Dots, one a country", facts, paint)


def _part_axis(canvas: Canvas, top: float, foot: float, *, format: Format) -> None:
    """Draw the quarters, the half dark, and say which side is whose."""
    canvas.write(0, 13, "← Russia has more", ink="russia", bold=True)
    canvas.write(canvas.width, 13, "China has more →", ink="china", bold=True, align="right")
    for part in (0, 0.25, 0.5, 0.75, 1):
        x = 8 + part * (canvas.width - 16)
        canvas.rule((x, top), (x, foot), "ink" if part == 0.5 else "line")
        half = measure(format(part)) / 2
        middle = float(np.clip(x, half, canvas.width - half))
        canvas.write(middle, foot + 16, format(part), ink="grey", align="center")


def _dots(canvas: Canvas, axes: Axes, rows: pd.DataFrame, size: float, *, format: Format) -> None:
    """Draw each country's dot in its leader's colour, the five outlined and larger."""
    for row in rows.itertuples():
        five = row.country in COUNTRIES
        leader = POWERS.get(row.leader)
        axes.plot(
            row.part,
            row.y,
            "o",
            markersize=size * (1.35 if five else 0.92),
            markerfacecolor=colour(leader.lower() if leader else _NEUTRAL),
            markeredgecolor=colour("ink" if five else "paper"),
            markeredgewidth=1.4 if five else 0.4,
            clip_on=False,
            zorder=4 if five else 3,
        )
        told = f"{row.place}: of $100 of the two, China has {format(row.part)}"
        row_id = getattr(row, "row_id", None)
        canvas.hit(axes, row.part, row.y, told, row_id=row_id, least=size)


@wants("country", "place", "year", like='countries of load("WORLD"), with their names as place')
@drawn_once
def passing(frame: pd.DataFrame, caption: Caption) -> Chart:
    """In which year China passed Russia: a dot a country, piled by year, the five named.

    Args:
        frame: a row a country, with columns ``country`` (code), ``place`` (its name), ``year``
            and, if any, ``row_id``.
        caption: what stands around it.

    Example:
        >>> frame = pd.DataFrame({"country": ["KGZ"], "place": ["Kyrgyzstan"], "year": [2002]})
        >>> passing(frame, Caption("passing", "Most turned by 2008", "Year")).id
        'passing'
    """
    known = frame.dropna(subset=["year"]).astype({"year": int})
    known["five"] = known["country"].isin(COUNTRIES)
    # The five stand on top of their piles, where their names can reach them.
    known = known.sort_values(["year", "five", "country"])
    known["rank"] = known.groupby("year").cumcount() + 0.5
    first, last = known["year"].min(), known["year"].max()
    most = int(known["rank"].max() + 0.5)

    def paint(width: int) -> Canvas:
        across = width - 40
        size = min(across / (last - first + 1), 190 / most, 18)
        named = known[known["five"]]
        step = across / (last - first + 1)
        xs = [20 + (year - first + 0.5) * step for year in named["year"]]
        found = flags(named["place"].tolist(), xs, width, True)
        above = 30 + _LEVEL * max((flag.level for flag in found), default=0)
        canvas = Canvas(width, above + size * most + 24)
        box = Box(20, above, across, size * most)
        axes = canvas.panel(box, (first - 0.5, last + 0.5), (0, most))
        canvas.rule((0, box.foot), (width, box.foot), "ink")
        for year in year_ticks(first, last, across):
            x, _ = canvas.place(axes, year, 0)
            canvas.write(x, box.foot + 16, str(year), ink="grey", align="center")
        _pile(canvas, axes, known, size)
        dots = [canvas.place(axes, row.year, row.rank)[1] for row in named.itertuples()]
        _fly(canvas, found, dots, above - 16, way=-1, bold=True)
        return canvas

    facts = [f"{row.place} {row.year}" for row in known[known["five"]].itertuples()]
    return make(frame, caption, "Dots piled by year, one a country", facts, paint)


def _pile(canvas: Canvas, axes: Axes, rows: pd.DataFrame, size: float) -> None:
    """Draw a dot a country; the five in ink."""
    for row in rows.itertuples():
        axes.plot(
            row.year,
            row.rank,
            "o",
            markersize=size - 2,
            markerfacecolor=colour("ink" if row.five else "china"),
            markeredgewidth=0,
            clip_on=False,
        )
        told = f"{row.place}: China ahead from {row.year}"
        row_id = getattr(row, "row_id", None)
        canvas.hit(axes, row.year, row.rank, told, row_id=row_id, least=size)
