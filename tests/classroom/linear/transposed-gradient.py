"""Returns the weight gradient as (d_in, d_out)."""

import numpy as np


def linear_backward(dout, cache):
    x, W = cache
    dx = np.einsum("no,od->nd", dout, W).reshape(x.shape)
    dW = np.einsum("nd,no->do", x.reshape(len(x), -1), dout)
    return dx, dW, dout.sum(0)
