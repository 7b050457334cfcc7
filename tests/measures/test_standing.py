"""How ties stand: small tables of pairs, worked out by hand."""

from math import nan

import pandas as pd
import pytest

from analysis.measures.standing import (
    by_concept,
    contested,
    estimated_trade,
    first_said,
    leaps,
    margins,
    mostly_gas,
    newer_flows,
    newer_pairs,
    newer_trade,
    newest_flows,
    standing,
    trade_of_a_part,
    with_newer_trade,
)

SIDES = ("china", "russia")


def pair(tie, year, china, russia, leader="", record="own", **more):
    """A row of ties; a side is a number, two ends, or None."""
    row = {
        "tie": tie,
        "concept": tie,
        "record": record,
        "year": year,
        "start": f"{year}-01-01",
        "end": f"{year}-12-31",
        "whole_year": "yes",
        "in_use": "yes",
        "evidence": "reported",
        "unit": "USD",
        "leader": leader,
        "china_ids": "",
        "russia_ids": "",
    } | more
    for side, told in zip(SIDES, (china, russia), strict=True):
        ends = told if isinstance(told, tuple) else (told, told)
        low, high = (nan if end is None else float(end) for end in ends)
        row |= {f"{side}_low": low, f"{side}_high": high}
        row[side] = low if low == high else nan
    return row | {"pair_id": f"{row['concept']}-{row['record']}-{row['end']}"}


def table(*rows):
    return pd.DataFrame(rows)


TRADE = [
    pair("trade", 2023, 6, 5, "CHN"),
    pair("trade", 2023, 9, 5, "CHN", "partner"),
    pair("trade", 2024, 9, 4, "CHN", "partner"),
    pair("trade", 2025, 9, None, record="partner"),
    pair("trade", 2025, None, 4),
]
GDP = pd.DataFrame({"year": [2023, 2024], "gdp": [100.0, 100.0]})


def test_trade_is_told_by_both_records_of_the_newest_year_that_has_both():
    found = standing(table(*TRADE))
    assert found[["record", "year"]].values.tolist() == [["own", 2023], ["partner", 2023]]


def test_the_ties_stand_in_the_order_in_which_they_are_told_counted_from_nought():
    rows = [pair("debt", 2024, 6, 5, "CHN"), *TRADE, pair("gas", 2022, 6, None)]
    found = standing(table(*rows))
    assert found["tie"].tolist() == ["trade", "trade", "debt", "gas"]
    assert found.index.tolist() == [0, 1, 2, 3]
    newest = by_concept(table(*rows), ("gas", "debt"), 2016)
    assert newest["concept"].tolist() == ["debt", "gas"]  # the pair before the half
    assert newest.index.tolist() == [0, 1]


def test_both_records_of_a_year_before_the_articles_do_not_lead():
    old = [
        pair("trade", 2010, 6, 5, "CHN"),
        pair("trade", 2010, 6, 5, "CHN", "partner"),
        pair("trade", 2022, 9, 4, "CHN", "partner"),
    ]
    assert standing(table(*old))["year"].tolist() == [2022]


def test_what_is_newer_of_trade_is_a_pair_of_each_record_and_a_half_that_is_newer_still():
    found = newer_trade(table(*TRADE), 2023)
    assert found[["record", "year", "leader"]].values.tolist() == [
        ["own", 2025, ""],
        ["partner", 2024, "CHN"],
        ["partner", 2025, ""],
    ]


def test_a_half_of_the_year_of_a_pair_is_no_newer():
    rows = [pair("trade", 2025, 9, 5, "CHN"), pair("trade", 2025, 9, None, concept="other")]
    assert newer_trade(table(*rows), 2024)["leader"].tolist() == ["CHN"]


FIGURE = {
    "figure_id": "new",
    "indicator": "trade_turnover",
    "status": "estimate",
    "state": "value",
    "power": "RUS",
    "reporter": "RUS",
    "period_start": "2024-01-01",
    "period_end": "2024-12-31",
}


@pytest.mark.parametrize(
    ("differs", "told"),
    [
        ({}, ["new"]),
        ({"status": "realised"}, []),
        ({"state": "not_reported"}, []),
        ({"indicator": "imports"}, []),
        ({"power": ""}, []),
        ({"period_end": "2024-06-30"}, []),
        ({"period_start": "2023-01-01"}, []),
        ({"period_start": "2024-07-01"}, []),
        ({"figure_id": "counted"}, []),
        ({"period_start": "2023-01-01", "period_end": "2023-12-31"}, []),
    ],
)
def test_an_estimate_of_trade_is_told_where_it_is_newer_whole_and_in_no_pair(differs, told):
    pairs = table(pair("trade", 2023, 9, 4, "CHN", russia_ids="one counted"))
    found = estimated_trade(pd.DataFrame([FIGURE | differs]), pairs, 2023)
    assert found["figure_id"].tolist() == told


@pytest.mark.parametrize(
    ("year", "more", "told"),
    [
        (2024, {}, []),
        (2025, {}, []),
        (2023, {}, ["new"]),
        (2025, {"record": "own"}, ["new"]),
        (2025, {"in_use": "no"}, ["new"]),
        (2025, {"tie": "exports"}, ["new"]),
    ],
)
def test_an_estimate_that_the_same_power_has_counted_since_is_left_out(year, more, told):
    count = pair("trade", year, None, 4, record="partner") | more
    found = estimated_trade(pd.DataFrame([FIGURE]), table(count), 2022)
    assert found["figure_id"].tolist() == told


def test_a_count_of_the_other_power_overtakes_no_estimate():
    count = pair("trade", 2025, 9, None, record="partner")
    assert len(estimated_trade(pd.DataFrame([FIGURE]), table(count), 2022)) == 1


def test_of_estimates_the_newest_of_each_power_and_reporter_is_told():
    old = {"figure_id": "old", "period_start": "2023-01-01", "period_end": "2023-12-31"}
    theirs = {"figure_id": "theirs", "reporter": "TKM"}
    rows = pd.DataFrame([FIGURE, FIGURE | old, FIGURE | theirs, FIGURE | {"power": "CHN"}])
    found = estimated_trade(rows, table(pair("trade", 2022, 9, 4, "CHN")), 2022)
    assert found[["power", "reporter", "year"]].values.tolist() == [
        ["CHN", "RUS", 2024],
        ["RUS", "RUS", 2024],
        ["RUS", "TKM", 2024],
    ]


def test_a_newer_pair_of_one_record_stands_after_trade_and_a_newer_half_does_not():
    pairs = table(*TRADE, pair("debt", 2024, 3, 1, "CHN", "stated"))
    found = with_newer_trade(standing(pairs), pairs)
    assert found[["tie", "record", "year"]].values.tolist() == [
        ["trade", "own", 2023],
        ["trade", "partner", 2023],
        ["trade", "partner", 2024],
        ["debt", "stated", 2024],
    ]


RECEIVED = pair("investment_received", 2024, 6, 1, "CHN", concept="fdi_flow")


@pytest.mark.parametrize(
    ("tie", "year", "leader", "expected"),
    [
        ("investment_received", 2025, "RUS", True),
        ("investment_received", 2025, "CHN", False),
        ("investment_received", 2025, "level", False),  # nobody else is ahead
        ("investment_received", 2023, "RUS", False),  # older
        ("investment_held", 2025, "RUS", False),  # another tie
    ],
)
def test_investment_is_contested_where_another_concept_as_new_has_the_other_ahead(
    tie, year, leader, expected
):
    other = pair(tie, year, 2, 3, leader, concept="foreign_investment")
    assert contested(table(RECEIVED, other), RECEIVED) is expected


def test_two_concepts_of_trade_are_never_contested():
    goods = pair("trade", 2024, 6, 1, "CHN")
    services = pair("trade", 2024, 2, 3, "RUS", concept="goods_services_turnover")
    assert contested(table(goods, services), goods) is False


def test_a_count_of_one_side_goes_before_an_older_model_and_not_before_an_older_count():
    model = pair("money_home", 2018, 1, 9, "RUS", "stated", evidence="modelled")
    count = pair("money_home", 2023, None, 8)
    assert standing(table(model, count))["year"].tolist() == [2023]
    reported = model | {"evidence": "reported"}
    assert standing(table(reported, count))["year"].tolist() == [2018]


def test_a_third_partys_half_and_the_article_tell_no_tie():
    third = pair("investment_held", 2025, 9, None, record="stated")
    article = pair("investment_held", 2016, 9, None, record="article")
    assert standing(table(third, article)).empty


def test_the_margin_is_the_least_of_both_records_and_of_both_intervals():
    rows = [
        pair("trade", 2024, (5, 6), (3, 4), "CHN"),
        pair("trade", 2024, 22, 4, "CHN", "partner"),
    ]
    (found,) = margins(table(*rows), GDP).to_dict("records")
    assert found == {"tie": "trade", "leader": "CHN", "margin": 0.01}


@pytest.mark.parametrize("other", ["level", "RUS"])
def test_a_tie_whose_records_do_not_agree_has_no_margin(other):
    rows = [
        pair("trade", 2024, 6, 5, "CHN"),
        pair("trade", 2024, 5, 5, other, "partner"),
    ]
    assert margins(table(*rows), GDP).empty


def test_a_known_half_counts_whole_and_other_units_not_at_all():
    rows = [
        pair("money_home", 2023, None, (17, 18)),
        pair("investment_received", 2024, 0.239, 0.2, "CHN", unit="share"),
    ]
    (found,) = margins(table(*rows), GDP).to_dict("records")
    assert found == {"tie": "money_home", "leader": "RUS", "margin": 0.17}


def test_each_power_is_said_first_in_its_widest_tie_of_a_hundredth_at_least():
    found = pd.DataFrame(
        [("money_home", "RUS", 0.17), ("debt", "CHN", 0.09), ("trade", "CHN", 0.07)],
        columns=["tie", "leader", "margin"],
    )
    assert first_said(found)["tie"].tolist() == ["debt", "money_home"]
    assert first_said(found.assign(margin=0.009)).empty


def test_gas_is_most_of_a_trade_where_its_least_part_is_half():
    value = pd.DataFrame(
        {
            "indicator": "gas_exports_value",
            "power": "CHN",
            "period_end": ["2024-12-31", "2025-12-31"],
            "low": [9.0, 8.0],
            "high": [9.0, 8.0],
            "figure_id": ["old", "new"],
        }
    )
    trade = [
        pair("trade", year, ends, None, record="partner")
        for year, ends in ((2024, 10), (2025, (10, 16)))
    ]
    (found,) = mostly_gas(value, table(*trade)).to_dict("records")
    assert (found["year"], found["part_low"], found["part_high"]) == (2025, 0.5, 0.8)
    assert mostly_gas(value, table(pair("trade", 2025, (10, 17), None, record="partner"))).empty


def test_all_trade_is_no_less_than_the_gas_and_what_came_back():
    value = pd.DataFrame(
        {
            "indicator": "gas_exports_value",
            "power": "CHN",
            "period_end": ["2025-12-31"],
            "low": [8.0],
            "high": [8.0],
            "figure_id": ["gas"],
        }
    )
    trade = pair("trade", 2025, (8.5, 12), None, record="partner")
    back = pair("imports", 2025, (2, 3), None, record="partner")
    (found,) = mostly_gas(value, table(trade, back)).to_dict("records")
    # 8 of all trade, which is at least 8 and 2 together.
    assert (round(found["part_low"], 3), found["part_high"]) == (0.667, 0.8)


def test_a_part_of_a_year_follows_a_whole_one_only_where_it_is_newer():
    whole = pair("investment_received", 2024, 6, 1, "CHN", concept="fdi_flow")
    newer = whole | {"end": "2025-06-30", "year": 2025, "whole_year": "no"}
    older = whole | {"end": "2024-06-30", "whole_year": "no"}
    found = by_concept(table(older, whole, newer), ("investment_received",), 2016)
    assert found["end"].tolist() == ["2024-12-31", "2025-06-30"]


def test_of_several_newer_parts_of_a_year_only_the_newest_follows():
    whole = pair("investment_received", 2024, 6, 1, "CHN", concept="fdi_flow")
    quarter = whole | {"end": "2025-03-31", "year": 2025, "whole_year": "no"}
    half = quarter | {"end": "2025-06-30"}
    found = by_concept(table(whole, quarter, half), ("investment_received",), 2016)
    assert found["end"].tolist() == ["2024-12-31", "2025-06-30"]


def test_a_share_and_its_money_are_one_concept_and_a_half_stands_where_no_pair_is_as_new():
    money = pair("investment_received", 2021, 2, 2, "level", concept="fdi_flow_gross")
    share = pair("investment_received", 2024, 0.3, 0.1, "CHN", concept="fdi_gross_share")
    half = pair("investment_received", 2025, 3, None, concept="fdi_flow_gross")
    older = half | {"year": 2023, "end": "2023-12-31"}
    held = pair("investment_held", 2025, 9, None, record="stated", concept="fdi_stock_edb")
    sent = pair("investment_received", 2022, 9, None, concept="fdi_outflow")
    ties = ("investment_received", "investment_held")
    found = by_concept(table(held, money, share, older, half, sent), ties, 2016)
    told = ["fdi_gross_share", "fdi_flow_gross", "fdi_stock_edb"]
    assert sorted(found["concept"]) == sorted(told) and found["leader"].tolist()[0] == "CHN"
    assert by_concept(table(held, money, share, older), ties, 2016)["concept"].tolist() == [
        "fdi_gross_share",
        "fdi_stock_edb",
    ]


@pytest.mark.parametrize(("tie", "other"), [("imports", "exports"), ("exports", "imports")])
def test_a_newer_pair_of_one_flow_is_told_beside_the_year_of_both(tie, other):
    shown = [pair(flow, 2023, 2, 1, "CHN", record="own") for flow in ("exports", "imports")]
    newer = pair(tie, 2024, 1, 2, "RUS", record="own")
    half = pair(other, 2025, 1, None, record="own")
    found = newer_pairs(table(*shown, newer, half), table(*shown))
    assert found[["tie", "year", "leader"]].values.tolist() == [[tie, 2024, "RUS"]]


def test_of_several_newer_pairs_of_a_flow_the_newest_alone_is_told():
    shown = [pair(tie, 2023, 2, 1, "CHN") for tie in ("exports", "imports")]
    newer = [pair("imports", year, 1, 2, "RUS") for year in (2025, 2024)]
    found = newer_pairs(table(*shown, *newer), table(*shown))
    assert found[["tie", "year"]].values.tolist() == [["imports", 2025]]


def test_sales_and_purchases_are_of_one_year_and_an_old_record_is_left_out():
    rows = [
        pair("exports", 2023, 1, 2, "RUS"),
        pair("imports", 2023, 5, 2, "CHN"),
        pair("imports", 2024, 5, 2, "CHN"),
        pair("exports", 2000, 1, 2, "RUS", "partner"),
        pair("imports", 2000, 1, 2, "RUS", "partner"),
    ]
    found = newest_flows(table(*rows))
    assert found[["tie", "year"]].values.tolist() == [["exports", 2023], ["imports", 2023]]


def test_newer_flows_are_the_newest_halves_of_each_record_the_powers_first():
    shown = table(pair("exports", 2023, 1, 2, "RUS"), pair("imports", 2023, 5, 2, "CHN"))
    rows = [
        pair("exports", 2024, 3, None, record="partner"),
        pair("exports", 2025, 5, None, record="partner"),
        pair("exports", 2022, 5, None, record="partner"),
        pair("imports", 2025, 5, None),
        pair("imports", 2024, 5, None, record="stated"),
    ]
    found = newer_flows(table(*rows), shown)
    assert found[["record", "tie", "year"]].values.tolist() == [
        ["partner", "exports", 2025],
        ["own", "imports", 2025],
    ]


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ([(2023, 0.5), (2024, 3)], [2023, 2024]),
        ([(2023, 0.6), (2024, 3)], []),  # less than tenfold
        ([(2024, 0.1)], []),  # nothing is known of two years before
        ([(2022, 0.1), (2023, 0.5)], [2023]),
    ],
)
def test_a_flow_that_has_grown_tenfold_in_two_years_is_told_with_the_years_between(before, told):
    now = pair("exports", 2025, 5, None, record="partner")
    rows = [pair("exports", year, value, None, record="partner") for year, value in before]
    others = [pair("imports", 2023, 0.1, None, record="partner"), pair("exports", 2023, 0.1, None)]
    others.append(pair("exports", 2023, 0.1, None, record="partner", concept="goods_services"))
    found = leaps(table(now, *rows, *others), table(now))
    assert found["year"].tolist() == told
    assert set(found["side"]) <= {"china"} and set(found["of"]) <= {now["pair_id"]}


def test_from_nothing_there_is_no_tenfold():
    now = pair("exports", 2025, 5, None, record="partner")
    before = pair("exports", 2023, 0, None, record="partner")
    assert leaps(table(now, before), table(now)).empty


def test_investment_as_a_government_counts_it_has_no_margin():
    government = {"concept": "investment_flow_government"}
    rows = [pair("investment_received", 2025, 15, 5, "CHN", **government)]
    assert margins(table(*rows), GDP).empty


def test_a_part_of_a_year_counts_after_the_newest_whole_one_where_it_has_both_powers():
    whole = pair("trade", 2024, 2, 1, "CHN", record="own")
    older = whole | {"end": "2024-05-31", "whole_year": "no"}
    quarter = whole | {"end": "2025-03-31", "year": 2025, "whole_year": "no"}
    half = quarter | {"end": "2025-06-30"}
    alone = half | {"end": "2025-09-30", "leader": "", "russia": None}
    stated = half | {"end": "2025-10-31", "record": "stated"}
    replaced = half | {"end": "2025-11-30", "in_use": "no"}
    bought = half | {"end": "2025-12-01", "tie": "imports"}
    pairs = table(whole, older, quarter, half, alone, stated, replaced, bought)
    assert trade_of_a_part(pairs, "2024-12-31")["end"].tolist() == ["2025-06-30"]
    assert trade_of_a_part(pairs, "2025-12-31").empty


def test_halves_stand_where_a_country_has_no_pair_of_the_concept():
    half = pair("investment_received", 2025, 3, None, concept="fdi_flow_gross")
    older = half | {"year": 2023, "end": "2023-12-31"}
    assert by_concept(table(older, half), ("investment_received",), 2016)["year"].tolist() == [2025]


def test_of_pairs_as_new_the_last_tells_a_tie_however_many_there_are():
    years = [2024] * 20 + [2023] * 20
    rows = [
        pair("debt", year, 6, 5, "CHN", "stated", place=place) for place, year in enumerate(years)
    ]
    assert standing(table(*rows))["place"].tolist() == [19]


def test_of_several_newer_years_of_a_record_the_newest_is_told():
    rows = [
        pair("trade", 2023, 6, 5, "CHN"),
        pair("trade", 2024, 9, 4, "CHN"),
        pair("trade", 2025, 9, 4, "CHN"),
    ]
    assert newer_trade(table(*rows), 2022)["year"].tolist() == [2025]
