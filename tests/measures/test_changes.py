"""Changes of lead: small tables of pairs worked out by hand, and what the tables must give."""

from math import isnan

import pandas as pd
import pytest

from analysis import load
from analysis.measures.changes import crossings, falls, holders, single_leads
from analysis.measures.region import by_others, by_states, counted_apart, trade_of_all

NONE = float("nan")
NO_GAS = pd.DataFrame(columns=["country", "counterpart", "indicator", "year", "value", "source_id"])


def pair(year, leader, **more):
    row = {
        "country": "KGZ",
        "tie": "trade",
        "concept": "trade_turnover",
        "record": "own",
        "year": year,
        "whole_year": "yes",
        "grade": "table",
        "evidence": "reported",
        "edition": "office",
        "in_use": "yes",
        "leader": leader,
        "china": 9.0,
        "russia": 9.0,
    } | more
    row["pair_id"] = f"{row['record']}-{row['edition']}-{year}"
    return row


def table(*rows):
    return pd.DataFrame(rows)


def years(leaders, first=2000, **more):
    """Pairs year by year: C is China, R Russia, = neither."""
    names = {"C": "CHN", "R": "RUS", "=": "level"}
    return [pair(first + place, names[one], **more) for place, one in enumerate(leaders)]


def test_a_lead_taken_on_the_newest_edition_is_told_with_who_had_it():
    rows = years("RRC", 2020)
    rows.append(pair(2023, "CHN", evidence="preliminary"))
    first, change = holders(table(*rows)).to_dict("records")
    assert (first["year"], first["leader"], first["before"]) == (2020, "RUS", "")
    assert (change["year"], change["leader"], change["before"]) == (2022, "CHN", "RUS")
    assert (change["preliminary"], change["lasting"], change["last_year"]) == ("yes", "yes", 2023)
    assert change["pair_id"] == "own-office-2022"
    assert (first["from_start"], change["from_start"]) == (True, False)


def test_a_first_holder_is_followed_back_on_older_editions():
    older, newer = years("RR", 2000, edition="older"), years("RR", 2018)
    (row,) = holders(table(*older, *newer)).to_dict("records")
    assert (row["year"], row["pair_id"]) == (2000, "own-older-2000")
    assert row["from_start"]


def test_a_first_holder_may_have_come_after_the_tables_began():
    (row,) = holders(table(*years("=RR", 2000))).to_dict("records")
    assert (row["year"], row["from_start"]) == (2001, False)
    older, newer = years("=RR", 2000, edition="older"), years("RR", 2018)
    (row,) = holders(table(*older, *newer)).to_dict("records")
    assert (row["year"], row["from_start"]) == (2001, False)
    # Another held the lead on the older edition.
    older, newer = years("CC", 2000, edition="older"), years("RR", 2018)
    (row,) = holders(table(*older, *newer)).to_dict("records")
    assert (row["year"], row["leader"], row["from_start"]) == (2018, "RUS", False)


def test_the_years_of_a_holder_and_those_in_which_it_leads_are_counted_to_the_next_holders():
    first, second = holders(table(*years("=RR=RCC=CR"))).to_dict("records")
    assert (first["year"], first["ahead_in"], first["of_years"]) == (2001, 3, 4)
    assert (second["year"], second["ahead_in"], second["of_years"]) == (2005, 3, 5)
    assert (first["last_id"], second["last_id"]) == ("own-office-2004", "own-office-2009")


def test_years_of_an_older_edition_are_counted_where_the_holder_led_there_too():
    older, newer = years("RR=", 2000, edition="older"), years("RR", 2018)
    (row,) = holders(table(*older, *newer)).to_dict("records")
    assert (row["year"], row["ahead_in"], row["of_years"]) == (2000, 4, 5)
    assert row["last_id"] == "own-office-2019"


def test_a_holder_whom_the_newest_edition_has_behind_before_is_not_followed_back():
    older = years("CC", 2000, edition="older")
    newer = [*years("RR", 2000, in_use="no"), *years("CC", 2002)]
    first, second = holders(table(*older, *newer)).to_dict("records")
    assert (first["year"], first["leader"]) == (2000, "RUS")
    assert (second["year"], second["leader"], second["pair_id"]) == (2002, "CHN", "own-office-2002")


def test_changes_are_numbered_from_nought_in_the_order_of_their_keys():
    tajikistan = [one | {"country": "TJK"} for one in years("RRCC")]
    found = crossings(table(*tajikistan, *years("RRCC")), NO_GAS)
    assert found["country"].to_dict() == {0: "KGZ", 1: "TJK"}


def test_the_first_holder_has_taken_the_lead_from_nobody():
    found = crossings(table(*years("RRCC")), NO_GAS)
    assert found[["year", "leader", "before"]].values.tolist() == [[2002, "CHN", "RUS"]]


def test_a_lead_that_the_other_takes_back_has_not_lasted():
    found = crossings(table(*years("RRCC=RR")), NO_GAS)
    assert found[["year", "leader", "lasting"]].values.tolist() == [
        [2002, "CHN", "no"],
        [2005, "RUS", "yes"],
    ]


@pytest.mark.parametrize("leaders", ["RRCR", "RR=C", "RR=="])
def test_a_single_year_is_no_change(leaders):
    assert crossings(table(*years(leaders)), NO_GAS).empty


def test_an_edition_that_tells_no_year_any_more_is_not_followed():
    older = years("RRCC", 2000, edition="older", in_use="no")
    newer = years("RRRR", 2000)
    assert crossings(table(*older, *newer), NO_GAS).empty


@pytest.mark.parametrize(
    "more", [{"grade": "stated"}, {"whole_year": "no"}, {"record": "reconciled"}]
)
def test_statements_parts_of_years_and_third_parties_make_no_series(more):
    assert crossings(table(*years("RRCC", **more)), NO_GAS).empty


def test_each_record_and_each_country_is_followed_alone():
    own, theirs = years("RRCC"), years("CCCC", record="partner")
    other = years("CCRR", country="UZB", tie="debt", concept="debt_owed", record="stated")
    found = crossings(table(*own, *theirs, *other), NO_GAS)
    assert found[["country", "tie", "record", "leader"]].values.tolist() == [
        ["KGZ", "trade", "own", "CHN"],
        ["UZB", "debt", "stated", "RUS"],
    ]


def test_single_years_ahead_before_a_first_lead_are_listed_and_those_of_its_hold_are_not():
    held = holders(table(*years("CRRCRCRCCRC", 2000)))
    assert held[["leader", "year"]].values.tolist() == [["RUS", 2001], ["CHN", 2007]]
    assert held["alone"].tolist() == [[], [2000, 2003, 2005]]
    assert held["ahead_in"].tolist() == [4, 3]


def test_of_a_power_that_held_the_lead_before_no_single_year_is_listed():
    held = holders(table(*years("RRCCRCRR", 2000)))
    assert held["leader"].tolist() == ["RUS", "CHN", "RUS"]
    assert held["alone"].tolist() == [[], [], []]


def test_a_last_year_that_stands_alone_is_no_change_but_a_first_time_since():
    older = [pair(2010, "CHN", edition="older"), pair(2011, "RUS", edition="older")]
    newer = years("RRC", 2021)
    (row,) = single_leads(table(*older, *newer)).to_dict("records")
    assert (row["country"], row["year"], row["leader"], row["since"]) == ("KGZ", 2023, "CHN", 2010)
    assert holders(table(*older, *newer))["leader"].tolist() == ["RUS"]


def test_a_lead_of_old_that_rests_on_a_break_of_the_other_powers_series_says_so():
    rows = years("RRRCRRC", 2008)
    for row, russia in zip(rows, [9.0, 12.4, 10.0, 5.0, 23.8, 24.0, 8.0], strict=True):
        row["russia"] = russia
    (row,) = single_leads(table(*rows)).to_dict("records")
    assert (row["since"], row["dip_before"], row["dip"], row["dip_after"]) == (
        2011,
        10.0,
        5.0,
        23.8,
    )
    ids = {row["year"]: row["pair_id"] for row in rows}
    assert [row[f"dip{one}_id"] for one in ("_before", "", "_after")] == [
        ids[2010],
        ids[2011],
        ids[2012],
    ]
    # A third less is a fall, and no break.
    rows[3]["russia"] = 7.0
    (row,) = single_leads(table(*rows)).to_dict("records")
    assert row["since"] == 2011 and row["dip"] != row["dip"]


def test_a_last_year_like_the_one_before_is_not_told():
    assert single_leads(table(*years("CC", 2022))).empty


def test_each_series_is_looked_at_whatever_another_has():
    steady = [row | {"country": "KAZ"} for row in years("RR", 2022)]
    turned = years("RC", 2022)
    told = single_leads(table(*steady, *turned))
    assert told[["country", "leader"]].values.tolist() == [["KGZ", "CHN"]]


def counted(figures, **more):
    """Pairs year by year from 2018, with the two powers' figures."""
    return [
        pair(2018 + place, "RUS", china=china, russia=russia, **more)
        for place, (china, russia) in enumerate(figures)
    ]


def test_a_fall_by_a_fifth_in_the_last_year_of_a_series_is_told_of_the_power_whose_it_is():
    (row,) = falls(table(*counted([(9, 40), (10, 40), (8, 33)]))).to_dict("records")
    assert (row["year"], row["power"], row["record"]) == (2020, "CHN", "own")
    assert row["fall"] == pytest.approx(0.2)
    assert (row["before_id"], row["pair_id"]) == ("own-office-2019", "own-office-2020")


def test_a_fall_before_the_last_year_a_smaller_one_and_a_rise_are_not_told():
    assert falls(table(*counted([(10, 10), (1, 9), (2, 10)]))).empty
    assert falls(table(*counted([(10, 10), (8.1, 30)]))).empty


def test_a_fall_from_another_editions_figure_from_a_gap_or_from_nothing_is_not_told():
    older = pair(2018, "CHN", china=90.0, edition="older")
    assert falls(table(older, pair(2019, "RUS"))).empty
    apart = [pair(2018, "CHN", china=90.0), pair(2020, "RUS")]
    assert falls(table(*apart)).empty
    assert falls(table(*counted([(0.0, 9), (0.0, 9)]))).empty


def test_a_fall_to_what_is_no_one_number_is_not_told():
    assert falls(table(*counted([(10, 10), (NONE, 10)]))).empty
    assert falls(table(*counted([(NONE, 10), (5, 10)]))).empty


def test_falls_of_both_records_stand_side_by_side_china_first():
    own = counted([(10, 10), (5, 5)])
    theirs = counted([(10, 10), (5, 5)], record="partner")
    told = falls(table(*theirs, *own))
    assert told[["power", "record"]].values.tolist() == [
        ["CHN", "own"],
        ["CHN", "partner"],
        ["RUS", "own"],
        ["RUS", "partner"],
    ]


def gas(china, russia, first=2014):
    rows = [
        (first + place, buyer, value)
        for buyer, values in (("CHN", china), ("RUS", russia))
        for place, value in enumerate(values)
    ]
    frame = pd.DataFrame(rows, columns=["year", "counterpart", "value"])
    return frame.assign(country="OCIS", indicator="gas_exports", source_id="review")


def test_the_region_sells_its_gas_together():
    found = crossings(table(*years("RR")), gas([20, 20, 29, 33, 37], [33, 33, 27, 24, 29]))
    # 29 to 27 is 0.036 of their sum: the two are level in 2016.
    assert found[["country", "tie", "year", "leader", "before", "last_year"]].values.tolist() == [
        ["OCIS", "gas", 2017, "CHN", "RUS", 2018]
    ]


def test_of_gas_that_is_known_for_one_year_no_lead_is_told():
    found = crossings(table(*years("RR")), gas([29], [27]))
    assert found[found["tie"] == "gas"].empty


@pytest.fixture(scope="module")
def five():
    return load()


def test_own_trade_changed_hands_in_kyrgyzstan_and_uzbekistan_alone(five):
    own = five.where("crossings", tie="trade", record="own")
    told = ["country", "concept", "year", "leader", "preliminary", "lasting"]
    assert own[told].values.tolist() == [
        ["KGZ", "trade_turnover", 2022, "CHN", "yes", "yes"],
        ["UZB", "goods_services_turnover", 2018, "CHN", "no", "yes"],
    ]


def test_kazakhstans_last_year_alone_has_china_ahead_for_the_first_time_since_2010(five):
    pairs = five.tables["ties"]
    singles = single_leads(pairs[(pairs["tie"] == "trade") & (pairs["record"] == "own")])
    assert singles[["country", "year", "leader", "since"]].values.tolist() == [
        ["KAZ", 2023, "CHN", 2010]
    ]


def test_the_gas_of_the_region_went_to_china_first_in_2016(five):
    gas_of_all = five.where("crossings", country="OCIS")
    assert gas_of_all[["tie", "year", "leader"]].values.tolist() == [["gas", 2016, "CHN"]]


def test_every_change_is_of_one_edition_that_has_both_of_its_years(five):
    pairs = five.tables["ties"]
    told = ["country", "tie", "concept", "record", "edition", "year", "leader"]
    known = set(map(tuple, pairs[told].to_numpy()))
    rows = five.where("crossings")
    rows = rows[rows["country"] != "OCIS"]
    for later in (0, 1):
        assert set(map(tuple, rows.assign(year=rows["year"] + later)[told].to_numpy())) <= known
    series = rows[["country", "tie", "record", "edition"]].drop_duplicates()
    assert not series.duplicated(["country", "tie", "record"]).any()


def figures(*rows):
    """Power, year, reporter, value."""
    frame = pd.DataFrame(rows, columns=["power", "year", "reporter", "value"])
    return frame.assign(
        country="REGION",
        indicator="trade_turnover",
        status="realised",
        period_end=frame["year"].astype(str) + "-12-31",
        low=frame["value"],
        high=frame["value"],
        figure_id=[f"f{number}" for number in range(len(frame))],
    ).drop(columns="year")


def test_the_trade_of_all_is_no_other_sum_of_theirs():
    stated = figures(("CHN", 2024, "CHN", 94.8), ("CHN", 2024, "CHN", 3.1))
    other = stated.assign(indicator=["trade_turnover", "fdi_stock"])
    assert trade_of_all(other)["value"].tolist() == [94.8]


def test_a_bank_s_sum_stands_beside_the_one_that_a_state_gives_for_the_year():
    sums = trade_of_all(
        figures(
            ("CHN", 2025, "CHN", 106.3),
            ("CHN", 2024, "CHN", 94.8),
            ("CHN", 2024, "a bank", 66.2),
            ("RUS", 2024, "KAZ", NONE),
        )
    )
    states = by_states(sums)
    assert states["year"].tolist() == [2024, 2025, 2024]
    assert list(states.columns) == list(sums.columns)
    ((other, state),) = by_others(sums)
    assert (other["reporter"], other["year"], other["value"]) == ("a bank", 2024, 66.2)
    assert (state["reporter"], state["year"], state["value"]) == ("CHN", 2024, 94.8)


def test_a_sum_without_a_number_stands_beside_none():
    sums = trade_of_all(figures(("CHN", 2024, "CHN", NONE), ("CHN", 2024, "a bank", 66.2)))
    assert by_others(sums) == []


def test_a_powers_own_counts_of_one_year_are_added_and_what_none_is_known_of_is_named():
    shape = {"tie": "trade", "record": "partner", "in_use": "yes", "whole_year": "yes"}
    pairs = pd.DataFrame(
        [
            shape
            | {"country": code, "year": year, "pair_id": f"{code}-{year}"}
            | {"russia": float("nan"), "russia_low": low, "russia_high": high}
            | {"russia_logical_high": high}
            for code, year, low, high in (
                ("KAZ", 2024, 27.0, 29.0),
                ("KGZ", 2024, 4.0, 4.0),
                ("TKM", 2024, float("nan"), float("nan")),
                ("TKM", 2022, 1.0, 1.0),
                ("MNG", 2024, 9.0, 9.0),
            )
        ]
    )
    names = {"KAZ": "Kazakhstan", "KGZ": "Kyrgyzstan", "TKM": "Turkmenistan"}
    pairs.loc[pairs["country"] == "KGZ", ["russia", "russia_low"]] = [4.1, 4.0]
    counted = counted_apart(pairs, "RUS", 2024, names)
    # Of Kazakhstan's 27 and more the floor, of Kyrgyzstan's 4.1 the number.
    assert counted.pop("least") == pytest.approx(31.1)
    assert counted | {"value": None} == {
        "places": ["Kazakhstan", "Kyrgyzstan"],
        "none": ["Turkmenistan"],
        "low": 31.0,
        "high": 33.0,
        "value": None,
        "floor": False,
        "pair_ids": ["KAZ-2024", "KGZ-2024"],
    }
    assert counted_apart(pairs, "RUS", 2021, names) == {}
    # "More than" 27: nobody can say how much they come to at most.
    floor = pairs.assign(russia_logical_high=pairs["russia_logical_high"].replace(29.0, NONE))
    assert counted_apart(floor, "RUS", 2024, names)["floor"]


def test_counts_that_are_each_one_number_come_to_one():
    shape = {"tie": "trade", "record": "partner", "in_use": "yes", "whole_year": "yes"}
    shape |= {"year": 2024, "china_low": 3.5, "china_high": 4.5, "china_logical_high": 5.0}
    rows = [shape | {"country": code, "pair_id": code} for code in ("KAZ", "KGZ")]
    known = pd.DataFrame([row | {"china": 4.0} for row in rows])
    assert counted_apart(known, "CHN", 2024, {"KAZ": "", "KGZ": ""})["value"] == 8.0
    known.loc[1, "china"] = NONE
    assert isnan(counted_apart(known, "CHN", 2024, {"KAZ": "", "KGZ": ""})["value"])


def test_a_power_that_never_led_before_its_single_year_is_told_since_no_year():
    (row,) = single_leads(table(*years("RRC", 2021))).to_dict("records")
    assert (row["year"], row["leader"]) == (2023, "CHN")
    assert pd.isna(row["since"])


def test_a_single_lead_of_russias_is_held_against_a_break_in_chinas_figures():
    early = years("CRC", 2010, edition="older")
    for row, value in zip(early, (12.0, 3.0, 14.0), strict=True):
        row["china"] = value
    (row,) = single_leads(table(*early, *years("CCR", 2021))).to_dict("records")
    assert (row["leader"], row["since"]) == ("RUS", 2011)
    assert (row["dip_before"], row["dip"], row["dip_after"]) == (12.0, 3.0, 14.0)
