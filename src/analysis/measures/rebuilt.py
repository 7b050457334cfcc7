"""The article's trade totals rebuilt: each flow from its exporter's record, in one edition."""

from __future__ import annotations

import pandas as pd

from analysis.config import ARTICLE_YEAR, COUNTRIES, POWERS
from analysis.data.frames import where
from analysis.measures.compare import ARTICLE

# The edition of customs records that stood when the article was written.
EDITION = "comtrade-wits-2017"


def rebuilt_totals(figures: pd.DataFrame, comparisons: pd.DataFrame) -> pd.DataFrame:
    """The article's trade totals of its year, beside those that exporters' records first give.

    A total of another year is left out: the records are added up for that one alone. Where an
    exporter publishes no record, the importer's stands in for it.

    Args:
        figures: the table of that name.
        comparisons: the table of that name.

    Returns:
        A row a printed total: ``country``, ``power``, ``figure_id``, ``printed``, ``low``,
        ``high``, ``rebuilt`` (dollars; NaN where there is nothing to rebuild it from), ``fits``:
        whether what was rebuilt lies within the printed digits, and ``fits_partners``: whether
        China's and Russia's own records alone do as well (missing where they have no sum).
    """
    year = {"period_start": f"{ARTICLE_YEAR}-01-01", "period_end": f"{ARTICLE_YEAR}-12-31"}
    printed = where(
        figures, source_id=ARTICLE, indicator="trade_turnover", status="realised", role="", **year
    )
    printed = printed[printed["country"].isin(COUNTRIES) & printed["power"].isin(POWERS)]
    columns = ["country", "power", "figure_id", "printed", "low", "high"]
    table = printed[columns].reset_index(drop=True)
    table = table.assign(rebuilt=_sums(table, comparisons, "exports_first"))
    partners = _sums(table, comparisons, "partner")
    return table.assign(
        fits=table["rebuilt"].between(table["low"], table["high"]),
        fits_partners=partners.between(table["low"], table["high"]).where(partners.notna()),
    )


def _sums(totals: pd.DataFrame, comparisons: pd.DataFrame, record: str) -> pd.Series:
    """What a record gives for each total, NaN where it has none."""
    rows = where(
        comparisons,
        record=record,
        dataset=EDITION,
        concept="trade_turnover",
        period_end=f"{ARTICLE_YEAR}-12-31",
    ).set_index("country")
    return pd.Series(
        [
            float(rows[POWERS[power].lower()].get(country, float("nan")))
            for country, power in zip(totals["country"], totals["power"], strict=True)
        ],
        totals.index,
        dtype=float,
    )
