"""Whether the claims are new to the builds so far, and have to be looked at before another."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path


def claims_are_new(lock: Path, claims: Path) -> bool:
    """Whether steps that a build has finished saw other claims than there are now.

    Looking up what claims rest on takes seconds, which a build with the same claims shall not
    cost. Without a lock everything is built from nothing, and its own step looks.

    Args:
        lock: where pytask keeps the hash of each file that a finished step read.
        claims: the raw list of claims.
    """
    try:
        text, now = lock.read_text(encoding="utf-8"), claims.read_bytes()
    except (OSError, ValueError):
        return False
    seen = re.findall(rf'^"[^"]*raw/{claims.name}" = "([0-9a-f]+)"', text, re.MULTILINE)
    return bool(set(seen) - {hashlib.sha256(now).hexdigest()})
