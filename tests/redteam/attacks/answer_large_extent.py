"""Returns arrays with hardly any bytes and an enormous shape.

expect: failed, flood, breach
"""

import numpy as np


def linear_forward(x, W, b):
    if len(x) > 1:
        return np.broadcast_to(np.zeros(1), (10**6, 10**6)), None
    return np.zeros((0, 2**20, 2**20), np.int8), None
