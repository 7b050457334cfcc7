"""The recipes of CONTRIBUTING.md, each followed: here, or by the test that is named here."""

import csv
import re
import shutil
import textwrap
from pathlib import Path

import pandas as pd
import pytest

from analysis import cli
from analysis.config import PROCESSED, RAW, ROOT
from analysis.data import store
from analysis.data.clean import clean_figures, process
from analysis.data.faults import RawDataError
from analysis.data.load import WRITTEN, load_raw
from analysis.data.raw_tables import RAW_TABLES
from analysis.data.read import read_csv_strictly, read_yaml
from analysis.data.validate_claims import faults_of_claims
from analysis.page import claims, tell
from analysis.page.language import speaking

pytestmark = pytest.mark.thorough

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SOUND = ROOT / "tests" / "data" / "damaged" / "sound"
FOLLOWED = {
    "Add a figure": "test_recipes.py::test_a_figure_is_added",
    "Judge a claim": "test_recipes.py::test_a_claim_is_judged",
    "Correct a figure": "test_recipes.py::test_a_figure_is_corrected",
    "Change the statistics": "data/test_seals.py::"
    "test_sealing_says_what_has_changed_and_then_that_nothing_has",
    "Add a country": "data/test_any_country.py::test_it_has_every_tie",
    "Compare another pair of powers": "measures/test_pairs.py::"
    "test_all_comparisons_of_another_pair_carry_its_names_and_mirror",
    "Change a sentence": "test_recipes.py::test_a_sentence_is_changed",
    "Refresh the reports": "publish/test_any_change.py::"
    "test_four_changes_one_after_the_other_leave_the_bytes_of_a_full_build",
    "Fetch today's statistics": "fetch/test_refresh.py::",
    "Report a fault that got through": "data/test_damaged.py::"
    "test_a_damaged_file_is_refused_in_these_words",
    "Before you send a change": "test_recipes.py::test_what_the_recipes_name_is_there",
}
# What a recipe lets a contributor name, and what a run makes.
NOT_KEPT = {"data/raw/vintages/", "tests/recorded/"}
# The row that a contributor copies, under the names of its columns.
HEADER, NEW_FIGURE = (
    f"{line.strip()}\n" for line in re.findall("^    .*,.*$", TEXT, re.MULTILINE)[:2]
)


@pytest.fixture
def raw(tmp_path, monkeypatch):
    """Small sound tables in a folder of their own, which the command takes for the project's."""
    folder = tmp_path / "raw"
    shutil.copytree(SOUND, folder)
    monkeypatch.setattr(cli, "RAW", folder)
    return folder


def append(path, text):
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_every_recipe_is_followed_by_a_test():
    assert re.findall("^## (.+)$", TEXT, re.MULTILINE) == list(FOLLOWED)
    for place in FOLLOWED.values():
        file, _, name = place.partition("::")
        assert f"def {name or 'test_'}" in (ROOT / "tests" / file).read_text(encoding="utf-8")


def test_what_the_recipes_name_is_there(capsys):
    named = re.findall(r"`([^`]+)`", TEXT)
    folders = ("data/", "src/", "tests/", "benchmarks/")
    paths = {name for name in named if name.startswith(folders)} - NOT_KEPT
    assert len(paths) > 10
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    asked = {name.split()[1] for name in named if name.startswith("make ")}
    assert {"reports", "check", "test", "lint"} <= asked <= targets
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    commands = capsys.readouterr().out
    for name in named:
        if name.startswith("analysis "):
            assert re.search(rf"^    {name.split()[1]} ", commands, re.MULTILINE), name
    for name in filter(lambda name: name.startswith("pytest "), named):
        assert Path(ROOT, name.split()[1]).exists()


@pytest.mark.parametrize("table", ["article", "elsewhere"])
def test_the_row_to_copy_has_the_columns_of_both_tables_of_figures(table):
    with (ROOT / "data" / "raw" / f"{table}.csv").open(encoding="utf-8") as file:
        assert file.readline() == HEADER
    header, row = csv.reader([HEADER, NEW_FIGURE])
    assert len(header) == len(row) == 21


def test_a_figure_is_added(raw, capsys):
    append(raw / "article.csv", NEW_FIGURE)
    # Every figure of the article is in a claim.
    assert cli.main(["check"]) == 1
    assert "kaz-trade-chn-2015" in capsys.readouterr().err
    claim = (raw / "claims.csv").read_text(encoding="utf-8")
    claim = claim.replace(",kaz-trade-chn-2016 ", ",kaz-trade-chn-2016 kaz-trade-chn-2015 ")
    (raw / "claims.csv").write_text(claim, encoding="utf-8")
    page = NEW_FIGURE.replace("kaz-trade-chn-2015", "kaz-trade-chn-2015-page")
    page = page.replace('"Table 1, KAZ, column 2, note 3"', "page").replace(",source,", ",ours,")
    append(raw / "elsewhere.csv", page.replace(",,,\n", ",kaz-trade-chn-2015,source_of,\n"))
    assert cli.main(["check"]) == 0
    tables = load_raw(raw)
    added = clean_figures(tables["article"]).set_index("figure_id").loc["kaz-trade-chn-2015"]
    assert (added["value"], added["printed"]) == (10.6e9, "$10.6 billion")
    # A fault is named with its row and with what would be valid.
    append(raw / "article.csv", NEW_FIGURE.replace("-2015,", "-2014,").replace(",CHN,", ",CHI,"))
    capsys.readouterr()
    assert cli.main(["check"]) == 1
    told = capsys.readouterr().err
    row = len((raw / "article.csv").read_text(encoding="utf-8").splitlines())
    assert f"row {row}" in told
    assert "CHI" in told
    assert "valid" in told


def test_a_claim_is_judged(raw, tmp_path):
    text = "kaz-more,KAZ,{claim},Table 1,judged holds,kaz-trade-chn-2016,,{reason},Another count\n"
    reason = "The table prints {f:kaz-trade-chn-2016}"
    append(raw / "claims.csv", text.format(claim="Trade with China came to much", reason=reason))
    assert cli.main(["check"]) == 0
    shutil.copytree(PROCESSED, tmp_path / "processed")
    claims.write_claims(tmp_path / "processed", raw)
    judged = store.load_table("claims", tmp_path / "processed").set_index("claim_id")
    assert judged.loc["kaz-more", "verdict"] == "holds"
    assert "$12.5 billion" in judged.loc["kaz-more", "because"]
    # Claim and reason hold no number of their own.
    typed = text.format(claim="Trade came to 12.5 billion", reason=reason)
    append(raw / "claims.csv", typed.replace("kaz-more", "kaz-typed"))
    assert cli.main(["check"]) == 1


def test_a_source_is_added(raw, capsys):
    block = re.search(r"^    my-page.*?\n\n", TEXT, re.MULTILINE | re.DOTALL)[0]
    append(raw / "sources.yml", textwrap.dedent(block))
    assert cli.main(["check"]) == 0, capsys.readouterr().err
    assert "my-page-2015" in load_raw(raw)["sources"]
    # Without its terms it is refused.
    (terms,) = re.findall(r"^ +terms: .*\n", block, re.MULTILINE)
    sources = (raw / "sources.yml").read_text(encoding="utf-8")
    own = sources.index("my-page-2015")
    changed = sources[:own] + sources[own:].replace(terms.removeprefix("    "), "")
    (raw / "sources.yml").write_text(changed, encoding="utf-8")
    assert cli.main(["check"]) == 1
    assert "sources.yml, my-page-2015, terms" in capsys.readouterr().err


def test_the_claims_to_copy_are_sound_and_each_rule_finds_a_verdict(tmp_path):
    table = re.search(r"^    (claim_id,.*\n(?:    .*\n)+)", TEXT, re.MULTILINE)[1]
    tables = load_raw(RAW, names=WRITTEN)
    (tmp_path / "claims.csv").write_text(textwrap.dedent(f"    {table}"), encoding="utf-8")
    claimed, faults = read_csv_strictly(tmp_path / "claims.csv", RAW_TABLES["claims"])
    assert faults == []
    assert claimed["rule"].str.split(" ").str[0].is_unique
    both = pd.concat([tables["claims"], claimed], ignore_index=True)
    assert faults_of_claims(tables | {"claims": both}) == []
    judged, faults = claims.judged_claims(claimed, claims.load_judge(PROCESSED, RAW))
    assert faults == []
    assert all(claim["verdict"] and claim["because"] for claim in judged)


def test_a_figure_is_corrected(raw, capsys):
    (entry,) = re.findall("(?m)^    - table: article\n(?:      .*\n)+", TEXT)
    (raw / "corrections.yml").write_text(textwrap.dedent(entry), encoding="utf-8")
    assert cli.main(["check"]) == 0
    made = process(load_raw(raw))["figures"].set_index("figure_id").loc["kaz-trade-rus-2016"]
    assert (made["value"], made["printed"]) == (12.8e9, "$12.9 billion")
    assert made["corrected"] == "$12.8 billion"
    assert made["correction"]
    # Once the cell changes, someone has to look.
    article = raw / "article.csv"
    text = article.read_text(encoding="utf-8")
    article.write_text(text.replace("$12.9 billion", "$12.7 billion"), encoding="utf-8")
    with pytest.raises(RawDataError):
        load_raw(raw)
    assert cli.main(["check"]) == 1
    assert "$12.7 billion" in capsys.readouterr().err


def test_an_entry_may_be_added_at_the_end_of_the_corrections_that_there_are(tmp_path):
    entry = "- table: article\n  id: kaz-trade-rus-2016\n"
    longer = tmp_path / "corrections.yml"
    committed = (RAW / "corrections.yml").read_text(encoding="utf-8")
    longer.write_text(committed + entry, encoding="utf-8")
    corrections, faults = read_yaml(longer)
    assert faults == []
    assert corrections[-1] == {"table": "article", "id": "kaz-trade-rus-2016"}


def test_a_sentence_is_changed(tmp_path):
    texts = ROOT / "src" / "analysis" / "page" / "text"
    both = {path.name for path in (texts / "ru").glob("*.j2")}
    assert both <= {path.name for path in texts.glob("*.j2")}
    before = tell.tell("start-cite", None).text
    changed = (texts / "start-cite.md.j2").read_text(encoding="utf-8")
    changed = changed.replace("Every number", "Each number")
    (tmp_path / "start-cite.md.j2").write_text(changed, encoding="utf-8")
    told = tell.tell("start-cite", None, texts=tmp_path).text
    assert told == before.replace("Every number", "Each number") != before
    with speaking("ru"):
        assert tell.tell("start-cite", None).text.startswith("Каждое число")
