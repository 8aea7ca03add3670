"""Hidden tests of numerical_gradient."""

import numpy as np

from autograder.suite import agree, points


@points(2)
def test_gradient(student, rng):
    """differentiates a smooth function"""
    a, x = rng.standard_normal(4), rng.standard_normal(4)
    gradient = student.numerical_gradient(lambda x: float(np.sin(a @ x)), x)
    agree(gradient, a * np.cos(a @ x), "gradient")
