"""Where the numbers of a page come from: a card for each row that a number leads to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import pandas as pd

from analysis.data.frames import as_rows
from analysis.page.language import say
from analysis.page.markup import macro

COLUMNS = {
    "row_id": "id of the row; several lines of one row stand in one card",
    "title": "what the row is about: measure, country, year",
    "printed": "the figure as its source prints it, with whose it is where a row has two",
    "record": "whose record it is, in words",
    "edition": "edition of the data, or as of when; may be empty",
    "source": "author, title, publisher and date in one line",
    "address": "address of the source; empty where none is known",
    "locator": "where in the source it stands; may be empty",
    "note": "what a reader must know of it; may be empty",
}

# A number may lead to a row of a table of its page, which says all that a card could.
IN_A_TABLE = "row-"

_TERMS = {"printed": "As printed", "record": "Record", "edition": "Edition", "note": "Note"}
# Parts of a whole are reckoned from what the source prints.
_RECKONED = "weights-"


class Linking(Protocol):
    """What has numbers that lead to rows: a text, a table, a chart."""

    @property
    def rows(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of rows, each with the anchors of the numbers that rest on it."""
        ...


@dataclass(frozen=True)
class EvidenceCards:
    """The cards of a page; shown by its last cell.

    Attributes:
        cards: one a row, in the order in which the page leads to them.
    """

    cards: tuple[dict[str, Any], ...] = field(repr=False)

    def _repr_html_(self) -> str:
        return macro("evidence", "evidence", self.cards)


def evidence_cards(
    evidence: pd.DataFrame, *shown: Linking, table_rows: frozenset[str] = frozenset()
) -> EvidenceCards:
    """Make the cards of all rows that a page leads to, each once, with the ways back.

    Args:
        evidence: known rows, with the columns of ``COLUMNS``; more of them than the page needs.
        shown: texts, tables and charts of the page, in its order; where a number leads to the
            row of a table, there is no card.
        table_rows: ids of the rows that a table of the page has too.

    Raises:
        ValueError: naming the columns, or the rows, that are missing.
    """
    absent = [name for name in COLUMNS if name not in evidence]
    if absent:
        raise ValueError(f"evidence: no column {', '.join(absent)}; valid: {', '.join(COLUMNS)}")
    anchors: dict[str, list[str]] = {}
    for one in shown:
        for row_id, found in one.rows.items():
            if row_id.startswith(IN_A_TABLE):
                continue
            anchors.setdefault(row_id, []).extend(found)
    known: dict[str, list[dict[str, Any]]] = {}
    for line in as_rows(evidence.fillna("")):
        known.setdefault(line["row_id"], []).append(line)
    unknown = [row_id for row_id in anchors if row_id not in known]
    if unknown:
        raise ValueError(f"numbers lead to rows that are not in the evidence: {', '.join(unknown)}")
    return EvidenceCards(
        tuple(
            _card(known[row_id], backs, f"row-{row_id}" if row_id in table_rows else "")
            for row_id, backs in anchors.items()
        )
    )


def _card(lines: list[dict[str, Any]], anchors: list[str], row: str) -> dict[str, Any]:
    first = say("back to the text")
    return {
        "id": lines[0]["row_id"],
        "title": lines[0]["title"],
        "entries": [_entry(line) for line in lines],
        "backs": [
            {
                "anchor": anchor,
                "words": first if number == 0 else say("back to place {count}", count=number + 1),
            }
            for number, anchor in enumerate(anchors)
        ],
        "row": row,
    }


def _entry(line: dict[str, Any]) -> dict[str, Any]:
    reckoned = line["row_id"].startswith(_RECKONED)
    named = _TERMS | ({"printed": "Worked out"} if reckoned else {})
    terms = [(say(term), line[name]) for name, term in named.items() if line[name]]
    return {"terms": terms, **{name: line[name] for name in ("source", "address", "locator")}}
