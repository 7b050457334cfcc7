"""Every tie of each country by record, and who is ahead: newest, and in the year of the article."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.config import ARTICLE_YEAR, COUNTRIES, POWERS, RAW
from analysis.data import schema, store
from analysis.data.frames import where
from analysis.data.sources import load_sources
from analysis.data.vocabulary import TIES
from analysis.measures.changes import crossings
from analysis.measures.compare import ARTICLE
from analysis.measures.scale import SIDES
from analysis.measures.sides import sides_of_figures, sides_of_indicators, sides_of_trade
from analysis.measures.ties import newest, pairs_of, verdict_on

# The tables that the ties are gathered from.
TABLES = ("figures", "trade", "trade_goods_and_services", "indicators")

# Whose gas or people are counted too, and who are no country that is judged.
_NO_COUNTRY = (*POWERS, "OCIS")

# Holders that the World Bank's list of creditors does not tell apart by state.
UNNAMED_LENDERS = ("Bondholders", "Multiple Lenders")


def ties(
    figures: pd.DataFrame,
    trade: pd.DataFrame,
    services: pd.DataFrame,
    indicators: pd.DataFrame,
    editions: Mapping[str, str],
) -> pd.DataFrame:
    """All pairs of figures on every tie, with money beside the country's output.

    Args:
        figures: the processed table of that name, as the next three are.
        trade: records of goods.
        services: records of goods and services, a concept of its own.
        indicators: published statistics.
        editions: date of each source, ISO 8601, to tell the newest edition.

    Returns:
        ``ties``, sorted by its key.
    """
    sides = pd.concat(
        [
            sides_of_trade(trade),
            sides_of_trade(services, services=True),
            sides_of_indicators(indicators),
            sides_of_figures(figures, ARTICLE),
        ],
        ignore_index=True,
    )
    return beside_gdp(pairs_of(sides[~sides["country"].isin(_NO_COUNTRY)], editions), indicators)


def with_world_trade(
    pairs: pd.DataFrame, trade: pd.DataFrame, country: str, indicators: pd.DataFrame
) -> pd.DataFrame:
    """A country's ties with its trade of the world's table, where no other record has the year.

    Args:
        pairs: its rows of ``ties``; none for a country of which the world's table alone knows.
        trade: its records in the ``trade_world`` table, in the form of ``trade``.
        country: its code.
        indicators: the table of that name.

    Returns:
        ``ties``, sorted by its key.
    """
    world = beside_gdp(pairs_of(sides_of_trade(trade, countries=(country,)), {}), indicators)
    told = ["tie", "record", "start", "end"]
    new = ~pd.MultiIndex.from_frame(world[told]).isin(pd.MultiIndex.from_frame(pairs[told]))
    known = [rows for rows in (pairs, world[new]) if len(rows)]
    if not known:
        return pairs
    return pd.concat(known).sort_values(list(schema.TIE_PAIRS.key), ignore_index=True)


def beside_gdp(pairs: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """Pairs with each power's money beside the country's output of the year.

    Args:
        pairs: as ``pairs_of`` gives them.
        indicators: the table of that name.

    Returns:
        ``ties``, sorted by its key; ``china_to_gdp`` and ``russia_to_gdp`` are empty where the
        unit is no dollar or the year's output is not known.
    """
    joined = pairs.merge(gdp(indicators), on=["country", "year"], how="left", validate="m:1")
    output = joined["gdp"].where(joined["unit"] == "USD")
    for side in SIDES:
        joined[f"{side}_to_gdp"] = joined[side] / output
    for mark in ("whole_year", "in_use"):
        joined[mark] = np.where(joined[mark], "yes", "no")
    columns = list(schema.TIE_PAIRS.schema.columns)
    return joined[columns].sort_values(list(schema.TIE_PAIRS.key), ignore_index=True)


def output_rows(indicators: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``indicators`` on GDP, one a country and year, of the newest edition with it."""
    rows = where(indicators, indicator="gdp").sort_values("vintage", kind="stable")
    return rows.drop_duplicates(["country", "year"], keep="last")


def gdp(indicators: pd.DataFrame) -> pd.DataFrame:
    """GDP in dollars by country and year, each of the newest edition that has it."""
    rows = output_rows(indicators)
    return rows[["country", "year", "value"]].rename(columns={"value": "gdp"})


def unnamed_parts(indicators: pd.DataFrame) -> pd.DataFrame:
    """The part of public external debt that is owed to bondholders and to several lenders at once.

    Returns:
        country, year and ``unnamed``, 0 to 1, of the newest edition that has the year.
    """
    debt = where(indicators, indicator="debt_owed")
    debt = debt.assign(held=debt["value"].where(debt["counterpart"].isin(UNNAMED_LENDERS)))
    debt = debt.assign(whole=debt["value"].where(debt["counterpart"] == "all"))
    sums = debt.groupby(["country", "year", "source_id"], as_index=False)[["held", "whole"]].sum()
    sums = sums[sums["whole"] > 0].drop_duplicates(["country", "year"], keep="last")
    return sums.assign(unnamed=sums["held"] / sums["whole"])[["country", "year", "unnamed"]]


def verdict_in(
    pairs: pd.DataFrame, indicators: pd.DataFrame, tie: str, year: int
) -> dict[str, Any]:
    """Judge one tie of one country in any one year.

    Args:
        pairs: rows of ``ties`` of that country.
        indicators: the table of that name, for output, gas sold in all and unnamed holders.
        tie: which.
        year: a year; where nothing is known of it the verdict is that there is no pair.

    Returns:
        As ``verdict_on`` gives it, with ``unnamed``.
    """
    told = pairs[(pairs["in_use"] == "yes") & (pairs["whole_year"] == "yes")]
    here = where(told, tie=tie, year=year)
    country = str(here["country"].iloc[0]) if len(here) else ""
    known = where(indicators, country=country, year=year)
    wholes = _gas_sold(known) if tie == "gas" else _outputs(known)
    whole = wholes.get((country, year), np.nan)
    part = 0.0
    if tie == "debt":
        held = unnamed_parts(known)["unnamed"]
        part = float(held.iloc[0]) if len(held) else 0.0
    return verdict_on(here, whole, part) | {"unnamed": part}


def verdicts(
    pairs: pd.DataFrame, indicators: pd.DataFrame, countries: Collection[str] | None = None
) -> pd.DataFrame:
    """Judge each tie of each country in its newest years and in the article's.

    A year of both records that is older than the article's does not lead: nothing newer is known
    of one of the two, and a page would call it news.

    Args:
        pairs: the ``ties`` table.
        indicators: the table of that name, for output, gas sold in all and unnamed holders.
        countries: codes of those to judge; without them the five and all that have been added.

    Returns:
        ``verdicts``, one row a country, tie and role of the year.
    """
    wholes = _wholes(indicators)
    unnamed = unnamed_parts(indicators).set_index(["country", "year"])["unnamed"].to_dict()
    told = pairs[(pairs["in_use"] == "yes") & (pairs["whole_year"] == "yes")]
    by_tie = dict(list(told.groupby(["country", "tie"], sort=False)))
    rows = []
    if countries is None:
        countries = [*COUNTRIES, *sorted({*pairs["country"]} - {*COUNTRIES})]
    for country in countries:
        for tie in TIES:
            here = by_tie.get((country, tie), told.iloc[:0])
            for role, year in _years(here).items():
                part = unnamed.get((country, year), np.nan) if tie == "debt" else np.nan
                whole = wholes["gas" if tie == "gas" else "gdp"].get((country, year), np.nan)
                judged = verdict_on(where(here, year=year), whole, 0.0 if np.isnan(part) else part)
                rows.append(
                    {"country": country, "tie": tie, "role": role, "year": year, "unnamed": part}
                    | judged
                    | {"weighty": "yes" if judged["weighty"] else "no"}
                )
    table = pd.DataFrame(rows, columns=list(schema.TIE_JUDGED.schema.columns))
    return table.astype({"year": "int64", "unnamed": float})


def _years(pairs: pd.DataFrame) -> dict[str, int]:
    both, later = newest(pairs.assign(whole_year=True))
    if both is not None and both < ARTICLE_YEAR:
        later = max(int(year) for year in (both, later) if year is not None)
        both = None
    years = {"newest_of_both": both, "newest": later}
    known = {role: year for role, year in years.items() if year is not None}
    if (pairs["year"] == ARTICLE_YEAR).any():
        known["article"] = ARTICLE_YEAR
    return known


def _wholes(indicators: pd.DataFrame) -> dict[str, dict[tuple[str, int], Any]]:
    """What a tie is weighed against, by country and year: output, and all gas sold by pipeline."""
    return {"gdp": _outputs(indicators), "gas": _gas_sold(indicators)}


def _outputs(indicators: pd.DataFrame) -> dict[tuple[str, int], Any]:
    return gdp(indicators).set_index(["country", "year"])["gdp"].to_dict()


def _gas_sold(indicators: pd.DataFrame) -> dict[tuple[str, int], Any]:
    gas = where(indicators, indicator="gas_exports", counterpart="all")
    return gas.set_index(["country", "year"])["value"].to_dict()


def write_ties(processed: Path, raw: Path = RAW) -> None:
    """Read the processed tables and write ``ties.csv``, ``verdicts.csv`` and ``crossings.csv``."""
    figures, trade, services, indicators = (store.load_table(name, processed) for name in TABLES)
    sources, _ = load_sources(raw / "sources.yml")
    editions = {name: str(source.get("date", "")) for name, source in sources.items()}
    pairs = ties(figures, trade, services, indicators, editions)
    store.save_table("ties", pairs, processed)
    store.save_table("verdicts", verdicts(pairs, indicators), processed)
    store.save_table("crossings", crossings(pairs, indicators), processed)
