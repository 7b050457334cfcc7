"""What the project says of itself on every page: name, version, licence, and what is yet unknown.

All of it stands in ``pyproject.toml``. An author or an address that is not given there is nowhere
made up; given there once, it appears everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import metadata

PROJECT = "central-asia-two-books"
SITE = "Whose record?"
LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class About:
    """The project, as its package tells of it.

    Attributes:
        name: of the package.
        version: as in ``pyproject.toml``.
        summary: one line.
        author: "" while none is named.
        address: of the published pages, without a slash at its end; "" while there is none.
    """

    name: str
    version: str
    summary: str
    author: str
    address: str


@cache
def about() -> About:
    """Read what the installed package says of itself."""
    told = metadata(PROJECT)
    addresses = dict(
        entry.split(", ", 1) for entry in told.get_all("Project-URL") or [] if ", " in entry
    )
    return About(
        name=PROJECT,
        version=told["Version"],
        summary=told["Summary"],
        author=next(iter(told.get_all("Author") or []), ""),
        address=addresses.get("Homepage", "").rstrip("/"),
    )
