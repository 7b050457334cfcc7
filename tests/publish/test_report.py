"""Pages made from small notebooks in real kernels, and what happens when one fails."""

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from analysis.config import PROCESSED, REPORTS
from analysis.page.figure import MEDIA_TYPE
from analysis.publish import report
from analysis.publish.parameters import ParameterError
from analysis.publish.report import NotebookError, write_report

pytestmark = pytest.mark.slow

NOTEBOOKS = Path(__file__).with_name("notebooks")
KAZ = {"country": "KAZ"}


class Page(HTMLParser):
    """The tags of a page with their attributes, and the text between them."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.words = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    write_report(NOTEBOOKS / "sound.ipynb", KAZ, "small", folder)
    return folder


@pytest.fixture(scope="module")
def page(sound):
    return Page((sound / "small.html").read_text(encoding="utf-8"))


def test_a_page_has_one_heading(page):
    assert len(page.all("h1")) == 1
    assert "A small page" in page.words


def test_headings_are_listed_and_the_list_leads_to_them(page):
    anchors = [tag["id"] for tag in page.all("h2")]
    links = [tag["href"] for tag in page.all("a")]
    assert anchors[:2] == ["a-question", "another-question"]
    assert {"#a-question", "#another-question"} <= set(links)


def test_parameters_show_as_a_sentence(page):
    assert any("(country = KAZ)" in words for words in page.words)


def test_code_is_folded_and_can_be_opened(page):
    folds = [tag for tag in page.all("details") if "code" in tag.get("class", "")]
    assert len(folds) == 1
    assert "open" not in folds[0]


def test_a_chart_has_its_alt_text_and_its_files(page):
    assert any("Two <up> to one" in words for words in page.words)
    described = [tag["aria-describedby"] for tag in page.all("svg") if "aria-describedby" in tag]
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    assert len(described) == 4
    assert set(described) <= ids
    assert {"figures/small-bars.svg", "figures/small-bars.png", "figures/small-bars.csv"} <= {
        tag.get("href") for tag in page.all("a")
    }


def test_charts_and_their_data_are_saved_beside_the_page(sound):
    names = {path.name for path in (sound / "figures").iterdir()}
    assert names == {
        f"small-{chart}.{ending}"
        for chart in ("bars", "bars-again")
        for ending in ("svg", "png", "csv")
    }
    table = (sound / "figures" / "small-bars.csv").read_text(encoding="utf-8")
    assert table.startswith("country,year,record,value\nKAZ,2023,partner,2000000000\n")


def test_the_executed_notebook_keeps_its_charts_for_jupyterlab(sound):
    notebook = json.loads((sound / "executed" / "small.ipynb").read_text(encoding="utf-8"))
    shown = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    assert sum(MEDIA_TYPE in output.get("data", {}) for output in shown) == 2
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"


def test_printed_text_is_shown_as_text(page):
    assert "about <KAZ>\n" in page.words


def test_no_id_stands_twice(page):
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def remote(page):
    """What a browser would fetch by itself from elsewhere."""
    fetched = [
        attributes.get("src") or attributes.get("href")
        for tag, attributes in page.tags
        if tag in ("script", "link", "img", "iframe", "image", "use")
    ]
    return [address for address in fetched if address and not address.startswith(("#", "data:"))]


def test_a_page_fetches_nothing(sound, page):
    assert remote(page) == []
    text = (sound / "small.html").read_text(encoding="utf-8")
    assert not re.search(r"@import|url\(\s*['\"]?http", text)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"contry": "KAZ"}, "unknown parameter 'contry'.*valid: country. Did you mean country?"),
        (
            {"country": "Kazakstan"},
            r"unknown country 'Kazakstan' \(did you mean KAZ\?\); valid: .*KAZ",
        ),
        ({"country": "../KAZ"}, "unknown country"),
    ],
)
def test_an_unknown_parameter_stops_before_a_kernel_starts(
    monkeypatch, tmp_path, parameters, message
):
    def started(*_, **__):
        raise AssertionError("a kernel was started")

    monkeypatch.setattr(report.papermill, "execute_notebook", started)
    with pytest.raises(ParameterError, match=message):
        write_report(NOTEBOOKS / "sound.ipynb", parameters, "small", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_failing_cell_is_named_and_the_last_good_page_stays(tmp_path):
    (tmp_path / "small.html").write_text("the last good page")
    with pytest.raises(NotebookError) as error:
        write_report(NOTEBOOKS / "cell_raises.ipynb", KAZ, "small", tmp_path)
    assert str(error.value).startswith(
        "cell_raises.ipynb (country = KAZ), section “Who lends?”, cell 4: "
        "ZeroDivisionError: division by zero"
    )
    assert (tmp_path / "small.html").read_text() == "the last good page"
    assert (tmp_path / "failed" / "small.ipynb").exists()


def test_a_warning_in_a_notebook_is_a_failure(tmp_path):
    with pytest.raises(NotebookError, match=r"“Who invests\?”, cell 4: a warning"):
        write_report(NOTEBOOKS / "cell_warns.ipynb", KAZ, "small", tmp_path)
    assert not (tmp_path / "small.html").exists()


# Every table and one page with its charts, in the folder that the process was started in; as lean
# as a build is.
BUILD = """
from analysis.publish.lean import lean
with lean():
    from pathlib import Path
    from analysis.config import NOTEBOOKS, RAW
    from analysis.measures import compare, leads, verdicts, weights
    from analysis.data import clean
    from analysis.page import checks, claims
    from analysis.page.figure import MEDIA_TYPE
    from analysis.publish import report
    tables = Path("tables")
    tables.mkdir()
    clean.write_processed(RAW, tables)
    for step in (
        compare.write_comparisons, weights.write_weights, verdicts.write_ties, leads.write_world,
        checks.write_checks, claims.write_claims,
    ):
        step(tables)
    report.write_report(
        NOTEBOOKS / "country.ipynb", {"country": "TKM"}, "turkmenistan", Path("reports")
    )
"""


@pytest.mark.parametrize(
    ("seed", "zone", "language"),
    [
        ("0", "UTC", "C"),
        ("7", "Asia/Tashkent", "C.UTF-8"),
        ("4294967295", "America/St_Johns", "POSIX"),
    ],
)
def test_the_same_bytes_elsewhere_at_another_hour_with_another_seed(tmp_path, seed, zone, language):
    environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language}
    subprocess.run([sys.executable, "-c", BUILD], cwd=tmp_path, env=environment, check=True)
    pages = tmp_path / "reports"
    made = {PROCESSED / path.name: path for path in (tmp_path / "tables").iterdir()}
    assert set(made) == set(PROCESSED.iterdir())
    made |= {
        REPORTS / path.relative_to(pages): path
        for path in pages.rglob("*.*")
        if path.suffix not in {".ipynb", ".png"}  # a picture depends on the machine
    }
    charts = set((REPORTS / "figures").glob("turkmenistan-*.[sc][vs][gv]"))
    assert charts | {REPORTS / "turkmenistan.html"} <= set(made)
    assert [
        path.name for path, other in made.items() if other.read_bytes() != path.read_bytes()
    ] == []


def test_the_kernel_says_nothing_on_the_terminal(tmp_path):
    code = (
        "from pathlib import Path; from analysis.publish.report import write_report; "
        f"write_report(Path({str(NOTEBOOKS / 'sound.ipynb')!r}), {KAZ!r}, 'small', "
        f"Path({str(tmp_path)!r}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout + done.stderr == ""
