"""Whether the rule of a claim can judge what the claim speaks of, by anything but itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.config import COUNTRIES, POWERS
from analysis.data.vocabulary import AREAS, TIES_OF_FIGURES

Row = Mapping[str, Any]
# Column, what stands there, what would be valid.
Wrong = tuple[str, str, str]

# The record of a pair whose two figures are the article's own.
_ARTICLES_PAIR = re.compile(r"[A-Z]{3}-[a-z_]+-article-.*")


@dataclass(frozen=True)
class _Judges:
    """What a rule judges: the first subject's indicator and power, and what that is in words."""

    words: str
    indicators: tuple[str, ...]
    powers: tuple[str, ...] = ()


_JUDGES = {
    "rank": _Judges("China’s place among trading partners", ("trade_rank",), ("CHN",)),
    "share": _Judges(
        "China’s share of public debt", ("debt_share", "external_debt_share"), ("CHN",)
    ),
    "ratio": _Judges("money sent home over output", ("remittances_to_gdp",)),
    "receipts": _Judges("money sent home", ("remittances",)),
    "drawn": _Judges("loans received from a power", ("loans_received",), tuple(POWERS)),
}


def faults_of_subjects(claim: Row, article: Mapping[str, Row]) -> list[Wrong]:
    """A country that is not the subjects', and a rule that cannot judge them.

    Args:
        claim: a row of the raw table, whose rule has the form that it should have.
        article: rows of the article by id. What a claim names beside them is told elsewhere.
    """
    subjects = [article[name] for name in claim["subject_ids"].split() if name in article]
    if not subjects:
        return []
    wrong = [*_of_another_country(claim, subjects)]
    rule, _, terms = claim["rule"].partition(" ")
    if rule in _JUDGES:
        wrong += _not_judged_by(claim, rule, subjects[0])
    elif rule == "lead" and not claim["evidence_ids"]:
        wrong += _no_two_sides(claim, subjects)
    elif rule == "counterpart":
        wrong += _another_pair(claim, terms, subjects[0])
    elif rule == "part" and subjects[0]["unit"] not in ("share", "ratio"):
        wrong.append(_cannot(claim, "part judges a share", subjects[0]["indicator"]))
    return wrong


def _of_another_country(claim: Row, subjects: list[Row]) -> Iterator[Wrong]:
    """A claim on the five together may speak of some of them; any other of its own country."""
    country = claim["country"]
    # A country that there is not is told in its own row.
    theirs = [row["country"] for row in subjects if row["country"] in AREAS]
    theirs = list(dict.fromkeys(theirs))
    inside = {country, *COUNTRIES} if country == "REGION" else {country}
    if not set(theirs) <= inside:
        of_region = set(theirs) <= {*COUNTRIES, "REGION"}
        valid = theirs[0] if len(theirs) == 1 else "REGION" if of_region else "one country alone"
        yield "country", country, f"{valid}, since subject_ids are of {', '.join(theirs)}"


def _not_judged_by(claim: Row, rule: str, subject: Row) -> Iterator[Wrong]:
    judges = _JUDGES[rule]
    named = subject["indicator"].split("; ")[0]
    told = f"{rule} judges {judges.words} ({' or '.join(judges.indicators)})"
    if named not in judges.indicators:
        yield _cannot(claim, told, named)
    elif judges.powers and subject["power"] not in judges.powers:
        yield _cannot(claim, told, f"of {subject['power'] or 'no power'}")


def _cannot(claim: Row, told: str, found: str) -> Wrong:
    return "rule", claim["rule"], f"another rule: {told}, and the first of subject_ids is {found}"


def _no_two_sides(claim: Row, subjects: list[Row]) -> Iterator[Wrong]:
    """Without pairs a lead is looked up by its subjects: one tie's figure of each power."""
    first = subjects[0]["indicator"]
    sides = {row["power"] for row in subjects if row["indicator"] == first}
    if not sides >= set(POWERS):
        valid = "a figure of each power, of one indicator, or pairs of figures in evidence_ids"
        yield "subject_ids", claim["subject_ids"], valid
    elif first not in TIES_OF_FIGURES:
        valid = f"pairs of figures in evidence_ids, since no tie is of {first}"
        yield "evidence_ids", "", valid


def _another_pair(claim: Row, pair_id: str, subject: Row) -> Iterator[Wrong]:
    """The pair of another country or thing has not the other power of what is claimed."""
    beginning = f"{subject['country']}-{subject['indicator']}-"
    if not pair_id.startswith(beginning):
        valid = f"a pair_id that begins with {beginning}, as the first of subject_ids asks"
        yield "rule", claim["rule"], f"counterpart and {valid}"


def faults_of_evidence(
    claim: Row, named: list[tuple[str, str, str]], own: set[str], units: Mapping[str, str]
) -> list[Wrong]:
    """What would let a claim prove itself, and figures in another unit than the one they judge.

    Args:
        claim: a row of the raw table.
        named: the figures that it rests on: column, what stands there, and the figure's id.
        own: the article's own figures.
        units: the unit of each figure by id.
    """
    valid = "a figure of another page: what the article prints cannot bear out the article"
    wrong = [
        (column, found, valid)
        for column, found, name in named
        if column in ("rule", "evidence_ids") and name in own
    ]
    rule, *terms = claim["rule"].split(" ")
    pairs = [("rule", name) for name in terms if rule == "counterpart"]
    pairs += [("evidence_ids", name) for name in claim["evidence_ids"].split() if rule == "lead"]
    valid = "a pair of another record: what the article prints cannot bear out the article"
    wrong += [(*pair, valid) for pair in pairs if _ARTICLES_PAIR.fullmatch(pair[1])]
    subject = claim["subject_ids"].split(" ")[0]
    if rule == "values" and subject in units:
        valid = f"a figure in {units[subject]}, as {subject} is"
        wrong += [
            (column, found, valid)
            for column, found, name in named
            if column == "rule"
            and name not in own
            and units.get(name, "") not in ("", units[subject])
        ]
    return wrong
