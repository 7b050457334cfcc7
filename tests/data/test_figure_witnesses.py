"""Printed figures far from all that other pages say of the same thing."""

import pandas as pd
import pytest

from analysis.data.clean import clean_figures
from analysis.data.figure_witnesses import far_from_witnesses

TRADE = pd.DataFrame(columns=["reporter", "partner", "flow", "year", "dataset", "value"])
INDICATORS = pd.DataFrame(
    columns=["country", "indicator", "year", "unit", "dataset", "vintage", "power", "counterpart"]
)
STATED = {"reporter": "CHN", "wording": "ours"}


@pytest.fixture
def looks(raw_figures):
    """The looks at some figures, each put down by what differs from China's trade of 2016."""

    def at(*figures, trade=TRADE):
        raw = raw_figures(*(STATED | figure for figure in figures))
        return far_from_witnesses(clean_figures(raw), trade, INDICATORS)

    return at


def of(printed, period="2016", **more):
    return {"printed": printed, "period_printed": period} | more


def places(found):
    return [look.place for look in found]


def test_two_pages_of_one_fact_are_both_told_where_they_lie_far_apart(looks):
    found = looks(of("$10 billion"), of("$20 billion"))
    assert places(found) == ["figure-1", "figure-2"]
    assert found[0].beside == "2e+10, as figure-2 has it"
    assert looks(of("$10 billion"), of("$15 billion")) == []


def test_where_several_agree_a_figure_need_not_lie_so_far_off(looks):
    agreed = [of("$10 billion"), of("$10.1 billion"), of("$10.2 billion")]
    (look,) = looks(*agreed, of("$13.4 billion"))
    assert look.place == "figure-4"
    assert look.why == "1.27 times above it, and nothing else known of it is nearer"


def test_a_part_of_a_year_has_the_pace_of_the_year(looks):
    assert looks(of("$5 billion", "first half of 2016"), of("$10 billion")) == []
    found = looks(of("$9.5 billion", "first half of 2016"), of("$10 billion"))
    assert found[0].beside.endswith("at the pace of figure-2")


def test_no_part_of_a_year_has_more_than_the_year_whatever_else_is_near(looks):
    near = [of("$11 billion", "2015"), of("$11.5 billion", reporter="KAZ")]
    (look,) = looks(*near, of("$10.2 billion"), of("$11.2 billion", "January to November 2016"))
    assert (look.place, look.beside) == ("figure-4", "$10.2 billion, figure-3")
    assert look.why == "more than in the longer time that holds it"


def test_a_figure_lies_between_the_years_beside_it_or_near_them(looks):
    years = [of("$10 billion", "2015"), of("$12 billion", "2017")]
    assert looks(*years, of("$11 billion")) == []
    assert "figure-3" in places(looks(*years, of("$31 billion")))


def test_both_flows_come_to_the_turnover(looks):
    flows = [of("$6 billion", indicator="exports"), of("$4 billion", indicator="imports")]
    assert looks(*flows, of("$10 billion")) == []
    found = looks(*flows, of("$21 billion"))
    assert places(found) == ["figure-1", "figure-2", "figure-3"]
    assert found[2].beside == "1e+10, figure-1 and figure-2 together"


def test_five_countries_come_to_the_region(looks):
    five = [of(f"${n} billion", country=c) for n, c in enumerate(("KAZ", "KGZ", "TJK", "TKM"), 1)]
    five.append(of("$5 billion", country="UZB"))
    region = {"country": "REGION", "coverage": "regional"}
    for whole, told in (("$15 billion", []), ("$51 billion", ["figure-6"])):
        found = places(looks(*five, of(whole, **region)))
        assert [place for place in found if place == "figure-6"] == told


def test_one_of_the_five_comes_to_the_region_without_the_other_four(looks):
    others = [of("$1.0 billion", country=country) for country in ("KAZ", "KGZ", "TJK", "TKM")]
    region = of("$9.0 billion", country="REGION", coverage="regional")
    assert looks(*others, region, of("$5.0 billion", country="UZB")) == []
    *_, last = looks(*others, region, of("$50.0 billion", country="UZB"))
    assert (last.place, last.beside) == ("figure-6", "5e+09, figure-5 without the other four")


def test_a_rise_is_the_year_less_the_year_before(looks):
    years = [of("$10 billion", "2015"), of("$13 billion", "2016")]
    assert looks(*years, of("$3 billion", indicator="trade_increase")) == []
    (look,) = looks(*years, of("$9 billion", indicator="trade_increase"))
    assert look.beside == "3e+09, figure-2 against figure-1"


def test_a_plan_and_a_figure_of_no_time_are_held_against_nothing(looks):
    plan = of("$90 billion", status="target", indicator="trade_target")
    assert looks(plan, of("$10 billion", indicator="trade_target")) == []
    assert looks(of("$90 billion", ""), of("$10 billion")) == []


def test_the_tables_are_witnesses_too(looks):
    rows = [("KAZ", "CHN", flow, 2016, "d", 5e9) for flow in ("export", "import")]
    table = pd.DataFrame(rows, columns=TRADE.columns)
    assert looks(of("$10 billion"), trade=table) == []
    (look,) = looks(of("$19 billion"), trade=table)
    assert look.beside == "1e+10, dollars on KAZ’s record in d, 2016"


def test_what_is_nearly_the_same_speaks_where_nothing_is_the_same(looks):
    other = of("$10 billion", indicator="goods_services_turnover")
    assert looks(of("$18 billion"), other) == []
    assert places(looks(of("$28 billion"), other)) == ["figure-1", "figure-2"]


def test_a_share_is_the_part_by_the_whole(looks):
    part = of("$3.0 billion", indicator="fdi_flow")
    everyone = {"power": "", "counterpart": "all sources", "coverage": "all_sources"}
    whole = of("$10.0 billion", indicator="fdi_flow", **everyone)
    assert looks(part, whole, of("30%", indicator="fdi_share", unit="share")) == []
    found = looks(part, whole, of("60%", indicator="fdi_share", unit="share"))
    # The part is 2.95 to 3.05 of a whole of 9.95 to 10.05, the share 59.5% to 60.5%.
    assert [(look.place, look.beside) for look in found] == [
        ("figure-1", "6e+09, by figure-3 and figure-2"),
        ("figure-3", "0.3, by figure-1 and figure-2"),
    ]


def trade_of(year):
    """Trade of 5 billion each way on Kazakhstan's record of a year."""
    rows = [("KAZ", "CHN", flow, year, "d", 5e9) for flow in ("export", "import")]
    return pd.DataFrame(rows, columns=TRADE.columns)


@pytest.mark.parametrize("year", [2015, 2016, 2017])
def test_half_a_year_has_the_pace_of_the_tables_of_its_year_or_of_one_beside_it(looks, year):
    half, record = "first half of 2016", f"dollars on KAZ’s record in d, {year}"
    assert looks(of("$9 billion", half), trade=trade_of(year)) == []
    (look,) = looks(of("$20 billion", half), trade=trade_of(year))
    # 182 of 365 days, and so 4.986 of 10 billion dollars; 19.5 billion is 3.91 times as much.
    assert look.beside == f"4.986e+09, {record}"
    assert look.why == "3.91 times above it, and nothing else known of it is nearer"


def test_the_tables_of_a_year_further_away_say_nothing(looks):
    assert looks(of("$90 billion", "first half of 2016"), trade=trade_of(2018)) == []


def test_of_a_country_that_two_pages_are_on_the_first_is_one_of_the_five(looks):
    countries = ("KAZ", "KGZ", "TJK", "TKM", "UZB", "KAZ")
    parts = [of("$1.0 billion", country=country) for country in countries]
    region = of("$20.0 billion", country="REGION", coverage="regional")
    *_, look = looks(*parts, region)
    assert (look.place, look.beside) == ("figure-7", "5e+09, the five together")


def test_what_is_held_lies_between_the_nearest_days_on_both_sides(looks):
    owed = {"dimension": "debt", "indicator": "debt_owed", "nature": "stock"}
    owed |= {"status": "outstanding", "reporter": "KGZ"}

    def held(printed, day):
        return of(printed, f"as of {day}") | owed

    beside = [held("$1.0 billion", "31 December 2015"), held("$1.2 billion", "30 June 2017")]
    assert looks(*beside, held("$1.1 billion", "31 December 2016")) == []
    found = looks(*beside, held("$9.1 billion", "31 December 2016"))
    assert "figure-3" in places(found)
