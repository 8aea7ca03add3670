"""Hidden tests of noise_scale, against all mini-batches that there are."""

import itertools

import numpy as np
import pytest

from autograder.suite import agree, entry, points, unchanged

SIZES = [(5, 3, 4), (3, 5, 4), (6, 2, 3)]
"""n, d and the batch: smaller and larger than n, and such that no factors look alike."""


@pytest.fixture
def cases(rng):
    """Gradients with a mean, a batch size, a learning rate, and the gradients of all batches."""

    def draw(n, d, batch):
        grads = rng.uniform(-2, 2, d) + rng.uniform(0.3, 3, d) * rng.standard_normal((n, d))
        drawn = list(itertools.product(range(n), repeat=batch))
        return grads, batch, float(rng.uniform(0.05, 0.6)), grads[np.array(drawn)].mean(axis=1)

    return [draw(*sizes) for sizes in SIZES]


def spread(vectors):
    """The mean squared distance from the mean."""
    return float(((vectors - vectors.mean(axis=0)) ** 2).sum(axis=1).mean())


@points(0.75)
def test_grad_noise(student, cases):
    """gives the noise of a mini-batch's gradient"""
    for grads, batch, lr, every in cases:
        answer = entry(student.noise_scale(grads, batch, lr), "grad_noise")
        agree(answer, spread(every), '"grad_noise"')


@points(0.75)
def test_step_noise(student, cases):
    """gives the noise of a step"""
    for grads, batch, lr, every in cases:
        answer = entry(student.noise_scale(grads, batch, lr), "step_noise")
        agree(answer, spread(-lr * every), '"step_noise"')


@points(0.75)
def test_sde_scale(student, cases):
    """gives the noise of the steps per unit of time"""
    for grads, batch, lr, every in cases:
        answer = entry(student.noise_scale(grads, batch, lr), "sde_scale")
        agree(answer, spread(-lr * every) / lr, '"sde_scale"')


@points(0.25)
def test_linear_scaling(student, cases):
    """keeps the noise per unit of time if batch and learning rate grow together"""
    for grads, batch, lr, every in cases:
        answer = entry(student.noise_scale(grads, 3 * batch, 3 * lr), "sde_scale")
        agree(answer, lr * spread(every), f'"sde_scale" for batch={3 * batch}, lr={3 * lr:.4g}')


@points(0.25)
def test_no_noise(student, rng):
    """finds no noise where all gradients are the same, or where there is only one"""
    for n in (1, 5):
        noise = student.noise_scale(np.tile(rng.integers(1, 9, 4) / 4, (n, 1)), 3, 0.3)
        for key in ("grad_noise", "step_noise", "sde_scale"):
            agree(entry(noise, key), 0.0, f'"{key}" for {n} equal gradients')


@points(0.25)
def test_argument_unchanged(student, cases):
    """leaves per_sample_grads as they were"""
    for grads, batch, lr, _ in cases:
        noise = unchanged(student.noise_scale, grads, batch, lr)
        agree(entry(noise, "grad_noise"), 1.0, '"grad_noise"', tol=np.inf)
