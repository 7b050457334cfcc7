"""Sentences from comparisons. The interval chooses the verb, and every number links to its row.

Text is Markdown. A number is a link to the row that it comes from (``#f-`` a figure, ``#c-`` a
comparison), so that a reader can follow it and a test can hold the two together.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.config import ARTICLE_YEAR, COUNTRIES, POWERS, PROCESSED, RAW
from analysis.data import countries, schema, store, vocabulary
from analysis.data.frames import where
from analysis.data.sources import load_sources
from analysis.data.wording import words_of
from analysis.measures import compare, leads, scale
from analysis.measures.editions import WORLD_TRADE, Editions, in_use, load_editions, wdi
from analysis.measures.records import record_name
from analysis.measures.scale import SIDES, Powers
from analysis.page.words import (
    amount,
    capital,
    decimals,
    how_often,
    listed,
    owner,
    percent,
    ratio_words,
    rounded,
    signed,
    span,
    times_words,
    when,
)

Row = dict[str, Any]

# How a sentence names what is measured. {power} is one of the two that are compared, else the
# counterpart.
PHRASES = {
    "trade_turnover": "trade with {power}",
    "exports": "goods sold to {power}",
    "imports": "goods bought from {power}",
    "goods_services_turnover": "trade in goods and services with {power}",
    "goods_services_exports": "goods and services sold to {power}",
    "goods_services_imports": "goods and services bought from {power}",
    "trade_rank": "{power}’s place among trading partners",
    "trade_to_gdp": "trade with {power}, as a share of GDP,",
    "trade_share": "{power}’s share of the country’s trade",
    "trade_target": "trade with {power} that was hoped for",
    "trade_gap": "how far the country’s record of trade with {power} lies from the other side’s",
    "trade_fall": "the fall of trade with {power} over the year",
    "trade_growth": "the growth of trade with {power} over the year",
    "trade_increase": "the rise of trade with {power} over the year",
    "trade_decrease": "the fall of trade with {power} over the year, in money,",
    "fdi_flow": "direct investment from {power}",
    "fdi_flow_gross": "direct investment from {power}, before money taken out,",
    "fdi_gross_share": "{power}’s share of direct investment before money taken out",
    "fdi_stock": "accumulated direct investment from {power}",
    "fdi_stock_edb": "direct investment held from {power}, by a development bank’s count,",
    "fdi_stock_region_share": "{power}’s share of direct investment from a bank’s region",
    "fdi_stock_mofcom": "direct investment held from {power}, by its ministry’s count,",
    "fdi_stock_share": "{power}’s share of direct investment held",
    "fdi_outflow": "direct investment sent from {power}",
    "fdi_share": "{power}’s share of direct investment",
    "investment_cumulative": "investment from {power}, added up over the years,",
    "investment_share": "{power}’s share of foreign investment",
    "foreign_investment": "foreign investment of all kinds from {power}",
    "investment_flow_government": "investment from {power}, by the government’s count,",
    "investment_and_loans_flow": "investment and loans from {power}",
    "investment_and_loans_share": "{power}’s share of foreign investment and loans",
    "investment_and_loans_cumulative": "investment and loans from {power}, added up,",
    "investment_pledged": "investment promised by {power}",
    "trade_deals": "trade contracts announced with {power}",
    "investment_rank": "{power}’s place among foreign investors",
    "project_cost": "the cost of a project that {power} financed in part",
    "project_plan": "investment planned by {power} in one project",
    "project_paid": "money put into one project from {power}",
    "acquisition": "the price of a stake bought by {power}",
    "stake": "the stake that {power} agreed to buy in one company",
    "buyers": "companies from {power} that agreed to buy a stake",
    "loans_committed": "loans committed by {power}",
    "loans_received": "loans received from {power}",
    "loans_sought": "loans asked of {power}",
    "swap_line": "a currency swap line with {power}",
    "debt_owed": "public debt owed to {power}",
    "debt_share": "{power}’s share of the public external debt",
    "external_debt_share": "{power}’s share of the external debt",
    "external_debt": "public external debt to all creditors",
    "debt_to_gdp": "public debt owed to {power}, as a share of GDP,",
    "debt_written_off": "debt written off by {power}",
    "remittances": "money sent home by migrants in {power}",
    "transfers_cbr": "transfers by people from {power}, by the Bank of Russia’s count,",
    "transfers_received": "transfers received from {power}",
    "transfers_growth": "the growth of transfers from {power}",
    "remittances_to_gdp": "money sent home by migrants in {power}, as a share of GDP,",
    "migrants": "migrants working in {power}",
    "population": "the country’s population",
    "naturalised": "migrants given citizenship or easier work in {power}",
    "students": "students in {power}",
    "scholarships": "students on state scholarships in {power}",
    "students_leaving": "people who left to study in {power}",
    "joint_ventures": "companies and joint ventures from {power}",
    "enterprises_new": "new enterprises with capital from {power}",
    "enterprises_registered": "registered enterprises with capital from {power}",
    "enterprises_operating": "operating enterprises with capital from {power}",
    "enterprises_share": "{power}’s share of enterprises with foreign capital",
    "gas_exports": "gas piped to {power}",
    "gas_exports_value": "the value of gas piped to {power}",
    "gas_exports_total": "gas piped to all buyers",
    "oil_output_share": "the share of oil output controlled from {power}",
    "oil_fields": "oil fields with a stake held from {power}",
    "pipelines": "gas pipelines to {power}",
    "power_plants": "hydroelectric plants planned",
    "contract_value": "a contract of a group of companies led from {power}",
    "agreements_value": "the headline value of agreements with {power}",
    "agreements_count": "the number of agreements with {power}",
    "aid": "aid from {power}",
    "committed_money": "money committed or promised by {power}",
    "fund_size": "the size of a fund set up by {power}",
    "joint_projects": "joint projects with business from {power}",
    "bank_capital": "the registered capital of a development bank",
    "capital_subscribed": "{power}’s part of a development bank’s capital",
    "shareholder_rank": "{power}’s place among a development bank’s shareholders",
    "capital_share": "{power}’s part of a development bank’s capital, as a share,",
    "vote_share": "{power}’s part of a development bank’s votes",
    "military_spending": "military spending",
    "military_spending_to_gdp": "military spending as a share of GDP",
}

DIMENSION_NAMES = {
    "trade": "trade",
    "investment": "investment",
    "credit": "loans",
    "debt": "public debt",
    "remittances": "money sent home",
    "labour": "work abroad",
    "energy": "energy",
    "aid": "aid",
    "pledges": "promises",
    "institutions": "banks, funds",
    "other": "other",
}


def known(what: str, word: str, valid: Iterable[str]) -> str:
    """A word, once it is seen to be a valid one.

    Raises:
        ValueError: naming the word, the likely one and all that are valid.
    """
    words = list(valid)
    if word in words:
        return word
    likely = difflib.get_close_matches(word, words, n=1)
    hint = f" (did you mean {likely[0]!r}?)" if likely else ""
    raise ValueError(f"unknown {what} {word!r}{hint}; valid: {', '.join(words)}")


# What may be told of a comparison: that it is like with like, or so on a condition.
COMPARED = ("yes", "conditional")


@dataclass(frozen=True)
class Evidence:
    """What one page rests on: a country's rows, and the region's where the country has none."""

    country: str
    name: str
    figures: pd.DataFrame
    comparisons: pd.DataFrame
    crossings: pd.DataFrame
    mirror: pd.DataFrame
    weights: pd.DataFrame
    indicators: pd.DataFrame
    checks: pd.DataFrame
    claims: pd.DataFrame
    sources: dict[str, dict[str, Any]]
    editions: Editions
    trade_until: int  # the last year of the tables of trade by both sides
    powers: Powers = field(default_factory=lambda: dict(POWERS))

    @property
    def trade_alone(self) -> bool:
        """Whether the page is on trade alone: figures on other ties are gathered for the five."""
        return self.country not in COUNTRIES

    @property
    def trade_edition(self) -> str:
        """The edition that both books of trade come from: one in use for the five, one for all."""
        return WORLD_TRADE if self.trade_alone else self.editions.trade

    @property
    def year(self) -> int:
        """The year that the page speaks of: the article's, or the last that can be compared."""
        if not self.trade_alone:
            return ARTICLE_YEAR
        rows = where(self.comparisons, concept="trade_turnover", comparable=COMPARED)
        return int(rows["period_end"].str[:4].max()) if len(rows) else self.trade_until

    @property
    def whose(self) -> str:
        """The country's name as an owner's: "Mongolia’s", "the Netherlands’"."""
        return owner(self.name)

    @property
    def both(self) -> str:
        """Whose records the partners' book is made of: "China’s and Russia’s"."""
        return " and ".join(owner(name) for name in self.powers.values())

    @property
    def printed(self) -> pd.DataFrame:
        """The article's own figures on the country."""
        return where(self.figures, source_id=compare.ARTICLE, country=self.country)

    def pair(self, concept: str, book: str, year: int, dataset: str = "") -> Row | None:
        """The comparison of a year in a book, or None where there is none or it was refused.

        Raises:
            ValueError: for a concept, book or dataset that there is not, with the valid ones;
                what is only mistyped shall not look like a gap in the record.
        """
        known("concept", concept, vocabulary.INDICATORS)
        known("book", book, vocabulary.BOOKS)
        if dataset:
            known("dataset", dataset, self.sources)
        rows = where(
            self.comparisons,
            country=self.country,
            concept=concept,
            book=book,
            period_end=f"{year}-12-31",
            comparable=COMPARED,
            dataset=dataset or self.trade_edition,
        )
        return rows.iloc[0].to_dict() if len(rows) else None


def evidence(country: str, processed: Path = PROCESSED, raw: Path = RAW) -> Evidence:
    """Gather what a country's page needs from the processed tables.

    Args:
        country: ISO 3166 alpha-3 code, such as "KAZ". Beyond the five there is trade alone.
        processed: folder of the processed tables.
        raw: folder of ``sources.yml`` and ``countries.csv``.

    Raises:
        ValueError: when there is no such country.
    """
    name = countries.check_country(country, countries.names(raw))
    if country not in COUNTRIES:
        return _trade_alone(country, name, processed, raw)
    areas = [country, "REGION", "WLD"]
    wanted = (
        "figures",
        "comparisons",
        "crossings",
        "mirror",
        "weights",
        "indicators",
        "checks",
        "claims",
    )
    tables = {table: store.load_table(table, processed) for table in wanted}
    editions = load_editions(raw)
    trade_until = last_year_of_trade(tables["comparisons"], editions)
    for table, rows in tables.items():
        if "country" in rows:
            tables[table] = rows[rows["country"].isin(areas)]
    ids = set(tables["figures"]["figure_id"])
    about = [bool(ids & set(subject.split())) for subject in tables["checks"]["subject"]]
    tables["checks"] = tables["checks"][about]
    for table in ("comparisons", "weights", "indicators"):
        sources = tables[table]["source_id" if table == "indicators" else "dataset"]
        tables[table] = tables[table][in_use(sources, editions)]
    return Evidence(
        country,
        COUNTRIES[country],
        **tables,
        sources=load_sources(raw / "sources.yml")[0],
        editions=editions,
        trade_until=trade_until,
    )


def last_year_of_trade(comparisons: pd.DataFrame, editions: Editions) -> int:
    """The last year in which the partners' records have both powers' trade with any of the five.

    Without any it is the article's, of which every page speaks.
    """
    rows = where(
        comparisons,
        concept="trade_turnover",
        book="partner",
        dataset=editions.trade,
        comparable=COMPARED,
        country=COUNTRIES,
    )
    return int(rows["period_end"].str[:4].max()) if len(rows) else ARTICLE_YEAR


def _trade_alone(country: str, name: str, processed: Path, raw: Path) -> Evidence:
    """What there is on a country beyond the five: its trade on both books, and nothing else."""
    others = ("figures", "weights", "indicators", "checks", "claims")
    empty = {
        other: pd.DataFrame(columns=list(schema.TABLES[other].schema.columns)) for other in others
    }
    sources = load_sources(raw / "sources.yml")[0]
    return Evidence(
        country,
        countries.in_a_sentence(name),
        **empty,
        **leads.tables_of(country, processed),
        sources=sources,
        editions=load_editions(raw),
        trade_until=int(store.load_table("world", processed)["year"].max()),
    )


def plain(words: str) -> str:
    """Words from a table as Markdown that shows just them: no markup, formula or link."""
    return re.sub(r"([\\`*_\[\]$#|~:])", r"\\\1", escape(words, quote=False))


def figure_link(figure: Row) -> str:
    """A figure's printed words, linked to the row with its source."""
    return f"[{plain(words_of(figure))}](#f-{figure['figure_id']})"


def phrase(figure: Row, powers: Powers = POWERS) -> str:
    """What a figure measures, as a sentence names it.

    Money sent home that the source counts from all countries is called so, whoever it is
    ascribed to.
    """
    power = powers.get(figure["power"], figure["counterpart"])
    words = PHRASES[figure["indicator"]].format(power=power)
    if figure["coverage"] == "all_sources" and figure["indicator"].startswith("remittances"):
        words = words.replace(f"migrants in {power}", "migrants anywhere")
    return words


# How almost all of something is one power's: where it comes from, or goes to.
_ALMOST_ALL = {"remittances": "came from {}", "energy": "went to {}"}


def verb(comparison: Row, powers: Powers = POWERS) -> str:
    """The clause that says who is ahead, chosen from the interval of D."""
    low, high = comparison["difference_low"], comparison["difference_high"]
    word = comparison["word"]
    ahead = powers.get(scale.leader(low, high, powers), "")
    if word == scale.WORDS[0]:
        return "the two are about level"
    if word == scale.TOO_CLOSE:
        return "it is too close to call"
    if word == scale.WORDS[-1]:
        said = _ALMOST_ALL.get(comparison.get("dimension"))
        return f"almost all of it {said.format(ahead) if said else f'is {owner(ahead)}'}"
    if word.startswith(scale.WORDS[0]):
        more = word.removeprefix(f"{scale.WORDS[0]} to ")
        return f"the two are about level, or {owner(ahead)} figure is {more}"
    return f"{owner(ahead)} figure is {_of_it(word).replace(' to almost', ', or almost')}"


def _of_it(word: str) -> str:
    """The scale's last word as it follows a name: "China almost all of it"."""
    return word.replace(scale.WORDS[-1], "almost all of it")


def times(comparison: Row) -> str:
    """How many times the larger is of the smaller, where that is 1.5 or more at both ends."""
    ends = np.abs([comparison["difference_low"], comparison["difference_high"]])
    same_side = comparison["difference_low"] * comparison["difference_high"] > 0
    if not same_side or ends.max() >= 1 or np.isnan(ends).any():
        return ""
    low, high = sorted((1 + ends) / (1 - ends))
    if low < 1.5 or comparison["word"] == scale.WORDS[-1]:
        return ""
    about = "about " if rounded(low, 2) == rounded(high, 2) else ""
    return f"{about}{times_words(low, high, 2)} times"


def comparison_sentence(comparison: Row, evidence: Evidence) -> str:
    """One comparison in one or two sentences, with both figures, their time and the verdict."""
    factor = times(comparison)
    outcome = f"{verb(comparison, evidence.powers)}{f', {factor}' if factor else ''}"
    link = f"[{outcome}](#c-{comparison['comparison_id']})"
    found = [where(evidence.figures, figure_id=comparison[f"{side}_ids"]) for side in SIDES]
    if any(rows.empty for rows in found):
        return f"{capital(concept_name(comparison).rstrip(','))}: {link}."
    china, russia = (rows.iloc[0].to_dict() for rows in found)
    said = (
        f"{capital(phrase(china, evidence.powers))} was put at {figure_link(china)} "
        f"{when(china['period_printed'])}, {phrase(russia, evidence.powers)} at "
        f"{figure_link(russia)}"
    )
    if china["period_printed"] != russia["period_printed"]:
        said += f" {when(russia['period_printed'])}"
    return f"{said}: {link}."


def one_sided_sentence(figure: Row, nothing_for: str = "", powers: Powers = POWERS) -> str:
    """A figure that nothing can be set against: what it is, when, and nothing more."""
    period = f" {when(figure['period_printed'])}" if figure["period_printed"] else ""
    said = f"{capital(phrase(figure, powers).rstrip(','))}{period}: {figure_link(figure)}"
    if figure["attribution"]:
        whose = figure["attribution"]
        said += " (as reported)" if whose == "reportedly" else f" (as stated by {plain(whose)})"
    note = f". {plain(figure['note'])}" if figure["note"] else ""
    missing = f" Nothing comparable is given for {nothing_for}." if nothing_for else ""
    return f"{said}{note}.{missing}"


def section(evidence: Evidence, *dimensions: str) -> str:
    """What the article's figures say about one kind of tie.

    Comparisons come first, each with its verdict; then the figures that stand alone, in a
    list. Where nothing is printed, one sentence says so.

    Args:
        evidence: what the page rests on.
        dimensions: one or more of ``vocabulary.DIMENSIONS``.
    """
    if evidence.trade_alone:
        return ""
    here = where(
        evidence.comparisons, dimension=dimensions, country=evidence.country, book="article"
    ).to_dict("records")
    named = " and ".join(DIMENSION_NAMES[dimension] for dimension in dimensions)
    if not here:
        return (
            f"The article prints no figure on {named} for {evidence.name} alone, on either "
            f"power. That is a gap in the record, not a zero."
        )
    compared = [row for row in here if row["comparable"] != "no"]
    alone = [row for row in here if row["comparable"] == "no"]
    parts = [comparison_sentence(row, evidence) + _condition(row) for row in compared]
    if alone:
        ids = [key for row in alone for power in SIDES for key in row[f"{power}_ids"].split()]
        rows = where(evidence.figures, country=evidence.country)
        rows = rows.set_index("figure_id", drop=False)
        lines = [
            f"- {one_sided_sentence(rows.loc[key].to_dict(), powers=evidence.powers)}"
            for key in ids
            if key in rows.index
        ]
        sides = {power for row in alone for power in SIDES if row[f"{power}_ids"]}
        missing = [
            name
            for name, side in zip(evidence.powers.values(), SIDES, strict=True)
            if side not in sides
        ]
        lead = "Not set against each other, for want of a like figure on the other side"
        if missing:
            lead = f"Printed for one side only, with nothing comparable for {missing[0]}"
        parts.append(f"{lead}:\n\n" + "\n".join(dict.fromkeys(lines)))
    return "\n\n".join(parts)


def _condition(row: Row) -> str:
    if row["comparable"] != "conditional":
        return ""
    return f" This holds on a condition: {plain(row['reason'])}."


BOTH_BOOKS = "depends on whose books"


def number_link(row: Row, side: str) -> str:
    """One side's number of a comparison, linked to the row of the comparison."""
    return f"[{plain(side_words(row, side, digits_for(row)))}](#c-{row['comparison_id']})"


def side_words(row: Row, side: str, digits: int) -> str:
    """One side's number of a comparison to so many digits, or its interval where it has one."""
    if not np.isnan(row[side]):
        return amount(row[side], row["unit"], digits)
    return span(row[f"{side}_low"], row[f"{side}_high"], row["unit"], digits)


def digits_for(row: Row) -> int:
    """Two digits for a text, or as many more as it takes to tell two unequal sides apart."""
    sides = [_shown(row, side) for side in SIDES]
    if sides[0] == sides[1]:
        return 2
    for digits in (2, 3):
        if len({tuple(rounded(end, digits) for end in side) for side in sides}) > 1:
            return digits
    return 4


def _shown(row: Row, side: str) -> list[float]:
    """The numbers that stand for a side in a text: its value, or the ends that it has."""
    values = [row[side]] if not np.isnan(row[side]) else [row[f"{side}_low"], row[f"{side}_high"]]
    return [value for value in values if np.isfinite(value)]


def verdict_link(row: Row, powers: Powers = POWERS) -> str:
    """The verdict of a comparison, with how many times, linked to its row."""
    factor = times(row)
    return f"[{verb(row, powers)}{f', {factor}' if factor else ''}](#c-{row['comparison_id']})"


def books_word(partner: Row | None, own: Row | None = None, powers: Powers = POWERS) -> str:
    """The word for a tie that two books record: theirs where they agree, else that it depends.

    Where the signs differ, or one says about level and the other does not, the answer depends on
    whose books; where they point the same way with different strength, both words are given.
    """
    rows = [row for row in (partner, own) if row]
    if not rows:
        return "no book to rest on"
    leaders = {_leader(row, powers) for row in rows}
    if len(leaders) > 1:
        return BOTH_BOOKS
    words = list(dict.fromkeys(_of_it(row["word"]) for row in rows))
    ahead = powers.get(leaders.pop(), "")
    if not ahead:
        return words[0]
    return f"{ahead} {' or '.join(words)}, by the book" if len(words) > 1 else f"{ahead} {words[0]}"


def _leader(row: Row, powers: Powers) -> str:
    return scale.leader(row["difference_low"], row["difference_high"], powers)


def ahead_words(row: Row, powers: Powers = POWERS) -> str:
    """A verdict as a noun phrase: "China several times larger", "about level"."""
    ahead = powers.get(_leader(row, powers), "")
    if row["word"] == scale.WORDS[-1]:
        said = {"remittances": "from {}", "energy": "to {}"}.get(row["dimension"])
        return f"almost all {said.format(ahead) if said else owner(ahead)}"
    level = f"{scale.WORDS[0]} to "
    if row["word"].startswith(level):
        return f"{scale.WORDS[0]}, or {ahead} {row['word'].removeprefix(level)}"
    return f"{ahead} {_of_it(row['word'])}".strip()


def owed_words(share: Row, powers: Powers = POWERS) -> str:
    """Debt as a part of the whole, since a lead of one creditor says nothing of its size."""
    first, second = powers.values()
    return f"{first} {amount(share['china'], 'share', 2)} of it, {second} " + (
        f"{amount(share['russia'], 'share', 2)}" if share["russia"] else "none"
    )


def latest(evidence: Evidence, concept: str, year: int | None = None) -> Row | None:
    """The pair of one source for a concept, of a year or the newest."""
    rows = where(
        evidence.comparisons,
        country=evidence.country,
        concept=concept,
        comparable=COMPARED,
        book="stated",
    )
    if year:
        rows = rows[rows["period_end"].str.startswith(str(year))]
    return rows.sort_values("period_end").iloc[-1].to_dict() if len(rows) else None


def investment_held(evidence: Evidence) -> Row | None:
    """Direct investment held by both powers at the time of the article, by one source."""
    for year in (ARTICLE_YEAR, ARTICLE_YEAR - 1):
        if row := latest(evidence, "fdi_stock", year):
            return row
    return None


def trade(evidence: Evidence) -> str:
    """Who trades more in the page's year, on both books, and what a third says."""
    year, powers = evidence.year, evidence.powers
    first, second = powers.values()
    partner = evidence.pair("trade_turnover", "partner", year)
    own = evidence.pair("trade_turnover", "own", year)
    reconciled = evidence.pair("trade_turnover", "reconciled", year, "cepii-baci")
    if not partner and not own:
        return _nothing_compared(evidence)
    parts = []
    if partner:
        parts.append(
            f"In {year}, on {evidence.both} own records, {evidence.name} traded goods worth "
            f"{number_link(partner, 'china')} with {first} and {number_link(partner, 'russia')} "
            f"with {second}: {verdict_link(partner, powers)}."
        )
    else:
        parts.append(
            f"For {year}, {evidence.both} own records allow no comparison: "
            f"{_refusal(evidence, 'partner')}."
        )
    if own:
        told = "records it was" if partner else "own records it traded goods worth"
        parts.append(
            f"On {evidence.whose} {told} {number_link(own, 'china')} with {first} and "
            f"{number_link(own, 'russia')} with {second}: {verdict_link(own, powers)}."
        )
    if partner and own:
        parts.append(_both_books(partner, own, powers))
    elif partner:
        parts.append(f"There is no second book to hold this against: {_refusal(evidence, 'own')}.")
        if not evidence.trade_alone:
            parts.append("Agreement between the two would therefore prove nothing.")
    if year < evidence.trade_until and evidence.trade_alone:
        parts.append("No later year can be compared.")
    if reconciled:
        parts.append(
            "An estimate that reconciles both sides (CEPII) has "
            f"{number_link(reconciled, 'china')} and {number_link(reconciled, 'russia')}: "
            f"{verdict_link(reconciled, powers)}."
        )
    return " ".join(parts)


def _refusal(evidence: Evidence, book: str) -> str:
    """Why a book has no comparison of trade in the page's year, as a clause."""
    rows = where(
        evidence.comparisons,
        country=evidence.country,
        concept="trade_turnover",
        book=book,
        dataset=evidence.trade_edition,
        period_end=f"{evidence.year}-12-31",
    )
    if rows.empty:
        return {
            "partner": f"neither lists trade with {evidence.name}",
            "own": f"{evidence.name} lists no trade with either",
        }[book]
    reason = rows["reason"].iloc[0].replace("'", "’")
    _, _, detail = reason.partition(": ")
    if not detail:
        whose = {"partner": "they list", "own": "its own lists"}[book]
        return reason.replace("no record for", f"{whose} nothing for")
    return detail if evidence.name in detail else f"{evidence.whose} side is {detail}"


def _nothing_compared(evidence: Evidence) -> str:
    """What is recorded of a country's trade where no year has both powers in one book."""
    first, second = evidence.powers.values()
    rows = evidence.comparisons
    rows = rows[rows["concept"] == "trade_turnover"].sort_values(["period_end", "book"])
    text = (
        f"In no year does one book hold the trade of {evidence.name} with both {first} and "
        f"{second}, so nothing can be compared. That is a gap in the record, not a zero."
    )
    counted = ~rows["reason"].str.startswith("no book of its own")
    known = rows[counted & (rows["china_low"].notna() | rows["russia_low"].notna())]
    if known.empty:
        return text
    row = known.iloc[-1].to_dict()
    sides = zip(SIDES, (first, second), strict=True)
    side, name = next(pair for pair in sides if not np.isnan(row[f"{pair[0]}_low"]))
    absent = second if name == first else first
    whose = record_name(row["book"], powers=evidence.both, country="its")
    return (
        f"{text} The last figure is of {row['period_end'][:4]}: on {whose}, "
        f"{number_link(row, side)} with {name}, and nothing listed for {absent}."
    )


def _both_books(partner: Row, own: Row, powers: Powers) -> str:
    word = books_word(partner, own, powers)
    if word == BOTH_BOOKS:
        return f"So who trades more **{word}**."
    ahead = powers.get(_leader(own, powers), "")
    if partner["word"] == own["word"]:
        return f"Both books agree: **{word}**."
    if not ahead:
        return "Both books put **neither ahead**."
    return f"Both books put **{ahead} ahead**; how far depends on the book."


def yearly_trade(evidence: Evidence, book: str) -> pd.DataFrame:
    """The comparisons of turnover in a book, by year, with ``year`` and ``sign``.

    The sign is 1 where the first power traded more, -1 where the second did, and 0 where the
    figures are too rough to say.
    """
    rows = where(
        evidence.comparisons,
        country=evidence.country,
        concept="trade_turnover",
        book=book,
        dataset=evidence.trade_edition,
        comparable=COMPARED,
    ).sort_values("period_end")
    sign = scale.sign(rows["difference_low"], rows["difference_high"])
    return rows.assign(year=rows["period_end"].str[:4].astype(int), sign=sign)


def trade_since(evidence: Evidence) -> str:
    """When the lead in trade changed hands, on each book."""
    parts = []
    for book in ("partner", "own"):
        said = f"On {record_name(book, powers=evidence.both, country=evidence.whose)}"
        rows = yearly_trade(evidence, book)
        # A book of the five that ended long ago says nothing of today, and another has more.
        ended = rows["year"].max() < evidence.trade_until and not evidence.trade_alone
        if rows.empty or ended:
            continue
        changes = where(
            evidence.crossings,
            country=evidence.country,
            concept="trade_turnover",
            book=book,
            dataset=evidence.trade_edition,
        )
        parts.append(f"{said}, {_changes(changes, rows, evidence.powers)}.")
    return " ".join(parts)


def _changes(changes: pd.DataFrame, rows: pd.DataFrame, powers: Powers) -> str:
    """Changes of the lead as a clause."""
    (code, first_name), (_, second_name) = powers.items()
    start, end = rows["year"].iloc[0], rows["year"].iloc[-1]
    ahead = {1: first_name, -1: second_name, 0: "neither"}[rows["sign"].iloc[-1]]
    if len(rows) == 1:
        return f"which can be compared in {end} alone, {ahead} traded more"
    every = "every year" if len(rows) == end - start + 1 else "every year that can be compared"
    span = f"from {start} to {end}"
    if changes.empty:
        if rows["sign"].nunique() == 1:
            return (
                f"which cover {start} to {end}, {ahead} traded more in {every}"
                f"{_level_years(rows, ', though')}"
            )
        return f"no lead changed hands for two years running {span}; {ahead} traded more in {end}"
    change = changes.iloc[-1]
    since = rows[rows["year"] >= change["year"]]
    if len(changes) == 1 and set(since["sign"]) == {1 if change["leader"] == code else -1}:
        other = second_name if change["leader"] == code else first_name
        after = every.replace("every year", "every year after", 1)
        return (
            f"{powers[change['leader']]} passed {other} in {change['year']} and was ahead in "
            f"{after}, to {end}"
        )
    years = [f"{powers[row['leader']]} took it in {row['year']}" for _, row in changes.iterrows()]
    return (
        f"the lead changed hands {how_often(len(changes))} {span}: {', '.join(years)}; in {end} "
        f"{ahead} traded more{_level_years(rows, ';')}"
    )


def _level_years(rows: pd.DataFrame, joined: str) -> str:
    """The years in which a lead was so small that the two count as level, as a joined clause."""
    level = rows[rows["word"] == scale.WORDS[0]]
    years = list(level["period_end"].str[:4])
    return f"{joined} the two were about level in {listed(years)}" if years else ""


def buyer_and_supplier(evidence: Evidence) -> str:
    """Whether each power weighs as a buyer or as a supplier, on each book."""
    first, second = evidence.powers.values()
    parts = []
    for book, said in (("partner", "On the partners’ records"), ("own", "On its own records")):
        pairs = [evidence.pair(flow, book, evidence.year) for flow in ("exports", "imports")]
        if not all(pairs):
            continue
        sold, bought = pairs
        parts.append(
            f"{said} of {evidence.year}, {evidence.name} sold goods worth "
            f"{number_link(sold, 'china')} to {first} and {number_link(sold, 'russia')} to "
            f"{second} ({verdict_link(sold, evidence.powers)}), and bought "
            f"{number_link(bought, 'china')} from {first} and {number_link(bought, 'russia')} "
            f"from {second} ({verdict_link(bought, evidence.powers)})."
        )
    return " ".join(parts)


def two_books(evidence: Evidence) -> str:
    """How far the two records of the same goods lie apart in the page's year."""
    rows = where(
        evidence.mirror,
        country=evidence.country,
        year=evidence.year,
        dataset=evidence.trade_edition,
    )
    if rows.empty and evidence.trade_alone:
        return ""
    if rows.empty:
        return (
            f"{evidence.name} publishes no trade by partner of its own, so there is nothing to "
            "hold the partners’ records against."
        )
    lines = []
    for row in rows.to_dict("records"):
        power = evidence.powers[row["power"]]
        seller, buyer = (
            (evidence.name, power) if row["flow"] == "exports" else (power, evidence.name)
        )
        key = f"m-{row['country']}-{row['power']}-{row['flow']}-{row['year']}".lower()
        sums = [
            f"[{plain(amount(row[side], 'USD', 3))}](#{key})"
            for side in ("exporter_value", "importer_value")
        ]
        line = (
            f"- {capital(seller)} to {buyer}: {sums[0]} as {seller} records it and {sums[1]} as "
            f"{buyer} does, [{ratio_words(row['ratio'])}](#{key}) times as much once freight is "
            "allowed for"
        )
        if abs(row["ratio"] - 1) <= 0.1:
            line += ". The two are within a tenth of each other."
        elif row["explained"] == "yes":
            line += ". Freight and insurance can explain that."
        elif row["cause"]:
            line += f". A known cause: {plain(row['cause'])}."
        else:
            line += ". Freight and insurance do not explain it."
        lines.append(line)
    lead = f"The same goods of {evidence.year}, as each side has them:"
    return lead + "\n\n" + "\n".join(lines)


def weight(evidence: Evidence) -> str:
    """Both powers in the country's whole trade, beside the European Union and everyone else."""
    if evidence.trade_alone:
        return ""
    rows = where(
        evidence.weights,
        country=evidence.country,
        measure="turnover",
        year=ARTICLE_YEAR,
        dataset=WORLD_TRADE,
    ).set_index("book")
    book = next((book for book in ("own", "partner") if book in rows.index), None)
    if book is None:
        return f"No record of {ARTICLE_YEAR} gives {evidence.whose} whole trade in goods."
    row = rows.loc[book]
    whose = record_name(book, powers="its partners’", country=evidence.whose)
    key = f"#w-{evidence.country}-turnover-{ARTICLE_YEAR}-{book}".lower()
    first, second = evidence.powers.values()
    parts = {
        first: row["china"],
        second: row["russia"],
        "the European Union": row["european_union"],
        "everyone else": row["rest"],
    }
    shares = [f"{name} [{percent(share)}]({key})" for name, share in parts.items()]
    text = f"Of all its trade in goods in {ARTICLE_YEAR}, on {whose}: {listed(shares)}."
    if row["listed"] < 0.95:
        text += (
            f" Only [{percent(row['listed'])}]({key}) of the whole is listed by partner, so "
            "everyone else holds what is not."
        )
    ratios = [
        pair
        for vintage in evidence.editions.gdp_years
        if (pair := evidence.pair("trade_to_gdp", book, ARTICLE_YEAR, wdi(vintage)))
    ]
    if ratios:
        shown = {
            tuple(amount(pair[side], "share", digits_for(pair)) for side in SIDES)
            for pair in ratios
        }
        said = " or ".join(
            f"{number_link(pair, 'china')} and {number_link(pair, 'russia')} "
            f"(GDP edition of {pair['dataset'].removeprefix('worldbank-wdi-')})"
            for pair in (ratios[:1] if len(shown) == 1 else ratios)
        )
        text += f" Measured by GDP, trade with {first} and with {second} came to {said}."
    return text


def debt(evidence: Evidence) -> str:
    """What the country owes each power, in the article's year and in the newest."""
    if evidence.trade_alone:
        return ""
    first, second = evidence.powers.values()
    parts = []
    newest = latest(evidence, "debt_owed")
    years = [ARTICLE_YEAR] + ([int(newest["period_end"][:4])] if newest else [])
    for year in dict.fromkeys(years):
        owed = evidence.pair("debt_owed", "stated", year, evidence.editions.debt)
        share = evidence.pair("debt_share", "stated", year, evidence.editions.debt)
        if not owed or not share:
            continue
        other = number_link(owed, "russia") if owed["russia"] else "nothing"
        parts.append(
            f"At the end of {year} {evidence.name} owed {first} {number_link(owed, 'china')} "
            f"and {second} {other}, which is {number_link(share, 'china')} and "
            f"{number_link(share, 'russia')} of its public external debt: "
            + (
                verdict_link(owed, evidence.powers)
                if owed["russia"]
                else f"[of the two, {first} alone is a creditor](#c-{owed['comparison_id']})"
            )
            + "."
        )
        ratio = evidence.pair("debt_to_gdp", "stated", year, evidence.editions.wdi)
        said = _creditors_alike(evidence, year)
        if ratio:
            owes = f"What {first} is owed equals {number_link(ratio, 'china')} of GDP."
            said = f"{owes} {said}".rstrip()
        parts += filter(None, [said])
    parts.append(
        "The World Bank counts debt of the state and debt that it guarantees. Loans to private "
        "firms without a guarantee, credit of the International Monetary Fund and swap lines are "
        "left out."
    )
    others = _debt_by_others(evidence)
    beside = f"\n\nOther counts, which are never joined to it:\n\n{others}" if others else ""
    return " ".join(parts) + beside


def _creditors_alike(evidence: Evidence, year: int) -> str:
    """Over how many creditors of equal size the whole debt is as if spread; empty for no debt."""
    wholes = where(evidence.weights, country=evidence.country, measure="debt", year=year)
    wholes = wholes[wholes["concentration_low"].notna()]
    if wholes.empty:
        return ""
    key = f"#w-{evidence.country}-debt-{year}-stated".lower()
    creditors = decimals(1 / wholes["concentration_low"].iloc[0], 1)
    return f"The whole is spread as if over [{creditors}]({key}) creditors of equal size."


# How the note of a figure begins that other pages deny.
_IN_DOUBT = ("Disputed", "Other figures")


def _debt_by_others(evidence: Evidence) -> str:
    """What ministries and other pages say is owed to each power, with its date."""
    rows = where(evidence.figures, country=evidence.country, indicator=["debt_owed", "debt_share"])
    rows = rows[rows["source_id"] != compare.ARTICLE].sort_values("as_of")
    told = []
    for code, power in POWERS.items():
        said = [
            f"{figure_link(row)}{' of the whole' * (row['indicator'] == 'debt_share')} "
            f"{when(row['period_printed'])}"
            + (f" ({plain(row['note'])})" if row["note"].startswith(_IN_DOUBT) else "")
            for row in rows[rows["power"] == code].to_dict("records")
        ]
        if said:
            told.append(f"- Owed to {power}: {listed(said)}.")
    return "\n".join(told)


# Shares whose sums stand on the same page.
_TOLD_BY_SUMS = ("fdi_share", "fdi_stock_share")


def stated(evidence: Evidence, *dimensions: str) -> str:
    """Pairs that one recorder gives for both powers, beyond the article."""
    rows = where(
        evidence.comparisons,
        country=evidence.country,
        dimension=dimensions,
        book="stated",
        comparable=COMPARED,
        china_ids=evidence.figures["figure_id"],
    )
    rows = rows[~rows["concept"].isin(_TOLD_BY_SUMS)]
    if rows.empty:
        return ""
    lines = [
        f"- {comparison_sentence(row, evidence)}{_condition(row)}"
        for row in rows.to_dict("records")
    ]
    return "Where like figures are known for both powers:\n\n" + "\n".join(lines)


def investment(evidence: Evidence) -> str:
    """Direct investment where one source has both powers: statistics first, then stated pairs."""
    if evidence.trade_alone:
        return ""
    first, second = evidence.powers.values()
    parts = []
    held = where(
        evidence.comparisons,
        country=evidence.country,
        concept="fdi_stock",
        book="stated",
        dataset="nbk-fdi",
        comparable=COMPARED,
    ).sort_values("period_end")
    told = held["period_end"].str[:4].astype(int)
    about = told.between(ARTICLE_YEAR - 1, ARTICLE_YEAR + 1) | (told == told.max())
    pairs = held[about].to_dict("records")
    if pairs:
        said = "; ".join(
            f"at the end of {pair['period_end'][:4]} {owner(first)} {number_link(pair, 'china')} "
            f"and {owner(second)} {number_link(pair, 'russia')} "
            f"({verdict_link(pair, evidence.powers)})"
            for pair in pairs
        )
        parts.append(
            f"The National Bank of Kazakhstan has what each power held, in euros: {said}. Its "
            "yearly flows are net and often negative, so they have no lead to tell."
        )
    if lines := stated(evidence, "investment"):
        parts.append(lines)
    if held := _held_by_owner(evidence):
        parts.append(held)
    if not parts:
        parts.append(
            f"No source seen gives {evidence.both} investment in {evidence.name} side by side."
        )
    return "\n\n".join(parts)


def _held_by_owner(evidence: Evidence) -> str:
    """What a development bank counts by the last owner: China's stock, and Russia's if implied."""
    rows = evidence.figures
    rows = rows[rows["country"] == evidence.country]
    china = rows[(rows["indicator"] == "fdi_stock_edb") & (rows["power"] == "CHN")]
    if china.empty:
        return ""
    said = listed(
        [
            f"{figure_link(row)} {when(row['period_printed'])}"
            for row in china.sort_values("period_end").to_dict("records")
        ]
    )
    text = f"By a development bank’s count, which goes by the final owner, China held {said}."
    shares = rows[(rows["indicator"] == "fdi_stock_region_share") & (rows["power"] == "RUS")]
    for share in shares.to_dict("records"):
        wholes = where(rows, figure_id=share["related_id"]).to_dict("records")
        checks = evidence.checks
        checks = checks[checks["subject"].str.split().str[0] == share["figure_id"]]
        if not wholes or checks.empty:
            text += f" Russia had {figure_link(share)} {when(share['period_printed'])}."
            continue
        whole, check = wholes[0], checks.iloc[0]
        text += (
            f" Russia had {figure_link(share)} of the {figure_link(whole)} from the bank’s members "
            f"{when(share['period_printed'])}, which comes to "
            f"[{plain(check['found'])}](#k-{check['check_id']}). The two stand on different pages."
        )
    return text


def money_home(evidence: Evidence) -> str:
    """Money sent home from each power, what all of it comes to, and who counts it how."""
    if evidence.trade_alone:
        return ""
    first, second = evidence.powers.values()
    parts = []
    modelled = where(evidence.comparisons, country=evidence.country, dataset="knomad-matrices")
    last = [int(end[:4]) for end in modelled["period_end"]]
    for year in dict.fromkeys((ARTICLE_YEAR, *last[-1:])):
        if pair := evidence.pair("remittances", "stated", year, "knomad-matrices"):
            parts.append(
                f"The World Bank’s model puts money sent home in {year} at "
                f"{number_link(pair, 'china')} from {first} and {number_link(pair, 'russia')} from "
                f"{second}: {verdict_link(pair, evidence.powers)}."
            )
    if not parts:
        refused = where(
            evidence.comparisons,
            country=evidence.country,
            concept="remittances",
            dataset="knomad-matrices",
        )
        if len(refused):
            row = refused.iloc[0].to_dict()
            sides = list(zip(SIDES, (first, second), strict=True))
            known = [pair for pair in sides if not np.isnan(row[pair[0]])]
            absent = [name for side, name in sides if np.isnan(row[side])]
            if known and absent:
                side, name = known[0]
                parts.append(
                    f"The World Bank’s model has {number_link(row, side)} from {name} in "
                    f"{row['period_end'][:4]} and no row for {absent[0]}: missing, not nought."
                )
    received = where(evidence.indicators, country=evidence.country, year=ARTICLE_YEAR).pivot_table(
        index="vintage", columns="indicator", values="value", aggfunc="first"
    )
    if {"remittances_received", "gdp"} <= set(received.columns):
        ratio = (received["remittances_received"] / received["gdp"]).dropna()
        if len(ratio):
            said = " and ".join(
                f"[{amount(share, 'share', 2)}]"
                f"(#i-{evidence.country.lower()}-remittances-{vintage}) (edition of {vintage})"
                for vintage, share in ratio.items()
            )
            parts.append(f"From all countries together it came to {said} of GDP in {ARTICLE_YEAR}.")
    transfers = where(
        evidence.figures,
        country=evidence.country,
        power=evidence.powers,
        indicator=["transfers_cbr", "transfers_received"],
        role="",
    )
    if len(transfers):
        senders = listed([evidence.powers[code] for code in transfers["power"].unique()])
        said = "; ".join(
            f"{figure_link(row)} {when(row['period_printed'])} by {_counter(row)}"
            for row in transfers.sort_values("period_end").to_dict("records")
        )
        parts.append(
            f"Transfers from {senders} as banks count them, which is another thing and is never "
            f"joined to the model: {said}."
        )
    return "\n\n".join(parts) or (
        f"No source seen has money sent to {evidence.name} by sending country."
    )


def _counter(transfer: Row) -> str:
    if transfer["indicator"] == "transfers_cbr":
        return "the Bank of Russia"
    sent = transfer["reporter"] == transfer["power"]
    return "an official of the sending side" if sent else "the receiving side"


def one_side_now(evidence: Evidence) -> str:
    """A power's own figures of the years since, as one side's book and nothing more."""
    rows = where(evidence.figures, country=evidence.country, indicator="trade_turnover")
    rows = rows[
        (rows["power"] == rows["reporter"]) & (rows["period_end"] > f"{evidence.trade_until}-12-31")
    ].sort_values("period_end")
    told = [name for code, name in evidence.powers.items() if code in set(rows["power"])]
    parts = []
    for code, name in evidence.powers.items():
        figures = rows[rows["power"] == code].to_dict("records")
        if not figures:
            continue
        said = ", ".join(f"{figure_link(row)} {when(row['period_printed'])}" for row in figures)
        parts.append(f"By {owner(name)} count its trade with {evidence.name} came to {said}.")
    if len(told) == 1:
        other = next(name for name in evidence.powers.values() if name != told[0])
        parts.append(
            f"That is one side’s book; no like figure of {owner(other)} stands beside it here."
        )
    elif told:
        parts.append("Each is one side’s book, and the two are not set against each other.")
    return " ".join(parts)


def what_would_change(evidence: Evidence) -> str:
    """What would have to be known for another verdict: the book, the year, the missing side."""
    lines = []
    year = evidence.year
    pairs = [
        pair
        for book, dataset in (("partner", ""), ("own", ""), ("reconciled", "cepii-baci"))
        if (pair := evidence.pair("trade_turnover", book, year, dataset))
    ]
    if len(pairs) > 1:
        least = min(pairs, key=lambda row: row["difference_low"])
        most = max(pairs, key=lambda row: row["difference_high"])
        low, high = signed(least["difference_low"]), signed(most["difference_high"])
        lines.append(
            f"- **The book.** From one record to another, D for trade in {year} runs from "
            f"[{low}](#c-{least['comparison_id']}) to [{high}](#c-{most['comparison_id']}). A "
            "reason to trust one record over the other would settle who is ahead, or by how much."
        )
    elif pairs:
        lines.append(
            "- **A second book.** Only one side’s records can be compared. The other’s could show "
            "another sum, or another power ahead."
        )
    other_year = year - _YEARS_BACK if evidence.trade_alone else evidence.trade_until
    if other := evidence.pair("trade_turnover", "partner", other_year):
        lines.append(
            f"- **The year.** In {other_year}, on {evidence.both} records: "
            f"{verdict_link(other, evidence.powers)}."
        )
    if evidence.trade_alone:
        lines.append(f"- **The other ties.** Like figures of both powers on {listed(NOT_HERE)}.")
        return "\n".join(lines)
    missing = [
        words
        for words, row in (
            ("direct investment held by both", investment_held(evidence)),
            ("money sent home from both", latest(evidence, "remittances", ARTICLE_YEAR)),
        )
        if not row
    ]
    if missing:
        lines.append(f"- **The missing side.** A like pair of figures for {listed(missing)}.")
    return "\n".join(lines)


# How far back a page on trade alone looks, to show what another year would have said.
_YEARS_BACK = 10

# What a page on trade alone has no figures for.
NOT_HERE = [
    "shared banks" if dimension == "institutions" else name
    for dimension, name in DIMENSION_NAMES.items()
    if dimension not in ("trade", "other")
]

_READER_NOTES = (
    "Tables of trade by both sides end in {trade_until} here. Later sums are single statements, "
    "each one side’s.",
    "Trade since 2022 is bent by sanctions: goods bound for Russia pass through its neighbours and "
    "count as theirs.",
    "Uzbekistan’s official exchange rate until September 2017 made its output look larger in "
    "dollars than it was, so ratios to GDP of 2016 are too low; editions of its GDP differ "
    "widely.",
    "Turkmenistan publishes no trade by partner. What tables show as its records is worked out "
    "from its partners’.",
    "The rouble had fallen since 2014, so Russia’s trade in dollars was low in 2016.",
)

GLOSSARY = {
    "Book": "one coherent way of recording: the partners’, the country’s own, or a reconciled one",
    "Mirror statistics": "the same goods as the seller and as the buyer record them",
    "Turnover": "exports and imports together",
    "Flow": "what moves over a period, such as a year’s trade",
    "Stock": "what there is at a date, such as debt owed",
    "Public and publicly guaranteed debt": "what the state owes abroad, and what it vouches for",
}


def reader_notes(evidence: Evidence | None = None) -> str:
    """What a reader must be told once: of the five and both powers, or of any trade."""
    if evidence and (evidence.trade_alone or evidence.powers != POWERS):
        floor = plain(amount(leads.LISTED_FROM, "USD"))
        notes: tuple[str, ...] = (
            f"The table of trade by both sides ends in {evidence.trade_until}, and nothing "
            "here speaks of the years since.",
            "It has goods alone, in dollars of the year. Exports are counted without freight, "
            "imports with it.",
            f"Flows below {floor} are not listed. Where a recorder lists only one direction of "
            f"trade with a power, the other is taken as anything from nothing to {floor}.",
            "Names of countries and territories follow the sources, and are no judgement on "
            "anyone’s status.",
        )
    else:
        until = evidence.trade_until if evidence else _trade_until()
        notes = tuple(note.format(trade_until=until) for note in _READER_NOTES)
    return "\n".join(f"- {note}" for note in notes)


def _trade_until() -> int:
    return last_year_of_trade(store.load_table("comparisons", PROCESSED), load_editions())


def glossary(evidence: Evidence) -> str:
    """The terms of the page, each in a line."""
    first, second = evidence.powers.values()
    terms = GLOSSARY | {"D": f"({first} − {second}) / ({first} + {second}), from −1 to +1"}
    if evidence.trade_alone:
        terms = {term: meaning for term, meaning in terms.items() if term in _TERMS_OF_TRADE}
        terms["Book"] = "one coherent way of recording: the partners’, or the country’s own"
    return "\n".join(f"- **{term}**: {meaning}." for term, meaning in terms.items())


_TERMS_OF_TRADE = ("Book", "Mirror statistics", "Turnover", "D")


def short_name(row: Row) -> str:
    """What a comparison is about, and its period."""
    period = when(row["china_period"] or row["russia_period"] or row["period_end"][:4])
    return f"{concept_name(row)} {period}".rstrip()


def concept_name(row: Row) -> str:
    """What a comparison measures; a further clause is set off on both sides."""
    if row["concept"] == "trade_turnover":
        return "trade in goods"
    name = vocabulary.INDICATORS[row["concept"]]
    return f"{name}," if "," in name else name


def trade_word(evidence: Evidence, year: int = ARTICLE_YEAR) -> str:
    """Who trades more, by the books that there are."""
    pairs = (evidence.pair("trade_turnover", book, year) for book in ("partner", "own"))
    return books_word(*pairs, evidence.powers)
