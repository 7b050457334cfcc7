"""The rules that judge the article’s claims, on small tables and on the real ones."""

import pandas as pd
import pytest

from analysis.config import PROCESSED, RAW
from analysis.data import read, store, vocabulary
from analysis.measures.bearings import ClaimVerdict
from analysis.measures.claims import Judge, MissingRowError, judge_claim, load_judge
from analysis.measures.editions import WORLD_TRADE

NONE = float("nan")
WHOLE = {"period_start": "2016-01-01", "period_end": "2016-12-31", "period_printed": "2016"}


def figure(figure_id, value, **more):
    row = {
        "figure_id": figure_id,
        "country": "KGZ",
        "power": "CHN",
        "indicator": "trade_turnover",
        "value": value,
        "low": value,
        "high": value,
        "logical_low": value,
        "logical_high": value,
        "as_of": "",
        "source_id": "page",
        "role": "",
    }
    return row | WHOLE | more


def pair(record, low, high, **more):
    name = f"KGZ-trade_turnover-{record}-2016"
    row = {"pair_id": name, "country": "KGZ", "concept": "trade_turnover", "record": record}
    row |= {"year": 2016, "in_use": "yes", "whole_year": "yes", "low": low, "high": high}
    return row | {"leader": "CHN", "china_ids": "a/b", "russia_ids": "c/d"} | more


def rank(record, place, **more):
    row = {"country": "KGZ", "measure": "turnover", "year": 2016, "record": record}
    best, worst = place if isinstance(place, tuple) else (place, place)
    places = {"china_rank": best, "china_rank_best": best, "china_rank_worst": worst}
    return row | {"dataset": WORLD_TRADE, "china": NONE} | places | more


def statistic(name, year, value, country="KGZ", vintage="2018-08", power=""):
    return {
        "country": country,
        "indicator": name,
        "year": year,
        "value": value,
        "vintage": vintage,
        "power": power,
        "counterpart": power,
    }


def judge(figures=(), ties=(), weights=(), indicators=(), sources=None):
    def table(rows, empty):
        return pd.DataFrame(rows) if rows else pd.DataFrame([empty]).head(0)

    return Judge(
        {row["figure_id"]: row for row in figures},
        table(ties, pair("own", 0.0, 0.0)),
        table(weights, rank("own", 1)),
        table(indicators, statistic("gdp", 2016, 1.0)),
        sources or {},
    )


def judged(rule, tables, subjects="claimed", evidence=""):
    claim = {"claim_id": "claim", "country": "KGZ", "rule": rule}
    return judge_claim(claim | {"subject_ids": subjects, "evidence_ids": evidence}, tables)


CLAIMED = figure("claimed", 8.0)


def test_a_person_s_verdict_is_taken_as_it_is():
    found = judged("judged one_sided", judge([CLAIMED]))
    assert (found.verdict, found.rule) == (ClaimVerdict.ONE_SIDED, "judged")


@pytest.mark.parametrize(
    ("ties", "verdict"),
    [
        ([pair("own", 0.5, 0.5), pair("partner", 0.6, 0.6)], "holds"),
        (
            [pair("own", 0.0, 0.0), pair("partner", 0.6, 0.6)],
            "depends_on_the_record",
        ),  # level on one
        ([pair("own", -0.2, -0.2), pair("partner", 0.6, 0.6)], "depends_on_the_record"),
        ([pair("own", -0.2, -0.2), pair("partner", -0.6, -0.6)], "not_supported"),
        ([pair("partner", 0.6, 0.6)], "as_its_source_says"),  # the article's own
        ([pair("reconciled", 0.6, 0.6)], "not_testable"),  # neither side's record
        ([pair("partner", 0.6, 0.6, in_use="no")], "not_testable"),
        ([], "not_testable"),
    ],
)
def test_a_lead_is_judged_record_by_record(ties, verdict):
    assert judged("lead CHN 1", judge([CLAIMED], ties)).verdict == verdict


def test_a_lead_on_the_page_that_the_article_cites_is_what_its_source_says():
    pages = [figure("china", 8.0), figure("russia", 1.0)]
    one = pair("own", 0.7, 0.8, china_ids="china", russia_ids="russia")
    name = one["pair_id"]
    cited = judge([CLAIMED, *pages], [one], sources={"page": {"cited_in": ["Note 1"]}})
    assert judged("lead CHN 3", cited, evidence=name).verdict == "as_its_source_says"


@pytest.mark.parametrize(
    ("rule", "places", "verdict"),
    [
        ("rank 1", (1, 1), "holds"),
        ("rank 1", (1, 2), "depends_on_the_record"),
        ("rank 3", (1, 2), "not_supported"),
        ("rank 1-3", (1, 2), "holds"),
        ("rank 1-3", (1, 4), "depends_on_the_record"),
        ("rank 1", (1,), "as_its_source_says"),
        ("rank 1", (), "not_testable"),
        ("rank 1", (1, (1, 2)), "depends_on_the_record"),  # a first place is a lead
        ("rank 1", ((1, 2), (1, 2)), "not_supported"),
        ("rank 2", ((1, 2), (2, 3)), "not_testable"),
        ("rank 2", (2, (1, 2)), "holds"),
        ("rank 2", (3, (1, 2)), "not_supported"),
        ("rank 1-3", ((1, 3), (2, 3)), "holds"),
        ("rank 1-3", ((3, 4), 1), "holds"),
    ],
)
def test_a_place_is_judged_record_by_record(rule, places, verdict):
    rows = [rank(record, place) for record, place in zip(("partner", "own"), places, strict=False)]
    assert judged(rule, judge([CLAIMED], weights=rows)).verdict == verdict


@pytest.mark.parametrize(
    "stray", [{"country": "UZB"}, {"measure": "exports"}, {"year": 2015}, {"dataset": "other"}]
)
def test_a_place_is_read_from_its_own_rows_alone(stray):
    rows = [rank("partner", 1), rank("own", 1), rank("own", 9, **stray)]
    assert judged("rank 1", judge([CLAIMED], weights=rows)).facts["places"] == {
        "partner": range(1, 2),
        "own": range(1, 2),
    }


def test_a_place_that_another_year_had_is_misdated():
    # 591 behind 936 and 838: the third place of 2017, which no record of 2016 has.
    others = [figure("china", 591.0), figure("russia", 936.0), figure("third", 838.0)]
    tables = judge([CLAIMED, *others], weights=[rank("partner", 1), rank("own", 2)])
    found = judged("rank 3 china russia third", tables)
    assert (found.verdict, found.facts["place_then"]) == (ClaimVerdict.MISDATED, 3)


@pytest.mark.parametrize(
    ("found", "cited", "verdict"),
    [
        ({}, True, "as_its_source_says"),
        ({}, False, "holds"),
        ({"role": "source_of"}, False, "as_its_source_says"),
        ({"period_printed": "2015", "period_end": "2015-12-31"}, True, "misdated"),
        ({"low": 5.0, "high": 5.0}, False, "not_supported"),
    ],
)
def test_a_figure_is_held_against_another(found, cited, verdict):
    sources = {"page": {"cited_in": ["Note 1"]}} if cited else {"page": {}}
    tables = judge([CLAIMED, figure("other", 8.0, **found)], sources=sources)
    assert judged("values other", tables).verdict == verdict


def test_two_records_that_differ_make_a_claim_depend_on_them():
    tables = judge([CLAIMED, figure("good", 8.0), figure("bad", 5.0)])
    assert judged("values good bad", tables).verdict == "depends_on_the_record"


def test_figures_joined_by_a_plus_are_added_up():
    tables = judge([CLAIMED, figure("one", 5.0), figure("two", 3.0)])
    assert judged("values one+two", tables).verdict == "holds"


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (0.77, 0.78, "holds"),
        (0.01, 0.02, "one_sided"),
        (-0.1, -0.05, "one_sided"),
        (-0.1, 0.2, "one_sided"),
    ],
)
def test_a_claim_about_one_power_falls_where_the_same_source_gives_the_other_as_much(
    low, high, verdict
):
    one = pair("own", low, high, china_ids="china", russia_ids="russia")
    tables = judge([CLAIMED, figure("china", 8.0), figure("russia", 7.9)], [one])
    assert judged(f"counterpart {one['pair_id']}", tables).verdict == verdict


def test_figures_of_two_sources_make_no_claim_one_sided():
    one = pair("own", 0.0, 0.0, china_ids="china", russia_ids="russia")
    figures = [CLAIMED, figure("china", 8.0), figure("russia", 8.0, source_id="another")]
    with pytest.raises(MissingRowError):
        judged(f"counterpart {one['pair_id']}", judge(figures, [one]))


@pytest.mark.parametrize(
    ("found", "verdict"), [(0.42, "holds"), (0.3, "not_supported"), (None, "not_testable")]
)
def test_a_share_of_debt_is_held_against_the_list_of_creditors(found, verdict):
    rows = [] if found is None else [rank("stated", 1, measure="debt", china=found)]
    tables = judge([figure("claimed", 0.45)], weights=rows)
    assert judged("share", tables).verdict == verdict


def test_a_share_is_held_against_a_part_and_its_whole():
    tables = judge([figure("claimed", 0.30), figure("part", 3.0), figure("whole", 10.0)])
    assert judged("part part whole", tables).verdict == "holds"
    assert judged("part whole part", tables).verdict == "not_supported"


PAGES = [figure(f"{name}-page", value) for name, value in (("china", 8.0), ("russia", 10.0))]
LEAD = pair("own", 0.7, 0.8, china_ids="china-page", russia_ids="russia-page")


@pytest.mark.parametrize(
    ("rule", "evidence", "against", "ids", "rows"),
    [
        ("judged holds", "china-page", ["china-page"], ["china-page"], {}),
        ("lead CHN 1", "", [], [LEAD["pair_id"]], {}),
        ("rank 1 china-page russia-page", "", [], ["china-page", "russia-page"], {"weights": [0]}),
        (
            "values china-page+russia-page",
            "",
            ["china-page", "russia-page"],
            ["china-page", "russia-page"],
            {},
        ),
        (f"counterpart {LEAD['pair_id']}", "", [], [LEAD["pair_id"]], {}),
        ("share", "china-page", ["china-page"], ["china-page"], {"weights": [1]}),
        (
            "part china-page russia-page",
            "",
            ["china-page", "russia-page"],
            ["china-page", "russia-page"],
            {},
        ),
    ],
)
def test_a_judgement_says_what_it_sets_a_claim_against_and_rests_on(
    rule, evidence, against, ids, rows
):
    weights = [rank("own", 1), rank("stated", 1, measure="debt", china=0.5)]
    found = judged(rule, judge([CLAIMED, *PAGES], [LEAD], weights), evidence=evidence)
    assert (found.rule, found.subjects) == (rule.split()[0], (CLAIMED,))
    assert [one["figure_id"] for one in found.against] == against
    assert (list(found.evidence_ids), found.rows) == (ids, rows)


def test_the_share_of_a_part_lies_between_the_least_and_the_most_that_both_allow():
    part = figure("part", 3.0, low=2.0, high=4.0)
    whole = figure("whole", 10.0, low=8.0, high=16.0)
    tables = judge([figure("claimed", 0.3), part, whole])
    assert judged("part part whole", tables).facts == {"share": (0.125, 0.5)}


SHARES = [
    statistic("remittances_received", 2015, 30.0),
    statistic("gdp", 2015, 100.0),
    statistic("remittances_received", 2016, 25.0),
    statistic("gdp", 2016, 100.0),
    statistic("remittances_received", 2016, 25.0, vintage="2026-07"),
    statistic("gdp", 2016, 125.0, vintage="2026-07"),
]


@pytest.mark.parametrize(
    ("value", "power", "verdict"),
    [
        (0.25, "", "holds"),
        (0.20, "", "holds"),  # the other edition's
        (0.25, "RUS", "meant_something_else"),  # it is of money from everywhere
        (0.30, "", "misdated"),
        (0.40, "", "not_supported"),
    ],
)
def test_a_ratio_is_held_against_every_edition_and_the_other_years(value, power, verdict):
    tables = judge([figure("claimed", value, power=power)], indicators=SHARES)
    assert judged("ratio", tables).verdict == verdict


@pytest.mark.parametrize(
    ("more", "fact"),
    [
        ({"period_start": "", "period_end": ""}, None),
        ({"period_start": "2013-01-01"}, None),
        ({"high": NONE}, None),
        ({"period_start": "2012-01-01", "period_end": "2012-12-31"}, 2012),
    ],
)
def test_a_ratio_without_year_number_or_figures_cannot_be_tested(more, fact):
    found = judged("ratio", judge([figure("claimed", 0.3) | more], indicators=SHARES))
    assert (found.verdict, found.facts["year"]) == (ClaimVerdict.NOT_TESTABLE, fact)


def test_a_ratio_that_no_year_has_is_set_beside_the_nearest():
    found = judged("ratio", judge([figure("claimed", 0.4)], indicators=SHARES))
    assert found.facts["nearest"] == (2015, 0.3)


RECEIPTS = [
    statistic("remittances_received", year, 4.0, country=country)
    for country in ("KGZ", "TJK")
    for year in (2015, 2016)
]
YEARS = {"power": "RUS", "period_start": "2015-01-01", "period_end": "2016-12-31"}


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (16.0, "meant_something_else"),  # two countries, two years, four each
        (20.0, "meant_something_else"),  # more than came from everywhere
        (15.0, "not_testable"),
    ],
)
def test_money_said_to_be_one_powers_is_held_against_that_from_everywhere(value, verdict):
    tables = judge([figure("claimed", value, **YEARS)], indicators=RECEIPTS)
    assert judged("receipts KGZ TJK", tables).verdict == verdict


def test_an_edition_without_all_years_is_no_sum():
    tables = judge([figure("claimed", 16.0, **YEARS)], indicators=RECEIPTS[1:])
    assert judged("receipts KGZ TJK", tables).facts["sums"] == {}


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (3.0, "holds"),  # drawn in the year itself
        (8.0, "misdated"),  # 2 + 3 + 3 by 2017
        (9.0, "not_supported"),
        (NONE, "not_testable"),  # of a sum not disclosed: what is drawn may be of older loans
    ],
)
def test_loans_are_held_against_what_was_drawn(value, verdict):
    drawn = [
        statistic("loans_disbursed", year, value, power="CHN")
        for year, value in ((2015, 2.0), (2016, 3.0), (2017, 3.0))
    ]
    tables = judge([figure("claimed", value)], indicators=drawn)
    assert judged("drawn", tables).verdict == verdict


def test_a_rule_that_there_is_not_is_named():
    with pytest.raises(ValueError, match="unknown rule 'guess' of the claim 'claim'"):
        judged("guess 1", judge([CLAIMED]))


def test_a_figure_that_there_is_not_is_named():
    with pytest.raises(MissingRowError) as error:
        judged("values nothing", judge([CLAIMED]))
    assert error.value.key == "nothing"


# --- the article's claims ---


@pytest.fixture(scope="module")
def claims():
    return store.load_table("claims", PROCESSED).set_index("claim_id")


@pytest.mark.parametrize(
    ("claim_id", "verdict"),
    [
        ("kaz-trade-lead", "depends_on_the_record"),  # level on one, Russia ahead on the other
        ("kgz-trade-lead", "depends_on_the_record"),  # several times on one alone
        ("tjk-trade-lead", "depends_on_the_record"),
        ("uzb-trade-lead", "depends_on_the_record"),  # its own has the two level
        ("tkm-trade-lead", "as_its_source_says"),
        ("tjk-trade-rank", "misdated"),  # the third place of 2017
        ("tjk-fdi-stock", "one_sided"),
        ("tjk-fdi-share-2016", "misdated"),
        ("kgz-remittances-russia", "meant_something_else"),
        ("region-remittances", "meant_something_else"),
        ("tjk-remittances-gdp", "misdated"),
        ("uzb-write-off", "depends_on_the_record"),
        ("uzb-trade-target", "as_its_source_says"),
        ("tkm-loans", "misdated"),
        ("region-aid", "as_its_source_says"),
    ],
)
def test_claims_fare_by_rule_as_the_records_say(claims, claim_id, verdict):
    assert tuple(claims.loc[claim_id, ["verdict", "judged_by"]]) == (verdict, "rule")


def test_only_one_source_for_both_powers_makes_a_claim_one_sided(claims):
    found = claims[claims["verdict"] == "one_sided"]
    assert found["judged_by"].to_dict() == {
        "kgz-investment-share": "person",
        "tjk-fdi-stock": "rule",
        "uzb-largest-investor": "person",
    }


def test_no_claim_that_rests_on_the_ministers_speech_alone_holds(claims):
    speech = read.load_claims(RAW).set_index("claim_id")["rule"]
    figures = store.load_table("figures", PROCESSED).set_index("figure_id")["source_id"]
    alone = [
        name
        for name, rule in speech.items()
        if rule.startswith("values ")
        and {figures[one] for one in rule.split()[1:] if "+" not in one} == {"lavrov-2017"}
    ]
    assert len(alone) == 3
    assert "holds" not in set(claims.loc[alone, "verdict"])


def test_every_figure_of_the_article_is_in_a_claim(claims):
    article = pd.read_csv(RAW / "article.csv", keep_default_na=False)["figure_id"]
    assert set(article) == set(" ".join(claims["subject_ids"]).split())


def test_the_two_largest_economies_are_those_that_the_duopoly_is_tested_on(claims):
    gdp = load_judge(PROCESSED).indicators
    gdp = gdp[(gdp["indicator"] == "gdp") & (gdp["year"] == 2016)]
    five = gdp[gdp["country"].isin(["KAZ", "KGZ", "TJK", "TKM", "UZB"])]
    largest = five.groupby("country")["value"].max().nlargest(2)
    assert set(largest.index) == {"KAZ", "UZB"}
    assert claims.loc["region-duopoly", "judged_by"] == "person"


def test_each_code_has_its_words():
    assert set(vocabulary.CLAIM_VERDICTS) == {str(code) for code in ClaimVerdict}
    assert set(vocabulary.CLAIM_WORDS) == set(vocabulary.CLAIM_VERDICTS)
