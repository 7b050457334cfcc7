"""Which editions are in use and what is kept beside a fetched one, in a folder of a few files."""

import json

import pytest

from analysis.data.editions import SHIPPED, adopted_files, load_current, load_manifest, table_of

FETCHED = "imf-imts-2027-03-01"


@pytest.fixture
def raw(tmp_path):
    (tmp_path / "vintages").mkdir()
    return tmp_path


def choose(raw, **tables):
    lines = "".join(f"{table}: {edition}\n" for table, edition in (SHIPPED | tables).items())
    (raw / "vintages" / "current.yml").write_text(lines, encoding="utf-8")


def fetch(raw, *endings, edition=FETCHED):
    for ending in endings:
        (raw / "vintages" / f"{edition}.{ending}").write_text("", encoding="utf-8")


@pytest.mark.parametrize(
    ("edition", "table"),
    [
        ("imf-dots-2022", "trade_pairs"),
        ("imf-imts-2027-03-01", "trade_pairs"),
        ("un-comtrade-2026-12-31", "trade_pairs"),
        ("worldbank-wdi-2027-10-09", "wdi"),
        ("worldbank-ids-2027-01-20", "debt_by_creditor"),
        ("imf-imts-2027-13-01", ""),
        ("imf-imts-2027-12-32", ""),
        ("imf-imts-2027-03-01-b", ""),
        ("an-imf-imts-2027-03-01", ""),
    ],
)
def test_an_edition_is_of_the_table_of_its_service(edition, table):
    assert table_of(edition) == table


def test_an_edition_that_was_fetched_can_be_chosen(raw):
    choose(raw, trade_pairs=FETCHED)
    fetch(raw, "csv", "json")
    assert load_current(raw) == (SHIPPED | {"trade_pairs": FETCHED}, [])


@pytest.mark.parametrize("endings", [(), ("csv",), ("json",)])
def test_an_edition_without_its_table_or_its_manifest_is_a_fault_of_its_line(raw, endings):
    choose(raw, trade_pairs=FETCHED)
    fetch(raw, *endings)
    chosen, (fault,) = load_current(raw)
    assert chosen == SHIPPED
    assert (fault.file, fault.row, fault.column) == ("current.yml", "trade_pairs", "trade_pairs")
    assert fault.found == FETCHED


def test_an_edition_of_another_table_is_a_fault_and_those_that_are_there_are_named(raw):
    choose(raw, wdi=FETCHED)
    fetch(raw, "csv", "json")
    fetch(raw, "csv", edition="worldbank-wdi-2027-10-09")
    chosen, (fault,) = load_current(raw)
    assert chosen == SHIPPED
    assert fault.valid == "worldbank-wdi-2026-07 or worldbank-wdi-2027-10-09"


@pytest.mark.parametrize(
    ("text", "found"),
    [("wdi: worldbank-wdi-2026-07\n", "wdi"), ("- wdi\n", "['wdi']"), ("wdi\n", "wdi")],
)
def test_a_file_without_the_three_lines_is_a_fault_that_says_what_it_has(raw, text, found):
    (raw / "vintages" / "current.yml").write_text(text, encoding="utf-8")
    chosen, (fault,) = load_current(raw)
    assert chosen == SHIPPED
    assert (fault.row, fault.column, fault.found) == (1, "(file)", found)


def test_an_adopted_edition_has_two_files_and_a_shipped_one_none(raw):
    choose(raw, trade_pairs=FETCHED)
    fetch(raw, "csv", "json")
    assert [path.name for path in adopted_files(raw)] == [f"{FETCHED}.csv", f"{FETCHED}.json"]
    choose(raw)
    assert adopted_files(raw) == []


def test_a_manifest_is_read_as_it_was_kept(tmp_path):
    kept = {"source": {"title": "Trade"}, "rows": 3}
    path = tmp_path / "kept.json"
    path.write_text(json.dumps(kept), encoding="utf-8")
    assert load_manifest(path) == (kept, [])


@pytest.mark.parametrize(
    ("text", "row", "column"),
    [
        ('{"rows": 3}', 1, "source"),
        ('{"source": "IMF"}', 1, "source"),
        ("[]", 1, "source"),
        ('{\n"rows": 3\n', 3, "(file)"),
    ],
)
def test_a_manifest_without_its_source_is_a_fault_and_gives_nothing(tmp_path, text, row, column):
    path = tmp_path / "kept.json"
    path.write_text(text, encoding="utf-8")
    manifest, (fault,) = load_manifest(path)
    assert manifest == {}
    assert (fault.file, fault.row, fault.column) == ("kept.json", row, column)


def test_a_manifest_that_is_cut_short_is_told_with_what_it_lacks(tmp_path):
    path = tmp_path / "kept.json"
    path.write_text('{"rows": 3', encoding="utf-8")
    _, (fault,) = load_manifest(path)
    assert "','" in fault.found


def test_a_manifest_that_is_not_there_is_the_fault_of_the_whole_file(tmp_path):
    manifest, (fault,) = load_manifest(tmp_path / "kept.json")
    assert manifest == {}
    assert (fault.row, fault.found) == (0, "No such file or directory")
