"""What each of mutmut's mutants changes, read from the files that mutmut writes.

A mutated file holds every function once as it was (``x_name__mutmut_orig``) and once a mutant
(``x_name__mutmut_3``). The two are held against each other as trees, so a change has a text that
stays the same when the mutants of a function are numbered anew.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Function = ast.FunctionDef | ast.AsyncFunctionDef
# They have no text of their own, so what they stand in is shown.
_WITHOUT_TEXT = (ast.operator, ast.boolop, ast.cmpop, ast.unaryop, ast.expr_context)
# Where a fault's message stands among what ``Fault`` is given: what was found, what is valid.
_TOLD = (3, 4)
# What is raised elsewhere, once it has been made here.
_REFUSALS = ("Refused", "UnknownForm")
# Of a change so much is shown around it as has room for so many characters.
_LONGEST = 80
_LOOKED_UP = {(ast.Subscript, "slice"), (ast.Call, "args"), (ast.Call, "keywords")}


@dataclass(frozen=True)
class Change:
    """One mutant: the part that differs, before and after, with what is around it.

    Attributes:
        wording: it lies within a text of a fault's message, and leaves that a text.
    """

    before: str
    after: str
    wording: bool

    def told(self) -> str:
        """The change on one line."""
        return f"{self.before} -> {self.after}"


def changes_of(path: Path, wanted: Collection[str] | None = None) -> dict[str, Change]:
    """The changes of a mutated file's mutants, by their names without the module.

    Args:
        path: the file.
        wanted: of these mutants alone; of all where it is left out.
    """
    functions = dict(_functions(ast.parse(path.read_text(encoding="utf-8"))))
    sound = {name.removesuffix("orig"): made for name, made in functions.items()}
    return {
        name: change(sound[name.rpartition("_")[0] + "_"], made)
        for name, made in functions.items()
        if not name.endswith("__mutmut_orig") and (wanted is None or name in wanted)
    }


def _functions(tree: ast.Module) -> Iterator[tuple[str, Function]]:
    for node in tree.body:
        for child in node.body if isinstance(node, ast.ClassDef) else [node]:
            if isinstance(child, Function) and "__mutmut_" in child.name:
                yield child.name, child


def change(sound: Function, mutant: Function) -> Change:
    """What differs between two functions that are alike but for one place and their names."""
    before: ast.AST = sound
    after: ast.AST = mutant
    shown = None
    while inner := _one_difference(before, after):
        before, after = inner
        if not shown and len(_text(before)) <= _LONGEST:
            shown = inner
    told, became = shown or (before, after)
    return Change(_text(told), _text(became), _is_text(after) and _in_message(sound, before))


def _text(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())


def _one_difference(before: ast.AST, after: ast.AST) -> tuple[ast.AST, ast.AST] | None:
    """The two parts of which all else is alike; none where there is no smaller pair with a text."""
    if type(before) is not type(after):
        return None
    found = []
    for name, old in ast.iter_fields(before):
        new = getattr(after, name)
        if isinstance(before, Function) and name == "name":
            continue
        olds, news = (part if isinstance(part, list) else [part] for part in (old, new))
        if len(olds) != len(news):
            return None
        found += [pair for pair in zip(olds, news, strict=True) if not _alike(*pair)]
    if len(found) != 1 or not all(isinstance(part, ast.AST) for part in found[0]):
        return None
    return None if isinstance(found[0][0], _WITHOUT_TEXT) else found[0]


def _alike(old: Any, new: Any) -> bool:
    if type(old) is not type(new):
        return False
    if isinstance(old, list):
        return len(old) == len(new) and all(map(_alike, old, new))
    if isinstance(old, ast.AST):
        return all(_alike(part, getattr(new, name)) for name, part in ast.iter_fields(old))
    return old == new


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _in_message(function: Function, node: ast.AST) -> bool:
    """Whether a text is part of a message.

    It is given to what is raised, to a ``Fault`` or a refusal, or to a name of which nothing else
    is made.
    """
    if not _is_text(node):
        return False
    told = {id(inner) for part in _messages(function) for inner in _worded(part)}
    used: dict[str, bool] = {}
    for found in ast.walk(function):
        if isinstance(found, ast.Name) and isinstance(found.ctx, ast.Load):
            used[found.id] = used.get(found.id, True) and id(found) in told
    for found in ast.walk(function):
        if isinstance(found, ast.Assign) and all(
            isinstance(target, ast.Name) and used.get(target.id) for target in found.targets
        ):
            told |= {id(inner) for inner in _worded(found.value)}
    return id(node) in told


def _worded(message: ast.AST) -> Iterator[ast.AST]:
    """The parts of a message that are told, and not what a value is looked up or compared by."""
    yield message
    for name, part in ast.iter_fields(message):
        if isinstance(message, ast.Compare) or (type(message), name) in _LOOKED_UP:
            continue
        for inner in part if isinstance(part, list) else [part]:
            if isinstance(inner, ast.AST):
                yield from _worded(inner)


def _messages(function: Function) -> Iterator[ast.expr]:
    """What is raised or refuses is told whole; of a ``Fault`` what was found and what is valid."""
    for node in ast.walk(function):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            yield from node.exc.args
        if isinstance(node, ast.Call) and ast.unparse(node.func) in _REFUSALS:
            yield from node.args
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Fault":
            yield from (part for at, part in enumerate(node.args) if at in _TOLD)
            yield from (key.value for key in node.keywords if key.arg in ("found", "valid"))
