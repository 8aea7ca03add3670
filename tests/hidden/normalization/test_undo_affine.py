"""Hidden tests of undo_affine: scale and shift apart, and the way there and back."""

import numpy as np
import pytest

from autograder.suite import agree, agrees, fail, points, unchanged


@pytest.fixture
def statistics(rng):
    """Means and variances of some features."""
    return rng.standard_normal(5), rng.uniform(0.3, 3, 5) ** 2


@points(0.5)
def test_gamma(student, statistics):
    """finds gamma (here with eps = 0)"""
    gamma, _ = student.undo_affine(*statistics, 0.0)
    agree(gamma, np.sqrt(statistics[1]), "gamma")


@points(0.5)
def test_beta(student, statistics):
    """finds beta, whatever eps is"""
    _, beta = student.undo_affine(*statistics, 0.0)
    agree(beta, statistics[0], "beta")
    _, beta = student.undo_affine(*statistics, 0.5)
    agree(beta, statistics[0], "beta")


@points(0.5)
def test_eps(student, statistics, rng):
    """takes eps into account, also a large one, and a variance of 0"""
    mean, var = statistics
    var[2] = 0
    eps = rng.uniform(0.5, 2)
    gamma, _ = student.undo_affine(mean, var, eps)
    agree(gamma, np.sqrt(var + eps), "gamma")


@points(0.25)
def test_way_back(student, statistics, rng):
    """turns normalised values into what they were (here with a tiny eps)"""
    mean, var = statistics
    x = rng.standard_normal((4, 5))
    gamma, beta = student.undo_affine(mean, var, 1e-12)
    agree((gamma, beta), (var, mean), "(gamma, beta)", tol=np.inf)  # shapes and types
    agree(gamma * (x - mean) / np.sqrt(var + 1e-12) + beta, x, "the way there and back")


@points(0.25)
def test_arguments_unchanged(student, statistics):
    """leaves mean and var as they were"""
    unchanged(student.undo_affine, *statistics, 0.25, may_raise=True)
    gamma, beta = student.undo_affine(np.ones(3), np.ones(3), 0.0)
    if not (agrees(gamma, np.ones(3)) or agrees(beta, np.ones(3))):
        fail("neither gamma nor beta is 1 where the mean and the variance are.")
