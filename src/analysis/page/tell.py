"""What a page says in words: a template of Markdown, filled from tables.

A section's words stand in ``text/<section>.md.j2``. A template says a number together with the row
that it rests on, and a leader together with the record that has it ahead:

    On its own record, {{ leader("own", own.leader, "China") }} bought and sold
    {{ n(own.china | money, own.comparison_id) }}.

The number becomes a link to where it comes from. The notebook holds what was said against its
frame: ``assert said.leaders == dict(zip(trade["record"], trade["leader"]))``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from analysis.config import POWERS
from analysis.page import ahead, words
from analysis.page.evidence import together
from analysis.page.language import ENGLISH, heard, say, spoken
from analysis.page.markdown import to_html, to_text
from analysis.page.markup import NO_FORMULA, environment, macro, place_told

# What a source prints is text, whatever Markdown would make of it.
_INERT = str.maketrans({mark: f"&#{ord(mark)};" for mark in "\\`*_[]~|#&<>\"'"})
_ID = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")


@dataclass(frozen=True)
class Told:
    """A section in words. As the last line of a notebook's cell it shows itself.

    Attributes:
        section: name of its template.
        html: what a page shows.
        text: the same without marks.
        leaders: for each record that the words name, whom they say it has ahead.
        facts: what else the words assert, by name.
        rows: ids of the rows that its numbers rest on, each with the anchors of those numbers.
    """

    section: str
    html: str = field(repr=False)
    text: str
    leaders: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def _repr_html_(self) -> str:
        return f'<div class="told {NO_FORMULA}">\n{self.html}</div>'


class _Said:
    """What one rendering of a template has said so far."""

    def __init__(self, section: str) -> None:
        self.section = section
        self.leaders: dict[str, str] = {}
        self.facts: dict[str, Any] = {}
        self.rows: dict[str, tuple[str, ...]] = {}

    def number(self, told: str, row_id: str) -> Markup:
        """A number, as a link to the row that it rests on."""
        if not isinstance(row_id, str) or not _ID.fullmatch(row_id):
            raise ValueError(
                f"{self.section}: {told!r} rests on row {row_id!r}; valid: one id of letters, "
                "digits, dots and hyphens"
            )
        before = self.rows.get(row_id, ())
        anchor = f"at-{self.section}-{row_id}" + (f"-{len(before) + 1}" if before else "")
        self.rows[row_id] = (*before, anchor)
        return macro("inline", "number", told, row_id, anchor)

    def leader(self, record: str, code: str, told: str) -> str:
        """Words that name whom a record has ahead."""
        self._note(self.leaders, str(record), str(code))
        return told

    def fact(self, name: str, value: Any, told: str) -> str:
        """Words that assert a value."""
        self._note(self.facts, name, value)
        return told

    def _note(self, known: dict[str, Any], name: str, value: Any) -> None:
        if name in known and known[name] != value:
            raise ValueError(
                f"{self.section} says of {name} both {known[name]!r} and {value!r}; one of them"
            )
        known[name] = value


def tell(section: str, this: Any, *, texts: Path | None = None, **facts: Any) -> Told:
    """Say a section in words.

    Args:
        section: name of a template, ``text/<section>.md.j2``.
        this: what the section is about; the template knows it by this name.
        texts: a folder of templates of one's own, looked into first.
        facts: what else the template is to know.

    Raises:
        ValueError: where there is no such template, an id of a row is none, or the words say two
            things of one record.
        TextError: for a mistake in a template, such as a name that it was not given; it says where.

    Example:
        >>> tell("opening", trade, year=2024).leaders  # doctest: +SKIP
        {'own': 'CHN', 'partner': 'CHN'}
    """
    said = _Said(section)
    given = {"this": this, "n": said.number, "leader": said.leader, "fact": said.fact} | facts
    with place_told():
        source = words.once_dotted(_template(section, texts).render(given))
    return Told(
        section=section,
        html=to_html(source),
        text=to_text(source),
        leaders=said.leaders,
        facts=said.facts,
        rows=said.rows,
    )


def _template(section: str, texts: Path | None) -> jinja2.Template:
    env = _environment(texts, spoken())
    try:
        return env.get_template(f"{section}.md.j2")
    except jinja2.TemplateNotFound as error:
        # A template that includes another one names that one.
        if error.name != f"{section}.md.j2":
            raise
        known = env.list_templates(filter_func=lambda name: name.endswith(".md.j2"))
        names = ", ".join(name.removesuffix(".md.j2") for name in known)
        raise ValueError(f"no text {section!r}; valid: {names or 'none yet'}") from None


@cache
def _environment(texts: Path | None, language: str) -> jinja2.Environment:
    """The texts' own surroundings: their filters, and values that stay text in Markdown."""
    folders: list[jinja2.BaseLoader] = [jinja2.FileSystemLoader(texts)] if texts else []
    folder = "text" if language == ENGLISH else f"text/{language}"
    folders.append(jinja2.PackageLoader("analysis.page", folder))
    env = environment().overlay(loader=jinja2.ChoiceLoader(folders), finalize=_inert)
    env.globals = env.globals | {"half": ahead.money, "more": ahead.more, "powers": POWERS}
    env.globals |= {"say": say, "sure": partial(macro, "inline", "sure")}
    env.filters = env.filters | {
        "money": words.dollars,
        "percent": words.percent,
        "count": words.count_word,
        "listed": words.listed,
        "owner": words.owner,
        "times": partial(words.numeral, digits=2),
        "number": words.numeral,
        "capital": words.capital,
        "name": partial(heard, kind="names"),
        "cases": _cases,
        "heard": partial(heard, kind="sources"),
        "whole": partial(words.decimals, places=0),
        "ends": words.ends,
        "together": together,
        "edition": words.edition,
    }
    return env


def _inert(value: Any) -> Any:
    """A value as text that Markdown reads no marks into; HTML that we made stays HTML."""
    if isinstance(value, Markup) or hasattr(value, "__html__"):
        return value
    return Markup(str(value).translate(_INERT))


def _cases(names: Iterable[str], case: str) -> list[str]:
    """Names in one of their cases."""
    return [str(getattr(heard(name, "names"), case, name)) for name in names]
