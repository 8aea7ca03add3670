"""Hidden tests of skips_and_paths: every claim by itself, for this student's own numbers."""

import numpy as np
import pytest

from autograder.suite import agree, entry, fail, points

LARGEST, SINGULAR = 10, 1e-6


@pytest.fixture
def numbers(reference, student_id):
    """What this student is asked about."""
    return reference.skips_and_paths_numbers(student_id)


@points(1)
def test_paths(claim):
    """counts the paths"""
    agree(*claim("paths"), '"paths"', tol=0)


@points(1)
def test_p_len_le_k(claim):
    """knows the share of the short paths"""
    agree(*claim("p_len_le_k"), '"p_len_le_k"', tol=1e-3)


@points(1)
def test_growth(claim):
    """knows how the squared norm of the gradient grows"""
    agree(*claim("growth"), '"growth"', tol=1e-2)


@points(1)
def test_counterexample_J(student, numbers):
    """finds a block that loses a direction in spite of its skip"""
    n, what = int(numbers["n"]), '"counterexample_J"'
    J = entry(student.skips_and_paths(numbers), "counterexample_J")
    if not isinstance(J, np.ndarray):
        agree(J, [[0.0] * n] * n, what, tol=np.inf)
    J = np.array(J)
    agree(J, np.zeros((n, n)), what, tol=np.inf)
    if np.abs(J).max() > LARGEST:
        fail(f"{what} has entries beyond {LARGEST}.")
    smallest = np.linalg.svd(np.eye(n) + J, compute_uv=False)[-1]
    if smallest > SINGULAR:
        fail(f"{what}: the smallest singular value of I + J is {smallest:.3g}, not 0.")
