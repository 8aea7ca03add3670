"""Hidden tests of linear_attention, against its quadratic form."""

import numpy as np
import pytest

from autograder.suite import agree, points, unchanged

L, S, D_K, D_V = 5, 7, 4, 6


@pytest.fixture
def qkv(draw):
    """Draws Q, K and V."""
    return lambda queries=L, keys=S: draw((queries, D_K), (keys, D_K), (keys, D_V))


def expected(Q, K, V, causal=False):
    """All weights, one by one."""
    q, k = (np.where(z > 0, z + 1, np.exp(np.minimum(z, 0))) for z in (Q, K))
    weights = q @ k.T
    if causal:
        weights = np.tril(weights)
    return weights / weights.sum(axis=1, keepdims=True) @ V


@points(0.9)
def test_values(student, qkv):
    """agrees with the quadratic form"""
    for args in (qkv(), qkv(8, 3)):
        agree(student.linear_attention(*args), expected(*args), "out")


@points(0.9)
def test_causal(student, qkv):
    """agrees with the quadratic form over what has been seen so far"""
    for n in (6, 3):
        args = qkv(n, n)
        out = student.linear_attention(*args, causal=True)
        agree(out, expected(*args, causal=True), "out with causal=True")


@points(0.25)
def test_first_position(student, qkv):
    """lets the first position see itself, with causal=True"""
    Q, K, V = qkv(S, S)
    out = student.linear_attention(Q, K, V, True)
    agree(out, V, "out", tol=np.inf)
    agree(out[0], V[0], "out[0] with causal=True")


@points(0.25)
def test_no_look_ahead(student, rng, qkv):
    """never looks at what comes later, with causal=True"""
    Q, K, V = qkv(S, S)
    t = int(rng.integers(2, S))
    right = expected(Q, K, V, causal=True)[:t]
    for array in (Q, K, V):
        array[t:] = np.nan
    out = student.linear_attention(Q, K, V, causal=True)
    agree(np.nan_to_num(out), np.zeros((S, D_V)), "out", tol=np.inf)
    agree(out[:t], right, f"out before a nan at position {t}")


@points(0.25)
@pytest.mark.parametrize("causal", [False, True], ids=["all", "causal"])
def test_feature_map(student, rng, qkv, causal):
    """takes features of large entries"""
    for side in (0, 1):
        Q, K, V = qkv(S, S)
        sizes = rng.choice([-20.0, 900.0], (S, D_K))
        sizes[np.arange(S), rng.integers(D_K, size=S)] = 900.0
        Q, K = (Q + sizes, K) if side == 0 else (Q, K + sizes)
        agree(student.linear_attention(Q, K, V, causal), expected(Q, K, V, causal), "out")


@points(0.1)
@pytest.mark.parametrize("causal", [False, True], ids=["all", "causal"])
def test_ends(student, rng, qkv, causal):
    """is as exact at both ends of what is allowed, -30 and 10,000"""
    _, _, V = qkv(S, S)
    low, other = rng.uniform(-30, -28, (2, S, D_K))
    high = rng.uniform(9000, 10_000, (S, D_K))
    for Q, K in ((low, other), (low, high), (high, low)):
        agree(student.linear_attention(Q, K, V, causal), expected(Q, K, V, causal), "out")


@points(0.25)
def test_means(student, qkv, check_means):
    """stays within the range of the values"""
    Q, K, _ = qkv()
    check_means(lambda V: student.linear_attention(Q, K, V), L, S, D_V)


@points(0.25)
def test_arguments_unchanged(student, qkv):
    """leaves Q, K and V as they were"""
    unchanged(student.linear_attention, *qkv(), may_raise=True)
    unchanged(student.linear_attention, *qkv(S, S), True, may_raise=True)
    Q, K, V = qkv(1, 1)
    agree(unchanged(student.linear_attention, Q, K, V), V, "out for a single position")
