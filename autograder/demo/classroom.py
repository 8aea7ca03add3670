"""Makes the notebooks of a class: right, half done, mistaken, in trouble."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.demo.troubles import TROUBLES
from autograder.layout import Assignment
from autograder.solutions import functions
from autograder.submission import grade_id
from autograder.suite.mistakes import load_mistakes

Answers = Mapping[str, str]


def classroom(assignment: Assignment, *, every_mistake: bool) -> Iterator[tuple[str, NotebookNode]]:
    """Yield the name and the notebook of each student."""
    release = nbformat.read(assignment.release, as_version=4)
    right = {name: f.source for name, f in functions(assignment.solutions).items()}
    first = assignment.exercises[0]
    yield "blank", release
    yield "half", answered(release, {name: right[name] for name in assignment.exercises[::2]})
    yield "deleted-cells", _without(answered(release, right), first)
    yield "duplicated-cell", _twice(answered(release, right), first)
    for name, code in TROUBLES.items():
        yield name, answered(release, {**right, first: code.replace("{name}", first)})
    for file in sorted(assignment.classroom.glob("*.py")):
        imports, own = read_answers(file, assignment.exercises)
        yield file.stem, answered(release, {**right, **own}, imports)
    if every_mistake:
        yield from _mistaken(assignment, release, right)


def answered(release: NotebookNode, answers: Answers, imports: str = "") -> NotebookNode:
    """The release with these answers in its solution cells, and an added cell of imports."""
    notebook = copy.deepcopy(release)
    for cell in notebook.cells:
        if cell.cell_type == "code" and grade_id(cell) in answers:
            cell.source = answers[grade_id(cell)].strip()
    if imports:
        notebook.cells.insert(1, new_code_cell(imports, id="my-imports"))
    return notebook


def read_answers(file: Path, exercises: list[str]) -> tuple[str, dict[str, str]]:
    """A student's file: what stands outside its exercises, and the source of each exercise."""
    text = file.read_text(encoding="utf-8")
    rest, own = [], {}
    for node in ast.parse(text).body:
        source = ast.get_source_segment(text, node) or ""
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in exercises:
            own[node.name] = source
        elif not isinstance(node, ast.Expr):
            rest.append(source)
    return "\n".join(rest), own


def _mistaken(
    assignment: Assignment, release: NotebookNode, right: Answers
) -> Iterator[tuple[str, NotebookNode]]:
    for mistake in load_mistakes(assignment):
        slug = re.sub(r"[^a-z0-9]+", "-", f"{mistake.exercise} {mistake.name}".lower()).strip("-")
        yield slug, answered(release, {**right, mistake.exercise: mistake.source})


def _without(notebook: NotebookNode, name: str) -> NotebookNode:
    """A solution cell, its grade cell and the first cell of imports are gone."""
    gone = {name, f"{name}-tests", _first_code(notebook)}
    notebook.cells = [cell for cell in notebook.cells if grade_id(cell) not in gone]
    return notebook


def _twice(notebook: NotebookNode, name: str) -> NotebookNode:
    """A solution cell and its grade cell have been copied, metadata and all."""
    for id_ in (name, f"{name}-tests"):
        position = next(i for i, cell in enumerate(notebook.cells) if grade_id(cell) == id_)
        notebook.cells.insert(position + 1, copy.deepcopy(notebook.cells[position]))
    return notebook


def _first_code(notebook: NotebookNode) -> str:
    return next(grade_id(cell) for cell in notebook.cells if cell.cell_type == "code")
