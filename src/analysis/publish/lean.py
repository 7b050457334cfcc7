"""Imports that are done in the time of a build, without what only takes time in it.

They take longer than most of its steps. What they make stays: were it looked through for what is
left over, time and again, that would take as long as they do. And some packages look for others and
do without where these are not: pandera makes itself ready to invent tables with hypothesis, and
jsonschema builds parsers of addresses with what JupyterLab brings in, of which no rule of a
notebook speaks.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_LEFT_OUT = ("fqdn", "hypothesis", "rfc3986_validator", "rfc3987_syntax")


@contextmanager
def lean() -> Iterator[None]:
    """Import without them, and without collecting what is left over."""
    absent = [name for name in _LEFT_OUT if name not in sys.modules]
    collected = gc.isenabled()
    gc.disable()
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]
    try:
        yield
    finally:
        if collected:
            gc.enable()
        for name in absent:
            if sys.modules.get(name, lean) is None:
                del sys.modules[name]
