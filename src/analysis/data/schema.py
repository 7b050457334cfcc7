"""Columns, types, rules and descriptions of every table, in one place.

The same definition validates a table (pandera), describes it to a reader
(``codebook.csv``) and to a program (``datapackage.json``, Frictionless), so the three
cannot drift apart.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from analysis.config import COUNTRIES, PART, POWERS

ID_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
_ID = {"pattern": ID_PATTERN, "words": "a name in lower case with hyphens"}
# A year's output of the whole world is about 1e14 dollars; nothing here can pass ten times that.
LARGEST = 1e15
# The longest cell that is not a slip, such as a quotation mark that was never closed.
LONGEST = 2000
DATE_PATTERN = r"^(?:\d{4}-\d{2}-\d{2})?$"

AREAS = {**COUNTRIES, "REGION": "all five together", "WLD": "the world"}

DIMENSIONS = {
    "trade": "goods bought and sold between two countries",
    "investment": "direct investment, flows and stocks",
    "credit": "loans committed",
    "debt": "public debt owed, and written off",
    "remittances": "money sent home by people working abroad",
    "labour": "people working or studying abroad",
    "energy": "gas, oil and power",
    "aid": "grants and assistance",
    "pledges": "agreements and packages announced",
    "institutions": "banks and funds with members or uses beyond the region",
    "other": "figures that serve as context",
}

NATURES = {
    "flow": "over a period",
    "stock": "at a date",
    "cumulative": "added up over several years",
    "share": "part of a whole",
    "ratio": "relative to GDP; may pass 1",
    "rank": "place in an order",
    "volume": "physical amount over a period",
    "count": "number of things or people",
}

STATUSES = {
    "realised": "happened",
    "outstanding": "owed or held at a date",
    "committed": "signed, not known to be paid",
    "announced": "said, not known to be signed in this amount",
    "target": "hoped for",
    "estimate": "estimated by the source",
}

STATES = {
    "value": "a number or a bound was printed",
    "observed_zero": "the source says that there was none",
    "not_reported": "the source speaks of it without a number",
    "not_applicable": "the question does not arise",
}

COVERAGES = {
    "bilateral": "between the country and the power",
    "all_sources": "from or to all countries together",
    "regional": "the five countries together, not split",
    "worldwide": "a body or fund whose money is not for the region alone",
}

UNITS = {
    "USD": "US dollars, nominal",
    "EUR": "euros, nominal",
    "share": "fraction of a whole, 0 to 1",
    "ratio": "fraction of GDP; may pass 1",
    "m3": "cubic metres",
    "persons": "people",
    "count": "number of things",
    "rank": "place in an order, 1 is first",
}

# What a figure measures. Two figures are alike only if they share this word, so a word is
# split as soon as two sources mean different things by it. Label: how a sentence names it.
INDICATORS = {
    "trade_turnover": "trade in goods, exports and imports together",
    "exports": "goods sold to the power",
    "imports": "goods bought from the power",
    "trade_rank": "place among trading partners",
    "trade_target": "trade hoped for",
    "trade_to_gdp": "trade in goods, as a share of GDP",
    "trade_share": "share of the country's trade in goods",
    "trade_gap": "how far two sides' records of trade lie apart",
    "trade_fall": "fall of trade over the year",
    "fdi_flow": "direct investment in a period",
    "fdi_flow_gross": "direct investment in a period, before money taken out",
    "fdi_stock": "direct investment held at a date",
    "fdi_stock_edb": "direct investment held, by owner, as a development bank counts it",
    "fdi_stock_region_share": "share of direct investment held from a bank's region",
    "fdi_stock_mofcom": "direct investment held, as China's ministry of commerce counts it",
    "fdi_stock_share": "share of direct investment held at a date",
    "fdi_outflow": "direct investment sent, as the sending side counts it",
    "fdi_share": "share of direct investment",
    "investment_cumulative": "investment added up over years",
    "investment_share": "share of foreign investment",
    "investment_and_loans_share": "share of foreign investment and loans in fixed capital",
    "investment_and_loans_cumulative": "investment and loans added up over years",
    "investment_pledged": "investment promised",
    "trade_deals": "trade contracts announced",
    "investment_rank": "place among foreign investors",
    "project_cost": "cost of a project",
    "project_plan": "investment planned in a project",
    "project_paid": "money put into a project",
    "acquisition": "price of a stake",
    "stake": "share of a company",
    "buyers": "companies that bought a stake",
    "loans_committed": "loans committed",
    "loans_sought": "loans asked for",
    "swap_line": "currency swap line",
    "debt_owed": "public external debt owed",
    "debt_share": "share of public external debt",
    "external_debt": "public external debt owed to all",
    "debt_to_gdp": "public external debt owed, as a share of GDP",
    "debt_written_off": "debt written off",
    "remittances": "money sent home by migrants",
    "transfers_cbr": "transfers by people, as the Bank of Russia counts them",
    "transfers_received": "transfers received from abroad, as the receiving side counts them",
    "transfers_growth": "growth of transfers over the year",
    "remittances_to_gdp": "money sent home, as a share of GDP",
    "migrants": "people working abroad",
    "population": "people living in the country",
    "naturalised": "migrants given citizenship or work rights",
    "students": "students abroad",
    "scholarships": "students on state scholarships",
    "joint_ventures": "companies and joint ventures",
    "gas_exports": "gas sold by pipeline",
    "gas_exports_value": "value of gas sold by pipeline",
    "gas_exports_total": "gas sold to all buyers",
    "oil_output_share": "share of oil output controlled",
    "oil_fields": "oil fields with a stake",
    "pipelines": "pipelines",
    "power_plants": "power plants planned",
    "contract_value": "value of a contract",
    "agreements_value": "value of agreements",
    "agreements_count": "number of agreements",
    "aid": "aid",
    "committed_money": "money committed or promised",
    "fund_size": "size of a fund",
    "bank_capital": "capital of a bank",
    "capital_subscribed": "part of a bank's capital subscribed",
    "shareholder_rank": "place among shareholders",
    "capital_share": "share of a bank's capital",
    "vote_share": "share of a bank's votes",
    "military_spending": "military spending",
    "military_spending_to_gdp": "military spending, as a share of GDP",
}

# How a figure stands to the one that its related_id names.
ROLES = {
    "share_of": "this share, of the related total",
    "share_for": "this share is what the related amount makes of a total that is not printed",
    "part_of": "a part of the related whole",
    "summand_of": "one of the parts that the related figure is the sum of",
    "whole": "the whole of which the related figure is a part",
    "growth_of": "the growth that led up to the related figure, from its earlier end",
    "earlier": "the earlier end of a growth whose later end is the related figure",
    "same_as": "the same fact as the related figure, printed a second time",
    "included_in": "already counted in the related figure, so the two must not be added",
    "promise_beside": "a promise, printed beside the related delivery",
    "rank_of": "the rank that goes with the related value",
    "addition_to": "an amount that comes on top of the related one",
    "source_of": "what the page that the article cites has for the related figure",
    "outcome_of": "what the related plan or announcement is said to have come to",
}


@dataclass(frozen=True)
class Fault:
    """One thing wrong with the raw data, told so that a reader can mend it."""

    file: str
    row: int | str
    column: str
    found: str
    valid: str


class RawDataError(Exception):
    """The raw data cannot be used. ``faults`` lists everything that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(
            "\n".join(
                f"{f.file}, row {f.row}, {f.column}: found {f.found!r}; valid: {f.valid}"
                for f in faults
            )
        )
        self.faults = faults

    def __reduce__(self) -> tuple[type[RawDataError], tuple[list[Fault]]]:
        """Travel from a worker process with the faults, not with their text."""
        return RawDataError, (self.faults,)


def allowed_words(words: Iterable[str]) -> str:
    """The permitted values of a cell, as a fault's message gives them."""
    return "one of " + ", ".join(words)


def _is_visible(cells: pd.Series) -> pd.Series:
    """No control or invisible character, none that was lost in a conversion, no odd space."""
    shown = cells.map(str.isprintable).astype(bool) & ~cells.str.contains("\ufffd", regex=False)
    return shown & (cells == cells.str.strip(" "))


def _is_no_formula(cells: pd.Series) -> pd.Series:
    """Nothing that a spreadsheet would reckon when it opens a table of ours.

    A spreadsheet set to another country splits cells at semicolons, so what follows one counts
    as the start of a cell too. The second half of the signs are the full-width ones.
    """
    return ~cells.str.contains(r"(?:^|;)[ \"']*[=+@\-＝＋＠－]", regex=True)


def _is_short(cells: pd.Series) -> pd.Series:
    return cells.str.len() <= LONGEST


_TEXT_CHECKS = [
    pa.Check(
        _is_visible,
        error="text without invisible, control or lost characters, and no space at its ends",
    ),
    pa.Check(
        _is_no_formula, error="text that a spreadsheet takes for no formula: no = + - @ first"
    ),
    pa.Check(_is_short, error=f"at most {LONGEST} characters (was a quotation mark left open?)"),
]


def _fits(pattern: str) -> Callable[[pd.Series], pd.Series]:
    return lambda cells: cells.str.fullmatch(pattern)


def _is_number(pattern: str) -> Callable[[pd.Series], pd.Series]:
    """Numbers in plain digits that are no larger than anything here can be."""

    def check(cells: pd.Series) -> pd.Series:
        fits = cells.str.fullmatch(pattern)
        return fits & (cells.where(fits, "0").astype(float).abs() <= LARGEST)

    return check


def _column(
    description: str,
    dtype: type = str,
    *,
    allowed: dict[str, str] | list[str] | None = None,
    optional: bool = False,
    pattern: str | None = None,
    words: str = "",
    numeric: bool = False,
    low: float | None = None,
    high: float | None = None,
    unique: bool = False,
    unit: str = "",
) -> pa.Column:
    """One column. Text is never null (missing is the empty string); numbers may be.

    ``words`` say what fits the pattern, ``numeric`` that it is the digits of a number. Text with
    neither a pattern nor a list may be any that a page and a spreadsheet can show as it stands.
    """
    checks = []
    if allowed is not None:
        values = ([""] if optional else []) + list(allowed)
        valid = allowed_words(value or "(empty)" for value in values)
        checks.append(pa.Check.isin(values, error=valid))
    elif pattern is not None:
        rule = _is_number if numeric else _fits
        checks.append(pa.Check(rule(pattern), error=words or f"text that fits {pattern}"))
    elif dtype is str:
        if not optional:
            checks.append(pa.Check.str_length(min_value=1, error="some text, not an empty cell"))
        checks += _TEXT_CHECKS
    if low is not None:
        checks.append(pa.Check.ge(low, error=f"a number not below {low}"))
    if high is not None:
        checks.append(pa.Check.le(high, error=f"a number not above {high}"))
    return pa.Column(
        dtype,
        checks,
        nullable=dtype is float and optional,
        unique=unique,
        coerce=False,
        description=description,
        metadata={"unit": unit, "optional": optional, "allowed": list(allowed or [])},
    )


@dataclass(frozen=True)
class Table:
    """A table: its columns are a pandera schema, its key is what no two rows share."""

    name: str
    title: str
    description: str
    schema: pa.DataFrameSchema
    key: tuple[str, ...]


def _table(
    name: str, title: str, description: str, key: list[str], /, **columns: pa.Column
) -> Table:
    schema = pa.DataFrameSchema(columns, name=name, strict=True, ordered=True, unique=key)
    return Table(name, title, description, schema, tuple(key))


_AREA = {"allowed": AREAS}

RAW_FIGURES = _table(
    "raw_figures",
    "Figures as printed",
    "One row a figure of the article (article.csv) or of a page it can be held against "
    "(elsewhere.csv), transcribed by hand.",
    ["figure_id"],
    figure_id=_column("name of the figure, lower case with hyphens", **_ID),
    locator=_column("where in the source it stands"),
    printed=_column("the figure's words exactly as printed, nothing more"),
    period_printed=_column(
        "the period's words as printed; empty where none is given", optional=True
    ),
    country=_column("whose economy it is about", **_AREA),
    power=_column("the power it speaks of; empty for neither", allowed=POWERS, optional=True),
    counterpart=_column("who else it speaks of", optional=True),
    dimension=_column("which kind of tie", allowed=DIMENSIONS),
    indicator=_column("what it measures; for compound words one each, as in a; b"),
    nature=_column("what kind of number it is", allowed=NATURES),
    status=_column("whether it happened", allowed=STATUSES),
    unit=_column("unit that the words must parse to", allowed=UNITS),
    reporter=_column("who recorded it, where that is known", optional=True),
    coverage=_column("which partners it takes in", allowed=COVERAGES),
    price_basis=_column("nominal, or constant with its year; empty for no money", optional=True),
    attribution=_column("whose word the source gives it as; empty for its own", optional=True),
    source_id=_column("entry of sources.yml", **_ID),
    related_id=_column("figure that it is tied to; empty for none", optional=True),
    role=_column("how it stands to that figure", allowed=ROLES, optional=True),
    note=_column("what a reader must know about it, in our words", optional=True),
)

_DATASET = {"pattern": r"^[a-z0-9]+$", "words": "lower-case letters and figures"}
_COUNTRY_CODE = {
    "pattern": r"^[A-Z]{3}$",
    "words": "three capitals, as ISO 3166 has them, such as KAZ or CHN",
}
_YEAR = {
    "pattern": r"^(?:199[0-9]|20[0-9]{2})$",
    "words": "a year in four digits, from 1990 to 2099",
}
_DIGITS = r"[0-9]{1,16}(?:\.[0-9]{1,20})?(?:[eE][+-]?[0-9]{1,2})?$"
_DIGITS_WORDS = "in plain figures: a point before decimals, nothing between thousands, up to 1e15"
_NUMBER = {"pattern": f"^-?{_DIGITS}", "numeric": True, "words": f"a number {_DIGITS_WORDS}"}
_SUM = {
    "pattern": f"^{_DIGITS}",
    "numeric": True,
    "words": f"a number not below nought, {_DIGITS_WORDS}",
}
_SOURCE_ID = _ID

FLOWS = {
    "exports": "goods sold by the country to the power",
    "imports": "goods bought by the country from the power",
    "turnover": "exports and imports together",
}

# How a trade record came about. Only what a state recorded itself makes a book.
EVIDENCE = {
    "reported": "recorded by the reporter itself",
    "derived": "worked out from the partner's record",
    "imputed": "filled in by a fixed ratio",
    "estimated": "estimated by the publisher",
    "reconciled": "both sides' records brought together",
    "unverified": "of a kind found to be derived in other years",
}

_TRADE_COLUMNS = {
    "dataset": _column(
        "short name of the dataset",
        pattern=r"^(?:baci|dots2022|wits2017|(?:comtrade|imts)20[0-9]{6})$",
        words="baci, dots2022, wits2017, or a fetched edition such as comtrade20261124",
    ),
    "reporter": _column("who recorded the flow, ISO 3166 alpha-3", **_COUNTRY_CODE),
    "partner": _column("the other side, ISO 3166 alpha-3 or WLD", **_COUNTRY_CODE),
    "flow": _column("from the reporter's side", allowed=["export", "import"]),
    "year": _column("calendar year", **_YEAR),
    "value": _column("US dollars as published", **_SUM, unit="USD"),
    "evidence": _column("how the record came about", allowed=EVIDENCE),
    "source_id": _column("entry of sources.yml", **_SOURCE_ID),
}
_TRADE_KEY = ["dataset", "reporter", "partner", "flow", "year"]

RAW_TRADE_PAIRS = _table(
    "raw_trade_pairs",
    "Trade with China, Russia and the world",
    "The five countries' trade in goods, each side's record, as published.",
    _TRADE_KEY,
    **_TRADE_COLUMNS
    | {
        "reporter": _column("who recorded the flow", allowed={**COUNTRIES, **POWERS}),
        "partner": _column("the other side", allowed=[*COUNTRIES, *POWERS, "WLD"]),
    },
)
RAW_TRADE_ALL = _table(
    "raw_trade_all_partners",
    "Trade with every partner, 2016 and 2020",
    "The five countries' trade in goods with all partners, flows of a million dollars and more.",
    _TRADE_KEY,
    **_TRADE_COLUMNS,
)
_WORLD_BANK_CODE = {
    "pattern": r"^[A-Z0-9]{2,}(?:\.[A-Z0-9]{2,})+$",
    "words": "a code of the World Bank, such as NY.GDP.MKTP.CD",
}
_EDITION = {
    "pattern": r"^20[0-9]{2}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?$",
    "words": "year and month, such as 2018-08, or the day of a fetched edition",
}
RAW_TRADE_WORLD = _table(
    "raw_trade_world",
    "Every country's trade with China, Russia and the world",
    "Trade in goods of all countries, each side's record, flows of 0.1 million dollars and more, "
    "as published.",
    _TRADE_KEY,
    **_TRADE_COLUMNS,
)
RAW_COUNTRIES = _table(
    "raw_countries",
    "Names of countries and territories",
    "The countries and territories of trade_world.csv with their English names, as published.",
    ["country"],
    country=_column("ISO 3166 alpha-3, or XKX", **_COUNTRY_CODE),
    name=_column("English name"),
    source_id=_column("entry of sources.yml", **_SOURCE_ID),
)
RAW_WDI = _table(
    "raw_wdi",
    "World Development Indicators",
    "Indicators of the World Bank in two vintages, as published.",
    ["vintage", "country", "indicator", "year"],
    vintage=_column("year and month of the edition", **_EDITION),
    country=_column("ISO 3166 alpha-3", allowed={**COUNTRIES, **POWERS}),
    indicator=_column("the World Bank's code", **_WORLD_BANK_CODE),
    year=_column("calendar year", **_YEAR),
    value=_column("as published", **_NUMBER),
    source_id=_column("entry of sources.yml", **_SOURCE_ID),
)
RAW_DEBT = _table(
    "raw_debt_by_creditor",
    "Public external debt by creditor",
    "Public and publicly guaranteed external debt outstanding at year's end, as published.",
    ["country", "creditor", "series", "year"],
    country=_column("the debtor, ISO 3166 alpha-3", allowed=COUNTRIES),
    creditor=_column(
        "the creditor's name, or World for all",
        pattern=r"^[A-Z][A-Za-z]*(?:[ .,()&'-]+[A-Za-z]+)*[.)]?$",
        words="the creditor's name in plain Latin letters, as the World Bank writes it",
    ),
    series=_column(
        "the World Bank's code for the kind of creditor",
        allowed=[f"DT.DOD.{kind}.CD" for kind in ("BLAT", "MLAT", "PBND", "PCBK", "PROP")],
    ),
    year=_column("calendar year", **_YEAR),
    value=_column("US dollars as published", **_SUM, unit="USD"),
    source_id=_column("entry of sources.yml", **_SOURCE_ID),
)
RAW_REMITTANCES = _table(
    "raw_remittances",
    "Remittances by sending country",
    "Modelled estimates of money sent home, as published.",
    ["country", "sender", "year"],
    country=_column("the receiving country", allowed=COUNTRIES),
    sender=_column("the sending country, or WLD for all", **_COUNTRY_CODE),
    year=_column("calendar year", **_YEAR),
    value=_column("as published", **_SUM, unit="see column unit"),
    unit=_column("unit of the value", allowed=["USD million"]),
    source_id=_column("entry of sources.yml", **_SOURCE_ID),
)
RAW_FDI = _table(
    "raw_fdi",
    "Direct investment by source country",
    "Direct investment as two statistical offices publish it.",
    ["dataset", "country", "partner", "measure", "year"],
    dataset=_column("short name of the dataset", allowed=["nbk", "unctad2014"]),
    country=_column("the host", allowed=COUNTRIES),
    partner=_column("the source, or WLD for all", **_COUNTRY_CODE),
    measure=_column("what is counted", allowed=["FDI inflow", "FDI inward stock", "outflow"]),
    year=_column("calendar year", **_YEAR),
    value=_column("as published", **_NUMBER, unit="see column unit"),
    unit=_column("unit of the value", allowed=["EUR million", "USD million"]),
    source_id=_column("entry of sources.yml", **_SOURCE_ID),
)

_QUANTITY = {"dtype": float, "optional": True, "unit": "see column unit"}

FIGURES = _table(
    "figures",
    "Figures with their intervals",
    "One row a printed figure, with the number, the interval that its words allow and its "
    "source. Compound words (a growth pair, a part of a total) take one row each.",
    ["figure_id"],
    figure_id=_column("name of the figure", **_ID),
    country=_column("whose economy it is about", **_AREA),
    power=_column("the power it speaks of; empty for neither", allowed=POWERS, optional=True),
    counterpart=_column("who else it speaks of", optional=True),
    dimension=_column("which kind of tie", allowed=DIMENSIONS),
    indicator=_column("what it measures", allowed=INDICATORS),
    nature=_column("what kind of number it is", allowed=NATURES),
    status=_column("whether it happened", allowed=STATUSES),
    state=_column("why a value is there or is missing", allowed=STATES),
    value=_column("the number; empty where the words give only a bound", **_QUANTITY),
    low=_column("working interval, lower end; empty where open", **_QUANTITY),
    high=_column("working interval, upper end; empty where open", **_QUANTITY),
    logical_low=_column("least that the words strictly allow; empty where open", **_QUANTITY),
    logical_high=_column("most that the words strictly allow; empty where open", **_QUANTITY),
    unit=_column("unit of the five numbers", allowed=UNITS),
    qualifier=_column("the hedge in the words; empty for a plain number", optional=True),
    period_start=_column("first day of the period", pattern=DATE_PATTERN, unit="ISO 8601"),
    period_end=_column("last day of the period", pattern=DATE_PATTERN, unit="ISO 8601"),
    as_of=_column("day that a stock is counted at", pattern=DATE_PATTERN, unit="ISO 8601"),
    period_printed=_column("the period's words as printed", optional=True),
    reporter=_column("who recorded it, where that is known", optional=True),
    coverage=_column("which partners it takes in", allowed=COVERAGES),
    price_basis=_column("nominal, or constant with its year", optional=True),
    attribution=_column("whose word the source gives it as", optional=True),
    printed=_column("the figure's words exactly as printed"),
    source_id=_column("entry of sources.yml", **_ID),
    locator=_column("where in the source it stands"),
    related_id=_column("figure that it is tied to", optional=True),
    role=_column("how it stands to that figure", allowed=ROLES, optional=True),
    note=_column("what a reader must know about it", optional=True),
)

RAW_CLAIMS = _table(
    "raw_claims",
    "Claims of the article",
    "One row an economic claim, in our words, with the rule that judges it. A reason holds no "
    "number of its own: {f:id} stands for a figure's printed words, {c:id} for a comparison's "
    "verdict, {s:id} for China's share in one, {w:key} and {i:key} for a weight or an indicator.",
    ["claim_id"],
    claim_id=_column("name of the claim", **_ID),
    country=_column("whose economy it is about", **_AREA),
    claim=_column("the claim, in our words"),
    locator=_column("where in the article it stands"),
    rule=_column("how it is judged"),
    subject_ids=_column("the article's figures that it speaks of"),
    evidence_ids=_column("further figures and comparisons", optional=True),
    reason=_column("why, with places for the numbers"),
    weight=_column(
        "how much a reader's picture changes, 3 most", pattern="^[0-3]$", words="0, 1, 2 or 3"
    ),
)

_NUMERIC_YEAR = {"dtype": int, "low": 1990, "high": 2100}

TRADE = _table(
    "trade",
    "Trade records",
    "One row a record of goods traded in a year: who recorded it, with whom, and how it came "
    "about.",
    ["reporter", "partner", "flow", "year", "dataset"],
    reporter=_column("who recorded it, ISO 3166 alpha-3", **_COUNTRY_CODE),
    partner=_column("the other side, or WLD for all", **_COUNTRY_CODE),
    flow=_column("from the reporter's side", allowed=["export", "import"]),
    year=_column("calendar year", **_NUMERIC_YEAR),
    value=_column("value of the goods", float, low=0, unit="USD"),
    dataset=_column("dataset, a vintage of its own", **_DATASET),
    evidence=_column("how the record came about", allowed=EVIDENCE),
    source_id=_column("entry of sources.yml", **_SOURCE_ID),
)

INDICATOR_NAMES = {
    "gdp": "gross domestic product",
    "population": "people living in the country",
    "remittances_received": "money sent home, received from all countries",
    "remittances": "money sent home, modelled by sending country",
    "fdi_inflow": "direct investment received from all countries",
    "fdi_flow": "direct investment received from one country, net",
    "fdi_stock": "direct investment held by one country, net",
    "fdi_outflow": "direct investment sent, as the sending side counts it",
    "external_debt": "external debt, public and private",
    "external_debt_public": "external debt, public and publicly guaranteed",
    "imf_credit": "credit from the International Monetary Fund",
    "debt_owed": "public and publicly guaranteed external debt owed",
    "exports_to_gdp": "exports of goods and services relative to GDP",
    "imports_to_gdp": "imports of goods and services relative to GDP",
    "exchange_rate": "official exchange rate, local currency for a dollar",
}

INDICATORS_TABLE = _table(
    "indicators",
    "Statistics by country and year",
    "One row a published statistic: debt by creditor, remittances, direct investment, GDP and "
    "the like, each with its dataset and vintage.",
    ["country", "counterpart", "indicator", "year", "dataset", "vintage"],
    country=_column("ISO 3166 alpha-3", **_COUNTRY_CODE),
    power=_column("China or Russia where the counterpart is", allowed=POWERS, optional=True),
    counterpart=_column(
        "creditor, sender or investor; all where all together; empty for none", optional=True
    ),
    indicator=_column("what is measured", allowed=INDICATOR_NAMES),
    year=_column("calendar year", **_NUMERIC_YEAR),
    value=_column("the number", float, unit="see column unit"),
    unit=_column("unit of the value", allowed=["USD", "EUR", "persons", "ratio", "rate"]),
    dataset=_column("short name of the dataset", **_DATASET),
    vintage=_column("edition of the dataset"),
    source_id=_column("entry of sources.yml", **_SOURCE_ID),
)

BOOKS = {
    "article": "as the article prints it; mixes recorders",
    "partner": "as China and Russia record it",
    "own": "as the country itself records it",
    "exports_first": "each exporter's own exports; mixes recorders",
    "reconciled": "both sides' records brought together by a third party",
    "stated": "one named source gives both",
}

COMPARABLE = {
    "yes": "like with like",
    "conditional": "comparable under the condition that the reason names",
    "no": "refused, for the reason given",
}


def _side(power: str) -> dict[str, pa.Column]:
    lower = power.lower()
    return {
        lower: _column(f"{power}'s figure; empty where it gives no point", **_QUANTITY),
        f"{lower}_low": _column(f"lower end of {power}'s figure", **_QUANTITY),
        f"{lower}_high": _column(f"upper end of {power}'s figure; empty where open", **_QUANTITY),
        f"{lower}_state": _column(f"why {power}'s figure is there or missing", allowed=STATES),
        f"{lower}_period": _column(f"period of {power}'s figure in words", optional=True),
    }


def _difference(words: str) -> pa.Column:
    return _column(words, float, optional=True, low=-1, high=1, unit="from -1 to 1")


COMPARISONS = _table(
    "comparisons",
    "China and Russia side by side",
    "One row a pair of figures, with the measures where they are like with like and the reason "
    "in words where they are not.",
    ["comparison_id"],
    comparison_id=_column("name of the comparison", **_ID),
    country=_column("whose economy it is about", **_AREA),
    dimension=_column("which kind of tie", allowed=DIMENSIONS),
    concept=_column("what is measured", allowed=INDICATORS),
    flow=_column("which way the goods go; trade only", optional=True),
    nature=_column("what kind of number it is", allowed=NATURES),
    unit=_column("unit of the two figures", allowed=UNITS),
    period_start=_column("first day of the period", pattern=DATE_PATTERN, unit="ISO 8601"),
    period_end=_column("last day of the period", pattern=DATE_PATTERN, unit="ISO 8601"),
    book=_column("whose records", allowed=BOOKS),
    dataset=_column("dataset or source that the figures come from", **_ID),
    **_side("Russia"),
    **_side("China"),
    difference=_difference("D = (China - Russia) / (China + Russia)"),
    difference_low=_difference("least D that the two intervals allow"),
    difference_high=_difference("greatest D that the two intervals allow"),
    log2_ratio=_column(
        "log2(China / Russia); empty where either is zero",
        float,
        optional=True,
        unit="doublings",
    ),
    word=_column("the verbal scale, chosen from the interval of D", optional=True),
    comparable=_column("whether they may be compared", allowed=COMPARABLE),
    reason=_column("the condition, or why not", optional=True),
    russia_ids=_column("figures that Russia's side rests on", optional=True),
    china_ids=_column("figures that China's side rests on", optional=True),
)

OUTCOMES = {
    "agrees": "the printed figures fit each other",
    "conflicts": "they do not",
    "implies": "nothing printed contradicts it; the figure found is what follows",
    "overlaps": "one is counted in the other, so the two must not be added",
}

CHECKS = _table(
    "checks",
    "Arithmetic that the figures must pass",
    "One row a check of figures against each other: shares against totals, ranks against "
    "values, growth, a fact under two years, promises beside deliveries, sums that overlap.",
    ["check_id"],
    check_id=_column("name of the check", **_ID),
    kind=_column("which rule"),
    subject=_column("figures that it holds against each other, by id"),
    expected=_column("what should be found, in words with its unit"),
    found=_column("what is found"),
    outcome=_column("how it came out", allowed=OUTCOMES),
    explanation=_column("what a reader should make of it"),
)

MIRROR = _table(
    "mirror",
    "The same goods in two books",
    "One row a flow of goods that both sides recorded: how far the importer's record lies from "
    "the exporter's once freight and insurance are allowed for.",
    ["country", "power", "flow", "year", "dataset"],
    country=_column("whose economy it is about", **_AREA),
    power=_column("the other side", allowed=POWERS),
    flow=_column("which way the goods went, from the country's side", allowed=FLOWS),
    year=_column("calendar year", **_NUMERIC_YEAR),
    dataset=_column("dataset, as an entry of sources.yml", **_ID),
    exporter_value=_column("as the exporter records it", float, low=0, unit="USD"),
    importer_value=_column("as the importer records it", float, low=0, unit="USD"),
    ratio=_column("importer / (1.06 x exporter); 1 is agreement", float, optional=True, low=0),
    ratio_low=_column("the same with freight and insurance at 20%", float, optional=True, low=0),
    ratio_high=_column("the same with freight and insurance at 5%", float, optional=True, low=0),
    log_gap=_column("natural logarithm of the ratio", float, optional=True),
    explained=_column(
        "whether freight and insurance alone could explain it", allowed=["yes", "no", "one-sided"]
    ),
    cause=_column("known cause, where one is known", optional=True),
)

_SHARE = {"dtype": float, "optional": True, "low": 0, "high": 1, "unit": "share"}

WEIGHTS = _table(
    "weights",
    "Both powers beside everyone else",
    "One row a country's whole trade or public debt in a year: the parts of China, Russia, the "
    "European Union and the rest, the two powers' places, and how concentrated the whole is.",
    ["country", "measure", "year", "book", "dataset"],
    country=_column("whose economy it is about", **_AREA),
    measure=_column("what is divided", allowed=[*FLOWS, "debt"]),
    year=_column("calendar year", **_NUMERIC_YEAR),
    book=_column("whose records", allowed=BOOKS),
    dataset=_column("dataset, as an entry of sources.yml", **_ID),
    total=_column("the whole", float, low=0, unit="USD"),
    listed=_column("part of the whole that is listed by partner", **_SHARE),
    china=_column("China's part", **_SHARE),
    russia=_column("Russia's part", **_SHARE),
    both=_column("China and Russia together", **_SHARE),
    european_union=_column("the 28 members of 2016 together; trade only", **_SHARE),
    rest=_column("everyone else; empty where the list is of neighbours only", **_SHARE),
    china_rank=_column("China's place, each country for itself", float, optional=True, low=1),
    russia_rank=_column("Russia's place, each country for itself", float, optional=True, low=1),
    china_rank_eu=_column("China's place with the Union as one", float, optional=True, low=1),
    russia_rank_eu=_column("Russia's place with the Union as one", float, optional=True, low=1),
    concentration_low=_column("least Herfindahl-Hirschman index, the rest in atoms", **_SHARE),
    concentration_high=_column("greatest, the rest in the largest parts it can have", **_SHARE),
)

CROSSINGS = _table(
    "crossings",
    "When the lead changed hands",
    "One row a lasting change of the lead in a yearly series: a year whose sign differs from "
    "the last and holds for two years at least.",
    ["country", "concept", "flow", "book", "dataset", "year"],
    country=_column("whose economy it is about", **_AREA),
    concept=_column("what is measured", allowed=INDICATORS),
    flow=_column("which way the goods go; trade only", optional=True),
    book=_column("whose records", allowed=BOOKS),
    dataset=_column("dataset", **_ID),
    year=_column("first year of the new lead", **_NUMERIC_YEAR),
    leader=_column("who leads from then on", allowed=POWERS),
    lasting=_column("whether it still held in the last year", allowed=["yes", "no"]),
    last_year=_column("last year of the series", **_NUMERIC_YEAR),
)

TRADE_WORLD = _table(
    "trade_world",
    "Every country's trade records with China, Russia and the world",
    "One row a record of goods traded in a year, all of the IMF's Direction of Trade Statistics "
    "of January 2022; flows of 0.1 million dollars and more.",
    ["reporter", "partner", "flow", "year"],
    reporter=_column("who recorded it, ISO 3166 alpha-3", **_COUNTRY_CODE),
    partner=_column("the other side, or WLD for all", **_COUNTRY_CODE),
    flow=_column("from the reporter's side", allowed=["export", "import"]),
    year=_column("calendar year", **_NUMERIC_YEAR),
    value=_column("value of the goods", float, low=0, unit="USD"),
    evidence=_column("how the record came about", allowed=EVIDENCE),
)

_LISTED = {"dtype": float, "optional": True, "low": 0, "unit": "USD"}

WORLD = _table(
    "world",
    "China and Russia in every country's trade",
    "One row a country, flow, year and book. Where a recorder lists only one direction of trade "
    "with a power, the other is taken as anything below the least sum that is listed, so a figure "
    "is an interval; where it lists neither, there is no figure.",
    ["country", "flow", "year", "book"],
    country=_column("whose trade it is, ISO 3166 alpha-3", **_COUNTRY_CODE),
    flow=_column("which way the goods go", allowed=FLOWS),
    year=_column("calendar year", **_NUMERIC_YEAR),
    book=_column("whose records", allowed=["partner", "own"]),
    china_low=_column("trade with China, at least", **_LISTED),
    china_high=_column("trade with China, at most", **_LISTED),
    russia_low=_column("trade with Russia, at least", **_LISTED),
    russia_high=_column("trade with Russia, at most", **_LISTED),
    difference_low=_difference("least D = (China - Russia) / (China + Russia)"),
    difference_high=_difference("greatest D"),
    word=_column("the verbal scale, chosen from the interval of D", optional=True),
    leader=_column("who is ahead; empty for neither", allowed=POWERS, optional=True),
    refusal=_column("why there is no comparison; empty where there is one", optional=True),
)

WORLD_CROSSINGS = _table(
    "world_crossings",
    "When the lead in a country's trade changed hands",
    "One row a lasting change of the lead in a country's turnover: a year whose sign differs from "
    "the last and holds for two years at least.",
    ["country", "book", "year"],
    country=_column("whose trade it is, ISO 3166 alpha-3", **_COUNTRY_CODE),
    book=_column("whose records", allowed=["partner", "own"]),
    year=_column("first year of the new lead", **_NUMERIC_YEAR),
    leader=_column("who leads from then on", allowed=POWERS),
    lasting=_column("whether it still held in the last year", allowed=["yes", "no"]),
    last_year=_column("last year of the series", **_NUMERIC_YEAR),
)

COUNTRY_NAMES = _table(
    "countries",
    "Names of countries and territories",
    "One row a country or territory of the IMF's trade statistics, with its English name.",
    ["country"],
    country=_column("ISO 3166 alpha-3, or XKX", **_COUNTRY_CODE),
    name=_column("English name, after Unicode's CLDR"),
)

VERDICTS = {
    "holds": "the figures seen bear it out",
    "depends on whose books": "one side's records bear it out and the other's do not",
    "one-sided": "true of one power, while the same source gives the other as much or nearly",
    "misdated": "the figure is there, for another date or another thing",
    "not supported": "the figures seen speak against it",
    "not testable": "no figure seen can decide it",
}

CLAIMS = _table(
    "claims",
    "What the article claims, and whether it holds",
    "One row an economic claim of the article, in our words, with a verdict and what it rests on.",
    ["claim_id"],
    claim_id=_column("name of the claim", **_ID),
    country=_column("whose economy it is about", **_AREA),
    claim=_column("the claim, in our words"),
    locator=_column("where in the article it stands"),
    verdict=_column("how it fares", allowed=VERDICTS),
    because=_column("why, in a sentence"),
    evidence_ids=_column("figures and comparisons that the verdict rests on"),
    weight=_column("how much a reader's picture changes, 3 most", int, low=0, high=3),
)

TABLES = {
    table.name: table
    for table in (
        FIGURES,
        TRADE,
        INDICATORS_TABLE,
        COMPARISONS,
        MIRROR,
        WEIGHTS,
        CROSSINGS,
        CHECKS,
        CLAIMS,
        COUNTRY_NAMES,
        TRADE_WORLD,
        WORLD,
        WORLD_CROSSINGS,
    )
}


def faults_of(table: Table, rows: pd.DataFrame, file: str) -> list[Fault]:
    """Hold rows against a table's rules; every fault, in the order of the rows.

    Args:
        table: the definition.
        rows: data with all of the table's columns; its index gives the row that a fault names.
        file: name of the file that the rows come from.
    """
    try:
        table.schema.validate(rows, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases
        key = " + ".join(table.key)
        faults = [
            Fault(file, case.index, case.column, str(case.failure_case), str(case.check))
            for case in cases.itertuples()
            if not str(case.check).startswith("multiple_fields_uniqueness")
        ]
        doubled = rows[rows.duplicated(list(table.key), keep="first")]
        faults += [
            Fault(
                file,
                row,
                key,
                " + ".join(str(rows.loc[row, column]) for column in table.key),
                "a value that no other row has",
            )
            for row in doubled.index
        ]
        return sorted(faults, key=lambda fault: int(fault.row) if fault.row is not None else 0)
    return []


# Reading the mask means setting it, which threads must not do at once.
_UMASK = os.umask(0)
os.umask(_UMASK)


def save(path: Path, text: str) -> None:
    """Write a file whole or not at all: a reader never sees half of one.

    A build that is killed in between leaves a file that ends in ``PART``; the next one removes it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=PART)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        # mkstemp makes the file private; a report is for everyone that the folder is for.
        Path(name).chmod(0o666 & ~_UMASK)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def save_table(name: str, rows: pd.DataFrame, folder: Path) -> None:
    """Validate a processed table and write it as ``<name>.csv``.

    Raises:
        RawDataError: when a row breaks the table's rules; nothing is written then.
    """
    table = TABLES[name]
    rows = rows.reset_index(drop=True)
    if faults := faults_of(table, rows, f"{name}.csv"):
        raise RawDataError(faults)
    save(
        folder / f"{name}.csv", rows.to_csv(index=False, float_format="%.12g", lineterminator="\n")
    )


def load_table(name: str, folder: Path) -> pd.DataFrame:
    """Read a processed table with the types of its schema; missing text is the empty string.

    Raises:
        ValueError: for a table that there is not, with those that there are.
    """
    if name not in TABLES:
        raise ValueError(f"unknown table {name!r}; valid: {', '.join(TABLES)}")
    columns = TABLES[name].schema.columns
    kinds = {column: _PYTHON_TYPES.get(str(rule.dtype), str) for column, rule in columns.items()}
    return pd.read_csv(
        folder / f"{name}.csv",
        dtype=kinds,
        keep_default_na=False,
        na_values={column: [""] for column, kind in kinds.items() if kind is float},
    )


_PYTHON_TYPES = {"float64": float, "int64": int}


def codebook() -> pd.DataFrame:
    """One row a column of every processed table: what it means, its type, unit and values."""
    return pd.DataFrame(
        [
            {
                "table": table.name,
                "column": name,
                "type": _frictionless_type(column),
                "unit": column.metadata["unit"],
                "required": "no" if column.metadata["optional"] else "yes",
                "allowed": " | ".join(column.metadata["allowed"]),
                "description": column.description,
            }
            for table in TABLES.values()
            for name, column in table.schema.columns.items()
        ]
    )


def data_package() -> str:
    """The processed tables as a Frictionless Data Package descriptor (JSON)."""
    resources = [
        {
            "name": table.name.replace("_", "-"),
            "path": f"{table.name}.csv",
            "title": table.title,
            "description": table.description,
            "profile": "tabular-data-resource",
            "encoding": "utf-8",
            "schema": {
                "fields": [_field(name, column) for name, column in table.schema.columns.items()],
                "primaryKey": list(table.key),
                "missingValues": [""],
            },
        }
        for table in TABLES.values()
    ]
    package = {
        "name": "central-asia-two-books",
        "title": "China's and Russia's economic weight in Central Asia",
        "profile": "tabular-data-package",
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0, for this compilation; "
                "the figures stay under their sources' terms",
            }
        ],
        "resources": resources,
    }
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _field(name: str, column: pa.Column) -> dict[str, object]:
    constraints: dict[str, object] = {}
    if not column.metadata["optional"] and _frictionless_type(column) != "date":
        constraints["required"] = True
    if column.metadata["allowed"]:
        constraints["enum"] = list(column.metadata["allowed"])
    field: dict[str, object] = {
        "name": name,
        "type": _frictionless_type(column),
        "description": column.description,
    }
    if column.metadata["unit"]:
        field["unit"] = column.metadata["unit"]
    if constraints:
        field["constraints"] = constraints
    return field


def _frictionless_type(column: pa.Column) -> str:
    if column.metadata["unit"] == "ISO 8601":
        return "date"
    return {"float64": "number", "int64": "integer", "bool": "boolean"}.get(
        str(column.dtype), "string"
    )
