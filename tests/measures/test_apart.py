"""How far two records of one trade are apart, on tables of a few rows."""

import pandas as pd
import pytest

from analysis.measures.apart import both_counts, furthest_apart, least_close, newest_counts

NONE = float("nan")


def pairs(*rows):
    """Country, concept, record, year, China's figure and Russia's."""
    names = ["country", "concept", "record", "year", "china", "russia"]
    frame = pd.DataFrame(rows, columns=names).assign(tie="trade", evidence="reported")
    ends = {f"{side}_{end}": frame[side] for side in ("china", "russia") for end in ("low", "high")}
    frame = frame.assign(**ends)
    ids = frame["country"] + "-" + frame["record"] + "-" + frame["year"].astype(str)
    return frame.assign(pair_id=ids)


def test_one_trade_is_counted_by_the_power_and_by_the_country():
    counts = both_counts(
        pairs(
            ("KGZ", "goods", "own", 2023, 5.0, 3.0),
            ("KGZ", "goods", "partner", 2023, 20.0, NONE),
        ),
        "CHN",
    )
    row = counts.iloc[0]
    assert (row["partner"], row["own"], row["ratio"]) == (20.0, 5.0, 4.0)
    assert (row["partner_id"], row["own_id"]) == ("KGZ-partner-2023", "KGZ-own-2023")


def test_a_hedged_figure_leaves_the_ratio_room_and_printed_digits_do_not():
    table = pairs(
        ("TJK", "goods", "own", 2024, 1.96, 1.9), ("TJK", "goods", "partner", 2024, 3.86, 1.5)
    )
    hedged = table.assign(
        russia_low=[1.805, 1.45],
        russia_high=[1.995, 1.55],
        china_low=[1.955, 3.855],
        china_high=[1.965, 3.865],
    )
    (china,) = both_counts(hedged, "CHN").to_dict("records")
    (russia,) = both_counts(hedged, "RUS").to_dict("records")
    assert china["ratio_low"] == china["ratio"] == china["ratio_high"]
    assert (round(russia["ratio_low"], 3), round(russia["ratio_high"], 3)) == (0.727, 0.859)


def test_what_counts_services_too_stands_beside_no_goods():
    table = pairs(
        ("UZB", "goods and services", "own", 2023, 13.8, 10.2),
        ("UZB", "goods", "partner", 2023, 14.0, NONE),
    )
    assert both_counts(table, "CHN").empty


@pytest.mark.parametrize("record", ["stated", "reconciled"])
def test_a_third_party_s_count_is_neither_side_s(record):
    table = pairs(
        ("KAZ", "goods", record, 2024, 30.1, NONE), ("KAZ", "goods", "partner", 2024, 43.8, NONE)
    )
    assert both_counts(table, "CHN").empty


def test_a_year_in_which_a_side_gives_an_interval_is_passed_over():
    table = pairs(
        ("KGZ", "goods", "own", 2023, 5.0, 3.0),
        ("KGZ", "goods", "partner", 2023, 20.0, NONE),
        ("KGZ", "goods", "own", 2024, NONE, NONE),
        ("KGZ", "goods", "partner", 2024, 22.7, 4.1),
    )
    assert newest_counts(both_counts(table, "CHN"))["year"].tolist() == [2023]


def test_the_furthest_apart_is_the_one_with_the_most_times_in_either_direction():
    counts = pd.DataFrame({"country": ["KAZ", "TJK", "UZB"], "ratio": [1.4, 0.2, 3.0]})
    assert furthest_apart(counts)["country"] == "TJK"
    assert furthest_apart(counts[counts["country"] != "TJK"])["country"] == "UZB"


def test_the_newest_counts_are_listed_by_country_from_row_nought():
    counts = pd.DataFrame({"country": ["KGZ", "KAZ", "KGZ"], "year": [2023, 2022, 2024]})
    newest = newest_counts(counts)
    assert newest.values.tolist() == [["KAZ", 2022], ["KGZ", 2024]]
    assert newest.index.tolist() == [0, 1]


def test_beside_nothing_there_is_no_ratio():
    table = pairs(
        ("KGZ", "goods", "own", 2023, 0.0, 3.0),
        ("KGZ", "goods", "partner", 2023, 20.0, NONE),
    )
    (row,) = both_counts(table, "CHN").to_dict("records")
    assert pd.isna(row["ratio"]) and pd.isna(row["ratio_low"]) and pd.isna(row["ratio_high"])


def test_beside_less_than_a_dollar_there_is_a_ratio_with_both_its_ends():
    table = pairs(
        ("KGZ", "goods", "own", 2023, 0.5, 3.0),
        ("KGZ", "goods", "partner", 2023, 2.0, NONE),
    )
    own = table["record"] == "own"
    ends = {"china_low": table["china"] - 0.1 * own, "china_high": table["china"] + 0.3 * own}
    (row,) = both_counts(table.assign(**ends), "CHN").to_dict("records")
    assert (row["ratio"], row["ratio_low"], row["ratio_high"]) == (4.0, 2.5, 5.0)


@pytest.mark.parametrize(
    ("ratios", "least"),
    [
        ([1.0, 1.1, 0.85, 1.3], "TJK"),  # three of four within 1.2 times, 1.3 the furthest
        ([1.0, 1.1, 0.8, 1.3], ""),  # 0.8 is 1.25 times apart
        ([1.0, 0.84, 1.0, 1.1], "KGZ"),  # in either direction
        ([], ""),
    ],
)
def test_records_that_mostly_lie_close_do_so_least_in_one_country(ratios, least):
    countries = ["KAZ", "KGZ", "KAZ", "TJK"][: len(ratios)]
    counts = pd.DataFrame({"country": countries, "ratio": pd.Series(ratios, dtype=float)})
    assert least_close(counts) == least
