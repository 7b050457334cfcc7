"""The committed pages as a reader meets them: every number leads to its row, no word too many."""

import re
from functools import cache
from html.parser import HTMLParser

import pytest

from analysis.config import COUNTRIES, RAW, REPORTS, ROOT
from analysis.data.sources import load_sources, source_line
from analysis.measures import books, leads
from analysis.page import verdict
from analysis.page.findings import evidence
from conftest import ON_DEMAND, PAGES

# What these say is held by snapshots (tests/page); their numbers lead to cards and tables.
TOLD = {"world", "method", "data"}
ALL = [page for page in [*PAGES, *ON_DEMAND] if page not in TOLD]
COUNTRY_PAGES = [name.lower() for name in COUNTRIES.values()]
SOURCES = load_sources(RAW / "sources.yml")[0]
SOURCE_LINES = [source_line(key, SOURCES) for key in SOURCES]
_NUMBER = re.compile(r"[+−-]?[$€]?[0-9][0-9,]*(?:\.[0-9]+)?(?: billion| million)?%?")
_SCALES = {" billion": 1e9, " million": 1e6}
_VOID = {"meta", "link", "br", "img", "input", "hr", "line", "circle", "rect", "path", "use"}


class Reader(HTMLParser):
    """A page's prose by block, its headings, and the text of everything that has an id."""

    def __init__(self, path):
        super().__init__()
        self.blocks, self.headings, self.targets = [], [], {}
        self._open = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in _VOID:
            return
        self._open.append((tag, attributes))
        if "id" in attributes:
            self.targets[attributes["id"]] = ""
        if tag in ("p", "li") and self._in_prose():
            self.blocks.append([])
        if tag in ("h1", "h2", "h3"):
            self.headings.append("")

    def handle_endtag(self, tag):
        if tag in _VOID:
            return
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        tags = [tag for tag, _ in self._open]
        for _, attributes in self._open:
            if "id" in attributes:
                self.targets[attributes["id"]] += f" {data}"
        if {"h1", "h2", "h3"} & set(tags):
            self.headings[-1] += data
        elif {"p", "li"} & set(tags) and self._in_prose() and self.blocks:
            links = [attributes["href"] for tag, attributes in self._open if tag == "a"]
            self.blocks[-1].append((data, links[-1] if links else ""))

    def _in_prose(self):
        tags = {tag for tag, _ in self._open}
        outside = {"nav", "footer", "header", "table", "details", "figure", "style", "script"}
        return "main" in tags and not tags & outside


@pytest.fixture(scope="module")
def read(page_at):
    return cache(lambda stem: Reader(page_at(stem)))


def words_of(block):
    return "".join(text for text, _ in block)


def value(number):
    scale = next((size for word, size in _SCALES.items() if word in number), 1)
    digits = re.sub(r"[^0-9.]", "", number)
    return float(digits) * scale


def half_of_last_digit(number):
    """How far a rounded number may lie from the one it was rounded from."""
    scale = next((size for word, size in _SCALES.items() if word in number), 1)
    digits = re.sub(r"[^0-9.]", "", number)
    if "." in digits:
        return 0.5 * 10.0 ** -len(digits.partition(".")[2]) * scale
    # Two digits are kept, or more where the sides would look alike: 950 million is one of ten.
    kept = len(digits.rstrip("0")) or 1
    return 0.5 * 10.0 ** (len(digits) - max(kept, min(2, len(digits)))) * scale


@pytest.mark.parametrize("stem", ALL)
def test_every_number_in_the_prose_leads_to_a_row_that_shows_it(read, stem):
    links = [
        (number, href)
        for block in read(stem).blocks
        for text, href in block
        if href and not href.startswith("http")
        for number in _NUMBER.findall(re.sub(r"\b(?:19|20)[0-9]{2}\b", "", text))
    ]
    assert links or stem == "index"  # its numbers are counts, in words
    for number, href in links:
        page, _, anchor = href.partition("#")
        row = read(page.removesuffix(".html") or stem).targets[anchor]
        shown = _NUMBER.findall(row)
        near = half_of_last_digit(number) * 1.0001 + 1e-9
        assert any(
            abs(value(number) - value(found)) <= near + half_of_last_digit(found) for found in shown
        ), (number, href, row)


# Numbers that are rules and not data: the scale's ends, and what the method page states.
_RULES = {0.0, 1.0, leads.LISTED_FROM, *books.FREIGHT_BAND, books.FREIGHT, verdict.SMALL_PART * 100}


@pytest.mark.parametrize("stem", ALL)
def test_a_number_without_a_link_is_a_date_or_a_rule(read, stem):
    linked = {
        value(number)
        for block in read(stem).blocks
        for text, href in block
        if href
        for number in _NUMBER.findall(text)
    }
    for block in read(stem).blocks:
        text = "".join(text for text, href in block if not href)
        for line in SOURCE_LINES:  # titles and vintages of sources, numbers and all
            text = text.replace(line, "")
        text = re.sub(r"edition of [0-9]{4}-[0-9]{2}", "", text)
        text = re.sub(r"\b[0-9]{1,2} (?:[A-Z][a-z]+ )(?=[0-9]{4})", "", text)
        text = re.sub(r"\b(?:19|20)[0-9]{2}\b", "", text)
        free = {value(number) for number in _NUMBER.findall(text)}
        # A worked example repeats in millions what it has linked.
        repeated = {number / 1e6 for number in linked} if stem == "method" else set()
        assert free - _RULES - repeated == set(), text


@pytest.mark.parametrize("stem", ALL)
def test_no_sentence_begins_with_a_number(read, stem):
    for block in read(stem).blocks:
        sentences = re.split(r"(?<=[.!?])\s+", words_of(block).strip())
        assert [said for said in sentences if re.match(r"[0-9$€]", said)] == []


_NEVER = re.compile(
    r"significant|notabl|worth noting|interestingly|remarkabl|dominat|\bforces\b|buys off|"
    r"\bcontrols\b|overwhelming",
    re.IGNORECASE,
)


@pytest.mark.parametrize("stem", ALL)
def test_no_word_says_more_than_a_number_can(read, stem):
    found = [words_of(block) for block in read(stem).blocks if _NEVER.search(words_of(block))]
    assert found == []


@pytest.mark.parametrize("stem", ALL)
def test_sentences_end_and_nothing_is_left_open(read, stem):
    for block in read(stem).blocks:
        words = words_of(block).strip()
        assert "nan" not in words.lower().split(), words
        assert not re.search(r" [.,;:]|\.\.|,\.|\( | \)|  +\S", words), words


@pytest.mark.parametrize("country", [*COUNTRIES, *ON_DEMAND.values()])
def test_the_verdict_is_one_sentence_of_at_most_thirty_words(country):
    said, _, confidence = verdict.answer(evidence(country)).partition("\n\n")
    bare = re.sub(r"\]\([^)]*\)|[\[*]", "", said)
    assert len(bare.split()) <= 30
    assert bare.count(".") == 1
    judged = any(tie.rows for tie in verdict.ties(evidence(country)))
    assert confidence.startswith("[Confidence]" if judged else "This page is on trade in goods")


@pytest.mark.parametrize("stem", COUNTRY_PAGES)
def test_a_country_page_goes_from_the_verdict_to_its_figures(read, stem):
    headings = [heading.replace("¶", "") for heading in read(stem).headings]
    order = [
        "Who weighs more, tie by tie?",
        "Who trades more?",
        "When did the lead in trade change?",
        "Buyer or supplier?",
        "The ties one by one",
        "The article’s year and now",
        "What cannot be compared, and why",
        "What would change this verdict",
        "Every figure and its source",
    ]
    places = [headings.index(heading) for heading in order]
    assert places == sorted(places)
    # The country's own question stands between buyer or supplier and the ties.
    between = headings[places[3] + 1 : places[4]]
    assert len(between) == 1
    assert between[0].endswith("?")


def test_the_start_page_leads_to_every_page_and_to_the_tables():
    text = (REPORTS / "index.html").read_text(encoding="utf-8")
    for stem in PAGES:
        assert stem == "index" or f'href="{stem}.html"' in text
    assert "data/processed/figures.csv" in text


# What only the five's pages may speak of.
_OF_THE_FIVE = re.compile(
    r"\barticle\b|Central Asia|\bfive\b|Kazakh|Kyrgyz|Tajik|Turkmen|Uzbek|rouble|2016",
    re.IGNORECASE,
)


@pytest.mark.parametrize("stem", ON_DEMAND)
def test_a_page_on_demand_speaks_neither_of_the_article_nor_of_the_five(read, stem):
    page = read(stem)
    said = [words_of(block) for block in page.blocks] + page.headings
    assert [words for words in said if _OF_THE_FIVE.search(words)] == []


@pytest.mark.parametrize("stem", ON_DEMAND)
def test_a_page_on_demand_says_at_once_which_ties_it_has_no_figures_for(read, stem):
    opening = " ".join(words_of(block) for block in read(stem).blocks[:2])
    for tie in ("investment", "loans", "public debt", "money sent home", "energy", "promises"):
        assert tie in opening.partition("No figures are gathered here on")[2]


@pytest.mark.parametrize("stem", ON_DEMAND)
def test_every_section_of_a_page_on_demand_has_something_to_say(page_at, stem):
    text = page_at(stem).read_text(encoding="utf-8")
    main = text[text.index("</nav>", text.index('id="contents"')) : text.index("</main>")]
    main = re.sub(r'<details class="code">.*?</details>', "", main, flags=re.DOTALL)
    sections = re.split(r"<h[23][^>]*>.*?</h[23]>", main)[1:]
    assert len(sections) >= 5
    assert [section for section in sections if not re.sub(r"<[^>]+>", "", section).strip()] == []


def test_the_readme_shows_a_chart_with_the_finding_that_the_start_page_has():
    finding = re.search(
        r"!\[(.+?)\]\(reports/figures/index-answer\.svg\)", (ROOT / "README.md").read_text("utf-8")
    )
    assert f'aria-label="{finding[1]}. ' in (REPORTS / "index.html").read_text("utf-8")
