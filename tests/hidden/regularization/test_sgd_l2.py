"""Hidden tests of sgd_l2."""

import numpy as np
import pytest

from autograder.suite import agree, agrees, fail, points, unchanged


@pytest.fixture
def cases(rng):
    """Weights and gradients of several shapes, a learning rate and a strength."""
    shapes = [(6,), (5, 3), (2, 3, 4)]
    return [
        (rng.standard_normal(shape), rng.standard_normal(shape), *rng.uniform(0.1, 0.9, 2).tolist())
        for shape in shapes
    ]


@points(0.5)
def test_step(student, reference, cases):
    """makes one step down the gradient of the loss with its penalty"""
    for w, g, lr, lam in cases:
        agree(student.sgd_l2(w, g, lr, lam), reference.sgd_l2(w, g, lr, lam), "new_w")
        agree(student.sgd_l2(w, g, lr, 0.0), w - lr * g, "new_w for lam = 0")


@points(0.25)
def test_decay(student, cases):
    """multiplies the weights by 1 - lr * lam where the loss has no gradient"""
    for w, g, lr, lam in cases:
        agree(student.sgd_l2(w, 0 * g, lr, lam), (1 - lr * lam) * w, "new_w for g = 0")
        agree(student.sgd_l2(w, 0 * g, 1.5, 1.4), -1.1 * w, "new_w for g = 0, lr * lam = 2.1")


@points(0.25)
def test_arguments_unchanged(student, cases):
    """leaves w and g as they were"""
    for w, g, lr, lam in cases:
        new_w = unchanged(student.sgd_l2, w, g, lr, lam)
        agree(new_w, w, "new_w", tol=np.inf)
        if agrees(new_w, w):
            fail("new_w is w: no step was made.")
