"""The code list of creditors, and the names of countries."""

import pandas as pd
import pytest

from analysis.config import RAW
from analysis.data.countries import OVERVIEWS
from analysis.data.faults import RawDataError
from analysis.data.parties import (
    faults_of_names,
    faults_of_parties,
    nameless,
    parties,
    unequal_names,
    unknown_countries,
    unknown_creditor,
)
from analysis.publish import site

KNOWN = pd.DataFrame(
    [
        ("CHN", "China", "state", "China", "730"),
        ("RUS", "Russia", "state", "Russian Federation", ""),
        ("ADB", "Asian Development Bank", "institution", "Asian Dev. Bank", "915"),
    ],
    columns=["code", "name", "kind", "world_bank_name", "world_bank_id"],
    index=[2, 3, 4],
)


def test_every_creditor_of_the_shipped_table_has_one_code():
    known = parties(RAW)
    debt = pd.read_csv(RAW / "debt_by_creditor.csv", dtype=str)
    assert set(debt["creditor"]) == set(known["world_bank_name"])
    assert known["code"].is_unique
    assert known.set_index("code").loc["CHN", "world_bank_id"] == "730"


def test_a_code_list_at_fault_is_refused(tmp_path):
    text = (RAW / "parties.csv").read_text(encoding="utf-8")
    (tmp_path / "parties.csv").write_text(text.replace(",state,", ",stat,", 1), encoding="utf-8")
    with pytest.raises(RawDataError, match="did you mean this"):
        parties(tmp_path)


@pytest.mark.parametrize(
    ("found", "valid"),
    [
        ("China", ""),
        (
            "russia",
            "Russian Federation (did you mean this?), or a creditor with a row in parties.csv",
        ),
        ("Atlantis", "a creditor with a row in parties.csv"),
    ],
)
def test_an_unknown_creditor_is_told_with_the_likely_one(found, valid):
    assert unknown_creditor(found, KNOWN) == valid


def named(*rows):
    return pd.DataFrame(rows, columns=["country", "name"], index=range(2, len(rows) + 2))


@pytest.mark.parametrize("name", ["Côte d’Ivoire", "St. Kitts & Nevis", "Guinea-Bissau", "Türkiye"])
def test_names_as_countries_have_them_are_let_in(name):
    assert faults_of_names(named(("XXX", name))) == []


@pytest.mark.parametrize(
    "name", ["Index", "region", "WORLD", "’", "Mongo1ia", "Монголия", "A/B", "\U00017000"]
)
def test_names_that_no_page_can_bear_are_told(name):
    (fault,) = faults_of_names(named(("MNG", name)))
    assert (fault.file, fault.row, fault.found) == ("countries.csv", 2, name)


def test_the_pages_on_several_countries_are_all_known():
    five = {"kazakhstan", "kyrgyzstan", "tajikistan", "turkmenistan", "uzbekistan"}
    assert {site.START, *site.NAMES} - five <= set(OVERVIEWS)


def test_a_state_has_the_code_and_the_name_that_the_countries_have():
    countries = named(("CHN", "China"), ("RUS", "Russia"), ("JPN", "Japan"))
    assert unequal_names(KNOWN, countries) == []
    other = KNOWN.assign(code=["CHN", "XXX", "ADB"], name=["Kitay", "Russia", "Japan"])
    assert faults(unequal_names(other, countries)) == [
        (2, "name", "Kitay", "China, as countries.csv has it for CHN"),
        (3, "code", "XXX", "RUS, as countries.csv has it for Russia"),
    ]


def faults(known):
    assert {fault.file for fault in known} == {"parties.csv"}
    return [(fault.row, fault.column, fault.found, fault.valid) for fault in known]


def test_two_parties_of_one_name_are_told_in_whichever_capitals():
    again = KNOWN.assign(name=["China", "Russia", "RUSSIA"])
    assert faults(faults_of_parties(again)) == [
        (4, "name", "RUSSIA", "a name or id that no other party has"),
    ]


def test_a_power_has_the_name_that_the_debt_tables_have():
    other = KNOWN.assign(world_bank_name=["Kitay", "Russian Federation", "Asian Dev. Bank"])
    assert faults(faults_of_parties(other)) == [
        (2, "world_bank_name", "Kitay", "China, as the World Bank names CHN"),
    ]


def test_a_code_that_no_country_has_is_told_with_its_row():
    rows = pd.DataFrame(
        {"reporter": ["KAZ", "MGN", "BLR"], "partner": ["CHN", "RUS", "CHN"]}, index=[2, 3, 4]
    )
    (fault,) = unknown_countries(
        "trade_pairs", rows, {"MNG": "Mongolia", "BLR": "Belarus"}, "trade_pairs.csv"
    )
    assert (fault.file, fault.row, fault.column) == ("trade_pairs.csv", 3, "reporter")
    assert fault.found == "MGN"
    assert fault.valid.startswith("one of MNG (did you mean this?), KAZ, ")


def codes(**columns):
    lines = range(2, len(next(iter(columns.values()))) + 2)
    return pd.DataFrame(columns, index=lines)


def tables(**changed):
    """Tables in which each country has a name, after some changes."""
    return {
        "countries": named(("KAZ", "Kazakhstan"), ("MNG", "Mongolia")),
        "trade_world": codes(reporter=["KAZ", "WLD"], partner=["MNG", "CHN"]),
        "remittances": codes(sender=["RUS", "WLD"]),
        "fdi": codes(partner=["CHN", "MNG"]),
        "trade_pairs": codes(reporter=["KAZ", "MNG"], partner=["CHN", "RUS"]),
    } | changed


def places(told):
    return [(fault.file, fault.row, fault.column, fault.found) for fault in told]


def test_where_each_country_has_a_name_nothing_is_told():
    assert nameless(tables()) == []


def test_a_country_without_a_name_is_told_once_a_column_where_it_first_stands():
    changed = tables(
        trade_world=codes(reporter=["KAZ", "AAA", "AAA"], partner=["BBB", "AAA", "CHN"]),
        remittances=codes(sender=["CCC", "RUS"]),
        fdi=codes(partner=["CHN", "DDD"]),
    )
    told = nameless(changed)
    assert places(told) == [
        ("trade_world.csv", 3, "reporter", "AAA"),
        ("trade_world.csv", 2, "partner", "BBB"),
        ("trade_world.csv", 3, "partner", "AAA"),
        ("remittances.csv", 2, "sender", "CCC"),
        ("fdi.csv", 3, "partner", "DDD"),
    ]
    assert {fault.valid for fault in told} == {"a country of countries.csv, or WLD"}


def test_a_country_whose_trade_with_a_power_is_given_must_have_a_name():
    pairs = codes(reporter=["CHN", "QQQ", "RUS", "KAZ"], partner=["KAZ", "RUS", "PPP", "NNN"])
    told = nameless(tables(trade_pairs=pairs))
    assert sorted(places(told)) == [
        ("trade_pairs.csv", 3, "reporter", "QQQ"),
        ("trade_pairs.csv", 4, "partner", "PPP"),
    ]
    assert {fault.valid for fault in told} == {
        "a country of countries.csv, since its trade with a power is given"
    }


@pytest.mark.parametrize(
    ("rows", "valid"),
    [
        ([("BLR", "Беларусь")], "a name in Latin letters, from which the page takes its address"),
        ([("BLR", "World")], "a country's name; world.html is a page on several countries"),
        (
            [("BLR", "Belarus"), ("BLX", "belarus")],
            "a name that no other country has; BLR has it",
        ),
        (
            [("KGZ", "Kirghizia")],
            "Kyrgyzstan, as the project calls KGZ (src/analysis/config.py)",
        ),
        ([("CHN", "Chinese")], "China, as the project calls CHN (src/analysis/config.py)"),
    ],
)
def test_a_name_that_cannot_be_is_told_with_the_reason(rows, valid):
    (fault,) = faults_of_names(named(*rows))
    assert (fault.row, fault.column, fault.found) == (len(rows) + 1, "name", rows[-1][1])
    assert fault.valid == valid


@pytest.mark.parametrize("name", ["China", "Russia"])
def test_a_power_without_a_row_is_told(name):
    (fault,) = faults_of_parties(KNOWN[KNOWN["name"] != name])
    code = {"China": "CHN", "Russia": "RUS"}[name]
    assert (fault.file, fault.row, fault.column) == ("parties.csv", 1, "code")
    assert (fault.found, fault.valid) == (
        f"no {code}",
        f"a row for {code}, since its debt is compared",
    )


def test_two_parties_of_one_id_are_told_and_of_none_are_not():
    assert faults_of_parties(KNOWN.assign(world_bank_id=["", "", ""])) == []
    (fault,) = faults_of_parties(KNOWN.assign(world_bank_id=["730", "", "730"]))
    assert (fault.row, fault.column, fault.found) == (4, "world_bank_id", "730")


def test_a_creditor_is_meant_by_the_projects_name_or_by_a_near_one():
    told = "(did you mean this?), or a creditor with a row in parties.csv"
    assert unknown_creditor("ASIAN DEVELOPMENT BANK", KNOWN) == f"Asian Dev. Bank {told}"
    assert unknown_creditor("Asian Dev Bank", KNOWN) == f"Asian Dev. Bank {told}"


def test_a_code_of_an_institution_is_no_countrys():
    rows = codes(code=["ADB", "CHN"], name=["Asian Development Bank", "China"])
    assert unknown_countries("parties", rows, {"CHN": "China"}, "parties.csv") == []


def test_a_row_that_cannot_be_read_is_all_that_is_told_of_a_code_list(tmp_path):
    lines = [
        "code,name,kind,world_bank_name,world_bank_id",
        "CHN,China,stat,China,730",
        "RUS,Russia",
    ]
    (tmp_path / "parties.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    with pytest.raises(RawDataError) as error:
        parties(tmp_path)
    assert [(fault.row, fault.column) for fault in error.value.faults] == [(3, "(row)")]
