"""The verbal scale as a ruler: five bands, what each is called, and examples laid on it."""

from __future__ import annotations

import pandas as pd

from analysis.charts.canvas import LINE, MIDDLE, Canvas, colour, wrap
from analysis.charts.chart import Caption, Chart, make
from analysis.charts.drawings import drawn_once
from analysis.charts.formats import Format, rounded, times
from analysis.charts.wanted import wants

_SHADES = ("whole", "others", "shade-3", "shade-2", "shade-1")


@wants("word", "up_to", like="bands, each with its word and its upper end")
@drawn_once
def ruler(
    frame: pd.DataFrame,
    caption: Caption,
    *,
    examples: pd.DataFrame,
    format: Format = times,
) -> Chart:
    """Five bands of equal width, the ratio above each limit, worked examples on them.

    Args:
        frame: a row a band, from the smallest ratio up, with columns ``word`` and ``up_to`` (the
            ratio at which it ends; empty for the last).
        caption: what stands around it.
        examples: a row an example, with columns ``words``, ``ratio`` (the larger over the
            smaller figure, 1 and above) and ``leader`` (CHN, RUS, or empty).
        format: how a ratio is written.

    Example:
        >>> frame = pd.DataFrame({"word": ["about level", "larger"], "up_to": [1.1, None]})
        >>> examples = pd.DataFrame({"words": ["Trade"], "ratio": [1.05], "leader": [""]})
        >>> ruler(frame, Caption("scale", "What the words mean", ""), examples=examples).id
        'scale'
    """
    limits = [1.0, *frame["up_to"].dropna().astype(float)]

    def paint(width: int) -> Canvas:
        band = width / len(frame)
        labels = [wrap(word, band - 10) for word in frame["word"]]
        deep = max(len(lines) for lines in labels)
        notes = [wrap(f"{words} ({format(ratio)})", width - 26) for words, ratio in
                 zip(examples["words"], examples["ratio"], strict=True)]  # fmt: skip
        listed = sum(len(lines) for lines in notes) * LINE + 6 * len(notes)
        canvas = Canvas(width, 20 + 34 + 8 + deep * LINE + 14 + listed)
        _bands(canvas, labels, limits, format)
        top = 20 + 34 + 8 + deep * LINE + 14.0
        taken: list[float] = []
        for number, (row, lines) in enumerate(zip(examples.itertuples(), notes, strict=True), 1):
            x = _place(row.ratio, limits, band)
            x = min(max(x, 11), width - 11)
            while any(abs(x - other) < 22 for other in taken):
                x += 2
            taken.append(x)
            ink = {"CHN": "china", "RUS": "russia"}.get(row.leader, "ink")
            _badge(canvas, x, 37, number, ink)
            canvas.hit(canvas.sheet, x, 37, f"{row.words}: {format(row.ratio)}", least=20)
            _badge(canvas, 9, top + 9, number, ink)
            for line in lines:
                canvas.write(26, top + 9 + MIDDLE, line)
                top += LINE
            top += 6
        return canvas

    ends = [f"up to {rounded(format)(limit)}" for limit in limits[1:]] + ["beyond"]
    facts = [f"{word} {end}" for word, end in zip(frame["word"], ends, strict=True)]
    return make(frame, caption, "Ruler", facts, paint)


def _bands(canvas: Canvas, labels: list[list[str]], limits: list[float], format: Format) -> None:
    band = canvas.width / len(labels)
    for number, lines in enumerate(labels):
        left = number * band
        canvas.base.fill(
            [left, left + band, left + band, left], [20, 20, 54, 54],
            facecolor=colour(_SHADES[number % len(_SHADES)]), edgecolor=colour("paper"),
        )  # fmt: skip
        align, x = ("left", 0.0) if number == 0 else ("center", left)
        words = "level" if number == 0 else rounded(format)(limits[number])
        canvas.write(x, 13, words, ink="grey", align=align)
        for place, line in enumerate(lines):
            canvas.write(left + band / 2, 54 + 18 + place * LINE, line, align="center")


def _place(ratio: float, limits: list[float], band: float) -> float:
    """How far along a ratio lies: in its band, in proportion; the last band ends at tenfold."""
    ends = [*limits, limits[-1] * 10]
    ratio = min(max(ratio, 1.0), ends[-1])
    number = max(n for n, low in enumerate(limits) if ratio >= low)
    low, high = ends[number], ends[number + 1]
    return band * (number + (ratio - low) / (high - low))


def _badge(canvas: Canvas, x: float, y: float, number: int, ink: str) -> None:
    canvas.base.plot(x, y, "o", color=colour(ink), markersize=18, markeredgecolor=colour("paper"),
                     markeredgewidth=1.5, clip_on=False)  # fmt: skip
    canvas.write(x, y + MIDDLE, str(number), ink="paper", bold=True, align="center")
