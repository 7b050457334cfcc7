"""Which edition a page rests on, and that its captions name that one and no other."""

import pandas as pd
import pytest

from analysis.config import PROCESSED, RAW
from analysis.data import faults, store
from analysis.measures.editions import WORLD_TRADE, Editions, in_use, load_editions

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


# --- what is mistyped is told, and never answered like a gap in the record ---


def test_a_table_that_there_is_not_is_told_with_the_valid_ones():
    with pytest.raises(ValueError, match=r"unknown table 'comparison'; valid: .*comparisons"):
        store.load_table("comparison", PROCESSED)


def test_the_editions_are_those_that_the_project_names():
    assert load_editions() == load_editions(RAW)
