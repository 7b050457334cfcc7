"""Columns, types, rules and descriptions of every processed table, in one place.

The same definition validates a table (pandera) and, through ``codebook``, describes it to a
reader and to a program, so the three cannot drift apart.
"""

from __future__ import annotations

import pandera.pandas as pa

from analysis.config import COUNTRIES, POWERS
from analysis.data.columns import (
    ANY_AREA,
    AREA,
    COUNTRY_CODE,
    DATASET,
    DATE_PATTERN,
    ID,
    OTHER_COUNTRY,
    SOURCE_ID,
    NumberOf,
    TextOf,
    column,
    define_table,
)
from analysis.data.vocabulary import (
    CLAIM_VERDICTS,
    COMPARABLE,
    CONFIDENCES,
    COVERAGES,
    DIMENSIONS,
    EVIDENCE,
    FLOWS,
    GRADES,
    INDICATOR_NAMES,
    INDICATORS,
    JUDGES,
    LEADERS,
    NATURES,
    OUTCOMES,
    RECORDS,
    REFUSALS,
    ROLES,
    ROLES_OF_YEARS,
    STATES,
    STATUSES,
    TIE_RECORDS,
    TIE_VERDICTS,
    TIES,
    UNITS,
    WORDINGS,
)

_QUANTITY: NumberOf = {"dtype": float, "optional": True, "unit": "see column unit"}

FIGURES = define_table(
    "figures",
    "Figures with their intervals",
    "One row a printed figure, with the number, the interval that its words allow and its "
    "source. Compound words (a growth pair, a part of a total) take one row each.",
    ["figure_id"],
    figure_id=column("name of the figure", **ID),
    country=column("whose economy it is about", **ANY_AREA),
    power=column("the power it speaks of; empty for neither", allowed=POWERS, optional=True),
    counterpart=column("who else it speaks of", optional=True),
    dimension=column("which kind of tie", allowed=DIMENSIONS),
    indicator=column("what it measures", allowed=INDICATORS),
    nature=column("what kind of number it is", allowed=NATURES),
    status=column("whether it happened", allowed=STATUSES),
    state=column("why a value is there or is missing", allowed=STATES),
    value=column("the number; empty where the words give only a bound", **_QUANTITY),
    low=column("working interval, lower end; empty where open", **_QUANTITY),
    high=column("working interval, upper end; empty where open", **_QUANTITY),
    logical_low=column("least that the words strictly allow; empty where open", **_QUANTITY),
    logical_high=column("most that the words strictly allow; empty where open", **_QUANTITY),
    unit=column("unit of the five numbers", allowed=UNITS),
    qualifier=column("the hedge in the words; empty for a plain number", optional=True),
    period_start=column("first day of the period", pattern=DATE_PATTERN, unit="ISO 8601"),
    period_end=column("last day of the period", pattern=DATE_PATTERN, unit="ISO 8601"),
    as_of=column("day that a stock is counted at", pattern=DATE_PATTERN, unit="ISO 8601"),
    period_printed=column("the period's words as printed, or as corrected", optional=True),
    reporter=column("who recorded it, where that is known", optional=True),
    coverage=column("which partners it takes in", allowed=COVERAGES),
    price_basis=column("nominal, or constant with its year", optional=True),
    attribution=column("whose word the source gives it as", optional=True),
    printed=column("the figure's words exactly as printed"),
    wording=column("whose words they are", allowed=WORDINGS),
    corrected=column(
        "what a correction put in their place; the numbers are then of these words", optional=True
    ),
    correction=column("what was corrected beside the words, and why", optional=True),
    source_id=column("entry of sources.yml", **ID),
    locator=column("where in the source it stands"),
    related_id=column("figure that it is tied to", optional=True),
    role=column("how it stands to that figure", allowed=ROLES, optional=True),
    note=column("what a reader must know about it", optional=True),
    grade=column("how it is known", allowed=GRADES),
    evidence=column("how firm it is", allowed=EVIDENCE),
)

_NUMERIC_YEAR: NumberOf = {"dtype": int, "low": 1990, "high": 2100}

_TRADE_KEY = ["reporter", "partner", "flow", "year", "dataset"]

_TRADE_COLUMNS = {
    "reporter": column("who recorded it, ISO 3166 alpha-3", **COUNTRY_CODE),
    "partner": column("the other side, or WLD for all", **COUNTRY_CODE),
    "flow": column("from the reporter's side", allowed=["export", "import"]),
    "year": column("calendar year", **_NUMERIC_YEAR),
    "value": column("value of what was traded", float, low=0, unit="USD"),
    "dataset": column("dataset, a vintage of its own", **DATASET),
    "evidence": column("how the record came about", allowed=EVIDENCE),
    "source_id": column("entry of sources.yml", **SOURCE_ID),
    "grade": column("how the figure is known", allowed=GRADES),
}

TRADE = define_table(
    "trade",
    "Trade records",
    "One row a record of goods traded in a year: who recorded it, with whom, and how it came "
    "about.",
    _TRADE_KEY,
    **_TRADE_COLUMNS,
)

TRADE_GOODS_AND_SERVICES = define_table(
    "trade_goods_and_services",
    "Trade records of goods and services together",
    "One row a record of goods and services traded in a year, where the office gives no other; "
    "never to be added to goods. The partner XXX stands for what is not given by country.",
    _TRADE_KEY,
    **_TRADE_COLUMNS,
)

# One country's, or the region's whose gas is counted together.
_COUNTRY_OR_REGION: TextOf = {
    "pattern": "^(?:[A-Z]{3}|OCIS)$",
    "words": "three capitals, as ISO 3166 has them, or OCIS",
}

INDICATORS_TABLE = define_table(
    "indicators",
    "Statistics by country and year",
    "One row a published statistic: debt by creditor, remittances, direct investment, GDP and "
    "the like, each with its dataset and vintage.",
    ["country", "counterpart", "indicator", "year", "dataset", "vintage"],
    country=column("ISO 3166 alpha-3, or OCIS for the CIS without Russia", **_COUNTRY_OR_REGION),
    power=column("China or Russia where the counterpart is", allowed=POWERS, optional=True),
    counterpart=column(
        "creditor, sender, investor, buyer or supplier; all where all together; empty for none",
        optional=True,
    ),
    indicator=column("what is measured", allowed=INDICATOR_NAMES),
    year=column("calendar year", **_NUMERIC_YEAR),
    value=column("the number", float, unit="see column unit"),
    unit=column(
        "unit of the value; TIV is SIPRI's trend-indicator value",
        allowed=["USD", "USD of 2021", "EUR", "persons", "ratio", "rate", "m3", "TIV"],
    ),
    dataset=column("short name of the dataset", **DATASET),
    vintage=column("edition of the dataset"),
    source_id=column("entry of sources.yml", **SOURCE_ID),
    evidence=column("how the number came about", allowed=EVIDENCE),
    grade=column("how it is known", allowed=GRADES),
)


def _side(power: str) -> dict[str, pa.Column]:
    lower = power.lower()
    return {
        lower: column(f"{power}'s figure; empty where it gives no point", **_QUANTITY),
        f"{lower}_low": column(f"lower end of {power}'s figure", **_QUANTITY),
        f"{lower}_high": column(f"upper end of {power}'s figure; empty where open", **_QUANTITY),
        f"{lower}_state": column(f"why {power}'s figure is there or missing", allowed=STATES),
        f"{lower}_period": column(f"period of {power}'s figure in words", optional=True),
    }


def _difference(words: str) -> pa.Column:
    return column(words, float, optional=True, low=-1, high=1, unit="from -1 to 1")


COMPARISONS = define_table(
    "comparisons",
    "China and Russia side by side",
    "One row a pair of figures, with the measures where they are like with like and the reason "
    "in words where they are not.",
    ["comparison_id"],
    comparison_id=column("name of the comparison", **ID),
    country=column("whose economy it is about", **ANY_AREA),
    dimension=column("which kind of tie", allowed=DIMENSIONS),
    concept=column("what is measured", allowed=INDICATORS),
    flow=column("which way the goods go; trade only", optional=True),
    nature=column("what kind of number it is", allowed=NATURES),
    unit=column("unit of the two figures", allowed=UNITS),
    period_start=column("first day of the period", pattern=DATE_PATTERN, unit="ISO 8601"),
    period_end=column("last day of the period", pattern=DATE_PATTERN, unit="ISO 8601"),
    record=column("whose count", allowed=RECORDS),
    dataset=column("dataset or source that the figures come from", **ID),
    **_side("Russia"),
    **_side("China"),
    difference=_difference("D = (China - Russia) / (China + Russia)"),
    difference_low=_difference("least D that the two intervals allow"),
    difference_high=_difference("greatest D that the two intervals allow"),
    log2_ratio=column(
        "log2(China / Russia); empty where either is zero",
        float,
        optional=True,
        unit="doublings",
    ),
    word=column("the verbal scale, chosen from the interval of D", optional=True),
    comparable=column("whether they may be compared", allowed=COMPARABLE),
    refusal=column("why not; empty where they may be", allowed=REFUSALS, optional=True),
    reason=column("the condition, or why not in this case", optional=True),
    russia_ids=column("figures that Russia's side rests on", optional=True),
    china_ids=column("figures that China's side rests on", optional=True),
)

CHECKS = define_table(
    "checks",
    "Arithmetic that the figures must pass",
    "One row a check of figures against each other: shares against totals, ranks against "
    "values, growth, a fact under two years, promises beside deliveries, sums that overlap.",
    ["check_id"],
    check_id=column("name of the check", **ID),
    kind=column("which rule"),
    subject=column("figures that it holds against each other, by id"),
    expected=column("what should be found, in words with its unit"),
    found=column("what is found"),
    outcome=column("how it came out", allowed=OUTCOMES),
    explanation=column("what a reader should make of it"),
    sentence=column("what a reader is told of it; empty where it is nothing", optional=True),
)

MIRROR = define_table(
    "mirror",
    "The same goods on two records",
    "One row a flow of goods that both sides recorded: how far the importer's record lies from "
    "the exporter's once freight and insurance are allowed for.",
    ["country", "power", "flow", "year", "dataset"],
    country=column("whose economy it is about", **ANY_AREA),
    power=column("the other side", allowed=POWERS),
    flow=column("which way the goods went, from the country's side", allowed=FLOWS),
    year=column("calendar year", **_NUMERIC_YEAR),
    dataset=column("dataset, as an entry of sources.yml", **ID),
    exporter_value=column("as the exporter records it", float, low=0, unit="USD"),
    importer_value=column("as the importer records it", float, low=0, unit="USD"),
    ratio=column("importer / (1.06 x exporter); 1 is agreement", float, optional=True, low=0),
    ratio_low=column("the same with freight and insurance at 20%", float, optional=True, low=0),
    ratio_high=column("the same with freight and insurance at 5%", float, optional=True, low=0),
    log_gap=column("natural logarithm of the ratio", float, optional=True),
    explained=column(
        "whether freight and insurance alone could explain it", allowed=["yes", "no", "one-sided"]
    ),
    cause=column("known cause, where one is known", optional=True),
)

_SHARE: NumberOf = {"dtype": float, "optional": True, "low": 0, "high": 1, "unit": "share"}

WEIGHTS = define_table(
    "weights",
    "Both powers beside everyone else",
    "One row a country's whole trade or public debt in a year: the parts of China, Russia, the "
    "European Union and the rest, the two powers' places, and how concentrated the whole is.",
    ["country", "measure", "year", "record", "dataset"],
    country=column("whose economy it is about", **ANY_AREA),
    measure=column(
        "what is divided; goods and services together are measures of their own",
        allowed=[*FLOWS, *(f"goods_services_{flow}" for flow in FLOWS), "debt"],
    ),
    year=column("calendar year", **_NUMERIC_YEAR),
    record=column("whose count", allowed=RECORDS),
    dataset=column("dataset, as an entry of sources.yml", **ID),
    total=column("the whole", float, low=0, unit="USD"),
    listed=column("part of the whole that is listed by partner", **_SHARE),
    china=column("China's part", **_SHARE),
    russia=column("Russia's part", **_SHARE),
    both=column("China and Russia together", **_SHARE),
    european_union=column(
        "the members of that year together, the United Kingdom to 2019; trade only", **_SHARE
    ),
    rest=column("everyone else; empty where the list is of neighbours only", **_SHARE),
    china_rank=column("China's place, each country for itself", float, optional=True, low=1),
    china_rank_best=column(
        "China's place, were all that are level with it below it", float, optional=True, low=1
    ),
    china_rank_worst=column(
        "China's place, were all that are level with it above it", float, optional=True, low=1
    ),
    russia_rank=column("Russia's place, each country for itself", float, optional=True, low=1),
    china_rank_eu=column("China's place with the Union as one", float, optional=True, low=1),
    russia_rank_eu=column("Russia's place with the Union as one", float, optional=True, low=1),
    concentration_low=column("least Herfindahl-Hirschman index, the rest in atoms", **_SHARE),
    concentration_high=column("greatest, the rest in the largest parts it can have", **_SHARE),
)

CROSSINGS = define_table(
    "crossings",
    "When the lead changed hands",
    "One row a change of the lead on one record, one concept and one edition of a table, the "
    "newest: a power takes the lead in the first of two consecutive years in which it leads.",
    ["country", "tie", "concept", "record", "edition", "year"],
    country=column(
        "whose economy it is about, or OCIS for the CIS without Russia", **_COUNTRY_OR_REGION
    ),
    tie=column("which tie", allowed=TIES),
    concept=column("what is measured", allowed={**INDICATORS, **INDICATOR_NAMES}),
    record=column("whose count", allowed=TIE_RECORDS),
    edition=column("entry of sources.yml", **ID),
    year=column("first of the two years", **_NUMERIC_YEAR),
    leader=column("who takes the lead", allowed=POWERS),
    before=column("who had it", allowed=POWERS),
    preliminary=column("whether either year is by preliminary figures", allowed=["yes", "no"]),
    lasting=column("whether nobody has taken it since", allowed=["yes", "no"]),
    last_year=column("last year of the series", **_NUMERIC_YEAR),
)

_TIE = {
    "country": column("whose economy it is about", allowed=COUNTRIES, others=OTHER_COUNTRY),
    "tie": column("which tie", allowed=TIES),
}


def _tie_side(power: str) -> dict[str, pa.Column]:
    lower = power.lower()
    return {
        lower: column(f"{power}'s figure; empty where it gives no point", **_QUANTITY),
        f"{lower}_low": column(f"lower end of {power}'s figure", **_QUANTITY),
        f"{lower}_high": column(f"upper end of {power}'s figure; empty where open", **_QUANTITY),
        f"{lower}_logical_low": column(f"least that {power}'s words allow", **_QUANTITY),
        f"{lower}_logical_high": column(f"most that {power}'s words allow", **_QUANTITY),
        f"{lower}_ids": column(f"records and figures that {power}'s side rests on", optional=True),
        f"{lower}_to_gdp": column(
            f"{power}'s figure over GDP of the year; empty where it is no money in dollars",
            float,
            optional=True,
            unit="ratio",
        ),
    }


TIE_PAIRS = define_table(
    "ties",
    "Every tie, record by record",
    "One row a pair of figures of one record, one concept and one period, or the half of it that "
    "is known; by the rules of judgement.",
    ["country", "tie", "concept", "record", "start", "end", "edition"],
    pair_id=column("name of the pair, with its edition where another one tells the period"),
    **_TIE,
    concept=column("what is measured", allowed={**INDICATORS, **INDICATOR_NAMES}),
    record=column("whose count", allowed=TIE_RECORDS),
    start=column(
        "first day, or the day of a stock, or the first of a year without one",
        pattern=DATE_PATTERN,
        unit="ISO 8601",
    ),
    end=column("last day", pattern=DATE_PATTERN, unit="ISO 8601"),
    year=column("year of the last day", **_NUMERIC_YEAR),
    whole_year=column("whether it stands for a whole year", allowed=["yes", "no"]),
    unit=column("unit of the figures"),
    **_tie_side("China"),
    **_tie_side("Russia"),
    difference=_difference("D = (China - Russia) / (China + Russia)"),
    low=_difference("least D that the working intervals allow"),
    high=_difference("greatest D that the working intervals allow"),
    logical_low=_difference("least D that the words allow"),
    logical_high=_difference("greatest D that the words allow"),
    leader=column("who is ahead; empty where one half is missing", allowed=LEADERS, optional=True),
    logical_leader=column("the same by all that the words allow", allowed=LEADERS, optional=True),
    grade=column("how the weaker of the two is known", allowed=GRADES),
    evidence=column("how the weaker of the two came about", allowed=EVIDENCE),
    edition=column("entry of sources.yml; several are joined by plus signs"),
    in_use=column("whether its record and period are told by it", allowed=["yes", "no"]),
)

TIE_JUDGED = define_table(
    "verdicts",
    "Who is ahead in each tie, newest and in the article's year",
    "One row a tie and year: what its records say together, how sure that is, and whether it "
    "weighs anything beside the country's output.",
    ["country", "tie", "role"],
    **_TIE,
    role=column("which year it is", allowed=ROLES_OF_YEARS),
    year=column("calendar year", **_NUMERIC_YEAR),
    verdict=column("what the records say together", allowed=TIE_VERDICTS),
    leader=column("who is ahead; empty where none is", allowed=POWERS, optional=True),
    confidence=column("how sure; empty where there is no pair", allowed=CONFIDENCES, optional=True),
    weighty=column(
        "whether either figure is a hundredth of GDP (of gas: of all gas sold by pipeline)",
        allowed=["yes", "no"],
    ),
    records=column("the records that have a pair", optional=True),
    known=column("the power whose half alone is known", allowed=POWERS, optional=True),
    unnamed=column(
        "part of the whole in hands that the source does not name; debt only",
        float,
        optional=True,
        low=0,
        high=1,
        unit="share",
    ),
)

TRADE_WORLD = define_table(
    "trade_world",
    "Every country's trade records with China, Russia and the world",
    "One row a record of goods traded in a year, all of the IMF's Direction of Trade Statistics "
    "of January 2022; flows of 0.1 million dollars and more.",
    ["reporter", "partner", "flow", "year"],
    reporter=column("who recorded it, ISO 3166 alpha-3", **COUNTRY_CODE),
    partner=column("the other side, or WLD for all", **COUNTRY_CODE),
    flow=column("from the reporter's side", allowed=["export", "import"]),
    year=column("calendar year", **_NUMERIC_YEAR),
    value=column("value of the goods", float, low=0, unit="USD"),
    evidence=column("how the record came about", allowed=EVIDENCE),
)

_LISTED: NumberOf = {"dtype": float, "optional": True, "low": 0, "unit": "USD"}

WORLD = define_table(
    "world",
    "China and Russia in every country's trade",
    "One row a country, flow, year and record. Where a recorder lists only one direction of trade "
    "with a power, the other is taken as anything below the least sum that is listed, so a figure "
    "is an interval; where it lists neither, there is no figure.",
    ["country", "flow", "year", "record"],
    country=column("whose trade it is, ISO 3166 alpha-3", **COUNTRY_CODE),
    flow=column("which way the goods go", allowed=FLOWS),
    year=column("calendar year", **_NUMERIC_YEAR),
    record=column("whose count", allowed=["partner", "own"]),
    china_low=column("trade with China, at least", **_LISTED),
    china_high=column("trade with China, at most", **_LISTED),
    russia_low=column("trade with Russia, at least", **_LISTED),
    russia_high=column("trade with Russia, at most", **_LISTED),
    difference_low=_difference("least D = (China - Russia) / (China + Russia)"),
    difference_high=_difference("greatest D"),
    leader=column(
        "who is ahead, by the interval of D; empty for no comparison",
        allowed=LEADERS,
        optional=True,
    ),
    refusal=column("why there is no comparison; empty where there is one", optional=True),
)

WORLD_CROSSINGS = define_table(
    "world_crossings",
    "When the lead in a country's trade changed hands",
    "One row a change of the lead in a country's turnover: the first of two consecutive years in "
    "which the other power leads.",
    ["country", "record", "year"],
    country=column("whose trade it is, ISO 3166 alpha-3", **COUNTRY_CODE),
    record=column("whose count", allowed=["partner", "own"]),
    year=column("first of the two years", **_NUMERIC_YEAR),
    leader=column("who takes the lead", allowed=POWERS),
    lasting=column("whether it still held in the last year", allowed=["yes", "no"]),
    last_year=column("last year of the series", **_NUMERIC_YEAR),
)

COUNTRY_NAMES = define_table(
    "countries",
    "Names of countries and territories",
    "One row a country or territory of the IMF's trade statistics, with its English name.",
    ["country"],
    country=column("ISO 3166 alpha-3, or XKX", **COUNTRY_CODE),
    name=column("English name, after Unicode's CLDR"),
)

CLAIMS = define_table(
    "claims",
    "What the article claims, and how it fares",
    "One row an economic claim of the article, in our words, with a verdict, who gave it, and what "
    "it rests on; every figure of the article is in one of them.",
    ["claim_id"],
    claim_id=column("name of the claim", **ID),
    country=column("whose economy it is about", **AREA),
    dimension=column("which tie it is about, by its first figure", allowed=DIMENSIONS),
    claim=column("the claim, in our words"),
    locator=column("where in the article it stands"),
    printed=column("the article's own number or word, as printed"),
    found=column("the records' number, where there is one", optional=True),
    verdict=column("how it fares", allowed=CLAIM_VERDICTS),
    verdict_words=column("the same in words"),
    judged_by=column("who gave the verdict", allowed=JUDGES),
    because=column("why, in sentences"),
    would_change=column("what would change the verdict"),
    subject_ids=column("the article's figures that it speaks of"),
    evidence_ids=column("rows that the verdict rests on, by the names of rows", optional=True),
)

TABLES = {
    table.name: table
    for table in (
        FIGURES,
        TRADE,
        TRADE_GOODS_AND_SERVICES,
        INDICATORS_TABLE,
        COMPARISONS,
        MIRROR,
        WEIGHTS,
        CROSSINGS,
        TIE_PAIRS,
        TIE_JUDGED,
        CHECKS,
        CLAIMS,
        COUNTRY_NAMES,
        TRADE_WORLD,
        WORLD,
        WORLD_CROSSINGS,
    )
}
