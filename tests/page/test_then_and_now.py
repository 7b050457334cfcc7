"""What was and what is, in the words of a card."""

import pandas as pd
import pytest

from analysis.page.then_and_now import (
    line_of_debt,
    line_of_money_home,
    lines_of_trade,
    of_output,
    otherwise,
    part_of_two,
    percents,
)

NONE = float("nan")


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (0.0906, 0.0906, "9.1%"),
        (0.289, 0.306, "29% to 31%"),
        (0.0906, NONE, "9.1% or more"),
        (0.00004, 0.00004, "under 0.1%"),
        (0.0, 0.0, "none"),
        (NONE, NONE, ""),
    ],
)
def test_a_half_is_told_as_a_share_of_output(low, high, told):
    assert of_output({"china_of_gdp_low": low, "china_of_gdp_high": high}, "china") == told


def test_an_end_of_a_share_that_is_not_known_is_left_out():
    assert percents(0.12, float("nan")) == "12%"


@pytest.mark.parametrize(
    ("low", "high", "floors", "told"),
    [
        (0.06, 0.06, "", "53%"),
        (0.14, 0.28, "", "57% to 64%"),
        (0.02, 0.061, "russia", "at most 54%"),
        (0.02, 0.061, "china", "at least 51%"),
        (0.02, 0.061, "china russia", ""),
    ],
)
def test_chinas_part_of_the_two_is_told_by_the_ends_that_are_known(low, high, floors, told):
    pair = {"low": low, "high": high, "china_high": 2.0, "russia_high": 1.0}
    pair |= {f"{side}_logical_high": NONE for side in floors.split()}
    assert part_of_two(pair) == told


def series(*rows):
    """Record, year, leader, China's figure, Russia's."""
    frame = pd.DataFrame(rows, columns=["record", "year", "leader", "china", "russia"])
    for side in ("china", "russia"):
        frame[f"{side}_low"] = frame[f"{side}_high"] = frame[side]
    ids = frame["record"] + "-" + frame["year"].astype(str)
    frame = frame.assign(country="KAZ", concept="trade_turnover", unit="USD")
    return frame.assign(evidence="", pair_id=ids)


def test_trade_has_a_line_a_record_with_who_was_ahead_and_by_how_much():
    told = series(
        ("own", 2016, "RUS", 8.0, 12.0), ("own", 2023, "CHN", 30.0, 27.0),
        ("partner", 2016, "level", 13.0, 13.0), ("partner", 2024, "CHN", 44.0, 28.0),
    )  # fmt: skip
    own, partner = lines_of_trade(told, "KAZ", 2016)
    assert (own["then"], own["now"]) == ("Russia, 1.5 times", "China, 11% more (2023)")
    assert (own["then_id"], own["now_id"]) == ("own-2016", "own-2023")
    assert (partner["then"], partner["now"]) == ("Level", "China, 1.6 times (2024)")


def test_a_record_that_ended_before_the_article_is_none():
    told = series(("own", 2000, "RUS", 1.0, 2.0), ("partner", 2020, "CHN", 4.0, 2.0))
    own, partner = lines_of_trade(told, "KAZ", 2016)
    assert (own["then"], own["now"], own["now_id"]) == ("–", "no newer table known", "")
    assert (partner["then"], partner["now"]) == ("–", "China, 2 times (2020)")


def sent(year, concept, evidence, share):
    ends = {f"{side}_of_gdp_{end}": NONE for side in ("china", "russia") for end in ("low", "high")}
    ends |= {"russia_of_gdp_low": share, "russia_of_gdp_high": share, "russia_low": share}
    same = {"year": year, "concept": concept, "evidence": evidence, "ahead": "", "known": "RUS"} | {
        "record": "own"
    }
    return ends | same | {"pair_id": f"{concept}-{year}"}


def test_what_a_model_gives_says_so_where_it_stands():
    newest = pd.DataFrame([sent(2023, "transfers", "reported", 0.17)])
    every = pd.DataFrame([sent(2016, "remittances", "modelled", 0.22)])
    line = line_of_money_home(newest, every, 2016)
    assert line["then"] == "Russia 22% of GDP, modelled"
    assert line["now"] == "Russia 17% of GDP (2023)"


def test_a_power_that_counts_what_it_sends_is_named_as_the_one_who_counts():
    newest = pd.DataFrame([sent(2024, "transfers", "reported", 0.13) | {"record": "partner"}])
    line = line_of_money_home(newest, newest.iloc[:0], 2016)
    assert line["now"] == "Russia 13% of GDP, by Russia’s count (2024)"


def test_money_from_china_is_told_as_chinas():
    newest = sent(2024, "transfers", "reported", 0.01) | {"ahead": "CHN", "known": ""}
    newest |= {"china_of_gdp_low": 0.12, "china_of_gdp_high": 0.12, "china_low": 0.12}
    line = line_of_money_home(pd.DataFrame([newest]), pd.DataFrame([newest]), 2016)
    assert (line["then"], line["now"]) == ("–", "China 12% of GDP (2024)")


def test_another_count_stands_before_a_model():
    newest = pd.DataFrame([sent(2024, "transfers", "reported", 0.13)])
    every = pd.DataFrame(
        [sent(2016, "remittances", "modelled", 0.2), sent(2016, "cbr", "reported", 0.28)]
    )
    assert line_of_money_home(newest, every, 2016)["then"] == (
        "Russia 28% of GDP, counted in another way"
    )


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        ({"concept": "cbr"}, "transfers", ", counted in another way"),
        ({"concept": "transfers"}, "transfers", ""),
        ({"concept": "fdi_share"}, "fdi_flow", ", counted in another way"),
        ({"concept": "fdi_gross_share"}, "fdi_flow_gross", ""),
        ({"concept": "cbr", "evidence": "modelled"}, "transfers", ""),
    ],
)
def test_an_earlier_figure_says_where_it_is_of_another_count(then, now, told):
    assert otherwise({"evidence": "reported"} | then, {"concept": now}) == told


def test_like_stands_before_what_a_model_gives():
    newest = pd.DataFrame([sent(2023, "transfers", "reported", 0.17)])
    every = pd.DataFrame(
        [sent(2016, "remittances", "modelled", 0.22), sent(2016, "transfers", "reported", 0.2)]
    )
    assert line_of_money_home(newest, every, 2016)["then"] == "Russia 20% of GDP"


def test_a_country_that_owes_neither_power_says_so():
    shares = {"country": "KAZ", "measure": "debt", "record": "stated", "dataset": "d"}
    rows = [
        shares | {"year": 2016, "china": 0.0, "russia": 0.0},
        shares | {"year": 2024, "china": 0.05, "russia": 0.0},
    ]
    line = line_of_debt(pd.DataFrame(rows), "KAZ", 2016)
    assert (line["then"], line["now"]) == ("neither", "China 5.0% (2024)")


def test_what_was_sent_home_leads_to_the_row_that_has_it():
    newest = pd.DataFrame([sent(2023, "transfers", "reported", 0.17)])
    every = pd.DataFrame([sent(2016, "transfers", "reported", 0.22)])
    line = line_of_money_home(newest, every, 2016)
    assert (line["then_id"], line["now_id"]) == ("transfers-2016", "transfers-2023")
