"""A class of the toy course, graded and given feedback by nbgrader's own converters."""

import copy
import json
import shutil

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateFeedback

from autograder.bridge import commands
from autograder.layout import Course
from autograder.solutions import functions
from autograder.submission import grade_id

MARKUP = "<script>alert('%s')</script>"
NOISE = f"""
from IPython.display import HTML, Javascript, display, Markdown
print("{MARKUP}" % "print")
display(HTML("{MARKUP}" % "html"), Javascript("alert('js')"), Markdown("{MARKUP}" % "md"))
raise ValueError("{MARKUP}" % "error")
"""
SHOWN = """
def row_norms(x):
    name = "<script>alert('type')</script>"
    raise type(name, (ValueError,), {})("<script>alert('raise')</script>")
"""
MISTAKEN = {
    "scale_forward": "def scale_forward(x, k):\n    return x + k, (x, k)",
    "unit_rows": "def unit_rows(x):\n    x /= row_norms(x)[:, None]\n    return x",
    "summary": "def summary(x):\n    return {'<script>alert(1)</script>': 1}",
}

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAA"
    "AABJRU5ErkJggg=="
)


@pytest.fixture(scope="session")
def answered(release, built):
    """The release with right answers, or with these instead."""
    right = {name: function.source for name, function in functions(built.solutions).items()}

    def fill(answers=None, added=()):
        notebook = copy.deepcopy(release)
        for cell in notebook.cells:
            cell.source = {**right, **(answers or {})}.get(grade_id(cell), cell.source).strip()
        notebook.cells += added
        return notebook

    return fill


@pytest.fixture(scope="session")
def hand_in():
    """Put what a student hands in where nbgrader looks for it."""

    def put(assignment, student, content):
        path = assignment.submitted(student)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content))

    return put


@pytest.fixture(scope="session")
def classroom(released, answered, hand_in, tmp_path_factory, launch):
    """The toy course, graded; its students come in the order of their names."""
    assignment = copied(released, tmp_path_factory.mktemp("class") / "course")
    pasted = new_markdown_cell("![here](attachment:own.png) ![gone](attachment:gone.png)")
    pasted.attachments = {"own.png": {"image/png": PIXEL}}
    noise = [new_code_cell(NOISE), new_markdown_cell(MARKUP % "markdown"), pasted]
    hand_in(assignment, "a-right", answered())
    hand_in(assignment, "b-unreadable", "PK not a notebook")
    hand_in(assignment, "c-mistaken", answered(MISTAKEN))
    hand_in(assignment, "d-noisy", answered({"row_norms": SHOWN}, noise))
    config = commands.course_config(assignment)
    commands.autograde(assignment, "*", config)
    commands._run(GenerateFeedback, assignment, config, force=True)
    return assignment


@pytest.fixture
def book(classroom):
    """The class's gradebook."""
    with gradebook_of(classroom) as gradebook:
        yield gradebook


@pytest.fixture(scope="session")
def open_book():
    """Open the gradebook of a course."""
    return gradebook_of


@pytest.fixture(scope="session")
def graded():
    """The autograded notebook of a student, as JSON."""

    def read(assignment, student):
        root = assignment.course.root / "autograded"
        return json.loads(assignment.submitted(student, root).read_text(encoding="utf-8"))

    return read


def gradebook_of(assignment):
    return Gradebook(f"sqlite:///{assignment.course.root}/gradebook.db", "toys")


def copied(assignment, folder):
    shutil.copytree(assignment.course.root, folder)
    return Course(folder).assignment(assignment.name)
