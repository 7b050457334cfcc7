"""What a form wants of its frame and its caption, said in a sentence where it is not there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import pandas as pd

from analysis.charts.chart import Caption

_Given = ParamSpec("_Given")
_Chart = TypeVar("_Chart")

# The ties that a form on trade draws.
TRADE = ("trade", "exports", "imports")


def wants(
    *columns: str, like: str, ties: tuple[str, ...] = (), filled: bool = False
) -> Callable[[Callable[_Given, _Chart]], Callable[_Given, _Chart]]:
    """Refuse a frame that a form cannot draw, or a caption that is none, before it is drawn.

    Args:
        columns: those that the frame must have.
        like: rows of which table are meant, in words.
        ties: the ties that may stand in it, where it says which they are; none for any.
        filled: whether it must have a row.

    Returns:
        The same form; called with another frame or caption it raises ``ValueError`` with what is
        missing.
    """

    def checked(form: Callable[_Given, _Chart]) -> Callable[_Given, _Chart]:
        name = getattr(form, "__name__", "chart")

        @wraps(form)
        def drawn(*given: _Given.args, **named: _Given.kwargs) -> _Chart:
            frame = given[0] if given else named.get("frame")
            if said := _fault(frame, columns, ties, filled):
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


def wants_trade(form: Callable[_Given, _Chart]) -> Callable[_Given, _Chart]:
    """``wants`` of the forms that draw the two records of trade, year by year."""
    columns = ("country", "record", "year", "china", "russia")
    like = 'ties in trade, such as load("KGZ").where(tie="trade", record=["own", "partner"])'
    return wants(*columns, like=like, ties=TRADE, filled=True)(form)


def _fault(frame: object, columns: tuple[str, ...], ties: tuple[str, ...], filled: bool) -> str:
    """What is wrong with a frame, in words; empty where nothing is."""
    if not isinstance(frame, pd.DataFrame):
        return f"found {type(frame).__name__}, where a frame is wanted"
    if missing := [column for column in columns if column not in frame]:
        many = "s" if len(missing) > 1 else ""
        wanted = ", ".join(columns)
        return f"the frame has no column{many} {', '.join(missing)}; wanted are {wanted}"
    if filled and frame.empty:
        return "the frame has no rows"
    other = sorted({*frame["tie"]} - {*ties}, key=str) if ties and "tie" in frame else []
    if other:
        return f"the frame holds the tie {', '.join(map(repr, other))}, which is not drawn here"
    return ""
