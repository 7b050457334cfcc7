"""Single columns of a table: what each lets pass, held against a few cells."""

import pandas as pd
import pytest

from analysis.data.columns import OTHER_COUNTRY, column, define_table, faults_of


def found(rule, *cells):
    """The rows with a fault, from 2 on as in a file, and what each could have held."""
    table = define_table("made", "", "", ["line"], line=column("", int), word=rule)
    lines = range(2, len(cells) + 2)
    rows = pd.DataFrame({"line": list(lines), "word": list(cells)}, index=lines)
    return {fault.row: fault.valid for fault in faults_of(table, rows, "made.csv")}


def test_a_list_lets_its_own_words_pass_and_names_them():
    assert found(column("", allowed=["new", "old"]), "new", "young", "") == {
        3: "one of new, old",
        4: "one of new, old",
    }


def test_a_cell_that_may_be_empty_may_be_so_and_the_list_says_it():
    told = found(column("", allowed=["new", "old"], optional=True), "", "young")
    assert told == {3: "one of (empty), new, old"}


def test_beside_a_list_another_countrys_code_may_stand():
    rule = column("", allowed=["KAZ"], others=OTHER_COUNTRY)
    assert list(found(rule, "KAZ", "MNG", "KGZ", "mng", "MNGO")) == [4, 5, 6]


def test_what_is_said_once_alone_may_not_be_said_twice():
    assert list(found(column("", unique=True), "a", "b", "a")) == [2, 4]
    assert found(column(""), "a", "b", "a") == {}


@pytest.mark.parametrize(
    ("cell", "passes"),
    [("", False), ("a", True), (" a", False), ("=a", False), ("a;-b", False), ("a" * 9999, False)],
)
def test_text_is_such_as_a_page_and_a_spreadsheet_can_show(cell, passes):
    assert (found(column(""), cell) == {}) == passes
