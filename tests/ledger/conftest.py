"""A ledger of its own for every test, and reports to put into it."""

import pytest

from autograder.ledger import Ledger
from autograder.report import ExerciseReport, GradeReport, TestReport

PLAIN = {"student": "ada", "assignment": "toy", "submission": "a1", "suite": "b2", "seed": "c3"}


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/ledger.db"


@pytest.fixture
def ledger(url):
    return Ledger(url)


@pytest.fixture(scope="session")
def report_of():
    """A report with one exercise of so many points, and these fields."""

    def make(points=1.0, **fields):
        test = TestReport("test_sum", "adds", 2.0, points, "passed")
        return GradeReport(**{**PLAIN, "exercises": (ExerciseReport("add", (test,)),), **fields})

    return make
