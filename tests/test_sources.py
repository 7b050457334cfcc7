"""How a source is named where a figure of it stands."""

import pytest

from analysis.data.sources import source_link


@pytest.mark.parametrize(
    ("entry", "shown"),
    [
        (
            {"title": "T", "publisher": "P", "url": "https://x.org/1"},
            '<a href="https://x.org/1">“T”, P</a>',
        ),
        ({"title": "[Page of P]", "publisher": "P"}, "Page of P"),
        ({"title": "T", "publisher": "not known"}, "“T”"),
        (
            {"title": "T", "publisher": "P", "repost_note": "Seen as carried by Q"},
            "“T”, P (seen as carried by Q)",
        ),
    ],
)
def test_a_source_is_named_by_its_first_outlet_with_the_copy_that_was_seen(entry, shown):
    assert source_link("key", {"key": entry}) == shown
