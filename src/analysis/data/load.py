"""The folder of raw data as a whole: read, corrected, checked, or refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.data import countries
from analysis.data.control_totals import differing_totals
from analysis.data.corrections import Correction, apply_corrections, blame
from analysis.data.editions import SHIPPED, load_current, table_of
from analysis.data.faults import Fault, RawDataError
from analysis.data.parties import (
    faults_of_names,
    faults_of_parties,
    nameless,
    unequal_names,
    unknown_countries,
)
from analysis.data.raw_tables import FIGURES, RAW_TABLES
from analysis.data.read import read_csv_strictly, read_yaml
from analysis.data.seals import SEALED, broken_seals, load_seals
from analysis.data.sources import load_sources
from analysis.data.validate import (
    doubled_figures,
    faults_of_causes,
    faults_of_edition,
    faults_of_rows,
    faults_of_ties,
    unknown_counterparts,
)
from analysis.data.validate_claims import faults_of_claims
from analysis.data.validate_statistics import (
    differing_trade,
    faults_of_statistics,
    goods_among_services,
)

# Printed figures and the claims that rest on them; a correction can change these alone.
WRITTEN = (*FIGURES, "claims")


def load_raw(
    raw: Path, sealed: bool = True, names: Collection[str] = tuple(RAW_TABLES)
) -> dict[str, Any]:
    """Read everything under ``data/raw``, apply the corrections and check it all.

    A fetched edition that is in use joins the table that it is one of.

    Args:
        raw: the folder.
        sealed: whether the shipped statistics must be what their seals say.
        names: all raw tables, or ``WRITTEN`` to leave the statistics out.

    Returns:
        The raw tables by name (text, indexed by the line of their file), under ``sources`` the
        register of sources, and under ``corrections`` what was corrected.

    Raises:
        RawDataError: with every fault of every file.
    """
    tables, told = load_but_for_claims(raw, sealed, names)
    if told:
        raise RawDataError(told)
    return tables


def load_but_for_claims(
    raw: Path, sealed: bool = True, names: Collection[str] = tuple(RAW_TABLES)
) -> tuple[dict[str, Any], list[Fault]]:
    """As ``load_raw``, but that what claims alone name wrongly is given and not raised.

    It may then be told of later, beside what only cleaned tables tell of the claims.

    Args:
        raw: the folder.
        sealed: whether the shipped statistics must be what their seals say.
        names: all raw tables, or ``WRITTEN`` to leave the statistics out.

    Returns:
        The raw tables, and the faults of claims on them.

    Raises:
        RawDataError: with every fault of every file, where more than the claims is at fault.
    """
    sources, faults = load_sources(raw / "sources.yml")
    corrections, found = read_yaml(raw / "corrections.yml")
    faults += found
    tables, whole, found = _read_tables(raw, names)
    faults += found
    alone = "trade_pairs" not in names
    if sealed and not alone:
        seals, found = load_seals(raw)
        faults += found or broken_seals({name: tables[name] for name in whole & set(SEALED)}, seals)
    adopted, found = ({}, []) if alone else _read_adopted(raw, sources)
    faults += found
    corrected, applied, found = apply_corrections(
        tables, [] if corrections is None else corrections
    )
    faults += found
    known = _names(raw)
    faults += _faults_of_tables(tables, whole, corrected, applied, sources)
    if known is not None:
        faults += _unknown_names(corrected, adopted, known)
    told = []
    if "article" in whole:
        # A row that could not be read is told once, not again by each claim on it, nor is a
        # figure missed in a claim that could not be read.
        told = faults_of_claims({name: corrected[name] for name in whole & set(corrected)})
    between = []
    if not alone and not [fault for fault in faults if fault.column != "(seal)"]:
        # What holds several cells against each other takes them to be sound one by one, and the
        # claims on them too: theirs are told first.
        between = _faults_between(corrected, sources)
    if faults or between:
        raise RawDataError(faults + (told or between))
    for edition, rows in adopted.items():
        name = table_of(edition)
        corrected[name] = pd.concat([corrected[name], rows], ignore_index=True)
    return corrected | {"sources": sources, "corrections": applied}, told


def _unknown_names(
    tables: dict[str, pd.DataFrame], adopted: dict[str, pd.DataFrame], known: Mapping[str, str]
) -> list[Fault]:
    """Codes and names of countries, and other counterparts, that there are not."""
    faults = []
    for name, rows in tables.items():
        faults += unknown_countries(name, rows, known, f"{name}.csv")
        if name in FIGURES:
            faults += unknown_counterparts(rows, known, f"{name}.csv")
    for edition, rows in adopted.items():
        faults += unknown_countries(table_of(edition), rows, known, f"{edition}.csv")
    return faults


def _names(raw: Path) -> Mapping[str, str] | None:
    """The countries that have a name; None where their table cannot be read, which is told."""
    try:
        return countries.names(raw)
    except (OSError, ValueError, KeyError):
        return None


def _read_tables(
    raw: Path, names: Collection[str]
) -> tuple[dict[str, pd.DataFrame], set[str], list[Fault]]:
    """The tables that could be read, the names of those that are whole, and the faults."""
    tables, whole, faults = {}, set(), []
    for name in names:
        rows, found = read_csv_strictly(raw / f"{name}.csv", RAW_TABLES[name])
        faults += found
        if rows is not None:
            tables[name] = rows
        if not found:
            whole.add(name)
    return tables, whole, faults


def _read_adopted(
    raw: Path, sources: dict[str, Any]
) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """The fetched editions that are in use, and what is wrong with them."""
    current, faults = load_current(raw)
    adopted = {}
    for name, edition in current.items():
        if edition == SHIPPED[name]:
            continue
        rows, found = read_csv_strictly(raw / "vintages" / f"{edition}.csv", RAW_TABLES[name])
        if rows is not None:
            adopted[edition] = rows
        # Faults of its rows wait until it could be read.
        faults += found or faults_of_edition(edition, rows, sources)
    return adopted, faults


def _faults_of_tables(
    tables: dict[str, pd.DataFrame],
    whole: set[str],
    corrected: dict[str, pd.DataFrame],
    applied: list[Correction],
    sources: dict[str, Any],
) -> list[Fault]:
    """Faults of the rows one by one; those that a correction makes are laid at its door."""
    faults = []
    known_before = set()
    for name, rows in corrected.items():
        faults += faults_of_rows(name, rows, sources)
        lines = sorted({done.line for done in applied if done.table == name})
        if lines:
            before = faults_of_rows(name, tables[name].loc[lines], sources)
            known_before |= {(fault.file, fault.row, fault.column) for fault in before}
        if name in FIGURES:
            # A figure may be tied to one of a table before its own, and not the other way round.
            earlier = FIGURES[: FIGURES.index(name)]
            # A row that could not be read is told once, not again by each tie to it.
            if whole.issuperset((*earlier, name)):
                others = [corrected[other] for other in earlier]
                faults += faults_of_ties(rows, others, f"{name}.csv")
    faults = blame(faults, applied, known_before)
    return faults + doubled_figures(corrected) + faults_of_causes(corrected)


def _faults_between(tables: dict[str, pd.DataFrame], sources: dict[str, Any]) -> list[Fault]:
    """Faults of statistics and names that show only beside one another."""
    faults = faults_of_parties(tables["parties"]) + faults_of_names(tables["countries"])
    faults += unequal_names(tables["parties"], tables["countries"])
    for name in tables:
        faults += _faults_beside(tables, sources, name)
    faults += differing_trade(tables["trade_pairs"], tables["trade_all_partners"])
    goods = [tables[name] for name in ("trade_pairs", "trade_all_partners", "trade_national")]
    faults += goods_among_services(goods, tables["trade_goods_and_services"])
    return faults + differing_totals(tables) + nameless(tables)


def _faults_beside(
    tables: dict[str, pd.DataFrame], sources: dict[str, Any], name: str
) -> list[Fault]:
    """Faults of one table of statistics that show only beside its other rows."""
    rows = tables[name]
    if "value" not in rows or name == "trade_world":
        return []
    return faults_of_statistics(name, rows, sources, known=tables["parties"])


def faults_of_row(tables: dict[str, Any], name: str, line: int) -> list[Fault]:
    """What is wrong with one row of tables that are sound but for it, seals left aside.

    Args:
        tables: as ``load_raw`` gives them.
        name: the table that the row is of.
        line: the row.

    Returns:
        The faults of the row by itself and, if there are none, those that show beside others.
    """
    rows, sources = tables[name], tables["sources"]
    key = list(RAW_TABLES[name].key)
    alike = rows[(rows[key] == rows.loc[line, key]).all(axis=1)]
    raw = {raw_name: tables[raw_name] for raw_name in RAW_TABLES}
    faults = faults_of_rows(name, alike, sources)
    if name in FIGURES:
        return faults + doubled_figures(raw)
    if not faults:
        faults = _faults_beside(raw, sources, name)
    if not faults and name in ("trade_pairs", "trade_all_partners"):
        faults = differing_trade(raw["trade_pairs"], raw["trade_all_partners"])
    return faults or nameless(raw)
