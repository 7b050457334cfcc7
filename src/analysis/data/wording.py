"""A figure's words: as its source prints them, as we put them together, and as corrected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def words_of(figure: Mapping[str, Any]) -> str:
    """The words that the numbers of a figure come from: as corrected, or else as printed."""
    return figure.get("corrected") or figure["printed"]


def quoted(figure: Mapping[str, Any]) -> str:
    """The words that stand for what is printed; in quotation marks only where they are printed."""
    ours = figure.get("wording") == "ours"
    return figure["printed"] if ours else f"“{figure['printed']}”"


def with_correction(figure: Mapping[str, Any]) -> str:
    """What is printed and what was corrected in it, with the reason."""
    words, reason = quoted(figure), figure.get("correction")
    if figure.get("corrected"):
        return f"{words}, corrected to {figure['corrected']}, because {reason}"
    return f"{words}; corrected: {reason}" if reason else words
