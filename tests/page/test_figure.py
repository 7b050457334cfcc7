"""A chart on its way to its page."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.page.figure import MEDIA_TYPE, bundle, figure_html, files_of


@pytest.fixture
def chart():
    return bundle(
        id="debt", title="Who lends < who owes", subtitle="$bn", alt="Bars.",
        wide="<svg>w</svg>", narrow="<svg>n</svg>", note="", source_line="World Bank.",
        svg="<svg/>", png=b"\x89PNG",
        table=pd.DataFrame({"year": [2024, 2025], "china": [1.65, 1.5e13]}),
    )  # fmt: skip


def test_jupyterlab_sees_one_drawing_and_no_files(chart):
    soup = BeautifulSoup(chart["text/html"], "html.parser")
    assert [drawing.get_text() for drawing in soup.select("svg")] == ["w"]
    assert not soup.select("a")
    assert "mathjax_ignore" in soup.figure["class"]


def test_jupyterlab_is_given_no_link_within_a_drawing_and_a_page_keeps_it(chart):
    mark = '<a href="#row" tabindex="-1"><rect><title>2024</title></rect></a>'
    told = bundle(
        id="debt", title="t", subtitle="s", alt="Bars.", wide=f"<svg>{mark}</svg>",
        narrow=f"<svg>{mark}</svg>", note="", source_line="World Bank.", svg="<svg/>", png=b"",
        table=pd.DataFrame(),
    )  # fmt: skip
    alone = BeautifulSoup(told["text/html"], "html.parser")
    assert [title.get_text() for title in alone.select("svg > rect > title")] == ["2024"]
    assert told[MEDIA_TYPE]["wide"] == told[MEDIA_TYPE]["narrow"] == f"<svg>{mark}</svg>"


def test_a_page_sees_both_drawings_and_the_files(chart):
    soup = BeautifulSoup(figure_html(chart[MEDIA_TYPE], "figures/kyrgyzstan-debt"), "html.parser")
    assert [drawing.get_text() for drawing in soup.select("svg")] == ["w", "n"]
    assert [link["href"] for link in soup.select(".actions a")] == [
        "#debt", "figures/kyrgyzstan-debt.png", "figures/kyrgyzstan-debt.svg",
        "figures/kyrgyzstan-debt.csv",
    ]  # fmt: skip
    names = [link.get_text() for link in soup.select(".actions a")][1:]
    assert names == ["PNG", "SVG", "Data"]
    assert "Source: World Bank. " in soup.figcaption.get_text()


def test_the_files_are_drawing_picture_and_data(chart):
    assert files_of(chart[MEDIA_TYPE]) == {
        "svg": b"<svg/>",
        "png": b"\x89PNG",
        "csv": b"year,china\n2024,1.65\n2025,1.5e+13\n",
    }


def test_a_title_is_escaped(chart):
    assert "Who lends &lt; who owes" in chart["text/html"]


def test_in_words_a_chart_is_its_title_and_what_it_shows(chart):
    assert chart["text/plain"] == "Who lends < who owes. Bars."


def test_measure_and_note_stand_with_the_drawing(chart):
    noted = figure_html(chart[MEDIA_TYPE] | {"note": "No row for 2023."}, "figures/debt")
    soup = BeautifulSoup(noted, "html.parser")
    assert soup.select_one(".chart-subtitle").get_text() == "$bn"
    assert soup.figcaption.p.get_text() == "No row for 2023."
    plain = BeautifulSoup(figure_html(chart[MEDIA_TYPE], "figures/debt"), "html.parser")
    assert [part.get_text()[:8] for part in plain.select("figcaption p")] == ["Source: "]


def test_data_may_lie_apart_from_the_pictures(chart):
    html = figure_html(chart[MEDIA_TYPE], "pictures/debt", "tables/debt")
    links = BeautifulSoup(html, "html.parser").select(".actions a")[1:]
    assert [link["href"] for link in links] == [
        "pictures/debt.png", "pictures/debt.svg", "tables/debt.csv",
    ]  # fmt: skip


def test_a_note_travels_to_the_page():
    words = dict.fromkeys(("title", "subtitle", "alt", "wide", "narrow", "source_line", "svg"), "")
    made = bundle(id="debt", note="No row for 2023.", png=b"", table=pd.DataFrame(), **words)
    assert "<p>No row for 2023.</p>" in figure_html(made[MEDIA_TYPE], "figures/debt")
