"""Hidden tests of ista: single steps, and the conditions (KKT) that hold at the minimum alone."""

import numpy as np
import pytest

from autograder.suite import agree, fail, points, unchanged

MANY = 150
"""Enough steps for the singular values of `problem`: what is left shrinks by 3/4 in each.

Not more: each is a call of soft_threshold to be put on record for a student whose own is wrong.
"""


@pytest.fixture
def problem(rng):
    """Draws X with singular values between 1 and 2 times sqrt(n), y, and the lam that zeroes w."""

    def draw(n, d):
        U = np.linalg.qr(rng.standard_normal((n, min(n, d))))[0]
        V = np.linalg.qr(rng.standard_normal((d, min(n, d))))[0]
        X = np.sqrt(n) * (U * rng.uniform(1, 2, min(n, d))) @ V.T
        weights = rng.uniform(1, 3, d) * rng.choice([-1, 1], d) * (np.arange(d) < (d + 1) // 2)
        y = X @ rng.permutation(weights) + 0.3 * rng.standard_normal(n)
        return X, y, float(np.abs(X.T @ y).max() / n)

    return draw


def check_steps(student, reference, X, y, lam):
    """Compare the first steps with the reference's."""
    for steps in (5, 2, 1):
        mine = student.ista(X, y, lam, steps)
        agree(mine, reference.ista(X, y, lam, steps), f"w after {steps} steps")


@points(0.75)
def test_steps(student, reference, rng, problem):
    """makes the first steps for more examples than features"""
    for n, d in [(9, 4), (14, 6)]:
        X, y, largest = problem(n, d)
        check_steps(student, reference, X, y, float(rng.uniform(0.1, 0.4)) * largest)


@points(0.5)
def test_steps_wide(student, reference, rng, problem):
    """makes the first steps for more features than examples"""
    X, y, largest = problem(5, 8)
    check_steps(student, reference, X, y, float(rng.uniform(0.1, 0.4)) * largest)


@points(0.75)
def test_minimum(student, rng, problem):
    """reaches the minimum: the slope is lam on the weights that are left, and less on the others"""
    for n, d in [(15, 4), (12, 7)]:
        X, y, largest = problem(n, d)
        lam = float(rng.uniform(0.2, 0.5)) * largest
        w = student.ista(X, y, lam, MANY)
        agree(w, np.zeros(d), "w", tol=np.inf)
        slope = X.T @ (y - X @ w) / n
        steepest = float(np.abs(slope).max())
        if steepest > lam * (1 + 1e-6):
            over = f"lam = {lam:.4g} by {steepest - lam:.2g}"
            fail(f"after {MANY} steps, X.T @ (y - X @ w) / n exceeds {over}.")
        left = w != 0
        what = "X.T @ (y - X @ w) / n where w is not 0"
        agree(slope[left], lam * np.sign(w[left]), what)


@points(0.5)
def test_exact_zeros(student, reference, rng, problem):
    """gives weights that are exactly 0: the right ones, also where all weights are small"""
    for n, d, unit in [(15, 8, 1.0), (6, 9, 1.0), (13, 7, 1e-5)]:
        X, y, largest = problem(n, d)
        y, largest = unit * y, unit * largest
        lam = float(rng.uniform(0.6, 0.7)) * largest
        w = student.ista(X, y, lam, MANY)
        agree(w, np.zeros(d), "w", tol=np.inf)
        found = np.flatnonzero(w == 0).tolist()
        expected = np.flatnonzero(reference.ista(X, y, lam, MANY) == 0).tolist()
        if found != expected:
            fail(f"the weights that are exactly 0 are those at {found}, expected at {expected}.")


@points(0.25)
def test_strong_penalty(student, problem):
    """keeps all weights at exactly 0 if the penalty is strong enough, and not before"""
    X, y, largest = problem(11, 6)
    w = student.ista(X, y, 1.01 * largest, 20)
    agree(w, np.zeros(6), "w for a strong penalty", tol=np.inf)
    weaker = student.ista(X, y, 0.9 * largest, 20)
    agree(weaker, np.zeros(6), "w", tol=np.inf)
    if w.any() or not weaker.any():
        fail("all weights should be 0 above one strength of the penalty, and not below it.")


@points(0.25)
def test_no_penalty(student, problem):
    """reaches the least-squares solution without a penalty"""
    X, y, _ = problem(10, 4)
    w = np.linalg.lstsq(X, y, rcond=None)[0]
    agree(student.ista(X, y, 0.0, MANY), w, "w for lam = 0")


@points(0.25)
def test_no_steps(student, problem):
    """starts from zero, and leaves it there for no steps"""
    X, y, largest = problem(7, 5)
    agree(student.ista(X, y, 0.1 * largest, 0), np.zeros(5), "w for steps = 0")


@points(0.25)
def test_arguments_unchanged(student, problem):
    """leaves X and y as they were"""
    X, y, largest = problem(8, 5)
    w = unchanged(student.ista, X, y, 0.1 * largest, 3)
    agree(w, np.zeros(5), "w", tol=np.inf)
    if not w.any():
        fail("all weights are still 0 after 3 steps.")
