"""Printed words: expectations worked out by hand from the table of widths in parse.py."""

from math import inf

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.data.parse import HEDGES, SCALES, ParseError, _any_of, parse_period, parse_quantity


def bounds(words):
    (quantity,) = parse_quantity(words)
    return (
        quantity.value,
        (quantity.low, quantity.high),
        (quantity.logical_low, quantity.logical_high),
    )


@pytest.mark.parametrize(
    ("words", "value", "working", "logical"),
    [
        ("$12.9 billion", 12.9e9, (12.85e9, 12.95e9), (12.85e9, 12.95e9)),
        ("$20 billion", 20e9, (19.5e9, 20.5e9), (19.5e9, 20.5e9)),
        ("$600 million", 600e6, (599.5e6, 600.5e6), (599.5e6, 600.5e6)),
        ("30%", 0.30, (0.295, 0.305), (0.295, 0.305)),
        ("30.4 percent", 0.304, (0.3035, 0.3045), (0.3035, 0.3045)),
        ("7,500", 7500, (7450, 7550), (7450, 7550)),
        ("150,000", 150_000, (145_000, 155_000), (145_000, 155_000)),
        ("two Chinese companies", 2, (2, 2), (2, 2)),
        ("largest foreign investor", 1, (1, 1), (1, 1)),
        ("Third Largest Shareholder", 3, (3, 3), (3, 3)),
        ("0 billion cubic meters", 0, (0, 0), (0, 0)),
        ("none", 0, (0, 0), (0, 0)),
        # 5% of 30 is 1.5, more than half of the last digit; 15% is 4.5.
        ("roughly 30 billion cubic meters", 30e9, (28.5e9, 31.5e9), (25.5e9, 34.5e9)),
        # 5% of 4 is 0.2, less than half of the last digit, 0.5; 15% is 0.6.
        ("approximately $4 billion", 4e9, (3.5e9, 4.5e9), (3.4e9, 4.6e9)),
        ("nearly $2 billion", 2e9, (1.9e9, 2e9), (1.7e9, 2e9)),
        ("almost 4 percent", 0.04, (0.038, 0.04), (0.034, 0.04)),
        ("more than $6 billion", None, (6e9, 6.6e9), (6e9, inf)),
        ("over 1 million", None, (1e6, 1.1e6), (1e6, inf)),
        ("more than ten investment agreements", None, (10, 11), (10, inf)),
        ("less than $10 million", None, (9e6, 10e6), (0, 10e6)),
        ("up to 30%", None, (0, 0.3), (0, 0.3)),
        ("500,000 and 1 million", None, (500_000, 1e6), (500_000, 1e6)),
        ("between $500 million and $1 billion", None, (5e8, 1e9), (5e8, 1e9)),
        ("10 to 11 billion cubic meters", None, (10e9, 11e9), (10e9, 11e9)),
        (
            "$8 billion … as well as an additional undisclosed sum",
            None,
            (7.5e9, inf),
            (7.5e9, inf),
        ),
    ],
)
def test_words_give_the_value_and_both_intervals(words, value, working, logical):
    got_value, got_working, got_logical = bounds(words)
    assert got_value == (value if value is None else pytest.approx(value))
    assert got_working == pytest.approx(working)
    assert got_logical == pytest.approx(logical)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("$5 Billion", "money"),
        ("€90.5 million", "euro"),
        ("41%", "percent"),
        ("roughly 30 billion cubic meters", "volume"),
        ("35 billion cubic metres", "volume"),
        ("46,000", "number"),
        ("undisclosed sum", "vague"),
    ],
)
def test_kind_tells_what_was_counted(words, kind):
    assert parse_quantity(words)[0].kind == kind


@pytest.mark.parametrize(
    "words",
    [
        "additional undisclosed sum",
        "many billions of dollars",
        "Hundreds of thousands",
        "several key Kazakh oil fields",
        "declined dramatically",
        "long-term, low-interest loans",
    ],
)
def test_vague_words_have_no_number(words):
    (quantity,) = parse_quantity(words)
    assert quantity.value is None
    assert quantity.qualifier == "no number"


def test_growth_pair_gives_the_later_figure_first():
    later, earlier = parse_quantity("$984 million, up from $45 million")
    assert (later.value, later.role, later.words) == (984e6, "later", "$984 million")
    assert (earlier.value, earlier.role, earlier.words) == (45e6, "earlier", "$45 million")


def test_part_of_a_total_gives_both():
    part, whole = parse_quantity("over 1 million of Tajikistan’s 8 million people")
    assert (part.low, part.role) == (1e6, "part_of")
    assert (whole.value, whole.role) == (8e6, "whole")


@pytest.mark.parametrize(
    "words",
    [
        "",
        "a lot",
        "1,2345",
        "12,5 billion",
        "$12.9 billion, $12.5 billion",
        "５ billion",  # full-width digits
        "$12.9\u00a0billion",  # a space that does not break
        " $12.9 billion",
        "$12.9 billion1",
        "5 billion million",
        "5m people",  # one letter, and a unit that may be metres as well as millions
        "–$5 million",
        "several, 3 or 4",
        "1 million and 500,000",
        "one of two",
        "nan",
        "inf",
        "1e9",
        "=1+1",
    ],
)
def test_words_with_no_single_reading_are_refused(words):
    with pytest.raises(ParseError) as error:
        parse_quantity(words)
    assert error.value.valid


@pytest.mark.parametrize(
    ("words", "start", "end", "as_of"),
    [
        ("", "", "", ""),
        ("2016", "2016-01-01", "2016-12-31", ""),
        ("From 2001 to 2015", "2001-01-01", "2015-12-31", ""),
        ("between 2013 and 2016", "2013-01-01", "2016-12-31", ""),
        ("1992–2017", "1992-01-01", "2017-12-31", ""),
        ("May 2017", "2017-05-01", "2017-05-31", ""),
        ("February 2016", "2016-02-01", "2016-02-29", ""),
        ("As of August 2017", "2017-08-01", "2017-08-31", "2017-08-31"),
        ("By October 2016", "2016-10-01", "2016-10-31", "2016-10-01"),
        ("1 October 2016", "2016-10-01", "2016-10-01", ""),
        ("the first quarter of 2017", "2017-01-01", "2017-03-31", ""),
        ("the second half of 2016", "2016-07-01", "2016-12-31", ""),
        ("January to September 2016", "2016-01-01", "2016-09-30", ""),
        ("since 2005", "2005-01-01", "", ""),
        ("since the dissolution of the Soviet Union", "1991-12-26", "", ""),
        ("the previous decade", "", "", ""),
    ],
)
def test_period_words_give_dates(words, start, end, as_of):
    period = parse_period(words)
    assert (period.start, period.end, period.as_of) == (start, end, as_of)


@pytest.mark.parametrize(
    "words",
    [
        "20016",
        "2017 to 2016",
        "31 February 2016",
        "the third half of 2016",
        "recently",
        "12 2016",
        "September to January 2016",
        "２０１６",
    ],
)
def test_unknown_periods_are_refused(words):
    with pytest.raises(ParseError):
        parse_period(words)


numbers = st.integers(1, 999)
scales = st.sampled_from(sorted(SCALES))
hedges = st.sampled_from(sorted(word for words in HEDGES.values() for word in words))


@given(numbers, scales)
def test_a_scale_word_only_scales(number, scale):
    (scaled,) = parse_quantity(f"${number} {scale}")
    half = 0.5 * SCALES[scale]
    assert scaled.value == number * SCALES[scale]
    assert (scaled.low, scaled.high) == (scaled.value - half, scaled.value + half)


@given(numbers, st.integers(0, 9), scales)
def test_what_is_printed_reads_back_as_the_same_number(whole, tenth, scale):
    (quantity,) = parse_quantity(f"${whole}.{tenth} {scale}")
    assert f"{quantity.value / SCALES[scale]:.1f}" == f"{whole}.{tenth}"


@given(st.integers(0, 10**12))
def test_thousands_groups_do_not_change_a_number(number):
    assert bounds(f"{number:,}") == bounds(str(number))


@given(hedges, numbers, scales)
def test_every_hedge_keeps_low_value_high_in_order_inside_the_logical_bounds(hedge, number, scale):
    (quantity,) = parse_quantity(f"{hedge} ${number} {scale}")
    assert 0 <= quantity.logical_low <= quantity.low <= quantity.high <= quantity.logical_high
    if quantity.value is not None:
        assert quantity.low <= quantity.value <= quantity.high


@given(hedges, numbers, scales)
def test_no_hedge_is_narrower_than_none_towards_its_side(hedge, number, scale):
    (hedged,) = parse_quantity(f"{hedge} ${number} {scale}")
    printed = number * SCALES[scale]
    assert hedged.low <= printed <= hedged.high


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_but_never_breaks(text):
    try:
        quantities = parse_quantity(text)
    except ParseError:
        return
    assume(quantities)
    assert all(quantity.logical_low <= quantity.logical_high for quantity in quantities)


@given(st.text(max_size=30))
def test_any_period_is_read_or_refused_but_never_breaks(text):
    try:
        period = parse_period(text)
    except ParseError:
        return
    assert period.start <= period.end or not period.end


A_NUMBER = (
    'a number such as "$12.9 billion", "41%", "7,500" or "more than ten", '
    'or a vague amount such as "undisclosed sum"'
)
A_RANGE = 'a range, smaller end first, such as "500,000 and 1 million" or "10 to 11 billion"'


@pytest.mark.parametrize(
    ("words", "valid"),
    [
        (" $5", "words with no space at the ends"),
        ("$5\nbillion", "words with no space at the ends"),
        ("a lot", A_NUMBER),
        ("-5", A_NUMBER),
        ("no more than 5", A_NUMBER),
        ("not less than $5 million", A_NUMBER),
        ("7.500", 'a comma between thousands ("7,500"), or not three decimals'),
        ("1 million and 500,000", A_RANGE),
        ("10 in all to 11 billion", A_RANGE),
        ("10 to 11 billion million", A_RANGE),
    ],
)
def test_a_refusal_names_the_words_and_what_could_stand_there(words, valid):
    with pytest.raises(ParseError) as error:
        parse_quantity(words)
    assert (error.value.found, error.value.valid) == (words, valid)
    assert str(error.value) == f"found {words!r}; valid: {valid}"


@pytest.mark.parametrize(
    ("words", "qualifier", "kind"),
    [
        ("$5 billion", "", "money"),
        ("some 5 billion", "about", "number"),
        ("Close to $5 billion", "nearly", "money"),
        ("at least 5%", "more than", "percent"),
        ("under €5 million", "less than", "euro"),
        ("as much as 30 billion cubic meters", "up to", "volume"),
        ("none", "", "none"),
        ("€10 million to €11 million", "range", "euro"),
        ("10–11%", "range", "percent"),
        ("$8 billion, plus an undisclosed sum", "plus an undisclosed sum", "money"),
        ("several billions of dollars", "no number", "vague"),
        ("many billions of $", "no number", "money"),
    ],
)
def test_the_hedge_and_the_kind_are_kept_beside_the_interval(words, qualifier, kind):
    (quantity,) = parse_quantity(words)
    assert (quantity.qualifier, quantity.kind) == (qualifier, kind)
    assert (quantity.role, quantity.words) == ("", words)


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        ("10–11%", (0.10, 0.11)),
        # Without its sign the first end would be a tenth, not a thousandth.
        ("0.1 to 11 percent", (0.001, 0.11)),
        ("from $10 to $11 billion", (10e9, 11e9)),
        ("1,200 to 1,300 million", (1.2e9, 1.3e9)),
        # Shared, the first would be the larger.
        ("500,000 to 1 million", (500_000, 1e6)),
        ("900 to 1 thousand people", (900, 1000)),
        ("10 to 10", (10, 10)),
    ],
)
def test_what_stands_once_after_a_range_goes_for_both_ends_where_it_can(words, ends):
    (quantity,) = parse_quantity(words)
    assert (quantity.low, quantity.high) == pytest.approx(ends)
    assert (quantity.logical_low, quantity.logical_high) == (quantity.low, quantity.high)
    assert quantity.value is None


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("two million", 1.5e6, 2.5e6),  # a word with a scale is rounded as figures are
        ("0.0", 0, 0),
        ("7.500 billion", 7.4995e9, 7.5005e9),  # the scale settles which reading is meant
        ("7.500%", 0.074995, 0.075005),
        ("0.5", 0.45, 0.55),
        ("1,234", 1233.5, 1234.5),
        ("100", 50, 150),
    ],
)
def test_half_of_the_last_digit_meant_is_allowed_either_way(words, low, high):
    (quantity,) = parse_quantity(words)
    assert (quantity.low, quantity.high) == pytest.approx((low, high))


def test_a_vague_amount_may_be_anything_from_nought_up():
    assert bounds("undisclosed sum") == (None, (0, inf), (0, inf))


def test_the_comma_before_up_from_and_an_undisclosed_sum_may_be_missing():
    later, _ = parse_quantity("$984 million up from $45 million")
    assert later.words == "$984 million"
    assert bounds("$8 billion plus an undisclosed sum")[0] is None


def test_a_longer_word_is_not_hidden_by_one_that_it_begins_with():
    assert _any_of(["some", "something"]) == "something|some"


@pytest.mark.parametrize(
    ("words", "start", "end", "as_of"),
    [
        ("FROM 2001 TO 2015", "2001-01-01", "2015-12-31", ""),
        ("2016 to 2016", "2016-01-01", "2016-12-31", ""),
        ("at the end of 2016", "2016-01-01", "2016-12-31", "2016-12-31"),
        ("end of May 2017", "2017-05-01", "2017-05-31", "2017-05-31"),
        ("at 31 December 2017", "2017-12-31", "2017-12-31", "2017-12-31"),
        ("BY 1 May 2017", "2017-05-01", "2017-05-01", "2017-05-01"),
        ("by the second quarter of 2016", "2016-04-01", "2016-06-30", "2016-04-01"),
        ("Third Quarter of 2016", "2016-07-01", "2016-09-30", ""),
        ("the fourth quarter of 2016", "2016-10-01", "2016-12-31", ""),
        ("the first half of 2016", "2016-01-01", "2016-06-30", ""),
        ("june to JUNE 2016", "2016-06-01", "2016-06-30", ""),
        ("December 1999", "1999-12-01", "1999-12-31", ""),
        ("since May 2017", "2017-05-01", "", ""),
        ("Since 12 May 2017", "2017-05-12", "", ""),
        ("The past ten years", "", "", ""),
    ],
)
def test_further_ways_to_date_a_figure_give_dates(words, start, end, as_of):
    period = parse_period(words)
    assert (period.start, period.end, period.as_of) == (start, end, as_of)


A_PERIOD = 'a period such as "2016", "2001 to 2015", "May 2017" or "as of August 2017"'
A_DAY = "a day, quarter or span of months that the calendar has"


@pytest.mark.parametrize(
    ("words", "found", "valid"),
    [
        ("recently", "recently", A_PERIOD),
        ("since recently", "recently", A_PERIOD),
        ("since since 2005", "since since 2005", A_PERIOD),
        ("12 2016", "12 2016", A_PERIOD),
        ("5 May to June 2016", "5 May to June 2016", A_PERIOD),
        ("5 the first half of 2016", "5 the first half of 2016", A_PERIOD),
        ("2017 to 2016", "2017 to 2016", "a span whose first year is not after its last"),
        ("0 May 2017", "0 May 2017", A_DAY),
        ("29 February 2015", "29 February 2015", A_DAY),
        ("the third half of 2016", "the third half of 2016", A_DAY),
        ("September to January 2016", "September to January 2016", A_DAY),
    ],
)
def test_a_refused_period_names_the_words_and_what_could_stand_there(words, found, valid):
    with pytest.raises(ParseError) as error:
        parse_period(words)
    assert (error.value.found, error.value.valid) == (found, valid)
