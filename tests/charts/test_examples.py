"""The examples in the docstrings are true."""

import doctest
import importlib

import pytest

MODULES = [
    "bars", "canvas", "chart", "formats", "lines", "maps", "pairs", "panels", "ratios", "ruler",
    "shares", "svg", "swarm",
]  # fmt: skip


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(name):
    module = importlib.import_module(f"analysis.charts.{name}")
    assert doctest.testmod(module).failed == 0
