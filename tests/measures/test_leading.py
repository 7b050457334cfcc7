"""Who is ahead in the ties of several countries, on tables of a few rows."""

import pandas as pd
import pytest

from analysis.measures.leading import ahead_everywhere, beside_output, leading, powers_ahead
from analysis.measures.series import china_part, grew

NONE = float("nan")


def rows(*told):
    """Country, tie, verdict, who is ahead, and the power whose half alone is known."""
    return pd.DataFrame(told, columns=["country", "tie", "verdict", "ahead", "known"])


def test_a_known_half_counts_as_ahead_where_there_is_no_pair():
    table = rows(
        ("KGZ", "money_home", "ahead_on_the_one_record", "RUS", ""),
        ("UZB", "money_home", "no_pair", "", "RUS"),
    )
    assert powers_ahead(table, "money_home") == {"KGZ": "RUS", "UZB": "RUS"}
    assert ahead_everywhere(table, "money_home", ["KGZ", "UZB"]) == ("RUS", True)


def test_of_two_rows_of_a_country_the_first_tells_who_is_ahead():
    table = rows(
        ("KAZ", "trade", "ahead_on_both", "CHN", ""),
        ("KAZ", "trade", "depends_on_the_record", "RUS", ""),
        ("KAZ", "debt", "ahead_on_the_one_record", "RUS", ""),
    )
    assert powers_ahead(table, "trade") == {"KAZ": "CHN"}
    assert powers_ahead(table, "debt") == {"KAZ": "RUS"}


def test_a_record_with_the_two_level_anywhere_makes_it_less_than_firm():
    table = rows(
        ("KAZ", "trade", "ahead_on_both", "CHN", ""), ("TJK", "trade", "ahead_or_level", "CHN", "")
    )
    assert ahead_everywhere(table, "trade", ["KAZ", "TJK"]) == ("CHN", False)
    assert ahead_everywhere(table, "trade", ["KAZ"])[0] == "CHN"


def test_nobody_is_ahead_everywhere_where_one_country_has_another_leader_or_none():
    table = rows(
        ("KAZ", "debt", "ahead_on_the_one_record", "CHN", ""),
        ("TJK", "debt", "depends_on_the_record", "", ""),
        ("UZB", "debt", "ahead_on_the_one_record", "RUS", ""),
    )
    assert ahead_everywhere(table, "debt", ["KAZ", "TJK"])[0] == ""
    assert ahead_everywhere(table, "debt", ["KAZ", "UZB"])[0] == ""
    assert ahead_everywhere(table, "debt", ["KAZ", "KGZ"])[0] == ""


def test_money_stands_beside_the_output_of_its_own_year_with_both_ends():
    pairs = pd.DataFrame(
        {
            "country": ["KGZ", "KGZ", "KAZ"],
            "year": [2023, 2024, 2023],
            "unit": ["USD", "USD", "EUR"],
            "china": [2.0, NONE, 9.0],
            "russia": [1.0, NONE, 9.0],
            "china_low": [1.9, 1.0, 9.0],
            "china_high": [2.1, 3.0, 9.0],
            "russia_low": [1.0, NONE, 9.0],
            "russia_high": [1.0, NONE, 9.0],
            "china_logical_high": [2.3, 5.0, 9.0],
            "russia_logical_high": [1.0, NONE, 9.0],
            "edition": ["office", "page", "office"],
        }
    )
    gdp = pd.DataFrame(
        {
            "country": "KGZ",
            "indicator": "gdp",
            "year": [2023, 2024],
            "vintage": "2026-07",
            "source_id": "wdi",
            "value": [10.0, 20.0],
        }
    )
    found = beside_output(pairs, gdp)
    assert found["sources"].tolist() == ["office + wdi", "page + wdi"]
    assert found["china_of_gdp_low"].tolist() == [0.2, 0.05]
    assert found["china_of_gdp_high"].tolist() == [0.2, 0.15]
    assert found["china_of_gdp"].tolist() == [0.2, 0.1]
    assert found["russia_of_gdp_high"].isna().tolist() == [False, True]
    # A floor has no upper end, and is drawn as it stands.
    floor = beside_output(pairs.assign(china_logical_high=[2.3, NONE, 9.0]), gdp)
    assert floor["china_of_gdp_high"].isna().tolist() == [False, True]
    assert floor["china_of_gdp"].tolist() == [0.2, 0.05]


def test_of_two_noughts_nobody_has_a_part():
    known = pd.DataFrame({"china": [1.0, 0.0, 2.0], "russia": [3.0, 0.0, NONE]})
    parts = china_part(
        known.assign(china_low=NONE, russia_low=NONE, china_logical_high=NONE).assign(
            russia_logical_high=NONE, china_high=NONE, russia_high=NONE
        )
    )
    assert parts.iloc[0] == 0.25
    assert parts.isna().tolist() == [False, True, True]


def test_of_halves_that_make_up_for_one_another_nobody_has_a_part():
    ends = {"china_low": 1.0, "china_high": 1.0, "russia_low": -1.0, "russia_high": -1.0}
    (part,) = china_part(pd.DataFrame([{"china": 1.0, "russia": -1.0} | ends]))
    assert pd.isna(part)


def test_of_two_small_halves_there_is_a_part_too():
    ends = {"china_low": 0.2, "china_high": 0.2, "russia_low": 0.6, "russia_high": 0.6}
    (part,) = china_part(pd.DataFrame([{"china": 0.2, "russia": 0.6} | ends]))
    assert part == pytest.approx(0.25)


def test_of_a_half_known_by_its_ends_the_middle_is_a_part():
    ends = {"china_low": 5.0, "china_high": 7.0, "russia_low": 2.0, "russia_high": 2.0}
    ends |= {"china_logical_high": 7.0}
    (part,) = china_part(pd.DataFrame([{"china": NONE, "russia": 2.0} | ends]))
    assert part == 0.75


def test_of_a_floor_its_least_is_a_part():
    ends = {"china_low": 5.0, "china_high": 7.0, "china_logical_high": NONE, "russia_low": 5.0}
    (part,) = china_part(pd.DataFrame([{"china": NONE, "russia": 5.0} | ends]))
    assert part == 0.5


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ((0.02, 0.5), True),  # a part of 0.51 where it was 0.50
        ((0.018, 0.5), False),  # the least is 0.509
        ((-0.1, 0.0), False),
        ((-1.0, 0.5), False),  # beside a floor, which may be anything
    ],
)
def test_a_part_grew_where_its_least_is_a_hundredth_above_what_it_was_at_most(now, told):
    ends = {"logical_low": [-0.5, 0.1], "logical_high": [0.0, 0.1]}
    before = pd.DataFrame({"country": ["KAZ", "TKM"]} | ends)
    after = pd.DataFrame({"country": ["KAZ"], "logical_low": [now[0]], "logical_high": [now[1]]})
    assert grew(before, after).to_dict() == {"KAZ": told}


def trade(country, china, russia, leader):
    """A country's trade of 2023 on its own record, as ``ties`` has it."""
    halves = {"china": china, "russia": russia}
    row = {f"{side}{end}": n for side, n in halves.items() for end in ("", "_low", "_high")}
    row |= {"country": country, "tie": "trade", "concept": "trade_turnover", "record": "own"}
    row |= {"year": 2023, "start": "2023-01-01", "end": "2023-12-31", "unit": "USD"}
    row |= {"whole_year": "yes", "in_use": "yes", "evidence": "reported", "grade": "table"}
    row |= {"low": 0.2, "high": 0.2, "leader": leader, "logical_leader": leader}
    row |= {"pair_id": f"{country}-own"}
    return row


def test_each_country_is_told_by_its_own_pairs_with_the_verdict_on_them():
    pairs = pd.DataFrame([trade("KAZ", 9.0, 6.0, "CHN"), trade("KGZ", 2.0, 3.0, "RUS")])
    names = ["country", "indicator", "counterpart", "year", "vintage", "source_id", "value"]
    indicators = pd.DataFrame(columns=names)
    found = leading(pairs, indicators, ["KGZ", "KAZ"])
    assert found["pair_id"].tolist() == ["KGZ-own", "KAZ-own"]
    assert found["ahead"].tolist() == ["RUS", "CHN"]
    assert found["verdict"].tolist() == ["ahead_on_the_one_record"] * 2
