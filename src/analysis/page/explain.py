"""One number's way on one screen: from the cell that holds it to the pages that print it."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.config import POWERS
from analysis.data.quantities import read
from analysis.data.say import in_a_sentence
from analysis.data.vocabulary import GRADES, LEADERS, RECORDS
from analysis.measures.ties import SIDE_OF
from analysis.page import words
from analysis.page.country import Country
from analysis.page.evidence import evidence

_RECORD = re.compile(r"[a-z0-9-]+/[A-Z]{3}/[A-Z]{3}/(?:export|import)/[0-9]{4}")


def explain(name: str, five: Country, raw: Path, reports: Path) -> str:
    """How a number comes about: its cells, its source, the rule, and the pages that lead to it.

    Args:
        name: of a pair of ``ties.csv``, of a printed figure, or of a claim.
        five: the tables.
        raw: folder of the raw tables.
        reports: folder of the pages.

    Returns:
        Lines for a terminal.

    Raises:
        ValueError: for a name that no table has, with the likely ones.
    """
    tables = five.tables
    for table, column, tell in (
        ("ties", "pair_id", _pair),
        ("figures", "figure_id", _figure),
        ("claims", "claim_id", _claim),
    ):
        rows = tables[table][tables[table][column] == name]
        if len(rows):
            lines = [name, *tell(rows.iloc[0].to_dict(), five, raw), *_printed_on(name, reports)]
            return "\n".join(lines)
    known = [
        *tables["ties"]["pair_id"],
        *tables["figures"]["figure_id"],
        *tables["claims"]["claim_id"],
    ]
    near = difflib.get_close_matches(name, known, 3, 0.6)
    hint = f"; did you mean {words.listed(near).replace(' and ', ' or ')}?" if near else "."
    raise ValueError(
        f"no pair, figure or claim is called {name!r}{hint} Names stand in the columns "
        "pair_id, figure_id and claim_id of data/processed/ties.csv, figures.csv and claims.csv"
    )


def _pair(row: dict[str, Any], five: Country, raw: Path) -> Iterator[str]:
    """A pair: both halves with their cells, D with its interval, and who is ahead."""
    told = evidence(five.tables, five.register, [row["pair_id"]])
    yield f"{told['title'].iloc[0]} · {RECORDS[row['record']]}"
    for power, power_name in POWERS.items():
        side = SIDE_OF[power]
        yield ""
        yield f"{power_name.ljust(8)} {_half(row, side)}"
        for one in str(row[f"{side}_ids"]).split():
            yield f"         {_cell(one, raw)}"
    yield ""
    yield from _sources(told)
    if not pd.isna(row["low"]):
        d = words.signed(row["difference"], 3) if not pd.isna(row["difference"]) else "no point"
        yield (
            f"measure  D = (China − Russia) / (China + Russia) = {d}; "
            f"working {words.span_words(row['low'], row['high'])}, "
            f"by the words {words.span_words(row['logical_low'], row['logical_high'])}"
        )
        yield f"leader   {LEADERS[row['leader']]}" + (
            ""
            if row["leader"] == row["logical_leader"]
            else f"; by all that the words allow: {LEADERS[row['logical_leader']]}"
        )
    yield f"known    {GRADES[row['grade']]}; {row['evidence']}; edition {row['edition']}"
    if row["in_use"] == "no":
        yield "use      another edition tells this record and period"


def _sources(told: pd.DataFrame) -> Iterator[str]:
    """Each source of some lines of evidence once, with its address where it is known."""
    for source, address in dict.fromkeys(zip(told["source"], told["address"], strict=True)):
        yield f"source   {source}"
        if address:
            yield f"         {address}"


def _half(row: Mapping[str, Any], side: str) -> str:
    if pd.isna(row[f"{side}_low"]) and pd.isna(row[f"{side}_high"]):
        return "not recorded"
    value = row[side]
    unit = row["unit"]
    told = "no point" if pd.isna(value) else f"{words.numeral(value)} {unit}"
    low, high = row[f"{side}_low"], row[f"{side}_high"]
    if low != high:
        ends = ["open" if pd.isna(end) else words.numeral(end) for end in (low, high)]
        told += f", working interval {ends[0]} to {ends[1]}"
    return told


def _cell(one: str, raw: Path) -> str:
    """Where a record or a printed figure stands in the raw tables."""
    if _RECORD.fullmatch(one):
        keys = dict(
            zip(("dataset", "reporter", "partner", "flow", "year"), one.split("/"), strict=True)
        )
        return f"{one}: " + _found(raw, keys, "value")
    if "/" in one:
        return f"{one}: a row of data/processed/indicators.csv"
    return f"{one}: " + _found(raw, {"figure_id": one}, "printed")


def _found(raw: Path, keys: Mapping[str, str], column: str) -> str:
    """The cell of the first raw table that has such a row."""
    for path in sorted(raw.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if not {*keys, column} <= set(reader.fieldnames or []):
                continue
            for row in reader:
                if all(row[name] == value for name, value in keys.items()):
                    return (
                        f"“{row[column]}” (data/raw/{path.name}, row {reader.line_num}, {column})"
                    )
    return "worked out; it has no cell of its own"


def _figure(row: dict[str, Any], five: Country, raw: Path) -> Iterator[str]:
    """A printed figure: its words, how they are read, its source, and what rests on it."""
    told = evidence(five.tables, five.register, [row["figure_id"]])
    yield told["title"].iloc[0]
    yield ""
    yield f"printed  {_found(raw, {'figure_id': row['figure_id']}, 'printed')}"
    if row["corrected"]:
        yield f"mended   “{row['corrected']}”: {row['correction']}"
    taken = row["corrected"] or row["printed"]
    yield f"read     {in_a_sentence(read(taken, row['unit']))} ({row['unit']})"
    yield from _sources(told)
    if row["locator"]:
        yield f"place    {row['locator']}"
    ties = five.tables["ties"]
    sides = ties["china_ids"].str.cat(ties["russia_ids"], sep=" ")
    uses = ties.loc[[row["figure_id"] in cell.split() for cell in sides], "pair_id"]
    for pair in uses:
        yield f"pair     {pair}"
    claims = five.tables["claims"]
    named = claims["subject_ids"].str.cat(claims["evidence_ids"], sep=" ")
    for claim in claims.loc[[row["figure_id"] in cell.split() for cell in named], "claim_id"]:
        yield f"claim    {claim}"


def _claim(row: dict[str, Any], five: Country, raw: Path) -> Iterator[str]:
    """A claim of the article: its verdict, why, and the rows that it rests on."""
    yield row["claim"]
    yield ""
    yield f"place    {row['locator']}"
    yield f"verdict  {row['verdict']}"
    yield f"why      {row['because']}"
    for one in str(row["subject_ids"]).split():
        yield f"of       {one}"
    for one in str(row["evidence_ids"]).split():
        yield f"rests on {one}"


def _printed_on(name: str, reports: Path) -> Iterator[str]:
    """The pages that lead to a row."""
    for page in sorted(reports.glob("*.html")):
        if f'"#{name}"' in page.read_text(encoding="utf-8"):
            yield f"printed on reports/{page.name}"
