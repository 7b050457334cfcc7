"""Single columns of a table: what each lets pass, held against a few cells."""

import pandas as pd
import pytest

from analysis.data.columns import (
    NUMBER,
    OTHER_COUNTRY,
    column,
    define_table,
    faults_of,
    words_of_list,
)


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


def test_a_column_has_the_unit_that_it_is_given_or_else_none():
    assert column("", float, unit="USD").metadata["unit"] == "USD"
    assert column("").metadata["unit"] == ""


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


@pytest.mark.parametrize(
    ("rule", "cells"),
    [
        (column("", float), ["one", "two"]),
        (column("", float), [1.0, float("nan")]),
        (column("", float, high=1), [1.0, 1.5]),
        (column("", int), [1.0, 2.0]),
        (column(""), ["a", None]),
        (column(""), ["a", 3]),
        (column("", pattern="[a-z]"), ["a", "A"]),
        (column("", unique=True), ["a", "a"]),
    ],
    ids=["kind", "nothing", "bound", "part of a number", "no text", "a number", "form", "twice"],
)
def test_a_table_with_one_cell_that_does_not_fit_is_not_passed(rule, cells):
    assert found(rule, *cells)


def test_text_passes_whichever_way_pandas_holds_it():
    table = define_table("made", "", "", ["word"], word=column(""))
    rows = pd.DataFrame({"word": ["a", "b"]})
    assert faults_of(table, rows, "made.csv") == []
    assert faults_of(table, rows.astype(object), "made.csv") == []


def test_numbers_that_may_be_missing_are_passed_without_and_with_them():
    assert found(column("", float, optional=True), 1.0, float("nan")) == {}


@pytest.mark.parametrize("names", [["line"], ["word", "line"], ["line", "word", "more"]])
def test_a_table_of_other_columns_or_in_another_order_is_not_passed(names):
    table = define_table("made", "", "", ["line"], line=column("", int), word=column(""))
    rows = pd.DataFrame({"line": [1], "word": ["a"], "more": ["b"]}, index=[2])
    assert faults_of(table, rows[names], "made.csv")


def test_two_rows_of_one_key_are_told_in_the_second():
    table = define_table("made", "", "", ["line"], line=column("", int), word=column(""))
    rows = pd.DataFrame({"line": [1, 1], "word": ["a", "b"]}, index=[2, 3])
    assert [(fault.row, fault.column) for fault in faults_of(table, rows, "made.csv")] == [
        (3, "line")
    ]


def test_a_printed_number_is_in_plain_digits_and_not_above_any():
    cells = ("12.5", "12,5", "-1e15", "1e16", "", "nan")
    assert list(found(column("", **NUMBER), *cells)) == [3, 5, 6, 7]


def test_a_table_has_the_name_that_its_rules_have():
    table = define_table("made", "Made", "By hand", ["line"], line=column("", int))
    assert (table.name, table.schema.name, table.key) == ("made", "made", ("line",))


@pytest.mark.parametrize(
    ("word", "likely", "told"),
    [
        ("MGN", "MNG", "one of MNG (did you mean this?), KAZ, UZB"),
        ("MGN", "", "one of KAZ, UZB"),
        ("12", "UZB", "one of KAZ, UZB"),  # it is in the list already
        ("kaz", "MNG", "one of KAZ (did you mean this?), UZB"),  # the list has a nearer one
    ],
)
def test_a_word_beyond_a_list_is_told_where_it_is_likelier_than_any_of_the_list(word, likely, told):
    assert words_of_list(column("", allowed=["KAZ", "UZB"]), word, likely) == told


def test_a_word_of_a_list_that_may_stand_once_is_told_as_doubled_and_not_as_unknown():
    told = found(column("", allowed=["new", "old"], unique=True), "new", "old", "new")
    assert list(told) == [2, 4]
    assert not any("one of" in valid for valid in told.values())


def test_a_table_is_described_as_it_was_defined():
    table = define_table("made", "A title", "One row a line.", ["line"], line=column("", int))
    assert (table.title, table.description, table.key) == ("A title", "One row a line.", ("line",))


def test_faults_are_told_in_the_order_of_the_rows_with_their_file():
    table = define_table(
        "made", "", "", ["line"],
        line=column("", int), first=column("", allowed=["a", "b"]), second=column(""),
    )  # fmt: skip
    rows = pd.DataFrame(
        {"line": [2, 3, 4], "first": ["a", "b", "c"], "second": ["x", "", "x"]}, index=[2, 3, 4]
    )
    told = [
        (fault.file, fault.row, fault.column, fault.valid)
        for fault in faults_of(table, rows, "made.csv")
    ]
    assert told == [
        ("made.csv", 3, "second", "some text, not an empty cell"),
        ("made.csv", 4, "first", "one of a, b"),
    ]
