"""The macros that make HTML of frames and figures: the one place where that is done.

They are Jinja templates in the folder ``macros``; what they are given is text, and is escaped.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup

from analysis.page.language import say

# JupyterLab reads "$1bn and $2bn" as a formula but in elements of these classes.
NO_FORMULA = "mathjax_ignore tex2jax_ignore"


@cache
def environment() -> jinja2.Environment:
    """The macros, where a name that is not there is an error and text is escaped."""
    found = jinja2.Environment(
        loader=jinja2.PackageLoader("analysis.page", "macros"),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals |= {"no_formula": NO_FORMULA, "say": say}
    return found


def macro(file: str, name: str, *arguments: Any, **options: Any) -> Markup:
    """Call a macro of ``macros/<file>.html.j2``."""
    module = environment().get_template(f"{file}.html.j2").module
    return Markup(getattr(module, name)(*arguments, **options))
