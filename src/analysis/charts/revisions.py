"""What moves from one edition of a statistic to another: words first, near misses, then figures.

Editions are set against each other cell by cell. A word is one of the scale on who trades more
with a country, or is owed more by it; it can change though the figures hardly do, and hold though
they move far.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd

from analysis.charts.marks import GREY, INK, PALE, Chart, canvas, drawn, indent
from analysis.config import COUNTRIES, POWERS, PROCESSED, RAW
from analysis.data import store
from analysis.data.clean_statistics import clean_debt, clean_wdi
from analysis.data.editions import SHIPPED, load_current, load_manifest, table_of
from analysis.data.faults import RawDataError
from analysis.data.raw_tables import RAW_TABLES
from analysis.data.read import read_csv_strictly
from analysis.data.sources import load_sources, source_line
from analysis.measures import books, compare
from analysis.measures.records import record_name
from analysis.page.findings import Row, ahead_words
from analysis.page.tables import html_table
from analysis.page.words import (
    amount,
    capital,
    count_word,
    decimals,
    listed,
    numeral,
    percent,
    signed,
)

# The editions that the project ships and that can be set against each other, older first. BACI
# is no edition of either book but brings both together; it shows how far that alone moves a word.
SHIPPED_PAIRS = [
    ("worldbank-wdi-2018-08", "worldbank-wdi-2026-07"),
    ("comtrade-wits-2017", "imf-dots-2022"),
    ("comtrade-wits-2017", "cepii-baci"),
]
# A word is said to be near another where D lies so near to where that one begins.
NEAR = 0.02
# A change by more than a tenth is counted apart; so is a doubling.
TENTH = 0.1
_LISTED = 12
# The processed tables keep twelve digits, a fetched edition all of them.
_DIGITS = 1e-11


def fetched(raw: Path = RAW) -> list[str]:
    """The editions that were fetched, as ``analysis refresh`` kept them, in order."""
    files = sorted((raw / "vintages").glob("*-20??-??-??.csv"))
    return [path.stem for path in files if table_of(path.stem)]


def edition_pairs(raw: Path = RAW) -> list[tuple[str, str]]:
    """What the page sets against each other: what was fetched against what is in use, the rest."""
    current, faults = load_current(raw)
    if faults:
        raise RawDataError(faults)
    return [(_in_use_before(edition, current), edition) for edition in fetched(raw)] + SHIPPED_PAIRS


def _in_use_before(edition: str, current: dict[str, str]) -> str:
    """The edition that an adopted one has replaced, or would replace."""
    table = table_of(edition)
    return current[table] if current[table] != edition else SHIPPED[table]


def _kind(edition: str) -> str:
    """The raw table that an edition stands in, the older ones too."""
    table = table_of(edition)
    return table or ("wdi" if edition.startswith("worldbank-wdi") else "trade_pairs")


_KEYS = {
    "trade_pairs": ["reporter", "partner", "flow", "year"],
    "wdi": ["country", "indicator", "year"],
    "debt_by_creditor": ["country", "counterpart", "year"],
}


@cache
def _processed(name: str, processed: Path) -> pd.DataFrame:
    return store.load_table(name, processed)


def cells(edition: str, raw: Path = RAW, processed: Path = PROCESSED) -> pd.DataFrame:
    """An edition's statistics as the processed tables have them, fetched or shipped.

    Of trade only what a country counted itself, or BACI reconciled, and only between the five,
    the two powers and the world.
    """
    kind = _kind(edition)
    if edition in fetched(raw):
        path = raw / "vintages" / f"{edition}.csv"
        rows, faults = read_csv_strictly(path, RAW_TABLES[kind])
        if faults or rows is None:
            raise RawDataError(faults)
        rows = {"wdi": clean_wdi, "debt_by_creditor": clean_debt, "trade_pairs": _as_trade}[kind](
            rows
        )
    else:
        rows = _processed("trade" if kind == "trade_pairs" else "indicators", processed)
        rows = rows[rows["source_id"] == edition]
    if kind == "trade_pairs":
        sides = [*COUNTRIES, *POWERS, "WLD"]
        rows = rows[rows["reporter"].isin(sides) & rows["partner"].isin(sides)]
        rows = rows[rows["evidence"].isin(["reported", "reconciled"])]
    return rows.reset_index(drop=True)


def _as_trade(raw: pd.DataFrame) -> pd.DataFrame:
    return raw.assign(year=raw["year"].astype(int), value=raw["value"].astype(float))


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


def compared(edition: str, raw: Path = RAW, processed: Path = PROCESSED) -> pd.DataFrame:
    """An edition's yearly comparisons of trade turnover or of debt, those that are allowed.

    None for an edition of the World Bank's indicators: GDP divides both powers' figures alike.
    """
    kind = _kind(edition)
    concepts = ["trade_turnover", "exports", "imports", "debt_owed"]
    if edition not in fetched(raw):
        rows = _processed("comparisons", processed)
        rows = rows[rows["dataset"] == edition]
    elif kind == "trade_pairs":
        rows = compare.compare_series(books.trade_pairs(cells(edition, raw, processed)))
    elif kind == "debt_by_creditor":
        rows = compare.compare_series(compare.indicator_pairs(cells(edition, raw, processed)))
    else:
        rows = _processed("comparisons", processed).iloc[:0]
    kept = rows["concept"].isin(concepts) & rows["country"].isin(COUNTRIES)
    kept &= (rows["comparable"] == "yes") & (rows["book"] != "exports_first")
    rows = rows[kept]
    return rows.assign(year=rows["period_end"].str[:4].astype(int))


_PAIR_KEY = ["country", "concept", "year", "book"]
_HEADLINES = ("trade_turnover", "debt_owed")


def words(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Words of two editions on the same question, year and book.

    A reconciled book is set against each book of the other edition.

    Args:
        old: the older one's comparisons, as ``compared`` gives them.
        new: the newer one's, likewise.

    Returns:
        country, concept, year, book, ``old_word`` and ``new_word`` with who is ahead, ``old_d``
        and ``new_d``, ``mover`` (the side and flow whose change alone moves D most), ``state``:
        changed, near (the same word, but D within ``NEAR`` of another) or same; the largest
        change in D first.
    """
    if set(new["book"]) == {"reconciled"}:
        new = pd.concat([new.assign(book=book) for book in ("partner", "own")])
    both = old.merge(new, on=_PAIR_KEY, suffixes=("_old", "_new"), validate="1:1")
    parts = both.set_index(_PAIR_KEY)
    rows = []
    for row in both[both["concept"].isin(_HEADLINES)].to_dict("records"):
        sides = {
            side: {
                name.removesuffix(f"_{side}"): value
                for name, value in row.items()
                if name.endswith(f"_{side}")
            }
            for side in ("old", "new")
        }
        said = {side: ahead_words(values) for side, values in sides.items()}
        near = min(abs(abs(sides["new"]["difference"]) - edge) for edge in compare.BANDS) <= NEAR
        state = "changed" if said["old"] != said["new"] else "near" if near else "same"
        rows.append(
            {name: row[name] for name in _PAIR_KEY}
            | {
                "old_word": said["old"],
                "new_word": said["new"],
                "old_d": sides["old"]["difference"],
                "new_d": sides["new"]["difference"],
                "mover": _mover(row, parts),
                "state": state,
            }
        )
    columns = [*_PAIR_KEY, "old_word", "new_word", "old_d", "new_d", "mover", "state"]
    table = pd.DataFrame(rows, columns=columns).astype({"old_d": float, "new_d": float})
    moved = (table["new_d"] - table["old_d"]).abs()
    return table.assign(moved=moved).sort_values(
        ["moved", "country", "year", "book"], ascending=[False, True, True, True], ignore_index=True
    )


def _mover(row: Row, parts: pd.DataFrame) -> str:
    """The side and flow that moves D most when it alone takes its new value, and both values."""
    concepts = ["exports", "imports"] if row["concept"] == "trade_turnover" else [row["concept"]]
    least, found = 0.0, ""
    before = compare.difference(row["china_old"], row["russia_old"])
    for concept in concepts:
        key = (row["country"], concept, row["year"], row["book"])
        if key not in parts.index:
            continue
        for power, name in (("china", "China"), ("russia", "Russia")):
            ends = [parts.loc[key, f"{power}_{side}"] for side in ("old", "new")]
            sums = {side: row[f"{side}_old"] for side in ("china", "russia")}
            sums[power] += ends[1] - ends[0]
            moved = abs(compare.difference(sums["china"], sums["russia"]) - before)
            if moved > least:
                what = {"exports": "sold to", "imports": "bought from", "debt_owed": "owed to"}
                least = moved
                found = f"{what[concept]} {name}: " + " to ".join(
                    amount(end, "USD", 3) for end in ends
                )
    return found or "no side moved"


def in_a_sentence(edition: str, raw: Path = RAW, processed: Path = PROCESSED) -> str:
    """How a fetched edition differs from the one in use, for a terminal."""
    current, _ = load_current(raw)
    before = _in_use_before(edition, current)
    key = _KEYS[_kind(edition)]
    cell = figures(cells(before, raw, processed), cells(edition, raw, processed), key)
    said = words(compared(before, raw, processed), compared(edition, raw, processed))
    counts = cell["state"].value_counts()
    shared = counts.get("same", 0) + counts.get("moved", 0)
    changed = f"{(said['state'] == 'changed').sum()} of {len(said)} words changed"
    if said.empty:
        changed = "no word hangs on it"
    return (
        f"against {before}: {counts.get('moved', 0)} of {shared} figures moved, "
        f"{counts.get('added', 0)} added, {counts.get('withdrawn', 0)} withdrawn; {changed}"
    )


_WHO = {"un-comtrade": "UN Comtrade", "comtrade": "UN Comtrade", "imf": "the IMF"}


@cache
def _sources() -> dict[str, Row]:
    """The register of sources, with the fetched editions that are not in use too."""
    sources = load_sources(RAW / "sources.yml")[0]
    for edition in fetched():
        manifest, _ = load_manifest(RAW / "vintages" / f"{edition}.json")
        if manifest:
            sources.setdefault(edition, manifest["source"])
    return sources


def edition_name(edition: str) -> str:
    """An edition as a sentence names it: "UN Comtrade’s edition of November 2017"."""
    if edition == "cepii-baci":
        return "BACI"
    who = next((name for start, name in _WHO.items() if edition.startswith(start)), "")
    return f"{who or 'the World Bank'}’s edition of {_sources()[edition]['vintage']}"


_WHAT = {
    "trade_pairs": "trade in goods",
    "wdi": "indicators",
    "debt_by_creditor": "debt by creditor",
}


@cache
def _figures(old: str, new: str) -> pd.DataFrame:
    return figures(cells(old), cells(new), _KEYS[_kind(new)])


@cache
def _words(old: str, new: str) -> pd.DataFrame:
    return words(compared(old), compared(new))


def _counts(old: str, new: str) -> dict[str, int]:
    table = _figures(old, new)
    shared = table[table["state"].isin(["same", "moved"])]
    far = size(shared["factor"])
    return {
        "shared": len(shared),
        "moved": int((shared["state"] == "moved").sum()),
        "tenth": int(((shared["factor"] - 1).abs() > TENTH).sum()),
        "double": int((far > 2).sum()),
        "withdrawn": int((table["state"] == "withdrawn").sum()),
        "added": int((table["state"] == "added").sum()),
    }


def answer() -> str:
    """How many words change from edition to edition, then how many figures do."""
    parts, told = [], set()
    for old, new in edition_pairs():
        said = []
        for book, table in _by_book(old, new):
            changed = (table["state"] == "changed").sum()
            key = f"(#w-{old}-{new}-{book})"
            number = f"[{changed}]{key}" if changed else "none"
            pairs = "" if said or parts else " pairs of a country and a year"
            said.append(f"for {number} of [{len(table)}]{key}{pairs} on {_BOOKS[book]}")
        if said:
            tie = "is owed more" if _kind(new) == "debt_by_creditor" else "trades more"
            word = "it" if told == {tie} else f"the word on who {tie}"
            told = {tie}
            parts.append(
                f"When {edition_name(old)} gives way to {edition_name(new)}, {word} changes "
                f"{listed(said)}."
            )
    for old, new in edition_pairs():
        if _kind(new) == "wdi":
            counts = _counts(old, new)
            key = f"(#e-{old}-{new})"
            parts.append(
                f"Of [{counts['shared']}]{key} figures that both {edition_name(old)} and "
                f"{edition_name(new)} give, [{counts['moved']}]{key} moved, "
                f"[{counts['tenth']}]{key} of them by more than a tenth."
            )
    return " ".join(parts)


def _by_book(old: str, new: str) -> list[tuple[str, pd.DataFrame]]:
    table = _words(old, new)
    return [(book, table[table["book"] == book]) for book in _BOOKS if book in set(table["book"])]


def lesson() -> str:
    """Whether bringing both sides' records together moves more words than a later edition does."""
    (_, (old, later), (_, other)) = SHIPPED_PAIRS
    parts = [(_words(old, new)["state"] == "changed").mean() for new in (other, later)]
    more = "more" if parts[0] > parts[1] else "no more"
    return (
        f"BACI is no later edition: it brings both sides’ records together. That changes {more} of "
        f"the words than {edition_name(later)} does. A word hangs {more} on whose records are "
        "taken than on when they were taken, as far as these editions show."
    )


def what_is_fetched() -> str:
    """Which of the editions on the page were fetched since, and what follows from that."""
    names = [edition_name(edition) for edition in fetched()]
    if not names:
        return (
            "All editions here came with the project. `make refresh` fetches today’s beside them; "
            "this page then starts with those, and no other page changes until one is adopted."
        )
    return f"Fetched since the project was put together: {listed(names)}."


_BOOKS = {
    "partner": record_name("partner"),
    "own": record_name("own", country="the countries’"),
    "stated": "debt",
}


def words_counted() -> str:
    """For each pair of editions and each book, how many words change or come near to it."""
    rows = []
    for old, new in edition_pairs():
        for book, table in _by_book(old, new):
            counts = table["state"].value_counts()
            rows.append(
                (
                    f"w-{old}-{new}-{book}",
                    [
                        f"{capital(edition_name(old))} to {edition_name(new)}",
                        capital(_BOOKS[book]),
                        str(len(table)),
                        str(counts.get("changed", 0)),
                        str(counts.get("near", 0)),
                    ],
                )
            )
    return html_table(
        "Words on who is ahead, a country and a year each",
        ["Editions", "Book", "In both", "Change", "Nearly"],
        rows,
    )


def words_tables(state: str) -> list[str]:
    """The words that change, or nearly so, the largest change in D first, a table a pair."""
    title = {
        "changed": "words that change",
        "near": f"words that hold, but with D within {NEAR} of another",
    }
    tables = []
    for old, new in edition_pairs():
        found = _words(old, new)
        found = found[found["state"] == state]
        rows = [
            (
                f"{state}-{row['country']}-{row['year']}-{row['book']}-{old}-{new}".lower(),
                [
                    f"{COUNTRIES[row['country']]}, {row['year']}, {_BOOKS[row['book']]}",
                    f"{capital(row['old_word'])} (D {signed(row['old_d'], 3)})",
                    f"{capital(row['new_word'])} (D {signed(row['new_d'], 3)})",
                    capital(row["mover"]),
                ],
            )
            for row in found.head(_LISTED).to_dict("records")
        ]
        if rows:
            caption = f"{capital(edition_name(old))} to {edition_name(new)}: {title[state]}"
            heads = ["Country, year and book", "In the first", "In the second", "What moved D most"]
            tables.append(html_table(caption + _first_of(len(found)), heads, rows))
    return tables


def _first_of(count: int) -> str:
    """What a caption adds where not all rows are shown."""
    return f" (the {count_word(_LISTED)} furthest moved of {count})" if count > _LISTED else ""


def figures_counted() -> str:
    """For each pair of editions, how many figures moved, and how far."""
    rows = []
    for old, new in edition_pairs():
        counts = _counts(old, new)
        rows.append(
            (
                f"e-{old}-{new}",
                [
                    f"{capital(edition_name(old))} to {edition_name(new)}: {_WHAT[_kind(new)]}",
                    *(numeral(counts[name]) for name in counts),
                ],
            )
        )
    return html_table(
        "Figures of two editions, cell by cell",
        [
            "Editions",
            "In both",
            "Moved",
            "By more than a tenth",
            "More than doubled or halved",
            "In the older alone",
            "In the newer alone",
        ],
        rows,
    )


def _largest(old: str, new: str) -> pd.DataFrame:
    """The moved figures by size of revision: trade and debt by dollars, indicators by factor."""
    table = _figures(old, new)
    table = table[table["state"] == "moved"]
    far = size(table["factor"]) if _kind(new) == "wdi" else (table["new"] - table["old"]).abs()
    return table.assign(far=far).sort_values("far", ascending=False, kind="stable")


def figures_tables() -> list[str]:
    """The largest revisions, a table a pair of editions."""
    tables = []
    for old, new in edition_pairs():
        found = _largest(old, new)
        rows = [
            (
                _figure_id(row, old, new),
                [_cell_name(row), _shown(row, "old"), _shown(row, "new"), _change(row)],
            )
            for row in found.head(_LISTED).to_dict("records")
        ]
        if rows:
            by = "how many times" if _kind(new) == "wdi" else "dollars"
            caption = f"{capital(edition_name(old))} to {edition_name(new)}: revisions by {by}"
            heads = ["Figure", "In the first", "In the second", "Change"]
            tables.append(html_table(caption + _first_of(len(found)), heads, rows))
    return tables


def _figure_id(row: Row, old: str, new: str) -> str:
    words = [str(row[name]) for name in _KEYS[_kind(new)]]
    return "r-" + re.sub("[^a-z0-9]+", "-", "-".join([*words, old, new]).lower())


def _cell_name(row: Row) -> str:
    if "flow" in row:
        names = COUNTRIES | POWERS | {"WLD": "all partners"}
        verb = "sales to" if row["flow"] == "export" else "purchases from"
        return f"{names[row['reporter']]}’s {verb} {names[row['partner']]}, {row['year']}"
    country = (COUNTRIES | POWERS)[row["country"]]
    if "counterpart" in row:
        return f"{country}’s debt to {row['counterpart']}, {row['year']}"
    return f"{country}, {_INDICATORS[row['indicator']]}, {row['year']}"


_INDICATORS = {
    "gdp": "GDP",
    "population": "population",
    "remittances_received": "money sent home",
    "fdi_inflow": "direct investment received",
    "external_debt": "external debt",
    "external_debt_public": "public external debt",
    "imf_credit": "IMF credit",
    "exports_to_gdp": "exports over GDP",
    "imports_to_gdp": "imports over GDP",
    "exchange_rate": "exchange rate",
}
_UNITS = {
    "population": "persons",
    "exports_to_gdp": "ratio",
    "imports_to_gdp": "ratio",
    "exchange_rate": "rate",
}


def _shown(row: Row, side: str) -> str:
    return amount(row[side], _UNITS.get(row.get("indicator", ""), "USD"), 3)


def _change(row: Row) -> str:
    """A factor where the figure more than doubled or halved, else a per cent."""
    if np.isnan(row["factor"]) or row["factor"] <= 0:
        return "across nought"
    if size(row["factor"]) > 2:
        return f"×{numeral(row['factor'], 3)}"
    return percent(row["factor"] - 1, 1, sign=True)


@drawn
def chart() -> Chart | None:
    """How far each figure of the World Bank moved between its editions; None where none did."""
    old, new = SHIPPED_PAIRS[0]
    table = _figures(old, new)
    table = table[table["state"].isin(["same", "moved"]) & (table["factor"] > 0)]
    counts = _counts(old, new)
    moved = _largest(old, new)
    moved = moved[moved["factor"] > 0]
    if moved.empty:
        return None
    top = moved.iloc[0].to_dict()
    years = [str(_sources()[edition]["date"])[:4] for edition in (old, new)]
    title = (
        f"The World Bank moved {counts['tenth']} of {counts['shared']} figures by more than a "
        f"tenth between {years[0]} and {years[1]}, one of them "
        f"{decimals(size(top['factor']), 0)}-fold"
    )
    spread = np.log(table["factor"]).abs().groupby(table["indicator"]).mean()
    order = spread.sort_values(ascending=False).index.tolist()
    figure, axes = canvas(
        title,
        "Newer edition over older, a mark a country and year, log scale. Dark: moved by more than "
        "a tenth",
        0.62 * len(order),
    )
    indent(axes, 1.5)
    axes.set_xscale("log", base=2)
    axes.axvline(1, color=GREY, lw=0.8, zorder=1)
    said = []
    for y, indicator in enumerate(order):
        rows = table[table["indicator"] == indicator]
        far = (rows["factor"] - 1).abs() > TENTH
        axes.plot([0.2, 40], [y, y], color=PALE, lw=0.8, zorder=0)
        for hit, colour, edge in ((~far, "white", GREY), (far, INK, INK)):
            axes.scatter(
                rows[hit]["factor"],
                np.full(hit.sum(), y),
                s=20,
                facecolor=colour,
                edgecolor=edge,
                linewidth=0.7,
                zorder=2,
            )
        widest = rows.loc[size(rows["factor"]).idxmax()].to_dict()
        name = (COUNTRIES | POWERS)[widest["country"]]
        right = widest["factor"] > 4
        axes.annotate(
            f"{name} {widest['year']}",
            (widest["factor"], y),
            (0, 7),
            textcoords="offset points",
            ha="right" if right else "left",
            color=INK,
        )
        said.append(
            f"{_INDICATORS[indicator]}: {far.sum()} of {len(rows)} by more than a tenth, furthest "
            f"{name} {widest['year']}, {numeral(widest['factor'], 3)} times"
        )
    axes.set_yticks(range(len(order)), [_wrapped(_INDICATORS[word]) for word in order])
    axes.set_ylim(len(order) - 0.5, -0.7)
    axes.set_xlim(min(0.4, table["factor"].min() * 0.9), table["factor"].max() * 1.15)
    axes.set_xticks([0.5, 1, 2, 4, 16], ["half", "same", "×2", "×4", "×16"])
    axes.xaxis.set_minor_locator(mpl.ticker.NullLocator())
    lines = [source_line(edition, _sources()) for edition in (old, new)]
    caption = (
        f"Source: {'; '.join(lines)}. Figures that both editions give and that are above nought."
    )
    return Chart(
        "editions",
        title,
        f"{title}. {capital('; '.join(said))}.",
        caption,
        table[["country", "indicator", "year", "old", "new", "factor", "state"]],
        figure,
    )


def _wrapped(words: str) -> str:
    first, _, rest = words.partition(" ")
    return f"{first}\n{rest}" if rest and len(words) > 12 else words
