"""One printed figure at a time: which of its cells is at fault, and nothing else."""

import pandas as pd
import pytest

from analysis.data.kinds import KINDS, OWED
from analysis.data.validate import (
    doubled_figures,
    faults_of_causes,
    faults_of_edition,
    faults_of_rows,
    faults_of_ties,
    second_parts,
    unknown_counterparts,
)
from analysis.data.vocabulary import COUNTERPARTS, DIMENSIONS, INDICATORS, NATURES, UNITS
from conftest import RAW_ROW

NAME = {"figure_id": "kaz-trade-chn-2016"}
SOURCES = {"dubnov-2018": {"date": "2018-03"}, "later": {"date": "2020"}, "undated": {}}


def found(raw_figures, sources=SOURCES, **changes):
    """Column and cell of each fault of the plain row after some changes."""
    rows = raw_figures(NAME | changes)
    return [(fault.column, fault.found) for fault in faults_of_rows("article", rows, sources)]


def test_a_sound_row_has_no_fault(raw_figures):
    assert found(raw_figures) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"country": "KGZ"}, ("country", "KGZ")),
        ({"power": "RUS"}, ("power", "RUS")),
        ({"period_printed": "2015"}, ("period_printed", "2015")),
        ({"period_printed": "2017"}, ("period_printed", "2017")),
        ({"printed": "some blorps"}, ("printed", "some blorps")),
        ({"printed": "€12.5 billion"}, ("unit", "USD")),
        ({"printed": "$12.50 billion", "wording": "ours"}, ("printed", "$12.50 billion")),
        ({"printed": "$2,000 trillion"}, ("printed", "$2,000 trillion")),
        ({"period_printed": "some day in 2016"}, ("period_printed", "some day in 2016")),
        ({"indicator": "trade_turnovr"}, ("indicator", "trade_turnovr")),
        ({"indicator": "migrants"}, ("unit", "USD")),
        ({"role": "part_of"}, ("role", "part_of")),
        ({"related_id": "another-figure"}, ("role", "")),
        ({"source_id": "dubnov-2081"}, ("source_id", "dubnov-2081")),
    ],
)
def test_a_cell_that_cannot_be_is_the_fault_of_its_row(raw_figures, changes, fault):
    assert fault in found(raw_figures, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"period_printed": "2015 to 2016"},
        {"period_printed": "January to September 2016"},
        {"period_printed": "since 2005"},  # without an end it says no year against the name
        {"period_printed": ""},
        {"figure_id": "kaz-trade-2016"},
        {"figure_id": "trade-kaz-2016"},
        {"figure_id": "kaz-trade-chn-rus-2016", "power": "RUS"},
        {"printed": "$12.50 billion"},  # as the source has it
        {"printed": "$984 million, up from $45 million", "period_printed": "2016; 2010"},
    ],
)
def test_what_fits_the_name_and_the_words_is_sound(raw_figures, changes):
    assert found(raw_figures, **changes) == []


@pytest.mark.parametrize(
    "printed",
    ['"$12.5 billion"', "“$12.5 billion”", "'$12.5 billion'", "«$12.5 billion»", "‹$12.5 billion›"],
)
def test_words_in_quotation_marks_as_a_whole_are_told_without_them(raw_figures, printed):
    (fault,) = faults_of_rows("article", raw_figures(NAME | {"printed": printed}), SOURCES)
    assert (fault.row, fault.column, fault.found) == (2, "printed", printed)
    assert fault.valid == "$12.5 billion, without the quotation marks around it"


def test_an_apostrophe_is_no_quotation_mark(raw_figures):
    words = "over 1 million of Tajikistan’s 8 million"
    people = {"figure_id": "tjk-migrants", "country": "TJK", "power": "RUS", "unit": "persons"}
    people |= {"indicator": "migrants", "dimension": "labour", "nature": "count"}
    assert found(raw_figures, **people, printed=words) == []
    assert found(raw_figures, **people, printed=f"‘{words}’") == [("printed", f"‘{words}’")]


def test_two_periods_want_two_amounts(raw_figures):
    assert found(raw_figures, period_printed="2016; 2010") == [("period_printed", "2016; 2010")]


@pytest.mark.parametrize(
    ("period", "source", "wrong"),
    [
        ("2018", "dubnov-2018", False),
        ("March 2018", "dubnov-2018", False),
        ("April 2018", "dubnov-2018", True),
        ("2019", "dubnov-2018", True),
        ("2020", "later", False),
        ("2021", "later", True),
        ("2020", "undated", False),  # held against the newest date of the register
        ("2021", "undated", True),
    ],
)
@pytest.mark.parametrize(("status", "happened"), [("realised", True), ("target", False)])
def test_what_happened_had_begun_when_its_source_spoke(
    raw_figures, period, source, wrong, status, happened
):
    changes = {"figure_id": "kaz-trade-chn", "period_printed": period}
    changes |= {"source_id": source, "status": status}
    expected = [("period_printed", period)] if wrong and happened else []
    assert found(raw_figures, **changes) == expected


def test_a_period_that_cannot_be_read_hides_no_other(raw_figures):
    changes = {"figure_id": "kaz-trade-chn", "period_printed": "some day; 2019"}
    changes |= {"printed": "$984 million, up from $45 million"}
    assert found(raw_figures, **changes) == [
        ("period_printed", "some day"),
        ("period_printed", "2019"),
    ]


def test_a_last_nought_of_our_own_words_is_told_with_the_words_without_it(raw_figures):
    rows = raw_figures(NAME | {"printed": "$1,012.50 million", "wording": "ours"})
    (fault,) = faults_of_rows("article", rows, SOURCES)
    assert fault.valid.startswith("$1,012.5 million, since a last nought ")


def test_a_source_that_is_missing_is_told_of_once_and_without_a_register_not_looked_for(
    raw_figures,
):
    assert found(raw_figures, source_id="") == [("source_id", "")]
    assert found(raw_figures, sources={}, source_id="nobody-2018") == []


def test_the_second_part_of_words_has_a_name_by_its_role():
    assert second_parts("$984 million, up from $45 million", "USD") == ["earlier"]
    assert second_parts("$984 million", "USD") == []
    assert second_parts("blorps", "USD") == []
    assert second_parts("$984 million", "blorps") == []


def table(*figures):
    rows = [RAW_ROW | {"figure_id": name, "printed": words} for name, words in figures]
    return pd.DataFrame(rows, index=range(2, len(rows) + 2))


def test_a_figure_may_not_be_called_as_another_or_as_the_second_part_of_one():
    growth = "$984 million, up from $45 million"
    tables = {
        "article": table(("a", growth), ("a-earlier", "$1 billion"), ("b", "$1 billion")),
        "elsewhere": table(("c", "$1 billion"), ("b", "$2 billion")),
    }
    assert [
        (fault.file, fault.row, fault.column, fault.found) for fault in doubled_figures(tables)
    ] == [
        ("article.csv", 3, "figure_id", "a-earlier"),
        ("elsewhere.csv", 3, "figure_id", "b"),
    ]


def test_a_cause_does_not_end_before_it_begins():
    rows = pd.DataFrame(
        {"first_year": ["2020", "2020", "2020"], "last_year": ["2021", "2020", "2019"]},
        index=[2, 3, 4],
    )
    (fault,) = faults_of_causes({"causes": rows})
    assert (fault.file, fault.row, fault.column, fault.found) == (
        "causes.csv", 4, "last_year", "2019",
    )  # fmt: skip
    assert faults_of_causes({}) == []


def test_each_row_of_a_fetched_edition_names_it_as_its_source():
    edition = "worldbank-wdi-2026-11-24"
    row = {"vintage": "2026-11-24", "country": "KAZ", "indicator": "NY.GDP.MKTP.CD"}
    row |= {"year": "2020", "value": "171082000001", "source_id": edition}
    register = {edition: {}, "worldbank-wdi-2026-07": {}}

    def faults(*changes):
        rows = pd.DataFrame([row | change for change in changes], index=range(2, len(changes) + 2))
        return [
            (fault.file, fault.row, fault.column)
            for fault in faults_of_edition(edition, rows, register)
        ]

    assert faults({}) == []
    other = {"year": "2021", "source_id": "worldbank-wdi-2026-07", "vintage": "2026-07"}
    assert faults({}, other) == [(f"{edition}.csv", 3, "source_id")]
    assert faults({"value": "0"}) == [(f"{edition}.csv", 2, "value")]
    assert faults({"year": "2O20"}) == [(f"{edition}.csv", 2, "year")]


def tied(*ties):
    rows = [RAW_ROW | {"figure_id": name, "related_id": related} for name, related in ties]
    return pd.DataFrame(rows, index=range(2, len(rows) + 2))


def test_a_figure_is_tied_to_another_of_its_table_or_of_one_before_it():
    before = tied(("c", ""))
    rows = tied(("a", ""), ("b", "a"), ("d", "c"), ("e", "e"), ("f", "nothing"))
    assert [
        (fault.file, fault.row, fault.column, fault.found)
        for fault in faults_of_ties(rows, [before], "elsewhere.csv")
    ] == [
        ("elsewhere.csv", 5, "related_id", "e"),
        ("elsewhere.csv", 6, "related_id", "nothing"),
    ]


@pytest.mark.parametrize(
    ("before", "valid"),
    [
        (0, "a figure_id of this table, of another row"),
        (1, "a figure_id of this table or of article.csv, of another row"),
        (2, "a figure_id of this table, of article.csv or of elsewhere.csv, of another row"),
    ],
)
def test_a_tie_that_leads_nowhere_is_told_where_its_figure_could_be(before, valid):
    others = [tied((f"other-{number}", "")) for number in range(before)]
    (fault,) = faults_of_ties(tied(("a", "b")), others, "made.csv")
    assert fault.valid == valid


def test_a_figure_called_as_a_second_part_and_one_called_as_another_are_both_told():
    growth = "$984 million, up from $45 million"
    tables = {
        "article": table(("a", growth), ("b", "$1 billion")),
        "elsewhere": table(("a-earlier", "$1 billion"), ("b", "$2 billion")),
    }
    assert [
        (fault.file, fault.row, fault.found, fault.valid) for fault in doubled_figures(tables)
    ] == [
        (
            "elsewhere.csv",
            2,
            "a-earlier",
            "another name: this is what the second part of a is called",
        ),
        ("elsewhere.csv", 3, "b", "an id of its own; article.csv has it in row 3 too"),
    ]


@pytest.mark.parametrize(
    ("changes", "valid"),
    [
        (
            {"figure_id": "kaz-trade-chn-2014-2016", "period_printed": "2012"},
            "a period of 2014 and 2016, as in kaz-trade-chn-2014-2016",
        ),
        ({"printed": "$2,000 trillion"}, "a number up to 1e15"),
        ({"power": "RUS"}, "CHN, as in kaz-trade-chn-2016"),
        ({"country": "KGZ"}, "KAZ, as in kaz-trade-chn-2016"),
        ({"role": "part_of"}, "a role where related_id names a figure, and only there"),
    ],
)
def test_a_fault_names_its_row_and_what_would_be_valid(raw_figures, changes, valid):
    (fault,) = faults_of_rows("article", raw_figures(NAME | changes), SOURCES)
    assert (fault.file, fault.row, fault.valid) == ("article.csv", 2, valid)


def test_each_indicator_has_a_kind_in_words_of_the_vocabulary_and_nothing_else_has():
    assert set(KINDS) == set(INDICATORS)
    assert set(OWED) <= set(KINDS)
    for kind in KINDS.values():
        assert kind.dimensions and set(kind.dimensions) <= set(DIMENSIONS)
        assert kind.natures and set(kind.natures) <= set(NATURES)
        assert kind.units and set(kind.units) <= set(UNITS)


OWED_FIGURE = {"figure_id": "kaz-debt-chn", "indicator": "debt_owed"}
OWED_FIGURE |= {"dimension": "debt", "nature": "stock", "status": "outstanding"}


@pytest.mark.parametrize(
    ("changes", "column", "valid"),
    [
        ({"dimension": "debt"}, "dimension", "trade, as all figures of trade_turnover have"),
        ({"nature": "stock"}, "nature", "flow, as all figures of trade_turnover have"),
        (
            {"status": "outstanding"},
            "status",
            "another status: trade_turnover is not owed at a date",
        ),
        (
            {"status": "realised"} | {k: OWED_FIGURE[k] for k in ("indicator", "dimension")}
            | {"nature": "stock"},
            "status",
            "outstanding, since debt_owed is owed at a date",
        ),
        (
            {"indicator": "remittances", "dimension": "remittances", "nature": "share"},
            "nature",
            "flow or cumulative, as all figures of remittances have",
        ),
    ],
)  # fmt: skip
def test_what_no_figure_of_the_indicator_is_is_told_with_what_all_are(
    raw_figures, changes, column, valid
):
    rows = raw_figures({"figure_id": "kaz-chn-2016"} | changes)
    (fault,) = faults_of_rows("article", rows, SOURCES)
    assert (fault.row, fault.column, fault.valid) == (2, column, valid)
    assert fault.found == changes[column]


def test_of_an_indicator_that_there_is_not_no_kind_is_told(raw_figures):
    changes = {"indicator": "trade_turnovr", "dimension": "debt"}
    assert found(raw_figures, **changes) == [("indicator", "trade_turnovr")]


@pytest.mark.parametrize("changes", [OWED_FIGURE, OWED_FIGURE | {"status": "target"}])
def test_what_is_owed_is_outstanding_or_has_not_come_to_be(raw_figures, changes):
    assert found(raw_figures, **changes) == []


@pytest.mark.parametrize("reporter", ["", "CHN", "KAZ", "MNG", "press", "World Bank"])
def test_who_counts_is_a_state_by_its_code_or_an_organisation(raw_figures, reporter):
    assert found(raw_figures, reporter=reporter) == []


@pytest.mark.parametrize(
    ("reporter", "meant"), [("China", "CHN"), ("chn", "CHN"), ("World bank", "World Bank")]
)
def test_who_counts_under_another_name_is_told_with_the_likely_one(raw_figures, reporter, meant):
    (fault,) = faults_of_rows("article", raw_figures(NAME | {"reporter": reporter}), SOURCES)
    assert (fault.column, fault.found) == ("reporter", reporter)
    assert fault.valid.startswith(f"one of {meant} (did you mean this?), ")
    assert fault.valid.endswith(", or another country of countries.csv")


def test_a_figure_of_another_page_has_page_for_its_locator(raw_figures):
    def told(locator):
        rows = raw_figures(NAME | {"locator": locator})
        return [(fault.column, fault.valid) for fault in faults_of_rows("elsewhere", rows, SOURCES)]

    assert told("page") == []
    assert told("p. 3") == [("locator", "page, and nothing more")]


@pytest.mark.parametrize("word", ["", "Iran", *COUNTERPARTS, "the bank's region"])
def test_a_counterpart_is_a_country_or_a_word_that_is_known(raw_figures, word):
    rows = raw_figures({"counterpart": word})
    assert unknown_counterparts(rows, {"IRN": "Iran"}, "elsewhere.csv") == []


def test_a_counterpart_that_nobody_knows_is_told_with_the_likely_one(raw_figures):
    rows = raw_figures({"counterpart": "Marsians"}, {"counterpart": "all source"})
    first, second = unknown_counterparts(rows, {"IRN": "Iran"}, "elsewhere.csv")
    valid = (
        "a country's name of countries.csv, or a word of COUNTERPARTS "
        "(src/analysis/data/vocabulary.py), where a new one is added"
    )
    assert (first.file, first.row, first.column) == ("elsewhere.csv", 2, "counterpart")
    assert (first.found, first.valid) == ("Marsians", valid)
    assert (second.row, second.found) == (3, "all source")
    assert second.valid == f"all sources (did you mean this?); else {valid}"
