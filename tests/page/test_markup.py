"""The place that is told where a template is at fault."""

import pytest

from analysis.page.markup import TextError, environment, place_told


def test_a_fault_of_a_template_without_a_file_is_told_by_its_line():
    with pytest.raises(TextError, match=r"^a template, line 2: "), place_told():
        environment().from_string("one\n{% nothing %}")
