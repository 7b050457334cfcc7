"""The rows of a country's table of verdicts, in words."""

from math import nan

import pytest

from analysis import load
from analysis.measures.standing import standing
from analysis.page.ahead import leader_words, money, more
from analysis.page.language import speaking
from analysis.page.standing_rows import standing_rows

PAIR = {"leader": "CHN", "unit": "USD", "china": 30.06e9, "russia": 27.05e9}
PAIR |= {"china_low": 30.06e9, "china_high": 30.06e9, "russia_low": 27.05e9, "russia_high": 27.05e9}


def test_a_leader_is_told_with_its_number():
    assert leader_words(PAIR) == "China, 11% more"


def test_what_a_tiny_figure_is_beaten_by_is_not_counted_out():
    tiny = PAIR | {"leader": "RUS", "china_low": 1e6, "china_high": 1e6}
    assert more(tiny) == "over 20 times as much"


def test_a_leader_over_nothing_has_no_factor():
    assert leader_words(PAIR | {"russia_low": 0.0, "russia_high": 0.0}) == "China"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"leader": "level"}, "Level"),
        ({"leader": "too_close"}, "Too close to call"),
        ({"leader": "", "russia_low": nan}, "Only China’s is known"),
        ({"leader": "", "china_low": nan}, "Only Russia’s is known"),
        ({"leader": "", "china_low": -5e6}, "Money was taken out"),
    ],
)
def test_what_has_no_leader_says_why(changes, told):
    assert leader_words(PAIR | changes) == told


def test_money_is_told_in_its_own_unit():
    assert money(PAIR | {"unit": "EUR"}, "china") == "€30.1bn"
    ends = {"china": nan, "china_low": 5.25e9, "china_high": 5.55e9}
    assert money(PAIR | ends, "china") == "$5.25bn to $5.55bn"


@pytest.fixture(scope="module")
def kyrgyzstan():
    this = load("KGZ")
    return this, standing(this.tables["ties"])


def test_trade_has_a_row_a_record_with_its_own_year_before(kyrgyzstan):
    this, newest = kyrgyzstan
    rows = standing_rows(this, newest, 2016)
    own, theirs = rows.head(2).to_dict("records")
    assert (own["tie"], theirs["tie"]) == (
        "Trade in goods, own record",
        "Trade in goods, partners’ records",
    )
    assert own["then"] == "China, 17% more" and theirs["then"] == "China, 4.8 times"


def test_a_year_without_figures_has_no_words(kyrgyzstan):
    this, newest = kyrgyzstan
    money_home = newest[newest["tie"] == "money_home"]
    (row,) = standing_rows(this, money_home, 2003).to_dict("records")
    assert row["then"] == "" and row["sure"] == ""
    assert row["record"] == "Own count, officials’ figures, none known for China"


def test_an_earlier_year_of_another_concept_is_not_set_beside_a_row():
    this = load("KAZ")
    newest = standing(this.tables["ties"])
    gross = newest[newest["concept"] == "fdi_flow_gross"]
    (row,) = standing_rows(this, gross, 2016).to_dict("records")
    # Of 2016 the net flow is known, from which money was taken out; a gross one cannot be below 0.
    assert row["then"] == ""


def test_of_trade_an_edition_of_the_same_concept_goes_before_another_concept():
    this = load("UZB")
    newest = standing(this.tables["ties"])
    rows = standing_rows(this, newest[newest["record"] == "own"].head(1), 2016)
    # Goods alone have a table in use for that year, goods and services one that is not.
    assert rows["tie"].tolist() == ["Trade in goods and services, own record"]
    assert rows["then"].tolist() == ["Level"]


def test_an_earlier_count_of_another_kind_says_so():
    this = load("TJK")
    newest = standing(this.tables["ties"])
    (row,) = standing_rows(this, newest[newest["tie"] == "money_home"], 2016).to_dict("records")
    assert row["then"] == "Only Russia’s is known, counted in another way"


def test_a_model_of_an_earlier_year_says_so(kyrgyzstan):
    this, newest = kyrgyzstan
    (row,) = standing_rows(this, newest[newest["tie"] == "money_home"], 2016).to_dict("records")
    assert row["then"] == "Russia, over 20 times, modelled"


def test_a_debt_in_unnamed_hands_says_how_much_of_it_is():
    this = load("KAZ")
    newest = standing(this.tables["ties"])
    (row,) = standing_rows(this, newest[newest["tie"] == "debt"], 2016).to_dict("records")
    assert row["record"] == "World Bank; 69% is owed to holders unnamed"
    assert row["sure"] == "low"


def test_a_bank_that_counts_for_no_side_is_named_in_the_language_of_the_page():
    this = load("KAZ")
    ties = this.tables["ties"]
    held = ties[ties["concept"].eq("fdi_stock_edb") & ties["in_use"].eq("yes")].tail(1)
    (row,) = standing_rows(this, held, 2000).to_dict("records")
    assert row["record"].startswith("Eurasian Development Bank, officials’ figures")
    with speaking("ru"):
        (row,) = standing_rows(this, held, 2000).to_dict("records")
    assert row["record"].startswith("Евразийский банк развития, ")
