"""What of the two powers' is China's."""

from __future__ import annotations

import pandas as pd

from analysis.measures.history import middle
from analysis.measures.scale import SIDES


def china_part(pairs: pd.DataFrame) -> pd.Series:
    """China's part of what the two have together, 0 to 1; empty where a half is not known.

    Args:
        pairs: rows of ``ties``. Of a half that is known by its ends the ``middle`` is taken, of a
            floor its least.

    Example:
        >>> ends = {"china_low": 2.0, "china_high": 4.0, "russia_low": 1.0, "russia_high": 1.0}
        >>> ends |= {"china_logical_high": 4.0, "russia_logical_high": 1.0}
        >>> known, nothing = {"china": 3.0, "russia": 1.0}, {"china": 0.0, "russia": 0.0}
        >>> halves = pd.DataFrame([ends | known, ends, ends | nothing], columns=[*known, *ends])
        >>> china_part(halves).tolist()
        [0.75, 0.75, nan]
    """
    halves = {side: pairs.apply(middle, axis=1, args=(side,)) for side in SIDES}
    whole = halves["china"] + halves["russia"]
    return halves["china"] / whole.where(whole > 0)


# From this much on a part is said to have grown: a dollar of every hundred.
GROWTH = 0.01


def grew(before: pd.DataFrame, after: pd.DataFrame) -> pd.Series:
    """Whether China's part grew by a hundredth or more, however the words of both are read.

    Args:
        before: rows of ``ties`` with both halves, one a country.
        after: the same, later.

    Returns:
        True or False by ``country``, of those that both have.

    Example:
        >>> before = pd.DataFrame({"country": ["KAZ"], "logical_low": [0.0], "logical_high": [0.0]})
        >>> grew(before, before.assign(logical_low=0.02, logical_high=0.2)).to_dict()
        {'KAZ': True}
    """
    both = before.merge(after, on="country", suffixes=("", "_after")).set_index("country")
    # D runs from -1 to 1, a part from 0 to 1.
    return (both["logical_low_after"] - both["logical_high"]) / 2 >= GROWTH
