"""Maps: who is ahead in Eurasia, and where the five lie between China and Russia."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Polygon
from matplotlib.path import Path

from analysis.charts.canvas import MIDDLE, NAMES, RUSSIA, Box, Canvas, colour, measure
from analysis.charts.chart import Caption, Chart, make
from analysis.charts.drawings import drawn_once
from analysis.charts.wanted import wants
from analysis.config import COUNTRIES, POWERS

_CENTRE = (75.0, 48.0)  # degrees east and north: the middle of the map
_STEP = 4.0  # degrees: a border is followed at least so closely
# Thousands of kilometres from the middle: left, right, foot, top.
_EURASIA = (-4.6, 5.0, -3.1, 3.1)

Shapes = dict[str, Any]
Fill = Callable[[str], tuple[str, str]]  # a country's code: its colour, and what is read there


def project(longitude: Any, latitude: Any) -> tuple[Any, Any]:
    """Where a place is on a flat map that keeps areas, in thousands of kilometres.

    Example:
        >>> project(75.0, 48.0)
        (0.0, 0.0)
    """
    east, north = np.radians(np.asarray(longitude) - _CENTRE[0]), np.radians(latitude)
    middle = np.radians(_CENTRE[1])
    near = 1 + np.sin(middle) * np.sin(north) + np.cos(middle) * np.cos(north) * np.cos(east)
    scale = 6.371 * np.sqrt(2 / np.maximum(near, 1e-6))
    x = scale * np.cos(north) * np.sin(east)
    y = scale * (np.cos(middle) * np.sin(north) - np.sin(middle) * np.cos(north) * np.cos(east))
    return (x, y) if np.ndim(x) else (float(x), float(y))


def _rings(feature: dict[str, Any]) -> Iterator[np.ndarray]:
    """The outer borders of a feature, on the map; what lies on the far side is left out."""
    geometry = feature["geometry"]
    many = geometry["coordinates"]
    for polygon in many if geometry["type"] == "MultiPolygon" else [many]:
        ring = np.asarray(polygon[0], float)
        steps = np.maximum(np.ceil(np.abs(np.diff(ring, axis=0)).max(axis=1) / _STEP), 1)
        dense = [
            start + (end - start) * np.arange(int(count))[:, None] / count
            for start, end, count in zip(ring[:-1], ring[1:], steps, strict=True)
        ]
        x, y = project(*np.vstack(dense).T)
        if np.hypot(x, y).max() < 9:
            yield np.column_stack([x, y])


def _size(ring: np.ndarray) -> float:
    x, y = ring.T
    return float(abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2)


def _middle(rings: list[np.ndarray]) -> tuple[float, float]:
    """The centre of gravity of the largest border."""
    ring = max(rings, key=_size)
    x, y = ring.T
    cross = x * np.roll(y, -1) - np.roll(x, -1) * y
    area = cross.sum() / 2
    return (
        float(((x + np.roll(x, -1)) * cross).sum() / (6 * area)),
        float(((y + np.roll(y, -1)) * cross).sum() / (6 * area)),
    )


@wants("country", "place", "leader", like='countries of load("WORLD"), with their names as place')
@drawn_once
def eurasia(frame: pd.DataFrame, caption: Caption, *, shapes: Shapes) -> Chart:
    """Who has more in each country of Eurasia, the five in full colour and named.

    Args:
        frame: a row a country, with columns ``country`` (code), ``place`` (its name), ``leader``
            (CHN, RUS, or empty where neither is ahead alone) and, if any, ``row_id`` and
            ``words`` (how it stands, as is read at the country). One without a row is blank.
        caption: what stands around it.
        shapes: the countries' borders, GeoJSON with a property ``country``.

    Example:
        >>> frame = pd.DataFrame({"country": ["KGZ"], "place": ["Kyrgyzstan"], "leader": ["CHN"]})
        >>> eurasia(frame, Caption("map", "China leads", "Trade"), shapes={"features": []}).id
        'map'
    """
    rows = frame.set_index("country")

    def fill(code: str) -> tuple[str, str]:
        if code in POWERS:
            return "whole", ""
        if code not in rows.index:
            return "paper", ""
        place, power = rows.loc[code, "place"], POWERS.get(rows.loc[code, "leader"])
        five = code in COUNTRIES
        stands = f"{power} has more" if power else "neither, or it depends on whose record"
        told = f"{place}: {rows.loc[code, 'words'] if 'words' in rows else stands}"
        if power is None:
            return "shade-1" if five else "shade-3", told
        return power.lower() + ("" if five else "-tint"), told

    def paint(width: int) -> Canvas:
        canvas, axes = _sheet(width, _EURASIA, 26)
        x = 0.0
        for ink, words in (*NAMES.items(), ("shade-1", "neither, or it depends")):
            power = ink in NAMES
            sides = ([x, x + 11, x + 11, x], [3, 3, 14, 14])
            canvas.base.fill(*sides, color=colour(ink), linewidth=0)
            canvas.write(x + 16, 13, words, ink=ink if power else "grey", bold=power)
            x += measure(words, power) + 34
        _draw(canvas, axes, shapes, fill, rows.get("row_id", pd.Series(dtype=object)))
        return canvas

    count = rows["leader"].value_counts()
    told = [f"{name} has more in {count.get(code, 0)}" for code, name in POWERS.items()]
    five = [code for code in COUNTRIES if code in rows.index]
    facts = [f"{' and '.join(told)} countries"]
    facts += [
        f"{rows.loc[c, 'place']}: {POWERS.get(rows.loc[c, 'leader'], 'neither')}" for c in five
    ]
    return make(frame, caption, "Map of Eurasia", facts, paint)


def _sheet(
    width: int, extent: tuple[float, float, float, float], head: float
) -> tuple[Canvas, Axes]:
    """A sheet with a map's panel as wide as it is, room for a key above and for names below."""
    left, right, foot, top = extent
    tall = min(width * (top - foot) / (right - left), 370)
    # What is too high for the page is cut at the foot and top alike.
    spare = (top - foot) - tall * (right - left) / width
    canvas = Canvas(width, head + tall + 24)
    limits = (foot + spare / 2, top - spare / 2)
    return canvas, canvas.panel(Box(0, head, width, tall), (left, right), limits)


def _seen(axes: Axes, rings: list[np.ndarray]) -> list[np.ndarray]:
    """The borders that reach into a panel."""
    (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()
    return [
        ring
        for ring in rings
        if ring[:, 0].min() < x1
        and ring[:, 0].max() > x0
        and ring[:, 1].min() < y1
        and ring[:, 1].max() > y0
    ]


def _draw(canvas: Canvas, axes: Axes, shapes: Shapes, fill: Fill, links: pd.Series) -> None:
    """Draw all countries that are seen, the five last, and name the five and the two powers."""
    found: dict[str, list[np.ndarray]] = {}
    for feature in sorted(
        shapes["features"], key=lambda f: f["properties"]["country"] in COUNTRIES
    ):
        code = feature["properties"]["country"]
        rings = _seen(axes, list(_rings(feature)))
        if not rings:
            continue
        found[code] = rings
        ink, told = fill(code)
        five = code in COUNTRIES
        for ring in rings:
            axes.add_patch(
                Polygon(
                    ring,
                    facecolor=colour(ink),
                    edgecolor=colour("paper" if five else "line"),
                    linewidth=1.2 if five else 0.6,
                    hatch="////" if ink.startswith(RUSSIA) else None,  # so it holds in grey
                    hatchcolor=colour("paper"),
                    zorder=3 if five else 2,
                )
            )
        if told:
            _country_hit(canvas, axes, max(rings, key=_size), told, links.get(code))
    _name(canvas, axes, found)


def _country_hit(canvas: Canvas, axes: Axes, ring: np.ndarray, told: str, row_id: Any) -> None:
    """Let a country be pointed at around its middle: its box would reach over its neighbours."""
    x, y = _middle([ring])
    inside = [low < at < high for at, (low, high) in ((x, axes.get_xlim()), (y, axes.get_ylim()))]
    if all(inside):
        half_x, half_y = (float(np.ptp(ring[:, axis])) / 4 for axis in (0, 1))
        canvas.hit(axes, (x - half_x, x + half_x), (y - half_y, y + half_y), told, row_id=row_id)


def _fits(canvas: Canvas, axes: Axes, rings: list[np.ndarray], name: str) -> bool:
    """Whether a name at a country's middle stays within its borders."""
    ring = np.array([canvas.place(axes, *point) for point in max(rings, key=_size)])
    x, y = canvas.place(axes, *_middle(rings))
    half = measure(name, True) / 2
    border = Path(ring, closed=False)
    corners = [(x + dx, y + dy) for dx in (-half, 0, half) for dy in (-4, 4)]
    return bool(border.contains_points(corners).all())


def _name(canvas: Canvas, axes: Axes, found: dict[str, list[np.ndarray]]) -> None:
    """Write a name in its country where there is room, else below the map with a line to it."""
    below = []
    for code, name in COUNTRIES.items():
        if code not in found:
            continue
        x, y = canvas.place(axes, *_middle(found[code]))
        if _fits(canvas, axes, found[code], name):
            canvas.write(x, y + MIDDLE, name, ink="paper", bold=True, align="center")
        else:
            below.append((name, x, y))
    for code, name in POWERS.items():
        if code in found:
            x, y = canvas.place(axes, *_middle(found[code]))
            x, y = min(max(x, 60), canvas.width - 60), max(y, 60)
            canvas.write(x, y + MIDDLE, name, bold=True, align="center")
    below.sort(key=lambda entry: entry[1])
    foot = canvas.height - 6
    for (name, x, y), at in zip(below, _in_line(canvas, below), strict=True):
        ends = ([x, at], [y, foot - 13])
        canvas.sheet.plot(*ends, color=colour("ink"), linewidth=0.8, clip_on=False)
        canvas.sheet.plot(x, y, "o", color=colour("ink"), markersize=3, clip_on=False)
        canvas.write(at, foot, name, bold=True, align="center")


def _in_line(canvas: Canvas, entries: list[tuple[str, float, float]]) -> list[float]:
    """The middles of names in one line, each as near to its x as the others let it."""
    widths = [measure(name, True) + 8 for name, _, _ in entries]
    lefts: list[float] = []
    for (_, x, _), wide in zip(entries, widths, strict=True):
        free = lefts[-1] + widths[len(lefts) - 1] if lefts else -4.0
        lefts.append(max(x - wide / 2, free))
    pushed = np.mean(
        [left + wide / 2 - x for left, wide, (_, x, _) in zip(lefts, widths, entries, strict=True)]
        or [0.0]
    )
    lefts = [left - min(float(pushed), lefts[0] + 4) for left in lefts]
    end = canvas.width + 4
    for number in reversed(range(len(lefts))):
        lefts[number] = min(lefts[number], end - widths[number])
        end = lefts[number]
    return [left + wide / 2 for left, wide in zip(lefts, widths, strict=True)]
