"""What was drawn before, so that a build draws only those charts anew that have changed.

Drawing takes most of the time of a page. A drawing depends on the form, on what that was called
with, on the language, on the code and on the libraries that draw. All of it is in the key that a
drawing is kept under; where something has no such key, such as a function of a notebook's own, the
chart is drawn each time. A page's memory holds the charts that it had the last time, and no others.
"""

from __future__ import annotations

import hashlib
import io
import json
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

from analysis.charts.canvas import Canvas
from analysis.data.store import save
from analysis.page.about import about
from analysis.page.compiled import code_key
from analysis.page.language import spoken

if TYPE_CHECKING:
    from analysis.charts.chart import Chart

Drawings = dict[str, Any]
_Given = ParamSpec("_Given")


@dataclass
class _Memory:
    """What a page drew the last time, and what it has drawn or found again so far."""

    known: dict[str, Drawings]
    used: dict[str, Drawings]


# The memory of the page that is being made in this process; None for whoever draws by hand.
_memory: _Memory | None = None


class _Dumper(pickle.Pickler):
    """Writes values down whole: what pickle would only name, of a notebook's own, is refused."""

    def reducer_override(self, value: Any) -> Any:
        """Let names stand for what the rooms and the libraries define, whose code is known."""
        if getattr(value, "__module__", None) == "__main__" or (
            getattr(type(value), "__module__", None) == "__main__"
        ):
            raise pickle.PicklingError(f"{value!r} has no lasting name")
        return NotImplemented


def _digest(*values: Any) -> str:
    """Hash of values by their contents; "" where they cannot be written down."""
    written = io.BytesIO()
    try:
        _Dumper(written).dump(values)
    except (pickle.PicklingError, AttributeError, TypeError):
        return ""
    return hashlib.sha256(written.getvalue()).hexdigest()


@dataclass(frozen=True)
class _Painter:
    """A way to draw that knows what the form was called with, and what that was then."""

    paint: Callable[[int], Canvas]
    form: str
    given: tuple[Any, ...]
    digest: str

    def __call__(self, width: int) -> Canvas:
        return self.paint(width)


def drawn_once(form: Callable[_Given, Chart]) -> Callable[_Given, Chart]:
    """Let the charts of a form be known by what it was called with."""

    @wraps(form)
    def known(*given: _Given.args, **named: _Given.kwargs) -> Chart:
        chart = form(*given, **named)
        if _memory is None:
            return chart
        painter = _Painter(
            chart.paint,
            f"{form.__module__}.{form.__qualname__}",
            (given, named),
            _digest(given, named),
        )
        return replace(chart, paint=painter)

    return known


def key_of(paint: Callable[[int], Canvas], *words: str) -> str:
    """What a chart's drawings are kept under; "" where nothing tells it from others.

    What the form was called with counts as it was then and as it is now, since a frame may have
    been changed in between.

    Args:
        paint: the chart's.
        words: what is written around the drawing.
    """
    if not isinstance(paint, _Painter):
        return ""
    now = _digest(*paint.given)
    if not (paint.digest and now):
        return ""
    return _digest(code_key(), paint.form, paint.digest, now, words, spoken(), about())


def once(key: str, draw: Callable[[], Drawings]) -> Drawings:
    """What was drawn under a key before, or else is drawn now."""
    if _memory is None or not key:
        return draw()
    found = _memory.used.get(key) or _memory.known.get(key) or draw()
    _memory.used[key] = found
    return found


@contextmanager
def remembered(memory: Path | None) -> Iterator[None]:
    """Know what was drawn before, and keep what is drawn meanwhile.

    Args:
        memory: the file that keeps it, None for nothing of all this; one that is not there or is
            broken counts as empty, and one that cannot be written keeps nothing.
    """
    global _memory  # noqa: PLW0603
    if memory is None:
        yield
        return
    outer, _memory = _memory, _Memory(_recall(memory), {})
    try:
        yield
        if _memory.used.keys() != _memory.known.keys():
            with suppress(OSError):
                save(memory, json.dumps(_memory.used))
    finally:
        _memory = outer


def remembering() -> bool:
    """Whether what is drawn now is kept for the page that is being made."""
    return _memory is not None


def _recall(memory: Path) -> dict[str, Drawings]:
    try:
        kept = json.loads(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    sound = isinstance(kept, dict) and all(
        isinstance(drawn, dict) and drawn.keys() == {"rows", "wide", "narrow", "svg", "png"}
        for drawn in kept.values()
    )
    return kept if sound else {}
