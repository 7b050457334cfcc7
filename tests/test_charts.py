"""Charts: what is drawn is what the table says, and every chart says it in words."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from analysis import COUNTRIES, charts
from analysis.findings import evidence

DRAWERS = (charts.profile, charts.side_by_side, charts.ladder, charts.coverage)


@pytest.fixture(scope="module", params=COUNTRIES)
def page(request):
    return evidence(request.param)


@pytest.fixture(params=DRAWERS, ids=lambda drawer: drawer.__name__)
def chart(request, page):
    return request.param(page)


def marks(chart):
    """Where the marks stand, in the order in which they were drawn."""
    (axes,) = chart.figure.axes
    return [tuple(scatter.get_offsets()[0]) for scatter in axes.collections]


def renderer_of(chart):
    canvas = FigureCanvasAgg(chart.figure)
    canvas.draw()
    return canvas.get_renderer()


def texts(chart):
    (axes,) = chart.figure.axes
    return [
        text
        for text in [
            *chart.figure.texts,
            *axes.texts,
            *axes.get_xticklabels(),
            *axes.get_yticklabels(),
        ]
        if text.get_text()
    ]


def test_alt_text_starts_with_the_finding_and_gives_numbers(chart):
    assert chart.alt.startswith(chart.title)
    assert len(chart.alt) > len(chart.title) + 20
    assert chart.alt.endswith(".")


def test_the_source_is_named(chart):
    assert "Arkady Dubnov" in chart.caption


def test_the_same_chart_is_the_same_bytes(chart):
    assert chart.svg() == chart.svg()


def test_a_chart_shows_itself_with_its_alt_text_and_data(chart):
    data, metadata = chart._repr_mimebundle_()
    assert data["image/svg+xml"] == chart.svg()
    assert metadata["image/svg+xml"]["alt"] == chart.alt
    assert metadata["image/svg+xml"]["csv"].startswith(chart.table.columns[0])


def test_no_text_is_smaller_than_nine_pixels_at_360(chart):
    # A page of 360 pixels leaves 327 for a chart; one point of ours is that over its width.
    scale = 327 / (chart.figure.get_figwidth() * 72)
    assert min(text.get_fontsize() for text in texts(chart)) * scale >= 9


def test_no_text_leaves_the_chart(chart):
    renderer = renderer_of(chart)
    for text in texts(chart):
        box = text.get_window_extent(renderer)
        assert box.x0 >= -1 and box.x1 <= chart.figure.bbox.width + 1, text.get_text()


def test_no_two_texts_collide(chart):
    renderer = renderer_of(chart)
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts(chart)]
    for number, (words, box) in enumerate(boxes):
        for others, other in boxes[number + 1 :]:
            assert not box.padded(-2).overlaps(other.padded(-2)), (words, others)


def test_side_by_side_draws_both_figures_of_each_pair(page):
    chart = charts.side_by_side(page)
    drawn = [x for x, _ in marks(chart)]
    expected = [row[side] for _, row in chart.table.iterrows() for side in ("china", "russia")]
    assert drawn == expected


def test_profile_draws_each_difference_and_hatches_the_rest(page):
    chart = charts.profile(page)
    drawn = [x for x, _ in marks(chart)]
    known = chart.table["difference"].astype(float)
    assert np.allclose(drawn, known.dropna())
    (axes,) = chart.figure.axes
    hatched = [patch for patch in axes.patches if patch.get_hatch()]
    assert len(hatched) == known.isna().sum()
    assert (chart.table.loc[known.isna(), "reason"] != "").all()


def test_ladder_draws_every_sum_and_leaves_promises_hollow(page):
    chart = charts.ladder(page)
    points = chart.table["value"].fillna(chart.table["low"])
    assert [x for x, _ in marks(chart)] == list(points)
    (axes,) = chart.figure.axes
    hollow = [bool((scatter.get_facecolor()[0][:3] == 1).all()) for scatter in axes.collections]
    expected = ~chart.table["status"].isin(["realised", "outstanding"])
    assert hollow == list(expected)


def test_coverage_counts_the_figures_of_each_power(page):
    chart = charts.coverage(page)
    (axes,) = chart.figure.axes
    lengths = [abs(bar.get_width()) for bar in axes.patches]
    assert lengths == [
        row[side] for _, row in chart.table.iterrows() for side in ("russia", "china")
    ]


def test_swapping_the_powers_mirrors_the_profile():
    page = evidence("TJK")
    swapped = page.comparisons.rename(
        columns=lambda name: (
            name.replace("russia", "@").replace("china", "russia").replace("@", "china")
        )
    ).assign(
        difference=-page.comparisons["difference"],
        difference_low=-page.comparisons["difference_high"],
        difference_high=-page.comparisons["difference_low"],
    )
    mirrored = charts.profile(
        type(page)(page.country, page.name, page.figures, swapped, page.checks, page.sources)
    )
    assert [x for x, _ in marks(mirrored)] == [-x for x, _ in marks(charts.profile(page))]
