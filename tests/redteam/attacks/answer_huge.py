"""Returns an array below the memory's limit, yet above what a reply may hold.

expect: flood, memory
"""

import numpy as np


def linear_forward(x, W, b):
    return np.ones(100 * 2**20 // 8), None
