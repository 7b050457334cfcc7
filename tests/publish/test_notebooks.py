"""The notebooks as committed: one parameters cell, no outputs, the right kernel."""

import re
from itertools import pairwise

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


def test_notebooks_tell_their_heading_from_the_tables(notebook):
    told = [cell for cell in notebook.cells if re.search(r'"\w+-opening"', cell.source)]
    assert len(told) == 1
    assert not any(re.match("# ", c.source) for c in notebook.cells if c.cell_type == "markdown")


def test_notebooks_have_one_cell_of_typed_and_commented_parameters(notebook):
    (cell,) = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    lines = cell.source.splitlines()
    assert lines[0].startswith("# ")
    for before, line in pairwise(lines):
        typed = re.fullmatch(r"[a-z_]+: (?:str|int) = \S.*", line)
        assert line.startswith("# ") or (typed and before.startswith("# "))


def test_no_number_is_typed_in_a_notebook(notebook):
    prose = " ".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    # The article's date, and the scale that D runs over.
    allowed = {"2018", "1", "0"}
    assert set(re.findall(r"[0-9]+(?:\.[0-9]+)?", prose)) <= allowed
