"""Hidden tests of depth_and_variance: every claim by itself, for this student's own numbers."""

import pytest

from autograder.suite import agree, entry, points


@pytest.fixture
def claims(student, reference, student_id):
    """One claim of the student's, and the right one."""

    def both(claim):
        numbers = reference.depth_and_variance_numbers(student_id)
        answer = entry(student.depth_and_variance(numbers), claim)
        return answer, reference.depth_and_variance(numbers)[claim]

    return both


@points(1)
def test_q_L(claims):
    """knows the second moment at the end of the deep network"""
    agree(*claims("q_L"), '"q_L"', tol=0.01)


@points(1)
def test_depth_to_1e6(claims):
    """knows after how many layers the signal has left the range"""
    agree(*claims("depth_to_1e6"), '"depth_to_1e6"')


@points(1)
def test_var_w_stable(claims):
    """knows the variance of the weights that keeps the signal"""
    agree(*claims("var_w_stable"), '"var_w_stable"', tol=0.01)


@points(1)
def test_bwd_var_w(claims):
    """knows the variance of the weights that keeps the gradient"""
    agree(*claims("bwd_var_w"), '"bwd_var_w"', tol=0.01)
