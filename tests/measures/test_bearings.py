"""What one record says to a claim, and what several come to, each worked out by hand."""

import pytest

from analysis.measures.bearings import (
    Bearing,
    ClaimVerdict,
    is_misdated,
    lead_borne_out,
    share_borne_out,
    together,
    value_borne_out,
)

FOR, AGAINST, OPEN = Bearing.FOR, Bearing.AGAINST, Bearing.OPEN
NONE = float("nan")


@pytest.mark.parametrize(
    ("bearings", "independent", "verdict"),
    [
        ([FOR, FOR], True, ClaimVerdict.HOLDS),
        ([FOR, OPEN], True, ClaimVerdict.HOLDS),
        ([FOR], False, ClaimVerdict.AS_SAID),
        ([FOR, AGAINST], True, ClaimVerdict.DEPENDS),
        ([AGAINST, OPEN], True, ClaimVerdict.NOT_SUPPORTED),
        ([OPEN], True, ClaimVerdict.NOT_TESTABLE),
        ([], False, ClaimVerdict.NOT_TESTABLE),
    ],
)
def test_records_come_to_one_verdict(bearings, independent, verdict):
    assert together(bearings, independent) == verdict


@pytest.mark.parametrize(
    ("low", "high", "claimed", "least", "bearing"),
    [
        (0.5, 0.6, "CHN", 3, FOR),  # at least (1 + 0.5) / (1 - 0.5)
        (0.5, 0.5, "CHN", 3.1, AGAINST),
        (0.5, 0.6, "CHN", 3.1, OPEN),  # from three to four times
        (-0.6, -0.5, "RUS", 3, FOR),
        (-0.6, -0.5, "CHN", 1, AGAINST),
        (0.01, 0.02, "CHN", 1, AGAINST),  # level: nobody leads
        (0.01, 0.02, "CHN", 2, AGAINST),
        (-0.3, 0.4, "CHN", 1, OPEN),
        (-0.3, -0.02, "CHN", 1, OPEN),  # behind, or level
        (-0.3, 0.4, "CHN", 2, OPEN),  # up to 2.3 times
        (-0.3, 0.2, "CHN", 2, AGAINST),  # at most 1.5 times
        (-0.04, 0.04, "level", 1, FOR),
        (0.06, 0.2, "level", 1, AGAINST),
        (-0.06, 0.2, "level", 1, OPEN),
        (1.0, 1.0, "CHN", 100, FOR),  # one side has all
        (NONE, NONE, "CHN", 1, OPEN),
    ],
)
def test_a_lead_is_borne_out_by_a_pair_of_figures(low, high, claimed, least, bearing):
    assert lead_borne_out({"low": low, "high": high}, claimed, least) == bearing


@pytest.mark.parametrize("least", [1, 2, 5])
@pytest.mark.parametrize("ends", [(0.1, 0.2), (-0.3, 0.4), (0.5, 0.9), (-0.9, -0.2), (-0.01, 0.02)])
def test_swapping_the_powers_mirrors_what_a_record_says(ends, least):
    mirrored = {"low": -ends[1], "high": -ends[0]}
    pair = {"low": ends[0], "high": ends[1]}
    assert lead_borne_out(pair, "CHN", least) == lead_borne_out(mirrored, "RUS", least)


def figure(low, high, logical=None, value=0.0, country="KGZ", period="2016", end="2016-12-31"):
    wide = logical or (low, high)
    return {
        "low": low,
        "high": high,
        "logical_low": wide[0],
        "logical_high": wide[1],
        "value": value,
        "country": country,
        "period_printed": period,
        "period_end": end,
        "as_of": "",
    }


LEVEL = figure(7.5, 8.5)


@pytest.mark.parametrize(
    ("found", "bearing"),
    [
        (figure(7.75, 7.85), FOR),
        (figure(8.5, 9.5), FOR),  # touching ends meet
        (figure(9.0, 9.5), AGAINST),
        (figure(9.0, 9.5, (8.0, 10.0)), AGAINST),  # a level is held by its interval
        (figure(6.0, 6.6, (6.0, NONE), value=NONE), FOR),  # more than six
        (figure(9.0, 9.9, (9.0, NONE), value=NONE), AGAINST),  # more than nine
        (figure(NONE, NONE, value=NONE), OPEN),
        (figure(7.75, 7.85, country="TJK"), AGAINST),  # another country's
    ],
)
def test_a_figure_is_borne_out_where_the_two_may_be_one(found, bearing):
    assert value_borne_out(LEVEL, [found]) == bearing


def test_parts_are_added_before_they_are_held_against_a_sum():
    assert value_borne_out(LEVEL, [figure(5.0, 5.1), figure(2.9, 3.0)]) == FOR
    assert value_borne_out(LEVEL, [figure(5.0, 5.1), figure(1.0, 1.1)]) == AGAINST


@pytest.mark.parametrize(
    ("found", "cited", "misdated"),
    [
        (figure(8, 8, period="2015", end="2015-12-31"), True, True),
        (figure(8, 8, period="2016-11", end="2016-11-30"), True, True),  # a month apart
        (figure(8, 8, period="2015", end="2015-12-31"), False, False),  # a year apart
        (figure(8, 8, period="2014", end="2014-12-31"), False, True),
        (figure(8, 8, period="", end=""), True, False),  # no date speaks against one
        (figure(8, 8, period="", end=""), False, False),
        (figure(8, 8), True, False),
    ],
)
def test_a_number_of_another_date_is_misdated(found, cited, misdated):
    assert is_misdated(LEVEL, found, cited) == misdated


@pytest.mark.parametrize(
    ("printed", "found", "bearing"),
    [
        (figure(0, 0, value=0.45), 0.42, FOR),
        (figure(0, 0, value=0.45), 0.3, AGAINST),
        (figure(0, 0, value=0.0), 0.05, AGAINST),  # a twentieth apart is too far
        (figure(0, 0, (0.5, NONE), value=NONE), 0.9, FOR),  # more than half
        (figure(0, 0, (0.5, NONE), value=NONE), 0.44, AGAINST),
        (figure(0, 0, (0.0, 0.3), value=NONE), 0.36, AGAINST),  # up to 30%
        (figure(0, 0, value=0.45), NONE, OPEN),
        (figure(0, 0, (NONE, NONE), value=NONE), 0.42, OPEN),
    ],
)
def test_a_share_may_lie_less_than_a_twentieth_apart(printed, found, bearing):
    assert share_borne_out(printed, found) == bearing
