"""What a batch is about, and which of its students are still to be done."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from traitlets.config import Config

from autograder.bridge import commands
from autograder.errors import CourseError
from autograder.fleet import gradebook
from autograder.layout import Assignment, Course
from autograder.ledger import Entry, Record
from autograder.names import require_usable
from autograder.recorded import Books, books_of
from autograder.settings import read_limits
from autograder.submission import fingerprint

STEPS = {"submitted": "handed in", "autograded": "graded"}


@dataclass(frozen=True)
class Plan:
    """One assignment of one course, for any number of students; plain enough to be sent."""

    course: str
    name: str
    submitted: str = ""
    unprotected: bool = False
    anew: bool = False

    @property
    def assignment(self) -> Assignment:
        """The assignment, as it is on disk now."""
        return Course(Path(self.course)).assignment(self.name)

    @property
    def config(self) -> Config:
        """The course's nbgrader_config.py, with the wishes of this batch."""
        return _config(self)

    @property
    def books(self) -> Books:
        """The course's ledger."""
        return books_of(self.assignment, unprotected=self.unprotected)

    def handed_in(self, student: str) -> Path:
        """A student's notebook; a CourseError if there is none, or the name can't be used."""
        require_usable(student)
        folder = commands.folder(self.assignment, self.config, "submitted", student)
        path = folder / f"{self.name}.ipynb"
        if not path.exists():
            where = commands.folder(self.assignment, self.config, "submitted", "*")
            raise CourseError(f"no {self.name}.ipynb was handed in ({where}).")
        return path

    def graded(self, student: str) -> Path:
        """A student's notebook after grading."""
        folder = commands.folder(self.assignment, self.config, "autograded", student)
        return folder / f"{self.name}.ipynb"

    def students(self, step: str = "submitted") -> list[str]:
        """Everybody who has got to this step, submitted or autograded, with any notebook.

        Who has named it otherwise will be told of, and not passed over.
        """
        pattern = commands.folder(self.assignment, self.config, step, "*") / "*.ipynb"
        found = sorted(set(_named(pattern)))
        if not found:
            raise CourseError(f"Nothing was {STEPS[step]}: no file matches {pattern}.")
        return found


class Standing:
    """Where students of a plan stand, all or one: which report is wanted, which one is entered."""

    def __init__(self, plan: Plan, student: str | None = None) -> None:
        self.plan = plan
        self.books = plan.books
        self._student = student
        self._limit = read_limits(plan.assignment.course).notebook_size

    @functools.cached_property
    def _entries(self) -> dict[str, Entry]:
        return dict(self.books.ledger.entries(self.plan.name, self._student))

    @functools.cached_property
    def _in_gradebook(self) -> set[str]:
        return gradebook.graded_students(self.plan.assignment, self.plan.config)

    def key(self, student: str) -> str:
        """The key of the report that the student should have."""
        return self.books.key(student, fingerprint(self.plan.handed_in(student), self._limit))

    def record(self, student: str) -> Record | None:
        """The report that the student should have, if it is there."""
        return self.books.ledger.find(self.key(student))

    def is_computed(self, student: str) -> bool:
        """Whether the ledger has this report."""
        return self.books.ledger.has(self.key(student))

    def is_entered(self, student: str) -> bool:
        """Whether gradebook and autograded notebook are as this report wants them."""
        entry = self._entries.get(student, Entry(0, "", "", ""))
        return (
            student in self._in_gradebook
            and entry.key == self.key(student)
            and entry.stamp == stamp(self.plan, student)
        )


def stamp(plan: Plan, student: str) -> str:
    """Marks what else went into a page: when it was handed in, and when it was written."""
    handed_in = plan.handed_in(student).with_name("timestamp.txt")
    page = plan.graded(student)
    when = handed_in.read_text("utf-8", "replace").strip() if handed_in.is_file() else ""
    return f"{page.stat().st_mtime_ns if page.exists() else 'none'} {when[:100]}"


@functools.lru_cache(maxsize=8)
def _config(plan: Plan) -> Config:
    config = commands.course_config(plan.assignment)
    if plan.submitted:
        config.CourseDirectory.submitted_directory = str(Path(plan.submitted).resolve())
    config.SubmissionExporter.run_student_code_unprotected = plan.unprotected
    return config


def _named(pattern: Path) -> Iterator[str]:
    """Names that stand where the pattern has its star."""
    star = pattern.parts.index("*")
    for path in Path(*pattern.parts[:star]).glob(str(Path(*pattern.parts[star:]))):
        yield path.parts[star]
