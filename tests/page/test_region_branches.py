"""What the page on all five says where the records come out otherwise than they do today."""

import pandas as pd
import pytest

from analysis.config import COUNTRIES, POWERS
from analysis.page.tell import tell

NAN = float("nan")
NAMES = {"names": COUNTRIES}


def words_of(section, this, **facts):
    return tell(section, this, **NAMES | facts).text


# The heading and the first sentence.


def stated(value, year=2024, *, low=None, high=None, qualifier="", power="RUS", reporter="KAZ"):
    row = {"value": value, "low": value if low is None else low, "year": year}
    row |= {"high": value if high is None else high, "qualifier": qualifier}
    return row | {"figure_id": f"{power}-{year}", "power": power, "reporter": reporter}


def of_china(value, year=2024, **more):
    return stated(value, year, power="CHN", reporter="CHN", **more)


MORE_THAN_FIFTY = stated(NAN, low=50e9, high=55e9, qualifier="more than")
SOME = {"places": ["Kazakhstan", "Uzbekistan"], "none": ["Turkmenistan"]}
SOME |= {
    "low": 30e9,
    "least": 31e9,
    "high": 33e9,
    "value": NAN,
    "floor": False,
    "pair_ids": ["kaz-2024", "uzb-2024"],
}
ALL = SOME | {"places": list(COUNTRIES.values()), "none": [], "high": 30e9}


def opening(**changed):
    china = of_china(90e9)
    this = {"china": china, "russia": MORE_THAN_FIFTY, "earlier": china, "beside": china}
    debt = {"china": 0.1, "russia": 0.01, "china_id": "owed-china", "russia_id": "owed-russia"}
    debt |= {"unnamed": 0.004}
    return this | {"debt": debt, "home": "RUS", "alone": True, "counted": {}, "alike": {}} | changed


DEBT = "Of the five’s public debt abroad China holds 10%, Russia 1%; "
ALONE = DEBT + "of the two, money sent home is counted from Russia alone."


@pytest.mark.parametrize(
    ("counted", "told"),
    [
        (SOME, "In 2024 China counts $81bn of trade with two of the five, Russia $30bn to $33bn "),
        (
            SOME | {"places": ["Kazakhstan"], "floor": True},
            "In 2024 China counts $81bn of trade with one of the five, Russia $31bn or more ",
        ),
        (ALL, "In 2024 China counts $81bn of trade with the five, Russia $30bn "),
    ],
)
def test_the_heading_sets_counts_of_the_same_countries_side_by_side(counted, told):
    alike = counted | {
        "value": 81e9,
        "low": 80e9,
        "high": 82e9,
        "floor": False,
        "pair_ids": ["kaz-2023", "kgz-2023"],
    }
    said = tell("region-opening", opening(counted=counted, alike=alike), **NAMES)
    assert said.text == f"{told}{ALONE}"
    assert {"kaz-2023..kgz-2023", "kaz-2024..uzb-2024"} <= said.rows.keys()


def test_where_china_has_not_counted_the_same_countries_the_heading_has_the_sums_of_all():
    assert words_of("region-opening", opening(counted=SOME)) == (
        "China counts $90bn of trade with the five in 2024; Russia’s came to more than $50bn "
        f"{ALONE}"
    )


def test_what_nobody_names_the_holder_of_stands_beside_the_parts_of_the_debt():
    debt = opening()["debt"] | {"unnamed": 0.38, "unnamed_id": "bonds"}
    said = tell("region-opening", opening(debt=debt), **NAMES)
    assert said.text.endswith(
        "Of the five’s public debt abroad China holds 10%, Russia 1%, and 38% is owed to "
        "bondholders and groups of lenders that the World Bank does not name; of the two, money "
        "sent home is counted from Russia alone."
    )
    assert "bonds" in said.rows


@pytest.mark.parametrize("none", [[], ["Turkmenistan"]])
def test_below_a_heading_that_adds_countries_up_the_growth_is_that_of_the_stated_sum(none):
    counted = ALL | {"none": none}
    this = opening(counted=counted, alike=counted, earlier=of_china(75e9, 2020))
    told = "With all five China counts $90bn, 20% up on 2020."
    assert told in words_of("region-opening", this)


def test_a_floor_of_chinas_is_told_as_one_too():
    this = opening(counted=SOME, alike=SOME | {"floor": True})
    assert words_of("region-opening", this).startswith(
        "In 2024 China counts $31bn or more of trade with two of the five, Russia $30bn to $33bn "
    )


def test_the_heading_names_both_years_where_china_states_none_for_russias():
    this = opening(beside=None, counted=SOME, china=of_china(90e9, 2025), earlier=of_china(75e9))
    assert words_of("region-opening", this) == (
        "China counts $90bn of trade with the five in 2025. Russia’s came to more than $50bn in "
        f"2024 China’s count is 20% up on 2024. {ALONE}"
    )


@pytest.mark.parametrize(
    ("newest", "then", "told"),
    [
        (of_china(90e9), of_china(75e9, 2020), "China’s count is 20% up on 2020."),
        (of_china(90e9), of_china(120e9, 2020), "China’s count is 25% down on 2020."),
        (of_china(90e9), of_china(45e9, 2020), "China’s count is 2 times its count of 2020."),
        (
            of_china(180e9, 2025), of_china(60e9, 2020),
            "For 2025 China counts $180bn with all five, 3 times its count of 2020.",
        ),
        (
            of_china(60e9, 2025), of_china(75e9, 2020),
            "For 2025 China counts $60bn with all five, 20% down on 2020.",
        ),
    ],
)  # fmt: skip
def test_a_growth_is_that_of_the_newest_count(newest, then, told):
    said = tell("region-opening", opening(china=newest, earlier=then), **NAMES)
    assert said.text == (
        "China counts $90bn of trade with the five in 2024; Russia’s came to more than $50bn "
        f"{told} {ALONE}"
    )
    assert "CHN-2020" in said.rows


@pytest.mark.parametrize(
    ("home", "alone", "told"),
    [
        ("CHN", True, "of the two, money sent home is counted from China alone."),
        ("RUS", False, "in all five more money sent home is recorded from Russia than from China."),
        ("CHN", False, "in all five more money sent home is recorded from China than from Russia."),
        ("", False, "neither is everywhere ahead in money sent home."),
        ("", True, "neither is everywhere ahead in money sent home."),
    ],
)
def test_who_sends_money_home_is_told_as_far_as_both_are_recorded(home, alone, told):
    said = tell("region-opening", opening(home=home, alone=alone), **NAMES)
    assert said.text == (
        "China counts $90bn of trade with the five in 2024; Russia’s came to more than $50bn "
        f"{DEBT}{told}"
    )
    assert said.leaders == {"money_home": home}


# What the sums are of.

CUSTOMS = "China’s sum is what its customs count. No such sum of Russia’s own is known here. "


@pytest.mark.parametrize(
    ("russia", "told"),
    [
        (MORE_THAN_FIFTY, "more than $50bn"),
        (stated(50e9), "$50bn"),
        (stated(50e9, qualifier="about"), "about $50bn"),
        (stated(NAN, low=50e9, high=60e9, qualifier="range"), "$50bn to $60bn"),
        (stated(NAN, low=0.0, high=60e9, qualifier="up to"), "up to $60bn"),
        (stated(NAN, low=0.0, high=60e9, qualifier="less than"), "less than $60bn"),
    ],
)
def test_a_sum_keeps_its_hedge(russia, told):
    this = {"russia": russia, "others": [], "counted": {}}
    assert words_of("region-sum", this, places=COUNTRIES | POWERS) == (
        f"{CUSTOMS}Kazakhstan’s side puts Russia’s trade with all five in 2024 at {told}."
    )
    assert words_of("region-opening", opening(russia=russia)) == (
        f"China counts $90bn of trade with the five in 2024; Russia’s came to {told} {ALONE}"
    )


COUNTS = "Russia’s counts of trade with {}, as officials have told them, come to {} in 2024"


@pytest.mark.parametrize(
    ("counted", "told"),
    [
        (
            ALL,
            COUNTS.format(
                "Kazakhstan, Kyrgyzstan, Tajikistan, Turkmenistan and Uzbekistan", "$30bn"
            )
            + ". Kazakhstan’s side puts Russia’s trade with all five in 2024 at more than $50bn.",
        ),
        (
            SOME | {"none": ["Tajikistan", "Turkmenistan"]},
            COUNTS.format("Kazakhstan and Uzbekistan", "$30bn to $33bn")
            + "; of Tajikistan and Turkmenistan none is known for that year. Kazakhstan’s side "
            "puts "
            "Russia’s trade with all five in 2024 at more than $50bn.",
        ),
        (
            # They come to no less than the sum of all five: they lack nothing of it.
            SOME | {"high": 50e9},
            COUNTS.format("Kazakhstan and Uzbekistan", "$30bn to $50bn")
            + "; of Turkmenistan none is known for that year. Kazakhstan’s side puts Russia’s "
            "trade with all five in 2024 at more "
            "than $50bn.",
        ),
    ],
)  # fmt: skip
def test_what_russia_counts_country_by_country_stands_beside_the_sum(counted, told):
    this = {"russia": MORE_THAN_FIFTY, "others": [], "counted": counted}
    assert words_of("region-sum", this, places=COUNTRIES | POWERS) == CUSTOMS + told


def test_every_sum_of_a_third_party_stands_beside_what_a_state_counts_with_its_hedge():
    theirs = of_china(66e9, qualifier="about") | {"reporter": "Fund", "figure_id": "theirs"}
    others = [(theirs, of_china(94e9)), (theirs | {"power": "RUS"}, MORE_THAN_FIFTY)]
    this = {"russia": MORE_THAN_FIFTY, "others": others, "counted": {}}
    said = tell("region-sum", this, places=COUNTRIES | POWERS, **NAMES)
    assert said.text == (
        f"{CUSTOMS}Kazakhstan’s side puts Russia’s trade with all five in 2024 at more than "
        f"$50bn. The "
        f"Fund counts about $66bn "
        "of China’s trade in 2024, where China counts $94bn. The Fund counts about $66bn of "
        "Russia’s trade in 2024, where Kazakhstan counts more than $50bn."
    )
    assert said.rows.keys() == {"theirs", "CHN-2024", "RUS-2024"}


# China's part of each tie.


@pytest.mark.parametrize(
    ("china", "russia", "told"),
    [
        (
            ["debt"], ["trade", "gas", "money home"],
            "China has more of debt; Russia of trade, gas and money home",
        ),
        (["trade", "debt"], [], "China has more of trade and debt everywhere"),
        ([], ["money home"], "Russia has more of money home everywhere"),
        ([], [], "Who has more differs from country to country"),
    ],
)  # fmt: skip
def test_the_title_says_which_ties_are_whose(china, russia, told):
    assert words_of("region-ties-title", {"CHN": china, "RUS": russia}) == told


EACH_LINE = (
    "Each line is China’s part of what the two powers have together: above the middle China has "
    "more, below it Russia. It says who is ahead, not how much there is; the sums stand below."
)


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        ([], ""),
        (["KAZ"], " {} from 20% in 2000 to 55% in 2024 in Kazakhstan."),
        (
            ["KAZ", "UZB"],
            " {} from 20% in 2000 to 55% in 2024 in Kazakhstan and from 20% in 2000 to between 51% "
            "and 55% in 2024 in Uzbekistan (goods and services).",
        ),
    ],
)
def test_how_chinas_part_has_moved_is_told_of_those_with_a_record(codes, told):
    moved = {"first_part": "20%", "first_year": 2000, "last_part": "55%", "last_year": 2024}
    rows = [
        moved
        | {"country": code, "first_id": f"{code}-1", "last_id": f"{code}-2"}
        | {"services": code == "UZB", "last_part": "51% to 55%" if code == "UZB" else "55%"}
        for code in codes
    ]
    start = "By the countries’ own records China’s part of the trade with the two has gone"
    assert words_of("region-ties", {"turned": rows}) == EACH_LINE + told.format(start)


@pytest.mark.parametrize(
    ("record", "grown", "every", "told"),
    [
        (
            "partner",
            ["A", "B", "C", "D", "E"],
            5,
            "Since 2016 China’s part measurably grew everywhere (partners’ records)",
        ),
        ("own", [], 4, "Since 2016 China’s part measurably grew nowhere (own records)"),
        (
            "own",
            ["A", "B", "C"],
            4,
            "Since 2016 China’s part measurably grew in three of four (own records)",
        ),
        (
            "own",
            ["Kazakhstan"],
            4,
            "Since 2016 China’s part measurably grew in Kazakhstan alone (own records)",
        ),
        (
            "own",
            ["A", "B"],
            4,
            "Since 2016 China’s part measurably grew in two of four (own records)",
        ),
        ("own", ["A", "B"], 2, "Since 2016 China’s part measurably grew in both (own records)"),
        ("own", [], 0, "By own records no country has both 2016 and a later year"),
        ("partner", [], 0, "By partners’ records no country has both 2016 and a later year"),
    ],
)
def test_the_title_counts_where_chinas_part_grew(record, grown, every, told):
    this = {"record": record, "then": 2016, "grown": grown, "all": every}
    assert words_of("region-slope-title", this) == told


# Changes of lead.


def single(country="KAZ", leader="CHN", since=2010, **broken):
    row = {"country": country, "leader": leader, "year": 2024, "since": since}
    return row | {"pair_id": f"{country}-own", "dip": float("nan")} | broken


TWO_YEARS = (
    "A power takes the lead in the first of two years running in which it leads, and keeps it "
    "until the other does; a single year is no change."
)
TOO_FEW = "; one year is too few to say that the lead has changed."


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], ""),
        (
            [single(leader="RUS")],
            " On Kazakhstan’s own record Russia was ahead in 2024, for the first time "
            f"since 2010{TOO_FEW}",
        ),
        (
            # The tables have what is missing in this way.
            [single(since=pd.NA)],
            f" On Kazakhstan’s own record China was ahead in 2024{TOO_FEW}",
        ),
        (
            [
                single(dip=7e9, dip_id="b", dip_before=9e9, dip_before_id="a", dip_after=12e9)
                | {"dip_after_id": "c"}
            ],
            " On Kazakhstan’s own record China was ahead in 2024, for the first time since 2010, "
            "when the record of trade with Russia dips to $7bn between $9bn and $12bn"
            f"{TOO_FEW}",
        ),
        (
            [single(), single("UZB", since=None)],
            " On Kazakhstan’s own record China was ahead in 2024, for the first time "
            f"since 2010{TOO_FEW} On Uzbekistan’s own record China was ahead in 2024"
            f"{TOO_FEW}",
        ),
    ],
)
def test_a_single_year_ahead_is_no_change_of_lead(rows, told):
    assert words_of("region-changes", {"single": rows}) == TWO_YEARS + told


# How heavy, and whose.


@pytest.mark.parametrize(
    ("tie", "record", "power", "told"),
    [
        ("trade", "own", "RUS", "By Kazakhstan’s count trade with Russia is 40% of its own output"),
        ("trade", "partner", "RUS", "By Russia’s count trade with Kazakhstan is 40% of its output"),
        ("debt", "stated", "CHN", "Public debt owed to China is worth 40% of Kazakhstan’s output"),
        (
            "investment_received", "own", "CHN",
            "Investment from China is worth 40% of Kazakhstan’s output",
        ),
        (
            "money_home", "partner", "RUS",
            "Money sent home from Russia is worth 40% of Kazakhstan’s output",
        ),
    ],
)  # fmt: skip
def test_the_title_names_the_heaviest_tie(tie, record, power, told):
    this = {"country": "KAZ", "power": power, "words": "40%", "record": record, "tie": tie}
    assert words_of("region-weight-title", this) == told


@pytest.mark.parametrize(
    ("least", "told"),
    [
        ("TJK", "With Russia the records mostly lie close, in Tajikistan least"),
        ("", "Russia counts up to 2 times what Kazakhstan counts (2010)"),
    ],
)
def test_the_title_on_two_records_says_whether_they_mostly_lie_close(least, told):
    peak = {"ratio": 2.0, "country": "KAZ", "year": 2010}
    assert (
        words_of("region-apart-title", {"power": "RUS", "peak": peak, "least_close": least}) == told
    )


def bank_sum(value, figure_id):
    bank = {"reporter": "Eurasian Development Bank", "qualifier": "", "figure_id": figure_id}
    return bank | {"value": value, "low": value, "high": value}


@pytest.mark.parametrize(
    ("others", "gross", "told"),
    [
        ([], [], ""),
        (
            [("KGZ", "share", "fdi_gross_share")], [],
            " Of investment received only direct investment stands here: Kyrgyzstan’s newest whole "
            "year is told in shares alone.",
        ),
        (
            [
                ("KGZ", "share", "fdi_gross_share"),
                ("UZB", "USD", "investment_flow_government"),
                ("TJK", "EUR", "fdi_flow"),
            ],
            ["KAZ"],
            " Of investment received only direct investment stands here, that of Kazakhstan before "
            "what was taken out: Kyrgyzstan’s newest whole year is told in shares alone, "
            "Uzbekistan’s newest figures are of all foreign investment, as its government counts "
            "it, and Tajikistan’s newest figures are no dollars of direct investment.",
        ),
        (
            [], ["KAZ", "KGZ"],
            " Of investment received only direct investment stands here, that of Kazakhstan and "
            "Kyrgyzstan before what was taken out.",
        ),
    ],
)  # fmt: skip
def test_how_heavy_a_tie_is_says_what_investment_is_left_out(others, gross, told):
    rows = [{"country": code, "unit": unit, "concept": concept} for code, unit, concept in others]
    this = {"others": rows, "gross": gross, "owners": []}
    start = words_of("region-weight", {"others": [], "gross": [], "owners": []})
    assert words_of("region-weight", this) == start + told


def test_beside_what_a_bank_has_of_china_stands_what_it_has_of_its_region():
    owner = {"china": bank_sum(28e9, "c"), "region": bank_sum(23e9, "r"), "when": "June 2024"}
    told = words_of("region-weight", {"others": [], "gross": [], "owners": [owner]})
    assert told.endswith(
        " Of direct investment held in the five, the Eurasian Development Bank has $28bn for "
        "China in June 2024, and $23bn for all countries of its own region, Russia and the five "
        "themselves among them."
    )


def test_the_note_says_what_own_records_take_in_and_leave_open():
    unlisted = [{"country": "UZB", "part": 0.18}, {"country": "TJK", "part": 0.07}]
    unlisted = [row | {"year": 2023} for row in unlisted]
    this = {"union": [], "with_services": [], "unlisted": unlisted}
    assert words_of("region-shares-note", this) == (
        "The European Union’s part is not known; it is among everyone else’s. 18% of Uzbekistan’s "
        "trade of 2023 is not given by country; it is among everyone else’s. 7% of Tajikistan’s "
        "trade of 2023 is not given by country; it is among everyone else’s."
    )


def share(country="KAZ", china=0.22, russia=0.19, union=0.3):
    row = {"country": country, "year": 2024, "china": china, "russia": russia}
    return row | {"european_union": union, "row_id": f"{country}-share"}


OWN_RECORDS = (
    " These are the countries’ own records, the only ones that have all partners year by year."
)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            [share(union=NAN)],
            "China had 22% and Russia 19% of Kazakhstan’s trade in 2024.",
        ),
        (
            [share(union=NAN), share("KGZ", union=0.07), share("UZB", union=0.1)],
            "China had 22% and Russia 19% of Kazakhstan’s trade in 2024; 22%, 19% and the European "
            "Union 7% of Kyrgyzstan’s trade in 2024; 22%, 19% and 10% of Uzbekistan’s trade in "
            "2024.",
        ),
        (
            [share(), share("KGZ", union=NAN)],
            "China had 22%, Russia 19% and the European Union 30% of Kazakhstan’s trade in 2024; "
            "22% and 19% of Kyrgyzstan’s trade in 2024.",
        ),
    ],
)
def test_the_unions_part_is_left_out_where_it_is_not_known(rows, told):
    assert words_of("region-shares", {"rows": rows}) == told + OWN_RECORDS


@pytest.mark.parametrize(
    ("years", "told"),
    [
        ([], "The European Union’s part is not known; it is among everyone else’s."),
        (
            [2016],
            "The European Union’s part is known for 2016; in other years it is among everyone "
            "else’s.",
        ),
    ],
)
def test_the_note_says_when_the_unions_part_is_known(years, told):
    this = {"union": years, "with_services": [], "unlisted": []}
    assert words_of("region-shares-note", this) == told


# Who lends.


def lent(**changed):
    row = {"country": "KAZ", "year": 2024, "china": 0.2, "row_id": "kaz-2024"}
    row |= {"largest": "China", "largest_part": "china", "largest_share": 0.2}
    row |= {"largest_id": "kaz-largest"}
    return row | {"peak": 0.2, "peak_year": 2024, "peak_id": "kaz-2024"} | changed


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (lent(), "20% in 2024, more than any other lender."),
        (
            lent(peak=0.4, peak_year=2016, peak_id="kaz-2016"),
            "20% in 2024, more than any other lender. In 2016 China held 40%.",
        ),
        (
            lent(largest="Bondholders", largest_part="bondholders", largest_share=0.5),
            "20% in 2024; the largest part, 50%, is owed to bondholders.",
        ),
        (
            lent(largest="Several lenders", largest_part="not_named", largest_share=0.5),
            "20% in 2024; the largest part, 50%, is owed to groups of several lenders.",
        ),
        (
            lent(
                largest="Asian Development Bank",
                largest_part="development_banks",
                largest_share=0.5,
            ),
            "20% in 2024; the largest part, 50%, is owed to the Asian Development Bank.",
        ),
        (
            lent(
                largest="Russia",
                largest_part="russia",
                largest_share=0.5,
                peak=0.4,
                peak_year=2016,
            ),
            "20% in 2024; the largest part, 50%, is owed to Russia. In 2016 China held 40%.",
        ),
    ],
)
def test_the_largest_lender_is_named_as_a_sentence_has_it(row, told):
    assert words_of("region-lenders", [row]) == (
        f"Of Kazakhstan’s public debt abroad China held {told} Whoever holds bonds is not known by "
        "country."
    )


@pytest.mark.parametrize(
    ("peak_year", "told"),
    [
        (2024, "China holds 39% of Kyrgyzstan’s debt"),
        (2019, "China holds 39% of Kyrgyzstan’s debt, held 48% of Kyrgyzstan’s in 2019"),
    ],
)
def test_the_title_names_a_peak_where_it_lies_behind(peak_year, told):
    this = {"country": "KGZ", "china": 0.39, "year": 2024}
    peak = {"country": "KGZ", "china": 0.48, "year": peak_year}
    assert words_of("region-lenders-title", this, peak=peak) == told


# How far the records disagree, and why.


def test_where_russia_has_no_count_beside_a_countrys_chinas_stands_alone():
    row = {"country": "KAZ", "year": 2024, "ratio": 1.2, "ratio_low": 1.2, "ratio_high": 1.2}
    this = {"china": [row | {"partner_id": "theirs"}], "russia": []}
    assert words_of("region-apart", this) == (
        "Only goods are compared, in each year for which both sides give one figure; at one both "
        "record the same. In its newest year China’s record is 20% above Kazakhstan’s (2024)."
    )


def test_where_nobody_has_named_a_cause_nothing_is_said_of_causes():
    assert words_of("region-causes", []) == ""


# Arms.

NO_TIE = (
    "The article speaks of a duopoly in which China leads the economy and Russia security. The "
    "arms that the five received are a test of its second half; they are no economic tie and enter "
    "no verdict here."
)


@pytest.mark.parametrize(
    ("leaders", "told"),
    [
        (
            {"KAZ": "RUS", "UZB": "RUS"},
            " Russia sent more of them to Kazakhstan and Uzbekistan.",
        ),
        (
            {"KAZ": "CHN", "KGZ": "CHN", "UZB": "CHN"},
            " China sent more of them to Kazakhstan, Kyrgyzstan and Uzbekistan.",
        ),
        (
            {"KAZ": "CHN", "KGZ": "", "UZB": "RUS"},
            " China sent more of them to Kazakhstan. Russia sent more of them to Uzbekistan. "
            "Neither sent more than the other to Kyrgyzstan.",
        ),
    ],
)
def test_who_sent_more_arms_is_told_of_every_country(leaders, told):
    rows = [
        {"country": code, "leader": leader, "last": 2024 if leader else 0}
        for code, leader in leaders.items()
    ]
    said = tell("region-arms", rows, until=2024, years=5, **NAMES)
    assert said.text == NO_TIE + told
    assert said.leaders == leaders


@pytest.mark.parametrize(("last", "told"), [(2019, " (the last came in 2019)"), (2020, "")])
def test_arms_that_came_five_years_ago_are_told_with_the_last_year(last, told):
    rows = [{"country": "TKM", "leader": "CHN", "last": last}]
    said = tell("region-arms", rows, until=2024, years=5, **NAMES)
    assert said.text == f"{NO_TIE} China sent more of them to Turkmenistan{told}."
