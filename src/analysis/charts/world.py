"""The page on every country: who trades more with whom, in sentences, a map and a list.

Countries and territories are those that the trade statistics list, under the names of Unicode's
CLDR. The shapes are Natural Earth's, projected and drawn by matplotlib: a library for maps would
add 54 to 143 MB to the environment to draw one file that holds no more than 176 outlines.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.projections.geo import MollweideAxes

from analysis.charts.marks import (
    COLOURS,
    GREY,
    INK,
    PALE,
    Chart,
    canvas,
    drawn,
    indent,
    percent_ticks,
)
from analysis.config import COUNTRIES, POWERS, PROCESSED, RAW
from analysis.data import store
from analysis.data.faults import Fault, RawDataError
from analysis.data.frames import where
from analysis.data.sources import load_sources, source_line
from analysis.measures import compare, leads
from analysis.measures.editions import WORLD_TRADE
from analysis.measures.records import record_name
from analysis.page.findings import plain
from analysis.page.tables import html_table
from analysis.page.words import amount, capital, count_word, listed, numeral, percent, span_words

SHAPES = RAW / "world.geojson"
_SHAPES_SOURCE, _NAMES_SOURCE = "natural-earth-110m", "unicode-cldr"


@dataclass(frozen=True)
class World:
    """What the page rests on: every country's trade, verdicts and changes of lead."""

    trade: pd.DataFrame
    crossings: pd.DataFrame
    names: dict[str, str]
    sources: dict[str, dict[str, Any]]

    @property
    def first(self) -> int:
        """The first year of the table."""
        return int(self.trade["year"].min())

    @property
    def last(self) -> int:
        """The last year of the table."""
        return int(self.trade["year"].max())

    def verdicts(self, year: int) -> pd.Series:
        """Verdict by country in a year, keys of ``leads.VERDICTS``."""
        return leads.verdicts(self.trade, [year]).set_index("country")["verdict"]

    def countries(self, codes: Any) -> list[str]:
        """Names of countries in alphabetical order, each a link to its row of the list."""
        ordered = sorted(codes, key=self.names.__getitem__)
        return [f"[{plain(self.names[code])}](#w-{code.lower()})" for code in ordered]


def facts(processed: Path = PROCESSED, raw: Path = RAW) -> World:
    """Gather what the page needs from the processed tables."""
    names = store.load_table("countries", processed)
    return World(
        store.load_table("world", processed),
        store.load_table("world_crossings", processed),
        dict(zip(names["country"], names["name"], strict=True)),
        load_sources(raw / "sources.yml")[0],
    )


def _with(verdicts: pd.Series, *kinds: str) -> list[str]:
    """Codes of the countries whose verdict is one of these."""
    return verdicts[verdicts.isin(kinds)].index.tolist()


def _among_the_five(codes: list[str]) -> str:
    """How many of some countries lie in Central Asia, as the end of a sentence."""
    inside = len(set(codes) & set(COUNTRIES))
    if not inside:
        return "none of them in Central Asia"
    return f"{count_word(inside)} of them in Central Asia"


def tally(world: World) -> dict[str, tuple[str, int]]:
    """Every count that the page tells: what is counted, and how many there are, by key."""
    verdicts = world.verdicts(world.last)
    counts = {
        "all": (f"Countries and territories, {world.last}", len(verdicts)),
        "china": (
            f"China traded more in {world.last}, on every book",
            len(_with(verdicts, "CHN both", "CHN one")),
        ),
        "russia": (
            f"Russia traded more in {world.last}, on every book",
            len(_with(verdicts, "RUS both", "RUS one")),
        ),
        "none": (f"Nothing to compare in {world.last}", len(_with(verdicts, "none"))),
    }
    for year in (world.first, world.last):
        partner = _compared(world, year)
        partner = partner[partner["book"] == "partner"]
        ahead = partner["leader"].value_counts()
        rows = leads.verdicts(world.trade, [year])
        both = rows[rows["books"] == 2]
        records = f"{year}, China’s and Russia’s records"
        counts |= {
            f"compared-{year}": (f"Can be compared, {records}", len(partner)),
            f"china-{year}": (f"China ahead, {records}", int(ahead.get("CHN", 0))),
            f"russia-{year}": (f"Russia ahead, {records}", int(ahead.get("RUS", 0))),
            f"both-{year}": (f"Both sides counted the goods, {year}", len(both)),
            f"turned-{year}": (
                f"The verdict turns on the book, {year}, where both sides counted",
                int((both["verdict"] == "books").sum()),
            ),
        }
    own = world.trade
    own = own[(own["year"] == world.last) & (own["flow"] == "turnover")]
    partner, passed_own = (_lasting(world, book, "CHN") for book in ("partner", "own"))
    passed = f"China passed Russia and was still ahead in {world.last}"
    return counts | {
        "unsound": (
            f"Own record left out, {world.last}",
            int(own["refusal"].str.startswith("no book of its own").sum()),
        ),
        "passed-partner": (
            f"{passed}, China’s and Russia’s records",
            len(partner),
        ),
        "passed-own": (
            f"{passed}, own records",
            len(passed_own),
        ),
        "passed-both": (
            f"{passed}, both books",
            len(set(partner["country"]) & set(passed_own["country"])),
        ),
    }


def _count(told: dict[str, tuple[str, int]], key: str) -> str:
    """A count, linked to its row of the table of counts."""
    return f"[{told[key][1]}](#n-{key})"


def counts_table(world: World) -> str:
    """The counts that the page tells, a row each."""
    return html_table(
        "The counts of this page, made from the list above",
        ["What is counted", "How many"],
        [(f"n-{key}", [what, str(number)]) for key, (what, number) in tally(world).items()],
    )


def answer(world: World) -> str:
    """Who trades more with how many countries in the last year; one paragraph."""
    verdicts = world.verdicts(world.last)
    russia = _with(verdicts, "RUS both", "RUS one")
    depends, level = _with(verdicts, "books"), _with(verdicts, "level")
    none = _with(verdicts, "none")
    told = tally(world)
    text = (
        f"In {world.last} China traded more than Russia with **{_count(told, 'china')} of "
        f"{_count(told, 'all')}** countries and territories, on every book that there is. Russia "
        f"traded more with **{_count(told, 'russia')}**"
        f"{': ' + listed(world.countries(russia)) if russia else ''}."
    )
    if depends:
        text += (
            f" With **{count_word(len(depends))}** the answer depends on whose books, "
            f"{_among_the_five(depends)}: {listed(world.countries(depends))}."
        )
    if level:
        text += f" Neither is ahead with {listed(world.countries(level))}."
    missing = count_word(len(none))
    if missing.isdecimal():
        missing = _count(told, "none")
    return text + (
        f" For {missing} there is nothing to compare, which is not the same as nothing traded."
    )


def then_and_now(world: World) -> str:
    """The first year beside the last, on China's and Russia's records."""
    told = tally(world)
    parts = [
        f"in {year} China was ahead in {_count(told, f'china-{year}')} of "
        f"{_count(told, f'compared-{year}')} countries, Russia in {_count(told, f'russia-{year}')}"
        for year in (world.first, world.last)
    ]
    return f"On China’s and Russia’s records, {'; '.join(parts)}."


def _compared(world: World, year: int | None = None) -> pd.DataFrame:
    rows = where(world.trade, flow="turnover", refusal="")
    return rows if year is None else rows[rows["year"] == year]


def books_matter(world: World) -> str:
    """For how many countries the verdict turns on the book, and which records were left out."""
    told = tally(world)
    said = [
        f"in {count_word(told[f'turned-{year}'][1])} of {_count(told, f'both-{year}')} in {year}"
        for year in (world.last, world.first)
    ]
    return (
        "A country’s own record counts only where it counted the goods itself. Where both sides "
        f"did, the verdict turns on the book {' and '.join(said)}. Left out for "
        f"{world.last}: the own records of {_count(told, 'unsound')}, since the publisher "
        "estimated them or their numbers show that they were worked out from the partner’s."
    )


def _lasting(world: World, book: str, leader: str) -> pd.DataFrame:
    """Changes of lead that still held in the table's last year, by year."""
    rows = where(world.crossings, book=book, leader=leader, lasting="yes", last_year=world.last)
    return rows.sort_values(["year", "country"])


def passed(world: World) -> str:
    """Where China passed Russia and was still ahead at last, on each book, and the other way."""
    partner, own = (_lasting(world, book, "CHN") for book in ("partner", "own"))
    if partner.empty:
        return f"In no country had the lead passed from Russia to China by {world.last}."
    middle = partner["year"].iloc[(len(partner) - 1) // 2]
    agreed = partner.merge(own, on="country", suffixes=("", "_own"))
    same = int((agreed["year"] == agreed["year_own"]).sum())
    told = tally(world)
    text = (
        "On China’s and Russia’s records, China passed Russia in "
        f"{_count(told, 'passed-partner')} countries after "
        f"{world.first} and was still ahead in {world.last}; in half of them it did by {middle}. "
        f"On the countries’ own records it did in {_count(told, 'passed-own')}. Both books show it "
        f"in {_count(told, 'passed-both')}, and give the same "
        f"year in {count_word(same)}. A change counts when it holds for two years at least."
    )
    back = _lasting(world, "partner", "RUS")
    if len(back):
        text += (
            f" The other way, Russia passed China and was still ahead in {world.last} in "
            f"{listed(world.countries(back['country']))}."
        )
    return text


def _changes(world: World, country: str, book: str) -> list[Any]:
    rows = where(world.crossings, country=country, book=book)
    return list(rows.sort_values("year").itertuples())


def changes(world: World, country: str, book: str) -> str:
    """A country's changes of lead in a book: "China 2009, Russia 2015"; empty for none.

    The last one is marked where a later year no longer shows it.
    """
    rows = _changes(world, country, book)
    said = [f"{POWERS[row.leader]} {row.year}" for row in rows]
    return ", ".join(said) + (", not held" if rows and rows[-1].lasting == "no" else "")


def _told(world: World, country: str, book: str) -> str:
    rows = _changes(world, country, book)
    if not rows:
        return "with no change of lead"
    said = listed([f"to {POWERS[row.leader]} in {row.year}" for row in rows])
    return f"the lead passed {said}{'' if rows[-1].lasting == 'yes' else ', but not for good'}"


def central_asia(world: World) -> str:
    """The five, a line each: the verdict of the last year, both books and the changes of lead."""
    verdicts = leads.verdicts(world.trade, [world.last]).set_index("country")
    lines = []
    for country in COUNTRIES:
        row = verdicts.loc[country]
        said = []
        for book in ("partner", "own"):
            words = f"on {record_name(book, country='its')}"
            if not row[book]:
                said.append(f"{words}: none that are its own")
                continue
            low, high = row[f"{book}_low"], row[f"{book}_high"]
            ahead = POWERS.get(compare.leader(low, high), "")
            said.append(
                f"{words}: {f'{ahead} {row[book]}'.strip()} (D "
                f"[{_span(low, high)}](#w-{country.lower()})), " + _told(world, country, book)
            )
        name = world.countries([country])[0]
        lines.append(f"- **{name}**: {leads.VERDICTS[row['verdict']]}. {capital('; '.join(said))}.")
    return "\n".join(lines)


def notes(world: World) -> str:
    """What a reader of this page must know."""
    floor = plain(amount(leads.LISTED_FROM, "USD"))
    trade, names, shapes = (
        source_line(source, world.sources)
        for source in (WORLD_TRADE, _NAMES_SOURCE, _SHAPES_SOURCE)
    )
    lines = [
        "Territories and disputed names follow the sources, and none of them is a judgement on "
        f"anyone’s status. Who is listed apart follows the trade statistics ({trade}), names "
        f"{names}, borders {shapes}, which draws them as they are held.",
        "Trade in goods alone, in dollars of the year. Exports are counted without freight, "
        "imports with it.",
        f"Flows below {floor} are not listed. Where a recorder lists only one direction of trade "
        f"with a power, the other is taken as anything from nothing to {floor}; where it lists "
        "neither, there is no comparison.",
        "China’s trade with Hong Kong and Macao is listed like that with any other partner, and "
        "goods that only pass through count there.",
        f"The table ends in {world.last}. Trade since 2022 is bent by sanctions, and nothing here "
        "speaks of it.",
    ]
    return "\n".join(f"- {line}" for line in lines)


# Each class has a colour of its own, and hatching repeats what colour says: Russia's is lined,
# what depends on the book is crossed, so the map holds in grey print and for colour-blind eyes.
_FACES = {
    "CHN both": (COLOURS["CHN"], ""),
    "CHN one": ("#eaa898", ""),
    "level": ("#8f8f8f", ""),
    "RUS one": ("#a9c1e2", "///"),
    "RUS both": (COLOURS["RUS"], "///"),
    "books": ("#f3d34a", "xxxx"),
    "none": ("#ffffff", ""),
}
_HATCH_INK = {"books": INK, "RUS one": COLOURS["RUS"], "RUS both": "#ffffff"}


def load_shapes(path: Path = SHAPES) -> dict[str, list[np.ndarray]]:
    """Outlines by country, each ring an array of longitude and latitude in degrees.

    Raises:
        RawDataError: when the file is not GeoJSON with a country a feature.
    """
    shapes: dict[str, list[np.ndarray]] = {}
    try:
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
            rings = shapes.setdefault(feature["properties"]["country"], [])
            for polygon in feature["geometry"]["coordinates"]:
                rings += [np.array(ring, dtype=float).reshape(-1, 2) for ring in polygon]
    except (OSError, ValueError, KeyError, TypeError) as error:
        valid = "GeoJSON with the property country and the geometry MultiPolygon"
        found = f"{type(error).__name__}: {error}"
        raise RawDataError([Fault(path.name, 0, "(file)", found, valid)]) from None
    return shapes


_PROJECTION = MollweideAxes.MollweideTransform(60)
# The map is cut in the Bering Strait, where it cuts no country of the table but Russia's tip.
_CUT = -169.0


def _projected(
    shapes: dict[str, list[np.ndarray]], width: float
) -> tuple[dict[str, list[np.ndarray]], float]:
    """Rings in Mollweide's equal-area projection, in points, on a map of that width.

    What lies within a third of a point of a straight line is drawn straight, and all to the half
    point: no screen could show it otherwise, and the page is half as large for it.

    Returns:
        The rings by country, and the height of the map.
    """
    middle = 180 + _CUT
    turned = {
        country: [
            ring - np.array([middle - (360 if ring[:, 0].mean() < _CUT else 0), 0])
            for ring in rings
        ]
        for country, rings in shapes.items()
    }
    flat = {
        country: [_PROJECTION.transform(np.radians(ring)) for ring in rings]
        for country, rings in turned.items()
    }
    every = np.concatenate([ring for rings in flat.values() for ring in rings])
    corner, size = every.min(axis=0), np.ptp(every, axis=0)
    scale = width / size[0]
    placed: dict[str, list[np.ndarray]] = {}
    for country, rings in flat.items():
        placed[country] = []
        for ring in rings:
            outline = Outline((ring - corner) * scale)
            outline.simplify_threshold = 0.3
            kept = outline.cleaned(simplify=True)
            points = np.round(kept.vertices[kept.codes != Outline.STOP] * 2) / 2
            moved = np.append(True, np.any(np.diff(points, axis=0) != 0, axis=1))
            if moved.sum() >= 4:
                placed[country].append(points[moved])
    return placed, float(np.ceil(size[1] * scale))


def _draw(axes: Axes, rings: list[np.ndarray], **style: Any) -> None:
    if rings:
        outlines = [Outline(ring, closed=True) for ring in rings]
        patch = PathPatch(Outline.make_compound_path(*outlines), **style)
        patch.set_clip_on(False)
        axes.add_patch(patch)


def _map_axes(title: str, subtitle: str, width: int, height: float, foot: float) -> tuple:
    """A canvas whose axes count in points from a whole one, which keeps the file small."""
    figure, axes = canvas(title, subtitle, height / 72, foot=foot)
    page_width, page_height = figure.get_size_inches() * 72
    # The file counts from the top, so the foot takes what is over.
    bottom = round(foot * 72) + page_height % 1
    left = round((page_width - width) / 2)
    axes.set_position(
        (left / page_width, bottom / page_height, width / page_width, height / page_height)
    )
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    axes.set_axis_off()
    return figure, axes


@drawn
def map_chart(world: World, year: int, shapes: dict[str, list[np.ndarray]] | None = None) -> Chart:
    """The world by verdict in a year, the five outlined; countries too small are in the list."""
    shapes = load_shapes() if shapes is None else shapes
    verdicts = world.verdicts(year)
    counts = verdicts.value_counts().reindex(list(leads.VERDICTS)).fillna(0).astype(int)
    china = counts["CHN both"] + counts["CHN one"]
    russia = counts["RUS both"] + counts["RUS one"]
    title = (
        f"In {year} China traded more than Russia with {china} countries, Russia with {russia}; "
        f"with {count_word(counts['books'])} it depends on whose books"
    )
    width = 332
    placed, height = _projected(shapes, width)
    legend = 14 * (len(leads.VERDICTS) + 1)
    figure, axes = _map_axes(
        title,
        f"Trade in goods {year}, by country and territory. Outlined: Central Asia",
        width,
        legend + 6 + height,
        0.1,
    )
    classes: dict[str, list[np.ndarray]] = {verdict: [] for verdict in leads.VERDICTS}
    others = []
    above = np.array([0, legend + 6])
    for country, rings in placed.items():
        drawn = [ring + above for ring in rings]
        if country in POWERS or country not in verdicts.index:
            others += drawn
        else:
            classes[verdicts[country]] += drawn
    _draw(axes, others, facecolor=PALE, edgecolor="white", linewidth=0.3)
    for number, (verdict, words) in enumerate(leads.VERDICTS.items()):
        face, hatch = _FACES[verdict]
        edge = GREY if verdict == "none" else "white"
        style = {"facecolor": face, "hatch": hatch, "hatchcolor": _HATCH_INK.get(verdict, edge)}
        _draw(axes, classes[verdict], edgecolor=edge, linewidth=0.3, **style)
        y = legend - 14 * (number + 1)
        axes.add_patch(Rectangle((4, y), 14, 9, edgecolor=GREY, linewidth=0.5, **style))
        axes.text(24, y + 1, f"{capital(words)}: {counts[verdict]}", color=INK)
    axes.add_patch(Rectangle((4, 0), 14, 9, facecolor=PALE, edgecolor=GREY, linewidth=0.5))
    axes.text(24, 1, "China and Russia themselves, or not in the table", color=INK)
    five = [ring + above for code in COUNTRIES for ring in placed.get(code, [])]
    _draw(axes, five, facecolor="none", edgecolor=INK, linewidth=0.8)
    drawn = set(shapes) & set(verdicts.index)
    names = {
        verdict: [world.names[code] for code in _with(verdicts, verdict)]
        for verdict in ("RUS both", "RUS one", "books", "level")
    }
    told = "; ".join(
        f"{leads.VERDICTS[key]}: {listed(found)}" for key, found in names.items() if found
    )
    alt = (
        f"{title}. {capital(told)}. Of {len(verdicts)} countries and territories "
        f"{len(verdicts) - len(drawn)} are too small for the map and stand in the list alone."
    )
    table = leads.verdicts(world.trade, [year]).assign(
        name=lambda rows: rows["country"].map(world.names),
        verdict=lambda rows: rows["verdict"].map(leads.VERDICTS),
    )
    return Chart(f"map-{year}", title, alt, _caption(world, _SHAPES_SOURCE), table, figure)


def _caption(world: World, *others: str) -> str:
    lines = [source_line(source, world.sources) for source in (WORLD_TRADE, *others)]
    return f"Source: {'; '.join(lines)}."


@drawn
def years_chart(world: World) -> Chart:
    """The part of the countries in which each power is ahead, by year and book."""
    rows = _compared(world)
    table = (
        rows.groupby(["book", "year"])["leader"]
        .agg(
            countries="size",
            china=lambda found: (found == "CHN").mean(),
            russia=lambda found: (found == "RUS").mean(),
        )
        .reset_index()
    )
    ends = table[table["book"] == "partner"].set_index("year").loc[[world.first, world.last]]
    title = (
        f"China led in {percent(ends['china'].iloc[0])} of countries’ trade in {world.first} and "
        f"in {percent(ends['china'].iloc[1])} in {world.last}"
    )
    figure, axes = canvas(
        title,
        "Part of the countries that can be compared. Solid: China’s and Russia’s records. "
        "Dashed: the countries’ own",
        2.4,
    )
    indent(axes, 0.55)
    for book, dashes in (("partner", "-"), ("own", "--")):
        found = table[table["book"] == book]
        for power, side in (("CHN", "china"), ("RUS", "russia")):
            axes.plot(found["year"], found[side], dashes, color=COLOURS[power], lw=1.8)
    for power, side in (("CHN", "china"), ("RUS", "russia")):
        axes.annotate(
            f"{POWERS[power]} ahead",
            (world.last, ends[side].iloc[1]),
            (-2, 8),
            textcoords="offset points",
            ha="right",
            va="bottom",
            color=COLOURS[power],
        )
    axes.set_xlim(world.first, world.last)
    axes.set_xticks(range(world.first, world.last + 1, 5))
    axes.get_xticklabels()[0].set_ha("left")
    axes.get_xticklabels()[-1].set_ha("right")
    axes.set_ylim(0, 1)
    percent_ticks(axes.yaxis, 1)
    said = [
        f"{book_words}, {year}: China {percent(row['china'])}, Russia {percent(row['russia'])} of "
        f"{numeral(row['countries'])}"
        for book, book_words in (
            ("partner", record_name("partner")),
            ("own", "own records"),
        )
        for year, row in table[table["book"] == book]
        .set_index("year")
        .loc[[world.first, world.last]]
        .iterrows()
    ]
    alt = f"{title}. {capital('; '.join(said))}."
    return Chart("years", title, alt, _caption(world), table, figure)


@drawn
def passing_chart(world: World) -> Chart:
    """In which year China took the lead that it still had at last: a dot a country."""
    rows = _lasting(world, "partner", "CHN")
    five = rows[rows["country"].isin(COUNTRIES)]
    title = (
        f"China passed Russia in {len(rows)} countries and was still ahead in {world.last}, "
        f"{count_word(len(five))} of them in Central Asia"
    )
    years = range(world.first + 1, world.last + 1)
    figure, axes = canvas(
        title,
        "First year of China’s lasting lead in trade, on China’s and Russia’s records. A dot a "
        "country; dark and named: Central Asia",
        0.185 * len(years),
        foot=0.1,
    )
    indent(axes, 0.55)
    # The five come first in their year, and their names after its last dot.
    ordered = rows.assign(outside=~rows["country"].isin(COUNTRIES)).sort_values(["year", "outside"])
    for year, group in ordered.groupby("year"):
        for place, outside in enumerate(group["outside"]):
            axes.scatter([place], [year], s=52, color="#eaa898" if outside else INK)
        named = [world.names[code] for code in group[~group["outside"]]["country"]]
        axes.annotate(
            listed(named) if named else "",
            (len(group) - 1, year),
            (8, 0),
            textcoords="offset points",
            va="center",
        )
    axes.set_xlim(-0.5, max(18, rows.groupby("year").size().max() + 6))
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.set_ylim(world.last + 0.7, world.first + 0.3)
    axes.set_yticks(list(years), [str(year) for year in years])
    by_year = "; ".join(
        f"{year}: {', '.join(world.names[code] for code in group['country'])}"
        for year, group in rows.groupby("year")
    )
    table = rows.assign(name=rows["country"].map(world.names))
    return Chart("passing", title, f"{title}. {by_year}.", _caption(world), table, figure)


def country_list(world: World) -> str:
    """Every country with its verdict, both books and changes of lead.

    The table can be read as it is. A script of its own, which asks no host for anything, adds a
    box to search it and a button a column to sort it.
    """
    verdicts = leads.verdicts(world.trade, [world.last]).set_index("country")
    turnover = where(world.trade, flow="turnover", year=world.last).set_index(["country", "book"])
    rows = []
    for country in sorted(verdicts.index, key=world.names.__getitem__):
        row = verdicts.loc[country]
        name = world.names[country] + (" (Central Asia)" if country in COUNTRIES else "")
        cells = [name, leads.VERDICTS[row["verdict"]]]
        for book in ("partner", "own"):
            cells += _book_cells(turnover, country, book)
        moved = [changes(world, country, book) or "no change" for book in ("partner", "own")]
        cells += [" / ".join(moved) if row["own"] or moved[1] != "no change" else moved[0]]
        rows.append((f"w-{country.lower()}", cells))
    table = html_table(
        f"Trade in goods, {world.last}, every country and territory; the partners’ records are "
        "China’s and Russia’s",
        [
            "Country",
            "Who trades more",
            "With China, partners’ records",
            "With Russia, partners’ records",
            "D, partners’ records",
            "With China, own records",
            "With Russia, own records",
            "D, own records",
            "Lead passed to, on partners’ / own records",
        ],
        rows,
    )
    script = (Path(__file__).parents[1] / "publish" / "templates" / "list.js").read_text(
        encoding="utf-8"
    )
    return f"{table}\n<script>\n{script}</script>"


def _book_cells(turnover: pd.DataFrame, country: str, book: str) -> list[str]:
    """China's and Russia's sums and D in a book; a dash where there is none."""
    if (country, book) not in turnover.index:
        return ["—"] * 3
    row = turnover.loc[(country, book)]
    if row["refusal"].startswith("no book"):
        return ["—", "—", "not its own"]
    sums = [
        "—" if np.isnan(row[f"{side}_low"]) else amount(row[f"{side}_low"], "USD", digits=3)
        for side in ("china", "russia")
    ]
    low, high = row["difference_low"], row["difference_high"]
    return [*sums, "—" if np.isnan(low) else _span(low, high)]


def _span(low: float, high: float) -> str:
    """An interval of D, one number where its ends look the same."""
    return span_words(*np.round([low, high], 3))
