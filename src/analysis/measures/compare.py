"""Like with like, or a refusal in words: the rules, and all comparisons by them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.config import COUNTRIES, POWERS, RAW
from analysis.data import schema, store, vocabulary
from analysis.data.countries import area
from analysis.data.frames import as_rows, where
from analysis.data.wording import quoted
from analysis.measures.editions import Editions, in_use, load_editions, wdi
from analysis.measures.judgement import leader_of
from analysis.measures.refusals import Refusal
from analysis.measures.scale import (
    SIDES,
    Powers,
    difference,
    difference_interval,
    log2_ratio,
    word,
)
from analysis.measures.trade import GOODS_AND_SERVICES, trade_pairs, with_both
from analysis.measures.yearly import (
    TURNOVERS,
    compare_series,
    gdp,
    indicator_pairs,
    relative_to,
)

# Stocks and packages this far apart may still be set side by side, with the gap named. What
# runs over a period is compared with the same period only.
TOLERANCE_MONTHS = 12

# The type of a figure. All of it must agree, in this order: the first that differs is the
# reason for the refusal.
TYPE = {
    "country": Refusal.OTHER_AREA,
    "indicator": Refusal.OTHER_MEASURE,
    "nature": Refusal.OTHER_NATURE,
    "status": Refusal.OTHER_STATUS,
    "unit": Refusal.OTHER_UNIT,
    "price_basis": Refusal.OTHER_PRICES,
    "coverage": Refusal.OTHER_COVERAGE,
    "reporter": Refusal.OTHER_REPORTER,
}
_MEANING = {
    "indicator": vocabulary.INDICATORS,
    "nature": vocabulary.NATURES,
    "status": vocabulary.STATUSES,
    "unit": vocabulary.UNITS,
    "coverage": vocabulary.COVERAGES,
}


# What a reader is told of a pair of which a figure bears one of these marks.
_MARKS = {
    "derived": "worked out here from what is stated",
    "preliminary": "a first release, revised since",
    "estimated": "an estimate",
    "disputed": "another figure does not fit it",
}


def months_apart(first: dict[str, Any], second: dict[str, Any]) -> float:
    """Months between the ends of two figures' periods; NaN where either is undated."""
    ends = [figure["as_of"] or figure["period_end"] for figure in (first, second)]
    if not all(ends):
        return float("nan")
    (year, month), (other_year, other_month) = ((int(end[:4]), int(end[5:7])) for end in ends)
    return abs((year - other_year) * 12 + month - other_month)


def judge(
    china: dict[str, Any] | None, russia: dict[str, Any] | None, powers: Powers = POWERS
) -> tuple[str, str, str]:
    """Whether two figures may be compared, and why not.

    Args:
        china: a row of ``figures`` on the first power, or None where there is none.
        russia: the same for the second.
        powers: who they are.

    Returns:
        ``comparable`` (yes, conditional, no), the refusal, empty but for a no, and the reason,
        empty for a plain yes.

    Raises:
        ValueError: where there is neither figure.
    """
    first, second = powers.values()
    if china is None or russia is None:
        absent = first if china is None else second
        label = vocabulary.INDICATORS[_present(china, russia)["indicator"]]
        return "no", Refusal.NO_COUNTERPART, f"nothing comparable is given for {absent} ({label})"
    for field, refusal in TYPE.items():
        if china[field] != russia[field]:
            return _unlike(refusal, _sides(field, china, russia, powers))
    for power, figure in ((first, china), (second, russia)):
        if figure["state"] == "not_reported":
            words = f"no number for {power}: the words are {quoted(figure)}"
            return "no", Refusal.NO_NUMBER, words
    lengths = {_half_months(figure) for figure in (china, russia)}
    gap = months_apart(china, russia)
    if np.isnan(gap):
        return _unlike(Refusal.OTHER_PERIOD, "one side or both give none")
    spans = (china["period_start"], china["period_end"]) == (
        russia["period_start"],
        russia["period_end"],
    )
    apart = f"{china['period_printed']} for {first}, {russia['period_printed']} for {second}"
    if len(lengths) > 1 and not _stands_at_a_date(china, russia):
        return _unlike(Refusal.OTHER_LENGTH, apart)
    if gap > (0 if china["nature"] in ("flow", "volume") else TOLERANCE_MONTHS):
        return _unlike(Refusal.OTHER_PERIOD, apart)
    conditions = [] if spans else [f"the periods differ: {apart}"]
    if china["source_id"] != russia["source_id"]:
        conditions.append("the two figures stand on different pages")
    conditions += [
        words
        for mark, words in _MARKS.items()
        if mark
        in {figure[column] for figure in (china, russia) for column in ("grade", "evidence")}
    ]
    return "conditional" if conditions else "yes", "", "; ".join(conditions)


def _unlike(refusal: Refusal, case: str) -> tuple[str, str, str]:
    return "no", refusal, f"{vocabulary.REFUSALS[refusal]} ({case})"


# What is not known to have happened, and stands at the day on which it was said or signed.
_SAID = ("announced", "committed", "target")


def _stands_at_a_date(china: dict[str, Any], russia: dict[str, Any]) -> bool:
    """Whether a period only says, to the month or the year, on which day two figures stand.

    So it is with stocks and with packages. All else runs over its period, whatever its nature:
    what thirteen years add up to is not set against one year, nor a quarter's ratio against a
    year's.
    """
    if china["nature"] == "stock":
        return True
    within_a_year = all((_half_months(figure) or 0) <= 24 for figure in (china, russia))
    return china["status"] in _SAID and within_a_year


def _half_months(figure: dict[str, Any]) -> int | None:
    start, end = figure["period_start"], figure["period_end"]
    if not (start and end):
        return None
    # Two quarters, or two years, differ by a day or two and are alike.
    return round((date.fromisoformat(end) - date.fromisoformat(start)).days / 15)


def _present(china: dict[str, Any] | None, russia: dict[str, Any] | None) -> dict[str, Any]:
    """The figure that a pair has, the first's where it has two."""
    present = china or russia
    if present is None:
        raise ValueError("a pair without any figure")
    return present


def _sides(field: str, china: dict[str, Any], russia: dict[str, Any], powers: Powers) -> str:
    """What a field holds on either side, in words."""
    told = []
    for power, figure in zip(powers.values(), (china, russia), strict=True):
        word = figure[field]
        if field == "reporter":
            told.append(f"{power}’s {f'by {_counter(word)}' if word else 'not said'}")
        else:
            name = area(word) if field == "country" else _MEANING.get(field, {}).get(word, word)
            told.append(f"{power}: {name or 'not said'}")
    return ", ".join(told)


def _counter(code: str) -> str:
    """Who counted, in words: a state, the press, or an organisation by its name."""
    return "the press" if code == "press" else POWERS.get(code, area(code))


# A second printing of a fact, and the parts of compound words that date from earlier or take
# in everyone, are not compared on their own.
_NOT_COMPARED = ("same_as", "earlier", "whole", "growth_of")


def pair_figures(
    figures: pd.DataFrame, powers: Powers = POWERS
) -> list[tuple[dict | None, dict | None]]:
    """Set each figure on one power beside the figure on the other that answers the same question.

    The partner is the nearest in time that measures the same thing in the same country; where
    there is none, one that does so for the whole region, so that the refusal can say so. What
    is left on either side stands alone.

    Args:
        figures: rows of the ``figures`` table, from one record.
        powers: the first and the second.

    Returns:
        Pairs (first, second) of rows, None for a missing side, in the order of the rows.
    """
    rows = as_rows(figures[~figures["role"].isin(_NOT_COMPARED)])
    firsts, seconds = ([row for row in rows if row["power"] == power] for power in powers)
    pairs: list[tuple[dict | None, dict | None]] = []
    taken = set()
    for china in firsts:
        same = [row for row in seconds if row["indicator"] == china["indicator"]]
        here = [row for row in same if row["country"] == china["country"] and _may_meet(china, row)]
        wider = [row for row in same if row["country"] == "REGION" != china["country"]]
        russia = min(here or wider, key=lambda row: _distance(china, row), default=None)
        if russia and russia in here:
            taken.add(russia["figure_id"])
        pairs.append((china, russia))
    pairs += [(None, row) for row in seconds if row["figure_id"] not in taken]
    order = {row["figure_id"]: number for number, row in enumerate(rows)}
    return sorted(pairs, key=lambda pair: order[_present(*pair)["figure_id"]])


def _may_meet(china: dict[str, Any], russia: dict[str, Any]) -> bool:
    """Whether the two may be held together at all.

    What is worked out here is held against nothing but the figure that it was worked out beside.
    """
    tied = russia["related_id"] == china["figure_id"] or china["related_id"] == russia["figure_id"]
    return tied or "derived" not in (china["grade"], russia["grade"])


def _distance(china: dict[str, Any], russia: dict[str, Any]) -> tuple[bool, bool, float]:
    """How far a figure is from being the answer: recorder first, then page, then time."""
    gap = months_apart(china, russia)
    return (
        china["reporter"] != russia["reporter"],
        china["source_id"] != russia["source_id"],
        np.inf if np.isnan(gap) else gap,
    )


def compare_figures(figures: pd.DataFrame, record: str, powers: Powers = POWERS) -> pd.DataFrame:
    """Compare the printed figures of one record.

    Args:
        figures: rows of the ``figures`` table.
        record: "article" for the article's own figures, "stated" for what other pages print.
        powers: the first and the second of each pair.

    Returns:
        Rows of ``comparisons``: one a pair, and one a figure that has no counterpart.
    """
    rows = []
    for china, russia in pair_figures(figures, powers):
        present = _present(china, russia)
        rows.append(
            {
                "comparison_id": f"{record}-{present['figure_id']}",
                "country": present["country"],
                "dimension": present["dimension"],
                "concept": present["indicator"],
                "flow": "turnover" if present["indicator"] in TURNOVERS else "",
                "nature": present["nature"],
                "unit": present["unit"],
                "period_start": present["period_start"],
                "period_end": present["period_end"],
                "record": record,
                "dataset": present["source_id"],
                **_side("russia", russia),
                **_side("china", china),
                **_judged(china, russia, powers),
            }
        )
    return _as_table(rows)


def _judged(
    china: dict[str, Any] | None, russia: dict[str, Any] | None, powers: Powers
) -> dict[str, Any]:
    """The measures of a pair, whether it may be compared and why not."""
    comparable, refusal, reason = judge(china, russia, powers)
    if china is None or russia is None or comparable == "no":
        return _NO_MEASURES | {"refusal": str(refusal), "reason": reason}
    measures = _measures(china, russia)
    if np.isnan([measures[end] for end in _ENDS]).any():
        reason = "both sides may be nothing, so there is no lead"
        return _NO_MEASURES | {"refusal": str(Refusal.NOTHING), "reason": reason}
    if comparable == "yes" and not _survives(china, russia):
        comparable = "conditional"
        reason = "who is ahead does not survive the widest reading of the words"
    return measures | {"comparable": comparable, "refusal": "", "reason": reason}


_ENDS = ("difference_low", "difference_high")
_NO_MEASURES: dict[str, Any] = {
    "difference": np.nan,
    "difference_low": np.nan,
    "difference_high": np.nan,
    "log2_ratio": np.nan,
    "word": "",
    "comparable": "no",
}


def _side(name: str, figure: dict[str, Any] | None) -> dict[str, Any]:
    if figure is None:
        numbers = dict.fromkeys((name, f"{name}_low", f"{name}_high"), np.nan)
        return numbers | {f"{name}_state": "not_reported", f"{name}_period": "", f"{name}_ids": ""}
    return {
        name: figure["value"],
        f"{name}_low": figure["low"],
        f"{name}_high": figure["high"],
        f"{name}_state": figure["state"],
        f"{name}_period": figure["period_printed"],
        f"{name}_ids": figure["figure_id"],
    }


def _measures(china: dict[str, Any], russia: dict[str, Any]) -> dict[str, Any]:
    low, high = _interval(china, russia, "low", "high")
    return {
        "difference": difference(china["value"], russia["value"]),
        "difference_low": low,
        "difference_high": high,
        "log2_ratio": log2_ratio(china["value"], russia["value"]),
        "word": word(low, high),
    }


def _interval(
    china: dict[str, Any], russia: dict[str, Any], low: str, high: str
) -> tuple[float, float]:
    ends = [figure[end] for figure in (china, russia) for end in (low, high)]
    # A figure that has a number has a lower end, so an empty one is an upper one, and open.
    return difference_interval(*(np.inf if np.isnan(end) else end for end in ends))


def _survives(china: dict[str, Any], russia: dict[str, Any]) -> bool:
    """Whether the words' widest reading gives the same leader as their working one."""
    working = leader_of(*_interval(china, russia, "low", "high"))
    return working == leader_of(*_interval(china, russia, "logical_low", "logical_high"))


def region_totals(comparisons: pd.DataFrame) -> pd.DataFrame:
    """Sum comparisons over the five countries, wherever one record has all five.

    Only flows and stocks in money are summed, each within its concept, flow, period, record and
    dataset; different records never meet.

    Args:
        comparisons: rows of ``comparisons``.

    Returns:
        One row for ``REGION`` a group that has all five; the intervals of a sum are the sums of
        the ends.
    """
    same = ["concept", "flow", "nature", "unit", "period_start", "period_end", "record", "dataset"]
    rows = where(comparisons, comparable="yes", nature=["flow", "stock"], country=COUNTRIES)
    groups = rows.groupby(same, sort=False)["country"]
    five = (groups.transform("nunique") == len(COUNTRIES)) & (
        groups.transform("size") == len(COUNTRIES)
    )
    together = [
        key for key, kept in zip(map(tuple, rows[same].to_numpy()), five, strict=True) if kept
    ]
    by_group: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for key, row in zip(together, as_rows(rows[five]), strict=True):
        by_group.setdefault(key, []).append(row)
    return _as_table([_total(group) for group in by_group.values()])


def _total(rows: list[dict[str, Any]]) -> dict[str, Any]:
    first = rows[0]
    total = first | {
        "comparison_id": re.sub(
            f"(?<![a-z]){first['country'].lower()}(?![a-z])", "region", first["comparison_id"]
        ),
        "country": "REGION",
    }
    for power in SIDES:
        for end in ("", "_low", "_high"):
            total[f"{power}{end}"] = sum(row[f"{power}{end}"] for row in rows)
        total[f"{power}_state"] = "value"
        total[f"{power}_ids"] = " ".join(row[f"{power}_ids"] for row in rows)
    ends = [total[f"{power}{end}"] for power in SIDES for end in ("_low", "_high")]
    low, high = difference_interval(*ends)
    return total | {
        "difference": difference(total["china"], total["russia"]),
        "difference_low": low,
        "difference_high": high,
        "log2_ratio": log2_ratio(total["china"], total["russia"]),
        "word": word(low, high),
    }


def _as_table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    columns = schema.COMPARISONS.schema.columns
    table = pd.DataFrame(rows, columns=list(columns))
    numbers = [name for name, rule in columns.items() if str(rule.dtype) == "float64"]
    return table.astype(dict.fromkeys(numbers, float))


def compare(
    figures: pd.DataFrame,
    trade: pd.DataFrame,
    indicators: pd.DataFrame,
    editions: Editions,
    powers: Powers = POWERS,
    *,
    services: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """All comparisons that the processed tables allow, refusals among them.

    Args:
        figures: the ``figures`` table.
        trade: the ``trade`` table.
        indicators: the ``indicators`` table.
        editions: which trade and debt are set beside which GDP.
        powers: the first and the second of each pair.
        services: ``trade_goods_and_services``, a concept of its own.

    Returns:
        ``comparisons``: the article's figures, then those that other pages state, then the
        yearly series of trade, debt, remittances and investment, the region's sums last.
    """
    printed = figures["source_id"] == ARTICLE
    goods = trade_pairs(with_both(trade, powers), powers)
    series = [goods, indicator_pairs(indicators, powers)]
    debt = where(series[1], concept="debt_owed")
    if services is not None:
        series.append(trade_pairs(services, powers, GOODS_AND_SERVICES))
    series.append(relative_to(debt, debt["all"], "debt_share", "share", "share"))
    turnover = where(series[0], flow="turnover", record=["partner", "own"], dataset=editions.trade)
    owed = debt[in_use(debt["dataset"], editions)]
    for vintage, years in editions.gdp_years.items():
        edition = gdp(indicators, vintage)
        for pairs, concept in ((turnover, "trade_to_gdp"), (owed, "debt_to_gdp")):
            joined = pairs.merge(edition, on=["country", "year"], how="left", validate="m:1")
            joined = where(joined, year=years)
            ratio = relative_to(joined, joined["gdp"], concept, "ratio", "ratio")
            series.append(ratio.assign(dataset=wdi(vintage)))
    tables = [
        compare_figures(figures[printed], "article", powers),
        compare_figures(figures[~printed], "stated", powers),
        *(compare_series(pairs, powers) for pairs in series),
    ]
    comparisons = pd.concat(tables)
    return pd.concat([comparisons, region_totals(comparisons)], ignore_index=True)


ARTICLE = "dubnov-2018"


def write_comparisons(processed: Path, raw: Path = RAW) -> None:
    """Read the processed tables and write ``comparisons.csv``."""
    tables = {
        name: store.load_table(name, processed) for name in ("figures", "trade", "indicators")
    }
    services = store.load_table("trade_goods_and_services", processed)
    comparisons = compare(**tables, editions=load_editions(raw), services=services)
    store.save_table("comparisons", comparisons, processed)
