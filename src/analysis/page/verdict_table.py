"""The page in six rows: each tie, its newest year, both powers, who is ahead and how sure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from analysis.page import words
from analysis.page.markup import macro
from analysis.page.table import Column, Table, linked

COLUMNS = {
    "row_id": "id of the row behind it; the numbers lead to its card",
    "tie": "what is compared, as its row is called",
    "year": "of both figures",
    "unit": "of both figures, as in the tables: USD, share, persons, m3",
    "china": "China's figure; missing where it is not recorded",
    "russia": "Russia's figure; missing where it is not recorded",
    "china_to_gdp": "China's figure as a share of the country's GDP; missing where it is no money",
    "russia_to_gdp": "Russia's, likewise",
    "ahead": "who is ahead, in words",
    "sure": "high, medium or low; empty where nobody can be said to be ahead",
    "record": "whose record it is, in words, with the reason where a half is missing",
}

NOT_RECORDED, NONE = "not recorded", "none"


def verdict_table(frame: pd.DataFrame, *, id: str = "verdicts", caption: str) -> Table:
    """The verdicts of a page as a table.

    Args:
        frame: a row a tie, with the columns of ``COLUMNS``, in the order of the page.
        id: its name in the page.
        caption: what it is a table of.

    Raises:
        ValueError: naming the columns that are missing.
    """
    absent = [name for name in COLUMNS if name not in frame]
    if absent:
        raise ValueError(f"verdicts: no column {', '.join(absent)}; valid: {', '.join(COLUMNS)}")
    rows = frame.to_dict("records")
    shown = frame.assign(
        china=[_figure(row, "china", id) for row in rows],
        russia=[_figure(row, "russia", id) for row in rows],
        ahead=[_ahead(row) for row in rows],
    )
    return Table(
        frame=shown,
        columns=(
            Column("tie", "Tie", kind="name"),
            Column("year", "Year"),
            Column("china", "China", kind="number", show=Markup),
            Column("russia", "Russia", kind="number", show=Markup),
            Column("ahead", "Who is ahead", show=Markup),
            Column("record", "By whose record"),
        ),
        id=id,
        caption=caption,
        rows=_anchors(rows, id),
        look="cards verdicts",
    )


def _anchors(rows: Iterable[dict[str, Any]], table: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        known = tuple(
            f"at-{table}-{row['row_id']}-{power}"
            for power in ("china", "russia")
            if not pd.isna(row[power])
        )
        if known:
            found[row["row_id"]] = known
    return found


def _figure(row: dict[str, Any], power: str, table: str) -> Markup:
    """A power's figure, in its colour, with its weight in the country's output below."""
    if pd.isna(row[power]):
        return Markup('<span class="missing">{}</span>').format(NOT_RECORDED)
    short = words.amount(row[power], row["unit"], 3, short=True) if row[power] else NONE
    link = linked(short, row["row_id"], f"at-{table}-{row['row_id']}-{power}")
    weight = row[f"{power}_to_gdp"]
    under = "" if pd.isna(weight) or not row[power] else _of_gdp(weight)
    return Markup('<span class="{}">{}</span>{}').format(power[0], link, under)


def _of_gdp(weight: float) -> Markup:
    told = "under 0.1%" if 0 < weight < 0.0005 else words.percent(weight, int(weight < 0.0995))
    return Markup(' <span class="of-gdp">{} of GDP</span>').format(told)


def _ahead(row: dict[str, Any]) -> Markup:
    known = {p: None if pd.isna(row[p]) else float(row[p]) for p in ("china", "russia")}
    sure = macro("inline", "sure", row["sure"]) if row["sure"] else ""
    bar = macro("inline", "split", known["china"], known["russia"])
    return Markup("{} {}{}").format(escape(row["ahead"]), sure, bar)
