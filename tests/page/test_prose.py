"""The pages as a reader meets them: every number leads to its source, no word too many."""

import re
from functools import cache
from itertools import combinations

import pytest
from bs4 import BeautifulSoup

from analysis.config import COUNTRIES, REPORTS
from conftest import ON_DEMAND, PAGES

pytestmark = pytest.mark.thorough

ALL = [*PAGES, *ON_DEMAND]
COUNTRY_PAGES = [name.lower() for name in COUNTRIES.values()]
_SCALES = {"tn": 1e12, "bn": 1e9, "m": 1e6, "k": 1e3, "": 1}
_MONEY = re.compile(r"\$([0-9][0-9,]*(?:\.[0-9]+)?)(tn|bn|m|k| billion| million)?\b")
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


@pytest.fixture(scope="module")
def read(page_at):
    """A page's main part, parsed once."""

    @cache
    def parsed(stem):
        return BeautifulSoup(page_at(stem).read_text(encoding="utf-8"), "html.parser").main

    return parsed


@pytest.fixture(scope="module")
def prose(read):
    """The paragraphs and points of a page's prose, each as an element."""

    @cache
    def blocks(stem):
        found = read(stem).select("p, li, h1, h2, h3")
        return [block for block in found if not block.find_parent(_is_not_prose)]

    return blocks


def _is_not_prose(element):
    classes = set(element.get("class", []))
    named = {"table", "figure", "details", "nav", "script", "style", "form"}
    return element.name in named or bool(
        classes & {"evidence", "claim", "countries", "cards", "key"}
    )


def words_of(block):
    return " ".join(block.get_text("").split())


def sentences(block):
    return [said for said in re.split(r"(?<=[.!?])\s+", words_of(block)) if said]


_SHOWN = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)(?: (trillion|billion|million)| ?(tn|bn|m)\b)?")
_WORDS = {"trillion": 1e12, "billion": 1e9, "million": 1e6}


def numbers_of(text, pattern):
    """Numbers in a text, each with half of its last digit."""
    found = []
    for match in pattern.finditer(text):
        digits = match[1].replace(",", "")
        letters = [one for one in match.groups()[1:] if one]
        scale = (_SCALES | _WORDS)[letters[0].strip()] if letters else 1
        near = 0.5 * 10.0 ** -len(digits.partition(".")[2]) * scale if letters else 0.5
        found.append((float(digits) * scale, near))
    return found


def sums_of(card):
    """Of a card of several rows: what each power's numbers add up to, and how much a sum grew.

    Rows of years have whole dollars; rows of places, what officials said: "Russia: more than $4.1
    billion".
    """
    known = {
        power: sum(map(number, re.findall(rf"{power}: ([0-9][0-9,.]*)", card)))
        for power in ("China", "Russia")
    }
    by_year = {}
    for year, digits in re.findall(r"((?:19|20)[0-9]{2}), ([0-9][0-9,.]*) US dollars", card):
        by_year[year] = by_year.get(year, 0.0) + number(digits)
    growth = [by_year[max(by_year)] - by_year[min(by_year)]] if by_year else []
    known_sums = [(found, 1.0) for found in [*known.values(), *growth]]
    for power in known:
        found = re.findall(rf"{power}: [^0-9;]*([0-9][0-9,.]*) (billion|million)", card)
        if len(found) > 1:
            # Each may be half of its last digit more or less: the sum is told by its lower end.
            near = sum(
                0.5 * _WORDS[scale] / 10 ** len(digits.partition(".")[2]) for digits, scale in found
            )
            whole = sum(number(digits) * _WORDS[scale] for digits, scale in found)
            known_sums.append((whole, near))
    return known_sums


def number(digits):
    return float(digits.rstrip(".").replace(",", ""))


@pytest.mark.parametrize("stem", ALL)
def test_money_in_the_prose_is_what_its_source_shows(read, prose, stem):
    wrong = []
    for block in prose(stem):
        for link in block.select("a.ev"):
            told = read(stem).find(id=link["href"][1:]).get_text(" ")
            shown = numbers_of(told, _SHOWN)
            if " to " in link.get_text():
                continue  # an interval, whose ends follow from the words on the card
            if ".." in link["href"]:
                shown = sums_of(" ".join(told.split()))
            shown += [
                (end, a + b)
                for (one, a), (other, b) in combinations(shown, 2)
                for end in (one + other, abs(one - other))
            ]
            wrong += [
                (link.get_text(), told[:200])
                for value, near in numbers_of(link.get_text(), _MONEY)
                if not any(abs(value - found) <= (near + a) * 1.001 for found, a in shown)
            ]
    assert wrong == []


# Pages that count rows of their own tables in words and figures.
_COUNTING = ("method", "data", "explorer", "claims", "world")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# What follows from two numbers of the same paragraph, each of which has its source.
_RATIO = re.compile(r"[0-9.,]+(?: to [0-9.,]+)?(?:%(?: to [0-9.,]+%)? (?:more|less)| times)")


@pytest.mark.parametrize("stem", [stem for stem in ALL if stem not in _COUNTING])
def test_a_number_without_a_source_is_a_year_a_date_or_a_ratio_of_two_that_have_one(prose, stem):
    free = []
    for block in prose(stem):
        copy = BeautifulSoup(str(block), "html.parser")
        linked = copy.select("a.ev")
        for link in copy.select("a.ev, a[href^=http]"):
            link.decompose()
        text = re.sub(rf"\b[0-9]{{1,2}} (?=(?:{_MONTHS})\b)", "", copy.get_text(""))
        text = re.sub(r"\b(?:19|20)[0-9]{2}\b", "", text)
        if len(linked) > 1:
            text = _RATIO.sub("", text)
        free += [(found, text) for found in _NUMBER.findall(text) if found != "100"]
    assert free == []


@pytest.mark.parametrize("stem", ALL)
def test_no_sentence_begins_with_a_number(prose, stem):
    said = [one for block in prose(stem) if block.name == "p" for one in sentences(block)]
    assert [one for one in said if re.match(r"[0-9$€]", one)] == []


_NEVER = re.compile(
    r"significant|notabl|worth noting|interestingly|remarkabl|dominat|\bforces\b|buys off|"
    r"\bcontrols\b|overwhelming|by the book|\bbooks?\b|\bmirror\b|like pair|hatch",
    re.IGNORECASE,
)


@pytest.mark.parametrize("stem", ALL)
def test_no_word_says_more_than_a_number_can(prose, stem):
    assert [words_of(block) for block in prose(stem) if _NEVER.search(words_of(block))] == []


@pytest.mark.parametrize("stem", ALL)
def test_sentences_end_and_nothing_is_left_open(prose, stem):
    for block in prose(stem):
        words = words_of(block)
        assert "nan" not in words.lower().split(), words
        assert not re.search(
            r" [.,;:]|\.\.|,\.|\( | \)|[{}]|\bNone\b|undefined|[.;][A-Z]", words
        ), words


@pytest.mark.parametrize("stem", ALL)
def test_no_sentence_stands_twice_on_a_page(prose, stem):
    said = [
        one
        for block in prose(stem)
        if block.name in ("p", "li")
        for one in sentences(block)
        if len(one.split()) > 5
    ]
    assert sorted({one for one in said if said.count(one) > 1}) == []


@pytest.mark.parametrize("stem", COUNTRY_PAGES)
def test_a_country_page_is_at_most_twelve_hundred_words_and_its_dek_thirty(prose, read, stem):
    blocks = [words_of(block) for block in prose(stem)]
    assert sum(len(block.split()) for block in blocks) <= 1200
    dek = read(stem).h1.find_next("p")
    assert len(words_of(dek).split()) <= 30


@pytest.mark.parametrize("stem", [*COUNTRY_PAGES, "index", "region", "world"])
def test_a_page_opens_with_a_finding_that_has_a_number(read, stem):
    assert len(read(stem).find_all("h1")) == 1
    assert _NUMBER.search(words_of(read(stem).h1))


def rounded(value, like):
    """A number to as many digits as another one is printed with."""
    return f"{value:.{len(like.replace('.', ''))}g}"


@pytest.mark.parametrize("stem", ALL)
def test_a_number_has_one_spelling_on_a_page(prose, stem):
    spelt = {}
    for block in prose(stem):
        for link in block.select("a.ev"):
            for number, letters in _MONEY.findall(link.get_text()):
                value = float(number.replace(",", "")) * (_SCALES | _WORDS)[letters.strip()]
                spelt.setdefault(link["href"], {})[number + letters] = (value, number)
    twice = [
        (href, one, other)
        for href, found in spelt.items()
        for one, (value, digits) in found.items()
        for other, (exact, more) in found.items()
        if len(digits) < len(more)
        and f"{exact:.{len(digits.replace('.', ''))}g}"
        == f"{value:.{len(digits.replace('.', ''))}g}"
    ]
    assert twice == []


def test_the_start_page_leads_to_every_page_and_to_the_tables():
    text = (REPORTS / "index.html").read_text(encoding="utf-8")
    assert [stem for stem in PAGES if stem != "index" and f'href="{stem}.html"' not in text] == []


# What only the five's pages may speak of.
_OF_THE_FIVE = re.compile(
    r"\barticle\b|Central Asia|\bfive\b|Kazakh|Kyrgyz|Tajik|Turkmen|Uzbek|rouble", re.IGNORECASE
)


@pytest.mark.parametrize("stem", ON_DEMAND)
def test_a_page_on_demand_speaks_neither_of_the_article_nor_of_the_five(prose, stem):
    said = [words_of(block) for block in prose(stem)]
    assert [words for words in said if _OF_THE_FIVE.search(words)] == []


@pytest.mark.parametrize("stem", ON_DEMAND)
def test_every_section_of_a_page_on_demand_has_something_to_say(read, stem):
    headings = read(stem).find_all("h2")
    empty = []
    for heading in headings:
        following = [n for n in heading.next_siblings if getattr(n, "name", None)]
        inside = []
        for element in following:
            if element.name == "h2":
                break
            inside.append(element.get_text(strip=True))
        if not "".join(inside):
            empty.append(heading.get_text())
    assert empty == []


@pytest.mark.parametrize("stem", PAGES)
def test_every_link_to_another_page_finds_its_place(read, page_at, stem):
    lost = []
    for link in read(stem).select("a[href]"):
        address, _, anchor = link["href"].partition("#")
        if address.startswith("http") or not address:
            continue
        target = REPORTS / address
        # Pictures are made by the build beside the pages, and are not committed.
        if address.endswith(".png"):
            continue
        if not target.exists():
            lost.append(link["href"])
        elif anchor and ":" not in anchor and target.stem in PAGES:
            lost += [] if read(target.stem).find(id=anchor) else [link["href"]]
    assert lost == []
