"""A plugin of pytest: in place of one run of the tests, a forked child for every mutant drawn.

The tests are collected once. A child runs those that reach its mutant, the likeliest to fail first,
until one fails. ``mutants.py`` draws the mutants and says where the list of them is.

What has run by then, when the package was imported, cannot be changed in a child any more: a mutant
of such a function that survives is held once more against its tests in an interpreter of its own,
which imports with the mutant switched on.

What is kept in memory (a fixture of a file, a table that was read) is noted by mutmut as reached by
the first test alone, and what another process runs not at all. So the other tests of a file that
reaches a mutant are tried too, and the room's tests of which it is not known that they reach any.
"""

from __future__ import annotations

import collections
import gc
import json
import math
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

# mutmut's exit codes.
SURVIVED, KILLED, NO_TESTS, TIMEOUT = 0, 1, 33, 36
CHILDREN = int(os.environ.get("MUTANTS_JOBS", "2"))
SAVED_EVERY = 10  # so that a run that is cut off has not been for nothing
# A test that takes so much longer than it did without a mutant goes on for ever.
MORE_SECONDS, TIMES_LONGER = 20, 10
# For so many seconds tests are run against a mutant: much of the data is read by a thousand tests,
# of which the likeliest come first.
BUDGET = 20.0
# What is left then of the tests that hold whole tables and whole pages has as many seconds again:
# no other test sees as much.
NETS = ("::test_the_committed_tables_are_what_", "page_says_what_was_read")
NET_BUDGET = BUDGET
RECENT = 8
MOST_NAMES = 1000  # of tests on a command line

# Prints the functions that run while the rooms are imported, by the names of what mutmut made.
WATCH = """
import importlib, pkgutil, sys
found = set()
def watch(frame, event, _):
    name, made, _ = frame.f_code.co_name.partition("__mutmut_orig")
    if event == "call" and made:
        found.add(frame.f_globals["__name__"] + "." + name)
import analysis
sys.setprofile(watch)
for room in ("data", "measures", "page"):
    for module in pkgutil.iter_modules([f"{analysis.__path__[0]}/{room}"]):
        importlib.import_module(f"analysis.{room}.{module.name}")
sys.setprofile(None)
print(*found)
"""

_failed: list[str] = []  # of the child that this process is


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note a test that fails, in whichever of its three phases."""
    if report.failed:
        _failed.append(report.nodeid)


def function_of(mutant: str) -> str:
    """The name under which mutmut notes what reaches a mutant."""
    return mutant.rpartition("__mutmut_")[0]


class Tests:
    """The collected tests by what they reach, and which of them have killed mutants so far."""

    def __init__(self, items: Iterable[pytest.Item], stats: dict[str, Any]) -> None:
        self.items = {item.nodeid: item for item in items}
        self.reach: dict[str, list[str]] = stats["tests_by_mangled_function_name"]
        self.seconds: dict[str, float] = collections.defaultdict(float, stats["duration_by_test"])
        self.killers: dict[str, list[str]] = collections.defaultdict(list)
        self.by_file: dict[str, list[str]] = collections.defaultdict(list)
        for name in self.items:
            self.by_file[_file(name)].append(name)
        self.unseen = set(self.items).difference(*self.reach.values())
        self.at_import = run_at_import()

    def against(self, mutant: str) -> list[pytest.Item]:
        """The tests that reach a mutant, the likeliest to fail first, within the budget.

        First come those that killed another mutant of the function or the module, then the
        module's own tests, then those of its room, and of each those named like the function; then
        the quickest file, since what a file keeps in memory must be made by the first of its
        tests. Those that are not known to reach it come last.
        """
        function = function_of(mutant)
        _, room, module = function.split(".")[:3]
        recent = self.killers[function] + self.killers[f"{room}.{module}"]

        words = _stems(function.rpartition(".")[2])

        def rank(name: str) -> tuple[int, bool, int, int, float, str, float]:
            late = recent.index(name) if name in recent else len(recent)
            own = 0 if f"/test_{module}" in name else 1 if f"/{room}/" in name else 2
            file, _, test = name.partition("::")
            unlike = len(words - _stems(test.partition("[")[0]))
            return (late, name not in known, own, unlike, longest[file], file, self.seconds[name])

        known = {name for name in self.reach.get(function, ()) if name in self.items}
        beside = {name for file in map(_file, known) for name in self.by_file[file]}
        # Of what runs at import mutmut does not know whose tests rest on it.
        unseen = set(self.items) if function in self.at_import else self.unseen
        unseen = {name for name in unseen if f"/{room}/" in name}
        names = known | beside | unseen
        longest: dict[str, float] = collections.defaultdict(float)
        for name in names:
            longest[_file(name)] = max(longest[_file(name)], self.seconds[name])
        return [self.items[name] for name in sorted(names, key=rank)]

    def note(self, mutant: str, killer: str) -> None:
        """Let a test that killed one mutant be the first to be tried on the next."""
        function = function_of(mutant)
        _, room, module = function.split(".")[:3]
        for key in (function, f"{room}.{module}"):
            others = [name for name in self.killers[key] if name != killer]
            self.killers[key] = [killer, *others][:RECENT]


def _stems(name: str) -> set[str]:
    """How the words of a name begin, short ones left out."""
    return {word[:4] for word in re.split("[^a-z]+", name.lower()) if len(word) > 3}


def _file(name: str) -> str:
    return name.partition("::")[0]


def run_at_import() -> set[str]:
    """The functions that run while the rooms are imported, as mutmut names them."""
    told = subprocess.run([sys.executable, "-c", WATCH], check=True, capture_output=True, text=True)
    return set(told.stdout.split())


def _anew(items: list[pytest.Item], seconds: dict[str, float]) -> None:
    """Become an interpreter that imports all with the mutant and runs the first of the tests."""
    names: list[str] = []
    for item in items[:MOST_NAMES]:
        if sum(seconds[name] for name in names) < BUDGET:
            names.append(item.nodeid)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    limit = math.ceil(time.process_time() + MORE_SECONDS + TIMES_LONGER * BUDGET)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, most))
    settings = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *settings, *names])


def _child(mutant: str, items: list[pytest.Item], tests: Tests, said: int) -> None:
    """Run the tests until one fails or the time is over; does not return."""
    os.environ["MUTANT_UNDER_TEST"] = mutant
    started = time.process_time()
    try:
        items[0].config.pluginmanager.unregister(name="terminalreporter")
        left = iter(zip(items, [*items[1:], None], strict=True))
        for item, following in left:
            over = time.process_time() - started > BUDGET
            # The last one is told that none follows: it leaves no fixture to the nets.
            _try(item, None if over else following, tests.seconds[item.nodeid], said)
            if over:
                break
        for item, _ in left:
            if time.process_time() - started > BUDGET + NET_BUDGET:
                break
            if any(net in item.nodeid for net in NETS):
                _try(item, None, tests.seconds[item.nodeid], said)
        if function_of(mutant) in tests.at_import:
            _anew(items, tests.seconds)
    except BaseException:
        os._exit(KILLED)
    os._exit(SURVIVED)


def _try(item: pytest.Item, following: pytest.Item | None, seconds: float, said: int) -> None:
    """Run one test; one that fails is the last thing that this process does."""
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    limit = math.ceil(time.process_time() + MORE_SECONDS + TIMES_LONGER * seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, most))
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
    if _failed:
        os.write(said, item.nodeid.encode())
        os._exit(KILLED)


class Children:
    """The forked children that are at work, a few at a time."""

    def __init__(self, tests: Tests, codes: dict[str, int | None]) -> None:
        self.tests, self.codes = tests, codes
        self.running: dict[int, tuple[str, int]] = {}

    def start(self, mutant: str) -> None:
        """Have one more mutant tried, once there is room for it."""
        items = self.tests.against(mutant)
        if not items:
            self.codes[mutant] = NO_TESTS
            return
        if len(self.running) >= CHILDREN:
            self.finish()
        pipe, said = os.pipe()
        pid = os.fork()
        if not pid:
            _child(mutant, items, self.tests, said)
        os.close(said)
        self.running[pid] = (mutant, pipe)

    def finish(self) -> None:
        """Wait for one, and note what it found."""
        pid, status = os.wait()
        mutant, pipe = self.running.pop(pid)
        killer = os.read(pipe, 4096).decode()
        os.close(pipe)
        # An interpreter that cannot even import with the mutant ends with a code of its own.
        ended = KILLED if os.waitstatus_to_exitcode(status) else SURVIVED
        self.codes[mutant] = TIMEOUT if os.WIFSIGNALED(status) else ended
        if killer:
            self.tests.note(mutant, killer)


def try_all(path: Path, mutants: list[str], tests: Tests) -> None:
    """Try a module's mutants, and write into mutmut's file what became of each."""
    meta = json.loads(path.read_text(encoding="utf-8"))
    codes = meta["exit_code_by_key"]
    children = Children(tests, codes)
    try:
        for number, mutant in enumerate(mutants):
            if number % SAVED_EVERY == 0:
                path.write_text(json.dumps(meta, indent=4), encoding="utf-8")
            if codes[mutant] not in (KILLED, TIMEOUT):
                children.start(mutant)
        while children.running:
            children.finish()
    finally:
        path.write_text(json.dumps(meta, indent=4), encoding="utf-8")


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Try what was drawn, a module after the other."""
    stats = json.loads(Path("mutmut-stats.json").read_text(encoding="utf-8"))
    drawn = json.loads(Path(os.environ["MUTANTS_DRAWN"]).read_text(encoding="utf-8"))
    tests = Tests(session.items, stats)
    gc.freeze()  # else the children's collections copy the parent's pages
    for path, mutants in drawn.items():
        try_all(Path(path), mutants, tests)
    return True
