"""The pages on all five countries: sentences, tables and charts for region and claims."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pandas as pd

from analysis import COUNTRIES, POWERS, PROCESSED, RAW, schema
from analysis.charts import (
    BOOK_NAMES,
    COLOURS,
    GREY,
    INK,
    MARKERS,
    PALE,
    Chart,
    canvas,
    count_word,
    dollar_ticks,
    dollars,
    indent,
    mark,
    percent_ticks,
    sentence,
    source_caption,
)
from analysis.compare import ARTICLE, HEADLINE_TRADE
from analysis.findings import (
    BOTH_BOOKS,
    PRINTED_YEAR,
    Evidence,
    ahead_words,
    amount,
    capital,
    evidence,
    investment_held,
    latest,
    listed,
    number_link,
    owed_words,
    short_name,
    span_words,
    trade_word,
    verdict_link,
)
from analysis.sources import load_sources, source_line
from analysis.tables import html_table


def _pages() -> list[Evidence]:
    return [evidence(country) for country in COUNTRIES]


def region_trade() -> str:
    """Trade of the five together, and what each country's own book says, in one paragraph."""
    comparisons = schema.load_table("comparisons", PROCESSED)
    rows = comparisons[
        (comparisons["country"] == "REGION")
        & (comparisons["concept"] == "trade_turnover")
        & (comparisons["book"] == "partner")
        & (comparisons["dataset"] == HEADLINE_TRADE)
        & (comparisons["period_end"] == f"{PRINTED_YEAR}-12-31")
    ]
    total = rows.iloc[0].to_dict()
    words = {page.name: trade_word(page) for page in _pages()}
    depends = [name for name, word in words.items() if word == BOTH_BOOKS]
    others = [f"{name}, {word}" for name, word in words.items() if word != BOTH_BOOKS]
    return (
        "On China’s and Russia’s records the five together traded "
        f"{number_link(total, 'china')} with China and {number_link(total, 'russia')} with Russia "
        f"in {PRINTED_YEAR}: {verdict_link(total)}. No sum can be made on the countries’ own "
        f"books, since Turkmenistan has none. For {listed(depends)} the answer depends on whose "
        f"books. For the others every book points the same way: {'; '.join(others)}."
    )


def region_table() -> str:
    """The five side by side: one row a country, a word for each kind of tie."""
    rows = []
    years = set()
    for page in _pages():
        share, newest = latest(page, "debt_share", PRINTED_YEAR), latest(page, "debt_share")
        held, home = investment_held(page), latest(page, "remittances", PRINTED_YEAR)
        years.add(newest["period_end"][:4])
        cells = [
            page.name,
            trade_word(page),
            owed_words(share),
            owed_words(newest),
            ahead_words(held) if held else "no like pair",
            ahead_words(home) if home else "no like pair",
        ]
        rows.append(("", cells))
    return html_table(
        "Five countries, tie by tie: who weighs more",
        [
            "Country",
            f"Trade, {PRINTED_YEAR}",
            f"Public debt abroad, {PRINTED_YEAR}",
            f"Public debt abroad, {' or '.join(sorted(years))}",
            f"Direct investment held, about {PRINTED_YEAR}",
            f"Money sent home, {PRINTED_YEAR}",
        ],
        rows,
    )


def region_sums_table() -> str:
    """The region's sums, where one book has all five countries."""
    comparisons = schema.load_table("comparisons", PROCESSED)
    sources = load_sources(RAW / "sources.yml")[0]
    rows = comparisons[
        (comparisons["country"] == "REGION")
        & (comparisons["comparable"] == "yes")
        & comparisons["concept"].isin(["trade_turnover", "debt_owed"])
        & comparisons["period_end"].str[:4].isin(["2000", "2008", "2016", "2020", "2024"])
        & ~comparisons["dataset"].eq("comtrade-wits-2017")
    ]
    cells = [
        (
            f"c-{row['comparison_id']}",
            [
                f"{capital(short_name(row))}, {schema.BOOKS[row['book']]}",
                amount(row["china"], row["unit"]),
                amount(row["russia"], row["unit"]),
                span_words(row["difference_low"], row["difference_high"]),
                row["word"],
                source_line(row["dataset"], sources),
            ],
        )
        for row in rows.to_dict("records")
    ]
    return html_table(
        "The five together: sums within one book",
        ["What, and whose book", "China", "Russia", "D", "In words", "Source"],
        cells,
    )


def rebuilt_table() -> str:
    """The article's ten trade totals beside those that exporters' records first give."""
    comparisons = schema.load_table("comparisons", PROCESSED).set_index("comparison_id")
    rows = []
    for country, name in COUNTRIES.items():
        code = country.lower()
        printed = comparisons.loc[f"article-{code}-trade-chn-2016"]
        built = comparisons.loc[f"{code}-trade-turnover-2016-exports-first-comtrade-wits-2017"]
        for power in POWERS.values():
            side = power.lower()
            inside = printed[f"{side}_low"] <= built[side] <= printed[f"{side}_high"]
            cells = [
                f"{name}, {power}",
                amount(printed[side], "USD"),
                amount(built[side], "USD"),
                "to the printed digit" if inside else "differs",
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


def claims_summary() -> str:
    """How many of the article's claims fare how."""
    claims = schema.load_table("claims", PROCESSED)
    counts = claims["verdict"].value_counts()
    said = [f"{counts[verdict]} {words}" for verdict, words in _FARE.items() if verdict in counts]
    return (
        f"Of {len(claims)} economic claims of the article, {listed(said)}. "
        "The list starts with those that change a reader’s picture most."
    )


def claims_table() -> str:
    """Every claim with its verdict and reason, the most telling first."""
    claims = schema.load_table("claims", PROCESSED)
    rows = [
        (
            f"claim-{row['claim_id']}",
            [row["claim"], row["verdict"], f"{row['because']}.", row["locator"]],
        )
        for row in claims.to_dict("records")
    ]
    return html_table(
        "The article’s economic claims, in our words",
        ["Claim", "Verdict", "Because", "Where it stands"],
        rows,
    )


def _corner(axes: mpl.axes.Axes, china: str, russia: str) -> None:
    """Name the two marks under the axes, where no mark can be hidden."""
    for text, place, side, power in ((china, 1, "right", "CHN"), (russia, 0, "left", "RUS")):
        axes.annotate(
            text,
            (place, 0),
            (0, -32),
            xycoords="axes fraction",
            textcoords="offset points",
            ha=side,
            color=COLOURS[power],
        )


def books_chart() -> Chart:
    """Trade of the five with each power on both books, one row a country."""
    pages = _pages()
    rows = [
        {"name": page.name, **pair}
        for page in pages
        for book in ("partner", "own")
        if (pair := page.pair("trade_turnover", book, PRINTED_YEAR))
    ]
    table = pd.DataFrame(rows)
    order = table[table["book"] == "partner"].sort_values("difference")["name"].tolist()
    words = [trade_word(page) for page in pages]
    title = (
        f"Who trades more depends on whose books in {count_word(words.count(BOTH_BOOKS))} of "
        f"{count_word(len(words))} countries"
    )
    figure, axes = canvas(
        title,
        f"Trade in goods {PRINTED_YEAR}, dollars, log scale. Solid: China’s and Russia’s records. "
        "Hollow: the country’s own",
        0.72 * len(order),
        foot=0.65,
    )
    indent(axes, 1.3)
    axes.set_xscale("log")
    for y, name in enumerate(order):
        found = table[table["name"] == name].to_dict("records")
        for row in found:
            own = row["book"] == "own"
            place = y + (0.22 if own else -0.18)
            axes.plot([row["russia"], row["china"]], [place, place], color=PALE, lw=2.4, zorder=1)
            for power, side in (("CHN", "china"), ("RUS", "russia")):
                style = {"facecolor": "white", "edgecolor": COLOURS[power]} if own else {}
                mark(axes, power, row[side], place, **style)
        if len(found) == 1:
            axes.annotate(
                "publishes none of its own",
                (1, y + 0.22),
                (-4, 0),
                xycoords=("axes fraction", "data"),
                textcoords="offset points",
                ha="right",
                va="center",
                color=GREY,
            )
    axes.set_yticks(range(len(order)), order)
    axes.set_ylim(len(order) - 0.4, -0.6)
    ends = table[["china", "russia"]]
    axes.set_xlim(ends.min().min() / 1.7, ends.max().max() * 1.7)
    dollar_ticks(axes)
    _corner(axes, "circle: China", "diamond: Russia")
    alt = f"{title}. " + " ".join(
        f"{row['name']}, {BOOK_NAMES[row['book']]}: China {dollars(row['china'])}, Russia "
        f"{dollars(row['russia'])}."
        for row in rows
    )
    columns = ["comparison_id", "country", "book", "china", "russia", "difference", "word"]
    caption = source_caption(pages[0], rows)
    return Chart("books", title, alt, caption, table[columns], figure)


def mirror_chart() -> Chart:
    """The buyer's record over the seller's by year, freight allowed for; the band is freight."""
    rows = schema.load_table("mirror", PROCESSED)
    rows = rows[(rows["dataset"] == HEADLINE_TRADE) & (rows["flow"] == "imports")]
    rows = rows[rows["ratio"].notna()]
    worst = rows.loc[rows[rows["year"] == PRINTED_YEAR]["ratio"].idxmin()]
    title = (
        f"In {worst['year']} {COUNTRIES[worst['country']]} recorded {worst['ratio']:.0%} of what "
        f"{POWERS[worst['power']]} says it sold there"
    )
    names = [code for code in COUNTRIES if code in set(rows["country"])]
    figure, axes = canvas(
        title,
        "Goods bought: the buyer’s record over the seller’s, freight allowed for, log scale, one "
        "mark a year. Grey: what freight can explain",
        0.62 * len(names),
        foot=0.65,
    )
    indent(axes, 1.3)
    axes.set_xscale("log")
    axes.axvspan(1.05 / 1.06, 1.2 / 1.06, color=PALE, zorder=0)
    for y, code in enumerate(names):
        for power, shift in (("CHN", -0.16), ("RUS", 0.16)):
            found = rows[(rows["country"] == code) & (rows["power"] == power)]
            axes.scatter(
                found["ratio"],
                np.full(len(found), y + shift),
                marker=MARKERS[power],
                facecolor="none",
                edgecolor=COLOURS[power],
                s=16,
            )
    axes.set_yticks(range(len(names)), [COUNTRIES[code] for code in names])
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xticks([0.25, 0.5, 1, 2], ["a quarter", "half", "the same", "double"])
    axes.xaxis.set_minor_locator(mpl.ticker.NullLocator())
    axes.set_xlim(rows["ratio"].min() * 0.85, max(2.4, rows["ratio"].max() * 1.1))
    _corner(axes, "circle: from China", "diamond: from Russia")
    median = rows.groupby(["country", "power"])["ratio"].median()
    alt = f"{title}. Middle of the years: " + "; ".join(
        f"{COUNTRIES[country]} from {POWERS[power]} {ratio:.2f}"
        for (country, power), ratio in median.items()
    )
    columns = ["country", "power", "year", "exporter_value", "importer_value", "ratio", "explained"]
    caption = source_caption(evidence("KGZ"), [{"dataset": HEADLINE_TRADE}])
    return Chart("mirror", title, f"{alt}.", caption, rows[columns], figure)


def debt_chart() -> Chart:
    """Each power's part of the five countries' public debt, in the article's year and now."""
    pages = _pages()
    last = max(latest(page, "debt_share")["period_end"][:4] for page in pages)
    rows = [
        {"name": page.name, "year": year, **pair}
        for page in pages
        for year in (PRINTED_YEAR, int(last))
        if (pair := page.pair("debt_share", "stated", year, "worldbank-ids-2025-12"))
    ]
    table = pd.DataFrame(rows)
    then, now = (
        table[table["year"] == year].set_index("name") for year in (PRINTED_YEAR, int(last))
    )
    falling = int((now["china"] < then["china"]).sum())
    title = (
        f"China’s part of public debt fell in {count_word(falling)} of {count_word(len(then))} "
        f"countries between {PRINTED_YEAR} and {last}"
    )
    figure, axes = canvas(
        title,
        f"Part of public external debt at the end of {PRINTED_YEAR} (hollow) and {last} (solid)",
        0.5 * len(then),
        foot=0.65,
    )
    indent(axes, 1.3)
    for y, name in enumerate(then.index):
        for power, side, shift in (("CHN", "china", -0.14), ("RUS", "russia", 0.2)):
            ends = [then.loc[name, side], now.loc[name, side]]
            axes.plot(ends, [y + shift] * 2, color=COLOURS[power], lw=1.4, zorder=1)
            hollow = {"facecolor": "white", "edgecolor": COLOURS[power]}
            mark(axes, power, ends[0], y + shift, **hollow)
            mark(axes, power, ends[1], y + shift, s=36)
    axes.set_yticks(range(len(then)), list(then.index))
    axes.set_ylim(len(then) - 0.4, -0.6)
    axes.set_xlim(-0.03, max(0.7, table["china"].max() * 1.08))
    percent_ticks(axes.xaxis, table["china"].max())
    _corner(axes, "circle: China", "diamond: Russia")
    alt = f"{title}. " + "; ".join(
        f"{row['name']} {row['year']}: China {row['china']:.0%}, Russia {row['russia']:.0%}"
        for row in rows
    )
    columns = ["comparison_id", "country", "year", "china", "russia"]
    caption = source_caption(pages[0], rows)
    return Chart("debt", title, f"{alt}.", caption, table[columns], figure)


def claims_chart() -> Chart:
    """How many of the article's claims fare how."""
    rows = schema.load_table("claims", PROCESSED)
    counts = rows["verdict"].value_counts().reindex(list(schema.VERDICTS)).fillna(0).astype(int)
    telling = rows[rows["weight"] == rows["weight"].max()]["verdict"].value_counts()
    top = telling.reindex(counts.index).fillna(0).astype(int)
    title = (
        f"{sentence(count_word(counts['holds']))} of {len(rows)} claims hold; of the "
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
    axes.set_yticks(range(len(counts)), [sentence(verdict) for verdict in counts.index])
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
