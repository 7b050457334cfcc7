"""Arithmetic that the printed figures must pass: what follows from how they are tied.

Each check follows from how two figures are tied (``related_id`` and ``role``), so a new tie in
the raw data is checked without a line of code. A check has an outcome and a case, both codes, and
the numbers that its sentence needs; ``page.checks`` puts it into words.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from analysis.config import ARTICLE_YEAR
from analysis.data.frames import as_rows, where
from analysis.data.wording import words_of
from analysis.measures import compare

Figure = dict[str, Any]
Ends = tuple[float, float]

# Two numbers this near are one: sums of floats differ in their last digits.
_FLOAT = 1e-9


@dataclass(frozen=True)
class Check:
    """Figures held against each other.

    ``kind`` is the rule; ``key`` tells the check from others of its kind; ``subject`` names what
    it is on, by id; ``outcome`` is one of ``vocabulary.OUTCOMES`` and ``case`` says which of the
    rule's ways it came out; ``figures`` and ``facts`` are what its sentence is made of.
    """

    kind: str
    key: str
    subject: str
    outcome: str
    case: str = ""
    figures: tuple[Figure, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def check_id(self) -> str:
        """The id of its row: the rule and the key."""
        rule = self.kind.replace(" the ", " ") if self.kind == _CREDITORS else self.kind
        return f"{rule.replace(' ', '-').replace(',', '')}-{self.key}"


_CREDITORS = "creditors against the total"


def _check(
    kind: str, figures: tuple[Figure, ...], outcome: str, case: str = "", **facts: Any
) -> Check:
    ids = [figure["figure_id"] for figure in figures]
    return Check(kind, ids[0], " ".join(ids), outcome, case, figures, facts)


def interval_product(first: Ends, second: Ends) -> Ends:
    """Range of x * y for x and y anywhere in two intervals of numbers not below zero."""
    return first[0] * second[0], first[1] * second[1]


def interval_quotient(first: Ends, second: Ends) -> Ends:
    """Range of x / y for x and y anywhere in two intervals of numbers not below zero.

    Raises:
        ZeroDivisionError: where y may be zero, and the range has no end.
    """
    # Plain numbers: with those of numpy the range would end at infinity, or nowhere.
    return float(first[0]) / float(second[1]), float(first[1]) / float(second[0])


def ends_of(figure: Figure) -> Ends:
    """The working interval of a figure."""
    return figure["low"], figure["high"]


def _meet(first: Ends, second: Ends) -> bool:
    return max(first[0], second[0]) <= min(first[1], second[1])


def year_of(figure: Figure) -> int | None:
    """The year that a figure is of; none where it has no date, or spans several."""
    start, end = figure["period_start"][:4], figure["period_end"][:4]
    return int(end) if start == end != "" else None


# What two figures must share for one to stand beside the other in a check.
_LIKE = ("country", "indicator", "status", "unit", "period_start", "period_end", "source_id")


def _beside(figure: Figure, figures: pd.DataFrame) -> pd.DataFrame:
    """The like figures of the same page, with the other power or with all; none if undated."""
    like = where(figures, **{name: figure[name] for name in _LIKE})
    return like[
        (like["period_end"] != "")
        & (like["power"] != figure["power"])
        & (like["role"] != "same_as")
        & like["high"].notna()
    ]


def rank_against_value(rank: Figure, value: Figure, figures: pd.DataFrame) -> Check | None:
    """A partner at rank r has r - 1 partners above it, each at least as large.

    So the country's whole trade is at least r times the value, and where the other power's
    value is smaller it is not among those above. Conflict: a rank of 1 with a larger rival, or
    a rank below the first where the only rival printed is smaller is told as what it implies.
    """
    rivals = _beside(value, figures)
    rivals = rivals[rivals["power"] != ""]
    if pd.isna(rank["value"]) or rivals.empty:
        return None
    rival = rivals.iloc[0].to_dict()
    place = int(rank["value"])
    outcome = "agrees"
    if place == 1 and rival["low"] > value["high"]:
        outcome = "conflicts"
    if place > 1 and rival["high"] < value["low"]:
        outcome = "implies"
    # Where the rival is not among those above.
    total = place * value["low"] + rival["low"]
    kind, subjects = "rank against value", (rank, value)
    return _check(kind, subjects, outcome, place=place, rival=words_of(rival), total=total)


def share_of_total(share: Figure, total: Figure, _: pd.DataFrame) -> Check | None:
    """A printed share times its printed total gives the amount that is not printed."""
    product = interval_product(ends_of(share), ends_of(total))
    return _check("share of a total", (share, total), "implies", product=product)


def implied_total(share: Figure, amount: Figure, figures: pd.DataFrame) -> Check | None:
    """An amount over the share that it makes gives the total that is not printed."""
    subjects = (share, amount)
    total = interval_quotient(ends_of(amount), ends_of(share))
    beside = _beside(amount, figures)
    wholes = beside[beside["power"] == ""]
    if len(wholes):
        whole = wholes.iloc[0].to_dict()
        outcome = "agrees" if _meet(total, ends_of(whole)) else "conflicts"
        printed = words_of(whole)
        return _check("implied total", subjects, outcome, "printed", total=total, whole=printed)
    if len(beside) and total[0]:  # nothing is divided by what may be nought
        rival = beside.iloc[0].to_dict()
        part = interval_quotient(ends_of(rival), total)
        facts = {"total": total, "rival": words_of(rival), "part": part}
        return _check("implied total", subjects, "implies", "rival", **facts)
    return _check("implied total", subjects, "implies", total=total)


# A growth by more than this says more of the small sum that it starts from than of the large.
_LARGE = 5


def growth(earlier: Figure, later: Figure, _: pd.DataFrame) -> Check | None:
    """Two ends of a growth give its factor, and the yearly rate that leads from one to other.

    There is no rate where the ends have no years, or where these do not rise.
    """
    factor = interval_quotient(ends_of(later), ends_of(earlier))
    dates = [figure["period_end"][:4] for figure in (earlier, later)]
    years = max(0, int(dates[1]) - int(dates[0])) if all(dates) else 0
    rate = tuple(end ** (1 / years) - 1 for end in factor) if years else ()
    case = "large" if factor[0] > _LARGE else "yearly" if years else ""
    return _check(
        "growth", (earlier, later), "implies", case, factor=factor, years=years, rate=rate
    )


def _same_number(first: Figure, second: Figure) -> bool:
    """Whether two figures say the same, give or take what a float loses.

    "$8 billion" and "$8,000 million" do, though one is printed to more digits; "up to $8 billion"
    is another thing.
    """
    one, other = first["value"], second["value"]
    if first["qualifier"] == second["qualifier"] and not (pd.isna(one) or pd.isna(other)):
        return bool(np.isclose(one, other, rtol=_FLOAT, atol=0))
    return bool(np.allclose(ends_of(first), ends_of(second), rtol=_FLOAT, atol=0))


def same_fact(second: Figure, first: Figure, _: pd.DataFrame) -> Check | None:
    """A fact printed twice must carry the same number, the same hedge, period and country."""
    same_number = _same_number(first, second)
    periods = [figure["period_printed"] for figure in (first, second)]
    same_period = periods[0] == periods[1] or not all(periods)
    if first["country"] != second["country"]:
        case = "country"
    elif same_number and not same_period:
        case = "year"
    else:
        case = "" if same_number else "number"
    return _check("one fact, two places", (second, first), "conflicts" if case else "agrees", case)


def promise_and_delivery(promise: Figure, delivery: Figure, _: pd.DataFrame) -> Check | None:
    """A promise beside what was delivered: how many times as large, and no sum of the two."""
    times = interval_quotient(ends_of(promise), ends_of(delivery))
    return _check("promise beside delivery", (promise, delivery), "overlaps", times=times)


def overlap(part: Figure, whole: Figure, _: pd.DataFrame) -> Check | None:
    """A figure already counted in another must not be added to it."""
    return _check("sums that overlap", (part, whole), "overlaps")


def part_of_whole(part: Figure, whole: Figure, _: pd.DataFrame) -> Check | None:
    """A part over its whole gives a share that is not printed, and cannot pass one."""
    share = interval_quotient(ends_of(part), ends_of(whole))
    outcome = "conflicts" if share[0] > 1 else "agrees"
    return _check("part of a whole", (part, whole), outcome, share=share)


def printed_growth(growth: Figure, later: Figure, figures: pd.DataFrame) -> Check | None:
    """A printed growth must be the ratio of the two sums that it links."""
    starts = where(figures, related_id=later["figure_id"], role="earlier")
    starts = starts[starts["high"].notna()]
    if starts.empty:
        return None
    earlier = starts.iloc[0].to_dict()
    low, high = interval_quotient(ends_of(later), ends_of(earlier))
    found = (low - 1, high - 1)
    outcome = "agrees" if _meet(found, ends_of(growth)) else "conflicts"
    facts: dict[str, Any] = {"earlier": words_of(earlier), "found": found}
    return _check("printed growth", (growth, later), outcome, **facts)


def parts_and_total(part: Figure, total: Figure, figures: pd.DataFrame) -> Check | None:
    """The parts of a printed total must add up to it; told once, at the first part."""
    parts = where(figures, related_id=total["figure_id"], role="summand_of")
    if parts["figure_id"].iloc[0] != part["figure_id"] or parts["high"].isna().any():
        return None
    ends = (parts["low"].sum(), parts["high"].sum())
    outcome = "agrees" if _meet(ends, ends_of(total)) else "conflicts"
    return _check("parts against their total", (part, total), outcome, sum=ends)


def against_source(page: Figure, printed: Figure, _: pd.DataFrame) -> Check | None:
    """What the article prints must be what the page that it cites has: the sum and its date."""
    if not _meet(ends_of(page), ends_of(printed)):
        case = "sum"
    elif printed["period_printed"] and not page["period_printed"]:
        case = "added"
    elif compare.months_apart(page, printed) > 0:
        case = "date"
    else:
        case = ""
    outcome = "conflicts" if case else "agrees"
    if not case and page["qualifier"] and page["qualifier"] != printed["qualifier"]:
        case = "hedge"
    return _check("article and its source", (page, printed), outcome, case)


def plan_and_outcome(outcome: Figure, plan: Figure, _: pd.DataFrame) -> Check | None:
    """What was planned or announced, beside what was said of it afterwards."""
    fits = _meet(ends_of(outcome), ends_of(plan))
    return _check("announced and done", (outcome, plan), "agrees" if fits else "conflicts")


_RULES: dict[str, Callable[[Figure, Figure, pd.DataFrame], Check | None]] = {
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


def check_figures(figures: pd.DataFrame) -> list[Check]:
    """Run every check that the ties between printed figures call for.

    Args:
        figures: the ``figures`` table.

    Returns:
        The checks, in the order of the figures. A tie gives none where a figure has no number
        or no upper end, or where the divisor may be zero; an overlap is told all the same.
    """
    by_id = {row["figure_id"]: row for row in as_rows(figures)}
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
    return [check for check in checks if check]


def rank_against_total(
    figures: pd.DataFrame, weights: pd.DataFrame, edition: str, year: int = ARTICLE_YEAR
) -> list[Check]:
    """Hold the article's ranks and values against the country's whole trade.

    A partner at rank r has r - 1 above it that are at least as large, so the whole is at least r
    times its value; where the country's own record of the whole is less, rank and value come
    from different records.

    Args:
        figures: the ``figures`` table.
        weights: the ``weights`` table.
        edition: whose record of the whole is taken.
        year: of which year.

    Returns:
        A check for every country whose own record gives its whole trade.
    """
    by_id = {row["figure_id"]: row for row in as_rows(figures)}
    own = where(weights, measure="turnover", year=year, record="own", dataset=edition)
    totals = own.set_index("country")["total"]
    checks = []
    for rank in by_id.values():
        if rank["indicator"] != "trade_rank" or rank["role"] != "rank_of":
            continue
        value = by_id[rank["related_id"]]
        if rank["country"] not in totals or pd.isna([rank["value"], value["low"]]).any():
            continue
        rivals = _beside(value, figures)
        rival = rivals[rivals["power"] != ""].head(1)
        least = rank["value"] * value["low"]
        if rank["value"] > 1:  # a smaller rival is not among those above
            least += rival.loc[rival["high"] < value["low"], "low"].sum()
        total = totals[rank["country"]]
        outcome = "agrees" if least <= total else "conflicts"
        kind = "rank and value against the whole"
        facts = {"least": least, "total": total, "edition": edition}
        checks.append(_check(kind, (rank, value), outcome, **facts))
    return checks


def creditors_against_total(indicators: pd.DataFrame) -> list[Check]:
    """Hold the sum of all creditors against the total that the source itself gives.

    Args:
        indicators: with ``debt_owed`` of one edition.

    Returns:
        A check for every country, with the years that do not add up and by how much.
    """
    debt = where(indicators, indicator="debt_owed")
    every = debt["counterpart"] == "all"
    total = debt[every].set_index(["country", "year"])["value"]
    parts = debt[~every].groupby(["country", "year"])["value"].sum()
    gap = (total - parts.reindex(total.index).fillna(0)).round(-5)
    checks = []
    for country, found in gap.groupby("country", sort=False):
        short = {int(year): value for (_, year), value in found[found != 0].items()}
        checks.append(
            Check(
                _CREDITORS,
                str(country).lower(),
                f"ids/{country}/debt_owed",
                "conflicts" if short else "agrees",
                facts={"short": short},
            )
        )
    return checks


def shares_of_output(figures: pd.DataFrame, indicators: pd.DataFrame) -> list[Check]:
    """Hold each printed share of GDP against the GDP and the money of its year, by edition.

    Returns:
        A check for every printed share and edition of the World Bank's figures. What the Bank
        of Russia counts for the year is given beside it, since it counts otherwise.
    """
    wide = indicators[indicators["counterpart"].isin(["", "all"])].pivot_table(
        index=["country", "year", "vintage"], columns="indicator", values="value"
    )
    wide = wide.reindex(columns=["gdp", "remittances_received"])
    checks = []
    shares = where(figures, indicator="remittances_to_gdp", source_id=compare.ARTICLE)
    for share in as_rows(shares):
        year = year_of(share)
        if year is None or pd.isna(share["high"]):
            continue
        counted = where(
            figures,
            country=share["country"],
            indicator="transfers_cbr",
            period_printed=str(year),
        )["printed"].tolist()
        for vintage in wide.index.get_level_values("vintage").unique():
            if (key := (share["country"], year, vintage)) not in wide.index:
                continue
            output, received = wide.loc[key]
            if pd.isna(output) or pd.isna(received):
                continue
            expected = interval_product(ends_of(share), (output, output))
            facts = {"year": year, "vintage": vintage, "output": output, "received": received}
            checks.append(
                Check(
                    "share of output",
                    f"{share['figure_id']}-{vintage}",
                    share["figure_id"],
                    "agrees" if expected[0] <= received <= expected[1] else "conflicts",
                    figures=(share,),
                    facts=facts | {"expected": expected, "counted": counted[:1]},
                )
            )
    return checks
