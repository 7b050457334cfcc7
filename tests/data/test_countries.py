"""Which countries a build is asked for, and what their pages are called."""

import re

import pandas as pd
import pytest

from analysis.config import COUNTRIES
from analysis.data.countries import (
    area,
    asked,
    check_country,
    in_a_sentence,
    likely,
    names,
    page_name,
    studied,
)

KNOWN = {**COUNTRIES, "OMN": "Oman", "MNG": "Mongolia", "BLR": "Belarus"}


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("", list(COUNTRIES)),
        ("  ", list(COUNTRIES)),
        ("MNG BLR", ["MNG", "BLR"]),
        ("BLR,MNG", ["BLR", "MNG"]),
        (" MNG  MNG ", ["MNG"]),
        ("WORLD", list(KNOWN)),
        ("world", list(KNOWN)),
    ],
)
def test_words_ask_for_countries_in_their_order(words, codes):
    assert list(asked(words, KNOWN)) == codes


def test_every_unknown_word_is_named_with_the_likely_code():
    with pytest.raises(ValueError, match=re.escape("'MGN' (did you mean MNG?)")) as error:
        asked("MGN BLR XX1 RUS", KNOWN)
    assert "unknown country 'XX1'" in str(error.value)
    assert "'RUS' (Russia is one of the two that are compared)" in str(error.value)
    assert "BLR'" not in str(error.value)


def test_a_word_that_is_near_no_country_is_told_without_a_guess():
    with pytest.raises(ValueError, match=r"^unknown country '12'; valid: ISO 3166 codes"):
        asked("12", KNOWN)


def test_a_table_of_countries_may_begin_with_the_mark_of_a_spreadsheet(tmp_path):
    text = "country,name\nMNG,Mongolia\nCIV,Côte d’Ivoire\nCHN,China\n"
    (tmp_path / "countries.csv").write_text(text, encoding="utf-8-sig")
    assert names(tmp_path) == {"MNG": "Mongolia", "CIV": "Côte d’Ivoire"}


@pytest.mark.parametrize(
    ("code", "name"),
    [("KAZ", "Kazakhstan"), ("REGION", "all five together"), ("MNG", "Mongolia"), ("QQQ", "QQQ")],
)
def test_an_area_is_called_by_its_name_whichever_country_it_is(code, name):
    assert area(code) == name


def test_a_name_in_place_of_a_code_is_understood():
    with pytest.raises(ValueError, match=re.escape("'Belarusia' (did you mean BLR?)")):
        asked("Belarusia", KNOWN)


def test_a_code_with_one_wrong_letter_is_taken_for_the_nearest_of_the_five():
    # Sri Lanka's LKA shares all but one letter with it too, in another order.
    with pytest.raises(ValueError, match=re.escape("'KAX' (did you mean KAZ?)")):
        check_country("KAX", KNOWN | {"KAZ": "Kazakhstan", "LKA": "Sri Lanka"})


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("CHN", "China"),
        ("China", "China"),
        ("cn", "China"),
        ("PRC", "China"),
        ("RUS", "Russia"),
        ("russia", "Russia"),
        ("Russian Federation", "Russia"),
    ],
)
def test_a_power_is_told_as_one_by_its_code_and_by_its_names(word, name):
    with pytest.raises(
        ValueError, match=rf"{word}' \({name} is one of the two that are compared\);"
    ):
        check_country(word, names())


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("Kazakhstan", "kazakhstan"),
        ("Côte d’Ivoire", "cote_divoire"),
        ("Bosnia & Herzegovina", "bosnia_herzegovina"),
        ("Congo - Kinshasa", "congo_kinshasa"),
        ("São Tomé & Príncipe", "sao_tome_principe"),
    ],
)
def test_a_page_is_named_in_plain_letters(name, page):
    assert page_name(name) == page


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Mongolia", "Mongolia"),
        ("Netherlands", "the Netherlands"),
        ("United Kingdom", "the United Kingdom"),
        ("Solomon Islands", "the Solomon Islands"),
        ("Central African Republic", "the Central African Republic"),
        ("Antigua & Barbuda", "Antigua and Barbuda"),
    ],
)
def test_a_name_in_a_sentence_has_its_article_and_no_sign_for_and(name, said):
    assert in_a_sentence(name) == said


def test_no_pages_charts_can_be_taken_for_anothers():
    pages = [page_name(name) for name in names().values()]
    assert not [page for page in pages for other in pages if other.startswith(f"{page}-")]


def test_no_two_countries_share_a_page_and_the_five_keep_theirs():
    pages = {code: page_name(name) for code, name in names().items()}
    assert len(set(pages.values())) == len(pages)
    assert {code: pages[code] for code in COUNTRIES} == {
        code: name.lower() for code, name in COUNTRIES.items()
    }
    taken = {"index", "region", "claims", "world", "method", "data"}
    assert not taken & set(pages.values())


def test_what_is_studied_is_the_five_and_whoever_has_a_record_with_one_of_the_powers():
    sides = [("CHN", "MNG"), ("BLR", "RUS"), ("CHN", "RUS"), ("DEU", "FRA"), ("WLD", "CHN")]
    trade = pd.DataFrame([*sides, ("KAZ", "CHN")], columns=["reporter", "partner"])
    assert studied(trade) == [*COUNTRIES, "BLR", "MNG"]


def test_what_is_recorded_of_no_country_in_particular_is_none():
    trade = pd.DataFrame({"reporter": ["RUS", "CHN"], "partner": ["XXX", "WLD"]})
    assert studied(trade) == list(COUNTRIES)


@pytest.mark.parametrize(
    ("word", "code"), [("MGN", "MNG"), ("omam", "OMN"), ("12", ""), ("mong", "MNG"), ("mo", "")]
)
def test_the_likely_code_is_one_that_is_near_or_none(word, code):
    assert likely(word, KNOWN) == code


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Turkey", "TUR"),
        ("Kyrgyz Republic", "KGZ"),
        ("UK", "GBR"),
        ("usa", "USA"),
        ("America", "USA"),
        ("South Korea", "KOR"),
        ("iran", "IRN"),
        ("Kirgizstan", "KGZ"),
        ("Cote d'Ivoire", "CIV"),
    ],
)
def test_a_name_in_common_use_leads_to_the_code(word, code):
    assert likely(word, names()) == code


@pytest.mark.parametrize("word", ["region", "five", "World", "EU", "Deutschland", "nonsense"])
def test_no_guess_is_better_than_a_wild_one(word):
    assert likely(word, names()) == ""


def test_another_name_of_a_country_that_is_not_in_the_list_leads_nowhere():
    assert likely("Turkey", KNOWN) == ""


def test_a_code_of_the_five_is_likely_even_where_the_list_lacks_it():
    assert likely("KAX", {"DEU": "Germany"}) == "KAZ"
