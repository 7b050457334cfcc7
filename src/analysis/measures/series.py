"""What of the two powers' is China's."""

from __future__ import annotations

import numpy as np
import pandas as pd


def china_part(pairs: pd.DataFrame) -> pd.Series:
    """China's part of what the two have together, 0 to 1; empty where a half is not known.

    Args:
        pairs: with ``china`` and ``russia`` as numbers.

    Example:
        >>> china_part(pd.DataFrame({"china": [3.0, 0.0], "russia": [1.0, 0.0]})).tolist()
        [0.75, nan]
    """
    whole = pairs["china"] + pairs["russia"]
    return pairs["china"] / whole.where(whole > 0, np.nan)
