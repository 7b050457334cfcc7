"""Which editions of the statistics there are, shipped or fetched, and which are in use."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from analysis.data.faults import Fault
from analysis.data.read import read_text, read_yaml

# The editions that the project ships, by raw table; the headlines rest on them until another is
# adopted.
SHIPPED = {
    "trade_pairs": "imf-dots-2022",
    "wdi": "worldbank-wdi-2026-07",
    "debt_by_creditor": "worldbank-ids-2025-12",
}

# What an edition is called that was fetched later: after its service and its day.
_FETCHED = {
    "trade_pairs": "(?:un-comtrade|imf-imts)",
    "wdi": "worldbank-wdi",
    "debt_by_creditor": "worldbank-ids",
}

_DAY = "-20[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"


def table_of(edition: str) -> str:
    """The raw table that an edition is one of, shipped or fetched; empty where it is of none."""
    for table, shipped in SHIPPED.items():
        if edition == shipped or re.fullmatch(_FETCHED[table] + _DAY, edition):
            return table
    return ""


def load_current(raw: Path) -> tuple[dict[str, str], list[Fault]]:
    """Read which edition each table's headlines rest on, from ``vintages/current.yml``.

    Args:
        raw: the folder of the raw tables. Without the file it is the shipped editions.

    Returns:
        Edition by table, the shipped one wherever there is a fault, and the faults.
    """
    path = raw / "vintages" / "current.yml"
    if not path.exists():
        return dict(SHIPPED), []
    current, faults = read_yaml(path)
    if not faults and (not isinstance(current, dict) or set(current) != set(SHIPPED)):
        found = ", ".join(map(str, current)) if isinstance(current, dict) else str(current)
        faults = [Fault(path.name, 1, "(file)", found, "the lines " + ", ".join(SHIPPED))]
    if faults:
        return dict(SHIPPED), faults
    chosen = dict(SHIPPED)
    for table, edition in current.items():
        known = isinstance(edition, str) and table_of(edition) == table
        kept = known and all(
            path.with_name(f"{edition}.{ending}").is_file() for ending in ("csv", "json")
        )
        if known and (edition == SHIPPED[table] or kept):
            chosen[table] = edition
            continue
        here = sorted(file.stem for file in path.parent.glob("*.csv"))
        valid = [name for name in (SHIPPED[table], *here) if table_of(name) == table]
        faults.append(Fault(path.name, table, table, str(edition), " or ".join(valid)))
    return chosen, faults


def adopted_files(raw: Path) -> list[Path]:
    """The fetched editions that ``current.yml`` names: each one's table and its manifest."""
    current, _ = load_current(raw)
    return [
        raw / "vintages" / f"{edition}.{ending}"
        for table, edition in current.items()
        if edition != SHIPPED[table]
        for ending in ("csv", "json")
    ]


def load_manifest(path: Path) -> tuple[dict[str, Any], list[Fault]]:
    """Read what is kept beside a fetched edition: its source, call, time, rows and hash."""
    text, faults = read_text(path, "a JSON file in UTF-8")
    try:
        manifest = json.loads(text) if not faults else {}
    except json.JSONDecodeError as error:
        valid = "JSON, as `analysis refresh` writes it"
        return {}, [Fault(path.name, error.lineno, "(file)", error.msg, valid)]
    if not faults and not (isinstance(manifest, dict) and isinstance(manifest.get("source"), dict)):
        faults = [Fault(path.name, 1, "source", "no such mapping", "title, publisher, terms")]
    return manifest if not faults else {}, faults
