"""The ``analysis`` command: check the raw data, compare, build the reports.

Exit code 0 when all is well, 1 when the data or a notebook is at fault, 2 for wrong usage.
"""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis import NOTEBOOKS, PROCESSED, RAW, REPORTS, ROOT

if TYPE_CHECKING:
    from analysis.schema import Fault


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
        "--jobs",
        type=_whole,
        default=1,
        metavar="N",
        help="run steps in so many processes of this machine",
    )
    reports.add_argument(
        "--scheduler",
        default="",
        metavar="ADDRESS",
        help="run steps on the workers of this Dask scheduler, as in: tcp://node:8786",
    )
    chosen = parser.parse_args(arguments)
    if chosen.command == "check":
        return check()
    if chosen.command == "compare":
        return compare()
    return build_reports(dict(chosen.parameters), chosen.jobs, chosen.scheduler)


def _whole(text: str) -> int:
    """A number of processes."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"found {text!r}; valid: a whole number from 1")
    return int(text)


def check() -> int:
    """Validate the raw data; print every fault as a table."""
    from analysis.clean import load_raw
    from analysis.schema import RawDataError

    try:
        tables = load_raw(RAW)
    except RawDataError as error:
        _print_faults(error.faults)
        return 1
    sources = len(tables.pop("sources"))
    rows = ", ".join(f"{name} {len(rows)} rows" for name, rows in tables.items())
    print(f"The raw data is sound: {rows}, {sources} sources.")
    return 0


def compare() -> int:
    """Bring the processed tables up to date and list the comparisons."""
    code = _build(["task_clean", "task_compare", "task_check"])
    if code == 0:
        from analysis.schema import load_table

        for row in load_table("comparisons", PROCESSED).itertuples():
            said = row.reason if row.comparable == "no" else f"D {row.difference:+.3f}, {row.word}"
            print(f"{row.comparison_id:<48} {said}")
    return code


def build_reports(parameters: dict[str, str], jobs: int = 1, scheduler: str = "") -> int:
    """Build every report that is out of date, or the one that the parameters name.

    On so many processes of this machine, or on the workers of a Dask scheduler.
    """
    names = None
    if parameters:
        from analysis.report import ParameterError, check_parameters

        try:
            check_parameters(NOTEBOOKS / "country.ipynb", parameters)
        except ParameterError as error:
            print(f"analysis: {error}", file=sys.stderr)
            return 2
        names = [
            "task_clean",
            "task_compare",
            "task_check",
            f"task_report[{parameters['country']}]",
        ]
    code = _build(names, jobs, scheduler)
    if code == 0:
        print(f"Open {(REPORTS / 'index.html').relative_to(ROOT)}")
    return code


def _build(names: list[str] | None, jobs: int = 1, scheduler: str = "") -> int:
    """Run the steps that are out of date, all of them or the named ones; say what was done."""
    import pytask

    from analysis import workers

    # The steps say themselves what they do, a line each; pytask's tables say it again.
    pytask.console.quiet = True
    try:
        sessions = workers.build(
            names,
            jobs,
            scheduler,
            config=ROOT / "pyproject.toml",
            paths=ROOT / "src" / "analysis" / "task_pipeline.py",
            capture="no",
            says_progress=True,
        )
    except workers.SchedulerError as error:
        print(f"analysis: {error}", file=sys.stderr)
        return 1
    outcomes = pytask.TaskOutcome
    reports = [report for session in sessions for report in session.execution_reports]
    for report in reports:
        if report.outcome == outcomes.FAIL:
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


def _print_failure(step: str, error: BaseException) -> None:
    from analysis.schema import RawDataError

    if isinstance(error, RawDataError):
        _print_faults(error.faults)
    else:
        print(f"{step} failed: {type(error).__name__}: {error}", file=sys.stderr)


def _print_faults(faults: list[Fault]) -> None:
    """One block a fault: where it is, what stands there, what could."""
    for fault in faults:
        print(f"{fault.file}, row {fault.row}, {fault.column}", file=sys.stderr)
        for name, words in (("found", fault.found), ("valid", fault.valid)):
            lines = textwrap.wrap(words or "(nothing)", 86) or ["(blank)"]
            for number, line in enumerate(lines):
                print(f"    {name if number == 0 else '':<6}{line}", file=sys.stderr)
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    print(f"{count} in the raw data; nothing was written.", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
