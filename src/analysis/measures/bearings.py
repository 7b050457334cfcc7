"""What one record says to a claim of the article, and what several records come to together.

Each rule is a function of plain rows, so that a reader can hold it against a table by hand; which
rows a claim is held against is the business of ``measures.claims``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

import pandas as pd

from analysis.measures.compare import months_apart
from analysis.measures.consistency import Ends, Figure, ends_of
from analysis.measures.judgement import Position, leader_of

Pair = dict[str, Any]


class ClaimVerdict(StrEnum):
    """How a claim fares; the values are the codes of ``vocabulary.CLAIM_VERDICTS``."""

    HOLDS = "holds"
    AS_SAID = "as_its_source_says"
    DEPENDS = "depends_on_the_record"
    ONE_SIDED = "one_sided"
    MISDATED = "misdated"
    OTHER_THING = "meant_something_else"
    NOT_SUPPORTED = "not_supported"
    NOT_TESTABLE = "not_testable"


class Bearing(StrEnum):
    """What one record says to a claim."""

    FOR = "for"
    AGAINST = "against"
    OPEN = "open"


def together(bearings: Sequence[Bearing], independent: bool) -> ClaimVerdict:
    """What the records come to that each bear a claim out, or not, or leave it open.

    Args:
        bearings: one a record.
        independent: whether one of those that bear it out is not what the article rests on.

    Example:
        >>> together([Bearing.FOR, Bearing.OPEN], independent=True)
        <ClaimVerdict.HOLDS: 'holds'>
    """
    said = {bearing for bearing in bearings if bearing != Bearing.OPEN}
    if not said:
        return ClaimVerdict.NOT_TESTABLE
    if len(said) > 1:
        return ClaimVerdict.DEPENDS
    if Bearing.AGAINST in said:
        return ClaimVerdict.NOT_SUPPORTED
    return ClaimVerdict.HOLDS if independent else ClaimVerdict.AS_SAID


def lead_borne_out(pair: Pair, claimed: str, least: float) -> Bearing:
    """Whether a pair of figures bears out a lead of at least so many times.

    Args:
        pair: with ``low`` and ``high``, the interval of D.
        claimed: who is said to lead, "CHN" or "RUS", or "level".
        least: how many times the other's figure the leader's is said to be.

    Returns:
        Against where the record has another leader, the two level, or a lead by less; where it is
        too close to call, a mere lead stays open.
    """
    low, high = pair["low"], pair["high"]
    leader = leader_of(low, high)
    if not leader:
        return Bearing.OPEN
    if claimed == Position.LEVEL:
        if leader == Position.TOO_CLOSE:
            return Bearing.OPEN
        return Bearing.FOR if leader == Position.LEVEL else Bearing.AGAINST
    if claimed == "RUS":
        low, high = -high, -low
    # The ratio of the two is (1 + D) / (1 - D), which has no end where one side has all.
    if leader == claimed and 1 + low >= least * (1 - low):
        return Bearing.FOR
    if leader not in (claimed, Position.TOO_CLOSE):
        return Bearing.AGAINST
    return Bearing.OPEN if least <= 1 or 1 + high >= least * (1 - high) else Bearing.AGAINST


def reading_of(figures: Iterable[Figure]) -> Ends | None:
    """What the sum of figures may be; none where the words give no number.

    A level is held by its interval, a bound ("more than") by all that its words allow.
    """
    low = high = 0.0
    for figure in figures:
        if pd.isna(figure["logical_low"]):
            return None
        start, end = (
            (figure["logical_low"], figure["logical_high"])
            if pd.isna(figure["value"])
            else ends_of(figure)
        )
        low += start
        high += float("inf") if pd.isna(end) else end
    return low, high


def meet(first: Ends, second: Ends) -> bool:
    """Whether two intervals have a number in common."""
    return max(first[0], second[0]) <= min(first[1], second[1])


def value_borne_out(printed: Figure, found: Sequence[Figure]) -> Bearing:
    """Whether a figure is borne out by another, or by the sum of others, of the same country.

    What the two may be must meet: a level's interval, a bound's widest reading.
    """
    if any(figure["country"] != printed["country"] for figure in found):
        return Bearing.AGAINST
    first, second = reading_of([printed]), reading_of(found)
    if first is None or second is None:
        return Bearing.OPEN
    return Bearing.FOR if meet(first, second) else Bearing.AGAINST


def is_misdated(printed: Figure, found: Figure, cited: bool) -> bool:
    """Whether a figure that has the number has it for another date.

    The page that the article cites must have its date; another page may be a year away. A page
    without a date says nothing against one.
    """
    if cited:
        return months_apart(found, printed) > 0
    dates = [figure["period_end"][:4] for figure in (printed, found)]
    return all(dates) and abs(int(dates[0]) - int(dates[1])) > 1


# How far a share may lie from the printed one, which may be of another month or another whole.
SHARE_APART = 0.05


def share_borne_out(printed: Figure, found: float) -> Bearing:
    """Whether a printed share is what the statistics have, give or take a twentieth.

    A share that is printed as a level is held by its value, one that is printed as a bound or a
    range ("more than 50%") by all that its words allow.
    """
    level = printed["value"]
    reading = reading_of([printed]) if pd.isna(level) else (level, level)
    if pd.isna(found) or reading is None:
        return Bearing.OPEN
    apart = max(reading[0] - found, found - reading[1], 0)
    return Bearing.FOR if apart < SHARE_APART else Bearing.AGAINST
