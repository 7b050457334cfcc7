"""Odd replies of UN Comtrade, sound but for one thing: what is refused, what is kept and told."""

import math

import pandas as pd
import pytest

from fetch.edits import ENDS, JSON_OF, UN, setting, too

pytestmark = pytest.mark.thorough


def each(edit, where=lambda row: True):
    """Edit those rows of UN Comtrade that are meant."""

    def change(body):
        for row in filter(where, body["data"]):
            edit(row)

    return change


def without(meant):
    """Leave rows of UN Comtrade out, and do not count them."""

    def change(body):
        body["data"] = [row for row in body["data"] if not meant(row)]
        body["count"] = len(body["data"])

    return change


def one(row):
    """What Kazakhstan sold to China in 2015."""
    return (row["reporterCode"], row["partnerCode"], row["flowCode"], row["period"]) == (
        398,
        156,
        "X",
        "2015",
    )


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (
            setting(count=0, data=[], error="made up: the query took too long"),
            "an error instead of rows: “made up: the query took too long”",
        ),
        (setting(count=50), "47 rows, where its own count of 50 would be right"),
        (
            setting(count=None),
            "rows whose count is None, where how many there are would be right",
        ),
        (
            setting(data=None),
            'application/json, 68 characters (“{"elapsedTime": "0.32 secs", "count": 47, "data": '
            f'null, "err…”), where {JSON_OF[UN]} would be right',
        ),
        (
            each(lambda row: row.pop("primaryValue")),
            "rows without primaryValue, where all 47 columns would be right",
        ),
        (
            each(setting(partner2Code=156), one),
            "partner2Code '156' (KAZ, export, CHN, 2015), where 0 would be right",
        ),
        (
            each(setting(partnerCode=None), one),
            "a row without its partnerCode (year 2015), where 398 or 417 or 762 or 795 or 860 or "
            "156 or 643 or 0 would be right",
        ),
        (
            each(setting(partnerCode=999), one),
            "partnerCode '999' (year 2015), where 398 or 417 or 762 or 795 or 860 or 156 or 643 or "
            "0 would be right",
        ),
        (
            each(setting(flowCode=None), one),
            "a row without its flowCode (year 2015), where X or M would be right",
        ),
        (each(setting(period="2014"), one), "period '2014', where 2015 would be right"),
        (
            each(setting(reporterISO="UZB"), one),
            "reporterISO 'UZB' (KAZ, export, CHN, 2015), where KAZ would be right",
        ),
        (
            each(setting(primaryValue="n/a"), one),
            "the value 'n/a' for KAZ, export, CHN, 2015, where a number or nothing would be right",
        ),
    ],
)
def test_an_odd_reply_of_un_comtrade_is_told(edit, said, refusal, change_json):
    change_json(edit)
    assert refusal(UN) == [f"{UN} answered with {said}"]


@pytest.mark.parametrize("nothing", [None, math.nan, ".."])
def test_a_flow_without_a_value_is_a_missing_row(nothing, remarks, change_json):
    change_json(each(setting(primaryValue=nothing), one))
    assert remarks(UN) == [
        "1 observation without a value, and so without a row.",
        "comtrade-wits-2017 has 1 row that this one has no more.",
        *ENDS[UN],
    ]


@pytest.mark.parametrize("name", ["motCode", "partner2Code", "customsCode"])
def test_a_row_that_may_be_no_total_is_left_out(name, remarks, change_json):
    change_json(each(setting(**{name: None}), one))
    assert remarks(UN) == [
        f"1 row left out: without {name}, and so perhaps no total.",
        "comtrade-wits-2017 has 1 row that this one has no more.",
        *ENDS[UN],
    ]


def test_a_column_more_and_other_marks_change_nothing(remarks, change_json):
    more = setting(newColumn=1, legacyEstimationFlag=6, mosCode=None, classificationCode=None)
    change_json(each(more))
    assert remarks(UN) == ENDS[UN]


@pytest.mark.parametrize(
    ("meant", "faults"),
    [
        (lambda row: row["flowCode"] == "M", [f"no row of import; {too(UN)}"]),
        (
            lambda row: row["flowCode"] == "M" and row["reporterCode"] == 643,
            [f"no row of RUS import; {too(UN)}"],
        ),
        (lambda row: row["reporterCode"] == 417, [f"no row of KGZ; {too(UN)}"]),
        (lambda row: row["period"] == "2003", [f"no row of 2003; {too(UN)}"]),
        (
            lambda row: row["reporterCode"] == 417 and row["period"] in ("2003", "2004", "2012"),
            [f"no row of KGZ for 2003 to 2004, 2012; {too(UN)}"],
        ),
        (
            lambda row: row["reporterCode"] == 398 and row["partnerCode"] == 643,
            [f"no row of KAZ export RUS; {too(UN)}", f"no row of KAZ import RUS; {too(UN)}"],
        ),
        (
            lambda row: (
                row["reporterCode"] == 398 and row["partnerCode"] == 0 and row["flowCode"] == "X"
            ),
            [
                "no total (WLD) of KAZ export for 2000 to 2016; the total beside its parts; "
                "--accept-fewer keeps it as it is"
            ],
        ),
        (
            lambda row: (
                row["reporterCode"] in (156, 643)
                and row["partnerCode"] in (398, 417, 762)
                and row["period"] < "2010"
            ),
            [
                "358 of the 478 rows that comtrade-wits-2017 has; at least 90% of them; "
                "--accept-fewer keeps it as it is"
            ],
        ),
    ],
    ids=["flow", "flow of one", "country", "year", "years of one", "pair", "total", "a quarter"],
)
def test_what_un_comtrade_has_no_more_is_refused_unless_accepted(
    meant, faults, refusal, remarks, change_json
):
    change_json(without(meant))
    assert refusal(UN) == faults
    assert remarks(UN, accept_fewer=True)


def through_2023(services):
    years = [
        services.trade[services.trade["year"] == "2016"].assign(year=str(year))
        for year in range(2017, 2024)
    ]
    services.trade = pd.concat([services.trade, *years], ignore_index=True)


@pytest.mark.parametrize(
    ("meant", "found"),
    [
        (lambda row: row["period"] == "2020", "no row of 2020"),
        (
            lambda row: row["period"] in ("2020", "2022") and row["reporterCode"] == 643,
            "no row of RUS export for 2020, 2022 / no row of RUS import for 2020, 2022",
        ),
        (
            lambda row: (
                row["period"] == "2021" and row["flowCode"] == "M" and row["reporterCode"] == 398
            ),
            "no row of KAZ import for 2021",
        ),
    ],
)
def test_a_gap_after_the_edition_before_is_refused_too(
    meant, found, refusal, services, change_json
):
    through_2023(services)
    change_json(without(meant))
    valid = "every year up to its last, 2023; --accept-fewer keeps it as it is"
    assert refusal(UN) == [f"{part}; {valid}" for part in found.split(" / ")]


def test_a_country_that_stops_reporting_is_no_gap(services, remarks, change_json):
    # Russia has published no trade by partner since 2022.
    through_2023(services)
    change_json(without(lambda row: row["period"] > "2021" and row["reporterCode"] == 643))
    assert remarks(UN) == ["There is no row of 2024 to 2025."]


EXCHANGED = {398: 417, 417: 398}


def test_two_reporters_exchanged_are_refused(refusal, change_json):
    change_json(
        each(
            lambda row: row.update(
                reporterCode=EXCHANGED.get(row["reporterCode"], row["reporterCode"])
            )
        )
    )
    assert (
        "the figures of KAZ under KGZ, and those of KGZ under KAZ; each under its own, as "
        "comtrade-wits-2017 has them"
    ) in refusal(UN)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda body: body["data"].extend(body["data"]), "no other row has"),
        (
            each(lambda row: row.update(primaryValue=row["primaryValue"] / 1000)),
            "values of export typically 0.001 times those of comtrade-wits-2017",
        ),
        (each(lambda row: row.update(primaryValue=-row["primaryValue"])), "a number not below"),
        (without(one), None),
        (
            without(lambda row: one(row | {"period": "2015"}) and row["period"] == "2016"),
            "no KAZ CHN export 2016; a row that every edition has",
        ),
    ],
    ids=["twice", "thousands", "negative", "one cell", "anchor"],
)
def test_figures_that_cannot_be_are_refused(edit, said, refusal, remarks, change_json):
    def change(body):
        edit(body)
        body["count"] = len(body["data"])

    change_json(change)
    if said is None:
        told = remarks(UN)
        assert told[0] == "comtrade-wits-2017 has 1 row that this one has no more."
    else:
        assert any(said in fault for fault in refusal(UN))
