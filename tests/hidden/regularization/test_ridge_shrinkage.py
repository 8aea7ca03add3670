"""Hidden tests of ridge_shrinkage, against minima that are really computed."""

import numpy as np

from autograder.suite import agree, points, unchanged


@points(0.75)
def test_minimum(student, rng):
    """says where the minimum with an L2 penalty lies in every direction"""
    for size in (5, 8):
        eigenvalues, alpha = rng.uniform(0.05, 4, size), float(rng.uniform(0.2, 2))
        Q = np.linalg.qr(rng.standard_normal((size, size)))[0]
        H, best = (Q * eigenvalues) @ Q.T, Q @ rng.uniform(1, 2, size)
        w = np.linalg.solve(H + alpha * np.eye(size), H @ best)
        agree(student.ridge_shrinkage(eigenvalues, alpha), (Q.T @ w) / (Q.T @ best), "factors")


@points(0.25)
def test_regression(student, rng):
    """shrinks ridge regression along the singular vectors of X"""
    X, y = rng.standard_normal((9, 4)), rng.standard_normal(9)
    alpha = float(rng.uniform(0.2, 1))
    eigenvalues, Q = np.linalg.eigh(X.T @ X / 9)
    ridge = np.linalg.solve(X.T @ X / 9 + alpha * np.eye(4), X.T @ y / 9)
    plain = np.linalg.lstsq(X, y, rcond=None)[0]
    factors = student.ridge_shrinkage(eigenvalues, alpha)
    agree(factors, eigenvalues, "factors", tol=np.inf)
    agree(Q @ (factors * (Q.T @ plain)), ridge, "ridge regression by your factors")


@points(0.25)
def test_no_curvature(student, rng):
    """gives 0 in directions without curvature, and almost 1 in steep ones"""
    eigenvalues, alpha = np.array([0.0, 1e9, 0.0]), float(rng.uniform(0.2, 2))
    agree(student.ridge_shrinkage(eigenvalues, alpha), np.array([0.0, 1.0, 0.0]), "factors")


@points(0.25)
def test_any_shape(student, rng):
    """keeps the shape and the values of eigenvalues"""
    eigenvalues = rng.uniform(0.1, 1, (4, 3))
    factors = unchanged(student.ridge_shrinkage, eigenvalues, 0.3)
    agree(factors, eigenvalues, "factors", tol=np.inf)
    flat = student.ridge_shrinkage(eigenvalues.ravel(), 0.3)
    agree(factors, np.reshape(flat, (4, 3)), "factors")
