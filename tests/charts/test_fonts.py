"""The letters: what pages embed, and what drawings are measured with."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
from matplotlib import font_manager

from analysis.charts.canvas import style

FONTS = files("analysis") / "publish" / "fonts"
CSS = (FONTS / "fonts.css").read_text(encoding="utf-8")


def covers(ranges, character):
    for one in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", ranges):
        low = int(one[0], 16)
        if low <= ord(character) <= int(one[1] or one[0], 16):
            return True
    return False


def faces(family, font_style="normal"):
    """The unicode ranges of a family's files, by file."""
    found = {}
    for block in CSS.split("@font-face")[1:]:
        if f'"{family}"' in block and f"font-style: {font_style}" in block:
            name = re.search(r'url\("([^"]+)"\)', block)[1]
            found[name] = re.search(r"unicode-range: ([^;]+);", block)[1]
    return found


def test_the_style_sheet_names_each_file_once():
    named = re.findall(r'url\("([^"]+)"\)', CSS)
    there = [path.name for path in FONTS.iterdir() if path.name.endswith(".woff2")]
    assert sorted(named) == sorted(there)


@pytest.mark.parametrize(("name", "most"), [("newsreader.woff2", 26_000), ("inter.woff2", 19_000)])
def test_what_every_page_embeds_is_small(name, most):
    data = (FONTS / name).read_bytes()
    assert data[:4] == b"wOF2"
    assert len(data) <= most


@pytest.mark.parametrize("family", ["Inter", "Newsreader"])
def test_a_family_has_what_pages_print(family):
    ranges = " ".join(faces(family).values())
    text = "Kazakhstan’s “trade” – 1,234.5% — $48.7bn × ½ − ± ° … · • éüãçôíñ Łódź Şımkent"
    assert [character for character in text if not covers(ranges, character)] == []


def test_signs_and_cyrillic_are_in_inter():
    ranges = " ".join(faces("Inter").values())
    assert all(
        covers(ranges, character) for character in "≈≤≥⅓⅔↑↓→←↩○●₸Қазақстан Ўзбекистон Тоҷикистон"
    )


def test_the_licences_lie_beside_the_letters():
    for name in ("OFL-Inter.txt", "OFL-Newsreader.txt"):
        assert "SIL OPEN FONT LICENSE" in (FONTS / name).read_text(encoding="utf-8")
    assert (files("analysis") / "charts" / "fonts" / "OFL-Inter.txt").is_file()


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_drawings_use_the_letters_of_the_package_whatever_the_machine_has(weight):
    with style():
        found = font_manager.findfont(
            font_manager.FontProperties(family="Inter Tabular", weight=weight),
            fallback_to_default=False,
        )
    cut = {"normal": "Regular", "bold": "Bold"}[weight]
    assert Path(found) == Path(str(files("analysis.charts") / "fonts" / f"InterTabular-{cut}.ttf"))
