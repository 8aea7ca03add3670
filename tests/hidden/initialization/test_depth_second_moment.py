"""Hidden tests of depth_second_moment."""

import pytest

from autograder.suite import agree, fail, points


@pytest.fixture
def layer(rng):
    """A fan-in and a variance of weights that multiply the second moment by 0.6 to 0.9."""
    fan_in = int(rng.integers(50, 400))
    return fan_in, 2 * rng.uniform(0.6, 0.9) / fan_in


@points(1)
def test_decay(student, reference, rng, layer):
    """predicts how the signal fades"""
    for depth in (1, int(rng.integers(2, 9)), int(rng.integers(20, 60))):
        answer = student.depth_second_moment(depth, *layer)
        agree(answer, reference.depth_second_moment(depth, *layer), f"the result at depth {depth}")


@points(0.5)
def test_growth(student, reference, rng, layer):
    """predicts how it grows"""
    fan_in, var_w = layer
    depth = int(rng.integers(10, 40))
    answer = student.depth_second_moment(depth, fan_in, 2.5 * var_w)
    agree(answer, reference.depth_second_moment(depth, fan_in, 2.5 * var_w))


@points(0.75)
def test_input(student, reference, rng, layer):
    """starts from the second moment of the input"""
    depth, q0 = int(rng.integers(3, 9)), rng.uniform(2, 5)
    answer = student.depth_second_moment(depth, *layer, q0)
    agree(answer, reference.depth_second_moment(depth, *layer, q0))


@points(0.5)
def test_two_parts(student, rng, layer):
    """gives the same for a network in one piece and in two"""
    depth, q0 = int(rng.integers(4, 9)), rng.uniform(0.5, 2)
    whole = student.depth_second_moment(depth + 3, *layer, q0)
    agree(whole, 1.0, tol=1e12)
    half = student.depth_second_moment(3, *layer, q0)
    agree(half, 1.0, tol=1e12)
    agree(student.depth_second_moment(depth, *layer, half), whole, "the second half's result")
    if abs(whole) >= abs(half) or whole == 0:
        fail("the signal doesn't fade from one layer to the next where it should.")


@points(0.25)
def test_no_layers(student, rng, layer):
    """returns q0 for depth 0"""
    q0 = rng.uniform(2, 3)
    agree(student.depth_second_moment(0, *layer, q0), q0)
