"""Asks for a hundred gigabytes.

expect: memory
"""

import numpy as np


def linear_forward(x, W, b):
    return np.ones(100 * 2**30 // 8), None
