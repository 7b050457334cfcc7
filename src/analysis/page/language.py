"""The language that a page is in: English, or Russian for the few pages that are told twice.

A notebook says it once, in its parameters, with ``speak``. Templates of another language stand in
``text/<language>``; short words that Python puts on a page are written in English where they are
used and go through ``say``, which looks them up in ``text/<language>/words.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

ENGLISH = "en"
LANGUAGES = (ENGLISH, "ru")


class _Spoken:
    """What is spoken in this process, as ``locale`` or ``decimal`` keep what they were told."""

    language = ENGLISH


class Name(str):
    """A name in its first case, which knows its others: ``name.gen`` is "Казахстана".

    Of a name that has no other cases, all are the name itself.
    """

    _cases: Mapping[str, str]

    @classmethod
    def of(cls, cases: Mapping[str, str]) -> Name:
        """A name from its cases: nom, gen, dat, acc, ins, pre, and whatever else it knows."""
        name = cls(cases["nom"])
        name._cases = cases
        return name

    def __getattr__(self, case: str) -> str:
        """One of its cases."""
        if case.startswith("_"):
            raise AttributeError(case)
        return self._cases.get(case, str(self))


def speak(language: str) -> None:
    """Say from here on everything in a language.

    Raises:
        ValueError: for a language that no page is told in.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no page is told in {language!r}; valid: {', '.join(LANGUAGES)}")
    _Spoken.language = language


def spoken() -> str:
    """The language that is spoken now."""
    return _Spoken.language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for a while, and then what was spoken before."""
    before = spoken()
    speak(language)
    try:
        yield
    finally:
        speak(before)


def say(words: str, /, **given: Any) -> str:
    """Short words of ours in the language that is spoken.

    Args:
        words: as English has them, with places in braces for what is given.
        given: what stands in those places; ``count`` chooses between the forms of a plural, as
            ``plural_form`` takes it.

    Raises:
        ValueError: where the table of the language does not have the words.

    Example:
        >>> say("By {owner} own record", owner="Kazakhstan’s")
        'By Kazakhstan’s own record'
        >>> with speaking("ru"):
        ...     say("not recorded")
        'нет данных'
    """
    if spoken() == ENGLISH:
        return words.format(**given) if given else words
    table = _table(spoken(), "words")
    if words not in table:
        raise ValueError(f"{words!r} has no words in {spoken()!r}; add them to words.yml")
    told = table[words]
    if isinstance(told, dict) and "nom" not in told:
        told = told[plural_form(given["count"])]
    if isinstance(told, dict):
        return Name.of(told)
    return told.format(**given) if given else str(told)


def heard(words: str, kind: str = "words") -> str:
    """What comes from a frame or a source, in the language that is spoken where it has that.

    Args:
        words: a name or words as the tables have them, in English or as a code.
        kind: which table of ``text/<language>`` is looked into: words, names or sources.

    Returns:
        The words themselves where the language has none for them.

    Example:
        >>> with speaking("ru"):
        ...     heard("KAZ", "names"), heard("Kazakhstan", "names").gen, heard("Atlantis", "names")
        ('Казахстан', 'Казахстана', 'Atlantis')
    """
    if spoken() == ENGLISH:
        return words
    told = _table(spoken(), kind).get(words, words)
    return Name.of(told) if isinstance(told, dict) else Name.of({"nom": str(told)})


def plural_form(count: int | str) -> str:
    """Which form of a noun a number takes: one, few, many or other.

    Args:
        count: the number; of words with several, as they are printed, the last one.

    Example:
        >>> with speaking("ru"):
        ...     [plural_form(count) for count in (1, 2, 5, "1,5", "1,5–13", "2,0–2,4")]
        ['one', 'few', 'many', 'other', 'many', 'other']
    """
    from babel import Locale

    number = re.findall("[0-9]+(?:,[0-9]+)?", str(count))[-1].replace(",", ".")
    return str(Locale(spoken()).plural_form(Decimal(number)))


@cache
def _table(language: str, kind: str) -> dict[str, Any]:
    """A table of words; a name stands in it by its code and by its English name alike.

    What belongs to a number does not part from it at the end of a line.
    """
    folder = files("analysis.page") / "text" / language
    told = yaml.safe_load((folder / f"{kind}.yml").read_text(encoding="utf-8"))
    return {
        key: _UNIT.sub("\u00a0", value) if isinstance(value, str) else value
        for group in _groups(told)
        for key, value in group.items()
    }


# The space between a number, its scale and its unit.
_UNIT = re.compile("(?<=[0-9]) (?=%|млрд|млн)|(?<=млрд) (?=долл)|(?<=млн) (?=долл)")


def _groups(told: dict[str, Any]) -> list[dict[str, Any]]:
    """The groups that a table is written in."""
    return [{str(key): value for key, value in group.items()} for group in told.values()]
