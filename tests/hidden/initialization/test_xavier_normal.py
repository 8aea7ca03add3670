"""Hidden tests of xavier_normal. Statistical checks: 8, each with a false-alarm rate of 1e-9."""

import numpy as np

from autograder.suite import Normal, normal_shape, points, second_moment


def law(reference, shape, gain=1.0):
    """The law of one weight."""
    fan_in, fan_out = reference.fans(shape)
    return Normal(gain * np.sqrt(2 / (fan_in + fan_out)))


@points(0.75)
def test_dense(draw, reference, rng):
    """gives the weights of a dense layer the right spread"""
    for shape in [(int(rng.integers(90, 110)), 240), (260, int(rng.integers(90, 110)))]:
        second_moment(draw("xavier_normal", shape), law(reference, shape), "W")  # ALPHA: 2 * 1e-9


@points(0.5)
def test_convolution(draw, reference, rng):
    """gives the weights of a convolution the right spread"""
    shape = (int(rng.integers(60, 70)), 20, 3, 5)
    second_moment(draw("xavier_normal", shape), law(reference, shape), "W")  # ALPHA: 1e-9


@points(0.5)
def test_gain(draw, reference, rng):
    """scales the weights by gain"""
    shape, gain = (120, int(rng.integers(180, 220))), rng.uniform(1.5, 2.5)
    W = draw("xavier_normal", shape, gain=gain)
    second_moment(W, law(reference, shape, gain), "W")  # ALPHA: 1e-9


@points(0.5)
def test_normal(draw, rng):
    """draws independent entries from a normal distribution with mean 0, whatever its variance"""
    for shape in [(int(rng.integers(100, 120)), 121), (int(rng.integers(20, 30)), 10, 3, 5)]:
        normal_shape(draw("xavier_normal", shape), rng, "W")  # ALPHA: 4 * 1e-9


@points(0.25)
def test_generator(student, goes_by_rng):
    """draws from the given generator only, and moves it on"""
    goes_by_rng(lambda generator: student.xavier_normal.answer((4, 3), generator))
