"""Two pairs of one name: which rows make them."""

import pandas as pd

from analysis.data.raw_tables import FIGURES
from analysis.measures.doubled import doubled_pairs


def figures(*rows):
    columns = ["figure_id", "period_printed"]
    return pd.DataFrame(rows, columns=columns, index=range(2, len(rows) + 2))


TABLES = {name: figures() for name in FIGURES} | {
    "elsewhere": figures(("a", "2023"), ("b", "31 December 2023"), ("c", "2022"))
}


def ties(*rows):
    columns = ["pair_id", "start", "end", "china_ids", "russia_ids"]
    return pd.DataFrame(rows, columns=columns)


def test_pairs_with_names_of_their_own_are_sound():
    pairs = ties(
        ("KAZ-exports-own-2023", "2023-01-01", "2023-12-31", "a", ""),
        ("KAZ-exports-own-2022", "2022-01-01", "2022-12-31", "c", ""),
    )
    assert doubled_pairs(pairs, TABLES) == []


def test_figures_whose_periods_have_two_forms_are_told_each_in_its_row():
    pairs = ties(
        ("KAZ-exports-own-2023", "2023-01-01", "2023-12-31", "a", ""),
        ("KAZ-exports-own-2023", "2023-12-31", "2023-12-31", "", "b"),
        ("KAZ-exports-own-2022", "2022-01-01", "2022-12-31", "c", ""),
    )
    faults = doubled_pairs(pairs, TABLES)
    assert [(fault.file, fault.row, fault.column, fault.found) for fault in faults] == [
        ("elsewhere.csv", 2, "period_printed", "2023"),
        ("elsewhere.csv", 3, "period_printed", "31 December 2023"),
    ]
    assert {fault.valid for fault in faults} == {
        "one form of the period for all figures of KAZ-exports-own-2023, which has two: "
        "2023-01-01 to 2023-12-31 and 2023-12-31 to 2023-12-31"
    }


def test_pairs_of_statistics_alone_are_told_by_their_name():
    row = ("KAZ-exports-own-2023", "2023-01-01", "2023-12-31", "d/KAZ/CHN/export/2023", "")
    (fault,) = doubled_pairs(ties(row, row), TABLES)
    assert (fault.file, fault.row, fault.column) == ("ties.csv", row[0], "pair_id")
    assert fault.found == row[0]
