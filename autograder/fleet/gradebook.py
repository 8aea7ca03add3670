"""Asks nbgrader's gradebook; one that can't be used is a CourseError that tells no password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import SubprocessError

from sqlalchemy.exc import SQLAlchemyError
from traitlets.config import Config

from autograder.bridge import commands
from autograder.errors import CourseError
from autograder.layout import Assignment


def is_known(assignment: Assignment, config: Config) -> bool:
    """Whether the gradebook knows the assignment."""
    with _usable():
        return commands.is_known(assignment, config)


def graded_students(assignment: Assignment, config: Config) -> set[str]:
    """Who has a submission in the gradebook."""
    with _usable():
        return commands.graded_students(assignment, config)


@contextmanager
def _usable() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, ImportError, SubprocessError) as error:  # nbgrader starts alembic
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise CourseError(f"The gradebook can't be used: {reason}.") from None
