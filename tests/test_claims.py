"""Each check on two or three figures, with the outcome worked out by hand."""

import pytest

from analysis.claims import check_figures, interval_product, interval_quotient
from analysis.clean import clean_figures


@pytest.fixture
def check(raw_figures):
    def run(*changes):
        (row,) = check_figures(clean_figures(raw_figures(*changes))).to_dict("records")
        return row

    return run


VALUE = {"figure_id": "value", "printed": "$1.8 billion"}
RIVAL = {"figure_id": "rival", "printed": "$688 million", "power": "RUS"}


def rank(place):
    return {
        "figure_id": "rank",
        "printed": str(place),
        "unit": "rank",
        "nature": "rank",
        "indicator": "trade_rank",
        "related_id": "value",
        "role": "rank_of",
    }


def test_a_third_place_above_the_only_rival_implies_two_unnamed_partners(check):
    row = check(VALUE, RIVAL, rank(3))
    assert row["outcome"] == "implies"
    # Three times at least 1.75, and Russia's at least 0.6875 besides: 5.9375 billion.
    assert "at least $5.94 billion" in row["explanation"]


def test_a_first_place_below_a_larger_rival_conflicts(check):
    assert check(VALUE, RIVAL | {"printed": "$2.8 billion"}, rank(1))["outcome"] == "conflicts"


def test_a_second_place_below_a_larger_rival_agrees(check):
    assert check(VALUE, RIVAL | {"printed": "$2.8 billion"}, rank(2))["outcome"] == "agrees"


def test_share_times_total_gives_the_amount(check):
    row = check(
        {"figure_id": "total", "printed": "approximately $4 billion", "power": ""},
        {"printed": "41%", "unit": "share", "related_id": "total", "role": "share_of"},
    )
    # 0.405 x 3.5 and 0.415 x 4.5 billion
    assert row["found"] == "$1.42 billion to $1.87 billion"


def test_amount_over_share_gives_the_total_and_the_rivals_part(check):
    row = check(
        {"figure_id": "amount", "printed": "$273 million"},
        {"figure_id": "rival", "printed": "$35 million", "power": "RUS"},
        {"printed": "58%", "unit": "share", "related_id": "amount", "role": "share_for"},
    )
    # 272.5 / 0.585 and 273.5 / 0.575; 34.5 / 475.7 and 35.5 / 465.8
    assert row["found"] == "$466 million to $476 million"
    assert "7.3% to 7.6%" in row["explanation"]


def test_growth_is_given_as_a_factor_and_a_yearly_rate(check):
    row = check(
        {
            "printed": "$984 million, up from $45 million",
            "period_printed": "2015; 2005",
            "nature": "stock",
        }
    )
    # 983.5 / 45.5 = 21.6 and 984.5 / 44.5 = 22.1; their tenth roots are 1.36
    assert row["found"] == "21.6 to 22.1 times; 36% to 36% a year"


@pytest.mark.parametrize(
    ("printed", "period", "outcome"),
    [
        ("58 percent", "2016", "conflicts"),
        ("57 percent", "2015", "conflicts"),
        ("58 percent", "2015", "agrees"),
        ("58 percent", "", "agrees"),
    ],
)
def test_one_fact_in_two_places_must_agree_in_number_and_year(check, printed, period, outcome):
    share = {"unit": "share", "nature": "share"}
    row = check(
        share | {"figure_id": "first", "printed": "58%", "period_printed": "2015"},
        share
        | {"printed": printed, "period_printed": period, "related_id": "first", "role": "same_as"},
    )
    assert row["outcome"] == outcome


def test_a_promise_is_kept_apart_from_the_delivery(check):
    row = check(
        {"figure_id": "delivery", "printed": "$8 billion"},
        {"printed": "$20 billion", "related_id": "delivery", "role": "promise_beside"},
    )
    assert row["outcome"] == "overlaps"
    # 19.5 / 8.5 and 20.5 / 7.5
    assert "2.3 to 2.7 times" in row["found"]


def test_a_part_larger_than_its_whole_conflicts(check):
    row = check(
        {"figure_id": "whole", "printed": "$6 billion"},
        {"printed": "$6.8 billion", "related_id": "whole", "role": "part_of"},
    )
    assert row["outcome"] == "conflicts"


def test_words_without_a_number_are_not_reckoned_with(raw_figures):
    figures = clean_figures(
        raw_figures(
            {"figure_id": "first", "printed": "undisclosed sum"},
            {"related_id": "first", "role": "same_as"},
        )
    )
    assert check_figures(figures).empty


def test_a_hedged_debt_is_the_product_of_share_and_total():
    # Worked example: 41% of about 4 billion read as 3.8 to 4.2 gives 1.54 to 1.74 billion.
    assert interval_product((0.405, 0.415), (3.8, 4.2)) == pytest.approx((1.539, 1.743))


def test_a_hedged_total_is_the_quotient_of_amount_and_share():
    # Worked example: 1.9 to 2 billion at 30.4% implies 6.25 to 6.579 billion.
    assert interval_quotient((1.9, 2.0), (0.304, 0.304)) == pytest.approx((6.25, 6.579), abs=5e-4)
