"""Sentences from comparisons. The interval chooses the verb, and every number links to its row.

Text is Markdown. A number is a link to the row that it comes from (``#f-`` a figure, ``#c-`` a
comparison), so that a reader can follow it and a test can hold the two together.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis import COUNTRIES, POWERS, PROCESSED, RAW, compare, schema
from analysis.sources import load_sources

Row = dict[str, Any]

# How a sentence names what is measured. {power} is China or Russia.
PHRASES = {
    "trade_turnover": "trade with {power}",
    "exports": "goods sold to {power}",
    "imports": "goods bought from {power}",
    "trade_rank": "{power}’s place among trading partners",
    "trade_to_gdp": "trade with {power}, as a share of GDP,",
    "trade_share": "{power}’s share of the country’s trade",
    "trade_target": "trade with {power} that was hoped for",
    "fdi_flow": "direct investment from {power}",
    "fdi_flow_gross": "direct investment from {power}, before money taken out,",
    "fdi_stock": "accumulated direct investment from {power}",
    "fdi_stock_edb": "direct investment held from {power}, by a development bank’s count,",
    "fdi_stock_region_share": "{power}’s share of direct investment from a bank’s region",
    "fdi_stock_mofcom": "direct investment held from {power}, by its ministry’s count,",
    "fdi_stock_share": "{power}’s share of direct investment held",
    "fdi_outflow": "direct investment sent from {power}",
    "fdi_share": "{power}’s share of direct investment",
    "investment_cumulative": "investment from {power}, added up over the years,",
    "investment_share": "{power}’s share of foreign investment",
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
    "loans_sought": "loans asked of {power}",
    "swap_line": "a currency swap line with {power}",
    "debt_owed": "public debt owed to {power}",
    "debt_share": "{power}’s share of the public external debt",
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
    "joint_ventures": "companies and joint ventures from {power}",
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
    "bank_capital": "the registered capital of a development bank",
    "capital_subscribed": "{power}’s part of a development bank’s capital",
    "shareholder_rank": "{power}’s place among a development bank’s shareholders",
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

    @property
    def printed(self) -> pd.DataFrame:
        """The article's own figures on the country."""
        rows = self.figures
        return rows[(rows["source_id"] == compare.ARTICLE) & (rows["country"] == self.country)]

    def pair(self, concept: str, book: str, year: int, dataset: str = "") -> Row | None:
        """The comparison of a year in a book, or None where there is none or it was refused."""
        rows = self.comparisons
        rows = rows[
            (rows["country"] == self.country)
            & (rows["concept"] == concept)
            & (rows["book"] == book)
            & (rows["period_end"] == f"{year}-12-31")
            & (rows["comparable"] == "yes")
            & (rows["dataset"] == (dataset or compare.HEADLINE_TRADE))
        ]
        return rows.iloc[0].to_dict() if len(rows) else None


def check_country(country: str) -> str:
    """Return the code if it is one of the five.

    Raises:
        ValueError: naming the valid codes, and the likely one.
    """
    if country in COUNTRIES:
        return country
    names = {name.upper(): code for code, name in COUNTRIES.items()} | {c: c for c in COUNTRIES}
    near = difflib.get_close_matches(str(country).upper(), names, n=1, cutoff=0.5)
    hint = f" Did you mean {names[near[0]]}?" if near else ""
    valid = ", ".join(f"{code} ({name})" for code, name in COUNTRIES.items())
    raise ValueError(f"unknown country {country!r}; valid: {valid}.{hint}")


def evidence(country: str, processed: Path = PROCESSED, raw: Path = RAW) -> Evidence:
    """Gather what a country's page needs from the processed tables.

    Args:
        country: ISO 3166 alpha-3 code, such as "KAZ".
        processed: folder of the processed tables.
        raw: folder of ``sources.yml``.

    Raises:
        ValueError: when the country is not one of the five.
    """
    check_country(country)
    areas = [country, "REGION", "WLD"]
    names = (
        "figures",
        "comparisons",
        "crossings",
        "mirror",
        "weights",
        "indicators",
        "checks",
        "claims",
    )
    tables = {name: schema.load_table(name, processed) for name in names}
    for name, rows in tables.items():
        if "country" in rows:
            tables[name] = rows[rows["country"].isin(areas)]
    ids = set(tables["figures"]["figure_id"])
    about = [bool(ids & set(subject.split())) for subject in tables["checks"]["subject"]]
    tables["checks"] = tables["checks"][about]
    for name in ("comparisons", "weights", "indicators"):
        editions = tables[name]["source_id" if name == "indicators" else "dataset"]
        tables[name] = tables[name][compare.in_use(editions)]
    return Evidence(
        country, COUNTRIES[country], **tables, sources=load_sources(raw / "sources.yml")[0]
    )


def when(period: str) -> str:
    """A printed period as a sentence takes it: "in 2016", "as of August 2017"."""
    if not period:
        return ""
    words = period[0].lower() + period[1:] if not period[:3].isupper() else period
    if words.startswith(("as of", "by ", "from ", "between ", "since ", "at ")):
        return words
    if words.startswith("the p"):
        return f"over {words}"
    if words.startswith("the "):
        return f"in {words}"
    return f"in {period}"


def plain(words: str) -> str:
    """Words from a table as Markdown that shows just them: no markup, formula or link."""
    return re.sub(r"([\\`*_\[\]$#|~:])", r"\\\1", escape(words, quote=False))


def figure_link(figure: Row) -> str:
    """A figure's printed words, linked to the row with its source."""
    return f"[{plain(figure['printed'])}](#f-{figure['figure_id']})"


def phrase(figure: Row) -> str:
    """What a figure measures, as a sentence names it.

    Money sent home that the source counts from all countries is called so, whoever it is
    ascribed to.
    """
    words = PHRASES[figure["indicator"]].format(power=POWERS.get(figure["power"], ""))
    if figure["coverage"] == "all_sources" and figure["indicator"].startswith("remittances"):
        words = words.replace(f"migrants in {POWERS.get(figure['power'], '')}", "migrants anywhere")
    return words


# How almost all of something is one power's: where it comes from, or goes to.
_ALMOST_ALL = {"remittances": "came from {}", "energy": "went to {}"}


def verb(comparison: Row) -> str:
    """The clause that says who is ahead, chosen from the interval of D."""
    low, high = comparison["difference_low"], comparison["difference_high"]
    word = comparison["word"]
    ahead = POWERS.get(compare.leader(low, high), "")
    if word == compare.WORDS[0]:
        return "the two are about level"
    if word == compare.TOO_CLOSE:
        return "it is too close to call"
    if word == compare.WORDS[-1]:
        said = _ALMOST_ALL.get(comparison.get("dimension"), "is {}’s")
        return f"almost all of it {said.format(ahead)}"
    if word.startswith(compare.WORDS[0]):
        more = word.removeprefix(f"{compare.WORDS[0]} to ")
        return f"the two are about level, or {ahead}’s figure is {more}"
    return f"{ahead}’s figure is {word}"


def times(comparison: Row) -> str:
    """How many times the larger is of the smaller, where that is 1.5 or more at both ends."""
    ends = np.abs([comparison["difference_low"], comparison["difference_high"]])
    same_side = comparison["difference_low"] * comparison["difference_high"] > 0
    if not same_side or ends.max() >= 1 or np.isnan(ends).any():
        return ""
    low, high = sorted((1 + ends) / (1 - ends))
    if low < 1.5 or comparison["word"] == compare.WORDS[-1]:
        return ""
    texts = [f"{end:.2g}" for end in (low, high)]
    return f"about {texts[0]} times" if texts[0] == texts[1] else f"{texts[0]} to {texts[1]} times"


def comparison_sentence(comparison: Row, evidence: Evidence) -> str:
    """One comparison in one or two sentences, with both figures, their time and the verdict."""
    rows = evidence.figures.set_index("figure_id", drop=False)
    china, russia = (
        rows.loc[comparison[f"{power}_ids"]].to_dict() for power in ("china", "russia")
    )
    said = (
        f"{capital(phrase(china))} was put at {figure_link(china)} {when(china['period_printed'])}"
        f", {phrase(russia)} at {figure_link(russia)}"
    )
    if china["period_printed"] != russia["period_printed"]:
        said += f" {when(russia['period_printed'])}"
    factor = times(comparison)
    outcome = f"{verb(comparison)}{f', {factor}' if factor else ''}"
    link = f"[{outcome}](#c-{comparison['comparison_id']})"
    return f"{said}: {link}."


def capital(words: str) -> str:
    """Words with a capital at their start."""
    return words[0].upper() + words[1:]


def one_sided_sentence(figure: Row, nothing_for: str = "") -> str:
    """A figure that nothing can be set against: what it is, when, and nothing more."""
    period = f" {when(figure['period_printed'])}" if figure["period_printed"] else ""
    said = f"{capital(phrase(figure).rstrip(','))}{period}: {figure_link(figure)}"
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
        dimensions: one or more of ``schema.DIMENSIONS``.
    """
    here = evidence.comparisons[
        evidence.comparisons["dimension"].isin(dimensions)
        & (evidence.comparisons["country"] == evidence.country)
        & (evidence.comparisons["book"] == "article")
    ].to_dict("records")
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
        rows = evidence.figures.set_index("figure_id", drop=False)
        lines = []
        for row in alone:
            for power in ("china", "russia"):
                for figure_id in row[f"{power}_ids"].split():
                    figure = rows.loc[figure_id].to_dict()
                    if figure["country"] == evidence.country:
                        lines.append(f"- {one_sided_sentence(figure)}")
        sides = {power for row in alone for power in ("china", "russia") if row[f"{power}_ids"]}
        missing = [
            POWERS[p] for p, side in (("CHN", "china"), ("RUS", "russia")) if side not in sides
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


PRINTED_YEAR = 2016  # of the article's table
LAST_BILATERAL = 2020  # where tables of trade by both sides end
BOTH_BOOKS = "depends on whose books"


def number_link(row: Row, side: str) -> str:
    """One side's number of a comparison, linked to the row of the comparison."""
    shown = plain(amount(row[side], row["unit"], digits_for(row)))
    return f"[{shown}](#c-{row['comparison_id']})"


def digits_for(row: Row) -> int:
    """Two digits for a text, or as many more as it takes to tell two unequal sides apart."""
    for digits in (2, 3, 4):
        sides = {amount(row[side], row["unit"], digits) for side in ("china", "russia")}
        if len(sides) > 1 or row["china"] == row["russia"]:
            return digits if len(sides) > 1 else 2
    return 4


def verdict_link(row: Row) -> str:
    """The verdict of a comparison, with how many times, linked to its row."""
    factor = times(row)
    return f"[{verb(row)}{f', {factor}' if factor else ''}](#c-{row['comparison_id']})"


def books_word(partner: Row | None, own: Row | None = None) -> str:
    """The word for a tie that two books record: theirs where they agree, else that it depends.

    Where the signs differ, or one says about level and the other does not, the answer depends on
    whose books; where they point the same way with different strength, both words are given.
    """
    rows = [row for row in (partner, own) if row]
    if not rows:
        return "no book to rest on"
    leaders = {compare.leader(row["difference_low"], row["difference_high"]) for row in rows}
    if len(leaders) > 1:
        return BOTH_BOOKS
    words = list(dict.fromkeys(row["word"] for row in rows))
    ahead = POWERS.get(leaders.pop(), "")
    if not ahead:
        return words[0]
    return f"{ahead} {' or '.join(words)}, by the book" if len(words) > 1 else f"{ahead} {words[0]}"


def ahead_words(row: Row) -> str:
    """A verdict as a noun phrase: "China several times larger", "about level"."""
    ahead = POWERS.get(compare.leader(row["difference_low"], row["difference_high"]), "")
    if row["word"] == compare.WORDS[-1]:
        said = {"remittances": "from {}", "energy": "to {}"}.get(row["dimension"], "{}’s")
        return f"almost all {said.format(ahead)}"
    level = f"{compare.WORDS[0]} to "
    if row["word"].startswith(level):
        return f"{compare.WORDS[0]}, or {ahead} {row['word'].removeprefix(level)}"
    return f"{ahead} {row['word']}".strip()


def owed_words(share: Row) -> str:
    """Debt as a part of the whole, since a lead of one creditor says nothing of its size."""
    return f"China {amount(share['china'], 'share', 2)} of it, Russia " + (
        f"{amount(share['russia'], 'share', 2)}" if share["russia"] else "none"
    )


def latest(evidence: Evidence, concept: str, year: int | None = None) -> Row | None:
    """The pair of one source for a concept, of a year or the newest."""
    rows = evidence.comparisons
    rows = rows[
        (rows["country"] == evidence.country)
        & (rows["concept"] == concept)
        & (rows["comparable"] != "no")
        & (rows["book"] == "stated")
    ]
    if year:
        rows = rows[rows["period_end"].str.startswith(str(year))]
    return rows.sort_values("period_end").iloc[-1].to_dict() if len(rows) else None


def investment_held(evidence: Evidence) -> Row | None:
    """Direct investment held by both powers at the time of the article, by one source."""
    for year in (PRINTED_YEAR, PRINTED_YEAR - 1):
        if row := latest(evidence, "fdi_stock", year):
            return row
    return None


def trade(evidence: Evidence) -> str:
    """Who trades more in the article's year, on both books, and what a third says."""
    year = PRINTED_YEAR
    partner = evidence.pair("trade_turnover", "partner", year)
    own = evidence.pair("trade_turnover", "own", year)
    reconciled = evidence.pair("trade_turnover", "reconciled", year, "cepii-baci")
    parts = [
        f"In {year}, on China’s and Russia’s own records, {evidence.name} traded goods worth "
        f"{number_link(partner, 'china')} with China and {number_link(partner, 'russia')} with "
        f"Russia: {verdict_link(partner)}."
    ]
    if own:
        parts.append(
            f"On {evidence.name}’s records it was {number_link(own, 'china')} with China and "
            f"{number_link(own, 'russia')} with Russia: {verdict_link(own)}."
        )
        parts.append(_both_books(partner, own))
    else:
        refused = evidence.comparisons
        refused = refused[
            (refused["country"] == evidence.country)
            & (refused["concept"] == "trade_turnover")
            & (refused["book"] == "own")
            & (refused["period_end"] == f"{year}-12-31")
        ]
        reason = refused["reason"].iloc[0].partition(": ")[2] if len(refused) else "not known"
        parts.append(
            f"There is no second book to hold this against: {reason}. Agreement between the two "
            "would therefore prove nothing."
        )
    if reconciled:
        parts.append(
            "An estimate that reconciles both sides (CEPII) has "
            f"{number_link(reconciled, 'china')} and {number_link(reconciled, 'russia')}: "
            f"{verdict_link(reconciled)}."
        )
    return " ".join(parts)


def _both_books(partner: Row, own: Row) -> str:
    word = books_word(partner, own)
    if word == BOTH_BOOKS:
        return f"So who trades more **{word}**."
    ahead = POWERS.get(compare.leader(own["difference_low"], own["difference_high"]), "")
    if partner["word"] == own["word"]:
        return f"Both books agree: **{word}**."
    return f"Both books put **{ahead} ahead**; how far depends on the book."


def trade_since(evidence: Evidence) -> str:
    """When the lead in trade changed hands, on each book."""
    names = {
        "partner": "On China’s and Russia’s records",
        "own": f"On {evidence.name}’s own records",
    }
    parts = []
    for book, said in names.items():
        rows = evidence.comparisons
        rows = rows[
            (rows["country"] == evidence.country)
            & (rows["concept"] == "trade_turnover")
            & (rows["book"] == book)
            & (rows["dataset"] == compare.HEADLINE_TRADE)
            & (rows["comparable"] == "yes")
        ].sort_values("period_end")
        if rows.empty or rows.iloc[-1]["period_end"][:4] < str(LAST_BILATERAL):
            continue
        first, last = (rows.iloc[end]["period_end"][:4] for end in (0, -1))
        changes = evidence.crossings
        changes = changes[
            (changes["country"] == evidence.country)
            & (changes["concept"] == "trade_turnover")
            & (changes["book"] == book)
            & (changes["dataset"] == compare.HEADLINE_TRADE)
        ]
        parts.append(f"{said}, {_changes(changes, rows, first, last)}.")
    return " ".join(parts)


def _changes(changes: pd.DataFrame, rows: pd.DataFrame, first: str, last: str) -> str:
    """Changes of the lead as a clause."""
    ends = [
        POWERS["CHN"] if row["difference"] > 0 else POWERS["RUS"]
        for row in (rows.iloc[0], rows.iloc[-1])
    ]
    span = f"from {first} to {last}"
    steady = rows["difference"].gt(0).nunique() == 1
    if changes.empty:
        if steady:
            return f"which cover {first} to {last}, {ends[1]} traded more in every year"
        return (
            f"no lead changed hands for two years running {span}; {ends[1]} traded more in {last}"
        )
    lasting = changes[changes["lasting"] == "yes"]
    if len(changes) == 1 and len(lasting) == 1:
        change = lasting.iloc[0]
        other = POWERS["RUS" if change["leader"] == "CHN" else "CHN"]
        return (
            f"{POWERS[change['leader']]} passed {other} in {change['year']} and was ahead in every "
            f"year after, to {last}"
        )
    years = [f"{POWERS[row['leader']]} took it in {row['year']}" for _, row in changes.iterrows()]
    return (
        f"the lead changed hands {_count(len(changes))} {span}: {', '.join(years)}; in {last} "
        f"{ends[1]} traded more"
    )


def _count(number: int) -> str:
    words = {1: "once", 2: "twice", 3: "three times", 4: "four times", 5: "five times"}
    return words.get(number, f"{number} times")


def buyer_and_supplier(evidence: Evidence) -> str:
    """Whether each power weighs as a buyer or as a supplier, on each book."""
    parts = []
    for book, said in (("partner", "On the partners’ records"), ("own", "On its own records")):
        pairs = [evidence.pair(flow, book, PRINTED_YEAR) for flow in ("exports", "imports")]
        if not all(pairs):
            continue
        sold, bought = pairs
        parts.append(
            f"{said} of {PRINTED_YEAR}, {evidence.name} sold goods worth "
            f"{number_link(sold, 'china')} to China and {number_link(sold, 'russia')} to Russia "
            f"({verdict_link(sold)}), and bought {number_link(bought, 'china')} from China and "
            f"{number_link(bought, 'russia')} from Russia ({verdict_link(bought)})."
        )
    return " ".join(parts)


def two_books(evidence: Evidence) -> str:
    """How far the two records of the same goods lie apart in the article's year."""
    rows = evidence.mirror
    rows = rows[
        (rows["country"] == evidence.country)
        & (rows["year"] == PRINTED_YEAR)
        & (rows["dataset"] == compare.HEADLINE_TRADE)
    ]
    if rows.empty:
        return (
            f"{evidence.name} publishes no trade by partner of its own, so there is nothing to "
            "hold the partners’ records against."
        )
    lines = []
    for row in rows.to_dict("records"):
        power = POWERS[row["power"]]
        seller, buyer = (
            (evidence.name, power) if row["flow"] == "exports" else (power, evidence.name)
        )
        key = f"m-{row['country']}-{row['power']}-{row['flow']}-{row['year']}".lower()
        sums = [
            f"[{plain(amount(row[side], 'USD', 3))}](#{key})"
            for side in ("exporter_value", "importer_value")
        ]
        line = (
            f"- {seller} to {buyer}: {sums[0]} as {seller} records it and {sums[1]} as {buyer} "
            f"does, [{row['ratio']:.2f}](#{key}) times as much once freight is allowed for"
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
    lead = f"The same goods of {PRINTED_YEAR}, as each side has them:"
    return lead + "\n\n" + "\n".join(lines)


def weight(evidence: Evidence) -> str:
    """Both powers in the country's whole trade, beside the European Union and everyone else."""
    rows = evidence.weights
    rows = rows[
        (rows["country"] == evidence.country)
        & (rows["measure"] == "turnover")
        & (rows["year"] == PRINTED_YEAR)
        & (rows["dataset"] == compare.WORLD_TRADE)
    ].set_index("book")
    book = "own" if "own" in rows.index else "partner"
    row = rows.loc[book]
    whose = f"{evidence.name}’s own records" if book == "own" else "its partners’ records"
    key = f"#w-{evidence.country}-turnover-{PRINTED_YEAR}-{book}".lower()
    parts = {
        "China": row["china"],
        "Russia": row["russia"],
        "the European Union": row["european_union"],
        "everyone else": row["rest"],
    }
    shares = [f"{name} [{share:.0%}]({key})" for name, share in parts.items()]
    text = f"Of all its trade in goods in {PRINTED_YEAR}, on {whose}: {listed(shares)}."
    if row["listed"] < 0.95:
        text += (
            f" Only [{row['listed']:.0%}]({key}) of the whole is listed by partner, so everyone "
            "else holds what is not."
        )
    ratios = [
        pair
        for vintage in compare.GDP_YEARS
        if (pair := evidence.pair("trade_to_gdp", book, PRINTED_YEAR, f"worldbank-wdi-{vintage}"))
    ]
    if ratios:
        shown = {
            tuple(amount(pair[side], "share", digits_for(pair)) for side in ("china", "russia"))
            for pair in ratios
        }
        said = " or ".join(
            f"{number_link(pair, 'china')} and {number_link(pair, 'russia')} "
            f"(GDP edition of {pair['dataset'].removeprefix('worldbank-wdi-')})"
            for pair in (ratios[:1] if len(shown) == 1 else ratios)
        )
        text += f" Measured by GDP, trade with China and with Russia came to {said}."
    return text


def debt(evidence: Evidence) -> str:
    """What the country owes each power, in the article's year and in the newest."""
    parts = []
    newest = latest(evidence, "debt_owed")
    years = [PRINTED_YEAR] + ([int(newest["period_end"][:4])] if newest else [])
    for year in dict.fromkeys(years):
        owed = evidence.pair("debt_owed", "stated", year, compare.HEADLINE_DEBT)
        share = evidence.pair("debt_share", "stated", year, compare.HEADLINE_DEBT)
        if not owed or not share:
            continue
        russian = (
            f"and Russia {number_link(owed, 'russia')}" if owed["russia"] else "and Russia nothing"
        )
        parts.append(
            f"At the end of {year} {evidence.name} owed China {number_link(owed, 'china')} "
            f"{russian}, which is {number_link(share, 'china')} and "
            f"{number_link(share, 'russia')} of its public external debt: "
            + (
                verdict_link(owed)
                if owed["russia"]
                else f"[of the two, China alone is a creditor](#c-{owed['comparison_id']})"
            )
            + "."
        )
        ratio = evidence.pair("debt_to_gdp", "stated", year, compare.HEADLINE_WDI)
        rows = evidence.weights
        whole = rows[
            (rows["country"] == evidence.country)
            & (rows["measure"] == "debt")
            & (rows["year"] == year)
        ].iloc[0]
        key = f"#w-{evidence.country}-debt-{year}-stated".lower()
        said = "The whole is spread as if over "
        said += f"[{1 / whole['concentration_low']:.1f}]({key}) creditors of equal size."
        if ratio:
            said = f"What China is owed equals {number_link(ratio, 'china')} of GDP. {said}"
        parts.append(said)
    parts.append(
        "The World Bank counts debt of the state and debt that it guarantees. Loans to private "
        "firms without a guarantee, credit of the International Monetary Fund and swap lines are "
        "left out."
    )
    return " ".join(parts)


# Shares whose sums stand on the same page.
_TOLD_BY_SUMS = ("fdi_share", "fdi_stock_share")


def stated(evidence: Evidence, *dimensions: str) -> str:
    """Pairs that one recorder gives for both powers, beyond the article."""
    rows = evidence.comparisons
    rows = rows[
        (rows["country"] == evidence.country)
        & rows["dimension"].isin(dimensions)
        & (rows["book"] == "stated")
        & (rows["comparable"] != "no")
        & rows["china_ids"].isin(evidence.figures["figure_id"])
        & ~rows["concept"].isin(_TOLD_BY_SUMS)
    ]
    if rows.empty:
        return ""
    lines = [
        f"- {comparison_sentence(row, evidence)}{_condition(row)}"
        for row in rows.to_dict("records")
    ]
    return "Where like figures are known for both powers:\n\n" + "\n".join(lines)


def investment(evidence: Evidence) -> str:
    """Direct investment where one source has both powers: statistics first, then stated pairs."""
    parts = []
    years = [PRINTED_YEAR - 1, PRINTED_YEAR, PRINTED_YEAR + 1, 2021]
    pairs = [
        pair for year in years if (pair := evidence.pair("fdi_stock", "stated", year, "nbk-fdi"))
    ]
    if pairs:
        said = "; ".join(
            f"at the end of {pair['period_end'][:4]} China’s {number_link(pair, 'china')} and "
            f"Russia’s {number_link(pair, 'russia')} ({verdict_link(pair)})"
            for pair in pairs
        )
        parts.append(
            f"The National Bank of Kazakhstan has what each power held, in euros: {said}. Its "
            "yearly flows are net and often negative, so they have no lead to tell."
        )
    if lines := stated(evidence, "investment"):
        parts.append(lines)
    if not parts:
        parts.append(
            f"No source seen gives Chinese and Russian investment in {evidence.name} side by side."
        )
    return "\n\n".join(parts)


def money_home(evidence: Evidence) -> str:
    """Money sent home from each power, what all of it comes to, and who counts it how."""
    parts = []
    for year in (PRINTED_YEAR, 2018):
        if pair := evidence.pair("remittances", "stated", year, "knomad-matrices"):
            parts.append(
                f"The World Bank’s model puts money sent home in {year} at "
                f"{number_link(pair, 'china')} from China and {number_link(pair, 'russia')} from "
                f"Russia: {verdict_link(pair)}."
            )
    if not parts:
        refused = evidence.comparisons
        refused = refused[
            (refused["country"] == evidence.country)
            & (refused["concept"] == "remittances")
            & (refused["dataset"] == "knomad-matrices")
        ]
        if len(refused):
            row = refused.iloc[0].to_dict()
            parts.append(
                f"The World Bank’s model has {number_link(row, 'russia')} from Russia in "
                f"{row['period_end'][:4]} and no row for China: missing, not nought."
            )
    received = evidence.indicators
    received = received[
        (received["country"] == evidence.country) & (received["year"] == PRINTED_YEAR)
    ].pivot_table(index="vintage", columns="indicator", values="value", aggfunc="first")
    if {"remittances_received", "gdp"} <= set(received.columns):
        ratio = (received["remittances_received"] / received["gdp"]).dropna()
        if len(ratio):
            said = " and ".join(
                f"[{amount(share, 'share', 2)}]"
                f"(#i-{evidence.country.lower()}-remittances-{vintage}) (edition of {vintage})"
                for vintage, share in ratio.items()
            )
            parts.append(f"From all countries together it came to {said} of GDP in {PRINTED_YEAR}.")
    transfers = evidence.figures
    transfers = transfers[
        (transfers["country"] == evidence.country)
        & transfers["indicator"].isin(["transfers_cbr", "transfers_received"])
        & (transfers["role"] == "")
    ]
    if len(transfers):
        said = "; ".join(
            f"{figure_link(row)} {when(row['period_printed'])} by {_counter(row)}"
            for row in transfers.sort_values("period_end").to_dict("records")
        )
        parts.append(
            f"Transfers from Russia as banks count them, which is another thing and is never "
            f"joined to the model: {said}."
        )
    return "\n\n".join(parts) or (
        f"No source seen has money sent to {evidence.name} by sending country."
    )


def _counter(transfer: Row) -> str:
    if transfer["indicator"] == "transfers_cbr":
        return "the Bank of Russia"
    return "a Russian official" if transfer["reporter"] == "RUS" else "the receiving side"


def one_side_now(evidence: Evidence) -> str:
    """Chinese customs figures of the years since, as one side's book and nothing more."""
    rows = evidence.figures
    rows = rows[
        (rows["country"] == evidence.country)
        & (rows["indicator"] == "trade_turnover")
        & (rows["power"] == "CHN")
        & (rows["reporter"] == "CHN")
        & (rows["period_end"] > f"{LAST_BILATERAL}-12-31")
    ].sort_values("period_end")
    if rows.empty:
        return ""
    said = ", ".join(
        f"{figure_link(row)} {when(row['period_printed'])}" for row in rows.to_dict("records")
    )
    return (
        f"China’s customs put its trade with {evidence.name} at {said}. That is one side’s book; "
        "no Russian figure of the same kind stands beside it here."
    )


def what_would_change(evidence: Evidence) -> str:
    """What would have to be known for another verdict: the book, the year, the missing side."""
    lines = []
    pairs = [
        pair
        for book, dataset in (("partner", ""), ("own", ""), ("reconciled", "cepii-baci"))
        if (pair := evidence.pair("trade_turnover", book, PRINTED_YEAR, dataset))
    ]
    least, most = (choose(pairs, key=lambda row: row["difference"]) for choose in (min, max))
    lines.append(
        "- **The book.** From one record to another, D for trade in "
        f"{PRINTED_YEAR} runs from [{signed(least['difference'])}](#c-{least['comparison_id']}) to "
        f"[{signed(most['difference'])}](#c-{most['comparison_id']}). A reason to trust one record "
        "over the other would settle who is ahead, or by how much."
    )
    later = evidence.pair("trade_turnover", "partner", LAST_BILATERAL)
    lines.append(
        f"- **The year.** In {LAST_BILATERAL}, on China’s and Russia’s records: "
        f"{verdict_link(later)}."
    )
    missing = [
        words
        for words, row in (
            ("direct investment held by both", investment_held(evidence)),
            ("money sent home from both", latest(evidence, "remittances", PRINTED_YEAR)),
        )
        if not row
    ]
    if missing:
        lines.append(f"- **The missing side.** A like pair of figures for {listed(missing)}.")
    return "\n".join(lines)


READER_NOTES = (
    "Tables of trade by both sides end in 2020 here. Later sums are single statements, each one "
    "side’s.",
    "Trade since 2022 is bent by sanctions: goods bound for Russia pass through its neighbours and "
    "count as theirs.",
    "Uzbekistan’s official exchange rate until September 2017 made its output look larger in "
    "dollars than it was, so ratios to GDP of 2016 are too low; two editions of its GDP differ by "
    "nearly half.",
    "Turkmenistan publishes no trade by partner. What tables show as its records is worked out "
    "from its partners’.",
    "The rouble had lost half its value by 2016, so Russia’s trade in dollars was low that year.",
)

GLOSSARY = {
    "Book": "one coherent way of recording: the partners’, the country’s own, or a reconciled one",
    "Mirror statistics": "the same goods as the seller and as the buyer record them",
    "Turnover": "exports and imports together",
    "Flow": "what moves over a period, such as a year’s trade",
    "Stock": "what there is at a date, such as debt owed",
    "Public and publicly guaranteed debt": "what the state owes abroad, and what it vouches for",
    "D": "(China − Russia) / (China + Russia), from −1 to +1",
}


def reader_notes() -> str:
    """What a reader must be told once."""
    return "\n".join(f"- {note}" for note in READER_NOTES)


def glossary() -> str:
    """The terms of the page, each in a line."""
    return "\n".join(f"- **{term}**: {meaning}." for term, meaning in GLOSSARY.items())


def interval_words(low: float, high: float, unit: str) -> str:
    """An interval in the unit that a reader would choose: "$12.85 billion to $12.95 billion"."""
    if np.isnan(low) and np.isnan(high):
        return "no number"
    if low == high:
        return amount(low, unit)
    if np.isnan(high):
        return f"{amount(low, unit)} or more"
    return f"{amount(low, unit)} to {amount(high, unit)}"


def amount(value: float, unit: str, digits: int = 4) -> str:
    """A number with its unit, to so many digits."""
    if unit in ("share", "ratio"):
        return f"{value * 100:.{digits}g}%"
    scaled, scale = value, ""
    for size, name in ((1e9, " billion"), (1e6, " million")):
        if abs(value) >= size:
            scaled, scale = value / size, name
            break
    number = f"{scaled:.{digits}g}"
    if "e" in number or abs(scaled) >= 1000:
        number = f"{float(number):,.0f}"
    sign = {"USD": "$", "EUR": "€"}.get(unit, "")
    return f"{sign}{number}{scale}{' cubic metres' if unit == 'm3' else ''}"


def span_words(low: float, high: float) -> str:
    """An interval of D; one number where its ends are one."""
    return signed(low, 3) if low == high else f"{signed(low, 3)} to {signed(high, 3)}"


def short_name(row: Row) -> str:
    """What a comparison is about, and its period."""
    period = when(row["china_period"] or row["russia_period"] or row["period_end"][:4])
    return f"{schema.INDICATORS[row['concept']].split(',')[0]} {period}".rstrip()


def signed(number: float, digits: int = 2) -> str:
    """A D with its sign; what rounds to nought has none."""
    text = f"{number:+.{digits}f}"
    return text.replace("-", "−") if float(text) else text[1:]


def listed(names: list[str]) -> str:
    """Names as a sentence lists them."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def trade_word(evidence: Evidence, year: int = PRINTED_YEAR) -> str:
    """Who trades more, by the books that there are."""
    return books_word(*(evidence.pair("trade_turnover", book, year) for book in ("partner", "own")))
