"""What a chart says of itself, and what a file of it holds."""

import base64
import gc
import io
import json
import re
import weakref
from dataclasses import replace
from importlib.metadata import version
from xml.etree import ElementTree as ET

import gallery
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from matplotlib.image import imread

from analysis.charts.bars import same_trade
from analysis.charts.chart import Chart, alt_text, imprint
from analysis.page.figure import MEDIA_TYPE

CHART = same_trade(gallery.hero(), gallery.caption("hero"))


@pytest.mark.parametrize("title", ["", "one " * 13])
def test_a_title_has_one_to_twelve_words(title):
    with pytest.raises(ValueError, match=r"chart hero: a title of (0|13) words"):
        replace(CHART, title=title)


@pytest.mark.parametrize("alt", ["", "x" * 251])
def test_a_description_has_at_most_250_characters(alt):
    with pytest.raises(ValueError, match=r"an alt text of (0|251) characters"):
        replace(CHART, alt=alt)


def test_a_description_keeps_as_many_facts_as_have_room():
    told = alt_text("Bars", gallery.caption("x", "Short"), ["a" * 90, "b" * 90, "c"])
    assert told.endswith(f". Short. {'a' * 90}.")


def test_of_what_it_was_drawn_on_a_chart_keeps_nothing(monkeypatch):
    made, sheets, draw = replace(CHART), [], Chart.draw

    def noted(chart, width):
        sheet = draw(chart, width)
        sheets.append(weakref.ref(sheet))
        return sheet

    monkeypatch.setattr(Chart, "draw", noted)
    assert made._repr_mimebundle_()[MEDIA_TYPE]["svg"]
    gc.collect()
    assert [sheet() for sheet in sheets] == [None, None]  # for the page and for a telephone


@pytest.fixture
def shell():
    """A shell as a notebook has it, of which a process may have one: no other test finds it."""
    yield InteractiveShell.instance()
    InteractiveShell.clear_instance()


def test_a_chart_shows_itself_in_a_notebook(shell):
    data, _ = shell.display_formatter.format(CHART)
    html = data["text/html"]
    assert CHART.title in html
    drawing = html[html.index("<svg") : html.index("</svg>")]
    # All that is drawn, and no links, which JupyterLab cannot set within a drawing.
    assert [drawing.count(mark) for mark in ("<path", "<rect", "<text", "<title")] == [
        CHART.wide.count(mark) for mark in ("<path", "<rect", "<text", "<title")
    ]
    assert "<a " in CHART.wide and "<a " not in drawing
    assert "IMF Direction of Trade Statistics, January 2022" in html
    assert "nobody knows how much" in html
    assert CHART.alt in data["text/plain"]


def test_a_page_gets_both_drawings_and_the_table_from_the_notebook(shell):
    shell.display_formatter.active_types = [*shell.display_formatter.active_types, MEDIA_TYPE]
    data, _ = shell.display_formatter.format(CHART)
    parts = json.loads(json.dumps(data[MEDIA_TYPE]))
    assert (parts["wide"], parts["narrow"]) == (CHART.wide, CHART.narrow)
    assert base64.b64decode(parts["png"]) == CHART.file_png()
    read = pd.read_csv(io.StringIO(parts["csv"])).astype({"value": float})
    pd.testing.assert_frame_equal(read, CHART.table)


def test_the_page_s_drawing_has_neither_title_nor_source_to_be_seen():
    words = [
        text.text for text in ET.fromstring(CHART.wide).iter("{http://www.w3.org/2000/svg}text")
    ]
    assert "China says $16.2bn" in words
    assert not [word for word in words if "four times" in word or "Source" in word]


def test_a_file_holds_title_unit_source_licence_and_version():
    framed = CHART.framed()
    words = " ".join(text.get_text() for text in framed.sheet.texts)
    assert CHART.title in words
    assert "US dollars, 2000 to 2025" in words
    assert "nobody knows how much" in words
    assert "Source: IMF Direction of Trade Statistics, January 2022." in words
    assert f"CC BY 4.0 · central-asia-two-books {version('central-asia-two-books')}" in words
    assert framed.faults() == []
    assert framed.width == 704 + 2 * 16


def test_an_svg_file_says_the_same_to_programs_and_holds_its_letters_as_shapes():
    text = CHART.file_svg()
    assert text.startswith("<?xml")
    assert "<text" not in text
    assert "var(" not in text
    assert "<dc:date>" not in text
    said = re.sub(r"<[^>]+>", "\n", text)
    for words in (CHART.title, CHART.alt, CHART.source_line, "CC BY 4.0", imprint()):
        assert words in said
    root = ET.fromstring(text)
    own = {element.get("id") for element in root.iter()}
    used = {element.get("href")[1:] for element in root.iter() if element.get("href")}
    assert used
    assert used <= own


def test_a_picture_has_two_dots_a_pixel_and_the_same_words_inside():
    data = CHART.file_png()
    framed = CHART.framed()
    assert imread(io.BytesIO(data)).shape[:2] == (2 * framed.height, 2 * framed.width)
    assert CHART.title.encode() in data
    assert CHART.source_line.encode() in data
    assert b"CC BY 4.0" in data
    assert b"Software" not in data


def test_drawing_twice_gives_the_same_bytes():
    again = same_trade(gallery.hero(), gallery.caption("hero"))
    assert (again.wide, again.narrow, again.file_svg(), again.file_png()) == (
        CHART.wide,
        CHART.narrow,
        CHART.file_svg(),
        CHART.file_png(),
    )


def test_marks_say_their_value_and_lead_to_their_row():
    links = ET.fromstring(CHART.wide).iter("{http://www.w3.org/2000/svg}a")
    told = {link.get("href"): link[0][0].text for link in links}
    assert told["#hero-2"] == "Kyrgyzstan, 2024, China’s record: $22.7bn"
    assert told["#hero-3"] == "Kyrgyzstan, 2024, Kyrgyzstan’s record: $5.5bn"
    assert len(told) == 8
    assert {f"#{row_id}" for row_id in CHART.rows} == set(told)
    assert CHART.rows["hero-2"] == (CHART.id,)
