"""Which raw tables each processed one is made of; names alone, so that a build reads them fast."""

from __future__ import annotations

MADE_OF = {
    "figures": ("article", "elsewhere", "stated_trade", "stated_investment"),
    "trade": ("trade_pairs", "trade_all_partners", "trade_national"),
    "trade_goods_and_services": ("trade_goods_and_services",),
    "indicators": (
        "wdi",
        "debt_by_creditor",
        "loan_flows",
        "remittances",
        "fdi",
        "gas_exports",
        "migrant_stock",
        "arms_deliveries",
        "china_commitments",
        "russia_grants",
    ),
    "trade_world": ("trade_world", "trade_pairs"),
    "countries": ("countries",),
}

# Those that are made of published statistics, and not of what a person writes down.
STATISTICAL = tuple(name for name in MADE_OF if name != "figures")
