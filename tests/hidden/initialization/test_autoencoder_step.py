"""Hidden tests of autoencoder_step: the loss and each gradient by itself."""

import numpy as np
import pytest

from autograder.suite import agree, agrees, fail, points, unchanged

NAMES = ["dWe", "dbe", "dWd", "dbd"]
SIZES = [(9, 6, 4), (5, 3, 7)]
"""N, d and k: codes that are narrower and wider than the examples."""


@pytest.fixture
def cases(rng):
    """Arguments x, We, be, Wd, bd, large enough for tanh to bend."""

    def arguments(n, d, k):
        shapes = [(n, d), (k, d), (k,), (d, k), (d,)]
        return [rng.standard_normal(shape) for shape in shapes]

    return [arguments(*sizes) for sizes in SIZES]


@pytest.fixture
def check(student, reference, cases):
    """Compares one gradient with the reference's."""

    def compare(name):
        for arguments in cases:
            _, gradients = student.autoencoder_step(*arguments)
            dWe, dbe, dWd, dbd = gradients
            mine = (dWe, dbe, dWd, dbd)[NAMES.index(name)]
            agree(mine, reference.autoencoder_step(*arguments)[1][NAMES.index(name)], name)

    return compare


@points(1.25)
def test_loss(student, reference, cases):
    """gives the loss, the mean over all entries"""
    for arguments in cases:
        loss, _ = student.autoencoder_step(*arguments)
        agree(loss, reference.autoencoder_step(*arguments)[0], "loss")


@points(1.5)
def test_dWe(check):
    """gives dWe, the gradient with respect to the encoder's weights"""
    check("dWe")


@points(1)
def test_dbe(check):
    """gives dbe, the gradient with respect to the encoder's bias"""
    check("dbe")


@points(1)
def test_dWd(check):
    """gives dWd, the gradient with respect to the decoder's weights"""
    check("dWd")


@points(0.75)
def test_dbd(check):
    """gives dbd, the gradient with respect to the decoder's bias"""
    check("dbd")


@points(0.5)
def test_arguments_unchanged(student, reference, cases):
    """leaves the batch and the parameters as they were"""
    arguments = cases[0]
    _, gradients = unchanged(student.autoencoder_step, *arguments)
    # The order and the factor of the gradients have cost their points elsewhere.
    expected = [direction(gradient) for gradient in reference.autoencoder_step(*arguments)[1]]
    mine = [direction(gradient) for gradient in gradients if isinstance(gradient, np.ndarray)]
    if not any(agrees(found, right) for found in mine for right in expected):
        fail("none of the gradients points in the right direction.")


def direction(gradient):
    """A gradient without its length."""
    return gradient / (np.linalg.norm(gradient) or 1.0)
