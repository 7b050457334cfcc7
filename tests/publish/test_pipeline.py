"""The whole build on a copy of the project: what runs, what does not, and what is said."""

import subprocess
import sys
from pathlib import Path

import pytest

from analysis.config import COUNTRIES, ROOT
from analysis.publish import site
from analysis.publish.nodes import OnTies
from analysis.publish.tasks import Rows
from conftest import code_of, copy_of

pytestmark = pytest.mark.slow

# The start of a row of elsewhere.csv: what China's customs state of 2025.
STATED = "kaz-trade-chn-2025-stated,page,$48.7 billion"


@pytest.fixture(scope="module")
def project(tmp_path_factory, built):
    """A copy of the project as committed, at another place."""
    return copy_of(built, tmp_path_factory.mktemp("elsewhere") / "copy")


def analysis(project, *arguments):
    environment = code_of(project)
    return subprocess.run(
        [sys.executable, "-m", "analysis.cli", *arguments],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def pages(project):
    return {path.name: path.read_bytes() for path in (project / "reports").glob("*.html")}


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_copy_with_nothing_changed_builds_nothing(project):
    done = analysis(project, "reports")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Nothing to do: everything is up to date.")


def test_a_touched_file_builds_nothing(project):
    (project / "data" / "raw" / "article.csv").touch()
    assert analysis(project, "reports").stdout.startswith("Nothing to do")


def test_one_changed_figure_builds_its_country_and_no_other(project):
    before = pages(project)
    stated = project / "data" / "raw" / "elsewhere.csv"
    try:
        replace(stated, STATED, STATED.replace("48.7", "48.8"))
        done = analysis(project, "reports")
        after = pages(project)
    finally:
        replace(stated, STATED.replace("48.7", "48.8"), STATED)
    assert done.returncode == 0, done.stderr
    assert "Kazakhstan" in done.stdout
    assert "Uzbekistan" not in done.stdout
    # The pages on all five change with it, but no other country's.
    changed = {name for name in before if before[name] != after[name]}
    five = {f"{name.lower()}.html" for name in COUNTRIES.values()}
    assert changed & five == {"kazakhstan.html"}
    assert {"data.html", "explorer.html"} <= changed
    assert b"$48.8bn" in after["kazakhstan.html"]
    analysis(project, "reports")
    assert pages(project) == before


def test_faults_are_all_named_and_nothing_is_written(project):
    article = project / "data" / "raw" / "article.csv"
    good = article.read_text(encoding="utf-8")
    before = pages(project)
    figures = (project / "data" / "processed" / "figures.csv").read_bytes()
    try:
        replace(article, "$12.9 billion,source,2016,KAZ", "12;9 billion,source,2016,KAX")
        for command in ("check", "reports"):
            done = analysis(project, command)
            assert done.returncode == 1
            assert "article.csv, row 17, printed" in done.stderr
            assert "found 12;9 billion" in done.stderr
            assert "article.csv, row 17, country" in done.stderr
            assert "2 faults in the raw data; nothing was written." in done.stderr
            assert "Traceback" not in done.stderr
    finally:
        article.write_text(good, encoding="utf-8")
    assert pages(project) == before
    assert (project / "data" / "processed" / "figures.csv").read_bytes() == figures


def test_a_failing_notebook_is_named_and_the_index_still_builds(project):
    notebook = project / "notebooks" / "country.ipynb"
    good = notebook.read_text(encoding="utf-8")
    before = pages(project)
    try:
        replace(notebook, "history.trade_series(pairs, since)", "history.trade_series(pairs)")
        done = analysis(project, "reports", "-p", "country", "TJK")
    finally:
        notebook.write_text(good, encoding="utf-8")
    assert done.returncode == 1
    assert "country.ipynb (country = TJK), section “Who trades more?" in done.stderr
    assert "TypeError" in done.stderr
    assert pages(project) == before


def test_sound_data_is_said_to_be_sound(project):
    done = analysis(project, "check")
    assert done.returncode == 0
    assert done.stdout.startswith("The raw data is sound: article 92 rows")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("reports", "-p", "contry", "TJK"), "unknown parameter 'contry'"),
        (("reports", "-p", "country", "Tajikstan"), "did you mean TJK?"),
        (("reports", "-p", "country", ""), "unknown country ''; valid: ISO 3166 codes"),
        (("reports", "-p", "country"), "valid: a name and a value, as in: -p country TJK"),
        (("reports", "-p", "country=TJK"), "valid: a name and a value, as in: -p country TJK"),
        (("reports", "-p", "then", "2010"), "papermill notebooks/country.ipynb out.ipynb -p then"),
        (("reports", "--countries", "BLR MGN"), "'MGN' (did you mean MNG?)"),
        (("reports", "--countries", "world BLR"), "WORLD stands for every country"),
        (("reports", "--countries", "CHN"), "China is one of the two that are compared"),
        (("bild",), "invalid choice"),
        ((), "required: COMMAND"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_is_valid(project, arguments, words):
    done = analysis(project, *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_country_is_told_before_anything_slow_is_loaded(project):
    code = (
        "import sys; from analysis import cli; code = cli.main(['reports', '--countries', 'MGN']); "
        "sys.exit(code if not {'pandas', 'papermill', 'pytask'} & set(sys.modules) else 99)"
    )
    environment = code_of(project)
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert done.returncode == 2


def test_pages_of_any_country_are_built_on_demand_and_leave_the_rest_alone(project):
    for page in ("guinea", "guinea_bissau"):  # of someone's own build
        (project / "reports" / f"{page}.html").unlink(missing_ok=True)
    analysis(project, "reports")
    before, lock = pages(project), (project / "pytask.lock").read_bytes()
    done = analysis(project, "reports", "--countries", "GNB GIN KAZ")
    assert (done.returncode, done.stderr) == (0, "")
    built = pages(project)
    assert set(built) - set(before) == {"guinea.html", "guinea_bissau.html"}
    assert {name: built[name] for name in before} == before
    assert (project / "pytask.lock").read_bytes() == lock
    # Guinea's charts were not taken for stale ones of Guinea-Bissau, nor the other way.
    for page in ("guinea", "guinea_bissau"):
        assert list((project / "reports" / "figures").glob(f"{page}-*.svg"))
    again = analysis(project, "reports", "--countries", "GIN GNB")
    assert again.stdout.startswith("Nothing to do: everything is up to date.")
    assert analysis(project, "reports").stdout.startswith("Nothing to do")


@pytest.mark.parametrize(("country", "page"), [("GIN", "guinea"), ("TJK", "tajikistan")])
def test_a_page_that_was_asked_for_alone_is_named_at_the_end(project, country, page):
    done = analysis(project, "reports", "-p", "country", country)
    assert done.stdout.endswith(f"Open reports/{page}.html\n")


def test_git_leaves_pages_on_demand_out_and_keeps_the_projects_own():
    own = [f"reports/{link.href}" for link in site.links()]
    own += [f"reports/figures/{stem}-chart.svg" for stem in (site.START, *site.NAMES)]
    others = ["reports/mongolia.html", "reports/figures/mongolia-years.svg"]
    ignored = subprocess.run(
        ["git", "check-ignore", "--no-index", *own, *others],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ignored.stdout.split() == others


def test_plain_papermill_runs_the_notebook_for_any_country(tmp_path):
    executed = tmp_path / "out.ipynb"
    notebook = ROOT / "notebooks" / "country.ipynb"
    command = [Path(sys.executable).with_name("papermill"), notebook, executed]
    options = ["-p", "country", "MNG", "--no-progress-bar"]
    subprocess.run([*command, *options], cwd=tmp_path, capture_output=True, check=True)
    text = executed.read_text(encoding="utf-8")
    assert "Mongolia traded" in text
    assert "Trade is all that is compared here." in text


def test_plain_papermill_runs_the_notebook_from_any_folder(tmp_path):
    executed = tmp_path / "out.ipynb"
    subprocess.run(
        [
            Path(sys.executable).with_name("papermill"),
            ROOT / "notebooks" / "country.ipynb",
            executed,
            "-p",
            "country",
            "TJK",
            "--no-progress-bar",
        ],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert "Tajikistan owed China" in executed.read_text(encoding="utf-8")


@pytest.fixture
def rows(tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("id,country\na,KAZ\nb,TJK\nc,REGION\n")
    return table


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("b,TJK", "x,TJK", False),
        ("a,KAZ", "x,KAZ", True),
        ("c,REGION", "x,REGION", True),
        ("id,", "name,", True),
    ],
)
def test_rows_change_only_with_their_country_or_the_region(rows, old, new, changes):
    before = Rows([rows], "KAZ").state()
    rows.write_text(rows.read_text().replace(old, new))
    assert (Rows([rows], "KAZ").state() != before) is changes


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("kaz-trade-rank,$12", "kaz-trade-rank,$13", True),
        ("tjk-trade-rank,$1", "tjk-trade-rank,$2", False),
        ("ids/TJK/debt,so", "ids/TJK/debt,no", False),
        ("region-aid,$6", "region-aid,$7", True),
        ("of-nowhere,0", "of-nowhere,1", True),
    ],
)
def test_a_check_belongs_to_the_country_whose_figures_it_is_on(tmp_path, old, new, changes):
    table = tmp_path / "checks.csv"
    table.write_text(
        "subject,found\nkaz-trade-rank,$12\ntjk-trade-rank,$1\nids/TJK/debt,so\n"
        "region-aid,$6\nof-nowhere,0\n"
    )
    before = Rows([table], "KAZ").state()
    table.write_text(table.read_text().replace(old, new))
    assert (Rows([table], "KAZ").state() != before) is changes


def test_rows_of_which_a_table_is_missing_have_no_state(rows):
    assert Rows([rows, rows.with_name("none.csv")], "KAZ").state() is None


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("a,debt_owed", "x,debt_owed", True),
        ("b,project_cost", "x,project_cost", False),
        ("b,project_cost", "b,gas_exports", True),
        ("id,", "name,", True),
    ],
)
def test_a_figure_on_no_tie_changes_nothing_for_what_rests_on_ties(tmp_path, old, new, changes):
    table = tmp_path / "figures.csv"
    table.write_text("id,indicator\na,debt_owed\nb,project_cost\n")
    before = OnTies(table).state()
    table.write_text(table.read_text().replace(old, new))
    assert (OnTies(table).state() != before) is changes


def test_a_table_of_figures_that_is_missing_has_no_state(tmp_path):
    assert OnTies(tmp_path / "figures.csv").state() is None
