"""Kernels forked from a warm server: every notebook in a process of its own, imports paid once.

A fresh kernel spends longer on imports than a page of ours takes to compute. Here one server
process imports them once, and each kernel is forked from it (``multiprocessing``'s forkserver),
behind jupyter_client's own interface for starting kernels. Where there is no forking, as on
Windows, jupyter_client starts a plain kernel. The tables that can be made side by side are made
in processes of the same kind.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import forkserver
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

NAME = "analysis-warm"

# What a notebook of ours imports, and what a kernel needs before it.
_PRELOAD = [
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.debugger",
    "IPython.display",
    "analysis.charts.marks",
    "analysis.page.checks",
    "analysis.page.claims",
    "analysis.charts.claims",
    "analysis.measures.leads",
    "analysis.charts.method",
    "analysis.charts.overview",
    "analysis.charts.special",
    "analysis.page.verdict",
    "analysis.charts.world",
]


def use_warm_kernels() -> bool:
    """Let jupyter_client fork its kernels in this process, and tell whether that can be done.

    A worker of a parallel build starts plain ones: its pool has start methods of its own.
    """
    methods = multiprocessing.get_all_start_methods()
    own = multiprocessing.get_start_method(allow_none=True)
    if "forkserver" not in methods or (own and own not in methods):
        return False
    if multiprocessing.current_process().daemon:
        return False  # a worker of a Dask cluster may have no children of this kind
    # ipykernel sets this for its plain kernels: a debugger's remark that is none of a reader's.
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    forkserver.set_forkserver_preload(_PRELOAD)
    # It imports while this process is still busy with the tables.
    forkserver.ensure_running()
    KernelProvisionerFactory.instance().default_provisioner_name = NAME
    return True


def run_beside(function: Callable[..., None], *arguments: Any) -> None:
    """Call a function in a forked process, or in this one where the system cannot fork.

    This process is free meanwhile; it imports what turns notebooks into pages.

    Raises:
        Exception: what the function raised.
    """
    if not use_warm_kernels():
        function(*arguments)
        return
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(1, context, initializer=_end_with_build) as pool:
        done = pool.submit(function, *arguments)
        import analysis.publish.report  # noqa: F401

        done.result()


def _serve(arguments: list[str], folder: str, environment: dict[str, str]) -> None:
    """Be a kernel: in the forked process, with the folder and environment of a plain one."""
    os.setsid()
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    _end_with_build()
    from ipykernel.kernelapp import IPKernelApp

    # Its parent is the server; by itself it would take the build for that, and miss it.
    IPKernelApp.launch_instance([*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])


def _end_with_build() -> None:
    """End this process when the build is gone, however it went; the server goes with the last."""
    threading.Thread(target=_outlive, args=(multiprocessing.parent_process(),), daemon=True).start()


def _outlive(build: BaseProcess) -> None:
    build.join()
    os._exit(1)


class _Forked:
    """A forked process with the part of ``subprocess.Popen`` that jupyter_client uses."""

    stdin = stdout = stderr = None

    def __init__(self, process: BaseProcess) -> None:
        self._process = process
        self.pid = process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self) -> int | None:
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


class WarmProvisioner(LocalProvisioner):
    """Starts a Python kernel of this environment by forking; any other as jupyter_client does."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel with the arguments of the command."""
        if cmd[1:3] != ["-m", "ipykernel_launcher"] or not _same_python(cmd[0]):
            return await super().launch_kernel(cmd, **kwargs)
        context = multiprocessing.get_context("forkserver")
        process = context.Process(
            target=_serve,
            args=(cmd[3:], str(kwargs.get("cwd") or Path.cwd()), dict(kwargs["env"])),
            daemon=True,
        )
        process.start()
        self.process = _Forked(process)
        self.pid = process.pid
        # The kernel makes a group of its own, so that a signal to it spares the build.
        self.pgid = None
        return self.connection_info


def _same_python(path: str) -> bool:
    return os.path.realpath(path) == os.path.realpath(sys.executable)
