"""The steps of a build side by side: pages in processes of their own, here or on a Dask cluster.

pytask decides what is out of date and in which order; this is the loop that runs it (its hook
``pytask_execute_build``). A step either does its work here, or hands it over (``beside``) to an
executor: the processes of ``pool`` on this machine, or the workers of a cluster.
"""

from __future__ import annotations

import socket
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import pytask
from pytask.tree_util import tree_leaves
from tqdm import tqdm

from analysis.publish import closure, pool, unchanged
from analysis.publish.nodes import files_of
from analysis.publish.stop import Stopped

# Below this many steps a bar would be gone before it is read.
_LONG = 12

# Seconds that a scheduler may take to answer.
_PATIENCE = 5

# A word of Dask's greeting, which tells the other side how to write; bytes that one may take.
_GREETING, _LONGEST = b"pickle-protocol", 4096


class SchedulerError(Exception):
    """A Dask scheduler that does not answer, or has no workers."""


class StepDied(Exception):
    """A process that ended before its step did, twice, or that could not be started."""


@dataclass
class Workers:
    """Where work that is handed over goes: so many at a time, to an executor made when needed."""

    slots: int
    make: Callable[[], Executor]
    # Begins what takes time, once it is known that a step will run.
    warm_up: Callable[[], object] = bool
    executor: Executor | None = None

    def submit(self, call: Callable[[], None]) -> Future[None]:
        """Begin a call."""
        if self.executor is None:
            self.executor = self.make()
        try:
            return self.executor.submit(call)
        except (EOFError, ConnectionError) as error:  # the server that forks has ended
            raise StepDied("no process could be started for it; is there memory left?") from error

    def renew(self) -> None:
        """After a process died, whatever of: go on one at a time, to know whose it is."""
        if self.executor is not None:
            self.executor.shutdown()
        self.executor, self.slots = None, 1


@contextmanager
def _workers(jobs: int, scheduler: str) -> Iterator[Workers]:
    """Processes of this machine, or the workers of a cluster."""
    if scheduler:
        with _cluster(scheduler) as client:
            count = len(client.scheduler_info(n_workers=-1)["workers"])
            if not count:
                raise SchedulerError(f"the Dask scheduler at {scheduler} has no workers")
            # The same step twice is run twice: its inputs are files, which Dask cannot see.
            yield Workers(count, lambda: client.get_executor(pure=False))
        return
    with pool.processes(jobs) as make:
        yield Workers(jobs, make, pool.warm_up)


@contextmanager
def _cluster(address: str) -> Iterator[Any]:
    """A client of the scheduler at this address."""
    try:
        from distributed import Client
    except ImportError:
        message = "a Dask cluster needs the extra: pip install 'central-asia-two-books[cluster]'"
        raise SchedulerError(message) from None
    _knock_at(address)
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise SchedulerError(f"no Dask scheduler answers at {address} ({error})") from None
    with client:
        yield client


def _knock_at(address: str) -> None:
    """Look whether anything listens there, since Dask itself asks again and again.

    Raises:
        SchedulerError: where nothing does, or the address is none.
    """
    try:
        place = urlsplit(address)
        known = bool(place.scheme and place.hostname and place.port)
    except ValueError:
        known = False
    if not known:
        raise SchedulerError(
            f"found {address!r} for a Dask scheduler; valid: as in tcp://node:8786"
        )
    try:
        with socket.create_connection((place.hostname, place.port), timeout=_PATIENCE) as line:
            greeted = place.scheme != "tcp" or _is_greeted(line)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SchedulerError(f"no Dask scheduler answers at {address} ({reason})") from None
    if not greeted:
        raise SchedulerError(
            f"something listens at {address}, but it does not speak as a Dask scheduler does; "
            "the port of its dashboard is another one"
        )


def _is_greeted(line: socket.socket) -> bool:
    """Whether what listens greets as Dask does, which speaks first on every new connection."""
    heard, end = b"", perf_counter() + _PATIENCE
    while _GREETING not in heard and len(heard) < _LONGEST:
        line.settimeout(max(0.1, end - perf_counter()))
        try:
            more = line.recv(_LONGEST)
        except TimeoutError:
            return False
        if not more:
            return False
        heard += more
    return _GREETING in heard


@dataclass
class _Handed:
    """Work that a step hands over."""

    name: str
    call: Callable[[], None]
    task: pytask.PTask | None = None
    began: float = 0
    deaths: int = 0


# What the step that is being begun hands over; None where no build of ours is under way.
_desk: list[_Handed] | None = None


def here(name: str, function: Callable[..., None], *arguments: Any) -> None:
    """Do a step's work in this process, and say so."""
    began = perf_counter()
    function(*arguments)
    say(name, perf_counter() - began)


def beside(name: str, function: str, *arguments: Any) -> None:
    """Hand a step's work over to the workers of the build, or do it here where there are none.

    Args:
        name: what the step is called when it is done.
        function: its full name, as in ``package.module:function``; it is not imported here.
        arguments: what it is called with.
    """
    if _desk is None:
        here(name, pool.call, function, *arguments)
    else:
        _desk.append(_Handed(name, partial(pool.call, function, *arguments)))


_said: list[str] = []


def say(name: str, seconds: float) -> None:
    """Tell of a finished step in a line of its own, above the bar where there is one."""
    _said.append(name)
    pool.tell(f"{name:<14} {seconds:5.1f} s")


@dataclass
class _Loop:
    """Runs the steps of one session of pytask."""

    session: pytask.Session
    workers: Workers
    running: dict[Future[None], _Handed] = field(default_factory=dict)
    handed: deque[_Handed] = field(default_factory=deque)
    again: deque[_Handed] = field(default_factory=deque)
    bar: tqdm | None = None

    def run(self) -> None:
        """Run all steps, each once those before it are done."""
        scheduler = self.session.scheduler
        assert scheduler is not None
        steps = len(self.session.tasks)
        # None: no bar where the output is no terminal.
        hidden = None if steps >= _LONG else True
        with tqdm(total=steps, disable=hidden, unit=" steps", leave=False) as self.bar:
            while scheduler.is_active() and not self.session.should_stop:
                free = self.workers.slots - len(self.running) - len(self.handed)
                if self.again and not self.running:
                    self._submit(self.again.popleft())
                    continue
                ready = scheduler.get_ready(free) if free > 0 and not self.again else []
                # What is to be tried first comes last.
                for name in reversed(ready):
                    self._begin(self.session.dag.nodes[name])
                # Whoever asks for the first process waits for the imports of all; what can be done
                # here meanwhile comes before that.
                if self.handed and (self.workers.executor or not ready):
                    while self.handed:
                        self._submit(self.handed.popleft())
                elif not ready:
                    self._wait()

    def _begin(self, task: Any) -> None:
        global _desk  # noqa: PLW0603
        hook, _desk = self.session.hook, []
        try:
            hook.pytask_execute_task_log_start(session=self.session, task=task)
            hook.pytask_execute_task_setup(session=self.session, task=task)
            self.workers.warm_up()
            hook.pytask_execute_task(session=self.session, task=task)
            handed = list(_desk)
        except Exception as error:
            self._end(task, error)
            return
        finally:
            _desk = None
        for work in handed:
            work.task = task
            self.handed.append(work)
        if not handed:
            self._end(task)

    def _submit(self, work: _Handed) -> None:
        work.began = perf_counter()
        try:
            try:
                future = self.workers.submit(work.call)
            except BrokenExecutor:  # one that waited for work was killed
                self.workers.renew()
                future = self.workers.submit(work.call)
        except StepDied as error:
            self._end(work.task, error)
        else:
            self.running[future] = work

    def _wait(self) -> None:
        """Wait until something has ended; what died with its process is tried once more."""
        done, _ = wait(self.running, return_when=FIRST_COMPLETED)
        for future in done:
            work = self.running.pop(future)
            error = future.exception()
            if isinstance(error, BrokenExecutor):
                work.deaths += 1
                error = _died(work)
                if work.deaths == 1:
                    self.again.append(work)
                    continue
            if error is None:
                say(work.name, perf_counter() - work.began)
            self._end(work.task, error)
        if self.again and not self.running:
            self.workers.renew()

    def _end(self, task: Any, error: BaseException | None = None) -> None:
        """Look whether a step has made what it should, and write it down."""
        hook = self.session.hook
        if error is None:
            try:
                hook.pytask_execute_task_teardown(session=self.session, task=task)
            except Exception as problem:
                error = problem
        if error is None:
            unchanged.made(file for node in tree_leaves(task.produces) for file in files_of(node))
            report = pytask.ExecutionReport.from_task(task)
        else:
            told = (type(error), error, error.__traceback__)
            report = pytask.ExecutionReport.from_task_and_exception(task, told)
        hook.pytask_execute_task_process_report(session=self.session, report=report)
        hook.pytask_execute_task_log_end(session=self.session, task=task, report=report)
        self.session.execution_reports.append(report)
        assert self.session.scheduler is not None
        self.session.scheduler.done(task.signature)
        if self.bar is not None:
            self.bar.update()


def _died(work: _Handed) -> StepDied:
    return StepDied(
        f"the process of {work.name} ended by itself, twice: it was killed, as for want of "
        "memory, or its code ended it"
    )


def build(names: list[str] | None, jobs: int, scheduler: str, **options: Any) -> pytask.Session:
    """Run the steps that are out of date, several at a time.

    Args:
        names: which steps, by name; None for all.
        jobs: how many at a time on this machine.
        scheduler: address of a Dask scheduler, whose workers see the same folder under the same
            path; empty for none. Its workers count then, and not ``jobs``.
        options: further options of ``pytask.build``, and ``state_in``, the folder in which the
            state of the steps is kept instead of in the project's.

    Returns:
        The session, whose reports tell what became of the steps.

    Raises:
        SchedulerError: when the scheduler cannot be reached or has no workers.
        Stopped: when the build was asked to end; what was finished is written down.
    """
    _forget(options["paths"])
    _said.clear()
    with _workers(jobs, scheduler) as workers:
        session = pytask.build(
            expression=" or ".join(names or ()),
            side_by_side=workers,
            # pytask writes all that it knows into a database too, and reads the lock alone.
            database_url="sqlite://",
            **options,
        )
        closure.remember()
        if ended_by := session.config.get("ended_by"):
            if isinstance(ended_by, Stopped):
                ended_by.finished = list(_said)
            raise ended_by
    return session


def _forget(pipeline: Path) -> None:
    """Have pytask read the steps afresh: of a module that is loaded it finds no repeated step."""
    for name, module in list(sys.modules.items()):
        if getattr(module, "__file__", None) == str(pipeline):
            del sys.modules[name]


@pytask.hookimpl(tryfirst=True)
def pytask_parse_config(config: dict[str, Any]) -> None:
    """Keep the state of pages that are not committed in a folder of its own (a hook)."""
    if folder := config.get("state_in"):
        folder.mkdir(parents=True, exist_ok=True)
        config["root"] = folder


@pytask.hookimpl(tryfirst=True)
def pytask_execute_build(session: pytask.Session) -> bool | None:
    """Run the steps of a build of ours; any other is left to pytask (a hook)."""
    workers = session.config.get("side_by_side")
    if workers is None:
        return None
    try:
        _Loop(session, workers).run()
    except Stopped as stopped:
        # pytask shall write down what was finished, and nothing else.
        session.config["ended_by"] = stopped
        session.exit_code = pytask.ExitCode.FAILED
    except Exception as error:
        # It would take what was looked at by then for all that there is.
        session.config["ended_by"] = error
        session.exit_code = pytask.ExitCode.FAILED
    return True
