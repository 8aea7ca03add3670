"""Hidden tests of rank_and_width: every claim by itself, for this student's own numbers."""

import pytest

from autograder.suite import agree, entry, points


@pytest.fixture
def check(student, reference, student_id):
    """Compares one claim with the right one."""

    def compare(claim):
        numbers = reference.rank_and_width_numbers(student_id)
        claims = student.rank_and_width(numbers)
        agree(entry(claims, claim), reference.rank_and_width(numbers)[claim], claim)

    return compare


@points(1)
def test_max_rank(check):
    """knows the largest rank of W2 W1"""
    check("max_rank")


@points(0.5)
def test_min_null_dim(check):
    """knows the smallest dimension of the null space of W2 W1"""
    check("min_null_dim")


@points(0.5)
def test_params_two(check):
    """counts the parameters of two layers"""
    check("params_two")


@points(0.5)
def test_params_one(check):
    """counts the parameters of the single layer"""
    check("params_one")


@points(0.5)
def test_maps(check):
    """knows whether two layers represent more, the same or fewer maps"""
    check("maps")


@points(1)
def test_max_pieces(check):
    """knows the largest number of linear pieces"""
    check("max_pieces")
