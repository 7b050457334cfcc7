"""No year is typed where the data say it: series to a later year are drawn and told whole."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import analysis
from analysis.charts import marks, overview, special
from analysis.config import ARTICLE_YEAR, PROCESSED
from analysis.data import schema, store
from analysis.measures import scale
from analysis.measures.editions import load_editions
from analysis.page import findings, tables
from analysis.page.findings import evidence, last_year_of_trade

LAST = 2025


def later(rows, column="period_end"):
    """The same rows and those of the last year over again, for each year up to 2025."""
    years = rows[column].astype(str).str[:4].astype(int)
    newest = rows[years == years.max()]
    added = []
    for year in range(int(years.max()) + 1, LAST + 1):
        copy = newest.assign(
            comparison_id=newest["comparison_id"].str.replace(str(years.max()), str(year)),
            period_start=f"{year}-01-01",
            period_end=f"{year}-12-31",
            china_period=str(year),
            russia_period=str(year),
        )
        added.append(copy)
    return pd.concat([rows, *added], ignore_index=True)


@pytest.fixture(scope="module")
def page():
    """Kyrgyzstan, its yearly series of trade and of debt carried on to 2025."""
    known = evidence("KGZ")
    rows = known.comparisons
    yearly = rows["concept"].isin(["trade_turnover", "debt_share", "debt_owed"])
    yearly &= ~rows["book"].isin(["article"]) & rows["period_end"].str.endswith("-12-31")
    yearly &= rows["dataset"].isin([known.editions.trade, known.editions.debt])
    parts = [
        later(found)
        for _, found in rows[yearly & (rows["comparable"] != "no")].groupby(["concept", "book"])
    ]
    comparisons = pd.concat([rows[~yearly], *parts], ignore_index=True)
    return replace(known, comparisons=comparisons, trade_until=LAST)


@pytest.mark.parametrize("draw", [marks.trade_since, marks.debt_since])
def test_a_series_to_2025_is_drawn_whole(page, draw):
    chart = draw(page)
    (axes,) = chart.figure.axes
    left, right = axes.get_xlim()
    assert chart.table["year"].max() == LAST
    assert left <= chart.table["year"].min() and right >= LAST
    assert axes.get_xticks().max() > LAST - 8
    assert str(LAST) in chart.title
    # What is drawn lies within the axes, the names at the ends of the lines too.
    drawn = [line.get_xdata() for line in axes.get_lines() if len(line.get_xdata()) > 1]
    assert max(max(map(float, years)) for years in drawn if max(map(float, years)) > 1) == LAST
    chart.figure.canvas.draw()
    width = chart.figure.bbox.width
    ends = [
        text.get_window_extent().x1 for text in axes.texts if text.get_text() in ("China", "Russia")
    ]
    assert len(ends) == 2
    assert max(ends) <= width


def test_gas_to_2025_is_drawn_whole():
    known = evidence("TKM")
    rows = known.figures
    newest = rows[(rows["indicator"] == "gas_exports") & (rows["period_end"] == "2021-12-31")]
    moved = newest.assign(
        figure_id=newest["figure_id"] + "-later",
        period_start=f"{LAST}-01-01",
        period_end=f"{LAST}-12-31",
        period_printed=str(LAST),
        low=newest["low"] * 2,
        high=newest["high"] * 2,
    )
    chart = special.gas(replace(known, figures=pd.concat([rows, moved], ignore_index=True)))
    (axes,) = chart.figure.axes
    assert axes.get_xlim()[1] > LAST
    assert axes.get_ylim()[1] >= moved["high"].max()
    assert axes.get_yticks().max() > 0.7 * moved["high"].max()


def test_texts_and_tables_speak_of_the_last_year_of_the_series(page):
    assert LAST in tables.years_spoken_of(page)
    assert f"At the end of {LAST} Kyrgyzstan owed China" in findings.debt(page)
    assert f"to {LAST}" in findings.trade_since(page)
    assert f"end in {LAST} here" in findings.reader_notes(page)
    assert f"In {LAST}, on" in findings.what_would_change(page)
    assert f"in {LAST}:" in re.sub(r"<[^>]*>", "", tables.then_and_now(page))
    assert f"at the end of {LAST} China was owed" in special.tell_debt(page)


def test_the_last_year_of_trade_is_read_from_the_partners_records(page):
    comparisons = store.load_table("comparisons", PROCESSED)
    editions = load_editions()
    assert last_year_of_trade(comparisons, editions) == 2020
    assert last_year_of_trade(page.comparisons, editions) == LAST
    assert last_year_of_trade(comparisons.head(0), editions) == ARTICLE_YEAR


# --- years typed in the code ---

ROOMS = ("measures", "page", "charts")
# What happened in a year that is told as such, with no series to read it from.
TOLD = {
    ("books", 2010): "a known cause: the customs union began",
    ("editions", 2000): "the first year of the yearly series",
}


def typed_years(path: Path) -> list[int]:
    """Numbers that are years in a module's code; those in texts and names are not looked at."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    numbers = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return [int(number) for number in numbers if type(number) in (int, float) and is_year(number)]


def is_year(number: float) -> bool:
    return 1990 <= number < 2100


def test_no_year_is_typed_but_the_articles():
    house = Path(analysis.__file__).parent
    found = {
        (path.stem, year)
        for room in ROOMS
        for path in sorted((house / room).glob("*.py"))
        for year in typed_years(path)
    }
    assert found == set(TOLD)


def test_the_region_is_told_of_by_the_last_years_of_its_sums(monkeypatch):
    known = store.load_table("comparisons", PROCESSED)
    sums = known[(known["country"] == "REGION") & (known["comparable"] == "yes")]
    grown = pd.concat([known, later(sums[sums["concept"] == "trade_turnover"])]).drop_duplicates(
        "comparison_id"
    )
    load = store.load_table
    monkeypatch.setattr(
        store,
        "load_table",
        lambda name, folder: grown if name == "comparisons" else load(name, folder),
    )
    assert f"in {LAST}" in overview.region_sums_table()


# --- lasting changes of lead, by the codebook's words ---


def test_a_lasting_change_still_held_in_the_last_year_as_the_codebook_says():
    described = schema.TABLES["crossings"].schema.columns["lasting"].description
    assert described == "whether it still held in the last year"
    keys = [name for name in schema.TABLES["crossings"].key if name != "year"]
    rows = store.load_table("comparisons", PROCESSED)
    rows = rows[rows["period_end"].str.endswith("-12-31") & (rows["comparable"] == "yes")]
    rows = rows.assign(year=rows["period_end"].str[:4].astype(int))
    changes = store.load_table("crossings", PROCESSED)
    assert set(changes["lasting"]) == {"yes", "no"}
    for key, found in changes.groupby(keys):
        same = rows.merge(pd.DataFrame([dict(zip(keys, key, strict=True))]), on=keys)
        last = same[same["year"] == same["year"].max()].iloc[0]
        sign = scale.sign(last["difference_low"], last["difference_high"])
        ahead = {1: "CHN", -1: "RUS", 0: ""}[sign]
        assert set(found["last_year"]) == {last["year"]}
        *undone, newest = found.sort_values("year").itertuples()
        assert [change.lasting for change in undone] == ["no"] * len(undone)
        assert (newest.lasting == "yes") == (newest.leader == ahead), key
