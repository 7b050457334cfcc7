"""Charts: what is drawn is what the table says, and every chart says it in words."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from analysis import COUNTRIES, charts, overview
from analysis.findings import evidence

DRAWERS = (
    charts.profile,
    charts.two_books,
    charts.trade_since,
    charts.buyer_and_supplier,
    charts.debt_since,
    charts.ladder,
    charts.coverage,
    charts.gas,
)
OVERVIEWS = (
    overview.books_chart,
    overview.mirror_chart,
    overview.debt_chart,
    overview.claims_chart,
)
CASES = [
    *(
        pytest.param(drawer, country, id=f"{drawer.__name__}-{country}")
        for drawer in DRAWERS
        for country in COUNTRIES
        if drawer is not charts.gas or country == "TKM"
    ),
    *(pytest.param(drawer, "", id=drawer.__name__) for drawer in OVERVIEWS),
]


@pytest.fixture(scope="module")
def pages():
    return {country: evidence(country) for country in COUNTRIES}


@pytest.fixture(scope="module", params=COUNTRIES)
def page(request, pages):
    return pages[request.param]


@pytest.fixture(scope="module")
def drawn(pages):
    """Charts by drawer and country, each drawn once."""
    charts_drawn = {}

    def draw(drawer, country):
        key = (drawer, country)
        if key not in charts_drawn:
            charts_drawn[key] = drawer(pages[country]) if country else drawer()
        return charts_drawn[key]

    return draw


@pytest.fixture(params=[case.values for case in CASES], ids=[case.id for case in CASES])
def chart(request, drawn):
    return drawn(*request.param)


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


def test_the_source_is_named_with_its_publisher(chart):
    publishers = ("Carnegie", "International Monetary Fund", "World Bank")
    assert any(publisher in chart.caption for publisher in publishers)


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


def test_two_books_draws_both_figures_of_each_book(page):
    chart = charts.two_books(page)
    drawn = [x for x, _ in marks(chart)]
    expected = [row[side] for _, row in chart.table.iterrows() for side in ("china", "russia")]
    assert drawn == expected


def test_the_countrys_own_book_is_hollow(page):
    chart = charts.two_books(page)
    (axes,) = chart.figure.axes
    hollow = [bool((scatter.get_facecolor()[0][:3] == 1).all()) for scatter in axes.collections]
    assert hollow == [book == "own" for book in chart.table["book"] for _ in range(2)]


def test_profile_draws_each_difference_and_hatches_the_rest(page):
    chart = charts.profile(page)
    drawn = [x for x, _ in marks(chart)]
    known = chart.table.dropna(subset=["difference"])
    assert np.allclose(drawn, known["difference"].astype(float))
    (axes,) = chart.figure.axes
    hatched = [patch for patch in axes.patches if patch.get_hatch()]
    assert len(hatched) == len(chart.table) - len(known)


def test_trade_since_draws_every_year_of_the_partners_records(page):
    chart = charts.trade_since(page)
    (axes,) = chart.figure.axes
    partner = chart.table[chart.table["book"] == "partner"]
    russia, china = axes.lines[:2]
    assert list(china.get_ydata()) == list(partner["china"])
    assert list(russia.get_ydata()) == list(partner["russia"])
    assert list(china.get_xdata()) == list(range(2000, 2021))


def test_buyer_and_supplier_draws_sales_left_and_purchases_right(page):
    chart = charts.buyer_and_supplier(page)
    (axes,) = chart.figure.axes
    widths = sorted(bar.get_width() for bar in axes.patches)
    expected = sorted(
        (-1 if row["flow"] == "exports" else 1) * row[side]
        for _, row in chart.table.iterrows()
        for side in ("china", "russia")
    )
    assert widths == expected


def test_gas_has_no_chart_where_one_power_bought_none_that_is_known(pages):
    assert charts.gas(pages["KAZ"]) is None
    assert charts.gas(pages["TKM"]).table["power"].nunique() == 2


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


def test_swapping_the_powers_mirrors_the_profile(pages):
    page = pages["UZB"]
    names = {"russia": "@", "china": "russia", "@": "china"}
    comparisons = page.comparisons
    for old, new in names.items():
        comparisons = comparisons.rename(columns=lambda name: name.replace(old, new))  # noqa: B023
    swapped = comparisons.assign(
        difference=-page.comparisons["difference"],
        difference_low=-page.comparisons["difference_high"],
        difference_high=-page.comparisons["difference_low"],
    )
    mirrored = charts.profile(replace(page, comparisons=swapped))
    assert [x for x, _ in marks(mirrored)] == [-x for x, _ in marks(charts.profile(page))]
