"""The scale of words: where each begins and ends, worked out by hand."""

import doctest

import pytest

from analysis.measures import scale
from analysis.measures.scale import WORDS


@pytest.mark.parametrize(
    ("difference", "ratio"),
    [(0.0, 1.0), (0.2, 1.5), (-0.5, 3.0), (0.8, 9.0)],  # (1 + 0.2) / (1 - 0.2) = 1.5
)
def test_a_difference_is_a_ratio(difference, ratio):
    assert scale.ratio_of(difference) == pytest.approx(ratio)


def test_each_word_begins_where_the_one_before_ends():
    table = scale.bands()
    assert table["word"].tolist() == list(WORDS)
    assert table["from_difference"].tolist()[1:] == table["to_difference"].tolist()[:-1]
    assert table["up_to"].tolist()[1:-1] == pytest.approx([1.5, 3, 9])
    assert table["up_to"].isna().tolist() == [False, False, False, False, True]


def test_the_words_reach_from_no_difference_to_all_on_one_side():
    table = scale.bands()
    assert (table["from_difference"].iloc[0], table["to_difference"].iloc[-1]) == (0.0, 1.0)


def test_the_examples_are_true():
    assert doctest.testmod(scale).failed == 0
