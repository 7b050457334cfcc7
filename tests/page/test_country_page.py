"""The sentences of the countries' pages, as they were read: five, and one beyond them.

After a change of the words or the data, write them anew and read what has changed:
``python tests/page/test_country_page.py``.
"""

import re
import tempfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from analysis.config import COUNTRIES, NOTEBOOKS
from analysis.page.figure import MEDIA_TYPE
from analysis.publish.parameters import ParameterError
from analysis.publish.report import NotebookError, run_notebook

pytestmark = pytest.mark.thorough

NOTEBOOK = NOTEBOOKS / "country.ipynb"
SNAPSHOTS = Path(__file__).with_name("snapshots")
READ = [*COUNTRIES, "MNG"]


def run(folder: Path, **parameters):
    return run_notebook(NOTEBOOK, parameters, folder / "executed" / "page.ipynb")


def prose(notebook) -> str:
    """What a page says: headings, paragraphs, items, and the titles of its charts, a line each."""
    lines = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if chart := data.get(MEDIA_TYPE):
                lines.append(
                    " · ".join(filter(None, map(chart.get, ("title", "subtitle", "note"))))
                )
            elif 'class="told' in data.get("text/html", ""):
                soup = BeautifulSoup(data["text/html"], "html.parser")
                for aside in soup.select(".anchor, .vh"):
                    aside.decompose()
                lines += [
                    ("\n" if part.name in ("h1", "h2") else "") + " ".join(part.get_text().split())
                    for part in soup.find_all(["h1", "h2", "p", "li"])
                ]
    return "\n".join(lines).strip() + "\n"


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    made = {}

    def of(country, **parameters):
        key = (country, *parameters.items())
        if key not in made:
            made[key] = run(tmp_path_factory.mktemp("page"), country=country, **parameters)
        return made[key]

    return of


@pytest.mark.slow
@pytest.mark.parametrize("country", READ)
def test_a_page_says_what_was_read(executed, country):
    read = (SNAPSHOTS / f"country-{country}.txt").read_text(encoding="utf-8")
    assert prose(executed(country)) == read


@pytest.mark.parametrize("country", READ)
def test_a_page_is_short_and_says_no_sentence_twice(executed, country):
    text = prose(executed(country))
    assert len(text.split()) < 1000
    sentences = [part for part in re.split(r"(?<=[.;:])\s+", text) if len(part.split()) > 6]
    assert len(sentences) == len(set(sentences))


@pytest.mark.parametrize("country", READ)
def test_a_lead_has_thirty_words_at_most(executed, country):
    _, lead, *_ = prose(executed(country)).splitlines()
    assert len(lead.split()) <= 30


def test_no_section_is_headed_that_says_nothing(executed):
    lines = prose(executed("NRU")).splitlines()
    headings = ["Who trades more?", "What would change this"]
    assert [line for line in lines if line in headings] == headings
    assert "Who lends?" not in lines and "Who invests?" not in lines


def test_the_year_beside_changes_what_is_set_beside_and_nothing_else(executed):
    usual, other = (prose(executed("UZB", **more)) for more in ({}, {"then": 2010}))
    assert usual.splitlines()[0] == other.splitlines()[0]
    assert "In 2016 its own record had" in usual and "In 2010 its own record had" in other
    assert "In 2016" not in other


# One page with both; neither parameter touches what the other one's test looks at.
OTHER_YEARS = {"since": 2012, "then": "2012"}


def test_the_first_year_shortens_the_series(executed):
    assert "US dollars, 2012 to 2025" in prose(executed("KGZ", **OTHER_YEARS))


def test_a_year_of_the_command_line_becomes_a_number(executed):
    assert "In 2012 its own record" in prose(executed("KGZ", **OTHER_YEARS))


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"then": "lately"}, "then is 'lately'; valid: a whole number"),
        ({"country": "KZG"}, "did you mean KGZ"),
        ({"them": "2016"}, "Did you mean then"),
    ],
)
def test_a_wrong_parameter_is_refused_before_a_cell_runs(tmp_path, parameters, told):
    with pytest.raises(ParameterError, match=told):
        run(tmp_path, **parameters)


def test_a_year_that_no_table_holds_is_refused_by_the_first_cells(tmp_path):
    with pytest.raises(NotebookError, match="then is 2050; valid: 2000 to 2025"):
        run(tmp_path, country="KGZ", then=2050)


if __name__ == "__main__":
    for code in READ:
        with tempfile.TemporaryDirectory() as folder:
            said = prose(run(Path(folder), country=code))
        (SNAPSHOTS / f"country-{code}.txt").write_text(said, encoding="utf-8")
