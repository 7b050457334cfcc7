"""How far apart the two sides' records of one trade are."""

from __future__ import annotations

import numpy as np
import pandas as pd

_SIDE = {"CHN": "china", "RUS": "russia"}
_KEY = ["country", "tie", "concept", "year"]
COLUMNS = [*_KEY, "partner", "own", "ratio", "partner_id", "own_id", "evidence"]


def both_counts(pairs: pd.DataFrame, power: str) -> pd.DataFrame:
    """One trade as the power counts it and as the country does, a row a country and year.

    Both count the same concept, and each gives one figure: where authorities of a side differ,
    there is no saying how far the two sides are apart.

    Args:
        pairs: rows of ``ties`` of whole years, one a record and year.
        power: whose trade it is, "CHN" or "RUS".

    Returns:
        ``COLUMNS``, sorted by country and year; ``ratio`` is the power's figure over the
        country's, ``evidence`` that of the country's, the two ids name the pairs.

    Example:
        >>> rows = [("own", 2.0, "KGZ-own"), ("partner", 7.0, "KGZ-partner")]
        >>> frame = pd.DataFrame(rows, columns=["record", "china", "pair_id"])
        >>> frame = frame.assign(country="KGZ", tie="trade", concept="trade_turnover", year=2023)
        >>> both_counts(frame.assign(evidence="reported"), "CHN")["ratio"].tolist()
        [3.5]
    """
    named = pairs.rename(columns={_SIDE[power]: "value"})
    named = named[named["value"].notna()][[*_KEY, "record", "value", "pair_id", "evidence"]]
    partner, own = (
        named[named["record"] == record].rename(
            columns={"value": record, "pair_id": f"{record}_id"}
        )
        for record in ("partner", "own")
    )
    joined = own.merge(partner.drop(columns=["record", "evidence"]), on=_KEY, validate="1:1")
    ratio = joined["partner"] / joined["own"].where(joined["own"] > 0, np.nan)
    return joined.assign(ratio=ratio)[COLUMNS].sort_values(_KEY, ignore_index=True)


def newest_counts(counts: pd.DataFrame) -> pd.DataFrame:
    """The newest year of each country, by country.

    Args:
        counts: as ``both_counts`` gives them.
    """
    newest = counts.sort_values("year", kind="stable").groupby("country").tail(1)
    return newest.sort_values("country", ignore_index=True)


def furthest_apart(counts: pd.DataFrame) -> pd.Series:
    """The row whose larger figure is the most times its smaller one.

    Args:
        counts: as ``both_counts`` gives them; at least one row.

    Example:
        >>> counts = pd.DataFrame({"country": ["KAZ", "KGZ"], "ratio": [1.4, 0.25]})
        >>> furthest_apart(counts)["country"]
        'KGZ'
    """
    times = np.maximum(counts["ratio"], 1 / counts["ratio"])
    return counts.loc[times.idxmax()]


def editions_of(pairs: pd.DataFrame, power: str, figures: pd.DataFrame) -> pd.DataFrame:
    """The editions that one power's halves of some pairs are from.

    Args:
        pairs: rows of ``ties``.
        power: whose halves, "CHN" or "RUS".
        figures: the table of that name.

    Returns:
        A row an edition, with the one column ``edition``.

    Example:
        >>> figures = pd.DataFrame({"figure_id": ["kgz-1"], "source_id": ["we-news"]})
        >>> pairs = pd.DataFrame({"china_ids": ["kgz-1", "kgz-nsc-2024/KGZ/CHN/export/2023"]})
        >>> editions_of(pairs, "CHN", figures)["edition"].tolist()
        ['we-news', 'kgz-nsc-2024']
    """
    ids = pairs[f"{_SIDE[power]}_ids"].str.split().explode().dropna()
    stated = ids.map(figures.set_index("figure_id")["source_id"])
    named = stated.fillna(ids.str.split("/").str[0])
    return pd.DataFrame({"edition": named.drop_duplicates().to_list()})
