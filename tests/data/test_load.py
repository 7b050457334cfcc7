"""The folder of raw data as a whole: one row of it at fault, and the faults of corrections."""

import json
import shutil
from pathlib import Path

import pytest

from analysis.data.editions import SHIPPED
from analysis.data.faults import RawDataError
from analysis.data.load import WRITTEN, faults_of_row, load_but_for_claims, load_raw

SOUND = Path(__file__).with_name("damaged") / "sound"


@pytest.fixture(scope="module")
def sound():
    return load_raw(SOUND)


@pytest.fixture
def of_row(sound):
    """What is wrong with one row of the sound tables, once a cell of it is another."""

    def faults(name, line, column, cell):
        rows = sound[name].copy()
        rows.loc[line, column] = cell
        found = faults_of_row(sound | {name: rows}, name, line)
        return [(fault.file, fault.row, fault.column, fault.found) for fault in found]

    return faults


def test_a_sound_row_has_no_faults(sound):
    assert faults_of_row(sound, "trade_pairs", 3) == []


def test_a_row_may_be_at_fault_by_itself(of_row):
    assert of_row("trade_pairs", 3, "flow", "exprot") == [
        ("trade_pairs.csv", 3, "flow", "exprot"),
    ]


def test_a_row_may_be_at_fault_beside_others_of_its_table(of_row):
    # All that Tajikistan owed in 2016 was 1.198 billion dollars.
    assert of_row("debt_by_creditor", 2, "value", "1610000000") == [
        ("debt_by_creditor.csv", 2, "value", "1610000000"),
    ]


def test_a_record_may_differ_from_the_same_in_another_table(of_row):
    assert of_row("trade_pairs", 3, "value", "4320000000") == [
        ("trade_all_partners.csv", 2, "value", "4230000000"),
    ]


def test_a_country_of_a_row_may_have_no_name(of_row):
    assert of_row("fdi", 2, "partner", "QQQ") == [("fdi.csv", 2, "partner", "QQQ")]


def test_a_figure_may_have_the_id_of_another_table(of_row):
    assert of_row("article", 2, "figure_id", "kaz-trade-chn-2016-stated") == [
        ("stated_trade.csv", 2, "figure_id", "kaz-trade-chn-2016-stated"),
    ]


CORRECTION = """
- table: article
  id: kaz-trade-rus-2016
  what: printed
  expect: "$12.9 billion"
  to: "$12.8 billion"
  reason: misprint
"""


def test_a_fault_that_a_corrected_row_had_before_stays_the_rows_own(tmp_path):
    raw = Path(shutil.copytree(SOUND, tmp_path / "raw"))
    (raw / "corrections.yml").write_text(CORRECTION, encoding="utf-8")
    article = raw / "article.csv"
    lines = article.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[2] = lines[2].replace("dubnov-2018", "dubnov-2019")
    article.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(RawDataError) as error:
        load_but_for_claims(raw, sealed=False, names=WRITTEN)
    (fault,) = error.value.faults
    assert (fault.file, fault.row, fault.column) == ("article.csv", 3, "source_id")


@pytest.fixture
def raw(tmp_path):
    """The sound tables in a folder of their own."""
    return Path(shutil.copytree(SOUND, tmp_path / "raw"))


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def told(raw, **options):
    """Where the faults of the folder are."""
    with pytest.raises(RawDataError) as error:
        load_raw(raw, **options)
    return [(fault.file, fault.row, fault.column) for fault in error.value.faults]


def test_what_is_wrong_with_every_file_is_told_at_once(raw):
    change(raw / "sources.yml", "dubnov-2018:", "dubnov-2018:\n  colour: red")
    (raw / "corrections.yml").write_text("table: article\n", encoding="utf-8")
    (raw / "fdi.csv").unlink()
    change(raw / "article.csv", "kaz-trade-rus-2016", "kaz trade rus 2016")
    files = [file for file, _, _ in told(raw)]
    assert list(dict.fromkeys(files)) == [
        "sources.yml", "fdi.csv", "corrections.yml", "article.csv", "claims.csv",
    ]  # fmt: skip


def tie_across_tables(raw):
    """Let a figure of another page be what one of the article comes from."""
    (raw / "elsewhere.csv").write_text(
        (raw / "article.csv").read_text("utf-8").splitlines()[0] + "\n"
        "kaz-page,page,$12.5 billion,ours,2016,KAZ,CHN,,trade,trade_turnover,flow,realised,USD,,"
        "bilateral,nominal,,dubnov-2018,kaz-trade-chn-2016,source_of,\n",
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("figure_id,locator", "figure_id;locator", (1, "(header)")),
        ("kaz-trade-chn-2016,", "kaz-trade-chn-2016,,", (2, "(row)")),
    ],
)
def test_a_table_or_row_that_cannot_be_read_is_told_once_and_not_by_each_tie_to_it(
    raw, old, new, place
):
    tie_across_tables(raw)
    change(raw / "article.csv", old, new)
    assert told(raw) == [("article.csv", *place)]


def test_a_tie_to_nothing_is_told_where_every_row_was_read(raw):
    tie_across_tables(raw)
    change(raw / "elsewhere.csv", ",kaz-trade-chn-2016,source_of", ",kaz-nothing,source_of")
    assert told(raw) == [("elsewhere.csv", 2, "related_id")]


def test_a_correction_to_a_table_that_cannot_be_read_is_not_told_as_well(raw):
    (raw / "corrections.yml").write_text(CORRECTION, encoding="utf-8")
    change(raw / "article.csv", "figure_id,locator", "figure_id;locator")
    assert told(raw) == [("article.csv", 1, "(header)")]


def test_statistics_must_be_what_their_seals_say_unless_they_are_let_be(raw):
    change(raw / "fdi.csv", "-12.5", "-13.5")
    assert told(raw) == [("fdi.csv", "nbk-fdi", "(seal)")]
    assert load_raw(raw, sealed=False)["fdi"]["value"].tolist() == ["-13.5"]


def test_without_the_statistics_only_what_is_written_is_read(raw):
    (raw / "fdi.csv").unlink()
    tables = load_raw(raw, names=WRITTEN)
    assert set(tables) == {*WRITTEN, "sources", "corrections"}
    assert list(tables["sources"]) != []


def test_what_shows_between_cells_is_told_once_each_cell_is_sound(raw):
    change(raw / "trade_pairs.csv", "5780000000", "5870000000")
    change(raw / "trade_pairs.csv", "export,2015", "exprot,2015")
    assert told(raw, sealed=False) == [
        ("trade_pairs.csv", 2, "flow"),
    ]


def test_wrong_claims_are_given_and_not_raised_where_they_alone_are_wrong(raw):
    change(raw / "claims.csv", "{f:kaz-trade-chn-2016}", "{f:kaz-nothing}")
    tables, faults = load_but_for_claims(raw)
    assert [(fault.file, fault.found) for fault in faults] == [("claims.csv", "{f:kaz-nothing}")]
    assert len(tables["claims"]) == 1
    assert told(raw) == [("claims.csv", 2, "reason")]


def test_a_row_that_cannot_be_read_is_told_once_and_not_by_each_claim_on_it(raw):
    change(raw / "claims.csv", "{f:kaz-trade-chn-2016}", "{f:kaz-trade-chn-2016-stated}")
    change(raw / "stated_trade.csv", "kaz-trade-chn-2016-stated,", "kaz-trade-chn-2016-stated,,")
    assert told(raw) == [("stated_trade.csv", 2, "(row)")]


def test_a_corrected_figure_is_what_is_handed_on(raw):
    (raw / "corrections.yml").write_text(CORRECTION, encoding="utf-8")
    tables = load_raw(raw)
    assert tables["article"].loc[3, "printed"] == "$12.8 billion"
    assert [done.line for done in tables["corrections"]] == [3]


FETCHED = "worldbank-wdi-2026-11-24"


def adopt(raw, *rows, **of_source):
    """Let a fetched edition of the World Bank's table be in use, of some countries and values."""
    folder = raw / "vintages"
    folder.mkdir()
    lines = [f"{table}: {edition}\n" for table, edition in (SHIPPED | {"wdi": FETCHED}).items()]
    (folder / "current.yml").write_text("".join(lines), encoding="utf-8")
    source = {"title": "WDI", "publisher": "World Bank", "terms": "open", "date": "2026-11-24"}
    source |= of_source
    (folder / f"{FETCHED}.json").write_text(json.dumps({"source": source}), encoding="utf-8")
    cells = [
        f"2026-11-24,{country},NY.GDP.MKTP.CD,2020,{value},{FETCHED}" for country, value in rows
    ]
    header = "vintage,country,indicator,year,value,source_id"
    (folder / f"{FETCHED}.csv").write_text("\n".join([header, *cells, ""]), encoding="utf-8")


def test_an_adopted_edition_joins_the_rows_of_its_table_each_in_a_place_of_its_own(raw):
    adopt(raw, ("KAZ", "171082000001"), ("CHN", "14687673892882"))
    tables = load_raw(raw)
    wdi = tables["wdi"]
    assert wdi["value"].tolist()[-2:] == ["171082000001", "14687673892882"]
    assert wdi["vintage"].tolist() == ["2018-08"] * (len(wdi) - 2) + ["2026-11-24"] * 2
    assert wdi.index.is_unique
    assert tables["sources"][FETCHED]["publisher"] == "World Bank"


def test_an_adopted_edition_is_left_out_where_only_what_is_written_is_read(raw):
    adopt(raw, ("KAZ", "no number"))
    assert "wdi" not in load_raw(raw, names=WRITTEN)


@pytest.mark.parametrize(
    ("row", "column", "found"),
    [(("QQQ", "1"), "country", "QQQ"), (("CHN", "one"), "value", "one")],
)
def test_what_is_wrong_with_an_adopted_edition_is_told_in_its_own_file(raw, row, column, found):
    adopt(raw, ("KAZ", "171082000001"), row)
    with pytest.raises(RawDataError) as error:
        load_raw(raw)
    (fault,) = error.value.faults
    assert (fault.file, fault.row) == (f"{FETCHED}.csv", 3)
    assert (fault.column, fault.found) == (column, found)


def test_a_record_of_the_table_of_all_partners_may_differ_too(of_row):
    assert of_row("trade_all_partners", 2, "value", "4320000000") == [
        ("trade_all_partners.csv", 2, "value", "4320000000"),
    ]


def test_trade_of_the_worlds_table_may_leap_from_one_year_to_the_next(raw):
    rows = "".join(
        f"dots2022,KAZ,CHN,export,{year},{value},reported,imf-dots-2022\n"
        for year, value in ((2016, 5480000), (2017, 5780000000))
    )
    with (raw / "trade_world.csv").open("a", encoding="utf-8") as file:
        file.write(rows)
    assert len(load_raw(raw, sealed=False)["trade_world"]) == 3


def test_what_is_wrong_with_the_source_of_an_adopted_edition_is_told_in_its_own_file(raw):
    adopt(raw, ("KAZ", "171082000001"), seen="no")
    with pytest.raises(RawDataError) as error:
        load_raw(raw)
    (fault,) = error.value.faults
    assert (fault.file, fault.row) == (f"{FETCHED}.json", FETCHED)
    assert (fault.column, fault.found) == ("seen", "no")
