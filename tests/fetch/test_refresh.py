"""Refresh with the services' real clients, against hand-built answers from a server on loopback.

No answer here was recorded from a service; a user with internet can record some (`make refresh
RECORD=1`), and the last test then replays those.
"""

import hashlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import requests

from analysis import cli
from analysis.config import ROOT
from analysis.fetch import comtrade, editions
from analysis.fetch.editions import SERVICES, RefreshError, fetch
from fetch import loopback
from fetch.loopback import TODAY, Reply

pytestmark = pytest.mark.thorough

NAMES = list(SERVICES)
BUSY = Reply('{"error": "rate limit is exceeded"}', status=429)
RECORDED = Path(__file__).parents[1] / "recorded"


@pytest.mark.parametrize("name", NAMES)
def test_an_edition_holds_what_the_service_answered(name, raw, services):
    place = fetch(name, raw, TODAY)
    got = pd.read_csv(place, dtype=str)
    shipped = pd.read_csv(raw / f"{SERVICES[name].table}.csv", dtype=str)
    shipped = shipped[shipped["source_id"] == SERVICES[name].before]
    key = [c for c in got if c not in ("dataset", "vintage", "value", "evidence", "source_id")]
    if name == "un-comtrade":
        # The server adds the totals that the shipped table leaves out.
        got = got[got["partner"] != "WLD"]
    both = got.merge(shipped, on=key, validate="1:1", suffixes=("", "_shipped"))
    assert len(both) == len(got) == len(shipped)
    assert both["value"].astype(float).tolist() == both["value_shipped"].astype(float).tolist()
    assert set(got["source_id"]) == {f"{name}-2026-11-24"}


@pytest.mark.parametrize("name", NAMES)
def test_the_manifest_says_how_an_edition_was_come_by(name, raw, services):
    place = fetch(name, raw, TODAY)
    manifest = json.loads(place.with_suffix(".json").read_text(encoding="utf-8"))
    assert manifest["rows"] == len(place.read_text(encoding="utf-8").splitlines()) - 1
    assert manifest["sha256"] == hashlib.sha256(place.read_bytes()).hexdigest()
    assert manifest["client"].startswith(SERVICES[name].client)
    assert manifest["source"]["terms"] == SERVICES[name].terms
    assert manifest["calls"]
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT[0-9:]{8}\+00:00", manifest["retrieved"])


def test_comtrade_is_asked_so_that_no_partner_comes_nine_times(raw, services):
    fetch("un-comtrade", raw, TODAY)
    asked = [target for target in services.asked if "preview" in target]
    assert len(asked) == 26  # one call a year, 2000 to 2025
    for target in asked:
        assert all(word in target for word in ("partner2Code=0", "motCode=0", "customsCode=C00"))


def test_an_answer_with_every_partner_nine_times_is_refused(refusal, services, monkeypatch):
    left_out = dict.fromkeys(comtrade.ALL_TAKEN_TOGETHER)
    monkeypatch.setattr(comtrade, "ALL_TAKEN_TOGETHER", left_out)
    (said,) = refusal("un-comtrade")
    assert re.fullmatch(
        r"un-comtrade answered with \d+ rows for 2000, where fewer than its limit of 500 would be "
        "right",
        said,
    )
    assert "partner2Code" not in services.asked[0]


@pytest.mark.parametrize("digits", ["79702699.5", "79702699.123456789", "7.97026995E7"])
def test_a_value_in_many_digits_keeps_them(digits, raw, services):
    cell = "KGZ,XG_FOB_USD,CHN,A,2016,"
    services.change = lambda reply: Reply(
        re.sub(f"{cell}[0-9.]+", f"{cell}{digits}", reply.body), reply.type
    )
    rows = pd.read_csv(fetch("imf-imts", raw, TODAY), dtype={"value": str})
    row = rows[(rows["reporter"] == "KGZ") & (rows["partner"] == "CHN") & (rows["year"] == 2016)]
    value = row[row["flow"] == "export"]["value"].item()
    assert float(value) == float(digits)
    assert "e" not in value.lower()


def test_the_scale_that_the_imf_names_is_not_applied(raw, services):
    place = fetch("imf-imts", raw, TODAY)
    rows = pd.read_csv(place)
    cell = rows[
        (rows["reporter"] == "CHN")
        & (rows["partner"] == "KGZ")
        & (rows["flow"] == "export")
        & (rows["year"] == 2016)
    ]
    assert 5.5e9 < cell["value"].item() < 5.8e9


def test_records_that_a_country_did_not_count_are_marked_as_the_shipped_ones_are(raw, services):
    got = pd.read_csv(fetch("imf-imts", raw, TODAY))
    shipped = pd.read_csv(raw / "trade_pairs.csv")
    shipped = shipped[shipped["source_id"] == "imf-dots-2022"]
    key = ["reporter", "partner", "flow", "year"]
    both = got.merge(shipped, on=key, suffixes=("", "_shipped"))
    other = both[both["evidence"] != both["evidence_shipped"]]
    # Turkmenistan's first year stands before its copied ones, and vouches for nothing either.
    assert set(zip(other["reporter"], other["year"], other["evidence"], strict=True)) == {
        ("TKM", 2000, "unverified")
    }


def test_what_came_back_to_a_country_is_no_trade_with_another(raw, services):
    rows = pd.read_csv(fetch("un-comtrade", raw, TODAY))
    assert (rows["reporter"] != rows["partner"]).all()


def test_a_creditor_is_told_from_all_others_by_its_code(raw, services):
    place = fetch("worldbank-ids", raw, TODAY)
    told = json.loads(place.with_suffix(".json").read_text(encoding="utf-8"))["creditors"]
    codes = {ours: code for ours, (code, _) in services.creditors.items()}
    assert {name: code for code, name in told.items()} == codes
    assert set(pd.read_csv(place)["creditor"]) == set(codes)


def test_what_may_not_be_passed_on_is_ignored_by_git():
    names = [f"data/raw/vintages/{name}-2026-11-24.csv" for name in NAMES]
    done = subprocess.run(
        ["git", "check-ignore", "--no-index", *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == names[:2]  # UN Comtrade's and the IMF's


@pytest.mark.parametrize("name", NAMES)
def test_a_used_up_quota_is_told_after_three_tries(name, refusal, services):
    services.instead = [BUSY] * 3
    assert refusal(name) == [
        f"{name} answered HTTP 429 with application/json, 35 characters "
        '(“{"error": "rate limit is exceeded"}”): too many calls; the quota may be used up, try '
        "again later"
    ]
    assert services.instead == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "reply",
    [BUSY, Reply("down", status=503), Reply("x" * 1000, sent=400)],
    ids=["429", "503", "cut"],
)
def test_a_busy_service_is_asked_again(name, reply, raw, services):
    services.instead = [reply]
    assert fetch(name, raw, TODAY).exists()


@pytest.mark.parametrize("name", NAMES)
def test_a_connection_that_is_always_cut_is_told(name, refusal, services):
    services.instead = [Reply("x" * 1000, sent=400)] * 3
    (said,) = refusal(name)
    assert re.fullmatch(rf"{name} did not answer \(\w+Error\)", said)


@pytest.mark.parametrize("name", NAMES)
def test_a_service_that_is_not_there_is_told(name, refusal, services, point):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        point(f"http://127.0.0.1:{free.getsockname()[1]}")
    (said,) = refusal(name)
    assert re.fullmatch(rf"{name} did not answer \(\w+Error\)", said)


def test_more_observations_than_a_page_holds_are_all_read(raw, services, monkeypatch):
    import wbgapi

    monkeypatch.setattr(wbgapi, "per_page", 7)
    assert len(fetch("worldbank-wdi", raw, TODAY).read_text().splitlines()) == 1706


KEY = "0123456789abcdef-secret"


@pytest.mark.parametrize(
    "instead",
    [[], [BUSY] * 3, [Reply(f"bad key {KEY}", status=401)], [Reply("x" * 99, sent=9)] * 3],
    ids=["good", "429", "401", "cut"],
)
def test_a_key_reaches_the_service_and_nothing_else(instead, raw, services, monkeypatch, capfd):
    monkeypatch.setenv("COMTRADE_API_KEY", KEY)
    monkeypatch.setattr(cli, "RAW", raw)
    monkeypatch.setattr(cli, "ROOT", raw.parents[1])
    services.instead = list(instead)
    code = cli.main(["refresh", "un-comtrade", "--record"])
    told = "".join(capfd.readouterr())
    assert code == (1 if instead else 0), told
    assert "/data/v1/get/" in services.asked[0]
    assert KEY in services.asked[0]
    written = [path for path in raw.parents[1].rglob("*") if path.is_file()]
    assert KEY not in told + "".join(path.read_text(encoding="utf-8") for path in written)


def test_the_key_of_the_imf_goes_into_the_header_alone(raw, services, monkeypatch):
    monkeypatch.setenv("IMF_API_KEY", KEY)
    place = fetch("imf-imts", raw, TODAY, record=raw.parent / "recorded")
    assert services.headers[-1]["Ocp-Apim-Subscription-Key"] == KEY
    assert KEY not in "".join(services.asked)
    texts = [place.with_suffix(".json"), raw.parent / "recorded" / "imf-imts.json"]
    assert KEY not in "".join(path.read_text(encoding="utf-8") for path in texts)


def test_the_client_keeps_its_own_transport_afterwards(raw, services):
    import urllib3
    from comtradeapicall import PreviewGet

    fetch("un-comtrade", raw, TODAY)
    assert PreviewGet.urllib3 is urllib3


def test_an_edition_is_never_overwritten(raw, refusal, services):
    place = fetch("worldbank-wdi", raw, TODAY)
    before = place.read_bytes()
    services.wdi["value"] *= 1.01
    assert refusal("worldbank-wdi") == [
        "worldbank-wdi-2026-11-24 has been fetched already, and is never overwritten"
    ]
    with pytest.raises(RefreshError, match="never overwritten"):
        editions.keep(place, "another", "{}")
    assert place.read_bytes() == before


def test_keeping_needs_no_links(raw, services, monkeypatch):
    def none(*_, **__):
        raise PermissionError(1, "this file system has no links")

    monkeypatch.setattr(os, "link", none)
    monkeypatch.setattr(os, "symlink", none)
    monkeypatch.setattr(os, "chmod", none)
    assert fetch("worldbank-wdi", raw, TODAY).exists()


def test_the_leftover_of_a_killed_run_does_not_stop_the_next(raw, services):
    folder = raw / "vintages"
    left = ["worldbank-wdi-2026-11-24.json", "worldbank-wdi-2026-11-24.csv", ".x.csv.part"]
    for name, text in zip(left, ["{}", "", "half"], strict=True):
        (folder / name).write_text(text, encoding="utf-8")
        os.utime(folder / name, (0, 0))
    manifest = fetch("worldbank-wdi", raw, TODAY).with_suffix(".json")
    assert json.loads(manifest.read_text(encoding="utf-8"))["rows"] == 1705
    assert not (folder / ".x.csv.part").exists()


def test_an_edition_that_another_run_is_keeping_is_left_alone(raw, refusal, services):
    (raw / "vintages" / "worldbank-wdi-2026-11-24.csv").touch()
    assert refusal("worldbank-wdi") == [
        "worldbank-wdi-2026-11-24 is being kept by another run, and is never overwritten"
    ]


def test_a_disk_that_fills_up_leaves_nothing(raw, kept, services, monkeypatch):
    write, before = Path.write_bytes, kept()

    def full(path, content):
        if path.name.endswith(".csv.part"):
            write(path, content[:10])
            raise OSError(28, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        fetch("worldbank-wdi", raw, TODAY)
    assert kept() == before


def test_a_later_edition_is_held_against_the_one_before_it(raw, services):
    fetch("worldbank-wdi", raw, TODAY)
    name, rows = editions.edition_before("worldbank-wdi-2026-12-24", raw)
    assert (name, len(rows)) == ("worldbank-wdi-2026-11-24", 1705)


@pytest.fixture
def here(raw, monkeypatch):
    """The command, on a folder of its own."""
    monkeypatch.setattr(cli, "RAW", raw)
    monkeypatch.setattr(cli, "ROOT", raw.parents[1])


def test_the_command_goes_on_after_services_that_fail(here, services, capsys):
    services.instead = [Reply("gone", "text/plain", 404), Reply("<html>", "text/html")]
    assert cli.main(["refresh", "un-comtrade", "imf-imts", "worldbank-wdi"]) == 1
    told = capsys.readouterr()
    assert told.err.splitlines() == [
        "un-comtrade answered HTTP 404 with text/plain, 4 characters (“gone”): nothing was found "
        "at this address; the service may have moved, or want a key; nothing was kept.",
        "imf-imts answered with text/html, 6 characters (“<html>”), where text of a csv type would "
        "be right; nothing was kept.",
        "1 of 3 kept; failed: un-comtrade, imf-imts.",
    ]
    assert "no report rests on it yet" in told.out
    assert "0 of 1705 figures moved, 0 added, 0 withdrawn" in told.out


def test_a_slip_of_ours_in_reading_does_not_keep_the_next_service_from_being_asked(
    here, services, capsys, monkeypatch
):
    def broken(*_):
        raise ZeroDivisionError("a reader’s own fault")

    monkeypatch.setattr(comtrade, "read", broken)
    assert cli.main(["refresh", "un-comtrade", "worldbank-wdi"]) == 1
    told = capsys.readouterr()
    assert told.err.splitlines() == [
        "un-comtrade answered with what cannot be read (ZeroDivisionError: a reader’s own fault); "
        "nothing was kept.",
        "1 of 2 kept; failed: un-comtrade.",
    ]


def test_faults_of_an_edition_are_told_as_what_the_service_answered(here, services, capsys):
    services.wdi["value"] /= 1000
    assert cli.main(["refresh", "worldbank-wdi"]) == 1
    assert capsys.readouterr().err.splitlines()[-2:] == [
        "168 faults in what worldbank-wdi answered; nothing was kept.",
        "0 of 1 kept; failed: worldbank-wdi.",
    ]


def test_all_is_well_where_all_are_kept(here, services, capsys):
    assert cli.main(["refresh", "worldbank-wdi", "worldbank-ids", "worldbank-wdi"]) == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[-1] == "All 2 are kept."
    assert "  There is no row of 2025." in told.out.splitlines()
    assert told.err == ""


def test_an_unknown_service_is_wrong_usage(capsys):
    assert cli.main(["refresh", "comtrade"]) == 2
    assert "valid: un-comtrade, imf-imts" in capsys.readouterr().err


def test_the_pipeline_imports_no_client():
    asked = (
        "import sys, analysis.publish.tasks, analysis.publish.report\n"
        "print(sorted(name for name in sys.modules if name.startswith('analysis.fetch') "
        "or name in ('comtradeapicall', 'wbgapi')))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_room_uses_data_alone():
    asked = (
        "import sys, analysis.fetch.editions\n"
        "ours = [name for name in sys.modules if name.startswith('analysis.')]\n"
        "print(sorted({name.split('.')[1] for name in ours}))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['config', 'data', 'fetch']"


def test_no_connection_is_let_past_this_machine(loopback_only):
    with pytest.raises(requests.ConnectionError):
        requests.get("http://192.0.2.1/", timeout=1)
    with pytest.raises(requests.ConnectionError):
        requests.get("http://api.example/", timeout=1)
    assert loopback_only == ["192.0.2.1", "api.example"]
    loopback_only.clear()


@pytest.mark.parametrize("name", NAMES)
def test_recorded_replies_give_the_same_edition_when_replayed(name, raw, services, point):
    first = fetch(name, raw, TODAY, record=raw.parent / "recorded").read_bytes()
    shutil.rmtree(raw / "vintages")
    with replaying(raw.parent / "recorded" / f"{name}.json") as here:
        point(here.address)
        assert fetch(name, raw, TODAY).read_bytes() == first


@pytest.mark.parametrize("name", NAMES)
def test_real_replies_that_a_user_recorded(name, raw, services, point):
    recorded = RECORDED / f"{name}.json"
    if not recorded.exists():
        pytest.skip("no replies were recorded here: make refresh RECORD=1 needs internet")
    day = date.fromisoformat(json.loads(recorded.read_text(encoding="utf-8"))["recorded"])
    with replaying(recorded) as here:
        point(here.address)
        assert fetch(name, raw, day, accept_fewer=True).exists()


def replaying(path):
    """A server that gives recorded replies again, in their order."""
    replies = json.loads(path.read_text(encoding="utf-8"))["replies"]

    class Recorded(loopback.Services):
        def answer(self, target):
            reply = replies.pop(0)
            return Reply(reply["body"], reply["type"], reply["status"])

    held = loopback.shipped()
    return loopback.serving(Recorded(**vars(held)))
