"""The notebooks as committed: one parameters cell, no outputs, the right kernel."""

import re

import nbformat
import pytest

from analysis.config import NOTEBOOKS

PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def test_notebooks_are_valid(notebook):
    assert [error.message for error in nbformat.validator.iter_validate(notebook)] == []


def test_notebooks_are_committed_without_outputs(notebook):
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in code)


def test_notebooks_name_the_kernel_that_every_environment_has(notebook):
    assert notebook.metadata.kernelspec.name == "python3"


def test_notebooks_start_with_their_heading_or_tell_it_from_the_tables(notebook, request):
    page = request.node.callspec.params["notebook"].stem
    told = any(f'"{page}-opening"' in cell.source for cell in notebook.cells)
    assert told or notebook.cells[0].source.startswith("# ")


def test_the_country_notebook_has_typed_and_commented_parameters():
    country = nbformat.read(NOTEBOOKS / "country.ipynb", as_version=4)
    (cell,) = [cell for cell in country.cells if "parameters" in cell.metadata.get("tags", [])]
    lines = cell.source.splitlines()
    assert all(comment.startswith("# ") for comment in lines[::2])
    assert lines[1::2] == ['country: str = "KAZ"', "then: int = 2016", "since: int = 2000"]


def test_no_number_is_typed_in_a_notebook(notebook):
    prose = " ".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    # The article's date, and the scale that D runs over.
    allowed = {"2018", "1", "0"}
    assert set(re.findall(r"[0-9]+(?:\.[0-9]+)?", prose)) <= allowed
