"""Pages of which little is known: each text, table and chart says so, and none breaks."""

import numpy as np
import pandas as pd

from analysis.config import PROCESSED
from analysis.data import store
from analysis.measures import (
    changes,
    claims,
    compare,
    consistency,
    leads,
    trade,
    weights,
    yearly,
)
from analysis.measures.editions import load_editions
from analysis.page import checks


def none_of(table):
    """A table without a row, its columns of the right types."""
    return store.load_table(table, PROCESSED).head(0)


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


def test_a_debtor_whose_creditors_are_all_nought_has_no_parts():
    nought = owed(China=0, Russia=0, Japan=0, all=0)
    assert weights.weights(none_of("trade"), nought).empty
    pairs = yearly.indicator_pairs(nought)
    shares = yearly.relative_to(pairs, pairs["all"], "debt_share", "share", "share")
    told = yearly.compare_series(shares)
    assert set(told["reason"]) == {"the total is nothing, and has no parts"}
    assert told[["china", "russia", "difference"]].isna().all(axis=None)


def test_a_debtor_without_china_and_russia_owes_others():
    rows = weights.weights(none_of("trade"), owed(Japan=3e9, all=4e9))
    assert rows[["china", "russia", "rest", "listed"]].to_numpy().tolist() == [[0, 0, 1, 0.75]] * 2


def test_nothing_has_no_concentration():
    assert np.isnan(weights.concentration(np.array([]))).all()


def test_a_debt_that_nobody_is_known_to_be_owed_is_wholly_the_rest():
    rows = weights.weights(none_of("trade"), owed(China=0, all=4e9))
    assert rows["rest"].tolist() == [1, 1]
    assert rows["concentration_low"].isna().all()


def test_the_measures_of_nothing_are_tables_without_rows():
    records, indicators, figures = (none_of(name) for name in ("trade", "indicators", "figures"))
    comparisons = compare.compare(figures, records, indicators, load_editions())
    assert comparisons.empty
    assert changes.crossings(none_of("ties"), indicators).empty
    assert compare.region_totals(comparisons).empty
    assert trade.mirror(records).empty
    assert weights.weights(records, indicators).empty
    assert trade.flows(records).empty
    assert trade.trade_pairs(records).empty
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
