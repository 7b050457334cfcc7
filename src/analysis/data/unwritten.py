"""Columns of the tables that no file holds: they are made of others when a country is loaded."""

from __future__ import annotations

from analysis.data.columns import column, define_table
from analysis.data.schema import INDICATORS_TABLE, TRADE

LENDERS = define_table(
    "lenders",
    "Lenders of public debt abroad",
    "One row a lender and year: the rows of indicators on debt owed, but those of all together.",
    ["country", "counterpart", "indicator", "year", "dataset", "vintage"],
    **INDICATORS_TABLE.schema.columns
    | {
        "whole": column("public debt abroad owed to all lenders together", float, unit="USD"),
        "lender": column("the lender's full name; the World Bank's two arms are one"),
        "part": column(
            "what kind of lender it is",
            allowed={
                "china": "China, its government and its banks alike",
                "russia": "Russia, its government and its banks alike",
                "governments": "other states, their governments and their banks alike",
                "development_banks": "development banks, funds and unions of states",
                "bondholders": "whoever holds the bonds",
                "not_named": "loans of several lenders together",
            },
        ),
        "share": column("the value as a part of whole, 0 to 1", float),
    },
)

RECORDS = define_table(
    "records",
    "Trade records",
    "One row a record of trade, of goods and of goods and services alike.",
    list(TRADE.key),
    **TRADE.schema.columns,
)
