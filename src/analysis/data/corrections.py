"""Changes to raw cells, each with its reason; never a silent edit.

What a source prints stays in the tables beside what was put in its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.data.faults import Fault
from analysis.data.raw_tables import FIGURES

FILE = "corrections.yml"
_FIELDS = ("table", "id", "what", "expect", "to", "reason")


@dataclass(frozen=True)
class Correction:
    """One cell that was changed: where it stands, what it held, what it holds now, and why.

    ``entry`` is its place in ``corrections.yml``, from 1; ``line`` that of the row in its file.
    """

    entry: int
    table: str
    figure_id: str
    line: int
    column: str
    before: str
    after: str
    reason: str


def apply_corrections(
    tables: dict[str, pd.DataFrame], corrections: Any
) -> tuple[dict[str, pd.DataFrame], list[Correction], list[Fault]]:
    """Change raw cells as ``corrections.yml`` says, each only while it still fits.

    A correction names its ``table``, the ``id`` of the row, the column (``what``), what the
    cell should hold (``to``), the ``reason``, and what it holds now (``expect``). Once the cell
    no longer holds that, the correction is out of date and is a fault. Only a figure has an id;
    a published statistic is kept as published. Of a table of figures that could not be read, its
    own fault is all that is told.

    Returns:
        The tables as corrected, what was changed, and the faults of the list.
    """
    if not isinstance(corrections, list):
        return tables, [], [Fault(FILE, 1, "(file)", str(corrections), "a list of corrections")]
    changed = {name: rows.copy() for name, rows in tables.items()}
    applied: list[Correction] = []
    faults = []
    for number, entry in enumerate(corrections, start=1):
        table = entry.get("table") if isinstance(entry, dict) else None
        if table in FIGURES and table not in tables:
            continue
        done = _one(changed, number, entry, applied)
        if isinstance(done, Fault):
            faults.append(done)
            continue
        changed[done.table].loc[done.line, done.column] = done.after
        applied.append(done)
    return changed, applied, faults


def _one(
    tables: dict[str, pd.DataFrame], number: int, entry: Any, before: list[Correction]
) -> Correction | Fault:
    """One entry of the list, or what is wrong with it."""
    if not _is_filled(entry):
        found = ", ".join(map(str, entry)) if isinstance(entry, dict) else str(entry)
        valid = ", ".join(_FIELDS) + ", all filled, with words in quotation marks"
        return Fault(FILE, f"entry {number}", "(entry)", found, valid)
    name, column = entry["table"], entry["what"]
    rows = tables.get(name)
    if rows is None or "figure_id" not in rows or column not in list(rows.columns[1:]):
        valid = f"one of {', '.join(FIGURES)}, and one of its columns but figure_id"
        return Fault(FILE, f"entry {number}", "what", f"{name}.{column}", valid)
    match = rows.index[rows["figure_id"] == entry["id"]]
    cells = rows.loc[match, column].tolist()
    if any((done.figure_id, done.column) == (entry["id"], column) for done in before):
        valid = "one correction a cell"
        return Fault(
            FILE, f"entry {number}", "what", f"{column} of {entry['id']} a second time", valid
        )
    if cells != [str(entry["expect"])]:
        valid = (
            f"{entry['expect']} (the cell has changed: look whether the correction is still needed)"
        )
        found = ", ".join(cells) or f"no row {entry['id']}"
        return Fault(FILE, f"entry {number}", "expect", found, valid)
    return Correction(
        number, name, entry["id"], match[0], column, cells[0], str(entry["to"]), entry["reason"]
    )


def _is_filled(entry: Any) -> bool:
    """Whether an entry has all fields, as text or whole numbers: 12.90 would lose its nought."""
    return (
        isinstance(entry, dict)
        and set(entry) == set(_FIELDS)
        and all(isinstance(value, str) or type(value) is int for value in entry.values())
        and isinstance(entry["reason"], str)
        and bool(entry["reason"].strip())
    )


def blame(
    faults: Iterable[Fault], applied: Iterable[Correction], known_before: set[tuple[str, Any, str]]
) -> list[Fault]:
    """Lay the faults that a correction has made at its door.

    Args:
        faults: of the corrected tables.
        applied: what was changed.
        known_before: file, row and column of the faults that the rows had as transcribed.
    """
    by_row: dict[tuple[str, Any], list[Correction]] = {}
    for done in applied:
        by_row.setdefault((f"{done.table}.csv", done.line), []).append(done)
    told = []
    for fault in faults:
        here = by_row.get((fault.file, fault.row))
        if here and (fault.file, fault.row, fault.column) not in known_before:
            guilty = next((done for done in here if done.column == fault.column), here[0])
            place = f"{fault.column} of {guilty.figure_id} in {fault.file}"
            valid = f"{fault.valid} ({place}, as it would be corrected)"
            told.append(Fault(FILE, f"entry {guilty.entry}", "to", guilty.after, valid))
        else:
            told.append(fault)
    return told
