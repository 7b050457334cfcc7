"""The tables of DAMAGE.md: how many damages were noticed, by whom, and which were not."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from slips import KINDS, Damage

from analysis.data.seals import SEALED
from analysis.data.second_readings import DIFFER

SEED = 20180601
OUTCOMES = ("refused", "flagged", "moved", "silent")
# Of how many damages one is asked of all witnesses.
ONE_IN = 6
CONTROL = "control total: rows and sums of the edition"
# Who notices, by the beginning of a rule's name, the first that fits.
_WITNESSES = {
    "control total": "control totals: the edition no longer comes to what its file came to",
    f"look: {DIFFER}": "second reading: the figure was read otherwise from its source",
    "look: two of its digits": "digits exchanged: another record or the years beside would agree",
    "look: the parts": "cross-foots: parts and whole",
    "look: too much is left": "cross-foots: parts and whole",
    "look: the partners listed": "cross-foots: parts and whole",
    "value: at most": "cross-foots: parts and whole",
    "look": "other looks: the years beside, the other side, other editions and pages",
    "check: ": "checks: a share and its parts, one fact in two places",
    "claims": "a sentence that a test holds, or a verdict",
    "verdicts": "a sentence that a test holds, or a verdict",
    "checks": "a sentence that a test holds, or a verdict",
    "world": "a sentence that a test holds, or a verdict",
    "page": "a sentence that a test holds, or a verdict",
    "": "the row's own rules: forms, units, names, keys, years beside",
}


@dataclass(frozen=True)
class Noticed:
    """What became of a damage, and by which rule or which sentence.

    ``alone`` where nothing but the control totals or the second reading refuses or flags it, which
    is known only of a damage that was shown to all witnesses (``by_all``).
    """

    outcome: str
    by: str = ""
    told: str = ""
    alone: bool = False
    by_all: bool = True


def rule_of(column: str, words: str) -> str:
    """A rule's name: the column and the beginning of what it asks for, without its numbers."""
    plain = re.sub(r"\b(?:CHN|RUS)\b", "a power", words.partition(", as in")[0])
    plain = re.sub(r"[-+]?[0-9][0-9.,]*(?:e[+-]?[0-9]+)?", "0", plain)
    return f"{column}: {plain[:60]}"


def interval(count: int, total: int) -> tuple[float, float]:
    """Wilson's 95% interval of a share.

    >>> [round(end, 3) for end in interval(5, 100)]
    [0.022, 0.112]
    """
    if not total:
        return 0.0, 1.0
    z, share = 1.96, count / total
    middle = share + z * z / (2 * total)
    half = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    low, high = ((middle + sign * half) / (1 + z * z / total) for sign in (-1, 1))
    return max(0.0, low), min(1.0, high)


def _row(name: str, seen: Iterable[Noticed], sealed: int) -> str:
    noticed = list(seen)
    counted = Counter(one.outcome for one in noticed)
    asked = [one for one in noticed if one.by_all]
    alone = sum(one.alone for one in asked)
    total = sum(counted.values())
    cells = [f"{counted[outcome]:,} ({counted[outcome] / total:.1%})" for outcome in OUTCOMES]
    low, high = interval(counted["silent"], total)
    seal = f"{sealed / total:.0%}"
    cells += [f"{low:.1%} to {high:.1%}", _share(alone, len(asked)), seal]
    return f"| {name} | {total:,} | {' | '.join(cells)} |"


def _share(count: int, total: int) -> str:
    """A count with its share of a total, of which it says how many that are.

    >>> _share(3, 40)
    '3 of 40 (7.5%)'
    """
    return f"{count:,} of {total:,} ({count / total:.1%})" if total else "0 of 0"


_HEAD = (
    "| {} | damages | refused | flagged | moved | silent | silent, 95% interval | these two alone "
    "| the seal |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
)


def _table(title: str, groups: dict[str, list[tuple[Damage, Noticed]]]) -> str:
    lines = [_HEAD.format(title)]
    for name, pairs in groups.items():
        sealed = sum(damage.table in SEALED for damage, _ in pairs)
        lines.append(_row(name, (noticed for _, noticed in pairs), sealed))
    return "\n".join(lines)


def grouped(
    pairs: Iterable[tuple[Damage, Noticed]], by: str
) -> dict[str, list[tuple[Damage, Noticed]]]:
    """Pairs by an attribute of the damage."""
    groups: dict[str, list[tuple[Damage, Noticed]]] = defaultdict(list)
    for damage, noticed in pairs:
        groups[getattr(damage, by)].append((damage, noticed))
    return groups


_INTRODUCTION = """# Damaged figures

`make damage` damages one cell of the raw data at a time, in six ways, and looks who notices. Of
{count:,} damages {what}, drawn with the seed {seed}. The seals are renewed after each
damage, as someone would who meant well; what they would have noticed is the last column (the
tables of printed figures have none). A damage that leaves what a cell says as it was is not
counted. As many rows are drawn of each table of statistics, and all of the small ones, so the
totals are not those of a cell drawn from all tables.

Refused: the raw data is at fault, and nothing is built. Flagged: `analysis check` asks for another
look where it did not, or a check turns to "conflicts". Moved: a verdict on a tie, a claim or a
country of the world changes, or the sentence of a claim or a check, or a line of a page that a test
of the pages holds (`pages.py`), so that the test fails and names it. Silent: nobody is told.

Two witnesses stand nearer to the tables than the others: the second reading of the printed figures
(`second_readings.csv`) and the control totals of the statistics (`control_totals.csv`). Both were
taken from what our tables were made of, no command renews them, and yet a person who means well
might change them too, as a seal is renewed. They are quick, so all damages are shown to them and
to the rules of the row; all witnesses were asked of {asked:,} damages, drawn with the same seed.
"These two alone" counts in those what nothing else refuses or flags; whether it would have moved a
sentence was not read.

So without the two up to {without:,} of the {asked:,} would have been silent or no more than a
moved sentence: {share:.1%}, with a 95% interval of {low:.1%} to {high:.1%}. With them {silent:,} of
{count:,} are silent: {silent_share:.1%}."""


def report(
    tables: dict[str, Any], found: Sequence[Damage], seen: Sequence[Noticed], what: str = "all"
) -> str:
    """The whole of DAMAGE.md; ``what`` says of which rows."""
    pairs = list(zip(found, seen, strict=True))
    by_kind = grouped(pairs, "kind")
    kinds = {f"{kind}: {KINDS[kind]}": by_kind[kind] for kind in KINDS if kind in by_kind}
    parts = [
        _introduction(pairs, what),
        _table("slip", {**kinds, "all": pairs}),
        _table("table", grouped(pairs, "table")),
        "## Who notices",
        "Of the damages of which all were asked, by who is named first.",
        *_rules(pairs),
        "## Moved",
        _moved(tables, pairs),
        "## Silent",
        _sizes(tables, pairs),
        _groups(tables, pairs),
        *_listed(tables, pairs),
    ]
    return "\n\n".join(parts) + "\n"


def _introduction(pairs: list[tuple[Damage, Noticed]], what: str) -> str:
    silent = sum(noticed.outcome == "silent" for _, noticed in pairs)
    asked = [noticed for _, noticed in pairs if noticed.by_all]
    without = sum(one.alone or one.outcome in ("moved", "silent") for one in asked)
    low, high = interval(without, len(asked))
    return _INTRODUCTION.format(
        count=len(pairs),
        what=what,
        seed=SEED,
        silent=silent,
        silent_share=silent / len(pairs),
        asked=len(asked),
        without=without,
        share=without / max(1, len(asked)),
        low=low,
        high=high,
    )


# A page prints three digits, so that a change below half of the third cannot be seen on any.
_SIZES = {
    "below 0.05%, which no page prints": 0.0005,
    "0.05% to 5%": 0.05,
    "above 5%": float("inf"),
}


def _sizes(tables: dict[str, Any], pairs: list[tuple[Damage, Noticed]]) -> str:
    """How much the silent damages of a statistic's value change it, by kind of slip."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for damage in _silent(pairs):
        if size := _size(tables, damage):
            counted[damage.kind][size] += 1
    lines = [
        "By how much the silent ones change a value of the statistics:",
        "",
        "| slip | " + " | ".join(_SIZES) + " |",
        "| --- |" + " ---: |" * len(_SIZES),
    ]
    for kind, sizes in counted.items():
        lines.append(f"| {kind} | " + " | ".join(str(sizes[name]) for name in _SIZES) + " |")
    return "\n".join(lines)


def _silent(pairs: list[tuple[Damage, Noticed]]) -> list[Damage]:
    return [damage for damage, noticed in pairs if noticed.outcome == "silent"]


def _size(tables: dict[str, Any], damage: Damage) -> str:
    """How large the change of a statistic's value is; nothing where another cell changes."""
    cells = dict(damage.cells)
    if "value" not in cells:
        return ""
    return size_of(float(tables[damage.table].loc[damage.line, "value"]), float(cells["value"]))


def size_of(before: float, after: float) -> str:
    """How large a change is beside what was there: one of ``_SIZES``."""
    part = abs(after - before) / abs(before) if before else float("inf")
    return next(name for name, most in _SIZES.items() if part < most or most == float("inf"))


def _rules(pairs: list[tuple[Damage, Noticed]]) -> list[str]:
    asked = [noticed for _, noticed in pairs if noticed.by_all]
    counted = Counter((noticed.outcome, noticed.by) for noticed in asked if noticed.by)
    witnesses: Counter[str] = Counter()
    for (_, rule), count in counted.items():
        witnesses[_witness(rule)] += count
    heads = ["| witness | damages |", "| --- | ---: |"]
    heads += [f"| {witness} | {count:,} |" for witness, count in witnesses.most_common()]
    lines = ["| outcome | rule | damages |", "| --- | --- | ---: |"]
    for (outcome, rule), count in sorted(counted.items(), key=lambda item: (item[0][0], -item[1])):
        lines.append(f"| {outcome} | {rule.replace('|', '/')} | {count} |")
    return ["\n".join(heads), "\n".join(lines)]


def _witness(rule: str) -> str:
    """Who notices by a rule: a look that is asked for, the totals, the row's own rules, ..."""
    return next(words for start, words in _WITNESSES.items() if rule.startswith(start))


def _moved(tables: dict[str, Any], pairs: list[tuple[Damage, Noticed]]) -> str:
    """Each damage that moved something, with the sentence as it then reads."""
    lines = ["| damage | what moved | as it then reads |", "| --- | --- | --- |"]
    for damage, noticed in pairs:
        if noticed.outcome == "moved":
            reads = " ".join(noticed.told.replace("|", "/").split())
            lines.append(f"| {told(tables, damage)} | {noticed.by} | {reads} |")
    return "\n".join(lines)


def _groups(tables: dict[str, Any], pairs: list[tuple[Damage, Noticed]]) -> str:
    groups: dict[tuple[str, str], list[Damage]] = defaultdict(list)
    for damage in _silent(pairs):
        groups[damage.kind, damage.table].append(damage)
    lines = ["| slip | table | silent | an example |", "| --- | --- | ---: | --- |"]
    for (kind, table), silent in sorted(groups.items(), key=lambda item: -len(item[1])):
        lines.append(f"| {kind} | {table} | {len(silent)} | {told(tables, silent[0])} |")
    return "\n".join(lines)


# So many are listed one by one; of more, the table above says what they are.
_LISTED = 500


def _listed(tables: dict[str, Any], pairs: list[tuple[Damage, Noticed]]) -> list[str]:
    """The silent damages one by one: those that change what a page could print, and the others."""
    smallest = next(iter(_SIZES))
    parts: dict[str, list[str]] = {"What a page could print": [], "Below what any page prints": []}
    large, small = parts.values()
    for damage in _silent(pairs)[:_LISTED]:
        line = f"- {damage.table}, {damage.kind}: {told(tables, damage)}"
        (small if _size(tables, damage) == smallest else large).append(line)
    return [
        text
        for title, lines in parts.items()
        if lines
        for text in (f"### {title} ({len(lines)})", "\n".join(lines))
    ]


def told(tables: dict[str, Any], damage: Damage) -> str:
    """A damage in words: the row, what stood there, and what stands there now."""
    row = tables[damage.table].loc[damage.line]
    name = row.get("figure_id") or " ".join(
        cell for column, cell in row.items() if column not in ("value", "source_id")
    )
    changed = ", ".join(f"{row[column]} -> {cell}" for column, cell in damage.cells)
    return f"{name}: {changed}".replace("|", "/")
