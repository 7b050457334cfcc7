"""Each form on a small table: what is drawn stands where its value says."""

import re

import gallery
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from analysis.charts.bars import of_gdp, same_trade, two_records
from analysis.charts.canvas import COLOURS, NARROW, WIDE, measure
from analysis.charts.dependence import of_gdp_five
from analysis.charts.lines import crossing_point, lines_two_records, two_records_five
from analysis.charts.maps import eurasia, project
from analysis.charts.pairs import part_of_pair_rows, slope
from analysis.charts.ratios import gas, mirror_ratio
from analysis.charts.ruler import ruler
from analysis.charts.shares import parts_of_whole
from analysis.charts.shares_over_time import shares_over_time
from analysis.charts.swarm import flags, passing, swarm

NONE = float("nan")
CAPTION = gallery.caption("small")


def words(canvas):
    return [text.get_text() for text in canvas.sheet.texts]


def panels(canvas):
    return [axes for axes in canvas.figure.axes if axes not in (canvas.base, canvas.sheet)]


def bars(canvas):
    """Colour and width of each bar, from above."""
    return [
        (to_hex(patch.get_facecolor()), patch.get_width())
        for axes in panels(canvas)
        for patch in axes.patches
        if isinstance(patch, Rectangle)
    ]


def lines(axes, power):
    return [
        line
        for line in axes.lines
        if to_hex(line.get_color()) == COLOURS[power][0] and len(line.get_xdata()) > 1
    ]


def dots(axes, *, hollow):
    """Where single points stand, filled or open."""
    return [
        point
        for line in axes.lines
        if line.get_marker() == "o" and line.get_linestyle() == "None"
        for point in zip(line.get_xdata(), line.get_ydata(), strict=True)
        if (to_hex(line.get_markerfacecolor()) == COLOURS["paper"][0]) == hollow
    ]


# Bars


def test_one_trade_in_two_records_in_the_frame_s_order_and_long_as_its_value():
    frame = pd.DataFrame(
        {
            "country": ["KGZ", "KGZ", "KAZ", "KAZ"],
            "year": [2024, 2024, 2023, 2023],
            "record": ["own", "partner"] * 2,
            "value": [5e9, 20e9, 30e9, 40e9],
        }
    )
    canvas = same_trade(frame, CAPTION).draw(WIDE)
    china, own = COLOURS["china"][0], COLOURS["own"][0]
    assert bars(canvas) == [(china, 20e9), (own, 5e9), (china, 40e9), (own, 30e9)]
    assert words(canvas)[:4] == ["Kyrgyzstan", "2024", "Kazakhstan", "2023"]
    assert "China says $20bn" in words(canvas)
    assert "Kyrgyzstan says $5bn" in words(canvas)
    assert "$40bn" in words(canvas)


def test_the_other_power_s_trade_is_drawn_in_its_own_colour():
    frame = pd.DataFrame(
        {"country": "UZB", "year": 2021, "record": ["partner", "own"], "value": [7e9, 7.5e9]}
    )
    canvas = same_trade(frame, CAPTION, power="RUS", says=("{power} sold {value}", "{value}")).draw(
        WIDE
    )
    assert bars(canvas)[0] == (COLOURS["russia"][0], 7e9)
    assert "Russia sold $7bn" in words(canvas)


TWO = pd.DataFrame(
    {
        "country": "KGZ",
        "record": ["own", "partner", "own", "partner", "reconciled"],
        "year": [2020, 2020, 2016, 2016, 2016],
        "china": [0.8e9, 2.9e9, 1.5e9, 5.7e9, 2.6e9],
        "russia": [1.6e9, NONE, 0.9e9, 1.2e9, 1.8e9],
    }
)


def test_two_records_stand_newest_first_the_reconciled_thinner():
    canvas = two_records(TWO, CAPTION).draw(WIDE)
    (axes,) = panels(canvas)
    billions = [width / 1e9 for _, width in bars(canvas)]
    assert billions == pytest.approx([2.9, 5.7, 1.2, 0.8, 1.6, 1.5, 0.9, 2.6, 1.8])
    assert [patch.get_height() for patch in axes.patches] == [19] * 7 + [8] * 2
    assert "Russia: not recorded" in words(canvas)


def test_a_floor_is_drawn_as_it_stands_and_told_without_the_working_end():
    frame = TWO.iloc[:1].assign(
        russia=float("nan"), russia_low=4e9, russia_high=4.4e9, russia_logical_high=float("nan")
    )
    drawn = two_records(frame, CAPTION)
    assert "Russia $4bn or more" in drawn.alt
    canvas = drawn.draw(WIDE)
    assert [width / 1e9 for _, width in bars(canvas)][1] == pytest.approx(4.0)


def test_a_figure_known_by_its_ends_is_drawn_by_their_middle_and_is_no_missing_one():
    frame = TWO.iloc[:1].assign(
        china=float("nan"), china_low=4e9, china_high=6e9, russia_low=float("nan"), russia_high=1e9
    )
    frame["russia"] = float("nan")
    canvas = two_records(frame, CAPTION).draw(WIDE)
    assert [width / 1e9 for _, width in bars(canvas)] == pytest.approx([5])
    assert {"China $4bn to $6bn", "Russia: not recorded"} <= set(words(canvas))


def test_a_figure_that_has_a_number_is_told_by_it_and_not_by_what_its_words_allow():
    frame = TWO.iloc[:1].assign(china_low=0.7e9, china_high=0.9e9)
    assert "China $800m" in words(two_records(frame, CAPTION).draw(WIDE))


def test_the_gap_between_two_records_is_said_of_the_newest_year_with_both():
    said = words(two_records(TWO, CAPTION).draw(WIDE))
    assert "In 2020 China’s record is 3.6 times Kyrgyzstan’s own." in said
    middles = two_records(TWO.assign(range=TWO["year"] == 2020), CAPTION).draw(WIDE)
    assert not any("record is" in words for words in words(middles))
    older = two_records(TWO[TWO["year"] == 2016], CAPTION).draw(WIDE)
    expected = "In 2016 China’s record is 3.8 times Kyrgyzstan’s own, Russia’s 1.3 times."
    assert expected in words(older)


def test_money_beside_gdp_stands_largest_first_and_says_what_is_not_recorded():
    frame = pd.DataFrame(
        {
            "tie": ["Loans", "Pay", "Goods"],
            "year": [2022, 2018, 2023],
            "china": [0.02, NONE, 0.31],
            "russia": [0.0, 0.22, 0.16],
            "china_note": [None, "none told", None],
        }
    )
    canvas = of_gdp(frame, CAPTION).draw(WIDE)
    assert [width for _, width in bars(canvas)] == [0.31, 0.16, 0.22, 0.02, 0.0]
    assert {"China: none told", "Russia none", "China 31%"} <= set(words(canvas))


def test_a_bar_of_russia_s_is_dashed_so_that_it_holds_in_grey():
    canvas = two_records(TWO, CAPTION).draw(WIDE)
    dashed = [line for line in panels(canvas)[0].lines if line.is_dashed()]
    assert len(dashed) == sum(TWO["russia"].notna())


# Lines

LINES = pd.DataFrame(
    {
        "country": "KGZ",
        "record": ["own"] * 4 + ["partner"] * 5,
        "year": [2014, 2015, 2016, 2017, 2014, 2015, 2016, 2017, 2018],
        "china": [1e9, 1e9, 2e9, 3e9, 5e9, 4e9, 6e9, 7e9, 9e9],
        "russia": [2e9, 2e9, 1e9, 1e9, 1e9, 1e9, 2e9, 2e9, NONE],
    }
)


def test_both_records_have_one_scale_and_the_same_years():
    above, below = panels(lines_two_records(LINES, CAPTION).draw(WIDE))
    assert above.get_ylim() == below.get_ylim() == (0, 9e9)
    assert above.get_xlim() == below.get_xlim() == (2014, 2018)
    assert above.get_position().height == pytest.approx(below.get_position().height)


def test_china_s_line_is_solid_and_russia_s_dashed_on_both_records():
    for axes in panels(lines_two_records(LINES, CAPTION).draw(WIDE)):
        assert [line.is_dashed() for line in lines(axes, "china")] == [False]
        assert [line.is_dashed() for line in lines(axes, "russia")] == [True]
        widths = {
            line.get_linewidth() for power in ("china", "russia") for line in lines(axes, power)
        }
        assert widths == {2}


def test_what_one_side_alone_counts_is_an_open_point_off_the_line():
    above, below = panels(lines_two_records(LINES, CAPTION).draw(WIDE))
    assert dots(above, hollow=True) == [(2018, 9e9)]
    assert dots(below, hollow=True) == []
    assert max(lines(above, "china")[0].get_xdata()) == 2017
    assert "○ one side’s count" in words(lines_two_records(LINES, CAPTION).draw(WIDE))


def test_the_surplus_is_filled_in_the_leader_s_tint():
    _, below = panels(lines_two_records(LINES, CAPTION).draw(WIDE))
    filled = {
        to_hex(area.get_facecolor()[0]): np.vstack([path.vertices for path in area.get_paths()])
        for area in below.collections
    }
    russia, china = filled[COLOURS["russia-tint"][0]], filled[COLOURS["china-tint"][0]]
    assert russia[:, 0].max() == pytest.approx(2015.5)
    assert china[:, 0].min() == pytest.approx(2015.5)


def test_a_change_of_lead_is_marked_where_the_lines_meet():
    own = LINES[LINES["record"] == "own"]
    assert crossing_point(own, 2016) == pytest.approx((2015.5, 1.5e9))
    assert crossing_point(own, 2030) is None
    changes = pd.DataFrame({"record": ["own"], "year": [2016], "leader": ["CHN"]})
    canvas = lines_two_records(LINES, CAPTION, crossings=changes).draw(WIDE)
    assert (2015.5, 1.5e9) in dots(panels(canvas)[1], hollow=True)
    assert "China ahead 2016" in words(canvas)


def test_last_values_stand_at_the_lines_with_their_year_where_it_is_not_the_last():
    said = words(lines_two_records(LINES, CAPTION).draw(WIDE))
    assert {"China $9bn", "Russia 2017 $2bn", "China 2017 $3bn", "Russia 2017 $1bn"} <= set(said)


def test_a_record_without_a_series_is_a_sentence():
    partner = LINES[LINES["record"] == "partner"]
    canvas = lines_two_records(partner, CAPTION).draw(WIDE)
    assert len(panels(canvas)) == 1
    assert "Kyrgyzstan: no series known" in words(canvas)


def test_a_record_without_a_year_of_both_is_told_by_what_is_missing():
    half = LINES.assign(russia=LINES["russia"].mask(LINES["record"] == "own"))
    told = lines_two_records(half, CAPTION, missing={"own": "none is known after 2000"}).alt
    assert "own record: none is known after 2000" in told
    assert "own record: none" in lines_two_records(half, CAPTION).alt


def test_a_record_that_starts_late_says_so():
    late = LINES[(LINES["record"] == "partner") | (LINES["year"] > 2016)]
    canvas = lines_two_records(late, CAPTION, missing={"own": "reported from 2017"}).draw(WIDE)
    assert "reported from 2017" in words(canvas)


def test_small_panels_have_one_scale_a_country():
    both = pd.concat([LINES, LINES.assign(country="KAZ", china=LINES["china"] * 10)])
    canvas = two_records_five(both, CAPTION).draw(WIDE)
    tops = [axes.get_ylim()[1] for axes in panels(canvas)]
    assert tops == [90e9, 9e9, 90e9, 9e9]
    assert [w for w in words(canvas) if w in ("Kazakhstan", "Kyrgyzstan")] == [
        "Kazakhstan",
        "Kyrgyzstan",
    ]


# Shares


def test_parts_of_a_whole_lie_side_by_side_and_a_known_half_is_drawn():
    frame = pd.DataFrame(
        {
            "whole": ["Trade", "Trade", "Pay"],
            "country": "KGZ",
            "record": ["own", "partner", "stated"],
            "year": [2020, 2020, 2018],
            "china": [0.14, 0.34, NONE],
            "russia": [0.28, 0.2, 0.8],
        }
    )
    canvas = parts_of_whole(frame, CAPTION).draw(WIDE)
    trade, pay = panels(canvas)
    drawn = [(p.get_x(), p.get_width(), to_hex(p.get_facecolor())) for p in trade.patches]
    china, russia, rest = (COLOURS[name][0] for name in ("china", "russia", "whole"))
    assert drawn == [
        (0, 1, rest), (0, 0.34, china), (0.34, 0.2, russia),
        (0, 1, rest), (0, 0.14, china), (0.14, 0.28, russia),
    ]  # fmt: skip
    box, half = pay.patches
    assert (box.get_linestyle(), half.get_width()) != ("solid", 1)
    assert (half.get_x(), half.get_width(), to_hex(half.get_facecolor())) == (0, 0.8, russia)
    assert "2018, China not recorded" in words(canvas)
    assert "2020, lower bar: own record" in words(canvas)


def test_stacked_shares_begin_with_china_s_and_end_at_one():
    frame = pd.DataFrame(
        {
            "country": "KGZ",
            "year": [2023] * 3 + [2024] * 3,
            "part": ["others", "china", "russia"] * 2,
            "share": [0.5, 0.4, 0.1, 0.55, 0.39, 0.06],
        }
    )
    canvas = shares_over_time(frame, CAPTION).draw(WIDE)
    tops = [
        max(path.vertices[:, 1].max() for path in area.get_paths())
        for area in panels(canvas)[0].collections
    ]
    assert tops == pytest.approx([0.4, 0.5, 1])
    assert {"China 39%", "Russia 6%", "everyone else 55%"} <= set(words(canvas))


def test_a_part_that_has_come_to_nothing_is_named_as_its_area_is_seen():
    frame = pd.DataFrame(
        {
            "country": "KGZ",
            "year": [2010] * 3 + [2024] * 3,
            "part": ["china", "russia", "others"] * 2,
            "share": [0.1, 0.2, 0.7, 0.4, 0, 0.6],
        }
    )
    assert "Russia 0%" in words(shares_over_time(frame, CAPTION).draw(NARROW))
    never = frame.assign(share=frame["share"].where(frame["part"] != "russia", 0))
    assert not any("Russia" in told for told in words(shares_over_time(never, CAPTION).draw(WIDE)))


# China's part of the pair


def test_the_part_of_the_pair_is_filled_around_the_half_and_has_gaps():
    frame = pd.DataFrame(
        {
            "country": "KGZ",
            "tie": "Debt",
            "year": [2000, 2001, 2004, 2005],
            "part": [0.2, 0.4, 0.6, 0.83],
        }
    )
    canvas = part_of_pair_rows(frame, CAPTION).draw(WIDE)
    (axes,) = panels(canvas)
    assert [list(line.get_xdata()) for line in axes.lines] == [[2000, 2001], [2004, 2005]]
    assert axes.get_ylim() == (0, 1)
    assert "$83" in words(canvas)


def test_a_tie_that_a_country_lacks_says_so():
    frame = pd.DataFrame(
        {
            "country": ["KGZ", "KGZ", "TKM"],
            "tie": ["A", "B", "A"],
            "year": 2020,
            "part": [0.5, 0.6, 0.7],
        }
    )
    canvas = part_of_pair_rows(frame, CAPTION).draw(NARROW)
    assert words(canvas).count("no pair known") == 1
    assert len(panels(canvas)) == 4


def test_a_slope_goes_from_the_first_year_to_the_last():
    frame = pd.DataFrame(
        {"country": ["KGZ", "KGZ", "UZB"], "year": [2000, 2020, 2020], "part": [0.4, 0.63, 0.53]}
    )
    canvas = slope(frame, CAPTION).draw(WIDE)
    (axes,) = panels(canvas)
    first = next(line for line in axes.lines if len(line.get_xdata()) == 2)
    assert (list(first.get_xdata()), list(first.get_ydata())) == ([0, 1], [0.4, 0.63])
    assert {"Kyrgyzstan $40", "Kyrgyzstan $63", "Uzbekistan $53"} <= set(words(canvas))


# How far the records are apart; gas


def test_a_ratio_is_drawn_around_one_on_one_scale():
    frame = pd.DataFrame(
        {"country": ["KAZ", "KAZ", "KGZ"], "year": [2019, 2020, 2020], "ratio": [1.3, 1.4, 3.7]}
    )
    canvas = mirror_ratio(frame, CAPTION, missing={"TKM": "publishes none"}).draw(WIDE)
    limits = {axes.get_ylim() for axes in panels(canvas)}
    assert limits == {(0.8, 3.7)}
    assert {"1.4×", "3.7×", "publishes none", "1×"} <= set(words(canvas))


def test_gas_has_its_peaks_its_last_values_and_its_unit():
    frame = pd.DataFrame(
        {"year": [2008, 2009, 2010], "china": [0, 0, 3.5], "russia": [74.4, 38, 33]}
    )
    notes = pd.DataFrame({"year": [2010], "power": ["china"], "words": ["pipeline opens"]})
    canvas = gas(frame, CAPTION, notes=notes).draw(WIDE)
    assert {"74.4 in 2008", "China 3.5 bcm", "Russia 33.0 bcm", "pipeline opens"} <= set(
        words(canvas)
    )
    assert "60 bcm" in words(canvas)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_two_peaks_close_to_each_other_are_named_apart_and_off_the_lines(width):
    frame = pd.DataFrame(
        {
            "year": [2018, 2019, 2020, 2022, 2023],
            "china": [6.3, 4.9, 3.3, 2.5, 1.2],
            "russia": [5.3, 6.2, 0.2, 0, 0],
        }
    )
    canvas = gas(frame, CAPTION).draw(width)
    assert {"6.3 in 2018", "6.2 in 2019"} <= set(words(canvas))
    assert canvas.faults() == []
    assert canvas.crossed() == []
    assert "Russia none" in " ".join(words(canvas))


# The world


def test_no_dot_of_the_swarm_lies_on_another_and_each_stands_at_its_part():
    frame = gallery.frame("world")
    canvas = swarm(frame, CAPTION).draw(WIDE)
    (axes,) = panels(canvas)
    at = [(line.get_xdata()[0], line.get_ydata()[0]) for line in axes.lines]
    assert sorted(x for x, _ in at) == pytest.approx(sorted(frame["part"].dropna()))
    places = np.array([canvas.place(axes, x, y) for x, y in at])
    apart = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    assert apart[np.triu_indices(len(at), 1)].min() > 6.5
    assert {"Kazakhstan", "Turkmenistan", "Germany"} <= set(words(canvas))


def test_names_stand_beside_their_lines_and_cross_none():
    found = flags(["Kazakhstan", "Uzbekistan", "Kyrgyzstan"], [300, 303, 340], 704, True)
    assert [flag.level for flag in found] == [0, 1, 2]
    assert flags(["Kazakhstan"], [10], 704, True)[0].left == 14


def test_names_at_the_left_side_stand_right_of_their_lines_and_cross_none():
    found = flags(["Belarus", "Lithuania", "Latvia", "Germany"], [46, 64, 73, 249], 336, False)
    ends = {flag.place: flag.left + measure(flag.place) for flag in found}
    crossed = [
        (flag.place, other.place)
        for flag in found
        for other in found
        if other.level >= flag.level and flag.left < other.x < ends[flag.place]
    ]
    assert crossed == []
    assert [flag.place for flag in found] == ["Belarus", "Lithuania", "Latvia", "Germany"]


def test_countries_pile_up_in_their_year_the_five_on_top():
    frame = pd.DataFrame(
        {
            "country": ["KGZ", "AUT", "BEL"],
            "place": ["Kyrgyzstan", "Austria", "Belgium"],
            "year": [2002, 2002, 2004],
        }
    )
    (axes,) = panels(passing(frame, CAPTION).draw(WIDE))
    at = {
        (line.get_xdata()[0], line.get_ydata()[0]): to_hex(line.get_markerfacecolor())
        for line in axes.lines
    }
    china, ink = COLOURS["china"][0], COLOURS["ink"][0]
    assert at == {(2002, 0.5): china, (2002, 1.5): ink, (2004, 0.5): china}


def test_the_map_keeps_directions_and_areas():
    assert project(75, 49)[1] == pytest.approx(0.111, abs=0.001)  # a degree is 111 km
    east, _ = project(76, 48)
    assert east == pytest.approx(0.111 * np.cos(np.radians(48)), abs=0.001)


def test_the_five_are_in_full_colour_and_others_in_tint():
    square = {
        "type": "Polygon",
        "coordinates": [[[70, 40], [75, 40], [75, 45], [70, 45], [70, 40]]],
    }
    shapes = {
        "features": [
            {"properties": {"country": code}, "geometry": square} for code in ("KGZ", "AFG", "MNG")
        ]
    }
    frame = pd.DataFrame(
        {
            "country": ["KGZ", "AFG", "MNG"],
            "place": ["Kyrgyzstan", "Afghanistan", "Mongolia"],
            "leader": ["CHN", "RUS", None],
        }
    )
    canvas = eurasia(frame, CAPTION, shapes=shapes).draw(WIDE)
    inks = [to_hex(patch.get_facecolor()) for patch in panels(canvas)[0].patches]
    assert inks == [COLOURS[name][0] for name in ("russia-tint", "shade-3", "china")]
    assert [hit.words for hit in canvas.hits] == [
        "Afghanistan: Russia has more",
        "Mongolia: neither, or it depends on whose record",
        "Kyrgyzstan: China has more",
    ]
    stands = frame.assign(words=["as one", "as two", "level on both records"])
    hits = eurasia(stands, CAPTION, shapes=shapes).draw(WIDE).hits
    assert hits[1].words == "Mongolia: level on both records"


# The ruler, and drawings written by hand


def test_examples_lie_in_their_bands():
    canvas = ruler(gallery.SCALE, CAPTION, examples=gallery.EXAMPLES).draw(WIDE)
    badges = [line.get_xdata()[0] for line in canvas.base.lines if line.get_marker() == "o"]
    bands = [int(x // (WIDE / 5)) for x in badges if x > 20]
    assert bands == [1, 2, 4]
    assert [w for w in words(canvas) if re.fullmatch(r"[0-9.]+×", w)] == [
        "1.1×",
        "1.5×",
        "3×",
        "9×",
    ]


# Several ties beside GDP


def test_the_ties_of_several_countries_stand_beside_gdp_on_one_scale():
    frame = pd.DataFrame(
        {
            "country": ["KGZ", "KGZ", "TJK"],
            "tie": ["Trade", "Debt", "Debt"],
            "year": [2024, 2024, 2023],
            "china": [0.8, 0.1, 0.05],
            "russia": [0.2, 0.0, NONE],
            "russia_words": ["20 to 22%", "", ""],
        }
    )
    canvas = of_gdp_five(frame, CAPTION).draw(WIDE)
    china, russia = COLOURS["china"][0], COLOURS["russia"][0]
    assert bars(canvas) == [
        (china, 0.8), (russia, 0.2), (china, 0.1), (russia, 0.0), (china, 0.05)
    ]  # fmt: skip
    assert {tuple(axes.get_xlim()) for axes in panels(canvas)} == {(0.0, 0.8)}
    # The years of a tie stand at its head; Tajikistan has no row on trade.
    assert {"80%", "20 to 22%", "none known", "not recorded", "2023–2024"} <= set(words(canvas))


def test_where_neither_is_known_the_words_of_the_gap_stand_once_and_its_year_does_not():
    frame = pd.DataFrame(
        {
            "country": ["KGZ", "TJK"],
            "tie": "Debt",
            "year": [2024, 2019],
            "china": [0.1, NONE],
            "russia": [0.0, NONE],
            "gap": ["", "as shares"],
        }
    )
    chart = of_gdp_five(frame, CAPTION)
    told = words(chart.draw(WIDE))
    assert {"as shares", "2024"} <= set(told)
    assert not {"not recorded", "2019–2024"} & set(told)
    assert "Tajikistan" not in chart.alt


def test_a_part_that_is_not_known_apart_breaks_the_areas_off():
    chart = shares_over_time(gallery.with_union(), CAPTION)
    (axes,) = panels(chart.draw(WIDE))
    union = COLOURS["shade-1"][0]
    spans = {to_hex(area.get_facecolor()): [] for area in axes.collections}
    for area in axes.collections:
        across = area.get_paths()[0].vertices[:, 0]
        spans[to_hex(area.get_facecolor())].append((across.min(), across.max()))
    assert spans[COLOURS["china"][0]] == [(2010, 2018), (2019, 2023)]
    assert (2019, 2023) in spans[union]


def test_a_slope_sets_the_newest_of_each_country_above_one_another():
    frame = pd.DataFrame(
        {
            "country": ["KGZ", "KGZ", "TKM", "TKM"],
            "year": [2000, 2024, 2000, 2022],
            "part": [0.4, 0.8, 0.1, 0.9],
            "column": ["2000", "newest", "2000", "newest"],
        }
    )
    canvas = slope(frame, CAPTION).draw(WIDE)
    (axes,) = panels(canvas)
    assert dots(axes, hollow=False) == [(0, 0.4), (1, 0.8), (0, 0.1), (1, 0.9)]
    assert {"2000", "newest", "Turkmenistan $90"} <= set(words(canvas))


def test_records_of_two_concepts_and_middles_of_ranges_are_not_held_against_each_other():
    two = pd.DataFrame({"country": "UZB", "record": ["own", "partner"], "year": 2024,
                        "china": [2e9, 4e9], "russia": [1e9, 1e9]})  # fmt: skip
    gap = "In 2024 China’s record is 2.0 times Uzbekistan’s own, Russia’s 1.0 times."
    for frame, said in (
        (two.assign(concept="goods"), True),
        (two.assign(concept=["goods", "services"]), False),
        (two.assign(range=[True, False]), False),
    ):
        assert (gap in " ".join(words(two_records(frame, CAPTION).draw(WIDE)))) == said
