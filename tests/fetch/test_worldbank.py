"""Odd replies of the World Bank, sound but for one thing: what is refused, what is kept."""

import json
import math

import pytest

from fetch.edits import (
    ENDS,
    IDS,
    JSON_OF,
    SIDES,
    WDI,
    about,
    changing,
    observations,
    of,
    setting,
    too,
)
from fetch.loopback import BANK_NAMES, Reply

pytestmark = pytest.mark.thorough


def gdp(row):
    return of(row, country="KAZ", series="NY.GDP.MKTP.CD", time="YR2016")


def without_concept(name):
    def edit(row):
        kept = [thing for thing in row["variable"] if thing["concept"] != name]
        return row | {"variable": kept} if of(row, country="KAZ", time="YR2016") else row

    return observations(edit)


def source(**cells):
    return lambda body: body["source"].update(cells)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (
            setting(page=1, pages=3, total=2600),
            "182 rows on page 1 of 3, where 1000, by its own total of 2600, would be right",
        ),
        (
            setting(total=183),
            "182 rows on page 1 of 1, where 183, by its own total of 183, would be right",
        ),
        (setting(per_page=0), "pages of 0 rows, where at least one a page would be right"),
        (
            setting(total=None),
            "total None in the header, where a whole number would be right",
        ),
        (source(id="6"), "rows of its database 6, where those of 2 would be right"),
        (
            without_concept("Time"),
            "an observation without its year (KAZ, NY.GDP.MKTP.CD), where one with it would be "
            "right",
        ),
        (
            changing("Time", gdp, id=None, value=None),
            "a row of KAZ without its year, where one from 2000 to 2025 would be right",
        ),
        (
            changing("Time", gdp, id="YR1999", value="1999"),
            "the year '1999' for KAZ, where one from 2000 to 2025 would be right",
        ),
        (
            without_concept("Country"),
            "an observation without its country (YR2016, NY.GDP.MKTP.CD), where one with it would "
            "be right",
        ),
        (
            changing("Country", gdp, id="ARE", value="United Arab Emirates"),
            f"country 'ARE', where {SIDES} would be right",
        ),
        (
            changing("Country", gdp, value="Uzbekistan"),
            "KAZ under the name of Uzbekistan, where Kazakhstan would be right",
        ),
        (
            observations(lambda row: row | {"value": "many"} if gdp(row) else row),
            "the value 'many' for KAZ, NY.GDP.MKTP.CD, 2016, where a number or nothing would be "
            "right",
        ),
        (
            observations(lambda row: {"variable": row["variable"]} if gdp(row) else row),
            f"what wbgapi cannot read (KeyError: 'value'), where {JSON_OF[WDI]} would be right",
        ),
    ],
)
def test_an_odd_reply_of_the_world_bank_is_told(edit, said, refusal, change_json):
    change_json(edit)
    assert refusal(WDI) == [f"{WDI} answered with {said}"]


@pytest.mark.parametrize("name", [WDI, IDS])
@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            '[{"message": [{"id": "120", "key": "Invalid value", "value": "The provided parameter '
            'value is not valid"}]}]',
            "an error instead of rows: “Invalid value: The provided parameter value is not valid”",
        ),
        (
            '[{"page": 1, "pages": 1, "per_page": 50, "total": 9}, null]',
            'a header without rows (application/json, 59 characters (“[{"page": 1, "pages": 1, '
            '"per_page": 50, "total": 9}, null]”)), where both of them would be right',
        ),
        (
            '{"page": 1, "pages": 0, "per_page": 50, "total": 0, "source": []}',
            'a header without rows (application/json, 65 characters (“{"page": 1, "pages": 0, '
            '"per_page": 50, "total": 0, "source"…”)), where both of them would be right',
        ),
    ],
    ids=["message", "null", "no pages"],
)
def test_an_error_of_the_world_bank_inside_a_200_is_told(name, body, said, refusal, services):
    services.instead = [Reply(body)]
    assert refusal(name) == [f"{name} answered with {said}"]


def test_an_error_in_the_lists_before_the_data_is_told(refusal, services):
    services.change_lists = lambda reply: Reply(
        '[{"message": [{"id": "105", "key": "Service currently unavailable", "value": "later"}]}]'
    )
    assert refusal(WDI) == [
        f"{WDI} answered with an error instead of rows: “Service currently unavailable: later”"
    ]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"total": 180}, "total 180 on page 2, where 182, as on the first page, would be right"),
        (
            {"lastupdated": "2026-10-08"},
            "lastupdated 2026-10-08 on page 2, where 2026-10-07, as on the first page, would be "
            "right",
        ),
    ],
)
def test_pages_that_differ_are_told(cells, said, refusal, services, change_json, monkeypatch):
    import wbgapi

    monkeypatch.setattr(wbgapi, "per_page", 100)
    change_json(lambda body: body.update(cells) if body["page"] == 2 else None)
    assert refusal(WDI) == [f"{WDI} answered with {said}"]


@pytest.mark.parametrize("nothing", [None, "..", math.nan, ""])
@pytest.mark.parametrize("year", ["YR2015", "YR2016"])
def test_an_indicator_without_a_value_is_a_missing_row(nothing, year, remarks, change_json):
    def edit(row):
        meant = of(row, country="KAZ", series="NY.GDP.MKTP.CD", time=year)
        return row | {"value": nothing} if meant else row

    change_json(observations(edit))
    assert remarks(WDI) == [
        "1 observation without a value, and so without a row.",
        "worldbank-wdi-2026-07 has 1 row that this one has no more.",
    ]


def test_a_country_under_another_name_is_known_by_its_code(remarks, change_json):
    change_json(changing("Country", lambda row: of(row, country="KGZ"), value="Kyrgyzstan"))
    assert remarks(WDI) == []


@pytest.mark.parametrize(
    ("meant", "faults"),
    [
        (
            {"series": "PA.NUS.FCRF"},
            [f"no row of PA.NUS.FCRF; {too(WDI)}"],
        ),
        ({"country": "TKM"}, [f"no row of TKM; {too(WDI)}"]),
        ({"time": "YR2019"}, [f"no row of 2019; {too(WDI)}"]),
        ({"time": "YR2025"}, [f"no row of 2025; {too(WDI)}"]),
        (
            {"country": "RUS", "series": "NY.GDP.MKTP.CD"},
            [f"no row of RUS NY.GDP.MKTP.CD; {too(WDI)}"],
        ),
        ({"country": "UZB", "time": "YR2011"}, [f"no row of UZB for 2011; {too(WDI)}"]),
        (
            {"series": "SP.POP.TOTL", "time": "YR2011"},
            [f"no row of SP.POP.TOTL for 2011; {too(WDI)}"],
        ),
    ],
    ids=lambda meant: " ".join(meant.values()) if isinstance(meant, dict) else "",
)
def test_what_the_indicators_have_no_more_is_refused(meant, faults, refusal, change_json):
    change_json(observations(lambda row: None if of(row, **meant) else row))
    assert refusal(WDI) == faults


def test_an_indicator_of_which_the_service_has_no_pages_is_refused(refusal, change_json):
    def edit(body):
        if of(body["source"]["data"][0], series="PA.NUS.FCRF"):
            body.update(pages=0, total=0)
            body["source"]["data"] = []

    change_json(edit)
    assert refusal(WDI) == [f"no row of PA.NUS.FCRF; {too(WDI)}"]


def test_two_countries_of_the_world_bank_exchanged_are_refused(refusal, change_json):
    turned = {"KGZ": "TJK", "TJK": "KGZ"}

    def edit(row):
        code = about(row)["Country"]["id"]
        new = turned.get(code, code)
        about(row)["Country"].update(id=new, value=BANK_NAMES[new])
        return row

    change_json(observations(edit))
    assert refusal(WDI) == [
        "the figures of KGZ under TJK, and those of TJK under KGZ; each under its own, as "
        "worldbank-wdi-2026-07 has them"
    ]


@pytest.mark.parametrize(
    ("series", "found"),
    [
        (None, "values of NY.GDP.MKTP.CD typically 0.001 times those of worldbank-wdi-2026-07"),
        ("SP.POP.TOTL", "values of SP.POP.TOTL typically 0.001 times those of "),
    ],
)
def test_indicators_in_another_unit_are_refused(series, found, refusal, services):
    meant = services.wdi["indicator"] == series if series else services.wdi["value"].notna()
    services.wdi.loc[meant, "value"] /= 1000
    told = refusal(WDI)
    assert any(fault.startswith(found) for fault in told)
    assert not series or not any("NY.GDP" in fault for fault in told)


def test_all_lists_of_names_are_json_that_the_client_reads(services, remarks):
    assert json.loads(services.answer("/v2/en/sources/6/concepts").body)["source"]
    assert remarks(IDS) == ENDS[IDS]
