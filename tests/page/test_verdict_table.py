"""The page in six rows."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.page.verdict_table import verdict_table

NAN = float("nan")
ROW = {
    "row_id": "kgz-trade-2020",
    "tie": "Trade in goods",
    "year": 2020,
    "unit": "USD",
    "china": 780e6,
    "russia": 1560e6,
    "china_to_gdp": 0.094,
    "russia_to_gdp": 0.187,
    "ahead": "Russia ahead",
    "sure": "low",
    "record": "Kyrgyz statistics",
}


def cells(**changes):
    table = verdict_table(pd.DataFrame([ROW | changes]), caption="Who weighs more")
    soup = BeautifulSoup(table._repr_html_(), "html.parser")
    return table, soup.select("tbody td")


def test_a_row_says_figures_weights_leader_and_record():
    _, (year, china, russia, ahead, record) = cells()
    assert year.get_text() == "2020"
    assert china.get_text() == "$780m 9.4% of GDP"
    assert russia.get_text() == "$1.56bn 19% of GDP"
    assert ahead.get_text().split() == ["Russia", "ahead", "●○○low", "confidence"]
    assert record.get_text() == "Kyrgyz statistics"


def test_the_bar_is_parted_as_the_pair_is():
    _, found = cells()
    bar = found[3].select_one(".split")
    assert bar["aria-hidden"] == "true"
    assert bar.select_one(".c")["style"] == "width:33.3%"


def test_the_known_half_is_drawn_and_the_missing_one_named():
    table, found = cells(russia=NAN, russia_to_gdp=NAN, sure="")
    assert found[2].get_text() == "not recorded"
    assert found[2].span["class"] == ["missing"]
    assert [part["class"] for part in found[3].select(".split i")] == [["c"], ["m"]]
    assert table.rows == {"kgz-trade-2020": ("at-verdicts-kgz-trade-2020-china",)}


def test_nothing_is_no_missing_figure():
    _, found = cells(russia=0.0, russia_to_gdp=0.0)
    assert found[2].get_text() == "none"
    assert [part["class"] for part in found[3].select(".split i")] == [["c"]]


def test_two_figures_of_nothing_have_no_bar():
    _, found = cells(china=0.0, russia=0.0)
    assert not found[3].select(".split")


def test_a_tie_that_nobody_records_has_an_empty_box_and_no_links():
    table, found = cells(china=NAN, russia=NAN, china_to_gdp=NAN, russia_to_gdp=NAN, sure="")
    assert found[3].select_one(".split")["class"] == ["split", "none"]
    assert table.rows == {}


def test_a_weight_too_small_to_print_is_said_to_be_there():
    _, found = cells(china_to_gdp=0.0004)
    assert found[1].get_text() == "$780m under 0.1% of GDP"


def test_people_have_no_share_of_output():
    _, found = cells(unit="persons", china=1611, russia=778041, china_to_gdp=NAN, russia_to_gdp=NAN)
    assert found[1].get_text() == "1.61k"


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="verdicts: no column sure; valid: row_id"):
        verdict_table(pd.DataFrame([ROW]).drop(columns="sure"), caption="x")


def test_an_interval_is_told_by_its_ends_with_both_weights_and_drawn_by_its_middle():
    ends = {"china_low": 3e9, "china_high": 5e9, "china_to_gdp": 0.29, "china_to_gdp_high": 0.31}
    table, found = cells(china=NAN, russia=1e9, **ends)
    assert found[1].get_text() == "$3bn to $5bn 29% to 31% of GDP"
    assert found[3].select_one(".split .c")["style"] == "width:80.0%"
    assert "at-verdicts-kgz-trade-2020-china" in table.rows["kgz-trade-2020"]


def test_the_ends_of_an_interval_have_three_digits_as_a_figure_has():
    ends = {"china_low": 3.1415e9, "china_high": 5.4321e9}
    _, found = cells(china=NAN, china_to_gdp=NAN, **ends)
    assert found[1].get_text() == "$3.14bn to $5.43bn"


def test_who_was_ahead_then_stands_below_who_is():
    table = verdict_table(
        pd.DataFrame([ROW | {"then": "China, 17% more"}]), caption="Who weighs more", then="2016"
    )
    soup = BeautifulSoup(table._repr_html_(), "html.parser")
    assert soup.select("tbody td")[3].select_one(".of-gdp").get_text() == "2016: China, 17% more"


def test_without_a_year_then_is_not_shown():
    _, found = cells(then="China, 17% more")
    assert "17%" not in found[3].get_text()


def test_what_is_compared_heads_a_row_and_figures_stand_to_the_right():
    table, _ = cells()
    assert [(column.head, column.kind) for column in table.columns] == [
        ("Tie", "name"),
        ("Year", "text"),
        ("China", "number"),
        ("Russia", "number"),
        ("Who is ahead", "text"),
        ("By whose record", "text"),
    ]


def test_an_interval_without_an_upper_end_is_told_as_so_much_or_more():
    ends = {"china_low": 3e9, "china_high": NAN, "china_to_gdp": 0.29, "china_to_gdp_high": NAN}
    _, found = cells(china=NAN, **ends)
    assert found[1].get_text() == "$3bn or more 29% of GDP"
