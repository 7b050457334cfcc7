"""Statistics far from what else is known of them, and those that are not."""

import pandas as pd
import pytest

from analysis.data import odd_statistics as odd

EMPTY = {
    "trade_pairs": ["dataset", "reporter", "partner", "flow", "year", "value", "source_id"],
    "fdi": ["dataset", "country", "partner", "measure", "year", "value", "source_id"],
    "wdi": ["vintage", "country", "indicator", "year", "value", "source_id"],
    "gas_exports": ["exporter", "importer", "year", "value", "scope", "source_id"],
    "loan_flows": ["country", "counterpart", "series", "year", "value", "source_id"],
    "trade_world": ["dataset", "reporter", "partner", "flow", "year", "value", "source_id"],
    "trade_goods_and_services": ["reporter", "partner", "flow", "year", "value", "source_id"],
    "remittances": ["country", "sender", "year", "value", "source_id"],
    "migrant_stock": ["origin", "destination", "year", "value", "source_id"],
    "arms_deliveries": ["recipient", "supplier", "year", "value", "source_id"],
    "china_commitments": ["country", "kind", "year", "value", "source_id"],
    "russia_grants": ["country", "year", "value", "source_id"],
    "debt_by_creditor": ["country", "creditor", "year", "value", "source_id"],
}
EMPTY["trade_all_partners"] = EMPTY["trade_national"] = EMPTY["trade_pairs"]


def table(name, *rows):
    """Rows of a raw table as text, the first in line 2 of its file."""
    return pd.DataFrame([[*map(str, row), "s"] for row in rows], columns=EMPTY[name]).set_axis(
        range(2, 2 + len(rows))
    )


def tables(**given):
    return {name: pd.DataFrame(columns=columns) for name, columns in EMPTY.items()} | given


def flow(reporter, partner, way, year, value, dataset="d"):
    return (dataset, reporter, partner, way, year, value)


def gas(*values, first=2016):
    return table(
        "gas_exports",
        *(("TKM", "CHN", first + place, value, "all") for place, value in enumerate(values)),
    )


def test_a_year_far_above_both_beside_it_is_told_with_the_nearer_of_them():
    (look,) = odd.far_from_all({"gas_exports": gas(30, 480, 32)}, "gas_exports")
    assert look.place == "gas_exports.csv, row 3"
    assert look.found == "480 (TKM CHN 2017 all)"
    assert look.beside == "32, the year after"
    assert look.why == "15 times above it, and nothing else known of it is nearer"


def test_a_year_far_below_is_told_as_well():
    (look,) = odd.far_from_all({"gas_exports": gas(30, 2, 32)}, "gas_exports")
    assert look.why.startswith("15 times below it")


def test_a_nought_between_is_no_year_to_be_held_against():
    (look,) = odd.far_from_all({"gas_exports": gas(30, 0, 480, 32)}, "gas_exports")
    assert (look.place, look.beside) == ("gas_exports.csv, row 4", "32, the year after")


def test_every_table_is_looked_at_where_none_is_named():
    given = tables(gas_exports=gas(30, 480, 32), fdi=fdi(90, 80, 2000, 80, 90))
    found = odd.far_from_all(given)
    assert [look.place for look in found] == ["fdi.csv, row 4", "gas_exports.csv, row 3"]


def test_people_settle_so_that_a_year_of_theirs_need_not_be_so_far_off():
    rows = [("CHN", "KAZ", year, value) for year, value in ((2015, 156), (2020, 250), (2024, 196))]
    columns = ["origin", "destination", "year", "value"]
    people = pd.DataFrame([map(str, row) for row in rows], columns=columns, index=[2, 3, 4])
    (look,) = odd.far_from_all({"migrant_stock": people}, "migrant_stock")
    assert (look.place, look.beside) == ("migrant_stock.csv, row 3", "196, the year after")


def test_a_level_that_stays_is_no_slip():
    assert odd.far_from_all({"gas_exports": gas(2, 30, 32)}, "gas_exports") == []


def test_a_single_year_has_nothing_to_be_held_against():
    assert odd.far_from_all({"gas_exports": gas(30)}, "gas_exports") == []


def pairs(value, *more):
    return tables(
        trade_pairs=table("trade_pairs", flow("KAZ", "CHN", "export", 2016, value), *more)
    )


# With the year before alone it takes 230 times; with the other side's record as well, 60.
BEFORE = flow("KAZ", "CHN", "export", 2015, 2e6)
MIRROR = flow("CHN", "KAZ", "import", 2016, 8e6)


@pytest.mark.parametrize(
    ("value", "beside", "is_told"),
    [
        (4.5e8, [BEFORE], False),
        (4.7e8, [BEFORE], True),
        (4.7e8, [BEFORE, MIRROR], False),  # 59 times the other side's
        (5.0e8, [BEFORE, MIRROR], True),  # 250 and 62.5 times
        # Another edition agrees.
        (5.0e8, [BEFORE, MIRROR, flow("KAZ", "CHN", "export", 2016, 4.9e8, "e")], False),
    ],
)
def test_it_takes_less_where_there_are_more_witnesses(value, beside, is_told):
    found = odd.far_from_all(pairs(value, *beside), "trade_pairs")
    assert ("trade_pairs.csv, row 2" in [look.place for look in found]) is is_told


def test_a_flow_is_held_against_the_other_sides_record_wherever_in_the_table_that_stands():
    rows = table("trade_pairs", BEFORE, flow("KAZ", "CHN", "export", 2016, 5e8), MIRROR)
    found = odd.far_from_all(tables(trade_pairs=rows), "trade_pairs")
    assert ("trade_pairs.csv, row 3", "8000000, the other side’s record") in [
        (look.place, look.beside) for look in found
    ]


def test_a_value_far_from_more_witnesses_than_its_limits_name_is_told():
    # People have limits beside one witness and beside two; here are two years and an edition.
    editions = {"a": (100, 100, 100), "b": (100, 110, 100)}
    rows = [
        (edition, "KAZ", "SP.POP.TOTL", 2015 + place, value)
        for edition, values in editions.items()
        for place, value in enumerate(values)
    ]
    (look,) = odd.far_from_all(tables(wdi=table("wdi", *rows)), "wdi")
    assert (look.place, look.found) == ("wdi.csv, row 6", "110 (b KAZ SP.POP.TOTL 2016)")


def test_of_two_years_alone_either_may_be_the_wrong_one():
    found = odd.far_from_all(pairs(4.7e8, BEFORE), "trade_pairs")
    assert [look.place for look in found] == ["trade_pairs.csv, row 2", "trade_pairs.csv, row 3"]


@pytest.mark.parametrize(("value", "is_told"), [(5e8, False), (1e9, True), (5e10, True)])
def test_it_takes_less_where_a_flow_is_large(value, is_told):
    found = odd.far_from_all(
        pairs(value, flow("KAZ", "CHN", "export", 2015, value / 7)), "trade_pairs"
    )
    assert bool(found) is is_told


def test_people_who_are_counted_every_year_are_a_steady_thing():
    rows = [("v", "KAZ", "SP.POP.TOTL", year, value) for year, value in enumerate((100, 102, 101))]
    columns = ["vintage", "country", "indicator", "year", "value"]
    wdi = pd.DataFrame([map(str, row) for row in rows], columns=columns, index=[2, 3, 4])
    (look,) = odd.far_from_all({"wdi": wdi}, "wdi")
    assert (look.place, look.beside) == ("wdi.csv, row 3", "101, the year after")


def test_small_flows_may_come_and_go():
    small = pairs(9e5, flow("KAZ", "CHN", "export", 2015, 1e3))
    assert odd.far_from_all(small, "trade_pairs") == []


def test_a_flow_below_the_least_that_a_table_lists_is_told():
    rows = table(
        "trade_world",
        flow("AFG", "CHN", "export", 2016, 99_999),
        flow("AFG", "CHN", "export", 2017, 100_000),
        flow("AFG", "CHN", "export", 2018, 0),
    )
    (look,) = odd.too_small_to_be_listed({"trade_world": rows}, "trade_world")
    assert (look.place, look.beside) == (
        "trade_world.csv, row 2",
        "flows of 0.1 million dollars and more",
    )


def test_the_only_row_of_its_year_is_told():
    years = [year for year in (2016, 2018) for _ in range(5)]
    rows = table("gas_exports", *(("TKM", "CHN", year, 1, "all") for year in [*years, 2019]))
    (look,) = odd.out_of_step({"gas_exports": rows}, "gas_exports")
    assert look.place == "gas_exports.csv, row 12"
    assert look.beside == "5 rows in most years of the table"


def test_a_year_is_counted_within_its_own_dataset():
    pairs = [("dots2022", year) for year in (2016, 2018) for _ in range(5)]
    pairs += [("wits2017", 2016)] * 5 + [("wits2017", 2018)]
    rows = table("trade_pairs", *((name, "KAZ", "CHN", "export", year, 1) for name, year in pairs))
    (look,) = odd.out_of_step({"trade_pairs": rows}, "trade_pairs")
    assert look.place == "trade_pairs.csv, row 17"
    assert look.found == "1 (wits2017 KAZ CHN export 2018)"
    assert look.beside == "5 rows in most years of the table"
    assert look.why == "the only row of its year (another year?)"


def test_without_datasets_a_year_is_counted_in_the_whole_table_whoever_tells_of_it():
    years = [year for year in (2016, 2018) for _ in range(6)]
    rows = table("gas_exports", *(("TKM", "CHN", year, 1, "all") for year in [*years, 2019]))
    rows["source_id"] = ["bp", "eni"] * 6 + ["bp"]
    (look,) = odd.out_of_step({"gas_exports": rows}, "gas_exports")
    assert look.found == "1 (TKM CHN 2019 all)"
    assert look.beside == "6 rows in most years of the table"


def test_in_a_table_of_few_rows_a_year_may_have_one():
    assert odd.out_of_step({"gas_exports": gas(1, 2, 3)}, "gas_exports") == []


def fdi(*values):
    return table(
        "fdi",
        *(("nbk", "KAZ", "CHN", "flow", 2015 + n, value) for n, value in enumerate(values)),
    )


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        ((90, -80, 70), ["fdi.csv, row 3"]),
        ((90, -5, 70), []),  # a little was taken out: below a tenth of what is usual
        ((90, -80, -70), []),  # so it goes here
        ((-80,), []),  # nothing to go by
    ],
)
def test_a_sum_below_nought_in_one_year_alone_is_told(values, lines):
    found = odd.below_nought_alone({"fdi": fdi(*values)}, "fdi")
    assert [look.place for look in found] == lines
    assert {look.beside for look in found} <= {"no other year of the series"}


def test_loans_above_a_quarter_of_output_are_told_by_the_newest_edition():
    wdi = table(
        "wdi",
        ("2018-08", "TJK", "NY.GDP.MKTP.CD", 2016, 1e9),
        ("2026-07", "TJK", "NY.GDP.MKTP.CD", 2016, 8e9),
    )
    loans = table(
        "loan_flows", ("TJK", "CHN", "DIS", 2016, 1.9e9), ("TJK", "RUS", "DIS", 2016, 2.4e9)
    )
    (look,) = odd.beyond_output({"wdi": wdi, "loan_flows": loans}, "loan_flows")
    assert (look.place, look.why) == ("loan_flows.csv, row 3", "0.3 of the year’s output")


@pytest.mark.parametrize("changed", ["", "wdi", "loan_flows"])
def test_money_is_held_against_output_whichever_of_the_two_may_have_changed(changed):
    given = tables(
        wdi=table("wdi", ("2026-07", "TJK", "NY.GDP.MKTP.CD", 2016, 8e9)),
        loan_flows=table("loan_flows", ("TJK", "RUS", "DIS", 2016, 2.4e9)),
    )
    assert [look.place for look in odd.beyond_output(given, changed)] == ["loan_flows.csv, row 2"]
