"""Seals of the shipped statistics: a column that was sorted, cut or filled down breaks one.

``seals.csv`` keeps, for every table and edition, how many rows and how many keys there are, the sum
of the values, a short hash of what each column holds in any order, and the SHA-256 of the rows. The
order of the rows is free, since a table says the same in any; what stands beside what is not.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from dataclasses import astuple, dataclass, fields
from math import fsum
from pathlib import Path

import pandas as pd

from analysis.data.faults import Fault
from analysis.data.raw_tables import RAW_TABLES
from analysis.data.read import read_csv_strictly, read_text
from analysis.data.store import save

FILE = "seals.csv"
SEALED = (
    "trade_pairs",
    "trade_all_partners",
    "trade_world",
    "countries",
    "wdi",
    "debt_by_creditor",
    "remittances",
    "fdi",
    "trade_national",
    "trade_goods_and_services",
    "gas_exports",
    "loan_flows",
    "migrant_stock",
    "arms_deliveries",
    "china_commitments",
    "russia_grants",
)
# Figures of a hash that tell one column from another; the rows' own is kept whole.
_SHORT = 8
_BETWEEN = "\x1f"  # the unit separator, which no cell may hold
_COMMAND = "`analysis seal`"


@dataclass(frozen=True)
class Seal:
    """What one edition of one table holds.

    ``keys`` is how many rows differ in their key, ``total`` the sum of the values, empty where a
    table has none; ``columns`` a short hash a column, in the table's order, of its cells in any
    order.
    """

    table: str
    edition: str
    rows: str
    keys: str
    total: str
    columns: str
    sha256: str

    @property
    def place(self) -> tuple[str, str]:
        """Table and edition."""
        return self.table, self.edition


def seals_of(name: str, rows: pd.DataFrame) -> list[Seal]:
    """The seals of one table, an edition each.

    Args:
        name: the raw table.
        rows: its rows as text.
    """
    return [
        _seal(name, str(edition), part) for edition, part in rows.groupby("source_id") if edition
    ]


def _seal(name: str, edition: str, rows: pd.DataFrame) -> Seal:
    columns = " ".join(f"{column}:{_hash_of_cells(rows[column])}" for column in rows)
    keys = len(rows) - int(rows.duplicated(list(RAW_TABLES[name].key)).sum())
    return Seal(name, edition, str(len(rows)), str(keys), _total(rows), columns, hash_of_rows(rows))


def hash_of_rows(rows: pd.DataFrame) -> str:
    """SHA-256 of the rows in the order of their text."""
    lines = sorted(
        map(_BETWEEN.join, zip(*(rows[column].tolist() for column in rows), strict=True))
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _hash_of_cells(cells: pd.Series) -> str:
    counts = sorted(Counter(cells.tolist()).items())
    told = "\n".join(f"{value}{_BETWEEN}{count}" for value, count in counts)
    return hashlib.sha256(told.encode()).hexdigest()[:_SHORT]


def _total(rows: pd.DataFrame) -> str:
    """The sum of the values; empty without any, or while one is no number."""
    if "value" not in rows:
        return ""
    try:
        return f"{fsum(map(float, rows['value'])):.15g}"
    except (ValueError, OverflowError):
        return ""


def load_seals(raw: Path) -> tuple[dict[tuple[str, str], Seal], list[Fault]]:
    """The seals that are kept, by table and edition, and what is wrong with their file."""
    heading = [field.name for field in fields(Seal)]
    valid = f"a CSV file as {_COMMAND} writes it"
    text, faults = read_text(raw / FILE, valid)
    if faults:
        return {}, faults
    rows = list(csv.reader(io.StringIO(text, newline="")))
    if not rows or rows[0] != heading:
        found = ", ".join(rows[0]) if rows else "nothing"
        return {}, [Fault(FILE, 1, "(header)", found, ", ".join(heading))]
    faults = [
        Fault(FILE, line, "(row)", f"{len(row)} cells", f"{len(heading)} cells; {valid}")
        for line, row in enumerate(rows[1:], start=2)
        if len(row) != len(heading)
    ]
    if faults:
        return {}, faults
    seals = [Seal(*row) for row in rows[1:]]
    return {seal.place: seal for seal in seals}, []


def broken_seals(tables: dict[str, pd.DataFrame], kept: dict[tuple[str, str], Seal]) -> list[Fault]:
    """Tables that are not what their seals say, each edition in one sentence.

    Args:
        tables: the raw tables that could be read, as text.
        kept: the seals, as ``load_seals`` gives them.
    """
    faults = []
    for name in SEALED:
        editions = {place: seal for place, seal in kept.items() if place[0] == name}
        if name not in tables or _whole(tables[name], editions):
            continue
        now = {seal.place: seal for seal in seals_of(name, tables[name])}
        for place in sorted(editions | now):
            if said := difference(editions.get(place), now.get(place)):
                valid = _ways_on(name, new=place not in editions)
                faults.append(Fault(f"{name}.csv", place[1], "(seal)", said, valid))
    return faults


def _ways_on(name: str, new: bool) -> str:
    """What to do about a broken seal: first what loses nothing, then what takes rows back."""
    rows = "sealed rows. If these are" if new else "the rows as sealed. If the change is"
    return (
        f"{rows} meant: run {_COMMAND}, which checks them and keeps all. If not: `git restore "
        f"data/raw/{name}.csv`, which takes back every change of the file since the last commit"
    )


def _whole(rows: pd.DataFrame, editions: dict[tuple[str, str], Seal]) -> bool:
    """Whether the hashes alone say that every edition is as it was sealed."""
    found = {edition: hash_of_rows(part) for edition, part in rows.groupby("source_id")}
    return found == {edition: seal.sha256 for (_, edition), seal in editions.items()}


def difference(before: Seal | None, now: Seal | None) -> str:
    """What has changed in an edition, in words; empty where nothing has."""
    if now is None:
        return f"nothing of this edition, which had {_rows(before)}" if before else ""
    if before is None:
        return f"{_rows(now)} of an edition that is not sealed"
    if before == now:
        return ""
    said = []
    if before.rows != now.rows:
        said.append(f"rows {int(before.rows):,} -> {int(now.rows):,}")
    if before.rows == now.rows and before.keys != now.keys:
        said.append(f"keys {int(before.keys):,} -> {int(now.keys):,}")
    if before.total != now.total:
        said.append(f"sum of the values {_sum(before)} -> {_sum(now)}")
    changed = _changed_columns(before, now)
    if before.rows == now.rows and changed:
        said.append("other cells in " + ", ".join(changed))
    if not changed and before.sha256 != now.sha256:
        said.append(
            "every column holds the same cells, in other rows (was one sorted without the others?)"
        )
    return "; ".join(said) or "the same rows, sealed in another way"


def _rows(seal: Seal) -> str:
    return "1 row" if seal.rows == "1" else f"{int(seal.rows):,} rows"


def _sum(seal: Seal) -> str:
    return f"{float(seal.total):,.15g}" if seal.total else "none"


def _changed_columns(before: Seal, now: Seal) -> list[str]:
    old = dict(part.partition(":")[::2] for part in before.columns.split())
    new = dict(part.partition(":")[::2] for part in now.columns.split())
    return [column for column in {**old, **new} if old.get(column) != new.get(column)]


def renew_seals(raw: Path) -> list[str]:
    """Seal the shipped tables as they are now.

    Args:
        raw: the folder of the raw tables. One that cannot be read keeps its seals.

    Returns:
        What has changed, a line an edition.
    """
    kept, _ = load_seals(raw)
    renewed: dict[tuple[str, str], Seal] = {}
    for name in SEALED:
        rows, faults = read_csv_strictly(raw / f"{name}.csv", RAW_TABLES[name])
        if rows is None or faults:
            renewed |= {place: seal for place, seal in kept.items() if place[0] == name}
        else:
            renewed |= {seal.place: seal for seal in seals_of(name, rows)}
    order = sorted(renewed, key=lambda place: (SEALED.index(place[0]), place[1]))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([field.name for field in fields(Seal)])
    writer.writerows(astuple(renewed[place]) for place in order)
    save(raw / FILE, text.getvalue())
    return [
        f"{name}, {edition}: {said}"
        for name, edition in sorted(kept | renewed)
        if (said := difference(kept.get((name, edition)), renewed.get((name, edition))))
    ]
