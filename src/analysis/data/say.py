"""What was read, said to a person in a sentence or to a program as data."""

from __future__ import annotations

from collections.abc import Sequence
from math import isinf
from typing import TYPE_CHECKING, Any

from analysis.data.intervals import Quantity

if TYPE_CHECKING:
    from analysis.data.periods import Period

_FORMS = {
    "": "{value}{noun}",
    "about": "about {value}{noun}",
    "nearly": "nearly {value}{noun}",
    "more than": "{low}{noun} or more",
    "less than": "less than {high}{noun}",
    "up to": "up to {high}{noun}",
    "range": "between {low} and {high}{noun}",
    "plus an undisclosed sum": "{low} at least, with an undisclosed sum on top",
    "no number": "words for an amount, without a number",
}
_ROLES = {"later": "later", "earlier": "earlier", "part_of": "part", "whole": "whole"}
_SIGNS = {"USD": "$", "EUR": "€"}
_NOUNS = {"persons": " persons", "m3": " cubic metres"}


def in_a_sentence(quantities: Sequence[Quantity]) -> str:
    """What was read, for a person: the value or bound, and what it is taken as."""
    return "; ".join(_said(quantity) for quantity in quantities)


def _said(quantity: Quantity) -> str:
    role = f"{_ROLES[quantity.role]}: " if quantity.role else ""
    hedged_range = quantity.value is None and quantity.qualifier in ("about", "nearly")
    form = quantity.qualifier + " {low} to {high}{noun}" if hedged_range else ""
    numbers = {name: _amount(number, quantity.unit) for name, number in _numbers(quantity).items()}
    numbers["noun"] = _NOUNS.get(quantity.unit, "")
    said = role + (form or _FORMS[quantity.qualifier]).format(**numbers)
    exact = quantity.value == quantity.low == quantity.high
    open_ended = quantity.qualifier in ("range", "no number", "plus an undisclosed sum")
    if hedged_range or exact or open_ended:
        return said
    said += f"; taken as {numbers['low']} to {numbers['high']}"
    if (quantity.low, quantity.high) != (quantity.logical_low, quantity.logical_high):
        said += f", and strictly as {numbers['logical_low']} to {numbers['logical_high']}"
    return said


def _numbers(quantity: Quantity) -> dict[str, float | None]:
    """The five numbers; None where there is no value or a bound is open."""
    numbers = {
        "value": quantity.value,
        "low": quantity.low,
        "high": quantity.high,
        "logical_low": quantity.logical_low,
        "logical_high": quantity.logical_high,
    }
    return {
        name: None if number is None or isinf(number) else number
        for name, number in numbers.items()
    }


def _amount(number: float | None, unit: str) -> str:
    if number is None:
        return "any amount"
    if unit in ("share", "ratio"):
        return f"{number * 100:,.6g}%"
    if unit == "rank":
        return f"rank {number:,.15g}"
    return f"{_SIGNS.get(unit, '')}{number:,.15g}"


def as_data(quantities: Sequence[Quantity]) -> dict[str, Any] | list[dict[str, Any]]:
    """What was read, for a program: one object, or a list of two where two amounts are said.

    Whole numbers are whole, and what is open or missing is None.
    """
    objects = [
        {
            name: int(number) if number is not None and number.is_integer() else number
            for name, number in _numbers(quantity).items()
        }
        | {
            "unit": quantity.unit,
            "qualifier": quantity.qualifier,
            "role": _ROLES.get(quantity.role, ""),
        }
        for quantity in quantities
    ]
    return objects[0] if len(objects) == 1 else objects


def period_as_data(period: Period) -> dict[str, str | None]:
    """A period for a program: dates in ISO 8601, None where there is none."""
    return {
        "start": period.start or None,
        "end": period.end or None,
        "as_of": period.as_of or None,
    }


def period_in_a_sentence(period: Period) -> str:
    """A period for a person."""
    said = [
        f"{word} {day}"
        for word, day in (("from", period.start), ("to", period.end), ("counted at", period.as_of))
        if day
    ]
    return ", ".join(said) or "no dates"
