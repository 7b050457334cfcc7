"""The language that a page is in."""

import pytest

from analysis.page.language import speak, spoken


def test_a_language_that_no_page_is_told_in_is_refused_with_those_that_there_are():
    with pytest.raises(ValueError, match="no page is told in 'de'; valid: en, ru"):
        speak("de")
    assert spoken() == "en"
