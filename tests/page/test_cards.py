"""Cards of claims and countries."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.page.cards import CLAIM_COLUMNS, claim_cards, country_cards

CLAIM = dict.fromkeys(CLAIM_COLUMNS, "") | {
    "claim_id": "kaz-trade",
    "claim": "Kazakhstan traded <more>",
    "printed": "$12.5bn",
    "verdict": "depends on whose record",
    "code": "depends",
    "by": "By rule",
    "reason": "Two records differ",
    "place": "Table 1",
}


def soup(cards):
    return BeautifulSoup(cards._repr_html_(), "html.parser")


def test_a_claim_stands_with_its_verdict_numbers_and_reason():
    card = soup(claim_cards(pd.DataFrame([CLAIM]), chips={"verdict": "Verdict"})).article
    assert card["id"] == "kaz-trade"
    assert card["data-verdict"] == "depends on whose record"
    assert card.select_one(".claim-words").get_text() == "Kazakhstan traded <more>"
    numbers = [part.get_text() for part in card.select("dd")]
    assert numbers == ["$12.5bn", "no number"]
    assert card.select_one(".source-line").get_text() == "Table 1. By rule."


def test_a_claim_says_what_would_change_it_and_leads_to_the_article_and_to_its_rows():
    rests = [("kaz-row", "at-kaz-trade-kaz-row", "Trade, 2016"), ("other", "at-other", "Debt")]
    more = {"change": "Another count", "article": "https://example.org/a", "rests_on": rests}
    cards = claim_cards(pd.DataFrame([CLAIM | more]), chips={})
    card = soup(cards).article
    assert card.select_one(".change").get_text() == "What would change this: Another count."
    links = [(link.get("id"), link["href"], link.get_text()) for link in card.select("p a")][1:]
    assert links == [
        (None, "https://example.org/a", "Table 1"),
        ("at-kaz-trade-kaz-row", "#kaz-row", "Trade, 2016"),
        ("at-other", "#other", "Debt"),
    ]
    assert cards.rows == {"kaz-row": ("at-kaz-trade-kaz-row",), "other": ("at-other",)}


def test_cards_are_counted():
    claims = pd.DataFrame([CLAIM, CLAIM | {"claim_id": "kgz-trade"}])
    assert claim_cards(claims, chips={}).count == 2
    lines = [
        (name, "a.html", "Owes", tie, "1", "2", "2024")
        for name in ("Kyrgyzstan", "Tajikistan")
        for tie in ("Trade", "Debt")
    ]
    columns = ["country", "address", "finding", "term", "then", "now", "foot"]
    frame = pd.DataFrame(lines, columns=columns)
    assert country_cards(frame, then="2016", now="Newest").count == 2


def test_a_claim_without_numbers_has_no_empty_pair():
    card = soup(claim_cards(pd.DataFrame([CLAIM | {"printed": ""}]), chips={})).article
    assert not card.select("dl")


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="claims: no column tie; valid: claim_id"):
        claim_cards(pd.DataFrame([CLAIM]), chips={"tie": "Tie"})


def test_a_missing_column_of_countries_is_named():
    with pytest.raises(ValueError, match="countries: no column foot; valid: country, address"):
        country_cards(
            pd.DataFrame(columns=["country", "address", "finding", "term", "then", "now"]),
            then="2016",
            now="Newest",
        )


def test_a_country_has_one_card_with_all_its_lines():
    frame = pd.DataFrame(
        [("Kyrgyzstan", "kgz.html", "Owes", tie, "1", "2", "2024") for tie in ("Trade", "Debt")],
        columns=["country", "address", "finding", "term", "then", "now", "foot"],
    )  # fmt: skip
    page = soup(country_cards(frame, then="2016", now="Newest"))
    assert [row.th.get_text() for row in page.select("tbody tr")] == ["Trade", "Debt"]
    assert [head.get_text() for head in page.select("thead th")] == ["2016", "Newest"]
    assert page.h3.a["href"] == "kgz.html"


def test_what_was_and_is_leads_to_its_row_and_can_be_come_back_to():
    line = {"country": "Kyrgyzstan", "address": "kyrgyzstan.html", "finding": "", "foot": ""}
    frame = pd.DataFrame(
        [
            line | {"term": "Debt", "then": "42%", "then_id": "d-16", "now": "39%", "now_id": "d"},
            line | {"term": "Trade", "then": "–", "then_id": "", "now": "39%", "now_id": "d"},
        ]
    )
    cards = country_cards(frame, then="2016", now="Newest")
    links = {link["id"]: link["href"] for link in soup(cards).select(".then-now a")}
    assert links == {"at-card-d-16": "#d-16", "at-card-d": "#d", "at-card-d-2": "#d"}
    assert cards.rows == {"d-16": ("at-card-d-16",), "d": ("at-card-d", "at-card-d-2")}


def test_a_line_whose_rows_are_not_named_leads_nowhere():
    line = {"country": "Kyrgyzstan", "address": "kyrgyzstan.html", "finding": "", "foot": ""}
    cards = country_cards(
        pd.DataFrame([line | {"term": "Debt", "then": "42%", "now": "39%"}]), then="2016", now="Now"
    )
    cells = soup(cards).select(".then-now td")
    assert [cell.get_text() for cell in cells if cell.get_text()] == ["42%", "39%"]
    assert not soup(cards).select(".then-now a") and cards.rows == {}


def test_countries_stand_in_the_order_of_the_frame():
    columns = ["country", "address", "finding", "term", "then", "now", "foot"]
    names = ["Uzbekistan", "Kazakhstan", "Tajikistan"]
    lines = [(name, "a.html", "Owes", "Trade", "1", "2", "2024") for name in names]
    cards = soup(country_cards(pd.DataFrame(lines, columns=columns), then="2016", now="Newest"))
    assert [head.get_text() for head in cards.select("h3")] == names
