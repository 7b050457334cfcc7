"""The one definition of the tables holds rules, codebook and data package together."""

import json
import pickle
from functools import partial

import frictionless
import pandas as pd
import pytest

from analysis.config import PROCESSED, RAW
from analysis.data import clean, codebook, load, schema, store
from analysis.data.columns import faults_of
from analysis.data.faults import Fault, RawDataError
from analysis.measures import compare, leads, verdicts, weights
from analysis.page import checks, claims

pytestmark = pytest.mark.thorough


def described():
    return {
        (table.name, column) for table in schema.TABLES.values() for column in table.schema.columns
    }


def test_the_codebook_describes_every_column_and_no_other():
    book = codebook.codebook()
    assert set(zip(book["table"], book["column"], strict=True)) == described()
    assert (book["description"] != "").all()


def test_the_data_package_describes_every_column_and_no_other():
    package = json.loads(codebook.data_package())
    found = {
        (resource["path"].removesuffix(".csv"), field["name"])
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
    }
    assert found == described()


def test_the_committed_codebook_and_package_are_the_schemas():
    assert (PROCESSED / "datapackage.json").read_text(encoding="utf-8") == codebook.data_package()
    committed = pd.read_csv(PROCESSED / "codebook.csv", dtype=str, keep_default_na=False)
    assert committed.equals(codebook.codebook())


def test_frictionless_finds_the_committed_tables_valid():
    report = frictionless.validate(str(PROCESSED / "datapackage.json"))
    assert report.flatten(["title", "rowNumber", "fieldName", "note"]) == []


@pytest.mark.parametrize("name", schema.TABLES)
def test_committed_tables_obey_their_rules(name):
    rows = store.load_table(name, PROCESSED)
    assert faults_of(schema.TABLES[name], rows, name) == []


@pytest.mark.parametrize("difference", [-1.1, 1.1])
def test_a_power_is_ahead_by_no_more_than_the_whole(difference):
    rows = store.load_table("comparisons", PROCESSED)
    rows.loc[0, "difference"] = difference
    faults = faults_of(schema.TABLES["comparisons"], rows, "comparisons.csv")
    assert [(fault.column, fault.found) for fault in faults] == [("difference", str(difference))]


def test_a_broken_row_is_not_written(tmp_path):
    rows = store.load_table("checks", PROCESSED)
    rows.loc[0, "outcome"] = "maybe"
    with pytest.raises(RawDataError, match="maybe"):
        store.save_table("checks", rows, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_finished_leaves_the_old_one(tmp_path, monkeypatch):
    path = tmp_path / "table.csv"
    store.save(path, "old")
    monkeypatch.setattr(store.os, "fdopen", lambda *_, **__: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        store.save(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


STEPS = {
    "clean": partial(clean.write_processed, RAW),
    "compare": compare.write_comparisons,
    "weigh": weights.write_weights,
    "tie": verdicts.write_ties,
    "leads": leads.write_world,
    "checks": checks.write_checks,
    "claims": claims.write_claims,
}
MAKES = {
    "clean": {
        "figures.csv",
        "trade.csv",
        "trade_goods_and_services.csv",
        "trade_world.csv",
        "indicators.csv",
        "countries.csv",
        "codebook.csv",
        "datapackage.json",
    },
    "compare": {"comparisons.csv"},
    "weigh": {"mirror.csv", "weights.csv"},
    "tie": {"ties.csv", "verdicts.csv", "crossings.csv"},
    "leads": {"world.csv", "world_crossings.csv"},
    "checks": {"checks.csv"},
    "claims": {"claims.csv"},
}


@pytest.mark.parametrize("step", STEPS)
def test_the_committed_tables_are_what_the_raw_data_and_the_code_make(step, tmp_path):
    committed = {path.name: path.read_bytes() for path in PROCESSED.iterdir()}
    for name in set(committed) - MAKES[step]:
        (tmp_path / name).write_bytes(committed[name])
    STEPS[step](tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(made) == set(committed)
    assert [name for name in made if made[name] != committed[name]] == []


def test_every_committed_table_is_made_by_one_step():
    made = sorted(name for names in MAKES.values() for name in names)
    assert made == sorted(path.name for path in PROCESSED.iterdir())


def test_faults_survive_the_way_from_another_process():
    faults = [Fault("article.csv", 3, "printed", "12;9", "a number")]
    there = pickle.loads(pickle.dumps(RawDataError(faults)))
    assert there.faults == faults
    assert str(there) == str(RawDataError(faults))


@pytest.fixture
def narrow(monkeypatch):
    """Make a plain int mean 32 bits, as it does where C's long has as many."""

    def told(kinds):
        if isinstance(kinds, dict):
            return {name: told(kind) for name, kind in kinds.items()}
        return "int32" if kinds is int else kinds

    for kind in (pd.Series, pd.DataFrame):
        usual = kind.astype
        monkeypatch.setattr(
            kind,
            "astype",
            lambda self, dtype, *more, _usual=usual, **named: _usual(
                self, told(dtype), *more, **named
            ),
        )
    monkeypatch.setattr(
        pd,
        "read_csv",
        lambda *files, _usual=pd.read_csv, dtype=None, **named: _usual(
            *files, dtype=told(dtype), **named
        ),
    )


def test_the_raw_data_passes_the_door_where_a_plain_int_has_32_bits(narrow):
    made = clean.process(load.load_raw(RAW))
    kinds = {
        f"{name}.{column}": str(kind)
        for name, rows in made.items()
        for column, kind in rows.dtypes.items()
        if kind.kind == "i"
    }
    assert kinds and set(kinds.values()) == {"int64"}


def test_a_processed_table_is_read_with_64_bits_where_a_plain_int_has_32(narrow):
    assert store.load_table("trade", PROCESSED)["year"].dtype == "int64"


def test_whole_numbers_of_32_bits_are_let_in_and_written_as_they_are(tmp_path):
    rows = store.load_table("trade", PROCESSED).head(3)
    store.save_table("trade", rows.astype({"year": "int32"}), tmp_path)
    assert store.load_table("trade", tmp_path)["year"].tolist() == rows["year"].tolist()
