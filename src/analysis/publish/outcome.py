"""What came of a command, said to whoever sits at the terminal: counts, faults and failures."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from analysis.config import RAW, ROOT
from analysis.publish.steps import made_by, named

if TYPE_CHECKING:
    from analysis.data.faults import Fault
    from analysis.publish import build
    from analysis.publish.stop import Stopped


def counted(outcome: build.Outcome) -> str:
    """How many pages were looked at, and what became of them."""
    looked_at = outcome.pages.total()
    kinds = ("built", "up to date", "failed", "not tried")
    counts = [f"{outcome.pages[kind]} {kind}" for kind in kinds if outcome.pages[kind]]
    return f"{looked_at} {'page' if looked_at == 1 else 'pages'} looked at: {', '.join(counts)}."


def say_that_it_stopped(stopped: Stopped) -> int:
    """One line on what was finished; the exit code that a shell gives for the signal."""
    by = {"SIGINT": "by Ctrl-C", "SIGHUP": "as its terminal was closed"}.get(
        stopped.signal.name, f"by {stopped.signal.name}"
    )
    done = "No step was finished."
    if stopped.finished:
        done = f"Finished and kept: {', '.join(stopped.finished)}; nothing else counts as built."
    complain(f"stopped {by}. {done}")
    return 128 + stopped.signal


def say_what_failed(outcome: build.Outcome) -> None:
    """Print what each step failed at, what was missing, and what was left for want of it."""
    if raw_file_is_why(outcome):
        return
    for step, error in outcome.failed:
        _print_failure(step, error, outcome.built)
    for place, steps in outcome.missing.items():
        complain(f"{place} is missing; not built without it: {named(steps)}")
    if outcome.left:
        complain(f"not built, for want of the above: {named(outcome.left)}")
    if outcome.pages.total():
        complain(counted(outcome))


def complain(words: str) -> None:
    """Print a line of trouble for whoever listens."""
    with suppress(OSError, ValueError):
        print(f"analysis: {words}", file=sys.stderr, flush=True)


def words_of(error: OSError) -> str:
    """What the system says of an error, and the file that it is about."""
    where = f": {error.filename}" if error.filename else ""
    return f"{error.strerror or error}{where}; what was finished before is kept"


def raw_file_is_why(outcome: build.Outcome | None = None) -> bool:
    """Whether a raw file that cannot be read stopped the build; if so, print its faults.

    pytask reads the files before any step does, and speaks of nodes where one is missing.
    """
    from analysis.data.clean import process
    from analysis.data.faults import RawDataError
    from analysis.data.load import load_raw

    if outcome is not None:
        raw = RAW.relative_to(ROOT).as_posix()
        absent = any(place.startswith(raw) for place in outcome.missing)
        if not absent and not any(isinstance(error, OSError) for _, error in outcome.failed):
            return False
    try:
        process(load_raw(RAW))
    except RawDataError as error:
        print_faults(error.faults, where_and_what_of_it(outcome.built if outcome else []))
        return True
    return False


def where_and_what_of_it(built: Sequence[str]) -> str:
    """Where faults are that a step of a build found, and what had been written by then.

    Args:
        built: the steps that were finished in this build.

    Example:
        >>> where_and_what_of_it(["task_raw_data"])
        'in the raw data; nothing was written'
        >>> where_and_what_of_it(["task_raw_data", "task_figures"])
        'in the raw data; finished before it was found, and kept: figures.csv'
    """
    if not any(made_by(step) for step in built):
        return "in the raw data; nothing was written"
    return f"in the raw data; finished before it was found, and kept: {named(built)}"


def _print_failure(step: str, error: BaseException, built: Sequence[str]) -> None:
    from analysis.data.faults import RawDataError

    if isinstance(error, RawDataError):
        print_faults(error.faults, where_and_what_of_it(built))
        return
    if isinstance(error, OSError):
        words = words_of(error)
    elif type(error).__module__.startswith("analysis."):
        words = str(error)
    else:
        words = f"{type(error).__name__}: {error}"
    complain(f"{named([step])} failed: {words}")


def print_faults(faults: list[Fault], *where: str) -> None:
    """Print faults of data, and where they are if not in the raw data."""
    from analysis.data.faults import told

    print(told(faults, *where), end="", file=sys.stderr)
