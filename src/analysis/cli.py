"""The ``analysis`` command: check the raw data, compare, build the reports.

Exit code 0 when all is well, 1 when the data or a notebook is at fault, 2 for wrong usage.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from analysis.config import COUNTRIES, NOTEBOOKS, PART, PROCESSED, RAW, REPORTS, ROOT
from analysis.data import countries

if TYPE_CHECKING:
    from analysis.data.faults import Fault


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
        help="run so many notebooks at a time, each in a process of its own (as a rule one more "
        "than there are cores)",
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
    reading = commands.add_parser("read", help="say how the words of a printed figure are read")
    reading.add_argument(
        "phrase", metavar="PHRASE", help='as in: "nearly $2bn"; - for lines of unit, tab and phrase'
    )
    reading.add_argument("--unit", metavar="UNIT", help="USD, EUR, share, persons and so on")
    reading.add_argument("--period", action="store_true", help="the words date a figure")
    reading.add_argument("--json", action="store_true", help="answer with data, not a sentence")
    chosen = parser.parse_args(arguments)
    if chosen.command == "read":
        return read(reading, chosen)
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


def read(parser: argparse.ArgumentParser, chosen: argparse.Namespace) -> int:
    """Say how printed words are read, one phrase or each line of the standard input."""
    from analysis.data.intervals import Refused
    from analysis.data.quantities import EXAMPLES

    if (chosen.period or chosen.phrase == "-") and chosen.unit is not None:
        parser.error("--unit goes with a phrase; a period has none, and a line has its own")
    if not chosen.period and chosen.phrase != "-" and chosen.unit not in EXAMPLES:
        parser.error(f"found unit {chosen.unit or 'none'}; valid: {', '.join(EXAMPLES)}")
    try:
        if chosen.phrase == "-":
            return _read_lines(chosen.period)
        try:
            data, sentence = _reading(chosen.phrase, chosen.unit)
        except Refused as error:
            if chosen.json:
                print(json.dumps({"refused": str(error)}, ensure_ascii=False), flush=True)
            else:
                print(f"analysis: {error}", file=sys.stderr)
            return 1
        print(json.dumps(data, ensure_ascii=False) if chosen.json else sentence, flush=True)
    except BrokenPipeError:
        # Whoever read the answers has read enough. Nothing may be flushed to them at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _reading(phrase: str, unit: str | None) -> tuple[Any, str]:
    """What a phrase says, as data and as a sentence; without a unit it is a period."""
    from analysis.data import periods, quantities, say

    if unit is None:
        period = periods.read_period(phrase)
        return say.period_as_data(period), say.period_in_a_sentence(period)
    found = quantities.read(phrase, unit)
    return say.as_data(found), say.in_a_sentence(found)


def _read_lines(periods: bool) -> int:
    """Answer each line of the standard input with a line of JSON."""
    from analysis.data.intervals import Refused
    from analysis.data.quantities import EXAMPLES

    code = 0
    with open(
        sys.stdin.fileno(), encoding="utf-8", errors="replace", newline="\n", closefd=False
    ) as lines:
        for line in lines:
            words = line.removesuffix("\n").removesuffix("\r")
            unit, tab, phrase = (None, "", words) if periods else words.partition("\t")
            try:
                if unit is not None and (not tab or unit not in EXAMPLES):
                    code = 1
                    raise Refused(
                        f"a line needs a unit ({', '.join(EXAMPLES)}), a tab and a phrase"
                    )
                answer, _ = _reading(phrase, unit)
            except Refused as error:
                answer = {"refused": str(error)}
            print(json.dumps(answer, ensure_ascii=False), flush=True)
    return code


def check() -> int:
    """Validate the raw data; print every fault as a table."""
    from analysis.data.faults import RawDataError

    try:
        tables = _load_and_process()
    except RawDataError as error:
        _print_faults(error.faults)
        return 1
    sources, corrections = len(tables.pop("sources")), len(tables.pop("corrections"))
    rows = ", ".join(f"{name} {len(rows)} rows" for name, rows in tables.items())
    print(f"The raw data is sound: {rows}, {sources} sources, {corrections} corrections.")
    return 0


def _load_and_process() -> dict[str, Any]:
    """The raw tables, once all that can be said against them has been looked for."""
    from analysis.data.clean import process
    from analysis.data.load import load_raw

    tables = load_raw(RAW)
    process(tables)
    return tables


def compare() -> int:
    """Bring the processed tables up to date and list the comparisons."""
    code = _build(["task_clean", "task_compare", "task_check"])
    if code == 0:
        from analysis.data.schema import load_table

        for row in load_table("comparisons", PROCESSED).itertuples():
            said = row.reason if row.comparable == "no" else f"D {row.difference:+.3f}, {row.word}"
            print(f"{row.comparison_id:<48} {said}")
    return code


def build_reports(
    parameters: dict[str, str], jobs: int | None = None, scheduler: str = "", words: str = ""
) -> int:
    """Build every report that is out of date, or those of the countries that were asked for.

    Args:
        parameters: ``country`` and its code, for one page.
        jobs: how many notebooks at a time; None for as many as ``workers.usual_jobs`` says.
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
    except (OSError, KeyError, csv.Error) as error:
        if not _raw_file_is_why([]):
            print(f"analysis: countries.csv cannot be read ({error})", file=sys.stderr)
        return 1
    others = [code for code in asked if code not in COUNTRIES]
    names = None
    if asked and words.strip().upper() != countries.EVERY:
        pages = [f"task_report[{code}]" for code in asked if code in COUNTRIES]
        tables = ["task_clean", "task_compare", "task_check", *(["task_leads"] if others else [])]
        names = tables + pages
    code = _build(names, jobs, scheduler, others)
    if code == 0:
        page = f"{countries.page_name(asked[others[0]])}.html" if len(others) == 1 else "index.html"
        print(f"Open {(REPORTS / page).relative_to(ROOT)}")
        if len(others) > 1:
            print(
                f"The {len(others)} pages beyond the five are in {REPORTS.relative_to(ROOT)}/ too."
            )
    return code


def refresh(services: list[str], accept_fewer: bool = False, record: bool = False) -> int:
    """Fetch today's edition from each service; one that fails does not keep the next from it."""
    from datetime import date

    from analysis.charts.revisions import in_a_sentence
    from analysis.data.faults import RawDataError
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
    from analysis.data.faults import RawDataError
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
        from analysis.publish.report import check_parameters

        check_parameters(NOTEBOOKS / "country.ipynb", parameters)
    return asked


def _build(
    names: list[str] | None,
    jobs: int | None = None,
    scheduler: str = "",
    others: Sequence[str] = (),
) -> int:
    """Run the steps that are out of date, all of them or the named ones, one build at a time.

    The pages of other countries than the five come last.
    """
    from filelock import FileLock, Timeout

    place = ROOT / ".pytask" / "build.lock"
    try:
        place.parent.mkdir(exist_ok=True)
        lock = FileLock(place)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            print("Another build is under way; this one waits for it to end.", flush=True)
            lock.acquire()
        try:
            _remove_leftovers()
            return _run_steps(names, jobs, scheduler, others)
        finally:
            lock.release()
    except OSError as error:
        # A full disk or a folder that may not be written, met outside any step.
        print(f"analysis: {_words_of(error)}", file=sys.stderr)
        return 1


def _remove_leftovers() -> None:
    """Remove what a killed build left half-written; nothing else writes while the lock is held."""
    for folder in (PROCESSED, REPORTS, REPORTS / "figures", REPORTS / "executed"):
        for path in folder.glob(f".*{PART}"):
            path.unlink(missing_ok=True)
    for folder in (REPORTS / "executed").glob(".run-*"):
        shutil.rmtree(folder, ignore_errors=True)


def _words_of(error: OSError) -> str:
    where = f": {error.filename}" if error.filename else ""
    return f"{error.strerror or error}{where}; what was finished before is kept"


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


def _run_steps(
    names: list[str] | None, jobs: int | None, scheduler: str, others: Sequence[str] = ()
) -> int:
    """Run the steps through pytask; say what was done and what failed."""
    import pytask

    from analysis.publish import workers

    # The steps say themselves what they do, a line each; pytask's tables say it again.
    pytask.console.quiet = True
    try:
        jobs = jobs or workers.usual_jobs()
        options = {
            "config": ROOT / "pyproject.toml",
            "paths": ROOT / "src" / "analysis" / "publish" / "tasks.py",
            "capture": "no",
            # Else pytask's live table, quiet as it is, would swallow all lines on a terminal.
            "verbose": 0,
            "says_progress": True,
        }
        with _asking_for(()):
            sessions = [workers.build(names, jobs, scheduler, **options)]
        if others and sessions[-1].exit_code == pytask.ExitCode.OK:
            lock = ROOT / ".pytask" / "countries.lock"
            with _asking_for(others):
                sessions.append(
                    workers.build(["task_country"], jobs, scheduler, lock=lock, **options)
                )
    except workers.SchedulerError as error:
        print(f"analysis: {error}", file=sys.stderr)
        return 1
    outcomes = pytask.TaskOutcome
    reports = [report for session in sessions for report in session.execution_reports]
    failed = [report for report in reports if report.outcome == outcomes.FAIL]
    if sessions[-1].exit_code != pytask.ExitCode.OK and _raw_file_is_why(
        [r.exc_info[1] for r in failed]
    ):
        return 1
    for report in failed:
        _print_failure(report.task.name.rpartition("::")[2], report.exc_info[1])
    left = [r.task.name for r in reports if r.outcome == outcomes.SKIP_PREVIOUS_FAILED]
    if left:
        names = ", ".join(name.rpartition("::")[2] for name in left)
        print(f"Not built, for want of the above: {names}", file=sys.stderr)
    if sessions[-1].exit_code != pytask.ExitCode.OK:
        if not reports:
            print("analysis: the pipeline could not be set up; see `pytask build`", file=sys.stderr)
        return 1
    if all(report.outcome != outcomes.SUCCESS for report in reports):
        print("Nothing to do: everything is up to date.")
    return 0


def _raw_file_is_why(errors: list[BaseException]) -> bool:
    """Whether a raw file that cannot be read stopped the build; if so, print its faults.

    pytask reads the files before any step does, and speaks of nodes where one is missing.
    """
    from analysis.data.faults import RawDataError

    if errors and not any(
        isinstance(error, OSError) or type(error).__name__ == "NodeNotFoundError"
        for error in errors
    ):
        return False
    try:
        _load_and_process()
    except RawDataError as error:
        _print_faults(error.faults)
        return True
    return False


def _print_failure(step: str, error: BaseException) -> None:
    from analysis.data.faults import RawDataError

    if isinstance(error, RawDataError):
        _print_faults(error.faults)
    elif isinstance(error, OSError):
        print(f"{step} failed: {_words_of(error)}", file=sys.stderr)
    else:
        print(f"{step} failed: {type(error).__name__}: {error}", file=sys.stderr)


def _print_faults(faults: list[Fault]) -> None:
    from analysis.data.faults import told

    print(told(faults), end="", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
