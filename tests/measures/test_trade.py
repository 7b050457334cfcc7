"""The two records of trade and what lies between them: small tables with hand-worked numbers,
then the published ones against what is known of them."""

import numpy as np
import pandas as pd
import pytest

from analysis.config import COUNTRIES, PROCESSED
from analysis.data import store
from analysis.data.copied import copied_runs
from analysis.measures.compare import region_totals
from analysis.measures.trade import (
    exports_first,
    flows,
    mirror,
    trade_pairs,
    with_both,
)
from analysis.measures.yearly import compare_series, relative_to

SOURCE = {"dots2022": "imf-dots-2022", "wits2017": "comtrade-wits-2017", "baci": "cepii-baci"}


def record(reporter, partner, flow, value, year=2016, dataset="dots2022", evidence="reported"):
    return {
        "reporter": reporter,
        "partner": partner,
        "flow": flow,
        "year": year,
        "value": float(value),
        "dataset": dataset,
        "evidence": evidence,
        "source_id": SOURCE[dataset],
    }


# Kazakhstan sells 4 and 3 and buys 5 and 9 on its own record; the partners have 5 and 3, 8 and 9.
BOTH = [
    record("KAZ", "CHN", "export", 4),
    record("KAZ", "CHN", "import", 5),
    record("KAZ", "RUS", "export", 3),
    record("KAZ", "RUS", "import", 9),
    record("CHN", "KAZ", "import", 5),
    record("CHN", "KAZ", "export", 8),
    record("RUS", "KAZ", "import", 3),
    record("RUS", "KAZ", "export", 9),
]


def pairs(*records):
    return trade_pairs(pd.DataFrame(records)).set_index(["record", "flow"])


def test_a_pair_names_the_records_of_each_half_and_none_of_one_that_is_missing():
    table = pairs(*BOTH, record("KAZ", "CHN", "export", 7, 2017)).reset_index()
    table = table[table["record"] == "own"].set_index(["flow", "year"])[["china_ids", "russia_ids"]]
    assert table.loc[("turnover", 2016)].tolist() == [
        "dots2022/KAZ/CHN/export/2016 dots2022/KAZ/CHN/import/2016",
        "dots2022/KAZ/RUS/export/2016 dots2022/KAZ/RUS/import/2016",
    ]
    assert table.loc[("exports", 2017)].tolist() == ["dots2022/KAZ/CHN/export/2017", ""]
    assert table.loc[("turnover", 2017)].tolist() == ["dots2022/KAZ/CHN/export/2017", ""]


def test_the_partners_record_is_what_china_and_russia_record():
    table = pairs(*BOTH)
    assert list(table.loc[("partner", "exports"), ["china", "russia"]]) == [5, 3]
    assert list(table.loc[("partner", "imports"), ["china", "russia"]]) == [8, 9]
    assert list(table.loc[("partner", "turnover"), ["china", "russia"]]) == [13, 12]


def test_the_own_record_is_what_the_country_records():
    table = pairs(*BOTH)
    assert list(table.loc[("own", "turnover"), ["china", "russia"]]) == [9, 12]


def test_exports_first_takes_each_exporters_record():
    # Sold: the country's 4 and 3; bought: the partners' 8 and 9.
    table = pairs(*BOTH)
    assert list(table.loc[("exports_first", "turnover"), ["china", "russia"]]) == [12, 12]


def test_exports_first_falls_back_on_the_importer_where_the_exporter_is_silent():
    table = pairs(*[row for row in BOTH if row["reporter"] != "KAZ"])
    assert list(table.loc[("exports_first", "turnover"), ["china", "russia"]]) == [13, 12]
    assert "own" not in table.index.get_level_values("record")


def test_turnover_with_a_missing_half_is_missing_and_not_half():
    table = pairs(*[row for row in BOTH if row != BOTH[0]])
    row = table.loc[("own", "turnover")]
    assert np.isnan(row["china"])
    assert row["russia"] == 12
    compared = compare_series(table.reset_index())
    own = compared[(compared["record"] == "own") & (compared["flow"] == "turnover")].iloc[0]
    assert (own["comparable"], own["word"]) == ("no", "")
    assert own["reason"] == "no record for China, which is missing and not zero"


@pytest.mark.parametrize("evidence", ["derived", "imputed", "estimated", "unverified"])
def test_what_a_country_did_not_record_itself_is_no_record(evidence):
    made_up = [row | {"evidence": evidence} if row["reporter"] == "KAZ" else row for row in BOTH]
    table = pairs(*made_up)
    row = table.loc[("own", "turnover")]
    assert np.isnan(row["china"])
    assert row["refusal"] == "not_its_own"
    assert row["reason"].startswith("no record of its own: Kazakhstan’s side is ")
    assert list(table.loc[("exports_first", "turnover"), ["china", "russia"]]) == [13, 12]


@pytest.mark.parametrize(
    ("who", "record", "refusal", "why"),
    [
        (
            "RUS",
            "partner",
            "not_their_own",
            "Russia’s record of its trade with Kazakhstan is estimated",
        ),
        ("KAZ", "own", "not_its_own", "Kazakhstan’s side is estimated"),
    ],
)
def test_one_estimated_record_beside_a_reported_one_gives_one_refused_row(
    who, record, refusal, why
):
    # Only what Kazakhstan bought from Russia is estimated, on one of the two records.
    flow, other = ("export", "KAZ") if who == "RUS" else ("import", "RUS")
    mixed = [
        row | {"evidence": "estimated"}
        if (row["reporter"], row["partner"], row["flow"]) == (who, other, flow)
        else row
        for row in BOTH
    ]
    table = pairs(*mixed)
    assert table.index.is_unique
    for hit in ("imports", "turnover"):
        assert table.loc[(record, hit), "refusal"] == refusal
        assert why in table.loc[(record, hit), "reason"]
        assert table.loc[(record, hit), ["china", "russia"]].isna().all()
    assert table.loc[(record, "exports"), "refusal"] == ""
    untouched = "own" if record == "partner" else "partner"
    assert (table.loc[untouched, "refusal"] == "").all()


def test_of_two_marks_in_one_pair_the_weaker_is_named():
    marks = {"CHN": "imputed", "RUS": "unverified"}
    mixed = [
        row | {"evidence": marks[row["partner"]]} if row["reporter"] == "KAZ" else row
        for row in BOTH
    ]
    reasons = set(pairs(*mixed).loc["own", "reason"])
    assert reasons == {
        "no record of its own: Kazakhstan’s side is of a kind found to be derived in other years"
    }


def test_datasets_are_never_mixed():
    older = [row | {"dataset": "wits2017", "source_id": SOURCE["wits2017"]} for row in BOTH[:4]]
    table = trade_pairs(pd.DataFrame(BOTH[4:] + older))
    assert set(zip(table["record"], table["dataset"], strict=True)) == {
        ("partner", "imf-dots-2022"),
        ("own", "comtrade-wits-2017"),
        ("exports_first", "imf-dots-2022"),
    }


def test_an_office_of_the_country_alone_leaves_no_choice_of_recorder():
    neighbour = record("KAZ", "KGZ", "export", 5)
    table = trade_pairs(pd.DataFrame([*BOTH[:4], neighbour])).reset_index()
    assert set(table["record"]) == {"own"}


def test_an_edition_that_never_names_one_power_gives_no_pair():
    theirs = pd.DataFrame([record("RUS", "KAZ", "export", 5), record("RUS", "KAZ", "import", 3)])
    office = theirs.assign(dataset="rusfcs2022", source_id="rus-fcs-2022")
    both = pd.concat([pd.DataFrame(BOTH), office], ignore_index=True)
    assert set(with_both(both)["dataset"]) == {"dots2022"}
    assert with_both(both).equals(both.iloc[: len(BOTH)])


def test_both_zero_is_no_lead_and_one_zero_is_all():
    zeros = [record("RUS", "KAZ", flow, 0) for flow in ("import", "export")]
    table = pairs(*BOTH[4:6], *zeros).reset_index()
    row = compare_series(table[table["flow"] == "turnover"]).iloc[0]
    assert (row["difference"], row["russia_state"]) == (1, "observed_zero")
    none = table.assign(china=0.0)
    refused = compare_series(none[none["flow"] == "turnover"]).iloc[0]
    assert refused["reason"] == "nothing with either power, so there is no lead"


def test_a_negative_flow_has_no_difference():
    table = pairs(*BOTH).reset_index().assign(china=-1.0)
    assert (compare_series(table)["reason"] == "a negative flow, money taken out, has no D").all()


def test_a_part_of_a_total_that_is_missing_is_refused():
    table = pairs(*BOTH).reset_index().iloc[:1]
    row = compare_series(
        relative_to(table, pd.Series([np.nan]), "trade_to_gdp", "ratio", "ratio")
    ).iloc[0]
    assert row["reason"] == "no total to divide by in this edition"


def test_mirror_ratio_is_the_importers_record_over_the_exporters_with_freight():
    # Worked example: 14.0 sold, 8.2 recorded by the buyer; 8.2 / (1.06 x 14.0) = 0.5526.
    table = mirror(
        pd.DataFrame(
            [record("CHN", "KAZ", "export", 14.0e9), record("KAZ", "CHN", "import", 8.2e9)]
        )
    )
    (row,) = table.to_dict("records")
    assert (row["flow"], row["power"]) == ("imports", "CHN")
    assert row["ratio"] == pytest.approx(0.5526, abs=5e-5)
    assert row["log_gap"] == pytest.approx(-0.5932, abs=5e-5)
    assert row["explained"] == "no"
    assert "Kazakh border" in row["cause"]


@pytest.mark.parametrize(
    ("bought", "explained"), [(1.06, "yes"), (1.20, "yes"), (1.0, "no"), (1.3, "no")]
)
def test_freight_explains_a_twentieth_to_a_fifth(bought, explained):
    rows = [record("RUS", "KGZ", "export", 1.0), record("KGZ", "RUS", "import", bought)]
    assert mirror(pd.DataFrame(rows))["explained"].item() == explained


def test_a_flow_that_one_side_has_at_nought_is_a_one_sided_record():
    rows = [record("RUS", "KGZ", "export", 0.0), record("KGZ", "RUS", "import", 5)]
    row = mirror(pd.DataFrame(rows)).iloc[0]
    assert row["explained"] == "one-sided"
    assert np.isnan(row["ratio"])


def test_made_up_records_have_no_mirror():
    rows = [
        record("RUS", "TKM", "export", 1.0),
        record("TKM", "RUS", "import", 1.06, evidence="derived"),
    ]
    assert mirror(pd.DataFrame(rows)).empty


# --- the published records, against what is known of them ---


@pytest.fixture(scope="module")
def trade():
    return store.load_table("trade", PROCESSED)


@pytest.fixture(scope="module")
def comparisons():
    return store.load_table("comparisons", PROCESSED).set_index("comparison_id")


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("side", ["china", "russia"])
def test_the_articles_ten_totals_are_rebuilt_to_the_printed_digit(comparisons, country, side):
    printed = comparisons.loc[f"article-{country.lower()}-trade-chn-2016"]
    built = comparisons.loc[
        f"{country.lower()}-trade-turnover-2016-exports-first-comtrade-wits-2017"
    ]
    assert printed[f"{side}_low"] <= built[side] <= printed[f"{side}_high"]


@pytest.mark.parametrize(
    ("country", "dataset", "china", "russia", "difference"),
    [
        ("kaz", "comtrade-wits-2017", 7.881, 12.625, -0.2313),
        ("kgz", "comtrade-wits-2017", 1.545, 0.945, 0.2410),
        ("tjk", "imf-dots-2022", 0.885, 1.036, -0.0786),
        ("uzb", "imf-dots-2022", 3.636, 3.512, 0.0173),
    ],
)
def test_the_own_records_of_2016_are_as_measured(
    comparisons, country, dataset, china, russia, difference
):
    row = comparisons.loc[f"{country}-trade-turnover-2016-own-{dataset}"]
    assert row["china"] / 1e9 == pytest.approx(china, abs=5e-4)
    assert row["russia"] / 1e9 == pytest.approx(russia, abs=5e-4)
    assert row["difference"] == pytest.approx(difference, abs=2e-4)


def test_a_region_has_no_own_record(comparisons):
    region = comparisons[comparisons["country"] == "REGION"]
    assert "own" not in set(region["record"])
    assert "partner" in set(region["record"])


def test_a_region_is_not_summed_over_shares_or_ranks(comparisons):
    assert set(comparisons[comparisons["country"] == "REGION"]["nature"]) >= {"flow", "stock"}
    summed = region_totals(comparisons.reset_index())
    assert set(summed["nature"]) <= {"flow", "stock"}


def test_no_headline_or_crossing_rests_on_made_up_records(comparisons):
    own = comparisons[(comparisons["record"] == "own") & (comparisons["comparable"] == "yes")]
    turkmen = own[own["country"] == "TKM"]
    assert set(turkmen["period_end"].str[:4]) <= {"2000"}
    uzbek = own[(own["country"] == "UZB") & ~own["concept"].str.startswith("goods_services")]
    assert uzbek["period_end"].min() == "2016-12-31"


def test_copied_records_are_found_by_the_numbers_alone(trade):
    runs = copied_runs(trade)
    found = {(run.reporter, run.kind) for run in runs.itertuples()}
    assert ("TKM", "copied from the partner") in found
    assert ("UZB", "fixed ratio of China to Russia") in found


def test_every_copied_run_is_marked_as_such(trade):
    for run in copied_runs(trade).itertuples():
        marks = trade[
            (trade["reporter"] == run.reporter)
            & (trade["dataset"] == run.dataset)
            & trade["partner"].isin(["CHN", "RUS"])
            & trade["year"].between(run.first, run.last)
        ]["evidence"]
        assert "reported" not in set(marks), run


def test_a_made_up_run_is_found_in_any_countrys_data():
    rows = []
    for year in range(2010, 2016):
        for power, value in (("CHN", 100 + 7 * year % 13), ("RUS", 50 + 11 * year % 17)):
            rows.append(record(power, "KAZ", "export", value, year))
            rows.append(record("KAZ", power, "import", 1.06 * value, year))
            rows.append(
                record("KGZ", power, "import", 3.0 * year if power == "CHN" else year, year)
            )
    found = copied_runs(pd.DataFrame(rows))
    assert set(zip(found["reporter"], found["kind"], strict=True)) == {
        ("KAZ", "copied from the partner"),
        ("KGZ", "fixed ratio of China to Russia"),
    }


def test_listed_partners_come_to_the_countrys_own_total_but_for_uzbek_exports(trade):
    own = flows(trade)
    own = own[
        (own["record"] == "own")
        & (own["evidence"] == "reported")
        & (own["dataset"] == "imf-dots-2022")
        & (own["year"] == 2016)
    ]
    for (country, flow), group in own.groupby(["country", "flow"]):
        values = group.set_index("partner")["value"]
        listed = values.drop("WLD").sum() / values["WLD"]
        if (country, flow) == ("UZB", "exports"):
            assert listed == pytest.approx(0.68, abs=0.01)  # gold has no partner
        else:
            assert 0.93 < listed < 1.01, (country, flow)


def test_creditors_sum_to_the_world_but_for_one_known_year():
    debt = store.load_table("indicators", PROCESSED)
    debt = debt[debt["indicator"] == "debt_owed"]
    total = debt[debt["counterpart"] == "all"].set_index(["country", "year"])["value"]
    parts = debt[debt["counterpart"] != "all"].groupby(["country", "year"])["value"].sum()
    gap = (total - parts).dropna()
    short = gap[gap.abs() > 1e5]
    assert list(short.index) == [("TJK", 2002)]
    assert short.iloc[0] == pytest.approx(15.0e6, abs=1e5)


@pytest.mark.parametrize(
    ("country", "year", "share"),
    [
        ("tkm", 2016, 0.620),
        ("tjk", 2016, 0.532),
        ("kgz", 2016, 0.422),
        ("uzb", 2016, 0.226),
        ("kaz", 2016, 0.010),
        ("kgz", 2017, 0.439),
        ("kgz", 2024, 0.392),
        ("tjk", 2024, 0.275),
        ("tkm", 2024, 0.026),
    ],
)
def test_chinas_part_of_public_debt_is_as_measured(comparisons, country, year, share):
    row = comparisons.loc[f"{country}-debt-share-{year}-stated-worldbank-ids-2025-12"]
    assert row["china"] == pytest.approx(share, abs=5e-4)


@pytest.mark.parametrize(
    ("year", "difference"), [(2015, -0.061), (2016, -0.092), (2017, 0.359), (2021, 0.009)]
)
def test_investment_held_in_kazakhstan_is_as_measured(comparisons, year, difference):
    row = comparisons.loc[f"kaz-fdi-stock-{year}-stated-nbk-fdi"]
    assert row["difference"] == pytest.approx(difference, abs=5e-4)


def test_a_sender_that_the_matrix_does_not_name_is_missing(comparisons):
    row = comparisons.loc["uzb-remittances-2016-stated-knomad-matrices"]
    assert (row["comparable"], row["china_state"]) == ("no", "not_reported")


def test_exports_first_of_the_published_records_keeps_one_record_a_flow(trade):
    first = exports_first(flows(trade))
    assert not first.duplicated(["country", "partner", "flow", "year", "dataset"]).any()


def test_turnover_comes_before_exports_and_exports_before_imports():
    found = trade_pairs(pd.DataFrame(BOTH))
    assert found["flow"].drop_duplicates().tolist() == ["turnover", "exports", "imports"]
    assert found.index.tolist() == list(range(len(found)))
