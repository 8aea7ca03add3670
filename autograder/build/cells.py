"""Turns the cells of an author's text into those of the instructor's notebook."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.errors import CourseError
from autograder.layout import Assignment
from autograder.solutions import Function, functions

ROLES = ("exercise", "given", "data", "check", "answer", "rubric")
REFUSAL = (
    "{name} is graded by layerwise ({worth}). Plain nbgrader can't grade it: "
    "run nbgrader in the course folder, with the course's nbgrader_config.py."
)


class Builder:
    """Turns the author's cells into the notebook's."""

    def __init__(
        self, assignment: Assignment, points: dict[str, float], author: list[NotebookNode]
    ) -> None:
        self.assignment = assignment
        self.author = author
        self.points = points
        self.functions = functions(assignment.solutions)
        self.section = "start"
        self.count = Counter[str]()
        self.by_hand = sum(cell.metadata.get("points", 0) for cell in author)
        self._check_complete()

    def cells(self) -> Iterator[NotebookNode]:
        """All cells of the notebook, each with a stable id."""
        for cell in self.author:
            role = next((role for role in ROLES if role in cell.metadata), "text")
            make: Callable[[NotebookNode], NotebookNode] = getattr(self, f"_{role}")
            yield make(cell)
            if role == "check":
                yield self._grade_cell(cell.metadata["check"])

    def _check_complete(self) -> None:
        graded = [c.metadata["exercise"] for c in self.author if "exercise" in c.metadata]
        checked = [c.metadata["check"] for c in self.author if "check" in c.metadata]
        for name in {*graded, *checked} - set(self.points):
            raise CourseError(
                f"{self.assignment.text} names {name}, which has no hidden suite in "
                f"{self.assignment.hidden}."
            )
        for name in self.points:
            if graded.count(name) != 1 or checked.count(name) != 1:
                raise CourseError(
                    f"{self.assignment.text}: {name} needs one cell with “exercise: {name}” "
                    f"and one with “check: {name}”; there are {graded.count(name)} and "
                    f"{checked.count(name)}."
                )

    def _text(self, cell: NotebookNode) -> NotebookNode:
        heading = re.search(r"^#+ (.*)$", cell.source, re.M) if cell.cell_type != "code" else None
        if heading:
            self.section = re.sub(r"[^a-z0-9]+", "-", heading[1].lower()).strip("-")[:40]
        self.count[self.section] += 1
        source = re.sub(r"\{\{points(?::(\w+))?\}\}", self._points, cell.source)
        name = f"{self.section}-{self.count[self.section]}"
        if cell.metadata.get("scratch"):
            return _cell(cell.cell_type, source, name, None)
        return _cell(cell.cell_type, source, name, _nbgrader(name))

    def _points(self, match: re.Match[str]) -> str:
        total = sum(self.points.values()) + self.by_hand
        if match[1] and match[1] not in self.points:
            raise CourseError(f"{self.assignment.text}: no exercise for {match[0]}.")
        return f"{self.points[match[1]] if match[1] else total:g}"

    def _exercise(self, cell: NotebookNode) -> NotebookNode:
        function = self._function(cell.metadata["exercise"])
        metadata = _nbgrader(function.name, locked=False, solution=True)
        return _cell("code", _marked(function), function.name, metadata)

    def _given(self, cell: NotebookNode) -> NotebookNode:
        function = self._function(cell.metadata["given"])
        name = f"{function.name}-given"
        return _cell("code", function.source.rstrip(), name, _nbgrader(name))

    def _data(self, cell: NotebookNode) -> NotebookNode:
        """A file of the assignment as a constant, so that a notebook is all that is needed."""
        path = self.assignment.text.with_name(cell.metadata["data"])
        if not path.is_file():
            raise CourseError(f"{self.assignment.text} names {path.name}, which is not beside it.")
        text = base64.encodebytes(path.read_bytes()).decode()
        constant = re.sub(r"\W", "_", path.name).upper()
        source = f'{constant} = """\n{text}"""\n{cell.source}'
        name = path.name.replace(".", "-")
        made = _cell("code", source, name, _nbgrader(name))
        made.metadata["jupyter"] = {"source_hidden": True}  # a screen full of letters
        return made

    def _check(self, cell: NotebookNode) -> NotebookNode:
        name = f"{cell.metadata['check']}-check"
        return _cell("code", cell.source, name, _nbgrader(name))

    def _answer(self, cell: NotebookNode) -> NotebookNode:
        # Nbgrader's task cells hold rubric and points; the answer is a cell without metadata.
        return _cell("markdown", cell.source, f"{cell.metadata['answer']}-why", None)

    def _rubric(self, cell: NotebookNode) -> NotebookNode:
        name = f"{cell.metadata['rubric']}-rubric"
        metadata = _nbgrader(name, task=True, points=cell.metadata["points"])
        return _cell("markdown", cell.source, name, metadata)

    def _grade_cell(self, name: str) -> NotebookNode:
        points = f"{self.points[name]:g}"
        worth = f"{points} point" + "s" * (points != "1")
        source = "\n".join(
            [
                f"# {name}: {worth}. Hidden tests run here when your work is graded.",
                "### BEGIN HIDDEN TESTS",
                f'raise RuntimeError("{REFUSAL.format(name=name, worth=worth)}")',
                "### END HIDDEN TESTS",
            ]
        )
        metadata = _nbgrader(f"{name}-tests", grade=True, points=self.points[name])
        return _cell("code", source, f"{name}-tests", metadata)

    def _function(self, name: str) -> Function:
        if name not in self.functions:
            raise CourseError(
                f"{self.assignment.text} names {name}, which is not in {self.assignment.solutions}."
            )
        return self.functions[name]


def _marked(function: Function) -> str:
    """A function or class in which nbgrader finds what to take out for students."""
    if function.methods:
        return "\n\n".join([function.head, *map(_marked, function.methods)])
    indent = re.match(" *", function.body)[0]  # type: ignore[index]
    marks = f"{indent}### BEGIN SOLUTION", f"{indent}### END SOLUTION"
    return "\n".join([function.head, marks[0], function.body, marks[1]])


def _nbgrader(name: str, **settings: Any) -> dict[str, Any]:
    defaults = {"grade": False, "locked": True, "solution": False, "task": False}
    return {**defaults, **settings, "grade_id": name, "schema_version": 3}


def _cell(kind: str, source: str, name: str, nbgrader: dict[str, Any] | None) -> NotebookNode:
    cell = new_code_cell(source) if kind == "code" else new_markdown_cell(source)
    cell.id = name[:64]
    if nbgrader is not None:
        cell.metadata["nbgrader"] = nbgrader
    return cell
