"""All the looks together: which rules are asked, and that each figure is told of once."""

import pandas as pd
import pytest

from analysis.data import looks
from analysis.data.another_look import Look

MADE = {name: pd.DataFrame() for name in ("figures", "trade", "indicators")}


def look(place, why):
    return Look(place, "found", "beside", why)


@pytest.fixture
def asked(monkeypatch):
    """Rules that find what is set down here, and what each was asked."""
    asked = []

    def rule(tables, changed):
        asked.append(changed)
        return [look("statistic", "rule")]

    monkeypatch.setattr(looks, "_OF_STATISTICS", (rule,))
    monkeypatch.setattr(
        looks,
        "read_otherwise",
        lambda tables, changed: [look("0", "otherwise")] if changed in ("", "article") else [],
    )
    monkeypatch.setattr(looks, "filled_down", lambda tables: [look("column", "filled down")])
    monkeypatch.setattr(looks, "worth_another_look", lambda *made: [look("1", "first")])
    monkeypatch.setattr(
        looks, "exchanged_in_figures", lambda *made: [look("1", "again"), look("2", "exchanged")]
    )
    monkeypatch.setattr(looks, "odd_figures", lambda *made: [look("2", "again"), look("3", "odd")])
    monkeypatch.setattr(
        looks, "far_from_witnesses", lambda *made: [look("3", "again"), look("4", "far")]
    )
    return asked


def told(*changed):
    return [(found.place, found.why) for found in looks.looks({}, MADE, *changed)]


OTHERWISE = [("0", "otherwise")]
OF_FIGURES = [("1", "first"), ("2", "exchanged"), ("3", "odd"), ("4", "far")]
OF_STATISTICS = [("column", "filled down"), ("statistic", "rule")]


def test_each_figure_is_told_of_once_and_figures_come_first(asked):
    assert told() == OTHERWISE + OF_FIGURES + OF_STATISTICS
    assert asked == [""]


@pytest.mark.parametrize("changed", ["article", "wdi", "fdi"])
def test_figures_are_looked_at_again_when_what_they_are_held_against_has_changed(asked, changed):
    first = OTHERWISE if changed == "article" else []
    assert told(changed) == first + OF_FIGURES + OF_STATISTICS
    assert asked == [changed]


def test_a_change_that_no_figure_rests_on_is_held_against_the_rules_of_statistics_alone(asked):
    assert told("gas_exports") == OF_STATISTICS
    assert asked == ["gas_exports"]
