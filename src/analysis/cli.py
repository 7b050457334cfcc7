"""The ``analysis`` command: check the raw data, compare, build the reports.

Exit code 0 when all is well, 1 when the data or a notebook is at fault, 2 for wrong usage.
"""

from __future__ import annotations

import argparse
import atexit
import csv
import gc
import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from analysis.config import COUNTRIES, FOUND, NOTEBOOKS, PROCESSED, RAW, REPORTS, ROOT
from analysis.data import countries
from analysis.publish.beforehand import claims_are_new
from analysis.publish.outcome import (
    complain,
    counted,
    print_faults,
    raw_file_is_why,
    say_that_it_stopped,
    say_what_failed,
    words_of,
)
from analysis.publish.stop import Stopped, stoppable
from analysis.publish.usage import usage


class MissingNotebookError(Exception):
    """A notebook that a page needs and that is not there."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with the given arguments, or with those of the shell."""
    # What is there at the end goes with the process; it need not be looked through once more.
    atexit.register(gc.freeze)
    parser, reading = usage(str(__doc__))
    chosen = parser.parse_args(arguments)
    try:
        with stoppable():
            code = read(reading, chosen) if chosen.command == "read" else _run(chosen)
            sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the answers has read enough. Nothing may be flushed to them at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Stopped as stopped:
        return say_that_it_stopped(stopped)
    return code


def _run(chosen: argparse.Namespace) -> int:
    """Run the command that was chosen."""
    if FOUND is None:
        complain(
            f"no project in {ROOT} or in a folder above it; valid: a folder that holds "
            "data/raw/article.csv and notebooks/country.ipynb"
        )
        return 1
    if chosen.command == "check":
        return check()
    if chosen.command == "seal":
        return seal()
    if chosen.command == "compare":
        return compare()
    if chosen.command == "refresh":
        return refresh(chosen.services, chosen.accept_fewer, chosen.record)
    if chosen.command == "adopt":
        return adopt(chosen.edition)
    if chosen.command == "explain":
        return tell_of(chosen.name)
    return build_reports(chosen.parameters, chosen.jobs, chosen.scheduler, chosen.countries)


def read(parser: argparse.ArgumentParser, chosen: argparse.Namespace) -> int:
    """Say how printed words are read, one phrase or each line of the standard input."""
    from analysis.data.intervals import Refused
    from analysis.data.quantities import EXAMPLES

    if (chosen.period or chosen.phrase == "-") and chosen.unit is not None:
        parser.error("--unit goes with a phrase; a period has none, and a line has its own")
    if not chosen.period and chosen.phrase != "-" and chosen.unit not in EXAMPLES:
        parser.error(f"found unit {chosen.unit or 'none'}; valid: {', '.join(EXAMPLES)}")
    if chosen.phrase == "-":
        return _read_lines(chosen.period)
    try:
        data, sentence = _reading(chosen.phrase, chosen.unit)
    except Refused as error:
        if chosen.json:
            print(json.dumps({"refused": str(error)}, ensure_ascii=False))
        else:
            print(f"analysis: {error}", file=sys.stderr)
        return 1
    print(json.dumps(data, ensure_ascii=False) if chosen.json else sentence)
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


def tell_of(name: str) -> int:
    """Print one number's way on one screen."""
    from analysis.page.country import load
    from analysis.page.explain import explain

    try:
        print(explain(name, load(), RAW, REPORTS))
    except FileNotFoundError as error:
        complain(f"{error.filename} is not there; `analysis reports` makes the tables")
        return 1
    except ValueError as error:
        complain(str(error))
        return 1
    return 0


def check() -> int:
    """Validate the raw data; print every fault as a table."""
    from analysis.data.raw_tables import RAW_TABLES

    found = _sound()
    if found is None:
        return 1
    tables, made = found
    sources, corrections = len(tables["sources"]), len(tables["corrections"])
    rows = ", ".join(f"{name} {len(tables[name])} rows" for name in RAW_TABLES)
    print(f"The raw data is sound: {rows}, {sources} sources, {corrections} corrections.")
    _print_looks(tables, made)
    return 0


def _sound() -> tuple[dict[str, Any], dict[str, Any]] | None:
    """The raw tables and what is cleaned from them; None where faults were printed instead.

    Claims are held against the cleaned tables too, without writing any: where they alone are at
    fault, what raw data tells of them and what only cleaned tables tell is told at once.
    """
    from analysis.data.clean import process
    from analysis.data.faults import RawDataError
    from analysis.data.load import load_but_for_claims
    from analysis.data.memory import READ, recall
    from analysis.page.claims_at_fault import claims_at_fault

    recall(READ)
    try:
        tables, told = load_but_for_claims(RAW)
        made = process(tables)
    except RawDataError as error:
        print_faults(error.faults)
        return None
    if faults := claims_at_fault(tables, made, RAW, told):
        print_faults(faults)
        return None
    return tables, made


def _print_looks(tables: dict[str, Any], made: dict[str, Any]) -> None:
    """What is odd and may be right all the same; nothing is refused for it."""
    from analysis.data.faults import shown
    from analysis.data.looks import looks
    from analysis.data.raw_tables import FIGURES

    found = looks(tables, made)
    if found:
        print("\nWorth another look:")
    files = {
        figure_id: f"{name}.csv, row {line}, {figure_id}"
        for name in FIGURES
        for line, figure_id in tables[name]["figure_id"].items()
    }
    for look in found:
        row = look.place.removesuffix("-earlier").removesuffix("-whole")
        print(files.get(look.place) or files.get(row, look.place))
        for name in ("found", "beside", "why"):
            print(f"    {name:<7}{shown(getattr(look, name))}")


def seal() -> int:
    """Seal the shipped statistics as they are, once they are sound, and say what has changed."""
    from analysis.data.clean import process
    from analysis.data.faults import RawDataError
    from analysis.data.load import load_raw
    from analysis.data.seals import renew_seals

    try:
        process(load_raw(RAW, sealed=False))
        changes = renew_seals(RAW)
    except RawDataError as error:
        print_faults(error.faults)
        return 1
    except OSError as error:
        print(f"analysis: {words_of(error)}", file=sys.stderr)
        return 1
    print("\n".join(changes) if changes else "Nothing has changed since the last seal.")
    return 0


def compare() -> int:
    """Bring the processed tables up to date and list the comparisons."""
    code = _build(["task_check", "task_compare"])
    if code == 0:
        from analysis.data.store import load_table
        from analysis.publish.pool import tell

        for row in load_table("comparisons", PROCESSED).itertuples():
            said = row.reason if row.comparable == "no" else f"D {row.difference:+.3f}, {row.word}"
            if not tell(f"{row.comparison_id:<48} {said}"):
                break  # whoever read has what they wanted
    return code


def build_reports(
    parameters: Sequence[Sequence[str]],
    jobs: int | None = None,
    scheduler: str = "",
    words: str = "",
) -> int:
    """Build every report that is out of date, or those of the countries that were asked for.

    Args:
        parameters: names and values as the command line has them: a country's code, or none.
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
        complain(str(error))
        return 1
    except (OSError, KeyError, csv.Error) as error:
        if not raw_file_is_why():
            complain(f"countries.csv cannot be read ({error})")
        return 1
    others = [code for code in asked if code not in COUNTRIES]
    names = None
    if asked and words.strip().upper() != countries.EVERY:
        pages = [f"task_report[{code}]" for code in asked if code in COUNTRIES]
        # The tables' steps before a page are asked for with it.
        names = [*pages, *(["task_leads", "task_tie", "task_check"] if others else [])]
    if claims_are_new(ROOT / "pytask.lock", RAW / "claims.csv") and _sound() is None:
        return 1
    code = _build(names, jobs, scheduler, others)
    if code == 0:
        from analysis.publish.pool import tell

        alone = next(iter(asked.values())) if len(asked) == 1 else "index"
        page = f"{countries.page_name(alone)}.html"
        tell(f"Open {(REPORTS / page).relative_to(ROOT)}")
        if len(others) > 1:
            tell(
                f"The {len(others)} pages beyond the five are in {REPORTS.relative_to(ROOT)}/ too."
            )
    return code


def refresh(services: list[str], accept_fewer: bool = False, record: bool = False) -> int:
    """Fetch today's edition from each service; one that fails does not keep the next from it."""
    from analysis.fetch.editions import SERVICES

    if unknown := [name for name in services if name not in SERVICES]:
        valid = ", ".join(SERVICES)
        print(f"analysis: unknown service {unknown[0]!r}; valid: {valid}", file=sys.stderr)
        return 2
    asked = list(dict.fromkeys(services)) or list(SERVICES)
    failed = []
    for name in asked:
        print(f"{SERVICES[name].publisher}, {SERVICES[name].title}", flush=True)
        if not _refreshed(name, accept_fewer, record):
            failed.append(name)
    kept = len(asked) - len(failed)
    if failed:
        print(f"{kept} of {len(asked)} kept; failed: {', '.join(failed)}.", file=sys.stderr)
    else:
        print("The one asked for is kept." if kept == 1 else f"All {kept} are kept.")
    return 1 if failed else 0


def _refreshed(name: str, accept_fewer: bool, record: bool) -> bool:
    """Fetch one edition and say what came of it; whether it was kept."""
    from datetime import date

    from analysis.data.editions import load_manifest
    from analysis.data.faults import RawDataError
    from analysis.fetch.editions import RefreshError, fetch
    from analysis.measures.revisions import in_a_sentence

    folder = ROOT / "tests" / "recorded" if record else None
    try:
        place = fetch(name, RAW, date.today(), accept_fewer=accept_fewer, record=folder)
    except RawDataError as error:
        print_faults(error.faults, f"in what {name} answered; nothing was kept")
        return False
    except (RefreshError, ImportError, OSError) as error:
        print(f"{_reason(name, error)}; nothing was kept.", file=sys.stderr)
        return False
    print(f"  kept as {place.relative_to(ROOT)}; no report rests on it yet")
    manifest, _ = load_manifest(place.with_suffix(".json"))
    for remark in manifest.get("remarks", []):
        print(f"  {remark}")
    try:
        print(f"  {in_a_sentence(place.stem, RAW)}")
    except (RawDataError, OSError):
        # It sets the edition against the processed tables, which need not be there.
        print("  what it changes is told once the tables are built: analysis compare")
    print(f"  to use it: analysis adopt {place.stem}")
    return True


def _reason(name: str, error: Exception) -> str:
    if isinstance(error, ImportError):
        return f"{name} cannot be asked: {error.name} is missing; install the extra named refresh"
    if isinstance(error, OSError):
        where = f": {error.filename}" if error.filename else ""
        return f"{name} could not be kept: {error.strerror or error}{where}"
    return str(error)


def adopt(edition: str) -> int:
    """Let the headlines rest on an edition, by one line in one file."""
    from analysis.data.faults import RawDataError
    from analysis.fetch.editions import NoSuchEditionError, RefreshError
    from analysis.fetch.editions import adopt as change

    try:
        before = change(edition, RAW)
    except RawDataError as error:
        print_faults(error.faults, "in the raw data as it would be; nothing was changed")
        return 1
    except (RefreshError, OSError) as error:
        words = str(error) if isinstance(error, RefreshError) else words_of(error)
        print(f"analysis: {words}; nothing was changed", file=sys.stderr)
        return 2 if isinstance(error, NoSuchEditionError) else 1
    if before == edition:
        print(f"{edition} is in use already; nothing was changed.")
        return 0
    print(f"{edition} is in use instead of {before}. Next: make reports")
    print(f"To undo: analysis adopt {before}")
    return 0


def _countries_asked(parameters: Sequence[Sequence[str]], words: str) -> dict[str, str]:
    """The countries asked for by either option, by code; none where neither was given.

    Raises:
        ValueError: for a parameter or a country that cannot be asked for, with the likely one.
    """
    if not parameters and not words.strip():
        return {}
    known = countries.names()
    asked = countries.asked(words, known) if words.strip() else {}
    if parameters:
        from analysis.publish.parameters import check_parameters, country_asked

        code = country_asked(parameters, NOTEBOOKS)
        asked |= {code: countries.check_country(code, known)}
        notebook = NOTEBOOKS / "country.ipynb"
        if not notebook.is_file():
            raise MissingNotebookError(f"{notebook.relative_to(ROOT)} is missing")
        check_parameters(notebook, {"country": code})
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
    except build.NoClusterError as error:
        complain(str(error))
        return 1
    except build.BuildError as error:
        # A folder where a raw file should be stops pytask before it looks at any step.
        if not raw_file_is_why():
            complain(str(error))
        return 1
    except OSError as error:
        # A full disk or a folder that may not be written, met outside any step.
        complain(words_of(error))
        return 1
    if not outcome.sound:
        say_what_failed(outcome)
        return 1
    if not outcome.built:
        pool.tell("Nothing to do: everything is up to date.")
    if outcome.pages.total():
        pool.tell(counted(outcome))
    return 0


if __name__ == "__main__":
    sys.exit(main())
