"""Puts a student's cells into the instructor's frame.

The student's own are the sources of solution cells and of cells that they added. All else is the
instructor's: locked cells, metadata, kernel, the order of known cells.
"""

from __future__ import annotations

import copy
import hashlib
import re

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from autograder.submission.cells import grade_id, is_locked
from autograder.submission.markdown import harmless
from autograder.submission.reading import SubmittedCell, Unreadable

MISSING = "# This cell was missing from the notebook that was handed in."


def framed(template: NotebookNode, cells: list[SubmittedCell]) -> NotebookNode:
    """The instructor's notebook, with the student's sources in it and their added cells."""
    taken, added = _sorted_out(template, cells)
    if cells and not taken and not _defines_any(cells, template):
        raise Unreadable(
            "The notebook has none of this assignment's cells: is it that of another assignment?"
        )
    metadata = copy.deepcopy(template.metadata)
    notebook = NotebookNode(template, metadata=metadata, cells=_added(added[""], "start"))
    for cell in template.cells:
        name = grade_id(cell)
        if name:
            mine = _added(added.get(name, []), name)
            notebook.cells += [_filled(cell, taken.get(name)), *mine]
    return notebook


def _sorted_out(
    template: NotebookNode, cells: list[SubmittedCell]
) -> tuple[dict[str, SubmittedCell], dict[str, list[SubmittedCell]]]:
    """Known cells by name, the first of each; and the rest, by the known cell they stand behind."""
    known = {grade_id(cell): cell for cell in template.cells if grade_id(cell)}
    claimed = {cell.grade_id for cell in cells}
    by_id = {cell.id: name for name, cell in known.items() if name not in claimed}
    taken: dict[str, SubmittedCell] = {}
    added: dict[str, list[SubmittedCell]] = {"": []}
    anchor = ""
    for cell in cells:
        name = cell.grade_id if cell.grade_id in known else by_id.get(cell.id, "")
        if name and name not in taken:
            taken[name] = cell
            anchor = name
        elif not (name and is_locked(known[name])):
            added.setdefault(anchor, []).append(cell)
    return taken, added


def _filled(cell: NotebookNode, submitted: SubmittedCell | None) -> NotebookNode:
    """The instructor's cell, with the student's source where it is the student's to write."""
    filled = copy.deepcopy(cell)
    if is_locked(cell):
        return filled
    if submitted is None:
        filled.source = MISSING if cell.cell_type == "code" else ""
    elif cell.cell_type == "code":
        filled.source = submitted.source
    else:
        _write(filled, submitted)
    return filled


def _write(cell: NotebookNode, submitted: SubmittedCell) -> None:
    """Put a student's text, with its pictures, into a markdown cell."""
    cell.source = harmless(submitted.source, submitted.pictures)
    if submitted.pictures:
        cell.attachments = submitted.pictures


def _added(cells: list[SubmittedCell], anchor: str) -> list[NotebookNode]:
    """Cells of the student's own, with nothing of theirs but type, source and pictures."""
    made = []
    for i, cell in enumerate(cells):
        name = hashlib.sha256(f"{anchor}/{i}".encode()).hexdigest()[:12]
        new = NotebookNode(id=name, cell_type=cell.type, metadata=NotebookNode())
        if cell.type == "code":
            new.update(source=cell.source, outputs=[], execution_count=None)
        else:
            _write(new, cell)
        made.append(new)
    return made


def notice(problem: str) -> NotebookNode:
    """A cell that tells the student why the notebook could not be graded."""
    cell = new_markdown_cell(f"**This notebook could not be graded.** {harmless(problem, {})}")
    cell.id = "notice"
    return cell


def _defines_any(cells: list[SubmittedCell], template: NotebookNode) -> bool:
    """Whether a function of the assignment is defined, in cells without their metadata."""
    wanted = {grade_id(cell) for cell in template.cells if not is_locked(cell)}
    return any(
        name in wanted for cell in cells for name in re.findall(r"^def (\w+)", cell.source, re.M)
    )
