"""Whether any file of the project differs from when all was up to date, asked of the system alone.

pytask decides by contents, and takes more than a second to read all steps for it. As git does with
its index, what the system says of each file when it is written anew is kept at the end of a build
after which all was up to date: size, times, and where on the disk it is. As long as it says the
same of the same files, there is nothing to do. The time of the last change cannot be set back as
that of the last writing can, so that a file is noticed whatever was done to hide its change.

Two things could still deceive it, and nothing is kept then. A file that was written in the very
tick of the clock in which it was looked at may be written again in that tick and look the same;
only what is older than the moment at which the build began counts. And what changes while a build
runs may have been read before or after; only what the steps have made may differ at the end from
what was there at the beginning, and only until pytask looks at it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from analysis.config import NOTEBOOKS, PROCESSED, RAW, REPORTS, ROOT
from analysis.publish import closure

# Kept when all was up to date; empty from the beginning of a build to its end.
_DONE = ROOT / ".pytask" / "done"

# Whatever a build reads, writes or looks for.
_FOLDERS = (RAW, NOTEBOOKS, PROCESSED, REPORTS, closure.PACKAGE)
_FILES = (ROOT / "pyproject.toml", ROOT / "pytask.lock")
# What Python compiled, and notebooks as they ran: no step reads them, and each may be removed.
_COMPILED = "__pycache__"
_AS_RAN = {
    str(pages / name) for pages in (REPORTS, REPORTS / "ru") for name in ("executed", "failed")
}

# Size, number on the disk, and when it was last written and last changed in any way.
_Stamp = tuple[int, int, int, int]

# When the build under way began, by the clock of the file system, and what was there then.
_moment = 0
_before: dict[str, _Stamp] = {}
# What its steps have made, as it was before pytask looked at it.
_made: dict[str, _Stamp] = {}


def pages() -> int:
    """How many pages were up to date when all was, if nothing was touched since; otherwise 0."""
    try:
        done = json.loads(_DONE.read_bytes())
        same = done["stamps"] == _hash(_stamps())
        return int(done["pages"]) if same else 0
    except (OSError, ValueError, TypeError, KeyError):
        return 0


def begin() -> None:
    """Note what is there before a build of all steps; what was kept before counts no more."""
    global _moment, _before  # noqa: PLW0603
    _moment, _before = 0, {}
    _made.clear()
    with suppress(OSError):
        _DONE.write_bytes(b"")
        os.utime(_DONE)  # an empty file that is emptied may keep its time
        _moment = _DONE.stat().st_mtime_ns
        _before = _stamps()


def made(files: Iterable[Path]) -> None:
    """Note what a step has made, before pytask looks at it."""
    for file in files:
        with suppress(OSError):
            _made[str(file)] = _stamp(file.stat())


def keep(count: int) -> None:
    """Keep what the system says of each file, after a build that left all up to date.

    Args:
        count: how many pages were looked at.
    """
    with suppress(OSError):
        now = _stamps()
        if _before and _told_by_the_build(now):
            _DONE.write_text(json.dumps({"stamps": _hash(now), "pages": count}), encoding="utf-8")


def _told_by_the_build(now: dict[str, _Stamp]) -> bool:
    """Whether each file is as pytask saw it: as before the build, or as a step has made it.

    The lock is pytask's own, and written last.
    """
    lock = str(_FILES[-1])
    as_before = {
        place
        for place, stamp in _before.items()
        if now.get(place) == stamp and max(stamp[2:]) < _moment
    }
    as_made = {place for place, stamp in _made.items() if now.get(place) == stamp}
    return now.keys() | _before.keys() | _made.keys() <= as_before | as_made | {lock}


def _stamps() -> dict[str, _Stamp]:
    """What the system says of each file that a build reads or writes; a build from nothing has few.

    Raises:
        OSError: where a folder or file cannot be looked at, or a folder is a link, which may lead
            around in a circle.
    """
    found = {str(file): _stamp(file.stat()) for file in _FILES if file.exists()}
    left = [str(folder) for folder in _FOLDERS if folder.exists()]
    while left:
        with os.scandir(left.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    if entry.is_symlink():
                        raise OSError(f"{entry.path} is a link")
                    if entry.name != _COMPILED and entry.path not in _AS_RAN:
                        left.append(entry.path)
                else:
                    found[entry.path] = _stamp(entry.stat())
    return found


def _stamp(state: os.stat_result) -> _Stamp:
    return state.st_size, state.st_ino, state.st_mtime_ns, state.st_ctime_ns


def _hash(stamps: dict[str, _Stamp]) -> str:
    return hashlib.sha256(repr(sorted(stamps.items())).encode()).hexdigest()
