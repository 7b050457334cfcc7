"""Sentences of a country's page that no page of today has: the other power, no figure, one record.

Each is told twice, in English and in Russian, from the same few facts.
"""

import re
from html import unescape
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.page import words
from analysis.page.language import heard, say, speaking
from analysis.page.tell import tell
from analysis.page.words import month_name

NAN = float("nan")
KAZ = SimpleNamespace(name="Kazakhstan", code="KAZ")


@pytest.fixture
def both():
    """A section in English and in Russian, with plain spaces, without its heading."""

    def told(section, this=KAZ, /, **facts):
        found = []
        for language in ("en", "ru"):
            with speaking(language):
                given = {name: fact() if callable(fact) else fact for name, fact in facts.items()}
                one = tell(section, this, **given)
            blocks = re.split("</(?:h1|h2|p|li)>", re.sub("<h2.*</h2>", "", one.html))
            lines = [unescape(re.sub("<[^>]*>", "", block)).strip() for block in blocks]
            lines = [line.replace("\u00a0", " ") for line in lines if line]
            found.append(SimpleNamespace(lines=lines, **vars(one)))
        assert found[0].leaders == found[1].leaders
        assert found[0].facts == found[1].facts
        assert found[0].rows == found[1].rows
        return found

    return told


def pair(record, leader, china, russia, **other):
    """A pair of figures, each known to the dollar; None is one that nobody knows."""
    ends = {}
    for side, value in (("china", china), ("russia", russia)):
        known = NAN if value is None else value
        ends |= {side: known, f"{side}_low": known, f"{side}_high": known}
    named = {"pair_id": f"p-{record}", "tie": "trade", "record": record, "leader": leader}
    told = {"year": 2024, "unit": "USD", "concept": "trade_turnover", "evidence": "reported"}
    return named | told | ends | other


OWN_RUS = pair("own", "RUS", 10e9, 20e9)
OWN_CHN = pair("own", "CHN", 20e9, 10e9)
OWN_LEVEL = pair("own", "level", 10e9, 10.1e9)
OWN_CLOSE = pair("own", "too_close", 10e9, NAN, russia_low=9e9, russia_high=12e9)
THEIR_CHN = pair("partner", "CHN", 12e9, 10e9)
THEIR_RUS = pair("partner", "RUS", 10e9, 12e9)
THEIR_LEVEL = pair("partner", "level", 10e9, 10.1e9)
THEIR_CLOSE = pair("partner", "too_close", 10e9, NAN, russia_low=9e9, russia_high=12e9)
CHINA_ALONE = pair("partner", "", 10e9, None)


def lead(tie, leader, told, called="trade", **other):
    """A tie that the title names; what it is called is said in the language that is spoken."""
    side = "china" if leader == "CHN" else "russia"
    named = {"tie": tie, "leader": leader, "side": side, "called": called}
    return named | {"pairs": [told], "share": "2.0%", "share_id": "g"} | other


def called(row):
    """A tie as it is called and its share as it is written in the language that is spoken."""
    share = row["share"]
    told = {"called": say(row["called"]), "share": share() if callable(share) else share}
    return row | told


DEBT = lead("debt", "CHN", pair("stated", "CHN", 2e9, 1e9))
DEBT_RUS = lead("debt", "RUS", pair("stated", "RUS", 1e9, 2e9))
SENT_RUS = lead("money_home", "RUS", pair("own", "", None, 2e9))


def opened(**facts):
    """What the opening is told where there is nothing to tell beside its title."""
    nothing = {
        "five": True,
        "only_trade": False,
        "trade": [],
        "judged": {"verdict": "ahead", "confidence": ""},
        "first": [],
        "debt": {"china": 0.3, "russia": 0.12, "row_id": "w", "year": 2024, "by": "World Bank"},
        "gas": None,
        "titled": {one["leader"] for one in facts.get("first", [])},
        "shares": [],
        "own_last": 0,
        "also": {},
        "split": False,
        "later": None,
        "level": [],
        "years": [],
        "then": 2016,
    }
    return nothing | facts


INVESTED = {"evidence": "reported", "tie": "investment_received"}
FOREIGN = pair("own", "RUS", 1e9, 2e9, concept="foreign_investment", **INVESTED)


@pytest.mark.parametrize(
    ("first", "english", "russian"),
    [
        (
            [lead("trade", "RUS", OWN_RUS)],
            "Kazakhstan traded 2 times as much with Russia as with China in 2024, by its own "
            "record",
            "Товарооборот Казахстана с Россией в 2 раза больше, чем с Китаем "
            "(2024 год, по данным Казахстана)",
        ),
        (
            [lead("trade", "CHN", THEIR_CHN)],
            "Kazakhstan traded 20% more with China than with Russia in 2024",
            "Товарооборот Казахстана с Китаем на 20 % больше, чем с Россией (2024 год)",
        ),
        (
            [lead("trade", "RUS", pair("own", "RUS", 1e9, 21e9))],
            "Kazakhstan traded over 20 times as much with Russia as with China in 2024, "
            "by its own record",
            "Товарооборот Казахстана с Россией более чем в 20 раз больше, чем с Китаем "
            "(2024 год, по данным Казахстана)",
        ),
        (
            [lead("trade", "CHN", CHINA_ALONE)],
            "Kazakhstan traded $10bn with China in 2024, by China’s count",
            "Товарооборот Казахстана с Китаем в 2024 году, по данным Китая, — 10 млрд долл.",
        ),
        (
            [lead("trade", "RUS", pair("own", "", None, 10e9))],
            "Kazakhstan traded $10bn with Russia in 2024, by its own record",
            "Товарооборот Казахстана с Россией в 2024 году, по данным Казахстана, — 10 млрд долл.",
        ),
        (
            [DEBT_RUS],
            "Kazakhstan owed Russia 12% of its public debt abroad at the end of 2024, by the "
            "World Bank’s count",
            "На Россию в конце 2024 года приходилось 12 % внешнего госдолга Казахстана, по данным "
            "Всемирного банка",
        ),
        (
            [
                lead(
                    "money_home",
                    "CHN",
                    pair("partner", "", 2e9, None),
                    share=lambda: words.ends([words.percent(0.014, 1), words.percent(0.126)]),
                )
            ],
            "Kazakhstan got money from China equal to 1.4% to 13% of its GDP in 2024, by China’s "
            "count",
            "Денежные переводы из Китая в Казахстан, по данным Китая, составили 1,4–13 % ВВП "
            "в 2024 году",
        ),
        (
            [
                lead(
                    "money_home",
                    "RUS",
                    pair("stated", "RUS", 1e6, 2e9, evidence="modelled"),
                    share=lambda: words.percent(0.126),
                )
            ],
            "Kazakhstan got money from Russia equal to 13% of its GDP in 2024, by the World Bank’s "
            "model",
            "Денежные переводы из России в Казахстан, по модели Всемирного банка, составили "
            "13 % ВВП в 2024 году",
        ),
        (
            [lead("investment_held", "RUS", pair("stated", "RUS", 1e9, 2e9, year=2021))],
            "Kazakhstan has $2bn of direct investment held by Russia (2021)",
            "Накопленные прямые инвестиции России в Казахстане (2021 год) — 2 млрд долл.",
        ),
        (
            [lead("investment_received", "RUS", FOREIGN, called="foreign investment")],
            "Kazakhstan took $2bn of foreign investment from Russia in 2024, by its own count",
            "Иностранные инвестиции из России в Казахстан в 2024 году, по данным Казахстана, — "
            "2 млрд долл.",
        ),
        (
            [
                lead(
                    "investment_received",
                    "CHN",
                    pair("partner", "CHN", 2e9, 1e9, concept="fdi_outflow"),
                    called="direct investment",
                )
            ],
            "Kazakhstan took $2bn of direct investment from China in 2024, by China’s count",
            "Прямые инвестиции из Китая в Казахстан в 2024 году, по данным Китая, — 2 млрд долл.",
        ),
        (
            [DEBT, lead("trade", "RUS", OWN_RUS)],
            "Kazakhstan owed China 30% of its public debt abroad at the end of 2024, by the World "
            "Bank’s count, and traded "
            "2 times as much with Russia as with China in 2024, by its own record",
            "На Китай в конце 2024 года приходилось 30 % внешнего госдолга Казахстана, по данным "
            "Всемирного банка; "
            "товарооборот с Россией в 2 раза больше, чем с Китаем "
            "(2024 год, по данным Казахстана)",
        ),
        (
            [lead("trade", "CHN", OWN_CHN), DEBT_RUS],
            "Kazakhstan traded 2 times as much with China as with Russia in 2024, by its own "
            "record, and owed Russia 12% of its public debt abroad at the end of 2024, by the "
            "World Bank’s count",
            "Товарооборот Казахстана с Китаем в 2 раза больше, чем с Россией (2024 год, по "
            "данным Казахстана); на Россию в конце 2024 года приходилось 12 % внешнего госдолга, "
            "по данным Всемирного банка",
        ),
        (
            [DEBT, lead("investment_held", "RUS", pair("stated", "RUS", 1e9, 2e9))],
            "Kazakhstan owed China 30% of its public debt abroad at the end of 2024, by the World "
            "Bank’s count, and has $2bn "
            "of direct investment held by Russia (2024)",
            "На Китай в конце 2024 года приходилось 30 % внешнего госдолга Казахстана, по данным "
            "Всемирного банка; "
            "накопленные прямые инвестиции России (2024 год) — 2 млрд долл.",
        ),
        (
            [DEBT, lead("investment_received", "RUS", FOREIGN, called="foreign investment")],
            "Kazakhstan owed China 30% of its public debt abroad at the end of 2024, by the World "
            "Bank’s count, and took $2bn "
            "of foreign investment from Russia in 2024, by its own count",
            "На Китай в конце 2024 года приходилось 30 % внешнего госдолга Казахстана, по данным "
            "Всемирного банка; "
            "иностранные инвестиции из России в 2024 году, по данным Казахстана, — 2 млрд долл.",
        ),
        (
            [
                DEBT,
                lead(
                    "money_home",
                    "RUS",
                    pair("stated", "RUS", 1e6, 2e9, evidence="modelled"),
                    share=lambda: words.percent(0.126),
                ),
            ],
            "Kazakhstan owed China 30% of its public debt abroad at the end of 2024, by the World "
            "Bank’s count; money from "
            "Russia came to 13% of GDP in 2024, by the World Bank’s model",
            "На Китай в конце 2024 года приходилось 30 % внешнего госдолга Казахстана, по данным "
            "Всемирного банка; денежные "
            "переводы из России, по модели Всемирного банка, составили 13 % ВВП в 2024 году",
        ),
    ],
)
def test_the_title_names_what_each_power_is_furthest_ahead_in(both, first, english, russian):
    facts = opened(first=first) | {"first": lambda: [called(one) for one in first]}
    in_english, in_russian = both("country-opening", **facts)
    assert (in_english.lines, in_russian.lines) == ([english], [russian])
    ahead = [one for one in first if one["pairs"][0]["leader"] or one["tie"] != "trade"]
    assert list(in_english.leaders.values()) == [one["leader"] for one in ahead]


GAS = {"part_low": 0.6, "part_high": 0.7, "rests_on": ["f"], "year": 2025}


@pytest.mark.parametrize(
    ("power", "traded", "english", "russian"),
    [
        (
            "RUS",
            pair("partner", "RUS", 1e9, 2e9, year=2025),
            "Gas made 60% to 70% of Kazakhstan’s trade with Russia in 2025, by Russia’s count; "
            "that "
            "trade was 2 times the one with China",
            "По данным России, в 2025 году газ составил 60–70 % торговли Казахстана с Россией; "
            "она была в 2 раза "
            "больше, чем торговля с Китаем",
        ),
        (
            "CHN",
            pair("partner", "CHN", 21e9, 1e9),
            "Gas made 60% to 70% of Kazakhstan’s trade with China in 2025, by China’s count; in "
            "2024 "
            "that trade was over 20 times the one with Russia",
            "По данным Китая, в 2025 году газ составил 60–70 % торговли Казахстана с Китаем; в "
            "2024 году она была "
            "более чем в 20 раз больше, чем торговля с Россией",
        ),
        (
            "CHN",
            pair("partner", "CHN", 12e9, 10e9),
            "Kazakhstan traded 20% more with China than with Russia in 2024",
            "Товарооборот Казахстана с Китаем на 20 % больше, чем с Россией (2024 год)",
        ),
        (
            "RUS",
            pair("partner", "CHN", 2e9, 1e9),
            "Kazakhstan traded 2 times as much with China as with Russia in 2024",
            "Товарооборот Казахстана с Китаем в 2 раза больше, чем с Россией (2024 год)",
        ),
    ],
)
def test_gas_is_in_the_title_where_it_makes_most_of_a_trade_that_is_some_times_the_other(
    both, power, traded, english, russian
):
    facts = opened(first=[lead("trade", traded["leader"], traded)], gas=GAS | {"power": power})
    in_english, in_russian = both("country-opening", **facts)
    assert (in_english.lines, in_russian.lines) == ([english], [russian])


@pytest.mark.parametrize(
    ("was", "now", "english", "russian"),
    [
        (
            {"year": 2016, "china": 0.62, "row_id": "was"},
            {"year": 2024, "china": 0.0002, "row_id": "now"},
            ["China’s part of the public debt abroad fell from 62% in 2016 to under 0.1% in 2024."],
            [
                "Доля Китая во внешнем госдолге снизилась с 62 % в 2016 году до менее 0,1 % "
                "в 2024 году."
            ],
        ),
        (
            {"year": 2016, "china": 0.62, "row_id": "was"},
            {"year": 2024, "china": 0.55, "row_id": "now"},
            [],
            [],
        ),
        (
            {"year": 2015, "china": 0.62, "row_id": "was"},
            {"year": 2024, "china": 0.02, "row_id": "now"},
            [],
            [],
        ),
    ],
)
def test_under_a_title_of_gas_a_fall_of_chinas_part_of_the_debt_is_told(
    both, was, now, english, russian
):
    traded = pair("partner", "CHN", 2e9, 1e9)
    gas = GAS | {"power": "CHN"}
    facts = opened(first=[lead("trade", "CHN", traded)], gas=gas, shares=[was, now])
    in_english, in_russian = both("country-opening", **facts)
    assert (in_english.lines[1:], in_russian.lines[1:]) == (english, russian)


@pytest.mark.parametrize(
    ("trade", "verdict", "english", "russian"),
    [
        (
            [],
            "no_pair",
            ["No trade of Kazakhstan with China or Russia is on record"],
            ["Данных о торговле Казахстана с Китаем и Россией нет"],
        ),
        (
            [CHINA_ALONE],
            "no_pair",
            [
                "China counted $10bn of trade with Kazakhstan in 2024; "
                "nothing is recorded of Russia’s"
            ],
            [
                "Торговля Казахстана с Китаем в 2024 году, по данным Китая, — 10 млрд долл.; "
                "о торговле с Россией данных нет"
            ],
        ),
        (
            [pair("partner", "", None, 10e9)],
            "no_pair",
            [
                "Russia counted $10bn of trade with Kazakhstan in 2024; "
                "nothing is recorded of China’s"
            ],
            [
                "Торговля Казахстана с Россией в 2024 году, по данным России, — 10 млрд долл.; "
                "о торговле с Китаем данных нет"
            ],
        ),
        (
            [pair("own", "", None, 10e9)],
            "no_pair",
            ["Kazakhstan counted $10bn of trade with Russia in 2024; none with China is recorded"],
            [
                "Торговля Казахстана с Россией в 2024 году, по данным Казахстана, — "
                "10 млрд долл.; о торговле с Китаем данных нет"
            ],
        ),
        (
            [OWN_RUS, THEIR_CHN],
            "depends_on_the_record",
            [
                "In 2024 Kazakhstan counted 2 times as much trade with Russia; "
                "China and Russia counted 20% more with China"
            ],
            [
                "По данным Казахстана, в 2024 году торговля с Россией в 2 раза больше; "
                "по данным Китая и России, на 20 % больше торговля с Китаем"
            ],
        ),
        (
            [OWN_RUS, THEIR_RUS],
            "ahead_on_both",
            [
                "In 2024 Kazakhstan traded 2 times as much with Russia as with China, "
                "by its own record",
                "China’s and Russia’s own counts make it 20% more.",
            ],
            [
                "Товарооборот Казахстана в 2024 году с Россией в 2 раза больше, чем с Китаем, "
                "по данным Казахстана",
                "По данным Китая и России — на 20 % больше.",
            ],
        ),
        (
            [OWN_CHN, THEIR_LEVEL],
            "ahead_or_level",
            [
                "In 2024 Kazakhstan traded 2 times as much with China as with Russia, "
                "by its own record",
                "In trade China is ahead on Kazakhstan’s own record of 2024, 2 times; "
                "China’s and Russia’s have the two level.",
            ],
            [
                "Товарооборот Казахстана в 2024 году с Китаем в 2 раза больше, чем с Россией, "
                "по данным Казахстана",
                "В торговле за 2024 год, по данным Казахстана, впереди Китай: с ним торговали "
                "в 2 раза больше, чем с Россией. По данным Китая и России, "
                "разница меньше одной десятой.",
            ],
        ),
        (
            [OWN_RUS],
            "ahead_on_one_record",
            [
                "In 2024 Kazakhstan traded 2 times as much with Russia as with China",
                "No counts by both China and Russia of its trade in 2024 are known.",
            ],
            [
                "Товарооборот Казахстана в 2024 году с Россией в 2 раза больше, чем с Китаем",
                "За 2024 год данных о торговле с Казахстаном от обеих стран, Китая и России, нет.",
            ],
        ),
        (
            [THEIR_RUS],
            "ahead_on_one_record",
            [
                "In 2024 Kazakhstan traded 20% more with Russia than with China",
                "No table of Kazakhstan’s own on trade by partner is known.",
            ],
            [
                "Товарооборот Казахстана в 2024 году с Россией на 20 % больше, чем с Китаем",
                "Таблицы Казахстана о торговле по странам неизвестны.",
            ],
        ),
        (
            [OWN_CLOSE, THEIR_RUS],
            "ahead_or_too_close",
            [
                "In 2024 Kazakhstan traded 20% more with Russia than with China, "
                "by China’s and Russia’s records",
                "In trade Russia is ahead on China’s and Russia’s records of 2024, 20% more; "
                "Kazakhstan’s is too close to call.",
            ],
            [
                "Товарооборот Казахстана в 2024 году с Россией на 20 % больше, чем с Китаем, "
                "по данным Китая и России",
                "В торговле за 2024 год, по данным Китая и России, впереди Россия: с ней торговали "
                "на 20 % больше, чем с Китаем. По данным Казахстана, лидера не назвать.",
            ],
        ),
        (
            [OWN_LEVEL, THEIR_CLOSE],
            "too_close",
            [
                "In 2024 Kazakhstan traded $10bn with China and $10.1bn with Russia: "
                "neither is a tenth above the other",
                "In trade neither is ahead on either record of 2024.",
            ],
            [
                "Товарооборот Казахстана в 2024 году — 10 млрд долл. с Китаем и 10,1 млрд долл. "
                "с Россией: разница меньше одной десятой",
                "В торговле за 2024 год ни одни данные лидера не называют.",
            ],
        ),
        (
            [OWN_CLOSE],
            "too_close",
            [
                "In 2024 Kazakhstan traded $10bn with China and $9bn to $12bn with Russia: "
                "too close to call",
                "No counts by both China and Russia of its trade in 2024 are known.",
            ],
            [
                "Товарооборот Казахстана в 2024 году — 10 млрд долл. с Китаем и 9–12 млрд долл. "
                "с Россией: лидера по этим цифрам не назвать",
                "За 2024 год данных о торговле с Казахстаном от обеих стран, Китая и России, нет.",
            ],
        ),
    ],
)
def test_where_no_tie_is_weighty_the_title_tells_trade_as_it_is_recorded(
    both, trade, verdict, english, russian
):
    facts = opened(trade=trade, judged={"verdict": verdict, "confidence": ""})
    in_english, in_russian = both("country-opening", **facts)
    assert (in_english.lines, in_russian.lines) == (english, russian)


LATER_RUS = pair("own", "RUS", 10e9, 12e9, year=2025, pair_id="p-later")


@pytest.mark.parametrize(
    ("trade", "later", "english", "russian"),
    [
        (
            [OWN_RUS, THEIR_RUS],
            None,
            "In trade Russia is ahead on both records of 2024: 2 times on Kazakhstan’s, "
            "20% more on the partners’.",
            "Торговля с Россией в 2024 году больше, чем с Китаем, по данным обеих сторон: "
            "в 2 раза, если считает Казахстан, и на 20 %, если считают Китай и Россия.",
        ),
        (
            [OWN_RUS, THEIR_CHN],
            None,
            "In trade Russia is ahead on Kazakhstan’s own record of 2024, "
            "China on its and Russia’s records.",
            "В торговле по данным Казахстана за 2024 год впереди Россия, "
            "по данным Китая и России — Китай.",
        ),
        (
            [OWN_CHN, THEIR_RUS],
            None,
            "In trade China is ahead on Kazakhstan’s own record of 2024, "
            "Russia on its and China’s records.",
            "В торговле по данным Казахстана за 2024 год впереди Китай, "
            "по данным Китая и России — Россия.",
        ),
        (
            [OWN_LEVEL, THEIR_RUS],
            LATER_RUS,
            "In trade Russia is ahead by Kazakhstan’s record of 2025, 20% more, "
            "and by the partners’ of 2024.",
            "В торговле впереди Россия: по данным Казахстана за 2025 год — на 20 %; "
            "она впереди и по данным Китая и России за 2024 год.",
        ),
        (
            [OWN_CLOSE, THEIR_CHN],
            LATER_RUS,
            "In trade China is ahead on China’s and Russia’s records of 2024, 20% more; "
            "Kazakhstan’s is too close to call.",
            "В торговле за 2024 год, по данным Китая и России, впереди Китай: с ним торговали "
            "на 20 % больше, чем с Россией. По данным Казахстана, лидера не назвать.",
        ),
        (
            [OWN_RUS, THEIR_CLOSE],
            None,
            "In trade Russia is ahead on Kazakhstan’s own record of 2024, 2 times; "
            "China’s and Russia’s are too close to call.",
            "В торговле за 2024 год, по данным Казахстана, впереди Россия: с ней торговали "
            "в 2 раза больше, чем с Китаем. По данным Китая и России, лидера не назвать.",
        ),
        (
            [OWN_CLOSE, THEIR_LEVEL],
            None,
            "In trade neither is ahead on either record of 2024.",
            "В торговле за 2024 год ни одни данные лидера не называют.",
        ),
        (
            [OWN_RUS],
            None,
            "No counts by both China and Russia of its trade in 2024 are known.",
            "За 2024 год данных о торговле с Казахстаном от обеих стран, Китая и России, нет.",
        ),
        (
            [CHINA_ALONE],
            None,
            "Of its trade in 2024 with Russia no count is known.",
            "Данных о торговле с Россией за 2024 год нет.",
        ),
        (
            [pair("own", "", None, 10e9)],
            None,
            "Of its trade in 2024 with China no count is known.",
            "Данных о торговле с Китаем за 2024 год нет.",
        ),
    ],
)
def test_where_the_title_tells_another_tie_the_lead_says_who_trades_more(
    both, trade, later, english, russian
):
    facts = opened(first=[DEBT, SENT_RUS], trade=trade, later=later)
    in_english, in_russian = both("country-opening", **facts)
    assert (in_english.lines[1:], in_russian.lines[1:]) == ([english], [russian])


def test_what_the_opening_says_of_each_record_is_noted(both):
    for first in ([], [DEBT]):
        judged = {"verdict": "depends_on_the_record", "confidence": ""}
        facts = opened(trade=[OWN_RUS, THEIR_CHN], judged=judged, first=first)
        told, _ = both("country-opening", **facts)
        assert told.leaders.items() >= {"p-own": "RUS", "p-partner": "CHN"}.items()


@pytest.mark.parametrize(
    ("facts", "english", "russian"),
    [
        (
            {"also": {"CHN": ["public debt"], "RUS": ["gas purchases", "direct investment"]}},
            "China also leads in public debt. Russia leads in gas purchases and direct investment.",
            "Китай впереди также по внешнему госдолгу. "
            "Россия впереди по закупкам газа и прямым инвестициям.",
        ),
        (
            {"also": {"CHN": [], "RUS": ["public debt"]}, "trade": [OWN_RUS, THEIR_CHN]},
            "Russia also leads in public debt.",
            "Россия впереди также по внешнему госдолгу.",
        ),
        (
            {"split": True},
            "In investment it depends on what is counted.",
            "По инвестициям лидер зависит от того, что считать.",
        ),
        (
            {
                "level": [
                    {"name": "public debt", "year": "", "leader": "level"},
                    {"name": "gas purchases", "year": 2021, "leader": "level"},
                    {"name": "direct investment", "year": "", "leader": "level"},
                ]
            },
            "The two are level in public debt, gas purchases (2021) and direct investment.",
            "По внешнему госдолгу, закупкам газа (2021 год) и прямым инвестициям "
            "Китай и Россия почти вровень.",
        ),
        (
            {
                "level": [
                    {"name": "public debt", "year": "", "leader": "level"},
                    {"name": "gas purchases", "year": 2021, "leader": "too_close"},
                    {"name": "direct investment", "year": "", "leader": "too_close"},
                ]
            },
            "The two are level in public debt. "
            "It is too close to call in gas purchases (2021) and direct investment.",
            "По внешнему госдолгу Китай и Россия почти вровень. "
            "По закупкам газа (2021 год) и прямым инвестициям лидера не назвать.",
        ),
    ],
)
def test_the_lead_goes_on_with_the_other_ties(both, facts, english, russian):
    def also():
        return {code: [say(name) for name in names] for code, names in facts["also"].items()}

    def level():
        return [row | {"name": say(row["name"])} for row in facts["level"]]

    spoken = {"also": also} if "also" in facts else {"level": level} if "level" in facts else {}
    first = [lead("trade", "CHN", OWN_CHN)]
    told = both("country-opening", **opened(first=first) | facts | spoken)
    assert [one.lines[-1] for one in told] == [english, russian]


def test_of_a_country_beside_the_five_it_is_said_that_trade_is_all(both):
    told, _ = both("country-opening", **opened(five=False, only_trade=True))
    assert told.lines[-1] == "Trade is all that is compared here."
    told, _ = both("country-opening", **opened(five=False, trade=[OWN_RUS]))
    assert told.lines[-1] == "No counts by both China and Russia of its trade in 2024 are known."


OPEN = {"russia": NAN, "russia_high": NAN}
SERVICES = {"concept": "goods_services_turnover"}


def traded(**facts):
    """What the section on trade is told where a page has nothing but what is given."""
    names = ("newest", "later", "estimates", "part", "before", "editions", "holders", "singles")
    empty = {name: [] for name in (*names, "gap", "causes", "newer_shares", "falls")}
    return empty | {"newest": [OWN_RUS], "then": 2016, "whole": None} | facts


def test_without_any_figure_of_trade_there_is_no_section(both):
    assert [one.text for one in both("country-trade", **traded(newest=[]))] == ["", ""]


@pytest.mark.parametrize(
    ("newest", "english", "russian"),
    [
        (
            [OWN_RUS | SERVICES, THEIR_CLOSE],
            "In 2024 Kazakhstan counted $10bn with China and $20bn with Russia, goods and services "
            "sold and bought together; Russia’s is 2 times China’s. China and Russia counted $10bn "
            "and $9bn to $12bn of goods; too close to call.",
            "Торговля товарами и услугами в 2024 году составила, по данным Казахстана, "
            "10 млрд долл. с Китаем и 20 млрд долл. с Россией, продажи и закупки вместе; "
            "с Россией — в 2 раза больше. Китай и Россия насчитали соответственно 10 млрд долл. "
            "и 9–12 млрд долл. (только товары); лидера по этим цифрам не назвать.",
        ),
        (
            [OWN_LEVEL, THEIR_RUS | SERVICES],
            "In 2024 Kazakhstan counted $10bn with China and $10.1bn with Russia, goods sold and "
            "bought together; neither is a tenth above the other. China and Russia counted $10bn "
            "and $12bn of goods and services; Russia’s is 20% more than China’s.",
            "Торговля товарами в 2024 году составила, по данным Казахстана, 10 млрд долл. с Китаем "
            "и 10,1 млрд долл. с Россией, продажи и закупки вместе; разница меньше одной десятой. "
            "Китай и Россия насчитали соответственно 10 млрд долл. и 12 млрд долл. (вместе с "
            "услугами); с Россией — на 20 % больше.",
        ),
        (
            [pair("partner", "RUS", 1e9, 21e9, **SERVICES)],
            "In 2024 China and Russia counted $1bn and $21bn of trade with Kazakhstan, goods and "
            "services sold and bought together; Russia’s is over 20 times China’s.",
            "Торговля Казахстана товарами и услугами в 2024 году составила, по данным Китая "
            "и России, 1 млрд долл. с Китаем и 21 млрд долл. с Россией, продажи и закупки вместе; "
            "с Россией — более чем в 20 раз больше.",
        ),
        (
            [CHINA_ALONE],
            "Only China’s figure of 2024 is known: $10bn of goods.",
            "За 2024 год известна только цифра Китая: 10 млрд долл.",
        ),
        (
            [CHINA_ALONE | {"china": NAN, "china_low": 9e9, "china_high": 11e9}],
            "Only China’s figure of 2024 is known: $9bn to $11bn of goods.",
            "За 2024 год известна только цифра Китая: 9–11 млрд долл.",
        ),
        (
            [pair("partner", "", None, 10e9, **SERVICES)],
            "Only Russia’s figure of 2024 is known: $10bn of goods and services.",
            "За 2024 год известна только цифра России: 10 млрд долл.",
        ),
        (
            [pair("own", "", None, 10e9)],
            "Only Kazakhstan’s figure with Russia in 2024 is known: $10bn of goods.",
            "За 2024 год известна только цифра Казахстана о торговле с Россией: 10 млрд долл.",
        ),
    ],
)
def test_trade_of_the_newest_year_is_told_by_whoever_counted_it(both, newest, english, russian):
    in_english, in_russian = both("country-trade", **traded(newest=newest))
    assert (in_english.lines, in_russian.lines) == ([english], [russian])
    assert in_english.leaders == {one["pair_id"]: one["leader"] for one in newest if one["leader"]}


A_BANKS = {
    "reporter": "Eurasian Development Bank",
    "power": "RUS",
    "value": 11e9,
    "qualifier": "",
    "figure_id": "bank",
}


@pytest.mark.parametrize(
    ("facts", "english", "russian"),
    [
        (
            {"later": [pair("own", "level", 10e9, 10e9, year=2025, pair_id="later")]},
            "In 2025 its own record has $10bn with China and $10bn with Russia; "
            "neither is a tenth above the other.",
            "В 2025 году, по данным Казахстана, торговля составила 10 млрд долл. с Китаем "
            "и 10 млрд долл. с Россией; разница меньше одной десятой.",
        ),
        (
            {"part": [THEIR_RUS | {"when": lambda: say("in the first half of {year}", year=2025)}]},
            "In the first half of 2025 China’s and Russia’s records have $10bn with China "
            "and $12bn with Russia; Russia’s is 20% more than China’s.",
            "За первое полугодие 2025 года, по данным Китая и России, торговля составила "
            "10 млрд долл. с Китаем и 12 млрд долл. с Россией; с Россией — на 20 % больше.",
        ),
        (
            {"later": [pair("own", "", 10e9, None, year=2025, third=[])]},
            "Newer, of one side alone: Kazakhstan counts, with China, $10bn for 2025.",
            "Более новые цифры — односторонние: у Казахстана, о торговле с Китаем, — "
            "10 млрд долл. за 2025 год.",
        ),
        (
            {
                "later": [
                    pair("own", "", 10e9, None, year=2025, third=[A_BANKS]),
                    pair("partner", "", None, 9e9, year=2026, third=[]) | OPEN,
                ]
            },
            "Newer, of one side alone: Kazakhstan counts, with China, $10bn for 2025, "
            "and the Eurasian Development Bank $11bn with Russia; Russia counts $9bn or more for "
            "2026.",
            "Более новые цифры — односторонние: у Казахстана, о торговле с Китаем, — "
            "10 млрд долл. за 2025 год, а у Евразийского банка развития с Россией — 11 млрд долл.; "
            "у России — не менее 9 млрд долл. за 2026 год.",
        ),
    ],
)
def test_newer_trade_follows_by_whole_years_parts_of_years_and_one_side(
    both, facts, english, russian
):
    def part():
        return [row | {"when": row["when"]()} for row in facts["part"]]

    spoken = {"part": part} if "part" in facts else {}
    told = both("country-trade", **traded(newest=[OWN_RUS], **facts) | spoken)
    start = [one.lines[0] for one in both("country-trade", **traded())]
    assert [one.lines[0] for one in told] == [f"{start[0]} {english}", f"{start[1]} {russian}"]


@pytest.mark.parametrize(
    ("reporter", "english", "russian"),
    [
        (
            "RUS",
            "Russia’s own estimate for 2025 is more than $1.6bn; an estimate is not set beside a "
            "count.",
            "По собственной оценке России, за 2025 год — более 1,6 млрд долл.; оценку с подсчётом "
            "не "
            "сравнивают.",
        ),
        (
            "KAZ",
            "Kazakhstan’s estimate of its trade with Russia for 2025 is more than $1.6bn; an "
            "estimate is not set beside a count.",
            "По оценке Казахстана, торговля с Россией за 2025 год — более 1,6 млрд долл.; оценку с "
            "подсчётом не сравнивают.",
        ),
        (
            "press",
            "A third party’s estimate of trade with Russia for 2025 is more than $1.6bn; an "
            "estimate is not set beside a count.",
            "По оценке третьей стороны, торговля с Россией за 2025 год — более 1,6 млрд долл.; "
            "оценку с "
            "подсчётом не сравнивают.",
        ),
    ],
)
def test_an_estimate_that_stands_in_no_pair_is_told_with_whose_it_is(
    both, reporter, english, russian
):
    row = {"figure_id": "x", "power": "RUS", "reporter": reporter, "year": 2025}
    row |= {"qualifier": "more than", "value": float("nan"), "low": 1.6e9, "high": 1.76e9}
    told = both("country-trade", **traded(estimates=[row]))
    start = [one.lines[0] for one in both("country-trade", **traded())]
    assert [one.lines[0] for one in told] == [f"{start[0]} {english}", f"{start[1]} {russian}"]


def was(record, leader, china, russia):
    return pair(record, leader, china, russia, year=2016, edition="old", pair_id=f"w-{record}")


@pytest.mark.parametrize(
    ("before", "english", "russian"),
    [
        (
            [was("own", "level", 10e9, 10e9)],
            "In 2016 its own record had $10bn with China and $10bn with Russia "
            "(neither is a tenth above the other).",
            "В 2016 году, по данным Казахстана, торговля составила 10 млрд долл. с Китаем "
            "и 10 млрд долл. с Россией (разница меньше одной десятой).",
        ),
        (
            [was("partner", "RUS", 10e9, 15e9)],
            "In 2016 China’s and Russia’s records had $10bn with China and $15bn with Russia "
            "(Russia’s is 1.5 times China’s).",
            "В 2016 году, по данным Китая и России, торговля составила 10 млрд долл. с Китаем "
            "и 15 млрд долл. с Россией (с Россией — в 1,5 раза больше).",
        ),
    ],
)
def test_trade_of_the_year_before_is_told_by_the_records_that_have_it(
    both, before, english, russian
):
    told = both("country-trade", **traded(before=before))
    assert [one.lines[1:] for one in told] == [[english], [russian]]


def test_an_older_edition_of_the_partners_records_is_told_as_theirs(both):
    source = {"vintage": "January 2022", "date": "2022-01-15"}
    source["publisher"] = "United Nations Statistics Division"
    this = SimpleNamespace(**vars(KAZ), register={"s": source}, source_of=lambda edition: "s")
    facts = traded(
        before=[was("partner", "CHN", 15e9, 10e9)],
        editions=[was("partner", "CHN", 16e9, 10e9) | {"pair_id": "old"}],
    )
    told = both("country-trade", this, **facts)
    assert [one.lines[1].partition("). ")[2] for one in told] == [
        "For that year an older edition, the United Nations Statistics Division’s of January 2022, "
        "had $16bn with China and $10bn with Russia on China’s and Russia’s records.",
        "В более старой редакции, у Статистического отдела ООН (январь 2022 года), за тот же год "
        "по данным Китая и России значилось 16 млрд долл. с Китаем и 10 млрд долл. с Россией.",
    ]


def held(record, leader, before="", **other):
    found = {"record": record, "leader": leader, "before": before, "pair_id": f"h-{record}"}
    told = {"year": 2018, "preliminary": "no", "last_year": 2023, "from_start": False}
    years = {"alone": [], "ahead_in": 6, "of_years": 6, "last_id": f"h-{record}-last"}
    return found | told | years | other


def single(record, leader, **other):
    """A year in which a power was ahead once, in a series that nothing breaks."""
    found = {"record": record, "leader": leader, "year": 2023, "pair_id": f"s-{record}"}
    missing = {"since": pd.NA} | dict.fromkeys(("dip", "dip_before", "dip_after"), NAN)
    ids = {"dip_id": "d", "dip_before_id": "b", "dip_after_id": "a"}
    return found | missing | ids | other


BROKEN = {"since": 2010, "dip": 1e9, "dip_before": 2e9, "dip_after": 3e9}


@pytest.mark.parametrize(
    ("holders", "singles", "english", "russian"),
    [
        (
            [held("own", "RUS", "CHN", preliminary="yes")],
            [],
            "On Kazakhstan’s own record Russia took the lead from China in 2018, by preliminary "
            "figures; the tables used here end in 2023.",
            "По данным Казахстана, Россия вышла вперёд, обойдя Китай, в 2018 году (по "
            "предварительным цифрам); использованные здесь таблицы кончаются 2023 годом.",
        ),
        (
            [
                held("own", "CHN", "RUS", alone=[2011, 2013]),
                held("partner", "RUS", "CHN", alone=[2009]),
            ],
            [],
            "On Kazakhstan’s own record China took the lead from Russia in 2018, after single "
            "years ahead in 2011 and 2013. On China’s and Russia’s records Russia took the lead "
            "from China in 2018, after a single year ahead in 2009. Both tables used here end in "
            "2023.",
            "По данным Казахстана, Китай вышел вперёд, обойдя Россию, в 2018 году; до того он был "
            "впереди лишь в 2011 и 2013 годах. По данным Китая и России, Россия вышла вперёд, "
            "обойдя Китай, в 2018 году; до того она была впереди лишь в 2009 году. Обе "
            "использованные "
            "здесь таблицы кончаются 2023 годом.",
        ),
        (
            [held("partner", "RUS")],
            [single("own", "CHN")],
            "On China’s and Russia’s records Russia has held the lead since 2018; the tables used "
            "here end in 2023.",
            "По данным Китая и России, Россия впереди с 2018 года; использованные здесь таблицы "
            "кончаются 2023 годом.",
        ),
        (
            [held("own", "RUS", from_start=True)],
            [],
            "On Kazakhstan’s own record Russia has held the lead since 2018, the first year with "
            "both figures; the tables used here end in 2023.",
            "По данным Казахстана, Россия впереди с 2018 года, первого с данными по обеим "
            "странам; использованные здесь таблицы кончаются 2023 годом.",
        ),
        (
            [held("own", "RUS", "CHN", ahead_in=4), held("partner", "RUS")],
            [],
            "On Kazakhstan’s own record Russia took the lead from China in 2018, ahead in 4 of 6 "
            "years that have both. On China’s and Russia’s records Russia has held the lead since "
            "2018. Both tables used here end in 2023.",
            "По данным Казахстана, Россия вышла вперёд, обойдя Китай, в 2018 году; с тех пор она "
            "была впереди в 4 из 6 лет с данными по обеим странам. По данным Китая и России, "
            "Россия "
            "впереди с 2018 года. Обе использованные здесь таблицы кончаются 2023 годом.",
        ),
        (
            [
                held("own", "RUS", ahead_in=4, of_years=21, last_year=2020),
                held("partner", "RUS", ahead_in=1, of_years=11),
            ],
            [],
            "On Kazakhstan’s own record Russia has held the lead since 2018, ahead in 4 of 21 "
            "years that have both; the tables used here end in 2020. On China’s and Russia’s "
            "records Russia has held the lead since 2018, ahead in 1 of 11 years that have both; "
            "the tables used here end in 2023.",
            "По данным Казахстана, Россия впереди с 2018 года; с тех пор она была впереди в 4 из "
            "21 "
            "года с данными по обеим странам; использованные здесь таблицы кончаются 2020 годом. "
            "По данным Китая и России, Россия впереди с 2018 года; с тех пор она была впереди в 1 "
            "из 11 "
            "лет с данными по обеим странам; использованные здесь таблицы кончаются 2023 годом.",
        ),
        (
            [held("partner", "CHN")],
            [single("partner", "RUS")],
            "On China’s and Russia’s records China has held the lead since 2018; the tables used "
            "here end in 2023. In 2023 Russia was ahead for the first time; a lead takes two years "
            "running.",
            "По данным Китая и России, Китай впереди с 2018 года; использованные здесь таблицы "
            "кончаются 2023 годом. В 2023 году впервые впереди была Россия; сменой лидера "
            "считается перевес два года подряд.",
        ),
        (
            [held("own", "CHN")],
            [single("own", "RUS", since=2012)],
            "On Kazakhstan’s own record China has held the lead since 2018; the tables used here "
            "end in 2023. In 2023 Russia was ahead for the first time since 2012; a lead takes two "
            "years running.",
            "По данным Казахстана, Китай впереди с 2018 года; использованные здесь таблицы "
            "кончаются 2023 годом. В 2023 году впервые с 2012 года впереди была Россия; сменой "
            "лидера считается перевес два года подряд.",
        ),
        (
            [held("own", "CHN")],
            [single("own", "RUS", **BROKEN)],
            "On Kazakhstan’s own record China has held the lead since 2018; the tables used here "
            "end in 2023. In 2023 Russia was ahead for the first time since 2010, when the record "
            "of trade with China dips to $1bn between $2bn and $3bn; a lead takes two years "
            "running.",
            "По данным Казахстана, Китай впереди с 2018 года; использованные здесь таблицы "
            "кончаются 2023 годом. В 2023 году впереди была Россия — впервые с 2010 года, когда "
            "торговля Казахстана с Китаем, по этим данным, упала с 2 млрд долл. до 1 млрд долл., а "
            "годом позже составила 3 млрд долл.; сменой лидера считается перевес "
            "два года подряд.",
        ),
    ],
)
def test_who_holds_the_lead_in_trade_and_who_had_it_for_one_year(
    both, holders, singles, english, russian
):
    told = both("country-trade", **traded(holders=holders, singles=singles))
    assert [one.lines[1:] for one in told] == [[english], [russian]]
    assert told[0].facts == {one["record"]: one["leader"] for one in holders}


def fallen(record, power, fall, year=2020):
    row_id = f"{record}-{year - 1}..{record}-{year}"
    return {"record": record, "power": power, "fall": fall, "year": year, "row_id": row_id}


@pytest.mark.parametrize(
    ("falls", "english", "russian"),
    [
        (
            [fallen("own", "CHN", 0.284), fallen("partner", "CHN", 0.373)],
            "By Kazakhstan’s count trade with China was 28% lower in 2020 than in 2019, by China’s "
            "37%.",
            "По данным Казахстана, торговля с Китаем в 2020 году была на 28 % меньше, чем в 2019 "
            "году, а по данным Китая — на 37 %.",
        ),
        (
            [fallen("own", "CHN", 0.3, 2023), fallen("partner", "CHN", 0.54)],
            "By Kazakhstan’s count trade with China was 30% lower in 2023 than in 2022. By China’s "
            "count its trade with Kazakhstan was 54% lower in 2020 than in 2019.",
            "По данным Казахстана, торговля с Китаем в 2023 году была на 30 % меньше, чем в 2022 "
            "году. По данным Китая, торговля с Казахстаном в 2020 году была на 54 % меньше, чем в "
            "2019 году.",
        ),
        (
            [fallen("partner", "CHN", 0.2), fallen("partner", "RUS", 0.25)],
            "By China’s count its trade with Kazakhstan was 20% lower in 2020 than in 2019. By "
            "Russia’s count its trade with Kazakhstan was 25% lower in 2020 than in 2019.",
            "По данным Китая, торговля с Казахстаном в 2020 году была на 20 % меньше, чем в 2019 "
            "году. По данным России, торговля с Казахстаном в 2020 году была на 25 % меньше, чем "
            "в 2019 году.",
        ),
    ],
)
def test_how_far_trade_fell_in_the_year_that_a_table_ends_with_is_told(
    both, falls, english, russian
):
    told = both("country-trade", **traded(falls=falls))
    assert [one.lines[1:] for one in told] == [[english], [russian]]
    assert {row["row_id"] for row in falls} <= {*told[0].rows}


def test_a_break_in_a_powers_own_record_is_told_as_its_own(both):
    broken = [single("partner", "CHN", **BROKEN)]
    told, _ = both("country-trade", **traded(holders=[held("partner", "RUS")], singles=broken))
    assert "since 2010, when Russia’s own record dips to $1bn between $2bn and $3bn;" in told.text


WHOLE = {"measure": "turnover", "record": "own", "year": 2023, "row_id": "w"}
WHOLE |= {"listed": 0.96, "china": 0.215, "russia": 0.0004, "european_union": 0.296}


@pytest.mark.parametrize(
    ("differs", "english", "russian"),
    [
        (
            {},
            "Of all Kazakhstan’s trade in 2023, by its own record, 22%, under 0.1% and 30% were "
            "with China, Russia and the European Union.",
            "Во всей торговле Казахстана за 2023 год, по собственным данным, доли Китая, России и "
            "Евросоюза — 22 %, менее 0,1 % и 30 %.",
        ),
        (
            {"record": "partner", "measure": "goods_services_turnover", "european_union": NAN}
            | {"listed": 0.82},
            "Of all Kazakhstan’s trade in goods and services in 2023, by its partners’ records, "
            "22%, under 0.1% and 18% were with China, Russia and countries not named.",
            "Во всей торговле Казахстана товарами и услугами за 2023 год, по данным партнёров, "
            "доли Китая, России и неназванных стран — 22 %, менее 0,1 % и 18 %.",
        ),
    ],
)
def test_the_powers_parts_of_all_trade_are_told_with_whose_record_it_is(
    both, differs, english, russian
):
    told = both("country-trade", **traded(whole=WHOLE | differs))
    assert [one.lines[1:] for one in told] == [[english], [russian]]


def test_newer_parts_that_a_page_states_follow_those_of_the_tables(both):
    newer = [{"china": 0.166, "russia": 0.229, "year": 2024, "row_id": "s", "by": "TASS"}]
    told = both("country-trade", **traded(whole=WHOLE, newer_shares=newer))
    assert [one.lines[1].split(". ", 1)[1] for one in told] == [
        "For 2024 TASS has 16.6% and 22.9% with China and Russia.",
        "За 2024 год, по данным TASS, доли Китая и России — 16,6 % и 22,9 %.",
    ]


def ratio(name, low, high):
    ends = f"{low} to {high}"
    told = {"name": name, "year": 2023, "row_id": "g", "low": low, "high": high}
    return told | {"told": lambda: say("{times} times", times=ends if low < high else f"{low}")}


@pytest.mark.parametrize(
    ("gap", "english", "russian"),
    [
        (
            [ratio("China", 0.7, 0.7), ratio("Russia", 2, 2)],
            "In 2023 China counted 0.7 times what Kazakhstan did, Russia 2 times.",
            "За 2023 год цифра Китая составляет 0.7 цифры Казахстана; Россия насчитала в 2 раза "
            "больше, чем Казахстан.",
        ),
        (
            [ratio("China", 5, 5)],
            "In 2023 China counted 5 times what Kazakhstan did.",
            "За 2023 год Китай насчитал в 5 раз больше, чем Казахстан.",
        ),
        (
            [ratio("Russia", 0.5, 0.5)],
            "In 2023 Russia counted 0.5 times what Kazakhstan did.",
            "За 2023 год цифра России составляет 0.5 цифры Казахстана.",
        ),
    ],
)
def test_how_far_the_records_are_apart_is_told_of_each_power_that_has_one(
    both, gap, english, russian
):
    facts = traded() | {"gap": lambda: [row | {"told": row["told"]()} for row in gap]}
    told = both("country-trade", **facts)
    assert [one.lines[1:] for one in told] == [[english], [russian]]


def test_reasons_are_told_where_the_records_cannot_be_held_against_each_other(both):
    cause = {"first_year": 2013, "last_year": 2015, "said_by": "UNCTAD", "cause": "transit"}
    this = SimpleNamespace(**vars(KAZ), register={"s": {"url": "https://example.org"}})
    told = both("country-trade", this, **traded(causes=[cause | {"source_id": "s"}]))
    assert told[0].lines[1:] == [
        "Reasons given for the gap in goods from China:",
        "2013 to 2015, UNCTAD: transit",
    ]
    assert told[1].lines[1:] == [
        "Чем объясняли разницу в цифрах о товарах из Китая:",
        "2013–2015 годы, UNCTAD: transit",
    ]


def flow(tie, china, russia, record="own", **other):
    leader = "" if china is None or russia is None else "CHN" if china > russia else "RUS"
    return pair(record, leader, china, russia, tie=tie, pair_id=f"{record}-{tie}", **other)


def flowed(record="own", china=(5e9, 4e9), russia=(4e9, 3e9), **facts):
    """Sales and purchases, in that order, with China and with Russia."""
    told = zip(("exports", "imports"), china, russia, strict=True)
    flows = [flow(*one, record=record) for one in told]
    return {"flows": flows, "newer": [], "later": [], "leaps": [], "small": 0.05} | facts


def test_without_sales_and_purchases_there_is_no_section(both):
    assert [one.text for one in both("country-flows", **flowed(flows=[]))] == ["", ""]


@pytest.mark.parametrize(
    ("facts", "small", "english", "russian"),
    [
        (
            flowed(china=(1e9, 40e9), russia=(1e9, 100e9)),
            {"small-china": True, "small-russia": True},
            "In 2024, by its own record, Kazakhstan sold $1bn to China and $1bn to Russia, and "
            "bought $40bn and $100bn. What it sold China was 2.5% of what it bought there. "
            "What it sold Russia was 1.0% of what it bought there.",
            "В 2024 году, по собственным данным, Казахстан продал Китаю товаров на 1 млрд долл., "
            "России — на 1 млрд долл., а купил у них на 40 млрд долл. и 100 млрд долл. "
            "соответственно. "
            "Продажи Китаю — 2,5 % от закупок у него. Продажи России — 1,0 % от закупок у неё.",
        ),
        (
            flowed("partner", china=(1e9, 20e9), russia=(1e9, 40e9)),
            {"small-russia": True},
            "In 2024, by China’s and Russia’s records, Kazakhstan sold $1bn to China and $1bn to "
            "Russia, and bought $20bn and $40bn. What it sold Russia was 2.5% of what it bought "
            "there.",
            "В 2024 году, по данным Китая и России, Казахстан продал Китаю товаров на 1 млрд "
            "долл., России — на 1 млрд долл., а купил у них на 20 млрд долл. и 40 млрд долл. "
            "соответственно. Продажи России — 2,5 % от закупок у неё.",
        ),
    ],
)
def test_what_is_sold_next_to_nothing_is_told_of_each_power(both, facts, small, english, russian):
    told = both("country-flows", **facts)
    assert [one.lines for one in told] == [[english], [russian]]
    assert told[0].facts == small


@pytest.mark.parametrize(
    ("newer", "english", "russian"),
    [
        (
            [flow("exports", 1e9, 2e9, year=2025, evidence="reported")],
            "In 2025 it sold $1bn to China and $2bn to Russia, by its own count.",
            "В 2025 году, по собственным данным, он продал Китаю товаров на 1 млрд долл., "
            "России — на 2 млрд долл.",
        ),
        (
            [flow("imports", 1e9, 2e9, "partner", year=2025, evidence="disputed")],
            "In 2025 it bought $1bn from China and $2bn from Russia, by China’s and Russia’s "
            "count, where other counts differ.",
            "В 2025 году, по данным Китая и России, он купил у Китая товаров на 1 млрд долл., "
            "у России — на 2 млрд долл. (есть и другие цифры).",
        ),
    ],
)
def test_one_flow_that_is_newer_with_both_powers_is_told_alone(both, newer, english, russian):
    start = [one.lines[0] for one in both("country-flows", **flowed())]
    told = both("country-flows", **flowed(newer=newer))
    assert [one.lines[0] for one in told] == [f"{start[0]} {english}", f"{start[1]} {russian}"]


@pytest.mark.parametrize(
    ("later", "english", "russian"),
    [
        (
            [flow("imports", None, 2e9, "partner", year=2025)],
            "Russia says that it sold $2bn in 2025.",
            "Россия сообщает, что продала товаров на 2 млрд долл. в 2025 году.",
        ),
        (
            [
                flow("exports", None, 1e9, "partner", year=2025),
                flow("imports", None, 2e9, "partner", year=2025),
            ],
            "Russia says that it bought $1bn and sold $2bn in 2025.",
            "Россия сообщает, что купила товаров на 1 млрд долл. и продала на 2 млрд долл. в 2025 "
            "году.",
        ),
        (
            [
                flow("exports", 1e9, None, "partner", year=2025),
                flow("imports", None, 2e9, "partner", year=2025),
            ],
            "China says that it bought $1bn in 2025; Russia says that it sold $2bn in 2025.",
            "Китай сообщает, что купил товаров на 1 млрд долл. в 2025 году; Россия сообщает, "
            "что продала товаров на 2 млрд долл. в 2025 году.",
        ),
        (
            [
                flow("exports", 5e9, None, "partner", year=2025),
                flow("exports", 1e9, None, year=2025),
                flow("imports", 3e9, None, year=2025),
            ],
            "China says that it bought $5bn in 2025; Kazakhstan itself counts $1bn sold to China "
            "and $3bn bought from China in 2025.",
            "Китай сообщает, что купил товаров на 5 млрд долл. в 2025 году; по данным Казахстана, "
            "продано Китаю товаров на 1 млрд долл. и куплено у Китая на 3 млрд долл. в 2025 году.",
        ),
        (
            [flow("imports", None, 2e9, year=2024), flow("exports", None, 1e9, year=2025)],
            "Kazakhstan itself counts $2bn bought from Russia in 2024 and $1bn sold to Russia in "
            "2025.",
            "по данным Казахстана, куплено у России товаров на 2 млрд долл. в 2024 году и продано "
            "России на 1 млрд долл. в 2025 году.",
        ),
    ],
)
def test_what_one_power_alone_counts_later_is_told_as_its_word(both, later, english, russian):
    start = [one.lines[0] for one in both("country-flows", **flowed())]
    told = both("country-flows", **flowed(later=later))
    assert [one.lines[0] for one in told] == [
        f"{start[0]} Newer, of one power alone: {english}",
        f"{start[1]} Есть цифры новее, но лишь по одной из держав: {russian}",
    ]


@pytest.mark.parametrize(
    ("record", "tie", "english", "russian"),
    [
        (
            "partner",
            "exports",
            "China’s count of what it bought was",
            "По данным Китая, он купил товаров",
        ),
        (
            "partner",
            "imports",
            "China’s count of what it sold was",
            "По данным Китая, он продал товаров",
        ),
        (
            "own",
            "exports",
            "Kazakhstan’s count of what it sold to China was",
            "По данным Казахстана, продано Китаю товаров",
        ),
        (
            "own",
            "imports",
            "Kazakhstan’s count of what it bought from China was",
            "По данным Казахстана, куплено у Китая товаров",
        ),
    ],
)
def test_what_has_grown_tenfold_is_told_of_the_years_before_it(both, record, tie, english, russian):
    rows = [
        flow(tie, value, None, record, year=year) | {"side": "china", "of": "now"}
        for year, value in ((2023, 80e6), (2024, 2.8e9))
    ]
    start = [one.lines[0] for one in both("country-flows", **flowed())]
    told = both("country-flows", **flowed(leaps=rows))
    assert [one.lines[0] for one in told] == [
        f"{start[0]} {english} $80m in 2023 and $2.8bn in 2024.",
        f"{start[1]} {russian} на 80 млн долл. в 2023 году и на 2,8 млрд долл. в 2024 году.",
    ]


def test_two_flows_that_have_grown_are_told_apart(both):
    rows = [
        flow("exports", 1e6, None, record, year=2023) | {"side": "china", "of": record}
        for record in ("own", "partner")
    ]
    english, _ = both("country-flows", **flowed(leaps=rows))
    assert english.lines[0].endswith(
        " Kazakhstan’s count of what it sold to China was $1m in 2023. China’s count of what it "
        "bought was $1m in 2023."
    )


def test_a_flow_that_has_grown_and_nobody_says_who_counted_is_its_publishers(both):
    fund = {"publisher": "International Monetary Fund"}
    this = SimpleNamespace(**vars(KAZ), register={"imf": fund}, source_of=lambda edition: edition)
    row = flow("exports", 1e6, None, year=2023, evidence="unflagged", edition="imf")
    start = [one.lines[0] for one in both("country-flows", **flowed())]
    told = both("country-flows", this, **flowed(leaps=[row | {"side": "china", "of": "now"}]))
    added = zip(told, start, strict=True)
    assert [one.lines[0].removeprefix(f"{before} ") for one, before in added] == [
        "The International Monetary Fund’s figure of what was sold to China was $1m in 2023.",
        "По таблице Международного валютного фонда (чьи это данные, не указано), продано Китаю "
        "товаров на 1 "
        "млн долл. в 2023 году.",
    ]


def test_what_nobody_says_who_counted_is_told_as_its_publishers(both):
    fund = {"publisher": "International Monetary Fund"}
    this = SimpleNamespace(**vars(KAZ), register={"imf": fund}, source_of=lambda edition: edition)
    later = [flow("exports", 1e9, None, year=2025, evidence="unflagged", edition="imf")]
    english, russian = both("country-flows", this, **flowed(later=later))
    assert (
        "the International Monetary Fund (it does not say whose count) has $1bn sold to China in "
        "2025."
    ) in english.lines[0]
    assert (
        "по таблице Международного валютного фонда (чьи это данные, не указано), продано Китаю "
        "товаров на 1 "
        "млрд долл. в 2025 году."
    ) in russian.lines[0]


def owed(china, russia, leader, **facts):
    """What the section on debt is told of one year and one other lender."""
    now = pair("stated", leader, china, russia)
    parts = {"china": china / 10e9, "russia": russia / 10e9, "row_id": "w", "year": 2024}
    nothing = {"before": None, "peak": None, "grown": [], "since": 2016, "newer": []}
    nothing |= {"with_imf": None, "owed_before": None}
    unnamed = {"part": False, "names": [], "share": 0.0, "row_id": ""}
    others = [{"lender": lambda: heard("Japan", "names"), "share": 0.3, "row_id": "j"}]
    rest = {"unnamed": unnamed, "others": others, "forgiven": [], "loans": None}
    return nothing | rest | {"newest": now, "parts": parts} | facts


@pytest.fixture
def indebted(both):
    """The section on debt, its lenders named in the language that is spoken."""

    def told(facts):
        lenders = {
            name: lambda rows=facts[name]: [row | {"lender": row["lender"]()} for row in rows]
            for name in ("others", "grown")
        }
        return both("country-debt", **facts | lenders)

    return told


def test_a_part_that_credit_left_out_would_change_is_told(indebted):
    credit = {"credit": 466e6, "credit_id": "c", "part": 0.35, "part_id": "p", "by": "World Bank"}
    told = indebted(owed(1e9, 0.0, "CHN", with_imf=credit))
    assert [one.lines[0].rsplit(". ", 1)[1] for one in told] == [
        "The World Bank’s count leaves out IMF credit and allocations of drawing rights ($466m); "
        "with them China’s part would be 35%.",
        "В данные Всемирного банка не входят кредиты МВФ и распределённые им специальные права "
        "заимствования (466 млн долл.); "
        "вместе с ними доля "
        "Китая составила бы 35 %.",
    ]


def test_without_debt_to_either_there_is_no_section(both):
    assert [one.text for one in both("country-debt", newest=None)] == ["", ""]


@pytest.mark.parametrize(
    ("facts", "english", "russian"),
    [
        (
            owed(1e9, 2e9, "RUS"),
            "At the end of 2024 Kazakhstan owed China $1bn, 10% of its public debt abroad, "
            "and Russia $2bn, 20% of it.",
            "На конец 2024 года Казахстан был должен Китаю 1 млрд долл. (10 % внешнего госдолга), "
            "России — 2 млрд долл. (20 %).",
        ),
        (
            owed(0.0, 4e6, "RUS"),
            "At the end of 2024 Kazakhstan owed China nothing that is listed, and Russia $4m, "
            "under 0.1% of its public debt abroad.",
            "На конец 2024 года Казахстан ничего не был должен Китаю, а России был должен "
            "4 млн долл. (менее 0,1 % внешнего госдолга).",
        ),
        (
            owed(1e9, 1e9, "level"),
            "At the end of 2024 Kazakhstan owed China $1bn, 10% of its public debt abroad, "
            "and Russia $1bn, 10% of it.",
            "На конец 2024 года Казахстан был должен Китаю 1 млрд долл. (10 % внешнего госдолга), "
            "России — 1 млрд долл. (10 %).",
        ),
    ],
)
def test_what_is_owed_is_told_whoever_is_owed_more(indebted, facts, english, russian):
    told = indebted(facts)
    assert [one.lines[0] for one in told] == [english, russian]
    assert told[0].leaders == {"debt": facts["newest"]["leader"]}


DEBT_NOW = owed(1e9, 2e9, "RUS")


@pytest.mark.parametrize(
    ("facts", "english", "russian"),
    [
        (
            {"before": {"year": 2016, "china": 0.0, "russia": 0.2, "row_id": "b"}},
            "In 2016 China’s part was nothing, Russia’s 20%.",
            "В 2016 году Китаю Казахстан не был должен, доля России — 20 %.",
        ),
        (
            {"before": {"year": 2016, "china": 0.0, "russia": 0.0, "row_id": "b"}},
            "In 2016 it owed neither anything.",
            "В 2016 году Казахстан ничего не был должен ни Китаю, ни России.",
        ),
        (
            {
                "before": {"year": 2016, "china": 0.3, "russia": 0.2, "row_id": "b"},
                "peak": {"year": 2016, "china": 0.3, "row_id": "b"},
            },
            "In 2016 China’s part was 30%, Russia’s 20%.",
            "В 2016 году доля Китая составляла 30 %, доля России — 20 %.",
        ),
        (
            {
                "before": {"year": 2016, "china": 0.3, "russia": 0.2, "row_id": "b"},
                "owed_before": pair("stated", "CHN", 3e9, 2e9),
            },
            "In 2016 China’s part was 30% ($3bn), Russia’s 20% ($2bn).",
            "В 2016 году доля Китая составляла 30 % (3 млрд долл.), доля России — 20 % (2 млрд "
            "долл.).",
        ),
        (
            {
                "before": {"year": 2016, "china": 0.3, "russia": 0.0, "row_id": "b"},
                "owed_before": pair("stated", "CHN", 3e9, 0.0),
            },
            "In 2016 China’s part was 30% ($3bn), Russia’s nothing.",
            "В 2016 году доля Китая составляла 30 % (3 млрд долл.), долга перед Россией не было.",
        ),
        ({"before": {"year": 2024, "china": 0.1, "russia": 0.2, "row_id": "b"}}, "", ""),
        ({"peak": {"year": 2024, "china": 0.1, "row_id": "b"}}, "", ""),
        (
            {"peak": {"year": 2019, "china": 0.08, "row_id": "b"}},
            "China’s was largest in 2019, 8.0%.",
            "Наибольшей доля Китая была в 2019 году — 8,0 %.",
        ),
    ],
)
def test_earlier_parts_of_the_debt_are_told_where_they_are_of_other_years(
    indebted, facts, english, russian
):
    start = [one.lines[0] for one in indebted(DEBT_NOW)]
    told = [one.lines[0] for one in indebted(DEBT_NOW | facts)]
    assert told == [f"{start[0]} {english}".strip(), f"{start[1]} {russian}".strip()]


def newer_debt(reporter, power, unit, value, qualifier="", low=NAN, high=NAN):
    found = {"reporter": reporter, "power": power, "unit": unit, "value": value}
    found |= {"low": low, "high": high}
    when = {"month": lambda: month_name(5), "year": "2026"}
    return found | when | {"qualifier": qualifier, "figure_id": "f"}


@pytest.mark.parametrize(
    ("row", "english", "russian"),
    [
        (
            newer_debt("KAZ", "RUS", "USD", NAN, "more than", 2e9, 2.2e9),
            "By Kazakhstan’s own count it owed Russia more than $2bn in May 2026.",
            "По данным Казахстана, долг перед Россией — более 2 млрд долл. (май 2026 года).",
        ),
        (
            newer_debt("press", "RUS", "share", 0.12),
            "By press reports Russia’s part was 12% in May 2026.",
            "По данным прессы, доля России — 12 % (май 2026 года).",
        ),
        (
            newer_debt("RUS", "RUS", "USD", NAN, "less than", 1.8e9, 2e9),
            "By Russia’s count it owed Russia less than $2bn in May 2026.",
            "По данным России, долг перед ней — менее 2 млрд долл. (май 2026 года).",
        ),
        (
            newer_debt("press", "CHN", "share", NAN, "up to", 0.0, 0.3),
            "By press reports China’s part was up to 30% in May 2026.",
            "По данным прессы, доля Китая — до 30 % (май 2026 года).",
        ),
        (
            newer_debt("KAZ", "CHN", "share", NAN, "range", 0.4, 0.5),
            "By Kazakhstan’s own count China’s part was 40% to 50% in May 2026.",
            "По данным Казахстана, доля Китая — 40–50 % (май 2026 года).",
        ),
        (
            newer_debt("KAZ", "CHN", "USD", NAN, "range", 1e9, 2e9),
            "By Kazakhstan’s own count it owed China $1bn to $2bn in May 2026.",
            "По данным Казахстана, долг перед Китаем — 1–2 млрд долл. (май 2026 года).",
        ),
    ],
)
def test_a_newer_word_on_one_debt_says_whose_it_is(indebted, both, row, english, russian):
    start = [one.lines[0] for one in indebted(DEBT_NOW)]
    facts = DEBT_NOW | {"others": [], "newer": lambda: [row | {"month": row["month"]()}]}
    told = [one.lines[0] for one in both("country-debt", **facts)]
    assert told == [f"{start[0]} {english}", f"{start[1]} {russian}"]


def lender(name, **told):
    return {"lender": lambda: heard(name, "names"), "row_id": "l"} | told


@pytest.mark.parametrize(
    ("grown", "english", "russian"),
    [
        (
            [lender("Japan", growth=5e8)],
            "Since 2016 the debt to Japan (by $500m) rose most.",
            "Из остальных долгов с 2016 года больше всего вырос долг перед Японией "
            "(на 500 млн долл.).",
        ),
        (
            [lender("Japan", growth=5e8), lender("Germany", growth=2e8)],
            "Since 2016 the debts to Japan (by $500m) and Germany (by $200m) rose most.",
            "Из остальных долгов с 2016 года больше всего выросли долги перед Японией (на 500 млн "
            "долл.) и Германией (на 200 млн долл.).",
        ),
    ],
)
def test_debts_that_have_grown_are_as_many_as_there_are(indebted, grown, english, russian):
    start = [one.lines[0] for one in indebted(DEBT_NOW)]
    told = [one.lines[0] for one in indebted(DEBT_NOW | {"grown": grown})]
    assert told == [f"{start[0]} {english}", f"{start[1]} {russian}"]


@pytest.mark.parametrize(
    ("others", "english", "russian"),
    [
        ([], [], []),
        (
            [lender("Japan", share=0.3)],
            ["The largest other lender is Japan (30%)."],
            ["Крупнейший из остальных кредиторов — Япония (30 %)."],
        ),
        (
            [lender("Japan", share=0.3), lender("Germany", share=0.1)],
            ["The largest other lenders are Japan (30%) and Germany (10%)."],
            ["Крупнейшие из остальных кредиторов — Япония (30 %) и Германия (10 %)."],
        ),
    ],
)
def test_other_lenders_are_named_as_many_as_there_are(indebted, others, english, russian):
    told = indebted(DEBT_NOW | {"others": others})
    assert [one.lines[1:] for one in told] == [english, russian]


def lent(first, drawn, repaid):
    sums = {"china": 3e9, "pair_id": "drawn", "disputed": []}
    found = {"first": first, "last": 2022, "owed": None, "drawn": sums | {"russia": drawn}}
    found["repaid"] = sums | {"china": 2e9, "russia": repaid, "pair_id": "repaid"}
    return found | {"interest": sums | {"china": 1e9, "russia": 0.0, "pair_id": "interest"}}


def disputed(loans, **years):
    return loans | {name: loans[name] | {"disputed": found} for name, found in years.items()}


def written_off(reporter, owed=0.0):
    told = {"value": 2e8, "qualifier": "", "figure_id": "f"}
    return (
        told
        | {"year": "2017", "reporter": reporter, "owed": owed, "owed_id": "o"}
        | {"owed_by": "World Bank"}
    )


DREW = "Kazakhstan drew $3bn of public loans from China, repaid $2bn and paid $1bn of interest"
TOOK = "Казахстан получил от Китая государственные кредиты на 3 млрд долл., вернул 2 млрд долл. "
TOOK += "и заплатил 1 млрд долл. процентов"


@pytest.mark.parametrize(
    ("owed_to_russia", "loans", "forgiven", "english", "russian"),
    [
        (
            0.0,
            lent(2000, 3e8, 0.0),
            [written_off("press")],
            f"From 2000 to 2022 {DREW}; from Russia it drew $300m and repaid nothing. "
            "Russia wrote off $200m in 2017, by press reports.",
            f"С 2000 по 2022 год {TOOK}; "
            "от России получил 300 млн долл. и ничего не вернул. "
            "В 2017 году Россия, по данным прессы, списала 200 млн долл.",
        ),
        (
            0.0,
            lent(2000, 3e8, 1e8),
            [written_off("RUS")],
            f"From 2000 to 2022 {DREW}; from Russia it drew $300m and repaid $100m. "
            "Russia wrote off $200m in 2017, by its own account.",
            f"С 2000 по 2022 год {TOOK}; "
            "от России получил 300 млн долл. и вернул 100 млн долл. "
            "В 2017 году Россия, по её собственным данным, списала 200 млн долл.",
        ),
        (
            0.0,
            disputed(lent(2000, 3e8, 0.0), drawn=[2020, 2021], interest=[2016, 2020]),
            [written_off("press", 2.4e8)],
            f"From 2000 to 2022 {DREW}; from Russia it drew $300m and repaid nothing. Another "
            "edition has other sums drawn for 2020 to 2021. Another edition has other sums paid in "
            "interest for 2016 and 2020. Russia wrote off $200m in 2017, by press reports; the "
            "World Bank still counted $240m as owed at the end of that year.",
            f"С 2000 по 2022 год {TOOK}; "
            "от России получил 300 млн долл. и ничего не вернул. За 2020–2021 годы суммы "
            "полученного в другой редакции другие. За 2016 и 2020 годы суммы процентов в другой "
            "редакции другие. В 2017 году Россия, по данным прессы, списала 200 млн долл.; по "
            "данным Всемирного банка, на конец того года за Казахстаном ещё числилось 240 млн "
            "долл. долга.",
        ),
        (
            1e9,
            disputed(lent(2000, 0.0, 0.0), repaid=[2021]),
            [],
            f"From 2000 to 2022 {DREW}. Another edition has other sums repaid for 2021.",
            f"С 2000 по 2022 год {TOOK}. За 2021 год суммы возвращённого в другой редакции другие.",
        ),
        (
            0.0,
            lent(2022, 0.0, 0.0),
            [written_off("press")],
            f"In 2022 {DREW}.",
            f"В 2022 году {TOOK}.",
        ),
        (
            1e9,
            lent(2000, 3e8, 1e8),
            [written_off("press")],
            f"From 2000 to 2022 {DREW}; from Russia it drew $300m and repaid $100m.",
            f"С 2000 по 2022 год {TOOK}; от России получил 300 млн долл. и вернул 100 млн долл.",
        ),
        (
            1e9,
            lent(2000, 3e8, 1e8) | {"owed": pair("stated", "CHN", 2e9, 5e8, pair_id="o-2022")},
            [],
            f"From 2000 to 2022 {DREW}; from Russia it drew $300m and repaid $100m. At the end of "
            "2022 it owed Russia $500m, more than it drew.",
            f"С 2000 по 2022 год {TOOK}; от России получил 300 млн долл. и вернул 100 млн долл. На "
            "конец 2022 года долг перед Россией составлял 500 млн долл. — больше, чем от неё "
            "получено.",
        ),
    ],
)
def test_loans_are_told_with_what_came_of_russias(
    indebted, owed_to_russia, loans, forgiven, english, russian
):
    facts = owed(2e9, owed_to_russia, "CHN", loans=loans, forgiven=forgiven)
    assert [one.lines[-1] for one in indebted(facts)] == [english, russian]


def concept(name, *periods):
    """A concept of investment with its pairs, as ``groups`` has it."""
    rows = [(period, f"c{len(name)}-{number}") for number, period in enumerate(periods)]
    return name, rows


def invest(*groups, **facts):
    """What the section on investment is told of who leads in which concept."""

    def told():
        found = []
        for leader, concepts in groups:
            called = [
                {
                    "called": say(name),
                    "when": [say("in {year}", year=year).removeprefix("in ") for year, _ in rows],
                    "rows": [{"pair_id": row_id, "leader": leader} for _, row_id in rows],
                }
                for name, rows in concepts
            ]
            found.append((leader, called))
        return found

    nothing = {"whole": [], "direct": [], "since": 2016, "ebbs": [], "owners": []}
    nothing |= {"registers": []}
    return {"known": True, "groups": told} | nothing | facts


NET = concept("direct investment received", 2023, 2024)
ALL = concept("all foreign investment, loans among it", 2022)
HELD = concept("direct investment held, as the Eurasian Development Bank counts it", 2025)


@pytest.mark.parametrize(
    ("groups", "english", "russian"),
    [
        (
            [("RUS", [NET, ALL, HELD])],
            "Russia is ahead in direct investment received (2023 and 2024), in "
            "all foreign investment, loans among it (2022) and in direct investment held, as the "
            "Eurasian Development Bank counts it (2025).",
            "По полученным прямым инвестициям (2023 год и 2024 год), по всем иностранным "
            "инвестициям вместе с кредитами (2022 год) и по накопленным прямым инвестициям, "
            "по данным Евразийского банка развития (2025 год), впереди Россия.",
        ),
        (
            [("CHN", [HELD]), ("level", [ALL]), ("too_close", [NET])],
            "China is ahead in direct investment held, as the Eurasian Development Bank counts it "
            "(2025). The two are level in all foreign investment, loans among it (2022). It is too "
            "close to call in direct investment received (2023 and 2024).",
            "По накопленным прямым инвестициям, по данным Евразийского банка развития (2025 год), "
            "впереди Китай. По всем иностранным инвестициям вместе с кредитами (2022 год) Китай и "
            "Россия почти вровень. По полученным прямым инвестициям (2023 год и 2024 год) "
            "лидера не назвать.",
        ),
    ],
)
def test_investment_is_told_by_who_leads_in_which_concept(both, groups, english, russian):
    told = both("country-investment", **invest(*groups))
    assert [one.lines for one in told] == [[english], [russian]]
    assert told[0].leaders == {
        row_id: leader for leader, found in groups for _, rows in found for _, row_id in rows
    }


def whole(qualifier, low, value):
    return {"qualifier": qualifier, "low": low, "value": value, "figure_id": "f", "year": "2025"}


@pytest.mark.parametrize(
    ("facts", "english", "russian"),
    [
        (
            {"whole": [whole("about", 39e9, 40e9)]},
            "The government’s count has about $40bn from all countries in 2025. "
            "No count of 2016 or later that is known here has both powers.",
            "По данным правительства, из всех стран в 2025 году пришло около 40 млрд долл. "
            "Подсчётов за 2016 год и позже, в которых есть и Китай, и Россия, здесь нет.",
        ),
        (
            {
                "whole": [whole("", 39e9, 40e9)],
                "direct": [{"value": 2e9, "row_id": "d", "year": 2024}],
            },
            "The government’s count has $40bn from all countries in 2025; the World Bank has $2bn "
            "of direct investment from all in 2024. No count of 2016 or later that is known here "
            "has both powers.",
            "По данным правительства, из всех стран в 2025 году пришло 40 млрд долл.; по данным "
            "Всемирного банка, прямых инвестиций из всех стран в 2024 году — 2 млрд долл. "
            "Подсчётов за 2016 год и позже, в которых есть и Китай, и Россия, здесь нет.",
        ),
        (
            {"direct": [{"value": 2e9, "row_id": "d", "year": 2024}]},
            "No count of 2016 or later that is known here has both powers.",
            "Подсчётов за 2016 год и позже, в которых есть и Китай, и Россия, здесь нет.",
        ),
    ],
)
def test_where_no_count_of_investment_has_both_powers_it_is_said(both, facts, english, russian):
    told = both("country-investment", **invest(**facts))
    assert [one.lines for one in told] == [[english], [russian]]


def test_years_in_which_money_was_taken_out_are_told_with_what_the_other_brought(both):
    def ebb():
        sums = {
            "taken_words": words.amount(2.33e9, "EUR", 3, short=True),
            "brought_words": words.amount(1.68e9, "EUR", 3, short=True),
        }
        years = {"first": 2015, "last": 2020, "row_id": "a..b"}
        return [sums | years | {"name": "China", "other": "Russia"}]

    told = both("country-investment", **invest(("RUS", [NET]), ebbs=ebb))
    assert [one.lines[0].split(". ", 1)[1] for one in told] == [
        "By Kazakhstan’s count €2.33bn more of China’s money went out than came in from 2015 to "
        "2020; of "
        "Russia’s, €1.68bn more came in.",
        "По данным Казахстана, с 2015 по 2020 год прямых инвестиций Китая ушло на 2,33 млрд евро "
        "больше, чем пришло; "
        "инвестиций России пришло на 1,68 млрд евро больше, чем ушло.",
    ]


def test_beside_what_a_bank_has_of_china_stands_what_it_has_of_the_region_with_russia(both):
    def half():
        china = {"china": 11.4e9, "china_low": 11.35e9, "china_high": 11.45e9, "unit": "USD"}
        region = {"reporter": "Eurasian Development Bank", "value": 9.4e9, "qualifier": ""}
        region |= {"figure_id": "r", "low": 9.35e9, "high": 9.45e9}
        period = say("in {year}", year=2025)
        return [china | {"pair_id": "p", "period": period, "region": region}]

    told = both("country-investment", **invest(("RUS", [NET]), owners=half))
    assert [one.lines[0].split(". ", 1)[1] for one in told] == [
        "Of what is held the Eurasian Development Bank has $11.4bn for China in 2025, and $9.4bn "
        "for all its region, Russia included.",
        "Евразийский банк развития насчитал 11,4 млрд долл. накопленных прямых инвестиций Китая "
        "(2025 год) и 9,4 млрд долл. — всех стран своего региона вместе, включая Россию.",
    ]


def register(day, china, russia):
    """How many enterprises with capital of each a register had on a day, as a function."""

    def told():
        when = words.period({"start": day, "end": day, "year": day[:4], "whole_year": "no"})
        counts = {"china": china, "russia": russia, "china_ids": "c", "russia_ids": "r"}
        return counts | {"period": when}

    return told


@pytest.mark.parametrize(
    ("days", "english", "russian"),
    [
        (
            [register("2025-10-01", 7100, 23100)],
            "Kazakhstan’s register had 7,100 enterprises with China’s capital and 23,100 with "
            "Russia’s on 1 October 2025.",
            "В реестре Казахстана предприятий с капиталом из Китая — 7100, с капиталом из России "
            "— 23 100 (1 октября 2025 года).",
        ),
        (
            [register("2025-03-01", 3576, 3016), register("2021-11-01", 1942, 2335)],
            "Kazakhstan’s register had 3,576 enterprises with China’s capital and 3,016 with "
            "Russia’s on 1 March 2025; on 1 November 2021 it had 1,942 and 2,335.",
            "В реестре Казахстана предприятий с капиталом из Китая — 3576, с капиталом из России "
            "— 3016 (1 марта 2025 года); раньше — 1942 и 2335 (1 ноября 2021 года).",
        ),
    ],
)
def test_registered_enterprises_are_told_of_their_newest_day_and_their_first(
    both, days, english, russian
):
    def registers():
        return [day() for day in days]

    told = both("country-investment", **invest(("RUS", [NET]), registers=registers))
    assert [one.lines[0].split(". ", 1)[1].replace("\xa0", " ") for one in told] == [
        english,
        russian,
    ]


def test_where_nothing_is_known_of_investment_or_money_there_is_no_section(both):
    assert [one.text for one in both("country-investment", **invest(known=False))] == ["", ""]
    assert [one.text for one in both("country-money", newest=None)] == ["", ""]


def sent(newest, **facts):
    """What the section on money sent home is told of one count."""
    rest = dict.fromkeys(("model", "to_one", "all", "people"))
    known = {"newest": newest, "counted": True, "shares": "", "shares_id": "g"}
    return known | rest | facts


MODEL = pair("stated", "RUS", 1e6, 2e9, year=2018)
ALL_MONEY = {"value": 5e9, "year": 2024, "row_id": "all", "share": "4.0%", "share_id": "all..g"}


@pytest.mark.parametrize(
    ("facts", "english", "russian"),
    [
        (
            sent(pair("own", "", 2e9, None), all=ALL_MONEY),
            "By Kazakhstan’s own count $2bn came from China in 2024; no count of money from Russia "
            "is known. From all countries the World Bank has $5bn in 2024, 4.0% of GDP; "
            "the two are counted differently, so China’s part cannot be read off them.",
            "По данным Казахстана, в 2024 году из Китая пришло 2 млрд долл.; подсчёт переводов "
            "из России нам неизвестен. По данным Всемирного банка, из всех стран вместе в 2024 "
            "году пришло 5 млрд долл., это 4.0% ВВП; считают эти суммы по-разному, и доли Китая "
            "из них не вывести.",
        ),
        (
            sent(pair("partner", "", 2e9, None), shares="1.7%"),
            "By China’s own count $2bn came from China in 2024, 1.7% of GDP; "
            "no count of money from Russia is known.",
            "По данным самого Китая, в 2024 году оттуда пришло 2 млрд долл., это 1.7% ВВП; "
            "подсчёт переводов из России нам неизвестен.",
        ),
        (
            sent(pair("partner", "", None, 2e9), all=ALL_MONEY | {"share": ""}),
            "By Russia’s own count $2bn came from Russia in 2024; no count of money from China is "
            "known. From all countries the World Bank has $5bn in 2024; the two are "
            "counted differently, so Russia’s part cannot be read off them.",
            "По данным самой России, в 2024 году оттуда пришло 2 млрд долл.; подсчёт переводов "
            "из Китая нам неизвестен. По данным Всемирного банка, из всех стран вместе в 2024 году "
            "пришло 5 млрд долл.; считают эти суммы по-разному, и доли России из них не вывести.",
        ),
        (
            sent(MODEL, counted=False, model=MODEL, shares="1.7%", all=ALL_MONEY),
            "The World Bank’s model, which works from where migrants live, has $2bn from Russia in "
            "2018 and $1m from China. From all countries the World Bank has "
            "$5bn in 2024, 4.0% of GDP.",
            "По модели Всемирного банка, которая исходит из того, где живут мигранты, в 2018 году "
            "из России пришло 2 млрд долл. (оценка), из Китая — 1 млн долл. По данным Всемирного "
            "банка, из всех стран вместе в 2024 году пришло 5 млрд долл., это 4.0% ВВП.",
        ),
        (
            sent(MODEL, counted=False, model=pair("stated", "", None, 2e9, year=2018)),
            "The World Bank’s model, which works from where migrants live, has $2bn from Russia in "
            "2018 and no figure from China.",
            "По модели Всемирного банка, которая исходит из того, где живут мигранты, в 2018 году "
            "из России пришло 2 млрд долл. (оценка), а о Китае цифры нет.",
        ),
        (
            sent(
                MODEL,
                counted=False,
                to_one={"power": "CHN", "value": 3e9, "row_id": "one", "year": 2021},
            ),
            "The World Bank’s model gives China all that Kazakhstan receives, $3bn in 2021, and so "
            "tells nothing of China’s part.",
            "Модель Всемирного банка относит на счёт Китая всё, что получает Казахстан (3 млрд "
            "долл. в 2021 году), и потому о доле Китая ничего не говорит.",
        ),
    ],
)
def test_money_sent_home_is_told_by_whoever_counts_it(both, facts, english, russian):
    told = both("country-money", **facts)
    assert [one.lines for one in told] == [[english], [russian]]


def burnt(newest, china, russia, **facts):
    rest = {"before": None, "value": None, "repeated": [], "of_trade": []}
    return {"newest": newest, "china": china, "russia": russia} | rest | facts


def gas_of(leader, china, russia, year=2023):
    told = {"tie": "gas", "unit": "m3", "year": year, "pair_id": f"gas-{year}"}
    return pair("stated", leader, china, russia, **told)


@pytest.mark.parametrize(
    ("facts", "english", "russian"),
    [
        (
            burnt(gas_of("RUS", 1e9, 9e9), 0.1, 0.9),
            "In 2023 China took 10% of the gas that Kazakhstan sold by pipeline, Russia 90%.",
            "В 2023 году Китай купил 10 % газа, который Казахстан продал по трубопроводам, "
            "Россия — 90 %.",
        ),
        (
            burnt(gas_of("RUS", 0.0, 9e9), 0.0, 0.9),
            "In 2023 China took none of the gas that Kazakhstan sold by pipeline, Russia 90%.",
            "В 2023 году Китай не купил ничего из газа, который Казахстан продал по трубопроводам, "
            "а Россия купила 90 %.",
        ),
        (
            burnt(gas_of("RUS", 1e9, 9e9), None, None),
            "In 2023 China took 1bn m³ of the gas that Kazakhstan sold by pipeline, Russia 9bn m³.",
            "В 2023 году Китай купил 1 млрд куб. м газа, который Казахстан продал по "
            "трубопроводам, Россия — 9 млрд куб. м.",
        ),
        (
            burnt(gas_of("RUS", 0.0, 9e9), None, None),
            "In 2023 China took none of the gas that Kazakhstan sold by pipeline, Russia 9bn m³.",
            "В 2023 году Китай не купил ничего из газа, который Казахстан продал по трубопроводам, "
            "а Россия купила 9 млрд куб. м.",
        ),
        (
            burnt(gas_of("level", 5e9, 5e9), 0.5, 0.5, before=gas_of("RUS", 0.0, 9e9, 2016)),
            "In 2023 China took 50% of the gas that Kazakhstan sold by pipeline, Russia 50%. "
            "In 2016 China took none and Russia 9bn m³.",
            "В 2023 году Китай купил 50 % газа, который Казахстан продал по трубопроводам, "
            "Россия — 50 %. В 2016 году Китай газа не покупал, а Россия купила 9 млрд куб. м.",
        ),
        (
            burnt(
                gas_of("CHN", 5e9, 0.0),
                0.9,
                0.0,
                before=gas_of("CHN", 2e9, 0.0, 2016),
                value={"period_printed": "2022", "value": 1e9, "qualifier": "", "figure_id": "v"},
            ),
            "In 2023 China took 90% of the gas that Kazakhstan sold by pipeline, Russia none. "
            "In 2016 China took 2bn m³ and Russia none. China’s customs put its purchases of 2022 "
            "at $1bn.",
            "В 2023 году Китай купил 90 % газа, который Казахстан продал по трубопроводам, Россия "
            "не купила ничего. В 2016 году Китай купил 2 млрд куб. м, Россия не купила ничего. "
            "По данным таможни Китая, купленное за 2022 год стоило 1 млрд долл.",
        ),
    ],
)
def test_gas_is_told_whoever_takes_more_of_it(both, facts, english, russian):
    told = both("country-energy", **facts)
    assert [one.lines for one in told] == [[english], [russian]]
    assert told[0].leaders == {"gas": facts["newest"]["leader"]}


def test_gas_that_the_table_has_twice_to_the_last_digit_is_told(both):
    again = [{"power": "Russia", "side": "russia", "year": 2022, "pair_id": "gas-2022"}]
    told = both("country-energy", **burnt(gas_of("RUS", 1e9, 9e9), 0.1, 0.9, repeated=again))
    assert [one.lines[0].split("90%. ")[-1].split("90 %. ")[-1] for one in told] == [
        "For Russia the table has in 2022 what it has in 2023, 9bn m³, so it may be no new count.",
        "Для России в таблице за 2022 год стоит та же цифра, что и за 2023 год, 9 млрд куб. м: "
        "возможно, это не новый подсчёт.",
    ]


def test_what_gas_made_of_all_trade_stands_with_that_trade(both):
    value = {"period_printed": "2025", "value": 8.4e9, "qualifier": "", "figure_id": "v"}
    trade = pair("partner", "", 10e9, None, pair_id="t")
    of_trade = [{"part_low": 0.8, "part_high": 0.84, "rests_on": ["v", "t"], "pair": trade}]
    facts = burnt(gas_of("CHN", 9e9, 1e9), 0.9, 0.1, value=value, of_trade=of_trade)
    told = both("country-energy", **facts)
    assert [one.lines[0].split("10%. ")[-1].split("10 %. ")[-1] for one in told] == [
        "China’s customs put its purchases of 2025 at $8.4bn, 80% to 84% of all its trade with "
        "Kazakhstan ($10bn).",
        "По данным таможни Китая, купленное за 2025 год стоило 8,4 млрд долл. — 80–84 % всей его "
        "торговли с Казахстаном (10 млрд долл.).",
    ]


def lacking(**facts):
    """What the last section is told where nothing is missing of one of the five."""
    nothing = {"after": 0, "none_of_own": False, "gap": [], "half": False, "unnamed": 0}
    return nothing | {"unnamed_row": "", "five": True, "last": 2024} | facts


PRIVATE = "Private debt and loans without a state guarantee; the debt here is public."
NEWER = "Tables after 2024, the last year told here."


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({}, [PRIVATE]),
        (
            {"after": 2020, "half": True, "unnamed": 0.17, "unnamed_row": "u"},
            [
                "A table of Kazakhstan’s statistics office for the years after 2020: "
                "the newest figures of its own record are officials’ round ones.",
                "A count of money sent home from China. We know of none.",
                "The names behind 17% of the public debt abroad.",
                PRIVATE,
            ],
        ),
        ({"five": False, "none_of_own": True, "gap": [{}]}, [NEWER]),
        (
            {"none_of_own": True, "gap": [{}]},
            [
                "Any table of Kazakhstan’s own on its trade with China and Russia.",
                "A count of what China sends to Kazakhstan and what of it goes on to other "
                "countries. We know of none.",
                PRIVATE,
            ],
        ),
        ({"last": 0}, []),
    ],
)
def test_what_would_change_a_page_is_whatever_its_figures_lack(told, facts):
    said = tell("country-change", KAZ, **lacking(**facts))
    assert [unescape(item) for item in items(said.html)] == told


def test_what_would_change_a_page_is_told_in_russian_too():
    lacks = {"after": 2020, "none_of_own": True, "gap": [{}], "half": True}
    with speaking("ru"):
        said = tell("country-change", KAZ, **lacking(**lacks, unnamed=0.17, unnamed_row="u"))
    assert [unescape(item).replace("\u00a0", " ") for item in items(said.html)] == [
        "Таблица статистического ведомства Казахстана за годы после 2020-го: последние цифры самой "
        "страны — округлённые, из официальных заявлений.",
        "Любая таблица Казахстана о торговле с Китаем и Россией.",
        "Подсчёт того, что Китай отправляет в Казахстан и что из этого уходит дальше, в другие "
        "страны. Нам такой неизвестен.",
        "Подсчёт денежных переводов из Китая. Нам такой неизвестен.",
        "Имена тех, на кого приходится 17 % внешнего госдолга.",
        "Частный долг и кредиты без государственной гарантии: здесь учтён только государственный "
        "долг.",
    ]


def items(html):
    """The points of a list, without their links."""
    return re.findall("<li>(.*?)</li>", re.sub("</?a[^>]*>|</?p>|\n", "", html))


def test_a_country_of_which_the_article_says_nothing_has_no_section_of_claims(both):
    told = both("country-claims", count=0, article={"date": "2018-01-01", "url": ""})
    assert [one.text for one in told] == ["", ""]


def counted(low, high=None, country="TJK"):
    """A power's record of a trade beside the country's own, as so many times that."""
    high = high or low
    ends = {"ratio": (low + high) / 2, "ratio_low": low, "ratio_high": high}
    return ends | {"country": country, "year": 2024, "partner_id": f"p-{country}"}


@pytest.mark.parametrize(
    ("row", "english", "russian"),
    [
        (
            counted(1.5),
            "1.5 times Tajikistan’s (2024)",
            "в 1,5 раза выше данных Таджикистана (2024)",
        ),
        (
            counted(2.4, 5),
            "2.4 to 5 times Tajikistan’s (2024)",
            "в 2,4–5 раз выше данных Таджикистана (2024)",
        ),
        (
            counted(1.49),
            "49% above Tajikistan’s (2024)",
            "на 49 % выше данных Таджикистана (2024)",
        ),
        (
            counted(0.9, 1.2),
            "0% to 20% above Tajikistan’s (2024)",
            "на 0–20 % выше данных Таджикистана (2024)",
        ),
        (
            counted(0.8, 1.1),
            "0% to 20% below Tajikistan’s (2024)",
            "на 0–20 % ниже данных Таджикистана (2024)",
        ),
        (
            counted(1.004),
            "within 1% of Tajikistan’s (2024)",
            "не более чем на 1 % отличаются от данных Таджикистана (2024)",
        ),
        (
            counted(0.996),
            "within 1% of Tajikistan’s (2024)",
            "не более чем на 1 % отличаются от данных Таджикистана (2024)",
        ),
        (counted(1.01), "1% above Tajikistan’s (2024)", "на 1 % выше данных Таджикистана (2024)"),
        (counted(0.99), "1% below Tajikistan’s (2024)", "на 1 % ниже данных Таджикистана (2024)"),
    ],
)
def test_a_powers_record_is_told_beside_the_countrys_own(both, row, english, russian):
    told = both("start-apart", SimpleNamespace(china=[row], russia=[]), names=NAMES)
    assert told[0].lines[-1] == f"China’s record is {english}."
    assert told[1].lines[-1] == f"Данные Китая {russian}."
    assert list(told[0].rows) == ["p-TJK"]


NAMES = {"TJK": "Tajikistan", "KGZ": "Kyrgyzstan", "KAZ": "Kazakhstan"}


def test_records_of_several_countries_are_joined(both):
    rows = [counted(2), counted(3, country="KGZ"), counted(1.1, country="KAZ")]
    told = both("start-apart", SimpleNamespace(china=rows, russia=rows[:2]), names=NAMES)
    assert told[0].lines[-1] == (
        "Russia’s record of its own trade with these countries is 2 times Tajikistan’s (2024) and "
        "3 times Kyrgyzstan’s (2024). China’s is 2 times Tajikistan’s (2024), 3 times "
        "Kyrgyzstan’s (2024) and 10% above Kazakhstan’s (2024)."
    )
    assert told[1].lines[-1] == (
        "Данные России о торговле с этими странами в 2 раза выше данных Таджикистана (2024) и "
        "в 3 раза выше данных Кыргызстана (2024). Данные Китая в 2 раза выше данных Таджикистана "
        "(2024), в 3 раза выше данных Кыргызстана (2024) и на 10 % выше данных Казахстана (2024)."
    )
