"""Hidden tests of scale_forward."""

import numpy as np

from autograder.suite import agree, points


@points(1)
def test_columns(student, reference, rng):
    """multiplies every column by its factor"""
    x, k = rng.standard_normal((5, 3)), rng.standard_normal(3)
    out, _ = student.scale_forward(x, k)
    agree(out, reference.scale_forward(x, k)[0], "out")


@points(1)
def test_form(student, rng):
    """gives an array of the shape of x"""
    x, k = rng.standard_normal((4, 3)), rng.standard_normal(3)
    out, _ = student.scale_forward(x, k)
    agree(out, x, "out", tol=np.inf)
