"""A notebook becomes an executed notebook, and that an HTML page that stands on its own.

A page needs nothing from anywhere: no script, style or font of another host, and no script at
all to be read. Files are replaced whole, the page last, so a failed run leaves the last good
report where it was.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from analysis.charts.drawings import remembered
from analysis.config import RAW, ROOT
from analysis.data import countries
from analysis.data.sources import load_sources
from analysis.data.store import save, save_bytes
from analysis.page.compiled import compiled_in
from analysis.page.figure import MEDIA_TYPE, files_of
from analysis.page.language import ENGLISH, heard, say, speaking, spoken
from analysis.publish.briefs import BriefError, brief
from analysis.publish.engine import ENGINE
from analysis.publish.export import PageError, export_page
from analysis.publish.parameters import check_parameters
from analysis.publish.site import FIVE, folder_of

# Seconds. A cell of ours takes a second or two; one that takes minutes hangs.
_CELL_TIMEOUT = 300


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


def page_of(executed: NotebookNode, stem: str, notebook: Path, parameters: dict[str, str]) -> str:
    """The page of an executed notebook.

    Args:
        executed: as ``run_notebook`` returns it.
        stem: name of the page without its ending.
        notebook: its source.
        parameters: what it was run with.

    Raises:
        PageError: where it makes no page.
    """
    code = parameters.get("country", "")
    told = {name: value for name, value in parameters.items() if name != "language"}
    made = (
        say("Made from one notebook for every country ({parameters}).", parameters=_words(told))
        if code
        else ""
    )
    root = "../" if spoken() == ENGLISH else "../../"
    return export_page(
        executed,
        stem,
        source=f"{root}notebooks/{notebook.name}",
        parameters=made,
        place=heard(countries.names()[code], "names") if code else say("Central Asia"),
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
                if ending == "csv" and spoken() != ENGLISH:
                    continue  # the data lie beside the English page
                path = folder / f"{stem}-{shown['id']}.{ending}"
                save_bytes(path, content)
                written.add(path)
    for path in folder.glob(f"{stem}-*"):
        if path not in written:
            path.unlink()


def _drawings(notebook: NotebookNode) -> dict[str, str]:
    """The charts' drawings for download, by the charts' ids."""
    bundles = [
        output.data[MEDIA_TYPE]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if MEDIA_TYPE in output.get("data", {})
    ]
    return {shown["id"]: shown["svg"] for shown in bundles}


def write_report(
    notebook: Path,
    parameters: dict[str, str],
    stem: str,
    reports: Path,
    memory: Path | None = None,
) -> None:
    """Run a notebook and write its page, charts and executed copy under ``reports``.

    The pages of the five come with a brief, two pages to forward.

    Args:
        notebook: the source notebook.
        parameters: values for its parameters cell.
        stem: name of the page without its ending.
        reports: folder of the pages.
        memory: the folder that keeps drawings, and texts as they were compiled, for the next time;
            None to make them all.

    Raises:
        ValueError: when the stem is not lower-case letters and digits with single underscores.
        ParameterError, NotebookError: as ``run_notebook`` does, or where the run makes no page;
            the last good page is still there then.
    """
    if not re.fullmatch("[a-z0-9]+(?:_[a-z0-9]+)*", stem):
        raise ValueError(f"{stem!r} is not the name of a page: lower-case letters, no path")
    language = parameters.get("language", ENGLISH)
    drawn = memory / "drawings" / f"{folder_of(language)}{stem}.json" if memory else None
    texts = memory / "texts" if memory else None
    with speaking(language), remembered(drawn), compiled_in(texts):
        _write(notebook, parameters, stem, reports)


def _write(notebook: Path, parameters: dict[str, str], stem: str, reports: Path) -> None:
    executed = run_notebook(notebook, parameters, reports / "executed" / f"{stem}.ipynb")
    try:
        page = page_of(executed, stem, notebook, parameters)
        if stem in FIVE and spoken() == ENGLISH:
            save_bytes(reports / "briefs" / f"{stem}.pdf", brief(page, _drawings(executed)))
    except (PageError, BriefError) as error:
        raise NotebookError(f"{notebook.name} ({_words(parameters)}): {error}") from error
    save_charts(executed, reports / "figures", stem)
    save(reports / f"{stem}.html", page)
    (reports / "failed" / f"{stem}.ipynb").unlink(missing_ok=True)
