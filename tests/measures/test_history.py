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
    taken_out,
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
        row |= {f"{side}_{end}": row[side] for end in ("low", "high", "logical_high")}
    return row | {name: value for name, value in more.items() if name[-4:] in ("_low", "high")}


def table(*rows):
    return pd.DataFrame(rows)


def test_the_middle_of_an_interval_stands_for_a_figure_that_is_not_one_number():
    row = pair(2024, "CHN", china=nan, china_low=5.0, china_high=6.0, china_logical_high=6.0)
    assert middle(row, "china") == 5.5
    assert middle(row, "russia") == 1.0


def test_where_words_set_only_a_floor_the_least_is_drawn_and_nothing_where_none_is_known():
    floor = {"china_low": 5.0, "china_high": 5.5, "china_logical_high": nan}
    assert middle(pair(2024, "", china=nan, **floor), "china") == 5.0
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
    ends = {"china": nan, "china_low": 5.0, "china_high": 6.0, "china_logical_high": 7.0}
    rows = table(pair(2023, "CHN"), pair(2024, "CHN", **ends))
    found = drawn(rows, "Kyrgyzstan")
    assert found["china"].tolist() == [2.0, 5.5]
    assert found["range"].tolist() == found["middle"].tolist() == [False, True]
    assert not found["floor"].any()
    assert found["china_low"].isna().tolist() == [True, False] and found["china_high"][1] == 6.0
    assert found["country"].tolist() == ["Kyrgyzstan", "Kyrgyzstan"]
    assert found["row_id"].tolist() == rows["pair_id"].tolist()


def test_a_chart_is_told_no_upper_end_of_a_floor():
    ends = {"china": nan, "china_low": 5.0, "china_high": 5.5, "china_logical_high": nan}
    found = drawn(table(pair(2024, "CHN", **ends)), "Kyrgyzstan")
    assert found[["china", "china_low"]].values.tolist() == [[5.0, 5.0]]
    assert found["china_high"].isna().all()
    assert found[["range", "middle", "floor"]].values.tolist() == [[True, False, True]]


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


def test_a_record_without_an_edition_in_use_does_not_hide_the_next():
    loose = [
        pair(2016, "CHN", value, record="own", in_use="no", edition=name)
        for value, name in ((1.0, "a"), (2.0, "b"))
    ]
    partner = pair(2016, "CHN", 3.0, record="partner")
    apart = pair(2016, "CHN", 6.0, record="partner", edition="older", in_use="no")
    found = other_editions(table(*loose, partner, apart), 2016)
    assert list(zip(found["record"], found["edition"], strict=True)) == [
        ("partner", "office"), ("partner", "older"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "other", [{"grade": "stated"}, {"leader": ""}, {"whole_year": "no"}, {"tie": "gas"}]
)
def test_only_tables_of_both_powers_trade_over_whole_years_are_held_against_each_other(other):
    used = pair(2016, "CHN", 1.0)
    apart = pair(2016, "CHN", 2.0, edition="older", in_use="no")
    assert len(other_editions(table(used, apart), 2016)) == 2
    assert other_editions(table(used, apart | other), 2016).empty


def test_of_editions_that_differ_and_agree_with_one_another_the_newest_is_told():
    used = pair(2016, "CHN", 1.0)
    others = [
        pair(2016, "CHN", 2.0, edition=edition, in_use="no") for edition in ("2023", "2024", "2022")
    ]
    turned = pair(2016, "RUS", 0.1, edition="2021", in_use="no")
    found = other_editions(table(used, *others, turned), 2016)
    assert list(found["edition"]) == ["office", "2021", "2024"]


def test_a_side_without_trade_has_no_part_by_which_an_edition_could_differ():
    used = pair(2016, "CHN", 2.0, 0.0)
    found = other_editions(table(used, pair(2016, "CHN", 3.0, 0.5, edition="b", in_use="no")), 2016)
    assert list(found["edition"]) == ["office", "b"]


def test_the_year_beside_is_told_on_the_concept_of_the_newest_year():
    rows = table(
        pair(2024, "CHN", concept="goods_services_turnover"),
        pair(2024, "CHN", record="partner"),
        pair(2016, "CHN", concept="goods_services_turnover", in_use="no"),
        pair(2016, "RUS"),
        pair(2016, "RUS", record="partner"),
    )
    found = at(rows, 2016, rows[rows["year"] == 2024])
    assert list(zip(found["record"], found["concept"], strict=True)) == [
        ("own", "goods_services_turnover"), ("partner", "trade_turnover"),
    ]  # fmt: skip


def test_a_record_that_the_newest_year_lacks_is_told_of_the_year_beside_all_the_same():
    rows = table(pair(2024, "CHN"), pair(2016, "CHN"), pair(2016, "RUS", record="partner"))
    assert list(at(rows, 2016, rows[:1])["record"]) == ["own", "partner"]


def test_a_known_half_is_told_of_the_year_beside_only_where_no_edition_has_both():
    rows = table(pair(2024, "CHN"), pair(2016, ""), pair(2016, "", record="partner"))
    assert list(at(rows, 2016, rows[:1])["record"]) == ["own", "partner"]
    both = table(*rows.to_dict("records"), pair(2016, "RUS", edition="older", in_use="no"))
    assert list(at(both, 2016, rows[:1])["leader"]) == ["", "RUS"]


def test_each_record_is_a_series_of_its_own_and_a_year_is_told_by_the_edition_in_use():
    years = (2016, 2017, 2018)
    own = [pair(year, "CHN") for year in years]
    older = [pair(year, "RUS", edition="older", in_use="no") for year in years]
    partner = [pair(year, "RUS", record="partner", in_use="no") for year in years]
    series = trade_series(table(*older[:1], *own, *older[1:], *partner, pair(2019, "CHN")), 2016)
    assert list(zip(series["record"], series["year"], series["edition"], strict=True)) == [
        *(("own", year, "office") for year in (*years, 2019)),
        *(("partner", year, "office") for year in years),
    ]
    assert "first" not in series


def test_records_keep_the_order_of_the_table():
    years = (2016, 2017, 2018)
    rows = [pair(year, "CHN", record=record) for record in ("partner", "own") for year in years]
    assert list(trade_series(table(*rows), 2016)["record"].unique()) == ["partner", "own"]
    apart = [
        pair(2016, "CHN", 9.0, record=record, edition="b", in_use="no")
        for record in ("partner", "own")
    ]
    found = other_editions(table(*rows, *apart), 2016)
    assert list(found["record"].unique()) == ["partner", "own"]


def flows(*rows):
    """Direct investment of China and Russia by year, in euros, by the country's own count."""
    named = {"concept": "fdi_flow", "record": "own", "whole_year": "yes", "in_use": "yes"}
    return pd.DataFrame(
        [
            named | {"year": year, "china": china, "russia": russia, "pair_id": f"p-{year}"}
            for year, china, russia in rows
        ]
    ).assign(unit="EUR")


def test_years_on_end_in_which_a_powers_money_went_out_are_added_up():
    rows = flows((2014, 5, 5), (2015, -1, 2), (2016, -2, 3), (2017, -3, 4), (2018, 6, 7))
    (ebb,) = taken_out(rows).to_dict("records")
    assert ebb == {
        "power": "CHN",
        "first": 2015,
        "last": 2017,
        "taken": 6,
        "brought": 9,
        "unit": "EUR",
        "pair_ids": ["p-2015", "p-2016", "p-2017"],
    }


@pytest.mark.parametrize(
    "rows",
    [
        [(2015, -1, 2), (2016, -2, 3)],  # two years
        [(2015, -1, 2), (2016, -2, 3), (2018, -3, 4)],  # not on end
        [(2015, -1, 2), (2016, -2, -3), (2017, -3, 4)],  # the other's went out too
    ],
)
def test_less_than_three_such_years_on_end_are_not_told(rows):
    assert taken_out(flows(*rows)).empty


def test_of_several_such_times_the_last_is_told():
    early = [(year, 1, -1) for year in (2003, 2004, 2005)]
    late = [(year, 2, -2) for year in (2010, 2011, 2012)]
    single = (2019, 2, -2)
    (ebb,) = taken_out(flows(*early, (2007, 1, 1), *late, single)).to_dict("records")
    assert (ebb["power"], ebb["first"], ebb["taken"], ebb["brought"]) == ("RUS", 2010, 6, 6)


@pytest.mark.parametrize(("since", "valid"), [(2024, True), (2025, False)])
def test_a_series_begins_no_later_than_it_can(since, valid):
    rows = table(pair(2025, "CHN"))
    if valid:
        check_years(rows, 2016, since, latest=2024)
    else:
        with pytest.raises(ValueError, match="since is 2025; valid: 2000 to 2024"):
            check_years(rows, 2016, since, latest=2024)
