"""How far from all else that is known of it a statistic may lie before it is looked at again.

A large flow is steadier than a small one, people are steadier than money, and two witnesses are
wrong together more seldom than one alone. The factors are those that next to nothing in the tables
passes: whoever adds an edition that is less steady will see it in `analysis check`, and may raise
them.
"""

from __future__ import annotations

# By how many witnesses there are, how many times above or below every one of them.
Times = dict[int, float]
# By the least size, of the value or of its least witness, from which the factors apply.
Bands = dict[float, Times]

TRADE: Bands = {
    1e6: {1: 10, 2: 7, 3: 3, 4: 3},
    1e7: {1: 90, 2: 90, 3: 6, 4: 6},
    1e8: {1: 230, 2: 60, 3: 2.4, 4: 2.4},
    1e9: {1: 5, 2: 3, 3: 1.6, 4: 1.6},
    1e10: {1: 1.6, 2: 1.6, 3: 1.5, 4: 1.5},
}
# Of every country, however poor its records.
TRADE_WORLD: Bands = {
    1e5: {1: 10, 2: 10, 3: 8},
    1e6: {1: 60, 2: 50, 3: 20},
    1e7: {1: 400, 2: 230, 3: 35},
    1e8: {1: 20, 2: 14, 3: 25},
    1e9: {1: 20, 2: 8, 3: 8},
    1e10: {1: 4, 2: 4, 3: 3.2},
    1e11: {1: 1.6, 2: 1.6, 3: 1.4},
}
WDI: dict[str, Bands] = {
    "SP.POP.TOTL": {0: {1: 1.03, 2: 1.005}},
    "NY.GDP.MKTP.CD": {0: {1: 1.4, 2: 1.4, 3: 1.05, 4: 1.05}},
    "DT.DOD.DECT.CD": {0: {1: 1.4, 2: 1.3, 3: 1.15, 4: 1.15}},
    "DT.DOD.DPPG.CD": {0: {1: 1.4, 2: 1.3}},
    "DT.DOD.DIMF.CD": {0: {1: 1.4, 2: 1.3}},
    "NE.EXP.GNFS.ZS": {0: {1: 1.8, 2: 1.5}},
    "NE.IMP.GNFS.ZS": {0: {1: 1.5, 2: 1.4}},
    "PA.NUS.FCRF": {0: {1: 10, 2: 1.2}},
    "BX.TRF.PWKR.CD.DT": {0: {1: 2.4, 2: 1.7, 3: 1.7, 4: 1.3}},
    "BX.KLT.DINV.CD.WD": {0: {1: 12, 2: 12, 3: 6, 4: 6}},
}
SERIES: dict[str, tuple[list[str], Bands]] = {
    "trade_goods_and_services": (
        ["reporter", "partner", "flow"],
        {
            1e6: {1: 8, 2: 3.2},
            1e7: {1: 25, 2: 4},
            1e8: {1: 10, 2: 4},
            1e9: {1: 2.7, 2: 2.5},
        },
    ),
    "remittances": (["country", "sender"], {0: {1: 10, 2: 2}}),
    "fdi": (
        ["dataset", "country", "partner", "measure"],
        {10: {1: 100, 2: 100}, 100: {1: 12, 2: 3.2}, 1000: {1: 6, 2: 2.4}},
    ),
    # Neither gas that flows through a pipe nor people who live somewhere leap and come back.
    "gas_exports": (["exporter", "importer", "scope"], {0: {1: 80, 2: 1.5}}),
    "migrant_stock": (["origin", "destination"], {0: {1: 1.9, 2: 1.2}, 1e5: {1: 1.9, 2: 1.1}}),
    # One loan, or one delivery, makes a year.
    "loan_flows": (
        ["country", "counterpart", "series"],
        {
            0: {1: 25, 2: 7},
            1e6: {1: 200, 2: 200},
            1e7: {1: 110, 2: 35},
            1e8: {1: 25, 2: 10},
            1e9: {1: 500, 2: 250},
        },
    ),
    "arms_deliveries": (["recipient", "supplier"], {0: {1: 60, 2: 40}}),
    "china_commitments": (
        ["country", "kind"],
        {0: {1: 25, 2: 3}, 1e6: {1: 170, 2: 170}, 1e8: {1: 300, 2: 70}},
    ),
    "russia_grants": (["country"], {0: {1: 15, 2: 12}}),
}
