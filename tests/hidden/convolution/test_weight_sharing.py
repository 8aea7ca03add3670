"""Hidden tests of weight_sharing: every claim by itself, for this student's own numbers."""

import pytest

from autograder.suite import agree, entry, points


@pytest.fixture
def check(student, reference, student_id):
    """Compares one claim with the right one."""

    def compare(claim):
        numbers = reference.weight_sharing_numbers(student_id)
        claims = student.weight_sharing(numbers)
        agree(entry(claims, claim), reference.weight_sharing(numbers)[claim], claim)

    return compare


@points(0.75)
def test_params_fc(check):
    """counts the parameters of the fully connected layer"""
    check("params_fc")


@points(0.75)
def test_params_local(check):
    """counts the parameters of the locally connected layer"""
    check("params_local")


@points(0.75)
def test_params_conv(check):
    """counts the parameters of the convolution"""
    check("params_conv")


@points(1)
def test_variance_ratio(check):
    """knows how much sharing lowers the variance of an estimated tap"""
    check("variance_ratio")


@points(0.75)
def test_assumption(check):
    """knows what has to hold for sharing to cost nothing"""
    check("assumption")
