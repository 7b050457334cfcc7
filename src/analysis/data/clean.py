"""Raw tables become processed tables.

Reading is strict and cleaning is plain: ``load_raw`` refuses whatever it cannot account for,
so that each ``clean_<table>`` can trust its input.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.data import codebook, schema, store
from analysis.data.clean_statistics import clean_indicators
from analysis.data.columns import faults_of
from analysis.data.corrections import Correction
from analysis.data.faults import Fault, RawDataError
from analysis.data.frames import as_rows
from analysis.data.intervals import Quantity, Refused
from analysis.data.load import WRITTEN, load_raw
from analysis.data.parts import MADE_OF, STATISTICAL
from analysis.data.periods import Period, read_period
from analysis.data.quantities import read
from analysis.data.raw_tables import FIGURES
from analysis.data.validate_statistics import differing_trade


def clean_figures(raw: pd.DataFrame, corrections: Sequence[Correction] = ()) -> pd.DataFrame:
    """Turn printed figures into quantities with intervals.

    Args:
        raw: rows as in ``RAW_FIGURES`` or ``RAW_STATED``, free of faults, as corrected. What the
            first have no column for is stated, and reported.
        corrections: what was changed in them. The numbers are those of the corrected words; what
            the source prints stays beside them.

    Returns:
        ``figures``: one row a printed figure, and one each for the two parts of compound
        words, in the order of the raw rows.
    """
    changes: dict[str, list[Correction]] = {}
    for done in corrections:
        changes.setdefault(done.figure_id, []).append(done)
    figures = []
    for row in as_rows(raw):
        quantities = read(row["printed"], row["unit"])
        periods = [read_period(words) for words in row["period_printed"].split("; ")]
        words = row["period_printed"].split("; ")
        indicators = row["indicator"].split("; ")
        for number, quantity in enumerate(quantities):
            part = min(number, len(periods) - 1)
            figures.append(
                {"grade": "stated", "evidence": "reported"}
                | row
                | _as_columns(quantity)
                | _dates(periods[part], row)
                | {
                    "period_printed": words[part],
                    "indicator": indicators[min(number, len(indicators) - 1)],
                }
                | _words(quantities, number, row["unit"], changes.get(row["figure_id"], []))
                | _tie(row["figure_id"], quantity.role, row)
            )
    return pd.DataFrame(figures)[list(schema.FIGURES.schema.columns)].astype(
        dict.fromkeys(("value", "low", "high", "logical_low", "logical_high"), float)
    )


def _words(
    quantities: Sequence[Quantity], number: int, unit: str, changes: list[Correction]
) -> dict[str, str]:
    """What the source prints of one part of a figure, what was put in its place, and why."""
    words = quantities[number].words
    told = {"printed": words, "corrected": ""}
    reasons: list[str] = []
    for done in changes:
        if done.column == "printed":
            printed = _part(done.before, number, len(quantities), unit)
            if printed != words:
                told |= {"printed": printed, "corrected": words}
                reasons.insert(0, done.reason)
        else:
            name = done.column.removesuffix("_printed").replace("_", " ")
            cells = f"{done.after or 'none'} for {done.before or 'none'}"
            reasons.append(f"{name} {cells}, because {done.reason}")
    return told | {"correction": "; ".join(reasons)}


def _part(words: str, number: int, count: int, unit: str) -> str:
    """One part of compound words as printed; all of them where they cannot be read so."""
    try:
        parts = read(words, unit)
    except Refused:
        return words
    return parts[number].words if len(parts) == count else words


def _as_columns(quantity: Quantity) -> dict[str, Any]:
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


def clean_trade(
    pairs: pd.DataFrame, all_partners: pd.DataFrame, national: pd.DataFrame
) -> pd.DataFrame:
    """Bring the tables of trade records together.

    A record that stands in both of the first two must be the same in both.

    Args:
        pairs: rows as in ``RAW_TRADE_PAIRS``.
        all_partners: rows as in ``RAW_TRADE_ALL``.
        national: rows as in ``RAW_TRADE_NATIONAL``, of datasets that the others do not have.

    Returns:
        ``trade``, sorted by its key.

    Raises:
        RawDataError: where the two tables differ on a record.
    """
    key = list(schema.TRADE.key)
    if faults := differing_trade(pairs, all_partners):
        raise RawDataError(faults)
    both = pd.concat([pairs, all_partners], ignore_index=True).drop_duplicates(key)
    return _as_trade(pd.concat([both, national], ignore_index=True))


def clean_goods_and_services(raw: pd.DataFrame) -> pd.DataFrame:
    """Records of goods and services together; ``trade_goods_and_services``, sorted by its key."""
    return _as_trade(raw)


def _as_trade(raw: pd.DataFrame) -> pd.DataFrame:
    trade = raw.assign(
        year=raw["year"].astype("int64"), value=raw["value"].astype(float), grade="table"
    )
    return trade.sort_values(list(schema.TRADE.key), ignore_index=True)[
        list(schema.TRADE.schema.columns)
    ]


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
                    " ".join(row[name] for name in key),
                    "value",
                    f"{row['value']}, {row['evidence']}",
                    f"what trade_pairs.csv has: {row['value_pairs']}, {row['evidence_pairs']}",
                )
                for row in as_rows(differing)
            ]
        )
    table = schema.TRADE_WORLD
    tidy = world.assign(year=world["year"].astype("int64"), value=world["value"].astype(float))
    # Places in the order of each column's few words are sorted, not the words of each row.
    places, words = zip(*(pd.factorize(tidy[name], sort=True) for name in table.key), strict=True)
    order = np.argsort(np.ravel_multi_index(places, [len(known) for known in words]), kind="stable")
    return tidy[list(table.schema.columns)].iloc[order].reset_index(drop=True)


def process(tables: dict[str, Any], changed: str = "") -> dict[str, pd.DataFrame]:
    """Turn raw tables, as ``load_raw`` gives them, into the processed tables by name.

    Args:
        tables: the raw tables.
        changed: a raw table, for those processed tables alone that are made of it.

    Raises:
        RawDataError: when a row breaks the rules of the table that it would go into.
    """
    made = {
        name: _MAKE[name](tables)
        for name, parts in MADE_OF.items()
        if not changed or changed in parts
    }
    return _checked(made)


def _figures(tables: dict[str, Any]) -> pd.DataFrame:
    parts = [
        clean_figures(tables[name], [done for done in tables["corrections"] if done.table == name])
        for name in FIGURES
    ]
    return pd.concat(parts, ignore_index=True)


_MAKE: dict[str, Callable[[dict[str, Any]], pd.DataFrame]] = {
    "figures": _figures,
    "trade": lambda raw: clean_trade(*(raw[name] for name in MADE_OF["trade"])),
    "trade_goods_and_services": lambda raw: clean_goods_and_services(
        raw["trade_goods_and_services"]
    ),
    "indicators": clean_indicators,
    "trade_world": lambda raw: clean_trade_world(raw["trade_world"], raw["trade_pairs"]),
    "countries": lambda raw: raw["countries"][["country", "name"]],
}


def _checked(made: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    faults = [
        fault
        for name, rows in made.items()
        for fault in faults_of(schema.TABLES[name], rows, f"{name}.csv")
    ]
    if faults:
        raise RawDataError(faults)
    return made


def check_raw(raw: Path) -> None:
    """Look at all raw data, and at the tables that it makes; nothing is written.

    Raises:
        RawDataError: with every fault of all raw data.
    """
    _sound(raw)


def write_statistic(name: str, raw: Path, processed: Path) -> None:
    """Write one of ``STATISTICAL``, once all raw data is known to be sound.

    Raises:
        RawDataError: with every fault of all raw data; nothing is written then.
    """
    store.save_table(name, _sound(raw)[name], processed)


def _sound(raw: Path) -> dict[str, pd.DataFrame]:
    """The processed tables; what is checked is made by it, so it is made once a build."""
    files = [path for path in sorted(raw.rglob("*")) if path.is_file()]
    stamps = [(path, path.stat().st_mtime_ns, path.stat().st_size) for path in files]
    return _made(raw, tuple(stamps))


@lru_cache(maxsize=1)
def _made(raw: Path, _files: tuple[tuple[Path, int, int], ...]) -> dict[str, pd.DataFrame]:
    return process(load_raw(raw))


def write_codebook(processed: Path) -> None:
    """Write what every column means, for a reader and as a data package."""
    store.save(
        processed / "codebook.csv", codebook.codebook().to_csv(index=False, lineterminator="\n")
    )
    store.save(processed / "datapackage.json", codebook.data_package())


def write_figures(raw: Path, processed: Path) -> None:
    """Clean the printed figures alone and write them, without reading any statistics.

    Raises:
        RawDataError: with every fault of the printed figures and of the claims on them; nothing
            is written then.
    """
    made = process(load_raw(raw, names=WRITTEN), FIGURES[0])
    store.save_table("figures", made["figures"], processed)


def write_processed(raw: Path, processed: Path) -> None:
    """Clean all raw tables and write them, the statistics first.

    Raises:
        RawDataError: with every fault; nothing is written then.
    """
    for name in STATISTICAL:
        write_statistic(name, raw, processed)
    write_codebook(processed)
    write_figures(raw, processed)
