"""Charts: what is drawn is what the table says, and every chart says it in words."""

import inspect
from dataclasses import replace

import numpy as np
import pytest
from matplotlib import colors as mcolors
from matplotlib.backends.backend_agg import FigureCanvasAgg

from analysis.charts import marks as charts
from analysis.charts import overview, special
from analysis.config import COUNTRIES
from analysis.page.findings import evidence
from analysis.page.verdict import ties

DRAWERS = (
    charts.profile,
    charts.two_books,
    charts.trade_since,
    charts.buyer_and_supplier,
    charts.debt_since,
    charts.coverage,
)
OVERVIEWS = (
    overview.answer_chart,
    overview.profile_matrix,
    overview.books_chart,
    overview.plane_chart,
    overview.mirror_chart,
    overview.debt_chart,
)
CASES = [
    *(
        pytest.param(drawer, country, id=f"{drawer.__name__}-{country}")
        for drawer in DRAWERS
        for country in COUNTRIES
    ),
    *(
        pytest.param(drawer, country, id=f"{drawer.__name__}-{country}")
        for country, (_, _, drawers) in special.SPECIAL.items()
        for drawer in drawers
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
            takes_all = "pages" in inspect.signature(drawer).parameters
            wanted = [pages[country]] if country else [list(pages.values())] * takes_all
            charts_drawn[key] = drawer(*wanted)
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


def test_a_chart_says_where_its_numbers_come_from(chart):
    assert chart.caption.startswith("Source: ")
    assert chart.caption.endswith(".")


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


def test_profile_draws_neither_power_where_the_two_are_level(pages):
    # Kazakhstan's trade of 2016 on the partners' records: D is 0.000.
    chart = charts.profile(pages["KAZ"])
    (axes,) = chart.figure.axes
    drawn = {mark.get_gid(): mark for mark in axes.collections if mark.get_gid()}
    level = drawn["kaz-trade-turnover-2016-partner-imf-dots-2022.difference"]
    assert len(level.get_paths()[0].vertices) == 5  # a square, closed
    assert mcolors.same_color(level.get_edgecolor(), charts.INK)


def test_profile_leaves_out_a_lead_in_a_debt_that_is_small_for_both(pages):
    table = charts.profile(pages["KAZ"]).table.set_index("tie")
    assert table.loc["Public debt", "reason"] == "both under 5% of it"


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


def test_the_ladder_draws_every_sum_and_leaves_promises_hollow(pages):
    chart = special.status_ladder(pages["UZB"])
    assert [x for x, _ in marks(chart)] == list(chart.table["point"])
    (axes,) = chart.figure.axes
    hollow = [bool((scatter.get_facecolor()[0][:3] == 1).all()) for scatter in axes.collections]
    assert hollow == list(chart.table["status"] != "realised")


def test_the_debt_strip_fills_each_year_from_nought_to_all(pages):
    chart = special.debt_strip(pages["KGZ"])
    for _, group in chart.table.groupby("year"):
        assert group["share"].sum() == pytest.approx(1)


def test_the_plane_has_russia_across_and_china_upwards(pages):
    chart = special.weight_plane(pages["KAZ"])
    expected = set(zip(chart.table["russia"], chart.table["china"], strict=True))
    assert set(marks(chart)) == expected


def test_gas_marks_a_year_in_which_none_was_bought_at_nought(pages):
    chart = special.gas(pages["TKM"])
    zeros = [x for x, y in marks(chart) if y == 0]
    assert zeros
    assert set(zeros) <= {2016, 2017, 2018}


def test_the_matrix_hatches_what_cannot_be_compared(pages):
    chart = overview.profile_matrix(list(pages.values()))
    (axes,) = chart.figure.axes
    hatched = [patch for patch in axes.patches if patch.get_hatch()]
    missing = [tie for page in pages.values() for tie in ties(page) if not tie.rows]
    assert len(hatched) == len(missing) > 0


def keyed(chart):
    """Every drawn thing that names its row and column, with the places at which it stands."""
    (axes,) = chart.figure.axes
    for artist in [*axes.collections, *axes.patches]:
        if not artist.get_gid():
            continue
        key, _, column = artist.get_gid().rpartition(".")
        if hasattr(artist, "get_offsets"):
            yield key, column, list(artist.get_offsets()[0])
        else:
            yield key, column, [abs(artist.get_width())]


def test_what_is_drawn_is_what_the_row_says(chart):
    table = chart.table
    names = [name for name in table if name.endswith("_id") or name in ("key", "dimension")]
    checked = 0
    for key, column, places in keyed(chart):
        rows = table[(table[names].astype(str) == key).any(axis=1)] if names else table[:0]
        if rows.empty or column not in table:
            continue  # a chart that keys by year or by a name has a test of its own
        assert any(
            abs(float(value) - place) < 1e-9 * max(1, abs(place))
            for value in rows[column]
            for place in places
        ) or _scaled(chart, rows, column, places), (key, column, places)
        checked += 1
    assert checked or chart.name in _BY_ANOTHER_KEY


# Charts whose marks are keyed by year or kind, or that draw lines and bars of a series: each has
# a test of its own above or below.
_BY_ANOTHER_KEY = {
    "trade-since",
    "debt-since",
    "weight-plane",
    "debt-strip",
    "gas",
    "mirror",
    "verdicts",
    "scale",
}


def _scaled(chart, rows, column, places):
    """In the answer's boxes a D stands within its box, at four tenths of its size."""
    return chart.name == "answer" and any(
        abs((place - round(place)) - 0.4 * float(value)) < 1e-9
        for value in rows[column]
        for place in places[:1]
    )


def test_mirror_ratios_are_drawn_by_country_and_power(pages, drawn):
    chart = drawn(overview.mirror_chart, "")
    (axes,) = chart.figure.axes
    shown = sorted(x for scatter in axes.collections for x, _ in scatter.get_offsets())
    assert np.allclose(shown, sorted(chart.table["ratio"]))


def test_debt_lines_are_the_shares_of_the_table(page):
    chart = charts.debt_since(page)
    (axes,) = chart.figure.axes
    russia, china = axes.lines[:2]
    assert np.allclose(china.get_ydata(), chart.table["china"].astype(float))
    assert np.allclose(russia.get_ydata(), chart.table["russia"].astype(float))


def test_a_change_of_the_lead_is_marked_or_its_absence_said(page):
    chart = charts.trade_since(page)
    (axes,) = chart.figure.axes
    marked = {int(line.get_xdata()[0]) for line in axes.lines if len(set(line.get_xdata())) == 1}
    rows = page.crossings
    rows = rows[
        (rows["country"] == page.country)
        & (rows["concept"] == "trade_turnover")
        & (rows["book"] == "partner")
        & (rows["dataset"] == "imf-dots-2022")
    ]
    assert marked == set(rows["year"])
    assert marked or "no lasting change" in chart.alt


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


# One of each kind, against an image that was looked at.
SEEN = [
    *(pytest.param(drawer, "KGZ", id=drawer.__name__) for drawer in DRAWERS),
    *(
        pytest.param(drawer, country, id=drawer.__name__)
        for country, (_, _, drawers) in special.SPECIAL.items()
        for drawer in drawers
    ),
    *(pytest.param(drawer, "", id=drawer.__name__) for drawer in OVERVIEWS),
]


@pytest.mark.mpl_image_compare(
    baseline_dir="baseline", tolerance=3, savefig_kwargs={"dpi": 60}, style="default"
)
@pytest.mark.parametrize(("drawer", "country"), SEEN)
def test_a_chart_looks_as_it_did_when_it_was_looked_at(drawn, drawer, country):
    return drawn(drawer, country).figure
