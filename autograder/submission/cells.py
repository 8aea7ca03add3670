"""What is asked of a notebook cell: its name, whose it is, what it is for."""

from __future__ import annotations

import ast
import functools
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.errors import CourseError
from autograder.layout import Assignment


def template_of(assignment: Assignment) -> NotebookNode:
    """The instructor's notebook; a CourseError if it is none."""
    try:
        return nbformat.reads(assignment.notebook_bytes.decode(), as_version=4)
    except (UnicodeDecodeError, nbformat.reader.NotJSONError) as error:
        where = assignment.notebook
        raise CourseError(f"{where} is no notebook: run “layerwise build”.") from error


def grade_id(cell: NotebookNode) -> str:
    """The cell's public name, or ""."""
    return str(_nbgrader(cell).get("grade_id", ""))


def is_grade(cell: NotebookNode) -> bool:
    """Whether a cell is a grade cell: code of which only the grader knows the tests."""
    return bool(_nbgrader(cell).get("grade")) and not _nbgrader(cell).get("solution")


def points_in(notebook: NotebookNode) -> dict[str, float]:
    """What each exercise is worth, by its grade cell in the instructor's notebook."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and is_grade(cell)]
    return {grade_id(c).removesuffix("-tests"): float(_nbgrader(c)["points"]) for c in cells}


def is_locked(cell: NotebookNode) -> bool:
    """Whether the cell is the instructor's own; a cell without nbgrader's mark is the student's."""
    return bool(_nbgrader(cell)) and not _nbgrader(cell).get("solution")


@functools.lru_cache(maxsize=1_000)  # the same cells in every submission
def is_for_show(source: str) -> bool:
    """Whether a cell of the instructor's is a check or a picture: no definition, no import."""
    try:
        body = ast.parse(source).body
    except SyntaxError:  # a magic, such as %matplotlib inline
        return False
    lasting = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    return not any(isinstance(node, lasting) for node in body)


def _nbgrader(cell: NotebookNode) -> dict[str, Any]:
    return dict(cell.metadata.get("nbgrader", {}))
