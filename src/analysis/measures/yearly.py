"""Yearly series of both powers: pairs of statistics and their measures."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.config import POWERS
from analysis.data import schema
from analysis.data.frames import where
from analysis.data.vocabulary import REFUSALS
from analysis.measures.refusals import Refusal
from analysis.measures.scale import SIDES, Powers, difference, log2_ratio, word

# Exports and imports together: of goods, and of goods and services.
TURNOVERS = ("trade_turnover", "goods_services_turnover")

# What a table of yearly pairs has before it is measured.
_PAIR = ["country", "dimension", "concept", "flow", "nature", "unit", "year", "record", "dataset"]


def compare_series(pairs: pd.DataFrame, powers: Powers = POWERS) -> pd.DataFrame:
    """Measure yearly pairs of statistics; the numbers have no interval beyond their digits.

    Args:
        pairs: one row a pair, with the columns of ``_PAIR``, ``china`` and ``russia`` (NaN
            where missing), ``china_ids`` and ``russia_ids``, and ``refusal`` with its ``reason``
            in words, both empty where it is a pair.
        powers: whose figures the two columns hold.

    Returns:
        Rows of ``comparisons``, in the order given.
    """
    pairs = pairs.reset_index(drop=True)
    years = pairs["year"].astype(str)
    debt_share = (pairs["nature"] == "share") & (pairs["dimension"] == "debt")
    at_date = debt_share | (pairs["nature"] == "stock")
    columns = {
        "comparison_id": series_id(pairs),
        **pairs[_PAIR],
        "period_start": years + np.where(at_date, "-12-31", "-01-01"),
        "period_end": years + "-12-31",
    }
    for power in reversed(SIDES):
        values = pairs[power].astype(float)
        state = np.select(
            [values.isna(), values == 0], ["not_reported", "observed_zero"], default="value"
        )
        columns |= {power: values, f"{power}_low": values, f"{power}_high": values}
        columns |= {f"{power}_state": state, f"{power}_period": years}
        columns[f"{power}_ids"] = pairs[f"{power}_ids"].where(values.notna(), "")
    china, russia = (columns[side] for side in SIDES)
    refusal, reason = _refusals(pairs, china, russia, powers)
    legal = refusal == ""
    ratio = np.where(legal, difference(china, russia), np.nan)
    columns |= dict.fromkeys(("difference", "difference_low", "difference_high"), ratio)
    columns["log2_ratio"] = np.where(legal, log2_ratio(china, russia), np.nan)
    columns["word"] = [word(end, end) for end in ratio]
    columns["comparable"] = np.where(legal, "yes", "no")
    columns |= {"refusal": refusal, "reason": reason}
    return pd.DataFrame(columns)[list(schema.COMPARISONS.schema.columns)]


def _refusals(
    pairs: pd.DataFrame, china: pd.Series, russia: pd.Series, powers: Powers
) -> list[np.ndarray]:
    """Of each pair why it is none and the reason in words, both empty where it is one."""
    first, second = powers.values()
    missing = "no record for {}, which is missing and not zero"
    cases = [
        (pairs["refusal"] != "", pairs["refusal"], pairs["reason"]),
        (china.isna() & russia.isna(), Refusal.NO_RECORD.value, "no record for either power"),
        (china.isna(), Refusal.NO_RECORD.value, missing.format(first)),
        (russia.isna(), Refusal.NO_RECORD.value, missing.format(second)),
        ((china < 0) | (russia < 0), Refusal.NEGATIVE.value, REFUSALS[Refusal.NEGATIVE]),
        ((china == 0) & (russia == 0), Refusal.NOTHING.value, REFUSALS[Refusal.NOTHING]),
    ]
    holds, *told = map(list, zip(*cases, strict=True))
    return [np.select(holds, words, default="") for words in told]


def series_id(pairs: pd.DataFrame) -> pd.Series:
    """Names of yearly comparisons: country, concept, year, record and dataset."""
    parts = [
        pairs["country"].str.lower(),
        pairs["concept"].str.replace("_", "-"),
        pairs["year"].astype(str),
        pairs["record"].str.replace("_", "-"),
        pairs["dataset"],
    ]
    return parts[0].str.cat([part.astype(str) for part in parts[1:]], sep="-")


def indicator_pairs(indicators: pd.DataFrame, powers: Powers = POWERS) -> pd.DataFrame:
    """Yearly pairs of debt, remittances and direct investment, each from one source.

    A creditor that the debt statistics do not name is owed nothing, since they name all of
    them; a sender that the remittance matrices do not name is missing, since they are a model.

    Returns:
        Pairs as ``compare_series`` takes them.
    """
    frames = []
    for (dimension, concept, nature, unit), names in {
        ("debt", "debt_owed", "stock", "USD"): ("debt_owed", "stated"),
        ("remittances", "remittances", "flow", "USD"): ("remittances", "stated"),
        ("investment", "fdi_flow", "flow", "EUR"): ("fdi_flow", "stated"),
        ("investment", "fdi_stock", "stock", "EUR"): ("fdi_stock", "stated"),
        ("investment", "fdi_outflow", "flow", "USD"): ("fdi_outflow", "partner"),
    }.items():
        name, whose = names
        wide = _wide(where(indicators, indicator=name), powers)
        if name == "debt_owed":
            wide = wide[wide["all"].notna()].fillna(dict.fromkeys(powers, 0.0))
        frames.append(
            wide.assign(
                dimension=dimension,
                concept=concept,
                nature=nature,
                unit=unit,
                record=whose,
                flow="",
            )
        )
    pairs = pd.concat(frames, ignore_index=True)
    ids = pairs["dataset"] + "/" + pairs["country"] + "/" + pairs["concept"]
    for side, power in zip(SIDES, powers, strict=True):
        record = ids + f"/{power}/" + pairs["year"].astype(str)
        pairs = pairs.assign(**{side: pairs[power], f"{side}_ids": record})
    return pairs.assign(refusal="", reason="")


def _wide(rows: pd.DataFrame, powers: Powers) -> pd.DataFrame:
    """One row a country and year with a column each for the two powers and all together."""
    who = rows["power"].where(rows["power"] != "", rows["counterpart"])
    kept = rows.assign(who=who)[who.isin([*powers, "all"])]
    wide = kept.pivot(
        index=["country", "year", "source_id"], columns="who", values="value"
    ).reset_index()
    return wide.reindex(columns=["country", "year", "source_id", *powers, "all"]).rename(
        columns={"source_id": "dataset"}
    )


def relative_to(
    pairs: pd.DataFrame, total: pd.Series, concept: str, nature: str, unit: str
) -> pd.DataFrame:
    """The same pairs as parts of a total: a share of all debt, or a ratio to GDP.

    Args:
        pairs: as ``compare_series`` takes them.
        total: what to divide by, row by row; NaN where it is missing, which makes a refusal.
        concept: indicator of the result.
        nature: "share" or "ratio".
        unit: likewise.
    """
    divided = pairs.assign(concept=concept, nature=nature, unit=unit)
    for power in SIDES:
        divided[power] = pairs[power] / total.where(total != 0)
    for missing, code in (
        (total.isna(), Refusal.NO_TOTAL.value),
        (total == 0, Refusal.TOTAL_OF_NOTHING.value),
    ):
        divided.loc[missing, ["refusal", "reason"]] = [code, REFUSALS[code]]
    return divided


def gdp(indicators: pd.DataFrame, vintage: str) -> pd.DataFrame:
    """GDP in dollars of one edition: country, year, gdp."""
    rows = where(indicators, indicator="gdp", vintage=vintage)
    return rows[["country", "year", "value"]].rename(columns={"value": "gdp"})
