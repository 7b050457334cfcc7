"""The committed pages in a real browser: offline, at two widths, by keyboard, dark, on paper."""

import os
import random
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from analysis.config import COUNTRIES
from analysis.publish.site import is_told_in
from conftest import CHROMIUM, NAMES, ON_DEMAND, PAGES

RUSSIAN = [f"ru/{stem}" for stem in PAGES if is_told_in("ru", stem)]
ALL = [*PAGES, *ON_DEMAND, *RUSSIAN]
COUNTRY_PAGES = [name.lower() for name in COUNTRIES.values()]
HEIGHTS = {1280: 800, 360: 740}
ALIKE = int(os.environ.get("ALIKE", "3"))
SEED = int(os.environ.get("SEED", "2018"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        CHROMIUM is None, reason=f"none of the browsers {', '.join(NAMES)} is installed"
    ),
]


@pytest.fixture(scope="module")
def browser():
    # The sandbox wants a user who is not root, which a container often has not.
    options = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def opened(browser, page_at):
    """Opens a report with the network off; what it asked for and complained of is kept."""
    contexts = []

    def open_it(stem, width=1280, **options):
        size = {"width": width, "height": HEIGHTS.get(width, 800)}
        context = browser.new_context(viewport=size, offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.complaints = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(page_at(stem).as_uri())
        return page

    yield open_it
    for context in contexts:
        context.close()


@pytest.fixture
def open_page(opened):
    """A report of one test's own, to click in."""
    pages = []

    def open_it(stem, width=1280, **options):
        pages.append(opened(stem, width, **options))
        return pages[-1]

    yield open_it
    for page in pages:
        page.close()


@pytest.fixture(scope="module")
def look_at(opened):
    """A report that is looked at and left as it is: opened once for all that do no more."""
    pages = {}

    def look(stem, width=1280, *, scheme="light", media="screen"):
        if stem not in pages:
            pages[stem] = opened(stem, width)
        page = pages[stem]
        page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 800)})
        page.emulate_media(media=media, color_scheme=scheme)
        return page

    return look


def height(page):
    return page.evaluate("document.documentElement.scrollHeight")


@pytest.mark.parametrize("stem", ALL)
def test_a_page_asks_for_nothing_but_itself_and_complains_of_nothing(look_at, page_at, stem):
    page = look_at(stem)
    assert page.asked == [page_at(stem).as_uri()]
    assert page.complaints == []


@pytest.mark.parametrize("width", [1280, 768, 700, 360])
@pytest.mark.parametrize("stem", ALL)
def test_nothing_runs_out_of_the_page(look_at, stem, width):
    page = look_at(stem, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    places = "all => all.map(one => one.getBoundingClientRect().toJSON())"
    for place in page.locator("main figure svg:visible").evaluate_all(places):
        assert place["left"] >= 0
        assert place["right"] <= width


@pytest.mark.parametrize("stem", ALL)
def test_the_head_keeps_within_its_rule(look_at, stem):
    frame, last = (
        look_at(stem).locator(selector).bounding_box()
        for selector in ("header.top > .frame", ".line li:last-child")
    )
    assert last["x"] + last["width"] <= frame["x"] + frame["width"] + 0.5


@pytest.mark.parametrize("stem", COUNTRY_PAGES)
def test_a_table_of_verdicts_is_no_wider_than_the_text(look_at, stem):
    table, chart = (
        look_at(stem).locator(selector).bounding_box()
        for selector in ("#verdicts", "main figure >> nth=0")
    )
    assert table["width"] <= chart["width"] + 0.5


@pytest.mark.parametrize("stem", COUNTRY_PAGES)
def test_what_paper_cannot_open_is_not_printed(look_at, stem):
    assert look_at(stem).locator(".why:visible").count() > 0
    page = look_at(stem, media="print")
    assert page.locator(".why:visible, th:visible:text-is('Why')").count() == 0


# Axe's rules that look at colours; in the dark nothing else is another, as a test below has it.
OF_COLOURS = ["color-contrast", "link-in-text-block"]

# Which elements hold words or what is typed, by all that contrast rests on: how each of them looks,
# and how all that it stands in does.
LOOKS = """() => {
  const kinds = new Map(), of = new Map([[document.body, 0]]), found = [];
  const about = ["color", "fill", "opacity", "backgroundColor", "backgroundImage", "textShadow",
    "fontSize", "fontWeight", "textDecoration", "borderBottom", "position", "filter"];
  document.querySelectorAll("body *").forEach((one, number) => {
    const style = getComputedStyle(one);
    const look = JSON.stringify([of.get(one.parentElement), one.localName, one.checkVisibility(),
      one.getAttribute("class"), ...about.map((name) => style[name])]);
    if (!kinds.has(look)) { kinds.set(look, found.length); found.push([]); }
    of.set(one, kinds.get(look));
    const words = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (words || one.matches("input, select, textarea")) found[of.get(one)].push(number);
  });
  return found.filter((alike) => alike.length);
}"""
AXE = """([numbers, options]) => {
  const all = document.querySelectorAll("body *");
  return axe.run(numbers ? {include: numbers.map((number) => all[number])} : document, options);
}"""


def violations(page, numbers=None, **options):
    """What axe finds on the whole page, or in the elements of these numbers."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    results = page.evaluate(AXE, [numbers, {"resultTypes": ["violations"]} | options])
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in results["violations"]]


def violations_of_colours(page):
    """What axe finds wrong with the colours, where up to ``ALIKE`` of what looks alike is seen.

    A table of thousands of cells has a few looks. The cells are drawn by ``SEED``; with ``ALIKE=0``
    all are seen, which takes minutes.
    """
    if not ALIKE:
        return violations(page, runOnly=OF_COLOURS)
    draw = random.Random(SEED)
    looks = page.evaluate(LOOKS)
    numbers = [one for alike in looks for one in draw.sample(alike, min(ALIKE, len(alike)))]
    return violations(page, numbers, runOnly=OF_COLOURS)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("stem", ALL)
def test_axe_finds_nothing_wrong(look_at, stem, width):
    """All rules on all elements; on but the first pages at their full width, colours as drawn.

    How many are drawn is said at ``violations_of_colours``.
    """
    page = look_at(stem, width)
    if stem in ("index", *COUNTRY_PAGES) and width == max(HEIGHTS):
        assert violations(page) == []
    else:
        assert violations(page, rules={rule: {"enabled": False} for rule in OF_COLOURS}) == []
        assert violations_of_colours(page) == []


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("stem", ALL)
def test_axe_finds_nothing_wrong_with_the_colours_in_the_dark(look_at, stem, width):
    """Of what looks alike as many as ``violations_of_colours`` says."""
    assert violations_of_colours(look_at(stem, width, scheme="dark")) == []


@pytest.mark.parametrize("stem", ALL)
def test_a_page_changes_nothing_but_colours_in_the_dark(page_at, stem):
    text = page_at(stem).read_text(encoding="utf-8")
    dark = re.findall(r"prefers-color-scheme:dark\){:root{([^{}]+)}}", text)
    assert len(dark) == text.count("prefers-color-scheme") == 1
    assert [one for one in dark[0].split(";") if not re.fullmatch(r"\s*--[\w-]+:#\w{6}", one)] == []


@pytest.mark.parametrize("stem", COUNTRY_PAGES)
def test_a_country_page_is_short_and_its_first_chart_is_near(look_at, stem):
    desk = look_at(stem, 1280)
    assert height(desk) < 8000
    assert desk.locator("main figure").first.bounding_box()["y"] < 800
    phone = look_at(stem, 360)
    assert height(phone) < 20 * 740
    assert phone.locator("main figure").first.bounding_box()["y"] < 2 * 740


def test_the_start_page_has_its_first_chart_near(look_at):
    assert look_at("index", 1280).locator("main figure").first.bounding_box()["y"] < 800
    assert look_at("index", 360).locator("main figure").first.bounding_box()["y"] < 2 * 740


@pytest.mark.parametrize("stem", COUNTRY_PAGES)
def test_a_country_page_is_light(page_at, stem):
    text = page_at(stem).read_text(encoding="utf-8")
    assert len(text.encode()) < 400_000
    folded = re.sub(r'<details class="fold rows">.*?</details>', "", text, flags=re.DOTALL)
    folded = re.sub(r'<section class="evidence.*?</section>', "", folded, flags=re.DOTALL)
    assert len(folded.encode()) < 250_000


@pytest.mark.parametrize("stem", PAGES)
def test_every_page_says_how_to_cite_it_and_a_number_of_it(look_at, stem):
    page = look_at(stem)
    assert page.complaints == []
    cited = page.locator(".cite").inner_text()
    for card in page.locator(".source").all()[:3]:
        name = card.get_attribute("id")
        told = card.locator(".cite-number").text_content()
        assert told.startswith(card.locator(".source-title").inner_text())
        assert told.endswith(f" {cited} {stem}.html#{name}")
    assert f"{stem}.html#" in page.locator("footer .cite-number").inner_text()


def test_a_claim_in_the_address_is_cited_at_the_foot(open_page):
    page = open_page("claims")
    page.locator(".claim .anchor").nth(3).click()
    claim = page.locator(".claim").nth(3)
    told = page.locator("footer .cite-number").inner_text()
    assert claim.locator(".claim-words").inner_text() in told
    assert told.endswith(f"claims.html#{claim.get_attribute('id')}")


@pytest.mark.parametrize("stem", PAGES)
def test_no_page_is_heavier_than_a_megabyte(page_at, stem):
    assert page_at(stem).stat().st_size < 1_000_000


@pytest.mark.parametrize("stem", PAGES)
def test_the_letters_are_those_that_the_page_brings(look_at, stem):
    page = look_at(stem)
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    for selector, family in (
        ("h1", "Newsreader"),
        ("main p", "Newsreader"),
        ("main figure text", "Inter"),
    ):
        node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
        if not node:
            continue
        fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        assert fonts
        assert all(font["isCustomFont"] and family in font["familyName"] for font in fonts), fonts


@pytest.mark.parametrize("stem", PAGES)
def test_all_words_of_a_page_are_in_letters_that_it_brings(look_at, stem):
    page = look_at(stem)
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": "main"})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    others = {font["familyName"] for font in fonts if not font["isCustomFont"]}
    # Code alone is in the reader's own letters.
    assert {name for name in others if "Mono" not in name} == set()


@pytest.mark.parametrize("stem", [stem for stem in PAGES if stem != "explorer"])
def test_code_opens_by_keyboard_and_without_a_script(open_page, stem):
    page = open_page(stem, java_script_enabled=False)
    summary = page.locator("details.code summary, details.fold.code summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("details.code[open], details.fold.code[open]").count() == 1


@pytest.mark.parametrize("stem", COUNTRY_PAGES)
def test_a_country_is_at_most_eight_pages_of_paper_and_none_is_blank(look_at, stem):
    page = look_at(stem, media="print")
    assert page.locator("nav:visible, button:visible, .evidence:visible").count() == 0
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= 8


@pytest.mark.parametrize("stem", COUNTRY_PAGES)
def test_a_number_opens_its_source_and_leads_back(open_page, stem):
    page = open_page(stem)
    link = page.locator("main p a.ev").first
    target = link.get_attribute("href")[1:]
    link.press("Enter")
    card = page.locator(f'[id="{target}"]')
    assert card.is_visible()
    assert "Source" in card.inner_text()
    card.locator(".back").first.press("Enter")
    assert not card.is_visible()


def test_a_new_reader_needs_three_clicks_at_most(open_page):
    # Who is ahead in a country: on the start page, or one click from it.
    page = open_page("index")
    assert "Tajikistan" in page.locator("main").inner_text()
    page.locator("main").get_by_role("link", name="Tajikistan", exact=True).first.click()
    assert page.url.endswith("tajikistan.html")
    # The source of a number: one more.
    page.locator("main a.ev").first.click()
    assert "Source" in page.locator(":target").inner_text()
