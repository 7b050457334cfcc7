"""The parameters of a notebook: what its parameters cell sets, and which values it takes."""

from __future__ import annotations

import ast
import difflib
import json
from pathlib import Path

from analysis.data import countries


class ParameterError(ValueError):
    """A parameter that the notebook does not have, or a value that it cannot take."""


def names_in(notebook: Path) -> list[str]:
    """The names that a notebook's parameters cell sets, in its order.

    Raises:
        OSError: where there is no such file.
        ParameterError: where the file is no notebook.
    """
    content = notebook.read_text(encoding="utf-8")
    try:
        cells = [
            "".join(cell["source"])
            for cell in json.loads(content)["cells"]
            if "parameters" in cell["metadata"].get("tags", [])
        ]
        tree = ast.parse("\n".join(cells))
    except (ValueError, KeyError, TypeError, SyntaxError):
        raise ParameterError(f"{notebook.name} cannot be read as a notebook") from None
    targets = [
        target
        for line in tree.body
        if isinstance(line, ast.Assign | ast.AnnAssign)
        for target in (line.targets if isinstance(line, ast.Assign) else [line.target])
    ]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def check_parameters(notebook: Path, parameters: dict[str, str]) -> None:
    """Refuse parameters that papermill would silently pass over.

    Raises:
        OSError: where there is no such notebook.
        ParameterError: naming the valid names or countries, and the likely one.
    """
    known = names_in(notebook)
    for name in parameters:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise ParameterError(
                f"unknown parameter {name!r} of {notebook.name}; valid: {', '.join(known)}.{hint}"
            )
    if "country" in parameters:
        try:
            countries.check_country(parameters["country"], countries.names())
        except ValueError as error:
            raise ParameterError(str(error)) from None
