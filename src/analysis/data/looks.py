"""All that is worth another look in sound raw data; nothing is refused for it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.data.another_look import Look, filled_down, worth_another_look
from analysis.data.odd_figures import odd_figures
from analysis.data.odd_statistics import (
    below_nought_alone,
    far_from_all,
    out_of_step,
    too_small_to_be_listed,
)
from analysis.data.sums import sums_apart


def looks(tables: dict[str, Any], made: dict[str, pd.DataFrame], changed: str = "") -> list[Look]:
    """Figures first, then statistics.

    Args:
        tables: the raw tables, sound.
        made: the processed tables.
        changed: a raw table, for the looks alone that may come of its rows.
    """
    found = worth_another_look(made["figures"], made["trade"], made["indicators"])
    found += odd_figures(made["figures"], made["indicators"])
    found += filled_down(tables)
    for rule in (
        far_from_all,
        sums_apart,
        too_small_to_be_listed,
        out_of_step,
        below_nought_alone,
    ):
        found += rule(tables, changed)
    return found
