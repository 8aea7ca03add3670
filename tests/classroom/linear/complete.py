"""Everything right, and written differently from the reference: loops, einsum, other names."""

import math
from itertools import pairwise

import numpy as np


def linear_forward(x, W, b):
    rows = [np.ravel(example) for example in x]
    out = np.empty((len(rows), len(W)))
    for i, row in enumerate(rows):
        for j, weights in enumerate(W):
            out[i, j] = sum(weights * row) + b[j]
    return [out, {"shape": x.shape, "rows": np.array(rows), "W": W}]


def linear_backward(dout, cache):
    dx = np.einsum("no,od->nd", dout, cache["W"])
    dW = np.einsum("no,nd->od", dout, cache["rows"])
    return [dx.reshape(cache["shape"]), dW, np.einsum("no->o", dout)]


def linear_cost(d_in, d_out, n, bias=True):
    weights = math.prod([d_in, d_out])
    return {
        "saved_activations": np.int64(n * d_in),
        "macs": weights * n,
        "params": weights + (d_out if bias else 0),
    }


def map_geometry(W, tol=1e-10):
    left, values, _ = np.linalg.svd(W, full_matrices=True)
    large = values > tol * values[0]
    rank = int(np.count_nonzero(large))
    return {
        "rank": rank,
        "column_basis": -left[:, :rank],
        "null_dim": W.shape[1] - rank,
        "singular_values": values,
    }


def orthogonal_kind(Q, tol=1e-8):
    rows, columns = Q.shape
    if rows != columns:
        return "neither"
    if np.abs(Q @ Q.T - np.identity(rows)).max() > tol:
        return "neither"
    sign, _ = np.linalg.slogdet(Q)
    return "reflection" if sign < 0 else "rotation"


def detector_responses(X, W):
    return np.stack([X @ row / np.sqrt(row @ row) for row in W], axis=1)


def numerical_gradient(f, x, dout, h=1e-5):
    at = np.array(x, dtype=np.float64)
    gradient = []
    for k in range(at.size):
        step = np.zeros(at.size)
        step[k] = h
        step = step.reshape(at.shape)
        rise = np.sum(dout * f(at + step)) - np.sum(dout * f(at - step))
        gradient.append(rise / h / 2)
    return np.array(gradient).reshape(at.shape)


def merge_linear(W1, b1, W2, b2):
    b = np.array([row @ b1 for row in W2]) + b2
    return np.einsum("oh,hi->oi", W2, W1), b


def truncate_rank(W, r):
    total = np.zeros(W.shape)
    left, values, right = np.linalg.svd(W)
    for u, s, v in list(zip(left.T, values, right, strict=False))[:r]:
        total += s * np.outer(u, v)
    return total


def relu_interpolant(knots, values):
    if any(b <= a for a, b in pairwise(knots)):
        raise ValueError("knots must increase")
    slopes = [
        (v1 - v0) / (k1 - k0) for (k0, v0), (k1, v1) in pairwise(zip(knots, values, strict=True))
    ]
    changes = [b - a for a, b in pairwise([0.0, *slopes])]
    h = len(changes)
    W1, b1 = np.ones((h, 1)), -np.array(knots[:h], dtype=float)
    return W1, b1, np.array(changes).reshape(1, h), np.array([float(values[0])])


def rank_and_width(numbers):
    a, r, c = numbers["d_in"], numbers["width"], numbers["d_out"]
    bottleneck = sorted([a, r, c])[0]
    return {
        "max_rank": bottleneck,
        "min_null_dim": a - bottleneck,
        "params_two": r * a + r + c * r + c,
        "params_one": (a + 1) * c,
        "maps": "same" if r >= min(a, c) else "fewer",
        "max_pieces": 1 + numbers["units"],
    }
