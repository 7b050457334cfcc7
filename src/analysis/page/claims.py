"""The article's claims in words: the reason of each verdict, with its numbers filled in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.config import COUNTRIES, RAW
from analysis.data import read, schema, store
from analysis.data.faults import Fault, RawDataError, entry_of
from analysis.data.frames import lines, where
from analysis.data.vocabulary import CLAIM_WORDS, RULE_ON_PAIRS
from analysis.measures.claims import (
    Judge,
    Judgement,
    MissingRowError,
    judge_claim,
    load_judge,
)
from analysis.page.ahead import money
from analysis.page.claim_words import (
    RULE_WORDS,
    both_halves,
    found_words,
    printed_words,
    told,
)
from analysis.page.evidence import row_ids
from analysis.page.words import amount, capital, dollars, percent


class Filler:
    """Fills the places of a claim's words from the tables, and notes which rows they are."""

    def __init__(self, judge: Judge, rule: str = "") -> None:
        self.judge = judge
        self.rule = rule
        self.ids: dict[str, None] = {}

    def fill(self, words: str) -> str:
        """Put words and numbers of the tables into places such as {f:id}, {p:id} or {rule}.

        Raises:
            MissingRowError: when a place names a row that is not there, or has no number.
        """
        return re.sub(
            r"\{(?:([fpwit]):)?([A-Za-z0-9_-]+)(?::([a-z]+))?\}",
            lambda place: self._filled(place[1], place[2], place[3]),
            words,
        )

    def _filled(self, kind: str | None, key: str, side: str | None) -> str:
        match kind:
            case "f":
                self.ids[key] = None
                return told(self.judge.figure(key))
            case "p":
                self.ids[key] = None
                pair = self.judge.pair(key)
                if side is None:
                    return both_halves(pair)
                return money(pair, side)
            case "w":
                return percent(self._weight(key))
            case "i":
                return self._indicator(key)
            case "t":
                return self._total(key)
        if key != "rule" or not self.rule:
            raise MissingRowError(key)
        return self.rule

    def _weight(self, key: str) -> float:
        """A weight such as KAZ-turnover-2016-own-imf-dots-2022-china."""
        parts = re.fullmatch(r"([A-Z]+)-([a-z]+)-([0-9]{4})-([a-z_]+)-(.+)-([a-z_]+)", key)
        if not parts or parts[6] not in self.judge.weights:
            raise MissingRowError(key)
        country, measure, year, record, dataset, column = parts.groups()
        found = where(
            self.judge.weights,
            country=country,
            measure=measure,
            year=int(year),
            record=record,
            dataset=dataset,
        )
        return float(self._only("weights", found, column, key)[column])

    def _indicator(self, key: str) -> str:
        """An indicator such as KGZ-remittances-RUS-2016."""
        parts = re.fullmatch(r"([A-Z]+)-([a-z_]+)-(.*)-([0-9]{4})", key)
        if not parts:
            raise MissingRowError(key)
        country, indicator, counterpart, year = parts.groups()
        found = where(
            self.judge.indicators,
            country=country,
            indicator=indicator,
            counterpart=counterpart,
            year=int(year),
        )
        row = self._only("indicators", found, "value", key)
        return amount(row["value"], row["unit"], 3, short=row["unit"] == "USD")

    def _total(self, key: str) -> str:
        """A sum over the five and some years, such as grants-RUS-2011-2016."""
        parts = re.fullmatch(r"([a-z_]+)-([A-Za-z]+)-([0-9]{4})-([0-9]{4})", key)
        if not parts:
            raise MissingRowError(key)
        name, counterpart, first, last = parts.groups()
        found = where(self.judge.indicators, indicator=name, counterpart=counterpart)
        found = found[
            found["country"].isin(COUNTRIES) & found["year"].between(int(first), int(last))
        ]
        if found.empty:
            raise MissingRowError(key)
        return dollars(found["value"].sum())

    def _only(self, table: str, rows: pd.DataFrame, column: str, key: str) -> dict[str, Any]:
        if len(rows) != 1 or rows[column].isna().any():
            raise MissingRowError(key)
        self.ids[row_ids(table, rows).iloc[0]] = None
        return dict(rows.iloc[0].to_dict())


def in_words(claim: dict[str, str], judged: Judgement, judge: Judge) -> dict[str, Any]:
    """A row of ``claims``: a claim with its verdict and the reason in words.

    Raises:
        MissingRowError: when the reason names a row that is not there, or has no number.
    """
    rule = RULE_WORDS[judged.rule](judged, judge) if judged.rule in RULE_WORDS else ""
    filler = Filler(judge, rule)
    said, because = (filler.fill(claim[name]) for name in ("claim", "reason"))
    rows = [
        row_id
        for table, labels in judged.rows.items()
        for row_id in row_ids(table, getattr(judge, table).loc[labels])
    ]
    subjects = [figure["figure_id"] for figure in judged.subjects]
    evidence = dict.fromkeys([*judged.evidence_ids, *rows, *filler.ids])
    return {
        "claim_id": claim["claim_id"],
        "country": claim["country"],
        "dimension": judged.subjects[0]["dimension"],
        "claim": said,
        "locator": claim["locator"],
        "printed": printed_words(judged),
        "found": found_words(judged, judge),
        "verdict": str(judged.verdict),
        "verdict_words": CLAIM_WORDS[judged.verdict],
        "judged_by": "person" if judged.rule == "judged" else "rule",
        "because": _sentences(because),
        "would_change": claim["would_change"],
        "subject_ids": " ".join(subjects),
        "evidence_ids": " ".join(key for key in evidence if key not in subjects),
    }


def _sentences(words: str) -> str:
    """Words as sentences: each with a capital, the last with its full stop."""
    parts = re.split(r"(?<=[a-z0-9)%])\. (?=[a-zA-Z])", words)
    return ". ".join(map(capital, parts)).rstrip(".") + "."


def judged_claims(claims: pd.DataFrame, judge: Judge) -> tuple[list[dict[str, Any]], list[Fault]]:
    """Judge every claim; of those that rest on rows that are not there, what is wrong instead.

    Args:
        claims: rows of the raw table, as text, by the line of their file.
        judge: the tables that they are held against.

    Returns:
        Rows of ``claims``, one a sound claim, and a fault a name that leads to no row.
    """
    rows, faults = [], []
    for line, claim in lines(claims):
        if wrong := missing_of(line, claim, judge):
            faults += wrong
            continue
        try:
            rows.append(in_words(claim, judge_claim(claim, judge), judge))
        except MissingRowError as error:
            # What a rule asks of rows that are there, such as one source for both figures.
            column = "rule" if error.key in claim["rule"] else "evidence_ids"
            valid = "the id of rows that the rule can judge by, of one source"
            faults.append(Fault("claims.csv", line, column, error.key, valid))
    return rows, faults


def missing_of(line: Any, claim: dict[str, str], judge: Judge) -> list[Fault]:
    """What a claim names and no table has.

    Args:
        line: its row in the file.
        claim: a row of the raw table, sound or not.
        judge: the tables.

    Returns:
        A fault a name: its column, what stands there, and what would be valid.
    """
    pairs, figures = judge.ties["pair_id"], judge.figures
    rule, *terms = claim["rule"].split() or [""]
    named = [("subject_ids", name) for name in claim["subject_ids"].split()]
    on_pairs = [("rule", name) for name in terms if rule == "counterpart"]
    evidence = [("evidence_ids", name) for name in claim["evidence_ids"].split()]
    if rule == RULE_ON_PAIRS:
        on_pairs += evidence
    else:
        named += evidence
    wrong = [
        (column, name, entry_of("figure_id", "figures.csv", name, figures))
        for column, name in named
        if name not in figures
    ]
    wrong += [
        (column, name, entry_of("pair_id", "ties.csv", name, pairs))
        for column, name in on_pairs
        if name not in set(pairs)
    ]
    for column in ("claim", "reason"):
        for place in re.findall(r"[{][fpwit]:[^{}]*[}]", claim[column]):
            try:
                Filler(judge).fill(place)
            except MissingRowError:
                wrong.append((column, place, _valid_place(place, judge)))
    return [Fault("claims.csv", line, *fault) for fault in wrong]


def _valid_place(place: str, judge: Judge) -> str:
    """What a place of a claim's words should name, with the likely id where one is near."""
    kind, name = place[1], place[3:-1]
    if kind == "f":
        return entry_of("figure_id", "figures.csv", name, judge.figures)
    if kind == "p":
        name = name.removesuffix(":china").removesuffix(":russia")
        return entry_of("pair_id", "ties.csv", name, judge.ties["pair_id"])
    table = "weights.csv" if kind == "w" else "indicators.csv"
    return f"a place whose row {table} has, with a number in it"


def write_claims(processed: Path, raw: Path = RAW) -> None:
    """Judge the claims of ``data/raw/claims.csv`` and write ``claims.csv``, in the same order.

    Raises:
        RawDataError: when claims rest on rows that are not there; every such row is named.
    """
    rows, faults = judged_claims(read.load_claims(raw), load_judge(processed, raw))
    if faults:
        raise RawDataError(faults)
    table = pd.DataFrame(rows, columns=list(schema.CLAIMS.schema.columns))
    store.save_table("claims", table, processed)
