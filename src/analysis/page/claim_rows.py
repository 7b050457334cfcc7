"""The article's claims as a page shows them: for its cards, its squares and its tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.config import COUNTRIES, POWERS
from analysis.data.frames import as_rows
from analysis.data.vocabulary import CLAIM_VERDICTS, CLAIM_WORDS
from analysis.measures.compare import ARTICLE
from analysis.measures.coverage import PLACES
from analysis.page.country import Country
from analysis.page.evidence import evidence, row_ids
from analysis.page.words import capital

# Whose economy a claim is about, as a chip has it.
NAMES = {**COUNTRIES, "REGION": "All five", "WLD": "World"}
# What a tie is called on a chip or in the head of a row.
TIES = {
    "trade": "Trade",
    "investment": "Investment",
    "credit": "Loans",
    "debt": "Debt",
    "remittances": "Money sent home",
    "labour": "People",
    "energy": "Energy",
    "aid": "Aid",
    "pledges": "Promises",
    "institutions": "Banks and funds",
    "other": "Forces",
}
# The mark of each verdict: borne out, said by the source, in between, against, open.
_MARKS = {
    "holds": "holds",
    "as_its_source_says": "said",
    "depends_on_the_record": "depends",
    "one_sided": "depends",
    "misdated": "not",
    "meant_something_else": "not",
    "not_supported": "not",
    "not_testable": "open",
}
_BY = {"rule": "By rule", "person": "By a person"}
_MOST = 6  # links of a card; the table of claims names all rows


def in_order(claims: pd.DataFrame) -> pd.DataFrame:
    """Claims by verdict, in the order of the codes; within one as the table has them."""
    places = {code: number for number, code in enumerate(CLAIM_VERDICTS)}
    return claims.sort_values("verdict", key=lambda codes: codes.map(places), kind="stable")


def card_rows(this: Country, claims: pd.DataFrame) -> pd.DataFrame:
    """A row a card, with the columns that ``claim_cards`` wants and those of its chips.

    Args:
        this: the tables that the claims rest on.
        claims: rows of ``claims``.

    Returns:
        The claims with, for chips, ``of`` (country), ``tie``, ``fate`` (verdict) and ``judge``.
    """
    ids = " ".join(claims["evidence_ids"]).split()
    lines = evidence(this.tables, this.register, ids).drop_duplicates("row_id")
    apart = _apart(this)
    titles = {
        row["row_id"]: (row["title"], f"{row['title']}, {told}" if told else row["title"])
        for row in as_rows(lines)
        for told in [row["record"].lower() or apart.get(row["row_id"], "")]
    }
    return pd.DataFrame(
        {
            "claim_id": claims["claim_id"],
            "claim": claims["claim"] + ".",
            "printed": claims["printed"].map(_place),
            "found": claims["found"],
            "verdict": claims["verdict_words"].map(capital),
            "code": claims["verdict"].map(_MARKS),
            "by": claims["judged_by"].map(lambda by: f"Judged {_BY[by][:1].lower()}{_BY[by][1:]}"),
            "reason": claims["because"],
            "place": claims["locator"],
            "article": str(this.register[ARTICLE]["url"]),
            "change": claims["would_change"],
            "rests_on": [
                _links(claim, ids.split(), titles)
                for claim, ids in zip(claims["claim_id"], claims["evidence_ids"], strict=True)
            ],
            "of": claims["country"].map(NAMES),
            "tie": claims["dimension"].map(TIES),
            "fate": claims["verdict_words"].map(capital),
            "judge": claims["judged_by"].map(_BY),
        }
    )


def _apart(this: Country) -> dict[str, str]:
    """What tells rows of one title apart: who published a figure, which edition an indicator is."""
    told: dict[str, str] = {}
    ways = (("figures", "{publisher}"), ("indicators", "vintage {vintage}"))
    for table, words in ways:
        if (rows := this.tables.get(table)) is not None and not rows.empty:
            known = [words.format(**this.register[source]) for source in rows["source_id"]]
            told |= dict(zip(row_ids(table, rows), known, strict=True))
    return told


def _place(printed: str) -> str:
    """A place among partners, which the article prints as a bare number."""
    return f"place {printed}" if printed.isdecimal() else printed


def _links(
    claim: str, ids: Sequence[str], titles: dict[str, tuple[str, str]]
) -> list[tuple[str, str, str]]:
    """The first rows that a claim rests on, each with the anchor of its link and its words.

    Two of one title are told apart by their records, by who published them, or by edition.
    """
    known = [row_id for row_id in ids if row_id in titles][:_MOST]
    short = [titles[row_id][0] for row_id in known]
    return [
        (row_id, f"at-{claim}-{row_id}", titles[row_id][short.count(title) > 1])
        for row_id, title in zip(known, short, strict=True)
    ]


def square_rows(claims: pd.DataFrame) -> pd.DataFrame:
    """A row a square: in which row it stands, what is read at it, where it leads, who judged."""
    rows = in_order(claims)
    return pd.DataFrame(
        {
            "row": rows["verdict"].map(lambda code: capital(CLAIM_WORDS[code])),
            "words": rows["claim"],
            "row_id": rows["claim_id"],
            "full": rows["judged_by"] == "rule",
        }
    ).reset_index(drop=True)


def coverage_rows(counts: pd.DataFrame) -> pd.DataFrame:
    """A row a tie: how many figures the article prints on China and on Russia, place by place.

    Args:
        counts: as ``coverage`` gives them.

    Returns:
        ``tie`` in words and a column a place, "4 · 1", empty where there is neither.
    """
    rows: list[dict[str, Any]] = []
    for count in as_rows(counts):
        row = {"tie": TIES[count["dimension"]]}
        for place in PLACES:
            both = [count[f"{place}_{power}"] for power in POWERS]
            row[place] = " · ".join(map(str, both)) if any(both) else ""
        rows.append(row)
    order = list(TIES.values())
    return pd.DataFrame(rows).sort_values("tie", key=lambda ties: ties.map(order.index))


def alone(counts: pd.DataFrame, power: str) -> list[str]:
    """The ties, in words, on which the article has figures for one power and none for the other.

    Args:
        counts: as ``coverage`` gives them.
        power: the one that it has figures for.
    """
    (other,) = set(POWERS) - {power}
    rows = counts[(counts[power] > 0) & (counts[other] == 0)]
    return [TIES[dimension].lower() for dimension in rows["dimension"]]
