"""How numbers are written at marks."""

import pytest

from analysis.charts.formats import (
    dollars,
    of_hundred,
    percent,
    percent_fine,
    rounded,
    tenth,
    times,
    whole,
)


@pytest.mark.parametrize(
    ("share", "coarse", "fine"),
    [(0.385, "39%", "39%"), (0.0625, "6%", "6.3%"), (0.0004, "under 1%", "under 0.1%"),
     (0, "0%", "none"), (1, "100%", "100%"), (0.0995, "10%", "10%"), (0.005, "1%", "0.5%")],
)  # fmt: skip
def test_parts_in_per_cent(share, coarse, fine):
    assert (percent(share), percent_fine(share)) == (coarse, fine)


@pytest.mark.parametrize(
    ("ratio", "words"),
    [(1, "1.0×"), (4.05, "4.1×"), (9.95, "10×"), (0.94, "0.94×"), (0.995, "1.0×"), (12.3, "12×")],
)
def test_ratios(ratio, words):
    assert times(ratio) == words


def test_other_numbers():
    assert of_hundred(0.835) == "$84"
    assert whole(778_041) == "778,041"
    assert tenth(36.45) == "36.5"
    assert [rounded(dollars)(v) for v in (20e9, 2.5e9)] == ["$20bn", "$2.5bn"]
