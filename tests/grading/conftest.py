"""Hands notebooks in at the toy course, and grades them in the sandbox with short limits."""

import copy
import json
import re
from types import SimpleNamespace

import pytest
from nbformat.v4 import new_code_cell

from autograder.grading import Grader
from autograder.sandbox import Limits
from autograder.solutions import functions
from autograder.submission import grade_id

SHORT = Limits(call_seconds=0.5, cell_seconds=2, memory=400 << 20, output_bytes=1 << 16, endings=2)
CELL = re.compile(r"^# %% ?(\w*)\n", re.M)


@pytest.fixture(scope="session")
def grader(built, launch):
    with Grader(built, launch, SHORT) as grader:
        yield grader


@pytest.fixture(scope="session")
def answers(built):
    """The right answers."""
    return {name: function.source for name, function in functions(built.solutions).items()}


@pytest.fixture(scope="session")
def notebook_of(release, answers):
    """A notebook from the text of its cells.

    “# %% unit_rows” opens the answer to that exercise, “# %%” a cell that the student added.
    Exercises that are not mentioned are answered rightly.
    """

    def make(text=""):
        notebook = copy.deepcopy(release)
        _, *parts = CELL.split(text)
        cells = list(zip(parts[::2], parts[1::2], strict=True))
        own = {**answers, **{name: source for name, source in cells if name}}
        for cell in notebook.cells:
            cell.source = own.get(grade_id(cell), cell.source).strip()
        added = [
            new_code_cell(source.strip(), id=f"added-{i}")
            for i, (name, source) in enumerate(cells)
            if not name
        ]
        notebook.cells[2:2] = added
        return notebook

    return make


@pytest.fixture
def hand_in(tmp_path):
    """Write a notebook where the grader reads it."""

    def write(content):
        path = tmp_path / "toy.ipynb"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    return write


@pytest.fixture
def grade(grader, hand_in, notebook_of):
    """The report on a notebook: bytes, a notebook, or the text of its cells."""

    def report(content, student="somebody", by=grader):
        given = notebook_of(content) if isinstance(content, str) else content
        return by.grade(by.read(hand_in(given), student))

    return report


@pytest.fixture(scope="session")
def summed_up():
    """A report in short: what is not right, by exercise and test."""

    def short(report):
        tests = {
            f"{exercise.id}.{test.id}": f"{test.status} {test.earned:g}"
            + (f" ({test.mistake})" if test.mistake else "")
            for exercise in report.exercises
            for test in exercise.tests
            if (test.status, test.earned) != ("passed", test.points)
        }
        return SimpleNamespace(score=report.score, flags=list(report.flags), tests=tests)

    return short
