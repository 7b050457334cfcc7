"""The claims page: what a claim's number becomes by other records."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from analysis.charts import claims as claims_page
from analysis.config import PROCESSED
from analysis.data import store
from analysis.measures.editions import load_editions


@pytest.fixture(scope="module")
def held():
    return claims_page.held_against()


def test_a_lead_is_held_against_both_books(held):
    rows = held[held["claim_id"] == "kgz-trade-lead"].set_index("record")
    # $5.7bn over $1.2bn as printed; the books have 5.79 over 1.20 and 1.54 over 0.945.
    assert rows.loc["own", "printed"] == pytest.approx(5.7 / 1.2)
    assert rows.loc["own", "ratio"] == pytest.approx(1.634 / 4.75, abs=0.001)
    assert rows.loc["partner", "ratio"] == pytest.approx(1.01, abs=0.005)


def test_a_claim_is_held_against_the_same_thing_of_the_same_year(held):
    # A loan is no part of a project's cost, a debt share of one year none of that of another.
    assert "uzb-pap-angren" not in set(held["claim_id"])
    debt = held[held["claim_id"] == "kgz-debt-share"]
    assert list(debt["key"]) == ["kgz-debt-share-2017-stated-worldbank-ids-2025-12"]


def test_a_share_of_debt_of_which_the_kind_is_not_said_is_held_against_none_of_public_debt(
    held, monkeypatch
):
    assert "tjk-debt-rising" not in set(held["claim_id"])
    # Had the article said that public debt is meant, the year 2016 would be held against it, and
    # of the claim's evidence neither 2006 nor 2017.
    load = store.load_table

    def as_if_it_were_said(name, folder):
        rows = load(name, folder)
        if name == "figures":
            rows.loc[rows["figure_id"] == "tjk-debt-share-chn", "indicator"] = "debt_share"
        return rows

    monkeypatch.setattr(store, "load_table", as_if_it_were_said)
    said = claims_page.held_against().set_index("claim_id").loc[["tjk-debt-rising"]]
    assert list(said["key"]) == ["tjk-debt-share-2016-stated-worldbank-ids-2025-12"]


def test_the_number_of_an_open_end_is_the_end_that_is_named():
    figure = {"value": float("nan"), "low": 1.0, "high": 1.1, "qualifier": "more than"}
    assert claims_page.point(figure) == 1.0
    assert claims_page.point(figure | {"qualifier": "up to", "low": 0.0, "high": 0.3}) == 0.3


def test_the_strip_shows_the_widest_gap_first():
    table = claims_page.strip_chart().table
    widest = table.groupby("claim_id", sort=False)["ratio"].apply(
        lambda ratios: pd.Series(ratios).map(lambda ratio: max(ratio, 1 / ratio)).max()
    )
    assert list(widest) == sorted(widest, reverse=True)


def test_each_claim_leads_to_the_rows_it_rests_on():
    links = re.findall(r'href="([a-z]+)\.html#([fc]-[^"]+)"', claims_page.claims_table())
    assert ("tajikistan", "f-tjk-fdi-share-chn-2016") in links
    assert ("region", "f-region-aid-rus-page") in links


def test_a_row_of_an_edition_that_is_no_longer_in_use_is_named_without_a_link(monkeypatch):
    before = claims_page.claims_table()
    later = replace(load_editions(), debt="worldbank-ids-2026-11")
    monkeypatch.setattr(claims_page, "load_editions", lambda: later)
    after = claims_page.claims_table()
    rows = re.findall(r'<a href="[a-z]+\.html#c-[^"]*worldbank-ids[^"]*">([^<]+)</a>', before)
    assert rows
    assert "worldbank-ids-2025-12" not in "".join(re.findall(r'href="[^"]*"', after))
    assert all(words in after for words in rows)


def test_a_printed_total_without_a_number_is_said_to_have_none(monkeypatch):
    comparisons = store.load_table("comparisons", PROCESSED)
    kazakh = comparisons["comparison_id"] == "article-kaz-trade-chn-2016"
    table = comparisons.assign(
        russia=comparisons["russia"].mask(kazakh),
        russia_low=comparisons["russia_low"].mask(kazakh),
    )
    monkeypatch.setattr(store, "load_table", lambda *_: table)
    rows = re.findall(r"<tr.*?</tr>", claims_page.rebuilt_table(), re.DOTALL)
    (row,) = [row for row in rows if "Kazakhstan, Russia" in row]
    assert "no number" in row
    assert "not comparable" in row
    assert sum("no number" in row for row in rows) == 1


def test_a_printed_bound_is_told_as_an_interval(monkeypatch):
    comparisons = store.load_table("comparisons", PROCESSED)
    kazakh = comparisons["comparison_id"] == "article-kaz-trade-rus-2016"
    kazakh |= comparisons["comparison_id"] == "article-kaz-trade-chn-2016"
    table = comparisons.assign(
        russia=comparisons["russia"].mask(kazakh),
        russia_low=comparisons["russia_low"].mask(kazakh, 12.9e9),
        russia_high=comparisons["russia_high"].mask(kazakh, 14.19e9),
    )
    monkeypatch.setattr(store, "load_table", lambda *_: table)
    (row,) = re.findall(
        r"<tr[^>]*>\s*<t[dh][^>]*>Kazakhstan, Russia.*?</tr>",
        claims_page.rebuilt_table(),
        re.DOTALL,
    )
    assert "$12.9 billion to $14.19 billion" in row
    assert "to the printed digit" in row
