"""Arithmetic that the printed figures must pass, and what the article's claims are worth.

Each check follows from how two figures are tied (``related_id`` and ``role``), so a new tie in
the raw data is checked without a line of code.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import COUNTRIES, POWERS, schema

Figure = dict[str, Any]


def interval_product(first: tuple[float, float], second: tuple[float, float]) -> tuple:
    """Range of x * y for x and y anywhere in two intervals of numbers not below zero."""
    return first[0] * second[0], first[1] * second[1]


def interval_quotient(first: tuple[float, float], second: tuple[float, float]) -> tuple:
    """Range of x / y for x and y anywhere in two intervals of numbers above zero."""
    return first[0] / second[1], first[1] / second[0]


def _ends(figure: Figure) -> tuple[float, float]:
    return figure["low"], figure["high"]


def money(amount: float) -> str:
    """Dollars in the unit that a reader would choose, with three digits: $12.9 billion."""
    for scale, name in ((1e9, "billion"), (1e6, "million")):
        if abs(amount) >= scale:
            return f"${amount / scale:.3g} {name}"
    return f"${amount:,.0f}"


def _money_range(ends: tuple[float, float]) -> str:
    return f"{money(ends[0])} to {money(ends[1])}"


def _name(figure: Figure) -> str:
    """A figure in words, for the sentence of a check: what, where, whose, when."""
    words = schema.INDICATORS[figure["indicator"]]
    power = f", {POWERS[figure['power']]}" if figure["power"] else ""
    place = COUNTRIES.get(figure["country"], schema.AREAS[figure["country"]])
    period = f", {figure['period_printed']}" if figure["period_printed"] else ""
    return f"{words} ({place}{power}{period})"


def rank_against_value(rank: Figure, value: Figure, figures: pd.DataFrame) -> Figure | None:
    """A partner at rank r has r - 1 partners above it, each at least as large.

    So the country's whole trade is at least r times the value, and where the other power's
    value is smaller it is not among those above. Conflict: a rank of 1 with a larger rival, or
    a rank below the first where the only rival printed is smaller is told as what it implies.
    """
    if pd.isna(rank["value"]) or pd.isna(value["low"]):
        return None
    rivals = figures[
        (figures["country"] == value["country"])
        & (figures["indicator"] == value["indicator"])
        & (figures["period_end"] == value["period_end"])
        & (figures["power"] != value["power"])
        & (figures["power"] != "")
        & ~figures["role"].isin(["same_as"])
    ]
    if rivals.empty:
        return None
    rival = rivals.iloc[0]
    place = int(rank["value"])
    larger = rival["low"] > value["high"]
    smaller = rival["high"] < value["low"]
    total = place * value["low"] + (rival["low"] if smaller else 0)
    found = f"rank {place} at {value['printed']}; the other power at {rival['printed']}"
    if (place == 1 and larger) or (place > 1 and smaller):
        outcome = "conflicts" if place == 1 else "implies"
        explanation = (
            "A first place cannot go with a larger rival"
            if place == 1
            else f"It takes {place - 1} other partners, each larger than this one, and a whole "
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
    rivals = figures[
        (figures["country"] == amount["country"])
        & (figures["indicator"] == amount["indicator"])
        & (figures["period_end"] == amount["period_end"])
        & ~figures["power"].isin(["", amount["power"]])
    ]
    explanation = f"The total follows from {_name(amount)}"
    if len(rivals):
        rival = rivals.iloc[0]
        low, high = interval_quotient(_ends(rival), total)
        explanation += (
            f"; the other power's {rival['printed']} is then {low:.1%} to {high:.1%} of it"
        )
    return _check(
        "implied total",
        (share, amount),
        f"a total of which {amount['printed']} is {share['printed']}",
        _money_range(total),
        "implies",
        explanation,
    )


def growth(earlier: Figure, later: Figure, _: pd.DataFrame) -> Figure | None:
    """Two ends of a growth give its factor, and the yearly rate that leads from one to other."""
    low, high = interval_quotient(_ends(later), _ends(earlier))
    years = int(later["period_end"][:4]) - int(earlier["period_end"][:4])
    yearly = [end ** (1 / years) - 1 for end in (low, high)]
    return _check(
        "growth",
        (earlier, later),
        f"from {earlier['printed']} to {later['printed']} over {years} years",
        f"{low:.1f} to {high:.1f} times; {yearly[0]:.0%} to {yearly[1]:.0%} a year",
        "implies",
        "The factor is large because the first figure is small; it says nothing of Russia",
    )


def same_fact(second: Figure, first: Figure, _: pd.DataFrame) -> Figure | None:
    """A fact printed twice must carry the same number and the same period."""
    numbers = [(figure["value"], figure["high"]) for figure in (first, second)]
    if pd.isna(numbers[0][1]) or pd.isna(numbers[1][1]):
        return None
    periods = [figure["period_printed"] for figure in (first, second)]
    dated = all(periods)
    agree = numbers[0][1] == numbers[1][1] and (periods[0] == periods[1] or not dated)
    found = " and ".join(
        f"{figure['printed']} for {figure['period_printed'] or 'no period'}"
        for figure in (first, second)
    )
    explanation = (
        "Both places say the same"
        if agree
        else "One number stands under two years, so at most one of them is right"
        if numbers[0][1] == numbers[1][1]
        else "The two places do not say the same"
    )
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
        "agrees" if high <= 1 else "conflicts",
        f"The share follows from {_name(part)}; it is not printed itself",
    )


_RULES: dict[str, Callable[[Figure, Figure, pd.DataFrame], Figure | None]] = {
    "rank_of": rank_against_value,
    "share_of": share_of_total,
    "share_for": implied_total,
    "earlier": growth,
    "same_as": same_fact,
    "promise_beside": promise_and_delivery,
    "included_in": overlap,
    "part_of": part_of_whole,
}


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
        ``checks``, in the order of the figures. A tie whose figures have no number, so that
        nothing can be reckoned, gives no row.
    """
    by_id = {row["figure_id"]: row for row in figures.to_dict("records")}
    checks = [
        _RULES[figure["role"]](figure, by_id[figure["related_id"]], figures)
        for figure in by_id.values()
        if figure["role"] in _RULES
    ]
    return pd.DataFrame(
        [check for check in checks if check], columns=list(schema.CHECKS.schema.columns)
    )


def write_checks(processed: Path) -> None:
    """Read the processed figures and write ``checks.csv`` beside them."""
    schema.save_table("checks", check_figures(schema.load_table("figures", processed)), processed)
