"""What a mutant of a text changes, and how those that were tried are counted."""

import sys

import pytest

from analysis.config import ROOT

sys.path.append(str(ROOT / "benchmarks"))

import text_mutants
from text_mutants import drawn, group_of, mutants_of, reason, report, row


def changes(text):
    return [told.partition(": ")[2] for told, _ in mutants_of(text)]


@pytest.mark.parametrize(
    ("tag", "changed"),
    [
        ("{% if a %}", "{% if not (a) %}"),
        ("{%- elif a or b -%}", "{%- elif not (a or b) -%}"),
        ("{%- elif a or b -%}", "{%- elif a and b -%}"),
        ("{{ n(row.china, row.id) }}", '{{ "" }}'),
        ("{{ n(row.china, row.id) }}", "{{ n(row.russia, row.id) }}"),
        ("{{ part.china_low }}", "{{ part.china_high }}"),
        ("{{ sum | money }}", "{{ sum }}"),
        ('{{ "no" if a > b else "yes" }}', '{{ "no" if a >= b else "yes" }}'),
        ('{{ "no" if a > b else "yes" }}', '{{ "XXno" if a > b else "yes" }}'),
        ('{{ "no" if a > b else "yes" }}', '{{ "no" if not a > b else "yes" }}'),
        ("{% if a not in b %}", "{% if a in b %}"),
    ],
)
def test_a_tag_is_changed_in_one_place(tag, changed):
    assert f"{tag} -> {changed}" in changes(tag)


def test_the_first_and_the_last_word_between_two_tags_become_others():
    assert changes("{{ a }} sold less gas to it {% endif %}")[1:] == ["sold -> XX", "gas -> XX"]


def test_a_remark_and_the_words_in_a_string_are_no_code():
    assert changes("{# a and b #}") == []
    assert changes('{% set a = "b and c" %}') == [
        '{% set a = "b and c" %} -> {% set a = "XXb and c" %}'
    ]


def test_a_mutant_has_the_rest_of_the_text_as_it_was_and_names_its_line():
    told, text = list(mutants_of("One line.\n{% if a %}b{% endif %}\n"))[2]
    assert told.startswith("line 2: {% if a %} -> ")
    assert text == "One line.\n{% if not (a) %}b{% endif %}\n"


def test_texts_of_both_languages_and_macros_have_mutants_and_each_is_another_text():
    found = text_mutants.all_mutants()
    assert {one["file"] for one in found} >= {
        "text/country-opening.md.j2",
        "text/ru/start-finding.md.j2",
        "macros/table.html.j2",
    }
    page = text_mutants.PAGE
    assert all(one["text"] != (page / one["file"]).read_text(encoding="utf-8") for one in found)


def test_a_sample_is_the_same_for_a_seed_and_the_beginning_of_a_larger_one():
    one = {"file": "a", "told": "line 1", "text": "{% if a %}{% endif %}"}
    found = [one | {"told": f"line {number}"} for number in range(9)]
    three = drawn(found, 3, seed=1)
    assert drawn(found[::-1], 5, seed=1)[:3] == three
    assert drawn(found, 3, seed=2) != three


def test_what_jinja_cannot_read_is_not_drawn():
    broken = {"file": "a", "told": "line 1", "text": "{% if a b %}{% endif %}"}
    whole = {"file": "a", "told": "line 2", "text": "{{ a | money }}"}
    assert drawn([broken, whole], 2, seed=1) == [whole]


@pytest.mark.parametrize(
    ("file", "group"),
    [
        ("text/start-finding.md.j2", "start"),
        ("text/ru/start-finding.md.j2", "start, in Russian"),
        ("text/_pairs.j2", "shared by pages"),
        ("macros/table.html.j2", "macros"),
    ],
)
def test_templates_are_counted_by_page_and_language(file, group):
    assert group_of(file) == group


def test_a_mutant_that_no_test_tells_is_not_noticed():
    assert row("world", 40, ["a test", "another", "", None]).startswith(
        "| world | 40 | 4 | 2 | 1 | 1 | 50.0% |"
    )


def test_a_survivor_is_told_with_its_reason_or_as_not_looked_at():
    entry = {"file": r"text/start-.*", "change": r"\{% if a %\} -> .*", "why": "a always holds"}
    mutant = {"file": "text/start-cite.md.j2", "told": "line 3: {% if a %} -> {% if not (a) %}"}
    assert reason([entry], mutant) == "a always holds"
    assert reason([entry], mutant | {"file": "text/world-cite.md.j2"}) == "Not looked at yet"


def test_the_report_counts_each_page_and_lists_who_survived():
    one = {"file": "text/start-cite.md.j2", "told": "line 1: a -> XX", "text": ""}
    two = {"file": "text/world-map.md.j2", "told": "line 2: b -> XX", "text": ""}
    told = report([one, two, two], [one | {"killer": "t"}, two | {"killer": ""}], seed=7)
    assert "| start | 1 | 1 | 1 | 0 | 0 | 100.0% |" in told
    assert "| world | 2 | 1 | 0 | 1 | 0 | 0.0% |" in told
    assert "| all | 3 | 2 | 1 | 1 | 0 | 50.0% |" in told
    assert "- `text/world-map.md.j2`, line 2: b -> XX" in told
    assert "start-cite" not in told
