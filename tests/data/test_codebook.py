"""The processed tables described."""

import pandas as pd

from analysis.data.codebook import resting_on


def test_a_source_is_followed_to_the_tables_that_rest_on_it():
    tables = {
        "figures": pd.DataFrame({"source_id": ["a", "b"], "dataset": ["b", "b"]}),
        "ties": pd.DataFrame({"edition": ["a + c", "unknown"]}),
        "names": pd.DataFrame({"country": ["KAZ"]}),
    }
    assert resting_on(tables, {"a": {}, "b": {}, "c": {}}) == {
        "a": ["figures", "ties"], "b": ["figures"], "c": ["ties"],
    }  # fmt: skip
