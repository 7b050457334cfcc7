"""The pages on all five countries: sentences, tables and charts for region and claims."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from markupsafe import Markup, escape
from matplotlib.colors import to_rgba
from matplotlib.patches import Rectangle

from analysis.charts.marks import (
    COLOURS,
    GREY,
    INK,
    MARKERS,
    PALE,
    Chart,
    canvas,
    dollar_ticks,
    drawn,
    indent,
    mark,
    percent_ticks,
    source_caption,
)
from analysis.charts.special import plane_axes, plane_mark
from analysis.config import ARTICLE_YEAR, COUNTRIES, POWERS, PROCESSED, RAW
from analysis.data import store, vocabulary
from analysis.data.frames import where
from analysis.data.sources import load_sources, source_line
from analysis.measures import books
from analysis.measures.compare import ARTICLE
from analysis.measures.editions import WORLD_TRADE, in_use, load_editions
from analysis.measures.records import record_name
from analysis.measures.scale import BANDS, leader
from analysis.page.findings import (
    BOTH_BOOKS,
    Evidence,
    Row,
    ahead_words,
    evidence,
    investment_held,
    latest,
    number_link,
    owed_words,
    plain,
    short_name,
    trade_word,
    verdict_link,
)
from analysis.page.tables import FIGURE_COLUMNS, figure_rows, html_table, told
from analysis.page.verdict import DEPENDS, NEITHER, SMALL_PART, Tie, scale, ties
from analysis.page.verdict import answer as answer_of
from analysis.page.words import (
    amount,
    capital,
    count_word,
    decimals,
    dollars,
    listed,
    percent,
    signed,
    span_words,
)


def pages() -> list[Evidence]:
    """What the five countries' pages rest on, which every function here takes."""
    return [evidence(country) for country in COUNTRIES]


def abroad(text: str, page: Evidence) -> str:
    """A country's text for another page: what it links to lies on the country's own."""
    return text.replace("](#", f"]({_stem(page)}.html#")


def region_trade(pages: list[Evidence]) -> str:
    """The region's verdict: trade of the five together, and what each country's own book says."""
    total = _region_total("trade_turnover", ARTICLE_YEAR)
    words = {page.name: trade_word(page) for page in pages}
    depends = [name for name, word in words.items() if word == BOTH_BOOKS]
    without = [page.name for page in pages if not page.pair("trade_turnover", "own", ARTICLE_YEAR)]
    if total:
        text = (
            f"**On China’s and Russia’s records the {count_word(len(pages))} together traded "
            f"{number_link(total, 'china')} with China and {number_link(total, 'russia')} with "
            f"Russia in {ARTICLE_YEAR}: {verdict_link(total)}."
        )
    else:
        text = (
            f"**No sum of trade in {ARTICLE_YEAR} can be made on China’s and Russia’s records, "
            "since not all countries are in them."
        )
    if depends:
        text += f" In {listed(depends)} who traded more depends on whose books."
    text += "**"
    if without:
        has = "has" if len(without) == 1 else "have"
        text += (
            f" No sum can be made on the countries’ own books, since {listed(without)} {has} none."
        )
    return text


def _region_total(concept: str, year: int) -> Row | None:
    """The sum over the five on the partners' records; none where one of them is missing."""
    rows = where(
        store.load_table("comparisons", PROCESSED),
        country="REGION",
        concept=concept,
        book="partner",
        dataset=load_editions().trade,
        period_end=f"{year}-12-31",
    )
    return rows.iloc[0].to_dict() if len(rows) else None


def region_books(pages: list[Evidence]) -> str:
    """Each country's trade verdict on the partners' books and on its own."""
    lines = []
    for page in pages:
        partner, own = (
            page.pair("trade_turnover", book, ARTICLE_YEAR) for book in ("partner", "own")
        )
        said = f"on China’s and Russia’s records of {ARTICLE_YEAR}, "
        said += f"{verdict_link(partner)}; " if partner else "nothing can be compared; "
        said += f"on its own, {verdict_link(own)}" if own else "it publishes none of its own"
        lines.append(abroad(f"- **{page.name}**: {said}.", page))
    return "\n".join(lines)


def region_weight(pages: list[Evidence]) -> str:
    """What part of all trade both powers have together, on the countries' own records."""
    rows = where(
        store.load_table("weights", PROCESSED),
        measure="turnover",
        year=ARTICLE_YEAR,
        dataset=WORLD_TRADE,
    ).set_index(["book", "country"])
    told = []
    for page in pages:
        known = [book for book in ("own", "partner") if (book, page.country) in rows.index]
        if not known:
            continue
        book = known[0]
        key = f"#w-{page.country}-turnover-{ARTICLE_YEAR}-{book}".lower()
        words = f"[{percent(rows.loc[(book, page.country), 'both'])}]({key}) of {page.name}’s"
        if book == "partner":
            words += " (its partners’ records)"
        told.append(abroad(words, page))
    if not told:
        return f"No record of {ARTICLE_YEAR} gives a country’s whole trade in goods."
    return (
        f"On the countries’ own records of {ARTICLE_YEAR} China and Russia together had "
        f"{listed(told)} trade in goods. The rest was with others."
    )


def region_mirror() -> str:
    """The three widest gaps between two records of the same goods, and what is known of why."""
    rows = where(
        store.load_table("mirror", PROCESSED),
        dataset=load_editions().trade,
        year=ARTICLE_YEAR,
        flow="imports",
    )
    widest = rows.reindex(rows["log_gap"].abs().sort_values(ascending=False).index).head(3)
    lines = []
    for row in widest.to_dict("records"):
        name, power = COUNTRIES[row["country"]], POWERS[row["power"]]
        key = f"{name}.html#m-{row['country']}-{row['power']}-imports-{row['year']}".lower()
        said = (
            f"- **{name}**: {power} recorded [{plain(amount(row['exporter_value'], 'USD', 2))}]"
            f"({key}) of goods sold there in {row['year']}, {name} "
            f"[{plain(amount(row['importer_value'], 'USD', 2))}]({key}) bought"
        )
        said += f". A known cause: {plain(row['cause'])}." if row["cause"] else "."
        lines.append(said)
    return (
        "Freight and insurance explain a twentieth to a fifth. The widest gaps are far larger, and "
        "nobody knows where between the two records the truth lies.\n\n" + "\n".join(lines)
    )


def region_debt(pages: list[Evidence]) -> str:
    """China's part of the public debt in each country, in the article's year and the newest."""
    lines = []
    for page in pages:
        then, now = latest(page, "debt_share", ARTICLE_YEAR), latest(page, "debt_share")
        if not now:
            lines.append(f"- **{page.name}**: no creditors are known.")
            continue
        parts = [
            f"{number_link(row, 'china')} at the end of {row['period_end'][:4]}"
            for row in (then, now)
            if row
        ]
        parts = list(dict.fromkeys(parts))
        russia = (
            f"Russia’s was {number_link(now, 'russia')}"
            if now["russia"]
            else "Russia is owed nothing of it"
        )
        lines.append(
            abroad(f"- **{page.name}**: China’s part was {listed(parts)}; {russia} by then.", page)
        )
    return (
        "Of public external debt, by the World Bank’s count of what states owe and vouch for:\n\n"
        + "\n".join(lines)
    )


def region_figures_table() -> str:
    """Figures that sources give for the region as a whole, or for wider sums."""
    figures = store.load_table("figures", PROCESSED)
    figures = figures[figures["country"].isin(["REGION", "WLD"])]
    return html_table(
        f"Figures on the region as a whole. The article is {source_line(ARTICLE, _sources())}",
        FIGURE_COLUMNS,
        figure_rows(figures, _sources()),
    )


def _sources() -> dict[str, dict[str, Any]]:
    return load_sources(RAW / "sources.yml")[0]


def how_sure(pages: list[Evidence]) -> str:
    """How many verdicts are how sure, and the rules in three lines."""
    judged = [tie for _, found in _judged(pages) for tie in found if tie.name in GRID_TIES]
    counts = pd.Series([tie.confidence for tie in judged]).value_counts()
    said = [
        f"{level} for {count_word(counts.get(level, 0))}" for level in ("high", "medium", "low")
    ]
    return (
        f"Of {count_word(len(judged))} pairs of a country and a tie, the confidence in who is "
        f"ahead is {listed(said)}; for {count_word(counts.get('', 0))} no like pair is known. "
        "It is high where two books agree or a lead is threefold, medium where one record shows a "
        "narrow gap or a condition is needed, and low where books disagree or figures are rough. "
        "[How that is judged](method.html#how-sure)."
    )


def vintages_table(pages: list[Evidence]) -> str:
    """The datasets behind the pages, with the state in which each was taken."""
    rows = [
        ("", [source_title(key, entry), entry["publisher"], str(entry["vintage"])])
        for key, entry in _sources().items()
        if "vintage" in entry
    ]
    article = _sources()[ARTICLE]
    rows.insert(0, ("", [f"“{article['title']}”", article["publisher"], article["date"]]))
    return html_table(
        "Date of the data: later revisions are not in these pages",
        ["Data", "Publisher", "As of, or years covered"],
        rows,
    )


def source_title(key: str, entry: dict[str, Any]) -> Markup:
    """A dataset's title, leading to its address where that is known."""
    if url := entry.get("url"):
        return Markup('<a href="{}">{}</a>').format(url, entry["title"])
    return Markup(escape(entry["title"]))


GRID_TIES = ("Trade", "Public debt", "Investment held", "Money sent home")


def _judged(pages: list[Evidence]) -> list[tuple[Evidence, list[Tie]]]:
    return [
        (page, [tie for tie in ties(page) if tie.name in GRID_TIES or tie.rows]) for page in pages
    ]


def _stem(page: Evidence) -> str:
    return page.name.lower()


def answer(pages: list[Evidence]) -> str:
    """The whole project's answer in one sentence, and what it rests on."""
    judged = _judged(pages)
    leaders = pd.DataFrame(
        {page.name: {tie.name: tie.leader for tie in found} for page, found in judged}
    ).fillna("")
    depends = [name for name in leaders if leaders.loc["Trade", name] == DEPENDS]
    debt, home = leaders.loc["Public debt"], leaders.loc["Money sent home"]
    known = int((home != "").sum())
    return (
        f"**No one answer holds about {ARTICLE_YEAR}: in {_of(len(depends), len(leaders.columns))} "
        f"countries who traded more depends on whose books; China was owed more of the public "
        f"debt in {_of(int((debt == 'CHN').sum()), len(debt))}; more money came home from Russia "
        f"in {_of(int((home == 'RUS').sum()), known)} for which both are known.**"
    )


def _of(part: int, whole: int) -> str:
    words = count_word(whole)
    return f"all {words}" if part == whole else f"{count_word(part)} of the {words}"


def answer_table(pages: list[Evidence]) -> str:
    """The five countries: for each tie a place on the scale, the words and how sure they are."""
    rows = []
    for page, found in _judged(pages):
        by_name = {tie.name: tie for tie in found}
        country = Markup('<a href="{}.html">{}</a>').format(_stem(page), page.name)
        cells: list[str] = [country]
        for name in GRID_TIES:
            tie = by_name[name]
            if not tie.rows:
                cells.append(Markup('<span class="none">no like pair known</span>'))
                continue
            cells.append(
                Markup('{}<a href="{}.html#c-{}">{}</a> <span class="sure">{}</span>').format(
                    scale(tie),
                    _stem(page),
                    tie.rows[0]["comparison_id"],
                    capital(tie.words),
                    f"Confidence {tie.confidence}.",
                )
            )
        rows.append(("", cells))
    return html_table(
        f"Who weighs more, about {ARTICLE_YEAR}. On each scale Russia is at the left and China at "
        "the right; circle: China ahead, diamond: Russia, square: level, hollow: the country’s "
        "own books",
        ["Country", *GRID_TIES],
        rows,
    )


def verdicts(pages: list[Evidence]) -> str:
    """Each country's verdict in its sentence, leading to its page."""
    parts = []
    for page in pages:
        told = answer_of(page).partition("\n")[0].replace("](#", f"]({_stem(page)}.html#")
        parts.append(f"- {told} [The report on {page.name}]({_stem(page)}.html)")
    return "\n".join(parts)


@drawn
def answer_chart(pages: list[Evidence]) -> Chart:
    """Four ties in five countries, each on a scale from Russia to China."""
    judged = _judged(pages)
    table = _tie_rows(judged)
    trade = [tie.leader for _, found in judged for tie in found if tie.name == "Trade"]
    title = (
        "Loans lean to China, money sent home to Russia; trade depends on whose books in "
        f"{count_word(trade.count(DEPENDS))} of {count_word(len(trade))} countries"
        if _all_lean(judged, "Public debt", "CHN") and _all_lean(judged, "Money sent home", "RUS")
        else f"Trade depends on whose books in {count_word(trade.count(DEPENDS))} of "
        f"{count_word(len(trade))} countries"
    )
    figure, axes = canvas(
        title,
        f"D about {ARTICLE_YEAR} in each box: left only Russia, middle level, right only China. "
        "Hollow: the country’s own books. Hatched: no like pair",
        0.46 * len(judged) + 0.3,
        foot=0.1,
    )
    indent(axes, 1.18)
    for x, name in enumerate(GRID_TIES):
        first, _, second = name.partition(" ")
        axes.annotate(
            f"{first}\n{second}" if second else first,
            (x, -0.62),
            ha="center",
            va="bottom",
            color=INK,
            linespacing=1.1,
        )
        for y, (_, found) in enumerate(judged):
            tie = next(tie for tie in found if tie.name == name)
            cell = Rectangle(
                (x - 0.46, y - 0.4),
                0.92,
                0.8,
                fc="white",
                ec=PALE,
                hatch="" if tie.rows else "////",
            )
            axes.add_patch(cell)
            if not tie.rows:
                continue
            if tie.leader == NEITHER:
                axes.annotate(_SMALL, (x, y), ha="center", va="center", color=GREY)
                continue
            axes.plot([x, x], [y - 0.4, y + 0.4], color=PALE, lw=1, zorder=1)
            for row in tie.rows:
                _scale_mark(axes, row, x + 0.4 * row["difference"], y)
    axes.set_yticks(range(len(judged)), [page.name for page, _ in judged])
    axes.set_ylim(len(judged) - 0.55, -1.35)
    axes.set_xlim(-0.5, len(GRID_TIES) - 0.5)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    return Chart(
        "answer",
        title,
        _ties_alt(title, judged),
        source_caption(judged[0][0], [row for _, found in judged for t in found for row in t.rows]),
        table,
        figure,
    )


_SMALL = f"under {percent(SMALL_PART)}"


def _all_lean(judged: list[tuple[Evidence, list[Tie]]], name: str, power: str) -> bool:
    leaders = {tie.leader for _, found in judged for tie in found if tie.name == name and tie.rows}
    return leaders <= {power, NEITHER} and power in leaders


def _scale_mark(axes: mpl.axes.Axes, row: Row, x: float, y: float) -> None:
    power = leader(row["difference_low"], row["difference_high"])
    key, hollow = f"{row['comparison_id']}.difference", row["book"] == "own"
    mark(axes, power, x, y, key, hollow=hollow, size=50)


def _tie_rows(judged: list[tuple[Evidence, list[Tie]]]) -> pd.DataFrame:
    names = ("comparison_id", "book", "difference", "difference_low", "difference_high", "word")
    return pd.DataFrame(
        [
            {"country": page.country, "tie": tie.name, "confidence": tie.confidence}
            | {name: row[name] for name in names}
            for page, found in judged
            for tie in found
            for row in tie.rows
            if tie.leader != NEITHER
        ]
    )


def _ties_alt(title: str, judged: list[tuple[Evidence, list[Tie]]]) -> str:
    said = [
        f"{page.name}, {tie.name.lower()}: "
        + (
            f"{_SMALL} of it each"
            if tie.leader == NEITHER
            else " and ".join(
                f"D {signed(row['difference'])} ({record_name(row['book'])})" for row in tie.rows
            )
            or "no like pair known"
        )
        for page, found in judged
        for tie in found
    ]
    return f"{title}. {'; '.join(said)}."


@drawn
def profile_matrix(pages: list[Evidence]) -> Chart | None:
    """D by tie and country, with its interval and both books; the ties under each other."""
    judged = _judged(pages)
    table = _tie_rows(judged)
    if table.empty:
        return None
    spread = table.groupby("tie")["difference"].mean()
    title = (
        "Which power weighs more changes with the tie more than with the country"
        if spread.max() - spread.min()
        > table.groupby("country")["difference"].mean().pipe(lambda mean: mean.max() - mean.min())
        else "Which power weighs more changes with the country more than with the tie"
    )
    lines: list[tuple[str, Tie | None]] = []
    names = dict.fromkeys(tie.name for _, found in judged for tie in found)
    for name in names:
        lines.append((name, None))
        for page, found in judged:
            lines += [(page.name, tie) for tie in found if tie.name == name]
    figure, axes = canvas(
        title,
        f"D = (China − Russia) / (China + Russia), about {ARTICLE_YEAR}. Line: what the figures "
        "and the two books allow. Hollow: the country’s own books. Hatched: no like pair",
        0.25 * len(lines),
    )
    indent(axes, 1.35)
    axes.axvline(0, color=GREY, lw=0.8, zorder=1)
    for y, (name, tie) in enumerate(lines):
        bold = {"weight": "bold"} if tie is None else {}
        axes.annotate(
            name,
            (0, y),
            (-92, 0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="center",
            annotation_clip=False,
            **bold,
        )
        if tie is None:
            continue
        if not tie.rows:
            axes.add_patch(Rectangle((-1, y - 0.32), 2, 0.64, fc="white", ec=PALE, hatch="////"))
            continue
        axes.plot([-1, 1], [y, y], color=PALE, lw=0.8, zorder=1)
        if tie.leader == NEITHER:
            box = {"fc": "white", "ec": "none", "pad": 1}
            said = f"{_SMALL} of it each"
            axes.annotate(said, (0.5, y), ha="center", va="center", color=GREY, bbox=box)
            continue
        ends = [row[end] for row in tie.rows for end in ("difference_low", "difference_high")]
        axes.plot([min(ends), max(ends)], [y, y], color=GREY, lw=1.6, zorder=2)
        for row in tie.rows:
            _scale_mark(axes, row, row["difference"], y)
    axes.set_yticks([])
    axes.set_ylim(len(lines) - 0.4, -0.8)
    axes.set_xlim(-1.06, 1.06)
    axes.set_xticks([-1, 0, 1], ["only Russia", "level", "only China"])
    axes.get_xticklabels()[0].set_ha("left")
    axes.get_xticklabels()[2].set_ha("right")
    rows = [row for _, found in judged for tie in found for row in tie.rows]
    return Chart(
        "profiles",
        title,
        _ties_alt(title, judged),
        source_caption(judged[0][0], rows),
        table,
        figure,
    )


@drawn
def plane_chart(pages: list[Evidence]) -> Chart | None:
    """Each power's part of all trade in the five, on the partners' books and their own."""
    weights = store.load_table("weights", PROCESSED)
    rows = where(
        weights, measure="turnover", year=ARTICLE_YEAR, dataset=WORLD_TRADE, book=["own", "partner"]
    )
    if rows.empty:
        return None
    own = rows[rows["book"] == "own"].set_index("country")
    heaviest = rows.loc[rows["both"].idxmax()]
    title = (
        f"China and Russia together had up to {percent(heaviest['both'])} of "
        f"{COUNTRIES[heaviest['country']]}’s trade, on its partners’ records"
        if heaviest["book"] == "partner"
        else f"China and Russia together had {percent(heaviest['both'])} of "
        f"{COUNTRIES[heaviest['country']]}’s trade, on its own records"
    )
    figure, axes = plane_axes(
        title,
        f"Parts of all trade in goods, {ARTICLE_YEAR}. Solid: all partners’ records. Hollow: the "
        "country’s own",
        max(rows["china"].max(), rows["russia"].max()),
    )
    for country, name in COUNTRIES.items():
        found = rows[rows["country"] == country]
        if found.empty:
            continue
        axes.plot(found["russia"], found["china"], color=GREY, lw=1, zorder=2)
        for row in found.to_dict("records"):
            plane_mark(axes, row)
        place = own.loc[country] if country in own.index else found.iloc[0]
        axes.annotate(
            name,
            (place["russia"], place["china"]),
            _PLANE_SHIFT.get(country, (8, -4)),
            textcoords="offset points",
            ha="right" if country in _PLANE_SHIFT else "left",
        )
    alt = f"{title}. " + "; ".join(
        f"{COUNTRIES[row['country']]}, "
        f"{'its own records' if row['book'] == 'own' else 'partners’ records'}: China "
        f"{percent(row['china'])}, Russia {percent(row['russia'])}"
        for row in rows.to_dict("records")
    )
    table = rows[["country", "year", "book", "china", "russia", "both", "rest"]]
    caption = source_caption(pages[0], [{"dataset": WORLD_TRADE}])
    return Chart("weight-plane", title, f"{alt}.", caption, table, figure)


# Names that stand at the left of their mark, where the right is taken.
_PLANE_SHIFT = {"KAZ": (-8, -12), "UZB": (-8, -4)}


def region_table(pages: list[Evidence]) -> str:
    """The five side by side: one row a country, a word for each kind of tie."""
    rows = []
    years = set()
    for page in pages:
        share, newest = latest(page, "debt_share", ARTICLE_YEAR), latest(page, "debt_share")
        held, home = investment_held(page), latest(page, "remittances", ARTICLE_YEAR)
        years |= {newest["period_end"][:4]} if newest else set()
        cells = [
            page.name,
            trade_word(page),
            owed_words(share) if share else "no like pair",
            owed_words(newest) if newest else "no like pair",
            ahead_words(held) if held else "no like pair",
            ahead_words(home) if home else "no like pair",
        ]
        rows.append(("", cells))
    return html_table(
        "Five countries, tie by tie: who weighs more",
        [
            "Country",
            f"Trade, {ARTICLE_YEAR}",
            f"Public debt abroad, {ARTICLE_YEAR}",
            f"Public debt abroad, {' or '.join(sorted(years)) or 'newest'}",
            f"Direct investment held, about {ARTICLE_YEAR}",
            f"Money sent home, {ARTICLE_YEAR}",
        ],
        rows,
    )


def region_sums_table() -> str:
    """The region's sums, where one book has all five countries."""
    comparisons = store.load_table("comparisons", PROCESSED)
    sources = load_sources(RAW / "sources.yml")[0]
    rows = where(
        comparisons, country="REGION", comparable="yes", concept=["trade_turnover", "debt_owed"]
    )
    rows = rows[
        (rows["dataset"] != "comtrade-wits-2017") & in_use(rows["dataset"], load_editions())
    ]
    years = rows["period_end"].str[:4].astype(int)
    ends = {years.min(), *years.groupby(rows["concept"]).max()}
    rows = rows[years.isin(ends | {ARTICLE_YEAR - 8, ARTICLE_YEAR})]
    cells = [
        (
            f"c-{row['comparison_id']}",
            [
                f"{capital(short_name(row))}, {vocabulary.BOOKS[row['book']]}",
                amount(row["china"], row["unit"]),
                amount(row["russia"], row["unit"]),
                span_words(row["difference_low"], row["difference_high"]),
                told(row),
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


@drawn
def books_chart(pages: list[Evidence]) -> Chart | None:
    """Trade of the five with each power on both books, one row a country."""
    rows = [
        {"name": page.name, **pair}
        for page in pages
        for book in ("partner", "own")
        if (pair := page.pair("trade_turnover", book, ARTICLE_YEAR))
    ]
    if not rows:
        return None
    table = pd.DataFrame(rows)
    # By the partners' records where there are any.
    first = table.sort_values("book", ascending=False).drop_duplicates("name")
    order = first.sort_values("difference")["name"].tolist()
    gaps = where(
        store.load_table("mirror", PROCESSED), dataset=pages[0].editions.trade, year=ARTICLE_YEAR
    )
    # Where the buyer has least of what the seller has.
    gaps = gaps[gaps["ratio"].notna()].sort_values("ratio", kind="stable")
    widest = gaps.iloc[0].to_dict() if len(gaps) else None
    words = [trade_word(page) for page in pages]
    title = (
        f"Who trades more depends on whose books in {count_word(words.count(BOTH_BOOKS))} of "
        f"{count_word(len(words))} countries"
    )
    figure, axes = canvas(
        title,
        f"Trade in goods {ARTICLE_YEAR}, dollars, log scale. Solid: China’s and Russia’s records. "
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
            if own and widest and row["country"] == widest["country"]:
                axes.annotate(
                    f"{dollars(widest['exporter_value'] - widest['importer_value'])} missing here",
                    (max(row["china"], row["russia"]), place),
                    (9, 0),
                    textcoords="offset points",
                    va="center",
                    color=GREY,
                )
            axes.plot([row["russia"], row["china"]], [place, place], color=PALE, lw=2.4, zorder=1)
            for power, side in (("CHN", "china"), ("RUS", "russia")):
                # Where the two all but coincide, the larger circle shows around the diamond.
                size = 150 if power == "CHN" and abs(row["difference"]) < BANDS[0] else 58
                key = f"{row['comparison_id']}.{side}"
                mark(axes, power, row[side], place, key, hollow=own, size=size)
        if {row["book"] for row in found} == {"partner"}:
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
        f"{row['name']}, {record_name(row['book'])}: China {dollars(row['china'])}, Russia "
        f"{dollars(row['russia'])}."
        for row in rows
    )
    columns = ["comparison_id", "country", "book", "china", "russia", "difference", "word"]
    caption = source_caption(pages[0], rows)
    return Chart("books", title, alt, caption, table[columns], figure)


@drawn
def mirror_chart() -> Chart | None:
    """The buyer's record over the seller's by year, freight allowed for; the band is freight."""
    edition = load_editions().trade
    rows = where(store.load_table("mirror", PROCESSED), dataset=edition, flow="imports")
    rows = rows[rows["ratio"].notna()]
    then = rows[rows["year"] == ARTICLE_YEAR]
    if then.empty:
        return None
    worst = then.loc[then["ratio"].idxmin()]
    title = (
        f"In {worst['year']} {COUNTRIES[worst['country']]} recorded {percent(worst['ratio'])} of "
        f"what {POWERS[worst['power']]} says it sold there"
    )
    names = list(COUNTRIES)
    figure, axes = canvas(
        title,
        "Goods bought: the buyer’s record over the seller’s, freight allowed for, log scale, a "
        "mark a year, darker the later. Grey: what freight can explain",
        0.62 * len(names),
        foot=0.65,
    )
    indent(axes, 1.3)
    axes.set_xscale("log")
    axes.axvspan(*(end / books.FREIGHT for end in books.FREIGHT_BAND), color=PALE, zorder=0)
    for y, code in enumerate(names):
        for power, shift in (("CHN", -0.16), ("RUS", 0.16)):
            found = rows[(rows["country"] == code) & (rows["power"] == power)].sort_values("year")
            late = (found["year"] - rows["year"].min()) / (rows["year"].max() - rows["year"].min())
            axes.scatter(
                found["ratio"],
                np.full(len(found), y + shift),
                marker=MARKERS[power],
                facecolor="none",
                edgecolor=[to_rgba(COLOURS[power], 0.3 + 0.7 * part) for part in late],
                s=20,
            )
        if code not in set(rows["country"]):
            axes.annotate(
                "no records of its own",
                (0.02, y),
                xycoords=("axes fraction", "data"),
                va="center",
                color=GREY,
            )
    axes.set_yticks(range(len(names)), [COUNTRIES[code] for code in names])
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xticks([0.25, 0.5, 1, 2], ["a quarter", "half", "the same", "double"])
    axes.xaxis.set_minor_locator(mpl.ticker.NullLocator())
    axes.set_xlim(rows["ratio"].min() * 0.85, max(2.4, rows["ratio"].max() * 1.1))
    _corner(axes, "circle: from China", "diamond: from Russia")
    median = rows.groupby(["country", "power"])["ratio"].median()
    alt = f"{title}. Middle of the years: " + "; ".join(
        f"{COUNTRIES[country]} from {POWERS[power]} {decimals(ratio, 2)}"
        for (country, power), ratio in median.items()
    )
    columns = ["country", "power", "year", "exporter_value", "importer_value", "ratio", "explained"]
    caption = source_caption(evidence("KGZ"), [{"dataset": edition}])
    return Chart("mirror", title, f"{alt}.", caption, rows[columns], figure)


@drawn
def debt_chart(pages: list[Evidence]) -> Chart | None:
    """Each power's part of the five countries' public debt, in the article's year and now."""
    newest = [found for page in pages if (found := latest(page, "debt_share"))]
    if not newest:
        return None
    last = max(found["period_end"][:4] for found in newest)
    rows = [
        {"name": page.name, "year": year, **pair}
        for page in pages
        for year in (ARTICLE_YEAR, int(last))
        if (pair := page.pair("debt_share", "stated", year, page.editions.debt))
    ]
    table = pd.DataFrame(rows)
    then, now = (
        table[table["year"] == year].set_index("name") for year in (ARTICLE_YEAR, int(last))
    )
    both = then.index[then.index.isin(now.index)]
    if both.empty:
        return None
    then, now = then.loc[both], now.loc[both]
    falling = int((now["china"] < then["china"]).sum())
    title = (
        f"China’s part of public debt fell in {count_word(falling)} of {count_word(len(then))} "
        f"countries between {ARTICLE_YEAR} and {last}"
    )
    figure, axes = canvas(
        title,
        f"Part of public external debt at the end of {ARTICLE_YEAR} (hollow) and {last} (solid)",
        0.5 * len(then),
        foot=0.65,
    )
    indent(axes, 1.3)
    for y, name in enumerate(then.index):
        for power, side, shift in (("CHN", "china", -0.14), ("RUS", "russia", 0.2)):
            ends = [then.loc[name, side], now.loc[name, side]]
            axes.plot(ends, [y + shift] * 2, color=COLOURS[power], lw=1.4, zorder=1)
            keys = [f"{rows.loc[name, 'comparison_id']}.{side}" for rows in (then, now)]
            mark(axes, power, ends[0], y + shift, keys[0], hollow=True)
            mark(axes, power, ends[1], y + shift, keys[1], size=36)
    axes.set_yticks(range(len(then)), list(then.index))
    axes.set_ylim(len(then) - 0.4, -0.6)
    axes.set_xlim(-0.03, max(0.7, table["china"].max() * 1.08))
    percent_ticks(axes.xaxis, table["china"].max())
    _corner(axes, "circle: China", "diamond: Russia")
    alt = f"{title}. " + "; ".join(
        f"{row['name']} {row['year']}: China {percent(row['china'])}, Russia "
        f"{percent(row['russia'])}"
        for row in rows
    )
    columns = ["comparison_id", "country", "year", "china", "russia"]
    caption = source_caption(pages[0], rows)
    return Chart("debt", title, f"{alt}.", caption, table[columns], figure)
