"""Each check on two or three figures, with the outcome worked out by hand."""

import pandas as pd
import pytest

from analysis import PROCESSED, schema
from analysis.claims import (
    Judge,
    check_figures,
    counterpart_verdict,
    fill_in,
    interval_product,
    interval_quotient,
    shares_of_output,
    value_verdict,
)
from analysis.clean import clean_figures


@pytest.fixture
def check(raw_figures):
    def run(*changes):
        (row,) = check_figures(clean_figures(raw_figures(*changes))).to_dict("records")
        return row

    return run


VALUE = {"figure_id": "value", "printed": "$1.8 billion"}
RIVAL = {"figure_id": "rival", "printed": "$688 million", "power": "RUS"}


def rank(place):
    return {
        "figure_id": "rank",
        "printed": str(place),
        "unit": "rank",
        "nature": "rank",
        "indicator": "trade_rank",
        "related_id": "value",
        "role": "rank_of",
    }


def test_a_third_place_above_the_only_rival_implies_two_unnamed_partners(check):
    row = check(VALUE, RIVAL, rank(3))
    assert row["outcome"] == "implies"
    # Three times at least 1.75, and Russia's at least 0.6875 besides: 5.9375 billion.
    assert "at least $5.94 billion" in row["explanation"]


def test_a_first_place_below_a_larger_rival_conflicts(check):
    assert check(VALUE, RIVAL | {"printed": "$2.8 billion"}, rank(1))["outcome"] == "conflicts"


def test_a_second_place_below_a_larger_rival_agrees(check):
    assert check(VALUE, RIVAL | {"printed": "$2.8 billion"}, rank(2))["outcome"] == "agrees"


def test_share_times_total_gives_the_amount(check):
    row = check(
        {"figure_id": "total", "printed": "approximately $4 billion", "power": ""},
        {"printed": "41%", "unit": "share", "related_id": "total", "role": "share_of"},
    )
    # 0.405 x 3.5 and 0.415 x 4.5 billion
    assert row["found"] == "$1.42 billion to $1.87 billion"


def test_amount_over_share_gives_the_total_and_the_rivals_part(check):
    row = check(
        {"figure_id": "amount", "printed": "$273 million"},
        {"figure_id": "rival", "printed": "$35 million", "power": "RUS"},
        {"printed": "58%", "unit": "share", "related_id": "amount", "role": "share_for"},
    )
    # 272.5 / 0.585 and 273.5 / 0.575; 34.5 / 475.7 and 35.5 / 465.8
    assert row["found"] == "$466 million to $476 million"
    assert "7.3% to 7.6%" in row["explanation"]


def test_growth_is_given_as_a_factor_and_a_yearly_rate(check):
    row = check(
        {
            "printed": "$984 million, up from $45 million",
            "period_printed": "2015; 2005",
            "nature": "stock",
        }
    )
    # 983.5 / 45.5 = 21.6 and 984.5 / 44.5 = 22.1; their tenth roots are 1.36
    assert row["found"] == "21.6 to 22.1 times; 36% a year"
    assert row["explanation"].startswith("The factor is large")


@pytest.mark.parametrize(
    ("printed", "period", "outcome"),
    [
        ("58 percent", "2016", "conflicts"),
        ("57 percent", "2015", "conflicts"),
        ("58 percent", "2015", "agrees"),
        ("58 percent", "", "agrees"),
    ],
)
def test_one_fact_in_two_places_must_agree_in_number_and_year(check, printed, period, outcome):
    share = {"unit": "share", "nature": "share"}
    row = check(
        share | {"figure_id": "first", "printed": "58%", "period_printed": "2015"},
        share
        | {"printed": printed, "period_printed": period, "related_id": "first", "role": "same_as"},
    )
    assert row["outcome"] == outcome


def test_a_promise_is_kept_apart_from_the_delivery(check):
    row = check(
        {"figure_id": "delivery", "printed": "$8 billion"},
        {"printed": "$20 billion", "related_id": "delivery", "role": "promise_beside"},
    )
    assert row["outcome"] == "overlaps"
    # 19.5 / 8.5 and 20.5 / 7.5
    assert "2.3 to 2.7 times" in row["found"]


def test_a_part_larger_than_its_whole_conflicts(check):
    row = check(
        {"figure_id": "whole", "printed": "$6 billion"},
        {"printed": "$6.8 billion", "related_id": "whole", "role": "part_of"},
    )
    assert row["outcome"] == "conflicts"


def test_words_without_a_number_are_not_reckoned_with(raw_figures):
    figures = clean_figures(
        raw_figures(
            {"figure_id": "first", "printed": "undisclosed sum"},
            {"related_id": "first", "role": "same_as"},
        )
    )
    assert check_figures(figures).empty


def test_a_hedged_debt_is_the_product_of_share_and_total():
    # Worked example: 41% of about 4 billion read as 3.8 to 4.2 gives 1.54 to 1.74 billion.
    assert interval_product((0.405, 0.415), (3.8, 4.2)) == pytest.approx((1.539, 1.743))


def test_a_hedged_total_is_the_quotient_of_amount_and_share():
    # Worked example: 1.9 to 2 billion at 30.4% implies 6.25 to 6.579 billion.
    assert interval_quotient((1.9, 2.0), (0.304, 0.304)) == pytest.approx((6.25, 6.579), abs=5e-4)


# --- the article's claims ---


@pytest.fixture(scope="module")
def judge():
    return Judge(PROCESSED)


@pytest.fixture(scope="module")
def judged():
    return schema.load_table("claims", PROCESSED).set_index("claim_id")


def figure(low, high, period="2016-12-31"):
    return {"logical_low": low, "logical_high": high, "period_end": period}


@pytest.mark.parametrize(
    ("printed", "found", "verdict"),
    [
        (figure(7.5, 8.5), figure(7.75, 7.85), "holds"),
        (figure(7.5, 8.5), figure(9.0, 9.5), "not supported"),
        (figure(7.5, 8.5), figure(7.75, 7.85, "2012-12-31"), "misdated"),
        (figure(7.5, 8.5), figure(7.75, 7.85, ""), "holds"),
        (figure(6.0, float("nan")), figure(9.0, 9.5), "holds"),
    ],
)
def test_a_figure_is_borne_out_where_the_widest_readings_meet(printed, found, verdict):
    assert value_verdict(printed, found) == verdict


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (0.77, 0.78, "holds"),
        (0.01, 0.02, "one-sided"),
        (-0.1, -0.05, "one-sided"),
        (-0.1, 0.2, "one-sided"),
        (0.0, 0.2, "one-sided"),
    ],
)
def test_a_claim_about_one_power_falls_where_the_other_has_as_much(low, high, verdict):
    comparison = {"difference_low": low, "difference_high": high}
    assert counterpart_verdict(comparison) == verdict


@pytest.mark.parametrize(
    ("claim_id", "verdict"),
    [
        ("kaz-trade-lead", "depends on whose books"),
        ("uzb-trade-lead", "depends on whose books"),
        ("tjk-trade-lead", "depends on whose books"),
        ("kgz-trade-lead", "depends on whose books"),
        ("tkm-trade-lead", "holds"),
        ("tjk-trade-rank", "not supported"),
        ("uzb-largest-investor", "one-sided"),
        ("tjk-fdi-stock", "one-sided"),
        ("kgz-investment-share", "one-sided"),
        ("tjk-fdi-share-2016", "misdated"),
        ("tjk-remittances-gdp", "misdated"),
        ("kgz-remittances-gdp", "holds"),
        ("tjk-debt-share", "holds"),
        ("kgz-debt-share", "holds"),
        ("region-dwarfed", "not testable"),
    ],
)
def test_claims_fare_as_the_records_say(judged, claim_id, verdict):
    assert judged.loc[claim_id, "verdict"] == verdict


def test_there_are_about_forty_claims_and_each_has_its_evidence(judged):
    assert len(judged) >= 40
    assert (judged["evidence_ids"] != "").all()


def test_every_id_that_a_claim_rests_on_is_a_row(judged, judge):
    known = set(judge.figures) | set(judge.comparisons)
    named = {name for ids in judged["evidence_ids"] for name in ids.split()}
    assert named - known == set()


def test_the_most_telling_claims_come_first(judged):
    assert list(judged["weight"]) == sorted(judged["weight"], reverse=True)


def test_a_reason_takes_its_numbers_from_the_tables(judge):
    words = fill_in("{f:tjk-fdi-chn-2015} and {c:article-tjk-fdi-chn-2015}", {}, judge)
    assert words == "$273 million and China’s figure is several times larger"


def test_a_reason_that_names_no_row_is_refused(judge):
    with pytest.raises(KeyError):
        fill_in("{f:nothing}", {}, judge)


def test_tajikistans_third_place_fits_no_record(judge):
    rows = judge.weights
    places = rows[
        (rows["country"] == "TJK") & (rows["measure"] == "turnover") & (rows["year"] == 2016)
    ]
    assert len(places) >= 3
    assert 3 not in set(places["china_rank"]) | set(places["china_rank_eu"])


def test_kyrgyzstans_whole_recorded_trade_is_less_than_the_articles_sum_with_china():
    checks = schema.load_table("checks", PROCESSED).set_index("check_id")
    row = checks.loc["rank-and-value-against-the-whole-kgz-trade-rank-chn-2016"]
    assert row["outcome"] == "conflicts"


def test_a_printed_growth_that_its_sums_deny_conflicts(check_all):
    rows = check_all(
        {"figure_id": "late", "printed": "$433 million"},
        {
            "printed": "$291 million",
            "related_id": "late",
            "role": "earlier",
            "period_printed": "2015",
        },
        {"printed": "67%", "unit": "ratio", "related_id": "late", "role": "growth_of"},
    )
    row = rows[rows["kind"] == "printed growth"].iloc[0]
    # 433 / 291 = 1.488
    assert row["outcome"] == "conflicts"
    assert "48% to 49%" in row["found"]


def test_parts_that_miss_their_printed_total_conflict(check_all):
    # A digit swap seen in two outlets: 4.163 + 0.022 = 4.185, printed as 4.815.
    rows = check_all(
        {"figure_id": "total", "printed": "$4.815 billion"},
        {
            "figure_id": "sold",
            "printed": "$4.163 billion",
            "related_id": "total",
            "role": "summand_of",
        },
        {
            "figure_id": "bought",
            "printed": "$0.022 billion",
            "related_id": "total",
            "role": "summand_of",
        },
    )
    (row,) = rows.to_dict("records")
    assert row["outcome"] == "conflicts"
    assert row["found"] == "$4.18 billion to $4.19 billion"


def test_shares_on_two_bases_imply_two_totals(check_all):
    # A bank's review: 17.5 as 12.5% implies 140, 23.5 as 26% implies 90.4.
    rows = check_all(
        {"figure_id": "first", "printed": "$17.5 billion"},
        {"printed": "12.5%", "unit": "share", "related_id": "first", "role": "share_for"},
        {"figure_id": "second", "printed": "$23.5 billion"},
        {"printed": "26%", "unit": "share", "related_id": "second", "role": "share_for"},
    )
    assert list(rows["found"]) == ["$139 billion to $141 billion", "$88.5 billion to $92.4 billion"]


PLAN = {"figure_id": "plan", "printed": "$20 billion", "period_printed": "May 2017"}


@pytest.mark.parametrize(
    ("printed", "outcome"),
    [
        ("about $20 billion", "agrees"),
        ("about $23 billion", "conflicts"),
        ("more than $10 billion", "conflicts"),
    ],
)
def test_what_was_said_after_a_plan_is_held_against_it(check, printed, outcome):
    row = check(
        PLAN,
        {"printed": printed, "period_printed": "May 2017", "related_id": "plan"}
        | {"role": "outcome_of", "reporter": "UZB"},
    )
    assert (row["kind"], row["outcome"]) == ("announced and done", outcome)
    assert row["found"] == f"{printed} (Uzbekistan)"


@pytest.mark.parametrize(
    ("page", "article", "outcome", "explanation"),
    [
        (("$20 billion", ""), ("$20 billion", ""), "agrees", "The article has what the page has"),
        (("about $20 billion", ""), ("$20 billion", ""), "agrees", "leaves out the page’s “about”"),
        (("$20 billion", ""), ("$20 billion", "since 1991"), "conflicts", "the article adds it"),
        (("58%", "2015"), ("58%", "2016"), "conflicts", "the date is not"),
        (("$8 billion", "2015"), ("$10 billion", "2015"), "conflicts", "is not the page’s"),
        (("$1,016 million", ""), ("over $1 billion", ""), "agrees", "The article has"),
        (("1%", "as of 1 October 2016"), ("1%", "By October 2016"), "agrees", "The article has"),
    ],
)
def test_the_article_is_held_against_the_page_it_cites(check, page, article, outcome, explanation):
    unit = "share" if "%" in page[0] else "USD"
    row = check(
        {"figure_id": "article", "printed": article[0], "period_printed": article[1]}
        | {"unit": unit},
        {"printed": page[0], "period_printed": page[1], "unit": unit, "related_id": "article"}
        | {"role": "source_of"},
    )
    assert row["outcome"] == outcome
    assert explanation in row["explanation"]


def test_one_sum_under_two_countries_conflicts(check):
    row = check(
        {"figure_id": "first", "printed": "$865 million", "country": "UZB"},
        {"printed": "$865 million", "country": "TJK", "related_id": "first", "role": "same_as"},
    )
    assert row["outcome"] == "conflicts"
    assert row["found"] == "$865 million for Uzbekistan and $865 million for Tajikistan"


def test_a_ceiling_does_not_say_the_same_as_a_level_just_below_it(check):
    row = check(
        {"figure_id": "first", "printed": "almost 4 percent", "unit": "share"},
        {"printed": "up to 4%", "unit": "share", "related_id": "first", "role": "same_as"},
    )
    assert row["outcome"] == "conflicts"


@pytest.mark.parametrize(
    ("received", "outcome"),
    [(0.304 * 6.5e9, "agrees"), (0.293 * 6.5e9, "conflicts")],
)
def test_a_printed_share_of_output_must_fit_the_money_and_the_gdp(raw_figures, received, outcome):
    figures = clean_figures(
        raw_figures(
            {"printed": "30.4 percent", "unit": "ratio", "nature": "ratio", "power": "RUS"}
            | {"country": "KGZ", "indicator": "remittances_to_gdp", "period_printed": "2016"}
            | {"source_id": "dubnov-2018"}
        )
    )
    indicators = pd.DataFrame(
        [
            {"country": "KGZ", "year": 2016, "vintage": "2018-08", "counterpart": counterpart}
            | {"indicator": name, "value": value}
            for name, counterpart, value in (
                ("gdp", "", 6.5e9),
                ("remittances_received", "all", received),
            )
        ]
    )
    (row,) = shares_of_output(figures, indicators).to_dict("records")
    assert row["outcome"] == outcome
    # 0.3035 x 6.5 and 0.3045 x 6.5 billion
    assert row["expected"].endswith("$1.97 billion to $1.98 billion")


@pytest.mark.parametrize(
    ("kind", "subject", "outcome"),
    [
        ("parts against their total", "uzb-pap-angren-chn", "agrees"),
        ("printed growth", "kgz-transfers-growth-page", "conflicts"),
        ("share of a total", "uzb-fdi-stock-edb-share-rus-2025", "implies"),
        ("implied total", "tjk-fdi-stock-share-chn-2016", "conflicts"),
        ("rank and value against the whole", "tjk-trade-rank-chn-2016", "conflicts"),
        ("article and its source", "tjk-fdi-share-chn-2015-page", "conflicts"),
        ("share of output", "kgz-remittances-gdp-2016-2018-08", "agrees"),
        ("share of output", "kgz-remittances-gdp-2016-2026-07", "conflicts"),
        ("share of output", "tjk-remittances-gdp-2015-2018-08", "conflicts"),
        ("one fact, two places", "tjk-write-off-rus-embassy", "conflicts"),
        ("announced and done", "uzb-agreements-chn-2017-uzb", "conflicts"),
        ("article and its source", "region-investment-rus-page", "conflicts"),
    ],
)
def test_each_self_check_of_the_method_runs_on_the_data(kind, subject, outcome):
    checks = schema.load_table("checks", PROCESSED).set_index("check_id")
    row = checks.loc[f"{kind.replace(' ', '-').replace(',', '')}-{subject}"]
    assert (row["kind"], row["outcome"]) == (kind, outcome)


@pytest.fixture
def check_all(raw_figures):
    return lambda *changes: check_figures(clean_figures(raw_figures(*changes)))
