"""Hidden tests of groupnorm_forward: groups between its two limits, and the limits."""

import numpy as np
import pytest

from autograder.suite import agree, points, refuses

ROUGH = 1e-4  # eps has a test of its own
SHAPE = (2, 6, 3, 4)


@pytest.fixture
def plain(student, draw):
    """Compares out with the normalised values, for gamma = 1 and beta = 0."""

    def check(shape, groups, axes, tol, *eps, scale=1.0):
        x, one, zero = scale * draw(shape, 1)[0], np.ones(shape[1]), np.zeros(shape[1])
        out, _ = student.groupnorm_forward(x, one, zero, groups, *eps)
        grouped = x.reshape(shape[0], groups, -1, *shape[2:]) if len(axes) == 3 else x
        centred = grouped - grouped.mean(axis=axes, keepdims=True)
        var = (centred**2).mean(axis=axes, keepdims=True)
        added = eps[0] if eps else 1e-5
        agree(out, (centred / np.sqrt(var + added)).reshape(shape), "out", tol=tol)

    return check


@points(0.75)
def test_groups(plain):
    """pools the consecutive channels of a group and all positions (gamma = 1, beta = 0, eps = 0)"""
    plain(SHAPE, 3, (2, 3, 4), ROUGH, 0.0)
    plain((3, 8, 5, 2), 2, (2, 3, 4), ROUGH, 0.0)


@points(0.25)
def test_one_group(plain):
    """pools all channels of an example when there is one group (with eps = 0)"""
    plain(SHAPE, 1, (2, 3, 4), ROUGH, 0.0)


@points(0.25)
def test_single_channels(plain):
    """pools no channels when there are as many groups as channels: instance norm (with eps = 0)"""
    plain(SHAPE, 6, (2, 3), ROUGH, 0.0)


@points(0.5)
def test_affine(student, check_affine):
    """scales by gamma and shifts by beta, channel by channel"""
    check_affine(student.groupnorm_forward, SHAPE, 6, 3)


@points(0.25)
def test_eps(plain):
    """adds eps to the variance inside the square root, the given eps or the default"""
    plain(SHAPE, 3, (2, 3, 4), 1e-6, 0.3)
    plain(SHAPE, 2, (2, 3, 4), 1e-6, scale=1e-3)


@points(0.25)
def test_batch_mates(student, check_mates):
    """gives an example in a batch the output that it has alone"""
    check_mates(student.groupnorm_forward, (4, 6, 3, 2), 6, 3)


@points(0.25)
def test_refuses(student, draw):
    """raises a ValueError if the channels cannot be cut into that many groups (and only then)"""
    x, gamma, beta = draw(SHAPE, 6)
    refuses(ValueError, student.groupnorm_forward, x, gamma, beta, 4)
    out, _ = student.groupnorm_forward(x, gamma, beta, 3)
    agree(out, x, "out", tol=np.inf)  # shape, type and finiteness
    x, gamma, beta = draw((4, 9, 2, 3), 9)
    refuses(ValueError, student.groupnorm_forward, x, gamma, beta, 6)
    refuses(ValueError, student.groupnorm_forward, x, gamma, beta, 18)


@points(0.5)
def test_arguments_unchanged(student, check_unchanged):
    """leaves x, gamma and beta as they were"""
    check_unchanged(student.groupnorm_forward, SHAPE, 6, 3)
