"""Hidden tests of l2_penalty: the penalty and its gradient, each by itself."""

import numpy as np
import pytest

from autograder.suite import agree, points, unchanged

SHAPES = [(7,), (4, 3), (2, 3, 4, 5)]


@pytest.fixture
def cases(rng):
    """Weights of several shapes, each with a strength."""
    return [(2 * rng.standard_normal(shape), float(rng.uniform(0.2, 3))) for shape in SHAPES]


@points(0.5)
def test_penalty(student, cases):
    """gives the penalty for weights of any shape"""
    for W, lam in cases:
        penalty, _ = student.l2_penalty(W, lam)
        agree(penalty, lam / 2 * float(np.linalg.norm(W.ravel()) ** 2), "penalty")


@points(0.5)
def test_gradient(student, reference, cases):
    """gives the gradient of the penalty"""
    for W, lam in cases:
        _, gradient = student.l2_penalty(W, lam)
        agree(gradient, reference.l2_penalty(W, lam)[1], "gradient")


@points(0.25)
def test_no_penalty(student, cases):
    """gives 0, and a gradient of zeros in the shape of W, if lam is 0"""
    for W, _ in cases:
        agree(student.l2_penalty(W, 0.0), (0.0, np.zeros(W.shape)), "(penalty, gradient)")


@points(0.25)
def test_argument_unchanged(student, cases):
    """leaves W as it was"""
    W, lam = cases[1]
    agree(unchanged(student.l2_penalty, W, lam), (1.0, W), tol=np.inf)
