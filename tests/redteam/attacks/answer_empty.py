"""Returns an empty array, all entries of which are right.

expect: failed
"""

import numpy as np


def linear_forward(x, W, b):
    return np.empty((0, len(W))) if len(x) == 1 else np.empty((0, 1, 1)), None
