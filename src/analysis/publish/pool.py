"""Processes that each do one thing and end, forked from one that has done the imports.

No page can see what another has left. A process that is killed costs its own page; the build is
missed by its processes, and ends with them when it is asked to.
"""

from __future__ import annotations

import multiprocessing
import os
import pkgutil
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any

from tqdm import tqdm

# A socket's name has room for so many bytes on every system, and the server's own part of it.
_SOCKET, _OWN_PART = 104, 36


def tell(line: str) -> bool:
    """Print a line for whoever listens, above a bar where there is one; False where nobody does.

    A reader that has gone, as ``head`` goes, or a terminal that is closed, stops no step.
    """
    try:
        tqdm.write(line)
        sys.stdout.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    return True


def usual_jobs() -> int:
    """How many processes keep this machine busy: as many as it has cores."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def warm_up() -> BaseContext:
    """Start the process that does the imports for all others, and say how these are started.

    Where the system has no such server, or no room for the name of its socket, each process does
    the imports itself.
    """
    # A reader's choice of another backend fails at the import, or draws windows.
    os.environ["MPLBACKEND"] = "agg"
    short = len(os.fsencode(tempfile.gettempdir())) <= _SOCKET - _OWN_PART
    if "forkserver" not in multiprocessing.get_all_start_methods() or not short:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["analysis.publish.warm"])
    # Ctrl-C reaches every process of a terminal; the server would show where in its imports it was.
    # The tracker, which the server would start first, lets the signal through again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return context


def _begin() -> None:
    """Make ready a process of the pool: it leaves Ctrl-C to the build, and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    build = multiprocessing.parent_process()

    def outlive() -> None:
        if build is not None:
            build.join()
            os._exit(1)

    threading.Thread(target=outlive, daemon=True).start()


def call(function: str, *arguments: Any) -> None:
    """Call a function by its full name, as in ``package.module:function``."""
    pkgutil.resolve_name(function)(*arguments)


@contextmanager
def processes(jobs: int) -> Iterator[Callable[[], Executor]]:
    """What makes a pool of so many processes; none of them is left running at the end."""
    pools: list[ProcessPoolExecutor] = []

    def make() -> Executor:
        pools.append(ProcessPoolExecutor(jobs, warm_up(), _begin, max_tasks_per_child=1))
        return pools[-1]

    others = set(multiprocessing.active_children())
    try:
        yield make
    except BaseException:
        _end(pools, others)
        raise
    for pool in pools:
        pool.shutdown(cancel_futures=True)


def _end(pools: Sequence[Executor], others: set[BaseProcess]) -> None:
    """Kill the processes of pools until the pools have none left.

    One that is killed while it waits for work leaves that locked, and whichever process the pool
    begins after it would wait for ever, and the pool for that.
    """

    def shut_down() -> None:
        for pool in pools:
            pool.shutdown(cancel_futures=True)

    ending = threading.Thread(target=shut_down)
    ending.start()
    while ending.is_alive():
        for process in set(multiprocessing.active_children()) - others:
            process.kill()
        ending.join(0.02)
