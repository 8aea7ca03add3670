"""Grades a whole class through nbgrader, one submission after the other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from traitlets.config import Config

from autograder.bridge import commands
from autograder.errors import CourseError
from autograder.graders import grader_for
from autograder.layout import Assignment
from autograder.names import require_usable

Report = dict[str, Any]


def grade_all(
    assignment: Assignment,
    console: Console,
    *,
    submitted: Path | None = None,
    student: str | None = None,
    unprotected: bool = False,
) -> tuple[list[Report], list[str]]:
    """Grade all submissions, or one student's, into the gradebook.

    Returns the reports, and a sentence for each student who could not be graded.
    """
    config = _config(assignment, submitted, unprotected)
    students = [student] if student else _students(assignment, config)
    if not commands.is_known(assignment, config):
        commands.release(assignment, config)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    grader_for(assignment, unprotected)  # what would stop every grading stops here
    reports, failures = [], []
    with Progress(*columns, TimeRemainingColumn(), console=console) as progress:
        grading = progress.add_task(assignment.name, total=len(students))
        for name in students:
            try:
                reports.append(_grade(assignment, name, config))
            except CourseError as problem:
                failures.append(f"{name if name.isprintable() else ascii(name)}: {problem}")
            progress.advance(grading)
    return reports, failures


def _grade(assignment: Assignment, student: str, config: Config) -> Report:
    require_usable(student)
    handed_in = commands.folder(assignment, config, "submitted", student)
    if not (handed_in / f"{assignment.name}.ipynb").exists():
        raise CourseError(f"{student} has handed in no {assignment.name}.ipynb ({handed_in}).")
    commands.autograde(assignment, student, config)
    graded = commands.folder(assignment, config, "autograded", student)
    notebook = json.loads((graded / f"{assignment.name}.ipynb").read_text(encoding="utf-8"))
    report: Report = notebook["metadata"]["layerwise"]["report"]
    return report


def _students(assignment: Assignment, config: Config) -> list[str]:
    pattern = commands.folder(assignment, config, "submitted", "*") / f"{assignment.name}.ipynb"
    found = sorted(_named(pattern))
    if not found:
        raise CourseError(f"Nothing was handed in: no file matches {pattern}.")
    return found


def _named(pattern: Path) -> Iterator[str]:
    """Names that stand where the pattern has its star."""
    star = pattern.parts.index("*")
    for path in Path(*pattern.parts[:star]).glob(str(Path(*pattern.parts[star:]))):
        yield path.parts[star]


def _config(assignment: Assignment, submitted: Path | None, unprotected: bool) -> Config:
    config = commands.course_config(assignment)
    if submitted is not None:
        config.CourseDirectory.submitted_directory = str(submitted.resolve())
    config.SubmissionExporter.run_student_code_unprotected = unprotected
    return config
