"""A quantity as printed words give it: the value, and the two intervals that go with it.

The working interval is what a careful reader takes the words to mean; charts and verbs use it. The
logical bounds are what the words strictly allow. The widths are choices, so they stand here, once,
under a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf, isinf

# How far a hedged number may lie from the printed one. Ferson and others (2015, Int. J.
# Approximate Reasoning 57) measured what readers take such words to mean; these widths are
# rounder than theirs on purpose, and the logical ones three times wider.
ABOUT = Fraction(5, 100)
ABOUT_LOGICAL = Fraction(15, 100)
NEARLY = Fraction(5, 100)
NEARLY_LOGICAL = Fraction(15, 100)
BEYOND = Fraction(10, 100)  # "more than x" is read as at most a tenth above x: a writer rounds


class Refused(ValueError):
    """Words that cannot be read.

    ``reason`` says what is wrong with them. ``names`` is the unit that the words themselves name,
    where that is the reason. ``nearest`` is the nearest form that can be read, or else ``example``
    some form that can; both are empty where the reason says all.
    """

    def __init__(self, reason: str, names: str = "", nearest: str = "", example: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.names = names
        self.nearest = nearest
        self.example = example

    def __str__(self) -> str:
        """The reason as a sentence, with the nearest known form."""
        if self.nearest:
            return f'{self.reason}; did you mean "{self.nearest}"?'
        if self.example:
            return f'{self.reason}; a form that is known: "{self.example}"'
        return self.reason

    def valid(self, example: str) -> str:
        """What could stand in the place of the words, and why they cannot."""
        if self.nearest:
            return f'"{self.nearest}", perhaps; here: {self.reason}'
        return f'words such as "{self.example or example}"; here: {self.reason}'


class UnknownForm(Refused):
    """Words that no rule has; the nearest that one has is worth looking for."""


@dataclass(frozen=True)
class Quantity:
    """A number as printed, in base units (dollars, persons, cubic metres, fractions).

    ``value`` is None where the words give only bounds or no number at all. A bound that is open is
    infinite here. ``qualifier`` is the kind of hedge, empty for a plain number. ``role`` names the
    part that this quantity plays in words that hold two: later and earlier, part_of and whole.
    ``words`` are those of the printed words that speak of it.
    """

    value: float | None
    low: float
    high: float
    logical_low: float
    logical_high: float
    unit: str
    qualifier: str = ""
    role: str = ""
    words: str = ""

    @property
    def printed(self) -> float:
        """The number that was printed, the larger end of a range; nought where there is none."""
        if self.value is not None:
            return self.value
        return self.low if isinf(self.logical_high) else self.high


def quantity(value: Fraction, half: Fraction, unit: str, qualifier: str) -> Quantity:
    """A printed number with the intervals of its hedge.

    Args:
        value: the number as printed, in base units.
        half: half of one unit of the last digit that the writer meant.
        unit: of the number; a rank is at least 1, everything else at least 0.
        qualifier: the kind of hedge; empty for a plain number.

    Returns:
        The quantity; with a bound for a hedge its value is None.
    """
    least = Fraction(1 if unit == "rank" else 0)
    low, high = value - half, value + half
    point: Fraction | None = value
    widest: tuple[Fraction, Fraction | float] = (low, high)
    match qualifier:
        case "about":
            low, high = min(low, value * (1 - ABOUT)), max(high, value * (1 + ABOUT))
            widest = (
                min(low, value * (1 - ABOUT_LOGICAL)),
                max(high, value * (1 + ABOUT_LOGICAL)),
            )
        case "nearly":
            low, high = value * (1 - NEARLY), value
            widest = (value * (1 - NEARLY_LOGICAL), value)
        case "more than":
            point, low, high = None, value, value * (1 + BEYOND)
            widest = (value, inf)
        case "less than":
            point, low, high = None, value * (1 - BEYOND), value
            widest = (least, value)
        case "up to":
            point, low, high = None, least, value
            widest = (least, value)
    return Quantity(
        None if point is None else float(point),
        float(low),
        float(high),
        float(widest[0]),
        float(widest[1]),
        unit,
        qualifier,
    )


def between(low: Fraction, high: Fraction, unit: str, qualifier: str = "range") -> Quantity:
    """A range is its two printed ends: a writer who gives two numbers has rounded already."""
    ends = (float(low), float(high))
    return Quantity(None, *ends, *ends, unit, qualifier)


def unknown(unit: str) -> Quantity:
    """Words that speak of an amount and give no number."""
    return Quantity(None, 0.0, inf, 0.0, inf, unit, "no number")
