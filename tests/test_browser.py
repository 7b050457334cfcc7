"""The committed pages in a real browser: offline, at two widths, by keyboard, dark, on paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from conftest import CHROMIUM, NAMES, ON_DEMAND, PAGES

ALL = [*PAGES, *ON_DEMAND]

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason=f"none of the browsers {', '.join(NAMES)} is installed"
)


@pytest.fixture(scope="module")
def browser():
    # The sandbox wants a user who is not root, which a container often has not.
    options = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, page_at):
    """Open a report with the network off; what it asked for and complained of is kept."""
    contexts = []

    def open_it(stem, width=1280, **options):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, offline=True, **options
        )
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


@pytest.mark.parametrize("stem", ALL)
def test_a_page_asks_for_nothing_but_itself_and_complains_of_nothing(open_page, page_at, stem):
    page = open_page(stem)
    assert page.asked == [page_at(stem).as_uri()]
    assert page.complaints == []


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("stem", ALL)
def test_nothing_runs_out_of_the_page(open_page, stem, width):
    page = open_page(stem, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for box in page.locator(".chart svg").all():
        place = box.bounding_box()
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= width
        assert place["width"] > 0.8 * min(width, 700)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("stem", ALL)
def test_axe_finds_nothing_wrong(open_page, stem, scheme):
    results = Axe().run(open_page(stem, color_scheme=scheme))
    assert [(found["id"], found["impact"]) for found in results.response["violations"]] == []


@pytest.mark.parametrize("stem", [stem for stem in ALL if stem != "index"])
def test_code_opens_by_keyboard_and_without_a_script(open_page, stem):
    page = open_page(stem, java_script_enabled=False)
    summary = page.locator("details.code summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("details.code[open]").count() == 1


def test_one_control_opens_all_code_and_folds_it_again(open_page):
    page = open_page("tajikistan")
    button = page.get_by_role("button", name="Show all code")
    everything = page.locator("details.code").count()
    button.press("Enter")
    assert page.locator("details.code[open]").count() == everything
    page.get_by_role("button", name="Hide all code").press("Enter")
    assert page.locator("details.code[open]").count() == 0


@pytest.mark.parametrize("stem", [stem for stem in ALL if stem != "index"])
def test_paper_has_every_chart_and_no_controls(open_page, stem):
    page = open_page(stem)
    page.emulate_media(media="print")
    assert all(chart.is_visible() for chart in page.locator(".chart svg").all())
    assert not any(item.is_visible() for item in page.locator("button, details.code").all())
    assert page.pdf()[:5] == b"%PDF-"


def test_a_number_in_the_text_leads_to_its_row(open_page):
    page = open_page("tajikistan")
    link = page.locator("main p a[href^='#c-']").first
    target = link.get_attribute("href")
    link.press("Enter")
    assert page.evaluate("document.querySelector(':target').tagName") == "TR"
    assert page.url.endswith(target)


def test_a_new_reader_needs_three_clicks_at_most(open_page):
    # The answer for a country: one click, or none for its sentence.
    page = open_page("index")
    assert "Tajikistan, about 2016" in page.locator("main").inner_text()
    page.locator("main table").get_by_role("link", name="Tajikistan", exact=True).click()
    assert page.locator("main p strong").first.inner_text().startswith("Tajikistan, about 2016")
    # The source of a number: one more.
    page.locator("main a[href^='#c-']", has_text="$1.7 billion").first.click()
    assert "Direction of Trade Statistics" in page.locator(":target").inner_text()
    # Why the article's table is not the whole truth: two from the start.
    page = open_page("index")
    page.get_by_role("link", name="The article’s claims").first.click()
    contents = page.get_by_role("navigation", name="On this page")
    contents.get_by_role("link", name="The article’s table rebuilt").click()
    assert "mixes recorders" in page.locator(":target + p").inner_text()
