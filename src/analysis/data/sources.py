"""Where a figure comes from: the register of sources, and how a line names one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup, escape

from analysis.data.schema import ID_PATTERN, Fault

FIELDS = {
    "title": "as printed; in square brackets where it is our description",
    "title_en": "in English, where the title is not",
    "author": "",
    "publisher": "who brought it out; for a repost the original outlet",
    "date": "ISO 8601, as far as it is known",
    "url": "address of the page, where one was seen",
    "vintage": "state of a dataset that is revised",
    "compiled_by": "who brought a dataset into the form used here",
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
_DATE = re.compile(r"(?:19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")


class _UniqueKeyLoader(yaml.SafeLoader):
    """PyYAML keeps the last of two equal keys and says nothing; here the second is a fault."""


def _unique_mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    for key, (key_node, _) in zip(keys, node.value, strict=True):
        if isinstance(key, (list, dict)):
            raise yaml.constructor.ConstructorError(
                None, None, "a key that is not one word", key_node.start_mark
            )
    for key, (key_node, _) in zip(keys, node.value, strict=True):
        if keys.count(key) > 1:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key!r} stands twice", key_node.start_mark
            )
    return {
        key: loader.construct_object(value, deep=True)
        for key, (_, value) in zip(keys, node.value, strict=True)
    }


_UniqueKeyLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _unique_mapping)
# A date stays the text that was typed: 2016-06 and 2016 are dates here too.
_UniqueKeyLoader.yaml_implicit_resolvers = {
    letter: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:timestamp"]
    for letter, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_text(path: Path, valid: str) -> tuple[str, list[Fault]]:
    """Read a file of the raw data; a fault, row 0 for the whole file, when it cannot be read.

    Args:
        path: the file. A link or a device is refused: what a commit holds is the file itself.
        valid: what the file should be, for the fault.
    """
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            kind = "a symbolic link" if path.is_symlink() else "a folder or a device"
            return "", [Fault(path.name, 0, "(file)", kind, valid)]
        return path.read_bytes().decode("utf-8"), []
    except OSError as error:
        return "", [Fault(path.name, 0, "(file)", error.strerror or str(error), valid)]
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        found = f"byte {error.object[error.start]:#04x}, which is not UTF-8"
        return "", [Fault(path.name, line, "(file)", found, valid)]


def read_yaml(path: Path) -> tuple[Any, list[Fault]]:
    """Read a YAML file of the raw data; a fault instead of an exception when it is broken."""
    text, faults = read_text(path, "a YAML file in UTF-8")
    if faults:
        return None, faults
    row, problem = 0, ""
    try:
        return yaml.load(text.removeprefix("\ufeff"), _UniqueKeyLoader), []
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark else 0
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    except RecursionError:
        problem = "lists or mappings in one another, too deep to follow"
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        # What PyYAML lets through: a tag that the value does not bear, such as !!int x.
        problem = f"a value that cannot be read ({error})"
    return None, [Fault(path.name, row, "(file)", problem, "YAML that can be read")]


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
    for manifest in adopted_files(path.parent)[1::2]:
        fetched, found = load_manifest(manifest)
        faults += found
        if not found:
            sources[manifest.stem] = fetched["source"]
    for source_id, entry in sources.items():
        faults += _faults_of_source(path.name, source_id, entry)
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
    if "date" in entry and not _DATE.fullmatch(str(entry["date"])):
        faults.append(
            Fault(file, source_id, "date", str(entry["date"]), "2017, 2017-12 or 2017-12-05")
        )
    if "url" in entry and not re.fullmatch(r"https?://[^\s<>\"'`]+", str(entry["url"])):
        faults.append(Fault(file, source_id, "url", str(entry["url"]), "an http(s) address"))
    return faults


# The editions that the project ships, by raw table; the headlines rest on them until another is
# adopted.
SHIPPED = {
    "trade_pairs": "imf-dots-2022",
    "wdi": "worldbank-wdi-2026-07",
    "debt_by_creditor": "worldbank-ids-2025-12",
}
# What an edition is called that was fetched later: after its service and its day.
_FETCHED = {
    "trade_pairs": "(?:un-comtrade|imf-imts)",
    "wdi": "worldbank-wdi",
    "debt_by_creditor": "worldbank-ids",
}
_DAY = "-20[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"


def table_of(edition: str) -> str:
    """The raw table that an edition is one of, shipped or fetched; empty where it is of none."""
    for table, shipped in SHIPPED.items():
        if edition == shipped or re.fullmatch(_FETCHED[table] + _DAY, edition):
            return table
    return ""


def load_current(raw: Path) -> tuple[dict[str, str], list[Fault]]:
    """Read which edition each table's headlines rest on, from ``vintages/current.yml``.

    Args:
        raw: the folder of the raw tables. Without the file it is the shipped editions.

    Returns:
        Edition by table, the shipped one wherever there is a fault, and the faults.
    """
    path = raw / "vintages" / "current.yml"
    if not path.exists():
        return dict(SHIPPED), []
    current, faults = read_yaml(path)
    if not faults and (not isinstance(current, dict) or set(current) != set(SHIPPED)):
        found = ", ".join(map(str, current)) if isinstance(current, dict) else str(current)
        faults = [Fault(path.name, 1, "(file)", found, "the lines " + ", ".join(SHIPPED))]
    if faults:
        return dict(SHIPPED), faults
    chosen = dict(SHIPPED)
    for table, edition in current.items():
        known = isinstance(edition, str) and table_of(edition) == table
        kept = known and all(
            path.with_name(f"{edition}.{ending}").is_file() for ending in ("csv", "json")
        )
        if known and (edition == SHIPPED[table] or kept):
            chosen[table] = edition
            continue
        here = sorted(file.stem for file in path.parent.glob("*.csv"))
        valid = [name for name in (SHIPPED[table], *here) if table_of(name) == table]
        faults.append(Fault(path.name, table, table, str(edition), " or ".join(valid)))
    return chosen, faults


def adopted_files(raw: Path) -> list[Path]:
    """The fetched editions that ``current.yml`` names: each one's table and its manifest."""
    current, _ = load_current(raw)
    return [
        raw / "vintages" / f"{edition}.{ending}"
        for table, edition in current.items()
        if edition != SHIPPED[table]
        for ending in ("csv", "json")
    ]


def load_manifest(path: Path) -> tuple[dict[str, Any], list[Fault]]:
    """Read what is kept beside a fetched edition: its source, call, time, rows and hash."""
    text, faults = read_text(path, "a JSON file in UTF-8")
    try:
        manifest = json.loads(text) if not faults else {}
    except json.JSONDecodeError as error:
        valid = "JSON, as `analysis refresh` writes it"
        return {}, [Fault(path.name, error.lineno, "(file)", error.msg, valid)]
    if not faults and not (isinstance(manifest, dict) and isinstance(manifest.get("source"), dict)):
        faults = [Fault(path.name, 1, "source", "no such mapping", "title, publisher, terms")]
    return manifest if not faults else {}, faults


def citing(locator: str, sources: dict[str, dict[str, Any]]) -> list[str]:
    """Ids of the works that the article cites at a locator such as ``Table 1, ..., note 5``.

    Notes are numbered twice, in the table and in the text, so the table's are named as such.
    """
    note = re.search(r"[Nn]ote ([0-9]+)$", locator)
    if not note:
        return []
    name = f"Table 1, note {note[1]}" if locator.startswith("Table 1") else f"Note {note[1]}"
    return [key for key, entry in sources.items() if name in entry.get("cited_in", [])]


def source_line(source_id: str, sources: dict[str, dict[str, Any]]) -> str:
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


def source_link(source_id: str, sources: dict[str, dict[str, Any]]) -> Markup:
    """One source in one line for a table; where its address is known, the line leads there.

    A repost is named by its first outlet, with whose copy was seen.
    """
    line, entry = source_line(source_id, sources), sources[source_id]
    url, note = entry.get("url"), entry.get("repost_note")
    link = Markup('<a href="{}">{}</a>').format(url, line) if url else Markup(escape(line))
    return link + (Markup(" ({})").format(note[0].lower() + note[1:]) if note else "")
