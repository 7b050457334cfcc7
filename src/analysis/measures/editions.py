"""The editions that the headlines rest on: a value that is loaded once and passed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.config import ARTICLE_YEAR, RAW
from analysis.data.editions import SHIPPED, load_current
from analysis.data.faults import RawDataError

# The edition that lists every partner and every country; a fetched one has the five's with the two.
WORLD_TRADE = SHIPPED["trade_pairs"]
_WDI, _DEBT = "worldbank-wdi-", "worldbank-ids-"
# The World Bank's indicators as they stood when the article was written.
_WDI_OF_THE_ARTICLE = "2018-08"


@dataclass(frozen=True)
class Editions:
    """Which edition each table's headlines rest on, by its id in ``sources.yml``.

    One for both records of trade and for all years, one for debt, one for GDP.
    """

    trade: str
    debt: str
    wdi: str

    @property
    def gdp_years(self) -> dict[str, range]:
        """For which years GDP is taken from which edition of the World Bank's indicators.

        The newest edition throughout, but for its last two years, which most countries have yet
        to report; and for the article's year the edition of its time too.
        """
        newest = self.wdi.removeprefix(_WDI)
        return {
            newest: range(2000, int(newest[:4]) - 1),
            _WDI_OF_THE_ARTICLE: range(ARTICLE_YEAR, ARTICLE_YEAR + 1),
        }


def wdi(vintage: str) -> str:
    """The id of an edition of the World Bank's indicators: of "2018-08", for one."""
    return f"{_WDI}{vintage}"


def load_editions(raw: Path = RAW) -> Editions:
    """The editions that ``vintages/current.yml`` names.

    Raises:
        RawDataError: when the file names an edition that is not there.
    """
    current, faults = load_current(raw)
    if faults:
        raise RawDataError(faults)
    return Editions(current["trade_pairs"], current["debt_by_creditor"], current["wdi"])


def in_use(sources: pd.Series, editions: Editions) -> pd.Series:
    """Whether each row is of no edition of the debt statistics but the one in use.

    A page tells of one; the others stay in the tables, for the claims and the revisions.
    """
    return ~sources.str.startswith(_DEBT) | (sources == editions.debt)
