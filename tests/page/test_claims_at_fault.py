"""Claims that rest on rows which no table has, held against tables of a few rows."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.data.clean import process
from analysis.data.faults import Fault
from analysis.data.load import load_raw
from analysis.page.claims_at_fault import claims_at_fault

SOUND = Path(__file__).parents[1] / "data" / "damaged" / "sound"
# Two editions of one year, of which the first in the alphabet is the older.
TRADE = pd.DataFrame(
    [
        ("KAZ", power, flow, 2016, value, edition, "reported", edition, "table")
        for edition, value in (("office-a", 1e9), ("office-b", 2e9))
        for power in ("CHN", "RUS")
        for flow in ("export", "import")
    ],
    columns=[
        *("reporter", "partner", "flow", "year", "value", "dataset"),
        *("evidence", "source_id", "grade"),
    ],
)
DATES = {"office-a": {"date": "2022-01"}, "office-b": {"date": "2024-07"}}


@pytest.fixture(scope="module")
def sound():
    tables = load_raw(SOUND)
    made = process(tables) | {"trade": TRADE}
    return tables | {"sources": tables["sources"] | DATES}, made


@pytest.fixture
def told(sound):
    """What is wrong with a claim that has another reason, beside what was told already."""

    def faults(reason, *before):
        tables, made = sound
        claims = tables["claims"].assign(reason=reason)
        found = claims_at_fault(tables | {"claims": claims}, made, SOUND, before)
        return [(fault.row, fault.column, fault.found) for fault in found]

    return faults


def test_a_pair_that_there_is_may_be_named(told):
    assert told("The office has {p:KAZ-trade_turnover-own-2016:china}") == []


def test_the_pair_of_an_older_edition_is_named_by_its_edition_and_that_of_the_newest_is_not(told):
    assert told("The office had {p:KAZ-trade_turnover-own-2016-office-a:china}") == []
    newest = "{p:KAZ-trade_turnover-own-2016-office-b:china}"
    assert told(f"The office has {newest}") == [(2, "reason", newest)]


@pytest.mark.parametrize("power", ["china", "russia"])
def test_beside_a_pair_that_there_is_not_stands_the_likely_one(sound, power):
    tables, made = sound
    reason = f"The office has {{p:KAZ-trade_turnover-own-2106:{power}}}"
    claims = tables["claims"].assign(reason=reason)
    (fault,) = claims_at_fault(tables | {"claims": claims}, made, SOUND, ())
    assert "KAZ-trade_turnover-own-2016 (did you mean this?)" in fault.valid


def test_what_was_told_of_a_claim_stays_and_what_else_it_names_is_looked_up(told):
    place, known = "{p:KAZ-trade_turnover-own-1990:china}", "{f:kaz-nothing}"
    before = Fault("claims.csv", 2, "reason", known, "a figure")
    assert told(f"The table has {place} and {known}", before) == [
        (2, "reason", known),
        (2, "reason", place),
    ]


def test_a_claim_without_a_rule_is_not_judged_and_hides_no_fault_of_another(sound):
    tables, made = sound
    missing = [f"{{p:KAZ-trade_turnover-own-{year}:china}}" for year in (1990, 1991)]
    (claim,) = tables["claims"].to_dict("records")
    rows = [
        claim | {"reason": missing[0]},
        claim | {"rule": "shares"},
        claim | {"rule": "shares", "reason": missing[1]},
    ]
    claims = pd.DataFrame(rows, index=[2, 3, 4])
    before = [Fault("claims.csv", line, "rule", "shares", "share") for line in (3, 4)]
    found = claims_at_fault(tables | {"claims": claims}, made, SOUND, before)
    assert [(fault.row, fault.column, fault.found) for fault in found] == [
        (3, "rule", "shares"),
        (4, "rule", "shares"),
        (2, "reason", missing[0]),
        (4, "reason", missing[1]),
    ]
