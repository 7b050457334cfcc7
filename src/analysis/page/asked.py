"""What may be asked of a table's columns: a slip of typing is answered, and is no empty frame."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype

from analysis.data.vocabulary import UNITS

# The first year that a raw table may be of.
_FIRST_YEAR = 1990
# Columns that name sources, of which the register knows them all.
_SOURCES = ("source_id", "edition")
# Columns of few words that no list of rules has: what no country's rows hold is a slip.
_NAMED = (
    *("counterpart", "dataset", "evidence", "flow", "grade", "indicator", "kind", "lender"),
    *("part", "power", "price_basis", "qualifier", "reporter", "verdict_words", "vintage"),
)
# Words that an answer lists; of more it says how many.
_LISTED = 40


def as_held(wanted: Any) -> Any:
    """What was asked for as a column holds it: several values as a list, a day as ISO 8601.

    Example:
        >>> as_held(date(2016, 1, 1)), as_held(year for year in (2015, 2016))
        ('2016-01-01', [2015, 2016])
    """
    if isinstance(wanted, Iterable) and not isinstance(wanted, str):
        # An iterator gives its values once, and they are looked at and then looked for.
        return [as_held(value) for value in wanted]
    if isinstance(wanted, np.datetime64):
        wanted = pd.Timestamp(wanted)
    if isinstance(wanted, datetime) and wanted is not pd.NaT and wanted.time() == time():
        return wanted.date().isoformat()
    plain = isinstance(wanted, date) and not isinstance(wanted, datetime)
    return wanted.isoformat() if plain else wanted


def check_asked(
    frame: pd.DataFrame,
    column: str,
    wanted: Any,
    rule: Any,
    register: Mapping[str, Any],
    *,
    whole: pd.DataFrame | None = None,
) -> None:
    """Refuse what a column can never hold.

    A year within the span that the sources can know of, a source of the register, or a word that
    the rows of another country hold, is no slip even where the table has no row of it: the answer
    is an empty frame.

    Args:
        frame: the table.
        column: one of its columns; of any other nothing is said here.
        wanted: what was asked for, one value or several, as ``as_held`` gives it.
        rule: the column's rules, None where it has none.
        register: the sources, by id.
        whole: the table with the rows of all countries, where there is one.

    Raises:
        ValueError: naming the value, the likely one where there is one, and what is valid.
    """
    if column not in frame:
        return
    listed = _listed(frame, column, rule, register, whole)
    for value in wanted if isinstance(wanted, list) else [wanted]:
        if listed:
            if str(value) not in listed and not (isinstance(value, str) and value == ""):
                raise ValueError(_never(column, value, listed))
        elif is_numeric_dtype(frame[column]):
            _check_number(frame, column, value, register)
        elif _is_of_days(rule):
            _check_day(column, value)
        elif isinstance(value, Real):
            raise ValueError(f"{column} holds words and is never {value!r}{_like(frame, column)}")
        elif isinstance(value, str) and value:
            _check_form(column, value, rule)


def check_own(code: str, name: str, wanted: Any) -> None:
    """Refuse another country than the one whose tables were loaded.

    Raises:
        ValueError: saying how the other's are had.
    """
    others = [one for one in (wanted if isinstance(wanted, list) else [wanted]) if one != code]
    if others:
        raise ValueError(
            f"found country {others[0]!r} in what load({code!r}) gave, which is {name} alone; "
            f"valid: load({others[0]!r}), or load() for the five together"
        )


def _is_of_days(rule: Any) -> bool:
    return rule is not None and (rule.metadata or {}).get("unit") == "ISO 8601"


def _check_day(column: str, value: Any) -> None:
    """Refuse what is no day of the calendar in the form of the tables."""
    if value == "":
        return
    if isinstance(value, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            date.fromisoformat(value)
        except ValueError:
            pass  # a day that no month has
        else:
            return
    raise ValueError(f"{column} is never {value!r}; valid: a day such as '2016-12-31'")


def _check_form(column: str, value: str, rule: Any) -> None:
    """Refuse words that have not the form of the column's."""
    if rule is None or not rule.metadata:
        return
    for fits, check in zip(rule.metadata["fits"], rule.checks, strict=True):
        if not fits(value):
            raise ValueError(f"{column} is never {value!r}; valid: {check.error}")


def _listed(
    frame: pd.DataFrame,
    column: str,
    rule: Any,
    register: Mapping[str, Any],
    whole: pd.DataFrame | None,
) -> dict[str, None]:
    """The words that a column may hold, where that can be told; those of the table first."""
    told = (rule.metadata or {}) if rule is not None else {}
    allowed = [str(word) for word in told.get("allowed", [])]
    if allowed:
        others = sorted({*frame[column]} - {*allowed}) if told.get("others") else []
        return dict.fromkeys([*allowed, *others])
    here = sorted({*frame[column]} - {""}, key=str)
    if column in _NAMED and not is_numeric_dtype(frame[column]):
        other = {*whole[column]} if whole is not None and column in whole else set()
        here += sorted(other - {*here, ""}, key=str)
        if column == "reporter" and len(here) > _LISTED:
            return {}  # records, which any country may have
        # In some tables a dataset is a source, in others a name of its own.
        return dict.fromkeys([*here, *(register if here and {*here} <= {*register} else ())])
    if column in _SOURCES and register:
        return dict.fromkeys([*here, *register])
    if column == "unit":
        return dict.fromkeys([*here, *UNITS])
    return {}


def _never(column: str, value: Any, listed: Iterable[str]) -> str:
    words = list(listed)
    # A word in other letters, small or capital, is the likeliest of all.
    near = [word for word in words if word.casefold() == str(value).casefold()]
    near = near or difflib.get_close_matches(str(value), words, 1)
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
    if number and value % 1 == 0 and (not register or first <= value <= last):
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
