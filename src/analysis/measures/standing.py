"""How each tie of a country stands in its newest year, and which of them a page says first."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan, nan
from typing import Any

import pandas as pd

from analysis.config import ARTICLE_YEAR, POWERS
from analysis.data.frames import as_rows, where
from analysis.measures.judgement import WEIGHTY
from analysis.measures.scale import SIDES
from analysis.measures.ties import RECORDS, newest

# The ties that a page sets side by side, in its order; sales and purchases are parts of trade.
TOLD = ("trade", "debt", "investment_received", "investment_held", "money_home", "gas")
# The ties that are counted by several concepts, each of other things.
INVESTED = ("investment_received", "investment_held")
# Whose word is no record of a tie.
_NO_RECORD = ("article", "reconciled")
# Shares of what another concept counts in money: of the two the newer is told.
IN_MONEY = {
    "fdi_gross_share": "fdi_flow_gross",
    "investment_and_loans_share": "investment_and_loans_flow",
}
# The least part of a trade that is made of gas for the gas to be named first.
_MOSTLY = 0.5


def standing(pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs that tell each tie in its newest whole year.

    Trade is told by both records of the newest year that has both, unless that is older than the
    article's, else by the one that there is. Every other tie is told by its newest pair. A known
    half that one of the two sides counts tells it where there is no pair, and where the pair is a
    model's and the half is a newer count.

    Args:
        pairs: rows of ``ties`` of one country.

    Returns:
        Rows of ``ties``, in the order of ``TOLD``: of trade one a record, else one a tie.
    """
    usable = _usable(pairs)
    kept = [_newest_trade(usable[usable["tie"] == "trade"])]
    kept += [_newest_of(usable[usable["tie"] == tie]) for tie in TOLD[1:]]
    return pd.concat(kept, ignore_index=True)


def with_newer_trade(rows: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """What tells the ties, with newer pairs of trade that one record alone has.

    Args:
        rows: as ``standing`` gives them.
        pairs: rows of ``ties`` of the same country.

    Returns:
        The rows, those of trade first, each record's newer pair after them.
    """
    trade = rows[rows["tie"] == "trade"]
    later = newer_trade(pairs, int(trade["year"].max()) if len(trade) else 0)
    both = later[later["leader"] != ""]
    return pd.concat([trade, both, rows[rows["tie"] != "trade"]], ignore_index=True)


def contested(pairs: pd.DataFrame, row: Mapping[str, Any]) -> bool:
    """Whether another concept of investment, as new, has the other power ahead.

    Args:
        pairs: rows of ``ties`` of one country.
        row: the pair that tells the tie.
    """
    if row["tie"] not in INVESTED or row["leader"] not in POWERS:
        return False
    others = by_concept(pairs, (row["tie"],), row["year"])["leader"]
    return bool(set(others) & set(POWERS) - {row["leader"]})


def newer_trade(pairs: pd.DataFrame, year: int) -> pd.DataFrame:
    """What either side's record has of trade after a year, the newest whole year of each.

    Args:
        pairs: rows of ``ties`` of one country.
        year: the year that trade is told by.

    Returns:
        Rows of ``ties``, by record: at most a pair each, and a half that is newer still.
    """
    rows = pairs[
        (pairs["tie"] == "trade")
        & pairs["record"].isin(RECORDS)
        & (pairs["in_use"] == "yes")
        & (pairs["whole_year"] == "yes")
        & (pairs["year"] > year)
    ]
    newest = rows.assign(pair=rows["leader"] != "").sort_values(["record", "year"])
    newest = newest.drop_duplicates(["record", "pair"], keep="last")
    paired = newest["year"].where(newest["pair"], -1).groupby(newest["record"]).transform("max")
    return newest[newest["pair"] | (newest["year"] > paired)].drop(columns="pair")


def trade_of_a_part(pairs: pd.DataFrame, after: str) -> pd.DataFrame:
    """What a record has of trade with both powers in a part of a year that is not told as a whole.

    Args:
        pairs: rows of ``ties`` of one country.
        after: the last day of the newest year that is told, as ISO has it.

    Returns:
        Rows of ``ties``, the newest part of each record, where there is one.

    Example:
        >>> from analysis import load
        >>> trade_of_a_part(load("TJK").tables["ties"], "2024-12-31")["end"].tolist()
        ['2025-05-31']
    """
    rows = pairs[
        (pairs["tie"] == "trade")
        & pairs["record"].isin(RECORDS)
        & (pairs["in_use"] == "yes")
        & (pairs["whole_year"] == "no")
        & (pairs["leader"] != "")
        & (pairs["end"] > after)
    ]
    return rows.sort_values(["record", "end"]).drop_duplicates("record", keep="last")


def estimated_trade(figures: pd.DataFrame, pairs: pd.DataFrame, year: int) -> pd.DataFrame:
    """Estimates of a whole year's trade that stand in no pair, since the other power's was counted.

    One that the same power has counted since is left out.

    Args:
        figures: rows of ``figures`` of one country.
        pairs: its rows of ``ties``.
        year: the year that trade is told by; an estimate of it or of one before adds nothing.

    Returns:
        Rows of ``figures`` with ``year``, the newest a power and reporter.

    Example:
        >>> from analysis import load
        >>> tables = load("TKM").tables
        >>> estimated_trade(tables["figures"], tables["ties"], 2020)["printed"].tolist()
        ['more than $1.6 billion']
    """
    paired = set(" ".join([*pairs["china_ids"], *pairs["russia_ids"]]).split())
    rows = figures[
        (figures["indicator"] == "trade_turnover")
        & (figures["status"] == "estimate")
        & (figures["state"] == "value")
        & figures["power"].isin(POWERS)
        & figures["period_start"].str.endswith("-01-01")
        & (figures["period_end"] == figures["period_start"].str[:4] + "-12-31")
        & ~figures["figure_id"].isin(paired)
    ]
    rows = rows.assign(year=rows["period_end"].str[:4].astype("int64"))
    counted = _usable(pairs)
    counted = counted[(counted["tie"] == "trade") & (counted["record"] == "partner")]
    last = {
        power: counted.loc[counted[f"{side}_low"].notna(), "year"].max()
        for power, side in zip(POWERS, SIDES, strict=True)
    }
    overtaken = rows["year"] <= rows["power"].map(last)
    newer = rows[(rows["year"] > year) & ~overtaken]
    newest = newer.sort_values(["power", "reporter", "year"], kind="stable")
    return newest.drop_duplicates(["power", "reporter"], keep="last")


def _newest_trade(rows: pd.DataFrame) -> pd.DataFrame:
    told = rows[rows["record"].isin(RECORDS)]
    both, later = newest(told.assign(whole_year=True))
    year = later if both is None or (later is not None and both < ARTICLE_YEAR) else both
    if year is None:
        return _newest_of(told)
    found = told[(told["year"] == year) & (told["leader"] != "")]
    return found.sort_values("record", kind="stable")


def _newest_of(rows: pd.DataFrame) -> pd.DataFrame:
    paired = rows[rows["leader"] != ""].sort_values("year", kind="stable").tail(1)
    alone = rows[(rows["leader"] == "") & rows["record"].isin(RECORDS)]
    half = alone.sort_values("year", kind="stable").tail(1)
    if paired.empty:
        return half
    a_model = (paired["evidence"] == "modelled").all()
    newer = len(half) > 0 and half["year"].iloc[0] > paired["year"].iloc[0]
    return half if a_model and newer else paired


def margins(rows: pd.DataFrame, gdp: pd.DataFrame) -> pd.DataFrame:
    """How far each tie's leader is ahead at least, as a part of the country's output.

    Args:
        rows: as ``standing`` gives them.
        gdp: ``year`` and ``gdp`` in dollars.

    Returns:
        One row a tie in money whose records all have the same power ahead, or of which one power
        alone is known: ``tie``, ``leader`` and ``margin`` (the least over its records, 0 to 1),
        the greatest first. Investment as a government counts it has none: what it takes in is not
        defined, and may be several times what all invested directly.
    """
    output = dict(zip(gdp["year"], gdp["gdp"], strict=True))
    money = rows[(rows["unit"] == "USD") & (rows["concept"] != "investment_flow_government")]
    found = []
    for tie, of_tie in money.groupby("tie", sort=False):
        told = [_ahead_by(row, output.get(row["year"], nan)) for row in as_rows(of_tie)]
        leaders = {leader for leader, _ in told}
        if len(leaders) == 1 and (leader := leaders.pop()) in POWERS:
            found.append((tie, leader, min(margin for _, margin in told)))
    table = pd.DataFrame(found, columns=["tie", "leader", "margin"])
    return table.sort_values("margin", ascending=False, kind="stable", ignore_index=True)


def _ahead_by(row: dict[str, Any], output: float) -> tuple[str, float]:
    ends = {
        code: (row[f"{side}_low"], row[f"{side}_high"])
        for code, side in zip(POWERS, SIDES, strict=True)
    }
    if row["leader"]:
        leader = str(row["leader"])
        if leader not in POWERS:
            return leader, 0.0
        (other,) = set(POWERS) - {leader}
        return leader, (ends[leader][0] - ends[other][1]) / output
    known = [code for code, (low, _) in ends.items() if not pd.isna(low)]
    return (known[0], ends[known[0]][0] / output) if len(known) == 1 else ("", nan)


def first_said(found: pd.DataFrame) -> pd.DataFrame:
    """The tie that a page's first sentence names for each power: the one with the widest margin.

    Args:
        found: as ``margins`` gives them.

    Returns:
        At most one row a power, China's first, those below a hundredth of output left out.
    """
    weighty = found[found["margin"] >= WEIGHTY].drop_duplicates("leader")
    return weighty.sort_values("leader", ignore_index=True)


def mostly_gas(figures: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """In which years gas made at least half of a power's trade with the country, by its own count.

    All trade is no less than the gas and what was sold the other way, where that is known.

    Args:
        figures: of one country.
        pairs: rows of ``ties`` of the same.

    Returns:
        ``power``, ``year``, ``part_low`` and ``part_high``, the ids of the gas and of all trade
        (``figure_id``, ``pair_id``) and of all rows that the ends rest on (``rests_on``), the
        newest year of each power.
    """
    value = figures[figures["indicator"] == "gas_exports_value"]
    value = value.assign(year=value["period_end"].str[:4].astype("int64"))
    counted = pairs[
        (pairs["record"] == "partner") & (pairs["in_use"] == "yes") & (pairs["whole_year"] == "yes")
    ]
    turnover, bought = (counted[counted["tie"] == tie] for tie in ("trade", "imports"))
    found = []
    for power, side in zip(POWERS, SIDES, strict=True):
        joined = value[value["power"] == power].merge(turnover, on="year", suffixes=("", "_of"))
        joined = joined[joined[f"{side}_low"].notna()].sort_values("year").tail(1)
        for row in as_rows(joined):
            back = bought[(bought["year"] == row["year"]) & bought[f"{side}_low"].notna()]
            least = max(row[f"{side}_low"], row["high"] + back[f"{side}_low"].sum())
            low, high = row["low"] / row[f"{side}_high"], row["high"] / least
            if low >= _MOSTLY:
                ids = {"figure_id": row["figure_id"], "pair_id": row["pair_id"]}
                ids["rests_on"] = [*ids.values(), *back["pair_id"]]
                ends = {"part_low": low, "part_high": high}
                found.append({"power": power, "year": int(row["year"])} | ends | ids)
    columns = ["power", "year", "part_low", "part_high", "figure_id", "pair_id", "rests_on"]
    return pd.DataFrame(found, columns=columns)


def by_concept(pairs: pd.DataFrame, ties: tuple[str, ...], since: int) -> pd.DataFrame:
    """The newest pair of each concept of some ties, parts of years among them.

    Where a concept has no pair its newest half stands for it, where a part of a year is newer
    than the newest whole year, it follows that, and a half that is newer than all pairs stands too.

    Args:
        pairs: rows of ``ties`` of one country.
        ties: which.
        since: first year that counts as new.

    Returns:
        Rows of ``ties``, by concept, the pairs first; a half only where no pair of its tie is as
        new.
    """
    rows = pairs[
        pairs["tie"].isin(ties)
        & ~pairs["record"].isin(_NO_RECORD)
        & (pairs["year"] >= since)
        & (pairs["china_low"].notna() | pairs["russia_low"].notna())
    ].sort_values("end", kind="stable")
    kept = []
    same = rows["concept"].replace(IN_MONEY)
    for _, of_concept in rows.groupby(["tie", same], sort=False):
        paired = of_concept[of_concept["leader"] != ""]
        if paired.empty:
            kept.append(of_concept.tail(1))
            continue
        whole = paired[paired["whole_year"] == "yes"].tail(1)
        newer = paired[paired["end"] > (whole["end"].iloc[0] if len(whole) else "")].tail(1)
        alone = of_concept[(of_concept["leader"] == "") & (of_concept["end"] > paired["end"].max())]
        kept.append(pd.concat([whole, newer[newer["whole_year"] == "no"], alone.tail(1)]))
    if not kept:
        return rows
    table = pd.concat(kept, ignore_index=True)
    paired = table.loc[table["leader"] != ""].groupby("tie")["end"].max().to_dict()
    as_new = table["end"] > table["tie"].map(lambda tie: paired.get(tie, ""))
    table = table[(table["leader"] != "") | as_new]
    order = table.assign(half=table["leader"] == "")
    return order.sort_values("half", kind="stable", ignore_index=True).drop(columns="half")


def newest_flows(pairs: pd.DataFrame) -> pd.DataFrame:
    """Sales and purchases on each record, of the newest year in which it has both powers in both.

    Returns:
        Rows of ``ties``, two a record (``tie`` "exports", then "imports"), the record with the
        newer year first; one that ends before the article's year only where there is no other.
    """
    rows = _usable(pairs)
    rows = rows[rows["tie"].isin(["exports", "imports"]) & rows["record"].isin(RECORDS)]
    paired = rows[rows["china"].notna() & rows["russia"].notna()]
    kept = []
    for _, of_record in paired.groupby("record", sort=True):
        counts = of_record.groupby("year")["tie"].nunique()
        years = counts[counts == 2].index
        if len(years):
            kept.append(of_record[of_record["year"] == years.max()].sort_values("tie"))
    if not kept:
        return rows.iloc[:0]
    newest_first = sorted(kept, key=lambda found: -found["year"].max())
    told = [found for found in newest_first if found["year"].max() >= ARTICLE_YEAR]
    return pd.concat(told or newest_first[:1], ignore_index=True)


def newer_pairs(pairs: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    """Sales or purchases with both powers in years after those that are shown, each alone.

    Args:
        pairs: rows of ``ties`` of one country.
        shown: as ``newest_flows`` gives them.

    Returns:
        Rows of ``ties``: the newest pair of each record and flow that is newer than all shown.
    """
    rows = _usable(pairs)
    after = int(shown["year"].max()) if len(shown) else 0
    alone = rows[
        rows["tie"].isin(["exports", "imports"])
        & rows["record"].isin(RECORDS)
        & (rows["leader"] != "")
        & (rows["year"] > after)
    ]
    return alone.sort_values(["record", "tie", "year"]).drop_duplicates(
        ["record", "tie"], keep="last"
    )


def newer_flows(pairs: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    """What is counted of one power's trade alone after every year of sales or purchases shown.

    Args:
        pairs: rows of ``ties`` of one country.
        shown: as ``newest_flows`` gives them.

    Returns:
        Rows of ``ties``: the newest half of each record and flow, the powers' own records first.
    """
    rows = _usable(pairs)
    after = int(shown["year"].max()) if len(shown) else 0
    alone = rows[
        rows["tie"].isin(["exports", "imports"])
        & rows["record"].isin(RECORDS)
        & (rows["leader"] == "")
        & (rows["year"] > after)
    ]
    newest = alone.sort_values(["tie", "year"]).drop_duplicates(["record", "tie"], keep="last")
    return newest.sort_values("record", ascending=False, kind="stable")


# From so many times the figure of two years before a flow is told with the years between.
_LEAP = 10


def leaps(pairs: pd.DataFrame, later: pd.DataFrame) -> pd.DataFrame:
    """What the same record had in the two years before a flow that has since grown tenfold.

    Args:
        pairs: rows of ``ties`` of one country.
        later: as ``newer_flows`` gives them.

    Returns:
        Rows of ``ties`` by year with ``side``, whose figure it is ("china" or "russia"), and
        ``of``, the pair that it has grown to.
    """
    rows = _usable(pairs)
    found = [rows.iloc[:0].assign(side="", of="")]
    for now in as_rows(later):
        side = "russia" if isnan(now["china_low"]) else "china"
        same = where(rows, record=now["record"], concept=now["concept"])
        before = same[same["year"].between(now["year"] - 2, now["year"] - 1)].sort_values("year")
        before = before[before[f"{side}_low"] > 0]
        first = before.loc[before["year"] == now["year"] - 2, f"{side}_high"]
        if (first * _LEAP <= now[f"{side}_low"]).any():
            found.append(before.assign(side=side, of=now["pair_id"]))
    return pd.concat(found, ignore_index=True)


def _usable(pairs: pd.DataFrame) -> pd.DataFrame:
    """What tells its record and whole year, and is somebody's record."""
    return pairs[
        (pairs["in_use"] == "yes")
        & (pairs["whole_year"] == "yes")
        & ~pairs["record"].isin(_NO_RECORD)
    ]
