"""The rules of judgement, each by hand and as a property."""

from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.judgement import (
    Change,
    Confidence,
    Judged,
    Position,
    Verdict,
    changes_of_lead,
    confidence,
    first_time_since,
    is_weighty,
    judge,
    leader_of,
)

LEADERS = ["CHN", "RUS", "level", "too_close", ""]
MIRROR = {"CHN": "RUS", "RUS": "CHN", "level": "level", "too_close": "too_close", "": ""}
ENDS = st.floats(-1, 1).map(lambda number: round(number, 6))


@pytest.mark.parametrize(
    ("low", "high", "leader"),
    [
        (0.053, 0.053, "CHN"),
        (0.05, 0.2, "CHN"),
        (-0.3, -0.05, "RUS"),
        (-0.049, 0.049, "level"),
        (0.0, 0.0, "level"),
        (0.04, 0.05, "too_close"),
        (0.02, 0.3, "too_close"),
        (-0.2, -0.04, "too_close"),
        (-0.5, 0.5, "too_close"),
        (nan, 0.2, ""),
        (0.2, nan, ""),
    ],
)
def test_the_leader_is_chosen_by_the_whole_interval(low, high, leader):
    assert leader_of(low, high) == leader


@pytest.mark.parametrize(
    ("own", "partner", "verdict", "leader"),
    [
        ("CHN", "CHN", Verdict.BOTH, "CHN"),
        ("RUS", "level", Verdict.OR_LEVEL, "RUS"),
        ("level", "CHN", Verdict.OR_LEVEL, "CHN"),
        ("CHN", "too_close", Verdict.OR_TOO_CLOSE, "CHN"),
        ("too_close", "RUS", Verdict.OR_TOO_CLOSE, "RUS"),
        ("level", "level", Verdict.LEVEL, ""),
        ("level", "too_close", Verdict.TOO_CLOSE, ""),
        ("too_close", "too_close", Verdict.TOO_CLOSE, ""),
        ("CHN", "RUS", Verdict.DEPENDS, ""),
        ("RUS", "CHN", Verdict.DEPENDS, ""),
        ("", "CHN", Verdict.ONE_RECORD, "CHN"),
        ("RUS", "", Verdict.ONE_RECORD, "RUS"),
        ("", "level", Verdict.LEVEL, ""),
        ("", "", Verdict.NONE, ""),
    ],
)
def test_two_records_are_judged_together(own, partner, verdict, leader):
    assert judge({"own": own, "partner": partner}) == Judged(verdict, leader)


def test_it_depends_on_the_record_only_where_the_leaders_differ():
    for own in LEADERS:
        for partner in LEADERS:
            judged = judge({"own": own, "partner": partner})
            assert (judged.verdict == Verdict.DEPENDS) == ({own, partner} == {"CHN", "RUS"})


def test_swapping_the_powers_mirrors_every_verdict():
    for own in LEADERS:
        for partner in LEADERS:
            judged = judge({"own": own, "partner": partner})
            swapped = judge({"own": MIRROR[own], "partner": MIRROR[partner]})
            assert swapped == Judged(judged.verdict, MIRROR[judged.leader])


@given(ENDS, ENDS)
def test_swapping_the_powers_mirrors_the_leader(one, other):
    low, high = sorted((one, other))
    assert leader_of(-high, -low) == MIRROR[leader_of(low, high)]


@given(ENDS, ENDS, st.floats(0, 1), st.floats(0, 1))
def test_widening_an_interval_never_names_a_leader_that_was_not_there(one, other, less, more):
    low, high = sorted((one, other))
    before, after = leader_of(low, high), leader_of(low - less, high + more)
    assert after in (before, Position.TOO_CLOSE)


def test_a_power_takes_the_lead_in_the_first_of_two_years_running():
    years = {2015: "RUS", 2016: "RUS", 2017: "CHN", 2018: "RUS", 2019: "CHN", 2020: "CHN"}
    assert changes_of_lead(years) == [
        Change(2015, "RUS", "", preliminary=False, lasting=False),
        Change(2019, "CHN", "RUS", preliminary=False, lasting=True),
    ]


def test_the_lead_is_kept_through_level_and_close_and_missing_years():
    years = {2001: "RUS", 2002: "RUS", 2003: "level", 2005: "too_close", 2006: "CHN", 2008: "CHN"}
    assert [(change.year, change.leader) for change in changes_of_lead(years)] == [(2001, "RUS")]


def test_a_preliminary_second_year_is_said():
    years = {2020: "RUS", 2021: "RUS", 2022: "CHN", 2023: "CHN"}
    assert changes_of_lead(years, preliminary=[2023])[-1] == Change(
        2022, "CHN", "RUS", preliminary=True, lasting=True
    )


@given(
    st.dictionaries(st.integers(2000, 2025), st.sampled_from(LEADERS), max_size=20),
    st.sampled_from(LEADERS),
)
def test_a_newer_year_changes_no_earlier_change_of_lead(years, newest):
    before = [(c.year, c.leader) for c in changes_of_lead(years)]
    longer = years | {max(years, default=2000) + 1: newest}
    after = [(c.year, c.leader) for c in changes_of_lead(longer)]
    assert after[: len(before)] == before
    assert len(after) <= len(before) + 1


@given(st.dictionaries(st.integers(2000, 2025), st.sampled_from(LEADERS), max_size=20))
def test_swapping_the_powers_mirrors_every_change(years):
    swapped = {year: MIRROR[leader] for year, leader in years.items()}
    assert [(c.year, MIRROR[c.leader]) for c in changes_of_lead(years)] == [
        (c.year, c.leader) for c in changes_of_lead(swapped)
    ]


@pytest.mark.parametrize(
    ("years", "since"),
    [
        ({2010: "CHN", 2011: "RUS", 2023: "CHN"}, 2010),
        ({2022: "CHN", 2023: "CHN"}, None),
        ({2022: "RUS", 2023: "CHN"}, None),
        ({2022: "RUS", 2023: "level"}, None),
        ({}, None),
    ],
)
def test_a_single_last_year_is_the_first_since_a_year(years, since):
    assert first_time_since(years) == since


@pytest.mark.parametrize(
    ("grades", "leaders", "logical", "unnamed", "sure"),
    [
        (["table"], ["CHN", "CHN"], ["CHN", "CHN"], 0.0, Confidence.HIGH),
        (["table"], ["CHN"], ["CHN"], 0.25, Confidence.HIGH),
        (["stated"], ["CHN", "CHN"], ["CHN", "CHN"], 0.0, Confidence.MEDIUM),
        (["table"], ["CHN", "level"], ["CHN", "level"], 0.0, Confidence.MEDIUM),
        (["table"], ["CHN"], ["too_close"], 0.0, Confidence.MEDIUM),
        (["stated", "table"], ["CHN", "RUS"], ["CHN", "RUS"], 0.0, Confidence.LOW),
        (["derived"], ["CHN", "RUS"], ["CHN", "level"], 0.0, Confidence.LOW),
        (["table"], ["CHN"], ["CHN"], 0.26, Confidence.LOW),
    ],
)
def test_how_sure_falls_a_step_for_each_thing_that_fails(grades, leaders, logical, unnamed, sure):
    assert confidence(grades, leaders, logical, unnamed) == sure


@pytest.mark.parametrize(
    ("china", "russia", "whole", "weighty"),
    [
        (1.0, 0.0, 100.0, True),
        (0.99, 0.99, 100.0, False),
        (nan, 5.0, 100.0, True),
        (nan, nan, 100.0, False),
        (5.0, 5.0, nan, False),
        (5.0, 5.0, 0.0, False),
    ],
)
def test_a_hundredth_of_the_whole_is_weighty(china, russia, whole, weighty):
    assert is_weighty(china, russia, whole) == weighty
