"""What holds for every form of chart, at both widths, with real and with extreme figures."""

import re
from functools import cache
from xml.etree import ElementTree as ET

import gallery
import matplotlib as mpl
import pytest

from analysis.charts.canvas import COLOURS, NARROW, WIDE

pytestmark = pytest.mark.thorough

SVG = "{http://www.w3.org/2000/svg}"
REAL, EXTREME = gallery.real(), gallery.extreme()
ALL = {**REAL, **EXTREME}
BOTH = pytest.mark.parametrize("width", [WIDE, NARROW])
EVERY = pytest.mark.parametrize("name", ALL)
EVERY_REAL = pytest.mark.parametrize("name", REAL)


@cache
def drawn(name, width):
    return ALL[name].draw(width)


@EVERY
@BOTH
def test_no_words_are_cut_or_lie_on_others(name, width):
    assert drawn(name, width).faults() == []


@EVERY_REAL
@BOTH
def test_no_line_runs_through_words(name, width):
    assert drawn(name, width).crossed() == []


@EVERY
@BOTH
def test_words_are_13_pixels_large_at_both_widths(name, width):
    canvas = drawn(name, width)
    assert canvas.width == width
    assert {text.get_size() for text in canvas.sheet.texts} == {13}


@EVERY
def test_a_drawing_is_at_most_420_pixels_high_on_a_page(name):
    assert drawn(name, WIDE).height <= 420


@EVERY
def test_what_a_chart_shows_is_said_in_at_most_250_characters(name):
    chart = ALL[name]
    assert 40 < len(chart.alt) <= 250
    assert chart.title.rstrip(".") in chart.alt
    assert "nan" not in chart.alt


@EVERY
@BOTH
def test_no_words_hold_a_missing_number(name, width):
    canvas = drawn(name, width)
    words = [text.get_text() for text in canvas.sheet.texts] + [hit.words for hit in canvas.hits]
    assert not [w for w in words if re.search(r"\b(nan|inf|None)\b", w)]


@EVERY
@BOTH
def test_what_can_be_pointed_at_lies_on_the_sheet(name, width):
    canvas = drawn(name, width)
    # On a telephone a year may be too thin for a finger.
    assert canvas.hits or width == NARROW
    for hit in canvas.hits:
        assert hit.box.left >= 0
        assert hit.box.right <= width
        assert hit.box.top >= 0
        assert hit.box.foot <= canvas.height


@EVERY_REAL
def test_the_svg_of_a_page_follows_its_colours_and_letters(name):
    root = ET.fromstring(REAL[name].wide)
    text = REAL[name].wide
    assert root.get("viewBox").startswith("0 0 704 ")
    bare = re.sub(r"var\(--[a-z0-9-]+, #[0-9a-f]{6}\)", "", text)
    assert not re.findall(r"#[0-9a-f]{6}\b", bare)
    assert set(re.findall(r"#[0-9a-f]{6}(?=\))", text)) <= {light for light, _ in COLOURS.values()}
    assert "<style" not in text
    assert "<metadata" not in text
    assert len(root.findall(f".//{SVG}text")) > 3
    assert "font-family: Inter" in root.get("style")


@EVERY_REAL
def test_ids_are_unique_and_the_drawing_s_own(name):
    chart = REAL[name]
    ids = re.findall(r'(?<=\sid=")[^"]+', chart.wide + chart.narrow)
    assert len(ids) == len(set(ids))
    assert all(one.startswith(f"{chart.id}-") for one in ids)
    for svg in (chart.wide, chart.narrow):
        own = set(re.findall(r'(?<=\sid=")[^"]+', svg))
        used = set(re.findall(r"url\(#([^)]+)\)", svg)) | set(
            re.findall(r'<use[^>]* href="#([^"]+)"', svg)
        )
        assert used <= own


@EVERY_REAL
def test_a_drawing_has_a_name_and_a_description(name):
    chart, root = REAL[name], ET.fromstring(REAL[name].narrow)
    title, description = list(root)[:2]
    assert (title.text, description.text) == (chart.title, chart.alt)
    assert root.get("aria-labelledby") == title.get("id")
    assert root.get("aria-describedby") == description.get("id")
    linked = root.find(f".//{SVG}a") is not None
    assert root.get("role") == ("group" if linked else "img")


@pytest.mark.parametrize("name", ["two-records", "years-kaz", "parts", "lenders-kgz", "world"])
def test_whatever_style_a_user_has_set_the_bytes_are_the_same(name):
    foreign = {"font.size": 30, "axes.facecolor": "pink", "lines.linewidth": 9, "text.color": "red",
               "font.family": "serif", "hatch.linewidth": 7, "svg.fonttype": "path"}  # fmt: skip
    again = gallery.real()[name]
    with mpl.rc_context(foreign):
        assert again.wide == REAL[name].wide
        assert again.file_svg() == REAL[name].file_svg()


@pytest.mark.parametrize("name", sorted(set(REAL) - {"years-tjk", "years-tkm", "years-kgz"}))
@pytest.mark.mpl_image_compare(
    baseline_dir="baseline", tolerance=4, style="default", savefig_kwargs={"dpi": 72}
)
def test_a_chart_looks_as_it_did_when_it_was_looked_at(name):
    canvas = REAL[name].draw(WIDE)
    canvas.figure.patch.set(visible=True, facecolor=COLOURS["paper"][0])
    return canvas.figure
