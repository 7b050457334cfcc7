"""Shares of a whole over the years: China's, Russia's and everyone else's, stacked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.bars import in_order, place_name
from analysis.charts.canvas import (
    DASHES,
    MIDDLE,
    NAMES,
    NARROW,
    RUSSIA,
    Box,
    Canvas,
    colour,
    measure,
    spread,
)
from analysis.charts.chart import Caption, Chart, make
from analysis.charts.drawings import drawn_once
from analysis.charts.formats import Format, percent, power_names
from analysis.charts.panels import runs, year_hit, years_axis
from analysis.charts.wanted import wants
from analysis.page.language import say

# What a part is called, where there is little room, and its colour; from the foot up.
PARTS = {
    "china": ("China", "China", "china"),
    "russia": ("Russia", "Russia", "russia"),
    "european_union": ("European Union", "EU", "shade-1"),
    "development_banks": ("development banks", "dev. banks", "shade-1"),
    "governments": ("other countries", "countries", "shade-2"),
    "bondholders": ("bondholders", "bonds", "shade-3"),
    "not_named": ("not named", "not named", "others"),
    "others": ("everyone else", "others", "others"),
}
_SEEN = 0.02  # a part that was once so large is seen, and has to be named


@wants("country", "year", "part", "share", like="parts of a whole by year, as weights has them")
@drawn_once
def shares_over_time(
    frame: pd.DataFrame,
    caption: Caption,
    *,
    missing: Mapping[str, str] | None = None,
    format: Format = percent,
) -> Chart:
    """Stacked shares of a whole over the years, a panel a country, each from 0 to 100%.

    Args:
        frame: a row a country, year and part, with columns ``country``, ``year``, ``part`` (one
            of ``PARTS``: china, russia, european_union, development_banks, governments,
            bondholders, not_named, others), ``share`` (0 to 1) and, if any, ``row_id``. The
            shares of a year sum to 1; a year of which nothing is known is left out. A part whose
            share is empty stands in everyone else's: the areas break off at such a year.
        caption: what stands around it.
        missing: what to say of a country without any row, by country.
        format: how a share is written.

    Example:
        >>> frame = pd.DataFrame({"country": "KGZ", "year": [2023, 2023, 2024, 2024],
        ...     "part": ["china", "others"] * 2, "share": [0.4, 0.6, 0.39, 0.61]})
        >>> shares_over_time(frame, Caption("lenders", "China is owed most", "Share")).id
        'lenders'
    """
    first, last = int(frame["year"].min()), int(frame["year"].max())
    parts = [part for part in PARTS if part in set(frame["part"])]
    countries = in_order([*frame["country"], *(missing or {})])
    single = len(countries) == 1

    def paint(width: int) -> Canvas:
        narrow = width <= NARROW
        right = 128 if narrow else 190
        edge = max(38, round(measure(format(1))))  # of the values beside the one panel
        tall = (230 if narrow else 270) if single else (96 if narrow else 68)
        head = 14 if single else 24 if narrow else 8
        # Names begin in a column of their own where there is room for one.
        left = edge + 20 if single else 0 if narrow else 110
        step = head + tall + (0 if single else 3)
        canvas = Canvas(width, step * len(countries) + 22 + (4 if single else 0))
        for number, country in enumerate(countries):
            box = Box(left, number * step + head, width - left - right, tall)
            axes = canvas.panel(box, (first, max(last, first + 1)), (0, 1))
            rows = frame[frame["country"] == country]
            if not single:
                canvas.write(
                    0, box.top - 6 if narrow else box.top + 14, place_name(country), bold=True
                )
            if rows.empty:
                words = (missing or {})[country]
                canvas.write(left, box.top + tall / 2, words, ink="grey")
                continue
            _areas(canvas, axes, rows, box, parts, format=format)
            for value in (0, 0.5, 1) if single else ():
                _, y = canvas.place(axes, first, value)
                canvas.write(edge, y + MIDDLE, format(value), ink="grey", align="right")
        years_axis(canvas, axes, 0, first, last)
        return canvas

    return make(frame, caption, "Stacked areas", _newest_shares(frame, countries, format), paint)


def _areas(
    canvas: Canvas,
    axes: Axes,
    rows: pd.DataFrame,
    box: Box,
    parts: Sequence[str],
    *,
    format: Format,
) -> None:
    """One country's areas, the parts from the foot up, with their names and a hint a year."""
    table = rows.pivot_table(index="year", columns="part", values="share")
    table = table.reindex(columns=parts).fillna(0)
    _stack(axes, table, rows[rows["share"].isna()])
    _name_parts(canvas, axes, table, box, format=format)
    _share_hits(canvas, axes, table, rows, format=format)


def _newest_shares(frame: pd.DataFrame, countries: list[str], format: Format) -> list[str]:
    facts = []
    for country in countries:
        rows = frame[frame["country"] == country]
        if len(rows):
            newest = rows[rows["year"] == rows["year"].max()].set_index("part")["share"].dropna()
            told = [
                f"{name} {format(newest[p])}" for p, name in power_names().items() if p in newest
            ]
            facts.append(f"{place_name(country)} {int(rows['year'].max())}: {', '.join(told)}")
    return facts


def _alike(table: pd.DataFrame, unknown: pd.DataFrame) -> list[list[int]]:
    """The stretches of consecutive years of which the same parts are known."""
    hidden = unknown.groupby("year")["part"].agg(frozenset)
    found: list[list[int]] = []
    for years, _ in runs(table.index.tolist(), [1.0] * len(table)):
        for number, year in enumerate(years):
            same = number and hidden.get(year) == hidden.get(year - 1)
            if same:
                found[-1].append(year)
            else:
                found.append([year])
    return found


def _stack(axes: Axes, table: pd.DataFrame, unknown: pd.DataFrame) -> None:
    """Stack the parts from the foot, China's first; a year without figures is a gap."""
    for years in _alike(table, unknown):
        across = np.array(years, float)
        block = table.loc[years]
        if len(years) == 1:
            sides = np.clip(across[0] + np.array([-0.3, 0.3]), *axes.get_xlim())
            across, block = sides, block.loc[years * 2]
        floor = np.zeros(len(block))
        for part in table.columns:
            roof = floor + block[part].to_numpy(float)
            axes.fill_between(
                across,
                floor,
                roof,
                color=colour(PARTS[part][2]),
                linewidth=0,
                clip_on=False,
                zorder=2,
            )
            if floor.any():
                axes.plot(across, floor, color=colour("paper"), linewidth=0.8, zorder=3)
            if part == RUSSIA:  # dashed, as its lines are
                middle = np.where(roof > floor, (floor + roof) / 2, np.nan)
                axes.plot(across, middle, color=colour("paper"), linestyle=DASHES[part], zorder=3)
            floor = roof


def _name_parts(
    canvas: Canvas, axes: Axes, table: pd.DataFrame, box: Box, *, format: Format
) -> None:
    """Name the last year's parts at their right, as many as there is room for, the two first.

    A part that has come to nothing is named too: its area has no other name.
    """
    newest = table.iloc[-1]
    middles = newest.cumsum() - newest / 2
    most = max(2, int((box.height - 6) // 15.5) + 1)
    shown = [p for p in table.columns if newest[p] >= 0.005 or table[p].max() >= _SEEN]
    ranked = sorted(shown, key=lambda part: (part not in NAMES, -newest[part]))[:most]
    shown = [part for part in shown if part in ranked]
    wanted = [canvas.place(axes, table.index[-1], middles[part])[1] for part in shown]
    # Not so low that the last would stand on the years.
    places = spread(wanted, 15.5, box.top + 1, box.foot - 5)
    for part, y in zip(shown, places, strict=True):
        name, short, ink = say(PARTS[part][0]), say(PARTS[part][1]), PARTS[part][2]
        power = part in NAMES
        share, room = format(newest[part]), canvas.width - box.right - 10
        tries = (f"{name} {share}", f"{short} {share}")
        words = next((told for told in tries if measure(told, power) <= room), short)
        canvas.write(box.right + 8, y + MIDDLE, words, ink=ink if power else "grey", bold=power)


def _share_hits(
    canvas: Canvas, axes: Axes, table: pd.DataFrame, rows: pd.DataFrame, *, format: Format
) -> None:
    """Let each year of a panel be pointed at."""
    links = rows.groupby("year")["row_id"].first() if "row_id" in rows else pd.Series(dtype=object)
    for year, values in table.iterrows():
        told = [
            f"{say(PARTS[part][0])} {format(value)}" for part, value in values.items() if value > 0
        ]
        year_hit(canvas, axes, int(year), f"{year}: {', '.join(told)}", links.get(year))
