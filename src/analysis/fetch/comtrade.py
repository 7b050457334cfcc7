"""UN Comtrade: trade as each reporter counts it, a year a call, through the UN's own client."""

from __future__ import annotations

import contextlib
import io
import json
import os
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pandas as pd

from analysis.data.frames import as_rows
from analysis.fetch.service import (
    ADDRESSES,
    Answer,
    Busy,
    Replies,
    Service,
    ServiceError,
    failure,
    known,
    number,
    told,
    unlike,
    without,
)

_OFFICIAL = "https://comtradeapi.un.org"
# The service's codes of the reporters and partners that are asked for.
CODES = {
    "398": "KAZ",
    "417": "KGZ",
    "762": "TJK",
    "795": "TKM",
    "860": "UZB",
    "156": "CHN",
    "643": "RUS",
    "0": "WLD",
}
_FLOWS = {"X": "export", "M": "import"}
# Without all three each partner comes about nine times, once a second partner, customs procedure
# and means of transport, and sums of them multiply trade.
ALL_TAKEN_TOGETHER = {"partner2Code": "0", "customsCode": "C00", "motCode": "0"}
# The keyless call stops at so many rows and does not say so.
_ROW_LIMIT = 500


def _ask(year: int, years: range, replies: Replies) -> Answer:
    """One year of all reporters with all partners."""
    import comtradeapicall

    key = os.environ.get("COMTRADE_API_KEY")
    codes = ",".join(code for code in CODES if code != "0")
    asked = {
        "typeCode": "C",
        "freqCode": "A",
        "clCode": "HS",
        "period": str(year),
        "reporterCode": codes,
        "cmdCode": "TOTAL",
        "flowCode": ",".join(_FLOWS),
        "partnerCode": f"{codes},0",
        **ALL_TAKEN_TOGETHER,
        "format_output": "JSON",
        "breakdownMode": "classic",
        "includeDesc": True,
    }
    call = comtradeapicall.previewFinalData
    if key:
        asked["subscription_key"] = key
        call = comtradeapicall.getFinalData
    printed = io.StringIO()
    # The client prints its errors, address and key included, and returns None.
    with _guarded(key, replies), contextlib.redirect_stdout(printed):
        found = call(**asked)
    if printed.getvalue() or found is None:
        said = without(key, printed.getvalue().strip())
        raise ServiceError(f"made its client give up ({said or 'without a word'})")
    return read(found, year)


@contextlib.contextmanager
def _guarded(key: str | None, replies: Replies) -> Iterator[None]:
    """Give the client a transport that looks at each answer, raises, and names no key.

    The client has no setting for where it asks, so what it takes for urllib3 is replaced.
    """
    import urllib3
    from comtradeapicall import PreviewGet

    class Pool(urllib3.PoolManager):
        def request(self, method: str, url: str, *more: Any, **options: Any) -> Any:
            path = url.removeprefix(_OFFICIAL)
            place = ADDRESSES["un-comtrade"] + path
            try:
                answer = super().request(method, place, *more, retries=False, **options)
            except urllib3.exceptions.HTTPError as error:
                raise Busy(f"did not answer ({type(error).__name__})") from None
            body = without(key, answer.data.decode("utf-8", "replace"))
            kind = answer.headers.get("Content-Type", "").partition(";")[0]
            asked = {
                name: text for name, text in options["fields"].items() if name != "subscription-key"
            }
            call = {"path": path, "asked": asked}
            replies.append({"call": call, "status": answer.status, "type": kind, "body": body})
            if answer.status != 200:
                raise failure(answer.status, kind, body)
            _look_at(kind, body)
            return answer

    before = PreviewGet.urllib3
    PreviewGet.urllib3 = SimpleNamespace(PoolManager=Pool, exceptions=urllib3.exceptions)
    try:
        yield
    finally:
        PreviewGet.urllib3 = before


def _look_at(kind: str, body: str) -> None:
    """Refuse an answer that says itself that it is none, or that is not whole.

    The client looks at the rows alone, and passes over the error and the count beside them.
    """
    right = "JSON with a list named data and its count"
    try:
        answer = json.loads(body)
    except json.JSONDecodeError as error:
        if body.lstrip().startswith("{"):
            found = f"JSON that breaks off or is broken in line {error.lineno} ({error.msg})"
            raise Busy(str(unlike(found, right))) from None
        raise unlike(told(kind, body), right) from None
    if not isinstance(answer, dict):
        raise unlike(told(kind, body), right)
    if answer.get("error"):
        raise Busy(f"answered with an error instead of rows: “{answer['error']}”")
    rows, count = answer.get("data"), answer.get("count")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise unlike(told(kind, body), right)
    if not isinstance(count, int):
        raise unlike(f"rows whose count is {count!r}", "how many there are")
    if count != len(rows):
        raise Busy(f"answered with {len(rows)} rows, where its own count of {count} would be right")


def read(found: pd.DataFrame, year: int) -> Answer:
    """Rows of UN Comtrade as raw rows, once they are what was asked for.

    Args:
        found: as the client gives it; a column of codes that has gaps comes as decimal numbers.
        year: the year that was asked for.

    Raises:
        ServiceError: naming the columns or codes that are not as documented.
    """
    answer = Answer()
    if len(found) >= _ROW_LIMIT:
        raise unlike(f"{len(found)} rows for {year}", f"fewer than its limit of {_ROW_LIMIT}")
    fixed = {"cmdCode": "TOTAL", "period": str(year)}
    places = {"reporterCode": CODES, "partnerCode": CODES, "flowCode": _FLOWS}
    needed = [*fixed, *places, *ALL_TAKEN_TOGETHER, "primaryValue"]
    if len(found) and (missing := [name for name in needed if name not in found]):
        raise unlike(f"rows without {', '.join(missing)}", "all 47 columns")
    for cells in as_rows(found):
        row = {name: _code(cells[name]) for name in needed[:-1]}
        for name, only in fixed.items():
            known(row[name], [only], name)
        for name, valid in places.items():
            known(row[name], valid, name, f"year {year}")
        reporter, partner = (CODES[row[name]] for name in ("reporterCode", "partnerCode"))
        flow = _FLOWS[row["flowCode"]]
        cell = f"{reporter}, {flow}, {partner}, {year}"
        for name, iso in (("reporterISO", reporter), ("partnerISO", partner)):
            # The keyless call leaves the descriptions empty.
            if said := _code(cells.get(name)):
                known(said, ["W00" if iso == "WLD" else iso], name, cell)
        if without_one := [name for name in ALL_TAKEN_TOGETHER if not row[name]]:
            answer.left_out[f"without {' and '.join(without_one)}, and so perhaps no total"] += 1
            continue
        for name, only in ALL_TAKEN_TOGETHER.items():
            known(row[name], [only], name, cell)
        value = number(cells["primaryValue"], cell)
        answer.rows.append(
            {
                "reporter": reporter,
                "partner": partner,
                "flow": flow,
                "year": str(year),
                "value": value,
                "evidence": "reported",
            }
        )
    return answer


def _code(cell: Any) -> str:
    """A code as text; empty where there is none. Beside a gap, pandas makes 398 into 398.0."""
    if cell is None or (isinstance(cell, float) and pd.isna(cell)):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


SERVICES = {
    "un-comtrade": Service(
        "trade_pairs",
        "comtrade-wits-2017",
        "UN Comtrade, merchandise trade by partner",
        "United Nations Statistics Division",
        "Terms of UN Comtrade: no passing on without written permission",
        "comtradeapicall",
        "un-comtrade",
        list,
        _ask,
    ),
}
