"""Who trades more with whom, one power or another: every country, both books, the same rules.

The world's table lists flows of 0.1 million dollars and more, so what it does not list is either
smaller or was not recorded. Where the recorder lists the other direction of the same trade, the
missing one is taken as anything from nothing to that sum; where it lists neither, there is no
figure. The word follows from the whole interval, as everywhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.config import POWERS
from analysis.data import schema, store, vocabulary
from analysis.data.copied import copied_runs
from analysis.data.frames import where
from analysis.measures import books, compare
from analysis.measures.compare import SIDES, Powers
from analysis.measures.editions import WORLD_TRADE

# The least flow that the table lists, in dollars.
LISTED_FROM = 1e5

# A reason that a country's record is no book of its own, beyond those of ``vocabulary.EVIDENCE``.
WORKED_OUT = "worked out from the partner’s record or by a fixed ratio, by its numbers"

_CELL = ["country", "year", "book"]


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
    records = books.flows(sourced, countries_of(trade, powers))
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
            (table["book"] == "own") & why.notna(),
            *(table[f"{side}_low"].isna() for side in SIDES),
        ],
        [
            "no book of its own: " + why.fillna(""),
            *(f"no record for {name}" for name in powers.values()),
        ],
        default="",
    )


def _measured(table: pd.DataFrame, powers: Powers) -> pd.DataFrame:
    low, high = compare.difference_interval(
        *(table[end] for end in ("china_low", "china_high", "russia_low", "russia_high"))
    )
    refused = table["refusal"] != ""
    low, high = (np.where(refused, np.nan, end) for end in (low, high))
    pairs = list(zip(low, high, strict=True))
    measured = table.assign(
        difference_low=low.round(6),
        difference_high=high.round(6),
        word=[compare.word(*pair) for pair in pairs],
        leader=[compare.leader(*pair, powers) for pair in pairs],
    )
    return measured[list(schema.WORLD.schema.columns)]


def crossings(world: pd.DataFrame, powers: Powers = POWERS) -> pd.DataFrame:
    """Years in which the lead in a country's turnover changed hands for two years at least.

    The rule is that of ``compare.changes_of_lead``: a year that spans zero, or has no
    comparison, breaks a run, and the first lead of a series is not a change.

    Args:
        world: the ``world`` table.
        powers: the first and the second.

    Returns:
        ``world_crossings``, sorted by its key.
    """
    rows = where(world, flow="turnover", refusal="")
    found: list[dict[str, Any]] = []
    for (country, book), group in rows.groupby(["country", "book"]):
        sign = compare.sign(group["difference_low"], group["difference_high"])
        signs = dict(zip(group["year"].tolist(), sign.tolist(), strict=True))
        for change in compare.changes_of_lead(signs, powers):
            found.append({"country": country, "book": book} | change)
    columns = list(schema.WORLD_CROSSINGS.schema.columns)
    return pd.DataFrame(found, columns=columns).astype({"year": int, "last_year": int})


def verdict_words(powers: Powers) -> dict[str, str]:
    """What a country's two books can come to, in words: each a class on the map and in the list."""
    (first, name), (second, other) = powers.items()
    return {
        f"{first} both": f"{name}, on both books",
        f"{first} one": f"{name}, on the one book there is",
        "level": "neither is ahead",
        f"{second} one": f"{other}, on the one book there is",
        f"{second} both": f"{other}, on both books",
        "books": "depends on whose books",
        "none": "no figures to compare",
    }


VERDICTS = verdict_words(POWERS)


def verdicts(world: pd.DataFrame, years: list[int]) -> pd.DataFrame:
    """Who trades more, by the books that there are; a row for every country and year.

    Where the books' leaders differ, or one has a leader and the other none, the verdict depends
    on whose books. A book in which the comparison was refused is none.

    Args:
        world: the ``world`` table; its countries are those of the result.
        years: which years.

    Returns:
        country, year, books (how many), partner and own (the interval's word, empty for none),
        partner_low, partner_high, own_low, own_high (of D) and verdict, a key of
        ``verdict_words``.
    """
    rows = where(world, flow="turnover", year=years, refusal="")
    grid = pd.MultiIndex.from_product(
        [sorted(set(world["country"])), years], names=["country", "year"]
    )
    wide = rows.pivot(
        index=["country", "year"],
        columns="book",
        values=["leader", "word", "difference_low", "difference_high"],
    ).reindex(grid)
    wide = wide.reindex(
        columns=pd.MultiIndex.from_product([wide.columns.levels[0], ["partner", "own"]])
    )
    leaders = wide["leader"]
    count = leaders.notna().sum(axis=1)
    # A leader is one of the two or neither (the empty text); a missing book is not a leader.
    differ = (count == 2) & (leaders["partner"] != leaders["own"])
    ahead = leaders["partner"].where(leaders["partner"].notna(), leaders["own"])
    books_said = count.map({2: "both", 1: "one", 0: ""})
    verdict = np.select(
        [count == 0, differ, ahead == ""],
        ["none", "books", "level"],
        default=ahead.astype(str) + " " + books_said,
    )
    columns = {"books": count, "verdict": verdict}
    for book in ("partner", "own"):
        words = wide["word"][book].astype(object)
        columns[book] = words.where(words.notna(), "")
        for end in ("low", "high"):
            columns[f"{book}_{end}"] = wide[f"difference_{end}"][book].astype(float)
    return pd.DataFrame(columns, index=grid).reset_index()


_CONCEPTS = {"turnover": "trade_turnover", "exports": "exports", "imports": "imports"}
_UNLISTED = "one direction is not listed and is taken as anything below the least sum listed"


def as_comparisons(world: pd.DataFrame, powers: Powers = POWERS) -> pd.DataFrame:
    """Rows of ``world`` in the form of ``comparisons``, so that a country's page can tell them.

    A figure whose interval is not a point has no value of its own, as everywhere; such a pair is
    comparable on a condition, which the reason gives.
    """
    rows = world.reset_index(drop=True)
    years = rows["year"].astype(str)
    concept = rows["flow"].map(_CONCEPTS)
    columns: dict[str, Any] = {
        "country": rows["country"],
        "dimension": "trade",
        "concept": concept,
        "flow": rows["flow"],
        "nature": "flow",
        "unit": "USD",
        "year": rows["year"],
        "period_start": years + "-01-01",
        "period_end": years + "-12-31",
        "book": rows["book"],
        "dataset": WORLD_TRADE,
    }
    for power, side in zip(powers, SIDES, strict=True):
        low, high = rows[f"{side}_low"], rows[f"{side}_high"]
        state = np.select([low.isna(), high == 0], ["not_reported", "observed_zero"], "value")
        columns |= {side: low.where(low == high), f"{side}_low": low, f"{side}_high": high}
        columns |= {f"{side}_state": state, f"{side}_period": years}
        columns[f"{side}_ids"] = np.where(low.isna(), "", _record_names(rows, power))
    low, high = rows["difference_low"], rows["difference_high"]
    exact = low == high
    refused = rows["refusal"] != ""
    columns |= {"difference": low.where(exact), "difference_low": low, "difference_high": high}
    columns["log2_ratio"] = np.where(
        exact & ~refused, compare.log2_ratio(columns["china"], columns["russia"]), np.nan
    )
    columns["word"] = rows["word"]
    columns["comparable"] = np.select([refused, exact], ["no", "yes"], "conditional")
    columns["reason"] = np.select([refused, exact], [rows["refusal"], ""], _UNLISTED)
    table = pd.DataFrame(columns)
    table["comparison_id"] = compare.series_id(table)
    return table[list(schema.COMPARISONS.schema.columns)]


def _record_names(rows: pd.DataFrame, power: str) -> pd.Series:
    """The records that a power's side rests on, by the names that ``books.flows`` gives them."""
    own = rows["book"] == "own"
    reporter = rows["country"].where(own, power)
    partner = rows["country"].mask(own, power)
    said = {}
    for flow, mirrored in (("exports", "import"), ("imports", "export")):
        word = np.where(own, flow.removesuffix("s"), mirrored)
        said[flow] = "dots2022/" + reporter + "/" + partner + "/" + word
        said[flow] = said[flow] + "/" + rows["year"].astype(str)
    both = said["exports"] + " " + said["imports"]
    return both.where(
        rows["flow"] == "turnover",
        said["exports"].where(rows["flow"] == "exports", said["imports"]),
    )


def tables_of(country: str, processed: Path) -> dict[str, pd.DataFrame]:
    """What the trade part of a country's page rests on, in the forms that the five's pages use.

    Returns:
        ``comparisons``, ``crossings`` and ``mirror`` of the country.
    """
    table = store.load_table("world", processed)
    moved = store.load_table("world_crossings", processed)
    moved = where(moved, country=country).assign(
        concept="trade_turnover", flow="turnover", dataset=WORLD_TRADE
    )
    trade = store.load_table("trade_world", processed)
    near = trade[(trade["reporter"] == country) | (trade["partner"] == country)]
    unsound = not_its_own(near, last=trade["year"].max()).query("country == @country")
    mirror = books.mirror(near.assign(dataset="dots2022", source_id=WORLD_TRADE), [country])
    # A record that was worked out from the partner's agrees with it and proves nothing.
    sound = ~pd.MultiIndex.from_frame(mirror[["flow", "year"]]).isin(
        pd.MultiIndex.from_frame(unsound[["flow", "year"]])
    )
    return {
        "comparisons": as_comparisons(table[table["country"] == country]),
        "crossings": moved[list(schema.CROSSINGS.schema.columns)].reset_index(drop=True),
        "mirror": mirror[sound].reset_index(drop=True).rename_axis(columns=None),
    }


def write_world(processed: Path) -> None:
    """Read the world's trade records and write ``world.csv`` and ``world_crossings.csv``."""
    table = world(store.load_table("trade_world", processed))
    store.save_table("world", table, processed)
    store.save_table("world_crossings", crossings(table), processed)
