"""Today's editions of the statistics, fetched beside the ones that the project ships.

A fetched edition is a table in the columns of the raw table that it is one of, and a manifest that
says how it was come by. It is checked before it is kept, is never overwritten, and is used by no
page until it is adopted, which changes one line of ``data/raw/vintages/current.yml``. The pipeline
imports nothing from here.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep, time
from typing import Any

import pandas as pd
import yaml
from tqdm import tqdm

from analysis.config import PART
from analysis.data import store
from analysis.data.clean import process
from analysis.data.editions import SHIPPED, load_current, load_manifest, table_of
from analysis.data.faults import Fault, RawDataError
from analysis.data.load import load_raw
from analysis.data.parties import parties
from analysis.data.raw_tables import RAW_TABLES
from analysis.data.read import read_csv_strictly
from analysis.data.sources import load_sources
from analysis.data.validate import faults_of_edition
from analysis.fetch import comtrade, guards, imf, service, worldbank
from analysis.fetch.service import Answer, Replies, Service, ServiceError
from analysis.fetch.tables import Edition, as_edition, so_many

FIRST_YEAR = 2000
SERVICES: dict[str, Service] = comtrade.SERVICES | imf.SERVICES | worldbank.SERVICES


class RefreshError(Exception):
    """A service that did not give what was asked for, or an edition that cannot be used."""


class NoSuchEditionError(RefreshError):
    """An edition that is neither shipped nor fetched."""


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
        accept_fewer: keep it even where the edition before has what this one has no more.
        record: folder to save the service's replies to as well, or None.

    Returns:
        The table that was written; its manifest stands beside it.

    Raises:
        RefreshError: when the service does not give what was asked for, or the edition is there.
        RawDataError: with every fault of what it gave. Nothing is kept in either case.
    """
    edition, which = f"{name}-{today}", SERVICES[name].table
    place = raw / "vintages" / f"{edition}.csv"
    if _is_kept(place):
        raise RefreshError(f"{edition} has been fetched already, and is never overwritten")
    before, held = edition_before(edition, raw)
    years = range(FIRST_YEAR, today.year)
    replies: Replies = []
    codes, named = _creditors(before, raw)
    with _told_of(name):
        answer = _asked(name, years, replies)
        made = as_edition(answer, which, edition, codes, named)
        faults = _faults_of(edition, made, _source(name, today), raw)
        # Where a cell stands twice there is nothing to hold against the edition before.
        if not made.table.duplicated(list(RAW_TABLES[which].key)).any():
            faults += guards.wrong(edition, made, before, held)
            if not accept_fewer:
                faults += guards.fewer(edition, made, before, held)
    if faults:
        raise RawDataError(faults)
    if gone := guards.withdrawn(edition, made.table, held):
        made.remarks.append(f"{before} has {so_many(gone, 'row')} that this one has no more.")
    if absent := sorted({str(year) for year in years} - set(made.table["year"])):
        made.remarks.append(f"There is no row of {guards.spans(absent)}.")
    text = made.table.to_csv(index=False, lineterminator="\n")
    manifest = _manifest(name, today, made, replies, text)
    if record:
        kept = {"recorded": str(today), "replies": replies}
        store.save(record / f"{name}.json", json.dumps(kept, indent=1, ensure_ascii=False) + "\n")
    keep(place, text, json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
    return place


def _asked(name: str, years: range, replies: Replies) -> Answer:
    """What all calls of a service give together.

    Raises:
        ServiceError: of the first that fails, or where they give nothing.
    """
    calls = SERVICES[name].calls(years)
    whole = Answer()
    for number, call in enumerate(tqdm(calls, name, unit="call", leave=False, disable=None)):
        if number:
            sleep(service.PAUSE)
        part = service.tried(partial(SERVICES[name].ask, call, years, replies))
        whole.rows += part.rows
        whole.left_out += part.left_out
    if not any(row["value"] for row in whole.rows):
        raise ServiceError("answered without a single value; that is not no trade and no debt")
    return whole


@contextmanager
def _told_of(name: str) -> Iterator[None]:
    """Name the service in what is said of its failure, and let no answer end in a traceback."""
    try:
        yield
    except ServiceError as error:
        raise RefreshError(f"{name} {error}") from error
    except (ImportError, OSError, RawDataError):
        raise
    except Exception as error:
        # Whatever else a client or a reader trips over is the answer's doing: it must end this
        # edition, and not the next service's.
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise RefreshError(f"{name} answered with what cannot be read ({what})") from error


def _source(name: str, today: date) -> dict[str, str]:
    """The entry of the register of sources that an edition has."""
    asked = SERVICES[name]
    return {
        "title": asked.title,
        "publisher": asked.publisher,
        "date": str(today),
        "vintage": f"{today.day} {today:%B %Y}",
        "terms": asked.terms,
    }


def _manifest(name: str, today: date, made: Edition, replies: Replies, text: str) -> dict[str, Any]:
    """How an edition was come by; it never holds a key."""
    asked = SERVICES[name]
    manifest = {
        "edition": f"{name}-{today}",
        "service": service.ADDRESSES[asked.address],
        "client": f"{asked.client} {version(asked.client)}",
        "calls": _described(replies),
        "retrieved": datetime.now(UTC).isoformat(timespec="seconds"),
        "rows": len(made.table),
        "remarks": made.remarks,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "source": _source(name, today),
    }
    return manifest | ({"creditors": made.creditors} if made.creditors else {})


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


def _faults_of(edition: str, made: Edition, source: dict[str, str], raw: Path) -> list[Fault]:
    """What is wrong with an edition's own rows, one by one and against each other."""
    sources, faults = load_sources(raw / "sources.yml")
    return faults + faults_of_edition(edition, made.table, sources | {edition: source})


def edition_before(edition: str, raw: Path) -> tuple[str, pd.DataFrame]:
    """The newest edition of the same service that is held, and its rows as text.

    Raises:
        RawDataError: when the table cannot be read.
    """
    name = re.sub("-20[0-9]{2}-[0-9]{2}-[0-9]{2}$", "", edition)
    fetched = sorted((raw / "vintages").glob(f"{name}-20??-??-??.csv"))
    kept = [path for path in fetched if _is_kept(path) and path.with_suffix(".json").is_file()]
    earlier = [path for path in kept if path.stem < edition]
    table = SERVICES[name].table
    path = earlier[-1] if earlier else raw / f"{table}.csv"
    before = path.stem if earlier else SERVICES[name].before
    rows, faults = read_csv_strictly(path, RAW_TABLES[table])
    if faults or rows is None:
        raise RawDataError(faults)
    return before, rows[rows["source_id"] == before]


def _creditors(edition: str, raw: Path) -> tuple[dict[str, str], list[str]]:
    """The creditors that are known: our name by the service's code, and every name.

    A code stands in the code list, or was learnt with an edition, whose manifest has it.

    Args:
        edition: the newest that is held.
        raw: the folder of the raw tables.

    Raises:
        RawDataError: when the code list or the manifest cannot be read.
    """
    known = parties(raw)
    listed = known[known["world_bank_id"] != ""]
    codes = dict(zip(listed["world_bank_id"], listed["world_bank_name"], strict=True))
    path = raw / "vintages" / f"{edition}.json"
    if path.is_file():
        manifest, faults = load_manifest(path)
        if faults:
            raise RawDataError(faults)
        for code, name in manifest.get("creditors", {}).items():
            if name not in codes.values():
                codes.setdefault(code, name)
    return codes, list(known["world_bank_name"])


def _is_kept(place: Path) -> bool:
    """Whether a table stands there; an empty one only holds the place for one that is written."""
    return place.is_file() and place.stat().st_size > 0


# What is being written is there for moments; what has been for so many seconds is a leftover.
_MOMENTS = 60


def keep(place: Path, text: str, manifest: str) -> None:
    """Write an edition whole or not at all, and never over another.

    Both files are written beside their places and then moved there, the manifest first, which
    needs no links and so works on any file system. An empty file holds the place meanwhile.

    Args:
        place: of the table; the manifest stands beside it.
        text: the table.
        manifest: how it was come by.

    Raises:
        RefreshError: when there is such an edition already, or another run keeps it just now.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    leftovers = [*place.parent.glob(f".*{PART}"), *([] if _is_kept(place) else [place])]
    for path in leftovers:
        if path.is_file() and time() - path.stat().st_mtime > _MOMENTS:
            path.unlink(missing_ok=True)
    try:
        place.open("x").close()
    except FileExistsError:
        why = "has been fetched already" if _is_kept(place) else "is being kept by another run"
        raise RefreshError(f"{place.stem} {why}, and is never overwritten") from None
    try:
        _write(place.with_suffix(".json"), manifest)
        _write(place, text)
    except BaseException:
        place.unlink(missing_ok=True)
        place.with_suffix(".json").unlink(missing_ok=True)
        raise


def _write(path: Path, text: str) -> None:
    """Put a file in its place whole or not at all."""
    part = path.with_name(f".{path.name}{PART}")
    try:
        part.write_bytes(text.encode("utf-8"))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def adopt(edition: str, raw: Path) -> str:
    """Let the headlines rest on an edition: change its table's line in ``current.yml``.

    Args:
        edition: a fetched one, or the one that the project ships.
        raw: the folder of the raw tables.

    Returns:
        The edition that was in use before; adopting that one undoes the change, byte for byte.

    Raises:
        NoSuchEditionError: when there is no such edition.
        RefreshError: when its table is not what was fetched, or the file cannot be changed.
        RawDataError: with every fault of the raw data as it would then be. Nothing is changed in
            any of these cases.
    """
    table, place = table_of(edition), raw / "vintages" / f"{edition}.csv"
    here = [path.stem for path in sorted(place.parent.glob("*.csv")) if table_of(path.stem)]
    if not table or edition not in (*SHIPPED.values(), *here):
        valid = ", ".join((*SHIPPED.values(), *here))
        raise NoSuchEditionError(f"found no edition {edition!r}; valid: {valid}")
    current, faults = load_current(raw)
    if faults:
        raise RawDataError(faults)
    if edition != SHIPPED[table]:
        _check_hash(place)
    if current[table] == edition:
        return edition
    path = raw / "vintages" / "current.yml"
    before = path.read_bytes().decode("utf-8") if path.exists() else _fresh(current)
    after = _with_line(before, current | {table: edition}, table)
    _check_with(after, raw)
    path.parent.mkdir(exist_ok=True)
    _write(path, after)
    return current[table]


def _fresh(current: dict[str, str]) -> str:
    """The file for a folder that has none."""
    lines = "".join(f"{table}: {edition}\n" for table, edition in current.items())
    return (
        f"# The edition that each table's headlines rest on; `analysis adopt` changes it.\n{lines}"
    )


def _with_line(text: str, wanted: dict[str, str], table: str) -> str:
    """The text with another edition in a table's line, and nothing else changed.

    Raises:
        RefreshError: where it does not say then what is wanted, whatever form it is in.
    """
    value = r"""(?:"[^"\r\n]*"|'[^'\r\n]*'|[^\s#"'][^\s]*)"""
    line = rf"(?m)^(\ufeff?[\"']?{table}[\"']?[ \t]*:[ \t]+){value}([ \t]*(?:[ \t]#[^\r\n]*)?\r?)$"
    after = re.sub(line, lambda found: found[1] + wanted[table] + found[2], text)
    try:
        said = yaml.safe_load(after.removeprefix("\ufeff"))
    except yaml.YAMLError:
        said = None
    if said != wanted:
        raise RefreshError(
            f"current.yml has its line on {table} in a form that cannot be changed; valid: the "
            f"line `{table}: {wanted[table]}`, written by hand"
        )
    return after


def _check_with(current: str, raw: Path) -> None:
    """Check all raw data as it would be with another ``current.yml``, in a folder of its own.

    Raises:
        RawDataError: with every fault.
    """
    with TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(raw, Path(folder) / "raw"))
        (copy / "vintages").mkdir(exist_ok=True)
        (copy / "vintages" / "current.yml").write_bytes(current.encode("utf-8"))
        process(load_raw(copy))


def _check_hash(path: Path) -> None:
    """Refuse an edition that is not, to the byte, what was fetched.

    Raises:
        RefreshError: where the manifest is missing or names another hash.
        RawDataError: where the manifest cannot be read.
    """
    beside = path.with_suffix(".json")
    if not beside.is_file():
        raise RefreshError(f"{path.name} has no manifest beside it, so nothing vouches for it")
    manifest, faults = load_manifest(beside)
    if faults:
        raise RawDataError(faults)
    if hashlib.sha256(path.read_bytes()).hexdigest() != manifest.get("sha256"):
        raise RefreshError(f"{path.name} is not what was fetched: its hash is another")
