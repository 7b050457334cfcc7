"""Which edition a page rests on, and that its captions name that one and no other."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from analysis.charts import marks, special
from analysis.config import PROCESSED, RAW
from analysis.data import faults, store
from analysis.measures.editions import WORLD_TRADE, Editions, in_use, load_editions
from analysis.page import findings, tables, verdict
from analysis.page.findings import evidence

NEW_TRADE, NEW_DEBT = "imf-imts-2027-03-01", "worldbank-ids-2027-03-02"


def test_without_a_choice_the_shipped_editions_are_in_use(tmp_path):
    assert load_editions(tmp_path) == Editions(
        "imf-dots-2022", "worldbank-ids-2025-12", "worldbank-wdi-2026-07"
    )
    assert WORLD_TRADE == "imf-dots-2022"


def test_an_edition_that_is_not_there_is_refused(tmp_path):
    (tmp_path / "vintages").mkdir()
    (tmp_path / "vintages" / "current.yml").write_text(
        "trade_pairs: imf-dots-2022\nwdi: worldbank-wdi-2026-07\ndebt_by_creditor: worldbank-2031\n"
    )
    with pytest.raises(faults.RawDataError, match="worldbank-2031"):
        load_editions(tmp_path)


def test_gdp_is_the_newest_editions_but_for_its_last_two_years_and_the_articles_own():
    years = Editions("t", "d", "worldbank-wdi-2026-07").gdp_years
    assert years == {"2026-07": range(2000, 2025), "2018-08": range(2016, 2017)}


def test_one_edition_of_debt_is_in_use_and_every_other_source():
    editions = Editions("t", "worldbank-ids-2025-12", "w")
    sources = pd.Series(["worldbank-ids-2025-12", NEW_DEBT, "imf-dots-2022", "nbk-fdi"])
    assert in_use(sources, editions).tolist() == [True, False, True, True]


@pytest.fixture(scope="module")
def adopted():
    """Kyrgyzstan after other editions of trade and of debt were adopted: the same numbers."""
    known = evidence("KGZ")
    before = {known.editions.trade: NEW_TRADE, known.editions.debt: NEW_DEBT}
    sources = known.sources | {
        NEW_TRADE: {"title": "IMTS", "publisher": "The Fund", "vintage": "March 2027"},
        NEW_DEBT: {"title": "IDS", "publisher": "The Bank", "vintage": "spring 2027"},
    }

    def renamed(rows):
        names = [name for name in ("comparison_id", "dataset", "source_id") if name in rows]
        return rows.assign(**{name: rows[name].replace(before, regex=True) for name in names})

    return replace(
        known,
        comparisons=renamed(known.comparisons),
        crossings=renamed(known.crossings),
        mirror=renamed(known.mirror),
        # Everyone else's trade stays that of the edition that lists all partners.
        weights=known.weights.assign(
            dataset=known.weights["dataset"].replace({known.editions.debt: NEW_DEBT})
        ),
        indicators=renamed(known.indicators),
        sources=sources,
        editions=replace(known.editions, trade=NEW_TRADE, debt=NEW_DEBT),
    )


def caption(table):
    return re.search(r"<caption>(.*?)</caption>", table, re.DOTALL)[1]


def test_captions_of_tables_name_the_edition_that_was_adopted(adopted):
    assert "(The Fund, March 2027)" in caption(tables.mirror_table(adopted))
    assert caption(tables.weights_table(adopted)) == (
        "Kyrgyzstan’s whole trade in goods (International Monetary Fund, January 2022) and public "
        "debt abroad (The Bank, spring 2027)"
    )


def test_captions_of_charts_name_the_edition_that_was_adopted(adopted):
    for draw in (marks.trade_since, marks.two_books, marks.buyer_and_supplier):
        assert "IMTS, The Fund, vintage March 2027" in draw(adopted).caption
    assert "IDS, The Bank, vintage spring 2027" in marks.debt_since(adopted).caption
    assert "IDS, The Bank, vintage spring 2027" in special.debt_strip(adopted).caption


def test_no_text_or_table_names_the_edition_that_is_no_longer_in_use(adopted):
    told = [
        tables.comparisons_table(adopted),
        tables.mirror_table(adopted),
        verdict.answer(adopted),
        findings.trade(adopted),
        findings.debt(adopted),
    ]
    told = re.sub(r"<[^>]*>|\]\([^)]*\)", " ", " ".join(told))
    assert "December 2025" not in told
    assert "Direction of Trade Statistics" not in told


# --- what is mistyped is told, and never answered like a gap in the record ---


@pytest.fixture(scope="module")
def page():
    return evidence("KGZ")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (
            ("trade_turnovr", "own", 2016),
            "concept 'trade_turnovr' (did you mean 'trade_turnover'?)",
        ),
        (("trade_turnover", "owned", 2016), "book 'owned' (did you mean 'own'?)"),
        (("trade_turnover", "own", 2016, "imf-dots-2021"), "did you mean 'imf-dots-2022'?"),
    ],
)
def test_a_slip_of_typing_is_told_with_the_valid_words(page, asked, words):
    with pytest.raises(ValueError, match="valid: ") as told:
        page.pair(*asked)
    assert words in str(told.value)


def test_a_refused_pair_and_one_that_is_not_there_are_none(page):
    assert page.pair("trade_turnover", "own", 1871) is None
    assert page.pair("fdi_stock", "own", 2016) is None


def test_a_table_that_there_is_not_is_told_with_the_valid_ones():
    with pytest.raises(ValueError, match=r"unknown table 'comparison'; valid: .*comparisons"):
        store.load_table("comparison", PROCESSED)


def test_the_editions_are_those_that_the_project_names():
    assert load_editions() == load_editions(RAW)
