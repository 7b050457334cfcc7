"""The chart, with its few words, that one country alone calls for.

Kazakhstan: both powers beside everyone else. Kyrgyzstan: who is owed, and what comes in a year.
Tajikistan: new money and what is held. Turkmenistan: who buys the gas. Uzbekistan: what became
of the sums announced.
"""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
import pandas as pd

from analysis.charts.marks import (
    COLOURS,
    GREY,
    INK,
    PALE,
    Chart,
    canvas,
    dollar_ticks,
    drawn,
    figures_caption,
    indent,
    mark,
    percent_ticks,
    source_caption,
)
from analysis.config import ARTICLE_YEAR, POWERS
from analysis.data.frames import where
from analysis.data.wording import words_of
from analysis.measures import books, compare, scale
from analysis.page.findings import (
    Evidence,
    Row,
    figure_link,
    latest,
    number_link,
    verdict_link,
)
from analysis.page.words import (
    amount,
    capital,
    count_word,
    dollars,
    listed,
    numeral,
    percent,
    signed,
    when,
)


def text(evidence: Evidence) -> str:
    """The country's special question as a heading, and what its chart shows in words.

    Empty for a country that has none.
    """
    if evidence.trade_alone or evidence.country not in SPECIAL:
        return ""
    heading, tell, _ = SPECIAL[evidence.country]
    return f"## {heading}\n\n{tell(evidence)}"


def draw(evidence: Evidence) -> list[Chart]:
    """The country's special charts, those for which there are figures."""
    if evidence.trade_alone or evidence.country not in SPECIAL:
        return []
    return [drawn for chart in SPECIAL[evidence.country][2] if (drawn := chart(evidence))]


def _own_weights(evidence: Evidence) -> pd.DataFrame:
    return where(
        evidence.weights,
        country=evidence.country,
        measure="turnover",
        dataset=evidence.editions.trade,
    ).sort_values("year")


def tell_weight(evidence: Evidence) -> str:
    """How both powers' parts of all trade have moved on the country's own records."""
    rows = _own_weights(evidence)
    own = rows[rows["book"] == "own"]
    if own.empty:
        return f"No record of {evidence.whose} own gives its whole trade in goods."
    last = own.iloc[-1]
    told = own[own["year"].isin([own["year"].iloc[0], ARTICLE_YEAR, last["year"]])]
    told = [row for _, row in told.iterrows()]

    def part(row: pd.Series, power: str) -> str:
        key = f"#w-{evidence.country}-turnover-{row['year']}-own".lower()
        return f"[{percent(row[power])}]({key})"

    russia, china = (
        listed([f"{part(row, side)} in {row['year']}" for row in told])
        for side in ("russia", "china")
    )
    return (
        f"On {evidence.whose} own records Russia’s part of all its trade in goods was {russia}. "
        f"China’s was {china}. Together they had {part(last, 'both')} in {last['year']}, so most "
        "of the trade was with neither."
        if last["both"] < 0.5
        else f"On {evidence.whose} own records Russia’s part of all its trade in goods was "
        f"{russia}. China’s was {china}."
    )


@drawn
def weight_plane(evidence: Evidence) -> Chart | None:
    """Each power's part of all trade, year by year: Russia across, China upwards."""
    rows = _own_weights(evidence)
    own = rows[rows["book"] == "own"]
    if own.empty:
        return None
    partner = rows[(rows["book"] == "partner") & (rows["year"] == ARTICLE_YEAR)]
    first, last = own.iloc[0], own.iloc[-1]
    title = (
        f"On its own records Russia’s part of {evidence.whose} trade went from "
        f"{percent(first['russia'])} to {percent(last['russia'])}, China’s from "
        f"{percent(first['china'])} to {percent(last['china'])}"
    )
    shown = pd.concat([own, partner])
    figure, axes = plane_axes(
        title,
        f"Parts of all trade in goods, {first['year']} to {last['year']}. Hollow: "
        f"{evidence.whose} records" + ("" if partner.empty else ". Solid: all its partners’"),
        max(shown["china"].max(), shown["russia"].max()),
    )
    axes.plot(own["russia"], own["china"], color=GREY, lw=1, zorder=2)
    for row in own.to_dict("records"):
        plane_mark(axes, row, size=22)
    then = own[own["year"] == ARTICLE_YEAR]
    for row in partner.to_dict("records"):
        for same in then.to_dict("records"):
            ends = [[same[side], row[side]] for side in ("russia", "china")]
            axes.plot(*ends, color=INK, lw=1.2)
        plane_mark(axes, row)
        label = f"{row['year']}, partners’ records"
        axes.annotate(
            label, (row["russia"], row["china"]), (9, -3), textcoords="offset points", color=INK
        )
    named = [(first, (-6, -15)), *((row, (8, -6)) for _, row in then.iterrows()), (last, (8, -3))]
    for row, shift in named:
        axes.annotate(
            str(row["year"]), (row["russia"], row["china"]), shift, textcoords="offset points"
        )
    alt = f"{title}."
    for row in partner.to_dict("records"):
        alt += (
            f" In {ARTICLE_YEAR} on its partners’ records: Russia {percent(row['russia'])}, "
            f"China {percent(row['china'])}."
        )
    table = shown[["country", "year", "book", "china", "russia", "both"]]
    caption = source_caption(evidence, [{"dataset": evidence.editions.trade}])
    return Chart("weight-plane", title, alt, caption, table, figure)


def plane_axes(title: str, subtitle: str, top: float) -> tuple[Any, Any]:
    """Axes with Russia's part across and China's upwards, and lines of equal parts and sums."""
    figure, axes = canvas(title, subtitle, 3.3, foot=0.62)
    indent(axes, 0.6)
    end = top * 1.3
    axes.set_xlim(0, end)
    axes.set_ylim(0, end)
    axes.plot([0, end], [0, end], color=PALE, lw=1, zorder=0)
    axes.annotate(
        "level",
        (end, end),
        (-4, -14),
        textcoords="offset points",
        ha="right",
        color=GREY,
    )
    for total in (0.25, 0.5):
        if total < end:
            axes.plot([0, total], [total, 0], color=PALE, lw=1, ls=(0, (4, 3)), zorder=0)
            axes.annotate(
                f"both {percent(total)}",
                (0, total),
                (4, 3),
                textcoords="offset points",
                color=GREY,
            )
    percent_ticks(axes.xaxis, end * 0.97)
    percent_ticks(axes.yaxis, end * 0.97)
    axes.set_xlabel("Russia’s part", labelpad=3)
    axes.annotate(
        "China’s part",
        (0, 1),
        (5, -2),
        xycoords="axes fraction",
        textcoords="offset points",
        va="top",
        color=GREY,
    )
    return figure, axes


def plane_mark(axes: Any, row: Row, size: float = 58) -> None:
    """Mark a row of ``weights`` on the plane, in the shape of the power that has more."""
    power = "CHN" if row["china"] > row["russia"] else "RUS"
    key = f"{row['country']}-{row['year']}-{row['book']}.china"
    mark(axes, power, row["russia"], row["china"], key, hollow=row["book"] == "own", size=size)


def _teller(figure: Row) -> str:
    return figure["attribution"] or "another page"


def _debt_years(evidence: Evidence) -> list[int]:
    """The article's year, eight years before it, and the newest."""
    newest = latest(evidence, "debt_share")
    years = {ARTICLE_YEAR - 8, ARTICLE_YEAR}
    return sorted(years | {int(newest["period_end"][:4])} if newest else years)


def tell_debt(evidence: Evidence) -> str:
    """What part of the debt either is owed, from year to year, and what Russia wrote off."""
    shares = [
        pair
        for year in _debt_years(evidence)
        if (pair := evidence.pair("debt_share", "stated", year, evidence.editions.debt))
    ]
    said = "; ".join(
        f"at the end of {pair['period_end'][:4]} China was owed {number_link(pair, 'china')} and "
        f"Russia {number_link(pair, 'russia') if pair['russia'] else 'nothing'}"
        for pair in shares
    )
    forgiven = where(evidence.figures, country=evidence.country, indicator="debt_written_off")
    forgiven = forgiven[
        (forgiven["period_printed"] != "")
        & (forgiven["period_start"].str[:4] == forgiven["period_end"].str[:4])
    ].sort_values("period_end")
    text = f"Of the public external debt, {said}."
    if not shares:
        text = f"No source seen says what part of {evidence.whose} public debt either is owed."
    if len(forgiven):
        sums = listed(
            [
                f"{figure_link(row)} in {row['period_printed']}"
                for row in forgiven.to_dict("records")
            ]
        )
        totals = where(evidence.figures, country=evidence.country, indicator="debt_written_off")
        totals = totals[
            ~totals["figure_id"].isin(forgiven["figure_id"])
            & ~totals["role"].isin(["source_of", "same_as"])
        ].to_dict("records")
        text += f" Pages say that Russia wrote off {sums}."
        if totals:
            said = listed([f"{figure_link(row)} by {_teller(row)}" for row in totals])
            text += f" The whole is put at {said}; the sums do not agree."
        text += " No write-off by China is reported."
    home = evidence.pair("remittances", "stated", ARTICLE_YEAR, "knomad-matrices")
    if home:
        text += (
            f" Money from migrants runs the other way: {number_link(home, 'russia')} from Russia "
            f"in {ARTICLE_YEAR} and {number_link(home, 'china')} from China, as the World Bank "
            "models it."
        )
    return text


_KINDS = {
    "China": COLOURS["CHN"],
    "Russia": COLOURS["RUS"],
    "development banks": "#b9b9b9",
    "other states": "#dcdcdc",
    "bondholders and others": "#efefef",
}


@drawn
def debt_strip(evidence: Evidence) -> Chart | None:
    """The whole public external debt by kind of creditor, one strip a year."""
    table = books.creditor_kinds(evidence.indicators, evidence.country, _debt_years(evidence))
    china = table[table["creditor"] == "China"].set_index("year")["share"]
    russia = table[table["creditor"] == "Russia"].set_index("year")["share"]
    years = list(china.index)
    if not years:
        return None
    title = (
        f"China’s part of {evidence.whose} public debt abroad: "
        + ", ".join(f"{_part(china[year])} in {year}" for year in years)
        + f". Russia’s: {_part(russia[years[-1]])} by then"
    )
    figure, axes = canvas(
        title,
        "All public external debt at the end of the year. Banks: development banks, as the World "
        "Bank is; states: all others",
        0.78 * len(years),
        foot=0.35,
    )
    indent(axes, 0.55)
    for y, year in enumerate(years):
        left = 0.0
        for creditor, share in (
            table[table["year"] == year]
            .set_index("creditor")["share"]
            .reindex(list(_KINDS))
            .items()
        ):
            axes.barh(
                y,
                share,
                left=left,
                height=0.5,
                color=_KINDS[creditor],
                edgecolor="white",
                gid=f"{creditor.replace(' ', '-')}-{year}.share",
            )
            power = {"China": "CHN", "Russia": "RUS"}.get(creditor)
            if power and share >= 0.02:
                axes.annotate(
                    f"{creditor} {amount(share, 'share', 2)}",
                    (left, y),
                    (1, 18),
                    textcoords="offset points",
                    va="center",
                    color=COLOURS[power],
                )
            elif not power and share > 0.2:
                axes.annotate(
                    f"{creditor.split()[-1]} {percent(share)}",
                    (left + share / 2, y),
                    ha="center",
                    va="center",
                    color=INK,
                )
            left += share
    axes.set_yticks(range(len(years)), [str(year) for year in years])
    axes.set_ylim(len(years) - 0.6, -0.75)
    axes.set_xlim(0, 1)
    axes.set_xticks([])
    alt = f"{title}. " + " ".join(
        f"{year}: "
        + ", ".join(
            f"{row['creditor']} {percent(row['share'])}"
            for row in table[table["year"] == year].to_dict("records")
        )
        + "."
        for year in years
    )
    caption = source_caption(evidence, [{"dataset": evidence.editions.debt}])
    return Chart("debt-strip", title, alt, caption, table, figure)


def _part(share: float) -> str:
    if share == 0:
        return "none"
    return "under 1%" if share < 0.01 else f"{percent(share)}"


@drawn
def yearly_money(evidence: Evidence) -> Chart | None:
    """What each power sends in a year, over that year's GDP: three kinds, never added."""
    output = where(
        evidence.indicators,
        country=evidence.country,
        indicator="gdp",
        source_id=evidence.editions.wdi,
    ).set_index("year")["value"]
    found = [
        ("Goods sold to them", evidence.pair("exports", "own", ARTICLE_YEAR)),
        ("Direct investment", _newest_flow(evidence)),
        (
            "Money sent home",
            evidence.pair("remittances", "stated", ARTICLE_YEAR, "knomad-matrices"),
        ),
    ]
    rows = [
        {
            "what": what,
            "year": int(pair["period_end"][:4]),
            "comparison_id": pair["comparison_id"],
            "dataset": pair["dataset"],
            **{
                side: pair[side] / output[int(pair["period_end"][:4])]
                for side in ("china", "russia")
            },
        }
        for what, pair in found
        if pair and output.get(int(pair["period_end"][:4]), 0) > 0
    ]
    if not rows:
        return None
    table = pd.DataFrame(rows)
    most, second = sorted(
        ((row[side], POWERS[code], row["what"]) for row in rows for code, side in _SIDES),
        reverse=True,
    )[:2]
    title = f"{most[2]} from {most[1]} came to {percent(most[0])} of {evidence.whose} output" + (
        "; nothing else shown comes to half of that" if second[0] < most[0] / 2 else ""
    )
    figure, axes = canvas(
        title,
        "Dollars in a year, as a part of that year’s GDP. Different things: do not add them",
        0.76 * len(rows),
    )
    top = table[["china", "russia"]].max().max()
    for y, row in enumerate(rows):
        axes.annotate(
            f"{row['what']}, {row['year']}",
            (0, y),
            (0, 20),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="center",
            weight="bold",
        )
        for (power, side), shift in zip(_SIDES, (-0.08, 0.26), strict=True):
            axes.plot([0, row[side]], [y + shift] * 2, color=COLOURS[power], lw=1.8)
            mark(axes, power, row[side], y + shift, f"{row['comparison_id']}.{side}")
            axes.annotate(
                f"{POWERS[power]} {_small_part(row[side])}",
                (row[side], y + shift),
                (9, 0),
                textcoords="offset points",
                va="center",
                color=COLOURS[power],
            )
    axes.set_yticks([])
    axes.set_ylim(len(rows) - 0.5, -0.7)
    axes.set_xlim(-0.01 * top, top * 1.45)
    percent_ticks(axes.xaxis, top)
    alt = f"{title}. " + " ".join(
        f"{row['what']}, {row['year']}: China {_small_part(row['china'])}, Russia "
        f"{_small_part(row['russia'])}."
        for row in rows
    )
    caption = source_caption(evidence, [*rows, {"dataset": evidence.editions.wdi}])
    caption += (
        " Goods by the country’s own records; investment before money taken out; money sent home "
        "modelled."
    )
    return Chart("yearly-money", title, alt, caption, table, figure)


_SIDES = (("CHN", "china"), ("RUS", "russia"))


def _small_part(share: float) -> str:
    return f"{percent(share, 1)}" if share >= 0.001 else "under 0.1%"


def _newest_flow(evidence: Evidence) -> Row | None:
    rows = where(
        evidence.comparisons, country=evidence.country, concept="fdi_flow_gross", comparable="yes"
    )
    rows = rows[rows["period_end"] <= f"{ARTICLE_YEAR}-12-31"].sort_values("period_end")
    return rows.iloc[-1].to_dict() if len(rows) else None


def _flow_and_stock(evidence: Evidence) -> list[tuple[str, Row]]:
    """New money of each period and then what was held, as one page gives them for both powers."""
    rows = where(evidence.comparisons, country=evidence.country, book="stated", comparable="yes")
    rows = rows[rows["period_end"].between(f"{ARTICLE_YEAR - 1}-01-01", f"{ARTICLE_YEAR}-12-31")]
    steps = []
    for concept, words in (("fdi_flow", "new money"), ("fdi_stock", "held")):
        for row in rows[rows["concept"] == concept].sort_values("period_end").to_dict("records"):
            period = row["china_period"].replace("January to September", "nine months of")
            steps.append((f"{words}, {period.removeprefix('as of ')}", row))
    return steps


def tell_investment(evidence: Evidence) -> str:
    """Whether a lead in new money is a lead in what has come together."""
    steps = [row for _, row in _flow_and_stock(evidence)]
    flows, stocks = (
        [row for row in steps if row["concept"] == concept] for concept in ("fdi_flow", "fdi_stock")
    )
    if not flows or not stocks:
        return (
            f"No source seen gives both powers’ new investment in {evidence.name} and what both "
            "held."
        )
    stock = stocks[-1]
    leads = listed(
        [
            f"[{signed(row['difference'])}](#c-{row['comparison_id']}) {when(row['china_period'])}"
            for row in flows
        ]
    )
    far = all(row["difference_low"] > scale.BANDS[2] for row in flows)
    lead = "Of new direct investment China brought far more: " if far else "Of new investment "
    return (
        f"{lead}D was {leads}. Of all that was held "
        f"{when(stock['china_period'])}, D was "
        f"[{signed(stock['difference'])}](#c-{stock['comparison_id']}): {verdict_link(stock)}. "
        "A lead in a year’s new money is not a lead in what has built up. The article prints "
        "China’s side of the second pair alone."
    )


@drawn
def flow_to_stock(evidence: Evidence) -> Chart | None:
    """D for new money in each period, then D for what is held; None where either is not known."""
    steps = _flow_and_stock(evidence)
    if {row["concept"] for _, row in steps} != {"fdi_flow", "fdi_stock"}:
        return None
    first, last = steps[0][1], steps[-1][1]
    title = (
        f"China led in new money (D {signed(first['difference'])}), but in all that was held the "
        f"two were level (D {signed(last['difference'])})"
        if first["difference"] > 0.2 and last["word"] == scale.WORDS[0]
        else f"D for new money {signed(first['difference'])}, for what is held "
        f"{signed(last['difference'])}"
    )
    figure, axes = canvas(
        title,
        f"D = (China − Russia) / (China + Russia), direct investment in {evidence.name}",
        2.2,
        foot=0.72,
    )
    indent(axes, 1.05)
    axes.axhline(0, color=GREY, lw=0.8, zorder=1)
    places = np.arange(len(steps))
    axes.plot(places, [row["difference"] for _, row in steps], color=GREY, lw=1.2, zorder=2)
    for x, (_, row) in zip(places, steps, strict=True):
        power = "CHN" if row["difference"] > 0 else "RUS"
        axes.plot([x, x], [row["difference_low"], row["difference_high"]], color=COLOURS[power])
        mark(axes, power, x, row["difference"], f"{row['comparison_id']}.difference")
        for line, (code, side) in enumerate(_SIDES):
            axes.annotate(
                f"{POWERS[code]} {dollars(row[side])}",
                (x, row["difference"]),
                (0, (24 if row["difference"] > 0.2 else -16) - 13 * line),
                textcoords="offset points",
                ha="center",
                color=COLOURS[code],
            )
    axes.set_xticks(places, [textwrap.fill(words, 14) for words, _ in steps])
    axes.set_xlim(-0.45, len(steps) - 0.5)
    axes.set_ylim(-1, 1.25)
    axes.set_yticks([-1, 0, 1], ["only Russia", "level", "only China"])
    alt = f"{title}. " + " ".join(
        f"{words}: China {dollars(row['china'])}, Russia {dollars(row['russia'])}."
        for words, row in steps
    )
    table = pd.DataFrame(
        [
            {"what": words}
            | {
                name: row[name]
                for name in ("comparison_id", "china", "russia", "difference", "word")
            }
            for words, row in steps
        ]
    )
    caption = source_caption(evidence, [row for _, row in steps])
    return Chart("flow-to-stock", title, alt, caption, table, figure)


def tell_gas(evidence: Evidence) -> str:
    """Each power's purchases of gas by year, in the words of the sources."""
    rows = where(
        evidence.figures,
        country=evidence.country,
        indicator="gas_exports",
        status="realised",
        state=["value", "observed_zero"],
    )
    of_one_year = rows["period_start"].str[:4] == rows["period_end"].str[:4]
    rows = rows[of_one_year].sort_values("period_end")
    said = []
    for power, name in POWERS.items():
        told = []
        for period, found in rows[rows["power"] == power].groupby("period_printed", sort=False):
            # Pages that print the same words for a year are one witness here.
            pages = found.drop_duplicates("printed").to_dict("records")
            amounts = [
                f"[none](#f-{row['figure_id']})"
                if row["state"] == "observed_zero"
                else figure_link(row)
                for row in pages
            ]
            told.append(f"{' or '.join(amounts)} in {period}")
        if told:
            said.append(f"{name} is said to have bought {listed(told)}.")
    if not said:
        return f"No source seen says who bought gas piped from {evidence.name}."
    return (
        " ".join(reversed(said)) + " Each number is from a page of its own, and for one year pages "
        "differ. This is a buyer’s weight, and says nothing of who sells goods to "
        f"{evidence.name}."
    )


def tell_promises(evidence: Evidence) -> str:
    """What was announced on either side, by whose word, and what is known to have been paid."""
    rows = where(
        evidence.figures,
        country=evidence.country,
        indicator=["agreements_value", "investment_pledged", "trade_deals"],
    )
    rows = rows[rows["role"] != "same_as"]
    said = []
    for power, name in POWERS.items():
        told = []
        for row in rows[rows["power"] == power].to_dict("records"):
            whose = (
                "by the article"
                if row["source_id"] == compare.ARTICLE
                else {
                    "UZB": "by the Uzbek side",
                    "CHN": "by a Chinese official",
                    "RUS": "by a Russian official",
                }.get(row["reporter"], "in the press")
            )
            what = {"agreements_value": "", "investment_pledged": " of investment"}.get(
                row["indicator"], " of trade contracts"
            )
            told.append(f"{figure_link(row)}{what} {whose}")
        if not told:
            continue
        period = when(rows[rows["power"] == power].iloc[0]["period_printed"])
        visit = f"For the visit {period}".rstrip()
        said.append(f"{visit} agreements with {name} were put at {listed(told)}.")
    if not said:
        return f"No headline sum of agreements with {evidence.name} was seen."
    return (
        " ".join(said) + " A headline sum holds contracts, loans and plans together. None of the "
        "sources seen says how much of it was paid."
    )


@drawn
def gas(evidence: Evidence) -> Chart | None:
    """Gas piped to each power by year, as points and the ranges that their words allow."""
    rows = where(
        evidence.figures, country=evidence.country, indicator="gas_exports", status="realised"
    )
    rows = rows[(rows["state"] != "not_reported") & (rows["period_start"] != "")]
    if rows.empty:
        return None
    rows = rows.assign(
        first=rows["period_start"].str[:4].astype(int), last=rows["period_end"].str[:4].astype(int)
    ).sort_values(["power", "first"])
    early = (rows[rows["power"] == "RUS"] if "RUS" in set(rows["power"]) else rows).iloc[0]
    bought = words_of(early).replace("meters", "metres")
    stopped = rows[(rows["power"] == "RUS") & (rows["state"] == "observed_zero")]
    stopped = stopped[stopped["first"] > early["first"]]
    title = f"{POWERS[early['power']]} bought {bought} of gas in {early['first']}"
    if len(stopped):
        year = stopped["first"].min()
        china = rows[(rows["power"] == "CHN") & (rows["first"] == year)]
        title += f" and none in {year}" + (
            f", when China is said to have bought {numeral(china['low'].min() / 1e9, 3)} to "
            f"{numeral(china['high'].max() / 1e9, 3)} billion"
            if len(china)
            else ""
        )
    figure, axes = canvas(title, "Gas piped from Turkmenistan, billion cubic metres a year", 2.0)
    indent(axes, 0.4)
    for row in rows.to_dict("records"):
        for year in range(row["first"], row["last"] + 1):
            point = row["value"] if not np.isnan(row["value"]) else (row["low"] + row["high"]) / 2
            axes.plot([year, year], [row["low"], row["high"]], color=COLOURS[row["power"]], lw=1.4)
            mark(axes, row["power"], year, point, f"{row['figure_id']}.{year}")
    top = rows["high"].max() or 1e9
    axes.set_xlim(rows["first"].min() - 1, rows["last"].max() + 2.5)
    axes.set_ylim(-0.04 * top, 1.12 * top)
    ticks = np.arange(0, top / 1e9 + 1, 10)
    axes.set_yticks(ticks * 1e9, [numeral(tick) for tick in ticks])
    axes.set_xticks([y for y in range(rows["first"].min(), rows["last"].max() + 1) if y % 4 == 0])
    for _, found in rows.groupby("power"):
        last = found.iloc[-1]
        power = last["power"]
        axes.annotate(
            POWERS[power],
            (last["last"], last["high"]),
            (0, 9),
            textcoords="offset points",
            ha="center",
            color=COLOURS[power],
        )
    alt = f"{title}. " + "; ".join(
        f"{POWERS[row['power']]} {row['period_printed']}: {words_of(row)}"
        for row in rows.to_dict("records")
    )
    caption = figures_caption(evidence, list(rows["figure_id"]))
    columns = ["figure_id", "power", "period_printed", "printed", "value", "low", "high"]
    return Chart("gas", title, f"{alt}.", caption, rows[columns], figure)


# What a sum is, in the few words that fit beside it, and which sums are of one kind with it.
_SUMS = {
    "agreements_value": "agreements",
    "investment_pledged": "of them investment",
    "trade_deals": "of them trade contracts",
    "trade_target": "trade hoped for",
    "loans_committed": "a loan for a railway",
    "project_cost": "the railway’s whole cost",
    "investment_cumulative": "investment to {year}",
    "debt_written_off": "debt written off",
}
_STEPS = {"target": "hoped for", "announced": "announced", "committed": "lent", "realised": "done"}
_WHOSE = {"UZB": "Uzbek side", "CHN": "Chinese official", "RUS": "Russian official"}


@drawn
def status_ladder(evidence: Evidence) -> Chart | None:
    """Every headline sum by what became of it, as far as is said: hoped for, announced, done."""
    rows = where(
        evidence.figures,
        country=evidence.country,
        unit="USD",
        state="value",
        power=POWERS,
        indicator=_SUMS,
        status=_STEPS,
    )
    rows = rows[rows["role"] != "same_as"]
    if rows.empty:
        return None
    rows = rows.assign(
        step=rows["status"].map(list(_STEPS).index),
        point=rows["value"].fillna(rows["low"]),
        # The article's own words first, so that a page that repeats them is left out.
        elsewhere=rows["source_id"] != compare.ARTICLE,
    ).sort_values(["elsewhere", "figure_id"], kind="stable")
    rows = rows.drop_duplicates(["power", "indicator", "status", "point"])
    rows = rows.sort_values(["step", "power", "point"], ascending=[True, True, False])
    promised = int((rows["step"] < list(_STEPS).index("realised")).sum())
    title = (
        f"{capital(count_word(promised))} of the {count_word(len(rows))} headline sums for "
        f"{evidence.name} are hopes, announcements or loans agreed"
    )
    figure, axes = canvas(
        title,
        "Dollars, log scale. Solid: done. They are different things: do not add them",
        0.44 * len(rows),
    )
    axes.set_xscale("log")
    axes.set_xlim(rows["low"].min() / 1.8, rows["high"].fillna(rows["low"]).max() * 2)
    for y, row in enumerate(rows.to_dict("records")):
        power = row["power"]
        axes.plot([row["low"], row["high"]], [y, y], color=COLOURS[power], lw=1.6, zorder=2)
        done = row["status"] == "realised"
        mark(axes, power, row["point"], y, f"{row['figure_id']}.point", hollow=not done)
        whose = f" ({_WHOSE[row['reporter']]})" if row["reporter"] in _WHOSE else ""
        what = _SUMS[row["indicator"]].format(year=row["period_end"][:4])
        over = "over " if row["qualifier"] == "more than" else ""
        words = f"{capital(_STEPS[row['status']])}: {over}{dollars(row['point'])} {what}"
        axes.annotate(
            words + (whose if row["elsewhere"] else ""),
            (0, y),
            (0, 12),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="center",
        )
    axes.set_yticks([])
    axes.set_ylim(len(rows) - 0.5, -0.85)
    dollar_ticks(axes)
    alt = f"{title}. " + "; ".join(
        f"{POWERS[row['power']]}, {_STEPS[row['status']]}: {words_of(row)}, "
        f"{_SUMS[row['indicator']].format(year=row['period_end'][:4])}"
        for row in rows.to_dict("records")
    )
    table = rows[["figure_id", "power", "status", "printed", "point", "low", "high"]]
    caption = figures_caption(evidence, list(rows["figure_id"]))
    return Chart("status-ladder", title, f"{alt}.", caption, table, figure)


SPECIAL = {
    "KAZ": ("How heavy are both, beside everyone else?", tell_weight, (weight_plane,)),
    "KGZ": ("Who is owed, and what comes in a year?", tell_debt, (debt_strip, yearly_money)),
    "TJK": ("Is a lead in new money a lead in all of it?", tell_investment, (flow_to_stock,)),
    "TKM": ("Who buys the gas?", tell_gas, (gas,)),
    "UZB": ("What became of the sums announced?", tell_promises, (status_ladder,)),
}
