"""Drawings so small that they are written by hand: a line for a card, a bar for a table's row."""

from __future__ import annotations

from html import escape

import pandas as pd

from analysis.charts.canvas import COLOURS
from analysis.charts.panels import runs


def _ink(name: str) -> str:
    return f"var(--{name}, {COLOURS[name][0]})"


def sparkline(frame: pd.DataFrame, told: str, width: int = 96, height: int = 28) -> str:
    """China's part of the pair over the years around the half, for a card.

    Args:
        frame: a row a year, with columns ``year`` and ``part`` (0 to 1; empty is a gap).
        told: what it shows, for those who do not see it.
        width: in pixels.
        height: in pixels.

    Returns:
        One ``<svg>``; nothing where no year is known.

    Example:
        >>> sparkline(pd.DataFrame({"year": [], "part": []}), "none")
        ''
    """
    known = frame.dropna(subset=["part"]).sort_values("year")
    if known.empty:
        return ""
    first, last = int(known["year"].min()), int(known["year"].max())
    step = (width - 6) / max(last - first, 1)
    half = height / 2

    def place(year: float, part: float) -> str:
        return f"{3 + (year - first) * step:.1f} {3 + (1 - part) * (height - 6):.1f}"

    lines = "".join(
        "M" + "L".join(place(year, part) for year, part in zip(years, parts, strict=True))
        for years, parts in runs(known["year"].tolist(), known["part"].tolist())
        if len(years) > 1
    )
    end = known.iloc[-1]
    x, y = place(end["year"], end["part"]).split()
    ink = "china" if end["part"] > 0.5 else "russia" if end["part"] < 0.5 else "ink"
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{escape(told)}"><path d="M0 {half:g}H{width}" stroke="{_ink("line")}"/>'
        f'<path d="{lines}" fill="none" stroke="{_ink("ink")}" stroke-width="1.5"/>'
        f'<circle cx="{x}" cy="{y}" r="3" fill="{_ink(ink)}"/></svg>'
    )


def split_bar(china: float, russia: float, told: str, width: int = 100, height: int = 12) -> str:
    """China's and Russia's parts of the two together, as a bar for a table's row.

    Args:
        china: what China's is; empty (NaN) where it is not recorded.
        russia: the same of Russia.
        told: what it shows, for those who do not see it.
        width: in pixels.
        height: in pixels.

    Returns:
        One ``<svg>``; a dashed box where a half is not known, or where there is nothing.

    Example:
        >>> 'width="75.0"' in split_bar(3, 1, "China three, Russia one")
        True
    """
    known = pd.notna(china) and pd.notna(russia) and china + russia > 0
    if known:
        part = width * china / (china + russia)
        inner = (
            f'<rect width="{part:.1f}" height="{height}" fill="{_ink("china")}"/>'
            f'<rect x="{part:.1f}" width="{width - part:.1f}" height="{height}" '
            f'fill="{_ink("russia")}"/>'
            f'<path d="M{part:.1f} {height - 3}H{width}" stroke="{_ink("paper")}" '
            f'stroke-dasharray="5 2.5"/>'
            f'<path d="M{part:.1f} 0V{height}" stroke="{_ink("paper")}" stroke-width="2"/>'
            f'<path d="M{width / 2:g} 0V{height}" stroke="{_ink("ink")}" stroke-dasharray="2 2"/>'
        )
    else:
        inner = (
            f'<rect x=".5" y=".5" width="{width - 1}" height="{height - 1}" fill="none" '
            f'stroke="{_ink("grey")}" stroke-dasharray="3 2"/>'
        )
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{escape(told)}">{inner}</svg>'
    )
