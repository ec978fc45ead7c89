"""What the program's own source says, read as a tree: which texts a call may be given."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.support.county import ROOT

Function = ast.FunctionDef | ast.AsyncFunctionDef


class NotReadable(Exception):
    """An argument whose text cannot be told from the source."""


@dataclass(frozen=True)
class Call:
    """One call, with what it stands in: the outermost function, or the module."""

    source: Source
    node: ast.Call
    within: Function | ast.Module

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

    def calls(self, name: str) -> Iterator[Call]:
        """Calls of a function, method or class that is called so."""
        functions = [node for node in ast.walk(self.tree) if isinstance(node, Function)]
        around: dict[ast.AST, Function] = {}
        for function in functions:
            for node in ast.walk(function):
                around.setdefault(node, function)
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and _last_name(node.func) == name:
                yield Call(self, node, around.get(node, self.tree))

    def texts(self, expression: ast.expr, within: Function | ast.Module) -> set[str]:
        """The texts that ``expression`` may be."""
        match expression:
            case ast.Constant(value=str(text)):
                return {text}
            case ast.IfExp(body=one, orelse=other):
                return self.texts(one, within) | self.texts(other, within)
            case ast.JoinedStr(values=pieces):
                return {"".join(self._piece(piece, within) for piece in pieces)}
            case ast.Name() | ast.Attribute() if isinstance(text := self._constant(expression), str):
                return {text}
            case ast.Subscript(value=several) if isinstance(texts := self._constant(several), tuple):
                return set(texts)
            case ast.Name(id=name) if isinstance(within, Function):
                return self._local(name, within)
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if isinstance(within, Function):
                return self._field(name, attribute, within)
        raise NotReadable(f"{self.path}:{expression.lineno} {ast.unparse(expression)}")

    def _piece(self, piece: ast.expr, within: Function | ast.Module) -> str:
        inner = piece.value if isinstance(piece, ast.FormattedValue) else piece
        try:
            (text,) = self.texts(inner, within)
        except (NotReadable, ValueError):
            return "*"
        return text

    def _constant(self, expression: ast.expr) -> Any:
        """What a name of the module means; None where it is no such name."""
        match expression:
            case ast.Name(id=name):
                return getattr(self.module, name, None)
            case ast.Attribute(value=ast.Name(id=name), attr=attribute):
                return getattr(getattr(self.module, name, None), attribute, None)
        return None

    def _local(self, name: str, within: Function) -> set[str]:
        """What a name may be inside a function: what is assigned to it, what callers give, or where it runs over
        several, any text with a dot that the function takes from its module."""
        assigned = [node.value for node in ast.walk(within) if isinstance(node, ast.Assign) and _assigns(node, name)]
        if assigned:
            return set().union(*(self.texts(value, within) for value in assigned))
        parameters = list(_parameters(within))
        if name in parameters:
            place = parameters.index(name)
            return set().union(*(call.argument(place, name) for call in self.calls(within.name)))
        meant = [self._constant(node) for node in ast.walk(within) if isinstance(node, ast.Name | ast.Attribute)]
        return {text for text in meant if isinstance(text, str) and "." in text}

    def _field(self, name: str, attribute: str, within: Function) -> set[str]:
        """What a field of a parameter may be: what the values of its class are made with."""
        made_of = getattr(self.module, _parameters(within)[name])
        place = [field.name for field in fields(made_of)].index(attribute)
        return set().union(*(call.argument(place, attribute) for call in self.calls(made_of.__name__)))


def sources(*packages: str) -> list[Source]:
    """The files of these packages."""
    paths = sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))
    return [Source(path) for path in paths if "migrations" not in path.parts]


def _last_name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _parameters(function: Function) -> dict[str, str]:
    """The names of a function's parameters in order, but for ``self``, each with its type as it is written."""
    given = (*function.args.args, *function.args.kwonlyargs)
    types = {argument.arg: ast.unparse(argument.annotation) if argument.annotation else "" for argument in given}
    return {name: written for name, written in types.items() if name != "self"}


def _assigns(node: ast.Assign, name: str) -> bool:
    return any(isinstance(to, ast.Name) and to.id == name for to in node.targets)
