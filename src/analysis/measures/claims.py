"""Arithmetic that the printed figures must pass, and how the article's claims fare.

Each check follows from how two figures are tied (``related_id`` and ``role``), so a new tie in
the raw data is checked without a line of code. Claims are listed in ``data/raw/claims.csv`` with
the rule that judges them; only what no rule can decide is judged by hand there, with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.config import COUNTRIES, POWERS, RAW
from analysis.data import read, schema, vocabulary
from analysis.data.faults import Fault, RawDataError
from analysis.measures import compare
from analysis.page.findings import verb

Figure = dict[str, Any]


def interval_product(first: tuple[float, float], second: tuple[float, float]) -> tuple:
    """Range of x * y for x and y anywhere in two intervals of numbers not below zero."""
    return first[0] * second[0], first[1] * second[1]


def interval_quotient(first: tuple[float, float], second: tuple[float, float]) -> tuple:
    """Range of x / y for x and y anywhere in two intervals of numbers not below zero.

    Raises:
        ZeroDivisionError: where y may be zero, and the range has no end.
    """
    # Plain numbers: with those of numpy the range would end at infinity, or nowhere.
    return float(first[0]) / float(second[1]), float(first[1]) / float(second[0])


def _ends(figure: Figure) -> tuple[float, float]:
    return figure["low"], figure["high"]


def money(amount: float) -> str:
    """Dollars in the unit that a reader would choose, with three digits: $12.9 billion."""
    for scale, name in ((1e9, "billion"), (1e6, "million")):
        if abs(amount) >= scale:
            return f"${amount / scale:.3g} {name}"
    return f"${amount:,.0f}"


def _year(figure: Figure) -> int | None:
    """The year that a figure is of; none where it has no date, or spans several."""
    start, end = figure["period_start"][:4], figure["period_end"][:4]
    return int(end) if start == end != "" else None


def _money_range(ends: tuple[float, float]) -> str:
    return f"{money(ends[0])} to {money(ends[1])}"


def _name(figure: Figure) -> str:
    """A figure in words, for the sentence of a check: what, where, whose, when."""
    words = vocabulary.INDICATORS[figure["indicator"]]
    power = f", {POWERS[figure['power']]}" if figure["power"] else ""
    place = vocabulary.AREAS[figure["country"]]
    period = f", {figure['period_printed']}" if figure["period_printed"] else ""
    return f"{words} ({place}{power}{period})"


# What two figures must share for one to stand beside the other in a check.
_LIKE = ("country", "indicator", "status", "unit", "period_start", "period_end", "source_id")


def _beside(figure: Figure, figures: pd.DataFrame) -> pd.DataFrame:
    """The like figures of the same page, with the other power or with all; none if undated."""
    like = (figures[list(_LIKE)] == pd.Series(figure)[list(_LIKE)]).all(axis=1)
    return figures[
        like
        & (figures["period_end"] != "")
        & (figures["power"] != figure["power"])
        & (figures["role"] != "same_as")
        & figures["high"].notna()
    ]


def rank_against_value(rank: Figure, value: Figure, figures: pd.DataFrame) -> Figure | None:
    """A partner at rank r has r - 1 partners above it, each at least as large.

    So the country's whole trade is at least r times the value, and where the other power's
    value is smaller it is not among those above. Conflict: a rank of 1 with a larger rival, or
    a rank below the first where the only rival printed is smaller is told as what it implies.
    """
    rivals = _beside(value, figures)
    rivals = rivals[rivals["power"] != ""]
    if pd.isna(rank["value"]) or rivals.empty:
        return None
    rival = rivals.iloc[0]
    place = int(rank["value"])
    larger = rival["low"] > value["high"]
    smaller = rival["high"] < value["low"]
    total = place * value["low"] + rival["low"]  # where the rival is not among those above
    found = f"rank {place} at {value['printed']}; the other power at {rival['printed']}"
    if (place == 1 and larger) or (place > 1 and smaller):
        others = "one other partner" if place == 2 else f"{place - 1} other partners, each"
        outcome = "conflicts" if place == 1 else "implies"
        explanation = (
            "A first place cannot go with a larger rival"
            if place == 1
            else f"It takes {others} larger than this one, and a whole "
            f"trade of at least {money(total)}; the table names none of them, so rank and value "
            "may come from different records"
        )
    else:
        outcome, explanation = "agrees", "The rank fits the two values printed beside it"
    above = {1: "no partner", 2: "one partner"}.get(place, f"{place - 1} partners")
    expected = f"{above} larger than {value['printed']}"
    return _check("rank against value", (rank, value), expected, found, outcome, explanation)


def share_of_total(share: Figure, total: Figure, _: pd.DataFrame) -> Figure | None:
    """A printed share times its printed total gives the amount that is not printed."""
    amount = interval_product(_ends(share), _ends(total))
    return _check(
        "share of a total",
        (share, total),
        f"an amount that is {share['printed']} of {total['printed']}",
        _money_range(amount),
        "implies",
        f"The amount follows from {_name(share)}; it is not printed itself",
    )


def implied_total(share: Figure, amount: Figure, figures: pd.DataFrame) -> Figure | None:
    """An amount over the share that it makes gives the total that is not printed."""
    total = interval_quotient(_ends(amount), _ends(share))
    beside = _beside(amount, figures)
    wholes = beside[beside["power"] == ""]
    outcome, explanation = "implies", f"The total follows from {_name(amount)}"
    if len(wholes):
        whole = wholes.iloc[0]
        fits = total[0] <= whole["high"] and whole["low"] <= total[1]
        outcome = "agrees" if fits else "conflicts"
        explanation = f"The same source prints {whole['printed']}" + (
            "" if fits else ", so its shares and its sums do not fit; the sums are kept"
        )
    elif len(beside) and total[0]:  # nothing is divided by what may be nought
        rival = beside.iloc[0]
        low, high = interval_quotient(_ends(rival), total)
        explanation += (
            f"; the other power's {rival['printed']} is then {low:.1%} to {high:.1%} of it"
        )
    return _check(
        "implied total",
        (share, amount),
        f"a total of which {amount['printed']} is {share['printed']}",
        _money_range(total),
        outcome,
        explanation,
    )


# A growth by more than this says more of the small sum that it starts from than of the large.
_LARGE = 5


def growth(earlier: Figure, later: Figure, _: pd.DataFrame) -> Figure | None:
    """Two ends of a growth give its factor, and the yearly rate that leads from one to other.

    There is no rate where the ends have no years, or where these do not rise.
    """
    low, high = interval_quotient(_ends(later), _ends(earlier))
    expected = f"from {earlier['printed']} to {later['printed']}"
    found = f"{_span([f'{low:.3g}', f'{high:.3g}'])} times"
    other = POWERS["RUS" if later["power"] == "CHN" else "CHN"]
    explanation = f"The factor is not printed; it says nothing of {other}"
    dates = [figure["period_end"][:4] for figure in (earlier, later)]
    if all(dates) and (years := int(dates[1]) - int(dates[0])) > 0:
        expected += f" in {years} year{'s' * (years > 1)}"
        found += f"; {_span([f'{end ** (1 / years) - 1:.0%}' for end in (low, high)])} a year"
        explanation = f"Neither the factor nor the rate is printed; they say nothing of {other}"
    if low > _LARGE:
        explanation = (
            f"The factor is large since the first sum is small; it says nothing of {other}"
        )
    return _check(
        "growth",
        (earlier, later),
        expected,
        found,
        "implies",
        explanation,
    )


def _span(ends: list[str]) -> str:
    return " to ".join(dict.fromkeys(ends))


def same_fact(second: Figure, first: Figure, _: pd.DataFrame) -> Figure | None:
    """A fact printed twice must carry the same number, the same hedge, period and country."""
    same_number = _ends(first) == _ends(second)
    periods = [figure["period_printed"] for figure in (first, second)]
    same_period = periods[0] == periods[1] or not all(periods)
    same_country = first["country"] == second["country"]
    agree = same_number and same_period and same_country
    found = " and ".join(
        f"{figure['printed']} for "
        f"{figure['period_printed'] if same_country else vocabulary.AREAS[figure['country']]}"
        if figure["period_printed"] or not same_country
        else f"{figure['printed']} for no period"
        for figure in (first, second)
    )
    explanation = "The two places do not say the same"
    if agree:
        explanation = "Both places say the same"
    elif not same_country:
        explanation = "One sum stands under two countries, so at most one of them is right"
    elif same_number:
        explanation = "One number stands under two years, so at most one of them is right"
    return _check(
        "one fact, two places",
        (second, first),
        "the same number for the same period",
        found,
        "agrees" if agree else "conflicts",
        explanation,
    )


def promise_and_delivery(promise: Figure, delivery: Figure, _: pd.DataFrame) -> Figure | None:
    """A promise beside what was delivered: how many times as large, and no sum of the two."""
    low, high = interval_quotient(_ends(promise), _ends(delivery))
    return _check(
        "promise beside delivery",
        (promise, delivery),
        f"{_name(promise)} and {_name(delivery)} kept apart",
        f"{promise['printed']} promised, {delivery['printed']} delivered: "
        f"{low:.2g} to {high:.2g} times",
        "overlaps",
        "A promise may become part of a later delivery, so the two are never added or compared",
    )


def overlap(part: Figure, whole: Figure, _: pd.DataFrame) -> Figure | None:
    """A figure already counted in another must not be added to it."""
    return _check(
        "sums that overlap",
        (part, whole),
        f"{_name(part)} not added to {_name(whole)}",
        f"{part['printed']} lies within the time and kind of {whole['printed']}",
        "overlaps",
        "Adding them would count the same money twice",
    )


def part_of_whole(part: Figure, whole: Figure, _: pd.DataFrame) -> Figure | None:
    """A part over its whole gives a share that is not printed, and cannot pass one."""
    low, high = interval_quotient(_ends(part), _ends(whole))
    return _check(
        "part of a whole",
        (part, whole),
        "a part not larger than its whole",
        f"{low:.1%} to {high:.1%}",
        "conflicts" if low > 1 else "agrees",
        f"The share follows from {_name(part)}; it is not printed itself",
    )


def printed_growth(growth: Figure, later: Figure, figures: pd.DataFrame) -> Figure | None:
    """A printed growth must be the ratio of the two sums that it links."""
    earlier = figures[
        (figures["related_id"] == later["figure_id"]) & (figures["role"] == "earlier")
    ]
    earlier = earlier[earlier["high"].notna()]
    if earlier.empty:
        return None
    low, high = interval_quotient(_ends(later), _ends(earlier.iloc[0]))
    fits = low - 1 <= growth["high"] and growth["low"] <= high - 1
    return _check(
        "printed growth",
        (growth, later),
        f"{earlier.iloc[0]['printed']} growing by {growth['printed']}",
        f"{later['printed']}, which is growth of {low - 1:.0%} to {high - 1:.0%}",
        "agrees" if fits else "conflicts",
        "The growth fits its own two sums"
        if fits
        else "The source's growth does not fit its own two sums; the sums are kept",
    )


def parts_and_total(part: Figure, total: Figure, figures: pd.DataFrame) -> Figure | None:
    """The parts of a printed total must add up to it; told once, at the first part."""
    parts = figures[
        (figures["related_id"] == total["figure_id"]) & (figures["role"] == "summand_of")
    ]
    if parts.iloc[0]["figure_id"] != part["figure_id"] or parts["high"].isna().any():
        return None
    low, high = parts["low"].sum(), parts["high"].sum()
    fits = low <= total["high"] and total["low"] <= high
    return _check(
        "parts against their total",
        (part, total),
        f"parts that add up to {total['printed']}",
        _money_range((low, high)),
        "agrees" if fits else "conflicts",
        "The parts add up to the printed total"
        if fits
        else "The parts do not add up to the printed total, so one of the digits is wrong",
    )


def against_source(page: Figure, printed: Figure, _: pd.DataFrame) -> Figure | None:
    """What the article prints must be what the page that it cites has: the sum and its date."""
    ends = [_ends(figure) for figure in (page, printed)]
    words = [
        ", ".join(filter(None, (figure["printed"], figure["period_printed"])))
        for figure in (printed, page)
    ]
    apart = compare.months_apart(page, printed)
    added = printed["period_printed"] and not page["period_printed"]
    meet = max(low for low, _ in ends) <= min(high for _, high in ends)
    outcome, explanation = "agrees", "The article has what the page has"
    if not meet:
        outcome, explanation = "conflicts", "The article’s sum is not the page’s"
    elif added:
        outcome = "conflicts"
        explanation = f"The page does not say “{printed['period_printed']}”; the article adds it"
    elif apart > 0:
        outcome, explanation = "conflicts", "The sum is the page’s, the date is not"
    elif page["qualifier"] and page["qualifier"] != printed["qualifier"]:
        explanation = f"The article leaves out the page’s “{page['qualifier']}”"
    return _check("article and its source", (page, printed), *words, outcome, explanation)


def plan_and_outcome(outcome: Figure, plan: Figure, _: pd.DataFrame) -> Figure | None:
    """What was planned or announced, beside what was said of it afterwards."""
    low, high = (max(outcome["low"], plan["low"]), min(outcome["high"], plan["high"]))
    return _check(
        "announced and done",
        (outcome, plan),
        plan["printed"],
        f"{outcome['printed']} ({_reporter(outcome['reporter'])})",
        "agrees" if low <= high else "conflicts",
        "What was said afterwards fits the plan"
        if low <= high
        else "What was said afterwards is another sum, so the plan is no outcome",
    )


def _reporter(reporter: str) -> str:
    return {**COUNTRIES, **POWERS}.get(reporter, reporter or "not said by whom")


_RULES: dict[str, Callable[[Figure, Figure, pd.DataFrame], Figure | None]] = {
    "rank_of": rank_against_value,
    "share_of": share_of_total,
    "share_for": implied_total,
    "earlier": growth,
    "same_as": same_fact,
    "promise_beside": promise_and_delivery,
    "included_in": overlap,
    "part_of": part_of_whole,
    "growth_of": printed_growth,
    "summand_of": parts_and_total,
    "source_of": against_source,
    "outcome_of": plan_and_outcome,
}

# An overlap is told even where the words give no number.
_NOT_RECKONED = {"included_in"}


def _check(  # noqa: PLR0917
    kind: str,
    subjects: tuple[Figure, Figure],
    expected: str,
    found: str,
    outcome: str,
    explanation: str,
) -> Figure:
    return {
        "check_id": f"{kind.replace(' ', '-').replace(',', '')}-{subjects[0]['figure_id']}",
        "kind": kind,
        "subject": " ".join(figure["figure_id"] for figure in subjects),
        "expected": expected,
        "found": found,
        "outcome": outcome,
        "explanation": explanation,
    }


def check_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """Run every check that the ties between printed figures call for.

    Args:
        figures: the ``figures`` table.

    Returns:
        ``checks``, in the order of the figures. A tie gives no row where a figure has no number
        or no upper end, or where the divisor may be zero; an overlap is told all the same.
    """
    by_id = {row["figure_id"]: row for row in figures.to_dict("records")}
    checks = []
    for figure in by_id.values():
        if figure["role"] not in _RULES:
            continue
        tied = by_id[figure["related_id"]]
        # An upper end is empty where the words give no number, or leave it open.
        if figure["role"] not in _NOT_RECKONED and pd.isna([figure["high"], tied["high"]]).any():
            continue
        with suppress(ZeroDivisionError):
            checks.append(_RULES[figure["role"]](figure, tied, figures))
    return pd.DataFrame(
        [check for check in checks if check], columns=list(schema.CHECKS.schema.columns)
    )


def rank_against_total(
    figures: pd.DataFrame, weights: pd.DataFrame, year: int = 2016
) -> pd.DataFrame:
    """Hold the article's ranks and values against the country's whole trade.

    A partner at rank r has r - 1 above it that are at least as large, so the whole is at least r
    times its value; where the country's own record of the whole is less, rank and value come
    from different records.

    Returns:
        Rows of ``checks``, one a country whose own record gives its whole trade.
    """
    rows = []
    by_id = {row["figure_id"]: row for row in figures.to_dict("records")}
    own = weights[
        (weights["measure"] == "turnover")
        & (weights["year"] == year)
        & (weights["book"] == "own")
        & (weights["dataset"] == compare.HEADLINE_TRADE)
    ].set_index("country")["total"]
    for rank in by_id.values():
        if rank["indicator"] != "trade_rank" or rank["role"] != "rank_of":
            continue
        value = by_id[rank["related_id"]]
        if rank["country"] not in own or pd.isna([rank["value"], value["low"]]).any():
            continue
        rivals = _beside(value, figures)
        rival = rivals[rivals["power"] != ""].head(1)
        least = rank["value"] * value["low"]
        if rank["value"] > 1:  # a smaller rival is not among those above
            least += rival.loc[rival["high"] < value["low"], "low"].sum()
        total = own[rank["country"]]
        fits = least <= total
        rows.append(
            _check(
                "rank and value against the whole",
                (rank, value),
                f"a whole trade of at least {money(least)}",
                f"{money(total)} on {COUNTRIES[rank['country']]}’s own records",
                "agrees" if fits else "conflicts",
                "Rank and value can stand together"
                if fits
                else "The whole is too small for them, so they come from different records",
            )
        )
    return pd.DataFrame(rows, columns=list(schema.CHECKS.schema.columns))


def creditors_against_total(indicators: pd.DataFrame) -> pd.DataFrame:
    """Hold the sum of all creditors against the total that the source itself gives.

    Returns:
        Rows of ``checks``: one a country, naming the years that do not add up.
    """
    debt = indicators[indicators["indicator"] == "debt_owed"]
    debt = debt[compare.in_use(debt["source_id"])]
    total = debt[debt["counterpart"] == "all"].set_index(["country", "year"])["value"]
    parts = debt[debt["counterpart"] != "all"].groupby(["country", "year"])["value"].sum()
    gap = (total - parts.reindex(total.index).fillna(0)).round(-5)
    rows = []
    for country in gap.index.get_level_values("country").unique():
        short = gap[country][gap[country] != 0]
        words = ", ".join(f"{year} by {money(value)}" for year, value in short.items())
        rows.append(
            {
                "check_id": f"creditors-against-total-{country.lower()}",
                "kind": "creditors against the total",
                "subject": f"ids/{country}/debt_owed",
                "expected": "creditors that add up to the source’s own total, year by year",
                "found": f"short of it in {words}" if words else "the same sums in every year",
                "outcome": "conflicts" if words else "agrees",
                "explanation": "A creditor that is not named is then not owed nothing for certain"
                if words
                else "So a creditor that is not named is owed nothing, but for bonds and loans "
                "of several lenders, which the source does not split",
            }
        )
    return pd.DataFrame(rows, columns=list(schema.CHECKS.schema.columns))


def shares_of_output(figures: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """Hold each printed share of GDP against the GDP and the money of its year, by edition.

    Returns:
        Rows of ``checks``: one a printed share and edition of the World Bank's figures. What
        the Bank of Russia counts for the year is named beside it, since it counts otherwise.
    """
    wide = indicators[indicators["counterpart"].isin(["", "all"])].pivot_table(
        index=["country", "year", "vintage"], columns="indicator", values="value"
    )
    rows = []
    for share in figures.to_dict("records"):
        if share["indicator"] != "remittances_to_gdp" or share["source_id"] != compare.ARTICLE:
            continue
        year = _year(share)
        if year is None or pd.isna(share["high"]):
            continue
        counted = figures[
            (figures["country"] == share["country"])
            & (figures["indicator"] == "transfers_cbr")
            & (figures["period_printed"] == str(year))
        ]["printed"]
        beside = (
            f"; from Russia alone its central bank counts {counted.iloc[0]}" if len(counted) else ""
        )
        for vintage in wide.index.get_level_values("vintage").unique():
            if (key := (share["country"], year, vintage)) not in wide.index:
                continue
            output, received = wide.loc[key, ["gdp", "remittances_received"]]
            if pd.isna(output) or pd.isna(received):
                continue
            low, high = interval_product(_ends(share), (output, output))
            fits = low <= received <= high
            rows.append(
                {
                    "check_id": f"share-of-output-{share['figure_id']}-{vintage}",
                    "kind": "share of output",
                    "subject": share["figure_id"],
                    "expected": f"{share['printed']} of a GDP of {money(output)} (edition of "
                    f"{vintage}): {_money_range((low, high))}",
                    "found": f"{money(received)} received in {year}, or {received / output:.1%}"
                    + beside,
                    "outcome": "agrees" if fits else "conflicts",
                    "explanation": "Share, GDP and money fit each other"
                    if fits
                    else "The share does not fit this edition’s figures for the year",
                }
            )
    return pd.DataFrame(rows, columns=list(schema.CHECKS.schema.columns))


def write_checks(processed: Path) -> None:
    """Read the processed tables and write ``checks.csv`` beside them."""
    figures = schema.load_table("figures", processed)
    checks = [
        check_figures(figures),
        rank_against_total(figures, schema.load_table("weights", processed)),
        shares_of_output(figures, schema.load_table("indicators", processed)),
        creditors_against_total(schema.load_table("indicators", processed)),
    ]
    schema.save_table("checks", pd.concat(checks), processed)


class Judge:
    """What the claims are judged by: the processed tables, looked up by id."""

    def __init__(self, processed: Path) -> None:
        figures = schema.load_table("figures", processed)
        comparisons = schema.load_table("comparisons", processed)
        self.figures = {row["figure_id"]: row for row in figures.to_dict("records")}
        self.comparisons = {row["comparison_id"]: row for row in comparisons.to_dict("records")}
        self.weights = schema.load_table("weights", processed)
        indicators = schema.load_table("indicators", processed)
        self.indicators = indicators[compare.in_use(indicators["source_id"])]


def judge_claim(claim: dict[str, str], judge: Judge) -> dict[str, Any]:
    """Give one claim its verdict and its reason in words.

    Args:
        claim: a row of ``data/raw/claims.csv``.
        judge: the tables that it is held against.

    Returns:
        A row of ``claims``.
    """
    rule, *terms = claim["rule"].split()
    subjects, evidence = claim["subject_ids"].split(), claim["evidence_ids"].split()
    subject = judge.figures[subjects[0]]
    ids = subjects + evidence
    words = {}
    match rule:
        case "judged":
            verdict = " ".join(terms)
        case "lead":
            verdict = _lead_verdict(terms[0], float(terms[1]), evidence, judge)
        case "rank":
            verdict, words["ranks"] = _rank_verdict(float(terms[0]), claim["country"], judge)
        case "value":
            first, second = (judge.figures[name] for name in terms)
            verdict = value_verdict(first, second)
        case "counterpart":
            verdict = counterpart_verdict(judge.comparisons[terms[0]])
        case "share":
            verdict = share_verdict(judge.figures[terms[0]], judge.comparisons[terms[1]])
        case "ratio":
            verdict, words["ratio"] = _ratio_verdict(subject, judge)
    ids += [term for term in terms if term in judge.figures or term in judge.comparisons]
    if "{ranks}" in claim["reason"] and not words:
        words["ranks"] = _rank_verdict(1.0, claim["country"], judge)[1]
    return {
        "claim_id": claim["claim_id"],
        "country": claim["country"],
        "claim": claim["claim"],
        "locator": claim["locator"],
        "verdict": verdict,
        "because": fill_in(claim["reason"], words, judge),
        "evidence_ids": " ".join(dict.fromkeys(ids)),
        "weight": int(claim["weight"]),
    }


def fill_in(reason: str, words: dict[str, str], judge: Judge) -> str:
    """Put the words and numbers of the tables into a reason.

    Raises:
        KeyError: when it names a row that is not there, or has no number.
    """

    def replace(match: re.Match[str]) -> str:
        kind, key = match[1], match[2]
        if kind is None:
            return words[key]
        if kind == "f":
            return judge.figures[key]["printed"]
        if kind == "c":
            return verb(judge.comparisons[key])
        if kind == "s":
            return f"{_only(pd.Series(judge.comparisons[key]['china']), key):.1%}"
        if kind == "w":
            country, measure, year, book, rest = key.split("-", 4)
            dataset, _, column = rest.rpartition("-")
            table = judge.weights
            row = table[
                (table["country"] == country)
                & (table["measure"] == measure)
                & (table["year"] == int(year))
                & (table["book"] == book)
                & (table["dataset"] == dataset)
            ]
            return f"{_only(row[column], key):.0%}"
        country, indicator, counterpart, year = key.split("-")
        table = judge.indicators
        row = table[
            (table["country"] == country)
            & (table["indicator"] == indicator)
            & (table["counterpart"] == counterpart)
            & (table["year"] == int(year))
        ]
        return money(_only(row["value"], key))

    return re.sub(r"\{(?:([fcswi]):)?([A-Za-z0-9_-]+)\}", replace, reason)


def _only(values: pd.Series, key: str) -> float:
    if len(values) != 1 or values.isna().any():
        raise KeyError(key)
    return values.item()


def _lead_verdict(claimed: str, least: float, comparison_ids: list[str], judge: Judge) -> str:
    """A lead, of at least so many times, on every book that there is."""
    agreeing = []
    for name in comparison_ids:
        row = judge.comparisons[name]
        if row["comparable"] == "no":
            continue
        low, high = row["difference_low"], row["difference_high"]
        ahead = compare.leader(low, high)
        if max(abs(low), abs(high)) <= compare.BANDS[0]:
            ahead = "level"
        near = max(low, -high, 0)
        # The ratio of the two is (1 + D) / (1 - D), which has no end where one side has all.
        agreeing.append(ahead == claimed and 1 + near >= least * (1 - near))
    if not agreeing:
        return "not testable"
    if all(agreeing):
        return "holds"
    return "depends on whose books" if any(agreeing) else "not supported"


def _rank_verdict(rank: float, country: str, judge: Judge) -> tuple[str, str]:
    table = judge.weights
    rows = table[
        (table["country"] == country)
        & (table["measure"] == "turnover")
        & (table["year"] == 2016)
        & (table["dataset"] == compare.WORLD_TRADE)
    ].set_index("book")
    named = {
        "partner": "on the partners’ records",
        "own": f"on {COUNTRIES[country]}’s own",
        "exports_first": "on exporters’ records first",
    }
    places = {book: rows.loc[book] for book in named if book in rows.index}
    if not places:
        return "not testable", "No record gives China’s place in 2016"
    words = "China’s place in 2016 was " + ", ".join(
        f"{int(row['china_rank'])} {named[book]}" for book, row in places.items()
    )
    as_one = {int(row["china_rank_eu"]) for row in places.values()}
    words += "; with the European Union as one partner, " + " or ".join(map(str, sorted(as_one)))
    seen = [row["china_rank"] == rank for row in places.values()]
    if all(seen):
        return "holds", words
    return ("depends on whose books" if any(seen) else "not supported"), words


def value_verdict(printed: Figure, found: Figure) -> str:
    """Whether a figure is borne out by another: its widest reading must meet the other's.

    A meeting of figures for different periods is a misdating.
    """
    if pd.isna([printed["logical_low"], found["logical_low"]]).any():
        return "not testable"
    least = [figure["logical_low"] for figure in (printed, found)]
    most = [
        float("inf") if pd.isna(figure["logical_high"]) else figure["logical_high"]
        for figure in (printed, found)
    ]
    if max(least) > min(most):
        return "not supported"
    dates = [figure["period_end"][:4] for figure in (printed, found)]
    return "misdated" if all(dates) and abs(int(dates[0]) - int(dates[1])) > 1 else "holds"


# How far a share may lie from the printed one, which may be of another month or another whole.
_SHARE_APART = 0.05


def share_verdict(printed: Figure, comparison: Figure) -> str:
    """Whether China's printed share is what the statistics have, give or take a twentieth."""
    apart = abs(printed["value"] - comparison["china"])
    if pd.isna(apart):
        return "not testable"
    return "holds" if apart < _SHARE_APART else "not supported"


def counterpart_verdict(comparison: Figure) -> str:
    """Whether a claim about China alone survives the other power's figure from the same source."""
    if comparison["comparable"] == "no":
        return "not testable"
    ahead = compare.leader(comparison["difference_low"], comparison["difference_high"])
    level = comparison["difference_low"] <= compare.BANDS[0]
    return "holds" if ahead == "CHN" and not level else "one-sided"


def _ratio_verdict(subject: Figure, judge: Judge) -> tuple[str, str]:
    """Money sent home over GDP, in each edition, against the printed ratio and its year."""
    year = _year(subject)
    if year is None or pd.isna(subject["high"]):
        return "not testable", "The words give no ratio of one year"
    table = judge.indicators[judge.indicators["country"] == subject["country"]]
    received = table[table["indicator"] == "remittances_received"]
    output = table[table["indicator"] == "gdp"]
    both = received.merge(output, on=["year", "vintage"], suffixes=("", "_gdp"))
    ratios = both.assign(ratio=both["value"] / both["value_gdp"]).set_index(["vintage", "year"])
    said = {
        vintage: ratios.loc[(vintage, year), "ratio"]
        for vintage in ratios.index.get_level_values(0).unique()
        if (vintage, year) in ratios.index
    }
    if not said:
        return "not testable", f"The World Bank’s editions have no figures for {year}"
    words = f"By the World Bank’s figures for {year} it was " + " and ".join(
        f"{ratio:.1%} (edition of {vintage})" for vintage, ratio in said.items()
    )
    inside = [subject["low"] <= ratio <= subject["high"] for ratio in said.values()]
    if any(inside):
        return "holds", words
    near = ratios["ratio"].between(subject["low"], subject["high"])
    years = sorted({when for _, when in ratios.index[near]})
    if years:
        words += f"; the printed share is that of {', '.join(map(str, years))}"
    if not years:
        middle = (subject["low"] + subject["high"]) / 2
        closest = (ratios["ratio"] - middle).abs().idxmin()
        words += f"; the nearest year is {closest[1]}, with {ratios.loc[closest, 'ratio']:.1%}"
    return ("misdated" if years else "not supported"), words


def write_claims(processed: Path, raw: Path = RAW) -> None:
    """Judge the claims of ``data/raw/claims.csv`` and write ``claims.csv``, most telling first."""
    listed = read.load_claims(raw)
    judge = Judge(processed)
    judged, faults = [], []
    for line, row in listed.iterrows():
        try:
            judged.append(judge_claim(row.to_dict(), judge))
        except KeyError as error:
            valid = "the id of a row that is in the processed tables and has the number"
            faults.append(Fault("claims.csv", line, "(ids)", str(error.args[0]), valid))
    if faults:
        raise RawDataError(faults)
    claims = pd.DataFrame(judged)
    ordered = claims.sort_values(["weight", "country"], ascending=[False, True])
    schema.save_table("claims", ordered, processed)
