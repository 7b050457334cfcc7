"""Why two figures are no pair, and what was refused for which reason."""

from __future__ import annotations

from enum import StrEnum

import pandas as pd


class Refusal(StrEnum):
    """Why like cannot be set beside like; ``vocabulary.REFUSALS`` has the words of each."""

    NO_COUNTERPART = "no_counterpart"
    NO_NUMBER = "no_number"
    OTHER_AREA = "other_area"
    OTHER_MEASURE = "other_measure"
    OTHER_NATURE = "other_nature"
    OTHER_STATUS = "other_status"
    OTHER_UNIT = "other_unit"
    OTHER_PRICES = "other_prices"
    OTHER_COVERAGE = "other_coverage"
    OTHER_REPORTER = "other_reporter"
    OTHER_LENGTH = "other_length"
    OTHER_PERIOD = "other_period"
    NOT_ITS_OWN = "not_its_own"
    NOT_THEIR_OWN = "not_their_own"
    NO_RECORD = "no_record"
    NEGATIVE = "negative"
    NOTHING = "nothing"
    NO_TOTAL = "no_total"
    TOTAL_OF_NOTHING = "total_of_nothing"


# Where two figures there are, and measure unlike things.
UNLIKE = tuple(refusal for refusal in Refusal if refusal.name.startswith("OTHER_"))


def by_refusal(comparisons: pd.DataFrame) -> pd.DataFrame:
    """How many pairs were refused for each reason, with the newest of them.

    Args:
        comparisons: the table of that name.

    Returns:
        ``refusal``, ``count`` and ``comparison_id``, the most frequent first.
    """
    refused = comparisons[comparisons["comparable"] == "no"]
    refused = refused.sort_values(["period_end", "comparison_id"], ascending=[False, True])
    table = refused.groupby("refusal", as_index=False).agg(
        count=("comparison_id", "size"), comparison_id=("comparison_id", "first")
    )
    return table.sort_values(["count", "refusal"], ascending=[False, True], ignore_index=True)
