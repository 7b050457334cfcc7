"""Damage one raw figure at a time and count who would notice.

    make damage                # everything, writes benchmarks/DAMAGE.md
    make damage SAMPLE=200     # so many rows, printed and not kept

Every printed figure and a sample of the statistics, drawn from a seed, are damaged in six ways
(``slips``), one at a time, in memory. The seals are renewed after it, as someone would who meant
well, so that they notice nothing; what they would have noticed is counted beside. What becomes of
a damage is the first of these that applies:

- refused: the raw data is at fault, and nothing is built;
- flagged: `analysis check` asks for another look where it did not, or a check turns to "conflicts";
- moved: a verdict on a tie, on a claim or on a country of the world changes, or the words of one,
  or a line of a page that a test holds (``pages``);
- silent: nobody is told.

Control totals and the second reading come from the same sources as the tables and stand beside
them, so a person who means well might change them too. What nobody but them refuses or flags is
counted.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pages
import pandas as pd
from slips import Damage, slips_in_figure, slips_in_statistic
from tally import CONTROL, ONE_IN, SEED, Noticed, report, rule_of, told

from analysis.config import ARTICLE_YEAR, COUNTRIES, POWERS, RAW
from analysis.data import another_look, exchanged, figure_witnesses
from analysis.data.another_look import Look
from analysis.data.clean import process
from analysis.data.control_totals import differing_totals
from analysis.data.faults import RawDataError
from analysis.data.load import faults_of_row, load_raw
from analysis.data.looks import looks
from analysis.data.raw_tables import FIGURES
from analysis.data.read import load_claims
from analysis.data.seals import SEALED
from analysis.data.second_readings import DIFFER, read_otherwise
from analysis.measures import leads, verdicts
from analysis.measures.claims import Judge, MissingRowError, judge_claim
from analysis.measures.editions import Editions, in_use, load_editions
from analysis.measures.weights import weights as weigh
from analysis.page import checks, claims

HERE = Path(__file__).resolve().parent
STATISTICS = tuple(name for name in SEALED if name != "countries")
CELLS = 2000  # of the statistics


# --- What there is to damage


def shares(sizes: dict[str, int], wanted: int) -> dict[str, int]:
    """How many rows to draw of each table: as many of each, and all of those that have fewer.

    >>> shares({"a": 3, "b": 100, "c": 100}, 43)
    {'a': 3, 'b': 20, 'c': 20}
    """
    drawn = dict.fromkeys(sizes, 0)
    while wanted and (open_ones := [name for name in sizes if drawn[name] < sizes[name]]):
        each = max(1, wanted // len(open_ones))
        for name in open_ones:
            more = min(each, sizes[name] - drawn[name], wanted)
            drawn[name] += more
            wanted -= more
    return drawn


def damages(tables: dict[str, Any], sample: int = 0, seed: int = SEED) -> list[Damage]:
    """Every damage, in the order of the tables; of ``sample`` rows only, where that is not 0."""
    draw = random.Random(seed)
    figures = {name: len(tables[name]) for name in FIGURES}
    statistics = {name: len(tables[name]) for name in STATISTICS}
    if sample:
        drawn = shares(figures, sample // 3) | shares(statistics, sample - sample // 3)
    else:
        drawn = figures | shares(statistics, CELLS)
    found = []
    for name, count in drawn.items():
        rows = tables[name]
        slips_in = slips_in_figure if name in FIGURES else slips_in_statistic
        for place in sorted(draw.sample(range(len(rows)), count)):
            slips = slips_in(rows.iloc[place].to_dict(), draw)
            line = int(rows.index[place])
            found += [
                Damage(name, line, kind, tuple(cells.items())) for kind, cells in slips.items()
            ]
    return found


# --- Who notices


_YEAR_IN_A_CLAIM = r"-(\d{4})(?:[}]|-(?:own|partner|stated|exports-first|reconciled)-)"


class Project:
    """The raw data and all that is made of it, once sound and once with one row damaged."""

    def __init__(self, raw: Path = RAW) -> None:
        self.tables = load_raw(raw, sealed=False)
        self.sources = self.tables["sources"]
        self.editions: Editions = load_editions(raw)
        self.dates = {name: str(entry.get("date", "")) for name, entry in self.sources.items()}
        self.claims = load_claims(raw)
        self.made = process(self.tables)
        self.looks = {identity(look) for look in looks(self.tables, self.made)}
        # Of which years the claims name ties, indicators and weights.
        named = self.claims[["rule", "evidence_ids", "reason"]].to_string()
        self.claimed_years = {str(ARTICLE_YEAR), *re.findall(_YEAR_IN_A_CLAIM, named)}
        self.weighed_years = {str(ARTICLE_YEAR), *re.findall(r"[{]w:[A-Z]+-[a-z]+-(\d+)", named)}
        self._weighed: tuple[list[pd.DataFrame], pd.DataFrame] | None = None
        self._conclusions: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
        self._pages: dict[str, list[pages.Line]] = {}

    def noticed(self, damage: Damage, by_all: bool = True) -> Noticed:
        """What becomes of a damage.

        Args:
            damage: what is damaged.
            by_all: whether to ask on where control totals or the second reading notice it, for
                what they alone notice. A look takes a hundred times as long as they do.
        """
        rows = self.tables[damage.table].copy()
        for column, cell in damage.cells:
            rows.loc[damage.line, column] = cell
        tables = self.tables | {damage.table: rows}
        totals = differing_totals(tables, damage.table) if damage.table in STATISTICS else []
        if totals and not by_all:
            return Noticed("refused", CONTROL, totals[0].found)
        faults = faults_of_row(tables, damage.table, damage.line)
        if faults:
            told = faults[0].valid
            return Noticed("refused", rule_of(faults[0].column, told), told)
        if not by_all and (read := self._read_otherwise(tables, damage)):
            return Noticed("flagged", rule_of("look", read[0].why), read[0].why)
        try:
            made = self.made | process(tables, damage.table)
        except RawDataError as error:
            told = error.faults[0].valid
            return Noticed("refused", rule_of(error.faults[0].column, told), told)
        found = looks(tables, made, damage.table)
        new = [look for look in found if identity(look) not in self.looks]
        older = [look for look in new if not look.why.startswith(DIFFER)]
        if totals:
            return Noticed("refused", CONTROL, totals[0].found, alone=not older)
        if new:
            first = (older or new)[0]
            return Noticed("flagged", rule_of("look", first.why), first.why, alone=not older)
        return self._moved(damage, made) or self._printed(damage, made) or Noticed("silent")

    def _read_otherwise(self, tables: dict[str, Any], damage: Damage) -> list[Look]:
        found = read_otherwise(tables, damage.table)
        return [look for look in found if identity(look) not in self.looks]

    def _moved(self, damage: Damage, made: dict[str, pd.DataFrame]) -> Noticed | None:
        said = [
            change
            for part, place in self._parts(damage)
            for change in changes(self._sound(part, place), self._conclude(part, place, made))
        ]
        for table, key, before, after in said:
            if table == "checks" and after.get("outcome") == "conflicts" != before.get("outcome"):
                return Noticed("flagged", f"check: {after['kind']}", f"{key} conflicts")
        for table, key, before, after in said:
            for column in ("verdict", "leader", "year", "confidence", "weighty", "outcome"):
                if before.get(column) != after.get(column):
                    told = f"{key}: {before.get(column)} -> {after.get(column)}"
                    return Noticed("moved", f"{table}: {column}", told)
        if said:
            table, key, before, after = said[0]
            column = next(name for name in after if before.get(name) != after.get(name))
            return Noticed("moved", f"{table}: words", f"{key}: {after.get(column)}")
        return None

    def _printed(self, damage: Damage, made: dict[str, pd.DataFrame]) -> Noticed | None:
        """The first line of a page that reads otherwise, with the test that holds it."""
        changed = [name for name, rows in made.items() if not rows.equals(self.made[name])]
        row = self.tables[damage.table].loc[damage.line].to_dict()
        named = {*row.values(), *dict(damage.cells).values()}
        # What is said of the region is told of each of the five.
        places = {*named, *(COUNTRIES if "REGION" in named else ())}
        before = {page: self._page(page) for page in pages.pages_of(changed, places)}
        with pages.tables_with(made, changed) as other:
            if not other & pages.READ:
                return None
            for page, lines in before.items():
                if line := pages.moved(lines, pages.lines(page)):
                    return Noticed("moved", f"page: {page}", f"{line[0]} [{line[1]}]")
        return None

    def _page(self, page: str) -> list[pages.Line]:
        if page not in self._pages:
            with pages.tables_with(self.made, []):
                self._pages[page] = pages.lines(page)
        return self._pages[page]

    def _parts(self, damage: Damage) -> list[tuple[str, str]]:
        """Conclusions that may rest on the row, before it was damaged or after: kind and place."""
        row = self.tables[damage.table].loc[damage.line].to_dict()
        cells = [row, row | dict(damage.cells)]
        if damage.table == "trade_world":
            codes = {cell[side] for cell in cells for side in ("reporter", "partner")}
            return [("world", code) for code in sorted(codes - {"WLD", *POWERS})]
        named = sorted({value for cell in cells for value in cell.values() if value in COUNTRIES})
        parts = [("verdicts", code) for code in named]
        if damage.table in FIGURES:
            return [*parts, ("checks", ""), ("claims", "")]
        if {cell["year"] for cell in cells} & self.claimed_years or damage.table == "wdi":
            parts += [("checks", ""), ("claims", "")]
        return parts

    def _sound(self, part: str, place: str) -> dict[str, dict[str, Any]]:
        if (part, place) not in self._conclusions:
            self._conclusions[part, place] = self._conclude(part, place, self.made)
        return self._conclusions[part, place]

    def _conclude(
        self, part: str, place: str, made: dict[str, pd.DataFrame]
    ) -> dict[str, dict[str, Any]]:
        if part == "world":
            return world_of(made["trade_world"], place)
        if part == "verdicts":
            return self._verdicts(of_country(made, place), place)
        weights = self._weights(made)
        if part == "checks":
            found = checks.all_checks(made["figures"], weights, made["indicators"], self.editions)
            told = checks.in_words(found).to_dict("records")
            return {f"checks {row['check_id']}": row for row in told}
        return self._claims(made, weights)

    def _verdicts(self, part: dict[str, pd.DataFrame], country: str) -> dict[str, dict[str, Any]]:
        pairs = verdicts.ties(*(part[name] for name in verdicts.TABLES), self.dates)
        judged = verdicts.verdicts(pairs, part["indicators"], [country]).to_dict("records")
        return {f"verdicts {country} {row['tie']} {row['role']}": row for row in judged}

    def _weights(self, made: dict[str, pd.DataFrame]) -> pd.DataFrame:
        """The weights of the years that claims and checks speak of."""
        tables = [made[name] for name in ("trade", "indicators", "trade_goods_and_services")]
        if self._weighed and all(
            one is other for one, other in zip(tables, self._weighed[0], strict=True)
        ):
            return self._weighed[1]
        weighed = weigh(*(of_years(table, self.weighed_years) for table in tables))
        if made is self.made:
            self._weighed = (tables, weighed)
        return weighed

    def _claims(
        self, made: dict[str, pd.DataFrame], weights: pd.DataFrame
    ) -> dict[str, dict[str, Any]]:
        named = {
            name: made[name] if name == "figures" else of_years(made[name], self.claimed_years)
            for name in verdicts.TABLES
        }
        judge = Judge(
            {row["figure_id"]: row for row in made["figures"].to_dict("records")},
            verdicts.ties(*named.values(), self.dates),
            weights,
            made["indicators"][in_use(made["indicators"]["source_id"], self.editions)],
            self.sources,
        )
        return {
            f"claims {claim['claim_id']}": judged_claim(claim, judge)
            for claim in self.claims.to_dict("records")
        }


def judged_claim(claim: dict[str, str], judge: Judge) -> dict[str, Any]:
    """A claim's row; one that rests on what is no longer there is refused by the build."""
    try:
        return claims.in_words(claim, judge_claim(claim, judge), judge)
    except MissingRowError as error:
        return {"verdict": f"refused: {error.key} is not there"}


def of_country(made: dict[str, pd.DataFrame], country: str) -> dict[str, pd.DataFrame]:
    """The rows that a country's conclusions are made of."""
    figures, trade = made["figures"], made["trade"]
    services, indicators = made["trade_goods_and_services"], made["indicators"]
    return {
        "figures": figures[figures["country"].isin([country, "REGION", "WLD"])],
        "trade": trade[
            (trade["reporter"] == country)
            | (trade["partner"] == country)
            | (trade["partner"] == "WLD") & trade["reporter"].isin(POWERS)
        ],
        "trade_goods_and_services": services[services["reporter"] == country],
        "indicators": indicators[indicators["country"] == country],
    }


def of_years(rows: pd.DataFrame, years: set[str]) -> pd.DataFrame:
    """The rows of some years, which are given as text."""
    return rows[rows["year"].isin(list(map(int, years)))]


def world_of(trade: pd.DataFrame, code: str) -> dict[str, dict[str, Any]]:
    """Who is ahead in a country's trade, year by year, on either record."""
    near = trade[(trade["reporter"] == code) | (trade["partner"] == code)]
    near = near[near["reporter"].isin([code, *POWERS]) & near["partner"].isin([code, *POWERS])]
    rows = leads.world(near)
    return {
        f"world {code} {row['flow']} {row['year']} {row['record']}": {
            "leader": row["leader"],
            "verdict": row["refusal"],
        }
        for row in rows[rows["country"] == code].to_dict("records")
    }


Change = tuple[str, str, dict[str, Any], dict[str, Any]]


def changes(before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]) -> list[Change]:
    """Rows that differ: table, key, and the row before and after, empty where there is none."""
    found = []
    for key in {**before, **after}:
        one, other = before.get(key, {}), after.get(key, {})
        if not _same(one, other):
            table, _, rest = key.partition(" ")
            found.append((table, rest, one, other))
    return found


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two rows say the same; a part in unnamed hands shows on no page beyond a tenth."""
    return one.keys() == other.keys() and all(
        one[name] == other[name]
        or (one[name] != one[name] and other[name] != other[name])
        or (isinstance(one[name], float) and f"{one[name]:.3f}" == f"{other[name]:.3f}")
        for name in one
    )


def identity(look: Look) -> tuple[str, str, str]:
    """What tells a look from others, whatever its numbers: place, what it is of, and the rule."""
    return look.place, look.found.partition("(")[2], rule_of("look", look.why)


# --- The run

_project: Project | None = None
_by_key = another_look.by_key
_sorted: dict[tuple[int, tuple[str, ...]], another_look.Records] = {}


def _by_key_once(table: pd.DataFrame, key: list[str]) -> another_look.Records:
    """``by_key``, once a process for the tables that a damage leaves as they are."""
    if _project is None or not any(table is made for made in _project.made.values()):
        return _by_key(table, key)
    place = (id(table), tuple(key))
    if place not in _sorted:
        _sorted[place] = _by_key(table, key)
    return _sorted[place]


def _begin(raw: Path) -> None:
    global _project  # noqa: PLW0603  # one a process, too large to send with each damage
    _project = Project(raw)
    for module in (another_look, exchanged, figure_witnesses):
        vars(module)["by_key"] = _by_key_once


def _notice(damage: Damage, by_all: bool) -> Noticed:
    assert _project is not None
    return replace(_project.noticed(damage, by_all), by_all=by_all)


def run(
    found: Sequence[Damage], raw: Path = RAW, jobs: int = 2, one_in: int = ONE_IN
) -> list[Noticed]:
    """What becomes of each damage, in their order, on ``jobs`` processes.

    All witnesses are asked of one damage in so many, drawn from the seed.
    """
    _begin(raw)
    draw = random.Random(SEED)
    by_all = [draw.randrange(one_in) == 0 for _ in found]
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
        return list(pool.map(_notice, found, by_all, chunksize=20))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, and write DAMAGE.md or print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=0, metavar="ROWS")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--list", type=Path, help="write every damage and its outcome there")
    chosen = parser.parse_args(arguments)
    began = time.monotonic()
    tables = load_raw(RAW, sealed=False)
    found = damages(tables, chosen.sample, chosen.seed)
    one_in = 1 if chosen.sample else ONE_IN
    seen = run(found, jobs=os.cpu_count() or 1, one_in=one_in)
    what = (
        f"in {chosen.sample} rows" if chosen.sample else f"in all figures and {CELLS:,} statistics"
    )
    text = report(tables, found, seen, what)
    if chosen.list:
        rows = [
            (d.table, d.line, d.kind, n.outcome, n.by, n.told, told(tables, d))
            for d, n in zip(found, seen, strict=True)
        ]
        pd.DataFrame(
            rows, columns=["table", "line", "kind", "outcome", "by", "told", "what"]
        ).to_csv(chosen.list, index=False)
    if not chosen.sample:
        (HERE / "DAMAGE.md").write_text(text, encoding="utf-8")
    print(text)
    print(f"{len(found):,} damages in {(time.monotonic() - began) / 60:.1f} minutes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
