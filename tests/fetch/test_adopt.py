"""Adopting an edition: what it changes, what it refuses, and what is then built from it."""

import hashlib
import json
import shutil
import subprocess
import sys

import pandas as pd
import pytest

from analysis import cli
from analysis.config import ROOT
from analysis.data.editions import load_current
from analysis.data.faults import RawDataError
from analysis.data.load import load_raw
from analysis.fetch.editions import adopt, fetch
from conftest import code_of
from fetch.loopback import TODAY

pytestmark = pytest.mark.thorough

WDI = "worldbank-wdi-2026-11-24"
SHIPPED = "worldbank-wdi-2026-07"


@pytest.fixture
def current(raw):
    return raw / "vintages" / "current.yml"


@pytest.fixture
def place(raw, services):
    """The table of a fetched edition."""
    return fetch("worldbank-wdi", raw, TODAY)


@pytest.fixture
def adopting(raw, monkeypatch, capsys):
    """The command, on a folder of its own: its exit code and what it says."""
    monkeypatch.setattr(cli, "RAW", raw)

    def run(edition):
        code = cli.main(["adopt", edition])
        told = capsys.readouterr()
        return code, (told.out + told.err).splitlines()

    return run


def test_adopting_changes_one_line_and_adopting_back_restores_it(raw, place, current, adopting):
    before = current.read_bytes()
    assert adopting(WDI) == (
        0,
        [
            f"{WDI} is in use instead of {SHIPPED}. Next: make reports",
            f"To undo: analysis adopt {SHIPPED}",
        ],
    )
    lines = zip(before.splitlines(), current.read_bytes().splitlines(), strict=True)
    assert [pair for pair in lines if pair[0] != pair[1]] == [
        (f"wdi: {SHIPPED}".encode(), f"wdi: {WDI}".encode())
    ]
    assert adopting(SHIPPED)[0] == 0
    assert current.read_bytes() == before


def test_adopting_what_is_in_use_changes_nothing_and_says_so(place, current, adopting):
    adopting(WDI)
    before = current.read_bytes(), current.stat().st_mtime_ns
    assert adopting(WDI) == (0, [f"{WDI} is in use already; nothing was changed."])
    assert (current.read_bytes(), current.stat().st_mtime_ns) == before


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        (f"wdi: {SHIPPED} # since July", f"wdi: {WDI} # since July"),
        (f"wdi:   {SHIPPED}  # since July", f"wdi:   {WDI}  # since July"),
        (f'wdi: "{SHIPPED}"   # since July', f"wdi: {WDI}   # since July"),
        (f"wdi: '{SHIPPED}'", f"wdi: {WDI}"),
        (f'"wdi": {SHIPPED}  ', f'"wdi": {WDI}  '),
        (f"wdi : {SHIPPED}\r", f"wdi : {WDI}\r"),
    ],
)
def test_what_stands_around_the_name_stays(line, changed, raw, place, current):
    text = current.read_bytes().decode().replace(f"wdi: {SHIPPED}", line)
    current.write_bytes(text.encode())
    assert adopt(WDI, raw) == SHIPPED
    assert current.read_bytes().decode() == text.replace(line, changed)
    assert load_current(raw)[0]["wdi"] == WDI


@pytest.mark.parametrize(
    "line", [f"wdi: !!str {SHIPPED}", f"wdi:\n  {SHIPPED}", f"? wdi\n: {SHIPPED}"]
)
def test_a_line_in_another_form_is_left_alone_and_told(line, place, current, adopting):
    text = current.read_text("utf-8").replace(f"wdi: {SHIPPED}", line)
    current.write_text(text, encoding="utf-8")
    assert adopting(WDI) == (
        1,
        [
            "analysis: current.yml has its line on wdi in a form that cannot be changed; valid: "
            f"the line `wdi: {WDI}`, written by hand; nothing was changed"
        ],
    )
    assert current.read_text("utf-8") == text


def test_without_the_file_it_is_made(raw, place, current, adopting):
    current.unlink()
    code, told = adopting(WDI)
    assert (code, told[0]) == (0, f"{WDI} is in use instead of {SHIPPED}. Next: make reports")
    assert load_current(raw) == (
        {
            "trade_pairs": "imf-dots-2022",
            "wdi": WDI,
            "debt_by_creditor": "worldbank-ids-2025-12",
        },
        [],
    )


def test_without_the_folder_the_shipped_edition_is_in_use_already(raw, adopting):
    shutil.rmtree(raw / "vintages")
    assert adopting(SHIPPED) == (0, [f"{SHIPPED} is in use already; nothing was changed."])
    assert not (raw / "vintages").exists()


@pytest.mark.parametrize(
    "name", ["comtrade-wits-2017", "cepii-baci", "nothing", "imf-imts-2026-11-24", "../wdi", ""]
)
def test_what_is_no_edition_to_rest_on_is_not_adopted(name, current, adopting):
    before = current.read_bytes()
    assert adopting(name) == (
        2,
        [
            f"analysis: found no edition {name!r}; valid: imf-dots-2022, worldbank-wdi-2026-07, "
            "worldbank-ids-2025-12; nothing was changed"
        ],
    )
    assert current.read_bytes() == before


def test_an_edition_that_was_changed_by_hand_is_not_adopted(place, current, adopting):
    before = current.read_bytes()
    place.write_text(place.read_text("utf-8").replace("2016", "2015", 1), encoding="utf-8")
    assert adopting(WDI) == (
        1,
        [f"analysis: {WDI}.csv is not what was fetched: its hash is another; nothing was changed"],
    )
    assert current.read_bytes() == before


def test_an_edition_without_a_manifest_is_not_adopted(place, adopting):
    place.with_suffix(".json").unlink()
    assert adopting(WDI) == (
        1,
        [
            f"analysis: {WDI}.csv has no manifest beside it, so nothing vouches for it; nothing "
            "was changed"
        ],
    )


@pytest.mark.parametrize("text", ["", "{", "[]", '{"sha256": 1}', '{"source": {}}'])
def test_a_broken_manifest_is_told(text, place, current, adopting):
    before = current.read_bytes()
    place.with_suffix(".json").write_text(text, encoding="utf-8")
    code, told = adopting(WDI)
    assert code == 1
    assert told[-1].endswith("; nothing was changed") or told[-1].endswith("nothing was changed.")
    assert current.read_bytes() == before


def test_faults_of_the_raw_data_are_told_before_anything_is_written(place, current, adopting):
    before = current.read_bytes()
    # Sound by its hash, and yet no edition: one country's people are below nought.
    rows = pd.read_csv(place, dtype=str)
    rows.loc[0, "year"] = "16"
    text = rows.to_csv(index=False, lineterminator="\n")
    place.write_bytes(text.encode())
    manifest = json.loads(place.with_suffix(".json").read_text("utf-8"))
    manifest["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    place.with_suffix(".json").write_text(json.dumps(manifest), encoding="utf-8")
    code, told = adopting(WDI)
    assert code == 1
    assert told[0].startswith(f"{WDI}.csv, row 2, year")
    assert told[-1] == "1 fault in the raw data as it would be; nothing was changed."
    assert current.read_bytes() == before


def test_a_folder_that_may_not_be_written_is_told(place, current, adopting, monkeypatch):
    before = current.read_bytes()

    def full(path, content):
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(type(place), "write_bytes", full)
    code, told = adopting(WDI)
    assert (code, len(told)) == (1, 1)
    assert told[0].startswith("analysis: No space left on device")
    assert current.read_bytes() == before


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
    environment = code_of(folder)
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


def test_fetched_adopted_rebuilt_and_back_again_is_the_same_bytes(tmp_path, services, built):
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
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
    # The IMF estimates one record of a pair here and there, and counts the other.
    for estimated in (("KGZ", "CHN", "import", "2016"), ("RUS", "KAZ", "export", "2019")):
        cell = rows[["reporter", "partner", "flow", "year"]].eq(list(estimated)).all(axis=1)
        services.dots.loc[cell, "evidence"] = "estimated"
    for name in ("imf-imts", "worldbank-wdi", "worldbank-ids"):
        fetch(name, raw, TODAY)
    assert build(tmp_path, "compare").startswith("Nothing to do")
    assert {path.name: path.read_bytes() for path in processed.iterdir()} == before
    shipped = {
        adopt(f"{name}-2026-11-24", raw) for name in ("imf-imts", "worldbank-wdi", "worldbank-ids")
    }
    build(tmp_path, "reports", "--countries", "KAZ")
    build(tmp_path, "compare")  # no page of a country asks for it
    table = pd.read_csv(processed / "comparisons.csv").set_index("comparison_id")
    assert table.index.is_unique
    refused = {
        "kgz-imports-2016-own": "no record of its own: Kyrgyzstan’s side is "
        "estimated by the publisher",
        "kgz-trade-turnover-2016-own": "no record of its own: Kyrgyzstan’s side is "
        "estimated by the publisher",
        "kaz-imports-2019-partner": "no record of the partners’ own: Russia’s record of its trade "
        "with Kazakhstan is estimated by the publisher",
        "kaz-trade-turnover-2019-partner": "no record of the partners’ own: Russia’s record of its "
        "trade with Kazakhstan is estimated by the publisher",
    }
    for name, why in refused.items():
        assert table.loc[f"{name}-imf-imts-2026-11-24", "reason"] == why
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
    assert shipped == {"imf-dots-2022", "worldbank-wdi-2026-07", "worldbank-ids-2025-12"}
    for name in shipped:
        adopt(name, raw)
    build(tmp_path, "reports", "--countries", "KAZ")
    build(tmp_path, "compare")
    assert {path.name: path.read_bytes() for path in processed.iterdir()} == before
    page = (tmp_path / "reports" / "kazakhstan.html").read_bytes()
    assert page == (ROOT / "reports" / "kazakhstan.html").read_bytes()
