"""One way of taking rows out of a table."""

import pandas as pd
import pytest

from analysis.data.frames import where

ROWS = pd.DataFrame(
    {"country": ["KAZ", "KGZ", "KGZ"], "year": [2016, 2016, 2020], "value": [1.0, 2.0, None]}
)


@pytest.mark.parametrize(
    ("equal", "kept"),
    [
        ({}, [0, 1, 2]),
        ({"country": "KGZ"}, [1, 2]),
        ({"country": "KGZ", "year": 2020}, [2]),
        ({"year": [2016, 2018]}, [0, 1]),
        ({"year": range(2017, 2021)}, [2]),
        ({"country": {"KAZ": "Kazakhstan"}}, [0]),
        ({"country": []}, []),
        ({"country": "TJK"}, []),
        ({"year": (year for year in (2016,))}, [0, 1]),
        ({"value": 2.0}, [1]),
    ],
)
def test_rows_are_kept_where_every_column_has_its_value(equal, kept):
    assert where(ROWS, **equal).index.tolist() == kept


def test_a_column_that_there_is_not_is_told_with_the_valid_ones():
    with pytest.raises(ValueError, match="no column 'land' in this table; valid: country, year"):
        where(ROWS, land="KAZ")


def test_the_table_itself_stays_as_it_was():
    before = ROWS.copy()
    where(ROWS, country="KAZ")["value"].sum()
    pd.testing.assert_frame_equal(ROWS, before)
