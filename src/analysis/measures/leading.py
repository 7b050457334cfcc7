"""How each tie of each country stands: the newest pairs that lead it, and the power ahead."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.config import POWERS
from analysis.measures.judgement import WEIGHTY, Verdict
from analysis.measures.ties import SIDES
from analysis.measures.verdicts import gdp

# What a tie is led by: both records before one. What the article prints is not news.
_ROLES = ("newest_of_both", "newest")
_TOLD_BY = ("own", "partner", "stated")
_JUDGED = ["verdict", "leader", "confidence", "weighty", "known", "unnamed"]


def leading(pairs: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """The newest pairs that each tie is led by, with the verdict on them.

    That is the newest year with both powers on both records, else on any; where no year has both
    powers, the newest year of the one power that is known.

    Args:
        pairs: rows of ``ties`` in use, of whole years.
        verdicts: the table of that name.

    Returns:
        The pairs, of a tie with two records two rows; beside their own columns ``verdict``,
        ``ahead`` (code of the power that the verdict has ahead), ``confidence``, ``weighty``,
        ``known`` (code of the power whose half alone is known) and ``unnamed``.
    """
    told = verdicts[verdicts["role"].isin(_ROLES) & (verdicts["verdict"] != Verdict.NONE)]
    told = told.assign(place=told["role"].map(_ROLES.index)).sort_values("place", kind="stable")
    told = told.drop_duplicates(["country", "tie"])
    keys = ["country", "tie", "year"]
    judged = told[[*keys, "records", *_JUDGED]].rename(columns={"leader": "ahead"})
    found = pairs.merge(judged, on=keys, validate="m:1")
    in_it = [
        record in records.split()
        for record, records in zip(found["record"], found["records"], strict=True)
    ]
    return pd.concat(
        [found[in_it].drop(columns="records"), _halves(pairs, told)], ignore_index=True
    ).sort_values(["country", "tie", "record"], kind="stable", ignore_index=True)


def _halves(pairs: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """The newest known half of each tie that no year has both powers in."""
    keys = ["country", "tie"]
    judged = pd.MultiIndex.from_frame(told[keys])
    rows = pairs[pairs["record"].isin(_TOLD_BY)]
    rows = rows[~pd.MultiIndex.from_frame(rows[keys]).isin(judged)]
    rows = rows[rows["year"] == rows.groupby(keys)["year"].transform("max")]
    first, second = POWERS
    known = [first if one else second for one in rows["china_low"].notna()]
    return rows.assign(
        verdict=str(Verdict.NONE), ahead="", confidence="", weighty="", known=known, unnamed=None
    ).astype({"unnamed": float})


def powers_ahead(standing: pd.DataFrame, tie: str) -> dict[str, str]:
    """Who is ahead in a tie, by country: the one that a verdict names, else the one known.

    Args:
        standing: as ``leading`` gives it.
        tie: one of the ties.

    Returns:
        Code of the power, by country; "" where the two are level, too close to call, or two
        records have different ones ahead.
    """
    rows = standing[standing["tie"] == tie].drop_duplicates("country")
    ahead = rows["ahead"].where(rows["ahead"] != "", rows["known"])
    return dict(zip(rows["country"], ahead, strict=True))


def ahead_everywhere(
    standing: pd.DataFrame, tie: str, countries: Sequence[str]
) -> tuple[str, bool]:
    """The one power that is ahead in a tie in all of some countries.

    Args:
        standing: as ``leading`` gives it.
        tie: one of the ties.
        countries: their codes.

    Returns:
        Its code, "" where there is no such power; and whether no record anywhere has the two
        level or too close to call.
    """
    ahead = powers_ahead(standing, tie)
    powers = {ahead.get(country, "") for country in countries}
    rows = standing[(standing["tie"] == tie) & standing["country"].isin(countries)]
    unsure = rows["verdict"].isin([Verdict.OR_LEVEL, Verdict.OR_TOO_CLOSE]).any()
    return (powers.pop() if len(powers) == 1 else "", not unsure)


def beside_output(pairs: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """Pairs of money as shares of the country's output of the year, with the ends of each.

    Args:
        pairs: rows of ``ties``.
        indicators: the table of that name.

    Returns:
        The rows in dollars of years whose output is known, with ``china_of_gdp_low``,
        ``china_of_gdp_high`` and the same of Russia: shares, 1 being the whole output. Where the
        words of a figure leave its upper end open, that end is missing.
    """
    dollars = pairs[pairs["unit"] == "USD"].merge(
        gdp(indicators), on=["country", "year"], validate="m:1"
    )
    for side in SIDES:
        closed = dollars[f"{side}_high"].where(dollars[f"{side}_logical_high"].notna())
        dollars[f"{side}_of_gdp_low"] = dollars[f"{side}_low"] / dollars["gdp"]
        dollars[f"{side}_of_gdp_high"] = closed / dollars["gdp"]
    return dollars.drop(columns="gdp")


def weighty_ties(standing: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """Those of the ties that may stand in a first sentence, a row a country and tie.

    Args:
        standing: as ``leading`` gives it.
        indicators: the table of that name.

    Returns:
        Rows whose verdict is weighty, and known halves of a hundredth of the country's output.
    """
    output = beside_output(standing, indicators)
    heaviest = output[[f"{side}_of_gdp_low" for side in SIDES]].max(axis=1)
    halves = output.loc[heaviest >= WEIGHTY, "pair_id"]
    half = (standing["known"] != "") & standing["pair_id"].isin(halves)
    return standing[(standing["weighty"] == "yes") | half].drop_duplicates(["country", "tie"])
