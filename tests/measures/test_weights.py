"""Both powers beside everyone else: small tables with hand-worked numbers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.data import schema
from analysis.measures.weights import concentration, european_union, weights


def record(reporter, partner, flow, value):
    return {
        "reporter": reporter,
        "partner": partner,
        "flow": flow,
        "year": 2016,
        "value": float(value),
        "dataset": "dots2022",
        "evidence": "reported",
        "source_id": "imf-dots-2022",
    }


POWERS = [
    record("KAZ", "CHN", "export", 4),
    record("KAZ", "CHN", "import", 5),
    record("KAZ", "RUS", "export", 3),
    record("KAZ", "RUS", "import", 9),
]


def test_concentration_bounds_match_worked_numbers():
    # Kyrgyz public debt, end of May 2016, million dollars, of 3,698 in all.
    owed = np.array([1394, 641, 582, 270, 248, 185, 97, 81, 61]) / 3698
    assert concentration(owed) == pytest.approx((0.2107, 0.2113), abs=5e-5)
    # Tajik trade, nine months of 2016, billion dollars, of 2.895 in all.
    trade = np.array([0.764, 0.700, 0.458, 0.224, 0.104]) / 2.895
    assert concentration(trade) == pytest.approx((0.1604, 0.1682), abs=5e-5)


def test_concentration_of_a_full_list_is_one_number():
    assert concentration(np.array([0.25] * 4)) == pytest.approx((0.25, 0.25))
    assert concentration(np.array([0.6, 0.4])) == pytest.approx((0.52, 0.52))


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=8))
def test_concentration_bounds_stand_in_order_and_below_one(values):
    shares = np.array(values) / (sum(values) + 0.1)
    low, high = concentration(shares)
    assert 0 < low <= high + 1e-12
    assert high <= 1 + 1e-9


def test_weights_divide_the_whole_between_the_powers_the_union_and_the_rest():
    rows = [
        *POWERS,
        record("KAZ", "DEU", "export", 6),
        record("KAZ", "FRA", "export", 1),
        record("KAZ", "TUR", "export", 4),
        record("KAZ", "WLD", "export", 20),
    ]
    empty = pd.DataFrame(columns=list(schema.INDICATORS_TABLE.schema.columns))
    table = weights(pd.DataFrame(rows), empty).set_index(["record", "measure"])
    row = table.loc[("own", "exports")]
    assert (row["china"], row["russia"], row["european_union"]) == (0.2, 0.15, 0.35)
    assert row["rest"] == pytest.approx(0.3)
    assert row["listed"] == pytest.approx(0.9)
    # Alone: Germany 6, China 4 and Turkey 4, Russia 3. The Union as one has 7.
    assert (row["china_rank"], row["russia_rank"]) == (2, 4)
    assert (row["china_rank_eu"], row["russia_rank_eu"]) == (2, 4)
    # Turkey's 4 is level with China's; Germany's 6 and Russia's 3 are not.
    assert (row["china_rank_best"], row["china_rank_worst"]) == (2, 3)
    # Squares of 0.3, 0.2, 0.2, 0.15 and 0.05; the rest of 0.1 may be two of 0.05.
    assert row["concentration_low"] == pytest.approx(0.195)
    assert row["concentration_high"] == pytest.approx(0.2)
    assert (row["total"], row["both"]) == (20, pytest.approx(0.35))
    assert (row["country"], row["year"], row["dataset"]) == ("KAZ", 2016, "imf-dots-2022")


def test_rows_are_numbered_in_the_order_of_their_key():
    whole = {"country": "KAZ", "year": 2016, "indicator": "debt_owed", "source_id": "office"}
    owed = [
        whole | {"power": power, "counterpart": name, "value": value}
        for power, name, value in (("CHN", "China", 2.0), ("RUS", "Russia", 1.0), ("", "all", 5.0))
    ]
    rows = [*POWERS, record("KAZ", "WLD", "export", 20)]
    table = weights(pd.DataFrame(rows), pd.DataFrame(owed))
    assert table["measure"].to_dict() == {0: "debt", 1: "exports"}


@pytest.mark.parametrize("half", ["CHN", "RUS", "WLD"])
def test_both_flows_together_are_no_turnover_where_one_of_a_power_or_the_world_is_unknown(half):
    whole = [record("KAZ", "WLD", flow, 40) for flow in ("export", "import")]
    small = record("KAZ", "DEU", "export", 6)  # buys, and is not listed as selling
    rows = pd.DataFrame([*POWERS, *whole, small])
    empty = pd.DataFrame(columns=list(schema.INDICATORS_TABLE.schema.columns))
    row = weights(rows, empty).set_index(["record", "measure"]).loc[("own", "turnover")]
    assert (row["total"], row["china"], row["russia"]) == (80, 9 / 80, 12 / 80)
    missing = (rows["partner"] == half) & (rows["flow"] == "import")
    left = weights(rows[~missing], empty)
    assert left[left["record"] == "own"]["measure"].tolist() == ["exports"]


@pytest.mark.parametrize(("year", "part"), [(2019, 0.35), (2020, 0.3)])
def test_the_union_is_its_members_of_the_year(year, part):
    rows = [
        record("KAZ", "CHN", "export", 4),
        record("KAZ", "RUS", "export", 3),
        record("KAZ", "DEU", "export", 6),
        record("KAZ", "GBR", "export", 1),
        record("KAZ", "WLD", "export", 20),
    ]
    empty = pd.DataFrame(columns=list(schema.INDICATORS_TABLE.schema.columns))
    table = weights(pd.DataFrame(rows).assign(year=year), empty)
    row = table.set_index(["record", "measure"]).loc[("own", "exports")]
    assert (row["european_union"], row["rest"]) == (part, pytest.approx(0.65 - part))


@pytest.mark.parametrize(
    ("year", "count"),
    [(1994, 0), (1995, 15), (2004, 15), (2005, 25), (2007, 27), (2013, 27), (2014, 28), (2020, 27)],
)
def test_the_union_has_as_many_members_as_it_had(year, count):
    assert len(european_union(year)) == count


def test_what_is_not_given_by_country_is_part_of_the_whole_and_no_partner():
    rows = [
        record("UZB", "CHN", "export", 3),
        record("UZB", "RUS", "export", 2),
        record("UZB", "DEU", "export", 1),
        record("UZB", "XXX", "export", 4),
        record("UZB", "WLD", "export", 10),
    ]
    empty = pd.DataFrame(columns=list(schema.INDICATORS_TABLE.schema.columns))
    none = pd.DataFrame(columns=list(schema.TRADE.schema.columns))
    table = weights(none, empty, pd.DataFrame(rows)).set_index(["record", "measure"])
    assert set(table.index) == {("own", "goods_services_exports")}
    row = table.loc[("own", "goods_services_exports")]
    assert (row["china"], row["russia"], row["european_union"]) == (0.3, 0.2, 0.1)
    assert (row["listed"], row["rest"]) == (pytest.approx(0.6), pytest.approx(0.4))
    assert (row["china_rank"], row["russia_rank"]) == (1, 2)


@pytest.mark.parametrize(("whole", "told"), [(1, ["exports"]), (0, [])])
def test_a_whole_of_a_dollar_has_parts_and_a_whole_of_nought_has_none(whole, told):
    rows = [
        record("KAZ", "CHN", "export", 0.4 * whole),
        record("KAZ", "RUS", "export", 0.3 * whole),
        record("KAZ", "WLD", "export", whole),
    ]
    empty = pd.DataFrame(columns=list(schema.INDICATORS_TABLE.schema.columns))
    table = weights(pd.DataFrame(rows), empty)
    assert table[table["record"] == "own"]["measure"].tolist() == told


def test_a_list_of_neighbours_only_says_nothing_of_everyone_else():
    rows = [*POWERS, record("KAZ", "KGZ", "export", 2), record("KAZ", "WLD", "export", 20)]
    empty = pd.DataFrame(columns=list(schema.INDICATORS_TABLE.schema.columns))
    table = weights(pd.DataFrame(rows), empty).set_index(["record", "measure"])
    # The own record gives the whole; the partners' records of two powers are no whole at all.
    assert "partner" not in table.index.get_level_values("record")
    row = table.loc[("own", "exports")]
    assert (row["china"], row["russia"]) == (0.2, 0.15)
    assert row[["european_union", "rest", "china_rank", "concentration_low"]].isna().all()


def test_a_reconciled_record_has_no_weight_of_its_own():
    own = pd.DataFrame(POWERS + [record("KAZ", "WLD", flow, 20) for flow in ("export", "import")])
    reconciled = own.assign(dataset="baci2024", evidence="reconciled", source_id="cepii-baci-2024")
    empty = pd.DataFrame(columns=list(schema.INDICATORS_TABLE.schema.columns))
    both = weights(pd.concat([own, reconciled], ignore_index=True), empty)
    pd.testing.assert_frame_equal(both, weights(own, empty))
