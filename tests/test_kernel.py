"""Kernels forked from the warm server: each a process of its own that fails like a plain one."""

import os
import time
from concurrent.futures.process import BrokenProcessPool

import nbformat
import pytest
from jupyter_client import KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory

from analysis.publish import kernel, report
from analysis.publish.report import NotebookError, run_notebook


@pytest.fixture(autouse=True)
def warm(monkeypatch):
    factory = KernelProvisionerFactory.instance()
    monkeypatch.setattr(factory, "default_provisioner_name", "local-provisioner")
    kernel.use_warm_kernels()


@pytest.fixture
def notebook(tmp_path):
    """Write a notebook of a heading and code cells."""

    def write(*cells):
        book = nbformat.v4.new_notebook(
            cells=[
                nbformat.v4.new_markdown_cell("# A page"),
                *(nbformat.v4.new_code_cell(cell) for cell in cells),
            ]
        )
        path = tmp_path / "page.ipynb"
        nbformat.write(book, path)
        return path

    return write


@pytest.fixture
def manager():
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def shown(executed):
    return [output["text"] for cell in executed.cells for output in cell.get("outputs", [])]


def test_a_kernel_is_forked_with_the_imports_paid(manager):
    running, client = manager
    assert isinstance(running.provisioner, kernel.WarmProvisioner)
    assert isinstance(running.provisioner.process, kernel._Forked)
    reply = client.execute_interactive(
        "import sys; assert 'analysis.charts' in sys.modules", timeout=60
    )
    assert reply["content"]["status"] == "ok"


def test_two_notebooks_share_nothing(notebook, tmp_path):
    leave = notebook("import analysis; analysis.left = 1", "import os; print(os.getpid())")
    first = shown(run_notebook(leave, {}, tmp_path / "executed" / "first.ipynb"))
    look = notebook(
        "import analysis; print(hasattr(analysis, 'left'))", "import os; print(os.getpid())"
    )
    second = shown(run_notebook(look, {}, tmp_path / "executed" / "second.ipynb"))
    assert second[0] == "False\n"
    assert first[-1] != second[-1]
    assert str(os.getpid()) not in (first[-1].strip(), second[-1].strip())


def test_an_interrupt_stops_a_cell_and_spares_the_kernel_and_the_build(manager):
    running, client = manager
    # Otherwise the kernel turns away, for a moment, what comes after a failed cell.
    asked = client.execute("import time; time.sleep(600)", stop_on_error=False)
    time.sleep(0.5)
    running.interrupt_kernel()
    reply = client.get_shell_msg(timeout=60)
    assert reply["parent_header"]["msg_id"] == asked
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert running.is_alive()
    after = client.execute_interactive("1 + 1", timeout=60)
    assert after["content"]["status"] == "ok"


def test_a_kernel_that_dies_is_said_to_have_died(notebook, tmp_path):
    path = notebook("import os; os._exit(3)")
    with pytest.raises(NotebookError, match="the kernel died"):
        run_notebook(path, {}, tmp_path / "executed" / "page.ipynb")


def test_a_cell_that_hangs_is_stopped(notebook, tmp_path, monkeypatch):
    monkeypatch.setattr(report, "_CELL_TIMEOUT", 1)
    path = notebook("import time; time.sleep(600)")
    with pytest.raises(NotebookError, match="no answer within 1 seconds"):
        run_notebook(path, {}, tmp_path / "executed" / "page.ipynb")


def test_where_nothing_can_be_forked_a_plain_kernel_serves(notebook, tmp_path, monkeypatch):
    factory = KernelProvisionerFactory.instance()
    monkeypatch.setattr(factory, "default_provisioner_name", "local-provisioner")
    monkeypatch.setattr(kernel.multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    kernel.use_warm_kernels()
    assert factory.default_provisioner_name == "local-provisioner"
    path = notebook("import sys; print('analysis.charts' in sys.modules)")
    executed = run_notebook(path, {}, tmp_path / "executed" / "page.ipynb")
    assert shown(executed) == ["False\n"]


WRITE_PID = "import os, pathlib; pathlib.Path({!r}).write_text(str(os.getpid()))"


def test_what_runs_beside_has_a_process_of_its_own(tmp_path):
    place = tmp_path / "pid"
    kernel.run_beside(exec, WRITE_PID.format(str(place)))
    assert int(place.read_text()) != os.getpid()


def test_what_fails_beside_fails_here(tmp_path):
    missing = tmp_path / "none"
    with pytest.raises(FileNotFoundError) as found:
        kernel.run_beside(os.listdir, str(missing))
    assert found.value.filename == str(missing)


def test_what_dies_beside_is_missed():
    with pytest.raises(BrokenProcessPool):
        kernel.run_beside(exec, "import os; os._exit(3)")


def test_where_nothing_can_be_forked_it_runs_here(tmp_path, monkeypatch):
    monkeypatch.setattr(kernel.multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    place = tmp_path / "pid"
    kernel.run_beside(exec, WRITE_PID.format(str(place)))
    assert int(place.read_text()) == os.getpid()
