"""Statistics that are printed twice: in two tables of one publisher, or in two editions of one.

The World Bank's public debt is the sum of what its creditors are owed; its matrix of remittances
shares out the totals of an edition of its own; and an edition that leaves the years before and
after as they were seldom changes the one between.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.data.another_look import Look
from analysis.data.frames import as_rows

# Rounding in the sum of so many creditors, in dollars, and in a total of millions.
_CENTS, _MILLIONTH = 100.0, 1e-6
_DEBT, _SENT = "DT.DOD.DPPG.CD", "BX.TRF.PWKR.CD.DT"
# The matrix of a year, and the edition whose totals it shares out.
_MATRIX = {"2016": "2018-08"}
# How nearly two editions agree where the publisher has left a figure as it was.
_AS_IT_WAS = 0.001


def printed_otherwise(tables: dict[str, Any], changed: str = "") -> list[Look]:
    """Statistics whose second printing says another number.

    Args:
        tables: the raw tables as text, sound.
        changed: a table, for the looks alone that may come of its rows.
    """
    found = []
    if changed in ("", "wdi", "debt_by_creditor"):
        found += _debt(tables)
    if changed in ("", "wdi", "remittances"):
        found += _remittances(tables)
    if changed in ("", "wdi"):
        found += _revised_alone(tables["wdi"])
    return found


def _debt(tables: dict[str, Any]) -> list[Look]:
    """Public debt that is not the sum of what all creditors are owed."""
    owed = tables["debt_by_creditor"]
    owed = owed[owed["creditor"] == "World"]
    sums = owed["value"].astype(float).groupby([owed["country"], owed["year"]]).sum()
    wdi = tables["wdi"]
    return _apart(wdi[wdi["indicator"] == _DEBT], sums, _CENTS, "owed to all creditors together")


def _remittances(tables: dict[str, Any]) -> list[Look]:
    """Totals of an edition that its matrix has otherwise."""
    wdi, sent = tables["wdi"], tables["remittances"]
    sent = sent[(sent["sender"] == "WLD") & sent["year"].isin(list(_MATRIX))]
    totals = sent.set_index(["country", "year"])["value"].astype(float) * 1e6
    shared = (wdi["indicator"] == _SENT) & (wdi["vintage"] == wdi["year"].map(_MATRIX))
    return _apart(
        wdi[shared], totals, float(totals.max()) * _MILLIONTH, "in the matrix of remittances"
    )


def _apart(rows: pd.DataFrame, other: pd.Series, rounding: float, where: str) -> list[Look]:
    """Rows of the World Bank's table by country and year against the same elsewhere."""
    keys = pd.MultiIndex.from_frame(rows[["country", "year"]])
    beside = pd.Series(other.reindex(keys).to_numpy(), rows.index)
    apart = (rows["value"].astype(float) - beside).abs() > rounding
    why = "printed twice, and not the same"
    return [
        _look(line, rows.loc[line], f"{beside[line]:.12g}, {where}", why)
        for line in rows.index[apart]
    ]


def _revised_alone(wdi: pd.DataFrame) -> list[Look]:
    """Values that another edition has otherwise, and has the years on both sides as they are."""
    key = ["country", "indicator", "year"]
    rows = wdi.assign(number=wdi["value"].astype(float), line=wdi.index)
    both = rows.merge(rows, on=key, suffixes=("", "_other"))
    both = both[both["vintage"] < both["vintage_other"]].sort_values(key)
    apart = (both["number"] / both["number_other"] - 1).abs()
    same = apart <= _AS_IT_WAS
    series = [both[name] for name in (*key[:2], "vintage", "vintage_other")]
    beside = same.groupby(series)
    around = beside.shift(1, fill_value=False) & beside.shift(-1, fill_value=False)
    why = "revised in this year alone, and in neither beside it"
    return [
        _look(row["line"], row, f"{row['value_other']} in {row['vintage_other']}", why)
        for row in as_rows(both[around & ~same])
    ]


def _look(line: Any, row: Any, beside: str, why: str) -> Look:
    cells = " ".join(row[name] for name in ("vintage", "country", "indicator", "year"))
    return Look(f"wdi.csv, row {line}", f"{row['value']} ({cells})", beside, why)
