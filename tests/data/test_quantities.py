"""Printed figures: values and intervals worked out by hand from the widths in intervals.py."""

import csv
import re
import time
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import inf, log10
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.lark import from_lark
from lark import Lark, Token

from analysis.config import RAW
from analysis.data import intervals, quantities
from analysis.data.grammar import UnknownWord
from analysis.data.intervals import Quantity, Refused
from analysis.data.quantities import EXAMPLES, grammar, read
from analysis.data.vocabulary import UNITS

HERE = Path(__file__).parent
GRAMMAR = Path(quantities.__file__).with_name("quantities.lark")


def rows(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PRESS = rows("phrases_of_the_press.csv")
OTHER = rows("phrases_of_other_writing.csv")
# Written without sight of the grammar, as the press writes and as offices do.
WRITERS = rows("phrases_of_other_writers.csv")
ROWS = PRESS + OTHER + WRITERS
READABLE = [(row["unit"], row["phrase"]) for row in ROWS if row["expect"] != "refuse"]

KINDS = {
    "is": {""},
    "about": {"about"},
    "nearly": {"nearly"},
    "at_least": {"more than"},
    "at_most": {"less than", "up to"},
    "range": {"range", "about", "nearly"},
    "no_number": {"no number"},
}
ROLES = {"later_earlier": ["later", "earlier"], "part_whole": ["part_of", "whole"]}


def refusal(phrase, unit):
    with pytest.raises(Refused) as error:
        read(phrase, unit)
    return error.value


def near(number):
    return pytest.approx(float(number), rel=1e-3)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['unit']} {row['phrase']}")
def test_a_phrase_is_read_or_refused_as_the_table_has_it(row):
    if row["expect"] == "refuse":
        assert refusal(row["phrase"], row["unit"]).reason
    else:
        check(read(row["phrase"], row["unit"]), row)


def check(found, row):
    expect = row["expect"]
    if expect in ROLES:
        assert [quantity.role for quantity in found] == ROLES[expect]
        # A bound has no value; what was printed is its one closed end.
        printed = [quantity.printed for quantity in found]
        assert printed == [near(row["first"]), near(row["second"])]
        return
    (quantity,) = found
    assert quantity.qualifier in KINDS[expect]
    match expect:
        case "is" | "about" | "nearly":
            assert quantity.value == near(row["first"])
        case "at_least":
            assert (quantity.value, quantity.low) == (None, near(row["first"]))
        case "at_most":
            assert (quantity.value, quantity.high) == (None, near(row["first"]))
        case "range":
            ends = (near(row["first"]), near(row["second"]))
            assert (quantity.value, quantity.low, quantity.high) == (None, *ends)
        case "no_number":
            assert quantity.value is None


def test_of_what_other_writers_wrote_95_in_100_is_read_and_nothing_wrongly():
    readable, refused = 0, []
    for row in WRITERS:
        try:
            found = read(row["phrase"], row["unit"])
        except Refused:
            found = ()
        if row["expect"] == "refuse":
            assert not found, row
            continue
        readable += 1
        if found:
            check(found, row)
        else:
            refused.append(row)
    assert readable > 300
    assert len(refused) <= 0.05 * readable, refused


@pytest.mark.parametrize(
    ("unit", "phrase", "value", "working", "logical"),
    [
        ("USD", "$12.9 billion", 12.9e9, (12.85e9, 12.95e9), (12.85e9, 12.95e9)),
        ("USD", "$12 bn", 12e9, (11.5e9, 12.5e9), (11.5e9, 12.5e9)),
        ("USD", "$20 billion", 20e9, (19.5e9, 20.5e9), (19.5e9, 20.5e9)),
        ("USD", "$600 million", 600e6, (599.5e6, 600.5e6), (599.5e6, 600.5e6)),
        ("USD", "$1,000 million", 1e9, (999.5e6, 1000.5e6), (999.5e6, 1000.5e6)),
        ("USD", "12,9 bn USD", 12.9e9, (12.85e9, 12.95e9), (12.85e9, 12.95e9)),
        ("USD", "$1½ billion", 1.5e9, (1.45e9, 1.55e9), (1.45e9, 1.55e9)),
        ("USD", "half a billion dollars", 5e8, (4.5e8, 5.5e8), (4.5e8, 5.5e8)),
        ("USD", "$0.726 billion", 726e6, (725.5e6, 726.5e6), (725.5e6, 726.5e6)),
        ("share", "30%", 0.30, (0.295, 0.305), (0.295, 0.305)),
        ("share", "ten per cent", 0.10, (0.095, 0.105), (0.095, 0.105)),
        ("share", "30.4 percent", 0.304, (0.3035, 0.3045), (0.3035, 0.3045)),
        ("share", "half a percent", 0.005, (0.0045, 0.0055), (0.0045, 0.0055)),
        ("share", "½%", 0.005, (0.0045, 0.0055), (0.0045, 0.0055)),
        ("share", "¼ per cent", 0.0025, (0.00245, 0.00255), (0.00245, 0.00255)),
        ("share", "⅓%", 1 / 300, (1 / 300, 1 / 300), (1 / 300, 1 / 300)),
        ("share", "a percent", 0.01, (0.005, 0.015), (0.005, 0.015)),
        ("share", "two-thirds", 2 / 3, (2 / 3, 2 / 3), (2 / 3, 2 / 3)),
        ("share", "5/5", 1, (1, 1), (1, 1)),
        ("share", "one in five", 0.2, (0.2, 0.2), (0.2, 0.2)),
        # 5% of a third is 1/60, 15% of it 1/20.
        ("share", "about a third", 1 / 3, (19 / 60, 7 / 20), (17 / 60, 23 / 60)),
        ("share", "all but 5%", 0.95, (0.945, 0.955), (0.945, 0.955)),
        ("persons", "7,500", 7500, (7450, 7550), (7450, 7550)),
        ("persons", "7 500", 7500, (7450, 7550), (7450, 7550)),
        ("persons", "150,000", 150_000, (145_000, 155_000), (145_000, 155_000)),
        ("persons", "100", 100, (50, 150), (50, 150)),
        ("persons", "1,234", 1234, (1233.5, 1234.5), (1233.5, 1234.5)),
        ("persons", "two million", 2e6, (1.5e6, 2.5e6), (1.5e6, 2.5e6)),
        ("persons", "five hundred", 500, (450, 550), (450, 550)),
        ("persons", "three hundred thousand", 3e5, (2.5e5, 3.5e5), (2.5e5, 3.5e5)),
        ("count", "two Chinese companies", 2, (2, 2), (2, 2)),
        ("count", "twenty-one", 21, (21, 21), (21, 21)),
        ("count", "two dozen", 24, (24, 24), (24, 24)),
        ("count", "0", 0, (0, 0), (0, 0)),
        ("rank", "largest foreign investor", 1, (1, 1), (1, 1)),
        ("rank", "Third Largest Shareholder", 3, (3, 3), (3, 3)),
        ("rank", "3", 3, (3, 3), (3, 3)),
        ("rank", "10", 10, (10, 10), (10, 10)),
        ("m3", "0 billion cubic meters", 0, (0, 0), (0, 0)),
        ("m3", "30 bcm", 30e9, (29.5e9, 30.5e9), (29.5e9, 30.5e9)),
        ("m3", "540 mmcm", 540e6, (539.5e6, 540.5e6), (539.5e6, 540.5e6)),
        ("m3", "540 million cubic metres (mcm)", 540e6, (539.5e6, 540.5e6), (539.5e6, 540.5e6)),
        ("m3", "30 m³", 30, (25, 35), (25, 35)),
        ("m3", "30 m³²", 30, (25, 35), (25, 35)),
        ("share", "41%¹²", 0.41, (0.405, 0.415), (0.405, 0.415)),
        ("share", "none", 0, (0, 0), (0, 0)),
        # 5% of 30 is 1.5, more than half of the last digit; 15% is 4.5.
        ("m3", "roughly 30 billion cubic meters", 30e9, (28.5e9, 31.5e9), (25.5e9, 34.5e9)),
        # 5% of 4 is 0.2, less than half of the last digit, 0.5; 15% is 0.6.
        ("USD", "approximately $4 billion", 4e9, (3.5e9, 4.5e9), (3.4e9, 4.6e9)),
        ("USD", "$4 billion or so", 4e9, (3.5e9, 4.5e9), (3.4e9, 4.6e9)),
        ("USD", "nearly $2 billion", 2e9, (1.9e9, 2e9), (1.7e9, 2e9)),
        ("share", "almost 4 percent", 0.04, (0.038, 0.04), (0.034, 0.04)),
        ("USD", "more than $6 billion", None, (6e9, 6.6e9), (6e9, inf)),
        ("USD", "$6 billion or more", None, (6e9, 6.6e9), (6e9, inf)),
        ("persons", "over 1 million", None, (1e6, 1.1e6), (1e6, inf)),
        ("count", "more than ten investment agreements", None, (10, 11), (10, inf)),
        ("USD", "less than $10 million", None, (9e6, 10e6), (0, 10e6)),
        ("share", "up to 30%", None, (0, 0.3), (0, 0.3)),
        ("USD", "at most $10 million", None, (0, 10e6), (0, 10e6)),
        # There is no rank above the first.
        ("rank", "top five", None, (1, 5), (1, 5)),
        ("persons", "between 500,000 and 1 million", None, (5e5, 1e6), (5e5, 1e6)),
        ("m3", "10 to 11 billion cubic meters", None, (10e9, 11e9), (10e9, 11e9)),
        ("USD", "about $5–6 billion", None, (5e9, 6e9), (5e9, 6e9)),
        (
            "USD",
            "$8 billion … as well as an additional undisclosed sum",
            None,
            (7.5e9, inf),
            (7.5e9, inf),
        ),
        ("USD", "undisclosed sum", None, (0, inf), (0, inf)),
    ],
)
def test_words_give_the_value_and_both_intervals(unit, phrase, value, working, logical):
    (quantity,) = read(phrase, unit)
    assert quantity.value == (value if value is None else pytest.approx(value))
    assert (quantity.low, quantity.high) == pytest.approx(working)
    assert (quantity.logical_low, quantity.logical_high) == pytest.approx(logical)


@pytest.mark.parametrize(
    ("unit", "phrase"),
    [("share", "several percent"), ("ratio", "several percent"), ("USD", "billions")],
)
def test_vague_words_are_an_unknown_amount_of_the_unit_that_may_be_as_low_as_nought(unit, phrase):
    (quantity,) = read(phrase, unit)
    assert (quantity.value, quantity.unit) == (None, unit)
    assert (quantity.low, quantity.high) == (0, inf)
    assert (quantity.logical_low, quantity.logical_high) == (0, inf)


def test_money_is_exact_in_base_units():
    assert read("$12.9 billion", "USD")[0].value == 12_900_000_000
    assert read("$0.1 million", "USD")[0].value == 100_000
    assert read("$4,908.6 million", "USD")[0].low == 4_908_550_000


@pytest.mark.parametrize(
    ("unit", "phrase", "qualifier"),
    [
        ("USD", "$5 billion", ""),
        ("USD", "Close to $5 billion", "nearly"),
        ("share", "at least 5%", "more than"),
        ("EUR", "under €5 million", "less than"),
        ("EUR", "fewer than €5 million", "less than"),
        ("m3", "as much as 30 billion cubic meters", "up to"),
        ("USD", "no more than $5 billion", "up to"),
        ("EUR", "€10 million to €11 million", "range"),
        ("USD", "about $5 to $6 billion", "about"),
        ("USD", "$8 billion, plus an undisclosed sum", "plus an undisclosed sum"),
        ("USD", "several billion dollars", "no number"),
    ],
)
def test_the_hedge_is_kept_beside_the_interval(unit, phrase, qualifier):
    (quantity,) = read(phrase, unit)
    assert (quantity.unit, quantity.qualifier) == (unit, qualifier)
    assert (quantity.role, quantity.words) == ("", phrase)


@pytest.mark.parametrize(
    ("unit", "phrase", "parts"),
    [
        (
            "USD",
            "$984 million, up from $45 million",
            [("later", 984e6, "$984 million"), ("earlier", 45e6, "$45 million")],
        ),
        (
            "USD",
            "$984 million¹, up from $45 million²",
            [("later", 984e6, "$984 million¹"), ("earlier", 45e6, "$45 million²")],
        ),
        (
            "persons",
            "over 1 million of Tajikistan’s 8 million people",
            [("part_of", 1e6, "over 1 million"), ("whole", 8e6, "8 million people")],
        ),
        (
            "USD",
            "$4 billion of which $1.7 billion was paid",
            [("part_of", 1.7e9, "$1.7 billion was paid"), ("whole", 4e9, "$4 billion")],
        ),
        (
            "USD",
            "$4 billion ($1.7 billion of which was paid in 2016)",
            [("part_of", 1.7e9, "$1.7 billion"), ("whole", 4e9, "$4 billion")],
        ),
        (
            "USD",
            "rose from $3 billion to $5 billion",
            [("later", 5e9, "$5 billion"), ("earlier", 3e9, "$3 billion")],
        ),
        (
            "persons",
            "half of 8 million",
            [("part_of", 4e6, "8 million"), ("whole", 8e6, "8 million")],
        ),
    ],
)
def test_two_amounts_have_their_roles_and_their_own_words(unit, phrase, parts):
    found = [(quantity.role, quantity.printed, quantity.words) for quantity in read(phrase, unit)]
    assert found == parts


@pytest.mark.parametrize(
    "phrase",
    [
        "$5 billion in 2015, up from $4 billion in 2016",
        "$5 billion in 2016, up from $4 billion in 2016",
        "rose from $4 billion in 2016 to $5 billion in 2015",
        "$5 billion in 2015, against $4 billion in 2016",
    ],
)
def test_an_earlier_figure_of_a_later_year_or_of_the_same_is_refused(phrase):
    assert refusal(phrase, "USD").reason == "the earlier of two figures has no earlier year"


@pytest.mark.parametrize(
    ("unit", "phrase", "reason"),
    [
        ("USD", "HK$18 billion", "Hong Kong dollars, where US dollars are asked for"),
        ("USD", "980 million yuan", "yuan, where US dollars are asked for"),
        ("USD", "€5 billion", "euros, where US dollars are asked for"),
        ("USD", "5 billion", "a number without a currency, where US dollars are asked for"),
        ("share", "41", "a bare number, where a share is asked for"),
        ("USD", "$1 million a day", "a rate (a day): say the sum of a period"),
        ("persons", "5,000 people a year", "a rate (a year): say the sum of a period"),
        ("USD", "$5 billion each", "a rate (each): say the sum of a period"),
        ("ratio", "fell by 12%", "a fall; only a rise can be read"),
        ("share", "up 30%", "a change, and not what is there"),
        (
            "persons",
            "300 to 400,000",
            "two honest readings: 300 to 400,000, or 300,000 to 400,000",
        ),
        (
            "USD",
            "$12.900 million",
            "two honest readings: 12.900 million as a decimal, "
            "or 12,900 million with a point between thousands",
        ),
        (
            "USD",
            "$900 to $1.2 billion",
            "a range whose first end lacks its scale: say the scale of both ends",
        ),
        (
            "USD",
            "$5 billion to $6",
            "a range whose second end lacks its scale: say the scale of both ends",
        ),
        ("USD", "$6 billion to $5 billion", "a range whose larger end stands first"),
        ("USD", "minus $18 billion", "a negative amount, as a minus or brackets say"),
        ("share", "almost none", "a hedge before nought"),
        ("share", "130%", "more than the whole: a share is at most 100%"),
        (
            "share",
            "5 percent points",
            "percentage points: the distance of two shares, not a share",
        ),
        ("persons", "7.5", "a number that is not whole, where persons are asked for"),
        ("rank", "0", "a rank below 1, which is the first"),
        ("m3", "30 billion cubic feet", "cubic feet, where cubic metres are asked for"),
        ("USD", "not $5 billion", "a negation (not): say what is there"),
        ("USD", "$3 billion, up from $5 billion", "a rise from the larger to the smaller figure"),
        ("USD", "$5 billion, down from $3 billion", "a fall from the smaller to the larger figure"),
        (
            "USD",
            "more than nearly $5 billion",
            'two hedges of different kinds ("more than" and "nearly")',
        ),
        ("persons", "12,000 of 2016", "a part of 2016, which looks like a year"),
        ("USD", "$12.5 million billion", "two scales (million billion)"),
        (
            "m3",
            "5 to 10 mcm",
            "two honest readings: mcm as thousand or as million cubic metres",
        ),
        (
            "persons",
            "30 m²",
            "a raised figure after a bare number: a footnote's, or a power",
        ),
        (
            "rank",
            "two of its biggest partners",
            "more than one place, where one partner's is asked for",
        ),
        ("USD", "...", "a mark alone, where an amount would stand: leave the row out"),
        ("USD", "“”", "a mark alone, where an amount would stand: leave the row out"),
        ("count", "all but one", "all but some: the number that is meant is not printed"),
    ],
)
def test_a_refusal_names_what_is_wrong(unit, phrase, reason):
    assert str(refusal(phrase, unit)) == reason


@pytest.mark.parametrize(
    ("unit", "phrase", "message"),
    [
        ("USD", "$12 bm", 'no form known here has "bm"; did you mean "$12 bn"?'),
        ("USD", "$18 bilion", 'no form known here has "bilion"; did you mean "$18 billion"?'),
        (
            "USD",
            "$5 billion for blorps",
            'no form known here has "blorps"; did you mean "$5 billion"?',
        ),
        # One letter off, though "nought" begins as it does.
        (
            "count",
            "night agreements",
            'no form known here has "night"; did you mean "eight agreements"?',
        ),
        (
            "USD",
            "whatever",
            'no form known here has "whatever"; a form that is known: "$12.9 billion"',
        ),
        ("USD", "between $5 billion", 'a range with one end; did you mean "$5 billion"?'),
        ("USD", "$5  billion", 'two spaces side by side; did you mean "$5 billion"?'),
        (
            "USD",
            "$12.9\u00a0billion",
            'no form known here has no-break space; did you mean "$12.9 billion"?',
        ),
        (
            "persons",
            "５",
            'no form known here has fullwidth digit five; a form that is known: "150,000"',
        ),
    ],
)
def test_an_unknown_word_is_named_with_the_nearest_form(unit, phrase, message):
    assert str(refusal(phrase, unit)) == message


@pytest.mark.parametrize("dash", ["\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015"])
def test_a_range_is_read_with_any_dash_and_keeps_the_one_that_is_printed(dash):
    words = f"$12{dash}13 billion"
    (quantity,) = read(words, "USD")
    assert (quantity.low, quantity.high, quantity.words) == (12e9, 13e9, words)


def test_each_part_of_compound_words_keeps_the_dash_that_is_printed():
    later, earlier = read("twenty\u2011five billion dollars, up from $20 billion", "USD")
    assert (later.words, earlier.words) == ("twenty\u2011five billion dollars", "$20 billion")


def test_a_hyphen_before_a_number_is_a_minus_however_it_is_printed():
    assert "a negative amount" in str(refusal("\u2011$5 billion", "USD"))


@pytest.mark.parametrize(
    "phrase",
    ["$12\ufe6313 billion", "$1e9", "$18 qwrtz", "$5 billion blorps $6 billion", "five blorps six"],
)
def test_no_phrase_is_proposed_that_has_less_of_the_amount(phrase):
    error = refusal(phrase, "USD")
    assert (error.nearest, error.example) == ("", "$12.9 billion")


@pytest.mark.parametrize(
    ("unit", "phrase", "named"),
    [
        ("share", "$12.5 billion", "USD"),
        ("USD", "41%", "share or ratio"),
        ("EUR", "30 bcm", "m3"),
        ("USD", "HK$5 billion", ""),
        ("share", "41", ""),
        ("USD", "$1 million a day", ""),
    ],
)
def test_the_unit_is_blamed_only_where_the_words_name_another(unit, phrase, named):
    assert refusal(phrase, unit).names == named


def test_a_no_break_space_may_keep_thousands_apart():
    assert read("1\u202f500\u00a0000", "persons")[0].value == 1_500_000


@pytest.mark.parametrize("phrase", [2000, 2.5, None, ["$2 billion"]])
def test_what_is_no_words_is_answered_with_some(phrase):
    told = f"found {phrase!r}, where printed words are wanted, such as '$2 billion'"
    with pytest.raises(TypeError, match=re.escape(told)):
        read(phrase, "USD")


@pytest.mark.parametrize("unit", UNITS)
def test_each_example_can_be_read(unit):
    assert read(EXAMPLES[unit], unit)


def test_each_word_of_the_grammar_stands_in_one_list():
    text = GRAMMAR.read_text(encoding="utf-8")
    terminals = [line for line in text.splitlines() if re.match(r"[A-Z_.0-9]+:| +\| +\"", line)]
    words = re.findall(r'"([^"]+)"', "\n".join(terminals))
    assert len(words) > 1000
    many = [word for word in words if len(grammar().lists_with(word)) > 1]
    assert many == []


def test_the_shipped_cells_are_read_in_less_than_a_second_of_parsing():
    cells = []
    for name in ("article.csv", "elsewhere.csv"):
        with (RAW / name).open(encoding="utf-8", newline="") as file:
            cells += [(row["printed"], row["unit"]) for row in csv.DictReader(file)]
    read("$1", "USD")
    quantities.known.clear()
    grammar().trees.cache_clear()
    started = time.process_time()
    assert all(read(*cell) for cell in cells)
    assert time.process_time() - started < 3  # about half a second on a machine at rest


# What follows is made from the grammar, or from broken pieces of what it reads.

SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}


def in_figures(number, half, unit):
    """A number in the form that its last digit asks for: 12.9 billion for 12.9e9 ± 0.05e9."""
    if unit in ("share", "ratio"):
        places = max(0, round(-log10(2 * half)) - 2) if half else 15
        return f"{number * 100:.{places}f}%"
    power = 0 if unit == "rank" or not half else round(log10(2 * half))
    scale = next((p for p in (0, 3, 6, 9, 12) if p >= power), 12)
    word = {0: "", 3: " thousand", 6: " million", 9: " billion", 12: " trillion"}[scale]
    text = f"{number / 10**scale:.{scale - power}f}{word}" if half else f"{number:.15g}"
    return {"USD": "$", "EUR": "€"}.get(unit, "") + text + " cubic metres" * (unit == "m3")


def canonical(quantity):
    """The plainest words for a quantity."""
    if quantity.qualifier == "no number":
        return "record"
    ends = (quantity.low, quantity.high)
    if quantity.value is None and quantity.qualifier in ("range", "about", "nearly"):
        hedge = quantity.qualifier.removeprefix("range")
        return f"{hedge} {' to '.join(in_figures(end, 0, quantity.unit) for end in ends)}".strip()
    number = quantity.printed
    if quantity.unit == "rank" and quantity.qualifier:
        return f"top {number:.0f}"
    half = quantity.high - number if not quantity.qualifier else 0
    return f"{quantity.qualifier} {in_figures(number, half, quantity.unit)}".strip()


def same(one, other):
    exact = one.value == one.low == one.high
    return (
        one.qualifier == other.qualifier
        and (one.value is None) == (other.value is None)
        and one.printed == pytest.approx(other.printed)
        and (exact or one.qualifier == "about" or one.low == pytest.approx(other.low))
        and (exact or one.qualifier == "about" or one.high == pytest.approx(other.high))
    )


def halved(quantity):
    """Half of a rounded number has no last digit of its own, and no canonical form."""
    half = quantity.high - (quantity.value or quantity.high)
    return not quantity.qualifier and half and abs(log10(2 * half) % 1 - 0.5) < 0.499


def spaced(pattern):
    words = st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True)
    return words.map(lambda word: f" {word} ")


@cache
def phrases_from(start):
    """Phrases that a rule of the grammar makes, with a space between any two words."""
    part = Lark(GRAMMAR.read_text(encoding="utf-8"), start=start)
    figures = st.sampled_from(["1", "2", "5", "12", "300", "1,200", "7500", "12.5", "0.4"])
    explicit = {terminal.name: spaced(terminal.pattern.to_regexp()) for terminal in part.terminals}
    explicit |= {"NUMBER": figures.map(lambda text: f" {text} "), "_MINUS": st.just(" −")}
    explicit = {terminal.name: explicit[terminal.name] for terminal in part.terminals}
    made = from_lark(part, start=start, explicit=explicit)
    return made.map(lambda text: " ".join(text.split()))


QUICK = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


@pytest.mark.slow
@QUICK
@given(
    st.sampled_from(["amount", "hedged", "ranked"]).flatmap(phrases_from),
    st.sampled_from(sorted(UNITS)),
)
def test_what_the_grammar_makes_is_refused_or_reads_back_from_its_canonical_form(phrase, unit):
    assume(0 < len(phrase.split()) < 12)
    try:
        found = read(phrase, unit)
    except Refused as error:
        assert error.reason
        return
    for quantity in found:
        assert 0 <= quantity.logical_low <= quantity.low <= quantity.high <= quantity.logical_high
        if halved(quantity):
            continue
        (again,) = read(canonical(quantity), unit)
        assert same(quantity, again), (phrase, canonical(quantity))


@pytest.mark.thorough
@pytest.mark.parametrize(("unit", "phrase"), READABLE)
def test_each_reading_of_the_tables_reads_back_from_its_canonical_form(unit, phrase):
    for quantity in read(phrase, unit):
        if halved(quantity):
            continue
        (again,) = read(canonical(quantity), unit)
        assert same(quantity, again), canonical(quantity)


@QUICK
@given(st.sampled_from(READABLE), st.data())
def test_an_unknown_word_anywhere_is_refused(row, data):
    unit, phrase = row
    words = phrase.split(" ")
    place = data.draw(st.integers(0, len(words)))
    word = data.draw(st.sampled_from(["blorp", "qq", "zzz", "xylo", "дорог"]))
    refusal(" ".join([*words[:place], word, *words[place:]]), unit)


@pytest.mark.parametrize(
    ("unit", "phrase"),
    [
        ("persons", "600,000 t 1 million"),  # "to" without its last letter
        ("USD", "$6 t 7 million"),
        ("USD", "$1mm 200 thousand"),
    ],
)
def test_a_scale_of_a_letter_or_two_begins_no_number_of_several_scales(unit, phrase):
    assert refusal(phrase, unit).reason


def test_a_number_of_several_scales_has_less_than_a_thousand_of_each():
    assert refusal("$1,200 billion 300 million", "USD").reason == "two numbers side by side"
    assert read("$999 billion 300 million", "USD")[0].printed == 999_300_000_000


SCALED = [
    row
    for row in READABLE
    if re.search(r"illion|thousand|\d ?(bn|mln|mn|bln|mrd|tn|bcm)\b", row[1])
]


@QUICK
@given(st.sampled_from(SCALED), st.data())
def test_a_cut_or_doubled_letter_never_changes_the_scale(row, data):
    unit, phrase = row
    letters = [place for place, letter in enumerate(phrase) if letter.isalpha()]
    place = data.draw(st.sampled_from(letters))
    put = data.draw(st.sampled_from(["", phrase[place] * 2]))
    broken = phrase[:place] + put + phrase[place + 1 :]
    try:
        found = read(broken, unit)
    except Refused:
        return
    whole = read(phrase, unit)
    for one, other in zip(found, whole, strict=False):
        if one.qualifier != "no number" and other.printed:
            assert one.printed / other.printed == pytest.approx(1, rel=0.6)


PIECES = """
$ € % - – − . , ; ( ) 0 1 7 12 500 1,000 12.5 9999999 percent million bn thousand of to and or
between up from plus … undisclosed sum many largest second third half a none ’s Tajikistan’s ſeven
ban\u212a \u2212 １２ ² m³ about nearly over under at least a year people agreements 2016 in
"""
PIECE = st.sampled_from(["\u00a0", *PIECES.split()])
TEXTS = st.one_of(
    st.lists(PIECE, min_size=1, max_size=7).map(" ".join),
    st.lists(PIECE, min_size=1, max_size=7).map("".join),
    st.text(max_size=30),
)


# Words of one phrase or two in any order, with any other words of the grammar among them.
SHUFFLED = (
    st.tuples(
        st.lists(st.sampled_from(READABLE), min_size=1, max_size=2),
        st.lists(st.deferred(lambda: st.sampled_from(grammar().words)), max_size=2),
    )
    .flatmap(lambda made: st.permutations(" ".join([*(p for _, p in made[0]), *made[1]]).split()))
    .map(lambda words: " ".join(words[:9]))
)


@pytest.mark.slow
@QUICK
@given(TEXTS | SHUFFLED, st.sampled_from(sorted(UNITS)))
def test_any_text_is_read_as_ordered_finite_bounds_or_refused(text, unit):
    try:
        found = read(text, unit)
    except Refused as error:
        assert error.reason
        return
    assert len(found) in (1, 2)
    for quantity in found:
        bounds = (0, quantity.logical_low, quantity.low, quantity.high, quantity.logical_high)
        assert all(one <= other for one, other in pairwise(bounds))
        assert quantity.low < 1e30
        assert quantity.value is None or quantity.low <= quantity.value <= quantity.high


@given(st.integers(1, 999), st.integers(0, 9), st.sampled_from(sorted(SCALES)))
def test_a_scale_word_only_scales(whole, tenth, scale):
    (quantity,) = read(f"${whole}.{tenth} {scale}", "USD")
    assert f"{quantity.value / SCALES[scale]:.1f}" == f"{whole}.{tenth}"
    assert quantity.high - quantity.value == pytest.approx(0.05 * SCALES[scale])


@given(st.integers(0, 10**12))
def test_thousands_groups_do_not_change_a_number(number):
    grouped = f"{number:,}"
    for text in (grouped, grouped.replace(",", " "), grouped.replace(",", "'")):
        (one,), (other,) = read(text, "persons"), read(str(number), "persons")
        assert (one.value, one.low, one.high) == (other.value, other.low, other.high)


def test_two_neighbours_up_to_a_hundred_make_a_range_with_or_and_larger_ones_do_not():
    (found,) = read("99 or 100 projects", "count")
    assert (found.low, found.high) == (99, 100)
    with pytest.raises(Refused, match="which is it"):
        read("100 or 101 projects", "count")


@pytest.mark.parametrize(
    ("unit", "phrase", "low", "high"),
    [
        ("persons", "2 to 3,500", 2, 3500),  # no thousands are left out before hundreds
        ("persons", "400 to 300,000", 400, 300_000),  # with thousands it would stand backwards
        ("ratio", "2 to 3,000 percent", 0.02, 30),  # per cent are small numbers
    ],
)
def test_a_range_is_read_as_it_stands_where_its_first_end_lacks_nothing(unit, phrase, low, high):
    (found,) = read(phrase, unit)
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        ("usd", "no unit 'usd' (did you mean USD?); valid: USD, EUR, "),
        ("dollars", "no unit 'dollars'; valid: USD, EUR, "),
    ],
)
def test_a_unit_that_there_is_not_is_refused_with_those_that_there_are(unit, told):
    with pytest.raises(ValueError, match=re.escape(told)):
        read("$5 billion", unit)


def test_words_with_two_meanings_are_refused_with_both(monkeypatch):
    """No phrase is known that has two: here the trees are two numbers, and say themselves."""

    def trees(kinds, start):
        return [lambda unit, value=value: [exact(value, unit)] for value in (7, 5)]

    def exact(value, unit):
        return Quantity(value, value, value, value, value, unit)

    cut = [Token("NUMBER", "5")]
    monkeypatch.setattr(
        quantities, "grammar", lambda: SimpleNamespace(cut=lambda phrase: cut, trees=trees)
    )
    monkeypatch.setattr(
        quantities, "Readings", lambda *_: SimpleNamespace(transform=lambda tree: tree)
    )
    assert refusal("5 as if it were 7", "count").reason == "two honest readings: 5, or 7"


@pytest.mark.parametrize(("unit", "least"), [("rank", 1.0), ("count", 0.0)])
@pytest.mark.parametrize("hedge", ["up to", "less than"])
def test_what_is_bounded_above_is_at_least_nought_and_a_rank_at_least_one(unit, least, hedge):
    found = intervals.quantity(Fraction(5), Fraction(1, 2), unit, hedge)
    assert (found.value, found.logical_low, found.logical_high) == (None, least, 5.0)


@pytest.mark.parametrize("word", ["and", "to", "–"])
def test_a_range_with_a_word_for_its_second_end_has_no_form_that_is_known(word):
    told = refusal(f"between $5 billion {word}", "USD").reason
    assert told == "these words make no form known here"


def test_a_word_that_no_list_has_is_told_with_its_place():
    with pytest.raises(UnknownWord, match=r"^blorps$") as error:
        grammar().cut("$5 blorps")
    assert (error.value.word, error.value.place) == ("blorps", 3)
