"""What is said of raw data that cannot be used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing wrong with the raw data, told so that a reader can mend it."""

    file: str
    row: int | str
    column: str
    found: str
    valid: str


class RawDataError(Exception):
    """The raw data cannot be used. ``faults`` lists everything that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(
            "\n".join(
                f"{f.file}, row {f.row}, {f.column}: found {f.found!r}; valid: {f.valid}"
                for f in faults
            )
        )
        self.faults = faults

    def __reduce__(self) -> tuple[type[RawDataError], tuple[list[Fault]]]:
        """Travel from a worker process with the faults, not with their text."""
        return RawDataError, (self.faults,)


def allowed_words(words: Iterable[str]) -> str:
    """The permitted values of a cell, as a fault's message gives them."""
    return "one of " + ", ".join(words)
