"""The explorer in a real browser: every state that can be chosen, held to what Python says."""

import os
import random
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from playwright.sync_api import expect, sync_playwright

from analysis.config import COUNTRIES, NOTEBOOKS, RAW
from analysis.data import countries
from analysis.data.sources import load_sources
from analysis.measures.explorer import TIES, load_trade_records
from analysis.measures.ties import RECORDS
from analysis.page.explorer import BOTH, explorer, texts
from analysis.publish.report import write_report
from conftest import CHROMIUM, NAMES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        CHROMIUM is None, reason=f"none of the browsers {', '.join(NAMES)} is installed"
    ),
]
CHOICES = (*RECORDS, BOTH)
SERIES = int(os.environ.get("SERIES", "1"))
SEED = int(os.environ.get("SEED", "2018"))


@pytest.fixture(scope="module")
def found():
    register, _ = load_sources(RAW / "sources.yml")
    return explorer(load_trade_records(), countries.names(), register, start="KAZ")


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    write_report(NOTEBOOKS / "explorer.ipynb", {}, "explorer", folder)
    return folder / "explorer.html"


@pytest.fixture(scope="module")
def browser():
    options = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def opened(browser, path):
    """Opens the explorer with the network off; what it asked for and complained of is kept."""

    def open_it(fragment="", width=1280, height=800, **options):
        size = {"width": width, "height": height}
        page = browser.new_context(viewport=size, offline=True, **options).new_page()
        page.asked, page.complaints = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(path.as_uri() + fragment)
        return page

    return open_it


@pytest.fixture
def open_page(opened):
    """A view of one test's own, to change."""
    pages = []

    def open_it(fragment="", width=1280, height=800, **options):
        pages.append(opened(fragment, width, height, **options))
        return pages[-1]

    yield open_it
    for page in pages:
        page.context.close()


@pytest.fixture(scope="module")
def look_at(opened):
    """A view that is looked at and left as it is: opened once for all that do no more."""
    pages = {}

    def look(fragment, width, scheme):
        if (fragment, width) not in pages:
            pages[fragment, width] = opened(fragment, width)
        pages[fragment, width].emulate_media(color_scheme=scheme)
        return pages[fragment, width]

    return look


# Not laid out, since thousands of layouts take minutes; what is said is the same. An address is
# read for the first year of each series and for every year of the first country; the other years
# are drawn along on their control, which spares the browser as many visits.
WALK = """states => {
  const root = document.querySelector("#explorer"), text = (node) => node ? node.textContent : "";
  const slide = root.querySelector("input[type=range]"), first = states[0][0];
  let before = "";
  root.style.display = "none";
  return states.map(([country, year, flow, record]) => {
    const series = [country, flow, record].join();
    if (country === first || series !== before) {
      history.replaceState(null, "", "#" + [country, year, flow, record].join("/"));
      dispatchEvent(new HashChangeEvent("hashchange"));
    } else {
      slide.value = year;
      slide.dispatchEvent(new Event("input"));
    }
    before = series;
    const parts = [...root.querySelectorAll(".records section")];
    const words = (part) => [...part.querySelectorAll("h2, svg > text, p")].map(text);
    return [text(root.querySelector(".says")), ...parts.map(words)];
  });
}"""


def expected(found, state):
    """The words of a state as the page has them: the verdict, and each record's in their order."""
    country, year, flow, record = state
    view = found.view(country, year, flow, record)
    records = [
        [
            one["head"],
            *(_figure(name, one[name.lower()]) for name in ("China", "Russia")),
            one["share"],
            one["says"],
            one["note"],
            f"Source: {one['source']}" if one["source"] else "",
        ]
        for one in view.records
    ]
    return [view.verdict, *records]


def _figure(name, told):
    return f"{name}: {told}" if told == texts()["not_known"] else f"{name} {told}"


def test_every_state_says_what_python_says(open_page, found):
    """All states of the five; of each other country every year of ``SERIES`` of its nine series.

    A series is a flow and a record, drawn by ``SEED``. With ``SERIES=0`` every state is walked, of
    which there are some forty thousand: it takes minutes.
    """
    draw = random.Random(SEED)
    series = [(flow, record) for flow in TIES for record in CHOICES]
    count = SERIES or len(series)
    walked = {
        country: series if country in COUNTRIES else draw.sample(series, count)
        for country in found.names
    }
    assert sum(len(found.years(country)) for country in walked) * len(series) > 39_000
    states = [
        (country, year, flow, record)
        for country, chosen in walked.items()
        for flow, record in chosen
        for year in found.years(country)
    ]
    page = open_page()
    said = page.evaluate(WALK, states)
    differing = [
        (state, ours, theirs)
        for state, theirs in zip(states, said, strict=True)
        if (ours := expected(found, state)) != theirs
    ]
    assert differing[:3] == []
    assert page.complaints == []


def test_bars_are_as_long_as_the_figures_at_one_scale(open_page, found):
    page = open_page("#KGZ/2023/turnover/both")
    bars = page.locator(".records rect[height='16']:is(.china, .russia)")
    long = [float(bar.get_attribute("width")) for bar in bars.all()]
    rows = found.frame.set_index(["country", "flow", "year", "record"])
    own, partner = (rows.loc[("KGZ", "turnover", 2023, record)] for record in RECORDS)
    # The partners' record has China's half alone, and no bar of Russia's.
    figures = [own["china_low"], own["russia_low"], partner["china_low"]]
    scale = long[0] / figures[0]
    assert long == pytest.approx([figure * scale for figure in figures])
    # The whole width stands for the upper end of the largest figure of both records.
    width = float(page.locator(".records svg").first.get_attribute("width"))
    assert width == pytest.approx(partner["china_high"] * scale)


def test_it_asks_for_nothing_and_complains_of_nothing(open_page, path):
    page = open_page("#MNG/2016/exports/partner")
    page.locator("input[value=both]").check()
    assert page.asked == [path.as_uri()]
    assert page.complaints == []


def test_the_page_is_one_file_below_a_megabyte(path):
    assert path.stat().st_size < 1_000_000
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    assert not soup.find_all(["img", "link", "iframe"], src=True)
    assert all(link["href"].startswith("data:") for link in soup.find_all("link"))
    assert not [script for script in soup.find_all("script") if script.get("src")]


@pytest.mark.parametrize(
    ("fragment", "state"),
    [
        ("", "KAZ/{newest}/turnover/both"),
        ("#KGZ", "KGZ/{newest}/turnover/both"),
        ("#KGZ/2016", "KGZ/2016/turnover/both"),
        ("#KGZ/2016/exports", "KGZ/2016/exports/both"),
        ("#CIV/2016/imports/own", "CIV/2016/imports/own"),
    ],
)
def test_an_address_opens_its_view(open_page, found, fragment, state):
    page = open_page(fragment)
    state = state.format(newest=found.newest(state[:3]))
    assert page.locator("a.link").get_attribute("href") == f"#{state}"
    country, year, flow, record = state.split("/")
    says = page.locator(".says").inner_text()
    assert says == found.view(country, int(year), flow, record).verdict
    assert page.locator("select").input_value() == country
    assert page.locator("input[type=range]").input_value() == year
    checked = page.locator("input[type=radio]:checked").all()
    assert [one.get_attribute("value") for one in checked] == [flow, record]
    assert page.locator(".unknown").inner_text() == ""


def test_the_view_that_is_shown_is_cited_at_the_foot(open_page, found):
    page = open_page("#KGZ/2016")
    told = page.locator("footer .cite-number")
    expect(told).to_contain_text(found.view("KGZ", 2016, "turnover", BOTH).verdict)
    cited = page.locator(".cite").inner_text()
    assert told.inner_text().endswith(f"{cited} explorer.html#KGZ/2016/turnover/both")
    page.locator("input[value=own]").check()
    expect(told).to_contain_text("explorer.html#KGZ/2016/turnover/own")
    view = found.view("KGZ", 2016, "turnover", "own")
    assert told.inner_text().startswith(f"{view.verdict} Source: {view.records[0]['source']}")


UNKNOWN = """XYZ kaz KAZ/1999 KAZ/2016/gas KAZ/2016/turnover/all KAZ/2016/turnover/own/more KAZ/
MNG/2025 KAZ/2016/toString constructor %E0%"""


@pytest.mark.parametrize("fragment", UNKNOWN.split())
def test_an_unknown_address_gives_the_start_and_a_word_about_it(open_page, found, fragment):
    page = open_page(f"#{fragment}")
    assert page.locator(".unknown").inner_text() == texts()["unknown"].format(hash=fragment)
    first = found.view("KAZ", found.newest("KAZ"), "turnover", BOTH)
    assert page.locator(".says").inner_text() == first.verdict
    page.locator("input[value=own]").check()
    expect(page.locator(".unknown")).to_have_text("")


def test_the_skip_link_leaves_the_view_as_it_is(open_page):
    page = open_page("#MNG/2016/exports/own")
    before = page.locator(".says").inner_text()
    page.locator(".skip").press("Enter")
    assert page.url.endswith("#main")
    assert page.locator(".says").inner_text() == before
    assert page.locator(".unknown").inner_text() == ""


def test_the_way_back_leads_through_what_was_chosen(open_page):
    page = open_page("#KAZ/2016/turnover/both")
    page.locator("select").select_option("UZB")
    page.locator("input[value=exports]").check()
    assert page.url.endswith("#UZB/2016/exports/both")
    page.go_back()
    page.wait_for_function("document.querySelector('[name=flow][value=turnover]').checked")
    assert page.locator(".says").inner_text().startswith("In 2016 Uzbekistan traded")
    page.go_back()
    page.wait_for_function("document.querySelector('select').value === 'KAZ'")
    assert page.url.endswith("#KAZ/2016/turnover/both")


def test_a_year_that_the_next_country_lacks_becomes_its_nearest(open_page):
    page = open_page("#KAZ/2024/turnover/both")
    page.locator("select").select_option("MNG")
    assert page.url.endswith("#MNG/2020/turnover/both")


def test_arrows_change_the_year_on_the_control_and_anywhere(open_page):
    page = open_page("#KAZ/2016/turnover/both")
    page.locator("body").press("ArrowRight")
    page.wait_for_function("location.hash === '#KAZ/2017/turnover/both'")
    page.locator("input[type=range]").press("ArrowLeft")
    page.wait_for_function("location.hash === '#KAZ/2016/turnover/both'")
    assert page.locator("output").inner_text() == "2016"
    # Where a key has a meaning of its own it keeps it.
    page.locator("input[value=turnover]").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("location.hash === '#KAZ/2016/exports/both'")


def test_the_years_end_at_the_first_and_the_last(open_page):
    page = open_page("#MNG/2020/turnover/both")
    page.locator("body").press("ArrowRight")
    assert page.url.endswith("#MNG/2020/turnover/both")
    assert page.locator(".unknown").inner_text() == ""


def test_every_control_is_reached_by_keyboard_and_shows_it(open_page):
    page = open_page()
    page.locator("select").focus()
    reached = []
    for _ in range(6):
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        name = "document.activeElement.name || document.activeElement.className"
        reached.append((page.evaluate(name), page.evaluate(outline)))
        page.keyboard.press("Tab")
    assert [name for name, _ in reached] == ["country", "year", "flow", "record", "link", "csv"]
    assert {outline for _, outline in reached} == {"solid"}


def test_a_year_of_the_drawing_can_be_pressed(open_page):
    page = open_page("#KAZ/2016/turnover/partner")
    page.locator(".drawing .hit").nth(10).click(position={"x": 5, "y": 100})
    page.wait_for_function("location.hash === '#KAZ/2010/turnover/partner'")


@pytest.mark.parametrize(
    "state", ["KAZ/2016/turnover/both", "UZB/2025/turnover/own", "CIV/2016/imports/partner"]
)
def test_the_file_is_the_frame(open_page, path, found, state):
    page = open_page(f"#{state}")
    with page.expect_download() as download:
        page.locator("button.csv").click()
    country, _, flow, record = state.split("/")
    assert download.value.suggested_filename == f"{country}-{flow}-{record}.csv"
    content = download.value.path().read_bytes().decode("utf-8")
    assert content == found.csv(country, flow, record)
    assert [url for url in page.asked if not url.startswith((path.as_uri(), "blob:"))] == []


def test_without_a_script_there_is_a_table_of_the_five_and_nothing_to_press(open_page, found):
    page = open_page(java_script_enabled=False)
    assert page.locator("#newest").is_visible()
    shown = page.locator("#newest .group").all_inner_texts()
    views = [found.view(code, found.newest(code), "turnover", BOTH) for code in COUNTRIES]
    assert shown == [view.verdict for view in views]
    cells = page.locator("#newest td:nth-child(2)").all_inner_texts()
    assert cells == [one["china"] for view in views for one in view.records]
    assert page.locator("main button:visible, main input:visible, main select:visible").count() == 0


def test_with_a_script_the_table_gives_way(open_page):
    assert not open_page().locator("#newest").is_visible()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("fragment", ["", "#TKM/2016/exports/both", "#no-such-view"])
def test_axe_finds_nothing(look_at, width, scheme, fragment):
    found = Axe().run(look_at(fragment, width, scheme)).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []


@pytest.mark.parametrize("fragment", ["", "#KGZ/2024/turnover/both", "#USA/2020/turnover/both"])
def test_nothing_runs_out_of_a_narrow_page(open_page, fragment):
    page = open_page(fragment, 360, 740)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    right = "[...document.querySelectorAll('.explorer svg text')]"
    right += ".map((text) => text.getBoundingClientRect().right)"
    assert max(page.evaluate(right)) <= 360


def test_the_drawings_follow_the_width_of_the_window(open_page):
    page = open_page("#KAZ/2016/turnover/both")
    page.set_viewport_size({"width": 360, "height": 740})
    page.wait_for_function("document.querySelector('.drawing svg').clientWidth < 360")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    # Type keeps its size, since the drawing is made anew and not made smaller.
    drawing = page.locator(".drawing svg")
    assert drawing.bounding_box()["width"] == float(drawing.get_attribute("width"))


def test_on_paper_the_view_stands_on_one_sheet_without_its_controls(open_page):
    page = open_page("#KAZ/2023/turnover/both")
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    page.emulate_media(media="print")
    assert page.locator(".choose:visible, .actions:visible").count() == 0
    assert page.locator(".says").is_visible()
