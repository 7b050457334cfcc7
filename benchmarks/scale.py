"""Measure how the build grows: pages of 10, 50 and all countries, and tables of 1 to 30 times.

    make bench-scale      # some tens of minutes; writes benchmarks/SCALE.md

Pages are built in a copy of the project whose own pages stand already, once with one process and
once with two, and nothing is known of what they drew before. Memory is the largest sum over all
processes that a look every quarter of a second saw.
Cleaning is measured on today's raw rows, each repeated under names of its own. The file is written
anew after every measurement, so that a run cut short keeps what it has.
"""

import argparse
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
from bench import ROOT, copy_project, run

from analysis.config import COUNTRIES, POWERS, RAW
from analysis.data import clean, countries, load, store
from analysis.data.clean_statistics import clean_indicators
from analysis.data.parts import MADE_OF
from analysis.measures import compare, leads
from analysis.measures.editions import load_editions

SIZES = (10, 50, 0)  # 0 for all
JOBS = (1, 2)
TIMES = (1, 3, 10, 30)
WORLDS = (1, 2, 4, 8)

# Which column tells one copy of a raw row from another.
_NAMED_BY = (
    dict.fromkeys(MADE_OF["figures"], "figure_id")
    | dict.fromkeys(MADE_OF["indicators"], "source_id")
    | dict.fromkeys(
        (*MADE_OF["trade"], *MADE_OF["trade_world"], *MADE_OF["trade_goods_and_services"]),
        "dataset",
    )
    | {"wdi": "vintage"}
)


def spread(codes: list[str], size: int) -> list[str]:
    """So many countries, evenly from the list: large and small ones, of records of all kinds."""
    if not size:
        return codes
    return [codes[int(place)] for place in np.linspace(0, len(codes) - 1, size)]


def build(project: Path, codes: list[str], jobs: int) -> tuple[float, float]:
    """Build pages that are not there: seconds and megabytes at the peak."""
    for memory in ("countries", "drawings", "texts"):
        shutil.rmtree(project / ".pytask" / memory, ignore_errors=True)
    names = countries.names()
    pages = [project / "reports" / f"{countries.page_name(names[code])}.html" for code in codes]
    for page in pages:
        page.unlink(missing_ok=True)
    command = [sys.executable, "-m", "analysis.cli", "reports", "--countries", " ".join(codes)]
    taken = run(project, *command, "--jobs", str(jobs))
    if missing := [page.name for page in pages if not page.exists()]:
        sys.exit(f"{', '.join(missing)} were not built:\n{taken.said}")
    return taken.seconds, taken.megabytes


def repeated(raw: dict, times: int) -> dict:
    """Raw tables with every row so many times, under names of its own."""
    made = dict(raw)
    for name, column in _NAMED_BY.items():
        rows = raw[name]
        copies = [rows.assign(**{column: rows[column] + f"-{copy}"}) for copy in range(1, times)]
        made[name] = pd.concat([rows, *copies], ignore_index=True)
    return made


def more_countries(trade: pd.DataFrame, worlds: int) -> pd.DataFrame:
    """The world's trade with so many times its countries, but for the two powers."""
    kept = {*POWERS, "WLD"}
    near = trade[~(trade["reporter"].isin(kept) & trade["partner"].isin(kept))]
    copies = [
        near.assign(
            **{
                side: near[side].where(near[side].isin(kept), near[side] + str(copy))
                for side in ("reporter", "partner")
            }
        )
        for copy in range(1, worlds)
    ]
    return pd.concat([trade, *copies], ignore_index=True)


def seconds_of(call) -> float:
    """Processor time of a call, which a busy machine does not stretch as it does the clock's."""
    started = time.process_time()
    call()
    return time.process_time() - started


def clean_all(raw: dict) -> int:
    """Clean every table that grows, without its checks; how many rows that makes."""
    made = [clean.clean_figures(raw[name]) for name in MADE_OF["figures"]]
    made += [
        clean.clean_trade(*(raw[name] for name in MADE_OF["trade"])),
        clean.clean_goods_and_services(raw["trade_goods_and_services"]),
        clean.clean_trade_world(raw["trade_world"], raw["trade_pairs"]),
        clean_indicators(raw),
    ]
    return sum(map(len, made))


def steps(rounds: int) -> list[tuple[str, list[tuple[int, float]]]]:
    """Processor seconds of cleaning and of the world's comparison, by the number of rows."""
    raw = load.load_raw(RAW)
    today = sum(len(raw[name]) for name in _NAMED_BY)
    cleaned, compared, read = [], [], []
    read.append((today, min(seconds_of(lambda: load.load_raw(RAW)) for _ in range(rounds))))
    for times in TIMES:
        rows = repeated(raw, times)
        taken = statistics.median(
            seconds_of(lambda rows=rows: clean_all(rows)) for _ in range(rounds)
        )
        cleaned.append((today * times, taken))
    trade = store.load_table("trade_world", ROOT / "data" / "processed")
    for worlds in WORLDS:
        near = more_countries(trade, worlds)
        taken = statistics.median(
            seconds_of(lambda near=near: leads.crossings(leads.world(near))) for _ in range(rounds)
        )
        compared.append((len(near), taken))
    tables = {
        name: store.load_table(name, ROOT / "data" / "processed")
        for name in ("figures", "trade", "indicators")
    }
    editions = load_editions(RAW)
    five = statistics.median(
        seconds_of(lambda: compare.compare(**tables, editions=editions)) for _ in range(rounds)
    )
    return [
        ("reading and checking the raw tables", read),
        ("cleaning, every `clean_` function", cleaned),
        ("comparing the world, `leads.world` and its crossings", compared),
        ("comparing the five, `compare.compare`", [(sum(map(len, tables.values())), five)]),
    ]


def exponent(points: list[tuple[float, float]]) -> float:
    """The power of the size that the cost grows with, fitted on logarithms; NaN for one point."""
    if len(points) < 2:
        return float("nan")
    return float(np.polyfit(*np.log(np.array(points, dtype=float)).T, 1)[0])


def pages_table(taken: dict) -> list[str]:
    """Time and memory a country, by size and processes."""
    lines = [
        "| countries | processes | seconds | seconds a country | MB at the peak | MB a country |",
        "| ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for (size, jobs), found in sorted(taken.items(), key=lambda item: item[0][::-1]):
        seconds, memory = (statistics.median(one[place] for one in found) for place in (0, 1))
        lines.append(
            f"| {size} | {jobs} | {seconds:.0f} | {seconds / size:.2f} | {memory:.0f} "
            f"| {memory / size:.1f} |"
        )
    for jobs in JOBS:
        points = [
            (size, statistics.median(one[0] for one in found))
            for (size, used), found in sorted(taken.items())
            if used == jobs
        ]
        if len(points) > 1:
            words = "one process" if jobs == 1 else f"{jobs} processes"
            lines += ["", f"With {words} the time grows as size to the {exponent(points):.2f}."]
    return lines


def _missing(taken: dict) -> list[str]:
    """What a run that was cut short does not have."""
    every = len(countries.names()) - len(COUNTRIES)
    missing = [f"{every} countries with {jobs}" for jobs in JOBS if (every, jobs) not in taken]
    if not missing:
        return []
    return ["", f"This run was cut short before {' and '.join(missing)}: run it again."]


def steps_table(measured: list) -> list[str]:
    """Processor time of each step by rows, and the power that it grows with."""
    lines = ["| step | rows: seconds | grows as rows to the |", "| --- | --- | ---: |"]
    for name, points in measured:
        said = "; ".join(f"{rows:,}: {seconds:.2f}" for rows, seconds in points)
        power = exponent(points)
        lines.append(f"| {name} | {said} | {'—' if np.isnan(power) else f'{power:.2f}'} |")
    return lines


def write(taken: dict, measured: list, rounds: int) -> None:
    """Write the results as they stand."""
    load = os.getloadavg()[2]
    text = "\n".join(
        [
            "# How the build grows",
            "",
            f"Written by `make bench-scale`: medians of {rounds} "
            f"{'round' if rounds == 1 else 'rounds'}, Python {platform.python_version()}, "
            f"{os.cpu_count()} cores, load of the last quarter of an hour {load:.1f}. A load above "
            "the number of cores means that others were at work, and times are longer for it.",
            "",
            "## Pages",
            "",
            "`analysis reports --countries ...` on a copy whose tables stand, countries taken "
            "evenly from the list, each drawn anew. Start and end of the build are in the time, so "
            "a few countries cost more each. A page is made in a process of its own, and memory "
            "does not add up from page to page.",
            "",
            *pages_table(taken),
            *_missing(taken),
            "",
            "## Tables",
            "",
            "Processor seconds in one process. Rows are today’s, repeated under names of their "
            "own; the world’s comparison is of one to eight times its countries.",
            "",
            *steps_table(measured),
            "",
            "## What would be replaced, and when",
            "",
            "A page reads the world’s tables whole to take its own rows, which costs the same "
            "tenths of a second however many pages are built, but grows with the table. At ten "
            "times today’s rows that is a good part of a page’s time: DuckDB over Parquet files "
            "parted by country would read the rows of one country alone. Reading raw text with a "
            "check of every cell costs several times what cleaning does. At a hundred times "
            "today’s rows it takes minutes and gigabytes: Polars would scan the files in parallel "
            "and check columns lazily. Until then either would add a second way of writing rules "
            "for seconds saved, and neither is used.",
            "",
        ]
    )
    (ROOT / "benchmarks" / "SCALE.md").write_text(text, encoding="utf-8")


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    measured = steps(chosen.rounds)
    taken: dict = defaultdict(list)
    codes = [code for code in countries.names() if code not in COUNTRIES]
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder) / "project")
        run(project, sys.executable, "-m", "analysis.cli", "reports")
        run(project, sys.executable, "-m", "analysis.cli", "reports", "--countries", codes[0])
        for number in range(chosen.rounds):
            for size in SIZES:
                for jobs in JOBS:
                    asked = spread(codes, size)
                    taken[len(asked), jobs].append(build(project, asked, jobs))
                    write(taken, measured, chosen.rounds)
                    print(f"round {number + 1}: {len(asked)} countries, {jobs}", flush=True)
        shutil.rmtree(project)
    print((ROOT / "benchmarks" / "SCALE.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
