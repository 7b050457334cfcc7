"""Files that are written whole or not at all, and the processed tables among them."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pandas as pd

from analysis.config import PART
from analysis.data.columns import faults_of
from analysis.data.faults import RawDataError
from analysis.data.schema import TABLES

# What pandas is told of a column, by the dtype of its rule; all else is text.
_PYTHON_TYPES = {"float64": float, "int64": "int64"}

# Reading the mask means setting it, which threads must not do at once.
_UMASK = os.umask(0)
os.umask(_UMASK)


def save(path: Path, text: str) -> None:
    """Write a text whole or not at all, as ``save_bytes`` does."""
    save_bytes(path, text.encode("utf-8"))


def save_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: a reader never sees half of one.

    A build that is killed in between leaves a file that ends in ``PART``; the next one removes it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=PART)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # mkstemp makes the file private; a report is for everyone that the folder is for.
        Path(name).chmod(0o666 & ~_UMASK)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def save_table(name: str, rows: pd.DataFrame, folder: Path) -> None:
    """Validate a processed table and write it as ``<name>.csv``.

    Raises:
        RawDataError: when a row breaks the table's rules; nothing is written then.
    """
    table = TABLES[name]
    rows = rows.reset_index(drop=True)
    if faults := faults_of(table, rows, f"{name}.csv"):
        raise RawDataError(faults)
    save(
        folder / f"{name}.csv", rows.to_csv(index=False, float_format="%.12g", lineterminator="\n")
    )


def load_table(name: str, folder: Path) -> pd.DataFrame:
    """Read a processed table with the types of its schema; missing text is the empty string.

    Raises:
        ValueError: for a table that there is not, with those that there are.
    """
    if name not in TABLES:
        raise ValueError(f"unknown table {name!r}; valid: {', '.join(TABLES)}")
    columns = TABLES[name].schema.columns
    kinds = {column: _PYTHON_TYPES.get(str(rule.dtype), str) for column, rule in columns.items()}
    return pd.read_csv(
        folder / f"{name}.csv",
        dtype=kinds,
        keep_default_na=False,
        na_values={column: [""] for column, kind in kinds.items() if kind is float},
    )
