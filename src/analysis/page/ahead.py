"""A verdict in words: who is ahead in a tie, and by how much."""

from __future__ import annotations

from math import ceil, floor, isinf, log10
from typing import Any

import pandas as pd

from analysis.config import POWERS
from analysis.measures.judgement import Position, Verdict
from analysis.measures.scale import SIDES
from analysis.measures.ties import SIDE_OF
from analysis.page import words
from analysis.page.language import heard, say

_WITH_LEADER = {
    Verdict.BOTH: "{power}, on both records",
    Verdict.OR_LEVEL: "{power} or level",
    Verdict.OR_TOO_CLOSE: "{power} or too close to call",
    Verdict.ONE_RECORD: "{power}",
}
_WITHOUT = {
    Verdict.LEVEL: "Level",
    Verdict.TOO_CLOSE: "Too close to call",
    Verdict.DEPENDS: "Depends on whose record",
}
_POSITIONS: dict[str, str] = {Position.LEVEL: "Level", Position.TOO_CLOSE: "Too close to call"}
_MOST = 20  # times


def ahead(verdict: str, leader: str = "", known: str = "") -> str:
    """Who is ahead, as a cell of a table has it.

    Args:
        verdict: one of ``Verdict``.
        leader: code of the power that it has ahead, where it has one.
        known: code of the power whose half alone is known, where there is no pair.

    Example:
        >>> ahead("ahead_on_both", "CHN"), ahead("no_pair", known="RUS")
        ('China, on both records', 'Only Russia’s figure is known')
    """
    code = Verdict(verdict)
    if code in _WITH_LEADER:
        return say(_WITH_LEADER[code], power=heard(POWERS[leader], "names"))
    if code in _WITHOUT:
        return say(_WITHOUT[code])
    return _only("Only {owner} figure is known", known) if known else say("Not known")


def _only(told: str, power: str) -> str:
    name = heard(POWERS[power], "names")
    return say(told, owner=words.owner(name), power=name)


def factor(china_low: float, china_high: float, russia_low: float, russia_high: float) -> str:
    """How many times the larger figure is the smaller one, as a sentence has it after its leader.

    Below one and a half times it is told in per cent, above in times; an interval is told by both
    its ends where they differ as printed.

    Args:
        china_low: lower end of China's figure.
        china_high: its upper end.
        russia_low: lower end of Russia's figure.
        russia_high: its upper end.

    Returns:
        Such as "12% more", "1.8 times as much", "3.6 to 4.1 times as much"; "" where the smaller
        one may be nothing or an end is open.

    Example:
        >>> factor(30.06, 30.06, 27.05, 27.05), factor(19.8, 19.8, 3.9, 4.1)
        ('11% more', '4.8 to 5.1 times as much')
    """
    ends = [china_low, china_high, russia_low, russia_high]
    if any(pd.isna(end) for end in ends) or min(ends) <= 0:
        return ""
    low, high = china_low / russia_high, china_high / russia_low
    if high < 1:
        low, high = 1 / high, 1 / low
    if low < 1:
        return ""
    if high < 1.5:
        told = words.ends(words.percent(end - 1) for end in (low, high)).replace("% to ", " to ")
        return say("{part} more", part=told)
    times = words.times_words(low, high, 2)
    return say("{times} times as much", times=times, count=times)


def _at_most(ratio: float) -> str:
    if ratio < 1.5:
        return say("at most {part} more", part=words.percent(words.outward(ratio - 1, 0.01, ceil)))
    times = words.numeral(words.outward(ratio, _step(ratio), ceil), 2)
    return say("at most {times} times as much", times=times, count=times)


def _at_least(ratio: float) -> str:
    if ratio < 1.5:
        return say(
            "at least {part} more", part=words.percent(words.outward(ratio - 1, 0.01, floor))
        )
    times = words.numeral(words.outward(ratio, _step(ratio), floor), 2)
    return say("at least {times} times as much", times=times, count=times)


def _step(ratio: float) -> float:
    """The second digit of a ratio."""
    return float(10 ** (floor(log10(ratio)) - 1))


def money(pair: Any, side: str) -> str:
    """A power's half of a pair in its unit: its figure, its floor, or what its words lie between.

    Args:
        pair: a row of ``ties``.
        side: "china" or "russia".

    Example:
        >>> money({"china": 5.43e9, "unit": "USD"}, "china")
        '$5.43bn'
    """
    value = pair[side]
    if not pd.isna(value):
        return words.amount(value, pair["unit"], 3, short=True)
    return words.span(pair[f"{side}_low"], most(pair, side), pair["unit"], 3, short=True)


def most(pair: Any, side: str) -> float:
    """The upper end of a power's figure as its words have it: infinite where they set a floor.

    The working reading of "more than", by which pairs are judged, is nobody's count.

    Args:
        pair: a row of ``ties``, or one of a table that has no logical ends, whose own count.
        side: "china" or "russia".

    Example:
        >>> most(dict(russia_high=12.1e9, russia_logical_high=float("nan")), "russia")
        inf
    """
    end = pair[f"{side}_high"]
    ends = end, pair.get(f"{side}_logical_high", end)
    return float("inf") if any(pd.isna(one) for one in ends) else float(end)


def more(pair: Any) -> str:
    """By how much the leader of a pair is ahead: ``factor`` of its four ends.

    Where the smaller figure is a floor, nobody knows by how much at least, and where the larger
    one is, by how much at most. Above twenty times no more is told than that: such a ratio rests
    on how little the other is.

    Args:
        pair: a row of ``ties``.

    Returns:
        "" also where both are floors.

    Example:
        >>> more(dict(china_low=30.06, china_high=30.06, russia_low=27.05, russia_high=27.05))
        '11% more'
        >>> more(dict(china_low=13.8, china_high=13.8, russia_low=10, russia_high=11,
        ...           russia_logical_high=float("nan")))
        'at most 38% more'
    """
    ends = [pair[f"{side}_{end}"] for side in SIDES for end in ("low", "high")]
    told = factor(*ends)
    if not told:
        return ""
    china, russia = sum(ends[:2]), sum(ends[2:])
    larger, smaller = SIDES if china > russia else SIDES[::-1]
    floors = {side for side in SIDES if isinf(most(pair, side))}
    if floors == {smaller}:
        ratio = pair[f"{larger}_high"] / pair[f"{smaller}_low"]
        return _at_most(ratio)
    least = pair[f"{larger}_low"] / pair[f"{smaller}_high"]
    beyond = least > _MOST if floors else max(china, russia) > _MOST * min(china, russia)
    if beyond and floors != {*SIDES}:
        return say("over {times} times as much", times=_MOST, count=_MOST)
    if floors == {larger}:
        return _at_least(least)
    return "" if floors else told


def leader_words(pair: Any) -> str:
    """Who is ahead on one pair, as a cell of a table has it: "China, 11% more", "Level".

    Args:
        pair: a row of ``ties``; of a known half nobody is ahead.
    """
    leader = str(pair["leader"])
    if leader in POWERS:
        return ", ".join(part for part in (heard(POWERS[leader], "names"), more(pair)) if part)
    if leader in _POSITIONS:
        return say(_POSITIONS[leader])
    known = [code for code, side in SIDE_OF.items() if not pd.isna(pair[f"{side}_low"])]
    if len(known) == len(POWERS):  # a sum below nought has no part in a pair
        return say("Money was taken out")
    return _only("Only {owner} is known", known[0]) if known else say("Not known")
