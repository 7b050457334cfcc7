"""The register of sources: what may stand in it, and how a line names one."""

import datetime

import pytest

from analysis.data.sources import load_sources, source_line

PAGE = {"title": "A page", "publisher": "An outlet", "terms": "All rights"}


@pytest.fixture
def register(tmp_path):
    def write(text):
        path = tmp_path / "sources.yml"
        path.write_text(text, encoding="utf-8")
        sources, faults = load_sources(path)
        return sources, [(fault.file, fault.row, fault.column, fault.found) for fault in faults]

    return write


def entry(*lines, name="page-2018"):
    return "\n  ".join([f"{name}:", "title: A page", "publisher: An outlet", "terms: All", *lines])


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["date: '2017'"],
        ["date: 2017-12"],
        ["date: '2017-12-05'"],
        ["date: '2016-02-29'"],
        ["date: '2026-07-31'"],  # whatever a machine's clock says
        ["url: https://example.org/a?b=c"],
        ["url: http://example.org"],
        ["cited_in:", "- Table 1", "- Table 2"],
        ["seen: false", "repost: true", "note: Some words"],
    ],
)
def test_a_sound_entry_is_read_without_a_fault(register, lines):
    sources, faults = register(entry(*lines))
    assert list(sources) == ["page-2018"] and faults == []


@pytest.mark.parametrize(
    ("lines", "column", "found"),
    [
        (["date: '2017-13'"], "date", "2017-13"),
        (["date: '2017-12-32'"], "date", "2017-12-32"),
        (["date: '1817'"], "date", "1817"),
        (["date: '2015-02-30'"], "date", "2015-02-30"),
        (["date: '2099'"], "date", "2099"),
        (["date: in 2017"], "date", "in 2017"),
        (["url: example.org"], "url", "example.org"),
        (["url: ftp://example.org"], "url", "ftp://example.org"),
        (["url: 'https://example.org/a b'"], "url", "https://example.org/a b"),
        (["cited_in: Table 1"], "cited_in", "Table 1"),
        (["cited_in:", "- 12"], "cited_in", "12"),
        (["seen: 'no'"], "seen", "no"),
        (["repost: 1"], "repost", "1"),
        (["note: 12"], "note", "12"),
        (['note: "two\\nlines"'], "note", "two\nlines"),
        (["editor: Somebody"], "editor", "Somebody"),
    ],
)
def test_a_field_that_cannot_be_is_the_fault_of_its_entry(register, lines, column, found):
    sources, faults = register(entry(*lines))
    assert faults == [("sources.yml", "page-2018", column, found)]
    assert list(sources) == ["page-2018"]


def test_a_date_that_is_none_is_told_how_dates_are_written(tmp_path):
    (tmp_path / "sources.yml").write_text(entry("date: in 2017"), encoding="utf-8")
    _, (fault,) = load_sources(tmp_path / "sources.yml")
    assert fault.valid == "2017, 2017-12 or 2017-12-05"


@pytest.mark.parametrize(
    ("day", "valid"),
    [
        ("2015-02-30", "a day that the calendar has, or 2015-02 where the day is not known"),
        ("2015-02-29", "a day that the calendar has, or 2015-02 where the day is not known"),
        ("2099", "a date that has come, as far as it is known"),
        ("2099-01", "a date that has come, as far as it is known"),
        ("2099-01-31", "a date that has come, as far as it is known"),
    ],
)
def test_a_date_that_no_source_can_have_is_told_with_what_it_can(tmp_path, day, valid):
    (tmp_path / "sources.yml").write_text(entry(f"date: '{day}'"), encoding="utf-8")
    _, (fault,) = load_sources(tmp_path / "sources.yml")
    assert (fault.column, fault.found, fault.valid) == ("date", day, valid)


def test_the_day_the_month_and_the_year_of_today_have_come(register):
    today = datetime.date.today().isoformat()
    for day in (today, today[:7], today[:4]):
        assert register(entry(f"date: '{day}'"))[1] == []


def test_a_text_with_a_colon_is_told_to_stand_in_quotation_marks(tmp_path):
    (tmp_path / "sources.yml").write_text(entry("note: Kazakhstan: trade"), encoding="utf-8")
    _, (fault,) = load_sources(tmp_path / "sources.yml")
    assert (fault.row, fault.column) == (5, "(file)")
    assert fault.found == "mapping values are not allowed here"
    assert fault.valid == (
        "YAML that can be read; a text with a colon in it stands in quotation marks"
    )


def test_the_faults_of_all_entries_are_told(register):
    text = "\n".join([entry("seen: 'no'", name="one"), entry("repost: 1", name="two")])
    assert register(text)[1] == [
        ("sources.yml", "one", "seen", "no"),
        ("sources.yml", "two", "repost", "1"),
    ]


@pytest.mark.parametrize("field", ["title", "publisher", "terms"])
def test_title_publisher_and_terms_must_be_there(register, field):
    lines = [line for line in entry().splitlines() if not line.strip().startswith(field)]
    assert register("\n".join(lines))[1] == [("sources.yml", "page-2018", field, "nothing")]


@pytest.mark.parametrize("name", ["Page-2018", "page_2018", "2018"])
def test_a_name_that_is_none_is_a_fault_of_its_own(register, name):
    assert register(entry(name=name))[1] == [("sources.yml", name, "source_id", name)]


def test_an_entry_without_fields_is_a_fault(register):
    assert register("page-2018: A page")[1] == [("sources.yml", "page-2018", "(entry)", "A page")]


@pytest.mark.parametrize(("text", "found"), [("", "nothing"), ("- page", "a list"), ("p", "a str")])
def test_what_is_no_register_gives_no_sources(register, text, found):
    assert register(text) == ({}, [("sources.yml", 1, "(file)", found)])


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "“A page”, An outlet"),
        ({"author": "Somebody", "date": "2018-04"}, "Somebody, “A page”, An outlet, 2018-04"),
        ({"title": "[Page of An outlet]"}, "Page of An outlet"),
        ({"title": "[A table]"}, "A table, An outlet"),
        ({"publisher": "not known"}, "“A page”"),
        ({"vintage": "July 2026", "date": "2026"}, "A page, An outlet, vintage July 2026"),
    ],
)
def test_a_source_is_named_in_one_line(changes, line):
    assert source_line("s", {"s": PAGE | changes}) == line
