"""All that is worth another look in sound raw data; nothing is refused for it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.data.another_look import Look, filled_down, worth_another_look
from analysis.data.exchanged import exchanged_in_figures, exchanged_in_statistics
from analysis.data.figure_witnesses import far_from_witnesses
from analysis.data.odd_figures import odd_figures
from analysis.data.odd_statistics import (
    below_nought_alone,
    beyond_output,
    far_from_all,
    out_of_step,
    too_small_to_be_listed,
)
from analysis.data.printed_twice import printed_otherwise
from analysis.data.raw_tables import FIGURES
from analysis.data.second_readings import read_otherwise
from analysis.data.sums import sums_apart

_OF_STATISTICS = (
    far_from_all,
    sums_apart,
    too_small_to_be_listed,
    out_of_step,
    below_nought_alone,
    beyond_output,
    printed_otherwise,
    exchanged_in_statistics,
)


def looks(tables: dict[str, Any], made: dict[str, pd.DataFrame], changed: str = "") -> list[Look]:
    """Figures first, then statistics.

    Args:
        tables: the raw tables, sound.
        made: the processed tables.
        changed: a raw table, for the looks alone that may come of its rows.
    """
    found = _at_figures(made) if not changed or changed in _FIGURES_REST_ON else []
    found = read_otherwise(tables, changed) + found + filled_down(tables)
    for rule in _OF_STATISTICS:
        found += rule(tables, changed)
    return found


# What figures are held against: one another, and the statistics of the same things.
_FIGURES_REST_ON = (
    *FIGURES,
    "trade_pairs",
    "trade_all_partners",
    "trade_national",
    "wdi",
    "debt_by_creditor",
    "remittances",
    "fdi",
)


def _at_figures(made: dict[str, pd.DataFrame]) -> list[Look]:
    """Looks at printed figures, each told of once."""
    figures, trade, indicators = (made[name] for name in ("figures", "trade", "indicators"))
    found = worth_another_look(figures, trade, indicators)
    told = {look.place for look in found}
    more = exchanged_in_figures(figures, trade, indicators) + odd_figures(figures, indicators)
    more += far_from_witnesses(figures, trade, indicators)
    for look in more:
        if look.place not in told:
            told.add(look.place)
            found.append(look)
    return found
