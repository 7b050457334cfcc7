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
