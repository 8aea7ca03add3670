"""Hidden tests of soft_threshold: the values, and that they are the proximal step of t |.|."""

import numpy as np
import pytest

from autograder.suite import agree, agrees, fail, points, unchanged


@pytest.fixture
def cases(rng):
    """Entries of both signs on either side of a threshold."""

    def draw(shape):
        t = float(rng.uniform(0.5, 1.5))
        sizes = t * np.resize([0.3, 1.7, 0.8, 2.6], shape) * rng.uniform(0.9, 1.1, shape)
        return sizes * rng.permuted(np.resize([1, 1, -1, -1], shape)), t

    return [draw((12,)), draw((4, 6)), draw((2, 3, 8))]


@points(0.75)
def test_values(student, reference, cases):
    """shrinks every entry towards 0 by the threshold, and not beyond"""
    for w, t in cases:
        agree(student.soft_threshold(w, t), reference.soft_threshold(w, t), "u")


@points(0.75)
def test_exact_zeros(student, rng):
    """gives exactly 0 where abs(w) is at most the threshold, and nowhere else, also for small t"""
    for t in (2.0, 0.75, 2e-5, 2e-10):
        inside = t * np.array([1, -1, 0, 1e-3, -0.5, 1 - 1e-9])
        beyond = t * np.array([1 + 8e-6, -1.001, 3, -1.3])
        w = rng.permutation(np.concatenate([inside, beyond]))
        u = student.soft_threshold(w, t)
        agree(u, w, "u", tol=np.inf)  # shape, type and finiteness
        missed = np.count_nonzero(u[np.abs(w) <= t])
        if missed:
            fail(f"u is not exactly 0 in {missed} of {len(inside)} entries with abs(w) <= t.")
        lost = int((u[np.abs(w) > t] == 0).sum())
        if lost:
            fail(f"u is 0 in {lost} of {len(beyond)} entries with abs(w) > t.")


@points(0.25)
def test_signs(student, rng):
    """treats both signs alike"""
    w = rng.permutation(np.array([0.4, 1.5, 2.5, 4.0]))
    positive, negative = student.soft_threshold(w, 1.0), student.soft_threshold(-w, 1.0)
    agree(positive, w, "u", tol=np.inf)
    agree(negative, -positive, "u for -w")
    if not positive.any():
        fail("u is 0 for all of these entries, and most of them are larger than t.")


@points(0.25)
def test_proximal(student, cases):
    """finds the u that makes (u - w)^2 / 2 + t abs(u) smallest"""
    for w, t in cases:
        u = student.soft_threshold(w, t)
        agree(u, w, "u", tol=np.inf)
        others = w + np.linspace(-2 * t, 2 * t, 41).reshape(-1, *(1,) * w.ndim)
        for other in [*others, 0 * w]:
            better = objective(other, w, t) < objective(u, w, t) - 1e-9
            if better.any():
                fail(f"another u does better than yours in {int(better.sum())} entries.")


def objective(u, w, t):
    """What the proximal step makes small."""
    return (u - w) ** 2 / 2 + t * np.abs(u)


@points(0.25)
def test_no_threshold(student, rng):
    """changes nothing if the threshold is 0"""
    w = rng.standard_normal((3, 4))
    w[1, 2] = 0
    agree(student.soft_threshold(w, 0.0), w, "u for t = 0")


@points(0.25)
def test_argument_unchanged(student, cases):
    """leaves w as it was"""
    for w, t in cases:
        u = unchanged(student.soft_threshold, w, t)
        agree(u, w, "u", tol=np.inf)
        if agrees(u, w):
            fail("u is w, although t is not 0.")
