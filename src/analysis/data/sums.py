"""Sums in the statistics that the publisher's own totals must come to, or nearly.

Where a table names everyone, the parts come to the whole to the last digit, and two digits that
were exchanged in one of them show. Where it leaves out small flows, they come to it but for those.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.data.another_look import Look

# Tables whose parts come to the whole: the column of the parts, the word for the whole, what one
# sum has in common, and how much the rounding of the parts may come to.
_WHOLE = {
    "debt_by_creditor": ("creditor", "World", ["country", "series", "year"], 10.0),
    "arms_deliveries": ("supplier", "WLD", ["recipient", "year"], 0.02),
    "gas_exports": ("importer", "WLD", ["exporter", "scope", "year"], 0.0003),
}
# Of gas by country only some buyers are named.
_ALL_NAMED = {"gas_exports": ("scope", "between regions")}

# Tables that list every partner but those with whom a flow comes to less than a million dollars;
# with fewer partners a year lists the neighbours alone.
_LISTS = ("trade_all_partners", "trade_national", "trade_goods_and_services")
_LISTED = 30
_STATES = 209
# What a partner that is not listed may be taken to trade, in dollars.
_UNLISTED = 1.3e5
# The two powers' partners, of whom so much is not told by country that only too much of them shows.
_OPEN = "trade_world"
_ROUNDING = 1e-6


def sums_apart(tables: dict[str, Any], changed: str = "") -> list[Look]:
    """Wholes that their parts do not come to.

    Args:
        tables: the raw tables as text, sound.
        changed: a table, for the looks alone that may come of its rows.
    """
    found = []
    for name in _WHOLE:
        if changed in ("", name):
            found += _exact(name, tables[name])
    for name in (*_LISTS, _OPEN):
        if changed in ("", name):
            found += _listed(name, tables[name])
    return found


def _exact(name: str, raw: pd.DataFrame) -> list[Look]:
    column, whole, key, rounding = _WHOLE[name]
    if name in _ALL_NAMED:
        where, word = _ALL_NAMED[name]
        raw = raw[raw[where] == word]
    sums = _sums(raw, column, whole, ["source_id", *key]).fillna(0.0)
    apart = sums[(sums["parts"] - sums["whole"]).abs() > rounding]
    return [
        Look(
            f"{name}.csv",
            f"{row.whole:.12g} ({' '.join(map(str, row.Index))}, {whole})",
            f"{row.parts:.12g}, all that the table names together",
            "the parts do not come to the whole"
            if row.parts < row.whole
            else "the parts come to more than the whole",
        )
        for row in apart.itertuples()
    ]


def _listed(name: str, raw: pd.DataFrame) -> list[Look]:
    sums = _sums(raw, "partner", "WLD", ["dataset", "reporter", "flow", "year"])
    sums = sums[(sums["partners"] >= _LISTED) & sums["whole"].notna()]
    rest = sums["whole"] - sums["parts"]
    small = _UNLISTED * (_STATES - sums["partners"])
    why = np.select(
        [rest < -_ROUNDING * sums["whole"], (rest > small) & (name != _OPEN)],
        ["the partners listed come to more than all", "too much is left for small partners"],
        default="",
    )
    return [
        Look(
            f"{name}.csv",
            f"{row.whole:.12g} ({' '.join(map(str, row.Index))}, WLD)",
            f"{row.parts:.12g}, the {row.partners:.0f} partners listed together",
            reason,
        )
        for row, reason in zip(sums.itertuples(), why, strict=True)
        if reason
    ]


def _sums(raw: pd.DataFrame, column: str, whole: str, key: list[str]) -> pd.DataFrame:
    """By key the whole that is given, the sum of its parts, and how many these are."""
    rows = raw.assign(value=raw["value"].astype(float))
    given = rows[rows[column] == whole].set_index(key)["value"].rename("whole")
    parts = rows[rows[column] != whole].groupby(key)["value"].agg(["sum", "size"])
    joined = parts.set_axis(["parts", "partners"], axis=1).join(given, how="outer")
    return joined.sort_index()
