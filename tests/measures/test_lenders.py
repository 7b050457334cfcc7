"""Who lends: small lists of lenders, worked out by hand."""

import pandas as pd
import pytest

from analysis.measures.lenders import added, largest, lenders, parts_by_year

PARTIES = pd.DataFrame(
    [
        ("China", "China", "state"),
        ("Russian Federation", "Russia", "state"),
        ("Japan", "Japan", "state"),
        ("World Bank-IDA", "International Development Association", "institution"),
        ("World Bank-IBRD", "International Bank for Reconstruction", "institution"),
        ("Bondholders", "Bondholders", "bondholders"),
        ("Multiple Lenders", "Several lenders", "several lenders"),
    ],
    columns=["world_bank_name", "name", "kind"],
)


def debt(year, **owed):
    rows = [("all", "", sum(owed.values()))]
    powers = {"China": "CHN", "Russian Federation": "RUS"}
    rows += [(name, powers.get(name, ""), value) for name, value in owed.items()]
    made = pd.DataFrame(rows, columns=["counterpart", "power", "value"])
    return made.assign(country="KGZ", indicator="debt_owed", year=year, source_id="ids")


def list_of(*years):
    return lenders(pd.concat(years, ignore_index=True), PARTIES)


TEN = {"China": 4.0, "Japan": 1.0, "World Bank-IDA": 2.0, "World Bank-IBRD": 1.0}
OLD = debt(2016, **TEN, Bondholders=2.0)
NEW = debt(2024, **TEN | {"Japan": 3.0}, Bondholders=7.0, **{"Multiple Lenders": 3.0})


def test_each_lender_has_its_share_of_what_is_owed_to_all():
    rows = list_of(OLD).set_index("counterpart")
    assert rows["share"].to_dict() == {
        "China": 0.4,
        "World Bank-IDA": 0.2,
        "Bondholders": 0.2,
        "Japan": 0.1,
        "World Bank-IBRD": 0.1,
    }
    assert rows["part"].to_dict() == {
        "China": "china",
        "World Bank-IDA": "development_banks",
        "Bondholders": "bondholders",
        "Japan": "governments",
        "World Bank-IBRD": "development_banks",
    }


def test_both_powers_stand_in_every_year_and_a_year_sums_to_one():
    parts = parts_by_year(list_of(OLD)).set_index("part")["share"]
    assert parts["russia"] == 0.0 and parts["china"] == 0.4
    assert parts["development_banks"] == pytest.approx(0.3)
    assert parts.sum() == pytest.approx(1)


def test_the_two_arms_of_the_world_bank_are_one_lender():
    found = largest(list_of(OLD))
    assert list(found["lender"]) == ["World Bank", "Japan"]
    assert found["value"].tolist() == [3.0, 1.0]
    assert found["counterpart"].tolist() == ["World Bank-IDA", "Japan"]


def test_the_largest_lender_is_the_row_of_number_nought():
    found = largest(list_of(debt(2016, Japan=1.0, **{"World Bank-IDA": 2.0})))
    assert found.loc[[0, 1], "lender"].tolist() == ["World Bank", "Japan"]


def test_what_each_lender_added_and_a_new_one_added_all():
    found = added(list_of(OLD, NEW), 2016, 2024).set_index("lender")["growth"]
    assert found.to_dict() == {
        "Bondholders": 5.0,
        "Several lenders": 3.0,
        "Japan": 2.0,
        "China": 0.0,
        "World Bank": 0.0,
    }


def test_what_a_lender_added_stands_beside_its_largest_claim_of_the_later_year():
    more = debt(2024, **TEN | {"World Bank-IDA": 5.0, "World Bank-IBRD": 6.0})
    found = added(list_of(OLD, more), 2016, 2024)
    assert found.loc[0].to_dict() == {
        "counterpart": "World Bank-IBRD",
        "power": "",
        "value": 6.0,
        "country": "KGZ",
        "indicator": "debt_owed",
        "year": 2024,
        "source_id": "ids",
        "whole": 16.0,
        "lender": "World Bank",
        "part": "development_banks",
        "share": 0.375,
        "growth": 8.0,  # 11 of both its arms, of which it had 3
    }


def test_lenders_stand_by_country_and_year_and_the_largest_first():
    kazakh = OLD.assign(country="KAZ")
    rows = list_of(NEW, OLD, kazakh)
    assert rows.drop_duplicates(["country", "year"])[["country", "year"]].values.tolist() == [
        ["KAZ", 2016],
        ["KGZ", 2016],
        ["KGZ", 2024],
    ]
    assert rows["value"].tolist()[:5] == [4.0, 2.0, 2.0, 1.0, 1.0]


def test_a_lender_without_a_code_is_named():
    with pytest.raises(ValueError, match=r"lenders that parties\.csv does not have: Atlantis"):
        list_of(debt(2016, China=1.0, Atlantis=1.0))


def test_lenders_of_one_kind_are_listed_from_the_first_and_equal_ones_keep_their_order():
    names = [f"Lender {number:02}" for number in range(40)]
    known = pd.DataFrame({"world_bank_name": names, "name": names, "kind": "state"})
    rows = [debt(year, **dict.fromkeys(names, 1.0 + year % 2)) for year in (2016, 2017)]
    made = lenders(pd.concat(rows, ignore_index=True), known)
    new = made[made["year"] == 2017]
    for told in (largest(new), added(made, 2016, 2017)):
        assert told["lender"].tolist() == new["lender"].tolist()
        assert told.index.tolist() == list(range(40))
