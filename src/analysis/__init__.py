"""How China's economic weight compares with Russia's in each Central Asian country.

Read the rooms in this order, from printed words to a page; imports go one way:

data      printed words and published tables -> typed tables, or every fault at once
measures  tables -> comparisons, like with like or refused; checks and claims
page      comparisons -> a page's answer, sentences and tables
charts    tables -> drawings with alt text, and the pages that are mostly drawings
publish   notebook -> page, and the build that does only what is out of date
fetch     today's editions from the services that publish them; no other room imports it

A notebook begins with ``from analysis import load, chart``; ``load("KGZ").where(tie="trade")`` is a
plain frame of that country alone. ``docs/analyst.md`` answers eleven questions so.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

# Each name and the module that it is from, which is imported when the name is first asked for.
_HOMES = {
    "load": "analysis.page.country",
    "Country": "analysis.page.country",
    "chart": "analysis.charts.forms",
    "tell": "analysis.page.tell",
    "table": "analysis.page.table",
    "read": "analysis.data.quantities",
    "read_period": "analysis.data.periods",
    "Quantity": "analysis.data.intervals",
}

__all__ = ["Country", "Quantity", "chart", "load", "read", "read_period", "table", "tell"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"analysis has no {name!r}; it has: {', '.join(__all__)}")
    home = import_module(_HOMES[name])
    return home if name in ("chart", "table") else getattr(home, name)


def __dir__() -> list[str]:
    return __all__
