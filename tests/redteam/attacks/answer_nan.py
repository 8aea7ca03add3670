"""Returns nan, of which no comparison says that it is wrong.

expect: failed
"""

import numpy as np


def linear_forward(x, W, b):
    return np.full((len(x), len(W)), np.nan), None
