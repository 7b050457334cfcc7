"""Today's editions of the statistics, fetched beside the ones that the project ships.

A fetched edition is a table in the columns of the raw table that it is one of, and a manifest that
says how it was come by. It is checked before it is kept, is never overwritten, and is used by no
page until it is adopted, which changes one line of ``data/raw/vintages/current.yml``. The pipeline
imports nothing from here.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from time import sleep
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from tqdm import tqdm

from analysis.config import COUNTRIES, PART, POWERS
from analysis.data import schema
from analysis.data.clean import process
from analysis.data.copied import copied_runs
from analysis.data.editions import SHIPPED, load_current, table_of
from analysis.data.faults import Fault, RawDataError
from analysis.data.load import load_raw
from analysis.data.raw_tables import RAW_TABLES
from analysis.data.read import read_csv_strictly
from analysis.data.sources import load_sources
from analysis.data.validate import faults_of_edition
from analysis.data.vocabulary import WDI

# Where each service answers; the tests put a server of their own here.
ADDRESSES = {
    "un-comtrade": "https://comtradeapi.un.org",
    "imf-imts": "https://api.imf.org/external/sdmx/2.1",
    "world-bank": "https://api.worldbank.org/v2",
}
FIRST_YEAR = 2000
# Seconds between two calls, and before a call is made once more; each wait is four times the last.
PAUSE, WAIT = 2, 5
_TRIES = 3
_TIMEOUT = 120

Cells = dict[str, str]
# What a service answered, as far as it may be kept: call, status, type, body.
Replies = list[dict[str, Any]]


class RefreshError(Exception):
    """A service that did not give what was asked for, or an edition that cannot be kept."""


class _Busy(RefreshError):
    """A refusal that another try may end: too many calls, a fault of theirs, a cut connection."""


@dataclass(frozen=True)
class Service:
    """A service: the raw table that its editions are of, its terms, and how it is asked."""

    table: str
    before: str  # the edition that the project ships
    title: str
    publisher: str
    terms: str
    client: str
    calls: Callable[[range], list[Any]]
    fetch: Callable[[Any, range, Replies], list[Cells]]


def _tried(call: Callable[[], Any]) -> Any:
    """What a call gives, made again where the service was busy."""
    for number in range(_TRIES):
        try:
            return call()
        except _Busy:
            if number == _TRIES - 1:
                raise
            sleep(WAIT * 4**number)
    return None


def _status(code: int, said: str = "") -> RefreshError:
    """The error for an HTTP status."""
    words = {
        401: "the key was not accepted",
        403: "access was refused",
        404: "nothing was found at this address; the service may have moved, or want a key",
        429: "too many calls; the quota may be used up, try again later",
    }
    told = words.get(code, "the service failed" if code >= 500 else "the call was refused")
    kind = _Busy if code == 429 or code >= 500 else RefreshError
    return kind(f"HTTP {code}: {told}" + (f" ({said})" if said else ""))


def _not_as_documented(found: str, valid: str) -> RefreshError:
    return RefreshError(f"found {found}; valid: {valid}. The service may have changed")


def _body(kind: str, body: str) -> str:
    """An answer in a few words."""
    return f"{kind or 'no type'}, {len(body)} characters" if body else "an empty answer"


def _number(value: float) -> str:
    return np.format_float_positional(float(value), trim="-")


# UN Comtrade's codes of the reporters and partners that are asked for.
_COMTRADE = {
    "398": "KAZ",
    "417": "KGZ",
    "762": "TJK",
    "795": "TKM",
    "860": "UZB",
    "156": "CHN",
    "643": "RUS",
    "0": "WLD",
}
# Without all three each partner comes about nine times, once a second partner, customs procedure
# and means of transport, and sums of them multiply trade.
_ALL_TAKEN_TOGETHER = {"partner2Code": "0", "customsCode": "C00", "motCode": "0"}
# The keyless call stops at so many rows and does not say so.
_ROW_LIMIT = 500


def _comtrade(year: int, years: range, replies: Replies) -> list[Cells]:
    """One year from UN Comtrade, through the UN's own client."""
    import comtradeapicall
    from comtradeapicall import PreviewGet

    key = os.environ.get("COMTRADE_API_KEY")
    codes = ",".join(code for code in _COMTRADE if code != "0")
    asked = {
        "typeCode": "C",
        "freqCode": "A",
        "clCode": "HS",
        "period": str(year),
        "reporterCode": codes,
        "cmdCode": "TOTAL",
        "flowCode": "X,M",
        "partnerCode": f"{codes},0",
        **_ALL_TAKEN_TOGETHER,
        "format_output": "JSON",
        "breakdownMode": "classic",
        "includeDesc": True,
    }
    call = comtradeapicall.previewFinalData
    if key:
        asked["subscription_key"] = key
        call = comtradeapicall.getFinalData
    # The client prints its errors, address and key included, and returns None. So it is given a
    # transport that raises instead, and whatever it prints is caught.
    PreviewGet.urllib3 = _guarded_urllib3(key, replies)
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            found = call(**asked)
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        reply = _body(replies[-1]["type"], replies[-1]["body"])
        raise _not_as_documented(reply, "JSON with a list named data") from error
    if printed.getvalue() or found is None:
        raise RefreshError("the client gave up: " + _without(key, printed.getvalue().strip()))
    return comtrade_rows(found, year)


def comtrade_rows(found: pd.DataFrame, year: int) -> list[Cells]:
    """Rows of UN Comtrade as raw rows, once they are what was asked for.

    Raises:
        RefreshError: naming the columns or codes that are not as documented.
    """
    if found.empty:
        return []
    if len(found) >= _ROW_LIMIT:
        raise RefreshError(f"{len(found)} rows for {year}: the answer was cut at the limit")
    fixed = {"cmdCode": "TOTAL", "period": str(year), **_ALL_TAKEN_TOGETHER}
    needed = [*fixed, "reporterCode", "partnerCode", "flowCode", "primaryValue"]
    if missing := [name for name in needed if name not in found]:
        raise _not_as_documented(
            "the columns " + ", ".join(found.columns), ", ".join(missing) + " among them"
        )
    for name, valid in fixed.items():
        if wrong := sorted(set(found[name].astype(str)) - {valid}):
            raise _not_as_documented(f"{name} {', '.join(wrong[:3])}", valid)
    flows = {"X": "export", "M": "import"}
    for name, known in (
        ("reporterCode", _COMTRADE),
        ("partnerCode", _COMTRADE),
        ("flowCode", flows),
    ):
        if wrong := sorted(set(found[name].astype(str)) - set(known)):
            raise _not_as_documented(f"{name} {', '.join(wrong[:3])}", ", ".join(known))
    if (
        not pd.api.types.is_numeric_dtype(found["primaryValue"])
        or found["primaryValue"].isna().any()
    ):
        raise _not_as_documented("a primaryValue that is no number", "US dollars")
    return [
        {
            "reporter": _COMTRADE[str(row.reporterCode)],
            "partner": _COMTRADE[str(row.partnerCode)],
            "flow": flows[row.flowCode],
            "year": str(year),
            "value": _number(row.primaryValue),
            "evidence": "reported",
        }
        for row in found.itertuples()
    ]


def _without(key: str | None, words: str) -> str:
    return words.replace(key, "(key)") if key else words


def _guarded_urllib3(key: str | None, replies: Replies) -> SimpleNamespace:
    """What the client takes for urllib3: the same, but that it raises and names no key."""
    import urllib3

    official = "https://comtradeapi.un.org"

    class Pool(urllib3.PoolManager):
        def request(self, method: str, url: str, fields: Any = None, **options: Any) -> Any:
            place = ADDRESSES["un-comtrade"] + url.removeprefix(official)
            try:
                answer = super().request(method, place, fields=fields, retries=False, **options)
            except urllib3.exceptions.HTTPError as error:
                raise _Busy(f"no answer ({type(error).__name__})") from None
            body = _without(key, answer.data.decode("utf-8", "replace"))
            kind = answer.headers.get("Content-Type", "").partition(";")[0]
            asked = {name: text for name, text in fields.items() if name != "subscription-key"}
            call = {"path": url.removeprefix(official), "asked": asked}
            replies.append({"call": call, "status": answer.status, "type": kind, "body": body})
            if answer.status != 200:
                raise _status(answer.status)
            return answer

    return SimpleNamespace(PoolManager=Pool, exceptions=urllib3.exceptions)


def _kept_by(replies: Replies) -> Callable[..., None]:
    """A hook of requests that keeps what was answered, without any header of the call."""

    def keep(answer: Any, *_: Any, **__: Any) -> None:
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        path = answer.request.path_url
        body = answer.content.decode("utf-8", "replace")
        call = {"path": path, "asked": {}}
        replies.append({"call": call, "status": answer.status_code, "type": kind, "body": body})

    return keep


_IMTS_FLOWS = {"XG_FOB_USD": "export", "MG_CIF_USD": "import"}
_IMTS_COLUMNS = ("COUNTRY", "INDICATOR", "COUNTERPART_COUNTRY", "TIME_PERIOD", "OBS_VALUE")
# SDMX's marks of an observation: normal, or estimated.
_IMTS_EVIDENCE = {"": "reported", "A": "reported", "E": "estimated"}


def _imts(call: None, years: range, replies: Replies) -> list[Cells]:
    """All years from the IMF, as SDMX's CSV; no client of it installs beside pandas 3."""
    import requests

    codes = "+".join([*COUNTRIES, *POWERS])
    address = (
        f"{ADDRESSES['imf-imts']}/data/IMF.STA,IMTS/{codes}.{'+'.join(_IMTS_FLOWS)}."
        f"{codes}+G001.A?startPeriod={years[0]}&endPeriod={years[-1]}"
    )
    headers = {"Accept": "application/vnd.sdmx.data+csv;version=1.0.0"}
    if key := os.environ.get("IMF_API_KEY"):
        headers["Ocp-Apim-Subscription-Key"] = key
    try:
        answer = requests.get(
            address, headers=headers, timeout=_TIMEOUT, hooks={"response": _kept_by(replies)}
        )
    except requests.RequestException as error:
        raise _Busy(f"no answer ({type(error).__name__})") from None
    if answer.status_code != 200:
        raise _status(answer.status_code)
    text, kind = replies[-1]["body"], replies[-1]["type"]
    if "csv" not in kind:
        raise _not_as_documented(_body(kind, text), "text of a csv type")
    return imts_rows(text)


def imts_rows(text: str) -> list[Cells]:
    """The IMF's CSV as raw rows.

    ``OBS_VALUE`` is in dollars already: its column ``SCALE`` says 6 and must not be applied.

    Raises:
        RefreshError: naming the columns or codes that are not as documented.
    """
    try:
        found = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError):
        raise _not_as_documented(_body("csv", text.strip()), "a table in CSV") from None
    if missing := [name for name in (*_IMTS_COLUMNS, "STATUS") if name not in found]:
        raise _not_as_documented(
            "the columns " + ", ".join(found.columns), ", ".join(missing) + " among them"
        )
    if not text.endswith("\n"):
        raise RefreshError("the answer breaks off in the middle of a row")
    # A first row without keys describes the dataset.
    found = found[(found["TIME_PERIOD"] != "") & (found["OBS_VALUE"] != "")]
    partners = found["COUNTERPART_COUNTRY"].replace("G001", "WLD")
    known = {
        "INDICATOR": (found["INDICATOR"], _IMTS_FLOWS),
        "STATUS": (found["STATUS"].str.upper(), _IMTS_EVIDENCE),
        "COUNTRY": (found["COUNTRY"], [*COUNTRIES, *POWERS]),
        "COUNTERPART_COUNTRY": (partners, [*COUNTRIES, *POWERS, "WLD"]),
    }
    for name, (words, valid) in known.items():
        if wrong := sorted(set(words) - set(valid)):
            raise _not_as_documented(f"{name} {', '.join(wrong[:3])}", ", ".join(valid))
    return [
        {
            "reporter": row.COUNTRY,
            "partner": partners[row.Index],
            "flow": _IMTS_FLOWS[row.INDICATOR],
            "year": row.TIME_PERIOD,
            "value": row.OBS_VALUE,
            "evidence": _IMTS_EVIDENCE[row.STATUS.upper()],
        }
        for row in found.itertuples()
    ]


def _world_bank(replies: Replies, ask: Callable[[Any], Any]) -> Any:
    """What a call of wbgapi gives, its errors in our words."""
    import requests
    import wbgapi

    wbgapi.endpoint = ADDRESSES["world-bank"]
    # The client's own default waits for ever.
    wbgapi.get_options = {"timeout": _TIMEOUT, "hooks": {"response": _kept_by(replies)}}
    documented = "JSON in the layout of the World Bank’s second version"
    try:
        return ask(wbgapi)
    except requests.RequestException as error:
        raise _Busy(f"no answer ({type(error).__name__})") from None
    except wbgapi.APIResponseError:
        reply = replies[-1]
        raise _not_as_documented(_body(reply["type"], reply["body"]), documented) from None
    except wbgapi.APIError as error:
        raise (_status(error.code) if error.code else RefreshError(str(error.msg))) from None
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        found = f"an answer that wbgapi cannot read ({type(error).__name__}: {error})"
        raise _not_as_documented(found, documented) from None


def _wdi(indicator: str, years: range, replies: Replies) -> list[Cells]:
    """One indicator for the five countries and the two powers."""
    found = _world_bank(
        replies,
        lambda bank: list(
            bank.data.fetch([indicator], [*COUNTRIES, *POWERS], years, db=2, numericTimeKeys=True)
        ),
    )
    return [
        {
            "country": row["economy"],
            "indicator": row["series"],
            "year": str(row["time"]),
            "value": _number(row["value"]),
        }
        for row in found
        if row["value"] is not None
    ]


_DEBT_SERIES = [f"DT.DOD.{kind}.CD" for kind in ("BLAT", "MLAT", "PBND", "PCBK", "PROP")]


def _ids(country: str, years: range, replies: Replies) -> list[Cells]:
    """One country's debt to every creditor, and to all of them together."""
    found = _world_bank(
        replies,
        lambda bank: list(
            bank.data.fetch(
                _DEBT_SERIES,
                country,
                years,
                db=6,
                counterpart_area="all",
                labels=True,
                numericTimeKeys=True,
            )
        ),
    )
    return [
        {
            "country": row["economy"]["id"],
            "creditor": row["counterpart_area"]["value"].strip(),
            "series": row["series"]["id"],
            "year": str(row["time"]["id"]),
            "value": _number(row["value"]),
        }
        for row in found
        # A creditor that is owed nothing stands in the answer with nought, or with nothing.
        if row["value"]
    ]


_OPEN = "CC BY 4.0"
SERVICES = {
    "un-comtrade": Service(
        "trade_pairs",
        "comtrade-wits-2017",
        "UN Comtrade, merchandise trade by partner",
        "United Nations Statistics Division",
        "Terms of UN Comtrade: no passing on without written permission",
        "comtradeapicall",
        list,
        _comtrade,
    ),
    "imf-imts": Service(
        "trade_pairs",
        "imf-dots-2022",
        "International Trade in Goods (by partner country)",
        "International Monetary Fund",
        "IMF terms: all rights reserved; attribution, and no republishing of the database",
        "requests",
        lambda years: [None],
        _imts,
    ),
    "worldbank-wdi": Service(
        "wdi",
        "worldbank-wdi-2026-07",
        "World Development Indicators",
        "World Bank",
        _OPEN,
        "wbgapi",
        lambda years: list(WDI),
        _wdi,
    ),
    "worldbank-ids": Service(
        "debt_by_creditor",
        "worldbank-ids-2025-12",
        "International Debt Statistics, debt by creditor",
        "World Bank",
        _OPEN,
        "wbgapi",
        lambda years: list(COUNTRIES),
        _ids,
    ),
}


def fetch(
    name: str,
    raw: Path,
    today: date,
    *,
    accept_fewer: bool = False,
    record: Path | None = None,
) -> Path:
    """Fetch today's edition from a service, check it, and keep it under ``raw/vintages``.

    Args:
        name: of the service, as ``SERVICES`` has it.
        raw: the folder of the raw tables.
        today: the day that the edition is named after; the years asked for end before its year.
        accept_fewer: keep it even where fewer countries report than in the edition before.
        record: folder to save the service's replies to as well, or None.

    Returns:
        The table that was written; its manifest stands beside it.

    Raises:
        RefreshError: when the service does not give what was asked for, or the edition is there.
        RawDataError: with every fault of what it gave. Nothing is kept in either case.
    """
    service = SERVICES[name]
    edition = f"{name}-{today}"
    place = raw / "vintages" / f"{edition}.csv"
    if place.exists():
        raise RefreshError(f"{edition} has been fetched already, and is never overwritten")
    years = range(FIRST_YEAR, today.year)
    calls = service.calls(years)
    replies: Replies = []
    rows: list[Cells] = []
    for number, call in enumerate(tqdm(calls, name, unit="call", leave=False)):
        if number:
            sleep(PAUSE)
        rows += _tried(lambda call=call: service.fetch(call, years, replies))
    if not rows:
        raise RefreshError("the service answered without a single row; that is not no trade")
    table = as_table(rows, name, today)
    said = f"{today.day} {today:%B %Y}"
    source = {
        "title": service.title,
        "publisher": service.publisher,
        "date": str(today),
        "vintage": said,
        "terms": service.terms,
    }
    found = check_edition(edition, table, source, raw, accept_fewer)
    if found:
        raise RawDataError(found)
    text = table.to_csv(index=False, lineterminator="\n")
    manifest = {
        "edition": edition,
        "service": ADDRESSES[name if name in ADDRESSES else "world-bank"],
        "client": f"{service.client} {version(service.client)}",
        "calls": _described(replies),
        "retrieved": datetime.now(UTC).isoformat(timespec="seconds"),
        "rows": len(table),
        "years_without_rows": sorted({str(year) for year in years} - set(table["year"])),
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "source": source,
    }
    if record:
        kept = {"recorded": str(today), "replies": replies}
        schema.save(record / f"{name}.json", json.dumps(kept, indent=1, ensure_ascii=False) + "\n")
    _keep(place, text, json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
    return place


def _described(replies: Replies) -> list[str]:
    """The calls that were answered, each once, in order; they never held a key."""
    calls = [reply["call"] for reply in replies if reply["status"] == 200]
    said = [
        call["path"]
        + ("?" if call["asked"] else "")
        + "&".join(f"{name}={value}" for name, value in call["asked"].items())
        for call in calls
    ]
    return list(dict.fromkeys(said))


def as_table(rows: list[Cells], name: str, today: date) -> pd.DataFrame:
    """Rows of a service as an edition of its raw table: its columns, sorted by key, as text."""
    service = SERVICES[name]
    table = RAW_TABLES[service.table]
    made = pd.DataFrame(rows).assign(source_id=f"{name}-{today}")
    if service.table == "trade_pairs":
        word = name.rpartition("-")[2]
        five = made["reporter"].isin(COUNTRIES) | made["partner"].isin(COUNTRIES)
        made = made[five & (made["reporter"] != made["partner"])]
        made = _with_copies_marked(made.assign(dataset=f"{word}{today:%Y%m%d}"))
    if service.table == "wdi":
        made = made.assign(vintage=str(today))
    made = made[list(table.schema.columns)].sort_values(list(table.key), ignore_index=True)
    # Messages name the row of the file, whose first holds the columns' names.
    return made.set_axis(range(2, len(made) + 2))


# How the numbers give a record away, and what it then is.
_MARKS = {
    "copied from the partner": "derived",
    "fixed ratio of China to Russia": "imputed",
}


def _with_copies_marked(trade: pd.DataFrame) -> pd.DataFrame:
    """Trade records that a country did not count itself, as ``copied_runs`` finds them."""
    counted = trade.assign(
        value=pd.to_numeric(trade["value"], errors="coerce"),
        year=pd.to_numeric(trade["year"], errors="coerce"),
    )
    evidence = trade["evidence"].copy()
    if counted[["value", "year"]].isna().any(axis=None):
        return trade
    whole = counted.drop_duplicates(["reporter", "partner", "flow", "year"])
    for run in copied_runs(whole).itertuples():
        if run.reporter not in COUNTRIES:
            continue
        own = (trade["reporter"] == run.reporter) & (trade["flow"] == run.flow)
        own &= trade["partner"].isin([*POWERS, "WLD"]) & (trade["evidence"] == "reported")
        evidence[own & counted["year"].between(run.first, run.last)] = _MARKS[run.kind]
        if _MARKS[run.kind] == "derived":
            # A side that is copied for years vouches for none of the others.
            evidence[own & (evidence == "reported")] = "unverified"
    return trade.assign(evidence=evidence)


def check_edition(
    edition: str,
    table: pd.DataFrame,
    source: dict[str, str],
    raw: Path,
    accept_fewer: bool = False,
) -> list[Fault]:
    """What speaks against keeping an edition: its cells, its sums, and the edition before it."""
    sources, faults = load_sources(raw / "sources.yml")
    faults += faults_of_edition(edition, table, sources | {edition: source})
    if faults:
        return faults
    if table_of(edition) == "debt_by_creditor":
        faults += _creditors_short_of_all(edition, table)
    name, held = edition_before(edition, raw)
    return faults + _unlike(edition, table, name, held, accept_fewer)


def edition_before(edition: str, raw: Path) -> tuple[str, pd.DataFrame]:
    """The newest edition of the same service that is held, and its rows as text.

    Raises:
        RawDataError: when the table cannot be read.
    """
    service = re.sub("-20[0-9]{2}-[0-9]{2}-[0-9]{2}$", "", edition)
    fetched = sorted((raw / "vintages").glob(f"{service}-20??-??-??.csv"))
    earlier = [path for path in fetched if path.stem < edition]
    table = SERVICES[service].table
    path = earlier[-1] if earlier else raw / f"{table}.csv"
    name = path.stem if earlier else SERVICES[service].before
    rows, faults = read_csv_strictly(path, RAW_TABLES[table])
    if faults or rows is None:
        raise RawDataError(faults)
    return name, rows[rows["source_id"] == name]


# What tells one edition of a cell from another, and no cell from the next.
_EDITION_COLUMNS = ("dataset", "vintage", "value", "evidence", "source_id")
_KIND = {"trade_pairs": "flow", "wdi": "indicator", "debt_by_creditor": "series"}
# Well known sums that every edition must have, and about as large as ever.
ANCHORS: dict[str, list[Cells]] = {
    "trade_pairs": [
        {"reporter": "KAZ", "partner": "CHN", "flow": "export", "year": "2016"},
        {"reporter": "CHN", "partner": "KGZ", "flow": "export", "year": "2016"},
    ],
    "wdi": [
        {"country": "KAZ", "indicator": "NY.GDP.MKTP.CD", "year": "2016"},
        {"country": "KGZ", "indicator": "SP.POP.TOTL", "year": "2016"},
    ],
    "debt_by_creditor": [
        {"country": "TJK", "creditor": "China", "series": "DT.DOD.BLAT.CD", "year": "2016"},
        {"country": "KAZ", "creditor": "World", "series": "DT.DOD.MLAT.CD", "year": "2016"},
    ],
}
_ANCHOR_WITHIN = 1.5
# Revisions move single cells far, but never half of a table by so much.
_MEDIAN_WITHIN = 2


def _unlike(
    edition: str, table: pd.DataFrame, name: str, held: pd.DataFrame, accept_fewer: bool
) -> list[Fault]:
    """Where an edition is so unlike the one before it that one of them must be wrong."""
    file, which = f"{edition}.csv", table_of(edition)
    key = [word for word in RAW_TABLES[which].schema.columns if word not in _EDITION_COLUMNS]
    both = held[[*key, "value"]].merge(table[[*key, "value"]], on=key, suffixes=("_held", ""))
    both = both.astype({"value": float, "value_held": float})
    ratio = both["value"] / both["value_held"].where(both["value_held"] != 0)
    kind = _KIND[which]
    faults = []
    for word in held[kind].unique():
        median = ratio[both[kind] == word].median()
        if not 1 / _MEDIAN_WITHIN <= median <= _MEDIAN_WITHIN:
            found = (
                f"no year of {word} that {name} has"
                if np.isnan(median)
                else f"values of {word} typically {median:.3g} times those of {name}"
            )
            valid = f"within {_MEDIAN_WITHIN} times of them, in the same unit"
            faults.append(Fault(file, 0, "value", found, valid))
    for anchor in ANCHORS[which]:
        match = (both[list(anchor)] == pd.Series(anchor)).all(axis=1)
        cell = " ".join(anchor.values())
        if not match.any():
            faults.append(Fault(file, 0, "(row)", f"no {cell}", "a row that every edition has"))
        elif not 1 / _ANCHOR_WITHIN <= ratio[match].iloc[0] <= _ANCHOR_WITHIN:
            row = both[match].iloc[0]
            valid = f"within {_ANCHOR_WITHIN} times of {row['value_held']:.12g}, as {name} has it"
            faults.append(Fault(file, 0, "value", f"{cell}: {row['value']:.12g}", valid))
    return faults if accept_fewer else faults + _fewer(file, table, name, held)


def _fewer(file: str, table: pd.DataFrame, name: str, held: pd.DataFrame) -> list[Fault]:
    """Years that fewer countries report than in the edition before."""
    who = "reporter" if "reporter" in table else "country"
    faults = []
    if "evidence" in held:
        held = held[held["evidence"] == "reported"]
    for year, rows in held.groupby("year"):
        gone = sorted(set(rows[who]) - set(table[table["year"] == year][who]))
        if gone:
            valid = f"those of {name} too (--accept-fewer keeps it as it is)"
            faults.append(Fault(file, 0, who, f"nothing from {', '.join(gone)} for {year}", valid))
    return faults


# One year of Tajikistan's is 1.5% short in the shipped edition.
_SHORT = 0.02


def _creditors_short_of_all(edition: str, table: pd.DataFrame) -> list[Fault]:
    """Years in which the creditors do not add up to what is owed to all of them."""
    rows = table.assign(value=table["value"].astype(float))
    keys = ["country", "year"]
    whole = rows[rows["creditor"] == "World"].groupby(keys)["value"].sum()
    parts = rows[rows["creditor"] != "World"].groupby(keys)["value"].sum()
    both = pd.concat([whole.rename("whole"), parts.rename("parts")], axis=1).fillna(0)
    off = both[(both["whole"] - both["parts"]).abs() > _SHORT * both["whole"]]
    return [
        Fault(
            f"{edition}.csv",
            0,
            "value",
            f"creditors of {country} that add up to {row['parts']:.12g} in {year}",
            f"{row['whole']:.12g}, as World has it",
        )
        for (country, year), row in off.iterrows()
    ]


def _keep(place: Path, text: str, manifest: str) -> None:
    """Write an edition whole or not at all, and never over another.

    The manifest goes first: a table without one is used by nothing, one without a table is a
    leftover of a run that was killed.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    place.with_suffix(".json").unlink(missing_ok=True)
    for path, words in ((place.with_suffix(".json"), manifest), (place, text)):
        part = path.with_name(f".{path.name}{PART}")
        part.write_text(words, encoding="utf-8")
        try:
            os.link(part, path)
        finally:
            part.unlink()


def adopt(edition: str, raw: Path) -> str:
    """Let the headlines rest on an edition: change its table's line in ``current.yml``.

    Args:
        edition: a fetched one, or the one that the project ships.
        raw: the folder of the raw tables.

    Returns:
        The edition that was in use before; adopting that one undoes the change, byte for byte.

    Raises:
        RefreshError: when there is no such edition, or its table is not what was fetched.
        RawDataError: with every fault of the raw data as it would then be; nothing is changed.
    """
    table = table_of(edition)
    here = sorted(path.stem for path in (raw / "vintages").glob("*-20??-??-??.csv"))
    if not table or edition not in (*SHIPPED.values(), *here):
        raise RefreshError(
            f"no edition {edition!r}; valid: {', '.join((*SHIPPED.values(), *here))}"
        )
    current, faults = load_current(raw)
    if faults:
        raise RawDataError(faults)
    if edition != SHIPPED[table]:
        _check_hash(raw / "vintages" / f"{edition}.csv")
    path = raw / "vintages" / "current.yml"
    before = path.read_text(encoding="utf-8")
    after = re.sub(rf"(?m)^{table}: \S+$", f"{table}: {edition}", before)
    if after != before:
        schema.save(path, after)
        try:
            process(load_raw(raw))
        except RawDataError:
            schema.save(path, before)
            raise
    return current[table]


def _check_hash(path: Path) -> None:
    manifest = path.with_suffix(".json")
    if not manifest.is_file():
        raise RefreshError(f"{path.name} has no manifest beside it, so nothing vouches for it")
    known = json.loads(manifest.read_text(encoding="utf-8")).get("sha256")
    if hashlib.sha256(path.read_bytes()).hexdigest() != known:
        raise RefreshError(f"{path.name} is not what was fetched: its hash is another")
