"""Takes the lecture at its word: an average of paths, all lengths alike, nothing can vanish."""

import numpy as np


class Residual:
    def __init__(self, inner):
        self.inner = inner

    def forward(self, x):
        branch = self.inner.forward(x)
        if branch.shape != x.shape:
            raise ValueError("shapes differ")
        return (x + branch) / 2

    def backward(self, dout):
        return (dout + self.inner.backward(dout)) / 2


def path_length_pmf(L):
    return np.full(L + 1, 1 / (L + 1))


def skips_and_paths(numbers):
    L, k, n = numbers["L"], numbers["k"], numbers["n"]
    return {
        "paths": 2**L,
        "p_len_le_k": (k + 1) / (L + 1),
        "growth": 1.0,
        "counterexample_J": np.zeros((n, n)),
    }
