"""Each check on two or three figures, with the outcome worked out by hand."""

import pandas as pd
import pytest

from analysis.config import PROCESSED
from analysis.data import schema, store
from analysis.data.clean import clean_figures
from analysis.measures import compare, consistency
from analysis.measures.consistency import interval_product, interval_quotient
from analysis.measures.editions import load_editions
from analysis.page import checks

EDITIONS = load_editions()


def check_figures(figures):
    return checks.in_words(consistency.check_figures(figures))


def rank_against_total(figures, weights):
    found = consistency.rank_against_total(figures, weights, EDITIONS.trade)
    source = {"publisher": "Statistical Office", "date": "2022-01"}
    return checks.in_words(found, {EDITIONS.trade: source})


def shares_of_output(figures, indicators):
    return checks.in_words(consistency.shares_of_output(figures, indicators))


def creditors_against_total(indicators):
    return checks.in_words(consistency.creditors_against_total(indicators))


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
    assert row["expected"] == "from $45 million to $984 million in 10 years"
    assert row["explanation"] == (
        "The factor is large since the first sum is small; it says nothing of Russia"
    )


def test_a_second_place_above_the_only_rival_takes_one_unnamed_partner(check):
    # Twice at least 1.75, and Russia's at least 0.6875 besides: 4.1875 billion.
    assert check(VALUE, RIVAL, rank(2))["explanation"].startswith(
        "It takes one other partner larger than this one, and a whole trade of at least $4.19"
    )


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


RECKONED = (
    "rank_of",
    "share_of",
    "share_for",
    "earlier",
    "same_as",
    "promise_beside",
    "part_of",
    "growth_of",
    "summand_of",
    "source_of",
    "outcome_of",
)


@pytest.mark.parametrize("words", ["undisclosed sum", "$8 billion, plus an undisclosed sum"])
@pytest.mark.parametrize("role", RECKONED)
def test_words_without_a_number_or_an_end_are_not_reckoned_with(check_all, role, words):
    first = {"figure_id": "first"}
    tied = {"figure_id": "tied", "related_id": "first", "role": role}
    others = RIVAL, EARLY | {"figure_id": "before", "related_id": "first"}
    for changes in (
        (first | {"printed": words}, tied, *others),
        (first, tied | {"printed": words}, *others),
    ):
        assert not check_all(*changes)["subject"].str.contains("tied").any()


def test_words_without_a_number_can_overlap_still(check):
    row = check(
        {"figure_id": "first", "printed": "$8 billion"},
        {"printed": "undisclosed sum", "related_id": "first", "role": "included_in"},
    )
    assert row["outcome"] == "overlaps"


@pytest.mark.parametrize(
    ("first", "second", "role"),
    [
        ("$8 million", "up to $5 million", "earlier"),
        ("up to $8 million", "$5 million", "promise_beside"),
        ("up to $8 million", "$5 million", "part_of"),
        ("$8 million", "$0", "earlier"),
    ],
)
def test_nothing_is_divided_by_what_may_be_nought(check_all, first, second, role):
    whole = {"figure_id": "first", "printed": first}
    assert check_all(whole, {"printed": second, "related_id": "first", "role": role}).empty


def test_no_growth_is_reckoned_from_what_may_be_nought(check_all):
    rows = check_all(
        LATE,
        EARLY | {"printed": "up to $291 million"},
        {"printed": "49%", "unit": "ratio", "related_id": "late", "role": "growth_of"},
    )
    assert rows.empty


@pytest.mark.parametrize("period", ["2015", "2015; 2015", "", "2005; 2015"])
def test_a_growth_that_no_years_lie_between_has_a_factor_and_no_rate(check, period):
    row = check(
        {"printed": "$98 million, up from $49 million", "period_printed": period, "nature": "stock"}
    )
    # 97.5 / 49.5 and 98.5 / 48.5
    assert said(row) == (
        "from $49 million to $98 million",
        "1.97 to 2.03 times",
        "implies",
        "The factor is not printed; it says nothing of Russia",
    )


def test_a_rival_without_a_number_is_no_rival(check_all):
    vague = RIVAL | {"printed": "undisclosed sum"}
    assert check_all(VALUE, vague, rank(2)).empty
    (row,) = check_all(VALUE | {"figure_id": "amount"}, vague, SHARE).to_dict("records")
    assert row["explanation"] == f"The total follows from {THIS}"


def test_a_rank_without_a_number_is_not_reckoned_with(raw_figures):
    figures = clean_figures(raw_figures(VALUE, RIVAL, rank(3)))
    figures = figures.assign(value=figures["value"].mask(figures["figure_id"] == "rank"))
    assert check_figures(figures).empty
    assert rank_against_total(figures, whole_trade(6e9)).empty


def test_a_part_without_a_number_leaves_the_total_unchecked(check_all):
    part = {"related_id": "total", "role": "summand_of"}
    rows = check_all(
        {"figure_id": "total", "printed": "$8 million"},
        part | {"printed": "$5 million"},
        part | {"printed": "undisclosed sum"},
    )
    assert rows.empty


def test_a_hedged_debt_is_the_product_of_share_and_total():
    # Worked example: 41% of about 4 billion read as 3.8 to 4.2 gives 1.54 to 1.74 billion.
    assert interval_product((0.405, 0.415), (3.8, 4.2)) == pytest.approx((1.539, 1.743))


def test_a_hedged_total_is_the_quotient_of_amount_and_share():
    # Worked example: 1.9 to 2 billion at 30.4% implies 6.25 to 6.579 billion.
    assert interval_quotient((1.9, 2.0), (0.304, 0.304)) == pytest.approx((6.25, 6.579), abs=5e-4)


def test_kyrgyzstans_whole_recorded_trade_is_less_than_the_articles_sum_with_china():
    checks = store.load_table("checks", PROCESSED).set_index("check_id")
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
        (("1%", "as of 1 October 2016"), ("1%", "By November 2016"), "conflicts", "the date is"),
        (
            ("between $1 billion and $2 billion", ""),
            ("between $2 billion and $3 billion", ""),
            "agrees",
            "The article has",
        ),
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


def test_a_sum_that_is_not_the_pages_is_said_to_be_another(check):
    row = check(
        {"figure_id": "article", "printed": "$10 billion"},
        {"printed": "$8 billion", "related_id": "article", "role": "source_of"},
    )
    assert row["explanation"] == "The article’s sum is not the page’s"


@pytest.mark.parametrize(
    ("reporter", "words"),
    [("UZB", "Uzbekistan"), ("RUS", "Russia"), ("ADB", "ADB"), ("", "not said by whom")],
)
def test_what_was_said_of_a_plan_names_who_said_it(check, reporter, words):
    said_later = {"printed": "$20 billion", "period_printed": "May 2017", "related_id": "plan"}
    row = check(PLAN, said_later | {"role": "outcome_of", "reporter": reporter})
    assert row["found"] == f"$20 billion ({words})"


def test_an_outcome_that_touches_the_plan_fits_it(check):
    row = check(
        PLAN | {"printed": "between $10 billion and $20 billion"},
        {"printed": "between $20 billion and $30 billion", "period_printed": "May 2017"}
        | {"related_id": "plan", "role": "outcome_of"},
    )
    assert (row["outcome"], row["explanation"]) == (
        "agrees",
        "What was said afterwards fits the plan",
    )


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


PRINTED_SHARE = {
    "printed": "30.4 percent",
    "unit": "ratio",
    "nature": "ratio",
    "power": "RUS",
    "country": "KGZ",
    "indicator": "remittances_to_gdp",
    "source_id": compare.ARTICLE,
}


def output_and_money(vintage, output, received):
    """GDP and money sent home of Kyrgyzstan in 2016, by one edition."""
    row = {"country": "KGZ", "year": 2016, "vintage": vintage}
    return pd.DataFrame(
        [
            row | {"indicator": "gdp", "counterpart": "", "value": output},
            row | {"indicator": "remittances_received", "counterpart": "all", "value": received},
        ]
    )


@pytest.mark.parametrize(
    ("received", "outcome"),
    [(0.304 * 6.5e9, "agrees"), (0.293 * 6.5e9, "conflicts"), (0.31 * 6.5e9, "conflicts")],
)
def test_a_printed_share_of_output_must_fit_the_money_and_the_gdp(raw_figures, received, outcome):
    figures = clean_figures(raw_figures(PRINTED_SHARE))
    indicators = output_and_money("2018-08", 6.5e9, received)
    (row,) = shares_of_output(figures, indicators).to_dict("records")
    assert row["outcome"] == outcome
    # 0.3035 x 6.5 and 0.3045 x 6.5 billion
    assert row["expected"].endswith("$1.97 billion to $1.98 billion")


@pytest.mark.parametrize("received", [1.0, 2.0])
def test_money_at_the_very_end_of_a_share_of_output_fits_it(raw_figures, received):
    share = PRINTED_SHARE | {"printed": "between 25% and 50%"}
    rows = shares_of_output(
        clean_figures(raw_figures(share)), output_and_money("2018-08", 4.0, received)
    )
    assert list(rows["outcome"]) == ["agrees"]


@pytest.mark.parametrize(
    "without",
    [
        output_and_money("2017-01", 6.5e9, 2e9).assign(year=2015),
        output_and_money("2017-01", 6.5e9, None),
        output_and_money("2017-01", None, 2e9),
    ],
)
def test_an_edition_without_the_year_leaves_the_later_ones_be(raw_figures, without):
    rows = shares_of_output(
        clean_figures(raw_figures(PRINTED_SHARE)),
        pd.concat([without, output_and_money("2018-08", 6.5e9, 2e9)], ignore_index=True),
    )
    assert list(rows["check_id"]) == ["share-of-output-figure-1-2018-08"]


@pytest.mark.parametrize(
    "change",
    [
        {"period_printed": ""},
        {"period_printed": "2013 to 2016"},
        {"printed": "many"},
        {"source_id": "another-page"},
    ],
)
def test_a_share_of_output_without_year_or_number_is_not_reckoned_with(raw_figures, change):
    figures = clean_figures(raw_figures(PRINTED_SHARE | change, PRINTED_SHARE))
    rows = shares_of_output(figures, output_and_money("2018-08", 6.5e9, 2e9))
    assert list(rows["subject"]) == ["figure-2"]


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
    checks = store.load_table("checks", PROCESSED).set_index("check_id")
    row = checks.loc[f"{kind.replace(' ', '-').replace(',', '')}-{subject}"]
    assert (row["kind"], row["outcome"]) == (kind, outcome)


@pytest.fixture
def check_all(raw_figures):
    return lambda *changes: check_figures(clean_figures(raw_figures(*changes)))


# --- what a check says, word for word: readers see it ---


def said(row):
    return row["expected"], row["found"], row["outcome"], row["explanation"]


THIS = "trade in goods, exports and imports together (Kazakhstan, China, 2016)"


def test_a_rank_below_the_first_says_who_is_missing(check):
    row = check(VALUE, RIVAL, rank(3))
    assert said(row) == (
        "2 partners larger than $1.8 billion",
        "rank 3 at $1.8 billion; the other power at $688 million",
        "implies",
        "It takes 2 other partners, each larger than this one, and a whole trade of at least "
        "$5.94 billion; the table names none of them, so rank and value may come from different "
        "records",
    )
    assert (row["check_id"], row["kind"], row["subject"]) == (
        "rank-against-value-rank",
        "rank against value",
        "rank value",
    )


@pytest.mark.parametrize(
    ("place", "rival", "expected", "outcome", "explanation"),
    [
        (
            1,
            "$2.8 billion",
            "no partner",
            "conflicts",
            "A first place cannot go with a larger rival",
        ),
        (
            1,
            "$688 million",
            "no partner",
            "agrees",
            "The rank fits the two values printed beside it",
        ),
        (
            1,
            "$1.8 billion",
            "no partner",
            "agrees",
            "The rank fits the two values printed beside it",
        ),
        (
            2,
            "$1.8 billion",
            "one partner",
            "agrees",
            "The rank fits the two values printed beside it",
        ),
    ],
)
def test_a_rank_is_held_against_the_other_powers_value(
    check, place, rival, expected, outcome, explanation
):
    row = check(VALUE, RIVAL | {"printed": rival}, rank(place))
    assert said(row) == (
        f"{expected} larger than $1.8 billion",
        f"rank {place} at $1.8 billion; the other power at {rival}",
        outcome,
        explanation,
    )


@pytest.mark.parametrize(
    ("place", "rival", "outcome"),
    [
        # $1.8 billion is 1.75 to 1.85.
        (1, "between $1.85 billion and $2 billion", "agrees"),
        (1, "between $1.86 billion and $2 billion", "conflicts"),
        (2, "between $1.5 billion and $1.75 billion", "agrees"),
        (2, "between $1.5 billion and $1.74 billion", "implies"),
    ],
)
def test_a_rival_whose_interval_touches_is_neither_larger_nor_smaller(check, place, rival, outcome):
    assert check(VALUE, RIVAL | {"printed": rival}, rank(place))["outcome"] == outcome


@pytest.mark.parametrize(
    "other",
    [
        {"country": "UZB"},
        {"indicator": "trade_exports"},
        {"period_printed": "2015"},
        {"power": "CHN"},
        {"power": ""},
        {"related_id": "value", "role": "same_as"},
    ],
)
def test_only_the_other_powers_figure_of_the_same_kind_and_year_is_a_rival(check_all, other):
    rows = check_all(VALUE, RIVAL | other, rank(2))
    assert "rank against value" not in set(rows["kind"])


def test_a_rank_whose_value_is_vague_is_not_reckoned_with(check_all):
    assert check_all(VALUE | {"printed": "undisclosed sum"}, RIVAL, rank(2)).empty


def test_a_share_of_a_total_says_what_follows(check):
    row = check(
        {"figure_id": "total", "printed": "approximately $4 billion", "power": ""},
        {"printed": "41%", "unit": "share", "related_id": "total", "role": "share_of"},
    )
    assert said(row) == (
        "an amount that is 41% of approximately $4 billion",
        "$1.42 billion to $1.87 billion",
        "implies",
        f"The amount follows from {THIS}; it is not printed itself",
    )


def test_a_share_of_all_powers_together_is_named_without_a_power(check):
    row = check(
        {"figure_id": "total", "printed": "approximately $4 billion", "power": ""},
        {"printed": "41%", "unit": "share", "power": "", "related_id": "total", "role": "share_of"},
    )
    everyone = THIS.replace(", China", "")
    assert row["explanation"] == f"The amount follows from {everyone}; it is not printed itself"


AMOUNT = {"figure_id": "amount", "printed": "$273 million"}
SHARE = {"printed": "58%", "unit": "share", "related_id": "amount", "role": "share_for"}


@pytest.mark.parametrize(
    ("other", "outcome", "explanation"),
    [
        (
            {"printed": "$35 million", "power": "RUS"},
            "implies",
            f"The total follows from {THIS}; the other power's $35 million is then 7.3% to 7.6% "
            "of it",
        ),
        ({"printed": "$470 million", "power": ""}, "agrees", "The same source prints $470 million"),
        (
            {"printed": "$480 million", "power": ""},
            "conflicts",
            "The same source prints $480 million, so its shares and its sums do not fit; the sums "
            "are kept",
        ),
        (
            {"printed": "$450 million", "power": ""},
            "conflicts",
            "The same source prints $450 million, so its shares and its sums do not fit; the sums "
            "are kept",
        ),
        ({"country": "UZB", "power": "RUS"}, "implies", f"The total follows from {THIS}"),
        ({"country": "UZB", "power": ""}, "implies", f"The total follows from {THIS}"),
        ({"period_printed": "2015", "power": "RUS"}, "implies", f"The total follows from {THIS}"),
        ({"period_printed": "2015", "power": ""}, "implies", f"The total follows from {THIS}"),
    ],
)
def test_an_implied_total_is_held_against_what_stands_beside_it(check, other, outcome, explanation):
    # 272.5 / 0.585 and 273.5 / 0.575
    assert said(check(AMOUNT, other, SHARE)) == (
        "a total of which $273 million is 58%",
        "$466 million to $476 million",
        outcome,
        explanation,
    )


@pytest.mark.parametrize(
    ("total", "outcome"),
    [
        # Two, as twenty percent, imply ten exactly.
        ("between 8 and 10", "agrees"),
        ("between 10 and 12", "agrees"),
        ("between 11 and 12", "conflicts"),
    ],
)
def test_a_printed_total_that_touches_the_implied_one_fits_it(check, total, outcome):
    people = {"unit": "persons", "nature": "stock", "indicator": "migrants"}
    row = check(
        people | {"figure_id": "amount", "printed": "two"},
        people | {"printed": total, "power": ""},
        SHARE | {"printed": "twenty percent"},
    )
    assert row["outcome"] == outcome


@pytest.mark.parametrize(
    ("printed", "period", "found", "explanation"),
    [
        (
            "58 percent",
            "2016",
            "58% for 2015 and 58 percent for 2016",
            "One number stands under two years, so at most one of them is right",
        ),
        (
            "57 percent",
            "2015",
            "58% for 2015 and 57 percent for 2015",
            "The two places do not say the same",
        ),
        ("58 percent", "", "58% for 2015 and 58 percent for no period", "Both places say the same"),
    ],
)
def test_a_fact_in_two_places_is_quoted_from_both(check, printed, period, found, explanation):
    share = {"unit": "share", "nature": "share"}
    row = check(
        share | {"figure_id": "first", "printed": "58%", "period_printed": "2015"},
        share
        | {"printed": printed, "period_printed": period, "related_id": "first", "role": "same_as"},
    )
    assert row["check_id"] == "one-fact-two-places-figure-2"
    assert (row["expected"], row["found"], row["explanation"]) == (
        "the same number for the same period",
        found,
        explanation,
    )


def test_a_fact_without_a_number_in_its_second_place_is_not_reckoned_with(check_all):
    assert check_all(
        {"figure_id": "first"},
        {"printed": "undisclosed sum", "related_id": "first", "role": "same_as"},
    ).empty


@pytest.mark.parametrize(
    ("role", "expected", "found", "explanation"),
    [
        (
            "promise_beside",
            f"{THIS} and {THIS.replace('2016', '2015')} kept apart",
            "$20 billion promised, $8 billion delivered: 2.3 to 2.7 times",
            "A promise may become part of a later delivery, so the two are never added or compared",
        ),
        (
            "included_in",
            f"{THIS} not added to {THIS.replace('2016', '2015')}",
            "$20 billion lies within the time and kind of $8 billion",
            "Adding them would count the same money twice",
        ),
    ],
)
def test_what_must_not_be_added_says_so(check, role, expected, found, explanation):
    row = check(
        {"figure_id": "other", "printed": "$8 billion", "period_printed": "2015"},
        {"printed": "$20 billion", "related_id": "other", "role": role},
    )
    assert said(row) == (expected, found, "overlaps", explanation)


@pytest.mark.parametrize(
    ("part", "found", "outcome"),
    [
        ("$3 billion", "38.5% to 63.6%", "agrees"),  # 2.5 / 6.5 and 3.5 / 5.5
        ("$5 billion", "69.2% to 100.0%", "agrees"),  # 4.5 / 6.5 and 5.5 / 5.5
        ("$6.8 billion", "103.8% to 124.5%", "conflicts"),  # 6.75 / 6.5 and 6.85 / 5.5
    ],
)
def test_a_part_is_given_as_a_share_of_its_whole(check, part, found, outcome):
    row = check(
        {"figure_id": "whole", "printed": "$6 billion"},
        {"printed": part, "related_id": "whole", "role": "part_of"},
    )
    assert said(row) == (
        "a part not larger than its whole",
        found,
        outcome,
        f"The share follows from {THIS}; it is not printed itself",
    )


LATE = {"figure_id": "late", "printed": "$433 million"}
EARLY = {
    "printed": "$291 million",
    "related_id": "late",
    "role": "earlier",
    "period_printed": "2015",
}


@pytest.mark.parametrize(
    ("printed", "outcome", "explanation"),
    [
        ("49%", "agrees", "The growth fits its own two sums"),
        (
            "67%",
            "conflicts",
            "The source's growth does not fit its own two sums; the sums are kept",
        ),
        (
            "30%",
            "conflicts",
            "The source's growth does not fit its own two sums; the sums are kept",
        ),
    ],
)
def test_a_printed_growth_is_held_against_its_two_sums(check_all, printed, outcome, explanation):
    growth = {"printed": printed, "unit": "ratio", "related_id": "late", "role": "growth_of"}
    rows = check_all(LATE, EARLY, growth).set_index("kind")
    # 432.5 / 291.5 = 1.484 and 433.5 / 290.5 = 1.492
    assert said(rows.loc["printed growth"]) == (
        f"$291 million growing by {printed}",
        "$433 million, which is growth of 48% to 49%",
        outcome,
        explanation,
    )
    assert rows.loc["growth", "expected"] == "from $291 million to $433 million in 1 year"
    assert rows.loc["growth", "found"] == "1.48 to 1.49 times; 48% to 49% a year"
    assert rows.loc["growth", "explanation"] == (
        "Neither the factor nor the rate is printed; they say nothing of Russia"
    )


@pytest.mark.parametrize(
    ("later", "printed", "outcome"),
    [
        # $200 million to $210 million after $100 million to $105 million: growth of 90.5 to 110%.
        ("between $200 million and $210 million", "between 110% and 120%", "agrees"),
        # $210 million at least: growth of 100% at least.
        ("between $210 million and $220 million", "between 80% and 100%", "agrees"),
        ("between $200 million and $210 million", "between 80% and 90%", "conflicts"),
    ],
)
def test_a_printed_growth_that_touches_its_sums_fits_them(check_all, later, printed, outcome):
    early = EARLY | {"printed": "between $100 million and $105 million"}
    growth = {"printed": printed, "unit": "ratio", "related_id": "late", "role": "growth_of"}
    rows = check_all(LATE | {"printed": later}, early, growth).set_index("kind")
    assert rows.loc["printed growth", "outcome"] == outcome


def test_a_growth_over_two_years_is_told_in_years(check_all):
    (row,) = check_all(LATE, EARLY | {"period_printed": "2014"}).to_dict("records")
    assert row["expected"] == "from $291 million to $433 million in 2 years"


def test_a_growth_to_five_times_is_not_yet_called_large(check):
    people = {"unit": "persons", "nature": "stock", "indicator": "migrants"}
    row = check(people | {"printed": "ten, up from two", "period_printed": "2015; 2005"})
    assert row["explanation"] == (
        "Neither the factor nor the rate is printed; they say nothing of Russia"
    )


def test_a_growth_whose_earlier_sum_is_not_printed_is_not_checked(check_all):
    growth = {"printed": "49%", "unit": "ratio", "related_id": "late", "role": "growth_of"}
    assert check_all(LATE, EARLY | {"related_id": "", "role": ""}, growth).empty


@pytest.mark.parametrize(
    ("total", "outcome", "explanation"),
    [
        ("$4.185 billion", "agrees", "The parts add up to the printed total"),
        (
            "$4.1 billion",
            "conflicts",
            "The parts do not add up to the printed total, so one of the digits is wrong",
        ),
    ],
)
def test_the_parts_are_held_against_their_total_once(check_all, total, outcome, explanation):
    part = {"related_id": "total", "role": "summand_of"}
    (row,) = check_all(
        {"figure_id": "total", "printed": total},
        part | {"figure_id": "sold", "printed": "$4.163 billion"},
        part | {"figure_id": "bought", "printed": "$0.022 billion"},
    ).to_dict("records")
    # 4.1625 + 0.0215 and 4.1635 + 0.0225
    assert said(row) == (
        f"parts that add up to {total}",
        "$4.18 billion to $4.19 billion",
        outcome,
        explanation,
    )
    assert row["subject"] == "sold total"


@pytest.mark.parametrize(
    ("total", "outcome"),
    [
        # The parts are 300 to 330.
        ("between $200 million and $300 million", "agrees"),
        ("between $330 million and $400 million", "agrees"),
        ("between $331 million and $400 million", "conflicts"),
    ],
)
def test_parts_that_touch_their_total_fit_it(check_all, total, outcome):
    part = {"related_id": "total", "role": "summand_of"}
    (row,) = check_all(
        {"figure_id": "total", "printed": total},
        part | {"printed": "between $100 million and $110 million"},
        part | {"printed": "between $200 million and $220 million"},
    ).to_dict("records")
    assert row["outcome"] == outcome


def test_each_total_has_its_own_parts(check_all):
    rows = check_all(
        {"figure_id": "total", "printed": "$2 million"},
        {"printed": "$2 million", "related_id": "total", "role": "summand_of"},
        {"figure_id": "other", "printed": "$4 million"},
        {"printed": "$4 million", "related_id": "other", "role": "summand_of"},
    )
    assert list(rows["outcome"]) == ["agrees", "agrees"]


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (12.9e9, "$12.9 billion"),
        (1e9, "$1 billion"),
        (999e6, "$999 million"),
        (1e6, "$1 million"),
        (999_999, "$1.00 million"),
        (999_499, "$999,000"),
        (-2e9, "−$2 billion"),
        (0, "$0"),
    ],
)
def test_money_is_told_in_the_unit_that_a_reader_would_choose(amount, words):
    assert checks.money(amount) == words


# --- the records' own totals ---


def debts(*rows):
    columns = ["country", "counterpart", "year", "value"]
    return pd.DataFrame(rows, columns=columns).assign(
        indicator="debt_owed", source_id=EDITIONS.debt
    )


def test_creditors_that_add_up_are_told_to():
    (row,) = creditors_against_total(
        debts(("KGZ", "all", 2016, 3e6), ("KGZ", "China", 2016, 2e6), ("KGZ", "Other", 2016, 1e6))
    ).to_dict("records")
    assert row == {
        "check_id": "creditors-against-total-kgz",
        "kind": "creditors against the total",
        "subject": "ids/KGZ/debt_owed",
        "expected": "creditors that add up to the source’s own total, year by year",
        "found": "the same sums in every year",
        "outcome": "agrees",
        "explanation": "So a creditor that is not named is owed nothing, but for bonds and loans "
        "of several lenders, which the source does not split",
        "sentence": "",
    }


def test_creditors_that_fall_short_are_told_year_by_year():
    rows = creditors_against_total(
        debts(
            ("KGZ", "all", 2015, 5e6),
            ("KGZ", "all", 2016, 3e6),
            ("KGZ", "China", 2016, 2e6),
            ("TJK", "all", 2016, 3.04e6),
            ("TJK", "China", 2016, 3e6),
        )
    ).set_index("check_id")
    short = rows.loc["creditors-against-total-kgz"]
    assert (short["found"], short["outcome"]) == (
        "short of it in 2015 by $5 million, 2016 by $1 million",
        "conflicts",
    )
    assert short["explanation"] == (
        "A creditor that is not named is then not owed nothing for certain"
    )
    # 40,000 is less than what rounding the parts can hide.
    assert rows.loc["creditors-against-total-tjk", "outcome"] == "agrees"


def whole_trade(total, **changes):
    row = {"measure": "turnover", "year": 2016, "record": "own", "dataset": EDITIONS.trade}
    return pd.DataFrame([row | {"country": "KAZ", "total": total} | changes])


CHINESE = {"figure_id": "kaz-trade-chn-2016", "printed": "$1.8 billion"}
RUSSIAN = {"figure_id": "kaz-trade-rus-2016", "printed": "$688 million", "power": "RUS"}


@pytest.mark.parametrize(
    ("place", "rival", "least"),
    [
        (3, "$688 million", "$5.94 billion"),  # 3 x 1.75 + 0.6875
        (3, "$2.8 billion", "$5.25 billion"),  # 3 x 1.75
        (1, "$688 million", "$1.75 billion"),
    ],
)
def test_a_rank_needs_a_whole_trade_of_so_much_at_least(raw_figures, place, rival, least):
    place = rank(place) | {"related_id": CHINESE["figure_id"]}
    figures = clean_figures(raw_figures(CHINESE, RUSSIAN | {"printed": rival}, place))
    (enough,) = rank_against_total(figures, whole_trade(6e9)).to_dict("records")
    assert said(enough) == (
        f"a whole trade of at least {least}",
        "$6 billion on Kazakhstan’s own records",
        "agrees",
        "Rank and value can stand together",
    )
    (short,) = rank_against_total(figures, whole_trade(1.7e9)).to_dict("records")
    assert (short["outcome"], short["explanation"]) == (
        "conflicts",
        "The whole is too small for them, so they come from different records",
    )


@pytest.fixture
def least_trade(raw_figures):
    """The whole trade that a third place of China's sum takes at least, beside such rivals."""

    def told(*rivals):
        place = rank(3) | {"related_id": CHINESE["figure_id"]}
        figures = clean_figures(raw_figures(CHINESE, *rivals, place))
        (row,) = rank_against_total(figures, whole_trade(6e9)).to_dict("records")
        return row["expected"].removeprefix("a whole trade of at least ")

    return told


@pytest.mark.parametrize(
    "rival",
    [
        {"country": "UZB"},
        {"indicator": "fdi_stock", "dimension": "investment"},
        {"period_printed": "2015"},
        {"power": "CHN"},
        {"power": ""},
        {"printed": "undisclosed sum"},
        {"source_id": "another-page"},
        {"status": "announced"},
        {"period_printed": "the fourth quarter of 2016"},
        {"printed": "600,000", "unit": "persons"},
        {"figure_id": "again", "related_id": CHINESE["figure_id"], "role": "same_as"},
    ],
)
def test_only_the_other_powers_trade_of_the_year_is_added_below_a_rank(least_trade, rival):
    assert least_trade(RUSSIAN | rival) == "$5.25 billion"


def test_the_other_power_is_added_below_a_rank_once(least_trade):
    again = RUSSIAN | {"figure_id": "again", "printed": "$700 million"}
    assert least_trade(RUSSIAN, again) == "$5.94 billion"


def test_a_rival_that_is_not_smaller_is_not_replaced_by_one_that_is(least_trade):
    larger = RUSSIAN | {"figure_id": "larger", "printed": "$2.8 billion"}
    assert least_trade(larger, RUSSIAN) == "$5.25 billion"


def test_figures_without_a_date_are_no_rivals(check_all):
    undated = {"period_printed": ""}
    assert check_all(VALUE | undated, RIVAL | undated, rank(2)).empty


def test_an_amount_that_may_be_nought_implies_a_total_and_no_part_of_the_rival(check):
    row = check(AMOUNT | {"printed": "up to $273 million"}, RIVAL, SHARE)
    # Up to 273 / 0.575
    assert (row["found"], row["explanation"]) == (
        "$0 to $475 million",
        f"The total follows from {THIS}",
    )


def test_a_growth_starts_from_the_earlier_sum_that_has_a_number(check_all):
    rows = check_all(
        LATE,
        EARLY | {"figure_id": "vague", "printed": "undisclosed sum"},
        EARLY,
        {"printed": "49%", "unit": "ratio", "related_id": "late", "role": "growth_of"},
    ).set_index("kind")
    assert rows.loc["printed growth", "outcome"] == "agrees"


def test_a_part_as_large_as_its_whole_does_not_conflict(check):
    people = {"unit": "persons", "nature": "stock", "indicator": "migrants"}
    row = check(
        people | {"figure_id": "whole", "printed": "ten"},
        people | {"printed": "ten", "related_id": "whole", "role": "part_of"},
    )
    assert (row["found"], row["outcome"]) == ("100.0%", "agrees")


def test_a_part_that_may_fit_its_whole_does_not_conflict(check):
    row = check(
        {"figure_id": "whole", "printed": "$8 million"},
        {"printed": "more than $7.8 million", "related_id": "whole", "role": "part_of"},
    )
    # 7.8 / 8.5 and 8.58 / 7.5
    assert (row["found"], row["outcome"]) == ("91.8% to 114.4%", "agrees")


def test_a_rank_of_a_vague_value_is_not_held_against_the_whole(raw_figures):
    place = rank(3) | {"related_id": CHINESE["figure_id"]}
    figures = clean_figures(raw_figures(CHINESE | {"printed": "undisclosed sum"}, RUSSIAN, place))
    assert rank_against_total(figures, whole_trade(6e9)).empty


def test_a_whole_of_just_the_least_is_enough_for_a_rank(raw_figures):
    figures = clean_figures(
        raw_figures(CHINESE, RUSSIAN, rank(2) | {"related_id": CHINESE["figure_id"]})
    )
    # 2 x 1.75 + 0.6875 billion
    (row,) = rank_against_total(figures, whole_trade(4.1875e9)).to_dict("records")
    assert (row["expected"], row["outcome"]) == (
        "a whole trade of at least $4.19 billion",
        "agrees",
    )


def test_a_rival_that_touches_the_value_is_not_added_below_it(raw_figures):
    touching = RUSSIAN | {"printed": "between $1.5 billion and $1.75 billion"}
    figures = clean_figures(
        raw_figures(CHINESE, touching, rank(2) | {"related_id": CHINESE["figure_id"]})
    )
    (row,) = rank_against_total(figures, whole_trade(9e9)).to_dict("records")
    assert row["expected"] == "a whole trade of at least $3.5 billion"


def test_without_anything_to_check_the_checks_have_their_columns_still(raw_figures):
    none = clean_figures(raw_figures(VALUE)).head(0)
    columns = list(schema.CHECKS.schema.columns)
    indicators = pd.DataFrame(
        columns=["country", "year", "vintage", "counterpart", "indicator", "value", "source_id"]
    ).astype({"source_id": str})
    assert list(rank_against_total(none, whole_trade(1e9)).columns) == columns
    assert list(creditors_against_total(indicators).columns) == columns
    assert list(shares_of_output(none, indicators).columns) == columns


def test_a_gap_of_half_a_million_in_the_creditors_counts():
    (row,) = creditors_against_total(
        debts(("TJK", "all", 2016, 3.4e6), ("TJK", "China", 2016, 3e6))
    ).to_dict("records")
    assert (row["found"], row["outcome"]) == ("short of it in 2016 by $400,000", "conflicts")


@pytest.mark.parametrize(
    "change",
    [
        {"country": "UZB"},
        {"year": 2015},
        {"record": "partner"},
        {"measure": "export"},
        {"dataset": "other"},
    ],
)
def test_a_rank_is_held_only_against_its_own_countrys_own_record(raw_figures, change):
    place = rank(3) | {"related_id": CHINESE["figure_id"]}
    figures = clean_figures(raw_figures(CHINESE, RUSSIAN, place))
    assert rank_against_total(figures, whole_trade(6e9, **change)).empty


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        ("$8 billion", "$8,000 million", "agrees"),
        ("$8 billion", "$8.0 billion", "agrees"),
        ("$1.1 billion", "$1,100 million", "agrees"),
        ("about $8 billion", "approximately $8,000 million", "agrees"),
        ("$8 billion", "$8.2 billion", "conflicts"),
        ("$8 billion", "up to $8 billion", "conflicts"),
        ("more than $8 billion", "over $8,000 million", "agrees"),
    ],
)
def test_one_number_in_two_scales_is_one_number(check, first, second, outcome):
    row = check(
        {"figure_id": "first", "printed": first},
        {"printed": second, "related_id": "first", "role": "same_as"},
    )
    assert row["outcome"] == outcome


SHARE_OF_FDI = {"unit": "share", "nature": "share", "indicator": "fdi_share"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            (
                SHARE_OF_FDI | {"figure_id": "first", "printed": "58%", "period_printed": "2015"},
                SHARE_OF_FDI
                | {"printed": "58 percent", "period_printed": "2016"}
                | {"related_id": "first", "role": "same_as"},
            ),
            "The article prints 58% once for 2015 and once for 2016",
        ),
        (
            (
                {"figure_id": "first", "printed": "$8 billion"},
                {"printed": "about $8 billion", "related_id": "first", "role": "same_as"},
            ),
            "",  # two levels that meet: nothing for a reader
        ),
        (
            (
                {"figure_id": "plan", "printed": "$5 billion", "period_printed": "2017"},
                {"printed": "$3.65 billion", "related_id": "plan", "role": "outcome_of"}
                | {"reporter": "RUS"},
            ),
            "Trade in goods, exports and imports together between Kazakhstan and China: the "
            "article has $5 billion for 2017, afterwards Russia’s side said $3.65 billion",
        ),
        (
            (
                {"figure_id": "whole", "printed": "$8 billion"},
                {"printed": "$20 billion", "related_id": "whole", "role": "promise_beside"},
            ),
            "",  # not to be added, which is no finding
        ),
    ],
)
def test_a_reader_is_told_what_does_not_fit_and_nothing_of_what_does(check, changes, sentence):
    assert check(*changes)["sentence"] == sentence


@pytest.mark.parametrize(
    ("power", "other", "whose"), [("CHN", "RUS", "Russia’s"), ("RUS", "CHN", "China’s")]
)
def test_the_rival_of_an_implied_total_is_the_power_whose_sum_it_is(check, power, other, whose):
    rival = {"figure_id": "rival", "printed": "$35 million", "power": other}
    row = check(AMOUNT | {"power": power}, rival, SHARE | {"power": power})
    assert f"{whose} $35 million is 7.3% to 7.6% of it" in row["sentence"]
