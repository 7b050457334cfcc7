"""Who lends to a country: every lender of its public debt abroad, by kind, and what each added."""

from __future__ import annotations

import pandas as pd

from analysis.config import POWERS
from analysis.measures.ties import SIDE_OF

# What the kinds of the code list are called as parts of a whole.
_PARTS = {
    "state": "governments",
    "institution": "development_banks",
    "bondholders": "bondholders",
    "several lenders": "not_named",
}
# Its two arms, which the list names apart, are one lender.
_WORLD_BANK = "World Bank"


def lenders(indicators: pd.DataFrame, parties: pd.DataFrame) -> pd.DataFrame:
    """Each lender of each country's public external debt, by year.

    Args:
        indicators: the table of that name.
        parties: the code list, with ``world_bank_name``, ``name`` and ``kind``.

    Returns:
        The rows of ``indicators`` on debt owed, but those of all together, with ``lender`` (its
        full name), ``part`` ("china", "russia", "governments", "development_banks",
        "bondholders" or "not_named"), ``whole`` (dollars owed to all) and ``share`` of it (0 to 1).

    Raises:
        ValueError: naming lenders that the code list does not have.
    """
    debt = indicators[indicators["indicator"] == "debt_owed"]
    keys = ["country", "year", "source_id"]
    whole = debt.loc[debt["counterpart"] == "all", [*keys, "value"]]
    rows = debt[debt["counterpart"] != "all"].merge(
        whole.rename(columns={"value": "whole"}), on=keys, validate="m:1"
    )
    known = parties.set_index("world_bank_name")
    unknown = sorted(set(rows["counterpart"]) - set(known.index))
    if unknown:
        raise ValueError(f"lenders that parties.csv does not have: {', '.join(unknown)}")
    arms = rows["counterpart"].str.startswith(_WORLD_BANK)
    kind = rows["counterpart"].map(known["kind"]).map(_PARTS)
    return rows.assign(
        lender=rows["counterpart"].map(known["name"]).where(~arms, _WORLD_BANK),
        part=rows["power"].map(SIDE_OF).where(rows["power"].isin(POWERS), kind),
        share=rows["value"] / rows["whole"],
    ).sort_values([*keys, "value"], ascending=[True, True, True, False], ignore_index=True)


def parts_by_year(rows: pd.DataFrame) -> pd.DataFrame:
    """The shares of each kind of lender, by country and year.

    Args:
        rows: of ``lenders``.

    Returns:
        country, year, part and ``share``; the shares of a year sum to 1 as far as the source
        lists its lenders. Both powers stand in every year, with 0 where they are owed nothing.
    """
    keys = ["country", "year", "part"]
    sums = rows.groupby(keys)["share"].sum()
    years = rows[["country", "year"]].drop_duplicates()
    both = years.merge(pd.DataFrame({"part": list(SIDE_OF.values())}), how="cross")
    every = sums.index.union(pd.MultiIndex.from_frame(both[keys]))
    return sums.reindex(every, fill_value=0.0).rename("share").reset_index()


def largest(rows: pd.DataFrame) -> pd.DataFrame:
    """The lenders of one country and year that are neither power and have a name.

    Args:
        rows: of ``lenders``, of one country and year.

    Returns:
        One row a lender, the largest first: ``lender``, ``part``, ``value``, ``share``, and the
        other columns of its largest claim.
    """
    named = rows[rows["part"].isin(["governments", "development_banks"])]
    order = named.sort_values("value", ascending=False, kind="stable")
    sums = order.groupby("lender")[["value", "share"]].sum()
    one = order.drop_duplicates("lender").drop(columns=["value", "share"])
    joined = one.merge(sums, left_on="lender", right_index=True)
    return joined.sort_values("value", ascending=False, kind="stable", ignore_index=True)


def added(rows: pd.DataFrame, before: int, after: int) -> pd.DataFrame:
    """By how much each lender's claims on one country grew between two years.

    Args:
        rows: of ``lenders``, of one country.
        before: the earlier year.
        after: the later year.

    Returns:
        One row a lender, the greatest growth first: ``lender``, ``part``, ``growth`` in dollars
        and the other columns of its largest claim of the later year; one that was owed nothing
        before grew by all that it is owed.
    """
    earlier = rows[rows["year"] == before].groupby("lender")["value"].sum()
    later = rows[rows["year"] == after].sort_values("value", ascending=False, kind="stable")
    owed = later.groupby("lender")["value"].sum()
    growth = owed.sub(earlier.reindex(owed.index).fillna(0.0)).rename("growth")
    joined = later.drop_duplicates("lender").merge(growth, left_on="lender", right_index=True)
    return joined.sort_values("growth", ascending=False, kind="stable", ignore_index=True)
