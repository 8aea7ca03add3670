"""Hidden tests of linear_forward."""

import numpy as np

from autograder.suite import agree, points


@points(2)
def test_values(student, reference, rng):
    """maps every row x to W x + b"""
    x, W, b = (rng.standard_normal(shape) for shape in [(5, 4), (3, 4), (3,)])
    out, _ = student.linear_forward(x, W, b)
    agree(out, reference.linear_forward(x, W, b)[0], "out")


@points(1)
def test_zero(student, rng):
    """maps 0 to b"""
    W, b = rng.standard_normal((3, 6)), rng.standard_normal(3)
    out, _ = student.linear_forward(np.zeros((1, 6)), W, b)
    agree(out, b[None], "out")
