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
    ("value", "words"),
    [
        (22_650_000_000, "$22.7bn"), (22_649_999_999, "$22.6bn"), (1_050_000_000, "$1.1bn"),
        (999_499_999, "$999m"), (999_500_000, "$1.0bn"), (945_400_000, "$945m"),
        (9_950_000, "$10m"), (1_250_000, "$1.3m"), (49_999, "$49,999"), (0, "$0"),
        (-2_500_000_000, "−$2.5bn"), (106_300_000_000, "$106.3bn"),
    ],
)  # fmt: skip
def test_sums_are_short_and_halves_go_up(value, words):
    assert dollars(value) == words


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
