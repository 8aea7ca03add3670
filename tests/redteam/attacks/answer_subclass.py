"""Returns an array of a class of its own, which equals everything.

expect: failed
"""

import numpy as np


class Equal(np.ndarray):
    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return np.bool_(True) if ufunc in (np.equal, np.isfinite) else np.zeros(self.shape)

    def __array_function__(self, function, types, args, kwargs):
        return True

    def __eq__(self, other):
        return True

    __hash__ = None


def linear_forward(x, W, b):
    return (0 * (x @ W.T)).view(Equal), None
