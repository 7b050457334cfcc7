"""The real clients of the services, pointed at a server on this machine."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from analysis.config import RAW
from analysis.data.faults import RawDataError
from analysis.fetch import service
from analysis.fetch.editions import RefreshError, fetch
from fetch import loopback
from fetch.loopback import TODAY, Reply


@pytest.fixture
def raw(tmp_path):
    """The raw tables in a folder of their own."""
    return Path(shutil.copytree(RAW, tmp_path / "data" / "raw"))


@pytest.fixture
def point(monkeypatch):
    """Point the clients at an address."""

    def at(address):
        places = {"un-comtrade": address, "imf-imts": address, "world-bank": f"{address}/v2"}
        for name, place in places.items():
            monkeypatch.setitem(service.ADDRESSES, name, place)
        # The client remembers what it learnt of another server, so it is imported anew.
        for name in [name for name in sys.modules if name.partition(".")[0] == "wbgapi"]:
            monkeypatch.delitem(sys.modules, name)

    return at


@pytest.fixture
def services(monkeypatch, point):
    """Services on this machine that hold what the project ships."""
    for name in ("COMTRADE_API_KEY", "IMF_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(service, "PAUSE", 0)
    monkeypatch.setattr(service, "WAIT", 0)
    with loopback.serving(loopback.shipped()) as here:
        point(here.address)
        yield here


@pytest.fixture
def kept(raw):
    """What stands in the folder of the editions."""
    return lambda: sorted(path.name for path in (raw / "vintages").iterdir())


@pytest.fixture
def refusal(raw, kept):
    """What is said of a fetch that fails, a line a fault; nothing may be left of it."""

    def told(name, **options):
        before = kept()
        with pytest.raises((RefreshError, RawDataError)) as error:
            fetch(name, raw, TODAY, **options)
        assert kept() == before
        faults = getattr(error.value, "faults", None)
        if faults is None:
            return [str(error.value)]
        assert {fault.file for fault in faults} == {f"{name}-2026-11-24.csv"}
        return [f"{fault.found}; {fault.valid}" for fault in faults]

    return told


@pytest.fixture
def remarks(raw):
    """What is told of a fetch that succeeds, and its table as text."""

    def told(name, **options):
        place = fetch(name, raw, TODAY, **options)
        return json.loads(place.with_suffix(".json").read_text(encoding="utf-8"))["remarks"]

    return told


@pytest.fixture
def change_json(services):
    """Change each answer of data before it is sent, well formed as it is."""

    def by(edit):
        def change(reply):
            body = json.loads(reply.body)
            edit(body)
            return Reply(json.dumps(body), reply.type)

        services.change = change

    return by
