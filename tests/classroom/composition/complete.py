"""Everything right, and written differently from the reference: folds, copies, closed forms."""

import math
from functools import reduce

import numpy as np


class Sequential:
    def __init__(self, layers):
        self.parts = tuple(layers)

    def forward(self, x):
        return reduce(lambda value, part: part.forward(value), self.parts, x)

    def backward(self, dout):
        return reduce(lambda value, part: part.backward(value), self.parts[::-1], dout)


class Residual:
    def __init__(self, inner):
        self.F = inner

    def forward(self, x):
        y = np.array(self.F.forward(x))
        if y.shape != np.shape(x):
            raise ValueError(y.shape)
        y += x
        return y

    def backward(self, dout):
        return np.add(self.F.backward(dout), dout)


def residual_jacobian(jacobians):
    blocks = [J + np.identity(len(J)) for J in jacobians]
    return reduce(np.matmul, reversed(blocks))


def path_length_pmf(L):
    shares = np.ones(1)
    for _ in range(L):
        shares = (np.append(shares, 0) + np.append(0, shares)) / 2
    return shares


def path_contribution(jacobians, length):
    n = len(jacobians[0])
    table = {0: np.eye(n)}
    for J in jacobians:
        fresh = dict(table)
        for k, total in table.items():
            fresh[k + 1] = fresh.get(k + 1, 0) + J @ total
        table = fresh
    return table.get(length, np.zeros((n, n)))


def densenet_channels(k0, k, L):
    return list(range(k0, k0 + L * k, k))


def densenet_params(k0, k, L, kernel=3):
    return kernel**2 * k * (L * k0 + k * (L * (L - 1) // 2))


class DenseBlock(list):
    def __init__(self, layers):
        super().__init__(layers)

    def forward(self, x):
        parts = [x]
        for layer in self:
            parts.append(layer.forward(np.concatenate(parts, 1)))
        self.cuts = np.cumsum([part.shape[1] for part in parts[:-1]])
        return np.concatenate(parts, 1)

    def backward(self, dout):
        parts = np.split(dout.copy(), self.cuts, axis=1)
        for i in range(len(self), 0, -1):
            back = self[i - 1].backward(parts[i])
            for part, piece in zip(parts, np.split(back, self.cuts[: i - 1], axis=1), strict=False):
                part += piece
        return parts[0]


def skips_and_paths(numbers):
    n, L = numbers["n"], numbers["L"]
    g = np.arange(1.0, n + 1)
    return {
        "counterexample_J": -np.outer(g, g) / (g @ g),
        "growth": math.exp(L * math.log1p(numbers["s2"])),
        "p_len_le_k": path_length_pmf(L)[: numbers["k"] + 1].sum(),
        "paths": 1 << L,
    }
