"""Damaged raw files, one a fault: what each is told, or why it is let in and what it gives."""

import os
import random
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import cli
from analysis.config import ROOT
from analysis.data import clean, schema
from analysis.data.clean import clean_figures, process
from analysis.data.columns import faults_of
from analysis.data.faults import RawDataError
from analysis.data.intervals import Refused
from analysis.data.load import WRITTEN, load_raw
from analysis.data.periods import read_period
from analysis.data.quantities import EXAMPLES, read
from analysis.data.seals import renew_seals
from analysis.measures import consistency
from conftest import WITHOUT_ROOTS_RIGHT, code_of

pytestmark = pytest.mark.thorough

DAMAGED = Path(__file__).with_name("damaged")
SOUND = DAMAGED / "sound"
EXPECTED = yaml.safe_load((DAMAGED / "EXPECTED.yml").read_text(encoding="utf-8"))
REJECTED = {name: entry for name, entry in EXPECTED.items() if "says" in entry}
ASKED_FOR = {name: entry for name, entry in EXPECTED.items() if "asks" in entry}
ACCEPTED = {name: entry for name, entry in EXPECTED.items() if "gives" in entry}


@pytest.fixture
def raw(tmp_path, monkeypatch):
    """The sound tables in a folder of their own, which the command takes for the project's."""
    folder = tmp_path / "raw"
    shutil.copytree(SOUND, folder)
    monkeypatch.setattr(cli, "RAW", folder)
    return folder


def put(raw, name):
    """Put a damaged file in its table's place, and seal it as someone would who meant well."""
    place = raw / f"{EXPECTED[name]['table']}{Path(name).suffix}"
    shutil.copyfile(DAMAGED / name, place)
    if place.name == "article.csv":
        claim_on_all_of(place)
    renew_seals(raw)


def claim_on_all_of(article):
    """Let one claim be on every figure of an article whose ids can be read."""
    text = article.read_bytes().decode("utf-8", errors="ignore")
    ids = re.findall("^([a-z0-9-]+),", text, re.MULTILINE)
    claims = article.with_name("claims.csv")
    header = claims.read_text(encoding="utf-8").splitlines()[0]
    subjects = " ".join(dict.fromkeys(ids))
    claim = (
        f"all,REGION,Both powers trade,Table 1,judged holds,{subjects},,The table has it,A count"
    )
    if ids:
        claims.write_text(f"{header}\n{claim}\n", encoding="utf-8")


def held(folder):
    """Every file under a folder, with its bytes."""
    return {
        path.relative_to(folder): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_corpus_is_the_files_that_the_table_of_expectations_names():
    files = {path.name for path in DAMAGED.iterdir() if path.suffix in (".csv", ".yml")}
    assert files - {"EXPECTED.yml"} == set(EXPECTED)


def test_the_sound_tables_are_sound(raw, capsys):
    assert cli.main(["check"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("name", REJECTED)
def test_a_damaged_file_is_refused_in_these_words(raw, capsys, name):
    put(raw, name)
    before = held(raw.parent)
    assert cli.main(["check"]) == 1
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", REJECTED[name]["says"])
    assert held(raw.parent) == before


@pytest.mark.parametrize("name", ASKED_FOR)
def test_another_look_is_asked_for_in_these_words_and_nothing_refused(raw, capsys, name):
    put(raw, name)
    assert cli.main(["check"]) == 0
    told = capsys.readouterr()
    sound, _, asked = told.out.partition("\n\nWorth another look:\n")
    assert sound.startswith("The raw data is sound: ")
    assert (asked, told.err) == (ASKED_FOR[name]["asks"], "")


@pytest.mark.parametrize("name", ACCEPTED)
def test_an_odd_file_is_let_in_for_a_reason_with_this_result(raw, capsys, monkeypatch, name):
    made = []
    monkeypatch.setattr(clean, "process", lambda tables: made.append(process(tables)) or made[-1])
    put(raw, name)
    assert cli.main(["check"]) == 0
    assert capsys.readouterr().err == ""
    table, key, column, value = ACCEPTED[name]["gives"]
    rows = made[-1][table]
    keys = rows[list(schema.TABLES[table].key)].astype(str).agg(" ".join, axis=1)
    assert rows.loc[keys == key, column].tolist() == [value]
    assert ACCEPTED[name]["accepted"]


def test_a_part_above_its_whole_is_told_by_the_arithmetic(raw):
    put(raw, "part-above-its-whole.csv")
    found = consistency.check_figures(clean_figures(load_raw(raw)["article"]))
    assert [(check.kind, check.outcome) for check in found] == [("part of a whole", "conflicts")]


MISSING = {
    "w:KAZ-turnover-2016-own-nothing-china": "a place whose row weights.csv has, with a number in",
    "i:KAZ-debt_owed-Nobody-2016": "a place whose row indicators.csv has, with a number in it",
    "p:KAZ-trade_turnover-own-1990": "KAZ-trade_turnover-article-2017 (did you mean this?), or",
    "t:nothing-RUS-2011-2016": "a place whose row indicators.csv has, with a number in it",
    "f:kaz-trade-cnh-2016": "kaz-trade-chn-2016 (did you mean this?), or another figure_id",
}


@pytest.mark.parametrize(("place", "valid"), MISSING.items())
def test_a_claim_that_rests_on_a_row_that_is_not_there_is_named_before_anything_is_built(
    raw, capsys, place, valid
):
    text = (raw / "claims.csv").read_text(encoding="utf-8")
    damaged = text.replace("{f:kaz-trade-chn-2016}", f"{{{place}}}")
    (raw / "claims.csv").write_text(damaged, encoding="utf-8")
    before = held(raw.parent)
    assert refused(capsys) == f"claims.csv, row 2, reason\n    found {{{place}}}"
    cli.main(["check"])
    assert f"    valid {valid}" in capsys.readouterr().err
    assert held(raw.parent) == before


def test_all_that_claims_name_wrongly_is_told_at_once(raw, capsys):
    claims = raw / "claims.csv"
    header, first = claims.read_text(encoding="utf-8").splitlines()
    reason = "{p:KAZ-trade_turnover-own-1990} and {p:KAZ-trade_turnover-own-1991:china}"
    lead = f"b,KAZ,Both trade,Table 1,lead CHN 1,kaz-trade-chn-2016,KAZ-nothing-own-2,{reason},No"
    claims.write_text(f"{header}\n{first}\n{lead}\n", encoding="utf-8")
    assert cli.main(["check"]) == 1
    told = capsys.readouterr().err
    assert "claims.csv, row 3, evidence_ids\n    found KAZ-nothing-own-2\n" in told
    assert told.count("claims.csv, row 3, reason\n") == 2
    assert told.endswith("3 faults in the raw data; nothing was written.\n")
    # What raw data alone tells does not keep the rest from being told, in its row or another.
    text = claims.read_text(encoding="utf-8").replace(
        "{p:KAZ-trade_turnover-own-1990}", "{f:kaz-no}"
    )
    other = "{p:KAZ-trade_turnover-own-1992}"
    claims.write_text(text.replace("{f:kaz-trade-chn-2016}", other, 1), encoding="utf-8")
    assert cli.main(["check"]) == 1
    told = capsys.readouterr().err
    names = ("{f:kaz-no}", "{p:KAZ-trade_turnover-own-1991", "KAZ-nothing", other)
    assert [told.count(f"    found {name}") for name in names] == [1, 1, 1, 1]
    assert told.endswith("4 faults in the raw data; nothing was written.\n")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        # One cell that is wrong by itself, and two that are so beside each other: these are told
        # once each cell and claim is sound.
        ("nan.csv", ["wdi.csv", "claims.csv"]),
        ("debt-above-its-whole.csv", ["claims.csv"]),
    ],
)
def test_a_wrong_claim_is_told_beside_wrong_cells_and_before_what_cells_say_together(
    raw, capsys, name, told
):
    claims = raw / "claims.csv"
    text = claims.read_text(encoding="utf-8")
    claims.write_text(text.replace("{f:kaz-trade-chn-2016}", "{f:kaz-no}"), encoding="utf-8")
    put(raw, name)
    assert cli.main(["check"]) == 1
    assert re.findall("^([a-z_]+.csv), ", capsys.readouterr().err, re.MULTILINE) == told


def test_claims_that_have_changed_are_looked_at_before_a_build_begins(
    raw, tmp_path, capsys, monkeypatch
):
    # The last build saw other claims than there are now.
    (tmp_path / "pytask.lock").write_text('"data/raw/claims.csv" = "0a"\n', encoding="utf-8")
    begun = []
    monkeypatch.setattr(cli, "ROOT", tmp_path)
    monkeypatch.setattr(cli, "_build", lambda *_: begun.append("a build") or 1)
    cli.main(["reports"])
    assert begun == ["a build"]
    claims = raw / "claims.csv"
    text = claims.read_text(encoding="utf-8")
    place = "{p:KAZ-trade_turnover-own-1990}"
    claims.write_text(text.replace("{f:kaz-trade-chn-2016}", place), encoding="utf-8")
    assert cli.main(["reports"]) == 1
    assert begun == ["a build"]
    assert f"claims.csv, row 2, reason\n    found {place}" in capsys.readouterr().err


def test_evidence_and_terms_of_a_claim_that_no_figure_has_are_told_from_raw_data_alone(raw):
    claims = raw / "claims.csv"
    header, first = claims.read_text(encoding="utf-8").splitlines()
    rows = [
        "b,KAZ,Trade,Table 1,values kaz-nix+kaz-trade-chn-2017-page,kaz-trade-chn-2016,,{rule},No",
        "c,KAZ,Both trade,Table 1,judged holds,kaz-trade-chn-2016,kaz-trade-cnh-2016,Words,No",
    ]
    claims.write_text("\n".join([header, first, *rows, ""]), encoding="utf-8")
    # A page that is not the article itself.
    elsewhere = (raw / "elsewhere.csv").read_text(encoding="utf-8")
    page = elsewhere.replace("dubnov-2018", "nbk-fdi")
    (raw / "elsewhere.csv").write_text(page, encoding="utf-8")
    with pytest.raises(RawDataError) as error:
        load_raw(raw, names=WRITTEN)
    told = [(fault.row, fault.column, fault.found) for fault in error.value.faults]
    assert told == [(3, "rule", "kaz-nix"), (4, "evidence_ids", "kaz-trade-cnh-2016")]
    assert "kaz-trade-chn-2016 (did you mean this?)" in error.value.faults[1].valid


def test_a_figure_of_the_article_that_is_in_no_claim_is_told_in_its_row(raw, capsys):
    claims = raw / "claims.csv"
    text = claims.read_text(encoding="utf-8")
    claims.write_text(text.replace(" tjk-debt-share-chn", ""), encoding="utf-8")
    assert refused(capsys) == "article.csv, row 4, figure_id\n    found tjk-debt-share-chn"
    # One that a claim misspells is told there, and not a second time here.
    claims.write_text(text.replace("tjk-debt-share-chn", "tjk-debt-share-cnh"), encoding="utf-8")
    assert refused(capsys) == "claims.csv, row 2, subject_ids\n    found tjk-debt-share-cnh"


@pytest.mark.parametrize(
    ("table", "old", "new", "column", "valid"),
    [
        (
            "elsewhere",
            "$18 billion",
            "$18.0 billion",
            "printed",
            "$18 billion, since a last nought",
        ),
        ("elsewhere", "$18 billion", "$18.50 billion", "printed", "$18.5 billion, since a last"),
        ("elsewhere", ",dubnov-2018,", ",,", "source_id", "an entry of sources.yml; none is named"),
    ],
)
def test_a_nought_of_a_compilation_and_a_source_that_is_missing_are_told_as_such(
    raw, capsys, table, old, new, column, valid
):
    path = raw / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    row = text.splitlines()[1]
    changed = row.replace(old, new) if old in row else re.sub(",[a-z-]+,,,$", ",,,,", row)
    path.write_text(text.replace(row, changed), encoding="utf-8")
    assert changed != row
    assert cli.main(["check"]) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"{table}.csv, row 2, {column}\n")
    assert f"    valid {valid}" in told
    assert told.endswith("1 fault in the raw data; nothing was written.\n")


def refused(capsys, code=1):
    """What the check says of the one file that it cannot use: all of it up to what is valid."""
    assert cli.main(["check"]) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.endswith("1 fault in the raw data; nothing was written.\n")
    return told.err.partition("\n    valid ")[0]


def test_a_missing_file_is_named(raw, capsys):
    (raw / "fdi.csv").unlink()
    assert refused(capsys) == "fdi.csv, (file)\n    found No such file or directory"


def test_a_symbolic_link_is_refused(raw, capsys, tmp_path):
    (tmp_path / "outside.csv").write_bytes((raw / "fdi.csv").read_bytes())
    (raw / "fdi.csv").unlink()
    (raw / "fdi.csv").symlink_to(tmp_path / "outside.csv")
    assert refused(capsys) == "fdi.csv, (file)\n    found a symbolic link"


def test_a_link_that_leads_nowhere_is_refused(raw, capsys):
    (raw / "corrections.yml").unlink()
    (raw / "corrections.yml").symlink_to("nowhere.yml")
    assert refused(capsys) == "corrections.yml, (file)\n    found a symbolic link"


def test_a_folder_in_place_of_a_file_is_refused(raw, capsys):
    (raw / "corrections.yml").unlink()
    (raw / "corrections.yml").mkdir()
    assert refused(capsys) == "corrections.yml, (file)\n    found a folder or a device"


def test_a_pipe_is_refused_and_not_waited_for(raw, capsys):
    (raw / "fdi.csv").unlink()
    os.mkfifo(raw / "fdi.csv")
    assert refused(capsys) == "fdi.csv, (file)\n    found a folder or a device"


def test_a_socket_is_refused(raw, capsys, monkeypatch):
    (raw / "fdi.csv").unlink()
    monkeypatch.chdir(raw)  # a socket's path may be only about a hundred characters long
    with socket.socket(socket.AF_UNIX) as unix:
        unix.bind("fdi.csv")
        assert refused(capsys) == "fdi.csv, (file)\n    found a folder or a device"


def run(project, command="check", prefix=()):
    """The command in a process of its own, on a copy of the code and on other raw tables."""
    environment = code_of(project)
    return subprocess.run(
        [*prefix, sys.executable, "-m", "analysis.cli", command],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def project(tmp_path, compiled):
    """The code of the project with the sound tables, as another place would have them."""
    folder = tmp_path / "project"
    shutil.copytree(compiled, folder / "src")
    shutil.copytree(SOUND, folder / "data" / "raw")
    return folder


@pytest.mark.parametrize(
    "name",
    [
        "two-amounts.csv",
        "scale-misspelt.csv",
        "utf-16.csv",
        "terminal-command.csv",
        "merged-cell.csv",
        "debt-above-its-whole.csv",
        "correction-whose-id-is-gone.yml",
        "sources-nested-too-deep.yml",
    ],
)
def test_the_command_itself_says_it_writes_nothing_and_shows_no_traceback(project, name):
    put(project / "data" / "raw", name)
    before = held(project)
    done = run(project)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", REJECTED[name]["says"])
    assert held(project) == before


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (lambda path: None, "No such file or directory"),
        (lambda path: path.mkdir(), "a folder or a device"),
        (lambda path: path.symlink_to("nowhere.yml"), "a symbolic link"),
    ],
    ids=["missing", "folder", "link"],
)
def test_a_build_names_the_raw_file_that_it_cannot_read(project, spoil, found):
    for name in ("notebooks", "pyproject.toml"):
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copyfile
        copy(source, project / name)
    path = project / "data" / "raw" / "corrections.yml"
    path.unlink()
    spoil(path)
    done = run(project, "reports")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"corrections.yml, (file)\n    found {found}\n    valid a YAML file in UTF-8\n"
        "1 fault in the raw data; nothing was written.\n"
    )
    assert not (project / "data" / "processed").exists()
    assert not list((project / "reports").glob("*"))


def test_an_unreadable_file_is_named(project):
    unreadable = [project / "data" / "raw" / name for name in ("fdi.csv", "sources.yml")]
    for path in unreadable:
        path.chmod(0)
    prefix = [sys.executable, "-c", WITHOUT_ROOTS_RIGHT] if os.geteuid() == 0 else []
    done = run(project, prefix=prefix)
    if done.returncode == 77:
        pytest.skip("root reads every file, and cannot give up that right here")
    assert done.returncode == 1
    assert done.stderr.count("    found Permission denied\n") == 2
    assert done.stderr.startswith("sources.yml, (file)\n    found Permission denied\n")
    assert "\nfdi.csv, (file)\n    found Permission denied\n" in done.stderr
    assert done.stderr.endswith("2 faults in the raw data; nothing was written.\n")


# What follows looks for damage that nobody thought of.

PIECES = """
$ € % - – − . , ; 0 1 7 12 500 1,000 12.5 9999999 percent million billion trillion of to and
between up from plus … undisclosed sum many largest second none ’s Tajikistan’s ſeven ban\u212a
\u2212 １２ ² cubic metres
"""
HEDGE_WORDS = ["about", "close to", "more than", "at least", "no less than", "up to", "circa", "~"]
PIECE = st.sampled_from(["\u00a0", *HEDGE_WORDS, *PIECES.split()])
WORDS = st.one_of(
    st.lists(PIECE, min_size=1, max_size=9).map(" ".join),
    st.lists(PIECE, min_size=1, max_size=9).map("".join),
    st.text(min_size=1, max_size=40),
)


@settings(deadline=None)  # the first phrase waits for the grammar
@given(WORDS, st.sampled_from(sorted(EXAMPLES)))
def test_any_words_are_read_as_ordered_finite_bounds_or_refused(words, unit):
    try:
        quantities = read(words, unit)
    except Refused as error:
        assert str(error)
        return
    assert len(quantities) in (1, 2)
    for quantity in quantities:
        assert 0 <= quantity.logical_low <= quantity.low <= quantity.high <= quantity.logical_high
        assert quantity.low < 1e30
        assert quantity.value is None or quantity.low <= quantity.value <= quantity.high


DATE_PIECES = """
January May December the first third quarter half of by as at end since from between to and – ;
2016 1999 20016 0 30 31
"""
DATES = st.one_of(
    st.lists(st.sampled_from(DATE_PIECES.split()), min_size=1, max_size=7).map(" ".join),
    st.text(max_size=30),
)


@settings(deadline=None)
@given(DATES)
def test_any_period_is_read_as_days_in_order_or_refused(words):
    try:
        period = read_period(words)
    except Refused as error:
        assert str(error)
        return
    assert not period.end or "1900-01-01" <= period.start <= period.end <= "2099-12-31"
    if period.as_of and period.end:
        assert period.start <= period.as_of <= period.end
    # "End 2016" is a day that belongs to no stretch.
    assert not period.as_of or "1900-01-01" <= period.as_of <= "2099-12-31"


# Bytes that spreadsheets, editors and broken transfers leave.
LEFT = [
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\x00",
    b"\r",
    b"\n",
    b'"',
    b",",
    b";",
    b"\xc2\xa0",
    b"=",
    b"-",
]


def damage(data, seed):
    """Cut, doubled, dropped or swapped bytes, some from the list above; the same for a seed."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 3)):
        at, end = sorted(chance.sample(range(len(data) + 1), 2)) if len(data) > 1 else (0, 0)
        near = min(end, at + 8)
        data = chance.choice(
            [
                data[:at] + chance.choice(LEFT) + data[at:],
                data[:at] + chance.choice(LEFT) + data[at + 1 :],
                data[:at] + data[near:],
                data[:near] + data[at:],
                data[:at],
                data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :],
            ]
        )
    return data


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
@given(
    name=st.sampled_from(sorted(path.name for path in SOUND.iterdir())), seed=st.integers(0, 10**6)
)
def test_any_damaged_file_is_refused_with_words_or_gives_sound_tables(tmp_path, name, seed):
    folder = tmp_path / "fuzzed"
    shutil.copytree(SOUND, folder, dirs_exist_ok=True)
    (folder / name).write_bytes(damage((SOUND / name).read_bytes(), seed))
    try:
        tables = process(load_raw(folder))
    except RawDataError as error:
        assert all(fault.file and fault.column and fault.valid for fault in error.faults)
        return
    for table, rows in tables.items():
        assert faults_of(schema.TABLES[table], rows, table) == []
