"""The article's claims in words: reasons with their numbers, and the rows of the table."""

import csv
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.config import PROCESSED, RAW
from analysis.data import store
from analysis.data.faults import Fault, RawDataError
from analysis.measures.claims import Judge, MissingRowError, load_judge
from analysis.page import claims
from analysis.page.claim_words import RULE_WORDS, found_words, told
from analysis.page.claims import Filler, write_claims
from analysis.page.country import load
from analysis.page.evidence import evidence

NONE = float("nan")


@pytest.fixture(scope="module")
def judge():
    return load_judge(PROCESSED)


@pytest.fixture(scope="module")
def rows():
    return store.load_table("claims", PROCESSED).set_index("claim_id")


def figure(printed, value, hedge="", low=NONE, high=NONE, unit="USD", wording="ours"):
    row = {"printed": printed, "value": value, "qualifier": hedge, "low": low, "high": high}
    return row | {"unit": unit, "wording": wording}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (figure("$13,900 million", 13.9e9), "$13.9bn"),
        (figure("about $23 billion", 23e9, "about"), "about $23bn"),
        (figure("over $42.8 billion", NONE, "more than", 42.8e9, 47e9), "more than $42.8bn"),
        (figure("up to $9.7 billion", NONE, "up to", 0.0, 9.7e9), "up to $9.7bn"),
        (figure("$20 billion", 20e9, wording="source"), "$20 billion"),
        (figure("600,000 to 640,000", NONE, "range", unit="persons"), "600,000 to 640,000"),
        (figure("35 bcm", 35e9, unit="m3"), "35 billion cubic metres"),
    ],
)
def test_a_page_s_sum_is_told_in_our_form_and_the_article_s_as_printed(row, words):
    assert told(row) == words


def test_a_corrected_figure_is_told_in_the_corrected_words():
    row = figure("$13,900 million", 13.8e9) | {"corrected": "$13,800 million"}
    assert told(row) == "$13,800 million"


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.415, "41.5%"), ((0.415, 0.425), "41.5%; 42.5%"), ((0.415, NONE), "41.5%")],
)
def test_of_a_share_with_two_ends_each_that_is_known_is_told(share, words):
    assert found_words(SimpleNamespace(facts={"share": share}), None) == words


def test_a_reason_takes_its_numbers_from_the_tables_and_names_their_rows(judge):
    filler = Filler(judge, "It holds")
    words = (
        "{rule}: {f:tjk-fdi-chn-2015}, {p:TJK-fdi_stock-own-2016-10-01}, "
        "{w:TJK-debt-2016-stated-worldbank-ids-2025-12-china}, {i:TJK-debt_owed-China-2016}"
    )
    assert filler.fill(words) == (
        "It holds: $273 million, $1.02bn for China and $986m for Russia, 53%, $1.15bn"
    )
    assert list(filler.ids) == [
        "tjk-fdi-chn-2015",
        "TJK-fdi_stock-own-2016-10-01",
        "weights-TJK-debt-2016-stated-worldbank-ids-2025-12",
        "indicators-TJK-China-debt_owed-2016-ids-2025-12",
    ]


def test_one_power_s_half_can_be_told_alone(judge):
    assert Filler(judge).fill("{p:TJK-fdi_stock-own-2016-10-01:russia}") == "$986m"


def test_a_total_is_that_of_the_five_over_the_years():
    indicators = pd.DataFrame(
        [
            ("KGZ", "grants", "RUS", 2015, 1e9),
            ("TJK", "grants", "RUS", 2016, 2e9),
            ("TJK", "grants", "RUS", 2017, 4e9),
            ("OCIS", "grants", "RUS", 2016, 8e9),
        ],
        columns=["country", "indicator", "counterpart", "year", "value"],
    )
    judge = Judge({}, pd.DataFrame(), pd.DataFrame(), indicators, {})
    assert Filler(judge).fill("{t:grants-RUS-2015-2016}") == "$3bn"


@pytest.mark.parametrize(
    "place",
    [
        "f:nothing",
        "p:KGZ-trade_turnover-own-1900",
        "i:KGZ-nothing-RUS-2015",
        "i:KGZ-gdp--2016",  # two editions have it
        "w:UZB-turnover-2016-own-imf-dots-2022-colour",
        "w:UZB-turnover-1900-own-imf-dots-2022-china",
        "t:nothing-RUS-2011-2016",
        "t:grants-RUS-2016",  # one year is no span
        "rule",
    ],
)
def test_a_place_that_fits_no_row_or_two_is_refused(judge, place):
    with pytest.raises(MissingRowError) as refused:
        Filler(judge).fill(f"{{{place}}}")
    assert refused.value.key == place.split(":")[-1]


@pytest.mark.parametrize(
    ("claim_id", "printed", "found"),
    [
        (
            "tkm-trade-lead",
            "China $5.9 billion; Russia $902 million",
            "China $5.90bn, Russia $902m",
        ),
        ("kgz-debt-share", "41%", "43.9%"),
        (
            "uzb-agreements-chn",
            "$20 billion; 100 agreements",
            "about $20bn; about $23bn; 105 documents; more than $10bn",
        ),
        ("tkm-loans", "$8 billion; billions in loans", "$2.24bn in 2011"),
        ("region-joint-projects", "no joint projects", ""),
    ],
)
def test_the_article_s_number_stands_beside_the_record_s(rows, claim_id, printed, found):
    assert tuple(rows.loc[claim_id, ["printed", "found"]]) == (printed, found)


def test_a_lead_is_told_record_by_record(rows):
    assert rows.loc["uzb-trade-lead", "because"] == (
        "China’s and Russia’s records have China ahead, 35% more: $3.67bn for China and $2.72bn "
        "for Russia; Uzbekistan’s own records of goods have the two level: $3.64bn for China and "
        "$3.51bn "
        "for Russia. None has Russia ahead."
    )


def test_every_row_that_a_claim_rests_on_has_its_evidence(rows):
    this = load()
    ids = set(" ".join(rows["evidence_ids"]).split())
    assert ids - set(evidence(this.tables, this.register, ids)["row_id"]) == set()


def test_a_reason_is_sentences_and_no_two_claims_share_one(rows):
    assert rows["because"].str.match(r"[A-Z0-9$€].*[.]$").all()
    for name in ("claim", "because", "would_change"):
        assert not rows[name].duplicated().any()


def test_only_a_row_that_is_not_there_is_a_fault_of_the_claims(monkeypatch):
    def broken(*_):
        raise KeyError("a slip in the code")

    monkeypatch.setattr(claims, "judge_claim", broken)
    with pytest.raises(KeyError, match="a slip in the code"):
        write_claims(PROCESSED, RAW)


def test_a_claim_on_a_row_that_is_not_there_is_a_fault_of_its_line(tmp_path):
    raw = tmp_path / "raw"
    (raw / "vintages").mkdir(parents=True)
    for name in ("sources.yml", "vintages/current.yml"):
        (raw / name).write_bytes((RAW / name).read_bytes())
    header, first, *_ = (RAW / "claims.csv").read_text(encoding="utf-8").splitlines()
    table = list(csv.reader([header, first]))
    table[1][table[0].index("reason")] = "It was {p:KAZ-exports-own-1900}"
    with (raw / "claims.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(table)
    with pytest.raises(RawDataError) as found:
        write_claims(PROCESSED, raw)
    valid = "KAZ-exports-own-2020 (did you mean this?), or another pair_id of ties.csv"
    place = "{p:KAZ-exports-own-1900}"
    assert found.value.faults == [Fault("claims.csv", 2, "reason", place, valid)]


@pytest.mark.parametrize(
    ("rule", "evidence", "column"),
    [
        ("counterpart KAZ-trade-own-1900", "", "rule"),
        ("lead", "KAZ-trade-own-1900", "evidence_ids"),
    ],
)
def test_a_pair_that_no_table_has_is_a_fault_of_its_column(rule, evidence, column):
    claim = {"subject_ids": "", "rule": rule, "evidence_ids": evidence, "claim": "", "reason": ""}
    judge = Judge({}, pd.DataFrame({"pair_id": ["TJK-debt"]}), pd.DataFrame(), pd.DataFrame(), {})
    (fault,) = claims.missing_of(7, claim, judge)
    assert (fault.row, fault.column, fault.found) == (7, column, "KAZ-trade-own-1900")
    assert fault.valid == "a pair_id of ties.csv"


def test_of_a_claim_each_id_that_no_table_has_is_a_fault_of_its_own():
    claim = {"subject_ids": "claimed", "rule": "counterpart pair", "evidence_ids": "page"}
    faults = claims.missing_of(7, claim | {"claim": "{f:other}", "reason": ""}, judge_of())
    assert [(fault.column, fault.found) for fault in faults] == [
        ("subject_ids", "claimed"),
        ("evidence_ids", "page"),
        ("rule", "pair"),
        ("claim", "{f:other}"),
    ]


@pytest.mark.parametrize(
    ("places", "words"),
    [
        (range(1, 2), "first"),
        (range(9, 10), "ninth"),
        (range(10, 11), "number 10"),
        (range(2, 4), "second or third, level with another,"),
        (range(8, 11), "eighth to number 10, level with others,"),
    ],
)
def test_a_place_is_told_in_words_and_beyond_the_ninth_by_its_number(places, words):
    facts = {"year": 2016, "places": {"own": places}, "others": []}
    judged = SimpleNamespace(facts=facts, subjects=[{"country": "KGZ"}])
    told = RULE_WORDS["rank"](judged, None)
    assert told == f"In 2016 China stood {words} on Kyrgyzstan’s own records"


CLAIM = {
    "claim_id": "kgz-loans",
    "country": "KGZ",
    "claim": "China lent {f:page} in 2016",
    "locator": "Table 1",
    "rule": "values page",
    "subject_ids": "claimed",
    "evidence_ids": "",
    "reason": "it is so on a page. {rule}",
    "would_change": "Another page",
}


def on_a_page(figure_id, printed, value, **more):
    row = figure(printed, value, low=value, high=value) | {"figure_id": figure_id, "power": "CHN"}
    row |= {"country": "KGZ", "dimension": "credit", "indicator": "loans", "source_id": "page"}
    row |= {"logical_low": value, "logical_high": value, "as_of": "", "role": ""}
    row |= {"period_start": "2016-01-01", "period_end": "2016-12-31", "period_printed": "2016"}
    return row | more


def judge_of(*figures, ties=()):
    named = {row["figure_id"]: row for row in figures}
    columns = ["pair_id", "china_ids", "russia_ids", "low", "high"]
    sources = {"page": {"publisher": "An outlet"}, "other": {"publisher": "Another"}}
    none = pd.DataFrame()
    return Judge(named, pd.DataFrame(ties, columns=columns), none, none, sources)


def test_a_claim_becomes_a_row_with_its_verdict_and_its_reason_in_words():
    claimed = on_a_page("claimed", "$2 billion", 2e9, wording="source")
    tables = judge_of(claimed, on_a_page("page", "$2,000 million", 2e9))
    (row,), faults = claims.judged_claims(pd.DataFrame([CLAIM], index=[2]), tables)
    assert faults == []
    assert row == {
        "claim_id": "kgz-loans",
        "country": "KGZ",
        "dimension": "credit",
        "claim": "China lent $2bn in 2016",
        "locator": "Table 1",
        "printed": "$2 billion",
        "found": "$2bn",
        "verdict": "holds",
        "verdict_words": "holds",
        "judged_by": "rule",
        "because": "It is so on a page. An outlet has $2bn.",
        "would_change": "Another page",
        "subject_ids": "claimed",
        "evidence_ids": "page",
    }


@pytest.mark.parametrize(
    ("changes", "column", "found"),
    [
        ({"rule": "counterpart both"}, "rule", "both"),
        ({"rule": "judged holds", "reason": "{rule}"}, "evidence_ids", "rule"),
    ],
)
def test_what_a_rule_cannot_judge_by_is_a_fault_of_its_line_and_the_sound_claims_are_judged(
    changes, column, found
):
    tables = judge_of(
        on_a_page("claimed", "$2 billion", 2e9),
        on_a_page("page", "$2 billion", 2e9),
        on_a_page("elsewhere", "$1 billion", 1e9, source_id="other", power="RUS"),
        ties=[("both", "page", "elsewhere", 0.3, 0.4)],
    )
    table = pd.DataFrame([CLAIM, CLAIM | changes], index=[2, 3])
    rows, faults = claims.judged_claims(table, tables)
    assert [row["claim_id"] for row in rows] == ["kgz-loans"]
    valid = "the id of rows that the rule can judge by, of one source"
    assert faults == [Fault("claims.csv", 3, column, found, valid)]


def test_every_claim_that_names_rows_that_are_not_there_is_told():
    tables = judge_of(on_a_page("page", "$2 billion", 2e9))
    gone = [CLAIM | {"subject_ids": name} for name in ("gone", "lost")]
    rows, faults = claims.judged_claims(pd.DataFrame(gone, index=[2, 3]), tables)
    assert rows == []
    assert [(fault.row, fault.found) for fault in faults] == [(2, "gone"), (3, "lost")]
