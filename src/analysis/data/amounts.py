"""Amounts and ranges with their hedges, and whether they are of the unit that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from lark import Token

from analysis.data.intervals import Quantity, Refused, between, quantity
from analysis.data.numerals import MONEY_ONLY, Number

# The kind of hedge that each list of the grammar stands for.
QUALIFIERS = (
    dict.fromkeys(("ABOUT", "APPROXIMATELY", "OR_SO", "ESTIMATE_MARK"), "about")
    | {"NEARLY": "nearly"}
    | dict.fromkeys(
        ("ABOVE", "HIGH", "OVER", "AT_LEAST", "OR_MORE", "PLUS", "PLUS_MARK", "WITH_MORE"),
        "more than",
    )
    | dict.fromkeys(("BELOW", "LOW", "UNDER", "WITH_LESS"), "less than")
    | dict.fromkeys(("UP_TO", "AT_MOST", "OR_LESS"), "up to")
)

# What an amount may be of for each unit. Nought is nought in all of them but ranks.
_KINDS_OF_UNIT = {
    "USD": ("USD",),
    "EUR": ("EUR",),
    "share": ("percent", "fraction"),
    "ratio": ("percent", "fraction"),
    "persons": ("bare", "people"),
    "count": ("bare", "people", "things"),
    "rank": ("bare",),
    "m3": ("m3",),
}
_ASKED = {
    "USD": "US dollars are asked for",
    "EUR": "euros are asked for",
    "share": "a share is asked for",
    "ratio": "a ratio is asked for",
    "persons": "persons are asked for",
    "count": "a count is asked for",
    "rank": "a rank is asked for",
    "m3": "cubic metres are asked for",
}
_NAMED = {
    "USD": "US dollars",
    "EUR": "euros",
    "percent": "per cent",
    "fraction": "a fraction",
    "m3": "cubic metres",
    "bare": "a bare number",
}
# The unit that an amount names by itself, for the one who may have put down another.
_UNIT_NAMED = {"USD": "USD", "EUR": "EUR", "percent": "share or ratio", "m3": "m3"}
_COUNTED = ("persons", "count", "rank")
_CUBIC = {"bcm": 9, "bcma": 9, "mcm": 6, "mmcm": 6, "tcm": 12}
# The larger end of a range may be so many times the smaller where only the larger has a scale.
_FARTHEST = 100


@dataclass(frozen=True)
class Kind:
    """What is counted: people or things, and the word for them."""

    kind: str
    word: str


@dataclass(frozen=True)
class Amount:
    """A number and what it is of; ``name`` says that in words, ``signed`` what stands before it."""

    value: Fraction
    half: Fraction
    kind: str
    name: str = ""
    number: Number | None = None
    marks: tuple[Token | Kind, ...] = ()
    signed: bool = False

    def fit(self, unit: str) -> None:
        """Refuse an amount of another kind than the unit's.

        Raises:
            Refused: with what the amount is of.
        """
        if self.kind == "points":
            raise Refused("percentage points: the distance of two shares, not a share")
        if self.kind == "nought":
            if unit == "rank":
                raise Refused("nought, where the first rank is 1")
            return
        if self.kind not in _KINDS_OF_UNIT[unit]:
            name = self.name or _NAMED[self.kind]
            if self.kind == "bare" and unit in ("USD", "EUR"):
                name = "a number without a currency"
            raise Refused(f"{name}, where {_ASKED[unit]}", names=_UNIT_NAMED.get(self.kind, ""))
        if self.number and self.number.comma and self.number.face == self.value:
            raise Refused(f"thousands that are not kept apart by threes ({self.number.figures})")
        self._refuse_point(self.number)
        self._refuse_mcm()
        letters = self.number.letters.lower() if self.number else ""
        if letters in MONEY_ONLY and self.kind not in ("USD", "EUR"):
            raise Refused(f'"{letters}" after a number that is not money: write the scale in full')
        if unit == "share" and self.value > 1:
            raise Refused("more than the whole: a share is at most 100%")
        if unit in _COUNTED and self.value.denominator != 1:
            raise Refused(f"a number that is not whole, where {_ASKED[unit]}")
        if unit == "rank" and self.value < 1:
            raise Refused("a rank below 1, which is the first")

    def _refuse_mcm(self) -> None:
        """Refuse mcm, unless it stands behind the same measure in full, as an abbreviation."""
        types = {mark.type: mark for mark in self.marks if isinstance(mark, Token)}
        if "CUBIC_METRES" not in types and types.get("BIG_METRES", "").lower() == "mcm":
            raise Refused("two honest readings: mcm as thousand or as million cubic metres")

    def _refuse_point(self, number: Number | None) -> None:
        """Refuse a bare 7.500, which is seven and a half to one and thousands to another."""
        if number and number.thousandths and number.face == self.value:
            thousands = number.figures.replace(".", ",")
            raise Refused(
                f"two honest readings: {number.figures} as a decimal, "
                f"or {thousands} with a point between thousands"
            )


@dataclass(frozen=True)
class Hedged:
    """An amount or a range with its hedges, as one rule of the grammar has it."""

    ends: tuple[Amount, ...]
    joined: str
    hedges: tuple[Token, ...]
    also: tuple[Hedged, ...]
    years: tuple[int, ...]
    yearly: str
    way: str
    span: tuple[int, int]

    def read(self, unit: str) -> Quantity:
        """The quantity in a unit.

        Raises:
            Refused: where it is none of that unit, or says two things.
        """
        try:
            main = self._main(unit)
        except Refused:
            for other in self.also:
                return other.read(unit)
            raise
        for other in self.also:
            try:
                other.read(unit)
            except Refused:
                continue
            raise Refused("two amounts of one unit, and no word for how they belong together")
        return main

    def _main(self, unit: str) -> Quantity:
        ends = self._fitting(unit)
        if self.yearly and unit != "m3":
            raise Refused(f"a rate ({self.yearly}): say the sum of a period")
        qualifier = self._qualifier()
        if len(ends) == 1:
            (only,) = ends
            if qualifier and not only.value:
                raise Refused("a hedge before nought")
            if unit == "share" and only.value == 1 and qualifier == "more than":
                raise Refused("more than the whole: a share is at most 100%")
            if qualifier and unit == "rank":
                raise Refused("a hedge beside a rank")
            half = Fraction(0) if unit == "rank" else only.half
            return quantity(only.value, half, unit, qualifier)
        if qualifier not in ("", "about", "nearly"):
            raise Refused("a bound beside a range: two readings")
        return between(ends[0].value, ends[1].value, unit, qualifier or "range")

    def _fitting(self, unit: str) -> tuple[Amount, ...]:
        ends = self.ends
        if len(ends) > 1:
            first, second = ends
            ends = _shared(first, second, self.joined)
        for end in ends:
            end.fit(unit)
        return ends

    def _qualifier(self) -> str:
        """The one kind of hedge among the words."""
        kinds = {QUALIFIERS[token.type]: token for token in self.hedges}
        if len(kinds) > 1:
            words = '" and "'.join(kinds.values())
            raise Refused(f'two hedges of different kinds ("{words}")')
        return next(iter(kinds), "")

    def plain(self) -> Amount:
        """The amount where it stands alone, without hedge or range."""
        if self.hedges or len(self.ends) > 1:
            raise Refused("a hedge where only a plain number can be read")
        return self.ends[0]


def _shared(first: Amount, second: Amount, joined: str) -> tuple[Amount, Amount]:
    """Both ends of a range, with what stands once given to the other.

    Raises:
        Refused: where the ends do not belong together, or have two honest readings.
    """
    one, other = first.number, second.number
    if one is None or other is None:
        if first.kind != second.kind or joined == "OR":
            raise Refused("two ends that do not belong together")
        return _in_order(first, second)
    if joined == "OR":
        if first.kind != "bare":
            raise Refused('two amounts with "or" between them: which is it?')
        _refuse_distant(one, other)
    if first.kind == "bare" and second.kind != "bare" and not second.signed:
        low = _scaled_like(first, second, one, other)
    elif second.kind == "bare" and first.signed:
        second = measured(other, first.marks, signed=True)
        low = _scaled_like(first, second, one, other)
    elif first.kind == second.kind and first.name in ("", second.name):
        low = _scaled_like(first, second, one, other)
    else:
        raise Refused("a range whose ends are not of one kind")
    return _in_order(low, second)


def _scaled_like(first: Amount, second: Amount, one: Number, other: Number) -> Amount:
    """The first end of a range with the second's marks, and with its scale where it has none.

    Args:
        first: the one end.
        second: the other end.
        one: the number of the first.
        other: the number of the second.
    """
    marks = first.marks if first.kind == second.kind != "bare" else second.marks
    own = measured(one, marks, signed=first.signed)
    if first.kind == second.kind and first.kind in ("percent", "m3"):
        return own
    if second.kind == "m3" and any(
        mark.type == "BIG_METRES" for mark in second.marks if isinstance(mark, Token)
    ):
        return own
    if one.scale == 1 and other.scale > 1:
        with_scale = measured(
            replace(one, scale=other.scale, letters=other.letters), marks, signed=first.signed
        )
        if with_scale.value <= second.value:
            return with_scale
        if second.value > _FARTHEST * own.value:
            raise Refused("a range whose first end lacks its scale: say the scale of both ends")
    elif one.scale > 1 and other.scale == 1 and own.value > second.value:
        raise Refused("a range whose second end lacks its scale: say the scale of both ends")
    elif one.scale == other.scale == 1 and second.kind not in ("percent", "m3"):
        _refuse_short(one, other)
    return own


def _refuse_short(one: Number, other: Number) -> None:
    """Refuse "300 to 400,000": the first end may be three hundred, or lack its thousands."""
    if (
        0 < one.face < 1000 <= other.face
        and other.face % 1000 == 0
        and one.face * 1000 <= other.face
    ):
        raise Refused(
            f"two honest readings: {one.face} to {int(other.face):,}, "
            f"or {int(one.face * 1000):,} to {int(other.face):,}"
        )


def _refuse_distant(one: Number, other: Number) -> None:
    """Refuse "10,000 or 12,000": only neighbours among small numbers make a range with "or"."""
    if other.face - one.face != 1 or other.face > 100 or one.scale not in (1, other.scale):
        raise Refused('two numbers with "or" between them: which is it?')


def _in_order(low: Amount, high: Amount) -> tuple[Amount, Amount]:
    if low.value > high.value:
        raise Refused("a range whose larger end stands first")
    if as_year(low) and as_year(high):
        raise Refused("two years, it seems, and not two amounts")
    return low, high


def as_year(amount: Amount) -> str:
    """The figures of an amount that looks like a year, as four bare ones from 1900 to 2099 do."""
    figures = amount.number.figures if amount.number and amount.kind == "bare" else ""
    return figures if len(figures) == 4 and figures[:2] in ("19", "20") else ""


def asked(unit: str) -> str:
    """What is asked for, as the end of a sentence."""
    return _ASKED[unit]


def measured(number: Number, marks: Sequence[Token | Kind], signed: bool = False) -> Amount:
    """A number with its marks: currency, per cent, measure or what is counted."""
    kinds = [mark for mark in marks if isinstance(mark, Kind)]
    types = {mark.type: mark for mark in marks if isinstance(mark, Token)}
    value, half = number.value, number.half
    rest = (number, tuple(marks), signed)
    if "OTHER_CURRENCY" in types:
        return Amount(value, half, "foreign", str(types["OTHER_CURRENCY"]), *rest)
    if {"DOLLARS", "EUROS"} <= types.keys():
        raise Refused("dollars and euros in one amount")
    if "OTHER_MEASURE" in types:
        return Amount(value, half, "measure", str(types["OTHER_MEASURE"]), *rest)
    if "POINTS" in types:
        return Amount(value, half, "points", "percentage points", *rest)
    if "DOLLARS" in types or "EUROS" in types:
        return Amount(value, half, "USD" if "DOLLARS" in types else "EUR", "", *rest)
    if "PERCENT" in types:
        half = number.last * number.scale / 200
        return Amount(value / 100, half, "percent", "", *rest)
    if "CUBIC_METRES" in types:
        return Amount(value, half, "m3", "", *rest)
    if "BIG_METRES" in types:
        if number.scale > 1:
            raise Refused(f"two scales (a scale word before {types['BIG_METRES']})")
        power = 10 ** _CUBIC[types["BIG_METRES"].lower()]
        return Amount(value * power, number.last * power / 2, "m3", "", *rest)
    if kinds:
        return Amount(value, half, kinds[0].kind, kinds[0].word, *rest)
    return Amount(value, half, "bare", "", *rest)
