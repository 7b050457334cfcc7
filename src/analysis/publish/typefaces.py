"""The letters of the pages, within them: a page asks no host for a font.

The cuts in the folder ``fonts`` are variable in weight and keep the letters of English; those of
other languages come in cuts of their own, for the pages that need them.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class _Cut:
    """A file of letters: those in the ranges, or all that no other cut of the family has."""

    family: str
    file: str
    ranges: tuple[tuple[int, int], ...] = ()

    def needed(self, letters: frozenset[int]) -> bool:
        """Whether any of the letters is in it."""
        return not self.ranges or any(
            low <= letter <= high for letter in letters for low, high in self.ranges
        )

    def css(self) -> str:
        """The rule that makes it known to a browser."""
        ranges = ",".join(f"U+{low:X}-{high:X}" for low, high in self.ranges)
        limit = f";unicode-range:{ranges}" if ranges else ""
        return (
            f'@font-face{{font-family:"{self.family}";font-weight:400 700;font-display:swap;'
            f'src:url(data:font/woff2;base64,{_encoded(self.file)}) format("woff2"){limit}}}'
        )


_ACCENTS, _EXTENDED = ((0xC0, 0xD6), (0xD8, 0xFF)), ((0x100, 0x17F),)
# What comes later is asked first for a letter in its ranges.
_CUTS = (
    _Cut("Newsreader", "newsreader"),
    _Cut("Newsreader", "newsreader-accents", _ACCENTS),
    _Cut("Newsreader", "newsreader-extended", _EXTENDED),
    _Cut("Inter", "inter"),
    _Cut("Inter", "inter-accents", _ACCENTS + _EXTENDED),
    _Cut("Inter", "inter-cyrillic", ((0x400, 0x4FF), (0x2116, 0x2116))),
)


@cache
def _encoded(file: str) -> str:
    content = (files("analysis.publish") / "fonts" / f"{file}.woff2").read_bytes()
    return base64.b64encode(content).decode("ascii")


def font_css(text: str, language: str = "en") -> str:
    """Rules that embed the cuts which a text needs.

    Args:
        text: all that the page shows.
        language: of the page; one whose letters Newsreader does not have is in Inter alone.
    """
    letters = frozenset(map(ord, set(text)))
    families = {"Newsreader", "Inter"} if language == "en" else {"Inter"}
    kept = (cut for cut in _CUTS if cut.family in families)
    return "\n".join(cut.css() for cut in kept if cut.needed(letters))
