"""Reads what students hand in when nbgrader opens it, so that no notebook can stop a batch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbgrader.converters.base import NbGraderException
from traitlets import Bool, default

from autograder.errors import CourseError, SuiteError
from autograder.graders import grader_for
from autograder.layout import Course
from autograder.names import require_usable
from autograder.recorded import books_of
from autograder.sandbox import SandboxUnavailable


class SubmissionExporter(NotebookExporter):
    """Opens a submitted notebook in the instructor's frame, and any other as usual.

    It owns the grader: what would stop every grading (no sandbox, a broken suite) stops nbgrader
    here, before the first student.
    """

    run_student_code_unprotected = Bool(
        False, help="Run student code without a sandbox. It can read and write all that you can."
    ).tag(config=True)

    @default("optimistic_validation")  # once for each notebook, not after every step
    def _validate_once(self) -> bool:
        return True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]
        coursedir = self._converter.coursedir
        course = Course(Path(coursedir.root))
        try:
            assignment = course.assignment(coursedir.assignment_id)
            self.grader = grader_for(assignment, self.run_student_code_unprotected)
            self.books = books_of(assignment, unprotected=self.run_student_code_unprotected)
        except (CourseError, SuiteError, SandboxUnavailable) as error:
            self.log.error("%s", error)
            raise NbGraderException(str(error)) from None

    @property
    def _converter(self) -> Any:
        return self.parent

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> Any:
        """Export a notebook file; a submitted one is read by our own rules first."""
        if not self._converter._sanitizing:
            return super().from_filename(filename, resources=resources, **kw)
        student = resources["nbgrader"]["student"]
        try:
            require_usable(student)
        except CourseError as error:
            raise NbGraderException(str(error)) from None
        submission = self.grader.read(Path(filename), student)
        resources["metadata"] = {"name": resources["unique_key"], "path": ""}
        notebook = submission.to_notebook()
        return self.from_notebook_node(notebook, resources, **kw)  # type: ignore[no-untyped-call]
