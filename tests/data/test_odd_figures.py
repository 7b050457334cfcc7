"""Printed figures that are odd beside one another, or beside output and people."""

import pandas as pd
import pytest

from analysis.data.odd_figures import odd_figures

FIGURE = {
    "figure_id": "f",
    "country": "TJK",
    "indicator": "swap_line",
    "state": "value",
    "printed": "words",
    "unit": "USD",
    "low": 1e8,
    "high": 1e8,
    "period_end": "2016-12-31",
    "as_of": "",
}
# Tajikistan made 8 billion dollars in 2016 and 9 in 2020, with 9 million people.
INDICATORS = pd.DataFrame(
    [
        ("TJK", "gdp", 2016, 7e9, "2018-08"),
        ("TJK", "gdp", 2016, 8e9, "2026-07"),
        ("TJK", "gdp", 2020, 9e9, "2026-07"),
        ("TJK", "population", 2016, 9e6, "2026-07"),
    ],
    columns=["country", "indicator", "year", "value", "vintage"],
)


def looks(*figures):
    rows = [FIGURE | {"figure_id": str(number)} | row for number, row in enumerate(figures)]
    return odd_figures(pd.DataFrame(rows), INDICATORS)


def told(*figures):
    return [(look.place, look.why) for look in looks(*figures)]


def amount(low, **more):
    return {"low": low, "high": low} | more


@pytest.mark.parametrize(
    ("figure", "why"),
    [
        (amount(15.9e9), []),
        (amount(20e9), ["2.5 times it"]),  # of 8 billion
        (amount(17e9, period_end="2024-12-31"), []),  # twice 9 billion, of the nearest year
        (amount(17e9, period_end=""), []),  # undated: the newest
        (amount(8e6, unit="persons"), []),
        (amount(18e6, unit="persons"), ["2 times it"]),
        (amount(0.49, unit="ratio"), []),
        (amount(2.0, unit="ratio"), []),
        (amount(304, unit="ratio"), ["above any ratio that was ever seen here"]),
        (amount(9e12, country="WLD"), []),  # nothing is known of the world's
    ],
)
def test_money_people_and_ratios_are_held_against_the_country(figure, why):
    assert [said for _, said in told(figure)] == why


def test_euros_where_all_others_are_in_dollars_are_told():
    assert told({}, {}, {"unit": "EUR"}) == [
        ("2", "euros in this one alone (another currency?)"),
    ]
    assert told({}, {"unit": "EUR", "state": "not_reported"})[0][0] == "1"  # an undisclosed sum
    assert told({"unit": "EUR"}, {"unit": "EUR"}) == []
    assert told({"unit": "EUR"}) == []


def test_a_ceiling_may_be_as_low_as_nought_and_then_no_figure_is_far_below_it():
    ceiling = {"low": float("nan"), "high": 1e8}
    assert told(amount(1e5), amount(1e8)) == [("0", "1/1e+03 of it"), ("1", "1e+03 times it")]
    assert told(amount(1e5), amount(1e8), ceiling) == []


def test_a_figure_far_above_all_others_of_its_kind_in_the_country_is_told():
    assert told(amount(1e6), amount(2e6), amount(61e6)) == [("2", "30.5 times it")]
    assert told(amount(1e6), amount(2e6), amount(59e6)) == []


def test_a_figure_far_below_all_others_is_told():
    assert told(amount(61e6), amount(62e6), amount(2e6)) == [("2", "1/30.5 of it")]


@pytest.mark.parametrize(
    ("low", "beside"),
    [(200e6, "at most 5e+06 in 2 others"), (0.1e6, "at least 4e+06 in 2 others")],
)
def test_beside_a_figure_far_off_stands_the_nearest_of_the_others(low, beside):
    (look,) = looks(amount(4e6), amount(5e6), amount(low))
    assert look.beside == beside


def test_where_the_country_has_no_other_those_of_all_count_and_it_takes_more():
    others = [amount(1e6, country="KGZ"), amount(1e6, country="UZB")]
    assert told(*others, amount(59e6)) == []
    assert told(*others, amount(61e6)) == [("2", "61 times it")]


def test_a_figure_and_nought_beside_it_are_no_times_apart():
    assert told(amount(0.0), amount(5e7)) == []


def test_the_output_of_the_five_together_is_that_of_each_ones_newest_edition():
    five = [("KAZ", "2026-07"), ("KGZ", "2026-07"), ("TJK", "2018-08"), ("TJK", "2026-07")]
    five += [("TKM", "2026-07"), ("UZB", "2026-07")]
    gdp = [(country, "gdp", 2016, 10e9, edition) for country, edition in five]
    table = pd.DataFrame(gdp, columns=INDICATORS.columns)
    region = FIGURE | {"figure_id": "0", "country": "REGION"} | amount(110e9)
    (look,) = odd_figures(pd.DataFrame([region]), table)
    assert (look.place, look.why) == ("0", "2.2 times it")
