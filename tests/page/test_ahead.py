"""By how much one figure is the larger, in words."""

import pytest

from analysis.page.ahead import factor

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
