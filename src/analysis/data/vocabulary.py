"""The words that cells of the tables may hold, each with what it means."""

from __future__ import annotations

from analysis.config import COUNTRIES, POWERS

AREAS = {**COUNTRIES, "REGION": "all five together", "WLD": "the world"}

DIMENSIONS = {
    "trade": "goods bought and sold between two countries",
    "investment": "direct investment, flows and stocks",
    "credit": "loans committed and received",
    "debt": "public debt owed, and written off",
    "remittances": "money sent home by people working abroad",
    "labour": "people working or studying abroad",
    "energy": "gas, oil and power",
    "aid": "grants and assistance",
    "pledges": "agreements and packages announced",
    "institutions": "banks and funds with members or uses beyond the region",
    "other": "figures that serve as context",
}

NATURES = {
    "flow": "over a period",
    "stock": "at a date",
    "cumulative": "added up over several years",
    "share": "part of a whole",
    "ratio": "relative to GDP; may pass 1",
    "rank": "place in an order",
    "volume": "physical amount over a period",
    "count": "number of things or people",
}

STATUSES = {
    "realised": "happened",
    "outstanding": "owed or held at a date",
    "committed": "signed, not known to be paid",
    "announced": "said, not known to be signed in this amount",
    "target": "hoped for",
    "estimate": "estimated by the source",
}

STATES = {
    "value": "a number or a bound was printed",
    "observed_zero": "the source says that there was none",
    "not_reported": "the source speaks of it without a number",
    "not_applicable": "the question does not arise",
}

COVERAGES = {
    "bilateral": "between the country and the power",
    "all_sources": "from or to all countries together",
    "regional": "the five countries together, not split",
    "worldwide": "a body or fund whose money is not for the region alone",
}

WORDINGS = {
    "source": "the source's own words",
    "ours": "put together by us from the value, unit and hedge that are known of a page",
}

# Who counts, beside the states.
ORGANISATIONS = {
    "AidData": "a research laboratory",
    "BP": "the company, in its review of energy",
    "Eurasian Development Bank": "the bank",
    "Eurasian Research Institute": "the institute",
    "World Bank": "the bank",
    "fDi Markets": "a service that lists investment projects",
    "press": "a page that does not say who counted",
}

# Whom a figure speaks of beside its country and power, where that is no country.
COUNTERPARTS = (
    *("all countries", "all creditors", "all partners", "all shareholders", "all sources"),
    *("China and others", "Chinese companies", "Korean and Emirati firms", "Jiangsu Province"),
    *("China National Petroleum Corporation", "Asian Infrastructure Investment Bank"),
    *("World Bank", "the Eurasian Economic Union", "the bank’s region"),
    *("consortium", "other financiers"),
)

UNITS = {
    "USD": "US dollars, nominal",
    "EUR": "euros, nominal",
    "share": "fraction of a whole, 0 to 1",
    "ratio": "fraction of GDP; may pass 1",
    "m3": "cubic metres",
    "persons": "people",
    "count": "number of things",
    "rank": "place in an order, 1 is first",
}

# What a figure measures. Two figures are alike only if they share this word, so a word is
# split as soon as two sources mean different things by it. Label: how a sentence names it. Of which
# dimension, nature and unit its figures are stands in ``kinds``.
INDICATORS = {
    "trade_turnover": "trade in goods, exports and imports together",
    "exports": "goods sold to the power",
    "imports": "goods bought from the power",
    "goods_services_turnover": "trade in goods and services, exports and imports together",
    "goods_services_exports": "goods and services sold to the power",
    "goods_services_imports": "goods and services bought from the power",
    "trade_without_gas": "trade in goods but for gas, exports and imports together",
    "trade_rank": "place among trading partners",
    "trade_target": "trade hoped for",
    "trade_to_gdp": "trade in goods, as a share of GDP",
    "trade_share": "share of the country's trade in goods",
    "trade_gap": "how far two sides' records of trade lie apart",
    "trade_fall": "fall of trade over the year",
    "trade_growth": "growth of trade over the year",
    "trade_increase": "rise of trade over the year, in money",
    "trade_decrease": "fall of trade over the year, in money",
    "fdi_flow": "direct investment in a period",
    "fdi_flow_gross": "direct investment in a period, before money taken out",
    "fdi_gross_share": "share of direct investment in a period, before money taken out",
    "fdi_stock": "direct investment held at a date",
    "fdi_stock_edb": "direct investment held, by owner, as a development bank counts it",
    "fdi_stock_region_share": "share of direct investment held from a bank's region",
    "fdi_stock_mofcom": "direct investment held, as China's ministry of commerce counts it",
    "fdi_stock_share": "share of direct investment held at a date",
    "fdi_outflow": "direct investment sent, as the sending side counts it",
    "fdi_share": "share of direct investment",
    "investment_cumulative": "investment added up over years",
    "investment_share": "share of foreign investment",
    "foreign_investment": "all foreign investment in a period, portfolios and loans among it",
    "investment_flow_government": "foreign investment in a period, as the government counts it",
    "investment_and_loans_flow": "foreign investment and loans taken up in a period",
    "investment_and_loans_share": "share of foreign investment and loans in fixed capital",
    "investment_and_loans_cumulative": "investment and loans added up over years",
    "investment_pledged": "investment promised",
    "trade_deals": "trade contracts announced",
    "investment_rank": "place among foreign investors",
    "project_cost": "cost of a project",
    "project_plan": "investment planned in a project",
    "project_paid": "money put into a project",
    "acquisition": "price of a stake",
    "stake": "share of a company",
    "buyers": "companies that bought a stake",
    "loans_committed": "loans committed",
    "loans_received": "loans received",
    "loans_sought": "loans asked for",
    "swap_line": "currency swap line",
    "debt_owed": "public external debt owed",
    "debt_share": "share of public external debt",
    "external_debt_share": "share of external debt, of which kind is not said",
    "external_debt": "public external debt owed to all",
    "debt_to_gdp": "public external debt owed, as a share of GDP",
    "debt_written_off": "debt written off",
    "remittances": "money sent home by migrants",
    "transfers_cbr": "transfers by people, as the Bank of Russia counts them",
    "transfers_sent": "transfers sent, as the sending side counts them",
    "transfers_received": "transfers received from abroad, as the receiving side counts them",
    "transfers_growth": "growth of transfers over the year",
    "remittances_to_gdp": "money sent home, as a share of GDP",
    "migrants": "people working abroad",
    "population": "people living in the country",
    "naturalised": "migrants given citizenship or work rights",
    "students": "students abroad",
    "scholarships": "students on state scholarships",
    "students_leaving": "people who left to study abroad",
    "joint_ventures": "companies and joint ventures",
    "enterprises_new": "enterprises with foreign capital newly registered",
    "enterprises_registered": "enterprises with foreign capital registered at a date",
    "enterprises_operating": "enterprises with foreign capital operating at a date",
    "enterprises_share": "share of enterprises with foreign capital",
    "gas_exports": "gas sold by pipeline",
    "gas_exports_value": "value of gas sold by pipeline",
    "gas_exports_total": "gas sold to all buyers",
    "oil_output_share": "share of oil output controlled",
    "oil_fields": "oil fields with a stake",
    "pipelines": "pipelines",
    "power_plants": "power plants planned",
    "contract_value": "value of a contract",
    "agreements_value": "value of agreements",
    "agreements_count": "number of agreements",
    "aid": "aid",
    "committed_money": "money committed or promised",
    "fund_size": "size of a fund",
    "joint_projects": "projects done together",
    "bank_capital": "capital of a bank",
    "capital_subscribed": "part of a bank's capital subscribed",
    "shareholder_rank": "place among shareholders",
    "capital_share": "share of a bank's capital",
    "vote_share": "share of a bank's votes",
    "military_spending": "military spending",
    "military_spending_to_gdp": "military spending, as a share of GDP",
}

# The tie that a printed figure tells of; one of any other indicator is on no tie.
TIES_OF_FIGURES = {
    "trade_turnover": "trade",
    "goods_services_turnover": "trade",
    "exports": "exports",
    "imports": "imports",
    "debt_owed": "debt",
    "fdi_flow": "investment_received",
    "fdi_flow_gross": "investment_received",
    "fdi_gross_share": "investment_received",
    "foreign_investment": "investment_received",
    "investment_flow_government": "investment_received",
    "investment_and_loans_flow": "investment_received",
    "investment_and_loans_share": "investment_received",
    "fdi_stock": "investment_held",
    "fdi_stock_edb": "investment_held",
    "fdi_stock_mofcom": "investment_held",
    "remittances": "money_home",
    "transfers_received": "money_home",
    "transfers_sent": "money_home",
    "transfers_cbr": "money_home",
    "gas_exports": "gas",
}

# How a figure stands to the one that its related_id names.
ROLES = {
    "share_of": "this share, of the related total",
    "share_for": "this share is what the related amount makes of a total that is not printed",
    "part_of": "a part of the related whole",
    "summand_of": "one of the parts that the related figure is the sum of",
    "whole": "the whole of which the related figure is a part",
    "growth_of": "the growth that led up to the related figure, from its earlier end",
    "earlier": "the earlier end of a growth whose later end is the related figure",
    "same_as": "the same fact as the related figure, printed a second time",
    "included_in": "already counted in the related figure, so the two must not be added",
    "promise_beside": "a promise, printed beside the related delivery",
    "rank_of": "the rank that goes with the related value",
    "addition_to": "an amount that comes on top of the related one",
    "beside": "the same authority’s word on the other power, or on all, beside the related one",
    "source_of": "what the page that the article cites has for the related figure",
    "outcome_of": "what the related plan or announcement is said to have come to",
}

FLOWS = {
    "exports": "goods sold by the country to the power",
    "imports": "goods bought by the country from the power",
    "turnover": "exports and imports together",
}

# How a trade record came about. Only what a state recorded itself is a record of its own.
EVIDENCE = {
    "reported": "recorded by the reporter itself",
    "derived": "worked out from the partner's record",
    "imputed": "filled in by a fixed ratio",
    "estimated": "estimated by the publisher",
    "reconciled": "both sides' records brought together",
    "preliminary": "recorded by the reporter itself, in a first release",
    "unflagged": "given by the publisher without a word on how it came about",
    "modelled": "worked out from a model",
    "disputed": "another count, or a later edition, has another figure",
    "unverified": "of a kind found to be derived in other years",
}

# What stands behind a pair of figures as a record: what a state counted itself, also at first.
RECORDED = ("reported", "preliminary")

GRADES = {
    "table": "a table of an office or an organisation",
    "stated": "a figure that an authority has stated, as a page carries it",
    "derived": "worked out here from stated figures",
}

INDICATOR_NAMES = {
    "gdp": "gross domestic product",
    "population": "people living in the country",
    "remittances_received": "money sent home, received from all countries",
    "remittances": "money sent home, modelled by sending country",
    "fdi_inflow": "direct investment received from all countries",
    "fdi_flow": "direct investment received from one country, net",
    "fdi_stock": "direct investment held by one country, net",
    "fdi_outflow": "direct investment sent, as the sending side counts it",
    "external_debt": "external debt, public and private",
    "external_debt_public": "external debt, public and publicly guaranteed",
    "imf_credit": "IMF credit and allocations of its drawing rights",
    "debt_owed": "public and publicly guaranteed external debt owed",
    "loans_disbursed": "public and publicly guaranteed loans drawn",
    "loans_repaid": "principal of public and publicly guaranteed loans repaid",
    "loan_interest": "interest paid on public and publicly guaranteed loans",
    "commitments": "money committed by official lenders and donors",
    "grants": "grants received, as the donor reports them",
    "gas_exports": "gas sold by pipeline",
    "born_here_living_there": "people born in the country who live in the other",
    "born_there_living_here": "people born in the other who live in the country",
    "arms_received": "volume of major arms received, which is not a price",
    "exports_to_gdp": "exports of goods and services relative to GDP",
    "imports_to_gdp": "imports of goods and services relative to GDP",
    "exchange_rate": "official exchange rate, local currency for a dollar",
}

# Whose count it is: one coherent way of recording.
RECORDS = {
    "own": "as the country itself counts",
    "partner": "as the powers count",
    "exports_first": "each exporter's own exports; mixes recorders",
    "reconciled": "both sides' records brought together by a third party",
    "article": "as the article prints it",
    "stated": "as one source gives both",
}
# No pair of a tie mixes recorders.
TIE_RECORDS = {name: words for name, words in RECORDS.items() if name != "exports_first"}

COMPARABLE = {
    "yes": "like with like",
    "conditional": "comparable under the condition that the reason names",
    "no": "refused, for the reason given",
}

# Why a pair is refused; what it is in the one case stands in the reason.
REFUSALS = {
    "no_counterpart": "nothing comparable is given for one of the two",
    "no_number": "one is given in words without a number",
    "other_area": "not like with like: the area",
    "other_measure": "not like with like: what is measured",
    "other_nature": "not like with like: the kind of number",
    "other_status": "not like with like: whether it happened",
    "other_unit": "not like with like: the unit",
    "other_prices": "not like with like: the price basis",
    "other_coverage": "not like with like: which partners are counted",
    "other_reporter": "not like with like: who recorded it",
    "other_length": "not like with like: the length of the period",
    "other_period": "not like with like: the period",
    "not_its_own": "no record of the country's own",
    "not_their_own": "no record of the partners' own",
    "no_record": "no record for one of the two, which is missing and not zero",
    "negative": "a negative flow, money taken out, has no D",
    "nothing": "nothing with either power, so there is no lead",
    "no_total": "no total to divide by in this edition",
    "total_of_nothing": "the total is nothing, and has no parts",
}

OUTCOMES = {
    "agrees": "the printed figures fit each other",
    "conflicts": "they do not",
    "implies": "nothing printed contradicts it; the figure found is what follows",
    "overlaps": "one is counted in the other, so the two must not be added",
}

# How a claim of the article fares: what the code means, and what a page calls it.
CLAIM_VERDICTS = {
    "holds": "another record bears it out",
    "as_its_source_says": "what it rests on says so, and no other record counts the same thing",
    "depends_on_the_record": "one record bears it out and another does not",
    "one_sided": "true of one power, while the same source gives the other as much or nearly",
    "misdated": "the number is there, for another date",
    "meant_something_else": "the number is there, for another thing: its scope or name differs",
    "not_supported": "the records speak against it",
    "not_testable": "no record in the tables can decide it",
}
CLAIM_WORDS = {
    "holds": "holds",
    "as_its_source_says": "as its source says",
    "depends_on_the_record": "depends on whose record",
    "one_sided": "one-sided",
    "misdated": "misdated",
    "meant_something_else": "meant something else",
    "not_supported": "not supported",
    "not_testable": "not testable",
}

JUDGES = {
    "rule": "a rule that is the same for every claim of its kind",
    "person": "the judgement of a person, where no rule can decide",
}

# The World Bank's codes: what we call them, their unit, and the factor to it.
WDI = {
    "NY.GDP.MKTP.CD": ("gdp", "USD", 1),
    "SP.POP.TOTL": ("population", "persons", 1),
    "BX.TRF.PWKR.CD.DT": ("remittances_received", "USD", 1),
    "BX.KLT.DINV.CD.WD": ("fdi_inflow", "USD", 1),
    "DT.DOD.DECT.CD": ("external_debt", "USD", 1),
    "DT.DOD.DPPG.CD": ("external_debt_public", "USD", 1),
    "DT.DOD.DIMF.CD": ("imf_credit", "USD", 1),
    "NE.EXP.GNFS.ZS": ("exports_to_gdp", "ratio", 0.01),
    "NE.IMP.GNFS.ZS": ("imports_to_gdp", "ratio", 0.01),
    "PA.NUS.FCRF": ("exchange_rate", "rate", 1),
}
POPULATION = "SP.POP.TOTL"
# What cannot be nought, and what cannot be less; direct investment can, where it is taken out.
ABOVE_NOUGHT = ("NY.GDP.MKTP.CD", POPULATION, "PA.NUS.FCRF")
NOT_BELOW_NOUGHT = tuple(code for code in WDI if code not in (*ABOVE_NOUGHT, "BX.KLT.DINV.CD.WD"))

# In what each dataset of direct investment is published.
FDI_UNITS = {"nbk": "EUR million", "unctad2014": "USD million"}

# What the World Bank calls the two powers among creditors.
CREDITORS = {"China": "CHN", "Russian Federation": "RUS"}

PARTIES = {
    "state": "a country or territory, its government and its banks alike",
    "institution": "a development bank, a fund or a union of states",
    "bondholders": "whoever holds the bonds; not known by country",
    "several lenders": "loans of several lenders together; not known by country",
    "all": "all together",
}

# The rules that judge a claim: the terms that each takes, in words and as a pattern.
_NAME = "[a-z0-9]+(?:-[a-z0-9]+)*"
_PAIR = "[A-Z]{3}-[a-z_]+-[a-z_]+-[0-9-]+"
_SUM = rf"{_NAME}(?:[+]{_NAME})*"
CLAIM_RULES = {
    "judged": (
        "a verdict, where no rule can decide: " + ", ".join(CLAIM_VERDICTS),
        "(?:" + "|".join(CLAIM_VERDICTS) + ")",
    ),
    "lead": (
        "CHN, RUS or level, and how many times the other's figure at least, as in lead CHN 1",
        "(?:CHN|RUS|level) [0-9]+(?:[.][0-9]+)?",
    ),
    "rank": (
        "China's place among trading partners, as in rank 2 or rank 1-3, and figure_ids of "
        "another year, China's first",
        rf"[1-9][0-9]?(?:-[1-9][0-9]?)?(?: {_NAME})*",
    ),
    "values": (
        "figure_ids that bear on the claimed figure; those joined by + are added up",
        rf"{_SUM}(?: {_SUM})*",
    ),
    "counterpart": ("the pair_id in which one source has the other power as well", _PAIR),
    "share": ("nothing more", ""),
    "part": ("figure_ids of a part and of its whole", f"{_NAME} {_NAME}"),
    "ratio": ("nothing more", ""),
    "receipts": ("countries whose receipts from everywhere are added up", "[A-Z]{3}(?: [A-Z]{3})*"),
    "drawn": ("nothing more", ""),
}
# The rule whose evidence is pairs; that of every other is figures.
RULE_ON_PAIRS = "lead"
# The places of a reason for what the tables say: what each names, in words and as a pattern.
CLAIM_PLACES = {
    "{f:figure_id}": ("a figure's words", rf"f:{_NAME}"),
    "{p:pair_id}": (
        "a pair's two figures, or one of them with :china or :russia",
        rf"p:{_PAIR}(?::china|:russia)?",
    ),
    "{w:KAZ-turnover-2016-own-imf-dots-2022-china}": (
        "a weight, by country, measure, year, record, dataset and column",
        "w:[A-Z]{3}-[a-z]+-[0-9]{4}-[a-z_]+-[a-z0-9_-]+",
    ),
    "{i:KAZ-debt_owed-China-2016}": (
        "an indicator, by country, name, counterpart and year",
        "i:[A-Z]{3}-[a-z_]+-[A-Za-z]*-[0-9]{4}",
    ),
    "{t:grants-RUS-2011-2016}": (
        "an indicator added up over the five, by name, counterpart, first and last year",
        "t:[a-z_]+-[A-Za-z]+-[0-9]{4}-[0-9]{4}",
    ),
    "{rule}": ("what the rule finds", "rule"),
}

TIES = {
    "trade": "trade, sales and purchases together",
    "exports": "sales to the power",
    "imports": "purchases from the power",
    "debt": "public debt owed to the power at the year's end",
    "loans_drawn": "loans drawn from the power",
    "loans_repaid": "principal repaid to the power",
    "loan_interest": "interest paid to the power",
    "investment_received": "investment received from the power",
    "investment_held": "investment held by the power",
    "money_home": "money sent home from the power",
    "gas": "gas sold to the power by pipeline",
    "people": "people born in the country who live in the power",
    "arms": "arms received from the power; a test of the article's words, no economic tie",
    "commitments": "money committed by the power",
    "grants": "grants received from the power",
}

LEADERS = {
    **POWERS,
    "level": "neither is a tenth above the other",
    "too_close": "the figures leave open whether one is",
}

TIE_VERDICTS = {
    "ahead_on_both": "one power is ahead on both records",
    "ahead_or_level": "one power is ahead on one record, and the other has them level",
    "ahead_or_too_close": "one power is ahead on one record, and the other is too close to call",
    "ahead_on_the_one_record": "one power is ahead on the one record that there is",
    "level": "neither is ahead on any record",
    "too_close": "no record tells who is ahead",
    "depends_on_the_record": "two records have different powers ahead",
    "no_pair": "no record has both powers",
}

CONFIDENCES = {
    "high": "tables alone, records that agree, and the widest reading of the words too",
    "medium": "one of these fails",
    "low": "two fail, or more than a quarter of the whole is in hands that no source names",
}

ROLES_OF_YEARS = {
    "newest_of_both": "the newest year in which both sides' records have both powers",
    "newest": "the newest year in which any record has, where it is later",
    "article": "the article's year",
}
