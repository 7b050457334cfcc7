"""What is wrong with raw tables: cell by cell, then held against each other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.config import POWERS
from analysis.data.columns import LARGEST, faults_of
from analysis.data.editions import table_of
from analysis.data.faults import Fault, allowed_words, entry_of, nearest
from analysis.data.frames import lines
from analysis.data.intervals import Quantity, Refused
from analysis.data.kinds import KINDS, OWED
from analysis.data.periods import EXAMPLE, read_period
from analysis.data.quantities import EXAMPLES, read
from analysis.data.raw_tables import FIGURES, RAW_TABLES
from analysis.data.sources import DATE
from analysis.data.validate_statistics import faults_of_statistics
from analysis.data.vocabulary import AREAS, COUNTERPARTS, INDICATORS

# What is said to have been, so that it cannot be of a time to come.
_HAPPENED = ("realised", "outstanding")


def faults_of_edition(
    edition: str, rows: pd.DataFrame, sources: dict[str, dict[str, Any]]
) -> list[Fault]:
    """What is wrong with a fetched edition: its rows one by one, then against each other.

    Args:
        edition: its name, such as ``worldbank-wdi-2026-11-24``.
        rows: text, in the columns of the raw table that it is one of.
        sources: the register, with the edition's own entry.
    """
    name = table_of(edition)
    file = f"{edition}.csv"
    faults = faults_of_rows(name, rows, sources, file)
    if not faults:
        others = rows.index[rows["source_id"] != edition]
        faults = [
            Fault(file, line, "source_id", rows.loc[line, "source_id"], edition) for line in others
        ]
    return faults or faults_of_statistics(name, rows, sources, file)


def faults_of_rows(
    name: str, rows: pd.DataFrame, sources: dict[str, Any], file: str = ""
) -> list[Fault]:
    """What is wrong with the rows of one raw table, taken one by one; a cell is told of once."""
    file = file or f"{name}.csv"
    faults = faults_of(RAW_TABLES[name], rows, file)
    more = []
    if sources and "source_id" in rows:
        # Of a source that is missing its register says more than the form of a name does.
        faults = [fault for fault in faults if (fault.column, fault.found) != ("source_id", "")]
        more += [
            Fault(file, line, "source_id", found, entry_of("entry", "sources.yml", found, sources))
            for line, found in rows["source_id"].items()
            if found not in sources
        ]
    if name in FIGURES:
        more += _faults_of_figures(rows, file, sources)
    told = {(fault.row, fault.column) for fault in faults}
    return faults + [fault for fault in more if (fault.row, fault.column) not in told]


def doubled_figures(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    """Ids that two files give, or that cleaning gives as well: a link must lead to one figure."""
    figures = {name: tables[name] for name in FIGURES if name in tables}
    given = {
        f"{figure_id}-{part}": figure_id
        for rows in figures.values()
        for figure_id, words, unit in zip(
            rows["figure_id"], rows["printed"], rows["unit"], strict=True
        )
        for part in second_parts(words, unit)
    }
    faults = [
        Fault(
            f"{name}.csv",
            line,
            "figure_id",
            found,
            f"another name: this is what the second part of {given[found]} is called",
        )
        for name, rows in figures.items()
        for line, found in rows["figure_id"].items()
        if found in given
    ]
    first: dict[str, str] = {}
    for name, rows in figures.items():
        faults += [
            Fault(f"{name}.csv", line, "figure_id", found, f"an id of its own; {first[found]} too")
            for line, found in rows["figure_id"].items()
            if found in first
        ]
        placed = {
            found: f"{name}.csv has it in row {line}" for line, found in rows["figure_id"].items()
        }
        first = placed | first
    return faults


def second_parts(words: str, unit: str) -> list[str]:
    """What the second part of compound words is called beside its figure."""
    try:
        return [part.role for part in read(words, unit)[1:]] if unit in EXAMPLES else []
    except Refused:
        return []


def _faults_of_figures(rows: pd.DataFrame, file: str, sources: dict[str, Any]) -> list[Fault]:
    """Faults that need more than one cell: words against unit, a tie against its role."""
    faults = []
    dates = {key: str(entry["date"]) for key, entry in sources.items() if _is_dated(entry)}
    for line, row in lines(rows):
        wrong = _faults_of_words(row) + _of_another_kind(row) + _time_to_come(row, dates)
        # A name that says otherwise is told of where nothing else is wrong.
        wrong = wrong or _against_its_name(row)
        if bool(row["related_id"]) != bool(row["role"]):
            valid = "a role where related_id names a figure, and only there"
            wrong.append(("role", row["role"], valid))
        faults += [Fault(file, line, column, found, valid) for column, found, valid in wrong]
    return faults


_A_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


def _against_its_name(row: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Cells that say something else than the figure_id does: of its country, power and year."""
    name = row["figure_id"]
    parts = name.upper().split("-")
    wrong = []
    if parts[0] in AREAS and parts[0] != row["country"]:
        wrong.append(("country", row["country"], f"{parts[0]}, as in {name}"))
    powers = [part for part in parts if part in POWERS]
    if powers and row["power"] not in powers:
        wrong.append(("power", row["power"], f"{' or '.join(powers)}, as in {name}"))
    named, printed = set(_A_YEAR.findall(name)), _years_of(row["period_printed"])
    if printed and named - printed:
        valid = f"a period of {' and '.join(sorted(named))}, as in {name}"
        wrong.append(("period_printed", row["period_printed"], valid))
    return wrong


def _years_of(words: str) -> set[str]:
    """The years that a period's words name, with its first and last; none where it has no end."""
    periods = [read_period(part) for part in words.split("; ")]
    if not all(period.end for period in periods):
        return set()
    ends = {end[:4] for period in periods for end in (period.start, period.end) if end}
    return ends | set(_A_YEAR.findall(words))


def faults_of_causes(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    """Causes that would end before they begin."""
    rows = tables.get("causes")
    if rows is None:
        return []
    valid = "a year not before first_year"
    ends = rows[rows["last_year"] < rows["first_year"]]["last_year"]
    return [Fault("causes.csv", line, "last_year", found, valid) for line, found in ends.items()]


def faults_of_ties(rows: pd.DataFrame, before: list[pd.DataFrame], file: str) -> list[Fault]:
    """Ties to a figure that is not there, or to the row itself.

    Args:
        rows: the table whose ties are looked at.
        before: the tables whose figures they may lead to besides their own.
        file: name of the file that the rows come from.
    """
    known = {found for table in (rows, *before) for found in table["figure_id"]}
    valid = "a figure_id of this table, of another row"
    if before:
        valid = "a figure_id of this table or of article.csv, of another row"
    if len(before) > 1:
        valid = "a figure_id of this table, of article.csv or of elsewhere.csv, of another row"
    return [
        Fault(file, line, "related_id", row["related_id"], valid)
        for line, row in lines(rows)
        if row["related_id"] and row["related_id"] not in known - {row["figure_id"]}
    ]


def _of_another_kind(row: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """A dimension, nature or status that no figure of the indicator has: it would be set apart."""
    words = [word for word in row["indicator"].split("; ") if word in INDICATORS]
    if not words:
        return []
    known = {
        "dimension": [KINDS[word].dimensions for word in words],
        "nature": [KINDS[word].natures for word in words],
    }
    wrong = []
    for column, allowed in known.items():
        if any(row[column] not in of_word for of_word in allowed):
            valid = f"{' or '.join(allowed[0])}, as all figures of {row['indicator']} have"
            wrong.append((column, row[column], valid))
    owed = all(word in OWED for word in words)
    if row["status"] == "outstanding" and not owed:
        valid = f"another status: {row['indicator']} is not owed at a date"
        wrong.append(("status", row["status"], valid))
    elif row["status"] == "realised" and owed:
        valid = f"outstanding, since {row['indicator']} is owed at a date"
        wrong.append(("status", row["status"], valid))
    return wrong


def unknown_counterparts(rows: pd.DataFrame, names: Mapping[str, str], file: str) -> list[Fault]:
    """Counterparts that are no country and none of the words that stand for several or for others.

    Args:
        rows: printed figures.
        names: every country's name by code.
        file: where the rows stand.
    """
    known = (*COUNTERPARTS, *names.values())
    valid = (
        "a country's name of countries.csv, or a word of COUNTERPARTS "
        "(src/analysis/data/vocabulary.py), where a new one is added"
    )
    faults = []
    for line, found in rows["counterpart"].items():
        # Either apostrophe is printed.
        if found and found.replace("'", "’") not in known:
            near = nearest(found, known)
            meant = f"{near} (did you mean this?); else " if near else ""
            faults.append(Fault(file, line, "counterpart", found, meant + valid))
    return faults


def _is_dated(entry: Any) -> bool:
    return isinstance(entry, dict) and bool(DATE.fullmatch(str(entry.get("date"))))


def _time_to_come(row: Mapping[str, Any], dates: dict[str, str]) -> list[tuple[str, str, str]]:
    """A period that had not begun when its source spoke of it as of something that happened.

    What decides is the source's date, or the newest of the register where it has none: the same
    row is right or wrong on any day.
    """
    if row["status"] not in _HAPPENED or not dates:
        return []
    newest = max(dates.values())
    date = dates.get(row["source_id"], newest)
    whose = "of its source" if row["source_id"] in dates else "newest in sources.yml"
    wrong = []
    for words in row["period_printed"].split("; "):
        try:
            start = read_period(words).start
        except Refused:
            continue  # told by the words themselves
        # A date may be a year or a month alone, and lasts to its end.
        if start > f"{date}-99":
            valid = (
                f"a period begun by {date}, the date {whose}, for what is {row['status']}; or the "
                "status target, announced or estimate"
            )
            wrong.append(("period_printed", words, valid))
    return wrong


def _faults_of_words(row: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What cannot be read in one row: column, what was found, what would be valid."""
    wrong = []
    quantities: tuple[Quantity, ...] = ()
    if _QUOTED.fullmatch(row["printed"]):
        valid = f"{row['printed'][1:-1]}, without the quotation marks around it"
        wrong.append(("printed", row["printed"], valid))
    # A unit that is none has a fault of its own, and nothing can be read for it.
    elif row["unit"] in EXAMPLES:
        try:
            quantities = read(row["printed"], row["unit"])
        except Refused as error:
            wrong.append(_fault_of_printed(row, error))
    for words in row["period_printed"].split("; "):
        try:
            read_period(words)
        except Refused as error:
            wrong.append(("period_printed", words, error.valid(EXAMPLE)))
    for column in ("period_printed", "indicator"):
        if quantities and len(row[column].split("; ")) not in (1, len(quantities)):
            valid = f"one entry, or {len(quantities)} with a semicolon between them"
            wrong.append((column, row[column], valid))
    wrong += [
        ("indicator", word, allowed_words(INDICATORS, word))
        for word in row["indicator"].split("; ")
        if word not in INDICATORS
    ]
    units = [KINDS[word].units for word in row["indicator"].split("; ") if word in INDICATORS]
    if quantities and any(row["unit"] not in allowed for allowed in units):
        valid = f"{' or '.join(units[0])}, in which {row['indicator']} is told"
        wrong.append(("unit", row["unit"], valid))
    if any(quantity.printed > LARGEST for quantity in quantities):
        wrong.append(("printed", row["printed"], "a number up to 1e15"))
    bare = _without_noughts(row["printed"])
    if quantities and row["wording"] == "ours" and bare != row["printed"]:
        valid = f"{bare}, since a last nought after the point may be a compilation's alone"
        wrong.append(("printed", row["printed"], valid))
    return wrong


_MARKS = "\"“”„«»'‘’‚‹›"
# A cell in quotation marks as a whole. An apostrophe within it is none.
_QUOTED = re.compile(rf"[{_MARKS}](?:[^{_MARKS}]|(?<=\w)['’](?=\w))+[{_MARKS}]")

# A number with noughts at the end of its decimals, which say more than is known: 41.0, 1.50.
_NOUGHT = re.compile(r"(?<![0-9.,])([0-9][0-9,]*)(?:[.]0+|([.][0-9]*[1-9])0+)(?![0-9])")


def _without_noughts(words: str) -> str:
    """Printed words without the last noughts of decimals.

    Example:
        >>> _without_noughts("$41.0 billion"), _without_noughts("$1,000 to $1,250.50")
        ('$41 billion', '$1,000 to $1,250.5')
    """
    return _NOUGHT.sub(lambda found: found[1] + (found[2] or ""), words)


def _fault_of_printed(row: Mapping[str, Any], error: Refused) -> tuple[str, str, str]:
    """A refusal as a fault: of the unit only where the words themselves name another."""
    if error.names:
        return ("unit", row["unit"], f"{error.names}, as {row['printed']!r} has it")
    return ("printed", row["printed"], error.valid(EXAMPLES[row["unit"]]))
