"""A country's tables of investment and of claims: small ones, by hand."""

from math import nan

import pandas as pd
from bs4 import BeautifulSoup

from analysis.page.country import Country
from analysis.page.country_tables import claims_table, investment_table
from analysis.page.language import speaking

THIS = Country("KAZ", "Kazakhstan", {}, {"nbk": {"publisher": "National Bank"}})
HELD = {
    "pair_id": "held",
    "tie": "investment_held",
    "concept": "fdi_stock",
    "record": "own",
    "grade": "stated",
    "evidence": "reported",
    "edition": "nbk",
    "unit": "USD",
    "year": 2024,
    "whole_year": "yes",
    "start": "2024-12-31",
    "end": "2024-12-31",
    "china": 2.5e9,
    "china_low": 2.5e9,
    "china_high": 2.5e9,
    "russia": 5e9,
    "russia_low": 5e9,
    "russia_high": 5e9,
    "leader": "RUS",
}
RECEIVED = HELD | {
    "pair_id": "received",
    "tie": "investment",
    "concept": "fdi_flow",
    "start": "2024-01-01",
    "russia": nan,
    "russia_low": nan,
    "russia_high": nan,
    "leader": "",
}


def soup(table):
    return BeautifulSoup(table._repr_html_(), "html.parser")


def words(row):
    return [" ".join(cell.get_text().split()) for cell in row(["th", "td"])]


def test_each_concept_of_investment_has_a_row_with_both_powers_and_whose_count_it_is():
    table = investment_table(THIS, pd.DataFrame([HELD, RECEIVED]))
    page = soup(table)
    assert [(column.head, column.kind) for column in table.columns] == [
        ("What is counted", "name"),
        ("When", "text"),
        ("China", "number"),
        ("Russia", "number"),
        ("Who is ahead", "text"),
        ("By whose record", "text"),
    ]
    held, received = (words(row) for row in page.tbody("tr"))
    assert held[0] == "Direct investment held" and received[0] == "Direct investment received"
    assert held[2:5] == ["$2.5bn", "$5bn", "Russia, 2 times as much"]
    assert received[2:5] == ["$2.5bn", "not recorded", "Only China’s is known"]
    assert held[5] == "Own count, officials’ figures"
    assert received[5] == "Own count, officials’ figures, none known for Russia"
    assert (table.id, table.caption, table.look) == (
        "investments", "Investment, each concept apart", "cards verdicts",
    )  # fmt: skip


def test_each_figure_of_investment_is_in_its_powers_colour_and_leads_to_its_row():
    table = investment_table(THIS, pd.DataFrame([HELD, RECEIVED]))
    assert table.rows == {
        "held": ("at-investments-held-china", "at-investments-held-russia"),
        "received": ("at-investments-received-china",),
    }
    page = soup(table)
    assert page.select_one("#at-investments-held-china")["href"] == "#held"
    assert [part["class"] for part in page.select("td > span")] == [
        ["c"], ["r"], ["c"], ["missing"],
    ]  # fmt: skip


def test_a_country_without_investment_has_no_table_of_it():
    assert investment_table(THIS, pd.DataFrame([HELD]).iloc[:0]) is None


CLAIM = {
    "claim_id": "kaz-trade",
    "claim": "Kazakhstan traded more with Russia",
    "verdict": "depends_on_the_record",
    "because": "Two records differ.",
    "locator": "Table 1",
}


def test_a_claim_leads_to_its_card_and_says_why_it_fares_so():
    table = claims_table(pd.DataFrame([CLAIM]))
    (row,) = soup(table).tbody("tr")
    claim, _, why = row(["th", "td"])
    assert claim.a["href"] == "claims.html#kaz-trade"
    assert words(row)[:2] == [CLAIM["claim"], "Depends on whose record"]
    assert why.summary.get_text() == "Why: Kazakhstan traded more with Russia"
    assert why.get_text().endswith("Two records differ. (Table 1)")
    assert [column.head for column in table.columns] == ["The article’s claim", "Verdict", "Why"]
    assert table.columns[0].kind == "name"
    assert (table.id, table.caption) == ("claims", "The article’s claims")


def test_in_another_language_a_claim_leads_to_its_english_card_which_has_the_reasons():
    claim = "Kyrgyzstan traded several times as much with China as with Russia in 2016"
    with speaking("ru"):
        table = claims_table(pd.DataFrame([CLAIM | {"claim": claim}]))
        (row,) = soup(table).tbody("tr")
    assert words(row) == [
        "Кыргызстан в 2016 году торговал с Китаем в несколько раз больше, чем с Россией",
        "Зависит от того, чьи данные",
    ]
    assert (row.a["href"], row.a["hreflang"]) == ("../claims.html#kaz-trade", "en")
    assert [column.head for column in table.columns] == ["Утверждение статьи", "Вывод"]
