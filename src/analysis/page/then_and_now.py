"""What was and what is, a line a tie: for the cards of the start page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.config import POWERS
from analysis.measures.judgement import Position
from analysis.measures.parts import newest_parts
from analysis.measures.series import of_one_concept
from analysis.page import words
from analysis.page.ahead import factor
from analysis.page.evidence import row_ids

# How near two words of a card are: what has no number to show.
_LEVEL = {Position.LEVEL: "level", Position.TOO_CLOSE: "too close to call"}
_RECORDS = {"own": "Trade, own record", "partner": "Trade, their records"}
NONE = "–"


def who(pair: Mapping[str, Any]) -> str:
    """Who is ahead in a pair, and by how much: "China, 11% more".

    Args:
        pair: a row of ``ties``.
    """
    if pair["leader"] in _LEVEL:
        return _LEVEL[Position(pair["leader"])]
    ends = [pair[f"{side}_{end}"] for side in ("china", "russia") for end in ("low", "high")]
    more = factor(*ends).removesuffix(" as much")
    return f"{POWERS[pair['leader']]}, {more}" if more else POWERS[pair["leader"]]


def of_output(pair: Mapping[str, Any], side: str) -> str:
    """A power's half of a pair as a share of the country's output: "9.1%", "12 to 15%".

    It is "" where that half is not known.

    Args:
        pair: with the columns of ``beside_output``.
        side: "china" or "russia".
    """
    low, high = (pair[f"{side}_of_gdp_{end}"] for end in ("low", "high"))
    if pd.isna(low):
        return ""
    if pd.isna(high):
        return f"over {_share(low)}"
    told = list(dict.fromkeys(_share(end) for end in (low, high)))
    return " to ".join(told).replace("% to ", " to ")


def _share(share: float) -> str:
    if 0 < share < 0.0005:
        return "under 0.1%"
    return words.percent(share, 1 if 0 < share < 0.0995 else 0)


def lines_of_trade(pairs: pd.DataFrame, country: str, then: int) -> list[dict[str, str]]:
    """Who was and is ahead in a country's trade, a line a record of one concept.

    Args:
        pairs: rows of ``ties`` on trade, in use or not.
        country: its code.
        then: the year before.

    Returns:
        term, then, now, then_id, now_id and year (of the newest) of each line.
    """
    both = of_one_concept(pairs[(pairs["country"] == country) & (pairs["leader"] != "")])
    found = []
    for record, term in _RECORDS.items():
        rows = both[(both["record"] == record) & (both["year"] >= then)]
        if rows.empty:
            found.append(_line(term, {}, {"now": "not published"}))
            continue
        then_row, now_row = rows[rows["year"] == then], rows.iloc[-1]
        services = "" if now_row["concept"] == "trade_turnover" else ", services too"
        was = {} if then_row.empty else _told(who(then_row.iloc[0]), then_row.iloc[0]["pair_id"])
        found.append(_line(term + services, was, _told(who(now_row), now_row["pair_id"], now_row)))
    return found


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
    return _line("Public debt abroad", told, _told(_parts(now), now["row_id"], now))


def _parts(row: Mapping[str, Any]) -> str:
    named = {"China": row["china"], "Russia": row["russia"]}
    told = [f"{name} {_share(part)}" for name, part in named.items() if part > 0]
    return ", ".join(told) or "neither"


def line_of_money_home(standing: pd.DataFrame, pairs: pd.DataFrame, then: int) -> dict[str, str]:
    """Money sent home to one country from the power that sends more, as a share of its output.

    What was is of the same record and concept as what is, or is left out.

    Args:
        standing: the country's row of that tie, with the columns of ``beside_output``.
        pairs: its pairs of that tie in all years, with the same columns.
        then: the year before.
    """
    now = standing.iloc[0]
    side = "china" if "CHN" in (now["ahead"], now["known"]) else "russia"
    name = POWERS["CHN" if side == "china" else "RUS"]
    same = (pairs["record"] == now["record"]) & (pairs["concept"] == now["concept"])
    was = pairs[same & (pairs["year"] == then)].to_dict("records")
    before = _told(f"{name} {of_output(was[0], side)} of GDP", was[0]["pair_id"]) if was else {}
    told = _told(f"{name} {of_output(now, side)} of GDP", now["pair_id"], now)
    return _line("Money sent home", before, told)


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
