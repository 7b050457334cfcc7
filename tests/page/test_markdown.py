"""Markdown of texts and cells."""

import pytest

from analysis.page.language import speaking
from analysis.page.markdown import slug, to_html, to_text


def test_a_dollar_is_never_a_formula():
    assert to_html("From $1bn to $2bn") == "<p>From $1bn to $2bn</p>\n"


def test_no_line_of_russian_begins_with_a_dash_and_english_breaks_where_it_will():
    assert to_html("China — more") == "<p>China — more</p>\n"
    with speaking("ru"):
        assert to_html("Китай — больше") == "<p>Китай\N{NO-BREAK SPACE}— больше</p>\n"


def test_a_section_has_an_anchor_and_a_link_to_itself():
    html = to_html("## Who *lends*?")
    assert html.startswith('<h2 id="who-lends">Who <em>lends</em>? <a class="anchor"')
    assert 'href="#who-lends" aria-label="Link to “Who lends?”"' in html


def test_the_headline_has_neither():
    assert to_html("# Kyrgyzstan owes China") == "<h1>Kyrgyzstan owes China</h1>\n"


@pytest.mark.parametrize(
    ("words", "anchor"),
    [
        ("2016, then", "at-2016-then"),
        ("Ош и Бишкек", "ош-и-бишкек"),
        ("?", "at"),
        ("A record", "a-record"),
    ],
)
def test_an_anchor_begins_with_a_letter(words, anchor):
    assert slug(words) == anchor


def test_plain_text_has_no_marks_and_no_anchors():
    assert to_text('## Two records\n\n<a href="#x">$1bn</a> & more') == "Two records $1bn & more"
