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
from selectolax.lexbor import LexborHTMLParser, LexborNode

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
    parsed = LexborHTMLParser(page)
    main = _only(parsed.root, "main")
    drawn = [_chart(figure) for figure in main.css("figure.chart")[:_CHARTS]]
    if len(drawn) < _CHARTS:
        raise BriefError(f"a page of {len(drawn)} charts; a brief has {_CHARTS}")
    _leave_out(parsed)
    verdicts = _only(main, "table#verdicts")
    last = next(reversed(main.css("h2")), None)
    told = about()
    title = _only(main, "h1")
    dek, key = [*_after(title, main.css("h1, p"))[:2], None, None][:2]
    return {
        "site": SITE,
        "language": _only(parsed.root, "html").attributes.get("lang") or "en",
        "title": _words(title),
        "dek": _words(dek) if dek else "",
        "key": _words(key) if key and key.css_matches(".pips") else "",
        "caption": _words(_only(verdicts, "caption")),
        "head": [_words(cell) for cell in verdicts.css("thead th")],
        "rows": [[_words(cell) for cell in row.css("th, td")] for row in verdicts.css("tbody tr")],
        "missing": NOT_RECORDED,
        "charts": drawn,
        "change_title": _words(last) if last else "",
        "change": _points(last, main) if last else [],
        "cite_title": _words(_only(parsed.root, "#cite")),
        "cite": _words(_only(parsed.root, ".cite")),
        "imprint": " · ".join(
            part
            for part in (f"{told.name} {told.version}", LICENCE, told.author, told.address)
            if part
        ),
    }


def _only(within: LexborNode | None, selector: str) -> LexborNode:
    found = within.css_first(selector) if within else None
    if found is None:
        raise BriefError(f"the page has no {selector}")
    return found


def _leave_out(page: LexborHTMLParser) -> None:
    """Leave how sure as dots, without the words for those who hear the page, and no marks to click.

    What is set on a line of its own on the page is here too.
    """
    for unseen in page.css(".vh, .split, .anchor"):
        unseen.decompose()
    for under in page.css(".of-gdp"):
        under.insert_before("\n")


def _words(element: LexborNode) -> str:
    """An element's words."""
    lines = element.text().split("\n")
    return "\n".join(kept for line in lines if (kept := " ".join(line.split()).rstrip(" #")))


def _chart(figure: LexborNode) -> dict[str, str]:
    alt = _only(figure, "svg").css_first("desc")
    return {"id": figure.id or "", "alt": alt.text() if alt else ""}


def _after(element: LexborNode, found: list[LexborNode]) -> list[LexborNode]:
    """Those of the elements found that come after one of them."""
    return found[[one.mem_id for one in found].index(element.mem_id) + 1 :]


def _points(heading: LexborNode, main: LexborNode) -> list[str]:
    """The points, or the paragraphs, of the section under a heading."""
    found: list[str] = []
    for element in _after(heading, main.css("h2, li, p, section, details")):
        if element.tag in ("h2", "section", "details"):
            break
        found.append(_words(element))
    return found
