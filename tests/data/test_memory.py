"""What was read before is known again, for as long as the code that read it is the same."""

import json
from pathlib import Path

import pytest

from analysis import cli
from analysis.data import grammar, memory, periods, quantities
from analysis.data.load import load_raw

SOUND = Path(__file__).with_name("damaged") / "sound"


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    monkeypatch.setattr(quantities, "known", {})
    monkeypatch.setattr(periods, "known", {})


@pytest.fixture
def no_parser(monkeypatch):
    """Let no phrase be cut into words: what can still be read is remembered."""

    def refuse(self, phrase):
        raise AssertionError(f"read anew: {phrase}")

    return lambda: monkeypatch.setattr(grammar.Grammar, "cut", refuse)


def forget():
    quantities.known.clear()
    periods.known.clear()


def read_some(path):
    with memory.remembered(path):
        return (
            quantities.read("more than $2 billion", "USD"),
            quantities.read("$984 million, up from $45 million", "USD"),
            periods.read_period("as of August 2017"),
        )


def test_what_was_read_is_known_again_to_the_last_digit(tmp_path, no_parser):
    first = read_some(tmp_path / "readings.json")
    forget()
    no_parser()
    assert read_some(tmp_path / "readings.json") == first


@pytest.mark.parametrize(
    "read",
    [
        lambda: quantities.read("more than $2 billion", "USD"),
        lambda: periods.read_period("as of August 2017"),
    ],
    ids=["figure", "period"],
)
def test_a_single_figure_or_period_is_enough_to_be_kept(tmp_path, no_parser, read):
    with memory.remembered(tmp_path / "readings.json"):
        first = read()
    forget()
    no_parser()
    with memory.remembered(tmp_path / "readings.json"):
        assert read() == first


def test_where_nothing_was_read_nothing_is_written(tmp_path):
    with memory.remembered(tmp_path / "readings.json"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_other_code_forgets_it(tmp_path, monkeypatch, no_parser):
    read_some(tmp_path / "readings.json")
    forget()
    monkeypatch.setattr(memory, "_code", lambda: "other")
    no_parser()
    with pytest.raises(AssertionError, match="read anew"):
        read_some(tmp_path / "readings.json")


@pytest.mark.parametrize(
    ("file", "forgotten"),
    [
        ("data/quantities.lark", True),
        ("data/readings.py", True),
        ("config.py", True),
        ("data/notes.txt", False),
        ("measures.py", False),
    ],
)
def test_what_was_read_is_forgotten_with_the_grammar_and_code_it_comes_from(
    tmp_path, monkeypatch, file, forgotten
):
    room = tmp_path / "analysis" / "data"
    room.mkdir(parents=True)
    for name in ("config.py", "measures.py", "data/quantities.lark", "data/readings.py"):
        (room.parent / name).write_text("one")
    monkeypatch.setattr(memory, "_ROOM", room)
    read_some(tmp_path / "readings.json")
    before = (tmp_path / "readings.json").read_bytes()
    forget()
    (room.parent / file).write_text("two")
    memory.recall(tmp_path / "readings.json")
    assert (quantities.known == {}) is forgotten
    read_some(tmp_path / "readings.json")
    assert ((tmp_path / "readings.json").read_bytes() != before) is forgotten


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"code": 1, "figures": 2}', "\x00"])
def test_a_broken_memory_is_an_empty_one(tmp_path, content):
    path = tmp_path / "readings.json"
    path.write_text(content)
    first = read_some(path)
    assert json.loads(path.read_text())["code"] == memory._code()
    forget()
    assert read_some(path) == first


def test_a_memory_that_cannot_be_written_stops_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    assert read_some(tmp_path / "file" / "readings.json")


def test_words_that_were_refused_are_read_anew(tmp_path):
    for _ in range(2):
        with memory.remembered(tmp_path / "readings.json"), pytest.raises(quantities.Refused):
            quantities.read("a lot", "USD")


def test_what_a_build_has_read_a_check_knows_and_writes_nothing_of_it(tmp_path, monkeypatch):
    path = tmp_path / "readings.json"
    with memory.remembered(path):
        printed = set(load_raw(SOUND)["article"]["printed"])
    kept = path.read_bytes()
    forget()
    cut, cuts = set(), grammar.Grammar.cut
    monkeypatch.setattr(
        grammar.Grammar, "cut", lambda self, phrase: cut.add(phrase) or cuts(self, phrase)
    )
    monkeypatch.setattr(memory, "READ", path)
    monkeypatch.setattr(cli, "RAW", SOUND)
    assert cli.main(["check"]) == 0
    assert not cut & printed
    assert path.read_bytes() == kept
