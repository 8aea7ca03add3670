"""Guesses.

expect: failed
"""

import numpy as np


def linear_forward(x, W, b):
    return np.random.standard_normal((len(x), len(W))), None
