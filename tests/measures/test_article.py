"""The article as a whole: its totals rebuilt, what it counts, and the test of its duopoly."""

import pandas as pd
import pytest

from analysis.config import PROCESSED
from analysis.data import store
from analysis.measures.arms import arms_parts
from analysis.measures.coverage import coverage
from analysis.measures.rebuilt import EDITION, rebuilt_totals


def figure(figure_id, country="KAZ", power="RUS", **more):
    row = {
        "figure_id": figure_id,
        "country": country,
        "power": power,
        "dimension": "trade",
        "indicator": "trade_turnover",
        "status": "realised",
        "state": "value",
        "role": "",
        "source_id": "dubnov-2018",
        "period_start": "2016-01-01",
        "period_end": "2016-12-31",
        "printed": "$12.9 billion",
        "low": 12.85,
        "high": 12.95,
    }
    return row | more


def built(country, china, russia, **more):
    row = {"country": country, "china": china, "russia": russia, "record": "exports_first"}
    row |= {"dataset": EDITION, "concept": "trade_turnover", "period_end": "2016-12-31"}
    return row | more


def test_a_total_fits_where_it_lies_within_the_printed_digits():
    figures = pd.DataFrame(
        [figure("one"), figure("two", power="CHN"), figure("three", source_id="other")]
    )
    comparisons = pd.DataFrame(
        [built("KAZ", 12.96, 12.9), built("KAZ", 1.0, 1.0, dataset="imf-dots-2022")]
    )
    table = rebuilt_totals(figures, comparisons).set_index("figure_id")
    assert table["rebuilt"].to_dict() == {"one": 12.9, "two": 12.96}
    assert table["fits"].to_dict() == {"one": True, "two": False}
    assert table["fits_partners"].isna().all()


def test_a_total_is_held_against_the_powers_own_records_too():
    figures = pd.DataFrame([figure("one"), figure("two", power="CHN")])
    by_powers = built("KAZ", 12.9, 12.5) | {"record": "partner"}
    comparisons = pd.DataFrame([built("KAZ", 12.5, 12.9), by_powers])
    table = rebuilt_totals(figures, comparisons).set_index("figure_id")
    assert table["fits"].to_dict() == {"one": True, "two": False}
    assert table["fits_partners"].to_dict() == {"one": False, "two": True}


def test_a_total_with_nothing_to_rebuild_it_from_does_not_fit():
    table = rebuilt_totals(pd.DataFrame([figure("one")]), pd.DataFrame([built("UZB", 1.0, 1.0)]))
    assert table["rebuilt"].isna().all()
    assert not table["fits"].any()


@pytest.mark.parametrize(
    "other",
    [
        {"role": "earlier"},
        {"status": "target"},
        {"indicator": "exports"},
        {"source_id": "other"},
        {"country": "REGION"},
        {"power": ""},
    ],
)
def test_only_the_articles_own_totals_of_trade_between_one_country_and_a_power_are_rebuilt(other):
    figures = pd.DataFrame([figure("one"), figure("two", **other)])
    table = rebuilt_totals(figures, pd.DataFrame([built("KAZ", 1.0, 12.9)]))
    (row,) = table.to_dict("records")
    assert pd.isna(row.pop("fits_partners"))
    assert row == {
        "country": "KAZ",
        "power": "RUS",
        "figure_id": "one",
        "printed": "$12.9 billion",
        "low": 12.85,
        "high": 12.95,
        "rebuilt": 12.9,
        "fits": True,
    }


@pytest.mark.parametrize(
    ("start", "end"),
    [("2015-01-01", "2015-12-31"), ("2016-01-01", "2016-06-30"), ("2012-01-01", "2016-12-31")],
)
def test_a_total_of_another_year_is_none_of_those_that_are_rebuilt(start, end):
    other = figure("other", power="CHN", period_start=start, period_end=end)
    table = rebuilt_totals(
        pd.DataFrame([figure("one"), other]), pd.DataFrame([built("KAZ", 12.5, 12.9)])
    )
    assert table["figure_id"].tolist() == ["one"]


def test_all_ten_totals_of_the_article_come_out_to_the_digit():
    names = ("figures", "comparisons")
    table = rebuilt_totals(*(store.load_table(name, PROCESSED) for name in names))
    assert len(table) == 10
    assert table["fits"].all()


@pytest.mark.parametrize(
    "left_out",
    [
        {"state": "not_reported"},
        {"role": "same_as"},
        {"role": "whole"},
        {"power": ""},
        {"source_id": "other"},
    ],
)
def test_a_tie_counts_the_figures_that_are_printed_once(left_out):
    rows = [figure("one"), figure("two", power="CHN"), figure("three", **left_out)]
    (counted,) = coverage(pd.DataFrame(rows)).to_dict("records")
    assert (counted["KAZ_CHN"], counted["KAZ_RUS"], counted["CHN"], counted["RUS"]) == (1, 1, 1, 1)


def test_each_tie_has_a_row_of_its_own_in_the_order_of_the_article():
    rows = [figure("one", dimension="trade"), figure("two", dimension="debt")]
    table = coverage(pd.DataFrame(rows))
    assert table["dimension"].tolist() == ["trade", "debt"]
    assert table["KAZ_RUS"].tolist() == [1, 1]


def arms(country, counterpart, year, value):
    row = {"country": country, "counterpart": counterpart, "year": year, "value": value}
    return row | {"indicator": "arms_received"}


def test_arms_are_added_up_over_the_years_and_are_parts_of_all():
    rows = [
        arms("KAZ", "RUS", 2012, 30.0),
        arms("KAZ", "RUS", 2016, 30.0),
        arms("KAZ", "CHN", 2016, 20.0),
        arms("KAZ", "all", 2012, 40.0),
        arms("KAZ", "all", 2016, 60.0),
        arms("KAZ", "RUS", 2011, 900.0),  # before the five years
        arms("KAZ", "RUS", 2017, 900.0),  # after them
    ]
    parts = arms_parts(pd.DataFrame(rows), 2016).set_index("country")
    assert parts.loc["KAZ", ["first", "china", "russia"]].tolist() == [2012, 0.2, 0.6]
    assert parts.loc["UZB", ["china", "russia"]].isna().all()  # nobody delivered anything


def test_arms_name_the_rows_and_the_volume_that_the_parts_are_of():
    rows = [
        arms("KAZ", "RUS", 2016, 30.0),
        arms("KAZ", "all", 2016, 60.0),
        arms("TJK", "all", 2016, 7.0),
        arms("TJK", "all", 2010, 9.0),  # before the five years
    ]
    parts = arms_parts(pd.DataFrame(rows, index=["a", "b", "c", "d"]), 2016).set_index("country")
    assert parts.loc[["KAZ", "TJK", "UZB"], "labels"].tolist() == [["a", "b"], ["c"], []]
    assert parts.loc[["KAZ", "TJK", "UZB"], "volume"].tolist() == [60.0, 7.0, 0.0]


def test_what_is_no_arms_is_no_part_of_them():
    rows = [
        arms("KAZ", "RUS", 2016, 30.0),
        arms("KAZ", "all", 2016, 60.0),
        arms("KAZ", "RUS", 2016, 50.0) | {"indicator": "grants"},
    ]
    parts = arms_parts(pd.DataFrame(rows), 2016).set_index("country")
    assert parts.loc["KAZ", "russia"] == 0.5
