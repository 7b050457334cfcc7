"""What the trees of ``quantities.lark`` mean: words become amounts, and amounts a reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from math import inf
from typing import Any

from lark import Token, v_args

from analysis.data import numerals
from analysis.data.amounts import QUALIFIERS, Amount, Hedged, Kind, as_year, asked, measured
from analysis.data.intervals import Quantity, Refused, quantity, unknown
from analysis.data.trees import Amounts, Part, only, types_of

# A reading gives the quantities of a unit, or refuses.
Reading = Callable[[str], list[Quantity]]
# "Nine out of ten people" is a share; a whole above this may be counted.
_FEW = 10
_SHARES = ("percent", "fraction")


@dataclass(frozen=True)
class Year:
    """A year beside an amount."""

    year: int


@dataclass(frozen=True)
class Mover:
    """A word for a change, and the way it goes."""

    way: str


class Readings(Amounts):
    """Turns a whole tree into a reading."""

    # One amount or range with what stands beside it

    @v_args(meta=True)
    def hedged(self, meta: Any, children: list[Any]) -> Hedged:
        """Gather the hedges, the ends and what else matters; the rest has had its place checked."""
        amounts = only(Amount, children)
        tokens = only(Token, children)
        if kinds := only(Kind, children):
            amounts = [self._of_kind(amount, kinds[0]) for amount in amounts]
        listed = any(part.words for part in only(Part, children) if part.name == "also")
        if listed and amounts[0].kind == "bare":
            raise Refused("a bare number beside an amount")
        if "RAISED_FIGURE" in types_of(children) and amounts[-1].kind == "bare":
            raise Refused("a raised figure after a bare number: a footnote's, or a power")
        ends = [number for number, child in enumerate(children) if isinstance(child, Amount)]
        joints = types_of(children[ends[0] : ends[-1]])
        return Hedged(
            tuple(amounts),
            "OR" if "OR" in joints else "",
            tuple(token for token in tokens if token.type in QUALIFIERS),
            tuple(part.hedged[0] for part in only(Part, children) if part.name == "also"),
            tuple(year.year for year in only(Year, children)),
            next((str(token) for token in tokens if token.type == "YEARLY"), ""),
            next((child.way for child in children if isinstance(child, Mover)), ""),
            (meta.start_pos, meta.end_pos),
        )

    def _of_kind(self, amount: Amount, kind: Kind) -> Amount:
        """An amount whose kind stands behind a hedge: "5,000 or so people"."""
        if amount.kind != "bare" or amount.number is None:
            raise Refused("two words for what is counted")
        return measured(amount.number, (kind,))

    def also(self, children: list[Hedged]) -> Part:
        """The same amount in another unit."""
        (other,) = only(Hedged, children)
        if other.ends[0].kind == "bare":
            raise Refused("a bare number beside an amount")
        return Part("also", (other,))

    def also_listed(self, children: list[Any]) -> Part:
        """The same amount after a comma alone, which may as well stand inside a number."""
        return replace(self.also(children), words=(",",))

    def year(self, children: list[Token]) -> Year:
        """A year in figures.

        Raises:
            Refused: where the figures are no year from 1900 to 2099.
        """
        (token,) = children
        if len(token) != 4 or not token.isdecimal() or token[:2] not in ("19", "20"):
            raise Refused(f"{token} where a year would stand")
        return Year(int(token))

    def when(self, children: list[Any]) -> Year | None:
        """The year of a date, where it has one."""
        return next(iter(only(Year, children)), None)

    # What is said

    def phrase(self, children: list[Any]) -> Reading:
        """The reading of the whole phrase."""
        first, *rest = [child for child in children if not isinstance(child, Token)]
        if not rest:
            return self._single(first) if isinstance(first, Hedged) else first
        return getattr(self, f"_{rest[0].name}")(first, rest[0])

    def _single(self, hedged: Hedged) -> Reading:
        return lambda unit: [hedged.read(unit)]

    def _pair(self, first: Hedged, second: Hedged, *roles: str) -> Reading:
        def read(unit: str) -> list[Quantity]:
            return [
                replace(hedged.read(unit), role=role, words=self._words(hedged))
                for hedged, role in zip((first, second), roles, strict=True)
            ]

        return read

    def _words(self, hedged: Hedged) -> str:
        start, end = hedged.span
        text = str(self.tokens[start])
        for before, word in pairwise(self.tokens[start:end]):
            # Between two words stands one space at most.
            text += word if before.end_pos == word.start_pos else f" {word}"
        return text

    def mover(self, children: list[Token]) -> Mover:
        """Which way a change goes."""
        return Mover("up" if children[0].type in ("RISING", "UP") else "down")

    def up_from(self, children: list[Any]) -> Part:
        """The figure that something rose or fell from."""
        return Part("up_from", (only(Hedged, children)[-1],), (children[0],))

    def _up_from(self, later: Hedged, part: Part) -> Reading:
        (earlier,) = part.hedged
        return _checked(self._over_time(later, earlier), part.words[0].way)

    def dated(self, children: list[Any]) -> Part:
        """A figure with its date, or with words such as "a year earlier"."""
        dates = types_of(children) | {"AGO" for _ in only(Year, children)}
        return Part("against", tuple(only(Hedged, children)), tuple(dates))

    def against(self, children: list[Part]) -> Part:
        """The figure that something is compared with."""
        return children[0]

    def from_level(self, children: list[Part]) -> Part:
        """The figure that something went from, where what it went to stands first."""
        return replace(children[0], name="from_level")

    def _from_level(self, later: Hedged, part: Part) -> Reading:
        (earlier,) = part.hedged
        if not later.way:
            raise Refused("two amounts, and no word for which is the later")
        return _checked(self._over_time(later, earlier), later.way)

    def _against(self, later: Hedged, part: Part) -> Reading:
        (earlier,) = part.hedged
        if "AGO" not in part.words and not earlier.years:
            raise Refused("two amounts, and no word for which is the later")
        return self._over_time(later, earlier)

    def _over_time(self, later: Hedged, earlier: Hedged) -> Reading:
        """Two figures of one thing, whose years, where both have one, are in this order."""
        years = (*earlier.years, *later.years)
        if len(years) == 2 and years[0] >= years[1]:
            raise Refused("the earlier of two figures has no earlier year")
        return self._pair(later, earlier, "later", "earlier")

    def part_of(self, children: list[Any]) -> Part:
        """The whole that the first amount is a part of."""
        return Part("part_of", tuple(only(Hedged, children)))

    def _part_of(self, part: Hedged, rest: Part) -> Reading:
        (whole,) = rest.hedged
        one, other = part.ends[0].kind, whole.ends[0].kind
        if len(part.ends) > 1 or len(whole.ends) > 1:
            raise Refused("a range as a part or a whole")
        if "nought" in (one, other):
            raise Refused("none of an amount")
        if year := as_year(whole.ends[0]):
            raise Refused(f"a part of {year}, which looks like a year")

        def read(unit: str) -> list[Quantity]:
            if one in _SHARES or other in _SHARES:
                if other in _SHARES or unit not in ("share", "ratio"):
                    raise Refused("a share of an amount: work out the sum, or say the share alone")
                return [part.read(unit)]
            both = self._pair(part, whole, "part_of", "whole")(unit)
            if unit == "persons" and whole.ends[0].value <= _FEW:
                raise Refused(f"a share, it seems, where {asked(unit)}")
            return both

        return read

    def whole_of(self, children: list[Any]) -> Part:
        """The part, where the whole stands first."""
        return Part("whole_of", tuple(only(Hedged, children)))

    part_first = whole_of

    def _whole_of(self, whole: Hedged, rest: Part) -> Reading:
        return self._pair(rest.hedged[0], whole, "part_of", "whole")

    def half_of(self, children: list[Any]) -> Reading:
        """Half of a number of people or things, which is exact as other fractions are not."""
        (whole,) = only(Hedged, children)
        amount = whole.plain()
        if amount.kind not in ("bare", "people", "things"):
            raise Refused("a fraction of a sum: work out the sum, or say both amounts")
        half = replace(whole, ends=(replace(amount, value=amount.value / 2, half=amount.half / 2),))
        share = replace(whole, ends=(Amount(Fraction(1, 2), Fraction(0), "fraction"),))

        def read(unit: str) -> list[Quantity]:
            if unit in ("share", "ratio"):
                return [share.read(unit)]
            return self._pair(half, whole, "part_of", "whole")(unit)

        return read

    def topped_up(self, children: list[Any]) -> Part:
        """An undisclosed sum on top."""
        return Part("topped_up")

    def _topped_up(self, known: Hedged, part: Part) -> Reading:
        known.plain()

        def read(unit: str) -> list[Quantity]:
            sure = known.read(unit)
            return [
                replace(
                    sure,
                    value=None,
                    high=inf,
                    logical_high=inf,
                    qualifier="plus an undisclosed sum",
                )
            ]

        return read

    def all_but(self, children: list[Hedged]) -> Reading:
        """What is left of the whole."""
        amount = children[0].plain()
        if amount.kind not in ("percent", "fraction"):
            raise Refused("all but some: the number that is meant is not printed")
        rest = replace(amount, value=1 - amount.value)
        return self._single(replace(children[0], ends=(rest,)))

    # Changes

    def by_so_much(self, children: list[Any]) -> Part:
        """How large a change is."""
        return Part("by", tuple(only(Hedged, children)))

    def from_so_much(self, children: list[Any]) -> Part:
        """Where a change begins."""
        return Part("from", tuple(only(Hedged, children)))

    def to_level(self, children: list[Any]) -> Part:
        """Where a change ends."""
        return Part("to", tuple(only(Hedged, children)))

    def change(self, children: list[Any]) -> Reading:
        """A rise or a fall, by so much, from one level, to another."""
        way = next((mover.way for mover in only(Mover, children)), "")
        parts = {part.name: part.hedged[0] for part in only(Part, children)}
        if "from" in parts:
            start, level = parts["from"], parts["to"]
            if not way and not (start.years and level.years and start.years < level.years):
                raise Refused("from one figure to another, without years that tell them apart")
            return _checked(self._over_time(level, start), way)
        return _change(parts["by"], way or "up", parts.get("to"))

    def changed(self, children: list[Any]) -> Part:
        """A word for a change after its size: "30% higher"."""
        ways = [mover.way for mover in only(Mover, children)]
        up = bool({"HIGHER", "ABOVE"} & types_of(children)) or "up" in ways
        return Part("changed", words=("up" if up else "down",))

    def _changed(self, size: Hedged, part: Part) -> Reading:
        return _change(size, part.words[0], None)

    def negative(self, children: list[Any]) -> Reading:
        """Less than nought, which none of the units here can be."""

        def read(unit: str) -> list[Quantity]:
            children[-1].read(unit)
            raise Refused("a negative amount, as a minus or brackets say")

        return read

    def remark(self, children: list[Any]) -> None:
        """A change in brackets after an amount; the amount stands without it."""

    def span(self, children: list[Any]) -> None:
        """The years over which a sum is counted; the period's column has them."""

    # Ranks and vague words

    def ranked(self, children: list[Any]) -> Reading:
        """A place in an order."""
        (place,) = only(Part, children)
        number, qualifier = place.words

        def read(unit: str) -> list[Quantity]:
            if unit != "rank":
                raise Refused(f"a rank, where {asked(unit)}")
            if number < 1 or Fraction(number).denominator != 1:
                raise Refused("a rank that is no place in an order")
            return [quantity(Fraction(number), Fraction(0), unit, qualifier)]

        return read

    def nth(self, children: list[Any]) -> Part:
        """The first, second or third, or so many places behind others."""
        behind = len(only(Part, children)) and len(only(Part, children)[0].words)
        ordinals = [token for token in only(Token, children) if token.type.startswith("ORDINAL")]
        place = numerals.ordinal(ordinals[0]) if ordinals else behind + 1
        if behind and place != behind + 1:
            raise Refused("a rank behind others, of which not all are named")
        return Part("rank", words=(place, ""))

    def behind(self, children: list[Any]) -> Part:
        """Those that stand before."""
        return Part("behind", words=tuple(children))

    def all_but_some(self, children: list[Token]) -> Part:
        """A place counted from the largest: "the largest but one"."""
        return Part("rank", words=(numerals.in_words(children[0]).value + 1, ""))

    def numbered(self, children: list[Token]) -> Part:
        """A place by its number: "number two", "#2"."""
        numbers = [token for token in children if token.type in ("NUMBER", "VULGAR", "WORDS")]
        return Part("rank", words=(self.numeral(numbers).value, ""))

    def top_some(self, children: list[Token]) -> Part:
        """Among the first few."""
        numbers = [token for token in children if token.type in ("NUMBER", "VULGAR", "WORDS")]
        return Part("rank", words=(self.numeral(numbers).value, "up to"))

    def vague(self, children: list[Any]) -> Reading:
        """Words without a number."""
        marks = types_of(children)
        kinds = {kind.kind for kind in only(Kind, children)}

        def read(unit: str) -> list[Quantity]:
            other = any(mark in marks and unit != its for mark, its in _VAGUE_UNITS.items())
            percent = "PERCENT" in marks and unit not in ("share", "ratio")
            counted = kinds and not kinds <= {"people", "things"} & _countable(unit)
            if other or percent or counted:
                raise Refused(f"words for another unit, where {asked(unit)}")
            return [unknown(unit)]

        return read

    def vague_rank(self, children: list[Any]) -> Reading:
        """Words for a high place, without saying which."""
        if any(token.type == "WORDS" and token.lower() != "one" for token in only(Token, children)):
            raise Refused("more than one place, where one partner's is asked for")

        def read(unit: str) -> list[Quantity]:
            if unit != "rank":
                raise Refused(f"a rank, where {asked(unit)}")
            return [unknown(unit)]

        return read


# What words without a number can be of, by the mark of their unit.
_VAGUE_UNITS = {"DOLLARS": "USD", "EUROS": "EUR", "CUBIC_METRES": "m3", "BIG_METRES": "m3"}


def _countable(unit: str) -> set[str]:
    return {"persons": {"people"}, "count": {"people", "things"}}.get(unit, set())


def _checked(reading: Reading, way: str) -> Reading:
    """A pair whose numbers must go the way that its words say."""

    def read(unit: str) -> list[Quantity]:
        later, earlier = reading(unit)
        if way == "up" and later.logical_high < earlier.logical_low:
            raise Refused("a rise from the larger to the smaller figure")
        if way == "down" and later.logical_low > earlier.logical_high:
            raise Refused("a fall from the smaller to the larger figure")
        return [later, earlier]

    return read


def _change(size: Hedged, way: str, level: Hedged | None) -> Reading:
    """A change by so much: a rise in per cent is a ratio, and what is reached is a level."""

    def read(unit: str) -> list[Quantity]:
        if level is not None:
            if unit == "ratio":
                raise Refused("a change and a level, and either may be the ratio: say one")
            return [level.read(unit)]
        if way == "down":
            raise Refused("a fall; only a rise can be read")
        if unit != "ratio":
            raise Refused("a change, and not what is there")
        return [size.read(unit)]

    return read
