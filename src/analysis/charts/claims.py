"""The page that holds the article's claims against their own sources and the statistics."""

from __future__ import annotations

import textwrap

import matplotlib as mpl
import numpy as np
import pandas as pd
from markupsafe import Markup, escape

from analysis.charts.marks import GREY, INK, PALE, Chart, canvas, drawn, indent, source_caption
from analysis.config import ARTICLE_YEAR, COUNTRIES, POWERS, PROCESSED
from analysis.data import store, vocabulary
from analysis.data.editions import SHIPPED
from analysis.data.wording import with_correction
from analysis.measures.compare import ARTICLE
from analysis.measures.editions import in_use, load_editions
from analysis.page.findings import Row, ahead_words, concept_name, evidence, side_words
from analysis.page.tables import html_table
from analysis.page.words import amount, capital, count_word, listed, numeral


def rebuilt_table() -> str:
    """The article's ten trade totals beside those that exporters' records first give."""
    comparisons = store.load_table("comparisons", PROCESSED).set_index("comparison_id")
    rows = []
    for country, name in COUNTRIES.items():
        code = country.lower()
        ids = (
            f"article-{code}-trade-chn-{ARTICLE_YEAR}",
            f"{code}-trade-turnover-{ARTICLE_YEAR}-exports-first-comtrade-wits-2017",
        )
        if not set(ids) <= set(comparisons.index):
            continue  # the article's table has five countries; another has nothing to rebuild
        printed, built = (comparisons.loc[key] for key in ids)
        for power in POWERS.values():
            side = power.lower()
            known = not np.isnan(printed[f"{side}_low"])
            inside = printed[f"{side}_low"] <= built[side] <= printed[f"{side}_high"]
            cells = [
                f"{name}, {power}",
                side_words(printed.to_dict(), side, 4) if known else "no number",
                amount(built[side], "USD"),
                ("to the printed digit" if inside else "differs") if known else "not comparable",
            ]
            rows.append(("", cells))
    return html_table(
        "The article’s trade totals rebuilt (UN Comtrade, November 2017, exporters’ records first)",
        ["Country and power", "As printed", "As rebuilt", "Agreement"],
        rows,
    )


_FARE = {
    "holds": "hold",
    "depends on whose books": "depend on whose books",
    "one-sided": "are one-sided",
    "misdated": "carry the wrong date or name",
    "not supported": "are not supported",
    "not testable": "cannot be tested",
}


def summary() -> str:
    """How many of the article's claims fare how."""
    claims = store.load_table("claims", PROCESSED)
    counts = claims["verdict"].value_counts()
    link = "(claims.html#verdicts)"
    said = [
        f"[{counts[verdict]}]{link} {words}"
        for verdict, words in _FARE.items()
        if verdict in counts
    ]
    return (
        f"Of [{len(claims)}]{link} economic claims of the article, {listed(said)}. The list starts "
        "with those that change a reader’s picture most."
    )


def held_against() -> pd.DataFrame:
    """What each claim's number becomes by the page that it cites and by other records.

    A claim of a lead is taken as China's figure over Russia's; any other as its own figure. Only
    numbers of the same thing, unit, power and year are held against it.

    Returns:
        One row a claim and record: ``claim_id``, ``claim``, ``verdict``, ``record`` (another page
        or a book), ``key`` (the row it comes from), ``printed``, ``other`` and ``ratio``, which
        is other over printed.
    """
    figures = store.load_table("figures", PROCESSED).set_index("figure_id", drop=False)
    comparisons = store.load_table("comparisons", PROCESSED).set_index("comparison_id", drop=False)
    rows = []
    for claim in store.load_table("claims", PROCESSED).to_dict("records"):
        ids = claim["evidence_ids"].split()
        found = [figures.loc[key].to_dict() for key in ids if key in figures.index]
        compared = [comparisons.loc[key].to_dict() for key in ids if key in comparisons.index]
        compared = [row for row in compared if row["comparable"] != "no"]
        printed = [row for row in found if row["source_id"] == ARTICLE and row["role"] != "same_as"]
        sums = {row["power"]: row for row in printed if row["indicator"] == "trade_turnover"}
        if set(sums) == set(POWERS):
            value = sums["CHN"]["value"] / sums["RUS"]["value"]
            others = [
                (row["book"], row["comparison_id"], row["china"] / row["russia"])
                for row in compared
                if row["concept"] == "trade_turnover"
            ]
        elif printed and not np.isnan(point(printed[0])) and printed[0]["power"] in POWERS:
            value = point(printed[0])
            others = [
                ("page", row["figure_id"], point(row))
                for row in found
                if row["source_id"] != ARTICLE and _alike(row, printed[0])
            ] + [
                (row["book"], row["comparison_id"], row[POWERS[printed[0]["power"]].lower()])
                for row in compared
                if row["unit"] == printed[0]["unit"]
                and row["concept"] == printed[0]["indicator"]
                and row["dataset"] in _STATISTICS
                and _same_year(row, printed[0])
            ]
        else:
            continue
        rows += [
            {
                "claim_id": claim["claim_id"],
                "claim": claim["claim"],
                "verdict": claim["verdict"],
                "record": record,
                "key": key,
                "printed": value,
                "other": other,
                "ratio": other / value,
            }
            for record, key, other in others
            if other > 0 and value > 0
        ]
    return pd.DataFrame(rows)


# Series of statistics; the other stated pairs stand in ``figures`` already.
_STATISTICS = (SHIPPED["debt_by_creditor"], "knomad-matrices", "nbk-fdi")


def point(figure: Row) -> float:
    """A figure's number, or the end that its words name ("over", "up to")."""
    if not np.isnan(figure["value"]):
        return figure["value"]
    return figure["high"] if figure["qualifier"] == "up to" else figure["low"]


def _alike(row: Row, printed: Row) -> bool:
    same = ("unit", "power", "indicator", "status")
    return all(row[name] == printed[name] for name in same) and _same_year(row, printed)


def _same_year(row: Row, printed: Row) -> bool:
    ends = [figure["period_end"][:4] for figure in (row, printed)]
    return "" in ends or ends[0] == ends[1]


def claims_table() -> str:
    """Every claim with its verdict, the reason and the rows it rests on, the most telling first."""
    claims = store.load_table("claims", PROCESSED)
    figures = store.load_table("figures", PROCESSED).set_index("figure_id", drop=False)
    comparisons = store.load_table("comparisons", PROCESSED).set_index("comparison_id", drop=False)
    editions = load_editions()
    rows = []
    for row in claims.to_dict("records"):
        links = []
        for key in row["evidence_ids"].split():
            if key in figures.index:
                figure = figures.loc[key]
                links.append(_to_row(f"f-{key}", figure["country"], with_correction(figure)))
            elif comparisons.loc[key, "comparable"] != "no":
                pair = comparisons.loc[key].to_dict()
                said = (
                    f"{concept_name(pair).rstrip(',')}, {vocabulary.BOOKS[pair['book']]}, "
                    f"{pair['period_end'][:4]}: {ahead_words(pair)}"
                )
                # A country's page has the rows of the edition in use alone.
                shown = in_use(pd.Series([pair["dataset"]]), editions).item()
                links.append(_to_row(f"c-{key}", pair["country"], said) if shown else escape(said))
        rows.append(
            (
                f"claim-{row['claim_id']}",
                [
                    row["claim"],
                    row["verdict"],
                    f"{row['because']}.",
                    Markup("; ").join(links),
                    row["locator"],
                ],
            )
        )
    return html_table(
        "The article’s economic claims, in our words",
        ["Claim", "Verdict", "Because", "Rests on", "Where it stands"],
        rows,
    )


def _to_row(anchor: str, country: str, words: str) -> Markup:
    page = COUNTRIES.get(country, "region").lower()
    return Markup('<a href="{}.html#{}">{}</a>').format(page, anchor, words)


@drawn
def claims_chart() -> Chart | None:
    """How many of the article's claims fare how; None where there are none."""
    rows = store.load_table("claims", PROCESSED)
    if rows.empty:
        return None
    counts = rows["verdict"].value_counts().reindex(list(vocabulary.VERDICTS)).fillna(0).astype(int)
    telling = rows[rows["weight"] == rows["weight"].max()]["verdict"].value_counts()
    top = telling.reindex(counts.index).fillna(0).astype(int)
    title = (
        f"{capital(count_word(counts['holds']))} of {len(rows)} claims hold; of the "
        f"{count_word(top.sum())} that matter most, {count_word(top['holds'])} does"
    )
    figure, axes = canvas(
        title, "Claims by verdict; dark: those that change a reader’s picture most", 2.1
    )
    indent(axes, 1.95)
    for y, (verdict, count) in enumerate(counts.items()):
        axes.barh(y, count, height=0.6, color=PALE)
        axes.barh(y, top[verdict], height=0.6, color=GREY)
        axes.annotate(
            str(count), (count, y), (5, 0), textcoords="offset points", va="center", color=INK
        )
    axes.set_yticks(range(len(counts)), [capital(verdict) for verdict in counts.index])
    axes.set_ylim(len(counts) - 0.4, -0.6)
    axes.set_xlim(0, counts.max() * 1.15)
    axes.set_xticks([])
    alt = f"{title}. " + "; ".join(f"{verdict}: {count}" for verdict, count in counts.items())
    table = pd.DataFrame(
        {"verdict": counts.index, "claims": counts.to_numpy(), "most_telling": top.to_numpy()}
    )
    caption = source_caption(evidence("KAZ"), [{"dataset": ARTICLE}])
    caption += " Verdicts: data/processed/claims.csv."
    return Chart("verdicts", title, f"{alt}.", caption, table, figure)


_RECORDS = {
    "partner": ("s", INK, "China’s and Russia’s books"),
    "own": ("s", "white", "the country’s own books"),
    "page": ("^", INK, "another page"),
    "stated": ("^", INK, "World Bank"),
}
_AGREES = 0.02


@drawn
def strip_chart() -> Chart | None:
    """Each claim's number by other records, over the article's own; None where none differs."""
    table = held_against()
    if table.empty:
        return None
    gap = np.log(table["ratio"]).abs()
    table = table.assign(gap=gap.groupby(table["claim_id"]).transform("max"))
    moved = table[table["gap"] > np.log1p(_AGREES)].sort_values(
        ["gap", "claim_id", "ratio"], ascending=[False, True, True]
    )
    if moved.empty:
        return None
    order = list(dict.fromkeys(moved["claim_id"]))
    agreeing = table["claim_id"].nunique() - len(order)
    leads = moved[moved["record"] == "own"]["claim_id"].nunique()
    title = (
        f"{capital(count_word(len(order)))} claims change in size with the record, "
        f"{count_word(leads)} of them on who leads in trade"
    )
    figure, axes = canvas(
        title,
        "Claim’s number by another record, over the article’s own (line at 1), log scale. Claims "
        "of a lead: China’s figure over Russia’s",
        0.92 * len(order),
        foot=0.4,
    )
    axes.set_xscale("log", base=2)
    ends = (min(0.23, 0.9 * moved["ratio"].min()), max(3.4, 1.1 * moved["ratio"].max()))
    axes.set_xlim(*ends)
    axes.axvline(1, color=GREY, lw=0.8, zorder=1)
    for y, claim_id in enumerate(order):
        rows = moved[moved["claim_id"] == claim_id].to_dict("records")
        words = textwrap.wrap(rows[0]["claim"], 54)
        axes.annotate(
            "\n".join(words),
            (0, y),
            (0, 20),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="bottom" if len(words) == 1 else "center",
            weight="bold",
            linespacing=1.15,
            bbox={"fc": "white", "ec": "none", "pad": 0.5},
        )
        axes.plot(ends, [y, y], color=PALE, lw=0.8, zorder=0)
        for row in rows:
            marker, fill, _ = _RECORDS[row["record"]]
            axes.scatter(
                [row["ratio"]],
                [y],
                marker=marker,
                s=46,
                facecolor=fill,
                edgecolor=INK,
                zorder=3,
                gid=f"{row['key']}.ratio",
            )
        axes.annotate(
            rows[0]["verdict"],
            (1, y),
            (0, -12),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            ha="right",
            va="center",
            color=GREY,
        )
        axes.annotate(
            _named(rows),
            (0, y),
            (0, -12),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="center",
            color=INK,
        )
    axes.set_yticks([])
    axes.set_ylim(len(order) - 0.45, -0.75)
    axes.set_xticks([0.25, 0.5, 1, 2], ["a quarter", "half", "as printed", "double"])
    axes.get_xticklabels()[0].set_ha("left")
    axes.xaxis.set_minor_locator(mpl.ticker.NullLocator())
    alt = f"{title}. " + " ".join(
        f"{row['claim']}: {numeral(row['ratio'], 2)} times as printed by "
        f"{_RECORDS[row['record']][2]}."
        for row in moved.to_dict("records")
    )
    caption = source_caption(evidence("KAZ"), [{"dataset": ARTICLE}])
    caption += (
        " Solid square: China’s and Russia’s books; hollow: the country’s own; triangle: another "
        f"page or the World Bank. {capital(count_word(agreeing))} further claims with a second "
        "record agree with it to a fiftieth."
    )
    columns = ["claim_id", "verdict", "record", "key", "printed", "other", "ratio"]
    return Chart("strip", title, alt, caption, moved[columns], figure)


def _named(rows: list[Row]) -> str:
    names = {"partner": "partners’", "own": "own", "page": "page", "stated": "World Bank"}
    return ", ".join(f"{names[row['record']]} ×{numeral(row['ratio'], 2)}" for row in rows)
