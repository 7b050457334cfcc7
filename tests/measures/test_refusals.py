"""What was refused, by the code of the reason."""

import pandas as pd

from analysis.config import PROCESSED
from analysis.data import store, vocabulary
from analysis.measures.refusals import Refusal, by_refusal


def test_pairs_are_counted_by_refusal_and_the_newest_is_the_case():
    rows = [
        ("a", "no", "2015-12-31", "other_period"),
        ("b", "no", "2018-12-31", "other_period"),
        ("c", "no", "2016-12-31", "no_number"),
        ("d", "yes", "2024-12-31", ""),
    ]
    table = pd.DataFrame(rows, columns=["comparison_id", "comparable", "period_end", "refusal"])
    found = by_refusal(table)
    assert found.values.tolist() == [["other_period", 2, "b"], ["no_number", 1, "c"]]
    assert found.index.tolist() == [0, 1]


def test_every_refusal_has_its_words():
    assert set(vocabulary.REFUSALS) == {str(one) for one in Refusal}


def test_a_row_of_the_table_has_a_refusal_where_and_only_where_it_is_refused():
    table = store.load_table("comparisons", PROCESSED)
    assert ((table["refusal"] != "") == (table["comparable"] == "no")).all()
