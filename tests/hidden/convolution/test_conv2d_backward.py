"""Hidden tests of conv2d_backward: each gradient by itself, by padding and by stride."""

import numpy as np
import pytest

from autograder.suite import agree, agrees, fail, points, unchanged

NO_PADDING = [((2, 3, 9, 12), (7, 3, 4, 5), 1, 0), ((4, 2, 12, 9), (6, 2, 5, 3), 1, 0)]
PADDING = [((3, 5, 6, 9), (4, 5, 2, 3), 1, 1), ((2, 4, 9, 5), (3, 4, 6, 1), 1, 2)]
STRIDE = [((6, 2, 9, 14), (8, 2, 3, 4), 2, 1), ((5, 2, 12, 8), (3, 2, 4, 1), 3, 2)]
NOT_FILLED = [((2, 5, 8, 11), (6, 5, 3, 4), 3, 1), ((5, 2, 9, 12), (7, 2, 3, 4), 4, 1)]
GAPS = [((3, 4, 10, 17), (6, 4, 2, 3), 5, 0), ((4, 3, 9, 7), (2, 3, 3, 2), 2, 0)]
SINGLE = [((1, 4, 6, 5), (3, 4, 2, 3), 1, 1), ((3, 1, 6, 5), (1, 1, 1, 1), 1, 1)]


def arguments(rng, x_shape, W_shape, stride, pad):
    """x, W, b and dout."""
    h_out, w_out = ((x_shape[a] + 2 * pad - W_shape[a]) // stride + 1 for a in (2, 3))
    dout_shape = (x_shape[0], W_shape[0], h_out, w_out)
    return [rng.standard_normal(s) for s in (x_shape, W_shape, W_shape[:1], dout_shape)]


@pytest.fixture
def check(student, reference, rng):
    """Compares one of the three gradients with the reference's, in several cases."""

    def compare(gradient, cases):
        position = ["dx", "dW", "db"].index(gradient)
        for x_shape, W_shape, *config in cases:
            x, W, b, dout = arguments(rng, x_shape, W_shape, *config)
            _, cache = student.conv2d_forward(x, W, b, *config)
            dx, dW, db = student.conv2d_backward(dout, cache)
            right = reference.conv2d_forward(x, W, b, *config)[1]
            expected = reference.conv2d_backward(dout, right)
            agree((dx, dW, db)[position], expected[position], gradient)

    return compare


def not_huge(gradients):
    """Hand the gradients on if comparing them with each other costs little."""
    dx, dW, db = gradients
    for name, gradient in {"dx": dx, "dW": dW, "db": db}.items():
        if isinstance(gradient, np.ndarray) and gradient.size > 5000:
            fail(f"{name} has shape {gradient.shape}, far more entries than x, W and b.")
    return dx, dW, db


def gives_gradients(student, reference, rng):
    """One example and a dout of ones, and dx or dW will do: other mistakes have cost their points.

    The order is free as well. What is left are answers that are no gradients.
    """
    x, W = rng.standard_normal((1, 1, 4, 4)), rng.standard_normal((2, 1, 3, 3))
    b, dout = np.zeros(2), np.ones((1, 2, 4, 4))
    _, cache = student.conv2d_forward(x, W, b, pad=1)
    dx, dW, db = student.conv2d_backward(dout, cache)
    right = reference.conv2d_forward(x, W, b, pad=1)[1]
    expected = reference.conv2d_backward(dout, right)[:2]
    if not any(agrees(mine, right) for mine in (dx, dW, db) for right in expected):
        fail("neither dx nor dW is right for a single example.")


@points(1.5)
def test_dx(check):
    """gives dx, the gradient with respect to the images, without padding"""
    check("dx", NO_PADDING)


@points(1.5)
def test_dx_with_padding(check):
    """gives dx, the gradient with respect to the images, with padding"""
    check("dx", PADDING)


@points(0.75)
def test_dx_with_stride(check):
    """gives dx with a stride (and padding)"""
    check("dx", STRIDE)


@points(0.5)
def test_dx_where_windows_do_not_fill(check):
    """gives dx for images that the windows do not fill: 0 where none has been"""
    check("dx", NOT_FILLED)


@points(0.25)
def test_dx_with_gaps(check):
    """gives dx with a stride but without padding, also when the windows leave gaps"""
    check("dx", GAPS)


@points(1)
def test_dW(check):
    """gives dW, the gradient with respect to the kernels, without padding"""
    check("dW", NO_PADDING)


@points(0.75)
def test_dW_with_padding(check):
    """gives dW, the gradient with respect to the kernels, with padding"""
    check("dW", PADDING)


@points(0.75)
def test_dW_with_stride(check):
    """gives dW with a stride"""
    check("dW", [*STRIDE, *GAPS])


@points(0.5)
def test_dW_where_windows_do_not_fill(check):
    """gives dW for images that the windows do not fill"""
    check("dW", NOT_FILLED)


@points(1)
def test_db(check):
    """gives db, the gradient with respect to the bias"""
    check("db", [*NO_PADDING, *PADDING, *STRIDE, *SINGLE])


@points(0.25)
def test_single(student, reference, rng):
    """gives dx and dW for one image, one channel, one kernel, one pixel"""
    for x_shape, W_shape, *config in SINGLE:
        x, W, b, dout = arguments(rng, x_shape, W_shape, *config)
        _, cache = student.conv2d_forward(x, W, b, *config)
        dx, dW, _ = student.conv2d_backward(dout, cache)
        right = reference.conv2d_forward(x, W, b, *config)[1]
        agree((dx, dW), reference.conv2d_backward(dout, right)[:2], "(dx, dW)")


@points(0.5)
def test_own_cache(student, reference, rng):
    """goes by the cache that it is given, also when another forward pass came in between"""
    x, W, b, dout = arguments(rng, (2, 3, 5, 6), (4, 3, 3, 2), 1, 1)
    _, cache = student.conv2d_forward(x, W, b, pad=1)
    other_x, other_W = rng.standard_normal(x.shape), rng.standard_normal(W.shape)
    _, other = student.conv2d_forward(other_x, other_W, b, pad=1)
    late = not_huge(student.conv2d_backward(dout, cache))
    later = not_huge(student.conv2d_backward(dout, other))
    _, fresh = student.conv2d_forward(x, W, b, pad=1)
    # Beside the student's own answer: wrong gradients have cost their points already.
    agree(late, student.conv2d_backward(dout, fresh), "(dx, dW, db)")
    gives_gradients(student, reference, rng)
    if agrees(later, late):
        fail("two caches of different x and W give the same gradients.")


@points(0.5)
def test_cache_unchanged(student, reference, rng):
    """gives the same answer when it is called a second time with the same cache"""
    x, W, b, dout = arguments(rng, (2, 3, 5, 6), (4, 3, 3, 2), 2, 1)
    _, cache = student.conv2d_forward(x, W, b, stride=2, pad=1)
    first = not_huge(student.conv2d_backward(dout, cache))
    agree(student.conv2d_backward(dout, cache), first, "the second answer")
    gives_gradients(student, reference, rng)


@points(0.25)
def test_dout_unchanged(student, reference, rng):
    """leaves dout as it was"""
    x, W, b, dout = arguments(rng, (2, 3, 5, 6), (4, 3, 3, 2), 2, 1)
    _, cache = student.conv2d_forward(x, W, b, stride=2, pad=1)
    unchanged(student.conv2d_backward, dout, cache)
    gives_gradients(student, reference, rng)
