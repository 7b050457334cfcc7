"""By how much one figure is the larger, in words."""

import pytest

from analysis.page.ahead import ahead, factor, leader_words, money, more
from analysis.page.language import speaking

NONE = float("nan")


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        ((10.0, 10.0, 8.0, 8.0), "25% more"),
        ((1.0, 1.0, 2.0, 2.0), "2 times as much"),
        ((1.0, 3.0, 2.0, 2.0), ""),  # either may be the larger
        ((1.0, 1.0, 0.0, 2.0), ""),
        ((1.0, NONE, 2.0, 2.0), ""),
    ],
)
def test_the_larger_figure_is_told_by_its_factor_where_it_has_one(ends, told):
    assert factor(*ends).replace("\N{NO-BREAK SPACE}", " ") == told


def test_a_half_whose_upper_end_is_open_is_so_much_or_more():
    half = {"china": NONE, "china_low": 1e9, "china_high": NONE, "unit": "USD"}
    assert money(half, "china") == "$1bn or more"


def test_a_floor_is_told_as_one_whatever_it_is_judged_by():
    half = {"china": NONE, "china_low": 1e9, "china_high": 1.1e9, "unit": "EUR"}
    assert money(half | {"china_logical_high": NONE}, "china") == "€1bn or more"
    assert money(half | {"china_logical_high": 1.2e9}, "china") == "€1bn to €1.1bn"


def test_who_is_ahead_has_a_name_in_the_language_that_is_spoken():
    assert ahead("ahead_on_the_one_record", "CHN") == "China"
    with speaking("ru"):
        assert ahead("ahead_on_the_one_record", "CHN") == "Китай"


@pytest.mark.parametrize(
    ("verdict", "told"),
    [
        ("level", "Level"),
        ("too_close", "Too close to call"),
        ("depends_on_the_record", "Depends on whose record"),
        ("no_pair", "Not known"),
    ],
)
def test_a_verdict_that_nobody_leads_is_told_by_itself(verdict, told):
    assert ahead(verdict) == told


def pair(china, russia, **more):
    """A pair of ties by its four ends."""
    ends = {"china_low": china[0], "china_high": china[1]}
    ends |= {"russia_low": russia[0], "russia_high": russia[1]}
    return ends | {"unit": "USD", "china": NONE, "russia": NONE, "leader": ""} | more


@pytest.mark.parametrize(
    ("china", "russia", "told"),
    [
        ((15.0, 15.0), (1.0, 1.0), "15 times as much"),
        ((1.0, 1.0), (15.0, 15.0), "15 times as much"),
        ((21.0, 21.0), (1.0, 1.0), "over 20 times as much"),
        ((1.0, 1.0), (21.0, 21.0), "over 20 times as much"),
        ((0.6, 0.6), (0.3, 0.3), "2 times as much"),
        ((2.0, NONE), (1.0, 1.0), ""),
    ],
)
def test_a_leader_is_told_by_how_much_up_to_twenty_times(china, russia, told):
    assert more(pair(china, russia)).replace("\N{NO-BREAK SPACE}", " ") == told


@pytest.mark.parametrize(
    ("floors", "china", "russia", "english", "russian"),
    [
        ("russia", (13.8, 13.8), (10.0, 11.0), "at most 38% more", "не более чем на 38 % больше"),
        (
            "china",
            (1.0, 1.1),
            (1.5, 1.5),
            "at most 1.5 times as much",
            "не более чем в 1,5 раза больше",
        ),
        (
            "russia",
            (8.0, 8.0),
            (4.0, 4.4),
            "at most 2 times as much",
            "не более чем в 2 раза больше",
        ),
        ("china", (12.0, 13.2), (10.0, 10.0), "at least 20% more", "не менее чем на 20 % больше"),
        (
            "russia",
            (2.0, 2.0),
            (6.0, 6.6),
            "at least 3 times as much",
            "не менее чем в 3 раза больше",
        ),
        (
            "russia",
            (63.0, 63.0),
            (2.0, 2.2),
            "at most 32 times as much",
            "не более чем в 32 раза больше",
        ),
        ("china", (63.0, 69.3), (2.0, 2.0), "over 20 times as much", "более чем в 20 раз больше"),
        # A bound is rounded so that it still is one: 1.622, 1.494, 1.4951, 2.19.
        (
            "russia",
            (43.8, 43.8),
            (27.0, 29.7),
            "at most 1.7 times as much",
            "не более чем в 1,7 раза больше",
        ),
        ("russia", (14.94, 14.94), (10.0, 11.0), "at most 50% more", "не более чем на 50 % больше"),
        ("china", (14.951, 16.4), (10.0, 10.0), "at least 49% more", "не менее чем на 49 % больше"),
        (
            "china",
            (21.9, 24.0),
            (10.0, 10.0),
            "at least 2.1 times as much",
            "не менее чем в 2,1 раза больше",
        ),
        (
            "china",
            (39.0, 42.9),
            (2.0, 2.0),
            "at least 19 times as much",
            "не менее чем в 19 раз больше",
        ),
        ("china russia", (63.0, 69.3), (2.0, 2.2), "", ""),
        ("china russia", (8.0, 8.8), (4.0, 4.4), "", ""),
    ],
)
def test_a_lead_over_or_of_a_floor_has_one_end(floors, china, russia, english, russian):
    both = {f"{side}_logical_high": NONE for side in floors.split()}
    row = pair(china, russia) | both
    assert more(row).replace("\N{NO-BREAK SPACE}", " ") == english
    with speaking("ru"):
        assert more(row).replace("\N{NO-BREAK SPACE}", " ") == russian


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (pair((10.0, 10.0), (8.0, 8.0), leader="CHN"), "China, 25% more"),
        (pair((2.0, NONE), (1.0, 1.0), leader="CHN"), "China"),
        (pair((8.0, 8.0), (8.0, 8.0), leader="level"), "Level"),
        (pair((-1.0, -1.0), (8.0, 8.0)), "Money was taken out"),
        (pair((NONE, NONE), (8.0, 8.0)), "Only Russia’s is known"),
        (pair((8.0, 8.0), (NONE, NONE)), "Only China’s is known"),
        (pair((NONE, NONE), (NONE, NONE)), "Not known"),
    ],
)
def test_who_is_ahead_on_one_pair_is_told_in_a_cell(row, told):
    assert leader_words(row).replace("\N{NO-BREAK SPACE}", " ") == told


def test_a_half_known_by_both_ends_is_told_by_them():
    half = pair((1.2e9, 1.5e9), (NONE, NONE))
    assert money(half, "china").replace("\N{NO-BREAK SPACE}", " ") == "$1.2bn to $1.5bn"


def test_a_half_that_alone_is_known_is_told_by_its_owner_in_either_language():
    half = pair((NONE, NONE), (8.0, 8.0))
    assert ahead("no_pair", known="RUS") == "Only Russia’s figure is known"
    with speaking("ru"):
        assert ahead("no_pair", known="RUS") == "Данные есть только по России"
        assert leader_words(half) == "Данные есть только по России"


def test_twenty_times_are_counted_in_russian():
    with speaking("ru"):
        assert more(pair((21.0, 21.0), (1.0, 1.0))) == "более чем в 20 раз больше"


def test_a_half_that_is_one_number_is_told_by_it_and_not_by_its_ends():
    half = pair((5.4e9, 5.5e9), (NONE, NONE)) | {"china": 5.43e9}
    assert money(half, "china") == "$5.43bn"
    assert money(half | {"unit": "persons"}, "china") != money(half, "china")


def test_who_is_ahead_on_both_records_is_told_in_russian_by_its_name():
    with speaking("ru"):
        assert ahead("ahead_on_both", "CHN").startswith("Китай")
