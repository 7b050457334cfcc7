"""From matplotlib's SVG to one that a page can hold: colours by name, marks that can be read.

The drawing follows the page's colours, its words stand in the page's letters and can be found and
read aloud, and each mark says its value when it is pointed at and leads to its row.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from analysis.charts.canvas import COLOURS, Canvas, style

_SPACES = {
    "": "http://www.w3.org/2000/svg",
    "cc": "http://creativecommons.org/ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_SVG = _SPACES[""]
_HREF = "{http://www.w3.org/1999/xlink}href"
_NAMES = {light: name for name, (light, _) in COLOURS.items()}
_DRAWN = {"d", "x", "y", "transform", "style", "fill", "stroke"}
_HEX = re.compile(r"#[0-9a-f]{6}")
_NUMBER = re.compile(r"-?[0-9]+\.[0-9]{2,}")
_POINT = re.compile(r"M [-0-9.e]+ [-0-9.e]+")
_AROUND_LETTERS = re.compile(r" ?([A-Za-z]) ?")
_ACROSS = re.compile(r"translate\((-?[0-9.]+) 0\)")
_WORDS_STYLE = "font-family: Inter, sans-serif; font-size: 13px; font-variant-numeric: tabular-nums"


def _short(match: re.Match[str]) -> str:
    number = f"{float(match[0]):.1f}".rstrip("0").rstrip(".")
    return "0" if number == "-0" else number


def _path(steps: str) -> str:
    """A path without the letters and spaces that are understood without being written.

    Example:
        >>> _path("M 0 1 L 2 3 L 4 -5 z M 6 7 C 1 2 3 4 5 6 C 1 2 3 4 7 8")
        'M0 1 2 3 4-5zM6 7C1 2 3 4 5 6 1 2 3 4 7 8'
    """
    kept: list[str] = []
    letter = ""
    for step in steps.split():
        if not step.isalpha():
            kept.append(step)
            continue
        # After the first point of a line its others follow; a second beginning is said.
        if step == "M" or step not in (letter, "L" if letter == "M" else letter):
            kept.append(step)
        letter = step
    return _AROUND_LETTERS.sub(r"\1", " ".join(kept)).replace(" -", "-")


def _glyph(name: str) -> str:
    """A short name for a letter's shape, which is used some hundred times: r regular, b bold."""
    return name.replace("InterTabular-Regular-", "r").replace("InterTabular-Bold-", "b")


def _variable(match: re.Match[str]) -> str:
    name = _NAMES.get(match[0])
    return f"var(--{name}, {match[0]})" if name else match[0]


def _set_text(element: ET.Element) -> None:
    """Keep of a text's style what is not said for the whole drawing."""
    style_of = dict(part.split(": ", 1) for part in element.get("style", "").split("; ") if part)
    kept: dict[str, str] = {
        key: style_of[key] for key in ("font-weight", "text-anchor") if key in style_of
    }
    if style_of.get("font-size", "13px") != "13px":
        kept["font-size"] = style_of["font-size"]
    kept["fill"] = style_of.get("fill", COLOURS["ink"][0])
    element.set("style", "; ".join(f"{key}: {value}" for key, value in kept.items()))
    if element.get("transform", "").startswith("rotate(-0 "):
        del element.attrib["transform"]


def _name(element: ET.Element, prefix: str, kept: set[str]) -> None:
    """Keep an id only where something refers to it, and make it the drawing's own."""
    name = element.attrib.pop("id", None)
    if name in kept:
        element.set("id", prefix + _glyph(name))
    if _HREF in element.attrib:
        element.set("href", f"#{prefix}{_glyph(element.attrib.pop(_HREF)[1:])}")
    for key, value in element.attrib.items():
        if "url(#" in value:
            element.set(key, value.replace("url(#", f"url(#{prefix}"))


def _shorten(element: ET.Element, named: bool) -> None:
    """Round places to a tenth of a pixel; call colours by name where a page says what they are."""
    for key in _DRAWN & set(element.attrib):
        value = element.attrib[key]
        if "scale(" in value:
            continue
        short = _NUMBER.sub(_short, value)
        told = " ".join((_HEX.sub(_variable, short) if named else short).split())
        element.set(key, _path(told) if key == "d" else told)
    across = _ACROSS.fullmatch(element.get("transform", ""))
    if element.tag == f"{{{_SVG}}}use" and across:
        del element.attrib["transform"]
        element.set("x", across[1])


def _unwrap(parent: ET.Element) -> None:
    """Put what stands in a group without any meaning in the group's place."""
    for child in list(parent):
        group, empty = (
            child.tag == f"{{{_SVG}}}g",
            child.tag == f"{{{_SVG}}}defs" and not len(child),
        )
        if not child.attrib and (group or empty):
            at = list(parent).index(child)
            parent[at : at + 1] = list(child)


def _clean(parent: ET.Element, prefix: str, kept: set[str]) -> None:
    """Leave out what only matplotlib needs, and make every name the drawing's own."""
    for child in list(parent):
        # A line through one point, which is nothing to see, is what is left of a lone year.
        one_point = child.tag == f"{{{_SVG}}}path" and _POINT.fullmatch(child.get("d", "").strip())
        if child.tag == f"{{{_SVG}}}style" or one_point:
            parent.remove(child)
        elif child.tag != f"{{{_SVG}}}metadata":
            _clean(child, prefix, kept)
            _name(child, prefix, kept)
            if child.tag == f"{{{_SVG}}}text":
                _set_text(child)
            _shorten(child, named=bool(prefix))
    _unwrap(parent)


def _referenced(root: ET.Element) -> set[str]:
    found = set()
    for element in root.iter():
        for value in element.attrib.values():
            found.update(re.findall(r"url\(#([^)]+)\)", value))
        if _HREF in element.attrib:
            found.add(element.attrib[_HREF][1:])
    return found


def _add_hits(root: ET.Element, canvas: Canvas) -> None:
    """Lay over the drawing what can be pointed at: nothing to see, but to be read and followed."""
    if not canvas.hits:
        return
    layer = ET.SubElement(root, f"{{{_SVG}}}g", {"fill": "none", "pointer-events": "all"})
    for hit in canvas.hits:
        parent = layer
        if hit.row_id:
            # Not one by one with the keyboard, which has the table: there may be hundreds.
            link = {"href": f"#{hit.row_id}", "tabindex": "-1"}
            parent = ET.SubElement(layer, f"{{{_SVG}}}a", link)
        sizes = zip(("x", "y", "width", "height"), hit.box, strict=True)
        mark = ET.SubElement(parent, f"{{{_SVG}}}rect", {key: f"{at:.0f}" for key, at in sizes})
        ET.SubElement(mark, f"{{{_SVG}}}title").text = hit.words


def _root(raw: str, prefix: str) -> ET.Element:
    for name, address in _SPACES.items():
        ET.register_namespace(name, address)
    root = ET.fromstring(raw)
    _clean(root, prefix, _referenced(root))
    return root


def _tell(root: ET.Element, prefix: str, title: str, alt: str) -> None:
    """Give a drawing its name and its description, for those who do not see it."""
    for old in root.findall(f"{{{_SVG}}}title"):
        root.remove(old)
    for place, (tag, words) in enumerate((("title", title), ("desc", alt))):
        element = ET.Element(f"{{{_SVG}}}{tag}", {"id": f"{prefix}{tag}"})
        element.text = words
        root.insert(place, element)


def _set_root(root: ET.Element, canvas: Canvas, prefix: str, role: str) -> None:
    root.attrib.clear()
    root.attrib.update(
        {
            "viewBox": f"0 0 {canvas.width:g} {canvas.height:g}",
            "width": f"{canvas.width:g}",
            "height": f"{canvas.height:g}",
            "role": role,
            "aria-labelledby": f"{prefix}title",
            "aria-describedby": f"{prefix}desc",
            "stroke-linejoin": "round",
        }
    )


def _text(root: ET.Element) -> str:
    return re.sub(r">\s+<", "><", ET.tostring(root, encoding="unicode")).strip() + "\n"


def page_svg(canvas: Canvas, name: str, title: str, alt: str) -> str:
    """The drawing as it stands in a page, under its own title and description.

    Args:
        canvas: what was drawn.
        name: begins every id in the drawing, so that a page can hold several.
        title: its name for those who do not see it.
        alt: what it shows, for them.

    Returns:
        One ``<svg>`` element, the same bytes for the same drawing.
    """
    prefix = f"{name}-"
    with style():
        root = _root(canvas.save_svg({}), prefix)
    for metadata in root.findall(f"{{{_SVG}}}metadata"):
        root.remove(metadata)
    _add_hits(root, canvas)
    _tell(root, prefix, title, alt)
    # What holds links is a group of them; a picture's own contents cannot be reached.
    linked = any(hit.row_id for hit in canvas.hits)
    _set_root(root, canvas, prefix, "group" if linked else "img")
    root.set("style", _WORDS_STYLE)
    return _text(root)


def file_svg(canvas: Canvas, title: str, alt: str, metadata: dict[str, str]) -> str:
    """The drawing as a file of its own: in light, its letters as shapes, so that it looks the same.

    Args:
        canvas: what was drawn, with all that it needs to stand alone.
        title: its name.
        alt: what it shows.
        metadata: what is said of it, by Dublin Core's names.

    Returns:
        A whole SVG file, the same bytes for the same drawing.
    """
    with style(shapes=True):
        root = _root(canvas.save_svg(metadata), "")
    _tell(root, "", title, alt)
    _set_root(root, canvas, "", "img")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + _text(root)
