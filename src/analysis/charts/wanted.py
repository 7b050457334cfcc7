"""What a form wants of its frame and its caption, said in a sentence where it is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

import pandas as pd

from analysis.charts.chart import Caption
from analysis.page.words import numeral

_Given = ParamSpec("_Given")
_Chart = TypeVar("_Chart")

# The ties that a form on trade draws.
TRADE = ("trade", "exports", "imports")


@dataclass(frozen=True)
class _Wanted:
    """What a form draws: see ``wants``."""

    columns: tuple[str, ...]
    only: Mapping[str, tuple[str, ...]]
    one: Mapping[str, tuple[str, ...]]
    key: tuple[str, ...]
    shares: tuple[str, ...]
    filled: bool


def wants(
    *columns: str,
    like: str,
    only: Mapping[str, tuple[str, ...]] | None = None,
    one: Mapping[str, tuple[str, ...]] | None = None,
    key: tuple[str, ...] = (),
    shares: tuple[str, ...] = (),
    filled: bool = False,
) -> Callable[[Callable[_Given, _Chart]], Callable[_Given, _Chart]]:
    """Refuse a frame that a form cannot draw, or a caption that is none, before it is drawn.

    Args:
        columns: those that the frame must have.
        like: rows of which table are meant, in words.
        only: what may stand in a column, if the frame has it: the tie, the unit.
        one: columns that hold one thing, if the frame has them; of each the columns by whose
            rows it is one (a concept of each record), none for the whole frame.
        key: columns of which no two rows have the same.
        shares: columns in which 1 is the whole.
        filled: whether it must have a row.

    Returns:
        The same form; called with another frame or caption it raises ``ValueError`` with what is
        missing.
    """
    wanted = _Wanted(columns, only or {}, one or {}, key, shares, filled)

    def checked(form: Callable[_Given, _Chart]) -> Callable[_Given, _Chart]:
        name = getattr(form, "__name__", "chart")

        @wraps(form)
        def drawn(*given: _Given.args, **named: _Given.kwargs) -> _Chart:
            frame = given[0] if given else named.get("frame")
            if said := _fault(frame, wanted):
                raise ValueError(f"chart.{name}: {said}; it draws {like}")
            caption = given[1] if len(given) > 1 else named.get("caption")
            if caption is not None and not isinstance(caption, Caption):
                raise ValueError(
                    f"chart.{name}: found {caption!r}, where a caption is wanted, such as "
                    'chart.Caption("mine", "A title of twelve words at most")'
                )
            return form(*given, **named)

        return drawn

    return checked


def wants_trade(
    *key: str, several: bool = False
) -> Callable[[Callable[_Given, _Chart]], Callable[_Given, _Chart]]:
    """``wants`` of the forms that draw the two records of trade, year by year.

    Args:
        key: columns of which no two rows have the same.
        several: whether several countries may stand in one drawing.
    """
    columns = ("country", "record", "year", "china", "russia")
    by = ("country", "record") if several else ("record",)
    return wants(
        *columns,
        like='ties in trade, such as load("KGZ").where(tie="trade", record=["own", "partner"])',
        only={"tie": TRADE, "unit": ("USD",)},
        one={"concept": by} | ({} if several else {"country": ()}),
        key=key,
        filled=True,
    )


def _fault(frame: object, wanted: _Wanted) -> str:
    """What is wrong with a frame, in words; empty where nothing is."""
    if not isinstance(frame, pd.DataFrame):
        return f"found {type(frame).__name__}, where a frame is wanted"
    if missing := [column for column in wanted.columns if column not in frame]:
        many = "s" if len(missing) > 1 else ""
        told = ", ".join(wanted.columns)
        return f"the frame has no column{many} {', '.join(missing)}; wanted are {told}"
    if wanted.filled and frame.empty:
        return "the frame has no rows"
    for column, valid in wanted.only.items():
        other = sorted({*frame[column]} - {*valid}, key=str) if column in frame else []
        if other:
            return f"the frame holds the {column} {_named(other)}, which is not drawn here"
    return _mixed(frame, wanted) or _no_shares(frame, wanted.shares)


def _named(values: Iterable[object]) -> str:
    return ", ".join(map(repr, values))


def _mixed(frame: pd.DataFrame, wanted: _Wanted) -> str:
    """What stands together that one line or bar cannot be of."""
    for column, by in wanted.one.items():
        if column not in frame or not {*by} <= {*frame}:
            continue
        groups = frame.groupby(list(by), sort=False) if by else [((), frame)]
        for names, rows in groups:
            held = rows[column].dropna().unique().tolist()
            if len(held) > 1:
                where = f" of {', '.join(map(str, names))}" if by else ""
                return f"the frame holds {_named(held)} as {column}{where}, of which one is drawn"
    doubled = frame.duplicated(list(wanted.key)) if wanted.key else pd.Series(dtype=bool)
    if doubled.any():
        row = frame.loc[doubled, list(wanted.key)].iloc[0]
        return f"two rows are of {', '.join(map(str, row))}"
    return ""


# A tie may be worth more than the country's output, and no tie was ever worth so much of it.
_MOST = 50


def _no_shares(frame: pd.DataFrame, shares: tuple[str, ...]) -> str:
    for column in shares:
        most = frame[column].astype(float).abs().max()
        if most > _MOST:
            return f"{column} holds {numeral(most)}, where a share is wanted, 1 being the whole"
    return ""
