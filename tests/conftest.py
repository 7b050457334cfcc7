"""Tables that several tests need, small enough to read."""

import compileall
import ipaddress
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from filelock import FileLock

from analysis.config import NOTEBOOKS, REPORTS, ROOT
from analysis.data import raw_tables
from analysis.publish import report, site

RAW_ROW = {
    "figure_id": "kaz-trade-chn-2016",
    "locator": "Table 1, KAZ, column 2, note 2",
    "printed": "$12.5 billion",
    "wording": "source",
    "period_printed": "2016",
    "country": "KAZ",
    "power": "CHN",
    "counterpart": "",
    "dimension": "trade",
    "indicator": "trade_turnover",
    "nature": "flow",
    "status": "realised",
    "unit": "USD",
    "reporter": "",
    "coverage": "bilateral",
    "price_basis": "nominal",
    "attribution": "",
    "source_id": "dubnov-2018",
    "related_id": "",
    "role": "",
    "note": "",
}

# One sound row a table beyond the article's, by its name.
_RECORD = {
    "dataset": "kazbns2024",
    "reporter": "KAZ",
    "partner": "RUS",
    "flow": "export",
    "year": "2023",
    "value": "9666000000",
    "evidence": "reported",
    "source_id": "dubnov-2018",
}
STATISTICS = {
    "stated_trade": RAW_ROW
    | {"figure_id": "kaz-trade-chn-2016-stated", "reporter": "CHN", "locator": "page"}
    | {"grade": "stated", "evidence": "reported"},
    "stated_investment": RAW_ROW
    | {"figure_id": "kaz-fdi-chn-2016-stated", "reporter": "KAZ", "locator": "page"}
    | {"dimension": "investment", "indicator": "fdi_flow"}
    | {"grade": "stated", "evidence": "reported"},
    "trade_national": _RECORD | {"year": "2018"},
    "trade_goods_and_services": _RECORD
    | {"dataset": "uzbsiat2024", "reporter": "UZB", "year": "2018"},
    "gas_exports": {
        "exporter": "TKM",
        "importer": "CHN",
        "year": "2016",
        "value": "29.4",
        "unit": "bcm",
        "scope": "by country",
        "source_id": "dubnov-2018",
    },
    "loan_flows": {
        "country": "TKM",
        "counterpart": "CHN",
        "flow": "disbursed",
        "series": "DT.DIS.BLAT.CD",
        "year": "2011",
        "value": "1500000000",
        "status": "realised",
        "evidence": "reported",
        "source_id": "dubnov-2018",
    },
    "migrant_stock": {
        "origin": "UZB",
        "destination": "RUS",
        "year": "2015",
        "value": "778041",
        "source_id": "dubnov-2018",
    },
    "arms_deliveries": {
        "recipient": "KAZ",
        "supplier": "RUS",
        "year": "2016",
        "value": "11.5",
        "deliveries": "2",
        "source_id": "dubnov-2018",
    },
    "china_commitments": {
        "country": "KAZ",
        "year": "2009",
        "kind": "OOF-like",
        "value": "2816962887.8",
        "source_id": "dubnov-2018",
    },
    "russia_grants": {
        "country": "KGZ",
        "donor": "RUS",
        "year": "2014",
        "value": "202870000",
        "source_id": "dubnov-2018",
    },
    "causes": {
        "country": "KAZ",
        "partner": "CHN",
        "flow": "imports",
        "first_year": "2021",
        "last_year": "2021",
        "cause": "false declarations",
        "said_by": "the ministry",
        "source_id": "dubnov-2018",
    },
    "second_readings": {
        "figure_id": "kaz-fdi-chn-2016-stated",
        "numbers": "12.5",
        "scale": "billion",
        "unit": "USD",
        "years": "2016",
        "power": "CHN",
    },
    "control_totals": {
        "table": "russia_grants",
        "edition": "dubnov-2018",
        "column": "country",
        "cell": "KGZ",
        "rows": "1",
        "total": "202870000",
    },
}

# The browsers that the machine may have; the tests download none.
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), None)

# Root reads every file, permissions or not. This starts a command without that right: numbers
# 1 and 2 are CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, and 24 drops one for what comes after.
WITHOUT_ROOTS_RIGHT = """
import ctypes, os, sys
libc = ctypes.CDLL(None)
if any(libc.prctl(24, right, 0, 0, 0) for right in (1, 2)):
    sys.exit(77)
os.execv(sys.argv[1], sys.argv[1:])
"""


@pytest.fixture
def raw_figures():
    """Build raw figures from what differs from one plain row; ids are made unique."""

    def build(*changes: dict) -> pd.DataFrame:
        rows = [
            RAW_ROW | {"figure_id": f"figure-{number}"} | change
            for number, change in enumerate(changes, start=1)
        ]
        return pd.DataFrame(
            rows, columns=list(raw_tables.RAW_FIGURES.schema.columns), index=range(2, len(rows) + 2)
        )

    return build


# The committed pages, and some that are built on demand: with two records, with an apostrophe in
# the name, with hardly a figure, and with none to compare.
PAGES = sorted([site.START, *site.NAMES])
ON_DEMAND = {"mongolia": "MNG", "cote_divoire": "CIV", "tuvalu": "TUV", "vatican_city": "VAT"}


KEPT = ("data", "notebooks", "reports", "pyproject.toml", "pytask.lock")
# What builds remember is copied with a project that was built, as whoever copies a folder does.
MEMORY = ".pytask"
# Each copy of the code would be compiled anew by every process that runs it.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.hookimpl(optionalhook=True)  # where xdist is left out, nobody knows it
def pytest_xdist_auto_num_workers() -> int:
    """One process more than cores, since those that look at builds wait for other processes."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def compiled(tmp_path_factory):
    """The project's own code, compiled once: copies of it keep their times, so Python takes it."""
    shared = _for_all_workers(tmp_path_factory)
    with FileLock(shared / "compiled.lock"):
        if not (shared / "compiled").exists():
            ignore = shutil.ignore_patterns("__pycache__", "*.egg-info")
            shutil.copytree(ROOT / "src", shared / "compiled" / "src", ignore=ignore)
            assert compileall.compile_dir(shared / "compiled", quiet=2)
    return shared / "compiled" / "src"


def _for_all_workers(tmp_path_factory) -> Path:
    """The folder of this run of the tests, in whichever process they are run."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def code_of(project: Path) -> dict[str, str]:
    """The environment in which Python runs a copy's own code."""
    return os.environ | {"PYTHONPATH": str(project / "src")}


def copy_of(project: Path, folder: Path, code: Path | None = None) -> Path:
    """A copy of a project at another place, with all that it rests on, was made and remembered."""
    ignore = shutil.ignore_patterns("executed", "failed", ".*.part", "build.lock")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(code or project / "src", folder / "src")
    for name in KEPT:
        if (project / name).is_dir():
            shutil.copytree(project / name, folder / name, ignore=ignore)
        else:
            shutil.copy(project / name, folder / name)
    if code is None:
        shutil.copytree(project / MEMORY, folder / MEMORY, ignore=ignore)
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory, compiled):
    """The project built from nothing, once for all tests: with all that builds remember."""
    shared = _for_all_workers(tmp_path_factory)
    folder = shared / "built"
    with FileLock(shared / "built.lock"):
        if not folder.exists():
            copy_of(ROOT, folder, compiled)
            for made in ("data/processed", "reports"):
                shutil.rmtree(folder / made)
            (folder / "pytask.lock").unlink()
            subprocess.run(
                [sys.executable, "-m", "analysis.cli", "reports"],
                cwd=folder,
                env=code_of(folder),
                check=True,
                capture_output=True,
            )
    return folder


@pytest.fixture(scope="session")
def page_at(tmp_path_factory):
    """Where a page is; one that is not committed is built first."""
    folder = tmp_path_factory.mktemp("reports")

    def find(stem: str) -> Path:
        if stem not in ON_DEMAND:
            return REPORTS / f"{stem}.html"
        path = folder / f"{stem}.html"
        if not path.exists():
            country = {"country": ON_DEMAND[stem]}
            report.write_report(NOTEBOOKS / "country.ipynb", country, stem, folder)
        return path

    return find


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch):
    """Fail a test that opens a connection, or looks up a name, beyond this machine."""
    elsewhere = []
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self, address):
        internet = self.family in (socket.AF_INET, socket.AF_INET6)
        # Dask learns its own address from a datagram socket that sends nothing.
        if internet and self.type == socket.SOCK_STREAM and not _is_loopback(address[0]):
            elsewhere.append(address[0])
            raise ConnectionRefusedError(f"a test may not connect to {address[0]}")
        return connect(self, address)

    def guarded_look_up(host, *arguments, **options):
        if host and not _is_loopback(str(host)) and host != socket.gethostname():
            elsewhere.append(host)
            raise socket.gaierror(f"a test may not look up {host}")
        return look_up(host, *arguments, **options)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)
    yield elsewhere
    assert not elsewhere, f"connections beyond this machine: {elsewhere}"
