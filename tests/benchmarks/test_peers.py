"""What became of a page whose notebook fails, as the table of other tools says it."""

import sys

import pytest

from analysis.config import ROOT

sys.path.append(str(ROOT / "benchmarks"))

from bench import medians
from peers import Taken, said_most, told


@pytest.mark.parametrize(
    ("said", "after", "words"),
    [
        (
            "ZeroDivisionError: division by zero",
            b"sound",
            "ends with 1; the error is named; leaves the page of before as it was",
        ),
        (
            "failed",
            b"<pre>ZeroDivisionError</pre>",
            "ends with 1; the error is not named; puts in its place one with the error in it",
        ),
        (
            "failed",
            b"half a page",
            "ends with 1; the error is not named; puts in its place one without it",
        ),
        ("failed", b"", "ends with 1; the error is not named; removes the page of before"),
    ],
)
def test_a_tool_that_fails_is_told_by_its_page(said, after, words):
    assert told(Taken(1, 1, 1, said, 1), b"sound", after) == words


def test_a_tool_that_never_made_a_page_made_none():
    assert told(Taken(1, 1, 1, "", 0), b"", b"").endswith("makes no page")


def test_the_error_that_is_told_most_often_is_counted():
    said = "a NameError\nno fault\nanother Error\na NameError\n"
    assert said_most(said) == ("a NameError", 2)
    assert said_most("all is well") == ("", 0)


def test_what_a_way_took_is_the_middle_of_its_rounds():
    rounds = [{"ours": Taken(seconds, 10, 500, "")} for seconds in (3, 1, 2)]
    assert medians(rounds) == [{"ours": 2}, {"ours": 10}, {"ours": 500}]
