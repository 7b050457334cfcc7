"""From names of rows to what their sources print."""

import pytest

from analysis import load
from analysis.page.evidence import evidence, row_ids, together


@pytest.fixture(scope="module")
def kyrgyzstan():
    return load("KGZ")


def lines(country, *ids):
    return evidence(country.tables, country.register, ids)


def test_a_pair_of_records_is_told_by_what_each_record_holds(kyrgyzstan):
    sold, bought = lines(kyrgyzstan, "KGZ-trade_turnover-own-2023").to_dict("records")
    assert sold["printed"] == (
        "China: sold 80,446,343 US dollars; Russia: sold 823,728,781 US dollars"
    )
    assert bought["printed"] == (
        "China: bought 5,353,257,336 US dollars; Russia: bought 2,182,927,174 US dollars"
    )
    assert (sold["note"], bought["note"][:8]) == ("", "Recorded")  # in a first release
    assert sold["record"] == "As the country itself counts"
    assert "National Statistical Committee of the Kyrgyz Republic" in sold["source"]


def test_a_printed_figure_is_in_quotation_marks_where_its_source_prints_it_so(kyrgyzstan):
    (line,) = lines(kyrgyzstan, "kgz-trade-chn-2016").to_dict("records")
    assert line["printed"] == "“$5.7 billion”"
    assert line["locator"] == "Table 1, KGZ, column 2, note 2"


def test_a_power_that_a_whole_list_does_not_name_is_owed_nothing(kyrgyzstan):
    (line,) = lines(kyrgyzstan, "KGZ-debt_owed-stated-2024").to_dict("records")
    assert line["printed"] == (
        "China: 1,653,692,686 US dollars; Russia: nothing; its list of creditors does not name it"
    )


def test_several_rows_stand_on_one_card_each_with_its_year(kyrgyzstan):
    both = together(["KGZ-debt_owed-stated-2023", "KGZ-debt_owed-stated-2024"])
    (line,) = lines(kyrgyzstan, both).to_dict("records")
    assert line["row_id"] == both
    assert line["title"].endswith("· Kyrgyzstan · 2023 to 2024")
    assert line["printed"].startswith("2023, China: 1,708,195,522 US dollars")
    assert "; 2024, China: 1,653,692,686 US dollars" in line["printed"]


def test_a_run_of_years_on_one_card_is_told_year_by_year(kyrgyzstan):
    run = together(f"KGZ-debt_owed-stated-{year}" for year in range(2021, 2025))
    assert run == "KGZ-debt_owed-stated-2021..2024"
    (line,) = lines(kyrgyzstan, run).to_dict("records")
    assert [f"{year}, China: " in line["printed"] for year in range(2021, 2025)] == [True] * 4
    assert line["title"].endswith("· Kyrgyzstan · 2021 to 2024")


def test_of_several_rows_none_is_told_where_one_is_unknown(kyrgyzstan):
    assert lines(kyrgyzstan, together(["KGZ-debt_owed-stated-2024", "nothing"])).empty


def test_a_row_without_a_name_of_its_own_is_named_by_its_key(kyrgyzstan):
    weights = kyrgyzstan.where("weights", measure="debt", year=2024)
    (name,) = row_ids("weights", weights)
    assert name == "weights-KGZ-debt-2024-stated-worldbank-ids-2025-12"
    (line,) = lines(kyrgyzstan, name).to_dict("records")
    assert line["printed"].startswith("China 39.2%, Russia 0.0% of 4,216,586,369 US dollars")
