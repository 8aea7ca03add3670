"""Builds the notebooks of an assignment from its text, its solutions and its hidden suite."""

from __future__ import annotations

import tempfile
from pathlib import Path

import jupytext
import nbformat
from nbformat.v4 import new_notebook

from autograder.build.cells import Builder
from autograder.errors import CourseError
from autograder.layout import Assignment, Course
from autograder.suite.examiner import Examiner

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def build(assignment: Assignment) -> list[Path]:
    """Write the instructor's and the student's notebook; return the files that changed."""
    outdated = _outdated(assignment)
    for path, text in outdated.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(outdated)


def stale(assignment: Assignment) -> list[Path]:
    """Files that `build` would change."""
    return list(_outdated(assignment))


def _outdated(assignment: Assignment) -> dict[Path, str]:
    """Files that are not what they should be, and what they should be."""
    source = source_notebook(assignment)
    made = {assignment.notebook: source, assignment.release: release_notebook(assignment, source)}
    return {path: text for path, text in made.items() if _content(path) != text}


def source_notebook(assignment: Assignment) -> str:
    """The instructor's notebook, as text."""
    if not assignment.text.exists():
        raise CourseError(f"{assignment.text} is missing: it holds the notebook's text.")
    with Examiner(assignment) as examiner:
        points = examiner.points()
    author = jupytext.read(assignment.text)
    cells = list(Builder(assignment, points, author.cells).cells())
    return str(nbformat.writes(new_notebook(cells=cells, metadata=METADATA))) + "\n"


def release_notebook(assignment: Assignment, source: str) -> str:
    """The student's notebook: what `nbgrader generate_assignment` makes of the instructor's."""
    from autograder.bridge.commands import release  # nbgrader takes 1.5 s to import

    with tempfile.TemporaryDirectory() as folder:
        twin = Assignment(Course(Path(folder)), assignment.name)
        twin.notebook.parent.mkdir(parents=True)
        twin.notebook.write_text(source, encoding="utf-8")
        release(twin)
        return twin.release.read_text(encoding="utf-8")


def _content(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
