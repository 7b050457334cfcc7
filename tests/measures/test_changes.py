"""Changes of lead in the ties of the five: the rule of two years, by hand and on the tables."""

import pandas as pd

from analysis import load
from analysis.config import COUNTRIES
from analysis.measures.changes import changes, gas_changes
from analysis.measures.region import by_others, by_states, trade_of_all

NONE = float("nan")


def gas(china, russia, first=2014):
    rows = [
        (first + place, buyer, value)
        for buyer, values in (("CHN", china), ("RUS", russia))
        for place, value in enumerate(values)
    ]
    frame = pd.DataFrame(rows, columns=["year", "counterpart", "value"])
    return frame.assign(country="OCIS", indicator="gas_exports", source_id="review")


def test_the_lead_is_taken_in_the_first_of_two_years():
    found = gas_changes(gas([20, 20, 29, 33, 37], [33, 33, 27, 24, 29]))
    # 29 to 27 is 0.036 of their sum: the two are level in 2016.
    assert found[["year", "leader", "before", "last_year"]].values.tolist() == [
        [2017, "CHN", "RUS", 2018]
    ]


def test_a_single_year_is_no_change():
    assert gas_changes(gas([10, 10, 20, 10], [20, 20, 10, 20])).empty


def test_the_changes_of_the_tables_are_those_that_the_rules_name():
    five = load()
    found = changes(five.tables["ties"], COUNTRIES)
    own = found[(found["tie"] == "trade") & (found["record"] == "own")]
    assert own[["country", "year", "leader", "preliminary"]].values.tolist() == [
        ["KGZ", 2022, "CHN", True],
        ["UZB", 2018, "CHN", False],
    ]
    assert gas_changes(five.where("indicators"))[["year", "leader"]].values.tolist() == [
        [2016, "CHN"]
    ]


def figures(*rows):
    """Power, year, reporter, value."""
    frame = pd.DataFrame(rows, columns=["power", "year", "reporter", "value"])
    return frame.assign(
        country="REGION",
        indicator="trade_turnover",
        status="realised",
        period_end=frame["year"].astype(str) + "-12-31",
        figure_id=[f"f{number}" for number in range(len(frame))],
    ).drop(columns="year")


def test_a_bank_s_sum_stands_beside_the_one_that_a_state_gives_for_the_year():
    sums = trade_of_all(
        figures(
            ("CHN", 2025, "CHN", 106.3),
            ("CHN", 2024, "CHN", 94.8),
            ("CHN", 2024, "a bank", 66.2),
            ("RUS", 2024, "KAZ", NONE),
        )
    )
    assert by_states(sums)["year"].tolist() == [2024, 2025, 2024]
    other = by_others(sums)
    assert other[["reporter", "year", "value", "stated"]].values.tolist() == [
        ["a bank", 2024, 66.2, 94.8]
    ]
