"""Parts of a whole over the years, on tables of a few rows."""

import pandas as pd

from analysis.measures.parts import TRADE, extremes, gas_parts, newest_parts, parts_by_year

NONE = float("nan")
DATES = {"old": "2022-01", "new": "2024-10"}


def weights(*rows):
    """Country, measure, year, dataset, China's part and Russia's."""
    names = ["country", "measure", "year", "dataset", "china", "russia"]
    return pd.DataFrame(rows, columns=names).assign(record="own", total=100.0)


def test_of_two_editions_of_a_year_the_newer_counts():
    rows = weights(
        ("KAZ", "turnover", 2020, "old", 0.1, 0.2), ("KAZ", "turnover", 2020, "new", 0.3, 0.2)
    )
    assert parts_by_year(rows, TRADE, "own", DATES)["china"].tolist() == [0.3]


def test_a_country_is_told_by_the_measure_with_more_years_alone():
    rows = weights(
        ("UZB", "turnover", 2020, "old", 0.5, 0.2),
        ("UZB", "goods_services_turnover", 2020, "new", 0.2, 0.2),
        ("UZB", "goods_services_turnover", 2021, "new", 0.2, 0.2),
        ("KGZ", "turnover", 2020, "old", 0.4, 0.2),
    )
    found = parts_by_year(rows, TRADE, "own", DATES)
    assert found[["country", "year", "china"]].values.tolist() == [
        ["KGZ", 2020, 0.4],
        ["UZB", 2020, 0.2],
        ["UZB", 2021, 0.2],
    ]
    assert newest_parts(found)["year"].tolist() == [2020, 2021]


def test_goods_come_first_where_both_measures_have_as_many_years():
    rows = weights(
        ("UZB", "goods_services_turnover", 2020, "new", 0.2, 0.2),
        ("UZB", "turnover", 2020, "old", 0.5, 0.2),
    )
    assert parts_by_year(rows, TRADE, "own", DATES)["measure"].tolist() == ["turnover"]


def test_gas_is_a_part_of_all_that_the_newest_review_has_of_a_country():
    pairs = pd.DataFrame(
        {
            "country": ["TKM", "TKM", "KAZ"],
            "tie": "gas",
            "record": "stated",
            "year": [2022, 2023, 2023],
            "edition": ["old", "new", "new"],
            "china": [33.0, 30.0, 4.0],
            "russia": [5.0, 5.0, 1.0],
            "pair_id": ["a", "b", "c"],
        }
    )
    statistics = pd.DataFrame(
        {
            "country": ["TKM", "TKM", "KAZ"],
            "indicator": "gas_exports",
            "counterpart": "all",
            "year": [2022, 2023, 2023],
            "source_id": ["old", "new", "new"],
            "value": [40.0, 50.0, 5.0],
        }
    )
    found = gas_parts(pairs, statistics)
    assert found[["country", "china", "russia", "pair_id"]].values.tolist() == [
        ["TKM", 0.6, 0.1, "b"],
        ["KAZ", 0.8, 0.2, "c"],
    ]


def test_the_least_and_the_most_of_each_power():
    parts = pd.DataFrame({"country": ["A", "B"], "china": [0.1, 0.3], "russia": [0.2, 0.0]})
    found = {name: row["country"] for name, row in extremes(parts).items()}
    assert found == {"china_least": "A", "china_most": "B", "russia_least": "B", "russia_most": "A"}


def test_an_extreme_is_a_row_as_the_table_has_it():
    parts = pd.DataFrame({"country": ["A", "B"], "china": [0.1, 0.3], "russia": [0.2, 0.0]})
    most = extremes(parts)["china_most"]
    assert most.to_dict() == {"country": "B", "china": 0.3, "russia": 0.0}


def test_parts_are_those_of_the_record_that_was_asked_for():
    rows = weights(
        ("KAZ", "turnover", 2020, "old", 0.1, 0.2), ("KAZ", "turnover", 2020, "new", 0.3, 0.2)
    ).assign(record=["own", "partner"])
    assert parts_by_year(rows, TRADE, "own", DATES)["china"].tolist() == [0.1]


def test_of_two_editions_the_newer_counts_wherever_it_stands():
    rows = weights(
        ("KAZ", "turnover", 2020, "new", 0.3, 0.2), ("KAZ", "turnover", 2020, "old", 0.1, 0.2)
    )
    assert parts_by_year(rows, TRADE, "own", DATES)["china"].tolist() == [0.3]
