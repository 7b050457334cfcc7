"""Numbers and amounts from the trees of ``quantities.lark``, rule by rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from lark import Token, Transformer

from analysis.data import numerals
from analysis.data.amounts import Amount, Hedged, Kind, measured
from analysis.data.intervals import Refused
from analysis.data.numerals import Number

# Fractions in figures and "one in …" have denominators below this; from it on they are years.
_MOST_PARTS = 1000
_SCALES = ("SCALE", "SCALES")


@dataclass(frozen=True)
class Part:
    """The rest of a phrase after its first amount: what it is called, and its own amounts."""

    name: str
    hedged: tuple[Hedged, ...] = ()
    words: tuple[Any, ...] = ()


def only(kind: type | tuple[type, ...], children: list[Any]) -> list[Any]:
    """The children of a kind, in their order."""
    return [child for child in children if isinstance(child, kind)]


def types_of(children: list[Any]) -> set[str]:
    """The lists that the words among the children stand in."""
    return {child.type for child in only(Token, children)}


class Amounts(Transformer):
    """Turns the numbers and amounts of a tree into what they are worth.

    Args:
        tokens: the words of the phrase; the tree's leaves are their places.
        name_of: gives the name of another country's currency from its sign.
    """

    def __init__(self, tokens: list[Token], name_of: Callable[[Token], str]) -> None:
        super().__init__()
        self.tokens = tokens
        self._name_of = name_of

    def __default_token__(self, place: Token) -> Token:
        """The word at a place; a currency's sign gives way to its name."""
        token = self.tokens[int(place)]
        if token.type == "OTHER_CURRENCY":
            return Token.new_borrow_pos(token.type, self._name_of(token), token)
        return token

    # Numbers

    def number(self, children: list[Any]) -> Number:
        """Figures, words below a thousand, or groups with a scale each."""
        groups = only(Number, children)
        tokens = only(Token, children)
        if not groups:
            return self.numeral(tokens)
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
            number = self.numeral(rest)
        return numerals.scaled(number, scales)

    def dozens(self, children: list[Token]) -> Number:
        """Twelve, so many times."""
        kinds = {token.type: token for token in children}
        if "HALF_A" in kinds:
            return numerals.times(6, numerals.in_words("one"))
        rest = [token for token in children if token.type != "DOZEN"]
        return numerals.times(12, self.numeral(rest) if rest else numerals.in_words("one"))

    def scores(self, children: list[Token]) -> Number:
        """Twenty, so many times."""
        return numerals.times(20, self.numeral(children))

    def and_a_half(self, children: list[Token]) -> Number:
        """A number with a half more of its scale."""
        rest = [token for token in children if token.type not in _SCALES]
        number = self.numeral(rest) if rest else numerals.in_words("one")
        return numerals.half_more(number, [token for token in children if token.type == "SCALE"])

    def scale_first(self, children: list[Token]) -> Number:
        """A scale that stands before its number, as tables have it: "US$ million 12.3"."""
        scale, *numeral = children
        return numerals.scaled(self.numeral(numeral), [scale])

    def numeral(self, tokens: list[Token]) -> Number:
        """A number without a scale: words, or figures with or without a fraction."""
        first, last = tokens[0], tokens[-1]
        if first.type == "WORDS":
            return numerals.in_words(first)
        if last.type != "VULGAR":
            return numerals.figure(first)
        whole = numerals.figure(first) if first.type == "NUMBER" else None
        return numerals.with_vulgar(whole, last)

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
        (number,) = only(Number, children)
        marks = [child for child in children if isinstance(child, (Token, Kind))]
        signed = isinstance(children[0], Token)
        if parts := only(Part, children):
            (each,) = parts
            return self._one_in(number, each.words[0])
        return measured(number, marks, signed)

    def each(self, children: list[Any]) -> Part:
        """The second number of "one in five"."""
        return Part("each", words=tuple(only(Number, children)))

    def _one_in(self, some: Number, every: Number) -> Amount:
        if some.value > every.value or not 0 < every.value < _MOST_PARTS:
            raise Refused("a part that is larger than its whole")
        if any(number.value.denominator != 1 for number in (some, every)):
            raise Refused("a part of a number that is not whole")
        return Amount(some.value / every.value, Fraction(0), "fraction", "a share (one in so many)")

    def half_percent(self, children: list[Any]) -> Amount:
        """A part of one per cent: "half a percent", "a percent", "half of one percent", "¼%"."""
        types = types_of(children)
        if "POINTS" in types:
            return Amount(Fraction(0), Fraction(0), "points")
        if letters := [token for token in only(Token, children) if token.type == "VULGAR"]:
            part = numerals.with_vulgar(None, letters[0])
            return Amount(part.value / 100, part.last / 200, "percent")
        of = only(Number, children)
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
