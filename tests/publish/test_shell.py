"""A page with all that the shell can hold, from real tables, in a real browser."""

import re
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from nbclient import NotebookClient
from playwright.sync_api import expect, sync_playwright

from analysis.config import ROOT
from analysis.publish.export import export_page
from conftest import CHROMIUM, NAMES

pytestmark = pytest.mark.slow
NOTEBOOK = Path(__file__).parent / "notebooks" / "shell" / "page.ipynb"
CARD = "kgz-trade-turnover-2020-partner-imf-dots-2022"

browsed = pytest.mark.skipif(
    CHROMIUM is None, reason=f"none of the browsers {', '.join(NAMES)} is installed"
)


@pytest.fixture(scope="module")
def executed():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(notebook, kernel_name="python3", timeout=120).execute(cwd=str(ROOT))
    return notebook


@pytest.fixture(scope="module")
def path(executed, tmp_path_factory):
    found = tmp_path_factory.mktemp("pages") / "kyrgyzstan.html"
    text = export_page(executed, "kyrgyzstan", source="country.ipynb", place="Kyrgyzstan")
    found.write_text(text, encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def browser():
    options = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, path):
    contexts = []

    def open_it(width=1280, height=800, fragment="", **options):
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.complaints = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(path.as_uri() + fragment)
        return page

    yield open_it
    for context in contexts:
        context.close()


def test_the_same_notebook_makes_the_same_page(executed, path):
    again = export_page(executed, "kyrgyzstan", source="country.ipynb", place="Kyrgyzstan")
    assert again == path.read_text(encoding="utf-8")


def test_letters_style_and_script_are_below_ninety_kilobytes(path):
    text = path.read_text(encoding="utf-8")
    soup = BeautifulSoup(text, "html.parser")
    shell = len(text.encode()) - len(str(soup.main).encode())
    assert shell < 90_000


def test_no_formula_can_be_made_of_what_lab_shows(executed):
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            html = output.get("data", {}).get("text/html", "")
            if "$" in html and "dataframe" not in html:
                assert "mathjax_ignore" in html


@browsed
def test_it_asks_for_nothing_and_complains_of_nothing(open_page, path):
    page = open_page()
    assert page.asked == [path.as_uri()]
    assert page.complaints == []


@browsed
@pytest.mark.parametrize("width", [1280, 768, 360])
def test_nothing_runs_out_of_the_page_at_any_width(open_page, width):
    page = open_page(width)
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@browsed
@pytest.mark.parametrize(("width", "opened"), [(360, False), (1280, True)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page, width, scheme, opened):
    page = open_page(width, color_scheme=scheme, fragment=f"#{CARD}" if opened else "")
    if opened:
        page.evaluate("document.querySelectorAll('main details').forEach(fold => fold.open = true)")
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []


@browsed
@pytest.mark.parametrize("width", [1280, 360])
def test_the_head_is_one_line(open_page, width):
    assert open_page(width).locator("header.top").bounding_box()["height"] < 60


@browsed
def test_the_pages_open_by_keyboard_without_a_script(open_page):
    page = open_page(360, 740, java_script_enabled=False)
    page.get_by_text("Pages", exact=True).focus()
    page.keyboard.press("Enter")
    assert page.locator(".menus a", has_text="Tajikistan").is_visible()


@browsed
@pytest.mark.parametrize("script", [True, False])
def test_a_number_opens_its_source_in_place_and_the_place_is_kept(open_page, script):
    page = open_page(360, 740, java_script_enabled=script)
    number = page.locator(f'a.ev[id^="at-trade"][href="#{CARD}"]').first
    number.scroll_into_view_if_needed()
    before = number.bounding_box()
    number.click()
    card = page.locator(f"#{CARD}")
    assert card.is_visible()
    assert "International Monetary Fund" in card.inner_text()
    assert number.bounding_box() == before
    card.get_by_label("Close").click()
    assert not card.is_visible()
    assert number.bounding_box() == before


@browsed
def test_a_source_has_the_citation_of_its_number_to_copy(open_page):
    page = open_page(360, 740, fragment=f"#{CARD}")
    card = page.locator(f"#{CARD}")
    card.get_by_text("Cite this number", exact=True).click()
    told = card.locator(".cite-number").inner_text()
    for part in card.locator("dd, .source-title").all():
        assert part.inner_text().split("\n")[0] in told
    cited = page.locator(".cite").inner_text()
    assert told.endswith(f". {cited} kyrgyzstan.html#{CARD}")
    # A press on it marks the whole, to be copied.
    card.locator(".cite-number").click()
    assert page.evaluate("getSelection().toString().trim()") == told


@browsed
def test_a_row_in_the_address_is_cited_at_the_foot(open_page):
    page = open_page()
    foot = page.locator("footer .cite-number")
    cited = page.locator(".cite").inner_text()
    assert foot.inner_text() == "kyrgyzstan.html#anchor"
    row = page.locator("main tbody tr[id]").first.get_attribute("id")
    page.evaluate(f"location.hash = '{row}'")
    expect(foot).to_contain_text(f"{cited} kyrgyzstan.html#{row}")
    head = page.locator(f"[id='{row}'] th, [id='{row}'] td").first.text_content().strip()
    assert foot.inner_text().startswith(head)


@browsed
def test_without_a_script_the_foot_says_how_to_cite_a_number(open_page):
    page = open_page(java_script_enabled=False, fragment=f"#{CARD}")
    assert page.get_by_text("Cite this number").count() == 0
    told = page.locator("#cite-number + p").inner_text()
    assert "the address then ends in its anchor" in told
    assert told.endswith("kyrgyzstan.html#anchor")
    assert page.url.endswith(f"#{CARD}")


@browsed
def test_a_way_back_leads_the_keyboard_to_the_number(open_page):
    page = open_page(fragment=f"#{CARD}")
    assert page.evaluate("document.activeElement.id") == CARD
    page.locator(f"#{CARD} .back").nth(1).press("Enter")
    found = page.evaluate("document.activeElement.id")
    assert found.startswith("at-")
    assert page.locator(f'[id="{found}"]').is_visible()


@browsed
def test_a_mark_of_a_chart_leads_to_its_source(open_page):
    page = open_page()
    page.locator(f'.on-wide a[href="#{CARD}"]').first.click()
    assert page.locator(f"#{CARD}").is_visible()


@browsed
@pytest.mark.parametrize(
    ("width", "shown"), [(1280, "on-wide"), (768, "on-wide"), (360, "on-narrow")]
)
def test_one_drawing_is_shown_and_its_type_is_never_small(open_page, width, shown):
    page = open_page(width)
    visible = [part for part in ("on-wide", "on-narrow") if page.locator(f".{part}").is_visible()]
    assert visible == [shown]
    drawing = page.locator(f".{shown} svg")
    scale = drawing.bounding_box()["width"] / int(drawing.get_attribute("width"))
    assert 11 <= 13 * scale <= 13.5


@browsed
@pytest.mark.parametrize(
    ("selector", "family"),
    [
        ("h1", "Newsreader"),
        (".told p", "Newsreader"),
        (".verdicts td", "Inter"),
        (".on-wide text", "Inter"),
    ],
)
def test_the_letters_are_those_that_the_page_brings(open_page, selector, family):
    page = open_page()
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    assert fonts
    assert all(font["isCustomFont"] and family in font["familyName"] for font in fonts)


@browsed
def test_a_filter_stands_in_the_address_and_is_found_there_again(open_page):
    page = open_page()
    page.get_by_role("button", name=re.compile("^holds")).click()
    kept = page.locator(".claim:visible").count()
    assert 0 < kept < page.locator(".claim").count()
    assert page.url.endswith("#claims:verdict=holds")
    again = open_page(fragment="#claims:verdict=holds")
    assert again.locator(".claim:visible").count() == kept


@browsed
def test_an_address_opens_the_fold_of_its_table(open_page):
    page = open_page(fragment="#comparisons:record=own&q=2016")
    years = page.locator("#comparisons tbody tr:visible td:nth-child(2)").all_inner_texts()
    assert set(years) == {"2016"}


@browsed
def test_a_head_sorts_its_column_up_and_down(open_page):
    page = open_page(fragment="#comparisons:record=own")
    for way in (False, True):
        page.locator("#comparisons thead button", has_text="China").click()
        shown = page.locator("#comparisons tbody tr:visible td:nth-child(4)").all_inner_texts()
        values = [float(text) for text in shown]
        assert values == sorted(values, reverse=way)


@browsed
def test_without_a_script_the_table_is_whole_and_has_no_dead_buttons(open_page):
    page = open_page(java_script_enabled=False)
    page.locator("summary", has_text="comparisons behind this page").click()
    assert page.locator("#comparisons tbody tr").last.is_visible()
    assert page.locator("main button, main input").count() == 0


@browsed
def test_a_row_is_a_card_with_heads_on_a_telephone(open_page):
    page = open_page(360, 740)
    page.locator("summary", has_text="years of debt").click()
    cell = page.locator("#debts tbody td.n").first
    said = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert said == '"China ($bn)"'


@browsed
def test_on_paper_folds_are_left_out_and_the_rest_fills_few_pages(open_page):
    page = open_page()
    page.emulate_media(media="print")
    assert page.locator(".fold:visible, .evidence:visible, nav:visible").count() == 0
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= 5
