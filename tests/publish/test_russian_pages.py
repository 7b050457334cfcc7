"""A page in Russian: its shell, its files, and its way to and from the English one."""

import re

import pytest
from bs4 import BeautifulSoup

from analysis.config import NOTEBOOKS
from analysis.page.language import ENGLISH, speaking, spoken
from analysis.publish.report import write_report
from analysis.publish.site import is_told_in, links, neighbours, other

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports") / "ru"
    parameters = {"country": "TKM", "language": "ru"}
    # An English page before it in the same process leaves nothing of its language behind.
    english = tmp_path_factory.mktemp("english")
    write_report(NOTEBOOKS / "country.ipynb", {"country": "TKM"}, "turkmenistan", english)
    write_report(NOTEBOOKS / "country.ipynb", parameters, "turkmenistan", folder)
    return folder


@pytest.fixture(scope="module")
def text(reports):
    return (reports / "turkmenistan.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def soup(text):
    return BeautifulSoup(text, "html.parser")


def test_the_language_is_english_again_after_a_page_in_russian(reports):
    assert spoken() == ENGLISH


def test_a_page_says_that_it_is_in_russian(soup):
    assert soup.html["lang"] == "ru"
    assert '"inLanguage": "ru"' in soup.select_one('[type="application/ld+json"]').string


def test_the_pages_of_both_languages_lead_to_each_other(soup):
    to_english = soup.select_one(".language a")
    assert (to_english["href"], to_english["hreflang"]) == ("../turkmenistan.html", "en")
    to_russian = other("turkmenistan")
    assert (to_russian.href, to_russian.language) == ("ru/turkmenistan.html", "ru")


def test_a_page_that_is_in_english_alone_is_linked_as_such(soup):
    pages = {a["href"]: a.get("hreflang") for a in soup.select("nav.line a")}
    assert pages["kazakhstan.html"] is None
    assert pages["../method.html"] == pages["../data.html"] == "en"
    assert all(a.get("hreflang") == "en" for a in soup.select('footer a[href^="../"]'))


def test_no_page_beyond_the_six_is_told_in_russian():
    assert is_told_in("ru", "index") and is_told_in("ru", "uzbekistan")
    assert not is_told_in("ru", "region")
    assert other("region") is None


def test_the_navigation_is_in_russian():
    with speaking("ru"):
        assert [link.text for link in links()][:2] == ["Казахстан", "Кыргызстан"]
        before, after = neighbours("turkmenistan")
        assert (before.text, after.href) == ("Таджикистан", "uzbekistan.html")


def test_nothing_of_the_shell_is_left_in_english(soup):
    shown = BeautifulSoup(str(soup), "html.parser")
    # A source's title, what it prints, names of columns and of files stay as they are.
    named = (
        "style script [hreflang=en] .source:dd figcaption svg .dataframe .cite .cite-number "
        "[rel=license]"
    )
    for kept in shown.select(named.replace(" ", ", ").replace(":", " ")):
        kept.decompose()
    words = set(re.findall("[A-Za-z]{3,}", shown.body.get_text(" ")))
    assert words - {"central", "asia", "two", "books", "MIT", "country", "TKM"} <= {
        "Energy",
        "Institute",
    }
    labels = [tag["aria-label"] for tag in shown.select("[aria-label]")]
    assert [label for label in labels if re.search("[A-Za-z]{3,}", label)] == []


def test_how_to_cite_a_number_is_said_in_russian(soup):
    head = soup.select_one("#cite-number")
    assert head.get_text() == "Как сослаться на число"
    assert head["data-one"] == "Сослаться на это число"
    told = head.find_next_sibling("p").get_text()
    assert told.startswith("Нажмите на число: откроется его источник")
    assert told.endswith("ru/turkmenistan.html#метка")


def test_the_terms_of_the_evidence_are_in_russian(soup):
    terms = {term.get_text() for term in soup.select(".source dt")}
    known = {"Напечатано", "Вычислено", "Чьи данные", "Откуда цифра", "Примечание", "Источник"}
    assert terms <= known


def test_the_letters_are_inter_alone(text):
    assert "Newsreader" not in "".join(re.findall("@font-face{[^}]*}", text))
    assert "U+400-4FF" in text


def test_the_pictures_lie_beside_the_page_and_the_data_beside_the_english_one(reports, soup):
    files = {path.suffix for path in (reports / "figures").iterdir()}
    assert files == {".svg", ".png"}
    addresses = [a["href"] for a in soup.select("figure .actions a[download]")]
    assert {address for address in addresses if address.endswith(".csv")} == {
        f"../figures/turkmenistan-{figure['id']}.csv" for figure in soup.select("figure.chart")
    }
    for address in addresses:
        assert address.endswith(".csv") or (reports / address).is_file()


def test_a_drawing_to_take_away_is_in_russian(reports):
    drawing = (reports / "figures" / "turkmenistan-two-records.svg").read_text(encoding="utf-8")
    assert "<title>Китай впереди" in drawing.replace("dc:title", "title")


def test_the_code_is_on_the_english_page(soup):
    assert soup.select_one(".code-at a")["href"] == "../turkmenistan.html#code"
    assert soup.select_one("#code") is None


def test_there_is_no_brief_in_russian(reports):
    assert not (reports / "briefs").exists()


def test_a_page_is_below_400_kilobytes(text):
    assert len(text.encode()) < 400_000
