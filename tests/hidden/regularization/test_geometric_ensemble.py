"""Hidden tests of geometric_ensemble, against ensembles of all masks of a softmax layer."""

import itertools

import numpy as np
from scipy.special import log_softmax, softmax

from autograder.suite import agree, points, unchanged


def layer(rng, classes, inputs):
    """A softmax layer and an input: x, W, b."""
    x = rng.uniform(0.5, 1.5, inputs) * rng.choice([-1, 1], inputs)
    return x, rng.standard_normal((classes, inputs)), rng.standard_normal(classes)


@points(1)
def test_geometric_mean(student, rng):
    """gives the geometric mean of the members' probabilities, normalised"""
    for members, classes in [(2, 5), (7, 3), (4, 2)]:
        logits = 2 * rng.standard_normal((members, classes))
        product = np.prod(softmax(logits, axis=1), axis=0) ** (1 / members)
        agree(student.geometric_ensemble(logits), product / product.sum(), "probabilities")


@points(1)
def test_all_masks(student, rng):
    """equals one pass with halved inputs, for all masks of a softmax layer"""
    for inputs, classes in [(6, 4), (4, 7)]:
        x, W, b = layer(rng, classes, inputs)
        masks = np.array(list(itertools.product([0, 1], repeat=inputs)))
        answer = student.geometric_ensemble((masks * x) @ W.T + b)
        agree(answer, softmax(W @ x / 2 + b), "probabilities")


@points(0.5)
def test_repeated_members(student, rng):
    """counts every member as often as it occurs"""
    x, W, b = layer(rng, 5, 3)
    masks = np.array(list(itertools.product([0, 1, 1, 1], repeat=3)))  # keep = 3/4
    answer = student.geometric_ensemble((masks * x) @ W.T + b)
    agree(answer, softmax(0.75 * W @ x + b), "probabilities")


@points(0.5)
def test_shifted_logits(student, rng):
    """does not see a number added to all logits of one member"""
    logits = rng.standard_normal((6, 4))
    expected = softmax(log_softmax(logits, axis=1).mean(axis=0))
    shifted = logits + rng.uniform(-30, 30, (6, 1))
    agree(student.geometric_ensemble(shifted), expected, "probabilities")


@points(0.5)
def test_large_logits(student, rng):
    """is right for logits of any size, whether members contradict each other or are all certain"""
    mean = rng.standard_normal(4)
    for size in (1e2, 1e3, 9e3):
        apart = size * rng.uniform(0.5, 1, (3, 4)) * rng.choice([-1, 1], (3, 4))
        logits = mean + np.concatenate([apart, -apart])
        agree(student.geometric_ensemble(logits), softmax(mean), f"probabilities for {size:g}")
        shifted = student.geometric_ensemble(mean + np.full((5, 4), size))
        agree(shifted, softmax(mean), f"probabilities for logits near {size:g}")
        certain = mean + size / 3 * rng.permutation(4)
        answer = student.geometric_ensemble(np.tile(certain, (3, 1)))
        agree(answer, softmax(certain), f"probabilities of certain members for {size:g}")


@points(0.25)
def test_one_member(student, rng):
    """gives the prediction of the only member"""
    logits = rng.standard_normal((1, 5))
    agree(student.geometric_ensemble(logits), softmax(logits[0]), "probabilities")


@points(0.25)
def test_argument_unchanged(student, rng):
    """leaves logits as they were"""
    logits = rng.standard_normal((4, 3))
    answer = unchanged(student.geometric_ensemble, logits)
    agree(answer, np.zeros(3), "probabilities", tol=np.inf)
