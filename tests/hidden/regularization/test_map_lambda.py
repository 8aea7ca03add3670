"""Hidden tests of map_lambda: the minimum with the penalty is the mode of the posterior."""

import numpy as np
import pytest
from scipy import optimize

from autograder.suite import agree, fail, points


@pytest.fixture
def draw(student, rng):
    """Draws a regression with its prior, and asks the student for lam."""

    def ask(prior, n, d):
        X = rng.standard_normal((n, d))
        scale, noise_var = rng.uniform([0.3, 0.2], [0.9, 0.8]).tolist()
        if rng.random() < 0.5:
            scale, noise_var = 1 / scale, 1 / noise_var
        y = X @ rng.uniform(1, 2, d) + np.sqrt(noise_var) * rng.standard_normal(n)
        lam = student.map_lambda(prior, scale, noise_var, n)
        agree(lam, 1.0, "lam", tol=np.inf)  # a finite number
        if lam <= 0:
            fail("lam is not positive.")
        return X, y, scale, noise_var, float(lam)

    return ask


@points(1)
def test_gaussian(draw):
    """gives ridge regression the mean of the posterior, for a Gaussian prior"""
    for n, d in [(7, 3), (2, 5), (30, 2)]:
        X, y, scale, noise_var, lam = draw("gaussian", n, d)
        ridge = np.linalg.solve(X.T @ X / n + lam * np.eye(d), X.T @ y / n)
        precision = X.T @ X / noise_var + np.eye(d) / scale**2
        agree(ridge, np.linalg.solve(precision, X.T @ y / noise_var), "the minimum with your lam")


@points(1)
def test_laplace(draw, reference):
    """gives a model with an L1 penalty the mode of the posterior, for a Laplace prior"""
    for n, d in [(9, 3), (20, 4)]:
        X, y, scale, noise_var, lam = draw("laplace", n, d)
        X *= np.sqrt(n) / np.linalg.norm(X, axis=0)
        signs = np.sign(X.T @ y)
        # With the penalty lam, w is at its minimum (not 0) where the slope of the data term is lam.
        w = np.linalg.solve(X.T @ X / n, X.T @ y / n - lam * signs)
        slope = X.T @ (y - X @ w) / noise_var  # of the log-likelihood
        agree(slope, signs / scale, "the slope of the log-likelihood where your lam puts w")


@points(0.5)
def test_gaussian_search(draw):
    """finds what a search for the mode finds, for a Gaussian prior"""
    for n in (1, 6):
        X, y, scale, noise_var, lam = draw("gaussian", n, 1)
        x = 1 + np.abs(X[:, 0])
        y = (np.abs(y) + 1) * x  # a search is not exact enough beside 0
        mode = searched(x, y, noise_var, lambda w, s=scale: w**2 / (2 * s**2))
        agree(float(x @ y / (x @ x + n * lam)), mode, "w at the minimum", tol=1e-5)


@points(0.5)
def test_laplace_search(draw):
    """finds what a search for the mode finds, for a Laplace prior"""
    for n in (1, 6):
        X, y, scale, noise_var, lam = draw("laplace", n, 1)
        x = 1 + np.abs(X[:, 0])
        y = (np.abs(y) + 2 * noise_var / scale) * x  # far from 0
        mode = searched(x, y, noise_var, lambda w, b=scale: abs(w) / b)
        agree(float((x @ y - n * lam) / (x @ x)), mode, "w at the minimum", tol=1e-5)


def searched(x, y, noise_var, surprise):
    """The mode of the posterior of one weight, found by trying."""

    def energy(w):
        return ((y - w * x) ** 2).sum() / (2 * noise_var) + surprise(w)

    middle = float(x @ y / (x @ x))
    span = (min(0.0, middle) - 1, max(0.0, middle) + 1)
    return float(optimize.minimize_scalar(energy, bounds=span, options={"xatol": 1e-9}).x)
