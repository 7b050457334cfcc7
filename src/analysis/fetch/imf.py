"""The IMF's trade in goods by partner: all years in one call, as SDMX's CSV.

It is asked with requests: no client of the service installs beside the project's pandas.
"""

from __future__ import annotations

import csv
import io
import os

from analysis.config import COUNTRIES, POWERS
from analysis.fetch.service import (
    ADDRESSES,
    TIMEOUT,
    Answer,
    Busy,
    Cells,
    Replies,
    Service,
    failure,
    kept_by,
    known,
    number,
    told,
    unlike,
)

_FLOWS = {"XG_FOB_USD": "export", "MG_CIF_USD": "import"}
_SIDES = [*COUNTRIES, *POWERS]
_WORLD = "G001"
_PLACE = ("COUNTRY", "INDICATOR", "COUNTERPART_COUNTRY", "TIME_PERIOD")
_COLUMNS = (*_PLACE, "FREQUENCY", "OBS_VALUE", "STATUS")
# SDMX's marks of an observation. Normal, provisional and after a break in the series are the
# reporter's own.
_EVIDENCE = {
    "": "reported",
    "A": "reported",
    "P": "reported",
    "B": "reported",
    "E": "estimated",
    "I": "imputed",
}


def _ask(call: None, years: range, replies: Replies) -> Answer:
    """All years of all reporters with all partners."""
    import requests

    codes = "+".join(_SIDES)
    address = (
        f"{ADDRESSES['imf-imts']}/data/IMF.STA,IMTS/{codes}.{'+'.join(_FLOWS)}."
        f"{codes}+{_WORLD}.A?startPeriod={years[0]}&endPeriod={years[-1]}"
    )
    headers = {"Accept": "application/vnd.sdmx.data+csv;version=1.0.0"}
    if key := os.environ.get("IMF_API_KEY"):
        headers["Ocp-Apim-Subscription-Key"] = key
    hooks = {"response": kept_by(replies, key)}
    try:
        answer = requests.get(address, headers=headers, timeout=TIMEOUT, hooks=hooks)
    except requests.RequestException as error:
        raise Busy(f"did not answer ({type(error).__name__})") from None
    text, kind = replies[-1]["body"], replies[-1]["type"]
    if answer.status_code != 200:
        raise failure(answer.status_code, kind, text)
    if "csv" not in kind or not text.strip():
        raise unlike(told(kind, text), "text of a csv type")
    return read(text, years)


def read(text: str, years: range) -> Answer:
    """The IMF's CSV as raw rows, once it is what was asked for.

    ``OBS_VALUE`` is in dollars already: its column ``SCALE`` says 6 and must not be applied.

    Args:
        text: a table in CSV; one of its rows, first or last, describes the dataset.
        years: the years that were asked for.

    Raises:
        ServiceError: naming the columns or codes that are not as documented.
        Busy: where the table breaks off.
    """
    try:
        lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    except csv.Error as error:
        raise unlike(f"text that is no table ({error})", "a table in CSV") from None
    header = lines[0] if lines else []
    if missing := [name for name in _COLUMNS if name not in header]:
        found = f"a table without {', '.join(missing)} (its columns: {', '.join(header[:8])}…)"
        raise unlike(found, f"the columns {', '.join(_COLUMNS)}")
    if not text.endswith("\n"):
        raise Busy("answered with a table that breaks off in the middle of its last row")
    answer, asked = Answer(), [str(year) for year in years]
    for line, cells in enumerate(lines[1:], 2):
        if not cells:
            continue
        if len(cells) != len(header):
            raise unlike(f"{len(cells)} cells in line {line}", f"{len(header)}, as in the first,")
        row = dict(zip(header, cells, strict=True))
        # The row on the dataset has an indicator, but neither countries nor a year nor a value.
        about = [row[name] for name in _COLUMNS if name not in ("INDICATOR", "STATUS")]
        if any(about):
            answer.rows.append(_observation(row, asked, line))
    return answer


def _observation(row: Cells, years: list[str], line: int) -> Cells:
    valid = {
        "COUNTRY": _SIDES,
        "COUNTERPART_COUNTRY": [*_SIDES, _WORLD],
        "INDICATOR": list(_FLOWS),
        "FREQUENCY": ["A"],
    }
    where = f"line {line}"
    for name, words in valid.items():
        known(row[name], words, name, where)
    if row["TIME_PERIOD"] not in years:
        found = f"TIME_PERIOD {row['TIME_PERIOD']!r} in {where}"
        if not row["TIME_PERIOD"]:
            found = f"a row without its TIME_PERIOD ({where})"
        raise unlike(found, f"a year from {years[0]} to {years[-1]}")
    value = number(row["OBS_VALUE"], ", ".join(row[name] for name in _PLACE))
    # What has no value may bear any of SDMX's many marks of why.
    mark = known(row["STATUS"].upper(), _EVIDENCE, "STATUS", where) if value else ""
    return {
        "reporter": row["COUNTRY"],
        "partner": row["COUNTERPART_COUNTRY"].replace(_WORLD, "WLD"),
        "flow": _FLOWS[row["INDICATOR"]],
        "year": row["TIME_PERIOD"],
        "value": value,
        "evidence": _EVIDENCE[mark],
    }


SERVICES = {
    "imf-imts": Service(
        "trade_pairs",
        "imf-dots-2022",
        "International Trade in Goods (by partner country)",
        "International Monetary Fund",
        "IMF terms: all rights reserved; attribution, and no republishing of the database",
        "requests",
        "imf-imts",
        lambda years: [None],
        _ask,
    ),
}
