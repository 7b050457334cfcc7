"""Six slips of the pen, each made in one row of a raw table: what `make damage` damages with.

A slip changes the cells that a person would have changed in one go, and nothing else. Where a row
has nothing that the slip could be made in, or where the slip would change nothing that the cell
says, there is none.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from analysis.config import POWERS
from analysis.data.vocabulary import CREDITORS

KINDS = {
    "digits": "two neighbouring digits exchanged",
    "thousand": "a thousand times as much (the next scale word, or the number)",
    "sign": "a minus before the number",
    "year": "the year before or after",
    "power": "the other power",
    "unit": "the other unit (where a table has but one: thousands for ones)",
}

Row = Mapping[str, str]
Cells = dict[str, str]


@dataclass(frozen=True)
class Damage:
    """One slip in one row: ``line`` is the row's line in its file, ``cells`` what it becomes."""

    table: str
    line: int
    kind: str
    cells: tuple[tuple[str, str], ...]


_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_SCALES = ("thousand", "million", "billion", "trillion")
_SCALE = re.compile(rf"\b(?:{'|'.join(_SCALES[:3])})\b")
_OTHER = dict(zip(POWERS, reversed(POWERS), strict=True))
_OTHER_CREDITOR = {name: next(other for other in CREDITORS if other != name) for name in CREDITORS}
# Which unit is taken for which.
_OTHER_UNIT = {
    "USD": "EUR",
    "EUR": "USD",
    "share": "ratio",
    "ratio": "share",
    "persons": "count",
    "count": "persons",
    "rank": "count",
    "m3": "USD",
    "USD million": "EUR million",
    "EUR million": "USD million",
    "bcm": "m3",
}


def exchanged(text: str, draw: random.Random) -> str:
    """A number with two neighbouring digits exchanged, drawn from those that differ.

    Digits are neighbours across a comma or a point too; those of an exponent are left.

    >>> exchanged("$41 billion", random.Random(0))
    '$14 billion'
    """
    number = text.lower().partition("e")[0] if re.fullmatch("[-0-9.eE+]+", text) else text
    places = [found.start() for found in re.finditer("[0-9]", number)]
    pairs = [
        (one, other)
        for one, other in pairwise(places)
        if text[one] != text[other] and re.fullmatch("[,.]?", text[one + 1 : other])
    ]
    if not pairs:
        return text
    one, other = draw.choice(pairs)
    letters = list(text)
    letters[one], letters[other] = text[other], text[one]
    return "".join(letters)


def multiplied(text: str, factor: int | Decimal) -> str:
    """The first number of a text times a factor, in plain figures.

    >>> multiplied("up to 1,234.5 people", 1000)
    'up to 1,234,500 people'
    """
    found = _NUMBER.search(text)
    if not found:
        return text
    number = Decimal(found[0].replace(",", "")) * factor
    comma = "," if "," in found[0] else ""
    words = f"{number:{comma}f}"
    if "." in words:
        words = words.rstrip("0").rstrip(".")
    return text[: found.start()] + words + text[found.end() :]


def thousandfold(printed: str) -> str:
    """Printed words with the next scale word in place of the first, or the number itself scaled.

    >>> thousandfold("$984 million, up from $45 million")
    '$984 billion, up from $45 million'
    """
    if word := _SCALE.search(printed):
        following = _SCALES[_SCALES.index(word[0]) + 1]
        return printed[: word.start()] + following + printed[word.end() :]
    return multiplied(printed, 1000)


def negative(text: str) -> str:
    """A minus before the number, or before the currency that stands before it.

    >>> negative("about $41 billion"), negative("-3.5")
    ('about -$41 billion', '3.5')
    """
    if text.startswith("-"):
        return text[1:]
    found = re.search(r"[$€]?[0-9]", text)
    return text[: found.start()] + "-" + text[found.start() :] if found else text


def other_year(words: str, draw: random.Random) -> str:
    """One of the years of a text, the year before or after it.

    >>> other_year("May 2017", random.Random(1))
    'May 2016'
    """
    years = list(_YEAR.finditer(words))
    if not years:
        return words
    year = draw.choice(years)
    return words[: year.start()] + str(int(year[0]) + draw.choice((-1, 1))) + words[year.end() :]


def slips_in_figure(row: Row, draw: random.Random) -> dict[str, Cells]:
    """The slips that can be made in a printed figure, by kind."""
    printed, unit = row["printed"], row["unit"]
    other = {"unit": _OTHER_UNIT[unit]}
    if unit == "USD":  # whoever mistakes the currency writes it so in both places
        other["printed"] = printed.replace("$", "€")
    slips = {
        "digits": {"printed": exchanged(printed, draw)},
        "thousand": {"printed": thousandfold(printed)},
        "sign": {"printed": negative(printed)},
        "year": {"period_printed": other_year(row["period_printed"], draw)},
        "power": {"power": _OTHER.get(row["power"], row["power"])},
        "unit": other,
    }
    return _that_change(row, slips)


def slips_in_statistic(row: Row, draw: random.Random) -> dict[str, Cells]:
    """The slips that can be made in a row of a table of statistics, by kind."""
    value = row["value"]
    slips = {
        "digits": {"value": exchanged(value, draw)},
        "thousand": {"value": _scaled(value, Decimal(1000))},
        "sign": {"value": negative(value)},
        "year": {"year": other_year(row["year"], draw)},
        "unit": (
            {"unit": _OTHER_UNIT[row["unit"]]}
            if "unit" in row
            else {"value": _scaled(value, Decimal("0.001"))}
        ),
    }
    # The last of the columns that name one: a power's own record of the other keeps its recorder.
    for column, cell in reversed(row.items()):
        if other := {**_OTHER, **_OTHER_CREDITOR}.get(cell):
            slips["power"] = {column: other}
            break
    return _that_change(row, {kind: slips[kind] for kind in KINDS if kind in slips})


def _scaled(value: str, factor: Decimal) -> str:
    """A value as published times a factor, to no more decimals than it had before.

    One with an exponent is written out.
    """
    number = Decimal(f"{Decimal(value):f}")
    places = Decimal(1).scaleb(min(0, int(number.as_tuple().exponent)))
    scaled = f"{(number * factor).quantize(places):f}"
    return scaled.rstrip("0").rstrip(".") if "." in scaled else scaled


def _that_change(row: Row, slips: dict[str, Cells]) -> dict[str, Cells]:
    return {kind: cells for kind, cells in slips.items() if not _says_the_same(row, cells)}


def _says_the_same(row: Row, cells: Cells) -> bool:
    """Whether a slip leaves every cell as it was, or says the same number in another way."""
    if "value" in cells:
        return Decimal(cells["value"]) == Decimal(row["value"])
    return all(row[column] == cell for column, cell in cells.items())
