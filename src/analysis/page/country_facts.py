"""What the sentences of a country's page are told: rows of tables as the templates take them."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import Any

import pandas as pd

from analysis.config import ARTICLE_YEAR, COUNTRIES, POWERS
from analysis.data.countries import names
from analysis.data.frames import as_rows
from analysis.measures.changes import falls
from analysis.measures.history import stand_ins
from analysis.measures.leading import beside_output
from analysis.measures.parts import TRADE, newest_parts, parts_by_year
from analysis.measures.scale import SIDES
from analysis.measures.sides import given_all
from analysis.measures.standing import (
    INVESTED,
    contested,
    estimated_trade,
    mostly_gas,
    newer_trade,
)
from analysis.measures.ties import RECORDS, SIDE_OF
from analysis.measures.verdicts import gdp, verdict_in
from analysis.page import words
from analysis.page.ahead import most
from analysis.page.country import Country
from analysis.page.debt_facts import debt_parts, shares_of_debt
from analysis.page.evidence import output_ids, row_ids, together
from analysis.page.language import heard, say
from analysis.page.then_and_now import of_output, percents

Rows = list[dict[str, Any]]

# What a tie is called where a sentence lists several: investment by its concept.
_CALLED = {
    "trade": "trade",
    "debt": "public debt",
    "money_home": "money sent home",
    "gas": "gas purchases",
    "fdi_flow": "direct investment",
    "fdi_flow_gross": "direct investment",
    "fdi_gross_share": "direct investment",
    "fdi_outflow": "direct investment",
    "foreign_investment": "foreign investment",
    "investment_flow_government": "government-counted foreign investment",
    "investment_and_loans_flow": "foreign investment and loans",
    "investment_and_loans_share": "foreign investment and loans",
    "fdi_stock": "direct investment held",
    "fdi_stock_edb": "direct investment held",
    "fdi_stock_mofcom": "direct investment held",
}
# From this many times on two records of one trade are said to lie apart.
_APART = 1.2
# Below this part of what it buys there a country sells a power next to nothing.
NEXT_TO_NOTHING = 0.05


def called(row: Mapping[str, Any]) -> str:
    """What a pair's tie is called in a sentence.

    Example:
        >>> called({"tie": "investment_held", "concept": "fdi_stock_edb"})
        'direct investment held'
    """
    return say(_CALLED[row["concept"] if row["tie"] in INVESTED else row["tie"]])


def opening(this: Country, newest: pd.DataFrame, first: pd.DataFrame) -> dict[str, Any]:
    """What title and lead are told.

    Args:
        this: the country.
        newest: the pairs that tell its ties, as ``measures.standing`` chooses them.
        first: the ties that the title names, as ``first_said`` gives them.
    """
    pairs, indicators = this.tables["ties"], this.tables["indicators"]
    trade = newest[newest["tie"] == "trade"]
    output = dict(gdp(indicators)[["year", "gdp"]].itertuples(index=False))
    gas = as_rows(mostly_gas(this.tables["figures"], pairs))
    named = set(first["tie"]) | {"trade"}
    titled = set(first["leader"])
    if gas and list(first["tie"]) == ["trade"]:
        named.add("gas")  # the title has it
    also: dict[str, list[str]] = {code: [] for code in POWERS}
    level: Rows = []
    split = False
    for row in as_rows(newest[~newest["tie"].isin(named)]):
        judged = verdict_in(pairs, indicators, row["tie"], row["year"])
        if not (judged["weighty"] or row["unit"] == "share"):
            continue
        if contested(pairs, row):
            split = True
        elif row["leader"] in POWERS:
            also[row["leader"]].append(called(row))
        elif row["leader"]:
            older = row["year"] < newest["year"].max()
            year = row["year"] if older else ""
            level.append({"name": called(row), "year": year, "leader": row["leader"]})
    years = sorted({*map(int, newest["year"]), *(row["year"] for row in gas if "gas" in named)})
    return {
        "five": this.code in COUNTRIES,
        "only_trade": len(trade) == len(newest),
        "trade": as_rows(trade),
        "judged": verdict_in(pairs, indicators, "trade", int(trade["year"].max()))
        if len(trade)
        else {"verdict": "no_pair", "confidence": ""},
        "first": [_lead(this, row, newest, output) for row in as_rows(first)],
        "debt": debt_parts(this, newest),
        "gas": gas[0] if gas else None,
        "titled": titled,
        "shares": as_rows(shares_of_debt(this)),
        "own_last": _last_own(pairs),
        "also": also,
        "split": split,
        "later": _later_own(pairs, trade),
        "level": level,
        "years": sorted({years[0], years[-1]}) if years else [],
    }


def _later_own(pairs: pd.DataFrame, trade: pd.DataFrame) -> dict[str, Any] | None:
    """The country's own pair of trade after the year of both records, where somebody leads it."""
    later = newer_trade(pairs, int(trade["year"].max()) if len(trade) else 0)
    rows = as_rows(later[(later["record"] == "own") & later["leader"].isin(POWERS)])
    return rows[0] if rows and len(trade) else None


def _last_own(pairs: pd.DataFrame) -> int:
    """The last year in which the country's own record has trade with both powers; 0 for none."""
    own = pairs[(pairs["tie"] == "trade") & (pairs["record"] == "own") & (pairs["leader"] != "")]
    return int(own["year"].max()) if len(own) else 0


def _lead(
    this: Country, row: dict[str, Any], newest: pd.DataFrame, output: dict[int, float]
) -> dict[str, Any]:
    """A tie that the title names, with the leader's figure as a part of GDP."""
    told = as_rows(newest[newest["tie"] == row["tie"]])
    side, whole = SIDE_OF[row["leader"]], output.get(told[0]["year"], float("nan"))
    return row | {
        "side": side,
        "pairs": told,
        "share": percents(told[0][f"{side}_low"] / whole, most(told[0], side) / whole),
        "share_id": _of_output_id(this, told[0]["pair_id"], told[0]["year"]),
        "called": called(told[0]),
    }


def _of_output_id(this: Country, row_id: str, year: int) -> str:
    """The rows that a share of the output of a year rests on: the sum, and the output."""
    output = output_ids(this.tables["indicators"]).get((this.code, year))
    return together([row_id, output] if output else [row_id])


def of_all_trade(this: Country) -> dict[str, Any] | None:
    """The powers' parts of a country's trade with everyone, in the newest year that has them.

    By its own record, or by its partners' where its own is older than the article's figures.

    Returns:
        A row of ``weights`` with ``row_id``; None where neither is known.
    """
    weights = this.where("weights")
    for record in RECORDS:
        rows = newest_parts(parts_by_year(weights, TRADE, record, this.dates))
        rows = rows[rows["year"] >= ARTICLE_YEAR]
        if len(rows):
            return rows.iloc[0].to_dict() | {"row_id": row_ids("weights", rows).iloc[0]}
    return None


def newer_shares(this: Country, year: int) -> Rows:
    """Parts of all trade that a page states of both powers for a whole year after one, the newest.

    Each with ``by``, who published it.
    """
    found = this.where("comparisons", concept="trade_share", comparable="yes")
    whole = found["period_start"].str.endswith("-01-01") & found["period_end"].str.endswith(
        "-12-31"
    )
    found = found[whole & found["china"].notna() & found["russia"].notna()]
    found = found.assign(year=found["period_end"].str[:4].astype("int64"))
    found = found[found["year"] > year].sort_values("year").tail(1)
    ids = found["china_ids"].str.cat(found["russia_ids"], sep=" ").str.split().map(together)
    by = [heard(str(this.register[name]["publisher"]), "names") for name in found["dataset"]]
    return as_rows(found.assign(row_id=ids, by=by))


def beside_one_side(this: Country, later: pd.DataFrame) -> list[Rows]:
    """What a third party has of the other power, where a side's newer trade is of one power alone.

    Its count is not the side's own, so the two are no pair. No state and no newspaper is meant, and
    what other counts deny is left out.

    Args:
        this: the country.
        later: rows of ``ties``, told after the newest pair.

    Returns:
        For each row, rows of ``figures`` of the same concept and year.
    """
    figures = this.tables["figures"]
    told = figures[(figures["state"] == "value") & (figures["status"] == "realised")]
    told = told[
        ~told["reporter"].isin(["", "press", *POWERS, *names()]) & (told["evidence"] != "disputed")
    ]
    found = []
    for row in as_rows(later):
        other = [power for power, side in SIDE_OF.items() if isnan(row[f"{side}_low"])]
        same = told[(told["indicator"] == row["concept"]) & told["power"].isin(other)]
        same = same[(same["period_start"] == row["start"]) & (same["period_end"] == row["end"])]
        found.append(as_rows(same) if not row["leader"] else [])
    return found


def low_years(of_trade: pd.DataFrame, since: int) -> Rows:
    """Falls of a power's trade in the year that a table ends with, after the first that is drawn.

    Each with ``row_id``, the card of both years.
    """
    found = falls(of_trade)
    both = [together([row["before_id"], row["pair_id"]]) for row in as_rows(found)]
    return as_rows(found.assign(row_id=both)[found["year"] > since])


def estimates_of_trade(this: Country, trade: pd.DataFrame) -> Rows:
    """Estimates of trade that stand in no pair, of years after the one that trade is told by."""
    year = int(trade["year"].max()) if len(trade) else 0
    return as_rows(estimated_trade(this.tables["figures"], this.tables["ties"], year))


def gap(this: Country, newest: pd.DataFrame) -> Rows:
    """How many times each power's own record of trade is the country's, in one year.

    Only figures of one concept are held against each other.
    """
    trade = newest[newest["tie"] == "trade"].set_index("record")
    if not set(RECORDS) <= set(trade.index) or trade["concept"].nunique() > 1:
        return []
    own, theirs = trade.loc["own"], trade.loc["partner"]
    found = []
    for name, side in zip(POWERS.values(), SIDES, strict=True):
        ends = [theirs[f"{side}_low"], theirs[f"{side}_high"], own[f"{side}_low"]]
        low, high = ends[0] / own[f"{side}_high"], ends[1] / ends[2]
        if not isnan(low + high):
            told = say("{times} times", times=words.ends([_times(low), _times(high)]))
            found.append(
                {"name": name, "year": own["year"], "told": told, "row_id": theirs["pair_id"]}
                | {"low": low, "high": high}
            )
    apart = any(row["low"] >= _APART or row["high"] <= 1 / _APART for row in found)
    return found if apart else []


def _times(ratio: float) -> str:
    """A ratio as the charts write it: to the tenth below ten, whole from there on."""
    return words.decimals(ratio, 2 if ratio < 0.995 else 1 if ratio < 9.95 else 0)


def money(this: Country, newest: pd.DataFrame) -> dict[str, Any]:
    """What the section on money sent home is told."""
    told = as_rows(newest[newest["tie"] == "money_home"])
    if not told:
        return {"newest": None}
    output = dict(gdp(this.tables["indicators"])[["year", "gdp"]].itertuples(index=False))
    side = "russia" if not isnan(told[0]["russia_low"]) else "china"
    whole = output.get(told[0]["year"], float("nan"))
    ends = [told[0][f"{side}_low"] / whole, most(told[0], side) / whole]
    modelled = this.where(tie="money_home", evidence="modelled").sort_values("year")
    modelled = modelled[modelled["leader"] != ""] if (modelled["leader"] != "").any() else modelled
    to_one = given_all(this.where("indicators")).sort_values("year")
    to_one = to_one.assign(row_id=row_ids("indicators", to_one)).tail(1)
    every = this.where("indicators", indicator="remittances_received").sort_values(
        ["year", "vintage"]
    )
    # Of the year that the power's part is of, where it is known.
    of_year = every[every["year"] == told[0]["year"]]
    every = of_year if len(of_year) else every
    every = every.assign(row_id=row_ids("indicators", every)).tail(1)
    every = every.assign(
        share=[
            percents(*[row["value"] / output.get(row["year"], float("nan"))] * 2)
            for row in as_rows(every)
        ],
        share_id=[_of_output_id(this, row["row_id"], row["year"]) for row in as_rows(every)],
    )
    people = this.where(tie="people").sort_values("year").tail(1)
    return {
        "newest": told[0],
        "shares": percents(*ends) if not isnan(ends[0]) else "",
        "shares_id": _of_output_id(this, told[0]["pair_id"], told[0]["year"]),
        "counted": told[0]["evidence"] != "modelled",
        "model": as_rows(modelled.tail(1))[0] if len(modelled) else None,
        "to_one": as_rows(to_one)[0] if len(to_one) else None,
        "all": as_rows(every)[0] if len(every) else None,
        "people": as_rows(people)[0] if len(people) else None,
    }


def energy(this: Country, newest: pd.DataFrame, then: int) -> dict[str, Any]:
    """What the section on gas is told; shares are None where nobody gives the whole."""
    told = as_rows(newest[newest["tie"] == "gas"])
    if not told:
        return {"newest": None}
    every = this.where("indicators", indicator="gas_exports", counterpart="all")
    whole = every[every["year"] == told[0]["year"]]
    sold = whole["value"].iloc[0] if len(whole) else None
    before = as_rows(this.where(tie="gas", record="stated", year=then).query("leader != ''"))
    value = this.where("figures", indicator="gas_exports_value", power="CHN")
    value = value[value["state"] != "not_reported"].sort_values("period_end").tail(1)
    most_of_trade = mostly_gas(this.tables["figures"], this.tables["ties"])
    most_of_trade = most_of_trade[most_of_trade["figure_id"].isin(value["figure_id"])]
    pairs = this.tables["ties"].set_index("pair_id", drop=False)
    return {
        "newest": told[0],
        "repeated": _repeated(this, told[0]),
        "of_trade": [
            row | {"pair": pairs.loc[row["pair_id"]].to_dict()} for row in as_rows(most_of_trade)
        ],
        **{side: told[0][side] / sold if sold else None for side in SIDES},
        "before": before[0] if before and told[0]["year"] != then else None,
        "value": as_rows(value)[0] if len(value) else None,
    }


def _repeated(this: Country, newest: dict[str, Any]) -> Rows:
    """Whose figure of gas the table has to the last digit for an earlier year as well."""
    rows = this.where(tie="gas", record="stated", grade="table").sort_values("year")
    before = as_rows(rows[rows["year"] < newest["year"]].tail(1))
    return [
        {"power": POWERS[power], "side": side, "year": row["year"], "pair_id": row["pair_id"]}
        for row in before
        for power, side in SIDE_OF.items()
        if newest[side] and newest[side] == row[side]
    ]


def subtitle(rows: pd.DataFrame) -> str:
    """Measure and years of a chart of some rows: "Trade in goods, US dollars, 2016 and 2024"."""
    years = sorted({int(year) for year in rows["year"]})
    told = [str(year) for year in years]
    several = words.ends([told[0], told[-1]]) if len(years) > 2 else words.listed(told)
    when = {"years": several, "count": 1 if len(years) == 1 else 2}
    if "part" in rows:
        return say(
            "Public debt abroad by lender, countries with their banks, end of {years}", **when
        )
    if "kind" in rows:
        told_of = "Each tie in money as a share of GDP, in the year it is judged by, {years}"
    elif "concept" in rows:
        told_of = _TRADE[_services(rows["concept"])]
    else:
        told_of = "Gas sold by pipeline, billion cubic metres, {years}"
        apart = [say("each year’s own edition")] if rows["edition"].nunique() > 1 else []
        return "; ".join([say(told_of, **when), *apart])
    instead = [say(told) for name, told in _STAND_INS.items() if rows[name].any()]
    return "; ".join([say(told_of, **when), *instead])


_STAND_INS = {"middle": "of a range its middle", "floor": "of “or more” the least"}


_TRADE = {
    "none": "Trade in goods, US dollars, {years}",
    "all": "Trade in goods and services, US dollars, {years}",
    "own": "Trade in goods, on its own record with services, US dollars, {years}",
}


def years_apart(rows: pd.DataFrame) -> str:
    """What a chart says that has its two records of different years; nothing of one year."""
    if rows["year"].nunique() < len(RECORDS):
        return ""
    return say("The years differ: the records cannot be compared.")


def _services(concepts: pd.Series) -> str:
    services = concepts.str.startswith("goods_services")
    return "all" if services.all() else "own" if services.any() else "none"


def missing_records(series: pd.DataFrame, this: Country) -> dict[str, str]:
    """What a chart of two records says where one of them begins late or is no series.

    Args:
        series: as ``trade_series`` gives them.
        this: the country.
    """
    told = {}
    for record in RECORDS:
        rows = series[series["record"] == record]
        last = this.where(tie="trade", record=record)["year"].max()
        if len(rows) and rows["year"].min() > series["year"].min() + 2:
            told[record] = say("begins in {year}", year=int(rows["year"].min()))
        elif rows.empty and not pd.isna(last):
            told[record] = say("none is known after {year}", year=int(last))
    return told


def weights(this: Country, newest: pd.DataFrame) -> pd.DataFrame:
    """Each tie in money beside GDP, for ``of_gdp``: of an interval its middle, told by its ends."""
    found = []
    for row in as_rows(beside_output(newest, this.tables["indicators"])):
        shares = {side: row[f"{side}_of_gdp"] for side in SIDES}
        if not all(isnan(share) for share in shares.values()):
            kind = {"kind": row["tie"], "record": row["record"]}
            stands = {name: name in stand_ins(row) for name in _STAND_INS}
            named = {"tie": _on_chart(row), "year": row["year"], "row_id": row["pair_id"]}
            told = {f"{side}_words": of_output(row, side) for side in SIDES}
            told["sources"] = row["sources"]
            found.append(named | kind | stands | shares | told)
    return pd.DataFrame(found)


def _on_chart(row: dict[str, Any]) -> str:
    if row["tie"] != "trade":
        return words.capital(called(row))
    return say("Trade, own record" if row["record"] == "own" else "Trade, partners’ records")


def gas_by_year(this: Country, since: int) -> pd.DataFrame:
    """Gas sold by pipeline by year, in billion cubic metres, as one series of tables has it."""
    rows = this.where(tie="gas", record="stated", grade="table")
    rows = rows[(rows["year"] >= since) & (rows["leader"] != "")].sort_values("year")
    volumes = {side: rows[side] / 1e9 for side in SIDES}
    return rows.assign(row_id=rows["pair_id"], **volumes)[["year", *SIDES, "row_id", "edition"]]


def _tables_end(this: Country) -> int:
    """The last year for which a table has the country's own trade with both powers."""
    rows = this.where(tie="trade", record="own", grade="table")
    return int(rows.loc[rows["leader"] != "", "year"].max())


def would_change(this: Country, newest: pd.DataFrame, debt_facts: Any) -> dict[str, Any]:
    """What the last section is told: whatever the newest figures lack."""
    trade = newest[newest["tie"] == "trade"]
    own = trade[(trade["record"] == "own") & (trade["grade"] != "table")]
    money = newest[newest["tie"] == "money_home"]
    return {
        "after": _tables_end(this) if len(own) else 0,
        "none_of_own": bool(len(trade)) and "own" not in set(trade["record"]),
        "gap": [
            row for row in gap(this, newest) if row["name"] == "China" and row["low"] >= _APART
        ],
        "half": bool(len(money)) and money["leader"].iloc[0] == "",
        "unnamed": debt_facts.get("unnamed", 0),
        "unnamed_row": debt_facts.get("unnamed_row", ""),
        "five": this.code in COUNTRIES,
        "last": int(newest["year"].max()) if len(newest) else 0,
    }
