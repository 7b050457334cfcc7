"""Parts of a whole: what of it is China's, Russia's and everyone else's, a bar a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.charts.bars import in_order, place_name, stitch
from analysis.charts.canvas import (
    LINE,
    MIDDLE,
    NAMES,
    NARROW,
    RUSSIA,
    Box,
    Canvas,
    colour,
    measure,
    wrap,
)
from analysis.charts.chart import Caption, Chart, make
from analysis.charts.drawings import drawn_once
from analysis.charts.formats import Format, percent, power_names
from analysis.charts.wanted import wants
from analysis.page.language import heard, say

# Draws a whole's bars into a box, each country's around a middle so far below its top.
_Draw = Callable[[Canvas, str, Box, Sequence[float]], None]
# How much room a country's bars of a whole need above their middle and below, if so wide.
_Room = Callable[[str, str, float], tuple[float, float]]

_RECORDS = {"partner": ", partners’ records", "own": ", own record"}
_TALL = 17  # a bar's height
_LANE = 14  # room above a bar for shares that do not fit in their parts


def _rectangle(box: Box, ink: str, edge: str = "none") -> Rectangle:
    """A filled box; one edged in grey is dashed: its whole is not known."""
    return Rectangle(
        (box.left, box.top),
        box.width,
        box.height,
        facecolor=colour(ink),
        edgecolor=colour(edge),
        linewidth=1,
        linestyle=(0, (3, 2)) if edge == "grey" else "solid",
        clip_on=False,
        zorder=1,
    )


@wants(
    "whole",
    "country",
    "record",
    "year",
    "china",
    "russia",
    like="parts of a whole, as weights has them",
)
@drawn_once
def parts_of_whole(frame: pd.DataFrame, caption: Caption, *, format: Format = percent) -> Chart:
    """Of each whole, how much is China's, Russia's and everyone else's, a bar a record.

    Args:
        frame: a row a bar, with columns ``whole`` (words: what it is a part of), ``country``,
            ``record`` ("partner", "own", or one of another name), ``year`` (empty where the whole
            names its years), ``china`` and ``russia`` (shares, 0 to 1; empty where not recorded)
            and, if any, ``row_id`` and ``gap`` (words where both are empty).
        caption: what stands around it.
        format: how a share is written.

    Example:
        >>> frame = pd.DataFrame({"whole": ["Public debt"], "country": ["KGZ"],
        ...     "record": ["stated"], "year": [2024], "china": [0.39], "russia": [0.0]})
        >>> parts_of_whole(frame, Caption("parts", "China is owed most", "Share of debt")).id
        'parts'
    """
    wholes = {whole: frame[frame["whole"] == whole] for whole in dict.fromkeys(frame["whole"])}
    countries = in_order(frame["country"])

    def room(whole: str, country: str, wide: float) -> tuple[float, float]:
        return _room(_bars_of(wholes[whole], country), wide, format)

    def draw(canvas: Canvas, whole: str, box: Box, middles: Sequence[float]) -> None:
        rows = wholes[whole]
        _whole_head(canvas, whole, rows, box)
        axes = canvas.panel(box, (0, 1), (box.height, 0))
        mixed = not rows[list(NAMES)].isna().all().any()
        for country, middle in zip(countries, middles, strict=True):
            bars = _bars_of(rows, country)
            _country_bars(canvas, axes, bars, middle, wide=box.width, format=format, mixed=mixed)

    def paint(width: int) -> Canvas:
        form = _wholes_listed if width <= NARROW else _wholes_beside
        return form(width, list(wholes), countries, room, draw)

    facts = [
        f"{heard(row.whole)} {place_name(row.country)}: {_said(row, format)}"
        for row in frame.itertuples()
        if pd.notna(row.china) or pd.notna(row.russia)
    ]
    return make(frame, caption, "Stacked bars", facts, paint)


def _room_for_names(countries: Sequence[str]) -> float:
    return max(measure(place_name(country)) for country in countries) + 12


def _head(wholes: Iterable[str], wide: float) -> float:
    """How much room the names of wholes need, of which the longest has the most lines."""
    return 25 + LINE * max(len(wrap(heard(whole), wide, bold=True)) for whole in wholes)


def _middles(
    wholes: Sequence[str], countries: Sequence[str], wide: float, room: _Room
) -> tuple[list[float], float]:
    """Where countries' bars have their middles, the same in all these wholes, and the last ends."""
    middles, foot = [], _head(wholes, wide)
    for country in countries:
        above, below = map(max, zip(*(room(w, country, wide) for w in wholes), strict=True))
        middles.append(foot + above)
        foot += above + below
    return middles, foot


def _wholes_beside(
    width: int, wholes: Sequence[str], countries: Sequence[str], room: _Room, draw: _Draw
) -> Canvas:
    """A country a row, a whole a column; a row is as high as one of its wholes asks."""
    gap, names = 20, _room_for_names(countries)
    each = (width - names - gap * (len(wholes) - 1)) / len(wholes)
    middles, foot = _middles(wholes, countries, each, room)
    canvas = Canvas(width, 26 + foot)
    _key(canvas)
    _name_rows(canvas, countries, middles, 24)
    for number, whole in enumerate(wholes):
        box = Box(names + number * (each + gap), 24, each, canvas.height - 24)
        draw(canvas, whole, box, middles)
    return canvas


def _wholes_listed(
    width: int, wholes: Sequence[str], countries: Sequence[str], room: _Room, draw: _Draw
) -> Canvas:
    """One whole below the other, each with its countries."""
    names = _room_for_names(countries)
    rows = {whole: _middles([whole], countries, width - names, room) for whole in wholes}
    canvas = Canvas(width, 24 + sum(foot + 8 for _, foot in rows.values()))
    _key(canvas)
    top = 24.0
    for whole, (middles, foot) in rows.items():
        draw(canvas, whole, Box(names, top, width - names, foot + 8), middles)
        _name_rows(canvas, countries, middles, top)
        top += foot + 8
    return canvas


def _name_rows(
    canvas: Canvas, countries: Sequence[str], middles: Sequence[float], top: float
) -> None:
    for country, middle in zip(countries, middles, strict=True):
        canvas.write(0, top + middle + MIDDLE, place_name(country))


def _said(row: Any, format: Format) -> str:
    words = [
        f"{name} {format(value)}"
        if pd.notna(value := getattr(row, power))
        else say("{power} not recorded", power=name)
        for power, name in power_names().items()
    ]
    return ", ".join(words)


def _key(canvas: Canvas) -> None:
    """Name the colours once, above: bars are too many to name each."""
    x = 0.0
    for ink, words in (*power_names().items(), ("whole", say("everyone else"))):
        rest = ink == "whole"
        canvas.base.add_patch(_rectangle(Box(x, 3, 11, 11), ink, "line" if rest else "none"))
        if ink == RUSSIA:
            stitch(canvas.base, (x, x + 11), 11)
        canvas.write(x + 16, 13, words, ink="grey" if rest else ink, bold=not rest)
        x += 16 + measure(words, bold=not rest) + 18


def _whole_head(canvas: Canvas, whole: str, rows: pd.DataFrame, box: Box) -> None:
    """Say of what the bars below are parts, of which years, and whose are missing in all."""
    years = sorted({int(year) for year in rows["year"].dropna()})
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(map(str, years))
    both = {"partner", "own"} <= set(rows["record"])
    told = [span, say("lower bar: own record") if both else ""]
    told += [
        say("{power} not recorded", power=name)
        for power, name in power_names().items()
        if rows[power].isna().all()
    ]
    lines = wrap(heard(whole), box.width, bold=True)
    for number, line in enumerate(lines):
        canvas.write(box.left, box.top + 13 + LINE * number, line, bold=True)
    below = box.top + 13 + LINE * len(lines)
    canvas.write(box.left, below, ", ".join(filter(None, told)), ink="grey")


def _bars_of(rows: pd.DataFrame, country: str) -> pd.DataFrame:
    """A country's bars of one whole from above, its own record last."""
    theirs = rows[rows["country"] == country]
    return theirs.assign(rank=theirs["record"] == "own").sort_values("rank", kind="stable")


def _lane(bars: pd.DataFrame, wide: float, format: Format) -> float:
    """How much room there is above each of these bars for what does not fit in it."""
    inside = [t.inside for row in bars.itertuples() for t in _tags(_known(row), wide, format)]
    return 0 if all(inside) else _LANE


def _apart(lane: float) -> float:
    """From a bar's middle to the next one's; words between are nearer to the lower, theirs."""
    return _TALL + 2 + (lane + 3 if lane else 0)


def _room(bars: pd.DataFrame, wide: float, format: Format) -> tuple[float, float]:
    """How much room bars need above their middle, and below."""
    lane = _lane(bars, wide, format)
    below = _TALL / 2 + 3.5 + _apart(lane) * max(len(bars) - 1, 0) / 2
    return below + lane, below


def _country_bars(
    canvas: Canvas,
    axes: Axes,
    bars: pd.DataFrame,
    middle: float,
    *,
    wide: float,
    format: Format,
    mixed: bool,
) -> None:
    """Draw a country's bars of one whole around a middle."""
    apart = _apart(_lane(bars, wide, format))
    for place, row in enumerate(bars.itertuples()):
        at = middle + (place - (len(bars) - 1) / 2) * apart
        _part_bar(canvas, axes, row, at, wide=wide, format=format, mixed=mixed)


def _known(row: Any) -> dict[str, float]:
    """The powers' parts, as far as they are recorded."""
    return {power: float(v) for power in NAMES if pd.notna(v := getattr(row, power))}


def _part_bar(
    canvas: Canvas,
    axes: Axes,
    row: Any,
    middle: float,
    *,
    wide: float,
    format: Format,
    mixed: bool,
) -> None:
    """Draw one whole: China's part, Russia's, the rest; dashed where a part is not known."""
    known = _known(row)
    top, whole = middle - _TALL / 2, len(known) == len(NAMES)
    face, edge = ("whole", "line") if whole else ("none", "grey")
    axes.add_patch(_rectangle(Box(0, top, 1, _TALL), face, edge))
    if not known:
        gap = getattr(row, "gap", None)
        words = heard(gap) if isinstance(gap, str) and gap else say("none known")
        canvas.write(0, middle, words, axes=axes, dx=5, dy=MIDDLE, ink="grey")
        return
    x = 0.0
    for power, part in known.items():
        axes.add_patch(_rectangle(Box(x, top, part, _TALL), power))
        if power == RUSSIA and part > 0:
            stitch(axes, (x, x + part), top + _TALL - 2)
        if x > 0 and part > 0:
            axes.plot([x, x], [top, top + _TALL], color=colour("paper"), linewidth=1.5, zorder=2)
        x += part
    _write_tags(canvas, axes, _tags(known, wide, format), middle)
    if mixed:
        _say_missing(canvas, axes, known, middle, wide)
    record = say(_RECORDS[row.record]) if row.record in _RECORDS else ""
    year = "" if pd.isna(row.year) else f", {int(row.year)}"
    told = f"{place_name(row.country)}, {heard(row.whole)}{record}{year}"
    row_id = getattr(row, "row_id", None)
    canvas.hit(axes, (0, 1), (top, top + _TALL), f"{told}: {_said(row, format)}", row_id=row_id)


class _Tag(NamedTuple):
    """A part's share in words, and where they begin, from the left of its bar."""

    power: str
    share: float
    words: str
    left: float
    inside: bool

    @property
    def long(self) -> float:
        """How wide its words are."""
        return measure(self.words, bold=True)


def _tags(known: Mapping[str, float], wide: float, format: Format) -> list[_Tag]:
    """Where each part's share stands: in it if there is room, else above it, never in another."""
    tags, x = [], 0.0
    for power, share in known.items():
        words, room = format(share), share * wide
        spare = room - measure(words, bold=True)
        inside = spare >= 4
        tags.append(_Tag(power, share, words, x + min(4 if inside else 0, spare / 2), inside))
        x += room
    above = [tag for tag in tags if not tag.inside and tag.share > 0]
    return [tag for tag in tags if tag.inside] + _beside(above, wide)


def _beside(tags: list[_Tag], wide: float) -> list[_Tag]:
    """Move words off each other, no further than they must; where room lacks, the least go."""
    lefts, end = [], 0.0
    for tag in tags:
        lefts.append(max(tag.left, end))
        end = lefts[-1] + tag.long + 7
    end = wide
    for number in reversed(range(len(tags))):
        lefts[number] = min(lefts[number], end - tags[number].long)
        end = lefts[number] - 7
    if lefts and lefts[0] < 0:
        least = min(tags, key=lambda tag: tag.share)
        return _beside([tag for tag in tags if tag is not least], wide)
    return [tag._replace(left=left) for tag, left in zip(tags, lefts, strict=True)]


def _write_tags(canvas: Canvas, axes: Axes, tags: Iterable[_Tag], middle: float) -> None:
    """Write shares in their parts on the paper's colour, those above them in their own."""
    for tag in tags:
        ink, down = ("paper", MIDDLE - 1.5) if tag.inside else (tag.power, -_TALL / 2 - 3)
        canvas.write(0, middle, tag.words, axes=axes, dx=tag.left, dy=down, ink=ink, bold=True)


def _say_missing(
    canvas: Canvas, axes: Axes, known: Mapping[str, float], middle: float, wide: float
) -> None:
    """Say behind the part that is known whose is not, where there is room."""
    at = sum(known.values()) * wide + 5
    for power, name in power_names().items():
        words = say("{power} not recorded", power=name)
        if power not in known and at + measure(words) + 4 <= wide:
            canvas.write(0, middle, words, axes=axes, dx=at, dy=MIDDLE, ink="grey")
