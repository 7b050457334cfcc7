"""Where the shares of a whole's parts are written: in their part, or above it in its ink."""

import re
from functools import cache
from typing import NamedTuple

import gallery
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.transforms import Bbox

from analysis.charts.canvas import COLOURS, NARROW, WIDE, measure
from analysis.charts.formats import percent
from analysis.charts.shares import parts_of_whole
from analysis.charts.shares_over_time import shares_over_time
from analysis.page.language import speaking

NONE = float("nan")
CAPTION = gallery.caption("small")
FIGURES = 9.5  # how tall they are, in pixels
INKS = {COLOURS[name][0]: name for name in ("china", "russia", "paper")}
# China's part and Russia's, five to a whole.
SHARES = [
    (0, 0), (0, 0.01), (0.01, 0), (0.01, 0.01), (0.005, 0.005),
    (0.5, 0.5), (0.99, 0.01), (0.01, 0.99), (0.87, 0.13), (0.13, 0.87),
    (0.1, 0.02), (0.02, 0.1), (0.26, 0.23), (0.19, 0.14), (0.004, 0.002),
    (NONE, 0.05), (0.05, NONE), (0.96, NONE), (NONE, NONE), (0.98, 0.004),
]  # fmt: skip


def by_hand(shares):
    rows = [
        (f"Whole {number // 5}", gallery.FIVE[number % 5], "stated", 2024, *pair)
        for number, pair in enumerate(shares)
    ]
    return pd.DataFrame(rows, columns=["whole", "country", "record", "year", "china", "russia"])


FRAMES = {
    "by hand": by_hand(SHARES),
    "four wholes": gallery.frame("wholes"),
    "two records": gallery.wholes(),
}
EVERY = pytest.mark.parametrize("name", FRAMES)
BOTH = pytest.mark.parametrize("width", [WIDE, NARROW])
LANGUAGES = pytest.mark.parametrize("language", ["en", "ru"])


@cache
def drawn(name, width, language):
    with speaking(language):
        return parts_of_whole(FRAMES[name], CAPTION).draw(width)


class Part(NamedTuple):
    bar: int
    power: str
    share: float
    box: Bbox


class Label(NamedTuple):
    words: str
    ink: str
    box: Bbox


def bars(canvas):
    """The ground of each bar, and the parts upon it."""
    grounds, parts = [], []
    for axes in canvas.figure.axes:
        for patch in axes.patches if axes not in (canvas.base, canvas.sheet) else ():
            box, power = patch.get_window_extent(), INKS.get(to_hex(patch.get_facecolor()))
            if power is None:
                grounds.append(box)
            else:
                parts.append(Part(len(grounds) - 1, power, patch.get_width(), box))
    return grounds, parts


def labels(canvas):
    """The shares that are written, each as large as its figures."""
    found = []
    for text in canvas.sheet.texts:
        words, ink = text.get_text(), INKS.get(to_hex(text.get_color()))
        if ink and re.search(r"\d", words):
            left, foot = text.get_position()
            low = canvas.height - foot
            box = Bbox([[left, low], [left + measure(words, bold=True), low + FIGURES]])
            found.append(Label(words, ink, box))
    return found


def holds(box, other):
    return box.x0 <= other.x0 and other.x1 <= box.x1 and box.y0 <= other.y0 and other.y1 <= box.y1


def meant(label, grounds, parts):
    """Whose a label is taken for: what it stands in, or its ink's part of the bar below."""
    if label.ink == "paper":
        return next(((p.bar, p.power) for p in parts if holds(p.box, label.box)), None)
    below = [
        (label.box.y0 - ground.y1, number)
        for number, ground in enumerate(grounds)
        if ground.y1 <= label.box.y0 and ground.x0 <= label.box.x1 and label.box.x0 <= ground.x1
    ]
    return (min(below)[1], label.ink) if below else None


@EVERY
@BOTH
@LANGUAGES
def test_every_part_of_a_hundredth_or_more_has_its_share_beside_it(name, width, language):
    canvas = drawn(name, width, language)
    grounds, parts = bars(canvas)
    told = [(meant(label, grounds, parts), label.words) for label in labels(canvas)]
    with speaking(language):
        wanted = [((p.bar, p.power), percent(p.share)) for p in parts if p.share >= 0.01]
        known = [((p.bar, p.power), percent(p.share)) for p in parts if p.share > 0]
    assert len(told) == len(set(told))
    assert set(wanted) <= set(told) <= set(known)


@EVERY
@BOTH
@LANGUAGES
def test_no_share_is_written_on_the_ground_of_another_part(name, width, language):
    canvas = drawn(name, width, language)
    grounds, parts = bars(canvas)
    for label in labels(canvas):
        on = [ground for ground in grounds if ground.overlaps(label.box)]
        inside = [part for part in parts if holds(part.box, label.box)]
        assert len(on) == len(inside) == (label.ink == "paper"), label.words


@EVERY
@BOTH
@LANGUAGES
def test_no_share_lies_on_another_or_is_cut(name, width, language):
    assert drawn(name, width, language).faults() == []


@EVERY
@BOTH
def test_a_share_above_its_part_is_nearer_to_its_bar_than_to_the_one_above(name, width):
    canvas = drawn(name, width, "en")
    grounds, _ = bars(canvas)
    for label in labels(canvas):
        if label.ink != "paper":
            column = [g for g in grounds if g.x0 <= label.box.x1 and label.box.x0 <= g.x1]
            own = min(label.box.y0 - g.y1 for g in column if g.y1 <= label.box.y0)
            above = [g.y0 - label.box.y1 for g in column if g.y0 >= label.box.y1]
            assert all(own < other for other in above), label.words


def test_a_share_stands_over_the_middle_of_a_part_too_small_for_it():
    frame = by_hand([(0.4, 0.02)])
    canvas = parts_of_whole(frame, CAPTION).draw(WIDE)
    _, parts = bars(canvas)
    china, russia = labels(canvas)
    assert (china.words, china.ink, russia.words, russia.ink) == ("40%", "paper", "2%", "russia")
    middle = (parts[1].box.x0 + parts[1].box.x1) / 2
    assert (russia.box.x0 + russia.box.x1) / 2 == pytest.approx(middle, abs=1)


def test_a_row_without_a_share_above_it_is_no_higher_than_before():
    inside = parts_of_whole(by_hand([(0.4, 0.3)] * 5), CAPTION).draw(NARROW)
    one = parts_of_whole(by_hand([(0.4, 0.3)] * 4 + [(0.4, 0.03)]), CAPTION).draw(NARROW)
    assert (inside.height, one.height) == (24 + 50 + 5 * 24, 24 + 50 + 5 * 24 + 14)


def test_where_two_shares_have_no_room_beside_each_other_the_greater_one_stays():
    canvas = parts_of_whole(by_hand([(0.004, 0.05)] * 40), CAPTION).draw(WIDE)
    assert canvas.faults() == []
    assert [label.words for label in labels(canvas)] == ["5%"] * 40


def test_a_part_that_is_not_known_in_the_newest_year_is_left_out_of_the_words_for_it():
    parts = [("china", NONE), ("russia", 0.1), ("others", 0.9)]
    rows = [("china", 2023, 0.2), ("russia", 2023, 0.1), ("others", 2023, 0.7)]
    rows += [(part, 2024, share) for part, share in parts]
    frame = pd.DataFrame(rows, columns=["part", "year", "share"]).assign(country="KGZ")
    assert shares_over_time(frame, CAPTION).alt.endswith("Kyrgyzstan 2024: Russia 10%.")
