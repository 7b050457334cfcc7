"""What a service answered, as a table in the columns of the raw table that it is one of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from analysis.config import COUNTRIES, POWERS
from analysis.data.copied import copied_runs
from analysis.data.raw_tables import RAW_TABLES
from analysis.fetch import worldbank
from analysis.fetch.service import Answer, Cells


@dataclass
class Edition:
    """What a service gave, as it would be kept.

    Attributes:
        table: its rows as text, in the columns of its raw table, indexed by the line of the file.
        blank: likewise, the cells that the service named and has no value for.
        creditors: our name by the service's code, of an edition of debts.
        remarks: what a reader should be told though nothing is wrong, a sentence each.
    """

    table: pd.DataFrame
    blank: pd.DataFrame
    creditors: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def as_edition(
    answer: Answer, which: str, edition: str, codes: dict[str, str], named: Iterable[str]
) -> Edition:
    """What a service answered as an edition of its raw table, sorted by key.

    Args:
        answer: of all its calls.
        which: the raw table.
        edition: its name, the service's and the day.
        codes: the creditors that are known already, our name by the service's code.
        named: creditors of whom the name is known, whether the code is or not.

    Raises:
        ServiceError: where a creditor's code and its name do not belong together.
    """
    filled = [row for row in answer.rows if row["value"]]
    blank = [row for row in answer.rows if not row["value"]]
    remarks = [
        f"{so_many(count, 'row')} left out: {why}." for why, count in answer.left_out.items()
    ]
    if blank:
        remarks.append(
            f"{so_many(len(blank), 'observation')} without a value, and so without a row."
        )
    if which == "debt_by_creditor":
        filled, codes, renamed = worldbank.with_our_names(filled, codes, named)
        blank = [
            row | {"creditor": codes[row["creditor_id"]]}
            for row in blank
            if row["creditor_id"] in codes
        ]
        remarks += renamed
    table = _in_columns(filled, which, edition)
    return Edition(
        _with_copies_marked(table) if which == "trade_pairs" else table,
        _in_columns(blank, which, edition),
        codes if which == "debt_by_creditor" else {},
        remarks,
    )


def _in_columns(rows: list[Cells], which: str, edition: str) -> pd.DataFrame:
    """Rows of a service in the columns of its raw table, sorted by key, as text."""
    table = RAW_TABLES[which]
    made = pd.DataFrame(rows or [], columns=None if rows else list(table.schema.columns))
    name, day = edition[: -len("-2026-11-24")], edition[-len("2026-11-24") :]
    made = made.assign(source_id=edition)
    if which == "trade_pairs":
        five = made["reporter"].isin(COUNTRIES) | made["partner"].isin(COUNTRIES)
        # A country's own re-imports stand in the answer as trade with itself.
        made = made[five & (made["reporter"] != made["partner"])]
        made = made.assign(dataset=name.rpartition("-")[2] + day.replace("-", ""))
    if which == "wdi":
        made = made.assign(vintage=day)
    made = made[list(table.schema.columns)].sort_values(list(table.key), ignore_index=True)
    # Messages name the row of the file, whose first holds the columns' names.
    return made.set_axis(range(2, len(made) + 2))


# How the numbers give a record away, and what it then is.
_MARKS = {
    "copied from the partner": "derived",
    "fixed ratio of China to Russia": "imputed",
}


def _with_copies_marked(trade: pd.DataFrame) -> pd.DataFrame:
    """Trade records that a country did not count itself, as ``copied_runs`` finds them."""
    counted = trade.assign(
        value=pd.to_numeric(trade["value"], errors="coerce"),
        year=pd.to_numeric(trade["year"], errors="coerce"),
    )
    evidence = trade["evidence"].copy()
    if counted[["value", "year"]].isna().any(axis=None):
        return trade
    whole = counted.drop_duplicates(["reporter", "partner", "flow", "year"])
    for run in copied_runs(whole).itertuples():
        if run.reporter not in COUNTRIES:
            continue
        own = (trade["reporter"] == run.reporter) & (trade["flow"] == run.flow)
        own &= trade["partner"].isin([*POWERS, "WLD"]) & (trade["evidence"] == "reported")
        evidence[own & counted["year"].between(run.first, run.last)] = _MARKS[run.kind]
        if _MARKS[run.kind] == "derived":
            # A side that is copied for years vouches for none of the others.
            evidence[own & (evidence == "reported")] = "unverified"
    return trade.assign(evidence=evidence)


def so_many(count: int, what: str) -> str:
    """A number of things in words."""
    return f"{count:,} {what}" + ("" if count == 1 else "s")
