"""Briefs: two tagged pages that say what the page says."""

import re

import pytest

from analysis.config import COUNTRIES, REPORTS
from analysis.publish.briefs import BriefError, brief, contents

pytestmark = pytest.mark.slow

STEMS = [name.lower() for name in COUNTRIES.values()]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><desc>{}</desc></svg>'
PAGE = f"""<html lang="en"><main><h1>Utopia owes <a class="ev" href="#x">39%</a></h1>
<p>Its dek.</p>
<p>Sure: <span class="pips"><span>●●○</span><span class="vh">medium</span></span> medium</p>
<table id="verdicts"><caption>Ties</caption><thead><tr><th>Tie</th><th>Year</th><th>China</th>
<th>Russia</th><th>Who</th></tr></thead><tbody><tr><th>Debt</th><td>2024</td>
<td>$1bn <span class="of-gdp">9% of GDP</span></td><td>none</td><td>China</td></tr></tbody></table>
<figure class="chart" id="a">{SVG.format("one")}</figure>
<figure class="chart" id="b">{SVG.format("two")}</figure>
<h2>Who lends?</h2><p>Others.</p>
<h2>What would change this<a class="anchor">#</a></h2><ul><li>A table.</li><li>A count.</li></ul>
<section><p>Evidence.</p></section></main>
<h2 id="cite">Cite this page</h2><p class="cite">“Utopia.”</p></html>"""


@pytest.fixture(scope="module")
def made(page_at):
    def build(stem):
        drawings = (REPORTS / "figures").glob(f"{stem}-*.svg")
        charts = {path.stem.removeprefix(f"{stem}-"): path.read_text("utf-8") for path in drawings}
        return brief(page_at(stem).read_text(encoding="utf-8"), charts)

    return build


def test_a_brief_says_what_the_page_says():
    told = contents(PAGE)
    assert told["title"] == "Utopia owes 39%"
    assert (told["dek"], told["key"]) == ("Its dek.", "Sure: ●●○ medium")
    assert told["rows"] == [["Debt", "2024", "$1bn\n9% of GDP", "none", "China"]]
    assert told["charts"] == [{"id": "a", "alt": "one"}, {"id": "b", "alt": "two"}]
    assert (told["change_title"], told["change"]) == (
        "What would change this",
        ["A table.", "A count."],
    )
    assert told["cite"] == "“Utopia.”"


@pytest.mark.parametrize(
    ("gone", "words"),
    [
        ('id="verdicts"', "no table#verdicts"),
        ("<h1>", "no h1"),
        ('<figure class="chart" id="b">', "a page of 1 charts"),
    ],
)
def test_a_page_that_lacks_a_part_makes_no_brief(gone, words):
    with pytest.raises(BriefError, match=words):
        contents(PAGE.replace(gone, ""))


def test_a_chart_without_a_drawing_makes_no_brief():
    with pytest.raises(BriefError, match="no drawing of the chart b"):
        brief(PAGE, {"a": SVG.format("one")})


@pytest.mark.parametrize("stem", STEMS)
def test_a_brief_is_two_tagged_pages_and_the_same_bytes_again(made, stem):
    pdf = made(stem)
    assert pdf == (REPORTS / "briefs" / f"{stem}.pdf").read_bytes()
    assert b"pdfuaid:part>1<" in pdf.replace(b" ", b"")
    assert b"/MarkInfo" in pdf
    assert re.search(rb"/Count 2\b", pdf)
