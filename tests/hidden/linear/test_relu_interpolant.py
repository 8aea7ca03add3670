"""Hidden tests of relu_interpolant: what the network computes, never how."""

import numpy as np

from autograder.suite import agree, fail, points, refuses, unchanged


def network(answer, x):
    """What the student's network gives; wrong shapes are judged by test_shapes alone."""
    W1, b1, W2, b2 = map(np.ravel, answer)
    h = len(b1)
    if h > 200:
        fail(f"the network has {h} hidden units, far more than knots.")
    like = [np.zeros(size) for size in (h, h, h, 1)]
    agree([W1, b1, W2, b2], like, "(W1, b1, W2, b2), each of them flat,", tol=np.inf)
    return np.maximum(np.outer(x, W1) + b1, 0) @ W2 + b2


def interpolates(answer, knots, values, rng):
    """Compare the network with the piecewise linear function, between the knots and at them."""
    x = np.concatenate([knots, rng.uniform(knots[0], knots[-1], 200)])
    agree(network(answer, x), np.interp(x, knots, values), "the network's output")


def rises(student, rng):
    """Join two pairs; a rise somewhere will do: other mistakes have cost their points."""
    first, rise = rng.uniform(1, 2, 2)
    answer = student.relu_interpolant(np.array([0.0, 1.0]), np.array([first, first + rise]))
    steps = np.diff(network(answer, np.arange(3.0)))
    if np.abs(steps - rise).min() > 1e-6:
        fail("with knots 0 and 1 the network does not rise from one value to the other.")


@points(0.5)
def test_pairs(student, rng):
    """passes through all pairs, whatever the first value"""
    knots, values = np.linspace(0, rng.uniform(2, 4), 6), rng.uniform(1, 5, 6)
    answer = student.relu_interpolant(knots, values)
    agree(network(answer, knots), values, "the network's output at the knots")


@points(1.25)
def test_uneven_knots(student, rng):
    """joins unevenly spaced pairs by straight lines"""
    knots, values = np.cumsum(rng.uniform(0.2, 2, 7)), rng.standard_normal(7)
    values[0] = 0  # a network that forgets the first value fails in test_pairs already
    interpolates(student.relu_interpolant(knots, values), knots, values, rng)


@points(0.75)
def test_shapes(student, rng):
    """returns shapes (h, 1), (h,), (1, h) and (1,), with no more hidden units than knots"""
    W1, b1, W2, b2 = student.relu_interpolant(np.arange(5.0), rng.standard_normal(5))
    h = np.size(b1)
    shapes = [np.shape(weights) for weights in (W1, b1, W2, b2)]
    if shapes != [(h, 1), (h,), (1, h), (1,)]:
        fail(f"W1, b1, W2, b2 have the shapes {', '.join(map(str, shapes))}.")
    if h > 5:
        fail(f"the network has {h} hidden units for 5 knots.")
    rises(student, rng)


@points(0.5)
def test_negative_knots(student, rng):
    """works left of 0 as well"""
    knots, values = np.linspace(-5, rng.uniform(-1, 2), 6), rng.standard_normal(6)
    values[0] = 0
    interpolates(student.relu_interpolant(knots, values), knots, values, rng)


@points(0.25)
def test_constant(student, rng):
    """gives a constant function for constant values"""
    knots, values = np.linspace(0, 3, 5), np.full(5, rng.uniform(1, 3))
    interpolates(student.relu_interpolant(knots, values), knots, values, rng)


@points(0.5)
def test_integers(student, rng):
    """treats integers as real numbers"""
    knots, values = 3 * np.arange(6), rng.integers(-9, 10, 6)
    values[:3] = 0, 1, 0  # slopes of 1/3 and -1/3
    interpolates(student.relu_interpolant(knots, values), knots, values, rng)


@points(0.5)
def test_refinement(student, rng):
    """approximates a smooth function four times as well when the spacing halves"""
    start, frequency = rng.uniform(0, 2), rng.uniform(1, 2)
    x = np.linspace(start, start + 3, 3001)

    def error(k):
        knots = np.linspace(start, start + 3, k)
        answer = student.relu_interpolant(knots, np.sin(frequency * (knots - start)))
        return np.abs(network(answer, x) - np.sin(frequency * (x - start))).max()

    coarse, fine = error(21), error(41)
    if not 3.5 < coarse / fine < 4.5:
        fail(f"the largest error is {coarse:.2g} with 21 knots and {fine:.2g} with 41.")


@points(0.25)
def test_unsorted(student, rng):
    """raises ValueError if the knots are not in increasing order, but not for close knots"""
    knots, values = np.cumsum(rng.uniform(0.5, 2, 5)), rng.standard_normal(5)
    student.relu_interpolant(knots, values)
    student.relu_interpolant(1e-9 * knots, values)
    refuses(ValueError, student.relu_interpolant, knots[[0, 1, 3, 2, 4]], values)


@points(0.25)
def test_repeated(student, rng):
    """raises ValueError if a knot occurs twice"""
    knots, values = np.cumsum(rng.uniform(0.5, 2, 5)), rng.standard_normal(5)
    student.relu_interpolant(knots, values)
    refuses(ValueError, student.relu_interpolant, knots[[0, 1, 2, 2, 4]], values)


@points(0.25)
def test_arguments_unchanged(student, rng):
    """leaves the knots and the values as they were"""
    knots, values = np.cumsum(rng.uniform(1, 2, 4)), rng.standard_normal(4)
    unchanged(student.relu_interpolant, knots, values)
    rises(student, rng)
