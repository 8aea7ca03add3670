"""Which names of students can be used: they come from folders, and go into pages and patterns."""

from __future__ import annotations

from autograder.errors import CourseError

# Formgrader writes names into its pages as they are, and nbgrader takes them for patterns of files.
FORBIDDEN = set('<>&"\\*?[]')


def require_usable(student: str) -> None:
    """Refuse a name that would act on a page, in a terminal or as a pattern."""
    if not student.isprintable() or set(student) & FORBIDDEN:
        raise CourseError(f"{student!r} is no name for a student: rename the folder.")
