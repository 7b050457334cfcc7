"""What the section on debt of a country's page is told."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.config import POWERS
from analysis.data.countries import in_a_sentence
from analysis.data.frames import as_rows
from analysis.measures.lenders import added, largest
from analysis.measures.scale import SIDES
from analysis.page import words
from analysis.page.country import Country
from analysis.page.evidence import row_ids, together
from analysis.page.language import ENGLISH, heard, spoken


def debt_parts(this: Country, newest: pd.DataFrame) -> dict[str, Any] | None:
    """China's part of the public debt abroad in its newest year, and the row that has it."""
    debt = newest[newest["tie"] == "debt"]
    found = shares_of_debt(this)
    found = found[found["year"] == debt["year"].iloc[0]] if len(debt) else found.iloc[:0]
    if found.empty:
        return None
    row = found.iloc[0]
    return {
        "china": row["china"],
        "russia": row["russia"],
        "row_id": row["row_id"],
        "year": int(row["year"]),
        "by": _publisher(this, debt["edition"].iloc[0]),
    }


def _publisher(this: Country, edition: str) -> str:
    return str(this.register[this.source_of(edition)]["publisher"])


def _owed(this: Country, year: int) -> dict[str, Any] | None:
    """The pair of what is owed to both powers at the end of a year, by the lenders' tables."""
    pairs = as_rows(this.where(tie="debt", record="stated", year=year))
    return pairs[0] if pairs else None


def shares_of_debt(this: Country) -> pd.DataFrame:
    """Both powers' parts of the public debt abroad by year, each with the row that has them."""
    shares = this.where("weights", measure="debt").sort_values("year")
    return shares.assign(row_id=row_ids("weights", shares) if len(shares) else "")


def debt(this: Country, newest: pd.DataFrame, then: int, since: int) -> dict[str, Any]:
    """What the section on debt is told: parts now, then and at their peak, and who else lends."""
    owed = as_rows(newest[newest["tie"] == "debt"])
    if not owed:
        return {"newest": None}
    year = owed[0]["year"]
    shares = shares_of_debt(this)
    # The newest year is told even where the series begins after it.
    shares = shares[(shares["year"] >= since) | (shares["year"] == year)]
    now, before = (as_rows(shares[shares["year"] == at])[:1] for at in (year, then))
    peak = as_rows(shares_of_debt(this).sort_values("china", kind="stable").tail(1))
    told = max(row["china"] for row in (*now, *before))
    lent = this.where("lenders", year=year)
    lent = lent.assign(row_id=row_ids("indicators", lent))
    hidden = lent[lent["part"].isin(["bondholders", "not_named"])]
    others = largest(lent)
    others = others[others["share"] >= _OTHERS].head(4)
    claims_on = {name: together(rows["row_id"]) for name, rows in lent.groupby("lender")}
    others = others.assign(row_id=others["lender"].map(claims_on))
    fell = bool(before) and before[0]["china"] - now[0]["china"] >= 0.1
    grown = added(this.where("lenders"), then, year) if fell else lent.iloc[:0]
    if len(grown):
        grown = grown[~grown["part"].isin(SIDES) & (grown["growth"] > 0)].head(3)
        claims = this.where("lenders", year=[then, year])
        claims = claims.assign(row_id=row_ids("indicators", claims)).sort_values("year")
        rows_of = {name: together(rows["row_id"]) for name, rows in claims.groupby("lender")}
        grown = grown.assign(row_id=grown["lender"].map(rows_of))
    others, grown = (frame.assign(lender=_lender_names(frame)) for frame in (others, grown))
    return {
        "newest": owed[0],
        "parts": now[0],
        "before": before[0] if before else None,
        "owed_before": _owed(this, then) if before else None,
        "with_imf": _with_imf(this, owed[0]),
        "peak": peak[0] if peak[0]["china"] - told >= _ANOTHER_PART else None,
        "unnamed": {
            "part": len(hidden) > 0,
            "names": _lender_names(hidden),
            "share": float(hidden["share"].sum()),
            "row_id": together(hidden["row_id"]),
        },
        "others": as_rows(others),
        "grown": as_rows(grown),
        "since": then,
        "newer": as_rows(_newer_debt(this, owed[0]["end"])),
        "forgiven": as_rows(_forgiven(this, since)),
        "loans": loans(this, since),
    }


# From this part of the whole on another lender is named.
_OTHERS = 0.04
# From so much on another part is told beside one that is.
_ANOTHER_PART = 0.01


def _with_imf(this: Country, owed: dict[str, Any]) -> dict[str, Any] | None:
    """China's part of the public debt abroad and IMF credit together, where that is another part.

    What the World Bank lists by lender leaves that credit out.

    Args:
        this: the country.
        owed: the newest pair, of ``ties``.

    Returns:
        ``credit`` and ``part``, each with its id (``part_id``, ``credit_id``), and ``by``, whose
        count leaves the credit out.
    """
    rows = this.where("indicators", year=owed["year"])
    rows = rows.assign(row_id=row_ids("indicators", rows)).sort_values("vintage", kind="stable")
    lent = rows[(rows["source_id"] == owed["edition"]) & (rows["indicator"] == "debt_owed")]
    lent = lent.set_index("counterpart")
    credit = rows[rows["indicator"] == "imf_credit"].tail(1)
    if credit.empty or "all" not in lent.index or not owed["china"] > 0:
        return None
    all_lenders, own = lent.loc["all"], float(credit["value"].iloc[0])
    part = owed["china"] / (float(all_lenders["value"]) + own)
    if owed["china"] / float(all_lenders["value"]) - part < _ANOTHER_PART:
        return None
    (credit_id,) = credit["row_id"]
    ids = [owed["pair_id"], all_lenders["row_id"], credit_id]
    told = {"part": part, "credit": own, "by": _publisher(this, owed["edition"])}
    return told | {"credit_id": credit_id, "part_id": together(ids)}


def _newer_debt(this: Country, after: str) -> pd.DataFrame:
    """What a power alone is said to be owed later than the lenders' tables tell, newest last."""
    rows = this.where("figures", indicator=["debt_owed", "debt_share"], status="outstanding")
    rows = rows[rows["power"].isin(POWERS) & (rows["as_of"] > after)]
    rows = rows[rows["state"] != "not_reported"]
    newest = rows.sort_values("as_of").drop_duplicates("power", keep="last")
    months = [words.month_name(int(day[5:7])) for day in newest["as_of"]]
    return newest.assign(month=months, year=newest["as_of"].str[:4])


def _forgiven(this: Country, since: int) -> pd.DataFrame:
    """What Russia wrote off last, by the year that its source gives.

    ``owed`` is what the lenders' tables still have at the end of that year, ``owed_id`` its row
    and ``owed_by`` whose tables.
    """
    rows = this.where("figures", indicator="debt_written_off", power="RUS")
    rows = rows[(rows["period_start"] != "") & (rows["period_end"].str[:4] >= str(since))]
    rows = rows[rows["state"] != "not_reported"]
    within = rows[rows["period_start"].str[:4] == rows["period_end"].str[:4]]
    last = within.sort_values("period_end").tail(1)
    last = last.assign(year=last["period_end"].str[:4], owed=0.0, owed_id="", owed_by="")
    for year in last["year"]:
        row = _owed(this, int(year))
        if row is not None and row["russia"] > 0:
            named = {"owed": row["russia"], "owed_id": row["pair_id"]}
            last = last.assign(**named, owed_by=_publisher(this, row["edition"]))
    return last


def _lender_names(rows: pd.DataFrame) -> list[str]:
    """Lenders as a sentence has them: "the Asian Development Bank", "Japan", "bondholders"."""
    kinds = {"bondholders": "bondholders", "not_named": "groups of several lenders"}
    named = {"governments": in_a_sentence, "development_banks": lambda name: f"the {name}"}
    if spoken() != ENGLISH:
        named = {}
    return [
        heard(kinds.get(row["part"]) or named.get(row["part"], str)(row["lender"]), "names")
        for row in as_rows(rows)
    ]


def loans(this: Country, since: int) -> dict[str, Any] | None:
    """Public loans drawn, repaid and their interest, added up over the years since the first.

    Of each, ``disputed`` lists the years for which another edition has other figures. ``owed`` is
    the pair of what was owed at the end of the last year, where Russia was owed more than all that
    was ever drawn from it.
    """
    names = {"drawn": "loans_drawn", "repaid": "loans_repaid", "interest": "loan_interest"}
    found: dict[str, Any] = {}
    years: list[int] = []
    for name, tie in names.items():
        rows = this.where(tie=tie)
        rows = rows[rows["year"] >= since].sort_values("year")
        if rows.empty or rows["china"].fillna(0).sum() <= 0:
            return None
        paid = rows[(rows["china"] > 0) | (rows["russia"] > 0)]
        sums = {side: float(rows[side].fillna(0).sum()) for side in SIDES}
        disputed = rows.loc[rows["evidence"] == "disputed", "year"].tolist()
        found[name] = sums | {"pair_id": together(paid["pair_id"]), "disputed": disputed}
        years += rows["year"].tolist()
    owed = _owed(this, max(years))
    ever = float(this.where(tie=names["drawn"])["russia"].fillna(0).sum())
    named = found["drawn"]["russia"] > 0 or found["repaid"]["russia"] > 0
    more = named and owed is not None and owed["russia"] > ever
    return found | {"first": min(years), "last": max(years), "owed": owed if more else None}


def drawn_shares(this: Country, parts: pd.DataFrame) -> pd.DataFrame:
    """The parts of the debt as a chart takes them, each year with the row that has both powers'."""
    ids = dict(shares_of_debt(this)[["year", "row_id"]].itertuples(index=False))
    return parts.assign(row_id=parts["year"].map(ids))
