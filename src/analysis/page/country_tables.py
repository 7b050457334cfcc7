"""The tables of a country's page beside its verdicts: investment by concept, and the claims."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from analysis.page.ahead import leader_words, money
from analysis.page.country import Country
from analysis.page.country_facts import period
from analysis.page.standing_rows import CONCEPTS, recorder
from analysis.page.table import Column, Table, linked
from analysis.page.verdict_table import NOT_RECORDED
from analysis.page.words import capital


def investment_table(this: Country, rows: pd.DataFrame) -> Table | None:
    """Each concept of investment apart, whose count it is, and who is ahead by it.

    Args:
        this: the country.
        rows: of ``ties``, as ``measures.standing.by_concept`` gives them.

    Returns:
        The table; None where there is no row.
    """
    if rows.empty:
        return None
    told = rows.to_dict("records")
    anchors: dict[str, tuple[str, ...]] = {}
    cells: dict[str, list[Markup]] = {"china": [], "russia": []}
    for row in told:
        row_id = row["pair_id"]
        for side, shown in cells.items():
            if pd.isna(row[f"{side}_low"]):
                shown.append(Markup('<span class="missing">{}</span>').format(NOT_RECORDED))
                continue
            anchor = f"at-investments-{row_id}-{side}"
            anchors[row_id] = (*anchors.get(row_id, ()), anchor)
            link = linked(money(row, side), row_id, anchor)
            shown.append(Markup('<span class="{}">{}</span>').format(side[0], link))
    frame = pd.DataFrame(
        {
            "what": [CONCEPTS[row["concept"]] for row in told],
            "period": [capital(period(row).removeprefix("in ")) for row in told],
            **cells,
            "ahead": [leader_words(row) for row in told],
            "record": [recorder(this, row) for row in told],
        }
    )
    return Table(
        frame,
        (
            Column("what", "What is counted", kind="name"),
            Column("period", "When"),
            Column("china", "China", kind="number", show=Markup),
            Column("russia", "Russia", kind="number", show=Markup),
            Column("ahead", "Who is ahead"),
            Column("record", "By whose record"),
        ),
        id="investments",
        caption="Investment, each concept apart",
        rows=anchors,
        look="cards verdicts",
    )


def claims_table(claims: pd.DataFrame) -> Table:
    """The article's claims on a country, each with its verdict, and why behind a word.

    Args:
        claims: rows of ``claims``; each leads to its card on the page of all claims.
    """
    link = Markup('<a href="claims.html#{}">{}</a>')
    why = Markup(
        '<details class="why"><summary>Why<span class="vh">: {}</span></summary>{} ({})</details>'
    )
    shown = claims.assign(
        claim=[link.format(row.claim_id, row.claim) for row in claims.itertuples()],
        verdict=claims["verdict"].map(capital),
        why=[why.format(row.claim, row.because, row.locator) for row in claims.itertuples()],
    )
    return Table(
        shown,
        (
            Column("claim", "The article’s claim", kind="name", show=Markup),
            Column("verdict", "Verdict"),
            Column("why", "Why", show=Markup),
        ),
        id="claims",
        caption="The article’s claims",
    )
