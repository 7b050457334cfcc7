"""What moves between editions: by hand on small tables, and on the editions that are shipped."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.config import PROCESSED, RAW
from analysis.data import schema, store
from analysis.data.sources import load_sources
from analysis.measures.revisions import (
    CELL,
    beside_fetched,
    between_editions,
    cells,
    counted,
    edition_before,
    figures,
    in_a_sentence,
    side_by_side,
    size,
)

DATES = {"first": "2017-11", "second": "2022-01", "third": "2024-10", "mixed": ""}


def frame(**values):
    return pd.DataFrame({"country": list(values), "value": list(values.values())})


def test_a_cell_is_the_same_moved_added_or_withdrawn():
    table = figures(
        frame(KAZ=100.0, KGZ=100.0, TJK=100.0), frame(KAZ=100.0, KGZ=150.0, UZB=9.0), ["country"]
    )
    assert table.set_index("country")["state"].to_dict() == {
        "KAZ": "same",
        "KGZ": "moved",
        "TJK": "withdrawn",
        "UZB": "added",
    }
    assert table["factor"].iloc[1] == 1.5


def test_a_revision_from_nought_has_no_factor():
    table = figures(frame(KAZ=0.0), frame(KAZ=5.0), ["country"])
    assert table["state"].tolist() == ["moved"]
    assert table["factor"].isna().all()


def test_figures_that_moved_are_counted_by_how_far():
    # By a twentieth, a half, to a third, and next to nothing; one stays, one is gone, one is new.
    old = frame(KAZ=100.0, KGZ=100.0, TJK=90.0, TKM=7.0, UZB=1.0, MNG=1000.0)
    new = frame(KAZ=105.0, KGZ=150.0, TJK=30.0, TKM=7.0, CHN=2.0, MNG=1000.9)
    assert counted(figures(old, new, ["country"])) == {
        "shared": 5, "moved": 4, "thousandth": 3, "tenth": 2, "double": 1,
        "withdrawn": 1, "added": 1,
    }  # fmt: skip


def test_of_two_editions_that_agree_nothing_has_moved():
    same = frame(KAZ=100.0)
    assert counted(figures(same, same, ["country"])) == {
        "shared": 1, "moved": 0, "thousandth": 0, "tenth": 0, "double": 0,
        "withdrawn": 0, "added": 0,
    }  # fmt: skip


def test_a_doubling_and_a_halving_are_as_large():
    assert size(2.0) == pytest.approx(2.0)
    assert size(0.5) == pytest.approx(2.0)


@given(st.floats(1e-6, 1e6))
def test_a_revision_and_its_reverse_are_as_large(factor):
    assert size(factor) == pytest.approx(size(1 / factor))
    assert size(factor) >= 1


def pair(edition, china, russia, leader, **changed):
    """Kyrgyzstan's trade of 2016 on its own record."""
    given = {
        "pair_id": f"KGZ-2016-{edition}",
        "country": "KGZ",
        "tie": "trade",
        "concept": "trade_turnover",
        "record": "own",
        "start": "2016-01-01",
        "end": "2016-12-31",
        "year": 2016,
        "china": china,
        "russia": russia,
        "difference": (china - russia) / (china + russia),
        "leader": leader,
        "grade": "table",
        "edition": edition,
    }
    return given | changed


def test_a_pair_is_set_beside_the_same_pair_of_the_next_edition():
    ties = pd.DataFrame(
        [
            pair("third", 12.0, 11.0, "level"),  # D 1/23
            pair("first", 15.0, 9.0, "CHN"),  # D 6/24
            pair("second", 15.0, 10.0, "CHN"),  # D 5/25
        ]
    )
    found = between_editions(ties, DATES)
    assert found[["edition_old", "edition_new", "changed"]].values.tolist() == [
        ["second", "third", True],
        ["first", "second", False],
    ]
    assert found["moved"].tolist() == pytest.approx([0.2 - 1 / 23, 0.05])
    assert found.index.tolist() == [0, 1]


@pytest.mark.parametrize(
    "other",
    [
        {"record": "reconciled"},
        {"record": "partner"},
        {"concept": "goods_services_turnover"},
        {"start": "2017-01-01", "end": "2017-12-31", "year": 2017},
        {"country": "TJK"},
    ],
)
def test_what_is_not_alike_is_never_set_side_by_side(other):
    ties = pd.DataFrame(
        [pair("first", 15.0, 9.0, "CHN"), pair("second", 9.0, 15.0, "RUS", **other)]
    )
    assert between_editions(ties, DATES).empty


@pytest.mark.parametrize(
    "other", [{"leader": ""}, {"grade": "stated"}, {"edition": "first + second"}]
)
def test_what_is_no_table_of_one_edition_with_both_powers_is_left_out(other):
    ties = pd.DataFrame([pair("first", 15.0, 9.0, "CHN"), pair("second", 9.0, 15.0, "RUS") | other])
    assert between_editions(ties, DATES).empty


def test_exports_alone_are_left_to_the_sum_that_they_are_in():
    one = pd.DataFrame([pair("first", 15.0, 9.0, "CHN", concept="exports")])
    assert side_by_side(one, one.assign(edition="second")).empty


@pytest.fixture(scope="module")
def shipped():
    sources, _ = load_sources(RAW / "sources.yml")
    dates = {name: str(entry.get("date", "")) for name, entry in sources.items()}
    return between_editions(store.load_table("ties", PROCESSED), dates)


def test_kyrgyz_trade_of_2016_is_what_moved_furthest(shipped):
    first = shipped.iloc[0]
    assert (first["country"], first["year"], first["record"]) == ("KGZ", 2016, "own")
    sums = first[["china_old", "russia_old", "china_new", "russia_new"]].astype(float) / 1e9
    assert sums.round(3).tolist() == [1.545, 0.945, 1.548, 1.322]


def test_baci_is_no_later_edition_of_any_record(shipped):
    assert "cepii-baci" not in {*shipped["edition_old"], *shipped["edition_new"]}
    assert set(shipped["record"]) == {"own", "partner"}


def test_the_world_bank_moved_198_of_315_figures_47_by_more_than_a_tenth():
    old, new = cells("worldbank-wdi-2018-08"), cells("worldbank-wdi-2026-07")
    table = figures(old, new, CELL["wdi"])
    found = counted(table)
    assert (found["shared"], found["moved"], found["tenth"]) == (315, 198, 47)
    top = (
        table.assign(far=size(table["factor"])).query("state == 'moved'").nlargest(1, "far").iloc[0]
    )
    assert (top["country"], top["indicator"], top["year"]) == ("UZB", "fdi_inflow", 2016)


@pytest.fixture
def raw_with_a_fetched_edition(tmp_path):
    """What the IMF would give today: its shipped edition, with one flow of Kazakhstan's moved."""
    rows = pd.read_csv(RAW / "trade_pairs.csv", dtype=str, keep_default_na=False)
    rows = rows[rows["source_id"] == "imf-dots-2022"].assign(source_id=FETCHED, dataset="imts")
    moved = (
        (rows["reporter"] == "KAZ")
        & (rows["partner"] == "CHN")
        & (rows["flow"] == "export")
        & (rows["year"] == "2016")
    )
    assert moved.sum() == 1
    rows.loc[moved, "value"] = "20000000000"
    (tmp_path / "vintages").mkdir()
    rows.to_csv(tmp_path / "vintages" / f"{FETCHED}.csv", index=False)
    return tmp_path


FETCHED = "imf-imts-2026-11-24"


def test_a_fetched_edition_is_told_by_what_it_moves(raw_with_a_fetched_edition):
    raw = raw_with_a_fetched_edition
    told = in_a_sentence(FETCHED, raw)
    assert told.startswith("against imf-dots-2022: 1 of ")
    assert "; 1 of 173 leaders changed" in told
    found = beside_fetched(store.load_table("ties", PROCESSED), raw)
    changed = found[found["changed"]].iloc[0]
    assert (changed["country"], changed["year"], changed["record"]) == ("KAZ", 2016, "own")
    assert (changed["leader_old"], changed["leader_new"]) == ("RUS", "CHN")
    assert changed["edition_new"] == FETCHED


def test_a_fetched_edition_of_debt_is_read_as_the_processed_tables_have_it(tmp_path):
    edition = "worldbank-ids-2026-11-24"
    (tmp_path / "vintages").mkdir()
    row = {"country": "KGZ", "creditor": "China", "series": "DT.DOD.BLAT.CD", "year": "2024"}
    pd.DataFrame([row | {"value": "5", "source_id": edition}]).to_csv(
        tmp_path / "vintages" / f"{edition}.csv", index=False
    )
    (cell,) = cells(edition, tmp_path).to_dict("records")
    assert cell == {
        "country": "KGZ",
        "power": "CHN",
        "counterpart": "China",
        "indicator": "debt_owed",
        "year": 2024,
        "value": 5.0,
        "unit": "USD",
        "dataset": "ids",
        "vintage": "2026-11-24",
        "evidence": "reported",
        "grade": "table",
        "source_id": edition,
    }


@pytest.mark.parametrize(
    ("edition", "table"),
    [("imf-dots-2022", "trade"), ("worldbank-ids-2025-12", "indicators")],
)
def test_a_shipped_edition_has_the_columns_of_its_processed_table_and_rows_from_nought(
    edition, table
):
    found = cells(edition)
    assert list(found.columns) == list(schema.TABLES[table].schema.columns)
    assert found.index.tolist() == list(range(len(found)))


def test_of_a_shipped_edition_of_trade_only_what_a_country_counted_itself_is_a_cell():
    trade = store.load_table("trade", PROCESSED)
    estimated = trade[trade["evidence"] != "reported"]
    edition = estimated["source_id"].mode()[0]
    assert set(cells(edition)["evidence"]) <= {"reported"}
    assert len(cells(edition)) < (trade["source_id"] == edition).sum()


def test_a_fetched_edition_of_debt_is_told_by_the_leaders_that_it_changes(tmp_path):
    # By the edition in use Kyrgyzstan owes China 1.65 billion in 2024, and Russia nothing.
    edition = "worldbank-ids-2026-11-24"
    (tmp_path / "vintages").mkdir()
    row = {"country": "KGZ", "series": "DT.DOD.BLAT.CD", "year": "2024", "source_id": edition}
    owed = [
        row | {"creditor": "China", "value": "5"},
        row | {"creditor": "Russian Federation", "value": "7"},
    ]
    columns = ["country", "creditor", "series", "year", "value", "source_id"]
    path = tmp_path / "vintages" / f"{edition}.csv"
    pd.DataFrame(owed)[columns].to_csv(path, index=False)
    assert in_a_sentence(edition, tmp_path).endswith("; 1 of 1 leaders changed")


def test_a_fetched_edition_is_set_beside_the_one_that_is_in_use(raw_with_a_fetched_edition):
    raw = raw_with_a_fetched_edition
    chosen = {"wdi": "worldbank-wdi-2026-07", "debt_by_creditor": "worldbank-ids-2025-12"}
    chosen |= {"trade_pairs": FETCHED}
    for ending in ("csv", "json"):
        (raw / "vintages" / f"imf-imts-2027-01-20.{ending}").write_bytes(
            (raw / "vintages" / f"{FETCHED}.csv").read_bytes()
        )
    (raw / "vintages" / f"{FETCHED}.json").touch()
    lines = "".join(f"{table}: {edition}\n" for table, edition in chosen.items())
    (raw / "vintages" / "current.yml").write_text(lines, encoding="utf-8")
    assert edition_before("imf-imts-2027-01-20", raw) == FETCHED
    assert edition_before(FETCHED, raw) == "imf-dots-2022"
    found = beside_fetched(store.load_table("ties", PROCESSED), raw)
    beside = set(zip(found["edition_old"], found["edition_new"], strict=True))
    assert beside == {("imf-dots-2022", FETCHED), (FETCHED, "imf-imts-2027-01-20")}
