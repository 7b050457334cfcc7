"""What the trees of ``quantities.lark`` mean: words become amounts, and amounts a reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import inf
from typing import Any

from lark import Token, Transformer, v_args

from analysis.data import numerals
from analysis.data.amounts import QUALIFIERS, Amount, Hedged, Kind, asked, is_year, measured
from analysis.data.intervals import Quantity, Refused, quantity, unknown
from analysis.data.numerals import Number

# A reading gives the quantities of a unit, or refuses.
Reading = Callable[[str], list[Quantity]]
# Fractions in figures and "one in …" have denominators below this; from it on they are years.
_MOST_PARTS = 1000
# "Nine out of ten people" is a share; a whole above this may be counted.
_FEW = 10
_SCALES = ("SCALE", "SCALES")
_SHARES = ("percent", "fraction")


@dataclass(frozen=True)
class Year:
    """A year beside an amount."""

    year: int


@dataclass(frozen=True)
class Mover:
    """A word for a change, and the way it goes."""

    way: str


@dataclass(frozen=True)
class Part:
    """The rest of a phrase after its first amount: what it is called, and its own amounts."""

    name: str
    hedged: tuple[Hedged, ...]
    words: tuple[Any, ...] = ()


def _only(kind: type | tuple[type, ...], children: list[Any]) -> list[Any]:
    return [child for child in children if isinstance(child, kind)]


def _types(children: list[Any]) -> set[str]:
    return {child.type for child in _only(Token, children)}


class Readings(Transformer):
    """Turns a tree into a reading.

    Args:
        tokens: the words of the phrase; the tree's leaves are their places.
        name_of: gives the name of another country's currency from its sign.
    """

    def __init__(self, tokens: list[Token], name_of: Callable[[Token], str]) -> None:
        super().__init__()
        self._tokens = tokens
        self._name_of = name_of

    def __default_token__(self, place: Token) -> Token:
        """The word at a place; a currency's sign gives way to its name."""
        token = self._tokens[int(place)]
        if token.type == "OTHER_CURRENCY":
            return Token.new_borrow_pos(token.type, self._name_of(token), token)
        return token

    # Numbers

    def number(self, children: list[Any]) -> Number:
        """Figures, words below a thousand, or groups with a scale each."""
        groups = _only(Number, children)
        tokens = _only(Token, children)
        if not groups:
            return self._numeral(tokens)
        if len(groups) == 1 and not tokens:
            return groups[0]
        return numerals.together(groups, numerals.in_words(tokens[0]) if tokens else None)

    def group(self, children: list[Token]) -> Number:
        """A number and its scale; an article or nothing before the scale is one."""
        scales = [token for token in children if token.type in _SCALES]
        rest = [token for token in children if token.type not in _SCALES]
        if not rest:
            number = numerals.in_words("one")
        elif rest[0].type in ("HALF", "HALF_A"):
            number = numerals.with_vulgar(None, "½")
        elif rest[0].type == "PARTS_OF_A":
            number = numerals.part_of_a(rest[0])
        else:
            number = self._numeral(rest)
        return numerals.scaled(number, scales)

    def dozens(self, children: list[Token]) -> Number:
        """Twelve, so many times."""
        kinds = {token.type: token for token in children}
        if "HALF_A" in kinds:
            return numerals.times(6, numerals.in_words("one"))
        rest = [token for token in children if token.type != "DOZEN"]
        return numerals.times(12, self._numeral(rest) if rest else numerals.in_words("one"))

    def scores(self, children: list[Token]) -> Number:
        """Twenty, so many times."""
        return numerals.times(20, self._numeral(children))

    def and_a_half(self, children: list[Token]) -> Number:
        """A number with a half more of its scale."""
        rest = [token for token in children if token.type not in _SCALES]
        number = self._numeral(rest) if rest else numerals.in_words("one")
        return numerals.half_more(number, [token for token in children if token.type == "SCALE"])

    def scale_first(self, children: list[Token]) -> Number:
        """A scale that stands before its number, as tables have it: "US$ million 12.3"."""
        scale, *numeral = children
        return numerals.scaled(self._numeral(numeral), [scale])

    def _numeral(self, tokens: list[Token]) -> Number:
        if tokens[0].type == "WORDS":
            return numerals.in_words(tokens[0])
        number = numerals.figure(tokens[0]) if tokens[0].type == "NUMBER" else None
        if tokens[-1].type == "VULGAR":
            return numerals.with_vulgar(number, tokens[-1])
        return number

    # Amounts

    def kind(self, children: list[Token]) -> Kind:
        """What is counted; a nation's name alone is its people."""
        counted = [token for token in children if token.type != "NATION"] or children
        kinds = {"people" if token.type in ("PEOPLE", "NATION") else "things" for token in counted}
        if len(kinds) > 1:
            raise Refused("people and things in one count")
        return Kind(kinds.pop(), str(counted[0]))

    def amount(self, children: list[Any]) -> Amount:
        """A number with its marks, or what another rule made an amount of already."""
        (number,) = _only(Number, children)
        marks = [child for child in children if isinstance(child, (Token, Kind))]
        signed = isinstance(children[0], Token)
        if parts := _only(Part, children):
            (each,) = parts
            return self._one_in(number, each.words[0])
        return measured(number, marks, signed)

    def each(self, children: list[Any]) -> Part:
        """The second number of "one in five"."""
        return Part("each", (), tuple(_only(Number, children)))

    def _one_in(self, some: Number, every: Number) -> Amount:
        if some.value > every.value or not 0 < every.value < _MOST_PARTS:
            raise Refused("a part that is larger than its whole")
        if any(number.value.denominator != 1 for number in (some, every)):
            raise Refused("a part of a number that is not whole")
        return Amount(some.value / every.value, Fraction(0), "fraction", "a share (one in so many)")

    def half_percent(self, children: list[Any]) -> Amount:
        """A part of one per cent: "half a percent", "a percent", "half of one percent"."""
        types = _types(children)
        if "POINTS" in types:
            return Amount(Fraction(0), Fraction(0), "points")
        of = _only(Number, children)
        halved = bool(types & {"HALF", "HALF_A", "HALF_OF"})
        number = of[0].value if of else Fraction(1)
        value = number / (200 if halved else 100)
        return Amount(value, Fraction(1, 2000) if halved else Fraction(1, 200), "percent")

    def fraction(self, children: list[Token]) -> Amount:
        """A fraction in words, in figures or as one letter."""
        first = children[0]
        if first.type == "NUMBER":
            top, bottom = (numerals.figure(token) for token in children[:2])
            if not 0 < bottom.face < _MOST_PARTS or top.face > bottom.face:
                raise Refused("a fraction that is none")
            value = top.face / bottom.face
        elif first.type == "VULGAR":
            value = numerals.vulgar(first)
        else:
            value = numerals.part_of_one(first)
        return Amount(value, Fraction(0), "fraction")

    def nought(self, children: list[Any]) -> Amount:
        """None at all."""
        return Amount(Fraction(0), Fraction(0), "nought")

    # One amount or range with what stands beside it

    @v_args(meta=True)
    def hedged(self, meta: Any, children: list[Any]) -> Hedged:
        """Gather the hedges, the ends and what else matters; the rest has had its place checked."""
        amounts = _only(Amount, children)
        tokens = _only(Token, children)
        if kinds := _only(Kind, children):
            amounts = [self._of_kind(amount, kinds[0]) for amount in amounts]
        ends = [number for number, child in enumerate(children) if isinstance(child, Amount)]
        joints = _types(children[ends[0] : ends[-1]])
        return Hedged(
            tuple(amounts),
            "OR" if "OR" in joints else "",
            tuple(token for token in tokens if token.type in QUALIFIERS),
            tuple(part.hedged[0] for part in _only(Part, children) if part.name == "also"),
            tuple(year.year for year in _only(Year, children)),
            next((str(token) for token in tokens if token.type == "YEARLY"), ""),
            next((child.way for child in children if isinstance(child, Mover)), ""),
            (meta.start_pos, meta.end_pos),
        )

    def _of_kind(self, amount: Amount, kind: Kind) -> Amount:
        """An amount whose kind stands behind a hedge: "5,000 or so people"."""
        if amount.kind != "bare":
            raise Refused("two words for what is counted")
        return measured(amount.number, (kind,))

    def also(self, children: list[Hedged]) -> Part:
        """The same amount in another unit."""
        return Part("also", tuple(children))

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
        return next(iter(_only(Year, children)), None)

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
        first, last = self._tokens[start], self._tokens[end - 1]
        return self._tokens_text(first.start_pos, last.end_pos)

    def _tokens_text(self, start: int, end: int) -> str:
        text = ""
        for token in self._tokens:
            if start <= token.start_pos and token.end_pos <= end:
                text += " " * (token.start_pos - start - len(text)) + token
        return text

    def mover(self, children: list[Token]) -> Mover:
        """Which way a change goes."""
        return Mover("up" if children[0].type in ("RISING", "UP") else "down")

    def up_from(self, children: list[Any]) -> Part:
        """The figure that something rose or fell from."""
        return Part("up_from", (_only(Hedged, children)[-1],), (children[0],))

    def _up_from(self, later: Hedged, part: Part) -> Reading:
        (earlier,) = part.hedged
        return _checked(self._pair(later, earlier, "later", "earlier"), part.words[0].way)

    def dated(self, children: list[Any]) -> Part:
        """A figure with its date, or with words such as "a year earlier"."""
        dates = _types(children) | {"AGO" for _ in _only(Year, children)}
        return Part("against", tuple(_only(Hedged, children)), tuple(dates))

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
        return _checked(self._pair(later, earlier, "later", "earlier"), later.way)

    def _against(self, later: Hedged, part: Part) -> Reading:
        (earlier,) = part.hedged
        years = (*earlier.years, *later.years)
        if "AGO" not in part.words and not earlier.years:
            raise Refused("two amounts, and no word for which is the later")
        if len(years) == 2 and years[0] >= years[1]:
            raise Refused("the later figure stands behind the earlier")
        return self._pair(later, earlier, "later", "earlier")

    def part_of(self, children: list[Any]) -> Part:
        """The whole that the first amount is a part of."""
        return Part("part_of", tuple(_only(Hedged, children)))

    def _part_of(self, part: Hedged, rest: Part) -> Reading:
        (whole,) = rest.hedged
        one, other = part.ends[0].kind, whole.ends[0].kind
        if len(part.ends) > 1 or len(whole.ends) > 1:
            raise Refused("a range as a part or a whole")
        if "nought" in (one, other):
            raise Refused("none of an amount")
        if is_year(whole.ends[0]):
            raise Refused(f"a part of {whole.ends[0].number.figures}, which looks like a year")

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
        return Part("whole_of", tuple(_only(Hedged, children)))

    def _whole_of(self, whole: Hedged, rest: Part) -> Reading:
        return self._pair(rest.hedged[0], whole, "part_of", "whole")

    def half_of(self, children: list[Any]) -> Reading:
        """Half of a number of people or things, which is exact as other fractions are not."""
        (whole,) = _only(Hedged, children)
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
        return Part("topped_up", ())

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
        return Part("by", tuple(_only(Hedged, children)))

    def from_so_much(self, children: list[Any]) -> Part:
        """Where a change begins."""
        return Part("from", tuple(_only(Hedged, children)))

    def to_level(self, children: list[Any]) -> Part:
        """Where a change ends."""
        return Part("to", tuple(_only(Hedged, children)))

    def change(self, children: list[Any]) -> Reading:
        """A rise or a fall, by so much, from one level, to another."""
        way = next((mover.way for mover in _only(Mover, children)), "")
        parts = {part.name: part.hedged[0] for part in _only(Part, children)}
        level = parts.get("to")
        if "from" in parts:
            start = parts["from"]
            if not way and not (start.years and level.years and start.years < level.years):
                raise Refused("from one figure to another, without years that tell them apart")
            return _checked(self._pair(level, start, "later", "earlier"), way)
        return _change(parts["by"], way or "up", level)

    def changed(self, children: list[Any]) -> Part:
        """A word for a change after its size: "30% higher"."""
        ways = [mover.way for mover in _only(Mover, children)]
        up = bool({"HIGHER", "ABOVE"} & _types(children)) or "up" in ways
        return Part("changed", (), ("up" if up else "down",))

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
        (place,) = _only(Part, children)
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
        behind = len(_only(Part, children)) and len(_only(Part, children)[0].words)
        ordinals = [token for token in _only(Token, children) if token.type.startswith("ORDINAL")]
        place = numerals.ordinal(ordinals[0]) if ordinals else behind + 1
        if behind and place != behind + 1:
            raise Refused("a rank behind others, of which not all are named")
        return Part("rank", (), (place, ""))

    def behind(self, children: list[Any]) -> Part:
        """Those that stand before."""
        return Part("behind", (), tuple(children))

    def all_but_some(self, children: list[Token]) -> Part:
        """A place counted from the largest: "the largest but one"."""
        return Part("rank", (), (numerals.in_words(children[0]).value + 1, ""))

    def numbered(self, children: list[Token]) -> Part:
        """A place by its number: "number two", "#2"."""
        numbers = [token for token in children if token.type in ("NUMBER", "VULGAR", "WORDS")]
        return Part("rank", (), (self._numeral(numbers).value, ""))

    def top_some(self, children: list[Token]) -> Part:
        """Among the first few."""
        numbers = [token for token in children if token.type in ("NUMBER", "VULGAR", "WORDS")]
        return Part("rank", (), (self._numeral(numbers).value, "up to"))

    def vague(self, children: list[Any]) -> Reading:
        """Words without a number."""
        marks = _types(children)
        kinds = {kind.kind for kind in _only(Kind, children)}

        def read(unit: str) -> list[Quantity]:
            money = "DOLLARS" in marks and unit != "USD"
            percent = "PERCENT" in marks and unit not in ("share", "ratio")
            counted = kinds and not kinds <= {"people", "things"} & _countable(unit)
            if money or percent or counted:
                raise Refused(f"words for another unit, where {asked(unit)}")
            return [unknown(unit)]

        return read

    def vague_rank(self, children: list[Any]) -> Reading:
        """Words for a high place, without saying which."""

        def read(unit: str) -> list[Quantity]:
            if unit != "rank":
                raise Refused(f"a rank, where {asked(unit)}")
            return [unknown(unit)]

        return read


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
