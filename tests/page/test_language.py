"""The language that a page is in."""

import pytest

from analysis.page.language import heard, speak, speaking, spoken


def test_a_language_that_no_page_is_told_in_is_refused_with_those_that_there_are():
    with pytest.raises(ValueError, match="no page is told in 'de'; valid: en, ru"):
        speak("de")
    assert spoken() == "en"


def test_what_is_not_said_to_be_a_name_or_a_source_is_looked_up_among_the_words():
    with speaking("ru"):
        assert [heard("Year"), heard("Atlantis")] == ["Год", "Atlantis"]
