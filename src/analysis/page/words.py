"""How a page prints a number, a period and a list: the one home of every such form.

A number is rounded from its decimal text, halves up, so that 12.85 is 12.9 to one decimal whatever
its binary form. A zero at the end says how exact a rounded amount is ($1.00 billion); one that
needs no rounding has none ($1 billion). What is no number is never printed.
"""

from __future__ import annotations

import calendar
import datetime
import math
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, SupportsFloat

from analysis.page.language import ENGLISH, say, spoken

_SIGNS = {"USD": "$", "EUR": "€"}
_SCALES = ((12, " trillion", "tn"), (9, " billion", "bn"), (6, " million", "m"))
_THOUSANDS = (3, "", "k")  # in labels alone
# The processed tables keep so many digits. What lies beyond is left over from binary sums, and
# must not decide which way a half is rounded.
_TABLE_DIGITS = 12
_MINUS = "−"
_SPACE = "\u00a0"  # between a number and what belongs to it, where a language has one there
# What stands behind a number in other languages than English, where it stands before it.
_TWO_STOPS = re.compile(r"\b(долл\.|куб\.)((?:</a>)?)\.")
# How much of an interval rounding may move an end.
_NEAR = 0.1
_NUMBER = re.compile(rf"[{_MINUS}+]?[0-9]+(?:{_SPACE}[0-9]{{3}})*(?:,[0-9]+)?")
_UNITS = {"USD": "dollars", "EUR": "euros", "m3": "cubic metres"}
# Room for every digit that a float can have, so that no number is too long to be rounded.
_CONTEXT = Context(prec=400, rounding=ROUND_HALF_UP)


def exact(value: SupportsFloat) -> Decimal:
    """A number as the tables print it.

    Raises:
        ValueError: for what is no number or has no end, which no page may print.
    """
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"no number to print: {number}")
    return Decimal(f"{number:.{_TABLE_DIGITS}g}")


def rounded(value: SupportsFloat, digits: int) -> Decimal:
    """A number to so many significant digits, halves up (away from nought).

    Raises:
        ValueError: for what is no number, as ``exact`` does.
    """
    return _to_digits(exact(value), digits)


def _to_digits(number: Decimal, digits: int) -> Decimal:
    # Twice, since the first rounding can add a digit: 9.996 to three is 10.00, and then 10.0.
    for _ in range(2):
        number = _to_place(number, number.adjusted() - digits + 1) if number else number
    return number


def _to_place(number: Decimal, place: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(place), context=_CONTEXT)


def _plain_digits(number: Decimal) -> str:
    """A number without its sign: commas between thousands, no exponent."""
    return f"{abs(number):,f}"


def _marked(text: str) -> str:
    """A number with the marks of the language that is spoken: 1,234.5 is 1234,5 in Russian."""
    if spoken() == ENGLISH:
        return text
    whole, point, rest = text.partition(".")
    if len(whole) == len("1,234"):  # four figures stand together
        whole = whole.replace(",", "")
    return f"{whole.replace(',', _SPACE)}{',' if point else ''}{rest}"


def _percent_sign() -> str:
    return "%" if spoken() == ENGLISH else f"{_SPACE}%"


def _without_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _to_words(value: Decimal, digits: int) -> str:
    """A number without its sign to so many digits; zeros at its end only where it was rounded."""
    number = _to_digits(value, digits)
    text = _plain_digits(number)
    return _marked(_without_zeros(text) if number == value else text)


def numeral(value: SupportsFloat, digits: int | None = None) -> str:
    """A bare number to so many significant digits, or with all that the tables have: 1,234.5.

    It has no zeros at its end, since it says how many times or how many, not how much.

    Raises:
        ValueError: for what is no number, as in every function here that prints one.
    """
    found = exact(value) if digits is None else rounded(value, digits)
    return f"{_MINUS if found < 0 else ''}{_marked(_without_zeros(_plain_digits(found)))}"


def decimals(value: SupportsFloat, places: int) -> str:
    """A number to so many places after the point, zeros among them: 2.50."""
    found = _to_place(exact(value), -places)
    return f"{_MINUS if found < 0 else ''}{_marked(_plain_digits(found))}"


def percent(share: SupportsFloat, places: int = 0, *, sign: bool = False) -> str:
    """A share in per cent to so many places: 28.5%; with a plus before a rise where asked for.

    Args:
        share: 1 is the whole.
        places: after the point.
        sign: whether a number above nought takes a plus.
    """
    found = _to_place(exact(share).scaleb(2), -places)
    mark = _MINUS if found < 0 else "+" if sign and found > 0 else ""
    return f"{mark}{_marked(_plain_digits(found))}{_percent_sign()}"


def signed(value: SupportsFloat, places: int = 2) -> str:
    """A D with its sign; what rounds to nought has none."""
    found = _to_place(exact(value), -places)
    mark = _MINUS if found < 0 else "+" if found > 0 else ""
    return f"{mark}{_marked(_plain_digits(found))}"


def amount(value: SupportsFloat, unit: str, digits: int = 4, *, short: bool = False) -> str:
    """A number with its unit, to so many significant digits: $12.9 billion, 28.5%, 1,200.

    Args:
        value: in its unit; 1 is the whole of a share or ratio.
        unit: one of ``vocabulary.UNITS``.
        digits: how many.
        short: for a label: $12.9bn.
    """
    number = exact(value)
    mark = _MINUS if number < 0 else ""
    if unit in ("share", "ratio"):
        return f"{mark}{_to_words(number.scaleb(2), digits)}{_percent_sign()}"
    # Rounded first: 999.6 million to three digits is a billion.
    size = _to_digits(number, digits).adjusted()
    scales = (*_SCALES, _THOUSANDS) if short else _SCALES
    power, long, letters = next((scale for scale in scales if size >= scale[0]), (0, "", ""))
    words = _to_words(number.scaleb(-power), digits)
    if spoken() != ENGLISH:
        told = [say(letters)] if power else []
        told += [say(_UNITS[unit])] if unit in _UNITS else []
        return _SPACE.join([f"{mark}{words}", *told])
    what = (" m³" if short else " cubic metres") if unit == "m3" else ""
    return f"{mark}{_SIGNS.get(unit, '')}{words}{letters if short else long}{what}"


def dollars(value: SupportsFloat) -> str:
    """A sum for a label, to three digits: $12.9bn."""
    return amount(value, "USD", 3, short=True)


def span(low: float, high: float, unit: str, digits: int = 4, *, short: bool = False) -> str:
    """An interval of sums: once where its ends look alike, "under" from nothing up.

    Where the upper end is missing or infinite, it is the lower one "or more".
    """
    if not math.isfinite(high):
        return say("{least} or more", least=amount(low, unit, digits, short=short))
    if low == 0 < high:
        return say("under {most}", most=amount(high, unit, digits, short=short))
    if rounded(low, digits) == rounded(high, digits):
        return amount(low, unit, digits, short=short)
    # Half of a last digit takes a digit more: 10.35 to 10.75 is not 10.4 to 10.8.
    near = all(
        abs(float(rounded(end, digits)) - end) <= _NEAR * (high - low) for end in (low, high)
    )
    digits += not near
    return ends(amount(end, unit, digits, short=short) for end in (low, high))


def ends(told: Iterable[str]) -> str:
    """Both ends of an interval, as they are printed; one of them where they look alike.

    Example:
        >>> ends(["9%", "12%"]), ends(["9%", "9%"])
        ('9% to 12%', '9%')
    """
    found = list(dict.fromkeys(told))
    if spoken() == ENGLISH or len(found) < 2:
        return " to ".join(found)
    # What both have behind the number is said once: 27,5–30 млрд долл.
    numbers = [_NUMBER.match(end) for end in found]
    units = [
        end[number.end() if number else 0 :] for end, number in zip(found, numbers, strict=True)
    ]
    if units[0] == units[1] and numbers[0]:
        return f"{numbers[0][0]}–{found[1]}"
    low, _, unit = found[0].rpartition(_SPACE)
    shared = low and found[1].endswith(f"{_SPACE}{unit}")
    return f"{low if shared else found[0]}{_SPACE}– {found[1]}"


def of_hundred(low: float, high: float | None = None) -> str:
    """China's part of what the two have together, in dollars of a hundred: "$83", "$60 to $62".

    Args:
        low: the part, or the least that it may be; 1 is the whole.
        high: the most that it may be.

    Example:
        >>> of_hundred(0.834), of_hundred(0.6, 0.617), of_hundred(0.9996), of_hundred(0)
        ('$83', '$60 to $62', 'over $99', '$0')
    """
    ends = [_part_of_hundred(end) for end in (low, low if high is None else high)]
    return " to ".join(dict.fromkeys(ends))


def _part_of_hundred(part: float) -> str:
    """Dollars of a hundred, where neither power's part that is there becomes nought."""
    told = decimals(part * 100, 0)
    if told == "0" and part > 0:
        return "under $1"
    return "over $99" if told == "100" and part < 1 else f"${told}"


def interval_words(low: float, high: float, unit: str) -> str:
    """An interval in the unit that a reader would choose: "$12.85 billion to $12.95 billion".

    An end that is missing or infinite is open; with neither end there is "no number".
    """
    bounded = [end for end in (low, high) if math.isfinite(end)]
    if not bounded:
        return "no number"
    if len(bounded) == 1:
        return f"{amount(bounded[0], unit)} or {'more' if math.isfinite(low) else 'less'}"
    if low == high:
        return amount(low, unit)
    # Half of a last digit takes a digit more: $106.3 billion allows $106.25 to $106.35 billion.
    enough = (
        digits
        for digits in range(4, 9)
        if all(rounded(end, digits) == rounded(end, 9) for end in bounded)
    )
    digits = next(enough, 4)
    return " to ".join(amount(end, unit, digits) for end in bounded)


def span_words(low: float, high: float) -> str:
    """An interval of D; one number where its ends are one."""
    return " to ".join(dict.fromkeys(signed(end, 3) for end in (low, high)))


def times_words(low: float, high: float, digits: int) -> str:
    """How many times, from least to most, in numbers alone: "1.5 to 2.4", or "1.5"."""
    if rounded(low, digits) == rounded(high, digits):
        return numeral(low, digits)
    return ends([numeral(low, digits), numeral(high, digits)])


def ratio_words(ratio: float) -> str:
    """A ratio of two records: to the hundredth, or to two digits where that would show nothing."""
    return decimals(ratio, 2) if 0.1 <= ratio < 100 else numeral(ratio, 2)


def listed(names: list[str]) -> str:
    """Names as a sentence lists them: "a, b and c"; "none" where there are none."""
    if not names:
        return say("none")
    if len(names) == 1:
        return names[0]
    return say("{most} and {last}", most=", ".join(names[:-1]), last=names[-1])


def capital(words: str) -> str:
    """Words with a capital at their start."""
    return words[:1].upper() + words[1:]


def owner(name: str) -> str:
    """A name as an owner's: "China’s", "the Netherlands’"."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


# fmt: off
_COUNTS = (
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
)
# fmt: on


def count_word(count: int) -> str:
    """A count as a word, up to twenty; from there on in figures."""
    return _COUNTS[count] if 0 <= count < len(_COUNTS) else numeral(count)


def edition(vintage: str) -> str:
    """An edition as a sentence has it: "2018-08" is August 2018, a day of it too."""
    year, *rest = vintage.split("-")
    return say("{month} {year}", month=month_name(int(rest[0])), year=year) if rest else year


def month_name(number: int) -> str:
    """A month's name, as it stands alone.

    Example:
        >>> month_name(1)
        'January'
    """
    if spoken() == ENGLISH:
        return calendar.month_name[number]
    from babel.dates import get_month_names

    return str(get_month_names("wide", "stand-alone", locale=spoken())[number])


def date(iso: str) -> str:
    """A day or month as a sentence has it.

    Example:
        >>> date("2026-07"), date("2026-07-01"), date("2026")
        ('July 2026', '1 July 2026', '2026')
    """
    parts = [int(part) for part in iso.split("-")] if iso else []
    if len(parts) < 2:
        return iso
    from babel.dates import format_date

    form = "d MMMM y" if len(parts) > 2 else "LLLL y"
    day = datetime.date(*parts, *[1] * (3 - len(parts)))
    told = format_date(day, form, locale=spoken())
    return say("{date} of a year", date=told) if spoken() != ENGLISH else told


def period(row: Mapping[str, Any]) -> str:
    """When, as a sentence has it: "in 2024", "in the first half of 2025", "in June 2025".

    Args:
        row: with ``start``, ``end``, ``year`` and ``whole_year`` of ``ties``.
    """
    start, end, year = row["start"], row["end"], row["year"]
    first, last = (datetime.date.fromisoformat(day) if day else None for day in (start, end))
    if last is None:
        return say("in {year}", year=year)
    month = month_name(last.month)
    if first is None or first == last:
        if end.endswith("-12-31"):
            return say("at the end of {year}", year=year)
        if last.day == calendar.monthrange(last.year, last.month)[1]:
            return say("in {month} {year}", month=month, year=year)
        return say("on {day}", day=date(end))
    if row["whole_year"] == "yes":
        return say("in {year}", year=year)
    if first.day > 1 or last.day < calendar.monthrange(last.year, last.month)[1]:
        return say("from {day} to {last}", day=date(start), last=date(end))
    if first.year != last.year:
        if start.endswith("-01-01") and end.endswith("-12-31"):
            return say("from {first} to {last}", first=first.year, last=last.year)
        return say("from {begin} to {last}", begin=edition(start[:7]), last=edition(end[:7]))
    if (first.month, last.month) == (1, 6):
        return say("in the first half of {year}", year=year)
    if first.month == last.month:
        return say("in {month} {year}", month=month, year=year)
    return say(
        "from {first} to {last} {year}", first=month_name(first.month), last=month, year=year
    )


def outward(value: float, step: float, towards: Callable[[float], int]) -> float:
    """A bound to a whole number of steps, so that it still is one.

    Args:
        value: the bound.
        step: what it is rounded to.
        towards: ``math.ceil`` for an upper bound, ``math.floor`` for a lower one.

    Example:
        >>> outward(1.622, 0.1, math.ceil), outward(1.65, 0.1, math.floor)
        (1.7, 1.6)
    """
    # What floats are off by is no step.
    steps = towards(round(value / step, 9))
    return round(steps * step, 9)


def once_dotted(text: str) -> str:
    """A text where a shortened word at the end of a sentence has no second full stop.

    Example:
        >>> once_dotted("на 5 млрд долл..")
        'на 5 млрд долл.'
    """
    return _TWO_STOPS.sub(r"\1\2", text)
