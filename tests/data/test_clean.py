"""Raw tables: what comes out of sound ones, and what is said of damaged ones."""

import csv
import json
import os
import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis.config import RAW
from analysis.data import load, raw_tables, store
from analysis.data.clean import (
    clean_figures,
    clean_trade,
    clean_trade_world,
    process,
    write_processed,
)
from analysis.data.clean_statistics import clean_debt, clean_fdi, clean_remittances, clean_wdi
from analysis.data.corrections import apply_corrections
from analysis.data.faults import RawDataError
from analysis.data.raw_tables import FIGURES
from analysis.data.read import load_claims, read_csv_strictly
from analysis.data.seals import renew_seals
from conftest import RAW_ROW, STATISTICS

pytestmark = pytest.mark.thorough

# One sound row a table, so that a fault can be put into one of them alone.
OTHERS = {
    "elsewhere": RAW_ROW
    | {"figure_id": "kaz-trade-chn-2016-page", "reporter": "KAZ", "locator": "page"},
    "trade_pairs": {
        "dataset": "dots2022",
        "reporter": "KAZ",
        "partner": "CHN",
        "flow": "export",
        "year": "2016",
        "value": "4230000000",
        "evidence": "reported",
        "source_id": "dubnov-2018",
    },
    "trade_all_partners": {
        "dataset": "dots2022",
        "reporter": "KAZ",
        "partner": "DEU",
        "flow": "export",
        "year": "2016",
        "value": "1.5e9",
        "evidence": "reported",
        "source_id": "dubnov-2018",
    },
    "trade_world": {
        "dataset": "dots2022",
        "reporter": "MNG",
        "partner": "CHN",
        "flow": "export",
        "year": "2016",
        "value": "3895000000",
        "evidence": "reported",
        "source_id": "dubnov-2018",
    },
    "countries": {"country": "MNG", "name": "Mongolia", "source_id": "dubnov-2018"},
    "wdi": {
        "vintage": "2018-08",
        "country": "KAZ",
        "indicator": "NY.GDP.MKTP.CD",
        "year": "2016",
        "value": "137278320084.2",
        "source_id": "dubnov-2018",
    },
    "debt_by_creditor": {
        "country": "KAZ",
        "creditor": "China",
        "series": "DT.DOD.BLAT.CD",
        "year": "2016",
        "value": "257600000",
        "source_id": "dubnov-2018",
    },
    "parties": {
        "code": "CHN",
        "name": "China",
        "kind": "state",
        "world_bank_name": "China",
        "world_bank_id": "730",
    },
    "remittances": {
        "country": "KAZ",
        "sender": "CHN",
        "year": "2016",
        "value": "0.33",
        "unit": "USD million",
        "source_id": "dubnov-2018",
    },
    "fdi": {
        "dataset": "nbk",
        "country": "KAZ",
        "partner": "CHN",
        "measure": "FDI inflow",
        "year": "2016",
        "value": "-12.5",
        "unit": "EUR million",
        "source_id": "dubnov-2018",
    },
    "claims": {
        "claim_id": "kaz-lead",
        "country": "KAZ",
        "claim": "Kazakhstan trades with China",
        "locator": "Table 1",
        "rule": "judged holds",
        "subject_ids": "kaz-trade-chn-2016",
        "evidence_ids": "",
        "reason": "It has {f:kaz-trade-chn-2016}",
        "would_change": "Another count",
    },
    **STATISTICS,
}


CHINA = {"country": "CHN", "name": "China", "source_id": "dubnov-2018"}
RUSSIA = {
    "code": "RUS",
    "name": "Russia",
    "kind": "state",
    "world_bank_name": "Russian Federation",
    "world_bank_id": "",
}
EVERYONE = {
    "code": "WLD",
    "name": "All together",
    "kind": "all",
    "world_bank_name": "World",
    "world_bank_id": "WLD",
}
OWED_TO_RUSSIA = OTHERS["debt_by_creditor"] | {"creditor": "Russian Federation"}


def load_raw(folder):
    """The tables as a person left them who renewed their seals after a change."""
    renew_seals(folder)
    return load.load_raw(folder)


@pytest.fixture
def raw(tmp_path, sound_tables):
    """A sound raw folder of one row a table, to be damaged."""
    return Path(shutil.copytree(sound_tables, tmp_path / "raw"))


@pytest.fixture(scope="module")
def sound_tables(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sound")
    (folder / "sources.yml").write_text(
        "dubnov-2018: {title: T, publisher: P, terms: none}\n", encoding="utf-8"
    )
    (folder / "corrections.yml").write_text("[]\n", encoding="utf-8")
    write_article(folder, RAW_ROW)
    for name, row in OTHERS.items():
        write(folder, name, row)
    write(folder, "countries", OTHERS["countries"], CHINA)
    write(folder, "parties", OTHERS["parties"], RUSSIA, EVERYONE)
    write(folder, "debt_by_creditor", OTHERS["debt_by_creditor"])
    renew_seals(folder)
    return folder


def write(folder, name, *rows):
    if name == "debt_by_creditor" and "Russian Federation" not in {r["creditor"] for r in rows}:
        rows += (OWED_TO_RUSSIA | {"year": "1990"},)  # each edition has Russia once at least
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, OTHERS[name], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_article(folder, *rows, header=None):
    with (folder / "article.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header or RAW_ROW)
        writer.writerows(row.values() for row in rows)


def faults(folder):
    with pytest.raises(RawDataError) as error:
        load_raw(folder)
    return error.value.faults


def only_fault(folder):
    (fault,) = faults(folder)
    return fault


def test_a_plain_figure_becomes_a_quantity(raw_figures):
    figure = clean_figures(raw_figures({})).iloc[0]
    assert (figure["value"], figure["low"], figure["high"]) == (12.5e9, 12.45e9, 12.55e9)
    assert (figure["period_start"], figure["period_end"]) == ("2016-01-01", "2016-12-31")
    assert figure["state"] == "value"


def test_a_growth_pair_becomes_two_tied_rows_with_a_year_each(raw_figures):
    raw = raw_figures(
        {
            "figure_id": "stock",
            "printed": "$984 million, up from $45 million",
            "period_printed": "2015; 2005",
            "nature": "stock",
        }
    )
    later, earlier = clean_figures(raw).to_dict("records")
    assert (later["figure_id"], later["value"], later["as_of"]) == ("stock", 984e6, "2015-12-31")
    assert earlier["figure_id"] == "stock-earlier"
    assert (earlier["value"], earlier["as_of"]) == (45e6, "2005-12-31")
    assert (earlier["related_id"], earlier["role"]) == ("stock", "earlier")


def test_the_whole_of_a_part_belongs_to_no_power(raw_figures):
    raw = raw_figures(
        {
            "figure_id": "migrants",
            "printed": "over 1 million of Tajikistan’s 8 million people",
            "unit": "persons",
            "indicator": "migrants; population",
        }
    )
    part, whole = clean_figures(raw).to_dict("records")
    assert (part["indicator"], part["power"], part["related_id"]) == (
        "migrants",
        "CHN",
        "migrants-whole",
    )
    assert (whole["indicator"], whole["power"], whole["coverage"]) == (
        "population",
        "",
        "all_sources",
    )


def test_an_open_bound_is_an_empty_cell(raw_figures):
    figure = clean_figures(raw_figures({"printed": "more than $6 billion"})).iloc[0]
    assert figure[["value", "logical_high"]].isna().all()
    bounds = (figure["low"], figure["high"], figure["logical_low"])
    assert bounds == pytest.approx((6e9, 6.6e9, 6e9))


@pytest.mark.parametrize("words", ["undisclosed sum", "many billions of $"])
def test_words_without_a_number_are_not_reported_rather_than_zero(raw_figures, words):
    figure = clean_figures(raw_figures({"printed": words})).iloc[0]
    assert figure["state"] == "not_reported"
    assert figure[["value", "low", "high", "logical_low", "logical_high"]].isna().all()


def test_a_printed_nought_is_an_observed_zero(raw_figures):
    figure = clean_figures(raw_figures({"printed": "none", "unit": "count"})).iloc[0]
    assert (figure["state"], figure["value"]) == ("observed_zero", 0)


def test_a_rank_has_no_interval(raw_figures):
    figure = clean_figures(raw_figures({"printed": "2", "unit": "rank", "nature": "rank"})).iloc[0]
    assert (figure["low"], figure["high"]) == (2, 2)


def test_a_stock_counts_at_the_end_of_its_period(raw_figures):
    figure = clean_figures(raw_figures({"nature": "stock", "period_printed": "2015"})).iloc[0]
    assert figure["as_of"] == "2015-12-31"


def test_cleaning_leaves_its_input_alone(raw_figures):
    raw = raw_figures({}, {"printed": "nearly $2 billion"})
    before = raw.copy()
    clean_figures(raw)
    assert raw.equals(before)


def test_a_sound_folder_loads(raw):
    assert list(load_raw(raw)["article"]["figure_id"]) == ["kaz-trade-chn-2016"]


@pytest.mark.parametrize(
    ("column", "value", "valid"),
    [
        (
            "country",
            "KAX",
            "one of KAZ (did you mean this?), KGZ, TJK, TKM, UZB, REGION, WLD, "
            "or another country of countries.csv",
        ),
        ("power", "USA", "one of (empty), CHN, RUS"),
        ("unit", "dollars", "one of USD, EUR, share, ratio, m3, persons, count, rank"),
        ("unit", "share", "USD, as '$12.5 billion' has it"),
        (
            "source_id",
            "nobody-2018",
            "dubnov-2018 (did you mean this?), or another entry of sources.yml",
        ),
        ("figure_id", "Kaz Trade", "a name in lower case with hyphens"),
        ("indicator", "trade_turnovr", "one of trade_turnover (did you mean this?)"),
        ("related_id", "nothing", "a figure_id of this table"),
        ("locator", "", "some text, not an empty cell"),
        ("printed", "12,5 billion", "a number without a currency"),
        ("period_printed", "last year", "no period known here"),
        ("period_printed", "20016", 'no form known here has "20016"'),
        ("period_printed", "2015; 2016", "one entry"),
    ],
)
def test_a_bad_cell_is_named_with_its_row_and_what_would_be_valid(raw, column, value, valid):
    write_article(raw, RAW_ROW | {column: value})
    found = [fault for fault in faults(raw) if fault.column == column]
    assert (found[0].file, found[0].row, found[0].found) == ("article.csv", 2, value)
    assert valid in " ".join(fault.valid for fault in found)


def test_a_share_over_100_percent_is_refused(raw):
    row = RAW_ROW | {"printed": "130%", "unit": "share"}
    row |= {"indicator": "trade_share", "nature": "share"}
    write_article(raw, row)
    assert only_fault(raw).valid.endswith("more than the whole: a share is at most 100%")


def test_a_doubled_id_is_named_at_its_second_row(raw):
    write_article(raw, RAW_ROW, RAW_ROW)
    fault = only_fault(raw)
    assert (fault.row, fault.column, fault.found) == (3, "figure_id", "kaz-trade-chn-2016")


def test_all_faults_of_all_files_come_at_once(raw):
    write_article(raw, RAW_ROW | {"country": "XXX", "printed": "a lot"})
    (raw / "corrections.yml").write_text("[{id: x}]\n", encoding="utf-8")
    assert {(fault.file, fault.column) for fault in faults(raw)} == {
        ("article.csv", "country"),
        ("article.csv", "printed"),
        ("corrections.yml", "(entry)"),
    }


def test_a_wrong_header_names_the_columns(raw):
    header = ["id" if name == "figure_id" else name for name in RAW_ROW]
    write_article(raw, RAW_ROW, header=header)
    fault = only_fault(raw)
    assert (fault.row, fault.column) == (1, "(header)")
    assert fault.found.startswith("id, locator")
    assert fault.valid.startswith(
        "these columns (missing: figure_id; one too many: id): figure_id, locator"
    )


def test_a_row_with_a_cell_too_many_is_named(raw):
    write_article(raw, RAW_ROW, RAW_ROW | {"figure_id": "b", "extra": "x"})
    fault = only_fault(raw)
    assert (fault.row, fault.found, fault.valid) == (3, "22 cells", "21 cells, one a column")


def test_broken_encoding_is_named_with_its_line(raw):
    path = raw / "article.csv"
    path.write_bytes(path.read_bytes() + b"\xff\xfe\n")
    fault = only_fault(raw)
    assert (fault.row, fault.found) == (3, "byte 0xff, which is not UTF-8")


def test_an_empty_file_is_refused(raw):
    (raw / "article.csv").write_text("", encoding="utf-8")
    assert only_fault(raw).found == "no rows"


def test_a_missing_file_is_refused(raw):
    (raw / "article.csv").unlink()
    assert only_fault(raw).found == "No such file or directory"


@pytest.mark.parametrize("name", OTHERS)
def test_a_missing_table_is_told_once_and_breaks_no_check_of_the_others(raw, name):
    (raw / f"{name}.csv").unlink()
    fault = only_fault(raw)
    assert (fault.file, fault.row, fault.column) == (f"{name}.csv", 0, "(file)")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_file_without_its_last_line_end_shows_its_last_row(raw, rows):
    years = [OTHERS["remittances"] | {"year": str(2016 + n)} for n in range(rows)]
    write(raw, "remittances", *years)
    path = raw / "remittances.csv"
    path.write_text(path.read_text(encoding="utf-8").removesuffix("\n"), encoding="utf-8")
    fault = only_fault(raw)
    assert (fault.file, fault.row, fault.column) == ("remittances.csv", 1 + rows, "(file)")
    assert fault.found == ",".join(years[-1].values())
    assert fault.valid == (
        "a line end after the last row too; without one the file may have been cut short"
    )


@pytest.mark.parametrize("end", ["\r", "\r\n"])
def test_a_line_end_within_a_cell_is_kept_and_counted_as_a_line(tmp_path, end):
    path = tmp_path / "countries.csv"
    text = f'country,name,source_id\nMNG,"Mon{end}golia",a\nCHN,China,a\n'
    path.write_bytes(text.encode())
    rows, found = read_csv_strictly(path, raw_tables.RAW_COUNTRIES)
    assert found == []
    assert list(rows["name"]) == [f"Mon{end}golia", "China"]
    assert list(rows.index) == [3, 4]


def test_a_damaged_row_of_the_claims_is_told_by_those_who_read_them_alone(raw):
    with (raw / "claims.csv").open("a", encoding="utf-8") as file:
        file.write("kaz-more,KAZ\n")
    with pytest.raises(RawDataError) as error:
        load_claims(raw)
    (fault,) = error.value.faults
    assert (fault.file, fault.row, fault.column) == ("claims.csv", 3, "(row)")
    assert (fault.found, fault.valid) == ("2 cells", "9 cells, one a column")


def test_a_space_too_many_between_ids_leaves_an_id_without_a_name(raw):
    twice = "kaz-trade-chn-2016  kaz-trade-chn-2016"
    write(raw, "claims", OTHERS["claims"] | {"subject_ids": twice})
    fault = only_fault(raw)
    assert (fault.file, fault.row, fault.column) == ("claims.csv", 2, "subject_ids")
    assert (fault.found, fault.valid) == ("", "a figure_id of article.csv; none is named")


EDITION = "worldbank-wdi-2026-11-24"
FETCHED = OTHERS["wdi"] | {"vintage": "2026-11-24", "value": "137e9", "source_id": EDITION}


def adopt(folder, *rows):
    """Let the World Bank's indicators rest on a fetched edition of these rows."""
    (folder / "vintages").mkdir()
    (folder / "vintages" / "current.yml").write_text(
        f"trade_pairs: imf-dots-2022\nwdi: {EDITION}\ndebt_by_creditor: worldbank-ids-2025-12\n",
        encoding="utf-8",
    )
    source = {"title": "T", "publisher": "P", "terms": "none"}
    manifest = folder / "vintages" / f"{EDITION}.json"
    manifest.write_text(json.dumps({"source": source}), encoding="utf-8")
    write(folder, "wdi", *rows)
    (folder / "wdi.csv").rename(folder / "vintages" / f"{EDITION}.csv")
    write(folder, "wdi", OTHERS["wdi"])


def test_a_fetched_edition_in_use_joins_its_table(raw):
    adopt(raw, FETCHED)
    joined = load_raw(raw)["wdi"]
    assert joined.to_dict("records") == [OTHERS["wdi"], FETCHED]
    assert list(joined.index) == [0, 1]


@pytest.mark.parametrize(
    ("column", "found", "valid"),
    [
        (
            "value",
            "nan",
            "a number in plain figures: a point before decimals, nothing between thousands, "
            "up to 1e15",
        ),
        ("source_id", "nobody", "an entry of sources.yml"),
        ("source_id", "dubnov-2018", EDITION),
        ("year", "2027", "a year not after 2026, the year of the edition"),
    ],
)
def test_a_bad_cell_of_a_fetched_edition_is_named_by_its_own_file(raw, column, found, valid):
    adopt(raw, FETCHED, FETCHED | {"country": "KGZ", column: found})
    fault = only_fault(raw)
    assert (fault.file, fault.row, fault.column) == (f"{EDITION}.csv", 3, column)
    assert (fault.found, fault.valid) == (found, valid)


def test_faults_of_a_fetched_edition_come_with_those_of_the_tables(raw):
    adopt(raw, FETCHED | {"value": "nan"})
    (raw / "remittances.csv").unlink()
    assert [fault.file for fault in faults(raw)] == ["remittances.csv", f"{EDITION}.csv"]


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("none", "USD"),
        ("100%", "share"),
        ("more than 95%", "share"),  # what readers take it for may pass 100%, the words do not
        ("$1000 trillion", "USD"),
    ],
)
def test_a_number_at_the_edge_of_its_unit_is_let_in(raw, printed, unit):
    indicator, nature = {"USD": ("trade_turnover", "flow"), "share": ("trade_share", "share")}[unit]
    row = RAW_ROW | {"printed": printed, "unit": unit, "indicator": indicator, "nature": nature}
    write_article(raw, row)
    assert list(load_raw(raw)["article"]["printed"]) == [printed]


def test_a_figure_in_another_unit_than_its_indicator_is_told_in_is_refused(raw):
    row = RAW_ROW | {"printed": "30%", "unit": "ratio"}
    row |= {"indicator": "trade_share", "nature": "share"}
    write_article(raw, row)
    (fault,) = faults(raw)
    assert (fault.column, fault.found) == ("unit", "ratio")
    assert fault.valid == "share, in which trade_share is told"


@pytest.mark.parametrize(
    ("cells", "column", "valid"),
    [
        ({"power": "RUS"}, "power", "CHN, as in kaz-trade-chn-2016"),
        ({"country": "KGZ"}, "country", "KAZ, as in kaz-trade-chn-2016"),
        ({"period_printed": "2015"}, "period_printed", "a period of 2016, as in {}"),
    ],
)
def test_a_figure_that_says_something_else_than_its_name_is_refused(raw, cells, column, valid):
    write_article(raw, RAW_ROW | cells)
    (fault,) = [one for one in faults(raw) if one.file == "article.csv"]
    assert (fault.column, fault.valid) == (column, valid.format(RAW_ROW["figure_id"]))


@pytest.mark.parametrize("words", ["", "the first half of 2016", "2015 to 2016", "since 2005"])
def test_a_period_that_fits_the_year_of_the_name_or_is_open_is_let_in(raw, words):
    write_article(raw, RAW_ROW | {"period_printed": words})
    assert list(load_raw(raw)["article"]["period_printed"]) == [words]


@pytest.mark.parametrize(
    ("printed", "others"),
    [
        ("$2000 trillion", {}),
        ("more than $2000 trillion", {"country": "KAX"}),
        ("$5, down from $2000 trillion", {"indicator": "trade"}),
        ("$1 million of $2000 trillion", {"power": "USA"}),
    ],
)
def test_a_number_too_large_is_told_whatever_else_the_row_holds(raw, printed, others):
    write_article(raw, RAW_ROW | {"printed": printed} | others)
    told = faults(raw)
    assert {fault.column for fault in told} == {"printed", *others}
    (large,) = [fault for fault in told if fault.column == "printed"]
    assert (large.found, large.valid) == (printed, "a number up to 1e15")


def test_a_source_without_a_title_is_refused(raw):
    (raw / "sources.yml").write_text("dubnov-2018: {publisher: P, terms: none}\n")
    fault = only_fault(raw)
    assert (fault.file, fault.row, fault.column) == ("sources.yml", "dubnov-2018", "title")


def test_a_source_that_stands_twice_is_refused(raw):
    entry = "dubnov-2018: {title: T, publisher: P, terms: none}\n"
    (raw / "sources.yml").write_text(entry * 2)
    assert "stands twice" in only_fault(raw).found


def test_a_correction_changes_its_cell(raw_figures):
    table = raw_figures({"figure_id": "a"}, {"figure_id": "b"})
    entry = {
        "table": "article",
        "id": "b",
        "what": "printed",
        "expect": "$12.5 billion",
        "to": "$12.6 billion",
        "reason": "misprint",
    }
    tables, applied, found = apply_corrections({"article": table}, [entry])
    assert found == []
    assert [(done.entry, done.line, done.before, done.after, done.reason) for done in applied] == [
        (1, 3, "$12.5 billion", "$12.6 billion", "misprint")
    ]
    assert list(tables["article"]["printed"]) == ["$12.5 billion", "$12.6 billion"]
    assert list(table["printed"]) == ["$12.5 billion", "$12.5 billion"]


def test_a_correction_that_no_longer_fits_says_what_the_cell_holds(raw_figures):
    entry = {
        "table": "article",
        "id": "figure-1",
        "what": "printed",
        "expect": "$12.4 billion",
        "to": "$12.6 billion",
        "reason": "misprint",
    }
    _, _, (fault,) = apply_corrections({"article": raw_figures({})}, [entry])
    assert (fault.column, fault.found) == ("expect", "$12.5 billion")
    assert fault.valid.startswith("$12.4 billion (the cell has changed")


def test_faults_leave_processed_files_untouched(raw, tmp_path):
    processed = tmp_path / "processed"
    write_processed(raw, processed)
    before = {path.name: path.read_bytes() for path in processed.iterdir()}
    write_article(raw, RAW_ROW | {"country": "XXX"})
    with pytest.raises(RawDataError):
        write_processed(raw, processed)
    assert {path.name: path.read_bytes() for path in processed.iterdir()} == before


def test_processed_figures_read_back_as_they_were(raw, tmp_path):
    write_processed(raw, tmp_path / "processed")
    figures = store.load_table("figures", tmp_path / "processed")
    tables = load_raw(raw)
    expected = [clean_figures(tables[name]) for name in FIGURES]
    assert figures.equals(pd.concat(expected, ignore_index=True))


def test_the_raw_data_of_the_project_is_sound(tmp_path):
    shutil.copytree(RAW, tmp_path / "raw")
    assert len(load_raw(tmp_path / "raw")["article"]) > 80


@pytest.mark.parametrize(
    ("table", "column", "value", "valid"),
    [
        ("trade_pairs", "value", "4,23", "a number not below nought"),
        ("trade_pairs", "year", "20016", "a year in four digits"),
        ("trade_pairs", "evidence", "guessed", "one of reported, derived"),
        ("trade_pairs", "source_id", "nobody", "an entry of sources.yml"),
        ("wdi", "value", "nan", "a number in plain figures"),
        ("remittances", "unit", "USD billion", "one of USD million"),
        ("claims", "rule", "lead CHN", "lead and CHN, RUS or level, and how many times"),
        (
            "claims",
            "rule",
            "judged perhaps",
            "judged and a verdict, where no rule can decide:",
        ),
        ("claims", "reason", "It has $12.5 billion", "words, years, and places"),
        ("claims", "claim", "It traded $12.5 billion", "words, years, and places"),
        ("claims", "would_change", "{f:kaz-trade-chn-2016}", "words alone"),
        ("claims", "subject_ids", "kaz-trade-cnh-2016", "kaz-trade-chn-2016 (did you mean this?)"),
    ],
)
def test_a_bad_cell_of_a_statistic_or_claim_is_named(raw, table, column, value, valid):
    write(raw, table, OTHERS[table] | {column: value})
    fault = only_fault(raw)
    assert (fault.file, fault.row, fault.column, fault.found) == (f"{table}.csv", 2, column, value)
    assert fault.valid.startswith(valid)


def test_an_id_in_both_figure_tables_is_refused(raw):
    write(raw, "elsewhere", OTHERS["elsewhere"] | {"figure_id": RAW_ROW["figure_id"]})
    assert only_fault(raw).valid == "an id of its own; article.csv has it in row 2 too"


def test_a_page_may_be_tied_to_a_figure_of_the_article_and_not_the_other_way_round(raw):
    tied = {"related_id": RAW_ROW["figure_id"], "role": "source_of"}
    write(raw, "elsewhere", OTHERS["elsewhere"] | tied)
    load_raw(raw)
    write(raw, "elsewhere", OTHERS["elsewhere"] | tied | {"related_id": "nothing"})
    assert only_fault(raw).valid == "a figure_id of this table or of article.csv, of another row"
    write(raw, "elsewhere", OTHERS["elsewhere"])
    write_article(raw, RAW_ROW | tied | {"related_id": OTHERS["elsewhere"]["figure_id"]})
    assert only_fault(raw).valid == "a figure_id of this table, of another row"


def frame(*rows):
    return pd.DataFrame(rows, dtype=str)


def test_trade_records_of_both_tables_come_together_once():
    pair = OTHERS["trade_pairs"]
    trade = clean_trade(
        frame(pair), frame(pair, OTHERS["trade_all_partners"]), frame(OTHERS["trade_national"])
    )
    assert list(trade["partner"]) == ["CHN", "DEU", "RUS"]
    assert list(trade["value"]) == [4.23e9, 1.5e9, 9.666e9]
    assert set(trade["grade"]) == {"table"}


def test_a_record_written_in_other_digits_in_the_second_table_stands_once_as_the_first_has_it():
    pair = OTHERS["trade_pairs"]
    trade = clean_trade(
        frame(pair), frame(pair | {"value": f"{pair['value']}.0"}), frame(OTHERS["trade_national"])
    )
    assert list(trade["partner"]) == ["CHN", "RUS"]
    assert list(trade["value"]) == [4.23e9, 9.666e9]


def test_trade_tables_that_differ_on_a_record_are_refused():
    pair = OTHERS["trade_pairs"]
    with pytest.raises(RawDataError, match="KAZ CHN export 2016 dots2022"):
        clean_trade(frame(pair), frame(pair | {"value": "1"}), frame())


def test_trade_records_are_numbered_in_the_order_of_their_key():
    first, last = OTHERS["trade_pairs"], OTHERS["trade_all_partners"]
    trade = clean_trade(frame(last), frame(first), frame())
    assert trade["partner"].to_dict() == {0: "CHN", 1: "DEU"}


WORLD = OTHERS["trade_world"]


def test_the_worlds_records_become_numbers_in_the_order_of_their_key():
    # Sorted by reporter, partner, flow and year; the year is not compared as text is.
    rows = [
        WORLD | {"flow": "import"},
        WORLD | {"year": "2015"},
        WORLD,
        WORLD | {"reporter": "CHN", "partner": "MNG"},
    ]
    cleaned = clean_trade_world(frame(*rows), frame(OTHERS["trade_pairs"]))
    assert list(cleaned["reporter"]) == ["CHN", "MNG", "MNG", "MNG"]
    assert list(cleaned["year"]) == [2016, 2015, 2016, 2016]
    assert list(cleaned["flow"]) == ["export", "export", "export", "import"]
    assert list(cleaned["value"]) == [3.895e9] * 4
    assert "dataset" not in cleaned


def test_the_worlds_table_must_agree_with_that_of_the_five():
    pair = OTHERS["trade_pairs"]
    same = clean_trade_world(frame(pair, WORLD), frame(pair))
    assert len(same) == 2
    with pytest.raises(RawDataError, match=r"KAZ CHN export 2016 dots2022.*4230000000, reported"):
        clean_trade_world(frame(pair | {"value": "1"}), frame(pair))
    with pytest.raises(RawDataError, match="estimated"):
        clean_trade_world(frame(pair | {"evidence": "estimated"}), frame(pair))


def test_a_record_that_the_worlds_table_has_otherwise_is_shown_from_both():
    pair = OTHERS["trade_pairs"]
    with pytest.raises(RawDataError) as error:
        clean_trade_world(frame(pair | {"value": "1"}), frame(pair))
    (fault,) = error.value.faults
    assert (fault.file, fault.column) == ("trade_world.csv", "value")
    assert fault.row == "KAZ CHN export 2016 dots2022"
    assert fault.found == "1, reported"
    assert fault.valid == "what trade_pairs.csv has: 4230000000, reported"


@pytest.mark.parametrize("column", ["reporter", "partner"])
def test_a_country_of_the_world_without_a_name_is_a_fault_where_it_first_stands(raw, column):
    nameless = WORLD | {"reporter": "MNG", "partner": "WLD"} | {column: "MNH"}
    write(raw, "trade_world", WORLD, nameless, nameless | {"year": "2017"})
    fault = only_fault(raw)
    assert (fault.file, fault.row, fault.column, fault.found) == (
        "trade_world.csv",
        3,
        column,
        "MNH",
    )
    assert fault.valid == "a country of countries.csv, or WLD"


@pytest.mark.parametrize(
    ("column", "found", "valid"),
    [
        ("value", "3,895", "a number not below nought"),
        ("value", "-", "a number not below nought"),
        ("year", "16", "a year in four digits"),
        ("reporter", "Mongolia", "three capitals"),
        ("flow", "exports", "one of export (did you mean this?), import"),
        ("evidence", "guessed", "one of reported"),
        ("source_id", "nowhere", "an entry of sources.yml"),
    ],
)
def test_a_damaged_cell_of_the_worlds_trade_is_named(raw, column, found, valid):
    write(raw, "trade_world", WORLD | {column: found})
    named = [fault for fault in faults(raw) if fault.column == column]
    assert (named[0].file, named[0].row, named[0].found) == ("trade_world.csv", 2, found)
    assert named[0].valid.startswith(valid)


def test_debt_is_summed_over_kinds_of_creditor():
    row = OTHERS["debt_by_creditor"]
    world = row | {"creditor": "World"}
    debt = clean_debt(frame(row, row | {"series": "DT.DOD.PCBK.CD", "value": "400000"}, world))
    assert debt[["power", "counterpart", "value"]].to_dict("records") == [
        {"power": "CHN", "counterpart": "China", "value": 258e6},
        {"power": "", "counterpart": "all", "value": 257.6e6},
    ]


def test_shares_of_gdp_become_fractions():
    row = OTHERS["wdi"] | {"indicator": "NE.EXP.GNFS.ZS", "value": "31.5"}
    cleaned = clean_wdi(frame(row)).iloc[0]
    assert cleaned["value"] == pytest.approx(0.315)
    assert cleaned["unit"] == "ratio"


def test_an_indicator_that_is_not_used_is_left_out():
    assert clean_wdi(frame(OTHERS["wdi"] | {"indicator": "XX.YY"})).empty


def test_millions_become_dollars_and_euros_stay_euros():
    home = clean_remittances(frame(OTHERS["remittances"])).iloc[0]
    held = clean_fdi(frame(OTHERS["fdi"])).iloc[0]
    assert (home["value"], home["unit"], home["power"]) == (330_000, "USD", "CHN")
    assert (held["value"], held["unit"], held["indicator"]) == (-12.5e6, "EUR", "fdi_flow")


def rows_of(table):
    return table.to_dict("records")


def test_each_statistic_becomes_a_row_of_indicators_with_its_edition():
    (gdp,) = rows_of(clean_wdi(frame(OTHERS["wdi"])))
    assert gdp == {
        "country": "KAZ",
        "power": "",
        "counterpart": "",
        "indicator": "gdp",
        "year": 2016,
        "value": 137278320084.2,
        "unit": "USD",
        "dataset": "wdi",
        "vintage": "2018-08",
        "source_id": "dubnov-2018",
        "evidence": "reported",
        "grade": "table",
    }
    debt = OTHERS["debt_by_creditor"] | {"source_id": "worldbank-ids-2025-12"}
    russian, japanese = rows_of(
        clean_debt(frame(debt | {"creditor": "Russian Federation"}, debt | {"creditor": "Japan"}))
    )[::-1]
    assert (russian["power"], russian["counterpart"]) == ("RUS", "Russian Federation")
    assert (japanese["power"], japanese["counterpart"]) == ("", "Japan")
    named = ("indicator", "unit", "dataset", "vintage", "year", "country")
    assert [russian[name] for name in named] == ["debt_owed", "USD", "ids", "2025-12", 2016, "KAZ"]


def test_remittances_and_investment_name_their_partner_and_edition():
    sent = rows_of(clean_remittances(frame(OTHERS["remittances"] | {"sender": "WLD"})))[0]
    named = ("power", "counterpart", "indicator", "dataset", "vintage")
    assert [sent[name] for name in named] == [
        "",
        "all",
        "remittances",
        "knomad",
        "matrix of 2016",
    ]
    old = {"dataset": "unctad2014", "measure": "FDI inward stock", "unit": "USD million"}
    held, new = rows_of(clean_fdi(frame(OTHERS["fdi"] | old | {"partner": "RUS"}, OTHERS["fdi"])))
    assert [held[name] for name in (*named, "unit")] == [
        "RUS",
        "RUS",
        "fdi_stock",
        "unctad2014",
        "2014",
        "USD",
    ]
    assert (new["vintage"], new["power"]) == ("2003 to 2021", "CHN")


def test_a_figure_keeps_the_cells_that_parsing_does_not_touch(raw_figures):
    figure = clean_figures(raw_figures({"note": "n", "reporter": "KAZ"})).iloc[0]
    kept = ("locator", "country", "power", "note", "reporter", "source_id", "printed")
    assert [figure[name] for name in kept] == [
        "Table 1, KAZ, column 2, note 2",
        "KAZ",
        "CHN",
        "n",
        "KAZ",
        "dubnov-2018",
        "$12.5 billion",
    ]
    assert (figure["related_id"], figure["role"], figure["as_of"]) == ("", "", "")
    assert figure["qualifier"] == ""


def test_a_debt_outstanding_counts_at_the_end_of_its_period_and_as_of_at_its_own_day(raw_figures):
    owed, counted = rows_of(
        clean_figures(
            raw_figures(
                {"status": "outstanding"},
                {"nature": "stock", "period_printed": "by October 2016"},
            )
        )
    )
    assert owed["as_of"] == "2016-12-31"
    assert counted["as_of"] == "2016-10-01"


def test_a_part_and_its_whole_share_the_period_and_are_tied_both_ways(raw_figures):
    part, whole = rows_of(
        clean_figures(
            raw_figures(
                {
                    "figure_id": "migrants",
                    "printed": "over 1 million of Tajikistan’s 8 million people",
                    "unit": "persons",
                    "indicator": "migrants",
                }
            )
        )
    )
    assert (part["figure_id"], part["role"], part["qualifier"]) == (
        "migrants",
        "part_of",
        "more than",
    )
    assert (whole["figure_id"], whole["related_id"], whole["role"]) == (
        "migrants-whole",
        "migrants",
        "whole",
    )
    assert (part["period_printed"], whole["period_printed"]) == ("2016", "2016")
    assert (part["indicator"], whole["indicator"]) == ("migrants", "migrants")
    assert (part["printed"], whole["printed"]) == ("over 1 million", "8 million people")


def test_a_vague_amount_says_that_there_is_no_number(raw_figures):
    figure = clean_figures(raw_figures({"printed": "undisclosed sum"})).iloc[0]
    assert figure["qualifier"] == "no number"


def statistics(*values, first=2010):
    row = OTHERS["debt_by_creditor"]
    return [row | {"year": str(first + n), "value": str(v)} for n, v in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        ((2e7, 2.1e9, 2e7), [3]),  # more than a hundredfold of both neighbours
        ((2e7, 1.9e9, 2e7), []),
        ((2e9, 1.9e7, 2e9), [3]),
        ((2e9, 2.1e7, 2e9), []),
        ((2e7, 2e9, 2e7), []),  # a hundredfold is the limit, and within it
        ((2e9, 2e7, 2e9), []),
        ((2e9, 1, 2e9), [3]),
        ((1e4, 1e7, 1e4), []),  # a sum matters above ten million
        ((1e4, 2e6, 1e4), []),  # too small to matter
        ((2e7, 2e7, 1.1e10), [4]),  # at an end it takes five hundredfold
        ((2e7, 2e7, 0.9e10), []),
        ((1.1e10, 2e7, 2e7), [2]),
        ((2e7, 1.1e10), []),  # with two years nobody knows which is wrong
        ((2e7, 0, 2e7), []),  # nought is no slip of a scale
    ],
)
def test_a_leap_of_scale_is_told_where_the_years_beside_it_deny_it(raw, values, lines):
    write(raw, "debt_by_creditor", *statistics(*values))
    if not lines:
        assert len(load_raw(raw)["debt_by_creditor"]) == len(values) + 1
        return
    told = faults(raw)
    assert [fault.row for fault in told] == lines
    limit = 100 if lines == [3] else 500
    assert told[0].valid == (f"within {limit} times of the years beside it (million for billion?)")


@pytest.mark.parametrize(("part", "sound"), [("1000900000", True), ("1001100000", False)])
def test_a_part_may_pass_its_whole_by_rounding_alone(raw, part, sound):
    debt = OTHERS["debt_by_creditor"]
    write(
        raw,
        "debt_by_creditor",
        debt | {"value": part},
        debt | {"creditor": "World", "value": "1e9"},
    )
    if sound:
        assert len(load_raw(raw)["debt_by_creditor"]) == 3
        return
    fault = only_fault(raw)
    assert (fault.row, fault.column, fault.found) == (2, "value", part)
    assert fault.valid == "at most 1000000000, as World has for the same year"


def test_nought_may_be_a_part_of_nought(raw):
    none = OTHERS["debt_by_creditor"] | {"value": "0"}
    write(raw, "debt_by_creditor", none, none | {"creditor": "World"})
    assert len(load_raw(raw)["debt_by_creditor"]) == 3


def test_a_part_is_held_against_the_whole_of_its_own_year_and_kind(raw):
    debt = OTHERS["debt_by_creditor"]
    world = debt | {"creditor": "World", "value": "1000"}
    write(raw, "debt_by_creditor", debt, world | {"year": "2015"}, world | {"country": "KGZ"})
    assert len(load_raw(raw)["debt_by_creditor"]) == 4


RUSSIA_MEANT = "Russian Federation (did you mean this?), or a creditor with a row in parties.csv"


@pytest.mark.parametrize(
    ("name", "valid"),
    [
        ("Atlantis", "a creditor with a row in parties.csv"),
        ("Chima", "China (did you mean this?), or a creditor with a row in parties.csv"),
        ("Russian Federatoin", RUSSIA_MEANT),
        ("Russia", RUSSIA_MEANT),  # our own name for it
        ("RUSSIA", RUSSIA_MEANT),
    ],
)
def test_a_creditor_spelt_nearly_as_a_power_is_told(raw, name, valid):
    write(raw, "debt_by_creditor", OTHERS["debt_by_creditor"] | {"creditor": name})
    fault = only_fault(raw)
    assert (fault.column, fault.found, fault.valid) == ("creditor", name, valid)


def test_a_year_that_the_edition_could_not_know_is_told(raw):
    write(raw, "wdi", OTHERS["wdi"] | {"year": "2018"})
    assert len(load_raw(raw)["wdi"]) == 1
    write(raw, "wdi", OTHERS["wdi"] | {"year": "2019"})
    fault = only_fault(raw)
    assert (fault.column, fault.valid) == ("year", "a year not after 2018, the year of the edition")


def test_trade_that_concerns_none_of_the_five_is_told(raw):
    write(raw, "trade_pairs", OTHERS["trade_pairs"] | {"reporter": "CHN", "partner": "RUS"})
    fault = only_fault(raw)
    assert (fault.row, fault.column, fault.found) == (2, "reporter", "CHN")
    assert fault.valid == "one of KAZ, KGZ, TJK, TKM, UZB, unless the partner is"


@pytest.mark.parametrize("column", ["value", "evidence"])
def test_a_record_that_differs_between_the_tables_of_trade_is_told_by_cell(raw, column):
    pair = OTHERS["trade_pairs"]
    other = {"value": "1", "evidence": "derived"}[column]
    write(raw, "trade_all_partners", OTHERS["trade_all_partners"], pair | {column: other})
    fault = only_fault(raw)
    assert (fault.file, fault.row, fault.column) == ("trade_all_partners.csv", 3, column)
    assert fault.valid == (
        f"{pair[column]}, which trade_pairs.csv has for KAZ CHN export 2016 dots2022"
    )


def test_the_same_number_written_otherwise_is_no_difference(raw):
    write(raw, "trade_all_partners", OTHERS["trade_pairs"] | {"value": "4.23e9"})
    assert len(load_raw(raw)["trade_all_partners"]) == 1


ENTRY = {
    "table": "article",
    "id": "figure-1",
    "what": "printed",
    "expect": "$12.5 billion",
    "to": "$12.6 billion",
    "reason": "misprint",
}
FIELDS = "table, id, what, expect, to, reason, all filled, with words in quotation marks"
TABLES = (
    "one of article, elsewhere, stated_trade, stated_investment, "
    "and one of its columns but figure_id"
)


@pytest.mark.parametrize(
    ("entry", "column", "found", "valid"),
    [
        (ENTRY | {"reason": ""}, "(entry)", ", ".join(ENTRY), FIELDS),
        (ENTRY | {"more": "x"}, "(entry)", ", ".join([*ENTRY, "more"]), FIELDS),
        (ENTRY | {"to": ["x"]}, "(entry)", ", ".join(ENTRY), FIELDS),
        (ENTRY | {"to": {"x": 1}}, "(entry)", ", ".join(ENTRY), FIELDS),
        (ENTRY | {"to": None}, "(entry)", ", ".join(ENTRY), FIELDS),  # "" empties a cell
        (ENTRY | {"to": 12.90}, "(entry)", ", ".join(ENTRY), FIELDS),  # YAML has lost the nought
        (ENTRY | {"to": True}, "(entry)", ", ".join(ENTRY), FIELDS),
        (ENTRY | {"reason": " "}, "(entry)", ", ".join(ENTRY), FIELDS),
        (ENTRY | {"what": "figure_id"}, "what", "article.figure_id", TABLES),
        ("words", "(entry)", "words", FIELDS),
        (ENTRY | {"table": "nothing"}, "what", "nothing.printed", TABLES),
        (ENTRY | {"what": "nothing"}, "what", "article.nothing", TABLES),
        (
            ENTRY | {"id": "none"},
            "expect",
            "no row none",
            "$12.5 billion (the cell has changed: look whether the correction is still needed)",
        ),
    ],
)
def test_a_correction_that_cannot_be_made_is_told_and_the_next_is_made(
    raw_figures, entry, column, found, valid
):
    tables, applied, (fault,) = apply_corrections({"article": raw_figures({})}, [entry, ENTRY])
    assert (fault.file, fault.row, fault.column) == ("corrections.yml", "entry 1", column)
    assert [done.entry for done in applied] == [2]
    assert (fault.found, fault.valid) == (found, valid)
    assert list(tables["article"]["printed"]) == ["$12.6 billion"]


def test_a_correction_of_an_id_that_two_rows_have_says_what_both_hold(raw_figures):
    table = raw_figures({}, {"figure_id": "figure-1", "printed": "$1 billion"})
    _, _, (fault,) = apply_corrections({"article": table}, [ENTRY])
    assert (fault.column, fault.found) == ("expect", "$12.5 billion, $1 billion")


def test_a_name_that_cleaning_gives_may_not_be_taken(raw):
    # The first of these two figures is cut in two, and its earlier part named after it.
    write_article(
        raw,
        RAW_ROW | {"figure_id": "stock", "printed": "$984 million, up from $45 million"},
    )
    write(raw, "elsewhere", OTHERS["elsewhere"] | {"figure_id": "stock-earlier"})
    write(raw, "claims", OTHERS["claims"] | {"subject_ids": "stock", "reason": "Words"})
    fault = only_fault(raw)
    assert (fault.file, fault.row, fault.column) == ("elsewhere.csv", 2, "figure_id")
    assert fault.found == "stock-earlier"
    assert fault.valid == "another name: this is what the second part of stock is called"


def test_statistics_are_numbered_in_the_order_of_their_key(raw):
    # By country, then by counterpart: none, CHN, China, RUS, Russian Federation.
    made = process(load_raw(raw))["indicators"]
    assert dict(enumerate(made["country"] + " " + made["indicator"])) == {
        0: "KAZ gdp",
        1: "KAZ commitments",
        2: "KAZ fdi_flow",
        3: "KAZ remittances",
        4: "KAZ debt_owed",
        5: "KAZ arms_received",
        6: "KAZ debt_owed",
        7: "KGZ grants",
        8: "TKM gas_exports",
        9: "TKM loans_disbursed",
        10: "UZB born_here_living_there",
    }
    assert list(made.index) == list(range(11))


def test_the_codebook_has_the_same_line_ends_on_every_system(raw, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "linesep", "\r\n")
    write_processed(raw, tmp_path / "processed")
    assert b"\r" not in (tmp_path / "processed" / "codebook.csv").read_bytes()


def test_the_tables_are_written_with_their_codebook_and_data_package(raw, tmp_path):
    write_processed(raw, tmp_path / "processed")
    assert {path.name for path in (tmp_path / "processed").iterdir()} == {
        "codebook.csv",
        "countries.csv",
        "datapackage.json",
        "figures.csv",
        "indicators.csv",
        "trade.csv",
        "trade_goods_and_services.csv",
        "trade_world.csv",
    }
    header = (tmp_path / "processed" / "codebook.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header == "table,column,type,unit,required,allowed,description"
