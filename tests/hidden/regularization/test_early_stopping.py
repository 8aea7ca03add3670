"""Hidden tests of early_stopping: curves in steps of 1/8, so that no rounding decides."""

import numpy as np
import pytest

from autograder.suite import agree, points, unchanged


@pytest.fixture
def curves(rng):
    """Noisy curves that fall and rise, each with a patience and a min_delta."""

    def draw(length):
        low = int(rng.integers(3, 9))
        trend = 3 * np.abs(np.arange(length) - low)
        losses = (trend + rng.integers(-8, 9, length) + 16) / 8
        return losses.tolist(), int(rng.integers(1, 5)), float(rng.integers(0, 5)) / 8

    return [draw(int(length)) for length in rng.integers(14, 30, 12)]


@pytest.fixture
def check(student):
    """Compares both epochs with what they should be."""

    def compare(losses, patience, expected, *min_delta):
        answer = student.early_stopping(losses, patience, *min_delta)
        agree(answer, expected, "(stop_epoch, best_epoch)")

    return compare


def drawn(rng, *ranges):
    """Multiples of 1/8, one from each range."""
    return [float(rng.integers(8 * low, 8 * high + 1)) / 8 for low, high in ranges]


@points(0.75)
def test_stop_epoch(student, reference, curves):
    """stops `patience` epochs after the best one"""
    for losses, patience, min_delta in curves:
        stop_epoch, _ = student.early_stopping(losses, patience, min_delta)
        expected, _ = reference.early_stopping(losses, patience, min_delta)
        agree(stop_epoch, expected, "stop_epoch")


@points(0.75)
def test_best_epoch(student, reference, curves):
    """restores the best epoch"""
    for losses, patience, min_delta in curves:
        _, best_epoch = student.early_stopping(losses, patience, min_delta)
        agree(best_epoch, reference.early_stopping(losses, patience, min_delta)[1], "best_epoch")


@points(0.5)
def test_never_stops(check, rng):
    """reaches the last epoch if patience never runs out"""
    a, b, c = drawn(rng, (7, 9), (4, 6), (1, 3))
    check([a], 1, (0, 0))
    check([a, b, c], 1, (2, 2))
    check([a, b, b + 1, c, c + 1, c + 2], 3, (5, 3))
    check([b, a, a + 1], 3, (2, 0))


@points(0.5)
def test_ties(check, rng):
    """counts an equal loss as no improvement, nor one that is lower by exactly min_delta"""
    a, b = drawn(rng, (5, 7), (2, 4))
    check([a, b, b, b, a], 2, (3, 1))
    check([a, b, a, b, 0.125], 2, (3, 1))
    check([a, b, b - 0.5, b - 0.5, b - 1], 2, (3, 1), 0.5)
    check([a, b, b - 0.5, b - 0.625, a, a], 2, (5, 3), 0.5)


@points(0.5)
def test_min_delta(check, rng):
    """asks for more than min_delta below the best"""
    a, _ = drawn(rng, (5, 7), (2, 4))
    check([a, a - 0.25, a - 0.375, a - 1], 2, (2, 0), 0.5)
    check([a, a - 0.25, a - 0.75, a - 0.875, a - 1, a], 2, (4, 2), 0.5)


@points(0.25)
def test_slow_fall(check, rng):
    """measures min_delta from the best epoch, not from the epoch before"""
    a, _ = drawn(rng, (7, 9), (2, 4))
    slow = [a - 0.25 * epoch for epoch in range(9)]
    check(slow, 4, (8, 6), 0.5)
    check(slow, 2, (2, 0), 0.5)


@points(0.25)
def test_since_the_best(check, rng):
    """counts the epochs since the best one, also if the loss falls in between"""
    a, b = drawn(rng, (8, 9), (1, 3))
    check([a, b, b + 4, b + 3, b + 2, b + 1, 0.5], 4, (5, 1))
    check([a, b, b + 1, b + 0.5, b + 0.125, b - 0.5, b, b, b], 4, (8, 5))


@points(0.25)
def test_any_sign(check, rng):
    """works for negative losses, for very large and very small ones, and for arrays"""
    a, b = drawn(rng, (-3, -2), (-9, -7))
    check([a, b, b + 1, b + 2, b - 9], 2, (3, 1))
    check(np.array([2.0, a, a - 0.25, a - 1.25, b, b, b - 8]), 1, (2, 1), 0.5)
    for scale in (2.0**60, 2.0**-60):
        check([scale * loss for loss in (a + 9, a + 8, a + 9, a + 7)], 2, (3, 3))


@points(0.25)
def test_argument_unchanged(student, curves):
    """leaves the losses as they were"""
    for losses, patience, min_delta in curves:
        answer = unchanged(student.early_stopping, losses, patience, min_delta)
        agree(answer, (1.0, 1.0), "(stop_epoch, best_epoch)", tol=np.inf)
