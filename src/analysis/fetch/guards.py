"""What speaks against an edition once its cells are sound: its sums, and the edition before it.

A refusal of what shrank can be accepted by hand (``--accept-fewer``), one of what is wrong cannot.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.config import COUNTRIES
from analysis.data.editions import table_of
from analysis.data.faults import Fault
from analysis.data.raw_tables import RAW_TABLES
from analysis.data.vocabulary import CREDITORS
from analysis.fetch.tables import Edition

Cells = dict[str, str]


@dataclass(frozen=True)
class Kind:
    """How the rows of a raw table hang together.

    Attributes:
        what: the column of what was measured, each in a unit of its own.
        parts: sets of columns; each of their combinations stays once an edition has it.
        yearly: likewise, in each year.
        steady: columns whose every combination has all years between its first and its last.
        alike: columns in which two sides may have been exchanged for each other.
        total: the column and word of the cells that are the wholes of others; each combination
            of the steady columns has one a year.
    """

    what: str
    parts: tuple[tuple[str, ...], ...]
    yearly: tuple[tuple[str, ...], ...]
    steady: tuple[str, ...]
    alike: tuple[str, ...]
    total: tuple[str, str] | None = None


KINDS = {
    "trade_pairs": Kind(
        what="flow",
        parts=(("reporter",), ("flow",), ("reporter", "flow"), ("reporter", "flow", "partner")),
        yearly=((), ("flow",), ("reporter",), ("reporter", "flow")),
        steady=("reporter", "flow"),
        alike=("reporter", "partner"),
        total=("partner", "WLD"),
    ),
    "wdi": Kind(
        what="indicator",
        parts=(("country",), ("indicator",), ("country", "indicator")),
        yearly=((), ("indicator",), ("country",)),
        steady=("country", "indicator"),
        alike=("country",),
    ),
    "debt_by_creditor": Kind(
        what="series",
        parts=(("country",), ("creditor",), ("series",), ("country", "series")),
        yearly=((), ("country",)),
        steady=("country",),
        alike=("country", "creditor"),
        total=("creditor", "World"),
    ),
}
# Well known sums that every edition must have, and about as large as ever.
ANCHORS: dict[str, list[Cells]] = {
    "trade_pairs": [
        {"reporter": "KAZ", "partner": "CHN", "flow": "export", "year": "2016"},
        {"reporter": "CHN", "partner": "KGZ", "flow": "export", "year": "2016"},
    ],
    "wdi": [
        {"country": "KAZ", "indicator": "NY.GDP.MKTP.CD", "year": "2016"},
        {"country": "KGZ", "indicator": "SP.POP.TOTL", "year": "2016"},
    ],
    "debt_by_creditor": [
        {"country": "TJK", "creditor": "China", "series": "DT.DOD.BLAT.CD", "year": "2016"},
        {"country": "KAZ", "creditor": "World", "series": "DT.DOD.MLAT.CD", "year": "2016"},
    ],
}
_ANCHOR_WITHIN = 1.5
# Revisions move single cells far, but never half of a table by so much.
_MEDIAN_WITHIN = 2
# An edition withdraws a cell here and there, but not one in ten.
_STAY = 0.9
# One year of Tajikistan's is 1.5% short in the shipped edition.
_SHORT = 0.02
# What tells one edition of a cell from another, and no cell from the next.
_EDITION_COLUMNS = ("dataset", "vintage", "value", "evidence", "source_id")
_OR_ACCEPT = "; --accept-fewer keeps it as it is"
_THE_SAME = "If one of them is the same, write its id beside the known name in parties.csv"


def wrong(edition: str, made: Edition, name: str, held: pd.DataFrame) -> list[Fault]:
    """What makes the figures of an edition wrong, or another thing than they were.

    Args:
        edition: the name of the new one.
        made: its rows.
        name: of the edition before.
        held: the rows of that one, as text.
    """
    table, blank = made.table, made.blank
    which = table_of(edition)
    both = _beside(which, table, held)
    faults = []
    if which == "debt_by_creditor":
        faults += _creditors_short_of_all(edition, table, _withdrawn(blank, held))
    faults += _other_units(edition, both, name) + _anchors(edition, both, blank, name)
    return faults + [
        fault
        for column in KINDS[which].alike
        for fault in _exchanged(f"{edition}.csv", column, both, name)
    ]


def fewer(edition: str, made: Edition, name: str, held: pd.DataFrame) -> list[Fault]:
    """What the edition before had and this one has no more; what is gone is told once.

    A cell that the service named without a value is a missing row, and one alone refuses nothing.

    Args:
        edition: the name of the new one.
        made: its rows.
        name: of the edition before.
        held: the rows of that one; those that were worked out from others count for nothing.
    """
    table, blank = made.table, made.blank
    which = table_of(edition)
    kind, file = KINDS[which], f"{edition}.csv"
    if "evidence" in held:
        held = held[held["evidence"] == "reported"]
    groups = [(held, columns) for columns in kind.parts]
    groups += [(held, (*columns, "year")) for columns in kind.yearly]
    faults: list[Fault] = []
    told = pd.Index([])
    for rows, columns in groups:
        gone = ~_keys(rows, columns).isin(_keys(table, columns))
        if "year" in columns:
            named = _keys(rows, columns).isin(_keys(blank, columns))
            alone = rows.groupby(list(columns))["value"].transform("size").to_numpy() == 1
            gone &= ~(named & alone)
        faults += _gone(file, columns, rows[gone & ~rows.index.isin(told)], name)
        told = told.union(rows.index[gone])
    named = pd.concat([table, blank])
    if which == "debt_by_creditor":
        faults = [_with_a_way_out(fault, made, held) for fault in faults]
    faults += _without_total(file, kind, named) + _gaps_after(file, kind, named, held)
    return faults or _many_cells_gone(file, which, table, name, held)


def _with_a_way_out(fault: Fault, made: Edition, held: pd.DataFrame) -> Fault:
    """Where a known creditor is gone, say who is new and what to do if it is the same one."""
    ids = {name: code for code, name in made.creditors.items()}
    new = sorted(set(made.table["creditor"]) - set(held["creditor"]))
    if fault.column != "creditor" or not new:
        return fault
    named = ", ".join(f"{name} ({ids[name]})" for name in new)
    valid = f"{fault.valid}; new here: {named}. {_THE_SAME}"
    return replace(fault, valid=valid)


def _keys(rows: pd.DataFrame, columns: Sequence[str]) -> pd.Index:
    names = list(columns)
    return pd.Index(rows[names[0]]) if len(names) == 1 else pd.MultiIndex.from_frame(rows[names])


def _gone(file: str, columns: tuple[str, ...], rows: pd.DataFrame, name: str) -> list[Fault]:
    """One fault for each part that is gone; the years of one part are told together."""
    valid = f"those of {name} too{_OR_ACCEPT}"
    others = [column for column in columns if column != "year"]
    if rows.empty:
        return []
    if not others:
        return [Fault(file, 0, "year", f"no row of {spans(rows['year'])}", valid)]
    return [
        Fault(
            file,
            0,
            others[-1],
            f"no row of {' '.join(part)}" + (f" for {spans(years)}" if "year" in columns else ""),
            valid,
        )
        for part, years in rows.groupby(others)["year"]
    ]


def spans(years: Iterable[str | int]) -> str:
    """Years in a few words, such as 2009, 2012 to 2016."""
    ordered = sorted(set(map(int, years)))
    runs: list[list[int]] = []
    for year in ordered:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)


def _without_total(file: str, kind: Kind, rows: pd.DataFrame) -> list[Fault]:
    """Years in which a country's parts came without the whole that was asked for with them."""
    if not kind.total:
        return []
    column, word = kind.total
    own = rows[rows[kind.steady[0]].isin(COUNTRIES)]
    keys = [*kind.steady, "year"]
    wholes = _keys(own[own[column] == word], keys)
    short = own[~_keys(own, keys).isin(wholes)]
    return [
        Fault(
            file,
            0,
            column,
            f"no total ({word}) of {' '.join(part)} for {spans(years)}",
            f"the total beside its parts{_OR_ACCEPT}",
        )
        for part, years in short.groupby(list(kind.steady))["year"]
    ]


def _gaps_after(file: str, kind: Kind, rows: pd.DataFrame, held: pd.DataFrame) -> list[Fault]:
    """Years after the last of the edition before that are missing between two others."""
    last = held["year"].astype(int).max()
    rows = rows.assign(year=rows["year"].astype(int))
    faults = []
    gaps = set(range(last + 1, rows["year"].max())) - set(rows["year"])
    if gaps:
        valid = f"every year up to its last, {rows['year'].max()}{_OR_ACCEPT}"
        faults.append(Fault(file, 0, "year", f"no row of {spans(gaps)}", valid))
    for part, years in rows.groupby(list(kind.steady))["year"]:
        first, end = max(last + 1, years.min()), years.max()
        missing = set(range(first, end)) - set(years) - gaps
        if missing:
            found = f"no row of {' '.join(part)} for {spans(missing)}"
            valid = f"every year up to its last, {end}{_OR_ACCEPT}"
            faults.append(Fault(file, 0, kind.steady[-1], found, valid))
    return faults


def _many_cells_gone(
    file: str, which: str, table: pd.DataFrame, name: str, held: pd.DataFrame
) -> list[Fault]:
    key = _key(which)
    stay = int(_keys(held, key).isin(_keys(table, key)).sum())
    if stay >= _STAY * len(held):
        return []
    valid = f"at least {_STAY:.0%} of them{_OR_ACCEPT}"
    return [Fault(file, 0, "(row)", f"{stay} of the {len(held)} rows that {name} has", valid)]


def withdrawn(edition: str, table: pd.DataFrame, held: pd.DataFrame) -> int:
    """How many cells of the edition before have no value in this one."""
    key = _key(table_of(edition))
    return int((~_keys(held, key).isin(_keys(table, key))).sum())


def _key(which: str) -> list[str]:
    return [word for word in RAW_TABLES[which].schema.columns if word not in _EDITION_COLUMNS]


def _beside(which: str, table: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Both editions cell by cell: the key, ``value``, ``value_held`` and their ratio."""
    key = _key(which)
    both = held[[*key, "value"]].merge(table[[*key, "value"]], on=key, suffixes=("_held", ""))
    both = both.astype({"value": float, "value_held": float})
    return both.assign(ratio=both["value"] / both["value_held"].where(both["value_held"] != 0))


def _other_units(edition: str, both: pd.DataFrame, name: str) -> list[Fault]:
    """Kinds of figure that are typically many times as large, or as small, as they were."""
    what = KINDS[table_of(edition)].what
    faults = []
    for word, median in both.groupby(what)["ratio"].median().dropna().items():
        if not 1 / _MEDIAN_WITHIN <= median <= _MEDIAN_WITHIN:
            found = f"values of {word} typically {median:.3g} times those of {name}"
            valid = f"within {_MEDIAN_WITHIN} times of them, in the same unit"
            faults.append(Fault(f"{edition}.csv", 0, "value", found, valid))
    return faults


def _anchors(edition: str, both: pd.DataFrame, blank: pd.DataFrame, name: str) -> list[Fault]:
    """Well known sums that are missing without a word, or far from what they were."""
    file, faults = f"{edition}.csv", []
    for anchor in ANCHORS[table_of(edition)]:
        match = (both[list(anchor)] == pd.Series(anchor)).all(axis=1)
        cell = " ".join(anchor.values())
        if (blank[list(anchor)] == pd.Series(anchor)).all(axis=1).any():
            continue
        if not match.any():
            faults.append(Fault(file, 0, "(row)", f"no {cell}", "a row that every edition has"))
        elif not 1 / _ANCHOR_WITHIN <= both[match]["ratio"].iloc[0] <= _ANCHOR_WITHIN:
            row = both[match].iloc[0]
            valid = f"within {_ANCHOR_WITHIN} times of {row['value_held']:.12g}, as {name} has it"
            faults.append(Fault(file, 0, "value", f"{cell}: {row['value']:.12g}", valid))
    return faults


# Two sides are taken for exchanged where each fits the other's old figures so much better than
# its own, from which it strays by so much (as a logarithm), over at least so many cells.
_BETTER, _STIRRED, _CELLS = 4.0, 0.02, 8


def _exchanged(file: str, column: str, both: pd.DataFrame, name: str) -> list[Fault]:
    """Pairs of countries or creditors that bear each other's figures.

    How far a side lies from another is the median of the absolute logarithm of their ratio, over
    the cells that both have.
    """
    both = both[(both["value"] > 0) & (both["value_held"] > 0)]
    rest = [word for word in both if word not in (column, "value", "value_held", "ratio")]
    new = np.log(both.pivot(index=rest, columns=column, values="value"))
    old = np.log(both.pivot(index=rest, columns=column, values="value_held"))
    strays = (new - old).abs().median()
    faults = []
    for one, other in combinations(strays.index[strays > _STIRRED], 2):
        shared = new[[one, other]].notna().all(axis=1)
        if shared.sum() < _CELLS:
            continue
        here, there = (rows.loc[shared, [one, other]].to_numpy() for rows in (new, old))
        crossed, straight = (np.median(np.abs(here - it)) for it in (there[:, ::-1], there))
        if crossed * _BETTER < straight:
            found = f"the figures of {one} under {other}, and those of {other} under {one}"
            faults.append(Fault(file, 0, column, found, f"each under its own, as {name} has them"))
    return faults


def _withdrawn(blank: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Debts without a value that had one, of creditors that nothing else rests on."""
    key = _key("debt_by_creditor")
    gone = blank[_keys(blank, key).isin(_keys(held, key))]
    return gone[~gone["creditor"].isin(["World", *CREDITORS])]


def _creditors_short_of_all(
    edition: str, table: pd.DataFrame, withdrawn: pd.DataFrame
) -> list[Fault]:
    """Years in which the creditors do not add up to what is owed to all of them.

    They may fall short of it where a creditor's value was withdrawn, and there alone.
    """
    rows = table.assign(value=table["value"].astype(float))
    keys = ["country", "year"]
    whole = rows[rows["creditor"] == "World"].groupby(keys)["value"].sum()
    parts = rows[rows["creditor"] != "World"].groupby(keys)["value"].sum()
    both = pd.concat([whole.rename("whole"), parts.rename("parts")], axis=1).fillna(0)
    off = (both["whole"] - both["parts"]).abs() > _SHORT * both["whole"]
    excused = (both["parts"] < both["whole"]) & both.index.isin(_keys(withdrawn, keys))
    faults = []
    for country, years in both[off & ~excused].reset_index().groupby("country"):
        first = years.iloc[0]
        found = f"creditors of {country} that do not add up to World in {spans(years['year'])}"
        said = f"{first['whole']:.12g} in {first['year']}, where they make {first['parts']:.12g}"
        faults.append(Fault(f"{edition}.csv", 0, "value", found, said))
    return faults
