"""Periods in words: dates worked out by hand with a calendar."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.config import RAW
from analysis.data.intervals import Refused
from analysis.data.periods import EXAMPLE, LAST_YEAR, grammar, read_period

HERE = Path(__file__).parent


def rows(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TABLES = (
    rows("periods_of_the_press.csv")
    + rows("periods_of_other_writing.csv")
    # Written without sight of the grammar.
    + rows("periods_of_other_writers.csv")
)


def refusal(words):
    with pytest.raises(Refused) as error:
        read_period(words)
    return error.value


@pytest.mark.parametrize("row", TABLES, ids=lambda row: row["words"])
def test_a_period_is_read_or_refused_as_the_table_has_it(row):
    if row["expect"] == "refuse":
        assert refusal(row["words"]).reason
        return
    period = read_period(row["words"])
    assert (period.start, period.end, period.as_of) == (row["start"], row["end"], row["as_of"])


@pytest.mark.parametrize(
    ("words", "start", "end", "as_of"),
    [
        ("", "", "", ""),
        ("2016", "2016-01-01", "2016-12-31", ""),
        ("From 2001 to 2015", "2001-01-01", "2015-12-31", ""),
        ("1992–2017", "1992-01-01", "2017-12-31", ""),
        # Three years are too many for a budget year.
        ("2013–15", "2013-01-01", "2015-12-31", ""),
        ("February 2016", "2016-02-01", "2016-02-29", ""),
        ("As of August 2017", "2017-08-01", "2017-08-31", "2017-08-31"),
        ("By October 2016", "2016-10-01", "2016-10-31", "2016-10-01"),
        ("by the second quarter of 2016", "2016-04-01", "2016-06-30", "2016-04-01"),
        ("the second half of 2016", "2016-07-01", "2016-12-31", ""),
        ("june to JUNE 2016", "2016-06-01", "2016-06-30", ""),
        ("Q1 to H1 2016", "2016-01-01", "2016-06-30", ""),
        ("since 2005", "2005-01-01", "", ""),
        ("Since 12 May 2017", "2017-05-12", "", ""),
        ("since the dissolution of the Soviet Union", "1991-12-26", "", ""),
        ("The past ten years", "", "", ""),
        ("the previous decade", "", "", ""),
        # The year to the end of February 2024 begins with March 2023.
        ("12 months to February 2024", "2023-03-01", "2024-02-29", ""),
        ("since end of 2016", "2016-12-31", "", ""),
        ("1 January–12 May 2024", "2024-01-01", "2024-05-12", ""),
        ("between 1 January and 12 May 2024", "2024-01-01", "2024-05-12", ""),
    ],
)
def test_words_give_first_and_last_day_and_the_day_counted_at(words, start, end, as_of):
    period = read_period(words)
    assert (period.start, period.end, period.as_of) == (start, end, as_of)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("recently", f'no form known here has "recently"; a form that is known: "{EXAMPLE}"'),
        ("since since 2005", 'no period known here; did you mean "since 2005"?'),
        ("Septmber 2016", 'no form known here has "Septmber"; did you mean "September 2016"?'),
        ("2017 to 2016", "a span whose first end is after its last"),
        ("0 May 2017", "a day that the calendar does not have"),
        ("29 February 2015", "a day that the calendar does not have"),
        (
            "from 1 December to 5 January 2024",
            "a span whose first end is not before its last; say both years",
        ),
        ("from 30 February to 12 May 2024", "a day that the calendar does not have"),
        ("the third half of 2016", "a year has 2 of these parts"),
        ("2016–17", "a budget year, it may be, or two calendar years: say which"),
        (
            "September to January 2016",
            "a span whose first end is not before its last; say both years",
        ),
        ("H1 to Q1 2016", "a span whose first end is not before its last; say both years"),
        ("Q2 to H1 2016", "a span whose first end is not before its last; say both years"),
        ("12 months to 15 June 2016", "months that end within a month"),
        ("2099", f"2099 as a year; years to {LAST_YEAR} can be read"),
        ("2016\u00a0", 'a space too many; did you mean "2016"?'),
        # Without its unknown word each of these would be another period.
        ("early 2016", f'no form known here has "early"; a form that is known: "{EXAMPLE}"'),
        ("late May 2016", f'no form known here has "late"; a form that is known: "{EXAMPLE}"'),
    ],
)
def test_a_refused_period_says_what_is_wrong_and_what_is_near(words, message):
    assert str(refusal(words)) == message


@pytest.mark.parametrize(
    ("words", "nearest", "example"),
    [("Septmber 2016", "September 2016", ""), ("recently", "", EXAMPLE)],
)
def test_a_refused_period_has_the_nearest_form_or_else_an_example(words, nearest, example):
    refused = refusal(words)
    assert (refused.nearest, refused.example) == (nearest, example)


@pytest.mark.parametrize("dash", ["\u2010", "\u2011", "\u2012", "\u2015"])
def test_years_are_read_with_any_dash_between_them(dash):
    assert read_period(f"2014{dash}2016") == read_period("2014-2016")


@pytest.mark.parametrize("number", [2016, 2016.0, None])
def test_what_is_no_words_is_answered_with_some(number):
    with pytest.raises(TypeError, match=f"found {number}, where printed words are wanted, such as"):
        read_period(number)


def test_the_periods_of_all_shipped_cells_are_read():
    for name in ("article.csv", "elsewhere.csv"):
        with (RAW / name).open(encoding="utf-8", newline="") as file:
            printed = {row["period_printed"] for row in csv.DictReader(file)}
        assert all(read_period(words) for cell in printed for words in cell.split("; "))


PIECES = """
January May December the first third quarter half of by as at end since from between to and – ;
2016 1999 20016 0 30 31 Q3 9M months Sept until before
"""
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES.split()), min_size=1, max_size=7).map(" ".join),
    st.deferred(lambda: st.lists(st.sampled_from(grammar().words), min_size=1, max_size=5)).map(
        " ".join
    ),
    st.text(max_size=30),
)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_any_text_is_read_as_days_in_order_or_refused(words):
    try:
        period = read_period(words)
    except Refused as error:
        assert error.reason
        return
    assert not period.start or not period.end or "1900-01-01" <= period.start <= period.end
    assert not period.end or period.end <= f"{LAST_YEAR}-12-31"
    if period.start and period.end and period.as_of:
        assert period.start <= period.as_of <= period.end


READABLE = [row["words"] for row in TABLES if row["expect"] != "refuse"]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(READABLE), st.data())
def test_an_unknown_word_anywhere_is_refused(words, data):
    parts = words.split(" ")
    place = data.draw(st.integers(0, len(parts)))
    refusal(" ".join([*parts[:place], "blorp", *parts[place:]]))


@given(st.integers(1900, LAST_YEAR), st.integers(1, 12))
def test_a_month_has_the_days_of_its_calendar(year, month):
    name = "JanFebMarAprMayJunJulAugSepOctNovDec"[3 * month - 3 : 3 * month]
    period = read_period(f"{name} {year}")
    long = month in (1, 3, 5, 7, 8, 10, 12)
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = 31 if long else 30 if month != 2 else 29 if leap else 28
    assert (period.start, period.end) == (
        f"{year}-{month:02}-01",
        f"{year}-{month:02}-{days}",
    )
