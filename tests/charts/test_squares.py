"""Squares: one a thing, in rows, each leading to its own place."""

import gallery
import pytest

from analysis.charts.canvas import NARROW, WIDE
from analysis.charts.chart import Caption
from analysis.charts.squares import squares

ROWS = gallery.claims({"Holds": 2, "Not testable": 30})


def drawn(width):
    return squares(ROWS, Caption("fate", "Each claim by its verdict", "Claims")).draw(width)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_each_thing_has_a_square_that_says_it_and_leads_to_it(width):
    hits = drawn(width).hits
    assert [(hit.words, hit.row_id) for hit in hits] == list(
        zip(ROWS["words"], ROWS["row_id"], strict=True)
    )


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_squares_lie_within_the_drawing_and_not_upon_each_other(width):
    canvas = drawn(width)
    places = [(hit.box.left, hit.box.top) for hit in canvas.hits]
    assert len(set(places)) == len(places)
    assert max(hit.box.right for hit in canvas.hits) <= width
    assert max(hit.box.foot for hit in canvas.hits) <= canvas.height


def test_a_row_stands_beside_its_name_on_a_page_and_under_it_on_a_telephone():
    wide, narrow = drawn(WIDE).hits[0].box, drawn(NARROW).hits[0].box
    assert wide.left > 60
    assert narrow.left == 0


def test_the_description_counts_the_squares_of_each_row():
    chart = squares(ROWS, Caption("fate", "Each claim by its verdict", "Claims"))
    assert "Holds: 2; Not testable: 30" in chart.alt
