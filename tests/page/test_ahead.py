"""By how much one figure is the larger, in words."""

import pytest

from analysis.page.ahead import ahead, factor, money
from analysis.page.language import speaking

NONE = float("nan")


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        ((10.0, 10.0, 8.0, 8.0), "25% more"),
        ((1.0, 1.0, 2.0, 2.0), "2 times as much"),
        ((1.0, 3.0, 2.0, 2.0), ""),  # either may be the larger
        ((1.0, 1.0, 0.0, 2.0), ""),
        ((1.0, NONE, 2.0, 2.0), ""),
    ],
)
def test_the_larger_figure_is_told_by_its_factor_where_it_has_one(ends, told):
    assert factor(*ends).replace("\N{NO-BREAK SPACE}", " ") == told


def test_a_half_whose_upper_end_is_open_is_so_much_or_more():
    half = {"china": NONE, "china_low": 1e9, "china_high": NONE, "unit": "USD"}
    assert money(half, "china") == "$1bn or more"


def test_who_is_ahead_has_a_name_in_the_language_that_is_spoken():
    assert ahead("ahead_on_the_one_record", "CHN") == "China"
    with speaking("ru"):
        assert ahead("ahead_on_the_one_record", "CHN") == "Китай"
