"""Every country in one table: two rows of it, by hand."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.page.world_table import world_table

NAN = float("nan")
KAZ = {
    "country": "KAZ",
    "place": "Kazakhstan",
    "verdict": "ahead_on_both",
    "leader": "CHN",
    "group": "CHN",
    "partner_part": 0.834,
    "own_part": 0.526,
    "partner_since": "China, 2009",
    "own_since": "China, 2023",
    "why": "",
}
TUVALU = {
    "country": "TUV",
    "place": "Tuvalu & more",
    "verdict": "no_pair",
    "leader": "",
    "group": "unknown",
    "partner_part": NAN,
    "own_part": NAN,
    "partner_since": NAN,
    "own_since": NAN,
    "why": "no record of its own",
}


@pytest.fixture
def table():
    return world_table(pd.DataFrame([KAZ, TUVALU]), caption="Every country", note="Of 2024")


@pytest.fixture
def page(table):
    return BeautifulSoup(table._repr_html_(), "html.parser")


def test_each_column_says_what_it_holds(table):
    assert [(column.label, column.kind) for column in table.columns] == [
        ("Country", "name"),
        ("Who is ahead", "text"),
        ("By China’s and Russia’s records (China, of $100)", "number"),
        ("By its own record (China, of $100)", "number"),
        ("Lead taken (by theirs)", "text"),
        ("Lead taken (by its own)", "text"),
        ("What is missing", "text"),
    ]


def test_a_row_has_the_leader_and_chinas_part_of_a_hundred_dollars(page):
    row = page.select_one("#row-KAZ")
    cells = [cell.get_text().strip() for cell in row(["th", "td"])]
    assert cells[:4] == ["Kazakhstan", "China, on both records", "$83", "$53"]
    assert cells[4:6] == ["China, 2009", "China, 2023"]
    assert row.select_one(".split .c")["style"] == "width:83.4%"


def test_what_is_not_known_is_a_dash_or_nothing_and_says_why(page):
    row = page.select_one("#row-TUV")
    cells = [cell.get_text().strip() for cell in row(["th", "td"])]
    assert cells == ["Tuvalu & more", "Not known", "–", "–", "", "", "no record of its own"]


def test_one_of_the_five_leads_to_its_page_and_another_nowhere(page):
    assert page.select_one("#row-KAZ a")["href"] == "kazakhstan.html"
    assert not page.select("#row-TUV a")


def test_rows_can_be_filtered_by_who_is_ahead_searched_and_sorted(page, table):
    assert [page.select_one(f"#row-{code}")["data-standing"] for code in ("KAZ", "TUV")] == [
        "China",
        "not known",
    ]
    assert (table.chips, table.search, table.sort) == (
        {"standing": "Ahead"}, "Search a country", True,
    )  # fmt: skip
    assert (table.id, table.caption, table.note, table.wide) == (
        "countries", "Every country", "Of 2024", True,
    )  # fmt: skip
    assert table.look == "cards scroll full-last every"
