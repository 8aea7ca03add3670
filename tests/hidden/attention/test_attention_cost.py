"""Hidden tests of attention_cost."""

import pytest

from autograder.suite import agree, entry, points


@pytest.fixture
def check(student, reference, rng):
    """Compares one count for layers of several sizes, among them more heads for the same width."""

    def compare(key):
        n, d_k = int(rng.integers(20, 900)), int(rng.integers(5, 60))
        for d_model, h in [(12 * d_k, 3), (12 * d_k, 12), (12 * d_k, 1), (5 * d_k, 5)]:
            cost = student.attention_cost(n, d_model, h)
            right = reference.attention_cost(n, d_model, h)[key]
            agree(entry(cost, key), right, f'"{key}" for n, d_model, h = {n}, {d_model}, {h}')

    return compare


@points(0.75)
def test_params(check):
    """counts the weights"""
    check("params")


@points(0.75)
def test_projection_macs(check):
    """counts the multiply-adds of the projections"""
    check("projection_macs")


@points(0.75)
def test_score_macs(check):
    """counts the multiply-adds between the tokens"""
    check("score_macs")


@points(0.75)
def test_score_entries(check):
    """counts the entries of the attention matrices"""
    check("score_entries")
