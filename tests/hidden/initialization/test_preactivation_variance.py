"""Hidden tests of preactivation_variance."""

import numpy as np

from autograder.suite import agree, points


@points(0.75)
def test_value(student, reference, rng):
    """gives the variance of a sum of weighted inputs"""
    for _ in range(3):
        second, var_w = rng.uniform(0.2, 3), rng.uniform(0.001, 0.1)
        fan_in = int(rng.integers(10, 500))
        answer = student.preactivation_variance(second, fan_in, var_w)
        agree(answer, reference.preactivation_variance(second, fan_in, var_w))


@points(0.25)
def test_every_weighting(student, rng):
    """agrees with the sum over all signs of the weights, for inputs that are not centred"""
    x, size = rng.uniform(0.5, 2, 5), rng.uniform(0.1, 0.5)
    signs = np.array(np.meshgrid(*5 * [[-1, 1]])).reshape(5, -1)  # weights of variance size^2
    y = size * x @ signs
    agree(student.preactivation_variance(float((x**2).mean()), 5, size**2), float(y.var()))
