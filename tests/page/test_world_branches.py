"""What the page on the world says where the records come out otherwise than they do today."""

import pandas as pd
import pytest

from analysis.config import COUNTRIES, POWERS
from analysis.page.tell import tell
from analysis.page.words import of_hundred

PLACES = COUNTRIES | {"MLT": "Malta", "GEO": "Georgia", "NLD": "the Netherlands", "ARM": "Armenia"}
PLACES |= {"HKG": "Hong Kong", "MAC": "Macao"}


def standing(groups):
    """Where countries stand in the last year, as the notebook has it."""
    rows = [
        {"country": code, "group": group, "leader": group if group in POWERS else ""}
        | {"said": PLACES[code], "row_id": f"row-{code}"}
        for code, group in groups.items()
    ]
    return pd.DataFrame(rows, columns=["country", "group", "leader", "said", "row_id"])


def counts(rows):
    """How many countries stand where: year, China, Russia, depends, neither, not known."""
    columns = ["year", "CHN", "RUS", "depends", "neither", "unknown"]
    years = pd.DataFrame(rows, columns=columns).assign(all=200)
    return years.set_index("year", drop=False)


# The heading.


@pytest.mark.parametrize(
    ("split", "told"),
    [
        ([], ""),
        (["KAZ"], " With one it depends on whose record is read; it is in Central Asia."),
        (["MLT"], " With one it depends on whose record is read."),
        (
            ["KAZ", "UZB"],
            " With two it depends on whose record is read; all of these are in Central Asia.",
        ),
        (
            ["KAZ", "MLT", "GEO"],
            " With three it depends on whose record is read; one of these is in Central Asia.",
        ),
        (
            ["KAZ", "KGZ", "MLT"],
            " With three it depends on whose record is read; two of these are in Central Asia.",
        ),
        (["MLT", "GEO"], " With two it depends on whose record is read."),
    ],
)
def test_the_heading_counts_where_it_depends_on_the_record(split, told):
    said = tell(
        "world-opening",
        None,
        years=counts([(2020, 161, 12, len(split), 1, 28)]),
        last=2020,
        now=standing(dict.fromkeys(split, "depends") | {"NLD": "CHN"}),
        five=COUNTRIES,
    )
    assert said.text == (
        "China trades more than Russia with 161 of 200 countries and territories "
        "Russia trades more with 12."
        f"{told} Trade in goods in 2020, where the table used here ends."
    )
    assert said.facts == {"CHN": 161, "RUS": 12}


def test_the_heading_has_the_counts_of_the_year_before():
    years = counts([(2019, 167, 15, 4, 0, 20), (2020, 161, 12, 0, 1, 28)])
    now = standing({"NLD": "CHN"})
    said = tell("world-opening", None, years=years, last=2020, now=now, five=COUNTRIES)
    assert said.text.endswith(
        "Russia trades more with 12. In 2019 the counts were 167 and 15, and 4 that depended on "
        "the record; no record has both powers of 28 countries in 2020, of 20 in 2019. Trade in "
        "goods in 2020, where the table used here ends."
    )
    assert "row-2019" in said.rows


# Where each country stands.

HERE = (
    "By China’s and Russia’s records China has more in 2 countries and Russia in 1. By the "
    "countries’ own China has more in 0 and Russia in 1: fewer can be read at all, since many "
    "countries’ figures in the table are not their own count."
)


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        ({"KAZ": "CHN"}, ""),
        ({"GEO": "RUS"}, " Russia is ahead, on every record that names a leader, in Georgia."),
        ({"MLT": "depends"}, " The two records name different leaders in Malta."),
        (
            {"ARM": "RUS", "GEO": "RUS", "KAZ": "depends", "MLT": "depends", "NLD": "depends"},
            " Russia is ahead, on every record that names a leader, in Armenia and Georgia. The "
            "two records name different leaders in Kazakhstan, Malta and the Netherlands.",
        ),
    ],
)
def test_those_are_named_where_russia_is_ahead_and_where_records_differ(groups, told):
    leaders = {"partner": ["CHN", "CHN", "RUS", ""], "own": ["RUS", ""]}
    parts = {record: pd.DataFrame({"leader": found}) for record, found in leaders.items()}
    said = tell("world-where", None, parts=parts, now=standing(groups), last=2020)
    assert said.text == HERE + told
    assert said.facts == {"partner-CHN": 2, "partner-RUS": 1, "own-CHN": 0, "own-RUS": 1}
    named = [f"row-{code}" for code, group in groups.items() if group != "CHN"]
    assert list(said.rows) == ["row-2020", *named]


@pytest.mark.parametrize(
    ("apart", "told"),
    [
        (["HKG"], " Hong Kong, a part of China whose trade is recorded apart, is counted too."),
        (
            ["HKG", "MAC"],
            " Hong Kong and Macao, parts of China whose trade is recorded apart, are counted too.",
        ),
        ([], ""),
    ],
)
def test_what_of_china_is_counted_as_a_partner_of_china_is_named(apart, told):
    groups = dict.fromkeys([*apart, "NLD"], "CHN")
    parts = {record: pd.DataFrame({"leader": ["CHN"]}) for record in ("partner", "own")}
    said = tell("world-where", None, parts=parts, now=standing(groups), last=2020)
    assert said.text.endswith(f"are not their own count.{told}")


@pytest.mark.parametrize(
    ("split", "told"),
    [
        ([], "In none of the five does the leader depend on whose record"),
        (["MLT"], "In none of the five does the leader depend on whose record"),
        (["KAZ", "MLT"], "In one of the five the leader depends on whose record"),
        ([*COUNTRIES], "In all five the leader depends on whose record"),
    ],
)
def test_the_title_of_the_map_counts_the_five_alone(split, told):
    now = standing(dict.fromkeys([*COUNTRIES, "MLT"], "CHN") | dict.fromkeys(split, "depends"))
    assert tell("world-map-title", None, now=now, five=COUNTRIES).text == told


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ("partner", "By China’s and Russia’s records, China has more in 1 country"),
        ("own", "By the countries’ own records, China has more in 1 country"),
    ],
)
def test_the_title_of_the_dots_counts_chinas(record, told):
    rows = pd.DataFrame({"leader": ["RUS", "CHN", "", "RUS"]})
    assert tell("world-swarm-title", None, record=record, rows=rows).text == told


BOTH_KNOWN = "$60 by China’s and Russia’s records, $40 by its own; "


@pytest.mark.parametrize(
    ("verdict", "leader", "partner", "own", "told"),
    [
        ("ahead_on_both", "RUS", "RUS", "RUS", BOTH_KNOWN + "Russia is ahead on both records."),
        (
            "ahead_or_level", "RUS", "level", "RUS",
            BOTH_KNOWN + "Russia is ahead on one, level on the other.",
        ),
        (
            "ahead_or_too_close", "CHN", "CHN", "too_close",
            BOTH_KNOWN + "China is ahead on one, too close to call on the other.",
        ),
        (
            "ahead_on_the_one_record", "RUS", "", "RUS",
            "not known by China’s and Russia’s records, $40 by its own; Russia is ahead on the one "
            "record there is.",
        ),
        ("level", "", "level", "level", BOTH_KNOWN + "the two are level."),
        ("too_close", "", "level", "too_close", BOTH_KNOWN + "too close to call."),
        ("depends_on_the_record", "", "CHN", "RUS", BOTH_KNOWN + "it depends on whose record."),
        (
            "no_pair", "", "", "",
            "not known by China’s and Russia’s records, not known by its own; who is ahead is not "
            "known.",
        ),
    ],
)  # fmt: skip
def test_one_of_the_five_is_told_by_its_verdict(verdict, leader, partner, own, told):
    row = {"place": "Kazakhstan", "verdict": verdict, "leader": leader, "row_id": "row-KAZ"}
    row |= {"leader_name": POWERS.get(leader, ""), "partner": partner, "own": own}
    row |= {"partner_part": 0.6, "own_part": 0.4}
    five = pd.DataFrame([row], index=["KAZ"])
    said = tell("world-five", None, five=five, last=2020, hundred=of_hundred)
    assert said.text == (
        "Of every $100 of goods that each of the five traded with the two in 2020, China had: "
        f"Kazakhstan: {told} The table of the whole world ends with 2020; the pages of the five go "
        "on from there, on other tables."
    )
    assert said.facts == {"KAZ-partner": partner, "KAZ-own": own}


# How the count has moved.


@pytest.mark.parametrize(
    ("then", "was", "now", "told"),
    [
        (2000, 108, 161, "China’s lead grew from 108 countries in 2000 to 161 in 2020"),
        (2000, 170, 161, "China’s lead shrank from 170 countries in 2000 to 161 in 2020"),
        (2000, 161, 161, "China’s lead stayed at 161 countries from 2000 to 2020"),
        (2020, 161, 161, "China leads in 161 countries in 2020"),
    ],
)
def test_the_title_says_which_way_the_count_has_moved(then, was, now, told):
    years = counts([(2000, was, 41, 11, 1, 45), (2020, now, 12, 4, 1, 28)])
    assert tell("world-years-title", None, years=years, then=then, last=2020).text == told


@pytest.mark.parametrize(
    ("fresh", "neither", "since", "told"),
    [
        (0, 0, "", ""),
        (3, 0, " (3 of them without a readable record in 2000)", ""),
        (0, 2, "", ", no record had either ahead in 6 and 2"),
    ],
)
def test_what_is_nought_is_left_out_of_the_count(fresh, neither, since, told):
    years = counts([(2000, 108, 41, 11, 6, 45), (2020, 161, 12, 4, neither, 28)])
    said = tell("world-years", None, years=years, then=2000, last=2020, fresh=fresh)
    assert said.text == (
        "With both records read together, China was ahead in 108 of the 200 countries in 2000 and "
        f"in 161 in 2020{since}; Russia in 41 and then in 12. It depended on whose record in 11 "
        f"and 4{told}, and none held both powers in 45 and 28."
    )
    assert said.facts == {"CHN-2000": 108, "CHN-2020": 161, "RUS-2000": 41, "RUS-2020": 12}


# When the lead changed hands.


def passed(*rows, leader="CHN"):
    """Countries with the year, and whether the other power had more in the last year."""
    found = [
        {"country": code, "said": PLACES[code], "year": year, "row_id": f"row-{code}"}
        | {"again": again, "leader": leader}
        for code, year, again in rows
    ]
    columns = ["country", "said", "year", "row_id", "again", "leader"]
    return pd.DataFrame(found, columns=columns)


@pytest.mark.parametrize(
    ("record", "years", "told"),
    [
        ("partner", [], "By the powers’ records China passed Russia in no country"),
        ("own", [2010], "By countries’ own records China passed Russia in one country"),
        ("own", [2004, 2010], "By countries’ own records China passed Russia in 2, half by 2010"),
        (
            "partner", [2004, 2008, 2016],
            "By the powers’ records China passed Russia in 3, half by 2008",
        ),
    ],
)  # fmt: skip
def test_the_title_counts_the_changes_and_has_the_year_of_half(record, years, told):
    rows = pd.DataFrame({"year": years})
    assert tell("world-passing-title", None, record=record, rows=rows).text == told


COUNTED = (
    "Counted are the countries in which Russia held the lead before and has not taken it back, "
    "where both powers’ trade of 2020 is on record. By China’s and Russia’s records that is {}, by "
    "the countries’ own {}; where China led from the first years of the table on, nothing changed "
    "hands. "
)
OF_THE_FIVE = (
    "Of the five, by China’s and Russia’s records: {}. Of the five, by the countries’ own: {}. "
    "Their own pages rest on newer editions too, and can name other years."
)
NOBODY = passed()


@pytest.mark.parametrize(
    ("turned", "back", "counted", "of_the_five", "told"),
    [
        (
            {"partner": NOBODY, "own": NOBODY},
            {"partner": NOBODY, "own": NOBODY},
            ("0 countries", "0"), ("none", "none"), "",
        ),
        (
            {"partner": passed(("MLT", 2005, False)), "own": passed(("KAZ", 2009, False))},
            {"partner": NOBODY, "own": passed(("GEO", 2015, False), leader="RUS")},
            ("1 country", "1"), ("none", "Kazakhstan (2009)"),
            " By the countries’ own Russia has passed China in Georgia (2015).",
        ),
        (
            {
                "partner": passed(
                    ("KAZ", 2009, True), ("KGZ", 2010, False), ("UZB", 2015, False),
                    ("MLT", 2005, False),
                ),
                "own": passed(("KAZ", 2009, False), ("UZB", 2016, True)),
            },
            {
                "partner": passed(("GEO", 2015, True), ("MLT", 2018, False), leader="RUS"),
                "own": NOBODY,
            },
            ("4 countries", "2"),
            (
                "Kazakhstan (2009, though Russia had more in 2020), Kyrgyzstan (2010) and "
                "Uzbekistan (2015)",
                "Kazakhstan (2009) and Uzbekistan (2016, though Russia had more in 2020)",
            ),
            " By China’s and Russia’s records Russia has passed China in Georgia (2015, though "
            "China had more in 2020) and Malta (2018).",
        ),
    ],
)  # fmt: skip
def test_who_took_the_lead_and_who_took_it_back(turned, back, counted, of_the_five, told):
    said = tell("world-passing", None, turned=turned, back=back, last=2020, five=COUNTRIES)
    assert said.text == COUNTED.format(*counted) + OF_THE_FIVE.format(*of_the_five) + told
    assert said.facts == {record: len(rows) for record, rows in turned.items()}
