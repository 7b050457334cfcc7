"""The sheet that every chart is drawn on: measured in CSS pixels, the same on every machine.

A figure at 72 dots an inch has pixels for points, so that what is 13 large here is 13 pixels large
on the page. Colours are named; the page decides by its variables what a name looks like.
"""

from __future__ import annotations

import functools
import io
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import Any, NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.typing import RcKeyType

WIDE, NARROW = 704, 336
SIZE = 13  # pixels: every word of a drawing, at both widths
LINE = 17  # from one line of words to the next
MIDDLE = 4.7  # from the middle of a capital down to the line it stands on

# Name: in light, in dark. A page sets them as --name; the light one stands where it does not.
COLOURS = {
    "paper": ("#fbf9f4", "#161614"),
    "ink": ("#1b1b19", "#ebe8e0"),
    "grey": ("#5d5b55", "#a9a69c"),
    "line": ("#ddd8cc", "#3b3934"),
    "others": ("#dcd7cb", "#3a3833"),
    "whole": ("#eeebe2", "#2c2a26"),  # pale enough for coloured words upon it
    "china": ("#c2391f", "#e8745c"),
    "russia": ("#2b5fa8", "#7fa8e0"),
    "own": ("#6b6a63", "#9a978c"),
    "china-tint": ("#f1cfc6", "#4d2a22"),
    "russia-tint": ("#cbd9ec", "#22354f"),
    "shade-1": ("#767062", "#8f897a"),
    "shade-2": ("#a29b8b", "#6e695d"),
    "shade-3": ("#c6bfb0", "#524e46"),
}
CHINA, RUSSIA = "china", "russia"
NAMES = {CHINA: "China", RUSSIA: "Russia"}
DASHES = {CHINA: "solid", RUSSIA: (0, (5, 2.5))}

_FAMILY = "Inter Tabular"  # our cut of Inter: its figures are all of one width
_STYLE: dict[RcKeyType, Any] = {
    "font.family": _FAMILY,
    "font.size": SIZE,
    "text.color": COLOURS["ink"][0],
    "text.hinting": "none",  # hinted letters are as wide as the screen is coarse
    "text.parse_math": False,  # two sums in dollars are no formula
    "axes.linewidth": 1,
    "lines.solid_capstyle": "butt",
    "hatch.linewidth": 1,
    "svg.fonttype": "none",
    "svg.hashsalt": "central-asia-two-books",
    "path.simplify": False,
}


@functools.cache
def _add_fonts() -> None:
    for cut in ("Regular", "Bold"):
        resource = files("analysis.charts") / "fonts" / f"InterTabular-{cut}.ttf"
        with as_file(resource) as path:
            font_manager.fontManager.addfont(path)


@contextmanager
def style(*, shapes: bool = False) -> Iterator[None]:
    """Draw from matplotlib's own defaults and ours, whatever style the user has set.

    Args:
        shapes: whether an SVG has its letters as shapes, and not as text.
    """
    _add_fonts()
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)
        if shapes:
            mpl.rcParams["svg.fonttype"] = "path"
        yield


def colour(name: str) -> str:
    """What a named colour is in light; "none" stays none."""
    return "none" if name == "none" else COLOURS[name][0]


class Box(NamedTuple):
    """A box of a sheet, in pixels from its left and its top."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right side."""
        return self.left + self.width

    @property
    def foot(self) -> float:
        """Its lower side."""
        return self.top + self.height


@dataclass(frozen=True)
class Hit:
    """A place to point at: what is read there, and the row of the table that it leads to."""

    box: Box
    words: str
    row_id: str | None = None


Span = float | tuple[float, float]


class Canvas:
    """A sheet of so many pixels, with its origin at the upper left.

    Panels have data coordinates of their own; words are set from the sheet or from a panel.
    """

    def __init__(self, width: float, height: float) -> None:
        # Whole pixels: a browser makes room for no others.
        self.width, self.height = float(np.ceil(width)), float(np.ceil(height))
        width, height = self.width, self.height
        self.hits: list[Hit] = []
        self.figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor="none")
        self.figure.patch.set_visible(False)  # the page's own paper shows through
        self._drawn_on = FigureCanvasAgg(self.figure)
        whole = Box(0, 0, width, height)
        self.base = self.panel(whole, (0, width), (height, 0))
        self.base.set_zorder(-10)  # rules and boxes lie under the panels
        self.sheet = self.panel(whole, (0, width), (height, 0))
        self.sheet.set_zorder(10)  # words stand on top

    def panel(self, box: Box, x: tuple[float, float], y: tuple[float, float]) -> Axes:
        """Axes without any furniture in a box of the sheet, with these limits."""
        bottom = 1 - (box.top + box.height) / self.height
        axes = self.figure.add_axes(
            (
                box.left / self.width,
                bottom,
                box.width / self.width,
                box.height / self.height,
            )
        )
        axes.set_axis_off()
        axes.set(xlim=x, ylim=y)
        return axes

    def place(self, axes: Axes, x: float, y: float) -> tuple[float, float]:
        """Where a point of a panel is on the sheet, in pixels."""
        across, up = axes.transData.transform((x, y))
        return float(across), self.height - float(up)

    def write(
        self,
        x: float,
        y: float,
        words: str,
        *,
        axes: Axes | None = None,
        dx: float = 0,
        dy: float = 0,
        ink: str = "ink",
        bold: bool = False,
        align: str = "left",
        size: float = SIZE,
    ) -> Text:
        """Set words with their base line at a point of the sheet, or of a panel."""
        if axes is not None:
            x, y = self.place(axes, x, y)
        return self.sheet.text(
            x + dx,
            y + dy,
            words,
            color=colour(ink),
            weight="bold" if bold else "normal",
            ha=align,
            va="baseline",
            size=size,
        )

    def rule(self, start: tuple[float, float], end: tuple[float, float], ink: str = "line") -> None:
        """Draw a straight line on the sheet, beneath all panels."""
        (x0, y0), (x1, y1) = start, end
        self.base.plot([x0, x1], [y0, y1], color=colour(ink), linewidth=1, clip_on=False)

    def hit(
        self, axes: Axes, x: Span, y: Span, words: str, *, row_id: Any = None, least: float = 14
    ) -> None:
        """Let a point or a box of a panel be pointed at; it is at least so many pixels large."""
        (x0, x1), (y0, y1) = (at if isinstance(at, tuple) else (at, at) for at in (x, y))
        (left, top), (right, bottom) = self.place(axes, x0, y0), self.place(axes, x1, y1)
        left, right = sorted((left, right))
        top, bottom = sorted((top, bottom))
        wide, tall = max(right - left, least), max(bottom - top, least)
        x0, y0 = max((left + right - wide) / 2, 0), max((top + bottom - tall) / 2, 0)
        box = Box(x0, y0, min(wide, self.width - x0), min(tall, self.height - y0))
        link = row_id if isinstance(row_id, str) and row_id else None
        self.hits.append(Hit(box, words, link))

    def extend(self, left: float, top: float, right: float, bottom: float) -> None:
        """Give the sheet margins; all that is drawn stays in place, as do its coordinates."""
        width, height = self.width + left + right, self.height + top + bottom
        for axes in self.figure.axes:
            box = axes.get_position(original=True)
            x, y = box.x0 * self.width + left, box.y0 * self.height + bottom
            axes.set_position(
                (x / width, y / height, box.width * self.width / width,
                 box.height * self.height / height)
            )  # fmt: skip
        self.figure.set_size_inches(width / 72, height / 72)
        self.hits = [
            Hit(
                hit.box._replace(left=hit.box.left + left, top=hit.box.top + top),
                hit.words,
                hit.row_id,
            )
            for hit in self.hits
        ]
        self.width, self.height = width, height

    def faults(self) -> list[str]:
        """What cannot be read in the drawing: words cut at its edge, and words over words."""
        with style():
            renderer = self._drawn_on.get_renderer()
            boxes = [
                (text.get_text(), text.get_window_extent(renderer))
                for axes in self.figure.axes
                for text in axes.texts
                if text.get_text()
            ]
        found = [
            f"cut: {words!r}"
            for words, box in boxes
            if box.x0 < -0.5
            or box.y0 < -0.5
            or box.x1 > self.width + 0.5
            or box.y1 > self.height + 0.5
        ]
        for number, (words, box) in enumerate(boxes):
            for others, other in boxes[number + 1 :]:
                across = min(box.x1, other.x1) - max(box.x0, other.x0)
                down = min(box.y1, other.y1) - max(box.y0, other.y0)
                if across > 0.5 and down > 1.5:
                    found.append(f"overlap: {words!r} and {others!r}")
        return found

    def crossed(self) -> list[str]:
        """Words that a line of a panel runs through."""
        with style():
            renderer = self._drawn_on.get_renderer()
            boxes = [
                (text.get_text(), text.get_window_extent(renderer)) for text in self.sheet.texts
            ]
        paths = [
            line.get_transform().transform_path(line.get_path())
            for axes in self.figure.axes
            if axes not in (self.base, self.sheet)
            for line in axes.lines
            if np.size(line.get_xdata()) > 1
        ]
        return [
            words
            for words, box in boxes
            if words and any(path.intersects_bbox(box.padded(-1.5), filled=False) for path in paths)
        ]

    def save_svg(self, metadata: dict[str, str]) -> str:
        """The drawing as matplotlib writes it, with what is said of it by Dublin Core's names."""
        buffer = io.StringIO()
        face = self.figure.get_facecolor()
        told = {"Date": None, "Creator": None} | metadata
        self.figure.savefig(buffer, format="svg", facecolor=face, metadata=told)
        return buffer.getvalue()

    def png(self, scale: float = 2, metadata: dict[str, str] | None = None) -> bytes:
        """The drawing as a picture with so many dots a pixel."""
        buffer = io.BytesIO()
        with style():
            self.figure.savefig(
                buffer, format="png", dpi=72 * scale, facecolor=self.figure.get_facecolor(),
                metadata={"Software": None} | (metadata or {}),
                # What takes twice as long makes it no smaller.
                pil_kwargs={"compress_level": 3},
            )  # fmt: skip
        return buffer.getvalue()


@functools.lru_cache(maxsize=4096)
def measure(words: str, bold: bool = False, size: float = SIZE) -> float:
    """How wide words are, in pixels."""
    prop = font_manager.FontProperties(
        family=_FAMILY, weight="bold" if bold else "normal", size=size
    )
    before = {key: mpl.rcParams[key] for key in _LETTERS}
    mpl.rcParams.update(_LETTERS)
    try:
        width, _, _ = _measuring().get_text_width_height_descent(words, prop, False)
    finally:
        mpl.rcParams.update(before)
    return float(width)


# All that the width of words depends on beside the letters: setting the whole style, or keeping a
# copy of the whole as ``rc_context`` does, takes longer than measuring.
_LETTERS: dict[RcKeyType, Any] = {
    "text.hinting": _STYLE["text.hinting"],
    "text.hinting_factor": mpl.rcParamsDefault["text.hinting_factor"],
    "text.kerning_factor": mpl.rcParamsDefault["text.kerning_factor"],
}


@functools.cache
def _measuring() -> RendererAgg:
    """Measures words, and draws none."""
    _add_fonts()
    return RendererAgg(1, 1, 72)


def wrap(words: str, width: float, bold: bool = False, size: float = SIZE) -> list[str]:
    """Break words into lines that are at most so many pixels wide; a longer word stays whole."""
    lines: list[str] = []
    for word in re.findall("[^ \n]+", words):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, bold, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def spread(wanted: list[float], gap: float, low: float, high: float) -> list[float]:
    """Move places apart until each is a gap from the next, as little as may be, in their order.

    All stay between low and high while there is room for them.

    Example:
        >>> spread([10, 12, 40], 10, 0, 100)
        [6.0, 16.0, 40.0]
    """
    order = sorted(range(len(wanted)), key=lambda number: (wanted[number], number))
    groups: list[list[float]] = []  # the middle that each group wants, and how many it holds
    for number in order:
        groups.append([float(np.clip(wanted[number], low, high)), 1])
        while len(groups) > 1:
            (first, many), (second, more) = groups[-2:]
            if second - first >= gap * (many + more) / 2:
                break
            groups[-2:] = [[(first * many + second * more) / (many + more), many + more]]
            middle, count = groups[-1]
            half = gap * (count - 1) / 2
            groups[-1][0] = min(max(middle, low + half), max(high - half, low + half))
    places = [
        middle + gap * (rank - (count - 1) / 2)
        for middle, count in groups
        for rank in range(int(count))
    ]
    result = [0.0] * len(wanted)
    for number, place in zip(order, places, strict=True):
        result[number] = place
    return result


def ticks(high: float, most: int = 4) -> list[float]:
    """Round numbers from nought up to the highest value, at most so many above nought.

    Example:
        >>> ticks(48.7), ticks(0.39)
        ([0.0, 10.0, 20.0, 30.0, 40.0], [0.0, 0.1, 0.2, 0.3])
    """
    if not high > 0:
        return [0.0]
    power = 10.0 ** math.floor(math.log10(high / most))
    step = next(
        power * factor for factor in (1, 2, 5, 10, 20) if high / (power * factor) < most + 1
    )
    return [round(step * number, 12) for number in range(int(round(high / step, 9)) + 1)]
