"""The folder of raw data as a whole: read, corrected, checked, or refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from analysis.data.corrections import apply_corrections
from analysis.data.editions import SHIPPED, load_current, table_of
from analysis.data.faults import RawDataError
from analysis.data.raw_tables import FIGURES, RAW_TABLES
from analysis.data.read import read_csv_strictly, read_yaml
from analysis.data.sources import load_sources
from analysis.data.validate import (
    differing_trade,
    doubled_figures,
    faults_of_causes,
    faults_of_claims,
    faults_of_edition,
    faults_of_rows,
    faults_of_statistics,
    faults_of_ties,
    nameless,
)


def load_raw(raw: Path) -> dict[str, Any]:
    """Read everything under ``data/raw``, apply the corrections and check it all.

    A fetched edition that is in use joins the table that it is one of.

    Returns:
        The raw tables by name (text, indexed by the line of their file), and under
        ``sources`` the register of sources.

    Raises:
        RawDataError: with every fault of every file.
    """
    sources, faults = load_sources(raw / "sources.yml")
    corrections, correction_faults = read_yaml(raw / "corrections.yml")
    faults += correction_faults
    current, found = load_current(raw)
    faults += found
    tables: dict[str, pd.DataFrame] = {}
    whole = set()
    for name, table in RAW_TABLES.items():
        rows, found = read_csv_strictly(raw / f"{name}.csv", table)
        faults += found
        if rows is not None:
            tables[name] = rows
        if not found:
            whole.add(name)
    adopted = {}
    for name, edition in current.items():
        if edition != SHIPPED[name]:
            adopted[edition], found = read_csv_strictly(
                raw / "vintages" / f"{edition}.csv", RAW_TABLES[name]
            )
            # Faults of its rows wait until it could be read.
            faults += found or faults_of_edition(edition, adopted[edition], sources)
    tables, found = apply_corrections(tables, [] if corrections is None else corrections)
    faults += found
    for name, rows in tables.items():
        faults += faults_of_rows(name, rows, sources)
        if name in FIGURES:
            # A figure may be tied to one of a table before its own, and not the other way round.
            before = [tables[other] for other in FIGURES[: FIGURES.index(name)] if other in tables]
            faults += faults_of_ties(rows, before, f"{name}.csv")
    faults += doubled_figures(tables) + faults_of_causes(tables)
    if "article" in whole:
        # A row that could not be read is told once, not again by each claim on it.
        faults += faults_of_claims(tables)
    if not faults:
        # What holds several cells against each other takes them to be sound one by one.
        faults += [
            fault
            for name, rows in tables.items()
            if "value" in rows and name != "trade_world"
            for fault in faults_of_statistics(name, rows, sources)
        ]
        faults += differing_trade(tables["trade_pairs"], tables["trade_all_partners"])
        faults += nameless(tables)
    if faults:
        raise RawDataError(faults)
    for edition, rows in adopted.items():
        name = table_of(edition)
        tables[name] = pd.concat([tables[name], rows], ignore_index=True)
    return tables | {"sources": sources}
