"""The rules of judgement: from intervals to who is ahead, how surely, and since when.

Each rule is a function of plain values, so that a reader can hold it against a table by hand. A
power is named by its code, as in ``POWERS``; the rules do not know which of the two it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isnan

# Nearer than this to nought, two sums count as level: neither is a tenth above the other.
LEVEL = 0.05
# From this part of a year's output on, a tie may stand in a page's first sentence.
WEIGHTY = 0.01
# Above this part of the whole in hands that the source does not name, nothing is sure.
UNNAMED = 0.25


class Position(StrEnum):
    """Where a record has neither power ahead."""

    LEVEL = "level"
    TOO_CLOSE = "too_close"


class Verdict(StrEnum):
    """What one or two records of a year say together."""

    BOTH = "ahead_on_both"
    OR_LEVEL = "ahead_or_level"
    OR_TOO_CLOSE = "ahead_or_too_close"
    ONE_RECORD = "ahead_on_the_one_record"
    LEVEL = "level"
    TOO_CLOSE = "too_close"
    DEPENDS = "depends_on_the_record"
    NONE = "no_pair"


class Confidence(StrEnum):
    """How sure a verdict is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Grade(StrEnum):
    """How a figure is known."""

    TABLE = "table"
    STATED = "stated"
    DERIVED = "derived"


@dataclass(frozen=True)
class Judged:
    """A verdict, and the power that it has ahead: empty where it has none."""

    verdict: Verdict
    leader: str = ""


def leader_of(low: float, high: float, powers: tuple[str, str] = ("CHN", "RUS")) -> str:
    """Who is ahead by an interval of D, the difference of two figures over their sum.

    Args:
        low: lower end of the interval, from -1 to 1.
        high: upper end.
        powers: code of the power that is ahead above nought, and of the one ahead below.

    Returns:
        A code of ``powers`` where the interval lies wholly outside -0.05 to 0.05, a ``Position``
        where it lies wholly inside or crosses an edge, and "" where an end is not known.

    Example:
        >>> leader_of(0.06, 0.07), leader_of(-0.02, 0.03), leader_of(0.02, 0.08)
        ('CHN', <Position.LEVEL: 'level'>, <Position.TOO_CLOSE: 'too_close'>)
    """
    if isnan(low) or isnan(high):
        return ""
    if low >= LEVEL:
        return powers[0]
    if high <= -LEVEL:
        return powers[1]
    return Position.LEVEL if low > -LEVEL and high < LEVEL else Position.TOO_CLOSE


def judge(leaders: Mapping[str, str]) -> Judged:
    """What the records of one year say together.

    Args:
        leaders: for each record its leader, as ``leader_of`` gives it; "" where it has no pair.

    Returns:
        ``DEPENDS`` where, and only where, two records have different powers ahead.

    Example:
        >>> judge({"own": "RUS", "partner": "level"})
        Judged(verdict=<Verdict.OR_LEVEL: 'ahead_or_level'>, leader='RUS')
    """
    said = [leader for leader in leaders.values() if leader]
    if not said:
        return Judged(Verdict.NONE)
    positions = {Position.LEVEL.value, Position.TOO_CLOSE.value}
    ahead = sorted({str(leader) for leader in said} - positions)
    if len(ahead) > 1:
        return Judged(Verdict.DEPENDS)
    close = Position.TOO_CLOSE in said
    if not ahead:
        return Judged(Verdict.TOO_CLOSE if close else Verdict.LEVEL)
    if len(said) == 1:
        return Judged(Verdict.ONE_RECORD, ahead[0])
    if close:
        return Judged(Verdict.OR_TOO_CLOSE, ahead[0])
    verdict = Verdict.OR_LEVEL if Position.LEVEL in said else Verdict.BOTH
    return Judged(verdict, ahead[0])


@dataclass(frozen=True)
class Change:
    """A power takes the lead: in which year, from whom ("" for the first), and how it is known."""

    year: int
    leader: str
    before: str
    preliminary: bool
    lasting: bool


def changes_of_lead(
    leaders: Mapping[int, str], preliminary: Sequence[int] = (), powers: Sequence[str] = ()
) -> list[Change]:
    """When the lead changed hands on one record, one concept and one edition.

    A power takes the lead in the first of two consecutive years in which it leads, and keeps it
    through level, too-close and single years until the other takes it.

    Args:
        leaders: by year, as ``leader_of`` gives them; a year without a pair is left out.
        preliminary: years whose figures are preliminary.
        powers: the codes that count as leaders; by default all that are no ``Position``.

    Returns:
        The changes by year; the first holder is one too, with an empty ``before``.

    Example:
        >>> [(c.year, c.leader) for c in changes_of_lead({2021: "RUS", 2022: "CHN", 2023: "CHN"})]
        [(2022, 'CHN')]
    """
    positions = {"", Position.LEVEL.value, Position.TOO_CLOSE.value}
    known = set(powers) or {str(leader) for leader in leaders.values()} - positions
    taken: list[tuple[int, str, str]] = []
    for year in sorted(leaders):
        leader = str(leaders[year])
        holder = taken[-1][1] if taken else ""
        if leader in known and leader != holder and leaders.get(year + 1) == leader:
            taken.append((year, leader, holder))
    last = taken[-1][1] if taken else ""
    return [
        Change(year, leader, before, year + 1 in preliminary or year in preliminary, leader == last)
        for year, leader, before in taken
    ]


def first_time_since(leaders: Mapping[int, str]) -> int | None:
    """The year before the last one in which the last year's leader led before.

    Args:
        leaders: by year, as ``leader_of`` gives them.

    Returns:
        That year where the last year stands alone, so that it is ahead "for the first time
        since"; None where it led in the year before too, where no power leads in the last year,
        or where it never led before.

    Example:
        >>> first_time_since({2010: "CHN", 2011: "RUS", 2022: "RUS", 2023: "CHN"})
        2010
    """
    if not leaders:
        return None
    last = max(leaders)
    leader = leaders[last]
    if leader in ("", Position.LEVEL, Position.TOO_CLOSE) or leaders.get(last - 1) == leader:
        return None
    before = [year for year, other in leaders.items() if other == leader and year < last]
    return max(before, default=None)


def confidence(
    grades: Sequence[str], leaders: Sequence[str], logical: Sequence[str], unnamed: float = 0.0
) -> Confidence:
    """How sure a verdict is.

    Args:
        grades: how each figure is known, as in ``Grade``.
        leaders: the leader on each record that there is.
        logical: the same by the logical intervals, in the same order.
        unnamed: part of the whole, 0 to 1, in hands that the source does not name.

    Returns:
        ``HIGH`` where every figure is a table's, the records agree, and the logical intervals
        give the same leaders; ``MEDIUM`` where one of these fails, else ``LOW``. ``LOW`` too
        where more than a quarter of the whole is in unnamed hands.

    Example:
        >>> confidence(["table"], ["CHN", "CHN"], ["CHN", "CHN"])
        <Confidence.HIGH: 'high'>
    """
    if unnamed > UNNAMED:
        return Confidence.LOW
    failed = (
        any(grade != Grade.TABLE for grade in grades),
        len(set(leaders)) > 1,
        list(leaders) != list(logical),
    )
    return (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW, Confidence.LOW)[sum(failed)]


def is_weighty(china: float, russia: float, whole: float) -> bool:
    """Whether a tie may stand in a page's first sentence.

    Args:
        china: one power's figure; NaN where it is not known.
        russia: the other's, in the same unit.
        whole: for money GDP of the same year, for gas the country's exports of gas.

    Returns:
        True where either is at least a hundredth of the whole; False where nothing is known.

    Example:
        >>> is_weighty(0.0, 2.0, 100.0)
        True
    """
    if isnan(whole) or whole <= 0:
        return False
    return any(figure / whole >= WEIGHTY for figure in (china, russia) if not isnan(figure))
