"""What may be asked of a column of numbers, and how a slip of typing is answered."""

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from analysis.data.columns import COUNTRY_CODE, DATE_PATTERN, OTHER_COUNTRY, column
from analysis.page.asked import as_held, check_asked, check_own

FRAME = pd.DataFrame({"year": [2016, 2020], "value": [1.5, 2.5]})
SOURCES = {"office": {"date": "2024-05"}}


def check(column, wanted, register=SOURCES):
    check_asked(FRAME, column, wanted, None, register)


@pytest.mark.parametrize("year", [2016, 1990, 2024, [1990, 2024]])
def test_a_year_that_a_source_can_know_of_may_be_asked_for(year):
    check("year", year)


def test_without_a_register_any_year_may_be_asked_for():
    check("year", 1800, {})


@pytest.mark.parametrize(
    ("year", "told"),
    [
        (1989, "year is never 1989; valid: 1990 to 2024"),
        (2025, "year is never 2025; valid: 1990 to 2024"),
        ("2016", "year is never '2016' (did you mean the number 2016?); valid: 1990 to 2024"),
        ("then", "year is never 'then'; valid: 1990 to 2024"),
        (True, "year is never True; valid: 1990 to 2024"),
        (2016.5, "year is never 2016.5; valid: 1990 to 2024"),
    ],
)
def test_what_no_year_can_be_is_answered_with_the_years_that_can(year, told):
    with pytest.raises(ValueError) as error:
        check("year", year)
    assert str(error.value) == told


def test_another_column_of_numbers_holds_no_words():
    check("value", 7)
    with pytest.raises(ValueError, match=r"^value holds numbers and is never '7'$"):
        check("value", "7")


def test_a_word_that_a_column_can_never_hold_is_answered_with_those_that_it_can():
    frame, rule = pd.DataFrame({"record": ["own"]}), column("", allowed=["own", "partner"])
    check_asked(frame, "record", "partner", rule, {})
    with pytest.raises(ValueError) as error:
        check_asked(frame, "record", "owm", rule, {})
    assert str(error.value) == "record is never 'owm' (did you mean 'own'?); valid: own, partner"


def test_a_number_asked_of_words_is_answered_with_a_word_that_there_is():
    frame = pd.DataFrame({"note": ["", "second release", "first release"], "empty": ["", "", ""]})
    with pytest.raises(ValueError) as error:
        check_asked(frame, "note", 7, None, {})
    told = "note holds words and is never 7; valid: words such as 'first release'"
    assert str(error.value) == told
    with pytest.raises(ValueError, match=r"^empty holds words and is never 7$"):
        check_asked(frame, "empty", 7, None, {})
    check_asked(frame, "note", "third release", None, {})


def test_any_source_of_the_register_may_be_asked_for_and_a_slip_is_answered_with_the_likely_one():
    frame = pd.DataFrame({"edition": ["", "office-2024"]})
    register = {"bank-2025": {}, "office-2024": {}}
    check_asked(frame, "edition", ["office-2024", "bank-2025", ""], None, register)
    with pytest.raises(ValueError) as error:
        check_asked(frame, "edition", "bank-2026", None, register)
    assert str(error.value) == (
        "edition is never 'bank-2026' (did you mean 'bank-2025'?); valid: office-2024, bank-2025"
    )


def test_a_country_that_was_added_may_be_asked_for_beside_those_of_the_list():
    frame = pd.DataFrame({"country": ["MNG", "KAZ"]})
    rule = column("", allowed=["KAZ", "UZB"], others=OTHER_COUNTRY)
    check_asked(frame, "country", ["UZB", "MNG"], rule, {})
    with pytest.raises(ValueError, match=r"^country is never 'BLR'; valid: KAZ, UZB, MNG$"):
        check_asked(frame, "country", "BLR", rule, {})


def test_of_more_than_forty_words_an_answer_says_how_many_more_there_are():
    rule = column("", allowed=[f"word-{number:02}" for number in range(43)])
    with pytest.raises(ValueError) as error:
        check_asked(pd.DataFrame({"mark": []}), "mark", "zzz", rule, {})
    assert str(error.value).endswith("word-38, word-39 and 3 more")


def test_of_a_column_that_a_table_has_not_nothing_is_said():
    check("nothing", "anything")


def test_a_column_with_missing_words_may_be_asked_as_any():
    frame = pd.DataFrame({"unit": ["USD", None]})
    check_asked(frame, "unit", ["USD", "persons"], None, {})


def test_a_word_that_a_list_has_not_may_not_be_asked_for_though_it_stands_there():
    frame = pd.DataFrame({"record": ["own", "odd"]})
    with pytest.raises(ValueError, match=r"^record is never 'odd'; valid: own, partner$"):
        check_asked(frame, "record", "odd", column("", allowed=["own", "partner"]), {})


@pytest.mark.parametrize(
    ("wanted", "held"),
    [
        ("own", "own"),
        (2016, 2016),
        (("own", "partner"), ["own", "partner"]),
        ((word for word in ("own", "partner")), ["own", "partner"]),
        (map(int, "12"), [1, 2]),
        (range(2015, 2017), [2015, 2016]),
        (pd.Series(["own"]), ["own"]),
        (date(2016, 1, 1), "2016-01-01"),
        (datetime(2016, 1, 1), "2016-01-01"),
        (pd.Timestamp("2016-01-01"), "2016-01-01"),
        (np.datetime64("2016-01-01"), "2016-01-01"),
        ([date(2016, 1, 1), "2017-01-01"], ["2016-01-01", "2017-01-01"]),
        (pd.Timestamp("2016-01-01 12:00"), pd.Timestamp("2016-01-01 12:00")),
    ],
)
def test_what_is_asked_for_is_taken_as_a_column_holds_it(wanted, held):
    assert as_held(wanted) == held


DAYS = pd.DataFrame({"start": ["", "2016-01-01"]})
DAY = column("", pattern=DATE_PATTERN, unit="ISO 8601")


@pytest.mark.parametrize("day", ["", "2016-01-01", ["1990-12-31", "2016-02-29"]])
def test_a_day_may_be_asked_for(day):
    check_asked(DAYS, "start", day, DAY, {})


@pytest.mark.parametrize(
    "day",
    [
        "01.01.2016",
        "2016",
        "2015-02-29",
        "20160101",
        2016,
        pd.Timestamp("2016-01-01 12:00"),
        pd.NaT,
    ],
    ids=str,
)
def test_what_is_no_day_is_answered_with_a_day(day):
    with pytest.raises(ValueError) as error:
        check_asked(DAYS, "start", as_held(day), DAY, {})
    assert str(error.value) == f"start is never {day!r}; valid: a day such as '2016-12-31'"


def test_a_column_of_few_words_is_answered_with_those_of_all_countries():
    frame = pd.DataFrame({"counterpart": ["", "CHN"]})
    whole = pd.DataFrame({"counterpart": ["CHN", "China", "all"]})
    check_asked(frame, "counterpart", ["CHN", "all", ""], None, {}, whole=whole)
    for slip, meant in (("chn", "CHN"), ("Chinna", "China")):
        with pytest.raises(ValueError) as error:
            check_asked(frame, "counterpart", slip, None, {}, whole=whole)
        told = f"counterpart is never {slip!r} (did you mean {meant!r}?); valid: CHN, China, all"
        assert str(error.value) == told


def test_a_unit_that_another_table_has_may_be_asked_for_and_no_other_word():
    frame = pd.DataFrame({"unit": ["USD"]})
    check_asked(frame, "unit", ["USD", "persons"], None, {})
    with pytest.raises(ValueError, match=r"^unit is never 'usd' \(did you mean 'USD'\?\)"):
        check_asked(frame, "unit", "usd", None, {})


def test_who_reports_is_told_where_few_do():
    few = pd.DataFrame({"reporter": ["CHN", "press"]})
    with pytest.raises(ValueError, match=r"^reporter is never 'China'.*valid: CHN, press$"):
        check_asked(few, "reporter", "China", None, {})
    many = pd.DataFrame({"reporter": [f"C{number}" for number in range(41)]})
    check_asked(many, "reporter", "VAT", None, {})


def test_of_a_table_without_rows_no_word_is_a_slip():
    empty = pd.DataFrame({"counterpart": []}, dtype=str)
    check_asked(empty, "counterpart", "CHN", None, {})


def test_a_dataset_that_is_a_source_may_be_any_of_the_register():
    sources, names = pd.DataFrame({"dataset": ["office"]}), pd.DataFrame({"dataset": ["wdi"]})
    register = {"office": {}, "bank": {}}
    check_asked(sources, "dataset", "bank", None, register)
    with pytest.raises(ValueError, match=r"^dataset is never 'dots'; valid: office, bank$"):
        check_asked(sources, "dataset", "dots", None, register)
    with pytest.raises(ValueError, match=r"^dataset is never 'bank'; valid: wdi$"):
        check_asked(names, "dataset", "bank", None, register)


def test_words_of_another_form_than_the_columns_are_answered_with_the_form():
    frame, rule = pd.DataFrame({"partner": ["KGZ"]}), column("", **COUNTRY_CODE)
    check_asked(frame, "partner", ["UZB", ""], rule, {})
    told = r"^partner is never 'kgz'; valid: three capitals, as ISO 3166 has them"
    with pytest.raises(ValueError, match=told):
        check_asked(frame, "partner", "kgz", rule, {})


def test_another_country_than_the_one_that_was_loaded_is_answered_with_how_to_have_it():
    check_own("KGZ", "Kyrgyzstan", "KGZ")
    check_own("KGZ", "Kyrgyzstan", ["KGZ"])
    for asked in ("TJK", ["KGZ", "TJK"]):
        with pytest.raises(ValueError) as error:
            check_own("KGZ", "Kyrgyzstan", asked)
        assert str(error.value) == (
            "found country 'TJK' in what load('KGZ') gave, which is Kyrgyzstan alone; "
            "valid: load('TJK'), or load() for the five together"
        )
