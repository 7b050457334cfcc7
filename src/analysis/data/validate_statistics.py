"""What is wrong with statistics: numbers that cannot be, and rows that do not fit each other."""

from __future__ import annotations

import difflib
from typing import Any

import pandas as pd

from analysis.config import POWERS
from analysis.data import schema
from analysis.data.countries import studied
from analysis.data.faults import Fault, allowed_words
from analysis.data.frames import as_rows, lines
from analysis.data.parties import unknown_creditor
from analysis.data.raw_tables import RAW_TABLES
from analysis.data.vocabulary import (
    ABOVE_NOUGHT,
    CREDITORS,
    FDI_UNITS,
    NOT_BELOW_NOUGHT,
    POPULATION,
    WDI,
)

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

# At most so many digits a spreadsheet leaves of a long number; a series with as many as the second
# is published in full; without an exponent only a value as large as the third is told of.
_LEFT, _USUAL, _LARGE = 3, 6, 1e9

_POWERS = {name.lower(): name for name in CREDITORS}


def faults_of_statistics(
    name: str,
    raw: pd.DataFrame,
    sources: dict[str, Any],
    file: str = "",
    known: pd.DataFrame | None = None,
) -> list[Fault]:
    """Statistics held against each other, and against the edition that they are from.

    Args:
        name: the raw table.
        raw: its rows as text, each sound by itself.
        sources: the register of sources.
        file: where the rows stand, if not in the table's own file.
        known: the code list, for a table whose creditors must all be in it.
    """
    file = file or f"{name}.csv"
    key = list(RAW_TABLES[name].key)
    rows = raw.assign(value=raw["value"].astype(float), year=raw["year"].astype("int64"))
    wrong = [] if name in _LUMPY else _leaps(rows, key)
    wrong += _years_after_edition(rows, sources)
    wrong += _cut_values(rows, raw["value"], key)
    if "indicator" in rows:
        wrong += _wrong_signs(rows) + _wrong_vintages(rows)
        valid = allowed_words(WDI)
        wrong += [(line, "indicator", valid) for line in rows.index[~rows["indicator"].isin(WDI)]]
    if "measure" in rows:
        wrong += _wrong_investment(rows)
    absent = []
    if "creditor" in rows:
        if known is None:
            strange = _misspelt_powers(rows["creditor"])
        else:
            strange = _unknown_creditors(rows["creditor"], known)
        # A power under another name is told of once.
        absent = [] if strange else _absent_powers(rows, file)
        wrong += strange
    if "reporter" in rows:
        wrong += _strangers(rows)
    if name in _WHOLES:
        wrong += _parts_above_wholes(rows, key, *_WHOLES[name])
    return absent + [
        Fault(file, line, column, raw.loc[line, column], valid)
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
    meant = {
        name: difflib.get_close_matches(name.lower(), list(_POWERS), 1, 0.7)
        for name in set(creditors) - set(CREDITORS)
    }
    return [
        (line, "creditor", f"{_POWERS[meant[name][0]]}, or a name less like it")
        for line, name in creditors.items()
        if meant.get(name)
    ]


def _unknown_creditors(creditors: pd.Series, known: pd.DataFrame) -> list[tuple[int, str, str]]:
    """Names that the code list does not have, so that nobody can say whose they are."""
    valid = {name: unknown_creditor(name, known) for name in set(creditors)}
    return [(line, "creditor", valid[name]) for line, name in creditors.items() if valid[name]]


def _absent_powers(rows: pd.DataFrame, file: str) -> list[Fault]:
    """Editions without a row of one of the powers: to some it is owed nothing, never to all."""
    return [
        Fault(
            file,
            edition,
            "creditor",
            f"no row of {name}",
            f"{name} once at least among the creditors of this edition",
        )
        for edition, listed in rows.groupby("source_id")["creditor"]
        for name in CREDITORS
        if name not in set(listed)
    ]


def _wrong_signs(rows: pd.DataFrame) -> list[tuple[int, str, str]]:
    """Indicators at or below nought that cannot be, and people in parts."""
    value, indicator = rows["value"], rows["indicator"]
    kinds = [
        (indicator.isin(ABOVE_NOUGHT) & (value <= 0), "a number above nought"),
        (indicator.isin(NOT_BELOW_NOUGHT) & (value < 0), "a number not below nought"),
        ((indicator == POPULATION) & (value % 1 != 0), "a whole number of people"),
    ]
    return [(line, "value", valid) for wrong, valid in kinds for line in rows.index[wrong]]


def _cut_values(
    rows: pd.DataFrame, printed: pd.Series, key: list[str]
) -> list[tuple[int, str, str]]:
    """Values of which a spreadsheet has left two or three digits, as in 1.4E+11."""
    digits = printed.str.lower().str.partition("e")[0].str.replace(r"[^0-9]", "", regex=True)
    count = digits.str.strip("0").str.len()
    series = count.groupby([rows[column] for column in key if column != "year"])
    # Only where the rest of the series has more: some are published in round numbers.
    cut = printed.str.contains("[eE]") & (count <= _LEFT) & (series.transform("max") >= _USUAL)
    if "vintage" in rows:
        usual = series.transform("median") >= _USUAL
        cut |= (count < _LEFT) & usual & (rows["value"] >= _LARGE)
    valid = "all digits as published (a spreadsheet leaves 1.4E+11 of 137278320084.2)"
    return [(line, "value", valid) for line in rows.index[cut]]


def _wrong_vintages(rows: pd.DataFrame) -> list[tuple[int, str, str]]:
    """Vintages that are not those of the edition that the row names as its source."""
    edition = rows["source_id"].str.extract(r"^worldbank-wdi-(20[0-9-]+)$")[0]
    other = edition.notna() & (edition != rows["vintage"])
    return [
        (line, "vintage", f"{edition[line]}, as {rows.loc[line, 'source_id']} has it")
        for line in rows.index[other]
    ]


def _wrong_investment(rows: pd.DataFrame) -> list[tuple[int, str, str]]:
    """Units that a dataset does not have, and investment held that is below nought."""
    unit = rows["dataset"].map(FDI_UNITS)
    wrong = [
        (line, "unit", f"{unit[line]}, in which {rows.loc[line, 'dataset']} is published")
        for line in rows.index[unit.notna() & (rows["unit"] != unit)]
    ]
    stock = rows["measure"].eq("FDI inward stock") & (rows["value"] < 0)
    valid = "a stock not below nought; only a flow is, where more was taken out than put in"
    return wrong + [(line, "value", valid) for line in rows.index[stock]]


def _years_after_edition(rows: pd.DataFrame, sources: dict[str, Any]) -> list[tuple[int, str, str]]:
    """Years that the edition, or the source where it has one date, could not know yet.

    What is only scheduled lies ahead by its nature, and nothing else of that year does.
    """
    dated = {key: int(str(entry["date"])[:4]) for key, entry in sources.items() if "date" in entry}
    if "vintage" in rows:
        known = rows["vintage"].str[:4].astype("int64")
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
    """Trade that no country under study has a part in, but for a power's whole trade."""
    countries = studied(rows)
    valid = "one of " + ", ".join(countries) + ", unless the partner is"
    known = rows["reporter"].isin(countries) | rows["partner"].isin(countries)
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
        for line, row in lines(above)
    ]


def goods_among_services(goods: list[pd.DataFrame], services: pd.DataFrame) -> list[Fault]:
    """Datasets of goods and services that are of goods alone as well; each where it first stands.

    Args:
        goods: the tables of trade in goods.
        services: the table of goods and services.
    """
    alone = {name for rows in goods for name in rows["dataset"]}
    names = services["dataset"].drop_duplicates()
    return [
        Fault(
            "trade_goods_and_services.csv",
            line,
            "dataset",
            found,
            "a name that no table of goods alone has",
        )
        for line, found in names[names.isin(alone)].items()
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
            f"{row[f'{column}_pair']}, which trade_pairs.csv has for "
            f"{' '.join(row[name] for name in key)}",
        )
        for row in as_rows(both)
        for column in ("value", "evidence", "source_id")
        if row[column] != row[f"{column}_pair"]
        and not (column == "value" and float(row["value"]) == float(row["value_pair"]))
    ]
