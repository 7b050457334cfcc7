"""The page on every country: its sentences on a small world, its charts, its list in a browser."""

import re
import shutil

import numpy as np
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from analysis.charts import world
from analysis.charts.world import World, load_shapes
from analysis.config import COUNTRIES, NOTEBOOKS, POWERS
from analysis.data.faults import RawDataError
from analysis.measures import compare, leads
from analysis.publish.report import write_report
from test_charts import renderer_of, texts

SOURCES = {
    name: {"title": "T", "publisher": name, "vintage": "1"}
    for name in ("imf-dots-2022", "natural-earth-110m", "unicode-cldr")
}
NAMES = {**COUNTRIES, "BLR": "Belarus", "DEU": "Germany", "FJI": "Fiji", "MLT": "Malta"}


def pair(country, book, difference, year=2020, refusal=""):
    """China has 1 + D and Russia 1 - D millions."""
    refused = bool(refusal)
    return {
        "country": country,
        "flow": "turnover",
        "year": year,
        "book": book,
        "china_low": (1 + difference) * 1e6,
        "china_high": (1 + difference) * 1e6,
        "russia_low": (1 - difference) * 1e6,
        "russia_high": (1 - difference) * 1e6,
        "difference_low": np.nan if refused else difference,
        "difference_high": np.nan if refused else difference,
        "word": "" if refused else compare.word(difference, difference),
        "leader": "" if refused else compare.leader(difference, difference),
        "refusal": refusal,
    }


def crossing(country, book, year, leader="CHN", lasting="yes", last_year=2020):
    return {
        "country": country,
        "book": book,
        "year": year,
        "leader": leader,
        "lasting": lasting,
        "last_year": last_year,
    }


@pytest.fixture
def small():
    """China leads in Germany; Russia in Belarus; Kazakhstan and Malta turn on the book."""
    trade = [
        pair("DEU", "partner", 0.6),
        pair("DEU", "own", 0.4),
        pair("DEU", "partner", -0.6, 2000),
        pair("BLR", "partner", -0.8),
        pair("BLR", "own", 0.9, refusal="no book of its own: estimated by the publisher"),
        pair("KAZ", "partner", 0.1),
        pair("KAZ", "own", -0.1),
        pair("KAZ", "partner", -0.3, 2000),
        pair("MLT", "partner", 0.0),
        pair("MLT", "own", 0.3),
        pair("FJI", "partner", 0.5, refusal="no record for Russia"),
    ]
    crossings = [
        crossing("KAZ", "partner", 2009, lasting="no"),
        crossing("KAZ", "partner", 2015, "RUS", lasting="no"),
        crossing("KAZ", "partner", 2017),
        crossing("KAZ", "own", 2016, lasting="no"),
        crossing("DEU", "partner", 2004),
        crossing("DEU", "own", 2004),
        crossing("FJI", "partner", 2003, last_year=2012),
        crossing("MLT", "partner", 2010, "RUS"),
    ]
    return World(pd.DataFrame(trade), pd.DataFrame(crossings), NAMES, SOURCES)


def bare(markdown):
    """A sentence as a reader sees it."""
    return re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", markdown).replace("**", "")


def test_the_answer_counts_every_country_once_and_names_the_exceptions(small):
    assert bare(world.answer(small)) == (
        "In 2020 China traded more than Russia with 1 of 5 countries and territories, on every "
        "book that there is. Russia traded more with 1: Belarus. With two the answer depends on "
        "whose books, one of them in Central Asia: Kazakhstan and Malta. For one there is "
        "nothing to compare, which is not the same as nothing traded."
    )


def test_then_and_now_are_told_on_one_book(small):
    # 2000: Germany and Kazakhstan, both Russia's. 2020: Malta is level, Fiji has no comparison.
    assert bare(world.then_and_now(small)) == (
        "On China’s and Russia’s records, in 2000 China was ahead in 0 of 2 countries, Russia in "
        "2; in 2020 China was ahead in 2 of 4 countries, Russia in 1."
    )


def test_the_book_matters_only_where_both_sides_counted(small):
    said = bare(world.books_matter(small))
    assert "turns on the book in two of 3 in 2020 and in none of 0 in 2000" in said
    assert "Left out for 2020: the own records of 1, since" in said


def test_only_a_lead_that_still_holds_is_told_as_passed(small):
    assert bare(world.passed(small)) == (
        "On China’s and Russia’s records, China passed Russia in 2 countries after 2000 and was "
        "still ahead in 2020; in half of them it did by 2004. On the countries’ own records it did "
        "in 1. Both books show it in 1, and give the same year in one. A change counts when it "
        "holds for two years at least. The other way, Russia passed China and was still ahead in "
        "2020 in Malta."
    )


def test_a_series_that_ends_early_does_not_count_as_still_held(small):
    assert "FJI" not in set(world.passing_chart(small).table["country"])


@pytest.mark.parametrize(
    ("country", "book", "words"),
    [
        ("KAZ", "partner", "China 2009, Russia 2015, China 2017"),
        ("KAZ", "own", "China 2016, not held"),
        ("BLR", "partner", ""),
    ],
)
def test_changes_of_lead_are_listed_in_order_and_the_last_marked_if_undone(
    small, country, book, words
):
    assert world.changes(small, country, book) == words


def test_a_name_cannot_break_the_sentence_or_the_list(small):
    odd = World(small.trade, small.crossings, NAMES | {"BLR": "A*b [c] <d>"}, SOURCES)
    assert r"[A\*b \[c\] &lt;d&gt;](#w-blr)" in world.answer(odd)
    assert '<th scope="row">A*b [c] &lt;d&gt;</th>' in world.country_list(odd)


@pytest.fixture(scope="module")
def published():
    return world.facts()


SENTENCES = (
    world.answer,
    world.then_and_now,
    world.books_matter,
    world.passed,
    world.central_asia,
    world.notes,
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_name_and_count_leads_to_a_row(published, sentence):
    tables = world.country_list(published) + world.counts_table(published)
    rows = set(re.findall(r'<tr id="([^"]+)"', tables))
    assert set(re.findall(r"\(#([^)]+)\)", sentence(published))) <= rows


@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_sentence_begins_with_a_number(published, sentence):
    for line in bare(sentence(published)).splitlines():
        assert not re.search(r"(?:^(?:- )?|[.:] )[0-9]", line)


def test_the_list_has_every_country_but_the_powers_once(published):
    rows = re.findall(r'<tr id="w-([a-z]{3})"', world.country_list(published))
    assert len(rows) == len(set(rows)) == len(published.names) - len(POWERS)


def test_the_five_are_marked_in_the_list(published):
    text = world.country_list(published)
    marked = re.findall(r'<th scope="row">([^<]+) \(Central Asia\)</th>', text)
    assert marked == sorted(COUNTRIES.values())


def test_what_is_not_a_countrys_own_record_is_not_shown_as_one(published):
    row = re.search(r'<tr id="w-tkm">.*?</tr>', world.country_list(published))[0]
    cells = re.findall(r"<td>([^<]*)</td>", row)
    assert cells[4:7] == ["—", "—", "not its own"]


def test_territories_are_said_to_follow_the_sources(published):
    said = world.notes(published)
    assert said.startswith("- Territories and disputed names follow the sources")
    for publisher in ("International Monetary Fund", "Unicode Consortium", "Natural Earth"):
        assert publisher in said


CHARTS = {
    "map-2000": lambda facts: world.map_chart(facts, 2000),
    "map-2020": lambda facts: world.map_chart(facts, 2020),
    "years": world.years_chart,
    "passing": world.passing_chart,
}


@pytest.fixture(scope="module")
def drawn(published):
    return {name: draw(published) for name, draw in CHARTS.items()}


@pytest.fixture(params=CHARTS)
def chart(request, drawn):
    return drawn[request.param]


def test_a_chart_says_its_finding_source_and_numbers_in_words(chart):
    assert chart.alt.startswith(chart.title)
    assert chart.alt.endswith(".")
    assert "International Monetary Fund" in chart.caption


def test_a_chart_is_the_same_bytes_twice(chart, published):
    assert chart.svg() == CHARTS[chart.name](published).svg()


def test_no_text_leaves_a_chart_or_meets_another(chart):
    renderer = renderer_of(chart)
    shown = [text for text in texts(chart) if text.get_visible()]
    if not chart.figure.axes[0].axison:
        shown = [*chart.figure.texts, *chart.figure.axes[0].texts]
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in shown]
    for number, (words, box) in enumerate(boxes):
        assert box.x0 >= -1, words
        assert box.x1 <= chart.figure.bbox.width + 1, words
        for others, other in boxes[number + 1 :]:
            assert not box.padded(-2).overlaps(other.padded(-2)), (words, others)


def test_the_map_gives_each_verdict_a_face_of_its_own_and_its_count(drawn, published):
    chart = drawn["map-2020"]
    counts = published.verdicts(2020).value_counts()
    legend = [text.get_text() for text in chart.figure.axes[0].texts]
    for verdict, words in leads.VERDICTS.items():
        assert f"{words[0].upper()}{words[1:]}: {counts.get(verdict, 0)}" in legend
    assert len(set(world._FACES.values())) == len(leads.VERDICTS)


def test_the_map_can_be_told_apart_without_colour():
    """In grey, two faces differ in lightness, or one of them alone is hatched."""
    greys = {}
    for verdict, (face, hatch) in world._FACES.items():
        red, green, blue = (int(face[at : at + 2], 16) / 255 for at in (1, 3, 5))
        greys[verdict] = (0.2126 * red + 0.7152 * green + 0.0722 * blue, hatch)
    for verdict, (grey, hatch) in greys.items():
        for other, (other_grey, other_hatch) in greys.items():
            assert verdict == other or abs(grey - other_grey) > 0.08 or hatch != other_hatch


def square(west, south, size=4.0):
    corners = [(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)]
    return np.array([(west + size * x, south + size * y) for x, y in corners])


def test_only_countries_without_a_shape_are_said_to_be_in_the_list_alone(small):
    shapes = {"DEU": [square(8, 48)], "KAZ": [square(60, 45)], "RUS": [square(80, 60)]}
    chart = world.map_chart(small, 2020, shapes)
    assert "Of 5 countries and territories 3 are too small for the map" in chart.alt


def test_an_area_east_of_the_cut_is_drawn_at_the_other_side():
    placed, height = world._projected(
        {"USA": [square(-160, 60)], "RUS": [square(-178, 60), square(100, 60)]}, 300
    )
    alaska, (tip, siberia) = placed["USA"][0], placed["RUS"]
    assert alaska[:, 0].max() < siberia[:, 0].min() < tip[:, 0].min()
    assert tip[:, 0].max() == 300
    assert height > 0


def test_the_projection_keeps_areas_in_proportion():
    # Belts of equal height in the sine of latitude have equal areas on a sphere (Archimedes).
    def belt(south, north):
        up = np.degrees(np.arcsin(np.linspace(south, north, 100)))
        east, west = np.linspace(-10, 10, 50), np.linspace(10, -10, 50)
        lon = np.concatenate([east, np.full(100, 10.0), west, np.full(100, -10.0), [-10.0]])
        lat = np.concatenate([np.full(50, up[0]), up, np.full(50, up[-1]), up[::-1], [up[0]]])
        return np.column_stack([lon, lat])

    def area(ring):
        x, y = ring.T
        return abs(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2

    placed, _ = world._projected({"A": [belt(0.0, 0.3)], "B": [belt(0.6, 0.9)]}, 4000)
    assert area(placed["A"][0]) == pytest.approx(area(placed["B"][0]), rel=0.01)


def test_the_shapes_are_those_of_countries_that_have_names(published):
    shapes = load_shapes()
    without = set(published.names) - set(shapes) - set(POWERS)
    assert len(set(shapes) & set(published.names)) > 165
    assert not without & set(COUNTRIES)


@pytest.mark.parametrize(
    "text", ["{", '{"features": [{}]}', '{"features": [{"properties": {"country": "KAZ"}}]}']
)
def test_broken_shapes_are_named(tmp_path, text):
    path = tmp_path / "world.geojson"
    path.write_text(text)
    with pytest.raises(RawDataError, match=r"world\.geojson.*GeoJSON with the property country"):
        load_shapes(path)


NAMED = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM = next((path for name in NAMED if (path := shutil.which(name))), None)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    write_report(NOTEBOOKS / "world.ipynb", {}, "world", folder)
    return folder / "world.html"


def test_the_page_is_small_and_names_no_host_to_fetch_from(built):
    text = built.read_text(encoding="utf-8")
    assert len(text.encode()) < 400_000
    assert not re.search(r"(?:src|srcset)=|<link|@import|url\(\s*['\"]?http|fetch\(", text)


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip(f"none of the browsers {', '.join(NAMED)} is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser, built):
    context = browser.new_context(viewport={"width": 1000, "height": 900}, offline=True)
    page = context.new_page()
    page.goto(built.as_uri())
    yield page
    context.close()


def rows_of(page):
    return page.locator("tr[id^='w-'] th:visible").all_text_contents()


def test_the_list_can_be_searched_without_minding_accents(page):
    find = page.get_by_label("Find a country")
    find.fill("cote")
    assert rows_of(page) == ["Côte d’Ivoire"]
    assert page.get_by_role("status").text_content() == "1 of 206 shown"
    find.fill("central asia depends")
    named = ("Kazakhstan", "Kyrgyzstan", "Tajikistan", "Uzbekistan")
    assert rows_of(page) == [f"{name} (Central Asia)" for name in named]
    find.fill("")
    assert len(rows_of(page)) == 206


def test_the_list_can_be_sorted_by_keyboard_and_says_so(page):
    button = page.get_by_role("button", name="Sort by D, partners’ records")
    button.press("Enter")
    head = page.locator("th[aria-sort]")
    assert head.get_attribute("aria-sort") == "ascending"
    cells = page.locator("tr[id^='w-'] td:nth-child(5)").all_text_contents()
    numbers = [float(cell.split(" to ")[0].replace("−", "-")) for cell in cells if cell != "—"]
    assert numbers == sorted(numbers)
    # What has no number stays last, whichever way.
    assert cells[-1] == "—"
    button.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert page.locator("tr[id^='w-'] td:nth-child(5)").last.text_content() == "—"


def test_billions_sort_above_millions(page):
    button = page.get_by_role("button", name="Sort by With China, partners’ records")
    button.click()
    button.click()
    largest = page.locator("tr[id^='w-'] td:nth-child(3)").all_text_contents()[:50]
    assert all("billion" in cell for cell in largest)


def test_axe_finds_nothing_wrong_with_the_page_sorted_or_not(page):
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="Sort by Country").click()
    assert Axe().run(page).response["violations"] == []


def test_without_a_script_the_list_is_whole_and_has_no_dead_controls(browser, built):
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(built.as_uri())
    assert len(rows_of(page)) == 206
    assert page.locator("input, th button").count() == 0
    context.close()


def test_on_paper_the_list_has_its_headings_and_no_controls(page):
    page.emulate_media(media="print")
    assert page.get_by_role("columnheader", name="Who trades more").is_visible()
    assert not any(item.is_visible() for item in page.locator("input, button").all())
