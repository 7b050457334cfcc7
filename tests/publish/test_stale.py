"""No page may fall behind: committed pages are of today, and a step knows all that it rests on."""

import json
import shutil
import subprocess
import sys

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis.config import COUNTRIES, RAW, REPORTS, ROOT
from analysis.data import vocabulary
from analysis.data.clean import process
from analysis.data.load import WRITTEN, load_raw
from analysis.data.parts import MADE_OF, STATISTICAL
from analysis.publish import site
from conftest import PAGES, code_of, copy_of

pytestmark = pytest.mark.slow

RUSSIAN = [f"ru/{stem}" for stem in PAGES if site.is_told_in("ru", stem)]


@pytest.fixture(scope="module")
def project(tmp_path_factory, built):
    """A copy of the project, at another place, with what its build remembers."""
    return copy_of(built, tmp_path_factory.mktemp("elsewhere") / "copy")


def run(project, code, **environment):
    """What a piece of Python prints, as JSON, with the copy's own code."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=project,
        env=code_of(project) | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


LOOK = """
import json
from pathlib import Path
import pytask
from analysis.publish import closure
pytask.console.quiet = True
session = pytask.build(
    config=Path("pyproject.toml"), paths=Path("src/analysis/publish/tasks.py"), capture="no",
    verbose=0, dry_run=True, database_url="sqlite://",
)
assert session.tasks
"""
STALE = """
stale = [
    report.task.name.rpartition("::task_")[2] for report in session.execution_reports
    if report.outcome == pytask.TaskOutcome.WOULD_BE_EXECUTED
]
print(json.dumps(stale))
"""
CLEANED = {"raw_data", *(f"clean[{name}]" for name in STATISTICAL)}
TABLES = CLEANED | {"codebook", "figures", "compare", "weigh", "tie", "leads", "check"}
COUNTRY_PAGES = {
    page for code in COUNTRIES for page in (f"report[{code}]", f"report_in_russian[{code}-ru]")
}
OVERVIEWS = ("index", "region", "claims", "method", "data")
ALL_PAGES = COUNTRY_PAGES | {f"overview[{name}]" for name in OVERVIEWS} | {"world", "explorer"}
ALL_PAGES |= {"overview_in_russian"}

REGION = {"overview[region]"}


def stale_after(project, place, change):
    """The steps that a change of a file makes stale; the file is put back."""
    path = project / place
    before = path.read_bytes() if path.exists() else None
    try:
        change(path)
        return set(run(project, LOOK + STALE))
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)


def add_a_line(path):
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")


def test_the_state_of_the_steps_is_committed_as_a_build_from_nothing_writes_it(built):
    committed = (ROOT / "pytask.lock").read_text(encoding="utf-8")
    assert (built / "pytask.lock").read_text(encoding="utf-8") == committed


def test_nothing_is_stale_after_a_build(project):
    assert run(project, LOOK + STALE) == []


@pytest.mark.parametrize(
    ("place", "stale", "fresh"),
    [
        ("config.py", TABLES | ALL_PAGES, set()),
        ("page/world_table.py", {"world"}, (TABLES | ALL_PAGES) - {"world"}),
        ("measures/region.py", REGION, (TABLES | ALL_PAGES) - REGION),
        ("charts/squares.py", ALL_PAGES, TABLES),
        ("publish/templates/site/page.css", ALL_PAGES, TABLES),
        ("publish/report.py", ALL_PAGES, TABLES),
        ("publish/engine.py", ALL_PAGES, TABLES),
        ("measures/leads.py", {"leads", "world"}, CLEANED | {"figures", "compare", "weigh"}),
        ("data/clean.py", CLEANED | {"figures"}, set()),
        ("fetch/service.py", set(), TABLES | ALL_PAGES),
        ("publish/workers.py", set(), TABLES | ALL_PAGES),
        ("cli.py", set(), TABLES | ALL_PAGES),
    ],
)
def test_a_changed_module_makes_its_steps_stale_and_no_others(project, place, stale, fresh):
    """What waits for a step that will run is stale too, so tables draw their pages after them."""
    found = stale_after(project, f"src/analysis/{place}", add_a_line)
    assert stale <= found
    if not found & TABLES:
        assert found == stale
    assert not fresh & found - _after(found)


def _after(found):
    """What follows a table's step, and is only looked at once that has run."""
    after = dict.fromkeys(CLEANED, TABLES | ALL_PAGES) | {
        "figures": ALL_PAGES | {"compare", "tie", "check"},
        "compare": ALL_PAGES | {"check"},
        "weigh": ALL_PAGES | {"check"},
        "leads": {"world"},
    }
    return set().union(*(after.get(step, set()) for step in found))


def test_one_changed_statistic_cleans_one_table(project, tmp_path):
    changed = tmp_path / "changed"
    shutil.copytree(project, changed)
    path = changed / "data/raw/remittances.csv"
    text = path.read_text(encoding="utf-8")
    line = next(
        line for line in text.splitlines() if ",USD million," in line and ",WLD," not in line
    )
    value = line.split(",")[3]
    other = line.replace(f",{value},", f",{float(value) * 0.99:.6f},")
    path.write_text(text.replace(line, other), encoding="utf-8")
    # Someone who means it takes out the control totals that the new number does not come to.
    totals = changed / "data" / "raw" / "control_totals.csv"
    lines = totals.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("remittances,")]
    totals.write_text("".join(kept), encoding="utf-8")
    environment = code_of(changed)
    said = ""
    for words in (["seal"], ["compare"]):
        command = [sys.executable, "-m", "analysis.cli", *words]
        said = subprocess.run(
            command, cwd=changed, env=environment, check=True, capture_output=True, text=True
        ).stdout
    done = {line.rpartition("  ")[0].strip() for line in said.splitlines() if line.endswith(" s")}
    assert {"raw data", "indicators"} <= done
    assert not done & {*STATISTICAL, "figures"} - {"indicators"}


# A raw table that is part of no other processed one.
OF_ONE_ALONE = {
    "figures": "article",
    "trade": "trade_national",
    "trade_goods_and_services": "trade_goods_and_services",
    "indicators": "wdi",
    "trade_world": "trade_world",
    "countries": "countries",
}


@pytest.fixture(scope="module")
def whole():
    """The raw tables, read once; nothing that is asked of them changes them."""
    return load_raw(RAW)


@pytest.fixture(scope="module")
def made_of_whole(whole):
    return process(whole)


@pytest.mark.parametrize("name", MADE_OF)
def test_a_table_is_made_of_the_raw_tables_that_are_named_and_of_no_others(
    whole, made_of_whole, name
):
    parts = {part: whole[part] for part in MADE_OF[name]} | {"corrections": whole["corrections"]}
    assert_frame_equal(process(parts, OF_ONE_ALONE[name])[name], made_of_whole[name])


def test_what_jupyterlab_saves_makes_no_page_stale(project):
    def save(path):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        notebook["metadata"]["language_info"] = {"version": "3.99"}
        for number, cell in enumerate(notebook["cells"]):
            cell["metadata"]["scrolled"] = True
            if cell["cell_type"] == "code":
                cell["execution_count"] = number
                cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x"}]
        path.write_text(json.dumps(notebook), encoding="utf-8")

    assert stale_after(project, "notebooks/country.ipynb", save) == set()


def test_a_changed_cell_makes_the_pages_of_its_notebook_stale(project):
    def edit(path):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("## Who trades more?", "## Who trades?"), encoding="utf-8")

    assert stale_after(project, "notebooks/country.ipynb", edit) == COUNTRY_PAGES


@pytest.mark.parametrize("change", ["gone", "other", "new"])
def test_charts_are_products_of_their_page(project, change):
    def touch(path):
        if change == "gone":
            path.unlink()
        else:
            path.write_text("other")

    place = "reports/figures/kazakhstan-years.svg"
    if change == "new":
        place = "reports/figures/kazakhstan-of-yesterday.svg"
    assert stale_after(project, place, touch) == {"report[KAZ]"}


def test_a_countrys_new_name_reaches_the_title_of_its_page(project, tmp_path):
    """Raw data and code must agree on the five names, and what is shipped is sealed."""
    renamed = tmp_path / "renamed"
    shutil.copytree(project, renamed)
    for place in ("data/raw/countries.csv", "src/analysis/config.py"):
        text = (renamed / place).read_text(encoding="utf-8")
        assert text.count("Tajikistan") == 1
        (renamed / place).write_text(text.replace("Tajikistan", "Tojikiston"), encoding="utf-8")
    environment = code_of(renamed)
    for words in (["seal"], ["reports", "-p", "country", "TJK"]):
        command = [sys.executable, "-m", "analysis.cli", *words]
        subprocess.run(command, cwd=renamed, env=environment, check=True, capture_output=True)
    page = renamed / "reports" / "tojikiston.html"
    assert "<title>Tojikiston " in page.read_text(encoding="utf-8")


# Each step is run, in its order, and every file of the project's data that it opens is noted.
OPENED = """
import os, sys
from pytask.tree_util import tree_leaves, tree_map
root, opened = Path.cwd().resolve(), set()
def note(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and "w" not in str(arguments[1]):
        path = Path(os.path.abspath(arguments[0]))
        for room in ("data", "notebooks"):
            if path.is_relative_to(root / room) and not path.name.startswith("."):
                opened.add(path)
import importlib
for module in ("data.clean", "page.claims", "page.checks", "measures.leads", "publish.report"):
    importlib.import_module(f"analysis.{module}")
sys.addaudithook(note)
found, stdout = {}, sys.stdout
steps = ("raw_data", "clean", "codebook", "figures", "compare", "weigh", "tie", "leads", "check")
tables = [f"task_{name}" for name in steps]
order = {name: place for place, name in enumerate(tables)}
step = lambda task: task.name.rpartition("::")[2]
for task in sorted(session.tasks, key=lambda task: order.get(step(task).split("[")[0], 9)):
    opened.clear()
    given = {name: tree_map(lambda node: node.load(), value) for name, value in
             task.depends_on.items()}
    given |= {name: tree_map(lambda node: node.load(is_product=True), value) for name, value in
              task.produces.items()}
    task.execute(**given)
    known = set()
    for node in tree_leaves(task.depends_on):
        known |= {getattr(node, "path", None), getattr(node, "notebook", None)}
        known |= set(getattr(node, "tables", []))
    written = {getattr(node, "path", None) for node in tree_leaves(task.produces)}
    found[step(task)] = [
        sorted(str(path.relative_to(root)) for path in opened - known - written),
        sorted(str(path.relative_to(root)) for path in (known - opened - {None})),
    ]
print()
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def made_anew(tmp_path_factory, built):
    """A copy whose pages were gone, after every step has run; and what each step opened.

    Two more countries are asked for, one of them with hardly a figure.
    """
    copy = copy_of(built, tmp_path_factory.mktemp("anew") / "copy")
    for page in [*copy.glob("reports/*.html"), *copy.glob("reports/ru/*.html")]:
        page.unlink()
    return copy, run(copy, LOOK + OPENED, COUNTRIES="MNG TUV")


def test_a_step_reads_no_data_that_it_does_not_name(made_anew):
    _, found = made_anew
    assert len(found) == len(TABLES | ALL_PAGES) + 2
    unnamed = {step: read for step, (read, _) in found.items() if read}
    # The step that looks at raw data looks at all that a person writes down too, so that nothing
    # is written where that is at fault. No statistic rests on it: the figures' step is the one that
    # it makes stale, and that finds its faults again.
    looked_at = {f"data/raw/{name}.csv" for name in WRITTEN} | {"data/raw/corrections.yml"}
    assert set(unnamed.pop("task_raw_data")) == looked_at
    assert unnamed == {}
    # Nor does a page wait for a table, or for rows of one, that it does not open.
    unread = {
        step.removeprefix("task_"): [name for name in names if name.startswith("data/processed")]
        for step, (_, names) in found.items()
    }
    assert {step: names for step, names in unread.items() if names and step in ALL_PAGES} == {}


@pytest.mark.parametrize("stem", [*PAGES, *RUSSIAN])
def test_a_committed_page_is_what_its_notebook_shows_today(made_anew, stem):
    copy, _ = made_anew
    page = (copy / "reports" / f"{stem}.html").read_text(encoding="utf-8")
    committed = (REPORTS / f"{stem}.html").read_text(encoding="utf-8")
    lines = set(committed.splitlines())
    assert [line for line in page.splitlines() if line not in lines] == []
    assert page == committed


# Pages made anew, each said to rest on no printed figure but those on ties.
MADE_ANEW = """
import json
from pathlib import Path
from analysis.config import NOTEBOOKS, REPORTS
from analysis.publish.report import write_report
for language, folder in (("en", "new"), ("ru", "new/ru")):
    for name in ("index", "region") if language == "en" else ("index",):
        given = {} if language == "en" else {"language": language}
        place = Path(folder).absolute()
        write_report(NOTEBOOKS / f"{name}.ipynb", given, name, place, Path(".pytask").absolute())
pages = [path.relative_to("new") for path in sorted(Path("new").rglob("*.html"))]
print()
print(json.dumps([
    (str(page), (Path("new") / page).read_bytes() == (REPORTS / page).read_bytes())
    for page in pages
]))
"""


def test_the_pages_that_rest_on_figures_of_ties_alone_show_no_other(made_anew, tmp_path):
    """A chart that shows another figure is another one, and is drawn anew."""
    copy, _ = made_anew
    fewer = copy_of(copy, tmp_path / "fewer")
    place = fewer / "data" / "processed" / "figures.csv"
    figures = pd.read_csv(place, dtype=str, keep_default_na=False)
    on_ties = figures[figures["indicator"].isin(vocabulary.TIES_OF_FIGURES)]
    assert 0 < len(on_ties) < len(figures)
    on_ties.to_csv(place, index=False)
    assert run(fewer, MADE_ANEW) == [
        ["index.html", True],
        ["region.html", True],
        ["ru/index.html", True],
    ]


def test_no_statistic_rests_on_what_a_person_writes_down(whole, made_of_whole):
    """So that no step of the statistics need run again when that changes."""
    fewer = whole | {name: whole[name].head(1) for name in WRITTEN} | {"corrections": []}
    made_of_fewer = process(fewer)
    assert len(made_of_fewer["figures"]) < len(made_of_whole["figures"])
    for name, rows in made_of_whole.items():
        if name != "figures":
            assert_frame_equal(rows, made_of_fewer[name])
