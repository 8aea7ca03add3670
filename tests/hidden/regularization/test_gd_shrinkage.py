"""Hidden tests of gd_shrinkage, against gradient descent that is really run."""

import numpy as np

from autograder.suite import agree, points, unchanged


def descended(rng, eigenvalues, lr, steps):
    """How far gradient descent comes along each eigenvector, from 0 to the minimum."""
    size = len(eigenvalues)
    Q = np.linalg.qr(rng.standard_normal((size, size)))[0]
    H, best = (Q * eigenvalues) @ Q.T, Q @ rng.uniform(1, 2, size)
    w = np.zeros(size)
    for _ in range(steps):
        w = w - lr * H @ (w - best)
    return (Q.T @ w) / (Q.T @ best)


@points(0.75)
def test_descent(student, rng):
    """says how far gradient descent comes in every direction"""
    for size, steps in [(5, 3), (8, 12), (3, 1)]:
        eigenvalues, lr = rng.uniform(0.05, 2, size), float(rng.uniform(0.1, 0.4))
        answer = student.gd_shrinkage(eigenvalues, lr, steps)
        agree(answer, descended(rng, eigenvalues, lr, steps), "factors")
    eigenvalues, lr = rng.uniform(0.05, 2, 6), float(rng.uniform(0.01, 0.04))
    answer = student.gd_shrinkage(eigenvalues, lr, 100)
    agree(answer, descended(rng, eigenvalues, lr, 100), "factors for steps = 100")


@points(0.25)
def test_long_steps(student, rng):
    """is right where steps reach the minimum or go beyond it"""
    eigenvalues = np.concatenate([rng.uniform(2.2, 3.8, 3), [0.5, 2.0]])
    for steps in (3, 4):
        answer = student.gd_shrinkage(eigenvalues, 0.5, steps)
        agree(answer, descended(rng, eigenvalues, 0.5, steps), "factors")


@points(0.25)
def test_starts_and_stays(student, rng):
    """starts at 0, and stays there in directions without curvature"""
    lr = float(rng.choice([0.125, 0.25, 0.5]))
    eigenvalues = np.array([0.0, 0.7, 0.0, 1.3, 1 / lr])
    agree(student.gd_shrinkage(eigenvalues, lr, 0), np.zeros(5), "factors for steps = 0")
    agree(student.gd_shrinkage(eigenvalues, lr, 1), lr * eigenvalues, "factors for steps = 1")


@points(0.25)
def test_any_shape(student, rng):
    """keeps the shape and the values of eigenvalues"""
    eigenvalues = rng.uniform(0.1, 1, (4, 3))
    factors = unchanged(student.gd_shrinkage, eigenvalues, 0.2, 5)
    agree(factors, eigenvalues, "factors", tol=np.inf)
    flat = student.gd_shrinkage(eigenvalues.ravel(), 0.2, 5)
    agree(factors, np.reshape(flat, (4, 3)), "factors")
