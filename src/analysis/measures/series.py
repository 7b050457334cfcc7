"""The pairs of a tie over the years, on one concept a record, and as points to draw."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.measures.ties import SIDES

_LINE = ["country", "tie", "record"]


def of_one_concept(pairs: pd.DataFrame) -> pd.DataFrame:
    """One row a country, tie, record and year, of one concept throughout.

    A record that counts a tie on two concepts (goods; goods and services) is told by the one that
    has both powers in more years, since years of two concepts make no line.

    Args:
        pairs: rows of ``ties``, in use or not.

    Returns:
        Rows of the same columns, sorted by country, tie, record and year. Of two editions of a
        year that in use stands, else the one that comes last by name.

    Example:
        >>> rows = [("goods", 2019, "CHN"), ("all", 2019, "CHN"), ("all", 2020, "RUS")]
        >>> frame = pd.DataFrame(rows, columns=["concept", "year", "leader"])
        >>> frame = frame.assign(country="UZB", tie="trade", record="own", in_use="no", edition="")
        >>> of_one_concept(frame)["concept"].tolist()
        ['all', 'all']
    """
    both = pairs[pairs["leader"] != ""].drop_duplicates([*_LINE, "concept", "year"])
    counts = both.groupby([*_LINE, "concept"], as_index=False).size()
    # Where neither concept has a pair, every one of its halves counts.
    halves = pairs.groupby([*_LINE, "concept"], as_index=False).size()
    known = pd.concat([counts, halves.assign(size=0)], ignore_index=True)
    best = known.sort_values([*_LINE, "size"], ascending=[True] * 3 + [False], kind="stable")
    best = best.drop_duplicates(_LINE)[[*_LINE, "concept"]]
    kept = pairs.merge(best, on=[*_LINE, "concept"], validate="m:1")
    kept = kept.sort_values([*_LINE, "year", "in_use", "edition"], kind="stable")
    return kept.drop_duplicates([*_LINE, "year"], keep="last").reset_index(drop=True)


def as_points(pairs: pd.DataFrame) -> pd.DataFrame:
    """Pairs with ``china`` and ``russia`` as one number each, to draw.

    Where the words of a figure allow an interval it is drawn in its middle; where they leave the
    upper end open ("more than 50"), at its lower end.

    Args:
        pairs: rows of ``ties``.

    Example:
        >>> ends = dict(china=float("nan"), china_low=3.0, china_high=5.0, china_logical_high=5.0)
        >>> more = {end.replace("china", "russia"): value for end, value in ends.items()}
        >>> more["russia_logical_high"] = float("nan")
        >>> as_points(pd.DataFrame([ends | more]))[["china", "russia"]].values.tolist()
        [[4.0, 3.0]]
    """
    told = {}
    for side in SIDES:
        low, high = pairs[f"{side}_low"], pairs[f"{side}_high"]
        middle = ((low + high) / 2).where(pairs[f"{side}_logical_high"].notna(), low)
        told[side] = pairs[side].fillna(middle)
    return pairs.assign(**told)


def china_part(pairs: pd.DataFrame) -> pd.Series:
    """China's part of what the two have together, 0 to 1; empty where a half is not known.

    Args:
        pairs: with ``china`` and ``russia`` as numbers, as ``as_points`` gives them.

    Example:
        >>> china_part(pd.DataFrame({"china": [3.0, 0.0], "russia": [1.0, 0.0]})).tolist()
        [0.75, nan]
    """
    whole = pairs["china"] + pairs["russia"]
    return pairs["china"] / whole.where(whole > 0, np.nan)
