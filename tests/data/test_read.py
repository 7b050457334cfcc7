"""The command that says how printed words are read."""

import json
import os
import subprocess
import sys

import pytest

from analysis import cli
from analysis.data.intervals import Refused
from analysis.data.quantities import EXAMPLES
from analysis.data.quantities import read as read_words
from analysis.data.say import in_a_sentence

COMMAND = [sys.executable, "-m", "analysis.cli", "read"]


def told(capsys, *arguments):
    code = cli.main(["read", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def answers(lines, *arguments):
    done = subprocess.run(
        [*COMMAND, "-", *arguments],
        input=lines.encode(),
        capture_output=True,
        check=False,
    )
    assert done.stderr == b""
    return done.returncode, [json.loads(line) for line in done.stdout.decode().splitlines()]


@pytest.mark.parametrize(
    ("unit", "phrase", "sentence"),
    [
        (
            "USD",
            "nearly $2bn",
            "nearly $2,000,000,000; taken as $1,900,000,000 to $2,000,000,000, "
            "and strictly as $1,700,000,000 to $2,000,000,000",
        ),
        ("share", "41%", "41%; taken as 40.5% to 41.5%"),
        (
            "share",
            "over half",
            "50% or more; taken as 50% to 55%, and strictly as 50% to any amount",
        ),
        ("rank", "second largest", "rank 2"),
        ("persons", "2-3 million", "between 2,000,000 and 3,000,000 persons"),
        (
            "m3",
            "about 30 to 40 bcm",
            "about 30,000,000,000 to 40,000,000,000 cubic metres",
        ),
        ("USD", "billions", "words for an amount, without a number"),
        (
            "USD",
            "$8bn plus an undisclosed sum",
            "$7,500,000,000 at least, with an undisclosed sum on top",
        ),
        (
            "count",
            "2 of the 5 projects",
            "part: 2; taken as 1.5 to 2.5; whole: 5; taken as 4.5 to 5.5",
        ),
    ],
)
def test_a_reading_is_said_in_a_sentence(capsys, unit, phrase, sentence):
    assert told(capsys, phrase, "--unit", unit) == (0, f"{sentence}\n", "")
    assert in_a_sentence(read_words(phrase, unit)) == sentence


def test_a_reading_as_data_has_null_for_what_is_open_and_whole_numbers_whole(capsys):
    code, out, _ = told(capsys, "more than $12.9 billion", "--unit", "USD", "--json")
    assert code == 0
    assert json.loads(out) == {
        "value": None,
        "low": 12_900_000_000,
        "high": 14_190_000_000,
        "logical_low": 12_900_000_000,
        "logical_high": None,
        "unit": "USD",
        "qualifier": "more than",
        "role": "",
    }
    assert '"low": 12900000000,' in out


@pytest.mark.parametrize(
    ("phrase", "roles", "values"),
    [
        ("$984 million, up from $45 million", ["later", "earlier"], [984_000_000, 45_000_000]),
        ("$1.7bn of a planned $4bn", ["part", "whole"], [1_700_000_000, 4_000_000_000]),
    ],
)
def test_two_amounts_are_a_list_that_says_which_is_which(capsys, phrase, roles, values):
    code, out, _ = told(capsys, phrase, "--unit", "USD", "--json")
    both = json.loads(out)
    assert code == 0
    assert [one["role"] for one in both] == roles
    assert [one["value"] for one in both] == values


def test_a_refusal_is_one_sentence_with_the_nearest_form(capsys):
    sentence = 'no form known here has "bm"; did you mean "$12 bn"?'
    assert told(capsys, "$12 bm", "--unit", "USD") == (1, "", f"analysis: {sentence}\n")
    code, out, err = told(capsys, "$12 bm", "--unit", "USD", "--json")
    assert (code, json.loads(out), err) == (1, {"refused": sentence}, "")


def test_a_period_is_said_in_words_and_as_data(capsys):
    sentence = "from 2016-10-01, to 2016-10-31, counted at 2016-10-01\n"
    assert told(capsys, "by October 2016", "--period") == (0, sentence, "")
    code, out, _ = told(capsys, "since 2005", "--period", "--json")
    assert (code, json.loads(out)) == (0, {"start": "2005-01-01", "end": None, "as_of": None})
    assert told(capsys, "the previous decade", "--period") == (0, "no dates\n", "")
    assert told(capsys, "recently", "--period")[0] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["$5"],
        ["$5", "--unit", "dollars"],
        ["2016", "--period", "--unit", "USD"],
        ["-", "--unit", "USD"],
        [],
    ],
)
def test_wrong_usage_ends_with_2(capsys, arguments):
    with pytest.raises(SystemExit) as error:
        cli.main(["read", *arguments])
    assert error.value.code == 2
    assert capsys.readouterr().out == ""


def test_a_wrong_unit_is_told_the_right_ones(capsys):
    with pytest.raises(SystemExit):
        cli.main(["read", "$5", "--unit", "dollars"])
    assert ", ".join(EXAMPLES) in capsys.readouterr().err


def test_each_line_is_answered_with_a_line():
    lines = "USD\t$12 bn\nshare\t41\nUSD\t$984 million, up from $45 million\nrank\tthird\n"
    code, said = answers(lines)
    assert code == 0
    assert said[0]["value"] == 12_000_000_000
    assert said[1] == {"refused": "a bare number, where a share is asked for"}
    assert [one["role"] for one in said[2]] == ["later", "earlier"]
    assert said[3]["value"] == 3


@pytest.mark.parametrize("line", ["$12 bn", "dollars\t$12 bn", "", "USD $12 bn"])
def test_a_line_of_another_form_is_a_refusal_and_the_others_are_answered(line):
    code, said = answers(f"USD\t$1\n{line}\nUSD\t$2\n")
    assert code == 1
    assert [one.get("value") for one in said] == [1, None, 2]
    assert said[1]["refused"].startswith("a line needs a unit (USD, EUR, ")


def test_lines_of_windows_and_a_last_line_without_an_end_are_lines():
    code, said = answers("USD\t$1\r\nUSD\t$2")
    assert (code, [one["value"] for one in said]) == (0, [1, 2])


def test_bytes_that_are_no_text_are_refused_in_words():
    done = subprocess.run(
        [*COMMAND, "-"], input=b"USD\t$5 \xff\n", capture_output=True, check=False
    )
    assert done.returncode == 0
    assert json.loads(done.stdout) == {
        "refused": 'no form known here has replacement character; did you mean "$5"?'
    }


def test_a_line_may_be_a_period():
    code, said = answers("2016\n\nlast week\nas of May 2017\n", "--period")
    assert code == 0
    assert said[0] == {"start": "2016-01-01", "end": "2016-12-31", "as_of": None}
    assert said[1] == {"start": None, "end": None, "as_of": None}
    assert list(said[2]) == ["refused"]
    assert said[3]["as_of"] == "2017-05-31"


def test_a_reader_who_has_read_enough_gets_no_traceback():
    reading, writing = os.pipe()
    done = subprocess.Popen([*COMMAND, "-"], stdin=subprocess.PIPE, stdout=writing, stderr=-1)
    os.close(writing)
    os.close(reading)
    _, error = done.communicate(b"USD\t$5bn\n" * 50)
    assert (done.returncode, error) == (0, b"")


@pytest.mark.parametrize(
    ("phrase", "nearest", "example"),
    [
        ("$5 bilion", "$5 billion", ""),
        ("$5  billion", "$5 billion", ""),
        ("over  $5  billion", "over $5 billion", ""),
        ("xyz", "", EXAMPLES["USD"]),
    ],
)
def test_a_refusal_has_the_nearest_form_or_else_an_example(phrase, nearest, example):
    with pytest.raises(Refused) as refused:
        read_words(phrase, "USD")
    assert (refused.value.nearest, refused.value.example) == (nearest, example)


def test_a_part_may_be_the_whole_and_two_fractions_may_not_stand_for_one():
    (all_of_it,) = read_words("one in one", "share")
    assert all_of_it.value == 1
    with pytest.raises(Refused, match="two ends that do not belong together"):
        read_words("a third or a quarter", "share")
    (span,) = read_words("a quarter to a third", "share")
    assert (span.low, span.high) == pytest.approx((1 / 4, 1 / 3))


@pytest.mark.parametrize("unit", ["share", "ratio"])
def test_shares_and_ratios_are_told_in_percent(unit):
    assert "30.4%" in in_a_sentence(read_words("30.4%", unit))
