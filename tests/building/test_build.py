"""Notebooks are made of texts, solutions and suites: reproducibly, and without secrets."""

import base64
import os
import subprocess
import sys

import nbformat
import pytest

from autograder.build import source_notebook, stale
from autograder.layout import CourseError
from autograder.solutions import functions
from autograder.submission import grade_id, is_grade
from autograder.suite.examiner import Examiner, SuiteError

TEXT = """
# Numbers

```{code-cell}
:exercise: double
```

```{code-cell}
:check: double
double(1)
```
"""
SOLUTIONS = '''
def double(x):
    """Double."""
    return 2 * x
'''
SUITE = """
from autograder.suite import points

@points(1)
def test_it(student):
    student.double(1)
"""
SCRIPT = """
import sys
from pathlib import Path
from autograder.build import source_notebook
from autograder.layout import Course
sys.stdout.buffer.write(source_notebook(Course(Path(sys.argv[1])).assignment("toy")).encode())
"""


@pytest.fixture(scope="session")
def source(built):
    return nbformat.read(built.notebook, as_version=4)


@pytest.fixture
def small(course):
    """A course of one exercise, of which some files are other than usual."""

    def make(text=TEXT, solutions=SOLUTIONS, suite=SUITE):
        return course(solutions, {"double": suite}, text=text)

    return make


def test_the_same_course_gives_the_same_bytes_elsewhere(toy, built):
    assert source_notebook(toy).encode() == built.notebook.read_bytes()
    assert stale(toy) == []


def test_another_process_gives_the_same_bytes(built):
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    command = [sys.executable, "-c", SCRIPT, str(built.course.root)]
    done = subprocess.run(command, env=environment, capture_output=True, check=True, cwd="/")
    assert done.stdout == built.notebook.read_bytes()


DATA = """

```{code-cell}
:data: four.bin
FOUR = base64.b64decode(FOUR_BIN)
```
"""


def test_a_data_file_is_a_constant_of_its_cell(small):
    assignment = small(text=TEXT + DATA)
    content = bytes(range(200))
    (assignment.text.parent / "four.bin").write_bytes(content)
    cell = nbformat.reads(source_notebook(assignment), as_version=4).cells[-1]
    values = {"base64": base64}
    exec(cell.source, values)
    assert values["FOUR"] == content
    assert cell.metadata.nbgrader.locked


def test_a_data_file_that_is_missing_is_named(small):
    with pytest.raises(CourseError, match=r"toy\.md names four\.bin, which is not beside it"):
        source_notebook(small(text=TEXT + DATA))


@pytest.mark.parametrize("notebook", ["source", "release"])
def test_notebooks_are_valid_and_carry_nothing_of_a_run(notebook, request):
    made = request.getfixturevalue(notebook)
    nbformat.validate(made)
    ids = [cell.id for cell in made.cells]
    assert len(set(ids)) == len(ids)
    for cell in made.cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_grade_cells_are_worth_their_hidden_tests(toy, source, release):
    with Examiner(toy) as examiner:
        worth = {f"{t.exercise}-tests": 0.0 for t in examiner.tests}
        for test in examiner.tests:
            worth[f"{test.exercise}-tests"] += test.points
    for notebook in (source, release):
        assert {
            grade_id(cell): cell.metadata.nbgrader.points
            for cell in notebook.cells
            if is_grade(cell)
        } == worth


def test_points_are_written_into_the_text(release):
    assert "14 points in all, 3 of them for the summary." in release.cells[0].source


def test_stubs_have_signature_and_docstring_and_no_solution(built, release, cell_of):
    for name, function in functions(built.solutions).items():
        stub = cell_of(release, name).source
        assert stub.startswith(function.head)
        assert stub.endswith("raise NotImplementedError()")
        assert not any(line in stub for line in function.body.splitlines())


def test_stubs_run_and_raise(release, cell_of):
    names = {}
    exec(cell_of(release, "summary").source, names)
    with pytest.raises(NotImplementedError):
        names["summary"](1)


def test_the_release_has_no_secrets(built):
    text = built.release.read_text(encoding="utf-8")
    for secret in ("BEGIN SOLUTION", "BEGIN HIDDEN", "MARK SCHEME", "model answer", "RuntimeError",
                   "assert", "agree", "no root"):  # fmt: skip
        assert secret not in text
    for function in functions(built.solutions).values():
        assert function.body.splitlines()[-1].strip() not in text


def test_the_instructors_notebook_has_solutions_and_mark_scheme(source, cell_of):
    assert "x / row_norms(x)[:, None]" in cell_of(source, "unit_rows").source
    assert "model answer" in cell_of(source, "summary-rubric").source


def test_a_grade_cell_run_by_plain_nbgrader_raises(source, cell_of):
    with pytest.raises(RuntimeError, match="row_norms is graded by layerwise"):
        exec(cell_of(source, "row_norms-tests").source, {})


def test_only_answers_and_scratch_cells_are_unlocked(release):
    open_cells = [c.id for c in release.cells if not c.metadata.get("nbgrader", {}).get("locked")]
    answers = ["row_norms", "unit_rows", "scale_forward", "scale_backward", "summary"]
    assert sorted(open_cells) == sorted([*answers, "scaling-2", "summary-why"])


CHANGES = {
    "docstring": ("solutions", "Count and average.", "Average and count."),
    "solution": ("solutions", "x.mean()", "x.sum() / x.size"),
    "sentence": ("text", "Why is there", "How come there is"),
    "points": ("suite", "@points(1.5)", "@points(2.5)"),
    "check": ("text", "no check", "still none"),
}


@pytest.fixture
def change(toy):
    def edit(where, old, new):
        suite = toy.hidden / "test_unit_rows.py"
        path = {"solutions": toy.solutions, "text": toy.text, "suite": suite}[where]
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    return edit


@pytest.mark.parametrize("edit", CHANGES.values(), ids=CHANGES)
def test_every_change_changes_the_notebook(toy, change, edit):
    change(*edit)
    assert source_notebook(toy) != toy.notebook.read_text(encoding="utf-8")


def test_a_change_makes_both_notebooks_stale(toy, change):
    change(*CHANGES["points"])
    assert stale(toy) == [toy.notebook, toy.release]


def without(line):
    return TEXT.replace(f"```{{code-cell}}\n:{line}\n", "```{code-cell}\n")


WRONG = {
    "no answer cell": ({"text": without("exercise: double")}, "there are 0 and 1"),
    "no check": ({"text": without("check: double")}, "there are 1 and 0"),
    "two answer cells": ({"text": TEXT + TEXT}, "there are 2 and 2"),
    "unknown function": ({"text": TEXT + TEXT.replace("double", "triple")}, "names triple"),
    "unknown given": ({"text": TEXT + "\n```{code-cell}\n:given: nothing\n```\n"}, "names nothing"),
    "no text": ({"text": None}, "toy.md is missing"),
    "answer without a suite": (
        {
            "text": TEXT + TEXT.replace("double", "triple"),
            "solutions": SOLUTIONS + SOLUTIONS.replace("double", "triple"),
        },
        "triple",
    ),
    "unknown points": ({"text": TEXT + "\n+++\n\n{{points:tripel}} points\n"}, "tripel"),
    "no docstring": (
        {"solutions": "def double(x):\n    return 2 * x\n"},
        "double needs a docstring",
    ),
    "broken solutions": ({"solutions": "def double(x)\n"}, "toy.py"),
}


@pytest.mark.parametrize(("files", "said"), WRONG.values(), ids=WRONG)
def test_what_does_not_fit_together_is_one_clear_line(small, files, said):
    with pytest.raises((CourseError, SuiteError)) as caught:
        source_notebook(small(**files))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("signature", ["x, *, rate=0.5", "x, *more", "x, **options", "x, y=(1, 2)"])
def test_a_stub_takes_the_arguments_of_its_solution(small, signature):
    assignment = small(solutions=SOLUTIONS.replace("(x)", f"({signature})"))
    assert f"def double({signature}):" in source_notebook(assignment)


def test_types_are_left_out_of_stubs(release, cell_of):
    assert cell_of(release, "row_norms").source.startswith("def row_norms(x):\n")
