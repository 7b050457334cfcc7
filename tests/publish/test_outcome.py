"""What is said of a build that failed: what was written by then, and pages by their names."""

import doctest
import hashlib
from collections import Counter

import pytest

from analysis.data.faults import Fault, RawDataError
from analysis.publish import outcome, steps
from analysis.publish.beforehand import claims_are_new
from analysis.publish.build import Outcome

FAULT = Fault("claims.csv", 2, "reason", "{p:KAZ-nothing}", "a pair_id of ties.csv")


@pytest.mark.parametrize("module", [outcome, steps])
def test_the_examples_in_docstrings_are_true(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("built", "said"),
    [
        ([], "1 fault in the raw data; nothing was written.\n"),
        (["task_raw_data"], "1 fault in the raw data; nothing was written.\n"),
        (
            ["task_raw_data", "task_tie", "task_report[KAZ]"],
            "1 fault in the raw data; finished before it was found, and kept: ties.csv, "
            "verdicts.csv, crossings.csv and the page Kazakhstan.\n",
        ),
    ],
)
def test_a_fault_that_a_later_step_finds_is_told_with_what_was_written(capsys, built, said):
    outcome.say_what_failed(Outcome(built=built, failed=[("task_check", RawDataError([FAULT]))]))
    assert capsys.readouterr().err.endswith(said)


def test_what_could_not_be_built_is_named_as_readers_know_it(capsys):
    left = ["task_overview[claims]", "task_report_in_russian[KGZ-ru]", "task_overview[index]"]
    left += ["task_overview_in_russian", "task_world", "task_country[MNG]", "task_clean[trade]"]
    told = Outcome(
        Counter({"not tried": 6}), failed=[("task_compare", ValueError("no"))], left=left
    )
    outcome.say_what_failed(told)
    assert capsys.readouterr().err.splitlines() == [
        "analysis: comparisons.csv failed: ValueError: no",
        "analysis: not built, for want of the above: trade.csv, the start page, the start page in "
        "Russian and the pages Claims, Kyrgyzstan in Russian, World, Mongolia",
        "analysis: 6 pages looked at: 6 not tried.",
    ]


def test_a_step_without_a_file_it_needs_is_named_by_what_it_makes(capsys):
    missing = {"data/processed/ties.csv": ["task_check", "task_explorer"]}
    outcome.say_what_failed(Outcome(missing=missing))
    assert capsys.readouterr().err == (
        "analysis: data/processed/ties.csv is missing; not built without it: checks.csv, "
        "claims.csv and the page Explorer\n"
    )


def test_claims_are_looked_at_before_a_build_only_where_they_have_changed(tmp_path):
    lock, claims = tmp_path / "pytask.lock", tmp_path / "claims.csv"
    claims.write_text("claim_id\n", encoding="utf-8")
    assert not claims_are_new(lock, claims)  # everything is built from nothing
    seen = f'"data/raw/claims.csv" = "{hashlib.sha256(claims.read_bytes()).hexdigest()}"\n'
    lock.write_text(seen, encoding="utf-8")
    assert not claims_are_new(lock, claims)
    # One step has seen them as they are, and one as they were.
    lock.write_text(seen + '"data/raw/claims.csv" = "0a"\n', encoding="utf-8")
    assert claims_are_new(lock, claims)
