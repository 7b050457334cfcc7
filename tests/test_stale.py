"""The committed pages are what notebooks, tables and code make: no page may fall behind."""

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook
from traitlets.config import Config

from analysis.config import COUNTRIES, NOTEBOOKS, REPORTS
from analysis.publish import report

PAGES = {
    **{name.lower(): ("country", {"country": code}) for code, name in COUNTRIES.items()},
    **{name: (name, {}) for name in ("index", "region", "claims", "method", "world", "revisions")},
}


@pytest.fixture(scope="module")
def shell():
    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    yield shell
    shell.restore_sys_module_state()  # it stood in for the main module
    InteractiveShell.clear_instance()


def run_here(shell, name, parameters):
    """A notebook with what its cells show, run in this process."""
    notebook = load_notebook_node(str(NOTEBOOKS / f"{name}.ipynb"))
    if parameters:
        notebook = parameterize_notebook(notebook, parameters)
    shell.reset()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            done = shell.run_cell(f"%%capture shown\n{cell.source}", silent=True)
            done.raise_error()
            cell.outputs = [
                nbformat.v4.new_output("display_data", data=one.data, metadata=one.metadata)
                for one in shell.user_ns["shown"].outputs
            ]
    return notebook


@pytest.mark.parametrize("stem", PAGES)
def test_a_committed_page_is_what_its_notebook_shows_today(shell, stem):
    page = report.export_html(run_here(shell, *PAGES[stem]), stem)
    committed = (REPORTS / f"{stem}.html").read_text(encoding="utf-8")
    lines = set(committed.splitlines())
    assert [line for line in page.splitlines() if line not in lines] == []
    assert page == committed


def test_every_committed_page_is_looked_at():
    assert sorted(PAGES) == sorted(href.removesuffix(".html") for href, _ in report.PAGES)
