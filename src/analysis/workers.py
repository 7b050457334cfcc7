"""The same steps on several processes: of this machine, or of a Dask cluster.

The tables are built first and the pages second, in two runs of pytask, since a page is tied to
its rows and not to the step that writes them. What a run has finished is kept, so a lost worker
costs its own page alone: Dask gives it to another worker, and here the run is taken up again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import pytask
from tqdm import tqdm

TABLES = ("task_clean", "task_compare", "task_leads", "task_check")

# How often a run is taken up again after a worker was lost, before it is called a failure.
_TRIES = 3

# Below this many steps a bar would be gone before it is read.
_LONG = 12


class SchedulerError(Exception):
    """A Dask scheduler that does not answer, or has no workers."""


def build(
    names: list[str] | None, jobs: int, scheduler: str, **options: Any
) -> list[pytask.Session]:
    """Run the steps that are out of date, one after the other or on several workers.

    Args:
        names: which steps, by name; None for all.
        jobs: processes of this machine. One is this process itself.
        scheduler: address of a Dask scheduler, whose workers see the same folder under the same
            path; empty for none. Its workers count then, and not ``jobs``.
        options: further options of ``pytask.build``, and ``lock``, where the state of the steps is
            kept instead of in ``pytask.lock``.

    Returns:
        The sessions whose reports tell what became of the steps: one, or one a phase.

    Raises:
        SchedulerError: when the scheduler cannot be reached or has no workers.
    """
    if jobs == 1 and not scheduler:
        _forget(options["paths"])
        return [pytask.build(expression=" or ".join(names or ()), **options)]
    sessions = []
    with _executors(jobs, scheduler) as parallel:
        for expression in _phases(names):
            sessions.append(_until_no_worker_is_lost(expression, parallel, options))
            if sessions[-1].exit_code != pytask.ExitCode.OK:
                break
    return sessions


def _phases(names: list[str] | None) -> list[str]:
    """What to run first and what second, as pytask's expressions."""
    tables = [name for name in TABLES if names is None or name in names]
    if names is None:
        pages = " and ".join(f"not {name}" for name in TABLES)
    else:
        pages = " or ".join(name for name in names if name not in TABLES)
    return [phase for phase in (" or ".join(tables), pages) if phase]


@contextmanager
def _executors(jobs: int, scheduler: str) -> Iterator[dict[str, Any]]:
    """Options of pytask-parallel: processes of this machine, or the workers of a cluster."""
    from pytask_parallel import ParallelBackend

    if not scheduler:
        yield {"n_workers": jobs, "parallel_backend": ParallelBackend.PROCESSES}
        return
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
        workers = len(client.scheduler_info(n_workers=-1)["workers"])
        if not workers:
            raise SchedulerError(f"the Dask scheduler at {scheduler} has no workers")
        _register(client)
        yield {"n_workers": workers, "parallel_backend": ParallelBackend.CUSTOM, "_client": client}


def _register(client: Any) -> None:
    """Tell pytask-parallel of the cluster; it forgets at the end of each run."""
    from pytask_parallel import ParallelBackend, WorkerType, registry

    def executor(n_workers: int) -> Executor:
        # The same step twice is run twice: its inputs are files, which Dask cannot see.
        return client.get_executor(pure=False)

    registry.register_parallel_backend(
        ParallelBackend.CUSTOM, executor, worker_type=WorkerType.PROCESSES, remote=False
    )


def _until_no_worker_is_lost(
    expression: str, parallel: dict[str, Any], options: dict[str, Any]
) -> pytask.Session:
    settings = {key: value for key, value in parallel.items() if key != "_client"}
    for left in reversed(range(_TRIES)):
        if "_client" in parallel:
            _register(parallel["_client"])
        _forget(options["paths"])
        session = pytask.build(expression=expression, **settings, **options)
        lost = [
            report.task.name
            for report in session.execution_reports
            if report.outcome == pytask.TaskOutcome.FAIL
            and isinstance(report.exc_info[1], BrokenExecutor)
        ]
        if not lost or not left:
            break
        print("A worker was lost; its steps are taken up again.", file=sys.stderr, flush=True)
    return session


def _forget(pipeline: Path) -> None:
    """Have pytask read the steps afresh: of a module that is loaded it finds no repeated step."""
    for name, module in list(sys.modules.items()):
        if getattr(module, "__file__", None) == str(pipeline):
            del sys.modules[name]


class _Progress:
    """Lines of what a worker finished, and a bar with the time left where there are many steps.

    A step of this process says itself what it did; that of a worker is said here.
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
        # What a step prints shall not stand in the line of the bar.
        self.bar.clear()

    def end(self, session: pytask.Session, report: pytask.ExecutionReport) -> None:
        name = report.task.name
        taken = monotonic() - self.started.get(name, monotonic())
        if (
            report.outcome == pytask.TaskOutcome.SUCCESS
            and session.config["parallel_backend"].value != "none"
        ):
            step = name.rpartition("::task_")[2]
            words = step.rpartition("[")[2].rstrip("]")
            print(f"{words:<14} {taken:5.1f} s", flush=True)
        if self.bar is not None:
            self.bar.update()

    def close(self) -> None:
        if self.bar is not None:
            self.bar.close()
        self.__init__()


_progress = _Progress()


@pytask.hookimpl(trylast=True)
def pytask_post_parse(config: dict[str, Any]) -> None:
    """Keep the state of pages that are not committed out of the committed lock (a hook)."""
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
