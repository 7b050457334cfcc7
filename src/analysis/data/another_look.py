"""What is worth another look: figures far from the tables that measure the same thing.

Nothing is refused for it. A figure is held against every record and every edition, and the nearest
counts; where the side that counted has none, against the other side's, which may lie fourfold from
it. Beside them stand the statistics that a spreadsheet may have filled down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf, isnan
from typing import Any

import pandas as pd

from analysis.config import POWERS
from analysis.data.frames import as_rows

FAR = 3  # times
# Two sides' records of the same trade are known to differ so much.
FAR_ACROSS = 4
# How near a slip of one digit or one scale must come to a record's ten- or thousandfold, and how
# near another record must be to speak against it.
_SLIP, _BORNE_OUT = 0.01, 0.1
_SLIPS = {
    10: "ten times (a digit too many, or a point in the wrong place?)",
    100: "a hundred times (two digits too many?)",
    1000: "a thousand times (one scale too high, as billion for million?)",
    1 / 10: "a tenth (a digit missing, or a point in the wrong place?)",
    1 / 100: "a hundredth (two digits missing?)",
    1 / 1000: "a thousandth (one scale too low, as million for billion?)",
}
# What the statistics call the same thing, where one power's is meant and where all together are.
_SAME = {
    "debt_owed": ("debt_owed", "debt_owed"),
    "external_debt": ("", "external_debt_public"),
    "remittances": ("remittances", "remittances_received"),
    "fdi_flow": ("fdi_flow", "fdi_inflow"),
    "fdi_stock": ("fdi_stock", "fdi_stock"),
    "fdi_outflow": ("fdi_outflow", ""),
    "population": ("", "population"),
}
# Parts and ratios: what is divided, and by what.
_QUOTIENTS = {
    "debt_share": ("debt_owed", "debt_owed"),
    "remittances_to_gdp": ("remittances_received", "gdp"),
    "debt_to_gdp": ("external_debt_public", "gdp"),
}
_MONEY = ("USD", "EUR")  # near enough to one another where threefold is far
_FLOWS = {"trade_turnover": ("export", "import"), "exports": ("export",), "imports": ("import",)}
# Tables in which no two rows beside each other share a number of so many digits.
_NEVER_THE_SAME = ("trade_pairs", "trade_all_partners", "wdi", "remittances", "fdi")
_TELLING = 4
_OTHER_WAY = {"export": "import", "import": "export"}


Row = dict[str, Any]
Records = dict[tuple[Any, ...], list[Row]]


@dataclass(frozen=True)
class Look:
    """One row that is worth another look.

    ``place`` is a figure's id or a row of a table, ``found`` what stands there, ``beside`` what it
    was held against, ``why`` what is odd.
    """

    place: str
    found: str
    beside: str
    why: str


def worth_another_look(
    figures: pd.DataFrame, trade: pd.DataFrame, indicators: pd.DataFrame
) -> list[Look]:
    """Printed figures more than threefold, or one slip of the pen, from every record there is.

    Args:
        figures: the processed table.
        trade: the processed table.
        indicators: the processed table.

    Returns:
        One entry a figure, in the order of the figures.
    """
    flows = by_key(trade, ["reporter", "partner", "flow", "year"])
    known = by_key(indicators, ["country", "indicator", "year"])
    looks = []
    for figure in as_rows(figures):
        if figure["state"] != "value" or figure["counterpart"] or not year_of(figure):
            continue
        records = records_of(figure, flows, known)
        if records and (look := _look(figure, records)):
            looks.append(look)
    return looks


def records_of(figure: Row, flows: Records, known: Records) -> list[tuple[str, float]]:
    """What the tables have for the same thing as a figure, above nought; none if it is undated.

    Args:
        figure: a row of ``figures``.
        flows: trade by reporter, partner, flow and year.
        known: indicators by country, indicator and year.

    Returns:
        Each record in words, and its value.
    """
    year = year_of(figure)
    if not year:
        return []
    return [
        (what, value)
        for what, value in (
            *_trade(figure, year, flows),
            *_statistics(figure, year, known),
            *_quotients(figure, year, known),
        )
        if value > 0
    ]


def filled_down(tables: dict[str, pd.DataFrame]) -> list[Look]:
    """Statistics that repeat the row above to the digit: a sheet fills a column down so.

    Args:
        tables: the raw tables as text. Debt is left out, since it may stay the same for years.
    """
    looks = []
    for name in _NEVER_THE_SAME:
        rows = tables[name]
        digits = rows["value"].str.replace("[^0-9]", "", regex=True).str.strip("0").str.len()
        again = rows["value"].eq(rows["value"].shift()) & (digits >= _TELLING)
        above = rows.shift()
        for line in rows.index[again]:
            place = f"{name}.csv, row {line}"
            beside = "the row above: " + " ".join(above.loc[line])
            why = "the same number to the digit (was the column filled down?)"
            looks.append(Look(place, " ".join(rows.loc[line]), beside, why))
    return looks


def year_of(figure: Row) -> int:
    """The calendar year that a figure is of; 0 where it is of no whole one."""
    if figure["as_of"]:
        return int(figure["as_of"][:4])
    start, end = figure["period_start"], figure["period_end"]
    whole = start[4:] == "-01-01" and end[4:] == "-12-31" and start[:4] == end[:4]
    return int(end[:4]) if whole else 0


def by_key(table: pd.DataFrame, key: list[str]) -> Records:
    """The rows of a table by what their columns hold."""
    found: Records = {}
    for row in as_rows(table):
        found.setdefault(tuple(row[column] for column in key), []).append(row)
    return found


def _trade(figure: Row, year: int, flows: Records) -> Iterator[tuple[str, float]]:
    """The flow as the country records it, and as the power does, in every dataset."""
    wanted = _FLOWS.get(figure["indicator"])
    if not wanted or figure["unit"] != "USD":
        return
    country, partner = figure["country"], figure["power"] or "WLD"
    sides = [(country, partner, wanted)]
    if figure["power"]:
        sides.append((partner, country, tuple(_OTHER_WAY[flow] for flow in wanted)))
    for reporter, other, directions in sides:
        parts = [
            {row["dataset"]: row["value"] for row in flows.get((reporter, other, flow, year), [])}
            for flow in directions
        ]
        # A turnover has both its flows, of one dataset.
        for dataset in [name for name in parts[0] if name in parts[-1]]:
            total = sum(part[dataset] for part in parts)
            yield f"dollars on {reporter}’s record in {dataset}, {year}", total


def _statistics(figure: Row, year: int, known: Records) -> Iterator[tuple[str, float]]:
    """The same thing in the tables of debt, investment, remittances and people."""
    names = _SAME.get(figure["indicator"])
    if not names or figure["coverage"] not in ("bilateral", "all_sources"):
        return
    name = names[0] if figure["power"] else names[1]
    units = _MONEY if figure["unit"] in _MONEY else (figure["unit"],)
    for one in _years(figure, year):
        for row in known.get((figure["country"], name, one), []):
            if row["unit"] in units and _is_side(row, figure["power"]):
                what = f"{row['unit']}, {name} in {row['dataset']} ({row['vintage']}), {one}"
                yield what, row["value"]


def _quotients(figure: Row, year: int, known: Records) -> Iterator[tuple[str, float]]:
    """A part or a ratio, worked out from two statistics of one edition."""
    if figure["indicator"] not in _QUOTIENTS:
        return
    above, below = _QUOTIENTS[figure["indicator"]]
    for one in _years(figure, year):
        for top in known.get((figure["country"], above, one), []):
            for bottom in known.get((figure["country"], below, one), []):
                edition = (top["dataset"], top["vintage"])
                alike = edition == (bottom["dataset"], bottom["vintage"])
                if alike and _is_side(top, figure["power"]) and _is_side(bottom, ""):
                    what = f"by {above} over {below} in {edition[0]} ({edition[1]}), {one}"
                    yield what, top["value"] / bottom["value"]


def _years(figure: Row, year: int) -> tuple[int, ...]:
    """A stock on a day within a year lies between the ends of two."""
    return (year - 1, year) if figure["as_of"] else (year,)


def _is_side(row: Row, power: str) -> bool:
    """Whether a statistic is of a power, or of all together where none is named."""
    return row["power"] == power if power else row["counterpart"] in ("", "all")


def _look(figure: Row, records: list[tuple[str, float]]) -> Look | None:
    low, high = _ends(figure)
    near = min(records, key=lambda record: _factor(low, high, record[1]))
    apart = _factor(low, high, near[1])
    if apart <= 1 + _BORNE_OUT:
        return None
    value = high if low == 0 else low if high == inf else (low + high) / 2
    for what, record in records:
        for times, said in _SLIPS.items():
            if abs(value / record / times - 1) <= _SLIP:
                return _told(figure, (what, record), said)
    counted = figure["reporter"]
    across = counted in POWERS and not any(f"{counted}’s record" in what for what, _ in records)
    if apart > (FAR_ACROSS if across else FAR):
        return _told(figure, near, f"{apart:.2g} times apart, and no record is nearer")
    return None


def _ends(figure: Row) -> tuple[float, float]:
    """Least and greatest that the words allow as a careful reader takes them."""
    low = 0.0 if isnan(figure["low"]) else figure["low"]
    return low, inf if isnan(figure["high"]) else figure["high"]


def _factor(low: float, high: float, record: float) -> float:
    """How many times a record lies outside the two ends; 1 within them."""
    if record > high:
        return record / high if high else inf
    return max(low / record, 1.0)


def _told(figure: Row, record: tuple[str, float], why: str) -> Look:
    what, value = record
    if figure["unit"] in ("share", "ratio"):
        number = f"{value:.1%}"
    elif value >= 1e6:
        billions = value >= 1e9
        number = f"{value / (1e9 if billions else 1e6):,.4g} {'b' if billions else 'm'}illion"
    else:
        number = f"{value:,.4g}"
    side = POWERS.get(figure["power"], "all partners")
    found = f"{figure['printed']} ({figure['indicator']}, {figure['country']} and {side})"
    return Look(figure["figure_id"], found, f"{number} {what}", why)
