"""One function a chart: the figure, what it says in words, and the table behind it.

Every chart is drawn for a telephone first (345 points wide), so that its words stay readable
there, and is the same bytes each time. China is a vermilion circle and Russia a blue diamond
throughout: shape repeats colour, so the charts hold in grey print too.
"""

from __future__ import annotations

import io
import textwrap
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis import POWERS, schema
from analysis.findings import DIMENSION_NAMES, Evidence, phrase, verb
from analysis.sources import source_line

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
        with mpl.rc_context(_STYLE):
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


def _canvas(title: str, subtitle: str, height: float) -> tuple[Figure, Axes]:
    """A figure with its title and subtitle set, and one axes of the given height below them."""
    title_lines = textwrap.wrap(title, 42)
    subtitle_lines = textwrap.wrap(subtitle, 55)
    head = 0.12 + 0.2 * len(title_lines) + 0.17 * len(subtitle_lines) + 0.12
    foot = 0.45
    total = head + height + foot
    with mpl.rc_context(_STYLE | sns.axes_style("white", _STYLE)):
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


def _indent(axes: Axes, inches: float) -> None:
    """Leave room at the left of the axes for labels, in inches."""
    box = axes.get_position()
    left = inches / _WIDTH
    axes.set_position((left, box.y0, box.x1 - left, box.height))


def _caption(evidence: Evidence, figure_ids: list[str]) -> str:
    rows = evidence.figures[evidence.figures["figure_id"].isin(figure_ids)]
    sources = dict.fromkeys(rows["source_id"])
    lines = [source_line(source, evidence.sources) for source in sources]
    return "Source: " + "; ".join(lines) + ". Figures as printed; lines show what the words allow."


def _ids(rows: pd.DataFrame) -> list[str]:
    return " ".join(rows["russia_ids"] + " " + rows["china_ids"]).split()


def _dollars(amount: float, _: Any = None) -> str:
    for scale, letter in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if abs(amount) >= scale:
            return f"${amount / scale:.3g}{letter}"
    return f"${amount:.3g}"


def _dollar_ticks(axes: Axes) -> None:
    """Powers of ten, none so near an end that its label would be cut."""
    low, high = axes.get_xlim()
    powers = 10.0 ** np.arange(np.ceil(np.log10(low)), np.floor(np.log10(high)) + 1)
    edge = (high / low) ** 0.06
    ticks = [power for power in powers if low * edge < power < high / edge]
    axes.set_xticks(ticks, [_dollars(tick) for tick in ticks])
    axes.xaxis.set_minor_locator(mpl.ticker.NullLocator())


def _mark(axes: Axes, power: str, x: float, y: float, **style: Any) -> None:
    options = {"color": COLOURS[power], "s": 58, "zorder": 3, "linewidth": 1.4} | style
    axes.scatter([x], [y], marker=MARKERS[power], **options)


def _comparable(evidence: Evidence) -> pd.DataFrame:
    rows = evidence.comparisons
    return rows[(rows["country"] == evidence.country) & (rows["comparable"] != "no")]


def _drawn(row: dict[str, Any], side: str) -> tuple[float, float, float]:
    """Point, low and high of one side, with the middle as the point where none is printed."""
    low, high = row[f"{side}_low"], row[f"{side}_high"]
    point = row[side] if not np.isnan(row[side]) else (low + high) / 2
    return point, low, high


def _row_name(row: dict[str, Any]) -> str:
    names = {
        "trade_turnover": "Trade",
        "fdi_flow": "New direct investment",
        "fdi_stock": "Direct investment held",
        "agreements_value": "Agreements announced",
    }
    return names.get(row["concept"], _sentence(schema.INDICATORS[row["concept"]]))


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def side_by_side(evidence: Evidence) -> Chart:
    """Every pair of figures in dollars that may be compared, China's beside Russia's."""
    rows = _comparable(evidence)
    rows = rows[rows["unit"] == "USD"].reset_index(drop=True)
    lead = rows.iloc[0].to_dict()
    title = f"{_row_name(lead)} of {evidence.name}, {lead['period_end'][:4]}: {verb(lead)}"
    figure, axes = _canvas(
        title,
        "Dollars, log scale; as the article prints them. The line joins the two figures",
        0.62 * len(rows) + 0.1,
    )
    ends = rows[["russia_low", "russia_high", "china_low", "china_high"]]
    axes.set_xscale("log")
    span = ends.max().max() / ends.min().min()
    margin = max(6, span**0.9)  # room for a label on either side
    axes.set_xlim(ends.min().min() / margin, ends.max().max() * margin)
    for y, row in enumerate(rows.to_dict("records")):
        points = {"CHN": _drawn(row, "china"), "RUS": _drawn(row, "russia")}
        axes.plot([points["RUS"][0], points["CHN"][0]], [y, y], color=PALE, lw=3, zorder=1)
        smaller = min(points, key=lambda power: points[power][0])
        for power, (point, low, high) in points.items():
            axes.plot([low, high], [y, y], color=COLOURS[power], lw=1.2, zorder=2)
            _mark(axes, power, point, y)
            left = power == smaller
            axes.annotate(
                f"{POWERS[power]} {_dollars(point)}",
                (point, y),
                (-9 if left else 9, 0),
                textcoords="offset points",
                ha="right" if left else "left",
                va="center",
                color=COLOURS[power],
            )
        axes.annotate(
            f"{_row_name(row)}, {row['period_end'][:4]}",
            (0, y),
            (0, 17),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="center",
            weight="bold",
        )
    axes.set_yticks([])
    axes.set_ylim(len(rows) - 0.6, -0.75)
    _dollar_ticks(axes)
    alt = f"{title}. " + " ".join(
        f"{_row_name(row)}, {row['period_end'][:4]}: China {_dollars(_drawn(row, 'china')[0])}, "
        f"Russia {_dollars(_drawn(row, 'russia')[0])}."
        for row in rows.to_dict("records")
    )
    columns = ["comparison_id", "period_end", "unit", "china", "china_low", "china_high"]
    columns += ["russia", "russia_low", "russia_high", "word"]
    caption = _caption(evidence, _ids(rows))
    return Chart("side-by-side", title, alt, caption, rows[columns], figure)


_PROFILE = ("trade", "investment", "credit", "debt", "remittances", "labour", "energy", "pledges")


def profile(evidence: Evidence) -> Chart:
    """D in each kind of tie, and a hatched cell with the reason where it cannot be had."""
    here = evidence.comparisons[evidence.comparisons["country"] == evidence.country]
    rows = []
    for dimension in _PROFILE:
        candidates = here[here["dimension"] == dimension]
        compared = candidates[candidates["comparable"] != "no"]
        if len(compared):
            rows.append((dimension, compared.iloc[0].to_dict()))
        else:
            rows.append((dimension, _refusal(candidates)))
    known = [row for _, row in rows if "difference" in row]
    title = (
        f"{evidence.name}: {_count(len(known))} of {_count(len(rows))} kinds of tie can be "
        "compared on the article’s figures"
    )
    figure, axes = _canvas(
        title,
        "D = (China − Russia) / (China + Russia): right of the line China is larger, left of it "
        "Russia. Hatched: cannot be compared",
        0.36 * len(rows),
    )
    _indent(axes, 1.35)
    axes.axvline(0, color=GREY, lw=0.8, zorder=1)
    for y, (_, row) in enumerate(rows):
        if "difference" not in row:
            cell = Rectangle((-1, y - 0.4), 2, 0.8, fc="white", ec=PALE, hatch="////", zorder=2)
            axes.add_patch(cell)
            axes.text(
                0,
                y,
                row["short"],
                ha="center",
                va="center",
                color=GREY,
                zorder=3,
                bbox={"fc": "white", "ec": "none", "pad": 1.5},
            )
            continue
        power = "CHN" if row["difference"] > 0 else "RUS"
        low, high = row["difference_low"], row["difference_high"]
        point = row["difference"] if not np.isnan(row["difference"]) else (low + high) / 2
        axes.plot([-1, 1], [y, y], color=PALE, lw=0.8, zorder=1)
        axes.plot([low, high], [y, y], color=COLOURS[power], lw=2.2, zorder=2)
        _mark(axes, power, point, y)
        # The word stands on the side of the mark where there is room for it.
        outward = 1 if abs(point) < 0.1 else -np.sign(point)
        axes.annotate(
            row["word"],
            (high if outward > 0 else low, y),
            (outward * 9, 0),
            textcoords="offset points",
            ha="left" if outward > 0 else "right",
            va="center",
            color=COLOURS[power],
            bbox={"fc": "white", "ec": "none", "pad": 1.5},
        )
    axes.set_yticks(range(len(rows)), [_sentence(DIMENSION_NAMES[name]) for name, _ in rows])
    axes.set_ylim(len(rows) - 0.5, -0.7)
    axes.set_xlim(-1.04, 1.04)
    axes.set_xticks([-1, 0, 1], ["only Russia", "level", "only China"])
    axes.get_xticklabels()[0].set_ha("left")
    axes.get_xticklabels()[2].set_ha("right")
    said = [
        f"{DIMENSION_NAMES[name]}: "
        + (f"D {row['difference']:+.2f}, {verb(row)}" if "difference" in row else row["short"])
        for name, row in rows
    ]
    table = pd.DataFrame(
        [
            {
                "dimension": name,
                "comparison_id": row.get("comparison_id", ""),
                "difference": row.get("difference"),
                "difference_low": row.get("difference_low"),
                "difference_high": row.get("difference_high"),
                "word": row.get("word", ""),
                "reason": row.get("short", ""),
            }
            for name, row in rows
        ]
    )
    caption = _caption(evidence, _ids(here))
    return Chart(
        "profile", title, f"{title}. {_sentence('; '.join(said))}.", caption, table, figure
    )


def _refusal(candidates: pd.DataFrame) -> dict[str, str]:
    """Why a kind of tie has no D, in the few words that fit a chart."""
    if candidates.empty:
        return {"short": "no figure printed"}
    sides = {
        POWERS[code]
        for code, ids in (("CHN", "china_ids"), ("RUS", "russia_ids"))
        if (candidates[ids] != "").any()
    }
    if len(sides) == 1:
        absent = next(name for name in POWERS.values() if name not in sides)
        return {"short": f"nothing comparable for {absent}"}
    return {"short": "no like figures"}


def _count(number: int) -> str:
    words = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[number] if number < len(words) else str(number)


# What a sum is, in the few words that fit beside it.
_SUMS = {
    "trade_turnover": "trade",
    "trade_target": "trade hoped for",
    "fdi_flow": "new direct investment",
    "fdi_stock": "direct investment held",
    "investment_cumulative": "investment over many years",
    "project_cost": "cost of a shared project",
    "project_plan": "investment in one project",
    "acquisition": "price of a stake",
    "loans_committed": "loans",
    "swap_line": "currency swap line",
    "debt_written_off": "debt written off",
    "remittances": "money sent home",
    "contract_value": "a group’s contract",
    "agreements_value": "value of agreements",
}

_LADDER = ("target", "announced", "committed", "outstanding", "realised", "estimate")


def ladder(evidence: Evidence) -> Chart:
    """Every sum of dollars printed for the country, by what became of it as far as is said."""
    rows = evidence.figures
    rows = rows[
        (rows["country"] == evidence.country)
        & (rows["unit"] == "USD")
        & (rows["state"] == "value")
        & (rows["power"] != "")
        & (rows["role"] != "same_as")
    ]
    rows = rows.assign(
        order=rows["status"].map(_LADDER.index), point=rows["value"].fillna(rows["low"])
    ).sort_values(["order", "point"], ascending=[True, False])
    sums = rows["status"].value_counts()
    promised = int(sums.reindex(["target", "announced", "committed"]).fillna(0).sum())
    title = (
        f"{evidence.name}: {_count(promised)} of the {_count(len(rows))} sums printed are "
        "plans or promises"
    )
    figure, axes = _canvas(
        title,
        "Each sum of dollars that the article prints, log scale. They are different things: "
        "do not add them",
        0.46 * len(rows),
    )
    axes.set_xscale("log")
    axes.set_xlim(rows["low"].min() / 3, rows["high"].fillna(rows["low"]).max() * 3)
    for y, row in enumerate(rows.to_dict("records")):
        power = row["power"]
        high = row["high"] if not np.isnan(row["high"]) else row["low"] * 3
        axes.plot([row["low"], high], [y, y], color=COLOURS[power], lw=1.6, zorder=2)
        solid = row["status"] in ("realised", "outstanding")
        _mark(
            axes,
            power,
            row["point"],
            y,
            facecolor=COLOURS[power] if solid else "white",
            edgecolor=COLOURS[power],
        )
        words = f"{_dollars(row['point'])} {row['status']}: {_SUMS[row['indicator']]}"
        axes.annotate(
            words,
            (0, y),
            (0, 13),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="center",
        )
    axes.set_yticks([])
    axes.set_ylim(len(rows) - 0.5, -0.85)
    _dollar_ticks(axes)
    alt = f"{title}. " + "; ".join(
        f"{row['printed']}, {phrase(row).rstrip(',')}, {row['status']}"
        for row in rows.to_dict("records")
    )
    table = rows[["figure_id", "power", "status", "printed", "value", "low", "high"]]
    caption = _caption(evidence, list(rows["figure_id"])) + " Hollow: not known to have been paid."
    return Chart("ladder", title, f"{alt}.", caption, table, figure)


def coverage(evidence: Evidence) -> Chart:
    """How many figures the article prints on each power: whose side it looks at."""
    rows = evidence.figures
    rows = rows[
        (rows["country"] == evidence.country)
        & (rows["power"] != "")
        & ~rows["role"].isin(["same_as", "earlier"])
    ]
    counts = (
        rows.pivot_table(
            index="dimension", columns="power", values="figure_id", aggfunc="count", fill_value=0
        )
        .reindex(index=[name for name in schema.DIMENSIONS if name in set(rows["dimension"])])
        .reindex(columns=list(POWERS), fill_value=0)
        .astype(int)
    )
    totals = counts.sum()
    title = (
        f"On {evidence.name} the article prints {_count(totals['CHN'])} figures about China and "
        f"{_count(totals['RUS'])} about Russia"
    )
    figure, axes = _canvas(
        title,
        "Number of figures printed, by kind of tie. None printed is not none",
        0.4 * len(counts),
    )
    _indent(axes, 1.35)
    axes.axvline(0, color=GREY, lw=0.8)
    for y, (_, row) in enumerate(counts.iterrows()):
        for power, sign in (("RUS", -1), ("CHN", 1)):
            axes.barh(y, sign * row[power], height=0.55, color=COLOURS[power])
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
    axes.set_yticks(range(len(counts)), [_sentence(DIMENSION_NAMES[name]) for name in counts.index])
    axes.set_ylim(len(counts) - 0.5, -0.6)
    axes.set_xlim(-longest - 1.2, longest + 1.2)
    axes.set_xticks([-longest / 2, longest / 2], ["about Russia", "about China"])
    alt = f"{title}. " + "; ".join(
        f"{DIMENSION_NAMES[name]}: China {row['CHN']}, Russia {row['RUS']}"
        for name, row in counts.iterrows()
    )
    table = counts.rename(columns={"CHN": "china", "RUS": "russia"}).reset_index()
    caption = _caption(evidence, list(rows["figure_id"]))
    return Chart("coverage", title, f"{alt}.", caption, table, figure)
