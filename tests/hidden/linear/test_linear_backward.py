"""Hidden tests of linear_backward: each gradient by itself, on rows and on images."""

import numpy as np
import pytest

from autograder.suite import agree, fail, points, unchanged


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
def test_own_cache(student, rng, rows):
    """goes by the cache that it is given, also when another forward pass came in between"""
    x, W, b, dout = rows
    _, cache = student.linear_forward(x, W, b)
    _, other = student.linear_forward(rng.standard_normal(x.shape), rng.standard_normal(W.shape), b)
    late = student.linear_backward(dout, cache)
    later = student.linear_backward(dout, other)
    _, fresh = student.linear_forward(x, W, b)
    # Beside the student's own answer: wrong gradients have cost their points already.
    agree(late, student.linear_backward(dout, fresh), "(dx, dW, db)")
    if np.allclose(late[0], later[0]) or np.allclose(late[1], later[1]):
        fail("two caches of different x and W give the same dx or the same dW.")


@points(0.5)
def test_cache_unchanged(student, rows):
    """gives the same answer when it is called a second time with the same cache"""
    x, W, b, dout = rows
    _, cache = student.linear_forward(x, W, b)
    first = student.linear_backward(dout, cache)
    agree(student.linear_backward(dout, cache), first, "the second answer")
    assert all(map(np.any, first)), "a gradient is zero."


@points(0.5)
def test_dout_unchanged(student, rows):
    """leaves dout as it was"""
    x, W, b, dout = rows
    _, cache = student.linear_forward(x, W, b)
    gradients = unchanged(student.linear_backward, dout, cache)
    assert all(map(np.any, gradients)), "a gradient is zero."
