"""Seals of the shipped statistics: what breaks one, what is said then, and how it is renewed."""

import csv
import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from analysis import cli
from analysis.config import RAW
from analysis.data.seals import SEALED, Seal, difference, load_seals, renew_seals

pytestmark = pytest.mark.thorough

SOUND = Path(__file__).with_name("damaged") / "sound"
TO_DO = (
    "the rows as sealed. If the change is meant: run `analysis seal`, which checks them and keeps "
    "all. If not: `git restore data/raw/{}.csv`, which takes back every change"
)


@pytest.fixture
def raw(tmp_path, monkeypatch):
    """Small sound tables, with two long series of one edition, sealed."""
    folder = Path(shutil.copytree(SOUND, tmp_path / "raw"))
    monkeypatch.setattr(cli, "RAW", folder)
    series = "2018-08,{},NY.GDP.MKTP.CD,{},{},worldbank-wdi-2018-08"
    lines = [
        series.format(country, year, 10**10 + 7 * year * number)
        for number, country in enumerate(("KAZ", "UZB"), start=1)
        for year in range(2000, 2010)
    ]
    put(folder, "wdi", [line.split(",") for line in lines])
    renew_seals(folder)
    return folder


def rows_of(folder, name):
    text = (folder / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.reader(io.StringIO(text, newline="")))


def put(folder, name, rows):
    """Write rows under the heading that the table has."""
    heading = rows_of(folder, name)[0]
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([heading, *rows])


def change(folder, name, column, value):
    """Put what a function makes of a row's number and cell into one column of every row."""
    heading, *rows = rows_of(folder, name)
    place = heading.index(column)
    for number, row in enumerate(rows):
        row[place] = value(number, row[place])
    put(folder, name, rows)


def said(capsys):
    """What the check says against the tables, with its lines put together."""
    assert cli.main(["check"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    return " ".join(told.err.split())


def test_the_shipped_tables_are_all_sealed():
    seals, faults = load_seals(RAW)
    assert faults == []
    assert {table for table, _ in seals} == set(SEALED)


def test_rows_in_another_order_are_the_same_rows(raw):
    put(raw, "wdi", rows_of(raw, "wdi")[:0:-1])
    assert cli.main(["check"]) == 0


def test_half_a_table_cut_off_is_told_by_its_rows_and_sum(raw, capsys):
    put(raw, "wdi", rows_of(raw, "wdi")[1:11])
    told = said(capsys)
    assert told.startswith("wdi.csv, worldbank-wdi-2018-08, (seal) found rows 20 -> 10; ")
    # 20 x 1e10 + 7 x (2000 + ... + 2009) x (1 + 2), and the first half of it
    assert "sum of the values 200,000,420,945 -> 100,000,140,315" in told
    assert TO_DO.format("wdi") in told


def test_a_column_sorted_by_itself_is_told_though_every_sum_stays(raw, capsys):
    values = sorted((row[4] for row in rows_of(raw, "wdi")[1:]), reverse=True)
    change(raw, "wdi", "value", lambda number, _: values[number])
    assert "every column holds the same cells, in other rows" in said(capsys)


def test_a_column_filled_down_is_told_by_its_sum_and_name(raw, capsys):
    first = rows_of(raw, "wdi")[1][4]
    change(raw, "wdi", "value", lambda number, _: first)
    told = said(capsys)
    assert "sum of the values 200,000,420,945 -> 200,000,280,000; other cells in value" in told


def test_values_cut_by_a_spreadsheet_are_told(raw, capsys):
    change(raw, "wdi", "value", lambda number, value: f"{float(value):.0E}")
    assert "-> 200,000,000,000; other cells in value" in said(capsys)


def test_an_exchanged_unit_is_told_by_the_columns_name(raw, capsys):
    change(raw, "fdi", "unit", lambda number, _: "USD million")
    assert "fdi.csv, nbk-fdi, (seal) found other cells in unit valid" in said(capsys)


def test_a_doubled_key_is_told_by_how_many_keys_there_are(raw, capsys):
    change(raw, "wdi", "year", lambda number, year: "2000" if year == "2001" else year)
    assert "keys 20 -> 18; other cells in year" in said(capsys)


def test_an_edition_that_is_not_sealed_is_told_and_one_that_is_gone(raw, capsys):
    change(raw, "remittances", "source_id", lambda number, _: "nbk-fdi")
    told = said(capsys)
    assert "remittances.csv, knomad-matrices, (seal) found nothing of this edition, which" in told
    assert "remittances.csv, nbk-fdi, (seal) found 2 rows of an edition that is not sealed" in told


def test_new_rows_are_led_to_be_sealed_before_they_are_led_to_be_taken_back(raw, capsys):
    rows = rows_of(raw, "remittances")[1:]
    put(raw, "remittances", [*rows, *(["MNG", *row[1:-1], "nbk-fdi"] for row in rows)])
    told = said(capsys)
    new = told[told.index("remittances.csv, nbk-fdi, (seal) found") :]
    assert new.index("If these are meant: run `analysis seal`") < new.index("git restore")
    assert "knomad-matrices" not in told


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (None, "seals.csv, (file) found No such file or directory valid a CSV file as `analysis"),
        ("", "seals.csv, row 1, (header) found nothing valid table, edition, rows, keys, total,"),
        ("table,edition\n", "seals.csv, row 1, (header) found table, edition valid table, edition"),
    ],
)
def test_a_file_of_seals_that_is_none_is_told(raw, capsys, text, found):
    (raw / "seals.csv").unlink()
    if text is not None:
        (raw / "seals.csv").write_text(text, encoding="utf-8")
    assert said(capsys).startswith(found)


def test_a_seal_with_a_cell_too_few_is_told(raw, capsys):
    with (raw / "seals.csv").open("a", encoding="utf-8") as file:
        file.write("wdi,another\n")
    assert "(row) found 2 cells valid 7 cells" in said(capsys)


def test_sealing_says_what_has_changed_and_then_that_nothing_has(raw, capsys):
    put(raw, "wdi", rows_of(raw, "wdi")[1:11])
    assert cli.main(["seal"]) == 0
    assert capsys.readouterr().out == (
        "wdi, worldbank-wdi-2018-08: rows 20 -> 10; "
        "sum of the values 200,000,420,945 -> 100,000,140,315\n"
    )
    assert cli.main(["check"]) == 0
    capsys.readouterr()
    assert cli.main(["seal"]) == 0
    assert capsys.readouterr().out == "Nothing has changed since the last seal.\n"


def test_tables_at_fault_are_not_sealed(raw, capsys):
    before = (raw / "seals.csv").read_bytes()
    change(raw, "fdi", "unit", lambda number, _: "USD million")
    assert cli.main(["seal"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "valid EUR million, in which nbk is published" in told.err
    assert (raw / "seals.csv").read_bytes() == before


def test_a_table_that_cannot_be_read_is_told_once_and_keeps_its_seal(raw, capsys):
    (raw / "fdi.csv").write_text("dataset,country\n", encoding="utf-8")
    assert "(seal)" not in said(capsys)
    before, _ = load_seals(raw)
    assert renew_seals(raw) == []
    assert load_seals(raw)[0] == before


SEAL = Seal("wdi", "w", "1", "1", "5", "year:aaaa value:bbbb", "f" * 64)


def test_one_row_is_told_as_one_and_more_with_their_number():
    assert difference(SEAL, None) == "nothing of this edition, which had 1 row"
    many = replace(SEAL, rows="1200")
    assert difference(None, many) == "1,200 rows of an edition that is not sealed"
    assert difference(None, None) == ""


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, ""),
        ({"rows": "2"}, "rows 1 -> 2"),
        ({"keys": "0"}, "keys 1 -> 0"),
        ({"total": "1234.5"}, "sum of the values 5 -> 1,234.5"),
        ({"total": ""}, "sum of the values 5 -> none"),
        ({"columns": "year:aaaa value:cccc"}, "other cells in value"),
        ({"columns": "year:aaaa"}, "other cells in value"),
        ({"rows": "2", "total": "7"}, "rows 1 -> 2; sum of the values 5 -> 7"),
        (
            {"sha256": "e" * 64},
            "every column holds the same cells, in other rows (was one sorted without the others?)",
        ),
    ],
)
def test_what_has_changed_in_an_edition_is_told(changes, told):
    assert difference(SEAL, replace(SEAL, **changes)) == told


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        ("", (1, "(header)"), "nothing"),
        ("table,edition\n", (1, "(header)"), "table, edition"),
        (
            "table,edition,rows,keys,total,columns,sha256\nwdi,w,1\n",
            (2, "(row)"),
            "3 cells",
        ),
    ],
)
def test_a_file_of_seals_of_another_form_is_a_fault_of_its_line(tmp_path, text, place, found):
    (tmp_path / "seals.csv").write_text(text, encoding="utf-8")
    seals, (fault,) = load_seals(tmp_path)
    assert seals == {}
    assert (fault.file, (fault.row, fault.column), fault.found) == ("seals.csv", place, found)
