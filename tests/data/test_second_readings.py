"""Two readings of one printed figure: where they differ, and where they only look so."""

import pandas as pd
import pytest

from analysis.config import RAW
from analysis.data.corrections import Correction
from analysis.data.raw_tables import FIGURES, RAW_FIGURES, RAW_TABLES, SCALES
from analysis.data.read import read_csv_strictly
from analysis.data.second_readings import NAME, difference, read_otherwise
from conftest import RAW_ROW

FIRST = {"printed": "$41 billion", "unit": "USD", "period_printed": "2016", "power": "CHN"}
SECOND = {"numbers": "41", "scale": "billion", "unit": "USD", "years": "2016", "power": "CHN"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {}),
        ({"printed": "about $41,000 million"}, {}),  # another scale, the same number
        ({"printed": "more than $41 billion"}, {}),
        ({"printed": "up to $41 billion"}, {}),
        ({"printed": "41%", "unit": "share"}, {"scale": "percent", "unit": ""}),
        ({"printed": "two", "unit": "count"}, {"numbers": "2", "scale": "", "unit": ""}),
        ({"printed": "$5 billion to $6 billion"}, {"numbers": "5 6"}),
        (
            {"printed": "$984 million, up from $45 million", "period_printed": "2015; 2005"},
            {"numbers": "984 45", "scale": "million", "years": "2005 2015"},
        ),
        ({"printed": "many billions of dollars"}, {"numbers": "", "scale": ""}),
        ({"printed": "far greater"}, {"numbers": "", "scale": "", "unit": ""}),
        ({"period_printed": ""}, {"years": ""}),
        ({"period_printed": "the first half of 2016"}, {}),
    ],
)
def test_two_readings_that_say_the_same_do_not_differ(first, second):
    assert difference(FIRST | first, SECOND | second) == ""


@pytest.mark.parametrize(
    ("first", "what"),
    [
        ({"printed": "$14 billion"}, "the number (two digits exchanged)"),
        ({"printed": "$42 billion"}, "the number"),
        ({"printed": "$41 million"}, "the scale"),
        ({"printed": "$41 trillion"}, "the scale"),
        ({"printed": "$40 billion to $41 billion"}, "the number"),
        ({"printed": "€41 billion", "unit": "EUR"}, "the unit"),
        ({"period_printed": "2015"}, "the year"),
        ({"period_printed": "2015 to 2016"}, "the year"),
        ({"power": "RUS"}, "the power"),
        ({"power": "", "period_printed": ""}, "the year and the power"),
    ],
)
def test_what_differs_is_named(first, what):
    assert difference(FIRST | first, SECOND) == f"two readings differ in {what}"


@pytest.fixture
def tables():
    """One figure of the article, read twice alike, and no other."""
    figures = pd.DataFrame([RAW_ROW], columns=list(RAW_FIGURES.schema.columns), index=[2])
    reading = SECOND | {"figure_id": RAW_ROW["figure_id"], "numbers": "12.5"}
    return {
        **dict.fromkeys(FIGURES, figures.iloc[:0]),
        "article": figures,
        NAME: pd.DataFrame([reading], index=[2]),
        "corrections": [],
    }


def test_a_figure_that_was_read_otherwise_is_worth_another_look(tables):
    assert read_otherwise(tables) == []
    tables["article"].loc[2, "printed"] = "$15.2 billion"
    (look,) = read_otherwise(tables)
    assert look.place == "kaz-trade-chn-2016"
    assert look.found == "$15.2 billion (2016, CHN)"
    assert look.beside == "12.5 billion USD 2016 CHN in second_readings.csv, row 2"
    assert look.why == (
        "two readings differ in the number (two digits exchanged): look at the source, and mend "
        "the row that is wrong"
    )


def test_a_figure_without_a_time_is_told_as_undated(tables):
    tables["article"].loc[2, ["printed", "period_printed"]] = ["$15.2 billion", ""]
    (look,) = read_otherwise(tables)
    assert look.found == "$15.2 billion (undated, CHN)"


def test_a_figure_without_a_second_reading_is_none_the_worse(tables):
    more = tables["article"].assign(figure_id="kaz-trade-chn-2015", printed="$10 billion")
    tables["article"] = pd.concat([tables["article"], more], ignore_index=True)
    assert read_otherwise(tables) == []


def test_a_reading_of_no_figure_is_worth_another_look(tables):
    tables[NAME].loc[2, "figure_id"] = "kaz-trade-chn-2061"
    (look,) = read_otherwise(tables)
    assert (look.place, look.found) == ("second_readings.csv, row 2", "kaz-trade-chn-2061")
    assert look.why == "a reading of no figure (was it renamed or taken out?)"


def test_what_the_source_prints_is_compared_and_not_what_was_put_in_its_place(tables):
    tables["article"].loc[2, "printed"] = "$12.4 billion"
    cells = ("kaz-trade-chn-2016", 2, "printed", "$12.5 billion", "$12.4 billion", "a slip")
    tables["corrections"] = [Correction(1, "article", *cells)]
    assert read_otherwise(tables) == []


def test_only_a_change_of_figures_or_readings_is_looked_at(tables):
    tables["article"].loc[2, "printed"] = "$15.2 billion"
    assert read_otherwise(tables, "wdi") == []
    assert len(read_otherwise(tables, "elsewhere")) == 1


def test_all_but_three_printed_figures_are_read_twice_and_both_readings_agree():
    tables = {"corrections": []}
    for name in (*FIGURES, NAME):
        tables[name], faults = read_csv_strictly(RAW / f"{name}.csv", RAW_TABLES[name])
        assert faults == []
    figures = {row for name in FIGURES for row in tables[name]["figure_id"]}
    # Two of one news agency's page and an embassy's, of which nobody else noted down anything.
    assert figures - set(tables[NAME]["figure_id"]) == {
        "uzb-investment-chn-2016-reuters",
        "uzb-investment-rus-2015-reuters",
        "tjk-write-off-rus-embassy",
    }
    assert read_otherwise(tables) == []
    assert set(tables[NAME]["scale"]) < set(SCALES)
