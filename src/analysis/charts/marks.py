"""One function a chart: the figure, what it says in words, and the table behind it.

Every chart is drawn for a telephone first (345 points wide), so that its words stay readable
there, and is the same bytes each time. China is a vermilion circle and Russia a blue diamond
throughout: shape repeats colour, so the charts hold in grey print too.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import matplotlib as mpl
import matplotlib.style
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.config import ARTICLE_YEAR, POWERS
from analysis.data import vocabulary
from analysis.data.frames import where
from analysis.data.sources import source_line
from analysis.measures.records import record_name
from analysis.measures.scale import leader
from analysis.page.findings import (
    BOTH_BOOKS,
    DIMENSION_NAMES,
    Evidence,
    books_word,
    investment_held,
    latest,
    yearly_trade,
)
from analysis.page.verdict import SMALL_PART
from analysis.page.words import capital, count_word, dollars, listed, numeral, percent, signed, span

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")

COLOURS = {"CHN": "#c8412b", "RUS": "#2b5fa8"}
MARKERS = {"CHN": "o", "RUS": "D"}
INK, GREY, PALE = "#222222", "#5c5c5c", "#d9d9d9"

_WIDTH = 4.8  # inches; at 72 points an inch that is the width of a telephone's page
_TEXT = 10  # points: more than nine pixels at 360 across
_TITLE = 12

_STYLE = {
    "font.family": "sans-serif",  # DejaVu Sans ships with matplotlib; Verdana, its kin, follows
    "font.size": _TEXT,
    "text.color": INK,
    "axes.labelcolor": GREY,
    "axes.edgecolor": PALE,
    "axes.labelsize": _TEXT,
    "xtick.color": GREY,
    "ytick.color": INK,
    "xtick.labelsize": _TEXT,
    "ytick.labelsize": _TEXT,
    "svg.hashsalt": "central-asia-two-books",
    "svg.fonttype": "none",  # real text: it can be found, read aloud and is a quarter of the size
    "hatch.linewidth": 0.6,
}


@dataclass(frozen=True)
class Chart:
    """A drawn chart. In a notebook it shows itself, with alt text and data in the metadata."""

    name: str
    title: str
    alt: str
    caption: str
    table: pd.DataFrame
    figure: Figure

    def svg(self) -> str:
        """The chart as SVG, the same bytes for the same data."""
        buffer = io.StringIO()
        with mpl.style.context(["default", _STYLE]):
            self.figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
        return buffer.getvalue()

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        metadata = {
            "name": self.name,
            "alt": self.alt,
            "caption": self.caption,
            "csv": self.table.to_csv(index=False, float_format="%.12g", lineterminator="\n"),
        }
        return {"image/svg+xml": self.svg(), "text/plain": self.alt}, {"image/svg+xml": metadata}


def drawn(function: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
    """A function that draws as matplotlib comes, whatever style the reader has set."""

    @wraps(function)
    def draw(*arguments: _Given.args, **options: _Given.kwargs) -> _Made:
        with mpl.style.context("default"):
            return function(*arguments, **options)

    return draw


def canvas(title: str, subtitle: str, height: float, foot: float = 0.45) -> tuple[Figure, Axes]:
    """A figure with its title and subtitle set, and one axes of the given height below them."""
    title_lines = textwrap.wrap(title, 42)
    subtitle_lines = textwrap.wrap(subtitle, 55)
    head = 0.12 + 0.2 * len(title_lines) + 0.17 * len(subtitle_lines) + 0.12
    total = head + height + foot
    with mpl.style.context(["default", _STYLE, sns.axes_style("white", _STYLE)]):
        figure = Figure(figsize=(_WIDTH, total))
        axes = figure.add_axes((0.02, foot / total, 0.96, height / total))
    top = 1 - 0.06 / total
    figure.text(
        0.02, top, "\n".join(title_lines), va="top", fontsize=_TITLE, weight="bold", linespacing=1.2
    )
    figure.text(
        0.02,
        top - (0.06 + 0.2 * len(title_lines)) / total,
        "\n".join(subtitle_lines),
        va="top",
        color=GREY,
        linespacing=1.25,
    )
    sns.despine(ax=axes, left=True)
    axes.tick_params(length=0)
    return figure, axes


def indent(axes: Axes, inches: float) -> None:
    """Leave room at the left of the axes for labels, in inches."""
    box = axes.get_position()
    left = inches / _WIDTH
    axes.set_position((left, box.y0, box.x1 - left, box.height))


def figures_caption(evidence: Evidence, figure_ids: list[str]) -> str:
    """The source line of a chart of printed figures; empty without figures."""
    rows = evidence.figures[evidence.figures["figure_id"].isin(figure_ids)]
    sources = dict.fromkeys(rows["source_id"])
    lines = [source_line(source, evidence.sources) for source in sources]
    if not lines:
        return ""
    return "Source: " + "; ".join(lines) + ". Figures as printed; lines show what the words allow."


def dollar_ticks(axes: Axes) -> None:
    """Powers of ten, none so near an end that its label would be cut."""
    low, high = axes.get_xlim()
    powers = 10.0 ** np.arange(np.ceil(np.log10(low)), np.floor(np.log10(high)) + 1)
    edge = (high / low) ** 0.06
    ticks = [power for power in powers if low * edge < power < high / edge]
    axes.set_xticks(ticks, [dollars(tick) for tick in ticks])
    axes.xaxis.set_minor_locator(mpl.ticker.NullLocator())


def mark(
    axes: Axes, power: str, x: float, y: float, key: str, *, hollow: bool = False, size: float = 58
) -> None:
    """Draw a power's mark: China a circle, Russia a diamond, neither (level) a square.

    It is hollow on the country's own books. ``key`` is "<id of the row>.<column>" of the number
    that the mark shows, and is the mark's id in the SVG.
    """
    colour = COLOURS.get(power, INK)
    axes.scatter(
        [x],
        [y],
        marker=MARKERS.get(power, "s"),
        s=size if power else 0.8 * size,
        facecolor="white" if hollow else colour,
        edgecolor=colour,
        linewidth=1.4,
        zorder=3,
        gid=key,
    )


@drawn
def profile(evidence: Evidence) -> Chart | None:
    """D in each kind of tie at the article's time, on each book; hatched where it cannot be had."""
    if evidence.trade_alone:
        return None
    rows = []
    for name, pairs in _PROFILE.items():
        found = [
            (pair, book)
            for concept, book in pairs
            if (pair := evidence.pair(concept, book, ARTICLE_YEAR, _dataset(concept, evidence)))
        ]
        if name == "Investment held" and (held := investment_held(evidence)):
            found = [(held, held["book"])]
        reason = "no like pair known"
        share = latest(evidence, "debt_share", ARTICLE_YEAR) if name == "Public debt" else None
        if share and max(share["china"], share["russia"]) < SMALL_PART:
            # Who of the two is owed more says little where neither is owed much.
            found, reason = [], f"both under {percent(SMALL_PART)} of it"
        rows.append((name, found, reason))
    if not any(found for _, found, _ in rows):
        return None
    title = _leads_title(evidence.name, [[row for row, _ in found] for _, found, _ in rows])
    figure, axes = canvas(
        title,
        f"D = (China − Russia) / (China + Russia), about {ARTICLE_YEAR}. Square: level. Hollow: "
        "the country’s own books. Hatched: no like pair of figures",
        0.4 * len(rows),
    )
    indent(axes, 1.5)
    axes.axvline(0, color=GREY, lw=0.8, zorder=1)
    table = []
    for y, (name, found, reason) in enumerate(rows):
        if not found:
            cell = Rectangle((-1, y - 0.36), 2, 0.72, fc="white", ec=PALE, hatch="////", zorder=2)
            axes.add_patch(cell)
            box = {"fc": "white", "ec": "none", "pad": 1.5}
            axes.text(0, y, reason, ha="center", va="center", color=GREY, bbox=box, zorder=3)
            table.append({"tie": name, "reason": reason})
            continue
        axes.plot([-1, 1], [y, y], color=PALE, lw=0.8, zorder=1)
        ends = [row["difference"] for row, _ in found]
        axes.plot([min(ends), max(ends)], [y, y], color=GREY, lw=1.4, zorder=2)
        for row, book in found:
            power = leader(row["difference_low"], row["difference_high"])
            width = [row["difference_low"], row["difference_high"]]
            axes.plot(width, [y, y], color=COLOURS.get(power, INK), lw=2.2, zorder=2)
            key = f"{row['comparison_id']}.difference"
            mark(axes, power, row["difference"], y, key, hollow=book == "own")
            table.append(
                {
                    "tie": name,
                    "book": book,
                    "comparison_id": row["comparison_id"],
                    "difference": row["difference"],
                    "word": row["word"],
                }
            )
    axes.set_yticks(range(len(rows)), [name for name, _, _ in rows])
    axes.set_ylim(len(rows) - 0.5, -0.6)
    axes.set_xlim(-1.06, 1.06)
    axes.set_xticks([-1, 0, 1], ["only Russia", "level", "only China"])
    axes.get_xticklabels()[0].set_ha("left")
    axes.get_xticklabels()[2].set_ha("right")
    said = [
        f"{name}: "
        + (
            " and ".join(
                f"D {signed(row['difference'])} ({record_name(book)})" for row, book in found
            )
            or reason
        )
        for name, found, reason in rows
    ]
    shown = [row for _, found, _ in rows for row, _ in found]
    return Chart(
        "profile",
        title,
        f"{title}. {capital('; '.join(said))}.",
        source_caption(evidence, shown),
        pd.DataFrame(table),
        figure,
    )


def _leads_title(name: str, ties: list[list[dict[str, Any]]]) -> str:
    """Who leads in how many ties, each on every book that there is."""
    leads = [
        {leader(row["difference_low"], row["difference_high"]) for row in found}
        for found in ties
        if found
    ]
    clauses = [
        f"{power} leads in {count_word(leads.count({code}))}"
        for code, power in POWERS.items()
        if {code} in leads
    ]
    level, divided = leads.count({""}), sum(len(found) > 1 for found in leads)
    if level:
        clauses.append(f"{count_word(level)} {'is' if level == 1 else 'are'} level")
    if divided:
        clauses.append(f"{count_word(divided)} depend{'s' * (divided == 1)} on whose books")
    return f"{name}: of {count_word(len(leads))} comparisons, {listed(clauses)}"


# Kinds of tie, and the comparisons that may stand for each, the best first; of trade two.
_PROFILE = {
    "Trade": [("trade_turnover", "partner"), ("trade_turnover", "own")],
    "Sold to them": [("exports", "partner"), ("exports", "own")],
    "Bought from them": [("imports", "partner"), ("imports", "own")],
    "Public debt": [("debt_owed", "stated")],
    "Investment held": [],  # statistics or a stated pair, whichever there is
    "Money sent home": [("remittances", "stated")],
}


def _dataset(concept: str, evidence: Evidence) -> str:
    """Which dataset a tie is taken from, where it is not the edition of trade in use."""
    return {"debt_owed": evidence.editions.debt, "remittances": "knomad-matrices"}.get(concept, "")


def source_caption(evidence: Evidence, rows: list[dict[str, Any]]) -> str:
    """The source line of a chart: each dataset of its rows, with its vintage; empty for none."""
    datasets = dict.fromkeys(row["dataset"] for row in rows)
    lines = [source_line(dataset, evidence.sources) for dataset in datasets]
    if not lines:
        return ""
    return f"Source: {'; '.join(lines)}."


@drawn
def coverage(evidence: Evidence) -> Chart | None:
    """How many figures the article prints on each power: whose side it looks at."""
    rows = evidence.printed
    rows = rows[(rows["power"] != "") & ~rows["role"].isin(["same_as", "earlier"])]
    if evidence.trade_alone or rows.empty:
        return None
    counts = (
        rows.pivot_table(
            index="dimension", columns="power", values="figure_id", aggfunc="count", fill_value=0
        )
        .reindex(index=[name for name in vocabulary.DIMENSIONS if name in set(rows["dimension"])])
        .reindex(columns=list(POWERS), fill_value=0)
        .astype(int)
    )
    totals = counts.sum()
    title = (
        f"On {evidence.name} the article prints {count_word(totals['CHN'])} figures about China "
        f"and {count_word(totals['RUS'])} about Russia"
    )
    figure, axes = canvas(
        title,
        "Number of figures printed, by kind of tie. None printed is not none",
        0.4 * len(counts),
    )
    indent(axes, 1.35)
    axes.axvline(0, color=GREY, lw=0.8)
    for y, (_, row) in enumerate(counts.iterrows()):
        for power, sign in (("RUS", -1), ("CHN", 1)):
            key = f"{counts.index[y]}.{POWERS[power].lower()}"
            axes.barh(y, sign * row[power], height=0.55, color=COLOURS[power], gid=key)
            axes.annotate(
                str(row[power]),
                (sign * row[power], y),
                (sign * 5, 0),
                textcoords="offset points",
                ha="left" if sign > 0 else "right",
                va="center",
                color=COLOURS[power],
            )
    longest = counts.max().max()
    axes.set_yticks(range(len(counts)), [capital(DIMENSION_NAMES[name]) for name in counts.index])
    axes.set_ylim(len(counts) - 0.5, -0.6)
    axes.set_xlim(-longest - 1.2, longest + 1.2)
    axes.set_xticks([-longest / 2, longest / 2], ["about Russia", "about China"])
    alt = f"{title}. " + "; ".join(
        f"{DIMENSION_NAMES[name]}: China {row['CHN']}, Russia {row['RUS']}"
        for name, row in counts.iterrows()
    )
    table = counts.rename(columns={"CHN": "china", "RUS": "russia"}).reset_index()
    caption = figures_caption(evidence, list(rows["figure_id"]))
    return Chart("coverage", title, f"{alt}.", caption, table, figure)


def middle(row: dict[str, Any] | pd.DataFrame, side: str) -> Any:
    """Where a mark stands: the number, or the middle of its interval where it has one."""
    return (row[f"{side}_low"] + row[f"{side}_high"]) / 2


def side_label(row: dict[str, Any], side: str) -> str:
    """One side's sum for a label, or its interval."""
    return span(row[f"{side}_low"], row[f"{side}_high"], "USD", 3, short=True)


@drawn
def two_books(evidence: Evidence) -> Chart | None:
    """Trade with both powers in the page's year, on each book; None where there is none."""
    year = evidence.year
    books = [
        ("partner", ""),
        ("own", ""),
        ("reconciled", "cepii-baci"),
    ]
    pairs = [
        (row, record_name(book, country=evidence.whose).removeprefix("a "))
        for book, dataset in books
        if (row := evidence.pair("trade_turnover", book, year, dataset))
    ]
    if not any(row["book"] != "reconciled" for row, _ in pairs):
        return None
    sides = [row for row, _ in pairs if row["book"] in ("partner", "own")]
    ahead = POWERS.get(leader(sides[0]["difference_low"], sides[0]["difference_high"]), "")
    on = "both books" if len(sides) > 1 else "the only records there are"
    if books_word(*sides) == BOTH_BOOKS:
        title = f"Who traded more with {evidence.name} {BOTH_BOOKS}"
    elif not ahead:
        title = f"China and Russia traded about as much with {evidence.name}, on {on}"
    else:
        title = f"{ahead} traded more with {evidence.name}, on {on}"
    figure, axes = canvas(
        title, f"Trade in goods in {year}, by who recorded it", 0.62 * len(pairs) + 0.05
    )
    top = max(row[f"{side}_high"] for row, _ in pairs for side in ("china", "russia"))
    axes.set_xlim(-0.4 * top, 1.6 * top)
    for y, (row, words) in enumerate(pairs):
        hollow = row["book"] == "own"
        china, russia = (middle(row, side) for side in ("china", "russia"))
        axes.plot([russia, china], [y, y], color=PALE, lw=3, zorder=1)
        smaller = "china" if china < russia else "russia"
        for power, side in (("CHN", "china"), ("RUS", "russia")):
            # Where the two all but coincide, the larger circle shows around the diamond.
            size = 150 if power == "CHN" and abs(middle(row, "difference")) < 0.01 else 58
            key = f"{row['comparison_id']}.{side}"
            place, ends = middle(row, side), [row[f"{side}_low"], row[f"{side}_high"]]
            if ends[0] < ends[1]:
                axes.plot(ends, [y, y], color=COLOURS[power], lw=2.2, zorder=2)
            mark(axes, power, place, y, key, hollow=hollow, size=size)
            left = side == smaller
            axes.annotate(
                f"{POWERS[power]} {side_label(row, side)}",
                (place, y),
                (-9 if left else 9, 0),
                textcoords="offset points",
                ha="right" if left else "left",
                va="center",
                color=COLOURS[power],
                parse_math=False,
            )
        axes.annotate(
            capital(words),
            (0, y),
            (0, 17),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="center",
            weight="bold",
        )
    axes.set_yticks([])
    axes.set_ylim(len(pairs) - 0.6, -0.75)
    dollar_axis(axes.xaxis, top)
    rows = [row for row, _ in pairs]
    alt = f"{title}. " + " ".join(
        f"{capital(words)}: China {side_label(row, 'china')}, Russia {side_label(row, 'russia')}."
        for row, words in pairs
    )
    columns = ["comparison_id", "book", "dataset", *_numbers(rows), "word"]
    table = pd.DataFrame(rows)[columns]
    return Chart("two-books", title, alt, source_caption(evidence, rows), table, figure)


def _numbers(rows: list[dict[str, Any]]) -> list[str]:
    """Columns of both sides' numbers, with the ends of their intervals where there are any."""
    numbers = ["china", "russia"]
    if all(row["china_low"] == row["china_high"] for row in rows) and all(
        row["russia_low"] == row["russia_high"] for row in rows
    ):
        return numbers
    return [*numbers, "china_low", "china_high", "russia_low", "russia_high"]


def percent_ticks(axis: mpl.axis.Axis, top: float) -> None:
    """A few round ticks in per cent, from zero."""
    step = next(size for size in (0.02, 0.05, 0.1, 0.2, 0.5) if top / size <= 4.9)
    ticks = np.arange(0, top + 1e-9, step)
    axis.set_ticks(ticks, [f"{percent(tick)}" for tick in ticks])


def money_scale(top: float) -> tuple[float, str, str]:
    """The unit of an axis that ends at so many dollars: its size, its word and its letters."""
    scales = ((1e9, "billion", "bn"), (1e6, "million", "m"), (1e3, "thousand", "k"))
    return next((scale for scale in scales if top >= 0.2 * scale[0]), scales[-1])


def dollar_axis(axis: mpl.axis.Axis, top: float) -> None:
    """A few round ticks in dollars, from zero."""
    scale, _, letters = money_scale(top)
    sizes = (step * 10.0**power for power in range(-1, 4) for step in (1, 2, 5))
    step = next(size for size in sizes if top / scale / size <= 4.5)
    ticks = np.arange(0, top / scale + 1e-9, step)
    axis.set_ticks(ticks * scale, [f"${numeral(tick)}{letters}" if tick else "0" for tick in ticks])


def year_axis(axes: Axes, years: pd.Series, step: int) -> None:
    """An axis from the first year to the last, with room at its right for the names of the lines.

    Args:
        axes: what is drawn on.
        years: all that are drawn.
        step: years from one tick to the next; ticks stand at its multiples.
    """
    first, last = int(years.min()), int(years.max())
    span = max(last - first, 1)
    axes.set_xlim(first - 0.5, last + round(0.21 * span, 1))
    axes.set_xticks([year for year in range(first, last + 1) if year % step == 0])


def _runs_of_years(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Rows split where years are missing, so that no line is drawn across a gap."""
    return [run for _, run in rows.groupby((rows["year"].diff() != 1).cumsum())]


@drawn
def trade_since(evidence: Evidence) -> Chart | None:
    """Trade with both powers over the years: lines on the partners' records, dots on the own ones.

    None where the partners' records have no two years running.
    """
    partner, own = (yearly_trade(evidence, book) for book in ("partner", "own"))
    runs = _runs_of_years(partner)
    if not any(len(run) > 1 for run in runs):
        return None
    table = pd.concat([partner, own]).sort_index()
    last = partner.iloc[-1]
    if own["year"].max() != last["year"]:
        # A book that ended long ago says nothing of today, and is left to the table.
        own = own.iloc[:0]
    sides = {"RUS": "russia", "CHN": "china"}
    ahead = _ahead_in(last)
    title = (
        f"On the partners’ records {ahead} traded more with "
        f"{evidence.name} in {last['year']}"
        + ("" if own.empty else _own_clause(own.iloc[-1].to_dict(), ahead))
    )
    top = max(table[f"{side}_high"].max() for side in sides.values())
    figure, axes = canvas(
        title,
        f"Trade in goods, {money_scale(top)[1]} dollars. Lines: China’s and Russia’s records"
        + ("" if own.empty else ". Hollow: the country’s own"),
        2.2,
    )
    indent(axes, 0.55)
    for power, side in sides.items():
        for run in runs:
            years, values = run["year"], middle(run, side)
            if len(run) > 1:
                sns.lineplot(x=years, y=values, color=COLOURS[power], ax=axes, lw=2, errorbar=None)
            else:
                axes.plot(years, values, MARKERS[power], color=COLOURS[power], ms=3)
        rough = table[table[f"{side}_low"] < table[f"{side}_high"]]
        if len(rough):
            ends = (rough[f"{side}_{end}"] for end in ("low", "high"))
            axes.vlines(rough["year"], *ends, color=COLOURS[power], lw=1.2)
        if len(own):
            axes.scatter(
                own["year"],
                middle(own, side),
                marker=MARKERS[power],
                facecolor="white",
                edgecolor=COLOURS[power],
                s=18,
                zorder=3,
            )
    # Which of the two is ahead: the space between the lines takes the leader's colour.
    for run in runs:
        china, russia = middle(run, "china"), middle(run, "russia")
        for power, ahead_here in (("CHN", china > russia), ("RUS", china < russia)):
            axes.fill_between(
                run["year"],
                china,
                russia,
                where=ahead_here,
                interpolate=True,
                color=COLOURS[power],
                alpha=0.12,
                lw=0,
            )
    crossed = _mark_crossings(axes, evidence, int(table["year"].min()))
    at_last = {side: middle(last, side) for side in sides.values()}
    gap = abs(at_last["china"] - at_last["russia"]) / top
    for power, side in (("CHN", "china"), ("RUS", "russia")):
        up = at_last[side] == max(at_last.values())
        shift = (7 if up else -7) if gap < 0.12 else 0
        axes.annotate(
            POWERS[power],
            (last["year"], at_last[side]),
            (6, shift),
            textcoords="offset points",
            va="center",
            color=COLOURS[power],
        )
    year_axis(axes, table["year"], 5)
    axes.set_ylim(0, top * 1.22)
    axes.set(xlabel="", ylabel="")
    dollar_axis(axes.yaxis, top)
    ends = [(row["year"], row.to_dict()) for row in (partner.iloc[0], partner.iloc[-1])]
    alt = f"{title}. {capital(crossed)}. " + " ".join(
        f"{year}: China {side_label(row, 'china')}, Russia {side_label(row, 'russia')}."
        for year, row in ends
    )
    numbers = _numbers(table.to_dict("records"))
    columns = ["comparison_id", "book", "year", *numbers, "difference"]
    caption = source_caption(evidence, [last.to_dict()])
    return Chart("trade-since", title, alt, caption, table[columns], figure)


def _ahead_in(row: dict[str, Any] | pd.Series) -> str:
    """Who is ahead by the whole interval, or "neither"."""
    return POWERS.get(leader(row["difference_low"], row["difference_high"]), "neither")


def _mark_crossings(axes: Axes, evidence: Evidence, first: int) -> str:
    """Mark each change of the lead on the partners' records, or say that there is none."""
    rows = where(
        evidence.crossings,
        country=evidence.country,
        concept="trade_turnover",
        book="partner",
        dataset=evidence.trade_edition,
    )
    box = {"fc": "white", "ec": "none", "pad": 1.0}
    place = {"xycoords": ("data", "axes fraction"), "va": "top", "color": GREY, "bbox": box}
    if rows.empty:
        said = "no change of the lead"
        axes.annotate(said, (first, 0.99), **place)
        return said
    told = []
    for row in rows.to_dict("records"):
        other = POWERS["RUS" if row["leader"] == "CHN" else "CHN"]
        words = f"{POWERS[row['leader']]} passes {other} in {row['year']}"
        axes.axvline(row["year"], color=GREY, lw=0.8, ls=(0, (2, 2)), zorder=1)
        told.append(words)
    # One line of text a change, so that changes close together do not collide.
    axes.annotate("\n".join(told), (first, 0.99), linespacing=1.25, **place)
    return "; ".join(told)


def _own_clause(own: dict[str, Any], ahead: str) -> str:
    other = _ahead_in(own)
    if other == ahead:
        return ", and on its own too"
    return f"; on its own, {other} did" if other != "neither" else "; on its own, neither did"


@drawn
def buyer_and_supplier(evidence: Evidence) -> Chart | None:
    """What the country sells to and buys from each power, on each book that has both flows."""
    rows = []
    for book in ("partner", "own"):
        pairs = {flow: evidence.pair(flow, book, evidence.year) for flow in ("exports", "imports")}
        if all(pairs.values()):
            rows += [{"book": book, "flow": flow, **pair} for flow, pair in pairs.items()]
    if not rows:
        return None
    table = pd.DataFrame(rows)
    said = {book: _roles(table[table["book"] == book]) for book in dict.fromkeys(table["book"])}
    if len(set(said.values())) == 1:
        title = f"For {evidence.name}, {next(iter(said.values()))}"
    else:
        title = f"On the partners’ records {said['partner']}; on its own, {said['own']}"
    books = list(dict.fromkeys(table["book"]))
    figure, axes = canvas(
        title,
        f"Goods sold (left) and bought (right) in {evidence.year}, dollars",
        0.95 * len(books),
    )
    top = table[["china_high", "russia_high"]].max().max()
    for number, book in enumerate(books):
        base = number * 3.2
        axes.annotate(
            capital(record_name(book)),
            (0, base - 0.9),
            xycoords=("axes fraction", "data"),
            va="center",
            weight="bold",
        )
        for offset, (power, side) in enumerate((("CHN", "china"), ("RUS", "russia"))):
            for flow, sign in (("exports", -1), ("imports", 1)):
                found = table[(table["book"] == book) & (table["flow"] == flow)]
                value = middle(found.iloc[0], side)
                solid = book == "partner"
                axes.barh(
                    base + offset,
                    sign * value,
                    height=0.62,
                    facecolor=COLOURS[power] if solid else "white",
                    edgecolor=COLOURS[power],
                    linewidth=1.4,
                    gid=f"{found.iloc[0]['comparison_id']}.{side}",
                )
                axes.annotate(
                    f"{POWERS[power]} {side_label(found.iloc[0], side)}",
                    (sign * value, base + offset),
                    (sign * 5, 0),
                    textcoords="offset points",
                    ha="left" if sign > 0 else "right",
                    va="center",
                    color=COLOURS[power],
                    parse_math=False,
                )
    axes.axvline(0, color=GREY, lw=0.8)
    axes.set_yticks([])
    axes.set_ylim(len(books) * 3.2 - 1.4, -1.5)
    axes.set_xlim(-2.1 * top, 2.1 * top)
    axes.set_xticks([-top, top], ["sold to them", "bought from them"])
    alt = f"{title}. " + " ".join(
        f"{capital(record_name(row['book']))}, {row['flow']}: China {side_label(row, 'china')}, "
        f"Russia {side_label(row, 'russia')}."
        for row in rows
    )
    columns = ["comparison_id", "book", "flow", *_numbers(rows), "word"]
    caption = source_caption(evidence, rows)
    return Chart("buyer-and-supplier", title, alt, caption, table[columns], figure)


def _roles(rows: pd.DataFrame) -> str:
    """What each power above all is on one book, as a clause."""
    sold, bought = (rows.set_index("flow").loc[flow].to_dict() for flow in ("exports", "imports"))
    roles = {
        power: "a buyer" if middle(sold, side) > middle(bought, side) else "a supplier"
        for power, side in (("China", "china"), ("Russia", "russia"))
    }
    if len(set(roles.values())) == 1:
        return f"both powers are above all {roles['China'].removeprefix('a ')}s"
    return f"China is above all {roles['China']}, Russia {roles['Russia']}"


@drawn
def debt_since(evidence: Evidence) -> Chart | None:
    """Each power's part of the public external debt, year by year; None where none is known."""
    if evidence.trade_alone:
        return None
    rows = where(
        evidence.comparisons, country=evidence.country, concept="debt_share", book="stated"
    )
    table = rows.assign(year=rows["period_end"].str[:4].astype(int)).dropna(
        subset=["china", "russia"]
    )
    if table.empty:
        return None
    peak = table.loc[table["china"].idxmax()]
    last = table.iloc[-1]
    title = (
        f"China’s part of {evidence.whose} public debt peaked at {percent(peak['china'])} in "
        f"{peak['year']} and was {percent(last['china'])} in {last['year']}"
        if peak["year"] != last["year"]
        else f"China’s part of {evidence.whose} public debt was never larger than in "
        f"{last['year']}: {percent(last['china'])}"
    )
    figure, axes = canvas(title, "Part of public external debt at the end of the year", 1.9)
    indent(axes, 0.5)
    for power, side in (("RUS", "russia"), ("CHN", "china")):
        sns.lineplot(x=table["year"], y=table[side], color=COLOURS[power], ax=axes, lw=2)
    top = max(0.1, table[["china", "russia"]].max().max())
    gap = abs(last["china"] - last["russia"]) / top
    for power, side in (("CHN", "china"), ("RUS", "russia")):
        up = (last[side] == max(last["china"], last["russia"])) == (power == "CHN")
        shift = (8 if power == "CHN" else -2) if gap < 0.15 and up else 0
        axes.annotate(
            POWERS[power],
            (last["year"], last[side]),
            (6, shift),
            textcoords="offset points",
            va="center",
            color=COLOURS[power],
        )
    year_axis(axes, table["year"], 8)
    axes.set_ylim(-0.02 * top, top * 1.12)
    percent_ticks(axes.yaxis, top)
    axes.set(xlabel="", ylabel="")
    alt = f"{title}. Russia’s part was {percent(last['russia'], 1)} in {last['year']}."
    columns = ["comparison_id", "year", "china", "russia"]
    caption = source_caption(evidence, [last.to_dict()])
    return Chart("debt-since", title, alt, caption, table[columns], figure)
