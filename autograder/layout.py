"""Where everything of a course lies."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from autograder.errors import CourseError
from autograder.solutions import functions


def read_text(path: Path) -> str:
    """A text file of the course; one that can't be read is a CourseError."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{path} can't be read: {error}.") from error


@dataclass(frozen=True)
class Course:
    """A course folder, laid out as nbgrader lays it out, with its solutions and hidden suites."""

    root: Path

    @cached_property
    def assignments(self) -> list[str]:
        """Names of all assignments that have a reference solution."""
        return sorted(p.stem for p in self.root.glob("solutions/[!_]*.py"))

    @property
    def secrets(self) -> list[Path]:
        """What no student's code may read: all but the folders of Python that may lie here too."""
        names = ("solutions", "tests", "source", "release", "submitted", "autograded", "feedback")
        files = ("gradebook.db", "ledger.db", "layerwise.toml", ".course-secret", ".git")
        return [self.root / name for name in (*names, *files)]

    def fresh(self) -> Course:
        """The same course, as it is on disk now."""
        return Course(self.root)

    def assignment(self, name: str) -> Assignment:
        """Look one assignment up; an unknown name is a CourseError that lists the known ones."""
        if name not in self.assignments:
            known = ", ".join(self.assignments) or "none"
            where = self.root / "solutions"
            raise CourseError(f"There is no assignment “{name}” in {where} (known: {known}).")
        return Assignment(self, name)


@dataclass(frozen=True)
class Assignment:
    """The files of one assignment."""

    course: Course
    name: str

    @property
    def solutions(self) -> Path:
        """The reference solutions."""
        return self.course.root / "solutions" / f"{self.name}.py"

    @property
    def solutions_text(self) -> str:
        """The reference solutions, as text."""
        return read_text(self.solutions)

    @property
    def hidden(self) -> Path:
        """The folder of the hidden suite."""
        return self.course.root / "tests" / "hidden" / self.name

    @property
    def mistakes(self) -> Path:
        """The known mistakes, with their hints."""
        return self.hidden / "mistakes.toml"

    @property
    def classroom(self) -> Path:
        """Answers of made-up students, for demonstrations."""
        return self.course.root / "tests" / "classroom" / self.name

    @property
    def second_solutions(self) -> Path:
        """Right answers that differ from the reference wherever a student's may."""
        return self.classroom / "complete.py"

    @property
    def text(self) -> Path:
        """What the author edits: the text of the notebook."""
        return self.course.root / "source" / self.name / f"{self.name}.md"

    @property
    def notebook(self) -> Path:
        """The instructor's notebook, built from the text."""
        return self.text.with_suffix(".ipynb")

    @property
    def notebook_bytes(self) -> bytes:
        """The content of the instructor's notebook."""
        if not self.notebook.exists():
            raise CourseError(f"{self.notebook} is missing: run “layerwise build” first.")
        return self.notebook.read_bytes()

    @property
    def release(self) -> Path:
        """The student's notebook, built from the instructor's."""
        return self.course.root / "release" / self.name / f"{self.name}.ipynb"

    def submitted(self, student: str, folder: Path | None = None) -> Path:
        """Where a student's notebook is handed in."""
        folder = folder or self.course.root / "submitted"
        return folder / student / self.name / f"{self.name}.ipynb"

    @cached_property
    def exercises(self) -> list[str]:
        """Names of the exercises that have a hidden suite, in the order of the solutions."""
        tested = {p.stem.removeprefix("test_") for p in self.hidden.glob("test_*.py")}
        return [name for name in functions(self.solutions) if name in tested]

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of all that decides a grade: tests and their data, reference and mistakes."""
        digest = hashlib.sha256()
        for path in [self.solutions, *sorted(self.hidden.rglob("[!.]*"))]:
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(self.course.root)}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()
