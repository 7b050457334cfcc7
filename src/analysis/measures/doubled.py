"""Pairs of which two have one name: a link, a claim and a reader could not tell which is meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.data.faults import Fault
from analysis.data.frames import as_rows
from analysis.data.raw_tables import FIGURES
from analysis.measures.scale import SIDES


def doubled_pairs(ties: pd.DataFrame, tables: Mapping[str, Any]) -> list[Fault]:
    """Printed figures that make two pairs of one name, since their periods are told in two forms.

    Args:
        ties: the processed table.
        tables: the raw tables by name.

    Returns:
        A fault a figure, in its row; where no figure is in such a pair, one on the pair itself.
    """
    places = {
        figure_id: (f"{name}.csv", line, tables[name]["period_printed"][line])
        for name in FIGURES
        for line, figure_id in tables[name]["figure_id"].items()
    }
    faults = []
    for pair_id, pairs in ties[ties["pair_id"].duplicated(keep=False)].groupby("pair_id"):
        rows = as_rows(pairs)
        spans = " and ".join(f"{row['start'] or 'no day'} to {row['end']}" for row in rows)
        valid = f"one form of the period for all figures of {pair_id}, which has two: {spans}"
        named = [name for row in rows for side in SIDES for name in row[f"{side}_ids"].split()]
        found = [places[name] for name in dict.fromkeys(named) if name in places]
        faults += [Fault(file, line, "period_printed", words, valid) for file, line, words in found]
        if not found:
            faults.append(Fault("ties.csv", str(pair_id), "pair_id", str(pair_id), valid))
    return faults
