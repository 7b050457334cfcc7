"""Raw files read strictly: text as it stands, or what is wrong with the file."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from analysis.data.columns import Table
from analysis.data.faults import Fault, RawDataError
from analysis.data.raw_tables import RAW_CLAIMS


def _unique_mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    for key, (key_node, _) in zip(keys, node.value, strict=True):
        if isinstance(key, (list, dict)):
            raise yaml.constructor.ConstructorError(
                None, None, "a key that is not one word", key_node.start_mark
            )
    for key, (key_node, _) in zip(keys, node.value, strict=True):
        if keys.count(key) > 1:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key!r} stands twice", key_node.start_mark
            )
    return {
        key: loader.construct_object(value, deep=True)
        for key, (_, value) in zip(keys, node.value, strict=True)
    }


def _strict(loader: type) -> type:
    """A loader that refuses the second of two equal keys, of which PyYAML keeps the last."""

    class UniqueKeyLoader(loader):  # type: ignore[valid-type, misc]
        pass

    UniqueKeyLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _unique_mapping)
    # A date stays the text that was typed: 2016-06 and 2016 are dates here too.
    UniqueKeyLoader.yaml_implicit_resolvers = {
        letter: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:timestamp"]
        for letter, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return UniqueKeyLoader


_Careful = _strict(yaml.SafeLoader)
# The C library is many times as fast, and says less of what is wrong; not all systems have it.
_Fast = _strict(getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _parse(text: str) -> Any:
    try:
        return yaml.load(text, _Fast)
    except Exception:
        return yaml.load(text, _Careful)


def read_text(path: Path, valid: str) -> tuple[str, list[Fault]]:
    """Read a file of the raw data; a fault, row 0 for the whole file, when it cannot be read.

    Args:
        path: the file. A link or a device is refused: what a commit holds is the file itself.
        valid: what the file should be, for the fault.
    """
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            kind = "a symbolic link" if path.is_symlink() else "a folder or a device"
            return "", [Fault(path.name, 0, "(file)", kind, valid)]
        return path.read_bytes().decode("utf-8"), []
    except OSError as error:
        return "", [Fault(path.name, 0, "(file)", error.strerror or str(error), valid)]
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        found = f"byte {error.object[error.start]:#04x}, which is not UTF-8"
        return "", [Fault(path.name, line, "(file)", found, valid)]


def read_yaml(path: Path) -> tuple[Any, list[Fault]]:
    """Read a YAML file of the raw data; a fault instead of an exception when it is broken."""
    text, faults = read_text(path, "a YAML file in UTF-8")
    if faults:
        return None, faults
    row, problem = 0, ""
    try:
        return _parse(text.removeprefix("\ufeff")), []
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark else 0
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    except RecursionError:
        problem = "lists or mappings in one another, too deep to follow"
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        # What PyYAML lets through: a tag that the value does not bear, such as !!int x.
        problem = f"a value that cannot be read ({error})"
    valid = "YAML that can be read"
    if problem.startswith("mapping values are not allowed"):
        valid += "; a text with a colon in it stands in quotation marks"
    return None, [Fault(path.name, row, "(file)", problem, valid)]


# Marks that a spreadsheet may put between cells in place of commas.
_OTHER_MARKS = {";": "semicolons", "\t": "tabs"}
_TWO = 2


def read_csv_strictly(path: Path, table: Table) -> tuple[pd.DataFrame | None, list[Fault]]:
    """Read a raw CSV file as text, with the line of the file as index.

    Returns:
        The rows (None when the file cannot be read as this table at all) and the faults.
    """
    columns = list(table.schema.columns)
    text, faults = read_text(path, "a CSV file in UTF-8 with the columns " + ", ".join(columns))
    if faults:
        return None, faults
    # Spreadsheets put a mark of the encoding before the first column; it is no part of it.
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0].rstrip("\r")
    for mark, name in _OTHER_MARKS.items():
        if mark in first and first.replace('"', "").split(mark) == columns:
            valid = f"commas between cells, which are parted by {name} here: save it with commas"
            return None, [Fault(path.name, 1, "(header)", first, valid)]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = columns
    lines, rows = [], []
    try:
        for place, row in enumerate(reader):
            if place == 0:
                header = row
                faults += _faults_of_header(path.name, header, columns)
                # Beside columns too many the others can be looked at; in another order it may be
                # the names alone that were moved.
                if [name for name in header if name in columns] != columns:
                    return None, faults
            elif wrong := _wrong_with(row, header):
                faults.append(Fault(path.name, reader.line_num, "(row)", *wrong))
            else:
                lines.append(reader.line_num)
                rows.append(row)
    except csv.Error as error:
        faults.append(Fault(path.name, reader.line_num, "(row)", str(error), "well-formed CSV"))
    if not rows and not faults:
        valid = "the columns " + ", ".join(columns) + ", and a row at least"
        return None, [Fault(path.name, 1, "(file)", "no rows", valid)]
    if not text.endswith("\n") and not faults:
        valid = "a line end after the last row too; without one the file may have been cut short"
        faults.append(Fault(path.name, reader.line_num, "(file)", ",".join(rows[-1]), valid))
    frame = pd.DataFrame(rows, columns=header, index=lines, dtype=str)
    return frame[columns], faults


def _faults_of_header(file: str, header: list[str], columns: list[str]) -> list[Fault]:
    """What a first row has too many of, lacks or has in another place, and the columns."""
    if header == columns:
        return []
    names = dict.fromkeys(header)
    missing = [name for name in columns if name not in names]
    surplus = [name for name in names if name not in columns]
    told = {
        "missing": missing,
        "one too many" if len(surplus) == 1 else "too many": surplus,
        "twice": [name for name in names if header.count(name) > 1],
    }
    moved = [name for name, other in zip(header, columns, strict=False) if name != other]
    if not any(told.values()):
        told |= {"exchanged" if len(moved) == _TWO else "in another order": moved}
    said = "; ".join(f"{what}: {', '.join(found)}" for what, found in told.items() if found)
    valid = ", ".join(columns)
    # Of a row that names none of them, the columns say all.
    if len(missing) < len(columns):
        valid = f"these columns ({said}): {valid}"
    return [Fault(file, 1, "(header)", ", ".join(header), valid)]


def _wrong_with(row: list[str], header: list[str]) -> tuple[str, str] | None:
    """What a row that is none is found to be, and what would be valid."""
    if row == header:
        return ", ".join(row), "the columns' names once, in row 1"
    if row and not any(cell.strip() for cell in row):
        return "empty cells", "a row with something in it; take this one out"
    if len(row) != len(header):
        return (
            f"{len(row)} cells" if row else "an empty line",
            f"{len(header)} cells, one a column",
        )
    return None


def load_claims(raw: Path) -> pd.DataFrame:
    """The list of claims alone, as text.

    Raises:
        RawDataError: when the file cannot be read.
    """
    rows, faults = read_csv_strictly(raw / "claims.csv", RAW_CLAIMS)
    if faults or rows is None:
        raise RawDataError(faults)
    return rows
