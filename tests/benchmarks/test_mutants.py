"""What a mutant changes, which are drawn, and how they are counted."""

import ast
import collections
import sys

import pytest

from analysis.config import ROOT

sys.path.append(str(ROOT / "benchmarks"))

import changes
import mutants
from changes import Change

LONG = "w" * 80
COUNT = {"mutants": 120, "of wording": 20, "run": 100, "survived": 4, "no test": 0}


def changed(before: str, after: str) -> Change:
    one, other = (ast.parse(text).body[0] for text in (before, after))
    return changes.change(one, other)


def in_function(statement: str, after: str) -> Change:
    return changed(f"def f(a):\n {statement}", f"def f(a):\n {after}")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("return a < b", "return a <= b", "return a < b -> return a <= b"),
        ("x = g(1, k=2)", "x = None", "x = g(1, k=2) -> x = None"),
        (f"x = g({LONG}, k=2)", f"x = g({LONG}, k=3)", "k=2 -> k=3"),
        (f"x = g({LONG}, a + 1)", f"x = g({LONG}, a - 1)", "a + 1 -> a - 1"),
        (f"x = g({LONG}, h(a, b))", f"x = g({LONG}, h(a))", "h(a, b) -> h(a)"),
        (f"x = g({LONG}, *[a, not b])", f"x = g({LONG}, *[a, b])", "*[a, not b] -> *[a, b]"),
    ],
)
def test_a_change_is_told_with_as_much_around_it_as_has_room(before, after, told):
    assert in_function(before, after).told() == told


@pytest.mark.parametrize(
    "statement",
    [
        "raise ValueError('slip')",
        "raise ValueError(f'{a}' + 'slip')",
        "return Refused('slip')",
        "return Fault(a, 1, 'year', a, 'slip')",
        "return [Fault(a, 1, 'year', a, valid='slip')]",
        "valid = 'slip'\n return Fault(a, 1, 'year', a, valid)",
    ],
)
def test_the_text_of_a_faults_message_is_wording(statement):
    assert in_function(statement, statement.replace("slip", "SLIP")).wording


@pytest.mark.parametrize(
    "statement",
    [
        "return 'slip'",
        "return Fault(a, 1, 'slip', a, 'a year')",
        "raise ValueError(a['slip'])",
        "raise ValueError('none' if a == 'slip' else 'some')",
        "raise ValueError(a.get('slip'))",
        "valid = 'slip'\n return Fault(a, 1, 'year', a, valid) if valid in a else 0",
    ],
)
def test_a_text_that_is_said_elsewhere_or_decides_is_not_wording(statement):
    assert not in_function(statement, statement.replace("slip", "SLIP")).wording


def test_a_message_that_is_left_out_is_more_than_wording():
    assert not in_function("raise ValueError('slip')", "raise ValueError(None)").wording


def test_every_mutant_of_a_file_is_held_against_its_own_function(tmp_path):
    path = tmp_path / "mutated.py"
    path.write_text(
        "def x_f__mutmut_orig(a):\n return a + 1\n"
        "def x_f__mutmut_1(a):\n return a - 1\n"
        "class C:\n"
        " def xǁCǁg__mutmut_orig(self):\n  return 1\n"
        " def xǁCǁg__mutmut_2(self):\n  return 2\n",
        encoding="utf-8",
    )
    told = {name: change.told() for name, change in changes.changes_of(path).items()}
    assert told == {
        "x_f__mutmut_1": "return a + 1 -> return a - 1",
        "xǁCǁg__mutmut_2": "return 1 -> return 2",
    }
    assert list(changes.changes_of(path, {"x_f__mutmut_1"})) == ["x_f__mutmut_1"]


def some(number: int) -> dict[str, Change]:
    return {f"x_f__mutmut_{at}": Change("1", "2", wording=at < 10) for at in range(number)}


def test_no_change_of_wording_is_drawn():
    drawn = mutants.drawn_of("data.sums", some(30))
    assert drawn.wording == 10
    assert sorted(drawn.names) == [f"analysis.data.sums.x_f__mutmut_{at}" for at in range(10, 30)]


def test_the_mutants_are_drawn_in_the_same_order_of_chance_each_time():
    backwards = dict(reversed(some(30).items()))
    assert mutants.drawn_of("data.sums", some(30)) == mutants.drawn_of("data.sums", backwards)
    assert mutants.drawn_of("data.sums", some(30)).names != sorted(
        mutants.drawn_of("data.sums", some(30)).names
    )


@pytest.mark.parametrize(
    ("patterns", "since", "names"),
    [
        ([], [], ["data.sums", "measures.ties", "page.words"]),
        (["data.*"], [], ["data.sums"]),
        (["measures.ties", "page.none"], [], ["measures.ties"]),
        ([], ["page.words"], ["page.words"]),
    ],
)
def test_modules_are_chosen_by_pattern_or_by_change(patterns, since, names):
    modules = ["data.sums", "measures.ties", "page.words"]
    assert mutants.chosen(modules, patterns, since) == names


@pytest.mark.parametrize(
    ("noticed", "equivalent", "told"),
    [
        (95, 0, "| 95.0% | 88.8% to 97.8% | 0 | 95.0% |"),
        # 94 of the 97 that can be seen
        (94, 3, "| **94.0%** | 87.5% to 97.2% | 3 | 96.9% |"),
    ],
)
def test_a_row_has_the_share_and_its_interval_and_marks_what_is_too_few(noticed, equivalent, told):
    count = collections.Counter(COUNT | {"noticed": noticed, "equivalent": equivalent})
    assert (
        mutants.row("data.sums", count)
        == f"| data.sums | 120 | 20 | 100 | {noticed} | 4 | 0 {told}"
    )


def test_a_reason_is_that_of_the_first_entry_that_names_place_and_change():
    reasons = [
        {"where": "analysis.data.*", "change": "True -> .*", "why": "of the room"},
        {"change": "True -> None", "why": "of any"},
    ]
    change = Change("True", "None", wording=False)
    assert mutants.reason(reasons, "analysis.data.sums.x_f__mutmut_1", change) == "of the room"
    assert mutants.reason(reasons, "analysis.page.words.x_f__mutmut_1", change) == "of any"
    other = Change("1", "2", wording=False)
    assert mutants.reason(reasons, "analysis.data.sums.x_f__mutmut_1", other) == "Not looked at yet"
