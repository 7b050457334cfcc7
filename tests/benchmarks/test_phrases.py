"""What the grammar makes of phrases whose writers had not seen it, as is published."""

import sys

import pytest

from analysis.config import ROOT
from analysis.data.intervals import Refused
from analysis.data.quantities import read

sys.path.append(str(ROOT / "benchmarks"))

import phrases

pytestmark = pytest.mark.thorough

TABLES = phrases.tables()
NEW = TABLES["phrases_of_new_writers.csv"]


@pytest.mark.parametrize(
    ("phrase", "expect", "first", "second", "made"),
    [
        ("$5 billion", "is", "5e9", "", "right"),
        ("$5 billion", "is", "6e9", "", "misread"),
        ("$5 billion", "about", "5e9", "", "misread"),  # no hedge is printed
        ("$5 to $6 billion", "range", "5e9", "6e9", "right"),
        ("$5 to $6 billion", "is", "5e9", "", "misread"),
        ("more than $5 billion", "at_least", "5e9", "", "right"),
        ("less than $5 billion", "at_most", "5e9", "", "right"),
        ("$984 million, up from $45 million", "later_earlier", "984e6", "45e6", "right"),
        ("$984 million, up from $45 million", "is", "984e6", "", "misread"),
        ("billions of dollars", "no_number", "", "", "right"),
        ("$5 billion", "no_number", "", "", "misread"),
        ("5 billion yuan", "refuse", "", "", "right"),
        ("$5 billion", "refuse", "", "", "misread"),
        ("5 billion yuan", "is", "5e9", "", "refused"),
    ],
)
def test_a_phrase_is_right_refused_or_misread(phrase, expect, first, second, made):
    row = {"unit": "USD", "phrase": phrase, "expect": expect, "first": first, "second": second}
    assert phrases.made_of(row) == made


def test_what_was_read_at_the_first_look_is_read_still():
    was = [row for row in NEW if row["first_look"] == "right"]
    assert [row["phrase"] for row in was if phrases.made_of(row) != "right"] == []


def test_of_what_new_writers_wrote_a_bound_for_a_hedge_is_all_that_is_read_otherwise():
    wrong = [row for row in NEW if phrases.made_of(row) == "misread"]
    assert wrong
    for row in wrong:
        (quantity,) = read(row["phrase"], row["unit"])
        assert (row["expect"], quantity.qualifier) == ("nearly", "less than")
        assert quantity.high == pytest.approx(float(row["first"]))


def test_no_new_phrase_that_a_reader_refuses_is_read():
    for row in NEW:
        if row["expect"] == "refuse":
            with pytest.raises(Refused):
                read(row["phrase"], row["unit"])


def test_the_published_table_is_what_the_grammar_makes_today():
    published = (ROOT / "benchmarks" / "PHRASES.md").read_text(encoding="utf-8")
    assert published == phrases.report(TABLES)
