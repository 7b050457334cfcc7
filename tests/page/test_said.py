"""What the pages say, and what stands in their tables, is what was read and found good."""

import pytest
from said import PAGES, SNAPSHOTS, said

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_what_was_read(page):
    notebook, parameters = PAGES[page]
    assert said(notebook, **parameters) == (SNAPSHOTS / f"{page}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("page", "parameters"),
    [
        ("index", {"then": 2008}),
        ("region", {"then": 2008, "since": 2005}),
        ("region", {"then": 2023, "since": 2016}),
        ("region", {"then": 2019, "since": 2020}),
    ],
)
def test_a_page_holds_what_it_says_for_other_years(page, parameters):
    told = said(page, **parameters)
    assert str(parameters["then"]) in told
    assert "nan" not in told.lower().split()


def test_a_year_that_only_some_countries_have_reached_leaves_the_others_out():
    told = said("region", then=2025)
    assert "By own records no country has both 2025 and a later year" in told
    assert "By partners’ records no country has both 2025 and a later year" in told


@pytest.mark.parametrize("page", ["index", "region"])
def test_a_year_that_the_tables_do_not_hold_is_refused(page):
    with pytest.raises(ValueError, match="then is 1999; valid: 2000 to"):
        said(page, then=1999)
