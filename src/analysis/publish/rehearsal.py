"""Makes a page of next to nothing when it is imported, so that the first real one need not warm up.

The server that forks the processes of a build imports this at the end of its imports (``warm``):
templates are compiled, validators built, fonts looked up there once, and every process begins with
them.
"""

import gc
import tempfile
from contextlib import suppress
from pathlib import Path

import nbformat
import pandas as pd

from analysis.data.columns import faults_of
from analysis.data.schema import TIE_JUDGED
from analysis.publish.report import write_report

_CELLS = (
    "from IPython.display import HTML, Markdown, display",
    "Markdown('*a*')",
    "HTML('<table><caption>a</caption></table>')",
    "print('a')",
    "import pandas as pd",
    "from analysis import chart",
    "rows = {'country': 'KAZ', 'year': 2023, 'record': ['own', 'partner'], 'value': [1.0, 2.0]}",
    "pd.DataFrame(rows).pivot(index='year', columns='record', values='value')",
    "chart.same_trade(pd.DataFrame(rows), chart.Caption('a', 'A chart of nothing'))",
)


def rehearse() -> None:
    """Hold a table against its rules, and make the page, in a folder that is removed at once."""
    # IPython collects what is left over when a notebook has ended; what was imported is not.
    gc.freeze()
    # pandera makes itself ready for pandas with the first table that it looks at.
    faults_of(TIE_JUDGED, pd.DataFrame(columns=list(TIE_JUDGED.schema.columns), dtype=str), "")
    with tempfile.TemporaryDirectory() as folder:
        cells = [nbformat.v4.new_markdown_cell("# A page\n\nof *nothing*")]
        cells += [nbformat.v4.new_code_cell(source) for source in _CELLS]
        notebook = Path(folder) / "rehearsal.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=cells), notebook)
        place = Path(folder)
        write_report(notebook, {}, "rehearsal", place / "reports", place)


# A page that cannot be made says why when it is asked for, in a process that is listened to.
with suppress(Exception):
    rehearse()
