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

import loopback
from analysis import cli
from analysis.config import RAW, ROOT
from analysis.data.faults import RawDataError
from analysis.data.load import load_raw
from analysis.fetch import refresh
from analysis.fetch.refresh import SERVICES, RefreshError, fetch
from loopback import Reply

TODAY = date(2026, 11, 24)
NAMES = list(SERVICES)
BANK = ["worldbank-wdi", "worldbank-ids"]
BUSY = Reply('{"error": "rate limit is exceeded"}', status=429)
RECORDED = Path(__file__).with_name("recorded")


@pytest.fixture
def raw(tmp_path):
    """The raw tables in a folder of their own."""
    return Path(shutil.copytree(RAW, tmp_path / "data" / "raw"))


@pytest.fixture
def services(monkeypatch):
    """Services on loopback that hold what the project ships, and the clients pointed at them."""
    for name in ("COMTRADE_API_KEY", "IMF_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(refresh, "PAUSE", 0)
    monkeypatch.setattr(refresh, "WAIT", 0)
    with loopback.serving(loopback.shipped()) as here:
        point(monkeypatch, here.address)
        yield here


def point(monkeypatch, address):
    import wbgapi

    places = {"un-comtrade": address, "imf-imts": address, "world-bank": f"{address}/v2"}
    monkeypatch.setattr(refresh, "ADDRESSES", places)
    # The client remembers what it learnt of another server.
    wbgapi.source._concepts.clear()
    wbgapi.time._time_values.clear()
    wbgapi.economy._localized_metadata.clear()
    wbgapi.economy._class_data = None


def kept(raw):
    return sorted(path.name for path in (raw / "vintages").iterdir())


def refusal(name, raw):
    """What is said of a fetch that fails; nothing may be left of it."""
    before = kept(raw)
    with pytest.raises((RefreshError, RawDataError)) as error:
        fetch(name, raw, TODAY)
    assert kept(raw) == before
    faults = getattr(error.value, "faults", None)
    return " / ".join(f"{f.found}; {f.valid}" for f in faults) if faults else str(error.value)


@pytest.mark.parametrize("name", NAMES)
def test_an_edition_holds_what_the_service_answered(name, raw, services):
    place = fetch(name, raw, TODAY)
    got = pd.read_csv(place, dtype=str)
    shipped = pd.read_csv(raw / f"{SERVICES[name].table}.csv", dtype=str)
    shipped = shipped[shipped["source_id"] == SERVICES[name].before]
    key = [c for c in got if c not in ("dataset", "vintage", "value", "evidence", "source_id")]
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


def test_an_answer_with_every_partner_nine_times_is_refused(raw, services, monkeypatch):
    left_out = dict.fromkeys(refresh._ALL_TAKEN_TOGETHER)
    monkeypatch.setattr(refresh, "_ALL_TAKEN_TOGETHER", left_out)
    assert "the answer was cut at the limit" in refusal("un-comtrade", raw)
    assert "partner2Code" not in services.asked[0]


def change_json(edit):
    """A change of an answer that leaves it well formed."""

    def change(reply):
        body = json.loads(reply.body)
        edit(body)
        return Reply(json.dumps(body), reply.type)

    return change


def second_partner(body):
    for row in body["data"][1::2]:
        row["partner2Code"] = 156


def renamed(body):
    for row in body["data"]:
        row["value"] = row.pop("primaryValue")


def cut_at_the_limit(body):
    if body["data"]:
        body["data"] = (body["data"] * 500)[:500]


def twice(body):
    body["data"] += body["data"]


def thousandfold(body):
    for row in body["data"]:
        row["primaryValue"] /= 1000


def negative(body):
    for row in body["data"]:
        row["primaryValue"] = -row["primaryValue"]


def stranger(body):
    for row in body["data"]:
        row["partnerCode"] = 999


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (second_partner, "found partner2Code 156; valid: 0"),
        (renamed, "primaryValue among them"),
        (cut_at_the_limit, "500 rows for 2000: the answer was cut at the limit"),
        (twice, "no other row has"),
        (thousandfold, "values of export typically 0.001 times those of comtrade-wits-2017"),
        (negative, "a number not below nought"),
        (stranger, "found partnerCode 999"),
    ],
)
def test_trade_that_is_not_what_was_asked_for_is_refused(edit, said, raw, services):
    services.change = change_json(edit)
    assert said in refusal("un-comtrade", raw)


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


@pytest.mark.parametrize("scale", [1e-6, 1e6])
def test_trade_a_million_times_too_large_or_small_is_refused(scale, raw, services):
    services.dots["value"] = (services.dots["value"] * scale).round(3)
    said = refusal("imf-imts", raw)
    assert "times those of imf-dots-2022" in said or "a number" in said


def test_the_indicators_in_thousands_are_refused(raw, services):
    services.wdi["value"] /= 1000
    assert "values of NY.GDP.MKTP.CD typically 0.001 times" in refusal("worldbank-wdi", raw)


def test_one_indicator_in_another_unit_is_refused(raw, services):
    people = services.wdi["indicator"] == "SP.POP.TOTL"
    services.wdi.loc[people, "value"] /= 1000
    said = refusal("worldbank-wdi", raw)
    assert "values of SP.POP.TOTL typically 0.001 times" in said
    assert "NY.GDP" not in said


def test_creditors_that_do_not_add_up_are_refused(raw, services):
    rows = services.debt
    gone = (rows["country"] == "TJK") & (rows["creditor"] == "China") & (rows["year"] == "2012")
    services.debt = rows[~gone]
    assert "creditors of TJK that add up to" in refusal("worldbank-ids", raw)


def test_a_known_sum_that_is_missing_is_told(raw, services):
    rows = services.trade
    gone = (
        (rows["reporter"] == "KAZ")
        & (rows["partner"] == "CHN")
        & (rows["flow"] == "export")
        & (rows["year"] == "2016")
    )
    services.trade = rows[~gone]
    assert "no KAZ CHN export 2016" in refusal("un-comtrade", raw)


def test_a_year_that_fewer_countries_report_is_refused_unless_accepted(raw, services):
    rows = services.trade
    services.trade = rows[~((rows["reporter"] == "KGZ") & (rows["year"] == "2013"))]
    assert "nothing from KGZ for 2013" in refusal("un-comtrade", raw)
    assert fetch("un-comtrade", raw, TODAY, accept_fewer=True).exists()


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
@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply("not here", "text/plain", 404), "HTTP 404: nothing was found at this address"),
        (Reply("no", "text/plain", 403), "HTTP 403: access was refused"),
        (Reply(""), "an empty answer"),
        (Reply("<html>maintenance</html>", "text/html"), "found text/html, 24 characters"),
    ],
    ids=["404", "403", "empty", "html"],
)
def test_a_refusal_is_told_in_words_and_leaves_nothing(name, reply, said, raw, services):
    services.instead = [reply] * 3
    told = refusal(name, raw)
    assert said in told or (reply.body == "" and "an empty answer" in told)
    assert "Traceback" not in told


@pytest.mark.parametrize("name", NAMES)
def test_a_used_up_quota_is_told_after_three_tries(name, raw, services):
    services.instead = [BUSY] * 3
    assert "HTTP 429: too many calls; the quota may be used up" in refusal(name, raw)
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
def test_a_connection_that_is_always_cut_is_told(name, raw, services):
    services.instead = [Reply("x" * 1000, sent=400)] * 3
    assert refusal(name, raw).startswith("no answer (")


@pytest.mark.parametrize("name", NAMES)
def test_a_service_that_is_not_there_is_told(name, raw, services, monkeypatch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        point(monkeypatch, f"http://127.0.0.1:{free.getsockname()[1]}")
    assert refusal(name, raw).startswith("no answer (")


def test_an_answer_without_rows_is_not_taken_for_no_trade(raw, services):
    services.trade = services.trade.iloc[:0]
    assert "without a single row; that is not no trade" in refusal("un-comtrade", raw)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("OBS_VALUE", "VALUE", "OBS_VALUE among them"),
        ("MG_CIF_USD", "MG_FOB_USD", "found INDICATOR MG_FOB_USD"),
        (",6,\n", ",6,Q\n", "found STATUS Q"),
    ],
)
def test_a_changed_layout_of_the_imf_is_told(old, new, said, raw, services):
    services.change = lambda reply: Reply(reply.body.replace(old, new), reply.type)
    assert said in refusal("imf-imts", raw)


def test_xml_for_csv_is_refused(raw, services):
    services.instead = [Reply("<message/>", "application/vnd.sdmx.genericdata+xml")]
    assert "valid: text of a csv type" in refusal("imf-imts", raw)


def test_a_table_that_breaks_off_is_refused(raw, services):
    services.change = lambda reply: Reply(reply.body[:-3], reply.type)
    assert "breaks off in the middle of a row" in refusal("imf-imts", raw)


@pytest.mark.parametrize("name", BANK)
def test_a_changed_layout_of_the_world_bank_is_told(name, raw, services):
    services.change = change_json(
        lambda body: body["source"].update(rows=body["source"].pop("data"))
    )
    assert "an answer that wbgapi cannot read (KeyError" in refusal(name, raw)


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


def test_an_edition_is_never_overwritten(raw, services):
    place = fetch("worldbank-wdi", raw, TODAY)
    before = place.read_bytes()
    services.wdi["value"] *= 1.01
    assert "never overwritten" in refusal("worldbank-wdi", raw)
    assert place.read_bytes() == before


def test_the_leftover_of_a_killed_run_does_not_stop_the_next(raw, services):
    (raw / "vintages" / "worldbank-wdi-2026-11-24.json").write_text("{}", encoding="utf-8")
    manifest = fetch("worldbank-wdi", raw, TODAY).with_suffix(".json")
    assert json.loads(manifest.read_text(encoding="utf-8"))["rows"] == 1705


def test_a_later_edition_is_held_against_the_one_before_it(raw, services):
    fetch("worldbank-wdi", raw, TODAY)
    name, rows = refresh.edition_before("worldbank-wdi-2026-12-24", raw)
    assert (name, len(rows)) == ("worldbank-wdi-2026-11-24", 1705)


def test_the_command_goes_on_after_a_service_that_fails(raw, services, monkeypatch, capsys):
    monkeypatch.setattr(cli, "RAW", raw)
    monkeypatch.setattr(cli, "ROOT", raw.parents[1])
    services.instead = [Reply("gone", status=404)]
    assert cli.main(["refresh", "un-comtrade", "worldbank-wdi"]) == 1
    told = capsys.readouterr()
    assert "un-comtrade: HTTP 404" in told.err
    assert "nothing was kept." in told.err
    assert "no report rests on it yet" in told.out
    assert "0 of 1705 figures moved, 0 added, 0 withdrawn" in told.out


def test_an_unknown_service_is_wrong_usage(capsys):
    assert cli.main(["refresh", "comtrade"]) == 2
    assert "valid: un-comtrade, imf-imts" in capsys.readouterr().err


def test_adopting_changes_one_line_and_adopting_back_restores_it(raw, services):
    fetch("worldbank-wdi", raw, TODAY)
    current = raw / "vintages" / "current.yml"
    before = current.read_text(encoding="utf-8")
    assert refresh.adopt("worldbank-wdi-2026-11-24", raw) == "worldbank-wdi-2026-07"
    lines = zip(before.splitlines(), current.read_text("utf-8").splitlines(), strict=True)
    assert [pair for pair in lines if pair[0] != pair[1]] == [
        ("wdi: worldbank-wdi-2026-07", "wdi: worldbank-wdi-2026-11-24")
    ]
    refresh.adopt("worldbank-wdi-2026-07", raw)
    assert current.read_text(encoding="utf-8") == before


def test_an_edition_that_was_changed_by_hand_is_not_adopted(raw, services):
    place = fetch("worldbank-wdi", raw, TODAY)
    place.write_text(place.read_text("utf-8").replace("2016", "2015", 1), encoding="utf-8")
    with pytest.raises(RefreshError, match="its hash is another"):
        refresh.adopt("worldbank-wdi-2026-11-24", raw)


@pytest.mark.parametrize(
    "name", ["comtrade-wits-2017", "cepii-baci", "nothing", "imf-imts-2026-11-24"]
)
def test_what_is_no_edition_to_rest_on_is_not_adopted(name, raw):
    before = (raw / "vintages" / "current.yml").read_bytes()
    with pytest.raises(RefreshError, match="valid: imf-dots-2022"):
        refresh.adopt(name, raw)
    assert (raw / "vintages" / "current.yml").read_bytes() == before


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("wdi: worldbank-wdi-2027-01-01", "worldbank-wdi-2027-01-01"),
        ("wdi: imf-dots-2022", "imf-dots-2022"),
        ("wdi: ../wdi", "../wdi"),
        ("wdi: [a]", "['a']"),
    ],
)
def test_a_line_that_names_no_edition_is_a_fault(line, found, raw):
    current = raw / "vintages" / "current.yml"
    text = current.read_text(encoding="utf-8").replace("wdi: worldbank-wdi-2026-07", line)
    current.write_text(text, encoding="utf-8")
    with pytest.raises(RawDataError) as error:
        load_raw(raw)
    (fault,) = error.value.faults
    assert (fault.file, fault.row, fault.found, fault.valid) == (
        "current.yml",
        "wdi",
        found,
        "worldbank-wdi-2026-07",
    )


def build(folder, *arguments):
    environment = os.environ | {"PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "analysis.cli", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_fetched_adopted_rebuilt_and_back_again_is_the_same_bytes(tmp_path, services):
    for name in ("data", "src", "notebooks", "reports", "pyproject.toml", "pytask.lock"):
        place = ROOT / name
        ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", "executed", "failed")
        if place.is_dir():
            shutil.copytree(place, tmp_path / name, ignore=ignored)
        else:
            shutil.copy(place, tmp_path / name)
    raw, processed = tmp_path / "data" / "raw", tmp_path / "data" / "processed"
    before = {path.name: path.read_bytes() for path in processed.iterdir()}
    # Russia's record of its sales to Kazakhstan in 2016 was revised, as Comtrade's was in truth.
    rows = services.dots
    revised = (
        (rows["reporter"] == "RUS")
        & (rows["partner"] == "KAZ")
        & (rows["flow"] == "export")
        & (rows["year"] == "2016")
    )
    services.dots["value"] = services.dots["value"].where(~revised, services.dots["value"] * 1.1)
    for name in ("imf-imts", "worldbank-wdi", "worldbank-ids"):
        fetch(name, raw, TODAY)
    assert build(tmp_path, "compare").startswith("Nothing to do")
    assert {path.name: path.read_bytes() for path in processed.iterdir()} == before
    for name in ("imf-imts", "worldbank-wdi", "worldbank-ids"):
        assert "is in use instead of" in build(tmp_path, "adopt", f"{name}-2026-11-24")
    build(tmp_path, "reports", "-p", "country", "KAZ")
    table = pd.read_csv(processed / "comparisons.csv").set_index("comparison_id")
    new = table.loc["kaz-trade-turnover-2016-partner-imf-imts-2026-11-24"]
    old = table.loc["kaz-trade-turnover-2016-partner-imf-dots-2022"]
    assert new["china"] == old["china"]
    assert new["russia"] > old["russia"] * 1.05
    assert "kaz-trade-to-gdp-2016-partner-worldbank-wdi-2026-11-24" in table.index
    assert "kaz-debt-owed-2016-stated-worldbank-ids-2026-11-24" in table.index
    # The rebuild of the article's table still rests on the edition of its time.
    assert "kaz-trade-turnover-2016-exports-first-comtrade-wits-2017" in table.index
    page = (tmp_path / "reports" / "kazakhstan.html").read_text(encoding="utf-8")
    assert "International Monetary Fund, vintage 24 November 2026" in page
    assert "World Bank, vintage 24 November 2026" in page
    for name in ("imf-dots-2022", "worldbank-wdi-2026-07", "worldbank-ids-2025-12"):
        build(tmp_path, "adopt", name)
    build(tmp_path, "reports", "-p", "country", "KAZ")
    assert {path.name: path.read_bytes() for path in processed.iterdir()} == before
    page = (tmp_path / "reports" / "kazakhstan.html").read_bytes()
    assert page == (ROOT / "reports" / "kazakhstan.html").read_bytes()


def test_the_pipeline_imports_no_client():
    asked = (
        "import sys, analysis.task_pipeline, analysis.clean, analysis.compare, analysis.claims, "
        "analysis.leads, analysis.report, analysis.revisions\n"
        "print(sorted({'comtradeapicall', 'wbgapi', 'analysis.refresh'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_connection_is_let_past_this_machine(loopback_only):
    with pytest.raises(requests.ConnectionError):
        requests.get("http://192.0.2.1/", timeout=1)
    with pytest.raises(requests.ConnectionError):
        requests.get("http://api.example/", timeout=1)
    assert loopback_only == ["192.0.2.1", "api.example"]
    loopback_only.clear()


@pytest.mark.parametrize("name", NAMES)
def test_recorded_replies_give_the_same_edition_when_replayed(name, raw, services, monkeypatch):
    first = fetch(name, raw, TODAY, record=raw.parent / "recorded").read_bytes()
    shutil.rmtree(raw / "vintages")
    with replaying(raw.parent / "recorded" / f"{name}.json") as here:
        point(monkeypatch, here.address)
        assert fetch(name, raw, TODAY).read_bytes() == first


@pytest.mark.parametrize("name", NAMES)
def test_real_replies_that_a_user_recorded(name, raw, services, monkeypatch):
    recorded = RECORDED / f"{name}.json"
    if not recorded.exists():
        pytest.skip("no replies were recorded here: make refresh RECORD=1 needs internet")
    day = date.fromisoformat(json.loads(recorded.read_text(encoding="utf-8"))["recorded"])
    with replaying(recorded) as here:
        point(monkeypatch, here.address)
        assert fetch(name, raw, day, accept_fewer=True).exists()


def replaying(path):
    """A server that gives recorded replies again, in their order."""
    replies = json.loads(path.read_text(encoding="utf-8"))["replies"]

    class Recorded(loopback.Services):
        def answer(self, target):
            reply = replies.pop(0)
            return Reply(reply["body"], reply["type"], reply["status"])

    held = loopback.shipped()
    return loopback.serving(Recorded(held.trade, held.dots, held.wdi, held.debt))
