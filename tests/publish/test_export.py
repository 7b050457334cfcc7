"""From an executed notebook to a page, on notebooks small enough to read."""

import json

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.page.about import About
from analysis.page.figure import bundle
from analysis.publish import export
from analysis.publish.export import (
    PageError,
    best_type,
    citation,
    css_string,
    export_page,
    frame_html,
)
from analysis.publish.site import links, neighbours
from analysis.publish.typefaces import font_css

FRAME = (
    '<table border="1" class="dataframe"><thead><tr><th></th><th>china</th></tr></thead>'
    "<tbody><tr><th>0</th><td>5</td></tr></tbody></table>"
)


def shows(source, html, *tags):
    """A cell with code that shows some HTML."""
    cell = new_code_cell(source, metadata={"tags": list(tags)} if tags else {})
    cell.outputs = [new_output("display_data", {"text/html": html, "text/plain": "x"})]
    return cell


def page(*cells, stem="kyrgyzstan", **options):
    cells = [new_markdown_cell("# A finding\n\nThe lead of it."), *cells]
    return export_page(new_notebook(cells=cells), stem, source="country.ipynb", **options)


def soup(*cells, **options):
    return BeautifulSoup(page(*cells, **options), "html.parser")


def test_what_cells_show_stands_in_order_and_their_code_once_at_the_end():
    main = soup(
        shows("one()", "<p>First</p>"), new_markdown_cell("Second"), shows("two()", "<p>Third</p>")
    ).main
    assert [part.get_text() for part in main.find_all("p", recursive=False)][1:] == [
        "First",
        "Second",
        "Third",
    ]
    assert len(main.select("details")) == 1
    assert [cell.get_text(strip=True) for cell in main.select("#code li")] == ["one()", "two()"]
    assert main.select_one("#code .count").get_text() == "2 cells"


def test_a_frame_is_folded_at_the_end_of_its_section():
    main = soup(
        new_markdown_cell("## One"), shows("frame", FRAME, "frame"), shows("chart", "<p>Chart</p>"),
        new_markdown_cell("## Two"), shows("more", "<p>More</p>"),
    ).main  # fmt: skip
    names = [
        part.get("id") or part.get("class") or part.get_text()
        for part in main.find_all(recursive=False)
    ][2:]
    assert names == ["one", "Chart", ["fold", "rows"], "two", "More", "code"]


def test_a_frame_that_is_not_tagged_stands_open():
    main = soup(shows("frame", FRAME)).main
    assert main.select_one(".dataframe").find_parent("details") is None


def test_a_check_stands_in_the_code_alone():
    check = new_code_cell("assert 1", metadata={"tags": ["check"]})
    main = soup(check).main
    assert main.get_text().count("assert") == 1
    assert main.select_one('#code li[data-tags="check"]')


def test_a_text_tagged_aside_goes_to_the_code_that_it_explains():
    aside = new_markdown_cell("How it is **done**", metadata={"tags": ["aside"]})
    main = soup(aside, shows("one()", "<p>First</p>")).main
    assert main.select_one("#code li.aside strong").get_text() == "done"
    assert main.get_text().count("How it is") == 1


@pytest.mark.parametrize(
    ("output", "selector", "words"),
    [
        (new_output("stream", text="a < b\n"), "pre.output", "a < b\n"),
        (new_output("display_data", {"text/plain": "<x>"}), "pre.output", "<x>"),
        (new_output("display_data", {"text/markdown": "*m*"}), "em", "m"),
        (new_output("display_data", {"text/latex": "$x$"}), "pre.output", "$x$"),
        (new_output("display_data", {"application/json": {}}), "pre.output", "application/json"),
        (new_output("execute_result", {"text/html": "<b>h</b>", "text/plain": "t"}), "b", "h"),
    ],
)
def test_whatever_a_cell_shows_is_on_the_page(output, selector, words):
    cell = new_code_cell("show()")
    cell.outputs = [output]
    assert soup(cell).main.select_one(selector).get_text() == words


def test_a_picture_is_on_the_page_with_words():
    cell = new_code_cell("show()")
    cell.outputs = [new_output("display_data", {"image/png": "AA\nBB\n", "text/plain": "<Figure>"})]
    picture = soup(cell).main.img
    assert (picture["src"], picture["alt"]) == ("data:image/png;base64,AABB", "<Figure>")


def test_a_chart_has_its_files_by_the_page_s_name():
    cell = new_code_cell("chart")
    chart = bundle(
        id="debt", title="T", subtitle="S", alt="A", wide="<svg></svg>", narrow="<svg></svg>",
        note="", source_line="W", svg="", png=b"", table=pd.DataFrame(),
    )  # fmt: skip
    cell.outputs = [new_output("display_data", chart)]
    addresses = [link["href"] for link in soup(cell, stem="region").select(".actions a")]
    assert addresses[1:] == [f"figures/region-debt.{end}" for end in ("png", "svg", "csv")]


def test_title_description_and_data_set_are_the_page_s_own():
    found = soup(place="Kyrgyzstan", data_date="2026-07")
    assert found.title.get_text() == "A finding · Whose record?"
    assert found.select_one('meta[name="description"]')["content"] == "The lead of it."
    data = json.loads(found.select_one('script[type="application/ld+json"]').get_text())
    assert (data["@type"], data["name"], data["dateModified"]) == (
        "Dataset",
        "A finding",
        "2026-07",
    )
    assert data["spatialCoverage"]["name"] == "Kyrgyzstan"


def test_no_address_and_no_author_are_made_up(monkeypatch):
    monkeypatch.setattr(export, "about", lambda: About("p", "1.0", "s", "", ""))
    found = page()
    assert "og:url" not in found
    assert '"url"' not in found
    assert "creator" not in found
    assert citation("A finding", "") == "“A finding.” Whose record? (p 1.0). CC BY 4.0."


def test_an_address_and_an_author_once_given_are_cited(monkeypatch):
    monkeypatch.setattr(
        export, "about", lambda: About("p", "1.0", "s", "A. Name", "https://x.example")
    )
    assert citation("F.", "July 2026") == (
        "A. Name. “F.” Whose record? (p 1.0). Sources to July 2026. CC BY 4.0. https://x.example."
    )


def test_words_of_a_notebook_cannot_leave_the_head():
    cells = [new_markdown_cell('# "Quotes" &amp; </style><script>x</script>')]
    text = export_page(new_notebook(cells=cells), "index", source="i.ipynb")
    head = text[: text.index("<body")]
    assert "<script>x" not in head
    assert head.count("</style>") == 1


def test_the_contents_are_the_sections_in_the_margin_and_the_menu():
    found = soup(new_markdown_cell("## One & two"), new_markdown_cell("## Three"))
    for links_of in (found.select(".contents a"), found.select("header nav:has(ol) a")):
        assert [(link["href"], link.get_text()) for link in links_of] == [
            ("#one-two", "One & two"), ("#three", "Three"),
        ]  # fmt: skip


def test_a_page_knows_itself_and_its_neighbours():
    found = soup()
    assert {link["href"] for link in found.select("[aria-current]")} == {"kyrgyzstan.html"}
    assert found.select_one("[rel=prev]")["href"] == "kazakhstan.html"
    assert found.select_one("[rel=next]")["href"] == "tajikistan.html"
    assert not soup(stem="mongolia").select("[rel=next]")


def test_the_ends_of_the_five_have_one_neighbour():
    assert neighbours("kazakhstan")[0] is None
    assert neighbours("uzbekistan")[1] is None
    assert len({link.href for link in links()}) == len(links())


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ([new_markdown_cell("# Another")], "this one has: 'A finding'; 'Another'"),
        ([new_markdown_cell("[x](#gone)")], "links to anchors that do not stand in it: gone"),
        ([new_markdown_cell("## A\n\n## A")], "anchors that stand more than once: a"),
    ],
)
def test_a_page_that_is_not_sound_is_refused_with_the_reason(cells, fault):
    with pytest.raises(PageError, match=fault):
        page(*cells)


def test_a_notebook_without_a_headline_is_refused():
    with pytest.raises(PageError, match="this one has: none"):
        export_page(new_notebook(cells=[new_markdown_cell("x")]), "index", source="i.ipynb")


def test_only_a_page_with_an_explorer_has_its_script_and_its_style():
    plain = page(shows("one()", "<p>First</p>"))
    found = page(shows("one()", "<div data-explorer></div>"))
    for part in ("form.onchange", ".choose{"):
        assert part not in plain
        assert part in found


def test_a_page_without_lists_has_no_script():
    assert not [script for script in soup().select("script") if not script.get("type")]
    listed = soup(shows("t", "<table data-list id='t'></table>"))
    assert len([script for script in listed.select("script") if not script.get("type")]) == 1
    # What has an anchor to be cited by brings the script that cites it.
    cited = soup(shows("t", "<table><tr id='row-t'><td>1</td></tr></table>"))
    assert len([script for script in cited.select("script") if not script.get("type")]) == 1


def test_a_frame_of_pandas_has_no_style_and_no_empty_heads():
    found = BeautifulSoup(frame_html(f"<style>x</style>{FRAME}"), "html.parser")
    assert not found.select("style, [border]")
    assert [(head.get_text(), head["scope"]) for head in found.select("th")] == [
        ("china", "col"),
        ("0", "row"),
    ]


def test_the_first_kind_that_a_page_knows_is_shown():
    assert best_type({"text/plain": "", "text/html": ""}) == ["text/html"]
    assert best_type({"application/x": ""}) == ["application/x"]
    assert best_type({}) == []


def test_letters_of_other_languages_come_when_they_are_needed():
    plain, accented = font_css("Kyrgyzstan"), font_css("Côte d’Ivoire")
    assert plain.count("@font-face") == 2
    assert accented.count("@font-face") == 4
    assert font_css("Ош").count("@font-face") == 3


def test_words_in_a_style_sheet_stay_words():
    assert css_string('a"b\\</style>\n') == '"a\\22 b\\5c \\3c /style\\3e \\a "'


def test_a_question_is_cited_with_its_own_mark(monkeypatch):
    monkeypatch.setattr(export, "about", lambda: About("p", "1.0", "s", "", ""))
    assert (
        citation("Who trades more?", "") == "“Who trades more?” Whose record? (p 1.0). CC BY 4.0."
    )
