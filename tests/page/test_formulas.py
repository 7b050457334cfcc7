"""No sum of money becomes a formula in a notebook that is open in JupyterLab.

JupyterLab takes what stands between two dollar signs for a formula: in Markdown within one
paragraph, in HTML within one element, unless that is marked to be left alone.
"""

import ast
import json
import re
from html.parser import HTMLParser

import pytest

from analysis.config import COUNTRIES, NOTEBOOKS

pytestmark = pytest.mark.slow

IGNORED = {"mathjax_ignore", "tex2jax_ignore"}
# What shows itself as HTML of our own making.
OURS = ("Told", "Table", "Cards", "EvidenceCards")
VOID = {"br", "img", "hr", "input", "meta", "link", "path", "line", "circle", "rect"}


def outputs(notebook, **parameters):
    """What the code cells of a notebook show, by running them one after another."""
    shown = []
    space = {}
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        body = ast.parse("".join(cell["source"])).body
        last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), str(notebook), "exec"), space)
        space |= parameters if "parameters" in cell["metadata"].get("tags", []) else {}
        if last:
            shown.append(eval(compile(ast.Expression(last.value), str(notebook), "eval"), space))
    return [output for output in shown if output is not None]


def html_of(output):
    """What JupyterLab shows of the value of a cell's last line."""
    if hasattr(output, "_repr_mimebundle_"):
        return output._repr_mimebundle_()["text/html"]
    return output._repr_html_() if hasattr(output, "_repr_html_") else ""


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


CASES = [
    *(("country", {"country": code}) for code in (*COUNTRIES, "MNG", "CIV", "TUV", "VAT")),
    *((path.stem, {}) for path in sorted(NOTEBOOKS.glob("*.ipynb")) if path.stem != "country"),
]


@pytest.mark.parametrize(
    ("name", "parameters"),
    CASES,
    ids=lambda value: "-".join(value.values()) if isinstance(value, dict) else value,
)
def test_no_output_of_a_notebook_has_a_formula_of_dollar_signs(name, parameters):
    shown = [html_of(output) for output in outputs(NOTEBOOKS / f"{name}.ipynb", **parameters)]
    assert any(shown)
    assert [words for html in shown for words in formulas_in_html(html)] == []


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_no_prose_of_a_notebook_has_a_formula_of_dollar_signs(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    prose = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    assert [words for text in prose for words in formulas_in_markdown(text)] == []
