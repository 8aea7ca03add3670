"""Hidden tests of normalize: along all kinds of axes, and the numbers that are hard on it."""

import numpy as np

from autograder.suite import agree, points, unchanged

ROUGH = 1e-4  # eps has a test of its own


@points(1.25)
def test_one_axis(student, reference, features):
    """normalises along one axis (here with eps = 0)"""
    for shape, axis in [((6, 4), 0), ((5, 7), 1), ((3, 6, 4), 1)]:
        x = features(*shape)
        xhat, _ = student.normalize(x, (axis,), 0.0)
        agree(xhat, reference.normalize(x, (axis,), 0.0)[0], "xhat", tol=ROUGH)


@points(1)
def test_several_axes(student, reference, features):
    """pools all entries of a slice along several axes, named in any order (here with eps = 0)"""
    for axes in [(0, 2, 3), (1, 2, 3), (3, 2), (0, 1)]:
        x = features(3, 4, 2, 5)
        xhat, _ = student.normalize(x, axes, 0.0)
        agree(xhat, reference.normalize(x, axes, 0.0)[0], "xhat", tol=ROUGH)


@points(0.25)
def test_negative_axes(student, reference, features):
    """counts negative axes from the end (here with eps = 0)"""
    for shape, axes in [((3, 4, 6), (-1,)), ((4, 3, 5, 2), (-2, -1)), ((4, 6), (-2,))]:
        x = features(*shape)
        xhat, _ = student.normalize(x, axes, 0.0)
        agree(xhat, reference.normalize(x, axes, 0.0)[0], "xhat", tol=ROUGH)


@points(1)
def test_eps(student, reference, features):
    """adds eps to the variance inside the square root, the default or the given eps"""
    x = 1e-3 * features(6, 5)
    xhat, _ = student.normalize(x, (0,))
    agree(xhat, reference.normalize(x, (0,))[0], "xhat")
    x = features(5, 6)
    for eps in (0.3, 0.1):
        xhat, _ = student.normalize(x, (1,), eps)
        agree(xhat, reference.normalize(x, (1,), eps)[0], "xhat")


@points(0.25)
def test_constant(student, rng, features):
    """turns constant slices into zeros (and the others not)"""
    x = features(5, 4)
    x[2] = rng.integers(2, 9)
    xhat, _ = student.normalize(x, (1,))
    agree(xhat, x, "xhat", tol=np.inf)  # shape, type and finiteness
    agree(xhat[2], np.zeros(4), "the constant slice")
    assert np.all(xhat[[0, 1, 3, 4]]), "xhat is 0 also where x varies."


@points(0.5)
def test_far_from_zero(student, reference, rng):
    """keeps its precision when the mean of a slice is far larger than its spread"""
    x = rng.standard_normal((7, 9)) + rng.uniform(5e6, 1e7, 9)
    xhat, _ = student.normalize(x, (0,), 0.1)
    agree(xhat, reference.normalize(x, (0,), 0.1)[0], "xhat", tol=1e-3)


@points(0.25)
def test_shift_and_scale(student, rng, features):
    """gives the same when a whole slice is shifted or scaled by a positive factor (with eps = 0)"""
    x = features(4, 5)
    shift, scale = rng.uniform(1, 3, (4, 1)), rng.uniform(2, 4, (4, 1))
    xhat, _ = student.normalize(x, (1,), 0.0)
    moved, _ = student.normalize(shift + scale * x, (1,), 0.0)
    agree(xhat, x, "xhat", tol=np.inf)  # shape, type and finiteness
    agree(moved, xhat, "xhat of the shifted and scaled slices", tol=ROUGH)
    assert np.any(xhat), "xhat is all 0."


@points(0.5)
def test_argument_unchanged(student, features, balanced):
    """leaves x as it was"""
    unchanged(student.normalize, features(3, 4, 5), (0, 2), may_raise=True)
    # One row, already normalised: mistakes that lose other points hardly show here.
    x = balanced(1, 8)
    xhat, _ = student.normalize(x, (1,), 0.0)
    agree(xhat, x, "xhat", tol=np.inf)
    length = np.linalg.norm(xhat) or 1.0
    agree(xhat / length, x / np.linalg.norm(x), "xhat, up to a factor,")
