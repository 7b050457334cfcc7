"""Texts and macros as Jinja compiled them before, so that a build compiles only what has changed.

Jinja reckons what does not change from page to page when it compiles, by filters of ours. All code
and words are therefore in the key of what is kept, beside the text itself, which Jinja looks at.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from analysis.data.store import save_bytes
from analysis.page.language import spoken

_PACKAGE = Path(__file__).parents[1]
# Whose code a page's words and drawings come from, and which libraries'.
_ROOMS = ("data", "measures", "page", "charts")
_LIBRARIES = (
    *("babel", "jinja2", "markdown-it-py", "markupsafe", "matplotlib", "numpy", "pandas", "pillow"),
    *("pyyaml", "seaborn"),
)

# Where compiled texts are kept for the page that is being made; None for whoever tells by hand.
_folder: Path | None = None


@cache
def code_key() -> str:
    """Hash of all code, words and letters that a page's words and drawings may come from."""
    found = hashlib.sha256(repr([version(name) for name in _LIBRARIES]).encode())
    files = [_PACKAGE / "config.py"]
    for room in _ROOMS:
        files += sorted(path for path in (_PACKAGE / room).rglob("*") if path.is_file())
    for file in files:
        if file.suffix != ".pyc":
            found.update(f"{file.relative_to(_PACKAGE).as_posix()}\n".encode() + file.read_bytes())
    return found.hexdigest()


class Compiled(jinja2.BytecodeCache):
    """What an environment compiles, kept while ``compiled_in`` says where."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The name of a text's file: what is reckoned when it is compiled is in a language."""
        return f"{super().get_cache_key(name, filename)}-{spoken()}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was compiled before, if it is there and of the same text."""
        if _folder is None:
            return
        try:
            with (_folder / bucket.key).open("rb") as file:
                bucket.load_bytecode(file)
        except Exception:  # there is none, or it is broken in any way
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled; where it cannot be written, it is compiled again."""
        if _folder is not None:
            with suppress(OSError):
                save_bytes(_folder / bucket.key, bucket.bytecode_to_string())


@contextmanager
def compiled_in(folder: Path | None) -> Iterator[None]:
    """Know what was compiled before by the same code, and keep what is compiled meanwhile.

    Args:
        folder: where it is kept, of this code alone; None for nothing of all this.
    """
    global _folder  # noqa: PLW0603
    outer, _folder = _folder, folder / code_key() if folder else None
    try:
        with suppress(OSError):
            if folder and _folder and not _folder.exists():
                shutil.rmtree(folder, ignore_errors=True)
        yield
    finally:
        _folder = outer
