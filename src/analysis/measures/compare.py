"""Like with like, or a refusal in words: the rules and the measures.

The pair of powers is data: China stands first and Russia second unless another pair is given.
D and the log ratio are positive where the first one's figure is the larger. The columns and
arguments ``china`` and ``russia`` hold the first and the second, whichever they are. Arrays and
single numbers go through the same functions.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.config import COUNTRIES, POWERS, RAW
from analysis.data import schema, vocabulary
from analysis.data.countries import area
from analysis.data.frames import where
from analysis.data.wording import quoted
from analysis.measures import books
from analysis.measures.editions import Editions, in_use, load_editions, wdi

Powers = dict[str, str]  # name by code: the first of the pair, then the second

# The columns that the first and the second of a pair have in every table.
SIDES = ("china", "russia")

# Where one word of the scale gives way to the next, as |D|. They are the ratios 1.105, 1.5, 3
# and 9 of the larger figure to the smaller: a choice, made once, the same for every country.
BANDS = (0.05, 0.2, 0.5, 0.8)
WORDS = (
    "about level",
    "slightly larger",
    "clearly larger",
    "several times larger",
    "almost all on one side",
)
TOO_CLOSE = "too close to call"

# Stocks and packages this far apart may still be set side by side, with the gap named. What
# runs over a period is compared with the same period only.
TOLERANCE_MONTHS = 12

# The type of a figure. All of it must agree, in this order: the first that differs is the
# reason for the refusal. How each is named in that reason:
TYPE = {
    "country": "the area",
    "indicator": "what is measured",
    "nature": "the kind of number",
    "status": "whether it happened",
    "unit": "the unit",
    "price_basis": "the price basis",
    "coverage": "which partners are counted",
    "reporter": "who recorded it",
}
_MEANING = {
    "indicator": vocabulary.INDICATORS,
    "nature": vocabulary.NATURES,
    "status": vocabulary.STATUSES,
    "unit": vocabulary.UNITS,
    "coverage": vocabulary.COVERAGES,
}


# Exports and imports together: of goods, and of goods and services.
TURNOVERS = ("trade_turnover", "goods_services_turnover")


# What a reader is told of a pair of which a figure bears one of these marks.
_MARKS = {
    "derived": "worked out here from what is stated",
    "preliminary": "a first release, revised since",
    "estimated": "an estimate",
    "disputed": "another figure does not fit it",
}


def difference(china: Any, russia: Any) -> Any:
    """Normalised difference D = (C - R) / (C + R), from -1 (only Russia) to +1 (only China).

    Undefined (NaN) where either side is missing or negative, or both are zero: no activity by
    either is not a draw. The form is that of Laursen's revealed symmetric comparative
    advantage (Eurasian Business Review 5, 2015); C/R = (1 + D) / (1 - D).

    Args:
        china: China's figure, a number or an array, in the unit of the other.
        russia: Russia's figure.
    """
    c, r = np.asarray(china, float), np.asarray(russia, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        # An open end is infinite, and D goes to its limit there.
        result = np.where(np.isinf(c) & ~np.isinf(r), 1.0, (c - r) / (c + r))
        result = np.where(np.isinf(r) & ~np.isinf(c), -1.0, result)
        missing = np.isnan(c) | np.isnan(r)
        return np.where(missing | (c < 0) | (r < 0) | (c + r == 0), np.nan, result)[()]


def difference_interval(
    china_low: Any, china_high: Any, russia_low: Any, russia_high: Any
) -> tuple[Any, Any]:
    """Exact range of D for C and R anywhere in their intervals.

    D rises with C and falls with R, so its ends lie at opposite corners; interval arithmetic
    on the formula would count C and R twice and come out too wide.
    """
    return difference(china_low, russia_high), difference(china_high, russia_low)


def log2_ratio(china: Any, russia: Any) -> Any:
    """log2(C / R): +1 is a doubling in China's favour. NaN where either is missing or zero."""
    c, r = np.asarray(china, float), np.asarray(russia, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log2(c / r)
    return np.where((c > 0) & (r > 0), ratio, np.nan)[()]


def word(low: float, high: float) -> str:
    """The word of the scale that an interval of D allows; two words where it spans two.

    Args:
        low: lower end of D.
        high: upper end of D.

    Returns:
        "about level" where the interval lies within 0.05 of zero; "too close to call" where
        it reaches past that on both sides; empty where D is undefined.
    """
    if np.isnan(low) or np.isnan(high):
        return ""
    if low < -BANDS[0] and high > BANDS[0]:
        return TOO_CLOSE
    near, far = sorted((_band(low), _band(high)))
    if near == far:
        return WORDS[near]
    # "slightly to clearly larger": the noun is said once.
    if far < len(WORDS) - 1:
        return f"{WORDS[near].removesuffix(' larger')} to {WORDS[far]}"
    return f"{WORDS[near]} to {WORDS[far]}"


def _band(difference_end: float) -> int:
    return int(np.searchsorted(BANDS, abs(difference_end), side="left"))


def leader(low: float, high: float, powers: Powers = POWERS) -> str:
    """Code of the power that an interval of D puts ahead; empty where it puts neither."""
    if np.isnan(low) or np.isnan(high) or (low < -BANDS[0] and high > BANDS[0]):
        return ""
    if max(abs(low), abs(high)) <= BANDS[0]:
        return ""
    first, second = powers
    return first if high > BANDS[0] else second


def sign(low: Any, high: Any) -> Any:
    """Who has more by an interval of D: 1 the first, -1 the second, 0 where it spans nought."""
    return (low > 0) * 1 - (high < 0) * 1


def months_apart(first: dict[str, Any], second: dict[str, Any]) -> float:
    """Months between the ends of two figures' periods; NaN where either is undated."""
    ends = [figure["as_of"] or figure["period_end"] for figure in (first, second)]
    if not all(ends):
        return float("nan")
    (year, month), (other_year, other_month) = ((int(end[:4]), int(end[5:7])) for end in ends)
    return abs((year - other_year) * 12 + month - other_month)


def judge(
    china: dict[str, Any] | None, russia: dict[str, Any] | None, powers: Powers = POWERS
) -> tuple[str, str]:
    """Whether two figures may be compared, and why not.

    Args:
        china: a row of ``figures`` on the first power, or None where there is none.
        russia: the same for the second.
        powers: who they are.

    Returns:
        ``comparable`` (yes, conditional, no) and the reason, empty for a plain yes.
    """
    first, second = powers.values()
    if china is None or russia is None:
        present = china or russia
        absent = first if china is None else second
        return "no", f"nothing comparable is given for {absent} ({_label(present)})"
    for field, name in TYPE.items():
        if china[field] != russia[field]:
            return "no", f"not like with like: {name} ({_sides(field, china, russia, powers)})"
    for power, figure in ((first, china), (second, russia)):
        if figure["state"] == "not_reported":
            return "no", f"no number for {power}: the words are {quoted(figure)}"
    lengths = {_half_months(figure) for figure in (china, russia)}
    gap = months_apart(china, russia)
    if np.isnan(gap):
        return "no", "not like with like: the period (one side or both give none)"
    spans = (china["period_start"], china["period_end"]) == (
        russia["period_start"],
        russia["period_end"],
    )
    apart = f"{china['period_printed']} for {first}, {russia['period_printed']} for {second}"
    if len(lengths) > 1 and not _stands_at_a_date(china, russia):
        return "no", f"not like with like: the length of the period ({apart})"
    if gap > (0 if china["nature"] in ("flow", "volume") else TOLERANCE_MONTHS):
        return "no", f"not like with like: the period ({apart})"
    conditions = [] if spans else [f"the periods differ: {apart}"]
    if china["source_id"] != russia["source_id"]:
        conditions.append("the two figures stand on different pages")
    conditions += [
        words
        for mark, words in _MARKS.items()
        if mark
        in {figure[column] for figure in (china, russia) for column in ("grade", "evidence")}
    ]
    return ("conditional", "; ".join(conditions)) if conditions else ("yes", "")


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
    start, end = pd.to_datetime([figure["period_start"], figure["period_end"]])
    # Two quarters, or two years, differ by a day or two and are alike.
    return None if pd.isna(end - start) else round((end - start).days / 15)


def _label(figure: dict[str, Any]) -> str:
    return vocabulary.INDICATORS[figure["indicator"]]


def _sides(field: str, china: dict[str, Any], russia: dict[str, Any], powers: Powers) -> str:
    meaning = _MEANING.get(field, {})

    def name(word: str) -> str:
        return area(word) if field == "country" else meaning.get(word, word)

    return ", ".join(
        f"{power}: {name(figure[field]) or 'not said'}"
        for power, figure in zip(powers.values(), (china, russia), strict=True)
    )


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
        figures: rows of the ``figures`` table, from one book.
        powers: the first and the second.

    Returns:
        Pairs (first, second) of rows, None for a missing side, in the order of the rows.
    """
    rows = figures[~figures["role"].isin(_NOT_COMPARED)].to_dict("records")
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
    return sorted(pairs, key=lambda pair: order[(pair[0] or pair[1])["figure_id"]])


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


def compare_figures(figures: pd.DataFrame, book: str, powers: Powers = POWERS) -> pd.DataFrame:
    """Compare the printed figures of one book.

    Args:
        figures: rows of the ``figures`` table.
        book: "article" for the article's own figures, "stated" for what other pages print.
        powers: the first and the second of each pair.

    Returns:
        Rows of ``comparisons``: one a pair, and one a figure that has no counterpart.
    """
    rows = []
    for china, russia in pair_figures(figures, powers):
        present = china or russia
        comparable, reason = judge(china, russia, powers)
        measures = _measures(china, russia) if comparable != "no" else _NO_MEASURES
        if comparable != "no" and np.isnan([measures[end] for end in _ENDS]).any():
            comparable, reason = "no", "both sides may be nothing, so there is no lead"
            measures = _NO_MEASURES
        if comparable == "yes" and not _survives(china, russia):
            comparable = "conditional"
            reason = "who is ahead does not survive the widest reading of the words"
        rows.append(
            {
                "comparison_id": f"{book}-{present['figure_id']}",
                "country": present["country"],
                "dimension": present["dimension"],
                "concept": present["indicator"],
                "flow": "turnover" if present["indicator"] in TURNOVERS else "",
                "nature": present["nature"],
                "unit": present["unit"],
                "period_start": present["period_start"],
                "period_end": present["period_end"],
                "book": book,
                "dataset": present["source_id"],
                **_side("russia", russia),
                **_side("china", china),
                **measures,
                "comparable": comparable,
                "reason": reason,
            }
        )
    return _as_table(rows)


_ENDS = ("difference_low", "difference_high")
_NO_MEASURES: dict[str, Any] = {
    "difference": np.nan,
    "difference_low": np.nan,
    "difference_high": np.nan,
    "log2_ratio": np.nan,
    "word": "",
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
    """Whether the words' widest reading puts the same power ahead as their working one."""
    working = leader(*_interval(china, russia, "low", "high"))
    return working == leader(*_interval(china, russia, "logical_low", "logical_high"))


# What a table of yearly pairs has before it is measured.
_PAIR = ["country", "dimension", "concept", "flow", "nature", "unit", "year", "book", "dataset"]


def compare_series(pairs: pd.DataFrame, powers: Powers = POWERS) -> pd.DataFrame:
    """Measure yearly pairs of statistics; the numbers have no interval beyond their digits.

    Args:
        pairs: one row a pair, with the columns of ``_PAIR``, ``china`` and ``russia`` (NaN
            where missing), ``china_ids`` and ``russia_ids``, and ``refusal``, the reason why
            the pair is no pair, or empty.
        powers: whose figures the two columns hold.

    Returns:
        Rows of ``comparisons``, in the order given.
    """
    pairs = pairs.reset_index(drop=True)
    years = pairs["year"].astype(str)
    debt_share = (pairs["nature"] == "share") & (pairs["dimension"] == "debt")
    at_date = debt_share | (pairs["nature"] == "stock")
    columns = {
        "comparison_id": series_id(pairs),
        **pairs[_PAIR],
        "period_start": years + np.where(at_date, "-12-31", "-01-01"),
        "period_end": years + "-12-31",
    }
    for power in reversed(SIDES):
        values = pairs[power].astype(float)
        state = np.select(
            [values.isna(), values == 0], ["not_reported", "observed_zero"], default="value"
        )
        columns |= {power: values, f"{power}_low": values, f"{power}_high": values}
        columns |= {f"{power}_state": state, f"{power}_period": years}
        columns[f"{power}_ids"] = pairs[f"{power}_ids"].where(values.notna(), "")
    china, russia = (columns[side] for side in SIDES)
    first, second = powers.values()
    reason = np.select(
        [
            pairs["refusal"] != "",
            china.isna() & russia.isna(),
            china.isna(),
            russia.isna(),
            (china < 0) | (russia < 0),
            (china == 0) & (russia == 0),
        ],
        [
            pairs["refusal"],
            "no record for either power",
            f"no record for {first}, which is missing and not zero",
            f"no record for {second}, which is missing and not zero",
            "a negative flow, money taken out, has no D",
            "nothing with either power, so there is no lead",
        ],
        default="",
    )
    legal = reason == ""
    ratio = np.where(legal, difference(china, russia), np.nan)
    columns |= dict.fromkeys(("difference", "difference_low", "difference_high"), ratio)
    columns["log2_ratio"] = np.where(legal, log2_ratio(china, russia), np.nan)
    columns["word"] = [word(end, end) for end in ratio]
    columns["comparable"] = np.where(legal, "yes", "no")
    columns["reason"] = reason
    return pd.DataFrame(columns)[list(schema.COMPARISONS.schema.columns)]


def series_id(pairs: pd.DataFrame) -> pd.Series:
    """Names of yearly comparisons: country, concept, year, book and dataset."""
    parts = [
        pairs["country"].str.lower(),
        pairs["concept"].str.replace("_", "-"),
        pairs["year"].astype(str),
        pairs["book"].str.replace("_", "-"),
        pairs["dataset"],
    ]
    return parts[0].str.cat([part.astype(str) for part in parts[1:]], sep="-")


def region_totals(comparisons: pd.DataFrame) -> pd.DataFrame:
    """Sum comparisons over the five countries, wherever one book has all five.

    Only flows and stocks in money are summed, each within its concept, flow, period, book and
    dataset; mixed books never meet.

    Args:
        comparisons: rows of ``comparisons``.

    Returns:
        One row for ``REGION`` a group that has all five; the intervals of a sum are the sums of
        the ends.
    """
    same = ["concept", "flow", "nature", "unit", "period_start", "period_end", "book", "dataset"]
    rows = where(comparisons, comparable="yes", nature=["flow", "stock"], country=COUNTRIES)
    groups = rows.groupby(same, sort=False)["country"]
    five = (groups.transform("nunique") == len(COUNTRIES)) & (
        groups.transform("size") == len(COUNTRIES)
    )
    together = [
        key for key, kept in zip(map(tuple, rows[same].to_numpy()), five, strict=True) if kept
    ]
    by_group: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for key, row in zip(together, rows[five].to_dict("records"), strict=True):
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


def indicator_pairs(indicators: pd.DataFrame, powers: Powers = POWERS) -> pd.DataFrame:
    """Yearly pairs of debt, remittances and direct investment, each from one source.

    A creditor that the debt statistics do not name is owed nothing, since they name all of
    them; a sender that the remittance matrices do not name is missing, since they are a model.

    Returns:
        Pairs as ``compare_series`` takes them.
    """
    frames = []
    for (dimension, concept, nature, unit), names in {
        ("debt", "debt_owed", "stock", "USD"): ("debt_owed", "stated"),
        ("remittances", "remittances", "flow", "USD"): ("remittances", "stated"),
        ("investment", "fdi_flow", "flow", "EUR"): ("fdi_flow", "stated"),
        ("investment", "fdi_stock", "stock", "EUR"): ("fdi_stock", "stated"),
        ("investment", "fdi_outflow", "flow", "USD"): ("fdi_outflow", "partner"),
    }.items():
        name, book = names
        wide = _wide(where(indicators, indicator=name), powers)
        if name == "debt_owed":
            wide = wide[wide["all"].notna()].fillna(dict.fromkeys(powers, 0.0))
        frames.append(
            wide.assign(
                dimension=dimension, concept=concept, nature=nature, unit=unit, book=book, flow=""
            )
        )
    pairs = pd.concat(frames, ignore_index=True)
    ids = pairs["dataset"] + "/" + pairs["country"] + "/" + pairs["concept"]
    for side, power in zip(SIDES, powers, strict=True):
        record = ids + f"/{power}/" + pairs["year"].astype(str)
        pairs = pairs.assign(**{side: pairs[power], f"{side}_ids": record})
    return pairs.assign(refusal="")


def _wide(rows: pd.DataFrame, powers: Powers) -> pd.DataFrame:
    """One row a country and year with a column each for the two powers and all together."""
    who = rows["power"].where(rows["power"] != "", rows["counterpart"])
    kept = rows.assign(who=who)[who.isin([*powers, "all"])]
    wide = kept.pivot(
        index=["country", "year", "source_id"], columns="who", values="value"
    ).reset_index()
    return wide.reindex(columns=["country", "year", "source_id", *powers, "all"]).rename(
        columns={"source_id": "dataset"}
    )


def relative_to(
    pairs: pd.DataFrame, total: pd.Series, concept: str, nature: str, unit: str
) -> pd.DataFrame:
    """The same pairs as parts of a total: a share of all debt, or a ratio to GDP.

    Args:
        pairs: as ``compare_series`` takes them.
        total: what to divide by, row by row; NaN where it is missing, which makes a refusal.
        concept: indicator of the result.
        nature: "share" or "ratio".
        unit: likewise.
    """
    divided = pairs.assign(concept=concept, nature=nature, unit=unit)
    for power in SIDES:
        divided[power] = pairs[power] / total.where(total != 0)
    refusal = pairs["refusal"].where(total.notna(), "no total to divide by in this edition")
    return divided.assign(
        refusal=refusal.mask(total == 0, "the total is nothing, and has no parts")
    )


def gdp(indicators: pd.DataFrame, vintage: str) -> pd.DataFrame:
    """GDP in dollars of one edition: country, year, gdp."""
    rows = where(indicators, indicator="gdp", vintage=vintage)
    return rows[["country", "year", "value"]].rename(columns={"value": "gdp"})


# The yearly series in which a change of lead is told.
_SERIES = (*TURNOVERS, "debt_owed", "fdi_stock")

# How many years a new lead must hold to be called a change of lead.
LASTING_YEARS = 2


def crossings(comparisons: pd.DataFrame, powers: Powers = POWERS) -> pd.DataFrame:
    """Years in which a lead changed hands for two years at least.

    The sign of D's interval decides; a year that spans zero, or is missing, has none and breaks
    a run. The first lead of a series is not a change.

    Args:
        comparisons: rows of ``comparisons``; yearly series are taken from them.
        powers: the first and the second of each comparison.

    Returns:
        ``crossings``, one row a change.
    """
    series = where(comparisons, concept=_SERIES)
    series = series[~series["book"].isin(["article", "exports_first"])]
    keys = ["country", "concept", "flow", "book", "dataset"]
    yearly = series["period_start"].str[4:].isin(["-01-01", "-12-31"])
    whole = series[yearly & (series["comparable"] == "yes")]
    signs: dict[tuple[str, ...], dict[int, int]] = {}
    for key, year, lead in zip(
        map(tuple, whole[keys].to_numpy()),
        whole["period_end"].str[:4].astype(int),
        sign(whole["difference_low"], whole["difference_high"]),
        strict=True,
    ):
        signs.setdefault(key, {})[year] = lead
    found = [
        dict(zip(keys, key, strict=True)) | change
        for key, by_year in signs.items()
        for change in changes_of_lead(by_year, powers)
    ]
    return pd.DataFrame(found, columns=list(schema.CROSSINGS.schema.columns)).astype(
        {"year": int, "last_year": int}
    )


def changes_of_lead(signs: dict[int, int], powers: Powers = POWERS) -> list[dict[str, Any]]:
    """Changes of the lead in a series of signs by year: +1 first ahead, -1 second, 0 neither.

    A change is lasting where it still held in the last year: no later change undid it, and the
    last year has the same power ahead. A single year in between, in which the other was ahead or
    neither was, is no change and undoes none.

    Returns:
        ``year``, ``leader``, ``lasting`` and ``last_year`` of each change, in order.
    """
    first, second = powers
    years = sorted(signs)
    changes, lead = [], 0
    for year in years:
        run = [signs.get(year + step) for step in range(LASTING_YEARS)]
        sign = signs[year]
        if sign == 0 or any(later != sign for later in run) or sign == lead:
            continue
        if lead:
            leader = first if sign > 0 else second
            changes.append({"year": year, "leader": leader, "lasting": "no"})
        lead = sign
    if changes and signs[years[-1]] == lead:
        changes[-1]["lasting"] = "yes"
    return [change | {"last_year": years[-1]} for change in changes]


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
    goods = books.trade_pairs(books.with_both(trade, powers), powers)
    series = [goods, indicator_pairs(indicators, powers)]
    debt = where(series[1], concept="debt_owed")
    if services is not None:
        series.append(books.trade_pairs(services, powers, books.GOODS_AND_SERVICES))
    series.append(relative_to(debt, debt["all"], "debt_share", "share", "share"))
    turnover = where(series[0], flow="turnover", book=["partner", "own"], dataset=editions.trade)
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
    """Read the processed tables and write ``comparisons.csv`` and what follows from it."""
    tables = {
        name: schema.load_table(name, processed) for name in ("figures", "trade", "indicators")
    }
    services = schema.load_table("trade_goods_and_services", processed)
    comparisons = compare(**tables, editions=load_editions(raw), services=services)
    schema.save_table("comparisons", comparisons, processed)
    schema.save_table("crossings", crossings(comparisons), processed)
