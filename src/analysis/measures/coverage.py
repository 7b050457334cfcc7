"""What the article prints figures on: how many for each tie and power."""

from __future__ import annotations

import pandas as pd

from analysis.config import POWERS
from analysis.data.frames import where
from analysis.measures.compare import ARTICLE

# Places of the article's figures: each of the five, the five together, and the world's bodies.
PLACES = ("KAZ", "KGZ", "TJK", "TKM", "UZB", "REGION", "WLD")


def printed_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures that the article prints in numbers, each once.

    Words without a number, parts of compound words and what the article repeats in a title are
    left out, as is a figure that is on neither power.

    Args:
        figures: the table of that name.

    Returns:
        Rows of ``figures``.
    """
    rows = where(figures, source_id=ARTICLE, power=list(POWERS))
    return rows[
        (rows["state"] != "not_reported")
        & ~rows["role"].isin(["same_as", "earlier", "whole"])
        & rows["country"].isin(PLACES)
    ]


def coverage(figures: pd.DataFrame) -> pd.DataFrame:
    """How many figures the article prints, by tie, country and power.

    Returns:
        A row a tie (``dimension``) with a column for each of ``PLACES`` and power, such as
        ``KAZ_CHN``, and ``CHN`` and ``RUS`` for all of them.
    """
    rows = printed_figures(figures)
    counts = rows.groupby(["dimension", "country", "power"]).size()
    table = []
    for dimension in dict.fromkeys(rows["dimension"]):
        row: dict[str, object] = {"dimension": dimension}
        for power in POWERS:
            by_place = {place: int(counts.get((dimension, place, power), 0)) for place in PLACES}
            row |= {f"{place}_{power}": count for place, count in by_place.items()}
            row[power] = sum(by_place.values())
        table.append(row)
    return pd.DataFrame(table)
