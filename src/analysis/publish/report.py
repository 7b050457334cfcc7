"""A notebook becomes an executed notebook, and that an HTML page that stands on its own.

A page needs nothing from anywhere: no script, style or font of another host, and no script at
all to be read. Files are replaced whole, the page last, so a failed run leaves the last good
report where it was.
"""

from __future__ import annotations

import re
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import nbformat
import papermill
from nbconvert.exporters import TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from analysis.config import COUNTRIES, RAW, ROOT
from analysis.data import countries
from analysis.data.schema import save, save_bytes
from analysis.data.sources import load_sources
from analysis.page.figure import MEDIA_TYPE, files_of
from analysis.publish.engine import ENGINE
from analysis.publish.export import export_page
from analysis.publish.parameters import check_parameters

_TEMPLATE = Path(__file__).with_name("templates")

# The tag of a cell that has nothing to show for some countries, and then leaves the page.
MAY_BE_EMPTY = "may-be-empty"

# Seconds. A cell of ours takes a second or two; one that takes minutes hangs.
_CELL_TIMEOUT = 300

PAGES = [
    ("index.html", "Start"),
    *((f"{name.lower()}.html", name) for name in COUNTRIES.values()),
    ("region.html", "The five together"),
    ("claims.html", "The article’s claims"),
    ("method.html", "The method"),
    ("world.html", "Every country"),
    ("revisions.html", "Revisions"),
]


class NotebookError(Exception):
    """A notebook that did not run to its end, with the place where it stopped."""


def run_notebook(notebook: Path, parameters: dict[str, str], executed: Path) -> NotebookNode:
    """Execute a notebook with parameters, in this process.

    Args:
        notebook: the source; it is not changed.
        parameters: values for its parameters cell.
        executed: where the executed notebook goes, to be opened in JupyterLab.

    Returns:
        The executed notebook, free of what differs between two equal runs.

    Raises:
        ParameterError: before any cell runs.
        NotebookError: naming the section, the cell and the error. The notebook as far as it
            ran is kept in ``failed`` beside the folder of the executed ones.
    """
    typed = check_parameters(notebook, parameters)
    executed.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=executed.parent, prefix=".run-") as folder:
        # Absolute, since papermill changes the working directory while the notebook runs.
        output = Path(folder).absolute() / executed.name
        try:
            papermill.execute_notebook(
                str(notebook),
                str(output),
                typed,
                engine_name=ENGINE,
                kernel_name="python3",
                progress_bar=False,
                request_save_on_cell_execute=False,
                execution_timeout=_CELL_TIMEOUT,
                cwd=str(ROOT),
            )
            problem = ""
        except PapermillExecutionError as error:
            problem = f"{error.ename}: {error.evalue}"
        notebook_run = nbformat.read(output, as_version=4)
    _drop_what_differs(notebook_run)
    stopped = _place_of_failure(notebook_run)
    if stopped and not problem:  # papermill takes exit() for a sound end
        problem = "the notebook ends here, before its last cell"
    place = stopped or _place_of_stderr(notebook_run)
    if problem or place:
        failed = executed.parent.parent / "failed" / executed.name
        save(failed, nbformat.writes(notebook_run) + "\n")
        section, cell, text = place or ("?", 0, "")
        raise NotebookError(
            f"{notebook.name} ({_words(parameters)}), section “{section}”, cell {cell}: "
            f"{problem or 'a warning that a reader would see: ' + text}. As far as it ran: "
            f"{failed.parent.name}/{failed.name}"
        )
    save(executed, nbformat.writes(notebook_run) + "\n")
    return notebook_run


def _words(parameters: dict[str, str]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in parameters.items()) or "no parameters"


def _drop_what_differs(notebook: NotebookNode) -> None:
    """Remove times and random ids, so that two equal runs give equal bytes."""
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"


def _place_of_failure(notebook: NotebookNode) -> tuple[str, int, str] | None:
    return _place(notebook, lambda output: output.output_type == "error")


def _place_of_stderr(notebook: NotebookNode) -> tuple[str, int, str] | None:
    return _place(
        notebook, lambda output: output.output_type == "stream" and output.name == "stderr"
    )


def _place(notebook: NotebookNode, matches: Any) -> tuple[str, int, str] | None:
    """Section, number of the code cell and last line of the first output that matches.

    Papermill adds cells of its own (the injected parameters, a marker at the error), so a cell
    is counted among the notebook's own.
    """
    section, number = "the start", 0
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if "injected-parameters" in tags or "papermill-error-cell-tag" in tags:
            continue
        if cell.cell_type == "markdown" and (heading := re.match(r"#+ (.+)", cell.source)):
            section = heading[1]
        number += 1
        for output in cell.get("outputs", []):
            if matches(output):
                lines = output.get("text", "").strip().splitlines()
                return section, number, lines[-1] if lines else ""
    return None


def export_html(notebook: NotebookNode, stem: str) -> str:
    """Turn an executed notebook into a page.

    The first cell is the heading of the page, what stands before the next heading is its answer
    and comes before the contents, and every chart is an inline SVG with its alt text, source and
    files.

    Args:
        notebook: as ``run_notebook`` returns it.
        stem: name of the page without its ending; its charts' files start with it.

    Raises:
        NotebookError: when a chart has no alt text.
    """
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "image/svg+xml" in output.get("data", {}):
                chart = output.metadata.get("image/svg+xml", {})
                if not chart.get("alt") or not chart.get("name"):
                    raise NotebookError(f"a chart of {stem} has no name or alt text")
    heading, _, lede = notebook.cells[0].source.partition("\n")
    parameters = _parameters(notebook)
    code = parameters.get("country", "")
    country = countries.check_country(code, countries.names()) if code else ""
    family = "one of five made" if code in COUNTRIES else "made on demand"
    named = countries.in_a_sentence(country)
    title = heading.removeprefix("# ")
    body_notebook = nbformat.from_dict(notebook)
    body_notebook.cells[0].source = lede.strip()
    body_notebook.cells = _with_something_to_say(body_notebook.cells)
    body, _ = _exporter().from_notebook_node(
        body_notebook, resources={"page": {"figures": f"figures/{stem}"}}
    )
    body = re.sub(r"<h2>(.+?)</h2>", _with_anchor, body)
    answer, heading_mark, rest = body.partition("<h2 ")
    # A reader meets the answer before the code that made it.
    code = "".join(_CODE.findall(answer))
    answer = _CODE.sub("", answer)
    return _page(
        f"{stem}.html",
        name=country or stem,
        title=f"{country}: {title}" if country else title,
        description=f"{title}: {country}" if country else title,
        parameters=f"A report on {named}, {family} from the same notebook "
        f"(parameter: {_words(parameters)})."
        if country
        else "",
        contents=re.findall(r'<h2 id="([^"]+)">(.+?)</h2>', body),
        answer=answer,
        body=code + heading_mark + rest,
    )


@cache
def _exporter() -> TemplateExporter:
    """What walks a notebook's cells through our template, which is read and compiled once.

    Not nbconvert's ``HTMLExporter``: that parses the page once more, to add alt texts that ours
    have, which takes longer than the rest.
    """
    return TemplateExporter(
        file_extension=".html",
        template_name=_TEMPLATE.name,
        extra_template_basedirs=[str(_TEMPLATE.parent)],
        filters={
            "markdown2html": _markdown,
            "highlight_code": Highlight2HTML(pygments_lexer="python"),
            "inline_svg": _inline_svg,
            "caption_of": _caption_of,
        },
    )


def _markdown(source: str) -> str:
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer).render(source)


_CODE = re.compile(r'<details class="code">.*?</details>\s*', re.DOTALL)


def _with_something_to_say(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Cells without those that have nothing to show for this country.

    A section all of whose calls had nothing to show goes with its heading and its text; one that
    calls nothing stays.
    """
    silent = [_says_nothing(cell) for cell in cells]
    for place, cell in enumerate(cells):
        if level := _level(cell):
            ends = (
                later for later in range(place + 1, len(cells)) if 0 < _level(cells[later]) <= level
            )
            inside = range(place + 1, next(ends, len(cells)))
            calls = [silent[later] for later in inside if cells[later].cell_type == "code"]
            silent[place] = bool(calls) and all(calls)
    return [cell for cell, nothing in zip(cells, silent, strict=True) if not nothing]


def _level(cell: NotebookNode) -> int:
    """The level of the heading that a text begins with, 0 for none."""
    heading = re.match("(#+) ", cell.source) if cell.cell_type == "markdown" else None
    return len(heading[1]) if heading else 0


def _says_nothing(cell: NotebookNode) -> bool:
    """A text without words, or a call that had nothing to show for this country.

    A cell that shows nothing is left out only where its tag allows for it: what an analyst has
    written does not vanish from the page.
    """
    if cell.cell_type == "markdown":
        return not cell.source
    if not cell.get("outputs"):
        return MAY_BE_EMPTY in cell.metadata.get("tags", [])
    return all("" in _texts(output) for output in cell.outputs)


def _texts(output: NotebookNode) -> list[str]:
    data = output.get("data", {})
    return [data[kind] for kind in ("text/markdown", "text/html") if kind in data]


def _with_anchor(heading: re.Match[str]) -> str:
    anchor = "-".join(re.findall(r"[a-z0-9]+", heading[1].lower()))
    return f'<h2 id="{anchor}">{heading[1]}</h2>'


def _parameters(notebook: NotebookNode) -> dict[str, str]:
    """The parameters that papermill injected, read back from their cell."""
    for cell in notebook.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            return dict(re.findall(r'^(\w+) = "(.*)"$', cell.source, re.MULTILINE))
    return {}


def _page(href: str, **page: Any) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATE), autoescape=False, keep_trailing_newline=True
    )
    pages = PAGES if href in dict(PAGES) else [*PAGES, (href, page["name"])]
    return environment.get_template("page.html.j2").render(
        page={
            "href": href,
            "css": (_TEMPLATE / "page.css").read_text(encoding="utf-8").strip(),
            "links": [{"href": link, "text": text} for link, text in pages],
            "footer": "<p>Every number on this page comes from a table of the project, and every "
            "row of those from a printed figure with its place. What is missing is said to be "
            "missing, and is never counted as nought.</p>",
            **page,
        }
    )


def _caption_of(table: str) -> str:
    """The caption of a table as text, to name the box that it scrolls in."""
    caption = re.search(r"<caption>(.*?)</caption>", table)
    return caption[1].replace('"', "&quot;") if caption else "Table"


def _inline_svg(svg: str, name: str) -> str:
    """An SVG that can stand in a page beside others: no prolog, and ids that are its own."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\bid="', f'id="{name}-', svg)
    svg = re.sub(r'(href="|url\()#', rf"\1#{name}-", svg)
    # The figure around it carries the alt text; a reader's software shall not read it twice.
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def _export(executed: NotebookNode, stem: str, notebook: Path, parameters: dict[str, str]) -> str:
    code = parameters.get("country", "")
    made = f"Made from one notebook for every country ({_words(parameters)})." if code else ""
    return export_page(
        executed,
        stem,
        source=f"../notebooks/{notebook.name}",
        parameters=made,
        place=countries.names()[code] if code else "Central Asia",
        data_date=newest_date(RAW / "sources.yml"),
    )


def newest_date(register: Path) -> str:
    """Month of the newest source, as ISO has it."""
    sources, _ = load_sources(register)
    return max((str(entry.get("date", "")) for entry in sources.values()), default="")[:7]


def save_charts(notebook: NotebookNode, folder: Path, stem: str) -> None:
    """Write each chart as drawing, picture and data, ``<stem>-<id>``; remove stale files."""
    written = set()
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            shown = output.get("data", {}).get(MEDIA_TYPE)
            for ending, content in (files_of(shown) if shown else {}).items():
                path = folder / f"{stem}-{shown['id']}.{ending}"
                save_bytes(path, content)
                written.add(path)
    for path in folder.glob(f"{stem}-*"):
        if path not in written:
            path.unlink()


def save_figures(notebook: NotebookNode, folder: Path, stem: str) -> None:
    """Write each chart as ``<stem>-<name>.svg`` and its data as ``.csv``; remove stale ones."""
    written = set()
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            svg = output.get("data", {}).get("image/svg+xml")
            if svg is None:
                continue
            chart = output.metadata["image/svg+xml"]
            for ending, text in (("svg", svg), ("csv", chart.get("csv"))):
                if text:
                    path = folder / f"{stem}-{chart['name']}.{ending}"
                    save(path, text)
                    written.add(path)
    for path in folder.glob(f"{stem}-*"):
        if path not in written:
            path.unlink()


def write_report(notebook: Path, parameters: dict[str, str], stem: str, reports: Path) -> None:
    """Run a notebook and write its page, charts and executed copy under ``reports``.

    Args:
        notebook: the source notebook.
        parameters: values for its parameters cell.
        stem: name of the page without its ending.
        reports: folder of the pages.

    Raises:
        ValueError: when the stem is not lower-case letters and digits with single underscores.
        ParameterError, NotebookError: as ``run_notebook`` and ``export_html`` do; the last good
            page is still there then.
    """
    if not re.fullmatch("[a-z0-9]+(?:_[a-z0-9]+)*", stem):
        raise ValueError(f"{stem!r} is not the name of a page: lower-case letters, no path")
    executed = run_notebook(notebook, parameters, reports / "executed" / f"{stem}.ipynb")
    if executed.cells[0].source.startswith("# "):
        page = export_html(executed, stem)
        save_figures(executed, reports / "figures", stem)
    else:
        page = _export(executed, stem, notebook, parameters)
        save_charts(executed, reports / "figures", stem)
    save(reports / f"{stem}.html", page)
    (reports / "failed" / f"{stem}.ipynb").unlink(missing_ok=True)
