"""Measures against worked numbers, and the like-with-like rules against small tables."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.config import COUNTRIES, POWERS
from analysis.data import schema, vocabulary
from analysis.data.clean import clean_figures
from analysis.measures.compare import compare, compare_figures, judge, months_apart, region_totals
from analysis.measures.editions import in_use, load_editions
from analysis.measures.scale import (
    BANDS,
    TOO_CLOSE,
    WORDS,
    difference,
    difference_interval,
    log2_ratio,
    word,
)
from analysis.measures.yearly import (
    compare_series,
    gdp,
    indicator_pairs,
    relative_to,
)

EDITIONS = load_editions()

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
    assert np.isnan(difference([np.nan, 1, -1, 3, 1], [1, np.nan, 3, -1, -1])).all()


@pytest.mark.parametrize("measure", [difference, log2_ratio])
def test_a_measure_takes_none_for_missing(measure):
    assert np.isnan([measure(None, 1), measure(1, None)]).all()


def test_difference_runs_to_its_limit_at_an_open_end():
    assert difference(np.inf, 5) == 1
    assert difference(5, np.inf) == -1


@pytest.mark.parametrize(
    ("china", "russia"),
    [
        (np.inf, np.nan),
        (np.nan, np.inf),
        (np.inf, np.inf),
        (-np.inf, 1),
        (1, -np.inf),
        (np.inf, -1),
    ],
)
def test_an_open_end_beside_no_number_has_no_difference(china, russia):
    assert np.isnan(difference(china, russia))
    assert np.isnan(difference([china, 3], [russia, 1])).tolist() == [True, False]


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
        (-0.05, 0.06, "about level to slightly larger"),
        (-0.06, 0.05, "about level to slightly larger"),
        (0.01, 0.3, "about level to clearly larger"),
        (-0.06, 0.06, "too close to call"),
        (-0.5, 0.9, "too close to call"),
        (np.nan, np.nan, ""),
    ],
)
def test_word_is_chosen_from_the_whole_interval(low, high, expected):
    assert word(low, high) == expected


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
    def build(*changes, record="article"):
        return compare_figures(clean_figures(raw_figures(*changes)), record)

    return build


CHINA = {"power": "CHN", "printed": "$273 million"}
RUSSIA = {"power": "RUS", "printed": "$35 million"}


def test_like_figures_are_compared(compared):
    (row,) = compared(CHINA, RUSSIA).to_dict("records")
    assert (row["comparable"], row["reason"], row["word"]) == ("yes", "", "several times larger")
    assert row["difference"] == pytest.approx(0.7727, abs=5e-5)
    assert (row["china_ids"], row["russia_ids"]) == ("figure-1", "figure-2")


@pytest.mark.parametrize(
    ("change", "refusal", "reason"),
    [
        (
            {"nature": "stock"},
            "other_nature",
            "not like with like: the kind of number (China: over a period, Russia: at a date)",
        ),
        (
            {"status": "target"},
            "other_status",
            "not like with like: whether it happened (China: happened, Russia: hoped for)",
        ),
        (
            {"printed": "€35 million", "unit": "EUR"},
            "other_unit",
            "not like with like: the unit (China: US dollars, nominal, Russia: euros, nominal)",
        ),
        (
            {"reporter": "KAZ"},
            "other_reporter",
            "not like with like: who recorded it (China’s not said, Russia’s by Kazakhstan)",
        ),
        (
            {"coverage": "all_sources"},
            "other_coverage",
            "not like with like: which partners are counted (China: between the country and the "
            "power, Russia: from or to all countries together)",
        ),
        (
            {"country": "REGION"},
            "other_area",
            "not like with like: the area (China: Kazakhstan, Russia: all five together)",
        ),
        (
            {"period_printed": "the first quarter of 2016"},
            "other_length",
            "not like with like: the length of the period (2016 for China, the first quarter of "
            "2016 for Russia)",
        ),
        (
            {"period_printed": "2013"},
            "other_period",
            "not like with like: the period (2016 for China, 2013 for Russia)",
        ),
        (
            {"period_printed": ""},
            "other_period",
            "not like with like: the period (one side or both give none)",
        ),
        (
            {"printed": "undisclosed sum"},
            "no_number",
            "no number for Russia: the words are “undisclosed sum”",
        ),
    ],
)
def test_unlike_figures_are_refused_with_the_first_difference(compared, change, refusal, reason):
    row = compared(CHINA, RUSSIA | change).iloc[0]
    assert (row["comparable"], row["word"]) == ("no", "")
    assert (row["refusal"], row["reason"]) == (refusal, reason)
    assert row[["difference", "difference_low", "difference_high", "log2_ratio"]].isna().all()


@pytest.mark.parametrize(
    ("china", "russia"), [("$0", "none"), ("up to $5 million", "$0"), ("$0", "up to $5 million")]
)
def test_two_sides_that_may_both_be_nothing_have_no_lead(compared, china, russia):
    row = compared(CHINA | {"printed": china}, RUSSIA | {"printed": russia}).iloc[0]
    assert (row["comparable"], row["word"]) == ("no", "")
    assert row["refusal"] == "nothing"
    assert row["reason"] == "both sides may be nothing, so there is no lead"
    assert row[["difference", "difference_low", "difference_high", "log2_ratio"]].isna().all()


def test_a_figure_without_counterpart_gets_no_measure(compared):
    row = compared(CHINA).iloc[0]
    assert row["comparable"] == "no"
    assert row["refusal"] == "no_counterpart"
    assert row["reason"].startswith("nothing comparable is given for Russia")
    assert row["russia_state"] == "not_reported"
    assert np.isnan(row["difference"])


def test_a_pair_without_any_figure_is_refused_as_no_pair():
    with pytest.raises(ValueError, match="a pair without any figure"):
        judge(None, None)


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
        CHINA | {"printed": "approximately $55 million"}, RUSSIA | {"printed": "$46 million"}
    )
    # To 46.5 at most. Working from 52.25: D is 0.058 at least. Logical from 46.75: 0.003.
    assert row.iloc[0]["comparable"] == "conditional"
    assert row.iloc[0]["reason"] == (
        "who is ahead does not survive the widest reading of the words"
    )


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


def test_a_sum_with_a_bound_in_it_is_a_bound_too(compared):
    pairs = [
        {"country": country, "power": power, "printed": f"${value} billion"}
        for country in COUNTRIES
        for power, value in (("CHN", 3.0), ("RUS", 1.0))
    ]
    pairs[0] |= {"printed": "more than $3 billion"}
    row = region_totals(compared(*pairs)).iloc[0]
    # 3 to 3.3 billion and four times 2.95 to 3.05; no single number.
    assert (row["china_low"], row["china_high"]) == pytest.approx((14.8e9, 15.5e9))
    assert np.isnan(row["china"])
    assert row["comparison_id"] == "article-figure-1"


def test_region_is_not_summed_where_a_country_is_missing(compared):
    pairs = [
        {"country": country, "power": power}
        for country in ("KAZ", "KGZ", "TJK", "TKM")
        for power in ("CHN", "RUS")
    ]
    assert region_totals(compared(*pairs)).empty


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (np.nan, 0.3, ""),
        (0.3, np.nan, ""),
        (0.06, 0.2, "slightly larger"),
        (0.21, 0.5, "clearly larger"),
        (0.51, 0.8, "several times larger"),
        (0.81, 0.9, "almost all on one side"),
        (0.0, 0.1, "about level to slightly larger"),
        (-0.1, 0.0, "about level to slightly larger"),
        (-0.3, -0.1, "slightly to clearly larger"),
        (-0.2, 0.05, "about level to slightly larger"),
    ],
)
def test_the_edge_of_a_band_belongs_to_the_weaker_word(low, high, expected):
    assert word(low, high) == expected


def test_difference_takes_arrays_with_an_open_end_beside_plain_numbers():
    assert difference([np.inf, 3, 0], [np.inf, 1, 4]) == pytest.approx(
        [np.nan, 0.5, -1], nan_ok=True
    )


def test_log_ratio_is_a_doubling_and_undefined_below_nought():
    assert log2_ratio([4, 1, -4], [2, 4, -2]) == pytest.approx([1, -2, np.nan], nan_ok=True)


def dated(period_end="", as_of=""):
    return {"period_end": period_end, "as_of": as_of}


@pytest.mark.parametrize(
    ("first", "second", "months"),
    [
        (dated("2016-12-31"), dated("2015-11-30"), 13),
        (dated("2015-11-30"), dated("2016-12-31"), 13),
        (dated("2016-12-31", "2016-10-01"), dated("2016-12-31"), 2),
        (dated("2016-12-31"), dated("2016-12-01"), 0),
    ],
)
def test_months_are_counted_between_the_days_that_the_figures_stand_for(first, second, months):
    assert months_apart(first, second) == months


@pytest.mark.parametrize("sides", [(dated(), dated("2016-12-31")), (dated("2016-12-31"), dated())])
def test_months_to_an_undated_figure_are_unknown(sides):
    assert np.isnan(months_apart(*sides))


PACKAGE = {"nature": "cumulative", "status": "announced"}


@pytest.mark.parametrize(
    ("china", "russia", "comparable"),
    [
        ("2016", "2015", "conditional"),
        ("January 2016", "January 2017", "conditional"),
        ("January 2016", "February 2017", "no"),
        ("2016", "May 2016", "conditional"),
    ],
)
def test_packages_may_lie_twelve_months_apart_and_no_more(compared, china, russia, comparable):
    row = compared(
        CHINA | PACKAGE | {"period_printed": china}, RUSSIA | PACKAGE | {"period_printed": russia}
    ).iloc[0]
    assert row["comparable"] == comparable


@pytest.mark.parametrize("status", ["realised", "estimate", "announced", "committed", "target"])
@pytest.mark.parametrize(
    ("nature", "unit", "printed"),
    [
        ("cumulative", "USD", "$5 billion"),
        ("ratio", "ratio", "30%"),
        ("count", "count", "12"),
        ("rank", "rank", "2"),
        ("share", "share", "30%"),
        ("flow", "USD", "$5 billion"),
        ("volume", "m3", "5 billion cubic meters"),
    ],
)
def test_thirteen_years_are_not_set_against_one(compared, nature, unit, printed, status):
    kind = {"nature": nature, "unit": unit, "printed": printed, "status": status}
    row = compared(
        CHINA | kind | {"period_printed": "from 2004 to 2016"},
        RUSSIA | kind | {"period_printed": "2016"},
    ).iloc[0]
    assert (row["comparable"], row["reason"]) == (
        "no",
        "not like with like: the length of the period (from 2004 to 2016 for China, 2016 for "
        "Russia)",
    )


@pytest.mark.parametrize(
    ("status", "comparable"), [("announced", "conditional"), ("realised", "no")]
)
def test_a_month_of_what_happened_is_not_set_against_a_year(compared, status, comparable):
    kind = {"nature": "cumulative", "status": status}
    row = compared(
        CHINA | kind | {"period_printed": "2016"}, RUSSIA | kind | {"period_printed": "May 2016"}
    ).iloc[0]
    assert row["comparable"] == comparable


@pytest.mark.parametrize(
    ("nature", "unit", "printed", "comparable"),
    [
        ("flow", "USD", "$5 million", "no"),
        ("volume", "m3", "5 billion cubic meters", "no"),
        ("share", "share", "5%", "conditional"),
        ("stock", "USD", "$5 million", "conditional"),
    ],
)
def test_what_runs_over_a_period_needs_the_same_one(compared, nature, unit, printed, comparable):
    figure = {"nature": nature, "unit": unit, "printed": printed}
    row = compared(
        figure | {"power": "CHN", "period_printed": "2016"},
        figure | {"power": "RUS", "period_printed": "2015"},
    ).iloc[0]
    assert row["comparable"] == comparable


SHARE = {"nature": "share", "unit": "share", "printed": "5%"}


@pytest.mark.parametrize(
    "change",
    [{}, SHARE, {"nature": "volume", "unit": "m3", "printed": "5 billion cubic meters"}],
)
def test_a_quarter_is_not_set_beside_a_year(compared, change):
    row = compared(
        CHINA | change | {"period_printed": "2016"},
        RUSSIA | change | {"period_printed": "the fourth quarter of 2016"},
    ).iloc[0]
    assert row["reason"] == (
        "not like with like: the length of the period (2016 for China, the fourth quarter of 2016 "
        "for Russia)"
    )


def test_flows_of_two_months_in_a_row_are_refused(compared):
    row = compared(
        CHINA | {"period_printed": "May 2017"}, RUSSIA | {"period_printed": "April 2017"}
    ).iloc[0]
    assert row["reason"] == (
        "not like with like: the period (May 2017 for China, April 2017 for Russia)"
    )


def test_four_months_with_a_leap_day_are_as_long_as_four_without(compared):
    row = compared(
        CHINA | SHARE | {"period_printed": "January to April 2016"},
        RUSSIA | SHARE | {"period_printed": "January to April 2015"},
    ).iloc[0]
    assert row["comparable"] == "conditional"


def test_figures_of_different_pages_are_compared_on_condition(compared):
    row = compared(CHINA | {"source_id": "page-a"}, RUSSIA | {"source_id": "page-b"}).iloc[0]
    assert row["comparable"] == "conditional"
    assert row["reason"] == "the two figures stand on different pages"


def test_two_conditions_are_both_told(compared):
    row = compared(
        CHINA | PACKAGE | {"source_id": "page-a", "period_printed": "May 2017"},
        RUSSIA | PACKAGE | {"source_id": "page-b", "period_printed": "April 2017"},
    ).iloc[0]
    assert row["reason"] == (
        "the periods differ: May 2017 for China, April 2017 for Russia; "
        "the two figures stand on different pages"
    )


@pytest.mark.parametrize(
    ("lone", "absent", "side"), [(CHINA, "Russia", "russia"), (RUSSIA, "China", "china")]
)
def test_the_missing_side_is_named_and_left_empty(compared, lone, absent, side):
    row = compared(lone).iloc[0]
    words = vocabulary.INDICATORS["trade_turnover"]
    assert row["reason"] == f"nothing comparable is given for {absent} ({words})"
    assert (row[f"{side}_state"], row[f"{side}_ids"], row[f"{side}_period"]) == (
        "not_reported",
        "",
        "",
    )
    assert row[[side, f"{side}_low", f"{side}_high"]].isna().all()


def test_a_comparison_carries_both_figures_and_what_they_are(compared):
    row = compared(CHINA, RUSSIA).iloc[0].to_dict()
    expected = {
        "comparison_id": "article-figure-1",
        "country": "KAZ",
        "dimension": "trade",
        "concept": "trade_turnover",
        "flow": "turnover",
        "nature": "flow",
        "unit": "USD",
        "period_start": "2016-01-01",
        "period_end": "2016-12-31",
        "record": "article",
        "dataset": "dubnov-2018",
        "china": 273e6,
        "china_low": 272.5e6,
        "china_high": 273.5e6,
        "china_state": "value",
        "china_period": "2016",
        "russia": 35e6,
        "russia_low": 34.5e6,
        "russia_high": 35.5e6,
        "russia_state": "value",
        "russia_period": "2016",
    }
    assert {name: row[name] for name in expected} == expected
    # 273 / 35 = 7.8
    assert row["log2_ratio"] == pytest.approx(np.log2(7.8))
    # (272.5 - 35.5) / 308 and (273.5 - 34.5) / 308
    assert (row["difference_low"], row["difference_high"]) == pytest.approx((237 / 308, 239 / 308))


def test_only_trade_as_a_whole_is_a_turnover(compared):
    assert (
        compared(CHINA | {"indicator": "fdi_flow", "dimension": "investment"}).iloc[0]["flow"] == ""
    )


def test_no_figures_make_an_empty_table_of_the_same_numbers(raw_figures):
    figures = clean_figures(raw_figures(CHINA, RUSSIA))
    some, none = (compare_figures(rows, "article") for rows in (figures, figures[:0]))
    assert none.empty
    assert list(none.select_dtypes("float")) == list(some.select_dtypes("float"))


def test_an_open_upper_end_reaches_to_the_limit(compared):
    row = compared(CHINA | {"printed": "more than $6 billion"}, RUSSIA).iloc[0]
    # Working: 6.0 to 6.6 billion against 34.5 to 35.5 million.
    assert row["difference_high"] == pytest.approx((6600 - 34.5) / (6600 + 34.5))
    assert (row["comparable"], np.isnan(row["difference"])) == ("yes", True)


def test_the_same_recorder_is_a_better_counterpart_than_the_same_page_or_year(compared):
    china = CHINA | {"reporter": "KAZ", "source_id": "page-a"}
    rows = compared(
        china,
        RUSSIA | {"reporter": "RUS", "source_id": "page-a"},
        RUSSIA | {"reporter": "KAZ", "source_id": "page-b", "period_printed": "2010"},
    )
    assert rows.iloc[0]["russia_ids"] == "figure-3"


def test_the_same_page_is_a_better_counterpart_than_the_same_year(compared):
    rows = compared(
        CHINA | {"source_id": "page-a"},
        RUSSIA | {"source_id": "page-b"},
        RUSSIA | {"source_id": "page-a", "period_printed": "2010"},
    )
    assert rows.iloc[0]["russia_ids"] == "figure-3"


def test_an_undated_counterpart_is_the_last_choice(compared):
    rows = compared(CHINA, RUSSIA | {"period_printed": ""}, RUSSIA | {"period_printed": "2001"})
    assert rows.iloc[0]["russia_ids"] == "figure-3"


def test_a_figure_on_the_region_stays_free_for_the_regions_own_row(compared):
    rows = compared(CHINA, RUSSIA | {"country": "REGION"})
    assert list(rows["china_ids"]) == ["figure-1", ""]
    assert list(rows["russia_ids"]) == ["figure-2", "figure-2"]


PAIR = {
    "country": "KAZ",
    "dimension": "trade",
    "concept": "trade_turnover",
    "flow": "turnover",
    "nature": "flow",
    "unit": "USD",
    "year": 2016,
    "record": "exports_first",
    "dataset": "dots",
    "china": 3.0,
    "russia": 1.0,
    "china_ids": "c",
    "russia_ids": "r",
    "refusal": "",
    "reason": "",
}


def measured(**changes):
    (row,) = compare_series(pd.DataFrame([PAIR | changes])).to_dict("records")
    return row


def test_a_yearly_pair_is_measured_by_its_numbers_alone():
    row = measured()
    assert row["comparison_id"] == "kaz-trade-turnover-2016-exports-first-dots"
    assert (row["period_start"], row["period_end"]) == ("2016-01-01", "2016-12-31")
    assert row["difference"] == row["difference_low"] == row["difference_high"] == 0.5
    assert row["log2_ratio"] == pytest.approx(np.log2(3))
    assert (row["word"], row["comparable"], row["reason"]) == ("clearly larger", "yes", "")
    assert (row["china"], row["china_low"], row["china_high"]) == (3, 3, 3)
    assert (row["china_ids"], row["china_period"], row["china_state"]) == ("c", "2016", "value")
    assert (row["russia_ids"], row["russia_state"]) == ("r", "value")
    assert (row["record"], row["dataset"], row["flow"]) == ("exports_first", "dots", "turnover")


@pytest.mark.parametrize(
    ("changes", "refusal", "reason"),
    [
        ({"refusal": "no_total", "reason": "no total"}, "no_total", "no total"),
        ({"china": np.nan, "russia": np.nan}, "no_record", "no record for either power"),
        ({"china": np.nan}, "no_record", "no record for China, which is missing and not zero"),
        ({"russia": np.nan}, "no_record", "no record for Russia, which is missing and not zero"),
        ({"china": -1.0}, "negative", "a negative flow, money taken out, has no D"),
        ({"russia": -1.0}, "negative", "a negative flow, money taken out, has no D"),
        (
            {"china": 0.0, "russia": 0.0},
            "nothing",
            "nothing with either power, so there is no lead",
        ),
    ],
)
def test_a_yearly_pair_without_a_measure_says_why(changes, refusal, reason):
    row = measured(**changes)
    assert (row["comparable"], row["word"]) == ("no", "")
    assert (row["refusal"], row["reason"]) == (refusal, reason)
    measures = ("difference", "difference_low", "difference_high", "log2_ratio")
    assert all(np.isnan(row[name]) for name in measures)


def test_a_missing_side_of_a_yearly_pair_has_no_ids_and_a_nought_has():
    missing, nought = measured(china=np.nan), measured(china=0.0)
    assert (missing["china_state"], missing["china_ids"]) == ("not_reported", "")
    assert (nought["china_state"], nought["china_ids"]) == ("observed_zero", "c")
    assert (nought["difference"], nought["word"]) == (-1, "almost all on one side")


@pytest.mark.parametrize(
    ("dimension", "nature", "start"),
    [
        ("debt", "stock", "2016-12-31"),
        ("debt", "share", "2016-12-31"),
        ("investment", "stock", "2016-12-31"),
        ("trade", "share", "2016-01-01"),
        ("debt", "ratio", "2016-01-01"),
    ],
)
def test_stocks_and_shares_of_debt_stand_at_the_end_of_the_year(dimension, nature, start):
    row = measured(dimension=dimension, nature=nature)
    assert (row["period_start"], row["period_end"]) == (start, "2016-12-31")


def test_a_part_of_a_missing_total_is_refused():
    pairs = pd.DataFrame([PAIR, PAIR | {"refusal": "not_its_own", "reason": "before"}, PAIR])
    total = pd.Series([12.0, 12.0, np.nan])
    shares = relative_to(pairs, total, "debt_share", "share", "share")
    assert list(shares["china"][:2]) == [0.25, 0.25]
    assert list(shares["refusal"]) == ["", "not_its_own", "no_total"]
    assert list(shares["reason"]) == ["", "before", "no total to divide by in this edition"]
    assert set(shares["concept"] + shares["nature"] + shares["unit"]) == {"debt_shareshareshare"}


def test_the_regions_row_has_its_own_name_sums_and_measures():
    pairs = pd.DataFrame(
        [PAIR | {"country": country, "china_ids": country} for country in COUNTRIES]
    )
    row = region_totals(compare_series(pairs)).iloc[0]
    assert row["comparison_id"] == "region-trade-turnover-2016-exports-first-dots"
    assert (row["china"], row["china_low"], row["china_high"]) == (15, 15, 15)
    assert (row["russia"], row["russia_state"], row["china_state"]) == (5, "value", "value")
    assert row["china_ids"] == "KAZ KGZ TJK TKM UZB"
    assert row["difference"] == row["difference_low"] == row["difference_high"] == 0.5
    assert row["log2_ratio"] == pytest.approx(np.log2(3))
    assert row["word"] == "clearly larger"


@pytest.mark.parametrize("countries", [[*COUNTRIES, "KAZ"], ["KAZ", *COUNTRIES][:5]])
def test_the_region_is_not_summed_where_a_country_stands_twice(countries):
    pairs = pd.DataFrame([PAIR | {"country": country} for country in countries])
    assert region_totals(compare_series(pairs)).empty


@pytest.mark.parametrize("change", [{"nature": "share"}, {"refusal": "no_total"}, {"year": 2015}])
def test_the_region_sums_only_comparable_money_of_one_year(change):
    pairs = [PAIR | {"country": country} for country in COUNTRIES]
    pairs[-1] |= change
    assert region_totals(compare_series(pd.DataFrame(pairs))).empty


def test_a_creditor_that_is_not_named_is_owed_nothing_and_a_missing_sender_is_missing():
    row = {"country": "KGZ", "year": 2016, "source_id": "page", "power": "", "counterpart": ""}
    rows = pd.DataFrame(
        [
            row | {"indicator": "debt_owed", "power": "CHN", "value": 2.0},
            row | {"indicator": "debt_owed", "counterpart": "all", "value": 5.0},
            row | {"indicator": "debt_owed", "counterpart": "Japan", "value": 1.0},
            row | {"indicator": "remittances", "power": "RUS", "value": 3.0},
        ]
    )
    pairs = indicator_pairs(rows)
    assert list(pairs.index) == [0, 1]
    debt, sent = pairs.to_dict("records")
    assert (debt["concept"], debt["china"], debt["russia"], debt["all"]) == ("debt_owed", 2, 0, 5)
    assert (debt["dimension"], debt["nature"], debt["unit"], debt["record"]) == (
        "debt",
        "stock",
        "USD",
        "stated",
    )
    assert (debt["china_ids"], debt["russia_ids"]) == (
        "page/KGZ/debt_owed/CHN/2016",
        "page/KGZ/debt_owed/RUS/2016",
    )
    assert (debt["dataset"], debt["flow"], debt["refusal"]) == ("page", "", "")
    assert (sent["concept"], sent["russia"], np.isnan(sent["china"])) == ("remittances", 3, True)


def test_gdp_is_that_of_one_edition():
    row = {"country": "KGZ", "year": 2016, "indicator": "gdp", "vintage": "new", "value": 7.0}
    rows = pd.DataFrame([row, row | {"vintage": "old"}, row | {"indicator": "population"}])
    assert gdp(rows, "new").to_dict("records") == [{"country": "KGZ", "year": 2016, "gdp": 7.0}]


def test_one_edition_of_the_debt_statistics_is_in_use_and_all_other_sources_are():
    editions = pd.Series(["worldbank-ids-1999", EDITIONS.debt, EDITIONS.trade])
    assert list(in_use(editions, EDITIONS)) == [False, True, True]


def test_trade_of_a_year_without_gdp_is_refused_as_a_share_of_it():
    trade = pd.DataFrame(
        [
            {
                "dataset": "dots",
                "reporter": reporter,
                "partner": "KAZ",
                "flow": flow,
                "year": year,
                "value": 1e9,
                "evidence": "reported",
                "source_id": EDITIONS.trade,
            }
            for reporter in POWERS
            for flow in ("export", "import")
            for year in (2015, 2016)
        ]
    )
    vintage = EDITIONS.wdi.removeprefix("worldbank-wdi-")
    indicators = pd.DataFrame(
        [
            {
                "country": "KAZ",
                "year": 2016,
                "indicator": "gdp",
                "vintage": vintage,
                "value": 10e9,
                "source_id": EDITIONS.wdi,
                "power": "",
                "counterpart": "",
            }
        ]
    )
    figures = pd.DataFrame(columns=list(schema.FIGURES.schema.columns))
    found = compare(figures, trade, indicators, EDITIONS)
    assert list(found.index) == list(range(len(found)))
    rows = found[(found["concept"] == "trade_to_gdp") & found["dataset"].eq(EDITIONS.wdi)]
    rows = rows.set_index("period_end")
    assert list(rows["reason"]) == ["no total to divide by in this edition", ""]
    # Exports and imports of one billion each, over ten.
    assert rows.loc["2016-12-31", "china"] == pytest.approx(0.2)
