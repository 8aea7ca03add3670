"""Hidden tests of softmax_cross_entropy."""

import numpy as np
import pytest

from autograder.suite import agree, agrees, fail, points, refuses, unchanged


@pytest.fixture
def batches(rng):
    """Batches of different sizes; not every class occurs, some labels occur twice."""
    return [
        (3 * rng.standard_normal((n, k)), rng.integers(k, size=n))
        for n, k in ((7, 4), (4, 9), (12, 3))
    ]


@pytest.fixture
def extreme(rng):
    """Logits of 1000 and -1000; each row with another label, the last with the largest logit."""
    logits = 1000.0 * rng.permuted(np.resize([1, -1, 0], (5, 6)), axis=1)
    logits += rng.uniform(-2, 2, logits.shape)
    labels = rng.integers(6, size=5)
    labels[0], labels[-1] = logits[0].argmin(), logits[-1].argmax()
    return logits, labels


def both(student, logits, labels):
    """The student's loss and gradient, if they have the right form."""
    loss, dlogits = student.softmax_cross_entropy(logits, labels)
    agree(loss, 0.0, "loss", tol=np.inf)
    agree(dlogits, logits, "dlogits", tol=np.inf)
    return loss, dlogits


@points(0.75)
def test_loss(student, reference, batches):
    """gives the mean loss of a batch"""
    for logits, labels in batches:
        loss, _ = student.softmax_cross_entropy(logits, labels)
        agree(loss, reference.softmax_cross_entropy(logits, labels)[0], "loss")


@points(1)
def test_gradient(student, reference, batches):
    """gives the gradient of the mean loss"""
    for logits, labels in batches:
        _, dlogits = student.softmax_cross_entropy(logits, labels)
        agree(dlogits, reference.softmax_cross_entropy(logits, labels)[1], "dlogits")


@points(0.25)
def test_extreme_loss(student, reference, extreme):
    """gives the loss of each example where logits are 1000 or -1000"""
    for row, label in zip(*extreme, strict=True):
        loss, _ = student.softmax_cross_entropy(row[None], np.array([label]))
        right, _ = reference.softmax_cross_entropy(row[None], np.array([label]))
        agree(loss, right, "loss")


@points(0.25)
def test_extreme_gradient(student, reference, extreme):
    """gives the gradient of each example where logits are 1000 or -1000"""
    for row, label in zip(*extreme, strict=True):
        _, dlogits = student.softmax_cross_entropy(row[None], np.array([label]))
        _, right = reference.softmax_cross_entropy(row[None], np.array([label]))
        agree(dlogits, right, "dlogits")


@points(0.25)
def test_any_size(student):
    """is exact for logits of any size, such as 1e300"""
    logits = 1e300 * np.array([[-1.0, -1.0, 1.0]])
    loss, dlogits = student.softmax_cross_entropy(logits, np.array([0]))
    agree(loss, 2e300, "loss for logits of 1e+300, the label's the smallest,")
    agree(dlogits, np.array([[-1.0, 0, 1]]), "dlogits for logits of 1e+300")


@points(0.25)
def test_extreme_batch(student, reference, rng):
    """gives the gradient of a batch in which rows lie 2000 apart"""
    logits = rng.standard_normal((4, 3)) + rng.permutation([[1000.0], [-1000.0], [0.0], [700.0]])
    labels = rng.integers(3, size=4)
    _, dlogits = both(student, logits, labels)
    right = reference.softmax_cross_entropy(logits, labels)[1]
    # The factor 1/N has cost its points elsewhere.
    if not any(agrees(dlogits * factor, right) for factor in (1, 1 / 4)):
        fail("dlogits is wrong where one row holds logits near 1000 and another near -1000.")


@points(0.25)
def test_constant(student, rng, batches):
    """ignores a constant that is added to a row, and gives gradients whose rows add up to 0"""
    for logits, labels in batches:
        moved = logits + rng.uniform(-5, 5, (len(logits), 1))
        loss, dlogits = both(student, logits, labels)
        again = student.softmax_cross_entropy(moved, labels)
        agree(again, (loss, dlogits), "(loss, dlogits) after the shift")
        agree(dlogits.sum(axis=1), np.zeros(len(logits)), "the sum of each row of dlogits")
        if not np.any(dlogits):
            fail("dlogits is all zero.")


@points(0.25)
def test_single(student, reference, rng):
    """works for a single example, and for two classes"""
    for n, k in ((1, 5), (3, 2), (1, 2)):
        logits, labels = rng.standard_normal((n, k)), rng.integers(k, size=n)
        loss, dlogits = both(student, logits, labels)
        right = reference.softmax_cross_entropy(logits, labels)[1]
        # The factor 1/N has cost its points elsewhere.
        if not any(agrees(dlogits * factor, right) for factor in (1, 1 / n)):
            fail(f"dlogits is wrong for {n} example(s) and {k} classes.")
        if not loss > 0:
            fail(f"the loss is {loss:.6g}, expected a positive number.")


@points(0.5)
def test_refuses(student, batches):
    """raises ValueError for labels that are no class"""
    for logits, labels in batches:
        for wrong in (logits.shape[1] + 3, -1, logits.shape[1]):
            for place in range(len(labels)):
                bad = labels.copy()
                bad[place] = wrong
                refuses(ValueError, student.softmax_cross_entropy, logits, bad)
        both(student, logits, labels)


@points(0.25)
def test_arguments_unchanged(student, reference, batches):
    """leaves logits and labels as they were"""
    for logits, labels in batches:
        _, dlogits = unchanged(student.softmax_cross_entropy, logits, labels)
        right = reference.softmax_cross_entropy(logits, labels)[1]
        agree(dlogits, right, "dlogits", tol=np.inf)
        # Up to a factor: that has cost its points elsewhere.
        if not agrees(dlogits / (np.linalg.norm(dlogits) or 1), right / np.linalg.norm(right)):
            fail("dlogits does not have the direction of the gradient.")
