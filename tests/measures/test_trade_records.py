"""What can be chosen: pairs of the five and of others, and why a record has none; all by hand."""

import pandas as pd
import pytest

from analysis.config import PROCESSED
from analysis.data import store
from analysis.measures.explorer import COLUMNS, judged, load_trade_records, trade_records
from analysis.measures.leads import WORLD_TRADE
from analysis.page.country import load

_RECORDS = ["reporter", "partner", "flow", "year", "value", "evidence"]


def world(*rows):
    return pd.DataFrame([(*row, "reported")[:6] for row in rows], columns=_RECORDS)


def tie(record, year, china, russia, leader, **more):
    """A row of ``ties`` of Kazakhstan's turnover; an amount that is missing is NaN."""
    ends = {
        f"{side}{end}": value
        for side, value in (("china", china), ("russia", russia))
        for end in ("", "_low", "_high", "_logical_high")
    }
    known = {"country": "KAZ", "tie": "trade", "concept": "trade_turnover", "record": record}
    known |= {"year": year, "leader": leader, "low": 0.2, "high": 0.2, "grade": "table"}
    known |= {"evidence": "reported", "edition": "kaz-bns-2024", "in_use": "yes"}
    return known | {"whole_year": "yes"} | ends | more


@pytest.fixture
def records():
    """Build the records of Kazakhstan's ties and of what the world's table lists."""

    def build(ties, trade_world, trade=None):
        none = pd.DataFrame(columns=_RECORDS)
        found = trade_records(pd.DataFrame(ties), none if trade is None else trade, trade_world)
        return found.set_index(["country", "flow", "record", "year"])

    return build


@pytest.fixture(scope="module")
def real():
    return load_trade_records()


NAN = float("nan")
KAZ = [tie("own", 2019, 30e9, 20e9, "CHN"), tie("partner", 2020, 5e9, NAN, "", low=NAN, high=NAN)]
MNG = world(
    ("MNG", "CHN", "export", 2019, 300),
    ("MNG", "CHN", "import", 2019, 100),
    ("MNG", "RUS", "export", 2019, 50),
    ("MNG", "RUS", "import", 2019, 150),
    ("CHN", "MNG", "export", 2019, 110),
    ("RUS", "MNG", "import", 2019, 40),
)


def test_a_country_of_the_five_is_told_by_its_ties(records):
    row = records(KAZ, MNG).loc["KAZ", "turnover", "own", 2019]
    assert (row["china"], row["russia"], row["leader"], row["refusal"]) == (30e9, 20e9, "CHN", "")


def test_another_country_is_told_by_the_records_that_its_reporters_counted(records):
    row = records(KAZ, MNG).loc["MNG", "turnover", "own", 2019]
    # 300 + 100 with China, 50 + 150 with Russia; D = (400 - 200) / 600.
    assert (row["china_low"], row["russia_high"], row["leader"]) == (400, 200, "CHN")
    assert row["low"] == pytest.approx(1 / 3)
    assert row["edition"] == WORLD_TRADE


def test_what_one_power_alone_has_is_its_half(records):
    row = records(KAZ, MNG).loc["KAZ", "turnover", "partner", 2020]
    assert (row["china"], row["leader"], row["refusal"]) == (5e9, "", "other_half")


def test_a_half_of_the_worlds_table_lacks_what_is_not_listed(records):
    found = records(KAZ, MNG)
    # China alone says that it sold, Russia alone that it bought.
    assert found.loc[("MNG", "imports", "partner", 2019), "refusal"] == "not_listed"
    assert found.loc[("MNG", "exports", "partner", 2019), "refusal"] == "not_listed"


def test_one_direction_is_no_turnover(records):
    row = records(KAZ, MNG).loc["MNG", "turnover", "partner", 2019]
    assert (row["leader"], row["refusal"]) == ("", "one_direction")


def test_a_year_without_any_figure_has_nothing(records):
    row = records(KAZ, MNG).loc["KAZ", "exports", "own", 2020]
    assert (row["refusal"], row["why"], row["edition"]) == ("nothing", "", "")


def test_what_a_country_did_not_count_is_refused_for_its_reason(records):
    trade_world = MNG.assign(
        evidence=["derived", "reported", "reported", "reported", "reported", "reported"]
    )
    found = records(KAZ, trade_world)
    sold = found.loc["MNG", "exports", "own", 2019]
    assert (sold["refusal"], sold["why"]) == ("not_its_own", "worked out from the partner's record")
    assert pd.isna(sold["china"])
    # One bad direction spoils the sum, and leaves the other.
    assert found.loc[("MNG", "turnover", "own", 2019), "refusal"] == "not_its_own"
    assert found.loc[("MNG", "imports", "own", 2019), "leader"] == "RUS"


def test_what_one_of_the_five_did_not_count_is_refused_by_any_edition(records):
    trade = world(("KAZ", "CHN", "export", 2020, 7, "imputed"))
    found = records(KAZ, MNG, trade)
    assert found.loc[("KAZ", "exports", "own", 2020), "why"] == "filled in by a fixed ratio"
    assert found.loc[("KAZ", "turnover", "own", 2020), "refusal"] == "not_its_own"


def test_what_was_bought_and_not_counted_is_refused_as_what_was_sold_is(records):
    of_the_five = world(("KAZ", "CHN", "import", 2020, 7, "imputed"))
    of_others = MNG.assign(evidence=["reported", "derived", *["reported"] * 4])
    found = records(KAZ, of_others, of_the_five)
    assert found.loc[("KAZ", "imports", "own", 2020), "refusal"] == "not_its_own"
    assert found.loc[("MNG", "imports", "own", 2019), "refusal"] == "not_its_own"
    assert pd.isna(found.loc[("MNG", "imports", "own", 2019), "china"])
    assert found.loc[("MNG", "exports", "own", 2019), "leader"] == "CHN"


def test_the_years_of_the_others_are_not_those_that_the_worlds_table_has_of_the_five(records):
    older = world(("KAZ", "CHN", "export", 2015, 5), ("KAZ", "RUS", "export", 2015, 6))
    found = records(KAZ, pd.concat([MNG, older], ignore_index=True)).reset_index()
    assert set(found.loc[found["country"] == "MNG", "year"]) == {2019}


def test_parts_of_years_and_editions_out_of_use_are_left_out(records):
    more = [tie("own", 2020, 1e9, 2e9, "RUS", whole_year="no")]
    more += [tie("own", 2020, 1e9, 2e9, "RUS", in_use="no")]
    assert records(KAZ + more, MNG).loc[("KAZ", "turnover", "own", 2020), "refusal"] == "nothing"


def test_every_country_flow_record_and_year_of_its_group_has_a_row(records):
    found = records(KAZ, MNG).reset_index()
    years = found.groupby("country")["year"].agg(["min", "max", "size"])
    # Two years of three flows and two records for each of the five, one year for the other.
    assert years.loc["TKM"].tolist() == [2019, 2020, 12]
    assert years.loc["MNG"].tolist() == [2019, 2019, 6]
    assert set(found.columns) == set(COLUMNS)


def test_the_two_records_of_a_year_are_judged_together():
    rows = [("KGZ", "turnover", 2016, "own", "CHN"), ("KGZ", "turnover", 2016, "partner", "level")]
    rows += [("KGZ", "turnover", 2015, "own", "RUS"), ("KGZ", "turnover", 2015, "partner", "CHN")]
    frame = pd.DataFrame(rows, columns=["country", "flow", "year", "record", "leader"])
    said = judged(frame).set_index("year")
    assert said.loc[2016, ["verdict", "leader"]].tolist() == ["ahead_or_level", "CHN"]
    assert said.loc[2015, ["verdict", "leader"]].tolist() == ["depends_on_the_record", ""]


@pytest.mark.parametrize("country", ["MNG", "BLR", "CIV", "AFG", "KGZ"])
def test_it_tells_what_loading_the_country_tells(real, country):
    ties = load(country).where(tie="trade", record=["own", "partner"]).sort_values("pair_id")
    ours = real[(real["country"] == country) & (real["flow"] == "turnover")]
    ours = ours[ours["edition"] != ""]
    columns = ["record", "year", "china_low", "russia_high", "leader", "edition"]
    theirs = ties.sort_values(["year", "record"])[columns].reset_index(drop=True)
    pd.testing.assert_frame_equal(ours[columns].reset_index(drop=True), theirs, check_dtype=False)


def test_every_verdict_of_the_five_is_the_tables(real):
    said = judged(real).set_index(["country", "flow", "year"])
    table = store.load_table("verdicts", PROCESSED)
    flows = {"trade": "turnover", "exports": "exports", "imports": "imports"}
    table = table[table["tie"].isin(flows) & (table["role"] != "newest")]
    assert len(table) > 10
    for row in table.to_dict("records"):
        ours = said.loc[(row["country"], flows[row["tie"]], row["year"])]
        assert (ours["verdict"], ours["leader"]) == (row["verdict"], row["leader"])
