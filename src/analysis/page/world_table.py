"""Every country in one table: who is ahead, and China's part of the two on either record."""

from __future__ import annotations

from typing import Any

import pandas as pd
from markupsafe import Markup

from analysis.config import COUNTRIES
from analysis.data.frames import as_rows
from analysis.page import words
from analysis.page.ahead import ahead
from analysis.page.markup import macro
from analysis.page.table import Column, Table

# How a group of ``leads.standing`` is called in the chips of the table.
GROUPS = {
    "CHN": "China",
    "RUS": "Russia",
    "depends": "depends on whose record",
    "neither": "neither",
    "unknown": "not known",
}


def world_table(frame: pd.DataFrame, *, caption: str, note: str = "") -> Table:
    """Every country of the world, a row each, to be searched, sorted and filtered.

    Args:
        frame: a row a country: ``country`` (code), ``place`` (its name), ``verdict`` and
            ``leader``, ``group`` (of ``leads.standing``), ``partner_part`` and ``own_part``
            (China's part of the two, 0 to 1), ``partner_since`` and ``own_since`` (who last took
            the lead and when, in words), ``why`` (what is missing, in words).
        caption: what it is a table of.
        note: what a reader must know of it.

    Returns:
        A table whose rows' anchors are "row-" and the country's code.
    """
    rows = as_rows(frame)
    shown = frame.assign(
        place=[_place(row) for row in rows],
        ahead=[ahead(row["verdict"], row["leader"]) for row in rows],
        standing=frame["group"].map(GROUPS),
    )
    of = "China, of $100"
    columns = (
        Column("place", "Country", kind="name", show=Markup),
        Column("ahead", "Who is ahead"),
        Column("partner_part", "By China’s and Russia’s records", of, "number", _part),
        Column("own_part", "By its own record", of, "number", _part),
        Column("partner_since", "Lead taken", "by theirs", missing=""),
        Column("own_since", "Lead taken", "by its own", missing=""),
        Column("why", "What is missing"),
    )
    return Table(
        shown,
        columns,
        id="countries",
        caption=caption,
        note=note,
        row_id="country",
        chips={"standing": "Ahead"},
        search="Search a country",
        sort=True,
        wide=True,
        look="cards scroll full-last every",
    )


def _place(row: dict[str, Any]) -> Markup:
    if row["country"] not in COUNTRIES:
        return Markup("{}").format(row["place"])
    return Markup('<a href="{}.html">{}</a>').format(row["place"].lower(), row["place"])


def _part(part: float) -> Markup:
    """China's part of a hundred dollars of the two, with a bar."""
    told = f"${words.decimals(part * 100, 0)}"
    return Markup("{} {}").format(told, macro("inline", "split", part, 1 - part))
