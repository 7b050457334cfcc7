"""The site as a whole: which pages there are, what they are called, and which follows which."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.config import COUNTRIES
from analysis.page.language import ENGLISH, heard, say, spoken

START = "index"
FIVE = tuple(name.lower() for name in COUNTRIES.values())


@dataclass(frozen=True)
class Link:
    """A page in a list of pages."""

    href: str
    text: str
    language: str = ""  # of the page it leads to, where that is not the page's own


def _address(stem: str) -> str:
    """A page's address, seen from another one in the language that is spoken."""
    if spoken() == ENGLISH or is_told_in(spoken(), stem):
        return f"{stem}.html"
    return f"../{stem}.html"


def is_told_in(language: str, stem: str) -> bool:
    """Whether a page is there in a language other than English."""
    return language != ENGLISH and stem in (START, *FIVE)


def folder_of(language: str) -> str:
    """Where the pages of a language lie, seen from the English ones; with a slash at its end."""
    return "" if language == ENGLISH else f"{language}/"


def other(stem: str) -> Link | None:
    """The same page in the other language; None where it is in one alone.

    Example:
        >>> other("index"), other("method")
        (Link(href='ru/index.html', text='По-русски', language='ru'), None)
    """
    if spoken() != ENGLISH:
        return Link(f"../{stem}.html", "English", ENGLISH)
    return Link(f"ru/{stem}.html", "По-русски", "ru") if is_told_in("ru", stem) else None


# Stem of each page of the navigation, and what it is called there.
NAMES = {
    **{name.lower(): name for name in COUNTRIES.values()},
    "region": "The five",
    "claims": "The article",
    "world": "World",
    "explorer": "Explore",
    "method": "Method",
    "data": "Data",
}


def links() -> list[Link]:
    """The pages of the navigation, in its order."""
    return [_link(stem) for stem in NAMES]


def _link(stem: str) -> Link:
    away = spoken() != ENGLISH and not is_told_in(spoken(), stem)
    name = heard(NAMES[stem], "names") if stem in FIVE else say(NAMES[stem])
    return Link(_address(stem), name, ENGLISH if away else "")


def neighbours(stem: str) -> tuple[Link | None, Link | None]:
    """The countries before and after a page's; none of the first, the last and other pages.

    Example:
        >>> neighbours("kazakhstan")[1], neighbours("method")
        (Link(href='kyrgyzstan.html', text='Kyrgyzstan'), (None, None))
    """
    if stem not in FIVE:
        return None, None
    place = FIVE.index(stem)
    near = [FIVE[at] if 0 <= at < len(FIVE) else "" for at in (place - 1, place + 1)]
    before, after = (_link(name) if name else None for name in near)
    return before, after
