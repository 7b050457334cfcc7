"""Ties beside GDP, several countries and ties on one scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.bars import draw_bar, in_order, place_name, scale
from analysis.charts.canvas import LINE, MIDDLE, NAMES, NARROW, Box, Canvas, measure, wrap
from analysis.charts.chart import Caption, Chart, make
from analysis.charts.drawings import drawn_once
from analysis.charts.formats import Format, percent_fine
from analysis.charts.wanted import wants
from analysis.data.frames import as_rows

_THICK, _STEP = 12, 15  # a bar, and the way to the next of its pair
_PAIR = 2 * _STEP + 12


@wants(
    "country",
    "tie",
    "year",
    "china",
    "russia",
    like="ties beside GDP, with china_to_gdp and russia_to_gdp of ties as china and russia",
    key=("country", "tie"),
    shares=("china", "russia"),
)
@drawn_once
def of_gdp_five(frame: pd.DataFrame, caption: Caption, *, format: Format = percent_fine) -> Chart:
    """Each tie of each country beside its GDP, China's bar over Russia's, all on one scale.

    Args:
        frame: a row a country and tie, with columns ``country``, ``tie`` (words), ``year``,
            ``china`` and ``russia`` (shares of GDP of that year; empty where not recorded) and,
            if any, ``row_id``, ``china_words`` and ``russia_words`` (what is written in place of
            a value, such as the ends of an interval; else empty), and ``gap`` (what is written
            where neither is known).
        caption: what stands around it.
        format: how a share is written.

    Example:
        >>> frame = pd.DataFrame({"country": ["KGZ", "TJK"], "tie": "Public debt", "year": 2024,
        ...     "china": [0.09, 0.06], "russia": [0.0, 0.0]})
        >>> of_gdp_five(frame, Caption("gdp", "China is owed more", "Share of GDP")).id
        'gdp'
    """
    drawn = _Frame(
        ties=list(dict.fromkeys(frame["tie"])),
        countries=in_order(frame["country"]),
        rows={(row["tie"], row["country"]): row for row in as_rows(frame)},
        format=format,
    )
    heavy = frame[frame[list(NAMES)].notna().any(axis=1)]
    heavy = heavy.assign(most=frame[list(NAMES)].max(axis=1)).sort_values(
        "most", ascending=False, kind="stable"
    )
    facts = [
        f"{place_name(row['country'])}, {row['tie']} {int(row['year'])}: "
        + ", ".join(f"{n} {drawn.words(row, p)}" for p, n in NAMES.items() if pd.notna(row[p]))
        for row in as_rows(heavy)
    ]
    return make(
        frame,
        caption,
        "Bars",
        facts,
        lambda width: (_narrow if width <= NARROW else _wide)(drawn, width),
    )


@dataclass(frozen=True)
class _Frame:
    """What is drawn: ties and countries in their order, and a row for each of both."""

    ties: list[str]
    countries: list[str]
    rows: dict[tuple[str, str], dict[str, Any]]
    format: Format

    def words(self, row: dict[str, Any], power: str) -> str:
        told = row.get(f"{power}_words")
        return told if isinstance(told, str) and told else self.format(row[power])

    def ends(self) -> list[tuple[float, str]]:
        """Each bar's value, and the words behind it."""
        return [
            (row[power], self.words(row, power))
            for row in self.rows.values()
            for power in NAMES
            if pd.notna(row[power])
        ]

    def years(self, tie: str) -> str:
        known = [row for (name, _), row in self.rows.items() if name == tie and _is_known(row)]
        years = sorted({int(row["year"]) for row in known})
        return f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(map(str, years))


def _is_known(row: dict[str, Any]) -> bool:
    return any(pd.notna(row[power]) for power in NAMES)


def _wide(drawn: _Frame, width: int) -> Canvas:
    """A country a row, a tie a column."""
    names = max(measure(place_name(c), bold=True) for c in drawn.countries) + 14
    each = (width - names) / len(drawn.ties)
    lines = max(len(wrap(tie, each - 10, bold=True)) for tie in drawn.ties)
    head = 28 + LINE * (1 + lines)
    canvas = Canvas(width, head + _PAIR * len(drawn.countries) - 10)
    _key(canvas)
    for number, country in enumerate(drawn.countries):
        y = head + number * _PAIR + _STEP + MIDDLE
        canvas.write(0, y, place_name(country), bold=True)
    for number, tie in enumerate(drawn.ties):
        left = names + number * each
        _heading(canvas, drawn, tie, left=left, top=24, room=each - 10)
        axes = _panel(canvas, drawn, left, each - 8)
        canvas.rule((left, head - 2), (left, canvas.height), "ink")
        for place, country in enumerate(drawn.countries):
            _cell(canvas, axes, drawn, (tie, country), (head + place * _PAIR, each - 18))
    return canvas


def _narrow(drawn: _Frame, width: int) -> Canvas:
    """A tie below the other, a country a row of each."""
    names = max(measure(place_name(c)) for c in drawn.countries) + 12
    tall = 48 + _PAIR * len(drawn.countries)
    canvas = Canvas(width, 24 + tall * len(drawn.ties))
    _key(canvas)
    axes = _panel(canvas, drawn, names, width - names)
    for number, tie in enumerate(drawn.ties):
        top = 24 + number * tall
        _heading(canvas, drawn, tie, left=0, top=top, room=width)
        foot = top + 34 + _PAIR * len(drawn.countries)
        canvas.rule((names, top + 40), (names, foot), "ink")
        for place, country in enumerate(drawn.countries):
            at = top + 42 + place * _PAIR
            canvas.write(0, at + _STEP + MIDDLE, place_name(country))
            _cell(canvas, axes, drawn, (tie, country), (at, width - names - 10))
    return canvas


def _heading(
    canvas: Canvas, drawn: _Frame, tie: str, *, left: float, top: float, room: float
) -> None:
    lines = wrap(tie, room, bold=True)
    for number, line in enumerate(lines):
        canvas.write(left, top + 13 + LINE * number, line, bold=True)
    canvas.write(left, top + 13 + LINE * len(lines), drawn.years(tie), ink="grey")


def _panel(canvas: Canvas, drawn: _Frame, left: float, room: float) -> Axes:
    """A panel as high as the sheet, on the one scale of all bars."""
    ends = drawn.ends()
    longest = max((value for value, _ in ends), default=0)
    box = Box(left, 0, scale(ends, room), canvas.height)
    return canvas.panel(box, (0, longest if longest > 0 else 1), (canvas.height, 0))


def _cell(
    canvas: Canvas, axes: Axes, drawn: _Frame, of: tuple[str, str], at: tuple[float, float]
) -> None:
    """The two bars of a tie of a country, or what is not known of it: at a top, so wide."""
    row, (top, room) = drawn.rows.get(of, {}), at
    if not row or not _is_known(row):
        gap = row.get("gap")
        words = gap if isinstance(gap, str) and gap else "none known"
        for number, line in enumerate(wrap(words, room)):
            middle = top + _STEP / 2 + number * _STEP
            canvas.write(0, middle, line, axes=axes, dx=5, dy=MIDDLE, ink="grey")
        return
    for place, (power, name) in enumerate(NAMES.items()):
        middle = top + _STEP / 2 + place * _STEP
        if pd.isna(row[power]):
            canvas.write(0, middle, "not recorded", axes=axes, dx=5, dy=MIDDLE, ink="grey")
            continue
        words = drawn.words(row, power)
        told = f"{place_name(of[1])}, {of[0]}, {int(row['year'])}: {name} {words} of GDP"
        draw_bar(
            canvas, axes, middle=middle, value=row[power], ink=power, words=words, told=told,
            row_id=row.get("row_id"), thick=_THICK,
        )  # fmt: skip


def _key(canvas: Canvas) -> None:
    """Name the two colours once, above."""
    canvas.write(0, 13, "China", ink="china", bold=True)
    canvas.write(measure("China", True) + 14, 13, "Russia, stitched", ink="russia", bold=True)
