"""What a notebook says, in plain text: its sentences, the titles of its charts, its tables' heads.

Run as a script with the names of pages, it writes their snapshots anew; read what has changed
before it is kept.
"""

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from analysis.charts.chart import Chart
from analysis.config import NOTEBOOKS
from analysis.page.cards import Cards
from analysis.page.markdown import to_text
from analysis.page.table import Table
from analysis.page.tell import Told

SNAPSHOTS = Path(__file__).with_name("snapshots")
# What is run for each snapshot: two pages on all five, and two countries with all their tables.
PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "index": ("index", {}),
    "region": ("region", {}),
    "all-of-KAZ": ("country", {"country": "KAZ"}),
    "all-of-KGZ": ("country", {"country": "KGZ"}),
}


def said(notebook: str, **parameters: object) -> str:
    """Run a notebook's cells and put down, a line a cell, what they show in words."""
    lines = [line for one in shown(notebook, **parameters) for line in words_of(one)]
    return "\n".join(lines) + "\n"


def shown(notebook: str, **parameters: object) -> Iterator[object]:
    """Run a notebook's cells: its headings, and what the cells with code show."""
    cells = json.loads((NOTEBOOKS / f"{notebook}.ipynb").read_text("utf-8"))["cells"]
    names: dict[str, object] = {}
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            if source.startswith("## "):
                yield source
            continue
        found = _run(source, names)
        if "parameters" in cell["metadata"].get("tags", []):
            names |= parameters
        yield found


def _run(source: str, names: dict[str, object]) -> object:
    """What a cell's last line gives."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None


def words_of(shown: object) -> list[str]:
    """What something that is shown says, a line or more; nothing of what has no words."""
    if isinstance(shown, str):
        return [shown]
    if isinstance(shown, Told):
        return [f"[{shown.section}] {shown.text}"]
    if isinstance(shown, Chart):
        note = f" | {shown.note}" if shown.note else ""
        return [f"[chart {shown.id}] {shown.title} | {shown.subtitle}{note}"]
    if isinstance(shown, Table):
        heads = " · ".join(to_text(column.label) for column in shown.columns)
        return [f"[table {shown.id}] {shown.caption}", f"  ({heads})", *_rows(shown)]
    if isinstance(shown, Cards):
        return ["[cards] " + " ".join(to_text(shown.html).split())]
    return []


def _rows(shown: Table) -> list[str]:
    return [
        "  " + " · ".join(to_text(str(row[column.name])) for column in shown.columns)
        for row in shown.frame.to_dict("records")
    ]


if __name__ == "__main__":
    for name in sys.argv[1:]:
        notebook, parameters = PAGES[name]
        (SNAPSHOTS / f"{name}.txt").write_text(said(notebook, **parameters), encoding="utf-8")
