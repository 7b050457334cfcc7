"""How far one figure lies from another: D, its interval, and the word of the scale for it.

The pair of powers is data: China stands first and Russia second unless another pair is given.
D and the log ratio are positive where the first one's figure is the larger. The columns and
arguments ``china`` and ``russia`` hold the first and the second, whichever they are. Arrays and
single numbers go through the same functions.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

Powers = dict[str, str]  # name by code: the first of the pair, then the second

# The columns that the first and the second of a pair have in every table.
SIDES = ("china", "russia")

# Where one word of the scale gives way to the next, as |D|. They are the ratios 1.105, 1.5, 3
# and 9 of the larger figure to the smaller: a choice, made once, the same for every country.
BANDS = (0.05, 0.2, 0.5, 0.8)
WORDS = (
    "about level",
    "slightly larger",
    "clearly larger",
    "several times larger",
    "almost all on one side",
)
TOO_CLOSE = "too close to call"


def difference(china: Any, russia: Any) -> Any:
    """Normalised difference D = (C - R) / (C + R), from -1 (only Russia) to +1 (only China).

    Undefined (NaN) where either side is missing or negative, or both are zero: no activity by
    either is not a draw. The form is that of Laursen's revealed symmetric comparative
    advantage (Eurasian Business Review 5, 2015); C/R = (1 + D) / (1 - D).

    Args:
        china: China's figure, a number or an array, in the unit of the other.
        russia: Russia's figure.
    """
    c, r = np.asarray(china, float), np.asarray(russia, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        # An open end is infinite, and D goes to its limit there.
        result = np.where(np.isinf(c) & ~np.isinf(r), 1.0, (c - r) / (c + r))
        result = np.where(np.isinf(r) & ~np.isinf(c), -1.0, result)
        missing = np.isnan(c) | np.isnan(r)
        return np.where(missing | (c < 0) | (r < 0) | (c + r == 0), np.nan, result)[()]


def difference_interval(
    china_low: Any, china_high: Any, russia_low: Any, russia_high: Any
) -> tuple[Any, Any]:
    """Exact range of D for C and R anywhere in their intervals.

    D rises with C and falls with R, so its ends lie at opposite corners; interval arithmetic
    on the formula would count C and R twice and come out too wide.
    """
    return difference(china_low, russia_high), difference(china_high, russia_low)


def log2_ratio(china: Any, russia: Any) -> Any:
    """log2(C / R): +1 is a doubling in China's favour. NaN where either is missing or zero."""
    c, r = np.asarray(china, float), np.asarray(russia, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log2(c / r)
    return np.where((c > 0) & (r > 0), ratio, np.nan)[()]


def word(low: float, high: float) -> str:
    """The word of the scale that an interval of D allows; two words where it spans two.

    Args:
        low: lower end of D.
        high: upper end of D.

    Returns:
        "about level" where the interval lies within 0.05 of zero; "too close to call" where
        it reaches past that on both sides; empty where D is undefined.
    """
    if np.isnan(low) or np.isnan(high):
        return ""
    if low < -BANDS[0] and high > BANDS[0]:
        return TOO_CLOSE
    near, far = sorted((band_of(low), band_of(high)))
    if near == far:
        return WORDS[near]
    # "slightly to clearly larger": the noun is said once.
    if far < len(WORDS) - 1:
        return f"{WORDS[near].removesuffix(' larger')} to {WORDS[far]}"
    return f"{WORDS[near]} to {WORDS[far]}"


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
