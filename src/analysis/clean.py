"""Raw tables become processed tables, or one list of everything that is wrong with them.

Reading is strict and cleaning is plain: ``load_raw`` refuses whatever it cannot account for,
so that each ``clean_<table>`` can trust its input.
"""

from __future__ import annotations

import csv
import io
import re
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis import POWERS, schema
from analysis.parse import ParseError, Period, Quantity, parse_period, parse_quantity
from analysis.schema import Fault, RawDataError, Table
from analysis.sources import load_sources, read_yaml

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
    valid = "a CSV file in UTF-8 with the columns " + ", ".join(table.schema.columns)
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        return None, [Fault(path.name, 0, "(file)", error.strerror or str(error), valid)]
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        found = f"byte {error.object[error.start]:#04x}, which is not UTF-8"
        return None, [Fault(path.name, line, "(file)", found, valid)]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    lines, rows, faults = [], [], []
    columns = list(table.schema.columns)
    try:
        for row in reader:
            if not header:
                header = row
                if header != columns:
                    found = ", ".join(header)
                    return None, [Fault(path.name, 1, "(header)", found, ", ".join(columns))]
            elif len(row) != len(columns):
                found = f"{len(row)} cells"
                expected = f"{len(columns)} cells, one a column"
                faults.append(Fault(path.name, reader.line_num, "(row)", found, expected))
            else:
                lines.append(reader.line_num)
                rows.append(row)
    except csv.Error as error:
        faults.append(Fault(path.name, reader.line_num, "(row)", str(error), "well-formed CSV"))
    if not rows and not faults:
        return None, [Fault(path.name, 1, "(file)", "no rows", valid)]
    return pd.DataFrame(rows, columns=columns, index=lines, dtype=str), faults


def load_raw(raw: Path) -> dict[str, Any]:
    """Read everything under ``data/raw``, apply the corrections and check it all.

    Returns:
        The raw tables by name (text, indexed by the line of their file), and under
        ``sources`` the register of sources.

    Raises:
        RawDataError: with every fault of every file.
    """
    sources, faults = load_sources(raw / "sources.yml")
    corrections, correction_faults = read_yaml(raw / "corrections.yml")
    faults += correction_faults
    tables: dict[str, pd.DataFrame] = {}
    for name, table in RAW_TABLES.items():
        rows, found = read_csv_strictly(raw / f"{name}.csv", table)
        faults += found
        if rows is not None:
            tables[name] = rows
    tables, found = apply_corrections(tables, corrections or [])
    faults += found
    for name, rows in tables.items():
        faults += schema.faults_of(RAW_TABLES[name], rows, f"{name}.csv")
        if sources and "source_id" in rows:
            faults += [
                Fault(f"{name}.csv", line, "source_id", found, "an entry of sources.yml")
                for line, found in rows["source_id"].items()
                if found not in sources
            ]
        if RAW_TABLES[name] is schema.RAW_FIGURES:
            faults += _faults_of_figures(rows, f"{name}.csv")
    faults += _doubled_figures(tables) + _faults_of_claims(tables) + _nameless(tables)
    if faults:
        raise RawDataError(faults)
    return tables | {"sources": sources}


def apply_corrections(
    tables: dict[str, pd.DataFrame], corrections: Any
) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """Change raw cells as ``corrections.yml`` says, each only while it still fits.

    A correction names its ``table``, the ``id`` of the row, the column (``what``), what the
    cell should hold (``to``), the ``reason``, and what it holds now (``expect``). Once the cell
    no longer holds that, the correction is out of date and is a fault.
    """
    file = "corrections.yml"
    fields = ("table", "id", "what", "expect", "to", "reason")
    if not isinstance(corrections, list):
        return tables, [Fault(file, 1, "(file)", str(corrections), "a list of corrections")]
    changed = {name: rows.copy() for name, rows in tables.items()}
    faults = []
    for number, entry in enumerate(corrections, start=1):
        if not isinstance(entry, dict) or set(entry) != set(fields) or not entry["reason"]:
            found = ", ".join(entry) if isinstance(entry, dict) else str(entry)
            faults.append(Fault(file, number, "(entry)", found, ", ".join(fields) + ", all filled"))
            continue
        rows = changed.get(entry["table"])
        if rows is None or entry["what"] not in rows.columns:
            valid = "a raw table and one of its columns"
            faults.append(Fault(file, number, "what", f"{entry['table']}.{entry['what']}", valid))
            continue
        match = rows[rows.columns[0]] == entry["id"]
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


# The rules that judge a claim, and how many terms each takes.
CLAIM_RULES = {
    "judged": None,
    "lead": 2,
    "rank": 1,
    "value": 2,
    "counterpart": 1,
    "share": 2,
    "ratio": 0,
}


def _faults_of_claims(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    """Rules and ids that a claim names wrongly; comparisons are looked up when it is judged."""
    if "claims" not in tables or "article" not in tables:
        return []
    known = set(tables["article"]["figure_id"])
    faults = []
    for line, row in tables["claims"].iterrows():
        rule, *terms = row["rule"].split(" ")
        count = CLAIM_RULES.get(rule, -1)
        judged = rule == "judged" and " ".join(terms) in schema.VERDICTS
        if not judged and count != len(terms):
            valid = "one of " + ", ".join(CLAIM_RULES) + ", with its terms"
            faults.append(Fault("claims.csv", line, "rule", row["rule"], valid))
        faults += [
            Fault("claims.csv", line, "subject_ids", name, "figure_ids of article.csv")
            for name in row["subject_ids"].split(" ")
            if name not in known
        ]
        if re.search("[0-9]", re.sub(r"\{[^}]*\}|\b(?:19|20)[0-9]{2}\b", "", row["reason"])):
            valid = "words, years, and places such as {f:id} for the numbers"
            faults.append(Fault("claims.csv", line, "reason", row["reason"], valid))
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
    """Faults that need more than one cell: words against unit, ids against each other."""
    known = set(rows["figure_id"])
    faults = []
    for line, row in rows.iterrows():
        wrong = _faults_of_words(row)
        if bool(row["related_id"]) != bool(row["role"]):
            valid = "a role where related_id names a figure, and only there"
            wrong.append(("role", row["role"], valid))
        if row["related_id"] and row["related_id"] not in known:
            wrong.append(("related_id", row["related_id"], "a figure_id of this table"))
        faults += [Fault(file, line, column, found, valid) for column, found, valid in wrong]
    return faults


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
        if row["unit"] == "share" and (quantity.value or quantity.low) > 1:
            wrong.append(("printed", row["printed"], "a share of at most 100%"))
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
    if quantity.kind == "vague":
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
    both = pd.concat([pairs, all_partners], ignore_index=True).drop_duplicates()
    differing = both[both.duplicated(key, keep="first")]
    if len(differing):
        raise RawDataError(
            [
                Fault(
                    "trade_all_partners.csv",
                    " ".join(row[key]),
                    "value",
                    row["value"],
                    "what trade_pairs.csv has for the same record",
                )
                for _, row in differing.iterrows()
            ]
        )
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
    places = [pd.factorize(tidy[name], sort=True)[0] for name in reversed(table.key)]
    return tidy[list(table.schema.columns)].iloc[np.lexsort(places)].reset_index(drop=True)


# The World Bank's codes: what we call them, their unit, and the factor to it.
_WDI = {
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
    known = raw[raw["indicator"].isin(_WDI)]
    factors = known["indicator"].map(lambda code: _WDI[code][2])
    return _as_indicators(
        known,
        indicator=known["indicator"].map(lambda code: _WDI[code][0]),
        value=known["value"].astype(float) * factors,
        unit=known["indicator"].map(lambda code: _WDI[code][1]),
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
        vintage="2025-12",
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


def write_processed(raw: Path, processed: Path) -> None:
    """Clean all raw tables and write them with their codebook and data package.

    Raises:
        RawDataError: with every fault; nothing is written then.
    """
    tables = load_raw(raw)
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
    schema.save_table("figures", figures, processed)
    schema.save_table("trade", trade, processed)
    schema.save_table("indicators", indicators, processed)
    schema.save_table("trade_world", world, processed)
    schema.save_table("countries", tables["countries"][["country", "name"]], processed)
    schema.save(
        processed / "codebook.csv", schema.codebook().to_csv(index=False, lineterminator="\n")
    )
    schema.save(processed / "datapackage.json", schema.data_package())
