"""Which pages may print a row, and which line of theirs is the first to read otherwise."""

import sys

import pytest

from analysis.config import PROCESSED, ROOT
from analysis.data import store
from analysis.page.country import Country

sys.path.append(str(ROOT / "benchmarks"))

import pages

BOTH = [("China sold $41bn.", "a test"), ("Russia sold $26bn.", "another test")]


@pytest.mark.parametrize(
    ("after", "line"),
    [
        (BOTH, None),
        ([BOTH[0], ("Russia sold $62bn.", "another test")], ("Russia sold $62bn.", "another test")),
        (BOTH[:1], BOTH[1]),  # no longer said
        ([*BOTH, ("Gas too.", "a test")], ("Gas too.", "a test")),
    ],
)
def test_the_first_line_that_reads_otherwise_is_named_with_its_test(after, line):
    assert pages.moved(BOTH, after) == line


@pytest.mark.parametrize(
    ("changed", "countries", "found"),
    [
        (["trade_world"], ["KGZ", "CHN"], ["world"]),
        (["trade_world"], ["MNG", "CHN"], ["MNG", "world"]),
        (["figures"], ["TJK"], ["TJK", "index", "region", "claims", "method"]),
        (
            ["trade", "trade_world"],
            ["KAZ", "RUS"],
            ["KAZ", "index", "region", "claims", "method", "world"],
        ),
    ],
)
def test_a_row_may_be_printed_on_its_countrys_page_and_those_on_all(changed, countries, found):
    assert pages.pages_of(changed, countries) == found


def test_each_line_is_held_by_a_test_of_the_pages():
    for page in pages.PAGES:
        _, _, words, rows = pages.PAGES[page]
        for test in filter(None, (words, rows)):
            file, _, rest = test.partition("::")
            text = (ROOT / "tests" / "page" / file).read_text(encoding="utf-8")
            assert f"def {rest.partition('[')[0]}(" in text


def test_the_pages_are_read_with_the_tables_as_they_would_be():
    changed = {"figures": store.load_table("figures", PROCESSED).iloc[1:]}
    count, cards = len(store.load_table("figures", PROCESSED)), Country.sources
    with pages.tables_with(changed, ["figures"]) as other:
        assert "figures" in other and "trade" not in other
        assert len(store.load_table("figures", PROCESSED)) == count - 1
        assert len(pages.lines("method")) > 10
    assert len(store.load_table("figures", PROCESSED)) == count
    assert Country.sources is cards
