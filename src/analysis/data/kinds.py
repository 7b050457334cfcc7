"""What the figures of each indicator are: of which dimension and nature, and in what counted."""

from __future__ import annotations

from dataclasses import dataclass

_MONEY = ("USD", "EUR")


@dataclass(frozen=True)
class Kind:
    """What the rows of one indicator may say of it, the usual word of each first.

    A figure that is of another kind measures another thing, and is called by a word of its own.
    """

    dimensions: tuple[str, ...]
    natures: tuple[str, ...]
    units: tuple[str, ...]


# By dimension, nature and unit; money stands for any currency that is read.
_KINDS = {
    ("trade", "flow", "money"): (
        "trade_turnover exports imports goods_services_turnover goods_services_exports "
        "goods_services_imports trade_without_gas trade_target trade_gap trade_increase "
        "trade_decrease"
    ),
    ("trade", "share", "share"): "trade_share",
    ("trade", "ratio", "ratio"): "trade_to_gdp trade_fall trade_growth",
    ("trade", "rank", "rank"): "trade_rank",
    ("investment", "flow", "money"): (
        "fdi_flow fdi_flow_gross fdi_outflow foreign_investment investment_flow_government "
        "investment_and_loans_flow"
    ),
    ("investment", "stock", "money"): "fdi_stock fdi_stock_edb fdi_stock_mofcom",
    ("investment", "cumulative", "money"): (
        "investment_cumulative investment_and_loans_cumulative project_cost project_paid "
        "acquisition contract_value"
    ),
    ("investment", "share", "share"): (
        "fdi_gross_share fdi_stock_region_share fdi_stock_share fdi_share investment_share "
        "investment_and_loans_share stake enterprises_share"
    ),
    ("investment", "rank", "rank"): "investment_rank",
    ("investment", "count", "count"): (
        "buyers joint_ventures enterprises_new enterprises_registered enterprises_operating"
    ),
    ("credit", "cumulative", "money"): "loans_committed loans_received loans_sought",
    ("credit", "stock", "money"): "swap_line",
    ("debt", "stock", "money"): "debt_owed external_debt",
    ("debt", "cumulative", "money"): "debt_written_off",
    ("debt", "share", "share"): "debt_share external_debt_share",
    ("debt", "ratio", "ratio"): "debt_to_gdp",
    ("remittances", "flow", "money"): "transfers_cbr transfers_sent transfers_received",
    ("remittances", "flow cumulative", "money"): "remittances",
    ("remittances", "ratio", "ratio"): "transfers_growth remittances_to_gdp",
    ("labour", "count", "persons"): (
        "migrants population naturalised students scholarships students_leaving"
    ),
    ("energy", "volume", "m3"): "gas_exports gas_exports_total",
    ("energy", "flow", "money"): "gas_exports_value",
    ("energy", "share", "share"): "oil_output_share",
    ("energy", "count", "count"): "oil_fields pipelines power_plants",
    ("aid", "cumulative", "money"): "aid",
    ("pledges", "cumulative", "money"): (
        "investment_pledged trade_deals project_plan agreements_value"
    ),
    ("pledges", "count", "count"): "agreements_count",
    ("institutions pledges", "cumulative", "money"): "committed_money",
    ("institutions", "cumulative", "money"): "fund_size",
    ("institutions", "stock", "money"): "bank_capital capital_subscribed",
    ("institutions", "share", "share"): "capital_share vote_share",
    ("institutions", "rank", "rank"): "shareholder_rank",
    ("institutions", "count", "count"): "joint_projects",
    ("other", "flow", "money"): "military_spending",
    ("other", "ratio", "ratio"): "military_spending_to_gdp",
}
KINDS = {
    name: Kind(
        tuple(dimensions.split()),
        tuple(natures.split()),
        _MONEY if unit == "money" else (unit,),
    )
    for (dimensions, natures, unit), names in _KINDS.items()
    for name in names.split()
}

# What is owed to someone at a date: its status is outstanding where it is so, and of nothing else.
OWED = ("debt_owed", "external_debt", "debt_share", "external_debt_share", "debt_to_gdp")
