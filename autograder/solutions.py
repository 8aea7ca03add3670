"""Reads reference solutions: their functions and classes as text, as stubs and as a module."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

from autograder.errors import CourseError


@dataclass(frozen=True)
class Function:
    """One function or class of a solutions file, as text."""

    name: str
    head: str
    """Signature, without its types, and docstring."""
    body: str
    """The rest, indented as in the file."""
    methods: tuple[Function, ...] = ()
    """Of a class."""

    @property
    def source(self) -> str:
        """The whole function or class."""
        gap = "\n\n" if self.methods else "\n"
        return f"{self.head}{gap}{self.body}\n"

    @property
    def returned(self) -> list[str]:
        """Names of the returned values, from the docstring's Returns section (numpydoc)."""
        following = r"\n\s*\n[^\n]+\n\s*-{3,}|\Z"
        section = re.search(rf"^\s*Returns\n\s*-+\n(.*?)(?:{following})", self.head, re.M | re.S)
        if section is None:
            return []
        indent = re.match(r"\s*", section[1])
        entry = rf"^{indent[0] if indent else ''}(\w+) :"
        return re.findall(entry, section[1], re.M)

    @property
    def kept(self) -> tuple[int, ...]:
        """Positions of returned values that stay with the student: the caches."""
        return tuple(i for i, name in enumerate(self.returned) if name == "cache")


def functions(path: Path) -> dict[str, Function]:
    """All public top-level functions and classes of a solutions file, in its order."""
    try:
        return _functions(path.read_text(encoding="utf-8"))
    except SyntaxError as error:
        raise CourseError(f"{path} has a syntax error: {error}.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{path} can't be read: {error}.") from None


@cache
def _functions(text: str) -> dict[str, Function]:
    found = [n for n in ast.parse(text).body if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    return {n.name: _split(n, text) for n in found if not n.name.startswith("_")}


def _split(node: ast.FunctionDef | ast.ClassDef, text: str) -> Function:
    lines = text.splitlines()
    first = node.body[0]
    if ast.get_docstring(node) is None or first.end_lineno is None:
        raise CourseError(
            f"{node.name} needs a docstring in the solutions: it is the student's specification."
        )
    docstring = "\n".join(lines[first.lineno - 1 : first.end_lineno])
    if isinstance(node, ast.ClassDef):
        return _class(node, docstring, text)
    indent = " " * node.col_offset
    head = f"{indent}def {node.name}({_parameters(node, text)}):\n{docstring}"
    body = "\n".join(lines[first.end_lineno : node.end_lineno])
    return Function(node.name, head, body.strip("\n"))


def _class(node: ast.ClassDef, docstring: str, text: str) -> Function:
    methods = tuple(_split(n, text) for n in node.body if isinstance(n, ast.FunctionDef))
    if len(methods) != len(node.body) - 1:
        raise CourseError(f"{node.name}: a class of the solutions holds methods and nothing else.")
    body = "\n\n".join(method.source.rstrip("\n") for method in methods)
    return Function(node.name, f"class {node.name}:\n{docstring}", body, methods)


def _parameters(node: ast.FunctionDef, text: str) -> str:
    """Parameters as a beginner reads them best: names and defaults, without types."""
    given = node.args
    shown = []
    positional = [*given.posonlyargs, *given.args]
    absent = [None] * (len(positional) - len(given.defaults))
    for argument, default in zip(positional, [*absent, *given.defaults], strict=True):
        shown.append(_parameter(argument, default, text))
        if given.posonlyargs and argument is given.posonlyargs[-1]:
            shown.append("/")
    if given.vararg or given.kwonlyargs:
        shown.append(f"*{given.vararg.arg if given.vararg else ''}")
    for argument, default in zip(given.kwonlyargs, given.kw_defaults, strict=True):
        shown.append(_parameter(argument, default, text))
    if given.kwarg:
        shown.append(f"**{given.kwarg.arg}")
    return ", ".join(shown)


def _parameter(argument: ast.arg, default: ast.expr | None, text: str) -> str:
    if default is None:
        return argument.arg
    return f"{argument.arg}={ast.get_source_segment(text, default)}"


def load(text: str, name: str, given: Mapping[str, object] | None = None) -> ModuleType:
    """Execute the text of a solutions file as a module of its own.

    `given` replaces functions of the file, also where the file's own functions call them.
    """
    module = ModuleType(name)
    exec(compile(text, f"<{name}>", "exec"), module.__dict__)  # noqa: S102  (the instructor's file)
    module.__dict__.update(given or {})
    return module
