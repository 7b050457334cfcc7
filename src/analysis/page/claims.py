"""The article's claims in words: the reason of each verdict, with its numbers filled in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.config import COUNTRIES, RAW
from analysis.data import read, schema, store
from analysis.data.faults import Fault, RawDataError
from analysis.data.frames import where
from analysis.data.wording import words_of
from analysis.measures.claims import (
    Judge,
    Judgement,
    MissingRowError,
    Ranks,
    Ratios,
    judge_claim,
    load_judge,
)
from analysis.measures.records import record_name
from analysis.page.checks import money
from analysis.page.findings import verb
from analysis.page.words import owner, percent


def ranks_words(ranks: Ranks, country: str) -> str:
    """China's place on every book that has it."""
    whose = owner(COUNTRIES.get(country, country))
    if not ranks.places:
        return f"No record gives China’s place in {ranks.year}"
    places = ", ".join(
        f"{place} on {record_name(book, powers='the partners’', country=whose)}"
        for book, place in ranks.places.items()
    )
    union = " or ".join(map(str, ranks.places_with_union))
    return (
        f"China’s place in {ranks.year} was {places}; with the European Union as one partner, "
        f"{union}"
    )


def ratios_words(ratios: Ratios) -> str:
    """Money sent home over GDP in the printed year, and in the years that fit or come nearest."""
    if ratios.year is None:
        return "The words give no ratio of one year"
    if not ratios.by_edition:
        return f"The World Bank’s editions have no figures for {ratios.year}"
    said = " and ".join(
        f"{percent(ratio, 1)} (edition of {vintage})"
        for vintage, ratio in ratios.by_edition.items()
    )
    words = f"By the World Bank’s figures for {ratios.year} it was {said}"
    if ratios.fitting:
        words += f"; the printed share is that of {', '.join(map(str, ratios.fitting))}"
    if ratios.nearest:
        year, ratio = ratios.nearest
        words += f"; the nearest year is {year}, with {percent(ratio, 1)}"
    return words


def fill_in(reason: str, words: dict[str, str], judge: Judge) -> str:
    """Put the words and numbers of the tables into a reason.

    Args:
        reason: with places such as {f:id}, {c:id}, {s:id}, {w:key}, {i:key} or {name}.
        words: what stands for each name.
        judge: the tables that the other places are filled from.

    Raises:
        MissingRowError: when it names a row that is not there, or has no number.
    """
    return re.sub(
        r"\{(?:([fcswi]):)?([A-Za-z0-9_-]+)\}",
        lambda place: _filled(place[1], place[2], words, judge),
        reason,
    )


def _filled(kind: str | None, key: str, words: dict[str, str], judge: Judge) -> str:
    """What stands for one place of a reason."""
    match kind:
        case None:
            if key not in words:
                raise MissingRowError(key)
            return words[key]
        case "f":
            return words_of(judge.figure(key))
        case "c":
            return verb(judge.comparison(key))
        case "s":
            return percent(_only(pd.Series(judge.comparison(key)["china"]), key), 1)
        case "w":
            return percent(_only(_weights(key, judge), key))
        case _:
            return money(_only(_indicators(key, judge), key))


def _weights(key: str, judge: Judge) -> pd.Series:
    """The column of a weight such as KAZ-turnover-2016-own-imf-dots-2022-china."""
    parts = re.fullmatch(r"([A-Z]+)-([a-z]+)-([0-9]{4})-([a-z_]+)-(.+)-([a-z_]+)", key)
    if not parts or parts[6] not in judge.weights:
        raise MissingRowError(key)
    country, measure, year, book, dataset, column = parts.groups()
    return where(
        judge.weights,
        country=country,
        measure=measure,
        year=int(year),
        book=book,
        dataset=dataset,
    )[column]


def _indicators(key: str, judge: Judge) -> pd.Series:
    """The value of an indicator such as KGZ-remittances-RUS-2016."""
    parts = re.fullmatch(r"([A-Z]+)-([a-z_]+)-(.*)-([0-9]{4})", key)
    if not parts:
        raise MissingRowError(key)
    country, indicator, counterpart, year = parts.groups()
    return where(
        judge.indicators,
        country=country,
        indicator=indicator,
        counterpart=counterpart,
        year=int(year),
    )["value"]


def _only(values: pd.Series, key: str) -> float:
    if len(values) != 1 or values.isna().any():
        raise MissingRowError(key)
    return values.item()


def in_words(claim: dict[str, str], judged: Judgement, judge: Judge) -> dict[str, Any]:
    """A row of ``claims``: a claim with its verdict and the reason in words.

    Raises:
        MissingRowError: when the reason names a row that is not there, or has no number.
    """
    words = {"ranks": ranks_words(judged.ranks, claim["country"])}
    if judged.ratios:
        words["ratio"] = ratios_words(judged.ratios)
    return {
        "claim_id": claim["claim_id"],
        "country": claim["country"],
        "claim": claim["claim"],
        "locator": claim["locator"],
        "verdict": judged.verdict,
        "because": fill_in(claim["reason"], words, judge),
        "evidence_ids": " ".join(judged.evidence_ids),
        "weight": int(claim["weight"]),
    }


def write_claims(processed: Path, raw: Path = RAW) -> None:
    """Judge the claims of ``data/raw/claims.csv`` and write ``claims.csv``, most telling first.

    Raises:
        RawDataError: when claims rest on rows that are not there; every such claim is named.
    """
    claims = read.load_claims(raw)
    judge = load_judge(processed)
    rows, faults = [], []
    for line, row in claims.iterrows():
        claim = row.to_dict()
        try:
            rows.append(in_words(claim, judge_claim(claim, judge), judge))
        except MissingRowError as error:
            valid = "the id of a row that is in the processed tables and has the number"
            faults.append(Fault("claims.csv", line, "(ids)", error.key, valid))
    if faults:
        raise RawDataError(faults)
    table = pd.DataFrame(rows, columns=list(schema.CLAIMS.schema.columns))
    table = table.sort_values(["weight", "country"], ascending=[False, True])
    store.save_table("claims", table, processed)
