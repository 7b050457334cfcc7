"""The rows of a country's table of verdicts: each tie in words, whose record it is, and then."""

from __future__ import annotations

from collections.abc import Mapping
from math import nan
from typing import Any

import pandas as pd

from analysis.config import POWERS
from analysis.data.frames import as_rows
from analysis.measures.judgement import UNNAMED, Grade
from analysis.measures.scale import SIDES
from analysis.measures.standing import IN_MONEY
from analysis.measures.verdicts import gdp, verdict_in
from analysis.page import words
from analysis.page.ahead import leader_words, most
from analysis.page.country import Country
from analysis.page.language import heard, say
from analysis.page.then_and_now import otherwise
from analysis.page.verdict_table import COLUMNS

# What each concept is called where it heads a row.
CONCEPTS = {
    "trade_turnover": "Trade in goods",
    "goods_services_turnover": "Trade in goods and services",
    "debt_owed": "Public debt abroad",
    "fdi_flow": "Direct investment received",
    "fdi_flow_gross": "Direct investment received, gross",
    "fdi_gross_share": "Part of direct investment received",
    "fdi_outflow": "Direct investment sent",
    "foreign_investment": "All foreign investment received",
    "investment_flow_government": "Foreign investment, government’s count",
    "investment_and_loans_flow": "Foreign investment and loans",
    "investment_and_loans_share": "Part of foreign investment and loans",
    "fdi_stock": "Direct investment held",
    "fdi_stock_edb": "Direct investment held",
    "fdi_stock_mofcom": "Direct investment held",
    "remittances": "Money sent home",
    "transfers_received": "Money sent home",
    "transfers_sent": "Money sent home",
    "transfers_cbr": "Money sent home",
    "gas_exports": "Gas sold by pipeline",
}
_OF_RECORD = {"own": "own record", "partner": "partners’ records"}
_STATED = {Grade.STATED: "officials’ figures", Grade.DERIVED: "worked out from officials’ figures"}
_MARKS = {"modelled": "modelled", "preliminary": "preliminary", "disputed": "other counts differ"}
# Who counts what no side does; the pages that state it only carry it.
_THIRD = {"fdi_stock_edb": "Eurasian Development Bank"}


def standing_rows(this: Country, rows: pd.DataFrame, then: int) -> pd.DataFrame:
    """A country's table of verdicts, for ``verdict_table``.

    Args:
        this: the country.
        rows: the pairs that tell its ties, as ``measures.standing`` chooses them.
        then: the year that is set beside the newest.

    Returns:
        A row a pair, with the columns that ``verdict_table`` asks for, those of intervals and
        ``then``.
    """
    pairs, indicators = this.tables["ties"], this.tables["indicators"]
    output = dict(gdp(indicators)[["year", "gdp"]].itertuples(index=False))
    told = []
    for row in as_rows(rows):
        judged = verdict_in(pairs, indicators, row["tie"], row["year"])
        earlier = _earlier(pairs[(pairs["tie"] == row["tie"]) & (pairs["year"] == then)], row)
        told.append(
            {
                "row_id": row["pair_id"],
                "tie": concept_name(row),
                "year": row["year"],
                "unit": row["unit"],
                "ahead": _short(row),
                "sure": judged["confidence"],
                "record": recorder(this, row) + _unnamed(judged["unnamed"]),
                "then": "" if earlier is None else _then(earlier, row),
            }
            | {name: row[name] for side in SIDES for name in (side, f"{side}_low")}
            | {f"{side}_high": most(row, side) for side in SIDES}
            | _of_output(row, output.get(row["year"], nan))
        )
    return pd.DataFrame(told) if told else pd.DataFrame(columns=[*COLUMNS, "then"])


def _short(row: Mapping[str, Any]) -> str:
    return leader_words(row).removesuffix(" as much")


def _then(row: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Who was ahead in an earlier year; a model's figure, and another count, say so here too."""
    mark = f", {say('modelled')}" if row["evidence"] == "modelled" else ""
    return f"{_short(row)}{mark}{otherwise(row, now)}"


def _unnamed(part: float) -> str:
    """The part of a debt in hands that the source does not name, where it leaves nothing sure."""
    if part <= UNNAMED:
        return ""
    return "; " + say("{part} is owed to holders unnamed", part=words.percent(part))


def concept_name(row: Mapping[str, Any]) -> str:
    """What a pair is called: its concept, and of trade whose record it is."""
    name = say(CONCEPTS[row["concept"]])
    return f"{name}, {say(_OF_RECORD[row['record']])}" if row["tie"] == "trade" else name


def _earlier(pairs: pd.DataFrame, row: Mapping[str, Any]) -> dict[str, Any] | None:
    """The pair of an earlier year that a row is set beside: of trade, that of its own record.

    What one concept counts says nothing of another: money taken out is no gross inflow. Money sent
    home is modelled in early years and counted in late ones, which the words say.
    """
    # Of trade an edition that tells its year no more goes before another concept.
    alike = (pairs["tie"] == "trade") & (pairs["concept"] == row["concept"])
    usable = pairs[
        ~pairs["record"].isin(["article", "reconciled"])
        & (pairs["whole_year"] == "yes")
        & (alike | (pairs["in_use"] == "yes"))
    ]
    if row["tie"] == "trade":
        usable = usable[usable["record"] == row["record"]]
    elif row["tie"] != "money_home":
        counted = usable["concept"].replace(IN_MONEY)
        usable = usable[counted == IN_MONEY.get(row["concept"], row["concept"])]
    # A count of transfers goes before a model.
    ranked = usable.assign(
        modelled=usable["evidence"] == "modelled",
        half=usable["leader"] == "",
        other=usable["concept"] != row["concept"],
        spare=usable["in_use"] != "yes",
    ).sort_values(["modelled", "half", "other", "spare"], kind="stable")
    return ranked.iloc[0].to_dict() if len(ranked) else None


def recorder(this: Country, row: Mapping[str, Any]) -> str:
    """Whose record a pair is, how it is known, and what is missing, in a few words."""
    known = [
        name
        for name, side in zip(POWERS.values(), SIDES, strict=True)
        if not pd.isna(row[f"{side}_low"])
    ]
    theirs = "China’s and Russia’s own counts" if len(known) > 1 else f"{known[0]}’s own count"
    # What a row of trade is called says already whose record it is.
    named = {"own": say("own count"), "partner": say(theirs), "stated": _publishers(this, row)}
    whose = "" if row["tie"] == "trade" else named[row["record"]]
    how = say(_STATED[row["grade"]]) if row["grade"] in _STATED else ""
    if row["grade"] == Grade.TABLE and row["record"] != "stated":
        how = _publishers(this, row)
    mark = _MARKS.get(row["evidence"])
    parts = [whose, how, say(mark) if mark else ""]
    missing = [say(f"none known for {name}") for name in POWERS.values() if name not in known]
    return words.capital(", ".join(part for part in [*parts, *missing] if part))


def _publishers(this: Country, row: Mapping[str, Any]) -> str:
    if row["concept"] in _THIRD:
        return heard(_THIRD[row["concept"]], "names")
    names = [
        this.register[this.source_of(part)]["publisher"] for part in row["edition"].split(" + ")
    ]
    return words.listed([heard(name, "names") for name in dict.fromkeys(names)])


def _of_output(row: Mapping[str, Any], output: float) -> dict[str, float]:
    """Each power's money as a share of the year's output; of an interval its ends."""
    found: dict[str, float] = {}
    for side in SIDES:
        ends = (row[side], nan)
        if pd.isna(row[side]):
            ends = (row[f"{side}_low"], most(row, side))
        whole = output if row["unit"] == "USD" else nan
        found |= {f"{side}_to_gdp": ends[0] / whole, f"{side}_to_gdp_high": ends[1] / whole}
    return found
