"""What is said of the trade of all five together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.config import COUNTRIES, POWERS
from analysis.data.frames import as_rows, where
from analysis.measures.scale import SIDES


def trade_of_all(figures: pd.DataFrame) -> pd.DataFrame:
    """The sums of trade with all five that somebody has stated, by power, year and reporter.

    Args:
        figures: the table of that name.

    Returns:
        Its rows on whole years, with ``year``, sorted by power and year.
    """
    rows = where(figures, country="REGION", indicator="trade_turnover", status="realised")
    rows = rows[rows["power"].isin(POWERS) & rows["period_end"].str.endswith("-12-31")]
    rows = rows.assign(year=rows["period_end"].str[:4].astype("int64"))
    return rows.sort_values(["power", "year", "figure_id"], kind="stable", ignore_index=True)


def by_states(sums: pd.DataFrame) -> pd.DataFrame:
    """Those that one of the two powers or of the five has stated.

    Args:
        sums: as ``trade_of_all`` gives them.
    """
    return sums[sums["reporter"].isin([*POWERS, *COUNTRIES])].reset_index(drop=True)


def counted_apart(
    pairs: pd.DataFrame, power: str, year: int, countries: Mapping[str, str]
) -> dict[str, Any]:
    """What a power's own counts of its trade with each of some countries come to in a year.

    Args:
        pairs: rows of ``ties``.
        power: its code.
        year: the year.
        countries: names by code.

    Returns:
        ``places`` and ``none`` (names of those that it has counted and not), ``low`` and ``high``
        of the sum, ``least`` (of each its number or, without one, its floor), ``value`` (missing
        where one of them is no one number), ``floor`` (whether one of them has no upper end) and
        ``pair_ids``; empty where no count is known.
    """
    side = SIDES[list(POWERS).index(power)]
    rows = where(pairs, tie="trade", record="partner", year=year, in_use="yes", whole_year="yes")
    rows = rows[rows["country"].isin(list(countries)) & rows[f"{side}_low"].notna()]
    if rows.empty:
        return {}
    known = set(rows["country"])
    return {
        "places": [name for code, name in countries.items() if code in known],
        "none": [name for code, name in countries.items() if code not in known],
        "low": rows[f"{side}_low"].sum(),
        "least": rows[side].fillna(rows[f"{side}_low"]).sum(),
        "high": rows[f"{side}_high"].sum(),
        "value": rows[side].sum(skipna=False),
        "floor": bool(rows[f"{side}_logical_high"].isna().any()),
        "pair_ids": rows.sort_values("pair_id")["pair_id"].tolist(),
    }


def by_others(sums: pd.DataFrame) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Those of a third party, each beside what a state has stated for the same power and year.

    Args:
        sums: as ``trade_of_all`` gives them.

    Returns:
        Pairs of rows of ``sums``, the third party's first; sums without a number are left out.
    """
    told = sums[sums["low"].notna() | sums["high"].notna()]
    ours = as_rows(by_states(told))
    known = {row["figure_id"] for row in ours}
    return [
        (row, state)
        for row in as_rows(told)
        for state in ours
        if row["figure_id"] not in known
        and (row["power"], row["year"]) == (state["power"], state["year"])
    ]
