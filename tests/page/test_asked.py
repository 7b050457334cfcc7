"""What may be asked of a column of numbers, and how a slip of typing is answered."""

import pandas as pd
import pytest

from analysis.data.columns import OTHER_COUNTRY, column
from analysis.page.asked import check_asked

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
