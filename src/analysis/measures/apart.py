"""How far apart the two sides' records of one trade are."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.measures.ties import SIDE_OF

# Ends closer than this come of the digits printed; words such as "about" leave more room.
_ROUNDED = 1.1
_KEY = ["country", "tie", "concept", "year"]
COLUMNS = [
    *_KEY,
    "partner",
    "own",
    "ratio",
    "ratio_low",
    "ratio_high",
    "partner_id",
    "own_id",
    "evidence",
]


def both_counts(pairs: pd.DataFrame, power: str) -> pd.DataFrame:
    """One trade as the power counts it and as the country does, a row a country and year.

    Both count the same concept, and each gives one figure: where authorities of a side differ,
    there is no saying how far the two sides are apart.

    Args:
        pairs: rows of ``ties`` of whole years, one a record and year.
        power: whose trade it is, "CHN" or "RUS".

    Returns:
        ``COLUMNS``, sorted by country and year; ``ratio`` is the power's figure over the
        country's, ``ratio_low`` and ``ratio_high`` what hedged words of both allow (the ratio
        itself where the digits printed are all that leaves room), ``evidence`` that of the
        country's, the two ids name the pairs.

    Example:
        >>> rows = [("own", 2.0, "KGZ-own"), ("partner", 7.0, "KGZ-partner")]
        >>> frame = pd.DataFrame(rows, columns=["record", "china", "pair_id"])
        >>> frame = frame.assign(china_low=frame["china"], china_high=frame["china"])
        >>> frame = frame.assign(country="KGZ", tie="trade", concept="trade_turnover", year=2023)
        >>> both_counts(frame.assign(evidence="reported"), "CHN")["ratio"].tolist()
        [3.5]
    """
    side = SIDE_OF[power]
    ends = {f"{side}_low": "low", f"{side}_high": "high"}
    named = pairs[[*_KEY, "record", side, *ends, "pair_id", "evidence"]]
    named = named.rename(columns={side: "value"} | ends)
    named = named[named["value"].notna()]
    partner, own = (
        named[named["record"] == record].rename(
            columns={"value": record, "pair_id": f"{record}_id"}
        )
        for record in ("partner", "own")
    )
    joined = own.merge(
        partner.drop(columns=["record", "evidence"]),
        on=_KEY,
        suffixes=("_own", "_partner"),
        validate="1:1",
    )
    above = {name: joined[name].where(joined[name] > 0) for name in ("own", "low_own")}
    ratio = joined["partner"] / above["own"]
    low = joined["low_partner"] / joined["high_own"].where(joined["high_own"] > 0)
    high = joined["high_partner"] / above["low_own"]
    wide = high / low > _ROUNDED
    ends = {"ratio_low": low.where(wide, ratio), "ratio_high": high.where(wide, ratio)}
    return joined.assign(ratio=ratio, **ends)[COLUMNS].sort_values(_KEY, ignore_index=True)


def newest_counts(counts: pd.DataFrame) -> pd.DataFrame:
    """The newest year of each country, by country.

    Args:
        counts: as ``both_counts`` gives them.
    """
    by_year = counts.sort_values(["country", "year"])
    return by_year.drop_duplicates("country", keep="last", ignore_index=True)


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
    ids = pairs[f"{SIDE_OF[power]}_ids"].str.split().explode().dropna()
    stated = ids.map(figures.set_index("figure_id")["source_id"])
    named = stated.fillna(ids.str.split("/").str[0])
    return pd.DataFrame({"edition": named.drop_duplicates().to_list()})


# Two records lie close where neither is more than so many times the other, and mostly do where
# so large a part of the years has them so.
_CLOSE, _MOSTLY = 1.2, 0.75


def least_close(counts: pd.DataFrame) -> str:
    """Where two records lie furthest apart in most years, if they mostly lie close at all.

    Args:
        counts: as ``both_counts`` gives them.

    Returns:
        The country whose larger figure is the most times its smaller one, by its median; empty
        where less than three quarters of all years have the two within 1.2 times.

    Example:
        >>> counts = pd.DataFrame({"country": ["KAZ", "KAZ", "TJK"], "ratio": [1.0, 0.95, 1.15]})
        >>> least_close(counts)
        'TJK'
    """
    times = np.maximum(counts["ratio"], 1 / counts["ratio"]).dropna()
    if times.empty or (times <= _CLOSE).mean() < _MOSTLY:
        return ""
    return str(times.groupby(counts["country"]).median().idxmax())
