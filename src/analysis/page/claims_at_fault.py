"""Claims that rest on pairs or statistics which no table has, found before anything is built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.data.faults import Fault
from analysis.data.frames import lines
from analysis.measures.claims import judge_of
from analysis.measures.doubled import doubled_pairs
from analysis.measures.editions import load_editions
from analysis.measures.verdicts import ties
from analysis.measures.weights import weights
from analysis.page.claims import judged_claims, missing_of


def claims_at_fault(
    tables: Mapping[str, Any],
    made: Mapping[str, pd.DataFrame],
    raw: Path,
    told: Sequence[Fault] = (),
) -> list[Fault]:
    """What is wrong with claims beside the tables that they will be judged by, all at once.

    Args:
        tables: the raw tables, sound, as ``load_raw`` gives them.
        made: the tables that are cleaned from them, as ``process`` gives them.
        raw: the folder of the raw tables, for the editions in use.
        told: faults of claims that the raw tables told by themselves. A claim that has one is not
            judged, but what else it names is looked up.

    Returns:
        Those that were told, and then figures that make two pairs of one name or, where there is
        none of these, a fault a name that leads to no row: row, column, what stands there, what
        would be valid.
        Nothing is written, and no table of the project is read but the raw ones.
    """
    sources = tables["sources"]
    dates = {name: str(source.get("date", "")) for name, source in sources.items()}
    parts = ("figures", "trade", "trade_goods_and_services", "indicators")
    figures, trade, services, indicators = (made[name] for name in parts)
    known = {
        "figures": figures,
        "ties": ties(figures, trade, services, indicators, dates),
        "weights": weights(trade, indicators, services),
        "indicators": indicators,
    }
    if doubled := doubled_pairs(known["ties"], tables):
        # A claim on such a pair cannot be judged before it is known which of the two is meant.
        return [*told, *doubled]
    judge = judge_of(known, sources, load_editions(raw))
    claims = tables["claims"]
    at_fault = claims.index.isin([fault.row for fault in told if fault.file == "claims.csv"])
    _, faults = judged_claims(claims[~at_fault], judge)
    for line, row in lines(claims[at_fault]):
        faults += missing_of(line, row, judge)
    places = {_place(fault) for fault in told}
    return [*told, *(fault for fault in faults if _place(fault) not in places)]


def _place(fault: Fault) -> tuple[str, int | str, str, str]:
    """Where a fault is and what stands there, whoever found it."""
    return fault.file, fault.row, fault.column, fault.found
