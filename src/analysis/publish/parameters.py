"""The parameters of a notebook: what its parameters cell sets, and which values it takes."""

from __future__ import annotations

import ast
import difflib
import json
import re
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.data import countries

# The one parameter by which a page is asked for; the others it has from its notebook.
ASKED_BY = "country"


class ParameterError(ValueError):
    """A parameter that the notebook does not have, or a value that it cannot take."""


def _parameters_cell(notebook: Path) -> ast.Module:
    content = notebook.read_text(encoding="utf-8")
    try:
        cells = [
            "".join(cell["source"])
            for cell in json.loads(content)["cells"]
            if "parameters" in cell["metadata"].get("tags", [])
        ]
        return ast.parse("\n".join(cells))
    except (ValueError, KeyError, TypeError, SyntaxError):
        raise ParameterError(f"{notebook.name} cannot be read as a notebook") from None


def _names(cell: ast.Module) -> list[str]:
    targets = [
        target
        for line in cell.body
        if isinstance(line, ast.Assign | ast.AnnAssign)
        for target in (line.targets if isinstance(line, ast.Assign) else [line.target])
    ]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def country_asked(given: Sequence[Sequence[str]], folder: Path) -> str:
    """The country of the page that is asked for by parameters, each a name and a value.

    A page stands under one address, so it is built with what its notebook sets; only its country
    is asked for.

    Args:
        given: as the command line has them.
        folder: of the notebooks.

    Raises:
        OSError: where a notebook cannot be read.
        ParameterError: for any other parameter, naming the valid one and, where a notebook has the
            other, the way to try it; for a country that is asked for twice.
    """
    for name, _ in given:
        if name != ASKED_BY:
            raise ParameterError(_why_not(name, given, folder))
    if len(given) > 1:
        codes = " ".join(value for _, value in given)
        raise ParameterError(
            f'{ASKED_BY} is given more than once; for several pages: --countries "{codes}"'
        )
    return given[0][1]


def _why_not(name: str, given: Sequence[Sequence[str]], folder: Path) -> str:
    """Why no page is asked for by this parameter, and what is valid."""
    known = {path: _names(_parameters_cell(path)) for path in sorted(folder.glob("*.ipynb"))}
    homes = [path for path in known if name in known[path]]
    if not homes:
        near = difflib.get_close_matches(name, [ASKED_BY], n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        return f"unknown parameter {name!r}; valid: {ASKED_BY}.{hint}"
    # The notebook that knows most of what was asked for; of equals, that of the countries.
    asked = {one for one, _ in given}
    home = max(homes, key=lambda path: (len(asked & set(known[path])), path.stem == ASKED_BY))
    options = " ".join(
        f"-p {one} {shlex.quote(value)}" for one, value in given if one in known[home]
    )
    return (
        f"a page is built with the {name!r} that its notebook sets; valid: {ASKED_BY}. To try "
        f"another: papermill {folder.name}/{home.name} out.ipynb {options}"
    )


def check_parameters(notebook: Path, parameters: Mapping[str, str | int]) -> dict[str, Any]:
    """Refuse parameters that papermill would silently pass over.

    Returns:
        The parameters, each of the type that the notebook's parameters cell gives it: a year
        that was written on a command line becomes a number.

    Raises:
        OSError: where there is no such notebook.
        ParameterError: naming the valid names or countries, and the likely one, or a value that
            is no whole number where one is wanted.
    """
    cell = _parameters_cell(notebook)
    known = _names(cell)
    for name in parameters:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise ParameterError(
                f"unknown parameter {name!r} of {notebook.name}; valid: {', '.join(known)}.{hint}"
            )
    if "country" in parameters:
        try:
            countries.check_country(str(parameters["country"]), countries.names())
        except ValueError as error:
            raise ParameterError(str(error)) from None
    numbers = {
        line.target.id
        for line in cell.body
        if isinstance(line, ast.AnnAssign)
        and isinstance(line.target, ast.Name)
        and isinstance(line.annotation, ast.Name)
        and line.annotation.id == "int"
    }
    return {
        name: _whole(name, value) if name in numbers else value
        for name, value in parameters.items()
    }


def _whole(name: str, value: str | int) -> int:
    if not re.fullmatch("[0-9]{1,9}", str(value)):
        raise ParameterError(f"{name} is {value!r}; valid: a whole number, such as 2016")
    return int(value)
