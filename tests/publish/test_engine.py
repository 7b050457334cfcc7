"""Cells run in this process show what a kernel shows, and leave nothing behind."""

import os
import subprocess
import sys
import time

import matplotlib as mpl
import nbformat
import papermill
import pytest

from analysis.config import NOTEBOOKS, REPORTS, ROOT
from analysis.publish import pool, report
from analysis.publish.engine import ENGINE
from analysis.publish.report import NotebookError, run_notebook
from analysis.publish.stop import Stopped

pytestmark = pytest.mark.slow


@pytest.fixture
def notebook(tmp_path):
    """Write a notebook of a heading and code cells."""

    def write(*cells, name="page"):
        book = nbformat.v4.new_notebook(
            cells=[
                nbformat.v4.new_markdown_cell("# A page"),
                *(nbformat.v4.new_code_cell(cell) for cell in cells),
            ]
        )
        path = tmp_path / f"{name}.ipynb"
        nbformat.write(book, path)
        return path

    return write


def printed(executed):
    return [output["text"] for cell in executed.cells for output in cell.get("outputs", [])]


def executed_by(engine, notebook, folder, parameters=None):
    """The notebook as papermill executes it, by its own engine (None: in a kernel) or by ours."""
    return papermill.execute_notebook(
        str(notebook),
        str(folder / "out.ipynb"),
        parameters,
        engine_name=engine,
        kernel_name="python3",
        progress_bar=False,
        cwd=str(ROOT),
    )


def shown(executed):
    """What cells show, without what differs from one process to the next."""
    return [
        [
            (one.output_type, one.get("text"), one.get("data"), one.get("metadata"))
            for one in joined(cell.get("outputs", []))
        ]
        for cell in executed.cells
    ]


def joined(outputs):
    """Outputs with what is printed in one piece: a busy kernel sends it in several."""
    found = []
    for one in outputs:
        last = found[-1] if found else None
        if last and "stream" == one.output_type == last.output_type and one.name == last.name:
            found[-1] = nbformat.from_dict({**last, "text": last.text + one.text})
        else:
            found.append(one)
    return found


# What an analyst may write, and what is easy to get wrong.
ODD = (
    "import sys\nfrom IPython.display import HTML, Image, Markdown, clear_output, display",
    "print('one'); display(Markdown('*two*')); print('three'); 4",
    "sys.stdout.write('no line end'); sys.stdout.write(' and more\\n');",
    "display(HTML('<b>a</b>'), HTML('<b>b</b>'))",
    "handle = display(Markdown('first'), display_id='a'); handle.update(Markdown('second'))",
    "print('gone'); clear_output(); print('stays')",
    "None",
    "x = 1\nx + 1;",
    "_ + 0 if False else [x, x]",
    "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
    "%%capture kept\nprint('kept')",
    "print(kept.stdout, __name__, get_ipython() is not None)",
    "import pandas as pd\npd.DataFrame({'a': [1, 2]}, index=['x', 'y'])",
    "Image(data=bytes(range(8)), format='png')",
    "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2]);",
    "plt.gcf() is None",
    "!echo from the shell",
    "import os\nos.path.realpath('.') == os.path.realpath(os.getcwd())",
)


def test_odd_cells_show_what_they_show_in_a_kernel(notebook, tmp_path):
    path = notebook(*ODD)
    kernel = shown(executed_by(None, path, tmp_path))
    here = shown(executed_by(ENGINE, path, tmp_path))
    assert len(here) == len(ODD) + 1
    for source, ours, theirs in zip(("heading", *ODD), here, kernel, strict=True):
        assert ours == theirs, source


@pytest.mark.parametrize(
    ("name", "parameters", "page"),
    [("country", {"country": "KGZ"}, "kyrgyzstan"), ("claims", {}, "claims")],
)
def test_a_plain_kernel_gives_the_same_bytes_of_a_whole_page(tmp_path, name, parameters, page):
    source = NOTEBOOKS / f"{name}.ipynb"
    executed = executed_by(None, source, tmp_path, parameters)
    html = report.page_of(executed, page, source, parameters)
    assert html == (REPORTS / f"{page}.html").read_text(encoding="utf-8")


def test_a_value_that_cannot_be_shown_stops_the_notebook(notebook, tmp_path):
    path = notebook(
        "class Broken:\n    def _repr_html_(self):\n        raise KeyError('unit')", "Broken()"
    )
    with pytest.raises(NotebookError, match="cell 3: KeyError: 'unit'"):
        run_notebook(path, {}, tmp_path / "executed" / "page.ipynb")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One\n\n{{ owed }}'s (\n", "line 3: 'owed' is undefined"),
        ("One\n{# it's (\n", "line 2: Missing end of comment tag"),
    ],
)
def test_a_mistake_in_a_text_stops_the_notebook_at_its_file_and_line(
    notebook, tmp_path, text, words
):
    (tmp_path / "trade.md.j2").write_text(text, encoding="utf-8")
    asked = f"tell('trade', None, texts=Path({str(tmp_path)!r}))"
    path = notebook(f"from pathlib import Path\nfrom analysis.page.tell import tell\n{asked}")
    with pytest.raises(NotebookError) as told:
        run_notebook(path, {}, tmp_path / "executed" / "page.ipynb")
    assert f"cell 2: TextError: {tmp_path / 'trade.md.j2'}, {words}" in str(told.value)


def test_nothing_is_left_of_a_notebook(notebook, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    before = (dict(mpl.rcParams), list(sys.path), sys.modules["__main__"], sys.displayhook)
    path = notebook("import matplotlib as mpl\nmpl.rcParams['font.size'] = 30\nleft = 1")
    run_notebook(path, {}, tmp_path / "executed" / "page.ipynb")
    after = (dict(mpl.rcParams), list(sys.path), sys.modules["__main__"], sys.displayhook)
    assert after == before
    assert not (tmp_path / "home").exists()
    second = notebook("print('left' in globals())", name="second")
    assert printed(run_notebook(second, {}, tmp_path / "executed" / "second.ipynb")) == ["False\n"]


@pytest.mark.filterwarnings("ignore:InlineBackend._figure_formats_changed")
def test_each_notebook_of_a_process_shows_its_figures_as_it_chooses(notebook, tmp_path):
    draw = "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2]);"
    choose = "%config InlineBackend.figure_formats = ['svg']"
    books = [notebook(draw), notebook(choose, draw, name="svg"), notebook(draw, name="last")]
    kinds = []
    for book in books:
        executed = run_notebook(book, {}, tmp_path / "executed" / book.name)
        kinds.append(sorted(executed.cells[-1].outputs[0]["data"]))
    assert kinds == [
        ["image/png", "text/plain"],
        ["image/svg+xml", "text/plain"],
        ["image/png", "text/plain"],
    ]


@pytest.mark.filterwarnings("ignore:To exit")
@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("%nonsense", "UsageError: Line magic function `%nonsense` not found."),
        ("%%nonsense\n1", "UsageError: Cell magic `%%nonsense` not found."),
        ("a b", "SyntaxError: "),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("exit()", "the notebook ends here, before its last cell"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt: "),
        ("import none_such", "ModuleNotFoundError: No module named 'none_such'"),
        ("raise ExceptionGroup('two', [ValueError('a'), OSError('b')])", "ExceptionGroup: two"),
    ],
)
def test_a_cell_that_fails_is_told_with_its_place_and_its_reason(notebook, tmp_path, cell, said):
    path = notebook("print('before')", cell, "print('after')")
    with pytest.raises(NotebookError) as error:
        run_notebook(path, {}, tmp_path / "executed" / "page.ipynb")
    assert str(error.value).startswith(
        f"page.ipynb (no parameters), section “A page”, cell 3: {said}"
    )
    kept = nbformat.read(tmp_path / "failed" / "page.ipynb", as_version=4)
    words = [output.get("text", "") for cell in kept.cells for output in cell.get("outputs", [])]
    assert "before\n" in words
    assert "after\n" not in words


def test_a_cell_that_hangs_is_stopped(notebook, tmp_path, monkeypatch):
    monkeypatch.setattr(report, "_CELL_TIMEOUT", 0.5)
    path = notebook("import time; time.sleep(600)")
    with pytest.raises(NotebookError, match=r"TimeoutError: no answer within 0\.5 seconds"):
        run_notebook(path, {}, tmp_path / "executed" / "page.ipynb")


def test_neither_startup_file_nor_profile_of_the_reader_is_read(notebook, tmp_path, monkeypatch):
    startup = tmp_path / ".ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("import builtins; builtins.sum = lambda *_: 0")
    (startup.parent / "ipython_config.py").write_text(
        "c.InteractiveShellApp.exec_lines = ['import builtins; builtins.max = None']"
    )
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / ".ipython"))
    path = notebook("print(sum([1, 2]), max(3, 4))")
    assert printed(run_notebook(path, {}, tmp_path / "executed" / "page.ipynb")) == ["3 4\n"]


def write_pid(place):
    """Say which process this is, and whether what pages import was there already."""
    place.write_text(f"{os.getpid()} {'analysis.charts.chart' in sys.modules}")


def test_each_piece_of_work_has_a_process_of_its_own_with_the_imports_done(tmp_path):
    places = [tmp_path / name for name in ("a", "b")]
    with pool.processes(1) as make:
        executor = make()
        for place in places:
            executor.submit(write_pid, place).result()
    said = [place.read_text().split() for place in places]
    assert len({pid for pid, _ in said} | {str(os.getpid())}) == 3
    assert [warm for _, warm in said] == ["True", "True"]


def test_processes_end_with_a_build_that_is_stopped(tmp_path):
    def stop():
        with pool.processes(1) as make:
            make().submit(time.sleep, 600)
            time.sleep(0.5)
            raise Stopped(15)

    before = time.monotonic()
    with pytest.raises(Stopped):
        stop()
    assert time.monotonic() - before < 60


# Both processes have done their work, and two wait for more: one in the queue, one behind it. The
# second has only just begun, so whoever asks first which there are is not told of it.
STOPPED_WHILE_ONE_BEGINS = """
import multiprocessing, time
from analysis.publish import pool
from analysis.publish.stop import Stopped
children = multiprocessing.active_children
try:
    with pool.processes(2) as make:
        executor = make()
        for done in [executor.submit(time.sleep, 0.3) for _ in range(2)]:
            done.result()
        while len(children()) < 2:
            time.sleep(0.01)
        time.sleep(0.5)
        told = [sorted(children(), key=lambda process: process.pid)[:1]]
        multiprocessing.active_children = lambda: told.pop() if told else children()
        raise Stopped(15)
except Stopped:
    print(len(children()))
"""


def test_a_process_that_begins_as_the_build_is_stopped_ends_too():
    """Left alone it would wait for ever in a queue that a killed one has locked; so would we."""
    command = [sys.executable, "-c", STOPPED_WHILE_ONE_BEGINS]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, done.stdout) == (0, "0\n"), done.stderr


@pytest.mark.parametrize("length", [0, 200])
def test_where_nothing_can_be_forked_processes_are_started_plainly(length, monkeypatch, tmp_path):
    if length:
        monkeypatch.setattr(pool.tempfile, "gettempdir", lambda: "x" * length)
    else:
        monkeypatch.setattr(pool.multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert pool.warm_up().get_start_method() == "spawn"


def test_plain_processes_do_the_same_work(monkeypatch, tmp_path):
    monkeypatch.setattr(pool.multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    with pool.processes(1) as make:
        make().submit(write_pid, tmp_path / "a").result()
    assert (tmp_path / "a").read_text().endswith(" False")


def test_a_rehearsal_fails_at_nothing_and_leaves_little_to_import():
    """What fails in it is not heard of: pages would only be slower."""
    code = (
        "import sys; from analysis.publish.warm import lean\n"
        "from analysis.publish import rehearsal; rehearsal.rehearse()\n"
        "print('pandera.backends.pandas.container' in sys.modules, "
        "'rfc3987_syntax' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("True False\n", "")


def test_what_is_imported_for_all_pages_is_never_looked_through_again():
    """A process that is forked collects what it has left over itself, and nothing of before."""
    code = (
        "import gc; from analysis.publish import warm; "
        "print(gc.isenabled(), gc.get_freeze_count() > 100_000, len(gc.get_objects()) < 10_000)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("True True True\n", "")
