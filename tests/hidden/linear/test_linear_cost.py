"""Hidden tests of linear_cost: each count by itself."""

import pytest

from autograder.suite import agree, entry, points


@pytest.fixture
def sizes(rng):
    """d_in, d_out and n, all different."""
    return (rng.permutation(300)[:3] + 5).tolist()


@points(0.75)
def test_params(student, reference, sizes):
    """counts the weights and one bias per output"""
    cost = student.linear_cost(*sizes)
    agree(entry(cost, "params"), reference.linear_cost(*sizes)["params"], "params")


@points(0.75)
def test_params_without_bias(student, reference, sizes):
    """counts only the weights when bias=False"""
    cost = student.linear_cost(*sizes, bias=False)
    agree(entry(cost, "params"), reference.linear_cost(*sizes, bias=False)["params"], "params")


@points(0.75)
def test_macs(student, reference, sizes):
    """counts the multiply-accumulates of the whole batch, with and without bias"""
    for bias in (True, False):
        cost = student.linear_cost(*sizes, bias=bias)
        agree(entry(cost, "macs"), reference.linear_cost(*sizes, bias=bias)["macs"], "macs")


@points(0.75)
def test_saved_activations(student, reference, sizes):
    """counts the entries of x that the backward pass needs"""
    cost = student.linear_cost(*sizes)
    expected = reference.linear_cost(*sizes)["saved_activations"]
    agree(entry(cost, "saved_activations"), expected, "saved_activations")
