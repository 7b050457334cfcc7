"""How the article's claims fare: each by the rule that ``data/raw/claims.csv`` names for it.

Only what no rule can decide is judged by hand there, with its reason. A verdict is a code of
``vocabulary.VERDICTS``, with the numbers that it rests on; ``page.claims`` puts it into words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from analysis.config import ARTICLE_YEAR, RAW
from analysis.data import store
from analysis.data.frames import where
from analysis.measures import compare
from analysis.measures.consistency import Ends, Figure, ends_of, year_of
from analysis.measures.editions import WORLD_TRADE, in_use, load_editions


class MissingRowError(LookupError):
    """A claim rests on a row that is not in the processed tables, or that has no number.

    ``key`` is what the claim calls it.
    """

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class Judge:
    """What the claims are judged by: rows of the processed tables, looked up by id."""

    figures: dict[str, Figure]
    comparisons: dict[str, Figure]
    weights: pd.DataFrame
    indicators: pd.DataFrame

    def figure(self, key: str) -> Figure:
        """The printed figure of that id.

        Raises:
            MissingRowError: when there is none; so do the other two.
        """
        return _found(self.figures, key)

    def comparison(self, key: str) -> Figure:
        """The comparison of that id."""
        return _found(self.comparisons, key)

    def knows(self, key: str) -> bool:
        """Whether a figure or a comparison has that id."""
        return key in self.figures or key in self.comparisons


def _found(rows: dict[str, Figure], key: str) -> Figure:
    if key not in rows:
        raise MissingRowError(key)
    return rows[key]


def load_judge(processed: Path, raw: Path = RAW) -> Judge:
    """Read what the claims are judged by; of debt the edition in use alone."""
    figures, comparisons, weights, indicators = (
        store.load_table(name, processed)
        for name in ("figures", "comparisons", "weights", "indicators")
    )
    return Judge(
        {row["figure_id"]: row for row in figures.to_dict("records")},
        {row["comparison_id"]: row for row in comparisons.to_dict("records")},
        weights,
        indicators[in_use(indicators["source_id"], load_editions(raw))],
    )


@dataclass(frozen=True)
class Ranks:
    """China's place among trading partners by book, and with the Union as one partner."""

    year: int
    places: dict[str, int]
    places_with_union: tuple[int, ...]


@dataclass(frozen=True)
class Ratios:
    """Money sent home over GDP.

    Of the printed year by edition; ``fitting`` are the other years that have the printed ratio,
    ``nearest`` is, where there are none, the year that comes nearest, and its ratio. ``year`` is
    None where the words give no ratio of one year.
    """

    year: int | None
    by_edition: dict[str, float] = field(default_factory=dict)
    fitting: tuple[int, ...] = ()
    nearest: tuple[int, float] | None = None


@dataclass(frozen=True)
class Judgement:
    """A claim's verdict, the rows that it rests on, and what its reason may tell."""

    verdict: str
    evidence_ids: tuple[str, ...]
    ranks: Ranks
    ratios: Ratios | None = None


def judge_claim(claim: dict[str, str], judge: Judge) -> Judgement:
    """Give one claim its verdict.

    Args:
        claim: a row of ``data/raw/claims.csv``.
        judge: the tables that it is held against.

    Raises:
        MissingRowError: when it names a row that is not there.
    """
    rule, *terms = claim["rule"].split()
    subjects, evidence = claim["subject_ids"].split(), claim["evidence_ids"].split()
    subject = judge.figure(subjects[0])
    ranks = ranks_of(claim["country"], judge)
    ratios = None
    match rule:
        case "judged":
            verdict = " ".join(terms)
        case "lead":
            rows = [judge.comparison(key) for key in evidence]
            verdict = lead_verdict(terms[0], float(terms[1]), rows)
        case "rank":
            verdict = rank_verdict(float(terms[0]), ranks)
        case "value":
            verdict = value_verdict(*(judge.figure(key) for key in terms))
        case "counterpart":
            verdict = counterpart_verdict(judge.comparison(terms[0]))
        case "share":
            verdict = share_verdict(judge.figure(terms[0]), judge.comparison(terms[1]))
        case "ratio":
            verdict, ratios = ratio_verdict(subject, judge)
        case _:
            raise ValueError(f"unknown rule {rule!r} of the claim {claim['claim_id']!r}")
    ids = [*subjects, *evidence, *filter(judge.knows, terms)]
    return Judgement(verdict, tuple(dict.fromkeys(ids)), ranks, ratios)


def lead_verdict(claimed: str, least: float, comparisons: list[Figure]) -> str:
    """A lead, of at least so many times, on every book that there is.

    Args:
        claimed: who is said to lead, "CHN" or "RUS", or "level".
        least: how many times the other's figure the leader's is said to be.
        comparisons: rows of ``comparisons``, one a book.
    """
    agreeing = []
    for row in comparisons:
        if row["comparable"] == "no":
            continue
        low, high = row["difference_low"], row["difference_high"]
        ahead = compare.leader(low, high)
        if max(abs(low), abs(high)) <= compare.BANDS[0]:
            ahead = "level"
        near = max(low, -high, 0)
        # The ratio of the two is (1 + D) / (1 - D), which has no end where one side has all.
        agreeing.append(ahead == claimed and 1 + near >= least * (1 - near))
    return _by_the_books(agreeing)


def _by_the_books(agreeing: list[bool]) -> str:
    """What a claim comes to that each book bears out or not."""
    if not agreeing:
        return "not testable"
    if all(agreeing):
        return "holds"
    return "depends on whose books" if any(agreeing) else "not supported"


_RANKING_BOOKS = ("partner", "own", "exports_first")


def ranks_of(country: str, judge: Judge, year: int = ARTICLE_YEAR) -> Ranks:
    """China's place in a country's whole trade, on every book that has it."""
    rows = where(judge.weights, country=country, measure="turnover", year=year, dataset=WORLD_TRADE)
    rows = rows[rows["china_rank"].notna()].set_index("book")
    places = {
        book: int(rows.loc[book, "china_rank"]) for book in _RANKING_BOOKS if book in rows.index
    }
    union = {int(rows.loc[book, "china_rank_eu"]) for book in places}
    return Ranks(year, places, tuple(sorted(union)))


def rank_verdict(rank: float, ranks: Ranks) -> str:
    """Whether a place is the one that the books give."""
    return _by_the_books([place == rank for place in ranks.places.values()])


def _logical(figure: Figure) -> Ends | None:
    """The widest reading of a figure; none where the words give no number."""
    if pd.isna(figure["logical_low"]):
        return None
    high = figure["logical_high"]
    return figure["logical_low"], float("inf") if pd.isna(high) else high


def value_verdict(printed: Figure, found: Figure) -> str:
    """Whether a figure is borne out by another: its widest reading must meet the other's.

    A meeting of figures for different periods is a misdating.
    """
    readings = [_logical(figure) for figure in (printed, found)]
    if None in readings:
        return "not testable"
    (low, high), (other_low, other_high) = readings
    if max(low, other_low) > min(high, other_high):
        return "not supported"
    dates = [figure["period_end"][:4] for figure in (printed, found)]
    return "misdated" if all(dates) and abs(int(dates[0]) - int(dates[1])) > 1 else "holds"


# How far a share may lie from the printed one, which may be of another month or another whole.
_SHARE_APART = 0.05


def share_verdict(printed: Figure, comparison: Figure) -> str:
    """Whether China's printed share is what the statistics have, give or take a twentieth.

    A share that is printed as a level is held by its value, one that is printed as a bound or a
    range ("more than 50%") by all that its words allow.
    """
    level, found = printed["value"], comparison["china"]
    reading = _logical(printed) if pd.isna(level) else (level, level)
    if pd.isna(found) or reading is None:
        return "not testable"
    apart = max(reading[0] - found, found - reading[1], 0)
    return "holds" if apart < _SHARE_APART else "not supported"


def counterpart_verdict(comparison: Figure) -> str:
    """Whether a claim about China alone survives the other power's figure from the same source."""
    if comparison["comparable"] == "no":
        return "not testable"
    ahead = compare.leader(comparison["difference_low"], comparison["difference_high"])
    level = comparison["difference_low"] <= compare.BANDS[0]
    return "holds" if ahead == "CHN" and not level else "one-sided"


def ratio_verdict(subject: Figure, judge: Judge) -> tuple[str, Ratios]:
    """Money sent home over GDP, in each edition, against the printed ratio and its year."""
    year = year_of(subject)
    if year is None or pd.isna(subject["high"]):
        return "not testable", Ratios(None)
    received, output = (
        where(judge.indicators, country=subject["country"], indicator=name)
        for name in ("remittances_received", "gdp")
    )
    both = received.merge(output, on=["year", "vintage"], suffixes=("", "_gdp"))
    both = both[both["value_gdp"] > 0]
    both = both.assign(ratio=both["value"] / both["value_gdp"])
    printed = where(both, year=year)
    by_edition = dict(zip(printed["vintage"], printed["ratio"], strict=True))
    if not by_edition:
        return "not testable", Ratios(year)
    low, high = ends_of(subject)
    if any(low <= ratio <= high for ratio in by_edition.values()):
        return "holds", Ratios(year, by_edition)
    fitting = both[both["ratio"].between(low, high)]["year"]
    if len(fitting):
        return "misdated", Ratios(year, by_edition, tuple(sorted(set(fitting))))
    closest = both.loc[(both["ratio"] - (low + high) / 2).abs().idxmin()]
    nearest = (int(closest["year"]), float(closest["ratio"]))
    return "not supported", Ratios(year, by_edition, nearest=nearest)
