"""A chart: what it says, the table behind it, and its drawing for page, telephone and file."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.charts.canvas import NARROW, WIDE, Canvas, colour, style, wrap
from analysis.charts.drawings import Drawings, key_of, once, remembering
from analysis.charts.svg import file_svg, page_svg
from analysis.page.about import LICENCE, about
from analysis.page.figure import bundle
from analysis.page.language import heard, say

LONGEST_TITLE = 12  # words
LONGEST_ALT = 250  # characters

_MARGIN = 16


@dataclass(frozen=True)
class Caption:
    """What stands around a drawing, said by whoever has it drawn.

    Attributes:
        id: the chart's name in the page, a valid id of HTML.
        title: what it shows, as a finding of at most twelve words.
        subtitle: measure, unit, place and years.
        sources: ids of the sources of the frame.
        source_line: the same in words.
        note: what a reader must know of these figures; may be empty.
    """

    id: str
    title: str
    subtitle: str = ""
    sources: tuple[str, ...] = ()
    source_line: str = ""
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart of one frame. As the last line of a notebook's cell it shows itself.

    ``file_png()`` gives it as bytes and ``file_svg()`` as text, to be written to a file of its own.

    Attributes:
        id: its name in the page, a valid id of HTML.
        title: what it shows, as a finding of at most twelve words.
        subtitle: measure, unit, place and years.
        alt: kind of chart, of what data, showing what; at most 250 characters.
        table: the frame behind it, its units in the names of its columns or in a column.
        sources: ids of the sources of the frame.
        source_line: the same in words.
        note: what a reader must know of these figures; may be empty.
        paint: draws it so many pixels wide.
    """

    id: str
    title: str
    subtitle: str
    alt: str
    table: pd.DataFrame = field(repr=False)
    paint: Callable[[int], Canvas] = field(repr=False)
    sources: tuple[str, ...] = ()
    source_line: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a title or a description that is missing or too long."""
        count = sum(any(map(str.isalnum, word)) for word in self.title.split(" "))
        if not 0 < count <= LONGEST_TITLE:
            raise ValueError(
                f"chart {self.id}: a title of {count} words; a title has 1 to {LONGEST_TITLE}: "
                f"{self.title!r}"
            )
        if not 0 < len(self.alt) <= LONGEST_ALT:
            raise ValueError(
                f"chart {self.id}: an alt text of {len(self.alt)} characters; it has 1 to "
                f"{LONGEST_ALT}: {self.alt!r}"
            )

    def draw(self, width: int) -> Canvas:
        """Draw it anew, so many pixels wide, from matplotlib's own defaults."""
        with style():
            return self.paint(width)

    @cached_property
    def wide(self) -> str:
        """The drawing for a page of 704 pixels, as SVG without title or source."""
        return self._for_page(self.draw(WIDE), "wide")

    @cached_property
    def narrow(self) -> str:
        """The drawing for a telephone, 336 pixels wide, as SVG without title or source."""
        return self._for_page(self.draw(NARROW), "narrow")

    def _for_page(self, canvas: Canvas, form: str) -> str:
        return page_svg(canvas, f"{self.id}-{form}", self.title, self.alt)

    def framed(self) -> Canvas:
        """The drawing with all that it needs to stand alone: title, unit, source, licence."""
        return self._frame(self.draw(WIDE))

    def _frame(self, canvas: Canvas) -> Canvas:
        head = [(line, 17, True, "ink") for line in wrap(self.title, WIDE, bold=True, size=17)]
        head += [(line, 14, False, "grey") for line in wrap(self.subtitle, WIDE, size=14)]
        source = (
            say("Source: {line}.", line=self.source_line.rstrip(".")) if self.source_line else ""
        )
        foot = [line for words in (self.note, source, imprint()) for line in wrap(words, WIDE)]
        height, top = canvas.height, 22 * len(head) + 14
        with style():
            canvas.extend(_MARGIN, top + _MARGIN, _MARGIN, 18 * len(foot) + _MARGIN + 8)
            canvas.figure.patch.set(visible=True, facecolor=colour("paper"))
            for number, (line, size, bold, ink) in enumerate(head):
                canvas.write(0, 14 + 22 * number - top, line, size=size, bold=bold, ink=ink)
            for number, line in enumerate(foot):
                canvas.write(0, height + 22 + 18 * number, line, ink="grey")
        return canvas

    def file_svg(self) -> str:
        """The chart as a file of its own, with title, unit, source and licence in it."""
        return self._svg_of(self.framed())

    def file_png(self, scale: float = 2) -> bytes:
        """The chart as a picture of its own, with so many dots a pixel."""
        return self._png_of(self.framed(), scale)

    def _svg_of(self, framed: Canvas) -> str:
        return file_svg(framed, self.title, self.alt, self._told())

    def _png_of(self, framed: Canvas, scale: float = 2) -> bytes:
        told = {
            "Title": self.title,
            "Description": self.alt,
            "Source": self.source_line,
            "Copyright": LICENCE,
        }
        return framed.png(scale, told)

    def _told(self) -> dict[str, str]:
        return {
            "Title": self.title,
            "Description": self.alt,
            "Source": self.source_line,
            "Rights": LICENCE,
            "Creator": imprint(),
        }

    @property
    def rows(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the rows that its marks lead to, each with the chart's own anchor."""
        return dict.fromkeys(self._row_ids, (self.id,))

    @cached_property
    def _row_ids(self) -> list[str]:
        # A page takes all four drawings sooner or later; whoever asks by hand needs but one.
        if remembering() or "_drawings" in vars(self):
            found: list[str] = self._drawings["rows"]
            return found
        return _row_ids_on(self.draw(WIDE))

    @cached_property
    def _drawings(self) -> Drawings:
        around = (self.id, self.title, self.subtitle, self.alt, self.note, self.source_line)
        return once(key_of(self.paint, *around), self._drawn)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        drawn = self._drawings
        return bundle(
            id=self.id,
            title=self.title,
            subtitle=self.subtitle,
            alt=self.alt,
            wide=drawn["wide"],
            narrow=drawn["narrow"],
            note=self.note,
            source_line=self.source_line,
            svg=drawn["svg"],
            png=base64.b64decode(drawn["png"]),
            table=self.table,
        )

    def _drawn(self) -> Drawings:
        """All drawings of the chart as text, for page and telephone and its files, and its rows.

        The canvases are left to be forgotten: what matplotlib keeps of one is larger than all that
        was drawn.
        """
        sheet = self.draw(WIDE)
        wide = self._for_page(sheet, "wide")
        rows = _row_ids_on(sheet)
        # The sheet may get its margins, now that it was read off.
        framed = self._frame(sheet)
        return {
            "rows": rows,
            "wide": wide,
            "narrow": self.narrow,
            "svg": self._svg_of(framed),
            "png": base64.b64encode(self._png_of(framed)).decode("ascii"),
        }


def _row_ids_on(canvas: Canvas) -> list[str]:
    return list(dict.fromkeys(hit.row_id for hit in canvas.hits if hit.row_id))


def imprint() -> str:
    """Who made a chart, in one line: licence, the project's name and version, its address."""
    told = about()
    parts = (LICENCE, told.author, f"{told.name} {told.version}", told.address)
    return " · ".join(part for part in parts if part)


def make(
    frame: pd.DataFrame,
    caption: Caption,
    kind: str,
    facts: list[str],
    paint: Callable[[int], Canvas],
) -> Chart:
    """Put a chart together from its frame, its caption and the way it is drawn.

    Args:
        frame: the table behind it.
        caption: what stands around it.
        kind: kind of chart, for its description in words.
        facts: what it shows, the weightiest first, for the same.
        paint: draws it so many pixels wide.
    """
    caption = replace(caption, subtitle=heard(caption.subtitle))
    return Chart(
        id=caption.id,
        title=caption.title,
        subtitle=caption.subtitle,
        alt=alt_text(say(kind), caption, facts),
        table=frame,
        paint=paint,
        sources=caption.sources,
        source_line=caption.source_line,
        note=caption.note,
    )


def alt_text(kind: str, caption: Caption, facts: list[str]) -> str:
    """Kind of chart, of what data, showing what: as many facts as there is room for.

    Example:
        >>> caption = Caption("debt", "China leads", "Public debt abroad, 2024")
        >>> alt_text("Bars", caption, ["Kyrgyzstan 39%"])
        'Bars. Public debt abroad, 2024. China leads. Kyrgyzstan 39%.'
    """
    told = " ".join(
        f"{words.rstrip('.')}." for words in (kind, caption.subtitle, caption.title) if words
    )
    kept: list[str] = []
    for fact in facts:
        if len(f"{told} {'; '.join([*kept, fact])}.") > LONGEST_ALT:
            break
        kept.append(fact)
    return f"{told} {'; '.join(kept)}." if kept else told
