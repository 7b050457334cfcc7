"""The processed tables described: to a reader (codebook) and to a program (data package)."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

import pandas as pd
import pandera.pandas as pa

from analysis.data.schema import TABLES

_PROFILES = "https://datapackage.org/profiles/2.0"


def codebook() -> pd.DataFrame:
    """One row a column of every processed table: what it means, its type, unit and values."""
    return pd.DataFrame(
        [
            {
                "table": table.name,
                "column": name,
                "type": _frictionless_type(column),
                "unit": column.metadata["unit"],
                "required": "no" if column.metadata["optional"] else "yes",
                "allowed": " | ".join([*column.metadata["allowed"], *_others(column)]),
                "description": column.description,
            }
            for table in TABLES.values()
            for name, column in table.schema.columns.items()
        ]
    )


def _others(column: pa.Column) -> list[str]:
    """What a column may hold beyond its list, in words."""
    return [column.metadata["others"].words] if column.metadata["others"] else []


def data_package() -> str:
    """The processed tables as the descriptor of a Data Package, version 2 (JSON)."""
    resources = [
        {
            "name": table.name.replace("_", "-"),
            "path": f"{table.name}.csv",
            "title": table.title,
            "description": table.description,
            "$schema": f"{_PROFILES}/dataresource.json",
            "type": "table",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {
                "$schema": f"{_PROFILES}/tableschema.json",
                "fields": [_field(name, column) for name, column in table.schema.columns.items()],
                "primaryKey": list(table.key),
                "missingValues": [""],
            },
        }
        for table in TABLES.values()
    ]
    package = {
        "name": "central-asia-two-books",
        "title": "China's and Russia's economic weight in Central Asia",
        "$schema": f"{_PROFILES}/datapackage.json",
        "description": "Published figures with the intervals that their words allow, set beside "
        "each other record by record, and what follows on who is ahead in each tie.",
        "keywords": ["Central Asia", "China", "Russia", "trade", "debt", "remittances"],
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/legalcode",
                "title": "Creative Commons Attribution 4.0, for this compilation; "
                "the figures stay under their sources' terms",
            }
        ],
        "resources": resources,
    }
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _field(name: str, column: pa.Column) -> dict[str, object]:
    constraints: dict[str, object] = {}
    if not column.metadata["optional"] and _frictionless_type(column) != "date":
        constraints["required"] = True
    if column.metadata["allowed"] and not column.metadata["others"]:
        constraints["enum"] = list(column.metadata["allowed"])
    field: dict[str, object] = {
        "name": name,
        "type": _frictionless_type(column),
        "description": column.description,
    }
    if column.metadata["unit"]:
        field["unit"] = column.metadata["unit"]
    if constraints:
        field["constraints"] = constraints
    return field


def _frictionless_type(column: pa.Column) -> str:
    if column.metadata["unit"] == "ISO 8601":
        return "date"
    return {"float64": "number", "int64": "integer"}.get(str(column.dtype), "string")


def resting_on(
    tables: Mapping[str, pd.DataFrame], sources: Collection[str]
) -> dict[str, list[str]]:
    """Which tables have rows of which source.

    Args:
        tables: processed tables by name; a table names its sources in ``source_id``, ``dataset``
            or ``edition``, the last several joined by plus signs.
        sources: ids of the sources that there are.

    Returns:
        Names of tables by source, in the order of the tables.
    """
    found: dict[str, list[str]] = {}
    for name, rows in tables.items():
        column = next((one for one in ("source_id", "edition", "dataset") if one in rows), None)
        cells = rows[column].dropna().unique() if column else []
        named = {part for cell in cells for part in str(cell).split(" + ")}
        for source in sorted(named & set(sources)):
            found.setdefault(source, []).append(name)
    return found
