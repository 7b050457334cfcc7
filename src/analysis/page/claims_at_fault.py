"""Claims that rest on pairs or statistics which no table has, found before anything is built."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.data.faults import Fault
from analysis.measures.claims import judge_of
from analysis.measures.editions import load_editions
from analysis.measures.verdicts import ties
from analysis.measures.weights import weights
from analysis.page.claims import judged_claims


def claims_at_fault(
    tables: Mapping[str, Any], made: Mapping[str, pd.DataFrame], raw: Path
) -> list[Fault]:
    """What is wrong with claims beside the tables that they will be judged by, all at once.

    Args:
        tables: the raw tables, sound, as ``load_raw`` gives them.
        made: the tables that are cleaned from them, as ``process`` gives them.
        raw: the folder of the raw tables, for the editions in use.

    Returns:
        A fault a name that leads to no row: row, column, what stands there, what would be valid.
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
    judge = judge_of(known, sources, load_editions(raw))
    _, faults = judged_claims(tables["claims"], judge)
    return faults
