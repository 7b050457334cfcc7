"""What was and what is, a line a tie: for the cards of the start page."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor, inf, isinf
from typing import Any

import pandas as pd

from analysis.config import ARTICLE_YEAR, POWERS
from analysis.data.frames import where
from analysis.measures.parts import newest_parts
from analysis.measures.scale import SIDES
from analysis.measures.standing import IN_MONEY
from analysis.page import words
from analysis.page.ahead import leader_words, most
from analysis.page.evidence import row_ids
from analysis.page.language import ENGLISH, heard, say, spoken

_RECORDS = {"own": "Trade, own record", "partner": "Trade, partners’ records"}
NONE = "–"


def of_output(pair: Mapping[str, Any], side: str) -> str:
    """A power's half of a pair as a share of the country's output: "9.1%", "12% to 15%".

    It is "" where that half is not known.

    Args:
        pair: with the columns of ``beside_output``.
        side: "china" or "russia".
    """
    low, high = (pair[f"{side}_of_gdp_{end}"] for end in ("low", "high"))
    if pd.isna(low):
        return ""
    return percents(low, inf if pd.isna(high) else high)


def percents(low: float, high: float) -> str:
    """A share of the country's output, both its ends, or its floor; an end may be unknown (nan).

    Example:
        >>> percents(0.171, 0.171), percents(0.125, 0.137), percents(0.171, float("inf"))
        ('17%', '13% to 14%', '17% or more')
    """
    if isinf(high):
        return say("{least} or more", least=share_words(low))
    return words.ends(share_words(end) for end in (low, high) if not pd.isna(end))


def part_of_two(pair: Mapping[str, Any]) -> str:
    """China's part of what the two powers have together, by both its ends: "53%", "57% to 64%".

    Args:
        pair: a row of ``ties`` with both halves; where one is a floor, one end alone is told.

    Example:
        >>> part_of_two({"low": 0.06, "high": 0.06, "china_high": 53.0, "russia_high": 47.0})
        '53%'
    """
    low, high = ((1 + pair[end]) / 2 for end in ("low", "high"))
    floors = tuple(side for side in SIDES if isinf(most(pair, side)))
    match floors:
        case ():
            return words.ends(map(share_words, (low, high)))
        case ("russia",):
            return f"at most {words.percent(words.outward(high, 0.01, ceil))}"
        case ("china",):
            return f"at least {words.percent(words.outward(low, 0.01, floor))}"
    return ""


def share_words(share: float) -> str:
    """A share of the country's output: two digits, or under a tenth of a percent.

    Example:
        >>> share_words(0.171), share_words(0.0171), share_words(0.0002)
        ('17%', '1.7%', 'under 0.1%')
    """
    if share == 0:
        return "none" if spoken() == ENGLISH else words.percent(0)
    if share < 0.0005:
        return say("under {most}", most=words.percent(0.001, 1))
    return words.percent(share, 1 if 0 < share < 0.0995 else 0)


def lines_of_trade(series: pd.DataFrame, country: str, then: int) -> list[dict[str, str]]:
    """Who was and is ahead in a country's trade, a line a record of one concept.

    Args:
        series: as ``trade_series`` gives it, of all countries.
        country: its code.
        then: the year before.

    Returns:
        term, then, now, then_id, now_id and year (of the newest) of each line.
    """
    both = series[(series["country"] == country) & (series["leader"] != "")]
    found = []
    for record, term in _RECORDS.items():
        rows = both[both["record"] == record]
        if rows.empty or rows["year"].max() < ARTICLE_YEAR:
            found.append(_line(say(term), {}, {"now": say("no newer table known")}))
            continue
        then_row, now_row = rows[rows["year"] == then], rows.iloc[-1]
        services = "" if now_row["concept"] == "trade_turnover" else f", {say('services too')}"
        was = {} if then_row.empty else _told(_who(then_row.iloc[0]), then_row.iloc[0]["pair_id"])
        found.append(
            _line(say(term) + services, was, _told(_who(now_row), now_row["pair_id"], now_row))
        )
    return found


def _who(pair: Mapping[str, Any]) -> str:
    return leader_words(pair).removesuffix(" as much")


def line_of_debt(debt: pd.DataFrame, country: str, then: int) -> dict[str, str]:
    """The powers' parts of a country's public debt abroad, then and now.

    Args:
        debt: rows of ``weights`` on debt, as ``parts_by_year`` gives them.
        country: its code.
        then: the year before.
    """
    rows = debt[debt["country"] == country]
    rows = rows.assign(row_id=row_ids("weights", rows))
    was, now = rows[rows["year"] == then], newest_parts(rows).iloc[0]
    told = {} if was.empty else _told(_parts(was.iloc[0]), was.iloc[0]["row_id"])
    return _line(say("Public debt abroad"), told, _told(_parts(now), now["row_id"], now))


def _parts(row: Mapping[str, Any]) -> str:
    named = {"China": row["china"], "Russia": row["russia"]}
    told = [
        f"{heard(name, 'names')} {share_words(part)}" for name, part in named.items() if part > 0
    ]
    return ", ".join(told) or say("neither")


def line_of_money_home(standing: pd.DataFrame, pairs: pd.DataFrame, then: int) -> dict[str, str]:
    """Money sent home to one country from the power that sends more, as a share of its output.

    What was is of the same concept as what is, where there is such; else another count, which says
    so, and a model's, which says that, only where there is none.

    Args:
        standing: the country's row of that tie, with the columns of ``beside_output``.
        pairs: its pairs of that tie in all years, with the same columns.
        then: the year before.
    """
    now = standing.iloc[0]
    side = "china" if "CHN" in (now["ahead"], now["known"]) else "russia"
    was = pairs[(pairs["year"] == then) & pairs[f"{side}_low"].notna()]
    order = {"modelled": was["evidence"] == "modelled", "other": was["concept"] != now["concept"]}
    was = was.assign(**order).sort_values([*order], kind="stable")
    told = _told(_sent(now, side), now["pair_id"], now)
    if was.empty:
        return _line(say("Money sent home"), {}, told)
    row = was.iloc[0]
    before = _told(_sent(row, side) + otherwise(row, now), row["pair_id"])
    return _line(say("Money sent home"), before, told)


def otherwise(then: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """What is said of an earlier figure that stands beside a newer one of another count.

    Args:
        then: a row of ``ties``; of a model its own mark says enough.
        now: the newer row.
    """
    concepts = {IN_MONEY.get(row["concept"], row["concept"]) for row in (then, now)}
    if len(concepts) == 1 or then["evidence"] == "modelled":
        return ""
    return f", {say('counted in another way')}"


def line_of_pair(
    term: str, now: Mapping[str, Any], pairs: pd.DataFrame, then: int
) -> dict[str, str]:
    """Who was and is ahead in one tie of one country, on one record of one concept.

    Args:
        term: what the tie is called.
        now: its newest pair.
        pairs: its pairs in all years.
        then: the year before.
    """
    same = {"year": then, "concept": now["concept"], "record": now["record"]}
    was = where(pairs[pairs["leader"] != ""], **same)
    before = _told(_who(was.iloc[0]), was.iloc[0]["pair_id"]) if len(was) else {}
    return _line(words.capital(term), before, _told(_who(now), now["pair_id"], now))


def _sent(pair: Mapping[str, Any], side: str) -> str:
    name = heard(POWERS["CHN" if side == "china" else "RUS"], "names")
    modelled = f", {say('modelled')}" if pair["evidence"] == "modelled" else ""
    whose = say("by {owner} count", owner=words.owner(name), power=name)
    sent = f", {whose}" if pair["record"] == "partner" else ""
    part = say("{part} of GDP", part=of_output(pair, side))
    return f"{name} {part}{sent}{modelled}"


def _told(told: str, row_id: str, newest: Mapping[str, Any] | None = None) -> dict[str, str]:
    """Words of a cell and the row behind it; of the newest with its year."""
    year = "" if newest is None else f" ({newest['year']})"
    return {"now": f"{told}{year}", "id": row_id}


def _line(term: str, was: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    return {
        "term": term,
        "then": was.get("now", NONE),
        "then_id": was.get("id", ""),
        "now": now["now"],
        "now_id": now.get("id", ""),
    }
