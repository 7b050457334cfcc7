"""The same steps side by side: notebooks on this machine, or whole steps on a Dask cluster.

Here every notebook is a process of its own, its kernel, and the build itself only waits for them;
so a thread a notebook is enough. On a cluster a step is run whole by one of its workers, and Dask
gives the step of a lost worker to another.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

import pytask
from _pytask import database_utils
from tqdm import tqdm

# Below this many steps a bar would be gone before it is read.
_LONG = 12

# Seconds between two looks whether a step has ended; a run with nothing to do takes six.
_LOOK = 0.005


class SchedulerError(Exception):
    """A Dask scheduler that does not answer, or has no workers."""


def usual_jobs() -> int:
    """How many notebooks at a time keep this machine busy: one more than it has cores.

    At its start and its end a notebook waits for messages, and another can work meanwhile.
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) + 1
    return (os.cpu_count() or 1) + 1


def build(names: list[str] | None, jobs: int, scheduler: str, **options: Any) -> pytask.Session:
    """Run the steps that are out of date, one after the other or several at a time.

    Args:
        names: which steps, by name; None for all.
        jobs: how many at a time on this machine.
        scheduler: address of a Dask scheduler, whose workers see the same folder under the same
            path; empty for none. Its workers count then, and not ``jobs``.
        options: further options of ``pytask.build``, and ``lock``, where the state of the steps is
            kept instead of in ``pytask.lock``.

    Returns:
        The session, whose reports tell what became of the steps.

    Raises:
        SchedulerError: when the scheduler cannot be reached or has no workers.
    """
    _forget(options["paths"])
    with _backend(jobs, scheduler) as backend:
        return pytask.build(expression=" or ".join(names or ()), **backend, **options)


@contextmanager
def _backend(jobs: int, scheduler: str) -> Iterator[dict[str, Any]]:
    """Options of pytask-parallel: none, threads of this process, or the workers of a cluster."""
    if scheduler:
        with _cluster(scheduler) as client:
            workers = len(client.scheduler_info(n_workers=-1)["workers"])
            if not workers:
                raise SchedulerError(f"the Dask scheduler at {scheduler} has no workers")
            # The same step twice is run twice: its inputs are files, which Dask cannot see.
            yield _registered(workers, lambda: client.get_executor(pure=False), "PROCESSES")
    elif jobs > 1:
        # pytask looks up every now and then; one step more than are run waits in line meanwhile.
        yield _registered(jobs + 1, lambda: ThreadPoolExecutor(jobs), "THREADS")
    else:
        yield {}


def _registered(steps: int, executor: Callable[[], Executor], kind: str) -> dict[str, Any]:
    """Tell pytask-parallel, which forgets at the end of a run, what runs so many steps."""
    from pytask_parallel import ParallelBackend, WorkerType, execute, registry

    # It looks ever more rarely, in the end once a second, whether a step has ended.
    execute._Sleeper = partial(execute._Sleeper, timings=[_LOOK])
    registry.register_parallel_backend(
        ParallelBackend.CUSTOM,
        lambda n_workers: executor(),
        worker_type=WorkerType[kind],
        remote=False,
    )
    return {
        "n_workers": steps,
        "parallel_backend": ParallelBackend.CUSTOM,
        "tells_steps": kind == "PROCESSES",
    }


@contextmanager
def _cluster(scheduler: str) -> Iterator[Any]:
    """A client of the scheduler at this address."""
    try:
        from distributed import Client
    except ImportError:
        message = "a Dask cluster needs the extra: pip install 'central-asia-two-books[cluster]'"
        raise SchedulerError(message) from None
    try:
        client = Client(scheduler, timeout=10, set_as_default=False)
    except (OSError, ValueError) as error:
        raise SchedulerError(f"no Dask scheduler answers at {scheduler} ({error})") from None
    with client:
        yield client


def say(what: str, seconds: float) -> None:
    """Tell of a finished step in a line of its own, above the bar where there is one."""
    tqdm.write(f"{what:<14} {seconds:5.1f} s")
    sys.stdout.flush()


def _forget(pipeline: Path) -> None:
    """Have pytask read the steps afresh: of a module that is loaded it finds no repeated step."""
    for name, module in list(sys.modules.items()):
        if getattr(module, "__file__", None) == str(pipeline):
            del sys.modules[name]


class _Progress:
    """Lines of what a worker finished, and a bar with the time left where there are many steps.

    A step of this process says itself what it did; that of a cluster's worker is said here.
    """

    def __init__(self) -> None:
        self.bar: tqdm | None = None
        self.started: dict[str, float] = {}

    def begin(self, session: pytask.Session, name: str) -> None:
        if self.bar is None:
            steps = len(session.tasks)
            # None: no bar where the output is no terminal.
            hidden = None if steps >= _LONG else True
            self.bar = tqdm(total=steps, disable=hidden, unit=" steps", leave=False)
        self.started[name] = monotonic()

    def end(self, session: pytask.Session, report: pytask.ExecutionReport) -> None:
        name = report.task.name
        taken = monotonic() - self.started.get(name, monotonic())
        if report.outcome == pytask.TaskOutcome.SUCCESS and session.config.get("tells_steps"):
            step = name.rpartition("::task_")[2]
            words = step.rpartition("[")[2].rstrip("]")
            say(words, taken)
        if self.bar is not None:
            self.bar.update()

    def close(self) -> None:
        if self.bar is not None:
            self.bar.close()
        self.__init__()


_progress = _Progress()


@pytask.hookimpl(trylast=True)
def pytask_post_parse(config: dict[str, Any]) -> None:
    """Keep state in lock files alone, and of pages that are not committed in its own (a hook)."""
    # pytask writes all of it into a database too, which it reads only where there is no lock. A
    # run with nothing to do spent a fifth of its time on that.
    database_utils._ENGINE = None
    if path := config.get("lock"):
        state = type(config["lockfile_state"])
        config |= {"lockfile_path": path, "lockfile_state": state.from_path(path, config["root"])}


@pytask.hookimpl(tryfirst=True)
def pytask_execute_task_setup(session: pytask.Session, task: pytask.PTask) -> None:
    """A step begins (a hook of pytask)."""
    if session.config.get("says_progress"):
        _progress.begin(session, task.name)


@pytask.hookimpl(tryfirst=True)
def pytask_execute_task_process_report(
    session: pytask.Session, report: pytask.ExecutionReport
) -> None:
    """A step has ended (a hook of pytask)."""
    if session.config.get("says_progress"):
        _progress.end(session, report)


@pytask.hookimpl
def pytask_execute_log_end(session: pytask.Session) -> None:
    """All steps have ended (a hook of pytask)."""
    if session.config.get("says_progress"):
        _progress.close()
