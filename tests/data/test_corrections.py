"""What a source prints stands beside what was put in its place: in the tables and on a page."""

import pytest

from analysis.data.clean import clean_figures
from analysis.data.corrections import FILE, Correction, apply_corrections, blame
from analysis.data.faults import Fault
from analysis.data.wording import quoted, with_correction, words_of

ENTRY = {
    "table": "article",
    "id": "figure-1",
    "what": "printed",
    "expect": "$12.5 billion",
    "to": "$12.6 billion",
    "reason": "the table of the source has it",
}


def corrected(table, *entries):
    tables, applied, faults = apply_corrections({"article": table}, list(entries))
    assert faults == []
    return clean_figures(tables["article"], applied)


def test_the_printed_words_stay_and_the_numbers_are_the_corrected_ones(raw_figures):
    figure = corrected(raw_figures({}), ENTRY).iloc[0]
    assert (figure["printed"], figure["corrected"]) == ("$12.5 billion", "$12.6 billion")
    assert figure["correction"] == "the table of the source has it"
    assert figure["value"] == 12.6e9


def test_two_cells_of_a_row_are_told_with_a_reason_each(raw_figures):
    unit = ENTRY | {"what": "unit", "expect": "USD", "to": "EUR", "reason": "euros are meant"}
    words = ENTRY | {"to": "€12.5 billion", "reason": "misprint"}
    figure = corrected(raw_figures({}), unit, words).iloc[0]
    assert (figure["corrected"], figure["unit"]) == ("€12.5 billion", "EUR")
    assert figure["correction"] == "misprint; unit EUR for USD, because euros are meant"


def test_a_corrected_period_is_told_by_the_name_that_a_reader_knows(raw_figures):
    period = {"what": "period_printed", "expect": "2016", "to": "2015", "reason": "misprint"}
    figure = corrected(raw_figures({}), ENTRY | period).iloc[0]
    assert (figure["period_end"], figure["corrected"]) == ("2015-12-31", "")
    assert figure["correction"] == "period 2015 for 2016, because misprint"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("2016", "", "period none for 2016, because misprint"),
        ("", "2016", "period 2016 for none, because misprint"),
    ],
)
def test_an_empty_cell_is_told_as_none_before_a_correction_and_after_it(
    raw_figures, before, after, told
):
    period = {"what": "period_printed", "expect": before, "to": after, "reason": "misprint"}
    figure = corrected(raw_figures({"period_printed": before}), ENTRY | period).iloc[0]
    assert figure["correction"] == told


def test_of_compound_words_only_the_part_that_changed_is_told(raw_figures):
    before, after = "$984 million, up from $45 million", "$984 million, up from $54 million"
    table = raw_figures({"printed": before, "nature": "stock"})
    rows = corrected(table, ENTRY | {"expect": before, "to": after}).to_dict("records")
    later, earlier = rows
    assert (later["corrected"], later["correction"]) == ("", "")
    assert (earlier["printed"], earlier["corrected"]) == ("$45 million", "$54 million")


def test_words_that_cannot_be_read_may_be_corrected_and_are_kept(raw_figures):
    table = raw_figures({"printed": "$12.5 bilion"})
    figure = corrected(table, ENTRY | {"expect": "$12.5 bilion"}).iloc[0]
    assert (figure["printed"], figure["value"]) == ("$12.5 bilion", 12.6e9)


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        ({"printed": "$1 billion", "wording": "source"}, "“$1 billion”"),
        ({"printed": "$1 billion", "wording": "ours"}, "$1 billion"),
    ],
)
def test_only_the_sources_own_words_stand_in_quotation_marks(figure, shown):
    assert quoted(figure) == with_correction(figure) == shown
    assert words_of(figure) == "$1 billion"


def test_of_corrected_words_both_are_told_with_the_reason():
    figure = {"printed": "$1 billion", "wording": "source", "correction": "misprint"}
    assert with_correction(figure) == "“$1 billion”; corrected: misprint"
    figure["corrected"] = "$2 billion"
    assert words_of(figure) == "$2 billion"
    assert with_correction(figure) == "“$1 billion”, corrected to $2 billion, because misprint"


def faults_of_entries(table, *entries):
    return apply_corrections({"article": table}, list(entries))[2]


def test_what_is_no_list_of_corrections_is_refused(raw_figures):
    tables = {"article": raw_figures({})}
    found = apply_corrections(tables, "none")
    assert found == (tables, [], [Fault(FILE, 1, "(file)", "none", "a list of corrections")])


def test_a_cell_is_corrected_once(raw_figures):
    (fault,) = faults_of_entries(raw_figures({}), ENTRY, ENTRY | {"expect": "$12.6 billion"})
    assert (fault.row, fault.column) == ("entry 2", "what")
    assert fault.found == "printed of figure-1 a second time"


CHANGED = [
    Correction(1, "article", "one", 2, "unit", "USD", "EUR", "euros are meant"),
    Correction(2, "article", "one", 2, "printed", "$1 bn", "$2 bn", "misprint"),
]


def test_a_fault_that_a_correction_makes_is_laid_at_its_door():
    fault = Fault("article.csv", 2, "printed", "$2 bn", "an amount")
    (told,) = blame([fault], CHANGED, set())
    valid = "an amount (printed of one in article.csv, as it would be corrected)"
    assert told == Fault(FILE, "entry 2", "to", "$2 bn", valid)


def test_a_fault_of_another_column_is_laid_at_the_first_correction_of_its_row():
    (told,) = blame([Fault("article.csv", 2, "note", "x", "a note")], CHANGED, set())
    assert (told.row, told.found) == ("entry 1", "EUR")


@pytest.mark.parametrize("row", [("article.csv", 3), ("elsewhere.csv", 2)])
def test_a_fault_of_another_row_is_no_corrections(row):
    fault = Fault(*row, "printed", "$2 bn", "an amount")
    assert blame([fault], CHANGED, set()) == [fault]


def test_a_fault_that_the_row_had_before_is_no_corrections():
    fault = Fault("article.csv", 2, "printed", "$2 bn", "an amount")
    assert blame([fault], CHANGED, {("article.csv", 2, "printed")}) == [fault]


@pytest.mark.parametrize("place", [1, -1])
def test_every_column_but_the_id_can_be_corrected_from_the_first_to_the_last(raw_figures, place):
    table = raw_figures({})
    column = table.columns[place]
    entry = ENTRY | {"what": column, "expect": table[column].iloc[0], "to": "another"}
    tables, (done,), faults = apply_corrections({"article": table}, [entry])
    assert faults == []
    assert tables["article"][column].tolist() == ["another"]
    assert (done.entry, done.table, done.figure_id, done.line) == (1, "article", "figure-1", 2)
    assert (done.column, done.before, done.after) == (column, entry["expect"], "another")
    assert done.reason == ENTRY["reason"]


def test_the_id_of_a_figure_cannot_be_corrected(raw_figures):
    entry = ENTRY | {"what": "figure_id", "expect": "figure-1", "to": "another"}
    (fault,) = faults_of_entries(raw_figures({}), entry)
    assert (fault.file, fault.row, fault.column) == (FILE, "entry 1", "what")
    assert fault.found == "article.figure_id"
