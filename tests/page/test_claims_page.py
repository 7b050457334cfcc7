"""The claims page: what its sections say, as it was read, and what its tables show."""

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import load, tell
from analysis.config import ARTICLE_YEAR, COUNTRIES
from analysis.measures.arms import YEARS, arms_parts
from analysis.measures.coverage import PLACES, coverage
from analysis.measures.rebuilt import rebuilt_totals
from analysis.page.claim_rows import (
    NAMES,
    TIES,
    alone,
    card_rows,
    coverage_rows,
    in_order,
    square_rows,
)

SNAPSHOT = Path(__file__).with_name("snapshots") / "claims.txt"


@pytest.fixture(scope="module")
def this():
    return load()


@pytest.fixture(scope="module")
def claims(this):
    return this.where("claims")


def sections(this, country=""):
    """The page's prose, section by section, with the claims themselves."""
    claims = this.where("claims", **({"country": country} if country else {}))
    by = claims["judged_by"].value_counts().reindex(["rule", "person"], fill_value=0)
    totals = rebuilt_totals(this.where("figures"), this.where("comparisons"))
    counts = coverage(this.where("figures"))
    arms = this.where("indicators", indicator="arms_received")
    newest = int(arms["year"].max())
    then, now = arms_parts(arms, ARTICLE_YEAR), arms_parts(arms, newest)
    investment = counts.set_index("dimension").loc["investment"]
    one_sided = {"china": alone(counts, "CHN"), "russia": alone(counts, "RUS")}
    years = {"first": ARTICLE_YEAR - YEARS + 1, "last": ARTICLE_YEAR, "newest": newest}
    place = NAMES.get(country, "")
    names = dict(COUNTRIES)
    return [
        tell("claims-opening", this, totals=totals),
        tell("claims-gathered", this, claims=claims, by=by.to_dict(), country=place),
        tell("claims-rebuilt", this, totals=totals, names=COUNTRIES),
        tell("claims-coverage", this, investment=investment, **one_sided),
        tell("claims-title-arms", this, then=then, names=names),
        tell("claims-arms", this, then=then, now=now, names=names, **years),
        tell(
            "claims-checks",
            this,
            ties=len(this.where("checks")),
            fates=this.where("checks")["outcome"].value_counts(),
        ),
    ]


def text(this):
    """All that the page says: its sections, its claims, its checks."""
    lines = [f"[{told.section}]\n{told.text.strip()}" for told in sections(this)]
    lines += [
        f"[{row['claim_id']}: {row['verdict_words']}, {row['judged_by']}]\n{row['claim']}.\n"
        f"{row['because']}\nWhat would change this: {row['would_change']}."
        for row in this.where("claims").to_dict("records")
    ]
    checks = this.where("checks")
    lines += [f"{sentence}." for sentence in checks["sentence"] if sentence]
    return "\n\n".join(lines) + "\n"


def test_the_page_says_what_was_read(this):
    """Write the snapshot anew with ``python tests/page/test_claims_page.py``, and read it."""
    assert text(this) == SNAPSHOT.read_text(encoding="utf-8")


@pytest.mark.parametrize("country", [*COUNTRIES, "REGION", "WLD"])
def test_the_sections_are_told_for_each_place(this, country):
    told = " ".join(one.text for one in sections(this, country))
    assert "nan" not in told
    assert f"claims on {NAMES[country]}" in told


def test_the_heading_counts_the_totals_that_come_out():
    totals = pd.DataFrame({"fits": [True, False, True], "figure_id": ["a", "b", "c"]})
    this = load("KGZ")
    assert tell("claims-opening", this, totals=totals).text.startswith(
        "Two of the article’s three trade totals come out to the digit"
    )


def test_the_arms_title_has_at_most_twelve_words_whatever_the_parts():
    for many in range(6):
        parts = [0.9] * many + [0.1] * (5 - many)
        then = pd.DataFrame({"country": list(COUNTRIES), "china": 0.0, "russia": parts})
        then = then.assign(first=2012, last=2016)
        title = tell("claims-title-arms", None, then=then, names=dict(COUNTRIES)).text
        assert 0 < len(title.split()) <= 12


def test_a_claim_has_a_card_with_its_way_to_the_article_and_to_its_rows(this, claims):
    rows = card_rows(this, claims).set_index("claim_id")
    card = rows.loc["tjk-fdi-stock"]
    assert card["article"].startswith("https://carnegieendowment.org/")
    assert (card["fate"], card["of"], card["tie"]) == ("One-sided", "Tajikistan", "Investment")
    assert card["by"] == "Judged by rule"
    ((row_id, anchor, words),) = card["rests_on"]
    assert row_id == "TJK-fdi_stock-own-2016-10-01"
    assert anchor == f"at-tjk-fdi-stock-{row_id}"
    assert words.startswith("Direct investment held")


def test_a_card_has_the_cells_of_its_claim_in_words():
    figure = {
        "figure_id": "page-2016", "country": "KGZ", "power": "CHN", "indicator": "trade_turnover",
        "printed": "$5.8 billion", "wording": "source", "correction": "", "corrected": "",
        "locator": "page", "note": "", "period_printed": "2016", "as_of": "", "source_id": "page",
    }  # fmt: skip
    register = {
        "page": {"title": "A page", "publisher": "An outlet", "date": "2017"},
        "dubnov-2018": {"title": "A", "publisher": "B", "url": "https://example.org/a"},
    }
    claim = {
        "claim_id": "kgz-rank", "claim": "China was first in 2016", "printed": "1",
        "found": "place 2", "verdict": "not_supported", "verdict_words": "not supported",
        "judged_by": "person", "because": "It was second.", "locator": "Table 1",
        "would_change": "Another count", "evidence_ids": "page-2016 gone", "country": "KGZ",
        "dimension": "trade",
    }  # fmt: skip
    this = SimpleNamespace(tables={"figures": pd.DataFrame([figure])}, register=register)
    (row,) = card_rows(this, pd.DataFrame([claim])).to_dict("records")
    ((row_id, anchor, words),) = row.pop("rests_on")
    assert (row_id, anchor) == ("page-2016", "at-kgz-rank-page-2016")
    assert words == "Trade in goods, exports and imports together, China · Kyrgyzstan · 2016"
    assert row == {
        "claim_id": "kgz-rank",
        "claim": "China was first in 2016.",
        "printed": "place 1",
        "found": "place 2",
        "verdict": "Not supported",
        "code": "not",
        "by": "Judged by a person",
        "reason": "It was second.",
        "place": "Table 1",
        "article": "https://example.org/a",
        "change": "Another count",
        "of": "Kyrgyzstan",
        "tie": "Trade",
        "fate": "Not supported",
        "judge": "By a person",
    }


def test_two_rows_of_one_title_are_told_apart_by_their_records(this, claims):
    rows = card_rows(this, claims).set_index("claim_id")
    words = [link[2] for link in rows.loc["kgz-trade-lead", "rests_on"]]
    assert len(set(words)) == len(words) == 2


def test_a_row_of_a_copied_table_is_told_apart_by_its_edition_and_not_by_the_copys(this, claims):
    rows = card_rows(this, claims)
    words = [link[2] for links in rows["rests_on"] for link in links]
    assert any(one.endswith(", vintage 2017") for one in words)
    # Two figures of one title are told apart by who published them.
    assert any(one.endswith(", Trend News Agency") for one in words)
    assert [one for one in words if one.endswith("None")] == []
    assert [one for one in words if "GitHub" in one or ", commit " in one] == []


def test_squares_stand_in_the_order_of_the_verdicts(claims):
    rows = square_rows(claims)
    assert list(dict.fromkeys(rows["row"]))[:2] == ["Holds", "As its source says"]
    assert len(rows) == len(claims)
    assert list(in_order(claims)["claim_id"]) == list(rows["row_id"])


def test_a_square_is_full_where_a_rule_has_judged():
    claims = pd.DataFrame(
        {
            "claim_id": ["by-rule", "by-person"],
            "claim": ["China is ahead", "China may be ahead"],
            "verdict": ["holds", "holds"],
            "judged_by": ["rule", "person"],
        }
    )
    assert square_rows(claims)["full"].tolist() == [True, False]


def test_a_tie_shows_both_powers_counts_place_by_place():
    counts = {f"{place}_{power}": 0 for place in PLACES for power in ("CHN", "RUS")}
    counts |= {"dimension": "trade", "KAZ_CHN": 2, "KAZ_RUS": 1, "CHN": 2, "RUS": 1}
    (row,) = coverage_rows(pd.DataFrame([counts])).to_dict("records")
    assert (row["tie"], row["KAZ"], row["KGZ"]) == ("Trade", "2 · 1", "")


def test_ties_stand_in_the_order_in_which_they_are_told_and_not_by_their_letters():
    none = {f"{place}_{power}": 0 for place in PLACES for power in ("CHN", "RUS")}
    counts = [none | {"dimension": tie} for tie in ("aid", "debt", "trade")]
    assert coverage_rows(pd.DataFrame(counts))["tie"].tolist() == ["Trade", "Debt", "Aid"]


def test_a_tie_with_one_power_alone_is_named():
    counts = pd.DataFrame({"dimension": ["credit", "trade"], "CHN": [3, 2], "RUS": [0, 1]})
    assert alone(counts, "CHN") == ["loans"]
    assert alone(counts, "RUS") == []


def test_each_tie_has_a_name(claims):
    assert set(claims["dimension"]) <= set(TIES)


if __name__ == "__main__":
    SNAPSHOT.parent.mkdir(exist_ok=True)
    SNAPSHOT.write_text(text(load()), encoding="utf-8")
