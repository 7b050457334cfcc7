"""What the pages on the world, the method and the data say, held by snapshots that were read.

``python tests/page/test_world_method_data.py`` writes them anew.
"""

import tempfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from analysis.config import NOTEBOOKS
from analysis.page.figure import MEDIA_TYPE
from analysis.publish.report import NotebookError, run_notebook

pytestmark = pytest.mark.thorough

SNAPSHOTS = Path(__file__).parent / "snapshots"
PAGES = ("world", "method", "data")


def run(page, folder, **parameters):
    return run_notebook(
        NOTEBOOKS / f"{page}.ipynb", parameters, folder / "executed" / f"{page}.ipynb"
    )


def said(notebook):
    """All words of a page but those in its tables' rows: a line a paragraph, title or caption."""
    lines = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            aside = "aside" in cell.metadata.get("tags", [])
            lines += [] if aside else cell.source.splitlines()
        for output in cell.get("outputs", []):
            shown = output.get("data", {})
            if MEDIA_TYPE in shown:
                chart = shown[MEDIA_TYPE]
                lines += [f"[{chart['title']}]", f"[{chart['subtitle']}]"]
                continue
            page = BeautifulSoup(shown.get("text/html", ""), "html.parser")
            parts = ".told h1, .told p, .told li, caption, summary"
            lines += [" ".join(part.get_text().split()) for part in page.select(parts)]
    return "\n".join(line for line in lines if line) + "\n"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    return {page: run(page, folder) for page in PAGES}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_what_was_read(pages, page):
    assert said(pages[page]) == (SNAPSHOTS / f"{page}.txt").read_text(encoding="utf-8")


def test_a_record_that_a_country_does_not_have_is_named_as_missing(pages):
    shown = [out["data"].get("text/html", "") for cell in pages["world"].cells
             for out in cell.get("outputs", []) if "data" in out]  # fmt: skip
    rows = BeautifulSoup("".join(shown), "html.parser").select("#countries tr")
    told = {
        cells[0].get_text(): cells[-1].get_text() for row in rows if (cells := row.select("th, td"))
    }
    assert (told["Taiwan"], told["Kosovo"]) == ("own: no record", "theirs: no record")


@pytest.mark.parametrize("page", PAGES)
def test_no_chart_failed_to_be_drawn(pages, page):
    printed = [
        output
        for cell in pages[page].cells
        for output in cell.get("outputs", [])
        if output.output_type in ("stream", "error")
    ]
    assert printed == []


@pytest.mark.slow
@pytest.mark.parametrize(("then", "since"), [(2000, 2000), (2019, 2010), (2020, 2020)])
def test_the_world_can_be_told_from_any_year(tmp_path, then, since):
    words = said(run("world", tmp_path, then=then, since=since))
    assert f"countries in {then} " in words
    assert f"by record, {since} to 2020" in words


def test_a_year_that_the_worlds_table_does_not_have_is_refused(tmp_path):
    with pytest.raises(NotebookError, match="valid years: 2000 to 2020"):
        run("world", tmp_path, then=1999)


@pytest.mark.parametrize("country", ["KAZ", "KGZ", "UZB"])
def test_any_country_with_two_records_can_be_the_example_on_paper(tmp_path, country):
    run("method", tmp_path, example=country)


def write_snapshots():
    SNAPSHOTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for page in PAGES:
            (SNAPSHOTS / f"{page}.txt").write_text(said(run(page, Path(folder))), "utf-8")


if __name__ == "__main__":
    write_snapshots()
