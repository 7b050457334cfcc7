"""Trade is recorded twice: the two records, and what lies between them.

A record is one coherent way of counting: the partners' (China and Russia each count their side),
the country's own, a reconciled one. Exports first mixes counters, as international tables do.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from analysis.config import POWERS
from analysis.data import vocabulary
from analysis.data.countries import area, studied
from analysis.measures.refusals import Refusal
from analysis.measures.scale import SIDES

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

_FLOW_OF = {"export": "exports", "import": "imports"}
_OTHER_FLOW = {"export": "imports", "import": "exports"}


def flows(trade: pd.DataFrame, countries: Collection[str] | None = None) -> pd.DataFrame:
    """Each record from the country's side, under the record that it belongs to.

    Args:
        trade: the ``trade`` table.
        countries: codes of the countries whose side is taken; all that are studied, unless given.

    Returns:
        country, partner, flow (exports or imports of the country), year, dataset (source id),
        record (partner, own or reconciled), value, evidence, record_id (of the row of ``trade``).
    """
    countries = studied(trade) if countries is None else countries
    named = trade.assign(
        record_id=trade["dataset"].str.cat(
            [trade["reporter"], trade["partner"], trade["flow"], trade["year"].astype(str)], sep="/"
        ),
        dataset=trade["source_id"],
    )
    by_country = named[named["reporter"].isin(countries)]
    own = by_country.assign(
        country=by_country["reporter"],
        flow=by_country["flow"].map(_FLOW_OF),
        record=np.where(by_country["evidence"] == "reconciled", "reconciled", "own"),
    )
    by_partner = named[named["partner"].isin(countries) & (named["evidence"] != "reconciled")]
    partner = by_partner.assign(
        country=by_partner["partner"],
        partner=by_partner["reporter"],
        flow=by_partner["flow"].map(_OTHER_FLOW),
        record="partner",
    )
    columns = ["country", "partner", "flow", "year", "dataset", "record", "value", "evidence"]
    return pd.concat([own, partner], ignore_index=True)[[*columns, "record_id"]]


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
        Rows of the same form under the record ``exports_first``.
    """
    known = records[
        (records["evidence"] == "reported") & records["record"].isin(["own", "partner"])
    ]
    by_exporter = (known["record"] == "own") == (known["flow"] == "exports")
    keys = ["country", "partner", "flow", "year", "dataset"]
    ordered = known.assign(first=~by_exporter).sort_values([*keys, "first"])
    return ordered.drop_duplicates(keys).drop(columns="first").assign(record="exports_first")


def with_powers_own(records: pd.DataFrame, powers: Collection[str]) -> pd.DataFrame:
    """Rows of the datasets in which a power records its side: only there is a recorder chosen."""
    theirs = (records["record"] == "partner") & records["partner"].isin(powers)
    return records[records["dataset"].isin(records.loc[theirs, "dataset"])]


_KEYS = ["country", "year", "dataset", "record"]


# What the three flows measure: in goods, and in goods and services together.
GOODS = {"exports": "exports", "imports": "imports", "turnover": "trade_turnover"}
GOODS_AND_SERVICES = {flow: f"goods_services_{flow}" for flow in GOODS}


def trade_pairs(
    trade: pd.DataFrame,
    powers: dict[str, str] = POWERS,
    concepts: dict[str, str] = GOODS,
) -> pd.DataFrame:
    """Two powers side by side on every record, year and flow, turnover among them.

    What a country did not count itself is no record of its own: the pair is refused and says why,
    and so is the turnover that it would be a part of. Turnover needs both exports and imports.

    Args:
        trade: the ``trade`` table, or one of its form for another concept.
        powers: the first and the second.
        concepts: for exports, imports and turnover the name of what is measured.

    Returns:
        Pairs as ``yearly.compare_series`` takes them.
    """
    records = flows(trade)
    chosen = exports_first(with_powers_own(records, powers))
    records = pd.concat([records, chosen], ignore_index=True)
    records = records[records["partner"].isin(powers)]
    refused = _refused(records, powers)
    single = _side_by_side(records, [*_KEYS, "flow"], powers)
    turnover = _turnover(single)
    # One side that was not counted spoils its pair, and one flow the turnover: a year has one row
    # a record and flow, compared or refused.
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
        ["country", "rank", "record", "dataset", "year"], ignore_index=True
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
    own = "no record of its own: " + country + "’s side is " + mark
    partners = "no record of the partners’ own: " + refused["partner"].map(powers)
    partners = partners + "’s record of its trade with " + country + " is " + mark
    theirs = refused["record"] == "partner"
    return refused.assign(
        china=np.nan,
        russia=np.nan,
        china_ids="",
        russia_ids="",
        refusal=np.where(theirs, Refusal.NOT_THEIR_OWN.value, Refusal.NOT_ITS_OWN.value),
        reason=partners.where(theirs, own),
    )


def _side_by_side(records: pd.DataFrame, keys: list[str], powers: dict[str, str]) -> pd.DataFrame:
    wide = records.pivot(index=keys, columns="partner", values=["value", "record_id"])
    wide = wide.reindex(columns=pd.MultiIndex.from_product([["value", "record_id"], powers]))
    pairs = pd.DataFrame(index=wide.index)
    for power, name in zip(powers, SIDES, strict=True):
        pairs[name] = wide["value", power].astype(float)
        pairs[f"{name}_ids"] = wide["record_id", power].astype(object).fillna("")
    return pairs.reset_index().assign(refusal="", reason="")


def _turnover(single: pd.DataFrame) -> pd.DataFrame:
    both = single[single["flow"] == "exports"].merge(
        single[single["flow"] == "imports"],
        on=_KEYS,
        how="outer",
        suffixes=("", "_imports"),
        validate="1:1",
    )
    for name in SIDES:
        both[name] = both[name] + both[f"{name}_imports"]
        joined = both[f"{name}_ids"].fillna("") + " " + both[f"{name}_ids_imports"].fillna("")
        both[f"{name}_ids"] = joined.str.strip()
    return both.assign(flow="turnover", refusal="", reason="")[list(single.columns)]


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
    wide = records.pivot(index=keys, columns="record", values="value")
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
