"""Two pages to forward: a country's finding, verdicts and two charts, as a tagged PDF.

A brief says what the page says and nothing else: its words, its table and its charts are taken from
the page, so that the two cannot differ.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import typst
from bs4 import BeautifulSoup, Tag

from analysis.page.about import LICENCE, SITE, about
from analysis.page.verdict_table import NOT_RECORDED

_CHARTS = 2


class BriefError(Exception):
    """A page that has not what a brief is made of."""


def brief(page: str, charts: Mapping[str, str]) -> bytes:
    """Make a brief of a country's page.

    Args:
        page: the page, as ``export_page`` returns it.
        charts: its charts' files for download, SVG by id.

    Returns:
        A PDF of two pages, tagged as PDF/UA-1 asks, the same bytes for the same page.

    Raises:
        BriefError: where the page has no heading, verdicts or charts.
    """
    told = contents(page)
    folder = files("analysis.publish")
    with (
        tempfile.TemporaryDirectory(prefix="brief-") as place,
        as_file(folder / "fonts") as letters,
        as_file(files("analysis.charts") / "fonts") as figures,
    ):
        root = Path(place)
        for chart in told["charts"]:
            if chart["id"] not in charts:
                raise BriefError(f"no drawing of the chart {chart['id']}")
            (root / f"{chart['id']}.svg").write_text(charts[chart["id"]], encoding="utf-8")
        (root / "told.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        template = (folder / "templates" / "brief.typ").read_text(encoding="utf-8")
        (root / "brief.typ").write_text(template, encoding="utf-8")
        made: bytes = typst.compile(
            root / "brief.typ",
            root=root,
            font_paths=[letters, figures],
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
        )
        return made


def contents(page: str) -> dict[str, Any]:
    """What a brief says of a page, as plain values.

    Args:
        page: the page, as ``export_page`` returns it.

    Returns:
        ``title``, ``dek``, ``key`` (of which years, what the dots mean), ``head`` and ``rows`` of
        the verdicts, ``missing`` (what stands in a row for a figure that there is not), two
        ``charts`` (id, title, subtitle, alt), ``change`` (what would change the finding), ``cite``,
        ``imprint``, ``site`` and ``language``.

    Raises:
        BriefError: where the page has no heading, verdicts or charts.
    """
    soup = BeautifulSoup(page, "html.parser")
    main = _only(soup, "main")
    verdicts = _only(main, "table#verdicts")
    charts = main.select("figure.chart")
    if len(charts) < _CHARTS:
        raise BriefError(f"a page of {len(charts)} charts; a brief has {_CHARTS}")
    headings = main.find_all("h2")
    last = headings[-1] if headings else None
    told = about()
    dek, key = [*_only(main, "h1").find_all_next("p", limit=2), None, None][:2]
    return {
        "site": SITE,
        "language": soup.html.get("lang", "en") if soup.html else "en",
        "title": _words(_only(main, "h1")),
        "dek": _words(dek) if dek else "",
        "key": _words(key) if key and key.select(".pips") else "",
        "caption": _words(_only(verdicts, "caption")),
        "head": [_words(cell) for cell in verdicts.select("thead th")],
        "rows": [
            [_words(cell) for cell in row.find_all(["th", "td"])]
            for row in verdicts.select("tbody tr")
        ],
        "missing": NOT_RECORDED,
        "charts": [_chart(figure) for figure in charts[:_CHARTS]],
        "change_title": _words(last) if last else "",
        "change": _points(last) if last else [],
        "cite_title": _words(_only(soup, "#cite")),
        "cite": _words(_only(soup, ".cite")),
        "imprint": " · ".join(
            part
            for part in (f"{told.name} {told.version}", LICENCE, told.author, told.address)
            if part
        ),
    }


def _only(within: BeautifulSoup | Tag, selector: str) -> Tag:
    found = within.select_one(selector)
    if found is None:
        raise BriefError(f"the page has no {selector}")
    return found


def _words(element: Tag) -> str:
    """An element's words; how sure as dots, without the words for those who hear the page."""
    copy = BeautifulSoup(str(element), "html.parser")
    for unseen in copy.select(".vh, .split, a.anchor, .anchor"):
        unseen.decompose()
    for under in copy.select(".of-gdp"):
        under.insert_before("\n")
    lines = copy.get_text("").split("\n")
    return "\n".join(kept for line in lines if (kept := " ".join(line.split()).rstrip(" #")))


def _chart(figure: Tag) -> dict[str, str]:
    drawing = _only(figure, "svg")
    alt = drawing.find("desc")
    return {
        "id": str(figure["id"]),
        "alt": alt.get_text() if alt else "",
    }


def _points(heading: Tag) -> list[str]:
    """The points, or the paragraphs, of the section under a heading."""
    found: list[str] = []
    for element in heading.find_all_next(["h2", "li", "p", "section", "details"]):
        if element.name in ("h2", "section", "details"):
            break
        found.append(_words(element))
    return found
