"""Hidden tests of sharing_factor: each factor by itself, against counted weights."""

import pytest

from autograder.suite import agree, entry, points


@pytest.fixture
def sizes(rng):
    """H1, W1, H2, W2, kh and kw, all different; 23 divides no side: no ratio is a whole number."""
    H1, W1 = (30 + rng.permutation(10)[:2]).tolist()
    H2, W2 = (10 + rng.permutation(10)[:2]).tolist()
    return [H1, W1, H2, W2, 3, 23]


def weights(H1, W1, H2, W2, kh, kw, C1=3, C2=5):
    """The weights of the fully connected layer, the locally connected one and the convolution."""
    outputs = H2 * W2 * C2
    return outputs * H1 * W1 * C1, outputs * kh * kw * C1, kh * kw * C1 * C2


@points(0.75)
def test_locality(student, sizes):
    """knows what it saves to look at a window only"""
    fully, locally, _ = weights(*sizes)
    agree(entry(student.sharing_factor(*sizes), "locality"), fully / locally, "locality")


@points(0.5)
def test_sharing(student, sizes):
    """knows how many positions share a kernel, as an int"""
    _, locally, shared = weights(*sizes)
    agree(entry(student.sharing_factor(*sizes), "sharing"), locally // shared, "sharing")


@points(0.75)
def test_total(student, sizes):
    """knows how many times fewer weights the convolution has"""
    fully, _, shared = weights(*sizes)
    agree(entry(student.sharing_factor(*sizes), "total"), fully / shared, "total")
