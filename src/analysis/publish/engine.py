"""Runs a notebook's cells in the process that asks for it, behind papermill's engine interface.

Papermill's own engine starts a kernel and talks to it; the start costs more than most pages of
ours take. Here IPython runs the cells where the imports are done already, and what they show is
kept as a kernel would have sent it. Neither the reader's IPython profile nor its startup files
are read.
"""

from __future__ import annotations

import atexit
import signal
import sys
import tempfile
import threading
import warnings
from binascii import b2a_base64
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any

import matplotlib as mpl
import nbformat
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from matplotlib_inline.backend_inline import configure_inline_support
from matplotlib_inline.config import InlineBackend
from nbformat import NotebookNode
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines
from traitlets import Type
from traitlets.config import Config

ENGINE = "in-this-process"

# The shell and the standard streams belong to the whole process; a Dask worker may have threads.
_ONE_AT_A_TIME = threading.Lock()


class _Publisher(DisplayPublisher):
    """Keeps what ``display`` is given."""

    def publish(
        self,
        data: Mapping[str, Any],
        metadata: Mapping[str, Any] | None = None,
        *_: Any,
        transient: Mapping[str, Any] | None = None,
        update: bool = False,
        **__: Any,
    ) -> None:
        """Keep one display, or put it in the place of those that bear its name."""
        name = (transient or {}).get("display_id")
        shown = nbformat.v4.new_output(
            "display_data", data=_as_text(data), metadata=dict(metadata or {})
        )
        if not update:
            self.shell.shown.append((name, shown))
            return
        for known, earlier in self.shell.shown:
            if known == name:
                earlier.data, earlier.metadata = shown.data, shown.metadata

    def clear_output(self, wait: bool = False) -> None:
        """Forget what the cell has shown so far."""
        self.shell.shown.clear()


class _Hook(DisplayHook):
    """Keeps the value of a cell's last expression."""

    def write_output_prompt(self) -> None:
        """Write none: a page has no prompts."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Keep the value, as all its kinds of media."""
        assert self.shell is not None, "the shell that runs a cell makes its own hook"
        shown = nbformat.v4.new_output(
            "execute_result",
            data=_as_text(format_dict),
            metadata=dict(md_dict or {}),
            execution_count=self.prompt_count,
        )
        self.shell.shown.append((None, shown))


def _as_text(data: Mapping[str, Any]) -> dict[str, Any]:
    """A display's media as JSON can hold them: bytes in base64."""
    return {
        kind: b2a_base64(value).decode("ascii") if isinstance(value, bytes) else value
        for kind, value in data.items()
    }


class _Stream:
    """A standard stream whose text becomes an output, between the displays where it was written."""

    encoding = "utf-8"
    errors = "strict"

    def __init__(self, name: str, shown: list[tuple[str | None, NotebookNode]]) -> None:
        self.name = name
        self._shown = shown

    def write(self, text: str) -> int:
        last = self._shown[-1][1] if self._shown else None
        if last and last.output_type == "stream" and last.name == self.name:
            last.text += text
        elif text:
            self._shown.append((None, nbformat.v4.new_output("stream", name=self.name, text=text)))
        return len(text)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None: ...

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True


class CellShell(InteractiveShell):
    """IPython, with nothing of the reader's, that keeps what a cell shows."""

    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_Hook)
    shown: list[tuple[str | None, NotebookNode]]  # each output with its display's name or None
    not_shown: BaseException | None = None

    def enable_gui(self, gui: str | None = None) -> None:
        """Wait for no windows: there are none."""

    def ask_exit(self) -> None:
        """End the notebook, as ``exit()`` in a cell asks."""
        raise SystemExit(0)

    def showtraceback(self, exc_tuple: Any = None, *more: Any, **options: Any) -> None:
        """Keep what went wrong while a value was being shown, of which IPython only prints."""
        if exc_tuple is not None and exc_tuple[1] is not None:
            self.not_shown = exc_tuple[1]
        super().showtraceback(exc_tuple, *more, **options)

    def run(self, cell: NotebookNode) -> bool:
        """Run a code cell, give it what it showed, and tell whether it came to its end."""
        self.shown, self.not_shown = [], None
        streams: list[Any] = [_Stream(name, self.shown) for name in ("stdout", "stderr")]
        with redirect_stdout(streams[0]), redirect_stderr(streams[1]):
            done = self.run_cell(cell.source, store_history=True)
        cell.execution_count = done.execution_count
        cell.outputs = [output for _, output in self.shown]
        error = done.error_before_exec or done.error_in_exec or self.not_shown
        if error is not None:
            cell.outputs.append(self._as_output(error))
        return error is None

    def _as_output(self, error: BaseException) -> NotebookNode:
        lines = self.InteractiveTB.structured_traceback(type(error), error, error.__traceback__)
        return nbformat.v4.new_output(
            "error", ename=type(error).__name__, evalue=str(error), traceback=lines
        )


def _is_told_later(
    shell: InteractiveShell, kind: Any, error: Any, trace: Any, tb_offset: int | None = None
) -> None:
    """Leave the traceback out of what the cell printed; it becomes an output of its own."""


@contextmanager
def _shell() -> Iterator[CellShell]:
    """A fresh shell that leaves no trace: not in the process, not in the reader's home."""
    with (
        _ONE_AT_A_TIME,
        _warnings_as_in_a_kernel(),
        tempfile.TemporaryDirectory(prefix="ipython-") as folder,
    ):
        settings = Config(
            {"HistoryManager": {"enabled": False}, "InteractiveShell": {"colors": "nocolor"}}
        )
        shell = CellShell.instance(config=settings, ipython_dir=folder)
        shell.set_custom_exc((BaseException,), _is_told_later)
        path, backend = list(sys.path), mpl.get_backend()
        try:
            with mpl.rc_context():
                try:
                    # As a kernel starts: its folder first on the path, figures drawn into the
                    # notebook.
                    sys.path.insert(0, "")
                    mpl.rcdefaults()
                    shell.enable_matplotlib("inline")
                    yield shell
                finally:
                    _draw_no_longer(shell, backend)
        finally:
            sys.path[:] = path
            shell.restore_sys_module_state()
            shell.atexit_operations()
            atexit.unregister(shell.atexit_operations)
            CellShell.clear_instance()


@contextmanager
def _warnings_as_in_a_kernel() -> Iterator[None]:
    """Have warnings printed where a kernel prints them, whatever the process makes of its own."""
    with warnings.catch_warnings():
        warnings.resetwarnings()
        quiet = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)
        for kind in quiet:
            warnings.simplefilter("ignore", kind)
        warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")
        warnings.showwarning = _print_warning
        yield


def _print_warning(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, *_: Any, **__: Any
) -> None:
    sys.stderr.write(warnings.formatwarning(message, category, filename, lineno))


def _draw_no_longer(shell: CellShell, backend: str) -> None:
    """Draw with another backend again, and let the next notebook of the process begin anew.

    Else its figures would be thought to be set up already, in a shell that has gone, and what
    this one has chosen for figures would hold there.
    """
    configure_inline_support(shell, backend)
    InlineBackend.clear_instance()
    mpl.use(backend)


@contextmanager
def _patience(seconds: float | None) -> Iterator[None]:
    """Interrupt what runs too long, where the system and the thread can be interrupted."""
    can = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not can or not seconds:
        yield
        return

    def ring(*_: Any) -> None:
        raise TimeoutError(f"no answer within {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class InThisProcess(Engine):
    """Papermill's interface to the shell."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        execution_timeout: float | None = None,
        **_: Any,
    ) -> None:
        """Run the cells in order, up to the first that fails."""
        with _shell() as shell:
            for number, cell in enumerate(nb_man.nb.cells):
                nb_man.cell_start(cell, number)
                try:
                    if cell.cell_type != "code":
                        continue
                    with _patience(execution_timeout):
                        sound = shell.run(cell)
                    if not sound:
                        nb_man.cell_exception(cell, number)
                        break
                finally:
                    nb_man.cell_complete(cell, number)


papermill_engines.register(ENGINE, InThisProcess)
