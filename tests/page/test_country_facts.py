"""What the sentences of a country's page are told, worked out by hand from a row or two."""

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import load
from analysis.measures.standing import by_concept, standing
from analysis.page import debt_facts
from analysis.page.country_facts import (
    beside_one_side,
    called,
    energy,
    low_years,
    missing_records,
    money,
    newer_shares,
    of_all_trade,
    subtitle,
    weights,
    years_apart,
)
from analysis.page.investment_facts import investment
from analysis.page.language import speaking


@pytest.mark.parametrize(
    ("tie", "concept", "told"),
    [
        ("trade", "trade_turnover", "trade"),
        ("debt", "debt_owed", "public debt"),
        ("money_home", "remittances", "money sent home"),
        ("gas", "gas_exports", "gas purchases"),
        ("investment_received", "foreign_investment", "foreign investment"),
        ("investment_held", "fdi_stock_edb", "direct investment held"),
    ],
)
def test_a_tie_is_called_by_its_kind_and_investment_by_its_concept(tie, concept, told):
    assert called({"tie": tie, "concept": concept}) == told


def years(*found, **columns):
    return pd.DataFrame({"year": list(found)}).assign(**columns)


TRADE = {"concept": "trade_turnover", "middle": False, "floor": False}


@pytest.mark.parametrize(
    ("rows", "told", "in_russian"),
    [
        (
            years(2024, part="china"),
            "Public debt abroad by lender, countries with their banks, end of 2024",
            "Внешний госдолг по кредиторам, страны вместе со своими банками, конец 2024 года",
        ),
        (
            years(2024, 2016, part="china"),
            "Public debt abroad by lender, countries with their banks, end of 2016 and 2024",
            "Внешний госдолг по кредиторам, страны вместе со своими банками, "
            "конец 2016 и 2024 годов",
        ),
        (
            years(2000, 2012, 2024, **TRADE),
            "Trade in goods, US dollars, 2000 to 2024",
            "Торговля товарами, доллары США, 2000–2024 годы",
        ),
        (
            years(2016, 2024, **TRADE | {"middle": [False, True]}),
            "Trade in goods, US dollars, 2016 and 2024; of a range its middle",
            None,
        ),
        (
            years(2016, 2024, **TRADE | {"floor": [False, True]}),
            "Trade in goods, US dollars, 2016 and 2024; of “or more” the least",
            "Торговля товарами, доллары США, 2016 и 2024 годы; из «не менее» — нижняя граница",
        ),
        (
            years(2024, **TRADE | {"concept": "goods_services_turnover"}),
            "Trade in goods and services, US dollars, 2024",
            None,
        ),
        (
            years(2016, 2024, **TRADE | {"concept": ["trade_turnover", "goods_services_turnover"]}),
            "Trade in goods, on its own record with services, US dollars, 2016 and 2024",
            None,
        ),
        (
            years(2023, kind="trade", middle=True, floor=[True]),
            "Each tie in money as a share of GDP, in the year it is judged by, 2023; of a range "
            "its middle; of “or more” the least",
            None,
        ),
        (
            years(2016, 2023).assign(edition="review"),
            "Gas sold by pipeline, billion cubic metres, 2016 and 2023",
            None,
        ),
        (
            years(2016, 2023).assign(edition=["review-2017", "review-2024"]),
            "Gas sold by pipeline, billion cubic metres, 2016 and 2023; each year’s own edition",
            "Газ, проданный по трубопроводам, млрд м³, 2016 и 2023 годы; за каждый год — своя "
            "редакция таблицы",
        ),
    ],
)
def test_a_charts_subtitle_says_its_measure_and_years(rows, told, in_russian):
    assert subtitle(rows) == told
    if in_russian:
        with speaking("ru"):
            assert subtitle(rows).replace("\u00a0", " ") == in_russian


@pytest.mark.parametrize(
    ("years", "told"),
    [
        ([2023, 2023], ""),
        (
            [2023, 2020],
            "The years differ: the records cannot be compared.",
        ),
    ],
)
def test_a_chart_of_two_records_says_that_their_years_differ(years, told):
    assert years_apart(pd.DataFrame({"year": years})) == told


def test_beside_output_trade_is_called_by_its_record_and_another_tie_by_its_name():
    told = [("trade", "own"), ("trade", "partner"), ("debt", "stated")]
    newest = pd.DataFrame(told, columns=["tie", "record"])
    newest = newest.assign(country="KGZ", year=2024, unit="USD", concept="debt_owed", pair_id="p")
    newest["edition"] = "page"
    for side in ("china", "russia"):
        newest = newest.assign(**{side: 1.0, f"{side}_low": 1.0, f"{side}_high": 1.0})
        newest[f"{side}_logical_high"] = 1.0
    output = {"country": "KGZ", "indicator": "gdp", "year": 2024, "vintage": "v", "value": 10.0}
    output |= {"source_id": "wdi"}
    this = SimpleNamespace(tables={"indicators": pd.DataFrame([output])})
    found = weights(this, newest)
    assert found["tie"].tolist()[:2] == ["Trade, own record", "Trade, partners’ records"]
    assert found["china"].tolist() == [0.1, 0.1, 0.1]


@pytest.fixture
def altered():
    """A country as it is loaded, with other rows in one of its tables."""

    def load_with(code, table, change):
        this = load(code)
        return replace(this, tables={**this.tables, table: change(this.tables[table])})

    return load_with


def test_gas_of_which_no_whole_is_known_has_volumes_and_no_shares(altered):
    this = altered("TKM", "indicators", lambda rows: rows[~rows["indicator"].eq("gas_exports")])
    told = energy(this, standing(this.tables["ties"]), 2016)
    assert (told["china"], told["russia"]) == (None, None)
    assert told["newest"]["china"] > 0


def test_a_record_that_is_no_series_is_told_with_its_last_year_and_a_late_one_with_its_first():
    partner = pd.DataFrame({"record": "partner", "year": [2010, 2011, 2012]})
    this = SimpleNamespace(where=lambda tie, record: pd.DataFrame({"year": [2003, 2004]}))
    assert missing_records(partner, this) == {"own": "none is known after 2004"}
    own = pd.DataFrame({"record": "own", "year": [2013, 2014, 2015]})
    assert missing_records(pd.concat([partner, own]), this) == {"own": "begins in 2013"}


def test_money_sent_home_is_counted_unless_a_model_has_it():
    this = load("KGZ")
    newest = standing(this.tables["ties"])
    assert money(this, newest)["counted"] is True
    assert money(this, newest.assign(evidence="modelled"))["counted"] is False


def test_where_nobody_has_what_came_from_everywhere_none_of_it_is_told(altered):
    def without(rows):
        return rows[rows["indicator"] != "remittances_received"]

    this = altered("KGZ", "indicators", without)
    assert money(this, standing(this.tables["ties"]))["all"] is None


def test_a_newer_debt_without_a_number_is_not_told(altered):
    def unnumbered(rows):
        newer = rows["indicator"].isin(["debt_owed", "debt_share"])
        return rows.assign(state=rows["state"].mask(newer, "not_reported"))

    for code in ("KGZ", "TJK"):
        this = load(code)
        assert debt_facts.debt(this, standing(this.tables["ties"]), 2016, 2000)["newer"]
        this = altered(code, "figures", unnumbered)
        assert debt_facts.debt(this, standing(this.tables["ties"]), 2016, 2000)["newer"] == []


@pytest.mark.parametrize(
    ("code", "record", "year"),
    [("KAZ", "own", 2023), ("TJK", "own", 2020), ("TKM", "partner", 2020)],
)
def test_parts_of_all_trade_are_of_the_own_record_or_of_the_partners_where_that_is_old(
    code, record, year
):
    told = of_all_trade(load(code))
    assert (told["record"], told["year"]) == (record, year)
    assert told["row_id"]


def test_a_country_whose_trade_with_all_is_not_known_has_no_parts_of_it(altered):
    assert of_all_trade(load("MNG")) is None
    old = altered("KAZ", "weights", lambda rows: rows[rows["year"] < 2016])
    assert of_all_trade(old) is None


def flows(tie, *rows):
    """Pairs of a tie by year: China's, Russia's, and how they are known."""
    made = pd.DataFrame(rows, columns=["year", "china", "russia", "evidence"])
    return made.assign(tie=tie, pair_id=[f"{tie}-{year}" for year in made["year"]])


LOANS = {
    "loans_drawn": flows(
        "loans_drawn",
        (2018, 5.0, None, "disputed"),
        (2016, 3.0, 1.0, "reported"),
        (2017, 0.0, 0.0, "disputed"),
        (1999, 9.0, 9.0, "disputed"),
    ),
    "loans_repaid": flows("loans_repaid", (2015, None, 2.0, "reported"), (2017, 1.0, 0.0, "")),
    "loan_interest": flows("loan_interest", (2019, 0.5, 0.25, "disputed")),
}


def test_loans_are_added_up_over_the_years_with_those_that_another_edition_disputes():
    owed = pd.DataFrame({"pair_id": ["owed-2019"], "china": [9.0], "russia": [1.0]})
    this = SimpleNamespace(where=lambda tie, **_: LOANS.get(tie, owed))
    assert debt_facts.loans(this, 2000) == {
        "first": 2015,
        "last": 2019,
        "owed": None,
        "drawn": {
            "china": 8.0,
            "russia": 1.0,
            "pair_id": "loans_drawn-2016..loans_drawn-2018",
            "disputed": [2017, 2018],
        },
        "repaid": {
            "china": 1.0,
            "russia": 2.0,
            "pair_id": "loans_repaid-2015..loans_repaid-2017",
            "disputed": [],
        },
        "interest": {
            "china": 0.5,
            "russia": 0.25,
            "pair_id": "loan_interest-2019",
            "disputed": [2019],
        },
    }


def test_what_is_owed_to_russia_is_told_beside_its_loans_where_it_is_more_than_was_drawn():
    owed = pd.DataFrame(
        {"pair_id": ["owed-2019"], "china": [9.0], "russia": [10.5], "year": [2019]}
    )

    def where(tie, **equal):
        if tie in LOANS:
            return LOANS[tie]
        assert (tie, equal) == ("debt", {"record": "stated", "year": 2019})
        return owed

    this = SimpleNamespace(where=where)
    told = debt_facts.loans(this, 2000)
    assert (told["owed"]["pair_id"], told["owed"]["russia"]) == ("owed-2019", 10.5)
    none = SimpleNamespace(where=lambda tie, **_: LOANS.get(tie, owed.iloc[:0]))
    assert debt_facts.loans(none, 2000)["owed"] is None


def test_what_was_drawn_from_russia_before_the_years_that_are_told_counts_against_what_is_owed():
    # 9.0 in 1999 and 1.0 since.
    owed = pd.DataFrame({"pair_id": ["owed-2019"], "china": [9.0], "russia": [9.5]})
    told = debt_facts.loans(SimpleNamespace(where=lambda tie, **_: LOANS.get(tie, owed)), 2000)
    assert (told["drawn"]["russia"], told["owed"]) == (1.0, None)


def test_chinas_largest_part_of_the_debt_is_that_of_all_years_whichever_are_drawn():
    this = load("TKM")
    told = debt_facts.debt(this, standing(this.tables["ties"]), 2016, 2018)
    assert told["peak"]["year"] == 2014


@pytest.mark.parametrize(("since", "first"), [(2014, 2014), (2015, 2016)])
def test_the_part_then_is_told_from_the_first_year_that_is_drawn_on(since, first):
    this = load("TKM")
    told = debt_facts.debt(this, standing(this.tables["ties"]), first, since)
    assert told["before"]["year"] == first
    after = debt_facts.debt(this, standing(this.tables["ties"]), first, first + 1)
    assert after["before"] is None


def fall(year, record="own"):
    figures = [(year - 1, 10.0), (year, 5.0)]
    return [
        {"country": "KAZ", "tie": "trade", "concept": "trade_turnover", "record": record}
        | {"edition": "e", "year": when, "whole_year": "yes", "grade": "table", "in_use": "yes"}
        | {"evidence": "reported", "leader": "RUS", "china": value, "russia": 20.0}
        | {"pair_id": f"{record}-{when}"}
        for when, value in figures
    ]


@pytest.mark.parametrize(("since", "told"), [(2019, [2020]), (2020, [])])
def test_a_fall_is_told_where_both_of_its_years_are_drawn(since, told):
    rows = low_years(pd.DataFrame(fall(2020)), since)
    assert [row["year"] for row in rows] == told
    assert [row["row_id"] for row in rows] == ["own-2019..own-2020"][: len(told)]


BANKS = {
    "figure_id": "bank", "indicator": "trade_turnover", "power": "CHN", "state": "value",
    "status": "realised", "reporter": "Eurasian Development Bank", "evidence": "reported",
    "period_start": "2024-01-01", "period_end": "2024-12-31",
}  # fmt: skip
ONE_SIDE = {
    "concept": "trade_turnover", "leader": "", "china_low": float("nan"), "russia_low": 28e9,
    "start": "2024-01-01", "end": "2024-12-31",
}  # fmt: skip


@pytest.mark.parametrize(
    ("figure", "row", "found"),
    [
        ({}, {}, ["bank"]),
        ({"reporter": "KAZ"}, {}, []),
        ({"reporter": "CHN"}, {}, []),
        ({"reporter": ""}, {}, []),
        ({"reporter": "press"}, {}, []),
        ({"reporter": "KGZ"}, {}, []),
        ({"evidence": "disputed"}, {}, []),
        ({"power": "RUS"}, {}, []),
        ({"status": "estimate"}, {}, []),
        ({"state": "not_reported"}, {}, []),
        ({"period_end": "2024-06-30"}, {}, []),
        ({"period_start": "2023-01-01"}, {}, []),
        ({"indicator": "exports"}, {}, []),
        ({}, {"leader": "CHN"}, []),
    ],
)
def test_a_third_partys_count_of_the_other_power_stands_beside_one_sides_newer_one(
    figure, row, found
):
    this = SimpleNamespace(code="KAZ", tables={"figures": pd.DataFrame([BANKS | figure])})
    (rows,) = beside_one_side(this, pd.DataFrame([ONE_SIDE | row]))
    assert [one["figure_id"] for one in rows] == found


@pytest.mark.parametrize("tie", LOANS)
def test_where_china_has_no_part_in_a_flow_of_loans_none_is_told(tie):
    none = LOANS | {tie: LOANS[tie].assign(china=0.0)}
    assert debt_facts.loans(SimpleNamespace(where=lambda tie: none[tie]), 2000) is None
    gone = LOANS | {tie: LOANS[tie].iloc[:0]}
    assert debt_facts.loans(SimpleNamespace(where=lambda tie: gone[tie]), 2000) is None


def test_a_debt_written_off_stands_beside_what_the_lenders_tables_still_have(altered):
    names = ["year", "owed", "owed_id", "owed_by"]

    def told(this):
        (row,) = debt_facts.debt(this, standing(this.tables["ties"]), 2016, 2000)["forgiven"]
        return [row[name] for name in names]

    assert told(load("KGZ")) == ["2017", 240e6, "KGZ-debt_owed-stated-2017", "World Bank"]
    paid = altered(
        "KGZ",
        "ties",
        lambda rows: rows.assign(
            russia=rows["russia"].mask(rows["pair_id"] == "KGZ-debt_owed-stated-2017", 0.0)
        ),
    )
    assert told(paid) == ["2017", 0.0, "", ""]


@pytest.mark.parametrize(("since", "told"), [(2017, ["2017"]), (2018, [])])
def test_a_debt_written_off_in_the_first_year_of_all_is_told_and_an_older_one_is_not(since, told):
    this = load("KGZ")
    facts = debt_facts.debt(this, standing(this.tables["ties"]), 2016, since)
    assert [row["year"] for row in facts["forgiven"]] == told


def test_a_part_of_the_debt_that_credit_of_the_imf_would_change_is_worked_out():
    told = debt_facts.debt(load("KGZ"), standing(load("KGZ").tables["ties"]), 2016, 2000)
    # 1,653,692,686 owed to China of 4,216,586,369, and 465,954,261 of credit beside them.
    assert told["with_imf"]["part"] == pytest.approx(1653692686 / (4216586369 + 465954261.4))
    assert told["with_imf"]["credit"] == 465954261.4
    assert told["with_imf"]["by"] == "World Bank"


def test_credit_that_would_change_the_part_by_less_than_a_hundredth_is_not_told(altered):
    def without_credit(rows):
        return rows[rows["indicator"] != "imf_credit"]

    for this in (load("UZB"), altered("KGZ", "indicators", without_credit)):
        told = debt_facts.debt(this, standing(this.tables["ties"]), 2016, 2000)
        assert told["with_imf"] is None


def test_the_newest_debt_is_told_though_the_series_begins_after_it():
    this = load("KGZ")
    told = debt_facts.debt(this, standing(this.tables["ties"]), 2016, 2025)
    assert (told["newest"]["year"], told["parts"]["year"]) == (2024, 2024)
    assert told["before"] is None


@pytest.mark.parametrize(("code", "sides"), [("TKM", ["russia"]), ("KAZ", [])])
def test_gas_that_the_table_has_of_the_year_before_to_the_last_digit_is_told(code, sides):
    this = load(code)
    told = energy(this, standing(this.tables["ties"]), 2016)
    assert [row["side"] for row in told["repeated"]] == sides
    assert [row["year"] for row in told["repeated"]] == [2022] * len(sides)


def test_no_gas_in_two_years_is_no_figure_that_is_repeated(altered):
    def none_to_russia(rows):
        return rows.assign(russia=rows["russia"].mask(rows["tie"] == "gas", 0.0))

    this = altered("TKM", "ties", none_to_russia)
    assert energy(this, standing(this.tables["ties"]), 2016)["repeated"] == []


def test_beside_chinas_half_stands_the_banks_sum_of_its_region_of_the_same_day(altered):
    this = load("KAZ")
    invested = by_concept(this.tables["ties"], ("investment_received", "investment_held"), 2016)
    (owner,) = investment(this, invested, 2016)["owners"]
    assert (owner["end"], owner["china"], owner["region"]["value"]) == ("2025-06-30", 11.4e9, 9.4e9)

    def without_june(rows):
        return rows[rows["figure_id"] != "kaz-fdi-stock-edb-region-june-2025-stated"]

    this = altered("KAZ", "figures", without_june)
    assert investment(this, invested, 2016)["owners"] == []


def test_of_two_figures_of_all_investment_the_last_one_is_told(altered):
    def twice(rows):
        whole = rows[rows["figure_id"] == "uzb-investment-flow-government-all-2025-stated"]
        return pd.concat([rows, whole.assign(figure_id="another")], ignore_index=True)

    this = altered("UZB", "figures", twice)
    invested = by_concept(this.tables["ties"], ("investment_received", "investment_held"), 2016)
    assert [row["figure_id"] for row in investment(this, invested, 2016)["whole"]] == ["another"]


def test_years_in_which_money_was_taken_out_are_told_in_their_own_currency():
    this = load("KAZ")
    invested = by_concept(this.tables["ties"], ("investment_received", "investment_held"), 2016)
    (ebb,) = investment(this, invested, 2016)["ebbs"]
    assert (ebb["first"], ebb["last"], ebb["name"], ebb["other"]) == (2015, 2020, "China", "Russia")
    # 228.3, 568.1, 267.9, 393.9, 150.6 and 717.2 million euros went out on balance.
    assert (ebb["taken_words"], ebb["brought_words"]) == ("€2.33bn", "€1.68bn")


def test_registered_enterprises_are_those_that_one_day_has_of_both_powers(altered):
    def told(this, since):
        invested = by_concept(this.tables["ties"], ("investment_received",), 2016)
        days = investment(this, invested, since)["registers"]
        return [(day["period_end"], day["china"], day["russia"]) for day in days]

    first, newest = ("2021-11-01", 1942, 2335), ("2025-03-01", 3576, 3016)
    assert told(load("UZB"), 2016) == [newest, first]
    assert told(load("UZB"), 2025) == [newest]
    assert told(load("KGZ"), 2016) == []

    def refused(rows):
        return rows.assign(comparable=rows["comparable"].mask(rows["period_end"] == newest[0], ""))

    this = altered("UZB", "comparisons", refused)
    assert told(this, 2016) == [("2022-01-01", 1927, 2309), first]


def test_parts_of_all_trade_that_a_page_states_are_told_where_they_are_newer(altered):
    this = load("TJK")
    (row,) = newer_shares(this, 2020)
    assert (row["year"], row["china"], row["russia"]) == (2022, 0.166, 0.229)
    assert row["by"] == "Kierunek Kaukaz"
    for cell, other in (("period_end", "2022-06-30"), ("china", float("nan"))):
        changed = altered("TJK", "comparisons", lambda rows, c=cell, o=other: rows.assign(**{c: o}))
        assert newer_shares(changed, 2020) == []
    assert row["row_id"] == "tjk-trade-share-chn-2022-stated..tjk-trade-share-rus-2022-stated"
    assert newer_shares(this, 2022) == []
    assert newer_shares(load("KAZ"), 2000) == []
