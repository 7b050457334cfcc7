"""Change the code in small ways and count which changes no test notices.

mutmut makes the mutants, notes which tests reach each, and shows them (``mutmut show``, ``mutmut
browse``). Its own runner starts pytest anew for every mutant, which was most of the time of a run
here; ``forks.py`` collects once and forks a child a mutant. The tests and the mutants are mutmut's,
and what became of each goes into mutmut's own files.

Of every module of the rooms that make a number, a verdict or a sentence, as many mutants are drawn
as ``SAMPLE``. A change of the wording of a fault's message is not drawn, nor counted.

Usage: python benchmarks/mutants.py [MODULE ...] [--since REF] [--sample N] [--seed N] [--jobs N]

``measures.ties`` or ``data.*`` tries these modules alone, ``--since main`` those that differ from a
commit: minutes, once mutmut knows which tests reach what, which it keeps. Both add to what earlier
runs found out; without either all begins anew. MUTANTS.md is written from what is in the sample of
this size and seed: another seed says how the tests fare that an earlier sample led to.
"""

from __future__ import annotations

import argparse
import collections
import fnmatch
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from changes import Change, changes_of
from forks import KILLED, NO_TESTS, SURVIVED, TIMEOUT, function_of
from tally import interval

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
MADE = ROOT / "mutants"
HOUSE = Path("src", "analysis")
SEED = 20180601
SAMPLE = 300
WANTED = 0.95
# How the reason of a mutant begins that changes nothing which can be seen.
EQUIVALENT = "Equivalent"


@dataclass(frozen=True)
class Drawn:
    """The mutants of a module: how many only word a fault, and the others as they were drawn."""

    wording: int
    names: list[str]


def module_of(path: Path) -> str:
    """What a file of mutmut is called here, such as ``measures.ties``."""
    return f"{path.parent.name}.{path.name.partition('.')[0]}"


def metas() -> dict[str, Path]:
    """Where mutmut keeps what became of the mutants of each module that has any."""
    found = sorted((MADE / HOUSE).rglob("*.py.meta"))
    return {module_of(path): path for path in found if _codes(path)}


def _codes(path: Path) -> dict[str, int | None]:
    codes: dict[str, int | None] = json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return codes


def chosen(modules: Iterable[str], patterns: Sequence[str], changed: Iterable[str]) -> list[str]:
    """The modules that a pattern or a change names, or all where nothing was asked for."""
    if not patterns and not changed:
        return list(modules)
    wanted = [*patterns, *changed]
    return [name for name in modules if any(fnmatch.fnmatch(name, ask) for ask in wanted)]


def changed_since(ref: str) -> list[str]:
    """The modules that differ from a commit."""
    told = subprocess.run(
        ["git", "diff", "--name-only", ref, "--", str(HOUSE)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [module_of(Path(line)) for line in told.stdout.splitlines() if line.endswith(".py")]


def drawn_of(name: str, changes: Mapping[str, Change], seed: int = SEED) -> Drawn:
    """A module's mutants in an order of chance that is always the same; none that only words.

    The first so many are a sample, and a smaller one is the beginning of a larger one.
    """
    counted = sorted(key for key, change in changes.items() if not change.wording)
    random.Random(f"{seed} {name}").shuffle(counted)
    return Drawn(len(changes) - len(counted), [f"analysis.{name}.{key}" for key in counted])


def drawn_and_kept(name: str, path: Path, seed: int) -> Drawn:
    """The same, kept beside mutmut's file until that is made anew: reading all takes minutes."""
    mutated, kept = path.with_suffix(""), path.with_suffix(f".drawn-{seed}")
    if kept.exists() and kept.stat().st_mtime >= mutated.stat().st_mtime:
        return Drawn(**json.loads(kept.read_text(encoding="utf-8")))
    drawn = drawn_of(name, changes_of(mutated), seed)
    kept.write_text(json.dumps(vars(drawn)), encoding="utf-8")
    return drawn


def make_mutants(jobs: int) -> None:
    """Have mutmut make the mutants and see which tests reach each, by a run of a single one."""
    first = "analysis.data.codebook.x_resting_on__mutmut_1"
    subprocess.run(
        [sys.executable, "-m", "mutmut", "run", "--max-children", str(jobs), first],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def run_tests(modules: Iterable[str], sample: int, seed: int, jobs: int) -> None:
    """Hold the tests that ``pyproject.toml`` names against so many mutants of each module."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = settings["tool"]["mutmut"]
    where = metas()
    lists = {
        str(where[name]): drawn_and_kept(name, where[name], seed).names[:sample] for name in modules
    }
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder, "drawn.json")
        drawn.write_text(json.dumps(lists), encoding="utf-8")
        paths = f"{MADE / 'src'}{os.pathsep}{HERE}"
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "forks", "-p", "no:cacheprovider"]
            + asked["pytest_add_cli_args"]
            + asked["pytest_add_cli_args_test_selection"],
            cwd=MADE,
            env=os.environ
            | {"PYTHONPATH": paths, "MUTANT_UNDER_TEST": "", "MUTANTS_DRAWN": str(drawn)}
            | {"MUTANTS_JOBS": str(jobs)},
            check=True,
        )


# --- The table

HEAD = """# Mutants

`make mutants` changes one expression at a time and runs the tests that reach it. Of every module
of the rooms that make a number, a verdict or a sentence, up to {sample} mutants are drawn with the
seed {seed}; where fewer were run, the interval says how much is known. Noticed means that a test
fails or goes on for ever; what no test reaches is not noticed. A change of the wording of a fault's
message is counted in its own column only. The templates of the pages are not Python: their mutants
are in TEXT_MUTANTS.md. What runs once, when a module is imported, has run before a mutant is
switched on: what survives there is tried once more in an interpreter that begins with it. A mutant
is equivalent where an entry of mutants.yml says why nothing that it changes can be seen; the last
column leaves those out.
"""
COLUMNS = (
    "module",
    "mutants",
    "of wording",
    "run",
    "noticed",
    "survived",
    "no test",
    "noticed, of those run",
    "95% interval",
    "equivalent",
    "noticed, of the others",
)


def report(sample: int, seed: int) -> str:
    """The counts a module, and every survivor with the reason why it is harmless, if it is."""
    reasons = yaml.safe_load((HERE / "mutants.yml").read_text(encoding="utf-8"))
    lines = [HEAD.format(sample=sample, seed=seed), f"| {' | '.join(COLUMNS)} |"]
    lines.append("| --- |" + " ---: |" * (len(COLUMNS) - 1))
    total: collections.Counter[str] = collections.Counter()
    left: dict[str, list[str]] = collections.defaultdict(list)
    for name, path in metas().items():
        codes = _codes(path)
        known = any(code is not None for code in codes.values())
        drawn = drawn_and_kept(name, path, seed) if known else Drawn(0, [])
        tried = [key for key in drawn.names[:sample] if codes[key] is not None]
        if not tried:
            lines.append(f"| {name} | {len(codes)} |" + " not run |" + " |" * (len(COLUMNS) - 3))
            continue
        alive = [key for key in tried if codes[key] in (SURVIVED, NO_TESTS)]
        count = counts(codes, drawn, tried)
        for key, change in _changes(path, alive).items():
            why = reason(reasons, key, change)
            left[why].append(f"- `{function_of(key)}`: `{change.told()}`")
            count["equivalent"] += why.startswith(EQUIVALENT)
        total += count
        lines.append(row(name, count))
    lines += [row("all", total), "", "## Survivors", ""]
    for why, survivors in sorted(left.items()):
        lines += [f"### {why} ({len(survivors)})", "", *sorted(survivors), ""]
    return "\n".join(lines)


def _changes(path: Path, alive: Sequence[str]) -> dict[str, Change]:
    if not alive:
        return {}
    found = changes_of(path.with_suffix(""), {key.rpartition(".")[2] for key in alive})
    return {key: found[key.rpartition(".")[2]] for key in alive}


def counts(
    codes: Mapping[str, int | None], drawn: Drawn, tried: Sequence[str]
) -> collections.Counter[str]:
    """How many mutants of a module came to what."""
    ended = collections.Counter(codes[key] for key in tried)
    return collections.Counter(
        {
            "mutants": len(codes),
            "of wording": drawn.wording,
            "run": len(tried),
            "noticed": ended[KILLED] + ended[TIMEOUT],
            "survived": ended[SURVIVED],
            "no test": ended[NO_TESTS],
        }
    )


def row(name: str, count: collections.Counter[str]) -> str:
    """A line of the table; a share below what is wanted is set in bold."""
    share = count["noticed"] / count["run"]
    low, high = interval(count["noticed"], count["run"])
    told = f"{share:.1%}" if share >= WANTED else f"**{share:.1%}**"
    cells = [name, *(str(count[column]) for column in COLUMNS[1:7]), told]
    others = count["run"] - count["equivalent"]
    of_others = f"{count['noticed'] / others:.1%}" if others else "\u2013"
    cells += [f"{low:.1%} to {high:.1%}", str(count["equivalent"]), of_others]
    return "| " + " | ".join(cells) + " |"


def reason(reasons: Iterable[Mapping[str, Any]], mutant: str, change: Change) -> str:
    """Why a survivor is harmless, of the first entry that names its place and what it changes."""
    place = function_of(mutant)
    for entry in reasons:
        here = fnmatch.fnmatchcase(place, entry.get("where", "*"))
        if here and re.fullmatch(entry["change"], change.told()):
            return str(entry["why"])
    return "Not looked at yet"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, and write MUTANTS.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", metavar="MODULE")
    parser.add_argument("--since", metavar="REF", help="the modules that differ from a commit")
    parser.add_argument("--sample", type=int, default=SAMPLE, metavar="N", help="mutants a module")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help="draws the sample")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="mutants at a time")
    asked = parser.parse_args(arguments)
    changed = changed_since(asked.since) if asked.since else []
    if asked.since and not changed and not asked.modules:
        print(f"no module differs from {asked.since}")
        return 0
    if not asked.modules and not asked.since:
        shutil.rmtree(MADE, ignore_errors=True)
    make_mutants(asked.jobs)
    modules = chosen(metas(), asked.modules, changed)
    run_tests(modules, asked.sample, asked.seed, asked.jobs)
    (HERE / "MUTANTS.md").write_text(report(asked.sample, asked.seed), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
