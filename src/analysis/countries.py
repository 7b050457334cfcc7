"""Which countries there are, which of them were asked for, and what their pages are called."""

from __future__ import annotations

import difflib
import re
import unicodedata
from pathlib import Path

from analysis import COUNTRIES, POWERS, PROCESSED, schema

EVERY = "WORLD"


def names(processed: Path = PROCESSED) -> dict[str, str]:
    """Every country and territory of the trade statistics by code, but the two powers."""
    rows = schema.load_table("countries", processed)
    known = dict(zip(rows["country"], rows["name"], strict=True))
    return {code: name for code, name in known.items() if code not in POWERS}


def asked(words: str, known: dict[str, str]) -> dict[str, str]:
    """The countries that words such as "MNG BLR" ask for, in their order.

    Args:
        words: codes with spaces or commas between them; ``WORLD`` for all, nothing for the five.
        known: every country's name by code, as ``names`` gives it.

    Returns:
        Name by code.

    Raises:
        ValueError: naming every unknown word, and the likely code for each.
    """
    codes = list(dict.fromkeys(re.split(r"[\s,]+", words.strip()))) if words.strip() else []
    if not codes:
        return dict(COUNTRIES)
    if codes == [EVERY]:
        return dict(known)
    wrong = [code for code in codes if code not in known]
    if wrong:
        told = "; ".join(f"unknown country {code!r}{_hint(code, known)}" for code in wrong)
        raise ValueError(f"{told}; valid: ISO 3166 codes such as KAZ, or {EVERY} for all")
    return {code: known[code] for code in codes}


def _hint(word: str, known: dict[str, str]) -> str:
    if word in POWERS:
        return f" ({POWERS[word]} is one of the two that are compared)"
    likely = {name.upper(): code for code, name in known.items()} | {code: code for code in known}
    # Letters in the wrong order are the likeliest slip in a code.
    near = [code for code in known if sorted(code) == sorted(word.upper())]
    near = near or difflib.get_close_matches(word.upper(), likely, n=1, cutoff=0.5)
    return f" (did you mean {likely[near[0]]}?)" if near else ""


def page_name(name: str) -> str:
    """Name of a country's page without its ending: lower case, hyphens, no accents."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", bare.replace("'", "").lower()))
