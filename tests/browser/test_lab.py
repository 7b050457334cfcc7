"""JupyterLab as a reader opens it: the server of ``make lab``, a country changed, all cells run."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from time import monotonic, sleep

import pytest
from playwright.sync_api import expect, sync_playwright

from analysis.config import NOTEBOOKS, ROOT
from analysis.page.figure import MEDIA_TYPE
from analysis.publish.report import run_notebook
from conftest import CHROMIUM, NAMES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        CHROMIUM is None, reason=f"none of the browsers {', '.join(NAMES)} is installed"
    ),
]

_PATIENCE = 120_000  # milliseconds; a run takes some fifteen seconds


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _lab_command():
    """The command of ``make lab``, read from the Makefile, so that the two cannot part."""
    recipe = re.search(r"^\t@(\S+/jupyter lab .+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[
        1
    ]
    words = recipe.replace("$(BIN)/jupyter", f"{sys.executable} -m jupyter").split()
    assert "lab" in words
    return words


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The server on a copy of the notebooks, with a home of its own; its address."""
    home = tmp_path_factory.mktemp("home")
    work = tmp_path_factory.mktemp("project")
    shutil.copytree(NOTEBOOKS, work / "notebooks")
    # All cells are in the page only when the notebook is not windowed.
    settings = home / "settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    (settings / "tracker.jupyterlab-settings").write_text(json.dumps({"windowingMode": "none"}))
    port = _free_port()
    command = [
        *_lab_command(),
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=reader",
    ]
    environment = os.environ | {
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }
    log = (home / "log").open("w")
    process = subprocess.Popen(command, cwd=work, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/api?token=reader", process, home / "log")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)
        log.close()


def _wait_for(address, process, log):
    until = monotonic() + _PATIENCE / 1000
    while monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(address).close()
            return
        except (urllib.error.URLError, ConnectionError):
            sleep(0.2)
    raise AssertionError(f"the server did not come up: {Path(log).read_text()[-2000:]}")


def run_all(page):
    """Choose Run All Cells, and wait; again where Lab lost the order while it was starting."""
    # The last cell has its number once every cell before it has run.
    last = page.locator(".jp-CodeCell").last.locator(".jp-InputPrompt")
    for left in (1, 0):
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        try:
            expect(last).to_have_text(re.compile(r"\[[0-9]+\]:"), timeout=_PATIENCE)
            return
        except AssertionError:
            if not left:
                raise


def parameters_with(country):
    """The cell of parameters with another country, without its comments."""
    cells = json.loads((NOTEBOOKS / "country.ipynb").read_text(encoding="utf-8"))["cells"]
    (cell,) = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
    lines = [line for line in "".join(cell["source"]).splitlines() if not line.startswith("#")]
    assert lines[0].startswith("country: str = ")
    return "\n".join([country, *lines[1:]])


@pytest.fixture(scope="module")
def notebook(server):
    """country.ipynb after its country was changed to Tajikistan and all cells were run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-background-networking", "--disable-gpu"],
        )
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.set_default_timeout(_PATIENCE)
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(f"{server}/lab/tree/notebooks/country.ipynb?token=reader")
        indicator = page.locator(".jp-Notebook-ExecutionIndicator")
        expect(indicator).to_have_attribute("data-status", "idle", timeout=_PATIENCE)
        cell = page.locator(".jp-CodeCell .cm-content").first
        cell.click()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(parameters_with('country: str = "TJK"'))
        run_all(page)
        yield page
        browser.close()


def test_every_chart_is_shown_for_the_country_that_was_typed(notebook, tmp_path):
    built = run_notebook(
        NOTEBOOKS / "country.ipynb", {"country": "TJK"}, tmp_path / "x" / "o.ipynb"
    )
    outputs = [output for cell in built.cells for output in cell.get("outputs", [])]
    drawn = sum(MEDIA_TYPE in output.get("data", {}) for output in outputs)
    assert notebook.locator(".jp-Cell-outputArea figure.chart").count() == drawn > 3
    text = notebook.locator(".jp-Notebook").inner_text()
    assert "Tajikistan owed China" in text
    assert "Kazakhstan traded" not in text


def test_no_cell_fails_or_warns(notebook):
    errors = "[data-mime-type='application/vnd.jupyter.error']"
    # What Lab itself cannot show is marked so as well, wherever the mark stands.
    warnings = "[data-mime-type='application/vnd.jupyter.stderr']"
    assert notebook.locator(errors).count() == 0
    assert notebook.locator(warnings).count() == 0
    assert "Javascript Error" not in notebook.locator(".jp-Notebook").inner_text()


def test_nothing_is_asked_of_another_host(notebook):
    own = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
    assert [url for url in notebook.asked if not url.startswith(own)] == []
