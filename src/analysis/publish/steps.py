"""What the steps of a build make, in the words of those who read it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.data import countries

# Steps that write tables, by name, with what they write.
_TABLES = {
    "task_figures": ("figures.csv",),
    "task_codebook": ("codebook.csv",),
    "task_compare": ("comparisons.csv",),
    "task_weigh": ("mirror.csv", "weights.csv"),
    "task_tie": ("ties.csv", "verdicts.csv", "crossings.csv"),
    "task_leads": ("world.csv", "world_crossings.csv"),
    "task_check": ("checks.csv", "claims.csv"),
}
# What looks at raw data alone.
_LOOK = "task_raw_data"
_START = "the start page"


def made_by(step: str) -> tuple[str, ...]:
    """The tables or the page that a step makes; none of one that writes nothing.

    Args:
        step: its name, as in ``task_report[KAZ]``.

    Example:
        >>> made_by("task_weigh"), made_by("task_overview[claims]"), made_by("task_raw_data")
        (('mirror.csv', 'weights.csv'), ('the page Claims',), ())
    """
    kind, _, asked = step.rstrip("]").partition("[")
    if kind == _LOOK:
        return ()
    if kind in _TABLES:
        return _TABLES[kind]
    if kind == "task_clean":
        return (f"{asked}.csv",)
    code, _, language = asked.partition("-")
    if kind in ("task_report", "task_report_in_russian", "task_country"):
        return (f"the page {_area(code)}{' in Russian' if language else ''}",)
    if kind == "task_overview_in_russian":
        return (f"{_START} in Russian",)
    if asked == "index":
        return (_START,)
    # Any other page is the step's own, or the one that it is asked for.
    page = asked or re.sub("^task_", "", kind).replace("_", " ")
    return (f"the page {page.capitalize()}",)


def _area(code: str) -> str:
    """A country's name; its code where the list of names cannot be read."""
    try:
        return countries.area(code)
    except (OSError, ValueError, KeyError):
        return code


def named(steps: Sequence[str]) -> str:
    """Steps by what they make, tables first and pages together.

    Example:
        >>> named(["task_overview[index]", "task_report[KAZ]", "task_tie", "task_report[KGZ]"])
        'ties.csv, verdicts.csv, crossings.csv, the start page and the pages Kazakhstan, Kyrgyzstan'
        >>> named(["task_raw_data"])
        'the look at all raw data'
    """
    made = [name for step in steps for name in made_by(step)]
    pages = [name.removeprefix("the page ") for name in made if name.startswith("the page ")]
    told = [name for name in made if name.endswith(".csv")]
    told += [name for name in made if name.startswith(_START)]
    if pages:
        told.append(f"the page{'s' if len(pages) > 1 else ''} {', '.join(pages)}")
    if not told:
        return "the look at all raw data"
    return " and ".join(filter(None, [", ".join(told[:-1]), told[-1]]))
