"""What was refused, by reason."""

from __future__ import annotations

import pandas as pd


def reasons_alone(reasons: pd.Series) -> pd.Series:
    """Reasons without what they say of the one case: its figure, its country, its words.

    Example:
        >>> list(reasons_alone(pd.Series(["not like with like: the period (2015 and 2016)"])))
        ['not like with like: the period']
    """
    alone = reasons.str.replace(r" \(.*\)$", "", regex=True)
    return alone.str.replace(r"(: the words are|: \w+’s side) .*$", "", regex=True)


def by_reason(comparisons: pd.DataFrame) -> pd.DataFrame:
    """How many pairs were refused for each reason, with the newest of them.

    Args:
        comparisons: the table of that name.

    Returns:
        ``reason``, ``count`` and ``comparison_id``, the most frequent reason first.
    """
    refused = comparisons[comparisons["comparable"] == "no"]
    refused = refused.sort_values(["period_end", "comparison_id"], ascending=[False, True])
    named = refused.assign(reason=reasons_alone(refused["reason"]))
    table = named.groupby("reason", as_index=False).agg(
        count=("comparison_id", "size"), comparison_id=("comparison_id", "first")
    )
    return table.sort_values(["count", "reason"], ascending=[False, True], ignore_index=True)
