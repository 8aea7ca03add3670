"""Hidden tests of merge_linear: weights and bias apart, and the two layers as the oracle."""

import numpy as np
import pytest

from autograder.suite import agree, agrees, fail, points, unchanged


@pytest.fixture
def layers(rng):
    """W1, b1, W2 and b2 of 5 -> 3 -> 4."""
    W1, b1, W2, b2 = (rng.standard_normal(shape) for shape in [(3, 5), (3,), (4, 3), (4,)])
    b1[:2] = 1, -1  # so that an activation between the layers would show
    return W1, b1, W2, b2


@points(0.75)
def test_weights(student, reference, layers):
    """merges the weights"""
    W, _ = student.merge_linear(*layers)
    agree(W, reference.merge_linear(*layers)[0], "W")


@points(0.75)
def test_bias(student, reference, layers):
    """merges the biases"""
    _, b = student.merge_linear(*layers)
    agree(b, reference.merge_linear(*layers)[1], "b")


@points(0.25)
def test_same_outputs(student, reference, layers, rng):
    """gives the outputs of the two layers, through no more dimensions than their narrowest"""
    W1, b1, W2, b2 = layers
    x = rng.standard_normal((6, 5))
    W, b = student.merge_linear(*layers)
    agree((W, b), reference.merge_linear(*layers), "(W, b)", tol=np.inf)  # shapes and types
    agree(x @ W.T + b, (x @ W1.T + b1) @ W2.T + b2, "the output of the merged layer")
    agree(int(np.linalg.matrix_rank(W)), 3, "the rank of W")


@points(0.25)
def test_arguments_unchanged(student, reference, layers, rng):
    """leaves the weights and biases of both layers as they were"""
    unchanged(student.merge_linear, *layers, may_raise=True)
    # One of the two will do, wherever it stands: what is wrong otherwise has cost its own points.
    square = [rng.standard_normal(shape) for shape in [(3, 3), (3,), (3, 3), (3,)]]
    W, b = student.merge_linear(*square)
    expected = reference.merge_linear(*square)
    if not any(agrees(mine, right) for mine in (W, b) for right in expected):
        fail("neither the weights nor the biases of two square layers are merged.")
