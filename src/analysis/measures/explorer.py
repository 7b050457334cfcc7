"""Trade with China and Russia of every country, flow and year, on both records: what can be chosen.

The five's comes from ``ties``, to the newest year; every other country's from the world's table, by
the same rules. Where a record has no pair, it is said why.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.config import COUNTRIES, PROCESSED
from analysis.data import store
from analysis.data.frames import where
from analysis.data.vocabulary import EVIDENCE
from analysis.measures.editions import WORLD_TRADE
from analysis.measures.judgement import Judged, judge
from analysis.measures.leads import countries_of, not_its_own
from analysis.measures.records import Record
from analysis.measures.scale import SIDES
from analysis.measures.sides import COUNTED, sides_of_trade
from analysis.measures.ties import RECORDS, pairs_of

# What a flow is called in ``ties``.
TIES = {"turnover": "trade", "exports": "exports", "imports": "imports"}
KEY = ["country", "flow", "year", "record"]
_CELL = ["country", "flow", "year"]
_OF_PAIRS = [
    "concept",
    *(f"{side}{end}" for side in SIDES for end in ("", "_low", "_high", "_logical_high")),
    "low",
    "high",
    "leader",
    "grade",
    "evidence",
    "edition",
]
COLUMNS = [*KEY, *_OF_PAIRS, "refusal", "why"]


class Refusal(StrEnum):
    """Why a record of a year is no pair."""

    NOT_ITS_OWN = "not_its_own"
    ONE_DIRECTION = "one_direction"
    NOT_LISTED = "not_listed"
    OTHER_HALF = "other_half"
    NOTHING = "nothing"


def trade_records(
    ties: pd.DataFrame, trade: pd.DataFrame, trade_world: pd.DataFrame
) -> pd.DataFrame:
    """Both powers side by side on each record of every country's exports, imports and turnover.

    Args:
        ties: the table of that name, for the five.
        trade: the table of that name, for what the five did not count themselves.
        trade_world: the table of that name, for all others.

    Returns:
        A row for each country, flow, record, and year from the first to the last that the five, or
        the others, have; sorted by ``KEY``. ``concept``; each power's dollars with their ends,
        missing where there are none; ``low`` and ``high`` of D; ``leader`` as ``leader_of`` gives
        it; ``grade``, ``evidence`` and ``edition`` of the pair or of the known half. Without a
        leader: ``refusal``, one of ``Refusal``, and ``why``, in words, where a record is no count
        of the country's own.
    """
    unsound = not_its_own(trade_world)
    others = [code for code in countries_of(trade_world) if code not in COUNTRIES]
    pairs = pairs_of(sides_of_trade(_counted(trade_world, unsound), countries=others), {})
    groups = (
        (list(COUNTRIES), where(ties, in_use="yes", whole_year="yes")),
        (others, pairs),
    )
    told = pd.concat([_whole(codes, rows) for codes, rows in groups], ignore_index=True)
    reasons = pd.concat([unsound, _marked(trade)], ignore_index=True)
    return _refused(told, reasons).sort_values(KEY, ignore_index=True)[COLUMNS]


def _counted(trade: pd.DataFrame, unsound: pd.DataFrame) -> pd.DataFrame:
    """As ``leads.counted`` does for one country: the records that their reporters counted."""
    flow = trade["flow"].map({"export": "exports", "import": "imports"})
    own = pd.MultiIndex.from_arrays([trade["reporter"], flow, trade["year"]])
    sound = ~own.isin(pd.MultiIndex.from_frame(unsound[_CELL]))
    return trade[sound].assign(dataset="dots2022", source_id=WORLD_TRADE)


def _whole(countries: Collection[str], pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs of trade, with a row for whatever has none."""
    flows = {tie: flow for flow, tie in TIES.items()}
    rows = where(pairs, tie=list(flows), record=list(RECORDS))
    rows = rows.assign(flow=rows["tie"].map(flows))
    years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
    grid = pd.MultiIndex.from_product([countries, TIES, years, RECORDS], names=KEY)
    return rows.set_index(KEY)[_OF_PAIRS].reindex(grid).reset_index()


def _marked(trade: pd.DataFrame) -> pd.DataFrame:
    """Flows of the five that were worked out or estimated: country, flow, year and why."""
    rows = trade[~trade["evidence"].isin(COUNTED) & trade["reporter"].isin(COUNTRIES)]
    flow = rows["flow"].map({"export": "exports", "import": "imports"})
    return pd.DataFrame(
        {
            "country": rows["reporter"],
            "flow": flow,
            "year": rows["year"],
            "why": rows["evidence"].map(EVIDENCE),
        }
    )


def _refused(told: pd.DataFrame, reasons: pd.DataFrame) -> pd.DataFrame:
    """Add why a row has no pair. One bad direction spoils the sum of both."""
    reasons = pd.concat([reasons.assign(flow="turnover"), reasons], ignore_index=True)
    told = told.merge(reasons.drop_duplicates(_CELL), on=_CELL, how="left", validate="m:1")
    texts = ["concept", "leader", "grade", "evidence", "edition", "why"]
    told[texts] = told[texts].fillna("")
    absent = told[[f"{side}_low" for side in SIDES]].isna().set_axis(SIDES, axis="columns")
    nothing = absent.all(axis=1)
    rules = {
        Refusal.NOT_ITS_OWN: nothing & (told["record"] == Record.OWN) & (told["why"] != ""),
        Refusal.ONE_DIRECTION: _has_one_direction(told, absent),
        Refusal.NOTHING: nothing,
        Refusal.NOT_LISTED: told["edition"] == WORLD_TRADE,
    }
    refusal = np.select(list(rules.values()), list(map(str, rules)), str(Refusal.OTHER_HALF))
    refusal = np.where(told["leader"] == "", refusal, "")
    return told.assign(refusal=refusal, why=told["why"].where(refusal == Refusal.NOT_ITS_OWN, ""))


def _has_one_direction(told: pd.DataFrame, absent: pd.DataFrame) -> pd.Series:
    """Whether a turnover lacks a side of which sales or purchases are known by themselves."""
    keys = ["country", "year", "record"]
    parts = ~absent[told["flow"] != "turnover"]
    known = parts.groupby([told.loc[parts.index, key] for key in keys]).any()
    either = known.reindex(pd.MultiIndex.from_frame(told[keys])).set_axis(told.index)
    return (told["flow"] == "turnover") & (absent & either).any(axis=1)


def judged(records: pd.DataFrame) -> pd.DataFrame:
    """What the two records of each country, flow and year say together.

    Args:
        records: as ``trade_records`` gives them.

    Returns:
        country, flow, year, ``verdict`` and ``leader``, as ``judge`` gives them.
    """
    wide = records.pivot(index=_CELL, columns="record", values="leader")
    said = [_judge(*leaders) for leaders in wide[list(RECORDS)].itertuples(index=False)]
    columns = {
        "verdict": [str(one.verdict) for one in said],
        "leader": [one.leader for one in said],
    }
    return pd.DataFrame(columns, index=wide.index).reset_index()


@cache
def _judge(own: str, partner: str) -> Judged:
    return judge({Record.OWN: own, Record.PARTNER: partner})


def load_trade_records(processed: Path = PROCESSED) -> pd.DataFrame:
    """Read the processed tables and set both powers side by side, as ``trade_records`` does."""
    tables = ("ties", "trade", "trade_world")
    return trade_records(*(store.load_table(name, processed) for name in tables))
