"""What was read of printed words before, so that a build reads only those that are new.

Reading takes most of the time of a build after one changed figure. What it gives depends on the
words and on the code of this room (and ``config``) alone, so it is kept under a hash of that code
and forgotten with it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import astuple
from importlib.metadata import version
from pathlib import Path

from analysis.config import ROOT
from analysis.data import periods, quantities
from analysis.data.intervals import Quantity
from analysis.data.periods import Period

READ = ROOT / ".pytask" / "readings.json"

_ROOM = Path(__file__).parent


def recall(memory: Path) -> None:
    """Know what was read before, and write nothing.

    Args:
        memory: the file that keeps it; one that is not there, is broken or is of other code
            counts as empty.
    """
    _take(memory, _code())


@contextmanager
def remembered(memory: Path) -> Iterator[None]:
    """Know what was read before, and keep what is read meanwhile.

    Args:
        memory: the file that keeps it; one that is not there, is broken or is of other code
            counts as empty, and one that cannot be written keeps nothing.
    """
    code = _code()
    before = _take(memory, code)
    try:
        yield
    finally:
        if (len(quantities.known), len(periods.known)) != before:
            _keep(memory, code)


def _code() -> str:
    """Hash of all that a reading comes from."""
    found = hashlib.sha256(version("lark").encode())
    room = [path for path in _ROOM.iterdir() if path.suffix in (".py", ".lark")]
    for file in [_ROOM.parent / "config.py", *sorted(room)]:
        found.update(f"{file.name}\n".encode() + file.read_bytes())
    return found.hexdigest()


def _take(memory: Path, code: str) -> tuple[int, int]:
    """Know what the file has, and tell how many figures and periods that makes."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        kept = json.loads(memory.read_bytes())
        if kept["code"] == code:
            figures = {
                (words, unit): tuple(Quantity(*one) for one in parts)
                for words, unit, parts in kept["figures"]
            }
            dates = {words: Period(*days) for words, days in kept["periods"]}
            quantities.known.update(figures)
            periods.known.update(dates)
            return len(figures), len(dates)
    return 0, 0


def _keep(memory: Path, code: str) -> None:
    kept = {
        "code": code,
        "figures": [
            [*key, [astuple(part) for part in parts]] for key, parts in quantities.known.items()
        ],
        "periods": [[words, astuple(days)] for words, days in periods.known.items()],
    }
    with suppress(OSError):
        memory.parent.mkdir(exist_ok=True)
        memory.write_text(json.dumps(kept), encoding="utf-8")
