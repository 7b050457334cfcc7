"""Measures against worked numbers, and the like-with-like rules against small tables."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.clean import clean_figures
from analysis.compare import (
    BANDS,
    TOO_CLOSE,
    WORDS,
    compare_figures,
    difference,
    difference_interval,
    leader,
    log2_ratio,
    region_totals,
    word,
)

# China, Russia (billion dollars), D, its interval from rounding alone, log2: worked by hand
# from Table 1.
TABLE_1 = {
    "KAZ": (12.5, 12.9, -0.0157, (-0.0197, -0.0118), -0.0454),
    "UZB": (3.6, 2.7, 0.1429, (0.1270, 0.1587), 0.4150),
    "TKM": (5.9, 0.902, 0.7348, (0.7327, 0.7368), 2.7095),
    "KGZ": (5.7, 1.2, 0.6522, (0.6377, 0.6667), 2.2479),
    "TJK": (1.8, 0.688, 0.4469, (0.4353, 0.4581), 1.3875),
}


@pytest.mark.parametrize("country", TABLE_1)
def test_difference_and_log_ratio_match_worked_numbers(country):
    china, russia, expected, _, log2 = TABLE_1[country]
    assert difference(china, russia) == pytest.approx(expected, abs=5e-5)
    assert log2_ratio(china, russia) == pytest.approx(log2, abs=5e-5)


@pytest.mark.parametrize("country", TABLE_1)
def test_rounding_interval_matches_worked_numbers(country):
    china, russia, _, expected, _ = TABLE_1[country]
    half = 0.05 if country in ("KAZ", "UZB", "KGZ") else 0.0005
    got = difference_interval(china - 0.05, china + 0.05, russia - half, russia + half)
    assert got == pytest.approx(expected, abs=5e-5)


def test_difference_of_all_and_nothing_is_one():
    assert difference(30e9, 0) == 1
    assert difference(0, 30e9) == -1


def test_difference_of_two_zeros_is_undefined():
    assert np.isnan(difference(0, 0))


def test_difference_with_a_missing_or_negative_side_is_undefined():
    assert np.isnan(difference([np.nan, 1, -1, 1], [1, np.nan, 1, -1])).all()


def test_difference_runs_to_its_limit_at_an_open_end():
    assert difference(np.inf, 5) == 1
    assert difference(5, np.inf) == -1


def test_log_ratio_with_a_zero_is_undefined():
    assert np.isnan(log2_ratio([30e9, 0], [0, 30e9])).all()


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (-0.0197, -0.0118, "about level"),
        (-0.05, 0.05, "about level"),
        (0.083, 0.139, "slightly larger"),
        (-0.139, -0.083, "slightly larger"),
        (0.2, 0.5, "slightly to clearly larger"),
        (0.35, 0.6, "clearly to several times larger"),
        (0.9, 1.0, "almost all on one side"),
        (0.7, 0.9, "several times larger to almost all on one side"),
        (-0.02, 0.1, "about level to slightly larger"),
        (0.01, 0.3, "about level to clearly larger"),
        (-0.06, 0.06, "too close to call"),
        (-0.5, 0.9, "too close to call"),
        (np.nan, np.nan, ""),
    ],
)
def test_word_is_chosen_from_the_whole_interval(low, high, expected):
    assert word(low, high) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0.1, 0.3, "CHN"), (-0.3, -0.1, "RUS"), (-0.02, 0.02, ""), (-0.1, 0.1, ""), (0, 0.1, "CHN")],
)
def test_leader_is_named_only_past_the_level_band(low, high, expected):
    assert leader(low, high) == expected


def test_bands_are_the_ratios_that_the_method_names():
    assert [(1 + band) / (1 - band) for band in BANDS] == pytest.approx(
        [1.105, 1.5, 3, 9], abs=5e-4
    )


amounts = st.floats(0.001, 1e12)
widths = st.floats(0, 0.5)


def around(value, width):
    return value * (1 - width), value * (1 + width)


@given(amounts, amounts)
def test_swapping_the_powers_flips_every_sign(china, russia):
    assert difference(china, russia) == -difference(russia, china)
    assert log2_ratio(china, russia) == pytest.approx(-log2_ratio(russia, china), abs=1e-9)


@given(amounts, amounts, widths)
def test_swapping_the_powers_mirrors_the_interval_and_keeps_the_word(china, russia, width):
    low, high = difference_interval(*around(china, width), *around(russia, width))
    other = difference_interval(*around(russia, width), *around(china, width))
    assert other == (-high, -low)
    assert word(*other) == word(low, high)


@given(amounts, amounts)
def test_a_thousandfold_of_both_changes_nothing(china, russia):
    assert difference(1000 * china, 1000 * russia) == pytest.approx(
        difference(china, russia), abs=1e-12
    )


@given(amounts, amounts, widths, st.floats(0, 1), st.floats(0, 1))
def test_the_interval_holds_every_difference_inside_it(china, russia, width, at_c, at_r):
    c_ends, r_ends = around(china, width), around(russia, width)
    low, high = difference_interval(*c_ends, *r_ends)
    inside = difference(
        c_ends[0] + at_c * (c_ends[1] - c_ends[0]), r_ends[0] + at_r * (r_ends[1] - r_ends[0])
    )
    assert low - 1e-12 <= inside <= high + 1e-12


def strength(words):
    """The least that a verdict claims: the weakest word in it, none for too close to call."""
    if words in ("", TOO_CLOSE):
        return 0
    first = words.split(" to ")[0]
    return next(number for number, name in enumerate(WORDS) if name.startswith(first))


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 1), st.floats(0, 1))
def test_widening_an_interval_never_strengthens_the_word(one, other, below, above):
    low, high = min(one, other), max(one, other)
    wider = max(-1, low - below), min(1, high + above)
    assert strength(word(*wider)) <= strength(word(low, high))


@pytest.fixture
def compared(raw_figures):
    def build(*changes, book="article"):
        return compare_figures(clean_figures(raw_figures(*changes)), book)

    return build


CHINA = {"power": "CHN", "printed": "$273 million"}
RUSSIA = {"power": "RUS", "printed": "$35 million"}


def test_like_figures_are_compared(compared):
    (row,) = compared(CHINA, RUSSIA).to_dict("records")
    assert (row["comparable"], row["reason"], row["word"]) == ("yes", "", "several times larger")
    assert row["difference"] == pytest.approx(0.7727, abs=5e-5)
    assert (row["china_ids"], row["russia_ids"]) == ("figure-1", "figure-2")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            {"nature": "stock"},
            "not like with like: the kind of number (China: over a period, Russia: at a date)",
        ),
        (
            {"status": "target"},
            "not like with like: whether it happened (China: happened, Russia: hoped for)",
        ),
        (
            {"printed": "€35 million", "unit": "EUR"},
            "not like with like: the unit (China: US dollars, nominal, Russia: euros, nominal)",
        ),
        (
            {"reporter": "KAZ"},
            "not like with like: who recorded it (China: not said, Russia: KAZ)",
        ),
        (
            {"coverage": "all_sources"},
            "not like with like: which partners are counted (China: between the country and the "
            "power, Russia: from or to all countries together)",
        ),
        (
            {"country": "REGION"},
            "not like with like: the area (China: Kazakhstan, Russia: all five together)",
        ),
        (
            {"period_printed": "the first quarter of 2016"},
            "not like with like: the length of the period (2016 for China, the first quarter of "
            "2016 for Russia)",
        ),
        (
            {"period_printed": "2013"},
            "not like with like: the period (2016 for China, 2013 for Russia)",
        ),
        (
            {"period_printed": ""},
            "not like with like: the period (one side or both give none)",
        ),
        ({"printed": "undisclosed sum"}, "no number for Russia: the words are “undisclosed sum”"),
    ],
)
def test_unlike_figures_are_refused_with_the_first_difference(compared, change, reason):
    row = compared(CHINA, RUSSIA | change).iloc[0]
    assert (row["comparable"], row["reason"], row["word"]) == ("no", reason, "")
    assert row[["difference", "difference_low", "difference_high", "log2_ratio"]].isna().all()


def test_a_figure_without_counterpart_gets_no_measure(compared):
    row = compared(CHINA).iloc[0]
    assert row["comparable"] == "no"
    assert row["reason"].startswith("nothing comparable is given for Russia")
    assert row["russia_state"] == "not_reported"
    assert np.isnan(row["difference"])


def test_an_observed_zero_is_compared_and_told_by_its_state(compared):
    gas = {"unit": "m3", "nature": "volume", "indicator": "gas_exports", "dimension": "energy"}
    row = compared(
        gas | {"printed": "roughly 30 billion cubic meters"},
        gas | {"power": "RUS", "printed": "none"},
    ).iloc[0]
    assert (row["comparable"], row["difference"], row["word"]) == (
        "yes",
        1,
        "almost all on one side",
    )
    assert row["russia_state"] == "observed_zero"
    assert np.isnan(row["log2_ratio"])


def test_periods_a_month_apart_are_compared_on_condition(compared):
    package = {"nature": "cumulative", "status": "announced"}
    row = compared(
        package | {"printed": "$20 billion", "period_printed": "May 2017"},
        package | {"power": "RUS", "printed": "$16 billion", "period_printed": "April 2017"},
    ).iloc[0]
    assert row["comparable"] == "conditional"
    assert row["reason"] == "the periods differ: May 2017 for China, April 2017 for Russia"
    # (19.5 - 16.5) / 36 and (20.5 - 15.5) / 36
    assert (row["difference_low"], row["difference_high"]) == pytest.approx((3 / 36, 5 / 36))


def test_a_lead_that_the_widest_reading_undoes_is_conditional(compared):
    row = compared(
        CHINA | {"printed": "approximately $48 million"}, RUSSIA | {"printed": "$46 million"}
    )
    # Working 45.6 to 50.4: level or ahead. Logical 40.8 to 55.2: too close to call.
    assert row.iloc[0]["comparable"] == "conditional"
    assert "widest reading" in row.iloc[0]["reason"]


def test_the_nearest_period_is_chosen_as_counterpart(compared):
    rows = compared(CHINA, RUSSIA | {"period_printed": "2012"}, RUSSIA | {"printed": "$36 million"})
    assert list(rows["russia_ids"]) == ["figure-3", "figure-2"]
    assert list(rows["comparable"]) == ["yes", "no"]


def test_a_second_printing_is_not_compared_again(compared):
    rows = compared(CHINA, RUSSIA, CHINA | {"related_id": "figure-1", "role": "same_as"})
    assert len(rows) == 1


def test_region_is_the_sum_of_five_and_its_interval(compared):
    pairs = [
        {"country": country, "power": power, "printed": f"${value} billion"}
        for country, (china, russia, *_) in TABLE_1.items()
        for power, value in (("CHN", china), ("RUS", russia))
    ]
    row = region_totals(compared(*pairs)).iloc[0]
    assert (row["china"], row["russia"]) == pytest.approx((29.5e9, 18.39e9))
    assert row["difference"] == pytest.approx(0.232, abs=5e-4)
    assert row["country"] == "REGION"
    assert len(row["china_ids"].split()) == 5


def test_region_is_not_summed_where_a_country_is_missing(compared):
    pairs = [
        {"country": country, "power": power}
        for country in ("KAZ", "KGZ", "TJK", "TKM")
        for power in ("CHN", "RUS")
    ]
    assert region_totals(compared(*pairs)).empty
