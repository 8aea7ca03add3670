"""Hidden tests of lecun_normal. Statistical checks: 8, each with a false-alarm rate of 1e-9."""

import numpy as np

from autograder.suite import Normal, normal_shape, points, second_moment


def law(reference, shape):
    """The law of one weight."""
    fan_in, _ = reference.fans(shape)
    return Normal(np.sqrt(1 / fan_in))


@points(0.5)
def test_dense(draw, reference, rng):
    """gives the weights of a dense layer the right spread"""
    for shape in [(int(rng.integers(90, 110)), 240), (260, int(rng.integers(90, 110)))]:
        second_moment(draw("lecun_normal", shape), law(reference, shape), "W")  # ALPHA: 2 * 1e-9


@points(0.25)
def test_convolution(draw, reference, rng):
    """gives the weights of a convolution the right spread"""
    shape = (int(rng.integers(60, 70)), 20, 3, 5)
    second_moment(draw("lecun_normal", shape), law(reference, shape), "W")  # ALPHA: 1e-9


@points(0.25)
def test_few_inputs(draw, reference, rng):
    """gives the right spread where each unit has few inputs"""
    shape = (6000, int(rng.integers(2, 6)))
    second_moment(draw("lecun_normal", shape), law(reference, shape), "W")  # ALPHA: 1e-9


@points(0.25)
def test_normal(draw, rng):
    """draws independent entries from a normal distribution with mean 0, whatever its variance"""
    for shape in [(int(rng.integers(100, 120)), 121), (int(rng.integers(20, 30)), 10, 3, 5)]:
        normal_shape(draw("lecun_normal", shape), rng, "W")  # ALPHA: 4 * 1e-9


@points(0.25)
def test_generator(student, goes_by_rng):
    """draws from the given generator only, and moves it on"""
    goes_by_rng(lambda generator: student.lecun_normal.answer((4, 3), generator))
