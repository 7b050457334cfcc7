"""What a number is worth, printed in figures or in words, and how far its last digit goes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from analysis.data.intervals import Refused

# fmt: off
_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# fmt: on
_WORDS = {word: number for number, word in enumerate(_UNITS)}
_WORDS |= {word: 10 * number for number, word in enumerate(_TENS, start=2)}
_WORDS |= {"a": 1, "hundred": 100}
_PARTS = {"half": 2, "quarter": 4, "third": 3, "fifth": 5, "twelfth": 12}
_PARTS |= {f"{word}th": _WORDS[word] for word in ("four", "six", "seven", "ten")}
_PARTS |= {"eighth": 8, "ninth": 9, "twentieth": 20}
_ORDINALS = {"first": 1, "second": 2} | _PARTS
_ORDINALS |= {f"{word}th": _WORDS[word] for word in (*_UNITS[13:], "eleven")}
# Each with the unit of its last digit: a half is five tenths, a quarter twenty-five hundredths. A
# third has no last digit, so it is taken as it stands.
_VULGAR = {
    letter: (Fraction(top, bottom), Fraction(last))
    for letters, bottom, tops, last in (
        ("½", 2, (1,), "0.1"),
        ("¼¾", 4, (1, 3), "0.01"),
        ("⅓⅔", 3, (1, 2), 0),
        ("⅕⅖⅗⅘", 5, (1, 2, 3, 4), "0.1"),
        ("⅙⅚", 6, (1, 5), 0),
        ("⅛⅜⅝⅞", 8, (1, 3, 5, 7), "0.001"),
        ("⅒", 10, (1,), "0.1"),
    )
    for letter, top in zip(letters, tops, strict=True)
}
# Scales of a letter or two that mean something else where no money is spoken of.
MONEY_ONLY = ("t", "mm")
# By the first letter, and where that is not enough by more of them.
_SCALES = {"t": 12, "b": 9, "mrd": 9, "mlr": 9, "milliard": 9, "m": 6, "th": 3, "ts": 3, "k": 3}
_LONGEST = 15  # digits: more is a slip of the pen, and more than a float keeps apart


@dataclass(frozen=True)
class Number:
    """A number as printed: ``face`` times ``scale``.

    ``last`` is one unit of the last printed digit of the face, and ``meant`` of the last digit that
    is not zero, since a bare whole number may be rounded; both nought where the number is exact.
    """

    face: Fraction
    last: Fraction
    meant: Fraction
    scale: Fraction = Fraction(1)
    figures: str = ""
    letters: str = ""
    comma: bool = False

    @property
    def thousandths(self) -> bool:
        """Whether three figures stand after a point, as they would between thousands."""
        return len(self.figures.partition(".")[2]) == 3

    @property
    def value(self) -> Fraction:
        """The number in full."""
        return self.face * self.scale

    @property
    def half(self) -> Fraction:
        """Half of one unit of the last digit that the writer meant."""
        return self.last * self.scale / 2 if self.scale > 1 else self.meant / 2


def figure(printed: str) -> Number:
    """A number in figures, with any of the marks that keep thousands apart.

    Raises:
        Refused: where the figures can be read in two ways, or in none.
    """
    text = re.sub(r"[ \u00a0\u2009\u202f’]", "'", printed)
    whole, point, decimals = text.partition(".")
    if "." in decimals:
        raise Refused(f"points between thousands ({printed}): commas or spaces stand there")
    # "12,9" has decimals on the continent; "12,900" has thousands everywhere here, and "12,90" may
    # be the one with a nought to fill it or the other cut short.
    comma = not point and re.fullmatch(r"[0-9]+(?:'[0-9]{3})*,(?:[0-9]|[0-9][1-9])", text)
    if comma:
        whole, point, decimals = text.partition(",")
    grouped = re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:'[0-9]{3})+|[0-9]+|", whole)
    if not grouped or not decimals.isascii() or (point and not decimals.isdecimal()):
        raise Refused(f"thousands that are not kept apart by threes ({printed})")
    digits = re.sub("[,']", "", whole)
    if len(digits) > 1 and digits.startswith("0"):
        raise Refused(f"a number that begins with nought ({printed})")
    if len(digits) > _LONGEST or len(decimals) > _LONGEST:
        raise Refused(f"more than {_LONGEST} digits")
    face = Fraction(f"{digits or '0'}.{decimals or '0'}")
    last = Fraction(1, 10 ** len(decimals))
    zeros = len(digits) - len(digits.rstrip("0"))
    meant = last if decimals else Fraction(10**zeros)
    if not face:
        last = meant = Fraction(0)
    return Number(face, last, meant, figures=printed, comma=bool(comma))


def with_vulgar(number: Number | None, letter: str) -> Number:
    """A vulgar fraction, after a whole number or alone: "1½"."""
    part, last = _VULGAR[letter]
    whole = number.face if number else Fraction(0)
    if whole.denominator != 1:
        raise Refused(f"a fraction after decimals ({letter})")
    return Number(whole + part, last, last, figures=letter)


def in_words(words: str) -> Number:
    """A whole number below a thousand in words.

    One that ends with "hundred" is rounded like figures with a scale; any other is exact.
    """
    total = 0
    for word in re.split("[ -]", words.lower().replace(" and ", " ")):
        total = total * 100 if word == "hundred" else total + _WORDS[word]
    hundreds = Fraction(100 if words.lower().endswith("hundred") else 0)
    if not total:
        return exactly(Fraction(0))
    return Number(Fraction(total), hundreds or Fraction(1), hundreds)


def ordinal(words: str) -> int:
    """The place that an ordinal names, in letters or with figures: "third", "21st", "thirty-first".

    Raises:
        Refused: for figures with another number's ending, such as "2th".
    """
    if words[0].isdecimal():
        place = int(words[:-2])
        teens = place % 100 in (11, 12, 13)
        ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
        if words[-2:].lower() != ending:
            raise Refused(f"an ordinal with another number's ending ({words})")
        return place
    *tens, last = words.lower().split("-")
    return sum(_WORDS[word] for word in tens) + _ORDINALS[last]


def part_of_one(words: str) -> Fraction:
    """A fraction in words, such as "a third", "two-thirds", "one quarter" or "half"."""
    *count, part = re.split("[ -]", words.lower().removesuffix(" of"))
    part = "half" if part in ("half", "halve") else part
    return Fraction(_WORDS[count[0]] if count else 1, _PARTS.get(part) or _PARTS[part[:-1]])


def part_of_a(words: str) -> Number:
    """A fraction before a scale, as in "a quarter of a million", with its last digit."""
    value = part_of_one(words.lower().removesuffix(" of a"))
    lasts = {2: "0.1", 4: "0.01", 5: "0.1", 8: "0.001", 10: "0.1", 20: "0.01"}
    last = Fraction(lasts.get(value.denominator, 0))
    return Number(value, last, last)


def vulgar(letter: str) -> Fraction:
    """The worth of a vulgar fraction's letter."""
    return _VULGAR[letter][0]


def scaled(number: Number, scales: Sequence[str]) -> Number:
    """A number times its scale words; "thousand million" is a billion.

    Raises:
        Refused: for two scales that do not belong together, or a point that may mean thousands.
    """
    powers = [_power(word) for word in scales]
    if len(powers) > 1 and (len(powers) > 2 or powers[0] != 3 or powers[1] < 6):
        raise Refused(f"two scales ({' '.join(scales)})")
    pointed = number.thousandths and number.figures.endswith("0") and number.face >= 1
    if pointed and powers == [6]:
        thousands = number.figures.replace(".", ",")
        raise Refused(
            f"two honest readings: {number.figures} million as a decimal, "
            f"or {thousands} million with a point between thousands"
        )
    letters = scales[-1] if len(scales[-1]) < 3 else ""
    return replace(number, scale=Fraction(10 ** sum(powers)), letters=letters)


def together(numbers: list[Number], rest: Number | None) -> Number:
    """A number in several scales: "one million two hundred thousand", "1 billion 160 million".

    Raises:
        Refused: where they do not go down, or do not fit below one another; for a scale of a letter
            or two that may be something else, such as what is left of "to".
    """
    parts = [*numbers, *([rest] if rest else [])]
    for above, below in pairwise(parts):
        if below.value >= above.scale or above.face.denominator != 1 or above.face >= 1000:
            raise Refused("two numbers side by side")
    for letters in (number.letters.lower() for number in numbers):
        if letters in MONEY_ONLY:
            raise Refused(f'"{letters}" within a number of several scales: write it in full')
    if rest and any(number.figures for number in numbers):
        raise Refused("figures and words in one number")
    total = sum((number.value for number in parts), Fraction(0))
    last = 2 * parts[-1].half
    return Number(total, last, last)


def half_more(number: Number, scales: Sequence[str]) -> Number:
    """A half more of the scale: "two and a half million", "a million and a half"."""
    tenth = Fraction(1, 10)
    if number.face.denominator != 1:
        raise Refused("a half after decimals")
    with_half = Number(number.face + Fraction(1, 2), tenth, tenth)
    return scaled(with_half, scales) if scales else with_half


def times(each: int, number: Number) -> Number:
    """So many dozens or scores, which are exact."""
    if number.face.denominator != 1:
        raise Refused("a part of a dozen")
    return exactly(each * number.face)


def exactly(value: Fraction) -> Number:
    """A number that is not rounded."""
    return Number(value, Fraction(1 if value else 0), Fraction(0))


def _power(word: str) -> int:
    small = word.lower().rstrip(".")
    for length in (8, 3, 2, 1):
        if small[:length] in _SCALES and (length < 8 or small.startswith("milliard")):
            return _SCALES[small[:length]]
    raise KeyError(word)
