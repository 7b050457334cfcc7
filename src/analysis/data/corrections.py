"""Changes to raw cells, each with its reason; never a silent edit."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.data.faults import Fault


def apply_corrections(
    tables: dict[str, pd.DataFrame], corrections: Any
) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """Change raw cells as ``corrections.yml`` says, each only while it still fits.

    A correction names its ``table``, the ``id`` of the row, the column (``what``), what the
    cell should hold (``to``), the ``reason``, and what it holds now (``expect``). Once the cell
    no longer holds that, the correction is out of date and is a fault. Only a figure has an id;
    a published statistic is kept as published.
    """
    file = "corrections.yml"
    fields = ("table", "id", "what", "expect", "to", "reason")
    if not isinstance(corrections, list):
        return tables, [Fault(file, 1, "(file)", str(corrections), "a list of corrections")]
    changed = {name: rows.copy() for name, rows in tables.items()}
    faults = []
    for number, entry in enumerate(corrections, start=1):
        if (
            not isinstance(entry, dict)
            or set(entry) != set(fields)
            or any(isinstance(value, (list, dict)) for value in entry.values())
            or not entry["reason"]
        ):
            found = ", ".join(map(str, entry)) if isinstance(entry, dict) else str(entry)
            faults.append(Fault(file, number, "(entry)", found, ", ".join(fields) + ", all filled"))
            continue
        rows = changed.get(entry["table"])
        if "figure_id" not in (() if rows is None else rows) or entry["what"] not in rows.columns:
            valid = "article or elsewhere, and one of the columns of these tables"
            faults.append(Fault(file, number, "what", f"{entry['table']}.{entry['what']}", valid))
            continue
        match = rows["figure_id"] == entry["id"]
        cells = rows.loc[match, entry["what"]].tolist()
        if cells != [str(entry["expect"])]:
            faults.append(
                Fault(
                    file,
                    number,
                    "expect",
                    ", ".join(cells) or f"no row {entry['id']}",
                    f"{entry['expect']} (the cell has changed: look whether the correction "
                    "is still needed)",
                )
            )
            continue
        rows.loc[match, entry["what"]] = str(entry["to"])
    return changed, faults
