"""Hidden tests of instancenorm_forward: every channel of every example by itself."""

import numpy as np
import pytest

from autograder.suite import agree, points

ROUGH = 1e-4  # eps has a test of its own
SHAPE = (3, 4, 5, 2)


@pytest.fixture
def plain(student, draw):
    """Compares out with the normalised values, for gamma = 1 and beta = 0."""

    def check(shape, tol, *eps, scale=1.0):
        x, one, zero = scale * draw(shape, 1)[0], np.ones(shape[1]), np.zeros(shape[1])
        out, _ = student.instancenorm_forward(x, one, zero, *eps)
        centred = x - x.mean(axis=(2, 3), keepdims=True)
        var = (centred**2).mean(axis=(2, 3), keepdims=True)
        added = eps[0] if eps else 1e-5
        agree(out, centred / np.sqrt(var + added), "out", tol=tol)

    return check


@points(0.75)
def test_positions(plain):
    """normalises each channel of each example over its positions (gamma = 1, beta = 0, eps = 0)"""
    plain(SHAPE, ROUGH, 0.0)
    plain((1, 3, 2, 4), ROUGH, 0.0)


@points(0.5)
def test_affine(student, check_affine):
    """scales by gamma and shifts by beta, channel by channel"""
    check_affine(student.instancenorm_forward, SHAPE, 4)


@points(0.25)
def test_eps(plain):
    """adds eps to the variance inside the square root, the given eps or the default"""
    plain(SHAPE, 1e-6, 0.3)
    plain(SHAPE, 1e-6, scale=1e-3)


@points(0.25)
def test_batch_mates(student, check_mates):
    """gives an example in a batch the output that it has alone"""
    check_mates(student.instancenorm_forward, SHAPE, 4)


@points(0.25)
def test_arguments_unchanged(student, check_unchanged):
    """leaves x, gamma and beta as they were"""
    check_unchanged(student.instancenorm_forward, SHAPE, 4)
