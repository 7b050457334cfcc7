"""Trade over the years: small tables of pairs, worked out by hand."""

from math import nan

import pandas as pd
import pytest

from analysis.measures.history import (
    at,
    check_years,
    drawn,
    middle,
    other_editions,
    trade_series,
)


def pair(year, leader, china=2.0, russia=1.0, **more):
    row = {
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
        "china": china,
        "russia": russia,
    } | more
    row["pair_id"] = f"{row['record']}-{row['edition']}-{year}"
    for side in ("china", "russia"):
        row |= {f"{side}_low": row[side], f"{side}_high": row[side]}
    return row | {name: value for name, value in more.items() if name[-4:] in ("_low", "high")}


def table(*rows):
    return pd.DataFrame(rows)


def test_the_middle_of_an_interval_stands_for_a_figure_that_is_not_one_number():
    row = pair(2024, "CHN", china=nan, china_low=5.0, china_high=6.0)
    assert middle(row, "china") == 5.5
    assert middle(row, "russia") == 1.0


def test_where_words_leave_an_end_open_the_other_end_is_drawn_and_nothing_where_none_is_known():
    assert middle(pair(2024, "", china=nan, china_low=5.0, china_high=nan), "china") == 5.0
    assert pd.isna(middle(pair(2024, "", china=nan), "china"))


def test_a_record_is_followed_on_the_concept_that_reaches_the_newest_year():
    goods = [pair(year, "CHN") for year in (2016, 2017, 2018)]
    services = [
        pair(year, "RUS", concept="goods_services_turnover", edition="b", in_use=used)
        for year, used in ((2015, "yes"), (2016, "no"), (2017, "no"), (2018, "no"), (2019, "yes"))
    ]
    series = trade_series(table(*goods, *services), 2016)
    assert series["year"].tolist() == [2016, 2017, 2018, 2019]
    assert set(series["concept"]) == {"goods_services_turnover"}


def test_two_years_are_no_series():
    assert trade_series(table(pair(2000, "CHN"), pair(2001, "CHN")), 2000).empty


def test_editions_that_differ_by_more_than_a_tenth_are_set_beside_the_one_in_use():
    used = pair(2016, "CHN", 1.55, 1.32)
    apart = pair(2016, "CHN", 1.54, 0.95, edition="older", in_use="no")
    near = pair(2016, "CHN", 1.50, 1.30, edition="near", in_use="no")
    found = other_editions(table(used, near, apart), 2016)
    assert list(found["edition"]) == ["office", "older"]
    assert found.index.tolist() == [0, 1]
    assert other_editions(table(used, near), 2016).empty


def test_the_year_beside_is_told_once():
    rows = table(pair(2016, "CHN"), pair(2024, "CHN"))
    assert list(at(rows, 2016, rows[rows["year"] == 2024])["year"]) == [2016]
    assert at(rows, 2024, rows[rows["year"] == 2024]).empty


def test_of_pairs_that_stand_alike_the_first_is_told_however_many_there_are():
    editions = [f"edition-{number:02}" for number in range(40)]
    rows = table(
        pair(2024, "CHN"),
        *(
            pair(2016, "CHN", edition=edition, in_use="yes" if place % 2 else "no")
            for place, edition in enumerate(editions)
        ),
    )
    assert list(at(rows, 2016, rows[:1])["edition"]) == ["edition-01"]


def test_without_pairs_a_chart_is_told_columns_of_numbers_all_the_same():
    found = drawn(table(pair(2023, "CHN")).iloc[:0], "Kyrgyzstan")
    ends = [f"{side}_{end}" for side in ("china", "russia") for end in ("low", "high")]
    assert found.empty
    assert set(map(str, found[["china", "russia", *ends]].dtypes)) == {"float64"}


def test_a_chart_is_told_which_figures_are_middles():
    rows = table(pair(2023, "CHN"), pair(2024, "CHN", china=nan, china_low=5.0, china_high=6.0))
    found = drawn(rows, "Kyrgyzstan")
    assert found["china"].tolist() == [2.0, 5.5]
    assert found["range"].tolist() == [False, True]
    assert found["china_low"].isna().tolist() == [True, False] and found["china_high"][1] == 6.0
    assert found["country"].tolist() == ["Kyrgyzstan", "Kyrgyzstan"]
    assert found["row_id"].tolist() == rows["pair_id"].tolist()


@pytest.mark.parametrize(
    ("then", "since", "told"),
    [
        (2031, 2000, "then is 2031; valid: 2000 to 2024"),
        (2016, 1999, "since is 1999; valid: 2000 to 2024"),
        ("2016", 2000, "then is '2016'; valid: a year in figures"),
        (True, 2000, "then is True; valid: a year in figures"),
    ],
)
def test_a_year_that_the_tables_do_not_hold_is_refused(then, since, told):
    with pytest.raises(ValueError, match=told):
        check_years(table(pair(2024, "CHN")), then, since)


def test_the_articles_year_is_valid_for_a_country_whose_figures_end_before_it():
    check_years(table(pair(2012, "CHN")), 2016, 2000)
