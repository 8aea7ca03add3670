"""Reads an untrusted notebook, and decides what of it is taken.

The student's own are the sources of solution cells and of cells that they added. All else in
the result is the instructor's: locked cells, metadata, kernel, the order of known cells.
"""

from __future__ import annotations

import ast
import copy
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

SIZE_LIMIT = 20 * 2**20
CELL_LIMIT = 5_000
MISSING = "# This cell was missing from the notebook that was handed in."
WORD_JOINER = "\u2060"


class Unreadable(Exception):
    """A submission can't be read as a notebook of this assignment; the message says why."""


@dataclass(frozen=True)
class Submission:
    """What was handed in, put into the instructor's frame."""

    student: str
    sha256: str
    notebook: NotebookNode
    flags: tuple[str, ...] = ()

    def to_notebook(self) -> NotebookNode:
        """The notebook, with what else is known of the submission in its metadata."""
        notebook = copy.deepcopy(self.notebook)
        known = {"student": self.student, "sha256": self.sha256, "flags": list(self.flags)}
        notebook.metadata["layerwise"] = known
        return notebook

    @classmethod
    def from_notebook(cls, notebook: NotebookNode) -> Submission:
        """Undo `to_notebook`."""
        known = notebook.metadata["layerwise"]
        return cls(known["student"], known["sha256"], notebook, tuple(known["flags"]))

    @property
    def cells(self) -> list[CodeCell]:
        """The code cells to run, in order."""
        return [
            CodeCell(position, cell.source, _is_locked(cell) and _is_for_show(cell.source))
            for position, cell in enumerate(self.notebook.cells)
            if cell.cell_type == "code" and not is_grade(cell)
        ]


@dataclass(frozen=True)
class CodeCell:
    """A cell to run. One of ours that is for show defines nothing that others need."""

    position: int
    source: str
    for_show: bool


@dataclass(frozen=True)
class _Cell:
    """All that is looked at of a submitted cell."""

    type: str
    source: str
    id: str
    grade_id: str


def read_submission(
    path: Path, template: NotebookNode, student: str, limit: int = SIZE_LIMIT
) -> Submission:
    """Read a submitted notebook into the instructor's; one that can't be read gets a flag.

    The notebook of an unreadable submission has every solution cell missing, so that the student
    gets a page which says what happened.
    """
    sha256 = ""
    try:
        content = _read(path, limit)
        sha256 = hashlib.sha256(content).hexdigest()
        notebook = _merge(template, _cells(content), _functions(template))
        return Submission(student, sha256, notebook)
    except Unreadable as problem:
        notebook = _merge(template, [], set())
        notebook.cells.insert(0, _notice(str(problem)))
        return Submission(student, sha256, notebook, flags=(str(problem),))


def is_grade(cell: NotebookNode) -> bool:
    """Whether a cell is a grade cell: code of which only the grader knows the tests."""
    return bool(_nbgrader(cell).get("grade")) and not _nbgrader(cell).get("solution")


def grade_id(cell: NotebookNode) -> str:
    """The cell's public name, or ""."""
    return str(_nbgrader(cell).get("grade_id", ""))


def harmless(markdown: str) -> str:
    """Markdown that looks the same and starts no HTML tag."""
    return re.sub(r"<(?=[a-zA-Z/!?])", f"<{WORD_JOINER}", markdown)


def _read(path: Path, limit: int) -> bytes:
    if path.is_symlink() or not path.is_file():
        raise Unreadable("What was handed in is not a file.")
    size = path.stat().st_size
    if size > limit:
        raise Unreadable(
            f"The notebook has {size / 2**20:.0f} MB; at most {limit / 2**20:.0f} MB are accepted. "
            "Clear its outputs and remove attachments, then hand it in again."
        )
    if size == 0:
        raise Unreadable("The file that was handed in is empty.")
    return path.read_bytes()


def _cells(content: bytes) -> list[_Cell]:
    try:
        raw = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(
            "The file that was handed in is not a notebook (it is not valid JSON). "
            "Download it again with File → Download and hand that in."
        ) from error
    cells = _upgraded(raw).get("cells") if isinstance(raw, dict) else None
    if not isinstance(cells, list):
        raise Unreadable("The file that was handed in is not a Jupyter notebook.")
    if len(cells) > CELL_LIMIT:
        raise Unreadable(f"The notebook has {len(cells)} cells; at most {CELL_LIMIT} are accepted.")
    return [_cell(cell) for cell in cells if isinstance(cell, dict)]


def _upgraded(raw: dict[str, Any]) -> dict[str, Any]:
    """Bring a notebook of format 3 to format 4; nothing else is converted."""
    if "worksheets" not in raw:
        return raw
    try:
        return dict(nbformat.convert(nbformat.from_dict(raw), 4))
    except Exception as error:
        raise Unreadable("The notebook has an old format that can't be converted.") from error


def _cell(raw: dict[str, Any]) -> _Cell:
    source = raw.get("source", "")
    lines = source if isinstance(source, list) else [source]
    metadata = raw.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    text = "".join(line for line in lines if isinstance(line, str))
    kind = "code" if raw.get("cell_type") == "code" else "markdown"
    return _Cell(kind, _clean(text), str(raw.get("id", "")), str(name or ""))


def _clean(text: str) -> str:
    """Without lone surrogates and control characters, which no file format of ours can hold."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text)


def _merge(template: NotebookNode, cells: list[_Cell], functions: set[str]) -> NotebookNode:
    known = {grade_id(cell): cell for cell in template.cells if grade_id(cell)}
    by_id = {cell.id: name for name, cell in known.items()}
    taken: dict[str, _Cell] = {}
    added: dict[str, list[_Cell]] = {"": []}
    anchor = ""
    for cell in cells:
        name = cell.grade_id if cell.grade_id in known else by_id.get(cell.id, "")
        if name and name not in taken:
            taken[name] = cell
            anchor = name
        elif not (name and _is_locked(known[name])):
            added.setdefault(anchor, []).append(cell)
    if cells and not taken and not any(_defines(cell, functions) for cell in cells):
        raise Unreadable(
            "The notebook has none of this assignment's cells: is it that of another assignment?"
        )
    merged = copy.deepcopy(template)
    merged.cells = _added(added[""], "start")
    for cell in template.cells:
        name = grade_id(cell)
        if name:
            merged.cells += [_filled(cell, taken.get(name)), *_added(added.get(name, []), name)]
    return merged


def _filled(cell: NotebookNode, submitted: _Cell | None) -> NotebookNode:
    """The instructor's cell, with the student's source where it is the student's to write."""
    filled = copy.deepcopy(cell)
    if not _is_locked(cell) and submitted is None:
        filled.source = MISSING if cell.cell_type == "code" else ""
    elif not _is_locked(cell) and submitted is not None:
        is_code = cell.cell_type == "code"
        filled.source = submitted.source if is_code else harmless(submitted.source)
    return filled


def _added(cells: list[_Cell], anchor: str) -> list[NotebookNode]:
    """Cells of the student's own, with nothing of theirs but type and source."""
    made = []
    for i, cell in enumerate(cells):
        new = (
            new_code_cell(cell.source)
            if cell.type == "code"
            else new_markdown_cell(harmless(cell.source))
        )
        new.id = hashlib.sha256(f"{anchor}/{i}".encode()).hexdigest()[:12]
        made.append(new)
    return made


def _notice(problem: str) -> NotebookNode:
    cell = new_markdown_cell(f"**This notebook could not be graded.** {problem}")
    cell.id = "notice"
    return cell


def _functions(template: NotebookNode) -> set[str]:
    return {grade_id(cell) for cell in template.cells if not _is_locked(cell)}


def _defines(cell: _Cell, functions: set[str]) -> bool:
    return any(name in functions for name in re.findall(r"^def (\w+)", cell.source, re.M))


def _is_locked(cell: NotebookNode) -> bool:
    """Whether the cell is the instructor's own; a cell without nbgrader's mark is the student's."""
    return bool(_nbgrader(cell)) and not _nbgrader(cell).get("solution")


def _is_for_show(source: str) -> bool:
    """Whether a cell of the instructor's is a check or a picture: no definition, no import."""
    try:
        body = ast.parse(source).body
    except SyntaxError:  # a magic, such as %matplotlib inline
        return False
    lasting = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    return not any(isinstance(node, lasting) for node in body)


def _nbgrader(cell: NotebookNode) -> dict[str, Any]:
    return dict(cell.metadata.get("nbgrader", {}))
