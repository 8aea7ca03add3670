"""Hidden tests of widen: what each new unit is, and what the network computes afterwards."""

import numpy as np
import pytest

from autograder.suite import agree, agrees, fail, points, refuses, unchanged

SIZES = [(3, 4, 2, 9), (6, 2, 5, 11), (2, 5, 3, 8)]
"""d_in, h, d_out and h_new."""


@pytest.fixture
def cases(rng):
    """W1, b1, W2 and a mapping in any order, in which one unit occurs often and one once."""

    def drawn(d_in, h, d_out, h_new):
        once, often = rng.permutation(h)[:2]
        others = rng.permutation(np.delete(np.arange(h), once))
        mapping = np.concatenate([[once, often], others, rng.choice(others, h_new - h - 1)])
        return [*layers(rng, d_in, h, d_out), rng.permutation(mapping)]

    return [drawn(*sizes) for sizes in SIZES]


def layers(rng, d_in, h, d_out):
    """W1, b1 and W2."""
    return [rng.standard_normal(shape) for shape in ((h, d_in), (h,), (d_out, h))]


@points(0.75)
def test_incoming(student, reference, cases):
    """gives every new unit the weights and the bias of the unit that it copies"""
    for case in cases:
        W1, b1, _ = student.widen(*case)
        agree((W1, b1), reference.widen(*case)[:2], "(W1_new, b1_new)")


@points(0.75)
def test_outgoing(student, reference, cases):
    """shares the outgoing weights of a unit among its copies"""
    for case in cases:
        _, _, W2 = student.widen(*case)
        agree(W2, reference.widen(*case)[2], "W2_new", tol=1e-9)


@points(0.25)
@pytest.mark.parametrize("phi", [np.tanh, lambda z: np.maximum(z, 0)], ids=["tanh", "relu"])
def test_same_outputs(student, rng, cases, phi):
    """computes the same as before, with the activation function phi"""
    for W1, b1, W2, mapping in cases:
        x = rng.standard_normal((20, W1.shape[1]))
        new = student.widen(W1, b1, W2, mapping)
        shapes = ((len(mapping), W1.shape[1]), (len(mapping),), (len(W2), len(mapping)))
        agree(new, [np.zeros(shape) for shape in shapes], "the result", tol=np.inf)
        V1, c1, V2 = new
        agree(
            phi(x @ V1.T + c1) @ V2.T,
            phi(x @ W1.T + b1) @ W2.T,
            f"the output of the network of {len(mapping)} units",
        )


@points(0.25)
def test_same_size(student, reference, rng):
    """takes a mapping that only reorders the units, as a list or a tuple"""
    for kind in (list, tuple):
        case = [*layers(rng, 3, 6, 4), kind(map(int, rng.permutation(6)))]
        new = student.widen(*case)
        agree(new, reference.widen(*case), "(W1_new, b1_new, W2_new)")


@points(0.5)
def test_refuses(student, rng, cases):
    """raises ValueError where a unit is missing, or where there is no such unit"""
    for W1, b1, W2, mapping in cases:
        h = len(W1)
        wrong = [np.append(mapping, h), np.append(mapping, -1)]
        for gone in range(h):
            wrong += [
                np.where(mapping == gone, other, mapping) for other in ((gone + 1) % h, h, -1)
            ]
        wrong = [rng.permutation(bad) for bad in wrong]
        for bad in wrong:  # all are asked before one fails: so it shows which are refused
            student.widen.answer(W1, b1, W2, bad)
        for bad in wrong:
            refuses(ValueError, student.widen, W1, b1, W2, bad)


@points(0.25)
def test_arguments_unchanged(student, reference, cases):
    """leaves the old network and the mapping as they were"""
    for case in cases:
        new = unchanged(student.widen, *case)
        right = reference.widen(*case)
        agree(new, right, "the result", tol=np.inf)
        if not any(agrees(mine, good) for mine, good in zip(new, right, strict=True)):
            fail("none of W1_new, b1_new and W2_new is right.")
