"""The ``analysis`` command: check the raw data, compare, build the reports.

Exit code 0 when all is well, 1 when the data or a notebook is at fault, 2 for wrong usage.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import textwrap
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from analysis.config import COUNTRIES, NOTEBOOKS, PROCESSED, RAW, REPORTS, ROOT
from analysis.data import countries
from analysis.publish.stop import Stopped, stoppable

if TYPE_CHECKING:
    from analysis.data.schema import Fault
    from analysis.publish import build


class MissingNotebookError(Exception):
    """A notebook that a page needs and that is not there."""


# Characters of a cell that a message shows, enough to find it by.
_SHOWN = 400


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with the given arguments, or with those of the shell."""
    parser = argparse.ArgumentParser(prog="analysis", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("check", help="validate the raw data and print every fault")
    commands.add_parser("compare", help="bring the tables up to date and list the comparisons")
    reports = commands.add_parser("reports", help="build what is out of date, tables and reports")
    reports.add_argument(
        "-p",
        dest="parameters",
        nargs=2,
        action="append",
        default=[],
        metavar=("NAME", "VALUE"),
        help="build only the report with this parameter, as in: -p country TJK",
    )
    reports.add_argument(
        "--countries",
        default="",
        metavar="CODES",
        help='build only the pages of these countries, of any in the world, as in: "MNG BLR"; '
        "WORLD for all, beside every other page",
    )
    reports.add_argument(
        "--jobs",
        type=_whole,
        metavar="N",
        help="make so many pages at a time, each in a process of its own (as a rule as many as "
        "there are cores)",
    )
    reports.add_argument(
        "--scheduler",
        default="",
        metavar="ADDRESS",
        help="run steps on the workers of this Dask scheduler, as in: tcp://node:8786",
    )
    fetched = commands.add_parser(
        "refresh", help="fetch today's editions of the statistics beside the ones in use"
    )
    fetched.add_argument(
        "services", nargs="*", metavar="SERVICE", help="all of them unless some are named"
    )
    fetched.add_argument(
        "--accept-fewer",
        action="store_true",
        help="keep an edition even where fewer countries report than in the one before",
    )
    fetched.add_argument(
        "--record",
        action="store_true",
        help="save the services' replies to tests/recorded as well, without any key",
    )
    adopted = commands.add_parser("adopt", help="let the headlines rest on another edition")
    adopted.add_argument("edition", metavar="EDITION", help="as in: worldbank-wdi-2026-11-24")
    chosen = parser.parse_args(arguments)
    try:
        with stoppable():
            return _run(chosen)
    except Stopped as stopped:
        return _say_that_it_stopped(stopped)


def _run(chosen: argparse.Namespace) -> int:
    """Run the command that was chosen."""
    if chosen.command == "check":
        return check()
    if chosen.command == "compare":
        return compare()
    if chosen.command == "refresh":
        return refresh(chosen.services, chosen.accept_fewer, chosen.record)
    if chosen.command == "adopt":
        return adopt(chosen.edition)
    parameters = dict(chosen.parameters)
    return build_reports(parameters, chosen.jobs, chosen.scheduler, chosen.countries)


def _whole(text: str) -> int:
    """A number of processes."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"found {text!r}; valid: a whole number from 1")
    return int(text)


def check() -> int:
    """Validate the raw data; print every fault as a table."""
    from analysis.data.schema import RawDataError

    try:
        tables = _load_and_process()
    except RawDataError as error:
        _print_faults(error.faults)
        return 1
    sources = len(tables.pop("sources"))
    rows = ", ".join(f"{name} {len(rows)} rows" for name, rows in tables.items())
    print(f"The raw data is sound: {rows}, {sources} sources.")
    return 0


def _load_and_process() -> dict[str, Any]:
    """The raw tables, once all that can be said against them has been looked for."""
    from analysis.data.clean import load_raw, process

    tables = load_raw(RAW)
    process(tables)
    return tables


def compare() -> int:
    """Bring the processed tables up to date and list the comparisons."""
    code = _build(["task_check"])
    if code == 0:
        from analysis.data.schema import load_table
        from analysis.publish.pool import tell

        for row in load_table("comparisons", PROCESSED).itertuples():
            said = row.reason if row.comparable == "no" else f"D {row.difference:+.3f}, {row.word}"
            if not tell(f"{row.comparison_id:<48} {said}"):
                break  # whoever read has what they wanted
    return code


def build_reports(
    parameters: dict[str, str], jobs: int | None = None, scheduler: str = "", words: str = ""
) -> int:
    """Build every report that is out of date, or those of the countries that were asked for.

    Args:
        parameters: ``country`` and its code, for one page.
        jobs: how many pages at a time; None for as many as there are cores.
        scheduler: address of a Dask scheduler, or empty.
        words: countries, as ``countries.asked`` takes them.

    Returns:
        The exit code.
    """
    try:
        asked = _countries_asked(parameters, words)
    except ValueError as error:
        print(f"analysis: {error}", file=sys.stderr)
        return 2
    except MissingNotebookError as error:
        _complain(str(error))
        return 1
    except (OSError, KeyError, csv.Error) as error:
        if not _raw_file_is_why():
            _complain(f"countries.csv cannot be read ({error})")
        return 1
    others = [code for code in asked if code not in COUNTRIES]
    names = None
    if asked and words.strip().upper() != countries.EVERY:
        pages = [f"task_report[{code}]" for code in asked if code in COUNTRIES]
        # The tables' steps before a page are asked for with it.
        names = [*pages, *(["task_leads"] if others else [])]
    code = _build(names, jobs, scheduler, others)
    if code == 0:
        from analysis.publish.pool import tell

        page = f"{countries.page_name(asked[others[0]])}.html" if len(others) == 1 else "index.html"
        tell(f"Open {(REPORTS / page).relative_to(ROOT)}")
        if len(others) > 1:
            tell(
                f"The {len(others)} pages beyond the five are in {REPORTS.relative_to(ROOT)}/ too."
            )
    return code


def refresh(services: list[str], accept_fewer: bool = False, record: bool = False) -> int:
    """Fetch today's edition from each service; one that fails does not keep the next from it."""
    from datetime import date

    from analysis.charts.revisions import in_a_sentence
    from analysis.data.schema import RawDataError
    from analysis.fetch.refresh import SERVICES, RefreshError, fetch

    if unknown := [name for name in services if name not in SERVICES]:
        valid = ", ".join(SERVICES)
        print(f"analysis: unknown service {unknown[0]!r}; valid: {valid}", file=sys.stderr)
        return 2
    failed = 0
    for name in services or SERVICES:
        print(f"{SERVICES[name].publisher}, {SERVICES[name].title}", flush=True)
        try:
            place = fetch(
                name,
                RAW,
                date.today(),
                accept_fewer=accept_fewer,
                record=ROOT / "tests" / "recorded" if record else None,
            )
        except RawDataError as error:
            failed += 1
            _print_faults(error.faults)
        except (RefreshError, ImportError, OSError) as error:
            failed += 1
            print(f"{name}: {_reason(error)}; nothing was kept.", file=sys.stderr)
        else:
            print(f"  kept as {place.relative_to(ROOT)}; no report rests on it yet")
            print(f"  {in_a_sentence(place.stem, RAW)}")
            print(f"  to use it: analysis adopt {place.stem}")
    return 1 if failed else 0


def _reason(error: Exception) -> str:
    if isinstance(error, ImportError):
        return f"{error.name} is missing; install the extra named refresh"
    return _words_of(error) if isinstance(error, OSError) else str(error)


def adopt(edition: str) -> int:
    """Let the headlines rest on an edition, by one line in one file."""
    from analysis.data.schema import RawDataError
    from analysis.fetch.refresh import RefreshError
    from analysis.fetch.refresh import adopt as change

    try:
        before = change(edition, RAW)
    except RawDataError as error:
        _print_faults(error.faults)
        return 1
    except RefreshError as error:
        print(f"analysis: {error}", file=sys.stderr)
        return 2
    if before == edition:
        print(f"{edition} is in use already.")
        return 0
    print(f"{edition} is in use instead of {before}. Next: make reports")
    print(f"To undo: analysis adopt {before}")
    return 0


def _countries_asked(parameters: dict[str, str], words: str) -> dict[str, str]:
    """The countries asked for by either option, by code; none where neither was given.

    Raises:
        ValueError: for a parameter or a country that does not exist, with the likely one.
    """
    if not parameters and not words.strip():
        return {}
    known = countries.names()
    asked = countries.asked(words, known) if words.strip() else {}
    if "country" in parameters:
        code = parameters["country"]
        asked |= {code: countries.check_country(code, known)}
    if parameters:
        from analysis.publish.parameters import check_parameters

        notebook = NOTEBOOKS / "country.ipynb"
        if not notebook.is_file():
            raise MissingNotebookError(f"{notebook.relative_to(ROOT)} is missing")
        check_parameters(notebook, parameters)
    return asked


def _build(
    names: list[str] | None,
    jobs: int | None = None,
    scheduler: str = "",
    others: Sequence[str] = (),
) -> int:
    """Run the steps that are out of date; say what was done, and what failed."""
    from analysis.publish import build, pool

    try:
        outcome = build.run(names, jobs, scheduler, others)
    except build.BuildError as error:
        _complain(str(error))
        return 1
    except OSError as error:
        # A full disk or a folder that may not be written, met outside any step.
        _complain(_words_of(error))
        return 1
    if not outcome.sound:
        _say_what_failed(outcome)
        return 1
    if not outcome.built:
        pool.tell("Nothing to do: everything is up to date.")
    if outcome.pages.total():
        pool.tell(_counted(outcome))
    return 0


def _counted(outcome: build.Outcome) -> str:
    """How many pages were looked at, and what became of them."""
    looked_at = outcome.pages.total()
    kinds = ("built", "up to date", "failed", "not tried")
    counts = [f"{outcome.pages[kind]} {kind}" for kind in kinds if outcome.pages[kind]]
    return f"{looked_at} {'page' if looked_at == 1 else 'pages'} looked at: {', '.join(counts)}."


def _say_that_it_stopped(stopped: Stopped) -> int:
    """One line on what was finished; the exit code that a shell gives for the signal."""
    by = {"SIGINT": "by Ctrl-C", "SIGHUP": "as its terminal was closed"}.get(
        stopped.signal.name, f"by {stopped.signal.name}"
    )
    done = "No step was finished."
    if stopped.finished:
        done = f"Finished and kept: {', '.join(stopped.finished)}; nothing else counts as built."
    _complain(f"stopped {by}. {done}")
    return 128 + stopped.signal


def _say_what_failed(outcome: build.Outcome) -> None:
    if _raw_file_is_why(outcome):
        return
    for step, error in outcome.failed:
        _print_failure(step, error)
    for place, steps in outcome.missing.items():
        _complain(f"{place} is missing; not built without it: {', '.join(steps)}")
    if outcome.left:
        _complain(f"not built, for want of the above: {', '.join(outcome.left)}")
    if outcome.pages.total():
        _complain(_counted(outcome))


def _complain(words: str) -> None:
    """Print a line of trouble for whoever listens."""
    with suppress(OSError, ValueError):
        print(f"analysis: {words}", file=sys.stderr, flush=True)


def _words_of(error: OSError) -> str:
    where = f": {error.filename}" if error.filename else ""
    return f"{error.strerror or error}{where}; what was finished before is kept"


def _raw_file_is_why(outcome: build.Outcome | None = None) -> bool:
    """Whether a raw file that cannot be read stopped the build; if so, print its faults.

    pytask reads the files before any step does, and speaks of nodes where one is missing.
    """
    from analysis.data.schema import RawDataError

    if outcome is not None:
        raw = RAW.relative_to(ROOT).as_posix()
        absent = any(place.startswith(raw) for place in outcome.missing)
        if not absent and not any(isinstance(error, OSError) for _, error in outcome.failed):
            return False
    try:
        _load_and_process()
    except RawDataError as error:
        _print_faults(error.faults)
        return True
    return False


def _print_failure(step: str, error: BaseException) -> None:
    from analysis.data.schema import RawDataError

    if isinstance(error, RawDataError):
        _print_faults(error.faults)
        return
    if isinstance(error, OSError):
        words = _words_of(error)
    elif type(error).__module__.startswith(f"{__package__}."):
        words = str(error)
    else:
        words = f"{type(error).__name__}: {error}"
    _complain(f"{step} failed: {words}")


def _shown(words: str) -> str:
    """Words as a terminal can show them: short, and what cannot be seen as its code.

    A no-break space must not look like a space, nor a Cyrillic letter like a Latin one, and a
    cell must not steer the terminal.
    """
    foreign = {letter for letter in words if letter.isalpha() and not letter.isascii()}
    names = {letter: unicodedata.name(letter, "") for letter in sorted(foreign)}
    alike = [
        f"{letter} is {name}" for letter, name in names.items() if not name.startswith("LATIN")
    ]
    mixed = alike and re.search("[A-Za-z]", words)
    if words != words.strip(" ") or "  " in words:
        words = words.replace(" ", "␣")
    if len(words) > _SHOWN:
        words = f"{words[:_SHOWN]}… ({len(words)} characters)"
    shown = "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")
        for letter in words
    )
    return f"{shown} ({', '.join(alike[:3])})" if mixed else shown


def _print_faults(faults: list[Fault]) -> None:
    """One block a fault: where it is, what stands there, what could."""
    for fault in faults:
        row = f", row {_shown(str(fault.row))}" if fault.row else ""
        print(f"{fault.file}{row}, {_shown(fault.column)}", file=sys.stderr)
        for name, words in (("found", fault.found), ("valid", fault.valid)):
            lines = textwrap.wrap(_shown(words) or "(nothing)", 86) or ["(blank)"]
            for number, line in enumerate(lines):
                print(f"    {name if number == 0 else '':<6}{line}", file=sys.stderr)
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    print(f"{count} in the raw data; nothing was written.", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
