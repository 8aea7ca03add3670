"""Classes for the benchmarks: the same notebook many times, in course folders of their own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat

from autograder.build import build
from autograder.demo.classroom import classroom
from autograder.demo.run import make_course
from autograder.layout import Assignment, Course
from autograder.solutions import functions
from autograder.submission import grade_id
from autograder.suite.examiner import Examiner

ROOT = Path(__file__).resolve().parent.parent


def full(name: str, folder: Path, students: int) -> Assignment:
    """A class in which everybody has handed in the complete notebook of an assignment."""
    course = make_course(Course(ROOT).assignment(name), folder, every_mistake=False)
    shutil.rmtree(folder / "submitted")
    notebook = dict(classroom(course_of(name), every_mistake=False))["complete"]
    _hand_in(course, json.dumps(notebook), students)
    return course


def small(folder: Path, students: int) -> Assignment:
    """A synthetic class: three short exercises, no pictures."""
    shutil.copytree(ROOT / "tests" / "course", folder, dirs_exist_ok=True)
    course = Course(folder).assignment("toy")
    build(course)
    notebook = nbformat.read(course.release, as_version=4)
    right = {name: function.source for name, function in functions(course.solutions).items()}
    for cell in notebook.cells:
        cell.source = right.get(grade_id(cell), cell.source)
    _hand_in(course, json.dumps(notebook), students)
    return course


def for_stock(course: Assignment, folder: Path) -> Path:
    """The same submissions in a course folder of stock nbgrader."""
    skipped = shutil.ignore_patterns("*.db*", "autograded", "feedback")
    shutil.copytree(course.course.root, folder, ignore=skipped, dirs_exist_ok=True)
    (folder / "nbgrader_config.py").write_text("c = get_config()\n", encoding="utf-8")
    return folder


def names() -> list[str]:
    """All assignments of this course."""
    return Course(ROOT).assignments


def hidden_tests(name: str) -> int:
    """How many hidden tests an assignment has."""
    with Examiner(course_of(name)) as examiner:
        return len(examiner.tests)


def course_of(name: str) -> Assignment:
    """An assignment of this very course."""
    return Course(ROOT).assignment(name)


def _hand_in(course: Assignment, content: str, students: int) -> None:
    for i in range(students):
        path = course.submitted(f"s{i:06}")
        path.parent.mkdir(parents=True)
        path.write_text(content, encoding="utf-8")
