"""Verdicts: who is ahead in a tie, how sure that is, and the small drawing of it."""

import re

import pytest

from analysis.page.verdict import CLOSE, DEPENDS, LEVEL, NEITHER, judge_tie, scale


def row(difference, width=0.0, *, word="", concept="trade_turnover", book="partner", **more):
    return {
        "comparison_id": f"{concept}-{book}",
        "concept": concept,
        "dimension": "trade",
        "book": book,
        "comparable": "yes",
        "reason": "",
        "difference": difference,
        "difference_low": difference - width,
        "difference_high": difference + width,
        "word": word,
    } | more


CHINA_FAR = row(0.65, word="several times larger")
CHINA_NEAR = row(0.24, word="clearly larger", book="own")
RUSSIA_NEAR = row(-0.08, word="slightly larger", book="own")
LEVEL_BOOK = row(0.0, word="about level")


@pytest.mark.parametrize(
    ("name", "rows", "leader", "confidence"),
    [
        ("Trade", (CHINA_FAR, CHINA_NEAR), "CHN", "high"),  # two books agree on who
        ("Trade", (CHINA_FAR, RUSSIA_NEAR), DEPENDS, "low"),
        ("Trade", (LEVEL_BOOK, RUSSIA_NEAR), DEPENDS, "low"),
        ("Trade", (CHINA_FAR,), "CHN", "high"),  # one book, D 0.65: 4.7 times
        ("Trade", (row(0.49, word="clearly larger"),), "CHN", "medium"),  # 2.9 times
        ("Investment held", (row(0.02, word="about level"),), LEVEL, "medium"),
        ("Investment held", (row(0.0, 0.2, word="too close to call"),), CLOSE, "low"),
        (
            "Investment held",
            (row(0.06, 0.04, word="about level to slightly larger"),),
            CLOSE,
            "low",
        ),
        ("Investment held", (), "", ""),
    ],
)
def test_a_tie_is_judged_by_its_books_and_its_width(name, rows, leader, confidence):
    tie = judge_tie(name, rows)
    assert (tie.leader, tie.confidence) == (leader, confidence)
    assert tie.because


def test_a_lead_of_three_times_is_sure_on_one_record():
    # 3 = (1 + D) / (1 - D) at D = 0.5
    assert judge_tie("Trade", (row(0.5, word="clearly larger"),)).confidence == "high"


def test_a_lead_on_a_condition_is_not_sure():
    tie = judge_tie(
        "Gas sold by pipeline",
        (row(1.0, word="almost all on one side", comparable="conditional", reason="two pages"),),
    )
    assert (tie.leader, tie.confidence) == ("CHN", "medium")
    assert tie.because.endswith("two pages")


def test_a_small_part_of_the_debt_is_no_lead():
    one = row(1.0, word="almost all on one side", concept="debt_share", china=0.01, russia=0.0)
    tie = judge_tie("Public debt", (one | {"dimension": "debt"},))
    assert tie.leader == NEITHER
    assert tie.words == "China 1% of it, Russia none"


def test_the_drawing_puts_level_in_the_middle_and_each_power_at_its_end():
    places = {}
    for name, one in (("level", LEVEL_BOOK), ("china", row(1.0)), ("russia", row(-1.0))):
        drawn = str(scale(judge_tie("Trade", (one | {"word": one["word"] or "x"},))))
        places[name] = drawn
    assert re.search(r'<circle class="china" cx="94.0"', places["china"])
    assert re.search(r'<path class="russia" d="M6.0 ', places["russia"])
    assert re.search(r'<rect class="even" x="46.5"', places["level"])


def test_the_countrys_own_book_is_hollow_in_the_drawing():
    drawn = str(scale(judge_tie("Trade", (CHINA_FAR, CHINA_NEAR))))
    assert drawn.count("china own") == 1
    assert scale(judge_tie("Investment held", ())) == ""
