"""Where a figure comes from: the register of sources, and how a line names one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from analysis.data.columns import ID_PATTERN
from analysis.data.editions import adopted_files, load_manifest
from analysis.data.faults import Fault
from analysis.data.read import read_yaml

FIELDS = {
    "title": "as printed; in square brackets where it is our description",
    "title_en": "in English, where the title is not",
    "author": "",
    "publisher": "who brought it out; for a repost the original outlet",
    "date": "ISO 8601, as far as it is known",
    "url": "address of the page, where one was seen",
    "vintage": "state of a dataset that is revised",
    "compiled_by": "by way of whom a dataset came into the form used here",
    "terms": "on what terms the publisher lets its text or data be used",
    "cited_in": "places of the article that cite it",
    "seen": "false where the page itself was not seen",
    "repost": "true where the address is another outlet's copy",
    "repost_note": "whose copy",
    "note": "what a reader must know",
}

NOT_KNOWN = "not known"  # of a page whose outlet is not named on it

_LISTS, _FLAGS = ("cited_in",), ("seen", "repost")

_REQUIRED = ("title", "publisher", "terms")

DATE = re.compile(r"(?:19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")

# The newest day that a source of the project may be of, should a machine's clock be behind.
_SURELY_COME = "2026-07-31"


def load_sources(path: Path) -> tuple[dict[str, dict[str, Any]], list[Fault]]:
    """Read ``sources.yml``, and the source of every fetched edition that is in use.

    Returns:
        The sources by id, and every fault found in them; the sources are empty when the file
        cannot be read at all.
    """
    sources, faults = read_yaml(path)
    if faults:
        return {}, faults
    if not isinstance(sources, dict) or not sources:
        valid = "a mapping from source_id to its fields"
        found = "nothing" if not sources else f"a {type(sources).__name__}"
        return {}, [Fault(path.name, 1, "(file)", found, valid)]
    files = {}
    for manifest in adopted_files(path.parent)[1::2]:
        fetched, wrong = load_manifest(manifest)
        faults += wrong
        if not wrong:
            sources[manifest.stem] = fetched["source"]
            files[manifest.stem] = manifest.name
    for source_id, entry in sources.items():
        faults += _faults_of_source(files.get(source_id, path.name), source_id, entry)
    return sources, faults


def _faults_of_source(file: str, source_id: Any, entry: Any) -> list[Fault]:
    if not isinstance(source_id, str) or not re.fullmatch(ID_PATTERN, source_id):
        valid = "a name in lower case with hyphens, in quotation marks if it is all figures"
        return [Fault(file, str(source_id), "source_id", str(source_id), valid)]
    if not isinstance(entry, dict):
        return [Fault(file, source_id, "(entry)", str(entry), "fields such as title, publisher")]
    faults = [
        Fault(file, source_id, str(field), str(entry[field]), "a field among " + ", ".join(FIELDS))
        for field in entry
        if field not in FIELDS
    ]
    for field, value in entry.items():
        texts = value if field in _LISTS and isinstance(value, list) else [value]
        if field in _FLAGS and not isinstance(value, bool):
            faults.append(Fault(file, source_id, field, str(value), "true or false"))
        elif field in _LISTS and not isinstance(value, list):
            faults.append(Fault(file, source_id, field, str(value), "a list of places"))
        elif field in FIELDS and field not in (*_FLAGS, "date"):
            faults += [
                Fault(file, source_id, field, str(text), "one line of text, in quotation marks")
                for text in texts
                if text is not None and not (isinstance(text, str) and text.isprintable())
            ]
    faults += [
        Fault(file, source_id, field, "nothing", "some text")
        for field in _REQUIRED
        if not entry.get(field)
    ]
    if "date" in entry and (valid := _date_instead(str(entry["date"]))):
        faults.append(Fault(file, source_id, "date", str(entry["date"]), valid))
    if "url" in entry and not re.fullmatch(r"https?://[^\s<>\"'`]+", str(entry["url"])):
        faults.append(Fault(file, source_id, "url", str(entry["url"]), "an http(s) address"))
    return faults


def _date_instead(words: str) -> str:
    """What would be valid for words that are no date, or none that a source can have; else empty.

    Example:
        >>> _date_instead("2016-02-29"), _date_instead("2015-02-30")
        ('', 'a day that the calendar has, or 2015-02 where the day is not known')
    """
    if not DATE.fullmatch(words):
        return "2017, 2017-12 or 2017-12-05"
    first = "2000-01-01"
    try:
        date.fromisoformat(words + first[len(words) :])
    except ValueError:
        return f"a day that the calendar has, or {words[:7]} where the day is not known"
    # A month or a year has come once its first day has.
    if words > max(_SURELY_COME, date.today().isoformat())[: len(words)]:
        return "a date that has come, as far as it is known"
    return ""


def source_line(source_id: str, sources: Mapping[str, dict[str, Any]]) -> str:
    """One source in one line: author, title, publisher, and its date or vintage."""
    entry = sources[source_id]
    ours = "vintage" in entry or entry["title"].startswith("[")
    title = entry["title"].strip("[]") if ours else f"“{entry['title']}”"
    # "Page of such an outlet" names the publisher already.
    named = title.endswith(entry["publisher"]) or entry["publisher"] == NOT_KNOWN
    publisher = "" if named else entry["publisher"]
    state = f"vintage {entry['vintage']}" if "vintage" in entry else str(entry.get("date", ""))
    parts = [entry.get("author"), title, publisher, state]
    return ", ".join(str(part) for part in parts if part)
