"""Mongolia, added to the raw tables alone, has every tie; the five stay what they are.

The numbers of trade are the IMF's; the others are made up, of a size that Mongolia could have.
"""

import csv
import io
import shutil

import pandas as pd
import pytest

from analysis.config import COUNTRIES, PROCESSED, RAW
from analysis.data.clean import write_processed
from analysis.data.faults import RawDataError
from analysis.data.load import load_raw
from analysis.data.seals import renew_seals
from analysis.data.vocabulary import TIES
from analysis.measures.compare import write_comparisons
from analysis.measures.verdicts import write_ties
from analysis.measures.weights import write_weights
from analysis.page.checks import write_checks
from analysis.page.claims import write_claims
from analysis.page.country import load

pytestmark = pytest.mark.slow

SOURCE = """
mng-statistics:
  title: Statistics of Mongolia
  publisher: National Statistics Office of Mongolia
  date: '2024-05'
  terms: Free to use
"""

# In the order of the columns of each raw table.
ROWS = {
    "wdi": """
        2026-07,MNG,NY.GDP.MKTP.CD,2016,11181350000.1,worldbank-wdi-2026-07
        2026-07,MNG,NY.GDP.MKTP.CD,2021,15286441818.6,worldbank-wdi-2026-07
        2026-07,MNG,NY.GDP.MKTP.CD,2023,20325121394.2,worldbank-wdi-2026-07""",
    "trade_pairs": """
        dots2022,MNG,CHN,export,2016,3883128126,reported,imf-dots-2022
        dots2022,MNG,CHN,import,2016,1040232837,reported,imf-dots-2022
        dots2022,MNG,RUS,export,2016,55769058,reported,imf-dots-2022
        dots2022,MNG,RUS,import,2016,861885671,reported,imf-dots-2022""",
    "trade_all_partners": """
        dots2022,MNG,CHN,export,2016,3883128126,reported,imf-dots-2022
        dots2022,MNG,RUS,export,2016,55769058,reported,imf-dots-2022
        dots2022,MNG,DEU,export,2016,34000000,reported,imf-dots-2022
        dots2022,MNG,WLD,export,2016,4908326167,reported,imf-dots-2022""",
    "trade_national": """
        mngnso2024,MNG,CHN,export,2023,13900000000,reported,mng-statistics
        mngnso2024,MNG,CHN,import,2023,3760000000,reported,mng-statistics
        mngnso2024,MNG,RUS,export,2023,93000000,reported,mng-statistics
        mngnso2024,MNG,RUS,import,2023,2410000000,reported,mng-statistics""",
    "trade_goods_and_services": """
        mngservices2024,MNG,CHN,export,2022,11000000000,reported,mng-statistics
        mngservices2024,MNG,RUS,export,2022,140000000,reported,mng-statistics""",
    "debt_by_creditor": """
        MNG,China,DT.DOD.BLAT.CD,2023,1900000000.5,worldbank-ids-2025-12
        MNG,Russian Federation,DT.DOD.BLAT.CD,2023,2000000.5,worldbank-ids-2025-12
        MNG,World,DT.DOD.BLAT.CD,2023,8000000000.5,worldbank-ids-2025-12""",
    "loan_flows": """
        MNG,CHN,disbursed,DT.DIS.BLAT.CD,2021,90000000,realised,reported,ids-flows-2023-12
        MNG,WLD,disbursed,DT.DIS.BLAT.CD,2021,700000000,realised,reported,ids-flows-2023-12
        MNG,CHN,principal repaid,DT.AMT.BLAT.CD,2021,40000000,realised,reported,ids-flows-2023-12
        MNG,WLD,principal repaid,DT.AMT.BLAT.CD,2021,300000000,realised,reported,ids-flows-2023-12
        MNG,CHN,interest paid,DT.INT.BLAT.CD,2021,20000000,realised,reported,ids-flows-2023-12
        MNG,WLD,interest paid,DT.INT.BLAT.CD,2021,200000000,realised,reported,ids-flows-2023-12""",
    "remittances": """
        MNG,CHN,2021,9.5,USD million,knomad-2021
        MNG,RUS,2021,41.25,USD million,knomad-2021""",
    "fdi": """
        mngbom2024,MNG,CHN,FDI inflow,2023,310,USD million,mng-statistics
        mngbom2024,MNG,RUS,FDI inflow,2023,6,USD million,mng-statistics
        mngbom2024,MNG,CHN,FDI inward stock,2023,6100,USD million,mng-statistics
        mngbom2024,MNG,RUS,FDI inward stock,2023,290,USD million,mng-statistics""",
    "gas_exports": """
        MNG,CHN,2023,0.25,bcm,by country,mng-statistics
        MNG,RUS,2023,0,bcm,by country,mng-statistics
        MNG,WLD,2023,0.25,bcm,by country,mng-statistics""",
    "migrant_stock": """
        MNG,CHN,2024,9200,un-desa-migrants-2024
        MNG,RUS,2024,22300,un-desa-migrants-2024""",
    "arms_deliveries": """
        MNG,RUS,2016,11,1,sipri-arms-2026
        MNG,WLD,2016,11,1,sipri-arms-2026""",
    "china_commitments": "MNG,2016,OOF-like,1000000000.5,aiddata-gcdf-3",
    "russia_grants": "MNG,RUS,2016,174000000,oecd-dac-russia",
    "causes": """
        MNG,CHN,imports,2016,2016,goods that pass through,the statistics office,mng-statistics""",
    "stated_trade": """
        mng-trade-chn-2024-stated,page,$17.4 billion,ours,2024,MNG,CHN,,trade,trade_turnover,"""
    "flow,realised,USD,MNG,bilateral,nominal,,mng-statistics,,,,stated,reported",
    "stated_investment": """
        mng-fdi-chn-2024-stated,page,$420 million,ours,2024,MNG,CHN,,investment,fdi_flow,flow,"""
    "realised,USD,MNG,bilateral,nominal,,mng-statistics,,,,stated,reported",
    "elsewhere": """
        mng-debt-chn-2024-stated,page,about $2 billion,ours,end of 2024,MNG,CHN,,debt,debt_owed,"""
    "stock,outstanding,USD,,bilateral,nominal,,mng-statistics,,,",
}


def add(raw, table, lines):
    with (raw / f"{table}.csv").open("a", encoding="utf-8", newline="") as file:
        file.writelines(f"{line.strip()}\n" for line in lines.strip().splitlines())


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Raw tables with Mongolia, and the tables that are made of them."""
    raw, processed = tmp_path_factory.mktemp("project") / "raw", tmp_path_factory.mktemp("made")
    shutil.copytree(RAW, raw)
    with (raw / "sources.yml").open("a", encoding="utf-8") as file:
        file.write(SOURCE)
    for table, lines in ROWS.items():
        add(raw, table, lines)
    renew_seals(raw)
    write_processed(raw, processed)
    write_comparisons(processed, raw)
    write_weights(processed)
    write_ties(processed, raw)
    write_checks(processed, raw)
    write_claims(processed, raw)
    return raw, processed


@pytest.fixture(scope="module")
def mongolia(folders):
    raw, processed = folders
    return load("MNG", processed, raw)


def test_it_has_every_tie(mongolia):
    assert set(mongolia.tables["ties"]["tie"]) == set(TIES)
    assert set(mongolia.tables["verdicts"]["tie"]) == set(TIES)
    assert set(mongolia.tables["ties"]["country"]) == {"MNG"}


def test_an_added_record_of_trade_stands_beside_the_years_of_the_worlds_table(mongolia):
    trade = mongolia.where(tie="trade", record="own")
    newest = trade[trade["year"] == 2023].iloc[0]
    assert (newest["china"], newest["russia"]) == (17_660_000_000, 2_503_000_000)
    assert (newest["leader"], newest["edition"]) == ("CHN", "mng-statistics")
    assert round(newest["china_to_gdp"], 4) == round(17_660_000_000 / 20_325_121_394.2, 4)
    assert trade["year"].is_unique
    assert {2000, 2016, 2020} <= set(trade["year"])


@pytest.mark.parametrize(
    ("tie", "year", "verdict", "leader"),
    [
        ("trade", 2023, "ahead_on_the_one_record", "CHN"),
        ("debt", 2023, "ahead_on_the_one_record", "CHN"),
        ("money_home", 2021, "ahead_on_the_one_record", "RUS"),
        ("investment_held", 2023, "ahead_on_the_one_record", "CHN"),
        ("people", 2024, "ahead_on_the_one_record", "RUS"),
    ],
)
def test_a_tie_is_judged_by_the_rules_of_the_five(mongolia, tie, year, verdict, leader):
    row = mongolia.where("verdicts", tie=tie, role="newest").iloc[0]
    assert (row["year"], row["verdict"], row["leader"]) == (year, verdict, leader)


def test_what_a_page_states_is_the_known_half(mongolia):
    row = mongolia.where(tie="investment_received", year=2024).iloc[0]
    assert (row["china"], row["leader"], row["grade"]) == (420_000_000, "", "stated")


def test_every_other_table_has_its_rows(mongolia):
    for table in ("figures", "comparisons", "indicators", "weights", "records"):
        assert len(mongolia.tables[table]), table
    assert len(mongolia.where("figures")) == 3


def test_the_five_are_told_as_before(folders):
    """Every row of theirs is as it was, and nothing of Mongolia is among them."""
    raw, processed = folders
    names = ("ties", "verdicts", "figures", "comparisons", "weights", "mirror", "crossings")
    for name in (*names, "claims", "checks", "indicators", "trade"):
        before = (PROCESSED / f"{name}.csv").read_text("utf-8").splitlines()
        now = (processed / f"{name}.csv").read_text("utf-8").splitlines()
        assert [line for line in now if line in {*before}] == before, name
        assert not [line for line in {*now} - {*before} if "mng" not in line.lower()], name
    for table, rows in load(processed=processed, raw=raw).tables.items():
        assert "mng-" not in rows.to_csv(), table
    assert set(load(processed=processed, raw=raw).where()["country"]) == set(COUNTRIES)


WRONG = {
    "wdi": ("2026-07,MGN,NY.GDP.MKTP.CD,2020,13312981595.2,worldbank-wdi-2026-07", "MNG"),
    "debt_by_creditor": ("KAX,China,DT.DOD.BLAT.CD,2023,1.5,worldbank-ids-2025-12", "KAZ"),
    "trade_pairs": ("dots2022,MGN,CHN,export,2016,1,reported,imf-dots-2022", "MNG"),
    "remittances": ("RUS,CHN,2021,9.5,USD million,knomad-2021", ""),
}
TWICE = "mngnso2024,MNG,CHN,export,2021,11000000000,reported,mng-statistics"


def test_a_code_that_no_country_has_is_refused_with_the_likely_one(folders, tmp_path):
    raw = tmp_path / "raw"
    shutil.copytree(folders[0], raw)
    for table, (line, _) in WRONG.items():
        add(raw, table, line)
    renew_seals(raw)
    with pytest.raises(RawDataError) as error:
        load_raw(raw)
    told = {fault.file: fault for fault in error.value.faults}
    assert len(told) == len(error.value.faults) == len(WRONG)
    for table, (_, likely) in WRONG.items():
        valid = told[f"{table}.csv"].valid
        assert valid.startswith(f"one of {likely} (did you mean this?)" if likely else "one of KAZ")
        assert valid.endswith(", or another country of countries.csv")


def test_goods_alone_do_not_stand_among_goods_and_services(folders, tmp_path):
    raw = tmp_path / "raw"
    shutil.copytree(folders[0], raw)
    add(raw, "trade_goods_and_services", TWICE)
    renew_seals(raw)
    with pytest.raises(RawDataError) as error:
        load_raw(raw)
    assert [fault.found for fault in error.value.faults] == ["mngnso2024"]


def test_the_lines_above_have_the_columns_of_their_tables():
    for table, lines in ROWS.items():
        heading = pd.read_csv(RAW / f"{table}.csv", nrows=0).columns
        for row in csv.reader(io.StringIO("\n".join(map(str.strip, lines.strip().splitlines())))):
            assert len(row) == len(heading), table
