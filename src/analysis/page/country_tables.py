"""The tables of a country's page beside its verdicts: investment by concept, and the claims."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from analysis.data.frames import as_rows
from analysis.data.vocabulary import CLAIM_WORDS
from analysis.page.ahead import leader_words, money
from analysis.page.country import Country
from analysis.page.language import ENGLISH, heard, say, spoken
from analysis.page.standing_rows import CONCEPTS, recorder
from analysis.page.table import Column, Table, linked
from analysis.page.verdict_table import NOT_RECORDED
from analysis.page.words import capital, period

_IN_ENGLISH = '<a href="../claims.html#{}" hreflang="en">{}</a>'


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
    told = as_rows(rows)
    anchors: dict[str, tuple[str, ...]] = {}
    cells: dict[str, list[Markup]] = {"china": [], "russia": []}
    for row in told:
        row_id = row["pair_id"]
        for side, shown in cells.items():
            if pd.isna(row[f"{side}_low"]):
                shown.append(Markup('<span class="missing">{}</span>').format(say(NOT_RECORDED)))
                continue
            anchor = f"at-investments-{row_id}-{side}"
            anchors[row_id] = (*anchors.get(row_id, ()), anchor)
            link = linked(money(row, side), row_id, anchor)
            shown.append(Markup('<span class="{}">{}</span>').format(side[0], link))
    frame = pd.DataFrame(
        {
            "what": [say(CONCEPTS[row["concept"]]) for row in told],
            "period": [capital(period(row).removeprefix("in ")) for row in told],
            **cells,
            "ahead": [leader_words(row) for row in told],
            "record": [recorder(this, row) for row in told],
        }
    )
    return Table(
        frame,
        (
            Column("what", say("What is counted"), kind="name"),
            Column("period", say("When")),
            Column("china", say("China"), kind="number", show=Markup),
            Column("russia", say("Russia"), kind="number", show=Markup),
            Column("ahead", say("Who is ahead")),
            Column("record", say("By whose record")),
        ),
        id="investments",
        caption=say("Investment, each concept apart"),
        rows=anchors,
        look="cards verdicts",
    )


def claims_table(claims: pd.DataFrame) -> Table:
    """The article's claims on a country, each with its verdict, and why behind a word.

    The reasons are in English alone; in another language each claim leads to its card there.

    Args:
        claims: rows of ``claims``; each leads to its card on the page of all claims.
    """
    english = spoken() == ENGLISH
    link = Markup('<a href="claims.html#{}">{}</a>' if english else _IN_ENGLISH)
    why = Markup(
        '<details class="why"><summary>Why<span class="vh">: {}</span></summary>{} ({})</details>'
    )
    shown = claims.assign(
        claim=[
            link.format(row.claim_id, heard(row.claim, "sources")) for row in claims.itertuples()
        ],
        verdict=[
            capital(heard(CLAIM_WORDS.get(verdict, verdict), "sources"))
            for verdict in claims["verdict"]
        ],
        why=[why.format(row.claim, row.because, row.locator) for row in claims.itertuples()],
    )
    reasons = (Column("why", "Why", show=Markup),) if english else ()
    return Table(
        shown,
        (
            Column("claim", say("The article’s claim"), kind="name", show=Markup),
            Column("verdict", say("Verdict")),
            *reasons,
        ),
        id="claims",
        caption=say("The article’s claims"),
    )
