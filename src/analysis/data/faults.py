"""What is said of raw data that cannot be used, and how it is told."""

from __future__ import annotations

import difflib
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

# Characters of a cell that a message shows, enough to find it by.
_SHOWN = 400
# Characters that a list of words may take before it is cut.
_LISTED = 320
_CODE = 3  # letters
ONE_OF = "one of "
# Of faults of one kind so many are shown, once there are more than that many.
_FIRST, _MANY = 3, 5


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


def nearest(found: str, words: Iterable[str]) -> str:
    """The word that was most likely meant; empty where none is near."""
    return _nearest(found, tuple(words))


@lru_cache(maxsize=1024)  # a column filled down has the same slip in every row
def _nearest(found: str, words: tuple[str, ...]) -> str:
    known = {word.casefold(): word for word in words if word}
    typed = found.strip().casefold()
    near = difflib.get_close_matches(typed, known, 1)
    if len(typed) == _CODE:
        # Of codes, two that share two letters need have nothing to do with one another.
        near = [code for code in near if sum(a != b for a, b in zip(code, typed, strict=False)) < 2]
    return known[near[0]] if near else ""


def allowed_words(words: Iterable[str], found: str = "") -> str:
    """The permitted values of a cell, as a fault's message gives them.

    Args:
        words: the values. A long list is cut, and says how many more there are.
        found: what stands in the cell; the word that is nearest to it comes first.
    """
    listed = list(words)
    near = nearest(found, listed) if len(listed) > 1 else ""
    if near:
        listed.remove(near)
        listed.insert(0, near)
    ends = accumulate(len(word) + 2 for word in listed)
    fitting = sum(end <= _LISTED for end in ends)
    named = [f"{near} (did you mean this?)" if word == near else word for word in listed[:fitting]]
    if rest := len(listed) - fitting:
        named.append(f"and {rest} more, which codebook.csv lists")
    return ONE_OF + ", ".join(named)


def entry_of(kind: str, file: str, found: str, known: Iterable[str]) -> str:
    """What a name of another file should be, with the likely one first.

    Args:
        kind: what the file calls its names, such as ``figure_id``.
        file: the other file.
        found: what stands in the cell; nothing is told of as missing.
        known: the names that the other file has.

    Example:
        >>> entry_of("entry", "sources.yml", "dubnov", ["dubnov-2018", "we-news"])
        'dubnov-2018 (did you mean this?), or another entry of sources.yml'
        >>> entry_of("entry", "sources.yml", "", ["dubnov-2018"])
        'an entry of sources.yml; none is named'
    """
    article = "an" if kind[0] in "aeiou" else "a"
    if not found:
        return f"{article} {kind} of {file}; none is named"
    near = nearest(found, map(str, known))
    if near:
        return f"{near} (did you mean this?), or another {kind} of {file}"
    return f"{article} {kind} of {file}"


def told(faults: Sequence[Fault], where: str = "in the raw data; nothing was written") -> str:
    """All faults as a terminal shows them; of many of one kind only the first few.

    Args:
        faults: in the order in which they are told.
        where: they are, and what was not done for them.
    """
    kinds: dict[tuple[str, str, str], list[Fault]] = {}
    for fault in faults:
        kind = (fault.file, fault.column, re.sub("[0-9]+", "0", fault.valid))
        kinds.setdefault(kind, []).append(fault)
    last_shown: dict[int, list[Fault]] = {}
    passed_over: set[int] = set()
    for alike in kinds.values():
        if len(alike) > _MANY:
            last_shown[id(alike[_FIRST - 1])] = alike[_FIRST:]
            passed_over.update(map(id, alike[_FIRST:]))
    blocks = []
    for fault in faults:
        if id(fault) in passed_over:
            continue
        blocks.append(_block(fault))
        if more := last_shown.get(id(fault)):
            ends = f", from {_place(more[0])} to {_place(more[-1])}" if more[0].row else ""
            blocks.append(f"    and {len(more):,} more like this{ends}\n")
    count = "1 fault" if len(faults) == 1 else f"{len(faults):,} faults"
    return "".join(blocks) + f"{count} {where}.\n"


def _place(fault: Fault) -> str:
    """An entry or an edition is named as it is; only lines of a file are rows."""
    return shown(fault.row) if isinstance(fault.row, str) else f"row {fault.row}"


def _block(fault: Fault) -> str:
    """Where a fault is, what stands there, what could."""
    row = f", {_place(fault)}" if fault.row else ""
    lines = [f"{fault.file}{row}, {shown(fault.column)}"]
    for name, words in (("found", fault.found), ("valid", fault.valid)):
        wrapped = textwrap.wrap(shown(words) or "(nothing)", 86) or ["(blank)"]
        lines += [
            f"    {name if number == 0 else '':<6}{line}" for number, line in enumerate(wrapped)
        ]
    return "\n".join(lines) + "\n"


def shown(words: str) -> str:
    """Words as a terminal can show them: short, and what cannot be seen as its code.

    A no-break space must not look like a space, nor a Cyrillic letter like a Latin one, and a
    cell must not steer the terminal.
    """
    foreign = {letter for letter in words if letter.isalpha() and not letter.isascii()}
    names = {letter: unicodedata.name(letter, "") for letter in sorted(foreign)}
    alike = [
        f"{letter} is {name}" for letter, name in names.items() if not name.startswith("LATIN")
    ]
    mixed = alike and re.search("[A-Za-z]", words)
    if words != words.strip(" ") or "  " in words:
        words = words.replace(" ", "␣")
    if len(words) > _SHOWN:
        words = f"{words[:_SHOWN]}… ({len(words)} characters)"
    visible = "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")
        for letter in words
    )
    return f"{visible} ({', '.join(alike[:3])})" if mixed else visible
