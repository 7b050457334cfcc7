"""Two digits that were exchanged, by another record or by the years beside."""

import pandas as pd
import pytest

from analysis.data.exchanged import exchanged_in_figures, exchanged_in_statistics, swaps

FIGURE = {
    "figure_id": "f",
    "country": "KGZ",
    "power": "CHN",
    "counterpart": "",
    "indicator": "trade_turnover",
    "state": "value",
    "reporter": "KGZ",
    "coverage": "bilateral",
    "unit": "USD",
    "as_of": "",
}
NO_INDICATORS = pd.DataFrame(columns=["country", "indicator", "year"])
# Kyrgyzstan's record of 2016 comes to 1.5 billion dollars.
TRADE = pd.DataFrame(
    [
        ("KGZ", "CHN", "export", 2016, 0.1e9, "d"),
        ("KGZ", "CHN", "import", 2016, 1.4e9, "d"),
    ],
    columns=["reporter", "partner", "flow", "year", "value", "dataset"],
)


def figure(printed, value, year, **more):
    dates = {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
    return FIGURE | dates | {"printed": printed, "low": value, "high": value} | more


def told(*figures, trade=TRADE):
    rows = [row | {"figure_id": str(number)} for number, row in enumerate(figures)]
    found = exchanged_in_figures(pd.DataFrame(rows), trade, NO_INDICATORS)
    return [(look.place, look.why) for look in found]


def why(words):
    return f"two of its digits exchanged would agree: {words} (were they?)"


def test_digits_are_exchanged_across_a_point_and_not_across_words():
    assert list(swaps("$1.3 to 2 billion")) == ["$3.1 to 2 billion"]
    assert list(swaps("41,233", 3)) == ["14,233", "42,133"]


def test_a_figure_that_would_agree_with_a_record_once_exchanged_is_told():
    assert told(figure("$5.1 billion", 5.1e9, 2016)) == [("0", why("$1.5 billion"))]


def test_beside_a_figure_stands_the_record_that_it_would_agree_with():
    row = figure("$5.1 billion", 5.1e9, 2016)
    (look,) = exchanged_in_figures(pd.DataFrame([row]), TRADE, NO_INDICATORS)
    assert look.beside == "1.5e+09 dollars on KGZ’s record in d, 2016"


@pytest.mark.parametrize(
    ("printed", "value", "year"),
    [
        ("$1.5 billion", 1.5e9, 2016),  # agrees as it is
        ("$5.2 billion", 5.2e9, 2016),  # 2.5 is no record
        ("$5.1 billion", 5.1e9, 2017),  # no record of that year
    ],
)
def test_a_figure_that_agrees_or_would_not_is_not_told(printed, value, year):
    assert told(figure(printed, value, year)) == []


def test_another_page_with_the_same_fact_is_a_record():
    one, other = figure("$41 billion", 41e9, 2020), figure("$14 billion", 14e9, 2020)
    # Nobody knows which of the two it was.
    assert told(one, other) == [("0", why("$14 billion")), ("1", why("$41 billion"))]


def test_a_figure_outside_the_years_beside_it_that_would_lie_between_them_is_told():
    years = [
        figure("$22 billion", 22e9, 2022),
        figure("$42.7 billion", 42.7e9, 2023),
        figure("$29 billion", 29e9, 2024),
    ]
    assert told(*years) == [("1", why("$24.7 billion"))]


def test_a_figure_little_outside_the_years_or_at_an_end_of_them_is_not_told():
    little = [figure("$22 billion", 22e9, 2022), figure("$31 billion", 31e9, 2023)]
    assert told(*little, figure("$29 billion", 29e9, 2024)) == []
    assert told(figure("$22 billion", 22e9, 2022), figure("$42.7 billion", 42.7e9, 2023)) == []


def test_exchanged_digits_lie_between_the_years_or_a_little_outside_them():
    years = [figure("$22 billion", 22e9, 2022), figure("$29 billion", 29e9, 2024)]
    assert told(*years, figure("$12 billion", 12e9, 2023)) == [("2", why("$21 billion"))]
    assert told(*years, figure("$91 billion", 91e9, 2023)) == []  # 19
    assert told(*years, figure("$13 billion", 13e9, 2023)) == [("2", why("$31 billion"))]
    assert told(*years, figure("$84 billion", 84e9, 2023)) == []  # 48


def editions(first, second):
    return pd.DataFrame(
        [
            ("2018-08", "KAZ", "NY.GDP.MKTP.CD", "2016", first),
            ("2026-07", "KAZ", "NY.GDP.MKTP.CD", "2016", second),
        ],
        columns=["vintage", "country", "indicator", "year", "value"],
        index=[2, 3],
    )


@pytest.mark.parametrize(
    ("first", "second", "places"),
    [
        ("173000000000", "137278320084", []),  # 0.2% from it once exchanged, which is too far
        ("173278320084", "137278320084", ["wdi.csv, row 2", "wdi.csv, row 3"]),
        ("1.73278E+11", "137278320084", ["wdi.csv, row 2", "wdi.csv, row 3"]),
        ("139278320084", "137278320084", []),  # a revision of 1.5%
        ("160000000000", "137278320084", []),
    ],
)
def test_an_edition_that_would_agree_with_another_once_exchanged_is_told(first, second, places):
    found = exchanged_in_statistics({"wdi": editions(first, second)}, "wdi")
    assert [look.place for look in found] == places


def test_a_figure_a_little_off_a_record_is_no_exchange_whatever_its_digits_would_give():
    # 1.49 is within two in a hundred of 1.5, and 1.94 would be another record's sum.
    more = TRADE.assign(dataset="e", value=[0.14e9, 1.8e9])
    assert told(figure("$1.49 billion", 1.49e9, 2016), trade=pd.concat([TRADE, more])) == []
    assert told(figure("$1.49 billion", 1.49e9, 2016), trade=more) == [("0", why("$1.94 billion"))]


def test_every_table_is_looked_at_where_none_is_named():
    columns = ["reporter", "partner", "flow", "year", "dataset", "value"]
    sides = ("KGZ", "CHN", "export", "2016")
    trade = pd.DataFrame([(*sides, "d", "5100")], columns=columns, index=[2])
    office = pd.DataFrame([(*sides, "o", "1500")], columns=columns, index=[7])
    found = exchanged_in_statistics(
        {
            "wdi": editions("173278320084", "137278320084"),
            "trade_pairs": trade,
            "trade_national": office,
        }
    )
    assert [look.place for look in found] == [
        "wdi.csv, row 2",
        "wdi.csv, row 3",
        "trade_pairs.csv, row 2",
        "trade_national.csv, row 7",
    ]


@pytest.mark.parametrize(("sold", "found"), [(8793750000.0, 1), (8794000000.0, 0)])
def test_exchanged_digits_agree_with_a_record_up_to_half_a_per_cent_away(sold, found):
    # 8.7 may be as much as 8.75, and five thousandths more are 8.79375.
    record = TRADE.assign(value=[sold, 0.0])
    assert len(told(figure("$7.8 billion", 7.8e9, 2016), trade=record)) == found


def test_words_with_an_open_end_agree_with_no_record():
    bound = figure("$5.1 billion plus an undisclosed sum", 5.1e9, 2016, high=float("nan"))
    assert told(bound) == []


def test_an_exchange_that_makes_no_number_does_not_hide_the_next():
    record = TRADE.assign(value=[13e9, 0.0])
    # 01.3 is no number.
    assert told(figure("$10.3 billion", 10.3e9, 2016), trade=record) == [
        ("0", why("$13.0 billion"))
    ]
