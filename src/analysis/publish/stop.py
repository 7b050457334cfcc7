"""Asking a command to end: by Ctrl-C, by a signal, or by closing its terminal."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Stopped(BaseException):
    """The build was asked to end: by Ctrl-C, by a signal, or with its terminal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.signal = signal.Signals(number)
        self.finished: list[str] = []


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn the first request to end into ``Stopped``; those that follow change nothing."""
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    known = [signal.Signals[name] for name in names]
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, _: Any) -> None:
        for one in known:
            signal.signal(one, signal.SIG_IGN)
        raise Stopped(number)

    before = {one: signal.getsignal(one) for one in known}
    for one, handler in before.items():
        if handler != signal.SIG_IGN or one == signal.SIGINT:  # nohup has a hang-up ignored
            signal.signal(one, stop)
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
