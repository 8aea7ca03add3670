"""Hidden tests of linear_backward: each gradient by itself, on rows and on images."""

import numpy as np
import pytest

from autograder.suite import agree, agrees, fail, points, unchanged


@pytest.fixture
def rows(rng):
    """x, W, b and dout for a batch of rows."""
    return [rng.standard_normal(shape) for shape in [(5, 4), (6, 4), (6,), (5, 6)]]


@pytest.fixture
def images(rng):
    """x, W, b and dout for a batch of images."""
    return [rng.standard_normal(shape) for shape in [(4, 3, 2, 5), (7, 30), (7,), (4, 7)]]


def check(gradient, student, reference, x, W, b, dout):
    """Compare one of the three gradients with the reference's."""
    _, cache = student.linear_forward(x, W, b)
    dx, dW, db = student.linear_backward(dout, cache)
    expected = reference.linear_backward(dout, reference.linear_forward(x, W, b)[1])
    position = ["dx", "dW", "db"].index(gradient)
    agree((dx, dW, db)[position], expected[position], gradient)


def not_huge(gradients):
    """Hand the gradients on if comparing them with each other costs little."""
    dx, dW, db = gradients
    for name, gradient in {"dx": dx, "dW": dW, "db": db}.items():
        if isinstance(gradient, np.ndarray) and gradient.size > 1000:
            fail(f"{name} has shape {gradient.shape}, far more entries than x, W and b.")
    return dx, dW, db


def gives_gradients(student, reference, rng):
    """One example and a dout of ones, and dx or dW will do: other mistakes have cost their points.

    The order is free as well. What is left are answers that are no gradients.
    """
    x, W, b = rng.standard_normal((1, 4)), rng.standard_normal((2, 4)), np.zeros(2)
    dout = np.ones((1, 2))
    _, cache = student.linear_forward(x, W, b)
    dx, dW, db = student.linear_backward(dout, cache)
    expected = reference.linear_backward(dout, reference.linear_forward(x, W, b)[1])[:2]
    if not any(agrees(mine, right) for mine in (dx, dW, db) for right in expected):
        fail("neither dx nor dW is right for a single example.")


@points(1)
def test_dx(student, reference, rows):
    """gives dx, the gradient with respect to the input"""
    check("dx", student, reference, *rows)


@points(1.25)
def test_dW(student, reference, rows):
    """gives dW, the gradient with respect to the weights"""
    check("dW", student, reference, *rows)


@points(1)
def test_db(student, reference, rows):
    """gives db, the gradient with respect to the bias"""
    check("db", student, reference, *rows)


@points(0.75)
def test_dx_of_images(student, reference, images):
    """gives dx in the shape of x when x has trailing axes"""
    check("dx", student, reference, *images)


@points(0.5)
def test_dW_of_images(student, reference, images):
    """gives dW, (d_out, d_in), when x has trailing axes"""
    check("dW", student, reference, *images)


@points(0.5)
def test_own_cache(student, reference, rng, rows):
    """goes by the cache that it is given, also when another forward pass came in between"""
    x, W, b, dout = rows
    _, cache = student.linear_forward(x, W, b)
    _, other = student.linear_forward(rng.standard_normal(x.shape), rng.standard_normal(W.shape), b)
    late = not_huge(student.linear_backward(dout, cache))
    later = not_huge(student.linear_backward(dout, other))
    _, fresh = student.linear_forward(x, W, b)
    # Beside the student's own answer: wrong gradients have cost their points already.
    agree(late, student.linear_backward(dout, fresh), "(dx, dW, db)")
    gives_gradients(student, reference, rng)
    if agrees(later, late):
        fail("two caches of different x and W give the same gradients.")


@points(0.5)
def test_cache_unchanged(student, reference, rng, rows):
    """gives the same answer when it is called a second time with the same cache"""
    x, W, b, dout = rows
    _, cache = student.linear_forward(x, W, b)
    first = not_huge(student.linear_backward(dout, cache))
    agree(student.linear_backward(dout, cache), first, "the second answer")
    gives_gradients(student, reference, rng)


@points(0.5)
def test_dout_unchanged(student, reference, rng, rows):
    """leaves dout as it was"""
    x, W, b, dout = rows
    _, cache = student.linear_forward(x, W, b)
    unchanged(student.linear_backward, dout, cache)
    gives_gradients(student, reference, rng)
