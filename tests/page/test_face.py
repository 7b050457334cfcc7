"""What a notebook imports: names, frames, and answers to slips of typing."""

import copy
import doctest
import importlib
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

import analysis
from analysis import load
from analysis.config import COUNTRIES, ROOT
from analysis.data.columns import faults_of
from analysis.data.unwritten import LENDERS, RECORDS
from analysis.page.language import speaking

BLOCKS = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "analyst.md").read_text("utf-8"), re.S)
HOUSE = Path(analysis.__file__).parent
WITH_EXAMPLES = sorted(
    f"analysis.{room}.{path.stem}"
    for room in ("data", "measures", "page", "charts")
    for path in (HOUSE / room).glob("*.py")
    if ">>> " in path.read_text("utf-8")
)


BESIDE = {"lenders": LENDERS, "records": RECORDS}


def test_every_name_of_the_face_is_there():
    assert {name for name in analysis.__all__ if getattr(analysis, name) is None} == set()


def test_a_name_that_is_not_there_is_answered_with_those_that_are():
    with pytest.raises(AttributeError, match="it has: Country, Quantity, chart, load"):
        analysis.lode  # noqa: B018


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_the_examples_in_docstrings_are_true(module):
    assert doctest.testmod(importlib.import_module(module)).failed == 0


def test_the_eleven_questions_run_as_they_stand(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.mkdtemp", lambda: str(tmp_path))
    names: dict[str, object] = {}
    assert len(BLOCKS) >= 11
    for block in BLOCKS:
        exec(compile(block, "docs/analyst.md", "exec"), names)
    assert [path.name for path in sorted(Path(tmp_path).iterdir())] == [
        "kyrgyz-trade-columns.csv",
        "kyrgyz-trade.csv",
        "mine.png",
        "mine.svg",
    ]
    assert names["mine"].source_line in (tmp_path / "mine.svg").read_text("utf-8")


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_country_has_its_own_rows_alone(country):
    loaded = load(country)
    for name, rows in loaded.tables.items():
        if "country" in rows:
            assert set(rows["country"]) <= {country}, name
    records = loaded.tables["records"]
    assert ((records["reporter"] == country) | (records["partner"] == country)).all()
    assert loaded.tables["checks"]["subject"].str.contains(f"{country.lower()}-").all()


def test_without_a_country_there_are_all_five():
    five = load()
    assert set(five.where(tie="trade")["country"]) == set(COUNTRIES)
    assert len(five.where(tie="debt")) == sum(
        len(load(country).where(tie="debt")) for country in COUNTRIES
    )


def test_there_is_one_row_a_record_and_year_unless_editions_are_asked_for():
    kyrgyzstan = load("KGZ")
    usual = kyrgyzstan.where(tie="trade", record="own")
    assert not usual["year"].duplicated().any()
    both = kyrgyzstan.where(tie="trade", record="own", year=2016, in_use=["yes", "no"])
    assert {"imf-dots-2022", "kgz-nsc-2024"} <= set(both["edition"])


def test_what_where_gives_may_be_changed_without_harm():
    kyrgyzstan = load("KGZ")
    mine = kyrgyzstan.where(tie="trade")
    mine.loc[:, "china"] = 0.0
    assert (kyrgyzstan.where(tie="trade")["china"] > 0).any()


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ({"tie": "trad"}, "did you mean 'trade'"),
        ({"tei": "trade"}, "no column 'tei' in this table; valid: pair_id, country"),
        ({"table": "tie"}, "no table 'tie'; valid: ties, verdicts"),
        ({"record": "owm"}, "did you mean 'own'"),
        ({"leader": "China"}, "leader is never 'China'"),
        ({"whole_year": False}, "whole_year is never False; valid: yes, no"),
        ({"year": 2061}, "year is never 2061; valid: 1990 to 20"),
        ({"year": [2016, 2061]}, "year is never 2061"),
        ({"year": "2016"}, "year is never '2016' (did you mean the number 2016?); valid: 1990 to"),
        ({"edition": "imf-dots-2023"}, "edition is never 'imf-dots-2023' (did you mean 'imf-dots"),
        ({"unit": "usd"}, "unit is never 'usd'"),
        ({"china": "5"}, "china holds numbers and is never '5'"),
        ({"start": 2016}, "start is never 2016; valid: a day such as '2016-12-31'"),
        ({"country": "TJK"}, "valid: load('TJK'), or load() for the five together"),
        ({"table": "indicators", "counterpart": "Chinna"}, "did you mean 'China'"),
        ({"table": "lenders", "lender": "Wold Bank"}, "did you mean 'World Bank'"),
        ({"table": "lenders", "part": "chinese"}, "did you mean 'china'"),
        ({"table": "weights", "dataset": "dots"}, "dataset is never 'dots'"),
        ({"table": "figures", "source_id": "dubnov2018"}, "(did you mean 'dubnov-2018'?)"),
        ({"table": "lenders", "year": "2016"}, "did you mean the number 2016"),
    ],
)
def test_a_slip_of_typing_is_answered_with_the_valid_words(asked, answer):
    with pytest.raises(ValueError, match=re.escape(answer)):
        load("KGZ").where(**asked)


def test_a_year_or_a_source_that_merely_has_no_rows_is_no_slip():
    kyrgyzstan = load("KGZ")
    assert kyrgyzstan.where(tie="gas", year=2016).empty
    assert kyrgyzstan.where(tie="trade", record="own", year=1990).empty
    assert kyrgyzstan.where(tie="trade", edition="kaz-bns-2024").empty
    assert len(kyrgyzstan.where(tie="trade", record="own", year=range(2015, 2018))) == 3


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("KZG", "did you mean KGZ?"),
        ("KZ", "(KZ is Kazakhstan’s two-letter code; did you mean KAZ?)"),
        ("kg", "(KG is Kyrgyzstan’s two-letter code; did you mean KGZ?)"),
        ("kgz", "did you mean KGZ?"),
        ("KYR", "did you mean KGZ?"),
        ("Uzbekistan", "did you mean UZB?"),
        ("tajikistan", "did you mean TJK?"),
        ("CN", "China is one of the two that are compared"),
        ("chn", "China is one of the two that are compared"),
        ("", "no country is named; valid: ISO 3166 codes such as KAZ, or nothing at all, load()"),
        (" ", "no country is named"),
    ],
)
def test_a_wrong_country_is_answered_with_the_likely_one(code, answer):
    with pytest.raises(ValueError, match=re.escape(answer)):
        load(code)


def test_several_countries_are_answered_with_how_to_have_them():
    told = "found ['KAZ', 'UZB'], where one code is wanted"
    with pytest.raises(TypeError, match=re.escape(told)):
        load(["KAZ", "UZB"])
    some = load().where(tie="trade", country=["KAZ", "UZB"])
    assert set(some["country"]) == {"KAZ", "UZB"}


def test_a_second_code_is_answered_with_how_to_have_several():
    told = "found 'TJK' after 'KGZ', where one code is wanted"
    with pytest.raises(TypeError, match=re.escape(told)):
        load("KGZ", "TJK")


def test_what_another_country_has_is_no_slip_where_a_country_has_none():
    assert load("MNG").where("indicators", indicator="gas_exports", counterpart="all").empty


def test_values_may_be_given_one_by_one_and_days_as_pandas_has_them():
    kyrgyzstan = load("KGZ")
    ties = (tie for tie in ("trade", "debt"))
    assert set(kyrgyzstan.where(tie=ties)["tie"]) == {"trade", "debt"}
    rows = kyrgyzstan.where(tie="trade", start=pd.Timestamp("2016-01-01"))
    assert set(rows["year"]) == {2016}


def test_a_source_is_known_by_its_own_name_and_by_that_of_its_dataset():
    kyrgyzstan = load("KGZ")
    assert kyrgyzstan.source_of("kgz-nsc-2024") == "kgz-nsc-2024"
    assert kyrgyzstan.source_of("kgznsc2024") == "kgz-nsc-2024"


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("kgz-nsc-2023", "no source or dataset 'kgz-nsc-2023' (did you mean 'kgz-nsc-2024'"),
        ("KGZ-trade_turnover-own-2023", "`analysis explain` tells of a pair"),
        ("kgznsc2023", "(did you mean 'kgznsc2024'"),
        ("%%", "no source or dataset '%%'; valid: what edition, source_id or dataset"),
        (pd.DataFrame(), "found DataFrame, where source_of takes one name"),
    ],
)
def test_a_source_that_there_is_not_is_answered_with_what_is_taken(name, answer):
    with pytest.raises(ValueError, match=re.escape(answer)):
        load("KGZ").source_of(name)


def test_a_frame_in_place_of_a_part_of_a_page_is_answered_with_what_is_taken():
    kyrgyzstan = load("KGZ")
    told = "found DataFrame, where sources takes what tell, table and chart make; source_line(rows)"
    with pytest.raises(ValueError, match=re.escape(told)):
        kyrgyzstan.sources(kyrgyzstan.where(tie="trade"))


def test_a_table_taken_for_an_attribute_is_answered_with_how_to_ask_for_it():
    uzbekistan = load("UZB")
    with pytest.raises(AttributeError, match=re.escape("ask for it by where('ties')")):
        uzbekistan.ties  # noqa: B018
    with pytest.raises(AttributeError, match=re.escape("no 'tie'; tables are asked for by where")):
        uzbekistan.tie  # noqa: B018
    assert copy.copy(uzbekistan).code == "UZB"


def test_a_unit_that_there_is_not_is_answered_with_the_valid_ones():
    answer = "no unit 'usd' (did you mean USD?); valid: USD, EUR"
    with pytest.raises(ValueError, match=re.escape(answer)):
        analysis.read("nearly $2bn", "usd")


def test_a_country_beyond_the_five_has_its_trade():
    mongolia = load("MNG").where(tie="trade", year=2016)
    assert list(mongolia["record"]) == ["own", "partner"]
    assert isinstance(mongolia, pd.DataFrame) and set(mongolia["leader"]) == {"CHN"}


def test_a_country_beyond_the_five_has_nothing_but_its_trade():
    mongolia = load("MNG")
    filled = {name for name, rows in mongolia.tables.items() if len(rows)}
    assert filled == {"ties", "verdicts", "crossings", "records"}
    assert mongolia.where("claims").empty


def test_reasons_for_differing_records_come_with_their_years_and_sources():
    causes = load("KGZ").where("causes", partner="CHN", first_year=2016)
    assert list(causes["source_id"]) == ["24-kg-66435"]
    assert set(load("KGZ").codebook("causes")["column"]) == set(causes.columns)
    with pytest.raises(ValueError, match="partner is never 'China'"):
        load("KGZ").where("causes", partner="China")


def test_tables_are_named_in_a_line_of_sources_and_many_pages_counted():
    kyrgyzstan = load("KGZ")
    rows = kyrgyzstan.where(tie="trade", record="own")
    line = kyrgyzstan.source_line(rows[rows["grade"] == "table"])
    assert line.startswith("National Statistical Committee of the Kyrgyz Republic, Exports")
    assert "officials’ figures" not in line
    stated = kyrgyzstan.source_line(kyrgyzstan.where(tie="trade", grade="stated"))
    assert re.fullmatch("officials’ figures as carried by [0-9]+ publishers", stated)


@pytest.mark.parametrize(
    ("language", "both"),
    [("en", "2025-12 and 2026-07"), ("ru", "декабрь 2025 года и июль 2026 года")],
)
def test_several_tables_of_one_work_are_named_once_with_their_dates_in_order(language, both):
    register = {
        "new": {"publisher": "P", "title": "Review, gas in 2025", "date": "2026-07"},
        "other": {"publisher": "P", "title": "Review, gas in all years"},
        "loans": {"publisher": "P", "title": "Review, loans", "date": "2020"},
        "old": {"publisher": "P", "title": "Review, gas in 2024", "date": "2025-12"},
    }
    register = {name: entry | {"vintage": "some"} for name, entry in register.items()}
    this = replace(load("KGZ"), register=register)
    rows = pd.DataFrame({"edition": ["new", "other", "loans", "old", "new"]})
    with speaking(language):
        told = f"P, Review, {both}; P, Review, gas in all years; P, Review, loans, 2020"
        assert this.source_line(rows) == told
        assert "Review, gas in 2025" in this.source_line(rows.head(1))


def test_undated_tables_of_one_work_keep_their_titles():
    titles = ["Review, gas in 2024", "Review, gas in 2025"]
    register = {title: {"publisher": "P", "title": title, "vintage": "some"} for title in titles}
    told = replace(load("KGZ"), register=register).source_line(pd.DataFrame({"edition": titles}))
    assert told == "P, Review, gas in 2024; P, Review, gas in 2025"


def test_a_single_page_is_named_by_its_publisher():
    kyrgyzstan = load("KGZ")
    row = kyrgyzstan.where(tie="trade", grade="stated").head(1)
    publisher = kyrgyzstan.register[row["edition"].iloc[0]]["publisher"]
    assert kyrgyzstan.source_line(row) == f"officials’ figures as carried by {publisher}"


def test_the_codebook_describes_every_column():
    book = load("UZB").codebook("ties")
    assert list(book["column"]) == list(load("UZB").where(tie="trade").columns)
    assert (book["description"] != "").all()


def test_every_table_has_a_codebook_with_the_words_that_its_columns_may_hold():
    for code in ("UZB", "WORLD"):
        loaded = load(code)
        for name, rows in loaded.tables.items():
            book = loaded.codebook(name)
            assert list(book) == ["column", "description", "unit", "allowed"]
            assert list(book["column"]) == list(rows.columns), name
    allowed = load("UZB").codebook("ties").set_index("column")["allowed"]
    assert allowed["whole_year"] == "yes | no"
    assert allowed["country"].endswith(" | another country of countries.csv")
    with pytest.raises(ValueError, match="no table 'ties'; valid: world, world_crossings, count"):
        load("WORLD").codebook("ties")


@pytest.mark.parametrize("table", ["lenders", "records"])
def test_a_table_that_no_file_holds_keeps_to_its_rules(table):
    assert faults_of(BESIDE[table], load("KGZ").tables[table], table) == []


def test_the_sources_of_a_dataset_are_those_of_its_rows():
    kyrgyzstan = load("KGZ")
    rows = kyrgyzstan.where("indicators", indicator="gdp")
    assert set(rows["dataset"]) == {"wdi"}
    line = kyrgyzstan.source_line(rows, "dataset")
    assert line == kyrgyzstan.source_line(rows, "source_id") != ""


@pytest.mark.parametrize(
    ("table", "valid"),
    [
        ("verdicts", "rows of ties, which those of verdicts rest on"),
        ("indicators", "'source_id' or 'dataset'"),
        ("weights", "'dataset'"),
    ],
)
def test_rows_that_do_not_name_their_sources_are_answered_with_where_they_are_named(table, valid):
    kyrgyzstan = load("KGZ")
    with pytest.raises(ValueError) as error:
        kyrgyzstan.source_line(kyrgyzstan.where(table))
    assert str(error.value) == f"no column 'edition' in these rows; valid: {valid}"


def test_the_world_has_the_tables_on_every_country():
    trade = load("WORLD").where("world", country="KGZ", flow="turnover", year=2016)
    assert set(trade["record"]) == {"own", "partner"}


@pytest.mark.parametrize(
    ("asked", "code", "name"),
    [("WORLD", "WORLD", "the world"), ("KGZ", "KGZ", "Kyrgyzstan"), ("MNG", "MNG", "Mongolia")],
)
def test_what_is_loaded_knows_its_name(asked, code, name):
    this = load(asked)
    assert (this.code, this.name) == (code, name)


def test_the_world_has_its_trade_its_crossings_and_the_names_of_countries():
    world = load("WORLD")
    assert (world.code, world.name) == ("WORLD", "the world")
    assert list(world.tables) == ["world", "world_crossings", "countries"]
    (row,) = world.where("countries", country="MNG").to_dict("records")
    assert row == {"country": "MNG", "name": "Mongolia"}
    assert "imf-dots-2022" in world.register


def test_the_sources_of_a_page_are_a_card_for_each_row_that_what_it_shows_leads_to():
    shown = SimpleNamespace(rows={"KGZ-debt_owed-stated-2024": ("at-debt",)})
    (card,) = load("KGZ").sources(shown).cards
    assert card["id"] == "KGZ-debt_owed-stated-2024"
    assert [back["anchor"] for back in card["backs"]] == ["at-debt"]


def test_a_lender_that_only_other_countries_have_may_be_asked_for_and_gives_no_rows():
    assert len(load("KAZ").where("indicators", counterpart="Bondholders"))
    assert load("TKM").where("indicators", counterpart="Bondholders").empty
