"""Who sits the exam in these tests: the reference or a text, in this process."""

import pytest

from autograder.solutions import functions, load
from autograder.suite.players import InProcess
from autograder.suite.plugin import Sitting, reference_of
from autograder.suite.student import Student


@pytest.fixture
def sits():
    """The text of a module sits the exam, or the reference does."""

    def sit(assignment, text=None, seed="5eed"):
        module = load(text, "own") if text is not None else reference_of(assignment)
        return Sitting(InProcess(module), "somebody", seed)

    return sit


@pytest.fixture
def taking():
    """The functions of an assignment as a hidden test calls them."""

    def take(assignment):
        reference = reference_of(assignment)
        return Student(InProcess(reference), reference, functions(assignment.solutions))

    return take
