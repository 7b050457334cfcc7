"""Columns, types and rules of the raw tables of gas, loans, people, arms and grants, by file."""

from __future__ import annotations

from analysis.config import COUNTRIES, POWERS
from analysis.data.columns import OTHER_COUNTRY, SOURCE_ID, SUM, YEAR, Table, column, define_table

_COMMON = {
    "year": column("calendar year", **YEAR),
    "source_id": column("entry of sources.yml", **SOURCE_ID),
}

RAW_GAS = define_table(
    "raw_gas_exports",
    "Gas exported by pipeline",
    "Gas by pipeline from three of the countries in some years, and from all of the CIS but Russia "
    "(OCIS) in every year, by importer, as published; each edition of the review states one year "
    "by country.",
    ["exporter", "importer", "year", "scope"],
    exporter=column(
        "who sells; OCIS for the CIS without Russia",
        allowed=["KAZ", "TKM", "UZB", "OCIS"],
        others=OTHER_COUNTRY,
    ),
    importer=column(
        "who buys; EUR for Europe, MEA for the Middle East, WLD for all",
        allowed=[*POWERS, "EUR", "MEA", "WLD"],
    ),
    year=_COMMON["year"],
    value=column("as published", **SUM, unit="see column unit"),
    unit=column("unit of the value", allowed=["bcm"]),
    scope=column("which table of the review", allowed=["by country", "between regions"]),
    source_id=_COMMON["source_id"],
)

RAW_LOANS = define_table(
    "raw_loan_flows",
    "Loans drawn, repaid and interest paid",
    "What flowed on public and publicly guaranteed long-term debt, by creditor and kind of "
    "creditor, as published. Without a row nothing flowed, by the source's convention.",
    ["country", "counterpart", "series", "year"],
    country=column("the debtor", allowed=COUNTRIES, others=OTHER_COUNTRY),
    counterpart=column("the creditor, or WLD for all", allowed=[*POWERS, "WLD"]),
    flow=column("what flowed", allowed=["disbursed", "principal repaid", "interest paid"]),
    series=column(
        "the World Bank's code for flow and kind of creditor",
        allowed=[
            f"DT.{flow}.{kind}.CD"
            for flow in ("DIS", "AMT", "INT")
            for kind in ("BLAT", "MLAT", "PBND", "PCBK", "PROP")
        ],
    ),
    year=_COMMON["year"],
    value=column("US dollars as published", **SUM, unit="USD"),
    status=column(
        "whether it was paid, or falls due by the loans' terms",
        allowed=["realised", "scheduled"],
    ),
    evidence=column(
        "disputed where a later edition of the debt does not fit it",
        allowed=["reported", "disputed"],
    ),
    source_id=_COMMON["source_id"],
)

_PLACE = [*COUNTRIES, *POWERS, "WLD"]

RAW_MIGRANTS = define_table(
    "raw_migrant_stock",
    "People by country of birth and of residence",
    "People living in one country who were born in another, at mid-year, as estimated by the "
    "United Nations; mostly moves of Soviet times, not labour migration.",
    ["origin", "destination", "year"],
    origin=column(
        "where they were born, or WLD for anywhere else", allowed=_PLACE, others=OTHER_COUNTRY
    ),
    destination=column(
        "where they live, or WLD for anywhere else", allowed=_PLACE, others=OTHER_COUNTRY
    ),
    year=_COMMON["year"],
    value=column("people as published", pattern=r"^[0-9]{1,9}$", words="a whole number of people"),
    source_id=_COMMON["source_id"],
)

RAW_ARMS = define_table(
    "raw_arms_deliveries",
    "Deliveries of major arms",
    "Volume of major arms delivered, in SIPRI's trend-indicator value, a measure of military "
    "capability and not a price. Without a row no delivery was identified.",
    ["recipient", "supplier", "year"],
    recipient=column("who received them", allowed=COUNTRIES, others=OTHER_COUNTRY),
    supplier=column(
        "who supplied them; OTH for all others, WLD for all", allowed=[*POWERS, "OTH", "WLD"]
    ),
    year=_COMMON["year"],
    value=column("million of the trend-indicator value", **SUM, unit="million TIV"),
    deliveries=column(
        "lines of the register", pattern=r"^[1-9][0-9]{0,3}$", words="a whole number above nought"
    ),
    source_id=_COMMON["source_id"],
)

RAW_COMMITMENTS = define_table(
    "raw_china_commitments",
    "China's official commitments",
    "Grants and loans that official lenders and donors of China committed, in dollars of 2021, "
    "by kind, as a research institute gathered them; commitments and not payments.",
    ["country", "kind", "year"],
    country=column("the recipient", allowed=COUNTRIES, others=OTHER_COUNTRY),
    year=_COMMON["year"],
    kind=column(
        "like aid, like other official finance, or too vague to tell",
        allowed=["ODA-like", "OOF-like", "vague"],
    ),
    value=column("US dollars of 2021", **SUM, unit="USD of 2021"),
    source_id=_COMMON["source_id"],
)

RAW_GRANTS = define_table(
    "raw_russia_grants",
    "Russia's grants",
    "Grants that Russia reported to the OECD, as published; China reports none.",
    ["country", "donor", "year"],
    country=column("the recipient", allowed=COUNTRIES, others=OTHER_COUNTRY),
    donor=column("who gave", allowed=["RUS"]),
    year=_COMMON["year"],
    value=column("US dollars as published", **SUM, unit="USD"),
    source_id=_COMMON["source_id"],
)

RAW_CAUSES = define_table(
    "raw_causes",
    "Why two records of a flow differ",
    "One row a reason that a source gives, for the years that the source speaks of, in our words.",
    ["country", "partner", "flow", "first_year", "cause"],
    country=column("whose trade it is", allowed=COUNTRIES, others=OTHER_COUNTRY),
    partner=column("the other side", allowed=POWERS),
    flow=column("from the country's side", allowed=["exports", "imports"]),
    first_year=column("first year that the source speaks of", **YEAR),
    last_year=column("last year that the source speaks of", **YEAR),
    cause=column("the reason, in our words"),
    said_by=column("whose word it is"),
    source_id=_COMMON["source_id"],
)

RAW_STATISTICS: dict[str, Table] = {
    "gas_exports": RAW_GAS,
    "loan_flows": RAW_LOANS,
    "migrant_stock": RAW_MIGRANTS,
    "arms_deliveries": RAW_ARMS,
    "china_commitments": RAW_COMMITMENTS,
    "russia_grants": RAW_GRANTS,
    "causes": RAW_CAUSES,
}
