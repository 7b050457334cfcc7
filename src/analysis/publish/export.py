"""An executed notebook becomes a page: what it shows in its order, its code in one fold below.

A page stands on its own: letters, styles and script are within it, it asks nothing of any host,
and it is read without the script.
"""

from __future__ import annotations

import re
from copy import deepcopy
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from bs4 import BeautifulSoup
from markupsafe import Markup
from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode
from pygments import highlight
from pygments.filter import simplefilter
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from pygments.token import Comment, Keyword, Operator, String, Token

from analysis.page import words
from analysis.page.about import LICENCE, LICENCE_URL, SITE, about
from analysis.page.figure import MEDIA_TYPE, figure_html
from analysis.page.language import ENGLISH, heard, say, spoken
from analysis.page.markdown import to_html
from analysis.page.markup import NO_FORMULA, place_told
from analysis.publish.page_scan import Seen, scan
from analysis.publish.site import FIVE, START, folder_of, links, neighbours, other
from analysis.publish.typefaces import font_css

_TEMPLATES = Path(__file__).with_name("templates") / "site"
# Tag of a cell that shows a frame, and the mark of what it shows.
FRAME, _ROWS = "frame", "rows"
# What page.css sets apart in code.
_TOLD_APART = (Keyword, Keyword.Namespace, Operator.Word)
_TOLD_WITH_KINDS = (String, Comment)
_PRIORITY = [
    MEDIA_TYPE,
    "text/html",
    "text/markdown",
    "image/svg+xml",
    "image/png",
    "image/jpeg",
    "text/latex",
    "text/plain",
]


# Tags, and what is no text between them.
_UNSET = re.compile(
    r"(<(?:code|pre|script|style|svg|textarea)\b.*?</(?:code|pre|script|style|svg|textarea)>|<[^>]*>)",
    re.DOTALL,
)
_SIZE = re.compile(r"(\d+) rows × (\d+) columns")
_ESCAPES = {"&#39;": "'", "&#x27;": "'", "&#34;": '"', "&quot;": '"'}
_ESCAPED = re.compile("|".join(map(re.escape, _ESCAPES)))
_OPENING = re.compile(r'(?<![^\s(\[—–>])"(?=\S)')
_APOSTROPHE = re.compile(r"(?<=\w)'|^'(?=[a-z])")


class PageError(Exception):
    """A notebook that ran and does not make a page, with all that is wrong with it."""


def export_page(
    notebook: NotebookNode,
    stem: str,
    *,
    source: str,
    parameters: str = "",
    place: str = "Central Asia",
    data_date: str = "",
) -> str:
    """Turn an executed notebook into a page.

    Args:
        notebook: as papermill leaves it.
        stem: name of the page without its ending; its charts' files start with it.
        source: address of the notebook, seen from the page.
        parameters: a sentence that says what the notebook was run with; may be empty.
        place: what the page is about, as a place.
        data_date: day or month of the newest source, as ISO has it; may be empty.

    Raises:
        PageError: when the page has not one heading of the first order, an anchor twice, or a
            link to an anchor that it does not have.
        TextError: for a mistake in a template.
    """
    # The code and what explains it are in English, on the English page.
    code_at = "" if spoken() == ENGLISH else f"../{stem}.html#code"
    shown = {
        "stem": stem,
        "figure": MEDIA_TYPE,
        "rows": _ROWS,
        "notebook": source,
        "code_at": code_at,
    }
    with place_told():
        body, _ = _exporter().from_notebook_node(rows_last(notebook), resources={"page": shown})
    body = curled(body)
    seen = scan(body)
    faults = seen.faults()
    if faults:
        raise PageError(f"{stem}: " + "; ".join(faults))
    before, after = neighbours(stem)
    when = words.date(data_date)
    told = {
        "parameters": parameters,
        "data_date": when,
        "citation": citation(seen.titles[0], when),
        "dataset": _dataset(seen, place, data_date, stem),
    }
    with place_told():
        return _frame().render(
            page=_head(stem, body, seen) | told,
            before=before,
            after=after,
            links=links(),
            fonts=Markup(font_css(body, spoken())),
            language=spoken(),
            site=say(SITE),
            other=other(stem),
            away="" if spoken() == ENGLISH else Markup(' hreflang="en"'),
        )


def _head(stem: str, body: str, seen: Seen) -> dict[str, Any]:
    """What the frame of a page says of it: where it is, what it is called, what it holds."""
    title, place_of = seen.titles[0], folder_of(spoken())
    return {
        "href": f"{stem}.html",
        "path": f"{place_of}{stem}.html",
        "other_path": f"{folder_of('ru' if spoken() == ENGLISH else ENGLISH)}{stem}.html",
        "root": "" if spoken() == ENGLISH else "../",
        "is_start": stem == START,
        "title": title,
        "description": seen.lead or title,
        "body": Markup(body),
        "contents": seen.contents,
        "has_lists": seen.lists,
        "has_explorer": seen.explorer,
        "has_cited": seen.cited,
        "brief": f"briefs/{stem}.pdf" if stem in FIVE else "",
        "picture": f"{place_of}figures/{stem}-{seen.figures[0]}.png" if seen.figures else "",
    }


def rows_last(notebook: NotebookNode) -> NotebookNode:
    """A copy of a notebook where the frames of a section stand at its end.

    In a notebook the frame comes first, and chart and words follow from it; a page says first what
    was found. What a cell tagged "frame" shows is marked, and moved to the last cell with code
    before the next section. A section begins with a heading of the second order; where that is an
    aside, the page takes its heading from what the section tells, and has none where that is
    nothing.
    """
    moved = deepcopy(notebook)
    held: list[NotebookNode] = []
    last: NotebookNode | None = None
    for cell in moved.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## ") and last:
            last.outputs += held
            held, last = [], None
        if cell.cell_type == "code":
            last = cell
            if FRAME in cell.metadata.get("tags", []):
                for output in cell.outputs:
                    output.setdefault("metadata", NotebookNode())[_ROWS] = True
                held += cell.outputs
                cell.outputs = []
    if last:
        last.outputs += held
    return moved


def curled(body: str) -> str:
    r"""HTML whose text has printers' quotation marks and apostrophes; code keeps its own.

    Titles come as their publishers typed them, with either kind.

    Example:
        >>> curled('<a title="a">The "turn" of 2016</a> <code>x = "y"</code>')
        '<a title="a">The “turn” of 2016</a> <code>x = "y"</code>'
    """
    parts = _UNSET.split(body)
    # What is split at stands at the odd places.
    return "".join(part if number % 2 else _curl(part) for number, part in enumerate(parts))


def _curl(text: str) -> str:
    text = _OPENING.sub("“", _ESCAPED.sub(lambda found: _ESCAPES[found[0]], text))
    return _APOSTROPHE.sub("’", text.replace('"', "”"))


@jinja2.pass_context
def _said(_context: jinja2.runtime.Context, message: str, **values: Any) -> str:
    """A message in the language of the page.

    That it asks for the context keeps Jinja from putting the words of the first page of a process
    into the template for all that follow.
    """
    return say(message, **values)


@cache
def _exporter() -> TemplateExporter:
    """What walks a notebook's cells through our template, which is compiled once for all pages."""
    exporter = TemplateExporter(
        file_extension=".html",
        template_name=_TEMPLATES.name,
        extra_template_basedirs=[str(_TEMPLATES.parent)],
        filters={
            "to_html": to_html,
            "aside": aside_html,
            "code": code_html,
            "figure": _figure,
            "frame": frame_html,
            "heading": heading,
            "say": _said,
        },
    )
    exporter.register_filter("filter_data_type", best_type)
    return exporter


@simplefilter
def _plain(_self, _lexer, stream, _options):  # type: ignore[no-untyped-def]
    """Tokens that a page tells apart; what it sets like all else is no token of its own."""
    for token, text in stream:
        told = token in _TOLD_APART or any(token in kind for kind in _TOLD_WITH_KINDS)
        yield (token if told else Token.Text), text


def code_html(source: str) -> str:
    r"""The code of a cell, with keywords, strings and comments marked, and no more.

    Example:
        >>> code_html("import math")
        '<pre><span class="kn">import</span> math\n</pre>'
    """
    lexer = PythonLexer()
    lexer.add_filter(_plain())
    marked = highlight(source, lexer, HtmlFormatter(nowrap=True))
    return f"<pre>{marked}</pre>"


def best_type(data: dict[str, Any]) -> list[str]:
    """Which of an output's kinds a page shows: the first that it knows, or whatever there is."""
    return [kind for kind in (*_PRIORITY, *data) if kind in data][:1]


def _figure(shown: dict[str, Any], stem: str) -> str:
    name = f"figures/{stem}-{shown['id']}"
    # The data are the same in every language, and lie beside the English page.
    return figure_html(shown, name, "" if spoken() == ENGLISH else f"../{name}")


def heading(source: str) -> str:
    """A text of a notebook, its heading in the language of the page.

    Example:
        >>> heading("## Country by country")
        '## Country by country'
    """
    mark, _, words = source.partition(" ")
    return f"{mark} {heard(words)}" if mark == "##" else source


def aside_html(source: str) -> str:
    r"""A text for analysts, its headings no headings of the page.

    Example:
        >>> aside_html("## Who lends?")
        '<p><strong>Who lends?</strong></p>\n'
    """
    return to_html(re.sub(r"^#+ (.+)$", r"**\1**", source, flags=re.MULTILINE))


def frame_html(html: str) -> str:
    """A frame as pandas shows it, fit for a page: without its style, its empty heads no heads."""
    soup = BeautifulSoup(html, "html.parser")
    for style in soup.find_all("style"):
        style.decompose()
    for head in soup.find_all("th"):
        if not head.get_text(strip=True):
            head.name = "td"
        else:
            head["scope"] = "col" if head.find_parent("thead") else "row"
    for size in soup.find_all("p"):
        if found := _SIZE.fullmatch(size.get_text(strip=True)):
            told = say("{rows} rows × {columns} columns", rows=found[1], columns=found[2])
            size.string = told
    for table in soup.find_all("table"):
        del table["border"]
        table["class"] = f"dataframe {NO_FORMULA}"
    return str(soup).strip()


@cache
def _frame() -> jinja2.Template:
    """What stands around the body of every page."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["css_string"] = css_string
    environment.globals |= {
        "about": about(),
        "say": say,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        # A rule of a style needs no line of its own.
        "css": Markup(_light(_ours("page.css")).replace("}\n", "}")),
        "script": _light(_ours("list.js")),
        "cite_script": _light(_ours("cite.js")),
        "explorer_css": _ours("explorer.css"),
        "explorer_script": _ours("explorer.js"),
        "icon": _ours("icon.svg"),
    }
    return environment.get_template("base.html.j2")


def _ours(name: str) -> Markup:
    """A file of the templates' own, which needs no escaping."""
    folder = files("analysis.publish") / "templates" / "site"
    return Markup((folder / name).read_text(encoding="utf-8").strip())


def _light(source: Markup) -> Markup:
    """A style or script without its indent and its comments: every page carries it."""
    told = re.sub(r"^ */\*.*?\*/\n", "", source, flags=re.DOTALL | re.MULTILINE)
    lines = (line.strip() for line in told.splitlines())
    return Markup("\n".join(line for line in lines if not line.startswith("//")))


def css_string(words: str) -> Markup:
    r"""Words as a string of CSS, safe within a style element.

    Example:
        >>> print(css_string('He said "no" </style>'))
        "He said \22 no\22  \3c /style\3e "
    """
    escaped = re.sub(r'["\\<>&\n]', lambda found: f"\\{ord(found[0]):x} ", words)
    return Markup(f'"{escaped}"')


def citation(title: str, data_date: str) -> str:
    """How to cite a page: author and address only where there are any."""
    told = about()
    parts = [
        f"{told.author}." if told.author else "",
        # A question ends in its own mark, and a shortened word in its stop.
        say("“{title}”" if title[-1:] in ("?", ".") else "“{title}.”", title=title),
        f"{say(SITE)} ({told.name} {told.version}).",
        say("Sources to {date}.", date=data_date) if data_date else "",
        f"{LICENCE}.",
        f"{told.address}." if told.address else "",
    ]
    return " ".join(part for part in parts if part)


def _dataset(seen: Seen, place: str, data_date: str, stem: str) -> dict[str, Any]:
    """The page as schema.org has a data set; without addresses while there is none."""
    told = about()
    known = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": seen.titles[0],
        "description": seen.lead or seen.titles[0],
        "version": told.version,
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "inLanguage": spoken(),
        "isPartOf": {"@type": "DataCatalog", "name": say(SITE), "description": told.summary},
        "spatialCoverage": {"@type": "Place", "name": place},
        "variableMeasured": [
            say("trade in goods"),
            say("public debt abroad"),
            say("direct investment"),
            say("money sent home"),
        ],
        "dateModified": data_date,
        "creator": {"@type": "Organization", "name": told.author} if told.author else "",
        "url": f"{told.address}/{folder_of(spoken())}{stem}.html" if told.address else "",
    }
    return {name: value for name, value in known.items() if value}
