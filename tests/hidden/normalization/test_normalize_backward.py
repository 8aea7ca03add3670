"""Hidden tests of normalize_backward: values, and what the gradient must not contain."""

import numpy as np
import pytest

from autograder.suite import agree, agrees, fail, points, unchanged


@pytest.fixture
def check(student, reference, rng, features):
    """Compares dx with the reference's, on a random x of this shape."""

    def compare(shape, axes, eps):
        x, dxhat = features(*shape), rng.standard_normal(shape)
        _, cache = student.normalize(x, axes, eps)
        dx = student.normalize_backward(dxhat, cache)
        agree(dx, reference.normalize_backward(dxhat, reference.normalize(x, axes, eps)[1]), "dx")

    return compare


def alive(dx, x):
    """Hand dx on if it is an array of the right form, and not all zeros."""
    agree(dx, x, "dx", tol=np.inf)  # shape, type and finiteness
    if not np.any(np.abs(dx) > 1e-9):
        fail("dx is all 0.")
    return dx


def gives_gradient(student, reference, rng):
    """Slices of 1 and -1, and a dxhat that changes neither mean nor spread: an easy case."""
    x = np.array([[1.0, 1.0, -1.0, -1.0]])
    dxhat = rng.uniform(1, 2) * np.array([[1.0, -1.0, 1.0, -1.0]])
    _, cache = student.normalize(x, (1,), 0.0)
    dx = alive(student.normalize_backward(dxhat, cache), x)
    agree(dx / np.linalg.norm(dx), dxhat / np.linalg.norm(dxhat), "dx, up to a factor,")


@points(1.5)
def test_one_axis(check):
    """gives dx along one axis when eps is 0"""
    # So that an eps in the wrong place of the forward function costs no gradient but the next.
    check((6, 4), (0,), 0.0)
    check((5, 7), (1,), 0.0)
    check((3, 6, 4), (-2,), 0.0)


@points(1.5)
def test_several_axes(check):
    """gives dx along several axes when eps is 0"""
    check((3, 4, 2, 5), (0, 2, 3), 0.0)
    check((4, 3, 5, 2), (1, 3), 0.0)
    check((2, 3, 4), (-1, -2), 0.0)


@points(1.5)
def test_large_eps(check):
    """gives dx when eps is as large as the variances"""
    check((4, 6), (1,), 2.0)
    check((3, 4, 2, 5), (0, 2, 3), 4.0)


@points(0.75)
def test_shift(student, rng, features):
    """gives entries that add up to 0 in every slice"""
    x, dxhat = features(5, 3, 4), 1 + rng.standard_normal((5, 3, 4))
    _, cache = student.normalize(x, (0, 2), 0.1)
    dx = alive(student.normalize_backward(dxhat, cache), x)
    total = dx.sum(axis=(0, 2)) / np.abs(dx).max()
    agree(total, np.zeros(3), "the sum over each slice (relative to the largest entry)")


@points(0.75)
def test_scale(student, rng, features):
    """gives dx perpendicular to x in every slice when eps is 0"""
    x, dxhat = features(4, 6), rng.standard_normal((4, 6))
    dxhat += np.sign(x - x.mean(axis=1, keepdims=True))
    _, cache = student.normalize(x, (1,), 0.0)
    dx = alive(student.normalize_backward(dxhat, cache), x)
    centred = x - x.mean(axis=1, keepdims=True)
    along = (dx * centred).sum(axis=1) / np.abs(dx).max()
    agree(along, np.zeros(4), "the sum of dx * (x - mean) over each slice", tol=1e-4)


@points(0.75)
def test_own_cache(student, reference, rng, features):
    """goes by the cache that it is given, also when another forward pass came in between"""
    x, y, dxhat = features(5, 4), features(5, 4), rng.standard_normal((5, 4))
    _, cache = student.normalize(x, (0,))
    _, other = student.normalize(y, (0,))
    late = student.normalize_backward(dxhat, cache)
    later = student.normalize_backward(dxhat, other)
    _, fresh = student.normalize(x, (0,))
    agree(late, x, "dx", tol=np.inf)
    # Beside the student's own answer: wrong gradients have cost their points already.
    agree(late, student.normalize_backward(dxhat, fresh), "dx")
    gives_gradient(student, reference, rng)
    if agrees(later, late):
        fail("two caches of different x give the same dx.")


@points(0.75)
def test_cache_unchanged(student, reference, rng, features):
    """gives the same answer when it is called a second time with the same cache"""
    x, dxhat = features(3, 5), rng.standard_normal((3, 5))
    _, cache = student.normalize(x, (1,))
    first = student.normalize_backward(dxhat, cache)
    agree(first, x, "dx", tol=np.inf)
    agree(student.normalize_backward(dxhat, cache), first, "the second answer")
    gives_gradient(student, reference, rng)


@points(0.5)
def test_dxhat_unchanged(student, reference, rng, features):
    """leaves dxhat as it was"""
    x, dxhat = features(3, 4, 5), rng.standard_normal((3, 4, 5))
    _, cache = student.normalize(x, (0, 2))
    unchanged(student.normalize_backward, dxhat, cache)
    gives_gradient(student, reference, rng)
