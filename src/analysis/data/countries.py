"""Which countries there are, which of them were asked for, and what their pages are called."""

from __future__ import annotations

import csv
import difflib
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.config import COUNTRIES, POWERS, RAW
from analysis.data.vocabulary import AREAS

if TYPE_CHECKING:
    import pandas as pd

EVERY = "WORLD"
# The pages on several countries, whose names no country's page may have.
OVERVIEWS = ("index", "region", "world", "claims", "method", "data", "explorer", "country")


def names(raw: Path = RAW) -> dict[str, str]:
    """Every country and territory of the trade statistics by code, but the two powers.

    Raises:
        OSError, ValueError, KeyError: when ``countries.csv`` cannot be read as such.
    """
    # Without pandas, so that a slip on the command line is told at once.
    with (raw / "countries.csv").open(encoding="utf-8-sig", newline="") as file:
        known = {row["country"]: row["name"] for row in csv.DictReader(file)}
    return {code: name for code, name in known.items() if code not in POWERS}


def studied(trade: pd.DataFrame) -> list[str]:
    """The five, and every other country whose trade with one of the two powers is recorded.

    Args:
        trade: any table of trade records, raw or processed.
    """
    sides = set(zip(trade["reporter"], trade["partner"], strict=True))
    opposite = {b if a in POWERS else a for a, b in sides if (a in POWERS) != (b in POWERS)}
    return [*COUNTRIES, *sorted(opposite - {*COUNTRIES, "WLD", "XXX"})]


def area(code: str) -> str:
    """What an area is called: a country, the five together, or the world."""
    return AREAS.get(code) or names().get(code, code)


def asked(words: str, known: dict[str, str]) -> dict[str, str]:
    """The countries that words such as "MNG BLR" ask for, in their order.

    Args:
        words: codes with spaces or commas between them; ``WORLD``, in any case, for all, nothing
            for the five.
        known: every country's name by code, as ``names`` gives it.

    Returns:
        Name by code.

    Raises:
        ValueError: naming every unknown word, and the likely code for each.
    """
    codes = list(dict.fromkeys(re.split(r"[\s,]+", words.strip()))) if words.strip() else []
    if not codes:
        return dict(COUNTRIES)
    if [code.upper() for code in codes] == [EVERY]:
        return dict(known)
    wrong = [code for code in codes if code not in known]
    if any(code.upper() == EVERY for code in codes):
        raise ValueError(f"{EVERY} stands for every country and takes no others beside it")
    if wrong:
        told = "; ".join(f"unknown country {code!r}{_hint(code, known)}" for code in wrong)
        raise ValueError(f"{told}; valid: ISO 3166 codes such as KAZ, or {EVERY} for all")
    return {code: known[code] for code in codes}


def check_country(country: str, known: dict[str, str]) -> str:
    """The name of one country.

    Raises:
        ValueError: naming the likely code.
    """
    if country not in known:
        hint = _hint(country, known)
        raise ValueError(
            f"unknown country {country!r}{hint}; valid: ISO 3166 codes such as "
            + ", ".join(f"{code} ({name})" for code, name in COUNTRIES.items())
        )
    return known[country]


def _hint(word: str, known: dict[str, str]) -> str:
    for code, name in POWERS.items():
        if word.upper() in (code, name.upper()) or _OTHER_NAMES.get(word.upper()) == code:
            return f" ({name} is one of the two that are compared)"
    if len(word) == _TWO_LETTERS and (name := _name_of_two_letters(word.upper())):
        if name in POWERS.values():
            return f" ({name} is one of the two that are compared)"
        codes = [code for code, one in known.items() if one == name]
        if codes:
            whose = f"{word.upper()} is {name}’s two-letter code"
            return f" ({whose}; did you mean {codes[0]}?)"
    code = likely(word, known)
    return f" (did you mean {code}?)" if code else ""


_TWO_LETTERS = 2

# Names and short forms in common use that the list of names does not have, nor ISO 3166.
_OTHER_NAMES = {
    "AMERICA": "USA",
    "BRITAIN": "GBR",
    "BURMA": "MMR",
    "CZECH REPUBLIC": "CZE",
    "DPRK": "PRK",
    "DRC": "COD",
    "ENGLAND": "GBR",
    "GREAT BRITAIN": "GBR",
    "HOLLAND": "NLD",
    "IVORY COAST": "CIV",
    "KIRGHIZIA": "KGZ",
    "KOREA": "KOR",
    "KYRGYZ REPUBLIC": "KGZ",
    "PALESTINE": "PSE",
    "PRC": "CHN",
    "REPUBLIC OF KOREA": "KOR",
    "ROK": "KOR",
    "RUSSIAN FEDERATION": "RUS",
    "SLOVAK REPUBLIC": "SVK",
    "SWAZILAND": "SWZ",
    "TURKEY": "TUR",
    "UAE": "ARE",
    "UK": "GBR",
}
# How like a name must be to what was typed: no guess is better than a wild one.
_LIKENESS = 0.75


def _name_of_two_letters(code: str) -> str:
    """The country with that ISO 3166 alpha-2 code, by the list that ours has its names from."""
    # Imported here, since only a slip needs it.
    from babel import Locale

    return str(Locale("en").territories.get(code, ""))


def likely(word: str, known: Mapping[str, str]) -> str:
    """The code that was likely meant by a slip or another name; empty where none is near."""
    typed = word.upper()
    by_name = {name.upper(): code for code, name in known.items()}
    meant = typed if typed in known else by_name.get(typed) or _OTHER_NAMES.get(typed)
    if meant in known:
        return str(meant)
    # Letters in the wrong order are the likeliest slip in a code.
    near = [code for code in known if sorted(code) == sorted(typed)]
    # Then the first letters of one country's name, as KYR for Kyrgyzstan.
    if not near and len(word) > _TWO_LETTERS:
        begun = [name for name in by_name if name.startswith(typed)]
        near = begun if len(begun) == 1 else []
    # Then one letter for another, most likely in a code of the five.
    near = near or [code for code in [*COUNTRIES, *known] if _one_off(code, typed)]
    near = near or difflib.get_close_matches(typed, by_name, n=1, cutoff=_LIKENESS)
    return by_name.get(near[0], near[0]) if near else ""


def _one_off(code: str, word: str) -> bool:
    return len(code) == len(word) and sum(a != b for a, b in zip(code, word, strict=True)) == 1


def in_a_sentence(name: str) -> str:
    """A country's name as a sentence takes it: "the Netherlands", "Antigua and Barbuda"."""
    article = "the " if re.search(_WITH_ARTICLE, name) else ""
    return article + name.replace(" & ", " and ")


_WITH_ARTICLE = (
    r"^(?:United|Bahamas|Comoros|Gambia|Maldives|Netherlands|Philippines)\b"
    r"|\b(?:Islands|Republic|Territories)$"
)


def page_name(name: str) -> str:
    """Name of a country's page without its ending: lower case, underscores, no accents.

    A hyphen parts the page's name from the chart's in the files of its charts, so a page has none:
    the charts of Guinea shall not be taken for those of Guinea-Bissau.
    """
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "_".join(re.findall(r"[a-z0-9]+", bare.replace("'", "").lower()))
