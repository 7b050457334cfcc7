"""The six slips, what becomes of a damage, and how many there are of each."""

import copy
import random
import shutil
import sys

import pandas as pd
import pytest

from analysis.config import RAW, ROOT
from analysis.data.another_look import Look
from analysis.data.faults import RawDataError
from analysis.data.load import load_raw
from analysis.data.seals import renew_seals
from analysis.data.second_readings import DIFFER

sys.path.append(str(ROOT / "benchmarks"))

import damage
import slips
import tally

pytestmark = pytest.mark.thorough

FIGURE = {
    "figure_id": "kaz-trade-chn-2016",
    "printed": "$41 billion",
    "period_printed": "2016",
    "power": "CHN",
    "unit": "USD",
}
FLOW = {
    "dataset": "d",
    "reporter": "CHN",
    "partner": "RUS",
    "flow": "export",
    "year": "2016",
    "value": "1200",
}


def draw():
    return random.Random(0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("$41 billion", {"$14 billion"}),
        ("1.5", {"5.1"}),  # neighbours across the point
        ("1,278", {"2,178", "1,728", "1,287"}),
        ("1.4E+12", {"4.1E+12"}),  # an exponent is left
        ("77", {"77"}),  # equal digits say the same
        ("nearly half", {"nearly half"}),
        ("3 of 5", {"3 of 5"}),  # no neighbours
    ],
)
def test_two_neighbouring_digits_that_differ_are_exchanged(text, said):
    assert {slips.exchanged(text, random.Random(seed)) for seed in range(20)} == said


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("$984 million, up from $45 million", "$984 billion, up from $45 million"),
        ("20 billion cubic metres", "20 trillion cubic metres"),
        ("13,283", "13,283,000"),
        ("5.92%", "5920%"),
        ("a third", "a third"),
    ],
)
def test_the_next_scale_word_or_a_thousand_times_the_number(printed, said):
    assert slips.thousandfold(printed) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [("about $41 billion", "about -$41 billion"), ("12.5", "-12.5"), ("-3", "3"), ("none", "none")],
)
def test_a_minus_stands_before_number_and_currency(text, said):
    assert slips.negative(text) == said


def test_one_of_the_years_becomes_the_one_before_or_after():
    said = {slips.other_year("2015 to 2017", random.Random(seed)) for seed in range(30)}
    assert said == {"2014 to 2017", "2016 to 2017", "2015 to 2016", "2015 to 2018"}


def test_a_figure_has_six_slips_and_the_currency_changes_in_words_and_unit():
    found = slips.slips_in_figure(FIGURE, draw())
    assert list(found) == ["digits", "thousand", "sign", "year", "power", "unit"]
    assert found["power"] == {"power": "RUS"}
    assert found["unit"] == {"unit": "EUR", "printed": "€41 billion"}


def test_a_slip_that_has_nothing_to_be_made_in_is_none():
    row = FIGURE | {"printed": "$44 billion", "period_printed": "", "power": ""}
    assert list(slips.slips_in_figure(row, draw())) == ["thousand", "sign", "unit"]


def test_a_statistic_without_units_is_put_down_in_thousands_and_its_last_power_is_changed():
    found = slips.slips_in_statistic(FLOW, draw())
    assert found["thousand"] == {"value": "1200000"}
    assert found["unit"] == {"value": "1"}  # to no more decimals than the table has
    assert found["power"] == {"partner": "CHN"}
    assert found["digits"] in ({"value": "2100"}, {"value": "1020"})


def test_a_statistic_with_a_unit_has_that_changed_and_nought_cannot_be_scaled():
    found = slips.slips_in_statistic({"value": "0", "unit": "bcm", "year": "2016"}, draw())
    assert list(found) == ["year", "unit"]
    assert found["unit"] == {"unit": "m3"}


def test_a_sum_put_down_in_thousands_keeps_no_nought_behind_the_point():
    found = slips.slips_in_statistic({"value": "61479.00", "year": "2016"}, draw())
    assert found["thousand"] == {"value": "61479000"}
    assert found["unit"] == {"value": "61.48"}


def test_as_many_rows_are_drawn_of_each_table_and_all_of_a_small_one():
    assert damage.shares({"a": 3, "b": 100, "c": 100}, 44) == {"a": 3, "b": 21, "c": 20}
    assert damage.shares({"a": 3, "b": 4}, 100) == {"a": 3, "b": 4}


def test_rows_differ_only_where_a_reader_would_see_it():
    before = {"verdicts KAZ trade newest": {"leader": "CHN", "unnamed": 0.12341, "year": 2016}}
    same = {"verdicts KAZ trade newest": {"leader": "CHN", "unnamed": 0.12342, "year": 2016}}
    other = {"verdicts KAZ trade newest": {"leader": "RUS", "unnamed": 0.12341, "year": 2016}}
    assert damage.changes(before, same) == []
    ((table, key, one, two),) = damage.changes(before, other)
    assert (table, key) == ("verdicts", "KAZ trade newest")
    assert (one["leader"], two["leader"]) == ("CHN", "RUS")


def test_a_row_that_is_gone_or_new_is_a_change():
    row = {"checks c": {"outcome": "agrees"}}
    assert damage.changes(row, {}) == [("checks", "c", {"outcome": "agrees"}, {})]
    assert damage.changes({}, row) == [("checks", "c", {}, {"outcome": "agrees"})]


def test_a_look_whose_numbers_alone_moved_is_not_a_new_one():
    look = Look("trade.csv", "12 (UZB export 2016)", "10", "5 times above it")
    moved = Look("trade.csv", "13 (UZB export 2016)", "11", "6.1 times above it")
    other = Look("trade.csv", "12 (UZB export 2020)", "10", "5 times above it")
    assert damage.identity(look) == damage.identity(moved) != damage.identity(other)


def test_a_rule_is_named_without_its_numbers_and_names():
    assert tally.rule_of("power", "RUS, as in kgz-debt-rus") == "power: a power"
    assert tally.rule_of("value", "at most 1.5e+09, as WLD") == "value: at most 0, as WLD"


def test_the_interval_of_a_share_is_wilsons():
    # 5 of 100: centre (0.05 + 0.019208) / 1.038416 = 0.066648, half 0.045177
    assert tally.interval(5, 100) == pytest.approx((0.02154, 0.11175), abs=1e-4)
    assert tally.interval(0, 0) == (0.0, 1.0)


def test_the_table_counts_each_outcome_and_what_the_seal_would_have_caught():
    made = [
        damage.Damage("wdi", 2, "digits", (("value", "21"),)),
        damage.Damage("wdi", 3, "digits", (("value", "31"),)),
        damage.Damage("article", 2, "sign", (("printed", "-$1 billion"),)),
    ]
    seen = [
        tally.Noticed("silent"),
        tally.Noticed("flagged", "look: far", "far"),
        tally.Noticed("refused", "printed: a number", "a number"),
    ]
    tables = {"wdi": pd.DataFrame({"country": ["KAZ"], "value": ["12"]}, index=[2])}
    text = tally.report(tables, made, seen)
    lines = [line for line in text.splitlines() if line.startswith("| all ")]
    assert lines == [
        "| all | 3 | 1 (33.3%) | 1 (33.3%) | 0 (0.0%) | 1 (33.3%) | 6.1% to 79.2% | 0 of 3 (0.0%) "
        "| 67% |"
    ]
    assert "| digits | wdi | 1 | KAZ: 12 -> 21 |" in text


def test_what_two_witnesses_alone_notice_is_counted_where_all_were_asked():
    made = [damage.Damage("wdi", 2, "digits", (("value", str(value)),)) for value in range(5)]
    seen = [
        tally.Noticed("refused", tally.CONTROL, alone=True),
        tally.Noticed("refused", tally.CONTROL),
        tally.Noticed("flagged", f"look: {DIFFER} the year", alone=True, by_all=False),
        tally.Noticed("moved", "page: KAZ", "It fell."),
        tally.Noticed("silent", by_all=False),
    ]
    tables = {"wdi": pd.DataFrame({"country": ["KAZ"], "value": ["12"]}, index=[2])}
    text = tally.report(tables, made, seen)
    assert "| 1 of 3 (33.3%) | 100% |" in text
    # The first and the one that moved, of the three of which all were asked.
    told = " ".join(text.split())
    assert "without the two up to 2 of the 3 would have been silent" in told
    assert "With them 1 of 5 are silent: 20.0%." in told
    assert "| control totals: the edition no longer comes to what its file came to | 2 |" in text


def test_what_moved_is_named_and_what_is_silent_is_listed_by_what_a_page_could_print():
    tables = {"wdi": pd.DataFrame({"country": ["KAZ"], "value": ["123456"]}, index=[2])}
    made = [
        damage.Damage("wdi", 2, "digits", (("value", value),))
        for value in ("123465", "213456", "132456")
    ]
    seen = [tally.Noticed(kind) for kind in ("silent", "silent")]
    text = tally.report(tables, made, [*seen, tally.Noticed("moved", "page: KAZ", "It fell |.")])
    assert "| KAZ: 123456 -> 132456 | page: KAZ | It fell /. |" in text
    large, _, small = text.partition("### Below what any page prints (1)")
    assert large.endswith(
        "### What a page could print (1)\n\n- wdi, digits: KAZ: 123456 -> 213456\n\n"
    )
    assert small == "\n\n- wdi, digits: KAZ: 123456 -> 123465\n"


def test_a_change_is_small_where_three_digits_do_not_show_it():
    names = [tally.size_of(10_000, after) for after in (10_004, 10_006, 10_600, -10_000)]
    assert names == ["below 0.05%, which no page prints", "0.05% to 5%", "above 5%", "above 5%"]
    assert tally.size_of(0, 1) == "above 5%"


@pytest.fixture(scope="module")
def project():
    return damage.Project()


@pytest.fixture(scope="module")
def alone(project):
    """The project with hardly a second reading or a control total."""
    few = copy.copy(project)
    few.tables = project.tables | {
        name: project.tables[name].iloc[:1] for name in ("second_readings", "control_totals")
    }
    return few


def slip(project, table, key, kind, cells):
    """A damage in the row whose cells are these."""
    rows = project.tables[table]
    (line,) = rows.index[(rows[list(key)] == pd.Series(key)).all(axis=1)]
    return damage.Damage(table, int(line), kind, tuple(cells.items()))


# One of each outcome, in the real data; the sealed tables as someone leaves them who renews seals.
FLOW_OF_2016 = {"dataset": "dots2022", "reporter": "KGZ", "flow": "import", "year": "2016"}
PEOPLE = {"origin": "CHN", "destination": "KAZ", "year": "1990"}
FDI_OF_2024 = {"figure_id": "tjk-fdi-chn-2024-stated"}
REAL = [
    ("article", {"figure_id": "kgz-trade-chn-2016"}, {"power": "RUS"}, "refused"),
    ("trade_pairs", FLOW_OF_2016 | {"partner": "CHN"}, {"year": "2017"}, "refused"),
    ("article", {"figure_id": "kgz-trade-chn-2016"}, {"printed": "$5.7 trillion"}, "flagged"),
    ("article", {"figure_id": "kgz-trade-chn-2016"}, {"printed": "$5.6 billion"}, "moved"),
    ("stated_investment", FDI_OF_2024, {"printed": "$159 million"}, "moved"),  # on a page alone
    ("migrant_stock", PEOPLE, {"value": "66384"}, "silent"),
]


@pytest.mark.parametrize(("table", "key", "cells", "outcome"), REAL)
def test_what_becomes_of_a_damage_in_the_real_data(alone, table, key, cells, outcome):
    made = slip(alone, table, key, "any", cells)
    assert alone.noticed(made).outcome == outcome


TWICE_READ = [
    ("article", {"figure_id": "kgz-trade-chn-2016"}, {"printed": "$5.6 billion"}, "number"),
    ("stated_investment", FDI_OF_2024, {"printed": "$159 million"}, "number"),
    ("stated_investment", FDI_OF_2024, {"printed": "$105.9 million"}, "number (two digits"),
]


@pytest.mark.parametrize(("table", "key", "cells", "what"), TWICE_READ)
@pytest.mark.parametrize("by_all", [True, False])
def test_a_second_reading_flags_what_would_be_no_more_than_moved(
    project, table, key, cells, what, by_all
):
    seen = project.noticed(slip(project, table, key, "digits", cells), by_all)
    assert seen.outcome == "flagged"
    assert seen.by.startswith(f"look: {DIFFER} the {what}")
    assert seen.alone is by_all


@pytest.mark.parametrize("by_all", [True, False])
def test_control_totals_refuse_a_damage_that_would_be_silent(project, by_all):
    seen = project.noticed(
        slip(project, "migrant_stock", PEOPLE, "digits", {"value": "66338"}), by_all
    )
    assert (seen.outcome, seen.by, seen.alone) == ("refused", tally.CONTROL, by_all)
    assert seen.told.startswith("66338 where 66383 was; two digits exchanged differ so; ")


def test_a_row_is_refused_in_memory_where_its_file_would_be_refused(project, tmp_path):
    table, key, cells, _ = REAL[1]
    made = slip(project, table, key, "year", cells)
    folder = tmp_path / "raw"
    shutil.copytree(RAW, folder)
    rows = project.tables[table].copy()
    rows.loc[made.line, list(cells)] = list(cells.values())
    rows.to_csv(folder / f"{table}.csv", index=False, lineterminator="\n")
    renew_seals(folder)
    with pytest.raises(RawDataError) as refused:
        load_raw(folder)
    words = {tally.rule_of(fault.column, fault.valid) for fault in refused.value.faults}
    assert project.noticed(made).by in words
