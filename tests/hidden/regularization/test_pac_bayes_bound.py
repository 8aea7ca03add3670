"""Hidden tests of pac_bayes_bound."""

import math

import numpy as np
import pytest

from autograder.suite import agree, points, refuses


@pytest.fixture
def draw(rng):
    """Draws a training error, a divergence, a number of examples and a delta."""

    def arguments():
        error, kl = rng.uniform([0.01, 1], [0.3, 40]).tolist()
        return error, kl, int(rng.integers(50, 2000)), float(rng.uniform(0.01, 0.2))

    return arguments


@points(0.75)
def test_value(student, draw):
    """gives the bound"""
    for _ in range(4):
        error, kl, n, delta = draw()
        chance = math.log(2) + math.log(n) / 2 - math.log(delta)
        expected = error + math.sqrt((kl + chance) / (2 * n))
        agree(student.pac_bayes_bound(error, kl, n, delta), expected, "bound")


@points(0.25)
def test_divergence(student, draw):
    """adds a term whose square grows by kl / (2 n)"""
    error, kl, n, delta = draw()
    without = student.pac_bayes_bound(error, 0.0, n, delta)
    with_kl = student.pac_bayes_bound(error, kl, n, delta)
    agree([without, with_kl], [1.0, 1.0], "the bounds", tol=np.inf)
    squares = float((with_kl - error) ** 2 - (without - error) ** 2)
    agree(squares, kl / (2 * n), "the growth of (bound - train_error)^2")


@points(0.25)
def test_not_clipped(student, draw):
    """is not clipped where it exceeds 1"""
    error, kl, n, delta = draw()
    kl = 4 * n + kl
    expected = error + math.sqrt((kl + math.log(2 * math.sqrt(n) / delta)) / (2 * n))
    agree(student.pac_bayes_bound(error, kl, n, delta), expected, "bound")


@points(0.25)
def test_few_examples(student, draw):
    """is defined for a single example, for any delta between 0 and 1, and for errors of 0 and 1"""
    error, kl, many, _ = draw()
    for wrong, n, delta in [(error, 2, 0.999), (error, 1, 1e-9), (0.0, many, 0.05), (1.0, 3, 0.05)]:
        expected = wrong + math.sqrt((kl + math.log(2 * math.sqrt(n) / delta)) / (2 * n))
        name = f"bound, train_error={wrong:.3g}, {n=}, {delta=}"
        agree(student.pac_bayes_bound(wrong, kl, n, delta), expected, name)


@points(0.25)
def test_refuses_delta(student, draw):
    """raises ValueError if delta is not between 0 and 1"""
    error, kl, n, _ = draw()
    for delta in (-0.1, 1.5, 0.0, 1.0):
        refuses(ValueError, student.pac_bayes_bound, error, kl, n, delta)


@points(0.25)
def test_refuses_n(student, draw):
    """raises ValueError if there are no examples"""
    error, kl, _, delta = draw()
    for n in (-3, 0):
        refuses(ValueError, student.pac_bayes_bound, error, kl, n, delta)
