"""Trade is recorded twice. The two books, what lies between them, and who else trades.

A book is one coherent way of recording: the partners' (China and Russia each record their side),
the country's own, a reconciled one. Exports first mixes recorders, as international tables do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.config import POWERS
from analysis.data import schema, store, vocabulary
from analysis.data.countries import area, studied
from analysis.data.frames import where

# An importer counts freight and insurance, an exporter does not. The IMF takes them for 6% of
# the goods' value; landlocked countries pay more, so up to 20% is still called explained.
FREIGHT = 1.06
FREIGHT_BAND = (1.05, 1.20)

# Reasons that officials or statisticians of the countries have given for a gap. For a flow (and,
# where it is that of one year, the year) they are named beside the outlier.
KNOWN_CAUSES = {
    ("KGZ", "CHN", "imports"): "China counts all goods sent to Kyrgyzstan as sold there, though "
    "many move on to other markets",
    ("KAZ", "CHN", "imports"): "goods undervalued or not declared at the Kazakh border, by the "
    "word of Kazakh officials",
    ("TJK", "CHN", "imports"): "equipment for projects built by Chinese firms is let in for a "
    "time only, and Tajikistan does not count it",
    ("KAZ", "RUS", "imports", 2010): "the first year of the customs union, in which records of "
    "trade inside it changed",
}

# The members of 2016, the United Kingdom among them, for every year: a whole that changes its
# members cannot be followed over time.
# fmt: off
EUROPEAN_UNION = frozenset((
    "AUT", "BEL", "BGR", "HRV", "CYP", "CZE", "DNK", "EST", "FIN", "FRA", "DEU", "GRC", "HUN",
    "IRL", "ITA", "LVA", "LTU", "LUX", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN", "ESP",
    "SWE", "GBR",
))
# fmt: on

_FLOW_OF = {"export": "exports", "import": "imports"}
_OTHER_FLOW = {"export": "imports", "import": "exports"}


def flows(trade: pd.DataFrame, countries: Collection[str] | None = None) -> pd.DataFrame:
    """Each record from the country's side, under the book that it belongs to.

    Args:
        trade: the ``trade`` table.
        countries: codes of the countries whose side is taken; all that are studied, unless given.

    Returns:
        country, partner, flow (exports or imports of the country), year, dataset (source id),
        book (partner, own or reconciled), value, evidence, record (its name for a reader).
    """
    countries = studied(trade) if countries is None else countries
    named = trade.assign(
        record=trade["dataset"].str.cat(
            [trade["reporter"], trade["partner"], trade["flow"], trade["year"].astype(str)], sep="/"
        ),
        dataset=trade["source_id"],
    )
    by_country = named[named["reporter"].isin(countries)]
    own = by_country.assign(
        country=by_country["reporter"],
        flow=by_country["flow"].map(_FLOW_OF),
        book=np.where(by_country["evidence"] == "reconciled", "reconciled", "own"),
    )
    by_partner = named[named["partner"].isin(countries) & (named["evidence"] != "reconciled")]
    partner = by_partner.assign(
        country=by_partner["partner"],
        partner=by_partner["reporter"],
        flow=by_partner["flow"].map(_OTHER_FLOW),
        book="partner",
    )
    columns = ["country", "partner", "flow", "year", "dataset", "book", "value", "evidence"]
    return pd.concat([own, partner], ignore_index=True)[[*columns, "record"]]


def with_both(trade: pd.DataFrame, powers: Collection[str] = tuple(POWERS)) -> pd.DataFrame:
    """Rows of the datasets that name both powers; an office of one alone has no pair to give.

    Args:
        trade: the ``trade`` table, or one of its form.
        powers: codes of the two.
    """
    sides = pd.concat([trade.assign(power=trade[side]) for side in ("reporter", "partner")])
    named = sides[sides["power"].isin(powers)].groupby("dataset")["power"].nunique()
    return trade[trade["dataset"].map(named) == len(powers)]


def exports_first(records: pd.DataFrame) -> pd.DataFrame:
    """Each flow as its exporter records it, or, where it does not, as the importer does.

    Args:
        records: rows of ``flows``.

    Returns:
        Rows of the same form under the book ``exports_first``.
    """
    known = records[(records["evidence"] == "reported") & records["book"].isin(["own", "partner"])]
    by_exporter = (known["book"] == "own") == (known["flow"] == "exports")
    keys = ["country", "partner", "flow", "year", "dataset"]
    ordered = known.assign(first=~by_exporter).sort_values([*keys, "first"])
    return ordered.drop_duplicates(keys).drop(columns="first").assign(book="exports_first")


def _with_powers_own(records: pd.DataFrame, powers: Collection[str]) -> pd.DataFrame:
    """Rows of the datasets in which a power records its side: only there is a recorder chosen."""
    theirs = (records["book"] == "partner") & records["partner"].isin(powers)
    return records[records["dataset"].isin(records.loc[theirs, "dataset"])]


_KEYS = ["country", "year", "dataset", "book"]


# What the three flows measure: in goods, and in goods and services together.
GOODS = {"exports": "exports", "imports": "imports", "turnover": "trade_turnover"}
GOODS_AND_SERVICES = {flow: f"goods_services_{flow}" for flow in GOODS}


def trade_pairs(
    trade: pd.DataFrame,
    powers: dict[str, str] = POWERS,
    concepts: dict[str, str] = GOODS,
) -> pd.DataFrame:
    """Two powers side by side in every book, year and flow, turnover among them.

    What a country did not record itself is no book: the pair is refused and says why, and so is
    the turnover that it would be a part of. Turnover needs both exports and imports.

    Args:
        trade: the ``trade`` table, or one of its form for another concept.
        powers: the first and the second.
        concepts: for exports, imports and turnover the name of what is measured.

    Returns:
        Pairs as ``yearly.compare_series`` takes them.
    """
    records = flows(trade)
    chosen = exports_first(_with_powers_own(records, powers))
    records = pd.concat([records, chosen], ignore_index=True)
    records = records[records["partner"].isin(powers)]
    refused = _refused(records, powers)
    single = _side_by_side(records, [*_KEYS, "flow"], powers)
    turnover = _turnover(single)
    # One side that was not counted spoils its pair, and one flow the turnover: a year has one row
    # a book and flow, compared or refused.
    keys = pd.MultiIndex.from_frame(refused[[*_KEYS, "flow"]])
    compared = pd.concat([single, turnover], ignore_index=True)
    compared = compared[~pd.MultiIndex.from_frame(compared[[*_KEYS, "flow"]]).isin(keys)]
    pairs = pd.concat([compared, refused], ignore_index=True)
    order = pairs.assign(
        dimension="trade",
        concept=pairs["flow"].map(concepts),
        nature="flow",
        unit="USD",
        rank=pairs["flow"].map({"turnover": 0, "exports": 1, "imports": 2}),
    )
    return order.sort_values(
        ["country", "rank", "book", "dataset", "year"], ignore_index=True
    ).drop(columns="rank")


# What a country counted itself, or what was made of both countries' counts.
_SOUND = (*vocabulary.RECORDED, "reconciled")


def _refused(records: pd.DataFrame, powers: dict[str, str]) -> pd.DataFrame:
    """The pairs that no comparison may rest on, each with its weakest mark as the reason."""
    weakest_first = {word: -place for place, word in enumerate(vocabulary.EVIDENCE)}
    unsound = records[~records["evidence"].isin(_SOUND)].sort_values(
        "evidence", key=lambda words: words.map(weakest_first), kind="stable"
    )
    single = unsound.drop_duplicates([*_KEYS, "flow"])
    turnover = unsound.drop_duplicates(_KEYS).assign(flow="turnover")
    refused = pd.concat([single, turnover], ignore_index=True)
    country, mark = refused["country"].map(area), refused["evidence"].map(vocabulary.EVIDENCE)
    own = "no book of its own: " + country + "’s side is " + mark
    partners = "no book of the partners’ own: " + refused["partner"].map(powers)
    partners = partners + "’s record of its trade with " + country + " is " + mark
    return refused.assign(
        china=np.nan,
        russia=np.nan,
        china_ids="",
        russia_ids="",
        refusal=partners.where(refused["book"] == "partner", own),
    )


def _side_by_side(records: pd.DataFrame, keys: list[str], powers: dict[str, str]) -> pd.DataFrame:
    wide = records.pivot(index=keys, columns="partner", values=["value", "record"])
    wide = wide.reindex(columns=pd.MultiIndex.from_product([["value", "record"], powers]))
    pairs = pd.DataFrame(index=wide.index)
    for power, name in zip(powers, ("china", "russia"), strict=True):
        pairs[name] = wide["value", power].astype(float)
        pairs[f"{name}_ids"] = wide["record", power].astype(object).fillna("")
    return pairs.reset_index().assign(refusal="")


def _turnover(single: pd.DataFrame) -> pd.DataFrame:
    both = single[single["flow"] == "exports"].merge(
        single[single["flow"] == "imports"],
        on=_KEYS,
        how="outer",
        suffixes=("", "_imports"),
        validate="1:1",
    )
    for name in ("china", "russia"):
        both[name] = both[name] + both[f"{name}_imports"]
        joined = both[f"{name}_ids"].fillna("") + " " + both[f"{name}_ids_imports"].fillna("")
        both[f"{name}_ids"] = joined.str.strip()
    return both.assign(flow="turnover", refusal="")[list(single.columns)]


def mirror(
    trade: pd.DataFrame,
    countries: Collection[str] | None = None,
    powers: dict[str, str] = POWERS,
) -> pd.DataFrame:
    """How far the importer's record of a flow lies from the exporter's.

    The ratio is M / (f X), with f the part of freight and insurance; 1 is agreement, below 1
    the importer has less. Its interval takes f from 1.05 to 1.20.

    Args:
        trade: the ``trade`` table; only what both sides recorded themselves is used.
        countries: codes of the countries whose side is taken; all that are studied, unless given.
        powers: name by code of those on the other side.

    Returns:
        ``mirror``, sorted by its key.
    """
    records = flows(trade, countries).rename(columns={"partner": "power"})
    records = records[(records["evidence"] == "reported") & records["power"].isin(powers)]
    keys = ["country", "power", "flow", "year", "dataset"]
    wide = records.pivot(index=keys, columns="book", values="value")
    wide = wide.reindex(columns=["own", "partner"]).dropna().reset_index()
    exports = wide["flow"] == "exports"
    exporter = wide["own"].where(exports, wide["partner"])
    importer = wide["partner"].where(exports, wide["own"])
    one_sided = (exporter == 0) | (importer == 0)
    raw = (importer / exporter.where(exporter != 0)).where(~one_sided)
    low, high = raw / FREIGHT_BAND[1], raw / FREIGHT_BAND[0]
    explained = np.where((low <= 1) & (high >= 1), "yes", "no")
    table = wide[keys].assign(
        dataset=wide["dataset"],
        exporter_value=exporter,
        importer_value=importer,
        ratio=raw / FREIGHT,
        ratio_low=low,
        ratio_high=high,
        log_gap=np.log(raw / FREIGHT),
        explained=np.where(one_sided, "one-sided", explained),
    )
    return table.assign(cause=[_cause(row) for row in table.itertuples()])


def _cause(row: Any) -> str:
    """Why the importer has less, where that is known; a gap the other way has no cause here."""
    if row.explained == "yes" or not row.ratio < 1:
        return ""
    flow = (row.country, row.power, row.flow)
    return KNOWN_CAUSES.get(flow, KNOWN_CAUSES.get((*flow, row.year), ""))


def concentration(parts: np.ndarray) -> tuple[float, float]:
    """Least and greatest Herfindahl-Hirschman index, the sum of squared shares.

    Where the listed shares leave a rest, it may lie with many (least) or with as few as can be
    (greatest): no unlisted partner is taken to be larger than the smallest listed one.

    Args:
        parts: listed shares of a whole, each above 0; of none, both are NaN.
    """
    if not len(parts):
        return np.nan, np.nan
    low = float((parts**2).sum())
    rest = max(0.0, 1 - float(parts.sum()))
    smallest = parts.min()
    # A rest of rounding errors is none.
    whole = np.floor(rest / smallest + 1e-9)
    high = low + whole * smallest**2 + max(0.0, rest - whole * smallest) ** 2
    return low, float(high)


def weights(
    trade: pd.DataFrame, indicators: pd.DataFrame, services: pd.DataFrame | None = None
) -> pd.DataFrame:
    """China and Russia beside everyone else, in trade and in public debt.

    The whole is what the recorder gives as its trade with the world; where it gives none, the
    listed partners together. Where a dataset lists no partner but a few neighbours for a year,
    the powers' parts are known only on a book that gives the whole, and the parts and places of
    everyone else are not known at all.

    Args:
        trade: the ``trade`` table.
        indicators: the ``indicators`` table.
        services: ``trade_goods_and_services``, whose rows are measures of their own.

    Returns:
        ``weights``, sorted by its key.
    """
    rows = _trade_weights(trade, {flow: flow for flow in GOODS})
    if services is not None:
        rows += _trade_weights(services, GOODS_AND_SERVICES)
    debt = indicators[indicators["indicator"] == "debt_owed"]
    rows += [
        {"country": country, "measure": "debt", "year": year, "book": "stated", "dataset": source}
        | _weight(_creditors(group), "all")
        for (country, year, source), group in debt.groupby(["country", "year", "source_id"])
        if "all" in set(group["counterpart"])
    ]
    # A whole of nought has no parts.
    table = pd.DataFrame(
        [row for row in rows if row["total"] > 0], columns=list(schema.WEIGHTS.schema.columns)
    )
    return table.sort_values(list(schema.WEIGHTS.key), ignore_index=True)


def _trade_weights(trade: pd.DataFrame, measures: dict[str, str]) -> list[dict[str, Any]]:
    records = flows(trade)
    records = records[records["book"] != "reconciled"]
    chosen = exports_first(_with_powers_own(records, POWERS))
    records = pd.concat([records, chosen], ignore_index=True)
    records = records[records["evidence"].isin(vocabulary.RECORDED)]
    both = records.groupby([*_KEYS, "partner"], as_index=False)["value"].sum()
    records = pd.concat([records, both.assign(flow="turnover")], ignore_index=True)
    groups = records.assign(measure=records["flow"].map(measures)).groupby(
        ["country", "measure", "year", "book", "dataset"]
    )
    return [
        dict(zip(["country", "measure", "year", "book", "dataset"], key, strict=True))
        | _weight(group.set_index("partner")["value"], "WLD")
        for key, group in groups
        if set(POWERS) <= set(group["partner"])
        and (_lists_all(group["partner"]) or (key[3] == "own" and "WLD" in set(group["partner"])))
    ]


def _creditors(rows: pd.DataFrame) -> pd.Series:
    who = rows["power"].where(rows["power"] != "", rows["counterpart"])
    return pd.Series(rows["value"].to_numpy(), index=who)


# What a table of trade does not give by country: a part of the whole and nobody's.
NOT_BY_COUNTRY = "XXX"

_PLACES = ("china_rank", "russia_rank", "china_rank_eu", "russia_rank_eu")


def _lists_all(partners: pd.Index | pd.Series) -> bool:
    """Whether a list of partners reaches beyond the neighbours: to the Union's members."""
    return bool(set(partners) & EUROPEAN_UNION)


def _weight(values: pd.Series, whole: str) -> dict[str, float]:
    """One row of ``weights`` from values by partner; ``whole`` names the entry of the total."""
    partners = values[~values.index.isin([whole, NOT_BY_COUNTRY]) & (values > 0)]
    given = values.get(whole, np.nan)
    # Partners' records can add up to more than a total that lacks some of them.
    total = partners.sum() if np.isnan(given) else max(given, partners.sum())
    shares = partners / total if total else partners
    inside = shares.index.isin(EUROPEAN_UNION)
    as_one = pd.concat([shares[~inside], pd.Series({"EU": shares[inside].sum()})])
    china, russia = (float(shares.get(power, 0.0)) for power in POWERS)
    union = float(shares[inside].sum())
    low, high = concentration(shares.to_numpy())
    if whole == "WLD" and not _lists_all(shares.index):
        unknown = ["european_union", "rest", *_PLACES, "concentration_low", "concentration_high"]
        return {
            "total": float(total),
            "listed": min(1.0, float(shares.sum())),
            "china": china,
            "russia": russia,
            "both": china + russia,
        } | dict.fromkeys(unknown, np.nan)
    return {
        "total": float(total),
        "listed": min(1.0, float(shares.sum())),
        "china": china,
        "russia": russia,
        "both": china + russia,
        "european_union": union if whole == "WLD" else np.nan,
        "rest": max(0.0, 1 - china - russia - (union if whole == "WLD" else 0)),
        "china_rank": _rank(shares, "CHN"),
        "russia_rank": _rank(shares, "RUS"),
        "china_rank_eu": _rank(as_one, "CHN") if whole == "WLD" else np.nan,
        "russia_rank_eu": _rank(as_one, "RUS") if whole == "WLD" else np.nan,
        "concentration_low": low,
        "concentration_high": min(1.0, high),
    }


def _rank(shares: pd.Series, power: str) -> float:
    """Place among partners, 1 the largest; NaN where there is nothing."""
    return float((shares > shares[power]).sum() + 1) if power in shares else np.nan


CREDITOR_KINDS = (
    "China",
    "Russia",
    "development banks",
    "other states",
    "bondholders and others",
)
_BANKS = re.compile(r"Bank|Fund|IDA|Dev\.|European (?:Union|Economic Community)")


def creditor_kind(name: str) -> str:
    """What kind of creditor a name of the World Bank's list is."""
    if name in ("China", "Russian Federation"):
        return "China" if name == "China" else "Russia"
    if name in ("Bondholders", "Multiple Lenders"):
        return "bondholders and others"
    return "development banks" if _BANKS.search(name) else "other states"


def creditor_kinds(indicators: pd.DataFrame, country: str, years: Sequence[int]) -> pd.DataFrame:
    """The whole public external debt of a country by kind of creditor.

    Args:
        indicators: with ``debt_owed`` by counterpart, and "all" for the whole.
        country: whose debt.
        years: the years wanted.

    Returns:
        ``year``, ``creditor`` and ``share`` of the whole, every kind in every year that has a
        whole above nought; a kind that the list of all creditors does not name is owed nothing.
    """
    rows = where(indicators, country=country, indicator="debt_owed", year=years)
    whole = rows[rows["counterpart"] == "all"].set_index("year")["value"]
    whole = whole[whole > 0]
    named = rows[rows["counterpart"] != "all"]
    sums = (
        named.assign(creditor=named["counterpart"].map(creditor_kind))
        .groupby(["year", "creditor"])["value"]
        .sum()
        .unstack(fill_value=0.0)
        .reindex(index=whole.index, columns=list(CREDITOR_KINDS), fill_value=0.0)
    )
    shares = sums.div(whole, axis=0)
    return shares.stack().rename("share").reset_index()


def write_weights(processed: Path) -> None:
    """Read the statistics and write ``mirror.csv`` and ``weights.csv``."""
    trade, services, indicators = (
        store.load_table(name, processed)
        for name in ("trade", "trade_goods_and_services", "indicators")
    )
    store.save_table("mirror", mirror(trade), processed)
    store.save_table("weights", weights(trade, indicators, services), processed)
