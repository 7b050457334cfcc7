"""A square for each of many things, in rows by what became of them; each leads to its own place."""

from __future__ import annotations

import pandas as pd
from matplotlib.patches import Rectangle

from analysis.charts.canvas import MIDDLE, NARROW, Canvas, colour, measure
from analysis.charts.chart import Caption, Chart, make
from analysis.charts.drawings import drawn_once
from analysis.charts.wanted import wants

_SIDE, _STEP = 20, 26  # a square, and from one to the next: large enough for a finger
_GAP = 12  # between rows


@wants("row", "words", "row_id", "full", like="claims, a row a square")
@drawn_once
def squares(frame: pd.DataFrame, caption: Caption, *, key: tuple[str, str] | None = None) -> Chart:
    """Squares in rows, one a thing, that can be pointed at and lead to it.

    Args:
        frame: a row a square, in their order, with columns ``row`` (words of the row that it
            stands in), ``words`` (what is read at it), ``row_id`` (where it leads) and ``full``
            (whether it is filled, else it is an outline).
        caption: what stands around it.
        key: what a filled and an empty square mean; None where all are filled.

    Example:
        >>> frame = pd.DataFrame({"row": ["holds"], "words": ["A claim"], "row_id": ["kaz-one"],
        ...     "full": [True]})
        >>> squares(frame, Caption("fate", "Each claim by its verdict", "Claims")).id
        'fate'
    """
    rows = {name: frame[frame["row"] == name] for name in dict.fromkeys(frame["row"])}
    widest = max(measure(name) for name in rows) + 16
    top = 30 if key else 4

    def paint(width: int) -> Canvas:
        beside = width > NARROW
        left = widest if beside else 0.0
        many = int((width - left + _STEP - _SIDE) // _STEP)
        deep = {name: -(-len(marks) // many) for name, marks in rows.items()}
        head = 0 if beside else 20
        height = top + sum(head + lines * _STEP + _GAP for lines in deep.values())
        canvas = Canvas(width, height)
        if key:
            _key(canvas, key)
        y = float(top)
        for name, marks in rows.items():
            canvas.write(0, y + (_SIDE / 2 + MIDDLE if beside else 13), name)
            y += head
            for number, mark in enumerate(marks.itertuples()):
                at = (left + number % many * _STEP, y + number // many * _STEP)
                _square(canvas, at, full=bool(mark.full))
                x = (at[0], at[0] + _SIDE)
                canvas.hit(
                    canvas.sheet,
                    x,
                    (at[1], at[1] + _SIDE),
                    mark.words,
                    row_id=mark.row_id,
                    least=24,
                )
            y += deep[name] * _STEP + _GAP
        return canvas

    facts = [f"{name}: {len(marks)}" for name, marks in rows.items()]
    return make(frame, caption, "Rows of squares", facts, paint)


def _square(canvas: Canvas, at: tuple[float, float], *, full: bool, side: float = _SIDE) -> None:
    """A square whose outline lies within its side."""
    x, y = at
    canvas.base.add_patch(
        Rectangle(
            (x + 0.75, y + 0.75),
            side - 1.5,
            side - 1.5,
            facecolor=colour("own" if full else "none"),
            edgecolor=colour("own"),
            linewidth=1.5,
        )
    )


def _key(canvas: Canvas, key: tuple[str, str]) -> None:
    x = 0.0
    for full, words in zip((True, False), key, strict=True):
        _square(canvas, (x, 2), full=full, side=12)
        canvas.write(x + 18, 13, words, ink="grey")
        x += 18 + measure(words) + 18
