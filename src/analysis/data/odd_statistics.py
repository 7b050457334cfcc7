"""Statistics worth another look: far from what else is known of the same thing.

A value has witnesses: the years before and after it, the other side's record of the same goods,
another edition or dataset. One witness may well be wrong, or the world may have changed; where all
of them lie far off on the same side, the more of them there are the less it takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from analysis.data.another_look import Look
from analysis.data.steadiness import SERIES, TRADE, TRADE_WORLD, WDI, Bands

_TRADE = ("trade_pairs", "trade_national", "trade_all_partners")
_WDI_SERIES = ["vintage", "country", "indicator"]
# Investment is net of what was taken out, and so may be below nought.
_NET = {"wdi": _WDI_SERIES, "fdi": SERIES["fdi"][0]}
_FLOW = ["reporter", "partner", "flow", "year"]
_OTHER_WAY = {"export": "import", "import": "export"}

# The least flow that a table lists, in dollars, as its description has it.
_LISTED_FROM = {
    "trade_all_partners": 1e6,
    "trade_goods_and_services": 1e6,
    "trade_world": 1e5,
}


def far_from_all(tables: dict[str, Any], changed: str = "") -> list[Look]:
    """Values far from every witness that there is.

    Args:
        tables: the raw tables as text, sound.
        changed: a table, for the looks alone that may come of its rows.
    """
    found: list[Look] = []
    for name, (series, bands) in SERIES.items():
        if changed in ("", name):
            rows = _numbers(tables, (name,))
            found += _looks(rows, _beside(rows, series), bands)
    if changed in ("", "wdi"):
        rows = _numbers(tables, ("wdi",))
        witnesses = pd.DataFrame(
            _beside(rows, _WDI_SERIES) | _elsewhere(rows, [*_WDI_SERIES[1:], "year"], "vintage")
        )
        for indicator, bands in WDI.items():
            here = rows["indicator"] == indicator
            found += _looks(rows[here], witnesses[here], bands)
    if changed in ("", *_TRADE):
        rows = _numbers(tables, _TRADE).drop_duplicates(["dataset", *_FLOW], ignore_index=True)
        found += _looks(rows, _of_trade(rows) | _elsewhere(rows, _FLOW, "dataset"), TRADE)
    if changed in ("", "trade_world"):
        rows = _numbers(tables, ("trade_world",))
        found += _looks(rows, _of_trade(rows), TRADE_WORLD)
    return found


def too_small_to_be_listed(tables: dict[str, Any], changed: str = "") -> list[Look]:
    """Flows below the least that their table lists.

    Args:
        tables: the raw tables as text, sound.
        changed: a table, for the looks alone that may come of its rows.
    """
    found = []
    for name, least in _LISTED_FROM.items():
        if changed not in ("", name):
            continue
        rows = tables[name]
        small = rows[rows["value"].astype(float).between(0, least, inclusive="neither")]
        for line, row in small.iterrows():
            beside = f"flows of {least / 1e6:g} million dollars and more"
            found.append(_look(name, line, row, beside, "too small to be listed (in thousands?)"))
    return found


def out_of_step(tables: dict[str, Any], changed: str = "") -> list[Look]:
    """Rows of a year that no other row of their table or edition is of.

    Args:
        tables: the raw tables as text, sound.
        changed: a table, for the looks alone that may come of its rows.
    """
    found = []
    for name in (*_TRADE, "wdi", *SERIES, "trade_world"):
        if changed not in ("", name):
            continue
        rows = tables[name]
        edition = rows["dataset"] if "dataset" in rows else rows["source_id"].str[:0]
        of_year = rows.groupby([edition, rows["year"]])["year"].transform("size")
        usual = of_year.groupby(edition).transform("median")
        alone = (of_year == 1) & (usual > _FEW)
        for line in rows.index[alone]:
            beside = f"{usual[line]:g} rows in most years of the table"
            found.append(
                _look(
                    name, line, rows.loc[line], beside, "the only row of its year (another year?)"
                )
            )
    return found


# A table with so few rows a year may have one alone.
_FEW = 4


def beyond_output(tables: dict[str, Any], changed: str = "") -> list[Look]:
    """Money above what ever came of a country's output in a year, twice over.

    Args:
        tables: the raw tables as text, sound.
        changed: a table, for the looks alone that may come of its rows.
    """
    wdi = _numbers(tables, ("wdi",)).sort_values("vintage", kind="stable")
    output = wdi[wdi["indicator"] == _GDP].drop_duplicates(["country", "year"], keep="last")
    gdp = output.set_index(["country", "year"])["value"].rename("gdp")
    found = []
    for name, (scale, times) in _OF_OUTPUT.items():
        if changed not in ("", name, "wdi"):
            continue
        rows = _numbers(tables, (name,)).join(gdp, on=["country", "year"])
        ratio = rows["value"] * scale / rows["gdp"]
        for place in rows.index[ratio > times]:
            row = rows.loc[place]
            beside = f"{row['gdp']:.4g} dollars, all that was produced in the year"
            why = f"{ratio[place]:.2g} of the year’s output"
            cells = tables[name].loc[row["line"]]
            found.append(_look(name, row["line"], cells, beside, why))
    return found


_GDP = "NY.GDP.MKTP.CD"
# The tables in money: a unit of theirs in dollars (a euro is near enough), and the part of a
# year's output that nothing in them comes near.
_OF_OUTPUT = {
    "loan_flows": (1, 0.25),
    "china_commitments": (1, 1),
    "russia_grants": (1, 0.1),
    "remittances": (1e6, 0.6),
    "debt_by_creditor": (1, 1.2),
    "fdi": (1e6, 1.8),
}


def below_nought_alone(tables: dict[str, Any], changed: str = "") -> list[Look]:
    """Investment below nought in a series that is so in no other year.

    Args:
        tables: the raw tables as text, sound.
        changed: a table, for the looks alone that may come of its rows.
    """
    found = []
    for name, names in _NET.items():
        if changed not in ("", name):
            continue
        rows = _numbers(tables, (name,))
        negative = rows["value"] < 0
        series = [rows[column] for column in names]
        times = negative.groupby(series).transform("sum")
        usual = rows["value"].abs().groupby(series).transform("median")
        years = rows["value"].groupby(series).transform("size")
        odd = negative & (times == 1) & (years > 2) & (rows["value"].abs() > usual / 10)
        for place in rows.index[odd]:
            row = rows.loc[place]
            found.append(
                _look(
                    name,
                    row["line"],
                    tables[name].loc[row["line"]],
                    "no other year of the series",
                    "below nought in one year alone (a minus too many?)",
                )
            )
    return found


def _numbers(tables: dict[str, Any], names: tuple[str, ...]) -> pd.DataFrame:
    """Rows of some tables with numbers for text, and where each of them stands."""
    parts = [
        tables[name].assign(
            table=name,
            line=tables[name].index,
            value=tables[name]["value"].astype(float),
            year=tables[name]["year"].astype("int64"),
        )
        for name in names
    ]
    return pd.concat(parts, ignore_index=True)


Witnesses = dict[str, pd.Series]


def _beside(rows: pd.DataFrame, series: list[str]) -> Witnesses:
    """The values of the years before and after in the same series, noughts left out."""
    known = rows[rows["value"] > 0].sort_values("year", kind="stable")
    grouped = known.groupby(series)[["value", "year"]]
    before, after = grouped.shift(1), grouped.shift(-1)
    return {
        "the year before": before["value"].reindex(rows.index),
        "the year after": after["value"].reindex(rows.index),
    }


def _elsewhere(rows: pd.DataFrame, key: list[str], edition: str) -> Witnesses:
    """The least and the greatest of what other editions have for the same key."""
    numbered = rows.assign(place=rows.index)[[*key, edition, "value", "place"]]
    both = numbered.merge(numbered[[*key, edition, "value"]], on=key, suffixes=("", "_other"))
    other = both[(both[edition] != both[f"{edition}_other"]) & (both["value_other"] > 0)]
    grouped = other.groupby("place")["value_other"]
    return {
        "another edition": grouped.min().reindex(rows.index),
        "other editions": grouped.max().reindex(rows.index),
    }


def _of_trade(rows: pd.DataFrame) -> Witnesses:
    """The years beside, and the other side's record in the same dataset."""
    key = ["dataset", *_FLOW]
    mirrored = rows.rename(columns={"reporter": "partner", "partner": "reporter"}).assign(
        flow=rows["flow"].map(_OTHER_WAY)
    )
    known = mirrored[mirrored["value"] > 0][[*key, "value"]]
    other = rows[key].merge(known, on=key, how="left", validate="1:1")["value"]
    return _beside(rows, ["dataset", *_FLOW[:3]]) | {"the other side’s record": other}


def _looks(rows: pd.DataFrame, witnesses: Witnesses | pd.DataFrame, bands: Bands) -> Iterator[Look]:
    """A look for each value that lies far above, or far below, all of its witnesses."""
    table = pd.DataFrame(witnesses)
    value = rows["value"].where(rows["value"] > 0)
    logs = np.log(table.rdiv(value, axis=0))
    count = logs.notna().sum(axis=1)
    size = pd.concat([value, table.min(axis=1)], axis=1).max(axis=1)
    limit = pd.Series(np.nan, rows.index)
    for least_size, factors in bands.items():
        far = np.log(count.clip(upper=max(factors)).map(factors))
        limit = limit.where(size.isna() | (size < least_size), far)
    least, most = logs.min(axis=1), logs.max(axis=1)
    for place in rows.index[(least > limit) | (most < -limit)]:
        row = rows.loc[place]
        near = logs.loc[place].abs().idxmin()
        times = float(np.exp(abs(logs.loc[place, near])))
        way = "above" if least[place] > 0 else "below"
        why = f"{times:.3g} times {way} it, and nothing else known of it is nearer"
        beside = f"{table.loc[place, near]:.12g}, {near}"
        yield _look(row["table"], row["line"], row.drop(["table", "line"]), beside, why)


def _look(name: str, line: Any, row: pd.Series, beside: str, why: str) -> Look:
    cells = [str(cell) for column, cell in row.items() if column not in ("value", "source_id")]
    value = row["value"]
    number = value if isinstance(value, str) else f"{value:.12g}"
    return Look(f"{name}.csv, row {line}", f"{number} ({' '.join(cells)})", beside, why)
