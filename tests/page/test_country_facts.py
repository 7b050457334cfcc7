"""What the sentences of a country's page are told, worked out by hand from a row or two."""

from math import nan

import pytest

from analysis.page.country_facts import called, percents, period


@pytest.mark.parametrize(
    ("start", "end", "whole", "told"),
    [
        ("2024-01-01", "2024-12-31", "yes", "in 2024"),
        ("2025-01-01", "2025-06-30", "no", "in the first half of 2025"),
        ("2025-01-01", "2025-03-31", "no", "from January to March 2025"),
        ("2025-04-01", "2025-06-30", "no", "from April to June 2025"),
        ("2024-12-31", "2024-12-31", "no", "at the end of 2024"),
        ("", "2024-12-31", "yes", "at the end of 2024"),
        ("2025-06-30", "2025-06-30", "no", "in June 2025"),
        ("", "2025-06-30", "no", "in June 2025"),
    ],
)
def test_a_period_is_told_as_a_sentence_has_it(start, end, whole, told):
    row = {"start": start, "end": end, "year": int(end[:4]), "whole_year": whole}
    assert period(row) == told


@pytest.mark.parametrize(
    ("tie", "concept", "told"),
    [
        ("trade", "trade_turnover", "trade"),
        ("debt", "debt_owed", "public debt"),
        ("money_home", "remittances", "money sent home"),
        ("gas", "gas_exports", "gas purchases"),
        ("investment_received", "foreign_investment", "foreign investment"),
        ("investment_held", "fdi_stock_edb", "direct investment held"),
    ],
)
def test_a_tie_is_called_by_its_kind_and_investment_by_its_concept(tie, concept, told):
    assert called({"tie": tie, "concept": concept}) == told


def test_an_open_end_of_a_share_of_output_is_left_out():
    assert percents(0.12, nan) == "12%"
