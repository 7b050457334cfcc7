"""Raw tables become processed tables, or one list of everything that is wrong with them.

Reading is strict and cleaning is plain: ``load_raw`` refuses whatever it cannot account for,
so that each ``clean_<table>`` can trust its input.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from math import inf, isinf
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.config import COUNTRIES, POWERS
from analysis.data import schema
from analysis.data.parse import ParseError, Period, Quantity, parse_period, parse_quantity
from analysis.data.schema import Fault, RawDataError, Table
from analysis.data.sources import (
    SHIPPED,
    load_current,
    load_sources,
    read_text,
    read_yaml,
    table_of,
)

# What a figure's words may parse to for each unit.
_KIND_OF_UNIT = {
    "USD": "money",
    "EUR": "euro",
    "share": "percent",
    "ratio": "percent",
    "m3": "volume",
    "persons": "number",
    "count": "number",
    "rank": "number",
}

_COUNTED = ("persons", "count", "rank")

RAW_TABLES: dict[str, Table] = {
    "article": schema.RAW_FIGURES,
    "elsewhere": schema.RAW_FIGURES,
    "trade_pairs": schema.RAW_TRADE_PAIRS,
    "trade_all_partners": schema.RAW_TRADE_ALL,
    "trade_world": schema.RAW_TRADE_WORLD,
    "countries": schema.RAW_COUNTRIES,
    "wdi": schema.RAW_WDI,
    "debt_by_creditor": schema.RAW_DEBT,
    "remittances": schema.RAW_REMITTANCES,
    "fdi": schema.RAW_FDI,
    "claims": schema.RAW_CLAIMS,
}


def read_csv_strictly(path: Path, table: Table) -> tuple[pd.DataFrame | None, list[Fault]]:
    """Read a raw CSV file as text, with the line of the file as index.

    Returns:
        The rows (None when the file cannot be read as this table at all) and the faults.
    """
    columns = list(table.schema.columns)
    text, faults = read_text(path, "a CSV file in UTF-8 with the columns " + ", ".join(columns))
    if faults:
        return None, faults
    # Spreadsheets put a mark of the encoding before the first column; it is no part of it.
    text = text.removeprefix("\ufeff")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    lines, rows = [], []
    try:
        for row in reader:
            if not header:
                header = row
                if header != columns:
                    found = ", ".join(header)
                    return None, [Fault(path.name, 1, "(header)", found, ", ".join(columns))]
            elif row == columns:
                valid = "the columns' names once, in row 1"
                faults.append(Fault(path.name, reader.line_num, "(row)", ", ".join(row), valid))
            elif len(row) != len(columns):
                found = f"{len(row)} cells" if row else "an empty line"
                expected = f"{len(columns)} cells, one a column"
                faults.append(Fault(path.name, reader.line_num, "(row)", found, expected))
            else:
                lines.append(reader.line_num)
                rows.append(row)
    except csv.Error as error:
        faults.append(Fault(path.name, reader.line_num, "(row)", str(error), "well-formed CSV"))
    if not rows and not faults:
        valid = "the columns " + ", ".join(columns) + ", and a row at least"
        return None, [Fault(path.name, 1, "(file)", "no rows", valid)]
    if not text.endswith("\n") and not faults:
        valid = "a line end after the last row too; without one the file may have been cut short"
        faults.append(Fault(path.name, reader.line_num, "(file)", ",".join(rows[-1]), valid))
    return pd.DataFrame(rows, columns=columns, index=lines, dtype=str), faults


def load_raw(raw: Path) -> dict[str, Any]:
    """Read everything under ``data/raw``, apply the corrections and check it all.

    A fetched edition that is in use joins the table that it is one of.

    Returns:
        The raw tables by name (text, indexed by the line of their file), and under
        ``sources`` the register of sources.

    Raises:
        RawDataError: with every fault of every file.
    """
    sources, faults = load_sources(raw / "sources.yml")
    corrections, correction_faults = read_yaml(raw / "corrections.yml")
    faults += correction_faults
    current, found = load_current(raw)
    faults += found
    tables: dict[str, pd.DataFrame] = {}
    whole = set()
    for name, table in RAW_TABLES.items():
        rows, found = read_csv_strictly(raw / f"{name}.csv", table)
        faults += found
        if rows is not None:
            tables[name] = rows
        if not found:
            whole.add(name)
    adopted = {}
    for name, edition in current.items():
        if edition != SHIPPED[name]:
            adopted[edition], found = read_csv_strictly(
                raw / "vintages" / f"{edition}.csv", RAW_TABLES[name]
            )
            # Faults of its rows wait until it could be read.
            faults += found or faults_of_edition(edition, adopted[edition], sources)
    tables, found = apply_corrections(tables, [] if corrections is None else corrections)
    faults += found
    for name, rows in tables.items():
        faults += _faults_of_rows(name, rows, sources)
        if RAW_TABLES[name] is schema.RAW_FIGURES:
            # Another page's figure may be tied to the article's, and not the other way round.
            others = tables.get("article") if name != "article" else None
            faults += _faults_of_ties(rows, others, f"{name}.csv")
    faults += _doubled_figures(tables)
    if "article" in whole:
        # A row that could not be read is told once, not again by each claim on it.
        faults += _faults_of_claims(tables)
    if not faults:
        # What holds several cells against each other takes them to be sound one by one.
        faults += [
            fault
            for name, rows in tables.items()
            if "value" in rows and name != "trade_world"
            for fault in _faults_of_statistics(name, rows, sources)
        ]
        faults += _differing_trade(tables["trade_pairs"], tables["trade_all_partners"])
        faults += _nameless(tables)
    if faults:
        raise RawDataError(faults)
    for edition, rows in adopted.items():
        name = table_of(edition)
        tables[name] = pd.concat([tables[name], rows], ignore_index=True)
    return tables | {"sources": sources}


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
    faults = _faults_of_rows(name, rows, sources, file)
    if not faults:
        others = rows.index[rows["source_id"] != edition]
        faults = [
            Fault(file, line, "source_id", rows.loc[line, "source_id"], edition) for line in others
        ]
    return faults or _faults_of_statistics(name, rows, sources, file)


def _faults_of_rows(
    name: str, rows: pd.DataFrame, sources: dict[str, Any], file: str = ""
) -> list[Fault]:
    """What is wrong with the rows of one raw table, taken one by one; a cell is told of once."""
    file = file or f"{name}.csv"
    faults = schema.faults_of(RAW_TABLES[name], rows, file)
    told = {(fault.row, fault.column) for fault in faults}
    more = []
    if sources and "source_id" in rows:
        more += [
            Fault(file, line, "source_id", found, "an entry of sources.yml")
            for line, found in rows["source_id"].items()
            if found not in sources
        ]
    if RAW_TABLES[name] is schema.RAW_FIGURES:
        more += _faults_of_figures(rows, file)
    return faults + [fault for fault in more if (fault.row, fault.column) not in told]


def apply_corrections(
    tables: dict[str, pd.DataFrame], corrections: Any
) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """Change raw cells as ``corrections.yml`` says, each only while it still fits.

    A correction names its ``table``, the ``id`` of the row, the column (``what``), what the
    cell should hold (``to``), the ``reason``, and what it holds now (``expect``). Once the cell
    no longer holds that, the correction is out of date and is a fault. Only a figure has an id;
    a published statistic is kept as published.
    """
    file = "corrections.yml"
    fields = ("table", "id", "what", "expect", "to", "reason")
    if not isinstance(corrections, list):
        return tables, [Fault(file, 1, "(file)", str(corrections), "a list of corrections")]
    changed = {name: rows.copy() for name, rows in tables.items()}
    faults = []
    for number, entry in enumerate(corrections, start=1):
        if (
            not isinstance(entry, dict)
            or set(entry) != set(fields)
            or any(isinstance(value, (list, dict)) for value in entry.values())
            or not entry["reason"]
        ):
            found = ", ".join(map(str, entry)) if isinstance(entry, dict) else str(entry)
            faults.append(Fault(file, number, "(entry)", found, ", ".join(fields) + ", all filled"))
            continue
        rows = changed.get(entry["table"])
        if "figure_id" not in (() if rows is None else rows) or entry["what"] not in rows.columns:
            valid = "article or elsewhere, and one of the columns of these tables"
            faults.append(Fault(file, number, "what", f"{entry['table']}.{entry['what']}", valid))
            continue
        match = rows["figure_id"] == entry["id"]
        cells = rows.loc[match, entry["what"]].tolist()
        if cells != [str(entry["expect"])]:
            faults.append(
                Fault(
                    file,
                    number,
                    "expect",
                    ", ".join(cells) or f"no row {entry['id']}",
                    f"{entry['expect']} (the cell has changed: look whether the correction "
                    "is still needed)",
                )
            )
            continue
        rows.loc[match, entry["what"]] = str(entry["to"])
    return changed, faults


def _doubled_figures(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    """Ids that two files give: a link must lead to one figure."""
    article, elsewhere = (tables.get(name) for name in ("article", "elsewhere"))
    if article is None or elsewhere is None:
        return []
    known = set(article["figure_id"])
    return [
        Fault("elsewhere.csv", line, "figure_id", found, "an id that article.csv does not have")
        for line, found in elsewhere["figure_id"].items()
        if found in known
    ]


def _nameless(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    """Countries of the world's trade that have no name; each once, where it first stands."""
    world, names = tables.get("trade_world"), tables.get("countries")
    if world is None or names is None:
        return []
    faults = []
    for column in ("reporter", "partner"):
        codes = world[column].drop_duplicates()
        faults += [
            Fault("trade_world.csv", line, column, found, "a country of countries.csv, or WLD")
            for line, found in codes[~codes.isin([*names["country"], "WLD"])].items()
        ]
    return faults


# The column that names the other side, and what it holds where all are taken together. Direct
# investment is left out: where money is taken out again, a part may pass the whole.
_WHOLES = {
    "trade_pairs": ("partner", "WLD"),
    "trade_all_partners": ("partner", "WLD"),
    "debt_by_creditor": ("creditor", "World"),
    "remittances": ("sender", "WLD"),
}
# Parts are rounded one by one.
_ROUNDING = 1.001
# A thousandfold slip, million for billion, shows beside the years around it. No true year of a
# sum that matters leaps so far and back.
_LEAP = 100
# At either end of a series there is one year to go by, and a first loan may be small.
_LEAP_AT_AN_END = 500
_SUM_THAT_MATTERS = 1e7


def _faults_of_statistics(
    name: str, raw: pd.DataFrame, sources: dict[str, Any], file: str = ""
) -> list[Fault]:
    """Statistics held against each other, and against the edition that they are from."""
    key = list(RAW_TABLES[name].key)
    rows = raw.assign(value=raw["value"].astype(float), year=raw["year"].astype(int))
    wrong = _leaps(rows, key) + _years_after_edition(rows, sources)
    if "indicator" in rows:
        valid = schema.allowed_words(WDI)
        wrong += [(line, "indicator", valid) for line in rows.index[~rows["indicator"].isin(WDI)]]
    if "creditor" in rows:
        wrong += _misspelt_powers(rows["creditor"])
    if "reporter" in rows:
        wrong += _strangers(rows)
    if name in _WHOLES:
        wrong += _parts_above_wholes(rows, key, *_WHOLES[name])
    return [
        Fault(file or f"{name}.csv", line, column, raw.loc[line, column], valid)
        for line, column, valid in sorted(wrong)
    ]


def _leaps(rows: pd.DataFrame, key: list[str]) -> list[tuple[int, str, str]]:
    """Values far above, or far below, the years beside them: first within a series, then its ends.

    Ends are held against what is left, so that a slip beside them is not laid at their door.
    """
    series = rows[rows["value"] > 0].sort_values("year", kind="stable")
    wrong: list[tuple[int, str, str]] = []
    for limit, ends in ((_LEAP, False), (_LEAP_AT_AN_END, True)):
        left = series.drop(index=[line for line, _, _ in wrong])
        grouped = left.groupby([column for column in key if column != "year"])["value"]
        beside = pd.concat([grouped.shift(1), grouped.shift(-1)], axis=1)
        known = grouped.transform("size") > 2 if ends else beside.notna().all(axis=1)
        least, most, value = beside.min(axis=1), beside.max(axis=1), left["value"]
        far = known & ((value > most * limit) | (value < least / limit))
        far &= pd.concat([value, most], axis=1).max(axis=1) > _SUM_THAT_MATTERS
        valid = f"within {limit} times of the years beside it (million for billion?)"
        wrong += [(line, "value", valid) for line in left.index[far]]
    return wrong


def _misspelt_powers(creditors: pd.Series) -> list[tuple[int, str, str]]:
    """Names so near a power's that its debt would be lost under them."""
    near = {
        name: difflib.get_close_matches(
            name.lower(), [power.lower() for power in _CREDITORS], 1, 0.7
        )
        for name in set(creditors) - set(_CREDITORS)
    }
    names = {power.lower(): power for power in _CREDITORS}
    return [
        (line, "creditor", f"{names[near[name][0]]}, or a name less like it")
        for line, name in creditors.items()
        if near.get(name)
    ]


def _years_after_edition(rows: pd.DataFrame, sources: dict[str, Any]) -> list[tuple[int, str, str]]:
    """Years that the edition, or the source where it has one date, could not know yet."""
    dated = {key: int(str(entry["date"])[:4]) for key, entry in sources.items() if "date" in entry}
    if "vintage" in rows:
        known = rows["vintage"].str[:4].astype(int)
    else:
        known = rows["source_id"].map(dated)
    return [
        (line, "year", f"a year not after {known[line]:.0f}, the year of the edition")
        for line in rows.index[rows["year"] > known]
    ]


def _strangers(rows: pd.DataFrame) -> list[tuple[int, str, str]]:
    """Trade that none of the five countries has a part in."""
    valid = "one of " + ", ".join(COUNTRIES) + ", unless the partner is"
    known = rows["reporter"].isin(COUNTRIES) | rows["partner"].isin(COUNTRIES)
    return [(line, "reporter", valid) for line in rows.index[~known]]


def _parts_above_wholes(
    rows: pd.DataFrame, key: list[str], column: str, everyone: str
) -> list[tuple[int, str, str]]:
    """Values for one partner above what the same table has for all of them."""
    shared = [word for word in key if word != column]
    whole = rows[rows[column] == everyone].set_index(shared)["value"].rename("whole")
    parts = rows[rows[column] != everyone].join(whole, on=shared)
    above = parts[parts["value"] > parts["whole"] * _ROUNDING]
    return [
        (line, "value", f"at most {row['whole']:.12g}, as {everyone} has for the same year")
        for line, row in above.iterrows()
    ]


def _differing_trade(pairs: pd.DataFrame, all_partners: pd.DataFrame) -> list[Fault]:
    """Records that stand in both tables of trade and are not the same in both."""
    key = list(schema.TRADE.key)
    both = all_partners.assign(line=all_partners.index).merge(pairs, on=key, suffixes=("", "_pair"))
    return [
        Fault(
            "trade_all_partners.csv",
            row["line"],
            column,
            row[column],
            f"{row[f'{column}_pair']}, which trade_pairs.csv has for {' '.join(row[key])}",
        )
        for _, row in both.iterrows()
        for column in ("value", "evidence", "source_id")
        if row[column] != row[f"{column}_pair"]
        and not (column == "value" and float(row["value"]) == float(row["value_pair"]))
    ]


# The rules that judge a claim, and the terms that each takes.
_NAME = "[a-z0-9]+(?:-[a-z0-9]+)*"
_PLACE = (
    rf"[{{](?:[fcs]:{_NAME}|w:[A-Z]{{3}}-[a-z]+-[0-9]{{4}}-[a-z_]+-[a-z0-9_-]+"
    r"|i:[A-Z]{3}-[a-z_]+-[A-Za-z]*-[0-9]{4}|ranks|ratio)[}]"
)
CLAIM_RULES = {
    "judged": "(?:" + "|".join(schema.VERDICTS) + ")",
    "lead": "(?:CHN|RUS|level) [0-9]+(?:[.][0-9]+)?",
    "rank": "[1-9][0-9]?",
    "value": f"{_NAME} {_NAME}",
    "counterpart": _NAME,
    "share": f"{_NAME} {_NAME}",
    "ratio": "",
}


def _faults_of_claims(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    """Rules and ids that a claim names wrongly; comparisons are looked up when it is judged."""
    if "claims" not in tables or "article" not in tables:
        return []
    known = set(tables["article"]["figure_id"])
    faults = []
    for line, row in tables["claims"].iterrows():
        rule, _, terms = row["rule"].partition(" ")
        if rule not in CLAIM_RULES or not re.fullmatch(CLAIM_RULES[rule], terms):
            valid = "one of " + ", ".join(CLAIM_RULES) + ", with its terms"
            faults.append(Fault("claims.csv", line, "rule", row["rule"], valid))
        elif rule == "lead" and not row["evidence_ids"]:
            valid = "comparison_ids, of which the rule takes the lead"
            faults.append(Fault("claims.csv", line, "evidence_ids", "", valid))
        faults += [
            Fault("claims.csv", line, "subject_ids", name, "figure_ids of article.csv")
            for name in row["subject_ids"].split(" ")
            if name not in known
        ]
        if re.search("[0-9]", re.sub(r"\{[^}]*\}|\b(?:19|20)[0-9]{2}\b", "", row["reason"])):
            valid = "words, years, and places such as {f:id} for the numbers"
            faults.append(Fault("claims.csv", line, "reason", row["reason"], valid))
        faults += [
            Fault("claims.csv", line, "reason", place, "a place such as {f:id} or {c:id}")
            for place in re.findall(r"[{][^}]*[}]?|[}]", row["reason"])
            if not re.fullmatch(_PLACE, place)
        ]
    return faults


def load_claims(raw: Path) -> pd.DataFrame:
    """The list of claims alone, as text.

    Raises:
        RawDataError: when the file cannot be read.
    """
    rows, faults = read_csv_strictly(raw / "claims.csv", schema.RAW_CLAIMS)
    if faults or rows is None:
        raise RawDataError(faults)
    return rows


def _faults_of_figures(rows: pd.DataFrame, file: str) -> list[Fault]:
    """Faults that need more than one cell: words against unit, a tie against its role."""
    faults = []
    for line, row in rows.iterrows():
        wrong = _faults_of_words(row)
        if bool(row["related_id"]) != bool(row["role"]):
            valid = "a role where related_id names a figure, and only there"
            wrong.append(("role", row["role"], valid))
        faults += [Fault(file, line, column, found, valid) for column, found, valid in wrong]
    return faults


def _faults_of_ties(rows: pd.DataFrame, others: pd.DataFrame | None, file: str) -> list[Fault]:
    """Ties to a figure that is not there, or to the row itself."""
    known = set(rows["figure_id"]) | (set() if others is None else set(others["figure_id"]))
    valid = "a figure_id of this table, of another row"
    if others is not None:
        valid = "a figure_id of this table or of article.csv, of another row"
    return [
        Fault(file, line, "related_id", row["related_id"], valid)
        for line, row in rows.iterrows()
        if row["related_id"] and row["related_id"] not in known - {row["figure_id"]}
    ]


def _faults_of_words(row: pd.Series) -> list[tuple[str, str, str]]:
    """What cannot be read in one row: column, what was found, what would be valid."""
    wrong = []
    quantities: list[Quantity] = []
    try:
        quantities = parse_quantity(row["printed"])
    except ParseError as error:
        wrong.append(("printed", row["printed"], error.valid))
    for words in row["period_printed"].split("; "):
        try:
            parse_period(words)
        except ParseError as error:
            wrong.append(("period_printed", error.found, error.valid))
    for column in ("period_printed", "indicator"):
        if quantities and len(row[column].split("; ")) not in (1, len(quantities)):
            valid = f"one entry, or {len(quantities)} with a semicolon between them"
            wrong.append((column, row[column], valid))
    wrong += [
        ("indicator", word, schema.allowed_words(schema.INDICATORS))
        for word in row["indicator"].split("; ")
        if word not in schema.INDICATORS
    ]
    for quantity in quantities:
        if quantity.kind not in (_KIND_OF_UNIT.get(row["unit"], quantity.kind), "vague", "none"):
            valid = f"a unit for {quantity.kind}, as {row['printed']!r} has it"
            wrong.append(("unit", row["unit"], valid))
            continue
        if quantity.qualifier == "no number":
            continue
        # The number that was printed; only "more than" opens its interval upwards.
        printed = quantity.low if isinf(quantity.logical_high) else quantity.high
        printed = printed if quantity.value is None else quantity.value
        if row["unit"] == "share" and printed > 1:
            wrong.append(("printed", row["printed"], "a share of at most 100%"))
        if row["unit"] in _COUNTED and not printed.is_integer():
            wrong.append(("printed", row["printed"], f"a whole number of {row['unit']}"))
        if row["unit"] == "rank" and printed < 1:
            wrong.append(("printed", row["printed"], "a rank, of which 1 is the first"))
        if printed > schema.LARGEST:
            wrong.append(("printed", row["printed"], "a number up to 1e15"))
    return wrong


def clean_figures(raw: pd.DataFrame) -> pd.DataFrame:
    """Turn printed figures into quantities with intervals.

    Args:
        raw: rows as in ``RAW_FIGURES``, free of faults.

    Returns:
        ``figures``: one row a printed figure, and one each for the two parts of compound
        words, in the order of the raw rows.
    """
    figures = []
    for row in raw.to_dict("records"):
        quantities = parse_quantity(row["printed"])
        periods = [parse_period(words) for words in row["period_printed"].split("; ")]
        words = row["period_printed"].split("; ")
        indicators = row["indicator"].split("; ")
        for number, quantity in enumerate(quantities):
            part = min(number, len(periods) - 1)
            figures.append(
                row
                | _as_columns(quantity, row["unit"])
                | _dates(periods[part], row)
                | {
                    "printed": quantity.words,
                    "period_printed": words[part],
                    "indicator": indicators[min(number, len(indicators) - 1)],
                }
                | _tie(row["figure_id"], quantity.role, row)
            )
    return pd.DataFrame(figures)[list(schema.FIGURES.schema.columns)].astype(
        dict.fromkeys(("value", "low", "high", "logical_low", "logical_high"), float)
    )


def _as_columns(quantity: Quantity, unit: str) -> dict[str, Any]:
    if quantity.qualifier == "no number":
        numbers = dict.fromkeys(("value", "low", "high", "logical_low", "logical_high"))
        return numbers | {"state": "not_reported", "qualifier": quantity.qualifier}
    numbers = {
        name: None if bound is None or abs(bound) == inf else bound
        for name, bound in (
            ("value", quantity.value),
            ("low", quantity.low),
            ("high", quantity.high),
            ("logical_low", quantity.logical_low),
            ("logical_high", quantity.logical_high),
        )
    }
    if unit == "rank" and quantity.value is not None:
        # A place in an order is exact: there is no rank 1.5.
        numbers = dict.fromkeys(numbers, quantity.value)
    state = "observed_zero" if quantity.high == 0 else "value"
    return numbers | {"state": state, "qualifier": quantity.qualifier}


def _dates(period: Period, row: dict[str, Any]) -> dict[str, str]:
    counted_at_a_date = row["nature"] == "stock" or row["status"] == "outstanding"
    as_of = period.as_of or (period.end if counted_at_a_date else "")
    return {"period_start": period.start, "period_end": period.end, "as_of": as_of}


def _tie(figure_id: str, role: str, row: dict[str, Any]) -> dict[str, str]:
    """Name the parts of compound words, and tie them: the first keeps the raw row's name."""
    match role:
        case "earlier":
            name = f"{figure_id}-earlier"
            return {"figure_id": name, "related_id": figure_id, "role": "earlier"}
        case "part_of":
            return {"related_id": f"{figure_id}-whole", "role": "part_of"}
        case "whole":
            # The whole is the country's, whichever power the part is tied to.
            name = f"{figure_id}-whole"
            tie = {"figure_id": name, "related_id": figure_id, "role": "whole"}
            return tie | {"power": "", "coverage": "all_sources"}
    return {"related_id": row["related_id"], "role": row["role"]}


def clean_trade(pairs: pd.DataFrame, all_partners: pd.DataFrame) -> pd.DataFrame:
    """Bring both tables of trade records together.

    A record that stands in both must be the same in both.

    Args:
        pairs: rows as in ``RAW_TRADE_PAIRS``.
        all_partners: rows as in ``RAW_TRADE_ALL``.

    Returns:
        ``trade``, sorted by its key.

    Raises:
        RawDataError: where the two tables differ on a record.
    """
    key = list(schema.TRADE.key)
    if faults := _differing_trade(pairs, all_partners):
        raise RawDataError(faults)
    both = pd.concat([pairs, all_partners], ignore_index=True).drop_duplicates(key)
    trade = both.assign(year=both["year"].astype(int), value=both["value"].astype(float))
    return trade.sort_values(key, ignore_index=True)[list(schema.TRADE.schema.columns)]


def clean_trade_world(world: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Every country's trade records, with numbers for text.

    A record of the five countries that stands in both tables must be the same in both.

    Args:
        world: rows as in ``RAW_TRADE_WORLD``, of one dataset.
        pairs: rows as in ``RAW_TRADE_PAIRS``.

    Returns:
        ``trade_world``, sorted by its key.

    Raises:
        RawDataError: where the two tables differ on a record.
    """
    key = list(schema.TRADE.key)
    # Only what pairs can hold is looked up, since joining a whole world of rows takes seconds.
    shared = world[
        world["reporter"].isin(pairs["reporter"]) & world["partner"].isin(pairs["partner"])
    ]
    both = shared.merge(pairs, on=key, suffixes=("", "_pairs"))
    differing = both[
        (both["value"] != both["value_pairs"]) | (both["evidence"] != both["evidence_pairs"])
    ]
    if len(differing):
        raise RawDataError(
            [
                Fault(
                    "trade_world.csv",
                    " ".join(row[key]),
                    "value",
                    f"{row['value']}, {row['evidence']}",
                    f"what trade_pairs.csv has: {row['value_pairs']}, {row['evidence_pairs']}",
                )
                for _, row in differing.iterrows()
            ]
        )
    table = schema.TRADE_WORLD
    tidy = world.assign(year=world["year"].astype(int), value=world["value"].astype(float))
    # Places in the order of each column's few words are sorted, not the words of each row.
    places, words = zip(*(pd.factorize(tidy[name], sort=True) for name in table.key), strict=True)
    order = np.argsort(np.ravel_multi_index(places, [len(known) for known in words]), kind="stable")
    return tidy[list(table.schema.columns)].iloc[order].reset_index(drop=True)


# The World Bank's codes: what we call them, their unit, and the factor to it.
WDI = {
    "NY.GDP.MKTP.CD": ("gdp", "USD", 1),
    "SP.POP.TOTL": ("population", "persons", 1),
    "BX.TRF.PWKR.CD.DT": ("remittances_received", "USD", 1),
    "BX.KLT.DINV.CD.WD": ("fdi_inflow", "USD", 1),
    "DT.DOD.DECT.CD": ("external_debt", "USD", 1),
    "DT.DOD.DPPG.CD": ("external_debt_public", "USD", 1),
    "DT.DOD.DIMF.CD": ("imf_credit", "USD", 1),
    "NE.EXP.GNFS.ZS": ("exports_to_gdp", "ratio", 0.01),
    "NE.IMP.GNFS.ZS": ("imports_to_gdp", "ratio", 0.01),
    "PA.NUS.FCRF": ("exchange_rate", "rate", 1),
}
_CREDITORS = {"China": "CHN", "Russian Federation": "RUS"}
_FDI = {"FDI inflow": "fdi_flow", "FDI inward stock": "fdi_stock", "outflow": "fdi_outflow"}


def clean_wdi(raw: pd.DataFrame) -> pd.DataFrame:
    """World Bank indicators under our names and units; rows of ``indicators``."""
    known = raw[raw["indicator"].isin(WDI)]
    factors = known["indicator"].map(lambda code: WDI[code][2])
    return _as_indicators(
        known,
        indicator=known["indicator"].map(lambda code: WDI[code][0]),
        value=known["value"].astype(float) * factors,
        unit=known["indicator"].map(lambda code: WDI[code][1]),
        dataset="wdi",
        vintage=known["vintage"],
    )


def clean_debt(raw: pd.DataFrame) -> pd.DataFrame:
    """Debt by creditor, all kinds of creditor summed; rows of ``indicators``.

    The creditor "World" becomes the counterpart "all".
    """
    summed = (
        raw.assign(value=raw["value"].astype(float))
        .groupby(["country", "creditor", "year", "source_id"], as_index=False)["value"]
        .sum()
    )
    return _as_indicators(
        summed,
        power=summed["creditor"].map(_CREDITORS).fillna(""),
        counterpart=summed["creditor"].replace("World", "all"),
        indicator="debt_owed",
        value=summed["value"],
        unit="USD",
        dataset="ids",
        vintage=summed["source_id"].str.removeprefix("worldbank-ids-"),
    )


def clean_remittances(raw: pd.DataFrame) -> pd.DataFrame:
    """Remittances by sender in dollars; rows of ``indicators``."""
    return _as_indicators(
        raw,
        **_by_partner(raw["sender"]),
        indicator="remittances",
        value=raw["value"].astype(float) * 1e6,
        unit="USD",
        dataset="knomad",
        vintage="matrix of " + raw["year"],
    )


def clean_fdi(raw: pd.DataFrame) -> pd.DataFrame:
    """Direct investment by source, in euros or dollars; rows of ``indicators``."""
    return _as_indicators(
        raw,
        **_by_partner(raw["partner"]),
        indicator=raw["measure"].map(_FDI),
        value=raw["value"].astype(float) * 1e6,
        unit=raw["unit"].str.split().str[0],
        dataset=raw["dataset"],
        vintage=raw["dataset"].map({"nbk": "2003 to 2021", "unctad2014": "2014"}),
    )


def _by_partner(partners: pd.Series) -> dict[str, pd.Series]:
    powers = partners.where(partners.isin(POWERS), "")
    return {"power": powers, "counterpart": partners.replace("WLD", "all")}


def _as_indicators(raw: pd.DataFrame, **columns: Any) -> pd.DataFrame:
    rows = raw.assign(**{"power": "", "counterpart": "", **columns}, year=raw["year"].astype(int))
    return rows[list(schema.INDICATORS_TABLE.schema.columns)]


def process(tables: dict[str, Any]) -> dict[str, pd.DataFrame]:
    """Turn raw tables, as ``load_raw`` gives them, into the processed tables by name.

    Raises:
        RawDataError: when a row breaks the rules of the table that it would go into.
    """
    figures = pd.concat(
        [clean_figures(tables[name]) for name in ("article", "elsewhere")], ignore_index=True
    )
    trade = clean_trade(tables["trade_pairs"], tables["trade_all_partners"])
    world = clean_trade_world(tables["trade_world"], tables["trade_pairs"])
    indicators = pd.concat(
        [
            clean_wdi(tables["wdi"]),
            clean_debt(tables["debt_by_creditor"]),
            clean_remittances(tables["remittances"]),
            clean_fdi(tables["fdi"]),
        ],
        ignore_index=True,
    ).sort_values(list(schema.INDICATORS_TABLE.key), ignore_index=True)
    made = {
        "figures": figures,
        "trade": trade,
        "indicators": indicators,
        "trade_world": world,
        "countries": tables["countries"][["country", "name"]],
    }
    faults = [
        fault
        for name, rows in made.items()
        for fault in schema.faults_of(schema.TABLES[name], rows, f"{name}.csv")
    ]
    if faults:
        raise RawDataError(faults)
    return made


def write_processed(raw: Path, processed: Path) -> None:
    """Clean all raw tables and write them with their codebook and data package.

    Raises:
        RawDataError: with every fault; nothing is written then.
    """
    for name, rows in process(load_raw(raw)).items():
        schema.save_table(name, rows, processed)
    schema.save(
        processed / "codebook.csv", schema.codebook().to_csv(index=False, lineterminator="\n")
    )
    schema.save(processed / "datapackage.json", schema.data_package())
