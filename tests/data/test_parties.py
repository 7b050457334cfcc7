"""The code list of creditors, held against what a service lists, and the names of countries."""

import pandas as pd
import pytest

from analysis.config import RAW
from analysis.data.countries import OVERVIEWS
from analysis.data.faults import RawDataError
from analysis.data.parties import (
    disagreements,
    faults_of_names,
    parties,
    unequal_names,
    unknown_creditor,
    with_ids,
)
from analysis.publish.report import PAGES

KNOWN = pd.DataFrame(
    [
        ("CHN", "China", "state", "China", "730"),
        ("RUS", "Russia", "state", "Russian Federation", ""),
        ("ADB", "Asian Development Bank", "institution", "Asian Dev. Bank", "915"),
    ],
    columns=["code", "name", "kind", "world_bank_name", "world_bank_id"],
    index=[2, 3, 4],
)
LISTED = [("730", "China"), ("087", "Russian Federation"), ("915", "Asian Dev. Bank")]
NO_CHINA = "the list of creditors does not name 'China' (China)"
NO_RUSSIA = "the list of creditors does not name 'Russian Federation' (Russia)"


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


def test_a_list_that_names_the_powers_agrees_and_tells_the_id_that_was_not_known():
    assert disagreements(LISTED, KNOWN) == []
    assert with_ids(LISTED, KNOWN)["world_bank_id"].tolist() == ["730", "087", "915"]


def test_an_id_that_is_known_is_never_learnt_anew():
    assert with_ids([("731", "China")], KNOWN)["world_bank_id"].tolist() == ["730", "", "915"]


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ([("730", "China"), ("087", "Russia")], [NO_RUSSIA]),
        (
            [("730", "China, P.R."), LISTED[1]],
            ["the id 730 is 'China, P.R.' now and was 'China'", NO_CHINA],
        ),
        (
            [("915", "China"), LISTED[1], ("730", "Asian Dev. Bank")],
            [
                "the id 915 is 'China' now and was 'Asian Dev. Bank'",
                "the id 730 is 'Asian Dev. Bank' now and was 'China'",
            ],
        ),
        ([("004", "China"), LISTED[1]], ["'China' has the id 004 now and had 730"]),
        ([*LISTED, ("999", "A new bank")], []),
        ([], [NO_CHINA, NO_RUSSIA]),
    ],
    ids=["renamed, no id", "renamed", "exchanged", "another id", "a new one", "none"],
)
def test_creditors_that_are_not_as_known_are_told(listed, said):
    assert disagreements(listed, KNOWN) == said


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


@pytest.mark.parametrize("name", ["Index", "region", "WORLD", "’", "Mongo1ia", "Монголия", "A/B"])
def test_names_that_no_page_can_bear_are_told(name):
    (fault,) = faults_of_names(named(("MNG", name)))
    assert (fault.file, fault.row, fault.found) == ("countries.csv", 2, name)


def test_the_pages_on_several_countries_are_all_known():
    pages = {href.removesuffix(".html") for href, _ in PAGES}
    five = {"kazakhstan", "kyrgyzstan", "tajikistan", "turkmenistan", "uzbekistan"}
    assert pages - five <= set(OVERVIEWS)


def test_a_state_has_the_code_and_the_name_that_the_countries_have():
    countries = named(("CHN", "China"), ("RUS", "Russia"), ("JPN", "Japan"))
    assert unequal_names(KNOWN, countries) == []
    other = KNOWN.assign(code=["CHN", "XXX", "ADB"], name=["Kitay", "Russia", "Japan"])
    told = [(fault.row, fault.column, fault.valid) for fault in unequal_names(other, countries)]
    assert told == [
        (2, "name", "China, as countries.csv has it for CHN"),
        (3, "code", "RUS, as countries.csv has it for Russia"),
    ]
