"""Control totals of the statistics: what the files that they were made of come to.

As a bookkeeper adds up a batch before it is typed in, ``control_totals.csv`` has the rows and the
sum of each edition by what the columns of its key hold: by country, by partner, by year and so on.
They were taken from the files as they were compiled, and no command renews them, so that they still
tell where someone who meant well has sealed a slip. A number that was mistyped is off in one line
of each column, and where these cross is its row.

An edition that has no lines is not held by them, and neither is a row with a country, a creditor or
a year that its lines do not name: whoever adds a country need not add totals.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from analysis.config import COUNTRIES
from analysis.data.faults import Fault
from analysis.data.raw_tables import RAW_TABLES

NAME = "control_totals"
FILE = f"{NAME}.csv"
_COLUMN = "(control total)"
# Tables that list every partner of the five, so that only rows of theirs were there to be added up.
_OF_THE_FIVE = ("trade_all_partners",)
# So many lines of totals a message names.
_NAMED = 6

Sums = dict[tuple[str, str], tuple[int, Decimal]]


@dataclass(frozen=True)
class _Apart:
    """One line of totals that the table does not come to; both differences as now less then."""

    column: str
    cell: str
    rows: int
    total: Decimal


def differing_totals(tables: dict[str, Any], name: str = "") -> list[Fault]:
    """Editions that do not come to their control totals, each in one sentence.

    Args:
        tables: the raw tables as text, each cell sound by itself.
        name: a table of statistics, for its faults alone; otherwise of all that have totals.
    """
    lines = tables[NAME]
    faults = []
    for table in [name] if name else dict.fromkeys(lines["table"]):
        of_table = lines[lines["table"] == table]
        # Editions that someone has taken out are told of by their missing rows.
        for edition, part in of_table.groupby("edition", sort=False):
            rows = tables[table]
            faults += _fault(table, str(edition), rows[rows["source_id"] == edition], part)
    return faults


def _fault(name: str, edition: str, rows: pd.DataFrame, lines: pd.DataFrame) -> list[Fault]:
    kept: Sums = {
        (column, cell): (int(count), Decimal(total))
        for column, cell, count, total in zip(
            *(lines[one] for one in ("column", "cell", "rows", "total")), strict=True
        )
    }
    columns = list(dict.fromkeys(lines["column"]))
    strange = [column for column in columns if column not in RAW_TABLES[name].key]
    if strange:
        valid = f"a column of the key of {name}.csv: {', '.join(RAW_TABLES[name].key)}"
        return [Fault(FILE, lines.index[0], "column", strange[0], valid)]
    held = _held(name, rows, columns, kept)
    now = _sums(held, columns)
    apart = [
        _Apart(column, cell, count - kept[column, cell][0], total - kept[column, cell][1])
        for (column, cell), (count, total) in (
            (place, now.get(place, (0, Decimal(0)))) for place in kept
        )
        if (count, total) != kept[column, cell]
    ]
    if not apart:
        return []
    return [_told(name, edition, held, apart, now)]


def _held(name: str, rows: pd.DataFrame, columns: list[str], kept: Sums) -> pd.DataFrame:
    """The rows that the totals speak of: what they do not name was added since."""
    if name in _OF_THE_FIVE:
        rows = rows[rows["reporter"].isin(COUNTRIES) | rows["partner"].isin(COUNTRIES)]
    for column in columns:
        rows = rows[rows[column].isin([cell for one, cell in kept if one == column])]
    return rows


def _sums(rows: pd.DataFrame, columns: list[str]) -> Sums:
    """Rows and exact sum of each cell of each column."""
    values = [Decimal(value) for value in rows["value"]]
    sums: Sums = {}
    for column in columns:
        parts: dict[str, list[Decimal]] = defaultdict(list)
        for cell, value in zip(rows[column].tolist(), values, strict=True):
            parts[cell].append(value)
        sums |= {(column, cell): (len(part), sum(part, Decimal(0))) for cell, part in parts.items()}
    return sums


def _told(name: str, edition: str, rows: pd.DataFrame, apart: list[_Apart], now: Sums) -> Fault:
    """What differs, of which row where it can be of one alone, and what to do."""
    differences = {one.total for one in apart}
    place: int | str = edition
    hint = ""
    if len(differences) == 1 and not any(one.rows for one in apart):
        (difference,) = differences
        crossing = _crossing(rows, apart)
        if len(crossing) == 1:
            place = int(crossing.index[0])
            value = crossing["value"].iloc[0]
            hint = f"{value} where {plain(Decimal(value) - difference)} was; "
        if exchanged(difference):
            hint += "two digits exchanged differ so; "
    said = "; ".join(_line(one) for one in apart[:_NAMED])
    if len(apart) > _NAMED:
        said += f"; {len(apart) - _NAMED} more lines"
    lines = ", ".join(_new_line(one, now) for one in apart[:_NAMED])
    valid = (
        f"the totals of {edition} in {FILE}, taken from the file that it was made of. If the "
        "change is not meant: mend the row. If it is: put the new totals there by hand "
        f"({lines}), then `analysis seal`"
    )
    return Fault(f"{name}.csv", place, _COLUMN, f"{hint}{said}", valid)


def _crossing(rows: pd.DataFrame, apart: list[_Apart]) -> pd.DataFrame:
    """The rows that stand in a line that is off, in every column."""
    for column in dict.fromkeys(one.column for one in apart):
        rows = rows[rows[column].isin([one.cell for one in apart if one.column == column])]
    return rows


def _line(apart: _Apart) -> str:
    said = [f"{Decimal(plain(apart.total)):+,f}"] if apart.total else []
    if apart.rows:
        said.append(_rows(f"{apart.rows:+,}"))
    return f"{apart.column} {apart.cell}: {', '.join(said)}"


def _new_line(apart: _Apart, now: Sums) -> str:
    """What a line would have to say for the table as it is."""
    count, total = now.get((apart.column, apart.cell), (0, Decimal(0)))
    return f"{apart.column} {apart.cell} {_rows(str(count))} and {plain(total)}"


def _rows(count: str) -> str:
    return f"{count} row" if count.lstrip("+-") == "1" else f"{count} rows"


def exchanged(difference: Decimal) -> bool:
    """Whether two neighbouring digits that change places make such a difference.

    They make nine times the difference of the two digits, at the place where they stand.

    Example:
        >>> exchanged(Decimal("5310") - Decimal("3510")), exchanged(Decimal("5310"))
        (True, False)
    """
    digits = int("".join(map(str, difference.as_tuple().digits)) or 0)
    while digits and digits % 10 == 0:
        digits //= 10
    return digits % 9 == 0 and 0 < digits // 9 <= 9


def plain(number: Decimal) -> str:
    """A number in plain figures, without noughts behind the point that say nothing.

    Example:
        >>> plain(Decimal("1.50")), plain(Decimal("1E+3"))
        ('1.5', '1000')
    """
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
