"""Printed words become a quantity: "nearly $2 billion" is an interval, not a number.

Two intervals go with every figure. The working interval is what a careful reader takes the
words to mean; charts and verbs use it. The logical bounds are what the words strictly
allow. The widths are choices, so they stand here, once, under a name.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import inf

# How far a hedged number may lie from the printed one. Ferson and others (2015, Int. J.
# Approximate Reasoning 57) measured what readers take such words to mean; these widths are
# rounder than theirs on purpose, and the logical ones three times wider.
ABOUT = 0.05
ABOUT_LOGICAL = 0.15
NEARLY = 0.05
NEARLY_LOGICAL = 0.15
BEYOND = 0.10  # "more than x" is read as at most a tenth above x, since a writer rounds

SCALES = {
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
}

# fmt: off
_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
)
# fmt: on
NUMBER_WORDS = {word: float(number) for number, word in enumerate(_WORDS)} | {
    "none": 0.0,
    "largest": 1.0,
    "second largest": 2.0,
    "third largest": 3.0,
}

HEDGES = {
    "about": ("approximately", "about", "roughly", "around", "some", "an estimated"),
    "nearly": ("nearly", "almost", "close to"),
    "more than": ("more than", "over", "exceeded", "exceeds", "at least"),
    "less than": ("less than", "under"),
    "up to": ("up to", "as much as"),
}
_HEDGE_OF = {word: hedge for hedge, words in HEDGES.items() for word in words}


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first so that none hides another."""
    return "|".join(sorted(words, key=len, reverse=True))


# At most fifteen digits: more is a slip of the pen, and more than a float keeps apart.
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?:\.[0-9]{1,15})?"
# ASCII alone: else "K" for kelvin matches k, "ſ" an s, and a no-break space a space.
_FLAGS = re.IGNORECASE | re.ASCII
_AMOUNT = re.compile(
    rf"(?:(?P<hedge>{_any_of(_HEDGE_OF)}) )?"
    rf"(?P<currency>[$€])?"
    rf"(?:(?P<number>{_NUMBER})|(?P<word>{_any_of(NUMBER_WORDS)})\b)"
    rf"(?: (?P<scale>{_any_of(SCALES)}))?"
    rf"(?P<percent>%| percent\b)?"
    rf"(?P<volume> cubic met(?:er|re)s)?",
    _FLAGS,
)

# Words that speak of an amount without giving one. A row for them says that the source
# spoke of it, and that no number can be had.
_VAGUE = re.compile(
    r"\b(?:billions|millions|thousands|undisclosed|many|several|dwarfed|declined|record|largest|"
    r"biggest|main|higher|far greater|lead(?:s|er|ing)?|hundreds|low-interest)\b",
    _FLAGS,
)

# What a bare noun after a number may be, so that stray words are not silently passed over; least
# of all the "no" of "no more than".
_TAIL = re.compile(rf"^(?!.*\b(?:{_any_of(SCALES)}|percent|no|not)\b)[ ’'a-zA-Z–-]*$", _FLAGS)


class ParseError(ValueError):
    """Words that cannot be read. ``found`` are the words, ``valid`` what could stand there."""

    def __init__(self, found: str, valid: str) -> None:
        super().__init__(f"found {found!r}; valid: {valid}")
        self.found = found
        self.valid = valid


@dataclass(frozen=True)
class Quantity:
    """A number as printed, in base units (dollars, persons, cubic metres, fractions).

    ``value`` is None where the words give only a bound or no number at all. A bound that is
    open is infinite here. ``kind`` is money, euro, percent, volume, number, none or vague, for the
    caller to hold against the unit that it expects; ``role`` names the part that this
    quantity plays in compound words, ``words`` the part of them that speaks of it.
    """

    value: float | None
    low: float
    high: float
    logical_low: float
    logical_high: float
    kind: str
    qualifier: str = ""
    role: str = ""
    words: str = ""


@dataclass(frozen=True)
class Period:
    """First and last day, and the day a stock is counted at; ISO 8601, empty where unknown."""

    start: str = ""
    end: str = ""
    as_of: str = ""


def parse_quantity(printed: str) -> list[Quantity]:
    """Read a figure's printed words.

    Args:
        printed: the words as they stand, such as "nearly $2 billion" or "30.4 percent".

    Returns:
        One quantity; or two for a growth pair ("$984 million, up from $45 million", the
        later first, the other with role "earlier") and for a part of a total ("over 1
        million of Tajikistan's 8 million", the part first, the other with role "whole").

    Raises:
        ParseError: when the words hold no quantity, or more than one reading.
    """
    if printed.strip() != printed or "\n" in printed:
        raise ParseError(printed, "words with no space at the ends")
    if pair := re.fullmatch(r"(?P<late>.+?),? up from (?P<early>.+)", printed):
        parts = {"later": pair["late"], "earlier": pair["early"]}
    elif pair := re.fullmatch(
        r"(?P<part>.+?) of (?:[A-Z][a-z]+[’']s )?(?P<whole>.*[0-9].*)", printed
    ):
        parts = {"part_of": pair["part"], "whole": pair["whole"]}
    else:
        parts = {"": printed}
    return [replace(_one(part), role=role, words=part) for role, part in parts.items()]


def _one(words: str) -> Quantity:
    if found := re.fullmatch(
        r"(?:between |from )?(?P<low>[$€0-9].*?)(?: and | to |–)(?P<high>[$€0-9].*)", words
    ):
        return _range(words, found["low"], found["high"])
    if found := re.fullmatch(r"(?P<known>.+?),? (?:…|as well as|plus) .*\bundisclosed sum", words):
        known = _one(found["known"])
        return replace(
            known, value=None, high=inf, logical_high=inf, qualifier="plus an undisclosed sum"
        )
    amounts = list(_AMOUNT.finditer(words))
    if len(amounts) == 1:
        amount = amounts[0]
        before, after = words[: amount.start()], words[amount.end() :]
        # A dash before the number would be a minus sign, and is not passed over.
        signed = before.endswith(("-", "–"))
        if _TAIL.match(before) and _TAIL.match(after) and not after[:1].isalpha() and not signed:
            _refuse_two_readings(words, amount)
            return _amount(amount)
    if not re.search("[0-9]", words) and _VAGUE.search(words):
        kind = "money" if "$" in words else "vague"
        return Quantity(None, 0.0, inf, 0.0, inf, kind, "no number")
    raise ParseError(
        words,
        'a number such as "$12.9 billion", "41%", "7,500" or "more than ten", '
        'or a vague amount such as "undisclosed sum"',
    )


def _refuse_two_readings(words: str, match: re.Match[str]) -> None:
    """A bare 7.500 is seven and a half to one writer and seven and a half thousand to another."""
    decimals = (match["number"] or "").partition(".")[2]
    if len(decimals) == 3 and not (match["scale"] or match["percent"]):
        raise ParseError(words, 'a comma between thousands ("7,500"), or not three decimals')


def _amount(match: re.Match[str]) -> Quantity:
    """One amount with its hedge, after the table of widths at the head of this module."""
    scale = SCALES[match["scale"].lower()] if match["scale"] else 1.0
    if match["percent"]:
        scale /= 100
    value = _magnitude(match)
    half = _half_unit(match, scale)
    kind = _kind(match)
    hedge = _HEDGE_OF[match["hedge"].lower()] if match["hedge"] else ""
    low, high = value - half, value + half
    match hedge:
        case "":
            return Quantity(value, low, high, low, high, kind)
        case "about":
            low, high = min(low, value * (1 - ABOUT)), max(high, value * (1 + ABOUT))
            widest = (min(low, value * (1 - ABOUT_LOGICAL)), max(high, value * (1 + ABOUT_LOGICAL)))
            return Quantity(value, low, high, *widest, kind, hedge)
        case "nearly":
            low, least = value * (1 - NEARLY), value * (1 - NEARLY_LOGICAL)
            return Quantity(value, low, value, least, value, kind, hedge)
        case "more than":
            return Quantity(None, value, value * (1 + BEYOND), value, inf, kind, hedge)
        case "less than":
            return Quantity(None, value * (1 - BEYOND), value, 0.0, value, kind, hedge)
    return Quantity(None, 0.0, value, 0.0, value, kind, hedge)


def _magnitude(match: re.Match[str]) -> float:
    # Scaled through the decimal text: 12.9 * 1e9 is not 12900000000 in binary floating point.
    if match["word"]:
        text = str(NUMBER_WORDS[match["word"].lower()])
    else:
        text = match["number"].replace(",", "")
    power = len(str(int(SCALES[match["scale"].lower()]))) - 1 if match["scale"] else 0
    return float(f"{text}e{power - 2 * bool(match['percent'])}")


def _half_unit(match: re.Match[str], scale: float) -> float:
    """Half of the last digit that the writer meant.

    With a scale word, a percent sign or decimals that is the last printed digit; a bare
    whole number may be rounded, so there it is the last digit that is not zero. A number
    written as a word, and zero, are exact.
    """
    if match["word"]:
        return 0.0 if not match["scale"] else scale / 2
    digits = match["number"].replace(",", "")
    if float(digits) == 0:
        return 0.0
    if "." in digits:
        return scale * 10.0 ** -len(digits.partition(".")[2]) / 2
    if match["scale"] or match["percent"]:
        return scale / 2
    return scale * 10.0 ** (len(digits) - len(digits.rstrip("0"))) / 2


def _kind(match: re.Match[str]) -> str:
    if match["currency"]:
        return {"$": "money", "€": "euro"}[match["currency"]]
    if match["percent"]:
        return "percent"
    if (match["word"] or "").lower() == "none":
        return "none"
    return "volume" if match["volume"] else "number"


def _range(words: str, first: str, second: str) -> Quantity:
    """A range is its two printed ends: a writer who gives two numbers has rounded already."""
    high_end = _AMOUNT.match(second)
    low_end = _AMOUNT.fullmatch(first)
    if low_end and high_end and _TAIL.match(second[high_end.end() :]):
        high = _magnitude(high_end)
        # "10 to 11 billion": what stands once, after the second number, goes for the first too.
        # Where the first has its own, or would become the larger ("500,000 to 1 million"), it
        # stands alone.
        shared = first + (f" {high_end['scale']}" if high_end["scale"] else "")
        shared += high_end["percent"] or ""
        for reading in (_AMOUNT.fullmatch(shared), low_end):
            if reading and (low := _magnitude(reading)) <= high:
                return Quantity(None, low, high, low, high, _kind(high_end), "range")
    raise ParseError(
        words, 'a range, smaller end first, such as "500,000 and 1 million" or "10 to 11 billion"'
    )


_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTH = "|".join(_MONTHS)
_PERIOD = re.compile(
    rf"(?:(?P<point>as of|by|at|at the end of|end of) )?"
    rf"(?:(?P<day>[0-9]{{1,2}}) )?"
    rf"(?:(?P<quarter>(?:the )?(?P<ordinal>first|second|third|fourth) (?P<part>quarter|half) of) "
    rf"|(?:(?P<month>{_MONTH})(?: to (?P<last>{_MONTH}))? ))?"
    rf"(?P<year>(?:19|20)[0-9]{{2}})",
    _FLAGS,
)
_YEARS = re.compile(
    r"(?:(?:from|between) )?(?P<first>(?:19|20)[0-9]{2})(?: to | and |–)"
    r"(?P<last>(?:19|20)[0-9]{2})",
    _FLAGS,
)
# Spans that have a name. The Soviet Union ceased to exist on 26 December 1991.
_SINCE = {"the dissolution of the soviet union": "1991-12-26"}
# Spans that no calendar can fix: kept as printed, with no dates.
_UNDATED = ("the previous decade", "the past ten years")


def parse_period(printed: str) -> Period:
    """Read the words that date a figure.

    Args:
        printed: the words, such as "2016", "2001 to 2015", "May 2017", "as of August 2017",
            "by October 2016", "the first quarter of 2017", "January to September 2016",
            "since 2005", or nothing.

    Returns:
        First and last day. "as of" and "end of" count at the last day of the period named,
        "by" at its first, since what is there by October was there as October began.

    Raises:
        ParseError: when the words name no period known here.
    """
    words = printed.lower()
    if words == "" or words in _UNDATED:
        return Period()
    if words.startswith("since ") and not words.startswith("since since "):
        since = words.removeprefix("since ")
        return Period(start=_SINCE[since] if since in _SINCE else parse_period(since).start)
    if years := _YEARS.fullmatch(printed):
        if years["first"] > years["last"]:
            raise ParseError(printed, "a span whose first year is not after its last")
        return Period(f"{years['first']}-01-01", f"{years['last']}-12-31")
    found = _PERIOD.fullmatch(printed)
    if not found or (found["day"] and (not found["month"] or found["last"])):
        raise ParseError(
            printed, 'a period such as "2016", "2001 to 2015", "May 2017" or "as of August 2017"'
        )
    year = int(found["year"])
    first, last = 1, 12
    if found["month"]:
        first = _MONTHS[found["month"].lower()]
        last = _MONTHS[(found["last"] or found["month"]).lower()]
    elif found["quarter"]:
        length = {"quarter": 3, "half": 6}[found["part"].lower()]
        first = 1 + length * ("first", "second", "third", "fourth").index(found["ordinal"].lower())
        last = first + length - 1
    days = calendar.monthrange(year, last)[1] if 1 <= last <= 12 else 0
    day = int(found["day"]) if found["day"] else None
    if first > last or not days or (day is not None and not 1 <= day <= days):
        raise ParseError(printed, "a day, quarter or span of months that the calendar has")
    start = f"{year}-{first:02}-{day or 1:02}"
    end = f"{year}-{last:02}-{day or days:02}"
    point = (found["point"] or "").lower()
    return Period(start, end, {"": "", "by": start}.get(point, end))
