"""Why a pair was refused, for a reader."""

from __future__ import annotations

import re

from analysis.config import POWERS
from analysis.data.vocabulary import AREAS

_NAMES = {**AREAS, **POWERS, "press": "the press"}
# Of each power's figure, by whom it is; the names of both stand in the reason.
_RECORDED = re.compile(r"(?<=who recorded it )\((\w+): (.+), (\w+): (.+)\)")
_CODE = re.compile("|".join(rf"\b{code}\b" for code in _NAMES))


def reason_words(reason: str) -> str:
    """A reason of the table as a sentence has it: names for codes.

    Example:
        >>> reason_words("not like with like: who recorded it (China: CHN, Russia: KGZ)")
        'Not like with like: who recorded it (China’s by China, Russia’s by Kyrgyzstan)'
    """
    told = _CODE.sub(lambda found: _NAMES[found[0]], reason)
    told = _RECORDED.sub(r"(\1’s by \2, \3’s by \4)", told)
    return told[:1].upper() + told[1:]
