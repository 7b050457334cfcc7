"""The charts in Russian: what the forms write fits, and none of it is left in English."""

import re
from functools import cache

import gallery
import pytest

from analysis.charts import formats
from analysis.charts.canvas import NARROW, WIDE
from analysis.charts.ratios import gas
from analysis.page.language import ENGLISH, speaking

# The forms that a Russian page has.
NAMES = [
    "same-trade", "two-records", "of-gdp", "flows", "years-five", "parts", "parts-four",
    "lenders-kgz", "gas", "years-kaz", "years-kgz", "years-tjk", "years-tkm", "years-uzb",
]  # fmt: skip
# What the gallery notes in a drawing.
NOTES = {"years-uzb": ["reported from 2016"]}
EVERY = pytest.mark.parametrize("name", NAMES)
BOTH = pytest.mark.parametrize("width", [WIDE, NARROW])


@cache
def charts():
    with speaking("ru"):
        # A page's chart of gas has no notes.
        bare = gas(gallery.frame("gas"), gallery.caption("gas"))
        return gallery.real() | {"gas": bare}


@cache
def drawn(name, width):
    with speaking("ru"):
        return charts()[name].draw(width)


@EVERY
@BOTH
def test_no_words_are_cut_or_lie_on_others(name, width):
    assert drawn(name, width).faults() == []


def given(name):
    """The words that whoever asked for the chart gave it: they are in that one's language."""
    values = charts()[name].table.to_numpy().ravel()
    return {value for value in values if isinstance(value, str)} | set(NOTES.get(name, []))


@EVERY
def test_no_word_of_the_forms_is_left_in_english(name):
    texts = [text.get_text() for text in drawn(name, WIDE).sheet.texts]
    said = " ".join(given(name))
    left = [text for text in texts if re.search("[A-Za-z]{2,}", text) and text not in said]
    assert left == []


@EVERY
def test_what_is_read_aloud_of_a_mark_is_in_russian(name):
    for hit in drawn(name, WIDE).hits:
        words = hit.words
        for known in sorted(given(name), key=len, reverse=True):
            words = words.replace(known, "")
        assert not re.search("[A-Za-z]{2,}", words), hit.words
        assert not re.search(r"\$|\d%|\d\.\d", hit.words), hit.words


@pytest.mark.parametrize(
    ("write", "value", "told"),
    [
        (formats.dollars, 12.85e9, "12,9\u00a0млрд"),
        (formats.percent, 0.385, "39\u00a0%"),
        (formats.percent, 0.004, "менее 1\u00a0%"),
        (formats.percent_fine, 0, "0\u00a0%"),
        (formats.percent_fine, 0.0004, "менее 0,1\u00a0%"),
        (formats.times, 4.05, "4,1×"),
        (formats.whole, 778041, "778\u00a0041"),
        (formats.tenth, 36.44, "36,4"),
        (formats.rounded(formats.dollars), 20e9, "20\u00a0млрд"),
        (formats.rounded(formats.tenth), 5, "5"),
    ],
)
def test_a_mark_in_russian(write, value, told):
    with speaking("ru"):
        assert write(value) == told


def test_a_chart_in_english_again_after_one_in_russian():
    charts()
    with speaking(ENGLISH):
        assert formats.dollars(12.85e9) == "$12.9bn"
