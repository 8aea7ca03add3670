"""Hidden tests of window_attention, against full attention with a mask."""

import numpy as np
import pytest

from autograder.suite import agree, points, unchanged

N, D_K, D_V = 9, 4, 6
pytestmark = pytest.mark.on_call("softmax")  # of one position's logits, or of several's


@pytest.fixture
def qkv(draw):
    """Draws Q, K and V."""
    return lambda n=N, d_k=D_K: draw((n, d_k), (n, d_k), (n, D_V))


@pytest.fixture
def unscaled(qkv):
    """Draws them with d_k = 1: a wrong scale has cost its points elsewhere."""
    return lambda: qkv(d_k=1)


def expected(reference, Q, K, V, radius):
    """The exact quadratic form."""
    i = np.arange(len(Q))
    mask = abs(i[:, None] - i) <= radius
    return reference.attention_forward(Q, K, V, mask)[0]


@points(1.25)
def test_values(student, reference, rng, qkv):
    """agrees with full attention under the mask of the window"""
    for radius in (1, int(rng.integers(2, 5))):
        args = *qkv(), radius
        what = f"out for radius {radius}"
        agree(student.window_attention(*args), expected(reference, *args), what)


@points(0.25)
def test_radius_0(student, qkv):
    """lets every position see only itself for radius 0"""
    Q, K, V = qkv()
    agree(student.window_attention(Q, K, V, 0), V, "out for radius 0")


@points(0.5)
def test_wide_window(student, reference, qkv):
    """is full attention for windows that are wider than the sequence"""
    for radius in (N - 1, N, 3 * N):
        Q, K, V = qkv()
        out = student.window_attention(Q, K, V, radius)
        full, _ = reference.attention_forward(Q, K, V)
        agree(out, full, f"out for {N} positions and radius {radius}")


@points(0.5)
def test_outside(student, reference, rng, unscaled):
    """never looks at what is outside the window, and at all that is inside"""
    Q, K, V = unscaled()
    radius, poisoned = 2, int(rng.integers(N))
    far = abs(np.arange(N) - poisoned) > radius
    right = np.where(far[:, None], expected(reference, Q, K, V, radius), np.nan)
    V[poisoned] = np.nan
    out = student.window_attention(Q, K, V, radius)
    agree(out, right, f"out for radius {radius} and a nan for the value at position {poisoned}")
    K[poisoned] = np.nan
    out = student.window_attention(Q, K, V, radius)
    agree(np.nan_to_num(out), np.zeros((N, D_V)), "out", tol=np.inf)
    agree(out[far], right[far], f"out beyond radius {radius} of a nan at position {poisoned}")


@points(0.25)
def test_large_logits(student, reference, rng, unscaled):
    """stays exact for large logits"""
    Q, K, V = unscaled()
    args = 2e3 * Q, 50 * K, V, 2
    agree(student.window_attention(*args), expected(reference, *args), "out")
    args = 50.0 * rng.permutation(np.arange(N) - 4)[:, None], 60 + 1e-2 * K, V, 3
    agree(student.window_attention(*args), expected(reference, *args), "out")


@points(0.25)
def test_logits_far_below(student, reference, unscaled):
    """stays exact where all logits lie far below 0"""
    Q, K, V = unscaled()
    args = np.abs(Q) + 0.5, -1e10 * (1 + np.abs(K)), V, 3
    agree(student.window_attention(*args), expected(reference, *args), "out")


@points(0.25)
def test_means(student, qkv, check_means):
    """stays within the range of the values"""
    Q, K, _ = qkv()
    check_means(lambda V: student.window_attention(Q, K, V, 2), N, N, D_V)


@points(0.25)
def test_arguments_unchanged(student, qkv):
    """leaves Q, K and V as they were"""
    unchanged(student.window_attention, *qkv(), 2, may_raise=True)
    Q, K, V = qkv(1)
    agree(unchanged(student.window_attention, Q, K, V, 1), V, "out for a single position")
