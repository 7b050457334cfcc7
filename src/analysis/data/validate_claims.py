"""What is wrong with the list of claims: its rules, its words, and the figures that it names.

All that raw tables can tell is told here; pairs and statistics that a claim names are looked up by
``page.claims_at_fault`` once the tables are cleaned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from analysis.data.columns import ID_PATTERN
from analysis.data.faults import Fault, allowed_words, entry_of, nearest
from analysis.data.frames import as_rows, lines
from analysis.data.raw_tables import FIGURES
from analysis.data.validate import second_parts
from analysis.data.validate_rules import faults_of_evidence, faults_of_subjects
from analysis.data.vocabulary import CLAIM_PLACES, CLAIM_RULES, RULE_ON_PAIRS

FILE = "claims.csv"
_PLACE = "[{](?:" + "|".join(pattern for _, pattern in CLAIM_PLACES.values()) + ")[}]"
# What a claim says in words of ours, and whether its numbers are filled in from the tables.
_WORDED = {"claim": True, "reason": True, "would_change": False}
# Rules whose terms are figures, each with how many terms before them are none.
_FIGURES_AS_TERMS = {"rank": 1, "values": 0, "part": 0}


def faults_of_claims(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    """Rules, words and figures that a claim names wrongly, and figures that no claim names.

    Args:
        tables: raw tables by name. Without the claims or the article nothing is told; without
            another table of figures, nothing of what claims rest on.
    """
    if "claims" not in tables or "article" not in tables:
        return []
    claims, article = tables["claims"], tables["article"]["figure_id"]
    rows = {row["figure_id"]: row for row in as_rows(tables["article"])}
    own = set(_units(_of_the_article(tables)))
    every = _units(tables) if all(name in tables for name in FIGURES) else None
    faults = []
    for line, row in lines(claims):
        wrong = _faults_of_rule(line, row["rule"])
        told = [] if wrong else faults_of_subjects(row, rows)
        told += faults_of_evidence(row, [*_figures_named(row)], own, every or {})
        faults += [*wrong, *(Fault(FILE, line, *cell) for cell in told)]
        named = [("subject_ids", name, name) for name in row["subject_ids"].split(" ")]
        faults += _unknown(line, named, "article.csv", set(article))
        for name in _WORDED:
            faults += _faults_of_words_of(line, name, row[name])
        if every is not None:
            faults += _unknown(line, _figures_named(row), "figures.csv", set(every))
    return faults + _in_no_claim(article, claims)


def _unknown(
    line: Any, named: Iterable[tuple[str, str, str]], file: str, known: set[str]
) -> list[Fault]:
    """Figures that a file does not have, of those named as ``_figures_named`` gives them."""
    return [
        Fault(FILE, line, column, found, entry_of("figure_id", file, name, known))
        for column, found, name in named
        if name not in known
    ]


def _faults_of_rule(line: Any, words: str) -> list[Fault]:
    rule, _, terms = words.partition(" ")
    if rule not in CLAIM_RULES:
        valid = allowed_words(CLAIM_RULES, rule) + ", with its terms"
        return [Fault(FILE, line, "rule", words, valid)]
    if not re.fullmatch(CLAIM_RULES[rule][1], terms):
        return [Fault(FILE, line, "rule", words, f"{rule} and {CLAIM_RULES[rule][0]}")]
    return []


def _of_the_article(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The article's own figures, whichever table has them."""
    sources = set(tables["article"]["source_id"])
    return {
        name: tables[name][tables[name]["source_id"].isin(sources)]
        for name in FIGURES
        if name in tables
    }


def _units(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """The unit of each figure that ``figures.csv`` will have: of the rows and of second parts."""
    units = {}
    for name in FIGURES:
        if name in tables:
            cells = (tables[name][column] for column in ("figure_id", "printed", "unit"))
            for figure_id, words, unit in zip(*cells, strict=True):
                units[figure_id] = unit
                units |= {f"{figure_id}-{part}": unit for part in second_parts(words, unit)}
    return units


def _figures_named(claim: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The figures that a claim rests on: column, what stands there, and the figure's id."""
    rule, *terms = claim["rule"].split(" ")
    if rule in _FIGURES_AS_TERMS:
        for term in terms[_FIGURES_AS_TERMS[rule] :]:
            yield from (("rule", name, name) for name in term.split("+"))
    if rule != RULE_ON_PAIRS:
        yield from (("evidence_ids", name, name) for name in claim["evidence_ids"].split())
    for column in ("claim", "reason"):
        for place, name in re.findall(r"([{]f:([^{}:]*)[}])", claim[column]):
            yield column, place, name


def _in_no_claim(article: pd.Series, claims: pd.DataFrame) -> list[Fault]:
    """Figures of the article that no claim is on; what is misspelt in either is told there."""
    named = {name for ids in claims["subject_ids"] for name in ids.split(" ")}
    meant = {nearest(name, article) for name in named - set(article)}
    valid = "an id that subject_ids of a claim in claims.csv names; every figure is in a claim"
    return [
        Fault("article.csv", line, "figure_id", found, valid)
        for line, found in article.items()
        if found not in named | meant and re.fullmatch(ID_PATTERN, found)
    ]


def _faults_of_words_of(line: Any, name: str, words: str) -> list[Fault]:
    """A number of their own, and places that there are not."""
    faults = []
    if re.search("[0-9]", re.sub(r"\{[^}]*\}|\b(?:19|20)[0-9]{2}\b", "", words)):
        valid = "words, years, and places such as {f:id} for the numbers"
        faults.append(Fault(FILE, line, name, words, valid))
    valid = "one of " + ", ".join(CLAIM_PLACES) if _WORDED[name] else "words alone"
    return faults + [
        Fault(FILE, line, name, place, valid)
        for place in re.findall(r"[{][^}]*[}]?|[}]", words)
        if not _WORDED[name] or not re.fullmatch(_PLACE, place)
    ]
