"""Every form of chart, drawn from real figures and from extreme ones.

The frames beside this file are extracts of what the project publishes (UN, IMF and World Bank
tables, and totals that the two sides have stated), rounded.
"""

import json
from pathlib import Path

import pandas as pd

from analysis.charts.bars import of_gdp, same_trade, two_records
from analysis.charts.chart import Caption, Chart
from analysis.charts.columns import sold_and_bought
from analysis.charts.dependence import of_gdp_five
from analysis.charts.lines import lines_two_records, two_records_five
from analysis.charts.maps import eurasia
from analysis.charts.pairs import part_of_pair_rows, slope
from analysis.charts.ratios import gas, mirror_ratio
from analysis.charts.ruler import ruler
from analysis.charts.shares import parts_of_whole
from analysis.charts.shares_over_time import shares_over_time
from analysis.charts.squares import squares
from analysis.charts.swarm import passing, swarm
from analysis.config import COUNTRIES, RAW

HERE = Path(__file__).parent
FIVE = list(COUNTRIES)
NONE = float("nan")


def frame(name: str) -> pd.DataFrame:
    return pd.read_csv(HERE / "frames" / f"{name}.csv", keep_default_na=False, na_values=[""])


def caption(
    name: str, title: str = "China counts four times the trade that Kyrgyzstan does"
) -> Caption:
    return Caption(
        name,
        title,
        "Trade in goods with China and with Russia, US dollars, 2000 to 2025",
        ("imf-dots-2022",),
        "IMF Direction of Trade Statistics, January 2022",
        "Part of the gap is goods that only pass through; nobody knows how much.",
    )


def shapes() -> dict:
    return json.loads((RAW / "world.geojson").read_text(encoding="utf-8"))


def hero() -> pd.DataFrame:
    rows = [
        ("UZB", 2025, "partner", 16.2e9), ("UZB", 2025, "own", 17.2e9),
        ("KGZ", 2024, "partner", 22.7e9), ("KGZ", 2024, "own", 5.5e9),
        ("TJK", 2024, "partner", 3.86e9), ("TJK", 2024, "own", 1.96e9),
        ("KAZ", 2023, "partner", 41e9), ("KAZ", 2023, "own", 30.06e9),
    ]  # fmt: skip
    made = pd.DataFrame(rows, columns=["country", "year", "record", "value"])
    return made.assign(row_id=[f"hero-{number}" for number in range(len(made))])


def flows() -> pd.DataFrame:
    rows = [
        ("own", 2023, "exports", 80.4e6, 824e6), ("own", 2023, "imports", 5.35e9, 2.18e9),
        ("partner", 2020, "exports", 34.8e6, 239e6), ("partner", 2020, "imports", 2.88e9, 1.46e9),
    ]  # fmt: skip
    made = pd.DataFrame(rows, columns=["record", "year", "flow", "china", "russia"])
    return made.assign(country="KGZ", row_id=[f"flow-{number}" for number in range(len(made))])


def ties_to_gdp() -> pd.DataFrame:
    rows = [
        ("Goods bought", 2023, 0.31, 0.16), ("Goods sold", 2023, 0.006, 0.07),
        ("Pay sent home", 2018, NONE, 0.22), ("Loans drawn", 2022, 0.0003, 0),
        ("Loans repaid, with interest", 2022, 0.021, 0.004),
        ("Direct investment", 2015, 0.07, 0.077),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["tie", "year", "china", "russia"]).assign(row_id="gdp")


def wholes() -> pd.DataFrame:
    shares = {"KAZ": (0.26, 0.23), "KGZ": (0.34, 0.2), "TJK": (0.19, 0.14), "TKM": (0.57, 0.08),
              "UZB": (0.21, 0.18)}  # fmt: skip
    own = {"KAZ": (0.18, 0.21), "KGZ": (0.14, 0.28), "TJK": (0.12, 0.25), "TKM": (NONE, NONE),
           "UZB": (0.17, 0.16)}  # fmt: skip
    debt = {"KAZ": 0.06, "KGZ": 0.39, "TJK": 0.28, "TKM": 0.03, "UZB": 0.1}
    pay = {"KAZ": 0.35, "KGZ": 0.8, "TJK": 0.75, "TKM": NONE, "UZB": 0.6}
    rows = [("Trade in goods", c, "partner", 2020, *shares[c]) for c in FIVE]
    rows += [("Trade in goods", c, "own", 2020, *own[c]) for c in FIVE]
    rows += [
        ("Public debt abroad", c, "stated", 2024, debt[c], 0.02 if c == "UZB" else 0) for c in FIVE
    ]
    rows += [("Pay sent home", c, "stated", 2018, NONE, pay[c]) for c in FIVE]
    made = pd.DataFrame(rows, columns=["whole", "country", "record", "year", "china", "russia"])
    return made.assign(row_id="whole")


def parts() -> pd.DataFrame:
    """China's part of the pair in trade, on both records."""
    trade = frame("trade").dropna(subset=["china", "russia"])
    names = {"own": "Trade, by its own record", "partner": "Trade, by their records"}
    trade = trade[trade["record"].isin(names)]
    part = trade["china"] / (trade["china"] + trade["russia"])
    return trade.assign(part=part, tie=trade["record"].map(names))


def ratios() -> pd.DataFrame:
    wide = frame("trade").pivot_table(index=["country", "year"], columns="record", values="china")
    wide = wide.dropna(subset=["own", "partner"]).reset_index()
    return wide.assign(ratio=wide["partner"] / wide["own"])


CROSSINGS = pd.DataFrame(
    [("partner", 2009, "CHN"), ("partner", 2015, "RUS"), ("partner", 2017, "CHN")],
    columns=["record", "year", "leader"],
)
SCALE = pd.DataFrame(
    {
        "word": ["about level", "slightly larger", "clearly larger", "several times larger",
                 "almost all on one side"],
        "up_to": [1.1, 1.5, 3, 9, NONE],
    }
)  # fmt: skip
EXAMPLES = pd.DataFrame(
    [
        ("Kazakhstan’s trade in 2023, own record: China $30.1bn, Russia $27.1bn", 1.11, "CHN"),
        ("Kyrgyzstan’s trade in 2023, own record: China $5.4bn, Russia $3.0bn", 1.8, "CHN"),
        ("Pay sent home to Uzbekistan, 2018", 40, "RUS"),
    ],
    columns=["words", "ratio", "leader"],
)


def claims(counts: dict[str, int]) -> pd.DataFrame:
    """So many squares a row, every third of them empty."""
    rows = [(name, number) for name, count in counts.items() for number in range(count)]
    made = pd.DataFrame(rows, columns=["row", "number"])
    return made.assign(
        words=[f"Claim {number}" for number in range(len(made))],
        row_id=[f"claim-{number}" for number in range(len(made))],
        full=[number % 3 > 0 for number in range(len(made))],
    )


def dependence() -> pd.DataFrame:
    """Ties of the five beside GDP: values, an interval, one open above, and what is not known."""
    rows = [
        ("KAZ", "Trade, own record", 2023, 0.115, "", 0.103, ""),
        ("KGZ", "Trade, own record", 2024, 0.289, "29 to 31%", 0.173, "17 to 22%"),
        ("UZB", "Trade, own record", 2024, 0.102, "10%", 0.091, "over 9.1%"),
        ("KGZ", "Trade, their records", 2024, 1.25, "", 0.226, "22 to 23%"),
        ("TKM", "Trade, their records", 2022, 0.297, "", 0.023, "over 2.3%"),
        ("KAZ", "Public debt", 2024, 0.0065, "", 0.0, ""),
        ("TKM", "Public debt", 2024, 0.0017, "", 0.0, ""),
        ("UZB", "Investment", 2025, 0.105, "11%", 0.033, "3.2 to 3.3%"),
        ("TKM", "Money sent home", 2017, NONE, "", 0.00004, ""),
        ("TJK", "Money sent home", 2024, NONE, "", 0.125, "over 12%"),
    ]
    columns = ["country", "tie", "year", "china", "china_words", "russia", "russia_words"]
    made = pd.DataFrame(rows, columns=columns)
    return made.assign(row_id=[f"gdp-{number}" for number in range(len(made))])


def with_union() -> pd.DataFrame:
    """Shares of trade whose third part is known in some years alone."""
    alone = {"china": 0.2, "russia": 0.2, "european_union": NONE, "others": 0.6}
    apart = {"china": 0.2, "russia": 0.2, "european_union": 0.3, "others": 0.3}
    rows = [
        ("KAZ", year, part, share)
        for year in range(2010, 2024)
        for part, share in (apart if year > 2018 else alone).items()
    ]
    return pd.DataFrame(rows, columns=["country", "year", "part", "share"])


def real() -> dict[str, Chart]:
    """A chart of each form, of real figures."""
    trade, world, lenders = frame("trade"), frame("world"), frame("lenders")
    both = trade[trade["record"] != "reconciled"]
    kazakh = trade[(trade["country"] == "KAZ") & trade["year"].isin([2016, 2023])]
    notes = pd.DataFrame([(2010, "china", "pipeline to China opens, December 2009")],
                         columns=["year", "power", "words"])  # fmt: skip
    late = {"UZB": {"own": "reported from 2016"}}
    charts = [
        same_trade(hero(), caption("same-trade")),
        two_records(kazakh, caption("two-records")),
        of_gdp(ties_to_gdp(), caption("of-gdp")),
        of_gdp_five(dependence(), caption("of-gdp-five")),
        shares_over_time(with_union(), caption("union")),
        sold_and_bought(flows(), caption("flows")),
        two_records_five(both, caption("years-five")),
        parts_of_whole(wholes(), caption("parts")),
        parts_of_whole(frame("wholes"), caption("parts-four")),
        shares_over_time(lenders, caption("lenders")),
        shares_over_time(lenders[lenders["country"] == "KGZ"], caption("lenders-kgz")),
        part_of_pair_rows(parts(), caption("ties-five")),
        part_of_pair_rows(parts().query("country == 'KGZ'"), caption("ties-kgz")),
        slope(
            parts().query("record == 'partner' and year in [2000, 2010, 2020]"), caption("slope")
        ),
        mirror_ratio(ratios(), caption("apart"), missing={"TKM": "publishes none"}),
        gas(frame("gas"), caption("gas"), notes=notes),
        swarm(world, caption("world")),
        passing(frame("passing"), caption("passing")),
        eurasia(world, caption("map"), shapes=shapes()),
        ruler(SCALE, caption("scale"), examples=EXAMPLES),
        squares(
            claims({"Holds": 18, "Depends on whose record": 10, "Not testable": 12}),
            caption("fate"),
            key=("judged by a rule", "judged by a person"),
        ),
    ]
    for country in FIVE:
        rows = both[both["country"] == country]
        crossings = CROSSINGS if country == "KAZ" else None
        chart = lines_two_records(rows, caption(f"years-{country.lower()}"), crossings=crossings,
                                  missing=late.get(country))  # fmt: skip
        charts.append(chart)
    return {chart.id: chart for chart in charts}


def extreme() -> dict[str, Chart]:
    """A chart of each form, of figures that a drawing could break on."""
    one = {"country": ["KGZ"], "year": [2024]}
    years = list(range(2000, 2026))
    steep = pd.DataFrame({"country": "KGZ", "record": "own", "year": years,
                          "china": [10.0 ** (n / 2) for n in range(26)],
                          "russia": 5.0})  # fmt: skip
    single = pd.DataFrame({"country": ["KGZ"], "record": ["own"], "year": [2024], "china": [1e9],
                           "russia": [1e9]})  # fmt: skip
    flat = pd.DataFrame({"country": "KGZ", "record": ["own", "partner"] * 26,
                         "year": sorted(years * 2), "china": 2e9, "russia": 2e9})  # fmt: skip
    alone = flat.assign(russia=NONE)
    nought = pd.DataFrame({**one, "record": ["own"], "china": [0.0], "russia": [0.0]})
    wide = pd.DataFrame({"tie": ["Money"], "year": [2024], "china": [12.5], "russia": [0.00001]})
    many = pd.DataFrame({"country": FIVE, "place": [COUNTRIES[c] for c in FIVE], "part": 0.5,
                         "leader": ["", "CHN", "RUS", "CHN", ""], "named": True})  # fmt: skip
    seven = pd.DataFrame({"country": "KGZ", "year": 2024, "share": [1 / 7] * 7,
                          "part": ["china", "russia", "development_banks", "governments",
                                   "bondholders", "not_named", "others"]})  # fmt: skip
    all_china = pd.DataFrame({"whole": "All", "country": FIVE, "record": "stated", "year": 2024,
                              "china": [1.0, 0.0, 0.5, NONE, 0.001],
                              "russia": [0.0, 1.0, 0.5, 0.4, NONE]})  # fmt: skip
    pair = pd.DataFrame({"country": FIVE * 2, "tie": "Debt", "year": [2024] * 5 + [2000] * 5,
                         "part": [1.0, 0.0, 0.5, 1.0, 0.99] * 2})  # fmt: skip
    changes = pd.DataFrame({"record": "partner", "year": range(2001, 2012), "leader": "CHN"})
    same_year = pd.DataFrame({"country": FIVE, "place": list(COUNTRIES.values()), "year": 2008})
    close = pd.DataFrame({"words": ["One", "Two", "Three"], "ratio": [1.0, 1.01, 1.02],
                          "leader": ["", "CHN", "RUS"]})  # fmt: skip
    charts = [
        same_trade(pd.DataFrame({**one, "record": ["partner"], "value": [1.0]}), caption("x-same")),
        sold_and_bought(flows().assign(china=[1.0, 9e12, NONE, 0], russia=1e9), caption("x-flows")),
        same_trade(hero().assign(value=[1, 9e12] * 4), caption("x-same-far")),
        two_records(single, caption("x-two")),
        two_records(nought, caption("x-two-nought")),
        of_gdp(wide, caption("x-gdp")),
        of_gdp_five(wide.assign(country="UZB"), caption("x-gdp-five")),
        lines_two_records(single, caption("x-years-one")),
        lines_two_records(steep, caption("x-years-steep")),
        lines_two_records(flat, caption("x-years-flat"), crossings=changes),
        lines_two_records(alone, caption("x-years-alone")),
        two_records_five(pd.concat([steep, single.assign(country="KAZ")]), caption("x-five")),
        parts_of_whole(all_china, caption("x-parts")),
        shares_over_time(seven, caption("x-shares")),
        shares_over_time(pd.concat([seven, seven.assign(country="TKM")]), caption("x-shares-two"),
                         missing={"UZB": "nothing known"}),
        part_of_pair_rows(pair, caption("x-ties")),
        slope(pair, caption("x-slope")),
        slope(pair[pair["year"] == 2024], caption("x-slope-one")),
        mirror_ratio(pd.DataFrame({**one, "ratio": [0.01]}), caption("x-apart")),
        gas(pd.DataFrame({"year": [2016, 2018], "china": [0, 30.5], "russia": [NONE, NONE]}),
            caption("x-gas")),
        swarm(many, caption("x-swarm")),
        passing(same_year, caption("x-passing")),
        eurasia(many, caption("x-map"), shapes=shapes()),
        ruler(SCALE, caption("x-scale"), examples=close),
        squares(claims({"Holds": 1, "Meant something else": 60}), caption("x-fate")),
    ]  # fmt: skip
    return {chart.id: chart for chart in charts}
