"""Reasons of refusals in words."""

import pytest

from analysis.page.refusals import reason_words


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (
            "not like with like: who recorded it (China: CHN, Russia: press)",
            "Not like with like: who recorded it (China’s by China, Russia’s by the press)",
        ),
        ("no record of its own", "No record of its own"),
    ],
)
def test_codes_become_names(reason, told):
    assert reason_words(reason) == told
