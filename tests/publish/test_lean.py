"""Imports in the time of a build: what is left out of them, and that it is there again."""

import gc
import sys
from importlib import import_module

import pytest

from analysis.publish.lean import lean

NAME = "rfc3987_syntax"


@pytest.fixture
def never_imported():
    """A package that nothing has imported yet."""
    before = sys.modules.pop(NAME, None)
    yield
    sys.modules.pop(NAME, None)
    if before is not None:
        sys.modules[NAME] = before


@pytest.mark.usefixtures("never_imported")
def test_what_is_left_out_can_be_imported_again_afterwards():
    with lean(), pytest.raises(ImportError):
        import_module(NAME)
    assert import_module(NAME).__name__ == NAME


@pytest.mark.usefixtures("never_imported")
def test_it_can_be_imported_again_where_the_build_was_stopped():
    with pytest.raises(KeyboardInterrupt), lean():
        raise KeyboardInterrupt
    assert NAME not in sys.modules
    assert gc.isenabled()


@pytest.mark.usefixtures("never_imported")
def test_what_was_imported_before_stays():
    known = import_module(NAME)
    with lean():
        assert import_module(NAME) is known
    assert sys.modules[NAME] is known


def test_nothing_is_collected_meanwhile_and_afterwards_as_before():
    with lean():
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    try:
        with lean():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
