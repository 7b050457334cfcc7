"""Figures of every kind become sides: small tables, one behaviour a test."""

import pandas as pd
import pytest

from analysis.data import schema
from analysis.measures.sides import (
    given_all,
    sides_of_figures,
    sides_of_indicators,
    sides_of_trade,
)


def trade(*rows):
    columns = ["reporter", "partner", "flow", "year", "value", "evidence"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(dataset="dots2022", source_id="imf-dots-2022", grade="table")


def indicators(*rows):
    columns = ["country", "power", "counterpart", "indicator", "year", "value"]
    return pd.DataFrame(rows, columns=columns).assign(
        unit="USD", dataset="ids", source_id="ids", evidence="reported", grade="table"
    )


def figure(**changed):
    given = dict.fromkeys(schema.FIGURES.schema.columns, "") | {
        "figure_id": "kgz-trade",
        "country": "KGZ",
        "power": "RUS",
        "indicator": "trade_turnover",
        "status": "realised",
        "state": "value",
        "value": 4.1e9,
        "low": 4.05e9,
        "high": 4.15e9,
        "logical_low": 4.05e9,
        "logical_high": 4.15e9,
        "unit": "USD",
        "period_start": "2024-01-01",
        "period_end": "2024-12-31",
        "reporter": "RUS",
        "coverage": "bilateral",
        "source_id": "gazeta",
        "grade": "stated",
        "evidence": "reported",
    }
    return given | changed


def sides_of(*figures):
    return sides_of_figures(pd.DataFrame(figures), "dubnov-2018")


def test_turnover_is_what_was_sold_and_bought():
    sides = sides_of_trade(
        trade(
            ("KGZ", "CHN", "export", 2016, 80e6, "reported"),
            ("KGZ", "CHN", "import", 2016, 1465e6, "reported"),
        )
    )
    turnover = sides[sides["tie"] == "trade"].iloc[0]
    assert (turnover["record"], turnover["value"]) == ("own", 1545e6)
    assert turnover["ids"] == ("dots2022/KGZ/CHN/export/2016 dots2022/KGZ/CHN/import/2016")


def test_without_purchases_there_is_no_turnover():
    sides = sides_of_trade(trade(("KGZ", "CHN", "export", 2016, 80e6, "reported")))
    assert list(sides["tie"]) == ["exports"]


def test_what_a_power_buys_is_the_countrys_sale_on_the_partners_record():
    sides = sides_of_trade(trade(("CHN", "KGZ", "import", 2016, 71e6, "reported")))
    assert list(sides[["tie", "record", "power"]].iloc[0]) == ["exports", "partner", "CHN"]


@pytest.mark.parametrize("evidence", ["derived", "imputed", "estimated", "unverified"])
def test_what_a_country_did_not_count_is_no_record_of_its(evidence):
    assert sides_of_trade(trade(("UZB", "CHN", "export", 2010, 1e9, evidence))).empty


@pytest.mark.parametrize("marks", [("reported", "preliminary"), ("preliminary", "reported")])
def test_a_sum_is_no_firmer_than_its_parts(marks):
    sold, bought = marks
    sides = sides_of_trade(
        trade(
            ("KGZ", "CHN", "export", 2023, 80e6, sold),
            ("KGZ", "CHN", "import", 2023, 5.35e9, bought),
        )
    )
    assert list(sides.loc[sides["tie"] == "trade", "evidence"]) == ["preliminary"]


def test_goods_with_services_are_a_concept_of_their_own():
    sides = sides_of_trade(trade(("UZB", "CHN", "export", 2023, 2e9, "reported")), services=True)
    assert list(sides["concept"]) == ["goods_services_exports"]


def test_a_power_that_the_whole_list_of_creditors_leaves_out_is_owed_nothing():
    sides = sides_of_indicators(
        indicators(
            ("TJK", "CHN", "China", "debt_owed", 2016, 1.15e9),
            ("TJK", "", "all", "debt_owed", 2016, 2.17e9),
        )
    ).set_index("power")
    assert sides.loc["RUS", "value"] == 0.0
    assert (sides["end"] == "2016-12-31").all() and (sides["start"] == sides["end"]).all()


def test_a_power_that_no_model_has_is_missing_and_not_nought():
    sides = sides_of_indicators(
        indicators(
            ("KGZ", "RUS", "RUS", "remittances", 2016, 1.5e9),
            ("KGZ", "", "all", "remittances", 2016, 2.0e9),
        )
    )
    assert list(sides["power"]) == ["RUS"]


def test_a_model_that_gives_one_sender_everything_tells_nothing_of_that_senders_part():
    table = indicators(
        ("UZB", "RUS", "RUS", "remittances", 2016, 2.479e9),
        ("UZB", "", "all", "remittances", 2016, 2.479e9),
        ("UZB", "RUS", "RUS", "remittances", 2017, 2.0e9),
        ("UZB", "", "all", "remittances", 2017, 2.8e9),
    )
    assert given_all(table)["year"].tolist() == [2016]
    assert sides_of_indicators(table)["start"].tolist() == ["2017-01-01"]


@pytest.mark.parametrize(("reporter", "record"), [("KGZ", "own"), ("RUS", "partner")])
def test_a_stated_figure_is_of_the_record_of_who_counts(reporter, record):
    assert list(sides_of(figure(reporter=reporter))["record"]) == [record]


def test_a_third_partys_count_of_trade_is_neither_sides_record():
    assert sides_of(figure(reporter="Eurasian Development Bank")).empty


def test_a_stated_figure_says_what_it_counts_and_under_which_tie():
    sides = sides_of(figure(indicator="fdi_stock"))
    assert list(sides[["tie", "concept"]].iloc[0]) == ["investment_held", "fdi_stock"]


def test_the_article_is_a_record_of_its_own():
    sides = sides_of(figure(source_id="dubnov-2018", reporter=""))
    assert list(sides["record"]) == ["article"]


@pytest.mark.parametrize(
    "changed",
    [
        {"status": "target"},
        {"status": "announced"},
        {"state": "not_reported"},
        {"coverage": "regional"},
        {"role": "whole"},
        {"period_end": "", "period_start": ""},
        {"country": "REGION"},
    ],
)
def test_a_plan_a_part_or_an_undated_figure_is_no_side(changed):
    assert sides_of(figure(**changed)).empty


def test_a_stock_stands_at_its_day():
    sides = sides_of(
        figure(indicator="fdi_stock", as_of="2016-10-01", period_start="", period_end="")
    )
    assert list(sides[["start", "end"]].iloc[0]) == ["2016-10-01", "2016-10-01"]


AS_OF_2016 = {"period_start": "2016-01-01", "period_end": "2016-12-31", "as_of": "2016-12-31"}


def test_what_is_held_as_of_a_year_stands_at_no_day_of_it():
    sides = sides_of(figure(indicator="fdi_stock", **AS_OF_2016))
    assert list(sides[["start", "end"]].iloc[0]) == ["2016-01-01", "2016-12-31"]


def test_a_debt_as_of_a_year_stands_at_its_end_as_in_all_tables():
    sides = sides_of(figure(indicator="debt_owed", **AS_OF_2016))
    assert list(sides[["start", "end"]].iloc[0]) == ["2016-12-31", "2016-12-31"]


def test_an_estimate_is_not_set_beside_what_was_counted():
    counted = figure(figure_id="china", power="CHN", reporter="CHN")
    estimated = figure(figure_id="russia", status="estimate")
    assert list(sides_of(counted, estimated)["ids"]) == ["china"]


@pytest.mark.parametrize(
    "other",
    [
        {"status": "estimate"},
        {"period_start": "2023-01-01", "period_end": "2023-12-31"},
        {"power": "RUS", "reporter": "RUS"},
        {"reporter": "KGZ"},
    ],
    ids=["an estimate too", "another year", "the same power", "another record"],
)
def test_an_estimate_beside_nothing_that_was_counted_alike_stays(other):
    china = figure(figure_id="china", power="CHN", reporter="CHN") | other
    assert set(sides_of(china, figure(figure_id="russia", status="estimate"))["ids"]) == {
        "china",
        "russia",
    }
