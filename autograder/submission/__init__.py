"""Reads an untrusted notebook, and decides what of it is taken."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from autograder.submission.cells import (
    grade_id,
    is_for_show,
    is_grade,
    is_locked,
    points_in,
    template_of,
)
from autograder.submission.framing import framed, notice
from autograder.submission.reading import Unreadable, read_bytes, read_cells

__all__ = [
    "CodeCell",
    "Submission",
    "fingerprint",
    "grade_id",
    "is_grade",
    "points_in",
    "read_submission",
    "template_of",
]


@dataclass(frozen=True)
class Submission:
    """What was handed in, put into the instructor's frame."""

    student: str
    sha256: str
    notebook: NotebookNode
    flags: tuple[str, ...] = ()

    def to_notebook(self) -> NotebookNode:
        """The notebook, with what else is known of the submission in its metadata."""
        known = {"student": self.student, "sha256": self.sha256, "flags": list(self.flags)}
        metadata = NotebookNode(self.notebook.metadata, layerwise=known)
        return NotebookNode(self.notebook, metadata=metadata)

    @classmethod
    def from_notebook(cls, notebook: NotebookNode) -> Submission:
        """Undo `to_notebook`."""
        known = notebook.metadata["layerwise"]
        return cls(known["student"], known["sha256"], notebook, tuple(known["flags"]))

    @property
    def cells(self) -> list[CodeCell]:
        """The code cells to run, in order."""
        return [
            CodeCell(position, cell.source, locked, locked and is_for_show(cell.source))
            for position, cell in enumerate(self.notebook.cells)
            if cell.cell_type == "code" and not is_grade(cell)
            for locked in [is_locked(cell)]
        ]


@dataclass(frozen=True)
class CodeCell:
    """A cell to run: whose it is, and whether it defines nothing that others need."""

    position: int
    source: str
    locked: bool
    only_shows: bool

    @property
    def for_show(self) -> bool:
        """Whether it is a check or a picture of ours."""
        return self.locked and self.only_shows

    @property
    def draws(self) -> bool:
        """Whether it is a picture of ours."""
        return self.for_show and "plt." in self.source


def read_submission(path: Path, template: NotebookNode, student: str, limit: int) -> Submission:
    """Read a submitted notebook into the instructor's; one that can't be read gets a flag.

    The notebook of an unreadable submission has every solution cell missing, so that the student
    gets a page which says what happened.
    """
    sha256 = fingerprint(path, limit)
    try:
        notebook = framed(template, read_cells(read_bytes(path, limit)))
        return Submission(student, sha256, notebook)
    except Unreadable as problem:
        notebook = framed(template, [])
        notebook.cells.insert(0, notice(str(problem)))
        return Submission(student, sha256, notebook, flags=(str(problem),))


def fingerprint(path: Path, limit: int) -> str:
    """SHA-256 of what was handed in; if it can't be taken, of the reason."""
    try:
        content = read_bytes(path, limit)
    except Unreadable as problem:
        content = str(problem).encode()
    return hashlib.sha256(content).hexdigest()
