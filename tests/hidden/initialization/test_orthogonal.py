"""Hidden tests of orthogonal. Statistical checks: 9, each with a false-alarm rate of 1e-9."""

import numpy as np
import pytest

from autograder.suite import agree, points, proportion
from autograder.suite.statistics import Normal, follows


def is_orthogonal(W, gain=1.0):
    """Check the columns of a tall matrix, the rows of a wide one, both of a square one."""
    tall = W if W.shape[0] >= W.shape[1] else W.T
    product = "W.T @ W" if tall is W else "W @ W.T"
    agree(tall.T @ tall, gain**2 * np.eye(tall.shape[1]), product)


@points(0.5)
def test_tall(draw, rng):
    """gives tall and square matrices orthonormal columns"""
    size = int(rng.integers(3, 8))
    is_orthogonal(draw("orthogonal", (size + 4, size)))
    is_orthogonal(draw("orthogonal", (size, size)))
    is_orthogonal(draw("orthogonal", (size, 1)))


@points(0.5)
def test_wide(draw, rng):
    """gives wide matrices orthonormal rows"""
    size = int(rng.integers(3, 8))
    is_orthogonal(draw("orthogonal", (size, size + 1)))
    is_orthogonal(draw("orthogonal", (1, size)))


@points(0.5)
def test_gain(draw, rng):
    """scales the matrix by gain"""
    for shape, gain in zip([(7, 4), (3, 6), (5, 5)], rng.uniform(1.5, 3, 3), strict=True):
        is_orthogonal(draw("orthogonal", shape, gain=gain), gain)


@points(1 / 3)
@pytest.mark.parametrize("shape", [(64, 32), (32, 64), (36, 36)], ids=["tall", "wide", "square"])
def test_signs(draw, shape):
    """lets the entries of the diagonal be positive and negative equally often"""
    # Turning a column (of a wide matrix: a row) round keeps the law, so the signs are independent.
    diagonals = np.array([np.diag(draw("orthogonal", shape)) for _ in range(16)])
    what = f"entries of the diagonal are positive in 16 matrices of shape {shape}"
    proportion(int((diagonals > 0).sum()), diagonals.size, 0.5, what)  # ALPHA: 1e-9 per shape


@points(0.5)
def test_small(draw):
    """draws rotations and reflections, and vectors up and down, equally often"""
    for shape in [(3, 3), (2, 2), (1, 1)]:
        determinants = np.array([np.linalg.det(draw("orthogonal", shape)) for _ in range(40)])
        what = f"matrices of shape {shape} have a positive determinant"
        proportion(int((determinants > 0).sum()), 40, 0.5, what)  # ALPHA: 3 * 1e-9
    for shape in [(1, 5), (5, 1)]:
        firsts = np.array([draw("orthogonal", shape)[0, 0] for _ in range(40)])
        what = f"matrices of shape {shape} have a positive first entry"
        proportion(int((firsts > 0).sum()), 40, 0.5, what)  # ALPHA: 2 * 1e-9


@points(0.75)
def test_directions(draw, rng):
    """prefers no direction: the first column, or row, is uniform on the sphere"""
    columns = [draw("orthogonal", (400, 2))[:, 0] for _ in range(16)]
    rows = [draw("orthogonal", (2, 400))[0] for _ in range(16)]
    # A uniform direction, with the length of a normal vector, has independent normal entries.
    # ALPHA: 1e-9 for all entries together.
    lengths = np.sqrt(rng.chisquare(400, (32, 1)))
    directions = np.array(columns + rows)
    unit = directions / np.maximum(np.linalg.norm(directions, axis=1, keepdims=True), 1e-300)
    follows(unit * lengths, Normal(1).cdf, "the first columns and rows, with random lengths,")


@points(0.25)
def test_generator(student, goes_by_rng):
    """draws from the given generator only, and moves it on"""
    goes_by_rng(lambda generator: student.orthogonal.answer((5, 4), generator))
    goes_by_rng(lambda generator: student.orthogonal.answer((3, 6), generator))
