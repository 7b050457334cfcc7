"""Control totals of the statistics: what no longer comes to them, and in which row."""

import shutil
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from analysis import cli
from analysis.config import RAW
from analysis.data.control_totals import NAME, differing_totals, exchanged, plain
from analysis.data.load import load_raw
from analysis.data.raw_tables import RAW_TABLES
from analysis.data.read import read_csv_strictly

SOUND = Path(__file__).with_name("damaged") / "sound"

# Country, donor, year, value: two countries in two years.
GIVEN = [
    ("KGZ", "RUS", "2015", "3510.5"),
    ("KGZ", "RUS", "2016", "200"),
    ("TJK", "RUS", "2015", "40"),
    ("TJK", "RUS", "2016", "7"),
]
# What these come to, added up by hand.
TOTALS = [
    ("country", "KGZ", "2", "3710.5"),
    ("country", "TJK", "2", "47"),
    ("donor", "RUS", "4", "3757.5"),
    ("year", "2015", "2", "3550.5"),
    ("year", "2016", "2", "207"),
]


def tables(*rows, totals=TOTALS):
    """A table of grants of one edition, beside control totals of that edition."""
    columns = ["country", "donor", "year", "value"]
    given = pd.DataFrame(rows, columns=columns, index=range(2, len(rows) + 2))
    lines = pd.DataFrame(totals, columns=["column", "cell", "rows", "total"])
    return {
        "russia_grants": given.assign(source_id="oecd"),
        NAME: lines.assign(table="russia_grants", edition="oecd"),
    }


def changed(place, **cells):
    """The grants with some cells of one row changed."""
    columns = ["country", "donor", "year", "value"]
    row = dict(zip(columns, GIVEN[place], strict=True)) | cells
    return [*GIVEN[:place], tuple(row.values()), *GIVEN[place + 1 :]]


def test_an_edition_that_comes_to_its_totals_is_sound_in_any_order():
    assert differing_totals(tables(*reversed(GIVEN))) == []


def test_exchanged_digits_are_told_with_their_row_and_what_stood_there():
    (fault,) = differing_totals(tables(*changed(0, value="5310.5")))
    assert (fault.file, fault.row, fault.column) == ("russia_grants.csv", 2, "(control total)")
    assert fault.found == (
        "5310.5 where 3510.5 was; two digits exchanged differ so; "
        "country KGZ: +1,800; donor RUS: +1,800; year 2015: +1,800"
    )
    assert fault.valid == (
        "the totals of oecd in control_totals.csv, taken from the file that it was made of. If the "
        "change is not meant: mend the row. If it is: put the new totals there by hand (country "
        "KGZ 2 rows and 5510.5, donor RUS 4 rows and 5557.5, year 2015 2 rows and 5350.5), then "
        "`analysis seal`"
    )


def test_another_number_is_told_without_a_word_of_digits():
    (fault,) = differing_totals(tables(*changed(1, value="180.25")))
    assert fault.row == 3
    assert fault.found.startswith("180.25 where 200 was; country KGZ: -19.75; ")


def test_a_row_of_another_country_is_told_in_both():
    (fault,) = differing_totals(tables(*changed(3, country="KGZ")))
    assert fault.row == "oecd"
    assert fault.found == "country KGZ: +7, +1 row; country TJK: -7, -1 row"


def test_rows_that_are_gone_and_rows_too_many_are_counted():
    (fault,) = differing_totals(tables(*GIVEN[:3]))
    assert fault.found == "country TJK: -7, -1 row; donor RUS: -7, -1 row; year 2016: -7, -1 row"
    (fault,) = differing_totals(tables(*GIVEN, ("TJK", "RUS", "2015", "1")))
    assert fault.found == "country TJK: +1, +1 row; donor RUS: +1, +1 row; year 2015: +1, +1 row"


def test_all_rows_of_an_edition_gone_are_told():
    none = tables(*GIVEN)
    none["russia_grants"] = none["russia_grants"].assign(source_id="other")
    (fault,) = differing_totals(none)
    assert "donor RUS: -3,757.5, -4 rows" in fault.found


def test_two_slips_that_make_up_for_one_another_in_one_column_show_in_another():
    rows = changed(0, value="3511.5")
    rows[1] = ("KGZ", "RUS", "2016", "199")
    (fault,) = differing_totals(tables(*rows))
    assert fault.found == "year 2015: +1; year 2016: -1"


@pytest.mark.parametrize(
    "row",
    [
        ("MNG", "RUS", "2015", "174000000"),  # another country
        ("KGZ", "CHN", "2015", "5"),  # another donor
        ("KGZ", "RUS", "2017", "5"),  # another year
    ],
)
def test_a_row_that_the_totals_do_not_name_is_not_held_by_them(row):
    assert differing_totals(tables(*GIVEN, row)) == []


def test_of_two_editions_that_differ_both_are_told():
    given = tables(*changed(0, value="5310.5"))
    for name, column in (("russia_grants", "source_id"), (NAME, "edition")):
        other = given[name].assign(**{column: "other"})
        given[name] = pd.concat([given[name], other], ignore_index=name == NAME)
    faults = differing_totals(given)
    assert [fault.file for fault in faults] == ["russia_grants.csv"] * 2


def test_an_edition_without_totals_is_not_held_by_any():
    assert differing_totals(tables(*GIVEN[:1], totals=[])) == []


def test_a_column_that_is_not_of_the_key_is_refused():
    (fault,) = differing_totals(tables(*GIVEN, totals=[*TOTALS, ("value", "7", "1", "7")]))
    assert (fault.file, fault.column, fault.found) == ("control_totals.csv", "column", "value")
    assert fault.valid == "a column of the key of russia_grants.csv: country, donor, year"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("3510", "5310", True),
        ("175.0008302", "175.0008032", True),
        ("1E+3", "1E+2", True),  # 1000 and 0100
        ("90", "9", True),
        ("3510", "3510", False),
        ("3510", "3519", True),  # 9 more: as 01 for 10, which the sum alone cannot tell apart
        ("3510", "3511", False),
        ("3510", "3609", False),  # 99, which no two neighbours make
    ],
)
def test_neighbouring_digits_that_change_places_differ_by_nine_times_their_difference(
    before, after, said
):
    assert exchanged(Decimal(after) - Decimal(before)) is said


def test_numbers_are_told_in_plain_figures():
    told = [plain(Decimal(text)) for text in ("1.50", "1E+3", "100", "-0.000010", "0")]
    assert told == ["1.5", "1000", "100", "-0.00001", "0"]


def test_a_correction_that_is_meant_takes_new_totals_by_hand_and_a_seal(
    tmp_path, monkeypatch, capsys
):
    raw = Path(shutil.copytree(SOUND, tmp_path / "raw"))
    monkeypatch.setattr(cli, "RAW", raw)

    def put(table):
        path = raw / f"{table}.csv"
        path.write_text(path.read_text("utf-8").replace("202870000", "202900000"), "utf-8")

    put("russia_grants")
    assert cli.main(["check"]) == 1
    # The seal and the totals are told of at once, and neither is renewed over the other.
    told = capsys.readouterr().err
    assert told.count("russia_grants.csv, ") == 2
    assert cli.main(["seal"]) == 1
    assert "country KGZ: +30,000" in " ".join(capsys.readouterr().err.split())
    put(NAME)
    assert cli.main(["seal"]) == 0
    assert cli.main(["check"]) == 0


def test_every_edition_of_the_statistics_has_totals_and_comes_to_them():
    found = load_raw(RAW)
    lines, faults = read_csv_strictly(RAW / f"{NAME}.csv", RAW_TABLES[NAME])
    assert faults == []
    held = set(zip(lines["table"], lines["edition"], strict=True))
    editions = {
        (name, edition)
        for name in set(lines["table"])
        for edition in read_csv_strictly(RAW / f"{name}.csv", RAW_TABLES[name])[0]["source_id"]
    }
    assert held == editions
    for name in set(lines["table"]):
        of_table = lines[lines["table"] == name]
        assert set(of_table["column"]) == set(RAW_TABLES[name].key)
    assert set(lines["table"]) == {
        name for name, table in RAW_TABLES.items() if "value" in table.schema.columns
    }
    assert differing_totals(found) == []
