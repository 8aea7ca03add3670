"""Hidden tests of dropout_strength: every claim by itself, for this student's own numbers."""

import numpy as np
import pytest

from autograder.suite import agree, entry, points


@pytest.fixture
def claims(student, reference, student_id):
    """The student's claims, with their numbers."""
    numbers = reference.dropout_strength_numbers(student_id)
    return student.dropout_strength(numbers), numbers


@points(1)
def test_noise_var(claims):
    """knows the variance of an activation after dropout"""
    mine, numbers = claims
    values = np.array([0.0, numbers["activation"] / numbers["keep"]])
    chance = np.array([1 - numbers["keep"], numbers["keep"]])
    right = float(chance @ (values - chance @ values) ** 2)
    agree(entry(mine, "noise_var"), right, '"noise_var"', tol=0.01)


@points(1)
def test_supported_formula(claims, reference):
    """knows what the penalty of dropout is proportional to"""
    mine, numbers = claims
    right = reference.dropout_strength(numbers)["supported_formula"]
    agree(entry(mine, "supported_formula"), right, '"supported_formula"')


@points(1)
def test_best_keep(claims):
    """chooses keep from the runs"""
    mine, numbers = claims
    keep, _, val = np.array(numbers["runs"]).T
    agree(entry(mine, "best_keep"), float(keep[np.argmin(val)]), '"best_keep"')


@points(1)
def test_is_probability(claims):
    """knows whether the formula gives a probability for these numbers"""
    mine, numbers = claims
    value = numbers["factor"] * np.log(numbers["capacity"] / numbers["data"])
    agree(entry(mine, "is_probability"), bool(0 <= value <= 1), '"is_probability"')
