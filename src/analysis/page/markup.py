"""The macros that make HTML of frames and figures: the one place where that is done.

They are Jinja templates in the folder ``macros``; what they are given is text, and is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from analysis.config import ROOT
from analysis.page.compiled import Compiled
from analysis.page.language import say

# JupyterLab reads "$1bn and $2bn" as a formula but in elements of these classes.
NO_FORMULA = "mathjax_ignore tex2jax_ignore"


class TextError(ValueError):
    """A mistake in a template: its file, the line, and what was found there."""


@contextmanager
def place_told() -> Iterator[None]:
    """Name file and line of whatever fails in a template.

    Raises:
        TextError: without the error that it stands for: whoever shows that one reads the template
            as if it were Python.
    """
    try:
        yield
    except TextError:
        raise
    except Exception as error:
        place = _place(error)
        if place is None:
            raise
        path, line = place
        name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        found = f", in: {lines[line - 1].strip()[:80]}" if 0 < line <= len(lines) else ""
        raise TextError(f"{name}, line {line}: {_words(error)}{found}") from None


def _place(error: Exception) -> tuple[Path, int] | None:
    """File and line of the innermost template that an error came through."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        # Of a mark that is left open, Jinja gives the file where the name should be.
        return Path(error.filename or error.name or "a template"), error.lineno
    found, step = None, error.__traceback__
    while step is not None:
        known = step.tb_frame.f_globals
        template = known.get("__jinja_template__")
        if template is not None and template.filename:
            found = Path(template.filename), template.get_corresponding_lineno(step.tb_lineno)
        elif "__jinja_exception__" in known:  # Jinja has put the template's own line there
            found = Path(step.tb_frame.f_code.co_filename), step.tb_lineno
        step = step.tb_next
    return found


def _words(error: Exception) -> str:
    """What an error says, in a sentence without its full stop."""
    if isinstance(error, jinja2.TemplateNotFound):
        return f"no template {error.name!r}"
    ours = isinstance(error, jinja2.TemplateError | ValueError)
    told = str(error) if ours else f"{type(error).__name__}: {error}"
    return " ".join(told.removesuffix(".").split())


@cache
def environment() -> jinja2.Environment:
    """The macros, where a name that is not there is an error and text is escaped."""
    found = jinja2.Environment(
        loader=jinja2.PackageLoader("analysis.page", "macros"),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=Compiled(),
    )
    found.globals |= {"no_formula": NO_FORMULA, "say": say}
    return found


def macro(file: str, name: str, *arguments: Any) -> Markup:
    """Call a macro of ``macros/<file>.html.j2``.

    Raises:
        TextError: for a mistake in it.
    """
    with place_told():
        module = environment().get_template(f"{file}.html.j2").module
        return Markup(getattr(module, name)(*arguments))
