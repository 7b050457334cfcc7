"""The same rules on another pair of powers: no name but theirs, and no side but by its place."""

import numpy as np
import pandas as pd
import pytest

from analysis.data.clean import clean_figures
from analysis.measures import compare, leads, yearly
from analysis.measures.editions import load_editions
from analysis.measures.trade import trade_pairs

USA_CHN = {"USA": "the United States", "CHN": "China"}
USA_IND = {"USA": "the United States", "IND": "India"}
SWAPPED = {"CHN": "China", "USA": "the United States"}

# Peru's trade in million dollars: who records it, with whom, sold and bought, by year. The United
# States lead in 2018 on Peru's record, 4.5 + 6.5 to 4 + 6; China leads from 2019 in all.
TRADE = {
    ("PER", "USA"): {2017: (5.0, 7.0), 2018: (4.5, 6.5), 2019: (4.0, 6.0), 2020: (3.0, 5.0)},
    ("PER", "CHN"): {2017: (3.0, 5.0), 2018: (4.0, 6.0), 2019: (6.0, 8.0), 2020: (9.0, 9.0)},
    ("USA", "PER"): {2017: (6.0, 5.5), 2018: (6.0, 5.0), 2019: (5.0, 5.0), 2020: (4.0, 3.5)},
    ("CHN", "PER"): {2017: (4.0, 4.0), 2018: (5.0, 5.0), 2019: (8.0, 7.0), 2020: (8.0, 10.0)},
}


def trade_table(second="CHN", country="PER"):
    """TRADE as rows of ``trade_world``, under another name for China or for Peru if need be."""
    names = {"CHN": second, "PER": country}
    return pd.DataFrame(
        [
            {
                "dataset": "dots2022",
                "reporter": names.get(reporter, reporter),
                "partner": names.get(partner, partner),
                "flow": flow,
                "year": year,
                "value": value * 1e6,
                "evidence": "reported",
                "source_id": "imf-dots-2022",
            }
            for (reporter, partner), years in TRADE.items()
            for year, sums in years.items()
            for flow, value in zip(("export", "import"), sums, strict=True)
        ]
    )


def test_swapping_the_pair_mirrors_every_difference_and_keeps_who_leads():
    trade = trade_table()
    one, other = leads.world(trade, USA_CHN), leads.world(trade, SWAPPED)
    assert np.allclose(one["difference_low"], -other["difference_high"])
    assert np.allclose(one["difference_high"], -other["difference_low"])
    assert one["leader"].tolist() == other["leader"].tolist()
    assert {"USA", "CHN"} <= set(one["leader"]) <= {"USA", "CHN", "level", "too_close"}
    assert leads.crossings(one, USA_CHN).equals(leads.crossings(other, SWAPPED))
    told = [leads.verdicts(table, [2018, 2020]) for table in (one, other)]
    assert told[0][["verdict", "leader"]].equals(told[1][["verdict", "leader"]])
    assert np.allclose(told[0]["own_part"], 1 - told[1]["own_part"])


PRINTED = (
    {"power": "USA", "printed": "$10 billion"},
    {"power": "CHN", "printed": "$2 billion"},
    {"power": "CHN", "printed": "$1 billion", "dimension": "credit", "indicator": "swap_line"},
)


def test_printed_figures_of_another_pair_are_set_side_by_side_and_swap(raw_figures):
    figures = clean_figures(raw_figures(*PRINTED))
    one = compare.compare_figures(figures, "article", USA_CHN)
    other = compare.compare_figures(figures, "article", SWAPPED)
    # (10 - 2) / (10 + 2)
    assert one["difference"].iloc[0] == pytest.approx(2 / 3)
    assert other["difference"].iloc[0] == pytest.approx(-2 / 3)
    assert one["reason"].iloc[1] == (
        "nothing comparable is given for the United States (currency swap line)"
    )
    assert one["reason"].tolist() == other["reason"].tolist()


def test_yearly_series_of_another_pair_are_refused_in_its_own_names():
    pairs = trade_pairs(trade_table(country="KAZ").iloc[:8], USA_CHN)
    rows = yearly.compare_series(pairs, USA_CHN)
    refused = rows[rows["comparable"] == "no"]["reason"]
    assert set(refused) == {"no record for China, which is missing and not zero"}


def test_all_comparisons_of_another_pair_carry_its_names_and_mirror(raw_figures):
    figures = clean_figures(
        raw_figures(
            *({**row, "source_id": page} for row in PRINTED for page in ("dubnov-2018", "page"))
        )
    )
    owed = {"country": "KAZ", "indicator": "debt_owed", "source_id": "page", "vintage": "2020-01"}
    indicators = pd.DataFrame(
        [
            owed | {"power": power, "counterpart": counterpart, "year": year, "value": value}
            for year, sums in {
                2017: (5.0, 1.0),
                2018: (4.0, 1.0),
                2019: (1.0, 4.0),
                2020: (1, 5),
            }.items()
            for (power, counterpart), value in zip(
                (("", "USA"), ("CHN", ""), ("", "all")), (*sums, 9.0), strict=True
            )
        ]
    )
    trade = trade_table(country="KAZ").iloc[:-1]  # China's imports of 2020 are not recorded
    one, other = (
        compare.compare(figures, trade, indicators, load_editions(), powers)
        for powers in (USA_CHN, SWAPPED)
    )
    assert np.allclose(one["difference_low"], -other["difference_high"], equal_nan=True)
    assert one["reason"].tolist() == other["reason"].tolist()
    assert not one["reason"].str.contains("Russia").any()
    assert "no record for China, which is missing and not zero" in set(one["reason"])
    assert set(one["concept"]) == {"trade_turnover", "exports", "imports", "swap_line"} | {
        "debt_owed",
        "debt_share",
        "trade_to_gdp",
        "debt_to_gdp",
    }
