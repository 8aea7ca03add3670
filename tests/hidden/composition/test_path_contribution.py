"""Hidden tests of path_contribution: paths are listed where there are few."""

import itertools

import numpy as np

from autograder.suite import agree, points, unchanged


def drawn(rng, L, n):
    """Jacobians that do not commute."""
    return [rng.standard_normal((n, n)) / np.sqrt(n) for _ in range(L)]


def listed(jacobians, length):
    """The sum over all paths of a length, visited one by one."""
    n = len(jacobians[0])
    total = np.zeros((n, n))
    for path in itertools.combinations(jacobians, length):
        product = np.eye(n)
        for J in path:
            product = J @ product
        total += product
    return total


@points(1)
def test_between(student, rng):
    """adds up the paths of every length between 1 and L"""
    for L, n in ((4, 3), (5, 2)):
        jacobians = drawn(rng, L, n)
        for length in range(2, L):
            found = student.path_contribution(jacobians, length)
            agree(found, listed(jacobians, length), f"the sum for L = {L}, length {length}")


@points(0.25)
def test_length_0(student, rng):
    """knows the one path that skips everything"""
    found = student.path_contribution(drawn(rng, 4, 3), 0)
    agree(found, np.eye(3), "the sum for length 0")


@points(0.25)
def test_length_1(student, rng):
    """knows the paths through a single inner layer"""
    jacobians = drawn(rng, 5, 3)
    agree(student.path_contribution(jacobians, 1), sum(jacobians), "the sum for length 1")


@points(0.25)
def test_length_L(student, rng):
    """knows the one path through all inner layers"""
    a, b, c, d = jacobians = drawn(rng, 4, 3)
    agree(student.path_contribution(jacobians, 4), d @ c @ b @ a, "the sum for length L")


@points(0.25)
def test_longer(student, rng):
    """gives zero for more inner layers than there are"""
    for length in (3, 6):
        found = student.path_contribution(drawn(rng, 2, 3), length)
        agree(found, np.zeros((3, 3)), f"the sum for L = 2, length {length}")


@points(0.5)
def test_all_lengths(student, reference, rng):
    """adds up, over all lengths, to the Jacobian of the chain"""
    jacobians = drawn(rng, 6, 4)
    found = [student.path_contribution(jacobians, length) for length in range(7)]
    for length, part in enumerate(found):
        agree(part, np.zeros((4, 4)), f"the sum for length {length}", tol=np.inf)
    total = reference.residual_jacobian(jacobians)
    agree(np.sum(found, axis=0), total, "the sum over all lengths")


@points(0.25)
def test_many_blocks(student, reference, rng):
    """manages 40 blocks"""
    jacobians, length = drawn(rng, 40, 2), int(rng.integers(15, 26))
    found = student.path_contribution(jacobians, length)
    agree(found, reference.path_contribution(jacobians, length), f"the sum for length {length}")


@points(0.25)
def test_arguments_unchanged(student, rng):
    """leaves the Jacobians as they were"""
    for length in (2, 0, 1, 4):
        found = unchanged(student.path_contribution, drawn(rng, 4, 3), length)
        agree(found, np.zeros((3, 3)), "the sum", tol=np.inf)
        assert length != 2 or np.any(found), "the sum is zero."
