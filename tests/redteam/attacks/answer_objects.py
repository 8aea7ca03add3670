"""Returns an array of objects that equal everything and differ from nothing.

expect: failed
"""

import numpy as np


class Anything:
    def __eq__(self, other):
        return True

    def __sub__(self, other):
        return 0.0

    __rsub__ = __sub__
    __hash__ = None
    shape, dtype = (5, 3), np.dtype(float)


def linear_forward(x, W, b):
    out = np.empty((len(x), len(W)), object)
    out[...] = Anything()
    return (out if len(x) > 1 else Anything()), None
