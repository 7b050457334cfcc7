"""What the other pages say where figures come out otherwise than today, and all pages’ HTML."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup

from analysis.config import COUNTRIES, POWERS
from analysis.data import vocabulary
from analysis.page import words
from analysis.page.ahead import money
from analysis.page.cards import CLAIM_COLUMNS, claim_cards, country_cards
from analysis.page.language import speaking
from analysis.page.markup import macro
from analysis.page.table import Column, Table
from analysis.page.tell import tell

NAMES = {"names": dict(COUNTRIES)}

# The claims page.


def arms(russia, china=(0.0,) * 5):
    rows = pd.DataFrame({"country": list(COUNTRIES), "china": china, "russia": russia})
    return rows.assign(first=2012, last=2016)


@pytest.mark.parametrize(
    ("russia", "china", "told"),
    [
        (
            (0.0, 0.0, 0.0, 0.9, 0.0), (0.0,) * 5,
            "Russia sent Turkmenistan most of its arms, 2012–2016",
        ),
        (
            (0.5, 0.0, 0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 0.9, 0.6),
            "China sent Turkmenistan and Uzbekistan most of their arms, 2012–2016",
        ),
        (
            (0.9, 0.9, 0.9, 0.0, 0.9), (0.0, 0.0, 0.0, 0.9, 0.0),
            "Russia sent four of the five most of their arms, 2012–2016",
        ),
        ((0.9,) * 5, (0.0,) * 5, "Russia sent all five most of their arms, 2012–2016"),
        (
            (0.5,) * 5, (0.5,) * 5,
            "Neither power sent any of the five most of its arms, 2012–2016",
        ),
    ],
)  # fmt: skip
def test_the_title_says_who_sent_most_arms(russia, china, told):
    then = arms(russia, china)
    assert tell("claims-title-arms", None, then=then, **NAMES).text == told


NO_TIE = (
    "The article calls the two powers a duopoly. Arms are a test of the word that no trade figure "
    "can give, and no economic tie. From 2012 to 2016 the two together delivered "
)
NO_CHINA = "In the five years to 2024 SIPRI knows of no delivery from China to any of the five; "
ALL_FIVE = "Kazakhstan, Kyrgyzstan, Tajikistan, Turkmenistan and Uzbekistan"


@pytest.mark.parametrize(
    ("then", "now", "two", "told"),
    [
        (
            arms((0.9,) * 5), arms((0.9, 0.5, 0.0, 0.0, 0.0)), list(COUNTRIES),
            f"more than half of what {ALL_FIVE} received. {NO_CHINA}Russia’s part was above half "
            "in Kazakhstan.",
        ),
        (
            arms((0.5,) * 5), arms((0.5,) * 5), [],
            f"half or less of what {ALL_FIVE} received. {NO_CHINA}Russia’s part was above half in "
            "none of the five.",
        ),
        (
            arms((0.3, 0.3, 0.3, 0.3, 0.0), (0.3, 0.3, 0.3, 0.2, 0.0)),
            arms((0.6, 0.6, 0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 0.1, 0.2)),
            ["KAZ", "KGZ", "TJK"],
            "more than half of what Kazakhstan, Kyrgyzstan and Tajikistan received, and half or "
            "less of what Turkmenistan and Uzbekistan did. In the five years to 2024 China "
            "delivered some to Turkmenistan and Uzbekistan; Russia’s part was above half in "
            "Kazakhstan and Kyrgyzstan.",
        ),
    ],
)  # fmt: skip
def test_what_the_two_delivered_together_is_told(then, now, two, told):
    years = {"first": 2012, "last": 2016, "newest": 2024}
    said = tell("claims-arms", None, then=then, now=now, **years, **NAMES)
    assert said.text == NO_TIE + told
    assert said.facts == {"two": two}


@pytest.mark.parametrize(
    ("china", "russia", "told"),
    [
        ([], [], ""),
        (["loans"], [], " On loans it has China’s alone."),
        ([], ["people", "aid"], " On people and aid it has Russia’s alone."),
        (["loans"], ["aid"], " On loans it has China’s alone, on aid Russia’s alone."),
    ],
)
def test_ties_with_one_powers_figures_alone_are_named(china, russia, told):
    counts = {"CHN": 14, "RUS": 3}
    said = tell("claims-coverage", None, investment=counts, china=china, russia=russia)
    assert said.text == (
        f"On investment the article prints 14 figures for China and 3 for Russia.{told} Where one "
        "power has no figure, no reader can tell which weighs more."
    )
    assert said.facts == {"china": 14, "russia": 3}


def test_the_heading_counts_all_totals_where_all_come_out():
    totals = pd.DataFrame({"fits": [True, True]})
    register = {"dubnov-2018": {"date": "2018-02-28", "url": "https://example.org"}}
    this = type("This", (), {"register": register})
    said = tell("claims-opening", this, totals=totals)
    assert said.text == (
        "The article’s two trade totals come out to the digit, by sellers’ records first Arkady "
        "Dubnov’s survey of 2018 for the Carnegie Endowment sets China beside Russia in Central "
        "Asia. What it prints is held here against the records."
    )
    assert said.facts == {"fits": 2}


# The method page.


@pytest.mark.parametrize(
    ("record", "tie", "told"),
    [
        ("own", "exports", "Kazakhstan’s sales in 2024, by its own record"),
        ("partner", "imports", "Kazakhstan’s purchases in 2024, by China’s and Russia’s records"),
        ("stated", "debt", "Kazakhstan’s public debt abroad in 2024, by one source for both"),
        ("own", "loans_repaid", "Kazakhstan’s loans repaid in 2024, by its own record"),
    ],
)
def test_a_case_of_the_scale_names_tie_and_record(record, tie, told):
    row = {"record": record, "tie": tie, "year": 2024, "unit": "USD"}
    row |= {"china": 3e9, "russia": 2e9}
    said = tell("method-case", None, row=row, money=money, country="Kazakhstan").text
    assert said == f"{told}: China $3bn, Russia $2bn"


@pytest.mark.parametrize(
    ("leader", "known", "told"),
    [
        ("RUS", "", "investment received from Russia"),
        ("", "CHN", "investment received from China"),
        ("", "", "investment received from either power"),
    ],
)
def test_a_case_of_a_verdict_names_the_power_that_it_is_of(leader, known, told):
    said = tell(
        "method-verdict",
        None,
        row={"leader": leader, "known": known, "year": 2024},
        country="Kazakhstan",
        ahead="Level",
        tie=vocabulary.TIES["investment_received"],
        names=POWERS,
    )
    assert said.text == f"Kazakhstan, {told}, 2024: Level"


@pytest.mark.parametrize(("count", "told"), [(3, "Three"), (6, "Six"), (7, "Seven")])
def test_the_title_of_the_scale_counts_its_words(count, told):
    title = f"{told} words, from about level to almost all on one side"
    assert tell("method-scale-title", None, words=["word"] * count).text == title


def on_paper(article, own, partner, verdict, leader=""):
    """The example on paper, of figures in millions that are exact or have two ends."""
    rows = []
    for record, (china, russia, ahead) in zip(
        ("article", "own", "partner"), (article, own, partner), strict=True
    ):
        row = {"record": record, "leader": ahead, "pair_id": f"pair-{record}", "unit": "USD"}
        row |= {"china_ids": "china", "russia_ids": "russia"}
        for side, (low, high) in (("china", china), ("russia", russia)):
            row |= {f"{side}_low": low * 1e6, f"{side}_high": high * 1e6}
            row[side] = low * 1e6 if low == high else float("nan")
        ends = {"low": (china[0], russia[1]), "high": (china[1], russia[0])}
        row |= {end: (one - other) / (one + other) for end, (one, other) in ends.items()}
        rows.append(row | {"difference": row["low"]})
    judged = pd.Series({"verdict": verdict, "leader": leader, "confidence": "low"})
    return tell(
        "method-paper",
        None,
        here=pd.DataFrame(rows).set_index("record", drop=False),
        printed={"china": "$1 billion", "russia": "about $2 billion"},
        judged=judged,
        country="Kazakhstan",
        year=2016,
        numeral=words.numeral,
        signed=words.signed,
        money=money,
        level=0.05,
        names=POWERS,
    )


MORE, LESS, SAME = ((300, 300), (100, 100)), ((100, 100), (300, 300)), ((100, 100), (100, 100))
OPEN = ((90, 130), (100, 100))


def test_the_example_is_told_where_russia_is_ahead_on_every_record():
    said = on_paper((*LESS, "RUS"), (*LESS, "RUS"), (*LESS, "RUS"), "ahead_on_both", "RUS")
    assert said.text == (
        "Take Kazakhstan’s trade in 2016, as the article prints it: “$1 billion” with China and "
        "“about $2 billion” with Russia. Words to intervals. In millions of dollars, China’s lies "
        "between 100 and 100, Russia’s between 300 and 300. D at its least and most. It is least "
        "with China’s low end and Russia’s high one: (100 − 300) / (100 + 300) = −0.500. It is "
        "most the other way round: (100 − 300) / (100 + 300) = −0.500. The leader. Both ends lie "
        "beyond 0.05: by what the article prints, Russia is ahead. But the article mixes "
        "recorders, so its figures decide nothing. The two records. China’s and Russia’s own "
        "counts give $100m and $300m, D −0.500: Russia is ahead. Kazakhstan’s record of the same "
        "goods gives $100m and $300m, D −0.500: Russia is ahead. The verdict. Russia is ahead on "
        "both records. How sure: low."
    )
    assert said.leaders == dict.fromkeys(("article", "own", "partner"), "RUS")


@pytest.mark.parametrize(
    ("figures", "leader", "told"),
    [
        (MORE, "CHN", "Both ends lie beyond 0.05: by what the article prints, China is ahead."),
        (
            SAME, "level",
            "The ends do not both lie beyond 0.05 on one side: by what the article prints, the two "
            "are level.",
        ),
        (
            OPEN, "too_close",
            "The ends do not both lie beyond 0.05 on one side: by what the article prints, it is "
            "too close to call.",
        ),
    ],
)  # fmt: skip
def test_the_example_says_where_both_ends_lie(figures, leader, told):
    said = on_paper((*figures, leader), (*MORE, "CHN"), (*MORE, "CHN"), "ahead_on_both", "CHN")
    assert f" The leader. {told} But the article mixes recorders" in said.text


@pytest.mark.parametrize(
    ("verdict", "leader", "told"),
    [
        (
            "depends_on_the_record", "",
            "The records have different powers ahead, so it depends on whose record, and the page "
            "says no more than that.",
        ),
        ("ahead_on_both", "CHN", "China is ahead on both records."),
        (
            "ahead_or_level", "RUS",
            "Russia is ahead on one record, and no record has the other ahead.",
        ),
        ("level", "", "Neither is ahead on either record."),
    ],
)  # fmt: skip
def test_the_example_ends_with_the_verdict(verdict, leader, told):
    said = on_paper((*SAME, "level"), (*SAME, "level"), (*OPEN, "too_close"), verdict, leader)
    assert said.text.endswith(f" The verdict. {told} How sure: low.")
    assert "give $90m to $130m and $100m, D −0.053: it is too close to call." in said.text
    assert "gives $100m and $100m, D 0.000: the two are level." in said.text
    assert said.leaders == {"article": "level", "own": "level", "partner": "too_close"}


WEIGHS = (
    "Money enters a page’s first sentence if either power’s figure is at least 1% of the country’s "
    "GDP of that year; gas, if it is that part of all gas sold by pipeline.",
    " People are shown, and never lead alone. Everything in dollars is shown as a share of GDP "
    "too, so that ties can be seen side by side. They are never added up: there is no overall "
    "score, since any weights would be an opinion. Where one power alone is recorded, that half "
    "is shown with the reason why the other is missing.",
)


@pytest.mark.parametrize(
    ("light", "half", "told"),
    [
        ([], [], ("", "")),
        (
            [("loans_drawn", 0.0094, "RUS")],
            [("money_home", 0.0994, "RUS")],
            (
                " Kazakhstan just misses it with loans drawn from Russia, 0.94% of GDP in 2024: "
                "that is shown, and leads no page.",
                " In Kazakhstan, money sent home from Russia came to 9.94% of GDP in 2024; the "
                "source has no figure for the other power, which is not the same as nought.",
            ),
        ),
        (
            [],
            [("money_home", 0.1, "CHN")],
            (
                "",
                " In Kazakhstan, money sent home from China came to 10% of GDP in 2024; the source "
                "has no figure for the other power, which is not the same as nought.",
            ),
        ),
    ],
)
def test_what_weighs_too_little_and_what_is_known_by_half_is_told(light, half, told):
    rows = [
        [
            {"country": "KAZ", "tie": tie, "share": share, "year": 2024, "pair_id": f"kaz-{tie}"}
            | {"leader": power, "known": power}
            for tie, share, power in found
        ]
        for found in (light, half)
    ]
    said = tell(
        "method-weight",
        None,
        least=0.01,
        light=rows[0],
        half=rows[1],
        countries=COUNTRIES,
        ties=vocabulary.TIES,
        names=POWERS,
    )
    assert said.text == WEIGHS[0] + told[0] + WEIGHS[1] + told[1]


@pytest.mark.parametrize(
    ("leader", "preliminary", "told"),
    [("RUS", "no", "."), ("CHN", "yes", ", by preliminary figures.")],
)
def test_the_newest_change_of_lead_is_told_with_both_its_years(leader, preliminary, told):
    series = pd.DataFrame(
        {"china": [1e9, 2e9], "russia": [3e9, 4e9], "pair_id": ["first", "second"]},
        index=[2020, 2021],
    )
    last = pd.Series({"year": 2020, "leader": leader, "preliminary": preliminary})
    said = tell(
        "method-changes", None, last=last, series=series, country="Kazakhstan", names=POWERS
    )
    assert said.text.endswith(
        "The newest change in trade on a country’s own record is Kazakhstan’s: "
        f"{POWERS[leader]} took the lead in 2020, with $1bn to $3bn between China and Russia, and "
        f"kept it the year after with $2bn to $4bn{told}"
    )
    assert said.facts == {"leader": leader, "year": 2020}


@pytest.mark.parametrize(
    ("record", "told"), [("own", "its own record"), ("partner", "China’s and Russia’s records")]
)
def test_the_pair_that_moved_furthest_is_told_with_its_record(record, told):
    row = {"country": "KAZ", "year": 2020, "record": record, "changed": True}
    row |= {"china_old": 1e9, "russia_old": 2e9, "china_new": 3e9, "russia_new": 4e9}
    row |= {"pair_id_old": "old", "pair_id_new": "new"}
    bank = {"moved": 5, "shared": 9, "thousandth": 4, "tenth": 1}
    said = tell("method-editions", None, moved=pd.DataFrame([row]), bank=bank, countries=COUNTRIES)
    assert (
        f"The pair that moved furthest is Kazakhstan’s trade of 2020 on {told}: $1bn with China "
        "and $2bn with Russia in the older edition, $3bn and $4bn in the newer."
    ) in said.text
    assert (
        "The World Bank moved 4 of 9 of its figures on the five countries and the two powers by "
        "more than a thousandth, 1 of them by more than a tenth"
    ) in said.text
    assert said.facts == {"changed": 1, "pairs": 1}


# The data page.


@pytest.mark.parametrize(
    ("corrected", "told"),
    [
        ("", ""),
        (
            "2.5",
            "A figure that was corrected keeps what the source prints; the correction stands in "
            "the table. ",
        ),
    ],
)
def test_that_figures_were_corrected_is_said_where_some_were(corrected, told):
    figures = pd.DataFrame({"wording": ["ours", "source"], "corrected": ["", corrected]})
    assert tell("data-figures", None, figures=figures).text == (
        "What pages state, the article’s figures among them, with the place where it stands. "
        "Quotation marks hold a source’s own words; of 1 figures only value, unit and hedge of the "
        f"page are known, and their words are put together here. {told}Statistics of offices and "
        "organisations are not in this list: they are in the tables above."
    )


@pytest.mark.parametrize(
    ("url", "seen", "told"),
    [
        ("https://example.org", True, ""),
        (None, True, " For 1 of 2 no address is known."),
        (
            "https://example.org", False,
            " Of the pages that the article cites, 1 were not seen.",
        ),
    ],
)  # fmt: skip
def test_sources_without_an_address_or_unseen_are_counted(url, seen, told):
    sources = pd.DataFrame({"url": [url, "https://example.com"], "seen": [seen, None]})
    assert tell("data-sources", None, sources=sources).text == (
        f"Each publisher’s terms stand beside its source.{told}"
    )


# HTML: a table.

FRAME = pd.DataFrame({"tie": ["trade", "debt"], "china": [1.5, None]})


def drawn(**options):
    columns = (Column("tie", "Tie"), Column("china", "China", "$bn", "number"))
    options = {"frame": FRAME, "columns": columns, "id": "ties", "caption": "Ties"} | options
    return BeautifulSoup(Table(**options)._repr_html_(), "html.parser")


def test_a_wide_table_can_be_scrolled_by_keys_and_is_named_for_those_who_do_not_see_it():
    box = drawn(wide=True).div
    assert box["class"] == ["table", "wide", "mathjax_ignore", "tex2jax_ignore"]
    assert (box["role"], box["tabindex"], box["aria-label"]) == ("region", "0", "Ties")
    assert set(drawn().div.attrs) == {"class"}


@pytest.mark.parametrize(
    ("options", "attributes"),
    [
        ({}, {}),
        ({"search": "Search"}, {"data-list": "", "data-chips": "{}", "data-search": "Search"}),
        ({"sort": True}, {"data-list": "", "data-chips": "{}", "data-sort": ""}),
        ({"chips": {"tie": "Tie"}}, {"data-list": "", "data-chips": '{"tie": "Tie"}'}),
    ],
)
def test_a_table_says_to_the_script_what_a_reader_may_do_with_it(options, attributes):
    assert drawn(**options).table.attrs == {"id": "ties", "class": ["cards"]} | attributes


def test_a_look_of_its_own_stands_in_the_place_of_cards():
    assert drawn(look="verdicts").table["class"] == ["verdicts"]


def test_a_note_stands_behind_the_caption():
    note = drawn(note="Of 2024.").caption
    assert note.get_text() == "Ties Of 2024."
    assert note.span["class"] == ["note"]
    assert drawn().caption.span is None


def test_cells_of_words_are_no_numbers_and_have_nothing_to_be_sorted_by():
    soup = drawn(sort=True)
    assert [head.attrs for head in soup.select("th")] == [
        {"scope": "col"},
        {"scope": "col", "class": ["n"]},
    ]
    assert [cell.attrs for cell in soup.select("tr td:first-child")] == [{"data-h": "Tie"}] * 2
    assert [cell.get("data-v") for cell in drawn().select("td")] == [None] * 4


def test_the_unit_is_told_apart_from_the_head_where_there_is_one():
    heads = drawn().select("thead th")
    assert [head.span and head.span["class"] for head in heads] == [None, ["unit"]]


def test_a_head_of_a_group_spans_all_columns():
    (head, *_) = drawn(group="tie").select("tr.group th")
    assert (head["scope"], head["colspan"]) == ("rowgroup", "2")
    assert not drawn().select("tr.group")


def test_a_row_without_a_name_has_no_anchor_and_a_table_without_a_fold_none():
    assert [row.attrs for row in drawn().select("tbody tr")] == [{}, {}]
    assert not drawn().select("details")
    assert drawn(fold="Both").details["class"] == ["fold"]


# HTML: cards.

CLAIM = dict.fromkeys(CLAIM_COLUMNS, "") | {"claim_id": "one", "claim": "More", "code": "holds"}
CLAIM |= {"verdict": "holds", "by": "By rule", "reason": "So", "place": "Table 1", "tie": "trade"}


def of_claims(*changed, **options):
    frame = pd.DataFrame([CLAIM | one for one in changed or ({},)])
    cards = claim_cards(frame, chips={"tie": "Tie"}, **options)
    return BeautifulSoup(cards._repr_html_(), "html.parser")


def test_the_cards_of_claims_say_to_the_script_how_they_are_sifted():
    box = of_claims(search="Search the claims").div
    assert box.attrs == {
        "class": ["claims", "mathjax_ignore", "tex2jax_ignore"],
        "id": "claims",
        "data-list": "",
        "data-chips": '{"tie": "Tie"}',
        "data-search": "Search the claims",
    }
    assert "data-search" not in of_claims().div.attrs


def test_a_claim_is_named_by_its_words_and_can_be_linked_to():
    card = of_claims().article
    assert card.attrs == {
        "class": ["claim"],
        "id": "one",
        "data-tie": "trade",
        "aria-labelledby": "one-claim",
    }
    assert card.find(id="one-claim").get_text() == "More"
    verdict = card.select_one(".verdict")
    assert (verdict["class"], verdict.span.get_text()) == (["verdict", "holds"], "holds")
    assert (verdict.a["href"], verdict.a["aria-label"]) == ("#one", "Link to this claim")


def test_a_claim_whose_record_alone_has_a_number_says_that_the_article_has_none():
    parts = of_claims({"found": "$5bn"}).select("dl.against div")
    assert [part.get_text() for part in parts] == ["The articleno number", "The record$5bn"]


def test_a_claim_without_address_change_or_rows_has_nothing_in_their_place():
    card = of_claims().article
    assert not card.select(".change, .against")
    assert card.select_one(".source-line").decode_contents() == "Table 1. By rule."


def test_rows_that_a_claim_rests_on_are_told_apart():
    rests = {"rests_on": [("a", "at-a", "Trade"), ("b", "at-b", "Debt")]}
    line = of_claims(rests).select_one(".source-line")
    assert line.get_text() == "Table 1. By rule. Rests on: Trade; Debt."
    assert [link["class"] for link in line.select("a")] == [["ev"]] * 2


def test_a_country_stands_on_its_card_under_its_own_heads():
    line = {"country": "Kyrgyzstan", "address": "k.html", "finding": "Owes", "foot": "Sure"}
    frame = pd.DataFrame([line | {"term": "Debt", "then": "1", "now": "2"}])
    box = BeautifulSoup(
        country_cards(frame, then="2016", now="Newest")._repr_html_(), "html.parser"
    )
    assert box.div["class"] == ["countries", "mathjax_ignore", "tex2jax_ignore"]
    card = box.article
    assert [card.select_one(part).get_text() for part in ("h3", ".finding", ".foot")] == [
        "Kyrgyzstan",
        "Owes",
        "Sure",
    ]
    assert [(cell.name, cell.get("scope")) for cell in card.select("tr > *")] == [
        ("td", None),
        ("th", "col"),
        ("th", "col"),
        ("th", "row"),
        ("td", None),
        ("td", None),
    ]


# HTML: charts, numbers, parts of a pair, evidence, the explorer.


def figure(files=(), **changed):
    chart = {"id": "debt", "title": "Who lends", "subtitle": "$bn", "note": "", "source_line": ""}
    chart |= {"wide": "<svg>w</svg>", "narrow": "<svg>n</svg>"} | changed
    return BeautifulSoup(macro("figure", "figure", chart, files), "html.parser").figure


def test_a_chart_is_named_by_its_title():
    shown = figure()
    assert (shown["id"], shown["aria-labelledby"]) == ("debt", "debt-name")
    assert shown.find(id="debt-name").get_text() == "Who lends"
    assert shown.select_one(".chart-subtitle").get_text() == "$bn"


def test_a_chart_has_its_note_and_its_source_where_it_has_them():
    told = figure(note="Of 2024.", source_line="World Bank.").figcaption
    assert [one.get_text() for one in told.select("p")] == ["Of 2024.", "Source: World Bank. "]
    assert [one.get_text() for one in figure().figcaption.select("p")] == [""]


def test_the_links_under_a_chart_are_named_for_those_who_do_not_see_it():
    files = [("PNG", "a.png"), ("Data", "a.csv")]
    links = figure(files).select(".actions a")
    assert [(link["href"], link["aria-label"], link.get("download")) for link in links] == [
        ("#debt", "Link to this chart", None),
        ("a.png", "This chart as PNG", ""),
        ("a.csv", "This chart as Data", ""),
    ]
    assert figure(files).select_one(".actions").get_text() == "Link · PNG · Data"


@pytest.mark.parametrize(("level", "dots"), [("high", "●●●"), ("medium", "●●○"), ("low", "●○○")])
def test_how_sure_is_told_by_dots_and_by_words(level, dots):
    pips = BeautifulSoup(macro("inline", "sure", level), "html.parser").span
    assert (pips["class"], pips["title"]) == (["pips"], f"{level} confidence")
    seen, heard = pips.select("span")
    assert (seen["aria-hidden"], seen.get_text()) == ("true", dots)
    assert (heard["class"], heard.get_text()) == (["vh"], f"{level} confidence")


def test_how_sure_is_told_in_russian_words():
    with speaking("ru"):
        pips = BeautifulSoup(macro("inline", "sure", "low"), "html.parser").span
    assert (pips["title"], pips.select_one(".vh").get_text()) == ("низкая уверенность",) * 2


@pytest.mark.parametrize(
    ("china", "russia", "classes", "parts"),
    [
        (None, None, ["split", "none"], []),
        (1.0, None, ["split"], [("c", "width:50%"), ("m", None)]),
        (None, 1.0, ["split"], [("m", "width:50%"), ("r", None)]),
        (1.0, 3.0, ["split"], [("c", "width:25.0%"), ("r", None)]),
        (2.0, 0.0, ["split"], [("c", "width:100.0%")]),
        (0.0, 2.0, ["split"], [("r", None)]),
    ],
)
def test_the_parts_of_a_pair_are_drawn_as_far_as_they_are_known(china, russia, classes, parts):
    bar = BeautifulSoup(macro("inline", "split", china, russia), "html.parser").span
    assert (bar["class"], bar["aria-hidden"]) == (classes, "true")
    assert [(part["class"][0], part.get("style")) for part in bar.select("i")] == parts


def test_of_two_that_have_nothing_no_part_is_drawn():
    assert macro("inline", "split", 0.0, 0.0) == ""


def card(**changed):
    entry = {"terms": [("As printed", "$1bn")], "source": "Bank", "address": "", "locator": ""}
    backs = [{"anchor": "at-a", "words": "back"}, {"anchor": "at-b", "words": "to place 2"}]
    shown = {"id": "a", "title": "Debt", "entries": [entry | changed], "backs": backs, "row": ""}
    return BeautifulSoup(macro("evidence", "evidence", [shown]), "html.parser").section


def test_a_card_of_evidence_can_be_reached_and_closed_by_keys():
    shown = card()
    assert (shown["id"], shown["aria-label"]) == ("evidence", "Where the numbers come from")
    assert (shown.article["class"], shown.article["tabindex"]) == (["source"], "-1")
    assert (shown.a["href"], shown.a["aria-label"]) == ("#evidence", "Close")
    assert shown.select_one(".source-title").get_text() == "Debt"
    first, second = shown.select(".back")
    assert (first.get("aria-label"), first.get_text()) == (None, "↩ back")
    assert (second["aria-label"], second.get_text()) == ("to place 2", "2")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, "<dd>Bank</dd>"),
        ({"address": "https://b.org"}, '<dd><a href="https://b.org">Bank</a></dd>'),
        ({"locator": "page 3"}, "<dd>Bank<br/>page 3</dd>"),
    ],
)
def test_a_source_has_its_address_and_its_place_where_they_are_known(changed, told):
    assert str(card(**changed).select("dd")[-1]).replace("\n", "") == told


def test_evidence_without_a_source_has_no_line_for_it():
    assert [term.get_text() for term in card(source="").select("dt")] == ["As printed"]


def test_the_explorer_offers_countries_flows_and_records_under_their_words():
    texts = {
        "choose": {"country": "Country", "five": "The five", "others": "All others"}
        | {"year": "Year", "flow": "Trade", "record": "Record"},
        "flows": {"turnover": {"label": "Both ways"}},
        "records": {"own": {"label": "Its own"}, "partner": {"label": "The powers’"}},
        "series": {"note": "Dollars"},
        "take": {"link": "Link", "csv": "CSV"},
    }
    countries = {"five": {"KAZ": "Kazakhstan"}, "others": {"MLT": "Malta"}}
    html = macro("explorer", "explorer", countries, texts, Markup("{}"), Markup("<p>Table</p>"))
    page = BeautifulSoup(html, "html.parser")
    groups = [(group["label"], group.option["value"]) for group in page.select("optgroup")]
    assert groups == [("The five", "KAZ"), ("All others", "MLT")]
    assert [one.legend.get_text() for one in page.select("fieldset")] == ["Trade", "Record"]
    offered = [
        (one["name"], one["value"], one.parent.get_text()) for one in page.select("[type=radio]")
    ]
    assert offered == [
        ("flow", "turnover", "Both ways"),
        ("record", "own", "Its own"),
        ("record", "partner", "The powers’"),
    ]
    # Without the script the table stands alone.
    assert [page.select_one(part).has_attr("hidden") for part in (".choose", ".view")] == [True] * 2
    assert page.select_one(".without").get_text() == "Table"
    assert page.select_one("figure")["aria-labelledby"] == page.select_one(".chart-title")["id"]
    assert page.select_one(".chart-subtitle").get_text() == "Dollars"
    assert page.select_one(".says")["aria-live"] == "polite"
    assert page.select_one(".unknown")["role"] == "status"
    assert page.script["type"] == "application/json"
