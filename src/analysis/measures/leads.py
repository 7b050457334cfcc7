"""Who trades more with whom, one power or another: every country, both records, the same rules.

The world's table lists flows of 0.1 million dollars and more, so what it does not list is either
smaller or was not recorded. Where the recorder lists the other direction of the same trade, the
missing one is taken as anything from nothing to that sum; where it lists neither, there is no
figure. Who is ahead follows from the whole interval, as everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.config import POWERS
from analysis.data import schema, store, vocabulary
from analysis.data.copied import copied_runs
from analysis.data.frames import as_rows, where
from analysis.measures import scale
from analysis.measures.editions import WORLD_TRADE
from analysis.measures.judgement import Position, changes_of_lead, judge, leader_of
from analysis.measures.scale import SIDES, Powers
from analysis.measures.trade import flows

# The least flow that the table lists, in dollars.
LISTED_FROM = 1e5

# A reason that a country's record is not its own, beyond those of ``vocabulary.EVIDENCE``.
WORKED_OUT = "worked out from the partner’s record or by a fixed ratio, by its numbers"

RECORDS = ("partner", "own")
_CELL = ["country", "year", "record"]


def countries_of(trade: pd.DataFrame, powers: Powers = POWERS) -> list[str]:
    """Codes of every country and territory in the table but the two powers, in order."""
    codes = set(trade["reporter"]) | set(trade["partner"])
    return sorted(codes - set(powers) - {"WLD"})


def not_its_own(
    trade: pd.DataFrame, powers: Powers = POWERS, last: int | None = None
) -> pd.DataFrame:
    """Flows of a year that a reporter did not count itself, as its numbers or the IMF say.

    The publisher marks some records as estimated, derived or imputed. Others are given away by
    their numbers (``copied_runs``). A run that lasts to the year before the last casts
    doubt on the last year too, which then holds a multiple of an earlier edition.

    Args:
        trade: the ``trade_world`` table.
        powers: the first and the second.
        last: the last year of the whole table, where ``trade`` is a part of it.

    Returns:
        country, flow (exports or imports), year and why, one row each.
    """
    last = trade["year"].max() if last is None else last
    runs = copied_runs(trade.assign(dataset=WORLD_TRADE), powers)
    ends = runs["last"].where(runs["last"] != last - 1, last)
    spans = [range(first, end + 1) for first, end in zip(runs["first"], ends, strict=True)]
    worked_out = runs.assign(year=spans, why=WORKED_OUT).explode("year")
    marked = trade[(trade["evidence"] != "reported") & trade["partner"].isin(powers)]
    marked = marked.assign(why=marked["evidence"].map(vocabulary.EVIDENCE))
    columns = ["reporter", "flow", "year", "why"]
    # The publisher's own mark comes first: it is the plainer reason.
    both = pd.concat([marked[columns], worked_out[columns]], ignore_index=True)
    both = both[~both["reporter"].isin(powers)].drop_duplicates(columns[:3])
    named = both.rename(columns={"reporter": "country"}).astype({"year": int})
    return named.assign(flow=named["flow"].map({"export": "exports", "import": "imports"}))


def counted(trade: pd.DataFrame, country: str) -> pd.DataFrame:
    """The records on one country that their reporters counted themselves.

    Args:
        trade: the ``trade_world`` table.
        country: code of the country.

    Returns:
        Rows in the form of the ``trade`` table.
    """
    near = trade[(trade["reporter"] == country) | (trade["partner"] == country)]
    unsound = not_its_own(near, last=trade["year"].max())
    keys = ["country", "flow", "year"]
    own = near.rename(columns={"reporter": "country"}).assign(
        flow=near["flow"].map({"export": "exports", "import": "imports"})
    )
    worked_out = pd.MultiIndex.from_frame(own[keys]).isin(pd.MultiIndex.from_frame(unsound[keys]))
    return near[~worked_out].assign(dataset="dots2022", source_id=WORLD_TRADE, grade="table")


def world(trade: pd.DataFrame, powers: Powers = POWERS) -> pd.DataFrame:
    """Both powers side by side in every country's exports, imports and turnover.

    Args:
        trade: the ``trade_world`` table.
        powers: the first and the second.

    Returns:
        ``world``, sorted by its key.
    """
    sourced = trade.assign(dataset="dots2022", source_id=WORLD_TRADE)
    records = flows(sourced, countries_of(trade, powers))
    records = records[records["partner"].isin(powers)]
    wide = records.pivot(index=_CELL, columns=["partner", "flow"], values="value")
    wide = wide.reindex(columns=pd.MultiIndex.from_product([powers, ["exports", "imports"]]))
    tables = []
    for flow in ("exports", "imports", "turnover"):
        parts = ["exports", "imports"] if flow == "turnover" else [flow]
        ends = {}
        for power, side in zip(powers, SIDES, strict=True):
            traded = wide[power].notna().any(axis=1)
            low, high = wide[power][parts].fillna(0.0), wide[power][parts].fillna(LISTED_FROM)
            ends[f"{side}_low"] = low.sum(axis=1).where(traded)
            ends[f"{side}_high"] = high.sum(axis=1).where(traded)
        tables.append(pd.DataFrame(ends, index=wide.index).assign(flow=flow).reset_index())
    table = pd.concat(tables, ignore_index=True)
    table = table.assign(refusal=_refusals(table, not_its_own(trade, powers), powers))
    return _measured(table, powers).sort_values(list(schema.WORLD.key), ignore_index=True)


def _refusals(table: pd.DataFrame, unsound: pd.DataFrame, powers: Powers) -> np.ndarray:
    """Why a row is no comparison; empty where it is one. One bad direction spoils turnover."""
    either = unsound.drop_duplicates(["country", "year"]).assign(flow="turnover")
    keys = ["country", "flow", "year"]
    why = table[keys].merge(
        pd.concat([unsound, either], ignore_index=True), on=keys, how="left", validate="m:1"
    )["why"]
    return np.select(
        [
            (table["record"] == "own") & why.notna(),
            *(table[f"{side}_low"].isna() for side in SIDES),
        ],
        [
            "no record of its own: " + why.fillna(""),
            *(f"no record for {name}" for name in powers.values()),
        ],
        default="",
    )


def _measured(table: pd.DataFrame, powers: Powers) -> pd.DataFrame:
    low, high = scale.difference_interval(
        *(table[end] for end in ("china_low", "china_high", "russia_low", "russia_high"))
    )
    refused = table["refusal"] != ""
    low, high = (np.where(refused, np.nan, end) for end in (low, high))
    first, second = powers
    measured = table.assign(
        difference_low=low.round(6),
        difference_high=high.round(6),
        leader=[str(leader_of(*ends, (first, second))) for ends in zip(low, high, strict=True)],
    )
    return measured[list(schema.WORLD.schema.columns)]


def crossings(world: pd.DataFrame, powers: Powers = POWERS) -> pd.DataFrame:
    """Years in which the lead in a country's turnover changed hands.

    The rule is ``judgement.changes_of_lead``; the first power that holds the lead of a series
    took it from nobody, and is not a change.

    Args:
        world: the ``world`` table.
        powers: the first and the second.

    Returns:
        ``world_crossings``, sorted by its key.
    """
    rows = where(world, flow="turnover", refusal="")
    found: list[dict[str, Any]] = []
    for (country, record), group in rows.groupby(["country", "record"]):
        leaders = dict(zip(group["year"].tolist(), group["leader"].tolist(), strict=True))
        named = {"country": country, "record": record, "last_year": max(leaders)}
        for change in changes_of_lead(leaders, powers=list(powers)):
            if change.before:
                lasting = "yes" if change.lasting else "no"
                found.append(
                    named | {"year": change.year, "leader": change.leader, "lasting": lasting}
                )
    columns = list(schema.WORLD_CROSSINGS.schema.columns)
    table = pd.DataFrame(found, columns=columns).astype({"year": "int64", "last_year": "int64"})
    return table.sort_values(list(schema.WORLD_CROSSINGS.key), ignore_index=True)


def verdicts(world: pd.DataFrame, years: Sequence[int] = ()) -> pd.DataFrame:
    """Who trades more, by the records that there are; a row for every country and year.

    A record in which the comparison was refused is none.

    Args:
        world: the ``world`` table; its countries are those of the result.
        years: which years; by default all of the table.

    Returns:
        country, year, ``verdict`` (one of ``judgement.Verdict``), ``leader`` (empty where none
        is), and for each record its leader (``partner``, ``own``) and China's part of the two
        together, 0 to 1 (``partner_part``, ``own_part``; NaN where it has no pair).
    """
    years = list(years) or sorted(set(world["year"].tolist()))
    rows = where(world, flow="turnover", year=years, refusal="")
    rows = rows.assign(part=0.5 + (rows["difference_low"] + rows["difference_high"]) / 4)
    grid = pd.MultiIndex.from_product(
        [sorted(set(world["country"])), years], names=["country", "year"]
    )
    wide = rows.pivot(index=["country", "year"], columns="record", values=["leader", "part"])
    columns = pd.MultiIndex.from_product([["leader", "part"], RECORDS])
    wide = wide.reindex(index=grid, columns=columns)
    leaders = wide["leader"].astype(object).where(wide["leader"].notna(), "")
    judged = [judge(found) for found in as_rows(leaders)]
    return pd.DataFrame(
        {
            "verdict": [str(one.verdict) for one in judged],
            "leader": [one.leader for one in judged],
            **{record: leaders[record] for record in RECORDS},
            **{f"{record}_part": wide["part"][record].astype(float) for record in RECORDS},
        },
        index=grid,
    ).reset_index()


def standing(verdicts: pd.DataFrame) -> pd.Series:
    """For each verdict the group that it is counted in.

    Args:
        verdicts: as ``verdicts`` gives them.

    Returns:
        The leader's code; "depends" where it depends on whose record; "neither" where no record
        has either ahead; "unknown" where no record has both powers.
    """
    groups = {"depends_on_the_record": "depends", "no_pair": "unknown"}
    return verdicts["leader"].where(
        verdicts["leader"] != "", verdicts["verdict"].map(groups).fillna("neither")
    )


def counts(verdicts: pd.DataFrame, powers: Powers = POWERS) -> pd.DataFrame:
    """How many countries stand where, year by year; each row adds up to all countries.

    Args:
        verdicts: as ``verdicts`` gives them.
        powers: the first and the second.

    Returns:
        A row a year, with columns ``year``, the powers' codes, ``depends``, ``neither`` and
        ``unknown``, and ``all``.
    """
    groups = [*powers, "depends", "neither", "unknown"]
    table = pd.crosstab(verdicts["year"], standing(verdicts)).reindex(columns=groups, fill_value=0)
    return table.assign(all=table.sum(axis=1)).rename_axis(columns=None).reset_index()


def counts_by_record(verdicts: pd.DataFrame, powers: Powers = POWERS) -> pd.DataFrame:
    """With how many countries each power is ahead on each record, year by year.

    Args:
        verdicts: as ``verdicts`` gives them.
        powers: the first and the second.

    Returns:
        A row a record and year, with columns ``record``, ``year``, ``china`` and ``russia`` (for
        the first and the second), ``neither`` and ``unknown``.
    """
    tables = []
    positions = dict.fromkeys((str(one) for one in Position), "neither") | {"": "unknown"}
    for record in RECORDS:
        groups = verdicts[record].replace(positions)
        table = pd.crosstab(verdicts["year"], groups)
        table = table.reindex(columns=[*powers, "neither", "unknown"], fill_value=0)
        names = dict(zip(powers, SIDES, strict=True))
        tables.append(table.rename(columns=names).assign(record=record).reset_index())
    columns = ["record", "year", *SIDES, "neither", "unknown"]
    return pd.concat(tables, ignore_index=True)[columns]


def passed(crossings: pd.DataFrame, record: str, last: int, power: str = "CHN") -> pd.DataFrame:
    """When a power passed the other for good: its last change of lead, where it holds still.

    Args:
        crossings: the ``world_crossings`` table.
        record: one of ``RECORDS``.
        last: last year of the ``world`` table; a series that ends before it says nothing of it.
        power: code of the power that passed the other.

    Returns:
        Those rows of ``world_crossings``, at most one a country.
    """
    rows = where(crossings, record=record, leader=power, lasting="yes", last_year=last)
    return rows.sort_values(["country", "year"]).drop_duplicates("country", keep="last")


def write_world(processed: Path) -> None:
    """Read the world's trade records and write ``world.csv`` and ``world_crossings.csv``."""
    table = world(store.load_table("trade_world", processed))
    store.save_table("world", table, processed)
    store.save_table("world_crossings", crossings(table), processed)
