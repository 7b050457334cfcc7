"""Trade records that were worked out from another record and not counted: how numbers show it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.config import POWERS

# A run of this many years with one fixed factor is no coincidence of trade.
_RUN = 4
_SAME = 1e-4


def copied_runs(trade: pd.DataFrame, powers: dict[str, str] = POWERS) -> pd.DataFrame:
    """Find records that were worked out and not counted, by the numbers alone.

    Two signs are looked for, in runs of four years and more: a record that is the partner's
    times one fixed factor, and one whose ratio of the first power to the second never changes.

    Args:
        trade: the ``trade`` table, or any of its form.
        powers: name by code, the first and the second.

    Returns:
        reporter, dataset, flow, kind, first and last year of each run.
    """
    keys = ["reporter", "dataset", "flow"]
    records = trade[(trade["value"] > 0) & (trade["evidence"] != "reconciled")]
    first, second = powers
    partners = records[records["partner"].isin(powers)]
    seen = records[records["reporter"].isin(powers)].assign(
        flow=lambda rows: rows["flow"].map({"export": "import", "import": "export"})
    )
    both = partners.merge(
        seen,
        left_on=["reporter", "partner", "flow", "year", "dataset"],
        right_on=["partner", "reporter", "flow", "year", "dataset"],
        suffixes=("", "_seen"),
    )
    both = both.assign(ratio=both["value"] / both["value_seen"])
    wide = partners.pivot_table(index=[*keys, "year"], columns="partner", values="value")
    wide = wide.reindex(columns=list(powers)).dropna().reset_index()
    wide = wide.assign(ratio=wide[first] / wide[second])
    runs = [
        *_runs(both, [*keys, "partner"], "copied from the partner"),
        *_runs(wide, keys, f"fixed ratio of {powers[first]} to {powers[second]}"),
    ]
    return pd.DataFrame(runs, columns=[*keys, "kind", "first", "last"])


def _runs(rows: pd.DataFrame, keys: list[str], kind: str) -> list[dict[str, Any]]:
    found = []
    for key, group in rows.sort_values("year").groupby(keys):
        ratio = group["ratio"].to_numpy()
        years = group["year"].to_numpy()
        same = (np.abs(ratio[1:] / ratio[:-1] - 1) < _SAME) & (np.diff(years) == 1)
        start = 0
        for end in range(1, len(years) + 1):
            if end < len(years) and same[end - 1]:
                continue
            if end - start >= _RUN:
                named = dict(zip(keys, key, strict=True))
                span = {"kind": kind, "first": years[start], "last": years[end - 1]}
                found.append(named | span)
            start = end
    return found
