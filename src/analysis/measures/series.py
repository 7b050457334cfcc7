"""What of the two powers' is China's."""

from __future__ import annotations

import pandas as pd

from analysis.measures.history import middle
from analysis.measures.scale import SIDES


def china_part(pairs: pd.DataFrame) -> pd.Series:
    """China's part of what the two have together, 0 to 1; empty where a half is not known.

    Args:
        pairs: rows of ``ties``. Of a half that is known by its ends the ``middle`` is taken.

    Example:
        >>> ends = {"china_low": 2.0, "china_high": 4.0, "russia_low": 1.0, "russia_high": 1.0}
        >>> known, nothing = {"china": 3.0, "russia": 1.0}, {"china": 0.0, "russia": 0.0}
        >>> halves = pd.DataFrame([ends | known, ends, ends | nothing], columns=[*known, *ends])
        >>> china_part(halves).tolist()
        [0.75, 0.75, nan]
    """
    halves = {side: pairs.apply(middle, axis=1, args=(side,)) for side in SIDES}
    whole = halves["china"] + halves["russia"]
    return halves["china"] / whole.where(whole > 0)
