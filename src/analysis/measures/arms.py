"""Who delivers arms to the five: a test of the article's words, kept apart from economic ties.

The volumes are SIPRI's, which values what is delivered by what it can do: they are no prices.
"""

from __future__ import annotations

import pandas as pd

from analysis.config import COUNTRIES, POWERS
from analysis.data.frames import where

YEARS = 5  # deliveries come in lumps, so that single years say little


def arms_parts(indicators: pd.DataFrame, last: int, years: int = YEARS) -> pd.DataFrame:
    """Each power's part of the arms that a country received over some years.

    Args:
        indicators: the table of that name.
        last: the last of the years.
        years: how many.

    Returns:
        A row a country: ``country``, ``first``, ``last``, ``china`` and ``russia`` (shares, 0 to
        1; NaN where nothing was delivered by anyone), ``volume`` of all, and ``labels``
        of the rows of ``indicators`` that it rests on.

    Example:
        >>> rows = [("TJK", "RUS", 2016, 3.0), ("TJK", "all", 2016, 4.0)]
        >>> table = pd.DataFrame(rows, columns=["country", "counterpart", "year", "value"])
        >>> parts = arms_parts(table.assign(indicator="arms_received"), 2016)
        >>> parts.set_index("country").loc["TJK", ["china", "russia"]].tolist()
        [0.0, 0.75]
    """
    first = last - years + 1
    rows = where(indicators, indicator="arms_received", year=range(first, last + 1))
    sums = rows.groupby(["country", "counterpart"])["value"].sum()
    found = []
    for country in COUNTRIES:
        volume = float(sums.get((country, "all"), 0.0))
        parts = {
            name.lower(): float(sums.get((country, power), 0.0)) / volume
            if volume
            else float("nan")
            for power, name in POWERS.items()
        }
        labels = list(rows[rows["country"] == country].index)
        found.append(
            {"country": country, "first": first, "last": last}
            | parts
            | {"volume": volume, "labels": labels}
        )
    return pd.DataFrame(found)
