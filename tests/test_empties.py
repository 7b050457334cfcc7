"""Pages of which little is known: each text, table and chart says so, and none breaks."""

import inspect
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.charts import marks, overview, special
from analysis.config import COUNTRIES, PROCESSED
from analysis.data import store
from analysis.measures import books, claims, compare, consistency, leads, yearly
from analysis.measures.editions import load_editions
from analysis.page import checks, findings, tables, verdict
from analysis.page.findings import evidence

TABLES = (
    "figures",
    "comparisons",
    "crossings",
    "mirror",
    "weights",
    "indicators",
    "checks",
    "claims",
)
# What a function takes beside the evidence.
OTHERS = {
    "concept": "debt_share",
    "book": "partner",
    "dimensions": "trade",
    "figure_ids": [],
    "rows": [],
}


def none_of(table):
    """A table without a row, its columns of the right types."""
    return store.load_table(table, PROCESSED).head(0)


def public_functions():
    """Every public function of the pages and charts that takes a page's evidence first."""
    for module in (findings, verdict, tables, marks, special):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            parameters = list(inspect.signature(function).parameters.values())
            ours = function.__module__ == module.__name__ and not name.startswith("_")
            if ours and parameters and parameters[0].name == "evidence":
                more = [OTHERS[one.name] for one in parameters[1:] if one.default is one.empty]
                yield function, more


FUNCTIONS = list(public_functions())


def check(told):
    """A result is worded, or it is nothing; never a number that is none."""
    if isinstance(told, list):
        for one in told:
            check(one)
    if isinstance(told, marks.Chart):
        told = f"{told.title} {told.alt} {told.caption}"
    if isinstance(told, str):
        words = re.sub(r"<[^>]*>", " ", told)
        assert not re.search(r"\b(?:nan|None(?! of)|inf|NaN)\b|\(\)|: \.|\bof none\b", words), words


def tell_all(page):
    """Run every function on a page's evidence; every one that breaks is named."""
    broken = []
    for function, more in FUNCTIONS:
        try:
            check(function(page, *more))
        except Exception as error:
            broken.append(f"{function.__module__}.{function.__name__}: {error!r}")
    assert broken == []


def without(page, *names):
    return replace(page, **{table: getattr(page, table).head(0) for table in names})


@pytest.fixture(scope="module")
def page():
    """Evidence of a country, read once."""
    known = {}
    return lambda code: known.setdefault(code, evidence(code))


def test_nearly_all_functions_are_looked_at():
    assert len(FUNCTIONS) > 40


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_country_of_which_nothing_is_known_has_its_page(page, country):
    tell_all(without(page(country), *TABLES))


@pytest.mark.parametrize(("number", "table"), list(enumerate(TABLES)))
def test_a_country_without_one_of_the_tables_has_its_page(page, number, table):
    tell_all(without(page(list(COUNTRIES)[number % len(COUNTRIES)]), table))


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_country_with_half_of_its_rows_has_its_page(page, country):
    halves = {
        table: getattr(page(country), table).sample(frac=0.5, random_state=1).sort_index()
        for table in ("comparisons", "crossings", "mirror", "weights", "indicators", "checks")
    }
    tell_all(replace(page(country), **halves))


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("power", ["CHN", "RUS"])
def test_a_country_with_figures_on_one_power_alone_has_its_page(page, country, power):
    figures = page(country).figures
    pairs = page(country).comparisons
    stated = pairs["china_ids"].isin(figures["figure_id"])
    stated |= pairs["russia_ids"].isin(figures["figure_id"])
    kept = figures[figures["power"] != power]
    tell_all(replace(page(country), figures=kept, comparisons=pairs[~stated]))


DEBT = {
    "country": "KGZ",
    "indicator": "debt_owed",
    "unit": "USD",
    "dataset": "ids",
    "vintage": "2025-12",
    "source_id": load_editions().debt,
}


def owed(**values):
    """Kyrgyzstan's debt, the same in 2016 and 2024: what each is owed, and all together."""
    powers = {"China": "CHN", "Russia": "RUS"}
    rows = []
    for year in (2016, 2024):
        for who, value in values.items():
            power, counterpart = powers.get(who, ""), "" if who in powers else who
            row = {"year": year, "value": float(value), "power": power, "counterpart": counterpart}
            rows.append(DEBT | row)
    return pd.DataFrame(rows)


def test_a_debtor_whose_creditors_are_all_nought_has_no_parts_and_a_page(page):
    nought = owed(China=0, Russia=0, Japan=0, all=0)
    weights = books.weights(none_of("trade"), nought)
    assert weights.empty
    pairs = yearly.indicator_pairs(nought)
    shares = yearly.relative_to(pairs, pairs["all"], "debt_share", "share", "share")
    told = yearly.compare_series(shares)
    assert set(told["reason"]) == {"the total is nothing, and has no parts"}
    assert told[["china", "russia", "difference"]].isna().all(axis=None)
    assert books.creditor_kinds(nought, "KGZ", [2016, 2024]).empty
    comparisons = pd.concat([yearly.compare_series(pairs), told], ignore_index=True)
    tell_all(replace(page("KGZ"), indicators=nought, weights=weights, comparisons=comparisons))


def test_a_debtor_without_china_and_russia_owes_others():
    rows = books.weights(none_of("trade"), owed(Japan=3e9, all=4e9))
    assert rows[["china", "russia", "rest", "listed"]].to_numpy().tolist() == [[0, 0, 1, 0.75]] * 2
    kinds = books.creditor_kinds(owed(Japan=3e9, all=4e9), "KGZ", [2016]).set_index("creditor")
    assert kinds.loc["other states", "share"] == 0.75
    assert kinds.loc["China", "share"] == 0


def test_nothing_has_no_concentration():
    assert np.isnan(books.concentration(np.array([]))).all()


def test_a_debt_that_nobody_is_known_to_be_owed_is_wholly_the_rest():
    rows = books.weights(none_of("trade"), owed(China=0, all=4e9))
    assert rows["rest"].tolist() == [1, 1]
    assert rows["concentration_low"].isna().all()


def test_the_measures_of_nothing_are_tables_without_rows():
    trade, indicators, figures = (none_of(name) for name in ("trade", "indicators", "figures"))
    comparisons = compare.compare(figures, trade, indicators, load_editions())
    assert comparisons.empty
    assert yearly.crossings(comparisons).empty
    assert compare.region_totals(comparisons).empty
    assert books.mirror(trade).empty
    assert books.weights(trade, indicators).empty
    assert books.flows(trade).empty
    assert books.trade_pairs(trade).empty
    assert consistency.check_figures(figures) == []
    assert consistency.rank_against_total(figures, none_of("weights"), "x") == []
    assert consistency.shares_of_output(figures, indicators) == []
    assert consistency.creditors_against_total(indicators) == []
    assert checks.in_words([]).empty
    judge = claims.Judge({}, none_of("ties"), none_of("weights"), indicators, {})
    assert claims.ranks_of("KAZ", judge).empty


def test_the_world_of_nothing_is_tables_without_rows():
    world = leads.world(none_of("trade_world"))
    assert world.empty
    assert leads.crossings(world).empty
    assert leads.verdicts(world, [2016]).empty
    assert leads.as_comparisons(world).empty


# --- the pages on all five ---

OVERVIEWS = [
    function
    for name, function in inspect.getmembers(overview, inspect.isfunction)
    if function.__module__ == overview.__name__
    and not name.startswith("_")
    and name not in ("pages", "abroad", "source_title")
]


def tell_region(pages):
    """Run every function on the pages of the five; every one that breaks is named."""
    broken = []
    for function in OVERVIEWS:
        try:
            check(function(*([pages] if inspect.signature(function).parameters else [])))
        except Exception as error:
            broken.append(f"{function.__name__}: {error!r}")
    assert broken == []


@pytest.mark.parametrize("known", [0, 1, 4])
def test_the_region_is_told_of_where_little_is_known(page, monkeypatch, known):
    codes = list(COUNTRIES)
    pages = [page(code) for code in codes[:known]]
    pages += [without(page(code), *TABLES) for code in codes[known:]]
    load = store.load_table

    def of_the_known(name, folder):
        rows = load(name, folder)
        return rows[rows["country"].isin(codes[:known])] if "country" in rows else rows

    monkeypatch.setattr(store, "load_table", of_the_known)
    tell_region(pages)


# --- a country more ---


@pytest.fixture
def sixth(monkeypatch):
    """Mongolia among the countries, of which the tables hold nothing yet."""
    monkeypatch.setitem(COUNTRIES, "MNG", "Mongolia")
    return "MNG"


def test_a_country_that_is_added_has_its_page_at_once(sixth):
    tell_all(evidence(sixth))


def test_the_region_takes_a_country_that_is_added(sixth):
    pages = overview.pages()
    assert pages[-1].country == sixth
    tell_region(pages)
