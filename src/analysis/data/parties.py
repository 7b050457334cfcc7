"""The code list of states, institutions and lenders that the tables speak of.

``parties.csv`` gives each one code: ISO 3166 alpha-3 for a state, a short word of our own for an
institution, ``WLD`` for all together. Beside it stand the name and the id under which the World
Bank lists it among creditors. An id that is not known yet is left empty; the first list that a
service gives tells it, by the full name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.config import COUNTRIES, POWERS
from analysis.data.columns import OTHER_COUNTRY, faults_of, words_of_list
from analysis.data.countries import OVERVIEWS, likely, page_name, studied
from analysis.data.faults import Fault, RawDataError, nearest
from analysis.data.raw_tables import RAW_PARTIES, RAW_TABLES
from analysis.data.read import read_csv_strictly
from analysis.data.vocabulary import CREDITORS

FILE = "parties.csv"


def parties(raw: Path) -> pd.DataFrame:
    """Read the code list.

    Args:
        raw: the folder of the raw tables.

    Returns:
        One row a party, as text, with the columns of ``RAW_PARTIES``: ``code``, ``name``,
        ``kind``, ``world_bank_name`` and ``world_bank_id`` (empty where not known).

    Raises:
        RawDataError: with every fault of the file.
    """
    rows, faults = read_csv_strictly(raw / FILE, RAW_PARTIES)
    if rows is not None and not faults:
        faults = faults_of(RAW_PARTIES, rows, FILE) + faults_of_parties(rows)
    if faults or rows is None:
        raise RawDataError(faults)
    return rows


def faults_of_parties(known: pd.DataFrame) -> list[Fault]:
    """Two codes for one name or id, and a power whose name the debt tables do not have."""
    faults = []
    for column in ("name", "world_bank_name", "world_bank_id"):
        told = known[known[column] != ""]
        again = told[told[column].str.casefold().duplicated()]
        faults += [
            Fault(FILE, line, column, found, "a name or id that no other party has")
            for line, found in again[column].items()
        ]
    for name, code in CREDITORS.items():
        rows = known[known["code"] == code]
        if rows.empty:
            valid = f"a row for {code}, since its debt is compared"
            faults.append(Fault(FILE, 1, "code", f"no {code}", valid))
        faults += [
            Fault(FILE, line, "world_bank_name", found, f"{name}, as the World Bank names {code}")
            for line, found in rows["world_bank_name"].items()
            if found != name
        ]
    return faults


def faults_of_names(countries: pd.DataFrame) -> list[Fault]:
    """Names of countries that two share, that a page cannot bear, or that are not the project's.

    Args:
        countries: rows as in ``RAW_COUNTRIES``.
    """
    file = "countries.csv"
    faults = []
    seen: dict[str, str] = {}
    for line, code, name in zip(
        countries.index, countries["country"], countries["name"], strict=True
    ):
        page = page_name(name)
        ours = (COUNTRIES | POWERS).get(code, name)
        if not all(map(_is_plain, name)) or not page:
            valid = "a name in Latin letters, from which the page takes its address"
        elif page in OVERVIEWS:
            valid = f"a country's name; {page}.html is a page on several countries"
        elif page in seen:
            valid = f"a name that no other country has; {seen[page]} has it"
        elif name != ours:
            valid = f"{ours}, as the project calls {code} (src/analysis/config.py)"
        else:
            seen[page] = code
            continue
        faults.append(Fault(file, line, "name", name, valid))
    return faults


def _is_plain(letter: str) -> bool:
    if letter.isalpha():
        return unicodedata.name(letter, "").startswith("LATIN")
    return letter in " ’'.,()&-"


def unequal_names(known: pd.DataFrame, countries: pd.DataFrame) -> list[Fault]:
    """States whose code or name in the code list is not that of ``countries.csv``."""
    names = dict(zip(countries["country"], countries["name"], strict=True))
    codes = {name: code for code, name in names.items()}
    faults = []
    for row in known[known["kind"] == "state"].itertuples():
        if row.code in names and row.name != names[row.code]:
            valid = f"{names[row.code]}, as countries.csv has it for {row.code}"
            faults.append(Fault(FILE, row.Index, "name", row.name, valid))
        elif row.code not in names and row.name in codes:
            valid = f"{codes[row.name]}, as countries.csv has it for {row.name}"
            faults.append(Fault(FILE, row.Index, "code", row.code, valid))
    return faults


# The columns that hold codes of countries, in the tables where any country may stand.
_CODES = {
    "trade_world": ("reporter", "partner"),
    "remittances": ("sender",),
    "fdi": ("partner",),
}


def nameless(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    """Codes of countries that have no name; each once a column, where it first stands."""
    known = [*tables["countries"]["country"], *COUNTRIES, *POWERS, "WLD"]
    valid = "a country of countries.csv, or WLD"
    faults = []
    for name, columns in _CODES.items():
        for column in columns:
            codes = tables[name][column].drop_duplicates()
            faults += [
                Fault(f"{name}.csv", line, column, found, valid)
                for line, found in codes[~codes.isin(known)].items()
            ]
    for name, rows in tables.items():
        if "partner" in rows and "reporter" in rows and name not in _CODES:
            faults += _nameless_beside_powers(name, rows, known)
    return faults


def _nameless_beside_powers(name: str, rows: pd.DataFrame, known: list[str]) -> list[Fault]:
    """Codes without a name that trade with a power would make a country under study."""
    valid = "a country of countries.csv, since its trade with a power is given"
    strange = [code for code in studied(rows) if code not in known]
    faults = []
    for code in strange:
        column = "reporter" if code in set(rows["reporter"]) else "partner"
        line = rows.index[rows[column] == code][0]
        faults.append(Fault(f"{name}.csv", line, column, code, valid))
    return faults


def unknown_countries(
    name: str, rows: pd.DataFrame, names: Mapping[str, str], file: str
) -> list[Fault]:
    """Codes that look like a country's and have no name; the likely one is told.

    Args:
        name: the raw table.
        rows: its rows as text.
        names: every country's name by code.
        file: where the rows stand.
    """
    faults = []
    for column, rule in RAW_TABLES[name].schema.columns.items():
        if rule.metadata["others"] != OTHER_COUNTRY or column not in rows:
            continue
        cells = rows[column]
        strange = cells.str.fullmatch(OTHER_COUNTRY.pattern)
        strange &= ~cells.isin([*rule.metadata["allowed"], *names])
        faults += [
            Fault(file, line, column, found, words_of_list(rule, found, likely(found, names)))
            for line, found in cells[strange].items()
        ]
    return faults


def unknown_creditor(found: str, known: pd.DataFrame) -> str:
    """What a creditor's name should be; empty where the code list has it.

    Args:
        found: the name as a table of debt has it.
        known: the code list, as ``parties`` gives it.
    """
    names = known.set_index("world_bank_name")["name"]
    if found in names.index:
        return ""
    ours = {name.casefold(): published for published, name in names.items()}
    near = ours.get(found.casefold()) or nearest(found, names.index)
    if near:
        return f"{near} (did you mean this?), or a creditor with a row in {FILE}"
    return f"a creditor with a row in {FILE}"
