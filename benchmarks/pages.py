"""What the pages say with a row damaged: the sentences that the tests of the pages hold.

A damage that moves no verdict may still move a number that a page prints. The words of every page
were read and are kept as snapshots (``tests/page``), so that a test then fails and shows the line.
Counted here is what these snapshots hold and nothing else: of the pages of the five, the start page
and the region every sentence, chart's title and row of a table; of others their sentences, and the
titles of charts and tables. Not the rows of the data page, which repeat each figure as it stands,
nor the drawings.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from analysis.config import COUNTRIES, PROCESSED, ROOT
from analysis.data import store
from analysis.measures import compare, leads, verdicts, weights
from analysis.page.country import Country
from analysis.page.table import Table

sys.path.append(str(ROOT / "tests" / "page"))

from said import shown, words_of

# The pages that have a snapshot: their notebook, its parameters, and the tests that hold their
# sentences and the rows of their tables (none where no test does).
_ROWS = "test_russian.py::test_a_russian_page_says_what_was_read"
_WORLD = "test_world_method_data.py::test_a_page_says_what_was_read"
Held = tuple[str, dict[str, str], str, str]
PAGES: dict[str, Held] = {
    code: (
        "country",
        {"country": code},
        f"test_country_page.py::test_a_page_says_what_was_read[{code}]",
        f"{_ROWS}[country-{code}]" if code in COUNTRIES else "",
    )
    for code in (*COUNTRIES, "MNG")
}
PAGES |= {
    name: (name, {}, test, test)
    for name in ("index", "region")
    if (test := f"test_said.py::test_a_page_says_what_was_read[{name}]")
}
PAGES["claims"] = ("claims", {}, "test_claims_page.py::test_the_page_says_what_was_read", "")
PAGES |= {name: (name, {}, f"{_WORLD}[{name}]", "") for name in ("method", "data", "world")}

# What pages print beside the names of sources: of the records of trade they show nothing else.
READ = {
    *("figures", "indicators", "comparisons", "ties", "verdicts", "crossings", "weights", "mirror"),
    *("world", "world_crossings"),
}

Line = tuple[str, str]  # the words, and the test that holds them


def pages_of(changed: Collection[str], countries: Collection[str]) -> list[str]:
    """The pages that may print what a row came to, the likeliest first.

    Args:
        changed: the cleaned tables that the row changed.
        countries: those that the row names.

    >>> pages_of(["trade_world"], ["ALB"])
    ['world']
    >>> pages_of(["indicators"], ["KGZ"])
    ['KGZ', 'index', 'region', 'claims', 'method']
    """
    of_world = "trade_world" in changed
    of_five = any(name != "trade_world" for name in changed)
    found = [
        code for code in PAGES if code in countries and (of_five if code in COUNTRIES else of_world)
    ]
    found += ["index", "region", "claims", "method"] if of_five else []
    return [*found, *(["world"] if of_world else [])]


def lines(page: str) -> list[Line]:
    """What a page says, each line with the test that holds it; a page that fails says why.

    The cards of the sources, which take most of the time, are in no snapshot and are left out.
    """
    notebook, parameters, words, rows = PAGES[page]
    found: list[Line] = []
    cards = Country.sources
    try:
        Country.sources = lambda *_, **__: None
        for one in shown(notebook, **parameters):
            said = words_of(one)
            if isinstance(one, Table):
                found += [(said[0], words), *((line, rows) for line in said[1:] if rows)]
            else:
                found += [(line, words) for line in said]
    except (AssertionError, KeyError, IndexError, ValueError, TypeError) as error:
        found.append((f"the page is not built: {type(error).__name__}: {error}", words))
    finally:
        Country.sources = cards
    return found


def moved(before: list[Line], after: list[Line]) -> Line | None:
    """The first line that is no longer said, or is said anew, as it then reads."""
    for one, other in zip(before, after, strict=False):
        if one != other:
            return other
    longer = max(before, after, key=len)
    return longer[min(len(before), len(after))] if len(before) != len(after) else None


@contextmanager
def tables_with(made: Mapping[str, pd.DataFrame], changed: Collection[str]) -> Iterator[set[str]]:
    """The processed tables as the build would write them, for every page that is read meanwhile.

    Args:
        made: the cleaned tables.
        changed: those of them that are not as they were committed.

    Yields:
        The names of the processed tables that are no longer as committed, to the byte.
    """
    usual, read = store.load_table, {}
    with tempfile.TemporaryDirectory(prefix="damage-") as name:
        folder = Path(name)
        for path in PROCESSED.iterdir():
            (folder / path.name).symlink_to(path)
        for table in changed:
            store.save_table(table, made[table], folder)
        for step in _steps(changed):
            step(folder)

        def load_table(name: str, place: Path) -> pd.DataFrame:
            key = (name, folder if place == PROCESSED else place)
            if key not in read:
                read[key] = usual(*key)
            return read[key].copy(deep=False)

        try:
            store.load_table = load_table
            yield {
                path.stem
                for path in folder.glob("*.csv")
                if not path.is_symlink()
                and path.read_bytes() != (PROCESSED / path.name).read_bytes()
            }
        finally:
            store.load_table = usual


def _steps(changed: Collection[str]) -> list[Callable[[Path], None]]:
    """The steps of the build that rest on some tables. Checks and claims are looked at before."""
    found: list[Callable[[Path], None]] = []
    if {"figures", "trade", "indicators"} & {*changed}:
        found.append(compare.write_comparisons)
    if {*changed} - {"trade_world"}:
        found.append(verdicts.write_ties)
    if {*changed} - {"trade_world", "figures"}:
        found.append(weights.write_weights)
    return [*found, leads.write_world] if "trade_world" in changed else found
