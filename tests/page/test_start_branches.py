"""What the start page says where the records come out otherwise than they do today."""

import pytest

from analysis.config import COUNTRIES
from analysis.page.ahead import factor
from analysis.page.language import say, speaking
from analysis.page.tell import tell

NAMES = {"names": COUNTRIES}
LANGUAGES = ("en", "ru")


def in_both(section, this, english, russian, **facts):
    """Tell a section in either language, hold its words, and return what was told."""
    told = []
    for language, words in zip(LANGUAGES, (english, russian), strict=True):
        with speaking(language):
            one = tell(section, this() if callable(this) else this, **NAMES | facts)
        assert one.text.replace("\u00a0", " ") == words
        told.append(one)
    return told


# The finding on the card of a country.


def tie(told, verdict, *, ahead="", known="", contested=False, when="", confidence=""):
    """A tie of one country; what it is called is said in the language of the page."""
    row = {"verdict": verdict, "ahead": ahead, "known": known, "contested": contested}
    return row | {"told": say(told), "when": when, "confidence": confidence}


FINDINGS = {
    "one power is ahead everywhere": (
        lambda: [
            tie("trade", "ahead_on_both", ahead="RUS"),
            tie("public debt", "ahead_on_the_one_record", ahead="RUS"),
            tie("gas purchases", "ahead_on_the_one_record", ahead="RUS"),
        ],
        "Russia is ahead in trade, public debt and gas purchases.",
        "Россия впереди по торговле, внешнему госдолгу и закупкам газа.",
    ),
    "one power is ahead or level alone": (
        lambda: [tie("trade", "ahead_or_level", ahead="CHN")],
        "China is ahead or level in trade.",
        "Китай впереди или вровень по торговле.",
    ),
    "one power is ahead or too close alone": (
        lambda: [tie("trade", "ahead_or_too_close", ahead="RUS")],
        "Russia is ahead or too close to call in trade.",
        "Россия впереди по торговле, но лишь по одним данным: по другим лидера не назвать.",
    ),
    "level and too close stand behind one another": (
        lambda: [
            tie("trade", "ahead_or_level", ahead="CHN"),
            tie("gas purchases", "ahead_or_too_close", ahead="CHN"),
        ],
        "China is ahead or level in trade, ahead or too close to call in gas purchases.",
        "Китай впереди или вровень по торговле, а по закупкам газа впереди лишь по одним данным: "
        "по другим лидера не назвать.",
    ),
    "each power is ahead in something": (
        lambda: [
            tie("trade", "ahead_on_both", ahead="RUS"),
            tie("public debt", "ahead_on_the_one_record", ahead="CHN"),
        ],
        "China is ahead in public debt; Russia is ahead in trade.",
        "Китай впереди по внешнему госдолгу; Россия впереди по торговле.",
    ),
    "each power alone is recorded in something": (
        lambda: [
            tie("public debt", "no_pair", known="CHN"),
            tie("money sent home", "no_pair", known="RUS"),
        ],
        "China alone is recorded in public debt; Russia alone is recorded in money sent home.",
        "По внешнему госдолгу есть данные только по Китаю; "
        "по денежным переводам есть данные только по России.",
    ),
    "the two are level": (
        lambda: [tie("trade", "level"), tie("public debt", "level")],
        "The two are level in trade and public debt.",
        "Обе державы почти вровень по торговле и внешнему госдолгу.",
    ),
    "it is too close to call": (
        lambda: [tie("trade", "too_close"), tie("gas purchases", "too_close")],
        "It is too close to call in trade and gas purchases.",
        "По торговле и закупкам газа лидера не назвать.",
    ),
    "it depends on whose record": (
        lambda: [tie("trade", "depends_on_the_record")],
        "In trade it depends on whose record.",
        "По торговле лидер зависит от того, чьи это данные.",
    ),
    "two counts of investment differ and nothing else is known": (
        lambda: [tie("direct investment", "ahead_on_the_one_record", ahead="RUS", contested=True)],
        "In investment it depends on what is counted.",
        "По инвестициям лидер зависит от того, что считать.",
    ),
    "a newer record is known": (
        lambda: [
            tie("trade", "depends_on_the_record", when="2024"),
            tie("public debt", "ahead_on_the_one_record", ahead="RUS"),
        ],
        "Russia is ahead in public debt; in trade (2024, the last year of both records) it depends "
        "on whose record.",
        "Россия впереди по внешнему госдолгу; по торговле (2024 год, последний с данными обеих "
        "сторон) лидер зависит от того, чьи это данные.",
    ),
    "something of everything": (
        lambda: [
            tie("trade", "level"),
            tie("public debt", "ahead_on_the_one_record", ahead="RUS"),
            tie("gas purchases", "too_close"),
            tie("direct investment", "ahead_on_the_one_record", ahead="CHN", contested=True),
            tie("foreign investment", "depends_on_the_record"),
            tie("money sent home", "no_pair", known="CHN"),
        ],
        "China alone is recorded in money sent home; Russia is ahead in public debt; the two are "
        "level in trade; it is too close to call in gas purchases; in foreign investment it "
        "depends on whose record; in investment it depends on what is counted.",
        "По денежным переводам есть данные только по Китаю; Россия впереди по внешнему госдолгу; "
        "обе державы почти вровень по торговле; по закупкам газа лидера не назвать; по иностранным "
        "инвестициям лидер зависит от того, чьи это данные; по инвестициям лидер зависит от того, "
        "что считать.",
    ),
    "no tie weighs": (
        list,
        "No tie with either is known to weigh much.",
        "Заметных связей ни с одной из держав не известно.",
    ),
}


@pytest.mark.parametrize("case", FINDINGS)
def test_the_finding_of_a_country(case):
    in_both("start-finding", *FINDINGS[case])


@pytest.mark.parametrize(
    ("levels", "english", "russian"),
    [
        ((), "", ""),
        (("", ""), "", ""),  # of a known half there is no verdict to be sure of
        (
            ("low", "low"),
            "How sure: low in trade and public debt",
            "Уверенность: низкая — по торговле и внешнему госдолгу",
        ),
        (
            ("medium", "high", "medium", "medium"),
            "How sure: high in public debt; medium in trade, gas purchases and foreign investment",
            "Уверенность: высокая — по внешнему госдолгу; средняя — по торговле, закупкам газа и "
            "иностранным инвестициям",
        ),
        (
            ("low", "medium", "high"),
            "How sure: high in gas purchases; medium in public debt; low in trade",
            "Уверенность: высокая — по закупкам газа; средняя — по внешнему госдолгу; низкая — по "
            "торговле",
        ),
    ],
)
def test_how_sure_the_finding_is_is_told_from_the_surest_on(levels, english, russian):
    called = ("trade", "public debt", "gas purchases", "foreign investment")

    def rows():
        return [
            tie(one, "level", confidence=level) for one, level in zip(called, levels, strict=False)
        ]

    in_both("start-sure", rows, english, russian)


# The heading and the first sentence.

GAP = {
    "country": "KAZ",
    "year": 2025,
    "partner": 12.4e9,
    "own": 30e9,
    "partner_id": "theirs",
    "own_id": "own",
    "ratio": 12.4 / 30,
}
HEADING = (
    "China says it traded $12.4bn with Kazakhstan in 2025. Kazakhstan says $30bn ",
    "Торговля Китая с Казахстаном в 2025 году: 12,4 млрд долл. по данным Китая, 30 млрд долл. по "
    "данным Казахстана ",
)
HOW_FAR = "; how far ahead depends on whose record is read. Of public debt with named holders "
HOW_FAR_RU = (
    "; насколько {} впереди, зависит от того, чьи данные читать. По внешнему госдолгу с "
    "названными кредиторами "
)
OPENINGS = {
    "China everywhere in both": (
        ("CHN", True, "CHN", "RUS", True),
        f"On the newest records China is everywhere ahead in trade{HOW_FAR}all five owe China "
        f"more than Russia; of "
        "the two, money sent home is counted from Russia alone.",
        f"По последним данным, в торговле Китай впереди во всех пяти "
        f"странах{HOW_FAR_RU.format('он')}все пять стран "
        "должны Китаю больше, чем России; по денежным переводам есть данные "
        "только по России.",
    ),
    "Russia nowhere behind in both": (
        ("RUS", False, "RUS", "CHN", True),
        f"On the newest records Russia is nowhere behind in trade{HOW_FAR}all five owe Russia "
        f"more than China; of "
        "the two, money sent home is counted from China alone.",
        f"По последним данным, в торговле Россия ни в одной из пяти стран не уступает "
        f"Китаю{HOW_FAR_RU.format('она')}"
        "все пять стран должны России больше, чем Китаю; по денежным переводам есть данные только "
        "по Китаю.",
    ),
    "one power in trade, the other in debt": (
        ("CHN", True, "RUS", "RUS", False),
        f"On the newest records China is everywhere ahead in trade{HOW_FAR}all five owe Russia "
        f"more than China; in all "
        "five more money sent home is recorded from Russia than from China.",
        f"По последним данным, в торговле Китай впереди во всех пяти "
        f"странах{HOW_FAR_RU.format('он')}все пять стран "
        "должны России больше, чем Китаю; во всех пяти странах записано больше денежных переводов "
        "из России, чем из Китая.",
    ),
    "nobody in debt": (
        ("RUS", True, "", "CHN", False),
        f"On the newest records Russia is everywhere ahead in trade{HOW_FAR}neither is owed more "
        f"in all five; in all "
        "five more money sent home is recorded from China than from Russia.",
        f"По последним данным, в торговле Россия впереди во всех пяти "
        f"странах{HOW_FAR_RU.format('она')}общего лидера "
        "нет; во всех пяти странах записано больше денежных переводов из Китая, чем из России.",
    ),
    "nobody in money sent home": (
        ("CHN", False, "CHN", "", False),
        f"On the newest records China is nowhere behind in trade{HOW_FAR}all five owe China more "
        f"than Russia; neither "
        "is everywhere ahead in money sent home.",
        f"По последним данным, в торговле Китай ни в одной из пяти стран не уступает "
        f"России{HOW_FAR_RU.format('он')}все "
        "пять стран должны Китаю больше, чем России; по денежным переводам общего лидера нет.",
    ),
    "nobody in trade": (
        ("", False, "CHN", "RUS", True),
        "Neither is everywhere ahead in trade. Of public debt with named holders all five owe "
        "China more than Russia; of the two, money sent home is counted from Russia alone.",
        "В торговле общего для всех пяти стран лидера нет. По внешнему госдолгу с названными "
        "кредиторами все пять стран должны Китаю больше, чем России; по денежным переводам есть "
        "данные только по России.",
    ),
    "nobody in anything": (
        ("", True, "", "", False),
        "Neither is everywhere ahead in trade. Of public debt with named holders neither is owed "
        "more in all five; neither is everywhere ahead in money sent home.",
        "В торговле общего для всех пяти стран лидера нет. По внешнему госдолгу с названными "
        "кредиторами общего лидера нет; нет его и по денежным переводам.",
    ),
}


@pytest.mark.parametrize("case", OPENINGS)
def test_the_opening_names_who_is_ahead_in_all_five(case):
    (trade, firm, debt, home, alone), english, russian = OPENINGS[case]
    stand = {"trade": (trade, firm), "debt": (debt, True), "money_home": (home, True)}
    told = in_both(
        "start-opening",
        {"gap": GAP, "stand": stand, "alone": alone},
        HEADING[0] + english,
        HEADING[1] + russian,
    )
    for one in told:
        assert one.leaders == {"trade": trade, "debt": debt, "money_home": home}
        assert list(one.rows) == ["theirs", "own"]


# How far two records of one trade lie apart.


@pytest.mark.parametrize(
    ("partner", "own", "english", "russian"),
    [
        (
            30e9, 12e9,
            "China counts 2.5 times as much trade as Kazakhstan does",
            "По данным Китая, торговля в 2,5 раза больше, чем по данным Казахстана",
        ),
        (
            12e9, 10e9,
            "China counts 20% more trade than Kazakhstan does",
            "По данным Китая, торговля на 20 % больше, чем по данным Казахстана",
        ),
        (
            10e9, 20e9,
            "Kazakhstan counts 2 times as much trade as China does",
            "По данным Казахстана, торговля в 2 раза больше, чем по данным Китая",
        ),
        (
            10e9, 13e9,
            "Kazakhstan counts 30% more trade than China does",
            "По данным Казахстана, торговля на 30 % больше, чем по данным Китая",
        ),
    ],
)  # fmt: skip
def test_the_title_says_whose_count_is_the_larger(partner, own, english, russian):
    gap = {"country": "KAZ", "partner": partner, "own": own, "ratio": partner / own}
    in_both("start-apart-title", {"gap": gap}, english, russian, factor=factor)


def count(country, low, high=None, year=2024):
    high = low if high is None else high
    row = {"country": country, "year": year, "partner_id": f"{country}-theirs"}
    return row | {"ratio": (low + high) / 2, "ratio_low": low, "ratio_high": high}


APART = {
    "times": (
        count("KAZ", 1.4, 1.7),
        "1.4 to 1.7 times Kazakhstan’s (2024)",
        "в 1,4–1,7 раза выше данных Казахстана (2024)",
    ),
    "times from one and a half on": (
        count("KAZ", 1.5),
        "1.5 times Kazakhstan’s (2024)",
        "в 1,5 раза выше данных Казахстана (2024)",
    ),
    "above": (
        count("KAZ", 1.49),
        "49% above Kazakhstan’s (2024)",
        "на 49 % выше данных Казахстана (2024)",
    ),
    "above from level on": (
        count("KAZ", 0.98, 1.09),
        "0% to 9% above Kazakhstan’s (2024)",
        "на 0–9 % выше данных Казахстана (2024)",
    ),
    "below": (
        count("KAZ", 0.6, 0.7),
        "30% to 40% below Kazakhstan’s (2024)",
        "на 30–40 % ниже данных Казахстана (2024)",
    ),
    "below from level on": (
        count("KAZ", 0.9, 1.02),
        "0% to 10% below Kazakhstan’s (2024)",
        "на 0–10 % ниже данных Казахстана (2024)",
    ),
    "as far above as below": (
        count("KAZ", 0.9, 1.1),
        "0% to 10% above Kazakhstan’s (2024)",
        "на 0–10 % выше данных Казахстана (2024)",
    ),
    "the same or more": (
        count("KAZ", 0.998, 1.02),
        "0% to 2% above Kazakhstan’s (2024)",
        "на 0–2 % выше данных Казахстана (2024)",
    ),
    "the same or less": (
        count("KAZ", 0.98, 1.002),
        "0% to 2% below Kazakhstan’s (2024)",
        "на 0–2 % ниже данных Казахстана (2024)",
    ),
    "times whose form is that of the last number": (
        count("KAZ", 1.4, 5),
        "1.4 to 5 times Kazakhstan’s (2024)",
        "в 1,4–5 раз выше данных Казахстана (2024)",
    ),
    "the same": (
        count("KAZ", 0.996, 1.004),
        "within 1% of Kazakhstan’s (2024)",
        "не более чем на 1 % отличаются от данных Казахстана (2024)",
    ),
}
PAIRS_OF_BARS = (
    "Each pair of bars is one trade, counted twice: what China’s customs write down, and what the "
    "country’s own office does. Which of the two is nearer the truth is not known. ",
    "Каждая пара полос — одна и та же торговля, посчитанная дважды: таможней Китая и ведомством "
    "самой страны. Какая из двух цифр ближе к истине, неизвестно. ",
)


@pytest.mark.parametrize("case", APART)
def test_a_record_is_told_by_how_far_it_is_from_the_countrys(case):
    row, english, russian = APART[case]
    told = in_both(
        "start-apart",
        {"china": [row], "russia": []},
        f"{PAIRS_OF_BARS[0]}China’s record is {english}.",
        f"{PAIRS_OF_BARS[1]}Данные Китая {russian}.",
    )
    assert [list(one.rows) for one in told] == [["KAZ-theirs"]] * 2


def test_both_powers_records_are_told_each_with_all_its_countries():
    in_both(
        "start-apart",
        {
            "china": [count("KAZ", 2), count("KGZ", 1.1), count("UZB", 0.8)],
            "russia": [count("TJK", 1.2, year=2021), count("KAZ", 3)],
        },
        f"{PAIRS_OF_BARS[0]}Russia’s record of its own trade with these countries is 20% above "
        "Tajikistan’s (2021) and 3 times Kazakhstan’s (2024). China’s is 2 times Kazakhstan’s "
        "(2024), 10% above Kyrgyzstan’s (2024) and 20% below Uzbekistan’s (2024).",
        f"{PAIRS_OF_BARS[1]}Данные России о торговле с этими странами на 20 % выше данных "
        "Таджикистана (2021) и в 3 раза выше данных Казахстана (2024). Данные Китая в 2 раза выше "
        "данных Казахстана (2024), на 10 % выше данных Кыргызстана (2024) и на 20 % ниже данных "
        "Узбекистана (2024).",
    )


@pytest.mark.parametrize(
    ("evidence", "services", "silent", "english", "russian"),
    [
        ([], [], [], "", ""),
        (
            ["reported", "preliminary", "preliminary"], [], [],
            "Kyrgyzstan’s own figure for 2024 is preliminary. Tajikistan’s own figure for 2024 is "
            "preliminary. ",
            "Цифра самого Кыргызстана за 2024 год предварительная. Цифра самого Таджикистана за "
            "2024 год предварительная. ",
        ),
        (
            [], ["Kazakhstan", "Uzbekistan"], [],
            "The later figures of Kazakhstan and Uzbekistan count services too and cannot stand "
            "beside China’s. ",
            "Более поздние цифры Казахстана и Узбекистана включают услуги, ставить их рядом с "
            "китайскими нельзя. ",
        ),
        (
            [], [], ["Turkmenistan"],
            "Of Turkmenistan no table of trade by partner for these years is known.",
            "За эти годы таблиц торговли по странам у Туркменистана не известно.",
        ),
        (
            [], [], ["Tajikistan", "Turkmenistan"],
            "Of Tajikistan and Turkmenistan no table of trade by partner for these years is known.",
            "За эти годы таблиц торговли по странам у Таджикистана и Туркменистана не известно.",
        ),
    ],
)  # fmt: skip
def test_the_note_on_two_records_says_what_they_lack(evidence, services, silent, english, russian):
    rows = [
        count(code, 1) | {"evidence": mark}
        for code, mark in zip(("KAZ", "KGZ", "TJK"), evidence, strict=False)
    ]
    note = {"china": rows, "with_services": services, "silent": silent}
    in_both("start-apart-note", note, english.strip(), russian.strip())


# Parts of a whole.


@pytest.mark.parametrize(
    ("exceptions", "english", "russian"),
    [
        (
            0,
            "In none of the five is most trade with the two powers",
            "Все пять стран торгуют в основном не с Китаем и Россией",
        ),
        (
            1,
            "In four of the five most trade is with neither power",
            "Четыре страны из пяти торгуют в основном не с Китаем и Россией",
        ),
        (
            3,
            "In two of the five most trade is with neither power",
            "Две страны из пяти торгуют в основном не с Китаем и Россией",
        ),
        (
            4,
            "In one of the five most trade is with neither power",
            "Одна страна из пяти торгует в основном не с Китаем и Россией",
        ),
        (
            5,
            "On one record at least, all five trade mostly with the two powers",
            "Хотя бы по одним данным все пять стран торгуют в основном с Китаем и Россией",
        ),
    ],
)
def test_the_title_counts_the_countries_that_trade_mostly_with_others(exceptions, english, russian):
    names = list(COUNTRIES.values())[:exceptions]
    in_both("start-whole-title", {"exceptions": names, "all": 5}, english, russian)


@pytest.mark.parametrize(
    ("names", "english", "russian"),
    [
        ([], "", ""),
        (
            ["Kazakhstan", "Uzbekistan"],
            "Kazakhstan’s and Uzbekistan’s own records count services too.",
            "Собственные данные Казахстана и Узбекистана включают и услуги.",
        ),
    ],
)
def test_the_note_on_parts_names_all_records_with_services(names, english, russian):
    this = {"with_services": names, "unlisted": [], "apart": False}
    in_both("start-whole-note", this, english, russian)


@pytest.mark.parametrize(
    ("names", "english", "russian"),
    [
        ([], "", ""),
        (
            ["Uzbekistan"],
            "Uzbekistan’s own record counts services too. ",
            "Собственные данные Узбекистана включают и услуги. ",
        ),
    ],
)
def test_the_note_on_parts_says_where_the_records_are_of_different_years(names, english, russian):
    in_both(
        "start-whole-note",
        {"with_services": names, "unlisted": [], "apart": True},
        english + "Where the two records of trade are of different years, they cannot be held "
        "against each other.",
        russian + "Там, где данные двух сторон о торговле относятся к разным годам, сопоставлять "
        "их нельзя.",
    )


def part(country, year, china, russia):
    row = {"country": country, "year": year, "china": china, "russia": russia}
    return row | {"row_id": f"{country}-part"}


def whole(russia=0.0, own_years=(2024, 2022), unnamed=()):
    least, most = part("KAZ", own_years[0], 0.2, 0.3), part("UZB", own_years[1], 0.4, 0.1)
    own = {"china_least": least, "china_most": most, "russia_least": most, "russia_most": least}
    less, more = part("TKM", 2024, 0.03, 0.0), part("KGZ", 2024, 0.39, russia)
    debt = {"china_least": less, "china_most": more, "russia_least": less, "russia_most": more}
    gas = part("KAZ", 2024, 0.25, 0.75)
    return {"own": own, "debt": debt, "unnamed": list(unnamed), "gas": gas}


PARTS_OF_TRADE = (
    "On the countries’ own records China’s part of all trade runs from 20% (Kazakhstan, {first}) "
    "to 40% (Uzbekistan, {last}), Russia’s from 10% (Uzbekistan, {last}) to 30% (Kazakhstan, "
    "{first}).",
    "По данным самих стран, доля Китая во всей их торговле — от 20 % (Казахстан, {first}) до 40 % "
    "(Узбекистан, {last}), доля России — от 10 % (Узбекистан, {last}) до 30 % (Казахстан, "
    "{first}).",
)
PARTS_OF_DEBT = (
    " Of the public debt owed abroad China holds from 3% (Turkmenistan, 2024) to 39% (Kyrgyzstan, "
    "2024).",
    " Во внешнем госдолге доля Китая — от 3 % (Туркменистан, 2024) до 39 % (Кыргызстан, 2024).",
)
PARTS_OF_GAS = (
    " Kazakhstan sells the most gas by pipeline of the five; China took 25% of it in 2024.",
    " Больше всех из пяти стран продаёт газа по трубопроводам Казахстан; из этого газа Китай в "
    "2024 году купил 25 %.",
)
NOTHING_OWED = (" Nothing is owed to Russia.", " России не должен никто.")


def wholes(of_trade=("", ""), of_debt=NOTHING_OWED, first=2024, last=2022):
    years = {"first": first, "last": last}
    return [
        trade.format(**years) + old + debt + more + gas
        for trade, old, debt, more, gas in zip(
            PARTS_OF_TRADE, of_trade, PARTS_OF_DEBT, of_debt, PARTS_OF_GAS, strict=True
        )
    ]


def test_where_nobody_owes_russia_that_is_said():
    in_both("start-whole", whole(), *wholes())


def test_the_most_that_is_owed_to_russia_is_told_with_its_country():
    owed = (
        " The most that is owed to Russia is 12% (Kyrgyzstan, 2024).",
        " Самая большая доля России — 12 % (Кыргызстан, 2024).",
    )
    in_both("start-whole", whole(russia=0.12), *wholes(of_debt=owed))


def test_a_table_more_than_two_years_older_than_the_newest_is_named_with_its_year():
    old = (
        " Uzbekistan’s newest such table is of 2021.",
        " Последняя такая таблица Узбекистана — за 2021 год.",
    )
    in_both("start-whole", whole(own_years=(2024, 2021)), *wholes(old, last=2021))


def test_each_country_whose_lenders_are_not_named_is_told():
    unnamed = [
        {"country": "KAZ", "unnamed": 0.69, "bonds_id": "kaz-debt"},
        {"country": "UZB", "unnamed": 0.3, "bonds_id": "uzb-debt"},
    ]
    more = tuple(
        nothing + "".join(sentence.format(name, share) for name, share in rows)
        for nothing, sentence, rows in zip(
            NOTHING_OWED,
            (
                " Of {} debt, {} is owed to bondholders and groups of lenders that the World Bank "
                "does not name.",
                " В долге {} {} приходится на держателей облигаций и группы кредиторов, которых "
                "Всемирный банк не называет.",
            ),
            (
                [("Kazakhstan’s", "69%"), ("Uzbekistan’s", "30%")],
                [("Казахстана", "69 %"), ("Узбекистана", "30 %")],
            ),
            strict=True,
        )
    )
    for told in in_both("start-whole", whole(unnamed=unnamed), *wholes(of_debt=more)):
        assert {"kaz-debt", "uzb-debt"} <= set(told.rows)


# Money sent home.


def sent(country="KGZ", words="17%", record="own", year=2024, power="RUS"):
    row = {"country": country, "words": words, "record": record, "year": year}
    return row | {"power": power, "row_id": f"{country}-sent"}


def home(**changed):
    return {"top": sent(), "next": [], "modelled": [], "everyone": []} | changed


def received(country, part):
    return {"country": country, "part": part, "year": 2024, "row_id": f"{country}-all"}


FROM_RUSSIA = (
    "From Russia alone, money sent home was worth 17% of Kyrgyzstan’s output in 2024",
    "Денежные переводы из одной только России составили 17% ВВП Кыргызстана в 2024 году",
)
HOMES = {
    "of one country": (home(), ".", "."),
    "of two countries": (
        home(next=[sent("TJK", "12%")]),
        " and 12% of Tajikistan’s in 2024.",
        " и 12% ВВП Таджикистана в 2024 году.",
    ),
    "by a model": (
        home(modelled=["Kyrgyzstan", "Tajikistan"]),
        ". For Kyrgyzstan and Tajikistan the figure is modelled by the World Bank’s staff from "
        "where migrants live, not counted.",
        ". Для Кыргызстана и Таджикистана это не подсчёт, а оценка сотрудников Всемирного банка по "
        "тому, где живут мигранты.",
    ),
    "from everywhere to one": (
        home(everyone=[received("KGZ", 0.19)]),
        ". From all countries together it came to 19% of output in Kyrgyzstan (2024); that is "
        "counted in another way, so Russia’s part cannot be read off it.",
        ". Переводы из всех стран вместе составили 19 % ВВП Кыргызстана (2024); считают их "
        "по-другому, и доли России отсюда не вывести.",
    ),
    "from everywhere to two": (
        home(everyone=[received("KGZ", 0.19), received("TJK", 0.47)]),
        ". From all countries together it came to 19% of output in Kyrgyzstan (2024) and 47% of "
        "output in Tajikistan (2024); that is counted in another way, so Russia’s part cannot be "
        "read off it.",
        ". Переводы из всех стран вместе составили 19 % ВВП Кыргызстана (2024) и 47 % ВВП "
        "Таджикистана (2024); считают их по-другому, и доли России отсюда не вывести.",
    ),
}


@pytest.mark.parametrize("case", HOMES)
def test_money_sent_home_is_told(case):
    this, english, russian = HOMES[case]
    in_both("start-home", this, FROM_RUSSIA[0] + english, FROM_RUSSIA[1] + russian)


@pytest.mark.parametrize("power", ["CHN", "RUS"])
def test_the_senders_own_count_is_named_with_the_largest_sum_too(power):
    name, genitive = {"CHN": ("China", "Китая"), "RUS": ("Russia", "России")}[power]
    this = home(
        top=sent(record="partner", power=power),
        next=[sent("TJK", "12%", record="partner"), sent("UZB", "9%")],
    )
    in_both(
        "start-home",
        this,
        f"From {name} alone, money sent home was worth 17% of Kyrgyzstan’s output in 2024 (by "
        f"{name}’s count), 12% of Tajikistan’s in 2024 (by {name}’s count) and 9% of Uzbekistan’s "
        "in 2024.",
        f"Денежные переводы из одной только {genitive} составили 17% ВВП Кыргызстана в 2024 году "
        f"(по данным {genitive}), 12% ВВП Таджикистана в 2024 году (по данным {genitive}) и 9% ВВП "
        "Узбекистана в 2024 году.",
    )


def test_the_title_on_money_sent_home_names_power_and_country():
    in_both(
        "start-home-title",
        {"top": sent("TJK", "3%", power="CHN")},
        "Money from China was 3% of Tajikistan’s output in 2024",
        "Переводы из Китая составили 3% ВВП Таджикистана в 2024 году",
    )


# Twenty years in two records.


@pytest.mark.parametrize(
    ("partner", "own", "english", "russian"),
    [
        (
            ["RUS"], ["RUS"],
            "On every newest record Russia is ahead",
            "По всем последним данным впереди Россия",
        ),
        (
            ["RUS"], ["CHN", "RUS"],
            "By partners’ counts Russia leads in all five",
            "По данным партнёров, везде впереди Россия",
        ),
        (
            ["CHN"], [],
            "By partners’ counts China leads in all five",
            "По данным партнёров, везде впереди Китай",
        ),
        (
            ["CHN", "level"], ["CHN", "level"],
            "Who trades more changes with the record and the year",
            "Кто торгует больше, зависит от года и от того, чьи это данные",
        ),
        (
            ["level"], ["RUS"],
            "Who trades more changes with the record and the year",
            "Кто торгует больше, зависит от года и от того, чьи это данные",
        ),
        (
            ["level"], ["level"],
            "On no newest record is either power ahead",
            "Ни по одним из последних данных лидера нет",
        ),
    ],
)  # fmt: skip
def test_the_title_on_the_years_says_who_leads_where(partner, own, english, russian):
    this = {"partner": partner, "own": own, "open": 0}
    in_both("start-years-title", this, english, russian)


@pytest.mark.parametrize(
    ("open", "english", "russian"),
    [
        (2, "two of them uncertain", "в двух странах — с оговоркой"),
        (1, "one of them uncertain", "в одной стране — с оговоркой"),
    ],
)
def test_the_title_on_the_years_says_how_many_leads_stay_open(open, english, russian):
    in_both(
        "start-years-title",
        {"partner": ["CHN"], "own": [], "open": open},
        f"By partners’ counts China leads in all five, {english}",
        f"По данным партнёров, везде впереди Китай, {russian}",
    )


@pytest.mark.parametrize(
    ("modelled", "english", "russian"),
    [(False, "", ""), (True, ", or modelled", " (либо это оценка по модели)")],
)
def test_counts_of_money_sent_home_are_said_to_differ(modelled, english, russian):
    in_both(
        "start-home-note",
        {"modelled": modelled},
        f"Counted by the country or by Russia{english}, and not quite alike: ranks that lie close "
        "say little.",
        f"Считала сама страна или Россия{russian}; считают не вполне одинаково, поэтому близкие "
        "места мало о чём говорят.",
    )


def test_what_a_whole_does_not_give_by_country_is_told():
    this = {"with_services": ["Uzbekistan"], "unlisted": [UNLISTED], "apart": False}
    in_both(
        "start-whole-note",
        this,
        "Uzbekistan’s own record counts services too. 18% of Uzbekistan’s trade of 2023 is not "
        "given "
        "by country; it is among everyone else’s.",
        "Собственные данные Узбекистана включают и услуги. 18 % торговли Узбекистана за 2023 год "
        "не разбито "
        "по странам и вошло в долю всех остальных.",
    )


UNLISTED = {"country": "UZB", "year": 2023, "part": 0.18}


def newest_of(record, country, leader, year=2024, logical=""):
    row = {"record": record, "country": country, "leader": leader, "year": year}
    return row | {"pair_id": f"{country}-{record}", "logical_leader": logical or leader}


def test_a_leader_that_the_widest_reading_leaves_open_is_told():
    pairs = [
        newest_of("partner", "KAZ", "CHN", logical="too_close"),
        newest_of("partner", "UZB", "RUS", logical="level"),
        newest_of("partner", "KGZ", "level", logical="too_close"),
        newest_of("own", "TJK", "CHN", logical="too_close"),
    ]
    this = {"rows": pairs, "table_ends": 2020}
    english = tell("start-years", this, **NAMES).text
    with speaking("ru"):
        russian = tell("start-years", this, **NAMES).text.replace("\u00a0", " ")
    assert (
        " In Kazakhstan and Uzbekistan the partners’ figures have a round or open one among them "
        "(“more than”): read as widely as its words allow, it leaves open who is ahead. In "
        "Tajikistan the countries’ own figures have a round or open one among them"
    ) in english
    assert (
        " По Казахстану и Узбекистану среди цифр партнёров есть округлённая или открытая "
        "(«более»): "
        "при самом широком её прочтении лидера не назвать. По Таджикистану среди цифр самих стран"
    ) in russian


def test_each_newest_pair_is_told_with_its_leader():
    pairs = [
        newest_of("partner", "KAZ", "RUS"),
        newest_of("partner", "KGZ", "RUS", 2023),
        newest_of("partner", "TJK", "CHN"),
        newest_of("partner", "TKM", "too_close"),
        newest_of("own", "KAZ", "too_close"),
        newest_of("own", "KGZ", "level"),
        newest_of("own", "UZB", "level"),
        newest_of("own", "TJK", "RUS"),
    ]
    told = in_both(
        "start-years",
        {"rows": pairs, "table_ends": 2020},
        "One panel of each pair is what China and Russia count, the other what the country counts, "
        "both at one scale. On China’s and Russia’s records the newest pairs have China ahead in "
        "Tajikistan (2024), Russia ahead in Kazakhstan (2024) and Kyrgyzstan (2023), the two too "
        "close to call in Turkmenistan (2024). On the countries’ own the newest pairs have Russia "
        "ahead in Tajikistan (2024), the two level in Kyrgyzstan (2024) and Uzbekistan (2024), the "
        "two too close to call in Kazakhstan (2024). An open point is one side’s count in a year "
        "for which no count of the other’s is known. Russia’s last table of its trade by partner "
        "ends "
        "in 2020; what stands for later years is what officials have said.",
        "В каждой паре один график — то, что насчитали Китай и Россия, другой — то, что насчитала "
        "сама страна; шкала у обоих одна. По последним данным Китая и России, Китай впереди в "
        "Таджикистане (2024), Россия впереди в Казахстане (2024) и Кыргызстане (2023), лидера не "
        "назвать в Туркменистане (2024). По последним данным самих стран, Россия впереди в "
        "Таджикистане (2024), обе державы почти вровень в Кыргызстане (2024) и Узбекистане (2024), "
        "лидера не назвать в Казахстане (2024). Пустой кружок — цифра одной стороны за год, за "
        "который подсчёта другой не известно. Таблиц торговли по странам Россия после 2020 года "
        "не публиковала; всё, что позже, — из официальных заявлений.",
    )
    leaders = {f"{row['record']}-{row['country']}": row["leader"] for row in pairs}
    assert [one.leaders for one in told] == [leaders] * 2
