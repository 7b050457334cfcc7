"""The answer of a page: who weighs more in each tie, on whose books, and how sure that is.

A tie is one kind of dependence. Its verdict rests on every comparison that may stand for it, and
its confidence on whether they agree, by rules that the method page states.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from markupsafe import Markup, escape

from analysis.config import ARTICLE_YEAR, POWERS
from analysis.data.frames import where
from analysis.data.sources import source_line
from analysis.measures import scale as measured
from analysis.measures.records import record_name
from analysis.page.findings import (
    BOTH_BOOKS,
    NOT_HERE,
    Evidence,
    Row,
    ahead_words,
    books_word,
    digits_for,
    investment_held,
    latest,
    owed_words,
    side_words,
)
from analysis.page.words import capital, listed, percent, when

# A lead so wide that one of its figures could be wrong by this factor and it would still stand.
SURE_FACTOR = 3
_FACTOR_WORDS = {2: "two", 3: "three", 4: "four"}
# Below this part of the public debt, who of the two is owed more says little of the country.
SMALL_PART = 0.05

LEVEL, CLOSE, DEPENDS, NEITHER = "level", "too close", "depends", "neither"

# How a tie is named in a table, in a sentence, and as what is still missing.
TIES = {
    "Trade": ("trade", "trade"),
    "Public debt": ("public debt abroad", "public debt"),
    "Investment held": ("direct investment held", "direct investment held by both"),
    "Money sent home": ("money sent home", "money sent home from both"),
    "Gas sold by pipeline": ("gas sold by pipeline", "gas sold to both"),
}


@dataclass(frozen=True)
class Tie:
    """One kind of tie: its comparisons, who is ahead, in which words, how sure and why so."""

    name: str
    rows: tuple[Row, ...]
    leader: str  # "CHN", "RUS", one of the four words above, or "" where nothing can be compared
    words: str
    confidence: str
    because: str


def ties(evidence: Evidence) -> list[Tie]:
    """Every tie at the page's time; gas only where it is sold to either.

    Trade rests on two books; debt, investment, money sent home and gas on one source that has
    both powers.
    """
    books = tuple(
        row
        for book in ("partner", "own")
        if (row := evidence.pair("trade_turnover", book, evidence.year))
    )
    if evidence.trade_alone:
        return [judge_tie("Trade", books, evidence.powers)]
    found = {
        "Trade": books,
        "Public debt": _one(latest(evidence, "debt_share", ARTICLE_YEAR)),
        "Investment held": _one(investment_held(evidence)),
        "Money sent home": _one(latest(evidence, "remittances", ARTICLE_YEAR)),
    }
    if gas := latest(evidence, "gas_exports", ARTICLE_YEAR):
        found["Gas sold by pipeline"] = (gas,)
    return [judge_tie(name, rows, evidence.powers) for name, rows in found.items()]


def _one(row: Row | None) -> tuple[Row, ...]:
    return (row,) if row else ()


def judge_tie(name: str, rows: tuple[Row, ...], powers: measured.Powers = POWERS) -> Tie:
    """Judge a tie by its comparisons: one a book.

    Args:
        name: one of ``TIES``.
        rows: comparisons with ``difference_low``, ``difference_high`` and ``word``; none where
            nothing can be compared.
        powers: the first and the second of each comparison.
    """
    if not rows:
        return Tie(name, (), "", "no like pair known", "", "no source has both powers")
    leaders = [
        measured.leader(row["difference_low"], row["difference_high"], powers) for row in rows
    ]
    share = rows[0]["concept"] == "debt_share"
    if name == "Trade":
        words = books_word(*rows, powers=powers)
    else:
        words = owed_words(rows[0], powers) if share else ahead_words(rows[0], powers)
    if share and max(rows[0]["china"], rows[0]["russia"]) < SMALL_PART:
        return Tie(
            name, rows, NEITHER, words, "high", f"both are under {percent(SMALL_PART)} of it"
        )
    if len(set(leaders)) > 1:
        return Tie(name, rows, DEPENDS, words, "low", "the two books do not agree on who is ahead")
    leader = leaders[0] or LEVEL
    if any(row["word"].startswith((measured.TOO_CLOSE, f"{measured.WORDS[0]} to")) for row in rows):
        return Tie(name, rows, CLOSE, words, "low", "the figures are too rough to part the two")
    if len(rows) > 1:
        said = "both books put the same power ahead" if leaders[0] else "both books say so"
        return Tie(name, rows, leader, words, "high", said)
    if rows[0]["comparable"] == "conditional":
        said = f"it holds on a condition: {rows[0]['reason'].replace(chr(39), '’')}"
        return Tie(name, rows, leader, words, "medium", said)
    ends = np.abs([rows[0]["difference_low"], rows[0]["difference_high"]])
    wide = (SURE_FACTOR - 1) / (SURE_FACTOR + 1)
    if leaders[0] and ends.min() >= wide:
        said = (
            "one record only, but the lead would stand if either figure were wrong by a factor of "
            f"{_FACTOR_WORDS[SURE_FACTOR]}"
        )
        return Tie(name, rows, leader, words, "high", said)
    return Tie(name, rows, leader, words, "medium", "one record only, and a narrow gap")


def answer(evidence: Evidence) -> str:
    """The page's verdict in one sentence of at most thirty words, and how sure it is."""
    judged = ties(evidence)
    if evidence.trade_alone:
        return f"{_trade_answer(evidence, judged[0])}\n\n{_trade_confidence(judged[0])}"
    groups: dict[str, list[str]] = {}
    for tie in judged:
        if tie.leader:
            named = f"[{TIES[tie.name][0]}](#c-{tie.rows[0]['comparison_id']})"
            groups.setdefault(tie.leader, []).append(named)
    leads = [
        f"{name} weighed more in {listed(groups[power])}"
        for power, name in evidence.powers.items()
        if power in groups
    ]
    if len(leads) > 1:
        leads[1] = leads[1].replace(" weighed more in ", " in ")
    clauses = [", ".join(leads)] if leads else []
    if LEVEL in groups:
        clauses.append(f"the two were level in {listed(groups[LEVEL])}")
    if CLOSE in groups:
        clauses.append(f"too close to call in {listed(groups[CLOSE])}")
    if NEITHER in groups:
        clauses.append(f"neither held much {listed(groups[NEITHER])}")
    if DEPENDS in groups:
        traded = groups[DEPENDS][0].replace("[trade]", "[traded more]")
        clauses.append(f"who {traded} {BOTH_BOOKS}")
    if not clauses:
        clauses = ["no like pair of figures is known, so nothing can be compared"]
    said = f"**{evidence.name}, about {ARTICLE_YEAR}: {'; '.join(clauses)}.**"
    return f"{said}\n\n{_confidence(judged)}"


def _trade_answer(evidence: Evidence, tie: Tie) -> str:
    """The verdict of a page on trade alone."""
    first, second = evidence.powers.values()
    if not tie.rows:
        return (
            f"**{capital(evidence.name)}: nothing to compare in trade with {first} and {second}.**"
        )
    said = {
        DEPENDS: f"who traded more {BOTH_BOOKS}",
        CLOSE: f"trade with {first} and {second} is too close to call",
        LEVEL: f"trade with {first} and {second} was about level",
    }.get(tie.leader) or f"{evidence.powers[tie.leader]} traded more"
    link = f"[{said}](#c-{tie.rows[0]['comparison_id']})"
    books = {DEPENDS: ""}.get(
        tie.leader, ", on both books" if len(tie.rows) > 1 else ", on the one book there is"
    )
    return f"**{capital(evidence.name)}, {evidence.year}: {link}{books}.**"


def _trade_confidence(tie: Tie) -> str:
    text = f"This page is on trade in goods alone. No figures are gathered here on {_not_here()}."
    if not tie.rows:
        return text
    return f"[Confidence](method.html#how-sure): {tie.confidence}. {text}"


def _not_here() -> str:
    return f"{', '.join(NOT_HERE[:-1])} or {NOT_HERE[-1]}"


def _confidence(judged: list[Tie]) -> str:
    parts = []
    for level in ("high", "medium", "low"):
        names = [TIES[tie.name][0] for tie in judged if tie.confidence == level]
        if names:
            parts.append(f"{level} on {listed(names)}")
    missing = [TIES[tie.name][1] for tie in judged if not tie.leader]
    text = f"[Confidence](method.html#how-sure): {'; '.join(parts)}." if parts else ""
    if missing:
        text += f" No pair of like figures is known for {listed(missing)}."
    return text.strip()


def tie_by_tie(evidence: Evidence) -> str:
    """Each tie in a line: its words, its time, and why the confidence is what it is."""
    lines = []
    for tie in ties(evidence):
        if not tie.leader:
            lines.append(f"- **{tie.name}**: {tie.words}. That is a gap, not a nought.")
            continue
        row = tie.rows[0]
        period = when(row["china_period"] or row["period_end"][:4])
        lines.append(
            f"- **{tie.name}**, {period.removeprefix('in ')}: "
            f"[{tie.words}](#c-{row['comparison_id']}). Confidence {tie.confidence}: {tie.because}."
        )
    if evidence.trade_alone:
        named = capital(listed(NOT_HERE))
        lines.append(f"- **{named}**: no figures here. That is a gap, not a nought.")
    return "\n".join(lines)


def key_numbers(evidence: Evidence) -> str:
    """Three pairs of figures with year and book, as HTML: trade, debt, and a third that tells."""
    if evidence.trade_alone:
        return _keys([_trade_card(evidence, label, flow) for label, flow in _FLOWS.items()])
    trade, debt, _, home, *gas = ties(evidence)
    third = gas[0] if gas else home if home.rows else None
    cards = [_card(evidence, tie) for tie in (trade, debt, third) if tie and tie.rows]
    if len(cards) < 3:
        cards.append(_weight_card(evidence))
    return _keys(cards)


def _keys(cards: list[str]) -> str:
    items = "\n".join(f"<li>{card}</li>" for card in cards if card)
    if not items:
        return ""
    # JupyterLab would take what stands between two dollar signs for a formula.
    classes = "keys mathjax_ignore tex2jax_ignore"
    return f'<ul class="{classes}" aria-label="Key pairs of figures">\n{items}\n</ul>'


_FLOWS = {
    "Trade in goods": "trade_turnover",
    "Goods sold to them": "exports",
    "Goods bought from them": "imports",
}


def _trade_card(evidence: Evidence, label: str, concept: str) -> str:
    """A pair of figures of trade on each book that has it; empty where none has."""
    pairs = [evidence.pair(concept, book, evidence.year) for book in ("partner", "own")]
    rows = [row for row in pairs if row]
    if not rows:
        return ""
    whose = record_name(rows[0]["book"], country=evidence.whose)
    note = str(escape(whose)) + "".join(_own_note(evidence, row) for row in rows[1:])
    return _card_html(
        f"{label}, {evidence.year}",
        f"#c-{rows[0]['comparison_id']}",
        (_short(rows[0], "china"), _short(rows[0], "russia")),
        note,
    )


def _own_note(evidence: Evidence, row: Row) -> str:
    pair = f"{_short(row, 'china')} and {_short(row, 'russia')}"
    link = f'<a href="#c-{row["comparison_id"]}">{pair}</a>'
    return f"; on {escape(evidence.whose)} own, {link}"


_CARD_BOOKS = {
    "Trade": record_name("partner"),
    "Public debt": "World Bank; the rest is owed to others",
    "Money sent home": "World Bank’s model, from migrants in each",
    "Gas sold by pipeline": "press reports, one for each figure",
}


def _card(evidence: Evidence, tie: Tie) -> str:
    first = tie.rows[0]
    label = {"Trade": "Trade in goods", "Public debt": "Part of public debt abroad"}
    note = _CARD_BOOKS.get(tie.name) or escape(source_line(first["dataset"], evidence.sources))
    note += "".join(_own_note(evidence, row) for row in tie.rows[1:])
    period = first["china_period"] or first["period_end"][:4]
    if first["concept"] == "debt_share":
        period = f"end of {period}"
    return _card_html(
        f"{label.get(tie.name, tie.name)}, {period}",
        f"#c-{first['comparison_id']}",
        (_short(first, "china"), _short(first, "russia")),
        note,
    )


def _weight_card(evidence: Evidence) -> str:
    """Both powers' parts of all trade; empty where no record gives the whole."""
    rows = where(
        evidence.weights,
        country=evidence.country,
        measure="turnover",
        year=ARTICLE_YEAR,
        dataset=evidence.trade_edition,
    ).set_index("book")
    book = next((book for book in ("own", "partner") if book in rows.index), None)
    if book is None:
        return ""
    row = rows.loc[book]
    whose = record_name(book, country=evidence.whose)
    return _card_html(
        f"Part of all trade in goods, {ARTICLE_YEAR}",
        f"#w-{evidence.country}-turnover-{ARTICLE_YEAR}-{book}".lower(),
        (f"{percent(row['china'])}", f"{percent(row['russia'])}"),
        escape(whose),
    )


def _card_html(label: str, href: str, pair: tuple[str, str], note: str) -> str:
    return Markup(
        '<span class="label">{label}</span>\n<a class="pair" href="{href}">'
        '<span class="china"><span aria-hidden="true">● </span>China {china}</span> '
        '<span class="russia"><span aria-hidden="true">◆ </span>Russia {russia}</span></a>\n'
        '<span class="book">{note}</span>'
    ).format(label=label, href=href, china=pair[0], russia=pair[1], note=Markup(note))


def _short(row: Row, side: str) -> str:
    """A number for a card, as short as it stays true: nothing rather than 0%."""
    if row[side] == 0:
        return "none"
    return side_words(row, side, digits_for(row)).replace(" cubic metres", " m³")


def scale(tie: Tie) -> Markup:
    """The place of a tie on the scale from Russia to China, as a small drawing in a table.

    A circle for China, a diamond for Russia, a square where neither is ahead; hollow on the
    country's own books. The words beside it say the same, so readers' software passes it over.
    """
    if tie.leader in ("", NEITHER):
        return Markup("")
    parts = [
        '<line class="axis" x1="4" y1="8" x2="96" y2="8"/>'
        '<line class="axis" x1="50" y1="3" x2="50" y2="13"/>'
    ]
    for row in reversed(tie.rows):
        x = round(50 + 44 * row["difference"], 1)
        leader = measured.leader(row["difference_low"], row["difference_high"])
        hollow = " own" if row["book"] == "own" else ""
        shape = {
            "CHN": f'<circle class="china{hollow}" cx="{x}" cy="8" r="4"/>',
            "RUS": f'<path class="russia{hollow}" d="M{x} 3l5 5l-5 5l-5-5z"/>',
        }.get(
            leader,
            f'<rect class="even{hollow}" x="{round(x - 3.5, 1)}" y="4.5" width="7" height="7"/>',
        )
        parts.append(shape)
    return Markup(
        '<svg class="scale" viewBox="0 0 100 16" width="100" height="16" aria-hidden="true" '
        'focusable="false">' + "".join(parts) + "</svg>"
    )
