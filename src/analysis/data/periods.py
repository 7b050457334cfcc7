"""Printed words become days: "as of August 2017" is counted at the last day of that month.

The words and forms stand in ``periods.lark``; here stands what days they are.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from functools import cache
from typing import Any

from lark import Token, Transformer
from lark.exceptions import VisitError

from analysis.data.grammar import Grammar, UnknownWord, of_unknown
from analysis.data.intervals import Refused, UnknownForm

# Targets reach far ahead; a year beyond this is a slip of the pen.
LAST_YEAR = 2060
SOVIET_END = "1991-12-26"
EXAMPLE = "as of August 2017"

_MONTHS = {name.lower()[:3]: number for number, name in enumerate(calendar.month_name) if name}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_COUNTED = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
_COUNTS = {word: number for number, word in enumerate((*_COUNTED, "twelve"), start=2)}


@dataclass(frozen=True)
class Period:
    """First and last day, and the day a stock is counted at; ISO 8601, empty where unknown."""

    start: str = ""
    end: str = ""
    as_of: str = ""


@dataclass(frozen=True)
class Stretch:
    """A stretch of time by its months or days."""

    first: datetime.date
    last: datetime.date


# The lists whose words say which days a period has.
_COUNTED_WORDS = (
    *("MONTH", "SHORT_MONTH", "ORDINAL", "QUARTER", "QUARTERS", "HALF", "MONTHS", "COUNT"),
    *("CODE", "MONTHS_CODE"),
)


@cache
def grammar() -> Grammar:
    """The grammar of periods, built when the first one is read."""
    return Grammar("periods.lark", "period", counted=_COUNTED_WORDS, narrowing=True)


# What was read in this process, or before it (``memory``).
known: dict[str, Period] = {}


def read_period(printed: str) -> Period:
    """Read the words that date a figure.

    Args:
        printed: the words, such as "2016", "2001 to 2015", "May 2017", "as of August 2017",
            "by October 2016", "the first quarter of 2017", "January to September 2016",
            "since 2005", or nothing.

    Returns:
        First and last day. "as of" and "end of" count at the last day of the period named,
        "by" at its first, since what is there by October was there as October began.

    Raises:
        Refused: when the words name no period known here.
        TypeError: for a number or anything else that is no words.
    """
    if not isinstance(printed, str):
        raise TypeError(f"found {printed!r}, where printed words are wanted, such as '{EXAMPLE}'")
    if not printed:
        return Period()
    if printed in known:
        return known[printed]
    try:
        return known.setdefault(printed, _read(printed))
    except UnknownForm as error:
        nearest = next(filter(_reads, grammar().near(printed)), "")
        example = "" if nearest else EXAMPLE
        raise Refused(error.reason, nearest=nearest, example=example) from None


def _read(printed: str) -> Period:
    if printed != printed.strip() or "  " in printed:
        raise UnknownForm("a space too many")
    try:
        tokens = grammar().cut(printed)
    except UnknownWord as error:
        raise UnknownForm(of_unknown(error.word)) from None
    trees = grammar().trees(tuple(token.type for token in tokens), "period")
    if not trees:
        raise UnknownForm("no period known here")
    periods: dict[Period, None] = {}
    refusals = []
    for tree in trees:
        try:
            periods[Days(tokens).transform(tree)] = None
        except VisitError as error:
            if not isinstance(error.orig_exc, Refused):
                raise
            refusals.append(error.orig_exc)
    if len(periods) > 1:
        raise Refused("two honest readings of these dates")
    if not periods:
        raise refusals[0]
    return next(iter(periods))


def _reads(printed: str) -> bool:
    try:
        return bool(printed and _read(printed))
    except Refused:
        return False


class Days(Transformer):
    """Turns a tree into a period; the tree's leaves are the places of its words."""

    def __init__(self, tokens: list[Token]) -> None:
        super().__init__()
        self._tokens = tokens

    def __default_token__(self, place: Token) -> Token:
        """The word at a place."""
        return self._tokens[int(place)]

    # Stretches of time

    def year(self, children: list[Token]) -> Stretch:
        """A calendar year."""
        return _months(_year(children[0]), 1, 12)

    def part(self, children: list[Token]) -> Stretch:
        """A quarter or a half of a year."""
        words = {token.type: token for token in children}
        if "CODE" in words:
            first, last = _of_code(words["CODE"])
        else:
            length = 3 if "QUARTER" in words else 6
            parts = 12 // length
            word = words["ORDINAL"].lower()
            number = parts if word == "last" else _ordinal(word)
            if number > parts:
                raise Refused(f"a year has {parts} of these parts")
            first, last = length * (number - 1) + 1, length * number
        return _months(_year(words["YEAR"]), first, last)

    def month(self, children: list[Token]) -> Stretch:
        """A month of a year."""
        month = _month(children[0])
        return _months(_year(children[1]), month, month)

    def months(self, children: list[Token]) -> Stretch:
        """From one month or quarter of a year to another."""
        *ends, year = children
        first, last = (
            _of_code(end) if end.type == "CODE" else (_month(end), _month(end)) for end in ends
        )
        if first[0] > last[0] or first[1] > last[1]:
            raise Refused("a span whose first end is not before its last; say both years")
        return _months(_year(year), first[0], last[1])

    def first_months(self, children: list[Token]) -> Stretch:
        """The first or the last few months or quarters of a year."""
        which, count, what, year = children
        number = _count(count) * (3 if what.type == "QUARTERS" else 1)
        if which.lower() not in ("first", "last") or number > 12:
            raise Refused("the first or the last months of a year, at most twelve, can be read")
        first = 1 if which.lower() == "first" else 13 - number
        return _months(_year(year), first, first + number - 1)

    def months_code(self, children: list[Token]) -> Stretch:
        """Months from the year's beginning: "9M 2016"."""
        code, year = children
        return _months(_year(year), 1, int(code[:-1]))

    def day(self, children: list[Token]) -> Stretch:
        """A day, with its month in full."""
        words = {token.type: token for token in children}
        return _day(_year(words["YEAR"]), _month(words["MONTH"]), int(words["NUMBER"]))

    def iso_day(self, children: list[Token]) -> Stretch:
        """A day after ISO 8601."""
        year, month, day = children
        if len(month) != 2 or len(day) != 2:
            raise Refused("a day in figures: year, month and day of four, two and two figures")
        return _day(_year(year), int(month), int(day))

    def span(self, children: list[Stretch]) -> Stretch:
        """From one stretch to another."""
        first, last = children
        if first.first > last.first:
            raise Refused("a span whose first end is after its last")
        return Stretch(first.first, last.last)

    def days(self, children: list[Any]) -> Stretch:
        """From one day to another, with the year said once."""
        words = {token.type: token for token in children[:2]}
        last = children[2]
        first = _day(last.first.year, _month(words["MONTH"]), int(words["NUMBER"]))
        if first.first >= last.first:
            raise Refused("a span whose first end is not before its last; say both years")
        return Stretch(first.first, last.last)

    def short_span(self, children: list[Token]) -> Stretch:
        """Years with the century said once: "2013–16"."""
        first, last = _year(children[0]), _year(children[0][:2] + children[1].rjust(2, "x"))
        if last - first < 2:
            raise Refused("a budget year, it may be, or two calendar years: say which")
        return Stretch(_months(first, 1, 12).first, _months(last, 1, 12).last)

    def decade(self, children: list[Token]) -> Stretch:
        """Ten calendar years."""
        first = _year(children[0][:4])
        return Stretch(_months(first, 1, 12).first, _months(first + 9, 1, 12).last)

    def rolling(self, children: list[Any]) -> Stretch:
        """So many months up to the end of one."""
        last = children[-1].last
        if (last + datetime.timedelta(days=1)).day != 1:
            raise Refused("months that end within a month")
        count = _count(children[0]) if isinstance(children[0], Token) else 12
        past = last.year * 12 + last.month - count
        return Stretch(datetime.date(past // 12, past % 12 + 1, 1), last)

    # Periods

    def period(self, children: list[Any]) -> Period:
        """A stretch as it stands, or what its words have made of it."""
        (only,) = children
        return Period(*_days(only)) if isinstance(only, Stretch) else only

    def as_of(self, children: list[Stretch]) -> Period:
        """Counted at the last day."""
        start, end = _days(children[0])
        return Period(start, end, end)

    end_of = as_of

    def by(self, children: list[Stretch]) -> Period:
        """Counted at the first day."""
        start, end = _days(children[0])
        return Period(start, end, start)

    def on(self, children: list[Stretch]) -> Period:
        """On a day."""
        return Period(*_days(children[0]))

    def at_end(self, children: list[Stretch]) -> Period:
        """A last day alone."""
        return Period(as_of=_days(children[0])[1])

    def at_start(self, children: list[Stretch]) -> Period:
        """A first day alone."""
        return Period(as_of=_days(children[0])[0])

    def since(self, children: list[Any]) -> Period:
        """From the first day on."""
        first = children[0]
        return Period(SOVIET_END if isinstance(first, Token) else _days(first)[0])

    def since_end(self, children: list[Stretch]) -> Period:
        """From the last day on."""
        return Period(_days(children[0])[1])

    def after(self, children: list[Stretch]) -> Period:
        """From the day after the last."""
        return Period((children[0].last + datetime.timedelta(days=1)).isoformat())

    def before(self, children: list[Stretch]) -> Period:
        """Up to the day before the first."""
        return Period(end=(children[0].first - datetime.timedelta(days=1)).isoformat())

    def until(self, children: list[Stretch]) -> Period:
        """Up to the last day."""
        return Period(end=_days(children[0])[1])

    def undated(self, children: list[Token]) -> Period:
        """Spans that no calendar fixes."""
        return Period()


def _days(stretch: Stretch) -> tuple[str, str]:
    return stretch.first.isoformat(), stretch.last.isoformat()


def _year(text: str) -> int:
    if not text.isdecimal() or int(text) > LAST_YEAR:
        raise Refused(f"{text} as a year; years to {LAST_YEAR} can be read")
    return int(text)


def _month(word: str) -> int:
    return _MONTHS[word.lower()[:3]]


def _ordinal(word: str) -> int:
    return int(word[0]) if word[0].isdecimal() else _ORDINALS[word]


def _count(word: str) -> int:
    return int(word) if word.isdecimal() else _COUNTS[word.lower()]


def _of_code(code: str) -> tuple[int, int]:
    """First and last month of "Q3" or "1H"."""
    length = 3 if "Q" in code.upper() else 6
    number = int(code.upper().strip("QH"))
    return length * (number - 1) + 1, length * number


def _months(year: int, first: int, last: int) -> Stretch:
    end = calendar.monthrange(year, last)[1]
    return Stretch(datetime.date(year, first, 1), datetime.date(year, last, end))


def _day(year: int, month: int, day: int) -> Stretch:
    try:
        date = datetime.date(year, month, day)
    except ValueError:
        raise Refused("a day that the calendar does not have") from None
    return Stretch(date, date)
