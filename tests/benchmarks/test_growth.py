"""What the benchmark of growth lets grow, and how it tells what it measured."""

import sys

import pytest

from analysis.config import PROCESSED, RAW, ROOT
from analysis.data.load import load_raw
from analysis.data.parts import MADE_OF
from analysis.data.store import load_table
from analysis.measures import leads

sys.path.append(str(ROOT / "benchmarks"))

import scale

pytestmark = pytest.mark.thorough


def test_every_raw_row_that_a_table_is_made_of_is_cleaned_as_often_as_it_is_repeated():
    raw = load_raw(RAW)
    once = scale.clean_all(raw)
    made = (name for name in MADE_OF if name != "countries")
    assert once == sum(len(load_table(name, PROCESSED)) for name in made)
    assert scale.clean_all(scale.repeated(raw, 2)) == 2 * once


def test_more_countries_are_compared_as_those_of_today_are():
    trade = load_table("trade_world", PROCESSED)
    trade = trade[trade["year"] >= 2023]
    today, twice = (leads.world(scale.more_countries(trade, worlds)) for worlds in (1, 2))
    assert len(twice) == 2 * len(today)


def test_every_step_is_measured_at_every_size_that_it_grows_to(monkeypatch):
    monkeypatch.setattr(scale, "TIMES", (1, 2))
    monkeypatch.setattr(scale, "WORLDS", (1, 2))
    read, cleaned, world, five = (points for _, points in scale.steps(1))
    rows = read[0][0]
    assert [size for size, _ in cleaned] == [rows, 2 * rows]
    assert world[1][0] > 1.9 * world[0][0]
    assert len(five) == 1
    assert all(seconds > 0 for points in (read, cleaned, world, five) for _, seconds in points)


def test_a_growth_is_told_as_the_power_of_the_size():
    assert scale.exponent([(1, 3.0), (10, 30.0), (100, 300.0)]) == pytest.approx(1.0)
    assert scale.exponent([(1, 2.0), (4, 32.0)]) == pytest.approx(2.0)
    lines = scale.pages_table({(10, 1): [(20.0, 400.0)], (100, 1): [(200.0, 500.0)]})
    assert lines[2:] == [
        "| 10 | 1 | 20 | 2.00 | 400 | 40.0 |",
        "| 100 | 1 | 200 | 2.00 | 500 | 5.0 |",
        "",
        "With one process the time grows as size to the 1.00.",
    ]
