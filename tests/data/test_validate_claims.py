"""The list of claims: which of its cells is at fault, and what could stand there."""

import pandas as pd
import pytest

from analysis.data.raw_tables import FIGURES
from analysis.data.validate_claims import faults_of_claims

CLAIM = {
    "claim_id": "trade",
    "country": "KAZ",
    "claim": "China leads in trade",
    "rule": "values page",
    "subject_ids": "one two",
    "evidence_ids": "",
    "reason": "The table has {f:one}",
    "would_change": "Another count",
}


FIGURE = {"printed": "$1 billion", "unit": "USD", "country": "KAZ", "power": "CHN"}
FIGURE |= {"indicator": "trade_turnover", "source_id": "article"}


def figures(*names, **changes):
    rows = [{"figure_id": name} | FIGURE | changes for name in names]
    return pd.DataFrame(rows, columns=["figure_id", *FIGURE], index=range(2, len(rows) + 2))


def beside(article):
    """The article's figures, and one of another page."""
    return {name: figures() for name in FIGURES} | {
        "article": article,
        "elsewhere": figures("page", source_id="page"),
    }


def faults(*names, **changes):
    """The faults of one claim after some changes, beside figures of the article."""
    return faults_on(figures(*(names or ("one", "two"))), **changes)


def faults_on(article, **changes):
    """The faults of one claim on these figures of the article."""
    claims = pd.DataFrame([CLAIM | changes], index=[2])
    return faults_of_claims(beside(article) | {"claims": claims})


def test_a_sound_claim_has_no_fault():
    assert faults() == []


@pytest.mark.parametrize(
    ("changes", "column", "found", "valid"),
    [
        (
            {"rule": "part page"},
            "rule",
            "part page",
            "part and figure_ids of a part and of its whole",
        ),
        (
            {"would_change": "A look at {f:one}"},
            "would_change",
            "{f:one}",
            "words alone",
        ),
        (
            {"claim": "China sold 3 goods"},
            "claim",
            "China sold 3 goods",
            "words, years, and places such as {f:id} for the numbers",
        ),
        (
            {"evidence_ids": "page three-figures"},
            "evidence_ids",
            "three-figures",
            "a figure_id of figures.csv",
        ),
    ],
)
def test_a_cell_that_cannot_be_is_told_with_what_could(changes, column, found, valid):
    (fault,) = faults(**changes)
    assert (fault.file, fault.row) == ("claims.csv", 2)
    assert (fault.column, fault.found, fault.valid) == (column, found, valid)


def test_a_rule_that_there_is_not_is_told_with_the_likely_one():
    (fault,) = faults(rule="shares")
    assert (fault.file, fault.row, fault.column) == ("claims.csv", 2, "rule")
    assert fault.found == "shares"
    assert fault.valid.startswith("one of share (did you mean this?), ")
    assert fault.valid.endswith(", with its terms")


def test_a_place_that_there_is_not_is_told():
    (fault,) = faults(reason="The table has {g:one}")
    assert (fault.file, fault.row, fault.column) == ("claims.csv", 2, "reason")
    assert fault.found == "{g:one}"
    assert fault.valid.startswith("one of {f:figure_id}, {p:pair_id}, ")


def test_a_figure_in_no_claim_is_told_by_its_own_row_and_a_name_that_is_none_is_not():
    (fault,) = faults("one", "two", "another-figure", "No Name")
    assert (fault.file, fault.row, fault.column) == ("article.csv", 4, "figure_id")
    assert fault.found == "another-figure"
    assert fault.valid.startswith("an id that subject_ids of a claim in claims.csv names")


def test_figures_in_the_name_of_a_place_and_in_years_are_no_numbers_of_a_claim():
    words = "In 2016 and 1999 the table has {f:one-2016}"
    assert faults("one", "two", "one-2016", subject_ids="one two one-2016", reason=words) == []
    (fault,) = faults(reason="In 2116 the table has {f:one}")
    assert (fault.column, fault.found) == ("reason", "In 2116 the table has {f:one}")


def test_a_claim_may_rest_on_the_second_part_of_a_figure():
    rows = figures("page", "other", source_id="page")
    rows["printed"] = ["$984 million, up from $45 million", "$1 billion"]
    tables = beside(figures("one", "two")) | {"elsewhere": rows}

    def faults_of(evidence):
        claim = pd.DataFrame([CLAIM | {"evidence_ids": evidence}], index=[2])
        return [fault.found for fault in faults_of_claims(tables | {"claims": claim})]

    assert faults_of("page page-earlier") == []
    assert faults_of("page page-whole other-earlier") == ["page-whole", "other-earlier"]


def test_two_spaces_between_figures_are_told():
    (fault,) = faults(subject_ids="one  two")
    assert (fault.column, fault.found) == ("subject_ids", "")
    assert fault.valid == "a figure_id of article.csv; none is named"


OWN = "a figure of another page: what the article prints cannot bear out the article"
OWN_PAIR = "a pair of another record: what the article prints cannot bear out the article"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"evidence_ids": "one"}, ("evidence_ids", "one", OWN)),
        ({"rule": "values page+two"}, ("rule", "two", OWN)),
        (
            {"rule": "lead CHN 1", "evidence_ids": "KAZ-trade_turnover-article-2016"},
            ("evidence_ids", "KAZ-trade_turnover-article-2016", OWN_PAIR),
        ),
        (
            {"rule": "counterpart KAZ-trade_turnover-article-2016"},
            ("rule", "KAZ-trade_turnover-article-2016", OWN_PAIR),
        ),
    ],
)
def test_a_claim_is_not_borne_out_by_what_the_article_prints(changes, fault):
    (found,) = faults(**changes)
    assert (found.column, found.found, found.valid) == fault


def test_the_second_part_of_a_figure_of_the_article_is_its_own():
    article = figures("one", "two", printed="$984 million, up from $45 million")
    (fault,) = faults_on(article, evidence_ids="one-earlier")
    assert (fault.column, fault.found, fault.valid) == ("evidence_ids", "one-earlier", OWN)


def test_a_figure_of_the_article_in_another_table_is_its_own():
    tables = beside(figures("one", "two")) | {"stated_trade": figures("three")}
    claim = pd.DataFrame([CLAIM | {"evidence_ids": "page three"}], index=[2])
    (fault,) = faults_of_claims(tables | {"claims": claim})
    assert (fault.column, fault.found, fault.valid) == ("evidence_ids", "three", OWN)


def test_a_figure_is_set_against_figures_of_its_unit():
    shares = figures("one", "two", unit="share", printed="30%")
    (fault,) = faults_on(shares)
    assert (fault.column, fault.found) == ("rule", "page")
    assert fault.valid == "a figure in share, as one is"
    assert faults_on(shares, rule="judged holds", evidence_ids="page") == []


@pytest.mark.parametrize(
    ("of_figures", "country", "valid"),
    [
        (("KGZ", "KGZ"), "KAZ", "KGZ, since subject_ids are of KGZ"),
        (("KGZ", "TJK"), "KAZ", "REGION, since subject_ids are of KGZ, TJK"),
        (("KGZ", "WLD"), "KGZ", "one country alone, since subject_ids are of KGZ, WLD"),
        (("WLD", "WLD"), "REGION", "WLD, since subject_ids are of WLD"),
    ],
)
def test_a_claim_is_on_the_country_of_its_figures(of_figures, country, valid):
    article = figures("one", "two").assign(country=of_figures)
    (fault,) = faults_on(article, country=country)
    assert (fault.column, fault.found, fault.valid) == ("country", country, valid)


@pytest.mark.parametrize("of_figures", [("KGZ", "TJK"), ("REGION", "REGION"), ("KGZ", "REGION")])
def test_a_claim_on_the_five_together_may_be_on_figures_of_some(of_figures):
    article = figures("one", "two").assign(country=of_figures)
    assert faults_on(article, country="REGION") == []


def test_a_country_that_there_is_not_is_not_told_again_by_the_claim():
    assert faults_on(figures("one", "two").assign(country=["KAZ", "../etc"])) == []


CANNOT = "another rule: {}, and the first of subject_ids is {}"


@pytest.mark.parametrize(
    ("rule", "valid"),
    [
        (
            "rank 1",
            CANNOT.format(
                "rank judges China’s place among trading partners (trade_rank)", "trade_turnover"
            ),
        ),
        (
            "share",
            CANNOT.format(
                "share judges China’s share of public debt (debt_share or external_debt_share)",
                "trade_turnover",
            ),
        ),
        (
            "ratio",
            CANNOT.format(
                "ratio judges money sent home over output (remittances_to_gdp)", "trade_turnover"
            ),
        ),
        (
            "receipts KAZ",
            CANNOT.format("receipts judges money sent home (remittances)", "trade_turnover"),
        ),
        (
            "drawn",
            CANNOT.format(
                "drawn judges loans received from a power (loans_received)", "trade_turnover"
            ),
        ),
        ("part page page", CANNOT.format("part judges a share", "trade_turnover")),
        (
            "counterpart KGZ-exports-own-2016",
            "counterpart and a pair_id that begins with KAZ-trade_turnover-, as the first of "
            "subject_ids asks",
        ),
    ],
)
def test_a_rule_that_cannot_judge_its_figures_is_told_with_what_it_judges(rule, valid):
    (fault,) = faults(rule=rule)
    assert (fault.row, fault.column, fault.found, fault.valid) == (2, "rule", rule, valid)


def test_a_rule_on_china_does_not_judge_russia():
    places = figures("one", "two", indicator="trade_rank", power="RUS", unit="rank")
    (fault,) = faults_on(places, rule="rank 1")
    assert fault.valid.endswith("(trade_rank), and the first of subject_ids is of RUS")


def test_a_lead_without_pairs_is_of_a_figure_of_each_power():
    (fault,) = faults(rule="lead CHN 1")
    assert (fault.column, fault.found) == ("subject_ids", "one two")
    assert fault.valid.startswith("a figure of each power, of one indicator, or pairs")
    both = figures("one", "two").assign(power=["CHN", "RUS"])
    assert faults_on(both, rule="lead CHN 1") == []
    assert faults(rule="lead CHN 1", evidence_ids="KAZ-trade_turnover-own-2016") == []


def test_a_lead_of_one_figure_lacks_the_other_powers():
    (fault,) = faults("one", rule="lead CHN 1", subject_ids="one")
    assert (fault.column, fault.found) == ("subject_ids", "one")


def test_a_lead_that_no_tie_is_of_wants_its_pairs():
    both = figures("one", "two", indicator="trade_rank").assign(power=["CHN", "RUS"])
    (fault,) = faults_on(both, rule="lead CHN 1")
    assert (fault.column, fault.found) == ("evidence_ids", "")
    assert fault.valid == "pairs of figures in evidence_ids, since no tie is of trade_rank"


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("rank 2", {"indicator": "trade_rank", "unit": "rank"}),
        ("share", {"indicator": "external_debt_share", "unit": "share"}),
        ("ratio", {"indicator": "remittances_to_gdp", "unit": "ratio", "power": ""}),
        ("receipts KAZ KGZ", {"indicator": "remittances", "power": "RUS"}),
        ("drawn", {"indicator": "loans_received"}),
        ("part page page", {"indicator": "fdi_share", "unit": "share"}),
        ("counterpart KAZ-trade_turnover-own-2016", {}),
        ("values page", {}),
    ],
)
def test_a_rule_judges_figures_of_its_kind(rule, changes):
    assert faults_on(figures("one", "two", **changes), rule=rule) == []
