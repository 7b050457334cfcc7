"""The World Bank's indicators, and what is owed to each creditor, through wbgapi."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from analysis.config import COUNTRIES, POWERS
from analysis.data.vocabulary import WDI
from analysis.fetch.service import (
    ADDRESSES,
    TIMEOUT,
    Answer,
    Busy,
    Cells,
    Replies,
    Service,
    ServiceError,
    failure,
    kept_by,
    known,
    number,
    told,
    unlike,
)

# The service's own names, which must not stand under each other's codes.
_NAMES = {
    "KAZ": "Kazakhstan",
    "KGZ": "Kyrgyz Republic",
    "TJK": "Tajikistan",
    "TKM": "Turkmenistan",
    "UZB": "Uzbekistan",
    "CHN": "China",
    "RUS": "Russian Federation",
}
_DEBT_SERIES = [f"DT.DOD.{kind}.CD" for kind in ("BLAT", "MLAT", "PBND", "PCBK", "PROP")]
_INDICATORS, _DEBT = 2, 6
_DOCUMENTED = "JSON in the layout of the World Bank’s second version"


def _wdi(indicator: str, years: range, replies: Replies) -> Answer:
    """One indicator for the five countries and the two powers."""
    sides = [*COUNTRIES, *POWERS]
    answer = Answer()
    for row in _fetched(replies, _INDICATORS, [indicator], sides, years):
        country, year = _country(row, sides), _year(row, years)
        series = known(_id(row, "series"), [indicator], "series")
        answer.rows.append(
            {
                "country": country,
                "indicator": series,
                "year": year,
                "value": number(row["value"], f"{country}, {series}, {year}"),
            }
        )
    return answer


def _ids(country: str, years: range, replies: Replies) -> Answer:
    """One country's debt to every creditor, and to all of them together.

    The rows bear the service's code and name of the creditor, for ``with_our_names``.
    """
    answer = Answer()
    everyone = {"counterpart_area": "all"}
    for row in _fetched(replies, _DEBT, _DEBT_SERIES, [country], years, **everyone):
        debtor, year = _country(row, [country]), _year(row, years)
        series = known(_id(row, "series"), _DEBT_SERIES, "series")
        creditor = _id(row, "counterpart_area")
        where = f"{debtor}, creditor {creditor}, {series}, {year}"
        if not creditor:
            raise unlike(f"a debt of {debtor} in {year} to nobody", "a creditor’s code")
        value = number(row["value"], where)
        # A creditor that is owed nothing stands in the answer with nought, or with nothing.
        if value and float(value) == 0:
            continue
        answer.rows.append(
            {
                "country": debtor,
                "creditor_id": creditor,
                "creditor": (row["counterpart_area"].get("value") or "").strip(),
                "series": series,
                "year": year,
                "value": value,
            }
        )
    return answer


def _fetched(
    replies: Replies, source: int, series: list[str], sides: list[str], years: range, **more: str
) -> list[dict[str, Any]]:
    """What wbgapi makes of an answer, each page looked at on arrival; its errors in our words."""
    import requests
    import wbgapi

    wbgapi.endpoint = ADDRESSES["world-bank"]
    hook = kept_by(replies, None, _looking(source))
    # The client's own default waits for ever.
    wbgapi.get_options = {"timeout": TIMEOUT, "hooks": {"response": hook}}
    try:
        return list(wbgapi.data.fetch(series, sides, years, db=source, labels=True, **more))
    except requests.RequestException as error:
        raise Busy(f"did not answer ({type(error).__name__})") from None
    except wbgapi.APIError as error:
        raise ServiceError(f"answered with an error: “{error.msg}”") from None
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        found = f"what wbgapi cannot read ({type(error).__name__}: {error})"
        raise unlike(found, _DOCUMENTED) from None


def _looking(source: int) -> Callable[[Any], None]:
    """What looks at every page of one call, since the client passes over most that can be wrong.

    Without a look at the number of rows a page, the client would ask for pages for ever.
    """
    first: dict[str, Any] = {}

    def look(reply: Any) -> None:
        kind = reply.headers.get("Content-Type", "").partition(";")[0]
        if reply.status_code != 200:
            raise failure(reply.status_code, kind, reply.text)
        header, body = _header(kind, reply.text)
        if not isinstance(body, dict):
            return
        if not isinstance(body.get("data"), list):
            raise unlike(f"a source without data ({told(kind, reply.text)})", _DOCUMENTED)
        if str(body.get("id")) != str(source):
            raise unlike(f"rows of its database {body.get('id')}", f"those of {source}")
        page, pages, size, total = (
            _whole(header, name) for name in ("page", "pages", "per_page", "total")
        )
        if size < 1:
            raise unlike(f"pages of {size} rows", "at least one a page")
        told_first = {name: header.get(name) for name in ("pages", "total", "lastupdated")}
        if page == 1:
            first.update(told_first)
        for name, before in first.items():
            if told_first[name] != before:
                found = f"{name} {told_first[name]} on page {page}"
                raise Busy(str(unlike(found, f"{before}, as on the first page,")))
        due = max(0, min(size, total - (page - 1) * size))
        if len(body["data"]) != due:
            found = f"{len(body['data'])} rows on page {page} of {pages}"
            raise Busy(str(unlike(found, f"{due}, by its own total of {total},")))

    return look


def _header(kind: str, text: str) -> tuple[dict[str, Any], Any]:
    """An answer's header and the rest of it.

    Raises:
        ServiceError: for what is no such answer, or says itself that it is an error.
    """
    try:
        body = json.loads(text)
    except json.JSONDecodeError as error:
        if text.lstrip().startswith(("{", "[")):
            found = f"JSON that breaks off or is broken in line {error.lineno} ({error.msg})"
            raise Busy(str(unlike(found, _DOCUMENTED))) from None
        raise unlike(told(kind, text), _DOCUMENTED) from None
    header = body[0] if isinstance(body, list) and body else body
    if not isinstance(header, dict):
        raise unlike(told(kind, text), _DOCUMENTED)
    if messages := header.get("message"):
        said = messages[0] if isinstance(messages, list) else messages
        if isinstance(said, dict):
            said = f"{said.get('key', '')}: {said.get('value', '')}"
        raise ServiceError(f"answered with an error instead of rows: “{said}”")
    if isinstance(body, list):
        if len(body) < 2 or not isinstance(body[1], list):
            raise unlike(f"a header without rows ({told(kind, text)})", "both of them")
        return header, body[1]
    if not header.get("source"):
        raise unlike(f"a header without rows ({told(kind, text)})", "both of them")
    return header, header["source"]


def _whole(header: dict[str, Any], name: str) -> int:
    try:
        return int(header[name])
    except (KeyError, TypeError, ValueError, OverflowError):
        found = f"{name} {header.get(name)!r} in the header"
        raise unlike(found, "a whole number") from None


def _id(row: dict[str, Any], name: str) -> str:
    """The code of one of the things that an observation is about; empty where there is none."""
    words = {
        "economy": "country",
        "time": "year",
        "series": "series",
        "counterpart_area": "creditor",
    }
    if not isinstance(row.get(name), dict):
        others = ", ".join(str(row[other].get("id")) for other in words if other in row)
        raise unlike(f"an observation without its {words[name]} ({others})", "one with it")
    cell = row[name].get("id")
    return "" if cell is None else str(cell).strip()


def _country(row: dict[str, Any], sides: list[str]) -> str:
    """The code of an observation's country, once its name is not another's."""
    code = known(_id(row, "economy"), sides, "country")
    name = (row["economy"].get("value") or "").strip()
    if name in _NAMES.values() and name != _NAMES[code]:
        raise unlike(f"{code} under the name of {name}", _NAMES[code])
    return code


def _year(row: dict[str, Any], years: range) -> str:
    year = _id(row, "time").removeprefix("YR")
    if year not in map(str, years):
        where = _id(row, "economy")
        found = f"the year {year!r} for {where}" if year else f"a row of {where} without its year"
        raise unlike(found, f"one from {years[0]} to {years[-1]}")
    return year


def with_our_names(
    rows: list[Cells], codes: dict[str, str], named: Iterable[str]
) -> tuple[list[Cells], dict[str, str], list[str]]:
    """Name each creditor by the service's code, whatever the service calls it today.

    Args:
        rows: as ``_ids`` gives them, those with a value.
        codes: the creditors that are known already, name by code.
        named: names that are known, of some of which the code may not be known yet: it is learnt
            from the name, and tells the creditor from then on.

    Returns:
        The rows under our names; name by code, the known ones and the new; and a sentence on
        each creditor that the service has renamed.

    Raises:
        ServiceError: where a code and a name do not belong together.
    """
    codes = dict(codes)
    plain = {_plain(name): name for name in [*named, *codes.values()]}
    theirs = _names_in(rows)
    owners = {name: code for code, name in codes.items()}
    renamed = []
    for code, name in sorted(theirs.items()):
        ours = plain.get(_plain(name), _plain(name))
        if owners.get(ours, code) != code:
            right = codes.get(code, f"{owners[ours]}, its code so far,")
            raise unlike(f"the creditor {code} under the name “{name}”", right)
        if code not in codes:
            if not ours:
                raise unlike(f"a creditor {code} named “{name}”", "a name in Latin letters")
            codes[code], owners[ours] = ours, code
        elif name and ours != codes[code]:
            renamed.append(f"The creditor {code}, {codes[code]} here, is called “{name}” now.")
    return [row | {"creditor": codes[row["creditor_id"]]} for row in rows], codes, renamed


def _names_in(rows: list[Cells]) -> dict[str, str]:
    """The service's name of each creditor by its code.

    Raises:
        ServiceError: for two names of one code, or one name of two.
    """
    names: dict[str, str] = {}
    for row in rows:
        code, name = row["creditor_id"], row["creditor"]
        if names.setdefault(code, name) != name:
            raise unlike(f"the creditor {code} as “{names[code]}” and as “{name}”", "one name")
    codes: dict[str, str] = {}
    for code, name in sorted(names.items()):
        if name and codes.setdefault(name, code) != code:
            raise unlike(f"“{name}” as the creditor {codes[name]} and as {code}", "one code")
    return names


# Letters that Unicode does not take for a plain one with a mark.
_UNDIVIDED = str.maketrans(dict(zip("ıøØłŁđĐ", "ioOlLdD", strict=True)) | {"ß": "ss", "æ": "ae"})


def _plain(name: str) -> str:
    """A name in plain Latin letters, as the raw tables write creditors."""
    letters = unicodedata.normalize("NFKD", name.replace("`", "'").replace("’", "'"))
    letters = letters.translate(_UNDIVIDED)
    kept = "".join(
        letter if letter.isascii() and (letter.isalpha() or letter in " .,()&'-") else " "
        for letter in letters
        if not unicodedata.combining(letter)
    )
    return " ".join(kept.split())


_OPEN = "CC BY 4.0"
SERVICES = {
    "worldbank-wdi": Service(
        "wdi",
        "worldbank-wdi-2026-07",
        "World Development Indicators",
        "World Bank",
        _OPEN,
        "wbgapi",
        "world-bank",
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
        "world-bank",
        lambda years: list(COUNTRIES),
        _ids,
    ),
}
