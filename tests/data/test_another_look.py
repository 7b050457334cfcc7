"""Which figures are worth another look, and which are not."""

import pandas as pd
import pytest

from analysis.config import PROCESSED
from analysis.data import store
from analysis.data.another_look import (
    Look,
    by_key,
    filled_down,
    records_of,
    worth_another_look,
    year_of,
)

FIGURE = {
    "figure_id": "f",
    "country": "KGZ",
    "power": "CHN",
    "counterpart": "",
    "indicator": "trade_turnover",
    "state": "value",
    "reporter": "",
    "coverage": "bilateral",
    "printed": "words",
    "unit": "USD",
    "low": 0.0,
    "high": 0.0,
    "period_start": "2016-01-01",
    "period_end": "2016-12-31",
    "as_of": "",
}


def flow(reporter, partner, way, value, dataset="d"):
    names = ("reporter", "partner", "flow", "value", "dataset")
    return dict(zip(names, (reporter, partner, way, value, dataset), strict=True)) | {"year": 2016}


# Kyrgyzstan's record makes 1.5 billion, China's 5.7: almost fourfold, and both are records.
TRADE = pd.DataFrame(
    [
        flow("KGZ", "CHN", "export", 0.1e9),
        flow("KGZ", "CHN", "import", 1.4e9),
        flow("CHN", "KGZ", "export", 5.6e9),
        flow("CHN", "KGZ", "import", 0.1e9),
        flow("KGZ", "CHN", "export", 40e9, "half"),  # without imports it is no turnover
    ]
)


def statistic(counterpart, power, indicator, value, unit="USD", year=2016):
    return {
        "country": "KGZ",
        "counterpart": counterpart,
        "power": power,
        "indicator": indicator,
        "year": year,
        "value": value,
        "unit": unit,
        "dataset": "ids",
        "vintage": "2025-12",
    }


STATISTICS = pd.DataFrame(
    [
        statistic("China", "CHN", "debt_owed", 1.5e9),
        statistic("China", "CHN", "debt_owed", 1.3e9, year=2015),
        statistic("Japan", "", "debt_owed", 0.2e9),
        statistic("all", "", "debt_owed", 3.75e9),
        statistic("", "", "population", 6.08e6, "persons"),
    ]
)
TEN = "ten times (a digit too many, or a point in the wrong place?)"
TENTH = "a tenth (a digit missing, or a point in the wrong place?)"


def look(low, high=None, **changes):
    figure = FIGURE | {"low": low, "high": low if high is None else high} | changes
    return [one.why for one in worth_another_look(pd.DataFrame([figure]), TRADE, STATISTICS)]


@pytest.mark.parametrize(
    ("low", "high"),
    [
        (1.5e9, 1.5e9),
        (5.7e9, 5.7e9),
        (17e9, 17e9),  # 2.98 times China's
        (0.51e9, 0.51e9),  # 2.94 times below Kyrgyzstan's
        (3e9, 3e9),  # between the two
        (1e9, float("nan")),  # an open end takes every record in
        (float("nan"), 0.6e9),
    ],
)
def test_a_figure_within_threefold_of_any_record_is_let_be(low, high):
    assert look(low, high) == []


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (17.5e9, "3.1 times apart, and no record is nearer"),
        (0.45e9, "3.3 times apart, and no record is nearer"),
        (57e9, TEN),
        (15e9, TEN),  # of 1.5 billion, though 2.6 times China's alone
        (1.5e6, "a thousandth (one scale too low, as million for billion?)"),
        (5.7e12, "a thousand times (one scale too high, as billion for million?)"),
    ],
)
def test_a_figure_far_from_every_record_or_one_slip_away_is_told(value, why):
    assert look(value) == [why]


@pytest.mark.parametrize(
    ("low", "high", "why"),
    [
        (14e9, 16e9, TEN),  # 15 in the middle, ten times 1.5
        (15e9, float("nan"), TEN),
        (float("nan"), 0.15e9, TENTH),
    ],
)
def test_a_slip_is_looked_for_in_the_middle_of_a_range_and_at_the_one_end_of_an_open_one(
    low, high, why
):
    assert look(low, high) == [why]


@pytest.mark.parametrize(
    ("reporter", "value", "told"),
    [
        ("CHN", 5.2e9, 0),  # 3.5 times Kyrgyzstan's record, where China's is not in the tables
        ("CHN", 6.1e9, 1),
        ("KGZ", 5.2e9, 1),  # held against its own
        ("", 5.2e9, 1),
    ],
)
def test_one_sides_figure_may_lie_fourfold_from_the_others_only_record(reporter, value, told):
    own = TRADE[TRADE["reporter"] == "KGZ"]
    figure = FIGURE | {"low": value, "high": value, "reporter": reporter}
    assert len(worth_another_look(pd.DataFrame([figure]), own, STATISTICS)) == told


def test_a_slip_is_not_seen_where_another_record_bears_the_figure_out():
    new = [flow("CHN", "KGZ", way, 7.5e9, "new") for way in ("export", "import")]
    figure = pd.DataFrame([FIGURE | {"low": 15e9, "high": 15e9}])
    assert worth_another_look(figure, pd.concat([TRADE, pd.DataFrame(new)]), STATISTICS) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"power": "RUS"}, 0),  # no record of it
        ({"counterpart": "KAZ"}, 0),  # trade with a third country
        ({"period_end": "2016-09-30"}, 0),  # no whole year
        ({"state": "not_reported"}, 0),
        ({"unit": "EUR"}, 0),
        ({"indicator": "trade_target"}, 0),  # hoped for, and no record
        ({"indicator": "imports"}, 1),
    ],
)
def test_only_what_a_record_measures_is_held_against_it(changes, told):
    assert len(look(90e9, **changes)) == told


def test_a_stock_within_a_year_is_held_against_the_ends_of_two():
    owed = {"indicator": "debt_owed", "as_of": "2016-06-30"}
    assert look(4.4e9, **owed) == []  # 2.9 times what stood at the end
    assert look(0.44e9, **owed) == []  # 2.95 below what stood at the beginning
    assert look(5e9, **owed) == ["3.3 times apart, and no record is nearer"]


def test_a_share_is_held_against_the_quotient_of_two_statistics():
    share = {"indicator": "debt_share", "unit": "share", "as_of": "2016-12-31"}
    assert look(0.41, **share) == []  # 1.5 of 3.75 is 40%
    assert look(0.04, **share) == [TENTH]


@pytest.mark.parametrize(
    ("low", "changes", "beside"),
    [
        (0.04, {"indicator": "debt_share", "unit": "share", "as_of": "2016-12-31"}, "40.0% by"),
        (90e9, {"indicator": "debt_owed", "as_of": "2016-12-31"}, "1.5 billion USD"),
        (90e9, {"indicator": "debt_owed", "power": "", "coverage": "all_sources"}, "3.75 billion"),
    ],
)
def test_beside_a_figure_stands_the_nearest_record_in_its_own_unit(low, changes, beside):
    figure = FIGURE | {"low": low, "high": low} | changes
    (found,) = worth_another_look(pd.DataFrame([figure]), TRADE, STATISTICS)
    assert found.beside.startswith(beside)


def test_money_from_one_sender_is_held_against_it_and_that_from_all_against_all():
    rows = [
        statistic("Russia", "RUS", "remittances", 1e9),
        statistic("", "", "remittances_received", 2e9),
    ]
    sent = FIGURE | {"indicator": "remittances", "low": 90e9, "high": 90e9}
    figures = [sent | {"power": "RUS"}, sent | {"power": "", "coverage": "all_sources"}]
    found = worth_another_look(pd.DataFrame(figures), TRADE, pd.DataFrame(rows))
    assert [one.beside.split(" USD")[0] for one in found] == ["1 billion", "2 billion"]


def test_people_are_held_against_people():
    people = {"indicator": "population", "unit": "persons", "power": ""}
    assert look(8e6, **people) == []
    assert look(60.8e6, **people) == [TEN]


def test_of_the_shipped_figures_one_is_far_from_its_table():
    names = ("figures", "trade", "indicators")
    looks = worth_another_look(*(store.load_table(name, PROCESSED) for name in names))
    # The page speaks of goods and services, and its count of 2025 is China's.
    assert [look.place for look in looks] == ["kgz-exports-chn-2025-stated"]


def filled(*values):
    """The raw tables, with these values one below the other in one of them."""
    empty = pd.DataFrame({"year": [], "value": []}, dtype=str)
    years = [str(2016 + number) for number in range(len(values))]
    rows = pd.DataFrame({"year": years, "value": list(values)}, index=range(2, len(values) + 2))
    names = ("trade_pairs", "trade_all_partners", "wdi", "remittances", "fdi")
    return dict.fromkeys(names, empty) | {"wdi": rows}


def test_a_number_that_repeats_the_row_above_is_told_beside_it():
    (look,) = filled_down(filled("81500", "123456", "123456"))
    assert look == Look(
        "wdi.csv, row 4",
        "2018 123456",
        "the row above: 2017 123456",
        "the same number to the digit (was the column filled down?)",
    )


def test_a_number_of_three_digits_may_stand_twice():
    assert filled_down(filled("123", "123")) == []
    assert filled_down(filled("0.00123000", "0.00123000")) == []
    assert len(filled_down(filled("1234", "1234"))) == 1


def test_a_quotient_names_what_was_divided_and_its_edition():
    share = FIGURE | {"indicator": "debt_share", "unit": "share", "as_of": "2016-12-31"}
    known = by_key(STATISTICS, ["country", "indicator", "year"])
    told = [what for what, _ in records_of(share, {}, known)]
    assert "by debt_owed over debt_owed in ids (2025-12), 2016" in told


@pytest.mark.parametrize(
    ("period", "year"),
    [
        ({}, 2016),
        ({"as_of": "2015-06-30"}, 2015),
        ({"period_end": "2017-12-31"}, 0),
        ({"period_end": "2016-06-30"}, 0),
    ],
)
def test_a_figure_is_of_a_whole_year_or_a_day_or_of_none(period, year):
    assert year_of(FIGURE | period) == year
