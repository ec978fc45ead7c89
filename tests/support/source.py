"""What the program's own source says, read as a tree: which texts a call may be given."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType

from tests.support.county import ROOT

Function = ast.FunctionDef | ast.AsyncFunctionDef


class NotReadable(Exception):
    """An argument whose text cannot be told from the source."""


@dataclass(frozen=True)
class Call:
    """One call, with the function that it stands in."""

    source: Source
    node: ast.Call
    within: Function

    def argument(self, place: int, name: str) -> set[str]:
        """The texts that the argument may be: it is at ``place``, or is given by ``name``. A part that is not known
        before is ``*``. Raises NotReadable."""
        given = {keyword.arg: keyword.value for keyword in self.node.keywords}
        expression = given[name] if name in given else self.node.args[place]
        return self.source.texts(expression, self.within)


@dataclass(frozen=True)
class Source:
    """One file of the program."""

    path: Path

    @cached_property
    def tree(self) -> ast.Module:
        """The file, read."""
        return ast.parse(self.path.read_text(encoding="utf-8"))

    @cached_property
    def module(self) -> ModuleType:
        """The file, imported: nothing happens at import."""
        return importlib.import_module(".".join(self.path.relative_to(ROOT).with_suffix("").parts))

    def functions(self) -> Iterator[Function]:
        """Its functions, at any depth."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def calls(self, name: str) -> Iterator[Call]:
        """Calls of a function or method that is called so, each once, with the outermost function around it."""
        seen: set[ast.Call] = set()
        for function in self.functions():
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and _last_name(node.func) == name and node not in seen:
                    seen.add(node)
                    yield Call(self, node, function)

    def texts(self, expression: ast.expr, within: Function) -> set[str]:
        """The texts that ``expression`` may be."""
        match expression:
            case ast.Constant(value=str(text)):
                return {text}
            case ast.IfExp(body=one, orelse=other):
                return self.texts(one, within) | self.texts(other, within)
            case ast.JoinedStr(values=pieces):
                return {"".join(self._piece(piece, within) for piece in pieces)}
            case ast.Name(id=name) if text := self._constant(expression):
                return {text}
            case ast.Name(id=name):
                return self._local(name, within)
            case ast.Attribute() if text := self._constant(expression):
                return {text}
        raise NotReadable(f"{self.path}:{expression.lineno} {ast.unparse(expression)}")

    def _piece(self, piece: ast.expr, within: Function) -> str:
        inner = piece.value if isinstance(piece, ast.FormattedValue) else piece
        try:
            (text,) = self.texts(inner, within)
        except (NotReadable, ValueError):
            return "*"
        return text

    def _constant(self, expression: ast.expr) -> str:
        """What a name of the module means, where it is a text; else nothing."""
        match expression:
            case ast.Name(id=name):
                meant = getattr(self.module, name, None)
            case ast.Attribute(value=ast.Name(id=name), attr=attribute):
                meant = getattr(getattr(self.module, name, None), attribute, None)
            case _:
                return ""
        return meant if isinstance(meant, str) else ""

    def _local(self, name: str, within: Function) -> set[str]:
        """What a name may be inside a function: what is assigned to it, what callers give, or where it runs over
        several, any text that the function takes from its module."""
        assigned = [node.value for node in ast.walk(within) if isinstance(node, ast.Assign) and _assigns(node, name)]
        if assigned:
            return set().union(*(self.texts(value, within) for value in assigned))
        parameters = [argument.arg for argument in (*within.args.args, *within.args.kwonlyargs)]
        if name in parameters:
            place = parameters.index(name)
            return set().union(*(call.argument(place, name) for call in self.calls(within.name)))
        names = [node for node in ast.walk(within) if isinstance(node, ast.Name | ast.Attribute)]
        return {text for node in names if "." in (text := self._constant(node))}


def sources(*packages: str) -> list[Source]:
    """The files of these packages."""
    paths = sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))
    return [Source(path) for path in paths if "migrations" not in path.parts]


def _last_name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _assigns(node: ast.Assign, name: str) -> bool:
    return any(isinstance(to, ast.Name) and to.id == name for to in node.targets)
