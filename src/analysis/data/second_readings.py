"""A second reading of the printed figures, held against the first.

Number, scale, unit, years and power of each figure were noted down again: of the article from its
text, of the other pages from the notes that were made of them, in part by a script. Whoever did it
knew our tables, so slips of the hand are found, and what both misunderstood is not. Where the two
differ one of them is wrong, and the source says which. Nothing is refused for it, and a figure
without a second reading is none the worse.
"""

from __future__ import annotations

import re
from decimal import Decimal
from math import isclose
from typing import Any

from analysis.data.another_look import Look
from analysis.data.exchanged import swaps
from analysis.data.frames import as_rows
from analysis.data.intervals import Quantity, Refused
from analysis.data.quantities import EXAMPLES, read
from analysis.data.raw_tables import FIGURES, SCALES

NAME = "second_readings"
# Units that a page prints beside the number; of what is counted, ranked or shared it prints none.
_PRINTED = ("USD", "EUR", "m3")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
# A number is the same but for how a computer keeps it.
_SAME = 1e-9
_SCALE_OFF = 1000
# Hedges of one number, which is a bound; any other amount that is not a point has two.
_BOUNDS = ("more than", "less than", "up to", "plus an undisclosed sum")

DIFFER = "two readings differ in"
_ADVICE = "look at the source, and mend the row that is wrong"


def read_otherwise(tables: dict[str, Any], changed: str = "") -> list[Look]:
    """Printed figures that the second reading has otherwise, and readings of none.

    Args:
        tables: the raw tables as text, sound, with what was corrected in them. What the source
            prints counts here, and not what was put in its place.
        changed: a table, for the looks alone that may come of its rows.
    """
    if changed not in ("", NAME, *FIGURES):
        return []
    printed = {
        (done.table, done.figure_id, done.column): done.before for done in tables["corrections"]
    }
    rows = {
        row["figure_id"]: row
        | {column: printed.get((name, row["figure_id"], column), row[column]) for column in row}
        for name in FIGURES
        for row in as_rows(tables[name])
    }
    found = []
    for line, second in zip(tables[NAME].index, as_rows(tables[NAME]), strict=True):
        place = f"{NAME}.csv, row {line}"
        first = rows.get(second["figure_id"])
        if first is None:
            why = "a reading of no figure (was it renamed or taken out?)"
            found.append(Look(place, second["figure_id"], "the figures", why))
        elif why := difference(first, second):
            cells = [second[name] for name in ("numbers", "scale", "unit", "years", "power")]
            beside = f"{' '.join(filter(None, cells))} in {place}"
            told = f"{first['printed']} ({first['period_printed'] or 'undated'}, {first['power']})"
            found.append(Look(first["figure_id"], told, beside, f"{why}: {_ADVICE}"))
    return found


def difference(first: dict[str, str], second: dict[str, str]) -> str:
    """In what two readings of a figure differ, in words; empty where they say the same.

    Args:
        first: a row of a table of figures.
        second: a row of the second reading.

    Example:
        >>> first = {"printed": "$14 billion", "unit": "USD", "period_printed": "2016"}
        >>> first["power"] = "CHN"
        >>> second = {"numbers": "41", "scale": "billion", "unit": "USD", "years": "2016"}
        >>> difference(first, second | {"power": "CHN"})
        'two readings differ in the number (two digits exchanged)'
    """
    differ = []
    if number := _other_number(first, second):
        differ.append(number)
    unit = first["unit"] if first["unit"] in _PRINTED else ""
    # Words without a number need name no unit.
    if second["numbers"] and unit != second["unit"]:
        differ.append("the unit")
    if set(_YEAR.findall(first["period_printed"])) != set(second["years"].split()):
        differ.append("the year")
    if first["power"] != second["power"]:
        differ.append("the power")
    return f"{DIFFER} {' and '.join(differ)}" if differ else ""


def _other_number(first: dict[str, str], second: dict[str, str]) -> str:
    wanted = [float(Decimal(cell) * SCALES[second["scale"]]) for cell in second["numbers"].split()]
    numbers = _numbers(first["printed"], first["unit"])
    if numbers is None or _alike(numbers, wanted):
        return ""
    for words in swaps(first["printed"]):
        exchanged = _numbers(words, first["unit"])
        if exchanged is not None and _alike(exchanged, wanted):
            return "the number (two digits exchanged)"
    one, other = sum(numbers), sum(wanted)
    if one and other and round(max(one / other, other / one), 6) == _SCALE_OFF:
        return "the scale"
    return "the number"


def _numbers(printed: str, unit: str) -> list[float] | None:
    """The numbers that words hold, in their order; None where they cannot be read."""
    if unit not in EXAMPLES:
        return None
    try:
        quantities = read(printed, unit)
    except Refused:
        return None
    return [number for quantity in quantities for number in _printed(quantity)]


def _printed(quantity: Quantity) -> list[float]:
    """The numbers as they stand in the words: none, the one, or the two ends of a range."""
    if quantity.qualifier == "no number":
        return []
    if quantity.value is None and quantity.qualifier not in _BOUNDS:
        return [quantity.low, quantity.high]
    return [quantity.printed]


def _alike(numbers: list[float], others: list[float]) -> bool:
    return len(numbers) == len(others) and all(
        isclose(one, other, rel_tol=_SAME) for one, other in zip(numbers, others, strict=True)
    )
