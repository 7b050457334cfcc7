"""What was refused, by reason."""

import pandas as pd

from analysis.measures.refusals import by_reason


def test_pairs_are_counted_by_reason_alone_and_the_newest_is_the_case():
    rows = [
        (
            "a",
            "no",
            "2015-12-31",
            "not like with like: the period (2015 for China, 2016 for Russia)",
        ),
        (
            "b",
            "no",
            "2018-12-31",
            "not like with like: the period (2017 for China, 2018 for Russia)",
        ),
        ("c", "no", "2016-12-31", "no number for Russia: the words are “many agreements”"),
        ("d", "yes", "2024-12-31", ""),
    ]
    table = pd.DataFrame(rows, columns=["comparison_id", "comparable", "period_end", "reason"])
    assert by_reason(table).values.tolist() == [
        ["not like with like: the period", 2, "b"],
        ["no number for Russia", 1, "c"],
    ]
