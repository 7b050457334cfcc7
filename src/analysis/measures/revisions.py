"""What moves from one edition of a statistic to the next: leaders first, then figures.

Only like is set beside like: the same record, concept and period of one country in two editions.
An estimate that brings both sides' records together is a record of its own, so it is nobody's
later edition and is set beside no other record.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.config import COUNTRIES, POWERS, PROCESSED, RAW
from analysis.data import store
from analysis.data.clean_statistics import clean_debt, clean_wdi
from analysis.data.editions import SHIPPED, load_current, table_of
from analysis.data.faults import RawDataError
from analysis.data.raw_tables import RAW_TABLES
from analysis.data.read import read_csv_strictly
from analysis.measures.scale import SIDES
from analysis.measures.sides import sides_of_indicators, sides_of_trade
from analysis.measures.ties import KEY, pairs_of

# A change by more than a tenth is counted apart; so is a doubling, and what is none to speak of.
TENTH = 0.1
THOUSANDTH = 0.001
# The processed tables keep twelve digits, a fetched edition all of them.
_DIGITS = 1e-11
# The ties whose leaders are followed from edition to edition; what they are the sum of is not.
_CONCEPTS = ("trade_turnover", "goods_services_turnover", "debt_owed")

# What tells a pair of one edition from the others; the record is of it, the edition is not.
_PAIR = [*KEY, "year"]
_FOLLOWED = ["pair_id", *SIDES, "difference", "leader", "edition"]


def side_by_side(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """The pairs that two editions share, like with like.

    Args:
        old: rows of ``ties`` of the older edition.
        new: those of the newer one.

    Returns:
        country, tie, concept, record, start, end, year, and from each edition ``pair_id``,
        ``china``, ``russia``, ``difference``, ``leader`` and ``edition``, with ``_old`` and
        ``_new`` to their names; ``moved`` (by how much D differs) and ``changed`` (whether the
        leader does). What has no leader in one of the two is left out; the largest change first.
    """
    kept = [
        rows.loc[rows["concept"].isin(_CONCEPTS) & (rows["leader"] != ""), [*_PAIR, *_FOLLOWED]]
        for rows in (old, new)
    ]
    both = kept[0].merge(kept[1], on=_PAIR, suffixes=("_old", "_new"), validate="1:1")
    both = both.assign(
        moved=(both["difference_new"] - both["difference_old"]).abs(),
        changed=both["leader_new"] != both["leader_old"],
    )
    return both.sort_values(["moved", *_PAIR], ascending=[False, *[True] * len(_PAIR)])


def between_editions(pairs: pd.DataFrame, dates: Mapping[str, str]) -> pd.DataFrame:
    """Each pair of figures beside the same pair of the next edition that has it.

    Args:
        pairs: the ``ties`` table.
        dates: date of each edition, ISO 8601.

    Returns:
        Rows as ``side_by_side`` gives them, of every two editions that follow each other for a
        record, concept and period; figures that were put together from two editions are of none.
    """
    one = pairs[(pairs["grade"] == "table") & pairs["edition"].isin(list(dates))]
    dated = one.assign(date=one["edition"].map(dates)).sort_values(["date", "edition"])
    place = dated.groupby(KEY).cumcount()
    tables = []
    for number in range(int(place.max()) if len(place) else 0):
        tables.append(side_by_side(dated[place == number], dated[place == number + 1]))
    if not tables:
        return side_by_side(one.iloc[:0], one.iloc[:0])
    every = pd.concat(tables, ignore_index=True)
    return every.sort_values("moved", ascending=False, kind="stable", ignore_index=True)


def figures(old: pd.DataFrame, new: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Two editions cell by cell.

    Args:
        old: the older one, as ``cells`` gives it.
        new: the newer one, likewise.
        key: the columns that tell one cell from another.

    Returns:
        The key, ``old``, ``new``, ``factor`` (new over old; NaN where either is missing or old
        is zero) and ``state``: same, moved, added or withdrawn. In the order of the key.
    """
    both = old[[*key, "value"]].merge(
        new[[*key, "value"]], on=key, how="outer", suffixes=("_old", "_new"), validate="1:1"
    )
    both = both.rename(columns={"value_old": "old", "value_new": "new"}).sort_values(
        key, ignore_index=True
    )
    same = np.isclose(both["new"], both["old"], rtol=_DIGITS, atol=0)
    state = np.select(
        [both["old"].isna(), both["new"].isna(), same],
        ["added", "withdrawn", "same"],
        default="moved",
    )
    return both.assign(factor=both["new"] / both["old"].where(both["old"] != 0), state=state)


def size(factor: Any) -> Any:
    """How far a factor is from 1, either way: 2 for a doubling and for a halving.

    Without end for a fall to nought; NaN for no factor.
    """
    with np.errstate(divide="ignore"):
        return np.exp(np.abs(np.log(np.abs(factor))))


def counted(table: pd.DataFrame) -> dict[str, int]:
    """How many figures of two editions moved, and how far.

    Args:
        table: as ``figures`` gives it.

    Returns:
        ``shared``, ``moved``, ``thousandth`` (by more than a thousandth), ``tenth`` (by more than a
        tenth), ``double`` (more than doubled or halved), ``withdrawn`` and ``added``.
    """
    shared = table[table["state"].isin(["same", "moved"])]
    states = table["state"].value_counts()
    return {
        "shared": len(shared),
        "moved": int(states.get("moved", 0)),
        "thousandth": int(((shared["factor"] - 1).abs() > THOUSANDTH).sum()),
        "tenth": int(((shared["factor"] - 1).abs() > TENTH).sum()),
        "double": int((size(shared["factor"]) > 2).sum()),
        "withdrawn": int(states.get("withdrawn", 0)),
        "added": int(states.get("added", 0)),
    }


def fetched(raw: Path = RAW) -> list[str]:
    """The editions that were fetched, as ``analysis refresh`` kept them, in order."""
    files = sorted((raw / "vintages").glob("*-20??-??-??.csv"))
    return [path.stem for path in files if table_of(path.stem)]


CELL = {
    "trade_pairs": ["reporter", "partner", "flow", "year"],
    "wdi": ["country", "indicator", "year"],
    "debt_by_creditor": ["country", "counterpart", "year"],
}


@cache
def _processed(name: str, processed: Path) -> pd.DataFrame:
    return store.load_table(name, processed)


def _kind(edition: str) -> str:
    """The raw table that an edition stands in, the older ones too."""
    table = table_of(edition)
    return table or ("wdi" if edition.startswith("worldbank-wdi") else "trade_pairs")


def cells(edition: str, raw: Path = RAW, processed: Path = PROCESSED) -> pd.DataFrame:
    """An edition's statistics as the processed tables have them, fetched or shipped.

    Of trade only what a country counted itself, and only between the five, the two powers and
    the world.
    """
    kind = _kind(edition)
    if edition in fetched(raw):
        path = raw / "vintages" / f"{edition}.csv"
        rows, faults = read_csv_strictly(path, RAW_TABLES[kind])
        if faults or rows is None:
            raise RawDataError(faults)
        clean = {"wdi": clean_wdi, "debt_by_creditor": clean_debt, "trade_pairs": _as_trade}
        rows = clean[kind](rows)
    else:
        rows = _processed("trade" if kind == "trade_pairs" else "indicators", processed)
        rows = rows[rows["source_id"] == edition]
    if kind == "trade_pairs":
        sides = [*COUNTRIES, *POWERS, "WLD"]
        rows = rows[rows["reporter"].isin(sides) & rows["partner"].isin(sides)]
        rows = rows[rows["evidence"] == "reported"]
    return rows.reset_index(drop=True)


def _as_trade(raw: pd.DataFrame) -> pd.DataFrame:
    return raw.assign(year=raw["year"].astype("int64"), value=raw["value"].astype(float))


def _pairs_in(edition: str, raw: Path, processed: Path) -> pd.DataFrame:
    """An edition's pairs, fetched or shipped; none of the World Bank's indicators."""
    if edition not in fetched(raw):
        rows = _processed("ties", processed)
        return rows[rows["edition"] == edition]
    found = cells(edition, raw, processed)
    sides_of = sides_of_trade if _kind(edition) == "trade_pairs" else sides_of_indicators
    sides = sides_of(found)
    return pairs_of(sides[sides["country"].isin(COUNTRIES)], {})


def edition_before(edition: str, raw: Path = RAW) -> str:
    """The edition that a fetched one has replaced, or would replace."""
    current, faults = load_current(raw)
    if faults:
        raise RawDataError(faults)
    table = table_of(edition)
    return current[table] if current[table] != edition else SHIPPED[table]


def beside_fetched(
    pairs: pd.DataFrame, raw: Path = RAW, processed: Path = PROCESSED
) -> pd.DataFrame:
    """The pairs of the editions that were fetched and not adopted, beside those in use.

    Args:
        pairs: the ``ties`` table.
        raw: folder with the fetched editions.
        processed: folder of the processed tables.

    Returns:
        Rows as ``side_by_side`` gives them; none where nothing was fetched.
    """
    tables = [
        side_by_side(
            _pairs_in(edition_before(edition, raw), raw, processed),
            _pairs_in(edition, raw, processed).assign(edition=edition),
        )
        for edition in fetched(raw)
        if edition not in set(pairs["edition"])
    ]
    return pd.concat(tables) if tables else side_by_side(pairs.iloc[:0], pairs.iloc[:0])


def in_a_sentence(edition: str, raw: Path = RAW, processed: Path = PROCESSED) -> str:
    """How a fetched edition differs from the one in use, for a terminal."""
    before = edition_before(edition, raw)
    key = CELL[_kind(edition)]
    found = counted(figures(cells(before, raw, processed), cells(edition, raw, processed), key))
    beside = side_by_side(_pairs_in(before, raw, processed), _pairs_in(edition, raw, processed))
    changed = f"{beside['changed'].sum()} of {len(beside)} leaders changed"
    if beside.empty:
        changed = "no leader hangs on it"
    return (
        f"against {before}: {found['moved']} of {found['shared']} figures moved, "
        f"{found['added']} added, {found['withdrawn']} withdrawn; {changed}"
    )
