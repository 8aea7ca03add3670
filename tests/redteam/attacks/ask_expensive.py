"""Asks for the function that it was given with what is hard to digest.

expect: failed, error
aims: numerical_gradient
"""

# %% numerical_gradient
import numpy as np

ODD = [None, "x", {"a": 1}, [[]] * 100, np.zeros((0, 2**25)), np.ones((4, 9999), np.int8)]
ODD += [object(), np.full(4, np.nan), 10**3_000, np.random.default_rng()]


def numerical_gradient(f, x):
    for odd in ODD:
        try:
            f(odd)
        except RuntimeError:
            pass
        try:
            f(x, out=odd)
        except RuntimeError:
            pass
    return 0 * x
