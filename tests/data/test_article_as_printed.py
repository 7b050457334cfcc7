"""The transcription against a second pass over the article, made by a machine.

``article_inventory.csv`` lists every digit group and number word of the article in the order of
its text, found by a script and not by reading: its place, the token, and what it is (a figure,
the period of one, the heading's year, or something else, such as a border's length or a date in
a note). No sentence of the article stands in it.
"""

import csv
import re
from pathlib import Path

import pytest

from analysis.config import RAW
from analysis.data.quantities import read
from analysis.data.sources import load_sources

INVENTORY_FILE = Path(__file__).with_name("article_inventory.csv")
INVENTORY = list(csv.DictReader(INVENTORY_FILE.read_text(encoding="utf-8").splitlines()))
ARTICLE = list(csv.DictReader((RAW / "article.csv").read_text(encoding="utf-8").splitlines()))
# fmt: off
WORDS = {
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty", "none", "largest", "second", "third", "undisclosed", "record",
}
# fmt: on
TOKEN = re.compile(rf"[0-9][0-9,]*(?:\.[0-9]+)?|\b(?:{'|'.join(WORDS)})\b", re.IGNORECASE)


def stands_in(token, words):
    return re.search(rf"(?<![0-9.,]){re.escape(token)}(?![0-9])", words, re.IGNORECASE)


@pytest.mark.parametrize(("kind", "column"), [("figure", "printed"), ("period", "period_printed")])
def test_every_token_of_an_economic_figure_is_transcribed_at_its_place(kind, column):
    missing = [
        (entry["place"], entry["token"])
        for entry in INVENTORY
        if entry["kind"] == kind
        and not any(
            stands_in(entry["token"], row[column])
            for row in ARTICLE
            if row["locator"] == entry["place"]
        )
    ]
    assert missing == []


def test_every_number_transcribed_stands_in_the_article_at_its_place():
    unknown = [
        (row["figure_id"], token)
        for row in ARTICLE
        for token in TOKEN.findall(row["printed"])
        if not any(
            entry["place"] == row["locator"] and stands_in(token, entry["token"])
            for entry in INVENTORY
        )
    ]
    assert unknown == []


def test_the_years_over_the_number_columns_are_the_periods_of_their_cells():
    headings = {entry["token"] for entry in INVENTORY if entry["kind"] == "header"}
    periods = {
        row["period_printed"] for row in ARTICLE if re.search("column [123]", row["locator"])
    }
    assert headings == periods == {"2016"}


def test_the_first_number_column_is_trade_with_russia_and_the_second_with_china():
    powers = {
        (row["locator"].split(", ")[2], row["power"])
        for row in ARTICLE
        if re.search("column [12]", row["locator"])
    }
    assert powers == {("column 1", "RUS"), ("column 2", "CHN")}


def test_joint_ventures_are_told_from_the_border_of_the_same_length():
    kinds = {entry["kind"] for entry in INVENTORY if entry["token"] == "7,500"}
    assert kinds == {"figure", "border"}
    (row,) = [row for row in ARTICLE if row["printed"] == "7,500"]
    assert row["indicator"] == "joint_ventures"


def test_the_share_under_two_years_is_kept_under_both():
    periods = {
        row["period_printed"]
        for row in ARTICLE
        if row["indicator"] == "fdi_share" and read(row["printed"], "share")[0].value == 0.58
    }
    assert periods == {"2015", "2016"}


def test_no_note_marker_sticks_to_a_number():
    stuck = [row["printed"] for row in ARTICLE if re.search(r"[a-z%.][0-9]+$", row["printed"])]
    assert stuck == []


def test_every_note_that_backs_a_figure_names_its_source():
    sources, _ = load_sources(RAW / "sources.yml")
    cited = {place for entry in sources.values() for place in entry.get("cited_in", [])}
    notes = {
        f"Table 1, note {match[1]}" if row["locator"].startswith("Table") else f"Note {match[1]}"
        for row in ARTICLE
        if (match := re.search(r"[Nn]ote ([0-9]+)$", row["locator"]))
    }
    assert notes - cited == set()
