"""What the services have in common: how one is asked, how it fails, what an answer comes to.

A service is asked call by call. It either gives an ``Answer`` or raises a ``ServiceError`` whose
words go on from the service's name: "answered HTTP 404: …", "did not answer (ReadTimeout)".
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from time import sleep
from typing import Any

import numpy as np

# Where each service answers; the tests put a server of their own here.
ADDRESSES = {
    "un-comtrade": "https://comtradeapi.un.org",
    "imf-imts": "https://api.imf.org/external/sdmx/2.1",
    "world-bank": "https://api.worldbank.org/v2",
}
# Seconds between two calls, and before a call is made once more; each wait is four times the last.
PAUSE, WAIT = 2, 5
_TRIES = 3
TIMEOUT = 120

Cells = dict[str, str]
# What a service answered, as far as it may be kept: call, status, type, body.
Replies = list[dict[str, Any]]


class ServiceError(Exception):
    """What a service did instead of giving what was asked for."""


class Busy(ServiceError):
    """A failure that another try may end: too many calls, a fault of theirs, a cut connection."""


@dataclass
class Answer:
    """What one call gave.

    ``rows`` has one entry an observation, its ``value`` empty where the service has none.
    ``left_out`` counts what cannot be used though nothing is wrong with the rest, by the reason.
    """

    rows: list[Cells] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Service:
    """A service: the raw table that its editions are of, its terms, and how it is asked.

    ``before`` is the edition of it that the project ships. ``calls`` gives the calls that the
    years take, ``ask`` makes one of them.
    """

    table: str
    before: str
    title: str
    publisher: str
    terms: str
    client: str
    address: str
    calls: Callable[[range], list[Any]]
    ask: Callable[[Any, range, Replies], Answer]


def tried(call: Callable[[], Answer]) -> Answer:
    """What a call gives, made again where the service was busy.

    Raises:
        ServiceError: when it fails for good, or is busy three times.
    """
    for number in range(_TRIES - 1):
        try:
            return call()
        except Busy:
            sleep(WAIT * 4**number)
    return call()


def failure(code: int, kind: str, body: str) -> ServiceError:
    """The error for an HTTP status that is none of success."""
    words = {
        401: "the key was not accepted",
        403: "access was refused",
        404: "nothing was found at this address; the service may have moved, or want a key",
        429: "too many calls; the quota may be used up, try again later",
    }
    why = words.get(code, "the service failed" if code >= 500 else "the call was refused")
    error = Busy if code == 429 or code >= 500 else ServiceError
    return error(f"answered HTTP {code} with {told(kind, body)}: {why}")


def unlike(found: str, right: str) -> ServiceError:
    """The error for an answer that is not as documented, or not what was asked for."""
    return ServiceError(f"answered with {found}, where {right} would be right")


def told(kind: str, body: str) -> str:
    """An answer in a few words: its type, its length, how it begins."""
    if not body.strip():
        return "nothing at all"
    start = " ".join(body[:200].split())
    start = "".join(letter for letter in start if letter.isprintable())
    shown = start if len(start) <= 60 and len(body) <= 200 else f"{start[:60]}…"
    return f"{kind or 'text of no type'}, {len(body)} characters (“{shown}”)"


_NONE = ("", "..", "nan", "null")


def number(cell: Any, of: str) -> str:
    """A value in plain figures as text; empty where the service says that there is none.

    Args:
        cell: as the client gives it: a number, text, or nothing (None, NaN, "..").
        of: what it is a value of, for the error.

    Raises:
        ServiceError: where it is neither a number nor nothing.
    """
    if cell is None or (isinstance(cell, str) and cell.strip().lower() in _NONE):
        return ""
    try:
        if isinstance(cell, bool):
            raise ValueError
        value = float(cell)
    except (TypeError, ValueError):
        raise unlike(f"the value {cell!r} for {of}", "a number or nothing") from None
    if math.isinf(value):
        raise unlike(f"the value {cell!r} for {of}", "a number or nothing")
    return "" if math.isnan(value) else np.format_float_positional(value, trim="-")


def known(cell: str, valid: Collection[str], name: str, row: str = "") -> str:
    """The cell, once it is one of the codes that were asked for.

    Raises:
        ServiceError: naming the column, what stands there and what was asked for.
    """
    if cell in valid:
        return cell
    found = f"{name} {cell!r}" if cell else f"a row without its {name}"
    raise unlike(
        found + (f" ({row})" if row else ""), " or ".join(word or "nothing" for word in valid)
    )


def kept_by(
    replies: Replies, secret: str | None, look: Callable[[Any], None] | None = None
) -> Callable[..., None]:
    """A hook of requests that keeps what was answered, without any header of the call.

    Args:
        replies: what was answered so far; the hook adds to it.
        secret: a key that no reply may be kept with, or None.
        look: looks at the answer as soon as it is kept, and may refuse it.
    """

    def keep(answer: Any, *_: Any, **__: Any) -> None:
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        body = without(secret, answer.content.decode("utf-8", "replace"))
        call = {"path": answer.request.path_url, "asked": {}}
        replies.append({"call": call, "status": answer.status_code, "type": kind, "body": body})
        if look:
            look(answer)

    return keep


def without(secret: str | None, words: str) -> str:
    """The words without a key that a service may have said again."""
    return words.replace(secret, "(key)") if secret else words
