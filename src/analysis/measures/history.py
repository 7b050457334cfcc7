"""A country's trade over the years, one concept a record."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.config import ARTICLE_YEAR
from analysis.data.frames import as_rows
from analysis.measures.scale import SIDES
from analysis.measures.ties import RECORDS

# The first year of the published tables.
FIRST_YEAR = 2000
# Years that make a series.
_FEWEST = 3
# Above this part two editions of one record are said to differ.
_APART = 0.1


def check_years(pairs: pd.DataFrame, then: int, since: int, latest: int | None = None) -> None:
    """Refuse years that the tables do not hold.

    Args:
        pairs: rows of ``ties`` of one country.
        then: the year set beside the newest.
        since: first year of the series.
        latest: the last year that the series may begin in, where they end before the figures do.

    Raises:
        ValueError: with the valid years.
    """
    newest = max(int(pairs["year"].max()) if len(pairs) else 0, ARTICLE_YEAR)
    ends = {"since": (since, latest or newest), "then": (then, newest)}
    for name, (year, last) in ends.items():
        if isinstance(year, bool) or not isinstance(year, int):
            raise ValueError(
                f"{name} is {year!r}; valid: a year in figures, such as {ARTICLE_YEAR}"
            )
        if not FIRST_YEAR <= year <= last:
            raise ValueError(f"{name} is {year}; valid: {FIRST_YEAR} to {last}")


def middle(row: Any, side: str) -> float:
    """A power's figure of a pair: the number, or the middle of what its words allow.

    Where the words set only a floor it is the least; NaN where nothing is known.

    Example:
        >>> from math import nan
        >>> ends = {"china_low": 11.0, "china_high": 12.0}
        >>> middle({"china": nan, "china_logical_high": 12.0} | ends, "china")
        11.5
        >>> middle({"china": nan, "china_logical_high": nan} | ends, "china")
        11.0
    """
    value, low = row[side], row[f"{side}_low"]
    if not pd.isna(value):
        return float(value)
    high = low if pd.isna(row[f"{side}_logical_high"]) else row[f"{side}_high"]
    return (float(low) + float(high)) / 2


def stand_ins(row: Any) -> set[str]:
    """What stands for a power's figure in a chart where its words give ends and no one number.

    Returns:
        "middle" where a figure is an interval, "floor" where one has no upper end.

    Example:
        >>> from math import nan
        >>> stand_ins({"china": nan, "china_low": 11.0, "china_logical_high": 12.0,
        ...            "russia": 3.0, "russia_low": 3.0, "russia_logical_high": 3.0})
        {'middle'}
    """
    by_ends = [side for side in SIDES if pd.isna(row[side]) and not pd.isna(row[f"{side}_low"])]
    return {"floor" if pd.isna(row[f"{side}_logical_high"]) else "middle" for side in by_ends}


def trade_series(pairs: pd.DataFrame, since: int) -> pd.DataFrame:
    """Trade with both powers by record and year, each record on one concept throughout.

    A record that counts goods alone in some years and goods with services in more is told by the
    concept that reaches the newest year; the two are never joined to one line. A record with
    fewer than three such years is left out: that is no series.

    Args:
        pairs: rows of ``ties`` of one country, those that are not in use among them.
        since: first year.

    Returns:
        One row a record and year, of the pair in use or else of the last edition listed, with
        the columns of ``ties``.
    """
    rows = _recorded(pairs)
    rows = rows[rows["year"] >= since]
    kept = []
    for _, of_record in rows.groupby("record", sort=False):
        counts = of_record.groupby("concept")["year"].agg(["max", "nunique"])
        concept = counts.sort_values(["max", "nunique"]).index[-1]
        told = of_record[of_record["concept"] == concept]
        if told["year"].nunique() < _FEWEST:
            continue
        first = told.assign(first=told["in_use"] == "yes").sort_values(["year", "first"])
        kept.append(first.drop_duplicates("year", keep="last").drop(columns="first"))
    if not kept:
        return rows.iloc[:0]
    return pd.concat(kept, ignore_index=True)


def other_editions(pairs: pd.DataFrame, year: int) -> pd.DataFrame:
    """What other editions of a record have for a year, where they differ by more than a tenth.

    Args:
        pairs: rows of ``ties`` of one country, those that are not in use among them.
        year: the year.

    Returns:
        The pairs in use (``in_use`` "yes") and those that differ from them in one power's figure
        at least, of the same record and concept.
    """
    tables = _tables(pairs)
    rows = tables[tables["year"] == year]
    kept = []
    for _, of_record in rows.groupby(["record", "concept"], sort=False):
        used = of_record[of_record["in_use"] == "yes"]
        if used.empty:
            continue
        apart = [
            (of_record[side] / used[side].iloc[0] - 1).abs() > _APART
            for side in SIDES
            if used[side].iloc[0]
        ]
        others = of_record[pd.concat(apart, axis=1).any(axis=1)]
        if len(others):
            # Editions that agree with one another are one other account.
            told = others.sort_values("edition").drop_duplicates(["leader"], keep="last")
            kept += [used, told]
    return pd.concat(kept, ignore_index=True) if kept else rows.iloc[:0]


def drawn(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """Pairs as a chart takes them: one figure a side, and the row that its mark leads to.

    Args:
        rows: of ``ties``.
        name: what the chart calls the country.

    Returns:
        ``country`` (the name), ``record``, ``concept``, ``year``, ``china``, ``russia`` (as
        ``middle`` gives them), ``middle`` and ``floor`` (whether one of them is such a middle, or
        the least that its words allow), ``range`` (whether it is either), both ends of each
        (``china_low`` ...; empty where it is a number, the upper one where the words set only a
        floor), ``row_id`` and ``edition``, with the index of the rows.
    """
    told = as_rows(rows)
    halves = {side: pd.Series([middle(row, side) for row in told], rows.index) for side in SIDES}
    instead = [stand_ins(row) for row in told]
    ends = {
        f"{side}_{end}": rows[f"{side}_{end}"].where(rows[side].isna() & halves[side].notna())
        for side in SIDES
        for end in ("low", "high")
    }
    for side in SIDES:
        floors = halves[side].notna() & rows[f"{side}_logical_high"].isna()
        ends[f"{side}_high"] = ends[f"{side}_high"].mask(floors)
    kept = rows[["record", "concept", "year", "edition"]]
    stands = {name: [name in found for found in instead] for name in ("middle", "floor")}
    ranges = [bool(found) for found in instead]
    return kept.assign(
        country=name, range=ranges, **stands, row_id=rows["pair_id"], **halves, **ends
    ).astype(dict.fromkeys([*halves, *ends], float))


def at(pairs: pd.DataFrame, year: int, beside: pd.DataFrame) -> pd.DataFrame:
    """Both records' pairs of trade in a year, each of the concept that tells its newest year.

    None where the page is on that year itself. Where no edition has both powers, one power's half
    stands for them.

    Args:
        pairs: rows of ``ties`` of one country.
        year: the year.
        beside: the pairs of the newest year.
    """
    if (beside["year"] == year).any():
        return pairs.iloc[:0]
    rows = _recorded(pairs)
    rows = rows[rows["year"] == year]
    told = dict(zip(beside["record"], beside["concept"], strict=True))
    other = rows["concept"] != rows["record"].map(told).fillna(rows["concept"])
    ranked = rows[~other].assign(half=rows["leader"] == "", spare=rows["in_use"] != "yes")
    ranked = ranked.sort_values(["half", "spare"], kind="stable").drop_duplicates("record")
    return ranked.drop(columns=["half", "spare"]).sort_index()


def _recorded(pairs: pd.DataFrame) -> pd.DataFrame:
    """Trade over whole years on the two records."""
    return pairs[
        (pairs["tie"] == "trade") & pairs["record"].isin(RECORDS) & (pairs["whole_year"] == "yes")
    ]


def _tables(pairs: pd.DataFrame) -> pd.DataFrame:
    """Pairs of trade on the two records that an office's table has."""
    rows = _recorded(pairs)
    return rows[(rows["grade"] == "table") & (rows["leader"] != "")]


# So many years on end are told as a time in which money was taken out.
_ON_END = 3


def taken_out(pairs: pd.DataFrame) -> pd.DataFrame:
    """Years on end in which more of one power's direct investment went out than came in.

    Args:
        pairs: rows of ``ties`` of one country.

    Returns:
        A row a power that has such a time of three years or more, the last of them, in which the
        other's was above nought in every year: ``power``, ``first`` and ``last`` year, ``taken``
        (what went out on balance) and ``brought`` (what came in of the other), ``unit`` and
        ``pair_ids``, a list.
    """
    flows = pairs[
        (pairs["concept"] == "fdi_flow")
        & (pairs["record"] == "own")
        & (pairs["whole_year"] == "yes")
        & (pairs["in_use"] == "yes")
    ].sort_values("year")
    found = []
    for power, side, other in (("CHN", "china", "russia"), ("RUS", "russia", "china")):
        ebb = flows[(flows[side] < 0) & (flows[other] > 0)]
        runs = (ebb["year"].diff() != 1).cumsum()
        times = [run for _, run in ebb.groupby([runs, "unit"]) if len(run) >= _ON_END]
        for run in times[-1:]:
            sums = {"taken": -run[side].sum(), "brought": run[other].sum()}
            years = {"first": int(run["year"].min()), "last": int(run["year"].max())}
            named = {"unit": run["unit"].iloc[0], "pair_ids": run["pair_id"].tolist()}
            found.append({"power": power} | years | sums | named)
    columns = ["power", "first", "last", "taken", "brought", "unit", "pair_ids"]
    return pd.DataFrame(found, columns=columns)
