"""Change the code in small ways and count which changes no test notices.

mutmut makes the mutants, notes which tests reach each, and shows them (``mutmut show``, ``mutmut
browse``). Its own runner starts pytest anew for every mutant, which was most of the time of a run
here. This file is a plugin of pytest too: it collects once and forks a child a mutant. The tests
and the mutants are mutmut's, and the verdicts go into mutmut's own files.

Usage: python benchmarks/mutants.py [PATTERN], as in "analysis.data.readings.*"; a pattern adds to
what earlier runs found out. MUTANTS.md is written from all of it.
"""

from __future__ import annotations

import collections
import fnmatch
import gc
import json
import os
import resource
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from _pytest.runner import runtestprotocol

HERE = Path(__file__).resolve().parent
MADE = HERE.parent / "mutants"
# mutmut's exit codes.
SURVIVED, KILLED, NO_TESTS, TIMEOUT = 0, 1, 33, 36
CPU_SECONDS = 60  # a sound run of all tests takes less than half
CHILDREN = 2
SAVED_EVERY = 20  # so that a run that is cut off has not been for nothing


def _function(mutant: str) -> str:
    return mutant.rpartition("__mutmut_")[0]


def _child(mutant: str, items: list[pytest.Item], said: int) -> None:
    """Run the tests until one fails; does not return."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    os.environ["MUTANT_UNDER_TEST"] = mutant
    try:
        for item, following in zip(items, [*items[1:], None], strict=True):
            reports = runtestprotocol(item, nextitem=following, log=False)
            if any(report.failed for report in reports):
                os.write(said, item.nodeid.encode())
                os._exit(KILLED)
    except BaseException:
        os._exit(KILLED)
    os._exit(SURVIVED)


def pytest_runtestloop(session: pytest.Session) -> bool:
    """In place of one run of the tests: one run of those that reach it for every mutant."""
    if session.config.option.collectonly:
        return False
    stats = json.loads(Path("mutmut-stats.json").read_text(encoding="utf-8"))
    reach, seconds = stats["tests_by_mangled_function_name"], stats["duration_by_test"]
    items = {item.nodeid: item for item in session.items}
    gc.freeze()  # else the children's collections copy the parent's pages
    recent: dict[str, list[str]] = collections.defaultdict(list)  # what last killed a sibling
    running: dict[int, tuple[dict, str, int]] = {}

    def finish() -> None:
        pid, status = os.wait()
        codes, mutant, pipe = running.pop(pid)
        killer = os.read(pipe, 4096).decode()
        os.close(pipe)
        codes[mutant] = TIMEOUT if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
        if killer:
            recent[_function(mutant)] = [killer, *recent[_function(mutant)]][:5]

    for path in sorted(Path("src").rglob("*.py.meta")):
        meta = json.loads(path.read_text(encoding="utf-8"))
        codes = meta["exit_code_by_key"]
        own = f"test_{path.name.removesuffix('.py.meta')}.py"
        chosen = [name for name in codes if fnmatch.fnmatch(name, os.environ["MUTANTS"])]
        try:
            for number, mutant in enumerate(chosen):
                if number % SAVED_EVERY == 0:
                    path.write_text(json.dumps(meta, indent=4), encoding="utf-8")
                if codes[mutant] in (KILLED, TIMEOUT):
                    continue
                names = [name for name in reach.get(_function(mutant), ()) if name in items]
                if not names:
                    codes[mutant] = NO_TESTS
                    continue
                first = {name: number for number, name in enumerate(recent[_function(mutant)])}
                names.sort(key=lambda name: (first.get(name, 9), own not in name, seconds[name]))
                if len(running) >= CHILDREN:
                    finish()
                pipe, said = os.pipe()
                pid = os.fork()
                if not pid:
                    _child(mutant, [items[name] for name in names], said)
                os.close(said)
                running[pid] = (codes, mutant, pipe)
            while running:
                finish()
        finally:
            path.write_text(json.dumps(meta, indent=4), encoding="utf-8")
    return True


def make_mutants() -> None:
    """Have mutmut make the mutants and see which tests reach each, by a run of a single one."""
    first = "analysis.data.intervals.x_between__mutmut_1"
    subprocess.run(
        [sys.executable, "-m", "mutmut", "run", first],
        cwd=MADE.parent,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def run_tests(pattern: str) -> None:
    """Hold the tests that ``pyproject.toml`` names against the mutants whose names match."""
    settings = tomllib.loads((MADE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    chosen = settings["tool"]["mutmut"]
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "mutants"]
        + chosen["pytest_add_cli_args"]
        + chosen["pytest_add_cli_args_test_selection"],
        cwd=MADE,
        env=os.environ
        | {"PYTHONPATH": f"src{os.pathsep}{HERE}", "MUTANT_UNDER_TEST": "", "MUTANTS": pattern},
        check=True,
    )


def report() -> str:
    """The counts a module, and every survivor with the reason why it is harmless, if it is."""
    reasons = yaml.safe_load((HERE / "mutants.yml").read_text(encoding="utf-8"))
    lines = [
        "# Mutants",
        "",
        "`make mutants` changes one expression at a time and runs the tests that reach it.",
        "Killed means that a test fails or runs out of time; what no test reaches is not killed.",
        "",
        "| module | run | killed | out of time | survived | no test | killed, of those run |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    left: dict[str, list[str]] = collections.defaultdict(list)
    for path in sorted(MADE.rglob("*.py.meta")):
        codes = json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
        count = collections.Counter(code for code in codes.values() if code is not None)
        run, dead = count.total(), count[KILLED] + count[TIMEOUT]
        cells = [path.name.removesuffix(".py.meta"), f"{run} of {len(codes)}"]
        cells += [str(count[code]) for code in (KILLED, TIMEOUT, SURVIVED, NO_TESTS)]
        lines.append("| " + " | ".join([*cells, f"{dead / run:.1%}" if run else "not run"]) + " |")
        for mutant, code in codes.items():
            if code in (SURVIVED, NO_TESTS):
                match = (why for key, why in reasons.items() if fnmatch.fnmatch(mutant, key))
                left[next(match, "Not looked at yet")].append(mutant)
    lines += ["", "## Survivors", ""]
    for reason, mutants in sorted(left.items()):
        names = ", ".join(f"`{name}`" for name in mutants)
        lines += [f"{reason} ({len(mutants)}): {names}", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    if len(sys.argv) == 1:
        shutil.rmtree(MADE, ignore_errors=True)
    make_mutants()
    run_tests(sys.argv[1] if len(sys.argv) > 1 else "*")
    (HERE / "MUTANTS.md").write_text(report(), encoding="utf-8")
