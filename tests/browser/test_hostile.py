"""Hostile cells and parameters: what raw cells hold is text to a page and to a spreadsheet."""

import csv
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import sync_playwright

from analysis.config import COUNTRIES, NOTEBOOKS, PROCESSED, RAW, REPORTS, ROOT
from analysis.data import schema, store
from analysis.data.columns import faults_of
from analysis.data.faults import RawDataError
from analysis.data.load import load_raw
from analysis.publish.report import run_notebook, write_report
from conftest import CHROMIUM, NAMES, code_of

pytestmark = pytest.mark.slow

# What each kind of cell gets. Each would set window.owned, load something, or be drawn as
# something other than these letters, if any step took it for more than text.
NOTE = (
    "<script>owned=`note`</script> <img src=x onerror=\"owned='note'\"> **bold** _slant_ "
    "[link](javascript:owned=1) $\\frac{1}{2}$ {% raw %}{{ 7*7 }}{% endraw %} &lt;b&gt; `code` "
    "<!-- gone --> ~~struck~~ | bar | # \\ https://address.example/x </td></table></main>"
)
HOSTILE = {
    # A figure of the article, which the page of all data lists.
    ("article", "tjk-line-d-chn"): {
        "note": NOTE,
        "locator": 'Table 1 <iframe srcdoc="<script>parent.owned=4</script>"></iframe> *x*',
    },
    # A printed figure has few such letters (others are refused); this one would be a heading.
    ("article", "tjk-fdi-rank-chn-title"): {"printed": "# 1 [1]*"},
    ("claims", "tjk-migrants"): {
        "claim": "<script>owned='claim'</script> It **has** [a](javascript:owned) $people$",
        "locator": "Note <img src=x onerror=owned=6> {{ 7*7 }}",
        "reason": "No <script>owned='reason'</script> **figure** <a href=javascript:owned>x</a>",
    },
}
SOURCE = {
    "title": "</script><script>owned='title'</script> **A** title {{ 7*7 }} $x$",
    "author": '<img src=x onerror="owned=7"> [A](javascript:owned=8) *Author*',
    "publisher": "The <u>Outlet</u> & `Co` {% raw %}",
}

BUILD = """
from analysis.config import NOTEBOOKS, PROCESSED, RAW, REPORTS
from analysis.measures import compare, weights
from analysis.data import clean
from analysis.page import checks, claims
from analysis.publish import report
clean.write_processed(RAW, PROCESSED)
compare.write_comparisons(PROCESSED)
weights.write_weights(PROCESSED)
checks.write_checks(PROCESSED)
claims.write_claims(PROCESSED)
report.write_report(NOTEBOOKS / "country.ipynb", {"country": "TJK"}, "tajikistan", REPORTS)
for stem in ("index", "region", "claims", "data"):
    report.write_report(NOTEBOOKS / f"{stem}.ipynb", {}, stem, REPORTS)
"""


def plant(path, key, cells):
    """Put cells into the row of that id."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (row,) = [row for row in rows if row[next(iter(row))] == key]
    row |= cells
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def project(tmp_path_factory, compiled):
    """A copy of the project with hostile cells, its pages built by the project's own code."""
    folder = tmp_path_factory.mktemp("hostile") / "copy"
    for source in (ROOT / "data", NOTEBOOKS, compiled):
        shutil.copytree(source, folder / source.name)
    for (table, key), cells in HOSTILE.items():
        plant(folder / "data" / "raw" / f"{table}.csv", key, cells)
    path = folder / "data" / "raw" / "sources.yml"
    sources = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    kept = {key: value for key, value in sources["dubnov-2018"].items() if key not in SOURCE}
    planted = json.dumps({"dubnov-2018": kept | SOURCE})[1:-1]
    text = path.read_text(encoding="utf-8")
    text, count = re.subn(
        r"^dubnov-2018:\n(?:  .*\n)+", lambda _: f"{planted}\n", text, flags=re.MULTILINE
    )
    assert count == 1
    path.write_text(text, encoding="utf-8")
    environment = code_of(folder)
    subprocess.run([sys.executable, "-c", BUILD], cwd=folder, env=environment, check=True)
    return folder


@pytest.fixture(scope="module")
def shown(project):
    """Each page in a browser that may run scripts: its text, and what it tried."""
    if CHROMIUM is None:
        pytest.skip(f"none of the browsers {', '.join(NAMES)} is installed")
    pages = {}
    # The sandbox wants a user who is not root, which a container often has not.
    options = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        for path in sorted((project / "reports").glob("*.html")):
            page = browser.new_page()
            tried = []
            page.on("dialog", lambda dialog, tried=tried: (tried.append("dialog"), dialog.accept()))
            page.on("request", lambda request, tried=tried: tried.append(request.url))
            page.on("console", lambda message, tried=tried: tried.append(message.text))
            page.on("pageerror", lambda error, tried=tried: tried.append(str(error)))
            page.goto(path.as_uri())
            page.mouse.move(200, 200)
            pages[path.stem] = {
                "text": " ".join(page.locator("body").inner_text().split()),
                "tried": [what for what in tried if what != path.as_uri()],
                "owned": page.evaluate("typeof owned"),
                "scripts": page.locator("script:not([type='application/ld+json'])").count(),
                "strange": page.locator(
                    "img, iframe, object, embed, form, base, link:not([href^='data:']), u,"
                    "[srcdoc],"
                    "[href^=javascript], [href*=address], main b, main del, svg[onload]"
                ).count(),
                "handlers": page.evaluate(
                    "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes])"
                    ".filter(a => a.name.startsWith('on')).length"
                ),
            }
        browser.close()
    return pages


@pytest.mark.parametrize("stem", ["tajikistan", "region", "claims", "index", "data"])
def test_nothing_that_a_cell_holds_runs_or_is_loaded(shown, stem):
    page = shown[stem]
    assert (page["owned"], page["tried"]) == ("undefined", [])
    assert page["scripts"] <= 2  # the page's own: lists, and what to cite
    assert (page["strange"], page["handlers"]) == (0, 0)


# A page curls quotation marks and apostrophes, and changes nothing else.
STRAIGHT = str.maketrans("‘’“”", "''\"\"")


def said(words):
    return " ".join(words.split()).translate(STRAIGHT)


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        ("data", HOSTILE[("article", "tjk-line-d-chn")]["note"]),
        ("data", HOSTILE[("article", "tjk-line-d-chn")]["locator"]),
        ("data", HOSTILE[("article", "tjk-fdi-rank-chn-title")]["printed"]),
        ("claims", HOSTILE[("claims", "tjk-migrants")]["claim"]),
        ("claims", HOSTILE[("claims", "tjk-migrants")]["locator"]),
        ("claims", HOSTILE[("claims", "tjk-migrants")]["reason"]),
        *(("data", words) for words in SOURCE.values()),
    ],
)
def test_a_reader_sees_the_cell_letter_by_letter(shown, stem, words):
    assert said(words) in said(shown[stem]["text"])


@pytest.mark.parametrize(
    "printed",
    [
        "undisclosed <svg onload=owned=this> **sum** [x](javascript:owned) {{ a }}",
        "<b>1</b>",
        "Leads <script>owned=1</script>",
        "{{ 7*7 }}",
        "=1+1",
    ],
)
def test_markup_and_formulas_are_no_printed_figure(tmp_path, printed):
    raw = tmp_path / "raw"
    shutil.copytree(RAW, raw)
    plant(raw / "article.csv", "tjk-fdi-rank-chn-title", {"printed": printed})
    with pytest.raises(RawDataError) as refused:
        load_raw(raw)
    (fault,) = refused.value.faults
    assert (fault.file, fault.column, fault.found) == ("article.csv", "printed", printed)


def test_hostile_cells_reach_the_processed_tables_unchanged(project):
    figures = store.load_table("figures", project / "data" / "processed").set_index("figure_id")
    for (table, key), cells in HOSTILE.items():
        if table == "article":
            assert figures.loc[key, list(cells)].to_dict() == cells


# A spreadsheet runs what begins like this, and one set to another country also splits cells at
# semicolons. A plain number is none of it.
FORMULA = re.compile(r"""(?:^|;)[ "']*[=+\-@＝＋－＠\t\r]""")


def formulas(path):
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            for cell in row:
                if FORMULA.search(cell):
                    try:
                        float(cell)
                    except ValueError:
                        found.append(cell)
    return found


@pytest.mark.parametrize(
    "path",
    [*PROCESSED.glob("*.csv"), *(REPORTS / "figures").glob("*.csv")],
    ids=lambda path: path.name,
)
def test_a_committed_table_holds_nothing_that_a_spreadsheet_runs(path):
    assert formulas(path) == []


def test_tables_made_from_hostile_cells_hold_nothing_that_a_spreadsheet_runs(project):
    paths = [*(project / "data" / "processed").glob("*.csv"), *project.glob("reports/figures/*")]
    assert len(paths) > 20
    assert [path.name for path in paths if path.suffix == ".csv" and formulas(path)] == []


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "a; =1", "＝1", "'=1"])
def test_a_table_with_a_formula_is_not_written(tmp_path, cell):
    checks = store.load_table("checks", PROCESSED)
    checks.loc[0, "explanation"] = cell
    with pytest.raises(RawDataError, match="text "):
        store.save_table("checks", checks, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("cell", ["a = b", "minus -1", "x@example.org", "1+1", "a-b", "(−5%)"])
def test_signs_inside_a_cell_are_no_formula(cell):
    checks = store.load_table("checks", PROCESSED)
    checks.loc[0, "explanation"] = cell
    assert faults_of(schema.TABLES["checks"], checks, "checks.csv") == []


COUNTRIES_THAT_ARE_PATHS = [
    "../../x",
    "/etc/passwd",
    "KAZ/../../x",
    "KAZ\0",
    "kaz",
    "",
    "*",
    "TJK or task_report[KAZ]",
    'KAZ"\nopen("owned", "w")#',
    "{country}",
    "${HOME}",
]


def files(folder):
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if "__pycache__" not in path.parts
    }


@pytest.mark.parametrize("country", [c for c in COUNTRIES_THAT_ARE_PATHS if "\0" not in c])
def test_the_command_takes_no_path_for_a_country(tmp_path, compiled, country):
    shutil.copytree(compiled, tmp_path / "p" / "src")
    shutil.copytree(NOTEBOOKS, tmp_path / "p" / "notebooks")
    (tmp_path / "p" / "data" / "raw").mkdir(parents=True)
    shutil.copy(RAW / "countries.csv", tmp_path / "p" / "data" / "raw")
    before = files(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "analysis.cli", "reports", "-p", "country", country],
        cwd=tmp_path,
        env=code_of(tmp_path / "p"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"analysis: unknown country {country!r}")
    assert "valid: ISO 3166 codes such as KAZ (Kazakhstan)" in done.stderr
    assert "Traceback" not in done.stderr
    assert files(tmp_path) == before


@pytest.mark.parametrize("country", COUNTRIES_THAT_ARE_PATHS)
def test_a_notebook_takes_no_path_for_a_country(tmp_path, country):
    with pytest.raises(ValueError, match="unknown country"):
        run_notebook(NOTEBOOKS / "country.ipynb", {"country": country}, tmp_path / "x" / "o.ipynb")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("country", ["../../x", 'KAZ"\nopen("owned", "w")#'])
def test_papermill_with_a_path_for_a_country_stops_at_the_first_cell(tmp_path, country):
    here = tmp_path / "a" / "b"
    here.mkdir(parents=True)
    done = subprocess.run(
        [
            Path(sys.executable).with_name("papermill"),
            NOTEBOOKS / "country.ipynb",
            "out.ipynb",
            "-r",
            "country",
            country,
            "--no-progress-bar",
        ],
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "unknown country" in done.stderr
    assert files(tmp_path) == {"a", "a/b", "a/b/out.ipynb"}


@pytest.mark.parametrize("stem", ["../x", "/tmp/x", "a/b", "..", "", ".hidden", "a\0", "A b"])
def test_a_page_cannot_be_named_by_a_path(tmp_path, stem):
    reports = tmp_path / "p" / "reports"
    with pytest.raises(ValueError, match="name of a page"):
        write_report(NOTEBOOKS / "country.ipynb", {"country": "KAZ"}, stem, reports)
    assert list(tmp_path.iterdir()) == []


def test_every_page_of_a_country_has_a_plain_name():
    assert all(re.fullmatch("[a-z]+", name.lower()) for name in COUNTRIES.values())
