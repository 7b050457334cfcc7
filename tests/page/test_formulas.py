"""No sum of money becomes a formula in a notebook that is open in JupyterLab.

JupyterLab takes what stands between two dollar signs for a formula: in Markdown within one
paragraph, in HTML within one element, unless that is marked to be left alone.
"""

import json
import re
from html.parser import HTMLParser

import pytest

from analysis.config import NOTEBOOKS
from analysis.publish import site
from conftest import ON_DEMAND

pytestmark = pytest.mark.slow

IGNORED = {"mathjax_ignore", "tex2jax_ignore"}
VOID = {"br", "img", "hr", "input", "meta", "link", "path", "line", "circle", "rect"}


def shown(executed):
    """The HTML that JupyterLab shows of each output of an executed notebook."""
    cells = json.loads(executed.read_text(encoding="utf-8"))["cells"]
    outputs = [one for cell in cells for one in cell.get("outputs", ())]
    return ["".join(one["data"]["text/html"]) for one in outputs if "text/html" in one["data"]]


def formulas_in_markdown(text):
    """Paragraphs with two dollar signs that nothing escapes."""
    paragraphs = re.split(r"\n\s*\n", text)
    return [words for words in paragraphs if len(re.findall(r"(?<!\\)\$", words)) > 1]


class Reader(HTMLParser):
    """The text of HTML that is not marked to be left alone, a piece a block."""

    def __init__(self, html):
        super().__init__()
        self.open, self.pieces = [], [""]
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag in ("li", "p", "td", "th", "tr", "div", "ul", "table", "caption"):
            self.pieces.append("")
        if tag not in VOID:
            self.open.append((tag, set((dict(attributes).get("class") or "").split())))

    def handle_startendtag(self, tag, attributes):
        """A drawing's elements close themselves."""

    def handle_endtag(self, tag):
        while any(name == tag for name, _ in self.open) and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        kept = [tag for tag, classes in self.open if classes & IGNORED or tag in ("script", "code")]
        if not kept:
            self.pieces[-1] += data


def formulas_in_html(html):
    return [words for words in Reader(html).pieces if words.count("$") > 1]


def test_what_jupyterlab_takes_for_a_formula_is_seen():
    assert formulas_in_markdown("from $890 million to\n$1 billion") != []
    assert formulas_in_markdown(r"from \$890 million to \$1 billion") == []
    assert formulas_in_markdown("from $890 million\n\nto $1 billion") == []
    assert formulas_in_html("<p>from $890 million to <b>$1 billion</b></p>") != []
    assert formulas_in_html('<p class="mathjax_ignore">$890 million and $1 billion</p>') == []
    assert formulas_in_html("<li>$890 million</li><li>$1 billion</li>") == []
    drawn = '<div class="mathjax_ignore"><use x="1"/><b>$890 million</b> and $1 billion</div>'
    assert formulas_in_html(drawn) == []


@pytest.mark.parametrize("name", [site.START, *site.NAMES])
def test_no_output_of_a_built_notebook_has_a_formula_of_dollar_signs(built, name):
    htmls = shown(built / "reports" / "executed" / f"{name}.ipynb")
    assert any("$" in html for html in htmls)
    assert [words for html in htmls for words in formulas_in_html(html)] == []


@pytest.mark.parametrize("name", ON_DEMAND)
def test_no_output_of_a_page_on_demand_has_a_formula_of_dollar_signs(page_at, name):
    htmls = shown(page_at(name).parent / "executed" / f"{name}.ipynb")
    assert htmls
    assert [words for html in htmls for words in formulas_in_html(html)] == []


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_no_prose_of_a_notebook_has_a_formula_of_dollar_signs(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    prose = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    assert [words for text in prose for words in formulas_in_markdown(text)] == []
