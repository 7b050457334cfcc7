"""A frame or a caption that no form can draw is answered in a sentence, never by a bare error."""

import re

import pandas as pd
import pytest

from analysis import chart, load

MINE = chart.Caption("mine", "A chart of one’s own", "Kyrgyzstan")
FORMS = [
    name
    for name in chart.__all__
    if name[0].islower() and name != "squares"  # which takes any words
]


def test_a_frame_without_the_columns_is_answered_with_them_and_the_table_that_is_meant():
    verdicts = load("KGZ").where("verdicts", tie="trade")
    with pytest.raises(ValueError, match="chart") as error:
        chart.two_records(verdicts, MINE)
    assert str(error.value) == (
        "chart.two_records: the frame has no columns record, china, russia; wanted are country, "
        "record, year, china, russia; it draws ties in trade, such as "
        'load("KGZ").where(tie="trade", record=["own", "partner"])'
    )


@pytest.mark.parametrize("form", FORMS)
def test_every_form_names_what_a_wrong_frame_lacks(form):
    more = {"shapes": {}} if form == "eurasia" else {}
    with pytest.raises(ValueError, match=rf"chart\.{form}: the frame has no columns? .*it draws "):
        getattr(chart, form)(pd.DataFrame({"nothing": [1]}), MINE, **more)


@pytest.mark.parametrize("form", ["two_records", "lines_two_records", "two_records_five"])
def test_a_frame_of_debt_is_refused_by_a_form_on_trade(form):
    debt = load("KGZ").where(tie="debt")
    with pytest.raises(ValueError, match=re.escape("holds the tie 'debt', which is not drawn")):
        getattr(chart, form)(debt, MINE)


def test_no_frame_and_no_rows_are_told():
    trade = load("KGZ").where(tie="trade")
    with pytest.raises(ValueError, match="the frame has no rows"):
        chart.two_records(trade[trade["year"] == 1900], MINE)
    with pytest.raises(ValueError, match="found list, where a frame is wanted"):
        chart.gas([], MINE)


@pytest.mark.parametrize("caption", ["my title", ("mine", "my title")])
def test_words_in_place_of_a_caption_are_answered_with_one(caption):
    trade = load("KGZ").where(tie="trade", record=["own", "partner"], year=2016)
    told = (
        f"chart.two_records: found {caption!r}, where a caption is wanted, such as chart.Caption("
    )
    with pytest.raises(ValueError, match=re.escape(told)):
        chart.two_records(trade, caption)
    with pytest.raises(ValueError, match=re.escape(told)):
        chart.two_records(trade, caption=caption)


def test_a_sound_frame_is_drawn_under_the_name_of_its_form():
    trade = load("KGZ").where(tie="trade", record=["own", "partner"], year=2016)
    assert chart.two_records(trade, MINE).id == "mine"
    assert chart.two_records.__name__ == "two_records"


def trade(*rows):
    """Country, record, year and concept of a row each, with figures of the same size."""
    frame = pd.DataFrame(rows, columns=["country", "record", "year", "concept"])
    return frame.assign(china=2e9, russia=1e9, tie="trade", unit="USD")


ONE = ("KGZ", "own", 2016, "trade_turnover")


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        (trade(ONE).assign(unit="EUR"), "the frame holds the unit 'EUR', which is not drawn here"),
        (
            trade(ONE, ("TJK", "own", 2017, "trade_turnover")),
            "the frame holds 'KGZ', 'TJK' as country, of which one is drawn",
        ),
        (
            trade(ONE, ("KGZ", "own", 2017, "goods_services_turnover")),
            "the frame holds 'trade_turnover', 'goods_services_turnover' as concept of own, of "
            "which one is drawn",
        ),
        (trade(ONE, ONE), "two rows are of own, 2016"),
    ],
)
@pytest.mark.parametrize("form", ["two_records", "lines_two_records"])
def test_what_one_line_cannot_be_of_is_refused(form, frame, told):
    with pytest.raises(ValueError, match=re.escape(f"chart.{form}: {told}; it draws ties in")):
        getattr(chart, form)(frame, MINE)


def test_two_records_may_be_of_two_concepts():
    frame = trade(ONE, ("KGZ", "partner", 2016, "goods_services_turnover"))
    assert chart.lines_two_records(frame, MINE).id == "mine"


def test_several_countries_stand_in_the_drawing_that_is_made_for_them():
    frame = trade(ONE, ("UZB", "own", 2016, "goods_services_turnover"))
    assert chart.two_records_five(frame, MINE).id == "mine"
    with pytest.raises(ValueError, match="two rows are of KGZ, own, 2016"):
        chart.two_records_five(trade(ONE, ONE), MINE)


def test_money_is_no_share_of_output():
    debt = load("KGZ").where(tie="debt", year=2024)
    with pytest.raises(ValueError, match="china holds 1,653,692,686, where a share is wanted"):
        chart.of_gdp(debt, MINE)
    shares = debt.assign(china=debt["china_to_gdp"], russia=debt["russia_to_gdp"])
    assert "China 9.1%" in chart.of_gdp(shares, MINE).alt


def test_gas_in_cubic_metres_is_drawn_in_billions_of_them():
    gas = load("TKM").where(tie="gas", record="stated")
    assert "2023, China 30.5 bcm" in chart.gas(gas, MINE).alt
    billions = gas.drop(columns="unit").assign(china=gas["china"] / 1e9, russia=gas["russia"] / 1e9)
    assert chart.gas(billions, MINE).alt == chart.gas(gas, MINE).alt


def test_a_ratio_is_of_one_flow_by_one_dataset():
    mirror = load("KGZ").where("mirror", power="CHN")
    with pytest.raises(ValueError, match="'exports', 'imports' as flow, of which one is drawn"):
        chart.mirror_ratio(mirror, MINE)
    exports = mirror[mirror["flow"] == "exports"]
    with pytest.raises(ValueError, match="as dataset of KGZ, of which one is drawn"):
        chart.mirror_ratio(exports, MINE)
    chart.mirror_ratio(exports[exports["dataset"] == "imf-dots-2022"], MINE)
