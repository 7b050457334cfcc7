"""A frame as a table of a page: what stands in each column, and how it is written.

Units stand in the heads, numbers to the right, rows that belong together in groups. On a telephone
each row becomes a card. Chips to filter by, a search field and buttons to sort by are added in the
browser by the page's one script; without it the table is whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd
from markupsafe import Markup

from analysis.data.frames import as_rows
from analysis.page.markup import macro

MISSING = "–"

Kind = Literal["text", "number", "name"]


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        name: of the column in the frame.
        head: words above it.
        unit: of its numbers, beside the head.
        kind: "name" for what a row is called, "number" for what stands to the right, else "text".
        show: from a value to what is printed; text is escaped, ``Markup`` stays as it is.
        missing: what is printed for a value that is missing.
    """

    name: str
    head: str
    unit: str = ""
    kind: Kind = "text"
    show: Callable[[Any], str] = str
    missing: str = MISSING

    @property
    def label(self) -> str:
        """What stands before a value where a row is a card."""
        return f"{self.head} ({self.unit})" if self.unit else self.head


@dataclass(frozen=True)
class Table:
    """A table of a page. As the last line of a notebook's cell it shows itself.

    Attributes:
        frame: its rows, in their order.
        columns: what is shown of them, from left to right.
        id: its name in the page, a valid id of HTML.
        caption: what it is a table of.
        note: what a reader must know of it, after the caption.
        group: column of the frame whose values head groups of rows; the frame is sorted by it.
        row_id: column of the frame with ids; a row's anchor is "row-" and its id.
        chips: columns of the frame to filter by, each with its words.
        search: label of a field to search the rows' words by; "" for none.
        sort: whether a reader may sort by each column.
        wide: whether it scrolls sideways for want of room.
        fold: words of the line that it is folded behind; "" where it stands open.
        rows: ids of the rows that its numbers link to, each with the anchors of those numbers.
        look: further classes, for a table of a kind of its own.

    Raises:
        ValueError: when a column is none of the frame's, or ids are not one for each row.
    """

    frame: pd.DataFrame = field(repr=False)
    columns: tuple[Column, ...] = field(repr=False)
    id: str
    caption: str
    note: str = ""
    group: str = ""
    row_id: str = ""
    chips: Mapping[str, str] = field(default_factory=dict)
    search: str = ""
    sort: bool = False
    wide: bool = False
    fold: str = ""
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    look: str = "cards"

    def __post_init__(self) -> None:
        """Refuse columns that the frame has not, and ids that name no row of their own."""
        named = [column.name for column in self.columns] + list(self.chips)
        named += [name for name in (self.group, self.row_id) if name]
        unknown = [name for name in named if name not in self.frame]
        if unknown:
            raise ValueError(
                f"table {self.id}: no column {', '.join(map(repr, unknown))} in the frame; "
                f"valid: {', '.join(map(str, self.frame.columns))}"
            )
        if self.row_id:
            ids = self.frame[self.row_id]
            wrong = ids[ids.isna() | ids.duplicated()]
            if not wrong.empty:
                raise ValueError(
                    f"table {self.id}: row {wrong.index[0]} has the id {wrong.iloc[0]!r}; valid: "
                    "an id of its own for each row"
                )

    def _repr_html_(self) -> str:
        return macro("table", "table", self._told())

    def _told(self) -> dict[str, Any]:
        """What the macro knows of the table."""
        return {
            "id": self.id,
            "caption": self.caption,
            "note": self.note,
            "wide": self.wide,
            "fold": self.fold,
            "look": self.look,
            "chips": {data_name(name): words for name, words in self.chips.items()},
            "search": self.search,
            "sort": self.sort,
            "columns": self.columns,
            "groups": self._groups(),
        }

    def _groups(self) -> list[dict[str, Any]]:
        if not self.group:
            return [{"head": "", "rows": self._rows(self.frame)}]
        return [
            {"head": str(head), "rows": self._rows(rows)}
            for head, rows in self.frame.groupby(self.group, sort=False)
        ]

    def _rows(self, frame: pd.DataFrame) -> list[dict[str, Any]]:
        return [
            {
                "id": f"row-{row[str(self.row_id)]}" if self.row_id else "",
                "data": [(data_name(name), str(row[str(name)])) for name in self.chips],
                "cells": [self._cell(column, row[str(column.name)]) for column in self.columns],
            }
            for row in as_rows(frame)
        ]

    def _cell(self, column: Column, value: Any) -> dict[str, Any]:
        missing = bool(pd.isna(value))
        shown = column.missing if missing else column.show(value)
        raw = None
        if self.sort and column.kind == "number":
            raw = "" if missing else value
        return {"html": shown, "raw": raw}


def data_name(column: str) -> str:
    """A column's name as that of an attribute of HTML: in lower case with hyphens."""
    return column.lower().replace("_", "-").replace(" ", "-")


def linked(words: str, row_id: str, anchor: str) -> Markup:
    """A number in a cell that leads to where it comes from."""
    return macro("inline", "number", words, row_id, anchor)
