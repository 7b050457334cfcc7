"""Numbers as pages print them: rounded from the decimal text, halves up, and only numbers."""

import ast
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis
from analysis.page import words
from analysis.page.language import speaking
from analysis.page.words import (
    amount,
    capital,
    count_word,
    decimals,
    dollars,
    interval_words,
    listed,
    numeral,
    percent,
    ratio_words,
    rounded,
    signed,
    span,
    span_words,
    times_words,
)

NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("value", "unit", "digits", "expected"),
    [
        (12.5e9, "USD", 4, "$12.5 billion"),
        (9.996e8, "USD", 3, "$1.00 billion"),
        (9.996e8, "USD", 4, "$999.6 million"),
        (999_999, "USD", 3, "$1.00 million"),
        (9.996e11, "USD", 3, "$1.00 trillion"),
        (1.5e12, "USD", 4, "$1.5 trillion"),
        (1e9, "USD", 3, "$1 billion"),
        (5.9004e9, "USD", 3, "$5.90 billion"),
        (-5e9, "USD", 4, "−$5 billion"),
        (-2.5e6, "EUR", 4, "−€2.5 million"),
        (0, "USD", 4, "$0"),
        (-0.0, "USD", 4, "$0"),
        (1234.5, "USD", 6, "$1,234.5"),
        (123_456, "USD", 4, "$123,500"),
        (0.996, "share", 2, "100%"),
        (0.996, "share", 3, "99.6%"),
        (0.285, "share", 2, "29%"),
        (0.0000123, "share", 2, "0.0012%"),
        (1.05, "ratio", 3, "105%"),
        (-0.036, "ratio", 2, "−3.6%"),
        (12345, "persons", 4, "12,350"),
        (9_430_000, "persons", 4, "9.43 million"),
        (36.4e9, "m3", 4, "36.4 billion cubic metres"),
        (3, "rank", 4, "3"),
    ],
)
def test_an_amount_has_its_unit_and_so_many_digits(value, unit, digits, expected):
    assert amount(value, unit, digits) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (12.85e9, "$12.9bn"),
        (12.25e9, "$12.3bn"),
        (999.6e6, "$1.00bn"),
        (999.6, "$1.00k"),
        (50_000, "$50k"),
        (500, "$500"),
        (-1.5e6, "−$1.5m"),
        (0, "$0"),
    ],
)
def test_a_label_is_short(value, expected):
    assert dollars(value) == expected


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (12.85, 1, "12.9"),
        (0.125, 2, "0.13"),
        (2.675, 2, "2.68"),
        (0.145 + 0.7, 2, "0.85"),  # 0.845 but for the 16th digit
        (2.5, 0, "3"),
        (-2.5, 0, "−3"),
        (-0.001, 2, "0.00"),
        (1234.5, 1, "1,234.5"),
        (7, 2, "7.00"),
    ],
)
def test_places_are_rounded_halves_up_from_the_decimal_text(value, places, expected):
    assert decimals(value, places) == expected


@pytest.mark.parametrize(
    ("share", "places", "sign", "expected"),
    [
        (0.285, 0, False, "29%"),
        (0.0005, 1, False, "0.1%"),
        (0.9996, 1, False, "100.0%"),
        (1.5, 0, False, "150%"),
        (0.144, 1, True, "+14.4%"),
        (-0.144, 1, True, "−14.4%"),
        (-0.0001, 1, True, "0.0%"),
        (0, 0, True, "0%"),
    ],
)
def test_a_share_is_told_in_per_cent(share, places, sign, expected):
    assert percent(share, places, sign=sign) == expected


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (0.125, 2, "+0.13"),
        (-0.125, 2, "−0.13"),
        (0.004, 2, "0.00"),
        (-0.004, 2, "0.00"),
        (1, 2, "+1.00"),
        (-0.0405, 3, "−0.041"),
    ],
)
def test_a_difference_has_its_sign_unless_it_rounds_to_nought(value, places, expected):
    assert signed(value, places) == expected


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [(1.98, 2, "2"), (1.15, 2, "1.2"), (1234.5, None, "1,234.5"), (20, 1, "20"), (-3.0, 2, "−3")],
)
def test_a_bare_number_has_no_zeros_at_its_end(value, digits, expected):
    assert numeral(value, digits) == expected


def test_ranges_are_told_once_where_their_ends_look_alike():
    assert span(1.98e9, 2e9, "USD", 2) == "$2.0 billion"
    assert span(1.9e9, 2e9, "USD", 2) == "$1.9 billion to $2 billion"
    # Half of a last digit takes a digit more: nobody has 10.8.
    assert span(10.35e9, 10.75e9, "USD", 3) == "$10.35 billion to $10.75 billion"
    assert span(27.52e9, 30.01e9, "USD", 3) == "$27.5 billion to $30.0 billion"
    assert span(0, 2e9, "USD", 2) == "under $2 billion"
    assert span(0, 0, "USD", 2) == "$0"
    assert span(7.5e9, NAN, "USD", 2) == "$7.5 billion or more"
    assert span_words(-0.0411, -0.0409) == "−0.041"
    assert span_words(-0.05, 0.2) == "−0.050 to +0.200"
    assert times_words(1.98, 2.02, 2) == "2"
    assert times_words(1.5, 2.44, 2) == "1.5 to 2.4"


@pytest.mark.parametrize(
    ("low", "high", "unit", "expected"),
    [
        (12.85e9, 12.95e9, "USD", "$12.85 billion to $12.95 billion"),
        (6e9, NAN, "USD", "$6 billion or more"),
        (6e9, INF, "USD", "$6 billion or more"),
        (NAN, 6e9, "USD", "$6 billion or less"),
        (2, 2, "rank", "2"),
        (5e9, 5e9, "USD", "$5 billion"),
        (0.405, 0.415, "share", "40.5% to 41.5%"),
        (28.5e9, 31.5e9, "m3", "28.5 billion cubic metres to 31.5 billion cubic metres"),
        (106.25e9, 106.35e9, "USD", "$106.25 billion to $106.35 billion"),
        (13.8995e9, 13.9005e9, "USD", "$13.8995 billion to $13.9005 billion"),
        (999.5e6, 1.0005e9, "USD", "$999.5 million to $1.0005 billion"),
        (1e9 / 3, 2e9 / 3, "USD", "$333.3 million to $666.7 million"),
        (NAN, NAN, "USD", "no number"),
    ],
)
def test_intervals_are_told_in_the_unit_a_reader_would_choose(low, high, unit, expected):
    assert interval_words(low, high, unit) == expected


@pytest.mark.parametrize("value", [NAN, INF, -INF])
@pytest.mark.parametrize(
    "told",
    [
        lambda value: amount(value, "USD"),
        lambda value: amount(value, "share"),
        dollars,
        signed,
        percent,
        numeral,
        ratio_words,
        lambda value: decimals(value, 1),
        lambda value: rounded(value, 3),
        lambda value: span_words(value, 0.1),
        lambda value: times_words(1.5, value, 2),
    ],
)
def test_what_is_no_number_is_never_printed(told, value):
    with pytest.raises(ValueError, match="no number to print"):
        told(value)


@given(
    st.floats(-1e15, 1e15),
    st.sampled_from(["USD", "EUR", "share", "ratio", "persons", "count", "m3"]),
    st.integers(1, 9),
    st.booleans(),
)
def test_an_amount_reads_back_as_the_number_rounded(value, unit, digits, short):
    words = amount(value, unit, digits, short=short)
    assert "e" not in words.replace("cubic metres", "")
    plain = words.removesuffix(" cubic metres").removesuffix(" m³")
    plain = plain.replace("−", "-").replace("$", "").replace("€", "")
    scale = {"trillion": 12, "tn": 12, "billion": 9, "bn": 9, "million": 6, "m": 6, "k": 3, "%": -2}
    digits_said = plain.rstrip("abcdefghijklmnopqrstuvwxyz% ")
    power = scale.get(plain.removeprefix(digits_said).strip(), 0)
    read = Decimal(digits_said.replace(",", "")).scaleb(power)
    assert read == rounded(value, digits)
    # Never a thousand of what has a name of its own.
    if power > 0 or (short and power == 0):
        assert abs(Decimal(digits_said.replace(",", ""))) < 1000 or power == 12


@given(st.floats(allow_nan=False, allow_infinity=False, width=32), st.integers(0, 6))
def test_places_never_lie_further_off_than_half_of_the_last(value, places):
    said = Decimal(decimals(value, places).replace(",", "").replace("−", "-"))
    apart = abs(said - words.exact(value))
    assert apart <= Decimal("0.5").scaleb(-places)


def test_numbers_of_numpy_and_pandas_are_told_like_any_other():
    assert amount(np.float64(5.9e9), "USD") == amount(5.9e9, "USD") == "$5.9 billion"
    assert numeral(np.int64(1234)) == "1,234"
    assert percent(np.float32(0.5)) == "50%"


def test_lists_of_none_one_and_more_are_told():
    assert listed([]) == "none"
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert capital("") == ""
    assert capital("trade") == "Trade"


def test_counts_are_words_up_to_twenty():
    assert [count_word(count) for count in (0, 1, 20, 21, 1234)] == [
        *("none", "one", "twenty", "21", "1,234")
    ]


def _formats(path: Path) -> list[str]:
    """Formats of numbers in a module: f"{x:.1f}", format(x, ".1%"), "%.1f" % x."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [
        ast.unparse(node.format_spec)
        for node in ast.walk(tree)
        if isinstance(node, ast.FormattedValue) and node.format_spec
    ]
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [
        *found,
        # With a second argument it is Python's own; with one it is what a caller has given.
        *("format()" for call in calls if isinstance(call.func, ast.Name)
          and call.func.id == "format" and len(call.args) > 1),
        *("%" for node in ast.walk(tree) if isinstance(node, ast.BinOp)
          and isinstance(node.op, ast.Mod) and isinstance(node.left, ast.Constant)
          and isinstance(node.left.value, str)),
    ]  # fmt: skip


def test_no_other_module_of_the_pages_has_a_form_of_its_own_for_numbers():
    rooms = [Path(analysis.__file__).parent / room for room in ("measures", "page", "charts")]
    formats = {
        path.name: found
        for room in rooms
        for path in sorted(room.glob("*.py"))
        # That one writes where a line runs, not what a reader reads.
        if path.name not in ("words.py", "svg.py") and (found := _formats(path))
    }
    assert formats == {}


@pytest.mark.parametrize("vintage", ["2018-08", "2018-08-07"])
def test_an_edition_is_told_by_its_month(vintage):
    assert words.edition(vintage) == "August 2018"


def test_an_edition_known_by_its_year_alone_is_told_by_it():
    assert words.edition("2024") == "2024"


@pytest.mark.parametrize(
    ("start", "end", "whole", "told"),
    [
        ("2024-01-01", "2024-12-31", "yes", "in 2024"),
        ("2025-01-01", "2025-06-30", "no", "in the first half of 2025"),
        ("2025-01-01", "2025-03-31", "no", "from January to March 2025"),
        ("2025-04-01", "2025-06-30", "no", "from April to June 2025"),
        ("2024-12-31", "2024-12-31", "no", "at the end of 2024"),
        ("", "2024-12-31", "yes", "at the end of 2024"),
        ("2025-06-30", "2025-06-30", "no", "in June 2025"),
        ("", "2025-06-30", "no", "in June 2025"),
        ("", "", "yes", "in 2025"),
        ("2015-01-01", "2015-01-01", "no", "on 1 January 2015"),
        ("2016-02-29", "2016-02-29", "no", "in February 2016"),
        ("2025-03-01", "2025-03-31", "no", "in March 2025"),
        ("2016-01-01", "2018-12-31", "no", "from 2016 to 2018"),
        ("2024-07-01", "2025-06-30", "no", "from July 2024 to June 2025"),
        ("2025-03-05", "2025-03-20", "no", "from 5 March 2025 to 20 March 2025"),
        ("2025-01-01", "2025-06-10", "no", "from 1 January 2025 to 10 June 2025"),
        ("2025-01-02", "2025-06-30", "no", "from 2 January 2025 to 30 June 2025"),
    ],
)
def test_a_period_is_told_as_a_sentence_has_it(start, end, whole, told):
    row = {"start": start, "end": end, "year": int(end[:4] or 2025), "whole_year": whole}
    assert words.period(row) == told


@pytest.mark.parametrize(
    ("iso", "told"),
    [("2026-07", "July 2026"), ("2026-07-01", "1 July 2026"), ("2026", "2026"), ("", "")],
)
def test_a_date_is_said_as_far_as_it_is_known(iso, told):
    assert words.date(iso) == told


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2015-01-01", "2015-01-01", "1 января 2015 года"),
        ("2016-01-01", "2018-12-31", "2016–2018 годы"),
        ("2024-07-01", "2025-06-30", "июль 2024 года — июнь 2025 года"),
        ("2025-01-01", "2025-05-31", "январь — май 2025 года"),
    ],
)
def test_a_period_is_told_in_russian_too(start, end, told):
    row = {"start": start, "end": end, "year": int(end[:4]), "whole_year": "no"}
    with speaking("ru"):
        assert words.period(row).replace("\N{NO-BREAK SPACE}", " ") == told
