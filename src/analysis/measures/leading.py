"""How the ties of all five stand together: what leads each tie now, and who is ahead in it."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.data.frames import as_rows
from analysis.measures.judgement import Verdict
from analysis.measures.scale import SIDES
from analysis.measures.standing import contested, standing
from analysis.measures.verdicts import output_rows, verdict_in

_JUDGED = ("verdict", "confidence", "weighty", "known", "unnamed")


def leading(
    pairs: pd.DataFrame, indicators: pd.DataFrame, countries: Iterable[str]
) -> pd.DataFrame:
    """The pairs that tell each tie in its newest year, with the verdict on them.

    Args:
        pairs: rows of ``ties``, in use or not.
        indicators: the table of that name.
        countries: codes of the countries.

    Returns:
        The pairs, as ``standing`` chooses them; beside their own columns ``verdict``, ``ahead``
        (code of the power that the verdict has ahead), ``confidence``, ``weighty``, ``known``
        (code of the power whose half alone is known), ``unnamed`` and ``contested`` (whether
        another concept, as new, has the other power ahead).
    """
    found = []
    for country in countries:
        theirs = pairs[pairs["country"] == country]
        for row in as_rows(standing(theirs)):
            judged = verdict_in(theirs, indicators, row["tie"], row["year"])
            found.append(
                row
                | {"ahead": judged["leader"], "contested": contested(theirs, row)}
                | {name: judged[name] for name in _JUDGED}
            )
    return pd.DataFrame(found)


def powers_ahead(rows: pd.DataFrame, tie: str) -> dict[str, str]:
    """Who is ahead in a tie, by country: the one that a verdict names, else the one known.

    Args:
        rows: as ``leading`` gives them.
        tie: one of the ties.

    Returns:
        Code of the power, by country; "" where the two are level, too close to call, or two
        records have different ones ahead.
    """
    told = rows[rows["tie"] == tie].drop_duplicates("country")
    ahead = told["ahead"].where(told["ahead"] != "", told["known"])
    return dict(zip(told["country"], ahead, strict=True))


def ahead_everywhere(rows: pd.DataFrame, tie: str, countries: Iterable[str]) -> tuple[str, bool]:
    """The one power that is ahead in a tie in all of some countries.

    Args:
        rows: as ``leading`` gives them.
        tie: one of the ties.
        countries: their codes.

    Returns:
        Its code, "" where there is no such power; and whether no record anywhere has the two
        level or too close to call.
    """
    ahead = powers_ahead(rows, tie)
    powers = {ahead.get(country, "") for country in countries}
    told = rows[rows["tie"] == tie]
    unsure = told["verdict"].isin([Verdict.OR_LEVEL, Verdict.OR_TOO_CLOSE]).any()
    return (powers.pop() if len(powers) == 1 else "", not unsure)


def beside_output(pairs: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """Pairs of money as shares of the country's output of the year, with the ends of each.

    Args:
        pairs: rows of ``ties``.
        indicators: the table of that name.

    Returns:
        The rows in dollars of years whose output is known, with ``china_of_gdp``, which is the
        middle, ``china_of_gdp_low``, ``china_of_gdp_high`` and the same of Russia: shares, 1 being
        the whole output. Where the words set only a floor, the upper end is missing and that floor
        stands for the middle. ``sources`` joins the edition of the output to that of the pair.
    """
    output = output_rows(indicators)[["country", "year", "value", "source_id"]]
    output = output.rename(columns={"value": "gdp", "source_id": "sources"})
    dollars = pairs[pairs["unit"] == "USD"].merge(output, on=["country", "year"], validate="m:1")
    dollars["sources"] = dollars["edition"].str.cat(dollars["sources"], sep=" + ")
    for side in SIDES:
        names = {end: f"{side}_of_gdp_{end}" for end in ("low", "high")}
        for end, name in names.items():
            # A number that is known stands for itself, as everywhere on a page.
            told = dollars[side].where(dollars[side].notna(), dollars[f"{side}_{end}"])
            dollars[name] = told / dollars["gdp"]
        floors = dollars[f"{side}_logical_high"].isna()
        dollars[names["high"]] = dollars[names["high"]].mask(floors)
        dollars[f"{side}_of_gdp"] = dollars[[*names.values()]].mean(axis=1)
    return dollars.drop(columns="gdp")
