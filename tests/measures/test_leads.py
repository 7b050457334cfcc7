"""Every country by the same rules: small tables worked out by hand, then the published one."""

import numpy as np
import pandas as pd
import pytest

from analysis.config import POWERS, PROCESSED
from analysis.data import store
from analysis.data.copied import copied_runs
from analysis.measures.editions import load_editions
from analysis.measures.judgement import leader_of
from analysis.measures.leads import (
    LISTED_FROM,
    countries_of,
    counts,
    counts_by_record,
    crossings,
    not_its_own,
    passed,
    standing,
    verdicts,
    world,
)


def record(reporter, partner, flow, value, year=2016, evidence="reported"):
    return {
        "reporter": reporter,
        "partner": partner,
        "flow": flow,
        "year": year,
        "value": float(value),
        "evidence": evidence,
    }


# Mongolia sells 40m and 3m and buys 5m and 9m on its own record; China and Russia have others.
OWN = [
    record("MNG", "CHN", "export", 40e6),
    record("MNG", "CHN", "import", 5e6),
    record("MNG", "RUS", "export", 3e6),
    record("MNG", "RUS", "import", 9e6),
]
PARTNER = [
    record("CHN", "MNG", "import", 36e6),
    record("CHN", "MNG", "export", 9e6),
    record("RUS", "MNG", "import", 4e6),
    record("RUS", "MNG", "export", 11e6),
]
ENDS = ["china_low", "china_high", "russia_low", "russia_high"]


def table(*records):
    return world(pd.DataFrame(records)).set_index(["record", "flow"])


def test_each_record_keeps_to_its_recorder_and_turnover_is_both_ways_together():
    rows = table(*OWN, *PARTNER)
    assert list(rows.loc[("own", "exports"), ENDS]) == [40e6, 40e6, 3e6, 3e6]
    assert list(rows.loc[("partner", "exports"), ENDS]) == [36e6, 36e6, 4e6, 4e6]
    assert list(rows.loc[("own", "turnover"), ENDS]) == [45e6, 45e6, 12e6, 12e6]
    assert list(rows.loc[("partner", "turnover"), ENDS]) == [45e6, 45e6, 15e6, 15e6]


def test_who_is_ahead_follows_from_the_measure():
    row = table(*PARTNER).loc[("partner", "turnover")]
    # D = (45 - 15) / (45 + 15).
    assert row["difference_low"] == row["difference_high"] == 0.5
    assert (row["leader"], row["refusal"]) == ("CHN", "")


def test_sums_within_a_tenth_of_each_other_are_level():
    # D = (10.5 - 10) / 20.5 = 0.024
    row = table(record("CHN", "MNG", "export", 10.5e6), record("RUS", "MNG", "export", 10e6)).loc[
        ("partner", "imports")
    ]
    assert row["leader"] == "level"


def test_what_is_not_listed_beside_a_listed_direction_is_anything_below_the_least_listed():
    rows = table(*PARTNER[:3])
    assert list(rows.loc[("partner", "imports"), ENDS]) == [9e6, 9e6, 0, LISTED_FROM]
    row = rows.loc[("partner", "turnover")]
    assert list(row[ENDS]) == [45e6, 45e6, 4e6, 4e6 + LISTED_FROM]
    assert row["difference_low"] == pytest.approx((45 - 4.1) / (45 + 4.1), abs=1e-6)
    assert row["difference_high"] == pytest.approx((45 - 4) / (45 + 4), abs=1e-6)


def test_two_unlisted_sums_cannot_be_told_apart():
    rows = table(PARTNER[0], PARTNER[2])
    row = rows.loc[("partner", "imports")]
    assert (row["difference_low"], row["difference_high"]) == (-1, 1)
    assert row["leader"] == "too_close"


def test_no_record_at_all_is_missing_and_not_small():
    row = table(*PARTNER[:2]).loc[("partner", "turnover")]
    assert np.isnan(row["russia_low"])
    assert np.isnan(row["difference_low"])
    assert (row["leader"], row["refusal"]) == ("", "no record for Russia")


@pytest.mark.parametrize(
    ("evidence", "why"),
    [("estimated", "estimated by the publisher"), ("imputed", "filled in by a fixed ratio")],
)
def test_a_direction_that_a_country_did_not_record_itself_spoils_turnover(evidence, why):
    rows = table(*PARTNER, *OWN[:3], OWN[3] | {"evidence": evidence})
    assert rows.loc[("own", "imports"), "refusal"] == f"no record of its own: {why}"
    assert rows.loc[("own", "turnover"), "refusal"] == f"no record of its own: {why}"
    assert rows.loc[("own", "exports"), "refusal"] == ""
    assert rows.loc[("partner", "turnover"), "refusal"] == ""


def copied(years, factor=1.06):
    """Own imports from China that are the partner's exports times a factor; Russia's are not."""
    rows = []
    for year in years:
        rows += [
            record("CHN", "MNG", "export", 1e7 * year, year),
            record("MNG", "CHN", "import", factor * 1e7 * year, year),
            record("RUS", "MNG", "export", 1e8 + year**2, year),
            record("MNG", "RUS", "import", 1e8 + year**3 % 977 * 1e4, year),
        ]
    return rows


def test_a_record_that_is_the_partners_times_a_factor_is_not_its_own():
    trade = pd.DataFrame([*copied(range(2001, 2005)), record("MNG", "CHN", "import", 7, 2010)])
    found = not_its_own(trade)
    assert list(found["year"]) == [2001, 2002, 2003, 2004]
    assert set(found["country"] + found["flow"]) == {"MNGimports"}
    own = world(trade).query("country == 'MNG' and record == 'own' and flow == 'imports'")
    assert own[own["year"] <= 2004]["refusal"].str.startswith("no record of its own: worked").all()


def test_a_run_up_to_the_year_before_the_last_casts_doubt_on_the_last():
    rows = copied(range(2016, 2020))
    later = [row | {"value": row["value"] * 1.01} for row in copied([2020], factor=0.9)]
    assert set(not_its_own(pd.DataFrame([*rows, *later]))["year"]) == set(range(2016, 2021))
    # Two years on, the country may have begun to count.
    after = [row | {"year": 2021} for row in later]
    assert set(not_its_own(pd.DataFrame([*rows, *after]))["year"]) == set(range(2016, 2020))


def test_what_was_made_of_both_records_is_a_copy_of_neither():
    both = [row | {"evidence": "reconciled"} for row in copied(range(2001, 2005))]
    found = not_its_own(pd.DataFrame(both))
    assert set(found["why"]) == {"both sides' records brought together"}
    assert copied_runs(pd.DataFrame(both).assign(dataset="d")).empty
    assert len(copied_runs(pd.DataFrame(copied(range(2001, 2005))).assign(dataset="d")))


def test_three_years_with_one_factor_may_be_chance():
    assert not_its_own(pd.DataFrame(copied(range(2001, 2004)))).empty


def test_another_pair_of_powers_has_every_country_but_its_own_two():
    trade = pd.DataFrame([record("MNG", "USA", "export", 9e6), record("RUS", "CHN", "export", 8e6)])
    found = world(trade, {"CHN": "China", "USA": "the United States"})
    assert set(found["country"]) == {"MNG", "RUS"}


def test_the_powers_and_the_world_are_no_countries():
    trade = pd.DataFrame(
        [*OWN, record("CHN", "RUS", "export", 1), record("DEU", "WLD", "import", 1)]
    )
    assert countries_of(trade) == ["DEU", "MNG"]
    assert set(world(trade)["country"]) == {"MNG"}


def pair(record, low, high=None, year=2016, refusal="", country="MNG"):
    high = low if high is None else high
    return {
        "country": country,
        "flow": "turnover",
        "year": year,
        "record": record,
        "difference_low": low,
        "difference_high": high,
        "leader": "" if refusal else str(leader_of(low, high)),
        "refusal": refusal,
    }


@pytest.mark.parametrize(
    ("records", "verdict", "leader"),
    [
        ([pair("partner", 0.3), pair("own", 0.1)], "ahead_on_both", "CHN"),
        ([pair("partner", -0.3), pair("own", -0.9)], "ahead_on_both", "RUS"),
        ([pair("partner", 0.3), pair("own", -0.3)], "depends_on_the_record", ""),
        ([pair("partner", 0.3), pair("own", 0.01)], "ahead_or_level", "CHN"),
        ([pair("partner", 0.3), pair("own", -0.5, 0.5)], "ahead_or_too_close", "CHN"),
        ([pair("partner", 0.02), pair("own", -0.02)], "level", ""),
        ([pair("partner", 0.3)], "ahead_on_the_one_record", "CHN"),
        ([pair("own", -0.3)], "ahead_on_the_one_record", "RUS"),
        ([pair("own", 0.04)], "level", ""),
        (
            [pair("partner", 0.3), pair("own", -0.3, refusal="no record of its own")],
            "ahead_on_the_one_record",
            "CHN",
        ),
        ([pair("partner", np.nan, refusal="no record for Russia")], "no_pair", ""),
    ],
)
def test_the_verdict_follows_from_the_records_that_there_are(records, verdict, leader):
    (row,) = verdicts(pd.DataFrame(records), [2016]).to_dict("records")
    assert (row["verdict"], row["leader"]) == (verdict, leader)


def test_a_country_without_a_row_in_a_year_still_has_a_verdict():
    rows = verdicts(pd.DataFrame([pair("partner", 0.3)]), [2015, 2016])
    assert list(rows["verdict"]) == ["no_pair", "ahead_on_the_one_record"]
    assert list(rows["partner"]) == ["", "CHN"]


def test_chinas_part_of_the_two_is_in_the_middle_of_what_the_interval_allows():
    # D 0.2 to 0.4 is a part of 0.6 to 0.7.
    (row,) = verdicts(pd.DataFrame([pair("own", 0.2, 0.4)]), [2016]).to_dict("records")
    assert row["own_part"] == pytest.approx(0.65)
    assert np.isnan(row["partner_part"])


MANY = pd.DataFrame(
    [
        pair("partner", 0.3, country="DEU"),
        pair("own", 0.3, country="DEU"),
        pair("partner", -0.3, country="BLR"),
        pair("partner", 0.3, country="KAZ"),
        pair("own", -0.3, country="KAZ"),
        pair("own", 0.0, country="SRB"),
        pair("own", np.nan, country="FJI", refusal="no record for Russia"),
    ]
)


def test_each_country_is_counted_once():
    found = verdicts(MANY)
    assert dict(zip(found["country"], standing(found), strict=True)) == {
        "BLR": "RUS", "DEU": "CHN", "FJI": "unknown", "KAZ": "depends", "SRB": "neither",
    }  # fmt: skip
    (row,) = counts(found).to_dict("records")
    assert row == {
        "year": 2016, "CHN": 1, "RUS": 1, "depends": 1, "neither": 1, "unknown": 1, "all": 5,
    }  # fmt: skip


def test_where_nobody_stands_the_count_is_nought():
    (row,) = counts(verdicts(MANY).query("country == 'SRB'")).to_dict("records")
    assert row == {
        "year": 2016, "CHN": 0, "RUS": 0, "depends": 0, "neither": 1, "unknown": 0, "all": 1,
    }  # fmt: skip


def test_on_each_record_a_country_is_counted_once():
    found = counts_by_record(verdicts(MANY)).set_index("record")
    assert found.loc["partner"].tolist() == [2016, 2, 1, 0, 2]
    assert found.loc["own"].tolist() == [2016, 1, 1, 1, 2]


def series(record, **signs):
    return pd.DataFrame(
        [pair(record, 0.3 * sign, year=int(year[1:])) for year, sign in signs.items()]
    )


def test_two_years_of_the_other_are_a_crossing_and_one_alone_is_not():
    rows = series("partner", y2001=-1, y2002=-1, y2003=1, y2004=-1, y2005=1, y2006=1, y2007=1)
    found = crossings(rows).to_dict("records")
    assert [(row["year"], row["leader"], row["lasting"]) for row in found] == [(2005, "CHN", "yes")]


def test_a_lead_is_kept_through_a_level_year_and_a_single_year_of_the_other():
    rows = series("own", y2001=-1, y2002=-1, y2003=1, y2004=1, y2005=0, y2006=-1)
    (row,) = crossings(rows).to_dict("records")
    assert (row["year"], row["leader"], row["lasting"], row["last_year"]) == (
        2003, "CHN", "yes", 2006,
    )  # fmt: skip


def test_records_cross_each_by_itself_and_a_refused_year_breaks_the_run():
    partner = series("partner", y2001=-1, y2002=-1, y2003=1, y2004=1)
    own = series("own", y2001=-1, y2002=-1, y2003=1, y2004=1)
    own.loc[own["year"] == 2004, "refusal"] = "no record of its own"
    found = crossings(pd.concat([own, partner]))
    assert list(found["record"]) == ["partner"]


def change(country, year, leader="CHN", lasting="yes", last_year=2020):
    return {
        "country": country, "record": "own", "year": year, "leader": leader, "lasting": lasting,
        "last_year": last_year,
    }  # fmt: skip


def test_a_power_has_passed_the_other_where_it_still_holds_the_lead_in_the_last_year():
    table = pd.DataFrame(
        [
            change("KGZ", 2008, lasting="no"),
            change("KGZ", 2012, "RUS", lasting="no"),
            change("KGZ", 2018),
            change("FJI", 2003, last_year=2012),  # ends early
            change("MLT", 2010, "RUS"),
        ]
    )
    found = passed(table, "own", 2020)
    assert found[["country", "year"]].values.tolist() == [["KGZ", 2018]]
    assert passed(table, "own", 2020, "RUS")["country"].tolist() == ["MLT"]
    assert passed(table, "partner", 2020).empty


@pytest.fixture(scope="module")
def published():
    return store.load_table("world", PROCESSED)


def test_nothing_that_the_table_lists_is_below_what_it_is_said_to_list():
    assert store.load_table("trade_world", PROCESSED)["value"].min() >= LISTED_FROM


def test_the_five_come_out_as_in_their_own_ties(published):
    ties = store.load_table("ties", PROCESSED)
    ties = ties[
        (ties["edition"] == load_editions().trade)
        & (ties["concept"] == "trade_turnover")
        & (ties["leader"] != "")
    ]
    rows = published[(published["flow"] == "turnover") & (published["refusal"] == "")]
    both = ties.merge(
        rows, on=["country", "year", "record"], suffixes=("", "_world"), validate="1:1"
    )
    assert len(both) == len(ties) > 150
    assert (both["leader"] == both["leader_world"]).all()


@pytest.mark.parametrize("country", ["AFG", "AGO", "COD", "KWT", "LBR", "SAU", "XKX"])
def test_runs_that_are_known_from_elsewhere_are_found(country):
    found = not_its_own(store.load_table("trade_world", PROCESSED))
    assert country in set(found["country"])


def test_every_country_has_a_name_and_no_power_is_one():
    names = set(store.load_table("countries", PROCESSED)["country"])
    countries = set(store.load_table("world", PROCESSED)["country"])
    assert countries <= names
    assert not countries & set(POWERS)
