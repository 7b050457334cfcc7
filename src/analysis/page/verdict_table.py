"""The page in six rows: each tie, its newest year, both powers, who is ahead and how sure."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from analysis.data.frames import as_rows
from analysis.measures.scale import SIDES
from analysis.page import words
from analysis.page.language import heard, say
from analysis.page.markup import macro
from analysis.page.table import Column, Table, linked
from analysis.page.then_and_now import percents

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

# What a frame may have beside them.
MORE = {
    "china_low": "lower end of China's figure, told where there is no one figure",
    "china_high": "its upper end; missing or infinite where the words leave it open",
    "russia_low": "as China's",
    "russia_high": "as China's",
    "china_to_gdp_high": "upper end of China's share where it is an interval; infinite where open",
    "russia_to_gdp_high": "as China's",
    "then": "who was ahead in an earlier year, in words",
}

NOT_RECORDED, NONE = "not recorded", "none"


def verdict_table(
    frame: pd.DataFrame, *, id: str = "verdicts", caption: str, then: str = ""
) -> Table:
    """The verdicts of a page as a table.

    Args:
        frame: a row a tie, with the columns of ``COLUMNS`` and any of ``MORE``, in the order of
            the page.
        id: its name in the page.
        caption: what it is a table of.
        then: what stands before the words of ``then``, such as "In 2016"; without it they are not
            shown.

    Raises:
        ValueError: naming the columns that are missing.
    """
    absent = [name for name in COLUMNS if name not in frame]
    if absent:
        raise ValueError(f"verdicts: no column {', '.join(absent)}; valid: {', '.join(COLUMNS)}")
    rows = [dict.fromkeys(MORE, float("nan")) | row for row in as_rows(frame)]
    shown = frame.assign(
        china=[_figure(row, "china", id) for row in rows],
        russia=[_figure(row, "russia", id) for row in rows],
        ahead=[_ahead(row, then) for row in rows],
    )
    return Table(
        frame=shown,
        columns=(
            Column("tie", say("Tie"), kind="name"),
            Column("year", say("Year")),
            Column("china", say("China"), kind="number", show=Markup),
            Column("russia", say("Russia"), kind="number", show=Markup),
            Column("ahead", say("Who is ahead"), show=Markup),
            Column("record", say("By whose record")),
        ),
        id=id,
        caption=heard(caption),
        rows=_anchors(rows, id),
        look="cards verdicts",
    )


def _anchors(rows: Iterable[dict[str, Any]], table: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        known = tuple(
            f"at-{table}-{row['row_id']}-{power}" for power in SIDES if _is_known(row, power)
        )
        if known:
            found[row["row_id"]] = known
    return found


def _figure(row: dict[str, Any], power: str, table: str) -> Markup:
    """A power's figure, in its colour, with its weight in the country's output below."""
    if not _is_known(row, power):
        return Markup('<span class="missing">{}</span>').format(say(NOT_RECORDED))
    short = _short(row, power)
    link = linked(short, row["row_id"], f"at-{table}-{row['row_id']}-{power}")
    weight = row[f"{power}_to_gdp"]
    under = "" if pd.isna(weight) or weight == 0 else _of_gdp(weight, row[f"{power}_to_gdp_high"])
    return Markup('<span class="{}">{}</span>{}').format(power[0], link, under)


def _is_known(row: dict[str, Any], power: str) -> bool:
    return not pd.isna(row[power]) or not pd.isna(row[f"{power}_low"])


def _short(row: dict[str, Any], power: str) -> str:
    """A power's figure, or the interval that its words allow."""
    if pd.isna(row[power]):
        return words.span(row[f"{power}_low"], row[f"{power}_high"], row["unit"], 3, short=True)
    return words.amount(row[power], row["unit"], 3, short=True) if row[power] else say(NONE)


def _of_gdp(low: float, high: float) -> Markup:
    told = say("{part} of GDP", part=percents(low, high))
    return Markup(' <span class="of-gdp">{}</span>').format(told)


def _middle(row: dict[str, Any], power: str) -> float | None:
    """What the bar of the pair is drawn by; None where nothing is known."""
    ends = [row[power]] if not pd.isna(row[power]) else [row[f"{power}_low"], row[f"{power}_high"]]
    known = [float(end) for end in ends if isfinite(end)]
    return sum(known) / len(known) if known else None


def _ahead(row: dict[str, Any], then: str) -> Markup:
    """Who is ahead, how sure, the pair as a bar, and below it who was ahead then."""
    known = {power: _middle(row, power) for power in SIDES}
    sure = macro("inline", "sure", row["sure"]) if row["sure"] else ""
    bar = macro("inline", "split", known["china"], known["russia"])
    told = bool(then) and not pd.isna(row["then"]) and row["then"]
    under = Markup('<span class="of-gdp">{}: {}</span>').format(then, row["then"]) if told else ""
    return Markup("{} {}{}{}").format(escape(row["ahead"]), sure, bar, under)
