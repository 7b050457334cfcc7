"""The list of claims: which of its cells is at fault, and what could stand there."""

import pandas as pd
import pytest

from analysis.data.raw_tables import FIGURES
from analysis.data.validate_claims import faults_of_claims

CLAIM = {
    "claim_id": "trade",
    "claim": "China leads in trade",
    "rule": "share",
    "subject_ids": "one two",
    "evidence_ids": "one",
    "reason": "The table has {f:one}",
    "would_change": "Another count",
}


def figures(*names):
    rows = [(name, "$1 billion", "USD") for name in names]
    columns = ["figure_id", "printed", "unit"]
    return pd.DataFrame(rows, columns=columns, index=range(2, len(rows) + 2))


def faults(*names, **changes):
    """The faults of one claim after some changes, beside figures of the article."""
    tables = {name: figures() for name in FIGURES} | {
        "article": figures(*(names or ("one", "two")))
    }
    return faults_of_claims(tables | {"claims": pd.DataFrame([CLAIM | changes], index=[2])})


def test_a_sound_claim_has_no_fault():
    assert faults() == []


@pytest.mark.parametrize(
    ("changes", "column", "found", "valid"),
    [
        (
            {"rule": "part one"},
            "rule",
            "part one",
            "part and figure_ids of a part and of its whole",
        ),
        (
            {"would_change": "A look at {f:one}"},
            "would_change",
            "{f:one}",
            "words alone",
        ),
        (
            {"claim": "China sold 3 goods"},
            "claim",
            "China sold 3 goods",
            "words, years, and places such as {f:id} for the numbers",
        ),
        (
            {"evidence_ids": "one three-figures"},
            "evidence_ids",
            "three-figures",
            "a figure_id of figures.csv",
        ),
    ],
)
def test_a_cell_that_cannot_be_is_told_with_what_could(changes, column, found, valid):
    (fault,) = faults(**changes)
    assert (fault.file, fault.row) == ("claims.csv", 2)
    assert (fault.column, fault.found, fault.valid) == (column, found, valid)


def test_a_rule_that_there_is_not_is_told_with_the_likely_one():
    (fault,) = faults(rule="shares")
    assert (fault.file, fault.row, fault.column) == ("claims.csv", 2, "rule")
    assert fault.found == "shares"
    assert fault.valid.startswith("one of share (did you mean this?), ")
    assert fault.valid.endswith(", with its terms")


def test_a_place_that_there_is_not_is_told():
    (fault,) = faults(reason="The table has {g:one}")
    assert (fault.file, fault.row, fault.column) == ("claims.csv", 2, "reason")
    assert fault.found == "{g:one}"
    assert fault.valid.startswith("one of {f:figure_id}, {p:pair_id}, ")


def test_a_figure_in_no_claim_is_told_by_its_own_row_and_a_name_that_is_none_is_not():
    (fault,) = faults("one", "two", "another-figure", "No Name")
    assert (fault.file, fault.row, fault.column) == ("article.csv", 4, "figure_id")
    assert fault.found == "another-figure"
    assert fault.valid.startswith("an id that subject_ids of a claim in claims.csv names")


def test_figures_in_the_name_of_a_place_and_in_years_are_no_numbers_of_a_claim():
    words = "In 2016 and 1999 the table has {f:one-2016}"
    assert faults("one", "two", "one-2016", subject_ids="one two one-2016", reason=words) == []
    (fault,) = faults(reason="In 2116 the table has {f:one}")
    assert (fault.column, fault.found) == ("reason", "In 2116 the table has {f:one}")


def test_a_claim_may_rest_on_the_second_part_of_a_figure():
    rows = figures("one", "two")
    rows["printed"] = ["$984 million, up from $45 million", "$1 billion"]
    tables = {name: figures() for name in FIGURES} | {"article": rows}

    def faults_of(evidence):
        claim = pd.DataFrame([CLAIM | {"evidence_ids": evidence}], index=[2])
        return [fault.found for fault in faults_of_claims(tables | {"claims": claim})]

    assert faults_of("one one-earlier") == []
    assert faults_of("one one-whole two-earlier") == ["one-whole", "two-earlier"]


def test_two_spaces_between_figures_are_told():
    (fault,) = faults(subject_ids="one  two")
    assert (fault.column, fault.found) == ("subject_ids", "")
    assert fault.valid == "a figure_id of article.csv; none is named"
