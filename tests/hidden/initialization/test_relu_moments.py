"""Hidden tests of relu_moments, against integrals."""

import numpy as np
from scipy import integrate

from autograder.suite import agree, entry, points


def expectation(f, sigma):
    """E[f(relu(z))] for z ~ N(0, sigma^2): the half below 0, and an integral over the other."""
    density = np.sqrt(2 * np.pi) * sigma
    above = integrate.quad(
        lambda z: f(z) * np.exp(-((z / sigma) ** 2) / 2) / density, 0, 12 * sigma, epsabs=0
    )
    return f(0) / 2 + above[0]


def check(student, rng, key, expected):
    """Compare one of the moments, for a small, a middle and a large sigma."""
    sigmas = rng.uniform([0.05, 0.7, 3], [0.3, 0.9, 30])
    for answer, sigma in [(student.relu_moments(float(sigma)), sigma) for sigma in sigmas]:
        agree(entry(answer, key), expected(sigma), f'"{key}" at sigma = {sigma:.4g}')


@points(1)
def test_mean(student, rng):
    """gives the mean"""
    check(student, rng, "mean", lambda sigma: expectation(lambda y: y, sigma))


@points(1)
def test_variance(student, rng):
    """gives the variance, about the mean"""

    def variance(sigma):
        mean = expectation(lambda y: y, sigma)
        return expectation(lambda y: (y - mean) ** 2, sigma)

    check(student, rng, "var", variance)


@points(1)
def test_second_moment(student, rng):
    """gives the second moment"""
    check(student, rng, "second", lambda sigma: expectation(lambda y: y**2, sigma))
