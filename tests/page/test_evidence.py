"""From names of rows to what their sources print."""

import pandas as pd
import pytest

from analysis import load
from analysis.data import schema
from analysis.page.evidence import evidence, row_ids, together
from analysis.page.language import speaking


@pytest.fixture(scope="module")
def kyrgyzstan():
    return load("KGZ")


@pytest.fixture(scope="module")
def regional():
    return load()


def lines(country, *ids):
    return evidence(country.tables, country.register, ids)


def test_a_pair_of_records_is_told_by_what_each_record_holds(kyrgyzstan):
    sold, bought = lines(kyrgyzstan, "KGZ-trade_turnover-own-2023").to_dict("records")
    assert sold["printed"] == (
        "sold to China: 80,446,343 US dollars; sold to Russia: 823,728,781 US dollars"
    )
    assert bought["printed"] == (
        "bought from China: 5,353,257,336 US dollars; bought from Russia: 2,182,927,174 US dollars"
    )
    assert (sold["note"], bought["note"][:8]) == ("", "Recorded")  # in a first release
    assert sold["record"] == "As the country itself counts"
    assert "National Statistical Committee of the Kyrgyz Republic" in sold["source"]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ", seen as reposted at www.example.org"),
        ("ru", ", по перепечатке на www.example.org"),
    ],
)
def test_a_source_that_was_seen_elsewhere_says_where(kyrgyzstan, language, told):
    figure = next(iter(kyrgyzstan.where("figures", grade="stated")["figure_id"]))
    (source,) = kyrgyzstan.where("figures", figure_id=figure)["source_id"]
    entry = kyrgyzstan.register[source] | {"url": "https://www.example.org/a?b"}
    for repost in (True, False):
        register = {**kyrgyzstan.register, source: entry | {"repost": repost}}
        with speaking(language):
            (line,) = evidence(kyrgyzstan.tables, register, [figure]).to_dict("records")
        assert line["source"].endswith(told) is repost


def test_a_count_that_nobody_is_named_for_is_not_told_as_the_countrys_own(kyrgyzstan):
    (line,) = lines(kyrgyzstan, "KGZ-exports-own-2025").to_dict("records")
    assert line["record"] == "The country’s side; whose count it is the publisher does not say"


def test_a_printed_figure_is_in_quotation_marks_where_its_source_prints_it_so(kyrgyzstan):
    (line,) = lines(kyrgyzstan, "kgz-trade-chn-2016").to_dict("records")
    assert line["printed"] == "“$5.7 billion”"
    assert line["locator"] == "Table 1, KGZ, column 2, note 2"


@pytest.fixture
def one_figure(kyrgyzstan):
    """The line of a printed figure of which some cells are others."""

    def line(**changed):
        figures = kyrgyzstan.tables["figures"]
        figure = figures[figures["figure_id"] == "kgz-trade-chn-2016"].assign(**changed)
        tables = {**kyrgyzstan.tables, "figures": figure}
        (found,) = evidence(tables, kyrgyzstan.register, ["kgz-trade-chn-2016"]).to_dict("records")
        return found

    return line


def test_a_figure_of_a_page_stands_at_no_place_within_it(one_figure):
    assert one_figure(locator="page")["locator"] == ""


def test_a_figure_is_headed_by_its_measure_its_power_its_country_and_its_time(one_figure):
    measure = "Trade in goods, exports and imports together"
    assert one_figure()["title"] == f"{measure}, China · Kyrgyzstan · 2016"
    assert one_figure(power="RUS")["title"] == f"{measure}, Russia · Kyrgyzstan · 2016"
    assert one_figure(power="", period_printed="")["title"] == f"{measure} · Kyrgyzstan"
    with speaking("ru"):
        assert ", Китай · Кыргызстан · 2016" in one_figure()["title"]


def test_the_month_that_a_stock_is_of_is_told_in_the_language_of_the_page(one_figure):
    day = {"period_printed": "as of November 2016", "as_of": "2016-11-30"}
    assert one_figure(**day)["title"].endswith(" · as of November 2016")
    with speaking("ru"):
        assert one_figure(**day)["title"].endswith(" · ноябрь 2016 года")


def test_a_power_that_a_whole_list_does_not_name_is_owed_nothing(kyrgyzstan):
    (line,) = lines(kyrgyzstan, "KGZ-debt_owed-stated-2024").to_dict("records")
    assert line["printed"] == (
        "China: 1,653,692,686 US dollars; Russia: nothing; its list of creditors does not name it"
    )


def test_a_share_is_told_in_percent_with_all_its_digits(kyrgyzstan):
    row = {"country": "KGZ", "indicator": "fdi_share", "power": "CHN", "counterpart": ""} | {
        "year": 2016,
        "value": 0.2345678,
        "unit": "share",
        "source_id": "worldbank-wdi-2026-07",
    }
    made = kyrgyzstan.tables["indicators"].iloc[:1].assign(**row)
    (row_id,) = row_ids("indicators", made)
    (line,) = evidence({"indicators": made}, kyrgyzstan.register, [row_id]).to_dict("records")
    assert line["printed"] == "23.4568%"


def test_several_rows_stand_on_one_card_each_with_its_year(kyrgyzstan):
    both = together(["KGZ-debt_owed-stated-2023", "KGZ-debt_owed-stated-2024"])
    (line,) = lines(kyrgyzstan, both).to_dict("records")
    assert line["row_id"] == both
    assert line["title"].endswith("· Kyrgyzstan · 2023 to 2024")
    assert line["printed"].startswith("2023, China: 1,708,195,522 US dollars")
    assert "; 2024, China: 1,653,692,686 US dollars" in line["printed"]


def test_a_run_of_years_on_one_card_is_told_year_by_year(kyrgyzstan):
    run = together(f"KGZ-debt_owed-stated-{year}" for year in range(2021, 2025))
    assert run == "KGZ-debt_owed-stated-2021..2024"
    (line,) = lines(kyrgyzstan, run).to_dict("records")
    assert [f"{year}, China: " in line["printed"] for year in range(2021, 2025)] == [True] * 4
    assert line["title"].endswith("· Kyrgyzstan · 2021 to 2024")


def test_rows_of_several_places_stand_on_one_card_each_with_its_place(regional):
    both = together(["KAZ-trade_turnover-partner-2016", "KGZ-trade_turnover-partner-2016"])
    (line,) = lines(regional, both).to_dict("records")
    assert line["title"] == "Trade in goods, exports and imports together · 2016"
    assert line["printed"].startswith("Kazakhstan, China: bought 4,792,848,000 US dollars, sold ")
    assert "; Kyrgyzstan, China: bought 71,120,000 US dollars, sold " in line["printed"]


def test_rows_that_differ_in_more_than_one_thing_are_told_by_each_of_them(kyrgyzstan):
    both = together(["KGZ-exports-partner-2016", "KGZ-imports-partner-2020"])
    told = lines(kyrgyzstan, both).to_dict("records")
    heading = "Goods sold to the power; goods bought from the power · Kyrgyzstan · 2016 to 2020"
    assert {line["title"] for line in told} == {heading}
    assert any("Goods sold to the power · 2016, China: bought" in line["printed"] for line in told)
    assert any(
        "Goods bought from the power · 2020, China: sold" in line["printed"] for line in told
    )


def test_a_card_of_several_creditors_is_headed_by_the_debt_and_tells_each_by_its_name(kyrgyzstan):
    owed = "indicators-KGZ-{}-debt_owed-2024-ids-2025-12"
    line = lines(kyrgyzstan, together([owed.format("China"), owed.format("Japan")])).iloc[0]
    assert line["title"] == "Public external debt owed · Kyrgyzstan · 2024"
    assert line["printed"].startswith("Public external debt owed, China, 1,653,692,686 US dollars")
    assert "; Public external debt owed, Japan, " in line["printed"]


def test_of_several_rows_none_is_told_where_one_is_unknown(kyrgyzstan):
    assert lines(kyrgyzstan, together(["KGZ-debt_owed-stated-2024", "nothing"])).empty


def test_a_row_without_a_name_of_its_own_is_named_by_its_key(kyrgyzstan):
    weights = kyrgyzstan.where("weights", measure="debt", year=2024)
    (name,) = row_ids("weights", weights)
    assert name == "weights-KGZ-debt-2024-stated-worldbank-ids-2025-12"
    (line,) = lines(kyrgyzstan, name).to_dict("records")
    assert line["printed"].startswith("China 39.2%, Russia 0.0% of 4,216,586,369 US dollars")


PEOPLE = "KGZ-born_here_living_there-stated-2024"
DEBT = "weights-KGZ-debt-2024-stated-worldbank-ids-2025-12"
SENT = "indicators-KGZ--remittances_received-2024-wdi-2026-07"
IN_WORDS = {
    PEOPLE: {
        "en": (
            "People born in the country who live in the other · Kyrgyzstan · 2024",
            "China: 591 people; Russia: 333,664 people",
            "As one source gives both",
            "Estimated by the publisher",
            "International Migrant Stock 2024, by origin and destination, United Nations, "
            "Department of Economic and Social Affairs, vintage 2024, by way of a copy in the "
            "repository tigi/figurefriday on GitHub, commit d3ff5a4",
        ),
        "ru": (
            "Уроженцы страны, живущие в другой · Кыргызстан · 2024",
            "Китай: 591 чел.; Россия: 333 664 чел.",
            "Обе цифры из одного источника",
            "Оценка издателя",
            "International Migrant Stock 2024, по странам происхождения и пребывания, Департамент "
            "ООН по экономическим и социальным вопросам, редакция: 2024, через копию в "
            "репозитории tigi/figurefriday на GitHub, версия d3ff5a4",
        ),
    },
    DEBT: {
        "en": (
            "Public debt abroad · Kyrgyzstan · 2024",
            "China 39.2%, Russia 0.0% of 4,216,586,369 US dollars",
            "As one source gives both",
            "",
            "International Debt Statistics, debt by creditor, World Bank, vintage December 2025",
        ),
        "ru": (
            "Внешний госдолг · Кыргызстан · 2024",
            "Китай 39,2 %, Россия 0,0 % от 4 216 586 369 долл. США",
            "Обе цифры из одного источника",
            "",
            "International Debt Statistics, долг по кредиторам, Всемирный банк, редакция: декабрь "
            "2025 года",
        ),
    },
    SENT: {
        "en": (
            "Money sent home, received from all countries · Kyrgyzstan · 2024",
            "3,197,217,915 US dollars",
            "",
            "",
            "World Development Indicators, World Bank, vintage July 2026",
        ),
        "ru": (
            "Денежные переводы из всех стран · Кыргызстан · 2024",
            "3 197 217 915 долл. США",
            "",
            "",
            "World Development Indicators, Всемирный банк, редакция: июль 2026 года",
        ),
    },
}


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("row_id", IN_WORDS)
def test_a_row_is_told_in_either_language(kyrgyzstan, row_id, language):
    with speaking(language):
        (line,) = lines(kyrgyzstan, row_id).to_dict("records")
    told = [line[name] for name in ("title", "printed", "record", "note", "source")]
    assert [words.replace("\u00a0", " ") for words in told] == list(IN_WORDS[row_id][language])


def test_what_a_country_sold_and_bought_is_told_in_russian_too(kyrgyzstan):
    with speaking("ru"):
        sold, bought = lines(kyrgyzstan, "KGZ-trade_turnover-own-2023")["printed"]
    assert sold.replace("\u00a0", " ").startswith("продано Китаю: 80 446 343 долл. США; продано ")
    assert bought.replace("\u00a0", " ").startswith("куплено у Китая: 5 353 257 336 долл. США; ")


def test_the_same_goods_are_told_from_the_seller_to_the_buyer(kyrgyzstan):
    told = lines(
        kyrgyzstan,
        "mirror-KGZ-CHN-exports-2020-imf-dots-2022",
        "mirror-KGZ-CHN-imports-2020-imf-dots-2022",
    )
    rows = told.to_dict("records")
    title = "The same goods on two records · Kyrgyzstan · 2020"
    assert [row["title"] for row in rows] == [title, title]
    sold, bought = (row["printed"] for row in rows)
    assert sold == "Kyrgyzstan sold 43,234,975 US dollars; China bought 34,767,330 US dollars"
    assert bought.startswith("China sold ") and "; Kyrgyzstan bought " in bought


def test_the_weight_of_a_powers_trade_is_told_in_russian(kyrgyzstan):
    with speaking("ru"):
        (line,) = lines(kyrgyzstan, "weights-KGZ-exports-2023-own-kgz-nsc-2024").to_dict("records")
    assert line["title"] == "Торговля товарами, экспорт · Кыргызстан · 2023"
    assert line["printed"].replace("\u00a0", " ") == (
        "Китай 2,4 %, Россия 24,3 %, Европейский союз 1,2 % от 3 384 856 093 долл. США"
    )


OFFICE = {
    "office": {"title": "Trade of 2016", "publisher": "The office", "date": "2017", "url": "x"}
}


def statistic(**changed):
    """The line of a statistic of an office, some cells of which are others."""
    row = {
        "country": "KGZ",
        "indicator": "fdi_flow",
        "power": "CHN",
        "counterpart": "",
        "year": 2016,
        "value": 1234567.0,
        "unit": "USD",
        "dataset": "d",
        "source_id": "office",
        "evidence": "reported",
    } | changed
    made = pd.DataFrame([dict.fromkeys(schema.INDICATORS_TABLE.schema.columns, "") | row])
    (line,) = evidence({"indicators": made}, OFFICE, row_ids("indicators", made)).to_dict("records")
    return line


@pytest.mark.parametrize(
    ("unit", "printed"),
    [
        ("USD", "1,234,567 US dollars"),
        ("EUR", "1,234,567 euros"),
        ("m3", "1,234,567 cubic metres"),
        ("persons", "1,234,567 people"),
        ("rank", "1,234,567"),
    ],
)
def test_a_number_has_all_its_digits_and_its_unit_in_words(unit, printed):
    assert statistic(unit=unit)["printed"] == printed


def test_a_line_says_where_its_source_can_be_read():
    line = statistic()
    assert (line["source"], line["address"]) == ("“Trade of 2016”, The office, 2017", "x")
    unknown = statistic(source_id="nobody")
    assert (unknown["source"], unknown["address"]) == ("", "")


def test_a_statistic_of_no_power_is_of_its_counterpart_unless_that_is_all():
    titles = [statistic(power="", counterpart=name)["title"] for name in ("Japan", "all", "")]
    one, *others = [title.split(" · ")[0] for title in titles]
    assert one == f"{others[0]}, Japan"
    assert others[0] == others[1]


def test_a_statistic_that_was_not_reported_says_what_it_is():
    assert statistic()["note"] == ""
    assert statistic(evidence="modelled")["note"] == "Worked out from a model"


def test_the_worlds_trade_is_told_by_whichever_power_is_known(kyrgyzstan):
    row = dict.fromkeys(schema.TABLES["world"].schema.columns, "") | {
        "country": "KGZ",
        "flow": "imports",
        "record": "own",
        "year": 2016,
        "china_low": 1464000000.0,
        "china_high": 1464000000.0,
        "russia_low": float("nan"),
        "russia_high": float("nan"),
    }
    made = pd.DataFrame([row])
    (line,) = evidence({"world": made}, kyrgyzstan.register, row_ids("world", made)).to_dict(
        "records"
    )
    assert line["title"] == "Trade in goods, imports · Kyrgyzstan · 2016"
    assert line["printed"] == "China $1.464 billion"
    assert line["record"] == "As the country itself counts"
    assert "International Monetary Fund" in line["source"]


@pytest.mark.parametrize(
    ("russia", "printed"),
    [
        ((1322123456.0, 1322123456.0), "Russia $1.32212 billion"),
        ((1322123456.0, 1405654321.0), "Russia $1.32212 billion to $1.40565 billion"),
    ],
)
def test_the_worlds_trade_has_six_digits_of_each_half(kyrgyzstan, russia, printed):
    row = dict.fromkeys(schema.TABLES["world"].schema.columns, "")
    row |= {"country": "KGZ", "flow": "turnover", "record": "partner", "year": 2016}
    row |= {"china_low": 1464123456.0, "china_high": 1464123456.0}
    row |= {"russia_low": russia[0], "russia_high": russia[1]}
    made = pd.DataFrame([row])
    (line,) = evidence({"world": made}, kyrgyzstan.register, row_ids("world", made)).to_dict(
        "records"
    )
    assert line["title"] == "Trade in goods, turnover · Kyrgyzstan · 2016"
    assert line["printed"] == f"China $1.46412 billion; {printed}"
    assert line["record"] == "As the powers count"


def test_a_weight_without_its_whole_is_told_by_its_parts_alone(kyrgyzstan):
    weights = kyrgyzstan.where("weights", measure="debt", year=2024).assign(total=float("nan"))
    (row_id,) = row_ids("weights", weights)
    tables = {"weights": weights}
    (line,) = evidence(tables, kyrgyzstan.register, [row_id]).to_dict("records")
    assert line["printed"] == "China 39.2%, Russia 0.0%"


def test_a_printed_figure_stands_with_its_note_in_the_language_of_the_page(one_figure):
    assert one_figure(note="Of goods alone")["note"] == "Of goods alone"
    with speaking("ru"):
        note = "China's record; the Uzbek one for the year is higher"
        assert one_figure(note=note)["note"] == "Данные Китая; узбекские за этот год выше"


def test_of_a_powers_record_it_is_told_what_that_power_did(kyrgyzstan):
    sold, bought = (
        lines(kyrgyzstan, f"KGZ-{flow}-partner-2016")["printed"].iloc[0]
        for flow in ("exports", "imports")
    )
    assert sold == "China: bought 71,120,000 US dollars; Russia: bought 176,161,810 US dollars"
    assert bought.startswith("China: sold ") and "; Russia: sold " in bought


@pytest.mark.parametrize(
    ("period", "told"),
    [
        ("2024-01-01-2024-06-30", "the first half of 2024"),
        ("2023", "2023"),
    ],
)
def test_a_pair_of_part_of_a_year_is_told_by_its_part(kyrgyzstan, period, told):
    titles = lines(kyrgyzstan, f"KGZ-imports-own-{period}")["title"]
    assert set(titles) == {f"Goods bought from the power · Kyrgyzstan · {told}"}


def test_a_page_of_a_publisher_is_called_so_once_in_russian(kyrgyzstan):
    figures = kyrgyzstan.tables["figures"]
    figure = figures[figures["figure_id"] == "kgz-trade-chn-2016"].assign(source_id="page")
    page = {"title": "[Page of World Bank]", "publisher": "World Bank", "date": "2018"}
    with speaking("ru"):
        (line,) = evidence({"figures": figure}, {"page": page}, figure["figure_id"]).to_dict(
            "records"
        )
    assert line["source"] == "Страница издания Всемирный банк, 2018"


def test_a_number_stays_with_its_unit_in_russian(kyrgyzstan):
    with speaking("ru"):
        (line,) = lines(kyrgyzstan, "KGZ-debt_owed-stated-2024").to_dict("records")
    kept = "Китай: " + "\u00a0".join(["1", "653", "692", "686", "долл.", "США;"])
    assert line["printed"].startswith(kept)


def test_a_figure_of_no_power_is_headed_by_its_measure_alone(one_figure):
    assert one_figure(power="")["title"].split(" · ")[0].endswith("exports and imports together")


def test_a_statistic_on_a_power_is_headed_by_it(kyrgyzstan):
    rows = kyrgyzstan.tables["indicators"]
    rows = rows[(rows["indicator"] == "debt_owed") & (rows["power"] == "CHN")].tail(1)
    rows = rows.assign(counterpart="")
    (name,) = row_ids("indicators", rows)
    (line,) = evidence({"indicators": rows}, kyrgyzstan.register, [name]).to_dict("records")
    assert line["title"].split(" · ")[0].endswith(", China")
