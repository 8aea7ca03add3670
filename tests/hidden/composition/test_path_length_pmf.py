"""Hidden tests of path_length_pmf: paths are listed where there are few, and else known by laws."""

import itertools

import numpy as np

from autograder.suite import agree, points

SMALLEST = 1e-290
"""Of the shares that are compared one by one."""


@points(0.5)
def test_few_blocks(student, rng):
    """gives the shares of all paths, listed one by one"""
    for L in rng.permutation(range(2, 9))[:4].tolist():
        lengths = [sum(path) for path in itertools.product((0, 1), repeat=L)]
        expected = np.bincount(lengths) / len(lengths)
        agree(student.path_length_pmf(L), expected, f"the shares for L = {L}")


@points(0.25)
def test_no_block(student):
    """knows the one path through no block, and the two through one"""
    agree(student.path_length_pmf(0), np.array([1.0]), "the shares for L = 0")
    agree(student.path_length_pmf(1), np.array([0.5, 0.5]), "the shares for L = 1")


@points(0.5)
def test_moments(student, rng):
    """adds up to 1, with mean L/2 and variance L/4"""
    L = int(rng.integers(30, 61))
    pmf = student.path_length_pmf(L)
    agree(pmf, np.zeros(L + 1), f"the shares for L = {L}", tol=np.inf)
    k = np.arange(L + 1)
    agree(pmf.sum(), 1.0, "the sum of all shares")
    agree(pmf @ k, L / 2, "the mean length")
    agree(pmf @ (k - L / 2) ** 2, L / 4, "the variance of the length")


@points(0.25)
def test_many_blocks(student, reference, rng):
    """stays exact where there are more paths than floats can count"""
    for L in (int(rng.integers(1100, 1301)), 2000):
        right = reference.path_length_pmf(L)
        found = student.path_length_pmf(L)
        agree(found, right, f"the shares for L = {L}", tol=1e-9)
        # Each by itself, but for those that hold fewer digits, or are 0.
        held = right > SMALLEST
        what = f"the shares for L = {L}, each divided by the right one,"
        agree(found[held] / right[held], np.ones(int(held.sum())), what)
