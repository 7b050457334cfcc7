"""Frames as tables of a page."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup

from analysis.page.table import Column, Table

FRAME = pd.DataFrame(
    {
        "id": ["a", "b", "c"],
        "tie": ["trade", "trade", "debt"],
        "year": [2016, 2020, 2024],
        "china": [1.5, None, 36.25],
    }
)
COLUMNS = (
    Column("year", "Year", kind="name"),
    Column("china", "China", "$bn", "number", "{:.1f}".format),
)


def drawn(**options):
    options = {"frame": FRAME, "columns": COLUMNS, "id": "ties", "caption": "Ties"} | options
    return BeautifulSoup(Table(**options)._repr_html_(), "html.parser")


def test_the_unit_stands_in_the_head_and_numbers_stand_right():
    soup = drawn()
    assert [head.get_text() for head in soup.select("thead th")] == ["Year", "China $bn"]
    assert soup.select("thead th")[1]["class"] == ["n"]
    assert [cell.get_text() for cell in soup.select("td.n")] == ["1.5", "–", "36.2"]


def test_a_row_is_called_by_its_name_and_a_card_says_the_head():
    soup = drawn()
    assert soup.select_one("tbody th")["scope"] == "row"
    assert soup.select_one("td")["data-h"] == "China ($bn)"


def test_rows_have_anchors():
    assert [row["id"] for row in drawn(row_id="id").select("tbody tr")] == [
        "row-a",
        "row-b",
        "row-c",
    ]


def test_groups_have_heads_in_the_order_of_the_frame():
    soup = drawn(group="tie")
    assert [head.get_text() for head in soup.select(".group th")] == ["trade", "debt"]
    assert [len(body.select("tr")) for body in soup.select("tbody")] == [3, 2]


def test_filters_stand_in_the_rows_and_their_words_in_the_table():
    soup = drawn(chips={"tie": 'What "it" is'})
    assert [row["data-tie"] for row in soup.select("tbody tr")] == ["trade", "trade", "debt"]
    assert soup.table["data-chips"] == '{"tie": "What \\"it\\" is"}'


def test_a_filter_has_the_name_of_its_column_with_hyphens():
    soup = drawn(frame=FRAME.rename(columns={"tie": "Tie_of trade"}), chips={"Tie_of trade": "?"})
    assert soup.select_one("tbody tr")["data-tie-of-trade"] == "trade"


def test_values_to_sort_by_are_numbers_and_empty_where_missing():
    cells = drawn(sort=True).select("td.n")
    assert [cell["data-v"] for cell in cells] == ["1.5", "", "36.25"]


def test_text_is_escaped_and_our_own_html_is_not():
    frame = FRAME.assign(china=["<b>", "&", "x"])
    columns = (
        Column("china", "China"),
        Column("tie", "Tie", show=lambda tie: Markup("<i>{}</i>").format(tie)),
    )
    html = Table(frame, columns, "ties", "A < B")._repr_html_()
    assert "&lt;b&gt;</td>" in html
    assert "<i>trade</i>" in html
    assert "<caption>A &lt; B</caption>" in html


def test_a_fold_stands_around_the_table():
    assert drawn(fold="3 ties").details.summary.get_text() == "3 ties"


def test_a_column_that_the_frame_has_not_is_told_with_those_it_has():
    with pytest.raises(
        ValueError, match="table ties: no column 'chian' in the frame; valid: id, tie"
    ):
        drawn(columns=(Column("chian", "China"),))
    with pytest.raises(ValueError, match="no column 'record'"):
        drawn(chips={"record": "Record"})


@pytest.mark.parametrize("ids", [["a", "a", "c"], ["a", None, "c"]])
def test_an_id_that_is_no_row_s_own_is_refused(ids):
    with pytest.raises(ValueError, match="valid: an id of its own for each row"):
        drawn(frame=FRAME.assign(id=ids), row_id="id")


def test_a_table_without_rows_still_has_its_heads():
    assert len(drawn(frame=FRAME[:0], group="tie").select("th")) == 2


def test_jupyterlab_makes_no_formula_of_it():
    assert drawn().div["class"] == ["table", "mathjax_ignore", "tex2jax_ignore"]
