"""Any country, flow, year and record: what a reader may choose, and what is then shown.

Every word is made here, once: sentences from the templates in ``text/explorer.yml``, numbers by
``words``. The page's script looks up and fills in, and draws; a test holds it to ``view``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import product
from math import ceil, floor, isinf, isnan
from string import ascii_letters, digits
from typing import Any

import numpy as np
import pandas as pd
import yaml
from markupsafe import Markup

from analysis.config import ARTICLE_YEAR, COUNTRIES, POWERS
from analysis.data.countries import in_a_sentence, page_name
from analysis.data.faults import nearest
from analysis.data.frames import as_rows
from analysis.data.sources import source_line
from analysis.data.vocabulary import EVIDENCE
from analysis.measures.explorer import KEY, TIES, Refusal, judged
from analysis.measures.judgement import Judged, Position, Verdict, judge
from analysis.measures.scale import SIDES
from analysis.measures.ties import RECORDS
from analysis.page import words
from analysis.page.ahead import money, more, most
from analysis.page.markup import macro
from analysis.page.table import Column, Table

BOTH = "both"
# What a letter of the page's data says of a record's year: who is ahead, or why none is told.
_STATES = {
    **dict(zip("CR", POWERS, strict=True)),
    "l": str(Position.LEVEL),
    "t": str(Position.TOO_CLOSE),
    **{letter: str(one) for letter, one in zip("odnhx", Refusal, strict=True)},
}
# The columns of the file that a reader can take along; its last ones seldom change.
_NUMBERS = [f"{side}_{end}" for side in SIDES for end in ("low", "high")]
# How each figure is told; a floor has no upper end.
_FIGURES = [f"{side}_words" for side in SIDES]
_KIND = ["concept", "grade", "evidence", "edition"]
CSV = [*KEY, *_NUMBERS, *_FIGURES, "leader", "refusal", *_KIND, "source"]
_WORDS = [*_FIGURES, "share", "factor", "note", "source", "why", "kind"]
# Letters that stand for themselves in a page's data, wherever they are put there.
_LETTERS = f"{ascii_letters}{digits}!#$%()*+,-./:;=?@[]^_{{|}}~"
# Dollars between the lines of an axis.
_STEPS = [first * 10**power for power in range(4, 13) for first in (1, 2, 5)]


@cache
def texts() -> dict[str, Any]:
    """The templates of what the explorer says."""
    found = files("analysis.page") / "text" / "explorer.yml"
    return dict(yaml.safe_load(found.read_text(encoding="utf-8")))


@dataclass(frozen=True)
class View:
    """What is shown of one country, year and flow, on one record or both.

    Attributes:
        verdict: a sentence.
        records: of each record ``head``; ``china`` and ``russia``, their figures in words; ``says``
            and ``share``, a sentence each, "" where there is none; ``note``; ``source``.
    """

    verdict: str
    records: list[dict[str, str]]


@dataclass(frozen=True)
class Explorer:
    """All that can be chosen. As the last line of a notebook's cell it shows itself.

    Attributes:
        frame: as ``trade_records`` gives it, with ``in_words``.
        names: each country's name by code.
        start: code of the country that a reader meets first.
    """

    frame: pd.DataFrame = field(repr=False)
    names: Mapping[str, str] = field(repr=False)
    start: str
    _rows: Mapping[tuple[Any, ...], dict[str, Any]] = field(repr=False)
    _verdicts: Mapping[tuple[Any, ...], Judged] = field(repr=False)
    _years: Mapping[str, range] = field(repr=False)

    def view(self, country: str, year: int, flow: str, record: str) -> View:
        """What is shown where a reader chooses this.

        Args:
            country: code.
            year: one of the country's.
            flow: turnover, exports or imports.
            record: own, partner or both.

        Raises:
            KeyError: for what cannot be chosen.
        """
        rows = {one: self._rows[country, flow, year, one] for one in _chosen(record)}
        places = _places(self.names[country], flow, year)
        leaders = {one: row["leader"] for one, row in rows.items()}
        return View(
            _verdict(self.verdict(country, year, flow, record), leaders, record, places),
            [_told(row, places) for row in rows.values()],
        )

    def verdict(self, country: str, year: int, flow: str, record: str) -> Judged:
        """Who is ahead, on one record or by both; arguments as of ``view``."""
        if record == BOTH:
            return self._verdicts[country, flow, year]
        return judge({record: self._rows[country, flow, year, record]["leader"]})

    def newest(self, country: str) -> int:
        """The year to begin with: the newest that both records tell of, or that one does.

        A year before the article's is no news: then the newer year of one record begins.
        """
        pairs = {
            year: sum(self._rows[country, "turnover", year, one]["leader"] != "" for one in RECORDS)
            for year in self.years(country)
        }
        both = [year for year in pairs if pairs[year] == len(RECORDS) and year >= ARTICLE_YEAR]
        return max(both or [year for year in pairs if pairs[year]] or pairs)

    def years(self, country: str) -> range:
        """The years that can be chosen of a country."""
        return self._years[country]

    def last_years(self) -> dict[str, int]:
        """The newest year of the five, and of all others."""
        lasts = {code: self.years(code)[-1] for code in self.names}
        return {
            "five": max(lasts[code] for code in COUNTRIES),
            "others": max(last for code, last in lasts.items() if code not in COUNTRIES),
        }

    def csv(self, country: str, flow: str, record: str) -> str:
        """The file that a reader takes along: the series that is shown, a row a year and record."""
        rows = self.frame[(self.frame["country"] == country) & (self.frame["flow"] == flow)]
        shown = rows[rows["record"].isin(_chosen(record))]
        whole = {name: "Int64" for name in CSV if name.endswith(("_low", "_high"))}
        return str(shown[CSV].astype(whole).to_csv(index=False, lineterminator="\n"))

    def table(self) -> Table:
        """The five in their newest years, for those who read without the script."""
        lines = []
        for code in COUNTRIES:
            year = self.newest(code)
            view = self.view(code, year, "turnover", BOTH)
            for record, told in zip(RECORDS, view.records, strict=True):
                row = self._rows[code, "turnover", year, record]
                too = (
                    f", {texts()['too']}"
                    if texts()["notes"]["goods_services"] in told["note"]
                    else ""
                )
                named = {"head": told["head"] + too, "verdict": view.verdict}
                lines.append(told | named | {"of_hundred": row["share"]})
        columns = (
            Column("head", "Record", kind="name"),
            Column("china", "China", kind="number"),
            Column("russia", "Russia", kind="number"),
            Column("of_hundred", "Of every $100 China has", kind="number"),
        )
        frame = pd.DataFrame(lines).replace({"of_hundred": {"": None}})
        return Table(frame, columns, "newest", texts()["table"], group="verdict")

    def _repr_html_(self) -> str:
        five = {code: self.names[code] for code in COUNTRIES}
        others = {code: name for code, name in self.names.items() if code not in five}
        others = dict(sorted(others.items(), key=lambda entry: page_name(entry[1])))
        told = json.dumps(self.packed(), ensure_ascii=False, separators=(",", ":"))
        return macro(
            "explorer",
            "explorer",
            {"five": five, "others": others},
            texts(),
            Markup(told.replace("<", "\\u003c")),
            Markup(self.table()._repr_html_()),
        )

    def packed(self) -> dict[str, Any]:
        """All of it for the page's script: words, codes and whole numbers, packed into strings.

        A series holds a string for each of ``columns``: of ``states`` a letter a year, of numbers
        one a year to the base of 36 with commas between, of words a place in ``words`` a year, each
        of ``width`` letters, or one place that holds for all years.
        """
        places = _places_of(sorted({""}.union(*(self.frame[name] for name in _WORDS))))
        verdicts = sorted(set(self._verdicts.values()), key=str)
        letters = dict(zip(verdicts, ascii_letters, strict=False))
        countries: dict[str, Any] = {}
        for code, name in self.names.items():
            years = self.years(code)
            countries[code] = _names(name) | {"years": [years[0], years[-1], self.newest(code)]}
            for flow in TIES:
                said = (letters[self._verdicts[code, flow, year]] for year in years)
                countries[code][flow] = {"verdicts": "".join(said)} | {
                    one: _packed([self._rows[code, flow, year, one] for year in years], places)
                    for one in RECORDS
                }
        return {
            "start": self.start,
            "texts": texts(),
            "powers": POWERS,
            "columns": ["states", *_NUMBERS, *_WORDS],
            "states": _STATES,
            "verdicts": {letters[one]: [str(one.verdict), one.leader] for one in verdicts},
            "csv": CSV,
            "letters": _LETTERS,
            "width": len(places[""]),
            "words": list(places),
            "ticks": [[step, [words.dollars(step * n) for n in range(1, 6)]] for step in _STEPS],
            "countries": countries,
        }


def explorer(
    records: pd.DataFrame,
    names: Mapping[str, str],
    register: Mapping[str, dict[str, Any]],
    start: str,
) -> Explorer:
    """Make all that can be chosen of the records of trade.

    Args:
        records: as ``trade_records`` gives them.
        names: each country's name by code.
        register: the sources, by id.
        start: code of the country that a reader meets first.

    Raises:
        ValueError: where there are no records of that country.
    """
    known = set(records["country"])
    if start not in known:
        near = nearest(str(start), sorted(known))
        hint = f" (did you mean {near}?)" if near else ""
        raise ValueError(
            f"no records of trade of {start!r}{hint}; valid: ISO 3166 codes such as KAZ"
        )
    frame = in_words(records[records["country"].isin(names)], names, register)
    rows = {tuple(row[name] for name in KEY): row for row in as_rows(frame)}
    said = as_rows(judged(frame))
    verdicts = {
        (row["country"], row["flow"], row["year"]): Judged(Verdict(row["verdict"]), row["leader"])
        for row in said
    }
    spans = frame.groupby("country")["year"].agg(["min", "max"])
    years = {str(row.Index): range(row.min, row.max + 1) for row in spans.itertuples()}
    return Explorer(frame, dict(names), start, rows, verdicts, years)


def in_words(
    records: pd.DataFrame, names: Mapping[str, str], register: Mapping[str, dict[str, Any]]
) -> pd.DataFrame:
    """The records with what is said of each: columns of text, "" where there is nothing to say.

    Args:
        records: as ``trade_records`` gives them.
        names: each country's name by code.
        register: the sources, by id.

    Returns:
        The same rows with ``china_words``, ``russia_words``, ``share`` (China's, of a hundred
        dollars), ``factor``, ``note``, ``source`` and ``kind``, the end of its line in a file.
    """
    sources = {
        edition: "; ".join(source_line(part, dict(register)) for part in edition.split(" + "))
        for edition in set(records["edition"]) - {""}
    }
    rows = as_rows(records.assign(unit="USD"))  # trade is told in dollars alone
    told = {
        f"{side}_words": ["" if pd.isna(row[f"{side}_low"]) else money(row, side) for row in rows]
        for side in SIDES
    }
    told |= {
        "share": [_share(row) for row in rows],
        "factor": [_factor(row) for row in rows],
        "note": [_note(row) for row in rows],
        "source": [sources.get(row["edition"], "") for row in rows],
        "why": [row["why"].replace("'", "’") for row in rows],
        "kind": [",".join(row[name] for name in _KIND) for row in rows],
    }
    # A floor has no upper end that anybody gave: it is drawn as it stands.
    ends = {
        f"{side}_high": records[f"{side}_high"].where(records[f"{side}_logical_high"].notna())
        for side in SIDES
    }
    return records.assign(**told, **ends)


def _chosen(record: str) -> tuple[str, ...]:
    return RECORDS if record == BOTH else (record,)


def _share(row: Mapping[str, Any]) -> str:
    """China's part of a hundred dollars; where a figure is a floor, its end that is known."""
    if not row["leader"]:
        return ""
    low, high = ((1 + row[end]) / 2 for end in ("low", "high"))
    floors = tuple(side for side in SIDES if isinf(most(row, side)))
    match floors:
        case ():
            return words.of_hundred(low, high)
        case ("russia",) if (dollars := words.outward(high, 0.01, ceil)) < 1:
            return f"at most {words.of_hundred(dollars)}"
        case ("china",) if (dollars := words.outward(low, 0.01, floor)) > 0:
            return f"at least {words.of_hundred(dollars)}"
    return ""


def _factor(row: Mapping[str, Any]) -> str:
    """By how much the leader is ahead, as every other page says it."""
    return more(row) if row["leader"] in POWERS else ""


def _note(row: Mapping[str, Any]) -> str:
    """What a reader must know of a record's figures: sentences."""
    notes = texts()["notes"]
    parts = [notes.get(row["concept"].rpartition("_")[0], ""), notes.get(row["grade"], "")]
    if row["evidence"] not in ("", "reported"):
        parts.append(f"{words.capital(EVIDENCE[row['evidence']])}.")
    return " ".join(part for part in parts if part).replace("'", "’")


def _names(name: str) -> dict[str, str]:
    """A country's name as the sentences take it."""
    inside = in_a_sentence(name)
    return {"country": inside, "Country": words.capital(inside), "owner": words.owner(inside)}


def _places(name: str, flow: str, year: int) -> dict[str, str]:
    """What the places of the templates are filled with, whatever is said."""
    spoken = {name: texts()["flows"][flow][name] for name in ("did", "to")}
    return _names(name) | spoken | {"year": str(year)}


def _leader(code: str) -> dict[str, str]:
    """The power that is ahead, and the other."""
    others = [name for other, name in POWERS.items() if other != code]
    return {"leader": POWERS[code], "other": others[0]} if code in POWERS else {}


def _verdict(
    found: Judged, leaders: Mapping[str, str], record: str, places: Mapping[str, str]
) -> str:
    """The sentence that a view begins with."""
    text = texts()
    by = {name: entry["by"] for name, entry in text["records"].items()}
    pairs = [one for one in leaders.values() if one]
    more = {"by": by[record]}
    if record == BOTH and len(pairs) == 1:
        more["by"] = next(text["records"][one]["only"] for one in leaders if leaders[one])
    for one, leader in leaders.items():
        more[one] = POWERS.get(leader, "")
        more["ahead" if leader in POWERS else "rest"] = by[one]
    template = text["verdicts"][str(found.verdict)]
    return str(template.format(**places, **more, **_leader(found.leader)))


def _told(row: Mapping[str, Any], places: Mapping[str, str]) -> dict[str, str]:
    """What is shown of one record."""
    text, share = texts(), ""
    if row["refusal"]:
        names = [
            POWERS[code]
            for code, side in zip(POWERS, SIDES, strict=True)
            if not row[f"{side}_words"]
        ]
        missing = words.listed(names)
        says = text["refusals"][row["refusal"]].format(**places, missing=missing, why=row["why"])
    else:
        kind = row["leader"] if row["leader"] not in POWERS else "ahead"
        kind = "ahead_of_little" if kind == "ahead" and not row["factor"] else kind
        than = "than" if row["factor"].endswith("more") else "as"
        more = {"factor": row["factor"], "than": than} | _leader(row["leader"])
        says = text["pairs"][kind].format(**places, **more)
        share = text["share"].format(**places, share=row["share"]) if row["share"] else ""
    return {
        "head": text["records"][row["record"]]["head"].format(**places),
        **{side: row[f"{side}_words"] or text["not_known"] for side in SIDES},
        "says": says,
        "share": share,
        "note": row["note"],
        "source": row["source"],
    }


def _places_of(found: Sequence[str]) -> dict[str, str]:
    """For each word its place in the list of them, as letters, all of one length."""
    width = 1
    while len(_LETTERS) ** width < len(found):
        width += 1
    every = product(_LETTERS, repeat=width)
    return {word: "".join(letters) for word, letters in zip(found, every, strict=False)}


def _packed(rows: Sequence[Mapping[str, Any]], places: Mapping[str, str]) -> list[str]:
    """One country, flow and record, its rows in the order of their years."""
    letters = {state: letter for letter, state in _STATES.items()}
    states = "".join(letters[row["leader"] or row["refusal"]] for row in rows)
    numbers = [",".join(_whole_number(row[name]) for row in rows) for name in _NUMBERS]
    # An upper end is told only where it is not the lower one.
    numbers[1::2] = [
        "" if high == low else high for low, high in zip(numbers[::2], numbers[1::2], strict=True)
    ]
    told = ["".join(places[word] for word in _once([row[name] for row in rows])) for name in _WORDS]
    return [states, *numbers, *told]


def _once(entries: list[str]) -> list[str]:
    """One entry where all are the same."""
    return entries[:1] if len(set(entries)) == 1 else entries


def _whole_number(value: float) -> str:
    """Dollars as a whole number to the base of 36; nothing where there is none.

    Raises:
        ValueError: for what is no whole number.
    """
    if isnan(value):
        return ""
    if value != int(value):
        raise ValueError(f"{value} dollars; valid: a whole number")
    return np.base_repr(int(value), 36)
