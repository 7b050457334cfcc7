"""Published statistics become rows of ``indicators``, each with its unit, edition and evidence."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.config import POWERS
from analysis.data import schema
from analysis.data.parts import MADE_OF
from analysis.data.vocabulary import CREDITORS, WDI

_FDI = {"FDI inflow": "fdi_flow", "FDI inward stock": "fdi_stock", "outflow": "fdi_outflow"}

_LOANS = {
    "disbursed": "loans_disbursed",
    "principal repaid": "loans_repaid",
    "interest paid": "loan_interest",
}


def clean_wdi(raw: pd.DataFrame) -> pd.DataFrame:
    """World Bank indicators under our names and units; rows of ``indicators``."""
    known = raw[raw["indicator"].isin(WDI)]
    factors = known["indicator"].map(lambda code: WDI[code][2])
    return _as_indicators(
        known,
        indicator=known["indicator"].map(lambda code: WDI[code][0]),
        value=known["value"].astype(float) * factors,
        unit=known["indicator"].map(lambda code: WDI[code][1]),
        dataset="wdi",
    )


def clean_debt(raw: pd.DataFrame) -> pd.DataFrame:
    """Debt by creditor, all kinds of creditor summed; rows of ``indicators``.

    The creditor "World" becomes the counterpart "all".
    """
    summed = _summed(raw, ["country", "creditor", "year", "source_id"])
    return _as_indicators(
        summed,
        power=summed["creditor"].map(CREDITORS).fillna(""),
        counterpart=summed["creditor"].replace("World", "all"),
        indicator="debt_owed",
        unit="USD",
        dataset="ids",
        vintage=summed["source_id"].str.removeprefix("worldbank-ids-"),
    )


def clean_loans(raw: pd.DataFrame) -> pd.DataFrame:
    """What was drawn, repaid and paid in interest, all kinds of creditor summed.

    What is only scheduled is left out. A sum is disputed if any part of it is.

    Args:
        raw: rows as in ``RAW_LOANS``.

    Returns:
        Rows of ``indicators``; the counterpart WLD becomes "all".
    """
    paid = raw[raw["status"] == "realised"]
    keys = ["country", "counterpart", "flow", "year", "source_id"]
    summed = _summed(paid, keys)
    disputed = paid[paid["evidence"] == "disputed"].drop_duplicates(keys)[[*keys, "evidence"]]
    marked = summed.merge(disputed, on=keys, how="left").fillna({"evidence": "reported"})
    return _as_indicators(
        marked,
        **_by_partner(marked["counterpart"]),
        indicator=marked["flow"].map(_LOANS),
        unit="USD",
        dataset="ids",
        vintage="flows, " + marked["source_id"].str.removeprefix("ids-flows-"),
        evidence=marked["evidence"],
    )


def clean_remittances(raw: pd.DataFrame) -> pd.DataFrame:
    """Remittances by sender in dollars; rows of ``indicators``, all modelled."""
    return _as_indicators(
        raw,
        **_by_partner(raw["sender"]),
        indicator="remittances",
        value=raw["value"].astype(float) * 1e6,
        unit="USD",
        dataset="knomad",
        vintage="matrix of " + raw["year"],
        evidence="modelled",
    )


def clean_fdi(raw: pd.DataFrame) -> pd.DataFrame:
    """Direct investment by source, in euros or dollars; rows of ``indicators``."""
    return _as_indicators(
        raw,
        **_by_partner(raw["partner"]),
        indicator=raw["measure"].map(_FDI),
        value=raw["value"].astype(float) * 1e6,
        unit=raw["unit"].str.split().str[0],
        dataset=raw["dataset"],
        vintage=raw["dataset"].map(lambda name: "2003 to 2021" if name == "nbk" else name[-4:]),
    )


def clean_gas(raw: pd.DataFrame) -> pd.DataFrame:
    """Gas by importer in cubic metres; rows of ``indicators``, EUR and MEA for two regions."""
    review = raw["source_id"].str.rpartition("-")[2]
    return _as_indicators(
        raw,
        **_by_partner(raw["importer"]),
        country=raw["exporter"],
        indicator="gas_exports",
        value=raw["value"].astype(float) * 1e9,
        unit="m3",
        dataset="energyreview",
        vintage=review + ", " + raw["scope"],
    )


def clean_migrants(raw: pd.DataFrame) -> pd.DataFrame:
    """People by birth and residence, from each country's side but the powers'; estimates.

    A row of two of the countries gives two rows of ``indicators``, one for each.
    """
    elsewhere = [*POWERS, "WLD"]
    left = raw[~raw["origin"].isin(elsewhere)]
    came = raw[~raw["destination"].isin(elsewhere)]
    sides = [
        left.assign(
            country=left["origin"], other=left["destination"], indicator="born_here_living_there"
        ),
        came.assign(
            country=came["destination"], other=came["origin"], indicator="born_there_living_here"
        ),
    ]
    both = pd.concat(sides)
    return _as_indicators(
        both,
        **_by_partner(both["other"]),
        value=both["value"].astype(float),
        unit="persons",
        dataset="undesa",
        vintage="2024",
        evidence="estimated",
    )


def clean_arms(raw: pd.DataFrame) -> pd.DataFrame:
    """Arms received by supplier, in SIPRI's trend-indicator value; rows of ``indicators``."""
    return _as_indicators(
        raw,
        **_by_partner(raw["supplier"].replace("OTH", "others")),
        country=raw["recipient"],
        indicator="arms_received",
        value=raw["value"].astype(float) * 1e6,
        unit="TIV",
        dataset="sipri",
        vintage="2026-02-12",
        evidence="estimated",
    )


def clean_commitments(raw: pd.DataFrame) -> pd.DataFrame:
    """China's commitments of all kinds summed, in dollars of 2021; rows of ``indicators``."""
    summed = _summed(raw, ["country", "year", "source_id"])
    return _as_indicators(
        summed,
        power="CHN",
        counterpart="CHN",
        indicator="commitments",
        unit="USD of 2021",
        dataset="aiddata",
        vintage="3.0",
        evidence="estimated",
    )


def clean_grants(raw: pd.DataFrame) -> pd.DataFrame:
    """Grants as the donor reports them; rows of ``indicators``."""
    return _as_indicators(
        raw,
        **_by_partner(raw["donor"]),
        indicator="grants",
        value=raw["value"].astype(float),
        unit="USD",
        dataset="oecddac",
        vintage="as pulled in 2024",
    )


_CLEAN = {
    "wdi": clean_wdi,
    "debt_by_creditor": clean_debt,
    "loan_flows": clean_loans,
    "remittances": clean_remittances,
    "fdi": clean_fdi,
    "gas_exports": clean_gas,
    "migrant_stock": clean_migrants,
    "arms_deliveries": clean_arms,
    "china_commitments": clean_commitments,
    "russia_grants": clean_grants,
}


def clean_indicators(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """``indicators``, sorted by its key, from all raw tables that give rows of it."""
    parts = [_CLEAN[name](tables[name]) for name in MADE_OF["indicators"]]
    key = list(schema.INDICATORS_TABLE.key)
    return pd.concat(parts).sort_values(key, ignore_index=True)


def _summed(raw: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    values = raw.assign(value=raw["value"].astype(float))
    return values.groupby(keys, as_index=False)["value"].sum()


def _by_partner(partners: pd.Series) -> dict[str, pd.Series]:
    powers = partners.where(partners.isin(POWERS), "")
    return {"power": powers, "counterpart": partners.replace("WLD", "all")}


def _as_indicators(raw: pd.DataFrame, **columns: Any) -> pd.DataFrame:
    """Rows of ``indicators``: reported in a table unless ``columns`` say otherwise."""
    plain = {"power": "", "counterpart": "", "evidence": "reported", "grade": "table"}
    rows = raw.assign(**plain | columns, year=raw["year"].astype("int64"))
    return rows[list(schema.INDICATORS_TABLE.schema.columns)]
