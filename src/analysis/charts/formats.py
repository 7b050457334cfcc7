"""How a number is written at a mark: short, halves away from nought."""

from __future__ import annotations

import re
from collections.abc import Callable

from analysis.charts.canvas import NAMES
from analysis.page import words
from analysis.page.language import ENGLISH, heard, say, spoken
from analysis.page.words import decimals, of_hundred
from analysis.page.words import percent as part

Format = Callable[[float], str]

__all__ = [
    "Format",
    "dollars",
    "of_hundred",
    "percent",
    "percent_fine",
    "power_name",
    "power_names",
    "rounded",
    "tenth",
    "times",
    "whole",
]


def dollars(value: float) -> str:
    """A sum, to three digits; where the sign would be a word, a chart's subtitle has it.

    Example:
        >>> dollars(12.85e9)
        '$12.9bn'
    """
    told = words.dollars(value)
    return told if spoken() == ENGLISH else told.removesuffix(f"\u00a0{say('dollars')}")


def percent(share: float) -> str:
    """A part in per cent; what is there but rounds to nought says so.

    Example:
        >>> percent(0.385), percent(0.004), percent(0)
        ('39%', 'under 1%', '0%')
    """
    if 0 < share < 0.005:
        return say("under {most}", most=part(0.01))
    return part(share)


def percent_fine(share: float) -> str:
    """A part in per cent, with one place below ten.

    Example:
        >>> percent_fine(0.0625), percent_fine(0.2249), percent_fine(0.0004), percent_fine(0)
        ('6.3%', '22%', 'under 0.1%', 'none')
    """
    if share == 0:
        return "none" if spoken() == ENGLISH else part(0)
    if 0 < share < 0.0005:
        return say("under {most}", most=part(0.001, 1))
    return part(share, 1 if share < 0.0995 else 0)


def times(ratio: float) -> str:
    """A ratio: to the tenth below ten, whole from there on.

    Example:
        >>> times(4.05), times(12.3), times(0.96)
        ('4.1×', '12×', '0.96×')
    """
    return f"{decimals(ratio, 2 if ratio < 0.995 else 1 if ratio < 9.95 else 0)}×"


def rounded(format: Format) -> Format:
    """The same way of writing, for round numbers at an axis: without a nought after the point.

    Example:
        >>> rounded(dollars)(20e9), rounded(dollars)(2.5e9)
        ('$20bn', '$2.5bn')
    """
    return lambda value: re.sub(r"[.,]0(?![0-9])", "", format(value))


def whole(value: float) -> str:
    """A count without a unit.

    Example:
        >>> whole(778041), whole(36.4)
        ('778,041', '36')
    """
    return decimals(value, 0)


def tenth(value: float) -> str:
    """A quantity to the tenth.

    Example:
        >>> tenth(36.44), tenth(5)
        ('36.4', '5.0')
    """
    return decimals(value, 1)


def power_name(power: str) -> str:
    """What a power is called in the language that is spoken; "china" or "russia" is asked for.

    Example:
        >>> power_name("china")
        'China'
    """
    return heard(NAMES[power], "names")


def power_names() -> dict[str, str]:
    """Both powers by name, China first."""
    return {power: power_name(power) for power in NAMES}
