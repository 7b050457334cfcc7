"""The table of when the lead changed hands."""

import pandas as pd
from bs4 import BeautifulSoup

from analysis.page.changes_table import changes_table

CHANGE = {
    "country": "KGZ",
    "tie": "trade",
    "record": "own",
    "concept": "trade_turnover",
    "edition": "nsc",
    "year": 2022,
    "leader": "CHN",
    "before": "RUS",
    "preliminary": "yes",
    "lasting": "yes",
    "last_year": 2023,
    "row_id": "kgz-own-2022",
}
GAS = CHANGE | {
    "country": "OCIS",
    "tie": "gas",
    "record": "stated",
    "edition": "review",
    "year": 2016,
    "preliminary": "no",
    "row_id": "gas-2016",
}


def table(*rows):
    publishers = {"nsc": "National Statistical Committee", "review": "Energy Institute"}
    return changes_table(pd.DataFrame(rows), publishers, id="changes", caption="Changes of lead")


def cells(made):
    soup = BeautifulSoup(made._repr_html_(), "html.parser")
    return [[cell.get_text() for cell in row(["th", "td"])] for row in soup.tbody("tr")]


def test_a_change_names_who_took_the_lead_on_whose_record_and_how_firm_it_is():
    assert cells(table(CHANGE)) == [
        [
            "Kyrgyzstan",
            "Trade",
            "2022",
            "China, from Russia",
            "the country’s own (National Statistical Committee)",
            "not taken back by 2023, by preliminary figures",
        ]
    ]


def test_the_newest_change_stands_first_and_one_source_of_both_is_named_alone():
    first, second = cells(table(GAS, CHANGE))
    assert (first[2], second[2]) == ("2022", "2016")
    assert second[0] == "The former Soviet Union but Russia"
    assert second[4] == "Energy Institute"


def test_a_lead_that_did_not_last_says_so():
    assert cells(table(CHANGE | {"lasting": "no"}))[0][-1] == "lost again"


def test_the_year_leads_to_its_row():
    made = table(CHANGE)
    assert made.rows == {"kgz-own-2022": ("at-changes-0",)}
    assert 'id="at-changes-0" href="#kgz-own-2022"' in made._repr_html_()


def test_a_place_heads_a_row_and_each_column_says_what_it_holds():
    assert [(column.head, column.kind) for column in table(CHANGE).columns] == [
        ("Country", "name"),
        ("Tie", "text"),
        ("Year", "text"),
        ("Who took the lead", "text"),
        ("On whose record", "text"),
        ("Since then", "text"),
    ]


def test_changes_of_one_year_stand_by_country_and_then_as_they_came():
    rows = [
        CHANGE | {"country": country, "row_id": row_id}
        for country, row_id in (("UZB", "a"), ("KAZ", "b"), ("UZB", "c"), ("KAZ", "d"))
    ]
    assert list(table(*rows).rows) == ["b", "d", "a", "c"]
