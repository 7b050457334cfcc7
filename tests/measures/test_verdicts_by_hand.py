"""Ties gathered and judged from a few rows, worked out by hand."""

from math import isnan

import pandas as pd
import pytest

from analysis.data import schema, store
from analysis.measures.verdicts import (
    beside_gdp,
    gdp,
    ties,
    unnamed_parts,
    verdict_in,
    verdicts,
    with_world_trade,
    write_ties,
)

FIGURES = pd.DataFrame(columns=list(schema.FIGURES.schema.columns))


def trade(*rows):
    columns = ["reporter", "partner", "flow", "year", "value", "dataset"]
    made = pd.DataFrame(rows, columns=columns)
    return made.assign(source_id=made["dataset"], evidence="reported", grade="table")


def both_ways(country, china, russia, year=2016, dataset="office"):
    """A record of a country that sold nothing and bought from both powers."""
    return [
        (country, power, flow, year, value, dataset)
        for power, bought in (("CHN", china), ("RUS", russia))
        for flow, value in (("export", 0.0), ("import", bought))
    ]


def indicators(*rows):
    columns = ["country", "indicator", "counterpart", "year", "value", "vintage"]
    made = pd.DataFrame(rows, columns=columns)
    of_powers = made["counterpart"].where(made["counterpart"].isin(["CHN", "RUS"]), "")
    edition = "bank-" + made["vintage"]
    return made.assign(
        power=of_powers,
        unit="USD",
        dataset=edition,
        source_id=edition,
        evidence="reported",
        grade="table",
    )


NO_TRADE, NOTHING = trade(), indicators()


def gathered(goods=NO_TRADE, services=NO_TRADE, told=NOTHING, dates=None):
    return ties(FIGURES, goods, services, told, dates or {})


def in_all(pairs, tie="trade"):
    return pairs[pairs["tie"] == tie]


def test_goods_and_goods_with_services_are_concepts_apart():
    found = in_all(gathered(trade(*both_ways("KGZ", 3.0, 1.0)), trade(*both_ways("KGZ", 5.0, 2.0))))
    assert dict(zip(found["concept"], found["china"], strict=True)) == {
        "goods_services_turnover": 5.0,
        "trade_turnover": 3.0,
    }


def test_the_pair_of_the_newest_edition_is_in_use():
    goods = trade(
        *both_ways("KGZ", 3.0, 1.0, dataset="a"), *both_ways("KGZ", 4.0, 1.0, dataset="b")
    )
    found = in_all(gathered(goods, dates={"a": "2024-07", "b": "2022-01"}))
    assert dict(zip(found["edition"], found["in_use"], strict=True)) == {"a": "yes", "b": "no"}


def test_a_power_has_no_ties_of_its_own():
    owed = [
        ("RUS", "debt_owed", "CHN", 2016, 5.0, "1"),
        ("KGZ", "debt_owed", "CHN", 2016, 3.0, "1"),
    ]
    assert set(gathered(told=indicators(*owed))["country"]) == {"KGZ"}


def test_money_stands_beside_the_output_of_its_year_and_nothing_else_does():
    told = indicators(("KGZ", "gdp", "", 2016, 20.0, "1"), ("KGZ", "gdp", "", 2017, 40.0, "1"))
    pairs = in_all(gathered(trade(*both_ways("KGZ", 3.0, 1.0), *both_ways("KGZ", 9.0, 1.0, 2018))))
    found = beside_gdp(pairs.drop(columns=["china_to_gdp", "russia_to_gdp"]), told)
    of_2016, of_2018 = found.sort_values("year").to_dict("records")
    assert (of_2016["china_to_gdp"], of_2016["russia_to_gdp"]) == (0.15, 0.05)
    assert isnan(of_2018["china_to_gdp"]) and isnan(of_2018["russia_to_gdp"])
    heads = pairs.drop(columns=["china_to_gdp", "russia_to_gdp"]).assign(unit="persons")
    assert beside_gdp(heads, told)["china_to_gdp"].isna().all()


def test_output_is_of_the_newest_edition_that_has_the_year():
    told = indicators(
        ("KGZ", "gdp", "", 2016, 21.0, "2026-07"),
        ("KGZ", "gdp", "", 2016, 20.0, "2018-08"),
        ("KGZ", "gdp", "", 2015, 19.0, "2018-08"),
        ("KGZ", "population", "", 2016, 6.0, "2026-07"),
    )
    found = gdp(told)
    assert len(found) == 2
    assert dict(zip(found["year"], found["gdp"], strict=True)) == {2015: 19.0, 2016: 21.0}


DEBT = [
    ("KGZ", "debt_owed", "all", 2016, 200.0, "1"),
    ("KGZ", "debt_owed", "Bondholders", 2016, 30.0, "1"),
    ("KGZ", "debt_owed", "Multiple Lenders", 2016, 20.0, "1"),
    ("KGZ", "debt_owed", "CHN", 2016, 90.0, "1"),
    ("KGZ", "debt_owed", "RUS", 2016, 10.0, "1"),
    ("KAZ", "debt_owed", "all", 2016, 100.0, "1"),
    ("KAZ", "debt_owed", "Bondholders", 2016, 80.0, "1"),
    ("KAZ", "debt_owed", "CHN", 2016, 9.0, "1"),
    ("KAZ", "debt_owed", "RUS", 2016, 1.0, "1"),
]


def parts_of(*rows):
    found = unnamed_parts(indicators(*rows))
    return {(row.country, row.year): row.unnamed for row in found.itertuples()}


def test_what_bondholders_and_several_lenders_hold_is_in_unnamed_hands():
    assert parts_of(*DEBT) == {("KGZ", 2016): 0.25, ("KAZ", 2016): 0.8}


def test_the_unnamed_part_is_of_the_newest_edition_and_of_a_whole_that_is_known():
    newer = [
        ("KGZ", "debt_owed", "all", 2016, 100.0, "2"),
        ("KGZ", "debt_owed", "Bondholders", 2016, 40.0, "2"),
        ("UZB", "debt_owed", "Bondholders", 2016, 40.0, "2"),
        ("KGZ", "loans_repaid", "Bondholders", 2016, 70.0, "2"),
    ]
    assert parts_of(*DEBT[:5], *newer) == {("KGZ", 2016): 0.4}


@pytest.mark.parametrize(("country", "part"), [("KGZ", 0.25), ("KAZ", 0.8)])
def test_a_countrys_debt_is_judged_by_its_own_unnamed_part(country, part):
    told = indicators(*DEBT)
    pairs = gathered(told=told)
    judged = verdict_in(pairs[pairs["country"] == country], told, "debt", 2016)
    assert judged["unnamed"] == part
    assert (judged["verdict"], judged["leader"]) == ("ahead_on_the_one_record", "CHN")
    assert verdict_in(pairs[pairs["country"] == country], told, "gas", 2016)["unnamed"] == 0.0


def test_a_tie_weighs_beside_the_output_of_the_country_and_year():
    told = indicators(
        ("KGZ", "gdp", "", 2016, 400.0, "1"),
        ("KGZ", "gdp", "", 2017, 100.0, "1"),
        ("KAZ", "gdp", "", 2016, 100.0, "1"),
    )
    pairs = gathered(trade(*both_ways("KGZ", 3.0, 1.0), *both_ways("KGZ", 3.0, 1.0, 2017)))
    assert [verdict_in(pairs, told, "trade", year)["weighty"] for year in (2016, 2017)] == [
        False,
        True,
    ]
    assert verdict_in(pairs, told, "trade", 2015)["verdict"] == "no_pair"


@pytest.mark.parametrize(("sold", "output", "weighty"), [(100.0, 1.0, "no"), (40.0, 1000.0, "yes")])
def test_gas_weighs_beside_all_gas_that_is_sold_and_not_beside_output(sold, output, weighty):
    told = indicators(
        ("TKM", "gas_exports", "CHN", 2016, 0.5, "1"),
        ("TKM", "gas_exports", "RUS", 2016, 0.4, "1"),
        ("TKM", "gas_exports", "all", 2016, sold, "1"),
        ("TKM", "gdp", "", 2016, output, "1"),
    )
    pairs = gathered(told=told)
    assert verdict_in(pairs, told, "gas", 2016)["weighty"] == (weighty == "yes")
    (row,) = verdicts(pairs, told)[lambda rows: rows["role"] == "newest"].to_dict("records")
    assert (row["tie"], row["weighty"]) == ("gas", weighty)


def test_only_pairs_in_use_over_whole_years_are_judged():
    pairs = gathered(trade(*both_ways("KGZ", 3.0, 1.0)))
    for loose in ({"in_use": "no"}, {"whole_year": "no"}):
        assert verdict_in(pairs.assign(**loose), NOTHING, "trade", 2016)["verdict"] == "no_pair"
        assert verdicts(pairs.assign(**loose), NOTHING).empty


def test_each_tie_is_judged_in_its_newest_years_and_in_the_articles():
    own = [("KGZ", year) for year in (2016, 2020, 2021)]
    rows = [row for country, year in own for row in both_ways(country, 3.0, 1.0, year)]
    partner = [
        (power, "KGZ", flow, year, value, "partners")
        for year in (2016, 2020)
        for power, value in (("CHN", 1.0), ("RUS", 5.0))
        for flow in ("export", "import")
    ]
    found = verdicts(gathered(trade(*rows, *partner)), NOTHING)
    found = found[found["tie"] == "trade"].set_index("role")
    assert found["year"].to_dict() == {"newest_of_both": 2020, "newest": 2021, "article": 2016}
    assert found["verdict"].to_dict() == {
        "newest_of_both": "depends_on_the_record",
        "newest": "ahead_on_the_one_record",
        "article": "depends_on_the_record",
    }
    assert found["unnamed"].isna().all()


def test_the_part_in_unnamed_hands_stands_beside_a_verdict_on_debt():
    rows = verdicts(gathered(told=indicators(*DEBT)), indicators(*DEBT))
    debt = rows[(rows["tie"] == "debt") & (rows["role"] == "newest")]
    assert dict(zip(debt["country"], debt["unnamed"], strict=True)) == {"KGZ": 0.25, "KAZ": 0.8}


def test_countries_that_were_added_are_judged_after_the_five_unless_some_are_named():
    countries = ("MNG", "KGZ", "BLR")
    rows = [row for country in countries for row in both_ways(country, 3.0, 1.0)]
    pairs = gathered(trade(*rows))
    assert list(dict.fromkeys(verdicts(pairs, NOTHING)["country"])) == ["KGZ", "BLR", "MNG"]
    assert set(verdicts(pairs, NOTHING, ["MNG"])["country"]) == {"MNG"}


def test_the_worlds_table_tells_a_year_that_no_other_record_has():
    pairs = gathered(trade(*both_ways("KGZ", 3.0, 1.0)))
    world = trade(
        *both_ways("KGZ", 30.0, 10.0, dataset="world"),
        *both_ways("KGZ", 50.0, 10.0, 2017, dataset="world"),
    )
    told = indicators(("KGZ", "gdp", "", 2017, 500.0, "1"))
    found = in_all(with_world_trade(pairs, world, "KGZ", told))
    assert dict(zip(found["year"], found["china"], strict=True)) == {2016: 3.0, 2017: 50.0}
    assert found["china_to_gdp"].tolist()[1] == 0.1
    assert found.index.is_monotonic_increasing
    alone = with_world_trade(pairs.iloc[:0], world, "KGZ", told)
    assert in_all(alone)["china"].tolist() == [30.0, 50.0]
    assert with_world_trade(pairs.iloc[:0], NO_TRADE, "KGZ", told).empty


def test_the_files_tell_a_year_by_the_source_that_the_register_dates_the_latest(tmp_path):
    def entry(name, date):
        return f"{name}: {{title: A, publisher: B, terms: C, date: '{date}'}}\n"

    register = entry("a", "2022-01") + entry("b", "2024-07")
    (tmp_path / "sources.yml").write_text(register, encoding="utf-8")
    goods = trade(
        *both_ways("KGZ", 1.0, 4.0, dataset="a"), *both_ways("KGZ", 3.0, 1.0, dataset="b")
    )
    tables = {"figures": FIGURES, "trade": goods, "trade_goods_and_services": NO_TRADE}
    for name, rows in (tables | {"indicators": NOTHING}).items():
        columns = list(schema.TABLES[name].schema.columns)
        rows[columns].to_csv(tmp_path / f"{name}.csv", index=False)
    write_ties(tmp_path, tmp_path)
    written = in_all(store.load_table("ties", tmp_path))
    assert dict(zip(written["edition"], written["in_use"], strict=True)) == {"a": "no", "b": "yes"}
    judged = in_all(store.load_table("verdicts", tmp_path))
    assert set(judged["leader"]) == {"CHN"}
    assert store.load_table("crossings", tmp_path).empty


def test_a_year_of_both_records_before_the_articles_does_not_lead():
    own = [row for year in (2012, 2014) for row in both_ways("KGZ", 3.0, 1.0, year)]
    partner = [
        (power, "KGZ", flow, 2014, value, "partners")
        for power, value in (("CHN", 5.0), ("RUS", 1.0))
        for flow in ("export", "import")
    ]
    found = in_all(verdicts(gathered(trade(*own, *partner)), NOTHING))
    assert dict(zip(found["role"], found["year"], strict=True)) == {"newest": 2014}
    assert found["verdict"].tolist() == ["ahead_on_both"]
