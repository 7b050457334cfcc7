"""Hold the grammar of printed figures against phrases of those who had not seen it.

    make phrases          # seconds; writes benchmarks/PHRASES.md

The tables stand in tests/data, each phrase with what a careful reader makes of it. Where a table
says what the grammar made of a phrase when it first met it, that is counted too: whoever mends a
grammar can make it pass any table, and the first look is what the next stranger will see.
"""

import csv
from collections import Counter
from collections.abc import Mapping
from math import isclose
from pathlib import Path

from analysis.data.intervals import Refused
from analysis.data.quantities import read

ROOT = Path(__file__).resolve().parents[1]
TABLES = {
    "phrases_of_the_press.csv": "the press",
    "phrases_of_other_writing.csv": "other writing",
    "phrases_of_other_writers.csv": "other writers, unseen",
    "phrases_of_new_writers.csv": "new writers, unseen",
}
RIGHT, REFUSED, MISREAD = "right", "refused", "misread"
_HEDGES = {
    "is": {""},
    "about": {"about"},
    "nearly": {"nearly"},
    "at_least": {"more than"},
    "at_most": {"less than", "up to"},
    "range": {"range", "about", "nearly"},
    "no_number": {"no number"},
}
_ROLES = {"later_earlier": ["later", "earlier"], "part_whole": ["part_of", "whole"]}


def made_of(row: Mapping[str, str]) -> str:
    """What the grammar makes of a phrase: right, refused or misread.

    Args:
        row: ``unit``, ``phrase``, ``expect``, ``first`` and ``second`` of a table.

    Returns:
        "right" also where a phrase that nobody can read is refused, "misread" also where such a
        one is let through.
    """
    try:
        found = read(row["phrase"], row["unit"])
    except Refused:
        return RIGHT if row["expect"] == "refuse" else REFUSED
    if row["expect"] == "refuse":
        return MISREAD
    numbers = [float(row[name]) for name in ("first", "second") if row[name]]
    if row["expect"] in _ROLES:
        told = [quantity.printed for quantity in found]
        fits = [quantity.role for quantity in found] == _ROLES[row["expect"]]
    else:
        (quantity,) = found if len(found) == 1 else (found[0],)
        ends = {
            "at_least": [quantity.low],
            "at_most": [quantity.high],
            "range": [quantity.low, quantity.high],
            "no_number": [],
        }
        told = ends.get(row["expect"], [quantity.value])
        fits = len(found) == 1 and quantity.qualifier in _HEDGES[row["expect"]]
    same = len(told) == len(numbers) and all(
        one is not None and isclose(one, other, rel_tol=1e-3)
        for one, other in zip(told, numbers, strict=True)
    )
    return RIGHT if fits and same else MISREAD


def tables() -> dict[str, list[dict[str, str]]]:
    """The rows of each table by its name in ``TABLES``."""
    found = {}
    for name in TABLES:
        with (ROOT / "tests" / "data" / name).open(encoding="utf-8", newline="") as file:
            found[name] = list(csv.DictReader(file))
    return found


def report(read_tables: Mapping[str, list[dict[str, str]]]) -> str:
    """The counts a table, and what is refused that a reader would understand."""
    lines = [
        "# Everyone's phrases",
        "",
        "Written by `make phrases`: what the grammar makes of printed figures in the tables of",
        "`tests/data`. Right: read as the table has it, or refused where nobody could read it.",
        "First look: what the grammar made of a table that it had not met, before anything was",
        "mended; \u2013 where that was not kept. Amounts below nought, multiples, rates and marks",
        "for no value are refused on purpose. What counts as misread is read as a bound (just",
        "under, so less), where its writer took it for a hedge (nearly).",
        "",
        "| written by | phrases | right | refused | misread | first look | refused | misread |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    left = []
    for name, rows in read_tables.items():
        made = [made_of(row) for row in rows]
        now = Counter(made)
        first = Counter(row["first_look"] for row in rows if row.get("first_look"))
        cells = [TABLES[name], str(len(rows)), *(str(now[one]) for one in _MADE)]
        cells += [str(first[one]) if first else "\u2013" for one in _MADE]
        lines.append(f"| {' | '.join(cells)} |")
        left += [row["phrase"] for row, one in zip(rows, made, strict=True) if one != RIGHT]
    if left:
        lines += ["", "Not right today: " + "; ".join(f"`{phrase}`" for phrase in left) + "."]
    return "\n".join([*lines, ""])


_MADE = (RIGHT, REFUSED, MISREAD)


if __name__ == "__main__":
    text = report(tables())
    (ROOT / "benchmarks" / "PHRASES.md").write_text(text, encoding="utf-8")
    print(text)
