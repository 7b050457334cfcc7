"""Cards of a page: a claim of the article each, or a country each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from markupsafe import Markup

from analysis.data.frames import as_rows
from analysis.page.language import heard
from analysis.page.markup import macro
from analysis.page.table import data_name, linked

CLAIM_COLUMNS = {
    "claim_id": "id of the claim",
    "claim": "what the article says, in a sentence",
    "printed": "its number; empty where it has none",
    "found": "the record's number; empty where there is none",
    "verdict": "the verdict in words",
    "code": "the verdict's code, as in the table of claims",
    "by": "whether a rule or a person gave the verdict, in words",
    "reason": "why",
    "place": "where the article says it",
    "article": "address of the article; may be empty",
    "change": "what would change the verdict; may be empty",
    "rests_on": "rows that it rests on, each with id, anchor and words; may be empty",
}
COUNTRY_COLUMNS = {
    "country": "name",
    "address": "of its page",
    "finding": "its finding in a sentence",
    "term": "what is set side by side: a line of the card",
    "then": "what it was",
    "now": "what it is",
    "foot": "newest years and how sure",
}


@dataclass(frozen=True)
class Cards:
    """Cards in a row; as the last line of a notebook's cell they show themselves.

    Attributes:
        html: what a page shows.
        count: how many there are.
        rows: ids of the rows that they lead to, each with the anchors of the links.
    """

    html: Markup = field(repr=False)
    count: int
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def _repr_html_(self) -> str:
        return self.html


def claim_cards(
    frame: pd.DataFrame, *, id: str = "claims", chips: Mapping[str, str], search: str = ""
) -> Cards:
    """The article's claims, a card each, with chips to filter by.

    Args:
        frame: a row a claim, with the columns of ``CLAIM_COLUMNS`` and those of ``chips``.
        id: name of the whole in the page.
        chips: columns to filter by, each with its words, as in ``Table``.
        search: label of a field to search by; "" for none.

    Raises:
        ValueError: naming the columns that are missing.
    """
    _check(frame, [*CLAIM_COLUMNS, *chips], "claims")
    told = [
        row | {"id": row["claim_id"], "data": [(data_name(name), row[name]) for name in chips]}
        for row in as_rows(frame)
    ]
    names = {data_name(name): words for name, words in chips.items()}
    rows: dict[str, tuple[str, ...]] = {}
    for card in told:
        for row_id, anchor, _ in card["rests_on"] or ():
            rows[row_id] = (*rows.get(row_id, ()), anchor)
    return Cards(macro("cards", "claims", id, told, names, search), len(told), rows)


def country_cards(frame: pd.DataFrame, *, then: str, now: str) -> Cards:
    """Countries, a card each: a finding, and what was and is.

    Args:
        frame: a row a line of a card, with the columns of ``COUNTRY_COLUMNS``; the rows of a
            country agree in all but term, then and now. Where it has ``then_id`` and ``now_id``,
            what was and is leads to the rows of these ids; an empty one leads nowhere.
        then: head of the years before.
        now: head of the newest years.

    Raises:
        ValueError: naming the columns that are missing.
    """
    _check(frame, list(COUNTRY_COLUMNS), "countries")
    told: list[dict[str, Any]] = []
    found: dict[str, tuple[str, ...]] = {}
    for name, rows in frame.fillna("").groupby("country", sort=False):
        lines = [_line(row, found) for row in as_rows(rows)]
        same = {key: rows[key].iloc[0] for key in ("address", "finding", "foot")}
        told.append({"name": heard(name, "names"), "lines": lines} | same)
    return Cards(macro("cards", "countries", told, then, heard(now)), len(told), found)


def _line(row: dict[str, Any], found: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """A line of a country's card, and the rows that it leads to noted down."""
    cells = {}
    for when in ("then", "now"):
        row_id = row.get(f"{when}_id", "")
        cells[when] = row[when]
        if row_id:
            before = found.get(row_id, ())
            anchor = f"at-card-{row_id}" + (f"-{len(before) + 1}" if before else "")
            found[row_id] = (*before, anchor)
            cells[when] = linked(row[when], row_id, anchor)
    return {"term": row["term"]} | cells


def _check(frame: pd.DataFrame, columns: list[str], what: str) -> None:
    absent = [name for name in columns if name not in frame]
    if absent:
        raise ValueError(f"{what}: no column {', '.join(absent)}; valid: {', '.join(columns)}")
