"""The verbal scale: from D to how many times the larger figure is of the smaller."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.measures.compare import BANDS, WORDS


def ratio_of(difference: float) -> float:
    """How many times the larger figure is of the smaller at a given D, whichever its sign.

    Example:
        >>> ratio_of(0), ratio_of(-0.5), ratio_of(1)
        (1.0, 3.0, inf)
    """
    apart = abs(difference)
    return (1 + apart) / (1 - apart) if apart < 1 else float("inf")


def bands() -> pd.DataFrame:
    """The words of the scale from the smallest difference up.

    Returns:
        ``word``, ``from_difference`` and ``to_difference`` (of D without its sign) and ``up_to``
        (the ratio at which the word ends; NaN for the last).
    """
    limits = [0.0, *BANDS, 1.0]
    return pd.DataFrame(
        {
            "word": list(WORDS),
            "from_difference": limits[:-1],
            "to_difference": limits[1:],
            "up_to": [*(ratio_of(limit) for limit in BANDS), np.nan],
        }
    )


def band_of(difference: float) -> int:
    """Which word of ``bands`` a D falls under; a limit belongs to the word below it.

    Example:
        >>> band_of(0.05), band_of(-0.3), band_of(1.0)
        (0, 2, 4)
    """
    return int(np.searchsorted(BANDS, abs(difference), side="left"))
