"""Hidden tests of gaussian_kl, against the mean of log(q / p) under q, by quadrature."""

import numpy as np
import pytest
from scipy.stats import norm

from autograder.suite import agree, fail, points, unchanged


@pytest.fixture
def draw(rng):
    """Draws the means and standard deviations of q and p."""

    def arguments(d):
        means = rng.uniform(-2, 2, (2, d))
        stds = rng.uniform([[0.4], [1.2]], [[0.8], [2.5]], (2, d))
        one, other = rng.permutation(2)
        return means[0], stds[one], means[1], stds[other]

    return arguments


def expected_log_ratio(mean_q, std_q, mean_p, std_p):
    """KL(q || p), entries independent: Gauss-Hermite quadrature over the whole vector.

    log(q / p) is a polynomial of degree 2, for which a few nodes are exact.
    """
    nodes, weights = np.polynomial.hermite_e.hermegauss(4)
    grid = np.stack(np.meshgrid(*len(mean_q) * [nodes]), axis=-1)
    weight = np.prod(np.stack(np.meshgrid(*len(mean_q) * [weights]), axis=-1), axis=-1)
    w = mean_q + std_q * grid
    log_ratio = (norm.logpdf(w, mean_q, std_q) - norm.logpdf(w, mean_p, std_p)).sum(axis=-1)
    return float((weight * log_ratio).sum() / weight.sum())


@points(0.25)
def test_one_entry(student, draw):
    """gives the mean of log(q / p) under q, for one number"""
    for _ in range(3):
        arguments = draw(1)
        agree(student.gaussian_kl(*arguments), expected_log_ratio(*arguments), "kl")


@points(0.5)
def test_vectors(student, draw):
    """gives the divergence of the distributions of whole vectors"""
    for d in (2, 3, 5):
        arguments = draw(d)
        agree(student.gaussian_kl(*arguments), expected_log_ratio(*arguments), "kl")


@points(0.25)
def test_many_entries(student, rng):
    """stays exact for hundreds of entries with small standard deviations"""
    means, stds = 0.05 * rng.standard_normal((2, 600)), rng.uniform(0.01, 0.05, (2, 600))
    kl = student.gaussian_kl(means[0], stds[0], means[1], stds[1])
    nodes, weights = np.polynomial.hermite_e.hermegauss(4)
    w = means[0] + stds[0] * nodes[:, None]
    log_ratio = norm.logpdf(w, means[0], stds[0]) - norm.logpdf(w, means[1], stds[1])
    agree(kl, float((weights @ log_ratio).sum() / weights.sum()), "kl for 600 entries")


@points(0.25)
def test_means(student, draw):
    """measures how far the means are apart, in standard deviations of p"""
    mean_q, _, mean_p, std_p = draw(3)
    kl = student.gaussian_kl(mean_q, std_p, mean_p, std_p)
    agree(kl, float((((mean_q - mean_p) / std_p) ** 2).sum() / 2), "kl for equal std")


@points(0.25)
def test_stds(student, draw):
    """compares the standard deviations if the means are the same"""
    mean_q, std_q, _, std_p = draw(3)
    arguments = (mean_q, std_q, mean_q, std_p)
    agree(student.gaussian_kl(*arguments), expected_log_ratio(*arguments), "kl for equal means")


@points(0.25)
def test_zero(student, draw):
    """is 0 for equal distributions only, and never negative"""
    mean_q, std_q, mean_p, std_p = draw(4)
    agree(student.gaussian_kl(mean_q, std_q, mean_q, std_q), 0.0, "kl of q and q")
    for arguments in [(mean_q, std_q, mean_p, std_q), (mean_q, std_q, mean_q, std_p)]:
        kl = student.gaussian_kl(*arguments)
        agree(kl, 1.0, "kl", tol=np.inf)
        if kl <= 0:
            fail("kl is not positive for two different distributions.")


@points(0.25)
def test_arguments_unchanged(student, draw):
    """leaves the means and standard deviations as they were"""
    agree(unchanged(student.gaussian_kl, *draw(4)), 1.0, "kl", tol=np.inf)
