"""The numbers of a claim in words: what the article prints, what the records have, by its rule."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from analysis.config import COUNTRIES, POWERS
from analysis.data.frames import where
from analysis.data.wording import words_of
from analysis.measures.bearings import Pair
from analysis.measures.claims import Judge, Judgement
from analysis.measures.consistency import Figure
from analysis.measures.judgement import Position
from analysis.measures.records import Record, record_name
from analysis.measures.ties import SIDE_OF
from analysis.measures.trade import GOODS, GOODS_AND_SERVICES
from analysis.page.ahead import money, more
from analysis.page.words import amount, dollars, edition, listed, owner, percent


def told(figure: Figure) -> str:
    """A figure as a sentence has it: the article's words as printed, a page's sum in our form.

    Example:
        >>> row = {"wording": "ours", "printed": "$13,900 million", "unit": "USD"}
        >>> told(row | {"value": 1.39e10, "qualifier": "", "low": 1.385e10, "high": 1.395e10})
        '$13.9bn'
    """
    hedge = figure["qualifier"]
    unit = figure["unit"]
    ours = figure["wording"] == "ours" and not figure.get("corrected")
    if not ours or unit not in ("USD", "EUR", "m3") or hedge not in _HEDGES:
        return words_of(figure)
    value = figure["value"]
    if pd.isna(value):
        value = figure["low" if _HEDGES[hedge] == "low" else "high"]
    return f"{hedge} {amount(value, unit, 3, short=unit != 'm3')}".strip()


# Hedges, each with the end of the interval that the words name.
_HEDGES = {"": "", "about": "", "more than": "low", "up to": "high"}


def both_halves(pair: Pair) -> str:
    """Both powers' figures of a pair: "€2.6bn for China and €2.94bn for Russia"."""
    said = (f"{money(pair, side)} for {POWERS[power]}" for power, side in SIDE_OF.items())
    return " and ".join(said)


# Of a country that counts services too, a record without them is said to be of goods.
_WIDER = {GOODS[flow]: wider for flow, wider in GOODS_AND_SERVICES.items()}


def _record(pair: Pair, judge: Judge) -> str:
    """Whose count a pair is, as the subject of a sentence; of which months, if not of a year."""
    country = owner(COUNTRIES[pair["country"]])
    name = record_name(pair["record"], country=country)
    wider = where(judge.ties, country=pair["country"], concept=_WIDER.get(pair["concept"], ""))
    if pair["record"] == "own" and len(wider):
        name = f"{name} of goods"
    if pair["whole_year"] == "yes":
        return name
    return f"{name} of {judge.figure(pair['china_ids'].split()[0])['period_printed']}"


def _has(pair: Pair) -> str:
    """Whom a record has ahead, and by how much."""
    leader = pair["leader"]
    if leader == Position.LEVEL:
        return "have the two level"
    if leader not in POWERS:
        return "leave open which is larger"
    times = more(pair)
    return f"have {POWERS[leader]} ahead{', ' + times if times else ''}"


def _lead_words(judged: Judgement, judge: Judge) -> str:
    pairs: list[Pair] = judged.facts["pairs"]
    if not pairs:
        return "No record has both powers"
    words = "; ".join(f"{_record(pair, judge)} {_has(pair)}: {both_halves(pair)}" for pair in pairs)
    leaders = {pair["leader"] for pair in pairs} & set(POWERS)
    if len(pairs) > 1 and len(leaders) == 1:
        (other,) = set(POWERS) - leaders
        words += f". None has {POWERS[other]} ahead"
    if len(pairs) == 1 and pairs[0]["record"] == Record.PARTNER:
        words += ". They are the only records there are"
    return words


def _rank_words(judged: Judgement, judge: Judge) -> str:
    facts = judged.facts
    country = owner(COUNTRIES[judged.subjects[0]["country"]])
    on: dict[range, list[str]] = {}
    for record, places in facts["places"].items():
        on.setdefault(places, []).append(record_name(record, country=country))
    if not on:
        return f"No record gives China’s place in {facts['year']}"
    said = [f"{_stood(places)} on {listed(names)}" for places, names in on.items()]
    words = f"In {facts['year']} China stood {listed(said)}"
    if facts["others"]:
        china, *rivals = facts["others"]
        names = [POWERS.get(one["power"], one["counterpart"]) for one in rivals]
        sums = [f"{owner(name)} {told(one)}" for name, one in zip(names, rivals, strict=True)]
        words += (
            f"; it stood {_ordinal(facts['place_then'])} in {china['period_printed']}, with "
            f"{told(china)} behind {listed(sums)}"
        )
    return words


def _stood(places: range) -> str:
    """China's place, or those that it shares with partners that are level with it."""
    first, last = _ordinal(places[0]), _ordinal(places[-1])
    match len(places):
        case 1:
            return first
        case 2:
            return f"{first} or {last}, level with another,"
    return f"{first} to {last}, level with others,"


def _ordinal(place: int) -> str:
    names = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
    return names[place - 1] if place <= len(names) else f"number {place}"


def _sum_words(group: list[Figure]) -> str:
    return " and ".join(map(told, group))


def _values_words(judged: Judgement, judge: Judge) -> str:
    """What each page has, and when, where that is another date."""
    printed = judged.subjects[0]["period_printed"]
    said = []
    for group, cited in zip(judged.facts["groups"], judged.facts["cited"], strict=True):
        page = group[0]
        name = judge.sources[page["source_id"]]["publisher"]
        when = page["period_printed"]
        known = f"{name}, which the article cites, has" if cited else f"{name} has"
        undated = ", without a date" if cited and printed and not when else ""
        dated = f" ({when})" if when and when != printed else ""
        said.append(f"{known} {_sum_words(group)}{dated}{undated}")
    return "; ".join(said)


def _counterpart_words(judged: Judgement, judge: Judge) -> str:
    (pair,) = judged.facts["pairs"]
    return f"The page that has China’s sum has Russia’s as well: {both_halves(pair)}"


def _share_words(judged: Judgement, judge: Judge) -> str:
    facts = judged.facts
    if pd.isna(facts["share"]):
        return f"The World Bank’s list of creditors has no {facts['year']}"
    share = percent(facts["share"], 1)
    return f"By the World Bank’s count it was {share} at the end of {facts['year']}"


def _part_words(judged: Judgement, judge: Judge) -> str:
    part, whole = judged.against
    low, high = judged.facts["share"]
    return (
        f"Of all that came in {part['period_printed']}, {told(whole)}, China’s "
        f"{told(part)} is {' to '.join(dict.fromkeys(percent(end, 1) for end in (low, high)))}"
    )


def _ratio_words(judged: Judgement, judge: Judge) -> str:
    """Money sent home over output in the printed year, and in years that fit or come nearest."""
    facts = judged.facts
    if facts["year"] is None:
        return "The words give no ratio of one year"
    if not facts["by_edition"]:
        return f"The World Bank’s editions have no figures for {facts['year']}"
    said = " and ".join(
        f"{percent(ratio, 1)} in the edition of {edition(vintage)}"
        for vintage, ratio in facts["by_edition"].items()
    )
    words = f"By the World Bank’s figures for {facts['year']} it was {said}"
    if "fitting" in facts:
        words += (
            f"; the printed share is that of {listed([str(year) for year in facts['fitting']])}"
        )
    if "nearest" in facts:
        year, ratio = facts["nearest"]
        words += f"; the nearest year is {year}, with {percent(ratio, 1)}"
    return words


def _receipts_words(judged: Judgement, judge: Judge) -> str:
    facts = judged.facts
    first, last = facts["years"]
    when = f"in {first}" if first == last else f"from {first} to {last}"
    names = listed([COUNTRIES[code] for code in facts["countries"]])
    sums: dict[str, list[str]] = {}
    for vintage, value in facts["sums"].items():
        sums.setdefault(dollars(value), []).append(edition(vintage))
    said = [
        value + (f" in the edition of {listed(months)}" if len(sums) > 1 else "")
        for value, months in sums.items()
    ]
    return (
        f"By the World Bank’s figures {names} received {listed(said)} from all countries of the "
        f"world together {when}"
    )


def _drawn_words(judged: Judgement, judge: Judge) -> str:
    facts = judged.facts
    if "drawn" not in facts:
        return "The World Bank’s count of loans has nothing for the year"
    words = f"By the World Bank’s count {dollars(facts['drawn'])} was drawn in {facts['year']}"
    if "reached" in facts:
        year, total = facts["reached"]
        words += (
            f"; near the printed sum is what had come from {facts['since']} to the end of {year}: "
            f"{dollars(total)}"
        )
    return words


RULE_WORDS: dict[str, Callable[[Judgement, Judge], str]] = {
    "lead": _lead_words,
    "rank": _rank_words,
    "values": _values_words,
    "counterpart": _counterpart_words,
    "share": _share_words,
    "part": _part_words,
    "ratio": _ratio_words,
    "receipts": _receipts_words,
    "drawn": _drawn_words,
}


def printed_words(judged: Judgement) -> str:
    """The article's own numbers and words, each once; whose they are where both powers have one."""
    powers = {figure["power"] for figure in judged.subjects} & set(POWERS)
    said: dict[str, str] = {}
    for figure in judged.subjects:
        words = words_of(figure)
        whose = f"{POWERS[figure['power']]} " if len(powers) > 1 and figure["power"] else ""
        said.setdefault(f"{whose}{words}".casefold(), f"{whose}{words}")
    return "; ".join(said.values())


def _numbers(places: range) -> str:
    if len(places) == 1:
        return str(places[0])
    return f"{places[0]} {'or' if len(places) == 2 else 'to'} {places[-1]}"


def found_words(judged: Judgement, judge: Judge) -> str:
    """The records' number, beside the article's; empty where there is none."""
    facts = judged.facts
    said: list[str] = []
    if "pairs" in facts:
        said = [_pair_found(pair, len(facts["pairs"]) > 1, judge) for pair in facts["pairs"]]
    elif "places" in facts:
        country = owner(COUNTRIES[judged.subjects[0]["country"]])
        said = [
            f"place {_numbers(places)} ({record_name(record, country=country)})"
            for record, places in facts["places"].items()
        ]
    elif "groups" in facts:
        said = [_sum_words(group) for group in facts["groups"]]
    elif "share" in facts:
        ends = facts["share"] if isinstance(facts["share"], tuple) else (facts["share"],)
        said = [percent(end, 1) for end in ends if not pd.isna(end)]
    elif "by_edition" in facts:
        said = [percent(ratio, 1) for ratio in facts["by_edition"].values()]
    elif "sums" in facts:
        said = [dollars(value) for value in facts["sums"].values()]
    elif "drawn" in facts:
        said = [f"{dollars(facts['drawn'])} in {facts['year']}"]
    else:
        said = [told(figure) for figure in judged.against]
    return "; ".join(dict.fromkeys(said))


def _pair_found(pair: Pair, several: bool, judge: Judge) -> str:
    halves = ", ".join(f"{POWERS[power]} {money(pair, side)}" for power, side in SIDE_OF.items())
    return f"{halves} ({_record(pair, judge)})" if several else halves
