"""How faults are told: grouped, with the likely word first, and short."""

import pytest

from analysis.data.faults import Fault, RawDataError, allowed_words, nearest, shown, told
from analysis.data.vocabulary import INDICATORS


def fault(row, valid="a number", column="value"):
    return Fault("wdi.csv", row, column, f"x{row}", valid)


def test_two_thousand_faults_of_one_kind_are_a_few_lines():
    text = told([fault(row) for row in range(2, 2033)])
    assert text == (
        "wdi.csv, row 2, value\n    found x2\n    valid a number\n"
        "wdi.csv, row 3, value\n    found x3\n    valid a number\n"
        "wdi.csv, row 4, value\n    found x4\n    valid a number\n"
        "    and 2,028 more like this, from row 5 to row 2032\n"
        "2,031 faults in the raw data; nothing was written.\n"
    )


def test_five_faults_of_one_kind_are_told_one_by_one():
    text = told([fault(row) for row in range(2, 7)])
    assert text.count("    found ") == 5
    assert "more like this" not in text


def test_faults_that_differ_in_a_number_alone_are_of_one_kind():
    text = told([fault(row, f"at most {row}5.5") for row in range(2, 12)])
    assert text.count("    found ") == 3
    assert "    and 7 more like this, from row 5 to row 11\n" in text


def test_a_fault_of_another_kind_between_them_is_told_in_full():
    faults = [fault(row) for row in range(2, 12)]
    faults.insert(5, fault(90, column="year"))
    text = told(faults)
    assert "wdi.csv, row 90, year\n    found x90\n" in text
    assert text.endswith("11 faults in the raw data; nothing was written.\n")


def test_what_stands_for_a_whole_file_has_no_row():
    text = told([Fault("fdi.csv", 0, "(file)", "No such file", "a CSV file")])
    assert text.startswith("fdi.csv, (file)\n    found No such file\n")
    assert text.endswith("1 fault in the raw data; nothing was written.\n")


def test_an_error_has_a_line_for_each_fault():
    lines = str(RawDataError([fault(2), fault(3)])).splitlines()
    assert [line.partition(", value")[0] for line in lines] == ["wdi.csv, row 2", "wdi.csv, row 3"]


def test_the_word_that_was_meant_comes_first_and_a_long_list_is_cut_after_it():
    valid = allowed_words(INDICATORS, "vote_shares")
    assert valid.startswith("one of vote_share (did you mean this?), trade_turnover, exports, ")
    assert valid.endswith(" more, which codebook.csv lists")
    assert len(valid) < 400
    named = valid.removeprefix("one of ").split(", ")
    assert len(named) - 2 + int(named[-2].split()[1]) == len(INDICATORS)


def test_a_short_list_is_given_whole_and_in_its_order_where_nothing_is_near():
    assert allowed_words(["CHN", "RUS"], "USA") == "one of CHN, RUS"


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        ("Exports", "exports"),
        (" exports ", "exports"),
        ("exprots", "exports"),
        ("CHM", "CHN"),
        ("USA", ""),  # two letters of RUS, and nothing to do with it
        ("", ""),
        ("zzz", ""),
    ],
)
def test_the_nearest_word_is_found_and_none_is_forced(found, meant):
    assert nearest(found, ["exports", "imports", "CHN", "RUS"]) == meant


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("CHN", "CHN"),
        ("the power", "the power"),
        (" CHN", "␣CHN"),
        ("CHN ", "CHN␣"),
        ("the power\n", "the power\\n"),
        ("the  power", "the␣␣power"),
        ("CH\u00a0N", "CH\\xa0N"),
        ("café", "café"),
        ("С", "С"),  # alone it is taken for no other letter
        ("СHN", "СHN (С is CYRILLIC CAPITAL LETTER ES)"),
    ],
)
def test_what_cannot_be_seen_in_a_cell_is_shown(words, seen):
    assert shown(words) == seen


def test_many_faults_of_whole_files_are_told_without_rows():
    faults = [Fault("fdi.csv", 0, "(file)", "No such file", "a CSV file") for _ in range(7)]
    assert "    and 4 more like this\n" in told(faults)


@pytest.mark.parametrize(("found", "shown_as"), [("", "(nothing)"), ("  ", "␣␣")])
def test_a_cell_without_words_is_told_apart_from_one_of_spaces(found, shown_as):
    words = told([Fault("a.csv", 2, "country", found, "KAZ")])
    assert f"    found {shown_as}\n" in words
