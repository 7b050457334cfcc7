"""The page that explains the measure: D, the words, the books, the intervals, one worked example.

Every number on it is read from the rules that the other modules follow, or from their tables.
"""

from __future__ import annotations

import pandas as pd

from analysis.charts.marks import COLOURS, GREY, INK, PALE, Chart, canvas, drawn, mark
from analysis.config import ARTICLE_YEAR, COUNTRIES, POWERS, PROCESSED
from analysis.data import store, vocabulary
from analysis.data.frames import where
from analysis.data.wording import with_correction
from analysis.measures import books, compare
from analysis.page.findings import Evidence, Row, evidence, figure_link, plain
from analysis.page.tables import html_table
from analysis.page.verdict import SMALL_PART, SURE_FACTOR
from analysis.page.words import (
    amount,
    capital,
    interval_words,
    numeral,
    percent,
    signed,
    times_words,
)

EXAMPLE = "TJK"  # its two books disagree on who is ahead, and its printed figures are short


def ratio_of(difference: float) -> float:
    """How many times the larger figure is of the smaller at a given |D|: (1 + D) / (1 - D)."""
    return (1 + difference) / (1 - difference)


def _ends() -> list[tuple[float, float, str]]:
    return list(zip((0.0, *compare.BANDS), (*compare.BANDS, 1.0), compare.WORDS, strict=True))


def words_table() -> str:
    """The words of the scale, with the D and the ratio at which each begins and ends."""
    rows = []
    for low, high, word in _ends():
        times = (
            f"{times_words(ratio_of(low), ratio_of(high), 3)} times"
            if high < 1
            else (f"{numeral(ratio_of(low), 3)} times or more")
        )
        if low == 0:
            times = f"up to {numeral(ratio_of(high), 3)} times"
        rows.append(("", [capital(word), f"{numeral(low)} to {numeral(high)}", times]))
    rows.append(
        (
            "",
            [
                capital(compare.TOO_CLOSE),
                f"from below −{numeral(compare.BANDS[0])} to above +{numeral(compare.BANDS[0])}",
                "either may be ahead",
            ],
        )
    )
    return html_table(
        "Where each word begins and ends",
        ["Word", "D, without its sign", "Larger figure over the smaller"],
        rows,
    )


@drawn
def scale_chart() -> Chart:
    """The scale of D from Russia to China, with its words."""
    title = "One scale for every pair: D runs from only Russia to only China"
    figure, axes = canvas(
        title, "D = (China − Russia) / (China + Russia), and the word for each stretch", 1.6
    )
    axes.axhline(0, color=GREY, lw=1, zorder=1)
    rows = []
    for number, (low, high, word) in enumerate(_ends()):
        for sign, power in ((-1, "RUS"), (1, "CHN")):
            axes.axvspan(sign * low, sign * high, color=COLOURS[power], alpha=0.08 + 0.09 * number)
            rows.append({"power": power, "from": sign * low, "to": sign * high, "word": word})
    names = {word: place for place, (_, _, word) in enumerate(_ends())}
    for low, high, word in _ends():
        place = names[word]
        axes.annotate(
            f"{word}, up to {numeral(high)}" if high < 1 else f"{word}, beyond {numeral(low)}",
            (0, 1),
            (0, -16 - 19 * place),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            ha="center",
            va="center",
            color=INK,
            bbox={"fc": "white", "ec": PALE, "pad": 1.6, "lw": 0.6},
        )
    mark(axes, "RUS", -1, 0, "scale.russia")
    mark(axes, "CHN", 1, 0, "scale.china")
    axes.set_xlim(-1.08, 1.08)
    axes.set_ylim(-0.35, 2)
    axes.set_yticks([])
    axes.set_xticks([-1, 0, 1], ["−1, only Russia", "0, level", "+1, only China"])
    axes.get_xticklabels()[0].set_ha("left")
    axes.get_xticklabels()[2].set_ha("right")
    alt = f"{title}. " + "; ".join(
        f"{word}: {numeral(low)} to {numeral(high)} on either side" for low, high, word in _ends()
    )
    caption = "Source: the project’s own rule; the ends are a choice, made once for all countries."
    return Chart("scale", title, f"{alt}.", caption, pd.DataFrame(rows), figure)


def _example() -> tuple[Evidence, Row, Row, Row]:
    """The example's evidence, its printed pair and the two books."""
    page = evidence(EXAMPLE)
    printed = where(
        page.comparisons, country=EXAMPLE, book="article", concept="trade_turnover"
    ).iloc[0]
    partner, own = (page.pair("trade_turnover", book, ARTICLE_YEAR) for book in ("partner", "own"))
    return page, printed.to_dict(), partner, own


def worked_example() -> str:
    """One pair worked out from the printed words to the verdict, to be redone on paper."""
    page, printed, partner, own = _example()
    figures = page.figures.set_index("figure_id", drop=False)
    sides = {}
    for side in ("china", "russia"):
        row = figures.loc[printed[f"{side}_ids"]].to_dict()
        sides[side] = figure_link(row).replace("](#", f"]({page.name.lower()}.html#")
    link = f"{page.name.lower()}.html#c-"

    def end(side: str, which: str) -> str:
        words = plain(amount(printed[f"{side}_{which}"], "USD"))
        return f"[{words}]({link}{printed['comparison_id']})"

    ends = {
        side: [printed[f"{side}_{end}"] / 1e6 for end in ("low", "high")]
        for side in ("china", "russia")
    }
    shown = {side: [numeral(end) for end in ends[side]] for side in ends}
    (china_low, china_high), (russia_low, russia_high) = shown["china"], shown["russia"]
    low, high = (signed(printed[f"difference_{end}"], 3) for end in ("low", "high"))
    lines = [
        f"Take {page.name}’s trade in {ARTICLE_YEAR}, as the article prints it: {sides['china']} "
        f"with China and {sides['russia']} with Russia.",
        "1. **Words to intervals.** A number printed to a digit can have been rounded by half of "
        f"that digit. So China’s lies between {end('china', 'low')} and {end('china', 'high')}, "
        f"Russia’s between {end('russia', 'low')} and {end('russia', 'high')}.",
        "2. **D at its least and most.** D is least with China’s low end and Russia’s high end. In "
        "millions of dollars: "
        f"({china_low} − {russia_high}) / ({china_low} + {russia_high}) = "
        f"[{low}]({link}{printed['comparison_id']}). It is most the other way round: "
        f"({china_high} − {russia_low}) / ({china_high} + {russia_low}) = "
        f"[{high}]({link}{printed['comparison_id']}).",
        "3. **The word.** Both ends fall in one stretch of the scale: "
        f"[{printed['word']}]({link}{printed['comparison_id']}).",
        "4. **The other book.** China’s and Russia’s own records give D as "
        f"[{signed(partner['difference'], 3)}]({link}{partner['comparison_id']}). "
        f"{page.name}’s records of the same goods give "
        f"{_linked(own, 'china')} and {_linked(own, 'russia')}, so D is "
        f"[{signed(own['difference'], 3)}]({link}{own['comparison_id']}): "
        f"[{_leader(own)} {own['word']}]({link}{own['comparison_id']}).",
        "5. **The verdict.** One book has China ahead and the other Russia. So who traded more "
        "depends on whose books, and the page says no more than that."
        if partner["difference"] * own["difference"] < 0
        else "5. **The verdict.** Both books have the same power ahead.",
    ]
    return lines[0] + "\n\n" + "\n".join(lines[1:])


def _leader(row: Row) -> str:
    return POWERS.get(compare.leader(row["difference_low"], row["difference_high"]), "")


def _linked(row: Row, side: str) -> str:
    link = f"{COUNTRIES[row['country']].lower()}.html#c-{row['comparison_id']}"
    return f"[{plain(amount(row[side], row['unit']))}]({link})"


_HEDGES = {
    "": "a plain number",
    "about": "“about”, “roughly”, “approximately”",
    "nearly": "“nearly”, “almost”",
    "more than": "“more than”, “over”",
    "up to": "“up to”",
    "range": "two numbers",
    "no number": "no number",
}


def hedges_table() -> str:
    """How each kind of words becomes an interval, with a printed figure for each."""
    figures = store.load_table("figures", PROCESSED)
    figures = figures[
        (figures["source_id"] == compare.ARTICLE) & (figures["state"] != "observed_zero")
    ]
    rows = []
    for qualifier, words in _HEDGES.items():
        found = figures[figures["qualifier"] == qualifier]
        if found.empty:
            continue
        figure = found.iloc[0].to_dict()
        allowed = interval_words(figure["low"], figure["high"], figure["unit"])
        rows.append(("", [capital(words), with_correction(figure), allowed]))
    return html_table(
        "What words allow, with a figure of the article for each",
        ["Words", "As printed", "What they allow"],
        rows,
    )


def books_table() -> str:
    """Each book by name, and what it holds."""
    return html_table(
        "Books: ways of recording that are never mixed in one verdict",
        ["Book", "What it is"],
        [("", [capital(name.replace("_", " ")), said]) for name, said in vocabulary.BOOKS.items()],
    )


def evidence_table() -> str:
    """How records came about, and how many of each there are; only the first kind is a book."""
    trade = store.load_table("trade", PROCESSED)
    counts = trade["evidence"].value_counts()
    return html_table(
        "Records of trade by how they came about; only what is reported makes a country’s own book",
        ["Kind", "What it is", "Records here"],
        [
            ("", [capital(name), said, numeral(counts.get(name, 0))])
            for name, said in vocabulary.EVIDENCE.items()
        ],
    )


def refused_table() -> str:
    """What was refused, by reason: how many pairs of printed figures, and what the reason means."""
    comparisons = store.load_table("comparisons", PROCESSED)
    refused = where(comparisons, comparable="no", book=["article", "stated"])
    kinds = refused["reason"].map(_kind_of_refusal).value_counts()
    return html_table(
        "Refused: figures of the article and other pages that have no partner to stand beside",
        ["Reason", "How many"],
        [("", [reason, str(count)]) for reason, count in kinds.items()],
    )


def _kind_of_refusal(reason: str) -> str:
    if reason.startswith("not like with like: "):
        what = reason.removeprefix("not like with like: ").partition(" (")[0]
        return f"The two differ in {what}"
    if reason.startswith(("nothing comparable", "no record for", "no number")):
        return "One side gives nothing of the kind: missing, not nought"
    if reason.startswith("nothing with either"):
        return "Both are nought, so there is no lead"
    if reason.startswith("a negative flow"):
        return "More was taken out than put in: a negative flow has no D"
    return "Another time, or a part of another figure"


def freight() -> str:
    """What freight can explain of the gap between two records, and how the ratio allows for it."""
    low, high = books.FREIGHT_BAND
    return (
        "The buyer’s record holds freight and insurance, the seller’s does not. The buyer’s figure "
        f"is therefore divided by {numeral(books.FREIGHT)} before the two are set against each "
        f"other, and a buyer’s record of {numeral(low)} to {numeral(high)} times the seller’s "
        "counts as explained. A ratio below that means goods that the buyer never recorded, or "
        "that went elsewhere; one above it, goods that the seller did not."
    )


def sure() -> str:
    """The rules for how sure a verdict on who is ahead is."""
    factor = {2: "twice", 3: "three times"}[SURE_FACTOR]
    return "\n".join(
        [
            "- **High**: two books agree on who is ahead; or there is one record, and the lead "
            f"is at least {factor}, so that a figure wrong by that factor would not turn it. Where "
            f"both powers hold less than {percent(SMALL_PART)} of the public debt, it is sure that "
            "neither holds much.",
            "- **Medium**: there is one record, and the gap in it is narrower than that; or the "
            "two figures are alike but for a condition, such as different pages.",
            "- **Low**: two books disagree on who is ahead, or the figures are too rough to tell.",
        ]
    )
