"""The method page: what it teaches is what the modules do, with numbers worked out by hand."""

import re

import pytest

from analysis.charts import method
from analysis.measures import compare


@pytest.mark.parametrize(
    ("difference", "ratio"),
    [(0.0, 1.0), (0.2, 1.5), (0.5, 3.0), (0.8, 9.0)],  # (1 + 0.2) / (1 - 0.2) = 1.5
)
def test_a_difference_is_a_ratio(difference, ratio):
    assert method.ratio_of(difference) == pytest.approx(ratio)


def test_the_table_of_words_has_every_word_with_its_ends():
    rows = re.findall(
        r'<th scope="row">(.+?)</th><td>(.+?)</td><td>(.+?)</td>', method.words_table()
    )
    assert [word.lower() for word, _, _ in rows] == [*compare.WORDS, compare.TOO_CLOSE]
    assert rows[2] == ("Clearly larger", "0.2 to 0.5", "1.5 to 3 times")


def test_the_worked_example_is_right_on_paper():
    text = method.worked_example()
    # $1.8 billion is 1,750 to 1,850 million, $688 million is 687.5 to 688.5:
    # (1750 - 688.5) / (1750 + 688.5) = 1061.5 / 2438.5 = 0.4353
    # (1850 - 687.5) / (1850 + 687.5) = 1162.5 / 2537.5 = 0.4581
    assert "(1,750 − 688.5) / (1,750 + 688.5) = [+0.435]" in text
    assert "(1,850 − 687.5) / (1,850 + 687.5) = [+0.458]" in text
    assert "depends on whose books" in text


def test_every_hedge_has_a_figure_of_the_article():
    table = method.hedges_table()
    assert "“roughly 30 billion cubic meters”</td><td>28.5 billion cubic metres" in table
    assert "“up to 30%”</td><td>0% to 30%" in table


def test_refusals_are_counted_by_reason():
    counts = [int(count) for count in re.findall(r"<td>([0-9]+)</td>", method.refused_table())]
    assert counts == sorted(counts, reverse=True)
    comparisons = method.store.load_table("comparisons", method.PROCESSED)
    refused = (comparisons["comparable"] == "no") & comparisons["book"].isin(["article", "stated"])
    assert sum(counts) == refused.sum()
