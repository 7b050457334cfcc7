"""What may be asked of a table's columns: a slip of typing is answered, and is no empty frame."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from numbers import Real
from typing import Any

import pandas as pd
from pandas.api.types import is_numeric_dtype

from analysis.data.vocabulary import UNITS

# The first year that a raw table may be of.
_FIRST_YEAR = 1990
# Columns that name sources, of which the register knows them all.
_SOURCES = ("source_id", "edition")
# Words that an answer lists; of more it says how many.
_LISTED = 40


def check_asked(
    frame: pd.DataFrame, column: str, wanted: Any, rule: Any, register: Mapping[str, Any]
) -> None:
    """Refuse what a column can never hold.

    A year within the span that the sources can know of, or a source of the register, is no slip
    even where the table has no row of it: the answer is an empty frame.

    Args:
        frame: the table.
        column: one of its columns; of any other nothing is said here.
        wanted: what was asked for, one value or several.
        rule: the column's rules, None where it has none.
        register: the sources, by id.

    Raises:
        ValueError: naming the value, the likely one where there is one, and what is valid.
    """
    if column not in frame:
        return
    several = isinstance(wanted, Iterable) and not isinstance(wanted, str)
    values = list(wanted) if several else [wanted]
    listed = _listed(frame, column, rule, register)
    for value in values:
        if listed:
            if str(value) not in listed and not (isinstance(value, str) and value == ""):
                raise ValueError(_never(column, value, listed))
        elif is_numeric_dtype(frame[column]):
            _check_number(frame, column, value, register)
        elif isinstance(value, Real):
            raise ValueError(f"{column} holds words and is never {value!r}{_like(frame, column)}")


def _listed(
    frame: pd.DataFrame, column: str, rule: Any, register: Mapping[str, Any]
) -> dict[str, None]:
    """The words that a column may hold, where that can be told; those of the table first."""
    told = (rule.metadata or {}) if rule is not None else {}
    allowed = [str(word) for word in told.get("allowed", [])]
    if allowed:
        others = sorted({*frame[column]} - {*allowed}) if told.get("others") else []
        return dict.fromkeys([*allowed, *others])
    here = sorted({*frame[column]} - {""}, key=str)
    if column in _SOURCES and register:
        return dict.fromkeys([*here, *register])
    if column == "unit":
        return dict.fromkeys([*here, *UNITS])
    return {}


def _never(column: str, value: Any, listed: Iterable[str]) -> str:
    words = list(listed)
    near = difflib.get_close_matches(str(value), words, 1)
    hint = f" (did you mean {near[0]!r}?)" if near else ""
    more = f" and {len(words) - _LISTED} more" if len(words) > _LISTED else ""
    return f"{column} is never {value!r}{hint}; valid: {', '.join(words[:_LISTED])}{more}"


def _check_number(
    frame: pd.DataFrame, column: str, value: Any, register: Mapping[str, Any]
) -> None:
    """Refuse what is no number, and a year that no source can know of."""
    number = isinstance(value, Real) and not isinstance(value, bool)
    if column != "year" and not number:
        raise ValueError(f"{column} holds numbers and is never {value!r}")
    if column != "year":
        return
    first, last = _span(frame, register)
    if number and (not register or first <= value <= last):
        return
    meant = isinstance(value, str) and value.strip().isdecimal()
    hint = f" (did you mean the number {int(value)}?)" if meant else ""
    raise ValueError(f"year is never {value!r}{hint}; valid: {first} to {last}")


def _span(frame: pd.DataFrame, register: Mapping[str, Any]) -> tuple[int, int]:
    """The years of which a table can have rows, by the newest source and by the rows it has."""
    years = [int(year) for year in frame["year"].dropna()]
    dates = [str(entry.get("date", ""))[:4] for entry in register.values()]
    newest = [int(date) for date in dates if date.isdecimal()]
    return min([_FIRST_YEAR, *years]), max([_FIRST_YEAR, *newest, *years])


def _like(frame: pd.DataFrame, column: str) -> str:
    """A word that a column does hold, as a pattern of what to ask for."""
    held = sorted({*frame[column].dropna()} - {""})
    return f"; valid: words such as {held[0]!r}" if held else ""
