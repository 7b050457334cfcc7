"""The records that figures come from, and the one table of how each is named."""

from __future__ import annotations

from enum import StrEnum


class Record(StrEnum):
    """One coherent way of recording; the values are those of the column ``record``."""

    OWN = "own"
    PARTNER = "partner"
    EXPORTS_FIRST = "exports_first"
    RECONCILED = "reconciled"
    ARTICLE = "article"
    STATED = "stated"


def record_name(
    record: str, *, powers: str = "China’s and Russia’s", country: str = "the country’s"
) -> str:
    """What a sentence calls a record: "the country’s own records".

    Args:
        record: one of ``Record``.
        powers: the two powers as owners.
        country: the country as an owner, such as "Mongolia’s" or "its".

    Raises:
        ValueError: for a record that there is not.
    """
    return {
        Record.OWN: f"{country} own records",
        Record.PARTNER: f"{powers} records",
        Record.EXPORTS_FIRST: "exporters’ records first",
        Record.RECONCILED: "a reconciled estimate",
        Record.ARTICLE: "the article",
        Record.STATED: "one source for both",
    }[Record(record)]
