"""The headlines of a country's charts where no page of today takes them: who leads, who is last."""

from types import SimpleNamespace

import pytest

from analysis.charts.chart import LONGEST_TITLE
from analysis.data.countries import in_a_sentence, names
from analysis.page.language import speaking
from analysis.page.tell import tell

KAZ = SimpleNamespace(name="Kazakhstan", code="KAZ")
# A name of two words, of three and so on, as far as there are any.
LONGER = {len(name.split()): name for name in map(in_a_sentence, names().values())}


@pytest.fixture
def titled():
    """A title in English and in Russian, with plain spaces; of any country's name it has room."""

    def told(title, **facts):
        english = tell(f"country-title-{title}", KAZ, **facts).text
        for name in LONGER.values():
            longer = tell(f"country-title-{title}", SimpleNamespace(name=name), **facts).text
            assert len(longer.split()) <= LONGEST_TITLE, longer
        with speaking("ru"):
            russian = tell(f"country-title-{title}", KAZ, **facts).text
        return english, russian.replace("\u00a0", " ")

    return told


def flow(china, russia):
    return {"year": 2023, "china": china, "russia": russia}


@pytest.mark.parametrize(
    ("sold", "bought", "english", "russian"),
    [
        (
            flow(4, 3),
            flow(100, 10),
            "Kazakhstan bought more from both than it sold in 2023",
            "В 2023 году Казахстан больше купил у Китая и России, чем продал",
        ),
        (
            flow(4, 4),
            flow(100, 5),
            "Kazakhstan sold China next to nothing in 2023",
            "В 2023 году Казахстан почти ничего не продал Китаю",
        ),
        (
            flow(5, 9),
            flow(100, 10),
            "Kazakhstan bought more from both than it sold in 2023",
            "В 2023 году Казахстан больше купил у Китая и России, чем продал",
        ),
        (
            flow(3, 4),
            flow(5, 100),
            "Kazakhstan bought more from both than it sold in 2023",
            "В 2023 году Казахстан больше купил у Китая и России, чем продал",
        ),
        (
            flow(4, 4),
            flow(5, 100),
            "Kazakhstan sold Russia next to nothing in 2023",
            "В 2023 году Казахстан почти ничего не продал России",
        ),
        (
            flow(20, 20),
            flow(10, 10),
            "Kazakhstan sold more to both than it bought in 2023",
            "В 2023 году и Китаю, и России Казахстан продал больше, чем купил",
        ),
        (
            # More than it bought from China, and less than it bought from Russia.
            flow(6, 2),
            flow(5, 9),
            "In 2023 Kazakhstan sold China more than it bought, Russia less",
            "В 2023 году Казахстан продал Китаю больше, чем купил, а России — меньше",
        ),
        (
            flow(8, 20),
            flow(10, 10),
            "In 2023 Kazakhstan sold Russia more than it bought, China less",
            "В 2023 году Казахстан продал России больше, чем купил, а Китаю — меньше",
        ),
    ],
)
def test_sales_and_purchases_are_headed_by_what_stands_out(titled, sold, bought, english, russian):
    assert titled("flows", flows=[sold, bought], small=0.05) == (english, russian)


@pytest.mark.parametrize(
    ("sold", "bought", "title"),
    [
        (flow(20, 20), flow(10, 10), "Both powers bought more than they sold in 2023"),
        (flow(10, 10), flow(20, 20), "Both powers sold more than they bought in 2023"),
        (flow(20, 8), flow(10, 10), "China bought more than it sold in 2023, Russia less"),
        (flow(8, 20), flow(10, 10), "Russia bought more than it sold in 2023, China less"),
        (
            flow(1, 9),
            flow(100, 10),
            "The United Arab Emirates sold China next to nothing in 2023",
        ),
    ],
)
def test_a_country_of_a_long_name_has_its_sales_and_purchases_told_by_the_powers(
    sold, bought, title
):
    country = SimpleNamespace(name="the United Arab Emirates")
    flows = {"flows": [sold, bought], "small": 0.05}
    assert tell("country-title-flows", country, **flows).text == title


@pytest.mark.parametrize(
    ("title", "facts", "told"),
    [
        (
            "years",
            {"holders": [{"record": "own", "leader": "CHN", "year": 2009, "before": "RUS"}]},
            "China took the lead in 2009 on the country’s own record",
        ),
        (
            "two-records",
            {
                "trade": [
                    {"record": "own", "leader": "CHN", "year": 2009},
                    {"record": "partner", "leader": "level", "year": 2009},
                ]
            },
            "China leads in 2009 on the country’s own record alone",
        ),
        (
            "of-gdp",
            {
                "weights": [
                    {"kind": "trade", "record": "own", "china": 0.1, "russia": 0.05}
                    | {"china_words": "10%", "russia_words": "5.0%", "year": 2024}
                ]
            },
            "Trade with China, by its count, is 10% of GDP",
        ),
    ],
)
def test_a_country_of_a_long_name_is_not_named_in_titles_of_its_own_charts(title, facts, told):
    country = SimpleNamespace(name="the United Arab Emirates")
    assert tell(f"country-title-{title}", country, **facts).text == told


@pytest.mark.parametrize(
    ("china", "russia", "english", "russian"),
    [
        (
            0.05,
            0.94,
            "China took 5% of its piped gas in 2023, Russia 94%",
            "В 2023 году Китай купил 5 % трубопроводного газа, Россия — 94 %",
        ),
        (
            0.0,
            0.94,
            "China took none of its piped gas in 2023, Russia 94%",
            "В 2023 году Китай не купил трубопроводного газа, а Россия купила 94 %",
        ),
    ],
)
def test_gas_is_headed_by_china_where_russia_takes_more_too(
    titled, china, russia, english, russian
):
    newest = {"year": 2023, "china": china * 10e9, "russia": russia * 10e9}
    told = titled("gas", newest=newest, china=china, russia=russia)
    assert told == (english, russian)


@pytest.mark.parametrize(
    ("china", "english", "russian"),
    [
        (
            1e9,
            "China took 1bn m³ of its gas in 2023, Russia 9bn m³",
            "В 2023 году Китай купил 1 млрд куб. м трубопроводного газа, Россия — 9 млрд куб. м",
        ),
        (
            0.0,
            "China took none of its gas in 2023, Russia 9bn m³",
            "В 2023 году Китай не купил трубопроводного газа, а Россия купила 9 млрд куб. м",
        ),
    ],
)
def test_gas_of_which_nobody_gives_the_whole_is_headed_by_its_volumes(
    titled, china, english, russian
):
    ends = {"china_low": china, "china_high": china, "russia_low": 9e9, "russia_high": 9e9}
    newest = {"year": 2023, "unit": "m3", "china": china, "russia": 9e9} | ends
    assert titled("gas", newest=newest, china=None, russia=None) == (english, russian)


def share(year, china):
    return {"year": year, "china": china}


@pytest.mark.parametrize(
    ("before", "now", "english", "russian"),
    [
        (
            share(2016, 0.42),
            0.401,
            "China holds 40% of the public debt abroad",
            "На Китай приходится 40 % внешнего госдолга",
        ),
        (
            share(2016, 0.40),
            0.419,
            "China holds 42% of the public debt abroad",
            "На Китай приходится 42 % внешнего госдолга",
        ),
        (
            share(2024, 0.62),
            0.40,
            "China holds 40% of the public debt abroad",
            "На Китай приходится 40 % внешнего госдолга",
        ),
        (
            None,
            0.4,
            "China holds 40% of the public debt abroad",
            "На Китай приходится 40 % внешнего госдолга",
        ),
        (
            None,
            0.0,
            "China holds nothing of the public debt abroad",
            "Китаю по внешнему госдолгу ничего не должны",
        ),
        (
            share(2016, 0.12),
            0.0,
            "China’s part fell from 12% in 2016 to nothing",
            "Доля Китая снизилась с 12 % в 2016 году до нуля",
        ),
        (
            share(2016, 0.12),
            0.004,
            "China’s part fell from 12% in 2016 to under 1%",
            "Доля Китая снизилась с 12 % в 2016 году до менее чем 1 %",
        ),
        (
            share(2016, 0.0),
            0.25,
            "China’s part rose from nothing in 2016 to 25%",
            "Доля Китая выросла с нуля в 2016 году до 25 %",
        ),
    ],
)
def test_debt_is_headed_by_a_change_of_two_points_and_else_by_the_part(
    titled, before, now, english, russian
):
    facts = {"newest": {"year": 2024}, "before": before, "parts": {"china": now}}
    assert titled("lenders", **facts) == (english, russian)


def weight(kind, china, russia, record="own", **more):
    said = {"china_words": f"{china:.0%}", "russia_words": f"{russia:.0%}", "year": 2024}
    return {"kind": kind, "record": record, "china": china, "russia": russia} | said | more


NAN = float("nan")


@pytest.mark.parametrize(
    ("weights", "english", "russian"),
    [
        (
            [weight("trade", 0.2, 0.1), weight("trade", 0.1, 0.3, "partner")],
            "Trade with Russia, by Russia’s count, is 30% of GDP",
            "Торговля с Россией, по её данным, — 30% ВВП Казахстана",
        ),
        (
            [weight("trade", 0.2, 0.1), weight("debt", 0.1, 0.0)],
            "Trade with China, by Kazakhstan’s count, is 20% of GDP",
            "Торговля с Китаем, по данным Казахстана, — 20% его ВВП",
        ),
        (
            [weight("trade", 0.1, 0.1), weight("money_home", NAN, 0.4)],
            "Money sent from Russia is 40% of GDP",
            "Денежные переводы из России составляют 40% ВВП Казахстана",
        ),
        (
            [weight("trade", 0.1, 0.1), weight("debt", 0.25, 0.0)],
            "Public debt to China is 25% of GDP",
            "Госдолг перед Китаем составляет 25% ВВП Казахстана",
        ),
        (
            [weight("investment_received", 0.12, 0.02)],
            "Investment from China is 12% of GDP",
            "Инвестиции из Китая составляют 12% ВВП Казахстана",
        ),
        (
            [weight("investment_held", 0.02, 0.12)],
            "Direct investment held by Russia is 12% of GDP",
            "Накопленные прямые инвестиции России составляют 12% ВВП Казахстана",
        ),
        (
            [weight("trade", 0.1, 0.1, "partner")],
            "Trade with China, by China’s count, is 10% of GDP",
            "Торговля с Китаем, по его данным, — 10% ВВП Казахстана",
        ),
        (
            [weight("trade", 0.1, 0.1, "partner", year=2020), weight("debt", 0.01, 0.0)],
            "Trade with China, by China’s count, was 10% of GDP in 2020",
            "Торговля с Китаем, по его данным, — 10% ВВП Казахстана (2020 год)",
        ),
        (
            [
                weight("money_home", NAN, 0.4, year=2023, russia_words="40% or more"),
                weight("debt", 0.01, 0.0),
            ],
            "Money sent from Russia was 40% or more of GDP in 2023",
            "Денежные переводы из России составляют 40% or more ВВП Казахстана (2023 год)",
        ),
    ],
)
def test_beside_output_the_largest_of_all_ties_is_the_headline(titled, weights, english, russian):
    assert titled("of-gdp", weights=weights) == (english, russian)


def pair(record, leader):
    return {"record": record, "leader": leader, "year": 2024}


@pytest.mark.parametrize(
    ("trade", "english", "russian"),
    [
        (
            [pair("own", "RUS"), pair("partner", "RUS")],
            "Russia leads on both records of 2024",
            "Россия впереди по данным обеих сторон за 2024 год",
        ),
        (
            [pair("own", "RUS"), pair("partner", "CHN")],
            "Each record of 2024 has a different power ahead",
            "За 2024 год у каждой стороны свой лидер",
        ),
        (
            [pair("own", "CHN"), pair("partner", "level")],
            "China leads in 2024 on Kazakhstan’s own record alone",
            "Китай впереди в 2024 году только по данным Казахстана",
        ),
        (
            [pair("own", "too_close"), pair("partner", "RUS")],
            "Russia leads in 2024 on China’s and Russia’s records alone",
            "Россия впереди в 2024 году только по данным Китая и России",
        ),
        (
            [pair("own", "too_close"), pair("partner", "level")],
            "Neither leads on either record of 2024",
            "За 2024 год ни одни данные лидера не называют",
        ),
        (
            [pair("own", "RUS")],
            "Russia leads on the only record of 2024",
            "Россия впереди по единственным данным за 2024 год",
        ),
        (
            [pair("partner", "level")],
            "Neither leads on the only record of 2024",
            "Единственные данные за 2024 год лидера не называют",
        ),
        ([pair("own", "")], "What is recorded of 2024", "Что известно за 2024 год"),
    ],
)
def test_two_records_are_headed_by_whom_each_has_ahead(titled, trade, english, russian):
    assert titled("two-records", trade=trade) == (english, russian)


def holder(record, leader, year, before=""):
    return {"record": record, "leader": leader, "year": year, "before": before}


@pytest.mark.parametrize(
    ("holders", "english", "russian"),
    [
        (
            [holder("own", "RUS", 2018, "CHN"), holder("partner", "RUS", 2018, "CHN")],
            "Russia took the lead in 2018",
            "Россия вышла вперёд в 2018 году",
        ),
        (
            [holder("own", "RUS", 2020, "CHN"), holder("partner", "RUS", 2018, "CHN")],
            "Russia took the lead in 2018 or 2020, by the record",
            "Россия вышла вперёд в 2018 или 2020 году — смотря чьи данные",
        ),
        (
            [holder("own", "RUS", 2000), holder("own", "CHN", 2012, "RUS")],
            "China took the lead in 2012 on Kazakhstan’s own record",
            "Китай вышел вперёд в 2012 году, по данным Казахстана",
        ),
        (
            [holder("own", "CHN", 2018, "RUS"), holder("partner", "RUS", 2020, "CHN")],
            "China leads on Kazakhstan’s own record, Russia on the powers’ own",
            "По данным Казахстана впереди Китай, по данным Китая и России — Россия",
        ),
        (
            [holder("own", "RUS", 2000), holder("partner", "CHN", 2002)],
            "Russia leads on Kazakhstan’s own record, China on the powers’ own",
            "По данным Казахстана впереди Россия, по данным Китая и России — Китай",
        ),
        (
            [holder("own", "RUS", 2000), holder("partner", "RUS", 2002)],
            "Russia has held the lead on both records",
            "Россия всё время впереди по данным обеих сторон",
        ),
        (
            [holder("own", "RUS", 2000)],
            "Russia has held the lead on Kazakhstan’s own record",
            "Россия всё время впереди по данным Казахстана",
        ),
        (
            [holder("partner", "CHN", 2000)],
            "China has held the lead on China’s and Russia’s records",
            "Китай всё время впереди по данным Китая и России",
        ),
        ([], "Trade with China and Russia by year", "Торговля с Китаем и Россией по годам"),
    ],
)
def test_years_are_headed_by_who_took_the_lead_or_has_held_it(titled, holders, english, russian):
    assert titled("years", holders=holders) == (english, russian)
