"""The table of when the lead changed hands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from analysis.config import COUNTRIES, POWERS
from analysis.data.frames import as_rows
from analysis.measures.changes import GAS_REGION
from analysis.page.table import Column, Table, linked

_PLACES = {**COUNTRIES, GAS_REGION: "The former Soviet Union but Russia"}
_TIES = {
    "trade": "Trade",
    "debt": "Public debt abroad",
    "investment_held": "Direct investment held",
    "gas": "Gas sold by pipeline",
}
_RECORDS = {"own": "the country’s own", "partner": "China’s and Russia’s"}


def changes_table(
    rows: pd.DataFrame, publishers: Mapping[str, str], *, id: str, caption: str
) -> Table:
    """When the lead changed hands, a row a change, the newest first.

    Args:
        rows: of ``crossings``, each with the ``row_id`` that its year leads to.
        publishers: by edition, who publishes it.
        id: the table's name in the page.
        caption: what it is a table of.
    """
    told = rows.sort_values(["year", "country"], ascending=[False, True], kind="stable")
    records = as_rows(told)
    anchors = [f"at-{id}-{number}" for number in range(len(records))]
    shown = pd.DataFrame(
        {
            "year": [
                linked(str(row["year"]), row["row_id"], anchor)
                for row, anchor in zip(records, anchors, strict=True)
            ],
            "place": [_PLACES[row["country"]] for row in records],
            "tie": [_tie(row) for row in records],
            "who": [f"{POWERS[row['leader']]}, from {POWERS[row['before']]}" for row in records],
            "record": [_record(row, publishers[row["edition"]]) for row in records],
            "held": [_held(row) for row in records],
        }
    )
    led: dict[str, tuple[str, ...]] = {}
    for row, anchor in zip(records, anchors, strict=True):
        led[row["row_id"]] = (*led.get(row["row_id"], ()), anchor)
    return Table(
        shown,
        (
            Column("place", "Country", kind="name"),
            Column("tie", "Tie"),
            Column("year", "Year", show=Markup),
            Column("who", "Who took the lead"),
            Column("record", "On whose record"),
            Column("held", "Since then"),
        ),
        id=id,
        caption=caption,
        rows=led,
    )


def _tie(row: Mapping[str, Any]) -> str:
    services = row["concept"] == "goods_services_turnover"
    return _TIES[row["tie"]] + (" in goods and services" if services else "")


def _record(row: Mapping[str, Any], publisher: str) -> str:
    """Whose record it is and who publishes it; of one source that has both powers, that one."""
    whose = _RECORDS.get(row["record"])
    return f"{whose} ({publisher})" if whose else publisher


def _held(row: Mapping[str, Any]) -> str:
    if row["lasting"] == "no":
        return "lost again"
    early = ", by preliminary figures" if row["preliminary"] == "yes" else ""
    return f"not taken back by {row['last_year']}{early}"
