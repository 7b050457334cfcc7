"""How the article's claims fare: each by the rule that ``data/raw/claims.csv`` names for it.

Only what no rule can decide is judged by a person there, with the reason. A verdict is a code of
``vocabulary.CLAIM_VERDICTS``, with the numbers that it rests on; ``page.claims`` puts it into
words. What one record says to a claim, and what several come to together, is told by the rules of
``measures.bearings``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.config import ARTICLE_YEAR, RAW
from analysis.data import store
from analysis.data.frames import as_rows, where
from analysis.data.sources import load_sources
from analysis.measures.bearings import (
    Bearing,
    ClaimVerdict,
    Pair,
    is_misdated,
    lead_borne_out,
    meet,
    reading_of,
    share_borne_out,
    together,
    value_borne_out,
)
from analysis.measures.consistency import Figure, ends_of, interval_quotient, year_of
from analysis.measures.editions import WORLD_TRADE, Editions, in_use, load_editions
from analysis.measures.judgement import leader_of
from analysis.measures.scale import SIDES
from analysis.measures.ties import RECORDS


class MissingRowError(LookupError):
    """A claim rests on a row that is not in the processed tables, or that has no number.

    ``key`` is what the claim calls it.
    """

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class Judge:
    """What the claims are judged by.

    Attributes:
        figures: rows of ``figures`` by id.
        ties: the table of that name.
        weights: the table of that name.
        indicators: the table of that name; of debt the edition in use alone.
        sources: the register of sources, by id.
    """

    figures: dict[str, Figure]
    ties: pd.DataFrame
    weights: pd.DataFrame
    indicators: pd.DataFrame
    sources: Mapping[str, dict[str, Any]]

    def figure(self, key: str) -> Figure:
        """The printed figure of that id.

        Raises:
            MissingRowError: when there is none.
        """
        if key not in self.figures:
            raise MissingRowError(key)
        return self.figures[key]

    def pair(self, key: str) -> Pair:
        """The pair of that id.

        Raises:
            MissingRowError: when there is none.
        """
        found = self.ties[self.ties["pair_id"] == key]
        if len(found) != 1:
            raise MissingRowError(key)
        return dict(found.iloc[0].to_dict())

    def is_cited(self, figure: Figure) -> bool:
        """Whether a figure is that of a page which the article rests on."""
        cited = self.sources.get(figure["source_id"], {}).get("cited_in")
        return bool(cited) or figure["role"] == "source_of"


_JUDGED_BY = ("figures", "ties", "weights", "indicators")


def load_judge(processed: Path, raw: Path = RAW) -> Judge:
    """Read what the claims are judged by."""
    tables = {name: store.load_table(name, processed) for name in _JUDGED_BY}
    sources, _ = load_sources(raw / "sources.yml")
    return judge_of(tables, sources, load_editions(raw))


def judge_of(
    tables: Mapping[str, pd.DataFrame], sources: Mapping[str, dict[str, Any]], editions: Editions
) -> Judge:
    """Put together what the claims are judged by, from tables that need not be written.

    Args:
        tables: ``figures``, ``ties``, ``weights`` and ``indicators``, of all editions of debt.
        sources: the register of sources, by id.
        editions: which are in use; of debt the judge sees the one alone.
    """
    figures, ties, weights, indicators = (tables[name] for name in _JUDGED_BY)
    return Judge(
        {row["figure_id"]: row for row in as_rows(figures)},
        ties,
        weights,
        indicators[in_use(indicators["source_id"], editions)],
        sources,
    )


@dataclass(frozen=True)
class Judgement:
    """A claim's verdict and what its reason may tell.

    Attributes:
        verdict: the code.
        rule: name of the rule; "judged" where a person gave the verdict.
        subjects: the article's figures that it speaks of.
        against: the figures that it is set against.
        evidence_ids: figures and pairs that the verdict rests on.
        rows: labels of further rows that it rests on, by table.
        facts: what the rule found, by name.
    """

    verdict: ClaimVerdict
    rule: str
    subjects: tuple[Figure, ...] = ()
    against: tuple[Figure, ...] = ()
    evidence_ids: tuple[str, ...] = ()
    rows: dict[str, list[Any]] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)


def judge_claim(claim: dict[str, str], judge: Judge) -> Judgement:
    """Give one claim its verdict.

    Args:
        claim: a row of ``data/raw/claims.csv``.
        judge: the tables that it is held against.

    Raises:
        MissingRowError: when it names a row that is not there.
    """
    rule, *terms = claim["rule"].split()
    subjects = tuple(judge.figure(key) for key in claim["subject_ids"].split())
    evidence = claim["evidence_ids"].split()
    if rule == "judged":
        against = tuple(judge.figure(key) for key in evidence)
        return Judgement(ClaimVerdict(terms[0]), rule, subjects, against, tuple(evidence))
    if rule not in _RULES:
        raise ValueError(f"unknown rule {rule!r} of the claim {claim['claim_id']!r}")
    return _RULES[rule](subjects, terms, evidence, judge)


def _lead(
    subjects: tuple[Figure, ...], terms: list[str], evidence: list[str], judge: Judge
) -> Judgement:
    """A lead on each record: on the pairs that are named, or on both sides' of the year."""
    pairs = [judge.pair(key) for key in evidence] or _records_of(subjects[0], judge)
    claimed, least = terms[0], float(terms[1])
    bearings = [lead_borne_out(pair, claimed, least) for pair in pairs]
    ids = [str(pair[f"{side}_ids"]).split() for pair in pairs for side in SIDES]
    figures = [judge.figures[key] for some in ids for key in some if key in judge.figures]
    # One record alone is the one that the article's sums are taken from.
    independent = len(pairs) > 1 and not (figures and all(map(judge.is_cited, figures)))
    return Judgement(
        together(bearings, independent),
        "lead",
        subjects,
        evidence_ids=tuple(pair["pair_id"] for pair in pairs),
        facts={"pairs": pairs},
    )


def _records_of(subject: Figure, judge: Judge) -> list[Pair]:
    """Both sides' pairs in use of a figure's country, concept and year; the powers' first."""
    rows = where(
        judge.ties,
        country=subject["country"],
        concept=subject["indicator"],
        year=year_of(subject),
        in_use="yes",
        whole_year="yes",
    )
    rows = rows[rows["record"].isin(RECORDS) & rows["leader"].ne("")]
    return list(as_rows(rows.sort_values("record", ascending=False)))


def ranks_of(country: str, judge: Judge, year: int = ARTICLE_YEAR) -> pd.DataFrame:
    """China's place in a country's whole trade on either side's record that has it.

    Returns:
        Rows of ``weights``, the powers' record first.
    """
    rows = where(judge.weights, country=country, measure="turnover", year=year, dataset=WORLD_TRADE)
    rows = rows[rows["record"].isin(RECORDS) & rows["china_rank"].notna()]
    return rows.sort_values("record", ascending=False)


def _place_borne_out(places: range, claimed: range) -> Bearing:
    """What the places that a record leaves China say to those that are claimed."""
    if set(places) <= set(claimed):
        return Bearing.FOR
    denied = not set(places) & set(claimed) or claimed == range(1, 2)
    return Bearing.AGAINST if denied else Bearing.OPEN


def _rank(
    subjects: tuple[Figure, ...], terms: list[str], evidence: list[str], judge: Judge
) -> Judgement:
    """A place among partners, on each record; or that of another year, by figures of it.

    Partners that are level share their places. A place that China may have so, or not, stays
    open; but a first place is a lead, which partners that are level deny.
    """
    first, _, last = terms[0].partition("-")
    claimed = range(int(first), int(last or first) + 1)
    rows = ranks_of(subjects[0]["country"], judge)
    places = {
        row["record"]: range(int(row["china_rank_best"]), int(row["china_rank_worst"]) + 1)
        for row in as_rows(rows)
    }
    bearings = [_place_borne_out(place, claimed) for place in places.values()]
    verdict = together(bearings, independent=len(places) > 1)
    others = [judge.figure(key) for key in terms[1:]]
    facts: dict[str, Any] = {"year": ARTICLE_YEAR, "places": places, "others": others}
    if others and verdict == ClaimVerdict.NOT_SUPPORTED:
        china, *rivals = others
        facts["place_then"] = 1 + sum(rival["low"] > china["high"] for rival in rivals)
        if facts["place_then"] in claimed:
            verdict = ClaimVerdict.MISDATED
    ids = tuple(figure["figure_id"] for figure in others)
    return Judgement(verdict, "rank", subjects, (), ids, {"weights": list(rows.index)}, facts)


def _values(
    subjects: tuple[Figure, ...], terms: list[str], evidence: list[str], judge: Judge
) -> Judgement:
    """A figure against others; those joined by a plus sign are added up first."""
    printed = subjects[0]
    groups = [[judge.figure(key) for key in term.split("+")] for term in terms]
    bearings = [value_borne_out(printed, group) for group in groups]
    cited = [all(map(judge.is_cited, group)) for group in groups]
    good = [number for number, bearing in enumerate(bearings) if bearing == Bearing.FOR]
    verdict = together(bearings, independent=any(not cited[number] for number in good))
    dated = [is_misdated(printed, groups[number][0], cited[number]) for number in good]
    if verdict in (ClaimVerdict.HOLDS, ClaimVerdict.AS_SAID) and all(dated):
        verdict = ClaimVerdict.MISDATED
    against = tuple(figure for group in groups for figure in group)
    ids = tuple(figure["figure_id"] for figure in against)
    facts = {"groups": groups, "cited": cited}
    return Judgement(verdict, "values", subjects, against, ids, facts=facts)


def _counterpart(
    subjects: tuple[Figure, ...], terms: list[str], evidence: list[str], judge: Judge
) -> Judgement:
    """A claim on China alone against what the same source has of Russia.

    Raises:
        MissingRowError: where the two figures are not of one source.
    """
    pair = judge.pair(terms[0])
    keys = [*pair["china_ids"].split(), *pair["russia_ids"].split()]
    figures = [judge.figure(key) for key in keys]
    if len({figure["source_id"] for figure in figures}) != 1:
        raise MissingRowError(terms[0])
    ahead = leader_of(pair["low"], pair["high"]) == "CHN"
    said = ClaimVerdict.AS_SAID if all(map(judge.is_cited, figures)) else ClaimVerdict.HOLDS
    verdict = said if ahead else ClaimVerdict.ONE_SIDED
    return Judgement(
        verdict, "counterpart", subjects, (), (pair["pair_id"],), facts={"pairs": [pair]}
    )


def _share(
    subjects: tuple[Figure, ...], terms: list[str], evidence: list[str], judge: Judge
) -> Judgement:
    """A share of public debt abroad, by the World Bank's list of creditors at the year's end."""
    printed = subjects[0]
    year = int((printed["as_of"] or printed["period_end"])[:4])
    rows = where(judge.weights, country=printed["country"], measure="debt", year=year)
    found = float(rows["china"].iloc[0]) if len(rows) == 1 else float("nan")
    return Judgement(
        together([share_borne_out(printed, found)], independent=True),
        "share",
        subjects,
        tuple(judge.figure(key) for key in evidence),
        tuple(evidence),
        {"weights": list(rows.index)},
        {"year": year, "share": found},
    )


def _part(
    subjects: tuple[Figure, ...], terms: list[str], evidence: list[str], judge: Judge
) -> Judgement:
    """A printed share against a part and its whole."""
    printed = subjects[0]
    part, whole = (judge.figure(key) for key in terms)
    found = interval_quotient(ends_of(part), ends_of(whole))
    reading = reading_of([printed])
    bearing = Bearing.OPEN
    if reading is not None:
        bearing = Bearing.FOR if meet(reading, found) else Bearing.AGAINST
    independent = not (judge.is_cited(part) and judge.is_cited(whole))
    return Judgement(
        together([bearing], independent),
        "part",
        subjects,
        (part, whole),
        (part["figure_id"], whole["figure_id"]),
        facts={"share": found},
    )


def _ratio(
    subjects: tuple[Figure, ...], terms: list[str], evidence: list[str], judge: Judge
) -> Judgement:
    """Money sent home from everywhere over output, in each edition, against the printed ratio.

    Where the printed year has it, a ratio that is said to be of one power's money is another
    thing; where other years have it, it is misdated.
    """
    printed = subjects[0]
    year = year_of(printed)
    if year is None or pd.isna(printed["high"]):
        return Judgement(ClaimVerdict.NOT_TESTABLE, "ratio", subjects, facts={"year": None})
    ratios = ratios_to_output(printed["country"], judge)
    then = where(ratios, year=year)
    facts: dict[str, Any] = {
        "year": year,
        "by_edition": dict(zip(then["vintage"], then["ratio"], strict=True)),
    }
    low, high = ends_of(printed)
    fitting = ratios[ratios["ratio"].between(low, high)]
    if then.empty:
        verdict = ClaimVerdict.NOT_TESTABLE
    elif year in set(fitting["year"]):
        verdict = ClaimVerdict.OTHER_THING if printed["power"] else ClaimVerdict.HOLDS
    elif len(fitting):
        verdict = ClaimVerdict.MISDATED
        facts["fitting"] = sorted(set(fitting["year"]))
    else:
        verdict = ClaimVerdict.NOT_SUPPORTED
        nearest = ratios.loc[(ratios["ratio"] - (low + high) / 2).abs().idxmin()]
        facts["nearest"] = (int(nearest["year"]), float(nearest["ratio"]))
    rows = {"indicators": [*then["received_row"], *then["gdp_row"]]}
    return Judgement(verdict, "ratio", subjects, rows=rows, facts=facts)


def ratios_to_output(country: str, judge: Judge) -> pd.DataFrame:
    """Money sent home over output by year and edition, with the labels of both rows."""
    received, output = (
        where(judge.indicators, country=country, indicator=name)
        .reset_index(names="row")[["year", "vintage", "value", "row"]]
        .rename(columns={"row": f"{short}_row", "value": short})
        for name, short in (("remittances_received", "received"), ("gdp", "gdp"))
    )
    both = received.merge(output, on=["year", "vintage"])
    both = both[both["gdp"] > 0]
    return both.assign(ratio=both["received"] / both["gdp"]).reset_index(drop=True)


def _receipts(
    subjects: tuple[Figure, ...], terms: list[str], evidence: list[str], judge: Judge
) -> Judgement:
    """A sum that is said to come from one power against what came from everywhere.

    Where an edition's receipts from everywhere are the printed sum, or less, it is not that
    power's alone.
    """
    printed = subjects[0]
    years = range(int(printed["period_start"][:4]), int(printed["period_end"][:4]) + 1)
    rows = where(judge.indicators, indicator="remittances_received")
    rows = rows[rows["country"].isin(terms) & rows["year"].isin(years)]
    whole = rows.groupby("vintage")["value"].agg(["sum", "size"])
    whole = whole[whole["size"] == len(terms) * len(years)]
    sums = {str(vintage): float(value) for vintage, value in whole["sum"].items()}
    reading = reading_of([printed])
    verdict = ClaimVerdict.NOT_TESTABLE
    if reading is not None and any(value <= reading[1] for value in sums.values()):
        verdict = ClaimVerdict.OTHER_THING
    kept = rows[rows["vintage"].isin(list(sums))]
    facts = {"sums": sums, "countries": terms, "years": (years[0], years[-1])}
    labels = {"indicators": list(kept.index)}
    return Judgement(verdict, "receipts", subjects, rows=labels, facts=facts)


def _drawn(
    subjects: tuple[Figure, ...], terms: list[str], evidence: list[str], judge: Judge
) -> Judgement:
    """Loans said to have come in one year against what was drawn in it, and added up since."""
    printed = subjects[0]
    year = year_of(printed)
    rows = where(
        judge.indicators,
        country=printed["country"],
        indicator="loans_disbursed",
        power=printed["power"],
    ).sort_values("year")
    sums = rows.set_index("year")["value"]
    facts: dict[str, Any] = {"year": year}
    labels: list[Any] = []
    verdict = ClaimVerdict.NOT_TESTABLE
    reading = reading_of([printed])
    # What is drawn in a year may be of older loans: it says nothing of a loan without a sum.
    if year in sums.index and reading is not None:
        facts["drawn"] = float(sums[year])
        labels = list(rows[rows["year"] == year].index)
        total = sums.cumsum()
        if reading[0] <= sums[year] <= reading[1]:
            verdict = ClaimVerdict.HOLDS
        elif len(reached := total[total.between(*reading)]):
            verdict = ClaimVerdict.MISDATED
            facts["reached"] = (int(reached.index[0]), float(reached.iloc[0]))
            facts["since"] = int(sums.index[0])
            labels = list(rows[rows["year"].between(year, reached.index[0])].index)
        else:
            verdict = ClaimVerdict.NOT_SUPPORTED
    return Judgement(verdict, "drawn", subjects, rows={"indicators": labels}, facts=facts)


_RULES: dict[str, Callable[[tuple[Figure, ...], list[str], list[str], Judge], Judgement]] = {
    "lead": _lead,
    "rank": _rank,
    "values": _values,
    "counterpart": _counterpart,
    "share": _share,
    "part": _part,
    "ratio": _ratio,
    "receipts": _receipts,
    "drawn": _drawn,
}
