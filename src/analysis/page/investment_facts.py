"""What the section on investment of a country's page is told."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.config import POWERS
from analysis.data.frames import as_rows
from analysis.measures.history import taken_out
from analysis.page import words
from analysis.page.country import Country
from analysis.page.evidence import row_ids, together
from analysis.page.language import say

Rows = list[dict[str, Any]]


def investment(this: Country, rows: pd.DataFrame, since: int) -> dict[str, Any]:
    """What the section on investment is told: who is ahead in which concept, and of what whole.

    Args:
        this: the country.
        rows: of ``ties``, as ``by_concept`` gives them.
        since: the first year of these rows.
    """
    by_government = rows[rows["concept"] == "investment_flow_government"]
    whole = this.where(
        "figures", indicator="investment_flow_government", coverage="all_sources", power=""
    )
    whole = whole[whole["period_end"].isin(by_government["end"])]
    whole = whole[whole["state"] != "not_reported"].tail(1)
    direct = this.where("indicators", indicator="fdi_inflow").sort_values(["year", "vintage"])
    direct = direct.assign(row_id=row_ids("indicators", direct)).tail(1)
    told = [
        row | {"called": say(_CONCEPTS[row["concept"]]), "period": words.period(row)}
        for row in as_rows(rows)
    ]
    paired = [row for row in told if row["leader"]]
    groups = [
        (leader, _by_name([row for row in paired if row["leader"] == leader]))
        for leader in (*POWERS, "level", "too_close")
    ]
    return {
        "known": bool(told),
        "groups": [(leader, found) for leader, found in groups if found],
        "whole": as_rows(whole.assign(year=whole["period_end"].str[:4])),
        "direct": as_rows(direct),
        "since": since,
        "ebbs": _ebbs(this),
        "owners": _by_owner(this, rows),
        "registers": _registers(this, since),
    }


def _ebbs(this: Country) -> Rows:
    """Years on end in which more of one power's direct investment went out than came in."""
    told = []
    for ebb in as_rows(taken_out(this.tables["ties"])):
        sums = {
            f"{name}_words": words.amount(ebb[name], ebb["unit"], 3, short=True) for name in _SUMS
        }
        ids = {"row_id": together(ebb["pair_ids"]), "name": POWERS[ebb["power"]]}
        (other,) = {*POWERS} - {ebb["power"]}
        told.append(ebb | sums | ids | {"other": POWERS[other]})
    return told


_SUMS = ("taken", "brought")


def of_its_region(figures: pd.DataFrame) -> pd.DataFrame:
    """What a development bank has of all countries of its own region together.

    Args:
        figures: of what it counts as held.

    Returns:
        Its rows by day.
    """
    every = figures[(figures["coverage"] == "all_sources") & (figures["power"] == "")]
    return every.drop_duplicates("as_of").set_index("as_of")


def _by_owner(this: Country, rows: pd.DataFrame) -> Rows:
    """What the development bank has of China's and, beside it, of its whole region with Russia."""
    halves = rows[(rows["concept"] == "fdi_stock_edb") & rows["russia_low"].isna()]
    bank = of_its_region(this.where("figures", indicator="fdi_stock_edb", state="value"))
    return [
        row | {"period": words.period(row), "region": bank.loc[row["end"]].to_dict()}
        for row in as_rows(halves)
        if row["end"] in bank.index
    ]


def _registers(this: Country, since: int) -> Rows:
    """Enterprises registered with capital of each, of the newest day and then of the first."""
    found = this.where("comparisons", concept="enterprises_registered", comparable="yes")
    rows = as_rows(found[found["period_end"] >= f"{since}"].sort_values("period_end"))
    days = [rows[-1], *rows[:1]] if len(rows) > 1 else rows
    return [
        row
        | {
            "period": words.period(
                {"start": row["period_start"], "end": row["period_end"]}
                | {"year": row["period_end"][:4], "whole_year": "no"}
            )
        }
        for row in days
    ]


def _by_name(rows: Rows) -> Rows:
    """Concepts of one name together, each with its periods and the ids of its pairs."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        one = found.setdefault(row["called"], {"called": row["called"], "when": [], "rows": []})
        one["when"].append(row["period"].removeprefix("in "))
        one["rows"].append(row)
    return list(found.values())


_CONCEPTS = {
    "fdi_flow": "direct investment received",
    "fdi_flow_gross": "direct investment before what was taken out",
    "fdi_gross_share": "direct investment before what was taken out",
    "fdi_outflow": "direct investment as the senders count it",
    "foreign_investment": "all foreign investment, loans among it",
    "investment_flow_government": "foreign investment as the government counts it",
    "investment_and_loans_flow": "foreign investment and loans together",
    "investment_and_loans_share": "foreign investment and loans together",
    "fdi_stock": "direct investment held",
    "fdi_stock_edb": "direct investment held, as the Eurasian Development Bank counts it",
    "fdi_stock_mofcom": "direct investment held, as China’s ministry of commerce counts it",
}
