"""Courses for the tests: small ones written on the spot, and the toy course of tests/course."""

import functools
import shutil
import textwrap
from pathlib import Path

import nbformat
import pytest

from autograder.bridge import commands
from autograder.build import build
from autograder.layout import Course
from autograder.sandbox import launcher
from autograder.submission import grade_id

TOY = Path(__file__).parent / "course"


@pytest.fixture
def course(tmp_path, write_course):
    """Write a course with one assignment, `toy`, from the texts of its files."""
    return functools.partial(write_course, tmp_path)


@pytest.fixture(scope="session")
def write_course():
    """Write such a course into a folder."""

    def write(folder, solutions, suites=None, mistakes=None, text=None):
        hidden = folder / "tests" / "hidden" / "toy"
        files = {
            folder / "solutions" / "toy.py": solutions,
            hidden / "mistakes.toml": mistakes,
            folder / "source" / "toy" / "toy.md": text,
            **{hidden / f"test_{name}.py": suite for name, suite in (suites or {}).items()},
        }
        for path, content in files.items():
            if content is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(textwrap.dedent(content), encoding="utf-8")
        return Course(folder).assignment("toy")

    return write


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The toy course with its notebooks; not to be changed."""
    return toy_course(tmp_path_factory.mktemp("built"))


@pytest.fixture
def toy(built, tmp_path):
    """A copy of the toy course with its notebooks, to be changed at will."""
    return copied(built, tmp_path / "course")


@pytest.fixture(scope="session")
def released(built, tmp_path_factory):
    """The toy course with a gradebook that knows the assignment; not to be changed."""
    assignment = copied(built, tmp_path_factory.mktemp("released") / "course")
    commands.release(assignment, commands.course_config(assignment))
    return assignment


@pytest.fixture(scope="session")
def launch():
    """What starts workers on this machine; without a sandbox the tests prove nothing, and fail."""
    return launcher()


@pytest.fixture(scope="session")
def release(built):
    """The toy assignment as students get it."""
    return nbformat.read(built.release, as_version=4)


@pytest.fixture(scope="session")
def cell_of():
    """Find a cell of a notebook by its grade_id."""

    def find(notebook, name):
        return next(cell for cell in notebook.cells if grade_id(cell) == name)

    return find


def toy_course(folder):
    """Copy the toy course and build its notebooks."""
    shutil.copytree(TOY, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / ".course-secret").write_text("the same inputs in every run of the tests")
    assignment = Course(folder).assignment("toy")
    build(assignment)
    return assignment


def copied(assignment, folder):
    """Copy a course folder."""
    shutil.copytree(assignment.course.root, folder)
    return Course(folder).assignment(assignment.name)
