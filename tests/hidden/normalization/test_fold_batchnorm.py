"""Hidden tests of fold_batchnorm: weights and bias apart, and the two layers as the oracle."""

import numpy as np
import pytest

from autograder.suite import agree, agrees, fail, points, unchanged


@pytest.fixture
def layers(rng):
    """W, b, gamma, beta, mean and var of 6 inputs and 4 outputs."""
    W, b, beta, mean = (rng.standard_normal(shape) for shape in [(4, 6), 4, 4, 4])
    gamma = rng.permutation([-0.6, 0.7, 1.4, 2.0])
    return W, b, gamma, beta, mean, rng.uniform(0.5, 2, 4) ** 2


@points(0.5)
def test_weights(student, reference, layers):
    """scales the rows of W (here with eps = 0)"""
    W, _ = student.fold_batchnorm(*layers, 0.0)
    agree(W, reference.fold_batchnorm(*layers, 0.0)[0], "W_folded")


@points(0.5)
def test_bias(student, reference, layers):
    """moves b, the running mean and beta into the bias (here with eps = 0)"""
    _, b = student.fold_batchnorm(*layers, 0.0)
    agree(b, reference.fold_batchnorm(*layers, 0.0)[1], "b_folded")


@points(0.25)
def test_no_bias(student, layers):
    """gives the folded layer a bias even if b is 0 (here with eps = 0)"""
    W, b, gamma, beta, mean, var = layers
    _, folded = student.fold_batchnorm(W, 0 * b, gamma, beta, mean, var, 0.0)
    agree(folded, beta - gamma * mean / np.sqrt(var), "b_folded")


@points(0.25)
def test_eps(student, reference, layers):
    """adds eps to the variance inside the square root"""
    W, b = student.fold_batchnorm(*layers, 0.7)
    agree(W, reference.fold_batchnorm(*layers, 0.7)[0], "W_folded")
    agree(b, reference.fold_batchnorm(*layers, 0.7)[1], "b_folded")


@points(0.25)
def test_same_outputs(student, layers, rng):
    """gives the outputs of the two layers (here with a tiny eps)"""
    W, b, gamma, beta, mean, var = layers
    x = rng.standard_normal((5, 6))
    W_folded, b_folded = student.fold_batchnorm(*layers, 1e-12)
    agree((W_folded, b_folded), (W, b), "(W_folded, b_folded)", tol=np.inf)  # shapes and types
    z = x @ W.T + b
    expected = gamma * (z - mean) / np.sqrt(var + 1e-12) + beta
    agree(x @ W_folded.T + b_folded, expected, "the output of the folded layer")


@points(0.25)
def test_arguments_unchanged(student, layers, rng):
    """leaves both layers as they were"""
    unchanged(student.fold_batchnorm, *layers, 0.25, may_raise=True)
    # Nothing to normalise: mistakes that lose other points hardly show here.
    W, b = rng.standard_normal((3, 3)), rng.standard_normal(3)
    one, zero = np.ones(3), np.zeros(3)
    answer = student.fold_batchnorm(W, b, one, zero, zero, one, 0.0)
    if not any(agrees(mine, right) for mine in answer for right in (W, b)):
        fail("a batch normalisation that does nothing changes both W and b.")
