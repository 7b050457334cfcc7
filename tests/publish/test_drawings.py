"""What a page drew the last time is taken as it was, and only that."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from analysis import chart
from analysis.charts import drawings
from analysis.page.figure import MEDIA_TYPE
from analysis.page.language import speaking

pytestmark = pytest.mark.thorough

FRAME = pd.DataFrame(
    {"country": "KAZ", "year": 2023, "record": ["own", "partner"], "value": [1.0, 2.0]}
).assign(china=[1.0, 2.0], russia=[2.0, 1.0])
CAPTION = chart.Caption("trade", "A chart of little")


def shown(made):
    """What a page takes of a chart."""
    return made._repr_mimebundle_()[MEDIA_TYPE]


@pytest.fixture
def memory(tmp_path):
    return tmp_path / "drawings.json"


@pytest.fixture
def painted(monkeypatch):
    """Names of the charts that were painted, one a time."""
    names: list[str] = []
    draw = chart.Chart.draw
    monkeypatch.setattr(
        chart.Chart, "draw", lambda self, width: names.append(self.id) or draw(self, width)
    )
    return names


def page(memory, *frames, caption=CAPTION):
    """The charts of a page that is made with a memory."""
    with drawings.remembered(memory):
        return [shown(chart.same_trade(frame, caption)) for frame in frames]


def test_a_chart_is_drawn_once(memory, painted):
    first = page(memory, FRAME)
    painted.clear()
    assert page(memory, FRAME) == first
    assert painted == []


def test_the_rows_that_a_chart_leads_to_are_known_without_drawing(memory, painted):
    page(memory, FRAME.assign(row_id=["a", "b"]))
    painted.clear()
    with drawings.remembered(memory):
        made = chart.same_trade(FRAME.assign(row_id=["a", "b"]), CAPTION)
        assert (made.rows, painted) == ({"a": ("trade",), "b": ("trade",)}, [])


def test_without_a_memory_one_drawing_tells_the_rows_that_a_chart_leads_to(painted):
    made = chart.same_trade(FRAME.assign(row_id=["a", "b"]), CAPTION)
    assert (made.rows, painted) == ({"a": ("trade",), "b": ("trade",)}, ["trade"])


def test_without_a_memory_a_chart_that_was_shown_is_not_drawn_again_for_its_rows(painted):
    made = chart.same_trade(FRAME.assign(row_id=["a", "b"]), CAPTION)
    shown(made)
    painted.clear()
    assert (made.rows, painted) == ({"a": ("trade",), "b": ("trade",)}, [])


def test_without_a_memory_it_is_the_same_chart(memory):
    page(memory, FRAME)
    assert page(memory, FRAME) == [shown(chart.same_trade(FRAME, CAPTION))]


@pytest.mark.parametrize(
    "change",
    [
        {"frame": FRAME.assign(value=FRAME["value"] * 1.5)},
        {"caption": replace(CAPTION, title="A chart of another thing")},
        {"caption": replace(CAPTION, source_line="World Bank")},
    ],
    ids=["frame", "title", "source"],
)
def test_what_has_changed_is_drawn_anew(memory, painted, change):
    page(memory, FRAME)
    painted.clear()
    page(memory, change.get("frame", FRAME), caption=change.get("caption", CAPTION))
    assert painted


def test_another_language_is_drawn_anew(memory, painted):
    page(memory, FRAME)
    painted.clear()
    with speaking("ru"):
        page(memory, FRAME)
    assert painted


def test_other_code_draws_anew(memory, painted, monkeypatch):
    page(memory, FRAME)
    painted.clear()
    monkeypatch.setattr(drawings, "code_key", lambda: "another hash")
    page(memory, FRAME)
    assert painted


def test_a_frame_that_was_changed_before_it_was_shown_is_drawn_as_it_is_shown(memory):
    page(memory, FRAME)
    frame = FRAME.copy()
    with drawings.remembered(memory):
        made = chart.same_trade(frame, CAPTION)
        frame.loc[:, "value"] = 7.0
        later = shown(made)
    assert later == shown(replace(made, paint=made.paint.paint))


def test_another_way_to_draw_is_not_taken_for_the_first(memory):
    page(memory, FRAME)
    other = chart.same_trade(FRAME.assign(value=3.0), CAPTION)
    with drawings.remembered(memory):
        made = replace(chart.same_trade(FRAME, CAPTION), paint=other.paint)
        assert shown(made)["wide"] != page(None, FRAME)[0]["wide"]


def test_a_function_of_a_notebooks_own_has_no_lasting_name(memory):
    def own(value: float) -> str:
        return f"{value}"

    own.__module__ = "__main__"
    with drawings.remembered(memory):
        made = chart.same_trade(FRAME, CAPTION, format=own)
        assert drawings.key_of(made.paint) == ""


def test_a_page_keeps_the_charts_that_it_has_and_no_others(memory):
    page(memory, FRAME, FRAME.assign(value=5.0))
    page(memory, FRAME)
    assert len(json.loads(memory.read_text())) == 1


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"a": 1}', '{"a": {"wide": ""}}'])
def test_a_broken_memory_counts_as_none(memory, kept):
    memory.write_text(kept)
    assert page(memory, FRAME) == page(None, FRAME)
