"""Tables of offices and organisations: how rows are cleaned, refused, and what the published give.

The numbers of the last part are worked out from the raw rows and held against what the publishers
or the pages that cite them say.
"""

import csv

import pandas as pd
import pytest
from test_clean import OTHERS, load_raw, write
from test_clean import raw as raw  # noqa: PLC0414
from test_clean import sound_tables as sound_tables  # noqa: PLC0414

from analysis.config import PROCESSED, RAW
from analysis.data import store
from analysis.data.clean import clean_goods_and_services, process
from analysis.data.clean_statistics import (
    clean_arms,
    clean_commitments,
    clean_gas,
    clean_grants,
    clean_loans,
    clean_migrants,
    clean_remittances,
)
from analysis.data.faults import RawDataError
from analysis.data.sources import load_sources
from analysis.measures.judgement import leader_of
from conftest import STATISTICS

pytestmark = pytest.mark.thorough


def frame(*rows):
    return pd.DataFrame(rows, dtype=str)


def only_row(table):
    (row,) = table.to_dict("records")
    return row


def test_goods_and_services_keep_what_is_not_given_by_country():
    gold = STATISTICS["trade_goods_and_services"] | {"partner": "XXX", "value": "5.5e9"}
    table = clean_goods_and_services(frame(STATISTICS["trade_goods_and_services"], gold))
    assert table["partner"].tolist() == ["RUS", "XXX"]
    assert table["value"].tolist() == [9.666e9, 5.5e9]


def test_gas_is_counted_in_cubic_metres_by_importer():
    cis = STATISTICS["gas_exports"] | {"exporter": "OCIS", "importer": "EUR"}
    all_of_it = STATISTICS["gas_exports"] | {"importer": "WLD", "value": "37.3"}
    table = clean_gas(frame(STATISTICS["gas_exports"], cis, all_of_it))
    assert table["country"].tolist() == ["TKM", "OCIS", "TKM"]
    assert table["counterpart"].tolist() == ["CHN", "EUR", "all"]
    assert table["power"].tolist() == ["CHN", "", ""]
    assert table["value"].tolist() == [29.4e9, 29.4e9, 37.3e9]
    assert set(table["unit"]) == {"m3"}


def test_loans_of_all_kinds_are_summed_and_what_is_scheduled_is_never_paid():
    loan = STATISTICS["loan_flows"]
    bank = loan | {"series": "DT.DIS.PCBK.CD", "value": "500000000"}
    due = loan | {"year": "2024", "status": "scheduled"}
    row = only_row(clean_loans(frame(loan, bank, due)))
    assert (row["indicator"], row["year"], row["value"]) == ("loans_disbursed", 2011, 2e9)
    assert row["evidence"] == "reported"


def test_a_sum_with_a_disputed_part_is_disputed_and_no_other():
    loan = STATISTICS["loan_flows"]
    doubted = loan | {"series": "DT.DIS.PCBK.CD", "evidence": "disputed"}
    repaid = loan | {"series": "DT.AMT.BLAT.CD", "flow": "principal repaid"}
    table = clean_loans(frame(loan, doubted, repaid)).set_index("indicator")
    assert table["evidence"].to_dict() == {
        "loans_disbursed": "disputed",
        "loans_repaid": "reported",
    }


def test_people_are_told_from_both_sides_where_both_are_of_the_five():
    born = STATISTICS["migrant_stock"]
    table = clean_migrants(frame(born, born | {"destination": "KAZ", "value": "90"}))
    told = table[["country", "counterpart", "indicator", "value"]].to_numpy().tolist()
    assert told == [
        ["UZB", "RUS", "born_here_living_there", 778041.0],
        ["UZB", "KAZ", "born_here_living_there", 90.0],
        ["KAZ", "UZB", "born_there_living_here", 90.0],
    ]
    assert set(table["evidence"]) == {"estimated"}


def test_arms_are_a_volume_and_no_sum_of_money():
    others = STATISTICS["arms_deliveries"] | {"supplier": "OTH"}
    table = clean_arms(frame(STATISTICS["arms_deliveries"], others))
    assert set(table["unit"]) == {"TIV"}
    assert table["value"].tolist() == [11.5e6, 11.5e6]
    assert table["counterpart"].tolist() == ["RUS", "others"]


def test_commitments_of_all_kinds_are_summed_in_dollars_of_2021():
    aid = STATISTICS["china_commitments"] | {"kind": "ODA-like", "value": "1000.2"}
    row = only_row(clean_commitments(frame(STATISTICS["china_commitments"], aid)))
    assert (row["unit"], row["power"]) == ("USD of 2021", "CHN")
    assert row["value"] == pytest.approx(2816963888.0)


def test_grants_are_the_donors_word():
    row = only_row(clean_grants(frame(STATISTICS["russia_grants"])))
    assert (row["counterpart"], row["value"], row["unit"]) == ("RUS", 202.87e6, "USD")


def test_remittances_say_that_they_are_modelled():
    row = only_row(clean_remittances(frame(OTHERS["remittances"])))
    assert (row["evidence"], row["grade"]) == ("modelled", "table")


def told(folder):
    with pytest.raises(RawDataError) as error:
        load_raw(folder)
    return [(fault.file, fault.row, fault.column, fault.valid) for fault in error.value.faults]


@pytest.mark.parametrize(
    ("table", "column", "value", "valid"),
    [
        ("trade_national", "dataset", "uzbsiat2024", "one of kazbns2024 (did you mean this?)"),
        ("trade_national", "evidence", "guessed", "one of reported"),
        ("trade_national", "value", "-5", "a number not below nought"),
        ("trade_goods_and_services", "reporter", "KAZ", "one of UZB"),
        ("gas_exports", "exporter", "RUS", "one of KAZ, TKM, UZB, OCIS"),
        ("gas_exports", "unit", "bcf", "one of bcm"),
        ("loan_flows", "status", "paid", "one of realised, scheduled"),
        ("loan_flows", "series", "DT.DOD.BLAT.CD", "one of DT.DIS.BLAT.CD"),
        ("loan_flows", "counterpart", "China", "one of CHN (did you mean this?)"),
        ("migrant_stock", "value", "1611.5", "a whole number of people"),
        ("arms_deliveries", "deliveries", "0", "a whole number above nought"),
        ("arms_deliveries", "supplier", "USA", "one of CHN, RUS, OTH, WLD"),
        ("china_commitments", "kind", "loan", "one of ODA-like"),
        ("russia_grants", "donor", "CHN", "one of RUS"),
        ("causes", "flow", "turnover", "one of exports, imports"),
        ("causes", "source_id", "nobody", "an entry of sources.yml"),
        ("causes", "cause", "", "some text"),
        ("causes", "last_year", "2020", "a year not before first_year"),
    ],
)
def test_a_bad_cell_is_named(raw, table, column, value, valid):
    rows = STATISTICS[table] | {column: value}
    write(raw, table, rows)
    (fault,) = told(raw)
    assert fault[:3] == (f"{table}.csv", 2, column)
    assert fault[3].startswith(valid)


@pytest.mark.parametrize(
    ("table", "column", "whole"),
    [
        ("trade_national", "partner", "WLD"),
        ("trade_goods_and_services", "partner", "WLD"),
        ("gas_exports", "importer", "WLD"),
        ("loan_flows", "counterpart", "WLD"),
        ("migrant_stock", "destination", "WLD"),
        ("arms_deliveries", "supplier", "WLD"),
    ],
)
def test_a_part_above_its_whole_is_named(raw, table, column, whole):
    part = STATISTICS[table]
    write(raw, table, part, part | {column: whole, "value": "1"})
    (fault,) = told(raw)
    assert fault[:3] == (f"{table}.csv", 2, "value")


def test_a_powers_trade_with_the_world_is_no_stranger_and_its_trade_with_another_is(raw):
    world = STATISTICS["trade_national"] | {"reporter": "RUS", "partner": "WLD"}
    write(raw, "trade_national", world)
    load_raw(raw)
    write(raw, "trade_national", world | {"partner": "DEU"})
    (fault,) = told(raw)
    assert fault[:3] == ("trade_national.csv", 2, "partner")
    assert fault[3].startswith("a country of countries.csv")


def test_only_what_is_scheduled_may_lie_after_its_edition(raw):
    (raw / "sources.yml").write_text(
        "dubnov-2018: {title: T, publisher: P, terms: none, date: 2018}\n", encoding="utf-8"
    )
    later = STATISTICS["loan_flows"] | {"year": "2019"}
    write(raw, "loan_flows", later | {"status": "scheduled"})
    load_raw(raw)
    write(raw, "loan_flows", later)
    assert told(raw) == [
        ("loan_flows.csv", 2, "year", "a year not after 2018, the year of the edition")
    ]


def test_a_record_twice_is_named(raw):
    write(raw, "migrant_stock", STATISTICS["migrant_stock"], STATISTICS["migrant_stock"])
    assert told(raw)[0][3] == "a value that no other row has; it is also in row 2"


def table(name):
    with (RAW / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def total(rows, **cells):
    """Sum of the values of the raw rows that have these cells; there must be some."""
    values = [
        float(row["value"])
        for row in rows
        if all(row[column] == cell for column, cell in cells.items())
    ]
    assert values, cells
    return sum(values)


@pytest.mark.parametrize(
    ("name", "dataset", "country", "year", "china", "russia"),
    [
        ("trade_national", "kazbns2024", "KAZ", "2021", 18.0, 24.6),
        ("trade_national", "kazbns2024", "KAZ", "2022", 24.2, 27.0),
        ("trade_national", "kazbns2024", "KAZ", "2023", 30.06, 27.05),
        ("trade_national", "kgznsc2024", "KGZ", "2016", 1.55, 1.32),
        ("trade_national", "kgznsc2024", "KGZ", "2021", 1.53, 2.30),
        ("trade_national", "kgznsc2024", "KGZ", "2022", 4.13, 3.48),
        ("trade_national", "kgznsc2024", "KGZ", "2023", 5.43, 3.01),
        ("trade_goods_and_services", "uzbsiat2024", "UZB", "2021", 7.45, 7.55),
        ("trade_goods_and_services", "uzbsiat2024", "UZB", "2022", 9.06, 9.38),
        ("trade_goods_and_services", "uzbsiat2024", "UZB", "2023", 13.83, 10.16),
        ("trade_pairs", "dots2022", "KGZ", "2016", 1.545, 0.945),
    ],
)
def test_a_countrys_own_turnover_with_both_powers(name, dataset, country, year, china, russia):
    rows = table(name)
    cells = {"dataset": dataset, "reporter": country, "year": year}
    for power, billion in (("CHN", china), ("RUS", russia)):
        digits = len(str(billion).partition(".")[2])
        assert round(total(rows, **cells, partner=power) / 1e9, digits) == billion


def test_kyrgyz_imports_of_2023_alone_are_preliminary():
    marks = {
        (row["reporter"], row["flow"], row["year"])
        for row in table("trade_national")
        if row["evidence"] == "preliminary"
    }
    assert marks == {("KGZ", "import", "2023")}


def by_country(name, dataset, country, flow, year):
    """Part of the whole that the rows by country come to, and the whole."""
    cells = {"dataset": dataset, "reporter": country, "flow": flow, "year": year}
    rows = table(name)
    whole = total(rows, **cells, partner="WLD")
    named = [row for row in rows if row["partner"] not in ("WLD", "XXX")]
    return total(named, **cells) / whole, whole


@pytest.mark.parametrize(
    ("country", "dataset", "flow", "year", "part"),
    [
        ("KGZ", "kgznsc2024", "export", "2021", 0.59),
        ("KGZ", "kgznsc2024", "export", "2016", 0.99),
        ("KGZ", "kgznsc2024", "export", "2022", 0.99),
        ("KGZ", "kgznsc2024", "import", "2023", 0.99),
        ("KAZ", "kazbns2024", "export", "2023", 1.0),
        ("KAZ", "kazbns2024", "import", "2020", 1.0),
    ],
)
def test_partners_come_to_this_part_of_the_total(country, dataset, flow, year, part):
    # Flows under a million are cut, so a little is always missing.
    found, _ = by_country("trade_national", dataset, country, flow, year)
    assert found == pytest.approx(part, abs=0.01)
    assert found <= 1


@pytest.mark.parametrize("year", ["2016", "2020", "2021", "2022", "2023"])
@pytest.mark.parametrize("flow", ["export", "import"])
def test_uzbek_partners_and_what_is_not_given_by_country_come_to_the_total(flow, year):
    name, cells = "trade_goods_and_services", {"flow": flow, "year": year}
    found, whole = by_country(name, "uzbsiat2024", "UZB", flow, year)
    rest = total(table(name), **cells, partner="XXX") / whole
    assert found + rest == pytest.approx(1, abs=0.005)


def test_uzbek_exports_of_2021_are_the_official_total_of_goods_and_services():
    _, whole = by_country("trade_goods_and_services", "uzbsiat2024", "UZB", "export", "2021")
    assert round(whole / 1e6, 1) == 16662.8


def test_chinas_exports_of_2025_stand_for_all_five():
    record = [row for row in table("trade_national") if row["dataset"] == "imts2026"]
    china = {row["partner"]: row["evidence"] for row in record if row["reporter"] == "CHN"}
    assert china == dict.fromkeys(("KAZ", "KGZ", "TJK", "TKM", "UZB"), "reported")
    others = {row["reporter"]: row["evidence"] for row in record if row["reporter"] != "CHN"}
    assert others == {
        "KAZ": "unflagged",
        "KGZ": "unflagged",
        "TJK": "estimated",
        "TKM": "estimated",
    }


def test_tajik_debt_of_2002_is_short_of_its_whole_and_no_other_sum_is():
    sums = {}
    for row in table("debt_by_creditor"):
        part, whole = sums.get((row["country"], row["year"]), (0.0, 0.0))
        value = float(row["value"])
        if row["creditor"] == "World":
            sums[row["country"], row["year"]] = (part, whole + value)
        else:
            sums[row["country"], row["year"]] = (part + value, whole)
    short = {key: whole - part for key, (part, whole) in sums.items() if abs(whole - part) > 1e6}
    assert list(short) == [("TJK", "2002")]
    assert round(short["TJK", "2002"] / 1e6, 1) == 15.0


def test_turkmenistan_had_drawn_and_repaid_chinas_loans_by_2022():
    cells = {"country": "TKM", "counterpart": "CHN", "status": "realised"}
    rows = [row for row in table("loan_flows") if row["year"] <= "2022"]
    assert round(total(rows, **cells, flow="disbursed") / 1e9, 1) == 8.3
    assert round(total(rows, **cells, flow="principal repaid") / 1e9, 1) == 8.2
    drawn = [row for row in rows if row["flow"] == "disbursed" and row["counterpart"] == "CHN"]
    assert max(row["year"] for row in drawn if row["country"] == "TKM") == "2015"


@pytest.mark.parametrize(
    ("country", "flows", "stock"),
    [("KAZ", 1716, 1709), ("KGZ", 1765, 1782), ("TJK", 948, 983), ("TKM", 101, 112)],
)
def test_chinas_loans_drawn_less_repaid_fit_the_change_of_what_is_owed(country, flows, stock):
    cells = {"country": country, "counterpart": "CHN", "status": "realised"}
    rows = [row for row in table("loan_flows") if "2001" <= row["year"] <= "2022"]
    drawn, repaid = (total(rows, **cells, flow=flow) for flow in ("disbursed", "principal repaid"))
    assert round((drawn - repaid) / 1e6) == flows
    debt = [row for row in table("debt_by_creditor") if row["creditor"] == "China"]
    owed = {
        year: sum(
            float(row["value"]) for row in debt if (row["country"], row["year"]) == (country, year)
        )
        for year in ("2000", "2022")
    }
    assert round((owed["2022"] - owed["2000"]) / 1e6) == stock


def test_what_all_creditors_disbursed_holds_what_the_powers_did():
    rows = [row for row in table("loan_flows") if row["status"] == "realised"]
    parts, wholes = {}, {}
    for row in rows:
        sums = wholes if row["counterpart"] == "WLD" else parts
        cell = row["country"], row["series"], row["year"]
        sums[cell] = sums.get(cell, 0.0) + float(row["value"])
    assert set(parts) <= set(wholes)
    assert all(parts[cell] <= wholes[cell] * 1.0001 for cell in parts)


def test_what_falls_due_after_the_edition_is_scheduled_and_nothing_else():
    years = {status: set() for status in ("realised", "scheduled")}
    for row in table("loan_flows"):
        years[row["status"]].add(int(row["year"]))
    assert (min(years["realised"]), max(years["realised"])) == (2000, 2022)
    assert years["scheduled"] == {2023, 2024, 2025}


GAS = {"exporter": "OCIS", "scope": "between regions"}


@pytest.mark.parametrize(
    ("importer", "year", "bcm"),
    [("CHN", "2000", 0.0), ("CHN", "2023", 36.4), ("RUS", "2008", 74.4), ("RUS", "2023", 5.7)],
)
def test_gas_from_the_cis(importer, year, bcm):
    assert round(total(table("gas_exports"), **GAS, importer=importer, year=year), 1) == bcm


def test_gas_from_the_cis_to_china_leads_since_2016():
    rows = table("gas_exports")
    leaders = {}
    for year in range(2000, 2024):
        china, russia = (
            total(rows, **GAS, importer=power, year=str(year)) for power in ("CHN", "RUS")
        )
        difference = (china - russia) / (china + russia)
        leaders[year] = leader_of(difference, difference)
    assert {year for year, leader in leaders.items() if leader == "CHN"} == set(range(2016, 2024))
    assert leaders[2015] == "level"


@pytest.mark.parametrize("year", ["2018", "2019", "2020", "2022", "2023"])
def test_gas_to_china_of_three_countries_is_that_of_the_cis(year):
    rows = table("gas_exports")
    three = total(rows, scope="by country", importer="CHN", year=year)
    assert three == pytest.approx(total(rows, **GAS, importer="CHN", year=year), abs=0.005)


def test_arms_of_all_suppliers_come_to_the_whole():
    sums = {}
    for row in table("arms_deliveries"):
        cell = row["recipient"], row["year"]
        part, whole = sums.get(cell, (0.0, 0.0))
        if row["supplier"] == "WLD":
            sums[cell] = (part, float(row["value"]))
        else:
            sums[cell] = (part + float(row["value"]), whole)
    assert all(part == pytest.approx(whole, abs=0.02) for part, whole in sums.values())


@pytest.mark.parametrize(
    ("country", "billion"),
    [("KAZ", 64.146), ("UZB", 18.209), ("TKM", 12.276), ("TJK", 6.256), ("KGZ", 4.131)],
)
def test_chinas_commitments_of_two_decades(country, billion):
    assert round(total(table("china_commitments"), country=country) / 1e9, 3) == billion


@pytest.mark.parametrize(("home", "people"), [("CHN", "1611"), ("RUS", "778041")])
def test_people_born_in_uzbekistan(home, people):
    (row,) = [
        row
        for row in table("migrant_stock")
        if (row["origin"], row["destination"], row["year"]) == ("UZB", home, "2024")
    ]
    assert row["value"] == people


def test_the_matrix_of_2021_has_no_row_for_china_and_gives_uzbek_receipts_to_russia():
    rows = [row for row in table("remittances") if row["year"] == "2021"]
    assert {row["sender"] for row in rows} == {"RUS", "WLD"}
    uzbek = {row["value"] for row in rows if row["country"] == "UZB"}
    assert len(uzbek) == 1


def test_every_cause_has_a_source_that_can_be_opened():
    sources, _ = load_sources(RAW / "sources.yml")
    assert [row for row in table("causes") if not sources[row["source_id"]].get("url")] == []


def test_a_figure_worked_out_here_says_so_and_one_of_the_article_is_stated(raw):
    write(raw, "stated_trade", STATISTICS["stated_trade"] | {"grade": "derived"})
    figures = process(load_raw(raw))["figures"].set_index("figure_id")
    assert figures["grade"].to_dict() == {
        "kaz-trade-chn-2016": "stated",
        "kaz-trade-chn-2016-page": "stated",
        "kaz-trade-chn-2016-stated": "derived",
        "kaz-fdi-chn-2016-stated": "stated",
    }


def test_a_stated_figure_may_be_tied_to_one_of_an_earlier_table_and_not_of_a_later(raw):
    tied = {"related_id": OTHERS["elsewhere"]["figure_id"], "role": "beside"}
    write(raw, "stated_investment", STATISTICS["stated_investment"] | tied)
    load_raw(raw)
    later = {"related_id": STATISTICS["stated_investment"]["figure_id"], "role": "beside"}
    write(raw, "stated_trade", STATISTICS["stated_trade"] | later)
    assert told(raw)[0][2] == "related_id"


def test_an_id_of_an_earlier_table_is_refused_in_a_later(raw):
    same = STATISTICS["stated_investment"] | {"figure_id": OTHERS["elsewhere"]["figure_id"]}
    write(raw, "stated_investment", same)
    assert told(raw)[0][3] == "an id of its own; elsewhere.csv has it in row 2 too"


@pytest.mark.parametrize(
    ("column", "value", "valid"),
    [
        ("grade", "table", "one of stated, derived"),
        ("evidence", "sure", "one of reported, preliminary"),
        ("printed", "$1.2.3 billion", "words such as"),
        ("indicator", "trade", "one of trade_gap"),
    ],
)
def test_a_bad_cell_of_a_stated_figure_is_named(raw, column, value, valid):
    write(raw, "stated_trade", STATISTICS["stated_trade"] | {column: value})
    (fault,) = told(raw)
    assert fault[:3] == ("stated_trade.csv", 2, column)
    assert fault[3].startswith(valid)


@pytest.fixture(scope="module")
def figures():
    return store.load_table("figures", PROCESSED).set_index("figure_id")


def test_whoever_stands_beside_another_measures_the_same_thing_at_the_same_time(figures):
    beside = figures[figures["role"] == "beside"]
    assert len(beside) > 30
    same = ["country", "indicator", "nature", "unit", "reporter"]
    for row in beside.itertuples():
        other = figures.loc[row.related_id]
        assert [getattr(row, column) for column in same] == other[same].tolist()
        assert row.period_end == other["period_end"]
        assert row.power != other["power"]


@pytest.mark.parametrize(
    ("china", "russia", "sums"),
    [
        ("uzb-investment-flow-government-chn-2025-stated", "", (15.5e9, 4.8e9)),
        ("kgz-fdi-gross-share-chn-2024-stated", "", (0.239, 0.227)),
        ("tjk-fdi-chn-2024-stated", "", (150.9e6, 28.9e6)),
        (
            "uzb-goods-services-chn-2024-stated",
            "uzb-goods-services-rus-2024-stated",
            (12.4e9, 11.6e9),
        ),
    ],
)
def test_pairs_that_one_authority_states(figures, china, russia, sums):
    russia = russia or china.replace("-chn-", "-rus-")
    assert (figures.loc[china, "value"], figures.loc[russia, "value"]) == sums
    assert figures.loc[china, "source_id"] == figures.loc[russia, "source_id"]


@pytest.mark.parametrize(
    ("country", "billion"),
    [("KAZ", 48.7), ("KGZ", 27.2), ("TJK", 4.3), ("TKM", 10.0), ("UZB", 16.2)],
)
def test_chinas_record_of_turnover_in_2025_is_stated_for_all_five(figures, country, billion):
    found = figures[
        (figures["country"] == country)
        & (figures["indicator"] == "trade_turnover")
        & (figures["reporter"] == "CHN")
        & (figures["period_start"] == "2025-01-01")
        & (figures["period_end"] == "2025-12-31")
    ]
    assert found["value"].tolist() == [billion * 1e9]


def test_what_the_uzbek_office_states_is_goods_and_services(figures):
    own = figures[(figures["country"] == "UZB") & (figures["reporter"] == "UZB")]
    turnover = own[own["indicator"].str.endswith("turnover")]
    assert set(turnover["indicator"]) == {"goods_services_turnover"}
    table_of_office = {
        (row["year"], row["partner"]): 0.0 for row in table("trade_goods_and_services")
    }
    for row in table("trade_goods_and_services"):
        table_of_office[row["year"], row["partner"]] += float(row["value"])
    for row in turnover[turnover["power"] != ""].itertuples():
        key = row.period_end[:4], row.power
        if row.period_end.endswith("-12-31") and key in table_of_office and row.value == row.value:
            assert row.value == pytest.approx(table_of_office[key], rel=0.04)


@pytest.mark.parametrize(
    ("figure", "cells"),
    [
        (
            "region-joint-projects-chn",
            {"value": 0, "state": "observed_zero", "unit": "count", "power": "CHN"},
        ),
        ("tkm-loans-chn-2011", {"indicator": "loans_received", "status": "realised"}),
        ("tjk-debt-share-chn", {"indicator": "external_debt_share", "value": 0.53}),
        ("tjk-fdi-rank-chn-title", {"value": 1, "unit": "rank"}),
        ("tjk-migrants-rus", {"locator": 'Section "Russia and Tajikistan: A Special Case"'}),
        ("tjk-trade-rank-chn-text", {"locator": 'Section "Russia and Tajikistan: A Special Case"'}),
    ],
)
def test_what_the_article_says_is_kept_under_its_own_name_and_place(figures, figure, cells):
    assert {column: figures.loc[figure, column] for column in cells} == cells
