"""Runs nbgrader's own steps from Python, with the course's configuration."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from pathlib import Path

import sqlalchemy as sql
from nbgrader.api import Gradebook, MissingEntry, SubmittedAssignment, get_alembic_version
from nbgrader.converters import BaseConverter, GenerateAssignment, GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning
from traitlets.config import Config
from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

from autograder.bridge.converter import OnePass
from autograder.errors import CourseError
from autograder.layout import Assignment
from autograder.submission import points_in, template_of


def release(assignment: Assignment, config: Config | None = None) -> None:
    """`nbgrader generate_assignment`: write the student's notebook, and tell the gradebook."""
    _run(GenerateAssignment, assignment, config or Config(), force=True, create_assignment=True)


def autograde(assignment: Assignment, student: str, config: Config) -> None:
    """`nbgrader autograde` for one student."""
    _run(OnePass, assignment, config, student=student, force=True, create_student=True)


def feedback(assignment: Assignment, student: str, config: Config) -> None:
    """`nbgrader generate_feedback` for one student."""
    _run(GenerateFeedback, assignment, config, student=student, force=True)


def course_config(assignment: Assignment) -> Config:
    """The course's nbgrader_config.py."""
    root = assignment.course.root
    try:
        return PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    except ConfigFileNotFound:
        raise CourseError(f"{root} has no nbgrader_config.py: is it a course folder?") from None


def is_known(assignment: Assignment, config: Config) -> bool:
    """Whether the gradebook knows the assignment, with the points that its notebook gives now."""
    course = _course_directory(assignment, config)
    points = points_in(template_of(assignment))
    with Gradebook(course.db_url, course.course_id) as gradebook:
        if not gradebook.assignments:
            _finish(gradebook)
        try:
            cells = gradebook.find_notebook(assignment.name, assignment.name).grade_cells
        except MissingEntry:
            return False
        tests = [cell for cell in cells if cell.cell_type == "code"]
        return points == {c.name.removesuffix("-tests"): c.max_score for c in tests}


def graded_students(assignment: Assignment, config: Config) -> set[str]:
    """Who has a submission in the gradebook."""
    course = _course_directory(assignment, config)
    with Gradebook(course.db_url, course.course_id) as gradebook:
        students = gradebook.db.query(SubmittedAssignment.student_id)
        known = students.join(SubmittedAssignment.assignment).filter_by(name=assignment.name)
        return {row[0] for row in known}


def folder(assignment: Assignment, config: Config, step: str, student: str) -> Path:
    """The folder of one student in one step (submitted, autograded, feedback)."""
    course = _course_directory(assignment, config)
    directory = getattr(course, f"{step}_directory")
    return Path(course.format_path(directory, student, assignment.name))


def own_path() -> str:
    """PATH with this environment's commands first: nbgrader starts `alembic` by its name."""
    own = str(Path(sys.executable).parent)
    others = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return os.pathsep.join([own, *(folder for folder in others if folder != own)])


def _finish(gradebook: Gradebook) -> None:
    """Give a new gradebook its version, if whoever made it was killed before he got to that."""
    version = "alembic_version (version_num VARCHAR(32) NOT NULL)"
    gradebook.db.execute(sql.text(f"CREATE TABLE IF NOT EXISTS {version}"))
    if gradebook.db.execute(sql.text("SELECT version_num FROM alembic_version")).first() is None:
        insert = sql.text("INSERT INTO alembic_version VALUES (:head)")
        gradebook.db.execute(insert, {"head": get_alembic_version()})
    gradebook.db.commit()


def _run(
    step: type[BaseConverter],
    assignment: Assignment,
    config: Config,
    student: str = "*",
    **settings: bool,
) -> None:
    course = _course_directory(assignment, config)
    course.student_id = student
    converter = step(coursedir=course, config=config)
    for name, value in settings.items():
        setattr(converter, name, value)
    complaints = _Complaints(logging.ERROR)
    converter.log.addHandler(complaints)
    try:
        with warnings.catch_warnings():
            # Of nbgrader's own queries; nothing that its user could mend.
            warnings.simplefilter("ignore", SAWarning)
            converter.start()
    except Exception as error:  # nbgrader's own, or one that a student's files provoke in it
        reason = complaints.reason or str(error) or type(error).__name__
        raise CourseError(f"{step.__name__} failed for {assignment.name}: {reason}") from None
    finally:
        converter.log.removeHandler(complaints)


def _course_directory(assignment: Assignment, config: Config) -> CourseDirectory:
    os.environ["PATH"] = own_path()
    course = CourseDirectory(config=config)
    course.root = str(assignment.course.root)
    course.assignment_id = assignment.name
    return course


class _Complaints(logging.Handler):
    """Keeps the reason of the first error that is logged: the last line of its traceback."""

    reason = ""

    def emit(self, record: logging.LogRecord) -> None:
        lines = record.getMessage().strip().splitlines()
        if not self.reason and (lines[0].startswith("Traceback") or record.exc_info):
            self.reason = lines[-1]
