"""Hidden tests of softmax."""

import numpy as np
import pytest

from autograder.suite import agree, points, unchanged


def expected(z, axis=-1):
    """The weights of logits of moderate size."""
    e = np.exp(z)
    return e / e.sum(axis=axis, keepdims=True)


@points(0.75)
def test_values(student, draw):
    """gives the weights along the last axis, for any number of axes"""
    for z in draw((4, 5), (6,), (2, 4, 3), (3, 1, 2, 4), (5, 1)):
        agree(student.softmax(z), expected(z))


@points(0.25)
@pytest.mark.parametrize("axes", [2, 3])
def test_axis(student, draw, axes):
    """normalises along the axis that it is told to"""
    for axis in range(-axes, axes):
        (z,) = draw((5, 3, 4)[:axes])
        agree(student.softmax(z, axis), expected(z, axis), f"the result along axis {axis}")


@points(0.25)
def test_large(student, rng, draw):
    """gives exact weights for logits that are all large, or all far below 0"""
    for shift in rng.uniform([1000, -5000], [3000, -2000]):
        (z,) = draw((4, 5))
        agree(student.softmax(z + shift), expected(z + shift - shift))
    (z,) = draw((3, 6))
    steep = 1e5 * z
    below = np.maximum(steep - steep.max(axis=-1, keepdims=True), -700)
    agree(student.softmax(steep), expected(below))


@points(0.25)
def test_small_weights(student, rng):
    """gives exact weights where they are small, each by itself"""
    z = rng.permuted([[0.0, -10, -25, -40], [1, -6, -18, -30]], axis=1) + rng.uniform(-1, 1, (2, 4))
    found = student.softmax(z)
    agree(found, z, tol=np.inf)
    agree(found / expected(z), np.ones((2, 4)), "the result, in units of the right weights,")


@points(0.25)
def test_slices_far_apart(student, rng, draw):
    """gives exact weights where one slice is large and another is small"""
    (z,) = draw((4, 5))
    shifts = rng.permutation([-3000.0, 0.0, 800.0, 2500.0])[:, None]
    agree(student.softmax(z + shifts), expected(z + shifts - shifts))
    agree(student.softmax((z + shifts).T, 0), expected(z + shifts - shifts).T)


@points(0.25)
def test_minus_infinity(student, draw, some):
    """gives a logit of -inf the weight 0, also beside logits far below 0"""
    (z,) = draw((4, 6))
    allowed = some(4, 6)
    right = expected(np.where(allowed, z, -np.inf))
    for shift in (0.0, -1e5):
        masked = np.where(allowed, z + shift, -np.inf)
        agree(student.softmax(masked), right)
        agree(student.softmax(masked.T, 0), right.T, "the result along axis 0")


@points(0.25)
def test_argument_unchanged(student, draw):
    """leaves z as it was"""
    agree(unchanged(student.softmax, np.array([0.7, 0.7])), np.array([0.5, 0.5]))
    unchanged(student.softmax, *draw((3, 4)), may_raise=True)
