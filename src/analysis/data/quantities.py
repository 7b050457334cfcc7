"""Printed words become a quantity: "nearly $2 billion" is an interval, not a number.

The words and forms stand in ``quantities.lark``. What a reading says depends on the unit that is
asked for: "third" is a rank, "a third" a share.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from lark import Token
from lark.exceptions import VisitError

from analysis.data.grammar import Grammar, UnknownWord, of_unknown, with_plain_dashes
from analysis.data.intervals import Quantity, Refused, UnknownForm
from analysis.data.readings import Readings
from analysis.data.say import in_a_sentence

# A form that each unit can be read from, for who asks what could stand there.
EXAMPLES = {
    "USD": "$12.9 billion",
    "EUR": "€1.3 billion",
    "share": "41%",
    "ratio": "30.4 percent",
    "persons": "150,000",
    "count": "more than ten agreements",
    "rank": "second largest",
    "m3": "30 billion cubic metres",
}

# Words that no reading has, by their list in the grammar, and what is wrong with them.
_REASONS = {
    "NEGATION": "a negation ({}): say what is there",
    "FORMERLY": "no longer so ({})",
    "RATE": "a rate ({}): say the sum of a period",
    "MULTIPLE": "a multiple ({}): say the amount, or a rise in per cent",
    "MULTIPLE_OF": "a multiple ({}): say the amount, or a rise in per cent",
    "AVERAGE": "an average ({}): say the sum of a period",
    "EXCLUDING": "an amount that leaves something out ({})",
    "AS_LITTLE_AS": 'a bound that "{}" does not settle',
    "ALMOST_ALL": 'a share without a number ("{}")',
    "NEXT": 'a place after one that is not named ("{}")',
    "NO_VALUE": 'a mark for no value ("{}"): leave the row out',
    "_MINUS": "a negative amount ({})",
    "_MINUS_WORD": "a negative amount ({})",
    "EVERY": "a rate ({}): say the sum of a period",
    "YEARLY": "a rate ({}): say the sum of a period",
}
_CURRENCIES = (
    "HONG_KONG_DOLLARS",
    "SINGAPORE_DOLLARS",
    "NEW_ZEALAND_DOLLARS",
    "AUSTRALIAN_DOLLARS",
    "CANADIAN_DOLLARS",
    "TAIWAN_DOLLARS",
    "YUAN",
    "ROUBLES",
    "TENGE",
    "SOM",
    "SOMONI",
    "MANAT",
    "UZBEK_SUM",
    "POUNDS",
    "YEN",
    "WON",
    "RUPEES",
    "LIRA",
    "FRANCS",
    "DIRHAMS",
    "TUGRIK",
    "DRAM",
    "LARI",
    "HRYVNIA",
    "BRAZILIAN_REALS",
    "KRONOR",
    "ZLOTY",
    "SPECIAL_DRAWING_RIGHTS",
    "IRANIAN_RIALS",
)


# The lists whose words make up an amount.
_COUNTED = (
    *("SCALE", "SCALES", "WORDS", "_HUNDRED", "DOZEN", "_SCORE", "VULGAR"),
    *("HALF", "FRACTION", "ORDINAL"),
)


@cache
def grammar() -> Grammar:
    """The grammar of printed figures, built when the first phrase is read."""
    return Grammar("quantities.lark", "phrase", "refusal", counted=_COUNTED)


# What was read in this process, or before it (``memory``): by words and unit.
known: dict[tuple[str, str], tuple[Quantity, ...]] = {}


def read(phrase: str, unit: str) -> tuple[Quantity, ...]:
    """Read a figure's printed words.

    Args:
        phrase: the words as they stand, such as "nearly $2 billion" or "30.4 percent".
        unit: one of ``UNITS``; the unit takes part in the reading.

    Returns:
        One quantity; or two for a growth pair ("$984 million, up from $45 million", the later
        first, the other with role "earlier") and for a part of a total ("over 1 million of
        Tajikistan's 8 million", the part first, the other with role "whole").

    Raises:
        Refused: when the words hold no quantity of that unit, or more than one reading.
        ValueError: for a unit that there is not, with the valid ones.
        TypeError: for a number or anything else that is no words.
    """
    if not isinstance(phrase, str):
        raise TypeError(f"found {phrase!r}, where printed words are wanted, such as '$2 billion'")
    key = (phrase, unit)
    if key in known:
        return known[key]
    if unit not in EXAMPLES:
        near = [word for word in EXAMPLES if word.casefold() == str(unit).casefold()]
        hint = f" (did you mean {near[0]}?)" if near else ""
        raise ValueError(f"no unit {unit!r}{hint}; valid: {', '.join(EXAMPLES)}")
    try:
        return known.setdefault(key, _read(phrase, unit))
    except UnknownForm as error:
        nearest = _nearest(phrase, unit)
        example = "" if nearest else EXAMPLES[unit]
        raise Refused(error.reason, nearest=nearest, example=example) from None


def _read(phrase: str, unit: str) -> tuple[Quantity, ...]:
    _refuse_spaces(phrase)
    try:
        tokens = grammar().cut(phrase)
    except UnknownWord as error:
        raise UnknownForm(of_unknown(error.word)) from None
    if tokens[0].type == tokens[-1].type == "_QUOTE":
        tokens = tokens[1:-1]
    trees = grammar().trees(tuple(token.type for token in tokens), "phrase")
    if not trees:
        raise _no_form(tokens)
    readings, refusals = [], []
    for tree in trees:
        try:
            readings.append(_named(Readings(tokens, _currency).transform(tree)(unit), phrase))
        except VisitError as error:
            if not isinstance(error.orig_exc, Refused):
                raise
            refusals.append(error.orig_exc)
        except Refused as error:
            refusals.append(error)
    if not readings:
        # A refusal that blames the unit is kept for where no other says more.
        raise min(refusals, key=lambda refusal: bool(refusal.names))
    meanings = {tuple(replace(q, words="") for q in reading) for reading in readings}
    if len(meanings) > 1:
        said = ", or ".join(sorted(in_a_sentence(meaning) for meaning in meanings))
        raise Refused(f"two honest readings: {said}")
    # Where trees differ only in which words they count to an amount, the fewest are its own.
    return min(readings, key=lambda reading: sum(len(quantity.words) for quantity in reading))


def _named(quantities: list[Quantity], phrase: str) -> tuple[Quantity, ...]:
    """The quantities with their words as they are printed, whatever dashes were read in them."""
    plain = with_plain_dashes(phrase)
    spans = [(start := max(plain.find(q.words), 0), start + len(q.words)) for q in quantities]
    words = [phrase[start:end] or phrase for start, end in spans]
    return tuple(replace(q, words=own) for q, own in zip(quantities, words, strict=True))


def _refuse_spaces(phrase: str) -> None:
    if not phrase.strip():
        raise Refused("no words at all")
    if phrase.strip() != phrase or "\n" in phrase:
        raise UnknownForm("a space at an end, or a line break")
    if "  " in phrase:
        raise UnknownForm("two spaces side by side")


def _no_form(tokens: list[Token]) -> Refused:
    """Why words of the lists make no phrase together."""
    for kind, reason in _REASONS.items():
        for token in tokens:
            if token.type == kind:
                return Refused(reason.format(token))
    kinds = {token.type for token in tokens}
    if "_BETWEEN" in kinds and not kinds & {"AND", "TO", "MINUS", "_EN_DASH"}:
        return UnknownForm("a range with one end")
    if not any(character.isalnum() for token in tokens for character in token):
        return Refused("a mark alone, where an amount would stand: leave the row out")
    return UnknownForm("these words make no form known here")


def _currency(token: Token) -> str:
    """The name of another country's currency, as its list in the grammar is called."""
    name = next(name for name in _CURRENCIES if grammar().fits(name, token))
    *first, last = name.lower().split("_")
    return " ".join([*(word.capitalize() for word in first), last])


def _nearest(phrase: str, unit: str) -> str:
    """The nearest phrase that can be read, where there is one."""
    for candidate in grammar().near(phrase):
        try:
            _read(candidate, unit)
        except Refused:
            continue
        return candidate
    return ""
