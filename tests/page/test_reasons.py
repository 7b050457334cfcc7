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
        ("no book of its own", "No record of its own"),
    ],
)
def test_codes_become_names_and_a_book_a_record(reason, told):
    assert reason_words(reason) == told
