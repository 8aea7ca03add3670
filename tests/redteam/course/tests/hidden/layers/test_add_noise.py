"""Hidden tests of add_noise."""

import copy

from autograder.suite import agree, points


@points(1)
def test_noise(student, reference, rng):
    """adds one draw of the generator's"""
    x = rng.standard_normal((5, 3))
    noisy = student.add_noise(copy.deepcopy(rng), x)
    agree(noisy, reference.add_noise(rng, x), "noisy")
