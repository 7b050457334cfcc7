"""The site as a whole: which pages there are, what they are called, and which follows which."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.config import COUNTRIES

START = "index"


@dataclass(frozen=True)
class Link:
    """A page in a list of pages."""

    href: str
    text: str


def _address(stem: str) -> str:
    return f"{stem}.html"


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
    return [Link(_address(stem), name) for stem, name in NAMES.items()]


def neighbours(stem: str) -> tuple[Link | None, Link | None]:
    """The countries before and after a page's; none of the first, the last and other pages.

    Example:
        >>> neighbours("kazakhstan")[1], neighbours("method")
        (Link(href='kyrgyzstan.html', text='Kyrgyzstan'), (None, None))
    """
    five = [name.lower() for name in COUNTRIES.values()]
    if stem not in five:
        return None, None
    place = five.index(stem)
    near = [five[at] if 0 <= at < len(five) else "" for at in (place - 1, place + 1)]
    before, after = (Link(_address(other), NAMES[other]) if other else None for other in near)
    return before, after
