"""Parts of a whole: what of it is China's, Russia's and everyone else's, now and over the years."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.charts.bars import in_order, place_name, stitch
from analysis.charts.canvas import (
    DASHES,
    LINE,
    MIDDLE,
    NAMES,
    NARROW,
    RUSSIA,
    Box,
    Canvas,
    colour,
    measure,
    spread,
    wrap,
)
from analysis.charts.chart import Caption, Chart, make
from analysis.charts.drawings import drawn_once
from analysis.charts.formats import Format, percent, power_names
from analysis.charts.panels import runs, year_hit, years_axis
from analysis.charts.wanted import wants
from analysis.page.language import heard, say

# Draws a whole's bars into a box, each country's around a middle so far below its top.
_Draw = Callable[[Canvas, str, Box, Sequence[float]], None]
# How much room a country's bars of a whole need above their middle and below, if so wide.
_Room = Callable[[str, str, float], tuple[float, float]]

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
_RECORDS = {"partner": ", partners’ records", "own": ", own record"}
_TALL = 17  # a bar's height
_LANE = 14  # room above a bar for shares that do not fit in their parts
_SEEN = 0.02  # a part that was once so large is seen, and has to be named


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
            table = rows.pivot_table(index="year", columns="part", values="share")
            table = table.reindex(columns=parts).fillna(0)
            _stack(axes, table, rows[rows["share"].isna()])
            _name_parts(canvas, axes, table, box, format=format)
            _share_hits(canvas, axes, table, rows, format=format)
            for value in (0, 0.5, 1) if single else ():
                _, y = canvas.place(axes, first, value)
                canvas.write(edge, y + MIDDLE, format(value), ink="grey", align="right")
        years_axis(canvas, axes, 0, first, last)
        return canvas

    return make(frame, caption, "Stacked areas", _newest_shares(frame, countries, format), paint)


def _newest_shares(frame: pd.DataFrame, countries: list[str], format: Format) -> list[str]:
    facts = []
    for country in countries:
        rows = frame[frame["country"] == country]
        if len(rows):
            newest = rows[rows["year"] == rows["year"].max()].set_index("part")["share"]
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
