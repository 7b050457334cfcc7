"""One way of taking rows out of a table, and rows as plain values."""

import pandas as pd
import pytest

from analysis.data.frames import as_rows, lines, where

ROWS = pd.DataFrame(
    {"country": ["KAZ", "KGZ", "KGZ"], "year": [2016, 2016, 2020], "value": [1.0, 2.0, None]}
)


@pytest.mark.parametrize(
    ("equal", "kept"),
    [
        ({}, [0, 1, 2]),
        ({"country": "KGZ"}, [1, 2]),
        ({"country": "KGZ", "year": 2020}, [2]),
        ({"country": "KGZ", "year": 2016}, [1]),
        ({"year": 2016, "country": "KGZ"}, [1]),
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


def test_a_gap_of_any_kind_is_no_value():
    frame = pd.DataFrame({"word": ["a", None], "count": [None, 2]}).convert_dtypes()
    assert where(frame, word="a").index.tolist() == [0]
    assert where(frame, count=2).index.tolist() == [1]


def test_a_column_that_there_is_not_is_told_with_the_valid_ones():
    with pytest.raises(ValueError, match="no column 'land' in this table; valid: country, year"):
        where(ROWS, land="KAZ")


def test_the_table_itself_stays_as_it_was():
    before = ROWS.copy()
    where(ROWS, country="KAZ")["value"].sum()
    pd.testing.assert_frame_equal(ROWS, before)


def test_rows_are_plain_values_of_the_kind_of_their_column():
    frame = ROWS.assign(count=[1, 2, 3], known=[True, False, True])
    row = as_rows(frame)[1]
    assert row == {"country": "KGZ", "year": 2016, "value": 2.0, "count": 2, "known": False}
    assert [type(value) for value in row.values()] == [str, int, float, int, bool]


def test_a_missing_number_stays_one_and_a_missing_word_too():
    value, word = as_rows(ROWS.assign(word=["a", "b", None])[["value", "word"]])[2].values()
    assert pd.isna(value)
    assert isinstance(value, float)
    assert pd.isna(word)


def test_a_frame_of_numbers_alone_keeps_whole_ones_whole():
    assert repr(as_rows(pd.DataFrame({"a": [1], 2: [0.5]}))) == "[{'a': 1, '2': 0.5}]"


@pytest.mark.parametrize("frame", [pd.DataFrame(), ROWS[:0]])
def test_a_frame_without_rows_gives_none(frame):
    assert as_rows(frame) == list(lines(frame)) == []


def test_each_row_of_a_file_comes_with_its_line():
    told = lines(ROWS[["country"]].set_axis([2, 3, 7]))
    assert list(told) == [(2, {"country": "KAZ"}), (3, {"country": "KGZ"}), (7, {"country": "KGZ"})]
