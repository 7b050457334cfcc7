"""The arithmetic between figures in words: what is expected, what is found, what to make of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.config import COUNTRIES, POWERS, RAW
from analysis.data import schema, store, vocabulary
from analysis.data.countries import area, in_a_sentence
from analysis.data.sources import load_sources
from analysis.data.wording import words_of
from analysis.measures import consistency
from analysis.measures.consistency import Check, Ends, Figure
from analysis.measures.editions import Editions, in_use, load_editions
from analysis.page.words import amount, capital, dollars, edition, owner, percent, times_words

Told = tuple[str, str, str]  # expected, found, explanation
Sources = Mapping[str, dict[str, Any]]


def money(value: float) -> str:
    """Dollars in the unit that a reader would choose, with three digits: $12.9 billion."""
    return amount(value, "USD", 3)


def _money_range(ends: Ends) -> str:
    return f"{money(ends[0])} to {money(ends[1])}"


def _percent_range(ends: Ends, places: int) -> str:
    return " to ".join(dict.fromkeys(percent(end, places) for end in ends))


def _name(figure: Figure) -> str:
    """A figure in words, for the sentence of a check: what, where, whose, when."""
    words = vocabulary.INDICATORS[figure["indicator"]]
    power = f", {POWERS[figure['power']]}" if figure["power"] else ""
    place = area(figure["country"])
    period = f", {figure['period_printed']}" if figure["period_printed"] else ""
    return f"{words} ({place}{power}{period})"


def _rank_against_value(check: Check) -> Told:
    _, value = check.figures
    place, rival = check.facts["place"], check.facts["rival"]
    above = {1: "no partner", 2: "one partner"}.get(place, f"{place - 1} partners")
    others = "one other partner" if place == 2 else f"{place - 1} other partners, each"
    explanation = {
        "agrees": "The rank fits the two values printed beside it",
        "conflicts": "A first place cannot go with a larger rival",
        "implies": f"It takes {others} larger than this one, and a whole trade of at least "
        f"{money(check.facts['total'])}; the table names none of them, so rank and value may come "
        "from different records",
    }[check.outcome]
    return (
        f"{above} larger than {words_of(value)}",
        f"rank {place} at {words_of(value)}; the other power at {rival}",
        explanation,
    )


def _share_of_total(check: Check) -> Told:
    share, total = check.figures
    return (
        f"an amount that is {words_of(share)} of {words_of(total)}",
        _money_range(check.facts["product"]),
        f"The amount follows from {_name(share)}; it is not printed itself",
    )


def _implied_total(check: Check) -> Told:
    share, amount_printed = check.figures
    explanation = f"The total follows from {_name(amount_printed)}"
    if check.case == "printed":
        explanation = f"The same source prints {check.facts['whole']}"
        if check.outcome == "conflicts":
            explanation += ", so its shares and its sums do not fit; the sums are kept"
    elif check.case == "rival":
        part = _percent_range(check.facts["part"], 1)
        explanation += f"; the other power's {check.facts['rival']} is then {part} of it"
    return (
        f"a total of which {words_of(amount_printed)} is {words_of(share)}",
        _money_range(check.facts["total"]),
        explanation,
    )


def _growth(check: Check) -> Told:
    earlier, later = check.figures
    other = POWERS["RUS" if later["power"] == "CHN" else "CHN"]
    years, rate = check.facts["years"], check.facts["rate"]
    expected = f"from {words_of(earlier)} to {words_of(later)}"
    low, high = check.facts["factor"]
    found = f"{times_words(low, high, 3)} times"
    if years:
        expected += f" in {years} year{'s' * (years > 1)}"
        found += f"; {_percent_range(rate, 0)} a year"
    explanation = {
        "": f"The factor is not printed; it says nothing of {other}",
        "yearly": f"Neither the factor nor the rate is printed; they say nothing of {other}",
        "large": f"The factor is large since the first sum is small; it says nothing of {other}",
    }[check.case]
    return expected, found, explanation


def _same_fact(check: Check) -> Told:
    second, first = check.figures
    if check.case == "country":
        said = [(figure, area(figure["country"])) for figure in (first, second)]
    else:
        said = [(figure, figure["period_printed"] or "no period") for figure in (first, second)]
    explanation = {
        "": "Both places say the same",
        "country": "One sum stands under two countries, so at most one of them is right",
        "year": "One number stands under two years, so at most one of them is right",
        "number": "The two places do not say the same",
    }[check.case]
    found = " and ".join(f"{words_of(figure)} for {whose}" for figure, whose in said)
    return "the same number for the same period", found, explanation


def _promise_and_delivery(check: Check) -> Told:
    promise, delivery = check.figures
    low, high = check.facts["times"]
    return (
        f"{_name(promise)} and {_name(delivery)} kept apart",
        f"{words_of(promise)} promised, {words_of(delivery)} delivered: "
        f"{times_words(low, high, 2)} times",
        "A promise may become part of a later delivery, so the two are never added or compared",
    )


def _overlap(check: Check) -> Told:
    part, whole = check.figures
    return (
        f"{_name(part)} not added to {_name(whole)}",
        f"{words_of(part)} lies within the time and kind of {words_of(whole)}",
        "Adding them would count the same money twice",
    )


def _part_of_whole(check: Check) -> Told:
    return (
        "a part not larger than its whole",
        _percent_range(check.facts["share"], 1),
        f"The share follows from {_name(check.figures[0])}; it is not printed itself",
    )


def _printed_growth(check: Check) -> Told:
    growth, later = check.figures
    explanation = {
        "agrees": "The growth fits its own two sums",
        "conflicts": "The source's growth does not fit its own two sums; the sums are kept",
    }[check.outcome]
    return (
        f"{check.facts['earlier']} growing by {words_of(growth)}",
        f"{words_of(later)}, which is growth of {_percent_range(check.facts['found'], 0)}",
        explanation,
    )


def _parts_and_total(check: Check) -> Told:
    explanation = {
        "agrees": "The parts add up to the printed total",
        "conflicts": "The parts do not add up to the printed total, so one of the digits is wrong",
    }[check.outcome]
    expected = f"parts that add up to {words_of(check.figures[1])}"
    return expected, _money_range(check.facts["sum"]), explanation


def _against_source(check: Check) -> Told:
    page, printed = check.figures
    expected, found = (
        ", ".join(filter(None, (words_of(figure), figure["period_printed"])))
        for figure in (printed, page)
    )
    explanation = {
        "": "The article has what the page has",
        "sum": "The article’s sum is not the page’s",
        "added": f"The page does not say “{printed['period_printed']}”; the article adds it",
        "date": "The sum is the page’s, the date is not",
        "hedge": f"The article leaves out the page’s “{page['qualifier']}”",
    }[check.case]
    return expected, found, explanation


def _plan_and_outcome(check: Check) -> Told:
    outcome, plan = check.figures
    explanation = {
        "agrees": "What was said afterwards fits the plan",
        "conflicts": "What was said afterwards is another sum, so the plan is no outcome",
    }[check.outcome]
    who = {**COUNTRIES, **POWERS}.get(outcome["reporter"], outcome["reporter"])
    return words_of(plan), f"{words_of(outcome)} ({who or 'not said by whom'})", explanation


def _rank_against_total(check: Check) -> Told:
    explanation = {
        "agrees": "Rank and value can stand together",
        "conflicts": "The whole is too small for them, so they come from different records",
    }[check.outcome]
    country = area(check.figures[0]["country"])
    return (
        f"a whole trade of at least {money(check.facts['least'])}",
        f"{money(check.facts['total'])} on {country}’s own records",
        explanation,
    )


def _creditors_against_total(check: Check) -> Told:
    short = ", ".join(f"{year} by {money(value)}" for year, value in check.facts["short"].items())
    explanation = (
        "A creditor that is not named is then not owed nothing for certain"
        if short
        else "So a creditor that is not named is owed nothing, but for bonds and loans of several "
        "lenders, which the source does not split"
    )
    return (
        "creditors that add up to the source’s own total, year by year",
        f"short of it in {short}" if short else "the same sums in every year",
        explanation,
    )


def _share_of_output(check: Check) -> Told:
    (share,), facts = check.figures, check.facts
    found = (
        f"{money(facts['received'])} received in {facts['year']}, or "
        f"{percent(facts['received'] / facts['output'], 1)}"
    )
    for printed in facts["counted"]:
        found += f"; from Russia alone its central bank counts {printed}"
    explanation = {
        "agrees": "Share, GDP and money fit each other",
        "conflicts": "The share does not fit this edition’s figures for the year",
    }[check.outcome]
    return (
        f"{words_of(share)} of a GDP of {money(facts['output'])} (edition of "
        f"{facts['vintage']}): {_money_range(facts['expected'])}",
        found,
        explanation,
    )


def _place(figure: Figure) -> str:
    return in_a_sentence(area(figure["country"]))


def _page(figure: Figure, sources: Sources) -> str:
    return sources.get(figure["source_id"], {}).get("publisher", "the page")


def _say_total(check: Check, sources: Sources) -> str:
    share, part = check.figures
    low, high = map(dollars, check.facts["total"])
    if check.case == "rival":
        other = POWERS["RUS" if part["power"] == "CHN" else "CHN"]
        return (
            f"If {words_of(part)} is {words_of(share)} of what {_place(part)} received, the whole "
            f"is {low} to {high}, and {owner(other)} {check.facts['rival']} is "
            f"{_percent_range(check.facts['part'], 1)} of it"
        )
    if check.outcome != "conflicts":
        return ""
    return (
        f"{_page(part, sources)} calls {words_of(part)} {words_of(share)} of the whole, which "
        f"would then be {low} to {high}, but prints {check.facts['whole']}"
    )


def _say_twice(check: Check, sources: Sources) -> str:
    second, first = check.figures
    if check.case == "country":
        return (
            f"{words_of(first)} of debt written off is told of {_place(first)} by one Russian "
            f"official and of {_place(second)} by another"
        )
    if check.case == "year":
        return (
            f"The article prints {words_of(first)} once for {first['period_printed']} and once for "
            f"{second['period_printed']}"
        )
    if check.case == "number" and pd.isna([first["value"], second["value"]]).any():
        what = vocabulary.INDICATORS[first["indicator"]]
        return (
            f"{capital(what)}: the article has {words_of(first)}, the title that it cites "
            f"{words_of(second)}"
        )
    return ""


def _say_growth(check: Check, sources: Sources) -> str:
    growth, later = check.figures
    if check.outcome != "conflicts":
        return ""
    found = _percent_range(check.facts["found"], 0)
    return (
        f"{_page(growth, sources)} prints growth of {words_of(growth)} from "
        f"{check.facts['earlier']} to {words_of(later)}, which is {found}"
    )


def _say_source(check: Check, sources: Sources) -> str:
    page, printed = check.figures
    name = _page(page, sources)
    return {
        "sum": f"{name} has {words_of(page)} where the article has {words_of(printed)}",
        "added": f"{name} has {words_of(page)} without a date; the article adds one, "
        f"{printed['period_printed']}",
        "date": f"{name} has {words_of(page)} for {_undated(page)}, the article for "
        f"{_undated(printed)}",
    }.get(check.case, "")


def _undated(figure: Figure) -> str:
    return figure["period_printed"].removeprefix("as of ") or "no date"


def _say_outcome(check: Check, _: Sources) -> str:
    outcome, plan = check.figures
    if check.outcome != "conflicts":
        return ""
    who = {**COUNTRIES, **POWERS}.get(outcome["reporter"], "")
    said = f"{owner(who)} side said {words_of(outcome)}" if who else f"it was {words_of(outcome)}"
    what = vocabulary.INDICATORS[plan["indicator"]]
    return (
        f"{capital(what)} between {_place(plan)} and {POWERS[plan['power']]}: the article has "
        f"{words_of(plan)} for {plan['period_printed']}, afterwards {said}"
    )


def _say_whole(check: Check, sources: Sources) -> str:
    rank, value = check.figures
    if check.outcome != "conflicts":
        return ""
    place = int(rank["value"])
    source = sources.get(check.facts["edition"])
    had = (
        f", as the {source['publisher']} had it in {edition(str(source['date']))},"
        if source
        else ""
    )
    return (
        f"For {words_of(value)} to be place {place} in {owner(_place(rank))} trade, the whole "
        f"would have to be {dollars(check.facts['least'])} or more; by its own record{had} it was "
        f"{dollars(check.facts['total'])}, so not both can be of that record"
    )


def _say_creditors(check: Check, _: Sources) -> str:
    country = in_a_sentence(area(check.key.upper()))
    return "; ".join(
        f"The creditors of {country} in {year} add up to {dollars(value)} less than the World "
        "Bank’s own total"
        for year, value in check.facts["short"].items()
    )


def _say_output(check: Check, _: Sources) -> str:
    (share,), facts = check.figures, check.facts
    if check.outcome != "conflicts":
        return ""
    low, high = (dollars(end) for end in facts["expected"])
    expected = " to ".join(dict.fromkeys((low, high)))
    return (
        f"{words_of(share)} of {owner(_place(share))} output of {facts['year']} would be "
        f"{expected}; the World Bank’s edition of {edition(facts['vintage'])} has "
        f"{dollars(facts['received'])} received"
    )


# What a reader is told of a check; of those that merely agree, and of sums that are not to be
# added, nothing.
_SAY: dict[str, Callable[[Check, Sources], str]] = {
    "implied total": _say_total,
    "one fact, two places": _say_twice,
    "printed growth": _say_growth,
    "article and its source": _say_source,
    "announced and done": _say_outcome,
    "rank and value against the whole": _say_whole,
    "creditors against the total": _say_creditors,
    "share of output": _say_output,
}


_TELL: dict[str, Callable[[Check], Told]] = {
    "rank against value": _rank_against_value,
    "share of a total": _share_of_total,
    "implied total": _implied_total,
    "growth": _growth,
    "one fact, two places": _same_fact,
    "promise beside delivery": _promise_and_delivery,
    "sums that overlap": _overlap,
    "part of a whole": _part_of_whole,
    "printed growth": _printed_growth,
    "parts against their total": _parts_and_total,
    "article and its source": _against_source,
    "announced and done": _plan_and_outcome,
    "rank and value against the whole": _rank_against_total,
    "creditors against the total": _creditors_against_total,
    "share of output": _share_of_output,
}


def in_words(checks: list[Check], sources: Sources | None = None) -> pd.DataFrame:
    """Rows of ``checks``, in the order given: each check with its sentences.

    Args:
        checks: what was found.
        sources: the register of sources, by which a page is named.
    """
    rows = []
    for check in checks:
        expected, found, explanation = _TELL[check.kind](check)
        say = _SAY.get(check.kind)
        rows.append(
            {
                "check_id": check.check_id,
                "kind": check.kind,
                "subject": check.subject,
                "expected": expected,
                "found": found,
                "outcome": check.outcome,
                "explanation": explanation,
                "sentence": capital(say(check, sources or {})) if say else "",
            }
        )
    return pd.DataFrame(rows, columns=list(schema.CHECKS.schema.columns))


def all_checks(
    figures: pd.DataFrame, weights: pd.DataFrame, indicators: pd.DataFrame, editions: Editions
) -> list[Check]:
    """Every check that the processed tables allow, in the order of ``checks``.

    Args:
        figures: the processed table.
        weights: the table of that name.
        indicators: the processed table, of all editions.
        editions: which of them are in use.
    """
    return [
        *consistency.check_figures(figures),
        *consistency.rank_against_total(figures, weights, editions.trade),
        *consistency.shares_of_output(figures, indicators),
        *consistency.creditors_against_total(indicators[in_use(indicators["source_id"], editions)]),
    ]


def write_checks(processed: Path, raw: Path = RAW) -> None:
    """Read the processed tables and write ``checks.csv`` beside them."""
    figures, weights, indicators = (
        store.load_table(name, processed) for name in ("figures", "weights", "indicators")
    )
    checks = all_checks(figures, weights, indicators, load_editions(raw))
    sources, _ = load_sources(raw / "sources.yml")
    store.save_table("checks", in_words(checks, sources), processed)
