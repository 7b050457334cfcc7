"""The sheet: where things are, how wide words are, and what cannot be read is found."""

import colorsys
import re
from importlib.resources import files

import numpy as np
import pytest

from analysis.charts import svg
from analysis.charts.canvas import (
    COLOURS,
    Box,
    Canvas,
    measure,
    spread,
    style,
    ticks,
    wrap,
)


@pytest.fixture
def canvas():
    with style():
        yield Canvas(200, 100)


def test_a_point_of_a_panel_is_found_in_pixels_from_the_upper_left(canvas):
    axes = canvas.panel(Box(20, 10, 100, 50), (2000, 2010), (0, 5))
    assert canvas.place(axes, 2000, 5) == pytest.approx((20, 10))
    assert canvas.place(axes, 2005, 0) == pytest.approx((70, 60))


def test_margins_move_everything_alike(canvas):
    axes = canvas.panel(Box(20, 10, 100, 50), (0, 1), (0, 1))
    canvas.hit(axes, 0.0, 1.0, "a point", least=10)
    canvas.extend(left=16, top=40, right=16, bottom=30)
    assert (canvas.width, canvas.height) == (232, 170)
    assert canvas.place(axes, 0, 1) == pytest.approx((36, 50))
    assert canvas.place(canvas.sheet, 0, 0) == pytest.approx((16, 40))
    assert canvas.hits[0].box == Box(31, 45, 10, 10)


def test_a_small_mark_can_be_hit_all_the_same_and_a_large_one_stays_as_it_is(canvas):
    axes = canvas.panel(Box(0, 0, 200, 100), (0, 200), (100, 0))
    canvas.hit(axes, 100.0, 50.0, "dot", row_id="row-1", least=14)
    canvas.hit(axes, (10.0, 90.0), (20.0, 60.0), "bar", row_id=float("nan"))
    assert [hit.box for hit in canvas.hits] == [Box(93, 43, 14, 14), Box(10, 20, 80, 40)]
    assert [hit.row_id for hit in canvas.hits] == ["row-1", None]


def test_cut_words_are_found(canvas):
    canvas.write(190, 50, "Kazakhstan")
    canvas.write(10, 50, "here")
    assert canvas.faults() == ["cut: 'Kazakhstan'"]


def test_words_over_words_are_found_and_lines_below_each_other_are_not(canvas):
    canvas.write(10, 30, "China")
    canvas.write(30, 34, "Russia")
    canvas.write(10, 60, "one line")
    canvas.write(10, 75, "the next")
    assert canvas.faults() == ["overlap: 'China' and 'Russia'"]


def test_a_line_through_words_is_found(canvas):
    axes = canvas.panel(Box(0, 0, 200, 100), (0, 200), (100, 0))
    canvas.write(50, 50, "China")
    canvas.write(50, 90, "Russia")
    axes.plot([0, 200], [20, 70])
    assert canvas.crossed() == ["China"]


def test_words_are_as_wide_as_they_are_drawn(canvas):
    for bold in (False, True):
        text = canvas.write(10, 50, "Turkmenistan $48.7bn", bold=bold)
        extent = text.get_window_extent(canvas.figure.canvas.get_renderer())
        assert extent.width == pytest.approx(measure("Turkmenistan $48.7bn", bold), abs=0.1)


def test_figures_are_all_of_one_width_and_a_hyphen_is_no_figure():
    assert len({measure(figure * 20) for figure in "0123456789"}) == 1
    assert measure("-" * 20) < 0.9 * measure("0" * 20)


def test_lines_are_broken_where_they_would_be_too_wide():
    lines = wrap("In 2023 China’s record is 1.4 times Kazakhstan’s own", 150)
    assert " ".join(lines) == "In 2023 China’s record is 1.4 times Kazakhstan’s own"
    assert all(measure(line) <= 150 for line in lines)
    assert wrap("Supercalifragilistic", 10) == ["Supercalifragilistic"]
    assert wrap("", 10) == []


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        ([10, 50], [10, 50]),
        ([10, 12, 40], [6, 16, 40]),
        ([40, 12, 10], [40, 16, 6]),
        ([2, 2], [0, 10]),
        ([99, 99], [90, 100]),
        ([], []),
    ],
)
def test_places_are_moved_apart_as_little_as_may_be(wanted, places):
    assert spread(wanted, 10, 0, 100) == pytest.approx(places)


@pytest.mark.parametrize("seed", range(20))
def test_however_close_they_were_places_end_apart_and_within(seed):
    wanted = list(np.random.default_rng(seed).uniform(0, 100, 6))
    places = sorted(spread(wanted, 15, 0, 100))
    assert min(np.diff(places)) >= 15 - 1e-9
    assert places[0] >= -1e-9
    assert places[-1] <= 100 + 1e-9


@pytest.mark.parametrize(
    ("high", "expected"),
    [(48.7, [0, 10, 20, 30, 40]), (5.5, [0, 2, 4]), (0.39, [0, 0.1, 0.2, 0.3]), (0, [0])],
)
def test_hairlines_stand_at_round_values_up_to_the_highest(high, expected):
    assert ticks(high) == pytest.approx(expected)


def _linear(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return np.array([p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts])


def _contrast(one, other):
    light = sorted(float(_linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other))
    return (light[1] + 0.05) / (light[0] + 0.05)


@pytest.mark.parametrize("dark", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [(ink, "paper") for ink in ("ink", "grey", "china", "russia", "own")]
    + [("paper", ground) for ground in ("china", "russia", "own", "shade-1")]
    + [("china", "whole"), ("russia", "whole"), ("ink", "china-tint"), ("ink", "russia-tint")],
)
def test_words_stand_out_from_what_they_stand_on(ink, ground, dark):
    assert _contrast(COLOURS[ink][dark], COLOURS[ground][dark]) >= 4.5


# Machado, Oliveira and Fernandes (2009), at full strength.
BLIND = {
    "protanopia": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "deuteranopia": [[0.367, 0.861, -0.228], [0.28, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "tritanopia": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}


@pytest.mark.parametrize("dark", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("kind", BLIND)
def test_the_two_powers_differ_in_hue_for_the_colour_blind(kind, dark):
    hues = []
    for power in ("china", "russia"):
        seen = np.clip(np.array(BLIND[kind]) @ _linear(COLOURS[power][dark]), 0, 1)
        hue, _, saturation = colorsys.rgb_to_hls(*seen)
        assert saturation > 0.2
        hues.append(hue * 360)
    apart = abs(hues[0] - hues[1])
    assert min(apart, 360 - apart) > 90


def test_every_colour_has_a_name_of_its_own():
    assert len({light for light, _ in COLOURS.values()}) == len(COLOURS)


def test_a_page_sets_every_colour_as_the_sheet_has_it():
    css = files("analysis.publish") / "templates" / "site" / "page.css"
    set_by_page = re.findall(r"--([a-z0-9-]+):(#[0-9a-f]{6})", css.read_text(encoding="utf-8"))
    for number, scheme in enumerate(("light", "dark")):
        for name, values in COLOURS.items():
            told = [value for other, value in set_by_page if other == name]
            assert told[number] == values[number], (name, scheme)


def test_a_line_through_one_point_is_left_out_of_the_drawing_and_one_through_two_is_not(canvas):
    axes = canvas.panel(Box(20, 10, 100, 50), (0, 2), (0, 1))
    axes.plot([1.0], [0.5])
    axes.plot([0.0, 1.0], [0.5, 0.5])
    drawn = svg.page_svg(canvas, "a", "A chart", "Lines.")
    assert re.findall(r'<path d="([^"]*)"', drawn) == ["M20 35 70 35"]
