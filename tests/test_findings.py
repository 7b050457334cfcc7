"""Sentences: the verb from the interval, the words from the table, and nothing beyond them."""

import re

import pandas as pd
import pytest

from analysis.charts import special
from analysis.config import COUNTRIES, PROCESSED
from analysis.data import schema, vocabulary
from analysis.data.clean import clean_figures
from analysis.measures.compare import compare_figures
from analysis.measures.editions import load_editions
from analysis.page.findings import (
    PHRASES,
    Evidence,
    books_word,
    buyer_and_supplier,
    debt,
    evidence,
    investment,
    money_home,
    one_side_now,
    plain,
    section,
    stated,
    times,
    trade,
    trade_since,
    two_books,
    verb,
    weight,
    what_would_change,
)
from analysis.page.tables import (
    checks_table,
    comparisons_table,
    figures_table,
    html_table,
    indicators_table,
    mirror_table,
    refusals_table,
    then_and_now,
    weights_table,
)
from analysis.page.verdict import answer, tie_by_tie

SOURCES = {"dubnov-2018": {"title": "T", "publisher": "P", "terms": "none"}}


@pytest.fixture
def told(raw_figures):
    """Evidence for Kazakhstan from a few figures."""

    def build(*changes):
        figures = clean_figures(raw_figures(*changes))
        empty = {
            name: pd.DataFrame(columns=list(schema.TABLES[name].schema.columns))
            for name in ("crossings", "mirror", "weights", "indicators", "checks", "claims")
        }
        comparisons = compare_figures(figures, "article")
        return Evidence(
            "KAZ",
            "Kazakhstan",
            figures=figures,
            comparisons=comparisons,
            sources=SOURCES,
            editions=load_editions(),
            trade_until=2020,
            **empty,
        )

    return build


CHINA = {"figure_id": "china", "printed": "$12.5 billion"}
RUSSIA = {"figure_id": "russia", "printed": "$12.9 billion", "power": "RUS"}


def interval(low, high, word):
    return {"difference_low": low, "difference_high": high, "word": word}


@pytest.mark.parametrize(
    ("low", "high", "word", "expected"),
    [
        (-0.02, -0.01, "about level", "the two are about level"),
        (-0.1, 0.1, "too close to call", "it is too close to call"),
        (0.08, 0.14, "slightly larger", "China’s figure is slightly larger"),
        (-0.14, -0.08, "slightly larger", "Russia’s figure is slightly larger"),
        (0.9, 1.0, "almost all on one side", "almost all of it is China’s"),
        (
            -0.1,
            0.02,
            "about level to slightly larger",
            "the two are about level, or Russia’s figure is slightly larger",
        ),
    ],
)
def test_the_verb_follows_from_the_interval(low, high, word, expected):
    assert verb(interval(low, high, word)) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.6377, 0.6667, "4.5 to 5 times"),
        (0.6, 0.6, "about 4 times"),
        (0.1, 0.3, ""),  # 1.2 times at the least
        (-0.1, 0.6, ""),  # who is ahead is open
        (0.9, 1.0, ""),  # the other may be nothing
    ],
)
def test_a_ratio_is_given_only_where_both_ends_allow_it(low, high, expected):
    assert times(interval(low, high, "")) == expected


def test_a_comparison_names_both_figures_the_year_and_the_verdict(told):
    assert section(told(CHINA, RUSSIA), "trade") == (
        "Trade with China was put at [\\$12.5 billion](#f-china) in 2016, trade with Russia at "
        "[\\$12.9 billion](#f-russia): [the two are about level](#c-article-china)."
    )


def test_one_side_alone_gets_no_verb_of_comparison(told):
    text = section(told(CHINA), "trade")
    assert text.startswith("Printed for one side only, with nothing comparable for Russia:")
    assert not re.search("larger|level|almost all", text)


def test_nothing_printed_is_called_a_gap_and_not_a_zero(told):
    text = section(told(CHINA), "energy")
    assert text == (
        "The article prints no figure on energy for Kazakhstan alone, on either power. That is a "
        "gap in the record, not a zero."
    )


def test_a_condition_is_said_with_the_comparison(told):
    text = section(
        told(
            CHINA | {"nature": "stock"}, RUSSIA | {"nature": "stock", "period_printed": "June 2016"}
        ),
        "trade",
    )
    assert "This holds on a condition: the periods differ" in text


def test_markup_in_a_raw_cell_shows_as_text(told):
    text = section(told(CHINA | {"note": "<script>*x*</script> $5"}), "trade")
    assert "&lt;script&gt;\\*x\\*&lt;/script&gt; \\$5" in text
    assert plain("[a](b)") == "\\[a\\](b)"


def test_tables_escape_what_they_hold():
    table = html_table("a < b", ["x"], [("id-1", ["<i>"])])
    assert "<caption>a &lt; b</caption>" in table
    assert '<tr id="id-1"><th scope="row">&lt;i&gt;</th>' in table


def test_every_indicator_has_a_phrase_and_a_label():
    assert set(PHRASES) == set(vocabulary.INDICATORS)


def test_an_unknown_country_is_refused_with_the_likely_one():
    with pytest.raises(ValueError, match=r"'Usbekistan' \(did you mean UZB\?\); valid: .*KAZ"):
        evidence("Usbekistan")


TEXTS = (
    answer,
    tie_by_tie,
    special.text,
    trade,
    trade_since,
    buyer_and_supplier,
    two_books,
    weight,
    debt,
    investment,
    money_home,
    one_side_now,
    what_would_change,
)
TABLES = (
    figures_table,
    comparisons_table,
    refusals_table,
    mirror_table,
    weights_table,
    indicators_table,
    checks_table,
)


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_link_in_the_text_leads_to_a_row_of_the_page(country):
    page = evidence(country)
    ids = set(re.findall(r'id="([^"]+)"', "".join(table(page) for table in TABLES)))
    texts = [text(page) for text in TEXTS]
    for dimension in vocabulary.DIMENSIONS:
        texts += [section(page, dimension), stated(page, dimension)]
    links = set(re.findall(r"\]\(#([^)]+)\)", " ".join(texts)))
    assert links
    assert links - ids == set()


def pair(low, high, word):
    return {"difference_low": low, "difference_high": high, "word": word}


LEVEL, CHINESE = pair(0, 0, "about level"), pair(0.3, 0.3, "clearly larger")
STRONGER, RUSSIAN = pair(0.6, 0.6, "several times larger"), pair(-0.3, -0.3, "clearly larger")


@pytest.mark.parametrize(
    ("partner", "own", "expected"),
    [
        (CHINESE, RUSSIAN, "depends on whose books"),
        (CHINESE, LEVEL, "depends on whose books"),
        (CHINESE, STRONGER, "China clearly larger or several times larger, by the book"),
        (CHINESE, CHINESE, "China clearly larger"),
        (RUSSIAN, None, "Russia clearly larger"),
        (LEVEL, LEVEL, "about level"),
        (None, None, "no book to rest on"),
    ],
)
def test_two_books_make_one_word_only_where_they_agree(partner, own, expected):
    assert books_word(partner, own) == expected


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_linked_number_is_the_printed_one(country):
    page = evidence(country)
    printed = page.figures.set_index("figure_id")["printed"]
    for dimension in vocabulary.DIMENSIONS:
        for words, figure_id in re.findall(r"\[([^\]]+)\]\(#f-([^)]+)\)", section(page, dimension)):
            assert words == plain(printed[figure_id])


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_page_rests_on_its_own_rows_and_the_regions(country):
    page = evidence(country, PROCESSED)
    assert set(page.figures["country"]) <= {country, "REGION", "WLD"}


def test_years_of_a_lead_within_a_twentieth_are_told_as_level():
    # Uzbekistan's own records: D of 0.017, 0.024, 0.054, 0.104 and 0.047 from 2016 to 2020.
    said = trade_since(evidence("UZB"))
    assert said.endswith(", though the two were about level in 2016, 2017 and 2020.")


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_table_of_comparisons_says_who_is_ahead(country):
    words = re.findall(
        r"<td>[^<]*(?:larger|level|call)[^<]*</td>", comparisons_table(evidence(country))
    )
    assert words
    assert all(re.match("<td>(China|Russia|About level|Too close)", word) for word in words)


def test_a_ratio_to_gdp_is_not_named_as_the_sum_is():
    table = comparisons_table(evidence("KAZ"))
    assert "Trade in goods, as a share of GDP, in 2016" in table


def test_then_and_now_says_on_what_condition_a_pair_is_alike():
    # The Kyrgyz pair of 2024 is of a statistics office and of a minister.
    assert "(on a condition: the two figures stand on different pages)" in then_and_now(
        evidence("KGZ")
    )


def test_other_counts_of_debt_stand_beside_the_statistics_with_their_doubt():
    said = debt(evidence("TJK"))
    assert (
        "[60%](#f-tjk-debt-share-chn-january-2022-stated) of the whole as of January 2022 " in said
    )
    assert "Disputed" in said


def test_what_two_pages_of_a_bank_imply_is_told_with_its_arithmetic():
    # 0.895 x 10.65 and 0.905 x 10.75 billion
    assert "[\\$9.53 billion to \\$9.73 billion](#k-share-of-a-total-uzb" in investment(
        evidence("UZB")
    )
