"""Bars from nought: the same trade in two records, one country's two powers, ties beside GDP."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

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
    wrap,
)
from analysis.charts.chart import Caption, Chart, make
from analysis.charts.drawings import drawn_once
from analysis.charts.formats import Format, dollars, percent_fine, power_name, power_names, times
from analysis.charts.wanted import TRADE, wants, wants_trade
from analysis.config import COUNTRIES, POWERS
from analysis.page.language import heard, say
from analysis.page.words import ends, listed, owner

_BAR, _GAP = 19, 3  # a bar's height, and the way to the next of its pair
_PAIR = 2 * _BAR + _GAP


def place_name(country: str) -> str:
    """A country's name; a code that is none of the five stands for itself."""
    return heard(COUNTRIES.get(country, country), "names")


def in_order(countries: Iterable[str]) -> list[str]:
    """The five in their one order, then any others as they come."""
    seen = list(dict.fromkeys(countries))
    return [c for c in COUNTRIES if c in seen] + [c for c in seen if c not in COUNTRIES]


def scale(ends: list[tuple[float, str]], room: float) -> float:
    """How many pixels the longest bar may have, so that the words at every end still fit.

    Args:
        ends: each bar's value and the words behind it, in bold.
        room: pixels for bar and words together.
    """
    known = [(value, measure(words, bold=True)) for value, words in ends if value > 0]
    longest = max((value for value, _ in known), default=0)
    return min(((room - 10 - wide) * longest / value for value, wide in known), default=room / 2)


def draw_bar(
    canvas: Canvas,
    axes: Axes,
    *,
    middle: float,
    value: float,
    ink: str,
    words: str,
    told: str,
    row_id: Any = None,
    thick: float = _BAR,
) -> None:
    """Draw one bar of a panel from nought, its words at its end, and what it says when touched."""
    axes.barh(middle, value, height=thick, color=colour(ink), linewidth=0, clip_on=False)
    if ink == RUSSIA:
        stitch(axes, (0, value), middle + thick / 2 - 3)
    canvas.write(value, middle, words, axes=axes, dx=6, dy=MIDDLE, ink=ink, bold=True)
    sides = (middle - thick / 2, middle + thick / 2)
    canvas.hit(axes, (0.0, float(value)), sides, told, row_id=row_id)


def stitch(axes: Axes, sides: tuple[float, float], y: float) -> None:
    """Sew a dashed line into what is Russia's, as its lines are dashed: so it holds in grey."""
    axes.plot(
        sides,
        (y, y),
        color=colour("paper"),
        linewidth=1,
        linestyle=DASHES[RUSSIA],
        clip_on=False,
        zorder=2,
    )


def _bar_panel(canvas: Canvas, left: float, across: float, highest: float) -> Axes:
    """A panel as high as the sheet: values to the right, pixels downwards."""
    box = Box(left, 0, across, canvas.height)
    return canvas.panel(box, (0, highest if highest > 0 else 1), (canvas.height, 0))


def _head(canvas: Canvas, top: float, name: str, year: int, narrow: bool) -> None:
    """A name and its year: one after the other on a telephone, else one below the other."""
    canvas.write(0, top + 14, name, bold=True)
    if narrow:
        canvas.write(measure(f"{name} ", bold=True) + 2, top + 14, str(year), ink="grey")
    else:
        canvas.write(0, top + 14 + LINE, str(year), ink="grey")


@wants(
    "country",
    "year",
    "record",
    "value",
    only={"tie": TRADE, "unit": ("USD",)},
    like="one trade by both its records, a row a country and record",
)
@drawn_once
def same_trade(
    frame: pd.DataFrame,
    caption: Caption,
    *,
    power: str = "CHN",
    says: tuple[str, str] = ("{power} says {value}", "{country} says {value}"),
    format: Format = dollars,
) -> Chart:
    """One trade in two records, a pair of bars a country.

    Args:
        frame: a row a bar, with columns ``country`` (code), ``year``, ``record`` ("partner": the
            power's; "own": the country's), ``value`` (US dollars) and, if any, ``row_id``. The
            countries stand in its order.
        caption: what stands around it.
        power: whose trade it is, "CHN" or "RUS".
        says: words at the first pair's two bars.
        format: how a value is written.

    Example:
        >>> frame = pd.DataFrame({"country": ["KGZ", "KGZ"], "year": [2024, 2024],
        ...     "record": ["partner", "own"], "value": [22.7e9, 5.5e9]})
        >>> same_trade(frame, Caption("hero", "China counts more", "Trade in goods")).alt
        'Paired bars. Trade in goods. China counts more. Kyrgyzstan 2024: $22.7bn and $5.5bn.'
    """
    known = frame.dropna(subset=["value"])
    pairs = [
        (country, int(rows["year"].iloc[0]), rows.set_index("record"))
        for country in known["country"].unique()
        for rows in [known[known["country"] == country]]
    ]

    def paint(width: int) -> Canvas:
        narrow = width <= NARROW
        left, head = (0, 22) if narrow else (112, 0)
        step = head + _PAIR + 16
        canvas = Canvas(width, step * len(pairs) - 12)
        drawn = _bars_of_pairs(pairs, power, says, format)
        across = scale([(bar["value"], bar["words"]) for bar in drawn], width - left)
        axes = _bar_panel(canvas, left, across, known["value"].max())
        for number, (country, year, _) in enumerate(pairs):
            _head(canvas, step * number, place_name(country), year, narrow)
        for bar in drawn:
            top = step * bar.pop("pair") + head + _BAR / 2 + bar.pop("place") * (_BAR + _GAP)
            draw_bar(canvas, axes, middle=top, **bar)
        return canvas

    facts = [
        f"{place_name(country)} {year}: "
        + listed([format(rows.loc[r, "value"]) for r in ("partner", "own") if r in rows.index])
        for country, year, rows in pairs
    ]
    return make(frame, caption, "Paired bars", facts, paint)


def _record_of(holder: str) -> str:
    return say("{owner} record", owner=owner(holder), country=holder)


_RECORDS = {
    "partner": "By China’s and Russia’s records",
    "own": "By {owner} own record",
    "exports_first": "By exports first",
    "reconciled": "Reconciled by a third party",
    "stated": "As stated",
    "article": "In the article",
}


def _bars_of_pairs(
    pairs: Sequence[tuple[str, int, pd.DataFrame]],
    power: str,
    says: tuple[str, str],
    format: Format,
) -> list[dict[str, Any]]:
    """Every bar with its words; at those of the first pair it is said whose count it is."""
    found = []
    named = heard(POWERS[power], "names")
    for number, (country, year, rows) in enumerate(pairs):
        place_of = place_name(country)
        for place, record in enumerate(("partner", "own")):
            if record not in rows.index:
                continue
            row, shown = rows.loc[record], format(rows.loc[record, "value"])
            holder = named if record == "partner" else place_of
            said = say(says[place], power=named, country=place_of, value=shown)
            found.append(
                {
                    "pair": number,
                    "place": place,
                    "value": row["value"],
                    "ink": POWERS[power].lower() if record == "partner" else "own",
                    "words": shown if number else said,
                    "told": f"{place_of}, {year}, {_record_of(holder)}: {shown}",
                    "row_id": row.get("row_id"),
                }
            )
    return found


@wants_trade("record", "year")
@drawn_once
def two_records(frame: pd.DataFrame, caption: Caption, *, format: Format = dollars) -> Chart:
    """One country's trade with the two powers, on each record, the newest year first.

    Args:
        frame: a row a record and year, with columns ``country``, ``record`` (own, partner,
            reconciled ...), ``year``, ``china`` and ``russia`` (US dollars, empty where not
            recorded) and, if any, ``row_id``, ``concept`` and ``range`` (whether a figure is the
            middle of one). A figure that is known by ``china_low`` and ``china_high`` alone, or
            Russia's, is drawn by their middle and told by them. The newest year and an earlier one
            may stand in it.
        caption: what stands around it.
        format: how a value is written.

    Example:
        >>> frame = pd.DataFrame({"country": ["KGZ"], "record": ["own"], "year": [2023],
        ...     "china": [5.43e9], "russia": [3.01e9]})
        >>> two_records(frame, Caption("two", "China leads", "Trade in goods, 2023")).id
        'two'
    """
    frame = _with_middles(frame)
    country = place_name(frame["country"].iloc[0])
    blocks = {
        say(head, owner=owner(country), country=country): rows.sort_values("year", ascending=False)
        for record, head in _RECORDS.items()
        if len(rows := frame[frame["record"] == record])
    }
    gap = _gap_in_words(frame, country)

    def paint(width: int) -> Canvas:
        said = wrap(gap, width)
        count = sum(map(len, blocks.values()))
        height = 30 * len(blocks) + (_PAIR + 8) * count + LINE * len(said) + 2
        canvas = Canvas(width, height)
        ends = [
            (row[power], _in_words(power, row, format))
            for rows in blocks.values()
            for _, row in rows.iterrows()
            for power in NAMES
            if pd.notna(row[power])
        ]
        axes = _bar_panel(canvas, 48, scale(ends, width - 48), max(v for v, _ in ends))
        top = 0.0
        for head, rows in blocks.items():
            top = _record_block(canvas, axes, head, rows, top=top, format=format)
        for number, line in enumerate(said):
            canvas.write(0, top + 10 + LINE * number, line)
        return canvas

    facts = [
        f"{head}, {int(row['year'])}: "
        + listed([_in_words(p, row, format) for p in NAMES if pd.notna(row[p])])
        for head, rows in blocks.items()
        for _, row in rows.iterrows()
    ]
    return make(frame, caption, "Bars", facts, paint)


def _with_middles(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame with middles where a figure has no one value; where it has one, without its ends.

    Of rows of ``ties`` a floor, whose upper end is only its working reading, stands as it is.
    """
    found = frame.copy()
    for power in NAMES:
        low, high = f"{power}_low", f"{power}_high"
        if not {low, high} <= {*frame}:
            continue
        ends = frame[[low, high]]
        floors = pd.Series(False, frame.index)
        if f"{power}_logical_high" in frame:
            floors = frame[power].isna() & frame[f"{power}_logical_high"].isna()
            ends = ends.assign(**{high: ends[high].mask(floors)})
        middle = ends.mean(axis=1, skipna=False).mask(floors, ends[low])
        told = frame[power].isna() & middle.notna()
        found[power] = frame[power].where(~told, middle)
        middles = told | (frame[power].notna() & found.get("range", False))
        found[[low, high]] = ends.where(middles)
        found["range"] = told | found.get("range", False)
    return found


def _of(power: str, value: float, format: Format) -> str:
    return f"{power_name(power)} {format(value)}"


def _in_words(power: str, row: Mapping[str, Any], format: Format) -> str:
    """A power's figure; of one that is drawn by its middle both ends, or its floor."""
    low, high = (row.get(f"{power}_{end}", float("nan")) for end in ("low", "high"))
    if pd.isna(low) or low == high:
        return _of(power, row[power], format)
    if pd.isna(high):
        return f"{power_name(power)} {say('{least} or more', least=format(low))}"
    return f"{power_name(power)} {ends([format(low), format(high)])}"


def _record_block(
    canvas: Canvas, axes: Axes, head: str, rows: pd.DataFrame, *, top: float, format: Format
) -> float:
    """Draw one record's bars below its name, a pair a year; return where the next begins.

    What a third party reconciled is thinner: it is nobody's record.
    """
    canvas.write(0, top + 14, head, bold=True)
    top += 24
    left, _ = canvas.place(axes, 0, 0)
    canvas.rule((left, top - 2), (left, top + (_PAIR + 8) * len(rows) - 6), "ink")
    thick = 8 if (rows["record"] == "reconciled").any() else _BAR
    for _, row in rows.iterrows():
        canvas.write(0, top + 14, str(int(row["year"])), ink="grey")
        for place, power in enumerate(NAMES):
            middle = top + _BAR / 2 + place * (_BAR + _GAP)
            if pd.isna(row[power]):
                words = f"{power_name(power)}: {say('not recorded')}"
                canvas.write(left + 6, middle + MIDDLE, words, ink="grey")
                continue
            words = _in_words(power, row, format)
            draw_bar(
                canvas,
                axes,
                middle=middle,
                value=row[power],
                ink=power,
                words=words,
                told=f"{int(row['year'])}, {head[0].lower()}{head[1:]}: {words}",
                row_id=row.get("row_id"),
                thick=thick,
            )
        top += _PAIR + 8
    return top + 6


def _gap_in_words(frame: pd.DataFrame, country: str) -> str:
    """How far the two sides' records of the newest common year are apart, for each power.

    Records of two concepts are not held against each other, nor the middles of ranges: where the
    newest common year has one, nothing is said, since an older year would be taken for it.
    """
    years = frame.groupby("year")["record"].nunique()
    newest = years[years > 1].index.max()
    known = frame[~frame["range"]] if "range" in frame else frame
    known = known[known["year"] == newest]
    both = known.pivot_table(index="year", columns="record", values=list(NAMES))
    for year in sorted(both.index, reverse=True):
        if "concept" in known and known[known["year"] == year]["concept"].nunique() > 1:
            continue
        parts = []
        for power, name in power_names().items():
            theirs, own = (both.loc[year].get((power, record)) for record in ("partner", "own"))
            if pd.notna(theirs) and pd.notna(own) and own > 0:
                parts.append((name, times(theirs / own).rstrip("×")))
        if parts:
            (first, ratio), *more = parts
            then = "".join(
                say(", {owner} {times} times", owner=owner(name), power=name, times=factor)
                for name, factor in more
            )
            return say(
                "In {year} {owner} record is {times} times {whose} own{then}.",
                year=year, owner=owner(first), power=first, times=ratio, whose=owner(country),
                country=country, then=then,
            )  # fmt: skip
    return ""


@wants(
    "tie",
    "year",
    "china",
    "russia",
    like="ties beside GDP, with china_to_gdp and russia_to_gdp of ties as china and russia",
    shares=("china", "russia"),
)
@drawn_once
def of_gdp(frame: pd.DataFrame, caption: Caption, *, format: Format = percent_fine) -> Chart:
    """One country's ties beside its GDP, each tie with China's and Russia's bar, largest first.

    Args:
        frame: a row a tie, with columns ``tie`` (words), ``year``, ``china`` and ``russia``
            (shares of GDP of that year, 0 to 1 and above; empty where not recorded) and, if any,
            ``row_id``, ``china_note`` and ``russia_note`` (words where a value is missing), and
            ``china_words`` and ``russia_words`` (what is written in place of the value, such as
            the ends of an interval; else empty).
        caption: what stands around it.
        format: how a share is written.

    Example:
        >>> frame = pd.DataFrame({"tie": ["Pay sent home"], "year": [2018],
        ...     "china": [float("nan")], "china_note": ["none"], "russia": [0.22]})
        >>> of_gdp(frame, Caption("gdp", "Pay comes home", "Share of GDP")).alt
        'Bars. Share of GDP. Pay comes home. Pay sent home 2018: China: none, Russia 22%.'
    """
    shares = frame[["china", "russia"]]
    order = shares.max(axis=1).fillna(-1).sort_values(ascending=False, kind="stable").index
    rows = [row for _, row in frame.loc[order].iterrows()]

    def label(power: str, row: pd.Series) -> str:
        missing = pd.isna(row[power])
        told = row.get(f"{power}_note" if missing else f"{power}_words")
        if isinstance(told, str) and told:
            return f"{power_name(power)}: {told}" if missing else f"{power_name(power)} {told}"
        if missing:
            return f"{power_name(power)}: {say('not recorded')}"
        return _of(power, row[power], format)

    def paint(width: int) -> Canvas:
        narrow = width <= NARROW
        left = (
            0 if narrow else max(measure(place_name(tie), bold=True) for tie in frame["tie"]) + 16
        )
        head, thick = (22 if narrow else 0), 15
        step = head + 2 * thick + _GAP + (14 if narrow else 12)
        canvas = Canvas(width, step * len(rows) - 10)
        ends = [(row[p], label(p, row)) for row in rows for p in NAMES if pd.notna(row[p])]
        axes = _bar_panel(canvas, left, scale(ends, width - left), shares.max().max())
        if not narrow:
            canvas.rule((left, 0), (left, canvas.height), "ink")
        for number, row in enumerate(rows):
            _head(canvas, step * number, place_name(row["tie"]), int(row["year"]), narrow)
            for place, power in enumerate(NAMES):
                middle = step * number + head + thick / 2 + place * (thick + _GAP)
                words = label(power, row)
                if pd.isna(row[power]):
                    canvas.write(left + 6, middle + MIDDLE, words, ink="grey")
                    continue
                part = say("{part} of GDP", part=words) if row[power] else words
                told = f"{place_name(row['tie'])}, {int(row['year'])}: {part}"
                draw_bar(
                    canvas, axes, middle=middle, value=row[power], ink=power, words=words,
                    told=told, row_id=row.get("row_id"), thick=thick,
                )  # fmt: skip
        return canvas

    facts = [
        f"{place_name(row['tie'])} {int(row['year'])}: "
        f"{label('china', row)}, {label('russia', row)}"
        for row in rows
    ]
    return make(frame, caption, "Bars", facts, paint)
