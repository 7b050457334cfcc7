"""A chart on its way from a notebook to its page.

JupyterLab shows it as HTML with one drawing. A page needs both drawings and the files for
download; they travel in the output of the cell under a media type of our own, which JupyterLab
passes over.
"""

from __future__ import annotations

import base64
import re
from typing import Any

import pandas as pd
from markupsafe import Markup

from analysis.page.markup import macro

# JupyterLab sets the address of every link itself, which a link within a drawing does not let it:
# it would show an error in the chart's place. The rows that marks lead to are not there anyway.
_LINK = re.compile("</?a(?: [^>]*)?>")
MEDIA_TYPE = "application/vnd.two-records.figure+json"


def bundle(
    *,
    id: str,
    title: str,
    subtitle: str,
    alt: str,
    wide: str,
    narrow: str,
    note: str,
    source_line: str,
    svg: str,
    png: bytes,
    table: pd.DataFrame,
) -> dict[str, Any]:
    """A chart as the output of a cell: for JupyterLab, for a page, and in words.

    A chart shows itself by returning this from ``_repr_mimebundle_``.

    Args:
        id: its name in the page, a valid id of HTML.
        title: what it shows, as a finding.
        subtitle: measure, unit, place and years.
        alt: the same for those who do not see it.
        wide: the drawing for a page of 704 pixels, as SVG; it names and describes itself.
        narrow: the drawing for 336 pixels.
        note: what a reader must know of the figures; may be empty.
        source_line: the sources in words, without "Source".
        svg: the file for download, with title, source and licence in it.
        png: the same as a picture.
        table: the frame behind it.
    """
    shown = {
        "id": id,
        "title": title,
        "subtitle": subtitle,
        "wide": wide,
        "narrow": narrow,
        "note": note,
        "source_line": source_line,
    }
    files = {
        "svg": svg,
        "png": base64.b64encode(png).decode("ascii"),
        "csv": table.to_csv(index=False, float_format="%.12g", lineterminator="\n"),
    }
    alone = shown | {name: _LINK.sub("", shown[name]) for name in ("wide", "narrow")}
    return {
        "text/html": str(macro("figure", "figure", alone, [])),
        "text/plain": f"{title}. {alt}",
        MEDIA_TYPE: shown | files,
    }


def figure_html(shown: dict[str, Any], stem: str, data: str = "") -> Markup:
    """What a page shows of a chart.

    Args:
        shown: what ``bundle`` gave under ``MEDIA_TYPE``.
        stem: address of the chart's files without their endings.
        data: the same of its data, where they lie apart from the pictures.
    """
    names = {"PNG": "png", "SVG": "svg", "Data": "csv"}
    files = [
        (kind, f"{data if data and kind == 'Data' else stem}.{ending}")
        for kind, ending in names.items()
    ]
    return macro("figure", "figure", shown, files)


def files_of(shown: dict[str, Any]) -> dict[str, bytes]:
    """The files for download by their endings: drawing, picture and data."""
    return {
        "svg": shown["svg"].encode(),
        "png": base64.b64decode(shown["png"]),
        "csv": shown["csv"].encode(),
    }
