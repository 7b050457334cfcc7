"""The tables of a page, as HTML. Each row that the text speaks of has an id to link to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup, escape

from analysis.config import ARTICLE_YEAR, POWERS
from analysis.data import vocabulary
from analysis.data.frames import where
from analysis.data.sources import citing, source_line, source_link
from analysis.data.wording import with_correction
from analysis.measures import compare, scale
from analysis.measures.editions import WORLD_TRADE
from analysis.measures.records import record_name
from analysis.page.findings import (
    COMPARED,
    Evidence,
    Row,
    ahead_words,
    investment_held,
    latest,
    owed_words,
    phrase,
    short_name,
    times,
)
from analysis.page.words import (
    amount,
    capital,
    decimals,
    interval_words,
    listed,
    numeral,
    percent,
    ratio_words,
    span_words,
    when,
)


def html_table(caption: str, columns: list[str], rows: list[tuple[str, list[str]]]) -> str:
    """A table as HTML: a caption, header cells with a scope, and an id a row to link to.

    Args:
        caption: what the table holds.
        columns: the headings.
        rows: the id of each row (empty for none) and its cells. Plain text is escaped; what is
            marked as markup (``markupsafe.Markup``) stands as it is.
    """
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(
        f"<tr{f' id={chr(34)}{escape(row_id)}{chr(34)}' if row_id else ''}>"
        + f'<th scope="row">{escape(cells[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells[1:])
        + "</tr>\n"
        for row_id, cells in rows
    )
    return (
        # JupyterLab would take what stands between two dollar signs for a formula.
        f'<table class="mathjax_ignore tex2jax_ignore"><caption>{escape(caption)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table>"
    )


def shown(evidence: Evidence) -> pd.DataFrame:
    """The comparisons that a page lists: printed pairs, and series in the years it speaks of."""
    rows = where(evidence.comparisons, country=evidence.country, comparable=COMPARED)
    if evidence.trade_alone:
        return rows[_told_of(rows, evidence)]
    printed = rows["book"].eq("article") | rows["china_ids"].isin(evidence.figures["figure_id"])
    printed |= rows["comparison_id"].isin(" ".join(evidence.claims["evidence_ids"]).split())
    years = rows["period_end"].str[:4].isin([str(year) for year in years_spoken_of(evidence)])
    series = years & ~rows["book"].isin(["article", "exports_first"])
    return rows[printed | (series & (rows["dataset"] != "comtrade-wits-2017"))]


def years_spoken_of(evidence: Evidence) -> list[int]:
    """The years of series that a page's text and tables speak of.

    They are the article's and those about it, eight years before, and the last of each series.
    """
    rows = where(evidence.comparisons, country=evidence.country, comparable=COMPARED)
    series = rows[rows["concept"].isin(_SERIES) & (rows["book"] != "article")]
    last = series.groupby("concept")["period_end"].max().str[:4].astype(int)
    about = [ARTICLE_YEAR + step for step in (-8, -1, 0, 1)]
    return sorted({*about, evidence.trade_until, *last})


_SERIES = ("debt_share", "fdi_stock", "remittances")


def _origins(datasets: Iterable[str], evidence: Evidence) -> str:
    """Who publishes the datasets of some rows, and in which state each was taken."""
    entries = [evidence.sources[dataset] for dataset in dict.fromkeys(datasets)]
    return "; ".join(f"{entry['publisher']}, {entry['vintage']}" for entry in entries)


def _told_of(rows: pd.DataFrame, evidence: Evidence) -> pd.Series:
    """Which rows a page on trade alone lists: turnover of every year, the flows of its own."""
    here = rows["period_end"] == f"{evidence.year}-12-31"
    return (rows["concept"] == "trade_turnover") | here


def told(row: Row) -> str:
    """Who is ahead by a comparison and how far, with how many times where that may be said."""
    factor = times(row)
    return capital(f"{ahead_words(row)}, {factor}" if factor else ahead_words(row))


def comparisons_table(evidence: Evidence) -> str:
    """Every comparison that the page speaks of, with both figures, D and its interval."""
    rows = [
        (
            f"c-{row['comparison_id']}",
            [
                f"{capital(short_name(row))}, {vocabulary.BOOKS[row['book']]}",
                interval_words(row["china_low"], row["china_high"], row["unit"]),
                interval_words(row["russia_low"], row["russia_high"], row["unit"]),
                span_words(row["difference_low"], row["difference_high"]),
                told(row),
                row["reason"],
                source_line(row["dataset"], evidence.sources),
            ],
        )
        for row in shown(evidence).to_dict("records")
    ]
    if not rows:
        return ""
    return html_table(
        "Like with like: the pairs that can be compared",
        ["What, and whose book", "China", "Russia", "D", "In words", "On condition that", "Source"],
        rows,
    )


def refusals_table(evidence: Evidence) -> str:
    """What of the article cannot be compared, and why; and the years that no book has."""
    if evidence.trade_alone:
        return _refused_trade(evidence)
    figures = evidence.figures.set_index("figure_id", drop=False)
    rows = []
    refused = evidence.comparisons[evidence.comparisons["comparable"] == "no"]
    series = (
        (refused["dimension"] != "trade")
        & (refused["country"] == evidence.country)
        & (refused["concept"] == "remittances")
    )
    for row in refused[(refused["book"] == "article") | series].to_dict("records"):
        sides = [
            with_correction(figures.loc[row[f"{side}_ids"]])
            if row[f"{side}_ids"] in figures.index
            else ("—" if np.isnan(row[side]) else amount(row[side], row["unit"]))
            for side in ("china", "russia")
        ]
        what = capital(vocabulary.INDICATORS[row["concept"]])
        year = "" if row["book"] == "article" else f", {row['period_end'][:4]}"
        rows.append(
            (
                f"c-{row['comparison_id']}",
                [f"{what}{year} ({vocabulary.AREAS[row['country']]})", *sides, row["reason"]],
            )
        )
    return html_table(
        "Refused: what is not set against each other, and the reason",
        ["What", "China", "Russia", "Why not"],
        rows,
    )


def _refused_trade(evidence: Evidence) -> str:
    """The years of trade that a book cannot compare, and why."""
    rows = evidence.comparisons
    rows = rows[rows["comparable"] == "no"]
    cells = [
        (
            f"c-{row['comparison_id']}",
            [
                f"{capital(short_name(row))}, {vocabulary.BOOKS[row['book']]}",
                *(
                    "—"
                    if np.isnan(row[f"{side}_low"])
                    else interval_words(row[f"{side}_low"], row[f"{side}_high"], row["unit"])
                    for side in scale.SIDES
                ),
                row["reason"].replace("'", "’"),
            ],
        )
        for row in rows[_told_of(rows, evidence)].to_dict("records")
    ]
    if not cells:
        return ""
    return html_table(
        f"Refused: {evidence.whose} trade where a book has no like pair, and the reason",
        ["What, and whose book", "China", "Russia", "Why not"],
        cells,
    )


def mirror_table(evidence: Evidence) -> str:
    """The same goods in two books, the article's year and the last that both sides have."""
    rows = where(
        evidence.mirror,
        country=evidence.country,
        year=[evidence.year, evidence.trade_until],
        dataset=evidence.trade_edition,
    )
    cells = [
        (
            f"m-{row['country']}-{row['power']}-{row['flow']}-{row['year']}".lower(),
            [
                f"{capital(row['flow'])}, {POWERS[row['power']]}, {row['year']}",
                amount(row["exporter_value"], "USD"),
                amount(row["importer_value"], "USD"),
                f"{ratio_words(row['ratio'])} ({ratio_words(row['ratio_low'])} to "
                f"{ratio_words(row['ratio_high'])})",
                row["explained"],
            ],
        )
        for row in rows.to_dict("records")
    ]
    if not cells and evidence.trade_alone:
        return ""
    return html_table(
        f"The same goods in two books: {evidence.whose} trade "
        f"({_origins([evidence.trade_edition], evidence)})",
        [
            "Flow",
            "Exporter’s record",
            "Importer’s record",
            "Ratio, freight allowed for",
            "Explained by freight",
        ],
        cells,
    )


def _equals(row: Row) -> str:
    """Over how many parts of equal size the whole is as if spread: one over its concentration."""
    if np.isnan([row["concentration_low"], row["concentration_high"]]).any():
        return "—"
    ends = (decimals(1 / row[f"concentration_{end}"], 1) for end in ("high", "low"))
    return " to ".join(dict.fromkeys(ends))


def weights_table(evidence: Evidence) -> str:
    """Who else there is: the parts of the whole on each book, and the powers' places."""
    if evidence.trade_alone:
        return ""
    rows = evidence.weights
    # Where the list is of neighbours only, the own book's whole still gives the powers' parts.
    first = rows["measure"].eq("turnover") & rows["year"].eq(rows["year"].min())
    trade_rows = rows["measure"].isin(vocabulary.FLOWS) & (rows["dataset"] == WORLD_TRADE)
    trade_rows &= rows["rest"].notna() | first
    debt_rows = rows["measure"].eq("debt") & rows["year"].isin(years_spoken_of(evidence))
    rows = where(
        rows[trade_rows | debt_rows], country=evidence.country, book=["own", "partner", "stated"]
    )
    if rows.empty:
        return ""
    debts = rows["measure"] == "debt"
    wholes = [
        f"{what} ({_origins(found['dataset'], evidence)})"
        for what, found in (
            ("trade in goods", rows[~debts]),
            ("public debt abroad", rows[debts]),
        )
        if len(found)
    ]
    whose = {
        book: record_name(book, powers="partners’", country="its") for book in ("own", "partner")
    } | {"stated": "World Bank"}
    cells = [
        (
            f"w-{row['country']}-{row['measure']}-{row['year']}-{row['book']}".lower(),
            [
                f"{capital(row['measure'])}, {row['year']}, {whose[row['book']]}",
                *(
                    "—" if np.isnan(row[part]) else f"{percent(row[part], 1)}"
                    for part in ("china", "russia", "both", "european_union", "rest", "listed")
                ),
                "—"
                if np.isnan(row["rest"])
                else " and ".join(
                    "none" if np.isnan(row[place]) else numeral(row[place])
                    for place in ("china_rank", "russia_rank")
                ),
                "—" if np.isnan(row["rest"]) else _equals(row),
            ],
        )
        for row in rows.to_dict("records")
    ]
    return html_table(
        f"{evidence.whose} whole {listed(wholes)}",
        [
            "What",
            "China",
            "Russia",
            "Both",
            "European Union",
            "Everyone else",
            "Listed by partner",
            "Places of China and Russia",
            "As if spread over so many equals",
        ],
        cells,
    )


def indicators_table(evidence: Evidence) -> str:
    """Money sent home and GDP in the article's year, in each edition."""
    if evidence.trade_alone:
        return ""
    wide = where(
        evidence.indicators,
        country=evidence.country,
        year=ARTICLE_YEAR,
        indicator=["gdp", "remittances_received", "exchange_rate"],
    )
    cells = []
    for vintage, group in wide.groupby("vintage"):
        values = group.set_index("indicator")["value"]
        received = values.get("remittances_received", np.nan)
        output = values.get("gdp", np.nan)
        cells.append(
            (
                f"i-{evidence.country.lower()}-remittances-{vintage}",
                [
                    f"Edition of {vintage}",
                    "not reported" if np.isnan(received) else amount(received, "USD"),
                    "not reported" if np.isnan(output) else amount(output, "USD"),
                    "—" if np.isnan(received / output) else amount(received / output, "share", 3),
                ],
            )
        )
    return html_table(
        f"Money sent home to {evidence.name} from all countries, {ARTICLE_YEAR} (World Bank)",
        ["World Development Indicators", "Received", "GDP", "Of GDP"],
        cells,
    )


def then_and_now(evidence: Evidence) -> str:
    """The article's year beside the newest like-with-like pair, one row a kind of tie and book."""
    if evidence.trade_alone:
        return ""
    rows = []
    for words, old, new in _then_and_now(evidence):
        cells = [words]
        for row in (old, new):
            if row is None:
                cells.append("no like pair known")
            else:
                period = row["china_period"] or row["period_end"][:4]
                told = owed_words(row) if row["concept"] == "debt_share" else ahead_words(row)
                if row["comparable"] == "conditional":
                    told += f" (on a condition: {row['reason']})"
                cells.append(f"{when(period)}: {told}")
        if new is not None and old is not None and new["comparison_id"] == old["comparison_id"]:
            cells[2] = "nothing newer"
        rows.append(("", cells))
    return html_table(
        f"{evidence.name}: the article’s time and the newest pair of like figures",
        ["Tie and book", "The article’s time", "Newest"],
        rows,
    )


def _then_and_now(evidence: Evidence) -> list[tuple[str, Row | None, Row | None]]:
    def newest(book: str, concept: str = "trade_turnover") -> Row | None:
        rows = where(
            evidence.comparisons,
            country=evidence.country,
            concept=concept,
            book=book,
            comparable=COMPARED,
        )
        last = rows[rows["period_end"] == rows["period_end"].max()]
        return last.iloc[0].to_dict() if len(last) else None

    own_now = [row for row in (newest("own"), newest("stated")) if row]
    services = "goods_services_turnover"
    both_now = [row for row in (newest("own", services), newest("stated", services)) if row]
    rows = [
        (
            f"Trade in goods and services, {evidence.whose} records",
            evidence.pair(services, "own", ARTICLE_YEAR, "uzb-siat-2024"),
            max(both_now, key=lambda row: row["period_end"]),
        )
        for _ in both_now[:1]
    ]
    return [
        *rows,
        (
            "Trade, China’s and Russia’s records",
            evidence.pair("trade_turnover", "partner", ARTICLE_YEAR),
            evidence.pair("trade_turnover", "partner", evidence.trade_until),
        ),
        (
            f"Trade, {evidence.whose} records",
            evidence.pair("trade_turnover", "own", ARTICLE_YEAR),
            max(own_now, key=lambda row: row["period_end"], default=None),
        ),
        (
            "Public debt abroad",
            latest(evidence, "debt_share", ARTICLE_YEAR),
            newest("stated", "debt_share"),
        ),
        ("Direct investment held", investment_held(evidence), newest("stated", "fdi_stock")),
        (
            "Money sent home, modelled",
            latest(evidence, "remittances", ARTICLE_YEAR),
            newest("stated", "remittances"),
        ),
        (
            "Gas by pipeline",
            latest(evidence, "gas_exports", ARTICLE_YEAR),
            newest("stated", "gas_exports"),
        ),
    ]


def checks_table(evidence: Evidence) -> str:
    """The arithmetic that this page's figures were held to."""
    if evidence.trade_alone:
        return ""
    rows = [
        (
            f"k-{row['check_id']}",
            [
                capital(row["kind"]),
                row["expected"],
                row["found"],
                row["outcome"],
                row["explanation"],
            ],
        )
        for row in evidence.checks.to_dict("records")
    ]
    return html_table(
        "Arithmetic between the printed figures",
        ["Check", "Expected", "Found", "Outcome", "What to make of it"],
        rows,
    )


def figures_table(evidence: Evidence) -> str:
    """Every figure that the page rests on: its words, what they allow, and where it stands."""
    if evidence.trade_alone:
        return ""
    about_here = evidence.figures
    listed = (about_here["source_id"] == compare.ARTICLE) | (
        about_here["country"] == evidence.country
    )
    return html_table(
        f"Every figure behind this page on {evidence.name}, with those for the whole region. The "
        f"article is {source_line(compare.ARTICLE, evidence.sources)}. Words in quotation marks "
        "are the source’s own; without them they give what a page states, put together by us",
        FIGURE_COLUMNS,
        figure_rows(about_here[listed], evidence.sources),
    )


FIGURE_COLUMNS = ["As printed", "What it is", "Where", "What the words allow", "Note", "Source"]


def figure_rows(
    figures: pd.DataFrame, sources: dict[str, dict[str, Any]]
) -> list[tuple[str, list[str]]]:
    """Rows of figures for ``html_table``: words, meaning, area, interval, note and source."""
    rows = []
    for figure in figures.to_dict("records"):
        about = phrase(figure).rstrip(",")
        if figure["period_printed"]:
            about += f", {when(figure['period_printed'])}"
        # The article is named in full once, above the table.
        article = figure["source_id"] == compare.ARTICLE
        origin = "The article" if article else source_link(figure["source_id"], sources)
        # Of a page of the web no place is known but the page itself.
        page = figure["locator"] == "page"
        place = (
            Markup(escape(origin)) if page else Markup("{}: {}").format(origin, figure["locator"])
        )
        if keys := citing(figure["locator"], sources):
            cited = [source_link(key, sources) for key in keys]
            place += Markup(", citing ") + Markup("; ").join(cited)
        rows.append(
            (
                f"f-{figure['figure_id']}",
                [
                    with_correction(figure),
                    capital(about),
                    vocabulary.AREAS[figure["country"]],
                    interval_words(figure["low"], figure["high"], figure["unit"]),
                    figure["note"],
                    place,
                ],
            )
        )
    return rows
