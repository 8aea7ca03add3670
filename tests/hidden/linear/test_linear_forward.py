"""Hidden tests of linear_forward: the affine map, on rows and on images."""

import numpy as np

from autograder.suite import agree, points, unchanged


@points(1)
def test_weights(student, reference, rng):
    """multiplies every row by the weights (here with b = 0)"""
    x, W, b = rng.standard_normal((5, 4)), rng.standard_normal((6, 4)), np.zeros(6)
    out, _ = student.linear_forward(x, W, b)
    agree(out, reference.linear_forward(x, W, b)[0], "out")


@points(0.75)
def test_bias(student, reference, rng):
    """adds b once to every row, in a batch of 1 and in a batch of 7"""
    W, b = rng.standard_normal((5, 3)), rng.standard_normal(5)
    for n in (1, 7):
        x = rng.standard_normal((n, 3))
        out, _ = student.linear_forward(x, W, b)
        agree(out, reference.linear_forward(x, W, b)[0], "out")


@points(0.75)
def test_trailing_axes(student, reference, rng):
    """flattens everything behind the batch axis (here with b = 0)"""
    for shape in [(4, 2, 3, 5), (3, 5, 2)]:
        x = rng.standard_normal(shape)
        W, b = rng.standard_normal((7, x[0].size)), np.zeros(7)
        out, _ = student.linear_forward(x, W, b)
        agree(out, reference.linear_forward(x, W, b)[0], "out")


@points(0.5)
def test_arguments_unchanged(student, reference, rng):
    """leaves x, W and b as they were"""
    x, W, b = rng.standard_normal((4, 2, 3)), rng.standard_normal((5, 6)), rng.standard_normal(5)
    unchanged(student.linear_forward, x, W, b, may_raise=True)
    # One example, one output, nothing negative: mistakes that lose other points don't show here.
    x, W, b = rng.uniform(1, 2, (1, 6)), rng.uniform(1, 2, (1, 6)), np.zeros(1)
    out, _ = student.linear_forward(x, W, b)
    agree(out, reference.linear_forward(x, W, b)[0], "out")
