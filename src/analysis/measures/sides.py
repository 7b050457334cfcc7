"""Each power's figures on every tie, one row a figure, whatever table or page gives them."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from analysis.config import POWERS
from analysis.data.frames import where
from analysis.data.vocabulary import TIES_OF_FIGURES
from analysis.measures.records import Record
from analysis.measures.ties import KEY
from analysis.measures.trade import flows

COLUMNS = [
    *KEY,
    "power",
    "value",
    "low",
    "high",
    "logical_low",
    "logical_high",
    "unit",
    "grade",
    "evidence",
    "edition",
    "ids",
]

# What a country counted itself, firm or not; what others worked out for it is no record of its.
COUNTED = ("reported", "preliminary", "unflagged", "reconciled")

# For each indicator its tie, and whose record it is.
_INDICATORS = {
    "debt_owed": ("debt", Record.STATED),
    "loans_disbursed": ("loans_drawn", Record.STATED),
    "loans_repaid": ("loans_repaid", Record.STATED),
    "loan_interest": ("loan_interest", Record.STATED),
    "remittances": ("money_home", Record.STATED),
    "fdi_flow": ("investment_received", Record.OWN),
    "fdi_stock": ("investment_held", Record.OWN),
    "fdi_outflow": ("investment_received", Record.PARTNER),
    "gas_exports": ("gas", Record.STATED),
    "born_here_living_there": ("people", Record.STATED),
    "arms_received": ("arms", Record.STATED),
    "commitments": ("commitments", Record.STATED),
    "grants": ("grants", Record.STATED),
}
# The World Bank gives these by creditor and in all, and a creditor without a row has none.
_BY_CREDITOR = ("debt_owed", "loans_disbursed", "loans_repaid", "loan_interest")
# Counted as the year ends, not over it.
_AT_DATE = ("debt_owed", "fdi_stock", "born_here_living_there")

# What a page says of neither side's count is never set beside the sides' own, so trade counts
# only by a reporter that is one of the two.
_TRADE = ("trade", "exports", "imports")
# Areas that are no country.
_TOGETHER = ("REGION", "WLD")
# What happened; a plan is no figure of a tie. Other parts of compound words are left out.
_HAPPENED = ("realised", "outstanding", "estimate")
_NOT_ALONE = ("same_as", "earlier", "whole", "growth_of")

_FLOWS = {
    "turnover": ("trade", "trade_turnover"),
    "exports": ("exports", "exports"),
    "imports": ("imports", "imports"),
}
_SERVICES = {
    "turnover": ("trade", "goods_services_turnover"),
    "exports": ("exports", "goods_services_exports"),
    "imports": ("imports", "goods_services_imports"),
}


def sides_of_trade(
    trade: pd.DataFrame, *, services: bool = False, countries: Collection[str] | None = None
) -> pd.DataFrame:
    """Each power's trade on every record, by year and edition.

    Turnover is the sum of exports and imports where a record has both.

    Args:
        trade: the ``trade`` table, or ``trade_goods_and_services``.
        services: whether services are counted with the goods, which makes a concept of its own.
        countries: codes of the countries whose trade it is; all that are studied, unless given.

    Returns:
        Rows with ``COLUMNS``; a published number has no interval beyond its digits.
    """
    records = flows(trade, countries)
    records = records[records["partner"].isin(POWERS) & records["evidence"].isin(COUNTED)]
    keys = ["country", "partner", "record", "dataset", "year"]
    exports, imports = (where(records, flow=flow) for flow in ("exports", "imports"))
    both = exports.merge(imports, on=keys, suffixes=("", "_in"), validate="1:1")
    # The weaker of the two marks: a sum is no firmer than its parts.
    firm = (both["evidence"] == both["evidence_in"]) | (both["evidence_in"] == "reported")
    turnover = both.assign(
        flow="turnover",
        value=both["value"] + both["value_in"],
        record_id=both["record_id"] + " " + both["record_id_in"],
        evidence=both["evidence"].where(firm, both["evidence_in"]),
    )[list(records.columns)]
    rows = pd.concat([records, turnover], ignore_index=True)
    named = _SERVICES if services else _FLOWS
    year = rows["year"].astype(str)
    return _exact(
        rows.assign(
            tie=rows["flow"].map(lambda flow: named[flow][0]),
            concept=rows["flow"].map(lambda flow: named[flow][1]),
            ids=rows["record_id"],
            start=year + "-01-01",
            end=year + "-12-31",
            power=rows["partner"],
            unit="USD",
            grade="table",
            evidence=rows["evidence"].replace("reconciled", "reported"),
            edition=rows["dataset"],
        )
    )


def sides_of_indicators(indicators: pd.DataFrame) -> pd.DataFrame:
    """Each power's debt, loans, remittances, investment, gas, people and arms, by year.

    The World Bank's lists of creditors name all of them, so a power that one leaves out where it
    has the whole is owed nothing; elsewhere a power that is not named is missing. A model that
    gives one sender all the money that a country receives tells nothing of that sender's part
    (``given_all``).

    Args:
        indicators: the ``indicators`` table.

    Returns:
        Rows with ``COLUMNS``.
    """
    known = indicators[indicators["indicator"].isin(_INDICATORS)]
    told = known[known["power"].isin(POWERS) & ~known.index.isin(given_all(known).index)]
    rows = pd.concat([told, _owed_nothing(known)], ignore_index=True)
    year = rows["year"].astype(str)
    at_date = rows["indicator"].isin(_AT_DATE)
    return _exact(
        rows.assign(
            tie=rows["indicator"].map(lambda name: _INDICATORS[name][0]),
            concept=rows["indicator"],
            record=rows["indicator"].map(lambda name: str(_INDICATORS[name][1])),
            start=year + np.where(at_date, "-12-31", "-01-01"),
            end=year + "-12-31",
            edition=rows["source_id"],
            ids=rows["dataset"].str.cat(
                [rows["country"], rows["indicator"], rows["power"], year], sep="/"
            ),
        )
    )


def given_all(indicators: pd.DataFrame) -> pd.DataFrame:
    """Money sent home from one power that a model puts at all that the country receives.

    Args:
        indicators: the ``indicators`` table, or some of its rows.

    Returns:
        Those rows, with their index.
    """
    sent = where(indicators, indicator="remittances")
    whole = sent[sent["counterpart"] == "all"].set_index(["country", "year", "source_id"])["value"]
    sent = sent[sent["power"].isin(POWERS)]
    keys = pd.MultiIndex.from_frame(sent[["country", "year", "source_id"]])
    return sent[sent["value"].to_numpy() == whole.reindex(keys).to_numpy()]


def _owed_nothing(known: pd.DataFrame) -> pd.DataFrame:
    """A nought for each power and year of a whole list of creditors that does not name it."""
    debt = known[known["indicator"].isin(_BY_CREDITOR)]
    whole = debt[debt["counterpart"] == "all"]
    keys = ["country", "indicator", "year", "source_id"]
    missing = []
    for power in POWERS:
        named = debt.loc[debt["power"] == power, keys]
        rows = whole.merge(named, on=keys, how="left", indicator="found")
        rows = rows[rows["found"] == "left_only"].drop(columns="found")
        missing.append(rows.assign(power=power, counterpart=power, value=0.0))
    return pd.concat(missing)


def sides_of_figures(figures: pd.DataFrame, article: str) -> pd.DataFrame:
    """What named pages and the article state of a power, with the intervals of the words.

    Args:
        figures: the ``figures`` table.
        article: source id of the article, whose figures are a record of their own.

    Returns:
        Rows with ``COLUMNS``: the country's own count, the power's, or another's (``stated``).
    """
    rows = figures[
        figures["indicator"].isin(TIES_OF_FIGURES)
        & figures["power"].isin(POWERS)
        & ~figures["country"].isin(_TOGETHER)
        & figures["status"].isin(_HAPPENED)
        & (figures["state"] != "not_reported")
        & (figures["coverage"] == "bilateral")
        & ~figures["role"].isin(_NOT_ALONE)
        & ((figures["period_end"] != "") | (figures["as_of"] != ""))
    ]
    own = rows["reporter"] == rows["country"]
    partner = rows["reporter"] == rows["power"]
    record = np.select(
        [rows["source_id"] == article, own, partner],
        [Record.ARTICLE, Record.OWN, Record.PARTNER],
        default=Record.STATED,
    )
    # "As of 2025" names no day of that year; of debts it is the year’s end, as in all tables.
    some_day = rows["period_start"].str.endswith("-01-01") & rows["as_of"].str.endswith("-12-31")
    some_day &= rows["indicator"].map(TIES_OF_FIGURES) == "investment_held"
    at_date = (rows["as_of"] != "") & ~some_day
    sides = rows.assign(
        tie=rows["indicator"].map(TIES_OF_FIGURES),
        concept=rows["indicator"],
        record=record.astype(str),
        start=rows["as_of"].where(at_date, rows["period_start"]),
        end=rows["as_of"].where(at_date, rows["period_end"]),
        edition=rows["source_id"],
        ids=rows["figure_id"],
    )
    # A third party's count of trade is neither side's record.
    third = sides["tie"].isin(_TRADE) & (sides["record"] == str(Record.STATED))
    return _like_with_like(sides[~third])[COLUMNS].reset_index(drop=True)


def _like_with_like(sides: pd.DataFrame) -> pd.DataFrame:
    """Figures without an estimate of one power where the other's was counted.

    Of the same record, concept and period; ``compare`` says why the two are not set side by side.
    """
    key = sides.groupby(KEY, sort=False).ngroup()
    counted = sides["status"] != "estimate"
    others = {power: set(key[counted & (sides["power"] != power)]) for power in POWERS}
    beside = [one in others[power] for one, power in zip(key, sides["power"], strict=True)]
    return sides[counted | ~np.array(beside, dtype=bool)]


def _exact(rows: pd.DataFrame) -> pd.DataFrame:
    value = rows["value"].astype(float)
    ends = dict.fromkeys(("low", "high", "logical_low", "logical_high"), value)
    return rows.assign(value=value, **ends)[COLUMNS].reset_index(drop=True)
