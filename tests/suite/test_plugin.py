"""Plain pytest runs a hidden suite against the reference."""

import pytest

from autograder.suite import points

SOLUTIONS = '''
def double(x):
    """Double."""
    return 2 * x
'''
SUITE = '''
import pytest
from autograder.suite import agree, points

@points(2)
def test_value(student, reference, rng, student_id):
    """doubles"""
    assert student_id == "reference"
    x = rng.standard_normal(3)
    agree(student.double(x), reference.double(x), "y")

@points(1)
@pytest.mark.parametrize("x", [1, 2])
def test_case(student, x):
    """doubles ints"""
    agree(student.double(x), FACTOR * x)
'''
PLAIN = ["-p", "autograder.suite.plugin", "--import-mode=importlib", "-p", "no:cacheprovider"]

pytest_plugins = ["pytester"]


@pytest.fixture
def plain(course, pytester):
    """Run pytest in a process of its own, as an instructor would."""

    def run(factor, *arguments):
        assignment = course(SOLUTIONS, {"double": SUITE.replace("FACTOR", factor)})
        (assignment.course.root / "pytest.ini").write_text("[pytest]\nmarkers = points\n")
        return pytester.runpytest_subprocess(*PLAIN, *arguments, str(assignment.hidden))

    return run


def test_the_reference_sits_the_exam(plain):
    plain("2").assert_outcomes(passed=3)


def test_a_wrong_suite_fails_with_the_students_message(plain):
    result = plain("3")
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(["*Mismatch: the result is 2, expected 3."])


def test_points_are_a_mark():
    assert points(1.5).mark == pytest.mark.points(1.5).mark
