"""Where the numbers come from."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.page.evidence_cards import COLUMNS, evidence_cards
from analysis.page.tell import Told

EVIDENCE = pd.DataFrame(
    [
        ("a", "Trade, 2020", "China: $780m", "own", "2022", "IMF", "http://imf.int", "row 7", None),
        ("a", "Trade, 2020", "Russia: $1.56bn", "own", "2022", "IMF", "", "row 8", "a note"),
        ("b", "Debt, 2024", "$1.65bn", "", "", "World Bank", "", "", ""),
        ("c", "Not asked for", "", "", "", "", "", "", ""),
    ],
    columns=list(COLUMNS),
)  # fmt: skip


def told(section, **rows):
    return Told(section, "", "", rows=rows)


def soup(*shown, **options):
    return BeautifulSoup(evidence_cards(EVIDENCE, *shown, **options)._repr_html_(), "html.parser")


def test_each_row_has_one_card_in_the_order_of_the_page():
    page = soup(told("debt", b=("at-debt-b",)), told("trade", a=("at-trade-a",), b=("at-trade-b",)))
    assert [card["id"] for card in page.select("article")] == ["b", "a"]


def test_a_card_leads_back_to_every_number_that_rests_on_it():
    page = soup(told("x", b=("at-x-b", "at-x-b-2")))
    backs = page.select("#b .back")
    assert [(back["href"], back.get_text()) for back in backs] == [
        ("#at-x-b", "↩ back to the text"),
        ("#at-x-b-2", "2"),
    ]
    assert backs[1]["aria-label"] == "back to place 2"


def test_two_figures_of_a_row_stand_in_one_card():
    lists = soup(told("x", a=("at-x-a",))).select("#a dl")
    assert [part.dd.get_text() for part in lists] == ["China: $780m", "Russia: $1.56bn"]
    assert lists[0].a["href"] == "http://imf.int"
    assert [term.get_text() for term in lists[1].select("dt")] == [
        "As printed", "Record", "Edition", "Note", "Source",
    ]  # fmt: skip


def test_a_part_of_a_whole_is_no_printed_figure():
    for row_id, term in (("weights-KGZ-debt-2024", "Worked out"), ("KGZ-debt-2024", "As printed")):
        shown = evidence_cards(EVIDENCE.assign(row_id=row_id), told("x", **{row_id: ("at",)}))
        page = BeautifulSoup(shown._repr_html_(), "html.parser")
        assert page.dt.get_text() == term


def test_a_card_can_be_closed_without_leaving_the_place():
    page = soup(told("x", b=("at-x-b",)))
    assert page.select_one("#b .close")["href"] == "#evidence"
    assert page.section["id"] == "evidence"


def test_a_card_leads_to_its_row_where_a_table_has_it():
    page = soup(told("x", a=("at-x-a",), b=("at-x-b",)), table_rows=frozenset({"a"}))
    assert page.select_one('#a a[href="#row-a"]')
    others = [link["href"] for link in page.select("#b a") if link["href"].startswith("#")]
    assert others == ["#evidence", "#at-x-b"]


def test_a_number_that_rests_on_an_unknown_row_is_told():
    with pytest.raises(ValueError, match="rows that are not in the evidence: z, y"):
        evidence_cards(EVIDENCE, told("x", z=("at-x-z",), a=("at-x-a",), y=("at-x-y",)))


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="evidence: no column locator; valid: row_id"):
        evidence_cards(EVIDENCE.drop(columns="locator"))


def test_a_number_that_leads_to_a_row_of_a_table_needs_no_card():
    page = soup(told("x", **{"row-2020": ("at-x-row-2020",), "b": ("at-x-b",)}))
    assert [card["id"] for card in page.select("article")] == ["b"]
