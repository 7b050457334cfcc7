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
from analysis.sources import citing, load_sources, source_line

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
    checks: pd.DataFrame
    sources: dict[str, dict[str, Any]]


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
    tables = {
        name: schema.load_table(name, processed) for name in ("figures", "comparisons", "checks")
    }
    figures = tables["figures"][tables["figures"]["country"].isin(areas)]
    ids = set(figures["figure_id"])
    checks = tables["checks"]
    return Evidence(
        country,
        COUNTRIES[country],
        figures,
        tables["comparisons"][tables["comparisons"]["country"].isin(areas)],
        checks[[bool(ids & set(subject.split())) for subject in checks["subject"]]],
        load_sources(raw / "sources.yml")[0],
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
    """Words from a table as Markdown that shows just them: no markup, and $ begins no formula."""
    return re.sub(r"([\\`*_\[\]$#|~])", r"\\\1", escape(words, quote=False))


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
        return f"almost all of it is {ahead}’s"
    if word.startswith(compare.WORDS[0]):
        return f"the two are about level, or {ahead}’s is {word.removeprefix('about level to ')}"
    return f"{ahead}’s is {word}"


def times(comparison: Row) -> str:
    """How many times the larger is of the smaller, where that is 1.5 or more at both ends."""
    ends = np.abs([comparison["difference_low"], comparison["difference_high"]])
    same_side = comparison["difference_low"] * comparison["difference_high"] > 0
    if not same_side or ends.max() >= 1 or np.isnan(ends).any():
        return ""
    low, high = sorted((1 + ends) / (1 - ends))
    if low < 1.5:
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
        f"{_capital(phrase(china))} was put at {figure_link(china)} {when(china['period_printed'])}"
        f", {phrase(russia)} at {figure_link(russia)}"
    )
    if china["period_printed"] != russia["period_printed"]:
        said += f" {when(russia['period_printed'])}"
    factor = times(comparison)
    outcome = f"{verb(comparison)}{f', {factor}' if factor else ''}"
    link = f"[{outcome}](#c-{comparison['comparison_id']})"
    return f"{said}: {link}."


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def one_sided_sentence(figure: Row, nothing_for: str = "") -> str:
    """A figure that nothing can be set against: what it is, when, and nothing more."""
    period = f" {when(figure['period_printed'])}" if figure["period_printed"] else ""
    said = f"{_capital(phrase(figure).rstrip(','))}{period}: {figure_link(figure)}"
    if figure["attribution"]:
        whose = figure["attribution"]
        said += " (as reported)" if whose == "reportedly" else f" (as stated by {plain(whose)})"
    note = f". {plain(figure['note'])}" if figure["note"] else ""
    missing = f" Nothing comparable is given for {nothing_for}." if nothing_for else ""
    return f"{said}{note}.{missing}"


def section(evidence: Evidence, *dimensions: str) -> str:
    """What the printed figures say about one kind of tie.

    Comparisons come first, each with its verdict; then the figures that stand alone, in a
    list. Where nothing is printed, one sentence says so.

    Args:
        evidence: what the page rests on.
        dimensions: one or more of ``schema.DIMENSIONS``.
    """
    here = evidence.comparisons[
        evidence.comparisons["dimension"].isin(dimensions)
        & (evidence.comparisons["country"] == evidence.country)
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


def verdict(evidence: Evidence) -> str:
    """The page's answer in one sentence: each comparable tie with its word."""
    clauses = [
        f"{_short(row)}: {verb(row)}"
        for row in evidence.comparisons.to_dict("records")
        if row["country"] == evidence.country and row["comparable"] != "no"
    ]
    refused = sum(
        (evidence.comparisons["country"] == evidence.country)
        & (evidence.comparisons["comparable"] == "no")
    )
    return (
        f"**On the article’s own figures, in {evidence.name}:** "
        + "; ".join(clauses)
        + f". Another {refused} printed figures have no like figure on the other side, so they "
        "say how much, not who weighs more."
    )


def interval_words(low: float, high: float, unit: str) -> str:
    """An interval in the unit that a reader would choose: "$12.85 billion to $12.95 billion"."""
    if np.isnan(low) and np.isnan(high):
        return "no number"
    if low == high:
        return amount(low, unit)
    if np.isnan(high):
        return f"{amount(low, unit)} or more"
    return f"{amount(low, unit)} to {amount(high, unit)}"


def amount(value: float, unit: str) -> str:
    """A number with its unit, to four digits."""
    if unit in ("share", "ratio"):
        return f"{value * 100:.4g}%"
    scaled, scale = value, ""
    for size, name in ((1e9, " billion"), (1e6, " million")):
        if abs(value) >= size:
            scaled, scale = value / size, name
            break
    number = f"{scaled:.4g}" if scale or abs(scaled) < 1000 else f"{scaled:,.0f}"
    sign = {"USD": "$", "EUR": "€"}.get(unit, "")
    return f"{sign}{number}{scale}{' cubic metres' if unit == 'm3' else ''}"


def html_table(caption: str, columns: list[str], rows: list[tuple[str, list[str]]]) -> str:
    """A table as HTML: a caption, header cells with a scope, and an id a row to link to.

    Args:
        caption: what the table holds.
        columns: the headings.
        rows: the id of each row (empty for none) and its cells as plain text, which is escaped.
    """
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(
        f"<tr{f' id={chr(34)}{escape(row_id)}{chr(34)}' if row_id else ''}>"
        + f'<th scope="row">{escape(cells[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells[1:])
        + "</tr>\n"
        for row_id, cells in rows
    )
    return (
        # JupyterLab would take what stands between two dollar signs for a formula.
        f'<table class="mathjax_ignore tex2jax_ignore"><caption>{escape(caption)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table>"
    )


def figures_table(evidence: Evidence) -> str:
    """Every figure that the page rests on: its words, what they allow, and where it stands."""
    rows = []
    for figure in evidence.figures.to_dict("records"):
        about = phrase(figure).rstrip(",")
        if figure["period_printed"]:
            about += f", {when(figure['period_printed'])}"
        cited = [
            source_line(key, evidence.sources)
            for key in citing(figure["locator"], evidence.sources)
        ]
        origin = source_line(figure["source_id"], evidence.sources)
        place = f"{origin}: {figure['locator']}"
        if cited:
            place += f", citing {'; '.join(cited)}"
        rows.append(
            (
                f"f-{figure['figure_id']}",
                [
                    f"“{figure['printed']}”",
                    _capital(about),
                    schema.AREAS[figure["country"]],
                    interval_words(figure["low"], figure["high"], figure["unit"]),
                    figure["note"],
                    place,
                ],
            )
        )
    return html_table(
        f"Every figure behind this page on {evidence.name}, with those for the whole region",
        ["As printed", "What it is", "Where", "What the words allow", "Note", "Source"],
        rows,
    )


def comparisons_table(evidence: Evidence) -> str:
    """Every comparison drawn on the page, with both figures, D and its interval."""
    rows = [
        (
            f"c-{row['comparison_id']}",
            [
                f"{_capital(_short(row))} ({schema.AREAS[row['country']]})",
                interval_words(row["china_low"], row["china_high"], row["unit"]),
                interval_words(row["russia_low"], row["russia_high"], row["unit"]),
                f"{row['difference_low']:+.3f} to {row['difference_high']:+.3f}",
                row["word"],
                row["reason"],
            ],
        )
        for row in evidence.comparisons.to_dict("records")
        if row["comparable"] != "no"
    ]
    return html_table(
        "Like with like: the pairs that can be compared",
        ["What", "China", "Russia", "D, least to most", "In words", "On condition that"],
        rows,
    )


def refusals_table(evidence: Evidence) -> str:
    """What cannot be compared, and why, one row a pair or a figure that stands alone."""
    figures = evidence.figures.set_index("figure_id", drop=False)
    rows = []
    for row in evidence.comparisons.to_dict("records"):
        if row["comparable"] != "no":
            continue
        sides = [
            f"“{figures.loc[row[f'{side}_ids'], 'printed']}”" if row[f"{side}_ids"] else "—"
            for side in ("china", "russia")
        ]
        what = _capital(schema.INDICATORS[row["concept"]])
        rows.append(
            (
                f"c-{row['comparison_id']}",
                [f"{what} ({schema.AREAS[row['country']]})", *sides, row["reason"]],
            )
        )
    return html_table(
        "Refused: what is not set against each other, and the reason",
        ["What", "China", "Russia", "Why not"],
        rows,
    )


def checks_table(evidence: Evidence) -> str:
    """The arithmetic that this page's figures were held to."""
    rows = [
        (
            f"k-{row['check_id']}",
            [
                _capital(row["kind"]),
                row["expected"],
                row["found"],
                row["outcome"],
                row["explanation"],
            ],
        )
        for row in evidence.checks.to_dict("records")
    ]
    return html_table(
        "Arithmetic between the printed figures",
        ["Check", "Expected", "Found", "Outcome", "What to make of it"],
        rows,
    )


def _short(row: Row) -> str:
    year = row["period_end"][:4]
    return f"{schema.INDICATORS[row['concept']].split(',')[0]} in {year}"


def index_page(processed: Path = PROCESSED, raw: Path = RAW) -> dict[str, Any]:
    """What the first page says: the answer in a sentence, and a finding a country."""
    pages = [evidence(country, processed, raw) for country in COUNTRIES]
    region = next(
        (
            row
            for row in pages[0].comparisons.to_dict("records")
            if row["country"] == "REGION" and row["comparable"] == "yes"
        ),
        None,
    )
    lede = (
        "How does China’s economic weight compare with Russia’s in each of the five countries of "
        "Central Asia, and how sure can anyone be? These pages take the figures of one widely "
        "read article and set against each other only those that measure the same thing."
    )
    if region:
        lede += (
            f"\n\n**For the five together, trade in {region['period_end'][:4]} as the article "
            f"prints it came to {plain(amount(region['china'], 'USD'))} with China and "
            f"{plain(amount(region['russia'], 'USD'))} with Russia: {verb(region)}.**"
        )
    compared = sum(
        (page.comparisons["country"] == page.country).to_numpy()
        @ (page.comparisons["comparable"] != "no").to_numpy()
        for page in pages
    )
    notes = (
        f"The article’s figures allow {compared} comparisons in the five countries. Everything "
        "else it prints stands alone: it tells of one power and of nothing that the other could "
        "be held to. Its trade figures mix the records of several countries, so a lead in them "
        "is a lead on paper until the countries’ own books have been seen."
    )
    return {
        "title": "China and Russia in Central Asia: whose weight, by whose books",
        "lede": lede,
        "reports": [(page.name.lower(), page.name, verdict(page)) for page in pages],
        "notes": notes,
    }
