"""Reads reference solutions: their functions as text, as stubs and as a module."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType


@dataclass(frozen=True)
class Function:
    """One function of a solutions file, as text."""

    name: str
    head: str
    """Signature, without its types, and docstring."""
    body: str
    """The rest, indented as in the file."""

    @property
    def source(self) -> str:
        """The whole function."""
        return f"{self.head}\n{self.body}\n"

    @property
    def returned(self) -> list[str]:
        """Names of the returned values, from the docstring's Returns section (numpydoc)."""
        section = re.search(r"^\s*Returns\n\s*-+\n(.*?)(?:\n\s*\n|\Z)", self.head, re.M | re.S)
        if section is None:
            return []
        indent = re.match(r"\s*", section[1])
        entry = rf"^{indent[0] if indent else ''}(\w+) :"
        return re.findall(entry, section[1], re.M)


def functions(path: Path) -> dict[str, Function]:
    """All public top-level functions of a solutions file, in its order."""
    return _functions(path.read_text(encoding="utf-8"))


@cache
def _functions(text: str) -> dict[str, Function]:
    found = (node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef))
    return {f.name: _split(f, text) for f in found if not f.name.startswith("_")}


def _split(node: ast.FunctionDef, text: str) -> Function:
    lines = text.splitlines()
    first = node.body[0]
    if ast.get_docstring(node) is None or first.end_lineno is None:
        raise ValueError(f"{node.name} needs a docstring: it is the student's specification.")
    docstring = "\n".join(lines[first.lineno - 1 : first.end_lineno])
    head = f"def {node.name}({_parameters(node, text)}):\n{docstring}"
    body = "\n".join(lines[first.end_lineno : node.end_lineno])
    return Function(node.name, head, body.strip("\n"))


def _parameters(node: ast.FunctionDef, text: str) -> str:
    """Parameters as a beginner reads them best: names and defaults, without types."""
    arguments = [*node.args.posonlyargs, *node.args.args]
    defaults = [ast.get_source_segment(text, default) for default in node.args.defaults]
    plain = [a.arg for a in arguments[: len(arguments) - len(defaults)]]
    optional = zip(arguments[len(plain) :], defaults, strict=True)
    return ", ".join([*plain, *(f"{a.arg}={default}" for a, default in optional)])


def load(text: str, name: str, given: Mapping[str, object] | None = None) -> ModuleType:
    """Execute the text of a solutions file as a module of its own.

    `given` replaces functions of the file, also where the file's own functions call them.
    """
    module = ModuleType(name)
    exec(compile(text, f"<{name}>", "exec"), module.__dict__)  # noqa: S102  (the instructor's file)
    module.__dict__.update(given or {})
    return module
