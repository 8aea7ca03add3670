"""Writes a report into the notebook that instructor and student will read."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from nbformat import NotebookNode
from nbformat.notebooknode import from_dict

from autograder.report import ExerciseReport, GradeReport, TestReport
from autograder.submission import grade_id, is_grade

WIDTH = 88
INDENT = " " * 4
WORDS = {"missing": "unwritten", "timeout": "time-out", "flood": "too much", "breach": "refused"}
COLOURED = 10_000
LONG_RUN = re.compile(r"[\s.]{200}|[\w.*]{200}|[^\w\s]{200}")


def fill(notebook: NotebookNode, report: GradeReport) -> None:
    """Put outputs under the student's cells, and results under the grade cells."""
    for position, outputs in report.outputs.items():
        notebook.cells[position].outputs = [NotebookNode(output) for output in outputs]
    for cell in notebook.cells:
        if cell.cell_type == "code" and is_grade(cell):
            exercise = report.exercise(grade_id(cell).removesuffix("-tests"))
            cell.source = cell.source.partition("\n### BEGIN HIDDEN TESTS")[0]
            cell.outputs = _results(exercise, report.isolation)
        elif cell.cell_type == "code" and _slow_to_colour(cell.source):
            notebook.metadata.language_info = {"name": "python", "pygments_lexer": "text"}
    notebook.metadata["layerwise"]["report"] = report.to_json()


def _slow_to_colour(source: str) -> bool:
    """Whether a page's lexer might take minutes: it goes over long runs again and again."""
    return len(source) > COLOURED or bool(LONG_RUN.search(source))


def _results(exercise: ExerciseReport, isolation: str) -> list[NotebookNode]:
    """A stream to read, and the score as nbgrader reads it: the text of one float."""
    text = "\n".join([_headline(exercise, isolation), "", *_lines(exercise)]) + "\n"
    score = min(max(exercise.score, 0.0), exercise.max_score)
    result = {"data": {"text/plain": repr(float(score))}, "metadata": {}, "execution_count": 1}
    return [
        NotebookNode(output_type="stream", name="stdout", text=text),
        from_dict({"output_type": "execute_result", **result}),
    ]


def _headline(exercise: ExerciseReport, isolation: str) -> str:
    label = {"reduced": " (graded with reduced isolation)", "unprotected": " (graded unprotected)"}
    points = f"{exercise.score:g} of {exercise.max_score:g} points"
    return f"{exercise.id}: {points}{label.get(isolation, '')}"


def _lines(exercise: ExerciseReport) -> Iterator[str]:
    said = set[str]()
    for test in exercise.tests:
        yield f"{_verdict(test):<9} {test.earned:g} of {test.points:g}  {test.title}"
        for text in (test.message, test.hint and f"Hint: {test.hint}"):
            if text and text not in said:
                yield _indented(text)
                said.add(text)


def _verdict(test: TestReport) -> str:
    return WORDS.get(test.status, test.status)


def _indented(text: str) -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT, break_on_hyphens=False
    )
