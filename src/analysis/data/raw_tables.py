"""Columns, types and rules of the raw tables, by file."""

from __future__ import annotations

from decimal import Decimal

from analysis.config import COUNTRIES, POWERS
from analysis.data.columns import (
    ANY_AREA,
    AREA,
    COUNTRY_CODE,
    ID,
    NUMBER,
    OTHER_COUNTRY,
    OTHER_OFFICE,
    SOURCE_ID,
    SUM,
    YEAR,
    Table,
    TextOf,
    column,
    define_table,
)
from analysis.data.raw_statistics import RAW_STATISTICS
from analysis.data.vocabulary import (
    COVERAGES,
    DIMENSIONS,
    EVIDENCE,
    NATURES,
    ORGANISATIONS,
    PARTIES,
    ROLES,
    STATUSES,
    UNITS,
    WORDINGS,
)

RAW_FIGURES = define_table(
    "raw_figures",
    "Figures as printed",
    "One row a figure of the article, transcribed by hand.",
    ["figure_id"],
    figure_id=column("name of the figure, lower case with hyphens", **ID),
    locator=column("where in the source it stands"),
    printed=column("the figure's words exactly as printed, nothing more"),
    wording=column("whose words they are", allowed=WORDINGS),
    period_printed=column(
        "the period's words as printed; empty where none is given", optional=True
    ),
    country=column("whose economy it is about", **ANY_AREA),
    power=column("the power it speaks of; empty for neither", allowed=POWERS, optional=True),
    counterpart=column("who else it speaks of", optional=True),
    dimension=column("which kind of tie", allowed=DIMENSIONS),
    indicator=column("what it measures; for compound words one each, as in a; b"),
    nature=column("what kind of number it is", allowed=NATURES),
    status=column("whether it happened", allowed=STATUSES),
    unit=column("unit that the words must parse to", allowed=UNITS),
    reporter=column(
        "who recorded it, where that is known",
        allowed={**COUNTRIES, **POWERS, **ORGANISATIONS},
        others=OTHER_COUNTRY,
        optional=True,
    ),
    coverage=column("which partners it takes in", allowed=COVERAGES),
    price_basis=column("nominal, or constant with its year; empty for no money", optional=True),
    attribution=column("whose word the source gives it as; empty for its own", optional=True),
    source_id=column("entry of sources.yml", **ID),
    related_id=column("figure that it is tied to; empty for none", optional=True),
    role=column("how it stands to that figure", allowed=ROLES, optional=True),
    note=column("what a reader must know about it, in our words", optional=True),
)

# A page has no places that are named; where it is long, the note may say where to look.
_OF_A_PAGE = RAW_FIGURES.schema.columns | {
    "locator": column("where it stands", pattern="^page$", words="page, and nothing more")
}

RAW_ELSEWHERE = define_table(
    "raw_elsewhere",
    "Figures of other pages",
    "One row a figure of a page that the article can be held against, transcribed by hand.",
    ["figure_id"],
    **_OF_A_PAGE,
)

RAW_STATED = define_table(
    "raw_stated",
    "Figures that pages state, with how they are known",
    "One row a figure that an authority gives on a named page (stated_trade.csv and "
    "stated_investment.csv), or that is worked out here from such figures.",
    ["figure_id"],
    **_OF_A_PAGE
    | {
        "grade": column("how it is known", allowed=["stated", "derived"]),
        "evidence": column(
            "how firm it is", allowed=["reported", "preliminary", "estimated", "disputed"]
        ),
    },
)

# The statistics that control totals may be of.
_CONTROLLED = (
    *("trade_pairs", "trade_all_partners", "trade_world", "wdi", "debt_by_creditor"),
    *("remittances", "fdi", "trade_national", "trade_goods_and_services"),
    *(name for name in RAW_STATISTICS if name != "causes"),
)

_TRADE_COLUMNS = {
    "dataset": column(
        "short name of the dataset",
        pattern=r"^(?:baci|dots2022|wits2017|(?:comtrade|imts)20[0-9]{6})$",
        words="baci, dots2022, wits2017, or a fetched edition such as comtrade20261124",
    ),
    "reporter": column("who recorded the flow, ISO 3166 alpha-3", **COUNTRY_CODE),
    "partner": column("the other side, ISO 3166 alpha-3 or WLD", **COUNTRY_CODE),
    "flow": column("from the reporter's side", allowed=["export", "import"]),
    "year": column("calendar year", **YEAR),
    "value": column("US dollars as published", **SUM, unit="USD"),
    "evidence": column("how the record came about", allowed=EVIDENCE),
    "source_id": column("entry of sources.yml", **SOURCE_ID),
}

_TRADE_KEY = ["dataset", "reporter", "partner", "flow", "year"]

RAW_TRADE_PAIRS = define_table(
    "raw_trade_pairs",
    "Trade with China, Russia and the world",
    "The five countries' trade in goods, each side's record, as published.",
    _TRADE_KEY,
    **_TRADE_COLUMNS
    | {
        "reporter": column(
            "who recorded the flow", allowed={**COUNTRIES, **POWERS}, others=OTHER_COUNTRY
        ),
        "partner": column(
            "the other side", allowed=[*COUNTRIES, *POWERS, "WLD"], others=OTHER_COUNTRY
        ),
    },
)

RAW_TRADE_ALL = define_table(
    "raw_trade_all_partners",
    "Trade with every partner, 2016 and 2020",
    "The five countries' trade in goods with all partners, flows of a million dollars and more.",
    _TRADE_KEY,
    **_TRADE_COLUMNS,
)

RAW_TRADE_NATIONAL = define_table(
    "raw_trade_national",
    "Trade as national offices publish it",
    "Goods as recorded by the offices of Kazakhstan, Kyrgyzstan and Russia, with the powers and "
    "the neighbours in all years and with every partner (flows of a million dollars and more) in "
    "some, and the IMF's edition of 2026. Each office's edition is a dataset of its own.",
    _TRADE_KEY,
    **_TRADE_COLUMNS
    | {
        "dataset": column(
            "short name of the dataset",
            allowed=["imts2026", "kazbns2024", "kgznsc2024", "rusfcs2022"],
            others=OTHER_OFFICE,
        ),
        "reporter": column(
            "who recorded the flow", allowed={**COUNTRIES, **POWERS}, others=OTHER_COUNTRY
        ),
    },
)

RAW_GOODS_AND_SERVICES = define_table(
    "raw_trade_goods_and_services",
    "Trade in goods and services together",
    "Goods and services in one sum, as Uzbekistan's office publishes them; never to be added to "
    "goods alone, or set beside them. XXX stands for what is not given by country.",
    _TRADE_KEY,
    **_TRADE_COLUMNS
    | {
        "dataset": column(
            "short name of the dataset", allowed=["uzbsiat2024"], others=OTHER_OFFICE
        ),
        "reporter": column("who recorded the flow", allowed=["UZB"], others=OTHER_COUNTRY),
    },
)

_WORLD_BANK_CODE: TextOf = {
    "pattern": r"^[A-Z0-9]{2,}(?:\.[A-Z0-9]{2,})+$",
    "words": "a code of the World Bank, such as NY.GDP.MKTP.CD",
}

_EDITION: TextOf = {
    "pattern": r"^20[0-9]{2}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?$",
    "words": "year and month, such as 2018-08, or the day of a fetched edition",
}

RAW_TRADE_WORLD = define_table(
    "raw_trade_world",
    "Every country's trade with China, Russia and the world",
    "Trade in goods of all countries, each side's record, flows of 0.1 million dollars and more, "
    "as published.",
    _TRADE_KEY,
    **_TRADE_COLUMNS,
)

RAW_COUNTRIES = define_table(
    "raw_countries",
    "Names of countries and territories",
    "The countries and territories of trade_world.csv with their English names, as published.",
    ["country"],
    country=column("ISO 3166 alpha-3, or XKX", **COUNTRY_CODE),
    name=column("English name"),
    source_id=column("entry of sources.yml", **SOURCE_ID),
)

RAW_WDI = define_table(
    "raw_wdi",
    "World Development Indicators",
    "Indicators of the World Bank in two vintages, as published.",
    ["vintage", "country", "indicator", "year"],
    vintage=column("year and month of the edition", **_EDITION),
    country=column("ISO 3166 alpha-3", allowed={**COUNTRIES, **POWERS}, others=OTHER_COUNTRY),
    indicator=column("the World Bank's code", **_WORLD_BANK_CODE),
    year=column("calendar year", **YEAR),
    value=column("as published", **NUMBER),
    source_id=column("entry of sources.yml", **SOURCE_ID),
)

RAW_DEBT = define_table(
    "raw_debt_by_creditor",
    "Public external debt by creditor",
    "Public and publicly guaranteed external debt outstanding at year's end, as published.",
    ["country", "creditor", "series", "year"],
    country=column("the debtor, ISO 3166 alpha-3", allowed=COUNTRIES, others=OTHER_COUNTRY),
    creditor=column(
        "the creditor's name, or World for all",
        pattern=r"^[A-Z][A-Za-z]*(?:[ .,()&'-]+[A-Za-z]+)*[.)]?$",
        words="the creditor's name in plain Latin letters, as the World Bank writes it",
    ),
    series=column(
        "the World Bank's code for the kind of creditor",
        allowed=[f"DT.DOD.{kind}.CD" for kind in ("BLAT", "MLAT", "PBND", "PCBK", "PROP")],
    ),
    year=column("calendar year", **YEAR),
    value=column("US dollars as published", **SUM, unit="USD"),
    source_id=column("entry of sources.yml", **SOURCE_ID),
)

RAW_REMITTANCES = define_table(
    "raw_remittances",
    "Remittances by sending country",
    "Modelled estimates of money sent home, as published.",
    ["country", "sender", "year"],
    country=column("the receiving country", allowed=COUNTRIES, others=OTHER_COUNTRY),
    sender=column("the sending country, or WLD for all", **COUNTRY_CODE),
    year=column("calendar year", **YEAR),
    value=column("as published", **SUM, unit="see column unit"),
    unit=column("unit of the value", allowed=["USD million"]),
    source_id=column("entry of sources.yml", **SOURCE_ID),
)

RAW_FDI = define_table(
    "raw_fdi",
    "Direct investment by source country",
    "Direct investment as two statistical offices publish it.",
    ["dataset", "country", "partner", "measure", "year"],
    dataset=column("short name of the dataset", allowed=["nbk", "unctad2014"], others=OTHER_OFFICE),
    country=column("the host", allowed=COUNTRIES, others=OTHER_COUNTRY),
    partner=column("the source, or WLD for all", **COUNTRY_CODE),
    measure=column("what is counted", allowed=["FDI inflow", "FDI inward stock", "outflow"]),
    year=column("calendar year", **YEAR),
    value=column("as published", **NUMBER, unit="see column unit"),
    unit=column("unit of the value", allowed=["EUR million", "USD million"]),
    source_id=column("entry of sources.yml", **SOURCE_ID),
)

RAW_PARTIES = define_table(
    "raw_parties",
    "States, institutions and lenders",
    "One row a party: its code, our name for it, and how the World Bank lists it as a creditor.",
    ["code"],
    code=column(
        "ISO 3166 alpha-3 for a state, WLD for all together, else a short word of our own",
        pattern=r"^[A-Z]{2,5}$",
        words="two to five capitals; for a state three, as ISO 3166 has them",
    ),
    name=column("name in English"),
    kind=column("what it is", allowed=PARTIES),
    world_bank_name=column("name in the World Bank's tables of debt"),
    world_bank_id=column(
        "id in the World Bank's list of creditors; empty where it is not known yet",
        pattern=r"^(?:[A-Z0-9]{1,8})?$",
        words="figures or capitals as the World Bank has them, such as 730, or nothing",
    ),
)

RAW_CLAIMS = define_table(
    "raw_claims",
    "Claims of the article",
    "One row an economic claim, in our words, with the rule that judges it; every figure of the "
    "article is in one. A claim and a reason hold no number of their own: {f:id} stands for a "
    "figure's printed words, {p:id} for a pair of figures, {w:key} and {i:key} for a weight or an "
    "indicator, {t:key} for one added up, {rule} for what the rule finds.",
    ["claim_id"],
    claim_id=column("name of the claim", **ID),
    country=column("whose economy it is about", **AREA),
    claim=column("the claim, in our words"),
    locator=column("where in the article it stands"),
    rule=column("how it is judged"),
    subject_ids=column("the article's figures that it speaks of"),
    evidence_ids=column(
        "figures that it is set against, or pairs of figures for a lead, where the rule names none",
        optional=True,
    ),
    reason=column("why, with places for the numbers"),
    would_change=column("what would change the verdict"),
)

# What a scale word makes of the number before it.
SCALES = {
    "": Decimal(1),
    "percent": Decimal("0.01"),
    "thousand": Decimal(10**3),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
}

RAW_SECOND_READINGS = define_table(
    "raw_second_readings",
    "A second reading of the printed figures",
    "One row a printed figure, read a second time from the source and noted down without a look "
    "at the first; what differs is worth another look.",
    ["figure_id"],
    figure_id=column("the figure that was read", **ID),
    numbers=column(
        "the numbers in figures, with a space between two; empty where the words hold none",
        pattern=r"^(?:[0-9]{1,16}(?:\.[0-9]{1,6})?(?: [0-9]{1,16}(?:\.[0-9]{1,6})?)*)?$",
        words="numbers in plain figures with a space between two, or nothing",
    ),
    scale=column("the scale word that they share", allowed=list(SCALES)[1:], optional=True),
    unit=column(
        "currency or measure that is printed; empty for what is counted, ranked or shared",
        allowed=["USD", "EUR", "m3"],
        optional=True,
    ),
    years=column(
        "the years that the period names, with a space between two; empty where it names none",
        pattern=r"^(?:(?:19|20)[0-9]{2}(?: (?:19|20)[0-9]{2})*)?$",
        words="years in four digits with a space between two, or nothing",
    ),
    power=column("the power that it speaks of; empty for neither", allowed=POWERS, optional=True),
)

RAW_CONTROL_TOTALS = define_table(
    "raw_control_totals",
    "Control totals of the statistics",
    "Rows and sums of each edition by what its columns hold, taken from the files as they were "
    "compiled and not from the tables here; no command renews them.",
    ["table", "edition", "column", "cell"],
    table=column("the raw table", allowed=list(_CONTROLLED)),
    edition=column("entry of sources.yml", **ID),
    column=column("a column of the table's key"),
    cell=column("what the column holds in the rows that are added up"),
    rows=column("how many rows", pattern=r"^[1-9][0-9]{0,6}$", words="a whole number above nought"),
    total=column("the sum of their values, exactly", **NUMBER),
)

RAW_TABLES: dict[str, Table] = {
    "article": RAW_FIGURES,
    "elsewhere": RAW_ELSEWHERE,
    "stated_trade": RAW_STATED,
    "stated_investment": RAW_STATED,
    "trade_pairs": RAW_TRADE_PAIRS,
    "trade_all_partners": RAW_TRADE_ALL,
    "trade_world": RAW_TRADE_WORLD,
    "countries": RAW_COUNTRIES,
    "wdi": RAW_WDI,
    "debt_by_creditor": RAW_DEBT,
    "parties": RAW_PARTIES,
    "remittances": RAW_REMITTANCES,
    "fdi": RAW_FDI,
    "claims": RAW_CLAIMS,
    "trade_national": RAW_TRADE_NATIONAL,
    "trade_goods_and_services": RAW_GOODS_AND_SERVICES,
    **RAW_STATISTICS,
    "second_readings": RAW_SECOND_READINGS,
    "control_totals": RAW_CONTROL_TOTALS,
}

# The tables of printed figures, in the order in which they become one.
_PRINTED = (RAW_FIGURES, RAW_ELSEWHERE, RAW_STATED)
FIGURES = tuple(name for name, table in RAW_TABLES.items() if table in _PRINTED)
