"""How far the records are apart by year, and gas by who buys it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from analysis.charts.bars import in_order, place_name
from analysis.charts.canvas import (
    LINE,
    MIDDLE,
    NAMES,
    NARROW,
    Box,
    Canvas,
    colour,
    measure,
    ticks,
    wrap,
)
from analysis.charts.chart import Caption, Chart, make
from analysis.charts.drawings import drawn_once
from analysis.charts.formats import Format, power_names, rounded, tenth, times
from analysis.charts.panels import (
    draw_line,
    end_labels,
    end_years,
    last_values,
    room_for,
    runs,
    value_grid,
    year_hit,
    year_hits,
    years_axis,
)
from analysis.charts.wanted import wants
from analysis.page.language import ENGLISH, say, spoken


@wants(
    "country",
    "year",
    "ratio",
    like="rows of mirror on one flow, power and dataset, such as "
    'load("KGZ").where("mirror", power="CHN", flow="exports", dataset="imf-dots-2022")',
    one={"flow": (), "power": (), "dataset": ("country",)},
    key=("country", "year"),
)
@drawn_once
def mirror_ratio(
    frame: pd.DataFrame,
    caption: Caption,
    *,
    power: str = "china",
    missing: Mapping[str, str] | None = None,
    format: Format = times,
) -> Chart:
    """The power's record of a trade as a multiple of the country's own, a panel a country.

    Args:
        frame: a row a country and year, with columns ``country``, ``year``, ``ratio`` (the
            power's figure over the country's; 1 where both agree) and, if any, ``row_id``.
        caption: what stands around it.
        power: whose record it is, "china" or "russia"; it gives the line its colour.
        missing: what to say of a country without any year, by country.
        format: how a ratio is written.

    Example:
        >>> frame = pd.DataFrame({"country": "KGZ", "year": [2019, 2020], "ratio": [3.6, 3.7]})
        >>> mirror_ratio(frame, Caption("apart", "Far apart", "Times")).id
        'apart'
    """
    known = frame.dropna(subset=["ratio"]).sort_values("year")
    countries = in_order([*known["country"], *(missing or {})])
    first = int(known["year"].min())
    years = (first, max(int(known["year"].max()), first + 1))
    limits = (min(float(known["ratio"].min()), 0.8), max(float(known["ratio"].max()), 1.2))

    def paint(width: int) -> Canvas:
        across, tall = (2, 100) if width <= NARROW else (5, 150)
        step, each = tall + 70, width / across
        canvas = Canvas(width, step * -(-len(countries) // across) - 12)
        for number, country in enumerate(countries):
            down, right = divmod(number, across)
            left, top = right * each, down * step
            canvas.write(left, top + 13, place_name(country), bold=True)
            rows = known[known["country"] == country]
            if rows.empty:
                for line, words in enumerate(wrap((missing or {})[country], each - 12)):
                    canvas.write(left, top + 53 + LINE * line, words, ink="grey")
                continue
            axes = canvas.panel(Box(left + 21, top + 37, each - 70, tall), years, limits)
            _ratio_panel(canvas, axes, rows, power, format=format)
            end_years(canvas, axes, limits[0], *years)
        return canvas

    newest = known.groupby("country").tail(1).set_index("country")
    facts = [
        f"{place_name(c)} {int(newest.loc[c, 'year'])} {format(newest.loc[c, 'ratio'])}"
        for c in countries
        if c in newest.index
    ]
    return make(frame, caption, "Small lines", facts, paint)


def _ratio_panel(
    canvas: Canvas, axes: Axes, rows: pd.DataFrame, power: str, *, format: Format
) -> None:
    """Draw one country's ratio around one, where both records agree; name its peak and its end."""
    first, last = axes.get_xlim()
    left, level = canvas.place(axes, first, 1)
    right, _ = canvas.place(axes, last, 1)
    canvas.rule((left, level), (right, level), "ink")
    canvas.write(left - 3, level + MIDDLE, "1×", ink="grey", align="right")
    for years, values in runs(rows["year"].tolist(), rows["ratio"].tolist()):
        if len(years) > 1:
            tint = colour(f"{power}-tint")
            axes.fill_between(years, values, 1, color=tint, linewidth=0, clip_on=False)
    draw_line(axes, rows.rename(columns={"ratio": power}), power, 1.8)
    peak, end = rows.loc[rows["ratio"].idxmax()], rows.iloc[-1]
    _, y = canvas.place(axes, last, end["ratio"])
    canvas.write(right + 6, y + MIDDLE, format(end["ratio"]), ink=power, bold=True)
    if peak["ratio"] > 1.25 * end["ratio"]:
        peak_label(canvas, axes, peak["year"], peak["ratio"], format(peak["ratio"]), ink=power)
    for row in rows.itertuples():
        told = f"{row.year}: {NAMES[power]}’s record {format(row.ratio)} the country’s"
        year_hit(canvas, axes, row.year, told, getattr(row, "row_id", None))


def peak_label(
    canvas: Canvas, axes: Axes, year: float, value: float, words: str, *, ink: str
) -> None:
    """Name a line's highest value above it, within the panel's sides."""
    named = say("{words} in {year}", words=words, year=int(year))
    half = measure(named) / 2
    (left, _), (right, _) = (canvas.place(axes, at, value) for at in axes.get_xlim())
    x, y = canvas.place(axes, year, value)
    x = min(max(x, left + half), right - half) if right - left > 2 * half else (left + right) / 2
    canvas.write(x, y - 6, named, ink=ink, align="center")


@wants(
    "year",
    "china",
    "russia",
    only={"tie": ("gas",), "unit": ("m3",)},
    one={"country": ()},
    key=("year",),
    like='ties in gas, such as load("TKM").where(tie="gas", record="stated")',
)
@drawn_once
def gas(
    frame: pd.DataFrame,
    caption: Caption,
    *,
    notes: pd.DataFrame | None = None,
    format: Format = tenth,
    unit: str = "bcm",
) -> Chart:
    """Gas bought by China and by Russia over the years, annotated at the line.

    Args:
        frame: a row a year, with columns ``year``, ``china`` and ``russia`` (billion cubic
            metres, or cubic metres where a column ``unit`` says m3; empty where not known) and, if
            any, ``row_id``. A year without neighbours is a dot.
        caption: what stands around it.
        notes: at most one a line, with columns ``year``, ``power`` ("china", "russia") and
            ``words``.
        format: how a quantity is written.
        unit: what stands behind it.

    Example:
        >>> frame = pd.DataFrame({"year": [2009, 2010], "china": [0, 3.5], "russia": [11, 9.7]})
        >>> gas(frame, Caption("gas", "Gas turned to China", "Billion cubic metres")).id
        'gas'
    """
    known = frame.dropna(subset=list(NAMES), how="all").sort_values("year")
    if "unit" in known:  # as the tables have it
        known = known.assign(**{power: known[power] / 1e9 for power in NAMES})
    first, last = int(known["year"].min()), int(known["year"].max())
    highest = float(known[list(NAMES)].max().max()) or 1.0

    space = " " if spoken() == ENGLISH else "\u00a0"

    def with_unit(value: float) -> str:
        return f"{format(value)}{space}{say(unit)}" if value else say("none")

    def paint(width: int) -> Canvas:
        narrow = width <= NARROW
        left, right, tall = (58.0, 76.0, 210) if narrow else (64.0, 140.0, 250)
        left = max(left, *(measure(rounded(with_unit)(tick)) + 6 for tick in ticks(highest)))
        right = max(right, room_for(known, narrow=narrow, format=with_unit))
        canvas, box = Canvas(width, tall + 60), Box(left, 32, width - left - right, tall)
        axes = canvas.panel(box, (first, max(last, first + 1)), (0, highest))
        value_grid(canvas, axes, ticks(highest), format=with_unit, sides=(0, box.right + 4))
        years_axis(canvas, axes, 0, first, last)
        for power in reversed(NAMES):
            rows = known.dropna(subset=[power])
            draw_line(axes, rows, power, 2.2)
        ends = last_values(known, last, narrow=narrow, format=with_unit)
        end_labels(canvas, axes, ends, box.right + 10, (box.top, box.foot - 4))
        for power in NAMES:
            _name_peak(canvas, axes, known.dropna(subset=[power]), power, format=format)
        for row in notes.itertuples() if notes is not None else ():
            value = known.loc[known["year"] == row.year, row.power].iloc[0]
            _annotate(canvas, axes, (row.year, float(value)), row.words, row.power)
        year_hits(canvas, axes, known, "", format=with_unit)
        return canvas

    facts = [
        f"{int(rows['year'].iloc[-1])}, {name} {with_unit(rows[power].iloc[-1])}"
        for power, name in power_names().items()
        if len(rows := known.dropna(subset=[power]))
    ]
    return make(frame, caption, "Lines", facts, paint)


def _name_peak(
    canvas: Canvas, axes: Axes, rows: pd.DataFrame, power: str, *, format: Format
) -> None:
    """Name a line's highest value close to it, where no line and no other words are."""
    if rows.empty or rows[power].max() <= 1.15 * rows[power].iloc[-1]:
        return
    peak = rows.loc[rows[power].idxmax()]
    words = say("{words} in {year}", words=format(peak[power]), year=int(peak["year"]))
    wide, (x, y) = measure(words), canvas.place(axes, peak["year"], peak[power])
    left, right = (canvas.place(axes, at, 0)[0] for at in axes.get_xlim())
    places = [
        Box(at, y - up - 12, wide, 14)
        for up in range(6, 22, 2)
        for at in np.arange(left, max(right - wide, left) + 1, 2)
    ]
    places.sort(key=lambda box: (np.hypot(box.left + wide / 2 - x, y - box.foot), box.top))
    is_free = _free_places(canvas, axes)
    free = next((box for box in places if is_free(box)), places[0])
    canvas.write(free.left, free.top + 12, words, ink=power)


def _annotate(canvas: Canvas, axes: Axes, point: tuple[float, float], words: str, ink: str) -> None:
    """Set a note near a point of a line, where it is on no line and on no other words."""
    lines = wrap(words, 110 if canvas.width <= NARROW else 190)
    wide, tall = max(map(measure, lines)), 15 * len(lines)
    x, y = canvas.place(axes, *point)
    left, right = (canvas.place(axes, at, 0)[0] for at in axes.get_xlim())
    places = [
        Box(at, top, wide, tall)
        for at in np.arange(left, right - wide, 6)
        for top in np.arange(0, canvas.height - tall, 6)
    ]
    places.sort(key=lambda box: np.hypot(box.left + wide / 2 - x, box.top + tall / 2 - y))
    apart = (box for box in places if not box.top - 12 < y < box.foot + 12)
    is_free = _free_places(canvas, axes)
    free = next((box for box in apart if is_free(box)), places[0])
    near = min(max(x, free.left + 4), free.right - 4)
    end = free.foot + 2 if free.foot < y else free.top - 2
    start = y - 5 if free.foot < y else y + 5
    canvas.base.plot([x, near], [start, end], color=colour("grey"), linewidth=0.8, clip_on=False)
    for number, line in enumerate(lines):
        middle = free.left + wide / 2
        canvas.write(middle, free.top + 12 + 15 * number, line, ink=ink, align="center")


def _free_places(canvas: Canvas, axes: Axes) -> Callable[[Box], bool]:
    """What says whether a box of the sheet is within the panel, off its lines and off all words.

    Where these are is found out once, for the many boxes that are tried.
    """
    _, foot = canvas.place(axes, 0, 0)
    lines = [line.get_transform().transform_path(line.get_path()) for line in axes.lines]
    texts = [text.get_window_extent() for text in canvas.sheet.texts]

    def is_free(box: Box) -> bool:
        if box.top < 0 or box.foot > foot - 2:
            return False
        ends = canvas.height - box.foot - 3, canvas.height - box.top + 3
        bounds = Bbox([[box.left - 3, ends[0]], [box.right + 3, ends[1]]])
        return not any(line.intersects_bbox(bounds, filled=False) for line in lines) and not any(
            bounds.overlaps(extent) for extent in texts
        )

    return is_free
