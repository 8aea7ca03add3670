"""Hidden tests of softmax_backward."""

import numpy as np
import pytest

from autograder.suite import agree, fail, points, unchanged


@pytest.fixture
def weights(draw):
    """Draws dp, and positive weights that sum to 1 along an axis."""

    def case(shape, axis=-1):
        z, dp = draw(shape, shape)
        p = np.exp(z)
        return dp, p / p.sum(axis=axis, keepdims=True)

    return case


def expected(dp, p, axis=-1):
    """Slice by slice, with the whole Jacobian."""
    dp, p = np.moveaxis(dp, axis, -1), np.moveaxis(p, axis, -1)
    jacobian = p[..., :, None] * (np.eye(p.shape[-1]) - p[..., None, :])
    return np.moveaxis(np.einsum("...ij,...i->...j", jacobian, dp), -1, axis)


@points(0.75)
def test_last_axis(student, weights):
    """gives the gradient along the last axis, for any number of axes"""
    for shape in [(4, 5), (6,), (2, 4, 3)]:
        dp, p = weights(shape)
        agree(student.softmax_backward(dp, p), expected(dp, p), "dz")


@points(0.75)
def test_other_axes(student, weights):
    """gives it along the axis that it is told to"""
    for shape, axis in [((4, 5), 0), ((2, 4, 3), 1), ((3, 2, 4), -3)]:
        dp, p = weights(shape, axis)
        agree(student.softmax_backward(dp, p, axis), expected(dp, p, axis), f"dz along axis {axis}")


@points(0.25)
def test_large(student, weights):
    """is exact for large dp: the same number added to all entries of dp changes nothing"""
    dp, p = weights((5, 4))
    right = expected(dp, p)
    agree(student.softmax_backward(dp + 1e6, p), right, "dz for dp + 1e6", tol=1e-5)
    agree(student.softmax_backward(1e4 * dp, p), 1e4 * right, "dz for 1e4 dp")


@points(0.5)
def test_zeros_and_ones(student, weights):
    """gives finite gradients for weights that are 0 or 1"""
    dp, p = weights((5, 4))
    p[0] = np.eye(4)[2]
    p[1:3, 1] = 0.0
    p[1:3] /= p[1:3].sum(axis=-1, keepdims=True)
    agree(student.softmax_backward(dp, p), expected(dp, p), "dz")


@points(0.25)
def test_arguments_unchanged(student, weights):
    """leaves dp and p as they were"""
    dz = unchanged(student.softmax_backward, np.array([1.0, -1.0]), np.array([0.5, 0.5]))
    agree(dz, np.zeros(2), "dz", tol=np.inf)
    if not dz.any():
        fail("dz is 0 where it should not be.")
    unchanged(student.softmax_backward, *weights((4, 3)), may_raise=True)
