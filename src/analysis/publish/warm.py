"""Does the imports of all pages when it is imported, and has one of next to nothing made.

The server that forks the processes of a build imports this, and nothing else does. It must outlive
whatever is wrong with a module: a page that needs it says so in a process that is listened to.
"""

from __future__ import annotations

import gc
from contextlib import suppress
from importlib import import_module

from analysis.config import NOTEBOOKS
from analysis.publish import closure
from analysis.publish.lean import lean


def imports_of_pages() -> list[str]:
    """The modules that notebooks import, and what turns a notebook into a page."""
    files = {
        file
        for notebook in sorted(NOTEBOOKS.glob("*.ipynb"))
        for file in closure.of_notebook(notebook)
        if file.suffix == ".py" and file.name != "__init__.py"
    }
    names = [file.relative_to(closure.PACKAGE.parent).with_suffix("").parts for file in files]
    return [*sorted(".".join(parts) for parts in names), "analysis.publish.rehearsal"]


def warm_up() -> None:
    """Import them all, but for those that cannot be, and keep what is there for good.

    Were it looked through for what is left over, each process that is forked would have a copy of
    all that it touches.
    """
    with lean(), suppress(Exception):
        for name in imports_of_pages():
            with suppress(Exception, SystemExit):
                import_module(name)
    gc.freeze()


warm_up()
