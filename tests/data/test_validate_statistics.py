"""Statistics held against each other: a few rows a rule, and the rows that are at fault."""

import pandas as pd
import pytest

from analysis.data.validate_statistics import (
    differing_trade,
    faults_of_statistics,
    goods_among_services,
)


def found(name, rows, sources=None, known=None):
    """The row and the column of each fault; the first row is 2, as in a file."""
    raw = pd.DataFrame(rows, index=range(2, len(rows) + 2)).astype(str)
    faults = faults_of_statistics(name, raw, sources or {}, known=known)
    return [(fault.row, fault.column) for fault in faults]


def indicator(year, value, **more):
    same = {"vintage": "2026-07", "country": "KAZ", "indicator": "NY.GDP.MKTP.CD"}
    return same | {"year": year, "value": value, "source_id": "worldbank-wdi-2026-07"} | more


def series(*values, **more):
    return [indicator(2010 + at, value, **more) for at, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "rows"),
    [
        (["2000000001", "3000000001", "4000000001"], []),
        (["2000000001", "300000000001", "4000000001"], []),  # 75 times the larger of the two
        (["2000000001", "400000000101", "4000000001"], [3]),  # a hundred times and a little
        (["200000000001", "1899999999", "190000000001"], [3]),  # a hundredth and a little less
        (["2000001", "3", "4000001"], []),  # no sum that matters
        (["3000000001", "2000000001", "900000000001"], []),  # 450 times at an end
        (["3000000001", "2000000001", "1100000000001"], [4]),  # 550 times at an end
        (["1100000000001", "2000000001"], []),  # two years say nothing of each other
    ],
)
def test_a_leap_far_above_or_below_the_years_beside_is_a_fault(values, rows):
    assert found("wdi", series(*values)) == [(row, "value") for row in rows]


def test_a_leap_is_looked_for_within_one_series_alone():
    one = series("2000000001", "3000000001", "2500000001")
    other = series("900000000001", "800000000001", "700000000001", country="RUS")
    assert found("wdi", one + other) == []


def test_what_comes_in_single_lots_may_leap():
    lot = {"country": "KAZ", "kind": "OOF-like", "source_id": "s"}
    rows = [
        lot | {"year": 2010 + at, "value": value} for at, value in enumerate(["2e7", "9e9"] * 2)
    ]
    assert found("china_commitments", rows) == []


@pytest.mark.parametrize(
    ("values", "rows"),
    [
        (["137278320084.2", "1.4E+11", "150000000001"], [3]),
        (["137278320084.2", "1.37e+11", "150000000001"], [3]),
        (["137278320084.2", "1.372e+11", "150000000001"], []),  # four digits are left
        (["137278", "1.37E+5", "13"], [3]),  # six digits elsewhere
        (["13727", "1.37E+4", "13"], []),  # five
        (["137278320084.2", "140000000000", "150000000001"], [3]),  # without an exponent
        (["137278320084.2", "141000000000", "150000000001"], []),  # three digits
        (["137278320", "140000000", "150000001"], []),  # less than a thousand million
    ],
)
def test_a_value_that_a_spreadsheet_has_cut_is_a_fault(values, rows):
    assert found("wdi", series(*values)) == [(row, "value") for row in rows]


def test_beyond_the_indicators_a_round_value_without_an_exponent_is_sound():
    rows = [
        {"country": "KGZ", "sender": "RUS", "year": 2010 + at, "value": value}
        | {"unit": "USD", "source_id": "s"}
        for at, value in enumerate(["1372783200", "1400000000", "1500000001"])
    ]
    assert found("remittances", rows) == []


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("NY.GDP.MKTP.CD", "0", True),
        ("NY.GDP.MKTP.CD", "1", False),
        ("DT.DOD.DECT.CD", "0", False),
        ("DT.DOD.DECT.CD", "-1", True),
        ("BX.KLT.DINV.CD.WD", "-1", False),
        ("SP.POP.TOTL", "17000000", False),
        ("SP.POP.TOTL", "17000000.5", True),
    ],
)
def test_an_indicator_has_the_sign_that_it_can_have_and_people_are_whole(name, value, wrong):
    assert found("wdi", [indicator(2010, value, indicator=name)]) == [(2, "value")] * wrong


def test_an_indicator_must_be_known_and_of_its_editions_vintage():
    rows = [indicator(2010, "5", indicator="XX"), indicator(2011, "5", vintage="2018-08")]
    assert found("wdi", rows) == [(2, "indicator"), (3, "vintage")]


def test_a_year_after_its_edition_is_a_fault_and_that_year_itself_is_not():
    assert found("wdi", [indicator(2026, "5"), indicator(2027, "5")]) == [(3, "year")]


def flow(year, status, source="s"):
    row = {"country": "TKM", "counterpart": "CHN", "flow": "disbursed", "series": "x"}
    return row | {"year": year, "value": "5", "status": status, "source_id": source}


def test_only_what_is_scheduled_may_lie_after_the_date_of_its_source():
    sources = {"s": {"date": "2018-08-07"}, "undated": {}}
    rows = [flow(2018, "realised"), flow(2019, "realised"), flow(2019, "scheduled")]
    rows += [flow(2030, "realised", "undated")]
    assert found("loan_flows", rows, sources) == [(3, "year")]


def investment(**more):
    row = {"dataset": "nbk", "country": "KAZ", "partner": "CHN", "measure": "FDI inward stock"}
    return row | {"year": 2020, "value": "5", "unit": "EUR million", "source_id": "s"} | more


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({}, []),
        ({"unit": "USD million"}, [(2, "unit")]),
        ({"dataset": "another", "unit": "USD million"}, []),
        ({"value": "0"}, []),
        ({"value": "-5"}, [(2, "value")]),
        ({"value": "-5", "measure": "FDI inflow"}, []),
    ],
)
def test_investment_is_in_its_datasets_unit_and_what_is_held_is_not_below_nought(changes, faults):
    assert found("fdi", [investment(**changes)]) == faults


def test_a_year_after_its_edition_and_a_sum_below_nought_are_told_together():
    rows = [investment(value="-5"), investment(year=2021)]
    faults = found("fdi", rows, {"s": {"date": "2020-12-31"}})
    assert faults == [(2, "value"), (3, "year")]


def owed(creditor, value="5", year=2020, source="ids"):
    row = {"country": "KGZ", "creditor": creditor, "series": "DT.DOD.DPPG.CD", "year": year}
    return row | {"value": value, "source_id": source}


POWERS = [owed("China"), owed("Russian Federation")]


def test_a_creditor_that_is_nearly_a_powers_name_is_a_fault_and_another_is_not():
    assert found("debt_by_creditor", [*POWERS, owed("Japan")]) == []
    assert found("debt_by_creditor", [*POWERS, owed("Chima")]) == [(4, "creditor")]
    assert found("debt_by_creditor", [*POWERS, owed("russian federatoin")]) == [(4, "creditor")]


def test_an_edition_without_a_power_is_a_fault_of_that_edition():
    rows = [*POWERS, owed("China", source="older")]
    assert found("debt_by_creditor", rows) == [("older", "creditor")]


def test_a_power_under_another_name_is_told_of_once():
    assert found("debt_by_creditor", [owed("China"), owed("Russian Federatio")]) == [
        (3, "creditor")
    ]


def test_with_the_code_list_every_creditor_must_be_in_it():
    known = pd.DataFrame(
        {
            "world_bank_name": ["China", "Russian Federation", "World"],
            "name": ["China", "Russia", "All"],
        }
    )
    rows = [*POWERS, owed("Japan"), owed("World", "15")]
    assert found("debt_by_creditor", rows, known=known) == [(4, "creditor")]


def test_a_part_may_pass_its_whole_by_rounding_alone():
    rows = [owed("World", "10000"), owed("China", "10009"), owed("Russian Federation", "10011")]
    assert found("debt_by_creditor", rows) == [(4, "value")]
    rows[0]["year"] = 2019
    assert found("debt_by_creditor", rows) == []


def trade(reporter, partner, value="5", **more):
    row = {"dataset": "dots", "reporter": reporter, "partner": partner, "flow": "export"}
    row |= {"year": "2020", "value": value, "evidence": "reported", "source_id": "imf"}
    return row | more


@pytest.mark.parametrize(
    ("reporter", "partner", "strange"),
    [
        ("KAZ", "FRA", False),
        ("FRA", "KAZ", False),
        ("CHN", "WLD", False),
        ("FRA", "WLD", True),
        ("FRA", "DEU", True),
    ],
)
def test_trade_is_that_of_a_country_under_study_or_all_of_a_powers(reporter, partner, strange):
    rows = [trade("KAZ", "CHN"), trade(reporter, partner)]
    assert found("trade_all_partners", rows) == [(3, "reporter")] * strange


def places(faults):
    return [(fault.file, fault.row, fault.column, fault.found) for fault in faults]


def test_a_table_of_goods_and_services_has_no_dataset_of_goods_alone():
    goods = [pd.DataFrame({"dataset": ["a", "b"]}), pd.DataFrame({"dataset": ["c"]})]
    services = pd.DataFrame({"dataset": ["d", "c", "c", "b"]}, index=[2, 3, 4, 5])
    assert places(goods_among_services(goods, services)) == [
        ("trade_goods_and_services.csv", 3, "dataset", "c"),
        ("trade_goods_and_services.csv", 5, "dataset", "b"),
    ]


def test_one_record_of_two_tables_is_the_same_in_both():
    pairs = pd.DataFrame([trade("KAZ", "CHN"), trade("KAZ", "RUS", "7")])
    same = trade("KAZ", "CHN", "5.0")
    other = trade("KAZ", "RUS", "8", evidence="estimated")
    every = pd.DataFrame([same, other, trade("KAZ", "FRA", "9")], index=[2, 3, 4])
    assert places(differing_trade(pairs, every)) == [
        ("trade_all_partners.csv", 3, "value", "8"),
        ("trade_all_partners.csv", 3, "evidence", "estimated"),
    ]
