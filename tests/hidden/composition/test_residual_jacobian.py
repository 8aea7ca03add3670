"""Hidden tests of residual_jacobian: the blocks are run one by one, and the product must agree."""

import numpy as np

from autograder.suite import agree, points, unchanged


def drawn(rng, L, n):
    """Jacobians that do not commute."""
    return [rng.standard_normal((n, n)) / np.sqrt(n) for _ in range(L)]


def through(jacobians, v):
    """What small changes of the input, the columns of v, become."""
    for J in jacobians:
        v = v + J @ v
    return v


@points(0.75)
def test_order(student, rng):
    """multiplies in the order of the network"""
    for L, n in ((2, 3), (5, 4), (3, 6)):
        jacobians = drawn(rng, L, n)
        total = student.residual_jacobian(jacobians)
        agree(total, through(jacobians, np.eye(n)), f"the Jacobian of {L} blocks")


@points(0.25)
def test_one_block(student, rng):
    """knows a single block"""
    for n in (3, 1):
        (J,) = drawn(rng, 1, n)
        agree(student.residual_jacobian([J]), np.eye(n) + J, f"the Jacobian of one block, n = {n}")


@points(0.25)
def test_lost_direction(student, rng):
    """knows that a single block can lose a direction for good"""
    jacobians = drawn(rng, 4, 3)
    v = rng.standard_normal(3)
    jacobians[1] = jacobians[1] @ (np.eye(3) - np.outer(v, v) / (v @ v)) - np.outer(v, v) / (v @ v)
    total = student.residual_jacobian(jacobians)
    agree(total, np.zeros((3, 3)), "the Jacobian", tol=np.inf)
    start = np.linalg.solve(np.eye(3) + jacobians[0], v)
    start = start / np.linalg.norm(start)
    agree(total @ start, np.zeros(3), "what becomes of a direction that the second block loses")


@points(0.25)
def test_arguments_unchanged(student, rng):
    """leaves the Jacobians as they were"""
    jacobians = drawn(rng, 3, 4)
    total = unchanged(student.residual_jacobian, jacobians)
    agree(total, np.zeros((4, 4)), "the Jacobian", tol=np.inf)
    assert np.any(total), "the Jacobian is zero."
