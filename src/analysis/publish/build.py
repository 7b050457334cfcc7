"""One build: what is out of date is made, and what became of it is told.

Only one build runs at a time in a project. It can be stopped at any moment: what was finished is
kept and written down, and nothing else counts as built.
"""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from analysis.config import PART, PROCESSED, REPORTS, ROOT
from analysis.publish import pool, unchanged
from analysis.publish.lean import lean

_STATE = ROOT / ".pytask"
_LOCK = ROOT / "pytask.lock"


class BuildError(Exception):
    """Why a build could not begin, in a sentence."""


class NoClusterError(BuildError):
    """Why no cluster could be used; the project has no part in it."""


@dataclass
class Outcome:
    """What became of the steps that were looked at."""

    # How many pages were built, up to date, failed, or not tried for want of something.
    pages: Counter[str] = field(default_factory=Counter)
    built: list[str] = field(default_factory=list)
    failed: list[tuple[str, BaseException]] = field(default_factory=list)
    # Files without which steps could not run, with those steps.
    missing: dict[str, list[str]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether everything that was asked for is up to date now."""
        return not (self.failed or self.missing or self.left)


def run(
    names: list[str] | None, jobs: int | None, scheduler: str, others: Sequence[str] = ()
) -> Outcome:
    """Run the steps that are out of date, all of them or the named ones, one build at a time.

    Args:
        names: steps, as in ``task_report[KAZ]``; None for all.
        jobs: how many processes at a time; None for as many as there are cores.
        scheduler: address of a Dask scheduler, or empty.
        others: codes of countries beyond the five, whose pages come last.

    Raises:
        BuildError: where the steps cannot be read, or their state cannot.
        NoClusterError: where the scheduler cannot be used.
        Stopped: when the build was asked to end; ``finished`` holds what it had done by then.
        OSError: for a full disk or a folder that may not be written, met outside any step.
    """
    everything = names is None and not others and not scheduler
    with _one_at_a_time():
        untouched = unchanged.pages()
        if everything and untouched:
            return Outcome(Counter({"up to date": untouched}))
        _remove_leftovers()
        if everything:
            unchanged.begin()
        try:
            _check_lock(_LOCK)
            if not (scheduler or untouched):
                # Some step will run, as a rule: the imports begin while the steps are being read.
                pool.warm_up()
            with lean():
                outcome = _run(names, jobs or pool.usual_jobs(), scheduler, others)
        finally:
            _remove_leftovers()
        if everything and outcome.sound:
            unchanged.keep(outcome.pages.total())
        return outcome


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    _STATE.mkdir(exist_ok=True)
    lock = FileLock(_STATE / "build.lock")
    try:
        lock.acquire(blocking=False)
    except Timeout:
        pool.tell("Another build is under way; this one waits for it to end.")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _remove_leftovers() -> None:
    """Remove what a killed build left half-written; nothing else writes while the lock is held."""
    pages = (REPORTS, REPORTS / "ru")
    written = [folder / name for folder in pages for name in (".", "figures", "executed")]
    for folder in (PROCESSED, *written):
        for path in folder.glob(f".*{PART}"):
            path.unlink(missing_ok=True)
    for path in _STATE.rglob(f".*{PART}"):
        path.unlink(missing_ok=True)
    for page in pages:
        for folder in (page / "executed").glob(".run-*"):
            shutil.rmtree(folder, ignore_errors=True)


def _run(names: list[str] | None, jobs: int, scheduler: str, others: Sequence[str]) -> Outcome:
    import pytask

    from analysis.publish import workers

    # The steps say themselves what they do, a line each; pytask's tables say it again.
    pytask.console.quiet = True
    options: dict[str, Any] = {
        "config": ROOT / "pyproject.toml",
        "paths": Path(__file__).with_name("tasks.py"),
        "capture": "no",
        # Else pytask's live table, quiet as it is, would swallow all lines on a terminal.
        "verbose": 0,
    }
    try:
        with _asking_for(()):
            sessions = [workers.build(names, jobs, scheduler, **options)]
        outcome = _outcome(sessions)
        if others and outcome.sound:
            options["state_in"] = _state_of_others()
            with _asking_for(others):
                sessions.append(workers.build(["task_country"], jobs, scheduler, **options))
            outcome = _outcome(sessions)
    except workers.SchedulerError as error:
        raise NoClusterError(str(error)) from None
    return outcome


def _check_lock(lock: Path) -> None:
    """Refuse a lock that pytask would refuse without a word.

    Raises:
        BuildError: saying what is wrong and what to do.
    """
    if not lock.is_file():
        return
    try:
        text = lock.read_text(encoding="utf-8")
        tomllib.loads(text)
    except ValueError as error:
        marks = re.search(r"^(<<<<<<<|=======|>>>>>>>)", text, re.MULTILINE)
        what = (
            "holds the marks of a merge that is not finished" if marks else f"is broken ({error})"
        )
        raise BuildError(
            f"{lock.name} {what}. Take it from either side, as with `git checkout --ours "
            f"{lock.name}`, or delete it and everything is built again; a build mends the rest."
        ) from None


def _state_of_others() -> Path:
    """Where the state of pages that are not committed is kept; begun anew where it is broken."""
    folder = _STATE / "countries"
    try:
        _check_lock(folder / _LOCK.name)
    except BuildError:
        (folder / _LOCK.name).unlink()
        pool.tell(
            f"{(folder / _LOCK.name).relative_to(ROOT)} was broken; the pages asked for are built "
            "again."
        )
    return folder


@contextmanager
def _asking_for(codes: Sequence[str]) -> Iterator[None]:
    """Let the pipeline know of the countries beyond the five: it reads them where it is loaded."""
    before = os.environ.get("COUNTRIES")
    os.environ["COUNTRIES"] = " ".join(codes)
    try:
        yield
    finally:
        os.environ.pop("COUNTRIES")
        if before is not None:
            os.environ["COUNTRIES"] = before


def _outcome(sessions: Sequence[Any]) -> Outcome:
    """What the reports of pytask's sessions say.

    Raises:
        BuildError: where no step was looked at.
    """
    from pytask import TaskOutcome

    outcome = Outcome()
    kinds = {
        TaskOutcome.SUCCESS: "built",
        TaskOutcome.SKIP_UNCHANGED: "up to date",
        TaskOutcome.FAIL: "failed",
        TaskOutcome.SKIP_PREVIOUS_FAILED: "not tried",
    }
    for session in sessions:
        reports = [report for report in session.execution_reports if report.outcome in kinds]
        if not reports:
            raise BuildError(f"no step could be looked at: {_why_not(session)}")
        for report in reports:
            _add(outcome, report, kinds[report.outcome])
    return outcome


def _add(outcome: Outcome, report: Any, kind: str) -> None:
    from pytask.tree_util import tree_leaves

    task = report.task
    step = task.name.rpartition("::")[2]
    made = [getattr(node, "path", None) for node in tree_leaves(task.produces)]
    outcome.pages[kind] += any(path and path.suffix == ".html" for path in made)
    if kind == "built":
        outcome.built.append(step)
    elif kind == "not tried":
        outcome.left.append(step)
    elif kind == "failed":
        absent = [node for node in tree_leaves(task.depends_on) if node.state() is None]
        if not absent:
            outcome.failed.append((step, report.exc_info[1]))
        for node in absent:
            outcome.missing.setdefault(_place(node), []).append(step)


def _place(node: Any) -> str:
    """The file behind a node, as a reader would name it."""
    path = getattr(node, "path", None) or getattr(node, "notebook", None)
    return path.relative_to(ROOT).as_posix() if path else node.name


def _why_not(session: Any) -> str:
    """What stopped pytask before its first step."""
    reports = [*session.collection_reports, *filter(None, [session.dag_report])]
    errors = [report.exc_info[1] for report in reports if getattr(report, "exc_info", None)]
    if not errors:
        return "no step has the name that was asked for"
    first = errors[0]
    return f"{type(first).__name__}: {' '.join(str(first).split())}"
