"""Hidden tests of layernorm_forward: rows, sequences, and what it must not depend on."""

import numpy as np
import pytest

from autograder.suite import agree, points

ROUGH = 1e-4  # eps has a test of its own


@pytest.fixture
def plain(student, reference, draw):
    """Compares out with the reference's, for gamma = 1 and beta = 0."""

    def check(shape, tol, *eps, scale=1.0):
        x, one, zero = scale * draw(shape, 1)[0], np.ones(shape[-1]), np.zeros(shape[-1])
        out, _ = student.layernorm_forward(x, one, zero, *eps)
        agree(out, reference.layernorm_forward(x, one, zero, *eps)[0], "out", tol=tol)

    return check


@points(0.75)
def test_rows(plain):
    """normalises every row by itself (gamma = 1, beta = 0, eps = 0)"""
    plain((4, 6), ROUGH, 0.0)
    plain((1, 5), ROUGH, 0.0)


@points(0.75)
def test_sequences(plain):
    """normalises the last axis only, also of sequences and of more axes (with eps = 0)"""
    plain((3, 4, 6), ROUGH, 0.0)
    plain((2, 3, 4, 5), ROUGH, 0.0)


@points(0.5)
def test_affine(student, check_affine):
    """scales by gamma and shifts by beta, feature by feature"""
    check_affine(student.layernorm_forward, (5, 4), 4)
    check_affine(student.layernorm_forward, (3, 2, 5), 5)


@points(0.25)
def test_eps(plain):
    """adds eps to the variance inside the square root, the given eps or the default"""
    plain((4, 6), 1e-6, 0.3)
    plain((3, 5), 1e-6, scale=1e-3)


@points(0.25)
def test_batch_mates(student, check_mates):
    """gives an example in a batch the output that it has alone"""
    check_mates(student.layernorm_forward, (5, 4), 4)
    check_mates(student.layernorm_forward, (4, 3, 6), 6)


@points(0.5)
def test_arguments_unchanged(student, check_unchanged):
    """leaves x, gamma and beta as they were"""
    check_unchanged(student.layernorm_forward, (5, 4), 4)
    check_unchanged(student.layernorm_forward, (3, 2, 6), 6)
