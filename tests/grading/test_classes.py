"""An exercise may be a class: its objects stay with the student, and their methods are called."""

import nbformat
import pytest

from autograder.build import build
from autograder.grading import Grader
from autograder.sandbox import Limits
from autograder.submission import grade_id

SOLUTIONS = '''
"""Chains of steps."""


class Times:
    """Multiplies."""

    def __init__(self, factor: float) -> None:
        """Keep the factor."""
        self.factor = factor

    def forward(self, x):
        """x times the factor."""
        return self.factor * x


class Step:
    """Does what it is told."""

    def __init__(self, forward):
        """Keep the function."""
        self.forward = forward


class Chain:
    """One step after the other."""

    def __init__(self, steps: list) -> None:
        """Keep the steps."""
        self.steps = steps

    def forward(self, x: float) -> float:
        """What comes out of the last step."""
        for step in self.steps:
            x = step.forward(x)
        return x

    def backward(self, x: float) -> float:
        """The same, last step first."""
        for step in reversed(self.steps):
            x = step.forward(x)
        return x
'''
SUITE = '''
import numpy as np

from autograder.suite import agree, points, unchanged


@points(1)
def test_values(student, reference, rng):
    """applies every step"""
    factors = rng.uniform(1, 2, 3)
    x = rng.standard_normal(4)
    chain = student.Chain([student.Times(k) for k in factors])
    for _ in range(2):
        agree(unchanged(chain.forward, x), x * factors.prod(), "y")


@points(1)
def test_order(student):
    """calls the steps in order, and backward in the opposite one"""
    calls = []
    told = [lambda x, i=i: calls.append(i) or x + 0.0 for i in range(3)]
    chain = student.Chain([student.Step(f) for f in told])
    chain.backward(1.0)
    chain.forward(1.0)
    chain.forward(1.0)
    agree(calls, [2, 1, 0, 0, 1, 2, 0, 1, 2], "the order")


@points(1)
def test_nested(student, rng):
    """takes chains as steps"""
    a, b, x = rng.uniform(1, 2, 3)
    inner = student.Chain([student.Times(a)])
    agree(student.Chain([inner, student.Times(b)]).forward(x), a * b * x, "y")
'''
MISTAKES = """
[[Chain]]
name = "backward in forward order"
correct = "reversed(self.steps)"
buggy = "self.steps"
hint = "Which step was last?"

[[Chain]]
name = "turns its own list round"
correct = "for step in reversed(self.steps):"
buggy = "self.steps.reverse()\\n        for step in self.steps:"
hint = "Go forward after you have gone backward."

[[Chain]]
name = "only the last step"
correct = "for step in self.steps:\\n            x = step.forward(x)"
buggy = "for step in self.steps[-1:]:\\n            x = step.forward(x)"
hint = "How many steps are there?"

[[Chain]]
name = "hands on a text"
correct = "for step in reversed(self.steps):\\n            x = step.forward(x)"
buggy = "for step in reversed(self.steps):\\n            x = step.forward(str(x))"
hint = "What can be done with a text?"
"""
TEXT = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

# Chains

```{code-cell}
:given: Times
```

```{code-cell}
:given: Step
```

```{code-cell}
:exercise: Chain
```

```{code-cell}
:check: Chain
print(Chain([Times(2), Times(3)]).forward(7))
```
"""
ALONE = "class Chain{bases}:\n    def __init__(self, steps):\n        {init}\n"
RIGHT = """
    def forward(self, x):
        for step in self.steps:
            x = step.forward(x)
        return x

    def backward(self, x):
        for step in self.steps[::-1]:
            x = step.forward(x)
        return x
"""


@pytest.fixture(scope="module")
def chains(write_course, tmp_path_factory):
    """A course with one class to write."""
    folder = tmp_path_factory.mktemp("chains")
    assignment = write_course(folder, SOLUTIONS, {"Chain": SUITE}, MISTAKES, TEXT)
    (folder / ".course-secret").write_text("the same inputs in every run of the tests")
    build(assignment)
    return assignment


@pytest.fixture(scope="module")
def examined(chains, launch, tmp_path_factory):
    """The tests of a chain that a student has written, by name."""
    path = tmp_path_factory.mktemp("in") / "toy.ipynb"
    with Grader(chains, launch, Limits()) as grader:

        def examine(source):
            notebook = nbformat.read(chains.release, as_version=4)
            for cell in notebook.cells:
                if grade_id(cell) == "Chain" and source:
                    cell.source = source
            nbformat.write(notebook, path)
            report = grader.grade(grader.read(path, "somebody"))
            return {test.id: test for test in report.exercise("Chain").tests}

        yield examine


def statuses(tests):
    return [test.status for test in tests.values()]


def test_stubs_have_the_heads_and_docstrings_of_all_methods(chains):
    notebook = nbformat.read(chains.release, as_version=4)
    (stub,) = [cell.source for cell in notebook.cells if grade_id(cell) == "Chain"]
    assert stub.count("raise NotImplementedError") == 3
    assert "reversed" not in stub
    assert "def forward(self, x):\n" in stub
    assert '"""What comes out of the last step."""' in stub


@pytest.mark.parametrize(
    ("bases", "init"),
    [("", "self.steps = steps"), ("(list)", "super().__init__(steps); self.steps = list(steps)")],
    ids=["plain", "a-list-itself"],
)
def test_a_right_class_passes(examined, bases, init):
    assert statuses(examined(ALONE.format(bases=bases, init=init) + RIGHT)) == ["passed"] * 3


def test_a_stub_is_not_written_yet(examined):
    tests = examined("")
    assert statuses(tests) == ["missing"] * 3
    assert tests["test_values"].message == "Chain is not written yet."


def test_a_method_that_is_a_stub_is_named(examined):
    half = ALONE.format(bases="", init="self.steps = steps")
    tests = examined(f"{half}\n    def forward(self, x):\n        raise NotImplementedError()\n")
    assert tests["test_values"].status == "missing"
    assert tests["test_values"].message == "Chain.forward is not written yet."


def test_a_known_mistake_is_named(examined):
    wrong = ALONE.format(bases="", init="self.steps = steps") + RIGHT
    tests = examined(wrong.replace("self.steps[::-1]", "self.steps"))
    assert tests["test_order"].mistake == "backward in forward order"
    assert statuses(tests) == ["passed", "failed", "passed"]


def test_a_mistake_is_named_by_what_a_function_of_the_test_says_to_it(examined):
    wrong = ALONE.format(bases="", init="self.steps = steps") + RIGHT
    before, _, after = wrong.rpartition("step.forward(x)")
    tests = examined(f"{before}step.forward(str(x)){after}")
    assert tests["test_order"].mistake == "hands on a text"
    assert "handed on '1.0' that could not be used" in tests["test_order"].message


def test_an_object_keeps_its_state_between_the_calls(examined):
    wrong = ALONE.format(bases="", init="self.steps = steps") + RIGHT
    turned = wrong.replace(
        "for step in self.steps[::-1]", "self.steps.reverse()\n        for step in self.steps"
    )
    assert examined(turned)["test_order"].mistake == "turns its own list round"


def test_an_exception_in_a_method_is_told_with_its_line(examined):
    wrong = ALONE.format(bases="", init="self.steps = steps") + RIGHT
    tests = examined(wrong.replace("return x", "return x + self.nothing"))
    assert tests["test_values"].status == "error"
    assert tests["test_values"].message == (
        "Chain.forward(x of shape (4,)) raised AttributeError, "
        "in your line “return x + self.nothing”."
    )


def test_a_missing_method_is_told(examined):
    tests = examined(ALONE.format(bases="", init="self.steps = steps"))
    assert tests["test_values"].status == "error"
    assert "Chain.forward(x of shape (4,))" in tests["test_values"].message
