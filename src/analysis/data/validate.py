"""What is wrong with raw tables: cell by cell, then held against each other."""

from __future__ import annotations

import difflib
import re
from math import isinf
from typing import Any

import pandas as pd

from analysis.config import COUNTRIES, POWERS
from analysis.data import schema
from analysis.data.columns import LARGEST, faults_of
from analysis.data.editions import table_of
from analysis.data.faults import Fault, allowed_words
from analysis.data.parse import ParseError, Quantity, parse_period, parse_quantity
from analysis.data.raw_tables import FIGURES, RAW_TABLES
from analysis.data.vocabulary import CREDITORS, INDICATORS, VERDICTS, WDI

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
    told = {(fault.row, fault.column) for fault in faults}
    more = []
    if sources and "source_id" in rows:
        more += [
            Fault(file, line, "source_id", found, "an entry of sources.yml")
            for line, found in rows["source_id"].items()
            if found not in sources
        ]
    if name in FIGURES:
        more += _faults_of_figures(rows, file)
    return faults + [fault for fault in more if (fault.row, fault.column) not in told]


def doubled_figures(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    """Ids that two files give: a link must lead to one figure."""
    faults, first = [], {}
    for name in FIGURES:
        if name not in tables:
            continue
        ids = tables[name]["figure_id"]
        faults += [
            Fault(
                f"{name}.csv", line, "figure_id", found, f"an id that {first[found]} does not have"
            )
            for line, found in ids.items()
            if found in first
        ]
        first = dict.fromkeys(ids, f"{name}.csv") | first
    return faults


def nameless(tables: dict[str, pd.DataFrame]) -> list[Fault]:
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
    "trade_national": ("partner", "WLD"),
    "trade_goods_and_services": ("partner", "WLD"),
    "gas_exports": ("importer", "WLD"),
    "loan_flows": ("counterpart", "WLD"),
    "migrant_stock": ("destination", "WLD"),
    "arms_deliveries": ("supplier", "WLD"),
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

# One loan or one delivery makes a year, so these may leap.
_LUMPY = ("arms_deliveries", "china_commitments", "loan_flows", "russia_grants")


def faults_of_statistics(
    name: str, raw: pd.DataFrame, sources: dict[str, Any], file: str = ""
) -> list[Fault]:
    """Statistics held against each other, and against the edition that they are from."""
    key = list(RAW_TABLES[name].key)
    rows = raw.assign(value=raw["value"].astype(float), year=raw["year"].astype(int))
    wrong = [] if name in _LUMPY else _leaps(rows, key)
    wrong += _years_after_edition(rows, sources)
    if "indicator" in rows:
        valid = allowed_words(WDI)
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
            name.lower(), [power.lower() for power in CREDITORS], 1, 0.7
        )
        for name in set(creditors) - set(CREDITORS)
    }
    names = {power.lower(): power for power in CREDITORS}
    return [
        (line, "creditor", f"{names[near[name][0]]}, or a name less like it")
        for line, name in creditors.items()
        if near.get(name)
    ]


def _years_after_edition(rows: pd.DataFrame, sources: dict[str, Any]) -> list[tuple[int, str, str]]:
    """Years that the edition, or the source where it has one date, could not know yet.

    What is only scheduled lies ahead by its nature, and nothing else of that year does.
    """
    dated = {key: int(str(entry["date"])[:4]) for key, entry in sources.items() if "date" in entry}
    if "vintage" in rows:
        known = rows["vintage"].str[:4].astype(int)
    else:
        known = rows["source_id"].map(dated)
    late = rows["year"] > known
    if "status" in rows:
        late &= rows["status"] != "scheduled"
    return [
        (line, "year", f"a year not after {known[line]:.0f}, the year of the edition")
        for line in rows.index[late]
    ]


def _strangers(rows: pd.DataFrame) -> list[tuple[int, str, str]]:
    """Trade that none of the five countries has a part in, but for a power's whole trade."""
    valid = "one of " + ", ".join(COUNTRIES) + ", unless the partner is"
    known = rows["reporter"].isin(COUNTRIES) | rows["partner"].isin(COUNTRIES)
    known |= rows["reporter"].isin(POWERS) & (rows["partner"] == "WLD")
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


def differing_trade(pairs: pd.DataFrame, all_partners: pd.DataFrame) -> list[Fault]:
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
    "judged": "(?:" + "|".join(VERDICTS) + ")",
    "lead": "(?:CHN|RUS|level) [0-9]+(?:[.][0-9]+)?",
    "rank": "[1-9][0-9]?",
    "value": f"{_NAME} {_NAME}",
    "counterpart": _NAME,
    "share": f"{_NAME} {_NAME}",
    "ratio": "",
}


def faults_of_claims(tables: dict[str, pd.DataFrame]) -> list[Fault]:
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


def faults_of_causes(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    """Causes that would end before they begin."""
    rows = tables.get("causes")
    if rows is None:
        return []
    valid = "a year not before first_year"
    ends = rows[rows["last_year"] < rows["first_year"]]["last_year"]
    return [Fault("causes.csv", line, "last_year", found, valid) for line, found in ends.items()]


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
        ("indicator", word, allowed_words(INDICATORS))
        for word in row["indicator"].split("; ")
        if word not in INDICATORS
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
        if printed > LARGEST:
            wrong.append(("printed", row["printed"], "a number up to 1e15"))
    return wrong
