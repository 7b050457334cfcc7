"""Where a number comes from: for each row of the tables what its source prints, and where.

A page names a row by its id; ``evidence`` turns ids into the lines of the cards that the numbers
lead to (``evidence_cards``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

from analysis.config import POWERS
from analysis.data import schema
from analysis.data.countries import area, in_a_sentence
from analysis.data.frames import as_rows
from analysis.data.sources import NOT_KNOWN, source_line
from analysis.data.vocabulary import (
    EVIDENCE,
    GRADES,
    INDICATOR_NAMES,
    INDICATORS,
    RECORDS,
)
from analysis.data.wording import with_correction
from analysis.measures.editions import WORLD_TRADE
from analysis.measures.ties import SIDE_OF
from analysis.measures.verdicts import output_rows
from analysis.page import words
from analysis.page.evidence_cards import COLUMNS
from analysis.page.language import ENGLISH, heard, say, spoken

# Tables whose rows have a name of their own; others are named by their keys.
_IDS = {"ties": "pair_id", "figures": "figure_id", "claims": "claim_id"}
# What a reporter has done: the country with a power, or a power with the country.
_OWN_FLOWS = {"export": "sold to {power}", "import": "bought from {power}"}
_FLOWS = {"export": "sold", "import": "bought"}

Sources = Mapping[str, dict[str, Any]]
Line = dict[str, str]


def row_ids(table: str, rows: pd.DataFrame) -> pd.Series:
    """A name for each row of a table, by which a page and its evidence speak of it.

    Args:
        table: name of the table.
        rows: some of its rows.

    Returns:
        Ids of letters, digits, dots and hyphens, with the rows' index.

    Example:
        >>> key = dict(country="KGZ", measure="debt", year=2024, record="stated", dataset="ids")
        >>> list(row_ids("weights", pd.DataFrame([key])))
        ['weights-KGZ-debt-2024-stated-ids']
    """
    if table in _IDS:
        return rows[_IDS[table]]
    keys = [rows[name].astype(str) for name in schema.TABLES[table].key]
    named = keys[0].str.cat(keys[1:], sep="-")
    return table + "-" + named.str.replace(r"[^A-Za-z0-9._-]+", "_", regex=True)


def output_ids(indicators: pd.DataFrame) -> dict[tuple[str, int], str]:
    """The names of the rows on GDP by country and year, which a share of it rests on as well."""
    rows = output_rows(indicators)
    keys = zip(rows["country"], rows["year"], strict=True)
    return dict(zip(keys, row_ids("indicators", rows), strict=True))


# Stands between what a row is about, where and when.
_BESIDE = " · "
# Joins the names of rows that a number rests on together.
_AND = ".."
_OF_A_YEAR = re.compile(r"(.*-)([0-9]{4})")
_YEAR = re.compile("[0-9]{4}")


def together(ids: Iterable[str]) -> str:
    """One name for several rows that a number is added up, or taken one from the other, of.

    Of a run of years only the first name and the last year stand.

    Example:
        >>> together(["a-2016", "a-2024"])
        'a-2016..a-2024'
        >>> together(["a-2016", "a-2017", "a-2018", "b"])
        'a-2016..2018..b'
    """
    runs: list[list[str]] = []
    for name in ids:
        if runs and name == _a_year_on(runs[-1][-1]):
            runs[-1].append(name)
        else:
            runs.append([name])
    return _AND.join(_AND.join([run[0], run[-1][-4:]] if len(run) > 2 else run) for run in runs)


def _a_year_on(name: str) -> str | None:
    """The name of the same row a year later, if the name ends in a year."""
    found = _OF_A_YEAR.fullmatch(name)
    return f"{found[1]}{int(found[2]) + 1}" if found else None


def _apart(name: str) -> list[str]:
    """The names of the rows that one name stands for."""
    names: list[str] = []
    for part in name.split(_AND):
        if _YEAR.fullmatch(part) and names and (found := _OF_A_YEAR.fullmatch(names[-1])):
            names += [f"{found[1]}{year}" for year in range(int(found[2]) + 1, int(part) + 1)]
        else:
            names.append(part)
    return names


def evidence(
    tables: Mapping[str, pd.DataFrame], sources: Sources, ids: Iterable[str]
) -> pd.DataFrame:
    """The lines of the cards of some rows.

    Args:
        tables: frames by name, ``records`` (the trade records themselves) among them.
        sources: the register of sources.
        ids: names of rows, as ``row_ids`` gives them, or of several ``together``.

    Returns:
        A row a line, with the columns of ``COLUMNS``; rows that no table has are left out, and of
        several rows all are where one is.
    """
    named = list(dict.fromkeys(ids))
    wanted = dict.fromkeys(part for name in named for part in _apart(name))
    lines: list[Line] = []
    halves = _Halves(tables)
    for table, tell in _TELLERS.items():
        if table not in tables or tables[table].empty:
            continue
        rows = tables[table].assign(row_id=row_ids(table, tables[table]))
        rows = rows[rows["row_id"].isin(wanted.keys())]
        for row in as_rows(rows):
            lines += tell(row, halves, sources)
    known: dict[str, list[Line]] = {}
    for line in lines:
        known.setdefault(line["row_id"], []).append(line)
    kept = [line for name in named if _AND not in name for line in known.get(name, [])]
    for name in named:
        parts = _apart(name)
        if len(parts) > 1 and all(part in known for part in parts):
            kept += _on_one_card(name, [line for part in parts for line in known[part]])
    return pd.DataFrame(kept, columns=list(COLUMNS))


def _on_one_card(name: str, lines: list[Line]) -> list[Line]:
    """Lines of several rows as one line a source, each part with what tells it apart."""
    merged: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        alike = tuple(line[key] for key in ("source", "record", "note"))
        merged.setdefault(alike, []).append(line)
    titles = [line["title"].split(_BESIDE) for line in lines]  # what, where and when
    apart = [place for place, told in enumerate(zip(*titles, strict=False)) if len({*told}) > 1]
    ends = list(dict.fromkeys(parts[-1] for parts in titles))
    same = [part for place, part in enumerate(titles[0][:-1]) if place not in apart]
    if 0 in apart:
        same.insert(0, words.capital("; ".join(dict.fromkeys(line["measure"] for line in lines))))
    title = _BESIDE.join([*same, words.ends([ends[0], ends[-1]])])
    return [
        group[0]
        | {"row_id": name, "title": title}
        | {"printed": "; ".join(f"{_part(one, apart or [-1])}, {one['printed']}" for one in group)}
        for group in merged.values()
    ]


def _part(line: Line, apart: list[int]) -> str:
    """What of a line's title tells it from the others on its card."""
    told = line["title"].split(_BESIDE)
    return _BESIDE.join(told[place] for place in apart)


def _line(
    row: Mapping[str, Any], title: str, printed: str, source_id: str, sources: Sources, **more: str
) -> Line:
    entry = sources.get(source_id, {})
    known = dict.fromkeys(COLUMNS, "") | {
        "row_id": row["row_id"],
        "title": title,
        "measure": title.partition(_BESIDE)[0],
        "printed": printed,
        "source": _source(source_id, sources) if entry else "",
        "address": str(entry.get("url", "")),
    }
    return known | more


def _source(source_id: str, sources: Sources) -> str:
    """A source in one line; names, dates and quotation marks as the language has them."""
    entry = dict(sources[source_id])
    way = heard(str(entry["compiled_by"]), "sources") if "compiled_by" in entry else ""
    by_way = say(", by way of {way}", way=way) if way else ""
    if entry.get("repost") and "url" in entry:
        by_way += say(", seen as reposted at {host}", host=urlsplit(str(entry["url"])).hostname)
    if spoken() == ENGLISH:
        return source_line(source_id, sources) + by_way
    told = {name: heard(str(entry[name]), kind) for name, kind in _TOLD.items() if name in entry}
    if str(entry["title"]).strip("[]").startswith(f"Page of {entry['publisher']}"):
        page = say("Page of {publisher}", publisher=told["publisher"])
        told |= {"title": f"[{page}]", "publisher": NOT_KNOWN}
    if "date" in entry:
        told["date"] = words.date(str(entry["date"]))
    line = source_line(source_id, {source_id: entry | told})
    if "vintage" in entry:
        line = line.replace(f"vintage {entry['vintage']}", _edition(entry))
    return line.translate(_QUOTES) + by_way


# What of a source is told in another language, and the table that has its words.
_TOLD = {"author": "names", "title": "sources", "publisher": "names"}
_QUOTES = str.maketrans("“”", "«»")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")


def _edition(entry: Mapping[str, Any]) -> str:
    """The edition of a table, by its words where the language has them, or else by its date."""
    vintage = str(entry["vintage"])
    told = heard(vintage, "sources")
    if told == vintage and "date" in entry:
        told = words.edition(str(entry["date"]))
    return say("vintage {edition}", edition=told)


def _place(code: str) -> str:
    name = area(code)
    return in_a_sentence(name) if spoken() == ENGLISH else heard(name, "names")


def _title(what: str, country: str, when: Any) -> str:
    parts = [words.capital(what), words.capital(_place(country)), str(when)]
    return _BESIDE.join(part for part in parts if part)


def _measure(name: str) -> str:
    told = INDICATORS.get(name) or INDICATOR_NAMES.get(name, name.replace("_", " "))
    return heard(told, "sources")


def _number(value: float, unit: str) -> str:
    """A number of a table with all its digits: "1,544,659,669 US dollars"."""
    if unit in ("share", "ratio"):
        return words.amount(value, unit, 6)
    names = {"USD": "US dollars", "EUR": "euros", "m3": "cubic metres", "persons": "people"}
    space = " " if spoken() == ENGLISH else "\u00a0"
    return f"{words.numeral(value)}{space}{say(names[unit]) if unit in names else ''}".strip()


class _Halves:
    """What halves of ties rest on, each row found by its name: a page asks for hundreds."""

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        self.tables = tables

    @cached_property
    def figures(self) -> Mapping[str, Mapping[str, Any]]:
        """The printed figures by their ids."""
        return {row["figure_id"]: row for row in as_rows(self.tables["figures"])}

    @cached_property
    def _records(self) -> _Found:
        keys = ["dataset", "reporter", "partner", "flow", "year"]
        return _Found(self.tables["records"], keys, ["source_id", "value", "evidence"])

    @cached_property
    def _indicators(self) -> _Found:
        keys = ["dataset", "country", "indicator", "power", "year"]
        return _Found(self.tables["indicators"], keys, ["source_id", "value", "evidence", "unit"])

    def record(self, *key: Any) -> Mapping[str, Any]:
        """The first trade record of a dataset, reporter, partner, flow and year."""
        if not (rows := self._records.rows(key)):
            raise KeyError(key)
        return rows[0]

    def statistics(self, *key: Any) -> list[dict[str, Any]]:
        """The rows of a dataset, country, indicator, power and year; there may be none."""
        return self._indicators.rows(key)


class _Found:
    """Some columns of a table, of which single rows are asked for by a key, again and again."""

    def __init__(self, table: pd.DataFrame, keys: list[str], columns: list[str]) -> None:
        self._places = dict(table.groupby(keys, sort=False).indices)
        self._columns = {name: table[name].to_numpy() for name in columns}

    def rows(self, key: tuple[Any, ...]) -> list[dict[str, Any]]:
        """The rows of a key, in their order."""
        return [
            {name: values[place] for name, values in self._columns.items()}
            for place in self._places.get(key, [])
        ]


def _of_pair(row: Mapping[str, Any], halves: _Halves, sources: Sources) -> list[Line]:
    """A line for each source and place in it, with what it has of either power."""
    said: dict[tuple[str, str, str, str], dict[str, list[str]]] = {}
    for power, english in POWERS.items():
        name = heard(english, "names")
        for one in str(row[f"{SIDE_OF[power]}_ids"]).split():
            source_id, told, locator, note, mark = _told(one, row, halves)
            who = _own_flow(one, row["country"], name) or name
            record = _record_of(row["record"], mark)
            said.setdefault((source_id, locator, note, record), {}).setdefault(who, []).append(told)
    title = _title(_measure(row["concept"]), row["country"], _period(row))
    return [
        _line(
            row,
            title,
            "; ".join(f"{who}: {', '.join(told)}" for who, told in by_power.items()),
            source_id,
            sources,
            locator=locator,
            note=note,
            record=record,
            measure=_measure(row["concept"]),
            edition="" if row["grade"] == "table" else _capital(GRADES[row["grade"]]),
        )
        for (source_id, locator, note, record), by_power in said.items()
    ]


def _record_of(record: str, mark: str) -> str:
    """Whose record a figure is of; of what nobody says who counted, no more than that."""
    if record == "own" and mark == "unflagged":
        return say("The country’s side; whose count it is the publisher does not say")
    return _capital(RECORDS[record])


def _own_flow(one: str, country: str, power: str) -> str:
    """What a record of the country's own has done with a power; "" for any other."""
    match one.split("/"):
        case [_, reporter, _, flow, _] if reporter == country and flow in _OWN_FLOWS:
            return say(_OWN_FLOWS[flow], power=power)
    return ""


def _period(row: Mapping[str, Any]) -> str:
    return words.period(row).removeprefix("in ") if row["whole_year"] != "yes" else str(row["year"])


def _capital(told: str) -> str:
    """Words of the vocabulary as a line begins with them."""
    return words.capital(heard(told, "sources"))


# Source, words, locator, note, and how firm it is.
_Said = tuple[str, str, str, str, str]


def _told(one: str, pair: Mapping[str, Any], halves: _Halves) -> _Said:
    """What is said of one record or figure that a half rests on."""
    if "/" not in one:
        figure = halves.figures[one]
        return (
            figure["source_id"],
            with_correction(figure),
            _within(figure),
            heard(str(figure["note"]), "sources"),
            str(figure["evidence"]),
        )
    parts = one.split("/")
    if len(parts) == 5 and parts[3] in _FLOWS:
        return _told_of_record(parts, pair, halves)
    return _told_of_statistic(parts, pair, halves)


def _told_of_record(parts: list[str], pair: Mapping[str, Any], halves: _Halves) -> _Said:
    _, reporter, _, flow, year = parts
    record = halves.record(*parts[:-1], int(year))
    told = _number(record["value"], "USD")
    if reporter != pair["country"]:
        told = f"{say(_FLOWS[flow])} {told}"
    mark = record["evidence"]
    note = "" if mark == "reported" else _capital(EVIDENCE[mark])
    return record["source_id"], told, "", note, str(mark)


def _within(figure: Mapping[str, Any]) -> str:
    """Where in its source a figure stands; of a page that is the whole source, nothing."""
    return "" if figure["locator"] == "page" else str(figure["locator"])


def _told_of_statistic(parts: list[str], pair: Mapping[str, Any], halves: _Halves) -> _Said:
    rows = halves.statistics(*parts[:-1], int(parts[-1]))
    editions = str(pair["edition"]).split(" + ")
    rows = [row for row in rows if row["source_id"] in editions] or rows
    if not rows:
        return pair["edition"], say("nothing; its list of creditors does not name it"), "", "", ""
    first = rows[0]
    mark = first["evidence"]
    note = "" if mark == "reported" else _capital(EVIDENCE[mark])
    told = _number(np.nansum([row["value"] for row in rows]), first["unit"])
    return first["source_id"], told, "", note, str(mark)


def _when(figure: Mapping[str, Any]) -> str:
    """The time of a figure as it is printed; a day, or "as of" a month, as the language has it."""
    printed, day = str(figure["period_printed"]), str(figure["as_of"])
    if spoken() != ENGLISH and printed.startswith("as of ") and day:
        return words.date(day[:7])
    return words.date(printed) if _DAY.fullmatch(printed) else printed or words.date(day)


def _of_figure(row: Mapping[str, Any], _: Any, sources: Sources) -> list[Line]:
    power = heard(POWERS.get(row["power"], ""), "names")
    title = _title(
        _measure(row["indicator"]) + (f", {power}" if power else ""),
        row["country"],
        _when(row),
    )
    told = with_correction(row)
    more = {"locator": _within(row), "note": heard(str(row["note"]), "sources")}
    more["measure"] = _measure(row["indicator"])
    return [_line(row, title, told, row["source_id"], sources, **more)]


def _of_weight(row: Mapping[str, Any], _: Any, sources: Sources) -> list[Line]:
    named = {"china": "China", "russia": "Russia", "european_union": "European Union"}
    parts = [
        f"{heard(name, 'names')} {words.percent(row[column], 1)}"
        for column, name in named.items()
        if not pd.isna(row[column])
    ]
    known = not pd.isna(row["total"])
    whole = say("of {whole}", whole=_number(row["total"], "USD")) if known else ""
    things = {"debt": "public debt abroad"}
    things |= {"goods_services_turnover": "trade in goods and services, turnover"}
    told = things.get(row["measure"], f"trade in goods, {row['measure']}")
    measure = heard(told, "sources")
    return [
        _line(
            row,
            _title(measure, row["country"], row["year"]),
            " ".join([", ".join(parts), whole]).strip(),
            row["dataset"],
            sources,
            record=_capital(RECORDS[row["record"]]),
        )
    ]


def _of_mirror(row: Mapping[str, Any], _: Any, sources: Sources) -> list[Line]:
    power = POWERS[row["power"]]
    seller = row["flow"] == "exports"
    names = (_place(row["country"]), power) if seller else (power, _place(row["country"]))
    printed = (
        f"{names[0]} sold {_number(row['exporter_value'], 'USD')}; "
        f"{names[1]} bought {_number(row['importer_value'], 'USD')}"
    )
    title = _title("the same goods on two records", row["country"], row["year"])
    return [_line(row, title, printed, row["dataset"], sources)]


def _of_indicator(row: Mapping[str, Any], _: Any, sources: Sources) -> list[Line]:
    of = POWERS.get(row["power"], "" if row["counterpart"] in ("", "all") else row["counterpart"])
    of = heard(of, "names")
    title = _title(
        _measure(row["indicator"]) + (f", {of}" if of else ""), row["country"], row["year"]
    )
    mark = row["evidence"]
    note = "" if mark == "reported" else _capital(EVIDENCE[mark])
    printed = _number(row["value"], row["unit"])
    measure = _measure(row["indicator"])
    return [_line(row, title, printed, row["source_id"], sources, note=note, measure=measure)]


def _of_world(row: Mapping[str, Any], _: Any, sources: Sources) -> list[Line]:
    halves = [
        f"{name} {words.span(row[f'{side}_low'], row[f'{side}_high'], 'USD', 6)}"
        for side, name in (("china", "China"), ("russia", "Russia"))
        if not pd.isna(row[f"{side}_low"])
    ]
    title = _title(f"trade in goods, {row['flow']}", row["country"], row["year"])
    record = words.capital(RECORDS[row["record"]])
    return [_line(row, title, "; ".join(halves), WORLD_TRADE, sources, record=record)]


_TELLERS: dict[str, Callable[..., list[Line]]] = {
    "ties": _of_pair,
    "figures": _of_figure,
    "weights": _of_weight,
    "mirror": _of_mirror,
    "indicators": _of_indicator,
    "world": _of_world,
}
