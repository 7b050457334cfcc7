"""Sides become pairs, pairs a verdict: small tables worked out by hand."""

from math import inf, isnan, nan

import numpy as np
import pandas as pd
import pytest

from analysis.measures.ties import newest, pair_ids, pairs_of, verdict_on

EDITIONS = {"old": "2022-01", "new": "2024-07", "customs": "2022-11"}


def side(power, value, **changed):
    """A figure of 2016 in dollars, from a table, on the country's own record."""
    given = {
        "country": "KGZ",
        "tie": "trade",
        "concept": "trade_turnover",
        "record": "own",
        "start": "2016-01-01",
        "end": "2016-12-31",
        "power": power,
        "value": value,
        "low": value,
        "high": value,
        "logical_low": value,
        "logical_high": value,
        "unit": "USD",
        "grade": "table",
        "evidence": "reported",
        "edition": "old",
        "ids": f"{power.lower()}-{value}",
    }
    return given | changed


def pairs(*sides):
    return pairs_of(pd.DataFrame(sides), EDITIONS)


def year(number):
    return {"start": f"{number}-01-01", "end": f"{number}-12-31"}


def test_an_edition_that_has_both_powers_gives_a_pair_of_its_own():
    found = pairs(
        side("CHN", 1.545e9),
        side("RUS", 0.945e9),
        side("CHN", 1.55e9, edition="new"),
        side("RUS", 1.32e9, edition="new"),
    ).set_index("edition")
    # (1.545 - 0.945) / 2.49 and (1.55 - 1.32) / 2.87
    assert found.loc["old", "difference"] == pytest.approx(0.2410, abs=1e-4)
    assert found.loc["new", "difference"] == pytest.approx(0.0801, abs=1e-4)
    assert list(found["leader"]) == ["CHN", "CHN"]


def test_the_newest_edition_is_the_one_in_use():
    found = pairs(
        side("CHN", 1.545e9),
        side("RUS", 0.945e9),
        side("CHN", 1.55e9, edition="new"),
        side("RUS", 1.32e9, edition="new"),
    )
    assert list(found.loc[found["in_use"], "edition"]) == ["new"]


def test_two_editions_are_never_mixed_where_one_has_both():
    found = pairs(side("CHN", 5e9), side("RUS", 4e9), side("RUS", 9e9, edition="new"))
    assert list(found["edition"]) == ["old"]
    assert list(found["russia"]) == [4e9]


def test_where_no_edition_has_both_the_newest_one_tells_the_half():
    found = pairs(
        side("RUS", 362.8e6),
        side("RUS", 363.9e6, edition="new"),
        side("RUS", 1e6, edition="customs"),
    ).iloc[0]
    assert (found["russia"], found["edition"]) == (363.9e6, "new")
    assert found["russia_ids"] == "rus-363900000.0"


def test_two_authorities_of_a_side_make_a_pair_of_the_weaker_grade():
    partner = {"record": "partner", **year(2021)}
    found = pairs(
        side("RUS", 25.6e9, edition="customs", **partner),
        side("CHN", 25.2e9, edition="page", grade="derived", evidence="reported", **partner),
    ).iloc[0]
    assert (found["grade"], found["edition"]) == ("derived", "page + customs")
    assert found["leader"] == "level"


def test_a_pair_of_two_editions_out_of_use_has_both_in_its_name():
    row = {"country": "KGZ", "concept": "exports", "record": "own", "in_use": False}
    row |= {"start": "2016-01-01", "end": "2016-12-31", "edition": "one + other"}
    assert pair_ids(pd.DataFrame([row])).tolist() == ["KGZ-exports-own-2016-one-other"]


@pytest.mark.parametrize(
    ("start", "end", "period"),
    [
        ("2016-01-01", "2016-12-31", "2016"),
        ("", "2016-12-31", "2016"),
        ("2016-12-31", "2016-12-31", "2016"),
        ("2016-10-01", "2016-10-01", "2016-10-01"),
        ("2016-01-01", "2016-06-30", "2016-01-01-2016-06-30"),
        ("2015-01-01", "2016-12-31", "2015-01-01-2016-12-31"),
        ("", "2016-06-30", "2016-06-30"),
        ("2016-06-30", "", "2016-06-30"),
    ],
)
def test_a_pair_is_called_by_its_year_or_by_its_days(start, end, period):
    row = {"country": "KGZ", "concept": "exports", "record": "own", "in_use": True}
    row |= {"start": start, "end": end, "edition": "one"}
    assert pair_ids(pd.DataFrame([row])).tolist() == [f"KGZ-exports-own-{period}"]


def test_several_statements_span_an_interval():
    stated = {"grade": "stated", **year(2024)}
    found = pairs(
        side("CHN", 5.5e9, edition="a", **stated),
        side("RUS", 3.2e9, edition="b", **stated),
        side(
            "RUS",
            nan,
            edition="c",
            low=3.8e9,
            high=4e9,
            logical_low=3.4e9,
            logical_high=4e9,
            **stated,
        ),
    ).iloc[0]
    assert (found["russia_low"], found["russia_high"]) == (3.2e9, 4e9)
    assert isnan(found["russia"])
    # (5.5 - 4) / 9.5 and (5.5 - 3.2) / 8.7
    assert found["low"] == pytest.approx(0.1579, abs=1e-4)
    assert found["high"] == pytest.approx(0.2644, abs=1e-4)
    assert found["leader"] == "CHN"


@pytest.mark.parametrize(
    ("number", "ends"),
    [
        (11.6e9, (11.6e9, 11.5e9, 11.7e9)),  # above the floor, which then says nothing more
        (11.0e9, (11.0e9, 10.9e9, 11.1e9)),  # the very number, as whoever rounds has it
        (10.9e9, (nan, 10.9e9, 12.1e9)),
    ],
)
def test_a_floor_that_a_number_of_the_same_side_reaches_widens_nothing(number, ends):
    stated = {"grade": "stated", **year(2024)}
    floor = {"low": 11e9, "high": 12.1e9, "logical_low": 11e9, "logical_high": nan}
    around = dict(zip(("low", "high"), (number - 1e8, number + 1e8), strict=True))
    around |= {"logical_low": around["low"], "logical_high": around["high"]}
    found = pairs(
        side("CHN", 12.4e9, edition="a", **stated),
        side("RUS", nan, edition="b", **floor, **stated),
        side("RUS", number, edition="c", **around, **stated),
    ).iloc[0]
    told = [found["russia"], found["russia_low"], found["russia_high"]]
    assert told == pytest.approx(list(ends), nan_ok=True)
    assert len(found["russia_ids"].split()) == 2


def test_a_span_runs_from_number_to_number_and_its_logical_reading_to_what_rounding_allows():
    def rounded(value, edition):
        ends = {"low": value - 5e7, "high": value + 5e7}
        ends |= {f"logical_{end}": number for end, number in ends.items()}
        return side("RUS", value, edition=edition, grade="stated", **ends, **year(2024))

    def ends_of(*sides):
        names = ("russia_low", "russia_high", "russia_logical_low", "russia_logical_high")
        return [pairs(*sides).iloc[0][name] for name in names]

    assert ends_of(rounded(5.3e9, "a"), rounded(5.5e9, "b")) == [5.3e9, 5.5e9, 5.25e9, 5.55e9]
    # Two that give the same number are that number.
    assert ends_of(rounded(5.3e9, "a"), rounded(5.3e9, "b")) == [5.25e9, 5.35e9] * 2


def test_a_better_grade_is_not_spanned_by_a_weaker_one():
    found = pairs(
        side("CHN", 5e9),
        side("RUS", 4e9, grade="stated", edition="a"),
        side("RUS", 9e9, grade="derived", edition="b"),
    ).iloc[0]
    assert (found["russia"], found["grade"]) == (4e9, "stated")


def test_a_power_known_alone_stays_as_the_known_half():
    found = pairs(side("RUS", 2.5e9)).iloc[0]
    assert isnan(found["china"]) and found["russia"] == 2.5e9
    assert isnan(found["low"]) and found["leader"] == ""


def test_an_open_end_reaches_to_one_power_alone():
    found = pairs(
        side("CHN", 10e9),
        side("RUS", nan, low=4e9, high=4.4e9, logical_low=4e9, logical_high=nan),
    ).iloc[0]
    assert found["leader"] == "CHN"
    assert found["logical_low"] == -1.0
    assert found["logical_leader"] == "too_close"


def test_a_pair_carries_the_weaker_mark():
    found = pairs(side("CHN", 5e9), side("RUS", 3e9, evidence="preliminary")).iloc[0]
    assert found["evidence"] == "preliminary"


def test_money_taken_out_again_has_no_leader():
    found = pairs(side("CHN", -5e9), side("RUS", 3e9)).iloc[0]
    assert np.isnan(found["difference"]) and found["leader"] == ""


def test_goods_tell_a_record_before_goods_with_services():
    services = {"concept": "goods_services_turnover", "edition": "new"}
    found = pairs(
        side("CHN", 3.636e9),
        side("RUS", 3.512e9),
        side("CHN", 4.2e9, **services),
        side("RUS", 4.1e9, **services),
    )
    assert list(found.loc[found["in_use"], "concept"]) == ["trade_turnover"]


def test_a_part_of_a_year_is_no_whole_year():
    found = pairs(
        side("CHN", 1e9, start="2025-01-01", end="2025-05-31"),
        side("RUS", 2e9, start="2025-01-01", end="2025-05-31"),
    ).iloc[0]
    assert not found["whole_year"]


def test_a_stock_at_the_end_of_a_year_stands_for_the_year():
    found = pairs(side("CHN", 1e9, start="2016-12-31"), side("RUS", 2e9, start="2016-12-31"))
    assert found.iloc[0]["whole_year"]


def test_no_figures_make_no_pairs():
    assert pairs_of(pd.DataFrame(), EDITIONS).empty


def test_the_newest_year_of_both_records_comes_before_a_newer_year_of_one():
    found = pairs(
        *(
            side(power, value, record=record, **year(number))
            for power, value in (("CHN", 5e9), ("RUS", 3e9))
            for record, number in (("own", 2020), ("partner", 2020), ("own", 2023))
        ),
    )
    assert newest(found) == (2020, 2023)


def test_a_part_of_a_year_never_leads():
    part = {"start": "2025-01-01", "end": "2025-05-31"}
    found = pairs(
        side("CHN", 5e9), side("RUS", 3e9), side("CHN", 1e9, **part), side("RUS", 2e9, **part)
    )
    assert newest(found) == (None, 2016)


def test_a_known_half_makes_no_newest_year():
    assert newest(pairs(side("RUS", 2.5e9))) == (None, None)


def verdict(*sides, **given):
    return verdict_on(pairs(*sides), **given)


def both(own, partner):
    """Two records: China's and Russia's figure on each, in billions."""
    return [
        side(power, value * 1e9, record=record)
        for record, sums in (("own", own), ("partner", partner))
        for power, value in zip(("CHN", "RUS"), sums, strict=True)
    ]


# Own and partners' records of 2016, by the IMF's edition of January 2022.
@pytest.mark.parametrize(
    ("own", "partner", "said", "leader"),
    [
        ((7.881, 12.625), (13.07, 13.09), "ahead_or_level", "RUS"),
        ((0.885, 1.036), (1.76, 0.69), "depends_on_the_record", ""),
        ((3.636, 3.512), (3.6, 2.67), "ahead_or_level", "CHN"),
        ((1.545, 0.945), (5.7, 1.2), "ahead_on_both", "CHN"),
    ],
)
def test_the_records_of_2016_are_judged_as_the_rules_have_it(own, partner, said, leader):
    found = verdict(*both(own, partner))
    assert (found["verdict"], found["leader"]) == (said, leader)


def test_a_record_brought_together_by_others_does_not_judge():
    found = verdict(
        *both((5, 3), (6, 2)),
        *(side(power, value, record="reconciled") for power, value in (("CHN", 1e9), ("RUS", 9e9))),
    )
    assert (found["verdict"], found["records"]) == ("ahead_on_both", "own partner")


def test_one_statistic_for_both_powers_is_one_record():
    owed = {"record": "stated", "tie": "debt", "concept": "debt_owed", "start": "2016-12-31"}
    found = verdict(side("CHN", 1.2e9, **owed), side("RUS", 0.0, **owed), gdp=7e9)
    assert found == {
        "verdict": "ahead_on_the_one_record",
        "leader": "CHN",
        "confidence": "high",
        "weighty": True,
        "records": "stated",
        "known": "",
    }


def test_holders_that_no_source_names_leave_nothing_sure():
    owed = {"record": "stated", "tie": "debt", "concept": "debt_owed"}
    found = verdict(side("CHN", 5e9, **owed), side("RUS", 0.0, **owed), unnamed=0.68)
    assert found["confidence"] == "low"


def test_a_known_half_is_said_to_be_known():
    found = verdict(side("RUS", 2.5e9, tie="money_home"), gdp=80e9)
    assert (found["verdict"], found["known"], found["weighty"]) == ("no_pair", "RUS", True)


def test_a_tie_below_a_hundredth_of_output_is_not_weighty():
    found = verdict(side("CHN", 0.3e6), side("RUS", 175e6), gdp=137e9)
    assert (found["leader"], found["weighty"]) == ("RUS", False)


def test_a_record_that_falls_back_at_its_widest_is_less_sure():
    wide = {"logical_low": 1e9, "logical_high": inf}
    found = verdict(side("CHN", 5e9, **wide), side("RUS", 3e9))
    assert (found["leader"], found["confidence"]) == ("CHN", "medium")
